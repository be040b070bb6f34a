"""rename: another key for an entry, and for the documents that cite it, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from litcli.library.lock import Lock
from tests.cli.within import Within

LIBRARY = """\
format = 1

# of interest
[papers.ada]  # the first
title = "Notes"
aliases = ["lovelace"]

[papers.bob]
title = "Bees"
fields.crossref = "ada"
"""


@pytest.fixture
def lit(tmp_path: Path) -> Within:
    """The program, within this process, with a small library and two documents."""
    program = Within(tmp_path)
    program.write("library.toml", LIBRARY)
    (tmp_path / "src").mkdir()
    program.write("src/a.tex", "ada \\cite{ada,bob}\n% \\cite{ada}\n")
    program.write("src/b.tex", "\\citep[see][]{lovelace}\n")
    return program


def texts(lit: Within) -> list[str]:
    """The library and the documents."""
    return [(lit.folder / name).read_text("utf-8") for name in ("library.toml", "src/a.tex", "src/b.tex")]


def test_an_entry_gets_another_key_and_keeps_the_old_one(lit: Within) -> None:
    assert "ada -> zoe" in lit("rename", "ada", "zoe").err
    assert lit.library.read_text("utf-8") == LIBRARY.replace("[papers.ada]", "[papers.zoe]").replace(
        'aliases = ["lovelace"]', 'aliases = [\n    "lovelace",\n    "ada",\n]'
    ).replace('crossref = "ada"', 'crossref = "zoe"')


def test_it_is_one_step_that_can_be_taken_back(lit: Within) -> None:
    lit("rename", "ada", "zoe")
    assert "litcli rename ada zoe" in lit("log").out
    lit("undo")
    assert lit.library.read_text("utf-8") == LIBRARY


def test_an_alias_may_become_the_key(lit: Within) -> None:
    lit("rename", "ada", "lovelace")
    assert '[papers.lovelace]  # the first\ntitle = "Notes"\naliases = ["ada"]\n' in lit.library.read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("nobody", "x", 1),
        ("ada", "bob", 2),
        ("ada", "BOB", 2),
        ("bob", "Lovelace", 2),
        ("ada", "a b", 2),
        ("ada", "", 2),
    ],
)
def test_what_cannot_be_changes_nothing(lit: Within, old: str, new: str, code: int) -> None:
    before = texts(lit)
    assert lit("rename", old, new, "--tex", "src/*.tex", code=code).err
    assert texts(lit) == before
    assert sorted(path.name for path in (lit.folder / "src").iterdir()) == ["a.tex", "b.tex"]


# --- documents --------------------------------------------------------------------------------------------


def test_citations_are_rewritten_under_any_of_its_names_and_nothing_else_is(lit: Within) -> None:
    result = lit("rename", "ada", "zoe", "--tex", "src/*.tex")
    assert texts(lit)[1:] == ["ada \\cite{zoe,bob}\n% \\cite{ada}\n", "\\citep[see][]{zoe}\n"]
    assert result.out == "src/a.tex:1: ada -> zoe\nsrc/b.tex:1: lovelace -> zoe\n"
    assert "ada -> zoe, 2 citations in 2 files" in result.err


@pytest.mark.parametrize(
    "words", [("--tex", "src/a.tex", "--tex", "src/b.tex"), ("--tex", "src/a.tex", "src/b.tex"), ("--tex=src/?.tex",)]
)
def test_documents_are_named_in_any_way(lit: Within, words: tuple[str, ...]) -> None:
    assert "2 citations in 2 files" in lit("rename", "ada", "zoe", *words).err


def test_each_document_is_kept_as_it_was(lit: Within) -> None:
    before = texts(lit)
    lit("rename", "ada", "zoe", "--tex", "src/*.tex")
    assert [(lit.folder / "src" / name).read_text("utf-8") for name in ("a.tex.bak", "b.tex.bak")] == before[1:]


def test_what_was_kept_earlier_is_not_overwritten(lit: Within) -> None:
    lit.write("src/a.tex.bak", "mine")
    lit("rename", "ada", "zoe", "--tex", "src/*.tex")
    kept = [(lit.folder / "src" / name).read_text("utf-8") for name in ("a.tex.bak", "a.tex.bak2")]
    assert kept == ["mine", "ada \\cite{ada,bob}\n% \\cite{ada}\n"]


def test_a_dry_run_prints_the_same_and_changes_nothing(lit: Within) -> None:
    before = texts(lit)
    dry = lit("rename", "ada", "zoe", "--tex", "src/*.tex", "--dry-run")
    assert texts(lit) == before
    assert not list(lit.folder.glob("src/*.bak"))
    assert dry.out == lit("rename", "ada", "zoe", "--tex", "src/*.tex").out


def everything(lit: Within) -> dict[Path, bytes]:
    """All files of the person's: those with a dot and in the home are litcli's own."""
    found = (path for path in lit.folder.rglob("[!.]*") if path.is_file() and "home" not in path.parts)
    return {path: path.read_bytes() for path in found}


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda folder: (folder / "src/b.tex").chmod(0o444), "src/b.tex:1: this file is read-only"),
        (lambda folder: (folder / "src/b.tex").write_bytes(b"\\cite{ada}\0"), "src/b.tex:1: this is a binary file"),
        (lambda folder: (folder / "src/b.tex").rename(folder / "src/b.aux"), "src/b.aux:1: LaTeX writes this file"),
        (lambda folder: (folder / "library.toml").chmod(0o444), "is read-only"),
    ],
    ids=["a read-only document", "a binary", "an .aux file", "a read-only library"],
)
def test_what_cannot_be_written_leaves_all_as_it_was(lit: Within, spoil: Callable[[Path], object], told: str) -> None:
    spoil(lit.folder)
    before = everything(lit)
    assert told in lit("rename", "ada", "zoe", "--tex", "src/*.*", code=3).err
    assert everything(lit) == before


def test_a_library_that_is_locked_leaves_the_documents_as_they_were(lit: Within) -> None:
    before = everything(lit)
    with Lock(lit.library, False):
        lit("rename", "ada", "zoe", "--tex", "src/*.tex", "--lock-timeout", "0", code=4)
    assert everything(lit) == before


def test_a_name_that_means_no_file_changes_nothing(lit: Within) -> None:
    before = texts(lit)
    assert (
        "there is no file src/*.md"
        in lit("rename", "ada", "zoe", "--tex", "src/*.tex", "--tex", "src/*.md", code=3).err
    )
    assert texts(lit) == before


def test_a_document_without_its_option_is_refused(lit: Within) -> None:
    assert "--tex" in lit("rename", "ada", "zoe", "src/a.tex", code=2).err


def test_a_file_that_is_only_taken_in_is_told(lit: Within) -> None:
    lit.write("src/main.tex", "\\input{a}")
    told = lit("rename", "ada", "zoe", "--tex", "src/main.tex").err
    assert "src/a.tex:1 cites ada too" in told
    assert "\\cite{ada,bob}" in texts(lit)[1]


def test_documents_follow_a_key_that_was_changed_before(lit: Within) -> None:
    """What `keys` renamed is renamed in a document later."""
    lit("rename", "ada", "zoe")
    lit("rename", "ada", "zoe", "--tex", "src/a.tex")
    assert texts(lit)[1].startswith("ada \\cite{zoe,bob}")


def test_a_key_that_markdown_cannot_hold_bare_gets_braces(lit: Within) -> None:
    lit.write("src/c.md", "As @ada said [@lovelace; @{ada}].")
    lit("rename", "ada", "a.b/", "--tex", "src/c.md")
    assert (lit.folder / "src/c.md").read_text("utf-8") == "As @{a.b/} said [@{a.b/}; @{a.b/}]."
