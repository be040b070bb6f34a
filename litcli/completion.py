"""What the completion scripts ask for while a person types: keys, tags and query words, without Typer."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from litcli.errors import LitError

if TYPE_CHECKING:
    from litcli.paper import Entry

_CHOSEN = ("aliases", "edition", "key", "primary_class", "publisher", "series", "tags", "type", "venue", "year")
"""Fields with values that many entries share or that name one, which are worth offering."""


def answer(arguments: list[str]) -> int:
    """Print the candidates of a kind (`keys`, `tags`, `query`) for a word, a line each; exit code 0 always.

    A key is followed by a tab and its title; a tag has the sign (+ or -) of the word. Without a library there is
    nothing to offer, and no message: it would land in the middle of what the person types.
    """
    kind, word = (*arguments, "", "")[:2]
    for line in _candidates(kind, word):
        sys.stdout.write(line + "\n")
    return 0


def _candidates(kind: str, word: str) -> Iterable[str]:
    if kind == "keys":
        from litcli.text import squeeze

        titles = {entry.key: squeeze(entry.paper.title) for entry in _entries()}
        return [f"{key}\t{titles[key]}" for key in _matching(titles, word)]
    if kind == "tags":
        sign = word[:1] if word[:1] in "+-" else ""
        return _matching((sign + tag for entry in _entries() for tag in entry.tags), word)
    return _matching(_query_words(word), word) if kind == "query" else []


def _entries() -> Iterable[Entry]:
    from litcli.library import locate, read

    try:
        return read(locate(None)).entries.values()
    except (LitError, OSError):
        return []


def _query_words(word: str) -> Iterator[str]:
    """The terms that a word may become: `field:`, and behind a field the values that entries have there."""
    from litcli import query

    shown = {str(query.Has(field)).removeprefix("has:"): field for field in query.FIELDS}
    name, colon, _ = word.partition(":")
    if not colon:
        yield from (f"{name}:" for name in sorted((*shown, *query.PREFIXES)))
    elif name.lower() in query.PREFIXES:
        yield from (f"{name}:{field}" for field in sorted(shown))
    else:
        field = shown.get(name.lower(), name.lower())
        for entry in _entries():
            for value in _values(entry, field):
                # A term of the query language writes its value with quotes where it needs them.
                yield f"{name}:{str(query.Word(field, value)).partition(':')[2]}"


def _values(entry: Entry, field: str) -> Iterable[str]:
    if field in ("authors", "editors"):
        return [person.family for person in getattr(entry.paper, field) if person.family]
    if field not in _CHOSEN:
        return []
    from litcli import query

    return query.values(entry, field)


def _matching(words: Iterable[str], typed: str) -> list[str]:
    """The words, sorted, that begin with what is typed, its quote perhaps not typed yet; else those in another case.

    A shell puts what they begin with in the place of what is typed, so that must not be shorter.
    """
    known = sorted({word for word in words if word.isprintable()})
    found = [word for word in known if word.startswith(typed) or word.replace('"', "", 1).startswith(typed)]
    if found:
        return found
    bare = typed.replace('"', "", 1).casefold()
    found = [word for word in known if word.replace('"', "", 1).casefold().startswith(bare)]
    return found if len({word[: len(typed)] for word in found}) == 1 else []
