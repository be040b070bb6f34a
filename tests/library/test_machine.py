"""Any sequence of changes, steps taken back and made again, edits by hand and kills, against a plain dict."""

from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import signal
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from litcli.errors import LitError, LockedError, NotFound
from litcli.library import Library, store, transaction
from litcli.library.edit import Changes
from litcli.paper import Entry, Paper
from tests.library.test_kill import die_before

FORK = multiprocessing.get_context("fork")
KEYS = st.sampled_from(["ada", "bob", "cyd", "Dan E", "é"])
SOME = st.lists(KEYS, min_size=1, max_size=3, unique=True)
TITLES = st.sampled_from(["A", "B", 'the "C"'])
TAGS = st.sampled_from(["x", "y", "z"])


class Said(NamedTuple):
    """What an entry says, and the remark above it."""

    title: str
    tags: frozenset[str] = frozenset()
    remark: str = ""


Model = dict[str, Said]
Touched = dict[str, Said | None]


@dataclass
class Step:
    """What a step changed, and whether it is taken back."""

    before: Touched
    after: Touched
    undone: bool = False


class Machine(RuleBasedStateMachine):
    """The library of a folder, and what it should say."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.home = os.environ.get("HOME")
        os.environ["HOME"] = str(self.folder)
        self.path = self.folder / "library.toml"
        self.entries: Model = {}
        self.steps: dict[int, Step] = {}

    def teardown(self) -> None:
        if self.home is not None:
            os.environ["HOME"] = self.home
        shutil.rmtree(self.folder)

    @initialize(windows=st.booleans(), head=st.sampled_from(["", "format = 1\n", "# mine\n\nformat = 1 # so\n"]))
    def start(self, windows: bool, head: str) -> None:
        self.newline = "\r\n" if windows and head else "\n"
        self.path.write_bytes(head.replace("\n", self.newline).encode())

    # --- changes

    def make(self, change: Callable[[Model], Touched], moment: int | None = None) -> None:
        """A command: it changes what `change` says of the entries; killed before a moment of its write, or not."""
        after = change(self.entries)
        after = {key: said for key, said in after.items() if self.entries.get(key) != said}
        step = Step({key: self.entries.get(key) for key in after}, after)
        if self.run(lambda: transaction.update(self.path, changing(change)), moment, after) and after:
            self.steps[max(self.steps, default=0) + 1] = step

    def run(self, work: Callable[[], object], moment: int | None, after: Mapping[str, Said | None]) -> bool:
        """Whether some work was done and not killed before it was."""
        if moment is None:
            work()
        else:
            process = FORK.Process(target=killed, args=(work, moment))
            process.start()
            process.join()
            assert process.exitcode in (0, -signal.SIGKILL)
            transaction.update(self.path, lambda _: (Changes(), None))
        done = moment is None or read(self.path) != self.entries
        if done:
            self.entries = {key: said for key, said in {**self.entries, **after}.items() if said}
        return done

    MOMENT = st.none() | st.integers(0, 16)

    @rule(keys=SOME, title=TITLES, moment=MOMENT)
    def add(self, keys: list[str], title: str, moment: int | None) -> None:
        self.make(lambda model: {key: Said(title) for key in keys if key not in model}, moment)

    @rule(keys=SOME, tag=TAGS, moment=MOMENT)
    def tag(self, keys: list[str], tag: str, moment: int | None) -> None:
        self.make(lambda model: {k: model[k]._replace(tags=model[k].tags ^ {tag}) for k in keys if k in model}, moment)

    @rule(keys=SOME, moment=MOMENT)
    def remove(self, keys: list[str], moment: int | None) -> None:
        self.make(lambda model: {key: None for key in keys if key in model}, moment)

    # --- steps

    @rule(redo=st.booleans(), number=st.none() | st.integers(1, 6), moment=MOMENT)
    def turn(self, redo: bool, number: int | None, moment: int | None) -> None:
        work = transaction.redo if redo else transaction.undo
        last = max((n for n, step in self.steps.items() if not step.undone), default=0)
        line = [n for n in sorted(self.steps) if n > last] if redo else [last] * (last > 0)
        chosen = line[0] if line else None
        if number is not None:
            chosen = number if number in self.steps and self.steps[number].undone == redo else None
        if chosen is None:
            with pytest.raises(NotFound):
                work(self.path, number)
            return
        step = self.steps[chosen]
        goal, start = (step.after, step.before) if redo else (step.before, step.after)
        if any(self.entries.get(key) not in (goal[key], start[key]) for key in goal):
            before = self.path.read_bytes()
            with pytest.raises(LockedError):
                work(self.path, number)
            assert self.path.read_bytes() == before
            return
        changed = any(self.entries.get(key) != goal[key] for key in goal)
        if self.run(lambda: work(self.path, number), moment if changed else None, goal):
            step.undone = not redo

    @precondition(lambda self: any(not step.undone for step in self.steps.values()))
    @rule()
    def undo_and_redo(self) -> None:
        """No line is lost or doubled, though loose comments that were written since may stand elsewhere."""
        before = sorted(self.path.read_bytes().split())
        try:
            step = transaction.undo(self.path)
        except LockedError:
            return
        transaction.redo(self.path, step.number)
        assert sorted(self.path.read_bytes().split()) == before

    # --- by hand

    def edit(self, key: str, pattern: str, new: str, said: Said) -> None:
        """A change of the block of an entry, by its pattern."""
        text = self.path.read_bytes().decode()
        header = text.index(f'[papers."{key}"]' if not re.fullmatch(r"[a-z]+", key) else f"[papers.{key}]")
        start = text.rindex("\n", 0, header) + 1 if "\n" in text[:header] else 0
        changed = re.sub(pattern, lambda _: new, text[start:], count=1)
        self.path.write_bytes((text[:start] + changed).encode())
        self.entries[key] = said

    @precondition(lambda self: self.entries)
    @rule(data=st.data(), title=st.sampled_from(["H", "I"]))
    def edit_title(self, data: st.DataObject, title: str) -> None:
        key = data.draw(st.sampled_from(sorted(self.entries)))
        said = self.entries[key]._replace(title=title)
        self.edit(key, r"title = .*?(?=\r?\n)", f'title = "{title}"', said)

    @rule(text=st.sampled_from(["# the end", "# the end\n\n\n", "\n"]))
    def write_below(self, text: str) -> None:
        with self.path.open("ab") as file:
            file.write(f"\n{text}\n".replace("\n", self.newline).encode())

    @invariant()
    def says(self) -> None:
        assert read(self.path) == self.entries
        if self.path.exists():
            found = {step.number: step.is_undone for step in transaction.steps(self.path)}
            assert found == {number: step.undone for number, step in self.steps.items()}


def read(path: Path) -> Model:
    entries = store.read(path).entries
    return {key: Said(entry.paper.title, frozenset(entry.tags)) for key, entry in entries.items()}


def changing(change: Callable[[Model], Touched]) -> Callable[[Library], tuple[Changes, None]]:
    """The same change, of a library."""

    def work(library: Library) -> tuple[Changes, None]:
        model = {key: Said(entry.paper.title, frozenset(entry.tags)) for key, entry in library.entries.items()}
        entries: dict[str, Entry | None] = {}
        for key, said in change(model).items():
            old = library.entries.get(key, Entry(key, Paper()))
            tags = tuple(sorted(said.tags)) if said else ()
            entries[key] = replace(old, paper=replace(old.paper, title=said.title), tags=tags) if said else None
        return Changes(entries), None

    return work


def killed(work: Callable[[], object], moment: int) -> None:
    die_before(moment)
    work()


TestMachine = Machine.TestCase
TestMachine.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)


def refusal(path: Path, data: bytes) -> str:
    """What the reader says of some bytes that are no library, "" where they are one."""
    try:
        store.parse(path, store.text(path, data))
    except LitError as error:
        return error.message
    return ""


HERE = Path("library.toml")
NAMED = re.compile(r"|library\.toml:( |\d+:).*", re.DOTALL)
"""Nothing, or a file and a line; what is wrong with the file as a whole has none."""


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_end_in_entries_or_an_error_that_names_the_line(data: bytes) -> None:
    assert NAMED.fullmatch(refusal(HERE, data))


PARTS = [
    "[papers.a]\n", 'title = "T"\n', "year = ", "2001", '"', '"""', "\\", "{", "}", "[", "]", ",", "=", "#", "\n",
    "\r\n", "papers", ".", "tags", "'", "\x00", "é", "<<<<<<<\n", "format = 1\n", "versions", "inf", "1979-05-27",
    "links", "true", "distinct", "[[x]]\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=25).map("".join))
def test_any_text_like_toml_ends_in_entries_or_an_error_that_names_the_line(text: str) -> None:
    assert NAMED.fullmatch(refusal(HERE, text.encode()))
