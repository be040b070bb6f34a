"""An entry to and from its table of fields: the shape of the library file and of `--json`."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from litcli import dates, names
from litcli.paper import FIELDS, Entry, Paper, Person

_OWN = frozenset(("note", "tags", "aliases", "sources", "added"))
_PEOPLE = frozenset(("authors", "editors"))


def to_table(entry: Entry, name: Callable[[Any], str] = names.to_text) -> dict[str, Any]:
    """The TOML table of an entry: its fields in their order, absent ones left out; `name` spells the people."""
    table: dict[str, Any] = {}
    paper = entry.paper
    for field in FIELDS:
        value = getattr(entry if field in _OWN else paper, field)
        if not value and (value is False or value != 0):
            continue
        if field in _PEOPLE:
            value = [name(person) for person in value]
        elif isinstance(value, tuple):
            value = [dict(item) if isinstance(item, Mapping) else item for item in value]
        elif not isinstance(value, str | int):
            value = dict(value)
        table[field] = value
    return table


def to_json(entry: Entry) -> dict[str, Any]:
    """The entry as `--json` prints it: `key` first, people as `Given Family` (design, section 4)."""
    return {"key": entry.key, **to_table(entry, names.display)}


def from_table(key: str, table: Mapping[str, Any]) -> Entry:
    """The entry of a TOML table; a field that litcli does not know is kept in `fields`.

    Raises ValueError that names the field and what it must hold.
    """
    paper: dict[str, Any] = {}
    own: dict[str, Any] = {}
    extra = _tables(table.get("fields", {}), "fields")
    for field, value in table.items():
        read = _READERS.get(field)
        if read is None:
            extra.setdefault(field, value)
        elif field in _OWN:
            own[field] = read(value, field)
        elif field != "fields":
            paper[field] = read(value, field)
    return Entry(key=key, paper=Paper(**paper, fields=extra), **own)


# --- reading a value: each raises ValueError that names the field and what it must hold --------------------


def _expect(value: Any, kind: Any, field: str, what: str) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ValueError(f"{field} must be {what}, not {value!r}")
    return value


def _text(value: Any, field: str) -> str:
    if isinstance(value, str):
        return value
    text: str = _expect(value, str, field, "a string")
    return text


def _number(value: Any, field: str) -> str:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value, field)


def _texts(value: Any, field: str) -> tuple[str, ...]:
    items = _expect(value, list, field, "an array of strings")
    return tuple(_expect(item, str, field, "an array of strings") for item in items)


def _people(value: Any, field: str) -> tuple[Person, ...]:
    return tuple(map(names.parse, _texts(value, field)))


def _tags(value: Any, field: str) -> tuple[str, ...]:
    return tuple(sorted(set(_texts(value, field))))


def _versions(value: Any, field: str) -> tuple[Mapping[str, Any], ...]:
    items = _expect(value, list, field, "an array of tables")
    return tuple(_expect(item, Mapping, field, "an array of tables") for item in items)


def _tables(value: Any, field: str) -> dict[str, Any]:
    return dict(_expect(value, Mapping, field, "a table"))


def _links(value: Any, field: str) -> dict[str, str]:
    return {label: _text(url, f"{field}.{label}") for label, url in _tables(value, field).items()}


def _flag(value: Any, field: str) -> bool:
    flag: bool = _expect(value, bool, field, "true or false")
    return flag


def _year(value: Any, field: str) -> int:
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    year: int = _expect(value, int, field, "a whole number")
    return year


def _date(value: Any, field: str) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    try:
        return known_date(_expect(value, str, field, "a date such as 2023-10-10"))
    except ValueError as error:
        raise ValueError(f"{field}: {error}" if isinstance(value, str) else str(error)) from None


@lru_cache(maxsize=4096)
def known_date(text: str) -> str:
    """The date as it stands, which `dates.parts` can read; raises ValueError."""
    dates.parts(text)
    return text


_READERS: Mapping[str, Callable[[Any, str], Any]] = {
    **dict.fromkeys(FIELDS, _text),
    **dict.fromkeys(("volume", "number", "pages", "edition", "isbn"), _number),
    **dict.fromkeys(("authors", "editors"), _people),
    **dict.fromkeys(("aliases", "sources"), _texts),
    **dict.fromkeys(("date", "added"), _date),
    "tags": _tags,
    "versions": _versions,
    "links": _links,
    "fields": _tables,
    "et_al": _flag,
    "year": _year,
}

TEXTS = frozenset(field for field, read in _READERS.items() if read in (_text, _number))
"""The fields that hold a text, whatever it says."""
LISTS = frozenset(field for field, read in _READERS.items() if read in (_people, _texts, _tags))
"""The fields that hold an array of texts, whatever these say."""
