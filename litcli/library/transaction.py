"""Changing a library file: one change is all or nothing, whoever else writes."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from litcli import files
from litcli.errors import LibraryError, LockedError
from litcli.library import edit, store
from litcli.library.edit import Changes
from litcli.library.lock import Lock
from litcli.library.store import Library

_TRIES = 5
"""How often a change is worked out anew because the file was edited meanwhile."""

T = TypeVar("T")


def update(path: Path, change: Callable[[Library], tuple[Changes, T]], *, create: bool = False) -> T:
    """Change a library: `change` is given what the file says now and returns the changes to write, and a result.

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
            changes = changes.beyond(library)
            if not changes and data is not None:
                return result
            new = edit.apply(path, text, library, changes)
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


def _replace(path: Path, expected: bytes | None, new: bytes) -> bool:
    """Put new bytes in the place of the file; False where the file no longer holds `expected`."""
    if path.exists() and not os.access(path, os.W_OK):
        raise LibraryError(f"{path} is read-only", "nothing was changed; make it writable first: chmod u+w")
    try:
        return files.replace(path, new, lambda: store.contents(path, missing_ok=True) == expected)
    except OSError as error:
        raise LibraryError(f"{path} cannot be written: {error.strerror}", "nothing was changed") from None
