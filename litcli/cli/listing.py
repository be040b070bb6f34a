"""list, filter, show: looking at entries."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from litcli import cells, jsontext, show, table
from litcli.cli.app import LibraryOption, QueryArgument, app, by_keys, open_library, rows
from litcli.errors import NotFound, UsageError
from litcli.library import Library
from litcli.paper import Entry


@dataclass(frozen=True)
class Form:
    """How entries are printed: each field is an option. It is a table unless something else is asked for."""

    sort: Annotated[
        str,
        typer.Option(
            "--sort",
            metavar="FIELDS",
            help="Order by these fields; -FIELD for descending: -year,authors.",
            show_default=False,
        ),
    ] = ""
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=0, help="At most so many.")] = None
    columns: Annotated[
        str, typer.Option("--columns", metavar="FIELDS", help="The fields to show: key,year,title.", show_default=False)
    ] = ""
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Print one JSON entry a line.")] = False
    keys: Annotated[bool, typer.Option("--keys", "-k", help="Print the keys only, one a line.")] = False
    zero: Annotated[
        bool, typer.Option("-0", help="With --keys or --template: end each with a NUL byte, not a line.")
    ] = False
    template: Annotated[
        str | None, typer.Option("--template", metavar="TEXT", help="Print this for each: '{key}: {title}'.")
    ] = None

    def __post_init__(self) -> None:
        """Raise UsageError where more than one form is asked for, or a field that does not exist."""
        if sum((self.as_json, self.jsonl, self.keys, self.template is not None, bool(self.columns))) > 1:
            raise UsageError(
                "only one of --json, --jsonl, --keys, --template and --columns at a time", "leave the others out"
            )
        if self.zero and not self.keys and self.template is None:
            raise UsageError("-0 goes with --keys or --template", "add one of them")
        self.shown()
        cells.sorting(self.sort)

    @property
    def is_of_rows(self) -> bool:
        """Whether the cells of some columns are all that is printed."""
        return not self.as_json and not self.jsonl and self.template is None

    def shown(self) -> Sequence[str]:
        """Those columns."""
        return (cells.NAME,) if self.keys else show.columns([cells.named(name) for name in cells.listed(self.columns)])


def _with_options(command: Callable[..., None]) -> Callable[..., None]:
    """A command that takes a `Form`, for Typer: with an option for each field of it in its place."""
    options = inspect.signature(Form, eval_str=True).parameters
    own = inspect.signature(command, eval_str=True).parameters

    @functools.wraps(command)
    def run(**given: Any) -> None:
        form = Form(**{name: given.pop(name) for name in options})
        command(**given, form=form)

    replaced = [one for name, each in own.items() for one in (options.values() if name == "form" else [each])]
    # By keyword alone, since Typer passes them so and options with defaults stand before arguments without.
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [parameter.replace(kind=parameter.KEYWORD_ONLY) for parameter in replaced]
    )
    return run


@app.command("list")
@_with_options
def list_(form: Form, query: QueryArgument = None, library: LibraryOption = None) -> None:
    """Show entries as a table; without a query, all of them.

    'litcli help query' explains what a query is. The table fits the terminal; in a pipe it is
    tab-separated values.

    \b
    Example:
      litcli list
      litcli list author:gao year:2020..2023 NOT title:survey
      litcli list 'tag:nlp OR venue:"pattern recognition"' --sort -year,key
      litcli list has:abstract --columns key,venue,title --limit 10
    """
    if not _print_found(open_library(library), query, form) and form.limit != 0:
        show.say("no entry matches" if query else "the library is empty")


@app.command("filter")
@_with_options
def filter_(
    form: Form,
    query: Annotated[list[str], typer.Argument(metavar="QUERY...", help="Which entries; see 'litcli help query'.")],
    library: LibraryOption = None,
) -> None:
    """Print the entries that match, for pipes; exit 1 if none does.

    \b
    Example:
      litcli filter tag:toread --keys
      litcli filter author:sun no:abstract --template '{key}: {title}'
      litcli filter year:2024 -k | litcli export --keys-from - -o new.bib
    """
    if not "".join(query).strip():
        raise UsageError("the query is empty", "'*' stands for all entries")
    if not _print_found(open_library(library), query, form) and form.limit != 0:
        raise NotFound("no entry matches")


@app.command("show")
@_with_options
def show_(
    form: Form,
    wanted: Annotated[list[str], typer.Argument(metavar="KEY...", help="Keys of entries, or older keys of theirs.")],
    library: LibraryOption = None,
) -> None:
    """Show entries in full.

    \b
    Example:
      litcli show sun2022blackbox
      litcli show sun2022blackbox --json
    """
    entries = cells.sorted_by(cells.sorting(form.sort), by_keys(open_library(library), wanted))[: form.limit]
    if not form.is_of_rows:
        _print_entries(entries, form)
    elif form.keys or form.columns:
        _print_rows([cells.row(entry, form.shown()) for entry in entries], form)
    else:
        show.put("\n\n".join(map(show.record, entries)))


def _print_found(library: Library, query: list[str] | None, form: Form) -> int:
    """Print the entries that a query matches, and say how many those are; none is made for its cells alone."""
    columns = form.shown() if form.is_of_rows else (cells.NAME,)
    found = rows(library, query, columns, cells.sorting(form.sort), form.limit)
    if form.is_of_rows:
        _print_rows(found, form)
    else:
        _print_entries(map(library.entries.__getitem__, found), form)
    return len(found)


def _print_rows(found: Sequence[str], form: Form) -> None:
    if form.keys:
        end = "\0" if form.zero else "\n"
        show.put_exact(end.join([*found, ""]), end="")
    else:
        show.listing(found, form.shown())


def _print_entries(entries: Iterable[Entry], form: Form) -> None:
    if form.as_json:
        show.put(
            jsontext.dumps(
                {"format_version": jsontext.FORMAT_VERSION, "entries": [table.to_json(entry) for entry in entries]}
            )
        )
    for entry in entries if form.jsonl else ():
        show.put(jsontext.dumps(table.to_json(entry), indent=None))
    for entry in entries if form.template is not None else ():
        show.put(show.filled(form.template or "", entry), "\0" if form.zero else "\n")
