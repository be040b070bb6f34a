"""Values above the papers: set and removed without touching another byte."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli.errors import LibraryError
from litcli.library import patch, store, transaction
from litcli.library.edit import Changes, apply
from litcli.paper import Entry, Paper

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


def test_an_entry_beside_an_inline_table_of_papers_is_refused_and_the_file_left(path: Path) -> None:
    path.write_text("papers = {}\n", "utf-8")
    with pytest.raises(LibraryError, match="without touching other lines"):
        transaction.update(path, lambda _: (Changes({"ada": Entry(key="ada", paper=Paper(title="A"))}), None))
    assert path.read_text("utf-8") == "papers = {}\n"


def test_a_value_that_is_there_already_is_not_written(path: Path) -> None:
    changed(path, settings__a=1)
    before = path.stat().st_mtime_ns
    changed(path, settings__a=1)
    assert path.stat().st_mtime_ns == before


def test_entries_and_values_change_together(path: Path) -> None:
    transaction.update(path, lambda _: (Changes({"ada": None}, {("settings", "a"): 1}), None))
    library = store.read(path)
    assert (library.entries, library.head["settings"]) == ({}, {"a": 1})


# --- other keys -------------------------------------------------------------------------------------------

TWO = """format = 1

# of interest
[papers.ada]  # the first
title = "Notes"   # by hand
links.code = "x:1"

[papers.bob]
title = "B"

[papers.bob.links]
pdf = "x:2"
"""


def renamed(path: Path, **names: str) -> str:
    """The library after some of its entries got other keys."""

    def change(library: store.Library) -> tuple[Changes, None]:
        return Changes({old: replace(library.entries[old], key=new) for old, new in names.items()}), None

    transaction.update(path, change)
    return path.read_text("utf-8")


def test_a_renamed_entry_stays_in_its_place_with_all_its_bytes(path: Path) -> None:
    path.write_text(TWO, "utf-8")
    assert renamed(path, ada="zoe") == TWO.replace("[papers.ada]", "[papers.zoe]")


def test_the_tables_of_an_entry_are_renamed_with_it(path: Path) -> None:
    path.write_text(TWO, "utf-8")
    assert renamed(path, bob="eve") == TWO.replace("papers.bob", "papers.eve")


def test_two_entries_may_change_places(path: Path) -> None:
    path.write_text(TWO, "utf-8")
    renamed(path, ada="bob", bob="ada")
    entries = store.read(path).entries
    assert (entries["bob"].paper.title, entries["ada"].paper.title) == ("Notes", "B")


def test_a_key_that_needs_quotes_gets_them(path: Path) -> None:
    path.write_text(TWO, "utf-8")
    assert '[papers."a:b"]  # the first' in renamed(path, ada="a:b")


def test_an_entry_without_a_block_of_its_own_is_renamed_as_well(path: Path) -> None:
    path.write_text('papers.ada.title = "Notes"\n[papers.bob]\ntitle = "B"\n', "utf-8")
    renamed(path, ada="zoe")
    entries = store.read(path).entries
    assert {key: entry.paper.title for key, entry in entries.items()} == {"bob": "B", "zoe": "Notes"}


@pytest.mark.parametrize("names", [{"ada": "bob"}, {"ada": "eve", "bob": "eve"}])
def test_two_entries_never_get_one_key(path: Path, names: dict[str, str]) -> None:
    path.write_text(TWO, "utf-8")
    with pytest.raises(LibraryError, match=r"there is an entry \w+ already"):
        renamed(path, **names)
    assert path.read_text("utf-8") == TWO


@pytest.mark.parametrize("after", [{"ada": "zoe"}, {"bob": "eve"}, {"ada": "a:b", "bob": "aaa"}])
def test_another_key_is_a_step_that_can_be_taken_back(path: Path, after: dict[str, str]) -> None:
    path.write_text(TWO, "utf-8")
    text = renamed(path, **after)
    transaction.undo(path)
    assert path.read_text("utf-8") == TWO
    transaction.redo(path)
    assert path.read_text("utf-8") == text


KEYS = ["a", "B", "c", "d e", "x.y", "ü", "a-b"]
SPELLED = {"a": "a", "B": "B", "c": '"c"', "d e": '"d e"', "x.y": "'x.y'", "ü": '"ü"', "a-b": "a-b"}
PIECES = st.sampled_from(["", "# loose\n\n", "# its own\n", "\n", "\n# loose\n\n# its own\n"])
BODIES = st.sampled_from(
    ["", 'title = "T" # why\n', 'note = """\n[papers.c]\n"""\n', "tags = [ # some\n  'x',\n]\n", "# inside\n\n"]
)


@st.composite
def libraries(draw: st.DrawFn) -> str:
    """A library of some entries, with remarks between and in them, some with tables of their own."""
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=4, unique=True))
    text = "format = 1\n\n"
    for key in keys:
        text += draw(PIECES) + f"[papers.{SPELLED[key]}]  # {key}\n" + draw(BODIES)
        text += f"[papers.{SPELLED[key]}.links]\npdf = 'x:1'\n" if draw(st.booleans()) else ""
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


@given(libraries(), st.dictionaries(st.sampled_from(KEYS), st.sampled_from([*KEYS, "new", "n:w", "[x]"]), max_size=3))
def test_whatever_is_renamed_only_headers_change_and_the_change_can_be_taken_back(
    text: str, names: dict[str, str]
) -> None:
    there = store.parse(Path(), text)
    # A key that was another entry's is taken by no command.
    names = {old: new for old, new in names.items() if old in there.entries and new not in names}
    changes = Changes({old: replace(there.entries[old], key=new) for old, new in names.items()})
    try:
        new = apply(Path(), text, there, changes.beyond(there))
    except LibraryError:
        assert len({names.get(key, key) for key in there.entries}) < len(there.entries)
        return
    said = store.parse(Path(), new)
    assert {key: replace(entry, key="") for key, entry in said.entries.items()} == {
        names.get(key, key): replace(entry, key="") for key, entry in there.entries.items()
    }
    lines = zip(text.split("\n"), new.split("\n"), strict=True)
    assert all(old.startswith("[papers.") for old, now in lines if old != now)
    steps = patch.diff(text, new)
    assert patch.apply(new, patch.reverse(steps), lambda *_: pytest.fail("refused")) == text
    assert patch.apply(text, steps, lambda *_: pytest.fail("refused")) == new
