"""Entries completed from somebody's records: which record is of which entry, and what is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import filling, names
from litcli.filling import Outcome
from litcli.paper import Entry, Paper, Record, Source
from tests.dedupe.test_merge import papers

TITLE = "Language Models are Few-Shot Learners"
PEOPLE = tuple(map(names.parse, ["Tom Brown", "Benjamin Mann"]))
FULL = Paper(type="inproceedings", title=TITLE, authors=PEOPLE, year=2020, venue="NeurIPS", doi="10.1000/few")


def library(*found: Paper, **named: Paper) -> dict[str, Entry]:
    """Entries under the names given, or k0, k1, …"""
    told = {f"k{number}": paper for number, paper in enumerate(found)} | named
    return {key: Entry(key, paper, sources=("page.txt:1 (hf-papers)",)) for key, paper in told.items()}


def fill(entries: Mapping[str, Entry], *found: Paper, key: str = "") -> Outcome:
    """The outcome; each record is counted once."""
    records = [
        (Source("refs.bib", number, "bibtex"), Record(paper, number, key=key)) for number, paper in enumerate(found, 1)
    ]
    outcome = filling.fill(entries, records)
    assert len(outcome.filled) + outcome.unchanged + outcome.not_found == len(found)
    return outcome


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    return len(outcome.filled), outcome.unchanged, outcome.not_found, len(outcome.doubts)


# --- which entry a record is of ---------------------------------------------------------------------------


def test_a_bare_title_is_completed_by_the_one_record_of_that_title() -> None:
    outcome = fill(library(Paper(title=TITLE, abstract="From the page.")), FULL)
    entry = outcome.changes["k0"]
    assert entry is not None
    assert entry.paper == Paper(
        type="inproceedings", title=TITLE, authors=PEOPLE, year=2020, venue="NeurIPS", doi="10.1000/few",
        abstract="From the page.",
    )  # fmt: skip
    assert entry.sources == ("page.txt:1 (hf-papers)", "refs.bib:1 (bibtex)")
    (filled,) = outcome.filled
    assert filled.fields == ("type", "authors", "year", "venue", "doi")


def test_what_is_of_no_entry_stays_outside() -> None:
    outcome = fill(library(FULL), Paper(title="Something Else Entirely by Others", authors=PEOPLE, year=2020))
    assert (counts(outcome), outcome.changes) == ((0, 0, 1, 0), {})


@pytest.mark.parametrize("title", ["Qwen2 Technical Report", "大语言模型的安全性综述", TITLE.lower()])
def test_a_title_that_tells_enough_is_enough(title: str) -> None:
    assert counts(fill(library(Paper(title=title)), Paper(title=title, authors=PEOPLE))) == (1, 0, 0, 0)


@pytest.mark.parametrize("title", ["Scaling Laws", "Language Models", "Deep Language Learning", "模型"])
def test_a_title_that_many_works_bear_is_a_doubt_at_the_most(title: str) -> None:
    outcome = fill(library(Paper(title=title)), Paper(title=title, authors=PEOPLE))
    assert (outcome.changes, outcome.not_found) == ({}, 1)


def test_a_title_that_two_works_of_the_file_bear_is_left_aside() -> None:
    other = Paper(title=TITLE, authors=(names.parse("Zoe Zed"),), year=2003, venue="TACL", doi="10.1000/zed")
    outcome = fill(library(Paper(title=TITLE)), FULL, other)
    assert counts(outcome) == (0, 0, 2, 2)
    assert {doubt.key for doubt in outcome.doubts} == {"k0"}


def test_a_title_that_two_entries_bear_is_left_aside() -> None:
    assert counts(fill(library(Paper(title=TITLE), Paper(title=TITLE)), FULL)) == (0, 0, 1, 1)


def test_a_record_that_stands_twice_in_the_file_is_no_two_works() -> None:
    assert counts(fill(library(Paper(title=TITLE)), FULL, FULL)) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    "against",
    [
        Paper(title=TITLE, year=2003),
        Paper(title=TITLE, arxiv="2005.14165"),
        Paper(title=f"Erratum: {TITLE}"),
        Paper(title=f"{TITLE} II"),
    ],
    ids=["another year", "another identifier", "another kind", "another number"],
)
def test_a_title_is_not_enough_where_something_speaks_against_it(against: Paper) -> None:
    record = Paper(title=TITLE, authors=PEOPLE, year=2020, arxiv="2001.00001")
    assert fill(library(against), record).changes == {}


def test_a_title_with_other_authors_is_not_enough() -> None:
    assert fill(library(Paper(title=TITLE, authors=(names.parse("Zoe Zed"),))), FULL).changes == {}


def test_the_key_is_enough_where_nothing_speaks_against_it() -> None:
    bare, full = Paper(title="Scaling Laws"), Paper(title="Scaling Laws", authors=PEOPLE)
    assert counts(fill(library(kaplan=bare), full, key="Kaplan")) == (1, 0, 0, 0)


def test_a_key_that_another_work_has_is_nothing() -> None:
    assert fill(library(kaplan=Paper(title="Scaling Laws")), FULL, key="kaplan").changes == {}


def test_an_identifier_is_enough() -> None:
    entry = Paper(title="Few-Shot Learners", doi="10.1000/few")
    assert counts(fill(library(entry), FULL)) == (1, 0, 0, 0)


# --- what is filled ---------------------------------------------------------------------------------------


def test_a_second_time_nothing_is_lacking() -> None:
    entries = library(Paper(title=TITLE))
    once = {key: entry for key, entry in fill(entries, FULL).changes.items() if entry}
    assert counts(fill(once, FULL)) == (0, 1, 0, 0)


def test_two_files_complete_one_entry_together() -> None:
    first = Paper(title=TITLE, authors=PEOPLE, year=2020)
    outcome = fill(library(Paper(title=TITLE)), first, FULL)
    entry = outcome.changes["k0"]
    assert entry is not None
    assert (entry.paper, len(outcome.filled)) == (FULL, 2)


@pytest.mark.parametrize(("before", "after"), [("misc", "inproceedings"), ("book", "book")])
def test_only_a_type_that_says_nothing_gives_way(before: str, after: str) -> None:
    entry = fill(library(Paper(type=before, title=TITLE)), FULL).changes["k0"]
    assert entry is not None
    assert entry.paper.type == after


def test_a_type_that_says_nothing_stays_where_nothing_of_the_printing_came_in() -> None:
    entry = fill(library(Paper(title=TITLE, year=2020)), Paper(type="book", title=TITLE, authors=PEOPLE)).changes["k0"]
    assert entry is not None
    assert entry.paper.type == "misc"


@settings(deadline=None, max_examples=100)
@given(st.lists(papers, min_size=1, max_size=3), st.lists(papers, max_size=3))
def test_nothing_comes_in_and_nothing_changes(have: list[Paper], found: list[Paper]) -> None:
    entries = library(*have)
    outcome = fill(entries, *found)
    assert outcome.changes.keys() <= entries.keys()
    for key, entry in outcome.changes.items():
        assert entry is not None
        for name in ("title", "year", "venue", "volume", "pages", "doi", "arxiv", "url", "abstract", "isbn"):
            before: Any = getattr(entries[key].paper, name)
            assert not before or getattr(entry.paper, name) == before
