"""Reading a library file: where it is, what it says, and where it is not valid."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from litcli import table
from litcli.errors import LibraryError
from litcli.library.document import Document
from litcli.paper import Entry

NAME = "library.toml"
VARIABLE = "LITCLI_LIBRARY"
EMPTY = "format = 1\n"
_FORMAT = 1

_AT = re.compile(r"(?P<what>.*?) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL)
_CONFLICT = re.compile(r"^(?:<<<<<<<|=======|>>>>>>>)")


@dataclass(frozen=True)
class Library:
    """What a library file says: its entries by key, in the file's order, and what stands above them."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    head: Mapping[str, Any] = field(default_factory=dict)


def locate(given: str | None) -> Path:
    """Which library is meant: the one given, else $LITCLI_LIBRARY, else the nearest one above, else the user's own."""
    chosen = given or os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / NAME).is_file():
            return folder / NAME
    import platformdirs

    return Path(platformdirs.user_data_dir("litcli")) / NAME


def read(path: Path) -> Library:
    """The library of a file; raises LibraryError, with line and column, where there is none or it is not valid."""
    return parse(path, text(path, contents(path)))


def lines(path: Path) -> dict[str, int]:
    """The line on which each entry of a library begins, by key."""
    return Document(text(path, contents(path))).lines()


def contents(path: Path, missing_ok: bool = False) -> bytes | None:
    """The bytes of a library file; None where there is none and that is well; raises LibraryError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        if missing_ok:
            return None
        raise LibraryError(f"there is no library {path}", "start one: litcli init, or litcli import FILE") from None
    except OSError as error:
        raise LibraryError(f"{path} cannot be read: {error.strerror}") from None


def text(path: Path, data: bytes | None) -> str:
    """The text of a library's bytes; raises LibraryError, with the line, where they are not UTF-8."""
    try:
        return (data or b"").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = (data or b"").count(b"\n", 0, error.start) + 1
        raise LibraryError(f"{path}:{line}: not UTF-8", "save the library as UTF-8 in your editor") from None


def parse(path: Path, text: str) -> Library:
    """The library of a text; raises LibraryError, with line and column, where it is not valid."""
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_valid(path, text, str(error)) from None
    if tree.get("format", _FORMAT) != _FORMAT:
        raise LibraryError(
            f"{path}: format {tree['format']!r} is not known to this litcli", "it reads format = 1; update litcli"
        )
    papers = tree.pop("papers", {})
    entries: dict[str, Entry] = {}
    if not isinstance(papers, Mapping):
        raise LibraryError(f"{path}: papers must be tables, not {papers!r}", "write each paper as [papers.KEY]")
    for key, fields in papers.items():
        try:
            if not isinstance(fields, Mapping):
                raise ValueError(f"{key} must be a table of fields, not {fields!r}")
            entries[key] = table.from_table(key, fields)
        except ValueError as error:
            line = Document(text).lines().get(key, 1)
            raise LibraryError(f"{path}:{line}: in [papers.{key}]: {error}", "mend the line in an editor") from None
    return Library(entries, tree)


def _not_valid(path: Path, text: str, message: str) -> LibraryError:
    match = _AT.fullmatch(message)
    if not match:
        return LibraryError(f"{path}:1: not valid TOML: {message}", "mend it in an editor")
    line, column = (int(match["line"]), match["column"]) if match["line"] else (text.count("\n") + 1, "1")
    if _CONFLICT.match(text.splitlines()[line - 1] if line <= len(text.splitlines()) else ""):
        return LibraryError(f"{path}:{line}: the mark of a merge conflict", "resolve the conflict in an editor first")
    return LibraryError(f"{path}:{line}:{column}: not valid TOML: {match['what']}", "mend this line in an editor")
