"""The TOML text of an entry: its block, its statements, its values on one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from litcli import table
from litcli.paper import Entry

_DOTTED = frozenset(("links", "fields"))
_LINES = frozenset(("tags", "aliases", "sources"))
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {
    **{code: f"\\u{code:04x}" for code in (*range(0x20), 0x7F) if code != ord("\t")},
    **{ord(char): f"\\{name}" for char, name in zip('\b\n\f\r"\\', 'bnfr"\\', strict=True)},
}
"""What a basic string cannot hold as it is, and how it is spelled there (TOML 1.0.0, "String")."""


def key_text(key: str) -> str:
    """A key as it stands in a TOML header: bare where that is allowed, else quoted."""
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: Any) -> str:
    """A TOML value on one line."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key_text(k)} = {_value(v)}" for k, v in value.items()) + " }" if value else "{}"
    if isinstance(value, int):
        return str(value).lower()
    import tomli_w

    return tomli_w.dumps({"v": value})[len("v = ") :].rstrip("\n")


def _text(text: str) -> str:
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return f'"{text.translate(_ESCAPES)}"'


def statement(field: str, value: Any, prefix: str = "") -> str:
    """The lines that set one field, with their line ends: tags and versions one a line, tables as dotted keys.

    `prefix` stands in front of each name: what an entry without a table of its own is called, and a dot.
    """
    name = prefix + field
    if field in _DOTTED and value:
        return "".join([f"{name}.{key_text(label)} = {_value(item)}\n" for label, item in value.items()])
    if (field in _LINES and len(value) > 1) or field == "versions":
        return f"{name} = [\n" + "".join([f"    {_value(item)},\n" for item in value]) + "]\n"
    if field == "added" and len(value) == len("2023-10-10"):
        return f"{name} = {value}\n"
    return f"{name} = {_value(value)}\n"


def assignment(path: tuple[str, ...], value: Any) -> str:
    """The lines that set a value by its path within a table; an array of arrays has one a line."""
    name = ".".join(map(key_text, path))
    if isinstance(value, list | tuple) and value and all(isinstance(item, list | tuple) for item in value):
        return f"{name} = [\n" + "".join(f"    {_value(item)},\n" for item in value) + "]\n"
    return f"{name} = {_value(value)}\n"


def block(entry: Entry) -> str:
    """The whole block of an entry: its header and its fields."""
    return block_of(entry.key, table.to_table(entry))


def block_of(key: str, fields: Mapping[str, Any]) -> str:
    """The whole block of an entry under a key, of the table of its fields."""
    return f"[papers.{key_text(key)}]\n" + "".join([statement(*item) for item in fields.items()])
