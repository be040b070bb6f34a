"""What an import does to a library: each record is new, merged into an entry, or known already. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from litcli import dedupe, duplicates, inheriting, keys
from litcli.dedupe import Answer, Verdict
from litcli.paper import Entry, Paper, Record, Source
from litcli.text import title_key

T = TypeVar("T")

_STDIN = "stdin:"
"""The page of no name: what comes through a pipe today is not the page that came yesterday."""
_RETITLED = 70
"""Similarity (0 to 100) down to which a record is still the one that stood on the same line of the same page."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record that was entered on its own although it may be the same work as another entry."""

    key: str
    other: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Renamed:
    """A key that came with a record: where, and the key of the entry that the record is now."""

    source: Source
    key: str
    now: str


@dataclass(slots=True)
class Outcome:
    """What became of the records: the entries to write, the counts, and what its reader should look at."""

    changes: dict[str, Entry | None] = field(default_factory=dict)
    imported: int = 0
    merged: int = 0
    unchanged: int = 0
    keys: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    renamed: list[Renamed] = field(default_factory=list)
    """The keys that were another entry's already."""
    united: list[Renamed] = field(default_factory=list)
    """The keys that became names of an entry of the same work."""


def absorb(
    entries: Mapping[str, Entry],
    records: Sequence[tuple[Source, Record]],
    *,
    added: str,
    tags: tuple[str, ...] = (),
    apart: Collection[frozenset[str]] = (),
    pattern: keys.Pattern = keys.USUAL,
    track: Callable[[Sequence[T]], Iterable[T]] = iter,
) -> Outcome:
    """The outcome of entering records into a library of `entries` on the day `added`, with `tags` on each.

    A record that the library has from the same page already fills what the entry lacks, and no more: what a reader
    corrected stays corrected, and a tag that a reader took away stays away. Of the pairs of keys in `apart` nobody is
    asked again. New keys are made by `pattern`. `track` is told of the records as they go.
    """
    return _Absorber(entries, records, added, tags, apart, pattern).run(track)


class _Absorber:
    def __init__(
        self,
        entries: Mapping[str, Entry],
        records: Sequence[tuple[Source, Record]],
        added: str,
        tags: tuple[str, ...],
        apart: Collection[frozenset[str]],
        pattern: keys.Pattern,
    ) -> None:
        self._before = entries
        self._now = dict(entries)
        self._records = records
        self._added = added
        self._tags = tags
        self._apart = apart
        self._names = {name.lower(): key for key, entry in entries.items() for name in entry.aliases}
        self._names |= {key.lower(): key for key in entries}
        self._free = keys.Free(self._names)
        self._pattern = pattern
        self._index = dedupe.Index()
        self._outcome = Outcome()
        self._on_page: dict[str, list[str]] = {}
        self._named: dict[tuple[str, str], str] = {}
        for entry in entries.values():
            for page in {_page_of(source) for source in entry.sources if not source.startswith(_STDIN)}:
                self._on_page.setdefault(page, []).append(entry.key)

    def run(self, track: Callable[[Sequence[Any]], Iterable[Any]]) -> Outcome:
        known = self._known()
        if len(known) < len(self._records):
            self._enter()
        told: dict[str, None] = {}
        for number, (source, record) in track(list(enumerate(self._records))):
            entry = self._now[known[number]] if number in known else None
            key = self._again(entry, record) if entry else self._first_time(source, record)
            told[key] = None
            if record.key:
                self._named.setdefault((source.file, record.key.lower()), key)
        self._refer(known)
        self._outcome.keys = list(told)
        self._outcome.changes = {key: entry for key, entry in self._now.items() if self._before.get(key) != entry}
        return self._outcome

    def _enter(self) -> None:
        """Let the entries be found by records that are new."""
        for entry in self._before.values():
            self._index.add(entry.key, dedupe.clues(entry.paper))

    def _known(self) -> dict[int, str]:
        """The records, by number, that earlier imports made entries of, each source of an entry for one at the most.

        The same line and title of the same page go first, then the title on another line, and only then, for what
        is left over, a title that was corrected; so that a neighbour's entry is never taken for a record's own.
        """
        found: dict[int, str] = {}
        if not self._on_page:
            return found
        free = Counter((_page_of(source), key) for key, entry in self._before.items() for source in entry.sources)
        by_title: dict[tuple[str, str], list[str]] = {}
        for page, keys_there in self._on_page.items():
            for key in keys_there:
                for title in _titles(self._before[key]):
                    by_title.setdefault((page, title), []).append(key)
        pages = ((number, _page_of(str(source))) for number, (source, _) in enumerate(self._records))
        left = [(number, page) for number, page in pages if page in self._on_page]
        for fits in (_is_keyed, _is_exact, _is_moved, _is_corrected):
            for number, page in left:
                source, record = self._records[number]
                if fits is _is_keyed:
                    candidates = [self._names[record.key.lower()]] if record.key.lower() in self._names else []
                elif fits is _is_corrected:
                    candidates = self._on_page[page]
                else:
                    candidates = by_title.get((page, title_key(record.paper.title)), [])
                for key in candidates:
                    if free[page, key] and fits(self._before[key], source, record.paper):
                        found[number] = key
                        free[page, key] -= 1
                        break
            left = [(number, page) for number, page in left if number not in found]
        return found

    def _again(self, entry: Entry, record: Record) -> str:
        filled = entry
        if entry.paper != record.paper:
            enter = dedupe.merge if dedupe.publishes(record.paper, entry.paper) else dedupe.fill
            filled = enter(entry, record.paper)
            # What was merged into the entry that it refers to would refer to itself.
            filled = duplicates.followed(filled, dict.fromkeys((entry.key, *entry.aliases), entry.key))
        filled = self._named_too(filled, record)
        self._settle(entry, replace(filled, tags=tuple(sorted({*filled.tags, *self._tags}))))
        return entry.key

    def _first_time(self, source: Source, record: Record) -> str:
        clues = dedupe.clues(record.paper)
        same, doubt = self._same_work(record, clues)
        if same and same.key in self._on_page.get(_page_of(str(source)), ()):
            return self._again(same, record)
        tags = (*record.tags, *self._tags)
        if same:
            merged = dedupe.merge(same, record.paper, tags=tags, sources=(*record.sources, str(source)))
            if same.key not in self._before:
                # Nobody has worked on it yet, so the order of the records need not count.
                merged = replace(merged, paper=dedupe.unite_papers((same.paper, record.paper)))
            self._tell_key(source, record, same.key)
            note = dedupe.united_notes((same.note, record.note))
            self._settle(same, self._named_too(replace(merged, note=note), record))
            return same.key
        entry = self._new(source, record, tags, clues)
        if doubt and frozenset((entry.key, doubt[0].key)) not in self._apart:
            other, verdict = doubt
            self._outcome.doubts.append(Doubt(entry.key, other.key, verdict.reasons))
        return entry.key

    def _settle(self, old: Entry, new: Entry) -> None:
        if new == old:
            self._outcome.unchanged += 1
            return
        self._outcome.merged += 1
        self._now[new.key] = new
        self._index.add(new.key, dedupe.clues(new.paper))

    def _new(self, source: Source, record: Record, tags: tuple[str, ...], clues: dedupe.Clues) -> Entry:
        key = self._free(record.key or self._pattern.key(record.paper))
        self._tell_key(source, record, key)
        self._names[key.lower()] = key
        entry = Entry(
            key=key,
            paper=record.paper,
            note=record.note,
            tags=tuple(sorted(set(tags))),
            sources=tuple(dict.fromkeys((*record.sources, str(source)))),
            added=self._added,
        )
        entry = self._named_too(entry, record)
        self._now[entry.key] = entry
        self._index.add(entry.key, clues)
        self._outcome.imported += 1
        return entry

    def _tell_key(self, source: Source, record: Record, now: str) -> None:
        """Say where a key that came with a record is not the entry's own."""
        owner = self._names.get(record.key.lower())
        if record.key and record.key != now and owner != now:
            told = self._outcome.renamed if owner else self._outcome.united
            told.append(Renamed(source, record.key, now))

    def _named_too(self, entry: Entry, record: Record) -> Entry:
        """The entry, found by the record's names as well, where no other entry has them."""
        new = [
            name for name in dict.fromkeys((record.key, *record.aliases)) if name and name.lower() not in self._names
        ]
        self._names.update((name.lower(), entry.key) for name in new)
        return replace(entry, aliases=(*entry.aliases, *new)) if new else entry

    def _refer(self, known: Mapping[int, str]) -> None:
        """Let new entries refer to others of their file by the keys that these have here, and inherit from them."""
        children: list[str] = []
        for number, (source, record) in enumerate(self._records):
            here = self._named.get((source.file, record.key.lower())) if number not in known else None
            if here is None or duplicates.REFERRING.isdisjoint(record.paper.fields):
                continue
            entry = self._now[here]
            fields = record.paper.fields
            told = [
                fields[name] for name in duplicates.REFERRING if entry.paper.fields.get(name) == fields.get(name, "")
            ]
            keys = [key.strip() for text in told for key in str(text).split(",")]
            moved = {key: self._named.get((source.file, key.lower()), key) for key in keys}
            self._now[here] = duplicates.followed(entry, moved)
            children.append(here)
        # A parent that was merged on the way says more now than in its file.
        for here in children:
            entry = self._now[here]
            self._now[here] = replace(entry, paper=inheriting.whole(entry.paper, self._paper))

    def _paper(self, name: str) -> Paper | None:
        """The paper that goes by a name in any capitals."""
        entry = self._now.get(self._names.get(name.lower(), ""))
        return entry.paper if entry else None

    def _same_work(self, record: Record, clues: dedupe.Clues) -> tuple[Entry | None, tuple[Entry, Verdict] | None]:
        """The entry of the same work, and the likeliest of those that may be.

        The entry that has the record's key comes first; what is apart from that one is no candidate.
        """
        own = self._names.get(record.key.lower())
        same: list[tuple[Entry, Verdict]] = []
        doubt: tuple[Entry, Verdict] | None = None
        for key in self._index.candidates(clues):
            verdict = dedupe.compare(self._now[key].paper, record.paper)
            if verdict.answer is Answer.DIFFERENT or frozenset((key, own)) in self._apart:
                continue
            if verdict.answer is Answer.SAME:
                same.append((self._now[key], verdict))
            elif doubt is None or verdict.score > doubt[1].score:
                doubt = (self._now[key], verdict)
        if len(same) > 1:
            same.sort(
                key=lambda found: (found[0].key != own, -found[1].score, -_agreement(found[0].paper, record.paper))
            )
        return (same[0][0] if same else None), doubt


def _agreement(one: Paper, two: Paper) -> int:
    """In how many fields two papers say the same."""
    return sum(getattr(one, slot.name) == getattr(two, slot.name) for slot in fields(Paper))


def _titles(entry: Entry) -> set[str]:
    """The keys of all titles that an entry's paper goes by."""
    return {title_key(title) for title in (entry.paper.title, *(v.get("title", "") for v in entry.paper.versions))}


def _is_keyed(entry: Entry, source: Source, paper: Paper) -> bool:
    """The record's own key, with nothing that speaks against it."""
    del source
    return entry.paper == paper or dedupe.compare(entry.paper, paper).answer is not Answer.DIFFERENT


def _is_exact(entry: Entry, source: Source, paper: Paper) -> bool:
    """The record's own line and title, with nothing that speaks against it."""
    return str(source) in entry.sources and _is_moved(entry, source, paper)


def _is_moved(entry: Entry, source: Source, paper: Paper) -> bool:
    """The record's title on any line of the page, with nothing that speaks against it."""
    del source
    if title_key(paper.title) not in _titles(entry):
        return False
    if entry.paper == paper or (paper.abstract and paper.abstract == entry.paper.abstract):
        return True
    answer = dedupe.compare(entry.paper, paper).answer
    return answer is Answer.SAME or (answer is Answer.MAYBE and dedupe.shared_authors(entry.paper, paper) != 0)


def _is_corrected(entry: Entry, source: Source, paper: Paper) -> bool:
    """A title that its reader corrected since, told by its abstract or by its authors."""
    if entry.paper.authors != paper.authors:
        return False
    verdict = dedupe.compare(entry.paper, paper)
    if paper.abstract and paper.abstract == entry.paper.abstract:
        return str(source) in entry.sources or verdict.score >= _RETITLED
    if verdict.answer is Answer.SAME or not paper.authors:
        return verdict.answer is Answer.SAME
    heads = [title_key(title.partition(": ")[0]) for title in (entry.paper.title, paper.title)]
    return str(source) in entry.sources and heads[0] == heads[1]


def _page_of(source: str) -> str:
    """A source without its line: `homepage.txt:48 (homepage)` is of `homepage.txt (homepage)`."""
    file, _, rest = source.rpartition(":")
    return f"{file} {rest.partition(' ')[2]}"
