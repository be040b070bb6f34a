"""Everything that a person sees: tables, records, progress. The only module that knows rich."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import string
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from litcli import cells, layout, table, web
from litcli.cells import ADDRESS, COLUMNS, PEOPLE
from litcli.errors import UsageError
from litcli.paper import Entry

T = TypeVar("T")

cell, safe = cells.cell, cells.safe
_NARROW = ("key", "year", "authors", "title")
_WIDE = ("key", "year", "authors", "title", "venue", "tags")
_WIDE_FROM = 120
"""Terminal columns from which the venue and the tags have room."""
_SHARE, _LEAST = 8, 14
"""What part of a terminal's width the columns beside the title take at most, and the columns that they keep."""
_LONG_WORK = 0.5
"""Seconds after which work shows a progress bar (design, section 10)."""


def say(text: str) -> None:
    """A line to the person at the terminal: standard error, so that data stays alone on standard output."""
    print(safe(text), file=sys.stderr)  # noqa: T201


def put(text: str, end: str = "\n") -> None:
    """Data, to standard output."""
    sys.stdout.write(text + end)


def put_exact(text: str, end: str = "\n") -> None:
    """Data as it is, to standard output; on a terminal, which it could steer, control characters are spelled out."""
    put(safe(text) if sys.stdout.isatty() else text, end)


# --- values as text ---------------------------------------------------------------------------------------


def filled(template: str, entry: Entry) -> str:
    """A template with the entry's fields in its places: `{key}: {title}`; raises UsageError for an unknown field."""
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError as error:
        raise UsageError(
            f"the template {template!r} is not valid: {error}", "write fields as {key}, a brace as {{"
        ) from None
    text = []
    for literal, name, spec, _ in parts:
        text.append(literal.replace("\\n", "\n").replace("\\t", "\t"))
        if name is not None:
            text.append(_formatted(_filtered(entry, name), spec or "", template))
    return "".join(text)


_FILTERS: Mapping[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "plain": lambda text: text.replace("{", "").replace("}", ""),
    "first": lambda text: text.partition(", ")[0],
}
"""What may stand behind a field and a bar; `short` is of the entry, and known for the authors alone."""


def _filtered(entry: Entry, place: str) -> str:
    """A place of a template: a field, and behind bars what becomes of its text: `{authors|short|upper}`."""
    field, *filters = place.split("|")
    column = cells.named(field)
    if column == "authors" and filters[:1] == ["short"]:
        text, filters = cells.short_authors(entry), filters[1:]
    else:
        text = cell(entry, column)
    for name in filters:
        if name not in _FILTERS:
            known = ", ".join((*_FILTERS, "short (of authors)"))
            raise UsageError(f"there is no filter {name!r} for {field}", f"the filters are {known}")
        text = _FILTERS[name](text)
    return text


def _formatted(value: str, spec: str, template: str) -> str:
    try:
        return format(safe(value), spec)
    except ValueError as error:
        raise UsageError(f"the template {template!r} is not valid: {error}", "a width is {year:>6}") from None


# --- lists ------------------------------------------------------------------------------------------------


def columns(chosen: Sequence[str]) -> Sequence[str]:
    """The columns of a list: those that are chosen, else as many as there is room for; `ADDRESS` last, for links."""
    if not sys.stdout.isatty():
        return chosen or _NARROW
    usual = _WIDE if shutil.get_terminal_size().columns >= _WIDE_FROM else _NARROW
    # Where there is little room, the names of two people say enough.
    shown = [PEOPLE if column == "authors" else column for column in chosen or usual]
    return [*shown, ADDRESS] if "title" in shown and _is_coloured() else shown


def listing(rows: Sequence[str], columns: Sequence[str]) -> None:
    """Lines of cells with tabs between as they are, on a terminal as a table."""
    if not sys.stdout.isatty():
        put("\n".join([*rows, ""]), end="")
        return
    if not rows:
        return
    names = ["authors" if column == PEOPLE else column for column in columns if column != ADDRESS]
    split = [row.split("\t") for row in rows]
    places = [row.pop() if ADDRESS in columns else "" for row in split]
    # Magenta is read as well on a light ground as on a dark one.
    styles = {"": "1", "key": "35"} if _is_coloured() else {}

    def painted(text: str, name: str, number: int) -> str:
        styled = f"\x1b[{styles[name]}m{text}\x1b[0m" if text and name in styles else text
        return _linked(styled, places[number] if text and name == "title" else "")

    width = shutil.get_terminal_size().columns
    for text in layout.table(
        names,
        split,
        width,
        most=dict.fromkeys(("authors", "venue", "tags"), max(width // _SHARE, _LEAST)),
        whole="key",  # it is what people copy
        shortened="authors",
        paint=painted,
    ):
        put(text)


def _is_coloured() -> bool:
    """Whether the terminal is to be sent colours, and takes them."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM", "") in ("dumb", "unknown"):
        return False
    return os.name != "nt" or "WT_SESSION" in os.environ


def counts(rows: Sequence[tuple[str, int]]) -> None:
    """Names and how often they occur, a line each, the count first where a person looks."""
    width = max((len(str(count)) for _, count in rows), default=0)
    for name, count in rows:
        put(f"{count:>{width}}  {safe(name)}" if sys.stdout.isatty() else f"{safe(name)}\t{count}")


def record(entry: Entry) -> str:
    """One entry in full, a line a field, wrapped to the terminal where there is one."""
    import textwrap

    rows = {"key": entry.key, **{name: cell(entry, name) for name in table.to_table(entry)}}
    rows.pop("et_al", None)
    width = max(map(len, rows)) + 2
    room = shutil.get_terminal_size().columns - width if sys.stdout.isatty() else 0
    lines = []
    for name, value in rows.items():
        text = safe(value)
        wrapped = (
            textwrap.wrap(text, room, break_on_hyphens=False)
            if room > 20 and len(text) > room
            else text.splitlines() or [""]
        )
        link = web.address(name, value) if name in web.FIELDS else ""
        lines += [f"{name if not n else '':<{width}}{_linked(line, link)}" for n, line in enumerate(wrapped)]
    return "\n".join(lines)


def _linked(text: str, address: str) -> str:
    """A text that a terminal opens the address from (OSC 8); terminals that cannot do that show the text alone."""
    if not address or not sys.stdout.isatty() or not _is_coloured():
        return text
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"


def progress(items: Sequence[T], what: str) -> Iterator[T]:
    """The items; once they have taken half a second, a bar on the terminal shows how far they are."""
    if not sys.stderr.isatty():
        yield from items
        return
    start = time.monotonic()
    with contextlib.ExitStack() as shown:
        update: Callable[[int], None] | None = None
        for done, item in enumerate(items):
            if update is None and time.monotonic() - start > _LONG_WORK:
                update = shown.enter_context(_bar(what, len(items)))
            if update is not None:
                update(done)
            yield item


@contextlib.contextmanager
def _bar(what: str, total: int) -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress_bar:
        task = progress_bar.add_task(what, total=total)
        yield lambda done: progress_bar.update(task, completed=done)


def bars(groups: Mapping[str, Sequence[tuple[str, int]]]) -> None:
    """Counts as bars on a terminal, a group below the other; else a line each: group, name and count, tabs between."""
    if not sys.stdout.isatty():
        for group, rows in groups.items():
            for name, count in rows:
                put(f"{group}\t{safe(name)}\t{count}")
        return
    from litcli import stats

    width = shutil.get_terminal_size().columns
    for number, (group, rows) in enumerate((group, rows) for group, rows in groups.items() if rows):
        label = min(max(layout.width(safe(name)) for name, _ in rows), width // 3)
        digits = max(len(str(count)) for _, count in rows)
        longest = max(width - label - digits - 4, 1)
        put(("\n" if number else "") + group)
        for (name, count), length in zip(rows, stats.shares(rows, longest), strict=True):
            shown = layout.cut(safe(name), label)
            put(f"{shown}{' ' * (label - layout.width(shown))}  {count:>{digits}}  {'█' * length}")


# --- entries beside each other ----------------------------------------------------------------------------

_COLUMN = 22
"""Columns of the terminal that an entry needs beside others; with less for each they stand below each other."""
_LONGEST = 300
"""Characters of a value that are shown where entries are compared."""


def side_by_side(entries: Sequence[Entry], differing: Collection[str], shared: Sequence[str]) -> None:
    """Entries in columns, one row a field: those in which they differ, marked and with what differs in colour, and
    those that are always worth a look.
    """
    from rich.table import Table
    from rich.text import Text

    console = _console()
    shown = Table(box=None, pad_edge=False, show_header=False)
    shown.add_column(no_wrap=True)
    rows = [name for name in COLUMNS if name in differing or (name in shared and any(cell(e, name) for e in entries))]
    margin = max(map(len, rows)) + 4
    if len(entries) * _COLUMN + margin <= console.width:
        for _ in entries:
            shown.add_column(overflow="fold", ratio=1)
        for name in rows:
            values = [_shortened(cell(entry, name)) for entry in entries]
            shown.add_row(_label(name, differing), *_marked(values, name in differing))
    else:
        shown.add_column(overflow="fold")
        shown.add_column(overflow="fold")
        for name in rows:
            values = [_shortened(cell(entry, name)) for entry in entries]
            same = name not in differing and len(set(values)) == 1
            for number, value in enumerate(_marked(values, name in differing)[: 1 if same else None]):
                label = _label(name, differing) if not number else Text("")
                shown.add_row(label, Text("" if same else safe(entries[number].key), "dim"), value)
    console.print(shown)


def heading(text: str, certain: bool) -> None:
    """The line above a cluster, green where it is certain; yellow could not be read on a light ground."""
    from rich.text import Text

    # A pipe gets one line.
    _console().print(Text(safe(text), "bold green" if certain else "bold"), soft_wrap=not sys.stdout.isatty())


def ask(question: str, answers: Sequence[str], usual: str = "") -> str | None:
    """Which of the answers a person at the terminal gives, `usual` for an empty line; None where the input ends.

    Whatever else is said, the question is asked again; of a longer word the first letter counts.
    """
    while True:
        try:
            said = input(safe(question)).strip().lower() or usual
        except EOFError:
            return None
        found = said if said in answers else said[:1]
        if found in answers:
            return found


def _console() -> Any:
    from rich.console import Console

    return Console(highlight=False, color_system=None if os.environ.get("NO_COLOR") else "auto")


def _label(name: str, differing: Collection[str]) -> Any:
    from rich.text import Text

    return Text(f"{'≠' if name in differing else ' '} {name}", "bold" if name in differing else "dim")


def _marked(values: Sequence[str], differ: bool) -> list[Any]:
    """The values, with the words in colour that not all of them have."""
    from rich.text import Text

    if not differ:
        return [Text(safe(value)) for value in values]
    words = [re.findall(r"\s+|\S+", safe(value)) or ["-"] for value in values]
    common = set.intersection(*map(set, words))
    return [Text.assemble(*((word, "" if word in common else "bold magenta") for word in found)) for found in words]


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + " …"
