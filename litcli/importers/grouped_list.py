"""A literature report in groups: headings, bullets `Title(Author, Author, year, venue)`, a pool of texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from litcli import names, venues
from litcli.importers import abstracts
from litcli.page import Page
from litcli.paper import GUESSED, Paper, Problem, Record
from litcli.text import clean, fold, has_cjk

_BULLET = re.compile(r"(?:(?P<number>\d{1,3}[.)、])|[-•*–‣·])\s+(?P<text>\S.*)")
_YEAR = re.compile(
    r"(?P<year>(?:1[5-9]|20)\d\d)(?:-\d\d){0,2}年?|none|null|nan|n\.?\s?d\.?|no (?:year|date)|in press|to appear|"
    r"forthcoming|无(?:年份|日期)|未知",
    re.IGNORECASE,
)
_NO_VENUE = re.compile(
    r"no (?:journal|venue)|none|null|nan|n/?a|unknown(?: (?:journal|venue))?|未知|无(?:期刊)?", re.IGNORECASE
)
_COMMA = re.compile(r"[,，、;；]")
_NOUN = r"(?:related |relevant )?(?:papers?|articles?|references?|publications?|works?|documents?)"
_TOTAL = re.compile(
    r"\W*(?:本报告|全文|以上)?(?:总计|共计|合计|总共|共)[\s:：]*(?:有|收录|包含|纳入)?了?\s*(?P<zh>\d+)\s*篇[^。]{0,20}[。]?\W*|"
    rf"\W*(?:in total|a?\s*total(?: number)?(?: of)?)[\s,:：]*"
    rf"(?:{_NOUN}[\s:：]*)?(?P<en>\d+)(?:\s+{_NOUN})?(?: (?:(?:were|are|have been) )?\w+)?[.。]?\W*|"
    rf"\W*(?P<plain>\d+) {_NOUN} in total[.。]?\W*",
    re.IGNORECASE,
)
_NO_ABSTRACT = re.compile(r"no abstract(?: available)?\.?|无摘要|暂无摘要|none|null", re.IGNORECASE)
_CITATION = re.compile(r"(?P<head>.+)\. (?P<year>(?:19|20)\d\d)\.")
_SENTENCE_END = ("。", ".", "!", "！", "；", ";")
_MARKED = re.compile(r"#{1,6} *(?P<text>\S.*)|\*\*(?P<bold>[^*]+)\*\*[:：]?")
"""A heading in Markdown."""
_NUMBERING = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*[.)、．:：]|[一二三四五六七八九十]{1,3}[、．.:：]|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|"
    r"[IVX]{1,5}[.)]|第[一二三四五六七八九十\d]{1,3}[组类章节部分]{1,2}[:：、]?|(?:group|topic|category|cluster|theme|分组|主题|类别)"
    r" ?\d{0,2} ?[:：])\s*",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\s*[（(](?:n ?= ?|共)?\d{1,4}(?: ?篇[^（()）]{0,6}| ?papers?| ?articles?)?[)）]$", re.IGNORECASE)
"""How many papers a heading says that its group has."""
_HEADING_MAX = 60
"""Characters; a heading is a phrase, what is longer is prose about the group."""
_LOOK = 40
"""Bullets that tell what kind of page it is."""
_OPENINGS_MAX = 4
"""Brackets that are tried where a page's own are not in pairs."""
_ROWS_MAX = 40
"""Lines that one bullet may go over; the longest author lists have a thousand names."""


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
    """Some bullet ends in a bracket that holds names, then a year or `None`, then a venue, and not one among many."""
    bullets = [(at, m) for at, line in enumerate(page.lines) if (m := _BULLET.fullmatch(line))]
    first = next((n for n, (_, match) in enumerate(bullets) if _is_complete(match["text"])), None)
    if first is None:
        # No bullet may be whole because each was cut into lines.
        return any(found.bullet and found.bullet.complete for found in _found(page.lines))
    whole = sum(_is_complete(match["text"]) for _, match in bullets[first : first + _LOOK])
    return 4 * whole >= len(bullets[first : first + _LOOK])


def _is_complete(text: str) -> bool:
    bullet = _bullet(text)
    return bullet is not None and bullet.complete


# --- a bullet ---------------------------------------------------------------------------------------------


def _openings(text: str) -> Iterator[int]:
    """Where the bracket may open that closes at the end of the text: its partner, and where one is missing, others."""
    if not text.endswith((")", "）")):
        return
    depth = 0
    others: list[int] = []
    for at in range(len(text) - 1, 0, -1):
        if text[at] in ")）":
            depth += 1
        elif text[at] in "(（":
            depth -= 1
            if depth == 0:
                yield at
            if depth <= 0:
                others.append(at)
            if len(others) > _OPENINGS_MAX:
                return
            depth = max(depth, 0)
    yield from others[1:]


def _bullet(text: str) -> _Bullet | None:
    """The parts of a bullet's text, None where it does not end in a bracket with people and a year or a venue."""
    text = clean(text).rstrip(" .。;；")
    for opened in _openings(text):
        title = re.sub(r"^\*\*(.+)\*\*$", r"\1", text[:opened].strip())
        bullet = _bracket(title, text[opened + 1 : -1])
        if bullet:
            return bullet
    return None


def _bracket(title: str, inside: str) -> _Bullet | None:
    """The bullet of a title and of what its bracket holds: people, the year or a word for its lack, the venue."""
    commas = [match.start() for match in _COMMA.finditer(inside)]
    starts = [0, *(at + 1 for at in commas)]
    items = [inside[start:end].strip() for start, end in zip(starts, [*commas, len(inside)], strict=True)]
    years = [(n, match["year"]) for n, item in enumerate(items) if (match := _YEAR.fullmatch(item))]
    # Where a year is missing it may be said by a word, but an author may be missing by the same word.
    found = next((pair for pair in years if pair[1]), years[-1] if years else None)
    at, year = found or (_unsaid_year(items), None)
    if at is None or not title:
        return None
    said = items[at] if at < len(items) else ""
    people, cut = _people(items[:at])
    venue = inside[starts[at] :].strip() if at < len(items) else ""
    if found or not said:
        venue = venue.removeprefix(said).lstrip(",，、;； ").strip()
    venue = "" if _NO_VENUE.fullmatch(venue) else venue
    return _Bullet(title, people, cut, int(year) if year else None, venue, bool(found) and 0 < at < len(items) - 1)


def _unsaid_year(items: Sequence[str]) -> int | None:
    """Where the people of a bracket end that says no year; None where its items are no people and a venue."""
    empty = next((n for n, item in enumerate(items) if not item and 0 < n < len(items) - 1), None)
    if empty is not None:
        return empty if _are_people(items[:empty]) else None
    *people, last = items
    placed = bool(people and (_NO_VENUE.fullmatch(last) or venues.entry_type(last) != "misc"))
    if placed and (_are_people(people) or names.are_inverted(people)):
        return len(people)
    if people and _are_people(people) and venues.is_preprint(last):
        return len(people)
    return len(items) if len(items) > 1 and _are_people(items) else None


def _are_people(items: Sequence[str]) -> bool:
    return all(names.looks_like_name(item) or names.is_organisation(item) or names.is_cjk_name(item) for item in items)


def _people(items: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """The names among the items before the year, and whether the list was cut."""
    named = [name for name in items if name and not _YEAR.fullmatch(name) and not _NO_VENUE.fullmatch(name)]
    people = [name for name in named if name.strip(".… ")]
    if not people:
        return (), False
    if re.fullmatch(r"et al\.?|and others|等", people[-1], re.IGNORECASE):
        return tuple(people[:-1]), True
    people[-1], count = re.subn(r"\s*(?:\bet al\.?|等)$", "", people[-1])
    return tuple(people), bool(count) or len(people) < len(named)


# --- the page ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    """A bullet by the index of its first line and of the one below its last; no parts where it cannot be read."""

    start: int
    end: int
    number: int | None
    bullet: _Bullet | None


def _found(lines: Sequence[str]) -> Iterator[_Found]:
    """The bullets of some lines, each with the lines below it that it goes on in."""
    at = 0
    while at < len(lines):
        match = _BULLET.fullmatch(lines[at])
        if match:
            bullet = _bullet(match["text"])
            end = at + 1
            if not bullet:
                bullet, end = _over_lines(match["text"], lines, at + 1)
            yield _Found(at, end, int(match["number"][:-1]) if match["number"] else None, bullet)
            at = end
        else:
            at += 1


def _without_headings(lines: Sequence[str], found: Sequence[_Found]) -> list[_Found]:
    """The bullets without what only looks like one: the heading of a group, whose number is out of their order."""
    kept: list[_Found] = []
    after: int | None = None
    follows: list[int | None] = []
    for one in reversed(found):
        follows.append(after)
        after = one.number if one.bullet else after
    before = 0
    for one, after in zip(found, reversed(follows), strict=True):
        in_order = one.number == before + 1 and after in (None, before + 2)
        if one.bullet or one.number is None or in_order or re.search(r"[(（]", lines[one.start]):
            kept.append(one)
            before = one.number or 0
    return kept


def _over_lines(text: str, lines: Sequence[str], below: int) -> tuple[_Bullet | None, int]:
    """The bullet that a text makes with the lines below it, and the index behind them."""
    rows = [text]
    depth = _depth(text)
    for at in range(below, min(below + _ROWS_MAX, len(lines))):
        line = lines[at]
        if not line or _BULLET.fullmatch(line):
            break
        rows.append(line)
        depth = max(0, depth + _depth(line))
        if depth == 0 and line.rstrip(" .。;；").endswith((")", "）")):
            bullet = _bullet(" ".join(rows))
            return (bullet, at + 1) if bullet else (None, below)
    return None, below


def _depth(text: str) -> int:
    return text.count("(") + text.count("（") - text.count(")") - text.count("）")


def parse(page: Page) -> Iterator[Record | Problem]:
    """The papers of all groups, in their order, each tagged with its group's heading.

    Behind the bullets stand a summary, the total, and a pool of texts: an abstract is given to its paper only where
    it is certain (`abstracts`); the others are counted in one problem that names their lines.
    """
    lines = page.lines
    found = _without_headings(lines, list(_found(lines)))
    whole = [one for one in found if one.bullet]
    kinds = {one.number is not None for one in whole} or {False, True}
    last = whole[-1].end if whole else 0
    total = _total(lines, last, whole[0].start if whole else 0)
    end = total[0] if total and total[0] >= last else len(lines)
    # A line that only looks like a bullet of this page (`1. Scaling`, above bullets with dashes) is a heading.
    bullets = [one for one in found if one.start < end and (one.number is not None) in kinds]
    records: list[Record] = []
    group, before = "", 0
    for one in bullets:
        between = [line for line in lines[before : one.start] if line and not _TOTAL.fullmatch(line)]
        group = _heading(between) if between else group
        before = one.end
        if one.bullet:
            sure = names.is_paired(one.bullet.people)
            tags = tuple(filter(None, (group, "" if sure else GUESSED)))
            records.append(Record(_paper(one.bullet), one.start + 1, tags))
        else:
            raw = lines[one.start][:80]
            yield Problem(
                page.name, one.start + 1, f"no bracket with authors, year and venue closes this bullet: {raw!r}"
            )
    if total and total[1] != len(bullets):
        yield Problem(page.name, total[0] + 1, f"the page states {total[1]} papers, {len(bullets)} are listed", 0)
    yield from _with_pool(page, records, total[0] + 1 if total and total[0] >= last else before)


def _total(lines: Sequence[str], last: int, first: int) -> tuple[int, int] | None:
    """The line, by index, that states how many papers there are, and their number: below them, else above them."""
    stated = [
        (at, int(match["zh"] or match["en"] or match["plain"]))
        for at, line in enumerate(lines)
        if len(line) <= 2 * _HEADING_MAX and (match := _TOTAL.fullmatch(line))
    ]
    below = next((pair for pair in stated if pair[0] >= last), None)
    above = [pair for pair in stated if pair[0] < first]
    return below or (above[0] if len(above) == len(stated) == 1 else None)


def _heading(between: list[str]) -> str:
    """The heading among the lines between two bullets; the last of them may be the group's description."""
    marked = [match["text"] or match["bold"] for line in between if (match := _MARKED.fullmatch(line))]
    headings = marked or [line for line in between if _may_head(line)]
    if not headings:
        return ""
    heading = headings[-1]
    if not marked and len(headings) > 1 and heading == between[-1] and _describes(heading, headings[-2]):
        heading = headings[-2]
    heading = _COUNT.sub("", heading.strip("#*： :").strip())
    return clean(_NUMBERING.sub("", heading, count=1) or heading)


def _may_head(line: str) -> bool:
    # `1. Scaling.` is prose, `V.` is not: a full stop ends a sentence, except behind a number.
    return len(line) <= _room(line) and not line.endswith(_SENTENCE_END)


def _describes(line: str, above: str) -> bool:
    """Whether a line without a full stop is still prose about the heading above it."""
    return len(line) > max(_room(line) // 3, 3 * len(above) // 2) and (
        _COMMA.search(line) is not None or len(line.split()) > 8
    )


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
