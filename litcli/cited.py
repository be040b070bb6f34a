"""Which entries the citations of a document mean: by key, by alias, with the parents that they refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from litcli import bibfields
from litcli.latex import Citation, Citations
from litcli.paper import Entry


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a document's citations come to.

    `found` are the cited entries with the names that they are cited by, parents of theirs with none; `missing` are the
    first places of citations that no entry answers, `misspelt` of those that differ by case alone, with the right key.
    """

    found: tuple[tuple[Entry, tuple[str, ...]], ...]
    missing: tuple[Citation, ...] = ()
    misspelt: tuple[tuple[Citation, str], ...] = ()


def among(documents: Iterable[Citations], answering: Callable[[Iterable[str]], Iterable[Entry]]) -> list[Entry]:
    """The entries that citations may mean, and the parents of these; `answering` tells which have some names."""
    found: dict[str, Entry] = {}
    names = {citation.key for document in documents for citation in document.citations}
    while names:
        new = {entry.key: entry for entry in answering(names) if entry.key not in found}
        found |= new
        names = {parent for entry in new.values() for parent in _parents(entry)}
    return list(found.values())


def resolve(documents: Iterable[Citations], entries: Sequence[Entry]) -> Resolution:
    """The entries that documents cite; a citation of everything means all of them."""
    exact = {name: entry for entry in entries for name in entry.aliases} | {entry.key: entry for entry in entries}
    folded = {name.lower(): name for name in exact}
    cited: dict[str, list[str]] = {}
    missing: dict[str, Citation] = {}
    misspelt: dict[str, tuple[Citation, str]] = {}
    for document in documents:
        for citation in document.citations:
            name = citation.key
            if name in missing or name in misspelt:
                continue
            right = name if name in exact else folded.get(name.lower())
            if right is None:
                missing[name] = citation
                continue
            if right != name:
                misspelt[name] = (citation, right)
            told = cited.setdefault(exact[right].key, [])
            told += [] if name in told else [name]
        if document.everything:
            for entry in entries:
                cited.setdefault(entry.key, [])
    found = dict(cited)
    keys = list(cited)
    for key in keys:
        parents = [exact[folded[parent.lower()]].key for parent in _parents(exact[key]) if parent.lower() in folded]
        for parent in parents:
            if parent not in found:
                found[parent] = []
                keys.append(parent)
    return Resolution(
        tuple((exact[key], tuple(names)) for key, names in found.items()),
        tuple(missing.values()),
        tuple(misspelt.values()),
    )


def _parents(entry: Entry) -> list[str]:
    return [str(entry.paper.fields[name]) for name in bibfields.PARENTS if name in entry.paper.fields]


def as_cited(found: Iterable[tuple[Entry, tuple[str, ...]]]) -> list[Entry]:
    """The entries under the names that a document cites them by, one for each; its other names are aliases."""
    named = []
    for entry, names in found:
        for name in names or (entry.key,):
            others = tuple(other for other in (entry.key, *entry.aliases) if other != name)
            named.append(entry if name == entry.key else replace(entry, key=name, aliases=others))
    return named
