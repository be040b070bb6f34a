"""undo, redo and log as they are typed."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.cli.within import Within
from tests.conftest import Program

TEXT = """\
# mine
format = 1

[papers.ada]
title = "A"  # odd   spacing
year =   2001

[papers.bob]
title = "B"
tags = ["x"]
"""


@pytest.fixture
def lit(tmp_path: Path) -> Within:
    program = Within(tmp_path)
    program.write("library.toml", TEXT)
    return program


def commands(lit: Program) -> list[str]:
    return [step["command"] for step in lit("log", "--json").json["steps"]]


def test_a_change_is_undone_and_done_again(lit: Within) -> None:
    lit("tag", "+new", "*")
    after = lit.library.read_text()
    assert "undone: 1  litcli tag +new '*' (2 changed)" in lit("undo").err
    assert lit.library.read_text() == TEXT
    assert "done again: 1  litcli tag +new '*' (2 changed)" in lit("redo").err
    assert lit.library.read_text() == after


def test_an_import_is_one_step_and_undone_to_the_byte(lit: Within) -> None:
    lit.write("a b.bib", "@misc{one, title = {One}}\n@misc{two, title = {Two}}")
    lit("import", "a b.bib", "--tag", "t")
    (step,) = lit("log", "--json").json["steps"]
    assert (step["added"], step["changed"], step["removed"]) == (2, 0, 0)
    lit("undo")
    assert lit.library.read_text() == TEXT


def test_steps_are_named_as_they_were_typed(lit: Within) -> None:
    lit("-L", "library.toml", "tag", "+to read", "--", "title:A OR year:2001")
    assert commands(lit) == ["litcli -L library.toml tag '+to read' -- 'title:A OR year:2001'"]


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        (["rename", "ada", "eve"], "1 renamed"),
        (["keys", "--pattern", "[title:lower]"], "2 renamed"),
        (["merge", "ada", "bob"], "1 changed, 1 removed"),
        (["remove", "ada", "--yes"], "1 removed"),
    ],
)
def test_a_rename_is_told_as_one(lit: Within, words: list[str], counts: str) -> None:
    lit(*words)
    assert f"  {counts}  litcli {words[0]} " in lit("log").out


def test_a_command_of_several_lines_is_one_line_of_the_log(lit: Within) -> None:
    lit("tag", "+x", "--", "title:A\nOR title:B")
    assert lit("log").out.endswith("  litcli tag +x -- 'title:A OR title:B'\n")
    assert commands(lit) == ["litcli tag +x -- 'title:A\nOR title:B'"]


def test_what_changes_nothing_is_no_step(lit: Within) -> None:
    lit("tag", "+x", "bob")
    lit("list")
    lit("tag", "+x", "title:nothing", code=1)
    assert commands(lit) == []


def test_the_log_is_newest_first_with_number_time_counts_and_command(lit: Within) -> None:
    lit("tag", "+a", "*")
    lit("tag", "+b", "ada")
    lit("undo")
    lines = lit("log").out.splitlines()
    assert [line.split()[0] for line in lines] == ["2", "1"]
    assert lines[0].endswith("  1 changed  undone: litcli tag +b ada")
    assert lines[1].endswith("  2 changed  litcli tag +a '*'")
    day = " ".join(lines[0].split()[1:3])
    assert abs(datetime.datetime.now() - datetime.datetime.strptime(day, "%Y-%m-%d %H:%M")) < datetime.timedelta(
        minutes=2
    )


def test_the_log_as_json(lit: Within) -> None:
    lit("tag", "+a", "*")
    said = lit("log", "--json").json
    assert said["format_version"] == 1
    (step,) = said["steps"]
    assert set(step) == {"number", "time", "command", "added", "changed", "renamed", "removed", "undone"}
    assert datetime.datetime.fromisoformat(step["time"]).tzinfo is not None
    assert (step["number"], step["undone"]) == (1, False)


def test_the_log_of_nothing_is_empty(lit: Within) -> None:
    assert lit("log").out == ""
    assert lit("log", "--json").json == {"format_version": 1, "steps": []}


def test_a_limit_shows_the_newest(lit: Within) -> None:
    for name in "abc":
        lit("tag", f"+{name}", "ada")
    assert [line.split()[0] for line in lit("log", "--limit", "2").out.splitlines()] == ["3", "2"]


@pytest.mark.parametrize("command", ["undo", "redo"])
def test_nothing_to_do_is_a_no(lit: Within, command: str) -> None:
    assert f"nothing to {command}" in lit(command, code=1).err


def test_a_later_edit_is_named_and_exits_with_4(lit: Within) -> None:
    lit("tag", "+new", "*")
    edited = lit.library.read_text().replace('"B"', '"Bee"')
    lit.write("library.toml", edited)
    said = lit("undo", code=4).err
    assert "bob changed since" in said
    assert "edited outside of litcli" in said
    assert lit.library.read_text() == edited


def test_a_later_command_is_named_with_what_to_do(lit: Within) -> None:
    lit("tag", "+one", "ada")
    lit("tag", "+two", "ada")
    assert "litcli undo 2 (litcli tag +two ada)" in lit("undo", "1", code=4).err
    lit("undo", "2")
    lit("undo", "1")
    assert lit.library.read_text() == TEXT


@pytest.mark.parametrize("words", [("undo",), ("redo",), ("log",)])
def test_a_library_that_is_missing_is_named(lit: Within, words: tuple[str, ...]) -> None:
    assert "none.toml" in lit("-L", "none.toml", *words, code=3).err


def test_where_nothing_can_be_written_down_the_change_is_made_and_said(tmp_path: Path) -> None:
    lit = Program(tmp_path)
    lit.write("library.toml", TEXT)
    lit.write("file", "no folder")
    said = lit("tag", "+new", "*", XDG_STATE_HOME=str(tmp_path / "file")).err
    assert "note: this change cannot be undone" in said
    assert "2 entries match, 2 changed" in said
    assert lit.library.read_text().count("new") == 2
    assert "nothing to undo" in lit("undo", code=1, XDG_STATE_HOME=str(tmp_path / "file")).err


@pytest.mark.parametrize("odd", ["\x1b[31mred\x1b[0m", "\x07", "\u202eback", "line\nline"])
def test_what_was_typed_does_nothing_to_the_terminal(lit: Within, odd: str) -> None:
    lit("tag", f"+t{odd}", "ada")
    for said in (lit("log").out, lit("undo").err, lit("log", "--json").out):
        assert not set(said) & set("\x1b\x07\u202e")
