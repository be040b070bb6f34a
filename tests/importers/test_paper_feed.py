"""Feeds of papers by category and date, glued and otherwise."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import arxiv, importers, names, page
from litcli.importers import glued, paper_feed
from litcli.paper import Paper, Problem, Record
from tests.growth import grows_in_proportion
from tests.importers.said import expected, said, text_of
from tests.importers.test_glued import PAIRS

NAMES = ["feed-people", "feed-apart", "feed-unsure", "feed-relative"]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_what_its_reader_finds(name: str) -> None:
    assert said(text_of(name)) == expected(name)


def read(text: str) -> tuple[list[Record], list[Problem]]:
    items = list(paper_feed.parse(page.Page("feed.txt", text)))
    return [i for i in items if isinstance(i, Record)], [i for i in items if isinstance(i, Problem)]


# --- head lines -------------------------------------------------------------------------------------------

CLASSES = ["CL", "DATA-AN", "PR", "COMP-PH", "MES-HALL", "QUANT-PH", "GR-QC", "OPTICS", "SOFT", "cs.CL", "math.PR",
           "physics.data-an", "cond-mat.mes-hall", "q-bio.NC", "hep-th", "quant-ph"]  # fmt: skip


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("rest", ["Oct 10, 2023", "Oct 10, 2023Code", " Oct 10, 2023", "October 10, 2023", "Oct 10"])
def test_a_head_line_is_any_class_and_a_date(name: str, rest: str) -> None:
    text = f"{name}{rest}\nOn ThingsAnn Author\nWe count.\n"
    assert paper_feed.detect(page.Page("feed.txt", text))
    (record,), problems = read(text)
    date = "2023-10-10" if "2023" in rest else "--10-10"
    assert (record.paper.date, record.paper.title, problems) == (date, "On Things", [])
    full = name if "." in name else arxiv.subject_class(name)
    assert record.tags == ((full,) if full else ())


@pytest.mark.parametrize(
    ("printed", "badge"),
    [
        ("Code", "Code"),
        ("CodeDataset", "Code, Dataset"),
        ("CodeDemoSpotlight", "Code, Demo, Spotlight"),
        ("Code · Data", "Code, Data"),
        ("NeurIPS 2023", "NeurIPS 2023"),
        ("GitHub", "GitHub"),
    ],
)
def test_badges_are_parted(printed: str, badge: str) -> None:
    (record,), _ = read(f"CLOct 10, 2023{printed}\nOn ThingsAnn Author\nWe count.\n")
    assert record.paper.fields["badge"] == badge


@pytest.mark.parametrize(
    "line",
    [
        "May 7", "CL", "CLOct", "XYOct 10, 2023", "HelloOct 10, 2023", "CL Oct 10 was a day", "CL meets Oct 10, 2023",
        "CLOct 10, 20", "clOct 10, 2023", "ICML 2022",
    ],
)  # fmt: skip
def test_another_line_is_no_head(line: str) -> None:
    assert not paper_feed.detect(page.Page("feed.txt", f"{line}\nOn ThingsAnn Author\nWe count.\n"))


def test_a_date_of_prose_does_not_make_a_feed() -> None:
    assert not paper_feed.detect(
        page.Page("feed.txt", "It rained in October.\nAI May 7\nIt did so again, and again.\n")
    )


# --- what stands above, between and below -----------------------------------------------------------------

FEED = "CLOct 10, 2023Code\nOn ThingsAnn Author, Bo Brown et al. · here\nWe count.\n"


@pytest.mark.parametrize(
    "foot",
    [
        "Load more", "Show more papers", "Next →", "« Previous 1 2 3 Next »", "1 2 3 … 10", "Page 1 of 3",
        "Showing 1-32 of 120", "32 papers", "© 2025 The Feed", "About · Privacy · Terms", "About | Contact | RSS",
        "Twitter", "Powered by Sheep", "Back to top",
    ],
)  # fmt: skip
def test_a_line_of_the_site_below_the_papers_is_left_out_and_told(foot: str) -> None:
    (record,), (problem,) = read(f"{FEED}\n{foot}\n")
    assert (record.paper.abstract, problem.line, problem.failed) == ("We count.", 5, 0)
    assert foot[:10] in problem.message


def test_a_line_of_the_site_between_papers_is_left_out_and_told() -> None:
    records, (problem,) = read(f"{FEED}Load more\n{FEED}")
    assert ([record.paper.abstract for record in records], problem.line) == (["We count."] * 2, 4)


def test_the_last_line_of_an_abstract_is_none_of_the_site() -> None:
    (record,), problems = read(f"{FEED}The next page of history is written.\nGitHub stars are counted\n")
    assert record.paper.abstract == "We count. The next page of history is written. GitHub stars are counted"
    assert problems == []


def test_a_feed_without_abstracts_and_without_a_line_end_is_whole() -> None:
    records, problems = read("CLOct 10, 2023\nOn ThingsAnn Author\nLGOct 9, 2023\nOn BeingsBo Brown")
    assert [record.paper.title for record in records] == ["On Things", "On Beings"]
    assert problems == []


@pytest.mark.parametrize(
    "end", ["CLNov 11, 2022\nSecond Things to Co", "CLNov 11, 2022\nSecond ThingsCy Cl", "CLNov 1", "CLN"]
)
def test_a_feed_that_is_cut_off_says_so(end: str) -> None:
    (record,), (problem,) = read(FEED + end)
    assert (record.paper.title, record.paper.abstract, problem.failed) == ("On Things", "We count.", 1)


@pytest.mark.parametrize("head", ["XYNov 11, 2022", "cs.XYNov 11, 2022", "quant-phNov 11, 2022Code"])
def test_a_paper_of_an_unknown_category_is_a_paper_of_its_own(head: str) -> None:
    records, _ = read(f"{FEED}{head}\nSecond ThingsCy Clark\nWe sort.\n")
    assert [(record.paper.title, record.paper.date) for record in records] == [
        ("On Things", "2023-10-10"),
        ("Second Things", "2022-11-11"),
    ]


def test_a_point_between_blanks_may_stand_in_a_title() -> None:
    (record,), _ = read("CLOct 10, 2023\nA · B: On the ProductAnn Author · mit, cmu\nWe count.\n")
    assert (record.paper.title, record.paper.fields["affiliation"]) == ("A · B: On the Product", "mit, cmu")
    (record,), _ = read("CLOct 10, 2023\nA · B: On the ProductAnn Author\nWe count.\n")
    assert record.paper.title == "A · B: On the Product"


# --- one feed in many layouts -----------------------------------------------------------------------------

ABSTRACT = (
    "We count sheep, and then some more of them. The third was lost (Brown et al., 2020); ours are found at last."
)


@st.composite
def layouts(draw: st.DrawFn) -> tuple[str, list[tuple[str, tuple[str, ...], bool, str]]]:
    """A feed of some real papers, and the titles, people and abstracts on it."""
    blank, wrapped = draw(st.sampled_from(["", "\n"])), draw(st.booleans())
    text, found = draw(st.sampled_from(["", "Papers by Ann Author\nSort by: Newest\n\n", "Today\n"])), []
    for title, people in draw(st.lists(st.sampled_from(PAIRS), min_size=1, max_size=8)):
        people = people[: draw(st.integers(1, 3))]
        cut, abstract = draw(st.booleans()), draw(st.sampled_from(["", ABSTRACT]))
        head = draw(st.sampled_from(CLASSES)) + draw(st.sampled_from(["Jan 1, 2020", "May 31, 2019Code", "Dec 9"]))
        line = title + ", ".join(people) + " et al." * cut + draw(st.sampled_from(["", " · mit, cmu"]))
        below = "\n".join(textwrap.wrap(abstract, 50)) if wrapped else abstract
        text += f"{head}\n{blank}{line}\n{blank}{below}\n{blank}"
        found.append((title, tuple(people), cut, abstract))
    return text, found


@settings(max_examples=100, deadline=None)
@given(layouts(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(["\n", "\r\n"]))
def test_the_same_records_come_of_every_layout(
    laid_out: tuple[str, list[tuple[str, tuple[str, ...], bool, str]]], encoding: str, end: str
) -> None:
    text, told = laid_out
    found = page.decode("feed.txt", text.replace("\n", end).encode(encoding))
    records = [item for item in paper_feed.parse(found) if isinstance(item, Record)]
    assert len(records) == len(told)
    for record, (title, people, cut, abstract) in zip(records, told, strict=True):
        if "guessed" not in record.tags:
            assert (record.paper.title, shown(record.paper), record.paper.et_al) == (title, people, cut)
            assert record.paper.abstract == abstract
        else:
            assert not glued.split(title + ", ".join(people)).sure


def shown(paper: Paper) -> tuple[str, ...]:
    return tuple(map(names.display, paper.authors))


@pytest.mark.parametrize(
    "unit",
    ["CLOct 10, 2023\n", "CL\n", "CL\nOct 1, 2020\n", "CLOct 10, 2023\nTitleAnn Lee\n", "Load more\n", "About · ", "a-",
     "aB", "TitleAnn Lee\nBo Brown,\n", "Code\n", " · ", "1 2 … ", "CLOct 10, 2023\nT\nU\nV\n"],
)  # fmt: skip
def test_a_long_feed_takes_time_in_proportion(unit: str) -> None:
    def work(text: str) -> None:
        for found in (page.Page("feed.txt", text), page.Page("feed.txt", "CLOct 10, 2023\n" + text)):
            importers.by_name("paper-feed").detect(found)
            list(importers.by_name("paper-feed").parse(found))

    assert grows_in_proportion(work, unit * (30_000 // len(unit)))


def test_the_link_of_a_title_tells_where_it_ends() -> None:
    html = (
        "<html><body><div>CLOct 10, 2023</div><div><a href='https://arxiv.org/abs/2310.06825'>Speech at TikTok</a>"
        "<span>Xiaojie Jin, RJ Skerry-Ryan</span></div><div>We speak.</div></body></html>"
    )
    (paper,) = said(page.decode("feed.html", html.encode()), "paper-feed")["papers"]
    assert (paper["title"], paper["authors"]) == ("Speech at TikTok", ["Xiaojie Jin", "RJ Skerry-Ryan"])
    assert paper["tags"] == ["cs.CL"]
