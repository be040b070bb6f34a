"""Keys, identifiers and addresses: the forms that are mended, told and let pass."""

from __future__ import annotations

import pytest

from litcli.paper import Entry, Paper
from tests.check.articles import ARTICLE, ERROR, NOTE, WARNING, findings, mended, only, rules

# --- keys -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key", ["a b", "a,b", "a{b", "a}b", "50%", "c#", "a~b", "a\\b", "a\tb", "a\x7fb", 'a"b', "a=b", ""]
)
def test_a_key_that_bibtex_or_latex_cannot_read_is_an_error(key: str) -> None:
    (finding,) = findings(Entry(key, Paper(**ARTICLE)))
    assert (finding.rule, finding.field, finding.severity, finding.fixable) == ("unsafe-key", "key", ERROR, False)


@pytest.mark.parametrize("key", ["a(b", "a)b", "o'hara", "müller2020"])
def test_a_key_that_some_setups_cannot_read_is_a_warning(key: str) -> None:
    (finding,) = findings(Entry(key, Paper(**ARTICLE)))
    assert (finding.rule, finding.severity) == ("unsafe-key", WARNING)


@pytest.mark.parametrize("key", ["doe2020", "Doe:2020-a+b/c_d.e", "DBLP:conf/acl/X", "2020doe", "a&b"])
def test_other_keys_are_safe(key: str) -> None:
    assert findings(Entry(key, Paper(**ARTICLE))) == []


# --- identifiers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("doi", "bare"),
    [
        ("https://doi.org/10.1000/x", "10.1000/x"),
        ("doi:10.1000/x", "10.1000/x"),
        ("10.1000/x.", "10.1000/x"),
        ("10.1000/x,", "10.1000/x"),
        ("10.1000/x)", "10.1000/x"),
        ("10.1000/x\\_y", "10.1000/x_y"),
        (" 10.1000/x ", "10.1000/x"),
    ],
)
def test_a_doi_is_made_bare(doi: str, bare: str) -> None:
    assert only("malformed-doi", doi=doi).fixable
    assert mended(doi=doi).doi == bare


@pytest.mark.parametrize("doi", ["10.1000", "10.1000/a b", "see the page", "11.1000/x", "https://example.org/x"])
def test_a_doi_of_another_shape_is_not_repaired(doi: str) -> None:
    assert not only("malformed-doi", doi=doi).fixable


@pytest.mark.parametrize("doi", ["10.1016/0370-2693(89)90001-3", "10.1000/x(1)", "10.1002/(SICI)1(1)<1::A>3.0.CO;2-#"])
def test_a_doi_may_end_with_a_bracket_of_its_own(doi: str) -> None:
    assert rules(doi=doi) == []


def test_a_doi_that_says_the_arxiv_id_again_is_a_note() -> None:
    assert only("doi-repeats-arxiv", doi="10.48550/arXiv.2005.00683", arxiv="2005.00683").severity is NOTE


@pytest.mark.parametrize("arxiv", ["arXiv:2005.00683", "2005.00683v2", "https://arxiv.org/abs/2005.00683"])
def test_an_arxiv_id_is_made_bare(arxiv: str) -> None:
    assert only("malformed-arxiv", arxiv=arxiv).fixable
    assert mended(arxiv=arxiv).arxiv == "2005.00683"


@pytest.mark.parametrize("arxiv", ["2005", "2013.00683", "20050.0683"])
def test_an_arxiv_id_of_another_shape_is_not_repaired(arxiv: str) -> None:
    assert not only("malformed-arxiv", arxiv=arxiv).fixable


@pytest.mark.parametrize("primary", ["cs.CL", "math-ph", "cond-mat.mes-hall", "physics.optics", "q-bio.NC", "hep-th"])
def test_subject_classes_are_no_fault(primary: str) -> None:
    assert rules(arxiv="2005.00683", primary_class=primary) == []


def test_two_subject_classes_are_a_fault() -> None:
    assert only("malformed-arxiv", arxiv="2005.00683", primary_class="cs, eess").field == "primary_class"


@pytest.mark.parametrize(
    "isbn", ["0306406152", "978-0-306-40615-7", "978 0 306 40615 7", "080442957X", "0-387-96115-1 and 3-540-96115-1",
     "9780306406157 0306406152"]
)  # fmt: skip
def test_an_isbn_with_its_check_digit_is_no_fault(isbn: str) -> None:
    assert rules(isbn=isbn) == []


@pytest.mark.parametrize(
    ("isbn", "what"),
    [
        ("0306406153", "check digit"),
        ("978-0-306-40615-8", "check digit"),
        ("978-0-306-4061", "number of digits"),
        ("97803064061578", "number of digits"),
        ("unknown number", "number of digits"),
        ("0378-5955", "is an ISSN"),
    ],
)
def test_a_mistyped_isbn_is_told_and_not_repaired(isbn: str, what: str) -> None:
    finding = only("malformed-isbn", isbn=isbn)
    assert what in finding.message
    assert not finding.fixable


@pytest.mark.parametrize("isbn", ["ISBN 978-0-306-40615-7", "ISBN-13: 978-0-306-40615-7", "978–0–306–40615–7"])
def test_an_isbn_is_made_bare(isbn: str) -> None:
    assert mended(isbn=isbn).isbn == "978-0-306-40615-7"


@pytest.mark.parametrize("issn", ["0378-5955", "03785955", "2434-561X", "0378-5955 (print) 2434-561X (online)"])
def test_an_issn_with_its_check_digit_is_no_fault(issn: str) -> None:
    assert rules(fields={"issn": issn}) == []


@pytest.mark.parametrize("issn", ["0378-5954", "378-5955", "none"])
def test_a_mistyped_issn_is_a_fault(issn: str) -> None:
    assert only("malformed-issn", fields={"issn": issn}).field == "fields.issn"


# --- addresses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["https://doi.org/10.1000/X", "http://dx.doi.org/10.1000/x"])
def test_a_url_that_says_the_doi_again_is_dropped(url: str) -> None:
    assert only("url-repeats-doi", doi="10.1000/x", url=url).severity is NOTE
    assert mended(doi="10.1000/x", url=url).url == ""


@pytest.mark.parametrize("url", ["https://arxiv.org/abs/2005.00683", "https://arxiv.org/pdf/2005.00683.pdf"])
def test_a_url_that_says_the_arxiv_id_again_is_dropped(url: str) -> None:
    assert mended(arxiv="2005.00683", url=url).url == ""


@pytest.mark.parametrize(
    "url", ["https://doi.org/10.1000/other", "https://example.org/10.1000/x", "https://arxiv.org/abs/2005.00683v2"]
)
def test_a_url_that_says_more_stays(url: str) -> None:
    assert rules(doi="10.1000/x", arxiv="2005.00683", url=url) == []


@pytest.mark.parametrize(
    "url", ["www.example.org", "example.org/x", "http://", "https:example.org", "https://a.org https://b.org"]
)
def test_a_url_that_is_not_whole_is_told_and_not_repaired(url: str) -> None:
    assert not only("malformed-url", url=url).fixable


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        (r"\url{https://example.org}", "https://example.org"),
        (r"https://example.org/a\_b\%20", "https://example.org/a_b%20"),
    ],
)
def test_latex_in_a_url_goes(url: str, bare: str) -> None:
    assert mended(url=url).url == bare


def test_a_link_is_looked_at_as_a_url() -> None:
    assert only("malformed-url", links={"code": "github.com/a/b"}).field == "links.code"
