"""Author lists compared: in any order, however the names are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli import names
from litcli.dedupe import people
from litcli.paper import Person


def share(one: str, two: str) -> float | None:
    """The share of the shorter of two lists, of which `and` parts the names; whichever comes first."""
    a, b = (people.read([names.parse(name) for name in text.split(" and ") if name]) for text in (one, two))
    assert people.compare(a, b) == people.compare(b, a)
    return people.compare(a, b).share


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Ada Lovelace", "Lovelace, A."),
        ("Ada Lovelace", "Lovelace Ada"),
        ("Roberto J. Bayar", "R. Bayar"),
        ("Rafael Campo Pareto", "Rafael Campo"),
        ("Rossi, P. Giorgi", "Giorgi Rossi, Paolo"),
        ("Christopher De Sa", "Christopher M De Sa"),
        ("Z. Meral Özsoyoglu", "Meral Ozsoyoglu"),
        ("Balázs Csontoš", "Balzs Csonto"),
        ("Jürgen Größlinger", "Jrgen Grlinger"),
        ("Cheong, H. Il", "Il Cheong, H."),
        ("{The Quon Team}", "{Quon}"),
        ("{CORPORATE Object Database Group}", "{Object Database Group}"),
        ("Wei Wang 0001", "Wei Wang"),
        ("Lovelace AK", "Lovelace, Ada King"),
        ("Dai FZ", "Falcon Dai"),
        ("Jan van der Berg", "Vanderberg, J."),
        ("李, 娜", "李娜"),
        ("Ada Lovelace and Charles Babbage", "Charles Babbage and Ada Lovelace"),
        ("Ada Lovelace and Charles Babbage", "Babbage, C."),
    ],
)
def test_a_name_is_found_however_it_is_written(one: str, two: str) -> None:
    assert share(one, two) == 1.0


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Wei Wang", "Yu Wang"),
        ("Wei LU", "Lu Yan"),
        ("Ann Lee", "Ann Li"),
        ("Jan Berg", "Jan Burg"),
        ("王伟", "李娜"),
        ("{OpenAI}", "{DeepMind}"),
        ("Ada Lovelace", "Charles Babbage"),
    ],
)
def test_a_like_name_is_somebody_else(one: str, two: str) -> None:
    assert share(one, two) == 0.0


def test_the_share_is_of_the_shorter_list() -> None:
    assert share("A. Abel and B. Bold and C. Cold", "A. Abel and D. Dark") == 0.5


@pytest.mark.parametrize("nobody", ["", "?"])
def test_a_list_without_a_name_says_nothing(nobody: str) -> None:
    assert share("Ada Lovelace", nobody) is None


def test_a_list_of_thousands_is_compared_at_once() -> None:
    """Two collaborations of which no two members have a name in common would be millions of pairs."""
    one = people.read([Person(family=f"Left{number}") for number in range(5000)])
    two = people.read([Person(family=f"Right{number}") for number in range(5000)])
    assert people.compare(one, two).share == 0.0


persons = st.builds(
    Person, family=st.text(max_size=6), given=st.text(max_size=6), literal=st.sampled_from(["", "", "X"])
)


@given(st.lists(persons, max_size=4), st.lists(persons, max_size=4))
def test_the_order_of_the_two_lists_does_not_matter(one: list[Person], two: list[Person]) -> None:
    a, b = people.read(one), people.read(two)
    assert people.compare(a, b) == people.compare(b, a)
