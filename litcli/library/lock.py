"""Holding a library against other litcli processes."""

from __future__ import annotations

from pathlib import Path

from litcli.errors import LibraryError, LockedError

_LOCK_TIMEOUT = 30.0
"""Seconds to wait for another writer."""


class Lock:
    """Holds the library against other litcli processes, by a lock file beside it that all its users share."""

    def __init__(self, path: Path, create: bool) -> None:
        self._path = path
        self._create = create

    def __enter__(self) -> None:
        import filelock

        try:
            if self._create:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = filelock.FileLock(self._path.parent / f".{self._path.name}.lock")
            self._lock.acquire(timeout=_LOCK_TIMEOUT)
        except filelock.Timeout:
            raise LockedError(
                f"{self._path} is locked by another litcli", "wait until it is done, then try again"
            ) from None
        except OSError as error:
            if not self._create and not self._path.exists():
                raise LibraryError(
                    f"there is no library {self._path}", "start one: litcli init, or litcli import FILE"
                ) from None
            raise LibraryError(
                f"{self._path.parent} cannot be written to: {error.strerror}", "nothing was changed"
            ) from None

    def __exit__(self, *_: object) -> None:
        self._lock.release()
