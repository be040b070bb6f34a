"""The program itself: what stands before any command, and what the commands share."""

from __future__ import annotations

import copy
import importlib
import shlex
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from litcli import cells, show
from litcli.cli.commands import App, Program
from litcli.cli.values import lighten
from litcli.errors import NotFound, UsageError
from litcli.library import Library, index, locate
from litcli.library.run import LOCK_TIMEOUT, RUN, Run
from litcli.near import near
from litcli.paper import Entry
from litcli.query import Query

_TYPED = "litcli.typed"


class _Program(Program):
    """Keeps the words as they were typed, and takes --lock-timeout behind the command too."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        lighten(self.get_params(ctx))
        ctx.meta[_TYPED] = shlex.join(["litcli", *args])
        end = args.index("--") if "--" in args else len(args)
        at = next((n for n, word in enumerate(args[:end]) if word.partition("=")[0] == "--lock-timeout"), end)
        behind = at + (1 if "=" in args[at] else 2) if at < end else at
        parsed: list[str] = super().parse_args(ctx, [*args[at:behind], *args[:at], *args[behind:]])
        return parsed


class _App(App):
    """Imports and makes only those commands that a command line names: all of them take as long as Typer itself."""

    def __init__(self, **settings: Any) -> None:
        self.modules: Mapping[str, str] = {}
        """The modules that add the commands, by these."""
        self._is_adding = False
        super().__init__(**settings)

    @property
    def registered_commands(self) -> list[Any]:
        """What Typer makes its commands of."""
        if not self._is_adding:
            self._add(self.modules)
        return self._commands

    @registered_commands.setter
    def registered_commands(self, commands: list[Any]) -> None:
        self._commands = commands

    def _add(self, names: Iterable[str]) -> None:
        self._is_adding = True
        try:
            for module in dict.fromkeys(self.modules[name] for name in names):
                importlib.import_module(f"litcli.cli.{module}")
        finally:
            self._is_adding = False

    def __call__(self, *, args: list[str], **settings: Any) -> Any:
        """Run a command line; the program's own help, and what names no command, is answered from all of them."""
        named = [word for word in args if word in self.modules]
        before = args[: args.index(named[0])] if named else ["--help"]
        # Of the words before a command, the first is an option, perhaps with its value behind it.
        if not all(word.startswith("-") and word not in ("-h", "--help") for word in before[::2]):
            return super().__call__(args=args, **settings)
        self._add(named)
        few = copy.copy(self)
        few.modules = {}
        few.registered_commands = [command for command in self._commands if _name(command) in named]
        return super(_App, few).__call__(args=args, **settings)


def _name(command: Any) -> str:
    name: str = command.name or command.callback.__name__.replace("_", "-")
    return name


app = _App(
    cls=_Program,
    add_completion=False,
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
    typer.Argument(metavar="[QUERY]...", help="Which entries; see 'litcli help query'.", show_default=False),
]

_given: str | None = None


@app.callback()
def program(
    context: typer.Context,
    library: LibraryOption = None,
    lock_timeout: Annotated[
        float,
        typer.Option(
            "--lock-timeout",
            metavar="SECONDS",
            min=0,
            help="How long to wait while another litcli changes the library [default: 60].",
        ),
    ] = LOCK_TIMEOUT,
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
    RUN.set(Run(context.meta[_TYPED], lock_timeout, show.say))
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
    return index.read(library_path(given), lambda items: show.progress(items, "indexing"))


def _query(library: Library, words: list[str] | None) -> Query:
    from litcli import query

    return query.parse(query.join(words or []), saved=query.saved(library.head))


def select(library: Library, words: list[str] | None) -> list[Entry]:
    """The entries that the words of a query match, in the library's order."""
    return made(library, matching(library, words))


def matching(library: Library, words: list[str] | None) -> list[str]:
    """The keys of the entries that the words of a query match, in the library's order."""
    return rows(library, words, (cells.NAME,)) if words else list(library.entries)


def made(library: Library, keys: Sequence[str]) -> list[Entry]:
    """The entries of some keys; of many it takes its time, which is shown."""
    return [library.entries[key] for key in show.progress(keys, "reading")]


def rows(
    library: Library,
    words: list[str] | None,
    columns: Sequence[str],
    by: Sequence[tuple[str, bool]] = (),
    limit: int | None = None,
) -> list[str]:
    """The cells of the entries that the words of a query match: see `Entries.rows`."""
    return library.found.rows(_query(library, words), columns, by, limit)


def aliases(library: Library) -> dict[str, str]:
    """The earlier keys of entries, each with the key that the entry has now."""
    from litcli.query import Has

    return {alias: entry.key for entry in library.found.matching(Has("aliases")) for alias in entry.aliases}


def by_keys(library: Library, keys: list[str]) -> list[Entry]:
    """The entries of some keys or aliases, case ignored; raises NotFound that names the near ones."""
    named = library.found.named(keys)
    found = []
    for key in keys:
        entry = named.get(key.lower())
        if entry is None:
            hint = near(key, library.entries) or "litcli list --keys shows the keys there are"
            raise NotFound(f"there is no entry {key!r}", hint)
        found.append(entry)
    return found
