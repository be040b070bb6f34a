"""Pages of the ACL Anthology: an author's, a volume's, an event's and a venue's.

A paper is its buttons (`pdf bib abs`), its title, its authors between bars, the volume that holds it, where the page is
not that volume's own, and its abstract.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from litcli import dates, ids, names
from litcli.page import Page
from litcli.paper import Paper, Person, Problem, Record
from litcli.text import clean, fold

_PRESSED = re.compile("pdf|bib|abs")
_BUTTONS = re.compile(r"(?:\[?(?:pdf|bib|abs)\]?(?:\(https?://[^\s()]*\))?(?:\s*\(full\))?[\s|·]*)+")
"""The site's buttons, whatever stands between them: `pdf bib abs`, `pdfbibabs`, `bib (full)`."""
_ATTACHED = re.compile(r"(?:[a-z]+(?: |$)){1,8}", re.IGNORECASE)
"""What stands behind the buttons where a paper has more than a text: `software`, `video`."""
_YEAR = re.compile(r"#{0,6} ?(?P<year>(?:19|20)\d\d)")
_SITE = re.compile(
    r"(?:#+ )?(?:ACL Anthology|ACL Logo.*|Co-?authors|Fix (?:data|author)|Anthology ID:?.*|Venue ID:?.*|"
    r"ACL materials are Copyright.*|The ACL Anthology is managed and built.*)"
)
"""Lines that only the Anthology's pages have."""
_END = re.compile(
    _SITE.pattern + r"|(?:#+ )?(?:Venues|Search|show all(?:\.\.\.|…)?|up|(?:Show|Hide) all abstracts.*|"
    r"Permission is granted to make.*|(?:\S+ )?Creative Commons (?:License|Attribution).*|[_*]?Site last built on .*)"
)
"""The site's own lines, which are of no paper."""
_JOURNAL = re.compile(
    r"(?P<name>Transactions of the Association for Computational Linguistics|Computational Linguistics|"
    r"Traitement Automatique des Langues|Linguistic Issues in Language Technology|[^,:]*\bJournal\b[^,:]*)"
    r"(?:, Formerly the [^,]+)?,? (?:Volume|Vol\.|Tome) (?P<volume>\d+)"
    r"(?:,? (?:Issue|Number|Numéro|No\.) (?P<number>\d+(?:[-–/]\d+)?))?(?P<rest>.*)"
)
_MONTH_AND_YEAR = re.compile(r"[\s,–-]*(?:(?P<month>[^\W\d]+)(?:[-–/][^\W\d]+)?,? )?(?P<year>(?:19|20)\d\d)")
_VOLUME = re.compile(
    r"(?:proceedings|findings of the association|transactions|actes) |"
    r".*\b(?:proceedings|workshop|conf[eé]rence|symposium|meeting|journ[eé]es|shared task|volume \d+)\b",
    re.IGNORECASE,
)
"""What the titles of volumes hold; those of papers may, too."""
_PROCEEDINGS = re.compile(r"(?:proceedings of|actes d|findings of the association for computational)", re.IGNORECASE)
_LISTED = re.compile(r"(?:[-•*] )?(?:\[[\w.-]+\]:? ?)?(?P<title>[^\W_].{9,300}?)? ?(?P<count>\d+) papers?")
_EDITORS = re.compile(r"(?P<people>\S.*?) ?\(Editors?\)")
_DETAILS = ("Anthology ID", "Volume", "Month", "Year", "Address", "Publisher", "Pages", "URL", "DOI", "ISBN")
_DETAIL = re.compile(r"(?P<name>[A-Z][A-Za-z]*(?: [A-Za-z]+){0,2}): ?(?P<value>.*)")
_PROSE = re.compile(r"[^\W\dA-Z_]{3}[.!?] [A-Z]")
"""The end of a sentence with another one behind it."""
_VENUE_MAX = 300
"""Characters; the longest title of a volume has 250."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of text by its number; `apart` where a blank line stands above it."""

    number: int
    text: str
    apart: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """What stands below some buttons: their line's number, their text, the rows, the year of the heading above."""

    line: int
    pressed: str
    rows: tuple[_Row, ...]
    year: int | None


@dataclass(frozen=True, slots=True)
class _Said:
    """The parts of an entry."""

    title: str
    line: int
    people: str
    venue: str
    abstract: str


# --- entries ----------------------------------------------------------------------------------------------


def _buttons(line: str) -> tuple[str, str] | None:
    """The buttons that begin a line and what is behind them, None for any other line."""
    match = _BUTTONS.match(line)
    if not match:
        return None
    pressed, behind = match[0], line[match.end() :]
    if behind and behind[0].isalpha() and behind[0].islower() and pressed[-1].isalpha():
        return None  # pdflatex, absolute
    if _ATTACHED.fullmatch(behind) and behind[0].islower():
        behind = ""
    # Behind fewer buttons stands prose, as in `bib files are merged`.
    whole = "(full)" in pressed or ("pdf" in pressed and "bib" in pressed)
    return (pressed, behind) if whole or not behind else None


def _entries(lines: Sequence[str]) -> list[_Entry]:
    """The entries of a page, each with the year of the heading above it."""
    groups = _groups(lines)
    entries: list[_Entry] = []
    year = _last_year(lines[: groups[0].start]) if groups else None
    for group, following in zip(groups, [*groups[1:], None], strict=False):
        end = following.start if following else len(lines)
        rows = [_Row(group.below, group.behind)] if group.behind else []
        for at in range(group.below, end):
            if rows and _END.fullmatch(lines[at]):
                break
            if lines[at]:
                rows.append(_Row(at + 1, lines[at], at > group.below and not lines[at - 1]))
        heading = _YEAR.fullmatch(rows[-1].text) if following and len(rows) > 1 else None
        entries.append(_Entry(group.start + 1, group.pressed, tuple(rows[:-1] if heading else rows), year))
        year = int(heading["year"]) if heading else year
    return entries


@dataclass(frozen=True, slots=True)
class _Group:
    """Buttons that belong together: the index of their first line and of the one below, what is behind them."""

    start: int
    below: int
    pressed: str
    behind: str


def _groups(lines: Sequence[str]) -> list[_Group]:
    """The buttons of each entry, which may stand on a line each."""
    groups: list[_Group] = []
    below = 0
    for at, line in enumerate(lines):
        if not (found := _buttons(line)):
            continue
        pressed, behind = found
        last = groups[-1] if groups else None
        if (
            last
            and not last.behind
            and not any(lines[below:at])
            and not set(_PRESSED.findall(last.pressed)) & set(_PRESSED.findall(pressed))
        ):
            groups[-1] = _Group(last.start, at + 1, f"{last.pressed} {pressed}", behind)
        else:
            groups.append(_Group(at, at + 1, pressed, behind))
        below = at + 1
    return groups


def _last_year(lines: Sequence[str]) -> int | None:
    """The year that the last of some lines is."""
    last = next((line for line in reversed(lines) if line), "")
    match = _YEAR.fullmatch(last)
    return int(match["year"]) if match else None


def detect(page: Page) -> bool:
    """Buttons `pdf bib` with a title and authors between bars below, or below a year or beside the site's own words.

    A page of a venue has no buttons, but the volumes with the counts of their papers.
    """
    site = any(map(_SITE.fullmatch, page.lines))
    entries = list(_entries(page.lines))
    if not entries:
        return site and next(_without_buttons(page.lines), None) is not None
    if not any({"pdf", "bib"} <= set(_PRESSED.findall(entry.pressed)) for entry in entries):
        return False
    return site or any(
        entry.year or any("|" in row.text for row in entry.rows[1:4]) for entry in entries if len(entry.rows) > 1
    )


# --- the parts of an entry --------------------------------------------------------------------------------


def _is_prose(text: str) -> bool:
    if len(text) <= _VENUE_MAX and _PROCEEDINGS.match(text):
        return False
    return len(text) > _VENUE_MAX or _PROSE.search(text) is not None or (text.endswith(".") and len(text.split()) > 8)


def _is_person(text: str) -> bool:
    words = text.split()
    return names.looks_like_name(text) or names.is_organisation(text) or (len(words) == 1 and words[0][:1].isupper())


def _split(entry: _Entry, inside: bool) -> _Said:
    """The parts of an entry; `inside` says that the page is of one volume, which its entries do not name again."""
    title, *rows = entry.rows
    at = next((n for n, row in enumerate(rows[:4]) if "|" in row.text and not _is_prose(row.text)), None)
    if at is None:
        volume = next(
            (n for n, row in enumerate(rows[:4]) if _VOLUME.match(row.text) and not _is_prose(row.text)), None
        )
        person = volume - 1 if volume else 0
        at = (
            person
            if (not inside or not volume) and rows and person < len(rows) and _is_person(rows[person].text)
            else 0
        )
        end = at + 1 if rows and _is_person(rows[at].text) else at
        if volume and end == at:
            at = end = 0 if inside else volume
    else:
        end = at + 1
        while end < len(rows) and _runs_on(rows[end - 1], rows[end], rows[end + 1 : end + 2]):
            end += 1
    people = " ".join(row.text for row in rows[at:end])
    venue, below = ("", rows[end:]) if inside else _venue(rows[end:])
    paragraphs: list[list[str]] = []
    for row in below:
        if row.apart or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(row.text)
    return _Said(
        _plain(" ".join([title.text, *(row.text for row in rows[:at])])),
        title.number,
        people,
        _plain(venue),
        "\n\n".join(clean(" ".join(paragraph)) for paragraph in paragraphs),
    )


def _plain(text: str) -> str:
    return clean(re.sub(r"^\*\*(.+)\*\*$", r"\1", text))


def _runs_on(row: _Row, below: _Row, further: Sequence[_Row]) -> bool:
    """Whether a list of people goes on in the row below."""
    if below.apart or _is_prose(below.text):
        return False
    if row.text.endswith("|") or "|" in below.text:
        return True
    # `… | Zhiyuan` above `Liu`: the width of the text may cut a name.
    return len(row.text.rsplit("|", 1)[-1].split()) == 1 and len(below.text.split()) < 3 and bool(further)


def _venue(rows: Sequence[_Row]) -> tuple[str, Sequence[_Row]]:
    """The title of the volume that rows begin with, and the rows below it; it may go on in a second one."""
    if not rows or _is_prose(rows[0].text):
        return "", rows
    venue, below = rows[0].text, rows[1:]
    if below and not below[0].apart and not _is_prose(below[0].text):
        alone = len(below) == 1 or below[1].apart
        if venue.count("(") > venue.count(")") or (alone and not below[0].text.endswith(".")):
            return f"{venue} {below[0].text}", below[1:]
    return venue, below


# --- papers -----------------------------------------------------------------------------------------------


def _people(text: str) -> tuple[Person, ...]:
    return tuple(names.person(clean(name)) for name in text.split("|") if name.strip())


def parse(page: Page) -> Iterator[Record | Problem]:
    """The papers and volumes of the page, in its order."""
    entries = list(_entries(page.lines))
    if not entries:
        yield from _without_buttons(page.lines)
        return
    volume = _head(page.lines[: entries[0].line - 1])
    if volume and not any(entry.rows and _same(entry.rows[0].text, volume.paper.title) for entry in entries):
        yield volume
    paper = volume.paper if volume else Paper(year=_event_year(page.lines[: entries[0].line - 1]))
    dry = sum(len(entry.rows) < 4 for entry in entries) * 2 > len(entries)
    known: set[str] = set()
    for entry in entries:
        if not entry.rows:
            yield Problem(page.name, entry.line, "no title stands below 'pdf bib'")
            continue
        if "(full)" in entry.pressed:
            paper = replace(paper, title=_plain(" ".join(row.text for row in entry.rows)))
            continue
        said = _split(entry, bool(paper.title))
        torn = entry.rows[-1].number == len(page.lines) and not page.text.endswith("\n") and not said.abstract
        whole = dry or said.venue in (said.title, *known)
        known.add(said.venue)
        if not (said.people or said.venue) or (torn and not whole):
            last = entry.rows[-1]
            yield Problem(page.name, last.number, f"the page is cut off within this record: {last.text[:80]!r}")
            continue
        record = _record(said, entry.year or paper.year, paper)
        if record.paper.type == "proceedings" and not said.venue:
            paper = replace(paper, title=record.paper.title, year=record.paper.year)
        yield record


def _same(one: str, other: str) -> bool:
    return fold(_plain(one)) == fold(other)


def _record(said: _Said, year: int | None, volume: Paper) -> Record:
    """The paper of an entry, or the volume itself, whose people are its editors."""
    venue = said.venue or volume.title
    people = _people(said.people)
    own = _same(said.title, venue) if venue else _PROCEEDINGS.match(said.title) is not None
    if own:
        whole = replace(volume, type="proceedings", title=said.title, editors=people, year=year or _year_in(said.title))
        return Record(replace(whole, abstract=said.abstract), said.line)
    common = Paper(
        title=said.title,
        authors=people,
        year=year or _year_in(venue),
        date=volume.date,
        publisher=volume.publisher,
        abstract=said.abstract,
    )
    journal = _JOURNAL.fullmatch(venue)
    if not journal:
        return Record(replace(common, type="inproceedings" if venue else "misc", venue=venue), said.line)
    dated = _MONTH_AND_YEAR.fullmatch(journal["rest"])
    month = dates.month_number(dated["month"]) if dated and dated["month"] else 0
    rest = "" if dated else journal["rest"].strip(" ,:–-")
    return Record(
        replace(
            common,
            type="article",
            venue=journal["name"],
            volume=journal["volume"],
            number=journal["number"] or "",
            date=dates.make(int(dated["year"]), month) if dated and month else volume.date,
            fields={"issuetitle": rest} if rest else {},
        ),
        said.line,
    )


def _year_in(text: str) -> int | None:
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    return int(years[-1]) if years else None


def _event_year(head: Sequence[str]) -> int | None:
    """The year behind an event's name: `… Computational Linguistics (2023)`."""
    return next((int(match[1]) for line in head if (match := re.search(r"\(((?:19|20)\d\d)\)$", line))), None)


def _head(head: Sequence[str]) -> Record | None:
    """The volume that the head of its own page describes, None on other pages."""
    filled = [(number, line) for number, line in enumerate(head, start=1) if line]
    said = _details([line for _, line in filled])
    if "Anthology ID" not in said:
        return None
    first = next(n for n, (_, line) in enumerate(filled) if line.startswith("Anthology ID"))
    editors = next((n for n, (_, line) in enumerate(filled[:first]) if _EDITORS.fullmatch(line)), None)
    at = editors if editors is not None else first
    if not at:
        return None
    number, title = filled[at - 1]
    people = _EDITORS.fullmatch(filled[at][1]) if editors is not None else None
    year = int(said["Year"]) if _YEAR.fullmatch(said.get("Year", "")) else _year_in(title)
    month = dates.month_number(re.split(r"[-–/ ]", said.get("Month", ""))[0])
    paper = Paper(
        type="proceedings",
        title=_plain(title.lstrip("# ")),
        editors=tuple(map(names.person, names.split_list(people["people"])[0])) if people else (),
        year=year,
        date=dates.make(year, month) if month else "",
        publisher=said.get("Publisher", ""),
        doi=ids.doi(said.get("DOI", "")),
        isbn=said.get("ISBN", ""),
        url=said.get("URL", ""),
        fields={"address": said["Address"]} if said.get("Address") else {},
    )
    return Record(paper, number)


def _details(filled: Sequence[str]) -> dict[str, str]:
    """What the table on the page of a volume or a paper says, by its names."""
    said: dict[str, str] = {}
    for line, below in zip(filled, [*filled[1:], ""], strict=False):
        match = _DETAIL.fullmatch(line)
        if match and match["name"] in _DETAILS:
            said.setdefault(match["name"], match["value"] or ("" if _DETAIL.fullmatch(below) else below))
    return said


def _without_buttons(lines: Sequence[str]) -> Iterator[Record]:
    """The one paper of its own page, or the volumes of a venue's."""
    paper = _alone(lines)
    if paper:
        yield paper
    else:
        yield from _listed(lines)


def _alone(lines: Sequence[str]) -> Record | None:
    """The paper of its own page: title and people above its abstract, and a table with its volume and its pages."""
    filled = [(number, line) for number, line in enumerate(lines, start=1) if line]
    texts = [line for _, line in filled]
    said = _details(texts)
    table = next((n for n, line in enumerate(texts) if line.startswith("Anthology ID")), 0)
    top = next((n for n, line in enumerate(texts[:table]) if line == "Abstract"), table)
    if top < 2 or not said.get("Volume"):
        return None
    number, title = filled[top - 2]
    people = " | ".join(names.split_list(texts[top - 1])[0])
    year = int(said["Year"]) if _YEAR.fullmatch(said.get("Year", "")) else None
    month = dates.month_number(re.split(r"[-–/ ]", said.get("Month", ""))[0])
    volume = Paper(publisher=said.get("Publisher", ""), date=dates.make(year, month) if year and month else "")
    parts = _Said(_plain(title.lstrip("# ")), number, people, _plain(said["Volume"]), " ".join(texts[top + 1 : table]))
    record = _record(parts, year, volume)
    pages = said.get("Pages", "").replace("–", "-")
    paper = replace(record.paper, doi=ids.doi(said.get("DOI", "")), url=said.get("URL", ""), pages=pages)
    return replace(record, paper=paper)


def _listed(lines: Sequence[str]) -> Iterator[Record]:
    """The volumes that a venue's page lists below its years, each with the number of its papers."""
    year: int | None = None
    above = (0, "")
    for number, line in enumerate(lines, start=1):
        match = _LISTED.fullmatch(line) if len(line) <= _VENUE_MAX + 20 else None
        if heading := _YEAR.fullmatch(line):
            year = int(heading["year"])
        elif match and year and (match["title"] or above[1]):
            line_of, title = (number, match["title"]) if match["title"] else above
            yield Record(Paper(type="proceedings", title=_plain(title), year=year), line_of)
            above = (0, "")
            continue
        if line:
            above = (number, "" if heading or len(line) > _VENUE_MAX else line)
