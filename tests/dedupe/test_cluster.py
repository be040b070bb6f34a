"""Pairs into works: joined by what is surest, and never through a record that is another work."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import names
from litcli.dedupe import Answer, Cluster, clusters, compare
from litcli.paper import Paper
from tests.dedupe.test_score import papers as any_papers

TITLE = "Sheared Llamas: Accelerating Pre-training by Structured Pruning"
AUTHORS = tuple(map(names.parse, ["Mengyao Xi", "Tianshu Gao", "Danni Chen"]))
PAPER = Paper(title=TITLE, authors=AUTHORS, year=2023)
OTHER = Paper(title="The Sleep of Honey Bees in Winter", authors=AUTHORS, year=2023)


def same(found: Sequence[Cluster]) -> list[tuple[str, ...]]:
    """The keys of the certain clusters."""
    return [cluster.keys for cluster in found if cluster.answer is Answer.SAME]


def doubtful(found: Sequence[Cluster]) -> list[tuple[str, ...]]:
    """The pairs of keys that may be one work."""
    return [cluster.keys for cluster in found if cluster.answer is Answer.MAYBE]


def test_records_of_one_work_are_one_cluster() -> None:
    found = clusters({"b": PAPER, "c": OTHER, "a": replace(PAPER, title=TITLE.upper()), "d": PAPER})
    assert same(found) == [("a", "b", "d")]
    assert doubtful(found) == []


def test_a_cluster_says_why() -> None:
    (found,) = clusters({"a": PAPER, "b": PAPER})
    assert found.reasons == ("equal titles", "same authors", "same year")
    assert found.score == 100


def test_the_reasons_of_a_cluster_are_those_of_its_weakest_link() -> None:
    """Two records by their DOI, a third by its title."""
    one = replace(PAPER, doi="10.1000/x")
    (found,) = clusters({"a": one, "b": one, "c": PAPER})
    assert found.reasons == ("equal titles", "same authors", "same year")


def test_no_papers_have_no_clusters() -> None:
    assert clusters({}) == []


def test_a_pair_that_may_be_one_work_is_named_after_the_certain_ones() -> None:
    found = clusters({"a": PAPER, "b": replace(PAPER, authors=()), "y": OTHER, "z": OTHER})
    assert [cluster.answer for cluster in found] == [Answer.SAME, Answer.MAYBE]
    assert doubtful(found) == [("a", "b")]


def test_two_clusters_that_may_be_one_work_are_named_once() -> None:
    nobody = replace(PAPER, authors=(), abstract="We prune the sheep.")
    found = clusters({"a": PAPER, "b": PAPER, "c": nobody, "d": nobody})
    assert same(found) == [("a", "b"), ("c", "d")]
    assert len(doubtful(found)) == 1


# --- evidence against -------------------------------------------------------------------------------------

CONFERENCE = replace(PAPER, type="inproceedings", venue="VLDB", year=2002)
JOURNAL = replace(PAPER, type="article", venue="VLDB J.", year=2003)
BARE = replace(PAPER, year=None)


def test_a_record_between_two_publications_does_not_join_them() -> None:
    assert compare(CONFERENCE, BARE).answer is compare(BARE, JOURNAL).answer is Answer.SAME
    assert compare(CONFERENCE, JOURNAL).answer is Answer.MAYBE
    assert all(len(keys) == 2 for keys in same(clusters({"a": CONFERENCE, "b": BARE, "c": JOURNAL})))


def test_a_record_goes_to_the_publication_that_it_is_surest_of() -> None:
    dated = replace(BARE, year=2003)
    assert compare(CONFERENCE, dated).answer is compare(JOURNAL, dated).answer is Answer.SAME
    assert same(clusters({"a": CONFERENCE, "b": dated, "c": JOURNAL})) == [("b", "c")]


def test_conflicting_identifiers_are_not_joined_by_a_record_without_one() -> None:
    found = clusters({"a": replace(PAPER, doi="10.1000/a"), "b": PAPER, "c": replace(PAPER, doi="10.1000/c")})
    assert len(same(found)) == 1
    assert not any({"a", "c"} <= set(keys) for keys in same(found) + doubtful(found))


def test_two_subtitles_are_not_joined_by_the_title_without_one() -> None:
    head = replace(PAPER, title="Sheared Llamas")
    other = replace(PAPER, title="Sheared Llamas: A Tale of the Mountains")
    assert all(len(keys) == 2 for keys in same(clusters({"a": PAPER, "b": head, "c": other})))


# --- kept apart -------------------------------------------------------------------------------------------


def test_a_pair_that_is_kept_apart_is_neither_joined_nor_named() -> None:
    assert clusters({"a": PAPER, "b": PAPER}, {frozenset("ab")}) == []


def test_what_is_kept_apart_stays_so_through_a_third() -> None:
    found = clusters({"a": PAPER, "b": PAPER, "c": PAPER}, {frozenset("ac")})
    assert same(found) == [("a", "b")]
    assert doubtful(found) == []


# --- in any order, of any size ----------------------------------------------------------------------------


@settings(deadline=None, max_examples=80)
@given(st.lists(any_papers, max_size=7), st.randoms(use_true_random=False))
def test_the_order_of_the_papers_does_not_matter(some: list[Paper], draw: random.Random) -> None:
    # Copies with one thing changed, since papers drawn at random have seldom anything in common.
    some += [replace(paper, year=2021) for paper in some] + [replace(paper, authors=()) for paper in some]
    named = [(f"k{number}", paper) for number, paper in enumerate(some)]
    shuffled = draw.sample(named, len(named))
    assert clusters(dict(named)) == clusters(dict(shuffled))


@settings(deadline=None, max_examples=80)
@given(st.lists(any_papers, max_size=6))
def test_no_cluster_holds_two_different_works_and_no_paper_is_in_two(some: list[Paper]) -> None:
    papers = {f"k{number}": paper for number, paper in enumerate(some + some)}
    found = same(clusters(papers))
    members = [key for keys in found for key in keys]
    assert len(members) == len(set(members))
    for keys in found:
        assert all(compare(papers[a], papers[b]).answer is not Answer.DIFFERENT for a in keys for b in keys if a != b)


def test_a_thousand_copies_are_one_cluster() -> None:
    found = clusters({f"k{number:04d}": PAPER for number in range(1000)})
    assert [len(keys) for keys in same(found)] == [1000]


@pytest.mark.parametrize("title", ["Editorial", TITLE])
def test_a_title_that_thousands_bear_is_not_compared_each_with_each(title: str) -> None:
    """Millions of pairs would take minutes."""
    crowd = {
        f"k{number:04d}": Paper(title=title, authors=(names.parse(f"A {_surname(number)}"),), year=1900 + number % 90)
        for number in range(3000)
    }
    seen: list[str] = []

    def track(keys: Sequence[Any]) -> Iterable[Any]:
        seen.extend(keys)
        return iter(keys)

    assert same(clusters(crowd, track=track)) == []
    assert seen == sorted(crowd)


def _surname(number: int) -> str:
    """A name that is more than a letter away from that of any other number."""
    return "".join("abcdefghij"[int(digit)] * 2 for digit in str(number)).capitalize()
