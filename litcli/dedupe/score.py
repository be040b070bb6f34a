"""Two papers compared: same, maybe or different, with the reasons in words. What speaks against comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from litcli import ids, venues
from litcli.paper import Paper, Person
from litcli.text import fold, title_key, tokens

# Every threshold of the comparison. Similarities are rapidfuzz's, 0 to 100.
NEAR_TITLE = 92
"""Titles at least this alike differ as typing does, if their words do (`_is_typo`)."""
LOOSE_TITLE = 82
"""Below this, and with no part equal, two titles have nothing to do with each other."""
SAME_ID_TITLE = 45
"""Less alike than this, two records under one identifier are not plainly one work: one of the two is mistyped."""
SAME_ABSTRACT = 90
AUTHORS_AGREE = 0.6
"""Share of the shorter author list that the longer one holds."""
TYPO_PER_WORD = 2
YEARS_APART = 1
PREPRINT_YEARS = 3
"""A preprint and its published form lie at most this many years apart to be taken for one work unasked."""

_PREPRINT_DOI = re.compile(r"10\.(?:48550|1101|2139|31219|31234|26434|5281|21203|36227|20944|33774)/")
_KIND = re.compile(
    r"\b(?:erratum|errata|corrigend\w+|correction|retraction|retracted|addendum|comments? on|comment|"
    r"reply|repl(?:y|ies) to|response to|"
    r"rejoinder|discussion|editorial|preface|foreword|book review|review of|supplement\w*|"
    r"appendix|abstract|tutorial|poster|extended abstract|"
    r"revisited|second edition|third edition|[2-9](?:nd|rd|th) edition|part|volume|update)\b"
)
_ROMAN = frozenset(["ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"])
_PLAIN_ROMAN_I = re.compile(r"\b(?:part|volume|vol|chapter|book|section|paper) i\b")
_FILLERS = frozenset(
    """
    a an the of on in for to and or with by from at as using via towards toward into its
    """.split()
)
_GENERIC = frozenset(
    """
    editorial preface foreword introduction editors note guest message announcement contents index obituary news
    letter letters errata erratum correction corrigendum reply comment response discussion abstracts abstract
    summary conclusion conclusions proceedings panel keynote tutorial tutorials poster posters welcome chairs
    chair from the to a of s and reminiscences column report annual
    """.split()
)


class Answer(Enum):
    """The three answers of a comparison."""

    SAME = "same"
    MAYBE = "maybe"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer, how alike the titles are (0 to 100), and why, in words."""

    answer: Answer
    score: float
    reasons: tuple[str, ...]


def compare(a: Paper, b: Paper) -> Verdict:
    """Whether two papers are one work (design, section 7); the order of the two does not matter."""
    key_a, key_b = title_key(a.title), title_key(b.title)
    alike = fuzz.ratio(key_a, key_b)
    shared_id = _shared_id(a, b)
    if shared_id:
        return _under_one_id(a, b, alike, shared_id)
    if alike < LOOSE_TITLE and not _is_head(a, b):
        return Verdict(Answer.DIFFERENT, alike, ("the titles differ",))
    against = _against(a, b)
    if against:
        return Verdict(Answer.DIFFERENT, alike, (against,))
    return _by_title(a, b, alike)


# --- identifiers ------------------------------------------------------------------------------------------


def _dois(paper: Paper) -> set[str]:
    found = {paper.doi, *(version.get("doi", "") for version in paper.versions)}
    return {ids.doi_key(doi) for doi in found if doi and not ids.arxiv_id(doi)}


def _arxivs(paper: Paper) -> set[str]:
    found = {paper.arxiv, *(version.get("arxiv", "") for version in paper.versions)}
    return {arxiv for arxiv in {*found, ids.arxiv_id(paper.doi)} if arxiv}


def _shared_id(a: Paper, b: Paper) -> str:
    for name, one, two in (("DOI", _dois(a), _dois(b)), ("arXiv id", _arxivs(a), _arxivs(b))):
        both = one & two
        if both:
            return f"{name} {min(both)}"
    return ""


def _under_one_id(a: Paper, b: Paper, alike: float, shared: str) -> Verdict:
    numbers = _differing_numbers(a, b)
    if alike >= SAME_ID_TITLE and not (numbers and alike < 100 and _kind(a.title) != _kind(b.title)):
        return Verdict(Answer.SAME, alike, (f"same {shared}",))
    if _is_head(a, b) or not a.title or not b.title:
        return Verdict(Answer.SAME, alike, (f"same {shared}", "one title is the beginning of the other"))
    return Verdict(Answer.MAYBE, alike, (f"same {shared}", "but the titles differ"))


# --- what speaks against ----------------------------------------------------------------------------------


def _against(a: Paper, b: Paper) -> str:
    """The first reason why the two cannot be one work, "" where nothing is found."""
    published = [{doi for doi in _dois(paper) if not _PREPRINT_DOI.match(doi)} for paper in (a, b)]
    if published[0] and published[1] and not published[0] & published[1]:
        return f"different DOIs: {min(published[0])}, {min(published[1])}"
    if _arxivs(a) and _arxivs(b):
        return f"different arXiv ids: {min(_arxivs(a))}, {min(_arxivs(b))}"
    numbers = _differing_numbers(a, b)
    if numbers:
        return f"different numbers in the titles: {numbers}"
    kinds = _kind(a.title), _kind(b.title)
    if kinds[0] != kinds[1]:
        return f"of different kinds: {' '.join(sorted(kinds[0] ^ kinds[1]))}"
    for name in ("edition", "isbn"):
        one, two = fold(getattr(a, name)), fold(getattr(b, name))
        if name == "isbn":
            one, two = ids.isbn_key(one), ids.isbn_key(two)
        if one and two and one != two:
            return f"different {name}s: {one}, {two}"
    if a.type == b.type == "book" and a.volume and b.volume and a.volume != b.volume:
        return f"different volumes: {a.volume}, {b.volume}"
    return ""


def _numbers(title: str) -> set[str]:
    words = title_key(title).split()
    found = {word for word in words if any(char.isdigit() for char in word)}
    # A version such as 2.5 is two tokens, and 2 alone is not it.
    found |= {match.replace(" ", "") for match in re.findall(r"\d+(?:\.\d+)+", title)}
    found |= {word for word in words[1:] if word in _ROMAN} | {"i" for _ in _PLAIN_ROMAN_I.finditer(" ".join(words))}
    # DefSent+ and C++ are other works than DefSent and C.
    return found | {word for word in words if word in ("plus", "sharp")}


def _differing_numbers(a: Paper, b: Paper) -> str:
    one, two = _numbers(a.title), _numbers(b.title)
    if _is_head(a, b):
        # The dropped subtitle takes its numbers with it.
        shorter = min((a.title, b.title), key=lambda title: len(title_key(title)))
        longer_head = max((a.title, b.title), key=lambda title: len(title_key(title))).partition(":")[0]
        one, two = _numbers(shorter), _numbers(longer_head)
    return ", ".join(sorted(one ^ two))


def _kind(title: str) -> frozenset[str]:
    return frozenset(_KIND.findall(fold(title)))


# --- titles -----------------------------------------------------------------------------------------------


def _is_head(a: Paper, b: Paper) -> bool:
    """Whether one title is the other without its subtitle."""
    one, two = title_key(a.title), title_key(b.title)
    if not one or not two or one == two:
        return False
    for whole, part in ((a.title, two), (b.title, one)):
        head, colon, rest = re.sub(r"\s[-–—]+\s|[?!]\s", ": ", whole).partition(": ")
        if colon and rest and title_key(head) == part and len(part.split()) > 1:
            return True
    return False


def _is_typo(one: str, two: str) -> bool:
    """Whether two title keys differ as typing does: in small words, in spaces, or by a letter or two of a long word."""
    if one.replace(" ", "") == two.replace(" ", ""):
        return True
    words_a, words_b = [w for w in one.split() if w not in _FILLERS], [w for w in two.split() if w not in _FILLERS]
    if len(words_a) != len(words_b):
        return DamerauLevenshtein.distance("".join(words_a), "".join(words_b)) <= 1
    pairs = [(x, y) for x, y in zip(words_a, words_b, strict=True) if x != y]
    return all(
        DamerauLevenshtein.distance(x, y) <= (TYPO_PER_WORD if min(len(x), len(y)) > 7 else 1)
        and min(len(x), len(y)) > 3
        for x, y in pairs
    ) and len(pairs) <= max(1, len(words_a) // 4)


def _is_generic(title: str) -> bool:
    words = title_key(title).split()
    return len(words) < 2 or all(word in _GENERIC or word.isdigit() for word in words)


def _by_title(a: Paper, b: Paper, alike: float) -> Verdict:
    key_a, key_b = title_key(a.title), title_key(b.title)
    equal = key_a.replace(" ", "") == key_b.replace(" ", "") != ""
    head = _is_head(a, b)
    typo = not equal and not head and alike >= NEAR_TITLE and _is_typo(key_a, key_b)
    if not (equal or head or typo):
        return Verdict(Answer.DIFFERENT, alike, ("the titles differ",))
    reasons = [
        "equal titles"
        if equal
        else "one title is the other without its subtitle"
        if head
        else "titles differ as typing does"
    ]
    people = _authors(a, b)
    years = _years(a, b)
    reasons += [people.reason, years.reason]

    def verdict(answer: Answer) -> Verdict:
        return Verdict(answer, alike, tuple(reason for reason in reasons if reason))

    if people.share == 0:
        return verdict(Answer.DIFFERENT)
    if _is_generic(a.title):
        near = years.apart == 0 and a.venue and fold(a.venue) == fold(b.venue) and a.pages == b.pages
        return verdict(Answer.MAYBE if near and people.share is not None else Answer.DIFFERENT)
    if people.share is None:
        texts = a.abstract and b.abstract and fuzz.ratio(fold(a.abstract), fold(b.abstract)) >= SAME_ABSTRACT
        if texts and equal and (years.apart or 0) <= YEARS_APART:
            reasons.append("equal abstracts")
            return verdict(Answer.SAME)
        return verdict(Answer.MAYBE if equal and (years.apart or 0) <= PREPRINT_YEARS else Answer.DIFFERENT)
    if people.share < AUTHORS_AGREE:
        return verdict(Answer.MAYBE if equal else Answer.DIFFERENT)
    allowed = PREPRINT_YEARS if equal and _is_preprint(a) != _is_preprint(b) else YEARS_APART
    if head:
        return verdict(Answer.SAME if people.share == 1 and years.apart == 0 else Answer.MAYBE)
    if years.apart is not None and years.apart > allowed:
        return verdict(Answer.MAYBE)
    return verdict(Answer.SAME)


# --- people and years -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _People:
    share: float | None
    """Of the shorter list in the longer one; None where one record names nobody."""
    reason: str


@dataclass(frozen=True, slots=True)
class _Years:
    apart: int | None
    reason: str


def _authors(a: Paper, b: Paper) -> _People:
    one, two = a.authors or a.editors, b.authors or b.editors
    if not one or not two:
        return _People(None, "one of them names no author" if one or two else "neither names an author")
    left = list(two)
    found = 0
    for person in one:
        match = next((other for other in left if _same_person(person, other)), None)
        if match:
            left.remove(match)
            found += 1
    shorter = min(len(one), len(two))
    if found == shorter:
        return _People(1.0, "same authors" if len(one) == len(two) else "the authors of one are among the other's")
    if not found:
        return _People(0.0, "different authors")
    return _People(found / shorter, f"{found} of {shorter} authors agree")


def _same_person(a: Person, b: Person) -> bool:
    """Equal family names with given names that can be one's, either of the two inverted or not."""
    if a.literal or b.literal:
        return title_key(a.literal or a.family) == title_key(b.literal or b.family)
    one, two = _family(a), _family(b)
    if one == two:
        return _given_agree(tokens(a.given), tokens(b.given))
    inverted = "".join(tokens(a.given)) == two and one == "".join(tokens(b.given))
    return inverted or (
        len(one) > 5 and DamerauLevenshtein.distance(one, two) <= 1 and _given_agree(tokens(a.given), tokens(b.given))
    )


def _family(person: Person) -> str:
    return "".join(tokens(f"{person.particle} {person.family}"))


def _given_agree(one: Iterable[str], two: Iterable[str]) -> bool:
    """Initials agree with the names they begin; a missing given or middle name agrees with any."""
    one, two = list(one), list(two)
    if not one or not two:
        return True
    return (
        one[0].startswith(two[0])
        or two[0].startswith(one[0])
        or "".join(one) == "".join(two)
        or (one[0][0] == two[0][0] and min(len(one[0]), len(two[0])) <= 2)
    )


def _year(paper: Paper) -> int | None:
    return paper.year or (int(paper.date[:4]) if paper.date[:4].isdigit() else None)


def _years(a: Paper, b: Paper) -> _Years:
    one, two = _year(a), _year(b)
    if one is None or two is None:
        return _Years(None, "")
    apart = abs(one - two)
    return _Years(apart, "same year" if not apart else f"{apart} year{'s' if apart > 1 else ''} apart")


def _is_preprint(paper: Paper) -> bool:
    return not paper.venue or venues.is_arxiv(paper.venue)
