"""What the completion scripts ask for while a person types: keys, tags, fields and query words, without Typer."""

# Pathlib takes longer to import than a completion may.
# ruff: noqa: PTH113

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from litcli.library import Library

_CHOSEN = ("aliases", "edition", "key", "primary_class", "publisher", "series", "tags", "type", "venue", "year")
"""Fields with values that many entries share or that name one, which are worth offering."""


def answer(arguments: list[str]) -> int:
    """Print the candidates of a kind for a word, a line each; exit code 0 always.

    A key (`keys`) is followed by a tab and its title; a tag (`tags`) has the sign, + or -, of the word; `fields` are
    parted by commas, and in an `order` each may have a minus; `query` is a term of a query, and `set` that or
    `field=value`. Without a library there is nothing to offer, and no message: it would land in the middle of what
    the person types.
    """
    kind, word = (*arguments, "", "")[:2]
    sys.stdout.write("".join([f"{line}\n" for line in _candidates(kind, word)]))
    return 0


def _candidates(kind: str, word: str) -> Iterable[str]:
    if kind == "keys":
        return _keys(word)
    if kind == "tags":
        sign = word[:1] if word[:1] in "+-" else ""
        return _matching((sign + tag for tag in _offered("tags").decode().splitlines()), word)
    if kind in ("fields", "order"):
        return _matching(_lists_of_fields(word, signed=kind == "order"), word)
    if kind == "set":
        return _matching(_assignments(word) if "=" in word else [*_query_words(word), *_assignments("")], word)
    return _matching(_query_words(word), word) if kind == "query" else []


def _keys(word: str) -> list[str]:
    """The keys with their titles."""
    told = _offered("keys")
    typed = word.encode("utf-8", "surrogateescape")
    first = 0 if told.startswith(typed) else told.find(b"\n" + typed) + 1
    if first or told.startswith(typed):
        # They are sorted: all that begin with the word stand together.
        last = told.rfind(b"\n" + typed) + 1
        return told[first : told.find(b"\n", max(first, last))].decode().split("\n") if told else []
    lines = told.decode().split("\n")
    return _in_one_case([line for line in lines if line.casefold().startswith(word.casefold())], word)


def _offered(part: str) -> bytes:
    """The `keys` with their titles, or the `tags`, a line each, sorted; by the index alone where that is certain."""
    from litcli import indexfile, paths

    told = indexfile.offered(paths.library(None), {"keys": indexfile.KEYS, "tags": indexfile.TAGS}[part])
    if told is None:
        library = _library()
        tags = {tag for tag in library.found.terms("tags") if tag.isprintable()} if library and part == "tags" else ()
        lines = library.found.offered() if library and part == "keys" else sorted(tags)
        told = "".join([f"{line}\n" for line in lines]).encode()
    return told


def _terms(field: str) -> set[str]:
    return set(library.found.terms(field)) if (library := _library()) else set()


def _library() -> Library | None:
    from litcli import paths

    if not os.path.isfile(paths.library(None)):
        return None
    from litcli.errors import LitError
    from litcli.library import index, locate

    try:
        return index.read(locate(None), always=True)
    except (LitError, OSError):
        return None


def _lists_of_fields(word: str, *, signed: bool) -> Iterator[str]:
    """A list such as `year,title`, with each of the fields in the place of what stands behind its last comma."""
    from litcli.paper import FIELDS

    before, comma, last = word.rpartition(",")
    sign = "-" if signed and last.startswith("-") else ""
    there = {name.removeprefix("-") for name in before.split(",")}
    yield from (f"{before}{comma}{sign}{field}" for field in ("key", *FIELDS) if field not in there)


def _assignments(word: str) -> Iterator[str]:
    """What `set` may be told: `field=`, and behind that the values that entries have there."""
    from litcli import typed
    from litcli.paper import FIELDS

    name, equals, _ = word.partition("=")
    if not equals:
        yield from (f"{field}=" for field in FIELDS if typed.is_settable(field))
    elif name in _CHOSEN:
        yield from (f"{name}={value}" for value in _terms(name))


def _query_words(word: str) -> Iterator[str]:
    """The terms that a word may become: `field:`, and behind a field the values that entries have there."""
    from litcli import query

    shown = {str(query.Has(field)).removeprefix("has:"): field for field in query.FIELDS}
    name, colon, _ = word.partition(":")
    if not colon:
        yield from (f"{name}:" for name in sorted((*shown, *query.PREFIXES, query.SAVED)))
    elif name.lower() == query.SAVED:
        library = _library()
        yield from (f"{name}:{saved}" for saved in (query.saved(library.head) if library else ()))
    elif name.lower() in query.PREFIXES:
        yield from (f"{name}:{field}" for field in sorted(shown))
    else:
        field = shown.get(name.lower(), name.lower())
        for value in _terms(field) if field in (*_CHOSEN, "authors", "editors") else ():
            # A term of the query language writes its value with quotes where it needs them.
            yield f"{name}:{str(query.Word(field, value)).partition(':')[2]}"


def _matching(words: Iterable[str], typed: str) -> list[str]:
    """The words, sorted, that begin with what is typed, its quote perhaps not typed yet; else those in another case.

    A shell puts what they begin with in the place of what is typed, so that must not be shorter.
    """
    known = sorted({word for word in words if word.isprintable()})
    found = [word for word in known if word.startswith(typed) or word.replace('"', "", 1).startswith(typed)]
    if found:
        return found
    bare = typed.replace('"', "", 1).casefold()
    return _in_one_case([word for word in known if word.replace('"', "", 1).casefold().startswith(bare)], typed)


def _in_one_case(found: list[str], typed: str) -> list[str]:
    return found if len({word[: len(typed)] for word in found}) == 1 else []
