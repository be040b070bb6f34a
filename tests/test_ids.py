"""Identifiers: every printed form of an arXiv id, a DOI or an ISBN comes to one bare form."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli import ids
from tests.growth import grows_in_proportion


@pytest.mark.parametrize(
    "printed",
    [
        "2005.00683",
        " 2005.00683 ",
        "2005.00683v2",
        "2005.00683v12",
        "arXiv:2005.00683",
        "arxiv:2005.00683v1",
        "ARXIV: 2005.00683",
        "arXiv:2005.00683v1 [cs.CL]",
        "https://arxiv.org/abs/2005.00683",
        "http://arxiv.org/abs/2005.00683v3",
        "https://www.arxiv.org/abs/2005.00683",
        "https://export.arxiv.org/abs/2005.00683",
        "https://arxiv.org/pdf/2005.00683",
        "https://arxiv.org/pdf/2005.00683.pdf",
        "https://arxiv.org/pdf/2005.00683v2.pdf",
        "https://arxiv.org/html/2005.00683v2",
        "arxiv.org/abs/2005.00683",
        "10.48550/arXiv.2005.00683",
        "10.48550/ARXIV.2005.00683",
        "doi:10.48550/arXiv.2005.00683",
        "https://doi.org/10.48550/arXiv.2005.00683",
        "http://dx.doi.org/10.48550/arxiv.2005.00683",
    ],
)
def test_every_form_of_an_arxiv_id_comes_to_the_bare_one(printed: str) -> None:
    assert ids.arxiv_id(printed) == "2005.00683"


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("0704.0001", "0704.0001"),
        ("math.AG/0601001", "math.AG/0601001"),
        ("math/0601001v2", "math/0601001"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("arXiv:cond-mat/0001001", "cond-mat/0001001"),
        ("https://arxiv.org/abs/math.AG/0601001v1", "math.AG/0601001"),
        ("https://arxiv.org/pdf/hep-th/9901001.pdf", "hep-th/9901001"),
        ("10.48550/arXiv.hep-th/9901001", "hep-th/9901001"),
    ],
)
def test_the_older_schemes_of_arxiv_are_known(printed: str, bare: str) -> None:
    assert ids.arxiv_id(printed) == bare


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2005",
        "2005.006",
        "2005.006833",
        "12005.00683",
        "2013.00001",
        "2000.00001",
        "2005-00683",
        "math/06010",
        "10.1000/2005.00683",
        "https://example.org/abs/2005.00683",
        "see 2005.00683",
        "2005.00683 and 2005.00684",
    ],
)
def test_other_texts_are_no_arxiv_id(text: str) -> None:
    assert ids.arxiv_id(text) == ""


@pytest.mark.parametrize(
    ("arxiv", "month"),
    [
        ("2005.00683", "2020-05"),
        ("0704.0001", "2007-04"),
        ("9912.0001", "1999-12"),
        ("math.AG/0601001", "2006-01"),
        ("hep-th/9108001", "1991-08"),
        ("cs/9912001", "1999-12"),
        ("cs/0001001", "2000-01"),
        ("", ""),
        ("2005", ""),
    ],
)
def test_an_arxiv_id_says_its_month(arxiv: str, month: str) -> None:
    assert ids.arxiv_date(arxiv) == month


@pytest.mark.parametrize(
    "printed",
    [
        "10.1000/Xyz.123",
        " 10.1000/Xyz.123\n",
        "doi:10.1000/Xyz.123",
        "DOI: 10.1000/Xyz.123",
        "doi 10.1000/Xyz.123",
        "https://doi.org/10.1000/Xyz.123",
        "http://doi.org/10.1000/Xyz.123",
        "https://dx.doi.org/10.1000/Xyz.123",
        "http://dx.doi.org/10.1000/Xyz.123",
        "HTTPS://DOI.ORG/10.1000/Xyz.123",
        "https://www.doi.org/10.1000/Xyz.123",
        "doi.org/10.1000/Xyz.123",
    ],
)
def test_every_form_of_a_doi_comes_to_the_bare_one_in_its_own_spelling(printed: str) -> None:
    assert ids.doi(printed) == "10.1000/Xyz.123"


@pytest.mark.parametrize(
    "bare",
    [
        "10.1002/(SICI)1097-4571(199210)43:9<604::AID-ASI3>3.0.CO;2-T",
        "10.18653/v1/2020.acl-main.1",
        "10.1145/3394486.3403118",
        "10.123456789/a",
        "10.1000/a_b%25#c~d",
        "10.1000.10/123",
        "10.1000.10.5/123",
    ],
)
def test_a_doi_may_hold_any_sign_but_blanks(bare: str) -> None:
    assert ids.doi(f"https://doi.org/{bare}") == bare


@pytest.mark.parametrize(
    "text", ["", "10.1/x", "11.1000/x", "10.1000", "10.1000/", "https://example.org/10.1000/x", "10.1000/a b",
             "10.1000./x", "10.1000.a/x", "10.10.1000/x"]
)  # fmt: skip
def test_other_texts_are_no_doi(text: str) -> None:
    assert ids.doi(text) == ""


@pytest.mark.parametrize("printed", ["10.1000/ABC", "10.1000/abc", "https://doi.org/10.1000/Abc", "doi:10.1000/aBC"])
def test_a_doi_is_compared_bare_and_without_regard_to_case(printed: str) -> None:
    assert ids.doi_key(printed) == "10.1000/abc"


# 0-306-40615-2 and 0-8044-2957-X are the examples of the ISBN article of Wikipedia and of ISO 2108's X.
@pytest.mark.parametrize(
    ("printed", "digits"),
    [
        ("0-306-40615-2", "9780306406157"),
        ("0306406152", "9780306406157"),
        ("0 306 40615 2", "9780306406157"),
        ("978-0-306-40615-7", "9780306406157"),
        ("9780306406157", "9780306406157"),
        ("978–0–306–40615–7", "9780306406157"),
        ("ISBN 978-0-306-40615-7", "9780306406157"),
        ("ISBN 0-306-40615-2", "9780306406157"),
        ("ISBN-13: 978-0-306-40615-7", "9780306406157"),
        ("ISBN-10: 0-306-40615-2", "9780306406157"),
        ("0-8044-2957-X", "9780804429573"),
        ("080442957x", "9780804429573"),
        ("979-10-90636-07-1", "9791090636071"),
        ("", ""),
    ],
)
def test_an_isbn_is_compared_in_its_form_of_thirteen_digits(printed: str, digits: str) -> None:
    assert ids.isbn_key(printed) == digits


@pytest.mark.parametrize(
    "printed",
    [
        "0-306-40615-2 and 3-540-96115-1",
        "0-306-40615-2, 3-540-96115-1",
        "978-0-306-40615-7 (hardcover), 978-3-540-96115-4 (paper)",
        "9780306406157 0306406152",
        "0306406152 9780306406157",
        "ISBN-10: 0-306-40615-2; ISBN-13: 978-3-540-96115-4",
    ],
)
def test_of_several_isbns_the_first_is_compared(printed: str) -> None:
    assert ids.isbn_key(printed) == "9780306406157"


@pytest.mark.parametrize(
    ("printed", "digits"), [("97803064061578", "97803064061578"), ("978-0-306-4061", "97803064061"), ("12", "12")]
)
def test_a_number_of_another_length_is_compared_as_it_stands(printed: str, digits: str) -> None:
    assert ids.isbn_key(printed) == digits


@given(st.text(alphabet="0123456789Xx- IiSBN"))
def test_the_key_of_any_isbn_is_digits_and_x(text: str) -> None:
    assert re.fullmatch(r"[0-9X]*", ids.isbn_key(text))


@pytest.mark.parametrize("unit", [" ", "[a", "[", "1", "v1", "1 ", "1-", "a-", ".1", "doi:", "ISBN", "10.1000."])
def test_a_long_text_takes_time_in_proportion(unit: str) -> None:
    def work(units: str) -> None:
        for around in ("{}", "2005.00683{}x", "arXiv:{}x", "10.1000{}", "doi{}x"):
            text = around.format(units)
            ids.arxiv_id(text), ids.doi_key(text), ids.isbn_key(text)

    assert grows_in_proportion(work, unit * (250_000 // len(unit)))
