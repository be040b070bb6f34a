"""Which entries the citations of documents mean."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from litcli import cited
from litcli.cited import Resolution
from litcli.latex import Citation, Citations
from litcli.paper import Entry, Paper


def entry(key: str, *aliases: str, **fields: str) -> Entry:
    return Entry(key, Paper(title=key, fields=fields), aliases=aliases)


def document(*keys: str, everything: bool = False, file: str = "paper.tex") -> Citations:
    return Citations(tuple(Citation(key, file, line) for line, key in enumerate(keys, 1)), everything)


def resolve(keys: str, *entries: Entry) -> Resolution:
    """What citations come to among all entries, and so among those alone that answer to a name."""

    def answering(names: Iterable[str]) -> list[Entry]:
        wanted = {name.lower() for name in names}
        return [entry for entry in entries if wanted & {name.lower() for name in (entry.key, *entry.aliases)}]

    documents = [document(*keys.split())]
    told = cited.resolve(documents, entries)
    assert cited.resolve(documents, cited.among(documents, answering)) == told
    return told


def found(resolution: Resolution) -> dict[str, tuple[str, ...]]:
    return {entry.key: names for entry, names in resolution.found}


def test_only_what_is_cited_is_found_in_the_order_of_the_document() -> None:
    told = resolve("c a", entry("a"), entry("b"), entry("c"))
    assert list(found(told).items()) == [("c", ("c",)), ("a", ("a",))]
    assert (told.missing, told.misspelt) == ((), ())


def test_an_alias_is_its_entry_under_that_name() -> None:
    assert found(resolve("old", entry("new", "old", "older"))) == {"new": ("old",)}


def test_an_entry_is_found_once_under_all_the_names_that_are_cited() -> None:
    assert found(resolve("old new old", entry("new", "old"))) == {"new": ("old", "new")}


def test_what_no_entry_answers_is_missing_where_it_stands_first() -> None:
    told = resolve("a gone b gone", entry("a"), entry("b"))
    assert [(citation.key, citation.file, citation.line) for citation in told.missing] == [("gone", "paper.tex", 2)]


def test_a_key_in_another_case_is_found_and_told_with_the_right_one() -> None:
    told = resolve("KEY", entry("key"))
    assert found(told) == {"key": ("KEY",)}
    assert [(citation.key, right) for citation, right in told.misspelt] == [("KEY", "key")]


def test_an_alias_in_another_case_is_told_with_the_alias() -> None:
    told = resolve("OLD", entry("new", "old"))
    assert [right for _, right in told.misspelt] == ["old"]


def test_a_key_wins_over_the_alias_of_another_entry() -> None:
    assert found(resolve("a", entry("b", "a"), entry("a"))) == {"a": ("a",)}


def test_a_citation_of_everything_is_every_entry() -> None:
    told = cited.resolve([document("b", everything=True)], [entry("a"), entry("b"), entry("c")])
    assert found(told) == {"b": ("b",), "a": (), "c": ()}


def test_several_documents_cite_together() -> None:
    told = cited.resolve([document("a"), document("gone", "b", file="two.tex")], [entry("a"), entry("b")])
    assert set(found(told)) == {"a", "b"}
    assert [citation.file for citation in told.missing] == ["two.tex"]


@pytest.mark.parametrize("name", ["crossref", "xref"])
@pytest.mark.parametrize("key", ["proc", "PROC", "oldproc"])
def test_a_parent_comes_with_its_child_once_and_behind(name: str, key: str) -> None:
    one, two = entry("a", **{name: key}), entry("b", **{name: "proc"})
    assert list(found(resolve("a b", one, two, entry("proc", "oldproc"))).items()) == [
        ("a", ("a",)),
        ("b", ("b",)),
        ("proc", ()),
    ]


def test_a_parent_that_is_cited_itself_comes_under_that_name() -> None:
    assert found(resolve("a proc", entry("a", crossref="proc"), entry("proc"))) == {"a": ("a",), "proc": ("proc",)}


def test_a_grandparent_comes_too() -> None:
    child, parent = entry("a", crossref="proc"), entry("proc", crossref="series")
    assert set(found(resolve("a", child, parent, entry("series")))) == {"a", "proc", "series"}


def test_parents_in_a_circle_come_once() -> None:
    assert set(found(resolve("a", entry("a", crossref="b"), entry("b", crossref="a")))) == {"a", "b"}


def test_a_parent_that_is_not_there_is_no_missing_citation() -> None:
    told = resolve("a", entry("a", crossref="gone"))
    assert (set(found(told)), told.missing) == ({"a"}, ())


def test_entries_take_the_names_that_a_document_uses() -> None:
    named = cited.as_cited(resolve("old new2", entry("new", "old", "older"), entry("new2", "old2")).found)
    assert [(one.key, one.aliases) for one in named] == [("old", ("new", "older")), ("new2", ("old2",))]


def test_an_entry_under_two_names_is_two() -> None:
    named = cited.as_cited(resolve("old new", entry("new", "old")).found)
    assert [one.key for one in named] == ["old", "new"]
    assert named[0].paper == named[1].paper


def test_a_parent_keeps_its_own_key() -> None:
    named = cited.as_cited(resolve("a", entry("a", crossref="oldproc"), entry("proc", "oldproc")).found)
    assert [one.key for one in named] == ["a", "proc"]
