"""merge-driver, and init --git: a library that several people keep in git."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from litcli import files, show
from litcli.cli.app import app
from litcli.errors import Exit, LibraryError, LitError, UsageError
from litcli.library import merging, store

_NAME = "litcli"
"""What .gitattributes and the configuration call the driver."""


@app.command("merge-driver", hidden=True)
def merge_driver(
    base: Annotated[Path, typer.Argument(metavar="BASE", help="%O: the library that both began with.")],
    ours: Annotated[Path, typer.Argument(metavar="OURS", help="%A: ours, and where the result goes.")],
    theirs: Annotated[Path, typer.Argument(metavar="THEIRS", help="%B: theirs.")],
    name: Annotated[Path | None, typer.Argument(metavar="[NAME]", help="%P: the library's path.")] = None,
) -> None:
    """Merge two edits of a library for git, entry by entry and field by field; exit 1 where they differ.

    \b
    Example:
      git config merge.litcli.driver "litcli merge-driver %O %A %B %P"
    """
    path = name or ours
    try:
        texts = [store.text(file, store.contents(file)) for file in (base, ours, theirs)]
        text, conflicts = merging.merge(path, *texts)
    except LibraryError as error:
        show.say(f"litcli: {error.message}; {path} is merged line by line")
        raise typer.Exit(_by_lines(base, ours, theirs)) from None
    _write(ours, text)
    for conflict in conflicts:
        show.say(f"conflict in {path}: {conflict}")
    if conflicts:
        raise typer.Exit(Exit.NO)


def _write(path: Path, text: str) -> None:
    mark = b"\xef\xbb\xbf" if (store.contents(path) or b"").startswith(b"\xef\xbb\xbf") else b""
    try:
        files.replace(path, mark + text.encode())
    except OSError as error:
        raise LitError(f"{path} cannot be written: {error.strerror}") from None


def _by_lines(base: Path, ours: Path, theirs: Path) -> int:
    """What git does with any other text; the exit code, 1 where it left a conflict."""
    words = ["merge-file", "-L", "ours", "-L", "base", "-L", "theirs", str(ours), str(base), str(theirs)]
    return Exit.NO if _git(Path.cwd(), *words).returncode else 0


# --- init --git -------------------------------------------------------------------------------------------


def share(library: Path) -> None:
    """Have git merge a library entry by entry: a line in .gitattributes beside it, and the driver in this clone.

    Raises UsageError outside a repository, LitError where git or a file refuses.
    """
    library = Path(os.path.realpath(library))
    folder = library.parent
    if _git(folder, "rev-parse", "--is-inside-work-tree").stdout.strip() != "true":
        raise UsageError(f"{folder} is not in a git repository", "git init starts one")
    settings = {"name": "litcli, entry by entry", "driver": f"{_program()} merge-driver %O %A %B %P"}
    for key, value in settings.items():
        _done(_git(folder, "config", f"merge.{_NAME}.{key}", value))
    _add_line(folder / ".gitattributes", f"{_quoted(_pattern(library.name))} merge={_NAME}")
    # What stands beside the library while somebody writes to it is nobody else's.
    excluded = Path(_done(_git(folder, "rev-parse", "--git-path", "info/exclude")))
    _add_line(folder / excluded, f".{_pattern(library.name)}.*")


def _program() -> str:
    """How this litcli is called, in the words of a shell."""
    if shutil.which("litcli"):
        return "litcli"
    return f"{shlex.quote(sys.executable)} -m litcli"


def _pattern(name: str) -> str:
    """A file's name as a pattern of gitignore(5), which no other name matches."""
    escaped = re.sub(r"([\\*?\[\]])", r"\\\1", name)
    return f"\\{escaped}" if escaped[0] in "#!" else escaped


def _quoted(pattern: str) -> str:
    """A pattern as it stands in gitattributes(5): as a string of C where it holds blanks or quotes."""
    return json.dumps(pattern, ensure_ascii=False) if re.search(r'[\s"\\]', pattern) else pattern


def _add_line(file: Path, line: str) -> None:
    """Add a line to a text file that has not got it; raises LitError."""
    try:
        text = file.read_text("utf-8", "surrogateescape") if file.exists() else ""
        if line in text.splitlines():
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        start = text + "\n" if text and not text.endswith("\n") else text
        files.replace(file, f"{start}{line}\n".encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise LitError(f"{file} cannot be written: {error.strerror}") from None


def _git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            ["git", *words], cwd=folder, capture_output=True, encoding="utf-8", errors="surrogateescape", check=False
        )
    except FileNotFoundError:
        raise LitError(f"git is not installed, or there is no folder {folder}") from None


def _done(ran: subprocess.CompletedProcess[str]) -> str:
    if ran.returncode:
        raise LitError(f"git refused: {ran.stderr.strip()}")
    return ran.stdout.rstrip("\n")
