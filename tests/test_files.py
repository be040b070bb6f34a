"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from litcli import files

HOUR = 3600


@pytest.mark.parametrize(
    ("name", "age", "stays"),
    [
        (".refs.bib.abcd_123.tmp", HOUR, False),
        (".refs.bib.abcd_123.tmp", 1, True),
        (".other.bib.abcd_123.tmp", HOUR, True),
        (".refs.bib.mine.tmp", HOUR, True),
        ("refs.bib.tmp", HOUR, True),
    ],
)
def test_a_write_takes_away_what_killed_writes_of_that_file_left(
    tmp_path: Path, name: str, age: int, stays: bool
) -> None:
    left = tmp_path / name
    left.touch()
    os.utime(left, (time.time() - age,) * 2)
    files.replace(tmp_path / "refs.bib", b"new")
    assert left.exists() == stays
    assert (tmp_path / "refs.bib").read_bytes() == b"new"


def test_a_file_that_is_not_to_be_written_after_all_stays_and_nothing_is_left(tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_bytes(b"old")
    assert not files.replace(file, b"new", lambda: False)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("refs.bib", b"old")]
