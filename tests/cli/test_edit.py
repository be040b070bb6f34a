"""edit: an entry's own block in the person's editor, comments and all, and no text lost."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from tests.cli.editors import at_terminal, editor, seen, times
from tests.cli.within import Within
from tests.conftest import Program

LIBRARY = """\
format = 1

# of interest
[papers.ada]  # the first
title = "Notes"   # by hand
year = 1843

[papers.bob]
title = "Bees"
crossref = "ada"
"""
ADA = LIBRARY[LIBRARY.index("# of") : LIBRARY.index("\n[papers.bob")]
YEAR = "sed -i.x 's/1843/{}/' \"$1\""


@pytest.fixture
def lit(tmp_path: Path) -> Within:
    """The program, within this process, with a small library."""
    program = Within(tmp_path)
    program.write("library.toml", LIBRARY)
    return program


def kept(told: str) -> str:
    """The text that is kept, by what was said of it."""
    found = re.search(r"your text is kept in (.*)", told)
    assert found, told
    text = Path(found[1]).read_text("utf-8", "replace")
    shutil.rmtree(Path(found[1]).parent)
    return text


def test_the_block_opens_as_it_stands(lit: Within) -> None:
    lit("edit", "ada", **editor(lit))
    assert seen(lit) == ADA


def test_what_is_changed_stands_in_its_place_and_all_else_stays(lit: Within) -> None:
    assert "changed ada" in lit("edit", "ada", **editor(lit, YEAR.format(1844))).err
    assert lit.library.read_text("utf-8") == LIBRARY.replace("1843", "1844")


def test_a_comment_that_a_person_writes_stays(lit: Within) -> None:
    lit("edit", "ada", **editor(lit, YEAR.format("1843  # or later\\n# who knows")))
    assert lit.library.read_text("utf-8") == LIBRARY.replace("1843", "1843  # or later\n# who knows")


def test_a_comment_above_the_entry_is_a_part_of_it(lit: Within) -> None:
    lit("edit", "ada", **editor(lit, "sed -i.x 's/^# of.*/# of none/' \"$1\""))
    assert lit.library.read_text("utf-8") == LIBRARY.replace("of interest", "of none")


def test_the_line_ends_of_the_library_are_kept(lit: Within) -> None:
    lit.write("library.toml", LIBRARY.replace("\n", "\r\n"))
    lit("edit", "ada", **editor(lit, YEAR.format(1844)))
    assert seen(lit) == ADA
    assert lit.library.read_bytes() == LIBRARY.replace("1843", "1844").replace("\n", "\r\n").encode()


def test_an_entry_without_a_block_of_its_own_is_edited_as_well(lit: Within) -> None:
    lit.write("library.toml", 'papers.ada.year = 1843\n[papers.bob]\ntitle = "B"\n')
    lit("edit", "ada", **editor(lit, YEAR.format(1844)))
    papers = tomllib.loads(lit.library.read_text("utf-8"))["papers"]
    assert (papers["ada"]["year"], papers["bob"]) == (1844, {"title": "B"})


@pytest.mark.parametrize("step", [":", ': >"$1"', 'rm "$1"', 'echo "# nothing" >"$1"'])
def test_a_text_that_is_left_or_emptied_changes_nothing(lit: Within, step: str) -> None:
    assert "nothing was changed" in lit("edit", "ada", **editor(lit, step)).err
    assert lit.library.read_text("utf-8") == LIBRARY


def test_visual_goes_before_editor(lit: Within) -> None:
    lit("edit", "ada", VISUAL=editor(lit, YEAR.format(1844))["EDITOR"], EDITOR="false")
    assert "1844" in lit.library.read_text("utf-8")


def test_an_older_key_opens_the_entry(lit: Within) -> None:
    lit.write("library.toml", LIBRARY.replace("year = 1843", 'aliases = ["lovelace"]'))
    lit("edit", "Lovelace", **editor(lit))
    assert "[papers.ada]" in seen(lit)


def test_an_edit_is_a_step_that_can_be_taken_back(lit: Within) -> None:
    lit("edit", "ada", **editor(lit, YEAR.format("1843 # later")))
    assert "litcli edit ada" in lit("log").out
    lit("undo")
    assert lit.library.read_text("utf-8") == LIBRARY


def test_a_field_that_is_probably_misspelt_is_told(lit: Within) -> None:
    told = lit("edit", "ada", **editor(lit, "sed -i.x 's/^year/yaer/' \"$1\"")).err
    assert "yaer" in told
    assert "did you mean year?" in told


# --- another key ------------------------------------------------------------------------------------------

RENAMED = "sed -i.x 's/papers.ada/papers.{}/' \"$1\""


def test_another_key_renames_the_entry_and_what_names_it_follows(lit: Within) -> None:
    assert "changed zoe, which was ada" in lit("edit", "ada", **editor(lit, RENAMED.format("zoe"))).err
    papers = tomllib.loads(lit.library.read_text("utf-8"))["papers"]
    assert list(papers) == ["zoe", "bob"]
    assert (papers["zoe"]["aliases"], papers["bob"]["fields"]["crossref"]) == (["ada"], "zoe")


def test_a_renamed_entry_keeps_its_comments(lit: Within) -> None:
    lit("edit", "ada", **editor(lit, RENAMED.format("zoe")))
    assert '# of interest\n[papers.zoe]  # the first\ntitle = "Notes"   # by hand\n' in lit.library.read_text("utf-8")


@pytest.mark.parametrize("new", ["bob", "Bob", '"a b"'])
def test_a_key_that_cannot_be_is_a_mistake(lit: Within, new: str) -> None:
    kept(lit("edit", "ada", code=2, **editor(lit, RENAMED.format(new))).err)
    assert lit.library.read_text("utf-8") == LIBRARY


def test_an_alias_that_is_another_entrys_key_is_a_mistake(lit: Within) -> None:
    step = 'echo \'aliases = ["bob"]\' >>"$1"'
    told = lit("edit", "ada", code=2, **editor(lit, step)).err
    assert "the key bob would find both ada and bob" in told
    kept(told)


# --- mistakes ---------------------------------------------------------------------------------------------

MISTAKES = {
    YEAR.format("abc"): "not valid TOML",
    YEAR.format('"abc"'): "year must be a whole number, not 'abc'",
    "echo '[papers.cyd]' >>\"$1\"": "the text must be one entry",
    "echo 'title = 1' >\"$1\"": "the text must be one entry",
    "echo 'title = 1' >>\"$1\"": "not valid TOML",
    'printf \'note = "caf\\351"\\n\' >>"$1"': "not UTF-8",
}


@pytest.mark.parametrize(("step", "message"), MISTAKES.items(), ids=MISTAKES.values())
def test_a_mistake_opens_the_text_again_with_the_error_on_top(lit: Within, step: str, message: str) -> None:
    told = lit("edit", "ada", code=3, **editor(lit, step)).err
    assert times(lit) == 2
    first, *_ = seen_bytes(lit).splitlines()
    assert first.startswith(b"# litcli: ")
    assert message.encode() in first
    assert message in told
    kept(told)
    assert lit.library.read_text("utf-8") == LIBRARY


def seen_bytes(lit: Program) -> bytes:
    return (lit.folder / "seen").read_bytes()


def test_a_mistake_that_is_mended_is_forgotten(lit: Within) -> None:
    told = lit("edit", "ada", **editor(lit, YEAR.format("abc"), "sed -i.x 's/= abc/= 1844/' \"$1\"")).err
    assert "changed ada" in told
    assert lit.library.read_text("utf-8") == LIBRARY.replace("1843", "1844")


def test_a_second_mistake_takes_the_place_of_the_first(lit: Within) -> None:
    steps = [YEAR.format("abc"), "sed -i.x 's/= abc/= true/' \"$1\"", "sed -i.x 's/= true/= 1844/' \"$1\""]
    lit("edit", "ada", **editor(lit, *steps))
    assert seen(lit).count("whole number") == 1
    assert "not valid TOML" not in seen(lit)
    assert lit.library.read_text("utf-8") == LIBRARY.replace("1843", "1844")


def test_the_line_of_a_mistake_is_that_which_the_editor_shows(lit: Within) -> None:
    told = lit("edit", "ada", code=3, **editor(lit, YEAR.format("abc"))).err
    line = int(re.findall(r"\.toml:(\d+)", told)[0])
    assert seen(lit).splitlines()[line - 1] == "year = abc"
    kept(told)


def test_a_text_with_a_mistake_is_kept_as_the_person_left_it(lit: Within) -> None:
    told = lit("edit", "ada", code=3, **editor(lit, YEAR.format("abc"))).err
    assert kept(told).endswith(ADA.replace("1843", "abc"))


def test_a_text_that_is_emptied_behind_a_mistake_changes_nothing(lit: Within) -> None:
    told = lit("edit", "ada", **editor(lit, YEAR.format("abc"), ': >"$1"')).err
    assert "nothing was changed" in told


def test_a_script_that_never_mends_its_mistakes_comes_to_an_end(lit: Within) -> None:
    lit.write("always.sh", "echo x >>opened\necho 'oops' >>\"$1\"\n")
    kept(lit("edit", "ada", code=3, EDITOR="sh always.sh", VISUAL="").err)
    assert 2 < times(lit) < 100


# --- failures ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "said"), [("no-such-editor", "No such file"), ("false", "exit code 1"), ("'open", "quotation")]
)
def test_an_editor_that_fails_changes_nothing(lit: Within, command: str, said: str) -> None:
    told = lit("edit", "ada", code=3, EDITOR=command, VISUAL="").err
    assert f"the editor {command!r} failed" in told or f'the editor "{command}" failed' in told
    assert said in told
    assert "kept" not in told
    assert lit.library.read_text("utf-8") == LIBRARY


def test_the_text_of_an_editor_that_fails_is_kept(lit: Within) -> None:
    told = lit("edit", "ada", code=3, **editor(lit, YEAR.format(1844) + "; exit 1")).err
    assert kept(told) == ADA.replace("1843", "1844")
    assert lit.library.read_text("utf-8") == LIBRARY


def test_an_entry_that_was_changed_meanwhile_stays_and_so_does_the_text(lit: Within) -> None:
    step = "sed -i.x 's/Notes/Sketch/' library.toml; " + YEAR.format(1844)
    told = lit("edit", "ada", code=4, **editor(lit, step)).err
    assert "ada was changed in the library meanwhile" in told
    assert kept(told) == ADA.replace("1843", "1844")
    assert lit.library.read_text("utf-8") == LIBRARY.replace("Notes", "Sketch")


def test_another_entry_may_change_meanwhile(lit: Within) -> None:
    lit("edit", "ada", **editor(lit, "sed -i.x 's/Bees/Ants/' library.toml; " + YEAR.format(1844)))
    assert lit.library.read_text("utf-8") == LIBRARY.replace("Bees", "Ants").replace("1843", "1844")


def test_a_read_only_library_is_refused_and_the_text_is_kept(lit: Within) -> None:
    lit.library.chmod(0o444)
    told = lit("edit", "ada", code=3, **editor(lit, YEAR.format(1844))).err
    assert "read-only" in told
    assert kept(told) == ADA.replace("1843", "1844")


def test_a_key_that_is_not_there_brings_up_the_near_ones(lit: Within) -> None:
    assert "did you mean ada?" in lit("edit", "adda", code=1, **editor(lit)).err
    assert times(lit) == 0


def test_without_a_terminal_there_must_be_an_editor(lit: Within) -> None:
    assert "there is no terminal to edit on" in lit("edit", "ada", code=2, EDITOR="", VISUAL="").err


# --- Ctrl-C -----------------------------------------------------------------------------------------------


def test_an_interrupt_is_the_editors_to_take(lit: Within) -> None:
    """An editor that goes on behind Ctrl-C is waited for."""
    lit.write("waits.sh", "trap 'sed -i.x s/1843/1844/ \"$1\"; exit 0' INT\necho ready\nwhile :; do sleep 0.1; done\n")
    at_terminal(lit, "edit", "ada", answer=b"\x03", until=b"ready", EDITOR="sh waits.sh", VISUAL="")
    assert lit.library.read_text("utf-8") == LIBRARY.replace("1843", "1844")


def test_an_editor_that_is_interrupted_ends_with_130_and_its_text_is_kept(lit: Within) -> None:
    lit.write("dies.sh", "echo '# more' >>\"$1\"\necho ready\nexec sleep 30\n")
    told = at_terminal(lit, "edit", "ada", answer=b"\x03", until=b"ready", code=130, EDITOR="sh dies.sh", VISUAL="")
    assert kept(told) == ADA + "# more\n"
    assert lit.library.read_text("utf-8") == LIBRARY
