"""BibTeX and biblatex files: an entry is a record, with its key, its macros resolved, its parents' fields inherited.

Text is decoded field by field; url, doi, eprint and file never are. What the library has no field for is kept in
`fields` under its own name.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from litcli import bibfields, bibfile, dates, detex, ids, names, tex, venues
from litcli.bibfile import BibBroken, BibEntry, BibString, Value
from litcli.page import Page
from litcli.paper import Paper, Person, Problem, Record
from litcli.text import is_balanced, squeeze

Fields = dict[str, str]
"""The fields of one entry by name: LaTeX, with macros and joins resolved."""

_HEAD = re.compile(
    r"^[ \t]*@\s*(?:(?:string|preamble|comment)\s*|[A-Za-z]+\s*[{(]\s*[^\s,={}()\"]*\s*(?=[,=]))",
    re.MULTILINE | re.IGNORECASE,
)
"""How a block begins: one that needs no key, or one up to its key."""
_REMARK = re.compile(r"^[ \t]*(?:%.*)?$\n?", re.MULTILINE)
"""A line that says nothing to BibTeX."""

# The macros that the standard styles define (btxbst.doc, "macros").
_MACROS = {
    **dict(zip(dates.MONTHS, "January February March April May June July August September October November December"
               .split(), strict=True)),
    "acmcs": "ACM Computing Surveys", "acta": "Acta Informatica", "cacm": "Communications of the ACM",
    "ibmjrd": "IBM Journal of Research and Development", "ibmsj": "IBM Systems Journal",
    "ieeese": "IEEE Transactions on Software Engineering", "ieeetc": "IEEE Transactions on Computers",
    "ieeetcad": "IEEE Transactions on Computer-Aided Design of Integrated Circuits",
    "ipl": "Information Processing Letters", "jacm": "Journal of the ACM",
    "jcss": "Journal of Computer and System Sciences", "scp": "Science of Computer Programming",
    "sicomp": "SIAM Journal on Computing", "tocs": "ACM Transactions on Computer Systems",
    "tods": "ACM Transactions on Database Systems", "tog": "ACM Transactions on Graphics",
    "toms": "ACM Transactions on Mathematical Software", "toois": "ACM Transactions on Office Information Systems",
    "toplas": "ACM Transactions on Programming Languages and Systems", "tcs": "Theoretical Computer Science",
}  # fmt: skip
_UNSAFE_KEY = re.compile(r"[\s,\"{}%#~=\\\x00-\x1f\x7f]")
"""What no \\cite can name."""

_BOOKISH = frozenset("proceedings collection book mvbook mvcollection mvproceedings reference".split())
"""Parents whose title is the book title of their children (biblatex manual, appendix B)."""
_DATES = frozenset("date year month day".split())
"""What a child that has one of has all of."""
_PARENTS_OWN = frozenset("doi url eprint eprinttype archiveprefix eprintclass primaryclass abstract file".split())
"""What identifies the parent alone; no standard style prints it for the child, and it would make all children one."""


def detect(page: Page) -> bool:
    """Whether most of a page's text is entries."""
    text = page.text
    inside = at = 0
    for head in _HEAD.finditer(text):
        if head.start() < at:
            continue
        whole = bibfile.BRACED.match(text, text.find("{", head.start()))
        following = None if whole else _HEAD.search(text, head.end())
        at = whole.end() if whole else following.start() if following else len(text)
        inside += len(text[head.start() : at].strip())
    return inside > 0 and inside * 2 >= len(_REMARK.sub("", text).strip())


def parse(page: Page) -> Iterator[Record | Problem]:
    """The records of a .bib file, and a problem for each block that cannot be read."""
    macros = dict(_MACROS)
    preambles: list[str] = []
    found: list[tuple[BibEntry, Fields]] = []
    for block in bibfile.blocks(page.text):
        if isinstance(block, BibBroken):
            lost = 0 if block.type in ("string", "preamble", "comment") else 1
            yield Problem(page.name, block.line, block.reason, lost, block.raw)
        elif isinstance(block, BibString):
            text, _ = _resolved(block.value, macros)
            if block.name:
                macros[block.name] = text
            else:
                preambles.append(text)
        elif isinstance(block, BibEntry):
            fields, remarks = _fields(block, macros)
            found.append((block, fields))
            for remark in remarks:
                yield Problem(page.name, block.line, f"{block.key}: {remark}", 0)
    commands = detex.macros("".join(preambles))
    by_key = {entry.key.lower(): (entry.type, fields) for entry, fields in reversed(found)}
    for entry, fields in found:
        if entry.type == "xdata":
            continue
        yield from _orphaned(page, entry, fields, by_key)
        record = _record(entry, _inherited(entry, fields, by_key), commands)
        if record.key != entry.key:
            yield Problem(
                page.name, entry.line, f"the key {entry.key!r} cannot be cited in LaTeX; it is kept as an alias", 0
            )
        yield record


# --- macros and inheritance -------------------------------------------------------------------------------


def _resolved(value: Value, macros: Mapping[str, str]) -> tuple[str, list[str]]:
    """The text of a value, and the macros in it that nothing defines; those stand for their own names."""
    if len(value) == 1 and not value[0].is_macro:
        return value[0].text, []
    unknown = [piece.text for piece in value if piece.is_macro and piece.text not in macros]
    return "".join(macros.get(piece.text, piece.text) if piece.is_macro else piece.text for piece in value), unknown


def _fields(entry: BibEntry, macros: Mapping[str, str]) -> tuple[Fields, list[str]]:
    fields: Fields = {}
    remarks = [entry.remark] if entry.remark else []
    for name, value in entry.fields:
        text, unknown = _resolved(value, macros)
        remarks += [f"nothing defines {macro}, the value of {name}" for macro in unknown]
        if text and not text.isspace():
            fields[name] = text
    return fields, remarks


def _inherited(
    entry: BibEntry, fields: Fields, by_key: Mapping[str, tuple[str, Fields]], above: frozenset[str] = frozenset()
) -> Fields:
    """The fields of an entry with those of its xdata and its crossref where it lacks them."""
    if "crossref" not in fields and "xdata" not in fields:
        return fields
    whole = dict(fields)
    here = above | {entry.key.lower()}
    for name in [*fields.get("xdata", "").split(","), fields.get("crossref", "")]:
        key = name.strip().lower()
        if key in here or key not in by_key:
            continue
        kind, parent = by_key[key]
        given = _inherited(BibEntry(kind, key, (), 0, 0, 0), parent, by_key, here)
        if kind in _BOOKISH and entry.type not in _BOOKISH and "title" in given:
            if "booktitle" not in whole and "booktitle" not in given and "subtitle" in given:
                whole.setdefault("booksubtitle", given["subtitle"])
            whole.setdefault("booktitle", given.get("booktitle", given["title"]))
            given = {name: value for name, value in given.items() if name not in ("title", "subtitle", "titleaddon")}
        for field, value in given.items():
            if field in _DATES and not _DATES.isdisjoint(fields):
                continue
            if field.endswith("subtitle") and f"{field.removesuffix('subtitle')}title" in fields:
                continue  # a subtitle belongs to its own title
            if field not in bibfields.REFERENCES and field not in _PARENTS_OWN:
                whole.setdefault(field, value)
    whole.pop("xdata", None)
    return whole


def _orphaned(
    page: Page, entry: BibEntry, fields: Fields, by_key: Mapping[str, tuple[str, Fields]]
) -> Iterator[Problem]:
    """A remark for each entry that this one would inherit from and the file lacks."""
    for name in ("crossref", "xdata"):
        for key in filter(None, re.split(r"\s*,\s*", fields.get(name, "").strip())):
            if key.lower() not in by_key:
                yield Problem(page.name, entry.line, f"{entry.key}: {name} {key} is not in this file", 0)


# --- one entry --------------------------------------------------------------------------------------------


def _record(entry: BibEntry, fields: Fields, commands: Mapping[str, detex.Macro]) -> Record:
    safe = not _UNSAFE_KEY.search(entry.key)
    aliases = [name for name in re.split(r"[\s,]+", fields.get("ids", "")) if name]
    return Record(
        paper=_Reader(entry, fields, commands).paper(),
        line=entry.line,
        key=entry.key if safe else "",
        aliases=tuple(aliases if safe else [*aliases, entry.key]),
    )


class _Reader:
    """Takes the fields of one entry into a paper, each once; what nobody took goes to `fields`."""

    def __init__(self, entry: BibEntry, fields: Fields, commands: Mapping[str, detex.Macro]) -> None:
        self._type = bibfields.ALIASES.get(entry.type, entry.type)
        self._key = entry.key
        self._left = {name: value for name, value in fields.items() if name != "ids"}
        self._commands = commands

    def _take(self, *wanted: str) -> str:
        """The raw value of the first of these fields that is there; the others stay."""
        for name in wanted:
            if name in self._left:
                return self._left.pop(name).strip()
        return ""

    def _text(self, *wanted: str) -> str:
        return self._decoded(self._take(*wanted))

    def _item(self, *wanted: str) -> str:
        """A field that biblatex has as a list, without the braces that keep an `and` in its only item."""
        return _unbraced(self._text(*wanted))

    def _decoded(self, latex: str) -> str:
        return detex.decode(latex, self._commands) if latex else ""

    def paper(self) -> Paper:
        title = self._joined("title", "subtitle")
        authors, et_al = _people(self._take("author"), self._decoded)
        editors, editors_cut = _people(self._take("editor"), self._decoded)
        year, date = self._date()
        arxiv, primary_class = self._eprint()
        kind = self._kind()
        venue = self._venue(kind)
        url = _bare(self._take("url"))
        doi = _bare(self._take("doi"))
        arxiv = arxiv or self._arxiv(kind, venue, url, doi)
        if venues.is_arxiv(venue) and kind in ("article", "misc"):
            # Never journal = {arXiv preprint …}: the identifier says it (field notes, 3.7).
            kind = "misc"
            if arxiv:
                venue = ""
                self._drop_repeated(arxiv)
        if kind == "online" and arxiv and not venue:
            kind = "misc"
        institution = self._item(*bibfields.HOUSES.get(kind, ("institution",)))
        paper = Paper(
            type=kind,
            title=title,
            authors=authors,
            editors=(*editors, Person(family="others")) if editors_cut and authors else editors,
            et_al=et_al or (editors_cut and not authors),
            year=year,
            date=date,
            venue=venue,
            volume=self._text("volume"),
            number=self._text("number", "issue"),
            pages=bibfields.pages(detex.plain(self._decoded(self._take("pages", "eid").replace("$-$", "-"))), "-"),
            publisher=self._item("publisher"),
            series=self._text("series"),
            edition=self._text("edition"),
            institution=institution,
            doi=ids.doi(doi) or doi,
            arxiv=arxiv,
            primary_class=primary_class,
            isbn=self._take("isbn"),
            url=url,
            abstract=detex.plain(self._text("abstract")),
        )
        if self._left.get("key") == bibfields.sort_label(title, self._key):
            del self._left["key"]  # export adds it where the styles need one
        if self._left.get("langid", "-") == self._left.get("language", "").strip().lower():
            del self._left["langid"]  # export adds it where biblatex needs it
        rest = {
            name: squeeze(value) if bibfields.is_verbatim(name) else self._decoded(value)
            for name, value in self._left.items()
        }
        rest |= {name: _unbraced(rest[name]) for name in bibfields.LISTS & rest.keys()}
        kept = {name: value for name, value in rest.items() if value}
        return replace(paper, fields=kept) if kept else paper

    def _joined(self, main: str, sub: str) -> str:
        """A title with its subtitle behind a colon."""
        parts = [self._text(main), self._text(sub)]
        whole = ": ".join(part for part in parts if part)
        return whole.replace("?: ", "? ").replace("!: ", "! ") if all(parts) else whole

    def _kind(self) -> str:
        """The entry's type; a thesis or a report by the classic type that its `type` field names."""
        kind, named = self._type, self._left.get("type", "").strip().lower()
        classic = next((name for name, (_, told) in bibfields.NAMED_TYPES.items() if told == named), "")
        if classic and kind in ("thesis", "report"):
            del self._left["type"]
            return classic
        return kind

    def _venue(self, kind: str) -> str:
        elsewhere = () if kind in _BOOKISH else bibfields.ANY_VENUE
        for name in (*bibfields.VENUES.get(kind, ()), *elsewhere):
            value = self._left.get(name, "")
            if not value:
                continue
            if name == "howpublished" and re.fullmatch(r"\s*\\url\s*\{.*\}\s*", value, re.DOTALL):
                if "url" not in self._left:
                    self._left["url"] = value
                elif _bare(value) != _bare(self._left["url"]):
                    continue
                del self._left["howpublished"]
                continue
            sub = {"journaltitle": "journalsubtitle", "booktitle": "booksubtitle"}.get(name, "")
            return self._joined(name, sub) if sub else self._text(name)
        return ""

    def _date(self) -> tuple[int | None, str]:
        """The year, and the date where more is known than the year; what is no plain date stays in its field."""
        date = self._left.get("date", "").strip()
        if date:
            year, exact = _iso(date)
            if exact:
                del self._left["date"]
            if self._left.get("year", "").strip() == str(year):
                del self._left["year"]
            return year, exact if len(exact) > len("2023") else ""
        text = detex.plain(self._decoded(self._left.get("year", "")))
        year = int(text) if re.fullmatch(r"\d{1,4}", text, re.ASCII) else None
        if year is None:
            # `in press`, `1998--2000`, `[1997]`: kept as it stands, with the year that it begins with for searches.
            first = re.search(r"(?<!\d)[12]\d{3}(?!\d)", text, re.ASCII)
            return (int(first[0]) if first else None), ""
        del self._left["year"]
        month, day = _month_and_day(detex.plain(self._decoded(self._left.get("month", ""))), self._left.get("day", ""))
        exact = dates.make(year, month, day) if month else ""
        if not exact or not _is_date(exact):
            return year, ""
        del self._left["month"]
        if day:
            self._left.pop("day", None)
        return year, exact

    def _eprint(self) -> tuple[str, str]:
        kind = self._left.get("eprinttype", self._left.get("archiveprefix", "")).strip().lower()
        # Mendeley has `arxivId`, some exports of it without `eprint`.
        arxiv = ids.arxiv_id(_bare(self._left.get("eprint") or self._left.get("arxivid", "")))
        if not arxiv or kind not in ("", "arxiv"):
            return "", ""
        for name in ("eprint", "eprinttype", "archiveprefix", "arxivid"):
            self._left.pop(name, None)
        return arxiv, self._take("eprintclass", "primaryclass")

    def _arxiv(self, kind: str, venue: str, url: str, doi: str) -> str:
        """An arXiv id that stands where people put it for want of a field; never from the abstract."""
        places = [url, doi]
        if venues.is_arxiv(venue) or kind in ("misc", "online", "unpublished"):
            places += [venue, *(self._left.get(name, "") for name in ("volume", "number", "pages", "eid", "note"))]
        for place in places:
            for word in re.split(r"[\s,;()\[\]{}]+", place):
                bare = re.sub(r"^(?:abs|pdf)/", "arXiv:", word)
                marked = re.match(r"(?i)arxiv|https?:|10\.", bare)
                if (marked or venues.is_arxiv(venue)) and (found := ids.arxiv_id(bare.rstrip("."))):
                    return found
        return ""

    def _drop_repeated(self, arxiv: str) -> None:
        """Forget the volume or the pages of a preprint that only say its identifier again."""
        for name in ("volume", "number", "pages", "eid"):
            if re.sub(r"(?i)^(?:abs/|arxiv:)", "", self._left.get(name, "").strip()).startswith(arxiv):
                del self._left[name]


def _unbraced(item: str) -> str:
    """An item that holds an `and`, without the braces round the whole of it."""
    whole = item[:1] == "{" and item[-1:] == "}" and " and " in item and is_balanced(item[1:-1])
    return item[1:-1] if whole else item


_WRAPPING = re.compile(r"[\\{}<>]")


def _bare(value: str) -> str:
    r"""A url or an identifier out of its wrapping: `\url{…}`, `<…>`, `\_` (a backslash is no part of any url)."""
    value = squeeze(value)
    if not _WRAPPING.search(value):
        return value
    wrapped = re.fullmatch(r"\\(?:url|path|nolinkurl|href)\s*\{(.*)\}|<(.*)>|\{(.*)\}", value)
    value = next((part for part in wrapped.groups() if part is not None), "") if wrapped else value
    value = re.sub(r"\{?\\([_%&#$~])(?:\{\})?\}?", r"\1", value)
    return (
        value.replace(r"\textunderscore{}", "_")
        .replace(r"{\textasciitilde}", "~")
        .replace(r"\textasciitilde{}", "~")
        .strip()
    )


def _iso(date: str) -> tuple[int | None, str]:
    """The year that a biblatex date begins with, and the date where it is a plain one."""
    if re.fullmatch(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", date, re.ASCII) and _is_date(date):
        return int(date[:4]), date
    match = re.match(r"\d{4}(?!\d)", date, re.ASCII)
    return (int(match[0]) if match else None), ""


def _is_date(date: str) -> bool:
    try:
        year, _, _ = dates.parts(date)
    except ValueError:
        return False
    return year is None or year >= datetime.MINYEAR


_MONTH = re.compile(
    r"(?:(?P<before>\d{1,2})[\s.]*(?=[A-Za-z]))?(?P<name>[A-Za-z]+\.?|\d{1,2})(?:[\s,]*(?P<behind>\d{1,2}))?"
)


def _month_and_day(month: str, day: str) -> tuple[int | None, int | None]:
    """The month of `April`, `apr`, `4`, and its day, which may stand beside it: `April 10`, `10 April`."""
    match = _MONTH.fullmatch(month)
    if not match:
        return None, None
    name = match["name"]
    number = int(name) if name.isdigit() else dates.month_number(name)
    if not 1 <= number <= 12 or (match["before"] and match["behind"]):
        return None, None
    beside = match["before"] or match["behind"] or ""
    if beside and name.isdigit():
        return None, None
    told = beside or (day.strip() if day.strip().isdecimal() else "")
    return number, int(told) if told else None


# --- names ------------------------------------------------------------------------------------------------


def _people(latex: str, decode: Callable[[str], str]) -> tuple[tuple[Person, ...], bool]:
    """The people of a name list, and whether it ends in `and others`."""
    if not latex:
        return (), False
    parts = [part for name in names.split_and(latex) if (part := name.strip(" ,"))]
    cut = len(parts) > 1 and parts[-1].lower() == "others"
    people = (_person(part, decode) for part in (parts[:-1] if cut else parts))
    return tuple(person for person in people if person != Person()), cut


_PARTS = re.compile(r"\s*(given|family|prefix|suffix|useprefix|given-i|family-i|prefix-i|suffix-i|id)\s*=\s*")


def _person(latex: str, decode: Callable[[str], str]) -> Person:
    """One name in BibTeX's grammar, or in biblatex's extended form `family=…, given=…`."""
    if "=" in latex and _PARTS.match(latex):
        told: dict[str, str] = {}
        for piece in names.split_top(latex):
            match = _PARTS.match(piece)
            if match:
                told[match[1]] = decode(piece[match.end() :].strip().strip('"')).strip("{}")
        return Person(told.get("family", ""), told.get("given", ""), told.get("prefix", ""), told.get("suffix", ""))
    groups = bibfile.BRACED.findall(latex) if latex.startswith("{") else []
    if len(groups) > 1 and "".join(groups) == latex:
        # Nothing but groups is one name, as export writes an organisation with commands in it.
        whole = "".join(group if group.startswith("{\\") else group[1:-1] for group in groups)
        return Person(literal=squeeze(_closed(decode(whole))))
    return names.without_number(names.parse(_closed(decode(latex))))


_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\{\}|\s)*")


def _closed(name: str) -> str:
    """A name whose commands end in a blank before a letter and in nothing else: it cannot hold an empty group."""
    if "\\" not in name:
        return name

    def one(match: re.Match[str]) -> str:
        follows = match.string[match.end() : match.end() + 1]
        return f"\\{match[1]}{' ' * follows.isalpha()}" if match[1] in tex.PASSED else match[0]

    return "".join(part if is_math else _COMMAND.sub(one, part) for is_math, part in tex.segments(name))
