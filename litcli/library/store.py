"""Reading a library file: where it is, what it says, and where it is not valid."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from litcli import cells, paths, query, table
from litcli.errors import LibraryError
from litcli.library.blocks import Blocks, cut
from litcli.library.document import Document
from litcli.library.finding import folded, is_spelled, may_match
from litcli.paper import Entry
from litcli.query import Query
from litcli.text import fold

NAME = paths.NAME
EMPTY = "format = 1\n"
_FORMAT = 1
_LOT = 64
"""Blocks that are searched together, to see whether one of them may be wanted."""

_AT = re.compile(r"(?P<what>.*?) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL)
_CONFLICT = re.compile(r"^(?:<<<<<<<|=======|>>>>>>>)")


@dataclass(frozen=True)
class Library:
    """What a library file says: its entries by key, in the file's order, and what stands above them.

    `blocks` are where it says so, None where the file cannot be cut into blocks.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    head: Mapping[str, Any] = field(default_factory=dict)
    blocks: Blocks | None = field(default=None, repr=False, compare=False)

    @property
    def found(self) -> Entries:
        """The entries, as they are searched."""
        return self.entries if isinstance(self.entries, Entries) else _Made(self.entries)


class Entries(Mapping[str, Entry]):
    """Entries by key, each made when it is first asked for, and found without making the others."""

    def matching(self, wanted: Query) -> Iterator[Entry]:
        """The entries that a query matches, in the file's order."""
        return (entry for entry in self.where(may_match(wanted)) if wanted.matches(entry))

    def answering(self, names: Iterable[str]) -> list[Entry]:
        """The entries that have one of these as key or alias, in any capitals, in the file's order."""
        wanted = {name.lower() for name in names}
        words = list(map(fold, wanted))
        return having(self.where(lambda text: any(word in text for word in words)), wanted)

    def named(self, names: Iterable[str]) -> dict[str, Entry]:
        """The entries that have these keys or aliases, by them in lower case; of two the one with the key, or later."""
        wanted = {name.lower() for name in names}
        found = self.answering(wanted)
        told = [(alias, entry) for entry in found for alias in entry.aliases] + [(entry.key, entry) for entry in found]
        return {name.lower(): entry for name, entry in told if name.lower() in wanted}

    def rows(
        self,
        wanted: Query,
        columns: Sequence[str],
        by: Sequence[tuple[str, bool]] = (),
        limit: int | None = None,
    ) -> list[str]:
        """The cells of the entries that a query matches: lines with tabs between the cells, no more than a limit.

        They are in the file's order, or in that of the columns `by`, each with whether it is descending.
        """
        return [cells.row(entry, columns) for entry in cells.sorted_by(by, self.matching(wanted))[:limit]]

    def terms(self, field: str) -> Iterator[str]:
        """What the entries hold in a field, each value as often as it comes; of people their family names."""
        for entry in self.values():
            yield from terms(entry, field)

    def offered(self) -> list[str]:
        """The keys that completion offers, each with its title, sorted."""
        return sorted(filter(None, map(cells.offered, self.values())))

    def where(self, may: Callable[[str], bool]) -> Iterator[Entry]:
        """The entries whose blocks' folded text passes a test, and those whose text does not hold their values.

        A text passes if a part of it does.
        """
        raise NotImplementedError


def having(entries: Iterable[Entry], names: Container[str]) -> list[Entry]:
    """Those of the entries that have one of some names, in lower case, as key or alias."""
    return [entry for entry in entries if any(name.lower() in names for name in (entry.key, *entry.aliases))]


def terms(entry: Entry, field: str) -> list[str]:
    """What an entry holds in a field; of people their family names."""
    people = field in ("authors", "editors")
    held = [person.family for person in getattr(entry.paper, field)] if people else query.values(entry, field)
    return [text for text in held if text]


class _Made(Entries):
    """Entries that are made already."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries

    def __getitem__(self, key: str) -> Entry:
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def where(self, may: Callable[[str], bool]) -> Iterator[Entry]:
        """See `Entries`."""
        del may
        return iter(self._entries.values())


class _Blocks(Entries):
    """The entries of a text that was cut into blocks."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._made: dict[str, Entry] = {}

    def __getitem__(self, key: str) -> Entry:
        entry = self._made.get(key)
        if entry is None:
            entry = self._made[key] = table.from_table(key, self._blocks.fields(key))
        return entry

    def __contains__(self, key: object) -> bool:
        return key in self._blocks.spans

    def __iter__(self) -> Iterator[str]:
        return iter(self._blocks.spans)

    def __len__(self) -> int:
        return len(self._blocks.spans)

    def where(self, may: Callable[[str], bool]) -> Iterator[Entry]:
        """See `Entries`."""
        text, spans, odd = self._blocks.text, self._blocks.spans, self._blocks.odd
        keys = list(spans)
        for lot in (keys[at : at + _LOT] for at in range(0, len(keys), _LOT)):
            together = text[spans[lot[0]][0] : spans[lot[-1]][1]]
            if odd.keys().isdisjoint(lot) and not is_spelled(together) and not may(folded(together)):
                continue
            for key in lot:
                block = self._blocks.block(key)
                if key in odd or is_spelled(block) or may(folded(block)):
                    yield self[key]


def locate(given: str | None) -> Path:
    """Which library is meant: the one given, else $LITCLI_LIBRARY, else the nearest one above, else the user's own."""
    return Path(paths.library(given))


def read(path: Path) -> Library:
    """The library of a file; raises LibraryError, with line and column, where there is none or it is not valid."""
    return parse(path, text(path, contents(path)))


def lines(path: Path) -> dict[str, int]:
    """The line on which each entry of a library begins, by key."""
    return Document(text(path, contents(path))).lines()


def contents(path: Path, missing_ok: bool = False) -> bytes | None:
    """The bytes of a library file; None where there is none and that is well; raises LibraryError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        if missing_ok:
            return None
        raise LibraryError(f"there is no library {path}", "start one: litcli init, or litcli import FILE") from None
    except OSError as error:
        raise LibraryError(f"{path} cannot be read: {error.strerror}", "--library FILE names another one") from None


def text(path: Path, data: bytes | None) -> str:
    """The text of a library's bytes; raises LibraryError, with the line, where they are not UTF-8."""
    try:
        return (data or b"").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = (data or b"").count(b"\n", 0, error.start) + 1
        raise LibraryError(f"{path}:{line}: not UTF-8", "save the library as UTF-8 in your editor") from None


def parse(path: Path, text: str, cutter: Callable[[str], Blocks | None] | None = None) -> Library:
    """The library of a text; raises LibraryError, with line and column, where it is not valid.

    `cutter` may know of valid blocks already, so that they are not looked at again.
    """
    import tomllib

    try:
        blocks = (cutter or cut)(text)
        head = dict(blocks.head) if blocks else tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_valid(path, text, str(error)) from None
    except RecursionError:
        raise LibraryError(f"{path}: values are nested too deeply", "mend it in an editor") from None
    if head.get("format", _FORMAT) != _FORMAT:
        raise LibraryError(
            f"{path}: format {head['format']!r} is not known to this litcli", "it reads format = 1; update litcli"
        )
    if blocks:
        _entries(path, text, {key: fields for key, fields in blocks.odd.items() if fields is not None})
        return Library(_Blocks(blocks), head, blocks)
    papers = head.pop("papers", {})
    if not isinstance(papers, Mapping):
        raise LibraryError(f"{path}: papers must be tables, not {papers!r}", "write each paper as [papers.KEY]")
    return Library(_entries(path, text, papers), head)


def _entries(path: Path, text: str, papers: Mapping[str, Any]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for key, fields in papers.items():
        try:
            if not isinstance(fields, Mapping):
                raise ValueError(f"{key} must be a table of fields, not {fields!r}")
            entries[key] = table.from_table(key, fields)
        except ValueError as error:
            line = Document(text).lines().get(key, 1)
            raise LibraryError(f"{path}:{line}: in [papers.{key}]: {error}", "mend this line in an editor") from None
    return entries


def _not_valid(path: Path, text: str, message: str) -> LibraryError:
    match = _AT.fullmatch(message)
    if not match:
        return LibraryError(f"{path}:1: not valid TOML: {message}", "mend it in an editor")
    line, column = (int(match["line"]), match["column"]) if match["line"] else (text.count("\n") + 1, "1")
    if _CONFLICT.match(text.splitlines()[line - 1] if line <= len(text.splitlines()) else ""):
        return LibraryError(f"{path}:{line}:1: the mark of a merge conflict", "resolve the conflict in an editor first")
    return LibraryError(f"{path}:{line}:{column}: not valid TOML: {match['what']}", "mend this line in an editor")
