"""cite-check: what documents cite, and what the library has of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from litcli import show
from litcli.cli.app import LibraryOption, aliases, app, library_path, open_library
from litcli.errors import Exit
from litcli.library import Library, store
from litcli.near import near

if TYPE_CHECKING:
    from litcli.cited import Resolution


def resolve(files: list[str], library: Library) -> Resolution:
    """What the citations of documents come to in a library; what could not be followed in them is told."""
    from litcli import cited, latex

    documents = [latex.cited(file) for file in files]
    for document in documents:
        for problem in document.problems:
            show.say(f"note: {problem}")
    every = any(document.everything for document in documents)
    found = library.found
    return cited.resolve(documents, list(found.values()) if every else cited.among(documents, found.answering))


def told(found: Resolution, library: Library) -> Iterator[str]:
    """A line for each citation that no entry answers, with the keys that are near."""
    names = [*library.entries, *aliases(library)] if found.missing else []
    for citation in found.missing:
        hint = near(citation.key, names)
        yield f"{citation.file}:{citation.line}: missing: {citation.key}" + (f" ({hint})" if hint else "")
    for citation, right in found.misspelt:
        yield f"{citation.file}:{citation.line}: case mismatch: {citation.key} is {right} in the library"


@app.command("cite-check")
def cite_check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=".tex, .aux, .bcf or Markdown files.")],
    library: LibraryOption = None,
) -> None:
    """Compare what documents cite with the library.

    Citations that no entry answers come first, with the nearest key, then entries that nothing
    cites. Exit 1 if a citation has no entry.

    \b
    Example:
      litcli cite-check paper.tex
      litcli cite-check paper.aux notes.md
    """
    path = library_path(library)
    kept = open_library(library)
    found = resolve(files, kept)
    for line in told(found, kept):
        show.put(show.safe(line))
    used = {entry.key for entry, _ in found.found}
    unused = [key for key in kept.entries if key not in used]
    places = store.lines(path) if unused else {}
    for key in unused:
        show.put(show.safe(f"{path}:{places.get(key, 1)}: unused: {key}"))
    wrong = len(found.missing) + len(found.misspelt)
    show.say(f"{len(used)} cited, {wrong} without an entry of that name, {len(unused)} never cited")
    if wrong:
        raise typer.Exit(Exit.NO)
