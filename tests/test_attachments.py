"""The paths in a `file` field, in the ways in which reference managers write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli import attachments
from litcli.paper import Entry, Paper


def entry(file: str = "") -> Entry:
    return Entry("a", Paper(fields={"file": file} if file else {}))


WRITTEN = {
    "": [],
    "papers/a.pdf": ["papers/a.pdf"],
    "a.pdf;b.pdf": ["a.pdf", "b.pdf"],
    ":a.pdf:PDF": ["a.pdf"],
    "Full Text PDF:files/12/Smith 2020.pdf:application/pdf": ["files/12/Smith 2020.pdf"],
    "one:a.pdf:PDF;two:b.html:text/html": ["a.pdf", "b.html"],
    r":C\:\\papers\\a.pdf:PDF": ["C:\\papers\\a.pdf"],
    r":a\;b.pdf:PDF": ["a;b.pdf"],
    "; ;": [],
}


@pytest.mark.parametrize(("file", "paths"), WRITTEN.items())
def test_the_paths_of_a_field_are_found(file: str, paths: list[str]) -> None:
    assert list(attachments.paths(entry(file))) == paths


def test_a_file_that_is_named_already_is_not_named_twice() -> None:
    named = entry("note:a.pdf:PDF")
    assert attachments.attached(named, "a.pdf") is named


def test_a_file_comes_behind_those_that_are_there() -> None:
    assert attachments.attached(entry("x:a.pdf:PDF"), "b.pdf").paper.fields["file"] == "x:a.pdf:PDF;b.pdf"


def test_missing_are_the_files_that_are_not_below_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    assert list(attachments.missing(entry("a.pdf;b.pdf"), tmp_path)) == ["b.pdf"]


PATHS = st.text(alphabet="a/.\\:; é", min_size=1).map(str.strip).filter(bool)


@given(st.lists(PATHS, unique=True))
def test_any_paths_that_are_attached_are_found(names: list[str]) -> None:
    named = entry()
    for name in names:
        named = attachments.attached(named, name)
    assert list(attachments.paths(named)) == names
