"""A Hugging Face papers page: titles and abstracts, a paragraph each, between the page's own lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litcli.page import Page
from litcli.paper import Paper, Problem, Record
from litcli.text import clean

_MARKS = re.compile(
    r"get trending papers in your email inbox!?|by\s*(?:@?_?akhaliq|ak) and the research community", re.IGNORECASE
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_CHROME = re.compile(
    rf"new|subscribe|papers|daily papers|trending papers|daily|weekly|monthly|trending|upvote|"
    rf"submitted by.*|view arxiv page|view pdf|"
    rf"[-+▲]?\s*\d+(?:\.\d+)?k?(?:\s*(?:upvotes?|comments?|authors?))?|·?\s*\d+ authors?(?: ·.*)?|"
    rf"published on .*|"
    rf"github\s*[\d.]*k?|arxiv page|"
    rf"{_MONTH} \d{{1,2}}(?:, \d{{4}})?|{_MONTH} \d{{4}}|(?:previous|next)(?: \d+)?|search",
    re.IGNORECASE,
)
_TITLE_MAX = 250
"""Characters; the longest title among 2.3 million of arXiv has 385, one in a thousand is over 230."""


def _is_chrome(text: str) -> bool:
    return bool(_MARKS.fullmatch(text) or _CHROME.fullmatch(text))


def detect(page: Page) -> bool:
    """A line that only this site has at the head of its paper lists."""
    return any(map(_MARKS.fullmatch, page.lines))


def _paragraphs(page: Page) -> Iterator[tuple[int, str]]:
    """The page's paragraphs with the number of their first line; the page's own lines are left out."""
    start, words = 0, []
    for number, line in enumerate([*page.lines, ""], start=1):
        if line and not _is_chrome(line):
            start = start or number
            words.append(line)
        elif words:
            yield start, clean(" ".join(words))
            start, words = 0, []


def _is_prose(text: str) -> bool:
    """Whether a paragraph is an abstract rather than a title: it is long, or it ends as a sentence does."""
    return len(text) > _TITLE_MAX or (text.rstrip(" \"'”’)").endswith((".", "!", "…")) and len(text.split()) > 6)


def parse(page: Page) -> Iterator[Record | Problem]:
    """The papers of the page, in its order; prose before the first title is a problem."""
    title, at = "", 0
    abstract: list[str] = []
    for line, text in _paragraphs(page):
        if not _is_prose(text):
            if title:
                yield _record(page, title, at, abstract)
            title, at, abstract = text, line, []
        elif title:
            abstract.append(text)
        else:
            yield Problem(page.name, line, f"a text without a title above it: {text[:60]!r}")
    if title:
        yield _record(page, title, at, abstract)


def _record(page: Page, title: str, line: int, abstract: list[str]) -> Record | Problem:
    """The paper; a line of a word or three without an abstract is the page's own, and is told rather than guessed."""
    if not abstract and len(title.split()) < 4 and ":" not in title:
        return Problem(page.name, line, f"neither a title with its abstract nor a known line of the page: {title!r}", 0)
    return Record(Paper(title=title, abstract="\n\n".join(abstract)), line)
