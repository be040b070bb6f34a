"""What each type of entry requires, and the types that there are."""

from __future__ import annotations

from typing import Any

import pytest

from litcli.check.required import REQUIRED
from litcli.paper import Entry, Paper
from tests.check.articles import NOTE, WARNING, findings, only, people, rules

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


@pytest.mark.parametrize("kind", [*REQUIRED, "conference", "www"])
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
