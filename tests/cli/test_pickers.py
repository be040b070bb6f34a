"""The one-liners with fzf that the README and the help show, run as they stand there."""

from __future__ import annotations

import fcntl
import os
import re
import select
import shlex
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from litcli.cli.helping import topic
from litcli.library import read
from tests.conftest import ROOT, Program, needs

KEY = "sun2022blackbox"
TITLE = "Black-Box Tuning for Language-Model-as-a-Service"

SHOWN = "\n".join(re.findall(r"^```bash\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE))
TOLD = re.findall(r"^ +\$ ((?:.*\|\n)*.*)$", topic("query"), re.MULTILINE)
LINES = [line for line in (*SHOWN.splitlines(), *TOLD) if "fzf" in line]
PREVIEWS = sorted({preview for line in LINES for preview in re.findall(r"--preview '([^']*)'", line)})


@pytest.fixture
def desk(library: Program, tmp_path: Path) -> Program:
    """The program with the library of all the seeds, and as `litcli` on the path; no browser opens."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, line in {
        "litcli": f'exec {shlex.quote(sys.executable)} -m litcli "$@"',
        "xdg-open": f'echo "$@" > {shlex.quote(str(tmp_path / "opened"))}',
    }.items():
        (folder / name).write_text(f"#!/bin/sh\n{line}\n", "utf-8")
        (folder / name).chmod(0o755)
    library.env["PATH"] = f"{folder}:{library.env['PATH']}"
    return library


def picked(desk: Program, line: str) -> str:
    """What a line prints where the person's choice is the entry of `KEY`."""
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=desk.folder,
        # With a filter fzf asks nobody, and takes what it finds.
        env=desk.env | {"FZF_DEFAULT_OPTS": f"--filter {KEY}"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "litcli: " not in ran.stderr
    return ran.stdout


def exported(desk: Program, out: str) -> bool:
    return (desk.folder / "picked.bib").read_text("ascii").count(f"{{{KEY},") == 1


def tagged(desk: Program, out: str) -> bool:
    return [key for key, entry in read(desk.library).entries.items() if "toread" in entry.tags] == [KEY]


def opened(desk: Program, out: str) -> bool:
    end = time.monotonic() + 10
    while not (told := desk.folder / "opened").exists() and time.monotonic() < end:
        time.sleep(0.01)
    return told.read_text("utf-8").strip() == "https://doi.org/10.1000/bbt"


def shown(desk: Program, out: str) -> bool:
    return out.count(TITLE) == 1


DONE: dict[str, Callable[[Program, str], bool]] = {
    "litcli export": exported,
    "litcli tag": tagged,
    "litcli open": opened,
    "litcli show $": shown,
}
"""By the command that takes the choice, how it is seen that it was taken."""


@needs("fzf", "bash")
@pytest.mark.parametrize("line", LINES)
def test_what_is_picked_is_taken(desk: Program, line: str) -> None:
    text = desk.library.read_text("utf-8")
    desk.library.write_text(
        text.replace(f"[papers.{KEY}]\n", f'[papers.{KEY}]\narxiv = "2201.03514"\ndoi = "10.1000/bbt"\n')
    )
    taken = [seen for command, seen in DONE.items() if command in line]
    assert len(taken) == 1
    assert taken[0](desk, picked(desk, line))


@pytest.mark.parametrize("preview", PREVIEWS)
def test_the_preview_shows_the_entry_on_the_line(desk: Program, preview: str) -> None:
    assert TITLE in desk(*shlex.split(preview.replace("{}", KEY))[1:]).out


def test_there_are_lines_to_test() -> None:
    assert len(LINES) > 4
    assert PREVIEWS


# fzf reads keys from the terminal that it is started on.
IN_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""


@needs("fzf", "bash")
def test_a_person_picks_with_the_keys_that_the_help_names(desk: Program) -> None:
    line = next(line for line in LINES if "picked.bib" in line)
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, b"\x28\x00\xa0\x00\x00\x00\x00\x00")
    with subprocess.Popen(
        [sys.executable, "-c", IN_TERMINAL, "bash", "-c", line],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=desk.folder, start_new_session=True,
        env=desk.env | {"TERM": "xterm", "LC_ALL": "C.UTF-8"},
    ):  # fmt: skip
        os.close(theirs)
        screen = b""

        def wait(for_: bytes) -> None:
            nonlocal screen
            end = time.monotonic() + 30
            while for_ not in screen and time.monotonic() < end:
                if select.select([ours], [], [], 0.1)[0]:
                    screen += os.read(ours, 65536)
            assert for_ in screen, screen.decode("utf-8", "replace")
            screen = b""

        try:
            wait(b"216/216")
            os.write(ours, KEY.encode())
            wait(b"Black-Box")
            os.write(ours, b"\t\r")
            wait(b"written to picked.bib")
        finally:
            os.close(ours)
    assert exported(desk, "")
