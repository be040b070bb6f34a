"""A library in git: two people add, tag and edit at once, without a server, and merge."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.within import Within
from tests.conftest import Program, needs

pytestmark = needs("git")
TEXT = """\
# ours
format = 1

[papers.ada]
title = "A"  # odd   spacing
year =   2001

[papers.bob]
title = "B"
tags = ["x"]
"""


class Clone(Within):
    """Somebody's clone, with litcli and git run in it."""

    def git(self, *words: str, code: int = 0) -> str:
        ran = subprocess.run(
            ["git", *words], cwd=self.folder, env=self.env, capture_output=True, text=True, timeout=60, check=False
        )
        assert ran.returncode == code, ran.stdout + ran.stderr
        return ran.stdout + ran.stderr

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", "work")


@pytest.fixture
def clone(tmp_path: Path) -> Callable[[str], Clone]:
    """Makes clones of one repository, by the names of their owners."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", tmp_path / "hub.git"], check=True)

    def make(name: str) -> Clone:
        (tmp_path / name).mkdir()
        program = Clone(tmp_path / name)
        program.env |= {f"GIT_{who}_{what}": name for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        program.env |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": str(tmp_path / "none")}
        program.folder = tmp_path / name / "work"
        subprocess.run(
            ["git", "clone", "-q", tmp_path / "hub.git", program.folder],
            env=program.env,
            capture_output=True,
            check=True,
        )
        program.library = program.folder / "library.toml"
        return program

    return make


@pytest.fixture
def two(clone: Callable[[str], Clone]) -> tuple[Clone, Clone]:
    """Two clones of a library of two entries, both ready to merge it."""
    ann = clone("ann")
    ann.write("library.toml", TEXT)
    ann("init", "--git")
    ann.commit()
    ann.git("push", "-q", "-u", "origin", "HEAD:main")
    ben = clone("ben")
    ben("init", "--git")
    return ann, ben


def test_two_people_add_tag_and_edit_at_once_and_merge_without_a_conflict(two: tuple[Clone, Clone]) -> None:
    ann, ben = two
    ann("tag", "+ann", "*")
    ann.write("a.bib", "@misc{new1, title = {From Ann}}\n@misc{both, title = {The Same Paper}, year = 2020}")
    ann("import", "a.bib", "--tag", "a")
    ann.write("library.toml", ann.library.read_text().replace('"A"', '"Ah"'))
    ann.commit()
    ann.git("push", "-q", "origin", "HEAD:main")
    ben("tag", "+ben", "-x", "*")
    ben.write("b.bib", "@misc{new2, title = {From Ben}}\n@misc{both, title = {The Same Paper}, year = 2020}")
    ben("import", "b.bib", "--tag", "b")
    ben.write("library.toml", ben.library.read_text().replace("2001", "1999"))
    ben.commit()
    ben.git("pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
    assert "<<<<<<<" not in ben.library.read_text()
    entries = {entry["key"]: entry for entry in ben("list", "--json").json["entries"]}
    assert set(entries) == {"ada", "bob", "new1", "new2", "both"}
    assert (entries["ada"]["title"], entries["ada"]["year"]) == ("Ah", 1999)
    assert [entries[key]["tags"] for key in ("ada", "bob", "both")] == [["ann", "ben"], ["ann", "ben"], ["a", "b"]]
    assert sorted(entries["both"]["sources"]) == ["a.bib:2 (bibtex)", "b.bib:2 (bibtex)"]
    assert ben.library.read_text().startswith("# ours\nformat = 1\n\n[papers.ada]\n")
    ben.git("push", "-q", "origin", "HEAD:main")
    ann.git("pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
    assert ann.library.read_text() == ben.library.read_text()
    assert ann.git("status", "--short") == ""


def test_a_field_that_both_changed_is_marked_and_reported_and_no_command_writes_until_it_is_resolved(
    two: tuple[Clone, Clone],
) -> None:
    ann, ben = two
    for person, title in ((ann, "Ann's"), (ben, "Ben's")):
        person("tag", f"+{title[:3].lower()}", "*")
        person.write("library.toml", person.library.read_text().replace('"A"', f'"{title}"'))
        person.commit()
    ann.git("push", "-q", "origin", "HEAD:main")
    said = ben.git("pull", "--no-rebase", "--no-edit", "origin", "main", code=1)
    assert "conflict in library.toml: ada: title" in said
    text = ben.library.read_text()
    wanted = (
        '<<<<<<< ours\ntitle = "Ben\'s"  # odd   spacing\n=======\ntitle = "Ann\'s"  # odd   spacing\n>>>>>>> theirs\n'
    )
    assert text.count("<<<<<<<") == 1
    assert wanted in text
    line = text[: text.index("<<<<<<<")].count("\n") + 1
    assert f"library.toml:{line}:1: the mark of a merge conflict" in ben("tag", "+x", "*", code=3).err
    assert ben.library.read_text() == text
    ben.write("library.toml", text.replace(wanted, 'title = "Ours"\n'))
    assert [entry["tags"] for entry in ben("list", "--json").json["entries"]] == [["ann", "ben"], ["ann", "ben", "x"]]
    ben.commit()


def test_a_library_that_is_not_valid_is_merged_line_by_line(two: tuple[Clone, Clone]) -> None:
    ann, ben = two
    ann.write("library.toml", ann.library.read_text().replace('"A"', '"A'))
    ben.write("library.toml", ben.library.read_text().replace('"B"', '"Bee"'))
    for person in two:
        person.commit()
    ann.git("push", "-q", "origin", "HEAD:main")
    assert "merged line by line" in ben.git("pull", "--no-rebase", "--no-edit", "origin", "main")
    assert ('title = "A  #' in ben.library.read_text(), '"Bee"' in ben.library.read_text()) == (True, True)


# --- init --git -------------------------------------------------------------------------------------------


# --- what is killed on the way ----------------------------------------------------------------------------


@pytest.fixture
def parted(two: tuple[Clone, Clone]) -> Clone:
    """A clone that has changed the library otherwise than the branch `origin/main` that it is to merge."""
    ann, ben = two
    for person, tag in ((ann, "ann"), (ben, "ben")):
        person("tag", f"+{tag}", "*")
        person.commit()
    ann.git("push", "-q", "origin", "HEAD:main")
    ben.git("fetch", "-q", "origin")
    return ben


def killed(ben: Clone, words: list[str], seconds: float) -> None:
    """Run a program, and kill it and all that it started after some seconds."""
    process = subprocess.Popen(
        words, cwd=ben.folder, env=ben.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def moments(seconds: float, name: str) -> list[float]:
    """Random moments of a time, the last of them behind its end."""
    chance = random.Random(name)
    return [*(chance.uniform(0, seconds) for _ in range(12)), 60]


needs_groups = pytest.mark.skipif(not hasattr(os, "killpg"), reason="no groups of processes here")


@needs_groups
def test_a_driver_that_is_killed_leaves_ours_or_the_whole_merge(parted: Clone) -> None:
    sides = {name: parted.git("show", f"{name}:library.toml") for name in ("HEAD~", "HEAD", "origin/main")}
    names = ["base.toml", "ours.toml", "theirs.toml"]

    def driven(seconds: float) -> str:
        for name, text in zip(names, sides.values(), strict=True):
            parted.write(name, text)
        killed(parted, [sys.executable, "-m", "litcli", "merge-driver", *names], seconds)
        return (parted.folder / "ours.toml").read_text()

    began = time.monotonic()
    merged = driven(60)
    assert merged.count('"ann"') == merged.count('"ben"') == 2
    found = [driven(moment) for moment in moments(time.monotonic() - began, "driver")]
    assert set(found) == {sides["HEAD"], merged}
    assert found[-1] == merged


@needs_groups
def test_a_merge_that_is_killed_is_taken_back_and_begun_again(parted: Clone) -> None:
    start = parted.git("rev-parse", "HEAD").strip()
    ours = parted.library.read_bytes()
    merge = ["git", "merge", "-q", "--no-edit", "origin/main"]
    began = time.monotonic()
    parted.git(*merge[1:])
    seconds = time.monotonic() - began
    merged = parted.library.read_bytes()
    for moment in moments(seconds, "merge"):
        parted.git("reset", "-q", "--hard", start)
        killed(parted, merge, moment)
        (parted.folder / ".git" / "index.lock").unlink(missing_ok=True)
        parted.git("reset", "-q", "--hard", start)
        assert parted.library.read_bytes() == ours
        parted.git(*merge[1:])
        assert parted.library.read_bytes() == merged
        assert [entry["tags"] for entry in parted("list", "--json").json["entries"]] == [
            ["ann", "ben"],
            ["ann", "ben", "x"],
        ]


# --- where it is set up -----------------------------------------------------------------------------------


def attribute(clone: Clone, file: str) -> str:
    return clone.git("check-attr", "merge", "--", file).rpartition(": ")[2].strip()


def test_a_second_time_changes_nothing(two: tuple[Clone, Clone]) -> None:
    ann, _ = two
    files = [ann.folder / ".gitattributes", ann.folder / ".git/config", ann.folder / ".git/info/exclude", ann.library]
    before = [file.read_bytes() for file in files]
    ann("init", "--git")
    assert [file.read_bytes() for file in files] == before


def test_a_library_is_started_where_there_is_none(clone: Callable[[str], Clone]) -> None:
    ann = clone("ann")
    ann("init", "--git")
    assert ann.library.read_text() == "format = 1\n"
    assert (ann.folder / ".gitattributes").read_text() == "library.toml merge=litcli\n"


def test_other_lines_stay(clone: Callable[[str], Clone]) -> None:
    ann = clone("ann")
    ann.write(".gitattributes", "*.png binary")
    ann("init", "--git")
    assert (ann.folder / ".gitattributes").read_text() == "*.png binary\nlibrary.toml merge=litcli\n"


def test_it_works_in_a_folder_of_the_repository(clone: Callable[[str], Clone]) -> None:
    ann = clone("ann")
    (ann.folder / "thesis").mkdir()
    ann("init", "thesis/library.toml", "--git")
    assert attribute(ann, "thesis/library.toml") == "litcli"


@pytest.mark.parametrize(
    "name", ["my papers.toml", "#1.toml", "!a*b?.toml", "[x].toml", 'q"uote.toml', "é.toml", "a\\b.toml"]
)
def test_any_name_is_meant_and_no_other(clone: Callable[[str], Clone], name: str) -> None:
    ann = clone("ann")
    ann("init", name, "--git")
    assert attribute(ann, name) == "litcli"
    assert [attribute(ann, other) for other in ("x.toml", "axbx.toml", "my", "1.toml")] == ["unspecified"] * 4


def test_the_files_beside_the_library_are_not_in_the_way(two: tuple[Clone, Clone]) -> None:
    ann, _ = two
    ann("tag", "+x", "*")
    assert (ann.folder / ".library.toml.lock").exists()
    assert ann.git("status", "--short") == " M library.toml\n"


def test_outside_a_repository_it_is_an_error_and_nothing_is_started(lit: Program) -> None:
    said = lit("init", "--git", code=2, GIT_CEILING_DIRECTORIES=str(lit.folder.parent)).err
    assert ("is not in a git repository" in said, "git init" in said) == (True, True)
    assert [file.name for file in lit.folder.iterdir()] == ["home"]


def test_without_git_it_is_an_error(lit: Program) -> None:
    assert "git is not installed" in lit("init", "--git", code=3, PATH="/nowhere").err
