"""A library's text cut at the headers of its entries, into blocks of which each is a TOML text by itself.

A text that is valid alone ends between two statements, and what is said below different keys does not meet. So where
every block is valid alone and speaks of one entry that no other speaks of, the whole text says what its blocks say.
"""

from __future__ import annotations

import contextlib
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain, pairwise
from typing import Any, NamedTuple

from litcli.library import shape
from litcli.library.statements import scan

_HEADER = "[papers."
_SEAM = "\n" + _HEADER
_NAME = re.compile(r'([A-Za-z0-9_-]+|"[^"\\\x00-\x1f\x7f]*")(\]\r?\n)?')
"""The key at the start of a piece, behind `[papers.`, and the end of a header that names nothing more."""
_ALLOWED = bytes({*range(256)} - {*range(0x20), 0x7F} | {*b"\t\n\r"})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""What TOML forbids in strings and comments (1.0.0, "String" and "Comment"); of line ends, CR LF are one."""
_BRACKET = re.compile(r"^[ \t]*\[", re.MULTILINE)
_AT_LINE = re.compile(r"\(at line (\d+), (column \d+)\)$")

_LOT = 64
"""Blocks of a lot."""
_FEW = 0.1
"""The share of a text up to which it is cheaper to look at blocks than at all of their digests."""

Span = tuple[int, int]


class Blocks(NamedTuple):
    """Where each entry of a text stands, by key and in the text's order, and where all else does.

    The block of an entry reaches from its header to the next one. `rest` are the spans outside of all blocks, whose
    values are `head`. `odd` are the fields of entries whose blocks have not the shape that litcli writes, None for
    those that were known. `digests` tell blocks from each other, where known ones were asked for.
    """

    text: str
    spans: Mapping[str, Span]
    rest: list[Span]
    head: Mapping[str, Any]
    odd: Mapping[str, Mapping[str, Any] | None]
    digests: Mapping[str, bytes]

    def block(self, key: str) -> str:
        """The text of an entry's block; raises KeyError where there is none."""
        start, end = self.spans[key]
        return self.text[start:end]

    def fields(self, key: str) -> Mapping[str, Any]:
        """The fields of an entry; raises KeyError where there is none."""
        return self.odd.get(key) or read(self.block(key), odd=key in self.odd)


def read(block: str, *, odd: bool) -> Mapping[str, Any]:
    """The fields of a valid block, which is odd or has the shape that litcli writes."""
    if not odd:
        return shape.fields(_unix(block).partition("]\n")[2])
    fields: Mapping[str, Any]
    ((fields),) = (_loads(block) or {})["papers"].values()
    return fields


def cut(text: str, known: Mapping[bytes, bool] | None = None) -> Blocks | None:
    """The blocks of a text; None where it cannot be cut and must be read as a whole.

    `known` are blocks that were found to be valid before, by their digests, each with whether it is odd. Raises
    TOMLDecodeError for a text that is not valid, if that is found on the way.
    """
    first = _first(text)
    head = _loads(text[:first])
    if head is None or "papers" in head:
        return None
    cutter = _Cutter(text, first, known)
    if not cutter.run():
        return None
    if len(cutter.rest) > 1:
        head = _loads("".join(text[start:end] for start, end in cutter.rest))
        if head is None or "papers" in head:
            return None
    return Blocks(text, cutter.spans, cutter.rest, head, cutter.odd, cutter.digests)


def _first(text: str) -> int:
    """Where the first header of an entry stands, the end of a text without one."""
    return 0 if text.startswith(_HEADER) else text.find(_SEAM) + 1 or len(text)


class Lot(NamedTuple):
    """Blocks that stood one behind the other: the digest of their text, their keys and sizes, and which are odd."""

    digest: str
    keys: list[str]
    sizes: list[int]
    odd: list[str]


def lots(blocks: Blocks) -> list[Lot]:
    """All blocks of a text in lots; none where anything but its head stands outside of them."""
    if len(blocks.rest) > 1:
        return []
    items = list(blocks.spans.items())
    found = []
    for at in range(0, len(items), _LOT):
        keys = [key for key, _ in items[at : at + _LOT]]
        sizes = [end - start for _, (start, end) in items[at : at + _LOT]]
        start = items[at][1][0]
        told = digest(blocks.text[start : start + sum(sizes)].encode()).hex()
        found.append(Lot(told, keys, sizes, [key for key in keys if key in blocks.odd]))
    return found


def recut(text: str, lots: Sequence[Lot]) -> Blocks | None:
    """The blocks of a text of which an earlier state had these lots; only those that do not stand there are looked at.

    None where these are many, or where the text must be cut as any other.
    """
    first = _first(text)
    head = _loads(text[:first])
    if head is None or "papers" in head:
        return None
    front, back, start, end = _changed(text, first, lots)
    if end - start > len(text) * _FEW:
        return None
    try:
        between = cut(text[start:end])
    except ValueError:
        return None
    if not between or between.rest != [(0, 0)]:
        return None
    sizes = [end - start for start, end in between.spans.values()]
    parts = [*lots[:front], Lot("", [*between.spans], sizes, []), *lots[back:]]
    keys = [*chain(*(lot.keys for lot in parts))]
    ends = accumulate(chain(*(lot.sizes for lot in parts)), initial=first)
    spans = dict(zip(keys, pairwise(ends), strict=True))
    odd = {**dict.fromkeys(chain(*(lot.odd for lot in parts))), **between.odd}
    return Blocks(text, spans, [(0, first)], head, odd, {}) if len(spans) == len(keys) else None


def _changed(text: str, first: int, lots: Sequence[Lot]) -> tuple[int, int, int, int]:
    """Which lots may stand in a text no more, from one number to another, and the span that is in their place.

    A lot on either side is among them: where that ends and begins, blocks follow each other as they did.
    """
    sizes = [sum(lot.sizes) for lot in lots]

    def stands(number: int, at: int) -> bool:
        return digest(text[at : at + sizes[number]].encode()).hex() == lots[number].digest

    front, start = 0, first
    while front < len(lots) and stands(front, start):
        start += sizes[front]
        front += 1
    back, end = len(lots), len(text)
    while back > front and end - sizes[back - 1] >= start and stands(back - 1, end - sizes[back - 1]):
        back -= 1
        end -= sizes[back]
    if front == back and start == end:
        return front, back, start, end
    if front:
        front -= 1
        start -= sizes[front]
    if back < len(lots):
        end += sizes[back]
        back += 1
    return front, back, start, end


def digest(block: bytes) -> bytes:
    """What tells a block from all others."""
    import hashlib

    return hashlib.blake2b(block, digest_size=16).digest()


class _Cutter:
    """Cuts a text behind its head, at the lines that look like headers of entries, and looks at each piece alone."""

    def __init__(self, text: str, first: int, known: Mapping[bytes, bool] | None) -> None:
        self.spans: dict[str, Span] = {}
        self.rest: list[Span] = [(0, first)]
        self.odd: dict[str, Mapping[str, Any] | None] = {}
        self.digests: dict[str, bytes] = {}
        self._text = text
        self._known = known
        # A piece begins behind the `[papers.` of its header, and lacks the line end in front of the next.
        self._pieces = text.split(_SEAM)
        if first or not text:
            del self._pieces[0]
        else:
            self._pieces[0] = self._pieces[0].removeprefix(_HEADER)
        self._starts = [*accumulate(map(len, self._pieces), lambda at, size: at + size + len(_SEAM), initial=first)]
        self._starts[-1] = len(text)

    def run(self) -> bool:
        """Whether all could be cut."""
        spans, pieces, starts = self.spans, self._pieces, self._starts
        windows = "\r" in self._text
        clean = not windows and not self._text.encode("utf-8", "surrogatepass").translate(None, _ALLOWED)
        n = 0
        while n < len(pieces):
            piece = _unix(pieces[n] + "\n") if windows else pieces[n]
            name = _NAME.match(piece)
            if not name:
                return False
            key = name[1].strip('"')
            if key in spans:
                return False
            whole = name[2] and not self._goes_on(n + 1, name[1])
            odd = self._was_odd(key, starts[n], starts[n + 1]) if whole and self._known is not None else None
            if odd is None and whole and (clean or not _CONTROL.search(piece)) and shape.fits(piece[name.end() :]):
                odd = False
            if odd is not None:
                spans[key] = starts[n], starts[n + 1]
                if odd:
                    self.odd[key] = None
                n += 1
            else:
                n = self._take(n, name[1])
                if not n:
                    return False
        return True

    def _was_odd(self, key: str, start: int, end: int) -> bool | None:
        """Whether a block is odd, None where it is not known."""
        self.digests[key] = digest(self._text[start:end].encode())
        return self._known.get(self.digests[key]) if self._known else None

    def _goes_on(self, n: int, name: str) -> bool:
        """Whether a piece is a table within an entry."""
        return n < len(self._pieces) and self._pieces[n].startswith(name + ".")

    def _take(self, n: int, name: str) -> int:
        """Read a block of another shape with the TOML parser: the number of the piece behind it, 0 where that fails."""
        start, end = self._starts[n], n + 1
        while self._goes_on(end, name):
            end += 1
        tree = _loads(self._text[start : self._starts[end]])
        if tree is None:
            # A line within a text may look like a header.
            end = self._true_end(n, name)
            tree = _loads(self._text[start : self._starts[end]])
        if tree is None:
            self._complain(n)
            return 0
        papers = tree.pop("papers", None)
        if not isinstance(papers, dict) or len(papers) != 1:
            return 0
        ((key, fields),) = papers.items()
        if key in self.spans or not isinstance(fields, dict):
            return 0
        behind = self._starts[end]
        if tree:
            others = [s for s in scan(self._text, start, behind) if s.key is None]
            if any(s.key for s in scan(self._text, others[0].start, behind)):
                return 0
            self.rest.append((others[0].start, behind))
            behind = others[0].start
        self.spans[key] = start, behind
        self.odd[key] = fields
        if self._known is not None:
            self._was_odd(key, start, behind)
        return end

    def _true_end(self, n: int, name: str) -> int:
        """The number of the next piece that begins with a statement, and that of another entry."""
        # What is no TOML at all is read by the parser, who says so.
        with contextlib.suppress(ValueError):
            for statement in scan(self._text, self._starts[n]):
                m = bisect_left(self._starts, statement.start)
                if m > n and self._starts[m] == statement.start and not self._goes_on(m, name):
                    return m
        return len(self._pieces)

    def _complain(self, n: int) -> None:
        """Raise TOMLDecodeError for a fault within one block, behind blocks that are all valid: it is the first.

        Nothing is raised where tables of the block may be the fault's reason together with those before it.
        """
        import tomllib

        block = self._text[self._starts[n] : self._starts[n + 1]]
        if len(_BRACKET.findall(block)) > 1:
            return
        try:
            tomllib.loads(self._text[self._starts[n] :])
        except tomllib.TOMLDecodeError as error:
            place = _AT_LINE.search(str(error))
            if place and int(place[1]) <= block.count("\n"):
                line = int(place[1]) + self._text.count("\n", 0, self._starts[n])
                raise tomllib.TOMLDecodeError(f"{str(error)[: place.start()]}(at line {line}, {place[2]})") from None


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n") if "\r" in text else text


def _loads(text: str) -> dict[str, Any] | None:
    """What a TOML text says, None where it is not valid."""
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
