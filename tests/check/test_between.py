"""Faults between the entries of a library."""

from __future__ import annotations

from typing import Any

import pytest

from litcli import check
from litcli.check import Severity
from litcli.paper import Entry, Paper
from tests.check.articles import ARTICLE, DAY, ERROR, WARNING


def one(key: str, *, aliases: tuple[str, ...] = (), **said: Any) -> Entry:
    return Entry(key, Paper(**{**ARTICLE, **said}), aliases=aliases)


def told(*entries: Entry) -> list[tuple[str, str, str, Severity]]:
    return [(f.key, f.field, f.rule, f.severity) for f in check.check(entries, today=DAY)]


def test_keys_that_differ_by_case_alone_are_errors() -> None:
    assert told(one("Key2020"), one("key2020")) == [
        ("Key2020", "key", "duplicate-key", ERROR),
        ("key2020", "key", "duplicate-key", ERROR),
    ]


def test_an_alias_that_is_the_key_of_another_entry_is_an_error_at_both() -> None:
    assert told(one("a", aliases=("B",)), one("b")) == [
        ("a", "aliases", "alias-is-key", ERROR),
        ("b", "key", "alias-is-key", ERROR),
    ]


def test_an_alias_that_two_entries_share_is_an_error() -> None:
    assert told(one("a", aliases=("old",)), one("b", aliases=("Old",))) == [
        ("a", "aliases", "duplicate-key", ERROR),
        ("b", "aliases", "duplicate-key", ERROR),
    ]


def test_an_alias_that_is_the_entrys_own_key_in_other_letters_is_no_fault() -> None:
    assert told(one("Doe2020", aliases=("doe2020", "old"))) == []


@pytest.mark.parametrize(("name", "severity"), [("crossref", ERROR), ("xref", WARNING)])
def test_a_parent_that_is_not_there_is_told(name: str, severity: Severity) -> None:
    assert told(one("a", fields={name: "gone"})) == [("a", f"fields.{name}", "dangling-crossref", severity)]


@pytest.mark.parametrize("parent", ["b", "B", "older"])
def test_a_parent_is_found_by_key_or_alias_whatever_its_case(parent: str) -> None:
    assert told(one("a", fields={"crossref": parent}), one("b", aliases=("older",))) == []


@pytest.mark.parametrize(
    ("field", "one_form", "other_form"),
    [
        ("doi", "10.1000/ABC", "10.1000/abc"),
        ("arxiv", "2005.00683", "2005.00683"),
    ],
)
def test_one_identifier_at_two_entries_is_a_warning_at_both(field: str, one_form: str, other_form: str) -> None:
    assert told(one("a", **{field: one_form}), one("b", **{field: other_form})) == [
        ("a", field, f"same-{field}", WARNING),
        ("b", field, f"same-{field}", WARNING),
    ]


def test_the_two_forms_of_one_isbn_are_the_same_book() -> None:
    ten, thirteen = "0-306-40615-2", "978-0-306-40615-7"
    books = [one(key, type="book", publisher="P", isbn=isbn) for key, isbn in (("a", ten), ("b", thirteen))]
    assert [rule for _, _, rule, _ in told(*books)] == ["same-isbn", "same-isbn"]


def test_the_papers_of_one_volume_share_its_isbn() -> None:
    assert told(*(one(key, type="inproceedings", isbn="978-0-306-40615-7") for key in "ab")) == []


def test_a_part_of_a_library_is_compared_with_all_of_it() -> None:
    parent, child, twin = one("a", doi="10.1000/x"), one("b", fields={"crossref": "a"}), one("c", doi="10.1000/x")
    assert check.check([child], among=[parent, child, twin], today=DAY) == []
    assert [f.key for f in check.check([twin], among=[parent, child, twin], today=DAY)] == ["c"]
