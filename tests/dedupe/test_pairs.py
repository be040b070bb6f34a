"""The index of candidates: whatever a comparison would call one work is found, and not everything is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import names
from litcli.dedupe import Answer, Index, clues, compare
from litcli.paper import Paper

TITLE = "Sheared LLaMA: Accelerating Language Model Pre-training via Structured Pruning"
AUTHORS = tuple(map(names.parse, ["Mengzhou Xia", "Tianyu Gao", "Danqi Chen"]))
PAPER = Paper(title=TITLE, authors=AUTHORS, year=2023)


def index(*papers: Paper) -> Index:
    """An index of papers under the keys 0, 1, …"""
    found = Index()
    for number, paper in enumerate(papers):
        found.add(str(number), clues(paper))
    return found


@pytest.mark.parametrize(
    "other",
    [
        PAPER,
        replace(PAPER, title=TITLE.upper()),
        replace(PAPER, title=f"{{{TITLE}}}"),
        replace(PAPER, title="Sheared LLaMA"),
        replace(PAPER, title="Sheared LLaMA - Accelerating Language Model Pre-training via Structured Pruning"),
        replace(PAPER, title=TITLE.replace("Structured", "Strutured")),
        replace(PAPER, title=TITLE.replace("Sheared", "Shered")),
        replace(PAPER, title=TITLE.replace("Pre-training", "Pretraining")),
        replace(PAPER, title=TITLE.replace("-", "‐").replace("LLaMA:", "LLaMA :")),
    ],
)
def test_a_title_typed_otherwise_is_found(other: Paper) -> None:
    assert index(PAPER).candidates(clues(other)) == ["0"]
    assert index(other).candidates(clues(PAPER)) == ["0"]


def test_a_name_alone_finds_the_title_that_begins_with_it() -> None:
    whole = replace(PAPER, title="GloVe: Global Vectors for the Representation of Words")
    assert index(whole).candidates(clues(replace(PAPER, title="GloVe"))) == ["0"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (Paper(title="A", doi="10.1/X"), Paper(title="B", doi="10.1/x")),
        (Paper(title="A", doi="https://doi.org/10.1000/x"), Paper(title="B", doi="10.1000/X")),
        (Paper(title="A", arxiv="2310.06694"), Paper(title="B", arxiv="2310.06694")),
        (Paper(title="A", arxiv="2310.06694"), Paper(title="B", doi="10.48550/arXiv.2310.06694")),
        (Paper(title="A", versions=({"doi": "10.1/x"},)), Paper(title="B", doi="10.1/X")),
        (Paper(title="A", versions=({"arxiv": "2310.06694"},)), Paper(title="B", arxiv="2310.06694")),
        (Paper(title="A", versions=({"doi": "10.48550/arXiv.2310.06694"},)), Paper(title="B", arxiv="2310.06694")),
    ],
)
def test_an_identifier_is_found_whatever_the_titles(one: Paper, two: Paper) -> None:
    assert index(one).candidates(clues(two)) == ["0"]
    assert index(two).candidates(clues(one)) == ["0"]


def test_another_paper_is_not_found() -> None:
    assert index(PAPER).candidates(clues(Paper(title="The Sleep of Honey Bees in Winter"))) == []


def test_each_candidate_is_named_once() -> None:
    paper = replace(PAPER, doi="10.1/x", arxiv="2310.06694")
    assert index(paper, PAPER).candidates(clues(paper)) == ["0", "1"]


def test_a_paper_that_grew_is_found_by_what_it_gained() -> None:
    found = index(PAPER)
    found.add("0", clues(replace(PAPER, doi="10.1/x")))
    assert found.candidates(clues(Paper(title="B", doi="10.1/x"))) == ["0"]


def test_a_paper_that_was_entered_twice_is_named_once() -> None:
    found = index(PAPER)
    for number in range(20):
        found.add(str(number + 1), clues(replace(PAPER, title=f"Sheared Sheep {number}")))
    found.add("0", clues(PAPER))
    assert found.candidates(clues(PAPER)).count("0") == 1


def test_asking_leaves_no_trace() -> None:
    found = index(PAPER)
    found.candidates(clues(Paper(title="The Sleep of Honey Bees in Winter", doi="10.1/x")))
    assert found.candidates(clues(Paper(title="The Sleep of Honey Bees in Winter", doi="10.1/x"))) == []


def test_a_word_that_every_title_has_does_not_make_every_paper_a_candidate() -> None:
    crowd = [Paper(title=f"Language Models for Topic{n} of Kind{n}") for n in range(1500)]
    assert len(index(*crowd).candidates(clues(Paper(title="Language Models for Chess Problems")))) < 100


def test_an_equal_title_is_found_in_any_crowd() -> None:
    crowd = [Paper(title=f"Language Models {n}") for n in range(1500)]
    assert "1500" in index(*crowd, Paper(title="Language Models")).candidates(clues(Paper(title="Language models")))


def test_a_typo_is_found_in_a_crowd_of_common_words() -> None:
    words = ["language", "models", "learning", "neural", "training", "large"]
    crowd = [Paper(title=f"{words[n % 6]} {words[n // 6 % 6]} with thing{n}") for n in range(1200)]
    wanted = Paper(title="Pruning large language models with entropy", authors=AUTHORS, year=2023)
    mistyped = replace(wanted, title="Prunning large language models with entropy")
    assert compare(wanted, mistyped).answer is Answer.SAME
    assert "1200" in index(*crowd, wanted).candidates(clues(mistyped))


def test_a_paper_without_a_title_finds_nothing() -> None:
    assert index(Paper(), PAPER).candidates(clues(Paper())) == []


# --- anybody's typing -------------------------------------------------------------------------------------

WORDS = (
    "Sheared LLaMA Accelerating Language Model Training via Structured Pruning of Deep Networks in C++ 模型 A2".split()
)


@st.composite
def typed_again(draw: st.DrawFn) -> tuple[Paper, Paper]:
    """A paper and the same with its title typed once more by a hasty hand."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9, unique=True))
    title = " ".join(words)
    again = draw(st.sampled_from([str.upper, str.lower, str.title, str]))(title)
    at = draw(st.integers(0, len(again) - 1))
    kind = draw(st.sampled_from(["none", "drop", "double", "swap", "change", "blank", "point"]))
    again = {
        "none": again,
        "drop": again[:at] + again[at + 1 :],
        "double": again[: at + 1] + again[at:],
        "swap": again[:at] + again[at : at + 2][::-1] + again[at + 2 :],
        "change": again[:at] + ("x" if again[at].isalnum() else again[at]) + again[at + 1 :],
        "blank": again[:at] + " " + again[at:],
        "point": again + ".",
    }[kind]
    paper = Paper(title=title, authors=AUTHORS, year=2023)
    return paper, replace(paper, title=again)


@settings(deadline=None, max_examples=400)
@given(typed_again())
def test_what_a_comparison_calls_one_work_is_a_candidate(pair: tuple[Paper, Paper]) -> None:
    one, two = pair
    if compare(one, two).answer is Answer.SAME:
        assert index(one).candidates(clues(two)) == ["0"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (Paper(title="A", doi="10.1000/x [doi]"), Paper(title="B", doi="10.1000/x")),
        (Paper(title="A", volume="7", pages="288-297"), Paper(title="B", volume="7 Suppl 1", pages="288-97")),
        (replace(PAPER, title=f"{TITLE} [Review] [33 refs]"), PAPER),
        (replace(PAPER, title=f"Special paper: {TITLE}"), PAPER),
        (replace(PAPER, title="Sheared LLaMA: Accelerating Model Pre-training via Structured Prunning"), PAPER),
        (replace(PAPER, title=TITLE.replace("Shea", "Shae"), authors=AUTHORS[::-1]), PAPER),
    ],
)
def test_what_else_two_records_of_one_work_share_is_found(one: Paper, two: Paper) -> None:
    assert index(one).candidates(clues(two)) == ["0"]
    assert index(two).candidates(clues(one)) == ["0"]
