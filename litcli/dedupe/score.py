"""Two papers compared: same, maybe or different, with the reasons in words. What speaks against comes first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from rapidfuzz import fuzz

from litcli import ids
from litcli.dedupe import people, places, titles
from litcli.dedupe.pairs import doi_keys
from litcli.dedupe.people import People
from litcli.dedupe.places import Place
from litcli.dedupe.titles import Relation, Title
from litcli.paper import Paper
from litcli.text import fold, title_key

# Every threshold of the comparison; those inside a title, a name or a page range stand with them. Similarities of
# strings are rapidfuzz's, 0 to 100.
NEAR_TITLE = 92
"""Titles at least this alike, on one page of one volume, are one title mistyped."""
LOOSE_TITLE = 78
"""Below this, and with no part in common, not even the page in common makes one work of two titles."""
SAME_ID_TITLE = 45
"""Less alike than this, two records under one identifier are not plainly one work: one of the two is mistyped."""
SAME_ABSTRACT = 90
"""Two copies of one abstract differ by marks and entities; two abstracts of one group differ by far more."""
AUTHORS_AGREE = 0.6
"""Share of the shorter author list that the longer one holds; below it lie other works of the same group."""
SOME_AUTHORS_AGREE = 0.3
"""The same where more speaks for one work: one page of one volume, or equal titles of four words in one year."""
TELLING = 4
"""Words from which on an equal title is hardly an accident."""
UNREPEATED = 6
"""Words from which on a title is not that of a column or a yearly report, unless one of them says so."""
SHORT_TITLE_AUTHORS = 3
"""People in common from which on a title of a single word is no accident."""
TEAM = 5
"""People in common, and nobody else, from which on a title may be reworded: smaller groups write two papers that differ
in a word (`for Code`, `for Chess`) for one conference."""
YEARS_APART = 1
"""Online first and in print, or submitted and published, lie a year apart."""
PREPRINT_YEARS = 3
"""A preprint and its published form lie at most this many years apart to be taken for one work unasked."""

_MUCH = 2000
"""Letters of an abstract that are enough to know it by."""
_BY_ID = 9
"""An identifier in common is more than all else together."""
_BOUND = frozenset(("book", "inbook", "incollection", "proceedings", "collection", "mvbook"))
"""Types whose volume is a book of its own."""


_VERSION_END = re.compile(r"[./]?v\d+$")
"""What numbers the versions of one deposit in its DOI (Research Square, Preprints.org)."""
_THESES = ("phdthesis", "mastersthesis", "thesis")
_UNTOLD = ("misc", "online", "unpublished")
"""Types that do not tell what a work is."""


class Answer(Enum):
    """The three answers of a comparison."""

    SAME = "same"
    MAYBE = "maybe"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer, how alike the titles are (0 to 100), and why, in words.

    `against` is the reason among them that speaks against one work, "" where it is only that too little speaks for it;
    `support` counts what speaks for it, so that the surest of several can be told.
    """

    answer: Answer
    score: float
    reasons: tuple[str, ...]
    against: str = ""
    support: int = 0


class Features:
    """What of a paper is compared; of its other forms, the identifiers. Each is read when it is first asked for."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper

    @cached_property
    def title(self) -> Title:
        return titles.read(self.paper.title)

    @cached_property
    def people(self) -> tuple[people.Name, ...]:
        return people.read(self.paper.authors or self.paper.editors)

    @cached_property
    def place(self) -> Place:
        return places.read(self.paper)

    @cached_property
    def dois(self) -> frozenset[str]:
        return frozenset(key for doi in self._told("doi") for key in doi_keys(doi) if not ids.arxiv_id(key))

    @cached_property
    def arxivs(self) -> frozenset[str]:
        return frozenset(filter(None, (*self._told("arxiv"), *map(ids.arxiv_id, self._told("doi")))))

    def _told(self, name: str) -> list[str]:
        told = (getattr(self.paper, name), *(version.get(name, "") for version in self.paper.versions))
        return [value for value in told if value]


def compare(a: Paper, b: Paper) -> Verdict:
    """Whether two papers are one work (design, section 7); the order of the two does not matter."""
    return judge(Features(a), Features(b))


def shared_authors(a: Paper, b: Paper) -> float | None:
    """The share of the shorter author list that the longer one holds; None where one record names nobody."""
    return people.compare(*(people.read(paper.authors or paper.editors) for paper in (a, b))).share


def judge(a: Features, b: Features) -> Verdict:
    """The verdict on two papers by their features: first what speaks against one work, then what speaks for it."""
    shared, conflicting = _shared_id(a, b), _conflicting_ids(a, b)
    if conflicting and not shared:
        # By far the most pairs in a library with identifiers, so that nothing more of them is read.
        return Verdict(Answer.DIFFERENT, _alike(a.paper, b.paper), (conflicting,), conflicting)
    pair = _Pair(a, b)
    if shared:
        return _under_one_id(pair, f"same {shared}", conflicting)
    if not a.title.joined or not b.title.joined:
        return pair.maybe(why="no title") if pair.place.agrees and pair.group.share == 1 else pair.different()
    if pair.relation is Relation.OTHER and not (pair.place.agrees and pair.alike >= LOOSE_TITLE):
        return pair.different()
    against = _conflicting_kinds(a, b) or _conflicting_numbers(a, b)
    if against:
        return pair.different(against)
    in_time = pair.apart <= YEARS_APART or (pair.is_whole and pair.same_venue)
    if pair.place.agrees and in_time and (pair.group.share or 1) >= SOME_AUTHORS_AGREE:
        return _in_one_place(pair)
    if pair.group.share is None:
        return _without_people(pair)
    return _by_title(pair) if pair.is_whole else _by_part(pair)


def _alike(a: Paper, b: Paper) -> float:
    return fuzz.ratio(title_key(a.title), title_key(b.title))


class _Pair:
    """Two papers and what they have in common, feature by feature."""

    def __init__(self, a: Features, b: Features) -> None:
        self.a, self.b = a, b
        self.relation = titles.relate(a.title, b.title)
        self.alike = fuzz.ratio(a.title.key, b.title.key)
        self.place = places.compare(a.place, b.place)

    @cached_property
    def group(self) -> People:
        return people.compare(self.a.people, self.b.people)

    @cached_property
    def same_venue(self) -> bool | None:
        return places.same_venue(self.a.place.venue, self.b.place.venue)

    @cached_property
    def years(self) -> int | None:
        """How many years lie between the two, None where one does not say."""
        one, two = self.a.place.year, self.b.place.year
        return None if one is None or two is None else abs(one - two)

    @property
    def apart(self) -> int:
        return self.years or 0

    @property
    def is_whole(self) -> bool:
        """Whether the titles are equal but for typing."""
        return self.relation in (Relation.EQUAL, Relation.TYPED)

    @property
    def words(self) -> int:
        """How many words the shorter title says something with."""
        return min(len(self.a.title.words), len(self.b.title.words))

    @property
    def is_generic(self) -> bool:
        return self.a.title.is_generic or self.b.title.is_generic

    @property
    def is_short(self) -> bool:
        return self.a.title.is_short or self.b.title.is_short

    @property
    def is_serial(self) -> bool:
        return self.a.title.is_serial or self.b.title.is_serial

    @property
    def is_unrepeated(self) -> bool:
        """Whether the title is none that comes in every issue or every year."""
        return self.words >= UNREPEATED and not self.is_serial

    @property
    def is_slip(self) -> bool:
        """Whether two places that differ are one, mistyped."""
        return self.place.is_slip or (self.place.agrees is None and self.is_unrepeated)

    @property
    def is_twice(self) -> bool:
        """Whether two venues are two journals, or may belong to two years."""
        return self.years is None or (self.a.place.is_article and self.b.place.is_article)

    @property
    def is_preprint(self) -> bool:
        return self.a.place.is_preprint or self.b.place.is_preprint

    def same(self, *more: str) -> Verdict:
        support = 2 * self.is_whole + (self.years == 0) + bool(self.same_venue) + 2 * bool(self.place.agrees)
        return Verdict(Answer.SAME, self.alike, (*self._reasons(), *more), "", support + (self.group.share == 1))

    def maybe(self, against: str = "", *, why: str = "") -> Verdict:
        reasons = dict.fromkeys((*self._reasons(), *filter(None, (why, against))))
        return Verdict(Answer.MAYBE, self.alike, tuple(reasons), against)

    def different(self, against: str = "") -> Verdict:
        """The titles alone, where nothing else is against it."""
        why = against or self.relation.value
        return Verdict(Answer.DIFFERENT, self.alike, (why,), why)

    def _reasons(self) -> tuple[str, ...]:
        years = "" if self.years is None else "same year" if not self.years else _years_apart(self.years)
        place = self.place.reason if self.place.agrees else ""
        return tuple(filter(None, (self.relation.value, place, self.group.reason, years)))


def _years_apart(years: int) -> str:
    return f"{years} year{'s' if years > 1 else ''} apart"


# --- identifiers, kinds, numbers --------------------------------------------------------------------------


def _shared_id(a: Features, b: Features) -> str:
    for name, both in (("DOI", a.dois & b.dois), ("arXiv id", a.arxivs & b.arxivs)):
        if both:
            return f"{name} {min(both)}"
    return ""


def _under_one_id(pair: _Pair, same: str, conflicting: str) -> Verdict:
    a, b = pair.a, pair.b
    differ = pair.relation is Relation.OTHER and pair.alike < SAME_ID_TITLE and a.title.joined and b.title.joined
    against = (differ and "the titles differ") or conflicting or _conflicting_kinds(a, b) or _conflicting_numbers(a, b)
    if against:
        return Verdict(Answer.MAYBE, pair.alike, (same, f"but {against}"), against)
    return Verdict(Answer.SAME, pair.alike, (same,), "", _BY_ID)


def _conflicting_ids(a: Features, b: Features) -> str:
    """The identifiers that two works cannot share and these two do not, "" where there are none."""
    published = [{doi for doi in paper.dois if not ids.is_preprint_doi(doi)} for paper in (a, b)]
    if published[0] and published[1] and not published[0] & published[1]:
        return f"different DOIs: {min(published[0])}, {min(published[1])}"
    deposited = [{_VERSION_END.sub("", doi) for doi in paper.dois if ids.is_preprint_doi(doi)} for paper in (a, b)]
    archives = [{doi.partition("/")[0] for doi in dois} for dois in deposited]
    if archives[0] & archives[1] and not deposited[0] & deposited[1]:
        # Of two archives, one work may be in both.
        return f"different DOIs: {min(deposited[0])}, {min(deposited[1])}"
    if a.arxivs and b.arxivs and not a.arxivs & b.arxivs:
        return f"different arXiv ids: {min(a.arxivs)}, {min(b.arxivs)}"
    if a.paper.type == b.paper.type == "book" and a.paper.isbn and b.paper.isbn:
        one, two = ids.isbn_key(a.paper.isbn), ids.isbn_key(b.paper.isbn)
        return f"different ISBNs: {one}, {two}" if one != two else ""
    return ""


def _conflicting_kinds(a: Features, b: Features) -> str:
    """Erratum, reply, edition, volume, thesis: what makes a work another one under the same title."""
    one, two = a.paper, b.paper
    if one.edition and two.edition and titles.number(one.edition) != titles.number(two.edition):
        return f"different editions: {one.edition}, {two.edition}"
    kinds = _kinds(a, b) ^ _kinds(b, a)
    if kinds:
        return f"of different kinds: {', '.join(sorted(kinds))}"
    if _is_thesis(one, two) or _is_thesis(two, one):
        return "of different kinds: a thesis"
    if "set" in (one.type, two.type) and one.type != two.type:
        # It lists works, and inherits what its first says (biblatex manual, "Entry Sets").
        return "of different kinds: a set of entries"
    if one.type == two.type and one.type in _BOUND and one.volume and two.volume and one.volume != two.volume:
        return f"different volumes: {one.volume}, {two.volume}"
    return ""


def _kinds(a: Features, b: Features) -> set[str]:
    """What the title of one says that it is, but for a first edition and one that the other names beside its title."""
    return set(a.title.kind - {"edition 1", f"edition {titles.number(b.paper.edition)}"})


def _is_thesis(one: Paper, two: Paper) -> bool:
    """Whether one is a thesis, and the other was printed as something else."""
    return one.type in _THESES and two.type not in (*_THESES, *_UNTOLD)


def _conflicting_numbers(a: Features, b: Features) -> str:
    """The numbers of two titles, or the versions of two data sets or programs; a preprint's are one work."""
    versions = {fold(str(paper.paper.fields.get("version", ""))).lstrip("v. ") for paper in (a, b)}
    if len(versions) > 1 and "" not in versions and not (a.arxivs or b.arxivs):
        return f"different versions: {', '.join(sorted(versions))}"
    numbers = titles.differing_numbers(a.title, b.title)
    return f"different numbers in the titles: {numbers}" if numbers else ""


# --- the answers ------------------------------------------------------------------------------------------


def _in_one_place(pair: _Pair) -> Verdict:
    """Two records on one page: one work, unless their titles say otherwise."""
    if pair.group.share == 0:
        # Where nobody is author of both, a letter may be all that tells two reports apart: VMS and MVS.
        close = pair.relation is Relation.EQUAL
    else:
        close = pair.is_whole or pair.relation in (Relation.SHORTENED, Relation.CUT) or pair.alike >= NEAR_TITLE
    if not close and (pair.group.share or 0) < AUTHORS_AGREE:
        return pair.maybe()
    if pair.is_generic and not pair.same_venue:
        return pair.maybe()
    return pair.same()


def _without_people(pair: _Pair) -> Verdict:
    """Two records of which one or both name nobody: an equal title needs an equal abstract beside it."""
    one, two = pair.a.paper.abstract, pair.b.paper.abstract
    printed_once = pair.years == 0 and pair.same_venue and pair.is_unrepeated and not pair.is_preprint
    if pair.relation is not Relation.EQUAL or pair.apart > PREPRINT_YEARS:
        return pair.different()
    if one and two and pair.apart <= YEARS_APART and _ratio(one, two) >= SAME_ABSTRACT:
        return pair.same("equal abstracts")
    if printed_once and (pair.place.agrees or not pair.place.reason):
        return pair.same("same venue")
    return pair.different() if pair.is_generic and pair.years != 0 else pair.maybe()


def _ratio(one: str, two: str) -> float:
    return fuzz.ratio(fold(one[:_MUCH]), fold(two[:_MUCH]))


def _by_title(pair: _Pair) -> Verdict:
    """Two records of one title: one work if its people, its place, its year and its venue do not contradict."""
    share = pair.group.share or 0
    in_one_year = pair.years == 0 and pair.words >= TELLING
    if pair.is_generic and (pair.years != 0 or not share):
        return pair.different()
    if not share:
        return pair.maybe("different authors") if in_one_year else pair.different("different authors")
    if share < (SOME_AUTHORS_AGREE if in_one_year else AUTHORS_AGREE):
        return pair.maybe()
    if pair.place.reason and not pair.place.agrees and not pair.is_slip:
        return pair.maybe(pair.place.reason)
    if pair.years and not pair.is_preprint and not _is_misdated(pair):
        # Another venue a year later is another publication; the same venue a year later is a column or a report.
        return pair.maybe("in one venue in different years" if pair.same_venue else "in different venues and years")
    if pair.is_generic or _is_by_accident(pair):
        return pair.maybe(why="a title that many works have")
    if pair.same_venue is False and not pair.is_preprint and (share < 1 or pair.words < TELLING or pair.is_twice):
        return pair.maybe("in different venues")
    equal_preprint = pair.relation is Relation.EQUAL and pair.is_preprint
    return pair.same() if pair.apart <= (PREPRINT_YEARS if equal_preprint else YEARS_APART) else pair.maybe()


def _is_by_accident(pair: _Pair) -> bool:
    """Whether a title is so short that the same few people may have used it twice."""
    few = pair.group.agree < SHORT_TITLE_AUTHORS
    if pair.is_short:
        return few or pair.relation is not Relation.EQUAL
    return few and pair.years is None and pair.words < TELLING and not pair.is_preprint


def _is_misdated(pair: _Pair) -> bool:
    """Whether another year is a slip: one volume of one venue, or a title that no column has, and nobody alone."""
    if not pair.same_venue:
        return False
    if pair.a.place.volume and pair.a.place.volume == pair.b.place.volume:
        return True
    group = pair.group.agree > 1 and pair.group.share == 1 and pair.words >= TELLING and not pair.is_serial
    return pair.apart <= YEARS_APART and (pair.is_unrepeated or group)


def _by_part(pair: _Pair) -> Verdict:
    """Two records of which one has more in its title, or other words: one work if all else agrees."""
    share = pair.group.share or 0
    if share < AUTHORS_AGREE or pair.apart > YEARS_APART:
        return pair.different()
    if pair.place.reason and not pair.place.agrees:
        return pair.different(pair.place.reason)
    if share == 1 and pair.years == 0 and not pair.is_generic:
        is_slip = pair.relation in (Relation.CUT, Relation.MISSPELT) and (pair.group.agree > 1 or pair.same_venue)
        is_whole_name = not pair.is_short or pair.group.agree >= SHORT_TITLE_AUTHORS
        is_slip = is_slip or (pair.relation is Relation.SHORTENED and is_whole_name)
        if is_slip and pair.same_venue is not False:
            return pair.same()
        if pair.same_venue and not pair.is_preprint and pair.group.agree >= TEAM:
            return pair.same("same venue")
    return pair.maybe()
