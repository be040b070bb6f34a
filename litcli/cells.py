"""An entry's values as they are shown and ordered: the cells of tables and of lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from litcli import dates, names, web
from litcli.errors import UsageError
from litcli.near import near
from litcli.paper import FIELDS, Entry, field_named
from litcli.text import fold, squeeze

T = TypeVar("T")

COLUMNS = ("key", *FIELDS)
PEOPLE = "people"
"""The column of `short_authors`."""
NAME = "name"
"""The column of keys as they are, whatever they hold."""
ADDRESS = "address"
"""The column of where papers stand on the web."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"\s+")
_SORTED = "by "
"""Before the name of a field, the column of what its entries are ordered by."""


def safe(text: str) -> str:
    """Text that cannot steer a terminal: control characters are spelled out."""
    return text if text.isprintable() else _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def line(text: str) -> str:
    """Safe text on one line, without tabs."""
    return text if text.isprintable() and "  " not in text else safe(_SPACE.sub(" ", text))


def named(name: str) -> str:
    """The column that a person means by a name; raises UsageError for one that does not exist."""
    column = field_named(name)
    if column not in COLUMNS:
        raise UsageError(f"there is no field {name!r}", near(name, COLUMNS) or f"the fields are {', '.join(COLUMNS)}")
    return column


def cell(entry: Entry, column: str) -> str:
    """What one field of an entry looks like on one line."""
    if column == "key":
        return entry.key
    owner = entry if hasattr(entry, column) else entry.paper
    value = getattr(owner, column)
    if column in ("authors", "editors"):
        people = ", ".join(names.display(person) for person in value)
        return people + (", et al." if column == "authors" and entry.paper.et_al and people else "")
    if column == "year":
        return str(dates.year_of(value, entry.paper.date) or "")
    if isinstance(value, Mapping):
        return ", ".join(f"{label}: {item}" for label, item in value.items())
    if isinstance(value, tuple):
        return ", ".join(
            " ".join(map(str, item.values())) if isinstance(item, Mapping) else str(item) for item in value
        )
    return "" if value is None or value is False else str(value)


def short_authors(entry: Entry) -> str:
    """The family names of up to two authors, of more the first `et al.`."""
    people = [
        person.literal or " ".join(filter(None, (person.particle, person.family)))
        for person in entry.paper.authors or entry.paper.editors
    ]
    if len(people) > 2 or (entry.paper.et_al and people):
        return f"{people[0]} et al."
    return " & ".join(people)


def listed(names: str) -> list[str]:
    """The names that stand between commas."""
    return [name.strip() for name in names.split(",") if name.strip()]


def offered(entry: Entry) -> str:
    """The key and the title as completion offers them, a tab between; "" where the key would break the line."""
    return f"{entry.key}\t{squeeze(entry.paper.title)}" if entry.key.isprintable() else ""


# --- rows and their order ---------------------------------------------------------------------------------


def row(entry: Entry, columns: Iterable[str]) -> str:
    """The cells of an entry in these columns on one line, tabs between."""
    return "\t".join([_row_cell(entry, column) for column in columns])


def _row_cell(entry: Entry, column: str) -> str:
    if column == NAME:
        return entry.key
    if column == ADDRESS:
        return next(iter(web.addresses(entry.paper)), "")
    if column == PEOPLE:
        return line(short_authors(entry))
    if column.startswith(_SORTED):
        # A separator is less than whatever may stand in a name.
        return "\x1f".join(map(names.sort_key, getattr(entry.paper, column.removeprefix(_SORTED))))
    return line(cell(entry, column))


def sorting(sort: str) -> list[tuple[str, bool]]:
    """The columns that a list of fields orders by (`-year,authors`), each with whether it is descending.

    Raises UsageError for a field that does not exist.
    """
    found = []
    for name in listed(sort):
        column = named(name.removeprefix("-"))
        people = column in ("authors", "editors")
        found.append((f"{_SORTED}{column}" if people else column, name.startswith("-")))
    return found


def sorted_by(by: Sequence[tuple[str, bool]], entries: Iterable[Entry]) -> list[Entry]:
    """Entries by columns; what lacks one comes last either way."""
    keyed = [([_row_cell(entry, column) for column, _ in by], entry) for entry in entries]
    return [entry for _, entry in ordered(keyed, by, lambda pair, number: pair[0][number])]


def ordered(items: Iterable[T], by: Sequence[tuple[str, bool]], cell_of: Callable[[T, int], str]) -> list[T]:
    """Items by columns; what lacks one comes last either way. `cell_of` gives an item's cell in the nth column."""
    found = list(items)
    for number, (column, descending) in reversed(list(enumerate(by))):
        keys = _sort_keys(column, [cell_of(item, number) for item in found])
        there = sorted((at for at, key in enumerate(keys) if key is not None), key=keys.__getitem__, reverse=descending)
        found = [found[at] for at in there] + [item for key, item in zip(keys, found, strict=True) if key is None]
    return found


def _sort_keys(column: str, texts: Iterable[str]) -> list[Any]:
    if column == "year":
        return [int(text) if text else None for text in texts]
    return [fold(text) or None for text in texts]
