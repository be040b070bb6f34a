"""Holding a library against other litcli processes."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from litcli import files
from litcli.errors import LibraryError, LockedError
from litcli.library.run import RUN

if TYPE_CHECKING:
    import filelock

_SILENT = 1.0
"""Seconds of waiting that need no explanation."""


class Lock:
    """Holds the library against other litcli processes, by a lock file beside it that all its users share.

    The operating system frees the lock of a process that dies. Who holds it stands in a second file, which the
    holder takes away; one that is found there was left by a process that died, and so were its temporary files.
    """

    def __init__(self, path: Path, create: bool) -> None:
        self._path = path
        self._create = create
        self._holder = path.parent / f".{path.name}.holder"

    def __enter__(self) -> None:
        import filelock

        try:
            if self._create:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            # Whoever may write the library may lock it.
            self._lock = filelock.FileLock(
                self._path.parent / f".{self._path.name}.lock", mode=files.mode(self._path) & 0o666 | 0o600
            )
            self._acquire(self._lock)
        except filelock.Timeout:
            raise LockedError(
                f"{self._path} is locked by {self._who()}",
                "wait until it is done, then try again; --lock-timeout SECONDS waits longer",
            ) from None
        except OSError as error:
            if not self._create and not self._path.exists():
                raise LibraryError(
                    f"there is no library {self._path}", "start one: litcli init, or litcli import FILE"
                ) from None
            raise LibraryError(
                f"{self._path.parent} cannot be written to: {error.strerror}", "nothing was changed"
            ) from None
        self._sign()

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._holder.unlink(missing_ok=True)
        self._lock.release()

    def _acquire(self, lock: filelock.BaseFileLock) -> None:
        """Take the lock, and say for whom that waits where it takes long; raises filelock.Timeout."""
        import filelock

        run = RUN.get()
        silent = min(_SILENT, run.lock_timeout)
        try:
            lock.acquire(timeout=silent)
        except filelock.Timeout:
            if run.lock_timeout <= silent:
                raise
            run.tell(f"waiting for {self._who()}, which is changing {self._path}")
            lock.acquire(timeout=run.lock_timeout - silent)

    def _sign(self) -> None:
        """Say who holds the lock, and clear away what a dead holder left; a folder that refuses it is no hindrance."""
        with contextlib.suppress(OSError):
            if self._holder.exists():
                files.clear(self._path)
                self._holder.unlink()
            with self._holder.open("x", encoding="utf-8", errors="surrogateescape") as file:
                file.write(f"{os.getpid()}\n{RUN.get().command}")

    def _who(self) -> str:
        try:
            pid, _, command = self._holder.read_text("utf-8", "surrogateescape").partition("\n")
        except OSError:
            return "another litcli"
        return f"process {pid} ({command})" if pid else "another litcli"
