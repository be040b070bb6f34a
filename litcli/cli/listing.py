"""list, filter, show: looking at entries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from litcli import jsontext, show, table
from litcli.cli.app import LibraryOption, QueryArgument, app, by_keys, open_library, select
from litcli.errors import NotFound, UsageError
from litcli.paper import Entry

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

    A query is words and terms side by side, all of which must hold. A bare word looks in
    title, authors, venue, key and tags; field:word in one field; "a phrase", /a regex/ and
    ranges (2020..2023, 2020.., ..2019) stand where a word can. OR, NOT and brackets combine;
    has:doi and no:year ask whether a field is there; * is everything. Case and accents do
    not matter. In a pipe the table is tab-separated values.

    \b
    Example:
      litcli list
      litcli list author:gao year:2020..2023 NOT title:survey
      litcli list 'tag:nlp OR venue:"machine intelligence"' --sort -year,authors
      litcli list has:abstract --columns key,venue,title --limit 10
    """
    entries = _ordered(select(open_library(library), query), sort, limit)
    _print(entries, columns, as_json, jsonl, keys, zero, template)
    if not entries:
        show.say("no entry matches" if query else "the library is empty")


@app.command("filter")
def filter_(
    query: Annotated[list[str], typer.Argument(metavar="QUERY...", help="Which entries; see 'litcli list --help'.")],
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
    entries = _ordered(select(open_library(library), query), sort, limit)
    _print(entries, columns, as_json, jsonl, keys, zero, template)
    if not entries:
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
    entries = _ordered(by_keys(open_library(library), keys), sort, limit)
    if columns or as_json or jsonl or only_keys or zero or template is not None:
        _print(entries, columns, as_json, jsonl, only_keys, zero, template)
    else:
        show.put("\n\n".join(map(show.record, entries)))


def _ordered(entries: list[Entry], sort: str, limit: int | None) -> list[Entry]:
    ordered = show.order(entries, sort) if sort else entries
    return ordered if limit is None else ordered[:limit]


def _print(
    entries: Sequence[Entry], columns: str, as_json: bool, jsonl: bool, keys: bool, zero: bool, template: str | None
) -> None:
    """The entries in the one form that was asked for."""
    if sum((as_json, jsonl, keys, template is not None, bool(columns))) > 1:
        raise UsageError("only one of --json, --jsonl, --keys, --template and --columns at a time")
    if zero and not keys and template is None:
        raise UsageError("-0 goes with --keys or --template")
    chosen = [name.strip() for name in columns.split(",") if name.strip()]
    for name in chosen:
        if name not in show.COLUMNS:
            raise UsageError(f"there is no column {name!r}", f"the columns are {', '.join(show.COLUMNS)}")
    if as_json:
        show.put(
            jsontext.dumps(
                {"format_version": jsontext.FORMAT_VERSION, "entries": [table.to_json(entry) for entry in entries]}
            )
        )
    elif jsonl:
        for entry in entries:
            show.put(jsontext.dumps(table.to_json(entry), indent=None))
    elif keys or template is not None:
        for entry in entries:
            show.put(entry.key if template is None else show.filled(template, entry), "\0" if zero else "\n")
    else:
        show.listing(entries, chosen)
