"""fill: entries completed from a file that somebody owns."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from litcli import jsontext, show
from litcli.cli.app import LibraryOption, app, library_path
from litcli.errors import Exit
from litcli.library import Library, transaction
from litcli.library.edit import Changes

if TYPE_CHECKING:
    from litcli.filling import Outcome

_DOUBTS = 20
"""How many of the records that may be those of an entry are told one by one."""


@app.command()
def fill(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=".bib, .ris, .json or a page; - for stdin.")],
    format_name: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help="Read the files as this format, whatever they look like."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen and change nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts, problems and entries as JSON.")] = False,
    library: LibraryOption = None,
) -> None:
    """Complete entries from files, and take in no new ones.

    Authors, year, venue, DOI, abstract and whatever else an entry lacks come in; a value that it
    has is never overwritten. Exit 1 if none of the files' papers is in the library.

    \b
    Example:
      litcli fill published.bib
      litcli fill zotero.json refs.ris --dry-run
    """
    from litcli import filling, page, reading

    path = library_path(library)
    readings = [*reading.read_all(page.expand(files), format_name=format_name)]
    records = [pair for found in readings for pair in found.records]
    problems = [problem for found in readings for problem in found.problems if problem.failed]

    def change(library: Library) -> tuple[Changes, Outcome]:
        outcome = filling.fill(library.entries, records, lambda items: show.progress(items, "comparing"))
        return Changes({} if dry_run else outcome.changes), outcome

    outcome = transaction.update(path, change)
    failed = sum(problem.failed for problem in problems)
    counts = {
        "filled": len(outcome.filled),
        "unchanged": outcome.unchanged,
        "not_found": outcome.not_found,
        "failed": failed,
    }
    for problem in problems:
        show.say(f"litcli: {problem}")
    for doubt in outcome.doubts[:_DOUBTS]:
        show.say(f"note: {doubt.source} may be {doubt.key} ({', '.join(doubt.reasons)}); it was left aside")
    if as_json:
        shown = [{"key": f.key, "fields": list(f.fields), "source": str(f.source)} for f in outcome.filled]
        told = [{"source": p.source, "line": p.line, "message": p.message} for p in problems]
        version = {"format_version": jsontext.FORMAT_VERSION}
        show.put(
            jsontext.dumps({**version, **counts, "seen": sum(counts.values()), "problems": told, "entries": shown})
        )
    else:
        for filled in outcome.filled:
            show.put(show.safe(f"{filled.key}\t{' '.join(filled.fields)}\t{filled.source}"))
        show.say(_summary(outcome, dry_run))
    if failed:
        raise typer.Exit(Exit.BAD_INPUT)
    if outcome.not_found == len(records):
        raise typer.Exit(Exit.NO)


def _summary(outcome: Outcome, dry_run: bool) -> str:
    keys = {filled.key for filled in outcome.filled}
    fields = Counter(name for filled in outcome.filled for name in filled.fields)
    told = f"{len(keys)} {'entry' if len(keys) == 1 else 'entries'} completed"
    if fields:
        told += f" ({', '.join(f'{count} {name}' for name, count in fields.most_common())})"
    told += f", {outcome.unchanged} lacked nothing, {outcome.not_found} of the files are not in the library"
    if outcome.doubts:
        told += f" or in doubt ({len(outcome.doubts)})"
    return told + (" (nothing written: --dry-run)" if dry_run else "")
