"""An entry to and from its table of fields: the shape of the library file and of `--json`."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from litcli import dates, names
from litcli.paper import FIELDS, Entry, Paper

_OWN = frozenset(("note", "tags", "aliases", "sources", "added"))
_PEOPLE = frozenset(("authors", "editors"))


def to_table(entry: Entry, name: Callable[[Any], str] = names.to_text) -> dict[str, Any]:
    """The TOML table of an entry: its fields in their order, absent ones left out; `name` spells the people."""
    table: dict[str, Any] = {}
    for field in FIELDS:
        value = getattr(entry if field in _OWN else entry.paper, field)
        if (not value and value != 0) or value is False:
            continue
        if field in _PEOPLE:
            value = [name(person) for person in value]
        elif isinstance(value, tuple):
            value = [dict(item) if isinstance(item, Mapping) else item for item in value]
        elif isinstance(value, Mapping):
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
    extra = dict(_expect(table.get("fields", {}), Mapping, "fields", "a table"))
    for field, value in table.items():
        if field == "fields":
            continue
        if field not in FIELDS:
            extra.setdefault(field, value)
        elif field in _OWN:
            own[field] = _read(field, value)
        else:
            paper[field] = _read(field, value)
    return Entry(key=key, paper=Paper(**paper, fields=extra), **own)


def _expect(value: Any, kind: Any, field: str, what: str) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ValueError(f"{field} must be {what}, not {value!r}")
    return value


def _texts(value: Any, field: str) -> tuple[str, ...]:
    items = _expect(value, list, field, "an array of strings")
    return tuple(_expect(item, str, field, "an array of strings") for item in items)


def _read(field: str, value: Any) -> Any:
    if field in _PEOPLE:
        return tuple(map(names.parse, _texts(value, field)))
    if field in ("tags", "aliases", "sources"):
        return tuple(sorted(set(_texts(value, field)))) if field == "tags" else _texts(value, field)
    if field == "versions":
        return tuple(
            _expect(item, Mapping, field, "an array of tables")
            for item in _expect(value, list, field, "an array of tables")
        )
    if field == "links":
        return {
            label: _expect(url, str, f"links.{label}", "a string")
            for label, url in _expect(value, Mapping, field, "a table").items()
        }
    if field == "et_al":
        return _expect(value, bool, field, "true or false")
    if field == "year":
        if isinstance(value, str) and value.strip().isdigit():
            return int(value)
        return _expect(value, int, field, "a whole number")
    if field in ("date", "added"):
        if isinstance(value, datetime.date):
            return value.isoformat()[:10]
        try:
            dates.parts(_expect(value, str, field, "a date such as 2023-10-10"))
        except ValueError as error:
            raise ValueError(f"{field}: {error}") from None
        return value
    if (
        isinstance(value, int)
        and not isinstance(value, bool)
        and field in ("volume", "number", "pages", "edition", "isbn")
    ):
        return str(value)
    return _expect(value, str, field, "a string")
