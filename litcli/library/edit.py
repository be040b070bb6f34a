"""What a command wants changed, and the library's new text with just that changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from litcli import table
from litcli.errors import LibraryError
from litcli.library import store
from litcli.library.document import Document
from litcli.library.store import Library
from litcli.paper import Entry


@dataclass(frozen=True)
class Changes:
    """Entries by key (None: removed), and values above the papers by their path (None: removed).

    `{("distinct",): [["a", "b"]], ("settings", "keys"): "[auth][year]"}` sets `distinct` and `keys` in `[settings]`.
    """

    entries: Mapping[str, Entry | None] = field(default_factory=dict)
    head: Mapping[tuple[str, ...], Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.entries or self.head)

    def beyond(self, library: Library) -> Changes:
        """Those of the changes that the library does not say already."""
        return Changes(
            {key: entry for key, entry in self.entries.items() if library.entries.get(key) != entry},
            {path: value for path, value in self.head.items() if _value(library.head, path) != value},
        )


def _value(head: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """What stands at a path, None where nothing does."""
    value: Any = head
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _with(head: Mapping[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """The head with one value set, or (None) removed."""
    name, rest = path[0], path[1:]
    new = dict(head)
    if rest:
        below = new.get(name, {})
        value = _with(below if isinstance(below, Mapping) else {}, rest, value)
    if value is None:
        new.pop(name, None)
    else:
        new[name] = value
    return new


def apply(path: Path, text: str, library: Library, changes: Changes) -> str:
    """The new text; where statements of an entry were changed, read back and compared before it may reach the disk.

    Blocks that only come in between are whole by themselves.
    """
    new = Document(text).apply(library.entries, changes.entries, changes.head)
    if not changes.head and not changes.entries.keys() & library.entries.keys():
        for key, entry in changes.entries.items():
            _check_readable(path, key, entry)
        return new
    meant = {key: entry for key, entry in {**library.entries, **changes.entries}.items() if entry is not None}
    got = store.parse(path, new)
    odd = next((key for key in {**meant, **got.entries} if not _is_same(got.entries.get(key), meant.get(key))), "")
    if odd or _plain(got.head) != _plain(_head(library.head, changes.head)):
        raise LibraryError(
            f"{path}: the change to {odd or 'the file'} cannot be written without touching other lines",
            "give the entry a block of its own: [papers.KEY]",
        )
    return new


def _head(head: Mapping[str, Any], changes: Mapping[tuple[str, ...], Any]) -> Mapping[str, Any]:
    for path, value in changes.items():
        head = _with(head, path, value)
    return head


def _plain(value: Any) -> Any:
    """A value that compares by what is written: tables without their order or empty ones, not-a-number as its name."""
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items() if item != {}}
    return repr(value)


def _check_readable(path: Path, key: str, entry: Entry | None) -> None:
    """Raise LibraryError for an entry that could not be read from the library again."""
    try:
        readable = entry is None or _is_same(table.from_table(key, table.to_table(entry)), entry)
    except ValueError:
        readable = False
    if not readable:
        raise LibraryError(f"{path}: the entry {key} cannot be written as it is", "please report this record")


def _is_same(one: Entry | None, two: Entry | None) -> bool:
    """Whether two entries are written alike, which is what counts: not-a-number is not equal to itself."""
    if one is None or two is None:
        return one is two
    return one == two or repr(table.to_table(one)) == repr(table.to_table(two))
