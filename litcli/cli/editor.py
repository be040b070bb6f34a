"""A text in the editor of the person at the terminal."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typer

from litcli import show
from litcli.errors import LitError, UsageError

_USUAL = "notepad" if os.name == "nt" else "vi"
"""What opens a text where neither $VISUAL nor $EDITOR says."""
_INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Draft:
    """A text in a file of its own; what is no UTF-8 in it comes as lone surrogates, and is written back as it was."""

    path: Path

    def read(self) -> str:
        """The text as it is now; "" where an editor took the file away."""
        try:
            return self.path.read_text("utf-8", "surrogateescape")
        except FileNotFoundError:
            return ""

    def write(self, text: str) -> None:
        """Another text."""
        self.path.write_text(text, "utf-8", "surrogateescape")

    def edited(self) -> str:
        """The text behind the person's editor; raises LitError where that fails."""
        command = _command()
        try:
            with _left_to_the_editor():
                code = subprocess.run([*shlex.split(command, posix=os.name != "nt"), self.path], check=False).returncode
        except (OSError, ValueError) as error:
            raise _failed(command, getattr(error, "strerror", None) or str(error)) from None
        if code == -signal.SIGINT:
            raise typer.Exit(_INTERRUPTED)
        if code:
            raise _failed(command, f"exit code {code}")
        return self.read()


@contextlib.contextmanager
def draft(name: str, text: str) -> Iterator[Draft]:
    """A text to edit; where what is done with it fails, what the person made of it is kept, and where is said."""
    folder = Path(tempfile.mkdtemp(prefix="litcli-"))
    made = Draft(folder / (re.sub(r"[^\w.-]", "_", name)[-100:]))
    try:
        made.write(text)
        yield made
    except BaseException:
        if made.read() not in (text, ""):
            show.say(f"your text is kept in {made.path}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    # An editor may have left copies of its own beside it.
    shutil.rmtree(folder, ignore_errors=True)


def _command() -> str:
    command = next(filter(None, (os.environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))), "")
    if not command and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("there is no terminal to edit on", "set $EDITOR to a command that edits a file by itself")
    return command or _USUAL


@contextlib.contextmanager
def _left_to_the_editor() -> Iterator[None]:
    """Let Ctrl-C mean what the editor takes it for; unlike SIG_IGN, a function is not handed on to it."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _failed(command: str, reason: str) -> LitError:
    hint = "nothing was changed; set $VISUAL or $EDITOR to the command of your editor"
    return LitError(f"the editor {command!r} failed: {reason}", hint)
