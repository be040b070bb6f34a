"""The example pages, and the real pages in the folder that $LITCLI_PAGES names, where there is one.

The example pages keep every bibliographic fact of their originals, so both say the same of every paper but its text.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from litcli import absorb, importers, page
from litcli.paper import Problem, Record, Source
from tests.conftest import PAGES, SEEDS, Program
from tests.importers.test_golden import FORMATS

REAL = sorted(Path(PAGES).iterdir()) if PAGES else []
EXAMPLES = sorted(SEEDS.glob("*.txt"))
WITHOUT_REAL_PAGES = pytest.mark.skipif(not REAL, reason="LITCLI_PAGES names no folder")


def read(path: Path) -> tuple[str, list[Record], list[Problem]]:
    """The format of a page, its records and its problems."""
    found = page.read(str(path))
    importer = importers.identify(found)
    items = list(importer.parse(found))
    return (
        importer.name,
        [item for item in items if isinstance(item, Record)],
        [item for item in items if isinstance(item, Problem)],
    )


@pytest.mark.parametrize("path", [*EXAMPLES, *REAL], ids=lambda path: path.stem)
def test_every_paper_of_the_page_is_read(path: Path) -> None:
    name, records, problems = read(path)
    assert (len(records), sum(problem.failed for problem in problems)) == (FORMATS[name], 0)


@WITHOUT_REAL_PAGES
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_the_real_page_says_what_the_example_says(path: Path) -> None:
    name, records, _ = read(path)
    _, examples, _ = read(SEEDS / f"{name}.txt")
    facts = [replace(record, paper=replace(record.paper, abstract="")) for record in records]
    assert facts == [replace(record, paper=replace(record.paper, abstract="")) for record in examples]


@WITHOUT_REAL_PAGES
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_where_each_paper_has_its_abstract_the_real_one_does_too(path: Path) -> None:
    name, records, _ = read(path)
    assert name == "grouped-list" or all(len(record.paper.abstract) > 200 for record in records)


@pytest.mark.parametrize("pages", [EXAMPLES, pytest.param(REAL, marks=WITHOUT_REAL_PAGES)], ids=["examples", "real"])
def test_the_pages_together_are_216_papers_and_unchanged_the_second_time(lit: Program, pages: list[Path]) -> None:
    first = lit("import", *pages, "-L", lit.library, "--json").json
    text = lit.library.read_bytes()
    again = lit("import", *pages, "-L", lit.library, "--json").json
    assert (first["seen"], first["imported"], first["failed"]) == (216, 216, 0)
    assert (again["seen"], again["unchanged"], again["failed"]) == (216, 216, 0)
    assert lit.library.read_bytes() == text


# --- a pool of texts without names ------------------------------------------------------------------------


def test_a_text_whose_paper_is_taken_from_the_list_goes_to_no_other() -> None:
    """Each bullet of the report left out once: what was its abstract must not become a neighbour's."""
    lines = (SEEDS / "grouped-list.txt").read_text("utf-8").split("\n")
    whole = _abstracts(lines)
    for at in [at for at, line in enumerate(lines) if line.startswith("- ")][::4]:
        left = _abstracts([line for number, line in enumerate(lines) if number != at])
        assert left.items() <= whole.items()


def test_a_paper_whose_text_is_taken_from_the_pool_gets_no_other() -> None:
    """Each text of the pool left out once: its paper must not be given another one."""
    lines = (SEEDS / "grouped-list.txt").read_text("utf-8").split("\n")
    whole = _abstracts(lines)
    for at in range(123, len(lines), 4):
        left = _abstracts([line for number, line in enumerate(lines) if number != at])
        assert left.items() <= whole.items() or set(left.values()) <= set(whole.values())
        assert all(text == whole.get(title, text) for title, text in left.items())


def _abstracts(lines: list[str]) -> dict[str, str]:
    """The abstracts that a grouped list attaches, by title."""
    found = page.Page("report.txt", "\n".join(lines))
    records = [item for item in importers.by_name("grouped-list").parse(found) if isinstance(item, Record)]
    return {record.paper.title: record.paper.abstract for record in records if record.paper.abstract}


def test_papers_that_look_alike_stay_apart() -> None:
    """Qwen2 and Qwen2.5, surveys with near-equal names: 216 papers, and not one is taken for another."""
    pairs = [(Source(path.name, record.line, "x"), record) for path in EXAMPLES for record in read(path)[1]]
    outcome = absorb.absorb({}, pairs, added="2026-01-01")
    assert (outcome.imported, outcome.merged, outcome.doubts) == (216, 0, [])
