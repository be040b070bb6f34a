"""set: typed values for all entries that a query finds, in one step, or as a dry run."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.within import Within

LIBRARY = """\
format = 1

# of interest
[papers.ada]
title = "Notes"   # by hand
year = 1843
venue = "Memoirs"

[papers.bob]
title = "Bees"
venue = "Memoirs"
tags = ["insects"]
"""


@pytest.fixture
def lit(tmp_path: Path) -> Within:
    """The program, within this process, with a small library."""
    program = Within(tmp_path)
    program.write("library.toml", LIBRARY)
    return program


def papers(lit: Within) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = tomllib.loads(lit.library.read_text("utf-8"))["papers"]
    return found


def test_a_field_of_an_entry_is_set_and_nothing_else_changes(lit: Within) -> None:
    lit("set", "key:ada", "year=1844")
    assert lit.library.read_text("utf-8") == LIBRARY.replace("1843", "1844")


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        (["authors=Ada Lovelace and {Royal Society}"], "authors", ["Ada Lovelace", "{Royal Society}"]),
        (["doi=https://doi.org/10.1000/182"], "doi", "10.1000/182"),
        (["links.code=https://a.b/c"], "links", {"code": "https://a.b/c"}),
        (["fields.annote=so"], "fields", {"annote": "so"}),
        (["pages=1--10"], "pages", "1-10"),
        (["venue=Proc. of = and :"], "venue", "Proc. of = and :"),
        (["venue="], "venue", None),
        (["year=1", "year=2"], "year", 2),
    ],
)
def test_a_value_is_kept_as_its_field_holds_it(lit: Within, words: list[str], field: str, value: Any) -> None:
    lit("set", "key:ada", *words)
    assert papers(lit)["ada"].get(field) == value


def test_all_that_match_are_changed_in_one_step(lit: Within) -> None:
    assert "2 entries match, 2 changed" in lit("set", "venue:memoirs", "venue=Memoirs I", "et_al=true").err
    assert {paper["venue"] for paper in papers(lit).values()} == {"Memoirs I"}
    assert "litcli set venue:memoirs 'venue=Memoirs I' et_al=true" in lit("log").out
    lit("undo")
    assert lit.library.read_text("utf-8") == LIBRARY


def test_the_query_may_be_several_words_and_stand_behind(lit: Within) -> None:
    lit("set", "year=1", "venue:memoirs", "NOT", "tag:insects")
    assert (papers(lit)["ada"]["year"], "year" in papers(lit)["bob"]) == (1, False)


def test_a_dry_run_prints_what_would_change_and_changes_nothing(lit: Within) -> None:
    result = lit("set", "*", "year=1843", "venue=V", "--dry-run")
    assert result.out == "ada\tvenue\tMemoirs\tV\nbob\tyear\t\t1843\nbob\tvenue\tMemoirs\tV\n"
    assert "2 entries match, 2 would change (nothing written: --dry-run)" in result.err
    assert lit.library.read_text("utf-8") == LIBRARY


def test_a_dry_run_looks_at_a_library_that_is_not_to_be_written(lit: Within) -> None:
    lit.library.chmod(0o444)
    assert lit("set", "key:ada", "year=1", "--dry-run").out == "ada\tyear\t1843\t1\n"


def test_a_value_of_several_lines_is_one_line_of_a_dry_run(lit: Within) -> None:
    assert lit("set", "key:ada", "note=a\nb\tc", "--dry-run").out == "ada\tnote\t\ta b c\n"


def test_what_says_so_already_is_not_changed(lit: Within) -> None:
    assert "1 entry matches, 0 changed" in lit("set", "key:ada", "year=1843").err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["key:ada", "year=abc"], "year must be a year such as 2023, not 'abc'"),
        (["key:ada", "venue=V", "year=abc"], "year must be"),
        (["key:ada", "titel=x"], "did you mean title?"),
        (["key:ada", "key=x"], "litcli rename"),
        (["key:ada"], "no field is set"),
        (["year=1"], "no query says which entries"),
        (["", "year=1"], "no query says which entries"),
        (["(key:ada", "year=1"], "column"),
        (["key:ada", "title=caf\udce9"], "must be text"),
    ],
)
def test_what_is_not_understood_is_told_and_changes_nothing(lit: Within, words: list[str], told: str) -> None:
    assert told in lit("set", *words, code=2).err
    assert lit.library.read_text("utf-8") == LIBRARY


def test_no_match_is_no(lit: Within) -> None:
    assert "no entry matches" in lit("set", "key:nobody", "year=1", code=1).err
