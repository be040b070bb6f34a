"""Where a paper stands on the web: addresses that a browser and a terminal take as they are."""

from __future__ import annotations

import pytest

from litcli import web
from litcli.paper import Paper

ADDRESSES = {
    ("doi", "10.1000/182"): "https://doi.org/10.1000/182",
    ("doi", "10.1002/(SICI)1097<1::AID>3.0.CO;2-#"): "https://doi.org/10.1002/(SICI)1097%3C1::AID%3E3.0.CO;2-%23",
    ("arxiv", "math.AG/0601001"): "https://arxiv.org/abs/math.AG/0601001",
    ("url", "https://example.org/a_b?x=1&y=%20z#top"): "https://example.org/a_b?x=1&y=%20z#top",
    ("url", "https://example.org/ä b"): "https://example.org/%C3%A4%20b",
    ("url", "file:///etc/passwd"): "",
    ("url", "javascript:alert(1)"): "",
    ("url", "https://example.org/\x1b]8;;"): "",
    ("doi", ""): "",
}


@pytest.mark.parametrize(("named", "address"), ADDRESSES.items(), ids=map(str, ADDRESSES))
def test_a_value_names_an_address(named: tuple[str, str], address: str) -> None:
    assert web.address(*named) == address


def test_the_most_lasting_place_comes_first_and_links_last() -> None:
    paper = Paper(
        url="https://a.org", arxiv="2201.03514", doi="10.1/x", links={"code": "https://b.org", "pdf": "p.pdf"}
    )
    assert web.addresses(paper) == [
        "https://doi.org/10.1/x",
        "https://arxiv.org/abs/2201.03514",
        "https://a.org",
        "https://b.org",
    ]
