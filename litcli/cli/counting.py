"""stats: how many entries there are of what."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from litcli import files, jsontext, show
from litcli.cli.app import LibraryOption, QueryArgument, app, open_library, select
from litcli.errors import LitError, NotFound

_ROWS = 10
"""How many venues, authors and tags are drawn; the years are drawn all."""


@app.command()
def stats(
    query: QueryArgument = None,
    svg: Annotated[
        Path | None, typer.Option("--svg", metavar="FILE", help="Draw into this SVG file.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all counts as JSON.")] = False,
    library: LibraryOption = None,
) -> None:
    """Count entries by year, venue, author and tag, as bars.

    Of venues, authors and tags the ten that come most often are drawn; --json has all.

    \b
    Example:
      litcli stats
      litcli stats tag:cs.CL --svg cl.svg
    """
    from litcli import stats as counting

    entries = select(open_library(library), query)
    if not entries and query:
        raise NotFound("no entry matches")
    if not entries:
        show.say("the library is empty")
    counts = counting.counted(entries)
    if as_json:
        shape = {name: dict(rows) for name, rows in counts.items()}
        show.put(jsontext.dumps({"format_version": jsontext.FORMAT_VERSION, "entries": len(entries), **shape}))
        return
    drawn = {name: rows if name == "year" else rows[:_ROWS] for name, rows in counts.items()}
    if svg is None:
        show.bars(drawn)
        return
    try:
        files.replace(svg, counting.svg(drawn).encode())
    except OSError as error:
        raise LitError(f"{svg} cannot be written: {error.strerror}", "name another file") from None
    show.say(f"drew {len(entries)} entries into {svg}")
