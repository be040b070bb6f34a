"""Entries in the place of others, under other keys too: an old key stays an alias, and what names it follows. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from litcli import bibfields, duplicates
from litcli.errors import UsageError
from litcli.library import Library
from litcli.library.edit import Changes
from litcli.paper import Entry


def rename(library: Library, moved: Mapping[str, str]) -> Changes:
    """The changes that give entries their new keys, by the old ones; all at once, so that two may change places.

    Raises UsageError for a new key that is another entry's, or that LaTeX cannot cite.
    """
    return put(library, {old: replace(library.entries[old], key=new) for old, new in moved.items()})


def put(library: Library, entries: Mapping[str, Entry]) -> Changes:
    """The changes that put entries in the place of those of some keys; one that has another key is renamed.

    Raises UsageError for a new key or alias that is another entry's, and for a new key that LaTeX cannot cite.
    """
    moved = {old: entry.key for old, entry in entries.items() if entry.key != old}
    for new in moved.values():
        if not bibfields.citable(new):
            raise UsageError(f"{new!r} is no key that LaTeX can cite", "use letters, digits and : . _ / + -")
    after = {old: _with_alias(entry, old) for old, entry in entries.items()}
    _check_names(library, after)
    return duplicates.following(library, after, moved)


def _with_alias(entry: Entry, old: str) -> Entry:
    """The entry with the key that it had as an alias; a key finds it in any capitals."""
    if entry.key == old:
        return entry
    found_by = dict.fromkeys((*entry.aliases, old))
    return replace(entry, aliases=tuple(name for name in found_by if name.lower() != entry.key.lower()))


def names(library: Library) -> Iterator[tuple[str, str]]:
    """Each key and alias, with the key of the entry that it finds."""
    yield from ((key, key) for key in library.entries)
    for entry in library.found.where(lambda text: "aliases" in text):
        yield from ((alias, entry.key) for alias in entry.aliases)


def _check_names(library: Library, after: Mapping[str, Entry]) -> None:
    """Raise UsageError where a name that an entry gets would find another entry as well."""
    got = [(name, old) for old, entry in after.items() for name in (entry.key, *entry.aliases)]
    had = {(name.lower(), old) for old in after for name in (old, *library.entries[old].aliases)}
    new = {name.lower(): old for name, old in got if (name.lower(), old) not in had}
    others = ((name, key) for name, key in (names(library) if new else ()) if key not in after)
    for name, key in (*others, *got):
        if new.get(name.lower(), key) != key:
            raise UsageError(f"the key {name} would find both {new[name.lower()]} and {key}", "choose another one")
