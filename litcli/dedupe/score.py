"""Two papers compared: same, maybe or different, with the reasons in words. What speaks against comes first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from litcli import dates, ids, venues
from litcli.dedupe.pairs import first_page
from litcli.paper import Paper, Person
from litcli.text import fold, has_cjk, title_key, tokens

# Every threshold of the comparison. Similarities are rapidfuzz's, 0 to 100.
NEAR_TITLE = 92
"""Titles at least this alike differ as typing does, if their words do (`_is_typo`)."""
LOOSE_TITLE = 78
"""Below this, and with no part equal, two titles have nothing to do with each other."""
SAME_ID_TITLE = 45
"""Less alike than this, two records under one identifier are not plainly one work: one of the two is mistyped."""
SAME_ABSTRACT = 90
AUTHORS_AGREE = 0.6
"""Share of the shorter author list that the longer one holds."""
SOME_AUTHORS_AGREE = 0.3
"""The same, for two records on one page of one volume, or with equal titles of four words and more in one year."""
YEARS_APART = 1
PREPRINT_YEARS = 3
"""A preprint and its published form lie at most this many years apart to be taken for one work unasked."""

_KIND = re.compile(
    r"^\W*(erratum|errata|corrigend\w+|corrections?|retraction|retracted|addendum|publisher.s note)\b|"
    r"\b(comments? on|a comment|repl(?:y|ies) to|response to|reply|rejoinder|book review|review of)\b|"
    r"[(\[:—-]\s*(erratum|corrigend\w+|correction|retraction|comments?|reply|discussion|tutorial|poster|demo)\W*$|"
    r"\b(second edition|third edition|[2-9](?:nd|rd|th) ed(?:ition)?)\b"
)
_BRACKET_END = re.compile(r"\s*[\[(](?:[^\[\]()]|\([^()]*\))*[\])]\s*\.?\s*$")
"""A bracket at a title's end: `[Review]`, `[German]`, `(Extended Abstract)`, `(panel)`."""
_ROMAN = frozenset("ii iii iv v vi vii viii ix x xi xii".split())
_PART_NAMED = re.compile(
    r"\b(?:part|volume|vol|chapter|book|section|paper) (i|one|two|three|four|five|six|seven|eight|nine|ten|[a-h])\b"
)
_PART = re.compile(r"\b(?:part|volume|vol|no|number|chapter|section|paper)\b")
_BOUND = frozenset(("book", "inbook", "incollection", "proceedings", "collection", "mvbook"))
"""Types whose volume is a book of its own."""
_OPPOSED = (
    ("hyper", "hypo"),
    ("macro", "micro"),
    ("intra", "inter"),
    ("pre", "post"),
    ("homo", "hetero"),
    ("over", "under"),
)
"""Beginnings that make another word of the rest, a letter or two apart."""
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_FILLERS = frozenset("a an the of on in for to and or with by from at as using via towards toward into its".split())
_GENERIC = frozenset(
    """
    abstract abstracts an and announcement announcements annual article articles author book books calendar call
    chair chairs column comment comments conclusion conclusions contents contributors correction corrigendum
    data database discussion editor editorial editors errata erratum events first foreword from guest highlights
    in index influential information interview introduction invited issue journal keynote letter letters list
    meeting message minutes new news note notes obituary of on overview panel papers part poster posters preface
    proceedings program publications record referees reminiscences reply report reports response review
    reviewers reviews s section selected session special standards summary survey symposium systems table the
    theme this to treasurer treasurers tutorial tutorials update volume welcome workshop year
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


@dataclass(frozen=True, slots=True)
class _Evidence:
    """One feature of a comparison: True for, False against, None where the records do not tell."""

    agrees: bool | None
    reason: str = ""


def compare(a: Paper, b: Paper) -> Verdict:
    """Whether two papers are one work (design, section 7); the order of the two does not matter."""
    one, two = title_key(a.title), title_key(b.title)
    alike = fuzz.ratio(one, two)
    shared = _shared_id(a, b)
    if shared:
        return _under_one_id(a, b, alike, shared)
    place = _place(a, b)
    if alike < LOOSE_TITLE and not _is_head(a, b) and not (place.agrees and _stripped_equal(a, b)):
        return Verdict(Answer.DIFFERENT, alike, ("the titles differ",))
    against = _conflicting_ids(a, b) or _conflicting_kinds(a, b)
    if against:
        return Verdict(Answer.DIFFERENT, alike, (against,))
    people, years = _authors(a, b), _years(a, b)
    if place.agrees and (years.apart or 0) <= YEARS_APART and (people.share or 1) >= SOME_AUTHORS_AGREE:
        return _in_one_place(a, b, alike, place, people)
    numbers = _differing_numbers(a, b)
    if numbers:
        return Verdict(Answer.DIFFERENT, alike, (f"different numbers in the titles: {numbers}",))
    return _by_title(a, b, alike, place, people, years)


def shared_authors(a: Paper, b: Paper) -> float | None:
    """The share of the shorter author list that the longer one holds; None where one record names nobody."""
    return _authors(a, b).share


# --- identifiers ------------------------------------------------------------------------------------------


def _dois(paper: Paper) -> frozenset[str]:
    """The DOIs of all forms of a paper, as they are compared, without those that are arXiv ids."""
    found = _doi_keys(paper.doi)
    return found.union(*(_doi_keys(version.get("doi", "")) for version in paper.versions)) if paper.versions else found


@lru_cache(maxsize=262144)
def _doi_keys(doi: str) -> frozenset[str]:
    return frozenset([ids.doi_key(doi)] if doi and not ids.arxiv_id(doi) else ())


def _arxivs(paper: Paper) -> frozenset[str]:
    """The arXiv ids of all forms of a paper."""
    found = _arxiv_ids(paper.arxiv, paper.doi)
    if not paper.versions:
        return found
    return found.union(*(_arxiv_ids(version.get("arxiv", ""), "") for version in paper.versions))


@lru_cache(maxsize=262144)
def _arxiv_ids(arxiv: str, doi: str) -> frozenset[str]:
    return frozenset(name for name in (arxiv, ids.arxiv_id(doi)) if name)


def _shared_id(a: Paper, b: Paper) -> str:
    for name, of in (("DOI", _dois), ("arXiv id", _arxivs)):
        both = of(a) & of(b)
        if both:
            return f"{name} {min(both)}"
    return ""


def _under_one_id(a: Paper, b: Paper, alike: float, shared: str) -> Verdict:
    same = f"same {shared}"
    if alike < SAME_ID_TITLE and a.title and b.title and not _is_head(a, b):
        return Verdict(Answer.MAYBE, alike, (same, "but the titles differ"))
    numbers = _differing_numbers(a, b)
    against = _conflicting_ids(a, b) or _conflicting_kinds(a, b) or (numbers and f"different numbers: {numbers}")
    if against:
        return Verdict(Answer.MAYBE, alike, (same, f"but {against}"))
    return Verdict(Answer.SAME, alike, (same,))


def _conflicting_ids(a: Paper, b: Paper) -> str:
    """The identifiers that two works cannot share and these two do not, "" where there are none."""
    published = [{doi for doi in _dois(paper) if not ids.is_preprint_doi(doi)} for paper in (a, b)]
    if published[0] and published[1] and not published[0] & published[1]:
        return f"different DOIs: {min(published[0])}, {min(published[1])}"
    if _arxivs(a) and _arxivs(b) and not _arxivs(a) & _arxivs(b):
        return f"different arXiv ids: {min(_arxivs(a))}, {min(_arxivs(b))}"
    isbns = ids.isbn_key(a.isbn), ids.isbn_key(b.isbn)
    if all(isbns) and isbns[0] != isbns[1] and a.type == b.type == "book":
        return f"different ISBNs: {isbns[0]}, {isbns[1]}"
    return ""


def _conflicting_kinds(a: Paper, b: Paper) -> str:
    """Erratum, reply, edition, volume: what makes a work another one under the same title."""
    one, two = _kind(a.title), _kind(b.title)
    if one != two:
        return f"of different kinds: {' '.join(sorted(one ^ two))}"
    if a.edition and b.edition and fold(a.edition) != fold(b.edition):
        return f"different editions: {a.edition}, {b.edition}"
    if a.type == b.type and a.type in _BOUND and a.volume and b.volume and a.volume != b.volume:
        return f"different volumes: {a.volume}, {b.volume}"
    return ""


@lru_cache(maxsize=65536)
def _kind(title: str) -> frozenset[str]:
    return frozenset(next(filter(None, match.groups())) for match in _KIND.finditer(fold(title)))


# --- titles -----------------------------------------------------------------------------------------------


@lru_cache(maxsize=65536)
def _stripped(title: str) -> str:
    """A title's key without the brackets at its end and around it."""
    text = title
    for _ in range(3):
        shorter = _BRACKET_END.sub("", text)
        inside = title_key(text[len(shorter) :]).split()
        if not title_key(shorter) or all(word.isdigit() or word in _ROMAN or word == "i" for word in inside):
            break
        text = shorter
    return title_key(text)


def _stripped_equal(a: Paper, b: Paper) -> bool:
    return _stripped(a.title) == _stripped(b.title) != ""


@lru_cache(maxsize=65536)
def _head(title: str) -> str:
    """The key of what stands before a subtitle, "" where there is none or it is a single word."""
    head, colon, rest = re.sub(r"\s[-–—]+\s|[?!]\s", ": ", title).partition(": ")
    key = title_key(head)
    return key if colon and title_key(rest) and " " in key else ""


def _is_head(a: Paper, b: Paper) -> bool:
    """Whether one title is the other without its subtitle."""
    one, two = title_key(a.title), title_key(b.title)
    return bool(one and two and one != two) and (_head(a.title) == two or _head(b.title) == one)


@lru_cache(maxsize=65536)
def _numbers(title: str) -> frozenset[str]:
    words = title_key(title).split()
    found = {word for word in words if any(char.isdigit() for char in word)}
    # A version such as 2.5 is two tokens, and 2 alone is not it.
    found |= set(re.findall(r"\d+(?:\.\d+)+", title))
    # Qwen2-VL is another model than Qwen2.
    found |= {match.lower() for match in re.findall(r"\b\w{0,20}\d[\w.]{0,20}-[A-Z][A-Z\d]{0,20}\b", title)}
    found |= {word for word in words[1:] if word in _ROMAN} | {
        match[1] for match in _PART_NAMED.finditer(" ".join(words))
    }
    # DefSent+ and C++ are other works than DefSent and C.
    return frozenset(found | {word for word in words if word in ("plus", "sharp")})


def _differing_numbers(a: Paper, b: Paper) -> str:
    one, two = _numbers(a.title), _numbers(b.title)
    if one == two or title_key(a.title).replace(" ", "") == title_key(b.title).replace(" ", ""):
        return ""
    if _is_head(a, b):
        # The dropped subtitle takes its numbers with it.
        shorter, longer = sorted((a.title, b.title), key=lambda title: len(title_key(title)))
        one, two = _numbers(shorter), _numbers(longer.partition(":")[0])
    if _stripped_equal(a, b) and not _PART.search(fold(f"{a.title} {b.title}")):
        return ""
    return ", ".join(sorted(one ^ two))


def _is_typo(one: str, two: str) -> bool:
    """Whether two title keys differ as typing does: in small words, in blanks, or by a letter or two of long words."""
    if one.replace(" ", "") == two.replace(" ", ""):
        return True
    words_a, words_b = ([word for word in key.split() if word not in _FILLERS] for key in (one, two))
    if len(words_a) != len(words_b):
        return DamerauLevenshtein.distance("".join(words_a), "".join(words_b), score_cutoff=1) <= 1
    pairs = [(x, y) for x, y in zip(words_a, words_b, strict=True) if x != y]
    return len(pairs) <= max(1, len(words_a) // 4) and all(_is_mistyped(x, y) for x, y in pairs)


def _is_mistyped(x: str, y: str) -> bool:
    """Whether two words are one, mistyped: from the fifth letter on a letter of difference, from the tenth two.

    A beginning that is another word's (`un-`, `a-`, `micro-`) makes another word, and so does another first letter.
    """
    shorter = min(len(x), len(y))
    allowed = 2 if shorter > 9 else 1
    if shorter < 5 or x[0] != y[0] or x.endswith(y) or y.endswith(x):
        return False
    if any(x.startswith((p, q)) and y.startswith((p, q)) and x.startswith(p) != y.startswith(p) for p, q in _OPPOSED):
        return False
    return DamerauLevenshtein.distance(x, y, score_cutoff=allowed) <= allowed


def _is_generic(title: str) -> bool:
    """Whether a title is one that many works bear: a single word, or `Guest Editors' Introduction`."""
    words = title_key(title).split()
    if len(words) == 1 and len(words[0]) > 5 and has_cjk(words[0]):
        return False
    return len(words) < 2 or all(word in _GENERIC or word.isdigit() for word in words)


# --- people -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _People:
    share: float | None
    """Of the shorter list in the longer one; None where one record names nobody."""
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
    one, given_one = _name_parts(a)
    two, given_two = _name_parts(b)
    x, y = "".join(one), "".join(two)
    if x == y or (len(x) > 4 and DamerauLevenshtein.distance(x, y, score_cutoff=1) <= 1):
        return _given_agree(given_one, given_two)
    inverted = bool(x and y) and "".join(given_one) == y and x == "".join(given_two)
    return inverted or (bool(set(one) & set(two)) and sorted((*one, *given_one)) == sorted((*two, *given_two)))


@lru_cache(maxsize=65536)
def _name_parts(person: Person) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folded words of the family name without particles, and of the given name."""
    if person.literal:
        return tuple(word for word in tokens(person.literal) if word not in ("corporate", "the")), ()
    # DBLP numbers people of one name (`Wei Wang 0001`); a suffix is no part of the name that is compared.
    family, given = ([w for w in tokens(part) if not w.isdigit()] for part in (person.family, person.given))
    family = [word for word in family if word not in _SUFFIXES]
    while given and (not family or given[-1] in _SUFFIXES):
        word = given.pop()
        family += [] if word in _SUFFIXES else [word]
    return tuple(family), tuple(given)


def _given_agree(one: Sequence[str], two: Sequence[str]) -> bool:
    """Names of one initial agree (`Russ`, `R.`, `Ruslan`); a missing given or middle name agrees with any."""
    return not one or not two or one[0][0] == two[0][0] or "".join(one) == "".join(two)


# --- when and where ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Years:
    apart: int | None
    reason: str


def _years(a: Paper, b: Paper) -> _Years:
    one, two = dates.year_of(a.year, a.date), dates.year_of(b.year, b.date)
    if one is None or two is None:
        return _Years(None, "")
    apart = abs(one - two)
    return _Years(apart, "same year" if not apart else f"{apart} year{'s' if apart > 1 else ''} apart")


def _is_preprint(paper: Paper) -> bool:
    return not paper.venue or venues.is_preprint(paper.venue)


def _place(a: Paper, b: Paper) -> _Evidence:
    """Whether two records stand on the same page of the same volume; two places are two publications."""
    pages, volumes = (first_page(a), first_page(b)), (fold(a.volume), fold(b.volume))
    if not all(pages):
        return _Evidence(None)
    same_venue = _same_venue(a.venue, b.venue).agrees
    if pages[0] != pages[1]:
        # One volume of one venue: a page mistyped is likelier than the same paper twice in it, unless the issues differ
        # as well: a column comes in each.
        issues = fold(a.number), fold(b.number)
        one_issue = not all(issues) or issues[0] == issues[1]
        mistyped = all(volumes) and volumes[0] == volumes[1] and same_venue and one_issue
        return _Evidence(None) if mistyped else _Evidence(False, f"on different pages: {pages[0]}, {pages[1]}")
    if all(volumes):
        # A volume of proceedings may count its pages anew for each paper, so page 1 tells nothing.
        agrees = volumes[0] == volumes[1] and pages[0] != "1"
        return _Evidence(True if agrees else None, f"same page {pages[0]} of volume {volumes[0]}")
    ranges = [re.findall(r"\w+", fold(paper.pages)) for paper in (a, b)]
    whole = len(ranges[0]) > 1 and _is_one_range(*ranges) and same_venue and not _is_preprint(a)
    return _Evidence(True if whole else None, f"same pages {a.pages}")


def _is_one_range(one: list[str], two: list[str]) -> bool:
    """Whether two page ranges are one, the last page of one written in short (`288-97`)."""
    return len(one) == len(two) and one[0] == two[0] and (one[-1].endswith(two[-1]) or two[-1].endswith(one[-1]))


@lru_cache(maxsize=65536)
def _venue_words(venue: str) -> tuple[str, ...]:
    small = {"the", "of", "on", "and", "in", "for", "proceedings", "proc", "acm", "ieee", "annual", "international"}
    return tuple(word for word in tokens(venue) if word not in small and not word.isdigit())


@lru_cache(maxsize=65536)
def _same_venue(one: str, two: str) -> _Evidence:
    """Whether two venues are one under two names: abbreviated word by word, as an acronym, or with more words."""
    if not one or not two:
        return _Evidence(None)
    x, y = sorted((_venue_words(one), _venue_words(two)), key=len)
    if not x or not y:
        return _Evidence(None)
    if set(x) <= set(y):
        return _Evidence(True, "same venue")
    if len(x) == len(y) and all(p.startswith(q) or q.startswith(p) for p, q in zip(x, y, strict=True)):
        return _Evidence(True, "same venue")
    initials = "".join(word[0] for word in tokens(two if len(tokens(two)) > len(tokens(one)) else one))
    if len(x) == 1 and len(x[0]) > 2 and _is_within(x[0], initials):
        return _Evidence(True, "same venue")
    return _Evidence(False, "different venues")


def _is_within(acronym: str, initials: str) -> bool:
    """Whether the letters of an acronym stand in the initials, in order."""
    rest = iter(initials)
    return all(letter in rest for letter in acronym)


# --- the answers ------------------------------------------------------------------------------------------


def _in_one_place(a: Paper, b: Paper, alike: float, place: _Evidence, people: _People) -> Verdict:
    """Two records on one page: one work, unless their titles say otherwise."""
    reasons = (place.reason, people.reason)
    # Where nobody is author of both, a letter may be all that tells two reports apart: VMS and MVS.
    near = alike >= (100 if people.share == 0 else NEAR_TITLE)
    close = near or _is_head(a, b) or _stripped_equal(a, b)
    if not close and (alike < LOOSE_TITLE or (people.share or 0) < AUTHORS_AGREE):
        return Verdict(Answer.MAYBE, alike, reasons)
    numbers = _differing_numbers(a, b)
    if numbers:
        return Verdict(Answer.MAYBE, alike, (*reasons, f"but different numbers in the titles: {numbers}"))
    if _is_generic(a.title) and not _same_venue(a.venue, b.venue).agrees:
        return Verdict(Answer.MAYBE, alike, reasons)
    return Verdict(Answer.SAME, alike, (*reasons, "titles alike"))


def _by_title(a: Paper, b: Paper, alike: float, place: _Evidence, people: _People, years: _Years) -> Verdict:
    one, two = title_key(a.title), title_key(b.title)
    equal = one.replace(" ", "") == two.replace(" ", "") != ""
    shortened = not equal and (_is_head(a, b) or _stripped_equal(a, b))
    typo = not equal and not shortened and alike >= NEAR_TITLE and _is_typo(one, two)
    if not (equal or shortened or typo):
        return Verdict(Answer.DIFFERENT, alike, ("the titles differ",))
    how = (
        "equal titles" if equal else "one title is the other shortened" if shortened else "titles differ as typing does"
    )
    reasons = [how, people.reason, years.reason]

    def verdict(answer: Answer, *more: str) -> Verdict:
        return Verdict(answer, alike, tuple(reason for reason in (*reasons, *more) if reason))

    near = (years.apart or 0) <= YEARS_APART
    telling = len(one.split()) > 3
    if _is_generic(a.title) and (years.apart != 0 or people.share == 0):
        return verdict(Answer.DIFFERENT)
    if people.share == 0:
        return verdict(Answer.MAYBE if equal and years.apart == 0 and telling else Answer.DIFFERENT)
    if people.share is None:
        texts = a.abstract and b.abstract and fuzz.ratio(fold(a.abstract), fold(b.abstract)) >= SAME_ABSTRACT
        if texts and equal and near:
            return verdict(Answer.SAME, "equal abstracts")
        return verdict(Answer.MAYBE if equal and (years.apart or 0) <= PREPRINT_YEARS else Answer.DIFFERENT)
    if people.share < (SOME_AUTHORS_AGREE if equal and telling and years.apart == 0 else AUTHORS_AGREE):
        return verdict(Answer.MAYBE if equal else Answer.DIFFERENT)
    if place.agrees is False:
        return verdict(Answer.MAYBE, place.reason)
    preprint = _is_preprint(a) or _is_preprint(b)
    venue = _same_venue(a.venue, b.venue) if not preprint else _Evidence(None)
    if years.apart and not preprint and venue.agrees is not None:
        # Another venue a year later is another publication; the same venue a year later is a column or a report.
        return verdict(Answer.MAYBE, f"{venue.reason} in different years")
    if _is_generic(a.title) or (people.share < 1 and venue.agrees is False and a.type != b.type):
        return verdict(Answer.MAYBE, venue.reason)
    if shortened and not (
        people.share == 1 and years.apart == 0 and first_page(a) in ("", first_page(b) or first_page(a))
    ):
        return verdict(Answer.MAYBE)
    allowed = PREPRINT_YEARS if equal and preprint else YEARS_APART
    return verdict(Answer.SAME if (years.apart or 0) <= allowed else Answer.MAYBE)
