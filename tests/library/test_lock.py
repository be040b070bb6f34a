"""Holding a library: many processes change it at once and lose nothing, and none waits for ever or for nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import filelock
import pytest

from litcli.errors import LockedError
from litcli.library import Library, lock, store, transaction
from litcli.library.edit import Changes
from litcli.library.lock import Lock
from litcli.library.run import RUN, Run
from tests.conftest import ROOT, SEEDS, Program
from tests.library.small import TEXT, tagging


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "library.toml"
    file.write_bytes(TEXT.encode())
    return file


def tags_of(path: Path, key: str) -> list[str]:
    found: list[str] = tomllib.loads(path.read_text("utf-8"))["papers"][key].get("tags", [])
    return found


def left_over(folder: Path) -> list[str]:
    """What stands in a folder beside the library and its lock."""
    return sorted(p.name for p in folder.iterdir() if p.name not in ("library.toml", ".library.toml.lock", "home"))


@contextmanager
def running(said: list[str] | None = None, *, command: str = "litcli tag", lock_timeout: float = 0.1) -> Iterator[None]:
    """A run of litcli in this thread."""
    token = RUN.set(Run(command, lock_timeout, (said if said is not None else []).append))
    try:
        yield
    finally:
        RUN.reset(token)


@contextmanager
def held(path: Path, command: str = "litcli import big.bib") -> Iterator[Callable[[], None]]:
    """A library that another thread holds until the function is called, or to the end."""
    inside, done = threading.Event(), threading.Event()

    def hold() -> None:
        with running(command=command), Lock(path, False):
            inside.set()
            done.wait(20)

    other = threading.Thread(target=hold)
    other.start()
    assert inside.wait(20)
    try:
        yield done.set
    finally:
        done.set()
        other.join()


# --- waiting ----------------------------------------------------------------------------------------------


def test_a_library_that_stays_locked_is_left_alone(path: Path) -> None:
    with held(path), running(), pytest.raises(LockedError) as caught:
        transaction.update(path, tagging("ada", "x"))
    assert (caught.value.exit_code, path.read_bytes()) == (4, TEXT.encode())


def test_whoever_gives_up_says_who_holds_the_library_and_what_to_do(path: Path) -> None:
    with held(path), running(), pytest.raises(LockedError) as caught:
        transaction.update(path, tagging("ada", "x"))
    assert f"process {os.getpid()} (litcli import big.bib)" in caught.value.message
    assert "--lock-timeout" in caught.value.hint


def test_whoever_waits_long_says_once_for_whom_and_goes_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_SILENT", 0.05)
    said: list[str] = []
    with held(path) as release, running(said, lock_timeout=20):
        threading.Timer(0.5, release).start()
        transaction.update(path, tagging("ada", "x"))
    assert said == [f"waiting for process {os.getpid()} (litcli import big.bib), which is changing {path}"]
    assert tags_of(path, "ada") == ["x"]


def test_whoever_waits_shortly_says_nothing(path: Path) -> None:
    said: list[str] = []
    with held(path) as release, running(said, lock_timeout=20):
        threading.Timer(0.1, release).start()
        transaction.update(path, tagging("ada", "x"))
    assert said == []


def test_no_patience_is_one_try(path: Path) -> None:
    with running(lock_timeout=0):
        transaction.update(path, tagging("ada", "x"))
    with held(path), running(lock_timeout=0), pytest.raises(LockedError):
        transaction.update(path, tagging("ada", "y"))
    assert tags_of(path, "ada") == ["x"]


def test_a_holder_that_does_not_say_who_it_is_is_another_litcli(path: Path) -> None:
    with filelock.FileLock(path.parent / ".library.toml.lock"), running(), pytest.raises(LockedError, match="another"):
        transaction.update(path, tagging("ada", "x"))


def test_readers_never_wait(path: Path) -> None:
    with held(path), running(lock_timeout=0):
        assert set(store.read(path).entries) == {"ada", "bob"}
        assert transaction.steps(path) == []


def test_one_library_under_two_names_has_one_lock(path: Path) -> None:
    """A link to the library and the library itself keep each other out."""
    link = path.parent / "elsewhere" / "mine.toml"
    link.parent.mkdir()
    link.symlink_to(path)
    with held(path), running(), pytest.raises(LockedError):
        transaction.update(link, tagging("ada", "x"))


@pytest.mark.parametrize(
    "words", [("--lock-timeout", "1.2", "tag", "+x", "ada"), ("tag", "+x", "ada", "--lock-timeout=1.2")]
)
def test_a_command_takes_its_patience_on_either_side_and_exits_with_4(lit: Program, words: tuple[str, ...]) -> None:
    lit.write("library.toml", TEXT)
    with held(lit.library):
        said = lit(*words, code=4).err
    assert said.count(f"process {os.getpid()} (litcli import big.bib)") == 2
    assert said.startswith("waiting for")
    assert lit.library.read_text() == TEXT


@pytest.mark.parametrize("value", ["-1", "soon", ""])
def test_a_patience_that_is_none_is_a_usage_error(lit: Program, value: str) -> None:
    lit("--lock-timeout", value, "tags", code=2)


# --- what a dead one left ---------------------------------------------------------------------------------


def test_a_lock_file_that_nobody_holds_stops_nobody(path: Path) -> None:
    (path.parent / ".library.toml.lock").write_text("12345")
    transaction.update(path, tagging("ada", "x"))
    assert tags_of(path, "ada") == ["x"]


DYING = """
import os, signal, sys
from pathlib import Path
from litcli import files
from litcli.library.lock import Lock
path = Path(sys.argv[1])
with Lock(path, False):
    files.replace(path, b"x", lambda: os.kill(os.getpid(), signal.SIGKILL))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_what_a_killed_process_left_is_cleared_away_by_the_next(path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", DYING, str(path)], cwd=ROOT, check=False)
    assert ran.returncode == -signal.SIGKILL
    assert sorted(Path(name).suffix for name in left_over(path.parent)) == [".holder", ".tmp"]
    transaction.update(path, tagging("ada", "x"))
    assert left_over(path.parent) == []


def test_temporary_files_of_others_are_not_cleared_away(path: Path) -> None:
    (path.parent / ".library.toml.holder").write_text("1\nlitcli")
    others = [".library.toml.mine.tmp", ".other.toml.abcdefgh.tmp", "library.toml.abcdefgh.tmp", ".library.toml.swp"]
    for name in others:
        (path.parent / name).touch()
    (path.parent / ".library.toml.abcdefgh.tmp").touch()
    transaction.update(path, tagging("ada", "x"))
    assert left_over(path.parent) == sorted(others)


def test_a_folder_that_takes_no_name_of_a_holder_is_no_hindrance(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path.parent / ".library.toml.holder").mkdir()
    transaction.update(path, tagging("ada", "x"))
    assert tags_of(path, "ada") == ["x"]


def test_the_name_of_a_holder_is_not_written_through_a_link(path: Path) -> None:
    target = path.parent / "precious"
    target.write_text("kept")
    (path.parent / ".library.toml.holder").symlink_to(target)
    transaction.update(path, tagging("ada", "x"))
    assert target.read_text() == "kept"


def test_a_change_that_raises_takes_the_name_of_the_holder_away(path: Path) -> None:
    def change(library: Library) -> tuple[Changes, None]:
        assert left_over(path.parent) == [".library.toml.holder"]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        transaction.update(path, change)
    assert left_over(path.parent) == []


def test_whoever_may_write_the_library_may_lock_it(path: Path) -> None:
    path.chmod(0o664)
    transaction.update(path, tagging("ada", "x"))
    assert (path.parent / ".library.toml.lock").stat().st_mode & 0o777 == 0o664


# --- many at once -----------------------------------------------------------------------------------------


WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from litcli.library import store, transaction
from litcli.library.edit import Changes

def tagging(tag):
    def change(library):
        entry = library.entries["ada"]
        return Changes({"ada": replace(entry, tags=tuple(sorted({*entry.tags, tag})))}), None
    return change

for n in range(int(sys.argv[3])):
    transaction.update(Path(sys.argv[1]), tagging(f"{sys.argv[2]}-{n:02}"))
"""


@pytest.mark.parametrize(("processes", "times"), [(2, 25), (8, 6)])
def test_processes_that_write_at_once_lose_nothing(path: Path, processes: int, times: int) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(n), str(times)], cwd=ROOT)
        for n in range(processes)
    ]
    assert [process.wait(60) for process in running] == [0] * processes
    assert tags_of(path, "ada") == [f"{n}-{m:02}" for n in range(processes) for m in range(times)]
    assert left_over(path.parent) == []


def test_imports_at_once_lose_nothing(lit: Program) -> None:
    pages = sorted(SEEDS.glob("*.txt"))
    with ThreadPoolExecutor(len(pages)) as pool:
        list(pool.map(lambda page: lit("import", page, "-L", "library.toml"), pages))
    assert len(tomllib.loads(lit.library.read_text("utf-8"))["papers"]) == 216


@pytest.mark.parametrize("copies", [1, 3])
def test_commands_that_tag_and_import_at_once_lose_nothing(lit: Program, copies: int) -> None:
    """Two, and eight: a tag for each import, and two tags more."""
    lit.write("library.toml", TEXT)
    commands: list[tuple[str | Path, ...]] = [("tag", f"+t{n}", "key:ada") for n in range(copies + (copies > 1) * 2)]
    for n in range(copies):
        lit.write(f"{n}.bib", "".join(f"@misc{{k{n}x{m}, title = {{The {m}th of {n} papers}}}}\n" for m in range(5)))
        commands.append(("import", f"{n}.bib"))
    with ThreadPoolExecutor(len(commands)) as pool:
        list(pool.map(lambda words: lit(*words), commands))
    assert tags_of(lit.library, "ada") == [f"t{n}" for n in range(len(commands) - copies)]
    keys = {f"k{n}x{m}" for n in range(copies) for m in range(5)}
    assert set(tomllib.loads(lit.library.read_text())["papers"]) == {"ada", "bob"} | keys
    assert len(lit("log", "--json").json["steps"]) == len(commands)
