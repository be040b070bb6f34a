"""Which entries a query may match, told without making them: by the text of a block, and by the index.

What a query says is decided by the query; here is what saves asking it. One of a kind that is not known here may match
anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from litcli import query
from litcli.query import And, Everything, Has, Not, Or, Query, Range, Saved, Word
from litcli.text import ascii_fold, fold, has_cjk, tokens

# --- by the text of a block -------------------------------------------------------------------------------


def folded(block: str) -> str:
    """A block's text as it is searched: folded, without the braces that hold parts of a name together."""
    return ascii_fold(block).casefold().replace("{", "").replace("}", "")


def is_spelled(block: str) -> bool:
    """Whether a block spells characters by their numbers, so that its text does not hold its values as they are."""
    return "\\" in block and ("\\u" in block or "\\U" in block)


_SPELLED = frozenset('"\\\b\t\n\f\r')
"""What a string of TOML spells in its own way (1.0.0, "String"), control characters that `is_spelled` finds aside."""
_UNSAID = ("type", "versions")
"""Fields with values that a block does not hold as they are: the usual type, and what stands in lists of lists."""


def may_match(wanted: Query) -> Callable[[str], bool]:
    """Tells whether a query may match an entry whose folded text holds its values as they are."""
    match wanted:
        case Word(field, text) if field not in _UNSAID:
            words = [folded(text)] if field in query.WHOLE and _SPELLED.isdisjoint(text) else tokens(text)
            return lambda block: all(word in block for word in words)
        case And(queries):
            parts = list(map(may_match, queries))
            return lambda block: all(part(block) for part in parts)
        case Or(queries):
            parts = list(map(may_match, queries))
            return lambda block: any(part(block) for part in parts)
        case Saved(_, within):
            return may_match(within)
    return lambda _: True


# --- by the index -----------------------------------------------------------------------------------------

HELD = tuple(query.FIELDS)
"""The fields whose presence the index knows, in the order of the bits."""
WORDS = ("title", "authors", "venue")
"""The fields whose words it knows."""
NAMES = ("key", "tags", "type")
"""The fields of which it knows what they hold as a whole."""
_APART = " \N{SYMBOL FOR NULL} "
"""A word that no value has, so that no phrase reaches from one value to the next."""


def words_of(values: Sequence[str]) -> str:
    """The words of values, for FTS5 to part at the blanks."""
    return _APART.join(" ".join(tokens(value)) for value in values)


def names_of(values: Sequence[str]) -> str:
    """Values that are looked for as a whole, each as one word."""
    return " ".join(map(_name, values))


def _name(value: str) -> str:
    return fold(value).encode("utf-8", "surrogatepass").hex()


class Condition(NamedTuple):
    """A condition of SQL on the index, and whether it holds for just those entries that the query matches.

    One that is not exact holds for others too.
    """

    sql: str
    values: tuple[str | int, ...] = ()
    exact: bool = True


EVERY = Condition("1")
ANY = Condition("1", exact=False)
_YEAR = re.compile(r"\d{1,9}")


def condition(wanted: Query) -> Condition:
    """The condition of a query."""
    match wanted:
        case Everything():
            return EVERY
        case Word("year", text) if _YEAR.fullmatch(text) and str(int(text)) == text:
            return Condition("year_number = ?", (int(text),))
        case Word(field, text):
            return _word([field] if field else query.ANYWHERE, text)
        case Range("year", low, high) if all(not bound or _YEAR.fullmatch(bound) for bound in (low, high)):
            return _years(low, high)
        case Has(field):
            return Condition("held & ?", (1 << HELD.index(field),))
        case Not(within):
            part = condition(within)
            return Condition(f"NOT ({part.sql})", part.values) if part.exact else ANY
        case And(queries):
            return _joined(" AND ", list(map(condition, queries)))
        case Or(queries):
            return _joined(" OR ", list(map(condition, queries)))
        case Saved(_, within):
            return condition(within)
    return ANY


def _joined(by: str, parts: Sequence[Condition]) -> Condition:
    return Condition(
        by.join(f"({part.sql})" for part in parts),
        tuple(value for part in parts for value in part.values),
        all(part.exact for part in parts),
    )


def _word(fields: Sequence[str], text: str) -> Condition:
    """The same tests as the query's own, on what `words_of` and `names_of` made of the values."""
    words = tokens(text)
    # Chinese and the like match as a piece of a value; so does what is no word.
    if not words or has_cjk(text) or not set(fields) <= {*WORDS, *NAMES}:
        return ANY
    spoken = " ".join(field for field in fields if field in WORDS)
    named = " ".join(field for field in fields if field in NAMES)
    parts = [f'{{{spoken}}} : "{" ".join(words)}"'] * bool(spoken) + [f'{{{named}}} : "{_name(text)}"'] * bool(named)
    return Condition("entry IN (SELECT rowid FROM words WHERE words MATCH ?)", (" OR ".join(parts),))


def _years(low: str, high: str) -> Condition:
    bounds = [(sign, int(bound)) for sign, bound in ((">=", low), ("<=", high)) if bound]
    return Condition(
        " AND ".join(["year_number IS NOT NULL", *(f"year_number {sign} ?" for sign, _ in bounds)]),
        tuple(bound for _, bound in bounds),
    )
