"""A researcher's homepage in the usual template: title, authors, venue line, link labels, description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from litcli import ids, names, venues
from litcli.page import Page
from litcli.paper import Paper, Problem, Record
from litcli.text import clean, fold

_BRACKETS = r"(?P<brackets>(?:\s*[(\[][^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*[)\]])*)"
_DISTINCTION = (
    r"(?i:oral|spotlight|poster|highlight|best|outstanding|honou?rable|notable|top|invited|findings|demo|short|long|main)\b"
    r"[\w /%-]{0,40}"
)
"""What some pages print behind the year without a bracket: `ICML 2022 Oral`."""
_ARXIV_LINE = re.compile(
    rf"(?P<venue>arxiv(?: preprint)?)\s*[,:]?\s*(?:arxiv\s*:\s*)?(?P<id>\d{{4}}\.\d{{4,5}}(?:v\d+)?|[a-z-]+/\d{{7}})"
    rf"(?:,?\s*(?P<year>(?:19|20)\d\d))?\.?{_BRACKETS}",
    re.IGNORECASE,
)
_VENUE_LINE = re.compile(
    rf"(?P<venue>[^\W\d_*][^•]{{1,180}}?|\*SEM)\s*[,.]?\s*(?:\(?(?P<year>(?:19|20)\d\d)\)?|['’](?P<short>\d\d))\.?"
    rf"(?:\s*[,·|–-]?\s*(?P<tail>{_DISTINCTION}))?{_BRACKETS}"
)
_UNDATED = re.compile(rf"(?P<venue>[^\W\d_][^•,.]{{1,120}}?),?{_BRACKETS}", re.IGNORECASE)
_YEAR_HEADING = re.compile(r"(?:19|20)\d\d:?")
_PENDING = re.compile(r"to appear|in press|under review|in submission|forthcoming|accepted|preprint", re.IGNORECASE)
_SECTION = re.compile(
    r"(?:(?P<papers>(?:highlighted |selected |recent |all |conference |journal |peer-?reviewed |working )*"
    r"(?:publications?|papers?|preprints?|articles|research(?: papers)?|manuscripts)(?: and preprints)?)|"
    r"(?:latest |recent |selected |invited |professional |academic |open-?source )*"
    r"(?:news|updates|projects?(?: (?:&|and) \w+)?|software|resources|datasets?|patents?|press|links|blog(?: posts)?|"
    r"(?:awards?|honou?rs?)(?: (?:&|and) (?:awards?|honou?rs?|grants|services?))?|grants?|funding|hobbies|"
    r"services?|activities|teaching|talks?|tutorials?|education|experiences?|internships?|employment|students?|"
    r"mentoring|contact|about(?: me)?|biography|bio|misc(?:ellanea|ellaneous)?))"
    r"\s*:?",
    re.IGNORECASE,
)
_PAPERS = re.compile(
    r"(?:[\w-]+ ){0,4}(?:publications|papers|preprints|articles|works|manuscripts|selected work|recent work|"
    r"publication list)"
    r"(?: (?:&|and) (?:[\w-]+ ){0,2}\w+)?:?",
    re.IGNORECASE,
)
"""Any other heading whose noun is one for papers: `Workshop Papers`, `Selected Work`, `Publications & Preprints`."""
_HEADING_MAX = 60
_LABEL = re.compile(
    r"(?:pdf|paper|arxiv|code|github|project(?: page)?|website|web|page|demo|slides?|poster|video|talk|blog.*|data|"
    r"dataset.*|benchmark|bib(?:tex)?|abs(?:tract)?|supp.*|model.*|hugging ?face|media|press|twitter|x|thread|tweet|"
    r"doi|link|html|appendix|notebook|colab|leaderboard|software|openreview|(?:acl )?anthology|proceedings|cite|"
    r"tutorial|homepage|short|full|spotlight|podcast|summary|library|package|toolkit)\s*",
    re.IGNORECASE,
)
_LABEL_SEPARATOR = re.compile(r"\s*[/|·•]\s*|\s*\]\s*\[\s*")
_VENUE_MAX = 300
"""Characters; a longer line is prose, and is not worth a backtracking pattern."""
_TEMPLATE = re.compile(r"jon barron'?s? website|\bequal contribution\b|source code from", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Venue:
    """What a venue line says."""

    venue: str
    year: int | None = None
    arxiv: str = ""
    brackets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A record's lines by index: its title, and the line behind its venue line."""

    start: int
    title: str
    authors: str
    venue: _Venue
    end: int


def _section(lines: list[str], at: int) -> bool | None:
    """Whether a line opens a section of papers (True) or of anything else (False); None where it is no heading."""
    line = lines[at]
    if not line or len(line) > _HEADING_MAX:
        return None
    heading = re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*$", "", line.strip("# "))
    heading = re.sub(r"^\W+", "", heading).strip()
    match = _SECTION.fullmatch(heading)
    if match:
        return match["papers"] is not None
    # `Summarizing Scientific Papers` is a title where authors stand below it.
    titled = at + 1 < len(lines) and _is_author_line(lines[at + 1])
    return True if _PAPERS.fullmatch(heading) and not titled else None


def detect(page: Page) -> bool:
    """A publications heading or the template's own words, and some title with authors and venue below it."""
    lines = page.lines
    marked = any(_section(lines, at) for at in range(len(lines))) or any(map(_TEMPLATE.search, lines))
    return marked and next(iter(_records(lines)), None) is not None


def _venue(line: str) -> _Venue | None:
    """The venue line that a line is: `ICML, 2022 (Spotlight)`, `arXiv, 2403.16952`, else None."""
    if len(line) > _VENUE_MAX:
        return None
    match = _ARXIV_LINE.fullmatch(line)
    if match:
        arxiv = ids.arxiv_id(match["id"])
        year = match["year"] or (ids.arxiv_date(arxiv)[:4] if arxiv else "")
        return _Venue(match["venue"], int(year) if year else None, arxiv, _brackets(match["brackets"]))
    match = _VENUE_LINE.fullmatch(line)
    if match:
        year = match["year"] or (f"20{match['short']}" if match["short"] else "")
        said = (match["tail"].strip(),) if match["tail"] else ()
        return _Venue(
            match["venue"].strip(" ,.(").removeprefix("In "), int(year), "", said + _brackets(match["brackets"])
        )
    match = _UNDATED.fullmatch(line)
    if match and (
        _PENDING.search(match["brackets"]) or _PENDING.fullmatch(match["venue"]) or venues.is_arxiv(match["venue"])
    ):
        return _Venue(match["venue"].strip(), None, "", _brackets(match["brackets"]))
    return None


def _brackets(text: str) -> tuple[str, ...]:
    """The texts of the brackets behind a venue: `(Oral) (Best Paper)` gives two."""
    return tuple(part.strip() for part in re.findall(r"[(\[]((?:[^()\[\]]|\([^()]*\))*)[)\]]", text) if part.strip())


def _is_author_line(line: str) -> bool:
    """Whether a line is a list of people; one name alone is one."""
    if len(line) > 3000 or (
        line.endswith((".", "?"))
        and not names.is_initials(line.rsplit(maxsplit=1)[-1])
        and "et al" not in line
        and "Jr." not in line
    ):
        return False
    people, _ = names.split_list(line)
    good = sum(names.looks_like_name(name) or (len(people) > 1 and names.is_organisation(name)) for name in people)
    return bool(people) and good * 5 >= len(people) * 4


def _records(lines: list[str]) -> Iterator[_Found]:
    """The records of the lines: a venue line, one or more author lines above it, a title above those.

    In sections that hold no papers (news, projects, awards, service, …) only what has a line of link labels and
    several authors as well is one, whatever else its lines look like.
    """
    inside = True
    floor = 0
    for at, line in enumerate(lines):
        section = _section(lines, at)
        if section is not None:
            inside, floor = section, at + 1
            continue
        venue = _venue(line) if line and at >= floor + 2 else None
        if venue is None or (_is_author_line(line) and not (venue.year or venue.arxiv)):
            continue
        labelled = at + 1 < len(lines) and _is_label_line(lines[at + 1])
        top = _top_of_authors(lines, floor, at)
        if top == at and inside and labelled and _stands_alone(lines, floor, at):
            top = at - 1
        if top == at or not lines[top - 1] or _is_label_line(lines[top - 1]):
            continue
        if not inside and not (labelled and "," in lines[top]):
            continue
        yield _Found(top - 1, lines[top - 1], " ".join(lines[top:at]), venue, at + 1)
        floor = at + 1


def _top_of_authors(lines: list[str], floor: int, at: int) -> int:
    """The first of the author lines that end above a venue line, the venue line itself where there is none."""
    top = at
    while (
        top > floor + 1
        and _is_author_line(lines[top - 1])
        and (top == at or lines[top - 1].endswith((",", " and", "&")) or lines[top].startswith(("and ", "& ")))
    ):
        top -= 1
    return top


def _stands_alone(lines: list[str], floor: int, at: int) -> bool:
    """Whether just two lines stand above a venue line, which by their place are title and authors."""
    return bool(lines[at - 1] and lines[at - 2]) and (at - 3 < floor or not lines[at - 3])


def _is_label_line(line: str) -> bool:
    labels = [label for label in _LABEL_SEPARATOR.split(line.strip("[] ")) if label]
    return bool(labels) and len(line) < 200 and all(map(_LABEL.fullmatch, labels))


def parse(page: Page) -> Iterator[Record | Problem]:
    """The papers of the page, in its order, each with the description below it; what only looks like one is told."""
    lines = page.lines
    found = list(_records(lines))
    lost = _lost(lines, found)
    ends = sorted(
        {record.start for record in found}
        | {at for at in range(len(lines)) if _section(lines, at) is not None}
        | set(lost)
    )
    for record in found:
        limit = next((end for end in ends if end >= record.end), len(lines))
        below = lines[record.end : limit]
        if limit == len(lines) and not page.text.endswith("\n") and _is_torn(below):
            yield Problem(page.name, limit, f"the page is cut off within this record: {below[-1][:80]!r}")
            below = below[:-1]
        yield _paper(record, below)
    for at in lost:
        yield Problem(
            page.name, at + 1, f"looks like a paper, but no line with venue and year follows: {lines[at][:80]!r}"
        )


def _lost(lines: list[str], found: list[_Found]) -> list[int]:
    """The titles in sections of papers, by index, that have authors below them and no venue that can be read."""
    taken = {at for record in found for at in range(record.start, record.end)}
    inside = True
    titles = []
    for at, line in enumerate(lines[:-1]):
        section = _section(lines, at)
        inside = inside if section is None else section
        opens = at == 0 or not lines[at - 1] or _section(lines, at - 1) is not None
        people = lines[at + 1]
        if (
            inside
            and opens
            and line
            and at not in taken
            and at + 1 not in taken
            and "," in people
            and _is_author_line(people)
        ):
            titles.append(at)
    return titles


def _is_torn(below: list[str]) -> bool:
    """Whether the lines below a page's last record end in a piece of the next title."""
    text = [line for line in below if line]
    return (
        len(text) > 1 and not below[-2] and len(below[-1]) < 200 and not below[-1].endswith((".", "!", "?", "…", ":"))
    )


def _paper(found: _Found, below: list[str]) -> Record:
    labels = ""
    text = [line for line in below if line]
    if text and _is_label_line(text[0]):
        labels, text = text[0], text[1:]
    venue = found.venue
    people, cut = names.split_list(clean(found.authors))
    awards = tuple(part.strip() for bracket in venue.brackets for part in bracket.split(",") if part.strip())
    extra = {"addendum": ", ".join(venue.brackets), "labels": labels}
    paper = Paper(
        type=venues.entry_type(venue.venue),
        title=clean(found.title),
        authors=tuple(map(names.person, people)),
        et_al=cut,
        year=venue.year,
        date=ids.arxiv_date(venue.arxiv),
        venue=venue.venue,
        arxiv=venue.arxiv,
        abstract=_abstract(text),
        fields={name: value for name, value in extra.items() if value},
    )
    return Record(paper, found.start + 1, tuple(sorted({fold(award) for award in awards})))


def _abstract(text: list[str]) -> str:
    prose = [line for line in text if not _TEMPLATE.search(line) and not _YEAR_HEADING.fullmatch(line)]
    return "\n\n".join(map(clean, prose))
