"""Which text of an unlabelled pool is the abstract of which paper: only where the texts make it certain.

Three kinds of evidence are taken. *Quoted*: exactly one text holds the whole title. *Named*: the title opens with a
name (`GLaM: …`) and exactly one text introduces that name. *Overlap*: title and text are each other's best match in
shared rare words, by a wide margin. Everything else stays apart: a wrong abstract is far worse than a missing one.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import chain
from typing import NamedTuple

from litcli.text import tokens

# Measured on the 91 abstracts of a report of 108 papers, assigned by hand: plain best overlap gets one in five wrong;
# the widest margin of a wrong pair is 3.4 nats, and 5.9 when each text and each title is left out once, so 6 it is.
_MARGIN = 6.0
_NAMED_MARGIN = 2.0
_KINSHIP = 0.7
"""A text that introduces a title's name shares at least this much with it, of what it shares with its best title."""
_LONG = 6
"""Words of a title that nobody writes by chance in this order."""
_COVERAGE = 0.5
"""The share of a title's weight that a text must hold."""
_COMMON = 0.35
"""A word in more than this share of the texts tells nothing and is left out."""
_MANY = 200
"""Texts or titles with a word, beyond which it tells nothing in a pool of any size."""

_VERBS = (
    r"(?:introduc|present|propos|develop|releas|describ|design|buil[dt]|creat|train|contribut)\w*|"
    r"call(?:ed)?|named?|dubbed|termed?|abbreviated?|referred to"
)
_BETWEEN = r"(?:(?!\b(?:for|on|using|with|based|like|over|to|from|in|than|which|that|where|by|of)\b)[^.;:]){0,90}?"
_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "er", "ed", "es", "ally", "al", "ly", "ity", "ive", "s")


class _Overlap(NamedTuple):
    score: float
    margin: float
    """To the second best, of the text's titles or of the title's texts, whichever is less; negative if not mutual."""


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in tokens(text)}


def assign(titles: Sequence[str], texts: Sequence[str]) -> dict[int, int]:
    """Indices of texts -> indices of titles, each at most once, for the pairs that are certain."""
    scores, weight = _scores(titles, texts)
    best: dict[int, int] = {}
    for text, title in chain(_quoted(titles, texts, weight), _named(titles, texts, scores)):
        best.setdefault(text, title)
    rivals = _Rivals(scores)
    for text, row in scores.items():
        if text in best or not row:
            continue
        title = max(row, key=row.__getitem__)
        overlap = rivals.overlap(text, title)
        if overlap.margin >= _MARGIN and overlap.score >= _COVERAGE * weight[title]:
            best[text] = title
    taken = Counter(best.values())
    return {text: title for text, title in best.items() if taken[title] == 1}


def _scores(titles: Sequence[str], texts: Sequence[str]) -> tuple[dict[int, dict[int, float]], list[float]]:
    """For each text the weight of the words it shares with each title, in nats, and each title's own weight."""
    title_stems, text_stems = [_stems(title) for title in titles], [_stems(text) for text in texts]
    in_titles = Counter(stem for stems in title_stems for stem in stems)
    in_texts = Counter(stem for stems in text_stems for stem in stems)
    weight = {stem: math.log((len(texts) + 1) / max(in_texts[stem], count)) for stem, count in in_titles.items()}
    where: dict[str, list[int]] = defaultdict(list)
    for at, stems in enumerate(text_stems):
        for stem in stems & in_titles.keys():
            if in_texts[stem] <= max(3, min(_COMMON * len(texts), _MANY)):
                where[stem].append(at)
    scores: dict[int, dict[int, float]] = {at: defaultdict(float) for at in range(len(texts))}
    for at, stems in enumerate(title_stems):
        # Sorted, because sums of floats in the order of a set would differ from run to run.
        for stem in sorted(stems):
            for text in where[stem]:
                scores[text][at] += weight[stem]
    return scores, [sum(max(weight[stem], 0.0) for stem in stems) for stems in title_stems]


class _Rivals:
    """The two best scores of each text and of each title, by which one of them is told from its rivals."""

    def __init__(self, scores: Mapping[int, Mapping[int, float]]) -> None:
        self._scores = scores
        self._of_text = {text: nlargest(2, row.values()) for text, row in scores.items()}
        columns: dict[int, list[float]] = defaultdict(list)
        for row in scores.values():
            for title, score in row.items():
                columns[title].append(score)
        self._of_title = {title: nlargest(2, column) for title, column in columns.items()}

    def overlap(self, text: int, title: int) -> _Overlap:
        score = self._scores[text].get(title, 0.0)
        rivals = [_rival(best, score) for best in (self._of_text[text], self._of_title.get(title, []))]
        return _Overlap(score, score - max(rivals))


def _rival(best: Sequence[float], score: float) -> float:
    """The best of some scores beside one of them, 0 where there is none."""
    return next(iter(best[1:]), 0.0) if best and best[0] == score else next(iter(best), 0.0)


class _Pool:
    """Texts by the words they hold."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._holding: dict[str, list[int]] = defaultdict(list)
        for at, text in enumerate(texts):
            for word in dict.fromkeys(tokens(text)):
                self._holding[word].append(at)

    def with_all(self, phrase: str) -> Sequence[int]:
        """The texts that may hold a phrase, by its rarest word; none where that is too common to tell."""
        found: Sequence[int] = min((self._holding.get(word, ()) for word in tokens(phrase)), key=len, default=())
        return found if len(found) <= _MANY else ()


def _quoted(titles: Sequence[str], texts: Sequence[str], weight: Sequence[float]) -> Iterator[tuple[int, int]]:
    """The pairs in which the text, alone in the pool, holds a title word for word, a long one or one of rare words."""
    folded_titles = [f" {' '.join(tokens(title))} " for title in titles]
    folded_texts = [f" {' '.join(tokens(text))} " for text in texts]
    among_titles, among_texts = _Pool(titles), _Pool(texts)
    for at, title in enumerate(folded_titles):
        if weight[at] < _MARGIN and title.count(" ") <= _LONG:
            continue
        if any(title in folded_titles[n] for n in among_titles.with_all(title) if n != at):
            continue
        holding = [n for n in among_texts.with_all(title) if title in folded_texts[n]]
        if len(holding) == 1:
            yield holding[0], at


def _named(
    titles: Sequence[str], texts: Sequence[str], scores: Mapping[int, Mapping[int, float]]
) -> Iterator[tuple[int, int]]:
    """The pairs in which the text, alone in the pool, introduces the name that the title opens with."""
    names = [_opening_name(title) for title in titles]
    count = Counter(names)
    pool, rivals = _Pool(texts), _Rivals(scores)
    for at, name in enumerate(names):
        if not name or count[name] > 1:
            continue
        mentioned = [text for text in pool.with_all(name) if _mentions(name, texts[text])]
        introduced = [text for text in mentioned if _introduces(name, texts[text])]
        if len(introduced) == 1 and scores[introduced[0]].get(at, 0.0) >= _KINSHIP * max(
            scores[introduced[0]].values(), default=0.0
        ):
            yield introduced[0], at
        elif not introduced and len(mentioned) == 1 and rivals.overlap(mentioned[0], at).margin >= _NAMED_MARGIN:
            yield mentioned[0], at


def _opening_name(title: str) -> str:
    """The name before a title's first colon: one word, or up to three that are capitalised; "" where there is none."""
    head, colon, rest = title.partition(":")
    words = head.split()
    if not colon or not rest.strip() or not words or len(words) > 3 or not words[0][:1].isalnum():
        return ""
    return head.strip()


def _mentions(name: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None


def _introduces(name: str, text: str) -> bool:
    pattern = rf"\b(?:{_VERBS})\b{_BETWEEN}(?<![\w-]){re.escape(name)}(?![\w-])"
    return re.search(pattern, text) is not None
