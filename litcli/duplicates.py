"""What becomes of duplicates in a library: merged under one key, with all that refers to them, or kept apart. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from litcli import names
from litcli.errors import LibraryError
from litcli.library import Library
from litcli.library.edit import Changes
from litcli.paper import Entry

DISTINCT = "distinct"
"""What stands above the papers: the pairs of keys that are different works (design, section 3)."""
REFERRING = frozenset(("crossref", "xref", "xdata", "entryset", "related"))
"""Fields that name entries by their keys, with commas between several (biblatex manual, section 2.2.3)."""
_REFERS = re.compile(rf"(?:{'|'.join(sorted(REFERRING))})[\"']?\s*=")
"""Such a field in the folded text of an entry."""
CHOICES = (
    "title", "authors", "editors", "type", "year", "date", "venue", "volume", "number", "pages", "publisher", "series",
    "edition", "institution", "doi", "arxiv", "primary_class", "isbn", "url", "abstract",
)  # fmt: skip
"""Fields that hold one value; what the others hold is united."""

Pairs = frozenset[frozenset[str]]


def apart(library: Library) -> Pairs:
    """The pairs of keys that a library says are different works; an older key stands for the entry that it finds.

    Raises LibraryError where `distinct` is no array of arrays of keys.
    """
    told = library.head.get(DISTINCT, [])
    if not isinstance(told, list) or not all(
        isinstance(group, list) and all(isinstance(key, str) for key in group) for group in told
    ):
        raise LibraryError(
            f"{DISTINCT} in the library must be an array of pairs of keys", f'write {DISTINCT} = [["a", "b"]]'
        )
    older = {key for group in told for key in group if key not in library.entries}
    now = {name: entry.key for name, entry in library.found.named(older).items()} if older else {}
    return _pairs({now.get(key.lower(), key) if key in older else key for key in group} for group in told)


def apart_from(library: Library, key: str) -> list[str]:
    """The keys of the entries that are kept apart from one."""
    return sorted(other for pair in apart(library) if key in pair for other in pair - {key})


def keep_apart(library: Library, keys: Sequence[str]) -> Changes:
    """The changes that remember some keys to be different works, each pair of them."""
    return Changes(head={(DISTINCT,): _value(apart(library) | _pairs([keys]))})


def merge(
    library: Library, groups: Iterable[Sequence[str]], chosen: Mapping[str, Any] | None = None
) -> tuple[Changes, dict[str, str]]:
    """The changes that make one entry of each group of keys, under its first; and the new keys by the old ones.

    What names an old key (`crossref` and its kin, pairs that are different works) names the new one then. `chosen`
    values of the paper win over the rules.
    """
    from litcli import dedupe

    entries: dict[str, Entry | None] = {}
    moved: dict[str, str] = {}
    for first, *others in groups:
        entries[first] = dedupe.unite([library.entries[key] for key in (first, *others)], chosen)
        entries |= dict.fromkeys(others)
        moved |= dict.fromkeys(others, first)
    return following(library, entries, moved), moved


def following(library: Library, entries: Mapping[str, Entry | None], moved: Mapping[str, str]) -> Changes:
    """The changes of some entries, with all that names the entries which `moved`, old keys to new ones, or went."""
    changed = dict(entries)
    referring = library.found.where(_refers)
    for key, entry in {**{entry.key: entry for entry in referring}, **entries}.items():
        if entry is not None and (now := followed(entry, moved)) is not entry:
            changed[key] = now
    before = apart(library)
    gone = {key for key, entry in entries.items() if entry is None} - moved.keys()
    after = _pairs({moved.get(key, key) for key in pair} for pair in before if not pair & gone)
    return Changes(changed, {(DISTINCT,): _value(after)} if after != before else {})


def _refers(text: str) -> bool:
    """Whether a folded text names such a field; most do not even hold the word, which is quicker to see."""
    return any(name in text for name in REFERRING) and _REFERS.search(text) is not None


def followed(entry: Entry, moved: Mapping[str, str]) -> Entry:
    """The entry with the entries that it refers to under their new keys; itself where none of them moved."""
    fields = dict(entry.paper.fields)
    for name in REFERRING:
        told = fields.get(name)
        keys = [key.strip() for key in told.split(",")] if isinstance(told, str) else []
        if not any(key in moved for key in keys):
            continue
        # What was merged into the entry that it refers to would refer to itself.
        now = [key for key in dict.fromkeys(moved.get(key, key) for key in keys) if key != entry.key]
        fields |= {name: told if now == keys else ",".join(now)}
        if not now:
            del fields[name]
    return entry if fields == entry.paper.fields else replace(entry, paper=replace(entry.paper, fields=fields))


def by_claim(library: Library, keys: Iterable[str]) -> list[Entry]:
    """The entries of some keys, first the one whose key stays when they are merged."""
    from litcli import dedupe

    return dedupe.by_claim(library.entries[key] for key in keys)


def united(entries: Sequence[Entry]) -> Entry:
    """What the rules make of entries that are one work."""
    from litcli import dedupe

    return dedupe.unite(entries)


def differing(entries: Sequence[Entry]) -> dict[str, list[Any]]:
    """The fields with one value in which entries differ, and what each of them says there."""
    told = {name: [getattr(entry.paper, name) for entry in entries] for name in CHOICES}
    return {name: values for name, values in told.items() if any(value != values[0] for value in values)}


def plain(value: Any) -> Any:
    """A value of a paper as JSON holds it: people as `Given Family`."""
    return [names.display(person) for person in value] if isinstance(value, tuple) else value or None


def _pairs(groups: Iterable[Iterable[str]]) -> Pairs:
    return frozenset(frozenset(pair) for group in groups for pair in itertools.combinations(sorted(set(group)), 2))


def _value(pairs: Pairs) -> list[list[str]] | None:
    """Pairs as the library holds them: each in order, all in order; None where there are none."""
    return sorted(sorted(pair) for pair in pairs) or None
