"""The program run within the test's own process: the same commands, quicker by the start of an interpreter."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from typer.testing import CliRunner

from litcli.cli import app
from litcli.errors import LitError
from tests.conftest import Program, Result


class Within(Program):
    """A `Program` without its door: what `__main__` does with streams and signals needs the real one."""

    def __call__(self, *words: str | Path, code: int = 0, stdin: str | bytes = "", **env: str) -> Result:
        """Run it; any other exit code than the expected one fails the test, and so does an unexpected exception."""
        gone = {name: None for name in os.environ if name.startswith(("LITCLI_", "XDG_"))}
        with contextlib.chdir(self.folder):
            ran = CliRunner().invoke(app, [*map(str, words)], input=stdin, env={**gone, **self.env, **env})
        exit_code, err = ran.exit_code, ran.stderr
        if isinstance(ran.exception, LitError):
            exit_code, err = int(ran.exception.exit_code), f"{err}{ran.exception.message}\n{ran.exception.hint}\n"
        elif ran.exception and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        assert exit_code == code, f"exit {exit_code}, expected {code}\n{ran.stdout}\n{err}"
        return Result(exit_code, ran.stdout, err)
