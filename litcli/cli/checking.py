"""check, why: what is wrong with entries, and why they are written as they are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from litcli import show, table
from litcli.cli.app import LibraryOption, QueryArgument, app, by_keys, library_path, open_library, select
from litcli.errors import Exit, NotFound, UsageError
from litcli.library import Library, store, transaction
from litcli.library.edit import Changes


@app.command()
def check(
    query: QueryArgument = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended safely, then say what is left.")] = False,
    report: Annotated[
        str, typer.Option("--report", metavar="FORMAT", help="text, json or github.", show_default=False)
    ] = "text",
    library: LibraryOption = None,
) -> None:
    """Find faults in entries; exit 1 if there are any.

    Missing fields, malformed identifiers, damaged text, files that are gone, ...: an error breaks a
    build or is wrong, a warning is missing or odd, a note is what export sees to by itself.

    \b
    Example:
      litcli check
      litcli check tag:thesis --fix
      litcli check --report github
    """
    from litcli import check as rules

    if report not in rules.FORMS:
        raise UsageError(f"there is no report {report!r}", f"the reports are {', '.join(rules.FORMS)}")
    path = library_path(library)
    if fix:
        mended = transaction.update(path, lambda kept: _mended(kept, query))
        show.say(f"{mended} {'entry' if mended == 1 else 'entries'} mended")
    kept = store.read(path)
    entries = select(kept, query)
    if query and not entries:
        raise NotFound("no entry matches")
    findings = rules.check(entries, among=list(kept.entries.values()), folder=Path(os.path.realpath(path)).parent)
    places = store.lines(path) if findings else {}
    show.put(show.safe(rules.report(findings, report, lambda key: (str(path), places.get(key, 1)))), end="")
    if findings:
        raise typer.Exit(Exit.NO)


def _mended(kept: Library, query: list[str] | None) -> tuple[Changes, int]:
    from litcli import check as rules

    after = {entry.key: rules.mend(entry) for entry in select(kept, query)}
    changed = {key: entry for key, entry in after.items() if entry != kept.entries[key]}
    return Changes(changed), len(changed)


@app.command()
def why(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The key of an entry, or an older key of it.")],
    field: Annotated[
        str | None, typer.Argument(metavar="[FIELD]", help="A field: title, year, …", show_default=False)
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Say where an entry, or a field of it, came from.

    For a title, the reason of each brace and escape is told as well.

    \b
    Example:
      litcli why sun2022blackbox
      litcli why sun2022blackbox title
    """
    from litcli import duplicates
    from litcli.exporters import bibtex, explain

    kept = open_library(library)
    entry = by_keys(kept, [key])[0]
    told = table.to_table(entry)
    lines = [*explain.origin(entry)]
    if field is None:
        lines += explain.merged(entry)
        lines += [f"not the same work as {other}" for other in duplicates.apart_from(kept, entry.key)]
    elif field not in told and field not in entry.paper.fields:
        raise NotFound(f"{entry.key} has no {field}", f"it has {', '.join(told)}")
    else:
        value = show.cell(entry, field) if field in told else str(entry.paper.fields[field])
        lines = [f"{field}: {value}", *lines, *explain.others(entry, field)]
    if field == "title":
        lines += [f"in BibTeX: {bibtex.title(entry.paper).text}", *explain.title(entry.paper)]
    if entry.key.lower() != key.lower():
        lines.insert(0, f"{key} is {entry.key} now")
    show.put(show.safe("\n".join(lines)))
