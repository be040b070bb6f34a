"""Partial dates: taken apart, put together, and given the year that a page left out."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli import dates


@pytest.mark.parametrize(
    ("date", "parts"),
    [
        ("2023", (2023, None, None)),
        ("2023-10", (2023, 10, None)),
        ("2023-10-09", (2023, 10, 9)),
        ("--05", (None, 5, None)),
        ("--05-07", (None, 5, 7)),
        ("2024-02-29", (2024, 2, 29)),
        ("2000-02-29", (2000, 2, 29)),
        ("--02-29", (None, 2, 29)),
        ("0987", (987, None, None)),
    ],
)
def test_a_date_says_its_parts_and_no_more(date: str, parts: tuple[int | None, int | None, int | None]) -> None:
    assert dates.parts(date) == parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23",
        "2023-1",
        "2023-13",
        "2023-00",
        "2023-10-00",
        "2023-04-31",
        "2023-02-29",
        "1900-02-29",
        "--02-30",
        "--13",
        "--",
        "2023-10-10-10",
        "2023/10/10",
        "10 October 2023",
        "2023-10-10T00:00",
        " 2023",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        dates.parts(text)


def test_the_refusal_shows_the_text_and_what_a_date_is_like() -> None:
    with pytest.raises(ValueError, match=r"'10 October' is not a date such as 2023-10-10"):
        dates.parts("10 October")


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        ((2023, 10, 9), "2023-10-09"),
        ((2023, 10), "2023-10"),
        ((2023,), "2023"),
        ((987,), "0987"),
        ((None, 5, 7), "--05-07"),
        ((None, 5), "--05"),
        ((None,), ""),
        ((2023, None, 9), "2023"),
        ((None, None, 9), ""),
    ],
)
def test_a_date_is_made_of_the_parts_that_are_known(parts: tuple[int | None, ...], date: str) -> None:
    assert dates.make(*parts) == date


@given(st.dates(), st.sampled_from([1, 2, 3]), st.booleans())
def test_a_date_that_was_made_gives_its_parts_back(day: datetime.date, known: int, year: bool) -> None:
    parts = (day.year if year else None, day.month if known > 1 else None, day.day if known > 2 else None)
    date = dates.make(*parts)
    assert not date or dates.parts(date) == parts


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("January", 1),
        ("jan", 1),
        ("Feb.", 2),
        ("MARCH", 3),
        (" april ", 4),
        ("May", 5),
        ("Sept.", 9),
        ("September", 9),
        ("dec", 12),
    ],
)
def test_an_english_month_has_its_number(name: str, number: int) -> None:
    assert dates.month_number(name) == number


@pytest.mark.parametrize("name", ["", "ja", "foo", "4", "Spring", "Decoding", "Marketing", "Augmented"])
def test_other_words_are_no_month(name: str) -> None:
    assert dates.month_number(name) == 0


def test_the_month_macros_stand_in_the_order_of_the_year() -> None:
    assert [dates.month_number(name) for name in dates.MONTHS] == list(range(1, 13))


@pytest.mark.parametrize(
    ("date", "as_of", "full"),
    [
        ("--10-10", "2023-10-12", "2023-10-10"),
        ("--10-12", "2023-10-12", "2023-10-12"),
        ("--10-13", "2023-10-12", "2022-10-13"),
        ("--12-31", "2024-01-01", "2023-12-31"),
        ("--10", "2023-10-12", "2023-10"),
        ("--11", "2023-10-12", "2022-11"),
        ("--02-29", "2024-02-29", "2024-02-29"),
        ("--02-29", "2024-02-28", "2020-02-29"),
        ("--02-29", "2023-06-01", "2020-02-29"),
        ("--02-29", "1903-06-01", "1896-02-29"),
        ("--02-29", "1904-02-28", "1896-02-29"),
        ("2021-05", "2023-10-12", "2021-05"),
        ("2025", "2023-10-12", "2025"),
    ],
)
def test_a_date_without_its_year_is_the_last_such_day(date: str, as_of: str, full: str) -> None:
    assert dates.complete(date, datetime.date.fromisoformat(as_of)) == full


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("today", "2024-03-01"),
        ("5 hours ago", "2024-03-01"),
        ("Yesterday", "2024-02-29"),
        ("a day ago", "2024-02-29"),
        ("2 days ago", "2024-02-28"),
        ("1 week ago", "2024-02-23"),
        ("3 months ago", "2023-12"),
        ("2 years ago", "2022"),
        ("Mar 1", ""),
    ],
)
def test_a_day_told_from_today_is_as_exact_as_its_words(text: str, date: str) -> None:
    assert dates.ago(text, datetime.date(2024, 3, 1)) == date


def test_no_day_is_before_the_first() -> None:
    assert dates.ago("999 weeks ago", datetime.date(1, 1, 1)) == "0001-01-01"
    assert dates.ago("2 years ago", datetime.date(1, 1, 1)) == ""


@given(st.dates(min_value=datetime.date(1600, 1, 1)), st.dates(min_value=datetime.date(1600, 1, 1)))
def test_a_completed_date_is_not_after_the_day_the_page_was_read(day: datetime.date, as_of: datetime.date) -> None:
    full = dates.complete(dates.make(None, day.month, day.day), as_of)
    assert datetime.date.fromisoformat(full) <= as_of


@given(st.dates(min_value=datetime.date(1600, 1, 1)))
def test_the_day_the_page_was_read_completes_itself(day: datetime.date) -> None:
    assert dates.complete(dates.make(None, day.month, day.day), day) == day.isoformat()
