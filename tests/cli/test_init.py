"""Starting a library, and which library a command takes."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from tests.cli.within import Within
from tests.conftest import SEEDS, Program

PAGE = SEEDS / "homepage.txt"


@pytest.fixture
def lit(tmp_path: Path) -> Program:
    return Within(tmp_path)


def titles(path: Path) -> list[str]:
    return [paper["title"] for paper in tomllib.loads(path.read_text("utf-8")).get("papers", {}).values()]


def library_with(title: str) -> str:
    return f'[papers.k]\ntitle = "{title}"\n'


def test_init_starts_an_empty_library_here(lit: Program) -> None:
    lit("init")
    assert lit.library.read_text() == "format = 1\n"


def test_init_says_where_on_standard_error(lit: Program) -> None:
    result = lit("init")
    assert (result.out, "library.toml" in result.err) == ("", True)


def test_init_starts_the_file_it_is_given(lit: Program) -> None:
    lit("init", "thesis.toml")
    assert (lit.folder / "thesis.toml").read_text() == "format = 1\n"
    assert not lit.library.exists()


def test_init_leaves_a_library_that_is_there(lit: Program) -> None:
    lit.write("library.toml", library_with("kept"))
    result = lit("init", code=3)
    assert "exists already" in result.err
    assert titles(lit.library) == ["kept"]


def test_an_empty_library_lists_nothing(lit: Program) -> None:
    lit("init")
    assert lit("list").out == ""
    assert lit("list", "--json").json == {"format_version": 1, "entries": []}


def test_init_where_nothing_can_be_written_is_an_error(lit: Program) -> None:
    lit.write("file", "not a folder")
    assert "file" in lit("init", "file/library.toml", code=3).err


# --- which library ----------------------------------------------------------------------------------------


@pytest.fixture
def several(lit: Program) -> Program:
    """A library in the folder above, one by the variable, one to be given, one of the user's own."""
    data = lit.folder / "home" / ".local" / "share" / "litcli"
    data.mkdir(parents=True)
    (data / "library.toml").write_text(library_with("own"))
    lit.write("library.toml", library_with("above"))
    lit.write("given.toml", library_with("given"))
    lit.write("named.toml", library_with("named"))
    deep = lit.folder / "paper" / "figures"
    deep.mkdir(parents=True)
    lit.folder = deep
    return lit


def first_title(program: Program, *words: str, **env: str) -> str:
    return program(*words, **env).out.strip()


TITLE = ("list", "--template", "{title}")


def test_the_nearest_library_above_is_taken(several: Program) -> None:
    assert first_title(several, *TITLE) == "above"


def test_the_variable_comes_before_the_nearest(several: Program) -> None:
    assert first_title(several, *TITLE, LITCLI_LIBRARY="../../named.toml") == "named"


@pytest.mark.parametrize(
    "words",
    [
        ("-L", "../../given.toml", *TITLE),
        ("--library", "../../given.toml", *TITLE),
        (*TITLE, "-L", "../../given.toml"),
        (*TITLE, "--library=../../given.toml"),
    ],
)
def test_the_option_comes_first_on_either_side_of_the_command(several: Program, words: tuple[str, ...]) -> None:
    assert first_title(several, *words, LITCLI_LIBRARY="../../named.toml") == "given"


def test_the_option_behind_the_command_wins_over_the_one_before(several: Program) -> None:
    assert first_title(several, "-L", "../../named.toml", *TITLE, "-L", "../../given.toml") == "given"


@pytest.mark.skipif(sys.platform != "linux", reason="the place is the platform's")
def test_without_any_other_the_users_own_is_taken(several: Program) -> None:
    (several.folder.parent.parent / "library.toml").unlink()
    assert first_title(several, *TITLE) == "own"


@pytest.mark.skipif(sys.platform != "linux", reason="the place is the platform's")
def test_the_users_own_is_created_by_the_first_import_and_named(lit: Program) -> None:
    result = lit("import", PAGE)
    own = lit.folder / "home" / ".local" / "share" / "litcli" / "library.toml"
    assert len(titles(own)) == 9
    assert str(own) in result.err


@pytest.mark.parametrize(
    "words",
    [
        ("filter", "-L", "../../given.toml", "title:given"),
        ("show", "-L", "../../given.toml", "k", "--columns", "title"),
        ("export", "-L", "../../given.toml", "title:given"),
        ("tags", "-L", "../../given.toml"),
        ("import", "-L", "../../given.toml", str(PAGE)),
        ("tag", "-L", "../../given.toml", "+x", "--", "title:given"),
        ("tag", "--library", "../../given.toml", "+x", "--", "title:given"),
        ("tag", "+x", "-L", "../../given.toml", "--", "title:given"),
        ("-L", "../../given.toml", "tag", "+x", "--", "title:given"),
    ],
    ids=" ".join,
)
def test_every_command_takes_the_option_and_leaves_other_libraries_alone(
    several: Program, words: tuple[str, ...]
) -> None:
    several(*words)
    root = several.folder.parent.parent
    assert (root / "library.toml").read_text() == library_with("above")
    assert "given" in titles(root / "given.toml")


@pytest.mark.parametrize("command", [("list",), ("show", "k"), ("tags",), ("export",), ("tag", "+x", "--", "*")])
def test_a_library_that_is_missing_is_named_and_not_created(lit: Program, command: tuple[str, ...]) -> None:
    result = lit("-L", "none.toml", *command, code=3)
    assert (result.out, "none.toml" in result.err, "litcli init" in result.err) == ("", True, True)
    assert [p.name for p in lit.folder.iterdir()] == ["home"]


@pytest.mark.parametrize("command", [("list",), ("tag", "+x", "--", "*"), ("import", str(PAGE))])
def test_a_library_that_is_no_toml_is_named_by_line_and_column(lit: Program, command: tuple[str, ...]) -> None:
    lit.write("library.toml", 'format = 1\n[papers.k]\ntitle = "open\n')
    result = lit(*command, code=3)
    assert "library.toml:3:" in result.err
    assert result.out == ""
    assert lit.library.read_text() == 'format = 1\n[papers.k]\ntitle = "open\n'
