"""The TOML text of an entry: its block, its statements, its values on one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomli_w

from litcli import table
from litcli.paper import Entry

_DOTTED = frozenset(("links", "fields"))


def key_text(key: str) -> str:
    """A key as it stands in a TOML header: bare where that is allowed, else quoted."""
    bare = key and key.isascii() and all(char.isalnum() or char in "-_" for char in key)
    return key if bare else _value(key)


def _value(value: Any) -> str:
    """A TOML value on one line."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key_text(k)} = {_value(v)}" for k, v in value.items()) + " }" if value else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str) and value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"'
    return tomli_w.dumps({"v": value})[len("v = ") :].rstrip("\n")


def statement(field: str, value: Any) -> str:
    """The lines that set one field, with their line ends: tags and versions one a line, tables as dotted keys."""
    if field in _DOTTED and value:
        return "".join(f"{field}.{key_text(label)} = {_value(item)}\n" for label, item in value.items())
    if (field in ("tags", "aliases", "sources") and len(value) > 1) or field == "versions":
        return f"{field} = [\n" + "".join(f"    {_value(item)},\n" for item in value) + "]\n"
    if field == "added" and len(value) == len("2023-10-10"):
        return f"{field} = {value}\n"
    return f"{field} = {_value(value)}\n"


def assignment(path: tuple[str, ...], value: Any) -> str:
    """The lines that set a value by its path within a table; an array of arrays has one a line."""
    name = ".".join(map(key_text, path))
    if isinstance(value, list | tuple) and value and all(isinstance(item, list | tuple) for item in value):
        return f"{name} = [\n" + "".join(f"    {_value(item)},\n" for item in value) + "]\n"
    return f"{name} = {_value(value)}\n"


def block(entry: Entry) -> str:
    """The whole block of an entry: its header and its fields."""
    return f"[papers.{key_text(entry.key)}]\n" + "".join(statement(*item) for item in table.to_table(entry).items())
