"""What an entry takes from the parent that its `crossref` names, where it lacks it itself. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from litcli import bibfields
from litcli.paper import OTHERS, Paper, Person

Named = Callable[[str], "Paper | None"]
"""The paper that goes by a key, written in any case."""

_GENERATIONS = 100
"""How far up an entry inherits."""
_SLOTS = ("volume", "number", "pages", "publisher", "series", "edition", "institution", "isbn")
"""What a child has of its own or takes, each by itself."""
_DATES = frozenset("date year month day".split())
"""What a child that has one of has all of."""
_VENUES = frozenset((*bibfields.ANY_VENUE, "howpublished", "journalsubtitle", "booksubtitle"))
"""What else says where a work stands; a child whose venue is known takes none."""
_PARENTS_OWN = (
    frozenset("key file eprint eprinttype eprintclass archiveprefix primaryclass arxivid".split())
    | bibfields.REFERENCES
    | bibfields.OF_PAGES
)
"""What is said of the parent alone. So are its DOI, URL, arXiv id and abstract: they would make all children one."""


def whole(paper: Paper, named: Named) -> Paper:
    """The paper with what it lacks and its parent says, or that one's parent, and so on; itself without a parent."""
    line = [paper]
    while len(line) <= _GENERATIONS:
        parent = named(_parent(line[-1]))
        if parent is None or any(parent is one for one in line):
            break
        line.append(parent)
    given = line.pop()
    while line:
        given = inherit(line.pop(), given)
    return given


def _parent(paper: Paper) -> str:
    return str(paper.fields.get("crossref", "")).strip() if paper.fields else ""


def inherit(child: Paper, parent: Paper) -> Paper:
    """The child with the parent's fields where it lacks them (biblatex manual, appendix B; btxdoc, section 4)."""
    is_part = parent.type in bibfields.BOOKS and child.type not in bibfields.BOOKS
    authors, editors, et_al = _people(child, parent)
    stands = bibfields.VENUES.get(child.type) != ()
    said = str(parent.fields.get("booktitle") or parent.title) if is_part else parent.venue
    venue = child.venue or (said if stands else "")
    barred = (_VENUES if venue or not stands else frozenset()) | ({"titleaddon"} if is_part else frozenset())
    fields = {name: value for name, value in parent.fields.items() if name not in _PARENTS_OWN | barred}
    year, date = child.year, child.date
    if year or date or not _DATES.isdisjoint(child.fields):
        fields = {name: value for name, value in fields.items() if name not in _DATES}
    else:
        year, date = parent.year, parent.date
    slots: dict[str, Any] = {name: getattr(child, name) or getattr(parent, name) for name in _SLOTS}
    return replace(
        child,
        title=child.title or ("" if is_part else parent.title),
        authors=authors,
        editors=editors,
        et_al=et_al,
        year=year,
        date=date,
        venue=venue,
        fields={**fields, **child.fields},
        **slots,
    )


def _people(child: Paper, parent: Paper) -> tuple[tuple[Person, ...], tuple[Person, ...], bool]:
    """The authors, the editors, and whether the list is cut: the authors', or where there are none the editors'."""
    authors, cut = (child.authors, child.et_al) if child.authors else (parent.authors, parent.et_al)
    editors = _editors(child) or _editors(parent)
    if authors:
        return authors, editors, cut
    return (), tuple(person for person in editors if person != OTHERS), child.et_al or OTHERS in editors


def _editors(paper: Paper) -> tuple[Person, ...]:
    """The editors of a paper as they stand beside authors."""
    is_cut = paper.et_al and not paper.authors and paper.editors
    return (*paper.editors, OTHERS) if is_cut else paper.editors
