"""The formats that papers are read from: who recognises a page, and what it finds there.

An importer is a name and two functions: `detect` says whether a page is of its kind, cheaply and by content;
`parse` yields the page's records, and a `Problem` for everything that it could not read. To add one, write its
file and add its row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from litcli.errors import InputError, UsageError
from litcli.importers import (
    acl_anthology,
    bib,
    csl_json,
    grouped_list,
    hf_papers,
    homepage,
    litcli_file,
    paper_feed,
    reference_list,
    ris,
)
from litcli.page import Page
from litcli.paper import Problem, Record


@dataclass(frozen=True, slots=True)
class Importer:
    """A format: its name, what it is in a few words, its two functions, and the site that its pages are from."""

    name: str
    about: str
    detect: Callable[[Page], bool]
    read: Callable[[Page], Iterator[Record | Problem]]
    site: str = ""

    def parse(self, page: Page) -> Iterator[Record | Problem]:
        """The records and problems of a page; of HTML with the lines of its source and what its links say."""
        if page.layout is None:
            return self.read(page)
        from litcli.importers import links

        return links.attach(page, page.layout, self.read(page), self.site)


_ACL, _HF = "https://aclanthology.org/", "https://huggingface.co/"

PAGES = (
    Importer("homepage", "a researcher's homepage", homepage.detect, homepage.parse),
    Importer("paper-feed", "a feed of papers by category and date", paper_feed.detect, paper_feed.parse),
    Importer("acl-anthology", "a page of the ACL Anthology", acl_anthology.detect, acl_anthology.parse, _ACL),
    Importer("hf-papers", "a Hugging Face papers page", hf_papers.detect, hf_papers.parse, _HF),
    Importer("grouped-list", "a literature report in groups", grouped_list.detect, grouped_list.parse),
    Importer("reference-list", "references at a paper's end", reference_list.detect, reference_list.parse),
)
"""Pages, known by how they look."""

FILES = (
    Importer("bibtex", "a .bib file, BibTeX or biblatex", bib.detect, bib.parse),
    Importer("ris", "RIS, EndNote and PubMed files", ris.detect, ris.parse),
    Importer("csl-json", "CSL-JSON, from Zotero, Pandoc or a DOI registry", csl_json.detect, csl_json.parse),
    Importer("litcli", "a litcli library, or the JSON that litcli prints", litcli_file.detect, litcli_file.parse),
)
"""Files with a syntax of their own, which no page has; they are asked first."""

IMPORTERS = (*PAGES, *FILES)


def names() -> list[str]:
    """The names that `--format` takes."""
    return [importer.name for importer in IMPORTERS]


def by_name(name: str) -> Importer:
    """The importer of that name; raises UsageError with the names there are."""
    for importer in IMPORTERS:
        if importer.name == name:
            return importer
    known = "; ".join(f"{importer.name}: {importer.about}" for importer in IMPORTERS)
    raise UsageError(f"there is no format {name!r}", f"the formats are {known}")


def identify(page: Page) -> Importer:
    """The one importer that recognises the page; raises InputError where none or more than one does."""
    found = [importer for importer in FILES if importer.detect(page)] or [
        importer for importer in PAGES if importer.detect(page)
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(
            page.name,
            1,
            "no known format is recognised here",
            f"litcli reads {', '.join(names())}; --format NAME insists on one",
        )
    both = " and ".join(importer.name for importer in found)
    raise InputError(
        page.name, 1, f"the page looks like {both} at once", "split the file, or choose with --format NAME"
    )
