"""Two edits of one library made one: entry by entry, field by field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from litcli import table
from litcli.errors import LibraryError
from litcli.library import patch, store, toml
from litcli.library.document import Document
from litcli.library.patch import Change, Name, Piece
from litcli.library.statements import Statement, scan
from litcli.library.store import Library
from litcli.paper import FIELDS, Entry
from litcli.text import title_key

_SETS = frozenset(("tags", "aliases", "sources", "versions"))
"""Fields in which every item stands for itself."""
_TABLES = frozenset(("links", "fields"))
"""Fields in which every label stands for itself."""
_HEADER = re.compile(
    r"""^([ \t]*\[[ \t]*papers[ \t]*\.[ \t]*)(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')""", re.MULTILINE
)
"""The start of a header of an entry, and its key."""
_OURS, _MIDDLE, _THEIRS = "<<<<<<< ours", "=======", ">>>>>>> theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """What two edits say differently: an entry or a value above the papers, and the field ("" for all of it)."""

    name: str
    field: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.field}" if self.field else self.name


def merge(path: Path, base: str, ours: str, theirs: str) -> tuple[str, list[Conflict]]:
    """The text of `ours` with what `theirs` changed in `base`, and what the two say differently.

    The lines that differ stand between the marks of a conflict, ours first. Raises LibraryError where one of the
    texts is no valid library, or where the pieces do not fit together.
    """
    base, ours, theirs = _in_one_key(path, base, ours, theirs)
    libraries = [store.parse(path, text) for text in (base, ours, theirs)]
    merger = _Merger(ours)
    changes = patch.diff(base, theirs)
    plain = patch.apply(ours, changes, merger.settle)
    marked = {conflict.name for conflict in merger.conflicts if not conflict.field}
    _check(path, plain, {change.key for change in changes if change.key is not None}, marked, *libraries)
    if not merger.conflicts:
        return plain, []
    return patch.apply(ours, changes, lambda change, _: merger.marked[change.name]), merger.conflicts


class _Merger:
    """Settles what both sides changed, each piece once without and once with marks."""

    def __init__(self, ours: str) -> None:
        self.conflicts: list[Conflict] = []
        self.marked: dict[Name, str | None] = {}
        self._newline = "\r\n" if "\r\n" in ours else "\n"

    def settle(self, change: Change, piece: Piece | None) -> str | None:
        base, ours, theirs = (side.body if side else "" for side in (change.before, piece, change.after))
        if change.key is not None:
            plain, marked, fields = self._entry(change.key, base, ours, theirs)
            self.conflicts += [Conflict(change.key, field) for field in fields]
        else:
            plain, marked, differs = self._value(change.name, base, ours, theirs)
            self.conflicts += [Conflict(".".join(change.name))] * differs
        self.marked[change.name] = marked
        return plain

    def _entry(self, key: str, base: str, ours: str, theirs: str) -> tuple[str, str, list[str]]:
        """An entry merged, the same with marks, and the fields that differ."""
        old, one, two = _entry(key, base), _entry(key, ours), _entry(key, theirs)
        if not one or not two or (not old and title_key(one.paper.title) != title_key(two.paper.title)):
            return ours or theirs, self._marks(ours, theirs), [""]
        values, fields = _united(*(table.to_table(entry) if entry else {} for entry in (old, one, two)))
        merged = table.from_table(one.key, values)
        text = Document(ours + self._newline).apply({one.key: one}, {one.key: merged})
        if _entry(key, text) != merged:
            return ours, self._marks(ours, theirs), [""]
        text = "".join(f"{line}{self._newline}" for line in _new_remarks(base, ours, theirs)) + text
        return text.rstrip("\r\n"), self._mark_fields(text, theirs, fields).rstrip("\r\n"), fields

    def _value(self, name: Name, base: str, ours: str, theirs: str) -> tuple[str, str, bool]:
        """A statement above the papers merged, the same with marks, and whether the two differ."""
        old, one, two = (_values(text) for text in (base, ours, theirs))
        if one == two or old == two:
            return ours, ours, False
        if old == one:
            return theirs, theirs, False
        both = [next(iter(side.values()), None) for side in (old, one, two)]
        if isinstance(both[1], list) and isinstance(both[2], list):
            joined = toml.assignment(name[-1:], _union(both[0] or [], both[1], both[2])).rstrip("\n")
            joined = joined.replace("\n", self._newline)
            return joined, joined, False
        return ours or theirs, self._marks(ours, theirs), True

    def _marks(self, ours: str, theirs: str) -> str:
        lines = [_OURS, *([ours] if ours else []), _MIDDLE, *([theirs] if theirs else []), _THEIRS]
        return self._newline.join(lines)

    def _mark_fields(self, text: str, theirs: str, fields: Iterable[str]) -> str:
        """A block with marks about some fields: our statement of each, and theirs as it stands."""
        our_statements, their_statements = [*scan(text)], [*scan(theirs)]
        spans = []
        for field in fields:
            path = tuple(field.split(".", 1))
            start, end = _span(our_statements, path) or (our_statements[0].end,) * 2
            others = theirs[slice(*(_span(their_statements, path) or (0, 0)))]
            spans.append((start, end, self._marks(text[start:end].rstrip("\r\n"), others.rstrip("\r\n"))))
        for start, end, marked in sorted(spans, reverse=True):
            text = text[:start] + marked + self._newline + text[end:]
        return text


# --- one entry --------------------------------------------------------------------------------------------


def _entry(key: str, body: str) -> Entry | None:
    """The entry of a block, None where the block does not say all of it by itself."""
    try:
        return store.parse(Path(), body).entries.get(key)
    except LibraryError:
        return None


def _united(old: Mapping[str, Any], one: Mapping[str, Any], two: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The fields of two edits of one table, and the names of those that differ; there the first has its way."""
    merged: dict[str, Any] = {}
    differ: list[str] = []
    for field in (*FIELDS, *sorted({*one, *two} - {*FIELDS})):
        base, ours, theirs = old.get(field), one.get(field), two.get(field)
        value = ours
        if ours == theirs or base == theirs:
            pass
        elif base == ours:
            value = theirs
        elif field in _SETS:
            value = _union(base or [], ours or [], theirs or [])
        elif field in _TABLES:
            value, labels = _united(base or {}, ours or {}, theirs or {})
            differ += [f"{field}.{label}" for label in labels]
        elif field == "added" and ours and theirs:
            value = min(ours, theirs)
        else:
            differ.append(field)
        if value:
            merged[field] = value
    return merged, differ


def _union(old: Sequence[Any], one: Sequence[Any], two: Sequence[Any]) -> list[Any]:
    """The items of two edits of one list: what either added, without what either took away."""
    was, ours, theirs = ({repr(item): item for item in items} for items in (old, one, two))
    kept = {name: item for name, item in ours.items() if name in theirs or name not in was}
    return [*kept.values(), *(item for name, item in theirs.items() if name not in was and name not in ours)]


def _new_remarks(base: str, ours: str, theirs: str) -> list[str]:
    """The remarks that their block has and the others have not."""
    known = {*_remarks(base), *_remarks(ours)}
    return [remark for remark in _remarks(theirs) if remark not in known]


def _remarks(body: str) -> list[str]:
    found: list[str] = []
    at = 0
    for statement in scan(body):
        found += [line.strip() for line in body[at : statement.start].splitlines() if line.strip()]
        found += statement.remarks
        at = statement.end
    return found


def _span(statements: Iterable[Statement], field: Name) -> tuple[int, int] | None:
    """Where a block speaks of a field, or of the inline table that it stands in."""
    return next(((s.start, s.end) for s in statements if not s.header and field[: len(s.path) - 2] == s.path[2:]), None)


def _values(body: str) -> dict[str, Any]:
    return tomllib.loads(body) if body else {}


# --- the whole --------------------------------------------------------------------------------------------


def _in_one_key(path: Path, base: str, ours: str, theirs: str) -> list[str]:
    """The texts with each entry that a side renamed under its new key in all of them; ours where both renamed it."""
    was, *sides = [store.parse(path, text) for text in (base, ours, theirs)]
    heirs = [_heirs(was, side) for side in sides]
    keys = {
        old: key
        for old, key in {**heirs[1], **heirs[0]}.items()
        if all(key not in side.entries or own.get(old) == key for side, own in zip(sides, heirs, strict=True))
    }
    texts = [_rekeyed(base, keys)]
    for text, own in zip((ours, theirs), heirs, strict=True):
        others = {own[old]: key for old, key in keys.items() if own.get(old, key) != key}
        text = _rekeyed(text, {**keys, **others})
        texts.append(_with_aliases(path, text, {key: other for other, key in others.items()}))
    return texts


def _heirs(base: Library, side: Library) -> dict[str, str]:
    """The keys that one side changed, to what: the old one is an alias now, and the new one is new.

    Of several that an entry merged into one, it is the one with its title, if one has that.
    """
    heirs = {}
    for key in side.entries:
        if key not in base.entries:
            entry = side.entries[key]
            olds = {old: base.entries[old] for old in entry.aliases if old in base.entries and old not in side.entries}
            like = [old for old, was in olds.items() if was.paper.title == entry.paper.title]
            heirs.update(dict.fromkeys((like or [*olds])[:1], key))
    return heirs


def _with_aliases(path: Path, text: str, aliases: Mapping[str, str]) -> str:
    """A library's text with one more alias for each of some entries."""
    library = store.parse(path, text)
    entries = {key: library.entries[key] for key in aliases}
    more = {key: replace(entry, aliases=(*entry.aliases, aliases[key])) for key, entry in entries.items()}
    return Document(text, library.blocks).apply(entries, more)


def _rekeyed(text: str, keys: Mapping[str, str]) -> str:
    """A library's text with entries under other keys; those without a header of their own stay."""
    if not keys:
        return text
    pieces = [_with_key(piece, keys) for piece in patch.cut(text)]
    return "".join(piece.gap + piece.body for piece in pieces)


def _with_key(piece: Piece, keys: Mapping[str, str]) -> Piece:
    new = keys.get(piece.name[1], "") if piece.name[:1] == ("papers",) and len(piece.name) > 1 else ""
    if not new:
        return piece
    return piece._replace(body=_HEADER.sub(lambda match: match[1] + toml.key_text(new), piece.body))


def _check(
    path: Path, text: str, changed: set[str], marked: set[str], base: Library, ours: Library, theirs: Library
) -> None:
    """Raise LibraryError where a merged text does not say what nobody changed, or what one side alone did.

    Entries that are marked as a whole are left to a person.
    """
    merged = store.parse(path, text)
    sides = (base, ours, theirs, merged)
    # A block that nobody changed says the same wherever it stands; where there are others, all are looked at.
    keys = changed if all(side.blocks for side in sides) else {key for side in sides for key in side.entries}
    for key in keys - marked:
        old, one, two, got = (side.entries.get(key) for side in sides)
        wanted = one if two in (one, old) else two if one == old else got
        if got != wanted:
            raise LibraryError(f"{path}: {key} cannot be merged by itself", "give it a block of its own: [papers.KEY]")
