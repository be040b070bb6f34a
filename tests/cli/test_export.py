"""Where an export goes: whole or not at all, and never over something that cannot be made again."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from litcli import files
from litcli.cli import app
from litcli.errors import LitError, NotFound, UsageError
from tests.conftest import Program

TEXT = """\
[papers.ada]
type = "article"
title = "Bees"
authors = ["Ann Adams"]
year = 2020
venue = "Journal of Bees"
tags = ["x"]
aliases = ["old-ada"]

[papers.bob]
type = "article"
title = "Ants"
authors = ["Bo Brown"]
year = 2021
venue = "Journal of Ants"
"""

Run = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "library.toml").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LITCLI_LIBRARY", raising=False)
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """A command within this process: what it prints; what it raises is raised here."""

    def within(*words: str, stdin: str = "") -> str:
        ran = CliRunner().invoke(app, list(words), input=stdin)
        if ran.exception and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        assert ran.exit_code == 0, ran.output
        return ran.stdout

    return within


def keys(bibtex: str) -> list[str]:
    return re.findall(r"^@\w+\{([^,]+),", bibtex, re.MULTILINE)


# --- what is exported -------------------------------------------------------------------------------------


def test_without_a_query_everything_goes_to_standard_output(run: Run) -> None:
    assert keys(run("export")) == ["ada", "bob"]


def test_a_query_chooses(run: Run) -> None:
    assert keys(run("export", "year:2021")) == ["bob"]


def test_a_dash_is_standard_output(run: Run, folder: Path) -> None:
    assert keys(run("export", "-o", "-")) == ["ada", "bob"]
    assert not (folder / "-").exists()


@pytest.mark.parametrize("parts", ["\n", "\0", " ", "\r\n", "\n\n"])
def test_keys_come_from_standard_input(run: Run, parts: str) -> None:
    assert keys(run("export", "--keys-from", "-", stdin=f"bob{parts}ada{parts}")) == ["ada", "bob"]


def test_keys_come_from_a_file_and_may_be_older_ones(run: Run, folder: Path) -> None:
    (folder / "keys").write_text("OLD-ada\n")
    assert keys(run("export", "--keys-from", "keys")) == ["ada"]


def test_a_key_that_is_not_there_is_no_and_writes_nothing(run: Run, folder: Path) -> None:
    with pytest.raises(NotFound, match="nobody"):
        run("export", "--keys-from", "-", "-o", "refs.bib", stdin="ada\nnobody\n")
    assert not (folder / "refs.bib").exists()


def test_no_match_is_no_and_leaves_the_file(run: Run, folder: Path) -> None:
    (folder / "refs.bib").write_text("before")
    with pytest.raises(NotFound):
        run("export", "nothing", "-o", "refs.bib")
    assert (folder / "refs.bib").read_text() == "before"


def test_no_keys_at_all_leave_the_file(run: Run, folder: Path) -> None:
    """`litcli filter ... -k | litcli export --keys-from - -o refs.bib`, where filter found nothing."""
    (folder / "refs.bib").write_text("before")
    with pytest.raises(NotFound):
        run("export", "--keys-from", "-", "-o", "refs.bib", stdin="")
    assert (folder / "refs.bib").read_text() == "before"


@pytest.mark.parametrize(
    ("name", "start"), [("r.bib", "@article"), ("r.BIB", "@article"), ("r", "@article"), ("r.md", "")]
)
def test_the_suffix_chooses_the_format(run: Run, folder: Path, name: str, start: str) -> None:
    run("export", "-o", name)
    text = (folder / name).read_text()
    assert "Bees" in text
    assert text.startswith(start)
    assert ("@article" in text) == (start == "@article")


def test_to_wins_over_the_suffix(run: Run, folder: Path) -> None:
    run("export", "-o", "r.md", "--to", "bibtex")
    assert (folder / "r.md").read_text().startswith("@article")


@pytest.mark.parametrize(
    "options", [["--to", "word"], ["--group-by", "tag"], ["--to", "markdown", "--group-by", "shelf"]]
)
def test_an_option_that_is_wrong_is_a_usage_error_and_leaves_the_file(
    run: Run, folder: Path, options: list[str]
) -> None:
    (folder / "refs.bib").write_text("before")
    with pytest.raises(UsageError):
        run("export", "-o", "refs.bib", *options)
    assert (folder / "refs.bib").read_text() == "before"


# --- where it goes ----------------------------------------------------------------------------------------


def test_a_file_gets_what_standard_output_would(run: Run, folder: Path) -> None:
    run("export", "-o", "refs.bib")
    assert (folder / "refs.bib").read_bytes() == run("export").encode()


def test_a_file_that_says_the_same_keeps_its_time(run: Run, folder: Path) -> None:
    run("export", "-o", "refs.bib")
    os.utime(folder / "refs.bib", (1_000_000_000, 1_000_000_000))
    before = (folder / "refs.bib").stat()
    run("export", "-o", "refs.bib")
    after = (folder / "refs.bib").stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_file_that_says_something_else_is_replaced_and_not_appended_to(run: Run, folder: Path) -> None:
    run("export", "-o", "refs.bib")
    run("export", "-o", "refs.bib", "year:2021")
    assert keys((folder / "refs.bib").read_text()) == ["bob"]


def test_a_link_stays_a_link(run: Run, folder: Path) -> None:
    (folder / "real.bib").write_text("before")
    (folder / "refs.bib").symlink_to("real.bib")
    run("export", "-o", "refs.bib")
    assert (folder / "refs.bib").is_symlink()
    assert keys((folder / "real.bib").read_text()) == ["ada", "bob"]


def test_permissions_stay(run: Run, folder: Path) -> None:
    (folder / "refs.bib").write_text("before")
    (folder / "refs.bib").chmod(0o640)
    run("export", "-o", "refs.bib")
    assert (folder / "refs.bib").stat().st_mode & 0o777 == 0o640


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "refs.bib").write_text("before")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", fail)
    with pytest.raises(LitError, match=r"refs\.bib.*No space left") as caught:
        run("export", "-o", "refs.bib")
    assert caught.value.exit_code == 3
    assert (folder / "refs.bib").read_text() == "before"
    assert sorted(path.name for path in folder.iterdir()) == ["library.toml", "refs.bib"]


@pytest.mark.parametrize("target", ["none/refs.bib", ".", "library.toml/refs.bib"])
def test_a_place_that_cannot_be_written_is_named(run: Run, target: str) -> None:
    with pytest.raises(LitError, match=re.escape(target.split("/", maxsplit=1)[0])) as caught:
        run("export", "-o", target)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("name", ["library.toml", "./library.toml", "link.bib", "hard.bib"])
def test_the_library_itself_is_never_overwritten(run: Run, folder: Path, name: str) -> None:
    (folder / "link.bib").symlink_to("library.toml")
    (folder / "hard.bib").hardlink_to(folder / "library.toml")
    with pytest.raises(LitError, match="library"):
        run("export", "-o", name, "--to", "bibtex")
    assert (folder / "library.toml").read_text() == TEXT


def test_an_export_does_not_touch_the_library(run: Run, folder: Path) -> None:
    before = (folder / "library.toml").stat()
    run("export", "-o", "refs.bib")
    after = (folder / "library.toml").stat()
    assert (after.st_mtime_ns, after.st_ino, (folder / "library.toml").read_text()) == (
        before.st_mtime_ns, before.st_ino, TEXT,
    )  # fmt: skip


# --- as a program -----------------------------------------------------------------------------------------


@pytest.fixture
def small(lit: Program) -> Program:
    lit.write("library.toml", TEXT)
    return lit


def test_the_message_goes_to_standard_error(small: Program) -> None:
    result = small("export", "-o", "refs.bib")
    assert (result.out, "refs.bib" in result.err) == ("", True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_device_ends_with_3_and_a_message(small: Program) -> None:
    result = small("export", "-o", "/dev/full", code=3)
    assert "No space left" in result.err


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no /dev/stdout here")
def test_the_name_of_standard_output_is_standard_output(small: Program) -> None:
    assert keys(small("export", "-o", "/dev/stdout").out) == ["ada", "bob"]


def test_filter_and_export_make_a_pipe(small: Program) -> None:
    chosen = small("filter", "year:2021", "-k").out
    assert keys(small("export", "--keys-from", "-", stdin=chosen).out) == ["bob"]


def test_a_list_of_keys_that_is_missing_ends_with_3(small: Program) -> None:
    assert "none.txt" in small("export", "--keys-from", "none.txt", code=3).err


@pytest.mark.parametrize("data", [b"\xff\xfe", b"ada\n\xe9\n"])
def test_a_list_of_keys_that_is_no_text_is_no_traceback(small: Program, data: bytes) -> None:
    small.write("keys.txt", data)
    small("export", "--keys-from", "keys.txt", code=3)


def test_no_match_ends_with_1(small: Program) -> None:
    assert small("export", "nothing", code=1).out == ""
