"""CSL-JSON as litcli understands it: its types, variables and texts, and the paper that an item says.

The names are those of CSL 1.0.2 (https://docs.citationstyles.org/en/stable/specification.html, appendices III and
IV); the shapes of names and dates those of its schema for input. What CSL has no variable for stands under
`custom`, as a table of the library's own fields.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from litcli import dates, ids, jsontext, names, table, tex, venues
from litcli.paper import FIELDS, OTHERS, Entry, Paper, Person
from litcli.text import clean, is_balanced, squeeze

Item = Mapping[str, Any]

TYPES = {
    "article": "misc", "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "bill": "legislation", "book": "book", "broadcast": "video", "chapter": "incollection", "classic": "book",
    "collection": "misc", "dataset": "dataset", "document": "misc", "entry": "inreference",
    "entry-dictionary": "inreference", "entry-encyclopedia": "inreference", "event": "misc", "figure": "image",
    "graphic": "artwork", "hearing": "misc", "interview": "misc", "legal_case": "jurisdiction",
    "legislation": "legislation", "manuscript": "unpublished", "map": "misc", "motion_picture": "movie",
    "musical_score": "music", "pamphlet": "booklet", "paper-conference": "inproceedings", "patent": "patent",
    "performance": "performance", "periodical": "periodical", "personal_communication": "letter", "post": "online",
    "post-weblog": "online", "regulation": "legislation", "report": "report", "review": "review",
    "review-book": "review", "software": "software", "song": "audio", "speech": "misc", "standard": "standard",
    "thesis": "thesis", "treaty": "legal", "webpage": "online",
}  # fmt: skip
"""Every CSL type, and the biblatex type that comes nearest."""
_OTHER_TYPES = {
    "journal-article": "article", "proceedings-article": "inproceedings", "book-chapter": "incollection",
    "monograph": "book", "edited-book": "collection", "dissertation": "thesis", "posted-content": "misc",
    "reference-entry": "inreference", "component": "misc", "preprint": "misc", "conference-paper": "inproceedings",
}  # fmt: skip
"""Types that registration agencies write into CSL-JSON, and that CSL does not have (Crossref's REST API, types)."""
_CSL_TYPES = {
    **{kind: csl for csl, kind in reversed(TYPES.items())},
    "article": "article-journal", "misc": "document", "inreference": "entry-encyclopedia", "online": "webpage",
    "legislation": "legislation", "electronic": "webpage", "www": "webpage", "conference": "paper-conference",
    "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter", "suppcollection": "chapter",
    "suppperiodical": "article-journal", "mvbook": "book", "collection": "book", "mvcollection": "book",
    "reference": "book", "mvreference": "book", "proceedings": "book", "mvproceedings": "book", "manual": "book",
    "phdthesis": "thesis", "mastersthesis": "thesis", "techreport": "report", "video": "motion_picture",
}  # fmt: skip
_SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
"""biblatex's `entrysubtype` of an article (biblatex manual, section 2.3.2)."""

GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis", "techreport": "Technical report"}
"""The CSL genre that tells a BibTeX type from others of its CSL type."""
_GENRE = (
    ("thesis", re.compile(r"\bph\.? ?d\b|\bdoctora|\bdissertation\b", re.IGNORECASE), "phdthesis"),
    ("thesis", re.compile(r"\bmaster|\bm\. ?(?:sc|a|eng|phil)\b|\bmsc\b", re.IGNORECASE), "mastersthesis"),
    ("report", re.compile(r"^tech(?:nical|\.)? ?rep(?:ort|\.)?$", re.IGNORECASE), "techreport"),
)

NAMES = frozenset(
    """
    author chair collection-editor compiler composer container-author contributor curator director editor
    editorial-director executive-producer guest host interviewer illustrator narrator organizer original-author
    performer producer recipient reviewed-author script-writer series-creator translator
    """.split()
)
DATES = frozenset("accessed available-date event-date issued original-date submitted".split())
NUMBERS = frozenset(
    """
    chapter-number citation-number collection-number edition first-reference-note-number issue locator number
    number-of-pages number-of-volumes page page-first part printing supplement version volume
    """.split()
)
"""Variables that are printed as they stand: no processor looks for markup in them."""
VERBATIM = frozenset("DOI URL ISBN ISSN PMID PMCID language".split())
STRINGS = frozenset(
    """
    abstract annote archive archive_collection archive_location archive-place authority call-number citation-label
    collection-title container-title container-title-short dimensions division event-title event-place genre
    jurisdiction keyword medium note original-publisher original-publisher-place original-title part-title publisher
    publisher-place references reviewed-genre reviewed-title scale section source status title title-short
    volume-title volume-title-short year-suffix
    """.split()
)
"""Variables of plain text with markup."""
TITLES = frozenset("title title-short container-title collection-title event-title original-title".split())
"""Variables whose case a style may change."""
_RENAMED = {
    "publisher-place": "address", "keyword": "keywords", "event-title": "eventtitle", "genre": "type",
    "number-of-pages": "pagetotal", "number-of-volumes": "volumes", "chapter-number": "chapter",
    "title-short": "shorttitle", "container-title-short": "shortjournal", "original-title": "origtitle",
    "original-publisher": "origpublisher", "original-publisher-place": "origlocation", "status": "pubstate",
    "container-author": "bookauthor", "accessed": "urldate", "event-date": "eventdate", "original-date": "origdate",
}  # fmt: skip
FIELD = {name: _RENAMED.get(name, name.lower()) for name in sorted(NAMES | DATES | NUMBERS | VERBATIM | STRINGS)}
"""The field of a record that each variable is kept in, by its BibTeX or biblatex name where it has one."""
_ALIASES = {"event": "event-title", "shortTitle": "title-short", "journalAbbreviation": "container-title-short"}
"""Older and citeproc-js's names of variables."""
TYPE_FIELD = "csl-type"
"""Keeps a CSL type that the entry type does not say."""

ARTICLES = frozenset(("article", "review", "periodical", "suppperiodical"))
"""Types whose number is the issue's."""
IN_SERIES = frozenset(
    """
    book mvbook collection mvcollection proceedings mvproceedings reference mvreference inbook incollection bookinbook
    suppbook suppcollection inproceedings conference inreference
    """.split()
)
"""Types whose number is the one in the series (biblatex manual, section 2.3.7)."""
HOUSES = frozenset("thesis phdthesis mastersthesis report techreport".split())
"""Types whose publisher is an institution."""

LANGUAGES = {
    "english": "en", "american": "en-US", "british": "en-GB", "german": "de", "ngerman": "de", "french": "fr",
    "spanish": "es", "italian": "it", "portuguese": "pt", "brazilian": "pt-BR", "dutch": "nl", "swedish": "sv",
    "danish": "da", "norsk": "nb", "finnish": "fi", "polish": "pl", "czech": "cs", "russian": "ru",
    "ukrainian": "uk", "hungarian": "hu", "turkish": "tr", "greek": "el", "chinese": "zh", "japanese": "ja",
    "korean": "ko", "latin": "la", "catalan": "ca",
}  # fmt: skip
"""babel's names of languages by their BCP 47 codes; only English titles are put into title case."""


def csl_type(paper: Paper) -> str:
    """The CSL type that a paper has by its own type, identifiers and venue; a mere preprint is an `article`."""
    if is_preprint(paper):
        return "article"
    if paper.type == "article":
        return _SUBTYPES.get(str(paper.fields.get("entrysubtype")), "article-journal")
    return _CSL_TYPES.get(paper.type, "document")


def is_preprint(paper: Paper) -> bool:
    """Whether a paper is on a preprint server and nowhere else."""
    if paper.type not in ("misc", "online", "article"):
        return False
    if paper.venue:
        return venues.is_preprint(paper.venue)
    return paper.type != "article" and bool(paper.arxiv or (paper.doi and ids.is_preprint_doi(paper.doi)))


def arxiv_url(arxiv: str) -> str:
    """The address of a preprint's own page."""
    return f"https://arxiv.org/abs/{arxiv}" if arxiv else ""


# --- texts ------------------------------------------------------------------------------------------------

# Unicode keeps these two for the use inside of a program; no text holds them.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_SPAN = re.compile(r"<(?:(?P<close>/)span|span(?P<says>\s[^<>]*)?)>", re.IGNORECASE)
_NOCASE = re.compile(r"\bclass\s*=\s*[\"']?nocase\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</(?:jats:|h:)?(?:p|title|sec)>|\n[^\S\n]*\n", re.IGNORECASE)
_BRACE, _DOLLAR = re.compile(r"(?<!\\)(\\*)([{}])"), re.compile(r"(?<!\\)(\\*)(\$)")
_DASH = re.compile(r" ?(?:-{2,}|[‐‑‒–—−]) ?| - ")


def record_text(text: str) -> str:
    """The text of a record that CSL text says, on one line: no markup but braces that protect from change of case."""
    text = re.sub(f"[{_OPEN}{_CLOSE}]", "", text)
    if "<" in text:
        text = _with_groups(text)
    return _escaped(clean(text).replace(_OPEN + _CLOSE, "")).replace(_OPEN, "{").replace(_CLOSE, "}")


def _with_groups(text: str) -> str:
    """Text with the marks of a group in the place of each `nocase` span that is closed."""
    pieces: list[str] = []
    stack: list[int] = []
    at = 0
    for tag in _SPAN.finditer(text):
        pieces += [text[at : tag.start()], tag[0]]
        at = tag.end()
        if not tag["close"]:
            stack.append(len(pieces) - 1)
        elif stack and _NOCASE.search(pieces[stack[-1]]):
            pieces[stack.pop()], pieces[-1] = _OPEN, _CLOSE
        elif stack:
            stack.pop()
    return "".join([*pieces, text[at:]])


def _escaped(text: str) -> str:
    r"""Plain text in which `\{`, `\}` and, where math could be read, `\$` stand for the bare signs."""
    text = _BRACE.sub(_bare_escaped, text)
    return _DOLLAR.sub(_bare_escaped, text) if any(is_math for is_math, _ in tex.segments(text)) else text


def _bare_escaped(match: re.Match[str]) -> str:
    """A sign escaped, unless somebody did so already: an odd number of backslashes stands before it."""
    return match[0] if len(match[1]) % 2 else f"{match[1]}\\{match[2]}"


def _paragraphs(text: str) -> str:
    """The text of a record, its paragraphs with a blank line between."""
    return "\n\n".join(filter(None, map(record_text, _PARAGRAPH.sub("\n\n", text).split("\n\n"))))


def _lines(text: str) -> str:
    return "\n".join(filter(None, map(record_text, text.split("\n"))))


def _raw(value: Any) -> str:
    """A value as text: strings and numbers as they stand, a list of them in commas, all else as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(isinstance(item, str | int | float) for item in value):
        return ", ".join(map(_raw, value))
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return "" if value is None or value in ({}, []) else jsontext.compact(value)


def variable_text(name: str, value: Any) -> str:
    """What a record keeps of a variable's value: a text, a list of names joined by `and`, or a date in EDTF."""
    if name in NAMES and isinstance(value, list):
        people, cut = read_people(value)
        return " and ".join([*map(names.comma_form, people), *(["others"] if cut and people else [])])
    if name in DATES:
        return read_date(value)
    text = _raw(value)
    if name == "abstract":
        return _paragraphs(text)
    if name in ("note", "annote"):
        return _lines(text)
    return squeeze(text) if name in VERBATIM else record_text(text)


# --- names ------------------------------------------------------------------------------------------------

_SPECIAL = re.compile(r"[{},]")
_OTHERS = frozenset(("others", "et al.", "et al"))


def read_people(value: list[Any]) -> tuple[tuple[Person, ...], bool]:
    """The people of a CSL list of names, and whether the list says that it was cut."""
    people: list[Person] = []
    cut = False
    for item in value:
        name = {"literal": item} if isinstance(item, str) else item if isinstance(item, Mapping) else {}
        if _part(name, "literal", "family").lower() in _OTHERS and not _part(name, "given"):
            cut = True
            continue
        person = _person(name)
        if person != Person():
            people.append(person)
    return tuple(people), cut


def _part(name: Item, *keys: str) -> str:
    """The parts of a name, with only such braces as have a partner."""
    text = " ".join(_raw(name[key]) for key in keys if key in name)
    text = clean(text) if "&" in text or "<" in text else squeeze(text) if text else ""
    return text if is_balanced(text) else re.sub(r"[{}]", "", text)


def _person(name: Item) -> Person:
    """One name, in the parts that BibTeX's grammar makes of it, so that a library file can hold it."""
    if literal := _part(name, "literal"):
        return names.parse("{" + literal + "}")
    family, given, suffix = _part(name, "family"), _part(name, "given"), _part(name, "suffix")
    particle = _part(name, "dropping-particle", "non-dropping-particle")
    if not suffix:
        # citeproc-js's way to write a suffix: behind a comma in the given name.
        given, _, suffix = map(str.strip, given.partition(", "))
    if not given or not family:
        # One name of several words is one to BibTeX in braces only.
        whole = ", ".join(filter(None, (" ".join(filter(None, (given, particle, family))), suffix)))
        person = names.parse(whole)
        return names.parse("{" + whole + "}") if person.given or "," in whole else person
    if not (particle or suffix or " " in family or _SPECIAL.search(family) or _SPECIAL.search(given)):
        return Person(family, given)  # what the grammar makes of most names
    family, suffix, given = (f"{{{part}}}" if "," in part else part for part in (family, suffix, given))
    return names.parse(", ".join(filter(None, (f"{particle} {family}", suffix, given))))


# --- dates ------------------------------------------------------------------------------------------------

_DAY = r"-?\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
EDTF = re.compile(rf"(?P<from>{_DAY})(?:(?P<season>-2[1-4])|/(?P<to>{_DAY}))?(?P<circa>~)?")
"""A day, a span of days or a season: what CSL's dates can say, in EDTF (ISO 8601-2), which biblatex's `date` takes."""
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)")


def read_date(value: Any) -> str:
    """A CSL date in EDTF where it can be said so, else as the text that it is."""
    if not isinstance(value, Mapping):
        return _spoken_date(_raw(value))
    rows = value.get("date-parts")
    rows = rows if isinstance(rows, list) else []
    days = [_day(row) for row in (rows if any(isinstance(row, list) for row in rows) else [rows])]
    if days[0]:
        text = days[0] + (f"/{days[1]}" if len(days) > 1 and days[1] else "")
        season = _season(value.get("season"))
        text += f"-2{season}" if season and re.fullmatch(r"-?\d{4}", text) else ""
        return text + ("~" if value.get("circa") not in (None, False, "", 0, "0", "false") else "")
    said = squeeze(_raw(value.get("raw")) or _raw(value.get("literal")))
    return _spoken_date(said) if said or not _says(value) else jsontext.compact(value)


def _says(value: Any) -> bool:
    """Whether anything but null and empty texts stands in a value."""
    if isinstance(value, Mapping | list):
        return any(map(_says, value.values() if isinstance(value, Mapping) else value))
    return value not in (None, "")


def _day(row: Any) -> str:
    """A row of date parts as an ISO date, as far as its parts are a year, a month and a day; "" without a year."""
    parts = [_whole(part) for part in row] if isinstance(row, list) else [_whole(row)]
    year, month, day = (*parts, None, None, None)[:3]
    if year is None or abs(year) > 9999:
        return ""
    text = year_text(year)
    if month is not None and 1 <= month <= 12:
        text += f"-{month:02d}"
        text += f"-{day:02d}" if day is not None and _is_date(f"{text}-{day:02d}") else ""
    return text


def year_text(year: int | None) -> str:
    """A year in the four digits of ISO 8601."""
    return "" if year is None else f"{year:05d}" if year < 0 else f"{year:04d}"


def _whole(value: Any) -> int | None:
    """A whole number of up to nine digits, said as a number or as a text."""
    text = _raw(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None


def _is_date(text: str) -> bool:
    try:
        dates.parts(text)
    except ValueError:
        return False
    return True


def _season(value: Any) -> int:
    """1 to 4 for spring to winter, 0 where there is none."""
    number = _whole(value) or _SEASONS.get(_raw(value).strip().lower(), 0)
    return number if 1 <= number <= 4 else 0


def _spoken_date(text: str) -> str:
    """`7 April 2020`, `April 7, 2020` and `Apr 2020` as ISO dates; any other text as it stands."""
    text = squeeze(text)
    words = re.findall(r"[^\W\d_]+|\d+", text) if len(text) < 30 else []
    month = next(filter(None, map(dates.month_number, words)), 0)
    numbers = sorted((word for word in words if word.isdecimal() and word.isascii()), key=len)
    if month and len(words) == len(numbers) + 1 and 1 <= len(numbers) <= 2 and len(numbers[-1]) == 4:
        day = int(numbers[0]) if len(numbers) == 2 else None
        date = dates.make(int(numbers[-1]), month, day)
        return date if _is_date(date) else text
    return text


def year_and_date(text: str) -> tuple[int | None, str]:
    """The year and, where more than that is known, the date with which a date in EDTF or in words begins."""
    match = EDTF.fullmatch(text)
    if not match:
        years = _YEAR.findall(text)
        return (int(years[0]) if years else None), ""
    day = match["from"]
    return int(day[:5] if day.startswith("-") else day[:4]), day if len(day) > 5 and _is_date(day) else ""


# --- the paper of an item ---------------------------------------------------------------------------------


def paper_of(item: Item) -> Paper:
    """The paper that an item's own variables say; what the library has no field for is kept in its `fields`."""
    return _Reader(item).paper()


class _Reader:
    """An item's variables, each taken once; what is left at the end is kept by its name."""

    def __init__(self, item: Item) -> None:
        self._left: dict[str, Any] = {}
        for name, value in item.items():
            # The name of a newer CSL wins over an older one of the same variable.
            known = _ALIASES.get(name, name)
            self._left[name if known != name and known in item else known] = value
        for name in ("id", "citation-key", "custom"):
            self._left.pop(name, None)
        self._fields: dict[str, Any] = {}
        self._keep("custom", _foreign(item))

    def _take(self, name: str) -> str:
        return variable_text(name, self._left.pop(name)) if name in self._left else ""

    def _keep(self, field: str, text: str) -> None:
        """Keep a text in a field of this name, or of one like it where the name is taken."""
        if not text:
            return
        while field in self._fields:
            field = f"{field}_"
        self._fields[field] = text

    def paper(self) -> Paper:
        csl = _raw(self._left.pop("type", None)).strip()
        kind = TYPES.get(csl) or _OTHER_TYPES.get(csl.lower(), "misc")
        kind = self._genre(kind)
        if csl in _SUBTYPES.values():
            self._keep("entrysubtype", csl.removeprefix("article-"))
        issued = self._take("issued")
        year, date = year_and_date(issued)
        if issued not in (date, year_text(year)):
            self._keep("date", issued)
        authors, et_al = self._people("author")
        editors, editors_cut = self._people("editor")
        if editors_cut and authors:
            editors = (*editors, OTHERS)
        doi, arxiv, primary_class, url = self._identifiers()
        venue, publisher, institution = self._houses(kind, csl, arxiv)
        if arxiv and kind == "article" and venues.is_arxiv(venue):
            # Never a journal called arXiv: the identifier says it (field notes, 3.7).
            kind, csl, venue = "misc", "article", ""
        pages = _DASH.sub("-", self._take("page"))
        if kind in ARTICLES and not pages:
            pages = self._take("number")  # of an article in an electronic journal
        paper = Paper(
            type=kind,
            title=self._take("title"),
            authors=authors,
            editors=editors,
            et_al=et_al or (editors_cut and not authors),
            year=year,
            date=date,
            venue=venue,
            volume=self._take("volume"),
            number=self._number(kind),
            pages=pages or self._take("page-first"),
            publisher=publisher,
            series=self._take("collection-title"),
            edition=self._take("edition"),
            institution=institution,
            doi=doi,
            arxiv=arxiv,
            primary_class=primary_class,
            isbn=self._take("ISBN"),
            url=url,
            abstract=self._take("abstract"),
        )
        for name, value in self._left.items():
            if name in FIELD:
                self._keep(FIELD[name], variable_text(name, value))
            else:
                self._keep(name.lower(), squeeze(_raw(value)))
        if csl and csl_type(replace(paper, fields=self._fields)) != csl:
            self._keep(TYPE_FIELD, csl)
        return replace(paper, fields=self._fields)

    def _genre(self, kind: str) -> str:
        """The entry type that the genre tells of a type; a genre that says no more than that is used up."""
        genre = record_text(_raw(self._left.get("genre")))
        for general, pattern, special in _GENRE:
            if kind == general and pattern.search(genre):
                if genre.replace("'", "’").lower() == GENRES[special].lower():
                    del self._left["genre"]
                return special
        return kind

    def _people(self, name: str) -> tuple[tuple[Person, ...], bool]:
        value = self._left.pop(name, None)
        if isinstance(value, Mapping | str) and value:
            value = [value]
        if not isinstance(value, list):
            return (), False
        return read_people(value)

    def _identifiers(self) -> tuple[str, str, str, str]:
        """DOI, arXiv id, its class, and the URL where that says more than those."""
        text = self._take("DOI")
        doi = ids.doi(text) or text
        url = self._take("URL")
        primary_class = ""
        arxiv = ids.arxiv_id(doi) or ids.arxiv_id(url)
        number = squeeze(_raw(self._left.get("number")))
        on_arxiv = _raw(self._left.get("archive")).strip().lower() == "arxiv"
        if (on_arxiv or number.lower().startswith("arxiv")) and (said := ids.arxiv_id(number)):
            arxiv = arxiv or said
            if arxiv == said:
                del self._left["number"]
                primary_class = (re.findall(r"\[([\w.-]+\.[\w-]+)\]$", number) or [""])[0]
        if on_arxiv and (said := ids.arxiv_id(_raw(self._left.get("archive_location")))) and arxiv in ("", said):
            arxiv = said
            del self._left["archive"], self._left["archive_location"]
        for line in _raw(self._left.get("note")).split("\n"):
            # Zotero's field Extra.
            if not arxiv and line.strip().lower().startswith("arxiv:"):
                arxiv = ids.arxiv_id(line)
        arxiv = arxiv or ids.arxiv_id(squeeze(_raw(self._left.get("container-title"))))
        repeats = (url and doi and ids.doi_key(url) == ids.doi_key(doi)) or (
            arxiv and url.replace("http://", "https://") == arxiv_url(arxiv)
        )
        return doi, arxiv, primary_class, "" if repeats else url

    def _houses(self, kind: str, csl: str, arxiv: str) -> tuple[str, str, str]:
        """Venue, publisher and institution."""
        venue, publisher = self._take("container-title"), self._take("publisher")
        if csl == "article" and publisher and not venue and venues.is_preprint(publisher):
            # An arXiv id says already where the paper is.
            return ("" if arxiv and publisher == "arXiv" else publisher), "", ""
        return (venue, "", publisher) if kind in HOUSES else (venue, publisher, "")

    def _number(self, kind: str) -> str:
        """The one number of a record: the issue, the number in a series or the paper's own, as its type has it."""
        name = "issue" if kind in ARTICLES else "collection-number" if kind in IN_SERIES else "number"
        if kind in ARTICLES and "number" in self._left:
            self._keep("eid", self._take("number"))
        return self._take(name)


# --- what CSL has no variable for -------------------------------------------------------------------------


def table_of(paper: Paper) -> dict[str, Any]:
    """A paper as the table that a library file would hold, in JSON's terms."""
    found: dict[str, Any] = jsontext.plain(table.to_table(Entry("", paper)))
    return found


def as_kept(paper: Paper) -> Paper:
    """The paper as a library file gives it back, its values in JSON's terms."""
    return table.from_table("", table_of(paper)).paper


def own(item: Item) -> Any:
    """What an item that litcli wrote says under `custom` beside its variables; None where there is nothing."""
    custom = item.get("custom")
    return custom.get("litcli") if isinstance(custom, Mapping) else None


def _foreign(item: Item) -> str:
    """What others wrote under an item's `custom`, as JSON text."""
    custom = item.get("custom")
    if not isinstance(custom, Mapping):
        return _raw(custom)
    return _raw({name: value for name, value in custom.items() if name != "litcli"})


def difference(read: Paper, paper: Paper) -> dict[str, Any]:
    """What makes the one paper the other: a value for each field that differs, None for one that is not said.

    Fields stand in the order of the library, those within `fields` by name, so that the same papers give the same text.
    """
    if read == paper:
        return {}
    said, meant = table_of(read), table_of(paper)
    changes = _changes(said, meant)
    if "fields" in changes:
        changes["fields"] = _changes(said.get("fields", {}), meant.get("fields", {}))
    return changes


def _changes(said: Mapping[str, Any], meant: Mapping[str, Any]) -> dict[str, Any]:
    order = sorted({*said, *meant}, key=lambda field: (_ORDER.get(field, 0), field))
    return {field: meant.get(field) for field in order if said.get(field) != meant.get(field)}


def restored(paper: Paper, said: Any) -> Paper:
    """The paper with what a `difference` says; raises ValueError where that is not a table of a paper's fields."""
    if not isinstance(said, Mapping):
        raise ValueError("custom.litcli must be an object")
    found = table_of(paper)
    for field, value in said.items():
        if field not in _OF_A_PAPER:
            raise ValueError(f"custom.litcli.{field} is no field of a paper")
        if field == "fields" and isinstance(value, Mapping):
            value = {**found.get("fields", {}), **value}
            value = {name: text for name, text in value.items() if text is not None}
        found[field] = value
    return table.from_table("", {field: value for field, value in found.items() if value is not None}).paper


_ORDER = {field: number for number, field in enumerate(FIELDS, start=1)}
_OF_A_PAPER = frozenset(FIELDS) - {"note", "tags", "aliases", "sources", "added"}
