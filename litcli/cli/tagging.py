"""tag, tags: the reader's own labels."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

import typer

from litcli import jsontext, show
from litcli.cli.app import LibraryOption, app, library_path, open_library, select
from litcli.cli.commands import Command
from litcli.errors import NotFound, UsageError
from litcli.library import Library, transaction
from litcli.library.edit import Changes
from litcli.paper import Entry
from litcli.text import fold, is_text, squeeze

_QUERY = "litcli.query"


class _Separated(Command):
    """Keeps what stands behind `--` apart, so that a query there may begin with a sign."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if "--" in args:
            at = args.index("--")
            ctx.meta[_QUERY] = args[at + 1 :]
            args = args[:at]
        args = [part for word in args for part in _spelled_out(word)]
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed


def _spelled_out(word: str) -> tuple[str, ...]:
    """The options that `-L` and `-h` are elsewhere; `-Later` and `-hello` are tags to remove, `-Llib.toml` is none."""
    if word == "-h":
        return ("--help",)
    if word.startswith("-L") and (word == "-L" or word.endswith(".toml") or "/" in word):
        return ("--library", word[2:]) if word[2:] else ("--library",)
    return (word,)


def checked(tag: str) -> str:
    """A tag as it is kept; raises UsageError for one that is empty, is no text, or begins with a sign."""
    name = squeeze(tag)
    if not name or name[0] in "+-" or not is_text(name):
        raise UsageError(f"{tag!r} is not a tag", "a tag is a word or a few, and does not begin with + or -")
    return name


@dataclass(frozen=True, slots=True)
class _Step:
    """Tags to add and to remove, and the query that says where."""

    add: frozenset[str]
    drop: frozenset[str]
    terms: list[str]

    def tagged(self, entry: Entry) -> Entry:
        return replace(entry, tags=tuple(sorted({*entry.tags, *self.add} - self.drop)))


def _step(words: Sequence[str], behind: Sequence[str]) -> _Step:
    """What the words of a command say, with those behind `--`; raises UsageError."""
    count = next((n for n, word in enumerate(words) if word[:1] not in "+-" or len(word) < 2), len(words))
    changes, terms = words[:count], [*words[count:], *behind]
    if not changes:
        raise UsageError("no tag is named", "litcli tag +new -old -- QUERY")
    if not "".join(terms).strip():
        raise UsageError("no query says which entries", "litcli tag +new -- QUERY; '*' stands for all of them")
    if option := next((word for word in words if word.startswith("--")), ""):
        raise UsageError(f"no such option: {option}", "litcli tag --help shows what there is")
    if late := next((word for word in words[count:] if word[:1] in "+-" and len(word) > 1), ""):
        raise UsageError(f"{late} stands behind the query", "litcli tag +new -old -- QUERY")
    add = frozenset(checked(word[1:]) for word in changes if word[0] == "+")
    drop = frozenset(checked(word[1:]) for word in changes if word[0] == "-")
    if add & drop:
        raise UsageError(f"{min(add & drop)!r} is both added and removed", "leave one of the two out")
    return _Step(add, drop, terms)


def _batch(lines: Iterable[str]) -> Iterator[_Step]:
    """The steps of lines such as `+new -old -- QUERY`, empty ones and those that begin with # left out."""
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        before, dashes, query = f" {line.strip()} ".partition(" -- ")
        try:
            # A query is taken as it stands: its quotes are its own.
            yield _step(before.split(), [query.strip()] if dashes else [])
        except UsageError as error:
            raise UsageError(f"standard input:{number}: {error.message}", error.hint) from None


@app.command(cls=_Separated, context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
def tag(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="+TAG|-TAG... [--] QUERY...", help="Tags to add (+) and to remove (-), then which entries."
        ),
    ] = None,
    batch: Annotated[bool, typer.Option("--batch", help="Read the same from standard input, one a line.")] = False,
    rename: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--rename", metavar="OLD NEW", help="Give a tag another name, wherever it is.", show_default=False
        ),
    ] = None,
    library: Annotated[str | None, typer.Option("--library", metavar="FILE", help="The library to use.")] = None,
) -> None:
    """Add tags to entries and remove them.

    With --batch, all lines are done or none: a mistake in one is named by its number.

    \b
    Example:
      litcli tag +toread -- author:gao year:2024
      litcli tag +done -toread sun2022blackbox
      litcli tag +2026 -- added:1d..
      litcli tag --rename toread reading
      echo '+classic -- year:..2015' | litcli tag --batch
    """
    given = [*(words or []), *context.meta.get(_QUERY, [])]
    if ((batch or rename) and given) or (batch and rename):
        raise UsageError("--batch and --rename take no other tags or queries", "give them one at a time")
    steps = [] if rename else list(_batch(sys.stdin)) if batch else [_step(words or [], context.meta.get(_QUERY, []))]
    old, new = map(checked, rename or ("old", "new"))

    def change(library: Library) -> tuple[Changes, tuple[int, int]]:
        after = _renamed(library, old, new) if rename else _tagged(library, steps)
        changed = {key: entry for key, entry in after.items() if entry != library.entries[key]}
        return Changes(changed), (len(after), len(changed))

    found, changed = transaction.update(library_path(library), change)
    if not found and (rename or steps):
        raise NotFound(f"no entry has the tag {old}" if rename else "no entry matches")
    show.say(f"{found} {'entry matches' if found == 1 else 'entries match'}, {changed} changed")


def _tagged(library: Library, steps: Iterable[_Step]) -> dict[str, Entry]:
    """The entries that steps find, as they leave them; each looks at what the earlier ones made."""
    after: dict[str, Entry] = {}
    for step in steps:
        found = [entry for entry in select(library, step.terms) if entry.key not in after]
        found += select(Library(after, library.head), step.terms) if after else []
        after |= {entry.key: step.tagged(entry) for entry in found}
    return after


def _renamed(library: Library, old: str, new: str) -> dict[str, Entry]:
    """The entries with a tag, spelled just so, under its new name."""
    step = _Step(frozenset((new,)), frozenset((old,)) - {new}, [])
    return {key: step.tagged(entry) for key, entry in library.entries.items() if old in entry.tags}


@app.command()
def tags(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    library: LibraryOption = None,
) -> None:
    """List the tags there are, with how many entries have each.

    \b
    Example:
      litcli tags
    """
    counted = Counter(open_library(library).found.terms("tags"))
    rows = sorted(counted.items(), key=lambda row: (fold(row[0]), row[0]))
    if as_json:
        show.put(jsontext.dumps({"format_version": jsontext.FORMAT_VERSION, "tags": dict(rows)}))
        return
    show.counts(rows)
    if not rows:
        show.say("no entry has a tag")
