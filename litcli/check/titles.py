"""Titles: capitals, full stops, braces, and titles that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litcli import tex
from litcli.check.finding import Fault, Subject, shown
from litcli.check.required import BOOKS, kind
from litcli.exporters import bib
from litcli.exporters.titles import protect, reasons
from litcli.text import is_balanced, title_key

_MARKS = "\"'“”‘’.,:;?!()[]"
_WORD = re.compile(r"[^\W\d_]{2,}")
_SMALL = frozenset(
    "a an and as at by for from in into is of on or the to with und der die das et la le les des du de en y el".split()
)
_ENGLISH = frozenset("the of and for with from by to is are how what why an using via towards".split())
_ABBREVIATION = re.compile(
    r"(?:.*\W)?(?:[^\W\d_]|\w+\.\w+|etc|inc|ltd|jr|sr|vs|al|no|vol|pt|dr|st|prof|ed|eds|corp|co|dept|approx|ca|dt|bd|ph|d)",
    re.IGNORECASE | re.DOTALL,
)


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


def all_caps_title(subject: Subject) -> Iterator[Fault]:
    title = subject.paper.title
    if _is_all_caps(title):
        yield Fault(
            "title", f"{shown(title)} is all in capitals; write it as it is spoken (no program knows which stay)"
        )


def unprotected_capitals(subject: Subject) -> Iterator[Fault]:
    paper = subject.paper
    title = paper.title
    if not title or not is_balanced(title) or not bib.is_english(paper) or _is_all_caps(title):
        return
    words = dict.fromkeys(word.strip(_MARKS) for word, reason in reasons(title) if reason)
    if words:
        told = ", ".join([*words][:4]) + (", …" if len(words) > 4 else "")
        yield Fault("title", f"styles would lower {told}; export braces such words", {"title": protect(title)})


def trailing_period(subject: Subject) -> Iterator[Fault]:
    title = subject.paper.title
    if title.endswith(".") and not title.endswith("..") and not _ABBREVIATION.fullmatch(title[-40:-1]):
        yield Fault("title", "ends with a full stop, which styles set themselves", {"title": title[:-1]})


def title_is_venue(subject: Subject) -> Iterator[Fault]:
    paper = subject.paper
    if paper.title and paper.venue and kind(paper) not in BOOKS and title_key(paper.title) == title_key(paper.venue):
        yield Fault("title", "is the venue; the work's own title belongs here")


def braced_title(subject: Subject) -> Iterator[Fault]:
    title = subject.paper.title
    if not title.startswith("{") or not title.endswith("}") or not bib.is_english(subject.paper):
        return
    depth = 0
    for char in title[:-1]:
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return
    if not _ENGLISH.isdisjoint(title[1:-1].lower().split()):
        yield Fault("title", "stands in braces as a whole, so that no style can set it; brace only names and acronyms")
