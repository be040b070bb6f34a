"""Each example page and, beside it in `golden/`, the entries that a reader of the page expects of it.

The golden files were compared with the pages record by record. After a change that is meant to alter them, run
`python -m tests.importers.test_golden` and read the difference before it is committed.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from litcli import absorb, importers, page
from litcli.library import toml
from litcli.paper import Record, Source
from tests.conftest import SEEDS

GOLDEN = Path(__file__).parent / "golden"
FORMATS = {
    "homepage": 9,
    "paper-feed": 32,
    "acl-anthology": 6,
    "hf-papers": 61,
    "grouped-list": 108,
}


def entries_of(path: Path) -> str:
    """The entries that a page alone makes, in the page's order, as blocks of a library file without their day."""
    found = page.read(str(path))
    importer = importers.identify(found)
    records = [
        (Source(found.name, item.line, importer.name), item)
        for item in importer.parse(found)
        if isinstance(item, Record)
    ]
    changes = absorb.absorb({}, records, added="").changes
    return "\n".join(toml.block(entry) for entry in changes.values() if entry)


@pytest.mark.parametrize(("name", "count"), FORMATS.items(), ids=FORMATS)
def test_the_page_gives_the_expected_entries(name: str, count: int) -> None:
    expected = (GOLDEN / f"{name}.toml").read_text("utf-8")
    found = entries_of(SEEDS / f"{name}.txt")
    assert len(tomllib.loads(found)["papers"]) == count
    assert found == expected


if __name__ == "__main__":
    for name in FORMATS:
        (GOLDEN / f"{name}.toml").write_text(entries_of(SEEDS / f"{name}.txt"), "utf-8")
