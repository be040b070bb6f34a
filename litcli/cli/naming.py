"""keys, rename: the keys that entries are cited by."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from litcli import renaming, show
from litcli.cli.app import LibraryOption, QueryArgument, app, by_keys, library_path, open_library, select
from litcli.cli.changing import DryRunOption, carry_out
from litcli.errors import LitError, NotFound, UsageError
from litcli.library import Library
from litcli.library.edit import Changes

if TYPE_CHECKING:
    from litcli.keys import Pattern


@app.command("keys")
def keys_(
    query: QueryArgument = None,
    pattern: Annotated[
        str | None,
        typer.Option(
            "--pattern",
            metavar="PATTERN",
            help="Such as [auth:lower][year], or scholar, bbt, jabref [default: the library's own].",
            show_default=False,
        ),
    ] = None,
    dry_run: DryRunOption = False,
    library: LibraryOption = None,
) -> None:
    """Give entries new keys by a pattern; without a query, all of them.

    The old ones stay as aliases. A key that fits the pattern already, with a letter that tells it
    from another, stays. The old and the new keys are printed, a tab between. 'litcli help keys'
    tells what a pattern is.

    \b
    Example:
      litcli keys --dry-run
      litcli keys key:/^ref/ --pattern '[auth][year]'
      litcli keys tag:thesis --pattern bbt
    """
    from litcli import keys

    if query and not "".join(query).strip():
        raise UsageError("the query is empty", "leave it out, or write '*', for all entries")
    chosen = None if pattern is None else keys.parse(pattern)

    def change(library: Library) -> tuple[Changes, tuple[int, dict[str, str]]]:
        found = [entry.key for entry in select(library, query)]
        names = _new_names(library, found, chosen or keys.of_library(library.head))
        return renaming.rename(library, names), (len(found), names)

    found, names = carry_out(library_path(library), change, dry_run)
    if not found:
        raise NotFound("no entry matches")
    for old, new in names.items():
        show.put(f"{show.safe(old)}\t{new}")
    told = "would change (nothing written: --dry-run)" if dry_run else "changed"
    show.say(f"{found} {'entry matches' if found == 1 else 'entries match'}, {len(names)} {told}")


def _new_names(library: Library, found: list[str], pattern: Pattern) -> dict[str, str]:
    """The keys that change, with what they become: an older key that fits, else one that was nobody's."""
    from litcli import keys

    taken = {name.lower() for name, _ in renaming.names(library)}
    free = keys.Free(taken)
    names = {}
    for key in found:
        entry = library.entries[key]
        stem = pattern.key(entry.paper)
        own = (name.lower() for name in (key, *entry.aliases))
        fitting = next((name for name in own if keys.fits(name, stem.lower(), taken)), None)
        new = free(stem) if fitting is None else stem + fitting[len(stem) :]
        taken.add(new.lower())
        if new != key:
            names[key] = new
    return names


@app.command()
def rename(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The key of an entry, or an older key of it.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new key.")],
    more: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help="Further documents behind --tex FILE.", show_default=False),
    ] = None,
    tex: Annotated[
        list[str] | None,
        typer.Option(
            "--tex",
            metavar="FILE",
            help="Rewrite the citations in these documents too ('src/*.tex'); may be repeated.",
            show_default=False,
        ),
    ] = None,
    dry_run: DryRunOption = False,
    library: LibraryOption = None,
) -> None:
    """Give an entry another key; the old one stays as an alias.

    With --tex the key, and each alias, changes in the citations of .tex and Markdown files too,
    and nowhere else in them. Each file is kept as FILE.bak first; if anything fails, neither they
    nor the library change. What changes is printed: file, line, the old and the new key. litcli
    undo takes the library back, not the documents: those stand in the .bak files.

    \b
    Example:
      litcli rename sun2022blackbox sun2022bbt
      litcli rename sun2022blackbox sun2022bbt --tex 'src/*.tex' --dry-run
    """
    from litcli import rewriting

    if more and not tex:
        raise UsageError(f"{more[0]!r} is one word too many", "documents are named behind --tex")
    path = library_path(library)
    entry = by_keys(open_library(library), [old])[0]
    names = {name: new for name in (entry.key, *entry.aliases) if name != new}
    documents, elsewhere = rewriting.rewrite(_files([*(tex or []), *(more or [])]), names)

    def change(library: Library) -> tuple[Changes, None]:
        return renaming.rename(library, {by_keys(library, [entry.key])[0].key: new}), None

    with contextlib.nullcontext() if dry_run else rewriting.written(documents):
        carry_out(path, change, dry_run)
    citations = [citation for document in documents for citation in document.citations]
    for citation in citations:
        show.put(show.safe(f"{citation.file}:{citation.line}: {citation.key} -> {new}"))
    for citation in elsewhere:
        show.say(f"note: {citation.file}:{citation.line} cites {citation.key} too; name the file to have it rewritten")
    count = f"{len(citations)} {'citation' if len(citations) == 1 else 'citations'}"
    told = f", {count} in {len(documents)} {'file' if len(documents) == 1 else 'files'}" if tex else ""
    show.say(f"{entry.key} -> {new}{told}{' (nothing written: --dry-run)' if dry_run else ''}")


def _files(patterns: list[str]) -> list[Path]:
    """The files that some names mean, wild cards as the shell has them; raises LitError for one that means none."""
    import glob

    found: dict[Path, None] = {}
    for pattern in patterns:
        # A name is taken as it stands first: a bracket may be a part of it.
        names = [pattern] if Path(pattern).is_file() else glob.glob(pattern, recursive=True)  # noqa: PTH207
        files = [Path(name) for name in sorted(names) if Path(name).is_file()]
        if not files:
            raise LitError(f"there is no file {pattern}", "nothing was renamed")
        found.update(dict.fromkeys(files))
    return list(found)
