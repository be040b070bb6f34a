"""Who is compared with whom: an index by identifiers, titles, pages, people with title words; never all with all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from litcli import ids
from litcli.dedupe import places, titles
from litcli.paper import Paper
from litcli.text import fold, title_key

_WORDS = 3
"""How many of a title's longest words are looked up with a person: a typo spoils one, seldom all."""
_PART = 8
"""Letters from which on what stands before a colon or a bracket is looked up as a title."""
_ENDS = 6
"""Letters at both ends of a title that a typo in its middle leaves alone, for papers of which nobody is named."""
_CROWDED = 200
"""A clue that more papers share finds nothing that the others do not: `Editorial`, page 1 of volume 1."""

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_PART_END = re.compile(r": |\s[-–—]+\s|[?!(\[]")


@dataclass(frozen=True, slots=True)
class Clues:
    """What a paper is entered and looked up by; two papers with a clue in common are candidates.

    `telling` are clues that few papers share by accident, `weak` are a person with a word of the title: those count
    where half of the words of the shorter title stand in the other.
    """

    telling: tuple[str, ...]
    weak: tuple[str, ...]
    title: str


def clues(paper: Paper) -> Clues:
    """What a paper is entered and looked up by."""
    key = title_key(paper.title)
    telling = [*_identifiers(paper), *_page(paper)]
    if not key:
        return Clues(tuple(telling), (), "")
    telling.append(titles.joined(key))
    part = _PART_END.search(paper.title)
    if part and part.start() >= _PART:
        head = title_key(paper.title[: part.start()])
        telling.append(titles.joined(head))
        if part[0] in "([":
            # What stands in brackets is not in everybody's title, nor are its words.
            key = head
    words = sorted(key.split(), key=len, reverse=True)[:_WORDS]
    if part and part.start() < _PART:
        # A name before a colon may be all that others call it by.
        words.append(key.partition(" ")[0])
    names = _names(paper)
    if not names:
        telling.append(f"{key[:_ENDS]} {key[-_ENDS:]}")
    return Clues(tuple(telling), tuple(f"{name} {word}" for name in names for word in words), key)


def doi_keys(text: str) -> list[str]:
    """The DOIs of a field as they are compared, without what databases print around them: `10.1000/x. [doi]`."""
    key = ids.doi_key(text)
    if not key or (" " not in key and "\\" not in key and key[-1] not in ".,;"):
        return [key] if key else []
    return [found.rstrip(".,;") for found in _DOI.findall(key.replace("\\", ""))] or [key]


class Index:
    """Papers by what can make two of them candidates; `add` as they come, `candidates` at any time."""

    def __init__(self) -> None:
        self._keys: dict[str, str | dict[str, None]] = {}
        """By clue, the key of the one paper that has it, or those of all that have."""
        self._titles: dict[str, str] = {}

    def add(self, key: str, found: Clues) -> None:
        """Enter a paper under its key; entering it again with more in it is allowed."""
        self._titles[key] = found.title
        keys = self._keys
        for clue in (*found.telling, *found.weak):
            there = keys.setdefault(clue, key)
            if isinstance(there, dict):
                there[key] = None
            elif there != key:
                keys[clue] = {there: None, key: None}

    def candidates(self, found: Clues) -> list[str]:
        """The keys of papers worth a comparison, each once."""
        keys = self._sharing(found.telling)
        weak = self._sharing(found.weak)
        if weak:
            words = set(found.title.split())
            left = sorted(weak.keys() - keys.keys())
            keys |= dict.fromkeys(key for key in left if _is_alike(words, set(self._titles[key].split())))
        return list(keys)

    def _sharing(self, found: tuple[str, ...]) -> dict[str, None]:
        keys: dict[str, None] = {}
        for clue in found:
            there = self._keys.get(clue)
            if there is None:
                continue
            if isinstance(there, str):
                keys[there] = None
            elif len(there) <= _CROWDED:
                keys.update(there)
        return keys


def _is_alike(words: set[str], others: set[str]) -> bool:
    return 2 * len(words & others) >= min(len(words), len(others))


def _identifiers(paper: Paper) -> Iterator[str]:
    """The identifiers of all forms of a paper."""
    for form in ({"doi": paper.doi, "arxiv": paper.arxiv}, *paper.versions):
        arxiv = form.get("arxiv", "")
        for doi in doi_keys(form.get("doi", "")):
            arxiv = arxiv or (ids.arxiv_id(doi) if "arxiv" in doi else "")
            yield f"doi:{doi}"
        if arxiv:
            yield f"arxiv:{arxiv}"


def _page(paper: Paper) -> Iterator[str]:
    volume = paper.volume or paper.number
    if volume and paper.pages:
        page = places.first_page(paper)
        if page:
            yield f"{places.number(volume)}:{page}"


def _names(paper: Paper) -> set[str]:
    """Family names by which one list is found however it is ordered or cut: the first, and the alphabet's ends."""
    found = [fold(person.family or person.literal).rpartition(" ")[2] for person in paper.authors or paper.editors]
    return {found[0], min(found), max(found)} if found else set()
