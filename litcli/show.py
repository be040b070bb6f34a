"""Everything that a person sees: tables, records, progress. The only module that knows rich."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import string
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from litcli import dates, names, table
from litcli.errors import UsageError
from litcli.paper import FIELDS, Entry
from litcli.text import fold

T = TypeVar("T")

COLUMNS = ("key", *FIELDS)
_NARROWEST = ("key", "title")
_NARROW = ("key", "year", "authors", "title")
_WIDE = ("key", "year", "authors", "title", "venue", "tags")
_WIDE_FROM = 120
"""Terminal columns from which the venue and the tags have room."""
_NARROW_FROM = 60
"""Terminal columns below which only the key and the title have room."""
_LONG_WORK = 0.5
"""Seconds after which work shows a progress bar (design, section 10)."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """Text that cannot steer a terminal: control characters are spelled out."""
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def say(text: str) -> None:
    """A line to the person at the terminal: standard error, so that data stays alone on standard output."""
    print(safe(text), file=sys.stderr)  # noqa: T201


def put(text: str, end: str = "\n") -> None:
    """Data, to standard output."""
    sys.stdout.write(text + end)


# --- values as text ---------------------------------------------------------------------------------------


def cell(entry: Entry, column: str) -> str:
    """What one field of an entry looks like on one line."""
    if column == "key":
        return entry.key
    if column not in COLUMNS:
        raise UsageError(f"there is no column {column!r}", f"the columns are {', '.join(COLUMNS)}")
    owner = entry if hasattr(entry, column) else entry.paper
    value = getattr(owner, column)
    if column in ("authors", "editors"):
        people = ", ".join(names.display(person) for person in value)
        return people + (", et al." if column == "authors" and entry.paper.et_al and people else "")
    if column == "year":
        return str(dates.year_of(value, entry.paper.date) or "")
    if isinstance(value, Mapping):
        return ", ".join(f"{label}: {item}" for label, item in value.items())
    if isinstance(value, tuple):
        return ", ".join(
            " ".join(map(str, item.values())) if isinstance(item, Mapping) else str(item) for item in value
        )
    return "" if value is None or value is False else str(value)


def short_authors(entry: Entry) -> str:
    """The family names of up to two authors, of more the first `et al.`."""
    people = [
        person.literal or " ".join(filter(None, (person.particle, person.family)))
        for person in entry.paper.authors or entry.paper.editors
    ]
    if len(people) > 2 or (entry.paper.et_al and people):
        return f"{people[0]} et al."
    return " & ".join(people)


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
            text.append(_formatted(cell(entry, name), spec or "", template))
    return "".join(text)


def _formatted(value: str, spec: str, template: str) -> str:
    try:
        return format(safe(value), spec)
    except ValueError as error:
        raise UsageError(f"the template {template!r} is not valid: {error}", "a width is {year:>6}") from None


# --- lists ------------------------------------------------------------------------------------------------


def order(entries: Iterable[Entry], sort: str) -> list[Entry]:
    """Entries by fields, `-` before one for descending; what lacks a field comes last either way."""
    ordered = list(entries)
    for name in reversed([part.strip() for part in sort.split(",") if part.strip()]):
        column, descending = name.removeprefix("-"), name.startswith("-")
        if column not in COLUMNS:
            raise UsageError(f"there is no field {column!r} to sort by", f"the fields are {', '.join(COLUMNS)}")
        keyed = [(_sort_key(entry, column), entry) for entry in ordered]
        there = sorted((pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0], reverse=descending)
        ordered = [entry for _, entry in there] + [entry for key, entry in keyed if key is None]
    return ordered


def _sort_key(entry: Entry, column: str) -> Any:
    if column in ("authors", "editors"):
        people = getattr(entry.paper, column)
        return tuple(map(names.sort_key, people)) or None
    text = cell(entry, column)
    if column == "year":
        return int(text) if text else None
    return fold(text) or None


def listing(entries: Sequence[Entry], columns: Sequence[str]) -> None:
    """Entries as a table on a terminal, else as tab-separated values."""
    if not sys.stdout.isatty():
        for entry in entries:
            put("\t".join(safe(re.sub(r"\s+", " ", cell(entry, column))) for column in columns or _NARROW))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, color_system=None if os.environ.get("NO_COLOR") else "auto")
    usual = _WIDE if console.width >= _WIDE_FROM else _NARROW if console.width >= _NARROW_FROM else _NARROWEST
    chosen = columns or usual
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for column in chosen:
        # The key is what people copy, so it is never cut; the title takes the room that is left.
        shown.add_column(
            column,
            style="cyan" if column == "key" else "",
            no_wrap=column in ("key", "year", "authors"),
            overflow="ellipsis" if column == "authors" else "fold",
            max_width={"authors": 20, "venue": 26, "tags": 26}.get(column),
            ratio=1 if column == "title" else None,
        )
    for entry in entries:
        shown.add_row(
            *(Text(safe(short_authors(entry) if column == "authors" else cell(entry, column))) for column in chosen)
        )
    console.print(shown)


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
        lines += [f"{name if not n else '':<{width}}{line}" for n, line in enumerate(wrapped)]
    return "\n".join(lines)


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
