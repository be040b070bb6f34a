"""Duplicates in a library: what a merge takes along, and which pairs are kept apart."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import duplicates
from litcli.errors import LibraryError
from litcli.library import Library
from litcli.paper import Entry, Paper


def library(*keys: str, distinct: Any = None, **fields: dict[str, Any]) -> Library:
    """Entries of one title under some keys, some with fields that litcli has no name for."""
    entries = {key: Entry(key, Paper(title="On Things", fields=fields.get(key, {}))) for key in keys}
    return Library(entries, {} if distinct is None else {"distinct": distinct})


def pairs(*told: str) -> duplicates.Pairs:
    return frozenset(frozenset(pair) for pair in told)


# --- kept apart -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (None, pairs()),
        ([], pairs()),
        ([["a", "b"]], pairs("ab")),
        ([["b", "a"], ["a", "b"]], pairs("ab")),
        ([["a", "b", "c"]], pairs("ab", "ac", "bc")),
        ([["a", "a"], ["a"], []], pairs()),
    ],
)
def test_the_library_says_which_are_apart(told: Any, expected: duplicates.Pairs) -> None:
    assert duplicates.apart(library("a", "b", "c", distinct=told)) == expected


def test_an_older_key_stands_for_its_entry() -> None:
    entries = {"new": Entry("new", Paper(), aliases=("old",)), "b": Entry("b", Paper())}
    assert duplicates.apart(Library(entries, {"distinct": [["old", "b"]]})) == frozenset([frozenset(("new", "b"))])


@pytest.mark.parametrize("told", ["a", {"a": "b"}, [1, 2], ["a", "b"], [["a", 1]]])
def test_what_is_no_list_of_pairs_is_refused(told: Any) -> None:
    with pytest.raises(LibraryError, match="distinct"):
        duplicates.apart(library("a", "b", distinct=told))


def test_pairs_are_written_in_order() -> None:
    changes = duplicates.keep_apart(library("a", "b", "c", "d", distinct=[["d", "a"]]), ["c", "b"])
    assert changes.head == {("distinct",): [["a", "d"], ["b", "c"]]}
    assert not changes.entries


def test_keeping_apart_once_more_changes_nothing() -> None:
    there = library("a", "b", distinct=[["a", "b"]])
    assert not duplicates.keep_apart(there, ["b", "a"]).beyond(there)


def test_three_are_kept_apart_from_each_other() -> None:
    changes = duplicates.keep_apart(library("a", "b", "c"), ["c", "a", "b"])
    assert changes.head == {("distinct",): [["a", "b"], ["a", "c"], ["b", "c"]]}


# --- merged -----------------------------------------------------------------------------------------------


def test_the_first_of_each_group_stays_and_the_old_keys_are_told() -> None:
    changes, moved = duplicates.merge(library("a", "b", "c", "d"), [["b", "a"], ["c", "d"]])
    assert moved == {"a": "b", "d": "c"}
    assert {key: entry and entry.aliases for key, entry in changes.entries.items()} == {
        "a": None, "b": ("a",), "c": ("d",), "d": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"crossref": "b"}, {"crossref": "a"}),
        ({"xref": "b", "note": "b"}, {"xref": "a", "note": "b"}),
        ({"xdata": "x, b,y"}, {"xdata": "x,a,y"}),
        ({"related": "a,b"}, {"related": "a"}),
        ({"entryset": "c,b"}, {"entryset": "c,a"}),
    ],
)
def test_what_names_an_old_key_names_the_new_one(before: dict[str, str], after: dict[str, str]) -> None:
    changes, _ = duplicates.merge(library("a", "b", "child", child=before), [["a", "b"]])
    child = changes.entries["child"]
    assert child is not None
    assert child.paper.fields == after


def test_an_entry_that_names_others_is_not_touched() -> None:
    changes, _ = duplicates.merge(library("a", "b", "child", child={"crossref": "c", "xdata": "x, y"}), [["a", "b"]])
    assert set(changes.entries) == {"a", "b"}


def test_an_entry_that_is_merged_with_its_parent_does_not_name_itself() -> None:
    changes, _ = duplicates.merge(library("a", "b", a={"crossref": "b", "note": "n"}), [["a", "b"]])
    united = changes.entries["a"]
    assert united is not None
    assert united.paper.fields == {"note": "n"}


@pytest.mark.parametrize(
    ("told", "after"),
    [
        ([["b", "c"]], {("distinct",): [["a", "c"]]}),
        ([["a", "c"], ["b", "c"]], {("distinct",): [["a", "c"]]}),
        ([["a", "b"]], {("distinct",): None}),
        ([["c", "d"]], {}),
    ],
    ids=["one follows", "two become one", "merged all the same", "of others"],
)
def test_pairs_that_are_apart_follow(told: list[list[str]], after: dict[Any, Any]) -> None:
    changes, _ = duplicates.merge(library("a", "b", "c", "d", distinct=told), [["a", "b"]])
    assert changes.head == after


KEYS = "abcdef"


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.lists(st.sampled_from(KEYS), min_size=2, max_size=2, unique=True), max_size=6),
    st.lists(st.sampled_from(KEYS), min_size=2, max_size=4, unique=True),
)
def test_no_pair_is_lost_but_those_that_are_merged(told: list[list[str]], group: list[str]) -> None:
    before = library(*KEYS, distinct=told)
    changes, moved = duplicates.merge(before, [group])
    head = {**before.head, **{path[0]: value or [] for path, value in changes.head.items()}}
    after = duplicates.apart(Library({key: before.entries[key] for key in KEYS if key not in moved}, head))
    expected = {frozenset(moved.get(key, key) for key in pair) for pair in told}
    assert after == {pair for pair in expected if len(pair) == 2}


# --- what differs -----------------------------------------------------------------------------------------


def test_fields_in_which_entries_differ_are_told_with_their_values() -> None:
    one = Entry("a", Paper(title="T", year=2020, venue="ACL"), tags=("x",))
    two = Entry("b", Paper(title="T", year=2021), tags=("y",))
    assert duplicates.differing([one, two]) == {"year": [2020, 2021], "venue": ["ACL", ""]}


def test_what_refers_to_others_is_left_as_it_is_written_where_none_of_them_moved() -> None:
    entry = Entry("k", Paper(title="On Things", fields={"related": "a, b"}))
    assert duplicates.followed(entry, {"a": "a", "b": "b"}) is entry
    assert duplicates.followed(entry, {"a": "c"}).paper.fields == {"related": "c,b"}
