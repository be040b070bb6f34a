"""Two records of one work into one: a union in which the better-sourced value of each field wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from litcli import venues
from litcli.paper import Entry, Paper, Person
from litcli.text import fold, title_key

_FORM = (
    "type",
    "year",
    "date",
    "venue",
    "volume",
    "number",
    "pages",
    "publisher",
    "series",
    "edition",
    "institution",
    "doi",
)
"""What belongs to one published form of a work, and so is taken from one record as a whole."""
_VERSION = (*_FORM, "arxiv", "url")
"""What a version keeps of the other form."""


def merge(entry: Entry, paper: Paper, *, tags: Iterable[str] = (), source: str = "") -> Entry:
    """The entry with what the paper adds to it; key and note stay, tags, links and sources are united.

    The published form wins over the preprint, which stays in `versions`; full names win over initials and the
    longer abstract over the shorter. Merging the same again changes nothing.
    """
    sources = entry.sources if not source or source in entry.sources else (*entry.sources, source)
    return replace(
        entry,
        paper=merge_papers(entry.paper, paper),
        tags=tuple(sorted({*entry.tags, *tags})),
        sources=sources,
    )


def merge_papers(old: Paper, new: Paper) -> Paper:
    """One paper of two; where both say something of equal standing, the old one's word stays."""
    first, second = (new, old) if _standing(new) > _standing(old) else (old, new)
    values: dict[str, Any] = {}
    for slot in fields(Paper):
        values[slot.name] = getattr(old, slot.name) or getattr(new, slot.name)
    same_form = not _differs(first, second)
    for name in _FORM:
        values[name] = getattr(first, name) or (getattr(second, name) if same_form else getattr(Paper(), name))
    values["date"] = _fuller_date(values["date"], second.date)
    if first.type == "misc" and same_form:
        values["type"] = second.type
    values["authors"], values["et_al"] = _better_list(old, new)
    values["abstract"] = max(old.abstract, new.abstract, key=len)
    values["links"] = {**new.links, **old.links}
    values["fields"] = {**new.fields, **old.fields}
    values["versions"] = _versions(old, new, _version(second, values))
    return Paper(**values)


def _fuller_date(date: str, other: str) -> str:
    """The other date where it only adds the year that this one lacks."""
    return other if date.startswith("--") and other.endswith(date[1:]) else date


def _standing(paper: Paper) -> int:
    """2 for a published form, 1 for a preprint, 0 for a record that does not say where the paper stands."""
    if paper.doi and not paper.doi.lower().startswith("10.48550/"):
        return 2
    if paper.venue and not venues.is_arxiv(paper.venue):
        return 2
    return 1 if paper.arxiv or paper.venue else 0


def _differs(a: Paper, b: Paper) -> bool:
    """Whether two records are of different forms of the work: both say where it stands, and not in one way."""
    return _standing(a) != _standing(b) and min(_standing(a), _standing(b)) > 0


def _version(paper: Paper, merged: Mapping[str, Any]) -> dict[str, Any]:
    """The form that a paper describes, where the merged record says something else; empty where it does not."""
    said = {name: value for name in _VERSION if (value := getattr(paper, name)) and value != "misc"}
    differs = any(fold(str(value)) != fold(str(merged[name])) for name, value in said.items() if name != "type")
    if title_key(paper.title) != title_key(merged["title"]) and paper.title:
        return {"title": paper.title, **said}
    return said if differs else {}


def _versions(old: Paper, new: Paper, other: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    found: list[Mapping[str, Any]] = []
    for version in (*old.versions, *new.versions, other):
        if version and version not in found:
            found.append(version)
    return tuple(found)


def _better_list(old: Paper, new: Paper) -> tuple[tuple[Person, ...], bool]:
    """The more complete author list: not cut, then longer, then with fuller given names; ties go to the old one."""
    best = max(
        (old, new),
        key=lambda paper: (not paper.et_al if paper.authors else False, len(paper.authors), _fullness(paper)),
    )
    return best.authors, best.et_al


def _fullness(paper: Paper) -> int:
    return sum(len(person.given.replace(".", "")) for person in paper.authors)
