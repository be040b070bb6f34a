"""Where two records stand: on one page, in two places, or nowhere that tells."""

from __future__ import annotations

from typing import Any

import pytest

from litcli.dedupe import places
from litcli.paper import Paper


def agrees(one: dict[str, Any], two: dict[str, Any]) -> bool | None:
    """Whether two articles of the Journal of Bees, if not told otherwise, stand in one place."""
    a, b = (places.read(Paper(**{"type": "article", "venue": "Journal of Bees", **more})) for more in (one, two))
    assert places.compare(a, b).agrees is places.compare(b, a).agrees
    return places.compare(a, b).agrees


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"volume": "7", "pages": "288-297"}, {"volume": "7", "pages": "288-97"}),
        ({"volume": "7", "pages": "288--297"}, {"volume": "7 Suppl 1", "pages": "0288"}),
        ({"volume": "118", "pages": "c37-c42"}, {"volume": "118", "pages": "37-42", "venue": "J Bees"}),
        ({"volume": "7", "pages": "2141-2147"}, {"volume": "7", "pages": "2142-2147"}),
        ({"volume": "24", "pages": "S78-S89"}, {"volume": "24 Suppl 3", "pages": "S3-89"}),
        ({"pages": "12-20"}, {"pages": "12-20"}),
        ({"pages": "12-20", "venue": "Cancer"}, {"pages": "12-20", "venue": "Cancer Research"}),
        ({"pages": "i-iv"}, {"pages": "i-iv", "volume": "33"}),
    ],
)
def test_one_page_of_one_volume_is_one_place(one: dict[str, Any], two: dict[str, Any]) -> None:
    assert agrees(one, two) is True


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"volume": "7", "pages": "23"}, {"volume": "8", "pages": "239"}),
        ({"volume": "7", "number": "3", "pages": "211-244"}, {"volume": "7", "number": "6", "pages": "473-503"}),
        ({"volume": "25", "number": "9", "pages": "1875-1880"}, {"volume": "25", "number": "12", "pages": "2539"}),
        ({"volume": "3"}, {"volume": "16", "venue": "Sleep Letters"}),
        ({"volume": "7", "number": "1"}, {"volume": "7", "number": "2"}),
        ({"volume": "7", "pages": "1-2"}, {"volume": "8", "pages": "1-3"}),
    ],
)
def test_another_page_volume_or_issue_is_another_place(one: dict[str, Any], two: dict[str, Any]) -> None:
    assert agrees(one, two) is False


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({}, {}),
        ({"volume": "7", "pages": "1-9"}, {"volume": "7", "pages": "1-9"}),
        ({"volume": "7", "pages": "11-19"}, {"volume": "7", "pages": "21-29"}),
        ({"volume": "340", "pages": "1014-1018"}, {"volume": "340", "pages": "c1804"}),
        ({"volume": "25", "number": "9", "pages": "1875"}, {"volume": "25", "number": "12", "pages": "2539-2542"}),
        ({"volume": "202", "pages": "1596-1612"}, {"pages": "31596-31612"}),
        ({"volume": "26", "number": "9", "pages": "1746"}, {"number": "26", "pages": "9"}),
        ({"volume": "100", "pages": "965-971"}, {"volume": "100", "pages": "t-71"}),
        ({"volume": "7", "pages": "Oct-8"}, {"volume": "7", "pages": "2665-2668"}),
        ({"volume": "7", "pages": "1-9", "venue": "arXiv"}, {"volume": "8", "pages": "21-29"}),
        ({"type": "inproceedings", "volume": "97"}, {"type": "inproceedings", "volume": "36"}),
    ],
)
def test_what_may_be_mistyped_or_counted_otherwise_tells_nothing(one: dict[str, Any], two: dict[str, Any]) -> None:
    assert agrees(one, two) is None


@pytest.mark.parametrize(
    ("pages", "first"),
    [("117--25", "117"), ("e1001013", "e1001013"), ("S 12-14", "s12"), ("007", "7"), ("iv-ix", "iv"), ("in press", "")],
)
def test_the_first_page(pages: str, first: str) -> None:
    assert places.first_page(Paper(pages=pages)) == first
