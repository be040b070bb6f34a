"""A literature report in groups: headings, bullets `Title(Author, Author, year, venue)`, a pool of texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from litcli import names, venues
from litcli.importers import abstracts
from litcli.page import Page
from litcli.paper import Paper, Problem, Record
from litcli.text import clean, fold, has_cjk

_BULLET = re.compile(r"(?:[-•*–‣·]|\d{1,3}[.)、])\s+(?P<text>\S.*)")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d|none|null|n\.?\s?d\.?|no year|无年份|未知", re.IGNORECASE)
_NO_VENUE = re.compile(r"no journal|none|null|n/?a|unknown(?: journal)?|未知|无", re.IGNORECASE)
_NOUN = r"(?:related |relevant )?(?:papers?|articles?|references?|publications?|works?|documents?)"
_TOTAL = re.compile(
    r"\W*(?:本报告)?(?:总计|共计|合计|总共|共)\s*(?:有|收录|包含)?\s*(?P<zh>\d+)\s*篇[^。]{0,20}[。]?\W*|"
    rf"\W*(?:in total|a?\s*total(?: number)?(?: of)?)[\s,:：]*"
    rf"(?:{_NOUN}[\s:：]*)?(?P<en>\d+)(?:\s+{_NOUN})?(?: (?:were|are|have been)? ?\w+)?[.。]?\W*|"
    rf"\W*(?P<plain>\d+) {_NOUN} in total[.。]?\W*",
    re.IGNORECASE,
)
_NO_ABSTRACT = re.compile(r"no abstract(?: available)?\.?|无摘要|暂无摘要|none|null", re.IGNORECASE)
_CITATION = re.compile(r"(?P<head>.+)\. (?P<year>(?:19|20)\d\d)\.")
_SENTENCE_END = ("。", ".", "!", "！", "；", ";")
_HEADING_MAX = 60
"""Characters; a heading is a phrase, what is longer is prose about the group."""


@dataclass(frozen=True, slots=True)
class _Bullet:
    """A bullet that was cut into its parts."""

    title: str
    people: tuple[str, ...]
    cut: bool
    year: int | None
    venue: str
    complete: bool
    """Whether something stands on both sides of the year."""


def detect(page: Page) -> bool:
    """Some bullet ends in a bracket that holds names, then a year or `None`, then a venue."""
    return any((m := _BULLET.fullmatch(line)) and (b := _bullet(m["text"])) and b.complete for line in page.lines)


def _open_bracket(text: str) -> int:
    """Where the bracket opens that closes at the end of the text, -1 where none does."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        if text[at] in ")）":
            depth += 1
        elif text[at] in "(（":
            depth -= 1
            if depth == 0:
                return at
        if depth == 0:
            return -1
    return -1


def _bullet(text: str) -> _Bullet | None:
    """The parts of a bullet's text, None where it does not end in a bracket with a year."""
    text = clean(text).rstrip(" .。;；")
    opened = _open_bracket(text)
    if opened <= 0:
        return None
    items = [item.strip() for item in re.split(r"[,，、]\s*", text[opened + 1 : -1])]
    years = [n for n, item in enumerate(items) if _YEAR.fullmatch(item)]
    # Where a year is missing it may be said by a word, but an author may be missing by the same word.
    at = next((n for n in years if items[n].isdigit()), years[-1] if years else None)
    title = re.sub(r"^\*\*(.+)\*\*$", r"\1", text[:opened].strip())
    if at is None or not title:
        return None
    people = [name for name in items[:at] if name and not _YEAR.fullmatch(name) and not _NO_VENUE.fullmatch(name)]
    cut = bool(people) and re.fullmatch(r"et al\.?|and others|等", people[-1], re.IGNORECASE) is not None
    if people and not cut:
        people[-1], count = re.subn(r"\s*(?:\bet al\.?|等)$", "", people[-1])
        cut = bool(count)
    elif cut:
        people.pop()
    venue = _venue(text[opened + 1 : -1], items[at], at)
    year = int(items[at]) if items[at].isdigit() else None
    return _Bullet(title, tuple(people), cut, year, venue, 0 < at < len(items) - 1)


def _venue(inside: str, year: str, commas: int) -> str:
    """Everything behind the year, with its own commas as they stand."""
    rest = inside
    for _ in range(commas):
        rest = re.split(r"[,，、]", rest, maxsplit=1)[1]
    venue = re.sub(r"^[,，、\s]+", "", rest.strip().removeprefix(year)).strip()
    return "" if _NO_VENUE.fullmatch(venue) else venue


def parse(page: Page) -> Iterator[Record | Problem]:
    """The papers of all groups, in their order, each tagged with its group's heading.

    Behind the bullets stand a summary, the total, and a pool of texts: an abstract is given to its paper only where
    it is certain (`abstracts`); the others are counted in one problem that names their lines.
    """
    lines = page.lines
    total = next(
        ((at, int(m["zh"] or m["en"] or m["plain"])) for at, line in enumerate(lines) if (m := _TOTAL.fullmatch(line))),
        None,
    )
    end = total[0] if total else len(lines)
    bullets = [(at, m["text"]) for at, line in enumerate(lines[:end]) if (m := _BULLET.fullmatch(line))]
    records: list[Record] = []
    group, before = "", -1
    for at, text in bullets:
        between = [line for line in lines[before + 1 : at] if line]
        group = _heading(between) if between else group
        before = at
        bullet = _bullet(text)
        if bullet:
            records.append(Record(_paper(bullet), at + 1, (group,) if group else ()))
        else:
            yield Problem(
                page.name, at + 1, f"no bracket with authors, year and venue closes this bullet: {lines[at][:80]!r}"
            )
    if total and total[1] != len(bullets):
        yield Problem(page.name, total[0] + 1, f"the page states {total[1]} papers, {len(bullets)} are listed", 0)
    yield from _with_pool(page, records, total[0] + 1 if total else before + 1)


def _heading(between: list[str]) -> str:
    """The heading among the lines between two bullets; the last of them may be the group's description."""
    if not between:
        return ""
    headings = [line for line in between if not line.endswith(_SENTENCE_END) and len(line) <= _room(line)]
    return clean(headings[-1].strip("#*： :").strip()) if headings else ""


def _room(line: str) -> int:
    """How long a heading may be: Chinese says in half the characters what English does."""
    return _HEADING_MAX if has_cjk(line) else 2 * _HEADING_MAX


def _paper(bullet: _Bullet) -> Paper:
    return Paper(
        type=venues.entry_type(bullet.venue),
        title=bullet.title,
        authors=tuple(names.uninvert(bullet.people)),
        et_al=bullet.cut,
        year=bullet.year,
        venue=bullet.venue,
    )


def _with_pool(page: Page, records: list[Record], start: int) -> Iterator[Record | Problem]:
    """The records, completed from the texts that follow line index `start`."""
    known = {fold(clean(line)) for line in page.lines[:start]} | {fold(record.paper.title) for record in records}
    pool = [
        (at + 1, clean(line))
        for at, line in enumerate(page.lines[start:], start=start)
        if line and not _NO_ABSTRACT.fullmatch(line)
    ]
    pool = [(line, text) for line, text in pool if fold(text) not in known]
    cited = {line: at for line, text in pool if (at := _cited(text, records)) is not None}
    texts = [(line, text) for line, text in pool if line not in cited]
    certain = abstracts.assign([record.paper.title for record in records], [text for _, text in texts])
    papers = [record.paper for record in records]
    for number, at in certain.items():
        papers[at] = replace(papers[at], abstract=re.sub(r"^Abstract\s+(?=[A-Z])", "", texts[number][1]))
    for line, at in cited.items():
        papers[at] = replace(papers[at], fields={**papers[at].fields, "citation": dict(pool)[line]})
    for record, paper in zip(records, papers, strict=True):
        yield replace(record, paper=paper)
    left = [line for number, (line, _) in enumerate(texts) if number not in certain]
    if left:
        what = (
            "1 text behind the list names"
            if len(left) == 1
            else f"{len(left)} of {len(pool)} texts behind the list name"
        )
        yield Problem(page.name, left[0], f"{what} no paper with certainty and went to none (lines {_ranges(left)})", 0)


def _ranges(numbers: list[int]) -> str:
    """Ascending numbers in short: `126, 130-132`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def _cited(text: str, records: list[Record]) -> int | None:
    """The one paper that a citation string (`Names. Venue. Year.`) is of: same first author, year and most names."""
    match = _CITATION.fullmatch(text)
    people = _leading_names(match["head"]) if match else []
    if not match or not people:
        return None
    families = [fold(name.split()[-1]) for name in people]
    found = [
        at
        for at, record in enumerate(records)
        if record.paper.year == int(match["year"]) and _same_people(families, record.paper)
    ]
    return found[0] if len(found) == 1 else None


def _leading_names(head: str) -> list[str]:
    """The names that a citation opens with, up to the full stop before its venue; none where it does not."""
    for stop in re.finditer(r"\. (?=\S)", head):
        people, _ = names.split_list(head[: stop.start()])
        if len(people) > 1 and all(map(names.looks_like_name, people)):
            return people
    return []


def _same_people(families: list[str], paper: Paper) -> bool:
    known = [fold(person.family.split()[-1] if person.family else person.literal) for person in paper.authors]
    if len(known) < 2 or len(families) < 2 or known[0] != families[0]:
        return False
    return len(set(known) & set(families)) * 10 >= 8 * max(len(set(known)), len(set(families)))
