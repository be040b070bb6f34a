"""A researcher's homepage in the usual template: title, authors, venue line, link labels, description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from litcli import names, venues
from litcli.importers import venue_line
from litcli.importers.venue_line import VenueLine
from litcli.page import Page
from litcli.paper import GUESSED, Paper, Problem, Record
from litcli.text import clean, fold

# --- headings ---------------------------------------------------------------------------------------------


class _Section(Enum):
    """What a page has under a heading: papers; things of which some may be papers; what never is one."""

    PAPERS = "papers"
    THINGS = "things"
    OTHER = "other"


_NOUNS = {
    _Section.PAPERS: """
        publication publications papers preprints article articles research manuscript manuscripts book books chapters
        chapter thesis theses reports conference conferences journals workshop workshops bibliography survey surveys
        micropapers
        publikationen veröffentlichungen aufsätze publicaciones pubblicazioni publicações artículos
        论文 发表论文 学术论文 代表论文 代表性论文 论文发表 学术成果 研究成果 著作
    """,
    _Section.THINGS: """
        projects software resource resources datasets benchmarks libraries packages tools misc miscellanea miscellaneous
    """,
    _Section.OTHER: """
        news update updates announcements press media blog posts talks presentations lecture lectures seminar seminars
        keynotes tutorials teaching course courses service services reviewing
        activities education experience experiences internships internship employment positions appointments student
        students mentoring mentees supervision advising alumni group team people contact about me bio biography cv
        award awards honor honors honour honours scholarships fellowships grant grants funding hobbies interests patent
        patents skills personal memberships committees organization organisation organizing organising community
        outreach blogposts events travel references timeline visitors coverage
        lehre vorträge aktuelles enseignement exposés docencia 教学 新闻 动态 获奖 荣誉 学术服务 教育经历 工作经历 报告
    """,
}
"""What headings call their sections; a word that is also a link's label (`Code`, `Talk`) heads none."""
_KINDS = {noun: section for section, nouns in _NOUNS.items() for noun in nouns.split()}
_ADJECTIVES = frozenset(
    """
    latest recent selected invited recorded professional academic open-source opensource featured highlighted past
    current representative upcoming full list of my some other all working key main peer-reviewed refereed international
    keynote technical book work scientific public honorary graduate conference journal workshop industry research
    teaching most notable additional earlier
    """.split()
)
_AND = re.compile(r"\s*(?:&|/|,|\||\band\b|\bund\b|\bet\b|\by\b)\s*", re.IGNORECASE)
_PAPERS = re.compile(
    r"(?:[\w-]+ ){0,4}(?:publications|papers|preprints|articles|works|manuscripts|selected work|recent work|"
    r"publication list|(?:book )?chapters(?: in [\w ]+)?|under review|in submission|(?:work )?in progress|"
    r"in preparation)"
    r"(?: (?:&|and) (?:[\w-]+ ){0,2}\w+| by (?:year|date|topic|type))?",
    re.IGNORECASE,
)
"""Any other heading whose noun is one for papers: `Workshop Papers`, `Selected Work`, `Publications & Preprints`."""
_YEAR = re.compile(r"\W*(?:year )?(?P<year>(?:19|20)\d\d)(?: \(\d+(?: \w+)?\))?\W*", re.IGNORECASE)
_HEADING_MAX = 60
_BADGE_MAX = 30


def _section(lines: list[str], at: int) -> _Section | None:
    """What stands under a line, where it is a heading."""
    line = lines[at]
    if not line or len(line) > _HEADING_MAX or line.endswith((".", "?", "!", ",")):
        return None
    heading = re.sub(r"\s*[(\[][^()\[\]]*[)\]]\W*$", "", line)
    heading = re.sub(r"^\W+|\W+$", "", heading)
    kinds = [_kind(part) for part in _AND.split(heading)]
    if not kinds[0]:
        kinds = [_Section.PAPERS] if _PAPERS.fullmatch(heading) else []
    if not kinds or _is_title(lines, at):
        return None
    return _Section.PAPERS if _Section.PAPERS in kinds else kinds[0]


def _is_title(lines: list[str], at: int) -> bool:
    """Whether authors stand below a line that reads like a heading: `Summarizing Scientific Papers`, `News`."""
    line = lines[at + 1] if at + 1 < len(lines) else ""
    if not line or not _is_author_line(line):
        return False
    return _certain(lines, at + 2) is not None or ("," in line and " " in lines[at])


def _kind(text: str) -> _Section | None:
    """The section that a noun stands for, whatever adjectives it has before it."""
    *before, noun = text.lower().split() or [""]
    return _KINDS.get(noun) if _ADJECTIVES.issuperset(before) else None


# --- kinds of lines ---------------------------------------------------------------------------------------

_LABEL_WORDS = frozenset(
    """
    pdf paper arxiv biorxiv ssrn doi openreview anthology acl preprint journal publisher published version ungated html
    code github git repo project page website web webpage homepage demo demos slides slide poster video videos talk
    recording data dataset datasets benchmark bib bibtex cite citation abs abstract hf hugging face huggingface twitter
    x thread tweet link links appendix online notebook colab leaderboard software proceedings tutorial short full
    spotlight podcast summary library package toolkit python r si review reviews pubmed pmc interactive app
    visualization explainer weights checkpoint checkpoints more wiki extended
    """.split()
)
_LABEL_OPENINGS = frozenset("blog code data dataset datasets supp supplement model models media press news".split())
"""Words that a label begins with, whatever it goes on to name: `blog on OpenMOSS`."""
_LABEL_STEMS = ("suppl", "replicat")
_READABLE = frozenset("pdf paper arxiv biorxiv ssrn doi openreview anthology preprint journal bib bibtex html".split())
"""Labels that a paper has, and a talk or a course has not."""
_LABEL_SEPARATOR = re.compile(r"\s*[/|·•,]\s*|\s*\]\s*\[?\s*|\s*\[\s*")
_LIST_MAX = 8
"""Lines that a list of people takes at the most."""
_LIST_HEAD = 200
_LABELS_MAX, _LABEL_MAX = 200, 40
_SIGNS = ("/", "|", "·", "•")
_LABELS_BEGIN = re.compile(r"\s+[/|·•]\s+|\s*(?=[\[(])")
_BULLET = re.compile(r"^(?:[•▪◦‣*–-]|\[\w{1,4}\]|\d{1,3}[.)])\s+")
_AFFILIATION = re.compile(
    r"\b(?:universit\w*|institut\w*|laborator\w+|college|school|department|academy|research|google|microsoft|meta|inc\.?)\b",
    re.IGNORECASE,
)
_GAP = re.compile(r"(?:^|[,;])[\s*†‡]*[,;]")
"""A place in a list of people where nobody stands: the scripts of some pages write the names."""
_EQUAL = re.compile(r"\W*(?:equal|joint|co-?first|corresponding)\b.{0,60}", re.IGNORECASE)
_FOOT = re.compile(
    r"jon barron'?s?\b.*(?:website|template)|\bequal contribution\b|source code (?:from|of|is)|"
    r"website (?:source|template)|"
    r"^(?:last )?(?:updated|modified)\b|^©|^\(c\) \d|^copyright\b|template (?:from|by|borrowed|adapted)|powered by|"
    r"this (?:web)?(?:site|page) (?:is|was) |^design(?:ed)? (?:and|by)\b|feel free to steal",
    re.IGNORECASE,
)
"""The template's own words, below its papers and between them."""
_TEMPLATE = re.compile(r"jon barron'?s? website|\bequal contribution\b|source code from", re.IGNORECASE)
_BROKEN = re.compile(r"\b(?:a|an|and|at|by|for|from|in|of|on|or|the|through|to|under|using|via|with)$")
_SENTENCE_END = (".", "!", "?", "…", ":", ";", "。")
_TITLE_MAX = 300


# What kind of line one is, is asked from several lines around it.
_nearby = lru_cache(maxsize=512)


@_nearby
def _labels(line: str) -> tuple[str, ...]:
    """The link labels of a line; none where it is not one of them, known or, beside a known one, short."""
    if not line or len(line) > _LABELS_MAX or line.endswith(_SENTENCE_END):
        return ()
    labels = tuple(label for label in _LABEL_SEPARATOR.split(line) if label)
    plain = sum(map(_is_label, labels))
    if len(labels) < 2 or plain == len(labels):
        return labels if plain else ()
    known = plain + sum(map(_opens_like_a_label, labels))
    return labels if known * 2 >= len(labels) and all(len(label) <= _LABEL_MAX for label in labels) else ()


def _is_label(label: str) -> bool:
    words = re.findall(r"[^\W\d_]+", label.lower())
    return 0 < len(words) < 12 and all(word in _LABEL_WORDS or word.startswith(_LABEL_STEMS) for word in words)


def _opens_like_a_label(label: str) -> bool:
    return not _is_label(label) and label.lower().partition(" ")[0] in _LABEL_OPENINGS


@_nearby
def _apart(line: str) -> tuple[str, str]:
    """A line without the labels that end it, and these: `CoRL 2022 / Video / Paper`, `ICML, 2025 [pdf] [code]`."""
    if len(line) <= venue_line.MAX:
        for match in _LABELS_BEGIN.finditer(line, 1):
            behind = line[match.end() :].replace("(", "[").replace(")", "]")
            labels = _labels(behind)
            first = labels[0] if labels else ""
            if (_is_label(first) or _opens_like_a_label(first)) and not venue_line.is_distinction(first):
                return line[: match.start()], behind
    return line, ""


@_nearby
def _is_author_line(line: str) -> bool:
    """Whether a line is a list of people; one name alone is one."""
    if len(line) > 3000 or line.endswith("?"):
        return False
    people, cut = names.split_list(line)
    if len(people) == 1 and line.endswith(".") and not cut and people[0].endswith("."):
        last = line.rsplit(maxsplit=1)[-1]
        return names.is_initials(last) or names.is_suffix(last)
    good = sum(names.looks_like_name(name) or (len(people) > 1 and _is_other_author(name)) for name in people)
    return bool(people) and good * 5 >= len(people) * 4


def _is_other_author(name: str) -> bool:
    """Whether a piece of a list can be somebody although it is no name in Latin letters."""
    return names.is_organisation(name) or names.is_cjk_name(name)


# --- records ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading by its index."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class _Found:
    """What the lines of a record say, from its title's by index to behind its labels.

    `sure` is whether its form is the template's; `counts` whether it stands where papers do; `badge` is the short line
    above the title that some pages have there.
    """

    start: int
    end: int
    title: str
    authors: str
    venue: VenueLine
    labels: str = ""
    affiliation: str = ""
    sure: bool = True
    counts: bool = True
    badge: str = ""


def _scan(lines: list[str]) -> Iterator[_Heading | _Found]:
    """The headings and the records of a page, in its order."""
    section: _Section | None = None
    year: int | None = None
    read = _authors_first if _has_authors_first(lines) else _record
    floor = at = 0
    while at < len(lines):
        heading = _section(lines, at)
        counted = _year_heading(lines, at)
        if heading or counted:
            section, year = heading or section, counted
            yield _Heading(at, lines[at])
            floor = at + 1
        elif lines[at]:
            found = read(lines, floor, at, section)
            if found:
                badge = _badge(lines, floor, found.start)
                told = _placed(found.venue, badge)
                yield replace(found, venue=told if told.year else replace(told, year=year), badge=badge)
                at = floor = found.end
                continue
        at += 1


def _year_heading(lines: list[str], at: int) -> int | None:
    match = _YEAR.fullmatch(lines[at]) if len(lines[at]) < _HEADING_MAX else None
    return int(match["year"]) if match and not _is_title(lines, at) else None


def _record(lines: list[str], floor: int, at: int, section: _Section | None) -> _Found | None:
    """The record whose authors begin in line `at`, and that begins no higher than `floor`."""
    top = _top_of_title(lines, floor, at)
    if top is None:
        return None
    title = " ".join(lines[top:at])
    opens = top == floor or not lines[top - 1]
    end = _end_of_authors(lines, at)
    if end:
        found = _below(lines, end, _Found(top, end, title, " ".join(lines[at:end]), VenueLine()))
        if found.venue.is_certain:
            return found if _counts(found, section) else replace(found, counts=False)
        if swapped := _venue_first(lines, floor, at, end, section):
            return swapped
        if section is _Section.PAPERS and opens and _is_list(found.authors):
            return found
    # By its place alone: a line between a title and a venue line with labels below it.
    alone = opens and at == top + 1 and section in (None, _Section.PAPERS) and len(lines[at]) < _LABELS_MAX
    if alone and at + 1 < len(lines) and lines[at + 1]:
        found = _below(lines, at + 1, _Found(top, at + 1, title, lines[at], VenueLine()))
        if found.labels and found.venue.is_certain:
            people, cut = names.split_list(lines[at])
            return replace(found, sure=cut or all(map(names.is_organisation, people)))
    return None


def _venue_first(lines: list[str], floor: int, at: int, end: int, section: _Section | None) -> _Found | None:
    """The record whose authors, the lines from `at` to before `end`, stand below the venue instead of above it."""
    venue = _certain(lines, at - 1) if section in (None, _Section.PAPERS) else None
    top = _top_of_title(lines, floor, at - 1) if venue and at - 1 > floor else None
    if venue is None or top is None or not (top == floor or not lines[top - 1]):
        return None
    found = _Found(top, end, " ".join(lines[top : at - 1]), " ".join(lines[at:end]), venue)
    end, labels = _read_labels(lines, end, [_apart(lines[at - 1])[1]])
    return replace(found, end=end, labels=labels)


def _has_authors_first(lines: list[str]) -> bool:
    """Whether most records of a page have their authors above their titles."""
    above = below = 0
    for at in range(2, len(lines)):
        if lines[at] and lines[at - 1] and lines[at - 2] and _is_list(lines[at - 2]) != _is_list(lines[at - 1]):
            is_above = _is_list(lines[at - 2]) and (at == 2 or not lines[at - 3])
            if (is_above or _is_list(lines[at - 1])) and _certain(lines, at):
                above, below = above + is_above, below + (not is_above)
    return above > below


def _authors_first(lines: list[str], floor: int, at: int, section: _Section | None) -> _Found | None:
    """The record that begins with its authors in line `at`, above its title; on other pages see `_record`."""
    top = _end_of_authors(lines, at) if at == floor or not lines[at - 1] else None
    if top is None or top >= len(lines) or not lines[top]:
        return None
    end = next((n for n in range(top + 1, min(top + 4, len(lines))) if not lines[n] or _certain(lines, n)), len(lines))
    title = " ".join(lines[top:end])
    if end == len(lines) or not lines[end] or len(title) > _TITLE_MAX:
        return None
    found = _below(lines, end, _Found(at, end, title, " ".join(lines[at:top]), VenueLine()))
    return found if _counts(found, section) else replace(found, counts=False)


def _badge(lines: list[str], floor: int, top: int) -> str:
    """The short line that opens the block of a title which begins in line `top`: `NeurIPS`, `CVPR 2024`."""
    at = top - 1
    if at < floor or (at > floor and lines[at - 1]) or len(lines[at]) > _BADGE_MAX:
        return ""
    line = lines[at]
    is_label = _labels(line) and not venues.is_preprint(line)
    return "" if is_label or line.endswith(_SENTENCE_END) or len(line.split()) > 3 else line


def _placed(venue: VenueLine, badge: str) -> VenueLine:
    """What a venue line says, and a badge where it does not."""
    told = venue_line.read(badge) if badge and not (venue.venue and venue.year) else None
    return replace(venue, venue=venue.venue or told.venue, year=venue.year or told.year) if told else venue


def _counts(found: _Found, section: _Section | None) -> bool:
    """Whether a record is a paper where it stands: among things, only with several authors and a link to read it."""
    if section is _Section.THINGS:
        return "," in found.authors and not _READABLE.isdisjoint(re.findall(r"\w+", found.labels.lower()))
    return section is not _Section.OTHER


@_nearby
def _is_list(authors: str) -> bool:
    """Whether a line can be nothing but a list of people: two or more, all with names."""
    people, _ = names.split_list(authors)
    return len(people) > 1 and all(names.looks_like_name(name) or _is_other_author(name) for name in people)


def _top_of_title(lines: list[str], floor: int, at: int) -> int | None:
    """The first line of the title that ends above line `at`: up to three lines where they open a block."""
    top = at - 1
    if top < floor or not lines[top] or len(lines[top]) > _TITLE_MAX:
        return None
    opens = top == floor or not lines[top - 1]
    if _labels(lines[top]) if not opens else len(_labels(lines[top])) > 1:
        return None
    if lines[top].endswith(".") and not opens:
        return None  # the end of a description
    start = top
    while start > max(floor, top - 2) and _goes_on(lines[start - 1], lines[start]):
        start -= 1
    # More than three lines that go on are prose.
    is_whole = start == floor or not _goes_on(lines[start - 1], lines[start])
    return start if is_whole and sum(map(len, lines[start:at])) <= _TITLE_MAX else top


def _goes_on(line: str, following: str) -> object:
    """Whether a title can go on from one line to the next: it broke off in its middle, or where the line was full."""
    if not line or len(line) > _TITLE_MAX // 2 or line.endswith((".", "!", "?", "…", ";")) or _labels(line):
        return False
    return len(line) > 30 or line.endswith((":", ",", "-", "–")) or following[:1].islower() or _BROKEN.search(line)


def _end_of_authors(lines: list[str], at: int) -> int | None:
    """Behind which line the list of people ends that begins in line `at`; it may go on over several lines."""
    if not _may_begin_list(lines[at]):
        return None
    end = at + 1
    while end < min(len(lines), at + _LIST_MAX) and lines[end] and _list_goes_on(lines[end - 1], lines[end]):
        if _certain(lines, end):
            break
        end += 1
    return next((stop for stop in (end, at + 1) if _names_somebody(" ".join(lines[at:stop]))), None)


def _names_somebody(text: str) -> bool:
    return _is_author_line(text) and any(map(_is_somebody, names.split_list(text)[0]))


def _is_somebody(name: str) -> bool:
    return names.looks_like_name(name) or names.is_cjk_name(name)


@_nearby
def _may_begin_list(line: str) -> bool:
    """Whether somebody is among the first of a line, as in no line of prose with commas."""
    return any(map(_is_somebody, names.split_list(line[:_LIST_HEAD])[0][:3]))


def _list_goes_on(line: str, following: str) -> bool:
    """Whether a list of people breaks off at the end of a line: behind a comma, or within a name."""
    if line.endswith((",", " and", "&", ";")) or following.startswith(("and ", "& ")):
        return True
    *whole, last = line.rsplit(", ", 1)
    broken = last and (" " not in last or names.is_initials(last.rsplit(" ", 1)[1])) and not names.is_organisation(last)
    return bool(whole and broken) and not _labels(following)


def _below(lines: list[str], at: int, found: _Found) -> _Found:
    """A record with what stands below its authors: affiliation, venue, distinctions, labels."""
    line = lines[at] if at < len(lines) else ""
    affiliation = ""
    if _EQUAL.fullmatch(line) or (
        _AFFILIATION.search(line) and _certain(lines, at) is None and _certain(lines, at + 1)
    ):
        affiliation = "" if _EQUAL.fullmatch(line) else line
        at += 1
    venue = _certain(lines, at) or _bare(lines, at)
    behind = _apart(lines[at])[1] if venue else ""
    at += venue is not None
    said = []
    while venue and at < len(lines) and (_is_said(lines[at]) or _identifiers(lines[at])):
        known = _identifiers(lines[at])
        if known:
            venue = replace(venue, arxiv=venue.arxiv or known.arxiv, doi=venue.doi or known.doi)
        else:
            said.append(lines[at].strip("()[] "))
        at += 1
    at, labels = _read_labels(lines, at, [behind])
    while labels and at < len(lines) and venue_line.is_distinction(lines[at]) and not _is_title(lines, at):
        said.append(lines[at])
        at += 1
    kept = replace(venue, said=(*venue.said, *said)) if venue else VenueLine()
    return replace(found, end=at, venue=kept, labels=labels, affiliation=affiliation, sure=venue is not None)


def _read_labels(lines: list[str], at: int, labels: list[str]) -> tuple[int, str]:
    """The index behind the lines of labels that begin at `at`, and these labels behind some others."""
    labels = [label for label in labels if label]
    while at < len(lines) and (_labels(lines[at]) or (labels and lines[at] in _SIGNS)):
        labels.append(lines[at])
        at += 1
    return at, " / ".join(labels)


def _certain(lines: list[str], at: int) -> VenueLine | None:
    """The venue line of index `at`, if its form says that it is one."""
    line = _apart(lines[at])[0] if at < len(lines) else ""
    venue = venue_line.read(line) if line else None
    if (
        venue is None
        or not venue.is_certain
        or (_is_author_line(line) and not (venue.year or venue.arxiv or venue.pending))
    ):
        return None
    return venue


def _bare(lines: list[str], at: int) -> VenueLine | None:
    """The venue line of index `at`, told by its place alone: a short line before labels, or alone below the authors."""
    line, labels = _apart(lines[at]) if at < len(lines) else ("", "")
    following = labels or (lines[at + 1] if at + 1 < len(lines) else "")
    if not line or len(line) > _LABELS_MAX // 2 or line.endswith(_SENTENCE_END) or _labels(line):
        return None
    if following and not _labels(following):
        return None
    # `Nature Astronomy` reads like a name.
    is_name = _is_author_line(line) and (not following or len(names.split_list(line)[0]) > 1)
    return None if is_name and venues.entry_type(line) == "misc" else venue_line.read(line)


def _identifiers(line: str) -> VenueLine | None:
    """What a line says that holds nothing but a DOI or an arXiv identifier."""
    found = venue_line.read(line) if "10." in line or "arxiv" in line.lower() else None
    return found if found and (found.doi or found.arxiv) and found.venue in ("", "arXiv") else None


def _is_said(line: str) -> bool:
    """Whether a line is nothing but a distinction: `(Oral)`, `Best Paper Award`."""
    if not line or len(line) > _LABELS_MAX // 2:
        return False
    return bool(re.fullmatch(r"\([^()]*\)|\[[^\[\]]*\]", line) and not _labels(line)) or venue_line.is_distinction(line)


def detect(page: Page) -> bool:
    """A heading for papers or the template's own words, and a record; or two records with their labels."""
    lines = page.lines
    marked = any(_section(lines, at) is _Section.PAPERS for at in range(len(lines))) or any(
        map(_TEMPLATE.search, lines)
    )
    labelled = 0
    for found in _scan(lines):
        if isinstance(found, _Found) and found.counts and found.venue.is_certain:
            labelled += bool(found.labels)
            if marked or labelled > 1:
                return True
    return False


# --- the page ---------------------------------------------------------------------------------------------


def parse(page: Page) -> Iterator[Record | Problem]:
    """The papers of the page, in its order, each with the description below it.

    What only looks like a paper, and what stands below a paper and is no description, is told.
    """
    lines = page.lines
    marks = list(_scan(lines))
    left: list[int] = []
    elsewhere: list[tuple[str, int]] = []
    heading = ""
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        if isinstance(mark, _Heading):
            heading = heading if _YEAR.fullmatch(mark.text) else mark.text
            continue
        if not mark.counts:
            elsewhere.append((heading, mark.start + 1))
            continue
        limit = _first(following) if following else len(lines)
        below = list(range(mark.end, limit))
        if following is None and not page.text.endswith("\n") and _is_torn([lines[at] for at in below]):
            yield Problem(page.name, limit, f"the page is cut off within this record: {lines[limit - 1][:80]!r}")
            below.pop()
        abstract, rest = _description(lines, below)
        left += rest
        if not mark.sure:
            told = "no line with venue and year follows"
            yield Problem(page.name, mark.start + 1, f"{told}; the entry is tagged {GUESSED!r}: {mark.title[:80]!r}", 0)
        yield _paper(mark, abstract)
    for name in dict.fromkeys(name for name, _ in elsewhere):
        found = [line for heading, line in elsewhere if heading == name]
        yield Problem(page.name, found[0], f"under {name!r}, so not taken for papers: {_titles(lines, found)}", 0)
    if left:
        yield Problem(page.name, left[0], f"no part of a paper, and left out: {_titles(lines, left)}", 0)


def _first(mark: _Heading | _Found) -> int:
    """The index of the first line of a heading or a record, its badge included."""
    return mark.start - bool(isinstance(mark, _Found) and mark.badge)


def _titles(lines: list[str], numbers: list[int]) -> str:
    """The first of some lines, and how many more there are."""
    told = repr(lines[numbers[0] - 1][:80])
    return told + (f" and {len(numbers) - 1} more" if len(numbers) > 1 else "")


def _is_torn(below: list[str]) -> bool:
    """Whether the lines below a page's last record end in a piece of the next title."""
    text = [line for line in below if line]
    return len(text) > 1 and not below[-2] and len(below[-1]) < 200 and not below[-1].endswith(_SENTENCE_END)


def _description(lines: list[str], below: list[int]) -> tuple[str, list[int]]:
    """The paragraphs below a record, by the indices of their lines, and the numbers of the lines that are none.

    A short line without the end of a sentence, behind a paragraph, begins something else.
    """
    paragraphs: list[list[int]] = [[]]
    for at in below:
        if not lines[at]:
            paragraphs.append([])
        elif not _FOOT.search(lines[at]):
            paragraphs[-1].append(at)
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    texts = [clean(" ".join(lines[at] for at in paragraph)) for paragraph in paragraphs]
    end = next((n for n, text in enumerate(texts) if _begins_something(text) and (n or text.istitle())), len(texts))
    return "\n\n".join(texts[:end]), [at + 1 for paragraph in paragraphs[end:] for at in paragraph]


def _begins_something(text: str) -> bool:
    return len(text) <= _HEADING_MAX and not text.endswith((*_SENTENCE_END, '"', "”", ")"))


def _paper(found: _Found, abstract: str) -> Record:
    venue = found.venue
    people, cut = names.split_list(clean(found.authors))
    awards = [] if venue.pending else [part.strip() for said in venue.said for part in said.split(",")]
    kind = venues.entry_type(venue.venue)
    kind = "article" if kind == "misc" and "volume" in venue.locator else kind
    place = _house(venue.venue) if kind in ("phdthesis", "mastersthesis") else ("", venue.venue)
    extra = {
        "addendum": ", ".join(venue.said),
        "labels": found.labels,
        "affiliation": found.affiliation,
        "badge": found.badge if found.badge not in (venue.venue, str(venue.year)) else "",
    }
    paper = Paper(
        type=kind,
        title=_without_stop(clean(_BULLET.sub("", found.title))),
        authors=tuple(map(names.person, people)),
        et_al=cut or _GAP.search(found.authors) is not None,
        year=venue.year,
        date=venue.date,
        venue=place[1],
        institution=place[0],
        arxiv=venue.arxiv,
        doi=venue.doi,
        abstract=abstract,
        fields={name: value for name, value in extra.items() if value},
        volume=venue.locator.get("volume", ""),
        number=venue.locator.get("number", ""),
        pages=venue.locator.get("pages", ""),
    )
    tags = {fold(award) for award in awards if award} | ({GUESSED} if not found.sure else set())
    return Record(paper, found.start + 1, tuple(sorted(tags)))


def _without_stop(title: str) -> str:
    """A title without a full stop at its end, which `etc.` and `U.S.` keep."""
    last = title.rsplit(maxsplit=1)[-1] if title else ""
    return title if last.count(".") > 1 or last in ("etc.", "al.", "vs.", "Inc.") else title.removesuffix(".")


def _house(venue: str) -> tuple[str, str]:
    """The institution of a thesis, and its venue where none is named: `PhD Thesis, MIT`."""
    what, comma, house = venue.partition(",")
    return (house.strip(), "") if comma and house.strip() else ("", what)
