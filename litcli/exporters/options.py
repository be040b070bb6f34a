"""What every exporter takes and gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from litcli.errors import UsageError
from litcli.paper import Entry, Paper

_BIBTEX_NAMES = {
    "author": "authors",
    "editor": "editors",
    "journal": "venue",
    "booktitle": "venue",
    "howpublished": "venue",
    "eprint": "arxiv",
    "primaryclass": "primary_class",
    "month": "date",
}
"""BibTeX's names of fields that the library calls otherwise."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to export: what to group by ("" for not at all), and which fields of the papers to leave out."""

    group_by: str = ""
    omit: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Export:
    """The text of an export, and what its reader must know of it."""

    text: str
    warnings: tuple[str, ...] = ()


def omitted(names: str, entries: Iterable[Entry] = ()) -> frozenset[str]:
    """The fields that a list such as `abstract,url` names, in the library's words or in BibTeX's.

    Raises UsageError for a name that is neither, nor that of a field which one of the entries has.
    """
    wanted = frozenset(filter(None, (name.strip().lower() for name in names.split(","))))
    known = {slot.name for slot in fields(Paper)}
    strange = wanted - known - _BIBTEX_NAMES.keys()
    strange -= {name for entry in entries for name in entry.paper.fields} if strange else set()
    if strange:
        raise UsageError(
            f"there is no field {min(strange)!r} to leave out", f"the fields are {', '.join(sorted(known))}"
        )
    return wanted


def in_order(entries: Iterable[Entry], options: Options) -> list[Entry]:
    """The entries sorted by key, each without the fields that the options leave out."""
    return [without(entry, options.omit) for entry in sorted(entries, key=lambda entry: (entry.key.lower(), entry.key))]


def without(entry: Entry, names: frozenset[str]) -> Entry:
    """The entry as if its paper did not say the fields of these names; with its year goes its date."""
    if not names:
        return entry
    empty, paper = Paper(), entry.paper
    dropped = {_BIBTEX_NAMES.get(name, name) for name in names} | ({"date"} if "year" in names else set())
    told = {name: getattr(empty, name) for name in dropped if name in Paper.__slots__}
    rest = {name: value for name, value in paper.fields.items() if name not in names}
    return replace(entry, paper=replace(paper, **{"fields": rest, **told}))
