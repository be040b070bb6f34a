"""What the completion scripts ask for while a person types: keys, tags and query words, without Typer."""

from __future__ import annotations

import sys

from litcli.errors import LitError
from litcli.library import locate, read
from litcli.library.store import Library
from litcli.paper import Entry
from litcli.query import FIELDS, PREFIXES


def answer(arguments: list[str]) -> int:
    """Print the candidates of a kind (`keys`, `tags`, `query`) that begin with a word, a line each; exit code 0 always.

    A key is followed by a tab and its title. Without a library there is nothing to offer, and no message:
    it would land in the middle of what the person types.
    """
    kind, word = (*arguments, "", "")[:2]
    try:
        library = read(locate(None))
    except LitError:
        library = Library()
    for line in _candidates(kind, word, library):
        sys.stdout.write(line + "\n")
    return 0


def _candidates(kind: str, word: str, library: Library) -> list[str]:
    if kind == "keys":
        return [
            f"{entry.key}\t{_title(entry.paper.title)}"
            for entry in library.entries.values()
            if entry.key.lower().startswith(word.lower())
        ]
    names = sorted({tag for entry in library.entries.values() for tag in entry.tags})
    if kind == "tags":
        sign = word[:1] if word[:1] in "+-" else ""
        return [f"{sign or '+'}{tag}" for tag in names if tag.startswith(word[len(sign) :])]
    field, colon, rest = word.partition(":")
    if not colon:
        return [f"{name}:" for name in (*FIELDS, *PREFIXES, "author", "tag") if name.startswith(word)]
    if field in PREFIXES:
        return [f"{field}:{name}" for name in FIELDS if name.startswith(rest)]
    values = {"tag": names, "tags": names, "key": list(library.entries)}.get(field)
    if values is None:
        held = {
            "type": lambda e: e.paper.type,
            "year": lambda e: str(e.paper.year or ""),
            "venue": lambda e: e.paper.venue,
        }.get(field)
        values = sorted({held(entry) for entry in library.entries.values()} - {""}) if held else []
    return [f"{field}:{_quoted(value)}" for value in values if value.startswith(rest.lstrip('"'))]


def _title(text: str) -> str:
    return " ".join(text.split())


def _quoted(value: str) -> str:
    return f'"{value}"' if any(char in value for char in ' ()"') else value


def _held(entry: Entry, field: str) -> str:
    """The value of one of the few fields with few values."""
    paper = entry.paper
    return {"type": paper.type, "year": str(paper.year or ""), "venue": paper.venue}.get(field, "")
