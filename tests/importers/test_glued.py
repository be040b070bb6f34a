"""Titles and the names glued to them: papers of many fields by people of many names, and any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli.importers import glued
from litcli.importers.glued import Split
from tests.growth import grows_in_proportion

PAIRS = [
    (title, people.split(", "))
    for title, _, people in (
        line.partition("|") for line in (Path(__file__).parent / "glued.txt").read_text("utf-8").splitlines()
    )
]
"""Titles of papers and their authors; a few of these are made up, most are not."""
HARD = {
    "BLOOM: A 176B-Parameter Open-Access Multilingual Language Model",  # BigScience, or Science?
}
"""Titles whose end is not found, which is said."""


@pytest.mark.parametrize("count", [1, 3], ids=["one author", "up to three"])
@pytest.mark.parametrize("tail", ["", " et al."], ids=["whole", "cut"])
def test_a_sure_cut_is_right_and_nearly_every_cut_is_sure(count: int, tail: str) -> None:
    found = [(title, people[:count], glued.split(title + ", ".join(people[:count]) + tail)) for title, people in PAIRS]
    wrong = [split for title, people, split in found if (split.title, split.names) != (title, tuple(people))]
    assert [split for split in wrong if split.sure] == []
    assert len(wrong) <= len(HARD)
    assert sum(split.sure for _, _, split in found) > 0.95 * len(PAIRS)
    assert {split.cut for _, _, split in found} == {bool(tail)}


@pytest.mark.parametrize(
    ("title", "people"), [pair for pair in PAIRS if pair[0] not in HARD], ids=[t for t, _ in PAIRS if t not in HARD]
)
def test_the_title_ends_where_the_names_begin(title: str, people: list[str]) -> None:
    split = glued.split(title + ", ".join(people))
    assert (split.title, split.names) == (title, tuple(people))


@pytest.mark.parametrize(
    "line",
    [
        "Searching XMLSungRan Cho, Divesh Srivastava",
        "Submodular DataYongKyung Oh",
        "Item Response TheoryJBrandon Duck-Mayr",
        "Counting CellsSuyanto, Budi Santoso",
        "Graph EmbeddingsSHUAI ZHANG, Yi Tay",
        "A Study of NetHackers",
    ],
)
def test_a_cut_that_could_be_made_elsewhere_is_not_sure(line: str) -> None:
    assert not glued.split(line).sure


@pytest.mark.parametrize(
    ("line", "word", "title"),
    [
        ("Searching XMLSungRan Cho", "xml", "Searching XML"),
        ("Searching XMLSungRan Cho", "xmlsung", "Searching XMLSung"),
        ("A Study of MilkyWayÉlise O'Brien", "milkyway", "A Study of MilkyWay"),
        ("Higgs Bosons at the PPCATLAS Collaboration", "ppc", "Higgs Bosons at the PPC"),
        ("Kernels for GraphMERTAnn Lee", "graphmert", "Kernels for GraphMERT"),
    ],
)
def test_a_word_that_the_page_uses_elsewhere_makes_the_cut_sure(line: str, word: str, title: str) -> None:
    split = glued.split(line, {word})
    assert (split.title, split.sure) == (title, True)


def test_a_word_that_the_page_uses_elsewhere_is_not_torn() -> None:
    assert not glued.split("A Survey of FooBar Users", {"foobar"}).sure
    assert glued.split("A Survey of FooBar Users", {"foobar"}).names == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Doubly Convolutional NetsAnn Lee, Zhongfei (Mark) Zhang", ("Ann Lee", "Zhongfei (Mark) Zhang")),
        ("Bandits and HumansRaman Arora, Vladimir braverman", ("Raman Arora", "Vladimir braverman")),
        ("Mining PatternsRoberto J. Bayardo, Jr., Rakesh Agrawal", ("Roberto J. Bayardo Jr.", "Rakesh Agrawal")),
        ("Vision and LanguageAnn Lee and Bo Brown", ("Ann Lee", "Bo Brown")),
        ("Vision and LanguageAnn Lee, Cy Clark, and Bo Brown", ("Ann Lee", "Cy Clark", "Bo Brown")),
    ],
)  # fmt: skip
def test_an_odd_name_behind_the_first_does_not_hide_the_cut(line: str, names: tuple[str, ...]) -> None:
    assert glued.split(line).names == names


@pytest.mark.parametrize(
    "title",
    [
        "Attention is all you need",
        "A Survey of Large Language Models",
        "GPT-4 Technical Report",
        "Language Models are Few-Shot Learners",
        "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
        "Why DeepSeek works so well",
        "More Data, More Relations, More Context",
        "The Papers of Andrew McCallum",
        "Recollections of Brendan O'Connor",
        "Unconstrained MAP Inference",
        "从大语言模型到智能体",
        "",
    ],
)
def test_a_title_alone_has_no_names(title: str) -> None:
    assert glued.split(title) == Split(title, (), False, False)


TITLE_WORDS = st.sampled_from(
    "learning models for the of language with structured Neural Networks Attention efficient Transformers from data "
    "zero-shot Representations reasoning in Vision and Graph".split()
)
GIVEN_NAMES = st.sampled_from(
    "Ada Alan Élise Ömer Wei-Tzu Jean-Baptiste Łukasz Tianyu Xu Yi Bin Grace Ñusta J. R.J.".split()
)
MIDDLE = st.sampled_from(["", "", "E. ", "van den ", "de ", "Marie "])
FAMILIES = st.sampled_from("Lovelace Turing Gao Xu McCallum LeCun O'Connor Skerry-Ryan Öz Šimić Allen-Zhu Du".split())
PEOPLE = st.builds(lambda given_name, middle, family: f"{given_name} {middle}{family}", GIVEN_NAMES, MIDDLE, FAMILIES)


@given(st.lists(TITLE_WORDS, min_size=1, max_size=8).map(" ".join), st.lists(PEOPLE, min_size=1, max_size=3))
def test_an_ordinary_title_and_ordinary_names_are_cut_at_their_seam(title: str, people: list[str]) -> None:
    split = glued.split(title + ", ".join(people))
    assert (split.title, split.names, split.sure) == (title, tuple(people), True)


@given(st.one_of(st.text(), st.text(alphabet="aBé.,?!)( '-LI*1’µǅ李")), st.sets(st.text(max_size=3), max_size=2))
def test_no_letter_of_any_line_is_lost(line: str, known: set[str]) -> None:
    split = glued.split(line, known)
    kept = split.title + "".join(split.names)
    assert {*filter(str.isalpha, kept)} <= {*filter(str.isalpha, line)}
    assert split.names or not split.sure


@pytest.mark.parametrize(
    "unit",
    ["a", "a ", "A", "aB", "aB ", "Ada Byron, ", "Ada McCall, ", "A, ", "1B", "a.B", "aBc, ", "A.", "a b, ", "ABC "],
)
def test_a_long_line_takes_time_in_proportion(unit: str) -> None:
    def work(text: str) -> None:
        glued.split(text)
        glued.split(f"{text}. Bob", {"ada"})

    assert grows_in_proportion(work, unit * (60_000 // len(unit)))
