"""Where and when two records say that they stand: venue, volume, issue, pages, year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from litcli import dates, venues
from litcli.paper import Paper
from litcli.text import fold

_LONGEST = 60
"""Letters of a page range that are looked at."""
_PERIODICAL = ("article", "periodical", "suppperiodical")
"""Types whose volume is the journal's; proceedings count theirs as the series does, or as the conference does."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands, as it is compared: numbers without what is printed around them, "" where it is silent."""

    venue: str
    volume: str
    number: str
    first: str
    last: str
    year: int | None
    is_article: bool
    is_preprint: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """One feature of a comparison: True for, False against, None where the records do not tell.

    A reason beside None is something that is against one work but may be a slip; `is_slip` where it very likely is.
    """

    agrees: bool | None
    reason: str = ""
    is_slip: bool = False


_NOTHING = Evidence(None)


def read(paper: Paper) -> Place:
    """Where a paper stands."""
    volume, issue = number(paper.volume), number(paper.number)
    first, last = _pages(paper.pages) if paper.pages else ("", "")
    if not volume:
        # A journal that counts issues alone, or an export whose fields slipped, so that the issue is the page.
        volume, issue, first = (issue, "", first) if last or not issue else (issue, first, "")
    return Place(
        paper.venue,
        volume,
        issue,
        first,
        last,
        dates.year_of(paper.year, paper.date),
        paper.type in _PERIODICAL,
        venues.is_preprint(paper.venue) if paper.venue else not volume,
    )


def first_page(paper: Paper) -> str:
    """The page that a paper begins on, as it is compared; "" where there is none."""
    return _pages(paper.pages)[0] if paper.pages else ""


@lru_cache(maxsize=65536)
def number(text: str) -> str:
    """The number of a volume or an issue: 24 of `24 Suppl 3`."""
    match = re.search(r"\d+|[a-z]+", fold(text))
    return (match[0].lstrip("0") or "0") if match else ""


@lru_cache(maxsize=65536)
def _pages(pages: str) -> tuple[str, str]:
    """First and last page, without leading zeros, a last page written in short completed (`288-97`)."""
    match = re.match(
        r"\W*((?:[a-z]{1,2}[ .]?)?\d+|[ivxlc]+(?=\W|$))(?:\W+((?:[a-z]{1,2}[ .]?)?\d+|[ivxlc]+(?=\W|$)))?",
        fold(pages[:_LONGEST]),
    )
    if not match:
        return "", ""
    first, last = (re.sub(r"^([a-z]*)\W?0*(?=.)", r"\1", page or "") for page in match.groups())
    if last.isdigit() and len(last) < len(digits := _digits(first)):
        last = digits[: -len(last)] + last
    return first, last


def _digits(page: str) -> str:
    return page.lstrip("abcdefghijklmnopqrstuvwxyz")


@lru_cache(maxsize=65536)
def same_venue(one: str, two: str) -> bool | None:
    """Whether two venues are one; None where their words, or the lack of them, do not tell."""
    return venues.same(one, two) if one and two else None


def compare(a: Place, b: Place) -> Evidence:
    """Whether two records stand on the same pages of the same volume; two places are two publications."""
    if a.is_preprint or b.is_preprint:
        return _NOTHING
    volumes = a.volume == b.volume if a.volume and b.volume else None
    issues = a.number == b.number if a.number and b.number else None
    venue = same_venue(a.venue, b.venue)
    if a.first and b.first:
        if _same_page(a, b) or (volumes and venue and _ends_alike(a, b)):
            return _on_one_page(a, b, volumes, venue)
        different = f"on different pages: {a.first}, {b.first}"
        # Within one issue a page mistyped is likelier than the same paper twice; in one volume a column comes in each.
        in_one_issue = volumes and venue and issues is not False and (issues or _overlap(a, b))
        online = volumes and issues is not False and _is_online(a) != _is_online(b)
        if in_one_issue or online or _is_mistyped(a, b):
            return Evidence(None, different, is_slip=True)
        unsure = volumes and venue and (issues is None or _is_announced(a, b))
        return Evidence(None if unsure else False, different)
    if a.is_article and b.is_article:
        if volumes is False:
            return _in_different(a.volume, b.volume, "volumes")
        if volumes and issues is False and venue:
            return _in_different(a.number, b.number, "issues")
    return _NOTHING


def _in_different(one: str, two: str, what: str) -> Evidence:
    return Evidence(False, f"in different {what}: {one}, {two}")


def _on_one_page(a: Place, b: Place, volumes: bool | None, venue: bool | None) -> Evidence:
    if volumes:
        # A volume of proceedings may count its pages anew for each paper, so page 1 tells nothing.
        return Evidence(True, f"same page {a.first} of volume {a.volume}") if a.first != "1" else _NOTHING
    ends = a.last == b.last or _digits(a.last) == _digits(b.last) != ""
    whole = ends and a.last not in ("", a.first) and a.first != "1" and venue is not False
    if volumes is None:
        return Evidence(True, f"same pages {a.first}-{a.last}") if whole else _NOTHING
    return _in_different(a.volume, b.volume, "volumes") if a.is_article and b.is_article and not whole else _NOTHING


def _same_page(a: Place, b: Place) -> bool:
    """Whether two records begin on one page: equal but for the letter of a section that one of them leaves out."""
    if a.first == b.first:
        return True
    one, two = _digits(a.first), _digits(b.first)
    return one == two != "" and (one, two) != (a.first, b.first) and _digits(a.last) == _digits(b.last) != ""


def _ends_alike(a: Place, b: Place) -> bool:
    """Whether two page ranges end on one page, and neither is a single page."""
    return _digits(a.last) == _digits(b.last) != "" and a.last != a.first and b.last != b.first


def _overlap(a: Place, b: Place) -> bool:
    """Whether two page ranges have a page in common."""
    pages = (a.first, a.last or a.first, b.first, b.last or b.first)
    if not all(page.isdecimal() for page in pages):
        return False
    one, last, two, end = map(int, pages)
    return one <= end and two <= last


def _is_mistyped(a: Place, b: Place) -> bool:
    """Whether two page ranges are one of which a page was mistyped: they end alike, or one lost its first digits."""
    pages = (a.first, b.first), (a.last, b.last)
    return _ends_alike(a, b) or all(min(map(len, pair)) > 2 and _is_end(*pair) for pair in pages)


def _is_announced(a: Place, b: Place) -> bool:
    """Whether a single page comes before the pages of the other: an abstract ahead of its paper, and no erratum."""
    if not (a.first.isdecimal() and b.first.isdecimal()):
        return False
    before, after = sorted((a, b), key=lambda place: int(place.first))
    return before.last in ("", before.first) and after.last not in ("", after.first)


def _is_online(place: Place) -> bool:
    """Whether a place is an article's number, as online journals have it (`e1001013`), and not a supplement's page."""
    return not place.last and re.fullmatch(r"[a-hj-r]\d{3,}", place.first) is not None


def _is_end(x: str, y: str) -> bool:
    return x.endswith(y) or y.endswith(x)
