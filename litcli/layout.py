"""Cells laid out in columns that fit a terminal, in time that 100,000 rows can take."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest

_GAP = "  "
_LEAST = 12
"""Terminal columns to which a column may be narrowed; with less for each, the rows are stacked."""


def table(
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    room: int,
    *,
    most: Mapping[str, int] | None = None,
    whole: str = "",
    shortened: str = "",
    paint: Callable[[str, str, int], str] = lambda text, *_: text,
) -> Iterator[str]:
    """The lines of a table, its head first, `room` columns of the terminal wide; the widest columns are narrowed.

    No column is wider than `most` says. The one named `whole` is never narrowed, the one named `shortened` ends
    with an ellipsis where it is, all others are wrapped. `paint` gets a text, the name of its column,
    "" in the head, and the number of its row.
    """
    natural = [max(map(width, cells)) for cells in zip(names, *rows, strict=True)]
    limits = [min(size, (most or {}).get(name, size)) for name, size in zip(names, natural, strict=True)]
    widths = _narrowed(names, limits, room - len(_GAP) * (len(names) - 1), whole)
    if any(size < min(limit, _LEAST) for size, limit in zip(widths, limits, strict=True)):
        yield from _stacked(names, rows, room, whole, paint)
        return
    yield _line([paint(name, "", 0) + _blanks(name, size) for name, size in zip(names, widths, strict=True)])
    for number, cells in enumerate(rows):
        folded = [
            [cell]
            if len(cell) <= size and cell.isascii()
            else [cut(cell, size)]
            if name == shortened
            else fold(cell, size)
            for name, cell, size in zip(names, cells, widths, strict=True)
        ]
        for parts in zip_longest(*folded, fillvalue=""):
            lined = zip(names, parts, widths, strict=True)
            yield _line([paint(part, name, number) + _blanks(part, size) for name, part, size in lined])


def _stacked(
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    room: int,
    whole: str,
    paint: Callable[[str, str, int], str],
) -> Iterator[str]:
    """A line for the cell that is never narrowed, or the first, and indented below it all others."""
    first = names.index(whole) if whole in names else 0
    for number, cells in enumerate(rows):
        yield paint(cells[first], names[first], number)
        others = _GAP.join(cell for at, cell in enumerate(cells) if at != first and cell)
        yield from (_GAP + line for line in fold(others, max(room - len(_GAP), 1)) if line)


def _line(parts: Sequence[str]) -> str:
    return _GAP.join(parts).rstrip()


def _blanks(text: str, size: int) -> str:
    return " " * (size - width(text))


def _narrowed(names: Sequence[str], widths: Sequence[int], room: int, whole: str) -> list[int]:
    """Widths of which the widest are cut to one measure, so that their sum fits."""
    free = room - sum(size for name, size in zip(names, widths, strict=True) if name == whole)
    left = [size for name, size in zip(names, widths, strict=True) if name != whole]
    measure = max(left, default=0)
    for number, size in enumerate(sorted(left)):
        # What is no wider than its share keeps its width, and leaves more to the others.
        if size * (len(left) - number) > free:
            measure = max(free // (len(left) - number), 1)
            break
        free -= size
    return [size if name == whole else min(size, measure) for name, size in zip(names, widths, strict=True)]


def width(text: str) -> int:
    """Columns of the terminal that a text takes: two for a wide character, none for a mark on another."""
    return len(text) if text.isascii() else sum(map(_char_width, text))


@lru_cache(maxsize=4096)
def _char_width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def pointed(text: str, at: int) -> str:
    """The line of a text that holds a place, and below it a sign that points there."""
    start = text.rfind("\n", 0, at) + 1
    line = "".join(char if char.isprintable() else " " for char in text[start:].partition("\n")[0])
    return f"  {line}\n  {' ' * width(line[: at - start])}^"


def cut(text: str, size: int) -> str:
    """A text that ends with an ellipsis where it is wider than so many columns."""
    return text if width(text) <= size else next(_pieces(text, size - 1)).rstrip() + "…"


def fold(text: str, size: int) -> list[str]:
    """The lines of a text wrapped at blanks, and within a word only where that is wider than a line."""
    if width(text) <= size:
        return [text]
    lines: list[str] = []
    at = size
    for word in text.split(" "):
        long = width(word)
        if lines and at + 1 + long <= size:
            lines[-1] += " " + word
            at += 1 + long
            continue
        pieces = [word] if long <= size else list(_pieces(word, size))
        lines += pieces
        at = width(pieces[-1])
    return lines


def _pieces(text: str, size: int) -> Iterator[str]:
    """A text in pieces of at most so many columns, of one character at least."""
    piece, at = "", 0
    for char in text:
        if piece and at + _char_width(char) > size:
            yield piece
            piece, at = "", 0
        piece += char
        at += _char_width(char)
    yield piece
