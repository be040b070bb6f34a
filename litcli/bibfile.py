"""The text of a .bib file -> its blocks, as BibTeX itself reads them.

bibtexparser splits; where its reading differs from BibTeX's (a quote in braces inside a quoted value, a backslash
before a brace, a blank behind the `@`, a missing comma, a field or a key twice, an `@word{` inside a value) the
block is read again here by BibTeX's own rules (btxdoc, section 2; field notes, 3.9.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = re.compile(r"[^\s\"#%'(),={}]+")
"""What BibTeX allows in the name of an entry type, a field or a macro."""
_PIECE = re.compile(r"\s*(?:(?P<number>\d+)|(?P<macro>[^\s\"#%'(),={}]+))")
_OPENING = re.compile(r"@\s*(?P<type>[^\s\"#%'(),={}@]+)\s*(?P<open>[{(])")
_SIMPLE = re.compile(r"\{[^{}]*\}|\"[^{}\"]*\"|\d+")
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a value: text that stood in braces or quotes or was a number, or the name of a macro."""

    text: str
    is_macro: bool = False


Value = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry: its type and field names in lower case, its key as it stands, its values in pieces."""

    type: str
    key: str
    fields: tuple[tuple[str, Value], ...]
    line: int
    start: int
    end: int
    remark: str = ""
    """What had to be guessed to read it."""


@dataclass(frozen=True, slots=True)
class BibString:
    """A macro's definition, or (name "") a preamble."""

    name: str
    value: Value
    line: int


@dataclass(frozen=True, slots=True)
class BibComment:
    """A comment block, with its text."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class BibBroken:
    """A block that cannot be read: why, and its raw text."""

    reason: str
    raw: str
    line: int


Block = BibEntry | BibString | BibComment | BibBroken


class _ReadError(Exception):
    """Where a block stops making sense, and why."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a file in their order; text between them, which BibTeX ignores, is left out."""
    lines = _Lines(text)
    done = 0
    for start, end, found in _split(text):
        if end <= done:
            continue
        if found is not None and start >= done and (entry := _sound(found, start, end, lines)):
            yield entry
            done = end
            continue
        at = max(start, done)
        while opening := _OPENING.search(text, at, end):
            block, at = _read(text, opening, end, lines)
            yield block
            done = max(done, at)
        done = max(done, end if found is None else done)


class _Lines:
    """Offsets to line numbers, asked in ascending order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1

    def of(self, at: int) -> int:
        if at < self._at:
            self._at, self._line = 0, 1
        self._line += self._text.count("\n", self._at, at)
        self._at = at
        return self._line


def _split(text: str) -> Iterator[tuple[int, int, object | None]]:
    """bibtexparser's blocks with their spans; the object is its entry where it made one."""
    import logging

    from bibtexparser.model import DuplicateBlockKeyBlock, Entry
    from bibtexparser.splitter import Splitter

    # Its warnings are said again here, by file and line.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    at = 0
    for block in Splitter(text).split().blocks:
        inner = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
        raw = (inner.raw if inner else "") or ""
        start = text.find(raw, at) if raw else -1
        if start < 0:
            continue
        yield start, start + len(raw), inner if isinstance(inner, Entry) else None
        at = start + len(raw)
    yield at, len(text), None


def _sound(entry: object, start: int, end: int, lines: _Lines) -> BibEntry | None:
    """bibtexparser's entry, where BibTeX would read the same; None where that is not plain."""
    fields: list[tuple[str, Value]] = []
    seen: set[str] = set()
    for field in entry.fields:  # type: ignore[attr-defined]
        name = field.key.lower()
        value = field.value.strip()
        if name in seen or not _NAME.fullmatch(name):
            return None
        pieces = (Piece(value[1:-1] if value[:1] in '{"' else value),) if _SIMPLE.fullmatch(value) else _pieces(value)
        if pieces is None:
            return None
        seen.add(name)
        fields.append((name, pieces))
    key = entry.key  # type: ignore[attr-defined]
    if not key or re.search(r"[\s,{}]", key):
        return None
    return BibEntry(entry.entry_type.lower(), key, tuple(fields), lines.of(start), start, end)  # type: ignore[attr-defined]


def _pieces(value: str) -> Value | None:
    """The pieces of a whole value, None where something is left over."""
    try:
        pieces, at = _value(value, 0, len(value))
    except _ReadError:
        return None
    return pieces if not value[at:].strip() else None


# --- BibTeX's own rules -----------------------------------------------------------------------------------


def _read(text: str, opening: re.Match[str], region: int, lines: _Lines) -> tuple[Block, int]:
    """The block that opens there, and where it ends; a broken one ends with the region."""
    start, line = opening.start(), lines.of(opening.start())
    kind = opening["type"].lower()
    try:
        if kind == "comment":
            close = _closing(text, opening.end() - 1)
            return BibComment(text[opening.end() : close], line), close + 1
        if kind == "preamble":
            value, at = _value(text, opening.end(), len(text))
            return BibString("", value, line), _skip_close(text, at)
        if kind == "string":
            (name, value), at = _assignment(text, opening.end())
            return BibString(name.lower(), value, line), _skip_close(text, at)
        return _entry(text, opening, line)
    except _ReadError as broken:
        nearest = lines.of(broken.at)
        reason = f"{broken.reason} in line {nearest}" if nearest != line else broken.reason
        end = _next_start(text, opening.end(), region)
        return BibBroken(reason, text[start:end].rstrip(), line), end


def _next_start(text: str, at: int, region: int) -> int:
    """Where reading goes on after a broken block: at the next `@word{` that begins a line."""
    match = re.compile(r"^\s*@\s*\w+\s*[{(]", re.MULTILINE).search(text, at, max(region, at))
    return match.start() if match else region


def _entry(text: str, opening: re.Match[str], line: int) -> tuple[BibEntry, int]:
    close = "}" if opening["open"] == "{" else ")"
    key_match = re.compile(r"\s*([^\s,{}]*)\s*").match(text, opening.end())
    assert key_match is not None
    key, at = key_match[1], key_match.end()
    if close == ")" and key.endswith(")"):
        key, at = key[:-1], key_match.end(1) - 1
    if not key or "=" in key:
        raise _ReadError("the entry has no key", opening.start())
    fields: dict[str, Value] = {}
    remarks: list[str] = []
    separated = True
    while True:
        at = _skip(text, at)
        if at >= len(text):
            raise _ReadError("the entry is not closed", opening.start())
        if text[at] == close:
            at += 1
            break
        if text[at] == ",":
            at += 1
            separated = True
            continue
        if not separated:
            remarks.append("a comma is missing")
        separated = False
        (name, value), at = _assignment(text, at)
        name = name.lower()
        if name in fields:
            # BibTeX warns and keeps the first; what the second says is kept beside it.
            remarks.append(f"the field {name} stands there twice")
            name = next(f"{name}_{n}" for n in range(2, 100) if f"{name}_{n}" not in fields)
        fields[name] = value
    remark = "; ".join(dict.fromkeys(remarks))
    return BibEntry(opening["type"].lower(), key, tuple(fields.items()), line, opening.start(), at, remark), at


def _skip(text: str, at: int) -> int:
    """Behind white space, and behind remarks from `%` to the line's end, which Biber takes and people write."""
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        if text[at : at + 1] != "%":
            return at
        end = text.find("\n", at)
        at = len(text) if end < 0 else end


def _skip_close(text: str, at: int) -> int:
    at = _skip(text, at)
    if text[at : at + 1] not in ("}", ")"):
        raise _ReadError("the block is not closed", at)
    return at + 1


def _assignment(text: str, at: int) -> tuple[tuple[str, Value], int]:
    at = _skip(text, at)
    name = _NAME.match(text, at)
    if not name:
        raise _ReadError(f"a field name is missing before {text[at : at + 20]!r}", at)
    equals = _skip(text, name.end())
    if text[equals : equals + 1] != "=":
        raise _ReadError(f"no = follows {name[0][:40]!r}", name.end())
    value, end = _value(text, equals + 1, len(text))
    return (name[0], value), end


def _value(text: str, at: int, end: int) -> tuple[Value, int]:
    """The pieces of a value, joined by `#`, and where it ends."""
    pieces: list[Piece] = []
    while True:
        at = _skip(text, at)
        if at >= end:
            raise _ReadError("a value is missing", at)
        if text[at] == "{":
            close = _closing(text, at)
            pieces.append(Piece(text[at + 1 : close]))
            at = close + 1
        elif text[at] == '"':
            close = _closing_quote(text, at)
            pieces.append(Piece(text[at + 1 : close]))
            at = close + 1
        else:
            match = _PIECE.match(text, at)
            if not match:
                raise _ReadError(f"a value is missing before {text[at : at + 20]!r}", at)
            pieces.append(Piece(match["number"] or match["macro"].lower(), match["number"] is None))
            at = match.end()
        next_at = _skip(text, at)
        if text[next_at : next_at + 1] != "#":
            return tuple(pieces), at
        at = next_at + 1


_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r"[{}\"]")


def _closing(text: str, at: int) -> int:
    """The brace that closes the one at `at`; BibTeX counts every brace, one behind a backslash too."""
    if text[at] == "(":
        found = text.find(")", at)
        if found < 0:
            raise _ReadError("the bracket is not closed", at)
        return found
    depth = 0
    for brace in _BRACE.finditer(text, at):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    raise _ReadError("a brace is not closed", at)


def _closing_quote(text: str, at: int) -> int:
    """The quote that closes the one at `at`: the next one outside braces."""
    depth = 0
    for mark in _BRACE_OR_QUOTE.finditer(text, at + 1):
        if mark[0] == '"':
            if depth == 0:
                return mark.start()
            continue
        depth += 1 if mark[0] == "{" else -1
        if depth < 0:
            break
    raise _ReadError("a quote is not closed", at)
