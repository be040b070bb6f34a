"""Who is compared with whom: an index by identifiers, whole titles and rare title words, never all with all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from litcli import ids
from litcli.paper import Paper
from litcli.text import title_key

_RARE = 4
"""How many of a title's rarest words are looked up; a typo spoils one of them, seldom two."""
_CROWDED = 500
"""A word in more titles than this finds nothing that rarer words do not."""


class Index:
    """Papers by what can make two of them candidates; `add` as they come, `candidates` at any time."""

    def __init__(self) -> None:
        self._exact: dict[str, list[str]] = defaultdict(list)
        self._words: dict[str, list[str]] = defaultdict(list)

    def add(self, key: str, paper: Paper) -> None:
        """Enter a paper under its key; entering it again with more in it is allowed."""
        for name in _exact_keys(paper):
            if key not in self._exact[name][-8:]:
                self._exact[name].append(key)
        for word in _words(paper):
            if key not in self._words[word][-8:]:
                self._words[word].append(key)

    def candidates(self, paper: Paper) -> list[str]:
        """The keys of papers worth a comparison, each once, in the order in which they were entered per clue."""
        found: dict[str, None] = {}
        for name in _exact_keys(paper):
            found.update(dict.fromkeys(self._exact.get(name, ())))
        rare = sorted((len(self._words.get(word, ())), word) for word in _words(paper))
        for count, word in rare[:_RARE]:
            if count <= _CROWDED:
                found.update(dict.fromkeys(self._words.get(word, ())))
        return list(found)


def _exact_keys(paper: Paper) -> Iterator[str]:
    if paper.doi:
        yield f"doi:{ids.doi_key(paper.doi)}"
    if paper.arxiv:
        yield f"arxiv:{paper.arxiv}"
    for version in paper.versions:
        if version.get("doi"):
            yield f"doi:{ids.doi_key(version['doi'])}"
        if version.get("arxiv"):
            yield f"arxiv:{version['arxiv']}"
    key = title_key(paper.title)
    if key:
        yield f"title:{key.replace(' ', '')}"
        head = title_key(paper.title.partition(":")[0])
        if len(head) > 8:
            yield f"head:{head.replace(' ', '')}"


def _words(paper: Paper) -> set[str]:
    return {word for word in title_key(paper.title).split() if len(word) > 3}
