"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def replace(path: Path, data: bytes, still: Callable[[], bool] = lambda: True) -> bool:
    """Put `data` in the place of a file in one step, with the old file's permissions; links stay links.

    `still` is asked at the last moment whether to go on; False is returned where it says no. The temporary file
    is beside the file, is on the disk before it takes the name, and is gone whatever happens. Raises OSError.
    """
    path = Path(os.path.realpath(path))
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), _mode(path))
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


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced; a new one gets what the umask allows."""
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
