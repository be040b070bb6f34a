"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_TEMPORARY = ".tmp"
_ABANDONED = 600
"""Seconds after which a temporary file is taken to be left by a write that was killed."""


def replace(path: Path, data: bytes, still: Callable[[], bool] = lambda: True) -> bool:
    """Put `data` in the place of a file in one step, with the old file's permissions and owner; links stay links.

    `still` is asked at the last moment whether to go on; False is returned where it says no. The temporary file
    is beside the file, is on the disk before it takes the name, and is gone whatever happens. Raises OSError.
    """
    path = Path(os.path.realpath(path))
    with contextlib.suppress(OSError):
        clear(path, _ABANDONED)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_TEMPORARY, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if hasattr(os, "fchmod"):
                _own(file.fileno(), path)
                os.fchmod(file.fileno(), mode(path))
            os.fsync(file.fileno())
        if not still():
            return False
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    # The file is in its place by now; a folder that cannot be synced makes that no less true.
    with contextlib.suppress(OSError):
        _sync_folder(path.parent)
    return True


def is_read_only(path: Path) -> bool:
    """Whether a file is there and is not to be written: a rename would ask its folder alone, and root may anything."""
    return path.exists() and not (os.access(path, os.W_OK) and path.stat().st_mode & 0o222)


def clear(path: Path, age: float = 0) -> None:
    """Take away the temporary files of writes to `path` that were killed, from an age in seconds on. Raises OSError.

    Of an age of none, nobody may be writing it.
    """
    ours = re.compile(rf"\.{re.escape(path.name)}\.\w{{8}}\{_TEMPORARY}")
    for other in path.parent.iterdir():
        if ours.fullmatch(other.name) and time.time() - other.stat().st_mtime >= age:
            other.unlink(missing_ok=True)


def _own(handle: int, path: Path) -> None:
    """Give a new file the owner and group of the one that it replaces, as far as this user may."""
    if path.exists():
        there = path.stat()
        for owner, group in ((there.st_uid, -1), (-1, there.st_gid)):
            with contextlib.suppress(OSError):
                os.fchown(handle, owner, group)


def mode(path: Path) -> int:
    """The permissions of a file; of one that is not there yet, what the umask allows."""
    if path.exists():
        return path.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable; Windows cannot open a folder and does not need it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
