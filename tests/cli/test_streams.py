"""The program's edges: data and messages apart, pipes that close, disks that fill, terminals that obey, help."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from litcli.cli import app
from tests.conftest import SEEDS, Program

COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]
ESCAPES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
HOSTILE = """\
[papers.k]
title = "\\u001b]0;owned\\u0007\\u001b[31mRed\\u001b[2J \\u009b31m\\u202egnp\\u0000\\rover"
authors = ["\\u001b[5mAnn\\u0007 \\u001b[0mAdams"]
venue = "[bold]not markup[/bold] [/]"
note = "a\\u001b[Hb\\u0008c"
tags = ["\\u001b[7mtag"]
"""


def process(program: Program, *words: str, unbuffered: str = "", **more: object) -> subprocess.Popen[bytes]:
    """The program at work; by default with Python's usual buffer before standard output."""
    env = {**program.env, "PYTHONUNBUFFERED": unbuffered}
    settings = {"stdin": subprocess.DEVNULL, "stderr": subprocess.PIPE, "cwd": program.folder, "env": env, **more}
    return subprocess.Popen([sys.executable, "-m", "litcli", *words], **settings)  # type: ignore[call-overload,no-any-return]


def ended(running: subprocess.Popen[bytes]) -> tuple[int, str]:
    """The exit code and what stood on standard error."""
    _, err = running.communicate(timeout=60)
    return running.returncode, (err or b"").decode()


# --- data and messages ------------------------------------------------------------------------------------


def test_messages_are_not_data(library: Program) -> None:
    assert library("import", SEEDS / "homepage.txt").out == ""
    assert library("tag", "+x", "key:sun2022blackbox").out == ""
    assert library("show", "nobody", code=1).out == ""
    assert library("list", "titel:x", code=2).out == ""


def test_data_comes_without_messages(library: Program) -> None:
    assert library("list", "-k").err == ""
    assert library("list", "--json").err == ""
    assert library("tags").err == ""


WORDS = [
    ("list",),
    ("show", "k"),
    ("filter", "*", "--json"),
    ("tags",),
    ("nothing",),
    ("list", "titel:x"),
]


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_a_pipe_gets_no_escape_sequences_whatever_the_environment_says(lit: Program, words: tuple[str, ...]) -> None:
    lit.write("library.toml", HOSTILE)
    env = {
        "FORCE_COLOR": "1",
        "CLICOLOR_FORCE": "1",
        "TTY_COMPATIBLE": "1",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
    code = {("nothing",): 2, ("list", "titel:x"): 2}.get(words, 0)
    result = lit(*words, code=code, **env)
    assert not ESCAPES.search(result.out)
    assert not ESCAPES.search(result.err)


# --- readers that stop, disks that fill -------------------------------------------------------------------

LONG = [("list", "--jsonl"), ("list",), ("export",), ("--complete", "keys", "")]


@pytest.mark.parametrize("words", LONG, ids=" ".join)
def test_a_reader_that_stops_early_is_no_traceback(library: Program, words: tuple[str, ...]) -> None:
    running = process(library, *words, stdout=subprocess.PIPE)
    assert running.stdout
    running.stdout.read(1)
    running.stdout.close()
    running.stdout = None
    code, err = ended(running)
    assert ("Traceback" in err, "Broken pipe" in err, "Exception" in err) == (False, False, False)
    assert code in (0, 1, 141)


@pytest.mark.parametrize(
    ("words", "unbuffered"),
    [(("list",), ""), (("list",), "1"), (("--complete", "keys", ""), ""), (("--version",), "1")],
)
def test_a_reader_that_is_gone_before_is_no_traceback(
    library: Program, words: tuple[str, ...], unbuffered: str
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    running = process(library, *words, stdout=writer, unbuffered=unbuffered)
    os.close(writer)
    err = ended(running)[1]
    assert ("Traceback" in err, "Broken pipe" in err, "Exception" in err) == (False, False, False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize(
    ("words", "unbuffered"),
    [
        (("list", "--jsonl"), ""),
        (("list", "--jsonl"), "1"),
        (("list", "-k", "--limit", "1"), ""),
        (("export",), ""),
        (("--version",), ""),
        (("--version",), "1"),
        (("list", "--help"), ""),
    ],
)
def test_a_full_disk_under_standard_output_ends_with_3_and_a_message(
    library: Program, words: tuple[str, ...], unbuffered: str
) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        code, err = ended(process(library, *words, stdout=full, unbuffered=unbuffered))
    assert "Traceback" not in err
    assert (code, "No space left" in err) == (3, True)


@pytest.mark.skipif(os.name == "nt", reason="closes file descriptors")
@pytest.mark.parametrize(
    "words", [("list",), ("export",), ("tag", "+x", "key:sun2022blackbox"), ("--version",)], ids=" ".join
)
def test_a_closed_standard_output_is_no_traceback(library: Program, words: tuple[str, ...]) -> None:
    running = process(library, *words, stdout=subprocess.DEVNULL, preexec_fn=lambda: os.close(1))
    assert "Traceback" not in ended(running)[1]


@pytest.mark.skipif(os.name == "nt", reason="closes file descriptors")
def test_a_closed_standard_error_does_not_stop_the_work(library: Program) -> None:
    running = process(
        library, "tag", "+x", "key:sun2022blackbox", stdout=subprocess.DEVNULL, preexec_fn=lambda: os.close(2)
    )
    assert ended(running)[0] == 0
    assert '"x"' in library.library.read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
def test_ctrl_c_ends_with_130_and_no_traceback(library: Program) -> None:
    before = library.library.read_bytes()
    running = process(library, "import", "-", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    time.sleep(1.0)
    running.send_signal(signal.SIGINT)
    code, err = ended(running)
    assert (code, "Traceback" in err) == (130, False)
    assert library.library.read_bytes() == before


# --- terminals --------------------------------------------------------------------------------------------

on_a_terminal = pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")


def on_terminal(program: Program, *words: str, **env: str) -> str:
    """What a command shows on a terminal of 100 columns; on both streams."""
    import pty

    ours, theirs = pty.openpty()
    environment = {**program.env, "PYTHONUNBUFFERED": "", "TERM": "xterm-256color", "COLUMNS": "100", **env}
    running = process(program, *words, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while True:
        try:
            data = os.read(ours, 65536)
        except OSError:  # Linux says so at the end
            break
        if not data:
            break
        shown += data
    os.close(ours)
    running.wait(60)
    return shown.decode("utf-8", "replace")


@on_a_terminal
@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("list", "--columns", "title,authors,venue,note,tags"),
        ("show", "k"),
        ("tags",),
        ("filter", "*", "--template", "{title} {note} {tags}"),
        ("list", "--jsonl"),
    ],
    ids=" ".join,
)
def test_what_a_title_holds_does_not_steer_the_terminal(lit: Program, words: tuple[str, ...]) -> None:
    lit.write("library.toml", HOSTILE)
    shown = on_terminal(lit, *words)
    assert "Red" in shown or "tag" in shown
    for sequence in ("\x1b]0;", "\x07", "\x1b[2J", "\x1b[H", "\x1b[5m", "\x1b[7m", "\x9b", "\x08", "\u202e", "\rover"):
        assert sequence not in shown


@on_a_terminal
def test_what_a_title_holds_is_not_markup(lit: Program) -> None:
    lit.write("library.toml", '[papers.k]\ntitle = "[bold]B[/bold] [link=x]y[/] :bee: [red]"\n')
    assert "[bold]B[/bold] [link=x]y[/] :bee: [red]" in on_terminal(lit, "list", "--columns", "title")


@on_a_terminal
@pytest.mark.parametrize(
    "words", [("list",), ("show", "ada"), ("list", "--help"), ("list", "titel:x"), ("tags",)], ids=" ".join
)
def test_no_color_holds_on_a_terminal(lit: Program, words: tuple[str, ...]) -> None:
    lit.write("library.toml", '[papers.ada]\ntitle = "Bees"\nauthors = ["Ann Adams"]\ntags = ["x"]\n')
    assert "\x1b" not in on_terminal(lit, *words, NO_COLOR="1")


@on_a_terminal
def test_a_terminal_without_abilities_gets_no_escape_sequences(lit: Program) -> None:
    lit.write("library.toml", '[papers.ada]\ntitle = "Bees"\n')
    assert "\x1b" not in on_terminal(lit, "list", TERM="dumb")


@on_a_terminal
def test_the_key_is_shown_whole_in_a_narrow_terminal(lit: Program) -> None:
    key = "averylongkey" * 3
    lit.write(
        "library.toml", f'[papers.{key}]\ntitle = "{"Bees and Ants " * 10}"\nauthors = ["Ann Adams"]\nyear = 2020\n'
    )
    assert key in on_terminal(lit, "list", COLUMNS="60", NO_COLOR="1")


# --- what people type -------------------------------------------------------------------------------------

BYTES = "\udcff\udcfe"
"""Two bytes that are not UTF-8, as Python hands them over from a command line."""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such arguments")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("list", BYTES), 0),
        (("show", BYTES), 1),
        (("import", BYTES), 3),
        (("tag", f"+{BYTES}", "--", "*"), 2),
        (("import", "--tag", BYTES, "page.txt"), 2),
    ],
)
def test_bytes_that_are_no_text_are_no_traceback(lit: Program, words: tuple[str, ...], code: int) -> None:
    lit.write("library.toml", '[papers.ada]\ntitle = "Bees"\n')
    lit.write("page.txt", (SEEDS / "acl-anthology.txt").read_bytes())
    lit(*words, code=code)
    assert lit.library.read_text() == '[papers.ada]\ntitle = "Bees"\n'


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_page_whose_name_is_no_text_is_imported_or_refused(lit: Program) -> None:
    lit.write("library.toml", "format = 1\n")
    name = os.fsencode(str(lit.folder)) + b"/p\xff.txt"
    with open(name, "wb") as file:  # noqa: PTH123 - a name that is no text
        file.write((SEEDS / "acl-anthology.txt").read_bytes())
    running = process(lit, "import", "--json", os.fsdecode(name), stdout=subprocess.PIPE)
    _, err = running.communicate(timeout=60)
    assert b"Traceback" not in err
    assert running.returncode in (0, 3)
    assert (lit.library.read_text("utf-8").count("[papers.")) == (6 if running.returncode == 0 else 0)


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_titles_are_printed_whatever_the_locale(lit: Program, env: dict[str, str]) -> None:
    lit.write("library.toml", '[papers.ada]\ntitle = "蜜蜂 🐝 é"\n')
    assert "蜜蜂 🐝 é" in lit("list", **env).out


# --- help -------------------------------------------------------------------------------------------------


def test_the_commands_of_the_design_are_there() -> None:
    assert {"init", "import", "list", "filter", "show", "tag", "tags", "export"} <= set(COMMANDS)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_has_an_example_and_ends_with_0(command: str) -> None:
    ran = CliRunner().invoke(app, [*filter(None, [command]), "--help"], prog_name="litcli")
    assert ran.exit_code == 0
    assert "Example:" in ran.stdout
    assert f"litcli {command}".strip() in ran.stdout.split("Example:")[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_80_columns_and_is_plain(command: str) -> None:
    text = CliRunner().invoke(app, [command, "--help"], prog_name="litcli", env={"COLUMNS": "80"}).stdout
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text


def test_help_needs_no_library(lit: Program) -> None:
    assert lit("list", "--help").out.startswith("Usage: litcli list")


@pytest.mark.parametrize("words", [(), ("--help",)])
def test_no_command_is_answered_with_help(lit: Program, words: tuple[str, ...]) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "litcli", *words],
        cwd=lit.folder,
        env=lit.env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == (0 if words else 2)
    assert "Usage: litcli" in ran.stdout + ran.stderr


def test_the_version_is_told(lit: Program) -> None:
    assert re.fullmatch(r"litcli \d+\.\d+\S*\n", lit("--version").out)
