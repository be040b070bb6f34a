"""Rules together: what a good record is, the order of findings, and what mending any entry leaves."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import check
from litcli.check import RULES, mend, report
from litcli.paper import Entry, Paper, Person
from tests.check.articles import ARTICLE, DAY, NOTE, article, findings, only, people

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
