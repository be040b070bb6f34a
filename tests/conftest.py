"""What the tests share: the program, run as its users run it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
PAGES = os.environ.get("LITCLI_PAGES")
"""A folder of real pages to run the importers on as well; see `.ci/run`."""


@dataclass(frozen=True)
class Result:
    """What a run printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Program:
    """litcli in a folder of its own, with its own empty home and no library but the one there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = folder / "library.toml"
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("LITCLI_", "XDG_"))},
            "HOME": str(folder / "home"),
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "80",
        }
        (folder / "home").mkdir()

    def __call__(self, *words: str | Path, code: int = 0, stdin: str | bytes = "", **env: str) -> Result:
        """Run it; any other exit code than the expected one fails the test, and so does a traceback."""
        ran = subprocess.run(
            [sys.executable, "-m", "litcli", *map(str, words)],
            cwd=self.folder,
            env={**self.env, **env},
            input=stdin if isinstance(stdin, bytes) else stdin.encode(),
            capture_output=True,
            timeout=120,
            check=False,
        )
        result = Result(ran.returncode, ran.stdout.decode(), ran.stderr.decode())
        assert "Traceback" not in result.err, result.err
        assert result.code == code, f"exit {result.code}, expected {code}\n{result.out}\n{result.err}"
        return result

    def write(self, name: str, text: str | bytes) -> Path:
        """A file in the program's folder."""
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path


@pytest.fixture
def lit(tmp_path: Path) -> Program:
    """The program, in a folder that is the test's own."""
    return Program(tmp_path)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with all the seeds in it, made once; copy it before changing it."""
    program = Program(tmp_path_factory.mktemp("seeded"))
    program("import", *sorted(SEEDS.glob("*.txt")), "-L", program.library)
    return program.library


@pytest.fixture
def library(lit: Program, seeded: Path) -> Program:
    """The program, with the library of all the seeds in its folder."""
    shutil.copy(seeded, lit.library)
    return lit


def needs(*programs: str) -> Callable[[Any], Any]:
    """Skip a test, by name, where the real programs that judge it are not installed."""
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")
