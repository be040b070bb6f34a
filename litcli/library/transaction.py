"""Changing a library file: one change is all or nothing, whoever else writes."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from litcli import files, table
from litcli.errors import LibraryError, LockedError
from litcli.library import store
from litcli.library.document import Document
from litcli.library.lock import Lock
from litcli.library.store import Library
from litcli.paper import Entry

_TRIES = 5
"""How often a change is worked out anew because the file was edited meanwhile."""

T = TypeVar("T")
Changes = Mapping[str, Entry | None]


def update(path: Path, change: Callable[[Library], tuple[Changes, T]], *, create: bool = False) -> T:
    """Change a library: `change` is given what the file says now and returns the entries to write, and a result.

    The file is locked against other litcli processes. An edit by anything else made meanwhile wins: `change` is
    then asked again, so it must have no effects of its own. Nothing is written where nothing changes.

    Raises LibraryError where the file cannot be read or written, LockedError where it stays locked or keeps changing.
    """
    path = Path(os.path.realpath(path))
    if not create:
        store.contents(path)
    with Lock(path, create):
        for _ in range(_TRIES):
            data = store.contents(path, missing_ok=create)
            text = store.text(path, data) if data is not None else store.EMPTY
            library = store.parse(path, text)
            changes, result = change(library)
            changes = {key: entry for key, entry in changes.items() if library.entries.get(key) != entry}
            if not changes and data is not None:
                return result
            new = _apply(path, text, library, changes)
            if _replace(
                path, data, (codecs.BOM_UTF8 if data and data.startswith(codecs.BOM_UTF8) else b"") + new.encode()
            ):
                return result
    raise LockedError(
        f"{path} keeps being changed by another program", "close the program that writes to it, then try again"
    )


def create(path: Path) -> None:
    """Start an empty library; raises LibraryError where there is one already."""
    path = Path(os.path.realpath(path))
    with Lock(path, True):
        if path.exists() or not _replace(path, None, store.EMPTY.encode()):
            raise LibraryError(f"{path} exists already", "use it as it is, or name another file: litcli init FILE")


def _apply(path: Path, text: str, library: Library, changes: Changes) -> str:
    """The new text; where statements of an entry were changed, read back and compared before it may reach the disk.

    Blocks that only come in between are whole by themselves.
    """
    new = Document(text).apply(library.entries, changes)
    if not changes.keys() & library.entries.keys():
        for key, entry in changes.items():
            _check_readable(path, key, entry)
        return new
    meant = {key: entry for key, entry in {**library.entries, **changes}.items() if entry is not None}
    got = store.parse(path, new)
    odd = next((key for key in {**meant, **got.entries} if not _is_same(got.entries.get(key), meant.get(key))), "")
    if odd or repr(got.head) != repr(library.head):
        raise LibraryError(
            f"{path}: the change to {odd or 'the file'} cannot be written without touching other lines",
            "give the entry a block of its own: [papers.KEY]",
        )
    return new


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


def _replace(path: Path, expected: bytes | None, new: bytes) -> bool:
    """Put new bytes in the place of the file; False where the file no longer holds `expected`."""
    if path.exists() and not os.access(path, os.W_OK):
        raise LibraryError(f"{path} is read-only", "nothing was changed; make it writable first: chmod u+w")
    try:
        return files.replace(path, new, lambda: store.contents(path, missing_ok=True) == expected)
    except OSError as error:
        raise LibraryError(f"{path} cannot be written: {error.strerror}", "nothing was changed") from None
