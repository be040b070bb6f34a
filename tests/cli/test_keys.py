"""keys: new keys by a pattern, the old ones kept as aliases; and the keys that an import makes."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.within import Within

LIBRARY = """\
format = 1

# of interest
[papers.ref1]  # the first
title = "Notes on the Engine"
authors = ["Ada Lovelace"]
year = 1843

[papers.ref2]
title = "Notes on the Engine, Again"
authors = ["Ada Lovelace"]
year = 1843
fields.crossref = "ref1"

[papers.Babbage1851]
title = "The Exposition"
authors = ["Charles Babbage"]
year = 1851
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


def test_all_entries_get_keys_by_the_usual_pattern(lit: Within) -> None:
    result = lit("keys")
    assert result.out == ("ref1\tlovelace1843notes\nref2\tlovelace1843notesa\nBabbage1851\tbabbage1851exposition\n")
    assert "3 entries match, 3 changed" in result.err
    assert list(papers(lit)) == ["lovelace1843notes", "lovelace1843notesa", "babbage1851exposition"]


def test_the_old_keys_find_the_entries_and_what_names_them_follows(lit: Within) -> None:
    lit("keys")
    assert papers(lit)["lovelace1843notes"]["aliases"] == ["ref1"]
    assert papers(lit)["lovelace1843notesa"]["fields"]["crossref"] == "lovelace1843notes"
    assert '"key": "lovelace1843notes"' in lit("show", "ref1", "--json").out


def test_an_entry_stays_in_its_place_with_its_comments(lit: Within) -> None:
    lit("keys", "key:ref1")
    assert "# of interest\n[papers.lovelace1843notes]  # the first\ntitle" in lit.library.read_text("utf-8")


def test_a_dry_run_prints_the_same_and_changes_nothing(lit: Within) -> None:
    dry = lit("keys", "--pattern", "[auth][year]", "--dry-run")
    assert lit.library.read_text("utf-8") == LIBRARY
    assert "2 would change (nothing written: --dry-run)" in dry.err
    assert dry.out == lit("keys", "--pattern", "[auth][year]").out == "ref1\tLovelace1843\nref2\tLovelace1843a\n"


def test_a_query_says_which(lit: Within) -> None:
    assert lit("keys", "year:1851", "--pattern", "bbt").out == "Babbage1851\tbabbageExposition1851\n"


@pytest.mark.parametrize("pattern", ["scholar", "bbt", "jabref", "[auth:upper]", "[year]"])
def test_a_second_time_changes_nothing(lit: Within, pattern: str) -> None:
    lit("keys", "--pattern", pattern)
    assert lit("keys", "--pattern", pattern).out == ""


def test_there_and_back_again_takes_the_same_keys(lit: Within) -> None:
    lit("keys")
    before = list(papers(lit))
    lit("keys", "--pattern", "jabref")
    lit("keys")
    assert list(papers(lit)) == before


def test_a_key_in_other_capitals_is_taken_over(lit: Within) -> None:
    assert lit("keys", "year:1851", "--pattern", "[auth:lower][year]").out == "Babbage1851\tbabbage1851\n"


def test_a_key_that_was_another_entrys_is_left_to_it(lit: Within) -> None:
    """Documents may cite it still."""
    lit.write("library.toml", '[papers.a]\nauthors = ["X B"]\n[papers.b]\nauthors = ["X A"]\n')
    assert lit("keys", "--pattern", "[auth:lower]").out == "a\tba\nb\taa\n"


def test_more_than_26_alike_stay_as_they_are_a_second_time(lit: Within) -> None:
    text = "".join(f'[papers.k{n}]\nauthors = ["X Y"]\n' for n in range(30))
    lit.write("library.toml", text)
    lit("keys", "--pattern", "[auth]")
    assert "Yac" in papers(lit)
    assert lit("keys", "--pattern", "[auth]").out == ""


def test_it_is_one_step_that_can_be_taken_back(lit: Within) -> None:
    lit("keys", "--pattern", "[auth][year]")
    assert "litcli keys --pattern '[auth][year]'" in lit("log").out
    lit("undo")
    assert lit.library.read_text("utf-8") == LIBRARY


@pytest.mark.parametrize(
    ("words", "code"),
    [(["--pattern", "[name]"], 2), (["--pattern", ""], 2), ([""], 2), (["titel:x"], 2), (["key:nobody"], 1)],
)
def test_what_is_not_understood_changes_nothing(lit: Within, words: list[str], code: int) -> None:
    lit("keys", *words, code=code)
    assert lit.library.read_text("utf-8") == LIBRARY


# --- the library's own pattern ----------------------------------------------------------------------------

OWN = '[settings]\nkeys = "[auth:upper]_[shortyear]"\n\n'
PAGE = "TY  - JOUR\nAU  - Hopper, Grace\nTI  - Compilers\nPY  - 1952\nER  - \n"


def test_keys_follow_the_librarys_own_pattern(lit: Within) -> None:
    lit.write("library.toml", OWN + LIBRARY.removeprefix("format = 1\n\n"))
    assert lit("keys", "year:1851").out == "Babbage1851\tBABBAGE_51\n"


def test_an_import_makes_keys_by_the_librarys_own_pattern(lit: Within) -> None:
    lit.write("library.toml", OWN)
    lit("import", lit.write("a.ris", PAGE))
    assert list(papers(lit)) == ["HOPPER_52"]


def test_a_key_that_came_with_a_record_is_kept_all_the_same(lit: Within) -> None:
    lit.write("library.toml", OWN)
    lit("import", lit.write("a.bib", "@book{mine, author = {Grace Hopper}, title = {Compilers}, year = 1952}\n"))
    assert list(papers(lit)) == ["mine"]


@pytest.mark.parametrize("words", [("keys",), ("import", "a.ris")])
def test_a_pattern_in_the_settings_that_is_none_is_named(lit: Within, words: tuple[str, ...]) -> None:
    lit.write("a.ris", PAGE)
    text = '[settings]\nkeys = "[name]"\n\n' + LIBRARY.removeprefix("format = 1\n\n")
    lit.write("library.toml", text)
    told = lit(*words, code=3).err
    assert "settings.keys in the library is no pattern: '[name]'" in told
    assert lit.library.read_text("utf-8") == text
