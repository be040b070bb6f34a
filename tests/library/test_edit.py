"""Values above the papers: set and removed without touching another byte."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from litcli.errors import LibraryError
from litcli.library import store, transaction
from litcli.library.edit import Changes

PAPERS = '\n# of interest\n[papers.ada]\ntitle = "Notes"\n'


def changed(path: Path, **head: Any) -> str:
    """The library after a change of values above its papers, their paths written with two underscores."""
    names = {tuple(name.split("__")): value for name, value in head.items()}
    transaction.update(path, lambda _: (Changes(head=names), None))
    return path.read_text("utf-8")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.toml"
    path.write_text("format = 1\n" + PAPERS, "utf-8")
    return path


def test_a_new_value_stands_behind_the_others_above_the_papers(path: Path) -> None:
    assert changed(path, distinct=[["a", "b"], ["c", "d"]]) == (
        'format = 1\ndistinct = [\n    ["a", "b"],\n    ["c", "d"],\n]\n' + PAPERS
    )


def test_a_value_is_replaced_in_its_place(path: Path) -> None:
    path.write_text('distinct = [["a", "b"]] # sure\nformat = 1\n' + PAPERS, "utf-8")
    assert changed(path, distinct=[["c", "d"]]) == 'distinct = [\n    ["c", "d"],\n]\nformat = 1\n' + PAPERS


def test_a_value_is_removed(path: Path) -> None:
    path.write_text('format = 1\ndistinct = [["a", "b"]]\n' + PAPERS, "utf-8")
    assert changed(path, distinct=None) == "format = 1\n" + PAPERS


def test_a_setting_gets_a_table_of_its_own(path: Path) -> None:
    assert changed(path, settings__keys="[auth]") == 'format = 1\n\n[settings]\nkeys = "[auth]"\n' + PAPERS


@pytest.mark.parametrize(
    "settings",
    ['[settings]\nother = 1\nqueries.a = "x"\n', '[settings.queries]\na = "x"\n', 'settings.queries.a = "x"\n'],
)
def test_a_setting_goes_where_its_fellows_are(path: Path, settings: str) -> None:
    path.write_text("format = 1\n" + settings + PAPERS, "utf-8")
    text = changed(path, settings__queries__b="y")
    assert tomllib.loads(text)["settings"]["queries"] == {"a": "x", "b": "y"}
    assert changed(path, settings__queries__b=None).startswith("format = 1\n" + settings)


def test_what_stands_in_an_inline_table_is_refused_and_left(path: Path) -> None:
    path.write_text("format = 1\nsettings = { a = 1 }\n" + PAPERS, "utf-8")
    with pytest.raises(LibraryError, match=r"settings.b stands inside an inline table"):
        changed(path, settings__b=1)
    assert path.read_text("utf-8") == "format = 1\nsettings = { a = 1 }\n" + PAPERS


def test_a_value_that_is_there_already_is_not_written(path: Path) -> None:
    changed(path, settings__a=1)
    before = path.stat().st_mtime_ns
    changed(path, settings__a=1)
    assert path.stat().st_mtime_ns == before


def test_entries_and_values_change_together(path: Path) -> None:
    transaction.update(path, lambda _: (Changes({"ada": None}, {("settings", "a"): 1}), None))
    library = store.read(path)
    assert (library.entries, library.head["settings"]) == ({}, {"a": 1})
