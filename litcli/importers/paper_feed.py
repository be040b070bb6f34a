"""A feed of papers: `CLOct 10, 2023Code`, then the title glued to the first author, then the abstract."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litcli import arxiv, dates, names
from litcli.page import Page
from litcli.paper import Paper, Problem, Record
from litcli.text import clean

_DATE = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* (?P<day>\d{1,2})"
_HEAD = re.compile(
    rf"(?P<category>[A-Z]{{2}}|[A-Z]+(?:-[A-Z]+)+|OPTICS|OTHER|SOFT){_DATE}(?:, (?P<year>\d{{4}}))?(?P<badges>\D.*)?"
)
_OTHER_HEAD = re.compile(
    rf"(?P<category>[A-Za-z][A-Za-z.-]{{1,15}}?){_DATE}, (?P<year>\d{{4}})(?P<badges>\D.{{0,60}})?"
)
"""A head line of a category that arXiv does not have; its date must be whole."""
_TORN_HEAD = re.compile(r"[A-Z]{2,8}(?:-[A-Z]+)*(?:[A-Z][a-z]{0,2}(?: \d{0,2}(?:, ?\d{0,3})?)?)?")


def _head(line: str) -> re.Match[str] | None:
    match = _HEAD.fullmatch(line)
    return match if match and arxiv.is_short_form(match["category"]) else None


def detect(page: Page) -> bool:
    """Some line is a category and a date without a blank between them."""
    return any(map(_head, page.lines))


def parse(page: Page) -> Iterator[Record | Problem]:
    """The papers of the feed, in its order; lines before the first head line are the page's own."""
    lines = page.lines
    heads = [(at, match) for at, line in enumerate(lines) if (match := _head(line) or _OTHER_HEAD.fullmatch(line))]
    ends = [*(at for at, _ in heads[1:]), len(lines)]
    for (at, head), end in zip(heads, ends, strict=False):
        body = [(number, line) for number, line in enumerate(lines[at + 1 : end], start=at + 2) if line]
        if not body:
            yield Problem(page.name, at + 1, f"the page ends after {lines[at]!r}: no title follows")
            continue
        if end == len(lines) and not page.text.endswith("\n"):
            # A page that was saved whole ends with an abstract, as its other papers do.
            if len(body) == 1 and len(heads) > 1:
                yield Problem(page.name, body[0][0], f"the page is cut off within this record: {body[0][1][:80]!r}")
                continue
            if len(body) > 2 and _TORN_HEAD.fullmatch(body[-1][1]):
                yield Problem(page.name, body[-1][0], f"the page is cut off within a head line: {body[-1][1]!r}")
                body = body[:-1]
        yield from _paper(page, head, body)


def _paper(page: Page, head: re.Match[str], body: list[tuple[int, str]]) -> Iterator[Record | Problem]:
    line, text = body[0]
    by, _, affiliation = clean(text).partition(" · ")
    title, authors, cut = names.split_title_and_names(by)
    if not authors:
        yield Problem(page.name, line, f"cannot tell where the title ends and the authors begin: {text[:80]!r}", 0)
    try:
        date = dates.make(
            int(head["year"]) if head["year"] else None, dates.month_number(head["month"]), int(head["day"])
        )
        dates.parts(date)
    except ValueError:
        yield Problem(page.name, line - 1, f"there is no such day: {_printed_date(head)!r}", 0)
        date = head["year"] or ""
    category = arxiv.subject_class(head["category"])
    extra = {
        "affiliation": affiliation,
        "badge": (head["badges"] or "").strip(),
        "category": "" if category else head["category"],
    }
    paper = Paper(
        title=title,
        authors=tuple(map(names.person, authors)),
        et_al=cut,
        year=int(head["year"]) if head["year"] else None,
        date=date,
        abstract=clean(" ".join(text for _, text in body[1:])),
        fields={name: value for name, value in extra.items() if value},
    )
    yield Record(paper, line, (category,) if category else ())


def _printed_date(head: re.Match[str]) -> str:
    """The head line's date as it was printed."""
    return head[0].removeprefix(head["category"])
