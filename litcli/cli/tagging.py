"""tag, tags: the reader's own labels."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from litcli import jsontext, show
from litcli.cli.app import LibraryOption, app, library_path, open_library, select
from litcli.errors import NotFound, UsageError
from litcli.library import Library, transaction
from litcli.library.edit import Changes
from litcli.text import fold, squeeze

_QUERY = "litcli.query"


class _Separated(TyperCommand):
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
    if not name or name[0] in "+-" or not _is_text(name):
        raise UsageError(f"{tag!r} is not a tag", "a tag is a word or a few, and does not begin with + or -")
    return name


def _is_text(name: str) -> bool:
    """Whether a word of the command line is text: bytes that are none reach Python as lone surrogates."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


@app.command(cls=_Separated, context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
def tag(
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="+TAG|-TAG... [--] QUERY...", help="Tags to add (+) and to remove (-), then which entries."
        ),
    ],
    library: Annotated[str | None, typer.Option("--library", metavar="FILE", help="The library to use.")] = None,
) -> None:
    """Add tags to entries and remove them.

    \b
    Example:
      litcli tag +toread -- author:gao year:2024
      litcli tag +done -toread sun2022blackbox
      litcli tag +2026 -- added:1d..
    """
    count = next((n for n, word in enumerate(words) if word[:1] not in "+-" or len(word) < 2), len(words))
    changes, terms = words[:count], [*words[count:], *context.meta.get(_QUERY, [])]
    if not changes:
        raise UsageError("no tag is named", "litcli tag +new -old -- QUERY")
    if not "".join(terms).strip():
        raise UsageError("no query says which entries", "litcli tag +new -- QUERY; '*' stands for all of them")
    add = {checked(word[1:]) for word in changes if word[0] == "+"}
    drop = {checked(word[1:]) for word in changes if word[0] == "-"}
    if add & drop:
        raise UsageError(f"{min(add & drop)!r} is both added and removed")

    def change(library: Library) -> tuple[Changes, tuple[int, int]]:
        found = select(library, terms)
        new = {entry.key: replace(entry, tags=tuple(sorted({*entry.tags, *add} - drop))) for entry in found}
        return Changes(new), (len(found), sum(new[entry.key] != entry for entry in found))

    found, changed = transaction.update(library_path(library), change)
    if not found:
        raise NotFound("no entry matches")
    show.say(f"{found} {'entry matches' if found == 1 else 'entries match'}, {changed} changed")


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
    counted = Counter(name for entry in open_library(library).entries.values() for name in entry.tags)
    rows = sorted(counted.items(), key=lambda row: (fold(row[0]), row[0]))
    if as_json:
        show.put(jsontext.dumps({"format_version": jsontext.FORMAT_VERSION, "tags": dict(rows)}))
    else:
        show.counts(rows)
