"""The man page: what the help says, in a form that man can show."""

from __future__ import annotations

import re
import subprocess

import pytest

from litcli import __version__
from litcli.cli import app, commands
from litcli.cli.helping import TOPICS
from litcli.cli.manual import page
from tests.conftest import ROOT, needs

FILE = ROOT / "litcli" / "man" / "litcli.1"


@pytest.fixture(scope="module")
def shown() -> str:
    """The page as it is read in a terminal of 80 columns."""
    ran = subprocess.run(
        ["groff", "-man", "-Tutf8", "-P-cbou", "-rLL=78n", "-Kutf8", str(FILE)],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return ran.stdout


def words(text: str) -> str:
    """A text without the line ends and blanks that its layout gave it."""
    return " ".join(text.split())


def test_the_file_in_the_package_is_what_the_help_says() -> None:
    assert FILE.read_text("utf-8") == page(), "make it anew: python -m litcli.cli.manual > litcli/man/litcli.1"


@needs("groff")
def test_groff_has_nothing_to_warn_of() -> None:
    ran = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-z", "-Kutf8", str(FILE)], capture_output=True, text=True, check=True
    )
    assert ran.stderr == ""


@needs("man")
def test_man_shows_it() -> None:
    ran = subprocess.run(
        ["man", "--warnings", "-l", str(FILE)], capture_output=True, text=True, check=True, env={"MANWIDTH": "80"}
    )
    assert "litcli - a bibliography manager" in ran.stdout
    assert "SEE ALSO" in ran.stdout, "it ends before its end"
    assert "‐\n" not in ran.stdout, "a word is cut"
    assert ran.stderr == ""


@needs("groff")
def test_it_fits_a_terminal_of_80_columns(shown: str) -> None:
    assert max(map(len, shown.splitlines())) <= 80


@needs("groff")
def test_each_command_is_in_it_with_its_options_and_examples(shown: str) -> None:
    _, others = commands.everything(app)
    for command in others:
        part = shown.partition(f"   {command.usage}\n")[2].partition("\n   litcli ")[0]
        for line in command.help.splitlines():
            assert words(line) in words(part), command.name
        for option in command.options:
            assert option.names[-1] in part or option.names[-1] in ("--help", "--library"), command.name


@needs("groff")
@pytest.mark.parametrize("heading", ["NAME", "SYNOPSIS", *map(str.upper, TOPICS), "EXIT STATUS", "ENVIRONMENT"])
def test_it_has_a_section(shown: str, heading: str) -> None:
    assert re.search(f"^{heading}$", shown, re.MULTILINE)


@needs("groff")
def test_what_is_to_be_copied_is_plain_ascii(shown: str) -> None:
    # groff prints - as a hyphen and ' as a quotation mark unless it is told otherwise.
    assert "litcli list 'language (year:2022 OR year:2023)'" in shown
    assert "--dry-run" in shown


def test_it_tells_the_version() -> None:
    assert f"litcli {__version__}" in page().splitlines()[0]
