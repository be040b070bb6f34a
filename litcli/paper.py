"""The values that everything else passes around: frozen, and without any I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FIELDS = (
    "type", "title", "authors", "editors", "et_al", "year", "date", "venue", "volume", "number", "pages", "publisher",
    "series", "edition", "institution", "doi", "arxiv", "primary_class", "isbn", "url", "links", "abstract", "note",
    "tags", "aliases", "versions", "sources", "added", "fields",
)  # fmt: skip
"""The fields of an entry in the order in which they are written (design, section 3)."""
_SINGULAR = {
    "author": "authors",
    "editor": "editors",
    "tag": "tags",
    "alias": "aliases",
    "source": "sources",
    "link": "links",
    "version": "versions",
}


def field_named(name: str) -> str:
    """The field that a person means by a name: in any capitals, and `author` as well as `authors`."""
    return _SINGULAR.get(name.lower(), name.lower())


@dataclass(frozen=True, slots=True)
class Person:
    """One author or editor, in the name parts of CSL; `literal` alone names an organisation."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""


OTHERS = Person(family="others")
"""Stands last among the editors of a paper whose list of editors was cut; that of the authors has `et_al`."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record was read: the page's name, the line of its title, the importer."""

    file: str
    line: int
    format: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} ({self.format})"


@dataclass(frozen=True, slots=True)
class Paper:
    """What a publication says of itself, in the fields of the library file (design, section 3).

    `date` is ISO 8601 as far as it is known (`2023-10-10`, `2023-10`, `--05-07`), `links` are URLs by
    label, `fields` is everything else the record said, as it stood.
    """

    type: str = "misc"
    title: str = ""
    authors: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    et_al: bool = False
    year: int | None = None
    date: str = ""
    venue: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    publisher: str = ""
    series: str = ""
    edition: str = ""
    institution: str = ""
    doi: str = ""
    arxiv: str = ""
    primary_class: str = ""
    isbn: str = ""
    url: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    abstract: str = ""
    versions: tuple[Mapping[str, Any], ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)


GUESSED = "guessed"
"""The tag of a record whose parts its importer could not tell apart for certain, until its reader takes it away."""


POSTED = "posted"
"""The field of a paper whose page tells its day from the day that the page was read: `2 days ago`."""


@dataclass(frozen=True, slots=True)
class Record:
    """One paper as an importer read it: the paper, the line where it stood, and what its source adds to it.

    A page gives tags; a file that somebody owns may give a key, and a litcli library all that its reader added.
    """

    paper: Paper
    line: int
    tags: tuple[str, ...] = ()
    key: str = ""
    note: str = ""
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper in somebody's library: the paper plus what its reader added to it."""

    key: str
    paper: Paper
    note: str = ""
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    added: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a source that its reader must know.

    `failed` counts the records that were lost by it; 0 makes it a remark about records that were read. `raw` is the
    text that could not be read, where a file holds it as a block of its own.
    """

    source: str
    line: int
    message: str
    failed: int = 1
    raw: str = ""

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.message}"
