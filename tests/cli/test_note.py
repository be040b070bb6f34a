"""note: the reader's own words on an entry, in an editor or from the command line."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from tests.cli.editors import editor, seen, times
from tests.cli.within import Within

LIBRARY = 'format = 1\n\n[papers.ada]\ntitle = "Notes"  # by hand\n\n[papers.bob]\nnote = "so far"\n'


@pytest.fixture
def lit(tmp_path: Path) -> Within:
    """The program, within this process, with a small library."""
    program = Within(tmp_path)
    program.write("library.toml", LIBRARY)
    return program


def note(lit: Within, key: str) -> str | None:
    found: str | None = tomllib.loads(lit.library.read_text("utf-8"))["papers"][key].get("note")
    return found


def test_words_are_a_note(lit: Within) -> None:
    lit("note", "ada", "compare", "with Babbage")
    assert lit.library.read_text("utf-8") == LIBRARY.replace("by hand\n", 'by hand\nnote = "compare with Babbage"\n')


def test_more_words_are_another_paragraph(lit: Within) -> None:
    lit("note", "bob", "and more")
    assert note(lit, "bob") == "so far\n\nand more"


def test_the_note_opens_in_the_editor(lit: Within) -> None:
    lit("note", "bob", **editor(lit, 'printf "one \\n\\ntwo\\n\\n" >"$1"'))
    assert (seen(lit), note(lit, "bob")) == ("so far\n", "one\n\ntwo")


def test_a_note_that_is_emptied_goes(lit: Within) -> None:
    lit("note", "bob", **editor(lit, ': >"$1"'))
    assert note(lit, "bob") is None


@pytest.mark.parametrize("key", ["ada", "bob"])
def test_a_note_that_is_left_changes_nothing(lit: Within, key: str) -> None:
    assert "nothing was changed" in lit("note", key, **editor(lit)).err
    assert lit.library.read_text("utf-8") == LIBRARY


def test_a_note_that_was_changed_meanwhile_stays_and_so_does_the_text(lit: Within) -> None:
    step = "sed -i.x 's/so far/further/' library.toml; echo mine >\"$1\""
    told = lit("note", "bob", code=4, **editor(lit, step)).err
    kept = Path(told.partition("your text is kept in ")[2].splitlines()[0])
    assert (kept.read_text("utf-8"), note(lit, "bob")) == ("mine\n", "further")
    shutil.rmtree(kept.parent)


def test_another_field_may_change_meanwhile(lit: Within) -> None:
    lit("note", "ada", **editor(lit, "sed -i.x 's/Notes/Sketch/' library.toml; echo mine >\"$1\""))
    assert 'title = "Sketch"  # by hand\nnote = "mine"\n' in lit.library.read_text("utf-8")


def test_what_is_no_text_is_refused(lit: Within) -> None:
    assert "must be text" in lit("note", "ada", "caf\udce9", code=2).err


def test_a_note_is_a_step_that_can_be_taken_back(lit: Within) -> None:
    lit("note", "ada", "mine")
    lit("undo")
    assert lit.library.read_text("utf-8") == LIBRARY


def test_there_is_no_note_on_what_is_not_there(lit: Within) -> None:
    assert "there is no entry 'nobody'" in lit("note", "nobody", code=1, **editor(lit)).err
    assert times(lit) == 0
