"""What is wrong with entries beside the others of their library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from litcli import bibfields, ids
from litcli.check.finding import Finding, Severity, shown
from litcli.check.required import BOOKS, kind
from litcli.paper import Entry, Paper


def between(entries: Sequence[Entry], among: Sequence[Entry]) -> Iterator[Finding]:
    """Keys, aliases and identifiers that several entries of a library have, and parents that none is."""
    by_name: dict[str, list[tuple[str, bool]]] = {}
    for other in among:
        by_name.setdefault(other.key.lower(), []).append((other.key, True))
        for alias in other.aliases:
            by_name.setdefault(alias.lower(), []).append((other.key, False))
    for entry in entries:
        yield from _names_twice(entry, by_name)
        yield from _no_parent(entry, by_name)
    yield from _same_identifier(entries, among)


def _names_twice(entry: Entry, by_name: Mapping[str, Sequence[tuple[str, bool]]]) -> Iterator[Finding]:
    for name in dict.fromkeys((entry.key, *entry.aliases)):
        is_key = name == entry.key
        for other, is_others_key in by_name.get(name.lower(), ()):
            if other == entry.key:
                continue
            if is_key and is_others_key:
                what = f"is {other} in other capitals, which is one key to BibTeX; rename it in the library"
            elif is_key:
                what = f"is an alias of {other} as well; take the alias out there, or rename it in the library"
            elif is_others_key:
                what = f"the alias {name} is the key of another entry, {other}; take the alias out"
            else:
                what = f"the alias {name} stands at {other} as well; take one of them out"
            rule = "duplicate-key" if is_key == is_others_key else "alias-is-key"
            yield Finding(entry.key, "key" if is_key else "aliases", rule, Severity.ERROR, what)
            break


def _no_parent(entry: Entry, by_name: Mapping[str, object]) -> Iterator[Finding]:
    for name in bibfields.PARENTS:
        parent = entry.paper.fields.get(name)
        if parent and isinstance(parent, str) and parent.lower() not in by_name:
            severity = Severity.ERROR if name == "crossref" else Severity.WARNING
            message = f"there is no entry {shown(parent)}; correct it or take it out"
            yield Finding(entry.key, f"fields.{name}", "dangling-crossref", severity, message)


def _identifiers(paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.doi:
        yield "doi", ids.doi_key(paper.doi)
    if paper.arxiv:
        yield "arxiv", ids.arxiv_id(paper.arxiv) or paper.arxiv
    # The chapters of a book all bear its number.
    if paper.isbn and kind(paper) in BOOKS:
        for number in ids.ISBN.findall(paper.isbn):
            yield "isbn", ids.isbn_key(number)


def _same_identifier(entries: Sequence[Entry], among: Sequence[Entry]) -> Iterator[Finding]:
    bearers: dict[tuple[str, str], list[str]] = {}
    for other in among:
        for identifier in _identifiers(other.paper):
            bearers.setdefault(identifier, []).append(other.key)
    for entry in entries:
        for field, value in _identifiers(entry.paper):
            first = bearers.get((field, value), [])[:4]
            others = [key for key in first if key != entry.key][:3]
            if others:
                message = f"{value} is that of {', '.join(others)} as well: one work twice, or a wrong identifier"
                yield Finding(entry.key, field, f"same-{field}", Severity.WARNING, message)
