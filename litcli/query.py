"""The query language (design, section 5): text -> a small algebra over entries; `str` gives the text back."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from litcli import dates, ids, layout, names, paper
from litcli.errors import UsageError
from litcli.near import near
from litcli.paper import Entry
from litcli.text import fold, has_cjk, tokens

ANYWHERE = ("title", "authors", "venue", "key", "tags")
"""Where a bare word looks."""
WHOLE = frozenset(("key", "type", "tags", "aliases", "doi", "arxiv", "primary_class", "isbn"))
"""Fields whose values are names: a word must be the whole value, not a word in it."""
_RANGED = frozenset(("year", "date", "added", "volume", "number"))
FIELDS = tuple(sorted({"key", *paper.FIELDS}))
PREFIXES = ("has", "no")
SAVED = "query"
"""What stands before the name of a query that is kept in the library, in its `[settings.queries]`."""

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<open>\() | (?P<close>\)) |
      (?P<term>
        (?:(?P<field>[^\W\d]\w*)[:：])?
        (?: "(?P<phrase>(?:[^"\\]|\\.)*)" | /(?P<regex>(?:[^/\\]|\\.)+)/ | (?P<word>[^\s()"]+) )
      )
    )""",
    re.VERBOSE,
)
_RANGE = re.compile(r"(?P<low>[^.]*)\.\.(?P<high>[^.]*)")
_RELATIVE = re.compile(r"(?P<count>\d+)(?P<unit>[dwmy])")
_IDENTIFIERS = {"doi": ids.doi, "arxiv": ids.arxiv_id}
_YEARS = "a range of years is 2020..2023, 2020.. or ..2019"
_DATES = "a date is 2023, 2023-10 or 2023-10-10; 2w is two weeks ago"
_UNIT_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


# --- the algebra ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Everything:
    """`*`: every entry."""

    def matches(self, entry: Entry) -> bool:
        """Always."""
        del entry
        return True

    def __str__(self) -> str:
        return "*"


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a phrase in a field, or (field "") in any of the usual ones; folded, in order."""

    field: str
    text: str

    def matches(self, entry: Entry) -> bool:
        """Whether the words stand side by side in some value; Chinese and the like match as a piece of it."""
        return any(
            _has(value, self.text, field in WHOLE) for field in _places(self.field) for value in values(entry, field)
        )

    def __str__(self) -> str:
        plain = (
            re.fullmatch(r"[^\s()\"\\/:*.][^\s()\"]*", self.text)
            and self.text not in ("AND", "OR", "NOT")
            and not (not self.field and ":" in self.text)
        )
        escaped = self.text.replace("\\", "\\\\").replace('"', '\\"')
        text = self.text if plain and ".." not in self.text else f'"{escaped}"'
        return f"{_shown(self.field)}:{text}" if self.field else text


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression somewhere in a field; case counts only where it has a capital letter."""

    field: str
    pattern: re.Pattern[str]

    def matches(self, entry: Entry) -> bool:
        """Whether it is found in some value as it stands."""
        return any(self.pattern.search(value) for field in _places(self.field) for value in values(entry, field))

    def __str__(self) -> str:
        text = "/" + re.sub(r"(?<!\\)((?:\\\\)*)/", r"\1\\/", self.pattern.pattern) + "/"
        return f"{_shown(self.field)}:{text}" if self.field else text


@dataclass(frozen=True, slots=True)
class Range:
    """`low..high`, both included, either of them open; dates compare as far as they are given."""

    field: str
    low: str
    high: str

    def matches(self, entry: Entry) -> bool:
        """Whether some value lies between the bounds."""
        return any(_between(value, self.low, self.high) for value in values(entry, self.field))

    def __str__(self) -> str:
        return f"{_shown(self.field)}:{self.low}..{self.high}"


@dataclass(frozen=True, slots=True)
class Has:
    """The field holds something."""

    field: str

    def matches(self, entry: Entry) -> bool:
        """Whether the entry has any value of the field."""
        return bool(values(entry, self.field))

    def __str__(self) -> str:
        return f"has:{_shown(self.field)}"


@dataclass(frozen=True, slots=True)
class Not:
    """The query within does not match."""

    query: Query

    def matches(self, entry: Entry) -> bool:
        """The opposite."""
        return not self.query.matches(entry)

    def __str__(self) -> str:
        if isinstance(self.query, Has):
            return f"no:{_shown(self.query.field)}"
        return f"NOT {_bracketed(self.query, And, Or)}"


@dataclass(frozen=True, slots=True)
class And:
    """All of them match."""

    queries: tuple[Query, ...]

    def matches(self, entry: Entry) -> bool:
        """Whether every part does."""
        return all(query.matches(entry) for query in self.queries)

    def __str__(self) -> str:
        return " ".join(_bracketed(query, And, Or) for query in self.queries)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them matches."""

    queries: tuple[Query, ...]

    def matches(self, entry: Entry) -> bool:
        """Whether any part does."""
        return any(query.matches(entry) for query in self.queries)

    def __str__(self) -> str:
        return " OR ".join(_bracketed(query, Or) for query in self.queries)


@dataclass(frozen=True, slots=True)
class Saved:
    """A query that the library keeps under a name."""

    name: str
    query: Query

    def matches(self, entry: Entry) -> bool:
        """Whether the query of that name does."""
        return self.query.matches(entry)

    def __str__(self) -> str:
        return f"{SAVED}:{self.name}"


Query = Everything | Word | Regex | Range | Has | Not | And | Or | Saved


def _bracketed(query: Query, *kinds: type) -> str:
    return f"({query})" if isinstance(query, kinds) else str(query)


def _shown(field: str) -> str:
    return next((short for short in ("author", "editor", "tag", "source") if paper.field_named(short) == field), field)


# --- matching ---------------------------------------------------------------------------------------------


def _places(field: str) -> tuple[str, ...]:
    return (field,) if field else ANYWHERE


def values(entry: Entry, field: str) -> list[str]:
    """The texts that a field of an entry holds; none where it is absent."""
    if field == "key":
        return [entry.key]
    held: Any = getattr(entry if field in ("note", "tags", "aliases", "sources", "added") else entry.paper, field)
    if field in ("authors", "editors"):
        return [
            form
            for person in held
            for form in (names.display(person), f"{person.particle} {person.family} {person.given}")
        ]
    if field == "year" and held is None:
        held = dates.year_of(None, entry.paper.date)
    if isinstance(held, bool):
        return ["true"] if held else []
    if isinstance(held, Mapping):
        return [f"{label} {value}" for label, value in held.items()]
    if field == "versions":
        return [" ".join(map(str, version.values())) for version in held]
    if isinstance(held, tuple):
        return [str(item) for item in held]
    return [str(held)] if held or held == 0 else []


def _has(value: str, wanted: str, whole: bool) -> bool:
    """Whether a value holds a word or phrase, both folded."""
    folded, text = fold(value), fold(wanted)
    if whole and not has_cjk(wanted):
        return folded == text
    if has_cjk(wanted):
        return text in folded
    words = tokens(wanted)
    if not words:
        return text in folded
    there = tokens(value)
    return any(there[at : at + len(words)] == words for at in range(len(there) - len(words) + 1))


def _between(value: str, low: str, high: str) -> bool:
    if re.fullmatch(r"\d+", value) and all(re.fullmatch(r"\d*", bound) for bound in (low, high)):
        return (not low or int(value) >= int(low)) and (not high or int(value) <= int(high))
    return (not low or value >= low) and (not high or value[: len(high)] <= high)


# --- reading a query --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int
    field: str = ""
    value: int = 0
    """Where its value begins, behind its field; `at` is where it begins itself."""


def parse(text: str, today: datetime.date | None = None, saved: Mapping[str, str] | None = None) -> Query:
    """The query that a text says; `today` is what relative dates (`added:2w..`) count back from.

    `saved` are the queries that `query:name` stands for. Raises UsageError that points at the column of what is wrong.
    """
    if not text.strip():
        return Everything()
    try:
        return _Parser(text, today or datetime.date.today(), saved or {}).whole()
    except RecursionError:
        raise UsageError("the query is nested too deeply", "write it with fewer brackets") from None


def saved(head: Mapping[str, Any]) -> Mapping[str, str]:
    """The queries that a library keeps, by name, from what stands above its papers."""
    settings = head.get("settings")
    queries = settings.get("queries") if isinstance(settings, Mapping) else None
    return {name: str(text) for name, text in queries.items()} if isinstance(queries, Mapping) else {}


def _word(field: str, text: str) -> Word:
    """A word in a field; an identifier may be given as the address that it is a part of."""
    return Word(field, _IDENTIFIERS[field](text) or text if field in _IDENTIFIERS else text)


def join(words: Iterable[str]) -> str:
    """The query of command-line words, side by side."""
    return " ".join(words)


class _Parser:
    """Recursive descent: or-lists of and-lists of terms; NOT binds tightest."""

    def __init__(self, text: str, today: datetime.date, saved: Mapping[str, str], within: tuple[str, ...] = ()) -> None:
        self._text = text
        self._today = today
        self._saved = saved
        self._within = within
        self._tokens = list(self._scan())
        self._at = 0

    def _scan(self) -> Iterable[_Token]:
        at = 0
        end = len(self._text.rstrip())
        while at < end:
            match = _TOKEN.match(self._text, at)
            if not match:
                start = at + len(self._text[at:]) - len(self._text[at:].lstrip())
                what = (
                    "this quote is not closed"
                    if self._text[start] == '"' or ':"' in self._text[start:]
                    else "this is not understood"
                )
                raise self._error(what, start)
            start = match.end() - len(match[0].lstrip())
            if match["open"] or match["close"]:
                yield _Token(match[0].strip(), "", start)
            else:
                kind = next(name for name in ("phrase", "regex", "word") if match[name] is not None)
                yield _Token(kind, match[kind], start, match["field"] or "", match.start(kind))
            at = match.end()

    def _error(self, what: str, at: int, hint: str = "") -> UsageError:
        return UsageError(
            f"in the query, column {at + 1}: {what}\n{layout.pointed(self._text, at)}",
            hint or "litcli help query explains what a query is",
        )

    def _peek(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _is(self, *kinds: str) -> bool:
        token = self._peek()
        return token is not None and (
            token.kind in kinds or (token.kind == "word" and not token.field and token.text in kinds)
        )

    def whole(self) -> Query:
        query = self._or()
        token = self._peek()
        if token:
            raise self._error("this bracket was never opened", token.at)
        return query

    def _or(self) -> Query:
        parts = [self._and()]
        while self._is("OR"):
            self._at += 1
            parts.append(self._and())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _and(self) -> Query:
        parts = [self._not()]
        while self._peek() and not self._is("OR", ")"):
            if self._is("AND"):
                self._at += 1
            parts.append(self._not())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _not(self) -> Query:
        token = self._peek()
        if token is None or self._is("OR", "AND", ")"):
            raise self._error("a term is missing here", token.at if token else len(self._text.rstrip()))
        self._at += 1
        if token.kind == "word" and not token.field and token.text == "NOT":
            return Not(self._not())
        if token.kind == "(":
            query = self._or()
            if not self._is(")"):
                raise self._error("this bracket is not closed", token.at)
            self._at += 1
            return query
        return self._term(token)

    def _term(self, token: _Token) -> Query:
        if token.kind == "word" and token.text == "*" and not token.field:
            return Everything()
        if token.kind == "word" and not token.field and re.fullmatch(r"[^\W\d]\w*[:：]", token.text):
            raise self._error(f"a value is missing behind {token.text}", token.at + len(token.text))
        if token.field.lower() == SAVED:
            return self._named(token)
        if token.field.lower() in PREFIXES:
            has = Has(self._field(token.text, token.value))
            return has if token.field.lower() == "has" else Not(has)
        field = self._field(token.field, token.at) if token.field else ""
        if token.kind == "regex":
            return Regex(field, self._pattern(token))
        if token.kind == "phrase" and not token.text.strip():
            raise self._error("there is nothing between the quotes", token.value)
        if token.kind == "phrase" and field not in ("added", "date"):
            return _word(field, re.sub(r"\\(.)", r"\1", token.text))
        bounds = _RANGE.fullmatch(token.text)
        if bounds and field in _RANGED:
            low, high = (self._bound(field, bounds[side], token.value + bounds.start(side)) for side in ("low", "high"))
            return Range(field, low, high)
        if field == "added" or field == "date":
            bound = self._bound(field, token.text, token.value)
            return Range(field, bound, bound)
        if token.text == "*" and field:
            return Has(field)
        if field == "year" and not token.text.isdigit():
            raise self._error(f"{token.text!r} is not a year", token.value, _YEARS)
        if not field and re.fullmatch(r"-[^\W_][\w:.*-]*(?<!-)", token.text):
            raise self._error("a minus does not exclude", token.at, f"write NOT {token.text[1:]}")
        return _word(field, token.text)

    def _named(self, token: _Token) -> Saved:
        """A saved query."""
        if token.text not in self._saved:
            kept = f"the library keeps {', '.join(sorted(self._saved))}" if self._saved else "it keeps none yet"
            hint = f'{kept}; a query stands in the library file, below [settings.queries]: {token.text} = "..."'
            raise self._error(f"there is no saved query {token.text!r}", token.value, hint)
        if token.text in self._within:
            raise self._error(f"the saved query {token.text!r} is a part of itself", token.value, "take it out of one")
        within = (*self._within, token.text)
        try:
            return Saved(token.text, _Parser(self._saved[token.text], self._today, self._saved, within).whole())
        except UsageError as error:
            raise UsageError(f"in the saved query {token.text!r}: {error.message}", error.hint) from None

    def _field(self, name: str, at: int) -> str:
        known = paper.field_named(name)
        if known in FIELDS:
            return known
        hint = near(name, [*map(_shown, FIELDS), *FIELDS]) or f"the fields are {', '.join(FIELDS)}"
        raise self._error(f"there is no field {name!r}", at, f"{hint}; a text with a colon stands in quotes")

    def _pattern(self, token: _Token) -> re.Pattern[str]:
        text = token.text.replace("\\/", "/")
        try:
            return re.compile(text, 0 if any(char.isupper() for char in text) else re.IGNORECASE)
        except re.error as error:
            raise self._error(f"not a regular expression: {error}", token.value) from None

    def _bound(self, field: str, text: str, at: int) -> str:
        relative = _RELATIVE.fullmatch(text)
        if field in ("added", "date") and relative:
            try:
                days = datetime.timedelta(int(relative["count"]) * _UNIT_DAYS[relative["unit"]])
                return (self._today - days).isoformat()
            except OverflowError:
                raise self._error(f"{text!r} is before all dates", at) from None
        if field in ("added", "date") and text:
            try:
                dates.parts(text)
            except ValueError as error:
                raise self._error(str(error), at, _DATES) from None
        elif field == "year" and text and not text.isdigit():
            raise self._error(f"{text!r} is not a year", at, _YEARS)
        return text
