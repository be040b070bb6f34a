"""The formats that papers are read from: who recognises a page, and what it finds there.

An importer is a module with two functions: `detect` says whether a page is of its kind, cheaply and by content;
`parse` yields the page's records, and a `Problem` for everything that it could not read. To add one, write its
file and add its row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from litcli.errors import InputError, UsageError
from litcli.page import Page
from litcli.paper import Problem, Record


class _Functions(Protocol):
    def detect(self, page: Page, /) -> bool: ...

    def parse(self, page: Page, /) -> Iterator[Record | Problem]: ...


@dataclass(frozen=True, slots=True)
class Importer:
    """A format: its name, what it is in a few words, its module here, and the site that its pages are from."""

    name: str
    about: str
    module: str
    site: str = ""

    def _functions(self) -> _Functions:
        """The module, imported where it is asked: most pages are recognised before all have been."""
        return cast(_Functions, import_module(f"{__name__}.{self.module}"))

    def detect(self, page: Page) -> bool:
        """Whether a page is of this format."""
        return self._functions().detect(page)

    def parse(self, page: Page) -> Iterator[Record | Problem]:
        """The records and problems of a page; of HTML with the lines of its source and what its links say."""
        if page.layout is None:
            return self._functions().parse(page)
        from litcli.importers import links

        return links.attach(page, page.layout, self._functions().parse(page), self.site)


PAGES = (
    Importer("homepage", "a researcher's homepage", "homepage"),
    Importer("paper-feed", "a feed of papers by category and date", "paper_feed"),
    Importer("acl-anthology", "a page of the ACL Anthology", "acl_anthology", "https://aclanthology.org/"),
    Importer("hf-papers", "a Hugging Face papers page", "hf_papers", "https://huggingface.co/"),
    Importer("grouped-list", "a literature report in groups", "grouped_list"),
    Importer("reference-list", "references at a paper's end", "reference_list"),
)
"""Pages, known by how they look."""

FILES = (
    Importer("paper-page", "the page of one paper, by its citation tags; at arXiv and Hugging Face", "paper_page"),
    Importer("bibtex", "a .bib file, BibTeX or biblatex", "bib"),
    Importer("ris", "RIS, EndNote and PubMed files", "ris"),
    Importer("csl-json", "CSL-JSON, from Zotero, Pandoc or a DOI registry", "csl_json"),
    Importer("litcli", "a litcli library, or the JSON that litcli prints", "litcli_file"),
)
"""What has a syntax of its own, which no list of papers has; these are asked first."""

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
