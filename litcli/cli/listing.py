"""list, filter, show: looking at entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

import typer

from litcli import cells, jsontext, show, table
from litcli.cli.app import LibraryOption, QueryArgument, app, by_keys, open_library, rows, select
from litcli.errors import NotFound, UsageError
from litcli.library import Library
from litcli.paper import Entry

T = TypeVar("T")

SortOption = Annotated[
    str,
    typer.Option(
        "--sort",
        metavar="FIELDS",
        help="Order by these fields; -FIELD for descending: -year,authors.",
        show_default=False,
    ),
]
LimitOption = Annotated[int | None, typer.Option("--limit", metavar="N", min=0, help="At most so many.")]
ColumnsOption = Annotated[
    str, typer.Option("--columns", metavar="FIELDS", help="The fields to show: key,year,title.", show_default=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
JsonlOption = Annotated[bool, typer.Option("--jsonl", help="Print one JSON entry a line.")]
KeysOption = Annotated[bool, typer.Option("--keys", "-k", help="Print the keys only, one a line.")]
ZeroOption = Annotated[
    bool, typer.Option("-0", help="With --keys or --template: end each with a NUL byte, not a line.")
]
TemplateOption = Annotated[
    str | None, typer.Option("--template", metavar="TEXT", help="Print this for each: '{key}: {title}'.")
]


@app.command("list")
def list_(
    query: QueryArgument = None,
    sort: SortOption = "",
    limit: LimitOption = None,
    columns: ColumnsOption = "",
    as_json: JsonOption = False,
    jsonl: JsonlOption = False,
    keys: KeysOption = False,
    zero: ZeroOption = False,
    template: TemplateOption = None,
    library: LibraryOption = None,
) -> None:
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
    form = _form(columns, as_json, jsonl, keys, zero, template)
    if not _print_found(open_library(library), query, sort, limit, form) and limit != 0:
        show.say("no entry matches" if query else "the library is empty")


@app.command("filter")
def filter_(
    query: Annotated[list[str], typer.Argument(metavar="QUERY...", help="Which entries; see 'litcli help query'.")],
    sort: SortOption = "",
    limit: LimitOption = None,
    columns: ColumnsOption = "",
    as_json: JsonOption = False,
    jsonl: JsonlOption = False,
    keys: KeysOption = False,
    zero: ZeroOption = False,
    template: TemplateOption = None,
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
    form = _form(columns, as_json, jsonl, keys, zero, template)
    if not _print_found(open_library(library), query, sort, limit, form):
        raise NotFound("no entry matches")


@app.command("show")
def show_(
    keys: Annotated[list[str], typer.Argument(metavar="KEY...", help="Keys of entries, or older keys of theirs.")],
    sort: SortOption = "",
    limit: LimitOption = None,
    columns: ColumnsOption = "",
    as_json: JsonOption = False,
    jsonl: JsonlOption = False,
    only_keys: KeysOption = False,
    zero: ZeroOption = False,
    template: TemplateOption = None,
    library: LibraryOption = None,
) -> None:
    """Show entries in full.

    \b
    Example:
      litcli show sun2022blackbox
      litcli show sun2022blackbox --json
    """
    form = _form(columns, as_json, jsonl, only_keys, zero, template)
    entries = _limited(show.order(by_keys(open_library(library), keys), sort), limit)
    if form == Form():
        show.put("\n\n".join(map(show.record, entries)))
    elif form.is_of_rows:
        _print_rows([cells.row(entry, form.shown()) for entry in entries], form)
    else:
        _print_entries(entries, form)


@dataclass(frozen=True, slots=True)
class Form:
    """How entries are printed: as a table of these columns, unless something else is asked for."""

    columns: tuple[str, ...] = ()
    as_json: bool = False
    jsonl: bool = False
    keys: bool = False
    zero: bool = False
    template: str | None = None

    @property
    def is_of_rows(self) -> bool:
        """Whether the cells of some columns are all that is printed."""
        return not self.as_json and not self.jsonl and self.template is None

    def shown(self) -> Sequence[str]:
        """Those columns."""
        return (cells.NAME,) if self.keys else show.columns(self.columns)


def _form(columns: str, as_json: bool, jsonl: bool, keys: bool, zero: bool, template: str | None) -> Form:
    """The one form that was asked for."""
    if sum((as_json, jsonl, keys, template is not None, bool(columns))) > 1:
        raise UsageError("only one of --json, --jsonl, --keys, --template and --columns at a time")
    if zero and not keys and template is None:
        raise UsageError("-0 goes with --keys or --template")
    chosen = tuple(name.strip() for name in columns.split(",") if name.strip())
    for name in chosen:
        if name not in cells.COLUMNS:
            raise UsageError(f"there is no column {name!r}", f"the columns are {', '.join(cells.COLUMNS)}")
    return Form(chosen, as_json, jsonl, keys, zero, template)


def _print_found(library: Library, query: list[str] | None, sort: str, limit: int | None, form: Form) -> int:
    """Print the entries that a query matches, and say how many those are; of a table only the cells are read."""
    if not form.is_of_rows:
        entries = _limited(show.order(select(library, query), sort), limit)
        _print_entries(entries, form)
        return len(entries)
    shown, by = form.shown(), cells.sorting(sort)
    found = rows(library, query, [*(column for column, _ in by), *shown])
    if by:
        split = [row.split("\t", len(by)) for row in found]
        found = [row[-1] for row in cells.ordered(split, by, lambda row, number: row[number])]
    found = _limited(found, limit)
    _print_rows(found, form)
    return len(found)


def _limited(items: list[T], limit: int | None) -> list[T]:
    return items if limit is None else items[:limit]


def _print_rows(found: Sequence[str], form: Form) -> None:
    if form.keys:
        end = "\0" if form.zero else "\n"
        show.put(end.join([*found, ""]), end="")
    else:
        show.listing(found, form.shown())


def _print_entries(entries: Sequence[Entry], form: Form) -> None:
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
