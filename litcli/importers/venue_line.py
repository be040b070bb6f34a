"""The line that says where and when a paper appeared: `ICML, 2022 (Spotlight)`, `arXiv, 2403.16952`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from litcli import dates, ids, venues

MAX = 300
"""Characters; a longer line is prose."""
_VENUE_MAX = 180
_TAIL = 80
"""Characters at a line's end, the most that a year, a distinction or a place in a volume takes."""
_PEELS = 12
"""How many things are taken off a line's end at the most."""
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY_MONTH_YEAR = rf"(?:\d{{1,2}} )?(?:{_MONTH}\s*(?:\d{{1,2}})?,?\s*)?(?:19|20)\d\d"
_YEAR = re.compile(
    rf"(?:^|(?<=[^\d.]))(?:\({_DAY_MONTH_YEAR}\)|{_DAY_MONTH_YEAR})$|\s?['’]\d\d$",
    re.IGNORECASE,
)
_FIRST_YEAR = re.compile(r"\(?(?P<year>(?:19|20)\d\d)\)?[,.:]?\s+(?=[^\W\d_])")
_INNER_YEAR = re.compile(r"(?P<venue>.{3,60}?),? \(?(?P<year>(?:19|20)\d\d)\b")
"""The year of a meeting that more is said of behind it: `ICML 2023, the workshop on sheep`."""
_BRACKET = re.compile(r"[(\[](?P<said>(?:[^()\[\]]|\([^()]*\))*)[)\]]$")
_OPEN = (
    r"under review|under revision|in submission|submitted|in preparation|work in progress|revise (?:and|&) resubmit|"
    r"r ?& ?r"
)
_STATE = rf"to appear|in press|forthcoming|(?:conditionally |provisionally )?accepted|{_OPEN}"
_SAID = re.compile(
    rf"(?P<said>(?:{_STATE}|oral|spotlight|poster|highlight|best|outstanding|distinguished|honou?rable|notable|top[ -]|"
    r"ccf[- ]?[abc]|"
    r"invited|demo|short paper|long paper|main conference|award|nominee|finalist|runner-?up|featured|cover)\b"
    r"[\w /%-]{0,40})$",
    re.IGNORECASE,
)
"""What some pages print behind the year without a bracket: `ICML 2022 Oral`."""
_LEAD = re.compile(
    rf"(?:(?P<state>{_STATE})\b[,:]? *)(?:(?:in|at|to|by|for|with)\b *)?(?:the +)?|"
    r"(?:published|appeared|appears|presented)(?: in| at) +(?:the +)?|in:? +(?=[A-Z])",
    re.IGNORECASE,
)
"""How a line begins that says in words where the paper stands: `To appear in ICML 2025`."""
_UNPLACED = re.compile(
    r"(?:arxiv )?(?:e-?print|pre-?print)s?|(?:unpublished )?manuscript|unpublished|draft|"
    r"(?:job market|working|discussion) paper",
    re.IGNORECASE,
)
"""What stands for the venue of a paper that has none yet."""
_RANGE = r"[A-Za-z]?\d+(?:\s*[-–—]+\s*[A-Za-z]?\d+)?"
_LOCATOR = re.compile(
    rf"(?:(?P<comma>[,;:])\s*|\s+|^)(?:(?P<word>vol(?:ume|\.)?\s*)?(?P<volume>(?!(?:19|20)\d\d\b)\d{{1,4}}[A-Z]?)"
    rf"(?:\s*\((?P<number>[\w–/-]{{1,9}})\)|,?\s*(?:no|issue|iss|nr|number)\b\.?\s*(?P<issue>\d+))?"
    rf"(?:\s*[,:]\s*(?:pp?\.?\s*)?(?P<pages>{_RANGE}))?|pp?\.?\s*(?P<only>{_RANGE}))$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:task|part|track|volume|workshop|section|series|phase|session|no|number|report|paper|article)\.?$",
    re.IGNORECASE,
)
"""Words that a number belongs to, so that it is not the volume of a journal."""
_DOI = re.compile(
    r"[,;.]?\s?\(?\b(?:doi:?\s*)?(?:https?://)?(?:(?:dx\.)?doi\.org/)?(?P<doi>10\.\d{4,9}/[^\s,;()]+)\)?", re.IGNORECASE
)
_ARXIV = re.compile(
    r"[(\[]?(?:\b(?:arxiv|corr)\b\W*(?:pre-?print\W+|e-?print\W+)?(?:arxiv\W*|abs/)?)(?P<id>\d{4}\.\d{4,5}(?:v\d+)?|"
    r"[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:\s*\[[a-z.-]+\])?[)\]]?",
    re.IGNORECASE,
)
_OPENING = re.compile(r"[^\W\d_]|\*SEM|3DV|\d{1,3}(?:st|nd|rd|th)\b")
"""How the name of a venue begins: with a letter, and a few otherwise."""
_BIORXIV = re.compile(r"(?<=rxiv)[\s,:]+(?P<id>(?P<date>20\d\d\.\d\d\.\d\d)\.\d{3,})(?:v\d+)?", re.IGNORECASE)
"""What stands behind `10.1101/` in a DOI of bioRxiv and medRxiv, beginning with its day."""
_SEPARATORS = " ,;:·|/–—-"


@dataclass(frozen=True, slots=True)
class VenueLine:
    """What a line says of where a paper appeared; `said` is what stood in brackets or beside, in its order."""

    venue: str = ""
    year: int | None = None
    date: str = ""
    arxiv: str = ""
    doi: str = ""
    said: tuple[str, ...] = ()
    locator: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Volume, number and pages."""
    pending: bool = False
    """Whether it says in words that the paper has not appeared yet."""

    @property
    def is_certain(self) -> bool:
        """Whether it is known by its form: a year, an identifier, or a word such as `forthcoming`."""
        return bool(self.year or self.arxiv or self.doi or self.pending)


@lru_cache(maxsize=4096)
def read(line: str) -> VenueLine | None:
    """The parts of a line that can be one, by its form or as a bare name; None for prose, bullets and the like."""
    if len(line) > MAX or "•" in line:
        return None
    text, doi = _pull(_DOI, line, "doi")
    text, number = _pull(_BIORXIV, text, "id")
    text, printed = _pull(_ARXIV, text, "id")
    arxiv = ids.arxiv_id(printed) or ids.arxiv_id(line)
    found = _peeled("" if arxiv and not printed else text.strip(_SEPARATORS))
    month = ids.arxiv_date(arxiv) if not found.venue or not found.year else ""
    date = found.date or number[:10].replace(".", "-") or (month if month.startswith(str(found.year or "")) else "")
    known = replace(
        found,
        year=found.year or (int(date[:4]) if date else None),
        date=date,
        arxiv=arxiv,
        doi=doi or (f"10.1101/{number}" if number else ""),
    )
    if not found.venue:
        return replace(known, venue="arXiv" if arxiv else "") if arxiv or doi or found.pending else None
    if not _OPENING.match(found.venue) or len(found.venue) > _VENUE_MAX:
        return None
    if any(re.match(_OPEN, part, re.IGNORECASE) for part in found.said):
        # Where a paper was sent is not where it appeared.
        return replace(known, venue="", said=(line,), locator={})
    return replace(known, pending=found.pending or _has_no_place(found.venue))


def is_distinction(line: str) -> bool:
    """Whether a line says nothing but how a paper was received: `Oral`, `Best Paper Award`."""
    return len(line) <= _VENUE_MAX and _SAID.fullmatch(line) is not None


def _has_no_place(venue: str) -> bool:
    return venues.is_arxiv(venue) or _UNPLACED.fullmatch(venue) is not None


def _pull(pattern: re.Pattern[str], text: str, group: str) -> tuple[str, str]:
    """A text without the first match of a pattern, and what a group of it said."""
    match = pattern.search(text)
    return (text[: match.start()] + text[match.end() :], match[group]) if match else (text, "")


def _peeled(text: str) -> VenueLine:
    """What remains of a text when brackets, distinctions, year and place in a volume are taken off its ends."""
    lead = _LEAD.match(text)
    state = (lead["state"] or "") if lead else ""
    text = text[lead.end() :] if lead else text
    year, date = None, ""
    said: list[str] = []
    locator: dict[str, str] = {}
    for _ in range(_PEELS):
        text = text.rstrip(_SEPARATORS)
        bare = text.rstrip(".")
        end = max(0, len(bare) - _TAIL)
        if year is None and (match := _YEAR.search(bare, end)):
            year, date = _dated(match[0])
        elif locator.keys() <= {"pages"} and (match := _LOCATOR.search(bare, end)) and _is_locator(match, bare):
            locator |= _located(match)
        elif match := _said_at_end(bare, end, in_brackets=year is None):
            said.insert(0, match["said"].strip())
        else:
            break
        text = bare[: match.start()]
    first = None if year else _FIRST_YEAR.match(text)
    if first:
        year, text = int(first["year"]), text[first.end() :]
    within = None if year else _INNER_YEAR.match(text)
    if within and venues.entry_type(within["venue"]) != "misc":
        year = int(within["year"])
    told = tuple(part for part in (state, *said) if part)
    pending = any(re.match(_STATE, part, re.IGNORECASE) for part in told)
    return VenueLine(_end(text), year, date, said=told, locator=locator, pending=pending)


def _dated(text: str) -> tuple[int, str]:
    """The year of a printed date, and the partial date where it names a month."""
    year = int(text[-2:]) + 2000 if re.match(r"\s?['’]", text) else int(re.search(r"\d{4}", text)[0])  # type: ignore[index]
    word = re.search(r"[^\W\d_]+", text)
    month = dates.month_number(word[0]) if word else 0
    return year, dates.make(year, month) if month else ""


def _said_at_end(text: str, end: int, *, in_brackets: bool) -> re.Match[str] | None:
    """What ends a text: a bracket, with anything in it or a distinction alone, or a distinction without one."""
    bracket = _BRACKET.search(text)
    if bracket and (in_brackets or _SAID.match(bracket["said"])):
        return bracket
    return _behind(_SAID.search(text, end), text)


def _behind(match: re.Match[str] | None, text: str) -> re.Match[str] | None:
    """A match in a text that something stands before, parted from it: a year, or a comma and the like."""
    if not match or not match.start():
        return match
    return match if re.search(r"(?:\d|[.,;:·|/–—)-])\s*$", text[max(0, match.start() - 3) : match.start()]) else None


def _is_locator(match: re.Match[str], text: str) -> bool:
    """Whether a match is a volume with its kin: by its form, or a bare number behind the name of a journal."""
    before = text[: match.start()].rstrip(_SEPARATORS)
    if not before or _COUNTED.search(before):
        return False
    plain = not any(match[name] for name in ("word", "number", "issue", "pages", "only"))
    return not plain or bool(match["comma"]) or venues.entry_type(before) == "article"


def _located(match: re.Match[str]) -> dict[str, str]:
    pages = re.sub(r"\s*[-–—]+\s*", "-", match["pages"] or match["only"] or "")
    told = {"volume": match["volume"], "number": match["number"] or match["issue"], "pages": pages}
    return {name: value for name, value in told.items() if value}


def _end(text: str) -> str:
    """A venue without the comma or the full stop at its end, unless that is an abbreviation's: `Phys. Rev. Lett.`"""
    text = text.strip(_SEPARATORS + "(")
    return text if text.count(".") > 1 else text.rstrip(". ")
