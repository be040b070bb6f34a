"""Editors that are scripts, and a person who answers questions at a terminal."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys

import pytest

from tests.conftest import Program

_AT_TERMINAL = """\
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, "-m", "litcli", *sys.argv[1:]])
"""
"""Makes the terminal that of the new session, so that Ctrl-C on it reaches the program."""


def editor(lit: Program, *steps: str) -> dict[str, str]:
    """An $EDITOR that does one step to the file "$1" each time that it opens; behind the last it leaves it alone."""
    cases = "\n".join(f"{number}) {step} ;;" for number, step in enumerate(steps, 1))
    path = lit.write(
        "editor.sh", f'echo x >>opened\ncp "$1" seen\ncase $(wc -l <opened | tr -d " ") in\n{cases}\nesac\n'
    )
    return {"EDITOR": f"sh {path}", "VISUAL": ""}


def seen(lit: Program) -> str:
    """The text that the editor was given last."""
    return (lit.folder / "seen").read_text("utf-8")


def times(lit: Program) -> int:
    """How often the editor was opened."""
    opened = lit.folder / "opened"
    return len(opened.read_text("utf-8").splitlines()) if opened.exists() else 0


def at_terminal(lit: Program, *words: str, answer: bytes = b"", code: int = 0, until: bytes = b"? ", **env: str) -> str:
    """All that a command shows on a terminal, whose person gives an answer once the text `until` has come."""
    pty = pytest.importorskip("pty")
    here, there = pty.openpty()
    ran = subprocess.Popen(
        [sys.executable, "-c", _AT_TERMINAL, *words],
        cwd=lit.folder,
        env={**lit.env, "TERM": "xterm", **env},
        stdin=there,
        stdout=there,
        stderr=there,
        start_new_session=True,
    )
    os.close(there)
    shown, is_answered = b"", not answer
    # Linux says so with an error, others with nothing, when the program has closed its end.
    with contextlib.suppress(OSError):
        while more := os.read(here, 65536):
            shown += more
            if not is_answered and until in shown:
                os.write(here, answer)
                is_answered = True
    os.close(here)
    text = shown.decode().replace("\r\n", "\n")
    assert (ran.wait(timeout=60), is_answered) == (code, True), text
    return text
