"""The page that a paper has of its own: at a publisher or an archive by its citation tags, at two sites by its text.

The tags are those that Google Scholar asks publishers for (https://scholar.google.com/intl/en/scholar/inclusion.html):
`<meta name="citation_title" content="…">` and its kin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from litcli import dates, ids, names, venues
from litcli.page import Page
from litcli.paper import Paper, Person, Problem, Record
from litcli.text import clean

_SUBMITTED = re.compile(r"\[Submitted on (?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2}) (?P<year>\d{4})\b.*\]")
"""Above the title on arXiv's pages."""
_ARXIV = re.compile(
    r"(?:cite as:?\s*)?arxiv:\s?(?P<id>[\w.-]+(?:/\d{7})?)(?: \[(?P<kind>[\w.-]+)\]| \([\w.-]+\))?", re.IGNORECASE
)
_PUBLISHED = re.compile(r"(?:· ?)?Published on (?P<month>[A-Z][a-z]{2}) (?P<day>\d{1,2})(?:, (?P<year>\d{4}))?(?: ·)?")
_LABEL = re.compile(r"(?:title|authors?|abstract):? ?", re.IGNORECASE)
_FACTS = re.compile(r"(?:comments|subjects|cite as|journal reference|report number|related doi)\b.*", re.IGNORECASE)
"""The table below an abstract on arXiv's pages."""
_END = re.compile(
    _FACTS.pattern + r"|view (?:arxiv page|pdf|a pdf).*|add to collection|community|models citing.*|anthology id:?.*",
    re.IGNORECASE,
)
"""What follows an abstract."""
_DAY = re.compile(r"(?P<year>\d{4})(?:[/-](?P<month>\d{1,2})(?:[/-](?P<day>\d{1,2}))?)?.*")
_ABSTRACT_MIN = 60
"""Characters; what is shorter is a button."""


def detect(page: Page) -> bool:
    """One title among the citation tags, or the lines that stand around a paper's title on arXiv and Hugging Face."""
    if page.layout and len(_all(page, "title")) == 1:
        return True
    return _by_text(page) is not None


def parse(page: Page) -> Iterator[Record | Problem]:
    """The one paper of the page."""
    if _all(page, "title"):
        yield _tagged(page)
        return
    if found := _by_text(page):
        yield found
    else:
        yield Problem(page.name, 1, "no paper's title is told here")


# --- tags -------------------------------------------------------------------------------------------------


def _all(page: Page, name: str) -> list[str]:
    """What all citation tags of a name say."""
    tags = page.layout.tags if page.layout else ()
    return [value for tag, said in tags if tag == name and (value := clean(said))]


def _tagged(page: Page) -> Record:
    """The paper that the citation tags tell."""

    def one(*tags: str) -> str:
        return next((said[0] for said in (_all(page, tag) for tag in tags) if said), "")

    title = one("title")
    people = _all(page, "author") or [name for said in _all(page, "authors") for name in said.split(";")]
    day = _DAY.fullmatch(one("publication_date", "cover_date", "date", "online_date", "year"))
    number = [int(day[part]) if day and day[part] else None for part in ("year", "month", "day")]
    kind, venue = _venue(one("journal_title"), one("conference_title", "conference"), one("inbook_title", "book_title"))
    school = one("dissertation_institution")
    house = school or one("technical_report_institution")
    pages = "-".join(dict.fromkeys(filter(None, (one("firstpage"), one("lastpage")))))
    arxiv = ids.arxiv_id(one("arxiv_id")) or ids.arxiv_id(one("doi"))
    doi = "" if ids.arxiv_id(one("doi")) else ids.doi(one("doi"))
    date = _checked(number)
    paper = Paper(
        type="phdthesis" if school else "techreport" if house else kind,
        title=title,
        authors=tuple(_person(name.strip()) for name in people if name.strip()),
        year=number[0],
        date=date if len(date) > 4 else "",
        venue=venue,
        volume=one("volume"),
        number=one("issue"),
        pages=pages,
        publisher=one("publisher"),
        institution=house,
        doi=doi,
        arxiv=arxiv,
        isbn=one("isbn"),
        url="" if doi or arxiv or not page.layout else page.layout.base,
        abstract=one("abstract") or _abstract(page.lines),
        links={"pdf": one("pdf_url")} if one("pdf_url") else {},
    )
    return Record(paper, next((at for at, line in enumerate(page.lines, start=1) if title in line), 1))


def _checked(number: list[int | None]) -> str:
    """The partial date of year, month and day, as much as there is of it."""
    date = dates.make(*number) if number[0] else ""
    try:
        dates.parts(date or "2000")
    except ValueError:
        return dates.make(number[0])
    return date


def _venue(journal: str, conference: str, book: str) -> tuple[str, str]:
    """The type and the venue of a paper by where it appeared."""
    if journal:
        kind = venues.entry_type(journal)
        return "article" if kind == "misc" else kind, journal
    if conference:
        return "inproceedings", conference
    return ("incollection" if book else "misc"), book


def _person(name: str) -> Person:
    return names.without_number(names.parse(name)) if "," in name else names.person(name)


# --- text -------------------------------------------------------------------------------------------------


def _abstract(lines: list[str]) -> str:
    """The paragraph that is headed `Abstract`."""
    at = next((at for at, line in enumerate(lines) if re.match(r"abstract\b", line, re.IGNORECASE)), None)
    if at is None:
        return ""
    rows = [_LABEL.sub("", lines[at], count=1)]
    for line in lines[at + 1 :]:
        if (not line and any(rows)) or _END.fullmatch(line):
            break
        rows.append(line)
    return clean(" ".join(rows))


def _by_text(page: Page) -> Record | None:
    """The paper of a page of arXiv or Hugging Face; what has no mark of theirs is not cut into lines."""
    return (_on_arxiv(page.lines) if "[Submitted on " in page.text else None) or (
        _on_hugging_face(page.lines) if "Published on " in page.text else None
    )


def _on_arxiv(lines: list[str]) -> Record | None:
    """The paper of a page of arXiv: below the day of its submission its title, its authors and its abstract."""
    at = next((at for at, line in enumerate(lines) if _SUBMITTED.fullmatch(line)), len(lines))
    below = [(number, line) for number, line in enumerate(lines[at + 1 :], start=at + 2) if line]
    cited = [match for line in lines if len(line) < 80 and (match := _ARXIV.fullmatch(line))]
    arxiv = next((found for one in cited if (found := ids.arxiv_id(one["id"]))), "")
    if len(below) < 2 or not arxiv:
        return None
    (number, title), (_, people), *rest = below
    day = _SUBMITTED.fullmatch(lines[at])
    texts = [line for _, line in takewhile(lambda row: not _FACTS.fullmatch(row[1]), rest) if len(line) > _ABSTRACT_MIN]
    authors, cut = names.split_list(clean(_LABEL.sub("", people, count=1)))
    paper = Paper(
        title=clean(_LABEL.sub("", title, count=1)),
        authors=tuple(map(names.person, authors)),
        et_al=cut,
        year=int(day["year"]) if day else None,
        date=_checked([int(day["year"]), dates.month_number(day["month"]), int(day["day"])]) if day else "",
        arxiv=arxiv,
        primary_class=next((one["kind"] for one in cited if one["kind"]), ""),
        abstract=clean(_LABEL.sub("", " ".join(texts), count=1)),
    )
    return Record(paper, number)


def _on_hugging_face(lines: list[str]) -> Record | None:
    """The paper of its page on Hugging Face: its number, title and day, its authors one a line, its abstract."""
    filled = [(number, line) for number, line in enumerate(lines, start=1) if line]
    for (_, above), (number, title), (_, below) in zip(filled, filled[1:], filled[2:], strict=False):
        arxiv, day = _ARXIV.fullmatch(above), _PUBLISHED.fullmatch(below)
        if arxiv and day and ids.arxiv_id(arxiv["id"]):
            return Record(_of_hugging_face(lines, title, ids.arxiv_id(arxiv["id"]), day), number)
    return None


def _of_hugging_face(lines: list[str], title: str, arxiv: str, day: re.Match[str]) -> Paper:
    start = next((at for at, line in enumerate(lines) if line.lower().startswith("authors:")), len(lines))
    people = list(takewhile(lambda line: line != "Abstract", lines[start:]))
    year = int(day["year"]) if day["year"] else int(ids.arxiv_date(arxiv)[:4])
    return Paper(
        title=clean(title),
        authors=tuple(map(names.person, names.split_list(_LABEL.sub("", ", ".join(people), count=1))[0])),
        year=year,
        date=_checked([year, dates.month_number(day["month"]), int(day["day"])]),
        arxiv=arxiv,
        abstract=_abstract(lines),
    )
