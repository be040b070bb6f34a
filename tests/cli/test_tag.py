"""The reader's own labels: the grammar of `tag`, and `tags`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from litcli.cli import app
from litcli.errors import NotFound, UsageError
from tests.conftest import Program

TEXT = """\
# mine
[papers.ada]
title = "Bees"  # why
year = 2020
tags = ["insects", "math"]

[papers.bob]
title = "Ants"
year = 2021
tags = ["insects"]

[papers.cyd]
title = "-minus and +plus"
year = 2022
"""

Run = Callable[..., str]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "library.toml"
    file.write_text(TEXT, "utf-8")
    return file


@pytest.fixture
def run(path: Path) -> Run:
    """A command within this process: what it prints; what it raises is raised here."""

    def within(*words: str) -> str:
        ran = CliRunner().invoke(app, ["-L", str(path), *words])
        if ran.exception and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        assert ran.exit_code == 0, ran.output
        return ran.stdout

    return within


def tags(path: Path) -> dict[str, list[str]]:
    papers = tomllib.loads(path.read_text("utf-8"))["papers"]
    return {key: paper.get("tags", []) for key, paper in papers.items()}


# --- the grammar ------------------------------------------------------------------------------------------

BEFORE = {"ada": ["insects", "math"], "bob": ["insects"], "cyd": []}


@pytest.mark.parametrize(
    ("words", "after"),
    [
        (["+new", "--", "key:ada"], {"ada": ["insects", "math", "new"]}),
        (["+new", "key:ada"], {"ada": ["insects", "math", "new"]}),
        (["-insects", "--", "key:ada"], {"ada": ["math"]}),
        (["-insects", "*"], {"ada": ["math"], "bob": []}),
        (["+b", "-insects", "+a", "--", "year:2020..2021"], {"ada": ["a", "b", "math"], "bob": ["a", "b"]}),
        (["-math", "--", "*"], {"ada": ["insects"]}),
        (["-math", "key:ada"], {"ada": ["insects"]}),
        (["+x", "-math", "key:ada"], {"ada": ["insects", "x"]}),
        (["+to read", "--", "key:cyd"], {"cyd": ["to read"]}),
        (["+ä中🧪", "--", "key:cyd"], {"cyd": ["ä中🧪"]}),
        (["+a-b+c", "key:cyd"], {"cyd": ["a-b+c"]}),
        (["+x", "--", '"-minus"'], {"cyd": ["x"]}),
        (["+x", "--", "-minus"], None),
        (["+x", "--", "+plus"], {"cyd": ["x"]}),
        (["+x", "--", "title:/^-minus/"], {"cyd": ["x"]}),
        (["+x", "--", "NOT", "tag:insects"], {"cyd": ["x"]}),
        (["+x", "year:2020", "--", "bees"], {"ada": ["insects", "math", "x"]}),
        (["+x", "NOT", "tag:insects"], {"cyd": ["x"]}),
        (["+--x", "--", "key:ada"], None),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, list) else "",
)
def test_signs_name_tags_and_what_follows_is_a_query(
    path: Path, run: Run, words: list[str], after: dict[str, list[str]] | None
) -> None:
    if after is None:
        with pytest.raises(UsageError):
            run("tag", *words)
        after = {}
    else:
        run("tag", *words)
    assert tags(path) == {**BEFORE, **after}


@pytest.mark.parametrize("tag", ["help", "hot", "math", "Library", "library-work", "0", "k"])
def test_a_tag_that_looks_like_an_option_can_be_removed(path: Path, run: Run, tag: str) -> None:
    path.write_text(f'[papers.ada]\ntags = ["{tag}"]\n', "utf-8")
    run("tag", f"-{tag}", "--", "*")
    assert tags(path) == {"ada": []}


@pytest.mark.parametrize(
    "words",
    [
        ["--", "*"],
        ["*"],
        ["key:ada"],
        ["+new"],
        ["+new", "--"],
        ["-new"],
        ["+", "--", "*"],
        ["-", "--", "*"],
        ["+ ", "--", "*"],
        ["++new", "--", "*"],
        ["+-new", "--", "*"],
        ["+new", "-new", "--", "*"],
        ["+new", "--", "titel:x"],
        ["+new", "--", "(bees"],
        [],
    ],
    ids=" ".join,
)
def test_what_is_not_understood_changes_nothing(path: Path, words: list[str]) -> None:
    ran = CliRunner().invoke(app, ["-L", str(path), "tag", *words])
    assert isinstance(ran.exception, UsageError) or ran.exit_code == 2
    assert path.read_text("utf-8") == TEXT


def test_an_error_in_the_query_names_its_column(run: Run) -> None:
    with pytest.raises(UsageError, match="column 6"):
        run("tag", "+x", "--", "bees titel:x")


def test_no_match_is_no_and_changes_nothing(path: Path, run: Run) -> None:
    with pytest.raises(NotFound):
        run("tag", "+x", "--", "nothing")
    assert path.read_text("utf-8") == TEXT


# --- the file ---------------------------------------------------------------------------------------------


def test_only_the_tags_of_the_entry_change(path: Path, run: Run) -> None:
    run("tag", "+x", "key:cyd")
    assert path.read_text("utf-8") == TEXT + 'tags = ["x"]\n'


def test_a_tag_that_is_there_changes_not_one_byte(path: Path, run: Run) -> None:
    before = path.stat().st_mtime_ns
    run("tag", "+insects", "-nothing", "key:ada")
    assert (path.read_text("utf-8"), path.stat().st_mtime_ns) == (TEXT, before)


def test_the_last_tag_takes_its_line(path: Path, run: Run) -> None:
    run("tag", "-insects", "key:bob")
    assert path.read_text("utf-8") == TEXT.replace('year = 2021\ntags = ["insects"]\n', "year = 2021\n")


def test_adding_and_removing_again_is_as_it_was(path: Path, run: Run) -> None:
    run("tag", "+x", "key:cyd")
    run("tag", "-x", "key:cyd")
    assert path.read_text("utf-8") == TEXT


# --- tags -------------------------------------------------------------------------------------------------


def test_tags_are_listed_with_their_counts(run: Run) -> None:
    assert run("tags") == "insects\t2\nmath\t1\n"


def test_tags_as_json(run: Run) -> None:
    assert json.loads(run("tags", "--json")) == {"format_version": 1, "tags": {"insects": 2, "math": 1}}


def test_tags_are_in_order_whatever_their_case_and_accents(path: Path, run: Run) -> None:
    path.write_text('[papers.k]\ntags = ["b", "Á", "a", "C"]\n', "utf-8")
    assert [line.split("\t")[0] for line in run("tags").splitlines()] == ["a", "Á", "b", "C"]


def test_no_tags_is_no_line(path: Path, run: Run) -> None:
    path.write_text("", "utf-8")
    assert run("tags") == ""


# --- as a program -----------------------------------------------------------------------------------------


@pytest.fixture
def small(lit: Program) -> Program:
    lit.write("library.toml", TEXT)
    return lit


def test_the_counts_are_told_on_standard_error(small: Program) -> None:
    result = small("tag", "+math", "--", "tag:insects")
    assert (result.out, "2 entries match, 1 changed" in result.err) == ("", True)


def test_a_tag_with_an_h_can_be_removed(small: Program) -> None:
    """`-math` must not be read as `-m -a -t -h`."""
    result = small("tag", "-math", "--", "*")
    assert "Usage" not in result.out
    assert tags(small.library) == {**BEFORE, "ada": ["insects"]}


@pytest.mark.parametrize(
    ("words", "code"), [(["+x", "--", "nothing"], 1), (["--", "*"], 2), (["+x"], 2), (["+x", "--", "a:b"], 2)]
)
def test_the_exit_code_says_what_was_wrong(small: Program, words: list[str], code: int) -> None:
    result = small("tag", *words, code=code)
    assert (result.out, bool(result.err)) == ("", True)
    assert small.library.read_text("utf-8") == TEXT


def test_a_read_only_library_ends_with_3(small: Program) -> None:
    small.library.write_text("format = 9\n")
    assert "format 9" in small("tag", "+x", "--", "*", code=3).err
