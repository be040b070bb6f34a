"""Authors and editors: names that are none, several in one, or not as they are spoken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from litcli import names
from litcli.check.finding import PEOPLE, Fault, Subject, shown
from litcli.paper import OTHERS, Person

_NOBODY = frozenset(
    ("", "et al", "et al.", "et. al.", "al.", "others", "and others", "et alii", "...", "…", "and more")
)
_SUFFIX = re.compile(
    r"(?:jr|sr|jnr|snr|junior|senior|[ivx]+|[2-9]th|3rd|2nd|ph\.?\s?d|m\.?\s?d|esq|filho|neto|fils)\.?", re.IGNORECASE
)
_SEVERAL = re.compile(r"(?:^|\s)(?:and|&)(?:\s|$)|;", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


def _is_nobody(name: str) -> bool:
    return name.strip(" ,{}").lower() in _NOBODY


def no_person(subject: Subject) -> Iterator[Fault]:
    for field in PEOPLE:
        people = getattr(subject.paper, field)
        is_cut = field == "editors" and people[-1:] == (OTHERS,) and bool(subject.paper.authors)
        nobody = [name for name in map(names.display, people[:-1] if is_cut else people) if _is_nobody(name)]
        if not nobody:
            continue
        said = next(filter(str.strip, nobody), "")
        left = tuple(person for person in people if not _is_nobody(names.display(person)))
        if not said:
            yield Fault(field, "a name is empty", {field: (*left, OTHERS) if is_cut else left})
        elif field == "authors" and left:
            yield Fault(
                field, f"{said!r} is no person: et_al = true says that a list was cut", {field: left, "et_al": True}
            )
        else:
            yield Fault(field, f"{said!r} is no person; take it out")


def odd_name(subject: Subject) -> Iterator[Fault]:
    for field in PEOPLE:
        people = getattr(subject.paper, field)
        for person in people:
            if person.suffix and not _SUFFIX.fullmatch(person.suffix) and _SUFFIX.fullmatch(person.given):
                told = f"{shown(names.to_text(person))} has its parts in another order than 'Family, Jr, Given'"
                yield Fault(field, told, {field: tuple(map(_in_order, people))})
                break
        else:
            odd = ((person, _oddity(person)) for person in people)
            yield from (Fault(field, f"{shown(names.to_text(person))} {what}") for person, what in odd if what)


def _in_order(person: Person) -> Person:
    """`Family, Given, Jr` as it is meant."""
    if person.suffix and not _SUFFIX.fullmatch(person.suffix) and _SUFFIX.fullmatch(person.given):
        return replace(person, given=person.suffix, suffix=person.given)
    return person


def _oddity(person: Person) -> str:
    """What is odd about a name, "" if nothing is."""
    if person.literal:
        pieces = names.split_list(person.literal)[0] if "," in person.literal or ";" in person.literal else []
        if len(pieces) > 2 and all(map(names.looks_like_name, pieces)):
            return "is a list of people in one name; make each a name of its own"
        return ""
    plain = f"{person.given} {person.particle} {person.family}"
    if _SEVERAL.search(plain) and "{" not in plain:
        return "holds several people; make each a name of its own"
    if person.suffix and not _SUFFIX.fullmatch(person.suffix):
        return "has too many commas: one parts family and given name, and between two stands Jr or III"
    if _DIGIT.search(plain) and names.without_number(person) == person and not names.is_organisation(plain.strip()):
        return "holds a digit; people's names have none, and an organisation stands in braces"
    return ""


def homonym_number(subject: Subject) -> Iterator[Fault]:
    for field in PEOPLE:
        people = getattr(subject.paper, field)
        for person in people:
            if names.without_number(person) != person:
                told = f"{names.display(person)!r} bears DBLP's number for people of one name, which is no part of it"
                yield Fault(field, told, {field: tuple(map(names.without_number, people))})
                break


def all_caps_name(subject: Subject) -> Iterator[Fault]:
    for field in PEOPLE:
        shouted = [person for person in getattr(subject.paper, field) if _is_shouted(person)]
        if shouted:
            more = f" and {len(shouted) - 1} more stand" if len(shouted) > 1 else " stands"
            name = names.display(shouted[0])
            yield Fault(field, f"{name!r}{more} in capitals and would be printed so; write it as it is spoken")


def _is_shouted(person: Person) -> bool:
    return person.family.isupper() and len(person.family) > 3 and not person.literal and bool(person.given)


def bare_organisation(subject: Subject) -> Iterator[Fault]:
    for field, people in subject.people.items():
        for person, name in zip(getattr(subject.paper, field), people, strict=True):
            if not person.literal and names.without_number(person) == person and names.is_organisation(name):
                yield Fault(field, f"{name!r} looks like an organisation, which stands in braces: {{{name}}}")


def same_person(subject: Subject) -> Iterator[Fault]:
    for field, people in subject.people.items():
        if len(people) > 1:
            counts = Counter(map(str.casefold, people))
            name = next((name for name in people if name and counts[name.casefold()] > 1), "")
            if name:
                times = counts[name.casefold()]
                yield Fault(field, f"{name!r} stands here {times} times; take the others out, if it is one person")
