"""Reading a library file, and changing it: one change is all or nothing, whoever else writes."""

from __future__ import annotations

import codecs
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from litcli import files, table
from litcli.errors import LibraryError, LockedError
from litcli.library.document import Document
from litcli.paper import Entry

NAME = "library.toml"
VARIABLE = "LITCLI_LIBRARY"
EMPTY = "format = 1\n"
_FORMAT = 1
_LOCK_TIMEOUT = 30.0
"""Seconds to wait for another writer."""
_TRIES = 5
"""How often a change is worked out anew because the file was edited meanwhile."""

_AT = re.compile(r"(?P<what>.*?) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL)
_CONFLICT = re.compile(r"^(?:<<<<<<<|=======|>>>>>>>)")

T = TypeVar("T")
Changes = Mapping[str, Entry | None]


@dataclass(frozen=True)
class Library:
    """What a library file says: its entries by key, in the file's order, and what stands above them."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    head: Mapping[str, Any] = field(default_factory=dict)


def locate(given: str | None) -> Path:
    """Which library is meant: the one given, else $LITCLI_LIBRARY, else the nearest one above, else the user's own."""
    chosen = given or os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / NAME).is_file():
            return folder / NAME
    import platformdirs

    return Path(platformdirs.user_data_dir("litcli")) / NAME


def read(path: Path) -> Library:
    """The library of a file; raises LibraryError, with line and column, where there is none or it is not valid."""
    return _parse(path, _text(path, _bytes(path)))


def lines(path: Path) -> dict[str, int]:
    """The line on which each entry of a library begins, by key."""
    return Document(_text(path, _bytes(path))).lines()


def update(path: Path, change: Callable[[Library], tuple[Changes, T]], *, create: bool = False) -> T:
    """Change a library: `change` is given what the file says now and returns the entries to write, and a result.

    The file is locked against other litcli processes. An edit by anything else made meanwhile wins: `change` is
    then asked again, so it must have no effects of its own. Nothing is written where nothing changes.

    Raises LibraryError where the file cannot be read or written, LockedError where it stays locked or keeps changing.
    """
    path = Path(os.path.realpath(path))
    if not create:
        _bytes(path)
    with _locked(path, create):
        for _ in range(_TRIES):
            data = _bytes(path, missing_ok=create)
            text = _text(path, data) if data is not None else EMPTY
            library = _parse(path, text)
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
    with _locked(path, True):
        if path.exists() or not _replace(path, None, EMPTY.encode()):
            raise LibraryError(f"{path} exists already", "use it as it is, or name another file: litcli init FILE")


def _bytes(path: Path, missing_ok: bool = False) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        if missing_ok:
            return None
        raise LibraryError(f"there is no library {path}", "start one: litcli init, or litcli import FILE") from None
    except OSError as error:
        raise LibraryError(f"{path} cannot be read: {error.strerror}") from None


def _text(path: Path, data: bytes | None) -> str:
    try:
        return (data or b"").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = (data or b"").count(b"\n", 0, error.start) + 1
        raise LibraryError(f"{path}:{line}: not UTF-8", "save the library as UTF-8 in your editor") from None


def _parse(path: Path, text: str) -> Library:
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_valid(path, text, str(error)) from None
    if tree.get("format", _FORMAT) != _FORMAT:
        raise LibraryError(
            f"{path}: format {tree['format']!r} is not known to this litcli", "it reads format = 1; update litcli"
        )
    papers = tree.pop("papers", {})
    entries: dict[str, Entry] = {}
    if not isinstance(papers, Mapping):
        raise LibraryError(f"{path}: papers must be tables, not {papers!r}", "write each paper as [papers.KEY]")
    for key, fields in papers.items():
        try:
            if not isinstance(fields, Mapping):
                raise ValueError(f"{key} must be a table of fields, not {fields!r}")
            entries[key] = table.from_table(key, fields)
        except ValueError as error:
            line = Document(text).lines().get(key, 1)
            raise LibraryError(f"{path}:{line}: in [papers.{key}]: {error}", "mend the line in an editor") from None
    return Library(entries, tree)


def _not_valid(path: Path, text: str, message: str) -> LibraryError:
    match = _AT.fullmatch(message)
    if not match:
        return LibraryError(f"{path}:1: not valid TOML: {message}", "mend it in an editor")
    line, column = (int(match["line"]), match["column"]) if match["line"] else (text.count("\n") + 1, "1")
    if _CONFLICT.match(text.splitlines()[line - 1] if line <= len(text.splitlines()) else ""):
        return LibraryError(f"{path}:{line}: the mark of a merge conflict", "resolve the conflict in an editor first")
    return LibraryError(f"{path}:{line}:{column}: not valid TOML: {match['what']}", "mend this line in an editor")


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
    got = _parse(path, new)
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


class _locked:  # noqa: N801 - a context manager, used as a verb
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


def _replace(path: Path, expected: bytes | None, new: bytes) -> bool:
    """Put new bytes in the place of the file; False where the file no longer holds `expected`."""
    if path.exists() and not os.access(path, os.W_OK):
        raise LibraryError(f"{path} is read-only", "nothing was changed; make it writable first: chmod u+w")
    try:
        return files.replace(path, new, lambda: _bytes(path, missing_ok=True) == expected)
    except OSError as error:
        raise LibraryError(f"{path} cannot be written: {error.strerror}", "nothing was changed") from None
