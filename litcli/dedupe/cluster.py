"""Pairs into works: records are joined by what is surest first, and never where two of them are different works."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from litcli.dedupe.pairs import Index, clues
from litcli.dedupe.score import Answer, Features, Verdict, judge
from litcli.paper import Paper

_LOOKED_AT = 30
"""Papers of a cluster that all papers of another are compared with before the two are joined; more are not rare alone,
but would make the time grow with their square."""

Track = Callable[[Sequence[Any]], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Papers, by their keys in order, that are one work (*same*), or two that may be one (*maybe*), and why."""

    keys: tuple[str, ...]
    answer: Answer
    score: float
    reasons: tuple[str, ...]


def clusters(papers: Mapping[str, Paper], apart: Collection[frozenset[str]] = (), track: Track = iter) -> list[Cluster]:
    """The certain clusters among papers, in the order of their keys, and after them the doubtful pairs.

    A paper is in one certain cluster at the most. Of two clusters (or papers on their own) that may be one work, one
    pair is named, the likeliest. The pairs of keys in `apart` are different works, and so is whatever is the same work
    as one of the two. The result does not depend on the order of the papers. `track` is told of the keys as they go.
    """
    return _Joiner(papers, apart).run(track)


class _Joiner:
    def __init__(self, papers: Mapping[str, Paper], apart: Collection[frozenset[str]]) -> None:
        self._papers = papers
        self._apart = apart
        self._features: dict[str, Features] = {}
        self._verdicts: dict[tuple[str, str], Verdict] = {}
        self._members = {key: [key] for key in papers}
        """The papers of one work, in the order of their keys, for each of them the same list."""
        self._why: dict[str, Verdict] = {}
        """By the first key of a cluster, the least sure of the verdicts that joined it."""

    def run(self, track: Track) -> list[Cluster]:
        found = list(self._pairs(track))
        found.sort(key=lambda pair: self._rank(*pair))
        doubts: dict[tuple[str, str], Cluster] = {}
        for one, two in found:
            verdict = self._verdict(one, two)
            left, right = self._members[one], self._members[two]
            if left is right:
                continue
            against = self._against(left, right)
            if against is None:
                continue
            if verdict.answer is Answer.SAME and not against:
                self._join(left, right, verdict)
            else:
                reasons = (*verdict.reasons, *(reason for reason in against if reason not in verdict.reasons))
                doubt = Cluster((one, two), Answer.MAYBE, verdict.score, reasons)
                doubts.setdefault((min(left[0], right[0]), max(left[0], right[0])), doubt)
        return [*self._certain(), *sorted(doubts.values(), key=lambda cluster: cluster.keys)]

    def _pairs(self, track: Track) -> Iterator[tuple[str, str]]:
        """The pairs of keys that are one work or may be; of papers that say the same, one is looked at for all."""
        index = Index()
        twins = self._twins()
        for key in track(sorted(self._papers)):
            if key in twins:
                yield twins[key], key
                continue
            looked = clues(self._papers[key])
            for other in index.candidates(looked):
                if self._verdict(other, key).answer is not Answer.DIFFERENT:
                    yield other, key
                else:
                    del self._verdicts[other, key]
            index.add(key, looked)

    def _twins(self) -> dict[str, str]:
        """The keys of papers that say to the letter what an earlier one says, and enough to be one work with it."""
        first: dict[Any, str] = {}
        twins: dict[str, str] = {}
        for key in sorted(self._papers):
            paper = self._papers[key]
            there = first.setdefault((paper.title, paper.authors, paper.year, paper.venue, paper.volume, paper.number,
                                      paper.pages, paper.doi, paper.arxiv, paper.type), key)  # fmt: skip
            if there != key and self._verdict(there, key).answer is Answer.SAME:
                twins[key] = there
        return twins

    def _verdict(self, one: str, two: str) -> Verdict:
        pair = (one, two) if one < two else (two, one)
        if pair not in self._verdicts:
            different = frozenset(pair) in self._apart
            self._verdicts[pair] = _APART if different else judge(*map(self._of, pair))
        return self._verdicts[pair]

    def _of(self, key: str) -> Features:
        if key not in self._features:
            self._features[key] = Features(self._papers[key])
        return self._features[key]

    def _rank(self, one: str, two: str) -> tuple[Any, ...]:
        """The surest first, and pairs that are equally sure by their keys."""
        verdict = self._verdict(one, two)
        return verdict.answer is not Answer.SAME, -verdict.support, -verdict.score, one, two

    def _against(self, left: list[str], right: list[str]) -> list[str] | None:
        """What speaks against one work of two clusters, None where two of their papers are different works."""
        found: list[str] = []
        for one in left[:_LOOKED_AT]:
            for two in right[:_LOOKED_AT]:
                verdict = self._verdict(one, two)
                if verdict.answer is Answer.DIFFERENT:
                    return None
                if verdict.against:
                    found.append(verdict.against)
        return found

    def _join(self, left: list[str], right: list[str], verdict: Verdict) -> None:
        links = [verdict, *(self._why[members[0]] for members in (left, right) if members[0] in self._why)]
        left[:] = sorted((*left, *right))
        for key in left:
            self._members[key] = left
        self._why[left[0]] = min(links, key=lambda link: (link.support, link.score))

    def _certain(self) -> Iterator[Cluster]:
        for key in sorted(self._members):
            members = self._members[key]
            if len(members) > 1 and members[0] == key:
                yield Cluster(tuple(members), Answer.SAME, self._why[key].score, self._why[key].reasons)


_APART = Verdict(Answer.DIFFERENT, 0.0, ("kept apart",), "kept apart")
