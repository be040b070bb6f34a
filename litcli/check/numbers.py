"""Pages and years, and values that stand for none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litcli import bibfields, dates, ids, venues
from litcli.check.finding import Fault, Subject, shown

NO_VALUE = frozenset(
    "n/a na none nan null nil tba tbd unknown undefined ? ?? - -- – n.a. #n/a xx xx-xx ??-?? 0 0-0 0--0 1-n i-i".split()
)
_NUMBERED = frozenset(("volume", "number"))
"""Fields in which a 0 is a number."""
_PAGES_SIGN = re.compile(r"^(?:pp\.?|p\.|pages?\s)\s*(?=\d[^A-Za-z]*$)", re.IGNORECASE)
_RANGE = re.compile(r"(?<![\w.:+/-])(\d{1,9})-(\d{1,9})(?![\w.:+/-])")


def placeholder(subject: Subject) -> Iterator[Fault]:
    for field in ("venue", "volume", "number", "pages", "publisher", "series", "institution", "edition", "doi", "url"):
        value = getattr(subject.paper, field)
        if len(value) < 10 and value.lower() in NO_VALUE and not (field in _NUMBERED and value == "0"):
            yield Fault(field, f"{value!r} says nothing; give a value or take the field out")


def malformed_pages(subject: Subject) -> Iterator[Fault]:
    pages = subject.paper.pages
    if not pages or pages.lower() in NO_VALUE:
        return
    plain = bibfields.pages(_PAGES_SIGN.sub("", pages.strip()), "-")
    if plain != pages:
        yield Fault("pages", f"{shown(pages)} is to be {plain}", {"pages": plain})
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


def impossible_year(subject: Subject) -> Iterator[Fault]:
    year = dates.year_of(subject.paper.year, subject.paper.date)
    if year is not None and not 1000 <= year <= subject.today.year + 2:
        yield Fault("year" if subject.paper.year else "date", f"the year {year} cannot be; correct it")


def years_disagree(subject: Subject) -> Iterator[Fault]:
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
