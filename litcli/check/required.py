"""What a type of entry requires, in either dialect, and the types that there are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from litcli import bibfields, dates
from litcli.check.finding import Fault, Severity, Subject
from litcli.paper import Paper

# What the classic styles and biblatex require, in the library's words: btxdoc, section 3.1, and the biblatex manual,
# section 2.1.1, without what its section 2.3.2 lets one omit. An edited @book is no fault: every style prints it.
REQUIRED = {
    "article": ("authors title venue year", "authors title venue year"),
    "book": ("authors/editors title publisher year", "authors/editors title year"),
    "booklet": ("title", "authors/editors title year"),
    "inbook": ("authors/editors title fields.chapter/pages publisher year", "authors title venue year"),
    "incollection": ("authors title venue publisher year", "authors editors title venue year"),
    "inproceedings": ("authors title venue year", "authors title venue year"),
    "manual": ("title", "title year"),
    "mastersthesis": ("authors title institution year", "authors title institution year"),
    "misc": ("", "title year"),
    "phdthesis": ("authors title institution year", "authors title institution year"),
    "proceedings": ("title year", "title year"),
    "techreport": ("authors title institution year", "authors title institution year"),
    "unpublished": ("authors title fields.note", "authors title year"),
    # What follows is biblatex's own. The classic side says what export makes of it.
    "bookinbook": ("authors title venue publisher year", "authors title venue year"),
    "collection": ("authors/editors title publisher year", "editors title year"),
    "dataset": ("", "title year"),
    "inreference": ("authors title venue publisher year", "authors editors title venue year"),
    "mvbook": ("authors/editors title publisher year", "authors/editors title year"),
    "mvcollection": ("authors/editors title publisher year", "editors title year"),
    "mvproceedings": ("title year", "title year"),
    "mvreference": ("authors/editors title publisher year", "editors title year"),
    "online": ("", "title year url/doi/arxiv"),
    "patent": ("", "authors title number year"),
    "periodical": ("", "title year"),
    "reference": ("authors/editors title publisher year", "editors title year"),
    "report": ("authors title institution year", "authors title fields.type institution year"),
    "set": ("", "fields.entryset"),
    "software": ("", "title year"),
    "suppbook": ("authors title venue publisher year", "authors title venue year"),
    "suppcollection": ("authors title venue publisher year", "authors editors title venue year"),
    "suppperiodical": ("", "authors title venue year"),
    "thesis": ("authors title institution year", "authors title fields.type institution year"),
}
_ONLY_BIBLATEX = frozenset("set patent suppperiodical".split())
_ELSEWHERE = {
    "venue": bibfields.ANY_VENUE,
    "institution": ("school", "organization"),
    "year": ("year", "date"),
    "arxiv": ("eprint",),
}
"""The fields of an imported record that say the same."""
_VENUE_IS_HOUSE = frozenset("phdthesis mastersthesis thesis techreport report".split())
BOOKS = frozenset(
    "book mvbook collection mvcollection proceedings mvproceedings reference mvreference periodical".split()
)
"""Types whose title is that of a whole volume."""
_UNSUPPORTED = frozenset(
    """
    artwork audio bibnote commentary customa customb customc customd custome customf image jurisdiction legal
    legislation letter movie music performance review standard video xdata
    """.split()
)
"""Types that biblatex knows and asks nothing of (biblatex manual, sections 2.1.1 and 2.1.3)."""


def kind(paper: Paper) -> str:
    """The type of a paper in lower case, under its first name."""
    written = paper.type.lower()
    return bibfields.ALIASES.get(written, written)


def _has(paper: Paper, word: str) -> bool:
    field = word.partition(".")[2]
    if field:
        return bool(paper.fields.get(field))
    if getattr(paper, word) or any(paper.fields.get(name) for name in (word, *_ELSEWHERE.get(word, ()))):
        return True
    if word == "year":
        return bool(dates.year_of(None, paper.date))
    return word == "institution" and bool(paper.venue) and kind(paper) in _VENUE_IS_HOUSE


@lru_cache(maxsize=256)
def _requirements(this: str, has_venue: bool) -> tuple[tuple[str, bool, bool], ...]:
    """What a type requires: the alternatives, whether the classic styles ask for them, whether biblatex does."""
    if this in _UNSUPPORTED:
        return ()
    classic, modern = REQUIRED.get(this, REQUIRED["misc"])
    if this == "inbook" and has_venue:
        # Export writes a chapter of a named book as @incollection, which has a field for the book.
        classic = REQUIRED["incollection"][0]
    wanted = dict.fromkeys([*(["title"] if this != "set" else []), *classic.split(), *modern.split()])
    return tuple((words, words in classic.split(), words in modern.split()) for words in wanted)


def missing_field(subject: Subject) -> Iterator[Fault]:
    paper = subject.paper
    this = kind(paper)
    for words, classic, modern in _requirements(this, bool(paper.venue)):
        alternatives = words.split("/")
        if any(_has(paper, word) for word in alternatives):
            continue
        who = "bibtex and biblatex require" if classic and modern else f"{'bibtex' if classic else 'biblatex'} requires"
        what = " or ".join(word.removeprefix("fields.") for word in alternatives)
        message = f"no {what}, which {who} of @{paper.type}"
        if words == "title":
            message = "no title"
        elif words == "venue" and paper.arxiv:
            message += "; a mere preprint is of the type misc"
        weighs = classic or words == "title" or this in _ONLY_BIBLATEX or "url" in alternatives
        yield Fault(alternatives[0], message, severity=None if weighs else Severity.NOTE)


def unknown_type(subject: Subject) -> Iterator[Fault]:
    this = kind(subject.paper)
    if this not in REQUIRED and this not in _UNSUPPORTED:
        yield Fault("type", f"neither bibtex nor biblatex knows @{this}; both treat it as @misc")
