"""help: texts on a subject rather than on a command."""

from __future__ import annotations

from importlib import resources
from typing import Annotated

import typer

from litcli import show
from litcli.cli.app import app
from litcli.cli.commands import GROUPS
from litcli.errors import UsageError

TOPICS = ("query", "keys", "export", "import", "library")


def topic(name: str) -> str:
    """The text on a subject; lines that begin with `$` after their indent are examples that work."""
    return resources.files("litcli").joinpath("topics", f"{name}.txt").read_text("utf-8")


@app.command("help")
def help_(
    name: Annotated[
        str, typer.Argument(metavar="[TOPIC]", help="query, keys, export, import or library.", show_default=False)
    ] = "",
) -> None:
    """Explain a subject: query, keys, export, import or library.

    \b
    Example:
      litcli help query
    """
    if not name:
        show.put("litcli help TOPIC explains a subject, litcli COMMAND --help a command.\n")
        for each in TOPICS:
            show.put(f"  {each:<9}{topic(each).partition('.')[0].replace(chr(10), ' ')}.")
        return
    if name in TOPICS:
        show.put(topic(name), end="")
        return
    if any(name in names for names in GROUPS.values()):
        raise UsageError(f"{name} is a command, not a subject", f"litcli {name} --help explains it")
    raise UsageError(f"there is no help on {name!r}", f"the subjects are {', '.join(TOPICS)}")
