"""Pages that are not the examples: other headings, odd lines, torn ends. What is expected is read off the page."""

from __future__ import annotations

import pytest

from litcli import importers, page
from litcli.names import display
from litcli.paper import Paper, Problem, Record


def read(text: str, name: str = "") -> tuple[list[Paper], list[Problem]]:
    """The papers and problems of a page."""
    found = page.Page("page.txt", text)
    importer = importers.by_name(name) if name else importers.identify(found)
    items = list(importer.parse(found))
    return [i.paper for i in items if isinstance(i, Record)], [i for i in items if isinstance(i, Problem)]


HOMEPAGE = "Ann Author\n\n{heading}\n\n{papers}\n\nService\nReviewer for ACL, 2022\n"
FIRST = "First Things First\nAnn Author, Bo Brown\n{venue}\npdf / code\n\nWe count.\n"


@pytest.mark.parametrize(
    "heading",
    ["Publications", "Workshop Papers", "Selected Publications (2020-2023)", "Selected Work", "## Preprints & Papers"],
)
def test_a_homepage_calls_its_papers_what_it_likes(heading: str) -> None:
    papers, problems = read(HOMEPAGE.format(heading=heading, papers=FIRST.format(venue="ICML, 2022")))
    assert [(paper.title, paper.abstract) for paper in papers] == [("First Things First", "We count.")]
    assert problems == []


@pytest.mark.parametrize(
    ("line", "venue", "year", "said"),
    [
        ("ICML, 2022", "ICML", 2022, None),
        ("ICML 2022", "ICML", 2022, None),
        ("ICML 2022 Oral", "ICML", 2022, "Oral"),
        ("ICML '22 (Spotlight)", "ICML", 2022, "Spotlight"),
        ("In Proceedings of ACL, 2021", "Proceedings of ACL", 2021, None),
        ("Nature Methods, 2020 (Best Paper) (Oral)", "Nature Methods", 2020, "Best Paper, Oral"),
    ],
)
def test_a_venue_line_has_many_forms(line: str, venue: str, year: int, said: str | None) -> None:
    (paper,), _ = read(HOMEPAGE.format(heading="Papers", papers=FIRST.format(venue=line)))
    assert (paper.venue, paper.year, paper.fields.get("addendum")) == (venue, year, said)


def test_what_only_looks_like_a_paper_is_told_and_is_no_part_of_the_one_above() -> None:
    odd = "A Paper Without a Venue\nCy Clark, Di Drake\npdf\n\nText.\n"
    papers, problems = read(HOMEPAGE.format(heading="Papers", papers=FIRST.format(venue="ICML, 2022") + "\n" + odd))
    assert [paper.abstract for paper in papers] == ["We count."]
    assert [(problem.line, problem.failed) for problem in problems] == [(12, 1)]


def test_an_odd_author_line_between_title_and_venue_is_still_one() -> None:
    team = "Second Things\nThe Counting Team et al.\nACL, 2023\npdf\n\nWe sort.\n"
    papers, _ = read(HOMEPAGE.format(heading="Papers", papers=FIRST.format(venue="ICML, 2022") + "\n" + team))
    assert [(paper.title, paper.et_al) for paper in papers] == [("First Things First", False), ("Second Things", True)]
    assert [display(person) for person in papers[1].authors] == ["The Counting Team"]


FEED = "CLOct 10, 2023Code\nFirst Things FirstAnn Author, Bo Brown et al. · here\nWe count.\n"


@pytest.mark.parametrize("head", ["XYNov 11, 2022", "cs.CLNov 11, 2022", "quant-phNov 11, 2022Code"])
def test_a_feed_s_paper_of_an_unknown_category_is_a_paper_of_its_own(head: str) -> None:
    papers, _ = read(f"{FEED}{head}\nSecond ThingsCy Clark\nWe sort.\n")
    assert [(paper.title, paper.date) for paper in papers] == [
        ("First Things First", "2023-10-10"),
        ("Second Things", "2022-11-11"),
    ]


@pytest.mark.parametrize(
    "end", ["CLNov 11, 2022\nSecond Things to Co", "CLNov 11, 2022\nSecond ThingsCy Cl", "CLNov 1", "CLN"]
)
def test_a_feed_that_is_cut_off_says_so(end: str) -> None:
    papers, problems = read(FEED + end)
    assert [(paper.title, paper.abstract) for paper in papers] == [("First Things First", "We count.")]
    assert [problem.failed for problem in problems] == [1]


def test_an_anthology_page_that_is_cut_off_within_a_booktitle_says_so() -> None:
    record = "pdf bib abs\nFirst Things\nAnn Author | Bo Brown\nProceedings of ACL\n\nWe count.\n\n"
    papers, problems = read(f"2022\n\n{record}pdf bib\nSecond Things\nCy Clark\nProceedings of the 60th Ann")
    assert [(paper.title, paper.year) for paper in papers] == [("First Things", 2022)]
    assert [(problem.line, problem.failed) for problem in problems] == [(13, 1)]


def test_an_english_report_with_full_width_marks_and_missing_years() -> None:
    papers, problems = read(
        "Counting\nPapers on counting.\n"
        "- First Things（Ann Author， Bo Brown， et al.， 2020， Journal of Counting (Series B)）\n"
        "2. Second Things(Cy Clark, None, No journal)\n"
        "Sorting\n"
        "- Third <i>Things</i>(Drake, Di, 2021, arXiv (Cornell University))\n"
        "In total, 3 papers\n"
    )
    assert problems == []
    assert [(p.title, [display(x) for x in p.authors], p.et_al, p.year, p.venue) for p in papers] == [
        ("First Things", ["Ann Author", "Bo Brown"], True, 2020, "Journal of Counting (Series B)"),
        ("Second Things", ["Cy Clark"], False, None, ""),
        ("Third Things", ["Di Drake"], False, 2021, "arXiv (Cornell University)"),
    ]


def test_a_total_that_disagrees_is_remarked_on() -> None:
    _, problems = read("Counting\n- First(Ann Author, 2020, ACL)\n总计5篇相关文献\n")
    assert [(problem.line, problem.failed) for problem in problems] == [(3, 0)]
