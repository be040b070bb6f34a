"""Files that are not where an entry says."""

from __future__ import annotations

from pathlib import Path

import pytest

from litcli import check
from litcli.check import Severity
from litcli.paper import Entry, Paper


def found(file: str, folder: Path | None) -> list[tuple[str, Severity]]:
    entry = Entry("a", Paper(fields={"file": file}))
    return [(f.rule, f.severity) for f in check.check([entry], folder=folder) if f.field == "fields.file"]


def test_a_file_below_the_librarys_folder_is_there(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.pdf").touch()
    assert found("papers/a.pdf", tmp_path) == []


@pytest.mark.parametrize("file", ["papers/a.pdf", "a" * 5000 + ".pdf", "a\0b.pdf"], ids=["short", "too long", "NUL"])
def test_a_file_that_is_not_there_is_a_warning(tmp_path: Path, file: str) -> None:
    assert found(file, tmp_path) == [("missing-file", Severity.WARNING)]


@pytest.mark.parametrize("file", ["/no/such/a.pdf", r":C\:\\papers\\a.pdf:PDF"])
def test_a_path_of_another_machine_is_a_note(tmp_path: Path, file: str) -> None:
    assert found(file, tmp_path) == [("missing-file", Severity.NOTE)]


def test_without_a_folder_nobody_looks() -> None:
    assert found("papers/a.pdf", None) == []
