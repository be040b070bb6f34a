"""A library that is not valid: every command names the line, says what to do, and writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from litcli.cli import app
from tests.cli.within import Within

BROKEN = {
    "a typo": ('format = 1\n\n[papers.ada]\ntitle = "A\nyear = 2001\n', ":4:11: not valid TOML", "mend"),
    "the marks of a merge": (
        'format = 1\n\n[papers.ada]\n<<<<<<< ours\ntitle = "A"\n=======\ntitle = "B"\n>>>>>>> theirs\n',
        ":4:1: the mark of a merge conflict",
        "resolve the conflict",
    ),
    "a wrong type": ('format = 1\n\n[papers.ada]\nyear = "soon"\n', ":3: in [papers.ada]: year must be", "mend"),
}
COMMANDS = {
    "attach": ("ada", "p.bib"),
    "check": ("--fix",),
    "cite-check": ("p.tex",),
    "dedupe": ("--apply",),
    "distinct": ("ada", "bob"),
    "edit": ("ada",),
    "export": ("-o", "refs.bib"),
    "fill": ("p.bib",),
    "filter": ("ada",),
    "import": ("p.bib",),
    "keys": ("*",),
    "list": (),
    "merge": ("ada", "bob"),
    "note": ("ada", "read it"),
    "open": ("ada",),
    "redo": (),
    "remove": ("ada", "--yes"),
    "rename": ("ada", "bob"),
    "set": ("ada", "year=2002"),
    "show": ("ada",),
    "stats": (),
    "tag": ("+x", "ada"),
    "tags": (),
    "undo": (),
    "why": ("ada",),
}
"""Each command that reads a library, with words that would make it do its work."""
WITHOUT = {"completion", "help", "init", "log", "merge-driver"}
"""The commands that parse none: `log` tells what was done whatever came of it, `init` and `merge-driver` have tests."""
THERE = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_every_command_is_tried() -> None:
    assert WITHOUT | set(COMMANDS) >= THERE


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("command", sorted(THERE & set(COMMANDS)))
def test_no_command_writes_to_a_library_that_is_not_valid(tmp_path: Path, command: str, kind: str) -> None:
    lit = Within(tmp_path)
    text, where, what = BROKEN[kind]
    lit.write("library.toml", text)
    lit.write("p.bib", "@misc{k, title = {T}}")
    lit.write("p.tex", "\\cite{k}")
    before = sorted(file.name for file in tmp_path.iterdir())
    result = lit(command, *COMMANDS[command], code=3)
    assert (f"library.toml{where}" in result.err, what in result.err) == (True, True), result.err
    assert (result.out, lit.library.read_text()) == ("", text)
    assert {file.name for file in tmp_path.iterdir()} - {".library.toml.lock"} == set(before)
