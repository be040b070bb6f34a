"""The reader's own labels: the grammar of `tag`, and `tags`."""

from __future__ import annotations

import json
import subprocess
import sys
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
        ["+new", "key:ada", "-insects"],
        ["+new", "key:ada", "--nothing"],
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


# --- many at once -----------------------------------------------------------------------------------------


def tags_of(library: Program, key: str) -> list[str]:
    found: list[str] = library("show", key, "--json").json["entries"][0].get("tags", [])
    return found


def test_a_batch_is_the_same_grammar_a_line_each(library: Program) -> None:
    lines = '# of interest\n+one -- title:"black-box tuning" year:2022\n\n+two -one sun2022blackbox\n'
    library("tag", "--batch", stdin=lines)
    assert "two" in tags_of(library, "sun2022blackbox")
    assert "one" not in tags_of(library, "sun2022blackbox")


def test_a_mistake_in_a_batch_is_named_by_its_line_and_nothing_is_done(library: Program) -> None:
    before = library.library.read_bytes()
    told = library("tag", "--batch", stdin="+one sun2022blackbox\n+two\n", code=2).err
    assert "standard input:2: no query says which entries" in told
    assert library.library.read_bytes() == before


def test_a_line_of_a_batch_sees_what_those_before_it_did(small: Program) -> None:
    small("tag", "--batch", stdin="+x -- tag:math\n-insects -- tag:x\n+y -- NOT tag:insects\n")
    assert tags(small.library) == {"ada": ["math", "x", "y"], "bob": ["insects"], "cyd": ["y"]}


def test_a_batch_is_one_step(small: Program) -> None:
    small("tag", "--batch", stdin="+x key:ada\n+y key:bob\n")
    small("undo")
    assert small.library.read_text("utf-8") == TEXT


@pytest.mark.parametrize("lines", ["", "\n# nothing\n"])
def test_an_empty_batch_does_nothing_and_that_is_well(small: Program, lines: str) -> None:
    small("tag", "--batch", stdin=lines)
    assert small.library.read_text("utf-8") == TEXT


def test_bytes_that_are_no_text_are_no_tag(small: Program) -> None:
    assert "standard input:2" in small("tag", "--batch", stdin=b"+x *\n+caf\xe9 *\n", code=2).err
    assert small.library.read_text("utf-8") == TEXT


def test_a_standard_input_that_is_closed_is_empty(small: Program) -> None:
    command = [sys.executable, "-m", "litcli", "tag", "--batch"]
    ran = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", *command], cwd=small.folder, env=small.env, capture_output=True, check=False
    )
    assert (ran.returncode, b"Traceback" in ran.stderr) == (0, False)


@pytest.mark.parametrize("words", [["+a", "sun2022blackbox"], ["--rename", "a", "b"]])
def test_a_batch_takes_no_other_tags(library: Program, words: list[str]) -> None:
    library("tag", "--batch", *words, code=2)


def test_a_tag_is_renamed_wherever_it_is_and_united_with_one_that_is_there(library: Program) -> None:
    library("tag", "+old", "+other", "--", "key:sun2022blackbox")
    library("tag", "+old", "+new", "--", "key:sun2022paradigm")
    assert "2 entries match, 2 changed" in library("tag", "--rename", "old", "new").err
    for key in ("sun2022blackbox", "sun2022paradigm"):
        assert "new" in tags_of(library, key)
        assert "old" not in tags_of(library, key)


def test_a_tag_in_other_capitals_is_another_tag(library: Program) -> None:
    library("tag", "+Old", "--", "key:sun2022blackbox")
    library("tag", "--rename", "old", "new", code=1)
    assert "Old" in tags_of(library, "sun2022blackbox")


def test_the_capitals_of_a_tag_are_changed(library: Program) -> None:
    library("tag", "+nlp", "--", "key:sun2022blackbox")
    library("tag", "--rename", "nlp", "NLP")
    assert "NLP" in tags_of(library, "sun2022blackbox")
