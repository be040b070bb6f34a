"""What a check finds, and the entry as its rules look at it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import Any

from litcli import names
from litcli.paper import Entry, Paper, Person
from litcli.text import squeeze


class Severity(Enum):
    """How much a fault weighs: it breaks a build or is wrong, something is missing or odd, export sees to it."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of an entry: where it is, which rule found it, and in one line what is wrong and what to do."""

    key: str
    field: str
    rule: str
    severity: Severity
    message: str
    fixable: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule finds in a field; `repair` holds the new values of fields, where there is a safe one."""

    field: str
    message: str
    repair: Mapping[str, Any] | None = None
    severity: Severity | None = None
    """Where it is not that of the rule."""


@dataclass(frozen=True)
class Subject:
    """An entry as the rules look at it, with the day on which they do."""

    entry: Entry
    today: datetime.date

    @property
    def paper(self) -> Paper:
        """What the entry's publication says."""
        return self.entry.paper

    @cached_property
    def texts(self) -> Mapping[str, tuple[str, ...]]:
        """The plain texts of the entry by field, people by the parts of their names."""
        paper = self.paper
        found: dict[str, tuple[str, ...]] = {}
        for field in _TEXTS:
            value = getattr(paper, field)
            if value:
                found[field] = (value,)
        for field in PEOPLE:
            parts = tuple(part for person in getattr(paper, field) for part in _parts(person) if part)
            if parts:
                found[field] = parts
        for name, value in paper.fields.items():
            if name in _PRINTED_FIELDS and value and isinstance(value, str):
                found[f"fields.{name}"] = (value,)
        return found

    @cached_property
    def printed(self) -> Mapping[str, tuple[str, ...]]:
        """The texts that a bibliography prints."""
        return {field: pieces for field, pieces in self.texts.items() if field != "abstract"}

    @cached_property
    def is_printable(self) -> bool:
        """Whether no text holds a control or format character, or white space other than blanks."""
        return all(text.isprintable() for pieces in self.texts.values() for text in pieces)

    @cached_property
    def people(self) -> Mapping[str, tuple[str, ...]]:
        """The names of the authors and of the editors, as they are spoken."""
        people = {field: getattr(self.paper, field) for field in PEOPLE}
        return {field: tuple(map(names.display, persons)) for field, persons in people.items() if persons}

    @cached_property
    def all_text(self) -> str:
        """All texts in one, for a quick no."""
        return "\n".join("\n".join(pieces) for pieces in self.texts.values())


Look = Callable[[Subject], Iterator[Fault]]

_TEXTS = ("title", "venue", "publisher", "series", "edition", "institution", "volume", "number", "abstract")
PEOPLE = ("authors", "editors")
# Fields of the biblatex manual, sections 2.2.2 and 2.2.5, and of btxdoc, section 3.2, that the library has no name for.
_PRINTED_FIELDS = frozenset(
    """
    addendum address afterword annotator booksubtitle booktitle booktitleaddon chapter commentator eventtitle
    eventtitleaddon foreword holder howpublished introduction issuesubtitle issuetitle journal journalsubtitle
    journaltitle location mainsubtitle maintitle maintitleaddon nameaddon note organization origlocation origpublisher
    origtitle pubstate reprinttitle school shortjournal shorttitle subtitle titleaddon translator type version
    """.split()
)
"""What a bibliography prints of a record's other fields."""


def _parts(person: Person) -> tuple[str, str, str, str, str]:
    return person.literal, person.given, person.particle, person.family, person.suffix


def _with_parts(person: Person, change: Callable[[str], str]) -> Person:
    return Person(
        family=change(person.family),
        given=change(person.given),
        particle=change(person.particle),
        suffix=change(person.suffix),
        literal=change(person.literal),
    )


def changed(paper: Paper, field: str, change: Callable[[str], str]) -> dict[str, Any]:
    """The repair that puts each text of a field through `change`."""
    if field in PEOPLE:
        return {field: tuple(_with_parts(person, change) for person in getattr(paper, field))}
    return {field: change(_value(paper, field))}


def _value(paper: Paper, field: str) -> Any:
    table, _, name = field.partition(".")
    return getattr(paper, table)[name] if name else getattr(paper, field)


def repaired(paper: Paper, repair: Mapping[str, Any]) -> Paper:
    """The paper with the new values of a repair."""
    changes: dict[str, Any] = {}
    for field, value in repair.items():
        table, _, name = field.partition(".")
        changes[table] = {**changes.get(table, getattr(paper, table)), name: value} if name else value
    return replace(paper, **changes)


def shown(text: str, at: int = 0) -> str:
    """A text as a message quotes it: on one line, and of a long one the part round the place `at`."""
    start = at - 15 if at > 35 else 0
    cut = text[start : start + 50]
    return "'" + squeeze(("…" if start else "") + cut + ("…" if len(text) > start + 50 else "")) + "'"


def from_to(before: str, after: str) -> tuple[str, str]:
    """Two texts as a message quotes them, each where they begin to differ."""
    at = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), 0)
    return shown(before, at), shown(after, at)


def each_changed(subject: Subject, change: Callable[[str], str], message: str) -> Iterator[Fault]:
    """A fault for each field with a text that `change` changes; `message` has places for it and for its new reading."""
    for field, pieces in subject.texts.items():
        for piece in pieces:
            after = change(piece)
            if after != piece:
                told = message.format(*from_to(piece, after))
                yield Fault(field, told, changed(subject.paper, field, change))
                break
