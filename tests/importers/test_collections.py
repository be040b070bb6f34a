"""Bibliographies that other people wrote, where there are any: counts that add up, and nothing lost on the way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from litcli import absorb, bibfile, page, reading
from litcli.exporters import biblatex, bibtex
from litcli.exporters.options import Options
from litcli.paper import Entry

FOLDER = os.environ.get("LITCLI_COLLECTIONS")
"""A folder of bibliographies, such as the test data of other packages; see `.ci/run`."""
FILES = sorted(
    path
    for path in (Path(FOLDER).rglob("*") if FOLDER else ())
    if path.suffix in (".bib", ".ris", ".nbib", ".enw") and path.is_file() and path.read_bytes().strip()
)
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")

pytestmark = pytest.mark.skipif(not FILES, reason="no folder of bibliographies: LITCLI_COLLECTIONS")


def read(path: Path) -> tuple[reading.Reading, absorb.Outcome]:
    """A file read, and entered into an empty library."""
    (found,) = reading.read_all([str(path)])
    return found, absorb.absorb({}, found.records, added="2024-01-02")


def entries(outcome: absorb.Outcome) -> list[Entry]:
    return [entry for entry in outcome.changes.values() if entry]


@each_file
def test_every_record_is_imported_merged_or_named(path: Path) -> None:
    found, outcome = read(path)
    assert outcome.imported + outcome.merged + outcome.unchanged == len(found.records)
    if path.suffix == ".bib" and found.format:
        blocks = list(bibfile.blocks(page.read(str(path)).text))
        wanted = [b for b in blocks if isinstance(b, bibfile.BibEntry | bibfile.BibBroken) and b.type != "xdata"]
        told = len(found.records) + sum(problem.failed for problem in found.problems)
        assert told == len([b for b in wanted if b.type not in ("string", "preamble", "comment")])


@each_file
def test_a_second_import_changes_nothing(path: Path) -> None:
    found, outcome = read(path)
    again = absorb.absorb({entry.key: entry for entry in entries(outcome)}, found.records, added="2025-01-02")
    assert (again.changes, again.unchanged) == ({}, len(found.records))


@each_file
@pytest.mark.parametrize("exporter", [bibtex, biblatex], ids=["bibtex", "biblatex"])
def test_what_is_exported_comes_out_the_same_after_another_round(path: Path, tmp_path: Path, exporter: object) -> None:
    write = getattr(exporter, "write")  # noqa: B009 - a module
    text = write(entries(read(path)[1]), Options()).text
    (tmp_path / "out.bib").write_bytes(text.encode())
    again = entries(read(tmp_path / "out.bib")[1]) if text else []
    assert write(again, Options()).text == text
