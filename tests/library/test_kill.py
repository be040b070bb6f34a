"""Commands that are killed: the library is as before or as after, its log agrees, and the next command works.

The usual run kills at each step of a write that another process can see, and at a few dozen random moments;
`LITCLI_KILLS=500 pytest tests/library/test_kill.py` kills each command at 500.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from litcli.library import transaction
from tests.cli.within import Within

KILLS = int(os.environ.get("LITCLI_KILLS", "8"))
"""Random moments for each command."""

if not hasattr(signal, "SIGKILL") or "fork" not in multiprocessing.get_all_start_methods():
    pytest.skip("no SIGKILL or no fork here", allow_module_level=True)

FORK = multiprocessing.get_context("fork")
TEXT = """\
# mine
format = 1

[papers.ada]
title = "Notes on the Analytical Engine"  # odd   spacing
authors = ["Ada Lovelace"]
year =   1843

[papers.bob]
title = "Notes on the Analytical Engine"
authors = ["Ada Lovelace"]
"""
MINE = "".join(
    f"@article{{k{n}, author = {{Author, Ann}}, title = {{The {n}th of Many Papers}}, year = {2000 + n}}}\n"
    for n in range(30)
)
COMMANDS: dict[str, tuple[list[tuple[str, ...]], tuple[str, ...]]] = {
    "import": ([], ("import", "mine.bib")),
    "tag": ([], ("tag", "+x", "*")),
    "merge": ([], ("merge", "ada", "bob")),
    "undo": ([("import", "mine.bib"), ("tag", "+x", "*")], ("undo",)),
    "redo": ([("tag", "+x", "*"), ("tag", "+y", "ada"), ("undo",), ("undo",)], ("redo",)),
}
"""By its name, a command, and those that run before it."""

State = tuple[bytes, list[tuple[int, str, bool]]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of a folder whose `home` is the home of this process too."""
    monkeypatch.setenv("HOME", str(tmp_path / "folder" / "home"))
    # What a process has written outlives it without that, which is for the machine's own end, and takes its time.
    monkeypatch.setattr(os, "fsync", lambda _: None)
    return tmp_path / "folder"


class Killed:
    """A folder with a library, and a command that is run in it again and again, and killed."""

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir()
        self.lit = Within(folder)
        self.command = COMMANDS[name][1]
        self.lit.write("library.toml", TEXT)
        self.lit.write("mine.bib", MINE)
        for words in COMMANDS[name][0]:
            self.lit(*words)
        self._saved = folder.with_name(f"{folder.name}-saved")
        shutil.copytree(folder, self._saved)
        self.states = [self.state()]
        self.lit(*self.command)  # so that all modules are loaded
        self.states.append(self.state())
        began = time.monotonic()
        assert self.run() == 0
        self.seconds = time.monotonic() - began
        assert self.states[0] != self.states[1]
        self._known: list[set[str]] = []

    def state(self) -> State:
        """The library's bytes, and what its log says of the steps."""
        steps = transaction.steps(self.lit.library)
        return self.lit.library.read_bytes(), [(step.number, step.command, step.is_undone) for step in steps]

    def reset(self) -> None:
        """Everything as it was before the command."""
        shutil.rmtree(self.lit.folder)
        shutil.copytree(self._saved, self.lit.folder)

    def run(self, after: float | None = None, before: int | None = None) -> int:
        """The exit code of a run in a process of its own, killed after some seconds, or before a call to the system."""
        self.reset()
        process = FORK.Process(target=self._child, args=(before,))
        process.start()
        if after is not None:
            time.sleep(after)
            process.kill()
        process.join()
        assert process.exitcode is not None
        return process.exitcode

    def _child(self, before: int | None) -> None:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        if before is not None:
            die_before(before)
        self.lit(*self.command)

    def check(self) -> int:
        """Which of the two states a killed run left; the next command finds nothing amiss and leaves nothing over."""
        left = self.left_over()
        found = self.states.index(self.state())
        if left not in self._known:
            self._known.append(left)
            self.lit("tag", "+alive", "ada")
            assert {name for name in self.left_over() if name not in ("done", "undone")} <= {"lock"}
            self.lit("undo")
            assert self.lit.library.read_bytes() == self.states[found][0]
        return found

    def left_over(self) -> set[str]:
        """The kinds of files beside the library and among its steps, told by how their names end."""
        beside = {file for file in self.lit.folder.iterdir() if file.name.startswith(".")}
        steps = self.lit.folder.glob("home/**/history/*/*")
        return {file.name.rpartition(".")[2] for file in (*beside, *steps)}


CALLS: list[tuple[Any, str]] = [
    (tempfile, "mkstemp"), (os, "fdopen"), (os, "fchmod"), (os, "fsync"),
    (Path, "replace"), (Path, "rename"), (Path, "unlink"),
]  # fmt: skip
"""What a write does that another process can see."""


def die_before(count: int) -> None:
    """Kill this process before so many of `CALLS` were made."""
    left = count

    def wrapped(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*words: Any, **more: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*words, **more)

        return call

    for owner, name in CALLS:
        setattr(owner, name, wrapped(getattr(owner, name)))


@pytest.mark.parametrize("name", ["tag", "undo", "redo"])
def test_a_command_that_is_killed_before_any_step_of_its_write_leaves_the_state_before_or_after(
    folder: Path, name: str
) -> None:
    killed = Killed(folder, name)
    found = []
    for count in range(200):
        code = killed.run(before=count)
        assert code in (0, -signal.SIGKILL)
        found.append(killed.check())
        if code == 0:
            break
    assert found == sorted(found)
    assert (found[0], found[-1], len(found) > 6) == (0, 1, True)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_is_killed_at_any_moment_leaves_the_state_before_or_after(folder: Path, name: str) -> None:
    killed = Killed(folder, name)
    chance = random.Random(f"{name} {KILLS}")
    for _ in range(KILLS):
        killed.run(after=chance.uniform(0, killed.seconds))
        killed.check()


@pytest.mark.parametrize("name", ["import", "tag"])
def test_a_program_that_is_killed_at_any_moment_leaves_the_state_before_or_after(folder: Path, name: str) -> None:
    """The same from the start of its interpreter to its end."""
    killed = Killed(folder, name)
    words = [sys.executable, "-m", "litcli", *killed.command]
    chance = random.Random(f"{name} {KILLS}")
    seconds = 0.0
    for _ in range(max(4, KILLS // 4)):
        killed.reset()
        began = time.monotonic()
        process = subprocess.Popen(
            words, cwd=killed.lit.folder, env=killed.lit.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if seconds:
            time.sleep(chance.uniform(0, seconds))
            process.kill()
        process.wait()
        seconds = seconds or time.monotonic() - began
        killed.check()
