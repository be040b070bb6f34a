"""remove: asks, or takes --yes, and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.editors import at_terminal
from tests.cli.within import Within

ADA = '# of interest\n[papers.ada]\ntitle = "Notes"\n'
BOB = '[papers.bob]\ntitle = "Bees"\n'
LIBRARY = f"format = 1\n\n{ADA}\n{BOB}"


@pytest.fixture
def lit(tmp_path: Path) -> Within:
    """The program, within this process, with a small library."""
    program = Within(tmp_path)
    program.write("library.toml", LIBRARY)
    return program


def keys(lit: Within) -> list[str]:
    return lit("list", "-k").out.split()


def test_what_matches_is_removed(lit: Within) -> None:
    assert "removed 1 entry" in lit("remove", "key:ada", "--yes").err
    assert keys(lit) == ["bob"]


def test_it_can_be_taken_back(lit: Within) -> None:
    lit("remove", "*", "--yes")
    lit("undo")
    assert lit.library.read_text("utf-8") == LIBRARY


def test_pairs_that_are_kept_apart_go_with_an_entry(lit: Within) -> None:
    lit.write("library.toml", 'format = 1\ndistinct = [["ada", "bob"], ["bob", "cyd"]]\n' + f"{ADA}{BOB}[papers.cyd]\n")
    lit("remove", "key:ada", "--yes")
    assert 'distinct = [\n    ["bob", "cyd"],\n]\n' in lit.library.read_text("utf-8")


def test_without_a_terminal_the_option_that_answers_is_told(lit: Within) -> None:
    assert "--yes" in lit("remove", "key:ada", code=2).err
    assert lit.library.read_text("utf-8") == LIBRARY


def test_a_dry_run_prints_what_would_go(lit: Within) -> None:
    result = lit("remove", "*", "--dry-run")
    assert (result.out, "2 entries would be removed" in result.err) == ("ada\tNotes\nbob\tBees\n", True)
    assert lit.library.read_text("utf-8") == LIBRARY


@pytest.mark.parametrize(("words", "code"), [(["key:nobody"], 1), ([""], 2), ([], 2), (["titel:x"], 2)])
def test_what_finds_nothing_removes_nothing(lit: Within, words: list[str], code: int) -> None:
    lit("remove", "--yes", *words, code=code)
    assert lit.library.read_text("utf-8") == LIBRARY


@pytest.mark.parametrize(
    ("answer", "code", "left"),
    [
        (b"y\n", 0, ["bob"]),
        (b"Yes\n", 0, ["bob"]),
        (b"n\n", 1, ["ada", "bob"]),
        (b"\n", 1, ["ada", "bob"]),
        (b"\x04", 1, ["ada", "bob"]),
        (b"\x03", 130, ["ada", "bob"]),
    ],
    ids=["y", "Yes", "n", "an empty line", "the end of input", "Ctrl-C"],
)
def test_a_person_is_asked(lit: Within, answer: bytes, code: int, left: list[str]) -> None:
    shown = at_terminal(lit, "remove", "key:ada", answer=answer, code=code, until=b"[y/N] ")
    assert "Notes" in shown
    assert keys(lit) == left
