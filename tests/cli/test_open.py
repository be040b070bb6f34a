"""open: the paper on the web, or its files, through the browser or the desktop."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.within import Within
from tests.conftest import Program

LIBRARY = """\
[papers.all]
doi = "10.1000/a(1)<2>#3"
arxiv = "2310.06825"
url = "https://a.b/c"

[papers.arxiv]
arxiv = "2310.06825"
url = "https://a.b/c"

[papers.url]
url = "https://a.b/c"

[papers.link]
url = "file:///etc/passwd"
links.code = "https://a.b/code"

[papers.none]
url = "--version"

[papers.files]
fields.file = "papers/a.pdf;:b\\\\;c.pdf:PDF"

[papers.gone]
fields.file = "papers/a.pdf;gone.pdf"
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")


@pytest.fixture
def lit(tmp_path: Path) -> Within:
    """The program, within this process, with stand-ins for a browser and for the desktop's opener."""
    program = Within(tmp_path)
    program.write("library.toml", LIBRARY)
    (tmp_path / "papers").mkdir()
    program.write("papers/a.pdf", "%PDF")
    program.write("b;c.pdf", "%PDF")
    (tmp_path / "bin").mkdir()
    for name in ("xdg-open", "open", "browser"):
        program.write(f"bin/{name}", f'#!/bin/sh\necho "{name} $*" >>"{tmp_path}/opened"\n').chmod(0o755)
    program.env |= {"PATH": f"{tmp_path}/bin:/usr/bin:/bin", "BROWSER": ""}
    return program


def opened(lit: Within) -> list[str]:
    """What was opened, without the name of the opener."""
    path = lit.folder / "opened"
    return [line.partition(" ")[2] for line in path.read_text("utf-8").splitlines()] if path.exists() else []


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("all", "https://doi.org/10.1000/a(1)%3C2%3E%233"),
        ("arxiv", "https://arxiv.org/abs/2310.06825"),
        ("url", "https://a.b/c"),
        ("link", "https://a.b/code"),
        ("URL", "https://a.b/c"),
    ],
)
def test_the_most_lasting_address_opens(lit: Within, key: str, address: str) -> None:
    assert f"opening {address}" in lit("open", key).err
    assert opened(lit) == [address]


def test_the_browser_of_the_environment_goes_first(lit: Within) -> None:
    lit("open", "url", BROWSER=str(lit.folder / "bin" / "browser"))
    assert (lit.folder / "opened").read_text("utf-8") == "browser https://a.b/c\n"


def test_files_open_from_the_librarys_folder(lit: Within) -> None:
    lit("open", "files", "--file")
    assert opened(lit) == [f"{lit.folder}/papers/a.pdf", f"{lit.folder}/b;c.pdf"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["none"], 1, "none has no DOI, arXiv identifier or URL"),
        (["url", "--file"], 1, "url has no attached file"),
        (["gone", "--file"], 3, "there is no file"),
        (["nobody"], 1, "there is no entry 'nobody'"),
    ],
)
def test_what_is_not_there_is_not_opened(lit: Within, words: list[str], code: int, told: str) -> None:
    assert told in lit("open", *words, code=code).err
    assert opened(lit) == []


@pytest.mark.parametrize("words", [["files", "--file"], ["url"]])
def test_an_opener_that_fails_is_a_failure(lit: Within, words: list[str]) -> None:
    for name in ("xdg-open", "open"):
        lit.write(f"bin/{name}", "#!/bin/sh\nexit 3\n").chmod(0o755)
    env = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "PATH": f"{lit.folder}/bin"}
    # Python remembers the browsers that it has found: this wants a process of its own.
    assert "could not be opened" in Program.__call__(lit, "open", *words, code=3, **env).err


@pytest.mark.filterwarnings("ignore:subprocess .* is still running:ResourceWarning")
def test_a_program_that_runs_on_is_not_waited_for(lit: Within, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litcli.cli.opening._PATIENCE", 0.2)
    for name in ("xdg-open", "open"):
        lit.write(f"bin/{name}", "#!/bin/sh\nexec sleep 2\n").chmod(0o755)
    assert "opening" in lit("open", "files", "--file").err
