"""An author page of the ACL Anthology: year headings, `pdf bib`, title, authors between bars, booktitle."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litcli import names, venues
from litcli.page import Page
from litcli.paper import Paper, Problem, Record
from litcli.text import clean

_BUTTONS = re.compile(r"pdf bib(?: [a-z]+){0,8}", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_CHROME = re.compile(r"(?:co-?authors|venues|fix (?:data|author)|search|correct metadata.*)", re.IGNORECASE)


def detect(page: Page) -> bool:
    """A line of the site's own buttons, `pdf bib`."""
    return any(map(_BUTTONS.fullmatch, page.lines))


def parse(page: Page) -> Iterator[Record | Problem]:
    """The papers of the page, in its order, each with the year of the heading above it."""
    lines = page.lines
    year: int | None = None
    for at, line in enumerate(lines):
        if _YEAR.fullmatch(line):
            year = int(line)
        elif _BUTTONS.fullmatch(line):
            end = next((n for n in range(at + 1, len(lines)) if _ends(lines[n])), len(lines))
            yield _paper(page, at, lines[at + 1 : end], year)


def _ends(line: str) -> bool:
    return bool(_BUTTONS.fullmatch(line) or _YEAR.fullmatch(line) or _CHROME.fullmatch(line))


def _paper(page: Page, at: int, body: list[str], year: int | None) -> Record | Problem:
    """The record below the buttons in line `at`: title, authors, venue on three lines, then the abstract."""
    filled = [(number, text) for number, text in enumerate(body, start=at + 2) if text]
    if len(filled) < 3:
        return Problem(page.name, at + 1, "the record below 'pdf bib' is cut off: title, authors and venue are needed")
    if filled[-1][0] == len(page.lines) and len(filled) == 3 and not page.text.endswith("\n"):
        return Problem(page.name, filled[2][0], f"the page is cut off within this record: {filled[2][1][:80]!r}")
    (line, title), (_, people), (_, venue), *abstract = filled
    paper = Paper(
        type=venues.entry_type(clean(venue)),
        title=clean(title),
        authors=tuple(names.person(clean(name)) for name in people.split("|") if name.strip()),
        year=year,
        venue=clean(venue),
        abstract=clean(" ".join(text for _, text in abstract)),
    )
    return Record(paper, line)
