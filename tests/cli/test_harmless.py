"""Keys, tags, titles and paths are data: whatever stands in them does nothing to the terminal or to other files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from litcli import show
from tests.cli.within import Within

ODD = [
    "\x1b]0;owned\x07",
    "\x1b[2J",
    "\x9b31m",
    "\u202egnp.exe",
    "a\rb",
    "\x00",
    "../../../etc/passwd",
    "$(touch owned)",
]
STEERING = set("\x00\x07\x1b\x9b\r\u202e")


def escaped(text: str) -> str:
    """Text between the quotes of TOML."""
    return "".join(char if char.isalnum() else f"\\u{ord(char):04X}" for char in text)


@pytest.fixture(params=ODD, ids=ascii)
def odd(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Within, str]:
    """A library in which a text stands everywhere that it can."""
    lit = Within(tmp_path)
    text = escaped(request.param)
    lit.write(
        "library.toml",
        f'format = 1\n\n[papers."{text}"]\ntitle = "{text}"\nauthors = ["{text}"]\nurl = "{text}"\nnote = "{text}"\n'
        f'tags = ["{text}"]\naliases = ["x{text}"]\nsources = ["{text}:1 (bibtex)"]\nlinks."{text}" = "{text}"\n',
    )
    return lit, request.param


@pytest.mark.parametrize(
    "words",
    [("list",), ("list", "--json"), ("filter", "*"), ("tags",), ("tags", "--json"),
     ("list", "--columns", "key,title,tags,sources,links,url,note"), ("list", "--template", "{key} {tags}"),
     ("check",), ("stats",), ("export", "--to", "json")],
    ids=" ".join,
)  # fmt: skip
def test_what_is_printed_does_not_steer_the_terminal(odd: tuple[Within, str], words: tuple[str, ...]) -> None:
    lit, _ = odd
    result = lit(*words, code=1 if words[0] == "check" else 0)
    said = result.out + result.err
    assert not set(said) & STEERING, ascii(said)


@pytest.mark.parametrize(("terminal", "printed"), [(False, "k\x1b[2J\n"), (True, "k\\x1b[2J\n")])
def test_keys_are_exact_in_a_pipe_and_harmless_on_a_terminal(
    terminal: bool, printed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    show.put_exact("k\x1b[2J")
    assert capsys.readouterr().out == printed


def test_an_entry_is_shown_changed_and_changed_back_like_any_other(odd: tuple[Within, str]) -> None:
    lit, text = odd
    before = lit.library.read_bytes()
    assert not set(lit("show", text).out) & STEERING
    lit("tag", "+new", "*")
    assert lit("list", "--json").json["entries"][0]["key"] == text
    lit("undo")
    assert lit.library.read_bytes() == before
    assert [
        file.name for file in lit.folder.iterdir() if file.name not in ("library.toml", ".library.toml.lock", "home")
    ] == []
    assert {file.suffix for file in lit.folder.rglob("*") if file.is_file()} <= {".toml", ".lock", ".undone"}
