"""Changing a library file: one change is all or nothing, whoever else writes, and a step that can be taken back."""

from __future__ import annotations

import codecs
import contextlib
import os
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from litcli import files
from litcli.errors import LibraryError, LockedError
from litcli.library import edit, index, store
from litcli.library.edit import Changes
from litcli.library.journal import Journal, Move, Step, begin_turn, chosen, turned
from litcli.library.lock import Lock
from litcli.library.patch import Change, Name
from litcli.library.run import RUN
from litcli.library.store import Library

_TRIES = 5
"""How often a change is worked out anew because the file was edited meanwhile."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Plan(Generic[T]):
    """What becomes of a library: its new text (None: it stays), the result, and how the move to it is begun."""

    text: str | None
    result: T
    begin: Callable[[], Move | None]


def update(path: Path, change: Callable[[Library], tuple[Changes, T]], *, create: bool = False) -> T:
    """Change a library: `change` is given what the file says now and returns the changes to write, and a result.

    The file is locked against other litcli processes. An edit by anything else made meanwhile wins: `change` is
    then asked again, so it must have no effects of its own. Nothing is written where nothing changes. What cannot
    be written down as a step is changed nevertheless, and said.

    Raises LibraryError where the file cannot be read or written, LockedError where it stays locked or keeps changing.
    """
    path = Path(os.path.realpath(path))
    journal = Journal(path)
    unsaid = ""

    def plan(text: str, library: Library) -> _Plan[T]:
        changes, result = change(library)
        changes = changes.beyond(library)
        new = edit.apply(path, text, library, changes) if changes else None

        def begin() -> Move | None:
            nonlocal unsaid
            try:
                return journal.begin(RUN.get().command, text, text if new is None else new)
            except OSError as error:
                unsaid = f"note: this change cannot be undone: {journal.folder} cannot be written: {error.strerror}"
                return None

        return _Plan(new, result, begin)

    result = _rewrite(path, journal, plan, create=create)
    if unsaid:
        RUN.get().tell(unsaid)
    return result


def create(path: Path) -> None:
    """Start an empty library; raises LibraryError where there is one already."""
    path = Path(os.path.realpath(path))
    with Lock(path, True):
        if path.exists() or not _replace(path, None, store.EMPTY.encode()):
            raise LibraryError(f"{path} exists already", "use it as it is, or name another file: litcli init FILE")


def undo(path: Path, number: int | None = None) -> Step:
    """Take back the last step that is not taken back yet, or the one of a number.

    Raises NotFound where there is none, LockedError where something else changed since what the step changed,
    LibraryError where the library or the step cannot be read or written.
    """
    return _turn(path, number, redo=False)


def redo(path: Path, number: int | None = None) -> Step:
    """Make the step again that was last taken back, or the one of a number; raises what `undo` does."""
    return _turn(path, number, redo=True)


def steps(path: Path) -> list[Step]:
    """The steps of a library, oldest first; raises LibraryError where the library cannot be read."""
    path = Path(os.path.realpath(path))
    return Journal(path).steps(store.text(path, store.contents(path)))


def _turn(path: Path, number: int | None, *, redo: bool) -> Step:
    path = Path(os.path.realpath(path))
    journal = Journal(path)

    def plan(text: str, library: Library) -> _Plan[Step]:
        known = journal.steps(text)
        step = chosen(known, number, redo=redo)
        new, changes = turned(text, step, known)
        _check_others(path, library, new, changes)
        return _Plan(new, step, lambda: begin_turn(step))

    return _rewrite(path, journal, plan)


def _check_others(path: Path, library: Library, new: str, changes: Sequence[Change]) -> None:
    """Raise LibraryError where a text with changes would say something else of what they do not touch."""
    touched = {change.name[: 2 if change.name[:1] == ("papers",) else 1] for change in changes}
    with contextlib.suppress(LibraryError):
        if library.blocks and all(name[:1] in ((), ("papers",)) for name in touched):
            # Blocks that are valid by themselves say the same wherever they stand.
            blocks = [change.after.body for change in changes if change.after and not change.is_gap]
            if store.parse(path, "\n\n".join(blocks)).blocks:
                return
        if _untouched(store.parse(path, new), touched) == _untouched(library, touched):
            return
    raise LibraryError(
        f"{path}: the step cannot be taken back without touching other lines", "the lines about it were edited since"
    )


def _untouched(library: Library, touched: Container[Name]) -> list[dict[str, Any]]:
    entries = {key: entry for key, entry in library.entries.items() if ("papers", key) not in touched}
    return [entries, {name: value for name, value in library.head.items() if (name,) not in touched}]


def _rewrite(path: Path, journal: Journal, plan: Callable[[str, Library], _Plan[T]], *, create: bool = False) -> T:
    """Write what is planned for the library as it is now, between the two ends of a move of its journal."""
    if not create and not os.path.exists(path):  # noqa: PTH110 - Path.exists raises where it may not look
        store.contents(path)  # raises, before a lock stands beside what is not there
    with Lock(path, create):
        for _ in range(_TRIES):
            data = store.contents(path, missing_ok=create)
            text = store.text(path, data) if data is not None else store.EMPTY
            library = index.parse(path, text)
            journal.settle(text)
            planned = plan(text, library)
            if planned.text is None and data is not None:
                return planned.result
            new = text if planned.text is None else planned.text
            mark = codecs.BOM_UTF8 if data and data.startswith(codecs.BOM_UTF8) else b""
            move = planned.begin()
            written = False
            try:
                written = _replace(path, data, mark + new.encode())
            finally:
                if move:
                    move.end(written)
            if written:
                return planned.result
    raise LockedError(
        f"{path} keeps being changed by another program", "close the program that writes to it, then try again"
    )


def _replace(path: Path, expected: bytes | None, new: bytes) -> bool:
    """Put new bytes in the place of the file; False where the file no longer holds `expected`."""
    if files.is_read_only(path):
        raise LibraryError(f"{path} is read-only", "nothing was changed; make it writable first: chmod u+w")
    try:
        return files.replace(path, new, lambda: store.contents(path, missing_ok=True) == expected)
    except OSError as error:
        raise LibraryError(f"{path} cannot be written: {error.strerror}", "nothing was changed") from None
