"""Entries completed from records that somebody owns: what they lack is filled, and nothing else comes in. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from litcli import dedupe, table
from litcli.dedupe import Answer
from litcli.paper import Entry, Paper, Record, Source
from litcli.text import has_cjk, title_key
from litcli.versions import FORM_FIELDS

_TELLING = 4
"""Words from which on a whole title is hardly that of two works; a name with a number in it (`Qwen2`) is enough."""
_TELLING_CJK = 8
"""The same in characters of a script that is written without blanks."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What an entry was completed with, and by which record."""

    key: str
    fields: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record that was left aside although it may be the work of an entry, and why."""

    key: str
    source: Source
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Outcome:
    """What became of the records: completed an entry, found one that lacks nothing of theirs, or found none."""

    changes: dict[str, Entry | None] = field(default_factory=dict)
    filled: list[Filled] = field(default_factory=list)
    unchanged: int = 0
    not_found: int = 0
    doubts: list[Doubt] = field(default_factory=list)


def fill(
    entries: Mapping[str, Entry],
    records: Sequence[tuple[Source, Record]],
    track: Callable[[Sequence[Any]], Iterable[Any]] = iter,
) -> Outcome:
    """The outcome of completing entries from records; `track` is told of the records as they go."""
    finder = _Finder(entries, [record.paper for _, record in records])
    outcome = Outcome()
    for source, record in track(records):
        key, doubt = finder.find(record)
        if key is None:
            outcome.not_found += 1
            outcome.doubts += [Doubt(doubt[0], source, doubt[1])] if doubt else []
            continue
        before = outcome.changes.get(key) or entries[key]
        after = complete(before, record.paper)
        fields = _changed(before, after)
        if fields:
            outcome.changes[key] = replace(after, sources=tuple(dict.fromkeys((*before.sources, str(source)))))
            outcome.filled.append(Filled(key, fields, source))
        else:
            outcome.unchanged += 1
    return outcome


def complete(entry: Entry, paper: Paper) -> Entry:
    """The entry with what it lacks and the paper has; its type is one of these things while it is `misc`."""
    after = dedupe.fill(entry, paper)
    printed = any(getattr(after.paper, name) != getattr(entry.paper, name) for name in FORM_FIELDS)
    if after.paper.type == "misc" and (printed or after.paper.venue == paper.venue != ""):
        return replace(after, paper=replace(after.paper, type=paper.type))
    return after


def _changed(before: Entry, after: Entry) -> tuple[str, ...]:
    """The fields that changed, in their order."""
    old, new = table.to_table(before), table.to_table(after)
    return tuple(name for name in new if new[name] != old.get(name))


class _Finder:
    """Finds the entry of a record.

    It is the one that is the same work. Where one of the two names no author, its key or the whole title is enough,
    if nothing speaks against it, and the title tells enough and is that of one entry and one work among the records.
    """

    def __init__(self, entries: Mapping[str, Entry], offered: Sequence[Paper]) -> None:
        self._entries = entries
        self._index = dedupe.Index()
        self._names: dict[str, str] = {}
        self._titled: dict[str, set[str]] = {}
        self._offered: dict[str, list[Paper]] = {}
        for key, entry in entries.items():
            self._index.add(key, dedupe.clues(entry.paper))
            self._titled.setdefault(title_key(entry.paper.title), set()).add(key)
            self._names |= dict.fromkeys((name.lower() for name in (*entry.aliases, key)), key)
        for paper in offered:
            same_title = self._offered.setdefault(title_key(paper.title), [])
            # Of one work once: two are enough to know that there are several.
            if len(same_title) < 2 and not any(dedupe.compare(paper, p).answer is Answer.SAME for p in same_title):
                same_title.append(paper)

    def find(self, record: Record) -> tuple[str | None, tuple[str, tuple[str, ...]] | None]:
        """The key of the entry, or None and the key of the one that it may be with the reasons of the doubt."""
        named = self._names.get(record.key.lower())
        best: tuple[tuple[bool, float], str] | None = None
        doubt: tuple[float, str, tuple[str, ...]] | None = None
        for key in self._index.candidates(dedupe.clues(record.paper)):
            paper = self._entries[key].paper
            verdict = dedupe.compare(paper, record.paper)
            if verdict.answer is Answer.DIFFERENT:
                continue
            is_same = verdict.answer is Answer.SAME or (
                not verdict.against
                and dedupe.shared_authors(paper, record.paper) is None
                and (key == named or self._is_only(record.paper.title, key))
            )
            rank = key == named, verdict.score
            if is_same and (best is None or rank > best[0]):
                best = rank, key
            elif not is_same and (doubt is None or verdict.score > doubt[0]):
                doubt = verdict.score, key, verdict.reasons
        if best:
            return best[1], None
        return None, doubt and (doubt[1], doubt[2])

    def _is_only(self, title: str, key: str) -> bool:
        """Whether a title tells enough and is that of this entry alone, and of one work among the records."""
        folded = title_key(title)
        return _tells(folded) and self._titled.get(folded) == {key} and len(self._offered[folded]) == 1


def _tells(folded: str) -> bool:
    words = folded.split()
    if has_cjk(folded):
        return len(folded) >= _TELLING_CJK
    return len(words) >= _TELLING or any(word[0].isalpha() and any(map(str.isdigit, word)) for word in words)
