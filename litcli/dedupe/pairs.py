"""Who is compared with whom: an index by identifiers, places, titles and rare title words, never all with all."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from litcli import ids
from litcli.paper import Paper
from litcli.text import fold, title_key

_RARE = 5
"""How many of a title's rarest words are looked up."""
_SHARED = 2
"""How many of them a candidate shares; a typo spoils one, seldom more. Of up to three words one is enough."""
_ENDS = 6
"""Letters at both ends of a title that a typo in its middle leaves alone."""
_BEGINNING = 15
"""Letters that two titles begin with where one of them has more in brackets behind."""
_SHORT = 10
"""Letters; of a shorter title the ends are too little to go by."""
_UNLIKE = 70
"""Similarity (rapidfuzz's, 0 to 100) below which two titles that only share words are not worth a comparison."""
_CROWDED = 1000
"""A word in more titles than this finds nothing that rarer words do not."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What a paper is looked up by: clues that two records share to the letter or not at all, title and its words."""

    exact: tuple[str, ...]
    title: str
    words: frozenset[str]


def clues(paper: Paper) -> Clues:
    """What a paper is entered and looked up by."""
    return Clues(tuple(_clues(paper)), title_key(paper.title), frozenset(_words(paper)))


class Index:
    """Papers by what can make two of them candidates; `add` as they come, `candidates` at any time."""

    def __init__(self) -> None:
        self._exact: dict[str, dict[str, None]] = defaultdict(dict)
        self._words: dict[str, dict[str, None]] = defaultdict(dict)
        self._titles: dict[str, str] = {}

    def add(self, key: str, found: Clues) -> None:
        """Enter a paper under its key; entering it again with more in it is allowed."""
        for clue in found.exact:
            self._exact[clue][key] = None
        for word in found.words:
            self._words[word][key] = None
        self._titles[key] = found.title

    def candidates(self, found: Clues) -> list[str]:
        """The keys of papers worth a comparison, each once."""
        keys: dict[str, None] = {}
        for clue in found.exact:
            if clue in self._exact:
                keys.update(self._exact[clue])
        words = sorted((len(self._words[word]) if word in self._words else 0, word) for word in found.words)
        rare = [word for count, word in words[:_RARE] if 0 < count <= _CROWDED]
        needed = _SHARED if len(words) > _SHARED + 1 else 1
        lists = [self._words[word] for word in rare]
        # Who is in enough of the lists is in one of the shorter ones; the longest are only looked into.
        shorter, longest = lists[: len(lists) - needed + 1], lists[len(lists) - needed + 1 :]
        for key, count in Counter(itertools.chain.from_iterable(shorter)).items():
            enough = count >= needed or count + sum(key in entries for entries in longest) >= needed
            if enough and self._is_alike(key, found.title):
                keys[key] = None
        return list(keys)

    def _is_alike(self, key: str, title: str) -> bool:
        """Whether a title is like that of an entry, or begins like it and goes on in brackets."""
        other = self._titles[key]
        return (
            fuzz.ratio(other, title, score_cutoff=_UNLIKE) > 0
            or other.startswith(title[:_BEGINNING])
            or title.startswith(other[:_BEGINNING])
        )


def _clues(paper: Paper) -> Iterator[str]:
    """What two records of one work may share to the letter."""
    for form in ({"doi": paper.doi, "arxiv": paper.arxiv}, *paper.versions):
        doi = form.get("doi", "")
        arxiv = form.get("arxiv", "") or ids.arxiv_id(doi)
        if doi:
            yield f"doi:{ids.doi_key(doi)}"
        if arxiv:
            yield f"arxiv:{arxiv}"
    key = title_key(paper.title)
    if key:
        joined = key.replace(" ", "")
        yield f"title:{joined}"
        if len(joined) >= _SHORT:
            ends = _ENDS if len(joined) > 2 * _SHORT else _ENDS - 2
            yield f"ends:{joined[:ends]}:{joined[-ends:]}"
        head = title_key(re.split(r": |\s[-–—]+\s|[?!(\[]", paper.title, maxsplit=1)[0])
        if len(head) > 8:
            yield f"title:{head.replace(' ', '')}"
    page = first_page(paper)
    if page and paper.volume and paper.year:
        yield f"place:{paper.year}:{fold(paper.volume)}:{page}"


def first_page(paper: Paper) -> str:
    """The page that a paper begins on, as it is compared: without leading zeros, "" where there is none."""
    return _first_page(paper.pages) if paper.pages else ""


@lru_cache(maxsize=65536)
def _first_page(pages: str) -> str:
    match = re.match(r"\W*([a-z]*\d+)", fold(pages))
    return match[1].lstrip("0") if match else ""


def _words(paper: Paper) -> set[str]:
    """The title's longer words; all of them where few are long."""
    words = title_key(paper.title).split()
    long = {word for word in words if len(word) > 3}
    return long if len(long) > _SHARED else set(words)
