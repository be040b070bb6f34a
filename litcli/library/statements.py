"""The statements of a TOML text, headers and assignments: what each speaks of, and the lines on which it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

# The parts of TOML 1.0 that may hold a line end or a bracket without meaning it: strings and comments.
_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")|\'\'\'.*?\'{3,5}(?!\')|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*|[\[{]|[\]}]|\n',
    re.DOTALL,
)
_KEY = re.compile(
    r"""\s*(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+))*"""
)
_LINE = re.compile(r'([A-Za-z0-9_.-]+)[ \t]*=[ \t]*(?:"[^"\\\n]*"|[a-z0-9-]+)[ \t]*(?:\r?\n|\Z)')
"""A usual assignment on one line, whose value says by itself where it ends."""
_BARE_PATH = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")

Path = tuple[str, ...]


class Statement(NamedTuple):
    """A header or an assignment: the full path it speaks of, its span in whole lines, the remarks in it."""

    path: Path
    start: int
    end: int
    header: bool
    remarks: tuple[str, ...] = ()

    @property
    def is_entry(self) -> bool:
        """Whether it is the header of an entry itself."""
        return self.header and len(self.path) == 2 and self.path[0] == "papers"

    @property
    def key(self) -> str | None:
        """The key of the entry that it belongs to, None above and behind the papers."""
        return self.path[1] if len(self.path) > 1 and self.path[0] == "papers" else None


def scan(text: str, at: int = 0, end: int | None = None) -> Iterator[Statement]:
    """Every header and assignment of a valid text, or of the part of it that begins and ends between statements."""
    end = len(text) if end is None else end
    table: Path = ()
    while at < end:
        if usual := _LINE.match(text, at):
            yield Statement(table + _path(usual[1]), at, usual.end(), False)
            at = usual.end()
            continue
        line_end = text.find("\n", at) + 1 or len(text)
        line = text[at:line_end].strip()
        if not line or line.startswith("#"):
            at = line_end
        elif line.startswith("["):
            name = line.lstrip("[")
            match = _KEY.match(name)
            table = _path(match[0] if match else name)
            yield Statement(table, at, line_end, True)
            at = line_end
        else:
            match = _KEY.match(text, at)
            behind, remarks = _value_end(text, match.end() if match else at)
            yield Statement(table + _path(match[0] if match else ""), at, behind, False, remarks)
            at = behind


def header_name(text: str, header: Statement) -> tuple[int, int]:
    """Where the name in the brackets of a header begins and ends."""
    start = text.index("[", header.start)
    while text[start] == "[":
        start += 1
    match = _KEY.match(text, start)
    return start, match.end() if match else start


def assigned_name(text: str, assignment: Statement) -> Path:
    """What an assignment calls its value within its table."""
    match = _KEY.match(text, assignment.start)
    return _path(match[0]) if match else assignment.path


def _value_end(text: str, at: int) -> tuple[int, tuple[str, ...]]:
    """Behind the line end that closes the value which starts after `at`, and the remarks within."""
    depth = 0
    remarks = []
    for token in _TOKEN.finditer(text, at):
        first = token[0][0]
        if first in "[{":
            depth += 1
        elif first in "]}":
            depth -= 1
        elif first == "#":
            remarks.append(token[0].rstrip())
        elif first == "\n" and depth <= 0:
            return token.end(), tuple(remarks)
    return len(text), tuple(remarks)


def _path(text: str) -> Path:
    text = text.strip()
    if _BARE_PATH.fullmatch(text):
        return tuple(text.split("."))
    import tomllib

    path: list[str] = []
    node: Any = tomllib.loads(f"{text} = 0")
    while isinstance(node, dict):
        (name, node), *_ = node.items()
        path.append(name)
    return tuple(path)
