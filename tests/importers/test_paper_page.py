"""Pages of one paper each."""

from __future__ import annotations

import pytest

from litcli import importers, page
from litcli.paper import Paper, Record
from tests.importers.said import PAGES, expected, said


@pytest.mark.parametrize("name", ["paper-arxiv.txt", "paper-hf.txt", "paper-tagged.html"])
def test_the_page_says_what_its_reader_finds(name: str) -> None:
    assert said(page.read(str(PAGES / name))) == expected(name.partition(".")[0])


def tagged(**tags: str) -> Paper:
    """The paper of a page with these citation tags, an author's among them, and no text of its own."""
    said = {"title": "On Wool", "author": "Baker, Ann", **tags}
    head = "".join(f'<meta name="citation_{name}" content="{value}">' for name, value in said.items())
    found = page.decode("page.html", f"<html><head>{head}</head><body><p>Menu</p></body></html>".encode())
    (record,) = importers.identify(found).parse(found)
    assert isinstance(record, Record)
    return record.paper


@pytest.mark.parametrize(
    ("tags", "kind", "venue"),
    [
        ({"conference_title": "Woolcon 2020"}, "inproceedings", "Woolcon 2020"),
        ({"journal_title": "Wool"}, "article", "Wool"),
        ({"inbook_title": "The Book of Wool"}, "incollection", "The Book of Wool"),
        ({"dissertation_institution": "Sheep University"}, "phdthesis", ""),
        ({"technical_report_institution": "Sheep University"}, "techreport", ""),
        ({}, "misc", ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_tags_say_what_kind_of_work_it_is(tags: dict[str, str], kind: str, venue: str) -> None:
    paper = tagged(**tags)
    assert (paper.type, paper.venue) == (kind, venue)


@pytest.mark.parametrize(
    ("said", "year", "date"),
    [("2020/07/31", 2020, "2020-07-31"), ("2020-7", 2020, "2020-07"), ("2020", 2020, ""), ("2020/13/40", 2020, ""),
     ("July 2020", None, "")],
)  # fmt: skip
def test_a_date_is_taken_as_far_as_it_is_one(said: str, year: int | None, date: str) -> None:
    paper = tagged(date=said)
    assert (paper.year, paper.date) == (year, date)


def test_a_preprint_has_its_number_and_no_doi_of_that_number() -> None:
    paper = tagged(arxiv_id="2301.04567", doi="10.48550/arXiv.2301.04567")
    assert (paper.arxiv, paper.doi) == ("2301.04567", "")


def test_the_tags_of_several_papers_are_no_page_of_one() -> None:
    head = '<meta name="citation_title" content="One"><meta name="citation_title" content="Two">'
    found = page.decode("page.html", f"<html><head>{head}</head><body><p>Menu</p></body></html>".encode())
    assert not importers.by_name("paper-page").detect(found)
