"""Titles compared: how two are related, and the numbers that tell two works apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli.dedupe import titles
from litcli.dedupe.titles import Relation
from tests.growth import grows_in_proportion


def relation(one: str, two: str) -> Relation:
    """How two titles are related, which must not depend on their order."""
    a, b = titles.read(one), titles.read(two)
    assert titles.relate(a, b) is titles.relate(b, a)
    return titles.relate(a, b)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Pre-training of Deep Nets", "Pretraining of deep nets."),
        ("Paediatric leukaemia: tumour behaviour", "Pediatric leukemia: tumor behavior"),
        ("Analysing oesophageal organisation", "Analyzing esophageal organization"),
        ("Bayes & Margins of Error", "Bayes &amp; Margins of Error"),
        ("Reductions in O(d/ϵ) Steps", r"Reductions in $O(d/\epsilon)$ Steps"),
        ("Reductions in O(d/ϵ) Steps", r"Reductions in $O(d/\varepsilon)$ Steps"),
        ("Reductions in O(d/ϵ) Steps", r"Reductions in O(d/{\unicode{1013}}) Steps"),
        ("πBO: Augmenting Beliefs of Users", r"$\pi$BO: Augmenting Beliefs of Users"),
        ("Model Rubik's Cube in Small Steps", "Model Rubikâ€™s Cube in Small Steps"),
        ("Update on a Virus. [Review] [33 refs]", "Update on a virus"),
        ("Update on a Virus [corrected]", "Update on a virus"),
        ("Update on a Virus [16 refs] [Romanian]", "Update on a virus"),
        ("Update on a Virus.[Erratum appears in J Virol. 2006 Jan;15(1):187]", "Update on a virus"),
        ("Update on a Virus.[Erratum appears in J Virol. 20", "Update on a virus"),
        ("Treating the hemolytic uremic syndrome (HUS) early", "Treating the hemolytic uremic syndrome early"),
        ("Sizes of Databases (panel session): more or less?", "Sizes of databases: more or less? (Panel Abstract)"),
    ],
)
def test_titles_are_equal_that_say_the_same(one: str, two: str) -> None:
    assert relation(one, two) is Relation.EQUAL


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Efficient Retrieval of Strutured Documents", "Efficient Retrieval of Structured Documents"),
        ("Management of Environmental Models", "Management of Environmental Model"),
        ("Specification of Business Processes", "Specification of Business Process"),
        ("Rényi Fair Inference for All", "Rnyi Fair Inference for All"),
        ("Cluster Validity Methods: Part II", "Cluster Validity Methods: Part 2"),
        ("Report on the Fourth Workshop on Bees", "Report on the 4th Workshop on Bees"),
        ("A Solution in Query Languages", "Solution for Query Languages"),
    ],
)
def test_titles_differ_as_typing_does(one: str, two: str) -> None:
    assert relation(one, two) is Relation.TYPED


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("Sheared Llamas: Pruning in Steps", "Sheared Llamas", Relation.SHORTENED),
        ("Honey Bees in Winter (a long report)", "Honey bees in winter", Relation.SHORTENED),
        ("Meetings of Minds in Networks of Storage", "Networks of storage", Relation.OTHER),
        ("Challenges: database issues in networks", "Database issues in networks", Relation.EXTENDED),
        ("Filtering in very fast systems", "Filtering in very fast systems of messages", Relation.EXTENDED),
        ("Filtering in very fast systems...", "Filtering in very fast systems of messages", Relation.CUT),
        ("Filtering of many messages in very fast sys", "Filtering of many messages in very fast systems",
         Relation.CUT),
        ("Survey of very large and fast language model", "Survey of very large and fast language models in use",
         Relation.REWORDED),
        ("Processing in steps fo the joins", "Processing in steps of the joins", Relation.MISSPELT),
        ("Incomplete ptah expresions and names", "Incomplete path expressions and names", Relation.MISSPELT),
        ("Peeringinto the personal databses", "Peering into the personal databases", Relation.MISSPELT),
        ("Querying several genome information sources", "Querying several genome data sources", Relation.REWORDED),
        ("The Sleep of Honey Bees", "Structured Pruning of Models", Relation.OTHER),
        ("", "", Relation.OTHER),
        ("???", "!!!", Relation.OTHER),
    ],
)  # fmt: skip
def test_one_title_may_be_part_of_the_other_or_have_other_words(one: str, two: str, expected: Relation) -> None:
    assert relation(one, two) is expected


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Prevalence of hepatitis A in rural schools", "Prevalence of hepatitis B in rural schools"),
        ("Supervised Learning of Word Senses from Text", "Unsupervised Learning of Word Senses from Text"),
        ("Symmetric Encryption of Long Messages by Mail", "Asymmetric Encryption of Long Messages by Mail"),
        ("Inhibitors in resistant anemia of the young", "Inhibitors in sensitive anemia of the young"),
        ("Inhibitors in anemia of adult patients in care", "Inhibitors in anemia of adolescent patients in care"),
        ("A trial of the new vaccine (MMR) in schools", "A trial of the new vaccine (BCG) in schools"),
        ("基于深度学习的图像分类方法研究综述", "基于深度学习的图像分割方法研究综述"),
        ("GPT 综述", "GPT"),
        ("Macroeconomic effects of strikes", "Microeconomic effects of strikes"),
        ("Intranasal delivery of vaccines in adult mice", "Internasal delivery of vaccines in adult mice"),
        ("Features of typical sites in long messages", "Features of atypical sites in long messages"),
        ("VMS users report from the user group", "MVS users report from the user group"),
        ("The diet of cats in the wild and at home", "The diet of rats in the wild and at home"),
    ],
)
def test_another_word_is_no_typo(one: str, two: str) -> None:
    assert relation(one, two) in (Relation.REWORDED, Relation.OTHER)


@pytest.mark.parametrize(
    ("one", "two", "numbers"),
    [
        ("Quon2 Report", "Quon2.5 Report", "5"),
        ("Quon2 Report", "Quon2-VL Report", "vl"),
        ("Physics of Models, Part I", "Physics of Models, Part II", "1, 2"),
        ("Physics of Models, Part II", "Physics of Models, Part 2", ""),
        ("The Third Workshop on Bees", "The 3rd Workshop on Bees", ""),
        ("Programming in C for All", "Programming in C++ for All", "plus"),
        ("Expression of p16INK4A in cells", "Expression of p16 (INK4A) in cells", ""),
        ("Pruning in Steps: Results of 2020", "Pruning in Steps", ""),
        (
            "Natural history of the infection of honey bees by mites of type 2 or 3",
            "Natural history of the infection of honey bees by mi",
            "",
        ),
        (
            "Natural history of the infection of honey bees by mites 1 to 31",
            "Natural history of the infection of honey bees by mites 1 to 3...",
            "",
        ),
        ("Results of the 2019 Task", "Results of the 2020 Task", "2019, 2020"),
    ],
)
def test_numbers_tell_works_apart(one: str, two: str, numbers: str) -> None:
    assert titles.differing_numbers(titles.read(one), titles.read(two)) == numbers
    assert titles.differing_numbers(titles.read(two), titles.read(one)) == numbers


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Erratum: Sleep of Bees", {"erratum"}),
        ("Sleep of Bees - Study Protocol", {"protocol"}),
        ("Sleep of Bees: Protocol for a Trial", {"protocol"}),
        ("Sleep of Bees: Rationale and Study Design", {"protocol"}),
        ("A Locking Protocol", set()),
        ("Rationale and Design of Protocols", set()),
        ("The Design Plan", set()),
        ("Sleep of Bees: A 5-year Follow-up", {"follow-up"}),
        ("Sleep of Bees. Ten Year Followup Results", {"follow-up"}),
        ("Sleep of Bees: Interim Results", {"analysis"}),
        ("Sleep of Bees: A Secondary Analysis", {"analysis"}),
        ("Follow-up of Sleeping Bees", set()),
        ("Secondary Analysis of Sleep", set()),
        ("Corrigendum to Sleep of Bees", {"erratum"}),
        ("Sleep of Bees (vol 85, pg 553, 2010)", {"erratum"}),
        ("Sleep of Bees (Journal of Bees (2009) 360 (542-544))", {"erratum"}),
        ("Sleep of Bees.[Erratum appears in J Bees. 2009 Jun 4;360(23):2487]", set()),
        ("Sleep of Bees - Reply", {"reply"}),
        ("Comments on ``Sleep of Bees''", {"comment on"}),
        ("Sleep of Bees (tutorial session)", {"tutorial"}),
        ("Tutorial on Sleep of Bees", {"tutorial"}),
        ("Review of the Sleep of Bees", {"book review"}),
        ("Sleep of Bees: a review of the literature", set()),
        ("Sleep of Bees, 2nd Edition", {"edition 2"}),
        ("Sleep of Bees (Fourth ed.)", {"edition 4"}),
        ("Sleep of Bees (2010)", set()),
        ("Sleep of Bees", set()),
    ],
)
def test_a_title_says_its_kind(title: str, kind: set[str]) -> None:
    assert titles.read(title).kind == kind


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_titles_are_related_in_one_way(one: str, two: str) -> None:
    assert relation(one, two) in Relation
    assert relation(one, one) in (Relation.EQUAL, Relation.OTHER)


@pytest.mark.parametrize(
    "piece",
    ["(", "[Erratum appears in ", "(vol 1, pg", "... 2009;", " ", "((2009)", "a ", "&amp;", "\\unicode{99", "Ã", "1 "],
)
def test_reading_a_title_grows_in_proportion(piece: str) -> None:
    assert grows_in_proportion(titles.read, piece * 400_000)
