"""Counts of a library, and their drawing."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from litcli import names, stats
from litcli.paper import Entry, Paper


def entry(year: int | None = None, venue: str = "", authors: str = "", tags: str = "", date: str = "") -> Entry:
    people = tuple(names.parse(name) for name in authors.split(" and ") if name)
    return Entry("k", Paper(year=year, venue=venue, authors=people, date=date), tags=tuple(tags.split()))


def test_years_come_in_their_order_and_the_rest_by_how_often_it_comes() -> None:
    counts = stats.counted(
        [
            entry(2021, "ACL", "A One and B Two", "nlp"),
            entry(2020, "ICML", "B Two", "nlp ml"),
            entry(2020, "ICML", "B Two", "ml nlp"),
        ]
    )
    assert counts == {
        "year": [("2020", 2), ("2021", 1)],
        "venue": [("ICML", 2), ("ACL", 1)],
        "author": [("B Two", 3), ("A One", 1)],
        "tag": [("nlp", 3), ("ml", 2)],
    }


def test_what_comes_equally_often_is_in_alphabetical_order() -> None:
    assert stats.counted([entry(tags="b Ä a")])["tag"] == [("a", 1), ("Ä", 1), ("b", 1)]


def test_the_year_of_a_date_counts() -> None:
    assert stats.counted([entry(date="2019-05")])["year"] == [("2019", 1)]


def test_an_author_named_twice_is_counted_once_for_the_paper() -> None:
    assert stats.counted([entry(authors="A One and A One")])["author"] == [("A One", 1)]


def test_what_an_entry_lacks_is_not_counted() -> None:
    assert stats.counted([entry()]) == {"year": [], "venue": [], "author": [], "tag": []}


def test_the_longest_bar_is_that_of_the_greatest_count_and_none_is_invisible() -> None:
    assert stats.shares([("a", 1000), ("b", 500), ("c", 1)], 40) == [40, 20, 1]


def rectangles(drawing: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(drawing).findall("{http://www.w3.org/2000/svg}rect")[1:]


def test_the_drawing_has_a_bar_for_each_count() -> None:
    drawn = rectangles(stats.svg({"year": [("2020", 4), ("2021", 2)], "venue": [], "tag": [("a & <b>", 1)]}))
    assert [int(bar.get("width", 0)) for bar in drawn] == [400, 200, 400]


@given(st.lists(st.tuples(st.text(), st.integers(1, 10**6)), max_size=5))
def test_any_names_make_a_drawing_that_is_xml(rows: list[tuple[str, int]]) -> None:
    assert len(rectangles(stats.svg({"tag": rows}))) == len(rows)
