"""CSL-JSON, as Zotero, Pandoc, Mendeley and DOI registries write it: an array of items, or an object that holds one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from litcli import bibfields, csl
from litcli.importers import json_items
from litcli.page import Page
from litcli.paper import Paper, Problem, Record
from litcli.text import squeeze

_LISTS = ("items", "references")
"""Where Zotero's and Pandoc's own documents hold their items."""
_HEAD = 20_000
"""Characters in which the first item tells what it is; its abstract may come early."""
_OPENING = re.compile(r'\s*(?:\[\s*(?:\{\s*"|\]\s*\Z)|\{\s*"(?!format_version"))')
_SIGNS = re.compile(
    rf'"(?:type"\s*:\s*"(?:{"|".join(sorted(csl.TYPES))})"|issued"\s*:\s*[\{{"]|container-title"\s*:|date-parts"\s*:|'
    rf'(?:{"|".join(_LISTS)})"\s*:\s*\[\s*\])'
)


def detect(page: Page) -> bool:
    """JSON whose first item has a CSL type, a CSL date or a container; an empty array is one, too."""
    opening = _OPENING.match(page.text)
    if not opening:
        return False
    return opening[0].rstrip().endswith("]") or _SIGNS.search(page.text, 0, _HEAD) is not None


def parse(page: Page) -> Iterator[Record | Problem]:
    """The papers of the items, in their order; what is no item of a paper is a problem."""
    for item in json_items.items(page, *_LISTS):
        yield from [item] if isinstance(item, Problem) else _records(page, item)


def _records(page: Page, item: json_items.Item) -> Iterator[Record | Problem]:
    if not isinstance(item.value, Mapping):
        yield Problem(page.name, item.line, f"an item must be an object, not {item.raw[:40]}", raw=item.raw)
        return
    paper = csl.paper_of(item.value)
    said = csl.own(item.value)
    try:
        paper = paper if said is None else csl.restored(paper, said)
    except ValueError as error:
        yield Problem(page.name, item.line, f"what litcli once added is left out: {error}", 0)
    if _is_identified(paper):
        yield Record(paper, item.line, key=_key(item.value))
    else:
        yield Problem(page.name, item.line, "an item with neither a title nor an identifier", raw=item.raw)


def _is_identified(paper: Paper) -> bool:
    return any((paper.title, paper.doi, paper.arxiv, paper.isbn, paper.url, "pmid" in paper.fields))


def _key(item: csl.Item) -> str:
    """The citation key of an item, else its id where that can be one: Zotero's addresses and texts cannot."""
    for name in ("citation-key", "id"):
        value = item.get(name)
        key = squeeze(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if bibfields.citable(key) and "://" not in key:
            return key
    return ""
