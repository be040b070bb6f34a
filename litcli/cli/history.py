"""undo, redo, log: the changes of a library, taken back and made again."""

from __future__ import annotations

from typing import Annotated

import typer

from litcli import cells, jsontext, show
from litcli.cli.app import LibraryOption, app, library_path
from litcli.library import transaction
from litcli.library.journal import Step

NumberArgument = Annotated[
    int | None,
    typer.Argument(metavar="[NUMBER]", help="A step by its number in the log [default: the last].", show_default=False),
]


@app.command()
def undo(number: NumberArgument = None, library: LibraryOption = None) -> None:
    """Take back the last change, or the one of a number.

    Each command that changed something is one step. Where an entry was changed again since,
    it is named, nothing is changed and the exit code is 4.

    \b
    Example:
      litcli undo
      litcli undo 2
    """
    step = transaction.undo(library_path(library), number)
    show.say(f"undone: {_told(step)}")


@app.command()
def redo(number: NumberArgument = None, library: LibraryOption = None) -> None:
    """Make the change again that was undone last, or of a number.

    \b
    Example:
      litcli redo
    """
    step = transaction.redo(library_path(library), number)
    show.say(f"done again: {_told(step)}")


@app.command()
def log(
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=0, help="The newest N.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    library: LibraryOption = None,
) -> None:
    """List the changes of the library, the newest first.

    A line is the number, the time, how many entries, and the command as it was typed.

    \b
    Example:
      litcli log --limit 5
    """
    kept = transaction.steps(library_path(library))
    steps = kept[::-1][:limit]
    if as_json:
        show.put(jsontext.dumps({"format_version": jsontext.FORMAT_VERSION, "steps": [_shape(step) for step in steps]}))
        return
    if not kept:
        show.say("nothing was changed yet")
    width = max((len(_counts(step)) for step in steps), default=0)
    for step in steps:
        when = step.time.astimezone().strftime("%Y-%m-%d %H:%M")
        undone = "undone: " if step.is_undone else ""
        show.put(f"{step.number:>4}  {when}  {_counts(step):<{width}}  {undone}{cells.line(step.command)}")


def _told(step: Step) -> str:
    return f"{step.number}  {cells.line(step.command)} ({_counts(step)})"


def _counts(step: Step) -> str:
    counts = (
        (step.added, "added"),
        (step.changed, "changed"),
        (step.renamed, "renamed"),
        (step.removed, "removed"),
    )
    return ", ".join(f"{count} {what}" for count, what in counts if count) or "settings"


def _shape(step: Step) -> dict[str, object]:
    return {
        "number": step.number,
        "time": step.time.isoformat(),
        "command": step.command,
        "added": step.added,
        "changed": step.changed,
        "renamed": step.renamed,
        "removed": step.removed,
        "undone": step.is_undone,
    }
