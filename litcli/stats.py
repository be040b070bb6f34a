"""How many entries there are of each year, venue, author and tag; and a drawing of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from litcli import dates, names
from litcli.paper import Entry
from litcli.text import fold

Counts = Mapping[str, Sequence[tuple[str, int]]]
"""By what is counted (`year`, `venue`, `author`, `tag`), its values with their counts."""

_BAR, _ROW, _LABEL, _LONGEST, _EDGE = 16, 20, 260, 400, 16
"""Heights of a bar and of its row, widths of a label and of the longest bar, and the edge, in SVG units."""


def counted(entries: Iterable[Entry]) -> Counts:
    """The years in their order, the other values by how often they come; what an entry lacks is not counted."""
    years: Counter[str] = Counter()
    others: dict[str, Counter[str]] = {"venue": Counter(), "author": Counter(), "tag": Counter()}
    for entry in entries:
        year = dates.year_of(entry.paper.year, entry.paper.date)
        years.update([str(year)] if year is not None else ())
        others["venue"].update(filter(None, (entry.paper.venue,)))
        others["author"].update({names.display(person) for person in entry.paper.authors})
        others["tag"].update(entry.tags)
    ordered = {
        name: sorted(counter.items(), key=lambda pair: (-pair[1], fold(pair[0]), pair[0]))
        for name, counter in others.items()
    }
    return {"year": sorted(years.items(), key=lambda pair: int(pair[0])), **ordered}


def shares(rows: Sequence[tuple[str, int]], longest: int) -> list[int]:
    """The lengths of bars of which the longest is so long; what was counted at all is one at least."""
    most = max((count for _, count in rows), default=1)
    return [max(1, round(longest * count / most)) for _, count in rows]


def svg(counts: Counts) -> str:
    """The counts as a drawing of horizontal bars, a group for each kind, in black on any ground that is light."""
    parts: list[str] = []
    at = _EDGE
    for name, rows in counts.items():
        if not rows:
            continue
        at += _ROW
        parts.append(f'<text x="{_EDGE}" y="{at - 5}" font-weight="bold">{escape(name)}</text>')
        for (label, count), length in zip(rows, shares(rows, _LONGEST), strict=True):
            middle = at + _BAR - 4
            parts += (
                f'<text x="{_EDGE + _LABEL}" y="{middle}" text-anchor="end">{escape(_short(label))}</text>',
                f'<rect x="{_EDGE + _LABEL + 8}" y="{at}" width="{length}" height="{_BAR}" fill="#4477aa"/>',
                f'<text x="{_EDGE + _LABEL + length + 14}" y="{middle}">{count}</text>',
            )
            at += _ROW
    width, height = _EDGE + _LABEL + _LONGEST + 80, at + _EDGE
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    ground = f'<rect width="{width}" height="{height}" fill="white"/>'
    return "\n".join([f'{head} font-family="sans-serif" font-size="13">', ground, *parts, "</svg>\n"])


def _short(label: str) -> str:
    """A label that fits before its bar, without what XML cannot hold."""
    plain = "".join(char if char.isprintable() else " " for char in label)
    return plain if len(plain) <= 40 else plain[:39] + "…"
