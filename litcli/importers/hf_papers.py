"""A Hugging Face papers page: titles and abstracts between votes, bylines and the page's own lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from litcli import dates, ids
from litcli.page import Page
from litcli.paper import POSTED, Paper, Problem, Record
from litcli.text import clean, squeeze, title_key

_MARKS = re.compile(
    r"get trending papers in your email inbox(?: once a day)?!?|"
    r"(?:(?:by)?\s*@?_?(?:akhaliq|ak)\s*)?and the research community",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?:published (?:on )?)?(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:,? (?P<year>\d{{4}}))?(?: \d{{1,3}})?",
    re.IGNORECASE,
)
"""A day, and behind it how many comments there are."""
_PUBLISHED = re.compile(r"^published (?:on )?(?:about )?|^about ", re.IGNORECASE)
_AUTHORS = re.compile(r"\d+ authors?", re.IGNORECASE)
_COUNTED = (
    r"(?:upvotes?|comments?|stars?|replies|(?:github|arxiv|project) page|github|view arxiv page|view pdf|"
    r"\d[\d.,]*[km]?|\[-\]|[▲△+])"
)
_COUNT = re.compile(rf"{_COUNTED}(?: {_COUNTED})*", re.IGNORECASE)
"""Votes, comments and stars, with the words and links beside them: `Upvote 12`, `GitHub 1.2k arXiv Page`."""
_SUBMITTED = re.compile(r"submitted by(?P<name>\s+\S.*)?", re.IGNORECASE)
_OWN = frozenset(
    map(
        str.strip,
        """
        new|subscribe|models|datasets|spaces|buckets|buckets new|posts|docs|enterprise|enterprise hub|pricing|log in|
        sign up|hugging face|hugging face's logo|website|tasks|huggingchat|collections|languages|organizations|
        community|blog|articles|learn|discord|forum|solutions|team & enterprise|hugging face pro|enterprise support|
        expert support|inference providers|inference endpoints|inference support|storage buckets|papers|daily papers|
        trending papers|daily|weekly|monthly|trending|today|search|search papers|previous|next|load more|view all|
        submit|submit a paper|submit paper|add to collection|by|ak|akhaliq|system theme|company|tos|terms of service|
        privacy|about|careers|jobs|press|changelog|brand assets|ai & ml interests|
        trending papers ranked by github stars activity|search models, datasets, users...|full-text search|
        skip to content|sort: trending
        """.split("|"),
    )
)
"""The site's own words: its head, its foot and its switches."""
_PERIOD = re.compile(
    rf"week \d+(?:,? \d{{4}})?|\d{{4}}[ -]w\d+|{_MONTH} \d{{4}}|(?:previous|next) \d+|"
    rf"{_MONTH} \d{{1,2}} ?[-–] ?(?:{_MONTH} )?\d{{1,2}}(?:,? \d{{4}})?|© ?(?:\d{{4}} )?hugging face.*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"<?(?P<url>https?://[^\s<>]+)>?")
_PAPER_URL = re.compile(
    r"https?://(?:www\.)?(?:huggingface\.co/papers|hf\.co/papers|arxiv\.org/(?:abs|pdf))/(?P<id>.+)"
)
_CODE_URL = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/[^/]+/[^/]+")
_MARKDOWN = re.compile(r"\[(?P<text>[^\[\]]*)\]\((?P<url>https?://[^()\s]*)\)")
_SENTENCES = re.compile(r"[^\W\dA-Z_]{2}[)\]]?[.!] [A-Z]")
"""The end of a sentence with another one behind it."""
_TITLE_MAX = 250
"""Characters; the longest title among 2.3 million of arXiv has 385, one in a thousand is over 230."""
_LINE_MAX = 160
"""Characters; what is longer is none of the page's own lines."""


# --- the page's lines, by what they are -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Item:
    """One thing that stands on the page, with the number of its first line.

    `kind` is `text` (the rows of a paragraph), `heading`, `opening` (of a card: who submitted it), `count` (votes,
    comments, stars), `dash`, `byline`, `address` or `own` (a line of the site).
    """

    kind: str
    line: int
    rows: tuple[str, ...] = ()
    date: str = ""
    affiliation: str = ""

    @property
    def text(self) -> str:
        return clean(" ".join(self.rows))


def _date(text: str) -> str | None:
    """The date that a text is, "" for a day that does not exist, None for any other text; `2 days ago` stays so."""
    told = _PUBLISHED.sub("", text)
    if dates.is_ago(told):
        return told
    match = _DATE.fullmatch(text)
    if not match or not dates.month_number(match["month"]):
        return None
    date = dates.make(
        int(match["year"]) if match["year"] else None, dates.month_number(match["month"]), int(match["day"])
    )
    try:
        dates.parts(date)
    except ValueError:
        return ""
    return date


def _line_item(line: str, number: int) -> _Item | None:
    """What a line is that the page itself says; None for a line of a title or an abstract."""
    if len(line) > _LINE_MAX:
        return None
    if line in ("·", "-", "[-]"):
        # A point parts the byline's pieces; a dash is a vote that nobody gave, or the picture of an author.
        return _Item("byline" if line == "·" else "dash", number)
    bare = line.strip("-*• ") or line
    if _MARKS.fullmatch(bare) or _is_own(bare) or _PERIOD.fullmatch(bare) or not any(map(str.isalnum, bare)):
        return _Item("own", number)
    if submitted := _SUBMITTED.fullmatch(bare):
        return _Item("opening", number, (submitted["name"] or "",))
    if _COUNT.fullmatch(bare):
        return _Item("count", number)
    if _ADDRESS.fullmatch(bare):
        return _Item("address", number, (bare.strip("<>"),))
    parts = [part.strip() for part in bare.split("·") if part.strip()]
    said = {part: date for part in parts if (date := _date(part)) is not None}
    others = [part for part in parts if part not in said and not _AUTHORS.fullmatch(part)]
    if len(others) > 1 or len(others) == len(parts):
        return None
    return _Item("byline", number, (), next(iter(said.values()), ""), others[0] if others else "")


def _is_own(text: str) -> bool:
    # A small letter begins the last words of a paragraph that was cut into lines, too.
    return text.lower() in _OWN and (text[0].isupper() or text in ("new", "by"))


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a title or an abstract."""

    number: int
    text: str
    indented: bool

    def leaves_no_room(self, below: _Row, width: int) -> bool:
        """Whether the first word of the row below would make this one wider than the text is."""
        return len(self.text) + 1 + len(below.text.split(" ", 1)[0]) > width


def _items(page: Page) -> Iterator[_Item]:
    """The things on the page, in their order."""
    blocks = list(_blocks(page))
    width = _width([block for block in blocks if isinstance(block, list)])
    for block in blocks:
        yield from _paragraphs(block, width) if isinstance(block, list) else [block]


def _blocks(page: Page) -> Iterator[_Item | list[_Row]]:
    """The rows that stand together, and what the page itself says between them."""
    rows: list[_Row] = []
    unnamed = False
    for number, (line, raw) in enumerate(zip(page.lines, page.raw_lines, strict=True), start=1):
        addresses = [match["url"] for match in _MARKDOWN.finditer(line)] if "](http" in line else []
        if addresses:
            line = squeeze(_MARKDOWN.sub(lambda match: f" {match['text']} ", line)).strip("![] ")
        text = re.sub(r"^#{1,6} +", "", line)
        if unnamed and text and " " not in text:
            unnamed = False  # the one who submitted the paper
            continue
        item = _line_item(text, number) if text else None
        if text and not item and text == line:
            rows.append(_Row(number, line, raw.startswith("  ")))
            continue
        if item and item.kind == "byline" and len(rows) > 1 and _may_be_group(rows[-1].text):
            # The group above a date is no part of the abstract, however well it fits in its last row.
            yield rows[:-1]
            rows = rows[-1:]
        if rows:
            yield rows
            rows = []
        if text:
            item = item or _Item("heading", number, (text,))
            unnamed = item.kind == "opening" and not item.rows[0]
            yield item
        yield from (_Item("address", number, (url,)) for url in addresses)
    if rows:
        yield rows


def _width(blocks: Sequence[Sequence[_Row]]) -> int:
    """The width at which the page's text was cut, 0 where it was not; rows then begin in the middle of sentences."""
    cut = [
        len(above.text)
        for rows in blocks
        for above, below in pairwise(rows)
        if below.text[0].islower() and 40 < len(above.text) < _LINE_MAX
    ]
    return max(cut) if len(cut) > 1 else 0


def _paragraphs(rows: Sequence[_Row], width: int) -> Iterator[_Item]:
    """The paragraphs that rows make on a page whose text was cut at `width`, 0 where each row is one."""
    paragraph = [rows[0]]
    length = len(rows[0].text)
    for above, row in pairwise(rows):
        inside = row.indented or (row.text[0].islower() and length > 60)
        # A title that fills its row is still none with the text below it.
        title = above is rows[0] and _is_titled(above.text) and not _is_titled(row.text)
        if inside or (width and not title and above.leaves_no_room(row, width)):
            paragraph.append(row)
        else:
            yield _Item("text", paragraph[0].number, tuple(one.text for one in paragraph))
            paragraph, length = [row], 0
        length += len(row.text)
    yield _Item("text", paragraph[0].number, tuple(one.text for one in paragraph))


def _is_titled(text: str) -> bool:
    """Whether a text is written as titles are: most of its longer words begin with a capital."""
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return bool(words) and 5 * sum(word[0].isupper() for word in words) >= 3 * len(words)


def _is_prose(text: str) -> bool:
    """Whether a paragraph is of an abstract rather than a title: it is long, or it is made of sentences."""
    if len(text) > _TITLE_MAX or "://" in text or text.endswith(("。", "；")):
        return True
    if _is_titled(text):
        return False
    ends = text.rstrip(" \"'”’)").endswith((".", "!", "…", ":"))
    return (ends and len(text.split()) > 1) or _SENTENCES.search(text) is not None


# --- the cards --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Card:
    """What stands between one title and the next."""

    title: str
    line: int
    awaited: bool = False
    """Whether votes or a submitter stand right above the title, or it is marked as a heading."""
    facts: bool = False
    """Whether a byline or counts stand below it."""
    closed: bool = False
    """Whether what follows is no longer of its text, and with `done` no longer of its byline."""
    done: bool = False
    abstract: list[str] = field(default_factory=list)
    date: str = ""
    affiliation: str = ""
    arxiv: str = ""
    code: str = ""


def detect(page: Page) -> bool:
    """A line that only this site has at the head of its paper lists, or two kinds of lines of its cards."""
    if any(map(_MARKS.fullmatch, page.lines)):
        return True
    short = [line for line in page.lines if 0 < len(line) < 80]
    kinds = (
        any(map(_SUBMITTED.fullmatch, short)),
        any(re.fullmatch(r"(?:[·•-]\s*)?\d+ authors?(?: ·.*)?", line) for line in short),
        any(re.fullmatch(r"Upvote(?: \d+)?|\[-\](?: \d+)?", line) for line in short),
        any(re.search(r"(?:^|· ?)Published on [A-Z][a-z]{2} \d{1,2}, \d{4}$", line) for line in short),
    )
    return sum(kinds) > 1


def _cards(items: Sequence[_Item]) -> Iterator[_Card | _Item]:
    """The cards that the items make, and the texts that stand below no title."""
    card: _Card | None = None
    last = max((n for n, item in enumerate(items) if item.kind in ("opening", "count", "byline")), default=-1)
    # Where cards open with who submitted them, votes alone open none.
    openings = ("opening",) if sum(item.kind == "opening" for item in items) > 1 else ("opening", "count", "dash")
    opened = False
    follows = _kinds_below(items)
    for n, item in enumerate(items):
        if item.kind not in ("text", "heading"):
            opened = opened or item.kind in openings
            if card:
                _add(card, item)
            continue
        text = item.text
        if item.kind == "text" and _is_prose(text):
            if card is None or (card.closed and len(item.rows) > 1):
                title, below = (item.rows[0], item.rows[1:]) if not _is_prose(item.rows[0]) else ("", item.rows)
                if title and below:
                    card = _Card(clean(title), item.line, abstract=[clean(" ".join(below))])
                    yield card
                    continue
            if card and not (card.closed and card.abstract):
                card.abstract.append(text)
            else:
                yield item
        elif card and not card.closed and _is_affiliation(text, follows[n], card):
            card.affiliation = text
        else:
            card = _Card(text, item.line, awaited=item.kind == "heading" or (opened and n < last))
            opened = False
            yield card


def _kinds_below(items: Sequence[_Item]) -> list[str]:
    """For each item the kind of the next one that is no address, "" at the end."""
    kinds: list[str] = []
    below = ""
    for item in reversed(items):
        kinds.append(below)
        below = below if item.kind == "address" else item.kind
    return kinds[::-1]


def _may_be_group(text: str) -> bool:
    """Whether a text may be the name of a group: a few words, the first with a capital or a digit, and no sentence."""
    return len(text.split()) < 7 and not text[:1].islower() and not re.search(r"[:?]|[.!]$", text)


def _is_affiliation(text: str, follows: str, card: _Card) -> bool:
    """Whether a text below a title is the group that the paper is of: short, before the date or the counts."""
    if not _may_be_group(text):
        return False
    return follows == "byline" or (card.awaited and not card.abstract and follows in ("count", "opening", ""))


def _add(card: _Card, item: _Item) -> None:
    """Read what a line below a card's title says of its paper."""
    if item.kind == "address":
        (url,) = item.rows
        if match := _PAPER_URL.match(url):
            card.arxiv = card.arxiv or ids.arxiv_id(match["id"].partition("#")[0])
        elif not card.code and _CODE_URL.match(url):
            card.code = url
        return
    if item.kind == "byline" and not card.done:
        card.date = card.date or item.date
        card.affiliation = card.affiliation or item.affiliation
    # A count right below may be of the next card.
    told = item.kind == "byline" or (item.kind == "count" and (card.awaited or bool(card.abstract)))
    card.facts = card.facts or (told and not card.done)
    card.closed = True
    card.done = card.done or item.kind not in ("byline", "dash")


def parse(page: Page) -> Iterator[Record | Problem]:
    """The papers of the page, in its order; what may be a title or the page's own line is told, not guessed."""
    found = list(_cards(list(_items(page))))
    likely = _likely([item for item in found if isinstance(item, _Card)])
    before: _Card | None = None
    twice: list[int] = []
    for item in found:
        if isinstance(item, _Item):
            yield Problem(page.name, item.line, f"a text without a title above it: {item.text[:60]!r}")
        elif before and (before.title, before.abstract) == (item.title, item.abstract):
            twice.append(item.line)
        elif likely(item):
            before = item
            yield _record(item)
        else:
            what = "neither a title with its abstract nor a known line of the page"
            yield Problem(page.name, item.line, f"{what}: {item.title[:80]!r}", 0)
    if twice:
        # The page holds each card once for wide and once for narrow windows.
        lines = ", ".join(map(str, twice[:10])) + (", …" if len(twice) > 10 else "")
        yield Problem(page.name, twice[0], f"{len(twice)} of the cards stand there twice and are read once: {lines}", 0)


def _likely(cards: Sequence[_Card]) -> Callable[[_Card], bool]:
    """Whether a card of these is a paper rather than an unknown line of the page.

    What has an abstract, votes or a byline is; a title without any is taken for one where other titles have no more,
    or where it stands between papers, once.
    """
    evident = [card for card in cards if card.abstract or card.facts or card.awaited]
    facts = 2 * sum(card.facts for card in evident) > len(evident)
    often = Counter(title_key(card.title) for card in cards)

    def likely(card: _Card) -> bool:
        if card.abstract or card.facts or (card.awaited and not facts):
            return True
        if len(card.title.split()) < 4 and ":" not in card.title:
            return False
        if not evident:
            return True
        between = evident[0].line < card.line < evident[-1].line
        return not facts and often[title_key(card.title)] == 1 and (between or _is_titled(card.title))

    return likely


def _record(card: _Card) -> Record:
    posted = card.date if dates.is_ago(card.date) else ""
    date = ("" if posted else card.date) or ids.arxiv_date(card.arxiv)
    extra = {"affiliation": card.affiliation, POSTED: posted}
    paper = Paper(
        title=card.title,
        year=dates.parts(date)[0] if date else None,
        date=date,
        arxiv=card.arxiv,
        links={"code": card.code} if card.code else {},
        abstract="\n\n".join(card.abstract),
        fields={name: value for name, value in extra.items() if value},
    )
    return Record(paper, card.line)
