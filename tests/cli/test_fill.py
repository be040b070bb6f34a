"""Entries completed from a file that somebody owns: what is said of it, and that nothing else comes in."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from litcli import importers, page
from litcli.paper import Record
from tests.cli.within import Within
from tests.conftest import SEEDS, Program

LIBRARY = """\
format = 1

# from the lab
[papers.brown]
title = "Language Models are Few-Shot Learners"
abstract = "Mine."
tags = ["mine"]

[papers.known]
type = "article"
title = "A Work of Its Own Kind Altogether"
authors = ["Zoe Zed"]
year = 2010
venue = "TACL"
"""
OWNED = """\
@inproceedings{brown2020, title = {Language Models are Few-Shot Learners}, author = {Brown, Tom and Mann, Benjamin},
  year = 2020, booktitle = {NeurIPS}, doi = {10.1000/few}, abstract = {Theirs, and longer.}}
@article{zed2010, title = {A Work of Its Own Kind Altogether}, author = {Zed, Zoe}, year = 2010, journal = {TACL}}
@article{strange, title = {Something That the Library Has Not}, author = {Lee, Ann}, year = 2001, journal = {CL}}
"""
COUNTS = ("filled", "unchanged", "not_found", "failed", "seen")


@pytest.fixture
def lit(tmp_path: Path) -> Within:
    """The program, with an entry that lacks most and one that lacks nothing, and a file of three papers."""
    program = Within(tmp_path)
    program.write("library.toml", LIBRARY)
    program.write("refs.bib", OWNED)
    return program


def papers(program: Program) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = tomllib.loads(program.library.read_text("utf-8"))["papers"]
    return found


def test_what_an_entry_lacks_comes_in_and_what_it_has_stays(lit: Within) -> None:
    lit("fill", "refs.bib")
    assert papers(lit)["brown"] == {
        "type": "inproceedings",
        "title": "Language Models are Few-Shot Learners",
        "authors": ["Tom Brown", "Benjamin Mann"],
        "year": 2020,
        "venue": "NeurIPS",
        "doi": "10.1000/few",
        "abstract": "Mine.",
        "tags": ["mine"],
        "sources": ["refs.bib:1 (bibtex)"],
    }


def test_nothing_else_of_the_file_comes_in(lit: Within) -> None:
    lit("fill", "refs.bib")
    assert set(papers(lit)) == {"brown", "known"}
    assert LIBRARY[LIBRARY.index("[papers.known]") :] in lit.library.read_text("utf-8")


def test_it_is_said_what_came_in_and_how_many_were_not_found(lit: Within) -> None:
    result = lit("fill", "refs.bib")
    assert result.out == "brown\ttype authors year venue doi\trefs.bib:1 (bibtex)\n"
    assert result.err.startswith("1 entry completed (1 type, 1 authors, 1 year, 1 venue, 1 doi)")
    assert "1 lacked nothing, 1 of the files are not in the library" in result.err


def test_json_counts_each_record_once(lit: Within) -> None:
    told = lit("fill", "refs.bib", "--json").json
    assert [told[name] for name in COUNTS] == [1, 1, 1, 0, 3]
    assert told["entries"] == [
        {"key": "brown", "fields": ["type", "authors", "year", "venue", "doi"], "source": "refs.bib:1 (bibtex)"}
    ]


def test_a_dry_run_says_the_same_and_writes_nothing(lit: Within) -> None:
    result = lit("fill", "refs.bib", "--dry-run")
    assert result.out.startswith("brown\t")
    assert "nothing written" in result.err
    assert lit.library.read_text("utf-8") == LIBRARY


def test_a_second_time_nothing_is_written(lit: Within) -> None:
    lit("fill", "refs.bib")
    before = lit.library.read_bytes()
    assert lit("fill", "refs.bib").out == ""
    assert lit.library.read_bytes() == before


def test_an_import_of_the_file_afterwards_brings_only_the_rest(lit: Within) -> None:
    lit("fill", "refs.bib")
    lit("import", "refs.bib")
    assert set(papers(lit)) == {"brown", "known", "strange"}


@pytest.mark.parametrize("form", ["csl-json", "ris"])
def test_files_of_other_formats_complete_as_well(lit: Within, form: str) -> None:
    lit("import", "refs.bib", "-L", "other.toml")
    lit("export", "--to", form, "-o", "refs.out", "-L", "other.toml")
    lit("fill", "refs.out", "--format", form)
    assert (papers(lit)["brown"]["year"], set(papers(lit))) == (2020, {"brown", "known"})


def test_a_file_of_which_the_library_has_nothing_is_answered_with_no(lit: Within) -> None:
    lit.write("refs.bib", OWNED[OWNED.index("@article{strange") :])
    lit("fill", "refs.bib", code=1)
    assert lit.library.read_text("utf-8") == LIBRARY


def test_a_file_that_cannot_be_read_is_named_and_the_others_complete(lit: Within) -> None:
    assert "none.bib" in lit("fill", "none.bib", "refs.bib", code=3).err
    assert papers(lit)["brown"]["year"] == 2020


def test_a_doubt_is_told_and_left_aside(lit: Within) -> None:
    lit.write("library.toml", 'format = 1\n[papers.laws]\ntitle = "Scaling Laws"\n')
    lit.write("refs.bib", "@misc{k, title = {Scaling Laws}, author = {Kaplan, Jared}}")
    assert "refs.bib:1 (bibtex) may be laws" in lit("fill", "refs.bib", code=1).err
    assert papers(lit) == {"laws": {"title": "Scaling Laws"}}


def test_undo_takes_it_back_in_one_step(lit: Within) -> None:
    lit("fill", "refs.bib")
    lit("undo")
    assert lit.library.read_text("utf-8") == LIBRARY


def test_the_titles_of_a_page_are_completed_from_a_file_that_knows_their_authors(lit: Within) -> None:
    """The 61 of the Hugging Face seed; of each the file knows an author, a year and a venue, and has as many others."""
    seed = page.read(str(SEEDS / "hf-papers.txt"))
    titles = [item.paper.title for item in importers.identify(seed).parse(seed) if isinstance(item, Record)]
    items = [
        {"id": f"i{number}", "type": "paper-conference", "title": title, "author": [{"family": f"Name{number}"}],
         "issued": {"date-parts": [[2023]]}, "container-title": "ACL"}
        for number, title in enumerate([*titles, *(f"Another Work of Number {n} Altogether" for n in range(61))])
    ]  # fmt: skip
    lit.write("refs.json", json.dumps(items))
    lit("import", SEEDS / "hf-papers.txt", "-L", "hf.toml")
    told = lit("fill", "refs.json", "-L", "hf.toml", "--json").json
    assert [told[name] for name in COUNTS] == [61, 0, 61, 0, 122]
    found = tomllib.loads((lit.folder / "hf.toml").read_text("utf-8"))["papers"]
    assert {(paper["year"], paper["venue"], len(paper["authors"])) for paper in found.values()} == {(2023, "ACL", 1)}
