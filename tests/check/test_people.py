"""Names that are none, several in one, or not as they are spoken."""

from __future__ import annotations

from typing import Any

import pytest

from litcli import names
from litcli.paper import Person
from tests.check.articles import NOTE, WARNING, mended, only, people, rules


@pytest.mark.parametrize("name", ["et al.", "others", "et al", "and others"])
def test_the_sign_of_a_cut_list_is_no_person(name: str) -> None:
    paper = mended(authors=(Person("Doe", "Jane"), names.parse(name)))
    assert (paper.authors, paper.et_al) == ((Person("Doe", "Jane"),), True)


def test_an_empty_name_goes() -> None:
    paper = mended(authors=(Person("Doe", "Jane"), Person()))
    assert (paper.authors, paper.et_al) == ((Person("Doe", "Jane"),), False)


OTHERS = Person(family="others")


def test_a_last_editor_called_others_beside_authors_says_that_the_editors_were_cut() -> None:
    assert rules(editors=(Person("Roe", "Richard"), OTHERS)) == []


@pytest.mark.parametrize(
    "said",
    [
        {"editors": (OTHERS, Person("Roe", "Richard"))},
        {"editors": (Person("Roe", "Richard"), OTHERS, OTHERS)},
        {"editors": (Person("Roe", "Richard"), OTHERS), "authors": ()},
    ],
    ids=["first", "twice", "without authors"],
)
def test_others_elsewhere_is_no_person(said: dict[str, Any]) -> None:
    assert "no-person" in rules(**said)


def test_an_empty_name_goes_from_a_cut_list_of_editors_that_stays_cut() -> None:
    assert mended(editors=(Person(), Person("Roe", "Richard"), OTHERS)).editors == (Person("Roe", "Richard"), OTHERS)


@pytest.mark.parametrize("name", ["Wei Wang 0001", "Wang 0001, Wei"])
def test_the_number_that_dblp_gives_to_namesakes_goes(name: str) -> None:
    assert only("homonym-number", authors=people(name)).fixable
    assert mended(authors=people(name)).authors == (Person("Wang", "Wei"),)


def test_a_suffix_behind_the_given_name_is_put_in_its_place() -> None:
    assert mended(authors=people("Morris, S. M., Jr.")).authors == (Person("Morris", "S. M.", suffix="Jr."),)


@pytest.mark.parametrize(
    "name",
    ["Jane Doe and Richard Roe", "Jane Doe & Richard Roe", "Doe, J.; Roe, R.", "Doe J, Roe R, Poe E", "Jane Doe2",
     "{Jane Doe, Richard Roe, Edgar Poe}"],
)  # fmt: skip
def test_what_cannot_be_one_persons_name_is_told(name: str) -> None:
    assert "odd-name" in rules(authors=people(name))


@pytest.mark.parametrize(
    "name",
    ["{Department of Health, Labour and Welfare}", "{Johnson and Johnson}", "King, Jr., Martin", "Doe, III, John",
     "{LLM360 Team}", "Anderson, Jane", "Brandon, Andy", "Plato", "d'Alembert, Jean", "{Barnes} {and} {Noble}"],
)  # fmt: skip
def test_these_are_names(name: str) -> None:
    assert rules(authors=people(name)) == []


@pytest.mark.parametrize(
    ("name", "fault"), [("DOE, JANE", False), ("SMITH, JANE", True), ("Smith, J. R.", False), ("{IBM}", False)]
)
def test_a_name_in_capitals_is_a_note(name: str, fault: bool) -> None:
    assert rules(authors=people(name)) == (["all-caps-name"] if fault else [])


def test_an_organisation_without_braces_is_a_note() -> None:
    finding = only("bare-organisation", authors=people("Tree Research Group"))
    assert (finding.severity, finding.fixable) == (NOTE, False)


def test_the_same_author_twice_is_a_warning() -> None:
    assert only("same-person-twice", authors=people("Jane Doe", "Richard Roe", "Doe, Jane")).severity is WARNING
