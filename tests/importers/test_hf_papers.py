"""Hugging Face's lists of papers, as people copy them."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import page
from litcli.importers import hf_papers
from tests.growth import grows_in_proportion
from tests.importers.said import OTHER, expected, said, text_of

NAMES = ["hf-search", "hf-daily", "hf-trending", "hf-wrapped", "hf-markdown", "hf-chrome"]
HEAD = "Get trending papers in your email inbox!\n\nbyAK and the research community\n\n"


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_what_its_reader_finds(name: str) -> None:
    assert said(text_of(name)) == expected(name)


# --- one list, many layouts -------------------------------------------------------------------------------

CARDS = [
    ("Sheep in the Wild: A Survey", "We survey sheep. There are many of them, and they are found in most places."),
    ("Mamba", "A snake that is also a model is trained on nine data sets, and bites in eight of them."),
    ("Can Goats Count?", "Goats are asked to count to seven. The goats that we asked did not answer; we discuss why."),
    ("On the number of cooks", "The number of cooks that spoil a broth is computed for broths of all known kinds."),
]
VOTES = st.sampled_from(["", "12", "-", "[-] 3", "1.2k", "Submitted by\nann99\n7", "Submitted by ann99\n7"])
BYLINES = st.sampled_from(
    [
        "4 authors\n·\nOct 7, 2024",
        "· 4 authors",
        "4 authors · Published on Oct 7, 2024",
        "Google DeepMind\n·\nOct 7, 2024",
        "Sheep Lab · Oct 7, 2024",
        "4 authors\n·\nOct 7, 2024\n3",
        "- 4 authors\n· Published on Oct 7, 2024\nUpvote\n12\nGitHub 1.2k\narXiv Page",
    ]
)


@settings(deadline=None, max_examples=80)
@given(
    order=st.permutations(CARDS),
    votes=VOTES,
    byline=BYLINES | st.just(""),
    width=st.integers(60, 100) | st.none(),
    gap=st.sampled_from(["\n", "\n\n", "\n\n\n"]),
    foot=st.sampled_from(["", "Previous\nNext\nSystem theme\nCompany\nTOS\nPrivacy\n"]),
)
def test_the_layout_changes_nothing(
    order: list[tuple[str, str]], votes: str, byline: str, width: int | None, gap: str, foot: str
) -> None:
    def card(title: str, abstract: str) -> str:
        rows = "\n".join(textwrap.wrap(abstract, width)) if width else abstract
        return gap.join(part for part in (votes, title, rows, byline) if part)

    # Where nothing but a line's end parts them, a card needs its byline.
    between = gap if byline else "\n\n"
    found = said(HEAD + between.join(card(*one) for one in order) + gap + foot, "hf-papers")
    assert [(paper["title"], paper["abstract"]) for paper in found["papers"]] == order
    assert all(paper.get("date") == ("2024-10-07" if "2024" in byline else None) for paper in found["papers"])


# --- the page's own lines ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Join the discussion on this paper page",
        "Sign up or log in to comment",
        "See all the papers of today",
        "Upgrade to the new plan today",
    ],
)
@pytest.mark.parametrize("where", ["head", "between", "foot"])
def test_an_unknown_line_of_the_page_is_told_and_is_no_paper(line: str, where: str) -> None:
    cards = [f"12\n\n{title}\n\n{abstract}\n\n4 authors\n\n·\n\nOct 7, 2024" for title, abstract in CARDS]
    at = {"head": 0, "between": 2, "foot": 4}[where]
    found = said(HEAD + "\n\n".join([*cards[:at], line, *cards[at:]]) + "\n")
    assert [paper["title"] for paper in found["papers"]] == [title for title, _ in CARDS]
    assert [problem["failed"] for problem in found["problems"]] == [0]


def test_a_title_without_an_abstract_between_others_is_a_paper() -> None:
    parts = [CARDS[0][0], CARDS[0][1], "A paper that nobody has summed up", CARDS[2][0], CARDS[2][1]]
    found = said(HEAD + "\n\n".join(parts) + "\n")
    assert [paper["title"] for paper in found["papers"]] == [parts[0], parts[2], parts[3]]


def test_a_list_of_titles_alone_is_a_list_of_papers() -> None:
    titles = ["Sheep in the Wild: A Survey", "A paper that nobody has summed up", "How Goats Learn to Count"]
    assert [paper["title"] for paper in said(HEAD + "\n\n".join(titles) + "\n")["papers"]] == titles


def test_the_last_words_of_a_wrapped_abstract_are_not_taken_for_the_page_s_own() -> None:
    text = "We train many models on many sheep. We compare what comes out with all other known\nmodels"
    (paper,) = said(f"{HEAD}Sheep in the Wild: A Survey\n\n{text}\n")["papers"]
    assert paper["abstract"] == text.replace("\n", " ")


def test_a_title_in_capitals_may_end_as_a_sentence_does() -> None:
    title = "Attention Is Not All That You Need Any More!"
    (_, paper) = said(f"{HEAD}{CARDS[0][0]}\n\n{CARDS[0][1]}\n\n{title}\n\n{CARDS[1][1]}\n")["papers"]
    assert (paper["title"], paper["abstract"]) == (title, CARDS[1][1])


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_another_text_is_not_taken_for_such_a_page(text: str) -> None:
    assert not hf_papers.detect(page.Page("page.txt", text))


def test_a_page_without_its_head_is_known_by_its_cards() -> None:
    text = "\n".join(f"Submitted by\nann99\n12\n{title}\n· 4 authors" for title, _ in CARDS)
    assert [paper["title"] for paper in said(text)["papers"]] == [title for title, _ in CARDS]


@pytest.mark.parametrize(
    "line",
    [
        "A Title of Five Words\n\n",
        "words and words and words and words\n",
        "Submitted by\nx\n3\nTitle\n",
        "[a](http://b) ",
        "· ",
        "upvote 1 " * 17 + "x\n",
        "[",
    ],
    ids=["titles", "rows", "submitters", "links", "points", "counts", "brackets"],
)
def test_the_time_grows_with_the_page(line: str) -> None:
    text = HEAD + line * (400_000 // len(line))
    assert grows_in_proportion(lambda text: list(hf_papers.parse(page.Page("page.txt", text))), text)
