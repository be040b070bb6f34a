"""What an import does to a library: each record is new, merged into an entry, or known already. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from litcli import dedupe, keys
from litcli.dedupe import Answer, Verdict
from litcli.paper import Entry, Paper, Record, Source
from litcli.text import title_key

_RETITLED = 70
"""Similarity (0 to 100) down to which a record is still the one that stood on the same line of the same page."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record that was entered on its own although it may be the same work as another entry."""

    key: str
    other: str
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Outcome:
    """What became of the records: the entries to write, the counts, and what its reader should look at."""

    changes: dict[str, Entry | None] = field(default_factory=dict)
    imported: int = 0
    merged: int = 0
    unchanged: int = 0
    keys: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def absorb(
    entries: Mapping[str, Entry], records: Iterable[tuple[Source, Record]], *, added: str, tags: tuple[str, ...] = ()
) -> Outcome:
    """The outcome of entering records into a library of `entries` on the day `added`, with `tags` on each.

    A record that the library has from the same page already adds to its paper but not to its tags: what a
    reader took away stays away.
    """
    return _Absorber(entries, added, tags).run(records)


class _Absorber:
    def __init__(self, entries: Mapping[str, Entry], added: str, tags: tuple[str, ...]) -> None:
        self._before = entries
        self._now = dict(entries)
        self._added = added
        self._tags = tags
        self._taken = {name.lower() for entry in entries.values() for name in (entry.key, *entry.aliases)}
        self._index = dedupe.Index()
        self._by_page: dict[str, dict[str, None]] = {}
        self._claimed: set[str] = set()
        self._outcome = Outcome()
        for entry in entries.values():
            self._enter(entry)

    def _enter(self, entry: Entry) -> None:
        self._index.add(entry.key, entry.paper)
        for source in entry.sources:
            self._by_page.setdefault(_page_of(source), {})[entry.key] = None

    def run(self, records: Iterable[tuple[Source, Record]]) -> Outcome:
        for source, record in records:
            key = self._one(source, record)
            if key not in self._outcome.keys:
                self._outcome.keys.append(key)
        self._outcome.changes = {key: entry for key, entry in self._now.items() if self._before.get(key) != entry}
        return self._outcome

    def _one(self, source: Source, record: Record) -> str:
        known = self._from_this_page(source, record.paper)
        if known:
            self._claimed.add(known.key)
            self._settle(known, dedupe.merge(known, record.paper, tags=self._tags))
            return known.key
        same, doubt = self._same_work(record.paper)
        tags = (*record.tags, *self._tags)
        if same:
            self._claimed.add(same.key)
            self._settle(same, dedupe.merge(same, record.paper, tags=tags, source=str(source)))
            return same.key
        entry = self._new(source, record, tags)
        if doubt:
            other, verdict = doubt
            self._outcome.doubts.append(Doubt(entry.key, other.key, verdict.reasons))
        return entry.key

    def _settle(self, old: Entry, new: Entry) -> None:
        if new == old:
            self._outcome.unchanged += 1
            return
        self._outcome.merged += 1
        self._now[new.key] = new
        self._enter(new)

    def _new(self, source: Source, record: Record, tags: tuple[str, ...]) -> Entry:
        entry = Entry(
            key=keys.unique(record.paper, self._taken),
            paper=record.paper,
            tags=tuple(sorted(set(tags))),
            sources=(str(source),),
            added=self._added,
        )
        self._taken.add(entry.key.lower())
        self._now[entry.key] = entry
        self._claimed.add(entry.key)
        self._enter(entry)
        self._outcome.imported += 1
        return entry

    def _from_this_page(self, source: Source, paper: Paper) -> Entry | None:
        """The entry that an earlier import made of this very record: same page, and the same line or title.

        Each entry answers to one record of a run, so that two papers of one title on a page stay two.
        """
        exact: Entry | None = None
        for key in self._by_page.get(_page_of(str(source)), ()):
            entry = self._before.get(key)
            if entry is None or key in self._claimed:
                continue
            verdict = None
            if str(source) in entry.sources:
                if title_key(entry.paper.title) == title_key(paper.title):
                    return self._now[key]
                verdict = dedupe.compare(entry.paper, paper)
                if verdict.score >= _RETITLED and verdict.answer is not Answer.DIFFERENT:
                    return self._now[key]
            elif title_key(entry.paper.title) == title_key(paper.title):
                verdict = verdict or dedupe.compare(entry.paper, paper)
                if verdict.answer is not Answer.DIFFERENT:
                    exact = exact or self._now[key]
        return exact

    def _same_work(self, paper: Paper) -> tuple[Entry | None, tuple[Entry, Verdict] | None]:
        """The entry of the same work, and the likeliest of those that may be."""
        best: tuple[Entry, Verdict] | None = None
        doubt: tuple[Entry, Verdict] | None = None
        for key in self._index.candidates(paper):
            verdict = dedupe.compare(self._now[key].paper, paper)
            if verdict.answer is Answer.SAME and (best is None or verdict.score > best[1].score):
                best = (self._now[key], verdict)
            elif verdict.answer is Answer.MAYBE and (doubt is None or verdict.score > doubt[1].score):
                doubt = (self._now[key], verdict)
        return (best[0] if best else None), doubt


def _page_of(source: str) -> str:
    """A source without its line: `homepage.txt:48 (homepage)` is of `homepage.txt (homepage)`."""
    file, _, rest = source.rpartition(":")
    return f"{file} {rest.partition(' ')[2]}"
