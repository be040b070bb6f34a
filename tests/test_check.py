"""Faults of entries: what each rule finds and what it lets pass, what is repaired, and the three reports."""

from __future__ import annotations

import datetime
import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import check, names
from litcli.check import RULES, Finding, Severity, mend, report
from litcli.paper import Entry, Paper, Person

DAY = datetime.date(2024, 6, 1)
ERROR, WARNING, NOTE = Severity
ARTICLE: dict[str, Any] = {
    "type": "article",
    "title": "On the growth of trees",
    "authors": (Person("Doe", "Jane"),),
    "year": 2020,
    "venue": "Acta Arborum",
}


def article(**said: Any) -> Entry:
    """An article without a fault but those that are said."""
    return Entry("doe2020growth", Paper(**{**ARTICLE, **said}))


def people(*texts: str) -> tuple[Person, ...]:
    return tuple(map(names.parse, texts))


def findings(entry: Entry, *others: Entry) -> list[Finding]:
    return check.check([entry, *others], today=DAY)


def rules(**said: Any) -> list[str]:
    """The names of the rules that find something in such an article."""
    return [finding.rule for finding in findings(article(**said))]


def only(rule: str, **said: Any) -> Finding:
    """What a rule finds in such an article, and nothing else does."""
    (finding,) = findings(article(**said))
    assert finding.rule == rule
    return finding


def mended(**said: Any) -> Paper:
    return mend(article(**said)).paper


# --- the whole --------------------------------------------------------------------------------------------

GOOD = [
    Paper(**ARTICLE),
    Paper(
        type="inproceedings",
        title="{BERT} for all: a study of {España} and $O(n^2)$ growth",
        authors=people("van der Berg, Jan", "Smith, Jr., Bob", "Müller, Änne", "{Google Research}", "Plato"),
        year=2019,
        venue="Proceedings of the 12th Meeting on Trees",
        pages="101-110",
        doi="10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
        arxiv="1905.00683",
        primary_class="cs.CL",
        url="https://example.org/a_b?x=1&y=50%25#frag~z",
        links={"code": "https://github.com/a/b"},
    ),
    Paper(
        type="book",
        title="The art of trees",
        editors=people("Doe, Jane"),
        year=1997,
        publisher="Wood & Sons",
        isbn="0-8044-2957-X",
        fields={"issn": "0378-5955", "note": "First 50% of the set: ~10 trees & more"},
    ),
    Paper(type="misc", title="A preprint on trees", authors=people("Doe, Jane"), year=2021, arxiv="math/0601001"),
    Paper(
        type="phdthesis", title="Trees", authors=people("Doe, Jane"), year=2003, institution="Technische Universität"
    ),
    Paper(type="online", title="Trees", year=2003, url="ftp://example.org/trees"),
    Paper(type="inbook", title="Trees", authors=people("Doe, J."), year=2003, venue="Woods", publisher="P", pages="3"),
    Paper(type="unpublished", title="Trees", authors=people("Doe, J."), year=2003, fields={"note": "in preparation"}),
    Paper(**{**ARTICLE, "year": None, "date": "2020-04-07"}),
    Paper(**{**ARTICLE, "title": "树的生长", "authors": (), "fields": {"author": "x"}, "type": "misc"}),
]


@pytest.mark.parametrize("paper", GOOD, ids=lambda paper: paper.type)
def test_a_good_record_has_no_error_and_no_warning(paper: Paper) -> None:
    assert [finding for finding in findings(Entry("k2020", paper)) if finding.severity is not NOTE] == []


def test_each_rule_has_a_name_of_its_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_findings_stand_by_key_and_then_in_the_order_of_the_fields() -> None:
    late, early = article(title="", pages="n/a"), Entry("Alpha2020", Paper(**{**ARTICLE, "year": 3000, "url": "x y"}))
    assert [(finding.key, finding.field) for finding in findings(late, early)] == [
        ("Alpha2020", "year"),
        ("Alpha2020", "url"),
        ("doe2020growth", "title"),
        ("doe2020growth", "pages"),
    ]


def test_a_fault_of_an_abstract_is_a_note_for_no_style_prints_it() -> None:
    assert only("mojibake", abstract="the mÃ¼hle").severity is NOTE


# --- what is missing --------------------------------------------------------------------------------------

FULL: dict[str, Any] = {
    "title": "Trees",
    "authors": people("Doe, Jane"),
    "editors": people("Roe, Richard"),
    "year": 2020,
    "venue": "Woods",
    "publisher": "P",
    "institution": "I",
    "number": "7",
    "pages": "3",
    "url": "https://example.org",
    "fields": {"chapter": "1", "note": "n", "type": "t", "entryset": "a,b"},
}


@pytest.mark.parametrize("kind", [*check._REQUIRED, "conference", "www"])
def test_an_entry_with_all_fields_lacks_none(kind: str) -> None:
    assert [
        finding for finding in findings(Entry("k", Paper(type=kind, **FULL))) if finding.rule != "title-is-venue"
    ] == []


@pytest.mark.parametrize(
    ("kind", "without", "told"),
    [
        ("article", "venue", "no venue, which bibtex and biblatex require of @article"),
        ("article", "authors", "no authors, which bibtex and biblatex require of @article"),
        ("article", "year", "no year, which bibtex and biblatex require of @article"),
        ("article", "title", "no title"),
        ("misc", "title", "no title"),
        ("inproceedings", "venue", "no venue, which bibtex and biblatex require of @inproceedings"),
        ("book", "publisher", "no publisher, which bibtex requires of @book"),
        ("book", "authors editors", "no authors or editors, which bibtex and biblatex require of @book"),
        ("inbook", "venue pages fields", "no chapter or pages, which bibtex requires of @inbook"),
        ("incollection", "publisher", "no publisher, which bibtex requires of @incollection"),
        ("mastersthesis", "institution venue", "no institution, which bibtex and biblatex require of @mastersthesis"),
        ("techreport", "institution venue", "no institution, which bibtex and biblatex require of @techreport"),
        ("unpublished", "fields", "no note, which bibtex requires of @unpublished"),
        ("online", "url", "no url or doi or arxiv, which biblatex requires of @online"),
        ("patent", "number", "no number, which biblatex requires of @patent"),
    ],
)
def test_a_missing_field_is_a_warning_that_says_who_requires_it(kind: str, without: str, told: str) -> None:
    left = {name: value for name, value in FULL.items() if name not in without.split()}
    warned = [f.message for f in findings(Entry("k", Paper(type=kind, **left))) if f.severity is WARNING]
    assert warned == [told]


@pytest.mark.parametrize(
    ("kind", "without"),
    [("misc", "year"), ("booklet", "authors editors"), ("incollection", "editors"), ("thesis", "fields")],
)
def test_what_biblatex_alone_requires_of_a_type_that_bibtex_knows_is_a_note(kind: str, without: str) -> None:
    left = {name: value for name, value in FULL.items() if name not in without.split()}
    missing = [f for f in findings(Entry("k", Paper(type=kind, **left))) if f.rule == "missing-field"]
    assert [(f.severity, "biblatex requires" in f.message) for f in missing] == [(NOTE, True)]


def test_an_unknown_type_is_a_note() -> None:
    assert only("unknown-type", type="jurthesis").severity is NOTE


@pytest.mark.parametrize("kind", ["conference", "electronic", "movie", "software"])
def test_types_of_either_dialect_and_their_other_names_are_known(kind: str) -> None:
    assert "unknown-type" not in rules(type=kind)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("phdthesis", {"school": "I"}), ("manual", {"organization": "O"}), ("misc", {"year": "in press"})],
)
def test_a_field_under_its_imported_name_counts(kind: str, fields: dict[str, str]) -> None:
    paper = Paper(
        type=kind, title="Trees", authors=people("Doe, J."), year=None if "year" in fields else 2020, fields=fields
    )
    assert findings(Entry("k", paper)) == []


# --- keys -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["a b", "a,b", "a{b", "a}b", "50%", "c#", "a~b", "a\\b", "a\tb", "a\x7fb", ""])
def test_a_key_that_bibtex_or_latex_cannot_read_is_an_error(key: str) -> None:
    (finding,) = findings(Entry(key, Paper(**ARTICLE)))
    assert (finding.rule, finding.field, finding.severity, finding.fixable) == ("unsafe-key", "key", ERROR, False)


@pytest.mark.parametrize("key", ['a"b', "a(b", "a)b", "a=b", "o'hara", "müller2020"])
def test_a_key_that_some_setups_cannot_read_is_a_warning(key: str) -> None:
    (finding,) = findings(Entry(key, Paper(**ARTICLE)))
    assert (finding.rule, finding.severity) == ("unsafe-key", WARNING)


@pytest.mark.parametrize("key", ["doe2020", "Doe:2020-a+b/c_d.e", "DBLP:conf/acl/X", "2020doe", "a&b"])
def test_other_keys_are_safe(key: str) -> None:
    assert findings(Entry(key, Paper(**ARTICLE))) == []


# --- between entries --------------------------------------------------------------------------------------


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
    "isbn", ["0306406152", "978-0-306-40615-7", "978 0 306 40615 7", "080442957X", "0-387-96115-1 and 3-540-96115-1"]
)
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


# --- pages and years --------------------------------------------------------------------------------------


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


# --- titles -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title", ["ATTENTION IS ALL YOU NEED", "DEEP LEARNING", "{ON THE GROWTH OF TREES}", "BÄUME UND WÄLDER"]
)
def test_a_title_in_capitals_is_a_warning_without_a_repair(title: str) -> None:
    finding = next(f for f in findings(article(title=title)) if f.rule == "all-caps-title")
    assert (finding.severity, finding.fixable) == (WARNING, False)


@pytest.mark.parametrize(
    "title", ["SARS-COV-2 RNA", "BERT", "XLNET", "GPT-4V", "LLM360", "BERT: on the growth of trees", "树的生长"]
)
def test_short_names_alone_are_no_shouting(title: str) -> None:
    assert "all-caps-title" not in rules(title=title)


def test_words_that_styles_would_lower_are_braced() -> None:
    finding = only("unprotected-capitals", title="On BERT and the growth of iPhone users")
    assert (finding.severity, finding.fixable) == (NOTE, True)
    assert "BERT, iPhone" in finding.message
    assert mended(title="On BERT and the growth of iPhone users").title == "On {BERT} and the growth of {iPhone} users"


@pytest.mark.parametrize("title", ["On the {BERT} tree", "Deep Growth of Trees", "$O(N)$ trees"])
def test_words_that_need_no_braces_are_left_alone(title: str) -> None:
    assert rules(title=title) == []


def test_a_title_in_another_language_keeps_its_capitals_by_that() -> None:
    assert rules(title="Über das Wachstum der Bäume", fields={"langid": "german"}) == []


@pytest.mark.parametrize("title", ["On the growth of trees.", "Trees (part 2)."])
def test_a_full_stop_behind_a_title_goes(title: str) -> None:
    assert only("trailing-period", title=title).severity is NOTE
    assert mended(title=title).title == title[:-1]


@pytest.mark.parametrize(
    "title", ["Trees, woods, etc.", "Trees and so on...", "Trees in the u.s.a.", "Sons of trees ltd."]
)
def test_the_full_stop_of_a_short_form_stays(title: str) -> None:
    assert rules(title=title) == []


def test_a_title_that_is_the_venue_is_a_warning() -> None:
    assert only("title-is-venue", title="Acta arborum").severity is WARNING


@pytest.mark.parametrize(("title", "fault"), [
    ("{On the growth of trees}", True),
    ("{On} the growth of {trees}", False),
    ("{DeepSpeed}", False),
    ("{Wachstum und Wald}", False),
])  # fmt: skip
def test_an_english_title_in_braces_as_a_whole_is_a_warning(title: str, fault: bool) -> None:
    assert rules(title=title) == (["braced-title"] if fault else [])


# --- braces, math, LaTeX ----------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["the {set of trees", "the set} of trees", "}{ trees"])
def test_a_brace_without_its_partner_is_an_error(title: str) -> None:
    finding = only("unbalanced-braces", title=title)
    assert (finding.severity, finding.fixable) == (ERROR, False)


def test_a_printed_brace_needs_no_partner() -> None:
    assert "unbalanced-braces" not in rules(title=r"on the sign \{ in trees")


def test_a_dollar_before_math_without_its_partner_is_a_warning() -> None:
    assert "unbalanced-math" in rules(title=r"on $x_i trees")


@pytest.mark.parametrize("title", ["a $5 tree", r"a \$5 tree with x_1", "on $x_i$ trees", "from $5 to $10 for a tree"])
def test_prices_and_whole_formulas_are_no_fault(title: str) -> None:
    assert rules(title=title) == []


@pytest.mark.parametrize(
    ("field", "latex", "plain"),
    [
        ("venue", r"Zeitschrift f{\"u}r B{\"a}ume", "Zeitschrift für Bäume"),
        ("venue", r"Acta \& more", "Acta & more"),
        ("title", "The growth -- a study", "The growth – a study"),
        ("title", "On ``trees'' and woods", "On “trees” and woods"),
        ("title", r"On gro{\ss}e ~10 trees", "On große ~10 trees"),
        ("title", r"Trees via \chi growth", "Trees via χ growth"),
        ("title", r"On {\$}\ell_1{\$} trees", r"On $\ell_1$ trees"),
        ("publisher", r"Presses de l'\'Ecole", "Presses de l'École"),
    ],
)
def test_latex_that_was_left_in_a_text_becomes_plain(field: str, latex: str, plain: str) -> None:
    (finding,) = findings(article(**{field: latex}))
    assert (finding.rule in ("latex-in-text", "escaped-math"), finding.field, finding.fixable) == (True, field, True)
    assert getattr(mended(**{field: latex}), field) == plain


def test_latex_in_a_name_becomes_plain() -> None:
    assert mended(authors=people(r"M{\"u}ller, {\AA}ke")).authors == (Person("Müller", "Åke"),)


def test_latex_in_a_field_that_the_library_has_no_name_for_becomes_plain() -> None:
    assert mended(fields={"note": r"in {\'E}vian"}).fields == {"note": "in Évian"}


def test_what_breaks_in_print_weighs_more_than_what_prints_right() -> None:
    assert only("latex-in-text", title=r"On gro{\ss}e trees").severity is WARNING
    assert only("latex-in-text", title=r"Woods \& trees").severity is NOTE


@pytest.mark.parametrize(
    "title",
    [r"the \emph{growth} of trees", r"the $\alpha$-growth of trees", "trees ~10 m high", "trees in c-- or c++",
     r"a \$5 tree", "the {tree} of $x--y$", "trees, don't they grow", "50% of trees & woods_1 #2"],
)  # fmt: skip
def test_the_signs_of_a_plain_text_are_no_latex(title: str) -> None:
    assert [rule for rule in rules(title=title) if rule != "unprotected-capitals"] == []


@pytest.mark.parametrize("title", [r"\"why?\" asked the tree", r"trees don\'t grow"])
def test_an_escaped_quotation_mark_is_told_and_left(title: str) -> None:
    assert not only("latex-in-text", title=title).fixable
    assert mended(title=title).title == title


def test_a_command_that_latex_does_not_know_is_a_warning() -> None:
    assert only("unknown-command", title=r"the \emdash trees").message == (
        r"LaTeX does not know \emdash: it is printed as text; write what it says"
    )


# --- characters -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("MÃ¼ller", "Müller"),
        ("Rubikâ€™s tree", "Rubik’s tree"),
        ("cafÃ©", "café"),
        ("Å½iga", "Žiga"),
        ("10 Âµm", "10 µm"),
        ("wood â€“ tree", "wood – tree"),
        ("ÐœÐ¾Ñ\x81ÐºÐ²Ð°", "Москва"),
        ("æ·±åº¦", "深度"),
        ("grÃ\x83Â¼n", "grün"),  # twice
        ("four-year-oldsâ\x80\x99 use", "four-year-olds’ use"),
    ],
)
def test_utf8_that_was_read_as_windows_1252_is_read_again(read: str, meant: str) -> None:
    found = [f for f in findings(article(venue=read)) if f.rule == "mojibake"]
    assert [(f.severity, f.fixable) for f in found] == [(ERROR, True)]
    assert mended(venue=read).venue == meant


@pytest.mark.parametrize(
    "venue",
    ["SÃO PAULO", "IRMÃ”", "KESÄ–TALVI", "«Liberté\u00a0» et arbres", "ÉCOLE”", "Ångström", "Ä–Ö", "CAFÉ…",
     "50 °C ± 2", "naïve façade", "ESPAÑA", "Größe – Länge", "Đorđe", "Îles"],
)  # fmt: skip
def test_letters_with_accents_are_no_mojibake(venue: str) -> None:
    assert "mojibake" not in rules(venue=venue)


def test_a_lost_character_is_an_error_that_cannot_be_repaired() -> None:
    finding = next(f for f in findings(article(venue="M\ufffdller")) if f.rule == "lost-character")
    assert (finding.severity, finding.fixable) == (ERROR, False)


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("the growth &amp; the tree", "the growth & the tree"),
        ("the <i>growth</i> of trees", "the growth of trees"),
        ("about 10<sup>5</sup> trees", "about 10⁵ trees"),
        ("the h<sub>2</sub>o of trees", "the h₂o of trees"),
        ("the 19<sup>th</sup> tree", "the 19th tree"),
        ("tree&#8217;s growth", "tree’s growth"),
    ],
)
def test_html_becomes_what_it_says(title: str, plain: str) -> None:
    assert only("html", title=title).fixable
    assert mended(title=title).title == plain


@pytest.mark.parametrize("title", ["trees & woods; more", "trees with x<y and z>w", "q&a; or not"])
def test_signs_that_only_look_like_html_are_no_fault(title: str) -> None:
    assert rules(title=title) == []


def test_html_that_has_no_plain_form_is_told() -> None:
    assert not only("html", title="trees<br/>and woods").fixable


@pytest.mark.parametrize("text", ["tr\x02ees", "tre\u200bes", "tre\u00ades", "\ufefftrees"])
def test_invisible_characters_go(text: str) -> None:
    assert only("invisible-character", venue=text).fixable
    assert mended(venue=text).venue == "trees"


@pytest.mark.parametrize("text", ["the  trees", " the trees", "the\ttrees", "the \u00a0\u00a0trees", "the\ntrees"])
def test_stray_blanks_become_one(text: str) -> None:
    assert only("stray-blanks", venue=text).severity is NOTE
    assert mended(venue=text).venue == "the trees"


def test_a_single_no_break_space_stays() -> None:
    assert rules(venue="the\u00a0trees") == []


def test_the_joiners_of_other_scripts_stay() -> None:
    assert mended(venue="می\u200cخواهم").venue == "می\u200cخواهم"


def test_a_character_without_a_latex_form_is_a_note_that_names_it() -> None:
    finding = only("no-latex-form", authors=people("池"))
    assert finding.severity is NOTE
    assert "池 (U+6C60)" in finding.message


def test_letters_with_a_latex_form_are_no_fault() -> None:
    assert rules(venue="Žurnal für Größe, ångström – “αβ”") == []


# --- names ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["et al.", "others", "et al", "and others"])
def test_the_sign_of_a_cut_list_is_no_person(name: str) -> None:
    paper = mended(authors=(Person("Doe", "Jane"), names.parse(name)))
    assert (paper.authors, paper.et_al) == ((Person("Doe", "Jane"),), True)


def test_an_empty_name_goes() -> None:
    paper = mended(authors=(Person("Doe", "Jane"), Person()))
    assert (paper.authors, paper.et_al) == ((Person("Doe", "Jane"),), False)


@pytest.mark.parametrize("name", ["Wei Wang 0001", "Wang 0001, Wei"])
def test_the_number_that_dblp_gives_to_namesakes_goes(name: str) -> None:
    assert only("homonym-number", authors=people(name)).fixable
    assert mended(authors=people(name)).authors == (Person("Wang", "Wei"),)


def test_a_suffix_behind_the_given_name_is_put_in_its_place() -> None:
    assert mended(authors=people("Morris, S. M., Jr.")).authors == (Person("Morris", "S. M.", suffix="Jr."),)


@pytest.mark.parametrize(
    "name",
    ["Jane Doe and Richard Roe", "Jane Doe & Richard Roe", "Doe, J.; Roe, R.", "Doe J, Roe R, Poe E", "Jane Doe2",
     "{Jane Doe, Richard Roe, Edgar Poe}"],
)  # fmt: skip
def test_what_cannot_be_one_persons_name_is_told(name: str) -> None:
    assert "odd-name" in rules(authors=people(name))


@pytest.mark.parametrize(
    "name",
    ["{Department of Health, Labour and Welfare}", "{Johnson and Johnson}", "King, Jr., Martin", "Doe, III, John",
     "{LLM360 Team}", "Anderson, Jane", "Brandon, Andy", "Plato", "d'Alembert, Jean", "{Barnes} {and} {Noble}"],
)  # fmt: skip
def test_these_are_names(name: str) -> None:
    assert rules(authors=people(name)) == []


@pytest.mark.parametrize(
    ("name", "fault"), [("DOE, JANE", False), ("SMITH, JANE", True), ("Smith, J. R.", False), ("{IBM}", False)]
)
def test_a_name_in_capitals_is_a_note(name: str, fault: bool) -> None:
    assert rules(authors=people(name)) == (["all-caps-name"] if fault else [])


def test_an_organisation_without_braces_is_a_note() -> None:
    finding = only("bare-organisation", authors=people("Tree Research Group"))
    assert (finding.severity, finding.fixable) == (NOTE, False)


def test_the_same_author_twice_is_a_warning() -> None:
    assert only("same-person-twice", authors=people("Jane Doe", "Richard Roe", "Doe, Jane")).severity is WARNING


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


# --- the report -------------------------------------------------------------------------------------------

FOUND = [
    Finding("doe2020", "title", "html", WARNING, "50% is wrong", True),
    Finding("roe2021", "key", "unsafe-key", ERROR, "two\nlines"),
    Finding("roe2021", "url", "url-repeats-doi", NOTE, "only says the DOI again", True),
]
PLACES = {"doe2020": ("my,lib: 1.toml", 12), "roe2021": ("library.toml", 30)}


def test_the_text_report_is_a_line_for_each_finding_and_the_counts() -> None:
    assert report(FOUND, "text", PLACES.__getitem__) == (
        "my,lib: 1.toml:12: warning: doe2020: title: 50% is wrong [html]\n"
        "library.toml:30: error: roe2021: key: two lines [unsafe-key]\n"
        "library.toml:30: note: roe2021: url: only says the DOI again [url-repeats-doi]\n"
        "1 error, 1 warning, 1 note; --fix mends 2 of them\n"
    )


def test_the_text_report_of_nothing_is_its_counts() -> None:
    assert report([], "text", PLACES.__getitem__) == "0 errors, 0 warnings, 0 notes\n"


def test_the_json_report_has_each_finding_with_its_place_and_the_counts() -> None:
    document = json.loads(report(FOUND, "json", PLACES.__getitem__))
    assert document["format_version"] == 1
    assert document["counts"] == {"error": 1, "warning": 1, "note": 1}
    assert document["findings"][0] == {
        "key": "doe2020",
        "field": "title",
        "rule": "html",
        "severity": "warning",
        "message": "50% is wrong",
        "fixable": True,
        "file": "my,lib: 1.toml",
        "line": 12,
    }


def test_the_github_report_is_workflow_commands_escaped_as_github_reads_them() -> None:
    assert report(FOUND, "github", PLACES.__getitem__).splitlines() == [
        "::warning file=my%2Clib%3A 1.toml,line=12,title=html::doe2020: title: 50%25 is wrong",
        "::error file=library.toml,line=30,title=unsafe-key::roe2021: key: two%0Alines",
        "::notice file=library.toml,line=30,title=url-repeats-doi::roe2021: url: only says the DOI again",
    ]


# --- any entry --------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"{}$\\&%#_~^<>|\"'`-–—.,;:?!() aeTX1",
        "\u00a0", "\u200b", "\ufffd", "\n", "é", "池", "Ã¼", "â€™", "&amp;", "&amp;lt;", "<i>", "</i>",
        "<sup>2</sup>", "<br>", r"{\"u}", r"\'e", r"\&", r"\foo", r"\emph{x}", r"\alpha ", r"{\$}x_1{\$}", "$x^2$",
        "--", "``", "''", "BERT", "the ", "and ", "0001", "et al.", "pp. ", "10.1000/x", "https://doi.org/10.1000/x",
        "1--10", "arXiv:2005.00683v2",
    ]
)  # fmt: skip
TEXT = st.lists(PIECES, max_size=8).map("".join)
PEOPLE = st.lists(st.builds(Person, TEXT, TEXT, st.just(""), st.just("") | TEXT, st.just("") | TEXT), max_size=3).map(
    tuple
)
PAPERS = st.builds(
    Paper,
    type=st.sampled_from(["article", "book", "misc", "online", "odd"]),
    title=TEXT,
    authors=PEOPLE,
    editors=PEOPLE,
    year=st.none() | st.integers(0, 9999),
    date=st.sampled_from(["", "2020-04", "--05-07"]),
    venue=TEXT,
    pages=TEXT,
    publisher=TEXT,
    doi=TEXT,
    arxiv=TEXT,
    primary_class=TEXT,
    isbn=TEXT,
    url=TEXT,
    links=st.dictionaries(st.sampled_from(["code", "slides"]), TEXT, max_size=1),
    abstract=TEXT,
    fields=st.dictionaries(st.sampled_from(["note", "issn", "langid", "howpublished"]), TEXT, max_size=2),
)


@settings(max_examples=150)
@given(PAPERS)
def test_a_mended_entry_has_nothing_left_to_mend(paper: Paper) -> None:
    once = mend(Entry("k", paper))
    assert [finding for finding in findings(once) if finding.fixable] == []
    assert mend(once) == once


@settings(max_examples=150)
@given(PAPERS)
def test_an_entry_without_a_fixable_fault_is_left_as_it_is(paper: Paper) -> None:
    entry = Entry("k", paper)
    fixable = any(finding.fixable for finding in findings(entry))
    assert (mend(entry) != entry) == fixable


@settings(max_examples=60)
@given(st.lists(PAPERS, max_size=3), st.sampled_from(check.FORMS))
def test_any_entries_give_a_report_with_a_line_for_each_finding(papers: list[Paper], form: str) -> None:
    entries = [Entry(f"k{n}", paper) for n, paper in enumerate(papers)]
    found = check.check(entries, today=DAY)
    text = report(found, form, lambda key: ("library.toml", int(key[1:]) + 1))
    if form == "json":
        assert len(json.loads(text)["findings"]) == len(found)
    else:
        assert text.count("\n") == len(found) + (form == "text")


def test_a_repair_keeps_what_the_reader_added() -> None:
    entry = Entry(
        "k",
        Paper(**{**ARTICLE, "pages": "1--2"}),
        "read &amp; liked",
        ("b",),
        ("old",),
        ("a.bib:1 (bibtex)",),
        "2020-01-01",
    )
    after = mend(entry)
    assert after.paper.pages == "1-2"
    assert (after.key, after.note, after.tags, after.aliases) == (entry.key, entry.note, entry.tags, entry.aliases)
    assert (after.sources, after.added) == (entry.sources, entry.added)


@pytest.mark.parametrize(
    "unit",
    ["{", "}", "$", "\\", "<", "&", "-", "`", "''", " ", "\u00a0", "Ã", "ã€", "Ð", "(", "a.", "{\\$}x", "\\\"",
     "1-", "0001 ", "et al., ", ".", "a ", "$x$ ", "&amp;"],
)  # fmt: skip
def test_a_long_line_takes_time_in_proportion(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        same = dict.fromkeys(("title", "venue", "pages", "doi", "arxiv", "isbn", "url", "abstract"), text)
        entry = article(**same, authors=(Person(text, text),), fields={"issn": text})
        start = time.perf_counter()
        findings(entry)
        return time.perf_counter() - start

    small = seconds(2_000)
    assert seconds(16_000) < 40 * small + 0.25
