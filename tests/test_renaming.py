"""Entries under other keys: aliases, what names them, and names that would be two entries'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli import renaming
from litcli.errors import UsageError
from litcli.library import Library
from litcli.library.edit import Changes
from litcli.paper import Entry, Paper


def library(head: Mapping[str, Any] | None = None, **fields: dict[str, Any]) -> Library:
    """Entries by their keys, with fields that litcli has no name for."""
    return Library({key: Entry(key, Paper(title=key, fields=told)) for key, told in fields.items()}, head or {})


def after(before: Library, changes: Changes) -> dict[str, Entry]:
    """The entries by their keys once the changes are made."""
    return {entry.key: entry for entry in {**before.entries, **changes.entries}.values() if entry}


def test_the_old_key_stays_as_an_alias_behind_older_ones() -> None:
    there = Library({"b": Entry("b", Paper(), aliases=("a",))})
    assert after(there, renaming.rename(there, {"b": "c"}))["c"].aliases == ("a", "b")


def test_a_key_that_is_taken_again_is_no_alias_any_more() -> None:
    there = Library({"b": Entry("b", Paper(), aliases=("a",))})
    assert after(there, renaming.rename(there, {"b": "a"}))["a"].aliases == ("b",)


def test_a_key_in_other_capitals_needs_no_alias() -> None:
    there = library(Ada={})
    assert after(there, renaming.rename(there, {"Ada": "ada"}))["ada"].aliases == ()


@pytest.mark.parametrize("field", ["crossref", "xref", "xdata", "related", "entryset"])
def test_what_refers_to_the_entry_follows(field: str) -> None:
    there = library(a={}, child={field: "a"})
    assert after(there, renaming.rename(there, {"a": "b"}))["child"].paper.fields == {field: "b"}


def test_one_of_several_that_are_referred_to_follows() -> None:
    there = library(a={}, x={}, child={"xdata": "x, a"})
    assert after(there, renaming.rename(there, {"a": "b"}))["child"].paper.fields == {"xdata": "x,b"}


def test_pairs_that_are_kept_apart_follow() -> None:
    there = library({"distinct": [["a", "c"], ["c", "d"]]}, a={}, c={}, d={})
    assert renaming.rename(there, {"a": "z"}).head == {("distinct",): [["c", "d"], ["c", "z"]]}


def test_nothing_else_changes() -> None:
    there = library({"distinct": [["c", "d"]]}, a={}, c={"crossref": "d"}, d={})
    changes = renaming.rename(there, {"a": "b"})
    assert (set(changes.entries), changes.head) == ({"a"}, {})


def test_a_key_that_stays_changes_nothing() -> None:
    there = library(a={})
    assert not renaming.rename(there, {"a": "a"}).beyond(there)


@pytest.mark.parametrize("new", ["", "a b", "a,b", "a{b", "a#b", "a%b", "a\\b", "a~b", "a=b", 'a"b', "a\nb", "\udce9"])
def test_a_key_that_latex_cannot_cite_is_refused(new: str) -> None:
    with pytest.raises(UsageError, match="is no key that LaTeX can cite"):
        renaming.rename(library(a={}), {"a": new})


@pytest.mark.parametrize("names", [{"a": "b"}, {"a": "B"}, {"a": "older"}, {"a": "z", "b": "Z"}, {"a": "b", "b": "a"}])
def test_a_key_that_finds_another_entry_is_refused(names: dict[str, str]) -> None:
    entries = {"a": Entry("a", Paper()), "b": Entry("b", Paper(), aliases=("Older",))}
    with pytest.raises(UsageError, match="would find both"):
        renaming.rename(Library(entries), names)


def test_names_that_were_double_before_do_not_hinder() -> None:
    entries = {"a": Entry("a", Paper()), "A": Entry("A", Paper()), "b": Entry("b", Paper())}
    assert set(renaming.rename(Library(entries), {"b": "c"}).entries) == {"b"}


KEYS = "abcdef"
NAMES = st.dictionaries(st.sampled_from(KEYS), st.sampled_from([*KEYS, "g", "h", "A", "i"]), max_size=4)


@given(NAMES)
def test_every_key_that_ever_was_finds_its_entry_alone(names: dict[str, str]) -> None:
    before = library(**{key: {} for key in KEYS})
    try:
        changes = renaming.rename(before, names)
    except UsageError:
        return
    entries = after(before, changes)
    for key in KEYS:
        found = [e for e in entries.values() if key in {name.lower() for name in (e.key, *e.aliases)}]
        assert [entry.paper.title for entry in found] == [key]


@given(st.sampled_from(KEYS))
def test_there_and_back_again_is_as_it_was_but_for_the_alias(key: str) -> None:
    before = library({"distinct": [["a", "b"], ["c", "d"]]}, **{k: {"crossref": "f"} for k in "abcde"}, f={})
    there = renaming.rename(before, {key: "new"})
    head = {**before.head, **{path[0]: value for path, value in there.head.items()}}
    between = Library(after(before, there), head)
    back = renaming.rename(between, {"new": key})
    entries = after(between, back)
    assert entries.pop(key) == replace(before.entries[key], aliases=("new",))
    assert entries == {k: entry for k, entry in before.entries.items() if k != key}
    assert {**head, **{path[0]: value for path, value in back.head.items()}} == before.head
