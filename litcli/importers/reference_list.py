"""The references at a paper's end, in the usual styles: `[12] A. Author and B. Author. Title. Venue, year.`

A list is cut into entries, by labels, blank lines or indents; an entry into its authors, its title and the rest, which
holds the venue. Identifiers are taken out first, since their points and commas mean nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from litcli import dates, ids, names, venues
from litcli.page import Page
from litcli.paper import GUESSED, Paper, Person, Problem, Record
from litcli.text import clean, fold, squeeze

# --- the list ---------------------------------------------------------------------------------------------

_HEADING = re.compile(
    r"(?:#{1,6} ?)?\**(?:\d{1,2}\.? |[IVX]{1,5}\. )?(?:references?(?: cited| list)?|list of references|bibliography|"
    r"works cited|literature(?: cited)?|literatur(?:verzeichnis)?|r[ée]f[ée]rences(?: bibliographiques)?|bibliographie|"
    r"bibliografía|referencias|参考文献|參考文獻)\**:?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:#{1,6} ?)?(?:[A-Z]\.?\d? )?(?i:appendix|appendices|supplementary|supplemental|acknowledge?ments?|checklist|"
    r"author contributions?|about the authors?|biograph(?:y|ies))\b.{0,60}|[A-H] [A-Z][a-z].{2,60}(?<![.,;])|#{1,6} .+"
)
"""The heading of what follows a list."""
_AFTER_MAX = 90
"""Characters of such a heading."""
_LABELS = (
    re.compile(r"\[(?P<n>\d{1,4})\](?: |$)"),
    re.compile(r"(?P<n>\d{1,4})\.(?: |$)"),
    re.compile(r"\((?P<n>\d{1,3})\)(?: |$)|(?P<m>\d{1,3})\)(?: |$)"),
    re.compile(r"\[(?:[^\W\d_][\w+]{0,12}\d\d[a-z]?|[^\W\d_][^\[\]]{1,80}[ ,(]\d{4}[a-z]?\)?)\](?: |$)"),
    re.compile(r"[-•*–‣] (?=\S)"),
)
"""What may stand before an entry: `[12]`, `12.`, `(12)`, `[ABC+20]` or `[Author et al., 2020]`, a bullet."""
_NUMBERED = 3
"""How many of the labels are numbers, which rise."""
_GAP = 3
"""Numbers that may be missing where they have no brackets of their own and so may be any at a line's beginning."""
_FURNITURE = re.compile(
    r"\d{1,3}|page \d+(?: of \d+)?|- ?\d+ ?-|published as a conference paper at .*|"
    r"(?:under review|accepted) (?:as|at|by) .*|"
    r"preprint\. (?:under review|work in progress).*|arxiv:\d{4}\.\d{4,5}v\d+ .*|[^\W\d_]\w+ et al\.?(?: \d{1,4})?",
    re.IGNORECASE,
)
"""The head or the foot of a page that stands within a list."""
_REPEATED = 3
"""How often a short line stands on the pages whose head it is."""
_ENDED = (".", ")", "]", "/", "”")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the list by its number: whether a blank one or a new page stands above it, and its indent."""

    number: int
    text: str
    apart: bool
    turned: bool
    indented: bool


@dataclass(frozen=True, slots=True)
class _List:
    """A list that a page holds, by lines: where its heading or first entry stands, its entries, the heads of pages
    between them, and where something else begins below, 0 for nowhere.
    """

    start: int
    headed: bool
    entries: tuple[tuple[int, str], ...]
    furniture: tuple[int, ...]
    end: int


def _lists(page: Page) -> Iterator[_List]:
    """The lists below the headings of a page; without one, what rising labels begin."""
    lines = page.lines
    shapes = Counter(map(_shape, filter(_has_shape, lines)))
    headings = [at for at, line in enumerate(lines) if 0 < len(line) < 40 and _HEADING.fullmatch(line)]
    for heading, limit in zip(headings, [*headings[1:], len(lines)], strict=False):
        yield _list(page, shapes, heading + 1, limit, _first_label(lines[heading + 1 : limit]), headed=True)
    label = None if headings else _rising_label(lines)
    if label:
        begin = next(at for at, line in enumerate(lines) if label.match(line))
        yield _list(page, shapes, begin, len(lines), label, headed=False)


def _has_shape(line: str) -> bool:
    """Whether a line may be a page's head or foot; a line of digits alone may be the end of an entry: `2019.`"""
    return len(line) < 100 and _WORD.search(line) is not None


def _shape(line: str) -> str:
    """What a page's head is but for the number of the page."""
    return re.sub(r"\d+", "0", line)


def _list(
    page: Page, shapes: Mapping[str, int], begin: int, limit: int, label: re.Pattern[str] | None, *, headed: bool
) -> _List:
    """The list between two line indices, whose entries have the label, if any; `shapes` says which lines come often."""
    end = next((at for at in range(begin, limit) if _ends(page.lines, at, label)), limit)
    rows, furniture = _rows(page, shapes, begin, end, label)
    blocks = _labelled(rows, label) if label else _unlabelled(rows)
    words = _vocabulary(row.text for row in rows)
    entries = tuple((block[0].number, _joined([row.text for row in block], words)) for block in blocks)
    return _List(begin if headed else begin + 1, headed, entries, furniture, end + 1 if end < limit else 0)


def _first_label(lines: Sequence[str]) -> re.Pattern[str] | None:
    first = next(filter(None, lines), "")
    return next((label for label in _LABELS if label.match(first)), None)


def _rising_label(lines: Sequence[str]) -> re.Pattern[str] | None:
    """The label that stands before several lines, its numbers in their order."""
    for label in _LABELS[:-1]:
        numbers = [_number(match) for line in lines if (match := label.match(line))]
        if len(numbers) > 1 and (numbers[1] > numbers[0] or label not in _LABELS[:_NUMBERED]):
            return label
    return None


def _number(match: re.Match[str]) -> int:
    said = match.groupdict()
    return int(said.get("n") or said.get("m") or 0)


def _ends(lines: Sequence[str], at: int, label: re.Pattern[str] | None) -> bool:
    """Whether a line is the heading of what follows the list."""
    line = lines[at]
    if not line or len(line) > _AFTER_MAX or (label and label.match(line)) or not _AFTER.fullmatch(line):
        return False
    return not lines[at - 1] or lines[at - 1].endswith(_ENDED)


def _rows(
    page: Page, shapes: Mapping[str, int], begin: int, end: int, label: re.Pattern[str] | None
) -> tuple[list[_Row], tuple[int, ...]]:
    """The rows of the list, and the numbers of lines that are a page's head or foot instead."""
    rows: list[_Row] = []
    furniture: list[int] = []
    apart, turned = True, False
    for at in range(begin, end):
        line = page.lines[at]
        if not line:
            apart = True
            continue
        repeated = len(line) < 100 and shapes.get(_shape(line), 0) >= _REPEATED
        stands_alone = not rows or not rows[-1].text.endswith(("-", "–", ",", "pp."))
        if not (label and label.match(line)) and (repeated or _FURNITURE.fullmatch(line)) and stands_alone:
            furniture.append(at + 1)
            turned = True
            continue
        rows.append(_Row(at + 1, line, apart and not turned, turned, page.raw_lines[at][:1] in (" ", "\t")))
        apart = turned = False
    return rows, tuple(furniture)


def _labelled(rows: Sequence[_Row], label: re.Pattern[str]) -> list[list[_Row]]:
    """The rows of each entry, which a label begins."""
    blocks: list[list[_Row]] = []
    rising = label in _LABELS[1:_NUMBERED]
    last = 0
    for row in rows:
        match = label.match(row.text)
        if match and rising and blocks and not last < _number(match) <= last + _GAP:
            match = None
        if match:
            last = _number(match) or last
            blocks.append([replace(row, text=row.text[match.end() :])])
        elif blocks:
            blocks[-1].append(row)
    return blocks


def _unlabelled(rows: Sequence[_Row]) -> list[list[_Row]]:
    """The rows of each entry: what follows the first is indented, or a blank line parts them, or a name begins each."""
    ends = [True, *(row.text.endswith(_ENDED) or _OPEN_END.search(row.text[-300:]) is not None for row in rows)]
    opens = [ended and _opens(row.text) for row, ended in zip(rows, ends, strict=False)]
    if any(row.indented for row in rows) and not all(row.indented for row in rows):
        begins = [not row.indented for row in rows]
    elif (apart := sum(row.apart for row in rows)) > 1 and 2 * apart >= sum(opens):
        # A second line may begin as a name does: `Neural Computing, 33(2)`.
        begins = [
            ended and (row.apart or (row.turned and _opens(row.text))) for row, ended in zip(rows, ends, strict=False)
        ]
    else:
        begins = opens
    blocks: list[list[_Row]] = []
    for row, first in zip(rows, begins, strict=True):
        if first or not blocks:
            blocks.append([])
        blocks[-1].append(row)
    return blocks


_OPENING = re.compile(
    r"[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]*){0,3}, (?:[^\W\d_]\.|[^\W\d_][\w'’-]+)|"
    r"(?:[^\W\d_][\w.'’-]* ){1,4}[^\W\d_][\w'’-]+(?:, | and | & |\. |,? \()|[^\W\d_][\w-]+\.? \(?\d{4}"
)


def _opens(text: str) -> bool:
    """Whether a line begins as an entry does: with a name."""
    return text[:1].isupper() and _OPENING.match(text) is not None


# --- rows to text -----------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_COMPOUNDS = frozenset("self non few zero low high multi cross real state end fine well long short large".split())
"""First parts that mostly keep their hyphen."""
_OPEN_END = re.compile(r"(?:https?://|www\.|10\.\d{4,9}/|doi:)\S*$", re.IGNORECASE)


def _vocabulary(texts: Iterator[str]) -> frozenset[str]:
    return frozenset(word.lower() for text in texts for word in _WORD.findall(text))


def _joined(rows: Sequence[str], words: frozenset[str]) -> str:
    """The text of some rows: words and addresses that a line's end cut are whole again."""
    parts: list[str] = []
    for row in rows:
        above = parts[-1] if parts else ""
        tail = _OPEN_END.search(above[-300:])
        if tail and (above[-1] in "/-_=&?%~" or row[:1] in "/?&=%_") and row[:1] not in "([":
            parts.append(row)
        elif above.endswith("-") and above[-2:-1].isalpha() and row[:1].islower():
            first, second = re.search(r"[^\W\d_]*$", above[-40:-1])[0], _WORD.match(row)[0]  # type: ignore[index]
            kept = f"{first}-{second}".lower() in words
            whole = (first + second.split("-")[0]).lower() in words
            if not kept and (whole or first.lower() not in _COMPOUNDS):
                parts[-1] = above[:-1]
            parts.append(row)
        elif above.endswith(("-", "–")) and above[-2:-1].isalnum():
            parts.append(row)
        else:
            parts.append(f" {row}" if parts else row)
    return squeeze("".join(parts))


# --- identifiers ------------------------------------------------------------------------------------------

_LINK = re.compile(
    r"(?:\b(?:URL|Available(?: at| from| online)?|Retrieved(?: [A-Z][a-z]+ \d{1,2}, \d{4},?)? from|Online at)\b:? ?|"
    r"\[Online\][.:]? ?(?:Available:? ?)?){0,3}<?(?P<url>(?:https?://|www\.)[^\s<>\"“”]+)>?",
    re.IGNORECASE,
)
_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|\bdoi\b\s*:?\s*)?\b(?P<doi>10\.\d{4,9}/[^\s<>\"“”]+)", re.IGNORECASE
)
_ARXIV = re.compile(
    r"(?:\barXiv (?:e-?prints?|preprint)\b[\s,:]*)?(?:\b(?:arXiv)\s*[:.]?\s*|\b(?P<corr>CoRR),?\s*)(?:abs/)?"
    r"(?P<id>\d{4}\.\d{4,5}|[a-z-]{2,10}(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE,
)
_DAY = (
    r"(?:\d{4}-\d\d?(?:-\d\d?)?|\d{1,2}[./]\d{1,2}[./]\d{2,4}|"
    r"(?:\d{1,2}\.? )?[A-Z][a-z]{2,8}\.?(?: \d{1,2})?,? \d{4}|\d{4})"
)
_ACCESSED = re.compile(
    rf"[\[(]?\b(?:(?i:last )?(?i:accessed|visited|retrieved)\b(?: on| in)?:? ?(?P<day>{_DAY}))[\])]?\.?|"
    r"[\[(]Online[\])]\.?"
)
_ISBN = re.compile(rf"\bISBN(?:-1[03])?:?\s*({ids.ISBN.pattern})", re.ASCII)


@dataclass(slots=True)
class _Said:
    """What a reference was found to say, and what is left of its text."""

    text: str
    doi: str = ""
    arxiv: str = ""
    isbn: str = ""
    url: str = ""
    repository: str = ""
    authors: tuple[Person, ...] = ()
    cut: bool = False
    title: str = ""
    year: int | None = None
    date: str = ""
    venue: str = ""
    inside: bool = False
    """Whether the venue stands behind `In`."""
    volume: str = ""
    number: str = ""
    pages: str = ""
    series: str = ""
    edition: str = ""
    publisher: str = ""
    institution: str = ""
    editors: tuple[Person, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)


def _take(said: _Said, pattern: re.Pattern[str], instead: Callable[[re.Match[str]], str]) -> None:
    """Cut what matches out of the text, once it was read; `instead` stays in its place."""
    said.text = squeeze(pattern.sub(instead, said.text))


def _identifiers(said: _Said) -> None:
    def doi(match: re.Match[str]) -> str:
        bare = _unclosed(match["doi"])
        arxiv = ids.arxiv_id(bare)
        if arxiv:
            said.arxiv = said.arxiv or arxiv
        else:
            said.doi = said.doi or bare
        return match["doi"][len(bare) :]

    def link(match: re.Match[str]) -> str:
        url = _unclosed(match["url"])
        arxiv = ids.arxiv_id(url)
        if arxiv:
            said.arxiv = said.arxiv or arxiv
        else:
            said.url = said.url or url
        return match["url"][len(url) :]

    def arxiv(match: re.Match[str]) -> str:
        said.arxiv = said.arxiv or ids.arxiv_id(match["id"])
        said.repository = match["corr"] or "arXiv"
        return f" {said.repository} "

    def isbn(match: re.Match[str]) -> str:
        said.isbn = said.isbn or match[1]
        return " "

    def accessed(match: re.Match[str]) -> str:
        if match["day"]:
            iso = re.fullmatch(r"\d{4}(?:-\d\d){0,2}", match["day"])
            said.fields["urldate" if iso else "note"] = match["day"] if iso else match[0].strip("[]().")
        return " "

    _take(said, _DOI, doi)
    _take(said, _LINK, link)
    _take(said, _ARXIV, arxiv)
    _take(said, _ISBN, isbn)
    _take(said, _ACCESSED, accessed)
    said.text = squeeze(re.sub(r"\s+(?=[.,;])|\(\s*\)", "", said.text))
    if said.arxiv and not said.repository:
        said.repository = "arXiv"


def _unclosed(address: str) -> str:
    """An address without the marks of the sentence that it stands in."""
    address = address.rstrip(".,;:’'\"")
    for opening, closing in ("()", "[]", "{}"):
        lone = address.count(closing) - address.count(opening)
        closed = len(address) - len(address.rstrip(closing))
        address = address[: len(address) - max(0, min(lone, closed))]
    return address.rstrip(".,;:")


# --- authors ----------------------------------------------------------------------------------------------

_NAME = r"[^\W\d_][\w'’‐-]*"
_FAMILY = rf"(?P<family>(?:(?!(?:and|et|und|in|eds?)\b){_NAME} ){{0,4}}(?!(?:and|et|und|in|eds?)\b){_NAME})"
_INITIAL = r"(?:[^\W\d_]|[CKPTZ]h)\."
_SUFFIX = r"(?:,? ?(?P<suffix>(?:Jr|Sr|2nd|3rd|II|III|IV)\b\.?))?"
_PEOPLE = (
    re.compile(rf"(?P<given>(?:{_INITIAL}[-‐ ]{{0,2}})+){_FAMILY}{_SUFFIX}(?=[,.:;(]| and | &|$)"),
    re.compile(rf"{_FAMILY}, (?P<given>{_INITIAL}(?:[-‐ ]{{0,2}}{_INITIAL})*){_SUFFIX}"),
    re.compile(rf"{_FAMILY} (?P<given>[^\W\d_a-z]{{1,3}}){_SUFFIX}(?=[,.:;]|$)"),
)
"""One person: `A. B. Author`, `Author, A. B.` and `Author AB`."""
_BETWEEN = re.compile(r"\s*[,;]?\s*(?P<gap>(?:\.\.\.|…)[\s,]*)?(?:(?:&|and\b|und\b|et\b(?! al)|y\b)\s*)?")
_CUT = re.compile(r"\s*[,;]?\s*(?:and )?(?:\bet\.? al\b\.?|\bothers\b|…|\.\.\.)", re.IGNORECASE)
_YEAR = r"(?:1[5-9]|20)\d\d"
_YEAR_NEXT = re.compile(
    rf"[\s.,:;]*[(\[](?P<bracket>{_YEAR})[a-z]?(?:,? (?P<month>[A-Z][a-z]+)[^()\[\]]{{0,12}})?[)\]][.:,]?\s*|"
    rf"[\s.,:;]*(?P<plain>{_YEAR})[a-z]?[.:,]\s+(?=\S)|"
    r"[\s.,:;]*[(\[](?:n\. ?d\.|in press|forthcoming|to appear)[)\]][.:,]?\s*"
)
_EDITED = re.compile(r"[\s,]*(?:\((?:[Ee]ds?|[Ee]ditors?|[Hh]rsg)\.?\)|,? (?:eds\.|editors?\b))[.,:]*\s*")
_STOP = re.compile(r"(?<!\S)(?P<word>[^\s.:]*(?:\.[-‐]?[^\s.:]+)*)(?P<mark>[.:]) (?=\S)")
_GOES_ON = re.compile(rf"\.?\s*{_NAME}(?: {_NAME})?(?:[,.:]| and | &)")
_BODIES = frozenset(
    """
    organization organisation agency ministry department foundation commission council bureau bank corporation centre
    center academy union nations committee government group office association
    """.split()
)


@dataclass(frozen=True, slots=True)
class _People:
    """People, whether their list was cut, where the text behind them begins, and whether that is certain."""

    people: tuple[Person, ...]
    cut: bool
    end: int
    sure: bool = True


def _person(match: re.Match[str]) -> Person | None:
    """The person of a match of `_PEOPLE`, None for words that only look like one."""
    family, given = match["family"], squeeze(match["given"])
    words = family.split()
    if not given[0].isupper() or not words[-1][0].isupper():
        return None
    if not all(word[0].isupper() or word.lower() in names.PARTICLES for word in words):
        return None
    if "." not in given:
        given = ". ".join(given) + "."
    suffix = f", {match['suffix']}" if match["suffix"] else ""
    return names.parse(f"{family}{suffix}, {given}")


def _row_of_people(text: str, pattern: re.Pattern[str]) -> _People | None:
    """The people that a text begins with, each as the pattern reads them."""
    people: list[Person] = []
    at = end = 0
    gap = False
    while (match := pattern.match(text, at)) and (person := _person(match)):
        people.append(person)
        end = match.end()
        between = _BETWEEN.match(text, end)
        if not between or not between[0].strip():
            break
        at, gap = between.end(), gap or between["gap"] is not None
    if not people:
        return None
    cut = _CUT.match(text, end)
    return _People(tuple(people), gap or cut is not None, cut.end() if cut else end)


_MOST = 0.75
"""The share of a list that must be names: pages print some in small letters, and groups as they like."""


def _spoken(text: str, share: float = _MOST) -> tuple[tuple[Person, ...], bool] | None:
    """The people of a whole text, their names in full and some perhaps inverted; None where it is no list of people."""
    pieces, cut = names.split_list(text.strip(" .,:;"))
    if not pieces:
        return None
    if len(pieces) == 1 and (names.is_organisation(pieces[0]) or not _BODIES.isdisjoint(fold(text).split())):
        return (Person(literal=pieces[0]),), cut
    good = sum(names.looks_like_name(piece) or names.is_organisation(piece) for piece in pieces)
    halves = sum(
        not names.looks_like_name(piece)
        and (names.is_initials(piece) or (len(piece.split()) == 1 and piece[0].isupper()))
        for piece in pieces
    )
    if good + halves < len(pieces) * share or (halves and len(pieces) == 1):
        return None
    return tuple(names.uninvert(pieces)), cut


def _is_initial(word: str) -> bool:
    return re.fullmatch(r"(?:[^\W\d_]\.[-‐]?)*[^\W\d_]", word) is not None and word[0].isupper()


def _authors(text: str) -> _People | None:
    """The people that a reference begins with; None where its beginning is no list of people."""
    weak: _People | None = None
    for n, pattern in enumerate(_PEOPLE):
        found = _row_of_people(text, pattern)
        if not found:
            continue
        behind = text[found.end : found.end + 2].lstrip()[:1]
        # `Ann Author, B. Brown` is nobody of the family Ann Author, nor is `Donald E. Knuth` a certain E. Donald.
        goes_on = n and len(found.people) == 1 and _GOES_ON.match(text, found.end)
        if not goes_on and (behind in (".", ":", "(", "[", "") or (n == 1 and behind != ",") or found.cut):
            return found
        weak = weak or found
    return _in_full(text, certain=weak is not None) or weak


def _whole(text: str) -> tuple[tuple[Person, ...], bool] | None:
    """The people that a whole text is a list of, in any order; None where it is none."""
    text = text.strip(" ,:;")
    for pattern in _PEOPLE:
        found = _row_of_people(text, pattern)
        if found and not text[found.end :].strip(" .,"):
            return found.people, found.cut
    return _spoken(text)


def _in_full(text: str, *, certain: bool) -> _People | None:
    """The people in full names before a year in brackets or before the first full stop that ends no initial.

    With `certain` only where no part of the list can be anything but a name.
    """
    bracket = re.search(rf" [(\[]{_YEAR}[a-z]?\b", text)
    stops: list[int] = []
    for stop in _STOP.finditer(text):
        # A colon behind such a list is more often one of the title than the end of the list.
        if not _is_initial(stop["word"]) and not (certain and stop["mark"] == ":"):
            stops.append(stop.end("mark") - 1)
            if stop["word"] not in ("Jr", "Sr", "St", "Md", "Dr"):
                break
    if bracket and (not stops or bracket.start() < stops[-1]):
        stops.append(bracket.start())
    for at in reversed(stops):
        spoken = _spoken(_EDITED.sub("", text[:at]), 1.0 if certain else _MOST)
        if spoken:
            return _People(*spoken, at)
    at = stops[-1] if stops else 0
    if at and text[0].isupper() and text[at] == "." and " " not in text[:at]:
        return _People((Person(literal=text[:at]),), False, at, sure=False)
    return None


# --- title and venue --------------------------------------------------------------------------------------

_QUOTED = re.compile(
    r"[“„«](?P<curly>[^“”„«»]{3,600})[”“»]|(?<!\w)\"(?P<straight>[^\"]{3,600})\"|(?:``|(?<!\w)'')(?P<tex>[^`]{3,600}?)''|"
    r"(?<!\w)‘(?P<single>[^‘]{3,600}?)’(?=[\s,.;]|$)"
)
_HEAD = 200
"""Characters that tell whether a text begins with a venue."""
_REST_MAX = 1_000
"""Characters; title, venue and what else stands behind the authors take a few hundred."""
_TEXT_MAX = 100_000
"""Characters; the longest author lists in print have five thousand names."""
_TITLE_STOP = re.compile(
    r"(?<!\S)(?P<word>\S*?)(?P<mark>[.?!]+)[”\"’']?\s+(?=(?P<next>\S+))|,? (?=[Ii]n: )|, (?=[Ii]n [A-Z])"
)
_ABBREVIATED = frozenset(
    """
    jan feb mar apr jun jul aug sep sept oct nov dec vs al
    st dr mr mrs no vol cf e.g i.e approx inc ltd fig eq sec ch pt dept univ u.s u.k
    """.split()
)
_ELSEVIER = re.compile(
    rf", (?=[^,]{{3,80}} \d{{1,4}} ?(?:\([^()]{{1,12}}\) ?)?\({_YEAR}\)|[^,]{{3,80}}, (?:\d{{1,4}} )?\({_YEAR}\))"
)
_PAGES = re.compile(
    r"[\s,;:(]*\b(?:pages?|pp?\.|S\.|Seiten) ?(?P<said>[A-Za-z]?\d[\w.:]*(?: ?[-–—]+ ?[A-Za-z]?\d[\w.:]*)?)\)?|"
    r"(?:[:,] ?|(?<=\)) )(?P<bare>[A-Za-z]?\d+ ?[-–—]+ ?[A-Za-z]?\d+)(?![\w-])",
)
_VOLUME = re.compile(
    rf"[\s,;]*\b(?i:vol(?:ume|s?\.)?|Band|tome) ?(?P<volume>\d+[A-Z]?)\b(?! ?\([A-Z]|:)(?: of (?P<series>[^,.]+))?|"
    r"[\s,;]*(?<![\w-])(?P<short>\d{1,4}) ?\((?P<number>\d{1,3}(?:[-–/]\d+)?)\)|"
    rf"[\s,;]*(?<![\w-])(?P<dotted>\d{{1,4}})\.(?P<issue>\d{{1,3}})(?= \({_YEAR}\))|"
    rf"[\s,;]*(?<![\w-])(?P<bare>(?!{_YEAR})\d{{1,4}})"
    rf"(?=: ?[A-Za-z]?\d+ ?[-–]|,? \({_YEAR}\)|, ?\d+[-–]\d+(?: \(|\.?$))"
)
_EDITION = re.compile(r"[\s,.(]*\b(?P<edition>\d{1,2})(?:st|nd|rd|th) (?:edn?\b|edition)\.?\)?", re.IGNORECASE)
_NAME_AND_NUMBER = re.compile(r"[^.,]{3,80},? \d{1,4}(?:\(|, \d|:)")
_NUMBER = re.compile(r"[\s,;]*\b(?:no|issue|number|nr)\b\.? ?(?P<number>\d+(?:[-–/]\d+)?)", re.IGNORECASE)
_TRAILING_VOLUME = re.compile(rf"(?<=[^\d\s,]) (?P<volume>(?!{_YEAR}$)\d{{1,4}})(?: ?:)?$")
_DATED = re.compile(
    rf"[\s,;.(]*(?:\b(?P<month>{'|'.join(month.capitalize() for month in dates.MONTHS)}|Sept)[a-z]*\.?"
    rf"(?:[-–/ ][A-Z][a-z]+)?(?: \d{{1,2}}(?:[-–]\d{{1,2}})?)?,? )?(?<![\d-])(?P<year>{_YEAR})[a-z]?\b(?![-–]\d)\)?"
)
_EDITORS = re.compile(
    r"(?P<people>[^()]{3,400}?),? (?:\((?:[Ee]ds?|[Hh]rsg|[Ee]ditors?)\.?\)|[Ee]ds\.|[Ee]ditors?)[.,:]* "
)
_PUBLISHER = re.compile(
    r".*\b(?:Press|Publish(?:ers|ing)|Verlag|Publications)\b.*|"
    r"(?:Springer|Elsevier|Wiley|Curran Associates|Association for Computing Machinery|CEUR|Morgan Kaufmann|"
    r"Addison-Wesley|O[’']Reilly|CRC|Prentice[ -]Hall|McGraw[ -]Hill|North[ -]Holland|IOS|Pearson|"
    r"European Language Resources Association|Oxford University|Cambridge University|"
    r"Sage|Routledge|Kluwer|USENIX|Academic)\b.*|"
    r"ACM|IEEE|PMLR|AAAI|ISCA|ACL|SIAM|ELRA|MDPI|Citeseer|OpenReview(?:\.net)?|JMLR\.org|"
    r"Association for Computational Linguistics"
)
_WORK = re.compile(
    r"(?:ph\.? ?d\.?|doctoral|master'?s?|m\.?sc\.?)[^,.]{0,20} (?:thesis|dissertation)|"
    r"(?:(?:technical|research) report|tech\.? rep\.?)(?: (?P<number>[\w./-]*\d[\w./-]*))?",
    re.IGNORECASE,
)
_LIST_IN_NAME = re.compile(r"(?:, [^,]{2,40})*,? (?:and|&) ")


def _title(text: str) -> tuple[str, str]:
    """The title that a text begins with, and what is behind it."""
    if plain := _ELSEVIER.search(text):
        return text[: plain.start()], text[plain.end() :]
    for stop in _TITLE_STOP.finditer(text):
        if stop["mark"] is None:
            return text[: stop.start()], text[stop.end() :]
        word, following, behind = stop["word"].strip("(").lower(), stop["next"], text[stop.end() :]
        if stop["mark"] == "." and (word in _ABBREVIATED or (_is_initial(stop["word"]) and stop.start() > 0)):
            if not _begins_venue(behind):
                continue
        elif not (following[0].isupper() or following[0].isdigit() or following[0] in '“"([' or _begins_venue(behind)):
            continue
        if stop["mark"] != "." and not _begins_venue(behind):
            continue
        return text[: stop.end("mark")].removesuffix("."), behind
    dated = _DATED.search(text)
    if dated and dated.start() > 0:
        return text[: dated.start()], text[dated.start() :]
    return text.rstrip(". "), ""


def _begins_venue(text: str) -> bool:
    """Whether what stands behind a question mark is no more of the title."""
    text = text[:_HEAD]
    head = re.split(r"\. |, |\d", text, maxsplit=1)[0].strip()
    return (
        text.lower().startswith(("in ", "in: ", "arxiv", "corr", "biorxiv", "phd", "ph.d", "technical report"))
        or venues.entry_type(head) != "misc"
        or _NAME_AND_NUMBER.match(text) is not None
        or not text
    )


def _cut_out(text: str, match: re.Match[str]) -> str:
    return squeeze(f"{text[: match.start()]} ¦ {text[match.end() :]}")


def _source(said: _Said, text: str) -> None:
    """Read what stands behind the title: venue, volume, pages, year, publisher."""
    text = text.strip(" ,;.")
    said.inside = re.match(r"(?:[Pp]resented at|[Ii]n:?) ", text) is not None
    text = re.sub(r"^(?:[Pp]resented at|[Ii]n:?) (?:the )?", "", text)
    if said.inside and (edited := _EDITORS.match(text)) and (people := _whole(edited["people"])):
        said.editors, text = people[0], text[edited.end() :]
    if (match := _VOLUME.search(text)) is not None:
        said.volume = match["volume"] or match["short"] or match["dotted"] or match["bare"]
        said.number, said.series = match["number"] or match["issue"] or "", squeeze(match["series"] or "")
        text = _cut_out(text, match)
    if (match := _NUMBER.search(text)) is not None and not said.number:
        said.number, text = match["number"], _cut_out(text, match)
    if (match := _PAGES.search(text)) is not None:
        said.pages = re.sub(r" ?[-–—]+ ?", "-", match["said"] or match["bare"]).rstrip(".:")
        text = _cut_out(text, match)
    years = list(_DATED.finditer(text))
    if years:
        match = next((one for one in reversed(years) if "(" in one[0] and ")" in one[0]), years[-1])
        if said.year in (None, int(match["year"])):
            said.year = int(match["year"])
            said.date = said.date or (
                dates.make(said.year, dates.month_number(match["month"])) if match["month"] else ""
            )
            # The year in a conference's name is part of it.
            text = _cut_out(text, match) if match["month"] or not _in_name(text, match) else text
    _name(said, text)


def _in_name(text: str, match: re.Match[str]) -> bool:
    """Whether a year is part of a name: `Proceedings of the 2020 Conference`, `CVPR 2020, pages`."""
    before, behind = text[: match.start()], text[match.end() :]
    return bool(re.match(r" [^\W\d_]", behind)) and not re.search(r"[,.;(¦]\s*$", before + match[0][:1])


def _name(said: _Said, text: str) -> None:
    """Read the venue's name, and the publisher and what else stands with it, once numbers and years are taken out."""
    pieces = [_paired(piece.strip(" ,;:")) for part in text.split("¦") for piece in _sentences(part)]
    pieces = [piece for piece in pieces if re.search(r"\w", piece)]
    head = pieces[0] if pieces else ""
    rest: list[str] = pieces[1:]
    at = _end_of_name(head)
    rest = [part.strip() for part in head[at:].split(",")] + rest if at < len(head) else rest
    head = head[:at].strip(" ,")
    if not said.volume and not said.inside and (match := _TRAILING_VOLUME.search(head)):
        said.volume, head = match["volume"], head[: match.start()]
    rest = [part.strip(" .") for piece in rest for part in piece.split(",")]
    rest = [part for part in rest if re.search(r"\w", part) and part not in ("Inc", "Ltd", "LLC")]
    if (work := _WORK.match(head)) and rest:
        said.institution, said.number = rest.pop(0), said.number or (work["number"] or "")
    elif _PUBLISHER.fullmatch(head) and not said.inside and not said.volume and not said.pages:
        said.publisher, head = head, ""
    for part in rest:
        if not said.publisher and _PUBLISHER.fullmatch(part):
            said.publisher = part
    others = [part for part in rest if part != said.publisher]
    if others:
        said.fields["addendum"] = ", ".join(others)
    said.venue = head


def _sentences(text: str) -> list[str]:
    """A text cut where a full stop ends more than a short form: behind a long word, or before a publisher."""
    parts: list[str] = []
    start = 0
    for stop in re.finditer(r"(?P<word>[^\s.]*)\. (?=[^\W\d_])", text):
        if (
            len(stop["word"]) > 7
            or stop["word"][-1:].isdigit()
            or stop["word"].endswith(")")
            or _PUBLISHER.fullmatch(text[stop.end() :].strip(" .,"))
        ):
            parts.append(text[start : stop.end("word")])
            start = stop.end()
    last = text[start:].rstrip()
    return [*parts, last[:-1] if re.search(r"\w{8}\.$|\)\.$", last) else last]


def _paired(text: str) -> str:
    """A text without a bracket at its ends that has no partner."""
    text = text.lstrip(")") if text.count(")") > text.count("(") else text
    text = text.rstrip("(") if text.count("(") > text.count(")") else text
    return text[1:-1] if re.fullmatch(r"\([^()]*\)", text) else text.strip()


def _end_of_name(text: str) -> int:
    """Where the name of a venue ends: before its first comma, unless that stands in a list of words (`Man, and …`)."""
    at = text.find(", ")
    if at < 0:
        return len(text)
    if part := re.compile(r", (?:Volume|Part|Vol\.) \d+[^,]*").match(text, at):
        return part.end()
    listed = _LIST_IN_NAME.match(text, at)
    if listed and len(listed[0]) < 60:
        further = text.find(", ", listed.end())
        return further if further >= 0 else len(text)
    return at


# --- a reference ------------------------------------------------------------------------------------------


def _quoted(text: str) -> tuple[str, str, str] | None:
    """What stands before, in and behind the quotation marks of a title; None where what they hold is none."""
    match = _QUOTED.search(text)
    if not match:
        return None
    title = next(part for part in match.groups() if part is not None).strip()
    before, behind = text[: match.start()].rstrip(), text[match.end() :]
    closed = title.endswith((",", ".", ";")) or behind.lstrip()[:1] in (",", ".", ";", "")
    asked = title.endswith(("?", "!")) and _begins_venue(behind.strip())
    if (before and before[-1] not in ",.:;)]") or not (closed or asked):
        return None
    return before, title.rstrip(",.; "), behind


def _before_quote(text: str) -> _People | None:
    """The people that stand before a title in quotation marks, and before a year where one is there."""
    who = re.sub(rf"[\s,.]{{0,2}}[(\[]?{_YEAR}[a-z]?[)\]]?$", "", text.rstrip(" .,:"))
    people = _whole(who)
    return _People(*people, len(who)) if people else None


def _reference(text: str) -> tuple[_Said, list[str]]:
    """What a reference says, and what of it is uncertain; nothing of a text that is too long to be one."""
    if len(text) > _TEXT_MAX:
        return _Said(text), []
    said = _Said(clean(text))
    _identifiers(said)
    doubts: list[str] = []
    quoted = _quoted(said.text)
    body = quoted[0] if quoted else said.text
    found = _before_quote(body) if quoted else _authors(body)
    end = 0
    if found:
        said.authors, said.cut, end = found.people, found.cut, found.end
        if not found.sure:
            doubts.append(f"{body[:end]!r} is taken for its author")
    if edited := _EDITED.match(body, end):
        end = edited.end()
        said.editors, said.authors = said.authors, ()
    dated = _YEAR_NEXT.match(f"{body} x" if quoted else body, end)
    if dated and (found or not dated["plain"]):
        year = dated["bracket"] or dated["plain"]
        said.year = int(year) if year else None
        month = dates.month_number(dated["month"]) if dated["month"] else 0
        said.date = dates.make(said.year, month) if month else ""
        end = dated.end()
    if quoted:
        said.title, behind = quoted[1], quoted[2][:_REST_MAX]
    else:
        said.title, behind = _title(body[end : end + _REST_MAX].lstrip(" .,:;"))
    if len(said.text) - end > 2 * _REST_MAX:
        return _Said(text), []
    said.title = said.title.strip(" ,;:")
    for part in (said.title, behind):
        if edition := _EDITION.search(part):
            said.edition = edition["edition"]
    said.title, behind = (_EDITION.sub("", part) for part in (said.title, behind))
    _source(said, behind)
    said.venue = said.venue or said.repository
    doubts += [
        f"no {what} could be told"
        for what, value in (("author", said.authors or said.editors), ("year", said.year), ("venue", _place(said)))
        if not value
    ]
    return said, doubts


_LOOK = 20
"""Entries that tell whether a page is a list of references."""


def _place(said: _Said) -> str:
    return said.venue or said.publisher or said.arxiv or said.doi or said.url


def _kind(said: _Said) -> str:
    if not said.venue:
        return "book" if said.publisher else "misc"
    kind = venues.entry_type(said.venue)
    if kind == "misc" and not venues.is_preprint(said.venue):
        if said.inside:
            return "incollection" if said.editors or said.publisher.startswith("Springer") else "inproceedings"
        return "article" if said.volume or said.pages else "misc"
    return kind


def _paper(said: _Said) -> Paper:
    kind = _kind(said)
    institution = said.institution
    return Paper(
        type=kind,
        title=said.title,
        authors=said.authors,
        editors=said.editors,
        et_al=said.cut,
        year=said.year,
        date=said.date,
        venue="" if institution else said.venue,
        volume=said.volume,
        number=said.number,
        pages=said.pages,
        publisher=said.publisher,
        series=said.series,
        edition=said.edition,
        institution=institution,
        doi=said.doi,
        arxiv=said.arxiv,
        isbn=said.isbn,
        url=said.url,
        fields=said.fields,
    )


def detect(page: Page) -> bool:
    """A heading such as `References`, or labels that rise, above entries of which most have authors, title and year."""
    found = list(_lists(page))
    looked = [_reference(text)[0] for one in found for _, text in one.entries[:_LOOK]]
    good = sum(bool((said.authors or said.editors) and said.title and said.year) for said in looked)
    return good * 2 >= len(looked) and good > (0 if any(one.headed for one in found) else 1)


def parse(page: Page) -> Iterator[Record | Problem]:
    """The references of the page, in its order; what is uncertain in one is told, and so is what is left unread."""
    unread = 1
    for found in _lists(page):
        above = next((n for n in range(unread, found.start) if page.lines[n - 1]), 0)
        if above:
            yield Problem(page.name, above, f"not read: what stands above the references, up to line {found.start}", 0)
        for line, text in found.entries:
            yield from _entry(page, line, text)
        if found.furniture:
            lines = ", ".join(map(str, found.furniture[:10])) + (", …" if len(found.furniture) > 10 else "")
            yield Problem(page.name, found.furniture[0], f"taken for heads and feet of pages: lines {lines}", 0)
        if found.end:
            yield Problem(page.name, found.end, "not read: the references end above this line", 0)
        # What stands between two lists was told, or was read.
        unread = len(page.lines) + 1


def _entry(page: Page, line: int, text: str) -> Iterator[Record | Problem]:
    said, doubts = _reference(text)
    if not said.title or not (said.authors or said.editors or said.year):
        yield Problem(page.name, line, f"no authors and title can be told apart in this reference: {text[:80]!r}")
        return
    paper = _paper(said)
    if doubts:
        paper = replace(paper, fields={**paper.fields, "reference": text})
        told = f"read with doubts ({'; '.join(doubts)}); the entry is tagged {GUESSED!r}: {text[:80]!r}"
        yield Problem(page.name, line, told, 0)
    yield Record(paper, line, (GUESSED,) if doubts else ())
