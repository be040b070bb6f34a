"""open, attach: the paper itself, on the web and on the disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from litcli import show, web
from litcli.cli.app import LibraryOption, app, by_keys, library_path, open_library
from litcli.errors import LitError, NotFound, UsageError
from litcli.library import Library, transaction
from litcli.library.edit import Changes
from litcli.text import is_text

_PATIENCE = 3
"""Seconds within which a program that cannot open something says so; one that shows it may run on."""


@app.command("open")
def open_(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The key of an entry, or an older key of it.")],
    file: Annotated[bool, typer.Option("--file", help="Open the attached files instead.")] = False,
    library: LibraryOption = None,
) -> None:
    """Open a paper in the browser, or the files of it.

    The address is that of its DOI, else of its arXiv identifier, else its URL. $BROWSER says
    which browser; otherwise, and for files, the desktop knows.

    \b
    Example:
      litcli open he2024dictionary
      litcli open sun2022blackbox --file
    """
    path = library_path(library)
    entry = by_keys(open_library(library), [key])[0]
    if file:
        from litcli import attachments

        targets = [str(_folder(path) / name) for name in attachments.paths(entry)]
        for target in targets:
            if not os.path.exists(target):  # noqa: PTH110 - Path.exists raises where a name is too long
                raise LitError(f"there is no file {target}", f"litcli attach {entry.key} FILE names another one")
        remedy = f"litcli attach {entry.key} FILE"
    else:
        targets = web.addresses(entry.paper)[:1]
        remedy = f"litcli set {entry.key} url=https://..."
    if not targets:
        what = "attached file" if file else "DOI, arXiv identifier or URL"
        raise NotFound(f"{entry.key} has no {what}", remedy)
    for target in targets:
        show.say(f"opening {target}")
        if not (_opened(target) if file else _browsed(target)):
            what = "tell the desktop which program opens it" if file else "set $BROWSER to the command of your browser"
            raise LitError(f"{target} could not be opened", what)


def _browsed(address: str) -> bool:
    """Whether an address could be handed to the browser that $BROWSER names, else to the desktop's, else to any."""
    import webbrowser

    return (not os.environ.get("BROWSER") and _opened(address)) or webbrowser.open(address)


def _opened(target: str) -> bool:
    """Whether the desktop could open a file or an address."""
    if sys.platform == "win32":
        try:
            os.startfile(target)
        except OSError:
            return False
        return True
    try:
        ran = subprocess.Popen(
            ["open" if sys.platform == "darwin" else "xdg-open", target],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        return ran.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False


def _folder(library: Path) -> Path:
    """The folder that relative paths in a library begin at."""
    return Path(os.path.realpath(library)).parent


@app.command()
def attach(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The key of an entry, or an older key of it.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file on this machine, such as the paper's PDF.")],
    library: LibraryOption = None,
) -> None:
    """Name a file that belongs to an entry.

    The file stays where it is; its path from the library's folder is kept, and check tells when
    it is gone.

    \b
    Example:
      litcli attach sun2022blackbox papers/sun2022.pdf
      litcli open sun2022blackbox --file
    """
    from litcli import attachments

    path = library_path(library)
    if not is_text(str(file)):
        raise UsageError(f"the name of {str(file)!r} is no text in UTF-8", "give the file another name first")
    if not file.is_file():
        raise LitError(f"there is no file {file}", "name a file that is there; litcli keeps its path")
    name = _relative(file.absolute(), _folder(path))

    def change(library: Library) -> tuple[Changes, tuple[str, bool]]:
        entry = by_keys(library, [key])[0]
        new = attachments.attached(entry, name)
        return Changes({entry.key: new}), (entry.key, new != entry)

    found, is_new = transaction.update(path, change)
    show.say(f"{found}: {name}{'' if is_new else ' is attached already'}")


def _relative(file: Path, folder: Path) -> str:
    """The path of a file from a folder; the whole one where there is none, as from one drive to another."""
    try:
        return Path(os.path.relpath(os.path.realpath(file.parent) + os.sep + file.name, folder)).as_posix()
    except ValueError:
        return file.as_posix()
