"""Two records of one work into one: a union in which the better-sourced value of each field wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from litcli import names
from litcli.paper import Entry, Paper, Person
from litcli.text import fold, title_key
from litcli.versions import FORM_FIELDS, standing

_IDS = ("arxiv", "primary_class")
"""What every form of the work may carry, and a version names with its form."""
_PEOPLE = ("authors", "editors")


def merge(entry: Entry, paper: Paper, *, tags: Iterable[str] = (), sources: Iterable[str] = ()) -> Entry:
    """The entry with what the paper adds to it; key and note stay, tags, links and sources are united.

    The published form wins over the preprint, which stays in `versions`; full names win over initials and the
    longer abstract over the shorter. Merging the same again changes nothing.
    """
    return replace(
        entry,
        paper=merge_papers(entry.paper, paper),
        tags=tuple(sorted({*entry.tags, *tags})),
        sources=tuple(dict.fromkeys((*entry.sources, *sources))),
    )


def fill(entry: Entry, paper: Paper) -> Entry:
    """The entry with what it lacks and the paper has; nothing that it says is changed.

    What belongs to a published form is only filled from a record of the same form.
    """
    old = entry.paper
    kept = set() if _same_form(old, paper) else set(FORM_FIELDS)
    # What stands in a version was put there because it belongs to another form.
    kept |= {name for name in FORM_FIELDS if getattr(paper, name) in [version.get(name) for version in old.versions]}
    values: dict[str, Any] = {
        slot.name: getattr(old, slot.name)
        or (slot.name not in kept and getattr(paper, slot.name))
        or getattr(old, slot.name)
        for slot in fields(Paper)
    }
    values["type"], values["et_al"] = old.type, old.et_al if old.authors else paper.et_al
    values["date"] = _fuller_date(values["date"], paper.date)
    values["links"] = {**paper.links, **old.links}
    values["fields"] = {**paper.fields, **old.fields}
    values["versions"] = old.versions
    return replace(entry, paper=Paper(**values))


def _same_form(old: Paper, new: Paper) -> bool:
    """Whether a record says nothing of where and when the paper stands that the old one says otherwise."""
    return not _differs(old, new) and not any(
        getattr(old, name) and getattr(new, name) and getattr(old, name) != getattr(new, name)
        for name in ("venue", "year", "doi")
    )


def merge_papers(old: Paper, new: Paper) -> Paper:
    """One paper of two; where both say something of equal standing, the old one's word stays.

    Whatever either of the two says and the result does not is in the result's versions.
    """
    first, second = (new, old) if standing(new) > standing(old) else (old, new)
    values: dict[str, Any] = {slot.name: getattr(old, slot.name) or getattr(new, slot.name) for slot in fields(Paper)}
    same_form = _same_form(old, new)
    for name in FORM_FIELDS:
        values[name] = getattr(first, name) or (getattr(second, name) if same_form else getattr(Paper(), name))
    values["year"] = first.year or second.year
    if same_form:
        values["type"] = second.type if first.type == "misc" else first.type
        values["date"] = _fuller_date(values["date"], second.date)
    values["authors"], values["et_al"] = _better_list(old, new)
    values["abstract"] = max(old.abstract, new.abstract, key=len)
    values["links"] = {**new.links, **old.links}
    values["fields"] = {**new.fields, **old.fields}
    found: list[Mapping[str, Any]] = []
    for version in (*old.versions, *new.versions, _version(first, values), _version(second, values)):
        if version and version not in found:
            found.append(version)
    values["versions"] = tuple(found)
    return Paper(**values)


def _fuller_date(date: str, other: str) -> str:
    """The other date where it only adds the year that this one lacks."""
    return other if date.startswith("--") and other.endswith(date[1:]) else date


def publishes(new: Paper, old: Paper) -> bool:
    """Whether a record is of the published form of what the old one only knew as a preprint, or not at all."""
    return standing(new) > 1 >= standing(old)


def _differs(a: Paper, b: Paper) -> bool:
    """Whether one of two records is of a preprint and the other of a published form."""
    low, high = sorted((standing(a), standing(b)))
    return low == 1 and high > 1


def _version(paper: Paper, merged: Mapping[str, Any]) -> dict[str, Any]:
    """What a paper says and the merged record does not; where that touches its form, the whole form."""
    odd = {slot.name for slot in fields(Paper) if getattr(paper, slot.name) and _differs_in(slot.name, paper, merged)}
    version: dict[str, Any] = {}
    if "title" in odd:
        version["title"] = paper.title
    if odd & {*FORM_FIELDS, *_IDS}:
        version |= {
            name: value for name in (*FORM_FIELDS, *_IDS) if (value := getattr(paper, name)) and value != "misc"
        }
    for name in _PEOPLE:
        if name in odd:
            version[name] = [names.to_text(person) for person in getattr(paper, name)]
    for name in ("isbn", "abstract"):
        if name in odd:
            version[name] = getattr(paper, name)
    for name in ("links", "fields"):
        if name in odd:
            version[name] = {label: item for label, item in getattr(paper, name).items() if merged[name][label] != item}
    return version


def _differs_in(name: str, paper: Paper, merged: Mapping[str, Any]) -> bool:
    """Whether the merged record says something else than the paper does in a field that the paper has."""
    value, other = getattr(paper, name), merged[name]
    if name in ("type", "et_al", "versions"):
        return False
    if name == "title":
        return title_key(value) != title_key(other)
    if name in _PEOPLE:
        return bool({_family(person) for person in value} - {_family(person) for person in other})
    if name in ("links", "fields"):
        return any(other[label] != item for label, item in value.items())
    if name == "date" and value.startswith("--"):
        return not other.endswith(value[1:])
    return fold(str(value)) != fold(str(other))


def _family(person: Person) -> str:
    return fold(person.family or person.literal)


def _better_list(old: Paper, new: Paper) -> tuple[tuple[Person, ...], bool]:
    """The more complete author list: not cut, then longer, then with fuller given names; ties go to the old one."""
    best = max(
        (old, new),
        key=lambda paper: (not paper.et_al if paper.authors else False, len(paper.authors), _fullness(paper)),
    )
    return best.authors, best.et_al


def _fullness(paper: Paper) -> int:
    return sum(len(person.given.replace(".", "")) for person in paper.authors)
