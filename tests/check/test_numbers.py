"""Pages and years, and values that say nothing."""

from __future__ import annotations

import pytest

from tests.check.articles import WARNING, mended, only, rules


@pytest.mark.parametrize(
    "pages",
    [
        "1-10",
        "7",
        "e1002",
        "S1-S9",
        "xi-xx",
        "1-10, 15-20",
        "43+",
        "1234-45",
        "123-8",
        "3-1--3-15",
        "12:1-12:30",
        "P18-1001",
    ],
)
def test_pages_as_journals_count_them_are_no_fault(pages: str) -> None:
    assert rules(pages=pages) == []


@pytest.mark.parametrize(
    ("pages", "plain"),
    [
        ("1--10", "1-10"),
        ("1–10", "1-10"),
        ("1 - 10", "1-10"),
        ("pp. 1-10", "1-10"),
        ("p. 7", "7"),
        ("1--3, 7--9", "1-3, 7-9"),
    ],
)
def test_a_plain_range_is_written_in_one_way(pages: str, plain: str) -> None:
    assert only("malformed-pages", pages=pages).fixable
    assert mended(pages=pages).pages == plain


@pytest.mark.parametrize("pages", ["100-10", "785-784", "1200-45", "1-5, 19-12"])
def test_a_range_that_goes_backwards_is_told_and_not_repaired(pages: str) -> None:
    finding = only("malformed-pages", pages=pages)
    assert "ends before it begins" in finding.message
    assert not finding.fixable


@pytest.mark.parametrize("pages", ["10-", "-10"])
def test_a_range_with_one_end_is_told(pages: str) -> None:
    assert "one end" in only("malformed-pages", pages=pages).message


@pytest.mark.parametrize(
    ("field", "value"), [("pages", "0-0"), ("pages", "n/a"), ("venue", "Unknown"), ("doi", "N/A"), ("url", "none")]
)
def test_a_value_that_says_nothing_is_told(field: str, value: str) -> None:
    assert only("placeholder", **{field: value}).field == field


def test_a_volume_can_be_the_zeroth() -> None:
    assert rules(volume="0", number="0") == []


@pytest.mark.parametrize(("year", "fault"), [(999, True), (1000, False), (2024, False), (2026, False), (2027, True)])
def test_a_year_lies_between_the_year_1000_and_the_one_after_next(year: int, fault: bool) -> None:
    assert rules(year=year) == (["impossible-year"] if fault else [])


def test_a_year_that_is_not_that_of_the_date_is_a_warning() -> None:
    assert only("years-disagree", date="2019-12-01").severity is WARNING
    assert rules(date="2020-12") == rules(date="--12-01") == []


@pytest.mark.parametrize(
    ("venue", "arxiv", "fault"),
    [
        ("Acta", "2006.00001", False),
        ("Acta", "2102.00001", False),  # what is published comes to arXiv later as well
        ("Acta", "2202.00001", True),
        ("arXiv", "2101.00001", True),
        ("arXiv", "1901.00001", False),
    ],
)
def test_an_arxiv_id_given_long_after_the_year_is_a_warning(venue: str, arxiv: str, fault: bool) -> None:
    assert rules(venue=venue, arxiv=arxiv) == (["years-disagree"] if fault else [])
