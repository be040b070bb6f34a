"""Faults of entries: what would break or spoil a bibliography, each with its repair where one is safe.

A rule is a function that looks at one entry and yields its faults; to add one, write it and add its row to `RULES`.
"""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property, lru_cache
from typing import Any

from litcli import bibfields, dates, detex, ids, names, tex, venues
from litcli.exporters import titles
from litcli.paper import FIELDS, Entry, Paper, Person
from litcli.text import clean, is_balanced, squeeze, title_key


class Severity(Enum):
    """How much a fault weighs: it breaks a build or is wrong, something is missing or odd, export sees to it."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of an entry: where it is, which rule found it, and in one line what is wrong and what to do."""

    key: str
    field: str
    rule: str
    severity: Severity
    message: str
    fixable: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule finds in a field; `repair` holds the new values of fields, where there is a safe one."""

    field: str
    message: str
    repair: Mapping[str, Any] | None = None
    severity: Severity | None = None
    """Where it is not that of the rule."""


@dataclass(frozen=True)
class Subject:
    """An entry as the rules look at it, with the day on which they do."""

    entry: Entry
    today: datetime.date

    @property
    def paper(self) -> Paper:
        return self.entry.paper

    @cached_property
    def texts(self) -> Mapping[str, tuple[str, ...]]:
        """The plain texts of the entry by field, people by the parts of their names."""
        paper = self.paper
        found: dict[str, tuple[str, ...]] = {}
        for field in _TEXTS:
            value = getattr(paper, field)
            if value:
                found[field] = (value,)
        for field in _PEOPLE:
            parts = tuple(part for person in getattr(paper, field) for part in _parts(person) if part)
            if parts:
                found[field] = parts
        for name, value in paper.fields.items():
            if name in _PRINTED_FIELDS and value and isinstance(value, str):
                found[f"fields.{name}"] = (value,)
        return found

    @cached_property
    def printed(self) -> Mapping[str, tuple[str, ...]]:
        """The texts that a bibliography prints."""
        return {field: pieces for field, pieces in self.texts.items() if field != "abstract"}

    @cached_property
    def is_printable(self) -> bool:
        """Whether no text holds a control or format character, or white space other than blanks."""
        return all(text.isprintable() for pieces in self.texts.values() for text in pieces)

    @cached_property
    def people(self) -> Mapping[str, tuple[str, ...]]:
        """The names of the authors and of the editors, as they are spoken."""
        paper = self.paper
        return {field: tuple(map(names.display, getattr(paper, field))) for field in _PEOPLE if getattr(paper, field)}

    @cached_property
    def all_names(self) -> str:
        """All names in one, for a quick no."""
        return "\n".join("\n".join(people) for people in self.people.values())

    @cached_property
    def all_text(self) -> str:
        """All texts in one, for a quick no."""
        return "\n".join("\n".join(pieces) for pieces in self.texts.values())


Look = Callable[[Subject], Iterator[Fault]]

_TEXTS = ("title", "venue", "publisher", "series", "edition", "institution", "volume", "number", "abstract")
_PEOPLE = ("authors", "editors")
# Fields of the biblatex manual, sections 2.2.2 and 2.2.5, and of btxdoc, section 3.2, that the library has no name for.
_PRINTED_FIELDS = frozenset(
    """
    addendum address afterword annotator booksubtitle booktitle booktitleaddon chapter commentator eventtitle
    eventtitleaddon foreword holder howpublished introduction issuesubtitle issuetitle journal journalsubtitle
    journaltitle location mainsubtitle maintitle maintitleaddon nameaddon note organization origlocation origpublisher
    origtitle pubstate reprinttitle school shortjournal shorttitle subtitle titleaddon translator type version
    """.split()
)
"""What a bibliography prints of a record's other fields."""


def _parts(person: Person) -> tuple[str, str, str, str, str]:
    return person.literal, person.given, person.particle, person.family, person.suffix


def _with_parts(person: Person, change: Callable[[str], str]) -> Person:
    return Person(
        family=change(person.family),
        given=change(person.given),
        particle=change(person.particle),
        suffix=change(person.suffix),
        literal=change(person.literal),
    )


def _changed(paper: Paper, field: str, change: Callable[[str], str]) -> dict[str, Any]:
    """The repair that puts each text of a field through `change`."""
    if field in _PEOPLE:
        return {field: tuple(_with_parts(person, change) for person in getattr(paper, field))}
    return {field: change(_value(paper, field))}


def _value(paper: Paper, field: str) -> Any:
    table, _, name = field.partition(".")
    return getattr(paper, table)[name] if name else getattr(paper, field)


def _repaired(paper: Paper, repair: Mapping[str, Any]) -> Paper:
    changes: dict[str, Any] = {}
    for field, value in repair.items():
        table, _, name = field.partition(".")
        changes[table] = {**changes.get(table, getattr(paper, table)), name: value} if name else value
    return replace(paper, **changes)


def _shown(text: str, at: int = 0) -> str:
    """A text as a message quotes it: on one line, and of a long one the part round the place `at`."""
    start = at - 15 if at > 35 else 0
    cut = text[start : start + 50]
    return "'" + squeeze(("…" if start else "") + cut + ("…" if len(text) > start + 50 else "")) + "'"


def _from_to(before: str, after: str) -> tuple[str, str]:
    """Two texts as a message quotes them, each where they begin to differ."""
    at = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), 0)
    return _shown(before, at), _shown(after, at)


def _each(subject: Subject, change: Callable[[str], str], message: str) -> Iterator[Fault]:
    """A fault for each field with a text that `change` changes; `message` has places for it and for its new reading."""
    for field, pieces in subject.texts.items():
        for piece in pieces:
            after = change(piece)
            if after != piece:
                told = message.format(*_from_to(piece, after))
                yield Fault(field, told, _changed(subject.paper, field, change))
                break


# --- what is missing --------------------------------------------------------------------------------------

# What the classic styles and biblatex require, in the library's words: btxdoc, section 3.1, and the biblatex manual,
# section 2.1.1, without what its section 2.3.2 lets one omit. An edited @book is no fault: every style prints it.
_REQUIRED = {
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
_UNSUPPORTED = frozenset(
    """
    artwork audio bibnote commentary customa customb customc customd custome customf image jurisdiction legal
    legislation letter movie music performance review standard video xdata
    """.split()
)
"""Types that biblatex knows and asks nothing of (biblatex manual, sections 2.1.1 and 2.1.3)."""


def _kind(paper: Paper) -> str:
    kind = paper.type.lower()
    return bibfields.ALIASES.get(kind, kind)


def _has(paper: Paper, word: str) -> bool:
    field = word.partition(".")[2]
    if field:
        return bool(paper.fields.get(field))
    if getattr(paper, word) or any(paper.fields.get(name) for name in (word, *_ELSEWHERE.get(word, ()))):
        return True
    if word == "year":
        return bool(dates.year_of(None, paper.date))
    return word == "institution" and bool(paper.venue) and _kind(paper) in _VENUE_IS_HOUSE


@lru_cache(maxsize=256)
def _requirements(kind: str, has_venue: bool) -> tuple[tuple[str, bool, bool], ...]:
    """What a type requires: the alternatives, whether the classic styles ask for them, whether biblatex does."""
    if kind in _UNSUPPORTED:
        return ()
    classic, modern = _REQUIRED.get(kind, _REQUIRED["misc"])
    if kind == "inbook" and has_venue:
        # Export writes a chapter of a named book as @incollection, which has a field for the book.
        classic = _REQUIRED["incollection"][0]
    wanted = dict.fromkeys([*(["title"] if kind != "set" else []), *classic.split(), *modern.split()])
    return tuple((words, words in classic.split(), words in modern.split()) for words in wanted)


def _missing_field(subject: Subject) -> Iterator[Fault]:
    paper = subject.paper
    kind = _kind(paper)
    for words, classic, modern in _requirements(kind, bool(paper.venue)):
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
        weighs = classic or words == "title" or kind in _ONLY_BIBLATEX or "url" in alternatives
        yield Fault(alternatives[0], message, severity=None if weighs else Severity.NOTE)


def _unknown_type(subject: Subject) -> Iterator[Fault]:
    kind = _kind(subject.paper)
    if kind not in _REQUIRED and kind not in _UNSUPPORTED:
        yield Fault("type", f"neither bibtex nor biblatex knows @{kind}; both treat it as @misc")


# --- keys -------------------------------------------------------------------------------------------------

_BREAKS_BIBTEX = re.compile(r"[\s,{}%#~\\\x00-\x1f\x7f-\x9f]")
_BREAKS_SOME = re.compile(r"[\"()='\u00a0-\U0010ffff]")


def _unsafe_key(subject: Subject) -> Iterator[Fault]:
    key = subject.entry.key
    for pattern, who, severity in (
        (_BREAKS_BIBTEX, "BibTeX or LaTeX cannot read", Severity.ERROR),
        (_BREAKS_SOME, "biber or some setups cannot read", Severity.WARNING),
    ):
        bad = "".join(dict.fromkeys(pattern.findall(key)))
        if bad or not key:
            what = f"the key holds {bad!r}, which {who}" if key else "the key is empty"
            yield Fault("key", f"{what}; rename it in the library", severity=severity)
            return


# --- identifiers ------------------------------------------------------------------------------------------

_STOPS = frozenset(".,;:\"'")
_CLOSING = {")": "(", "]": "[", "}": "{", ">": "<"}


def _bare_doi(text: str) -> str:
    """A DOI without what is written around it: a URL's beginning, LaTeX's backslashes, the end of a sentence."""
    bare = re.sub(r"\\([_%&#])", r"\1", text.strip())
    bare = ids.doi(bare) or bare
    unopened = {close: bare.count(close) - bare.count(opening) for close, opening in _CLOSING.items()}
    end = len(bare)
    while end and (bare[end - 1] in _STOPS or unopened.get(bare[end - 1], 0) > 0):
        end -= 1
        if bare[end] in unopened:
            unopened[bare[end]] -= 1
    return bare[:end]


def _malformed_doi(subject: Subject) -> Iterator[Fault]:
    doi = subject.paper.doi
    if not doi or doi.lower() in _NO_VALUE:
        return
    bare = _bare_doi(doi)
    if not ids.doi(bare):
        what = "holds blanks" if re.search(r"\s", doi.strip()) else "is not of the form 10.1234/abc"
        yield Fault("doi", f"{_shown(doi)} {what}; correct it or take it out")
    elif bare != doi:
        yield Fault("doi", f"{_shown(doi)} is to be {bare}", {"doi": bare})


def _doi_repeats_arxiv(subject: Subject) -> Iterator[Fault]:
    paper = subject.paper
    if paper.doi and paper.arxiv and ids.arxiv_id(paper.doi) == paper.arxiv:
        yield Fault("doi", "only says the arXiv id again; the DOI of the published version belongs here")


_CLASS = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2}|\.[a-z]+(?:-[a-z]+)*)?")


def _malformed_arxiv(subject: Subject) -> Iterator[Fault]:
    paper = subject.paper
    if paper.arxiv:
        bare = ids.arxiv_id(paper.arxiv)
        if not bare:
            yield Fault("arxiv", f"{_shown(paper.arxiv)} is no arXiv id such as 2005.00683 or math/0601001; correct it")
        elif bare != paper.arxiv:
            yield Fault("arxiv", f"{_shown(paper.arxiv)} is to be {bare}", {"arxiv": bare})
    if paper.primary_class and not _CLASS.fullmatch(paper.primary_class):
        yield Fault("primary_class", f"{_shown(paper.primary_class)} is no subject class such as cs.CL; give one")


_ISBN = re.compile(r"(?<![\dXx])(?:97[89][ -]?)?\d(?:[ -]?\d){8}[ -]?[\dXx](?![ -]?\d)")
_ISSN = re.compile(r"(?<![\dXx])\d{4}-?\d{3}[\dXx](?!\d)")
_BESIDE = re.compile(
    r"ISBN(?:-1[03])?:?|ISSN:?|\([^()]*\)|[\s,;:/]+|\b(?:and|e|p|electronic|print|online|linking)\b", re.IGNORECASE
)
"""What may stand beside the numbers."""
_DASHES = re.compile("[‐‑‒–—−]")


def _isbn_holds(number: str) -> bool:
    """Whether the check digit is right (ISO 2108; the ten-digit form counts modulo 11)."""
    if len(number) == 13:
        return sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(number)) % 10 == 0
    return sum((10 - at) * (10 if digit == "X" else int(digit)) for at, digit in enumerate(number)) % 11 == 0


def _issn_holds(number: str) -> bool:
    """Whether the check digit is right (ISO 3297)."""
    return sum((8 - at) * (10 if digit == "X" else int(digit)) for at, digit in enumerate(number)) % 11 == 0


def _numbers_fault(text: str, pattern: re.Pattern[str], holds: Callable[[str], bool]) -> str:
    """What is wrong with a field of numbers that end with a check digit, "" if nothing is."""
    numbers = [number[0] for number in pattern.finditer(text)]
    if not numbers or _BESIDE.sub("", pattern.sub("", text)):
        return "has not the right number of digits"
    wrong = next((number for number in numbers if not holds(re.sub(r"[ -]", "", number).upper())), "")
    return f"is mistyped: the check digit of {wrong} does not fit" if wrong else ""


def _malformed_isbn(subject: Subject) -> Iterator[Fault]:
    isbn = subject.paper.isbn
    if not isbn:
        return
    plain = re.sub(r"^\s*ISBN(?:-1[03])?\s*:?\s*", "", _DASHES.sub("-", isbn), flags=re.IGNORECASE).strip()
    fault = _numbers_fault(plain, _ISBN, _isbn_holds)
    if fault and not _numbers_fault(plain, _ISSN, _issn_holds):
        fault = "is an ISSN, the number of a journal"
    if fault:
        yield Fault("isbn", f"{_shown(isbn)} {fault}; compare it with the book")
    elif plain != isbn:
        yield Fault("isbn", f"{_shown(isbn)} is to be {plain}", {"isbn": plain})


def _malformed_issn(subject: Subject) -> Iterator[Fault]:
    issn = subject.paper.fields.get("issn")
    if issn and isinstance(issn, str):
        fault = _numbers_fault(_DASHES.sub("-", issn), _ISSN, _issn_holds)
        if fault:
            yield Fault("fields.issn", f"{_shown(issn)} {fault}; compare it with the journal")


# --- pages and years --------------------------------------------------------------------------------------

_NO_VALUE = frozenset(
    "n/a na none nan null nil tba tbd unknown undefined ? ?? - -- – n.a. #n/a xx xx-xx ??-?? 0 0-0 0--0 1-n i-i".split()
)
_NUMBERED = frozenset(("volume", "number"))
"""Fields in which a 0 is a number."""
_PAGES_SIGN = re.compile(r"^(?:pp\.?|p\.|pages?\s)\s*(?=\d[^A-Za-z]*$)", re.IGNORECASE)
_RANGE = re.compile(r"(?<![\w.:+/-])(\d{1,9})-(\d{1,9})(?![\w.:+/-])")


def _placeholder(subject: Subject) -> Iterator[Fault]:
    for field in ("venue", "volume", "number", "pages", "publisher", "series", "institution", "edition", "doi", "url"):
        value = getattr(subject.paper, field)
        if len(value) < 10 and value.lower() in _NO_VALUE and not (field in _NUMBERED and value == "0"):
            yield Fault(field, f"{value!r} says nothing; give a value or take the field out")


def _malformed_pages(subject: Subject) -> Iterator[Fault]:
    pages = subject.paper.pages
    if not pages or pages.lower() in _NO_VALUE:
        return
    plain = bibfields.pages(_PAGES_SIGN.sub("", pages.strip()), "-")
    if plain != pages:
        yield Fault("pages", f"{_shown(pages)} is to be {plain}", {"pages": plain})
    elif re.fullmatch(r"-+\s*\w+|\w+\s*-+", pages):
        yield Fault("pages", f"{pages!r} has only one end; give both, or the page alone")
    for first, last in _RANGE.findall(plain):
        if _is_reversed(first, last):
            yield Fault("pages", f"{first}-{last} ends before it begins; correct it")
            return


def _is_reversed(first: str, last: str) -> bool:
    """Whether a range goes backwards; `1234-45` is short for 1234-1245.

    Behind a full hundred nothing is shortened (Chicago Manual of Style, 9.61).
    """
    if int(last) >= int(first):
        return False
    shortened = len(last) < len(first) and int(first) % 100 != 0
    return not (shortened and int(first[: -len(last)] + last) > int(first))


def _impossible_year(subject: Subject) -> Iterator[Fault]:
    year = dates.year_of(subject.paper.year, subject.paper.date)
    if year is not None and not 1000 <= year <= subject.today.year + 2:
        yield Fault("year" if subject.paper.year else "date", f"the year {year} cannot be; correct it")


def _years_disagree(subject: Subject) -> Iterator[Fault]:
    paper = subject.paper
    of_date = dates.year_of(None, paper.date)
    if paper.year and of_date and paper.year != of_date:
        yield Fault("date", f"{paper.date} is not in the year {paper.year}; correct one of them")
    submitted = ids.arxiv_date(paper.arxiv)
    year = paper.year or of_date
    if year and submitted:
        # Authors put what is published on arXiv later as well, mostly within the year that follows.
        is_preprint = not paper.venue or venues.is_preprint(paper.venue)
        if int(submitted[:4]) > year + (0 if is_preprint else 1):
            yield Fault("arxiv", f"{paper.arxiv} was given in {submitted}, after the year {year}; one of them is wrong")


# --- titles -----------------------------------------------------------------------------------------------

_MARKS = "\"'“”‘’.,:;?!()[]"
_WORD = re.compile(r"[^\W\d_]{2,}")
_SMALL = frozenset(
    "a an and as at by for from in into is of on or the to with und der die das et la le les des du de en y el".split()
)
_ENGLISH = frozenset("the of and for with from by to is are how what why an using via towards".split())
_ENGLISH_NAMES = ("en", "english", "american", "british", "usenglish", "ukenglish", "en-us", "en-gb", "eng")
_ABBREVIATION = re.compile(
    r"(?:.*\W)?(?:[^\W\d_]|\w+\.\w+|etc|inc|ltd|jr|sr|vs|al|no|vol|pt|dr|st|prof|ed|eds|corp|co|dept|approx|ca|dt|bd|ph|d)",
    re.IGNORECASE | re.DOTALL,
)


def _is_english(paper: Paper) -> bool:
    language = str(paper.fields.get("langid") or paper.fields.get("language") or "english").lower()
    return language in _ENGLISH_NAMES


def _is_all_caps(title: str) -> bool:
    """Whether a title shouts: not where it is short names alone, for `SARS-COV-2 RNA` has no other spelling."""
    upper = sum(map(str.isupper, title))
    if upper < 8:
        return False
    bare = re.sub(tex.MATH, " ", title) if "$" in title else title
    if sum(map(str.islower, bare)) * 9 > upper:
        return False
    words = _WORD.findall(bare)
    return len(words) > 1 and any(len(word) > 6 or word.lower() in _SMALL for word in words)


def _all_caps_title(subject: Subject) -> Iterator[Fault]:
    title = subject.paper.title
    if _is_all_caps(title):
        yield Fault(
            "title", f"{_shown(title)} is all in capitals; write it as it is spoken (no program knows which stay)"
        )


def _unprotected_capitals(subject: Subject) -> Iterator[Fault]:
    paper = subject.paper
    title = paper.title
    if not title or not is_balanced(title) or not _is_english(paper) or _is_all_caps(title):
        return
    words = dict.fromkeys(word.strip(_MARKS) for word, reason in titles.reasons(title) if reason)
    if words:
        shown = ", ".join([*words][:4]) + (", …" if len(words) > 4 else "")
        yield Fault("title", f"styles would lower {shown}; export braces such words", {"title": titles.protect(title)})


def _trailing_period(subject: Subject) -> Iterator[Fault]:
    title = subject.paper.title
    if title.endswith(".") and not title.endswith("..") and not _ABBREVIATION.fullmatch(title[-40:-1]):
        yield Fault("title", "ends with a full stop, which styles set themselves", {"title": title[:-1]})


_BOOKS = frozenset(
    "book mvbook collection mvcollection proceedings mvproceedings reference mvreference periodical".split()
)


def _title_is_venue(subject: Subject) -> Iterator[Fault]:
    paper = subject.paper
    if paper.title and paper.venue and _kind(paper) not in _BOOKS and title_key(paper.title) == title_key(paper.venue):
        yield Fault("title", "is the venue; the work's own title belongs here")


def _braced_title(subject: Subject) -> Iterator[Fault]:
    title = subject.paper.title
    if not title.startswith("{") or not title.endswith("}") or not _is_english(subject.paper):
        return
    depth = 0
    for char in title[:-1]:
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return
    if not _ENGLISH.isdisjoint(title[1:-1].lower().split()):
        yield Fault("title", "stands in braces as a whole, so that no style can set it; brace only names and acronyms")


# --- braces, math, LaTeX ----------------------------------------------------------------------------------

_ESCAPED = re.compile(r"\\.", re.DOTALL)


def _unbalanced_braces(subject: Subject) -> Iterator[Fault]:
    for field, pieces in subject.texts.items():
        for piece in pieces:
            if ("{" in piece or "}" in piece) and not is_balanced(_ESCAPED.sub("", piece)):
                yield Fault(
                    field, f"a brace without its partner in {_shown(piece)}; a printed one is written \\{{ or \\}}"
                )
                break


_LIKE_MATH = re.compile(r"\\[A-Za-z]|[\^_]")


def _unbalanced_math(subject: Subject) -> Iterator[Fault]:
    if "$" not in subject.all_text:
        return
    for field, pieces in subject.printed.items():
        for piece in pieces:
            outside = (
                [part.replace(r"\$", "") for math, part in tex.segments(piece) if not math] if "$" in piece else []
            )
            if any("$" in part and _LIKE_MATH.search(part, part.index("$")) for part in outside):
                yield Fault(field, f"a dollar without its partner in {_shown(piece)}; a printed one is written \\$")
                break


_KEPT = "|".join(sorted(tex.PASSED, reverse=True))
_LATEX = re.compile(
    rf"""
      (?P<two>\\\\)
    | (?P<command>\\(?!(?:{_KEPT})(?![A-Za-z]))[A-Za-z]+ | \\[`'^"~=.](?=\s*[\\{{A-Za-z]))
    | (?P<sign>\\[&%\#_] | (?<=\w)---?(?=[^\W_]) | (?<=\s)---?(?=\s))
    | (?P<escape>\\.)
    | (?P<quote>``|'')
    | (?P<literal>[~`] | -{{2,}})
    """,
    re.VERBOSE | re.DOTALL,
)
"""What is LaTeX in a text beyond the record's own `$…$`, `\\$` and groups, and signs that only look like it."""
_DOUBTFUL = re.compile(r"\\\"(?=[\s.,;:?!)]|$)|[A-Za-z]\\'(?:s|t|re|ve|ll|d|m)\b")
"""Escaped quotation marks, as programs leave them: `\\"Why?\\"`, `don\\'t`; not to be told from accents."""
_GREEK = re.compile(rf"(\\(?:{'|'.join(sorted(filter(str.isalpha, tex.GREEK.values()), reverse=True))}))(?=\s)")
_ASIDE = str.maketrans("\\~`-'", "\ue000\ue001\ue002\ue003\ue004")
_BACK = str.maketrans("\ue000\ue001\ue002\ue003\ue004", "\\~`-'")


def _may_hold_latex(text: str) -> bool:
    return "\\" in text or "--" in text or ("``" in text and "''" in text)


def _latex_in(text: str) -> tuple[int, int]:
    """How many commands and how many lesser signs of LaTeX stand in a text, outside its math."""
    outside = "".join(part for math, part in tex.segments(text) if not math) if "$" in text else text
    kinds = Counter(match.lastgroup for match in _LATEX.finditer(outside))
    return kinds["command"], kinds["sign"] + (kinds["quote"] if "``" in text and "''" in text else 0)


def _without_latex(text: str) -> str:
    """The plain reading of a text in which LaTeX was left; the text itself where that reading is not certain."""
    if not _may_hold_latex(text):
        return text
    before = sum(_latex_in(text))
    if not before or not is_balanced(_ESCAPED.sub("", text)) or _DOUBTFUL.search(text) or text.translate(_BACK) != text:
        return text
    quoted = "``" in text and "''" in text

    def aside(match: re.Match[str]) -> str:
        own = match["two"] or match["literal"] or (match["quote"] and not quoted)
        return match[0].translate(_ASIDE) if own else match[0]

    # A tilde, or a dash between no words, may be the text's own: it is put aside while the rest is read. A blank
    # behind a Greek letter is one, which LaTeX would swallow.
    after = detex.decode(_GREEK.sub(r"\1{}", _LATEX.sub(aside, text))).translate(_BACK)
    strange = any(map(unicodedata.combining, after)) and not any(map(unicodedata.combining, text))
    return text if strange or not after or sum(_latex_in(after)) >= before else after


def _latex_in_text(subject: Subject) -> Iterator[Fault]:
    if not _may_hold_latex(subject.all_text):
        return
    for field, pieces in subject.texts.items():
        for piece in map(_with_math, filter(_may_hold_latex, pieces)):
            after = _without_latex(piece)
            if after != piece:
                told = "LaTeX in {}; plain text is {}".format(*_from_to(piece, after))
                severity = None if _latex_in(piece)[0] else Severity.NOTE
                yield Fault(field, told, _changed(subject.paper, field, _plain), severity)
                break
            doubtful = _DOUBTFUL.search(piece)
            if doubtful:
                where = _shown(piece, doubtful.start())
                yield Fault(field, f"an accent or an escaped quotation mark in {where}; write it plainly")
                break


def _plain(text: str) -> str:
    return _without_latex(_with_math(text))


def _unknown_command(subject: Subject) -> Iterator[Fault]:
    if "\\" not in subject.all_text:
        return
    for field, pieces in subject.printed.items():
        odd = (sign for piece in pieces if "\\" in piece for sign in tex.encode(_plain(piece)).strange)
        unknown = list(dict.fromkeys(sign for sign in odd if sign.startswith("\\")))
        if unknown:
            yield Fault(field, f"LaTeX does not know {', '.join(unknown)}: it is printed as text; write what it says")


_ESCAPED_MATH = re.compile(r"\{\\\$\}([^$]{1,300}?)\{\\\$\}")


def _with_math(text: str) -> str:
    return _ESCAPED_MATH.sub(_as_math, text) if r"{\$}" in text else text


def _as_math(match: re.Match[str]) -> str:
    formula = re.sub(r"\\([{}_^])", r"\1", match[1])
    sound = _LIKE_MATH.search(match[1]) and is_balanced(formula) and formula == formula.strip()
    return f"${formula}$" if sound else match[0]


def _escaped_math(subject: Subject) -> Iterator[Fault]:
    if r"{\$}" in subject.all_text:
        yield from _each(subject, _with_math, "a formula with escaped dollars in {}; it is {}")


# --- characters -------------------------------------------------------------------------------------------

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")
_BLANKS = re.compile(r"[^\S\u00a0\u202f\u2009]{2,}|[\t\n\r\v\f\x85\u2028\u2029]|[\u00a0\u202f\u2009\s]{2,}")


def _visible(text: str) -> str:
    return _INVISIBLE.sub("", text)


def _tidy(text: str) -> str:
    if "  " not in text and text.isprintable() and not text.startswith(" ") and not text.endswith(" "):
        return text
    return _BLANKS.sub(" ", text).strip()


def _invisible_character(subject: Subject) -> Iterator[Fault]:
    if not subject.is_printable:
        for field, pieces in subject.texts.items():
            found = [char for piece in pieces for char in _INVISIBLE.findall(piece)]
            if found:
                points = ", ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(found))
                yield Fault(field, f"invisible characters: {points}", _changed(subject.paper, field, _visible))


def _stray_blanks(subject: Subject) -> Iterator[Fault]:
    for field, pieces in subject.printed.items():
        for piece in pieces:
            after = _tidy(piece)
            if after != piece:
                yield Fault(field, f"stray blanks in {piece[:50]!r}", _changed(subject.paper, field, _tidy))
                break


LOST = "\ufffd"
"""What a decoder writes for bytes that it cannot read."""


def _lost_character(subject: Subject) -> Iterator[Fault]:
    if LOST not in subject.all_text:
        return
    for field, pieces in subject.texts.items():
        for piece in pieces:
            if LOST in piece:
                yield Fault(field, f"a character is lost (U+FFFD) in {_shown(piece, piece.index(LOST))}; restore it")
                break


@lru_cache(maxsize=65536)
def _lacks_form(char: str) -> bool:
    return bool(tex.encode(char).strange)


def _no_latex_form(subject: Subject) -> Iterator[Fault]:
    if subject.all_text.isascii():
        return
    for field, pieces in subject.printed.items():
        text = "\n".join(pieces)
        if text.isascii() or not any(not char.isascii() and _lacks_form(char) for char in set(text)):
            continue
        odd = [char for char in tex.encode(text).strange if not char.startswith("\\")]
        if odd:
            shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in odd[:3])
            more = f" and {len(odd) - 3} more" if len(odd) > 3 else ""
            yield Fault(field, f"bibtex has no form for {shown}{more}; use biblatex, XeLaTeX or LuaLaTeX")


_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_RAISED = re.compile(r"<(su[bp])>([0-9n+\-−]{1,8})</\1>", re.IGNORECASE)
_HIGH = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_OTHER_TAG = re.compile(
    r"</?(?:p|br|div|a|math|inline-formula|title|sec|h[1-6]|li|ul|ol|img|font|small)(?:\s[^<>]*)?/?>"
)


def _without_html(text: str) -> str:
    if "<" not in text and not ("&" in text and _ENTITY.search(text)):
        return text
    # A power is more than a look: 10<sup>5</sup> is not 105.
    raised = _RAISED.sub(lambda match: match[2].translate(_HIGH if match[1].lower() == "sup" else _LOW), text)
    if raised == text and clean(text) == squeeze(unicodedata.normalize("NFC", text)):
        return text
    return clean(raised)


def _html(subject: Subject) -> Iterator[Fault]:
    if "<" not in subject.all_text and "&" not in subject.all_text:
        return
    yield from _each(subject, _without_html, "HTML in {}; it says {}")
    for field, pieces in subject.printed.items():
        tags = [tag for piece in pieces for tag in _OTHER_TAG.findall(_without_html(piece))]
        if tags:
            yield Fault(field, f"HTML's {tags[0]} is printed as text; write what it means")


# The bytes 80 to BF as Windows-1252 and Latin-1 show them: the tail of a UTF-8 sequence that was read as one of these.
_TAIL_BYTES = {
    char: byte
    for byte in range(0x80, 0xC0)
    for char in {bytes((byte,)).decode("cp1252", "ignore") or chr(byte), bytes((byte,)).decode("latin-1")}
}
_TAIL = "[" + re.escape("".join(sorted(_TAIL_BYTES))) + "]"
_MISREAD = re.compile(
    rf"(?P<two>[Â-Å]{_TAIL})|(?P<many>(?:[Î-Ñ]{_TAIL}){{2,}})|â[€„ˆ‰‚\x80\x82\x84]{_TAIL}|ï[»¬]{_TAIL}"
    rf"|ð(?:{_TAIL}){{3}}|(?P<cjk>(?:[ã-í](?:{_TAIL}){{2}}){{2,}})"
)
_BEHIND = frozenset("”“’‘–—…»«›‹•·\u00a0¡¿†‡‰™")
"""Characters that may stand behind a capital at a word's end, so that `KESÄ–` is Finnish and not spoilt."""


def _read_again(text: str) -> str:
    """A text in which UTF-8 was read as Windows-1252 or Latin-1, read as UTF-8."""
    return text if text.isascii() else _MISREAD.sub(_decoded, text)


def _decoded(match: re.Match[str]) -> str:
    run = match[0]
    if match["two"] and run[1] in _BEHIND and run[0] != "Â":
        before = match.string[max(0, match.start() - 1) : match.start()]
        after = match.string[match.end() : match.end() + 1]
        if before.isupper() or not (before.islower() or after.islower()):
            return run
    data = bytes(_TAIL_BYTES.get(char, ord(char) & 0xFF) for char in run)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return run
    return run if any(unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") for char in text) else text


def _mojibake(subject: Subject) -> Iterator[Fault]:
    if not subject.all_text.isascii():
        yield from _each(subject, _read_again, "{} is UTF-8 that was read as Windows-1252; it says {}")


# --- names ------------------------------------------------------------------------------------------------

_NOBODY = frozenset(
    ("", "et al", "et al.", "et. al.", "al.", "others", "and others", "et alii", "...", "…", "and more")
)
_SUFFIX = re.compile(
    r"(?:jr|sr|jnr|snr|junior|senior|[ivx]+|[2-9]th|3rd|2nd|ph\.?\s?d|m\.?\s?d|esq|filho|neto|fils)\.?", re.IGNORECASE
)
_HOMONYM = re.compile(r"(?<!\w)0\d{3}(?!\w)")
"""DBLP's number behind a name that several people bear: `Wei Wang 0001`."""
_SEVERAL = re.compile(r"(?:^|\s)(?:and|&)(?:\s|$)|;", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


def _is_nobody(name: str) -> bool:
    return name.strip(" ,{}").lower() in _NOBODY


def _no_person(subject: Subject) -> Iterator[Fault]:
    for field, people in subject.people.items():
        nobody = [name for name in people if _is_nobody(name)]
        if not nobody:
            continue
        left = tuple(person for person in getattr(subject.paper, field) if not _is_nobody(names.display(person)))
        said = next(filter(str.strip, nobody), "")
        if not said:
            yield Fault(field, "a name is empty", {field: left})
        elif field == "authors" and left:
            yield Fault(
                field, f"{said!r} is no person: et_al = true says that a list was cut", {field: left, "et_al": True}
            )
        else:
            yield Fault(field, f"{said!r} is no person; take it out")


def _odd_name(subject: Subject) -> Iterator[Fault]:
    for field in _PEOPLE:
        people = getattr(subject.paper, field)
        for person in people:
            if person.suffix and not _SUFFIX.fullmatch(person.suffix) and _SUFFIX.fullmatch(person.given):
                told = f"{_shown(names.to_text(person))} has its parts in another order than 'Family, Jr, Given'"
                yield Fault(field, told, {field: tuple(map(_in_order, people))})
                break
        else:
            odd = ((person, _oddity(person)) for person in people)
            yield from (Fault(field, f"{_shown(names.to_text(person))} {what}") for person, what in odd if what)


def _in_order(person: Person) -> Person:
    """`Family, Given, Jr` as it is meant."""
    if person.suffix and not _SUFFIX.fullmatch(person.suffix) and _SUFFIX.fullmatch(person.given):
        return replace(person, given=person.suffix, suffix=person.given)
    return person


def _oddity(person: Person) -> str:
    """What is odd about a name, "" if nothing is."""
    if person.literal:
        pieces = names.split_list(person.literal)[0] if "," in person.literal or ";" in person.literal else []
        if len(pieces) > 2 and all(map(names.looks_like_name, pieces)):
            return "is a list of people in one name; make each a name of its own"
        return ""
    plain = f"{person.given} {person.particle} {person.family}"
    if _SEVERAL.search(plain) and "{" not in plain:
        return "holds several people; make each a name of its own"
    if person.suffix and not _SUFFIX.fullmatch(person.suffix):
        return "has too many commas: one parts family and given name, and between two stands Jr or III"
    if _DIGIT.search(plain) and not _HOMONYM.search(plain) and not names.is_organisation(plain.strip()):
        return "holds a digit; people's names have none, and an organisation stands in braces"
    return ""


def _without_number(person: Person) -> Person:
    if person.literal or not any(_HOMONYM.search(part) for part in (person.family, person.given)):
        return person
    family, given = (squeeze(_HOMONYM.sub("", part)) for part in (person.family, person.given))
    if not family:
        return replace(names.parse(given), suffix=person.suffix)
    return replace(person, family=family, given=given)


def _homonym_number(subject: Subject) -> Iterator[Fault]:
    if "0" not in subject.all_names or not _HOMONYM.search(subject.all_names):
        return
    for field in _PEOPLE:
        people = getattr(subject.paper, field)
        for person in people:
            if _without_number(person) != person:
                told = f"{names.display(person)!r} bears DBLP's number for people of one name, which is no part of it"
                yield Fault(field, told, {field: tuple(map(_without_number, people))})
                break


def _all_caps_name(subject: Subject) -> Iterator[Fault]:
    for field in _PEOPLE:
        shouted = [person for person in getattr(subject.paper, field) if _is_shouted(person)]
        if shouted:
            more = f" and {len(shouted) - 1} more stand" if len(shouted) > 1 else " stands"
            name = names.display(shouted[0])
            yield Fault(field, f"{name!r}{more} in capitals and would be printed so; write it as it is spoken")


def _is_shouted(person: Person) -> bool:
    return person.family.isupper() and len(person.family) > 3 and not person.literal and bool(person.given)


def _bare_organisation(subject: Subject) -> Iterator[Fault]:
    for field, people in subject.people.items():
        for person, name in zip(getattr(subject.paper, field), people, strict=True):
            if not person.literal and not _HOMONYM.search(name) and names.is_organisation(name):
                yield Fault(field, f"{name!r} looks like an organisation, which stands in braces: {{{name}}}")


def _same_person(subject: Subject) -> Iterator[Fault]:
    for field, people in subject.people.items():
        if len(people) > 1:
            counts = Counter(map(str.casefold, people))
            name = next((name for name in people if name and counts[name.casefold()] > 1), "")
            if name:
                times = counts[name.casefold()]
                yield Fault(field, f"{name!r} stands here {times} times; take the others out, if it is one person")


# --- addresses --------------------------------------------------------------------------------------------

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+-]*:\S")
_NO_HOST = re.compile(r"https?:(?!//[^/?#\s])", re.IGNORECASE)
_URL_COMMAND = re.compile(r"\\url\s*\{([^{}]*)\}")
_VERSIONED = re.compile(r"v\d+(?:\.pdf)?$")


def _url_repeats_doi(subject: Subject) -> Iterator[Fault]:
    paper = subject.paper
    if paper.url and paper.doi and ids.doi(paper.url) and ids.doi_key(paper.url) == ids.doi_key(paper.doi):
        yield Fault("url", "only says the DOI again", {"url": ""})


def _url_repeats_arxiv(subject: Subject) -> Iterator[Fault]:
    paper = subject.paper
    # An address with a version says more than the id.
    if paper.url and paper.arxiv and ids.arxiv_id(paper.url) == paper.arxiv and not _VERSIONED.search(paper.url):
        yield Fault("url", "only says the arXiv id again", {"url": ""})


def _bare_url(url: str) -> str:
    r"""A URL without the LaTeX around it and in it; RFC 3986 knows no backslash."""
    command = _URL_COMMAND.fullmatch(url.strip())
    return re.sub(r"\\([_%&#~$])", r"\1", command[1] if command else url.strip())


def _malformed_url(subject: Subject) -> Iterator[Fault]:
    paper = subject.paper
    for field, url in [("url", paper.url), *((f"links.{label}", link) for label, link in paper.links.items())]:
        if not url or url.lower() in _NO_VALUE:
            continue
        bare = _bare_url(url)
        if re.search(r"\s", bare):
            yield Fault(field, f"{_shown(url)} holds a blank; one URL has none")
        elif not _SCHEME.match(bare) or _NO_HOST.match(bare):
            yield Fault(field, f"{_shown(url)} is no full URL; it begins with https:// or the like")
        elif bare != url:
            yield Fault(field, f"{_shown(url)} is to be {bare}", {field: bare})


# --- the rules --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, what its faults weigh unless they say otherwise, and the function that looks for them."""

    name: str
    severity: Severity
    look: Look


# Repairs are made in this order: first what was read wrongly, last the braces round the words that come of it.
RULES = (
    Rule("mojibake", Severity.ERROR, _mojibake),
    Rule("lost-character", Severity.ERROR, _lost_character),
    Rule("html", Severity.WARNING, _html),
    Rule("escaped-math", Severity.WARNING, _escaped_math),
    Rule("latex-in-text", Severity.WARNING, _latex_in_text),
    Rule("unknown-command", Severity.WARNING, _unknown_command),
    Rule("invisible-character", Severity.WARNING, _invisible_character),
    Rule("stray-blanks", Severity.NOTE, _stray_blanks),
    Rule("no-latex-form", Severity.NOTE, _no_latex_form),
    Rule("unbalanced-braces", Severity.ERROR, _unbalanced_braces),
    Rule("unbalanced-math", Severity.WARNING, _unbalanced_math),
    Rule("unsafe-key", Severity.ERROR, _unsafe_key),
    Rule("unknown-type", Severity.NOTE, _unknown_type),
    Rule("missing-field", Severity.WARNING, _missing_field),
    Rule("placeholder", Severity.WARNING, _placeholder),
    Rule("malformed-doi", Severity.WARNING, _malformed_doi),
    Rule("doi-repeats-arxiv", Severity.NOTE, _doi_repeats_arxiv),
    Rule("malformed-arxiv", Severity.WARNING, _malformed_arxiv),
    Rule("malformed-isbn", Severity.WARNING, _malformed_isbn),
    Rule("malformed-issn", Severity.WARNING, _malformed_issn),
    Rule("malformed-pages", Severity.WARNING, _malformed_pages),
    Rule("impossible-year", Severity.WARNING, _impossible_year),
    Rule("years-disagree", Severity.WARNING, _years_disagree),
    Rule("no-person", Severity.WARNING, _no_person),
    Rule("homonym-number", Severity.WARNING, _homonym_number),
    Rule("odd-name", Severity.WARNING, _odd_name),
    Rule("all-caps-name", Severity.NOTE, _all_caps_name),
    Rule("bare-organisation", Severity.NOTE, _bare_organisation),
    Rule("same-person-twice", Severity.WARNING, _same_person),
    Rule("malformed-url", Severity.WARNING, _malformed_url),
    Rule("url-repeats-doi", Severity.NOTE, _url_repeats_doi),
    Rule("url-repeats-arxiv", Severity.NOTE, _url_repeats_arxiv),
    Rule("all-caps-title", Severity.WARNING, _all_caps_title),
    Rule("braced-title", Severity.WARNING, _braced_title),
    Rule("title-is-venue", Severity.WARNING, _title_is_venue),
    Rule("trailing-period", Severity.NOTE, _trailing_period),
    Rule("unprotected-capitals", Severity.NOTE, _unprotected_capitals),
)


def check(
    entries: Sequence[Entry], *, among: Sequence[Entry] | None = None, today: datetime.date | None = None
) -> list[Finding]:
    """All faults of the entries, ordered by key and then by field.

    `among` is the library that they are a part of, with which they are compared: the entries themselves, if none is
    given. `today` says which years are still to come.
    """
    today = today or datetime.date.today()
    found = [finding for entry in entries for finding in _of_entry(entry, today)]
    found += _between(entries, entries if among is None else among)
    return sorted(found, key=lambda finding: (finding.key.lower(), finding.key, _place(finding.field)))


def _of_entry(entry: Entry, today: datetime.date) -> Iterator[Finding]:
    subject = Subject(entry, today)
    for rule in RULES:
        for fault in rule.look(subject):
            # An abstract is printed by no style.
            severity = Severity.NOTE if fault.field == "abstract" else fault.severity or rule.severity
            yield Finding(entry.key, fault.field, rule.name, severity, fault.message, fault.repair is not None)


_PLACES = {field: place for place, field in enumerate(("key", *FIELDS))}


def _place(field: str) -> tuple[int, str]:
    return _PLACES[field.partition(".")[0]], field


def mend(entry: Entry) -> Entry:
    """The entry with every safe repair made; what it means is unchanged, and nothing is left to repair."""
    subject = Subject(entry, datetime.date.max)
    # One repair may lay open the next fault: a brace behind an entity, an ampersand behind that.
    for _ in RULES:
        before = subject.entry
        for rule in RULES:
            for fault in rule.look(subject):
                if fault.repair is not None:
                    paper = _repaired(subject.paper, fault.repair)
                    subject = Subject(replace(entry, paper=paper), subject.today)
        if subject.entry == before:
            break
    return subject.entry


# --- faults between entries -------------------------------------------------------------------------------


def _between(entries: Sequence[Entry], among: Sequence[Entry]) -> Iterator[Finding]:
    """What is wrong with entries beside the others of their library."""
    by_name: dict[str, list[tuple[str, bool]]] = {}
    for other in among:
        by_name.setdefault(other.key.lower(), []).append((other.key, True))
        for alias in other.aliases:
            by_name.setdefault(alias.lower(), []).append((other.key, False))
    for entry in entries:
        yield from _names_twice(entry, by_name)
        yield from _no_parent(entry, by_name)
    yield from _same_identifier(entries, among)


def _names_twice(entry: Entry, by_name: Mapping[str, Sequence[tuple[str, bool]]]) -> Iterator[Finding]:
    for name in dict.fromkeys((entry.key, *entry.aliases)):
        is_key = name == entry.key
        for other, is_others_key in by_name.get(name.lower(), ()):
            if other == entry.key:
                continue
            if is_key and is_others_key:
                what = f"is {other} in other capitals, which is one key to BibTeX; rename it in the library"
            elif is_key:
                what = f"is an alias of {other} as well; take the alias out there, or rename it in the library"
            elif is_others_key:
                what = f"the alias {name} is the key of another entry, {other}; take the alias out"
            else:
                what = f"the alias {name} stands at {other} as well; take one of them out"
            rule = "duplicate-key" if is_key == is_others_key else "alias-is-key"
            yield Finding(entry.key, "key" if is_key else "aliases", rule, Severity.ERROR, what)
            break


def _no_parent(entry: Entry, by_name: Mapping[str, object]) -> Iterator[Finding]:
    for name in bibfields.PARENTS:
        parent = entry.paper.fields.get(name)
        if parent and isinstance(parent, str) and parent.lower() not in by_name:
            severity = Severity.ERROR if name == "crossref" else Severity.WARNING
            message = f"there is no entry {_shown(parent)}; correct it or take it out"
            yield Finding(entry.key, f"fields.{name}", "dangling-crossref", severity, message)


def _identifiers(paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.doi:
        yield "doi", ids.doi_key(paper.doi)
    if paper.arxiv:
        yield "arxiv", ids.arxiv_id(paper.arxiv) or paper.arxiv
    # The chapters of a book all bear its number.
    if paper.isbn and _kind(paper) in _BOOKS:
        for number in _ISBN.findall(_DASHES.sub("-", paper.isbn)):
            yield "isbn", ids.isbn_key(number)


def _same_identifier(entries: Sequence[Entry], among: Sequence[Entry]) -> Iterator[Finding]:
    bearers: dict[tuple[str, str], list[str]] = {}
    for other in among:
        for identifier in _identifiers(other.paper):
            bearers.setdefault(identifier, []).append(other.key)
    for entry in entries:
        for field, value in _identifiers(entry.paper):
            first = bearers.get((field, value), [])[:4]
            others = [key for key in first if key != entry.key][:3]
            if others:
                message = f"{value} is that of {', '.join(others)} as well: one work twice, or a wrong identifier"
                yield Finding(entry.key, field, f"same-{field}", Severity.WARNING, message)


# --- the report -------------------------------------------------------------------------------------------

FORMAT_VERSION = 1
FORMS = ("text", "json", "github")
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def report(findings: Sequence[Finding], form: str, position: Callable[[str], tuple[str, int]]) -> str:
    """The findings as text, as JSON or as GitHub's workflow commands; `position` gives file and line of a key."""
    if form == "json":
        return _json(findings, position)
    if form == "github":
        return "".join(_command(finding, *position(finding.key)) + "\n" for finding in findings)
    lines = [_line(finding, *position(finding.key)) for finding in findings]
    return "\n".join([*lines, _summary(findings)]) + "\n"


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    counts = Counter(finding.severity for finding in findings)
    return {severity.value: counts[severity] for severity in Severity}


def _line(finding: Finding, file: str, line: int) -> str:
    text = f"{finding.key}: {finding.field}: {finding.message}"
    return squeeze(f"{file}:{line}: {finding.severity.value}: {text} [{finding.rule}]")


def _summary(findings: Sequence[Finding]) -> str:
    counts = ", ".join(f"{n} {name}{'' if n == 1 else 's'}" for name, n in _counts(findings).items())
    fixable = sum(finding.fixable for finding in findings)
    return counts + (f"; --fix mends {fixable} of them" if fixable else "")


def _json(findings: Sequence[Finding], position: Callable[[str], tuple[str, int]]) -> str:
    rows = []
    for finding in findings:
        file, line = position(finding.key)
        rows.append(
            {
                "key": finding.key,
                "field": finding.field,
                "rule": finding.rule,
                "severity": finding.severity.value,
                "message": finding.message,
                "fixable": finding.fixable,
                "file": file,
                "line": line,
            }
        )
    document = {"format_version": FORMAT_VERSION, "findings": rows, "counts": _counts(findings)}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _command(finding: Finding, file: str, line: int) -> str:
    """A workflow command; its text and its properties are escaped as GitHub's own toolkit does it."""
    properties = f"file={_property(file)},line={line},title={_property(finding.rule)}"
    text = _data(f"{finding.key}: {finding.field}: {finding.message}")
    return f"::{_GITHUB_LEVELS[finding.severity]} {properties}::{text}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
