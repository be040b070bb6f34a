"""Homepages in the usual template, as people of several fields have them."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import importers, names, page
from litcli.paper import Problem, Record
from tests.growth import grows_in_proportion
from tests.importers.said import expected, said, text_of

NAMES = [
    "homepage-vision",
    "homepage-biology",
    "homepage-economics",
    "homepage-physics",
    "homepage-nlp",
    "homepage-bare",
    "homepage-labels",
    "homepage-authors-first",
    "homepage-badges",
]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_what_its_reader_finds(name: str) -> None:
    assert said(text_of(name)) == expected(name)


# --- lines of a record ------------------------------------------------------------------------------------

RECORD = "First Things First\n{authors}\n{venue}\n{labels}\n\nWe count.\n"


def read(text: str) -> tuple[list[Record], list[Problem]]:
    items = list(importers.by_name("homepage").parse(page.Page("home.txt", text)))
    return [i for i in items if isinstance(i, Record)], [i for i in items if isinstance(i, Problem)]


def papers(heading: str = "Papers", **said: str) -> tuple[list[Record], list[Problem]]:
    """What is read of a page of one paper, with these lines."""
    told = {"authors": "Ann Author, Bo Brown", "venue": "ICML, 2022", "labels": "pdf / code", **said}
    return read(f"Ann Author\n\n{heading}\n\n{RECORD.format(**told)}\nService\nReviewer for ACL, 2022\n")


@pytest.mark.parametrize(("authors", "cut"), [(", *, Ann Author, , ", True), ("Ann Author*, Bo Brown", False)])
def test_a_list_of_people_with_gaps_is_cut(authors: str, cut: bool) -> None:
    (record,), _ = papers(authors=authors)
    assert record.paper.et_al is cut


@pytest.mark.parametrize(
    "heading",
    ["Publications", "Workshop Papers", "Selected Publications (2020-2023)", "Selected Work", "## Preprints & Papers",
     "Publications and Preprints", "Working Papers", "Conference", "Journals", "Books", "Theses", "Under Review",
     "Research:", "Publications by year", "Publikationen", "代表性论文", "📄 Publications"],
)  # fmt: skip
def test_a_homepage_calls_its_papers_what_it_likes(heading: str) -> None:
    (record,), problems = papers(heading)
    assert (record.paper.title, record.paper.abstract, problems) == ("First Things First", "We count.", [])


@pytest.mark.parametrize(
    "heading",
    ["Talks", "Invited Talks", "Recorded Talks", "Teaching", "Service", "News", "Awards & Honors", "Patents",
     "Students", "Teaching Experience", "Press", "Latest News", "Lehre", "教学", "Grants and Awards"],
)  # fmt: skip
def test_what_stands_elsewhere_is_no_paper_however_it_looks(heading: str) -> None:
    paper = RECORD.format(authors="A. Lee", venue="ACL, 2020", labels="pdf")
    other = RECORD.format(authors="Ann Author, Bo Brown", venue="Seminar, 2022", labels="slides / pdf")
    records, problems = read(f"Papers\n\n{paper}\n{heading}\n{other}")
    assert [record.paper.venue for record in records] == ["ACL"]
    assert [(problem.line, problem.failed) for problem in problems] == [(11, 0)]


@pytest.mark.parametrize(("labels", "count"), [("pdf / code", 1), ("arXiv", 1), ("slides / video", 0), ("code", 0)])
def test_among_projects_is_a_paper_what_can_be_read(labels: str, count: int) -> None:
    assert len(papers("Projects", labels=labels)[0]) == count


@pytest.mark.parametrize(
    "labels",
    ["pdf", "pdf / code", "[pdf] [code]", "[PDF][Code]", "PDF | Code | Slides", "pdf, code", "pdf · code",
     "project page / arXiv", "pdf / blog on OpenMOSS", "paper\n/\ncode", "pdf code", "pdf / ungated / SheepBench"],
)  # fmt: skip
def test_link_labels_stand_in_many_forms(labels: str) -> None:
    (record,), problems = papers(labels=labels)
    assert (record.paper.abstract, problems) == ("We count.", [])
    assert "labels" in record.paper.fields


@pytest.mark.parametrize(
    ("printed", "people", "cut"),
    [
        ("Ann Author, Bo Brown", "Ann Author|Bo Brown", False),
        ("Ann Author, Bo Brown,", "Ann Author|Bo Brown", False),
        ("Ann Author and Bo Brown", "Ann Author|Bo Brown", False),
        ("Ann Author, Bo Brown, & Cy Clark", "Ann Author|Bo Brown|Cy Clark", False),
        ("Ann Author, Bo Brown,\nCy Clark", "Ann Author|Bo Brown|Cy Clark", False),
        ("Ann Author, Bo Brown\nand Cy Clark", "Ann Author|Bo Brown|Cy Clark", False),
        ("Ann Author, Bo Brown, Cy\nClark, Di Drake", "Ann Author|Bo Brown|Cy Clark|Di Drake", False),
        ("Ann Author and others", "Ann Author", True),
        ("Ann Author, Bo Brown, et al.", "Ann Author|Bo Brown", True),
        ("Ann Author*, Bo Brown†‡", "Ann Author|Bo Brown", False),
        ("Ann Author1, Bo Brown1,2", "Ann Author|Bo Brown", False),
        ("Ann Author¹, Bo Brown²", "Ann Author|Bo Brown", False),
        ("Đặng Minh Quân, Søren Æbelø", "Đặng Minh Quân|Søren Æbelø", False),
        ("The Counting Team et al.", "The Counting Team", True),
        ("Ann Author, ATLAS Collaboration", "Ann Author|ATLAS Collaboration", False),
        ("Ann Author, Bo Brown\n(* equal contribution)", "Ann Author|Bo Brown", False),
        ("Ann Author, Bo Brown\nUniversity of Sheep, Wool Institute", "Ann Author|Bo Brown", False),
    ],
)
def test_authors_stand_in_many_forms(printed: str, people: str, cut: bool) -> None:
    (record,), problems = papers(authors=printed)
    assert "|".join(map(names.display, record.paper.authors)) == people
    assert (record.paper.title, record.paper.et_al, record.paper.venue) == ("First Things First", cut, "ICML")
    assert problems == []


@pytest.mark.parametrize(
    ("venue", "said"),
    [
        ("ICML, 2022\n(Oral)", "Oral"),
        ("ICML, 2022\nBest Paper Award", "Best Paper Award"),
        ("ICML, 2022 (Oral)", "Oral"),
    ],
)
def test_a_distinction_may_have_a_line_of_its_own(venue: str, said: str) -> None:
    (record,), _ = papers(venue=venue)
    assert record.paper.fields["addendum"] == said
    assert record.tags == (said.lower(),)


def test_an_identifier_may_have_a_line_of_its_own() -> None:
    (record,), _ = papers(venue="ICML, 2022\narXiv:2202.00001")
    assert (record.paper.venue, record.paper.arxiv) == ("ICML", "2202.00001")


def test_a_venue_without_a_year_has_that_of_its_heading() -> None:
    (record,), problems = papers("Papers\n\n2021", venue="ICML")
    assert (record.paper.venue, record.paper.year, problems) == ("ICML", 2021, [])


@pytest.mark.parametrize(
    "venue", ["", "and a long description of what was done, which is no venue, for it ends as prose."]
)
def test_a_paper_without_a_venue_is_imported_and_marked(venue: str) -> None:
    (record,), (problem,) = papers(venue=venue)
    assert (record.paper.title, record.paper.venue, record.tags) == ("First Things First", "", ("guessed",))
    assert (problem.line, problem.failed) == (5, 0)


def test_a_paper_without_a_venue_is_no_part_of_the_one_above() -> None:
    records, _ = read(
        f"Papers\n\n{RECORD.format(authors='A. Lee', venue='ACL, 2020', labels='pdf')}\nSecond Things\nBo Lee, Cy Lee\n"
    )
    assert [(record.paper.title, record.paper.abstract) for record in records] == [
        ("First Things First", "We count."),
        ("Second Things", ""),
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Sheep: A Survey of Woolly Animals\nand Their Friends",
        "A Very Long Title That Fills the Line of the Page\nAnd Goes On",
    ],
)
def test_a_title_may_stand_on_two_lines(title: str) -> None:
    (record,), _ = read("Papers\n\n" + RECORD.format(authors="Ann Lee", venue="ACL, 2020", labels="pdf")
                        .replace("First Things First", title))  # fmt: skip
    assert record.paper.title == title.replace("\n", " ")


@pytest.mark.parametrize(
    "title",
    [
        "Data Mixing",
        "Code Review",
        "Model Merging by Sheep",
        "News",
        "Reports of Sheep",
        "Paper",
        "Talks and Papers",
        "2020",
    ],
)
def test_a_title_may_look_like_a_label_or_a_heading(title: str) -> None:
    (first, second), _ = read(
        f"Papers\n\n{RECORD.format(authors='A. Lee', venue='ACL, 2020', labels='pdf')}\n"
        + RECORD.format(authors="Ann Lee, Bo Lee", venue="ACL, 2020", labels="pdf").replace("First Things First", title)
    )
    assert (first.paper.title, second.paper.title) == ("First Things First", title)


@pytest.mark.parametrize("mark", ["•", "-", "*", "[12]", "3.", "1)"])
def test_a_bullet_or_a_number_is_no_part_of_a_title(mark: str) -> None:
    (record,), _ = read(f"Papers\n\n{mark} {RECORD.format(authors='Ann Lee', venue='ACL, 2020', labels='pdf')}")
    assert record.paper.title == "First Things First"


def test_what_stands_below_a_description_and_is_none_is_told() -> None:
    told = (
        "Papers\n\n"
        + RECORD.format(authors="Ann Lee", venue="ACL, 2020", labels="pdf")
        + "\nFun Facts\n\nI have a dog.\n"
    )
    (record,), (problem,) = read(told)
    assert (record.paper.abstract, problem.line, problem.failed) == ("We count.", 10, 0)


def test_a_page_that_is_cut_off_says_so() -> None:
    (record,), (problem,) = read(
        "Papers\n\n" + RECORD.format(authors="A. Lee", venue="ACL, 2020", labels="pdf") + "\nSecond Th"
    )
    assert (record.paper.abstract, problem.failed) == ("We count.", 1)


@pytest.mark.parametrize(
    "unit",
    [
        "Papers\n", "2020\n", "Ann Lee\n", "Ann Lee, Bo Brown\n", "Ann Lee, Bo Brown,\n", "pdf / code\n", "ACL, 2020\n",
        "Title\nAnn Lee, Bo Brown\nACL, 2020\n", "Title\nAnn Lee, Bo Brown\n\n", "A Title That Goes On and On and\n",
        "(x) ", "/ ", "and ",
    ],
)  # fmt: skip
def test_a_long_page_takes_time_in_proportion(unit: str) -> None:
    def work(text: str) -> None:
        found = page.Page("home.txt", "Papers\n" + text)
        importers.by_name("homepage").detect(found)
        list(importers.by_name("homepage").parse(found))

    assert grows_in_proportion(work, unit * (20_000 // len(unit)))


# --- one page in many layouts -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """What every layout of a record says."""

    title: str
    people: tuple[str, ...]
    venue: str
    year: int
    abstract: str


TOLD = (
    Told("Deep Learning", ("Yann LeCun", "Yoshua Bengio", "Geoffrey Hinton"), "Nature", 2015, "We review. It is deep."),
    Told(
        "Language, Vision, and Robots: A Survey of Grounded Models for Agents in the Kitchen",
        ("Anaïs d'Aubigné", "Łukasz Wójcik", "Nguyễn Thị Bích Hằng", "Björn Þórsson", "RJ Skerry-Ryan"),
        "Transactions of the ACL",
        2022,
        "Robots cook with words, and we say how. The kitchen was burnt down only once in all of the experiments.",
    ),
    Told("Can Machines Think?", ("Alan Turing",), "Mind", 1950, "The question is replaced by another."),
    Told("Attention and Summarizing Scientific Papers", ("Wei-Tzu Lee", "Qwen Team"), "EMNLP", 2022, "We attend."),
    Told("Bounded Gaps 2: An Answer to 1984", ("Jean-François Le Gall", "J. P. de la Peña"), "STOC", 2019, "They are."),
)  # fmt: skip
NEWS = "News\n• [Mar. 2024] One paper accepted to ICML 2024!\n• Talk at Stanford, 2023\n\n"
TALKS = "Invited Talks\nOn Thinking\nAlan Turing, Ada Lovelace\nLondon Seminar, 1951\nslides / video\n\n"
SERVICE = "Service\nReviewer\nACL, EMNLP\nICLR 2023\n"


def authors(told: Told, draw: st.DrawFn) -> str:
    """The people of a record as one of the template's users prints them, on one line or on several."""
    people = [name + draw(st.sampled_from(["", "*", "†", "1", "1,2"])) for name in told.people]
    form = draw(st.sampled_from(["commas", "and", "ampersand", "trailing comma", "wrapped", "before and"]))
    if len(people) == 1 or form == "commas":
        return ", ".join(people)
    if form == "wrapped" and len(people) > 3:
        return f"{', '.join(people[:2])},\n{', '.join(people[2:])}"
    if form == "before and" and len(people) > 2:
        return f"{', '.join(people[:-1])}\nand {people[-1]}"
    if form == "trailing comma":
        return ", ".join(people) + ","
    return ", ".join(people[:-1]) + (" & " if form == "ampersand" else " and ") + people[-1]


@st.composite
def layouts(draw: st.DrawFn) -> tuple[str, list[Told]]:
    """A page of some of the records and what a reader finds on it."""
    chosen = draw(st.permutations(TOLD))[: draw(st.integers(1, len(TOLD)))]
    by_year = draw(st.sampled_from(["", "up", "down"]))
    if by_year:
        chosen = sorted(chosen, key=lambda told: told.year, reverse=by_year == "down")
    has_labels, has_text, blank = (
        draw(st.booleans()),
        draw(st.sampled_from(["", "one", "two", "wrapped"])),
        draw(st.booleans()),
    )
    lines, year, found = [], 0, []
    for told in chosen:
        if by_year and told.year != year:
            year = told.year
            lines += ["", str(year), ""] if blank else [str(year)]
        shape = draw(
            st.sampled_from(["{v}, {y}", "{v} {y}", "{v}, {y} (Oral)", "{v}, {y}   (Oral) (Best Paper)", "In {v} {y}"])
        )
        lines += [told.title, authors(told, draw), shape.format(v=told.venue, y=told.year)]
        if has_labels:
            lines.append(draw(st.sampled_from(["pdf / code", "[PDF] [Code]", "project page | arXiv | video", "pdf"])))
        first, _, second = told.abstract.partition(". ")
        text = {"": "", "one": told.abstract, "two": told.abstract, "wrapped": told.abstract}[has_text]
        if has_text == "two" and second:
            text = f"{first}.\n\n{second}"
        if text:
            lines += [""] * blank + ([*textwrap.wrap(text, 60)] if has_text == "wrapped" else [text])
        lines += [""] * blank
        found.append(replace(told, abstract=text))
    before = draw(st.sampled_from(["", NEWS, NEWS + TALKS]))
    after = draw(
        st.sampled_from(["", TALKS, SERVICE, TALKS + SERVICE, "Design and source code from Jon Barron's website\n"])
    )
    heading = draw(st.sampled_from(["Publications", "Research", "Selected Papers (* equal contribution)", "## Papers"]))
    return f"Ann Author\n\n{before}{heading}\n" + "\n".join(["", *lines, "", after]), found


@settings(max_examples=120, deadline=None)
@given(layouts(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]), st.sampled_from(["\n", "\r\n"]))
def test_the_same_records_come_of_every_layout(laid_out: tuple[str, list[Told]], encoding: str, end: str) -> None:
    text, told = laid_out
    found = page.decode("page.txt", text.replace("\n", end).encode(encoding))
    assert importers.identify(found).name == "homepage"
    records = [item for item in importers.by_name("homepage").parse(found) if isinstance(item, Record)]
    papers = [record.paper for record in records]
    read = [(p.title, tuple(map(names.display, p.authors)), p.venue, p.year, p.abstract) for p in papers]
    assert read == [(t.title, t.people, t.venue, t.year, t.abstract) for t in told]
    assert [record.tags for record in records if "guessed" in record.tags] == []
