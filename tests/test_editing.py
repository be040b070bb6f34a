"""The text of an entry in a person's editor: what is shown, read, and put back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli import editing
from litcli.errors import LitError, LockedError, UsageError
from litcli.library import store
from litcli.library.edit import apply

FILE = Path("ada.toml")
TEXT = '# on her\n[papers.ada]\ntitle = "A"  # short\n'
LIBRARY = f'format = 1\n\n{TEXT}\n# on him\n[papers.bob]\ntitle = "B"\n'


def library(text: str = LIBRARY) -> store.Library:
    return store.parse(Path("library.toml"), text)


def test_an_entry_is_shown_as_it_stands() -> None:
    assert editing.shown(library(), "ada") == TEXT


def test_an_entry_in_an_inline_table_is_shown_as_a_block() -> None:
    assert editing.shown(library('papers = { ada = { title = "A" } }\n'), "ada").startswith("[papers.ada]\n")


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "  # nothing"])
def test_a_text_without_a_statement_is_none(text: str) -> None:
    assert editing.read(FILE, text) is None


def test_the_lines_above_that_tell_an_error_are_no_part_of_it() -> None:
    returned, _ = editing.returned(FILE, TEXT, LitError("wrong\nhere", "mend it"))
    assert returned.startswith("# litcli: wrong\n# litcli: here\n# litcli: mend it\n")
    block = editing.read(FILE, returned)
    assert block is not None
    assert block.text == TEXT


def test_a_line_within_the_text_that_looks_like_an_error_stays() -> None:
    text = '[papers.a]\nnote = """\n# litcli: x\n"""\n'
    block = editing.read(FILE, text)
    assert block is not None
    assert (block.text, block.entry.note) == (text, "# litcli: x\n")


def test_what_is_put_back_unchanged_is_the_same_library() -> None:
    there = library()
    block = editing.read(FILE, TEXT)
    assert block is not None
    assert apply(FILE, LIBRARY, there, editing.put(there, "ada", TEXT, block)) == LIBRARY


def test_a_dotted_text_is_put_back_field_by_field() -> None:
    """Below the header of another entry it would say something else."""
    there = library()
    block = editing.read(FILE, 'papers.bob.title = "C"\n')
    assert block is not None
    changes = editing.put(there, "bob", editing.shown(there, "bob"), block)
    assert store.parse(FILE, apply(FILE, LIBRARY, there, changes)).entries["bob"].paper.title == "C"


@pytest.mark.parametrize("now", [LIBRARY.replace('"A"', '"Z"'), LIBRARY.replace("on her", "of her"), "format = 1\n"])
def test_what_was_changed_meanwhile_even_a_comment_is_not_overwritten(now: str) -> None:
    block = editing.read(FILE, TEXT)
    assert block is not None
    with pytest.raises(LockedError):
        editing.put(library(now), "ada", TEXT, block)


@given(st.text())
def test_any_text_is_an_entry_or_a_mistake(text: str) -> None:
    try:
        editing.read(FILE, text)
    except LitError as error:
        returned, _ = editing.returned(FILE, text, error)
        assert returned.endswith(text)


LINES = st.sampled_from(
    [
        "# remark", "", "year = 1843", "year = 1", 'note = """', '"""', "[papers.ada.links]", 'x = "1"',
        "[[papers.ada.versions]]", "tags = [", '  "b", # why', "]", 'fields.crossref = "ada"', "[papers.bob]",
        "[settings]", "title.x = 1", "[papers.ada]",
    ]
)  # fmt: skip
KEYS = st.sampled_from(["ada", "zoe", "a", '"a:b"', "Ada", "bob", "x.y"])


@given(KEYS, st.lists(LINES, max_size=8), st.sampled_from([LIBRARY, LIBRARY.replace("\n", "\r\n"), TEXT]))
def test_a_text_stands_in_the_library_as_it_is_and_nothing_else_changes(key: str, lines: list[str], text: str) -> None:
    there = library(text)
    try:
        block = editing.read(FILE, "\n".join(["# on her", f"[papers.{key}]", *lines]))
        if block is None:
            return
        changes = editing.put(there, "ada", TEXT, block)
    except LitError:
        return
    new = apply(FILE, text, there, changes)
    said = library(new)
    entry = block.entry
    assert said.entries[entry.key].paper.title == entry.paper.title
    assert said.entries[entry.key].paper.year == entry.paper.year
    if entry.key == "ada":
        assert said.entries["ada"] == entry
        assert block.text in new.replace("\r\n", "\n")
    if entry.key != "bob":
        assert said.entries.get("bob") == there.entries.get("bob")
    assert said.head == there.head


def test_a_key_that_another_has_is_refused() -> None:
    there = library()
    block = editing.read(FILE, TEXT.replace("ada", "bob"))
    assert block is not None
    with pytest.raises(UsageError):
        editing.put(there, "ada", TEXT, block)
