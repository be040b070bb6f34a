"""A field's value from what a person typed: `year=2023`, `authors=A and B`, `links.code=https://…`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from litcli import bibfields, dates, ids, names
from litcli.errors import UsageError
from litcli.near import near
from litcli.paper import FIELDS, Entry, Paper, field_named
from litcli.text import is_text, squeeze

_ASSIGNMENT = re.compile(r"(?P<field>[A-Za-z_]+)(?:\.(?P<label>[^=\s.]+))?=(?P<text>.*)", re.DOTALL)
_ELSEWHERE = {
    "key": "litcli rename OLD NEW gives it another key",
    "tags": "litcli tag +new -old -- QUERY changes them",
    "aliases": "litcli rename keeps the old key as an alias; litcli edit KEY changes them by hand",
    "versions": "litcli merge unites versions of a work; litcli edit KEY changes them by hand",
    "sources": "they say where the entry came from; litcli edit KEY changes them by hand",
}
"""Fields that have a command of their own, or are no single value."""
_LABELLED = ("links", "fields")
_LINES = ("abstract", "note")
_BLANK = Paper()


@dataclass(frozen=True, slots=True)
class Assignment:
    """One field and its new value; `label` is the name within `links` and `fields`; no value removes it."""

    field: str
    label: str
    value: Any

    def __str__(self) -> str:
        return f"{self.field}.{self.label}" if self.label else self.field

    def apply(self, entry: Entry) -> Entry:
        """The entry with it."""
        if self.field in ("note", "added"):
            return replace(entry, **{self.field: self.value})
        value = self.value
        if self.label:
            others = {name: text for name, text in getattr(entry.paper, self.field).items() if name != self.label}
            value = {**others, self.label: value} if value else others
        return replace(entry, paper=replace(entry.paper, **{self.field: value}))


def is_assignment(word: str) -> bool:
    """Whether a word of the command line sets a field; a term of a query has its colon first."""
    return _ASSIGNMENT.fullmatch(word) is not None


def is_settable(field: str) -> bool:
    """Whether a field is set as a whole by `field=value`."""
    return field in FIELDS and field not in _ELSEWHERE and field not in _LABELLED


def parse(word: str) -> Assignment:
    """The assignment that a word says; raises UsageError that names the field and what it holds."""
    match = _ASSIGNMENT.fullmatch(word)
    if match is None:
        raise UsageError(f"{word!r} sets no field", "write field=value: year=2023")
    field, label = field_named(match["field"]), match["label"] or ""
    if field in _ELSEWHERE:
        raise UsageError(f"{field} is not set by hand", _ELSEWHERE[field])
    if field not in FIELDS:
        raise UsageError(f"there is no field {field!r}", _near(field))
    if (field in _LABELLED) is not bool(label):
        raise UsageError(
            f"{field} is a table of fields" if field in _LABELLED else f"{field} has no fields of its own",
            f"write {field}.NAME=value" if field in _LABELLED else f"write {field}=value",
        )
    if field == "fields" and field_named(label) in FIELDS:
        raise UsageError(f"{label} is a field of litcli's own", f"write {label}=value")
    if not is_text(label + match["text"]):
        raise UsageError(f"{field} must be text in UTF-8", "the terminal seems to send another encoding")
    return Assignment(field, label, _value(field, match["text"]))


def _near(field: str) -> str:
    known = [name for name in FIELDS if name not in _ELSEWHERE]
    told = near(field, known) or f"the fields are {', '.join(known)}"
    return f"{told} (any other is set as fields.{field}=value)"


def _value(field: str, text: str) -> Any:
    if not text.strip():
        return "" if field in ("note", "added", *_LABELLED) else getattr(_BLANK, field)
    if field in _LINES:
        return "\n".join(line.rstrip() for line in text.strip().splitlines())
    plain = squeeze(text)
    if field not in _READERS:
        return plain
    reader, what = _READERS[field]
    value = reader(plain)
    if value in (None, "", ()):
        raise UsageError(f"{field} must be {what}, not {plain!r}", f"{field}= (with nothing) removes it")
    return value


def _people(text: str) -> Any:
    found = tuple(names.split_and(text))
    if "others" in found:
        raise UsageError("'others' is nobody's name", "et_al=true says that the list is cut")
    people = tuple(map(names.parse, found))
    for text, person in zip(found, people, strict=True):
        if (";" in text and "{" not in text) or (person.suffix and not names.is_suffix(person.suffix)):
            raise UsageError(f"{text!r} is not one name", 'names are joined by "and": Ada Lovelace and Alan Turing')
    return people


def _pattern(pattern: str) -> Callable[[str], str]:
    return lambda text: text if re.fullmatch(pattern, text) else ""


def _date(text: str) -> str:
    try:
        dates.parts(text)
    except ValueError:
        return ""
    return text


_READERS: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "type": (lambda text: _pattern("[a-z]+")(text.lower()), "a type such as article"),
    **dict.fromkeys(("authors", "editors"), (_people, "names: Given Family and von Family, Jr, Given")),
    "et_al": ({"true": True, "false": False}.get, "true or false"),
    "year": (lambda text: int(text) if re.fullmatch(r"-?[0-9]{1,4}", text) else None, "a year such as 2023"),
    "date": (_date, "a date such as 2023-10-10 or 2023-10"),
    "added": (_date, "a date such as 2023-10-10"),
    "doi": (ids.doi, "a DOI such as 10.1000/182"),
    "arxiv": (ids.arxiv_id, "an arXiv identifier such as 2310.06825"),
    "isbn": (lambda text: text if len(ids.isbn_key(text)) == 13 else "", "an ISBN of 10 or 13 digits"),
    "pages": (lambda text: bibfields.pages(text, "-"), "pages such as 1-10"),
    **dict.fromkeys(("url", "links"), (_pattern(r"[A-Za-z][A-Za-z0-9+.-]*:\S+"), "a URL: https://...")),
}
"""What a text becomes in a field, and what such a text is; other fields hold any text on one line."""
