"""The tables and small rules that both directions of .bib files share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli import bibfields
from tests.growth import grows_in_proportion


@pytest.mark.parametrize(
    "name",
    """url doi eprint file pdf urlraw verba crossref xdata ids keywords-url bdsk-url-1 bdsk-file-2 biburl bibsource
    timestamp owner date-added date-modified date urldate eventdate origdate isbn issn""".split(),
)
def test_a_field_for_programs_is_verbatim(name: str) -> None:
    assert bibfields.is_verbatim(name)


@pytest.mark.parametrize("name", "title note keywords journal abstract address update candidate dated fileland".split())
def test_a_field_for_people_is_text(name: str) -> None:
    assert not bibfields.is_verbatim(name)


@pytest.mark.parametrize("dash", ["-", "--", "---", "–", "—", "‒", "−", " - ", " -- ", " – "])
@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ("1D10", "1=10"),
        ("S1DS9", "S1=S9"),
        ("viiDxx", "vii=xx"),
        ("1.1D1.20", "1.1=1.20"),
        ("1D3, 7D9", "1=3, 7=9"),
        ("1, 3D5", "1, 3=5"),
        ("1D3,7", "1=3,7"),
        ("12D43+", "12=43+"),
    ],
)
def test_a_range_has_the_dash_that_is_asked_for(pages: str, expected: str, dash: str) -> None:
    assert bibfields.pages(pages.replace("D", dash), "=") == expected


@pytest.mark.parametrize("pages", ["", "12", "e12345", "43+", "1-2-3", "x--", "--x", "see p. 3-4", "1 2-3", "a/b-c"])
def test_what_is_no_range_stays(pages: str) -> None:
    assert bibfields.pages(pages, "=") == pages


@given(st.text(alphabet="12ab-–, .+", max_size=12))
def test_one_hyphen_and_two_are_the_same_pages(pages: str) -> None:
    one = bibfields.pages(pages, "-")
    assert bibfields.pages(bibfields.pages(one, "--"), "-") == one


@pytest.mark.parametrize("unit", ["1", "1,", "1-", " ", "1 ", "1 -"])
def test_pages_without_end_are_read_at_once(unit: str) -> None:
    assert grows_in_proportion(lambda text: bibfields.pages(f"{text}!", "--"), unit * 50_000)


@pytest.mark.parametrize("number", ["e12345", "e123", "104203", "Article 17", "article e5", "L12", "P09008"])
def test_the_number_of_an_article_is_told_from_pages(number: str) -> None:
    assert bibfields.is_article_number(number)


@pytest.mark.parametrize("pages", ["", "12", "1234", "1-10", "S1-S9", "xii", "e1", "12345-12350"])
def test_pages_are_no_number_of_an_article(pages: str) -> None:
    assert not bibfields.is_article_number(pages)


@pytest.mark.parametrize(
    ("title", "key", "expected"),
    [
        ("On {BERT} & Größe", "k1", "On BERT Grosse"),
        ("中文", "zhang2020", "zhang2020"),
        ("", "a:b-c", "abc"),
        ("", "", "entry"),
        (r"$\alpha$", "k", "alpha"),
    ],
)
def test_a_label_to_sort_by_is_plain_letters(title: str, key: str, expected: str) -> None:
    assert bibfields.sort_label(title, key) == expected


@pytest.mark.parametrize(
    ("number", "name"),
    [("1", "First"), ("2", "Second"), ("12", "Twelfth"), ("13", "13th"), ("21", "21st"), ("112", "112th")],
)
def test_an_edition_is_called_by_an_ordinal_or_by_its_number(number: str, name: str) -> None:
    assert bibfields.ordinal(number) == name
    assert bibfields.cardinal(name) == number
    assert bibfields.cardinal(name.lower()) == number
    assert bibfields.cardinal(number) == number


@pytest.mark.parametrize("edition", ["", "0", "Revised", "3rd ed", "Ver. 3.0."])
def test_what_is_no_number_calls_an_edition_as_it_is(edition: str) -> None:
    assert bibfields.ordinal(edition) == bibfields.cardinal(edition) == edition


@pytest.mark.parametrize("key", ["doe2020", "Doe:2020-a+b/c_d.e", "a&b", "müller2020", "o'hara"])
def test_a_key_can_be_cited(key: str) -> None:
    assert bibfields.citable(key)


@pytest.mark.parametrize("sign", [*' ,"{}%#~=\\\t\x7f', "\ud800"], ids=ascii)
def test_a_key_with_this_cannot_be_cited(sign: str) -> None:
    assert not bibfields.citable(f"a{sign}b{sign}")
    assert bibfields.uncitable(f"a{sign}b{sign}") == sign


def test_no_key_cannot_be_cited() -> None:
    assert not bibfields.citable("")
