"""The block of an entry in the shape that litcli writes, read without a TOML parser.

Whatever this reads, `tomllib` reads as the same; whatever has another shape is left to it.
"""

from __future__ import annotations

import re
from typing import Any

from litcli import table

_LABEL = r"[A-Za-z0-9_-]++"
_COUNT = r"(?:0|[1-9][0-9]{0,8}+)"
_SPACE = r"[ \t]*+"
_REST = rf"{_SPACE}(?:#[^\n]*+)?+"
"""What may stand behind a value on its line, and on the lines between statements."""


def _array(item: str) -> str:
    """An array of items, over one line or more."""
    return rf"\[[ \n]*+(?:{item}[ \n]*+(?:,[ \n]*+|(?=\])))*+\]"


def _statement(text: str, line: str) -> re.Pattern[str]:
    """A statement, name and value captured; `text` is a string, `line` one without a line end in it."""
    plain = rf"(?:{line}|{_COUNT}|true|false|\[(?:{line}(?:, {line})*+)?+\])"
    version = rf"\{{ {_LABEL} = {plain}(?:, {_LABEL} = {plain})*+ \}}"
    value = rf"{text}|{_array(line)}|[0-9-]++|true|false|(?<=versions = ){_array(version)}"
    return re.compile(rf"([a-z_]++(?:\.{_LABEL})?+){_SPACE}={_SPACE}({value}){_REST}(?:(?:\n{_REST})++|\Z)")


_PLAIN = _statement(r'"[^"]*+"', r'"[^"\n]*+"')
_ESCAPED = _statement(r'"[^"\\]*+(?:\\["\\bfnrt][^"\\]*+)*+"', r'"[^"\\\n]*+(?:\\["\\bfnrt][^"\\\n]*+)*+"')
_LEAD = re.compile(rf"{_REST}(?:\n{_REST})*+")
_LEADING = frozenset(" \t\n#")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*+)"')
_VERSION = re.compile(r'\{ (?:[^"}]|"(?:[^"\\]|\\.)*+")*+\}')
_PAIR = re.compile(rf'({_LABEL}) = ("(?:[^"\\]|\\.)*+"|\[(?:[^"\]]|"(?:[^"\\]|\\.)*+")*+\]|[0-9a-z]++)')
_YEAR = re.compile(_COUNT)
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}
_ESCAPE = re.compile(r"\\(.)")
_USUAL = frozenset([*((name, '"') for name in table.TEXTS), *((name, "[") for name in table.LISTS)])
"""Names, and how their values begin, that need no closer look."""


def fits(body: str) -> bool:
    """Whether what stands below the header of an entry has that shape; `table.from_table` does not refuse it then.

    Control characters, which TOML forbids, are not looked for.
    """
    parts = _split(body)
    names, raws = parts[1::3], parts[2::3]
    if any(parts[::3]) or len(set(names)) != len(raws):
        return False
    for name, raw in zip(names, raws, strict=True):
        if (name, raw[0]) in _USUAL:
            if raw[0] == '"' and "\n" in raw:
                return False
        elif not _is_fit(name, raw):
            return False
    return True


def _split(body: str) -> list[str]:
    """What stands between the statements of a body, and their names and values, in turn."""
    if body[:1] in _LEADING:
        lead = _LEAD.match(body)
        body = body[lead.end() :] if lead else body
    return (_ESCAPED if "\\" in body else _PLAIN).split(body)


def _is_fit(name: str, raw: str) -> bool:
    """Whether a value is what a field must hold that holds no text and no list of texts."""
    if name in ("date", "added"):
        try:
            table.known_date(raw.strip('"'))
        except ValueError:
            return False
        return raw[0] == '"' or (name == "added" and len(raw) == len("2023-10-10") and raw[0] != "-")
    if name == "versions":
        pairs = list(map(_PAIR.findall, _VERSION.findall(raw)))
        return "{" in raw and all(len(found) == len(dict(found)) for found in pairs)
    if name == "year":
        return _YEAR.fullmatch(raw) is not None
    if name == "et_al":
        return raw in ("true", "false")
    return raw[0] == '"' and "\n" not in raw and "." in name and name.partition(".")[0] in ("links", "fields")


def fields(body: str) -> dict[str, Any]:
    """The table of an entry whose body has the shape."""
    said: dict[str, Any] = {}
    parts = _split(body)
    for name, raw in zip(parts[1::3], parts[2::3], strict=False):
        if raw[0] == '"':
            value: Any = raw[1:-1] if "\\" not in raw else _text(raw[1:-1])
        elif name == "versions":
            value = [{key: _value(item) for key, item in _PAIR.findall(one)} for one in _VERSION.findall(raw)]
        else:
            value = _value(raw)
        if "." in name:
            field, _, label = name.partition(".")
            said.setdefault(field, {})[label] = value
        else:
            said[name] = value
    return said


def _value(raw: str) -> Any:
    first = raw[0]
    if first == '"':
        return _text(raw[1:-1])
    if first == "[":
        return list(map(_text, _TEXT.findall(raw)))
    if first in "tf":
        return raw == "true"
    return raw if "-" in raw else int(raw)


def _text(raw: str) -> str:
    return _ESCAPE.sub(lambda match: _ESCAPES[match[1]], raw) if "\\" in raw else raw
