"""A feed of papers: `CLOct 10, 2023Code`, then the title glued to the first author, then the abstract."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from litcli import arxiv, dates, names
from litcli.importers import glued
from litcli.page import Page
from litcli.paper import GUESSED, POSTED, Paper, Problem, Record
from litcli.text import clean, tokens

_DATE = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? (?P<day>\d{1,2})"
_YEAR = r"(?:, (?P<year>\d{4}))?"
_CLASS = r"[A-Za-z]{1,9}(?:[.-][A-Za-z]{2,7}){0,3}?"
_DAY = rf"(?:{_DATE}{_YEAR}|(?P<ago>{dates.AGO}))"
_HEAD = re.compile(rf"(?P<category>{_CLASS})(?P<blank> ?){_DAY}(?P<badges>.{{0,80}})")
_OTHER_HEAD = re.compile(
    rf"(?P<category>[A-Za-z][A-Za-z.-]{{1,15}}?){_DATE}, (?P<year>\d{{4}})(?P<badges>\D.{{0,60}})?(?P<ago>(?!))?"
)
"""A head line of a category that arXiv does not have; its date must be whole."""
_DATE_LINE = re.compile(_DAY)
_BADGE_LINE = re.compile(
    r"code|data(?:sets?)?|demo|models?|project(?: page)?|benchmark|survey|review|oral|spotlight|poster|new|video|"
    r"github|hugging ?face|best paper",
    re.IGNORECASE,
)
_TORN_HEAD = re.compile(r"[A-Z]{2,8}(?:-[A-Z]+)*(?:[A-Z][a-z]{0,2}(?: \d{0,2}(?:, ?\d{0,3})?)?)?")
_LINKS = re.compile(
    r"about(?: us)?|privacy|terms|contact(?: us)?|imprint|feedback|blog|home|search|sign (?:in|up)|log ?in|subscribe|"
    r"rss|api|faq|help|follow us|twitter|x|github|discord|papers|careers|cookies|legal|share|"
    r"(?:privacy|cookie) policy|terms of (?:use|service)",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"(?:load|show|see|view) (?:more|all)(?: \w+)?\W*|back to top|page \d+(?: of \d+)?|"
    r"(?:showing )?\d+\W+\d+ (?:of|out of) \d+.*|\d+ (?:papers|results)(?: found)?|end of (?:feed|list|results)|"
    r"(?:©|\(c\)|copyright) .*|all rights reserved.*|powered by .*|"
    r"(?:[\d\s…‹›«»<>→←|·-]|next|prev(?:ious)?|older|newer|first|last|page|papers)*",
    re.IGNORECASE,
)
"""What stands below the papers of such sites: a way on, a notice; `_LINKS` are the words of their menus."""
_FOOT_MAX = 120
_GLUED_BADGES = re.compile(r"(?<=[a-z\d])(?<!Git)(?=[A-Z][a-z])|\s*[·•|,]\s*|\s{2,}")


_TORN_YEAR = frozenset("0123456789,")


class _Line(NamedTuple):
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class _Block:
    """A head line and the lines below it that are not empty; `printed` is the head as it was printed."""

    line: int
    printed: str
    head: re.Match[str]
    body: list[_Line]


@dataclass(frozen=True, slots=True)
class _Byline:
    """The title and its people, the affiliation behind them, and how many lines of a block they take."""

    split: glued.Split
    affiliation: str = ""
    lines: int = 1


def _is_category(text: str) -> bool:
    return arxiv.is_class(text) or (text.isupper() and arxiv.is_short_form(text))


def _head(line: str) -> re.Match[str] | None:
    """The parts of a head line of an arXiv category; if that stands apart, the date is whole or ends the line."""
    match = _HEAD.fullmatch(line)
    if not match or not _is_category(match["category"]):
        return None
    is_odd = not match["year"] and (match["badges"][:1] in _TORN_YEAR or (match["blank"] and match["badges"]))
    return None if is_odd else match


def _blocks(lines: list[str]) -> Iterator[_Block]:
    """The head lines of a page, each with its body; a head may be spread over several lines, a part on each."""
    found: list[_Block] = []
    at = 0
    while at < len(lines):
        printed, end = _printed_head(lines, at)
        head = (_head(printed) or _OTHER_HEAD.fullmatch(printed)) if printed else None
        if head:
            found.append(_Block(at + 1, printed, head, []))
            at = end
            continue
        if found and clean(lines[at]):
            found[-1].body.append(_Line(at + 1, lines[at]))
        at += 1
    yield from found


def _printed_head(lines: list[str], at: int) -> tuple[str, int]:
    """The line of index `at` that may be a head, joined with its date and its badges where they stand below it."""
    line, end = lines[at], at + 1
    if len(line) > _FOOT_MAX:
        return "", end
    if _is_category(line) and end < len(lines) and _DATE_LINE.fullmatch(lines[end]):
        line, end = f"{line} {lines[end]}", end + 1
        while end < len(lines) and _BADGE_LINE.fullmatch(lines[end]):
            line, end = f"{line} · {lines[end]}", end + 1
    return line, end


def detect(page: Page) -> bool:
    """Some line is a category of arXiv and a date, with a title and names below it."""
    blocks = (block for block in _blocks(page.lines) if _head(block.printed))
    return any(block.body and _byline(block.body, frozenset()).split.names for block in blocks)


def parse(page: Page) -> Iterator[Record | Problem]:
    """The papers of the feed, in its order; lines before the first head line are the page's own."""
    blocks = list(_blocks(page.lines))
    foot = [line for block in blocks for line in _take_foot(block.body)]
    known = frozenset(word for block in blocks for line in block.body[1:] for word in tokens(line.text))
    torn = blocks and not page.text.endswith("\n") and not foot
    for block in blocks:
        if torn and block is blocks[-1] and block.body:
            yield from _take_torn(page, blocks)
        elif not block.body:
            yield Problem(page.name, block.line, f"the page ends after {block.printed!r}: no title follows")
        if block.body:
            yield from _paper(page, block, known)
    if foot:
        yield Problem(page.name, foot[0].number, f"the page's own lines were left out: {_said(foot)}", 0)


def _said(lines: list[_Line]) -> str:
    told = " / ".join(line.text for line in lines[:3])
    return repr(told[:80]) + (f" and {len(lines) - 3} more" if len(lines) > 3 else "")


def _take_foot(body: list[_Line]) -> list[_Line]:
    """The lines of the site that end a block, taken out of it."""
    end = len(body)
    while end and _is_foot(body[end - 1].text):
        end -= 1
    foot = body[end:]
    del body[end:]
    return foot


def _is_foot(text: str) -> bool:
    if len(text) > _FOOT_MAX or text[:1].islower():
        return False  # the rest of a sentence
    return _FOOT.fullmatch(text) is not None or all(map(_LINKS.fullmatch, re.split(r"\s*[|·•/]\s*|\s{2,}", text)))


def _take_torn(page: Page, blocks: list[_Block]) -> Iterator[Problem]:
    """The piece that a page ends in where it was cut off, told and taken out of the last block.

    A page that was saved whole ends with an abstract, if its other papers have one.
    """
    body = blocks[-1].body
    if len(body) == 1 and sum(len(block.body) > 1 for block in blocks) * 2 > len(blocks) - 1:
        yield Problem(page.name, body[0].number, f"the page is cut off within this record: {body[0].text[:80]!r}")
        body.clear()
    elif len(body) > 2 and _TORN_HEAD.fullmatch(body[-1].text):
        yield Problem(page.name, body[-1].number, f"the page is cut off within a head line: {body[-1].text!r}")
        body.pop()


def _linked(page: Page, block: _Block) -> _Byline | None:
    """Title and people of a block whose title is a link that ends before the names, None for any other."""
    number, text = block.body[0]
    labels = [link.label for link in page.layout.links_of(number) if link.start == 0] if page.layout else []
    title = next((label for label in labels if len(label) < len(text) and text.startswith(label)), "")
    by, affiliation = _without_affiliation(clean(text[len(title) :]))
    people, cut = names.split_list(by)
    if not title or not people or not all(map(_is_author, people)):
        return None
    return _Byline(glued.Split(clean(title), tuple(people), cut, True), affiliation)


def _byline(body: list[_Line], known: frozenset[str]) -> _Byline:
    """Title and people of a block: on one line, glued; on two or three such lines; or each on a line of its own."""
    first = _cut(clean(body[0].text), known)
    if first.split.sure and not body[0].text.endswith(","):
        return first
    if len(body) > 1:
        text, affiliation = _without_affiliation(clean(body[1].text))
        people, cut = names.split_list(text)
        if people and (cut or affiliation or len(people) > 1 or len(text) < 40) and all(map(_is_author, people)):
            return _Byline(glued.Split(clean(body[0].text), tuple(people), cut, True), affiliation, 2)
    for count in range(2, min(len(body), 3) + 1):
        if _ends_sentence(body[count - 1].text):
            break
        # The glued word stands on one of these lines, so that it would be known.
        longer = _cut(clean(" ".join(line.text for line in body[:count])), frozenset())
        if longer.split.sure and not body[count - 1].text.endswith(","):
            return _Byline(longer.split, longer.affiliation, count)
    return first


def _ends_sentence(text: str) -> bool:
    """Whether a line ends in a full stop that is of no name: `et al.`, `Jr.`, `Scott A.`"""
    last = text.rsplit(maxsplit=1)[-1] if text else ""
    return last.endswith(".") and not (last == "al." or names.is_initials(last) or names.is_suffix(last))


def _is_author(text: str) -> bool:
    return (names.looks_like_name(text) and not glued.is_run_together(text)) or names.is_organisation(text)


def _cut(text: str, known: frozenset[str]) -> _Byline:
    """A glued line in its parts; a point between blanks may also stand in a title."""
    by, affiliation = _without_affiliation(text)
    found = glued.split(by, known)
    return _Byline(found, affiliation) if found.names or not affiliation else _Byline(glued.split(text, known))


def _without_affiliation(text: str) -> tuple[str, str]:
    by, point, affiliation = text.rpartition(" · ")
    return (by, affiliation) if point else (text, "")


def _date(head: re.Match[str]) -> str:
    """The date of a head line, "" where it is told from today; raises ValueError for a day that does not exist."""
    if not head["month"]:
        return ""
    date = dates.make(int(head["year"]) if head["year"] else None, dates.month_number(head["month"]), int(head["day"]))
    dates.parts(date)
    return date


def _paper(page: Page, block: _Block, known: frozenset[str]) -> Iterator[Record | Problem]:
    line, text = block.body[0]
    head, byline = block.head, _linked(page, block) or _byline(block.body, known)
    printed = head["category"]
    split = byline.split
    if not split.names:
        yield Problem(page.name, line, f"cannot tell where the title ends and the authors begin: {text[:80]!r}", 0)
    elif not split.sure:
        told = f"the title may end elsewhere than before {split.names[0]!r}"
        yield Problem(page.name, line, f"{told}; the entry is tagged {GUESSED!r}: {text[:80]!r}", 0)
    try:
        date = _date(head)
    except ValueError:
        told = block.printed.removeprefix(printed)
        yield Problem(page.name, block.line, f"there is no such day: {told!r}", 0)
        date = head["year"] or ""
    category = printed if arxiv.is_class(printed) else arxiv.subject_class(printed)
    extra = {
        "affiliation": byline.affiliation,
        "badge": ", ".join(filter(None, _GLUED_BADGES.split((head["badges"] or "").strip()))),
        "category": "" if category else printed,
        POSTED: head["ago"] or "",
    }
    paper = Paper(
        title=split.title,
        authors=tuple(map(names.person, split.names)),
        et_al=split.cut,
        year=int(head["year"]) if head["year"] else None,
        date=date,
        abstract=clean(" ".join(text for _, text in block.body[byline.lines :])),
        fields={name: value for name, value in extra.items() if value},
    )
    marks = (category, "" if split.sure else GUESSED)
    yield Record(paper, line, tuple(sorted(filter(None, marks))))
