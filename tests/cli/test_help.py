"""The help: each subject and each command explains itself with examples, and the examples work."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from litcli.cli import app, commands
from litcli.cli.helping import TOPICS, topic
from tests.cli.within import Within
from tests.conftest import ROOT, SEEDS, Program

PROGRAM, OTHERS = commands.everything(app)
COMMANDS = {command.name: command for command in OTHERS}
EXAMPLE = re.compile(r"^ +\$ (?P<line>(?:.*\|\n)*.*)$", re.MULTILINE)

BIB = "@article{ref1, author = {Ada Lovelace}, title = {Notes on the Engine}, year = 1843, journal = {Memoirs}}\n"
FILES = {
    "refs.bib": BIB,
    "shared.bib": BIB,
    "zotero.json": '[{"type": "book", "title": "Looms, Cards and Numbers", "issued": {"date-parts": [[1850]]}, '
    '"author": [{"family": "Lovelace", "given": "Ada"}], "publisher": "Taylor"}]',
    "refs.ris": "TY  - BOOK\nAU  - Lovelace, Ada\nTI  - Looms, Cards and Numbers\nPY  - 1850\nER  - \n",
    "paper.tex": "\\cite{sun2022blackbox} \\cite{gao2021simcse}\n",
    "paper.aux": "\\relax\n\\citation{sun2022blackbox}\n",
    "notes.md": "As [@sun2022blackbox] say.\n",
    "paper/main.tex": "\\cite{sun2022blackbox}\n",
    "src/a.tex": "\\cite{sun2022blackbox}\n",
    "papers/sun2022.pdf": "%PDF",
    "published.bib": "@inproceedings{x, author = {Tianxiang Sun and Yunfan Shao and Hong Qian and Xuanjing Huang and "
    "Xipeng Qiu}, title = {Black-Box Tuning for Language-Model-as-a-Service}, year = 2022, pages = {1--20}}\n",
    "twice.bib": "@misc{sun2022black, author = {Tianxiang Sun}, title = {Black-Box Tuning}, year = 2021}\n",
}
"""What the examples of the help speak of."""
STAND_INS = {
    "litcli": f'exec {shlex.quote(sys.executable)} -m litcli "$@"',
    "curl": "cat homepage.txt",
    **dict.fromkeys(("code", "editor", "xdg-open", "open"), "exit 0"),
}
"""Programs that an example calls, so that none asks the net or a person."""

BEFORE = {
    "undo": ["litcli tag +a '*'", "litcli tag +b '*'", "litcli tag +c '*'"],
    "fill": ["litcli import refs.ris"],
    "redo": ["litcli tag +a '*'", "litcli undo"],
    "init": ["rm library.toml", "git init -q ."],
    "merge": ["litcli import twice.bib"],
    "check": ["litcli tag +thesis author:gao"],
    "keys": ["litcli import refs.bib --tag thesis"],
    "remove": ["litcli tag +rejected gao2021manual"],
    "open": ["litcli attach sun2022blackbox papers/sun2022.pdf"],
    "tag": ["litcli import refs.bib", "litcli tag +toread ref1"],
    "filter": ["litcli tag +toread author:gao"],
}
"""What somebody has done who types the examples of a command."""
ENDS = {
    1: [
        "litcli check",
        "litcli check --report github",
        "litcli check tag:thesis --fix",
        "litcli check --fix",
        "litcli export --cited-in paper.tex --into shared.bib --check",
    ],
    2: ["litcli dedupe added:1w.. --review", "litcli remove sun2022blackbox"],
}
"""The examples that do not end with 0: the answer is no, or there is no terminal to ask a person on."""
CODES = {line: code for code, lines in ENDS.items() for line in lines}


@pytest.fixture
def shell(tmp_path: Path, seeded: Path) -> Callable[[str], None]:
    """Runs a line as somebody types it into a shell, in a folder with the library of all the seeds."""
    lit = Within(tmp_path)
    shutil.copy(seeded, lit.library)
    for name, text in FILES.items():
        (lit.folder / name).parent.mkdir(exist_ok=True)
        lit.write(name, text)
    shutil.copytree(SEEDS, lit.folder / "pages")
    shutil.copytree(SEEDS, lit.folder, dirs_exist_ok=True)
    for folder in (".zfunc", ".config/fish/completions"):
        (lit.folder / "home" / folder).mkdir(parents=True)
    programs = lit.folder / "home" / "bin"
    programs.mkdir()
    for name, script in STAND_INS.items():
        (programs / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        (programs / name).chmod(0o755)
    lit.env |= {"PATH": f"{programs}:{lit.env['PATH']}", "EDITOR": "editor"}

    def bash(script: str) -> str:
        ran = subprocess.run(
            ["bash", "-c", script], cwd=lit.folder, env=lit.env, capture_output=True, text=True, timeout=60, check=False
        )
        assert ran.returncode == 0, f"{script}\n{ran.stdout}\n{ran.stderr}"
        assert not re.search("^litcli: ", ran.stderr, re.MULTILINE), f"{script}\n{ran.stderr}"
        return ran.stdout

    def run(line: str) -> None:
        if not line.startswith(("litcli ", "EDITOR=")) or needs_a_shell(line):
            bash(line)
            return
        # Where bash does no more than read the words, the rest is quicker done here.
        said = bash(f'litcli() {{ printf "%s\\0" "$EDITOR" "$@"; }}; {line}')
        editor, *words = said.rstrip("\0").split("\0")
        lit(*words, code=CODES.get(line, 0), EDITOR=editor)

    return run


def needs_a_shell(line: str) -> bool:
    """Whether a line starts other programs: by a pipe, a file for its output, a command in its words, or `open`."""
    words = shlex.shlex(line, posix=True, punctuation_chars=True)
    return "$(" in line or not {"|", ">", ">>", "open"}.isdisjoint(words)


def test_a_pipe_in_quotes_needs_no_shell() -> None:
    assert not needs_a_shell("litcli filter 'title:/^GPT|BERT/'")
    assert needs_a_shell("litcli list | cat")


# --- examples ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TOPICS)
def test_the_examples_of_a_subject_work_one_after_the_other(name: str, shell: Callable[[str], None]) -> None:
    lines = EXAMPLE.findall(topic(name))
    assert lines
    for line in lines:
        # tests/cli/test_pickers.py has those with fzf.
        if "fzf" not in line:
            shell(line)


def examples(command: commands.Info) -> list[str]:
    """The lines below `Example:` in a command's help."""
    return [line.strip() for line in command.help.partition("Example:\n")[2].splitlines()]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_of_a_command_work_one_after_the_other(name: str, shell: Callable[[str], None]) -> None:
    lines = examples(COMMANDS[name])
    assert f"litcli {name}" in lines[0]
    for line in [*BEFORE.get(name, []), *lines]:
        shell(line)


def test_the_examples_of_the_program_work_one_after_the_other(shell: Callable[[str], None]) -> None:
    shell("mv homepage.txt papers.txt")
    for line in examples(PROGRAM):
        shell(line)


def test_the_tables_of_this_file_speak_of_examples() -> None:
    lines = {line for command in OTHERS for line in examples(command)}
    lines |= {line for name in TOPICS for line in EXAMPLE.findall(topic(name))}
    assert set(CODES) <= lines
    assert set(BEFORE) <= set(COMMANDS)


# --- the program and its commands -------------------------------------------------------------------------


@pytest.fixture
def contents(tmp_path: Path) -> str:
    """The help of the program in a terminal of 80 columns."""
    return Within(tmp_path)("--help").out


@pytest.mark.parametrize("heading", commands.GROUPS)
def test_the_commands_stand_below_their_headings_a_line_each(heading: str, contents: str) -> None:
    block = contents.partition(f"\n{heading}:\n")[2].partition("\n\n")[0]
    assert [line.split()[0] for line in block.splitlines()] == list(commands.GROUPS[heading])
    for line in block.splitlines():
        assert line.endswith("."), line


def test_every_command_has_one_heading() -> None:
    program: Any = typer.main.get_command(app)
    shown = sorted(name for name, command in program.commands.items() if not command.hidden)
    assert sorted(name for names in commands.GROUPS.values() for name in names) == shown


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_the_arguments_and_every_option(name: str, tmp_path: Path) -> None:
    told = Within(tmp_path)(name, "--help").out
    assert f"Usage: litcli {name} " in told
    for option in COMMANDS[name].options:
        assert f"  {', '.join(option.names)}{' ' + option.metavar if option.metavar else ''}" in told
        assert option.help
    for argument in COMMANDS[name].arguments:
        assert f"  {argument.metavar}" in told
        assert argument.help


@pytest.mark.parametrize(
    ("words", "what", "remedy"),
    [
        (["lst"], "no such command 'lst'", "did you mean list"),
        (["frobnicate"], "no such command 'frobnicate'", "litcli --help shows what there is"),
        (["list", "--limi"], "no such option: --limi", "did you mean --limit?"),
        (["list", "--frobnicate"], "no such option: --frobnicate", "litcli list --help shows what there is"),
        (["tag", "--frobnicate", "x"], "no such option: --frobnicate", "litcli tag --help shows what there is"),
        (["show"], "missing argument 'KEY...'", "litcli show --help shows what there is"),
        (["export", "--to"], "option '--to' requires an argument", "litcli export --help shows what there is"),
        (["list", "--limit", "x"], "invalid value for '--limit'", "litcli list --help shows what there is"),
        (["--lock-timeout", "x", "list"], "invalid value for '--lock-timeout'", "litcli --help shows what there is"),
        (["init", "."], ". is a folder", "name a file in it: litcli init library.toml"),
        (["export", "-o", "x/library.toml", "--to", "json"], "is what a library is called", "export to another file"),
    ],
)
def test_a_wrong_command_line_is_named_in_one_line_and_the_remedy_in_another(
    lit: Program, words: list[str], what: str, remedy: str
) -> None:
    lit("init")
    first, second = lit(*words, code=2).err.splitlines()
    assert first.startswith("litcli: ")
    assert what in first
    assert second.startswith("  ")
    assert remedy in second


# --- the subjects -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TOPICS)
def test_a_subject_fits_a_terminal_of_80_columns(name: str) -> None:
    assert max(map(len, topic(name).splitlines())) <= 80


def test_help_alone_lists_the_subjects(lit: Program) -> None:
    told = lit("help").out
    assert all(re.search(rf"^  {name} ", told, re.MULTILINE) for name in TOPICS)


def test_help_on_something_else_names_the_subjects(lit: Program) -> None:
    told = lit("help", "querry", code=2).err
    assert "'querry'" in told
    assert "query, keys, export" in told


def test_help_on_a_command_says_how_to_have_it(lit: Program) -> None:
    assert "litcli list --help" in lit("help", "list", code=2).err


def test_the_subjects_are_in_the_package() -> None:
    assert {path.stem for path in (ROOT / "litcli" / "topics").glob("*.txt")} == set(TOPICS)
