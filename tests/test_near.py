"""What was probably meant: the nearest names, and none where none is near."""

from __future__ import annotations

import pytest

from litcli.near import near

NAMES = ["title", "year", "doi", "venue", "sun2022blackbox", "sun2022paradigm"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("titel", "title"),
        ("dio", "doi"),
        ("Sun2022BlackBox", "sun2022blackbox"),
        ("sun2022blakcbox", "sun2022blackbox"),
    ],
)
def test_a_slip_brings_up_what_was_meant_first(name: str, meant: str) -> None:
    assert near(name, NAMES).startswith(f"did you mean {meant}")


@pytest.mark.parametrize("name", ["qqqqqq", "", "…"])
def test_what_is_near_to_none_brings_up_none(name: str) -> None:
    assert near(name, NAMES) == ""


def test_three_are_named_at_the_most_and_each_once() -> None:
    assert near("abcd", ["abce", "abcf", "abcg", "abch", "abce"]).count(" or ") == 2
    assert near("abcd", ["abce", "abce"]) == "did you mean abce?"
