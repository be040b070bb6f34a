"""set, edit, note, remove: changing entries by hand."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from litcli import cells, duplicates, show
from litcli.cli import editor
from litcli.cli.app import LibraryOption, app, by_keys, library_path, open_library, select
from litcli.errors import LitError, LockedError, NotFound, UsageError
from litcli.library import Library, store, transaction
from litcli.library.edit import Changes
from litcli.near import near
from litcli.paper import FIELDS, Entry
from litcli.text import is_text

if TYPE_CHECKING:
    from litcli.editing import Block

T = TypeVar("T")

DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Say what would happen and change nothing.")]
_TRIES = 20
"""How often a text with mistakes is opened again: an editor that is a script may never mend them."""


def carry_out(path: Path, change: Callable[[Library], tuple[Changes, T]], dry_run: bool) -> T:
    """The result of a change, which is made unless it is a dry run."""
    return change(store.read(path))[1] if dry_run else transaction.update(path, change)


@app.command("set")
def set_(
    words: Annotated[
        list[str], typer.Argument(metavar="QUERY... FIELD=VALUE...", help="Which entries, then their new values.")
    ],
    dry_run: DryRunOption = False,
    library: LibraryOption = None,
) -> None:
    """Set fields of entries, or remove them.

    FIELD= with nothing behind it removes the field. Names are joined by "and"; a link is set as
    links.code=URL, a field that litcli has no name for as fields.annote=TEXT. A value that the
    field cannot hold is refused. With --dry-run each change is printed: key, field, old and new
    value, tabs between.

    \b
    Example:
      litcli set sun2022blackbox year=2022 venue=ICML
      litcli set sun2022blackbox 'authors=Tianxiang Sun and Yunfan Shao'
      litcli set venue:ICML 'venue=Proc. of ICML' --dry-run
    """
    from litcli import typed

    assignments = [typed.parse(word) for word in words if typed.is_assignment(word)]
    terms = [word for word in words if not typed.is_assignment(word)]
    if not assignments:
        raise UsageError("no field is set", "litcli set QUERY field=value")
    if not "".join(terms).strip():
        raise UsageError("no query says which entries", "litcli set QUERY field=value; '*' stands for all of them")

    def changed(entry: Entry) -> Entry:
        for assignment in assignments:
            entry = assignment.apply(entry)
        return entry

    def change(library: Library) -> tuple[Changes, tuple[list[Entry], list[Entry]]]:
        before = select(library, terms)
        after = [changed(entry) for entry in before]
        return Changes({entry.key: entry for entry in after}), (before, after)

    before, after = carry_out(library_path(library), change, dry_run)
    if not before:
        raise NotFound("no entry matches")
    names = list(dict.fromkeys(assignment.field for assignment in assignments))
    differing = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    for old, new in differing if dry_run else ():
        for name in names:
            values = [cells.row(entry, [name]) for entry in (old, new)]
            if values[0] != values[1]:
                show.put("\t".join((show.safe(old.key), name, *values)))
    told = "would change (nothing written: --dry-run)" if dry_run else "changed"
    show.say(f"{len(before)} {'entry matches' if len(before) == 1 else 'entries match'}, {len(differing)} {told}")


@app.command()
def remove(
    query: Annotated[list[str], typer.Argument(metavar="QUERY...", help="Which entries; see 'litcli help query'.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: DryRunOption = False,
    library: LibraryOption = None,
) -> None:
    """Remove entries from the library; litcli undo brings them back.

    They are listed, and removed once you say yes, or with --yes.

    \b
    Example:
      litcli remove sun2022blackbox
      litcli remove tag:rejected --yes
    """
    if not "".join(query).strip():
        raise UsageError("the query is empty", "'*' stands for all entries")
    path = library_path(library)
    found = select(open_library(library), query)
    if not found:
        raise NotFound("no entry matches")
    tell = show.put if dry_run else show.say
    for entry in found:
        tell(cells.row(entry, ("key", "title")))
    count = f"{len(found)} {'entry' if len(found) == 1 else 'entries'}"
    if dry_run:
        show.say(f"{count} would be removed (nothing written: --dry-run)")
        return
    if not yes and not asked(f"remove {count}?", "--yes removes without asking"):
        show.say("nothing was removed")
        raise typer.Exit(1)

    def change(library: Library) -> tuple[Changes, int]:
        # What was shown is removed, and nothing that came since.
        gone = [entry.key for entry in found if library.entries.get(entry.key) == entry]
        return duplicates.following(library, dict.fromkeys(gone), {}), len(found) - len(gone)

    spared = transaction.update(path, change)
    show.say(f"removed {count}" if not spared else f"{spared} changed meanwhile and stayed, the others are removed")


def asked(question: str, instead: str) -> bool:
    """The answer to a yes-or-no question; raises UsageError, with the option that answers, without a terminal."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(f"no terminal to ask on: {question}", instead)
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


@app.command()
def edit(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The key of an entry, or an older key of it.")],
    library: LibraryOption = None,
) -> None:
    """Edit an entry as TOML in $VISUAL or $EDITOR.

    The entry's block of the library file opens, comments included, and stays as you leave it. A
    text with a mistake opens again with the error on top; an emptied one changes nothing. Another
    key in the first line renames the entry, and the old key stays an alias.

    \b
    Example:
      litcli edit sun2022blackbox
      EDITOR='code --wait' litcli edit sun2022blackbox
    """
    from litcli import editing

    path = library_path(library)
    kept = store.read(path)
    old = by_keys(kept, [key])[0]
    shown = editing.shown(kept, old.key)
    with editor.draft(f"{old.key}.toml", shown) as draft:
        block = _edited(draft, kept, old.key)
        if block is None or block.text == shown:
            show.say("nothing was changed")
            return
        transaction.update(path, lambda library: (editing.put(library, old.key, shown, block), None))
    new = block.entry
    for name in new.paper.fields.keys() - old.paper.fields.keys():
        if meant := near(name, FIELDS):
            show.say(f"note: {name} is none of litcli's own fields ({meant}); it is kept as it stands")
    show.say(f"changed {new.key}" if new.key == old.key else f"changed {new.key}, which was {old.key}")


def _edited(draft: editor.Draft, kept: Library, key: str) -> Block | None:
    """The block that a draft becomes, None where it is emptied; raises LitError where its mistakes are left in it."""
    from litcli import editing, renaming

    error: LitError | None = None
    for _ in range(_TRIES):
        before = draft.read()
        text = draft.edited()
        if error and text == before:
            break
        try:
            block = editing.read(draft.path, text)
            if block:
                renaming.put(kept, {key: block.entry})
            return block
        except LitError as found:
            returned, error = editing.returned(draft.path, text, found)
            draft.write(returned)
    assert error is not None  # the first time round nothing is left as it is
    raise error


@app.command()
def note(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The key of an entry, or an older key of it.")],
    text: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT]...", help="Words to add as a paragraph.", show_default=False)
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Write your own note on an entry.

    Without TEXT the note opens in $VISUAL or $EDITOR; TEXT is added to it as a paragraph.

    \b
    Example:
      litcli note sun2022blackbox
      litcli note sun2022blackbox compare with prefix tuning
    """
    path = library_path(library)
    if text is not None:
        found = transaction.update(path, lambda library: _noted(library, key, _added(" ".join(text))))
    else:
        old = by_keys(open_library(library), [key])[0]
        with editor.draft(f"{old.key}.txt", old.note and old.note + "\n") as draft:
            new = _lines(draft.edited())

            def changed(note: str) -> str:
                if note != old.note:
                    raise LockedError(f"the note on {old.key} was changed meanwhile", "look at it and edit it again")
                return new

            found = transaction.update(path, lambda library: _noted(library, old.key, changed))
    show.say(f"the note on {found} is kept" if found else "nothing was changed")


def _noted(library: Library, key: str, changed: Callable[[str], str]) -> tuple[Changes, str]:
    """The change of a note, and the key of its entry, "" where the note stays as it was."""
    entry = by_keys(library, [key])[0]
    new = replace(entry, note=changed(entry.note))
    return (Changes({entry.key: new}), entry.key) if new != entry else (Changes(), "")


def _added(words: str) -> Callable[[str], str]:
    """What adds a paragraph to a note."""
    return lambda note: "\n\n".join(filter(None, (note, _lines(words))))


def _lines(text: str) -> str:
    """A note as it is kept: no blank lines around it, no blanks behind its lines."""
    if not is_text(text):
        raise UsageError("the note must be text in UTF-8", "the terminal or the editor seems to use another encoding")
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
