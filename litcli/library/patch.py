"""What differs between two texts of a library, piece by piece, and the same made in a third text."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from litcli.library.statements import scan

Name = tuple[str, ...]
"""The path of what a piece says: `("papers", KEY)` for an entry, that of a table in it where one stands by itself, `()`
for the end of the file."""

_STRIDE = 1 << 16
"""Characters that are compared at once."""
_BRACKET = re.compile(r"\n([ \t]*\[.*)")
_HEADER = re.compile(
    r'\[papers\.(?P<bare>[\w-]+|(?P<quoted>"(?:[^"\\\n]|\\.)*"))(?P<table>\.[\w.-]+)?\][ \t]*(?:#.*)?', re.ASCII
)
"""The header of an entry, or of a table in it, as litcli writes it."""
_HEADED = re.compile(r"(?:[ \t]*#[^\n]*\n)*+[ \t]*\[")
_NEXT = "\n[papers."


class Piece(NamedTuple):
    """An entry or a statement above the papers, with the comments directly above it, and the gap before it.

    The gap is blank lines and loose comments, and begins with the line end of the piece before.
    """

    name: Name
    gap: str
    body: str


class Change(NamedTuple):
    """A piece before and after, None where it is not there; one that comes or goes stands `behind` another."""

    name: Name
    before: Piece | None
    after: Piece | None
    behind: Name | None = None

    @property
    def key(self) -> str | None:
        """The key of the entry that the piece is of, None where it is of none."""
        return self.name[1] if len(self.name) > 1 and self.name[0] == "papers" else None

    @property
    def piece(self) -> Piece:
        """The piece after it, or before it where that is all there is."""
        return self.after or self.before or Piece(self.name, "", "")

    @property
    def is_gap(self) -> bool:
        """Whether only the blank lines and comments in front of the piece differ."""
        return self.before is not None and self.after is not None and self.before.body == self.after.body


# --- pieces -----------------------------------------------------------------------------------------------


def cut(text: str) -> list[Piece]:
    """The pieces of a valid library text, in its order; together they are the whole text."""
    pieces = []
    counts: dict[Name, int] = {}
    at = 0
    for name, start, end in _together(_statements(text)):
        start = _with_comments(text, at, start)
        end = start + len(text[start:end].rstrip("\r\n"))
        counts[name] = counts.get(name, 0) + 1
        unique = name if counts[name] == 1 else (*name, str(counts[name]))
        pieces.append(Piece(unique, text[at:start], text[start:end]))
        at = end
    return [*pieces, Piece((), text[at:], "")]


def _statements(text: str) -> Iterator[tuple[Name, int, int]]:
    """Each statement, or each regular block of an entry or of a table in it, by its path and the span of its lines."""
    first = 0 if text.startswith(_NEXT[1:]) else text.find(_NEXT) + 1
    blocks = _blocks(text, first) if first or text.startswith(_NEXT[1:]) else None
    for s in scan(text, 0, None if blocks is None else first):
        yield s.path if s.header or s.key is None else s.path[:2], s.start, s.end
    yield from blocks or ()


def _blocks(text: str, first: int) -> list[tuple[Name, int, int]] | None:
    """The blocks of entries from `first` on; None where they are not as regular as litcli writes them."""
    if '"""' in text or "'''" in text:
        return None
    headers = []
    lines = ((line.start(1), line[1]) for line in _BRACKET.finditer(text, first))
    for start, line in [(first, text[first : text.find("\n", first) + 1 or None]), *lines]:
        header = _HEADER.fullmatch(line.rstrip())
        if not header:
            return None
        headers.append((("papers", _named(header), *(header["table"] or "").split(".")[1:]), start))
    ends = [start for _, start in headers[1:]] + [len(text)]
    return [(path, start, _last_line(text, start, end)) for (path, start), end in zip(headers, ends, strict=True)]


def _named(header: re.Match[str]) -> str:
    if not header["quoted"]:
        return header["bare"]
    key: str = tomllib.loads(f"key = {header['quoted']}")["key"]
    return key


def _last_line(text: str, start: int, end: int) -> int:
    """The end of the last line in a span that is not blank and not a comment."""
    while end > start:
        line = text.rfind("\n", start, end - 1) + 1
        said = text[line:end].strip()
        if line <= start or (said and not said.startswith("#")):
            break
        end = line
    return end


def _with_comments(text: str, floor: int, start: int) -> int:
    """The start of the comment lines that stand directly above a line."""
    while start > floor:
        line = text.rfind("\n", floor, start - 1) + 1
        if line < floor or not text[line:start].lstrip().startswith("#"):
            break
        start = line
    return start


def _together(statements: Iterable[tuple[Name, int, int]]) -> Iterator[tuple[Name, int, int]]:
    """The statements of one entry that follow each other as one."""
    held: tuple[Name, int, int] | None = None
    for name, start, end in statements:
        if held and held[0][:2] == name[:2] and len(name) > 1 and name[0] == "papers":
            held = held[0], held[1], end
            continue
        if held:
            yield held
        held = name, start, end
    if held:
        yield held


# --- differences ------------------------------------------------------------------------------------------


def diff(old: str, new: str) -> list[Change]:
    """What differs between two valid library texts, in the order of the texts."""
    if old == new:
        return []
    return between(*(cut(text) for text in _windows(old, new)))


def between(old: Sequence[Piece], new: Sequence[Piece]) -> list[Change]:
    """What differs between two lists of pieces: what changes or goes in the order of the old, then what comes."""
    there = {piece.name: piece for piece in new}
    known = {piece.name for piece in old}
    # A loose comment that comes or goes with a piece is not left to the piece behind it.
    bare = {*_behind_loose(old, there), *_behind_loose(new, known)}
    changes = [
        Change(piece.name, piece, there.get(piece.name), front if piece.name not in there else None)
        for front, piece in _with_front(old)
        if there.get(piece.name) != piece or piece.name in bare
    ]
    changes += [Change(piece.name, None, piece, front) for front, piece in _with_front(new) if piece.name not in known]
    return changes


def _behind_loose(pieces: Iterable[Piece], others: Container[Name]) -> Iterator[Name]:
    """The pieces right behind some with a loose comment that the other text has not."""
    loose = False
    for piece in pieces:
        if piece.name not in others:
            loose = loose or not piece.gap.isspace()
        elif loose:
            yield piece.name
            loose = False


def _with_front(pieces: Sequence[Piece]) -> Iterator[tuple[Name | None, Piece]]:
    """Each piece with the name of the one in front of it."""
    return zip([None, *(piece.name for piece in pieces)], pieces, strict=False)


def _windows(old: str, new: str) -> tuple[str, str]:
    """The parts of two texts that differ, from a header of an entry to another; all where none can be told."""
    limit = min(len(old), len(new))
    same = _alike(limit, lambda a, b: old[a:b] == new[a:b])
    end = _alike(limit - same, lambda a, b: old[len(old) - b : len(old) - a] == new[len(new) - b : len(new) - a])
    differing = new[max(0, same - 2) : len(new) - end + 2]
    if any(quotes in text for quotes in ('"""', "'''") for text in (old, differing)):
        # In a text of several lines any line may look like a header.
        return old, new
    # The piece in front is wanted too, and behind the difference a piece whose gap may differ.
    start = _header_before(old, _header_before(old, same))
    behind = _header_behind(old, _header_behind(old, len(old) - end))
    left = len(old) - behind
    return old[start:behind], new[start : len(new) - left]


def _header_before(text: str, at: int) -> int:
    """Where the last header of an entry before a place stands, the start of a text without one."""
    at = text.rfind(_NEXT, 0, at) + 1
    while at and not _is_of_entry(text, at):
        at = text.rfind(_NEXT, 0, at) + 1
    return at


def _header_behind(text: str, at: int) -> int:
    """Where the first header of an entry behind a place stands, the end of a text without one."""
    at = text.find(_NEXT, at) + 1
    while at and not _is_of_entry(text, at):
        at = text.find(_NEXT, at) + 1
    return at or len(text)


def _is_of_entry(text: str, at: int) -> bool:
    """Whether a header is that of an entry itself, and not of a table in it."""
    header = _HEADER.match(text, at)
    return header is not None and header["table"] is None


def _alike(limit: int, is_alike: Callable[[int, int], bool]) -> int:
    """How far two texts are alike, up to a limit; `is_alike` compares a part of them, from one place to another."""
    at = 0
    while at < limit and is_alike(at, min(at + _STRIDE, limit)):
        at = min(at + _STRIDE, limit)
    low, high = at, min(at + _STRIDE, limit)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if is_alike(low, middle) else (low, middle - 1)
    return low


def reverse(changes: Iterable[Change]) -> list[Change]:
    """The changes that take others back."""
    return [change._replace(before=change.after, after=change.before) for change in changes]


# --- making them ------------------------------------------------------------------------------------------


def apply(text: str, changes: Sequence[Change], settle: Callable[[Change, Piece | None], str | None]) -> str:
    """The text with changes made in it: the exact other text where it is the one that they were taken from.

    Where a piece is neither as a change found it nor as the change leaves it, `settle` is given the piece as it is
    (None: it is not there) and says what becomes of it (None: it goes).
    """
    return _Making(text, changes, settle).text()


class _Making:
    """The text in the making: the pieces of the one there is, and in front of, between and behind them those that come.

    A piece comes behind the one that it stood behind, else in the order of the keys; what opens a table never comes in
    front of a statement, which would then be of that table.
    """

    def __init__(
        self, text: str, changes: Sequence[Change], settle: Callable[[Change, Piece | None], str | None]
    ) -> None:
        self._pieces = cut(text)
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._changes = {change.name: change for change in changes}
        now = {piece.name: piece for piece in self._pieces}
        self._bodies = {change.name: _becomes(change, now.get(change.name), settle) for change in changes}
        self._next: dict[Name | None, Piece] = {}
        stays = self._pieces[-1]
        for front, piece in reversed([*_with_front(self._pieces)]):
            if self._body(piece) is not None:
                stays = piece
            self._next[front] = stays
        self._coming: dict[Name | None, list[Change]] = {}
        self._places: set[Name | None] = {None, *(piece.name for piece in self._pieces[:-1])}
        for change in changes:
            if change.name not in now and self._bodies[change.name] is not None:
                self._coming.setdefault(self._place(change), []).append(change)
                self._places.add(change.name)
        self._made: list[str] = []

    def text(self) -> str:
        self._arrive(None)
        loose, is_known = "", True
        for piece in self._pieces:
            body, gap = self._body(piece), self._new_gap(piece)
            is_known = is_known and gap is not None
            if body is None:
                # Loose comments outlive what they stand in front of.
                loose += piece.gap.rstrip()
            else:
                self._put(gap if gap is not None and is_known else loose + piece.gap, body)
                loose, is_known = "", True
            self._arrive(piece.name)
        return "".join(self._made)

    def _body(self, piece: Piece) -> str | None:
        return self._bodies[piece.name] if piece.name in self._changes else piece.body

    def _new_gap(self, piece: Piece) -> str | None:
        """The gap that the changes leave in front of a piece, None where it is not the one that they found."""
        change = self._changes.get(piece.name)
        if not change or not change.before or piece.gap != change.before.gap:
            return None
        return change.after.gap if change.after else ""

    def _place(self, change: Change) -> Name | None:
        """The name of the piece behind which another comes, None for the start of the text."""
        is_there = change.behind in self._places
        if not _opens(change.piece):
            return change.behind if is_there else None
        if is_there and (change.behind not in self._next or _opens(self._next[change.behind])):
            return change.behind
        at = bisect_right(self._greatest, _key(change.name))
        return self._pieces[at - 1].name if at else None

    @cached_property
    def _greatest(self) -> list[str]:
        """For each piece the greatest key so far: the first that is greater is the first piece with a greater key."""
        return list(accumulate((_key(piece.name) for piece in self._pieces[:-1]), max))

    def _arrive(self, front: Name | None) -> None:
        """Put the pieces that come behind one, and those that come behind them."""
        follower = self._next.get(front)
        waiting = self._coming.pop(front, [])[::-1]
        while waiting:
            change = waiting.pop()
            gap = change.piece.gap
            if follower and gap.strip() and self._new_gap(follower) is None and gap.strip() in follower.gap:
                gap = self._newline * 2  # its comments stayed behind
            self._put(gap, self._bodies[change.name] or "")
            waiting += self._coming.pop(change.name, [])[::-1]

    def _put(self, gap: str, body: str) -> None:
        glued = self._made and body and not gap.startswith(("\n", "\r\n"))
        self._made += self._newline * 2 + gap if glued else gap, body


def _becomes(change: Change, piece: Piece | None, settle: Callable[[Change, Piece | None], str | None]) -> str | None:
    now, before, after = (side.body if side else None for side in (piece, change.before, change.after))
    if change.is_gap:
        return now
    return after if now in (before, after) else settle(change, piece)


def _opens(piece: Piece) -> bool:
    """Whether a piece begins with a header, or is the end."""
    return not piece.name or _HEADED.match(piece.body) is not None


def _key(name: Name) -> str:
    """The key of an entry as keys are sorted, "" for what stands above the papers."""
    return name[1].lower() if name[0] == "papers" and len(name) > 1 else ""
