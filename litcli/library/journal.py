"""The changes that commands made in a library, each a step that can be taken back and made again.

A step is a file in the platform's state folder. Its name says its number and how it stands; it holds a line of JSON
that tells what was done, and the changed pieces, before and after, compressed. A step is written before the library
is, as `doing`, and named `done` after; the same goes for taking it back. Where a process dies in between, the next
one asks the library which of the two it holds.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
import re
import shutil
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from litcli import files
from litcli.errors import LibraryError, LockedError, NotFound
from litcli.library import blocks, patch
from litcli.library.patch import Change, Piece

_MOST_STEPS = 1000
_MOST_BYTES = 256 * 2**20
"""Of all steps of one library, compressed; the newest is kept whatever its size."""
_MOST_DAYS = 366
_FORMAT = 1
_NAME = re.compile(r"(?P<number>\d{6,})\.(?P<state>done|undone|doing|undoing|redoing)")
_MOVES = {"doing": ("done", ""), "undoing": ("undone", "done"), "redoing": ("done", "undone")}
"""A step that is on its way: how it stands if the library was written, and if it was not ("": it never was)."""
_TOLD = 3
"""How many entries a refusal names."""


@dataclass(frozen=True, slots=True)
class Step:
    """A change that a command made: its number, when, the command as typed, and how many entries it concerned.

    `passed` are the numbers of the steps that stood taken back when it was made, and that it left behind.
    """

    number: int
    time: datetime.datetime
    command: str
    added: int
    changed: int
    renamed: int
    removed: int
    passed: frozenset[int]
    state: str
    file: Path

    @property
    def is_undone(self) -> bool:
        """Whether the step was taken back."""
        return self.state == "undone"


class Journal:
    """The steps of one library."""

    def __init__(self, library: Path) -> None:
        import platformdirs

        self._library = os.path.realpath(library)
        name = hashlib.sha256(os.fsencode(self._library)).hexdigest()[:32]
        self.folder = platformdirs.user_state_path("litcli") / "history" / name

    def steps(self, text: str) -> list[Step]:
        """The steps, oldest first, those on their way as the library's text tells; files that are no step are none."""
        found = []
        for file in self._files():
            step = _read(file)
            if step and step.state in _MOVES:
                state = _MOVES[step.state][not _is_made(step, text)]
                step = replace(step, state=state) if state else None
            if step:
                found.append(step)
        return sorted(found, key=lambda step: step.number)

    def settle(self, text: str) -> None:
        """Give the steps that a process left on their way the state that the library's text tells."""
        for file in self._files():
            if file.suffix[1:] in _MOVES:
                step = _read(file)
                Move(file).end(step is not None and _is_made(step, text))

    def begin(self, command: str, old: str, new: str) -> Move | None:
        """Write down a change that is about to be made, None where there is none; raises OSError."""
        changes = patch.diff(old, new)
        if not changes:
            return None
        there = self._files()
        if not there:
            self._start()
        number = max((int(file.stem) for file in there), default=0) + 1
        told = {
            "format": _FORMAT,
            "library": self._library,
            "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "command": command,
            "passed": [int(file.stem) for file in there if file.suffix == ".undone"],
            **_counts(changes),
        }
        packed = zlib.compress(json.dumps(changes, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)
        file = self.folder / f"{number:06}.doing"
        files.replace(file, json.dumps(told).encode() + b"\n" + packed)
        self._prune(there, len(packed))
        return Move(file)

    def _files(self) -> list[Path]:
        try:
            return sorted(file for file in self.folder.iterdir() if _NAME.fullmatch(file.name))
        except OSError:
            return []

    def _start(self) -> None:
        """Make the folder, and take away those of libraries that nothing changed for long. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(OSError):
            for other in self.folder.parent.iterdir():
                if other != self.folder and _is_old(other):
                    shutil.rmtree(other, ignore_errors=True)

    def _prune(self, steps: Iterable[Path], size: int) -> None:
        """Take away the steps that are too many, too large together or too old, and what killed writes left."""
        with contextlib.suppress(OSError):
            for count, file in enumerate(reversed([*steps]), start=2):
                size += file.stat().st_size
                if count > _MOST_STEPS or size > _MOST_BYTES or _is_old(file):
                    file.unlink()
            for file in self.folder.iterdir():
                if not _NAME.fullmatch(file.name):
                    file.unlink()


class Move:
    """A step on its way to another state."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def end(self, made: bool) -> None:
        """Say whether the library was written; where that cannot be noted, the library itself tells later."""
        state = _MOVES[self._file.suffix[1:]][not made]
        with contextlib.suppress(OSError):
            if state:
                self._file.rename(self._file.with_suffix(f".{state}"))
            else:
                self._file.unlink()


def begin_turn(step: Step) -> Move:
    """Begin to take a step back, or to make it again if it was; raises LibraryError."""
    try:
        return Move(step.file.rename(step.file.with_suffix(".redoing" if step.is_undone else ".undoing")))
    except OSError as error:
        raise LibraryError(f"{step.file} cannot be renamed: {error.strerror}", "nothing was changed") from None


def chosen(steps: Sequence[Step], number: int | None, *, redo: bool) -> Step:
    """The step to take back, or to make again: the one of a number, else the next in line. Raises NotFound."""
    verb, done = ("redo", "done") if redo else ("undo", "undone")
    if number is not None:
        step = next((step for step in steps if step.number == number), None)
        if step is None:
            raise NotFound(f"there is no step {number}", "litcli log shows the steps")
        if step.is_undone != redo:
            raise NotFound(f"step {number} ({step.command}) is {done} already", "litcli log shows the steps")
        return step
    last = max((step.number for step in steps if not step.is_undone), default=0)
    if redo:
        # What was taken back can be made again until something new is done.
        passed = frozenset().union(*(step.passed for step in steps))
        line = [step for step in steps if step.number > last and step.number not in passed]
    else:
        line = [step for step in steps if step.number == last]
    if not line:
        raise NotFound(f"there is nothing to {verb}", "litcli log shows what was changed in this library")
    return line[0]


def turned(text: str, step: Step, steps: Sequence[Step]) -> tuple[str, list[Change]]:
    """The library's text with a step taken back, or made again if it was; and what that changes.

    Raises LockedError that names the entries which something else changed since.
    """
    changes = _changes(step)
    if not step.is_undone:
        changes = patch.reverse(changes)
    late: list[Change] = []

    def refuse(change: Change, piece: Piece | None) -> str | None:
        late.append(change)
        return _body(piece)

    new = patch.apply(text, changes, refuse)
    if late:
        raise _overtaken(step, late, steps)
    return new, changes


def _is_old(path: Path) -> bool:
    return path.stat().st_mtime < time.time() - _MOST_DAYS * 24 * 60 * 60


def _read(file: Path) -> Step | None:
    """The step of a file; None where it is not whole, or another litcli's."""
    name = _NAME.fullmatch(file.name)
    try:
        with file.open("rb") as stream:
            told: dict[str, Any] = json.loads(stream.readline())
        if not name or told["format"] != _FORMAT:
            return None
        return Step(
            number=int(name["number"]),
            time=datetime.datetime.fromisoformat(told["time"]),
            command=str(told["command"]),
            added=int(told["added"]),
            changed=int(told["changed"]),
            renamed=int(told.get("renamed", 0)),
            removed=int(told["removed"]),
            passed=frozenset(map(int, told.get("passed", ()))),
            state=name["state"],
            file=file,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _changes(step: Step) -> list[Change]:
    """What a step changed; raises LibraryError where its file is spoilt."""
    try:
        packed = step.file.read_bytes().partition(b"\n")[2]
        return [*_unpacked(json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass")))]
    except (OSError, ValueError, TypeError, zlib.error):
        raise LibraryError(
            f"{step.file} is spoilt", f"step {step.number} cannot be taken back; delete the file"
        ) from None


def _unpacked(rows: Iterable[Sequence[Any]]) -> Iterator[Change]:
    for name, before, after, behind in rows:
        sides = [Piece(tuple(side[0]), side[1], side[2]) if side else None for side in (before, after)]
        yield Change(tuple(name), sides[0], sides[1], None if behind is None else tuple(behind))


def _is_made(step: Step, text: str) -> bool:
    """Whether a library holds a step that was on its way.

    Some piece reads as the step was to leave it, or none as the step found it: then they were edited since, and it is
    said to be made, so that it is refused by name and not passed over.
    """
    try:
        changes = [change for change in _changes(step) if not change.is_gap]
        now = {piece.name: piece.body for piece in patch.cut(text)}
    except (LibraryError, ValueError):
        return False
    if step.state == "undoing":
        changes = patch.reverse(changes)
    was = any(now.get(change.name) == _body(change.before) for change in changes)
    return any(now.get(change.name) == _body(change.after) for change in changes) or not was


def _body(piece: Piece | None) -> str | None:
    return piece.body if piece else None


def _counts(changes: Iterable[Change]) -> dict[str, int]:
    """How many entries came, changed, have another key, and went."""
    own = {change.key: change for change in changes if change.key is not None and not change.is_gap}
    gone = {key for key, change in own.items() if change.after is None}
    new = {key: change.piece for key, change in own.items() if change.before is None}
    heirs = (filter(gone.__contains__, _aliases(key, piece)) for key, piece in new.items() if gone)
    renamed = len({old for olds in heirs for old in islice(olds, 1)})
    return {
        "added": len(new) - renamed,
        "changed": len(own) - len(new) - len(gone),
        "renamed": renamed,
        "removed": len(gone) - renamed,
    }


def _aliases(key: str, piece: Piece) -> Iterable[object]:
    """The earlier keys of an entry, none where its piece does not say them by itself."""
    with contextlib.suppress(ValueError):
        alone = blocks.cut(f"{piece.body}\n")
        held = alone.fields(key).get("aliases") if alone and key in alone.spans else None
        return held if isinstance(held, list) else ()
    return ()


def _overtaken(step: Step, late: Sequence[Change], steps: Sequence[Step]) -> LockedError:
    """The refusal of a step whose entries were changed since, with the later step that did it, where one did."""
    names = [_said(change) for change in late]
    told = ", ".join(names[:_TOLD]) + (f" and {len(names) - _TOLD} more" if len(names) > _TOLD else "")
    gone = {change.name for change in late}
    by = next(
        (s for s in steps if s.number > step.number and not s.is_undone and gone & {c.name for c in _changes(s)}), None
    )
    verb = "made again" if step.is_undone else "taken back"
    return LockedError(
        f"step {step.number} ({step.command}) cannot be {verb}: {told} changed since; nothing was changed",
        f"take the later change back first: litcli undo {by.number} ({by.command})"
        if by
        else "it was edited outside of litcli: change it by hand",
    )


def _said(change: Change) -> str:
    return ".".join(change.name) if change.key is None else change.key
