"""The program itself: what stands before any command, and what the commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from litcli.errors import NotFound, UsageError
from litcli.library import Library, locate, read
from litcli.paper import Entry

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # Plain help reads the same in a terminal of 80 columns, in a pipe and in the man page.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

LibraryOption = Annotated[
    str | None,
    typer.Option(
        "--library",
        "-L",
        metavar="FILE",
        help="The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].",
    ),
]
QueryArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[QUERY]...", help="Which entries; see 'litcli list --help'.", show_default=False),
]

_given: str | None = None


@app.callback()
def program(
    library: LibraryOption = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """A bibliography manager for the command line.

    Point it at the lists of papers you meet (a homepage, a paper feed, an ACL Anthology
    author page, a Hugging Face papers page, a literature report) and at the .bib, .ris and
    .json files you own; it keeps each paper once, in one readable TOML file, and gives back
    the BibTeX that a LaTeX paper needs.

    \b
    Example:
      litcli import papers.txt refs.bib
      litcli list author:gao year:2020..2023
      litcli tag +toread -- title:survey
      litcli export tag:toread -o refs.bib
    """
    global _given  # noqa: PLW0603 - the one value that stands before the command
    _given = library
    if version:
        from litcli import __version__

        typer.echo(f"litcli {__version__}")
        raise typer.Exit


def library_path(given: str | None) -> Path:
    """The library that the command line means, named before or behind the command."""
    chosen = _given if given is None else given
    if chosen == "":
        raise UsageError("--library names no file", "is a variable empty?")
    return locate(chosen)


def open_library(given: str | None) -> Library:
    """The library of the command line, read."""
    return read(library_path(given))


def select(library: Library, words: list[str] | None) -> list[Entry]:
    """The entries that the words of a query match, in the library's order."""
    from litcli import query

    wanted = query.parse(query.join(words or []))
    return [entry for entry in library.entries.values() if wanted.matches(entry)]


def by_keys(library: Library, keys: list[str]) -> list[Entry]:
    """The entries of some keys or aliases, case ignored; raises NotFound that names the near ones."""
    index = {name.lower(): entry for entry in library.entries.values() for name in (*entry.aliases, entry.key)}
    found = []
    for key in keys:
        entry = index.get(key.lower())
        if entry is None:
            hint = near(key, list(library.entries)) or "litcli list --keys shows the keys there are"
            raise NotFound(f"there is no entry {key!r}", hint)
        found.append(entry)
    return found


def near(key: str, keys: list[str]) -> str:
    """A question that names the keys which one may have been meant, "" where none is near."""
    from rapidfuzz import process, utils

    found = process.extract(key, keys, limit=3, score_cutoff=70, processor=utils.default_process)
    return f"did you mean {' or '.join(dict.fromkeys(match[0] for match in found))}?" if found else ""
