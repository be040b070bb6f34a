"""Which text of a pool is the abstract of which paper."""

from __future__ import annotations

import pytest

from litcli.importers import abstracts
from tests.growth import grows_in_proportion

TITLES = [
    "Woolly: A Language for Sheep",
    "Counting Sheep in Parallel Meadows",
    "On the Semantics of Goats and Kids",
    "Grass",
]
QUOTES = "Ever since Counting Sheep in Parallel Meadows the matter of fences has been open."
NAMES = "We present Woolly, which parses bleating. It is fast."

OTHERS = [f"Text number {number} is of something else." for number in range(40)]


@pytest.mark.parametrize(
    ("texts", "given"),
    [
        ([QUOTES], {0: 1}),
        ([NAMES], {0: 0}),
        ([NAMES, QUOTES], {0: 0, 1: 1}),
        ([QUOTES, QUOTES], {}),
        (["Nothing is said of any of them."], {}),
        ([], {}),
    ],
    ids=["quoted", "named", "both", "twice", "none", "no texts"],
)
def test_a_text_goes_to_a_paper_only_where_it_is_certain(texts: list[str], given: dict[int, int]) -> None:
    assert abstracts.assign(TITLES, [*texts, *OTHERS]) == given


def test_a_name_that_two_titles_open_with_tells_nothing() -> None:
    assert abstracts.assign(["Woolly: A Language", "Woolly: A Dialect"], [NAMES]) == {}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Woolly {}: A Language for Sheep", "We present Woolly {}, a language for sheep."),
        ("Woolly: A Language for Sheep", "We present Woolly, a language for sheep."),
        ("{}: Of Sheep", "We present {} of sheep."),
        ("the the the", "the the the"),
    ],
)
def test_a_large_pool_takes_time_in_proportion(title: str, text: str) -> None:
    def work(numbers: str) -> None:
        counted = numbers.split()
        abstracts.assign([title.format(f"x{n}") for n in counted], [text.format(f"x{n}") for n in counted])

    assert grows_in_proportion(work, " ".join(f"{n:05}" for n in range(1000)))
