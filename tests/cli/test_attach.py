"""attach: the path of a file, from the library's folder."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.cli.within import Within

LIBRARY = 'format = 1\n\n[papers.ada]\ntitle = "Notes"  # by hand\n'


@pytest.fixture
def lit(tmp_path: Path) -> Within:
    """The program, within this process, with a small library and a file."""
    program = Within(tmp_path)
    program.write("library.toml", LIBRARY)
    (tmp_path / "papers").mkdir()
    program.write("papers/ada.pdf", "%PDF")
    return program


def attached(lit: Within) -> str:
    found: str = tomllib.loads(lit.library.read_text("utf-8"))["papers"]["ada"]["fields"]["file"]
    return found


def test_the_path_is_kept_from_the_librarys_folder(lit: Within) -> None:
    assert "ada: papers/ada.pdf" in lit("attach", "ada", "papers/ada.pdf").err
    assert lit.library.read_text("utf-8") == LIBRARY + 'fields.file = "papers/ada.pdf"\n'


def test_the_whole_path_is_shortened_as_well(lit: Within) -> None:
    lit("attach", "ada", lit.folder / "papers" / "ada.pdf")
    assert attached(lit) == "papers/ada.pdf"


def test_a_path_is_from_where_the_library_is_and_not_from_here(lit: Within) -> None:
    (lit.folder / "shelf").mkdir()
    lit.library.rename(lit.folder / "shelf" / "library.toml")
    lit.library = lit.folder / "shelf" / "library.toml"
    lit("attach", "ada", "papers/ada.pdf", "-L", lit.library)
    assert attached(lit) == "../papers/ada.pdf"


def test_a_link_to_the_library_does_not_mislead(lit: Within) -> None:
    (lit.folder / "shelf").mkdir()
    (lit.folder / "shelf" / "link.toml").symlink_to(lit.library)
    lit("attach", "ada", "papers/ada.pdf", "-L", "shelf/link.toml")
    assert attached(lit) == "papers/ada.pdf"


def test_a_link_to_the_file_stays_that_link(lit: Within) -> None:
    (lit.folder / "link.pdf").symlink_to("papers/ada.pdf")
    lit("attach", "ada", "link.pdf")
    assert attached(lit) == "link.pdf"


def test_a_second_file_comes_behind_the_first_and_none_twice(lit: Within) -> None:
    lit.write("a;b.pdf", "%PDF")
    lit("attach", "ada", "papers/ada.pdf")
    lit("attach", "ada", "a;b.pdf")
    assert "is attached already" in lit("attach", "ada", "papers/ada.pdf").err
    assert attached(lit) == "papers/ada.pdf;:a\\;b.pdf:"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["ada", "none.pdf"], 3),
        (["ada", "papers"], 3),
        (["nobody", "papers/ada.pdf"], 1),
        (["ada", "caf\udce9.pdf"], 2),
    ],
)
def test_what_is_not_there_changes_nothing(lit: Within, words: list[str], code: int) -> None:
    assert lit("attach", *words, code=code).err
    assert lit.library.read_text("utf-8") == LIBRARY


def test_check_tells_when_a_file_is_gone(lit: Within) -> None:
    lit("attach", "ada", "papers/ada.pdf")
    assert "missing-file" not in lit("check", code=1).out
    (lit.folder / "papers" / "ada.pdf").unlink()
    assert "missing-file" in lit("check", code=1).out
