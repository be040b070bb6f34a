"""The forms of one work: what is a preprint, what is published, and the paper in the form that is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from litcli import dedupe, versions
from litcli.paper import Entry, Paper, Person

PREPRINT = Paper(
    type="misc",
    title="On Things",
    authors=(Person("Doe", "Jane"),),
    year=2018,
    date="2018-10",
    venue="arXiv",
    arxiv="1810.04805",
    primary_class="cs.CL",
)
PUBLISHED = Paper(
    type="inproceedings",
    title="On Things",
    authors=(Person("Doe", "Jane"),),
    year=2019,
    venue="NAACL",
    pages="1-10",
    doi="10.18653/v1/n19",
    publisher="ACL",
    abstract="Short.",
)


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        ({}, 0),
        ({"year": 2020}, 0),
        ({"arxiv": "1810.04805"}, 1),
        ({"venue": "arXiv"}, 1),
        ({"venue": "CoRR"}, 1),
        ({"doi": "10.48550/arXiv.1810.04805"}, 1),
        ({"venue": "bioRxiv", "doi": "10.1101/2020.01.01.123456"}, 1),
        ({"venue": "ACL"}, 2),
        ({"doi": "10.18653/v1/n19"}, 2),
        ({"venue": "arXiv", "doi": "10.18653/v1/n19"}, 2),
        ({"venue": "ACL", "doi": "10.18653/v1/n19"}, 3),
        ({"venue": "ACL", "doi": "10.18653/v1/n19", "arxiv": "1810.04805"}, 3),
    ],
)
def test_a_record_tells_how_well_it_stands(said: dict[str, Any], standing: int) -> None:
    assert versions.standing(Paper(**said)) == standing


def merged(*papers: Paper) -> Paper:
    first, *others = papers
    entry = Entry("k", first)
    for other in others:
        entry = dedupe.merge(entry, other)
    return entry.paper


@pytest.mark.parametrize("order", [(PREPRINT, PUBLISHED), (PUBLISHED, PREPRINT)])
def test_the_published_form_of_both_is_the_published_one(order: tuple[Paper, ...]) -> None:
    found = versions.prefer(merged(*order), "published")
    assert (found.type, found.venue, found.year, found.doi) == ("inproceedings", "NAACL", 2019, "10.18653/v1/n19")


@pytest.mark.parametrize("order", [(PREPRINT, PUBLISHED), (PUBLISHED, PREPRINT)])
def test_the_preprint_of_both_is_the_preprint(order: tuple[Paper, ...]) -> None:
    found = versions.prefer(merged(*order), "preprint")
    assert (found.year, found.arxiv, found.primary_class) == (2018, "1810.04805", "cs.CL")
    assert found.venue in ("", "arXiv")
    assert (found.doi, found.pages, found.publisher) == ("", "", "")


@pytest.mark.parametrize("form", versions.FORMS)
def test_authors_title_and_abstract_stay_whatever_the_form(form: str) -> None:
    found = versions.prefer(merged(PREPRINT, PUBLISHED), form)
    assert (found.title, found.authors, found.abstract) == ("On Things", PREPRINT.authors, "Short.")


@pytest.mark.parametrize("form", versions.FORMS)
def test_a_paper_in_that_form_already_is_left_as_it_is(form: str) -> None:
    paper = PREPRINT if form == "preprint" else PUBLISHED
    assert versions.prefer(paper, form) is paper


@pytest.mark.parametrize("form", versions.FORMS)
def test_a_paper_without_another_form_is_left_as_it_is(form: str) -> None:
    paper = PUBLISHED if form == "preprint" else PREPRINT
    assert versions.prefer(paper, form) == paper


@pytest.mark.parametrize("form", versions.FORMS)
def test_a_record_that_says_nothing_of_where_it_stands_is_left_as_it_is(form: str) -> None:
    paper = Paper(title="T", year=2020)
    assert versions.prefer(paper, form) == paper


def test_a_published_paper_with_an_arxiv_identifier_has_a_preprint() -> None:
    paper = Paper(type="article", title="T", venue="TACL", year=2020, volume="8", doi="10.1162/x", arxiv="1810.04805")
    found = versions.prefer(paper, "preprint")
    assert (found.type, found.arxiv, found.year, found.date) == ("misc", "1810.04805", 2018, "2018-10")
    assert (found.venue, found.volume, found.doi) == ("", "", "")


def test_the_better_of_two_published_forms_is_taken() -> None:
    workshop = {"type": "inproceedings", "venue": "Workshop", "year": 2018}
    journal = {"type": "article", "venue": "TACL", "year": 2020, "doi": "10.1162/x"}
    paper = Paper(title="T", venue="arXiv", arxiv="1810.04805", versions=(workshop, journal))
    assert versions.prefer(paper, "published").venue == "TACL"


def test_a_version_with_its_own_title_brings_it() -> None:
    paper = Paper(title="T", venue="TACL", versions=({"title": "Old T", "venue": "arXiv", "arxiv": "1810.04805"},))
    assert versions.prefer(paper, "preprint").title == "Old T"


def test_a_version_brings_its_authors() -> None:
    paper = Paper(
        title="T",
        authors=(Person("Doe", "Jane"),),
        venue="TACL",
        versions=({"venue": "arXiv", "authors": ["Ann Roe"]},),
    )
    assert versions.prefer(paper, "preprint").authors == (Person("Roe", "Ann"),)


def test_what_a_version_knows_beyond_the_fields_of_a_paper_is_no_crash() -> None:
    paper = Paper(title="T", venue="TACL", versions=({"venue": "arXiv", "colour": "red"},))
    assert versions.prefer(paper, "preprint").venue == "arXiv"
