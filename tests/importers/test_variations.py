"""Pages that are not the examples: other headings, odd lines, torn ends. What is expected is read off the page."""

from __future__ import annotations

from litcli import importers, page
from litcli.names import display
from litcli.paper import Paper, Problem, Record


def read(text: str, name: str = "") -> tuple[list[Paper], list[Problem]]:
    """The papers and problems of a page."""
    found = page.Page("page.txt", text)
    importer = importers.by_name(name) if name else importers.identify(found)
    items = list(importer.parse(found))
    return [i.paper for i in items if isinstance(i, Record)], [i for i in items if isinstance(i, Problem)]


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
