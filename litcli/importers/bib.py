"""BibTeX and biblatex files: an entry is a record, with its key, its macros resolved, its parents' fields inherited.

Text is decoded field by field; url, doi, eprint and file never are. What the library has no field for is kept in
`fields` under its own name.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from litcli import bibfields, bibfile, dates, detex, ids, inheriting, names, parallel, tex, venues
from litcli.bibfile import BibBroken, BibEntry, BibString, Value
from litcli.page import Page
from litcli.paper import OTHERS, Paper, Person, Problem, Record
from litcli.text import is_balanced, squeeze

Fields = dict[str, str]
"""The fields of one entry by name: LaTeX, with macros and joins resolved."""
_Found = tuple[BibEntry, Fields]

_HEAD = re.compile(
    r"^[ \t]*@\s*(?:(?:string|preamble|comment)\s*|[A-Za-z]+\s*[{(]\s*(?P<key>[^\s,={}\"]*)\s*(?=[,=]))",
    re.MULTILINE | re.IGNORECASE,
)
"""How a block begins: one that needs no key, or one up to its key."""
_REMARK = re.compile(r"^[ \t]*(?:%.*)?$\n?", re.MULTILINE)
"""A line that says nothing to BibTeX."""
_TELLING = 1_000_000
"""Characters at a page's beginning that tell what most of it is."""

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

_STRING = re.compile(r"@\s*+string", re.IGNORECASE)
_RELATED = re.compile(r"(?:crossref|xdata)\s*+=|@\s*+preamble")
_SHARE = 1_000_000
"""Characters that are worth another process."""

_ARXIV_LIKE = re.compile(r"\d{4}\.\d{4}|/\d{7}", re.ASCII)
"""What every arXiv id has in it, and few other texts."""
_DATES = frozenset("date year month day".split())
"""What a child that has one of has all of."""
_SETS_OWN = frozenset("key doi url eprint eprinttype archiveprefix eprintclass primaryclass abstract file".split())
"""What identifies a set of data alone: it would make all one that take from it."""


def detect(page: Page) -> bool:
    """Whether most of a page's text is entries; of a file that is called so, whether any of it is."""
    text = page.text[:_TELLING]
    inside = at = 0
    is_named_so = page.name.lower().endswith(".bib")
    for head in _HEAD.finditer(text):
        if is_named_so and head["key"] is not None:
            return True
        if head.start() < at:
            continue
        whole = bibfile.BRACED.match(text, text.find("{", head.start()))
        following = None if whole else _HEAD.search(text, head.end())
        at = whole.end() if whole else following.start() if following else len(text)
        inside += len(text[head.start() : at].strip())
        if inside * 2 >= len(text):
            return True
    return inside > 0 and inside * 2 >= len(_REMARK.sub("", text).strip())


def parse(page: Page) -> Iterator[Record | Problem]:
    """The records of a .bib file, and a problem for each block that cannot be read."""
    if _needs_whole(page.text):
        file = _File(page, dict(_MACROS))
        found = [*file.entries()]
        pairs = [item for item in reversed(found) if not isinstance(item, Problem)]
        by_key = {alias.lower(): pair for pair in pairs for alias in _aliases(pair[1])}
        by_key |= {pair[0].key.lower(): pair for pair in pairs}
        yield from _with_parents([*_records(page, found, by_key, _Texts(detex.macros(file.preamble)))])
        return
    # Up to its last macro a file is read in order, and the shares of the rest at the same time.
    macros = dict(_MACROS)
    head = max((found.end() for found in _STRING.finditer(page.text)), default=0)
    items, at = _share(page, 0, head, macros)
    yield from items
    cuts = _cuts(page.text, at)
    shares = parallel.in_order(lambda n: _share(page, cuts[n], cuts[n + 1], macros), len(cuts) - 1)
    for cut in cuts[:-1]:
        if cut < at:
            # A block that is not closed goes on beyond the cut, and what begins in it is none.
            shares.close()
            items, at = _share(page, at, len(page.text), macros)
            yield from items
            return
        items, at = next(shares)
        yield from items


def _needs_whole(text: str) -> bool:
    """Whether an entry may need what stands behind it: a parent, or a command that a preamble defines."""
    lower = text.lower()
    return any(word in lower for word in ("crossref", "xdata", "preamble")) and _RELATED.search(lower) is not None


def _cuts(text: str, start: int) -> list[int]:
    """Where the shares of a text begin, and its end: as many as can be read at the same time and are worth it."""
    count = min(parallel.processors(), (len(text) - start) // _SHARE)
    inner = {text.find("\n@", start + number * (len(text) - start) // count) + 1 for number in range(1, count)}
    return [start, *sorted(inner - {0}), len(text)]


def _share(page: Page, start: int, stop: int, macros: dict[str, str]) -> tuple[list[Record | Problem], int]:
    """What the blocks that begin in a part of a page are, and where the last of them ends; their macros are added."""
    file = _File(page, macros)
    return [*_records(page, file.entries(start, stop), {}, _Texts(detex.NO_MACROS))], file.end


class _File:
    """A page as it is read: its macros and its preamble so far, and where the last block ends."""

    def __init__(self, page: Page, macros: dict[str, str]) -> None:
        self._page = page
        self._macros = macros
        self.preamble = ""
        self.end = 0

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[_Found | Problem]:
        """The entries that begin there with their fields, and a problem for each block that cannot be read."""
        page, macros = self._page, self._macros
        self.end = start
        for block in bibfile.blocks(page.text, start, stop):
            self.end = block.end
            if isinstance(block, BibEntry):
                fields, remarks = _fields(block, macros)
                raw = page.text[block.start : block.end] + block.stray if block.stray else ""
                for remark in remarks:
                    yield Problem(page.name, block.line, ": ".join(filter(None, (block.key, remark))), 0, raw)
                yield block, fields
            elif isinstance(block, BibBroken):
                lost = 0 if block.type in ("string", "preamble", "comment") else 1
                yield Problem(page.name, block.line, block.reason, lost, block.raw)
            elif isinstance(block, BibString):
                text, _ = _resolved(block.value, macros)
                if block.name:
                    macros[block.name] = text
                else:
                    self.preamble += text


def _records(
    page: Page,
    found: Iterable[_Found | Problem],
    by_key: Mapping[str, _Found],
    texts: _Texts,
) -> Iterator[Record | Problem]:
    """The records of entries, with the data that they take from those of `by_key`."""
    for item in found:
        if isinstance(item, Problem):
            yield item
            continue
        entry, fields = item
        if entry.type == "xdata":
            continue
        yield from _orphaned(page, entry, fields, by_key)
        record = _record(entry, _referring(_with_data(fields, by_key), by_key), texts)
        if record.key != entry.key:
            yield Problem(
                page.name, entry.line, f"the key {entry.key!r} cannot be cited in LaTeX; it is kept as an alias", 0
            )
        yield record


class _Texts:
    """What the LaTeX of one file says, by the commands that its preamble defines; what comes again is read once."""

    def __init__(self, commands: Mapping[str, detex.Macro]) -> None:
        self.of = functools.partial(detex.decode, known=commands)
        self.often = functools.lru_cache(maxsize=4096)(self.of)
        self.person = functools.lru_cache(maxsize=65536)(functools.partial(_person, decode=self.of))


# --- macros and inheritance -------------------------------------------------------------------------------


def _resolved(value: Value, macros: Mapping[str, str]) -> tuple[str, list[str]]:
    """The text of a value, and the macros in it that nothing defines; those stand for their own names."""
    unknown = [piece.text for piece in value if piece.is_macro and piece.text not in macros]
    return "".join(macros.get(piece.text, piece.text) if piece.is_macro else piece.text for piece in value), unknown


def _fields(entry: BibEntry, macros: Mapping[str, str]) -> tuple[Fields, list[str]]:
    fields: Fields = {}
    remarks = [entry.remark] if entry.remark else []
    for name, value in entry.fields:
        if len(value) == 1 and not value[0].is_macro:
            text = value[0].text
        else:
            text, unknown = _resolved(value, macros)
            remarks += [f"nothing defines {macro}, the value of {name}" for macro in unknown]
        if text and not text.isspace():
            fields[name] = text
    return fields, remarks


def _with_data(fields: Fields, by_key: Mapping[str, _Found], above: frozenset[str] = frozenset()) -> Fields:
    """The fields of an entry with those of its sets of data where it lacks them (biblatex manual, section 2.2.3)."""
    if "xdata" not in fields:
        return fields
    whole = {name: value for name, value in fields.items() if name != "xdata"}
    for name in fields["xdata"].split(","):
        key = name.strip().lower()
        if key not in by_key or key in above:
            continue
        for field, value in _with_data(by_key[key][1], by_key, above | {key}).items():
            if field in _DATES and not _DATES.isdisjoint(fields):
                continue
            if field.endswith("subtitle") and f"{field.removesuffix('subtitle')}title" in fields:
                continue  # a subtitle belongs to its own title
            if field not in bibfields.REFERENCES and field not in _SETS_OWN:
                whole.setdefault(field, value)
    return whole


def _referring(fields: Fields, by_key: Mapping[str, _Found]) -> Fields:
    """The fields of an entry with its parent under the key that this one has."""
    parent = by_key.get(fields.get("crossref", "").strip().lower())
    return {**fields, "crossref": parent[0].key} if parent else fields


def _with_parents(found: Sequence[Record | Problem]) -> Iterator[Record | Problem]:
    """The records with what they inherit from others of them."""
    records = [item for item in reversed(found) if isinstance(item, Record)]
    by_key = {alias.lower(): record.paper for record in records for alias in record.aliases}
    by_key |= {record.key.lower(): record.paper for record in records if record.key}
    for item in found:
        if isinstance(item, Record):
            yield replace(item, paper=inheriting.whole(item.paper, lambda key: by_key.get(key.lower())))
        else:
            yield item


def _orphaned(page: Page, entry: BibEntry, fields: Fields, by_key: Mapping[str, _Found]) -> Iterator[Problem]:
    """A remark for each entry that this one would inherit from and the file lacks."""
    for name in ("crossref", "xdata"):
        for key in filter(None, re.split(r"\s*,\s*", fields[name].strip())) if name in fields else ():
            if key.lower() not in by_key:
                yield Problem(page.name, entry.line, f"{entry.key}: {name} {key} is not in this file", 0)


# --- one entry --------------------------------------------------------------------------------------------


def _record(entry: BibEntry, fields: Fields, texts: _Texts) -> Record:
    safe = bibfields.citable(entry.key)
    aliases = _aliases(fields)
    return Record(
        paper=_Reader(entry, fields, texts).paper(),
        line=entry.line,
        key=entry.key if safe else "",
        aliases=tuple(aliases if safe or not entry.key else [*aliases, entry.key]),
    )


def _aliases(fields: Fields) -> list[str]:
    """Further keys of an entry (biblatex manual, section 2.2.3: ids)."""
    return [key for key in re.split(r"[\s,]+", fields["ids"]) if key] if "ids" in fields else []


class _Reader:
    """Takes the fields of one entry into a paper, each once; what nobody took goes to `fields`."""

    def __init__(self, entry: BibEntry, fields: Fields, texts: _Texts) -> None:
        self._type = bibfields.ALIASES.get(entry.type, entry.type)
        self._key = entry.key
        self._left = fields.copy()
        self._left.pop("ids", "")
        self._texts = texts

    def _take(self, *wanted: str) -> str:
        """The raw value of the first of these fields that is there; the others stay."""
        for name in wanted:
            if name in self._left:
                return self._left.pop(name).strip()
        return ""

    def _text(self, *wanted: str) -> str:
        latex = self._take(*wanted)
        return self._texts.of(latex) if latex else ""

    def _name(self, *wanted: str) -> str:
        """A field that says the same in many entries."""
        latex = self._take(*wanted)
        return self._texts.often(latex) if latex else ""

    def _item(self, *wanted: str) -> str:
        """A field that biblatex has as a list, without the braces that keep an `and` in its only item."""
        return _unbraced(self._name(*wanted))

    def paper(self) -> Paper:
        title = self._joined("title", "subtitle")
        authors, et_al = _people(self._take("author"), self._texts)
        editors, editors_cut = _people(self._take("editor"), self._texts)
        year, date = self._date()
        arxiv, primary_class = self._eprint()
        kind = self._kind()
        venue = self._venue(kind)
        url = _bare(self._take("url"))
        doi = _bare(self._take("doi"))
        arxiv = arxiv or self._arxiv(kind, venue, url, doi)
        published = venue or "crossref" in self._left or (doi and not ids.is_preprint_doi(doi))
        if kind in ("article", "misc") and (venues.is_arxiv(venue) or (arxiv and not published)):
            # Never journal = {arXiv preprint …}: the identifier says it (field notes, 3.7).
            kind = "misc"
            if arxiv:
                venue = ""
                self._drop_repeated(arxiv)
        if kind == "online" and arxiv and not venue:
            kind = "misc"
        return Paper(
            type=kind,
            title=title,
            authors=authors,
            editors=(*editors, OTHERS) if editors_cut and authors else editors,
            et_al=et_al or (editors_cut and not authors),
            year=year,
            date=date,
            venue=venue,
            volume=self._name("volume"),
            number=self._name("number", "issue"),
            pages=self._pages(),
            publisher=self._item("publisher"),
            series=self._name("series"),
            edition=bibfields.cardinal(self._name("edition")),
            institution=self._item(*bibfields.HOUSES.get(kind, ("institution",))),
            doi=ids.doi(doi) or doi,
            arxiv=arxiv,
            primary_class=primary_class,
            isbn=squeeze(self._take("isbn")),
            url=url,
            abstract=detex.plain(self._text("abstract")),
            fields=self._rest(title),
        )

    def _pages(self) -> str:
        latex = self._take("pages", "eid").replace("$-$", "-")
        return bibfields.pages(detex.plain(self._texts.of(latex)), "-") if latex else ""

    def _rest(self, title: str) -> dict[str, str]:
        """What nobody took, under its own name."""
        left = self._left
        if not left:
            return {}
        if "key" in left and left["key"] == bibfields.sort_label(title, self._key):
            del left["key"]  # export adds it where the styles need one
        if "langid" in left and left["langid"] == left.get("language", "").strip().lower():
            del left["langid"]  # export adds it where biblatex needs it
        rest = {
            name: squeeze(value) if bibfields.is_verbatim(name) else self._texts.of(value)
            for name, value in left.items()
        }
        for name in bibfields.LISTS & rest.keys():
            rest[name] = _unbraced(rest[name])
        return {name: value for name, value in rest.items() if value}

    def _joined(self, main: str, sub: str) -> str:
        """A title with its subtitle behind a colon."""
        if sub not in self._left:
            return self._text(main)
        parts = [self._text(main), self._text(sub)]
        whole = ": ".join(part for part in parts if part)
        return whole.replace("?: ", "? ").replace("!: ", "! ") if all(parts) else whole

    def _kind(self) -> str:
        """The entry's type; a thesis or a report by the classic type that its `type` field names."""
        if self._type in ("thesis", "report"):
            named = self._left.get("type", "").strip().lower()
            for classic, (_, told) in bibfields.NAMED_TYPES.items():
                if named == told:
                    del self._left["type"]
                    return classic
        return self._type

    def _venue(self, kind: str) -> str:
        elsewhere = () if kind in bibfields.BOOKS else bibfields.ANY_VENUE
        for name in (*_venue_fields(kind), *elsewhere):
            value = self._left.get(name, "")
            if not value:
                continue
            if name == "howpublished" and _ONLY_ADDRESS.fullmatch(value):
                if "url" not in self._left:
                    self._left["url"] = value
                elif _bare(value) != _bare(self._left["url"]):
                    continue
                del self._left["howpublished"]
                continue
            sub = {"journaltitle": "journalsubtitle", "booktitle": "booksubtitle"}.get(name, "")
            return self._joined(name, sub) if sub in self._left else self._name(name)
        return ""

    def _date(self) -> tuple[int | None, str]:
        """The year, and the date where more is known than the year; what is no plain date stays in its field."""
        date = self._left.get("date", "").strip()
        if date:
            year, exact = _iso(date)
            if not exact:
                year, exact = _in_words(date) or (year, "")
            if exact:
                del self._left["date"]
            if self._left.get("year", "").strip() == str(year):
                del self._left["year"]
            return year, exact if len(exact) > len("2023") else ""
        text = detex.plain(self._texts.often(self._left.get("year", "")))
        year = int(text) if len(text) <= 4 and text.isascii() and text.isdecimal() else None
        if year is None:
            # `in press`, `1998--2000`, `[1997]`: kept as it stands, with the year that it begins with for searches.
            self._left.update(self._macro_of_month())
            first = re.search(r"(?<!\d)[12]\d{3}(?!\d)", text, re.ASCII)
            return (int(first[0]) if first else None), ""
        del self._left["year"]
        if "month" not in self._left:
            return year, ""
        month, day = _month_and_day(detex.plain(self._texts.often(self._left["month"])), self._left.get("day", ""))
        exact = dates.make(year, month, day) if month else ""
        if not exact or not _is_date(exact):
            return year, ""
        del self._left["month"]
        if day:
            self._left.pop("day", None)
        return year, exact

    def _macro_of_month(self) -> Fields:
        """A month that stays a field of its own, by BibTeX's macro, which is how it is written."""
        month, day = _month_and_day(detex.plain(self._texts.often(self._left.get("month", ""))), "")
        return {"month": dates.MONTHS[month - 1]} if month and not day else {}

    def _eprint(self) -> tuple[str, str]:
        kind = self._left.get("eprinttype", self._left.get("archiveprefix", "")).strip().lower()
        # Mendeley has `arxivId`, some exports of it without `eprint`.
        told = self._left.get("eprint") or self._left.get("arxivid", "")
        arxiv = ids.arxiv_id(re.sub(r"(?i)^arxiv(?=\s)", "arXiv:", _bare(told))) if told else ""
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
        for place in filter(_ARXIV_LIKE.search, places):
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


def _venue_fields(kind: str) -> tuple[str, ...]:
    return bibfields.VENUES.get(bibfields.ALIASES.get(kind, kind), ("howpublished",))


def _unbraced(item: str) -> str:
    """An item that holds an `and`, without the braces round the whole of it."""
    whole = item[:1] == "{" and item[-1:] == "}" and " and " in item and is_balanced(item[1:-1])
    return item[1:-1] if whole else item


_ADDRESS_COMMAND = r"\\(?:url|path|nolinkurl|href|liturl)\s*"
"""The commands that print an address, with the one that export writes (`tex.url`)."""
_ONLY_ADDRESS = re.compile(rf"\s*{_ADDRESS_COMMAND}{bibfile.BRACED.pattern}\s*")
_WRAPPING = re.compile(r"[\\{}<>]")


def _bare(value: str) -> str:
    r"""A url or an identifier out of its wrapping: `\url{…}`, `<…>`, `\_` (a backslash is no part of any url)."""
    value = squeeze(value)
    if not _WRAPPING.search(value):
        return value
    wrapped = re.fullmatch(rf"{_ADDRESS_COMMAND}\{{(.*)\}}|<(.*)>|\{{(.*)\}}", value)
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


def _in_words(date: str) -> tuple[int, str] | None:
    """The year and the date of `June 2010`, `12 June 2010`, `June 12, 2010`."""
    match = re.fullmatch(r"(.*[^\s,])[\s,]+(\d{4})", date, re.ASCII)
    month, day = _month_and_day(match[1], "") if match else (None, None)
    if not match or not month or match[1].isdigit():
        return None
    exact = dates.make(int(match[2]), month, day)
    return (int(match[2]), exact) if exact and _is_date(exact) else None


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

_NOBODY = Person()
_OTHERS = ("others", "et al")


def _people(latex: str, texts: _Texts) -> tuple[tuple[Person, ...], bool]:
    """The people of a name list, and whether it ends in `and others`, or in `and et al.` as some write it."""
    if not latex:
        return (), False
    parts = [part for name in names.split_and(latex) if (part := name.strip(" ,"))]
    cut = len(parts) > 1 and parts[-1].lower().rstrip(".") in _OTHERS
    people = map(texts.person, parts[:-1] if cut else parts)
    return tuple([person for person in people if person.family or person != _NOBODY]), cut


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
    if others := _CALLED_OTHERS.fullmatch(latex):
        return Person(literal=others[1])
    if len(groups) > 1 and "".join(groups) == latex and not all(map(_LETTER.match, groups)):
        # Nothing but groups is one name, as export writes an organisation with commands in it; nothing but letters is
        # a person's, in a script that ASCII lacks.
        whole = "".join(_opened(group) for group in groups)
        return Person(literal=squeeze(_closed(decode(whole))))
    return names.without_number(names.parse(_closed(decode(latex))))


_CALLED_OTHERS = re.compile(r"\{\\relax (others)\}", re.IGNORECASE)
"""How export keeps an organisation of that name apart from `and others`."""
_LETTER = re.compile(r"\{[\\$]")
_ONE_COMMAND = re.compile(r"\{(\\[A-Za-z]+)\}")


def _opened(group: str) -> str:
    """What a group in an organisation's name holds; a letter with its accent stays one."""
    if match := _ONE_COMMAND.fullmatch(group):
        return f"{match[1]}{{}}"
    return group if group.startswith("{\\") else group[1:-1]


_LONE_LOGO = re.compile(rf"\{{(\\(?:{'|'.join(sorted(tex.LOGOS))})(?:\{{\}})?)\}}")
"""A logo in a group of its own, as export writes it in an organisation's name."""
_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\{\}|\s)*")


def _closed(name: str) -> str:
    """A name whose commands end in a blank before a letter and in nothing else: it cannot hold an empty group."""
    if "\\" not in name:
        return name

    def one(match: re.Match[str]) -> str:
        follows = match.string[match.end() : match.end() + 1]
        return f"\\{match[1]}{' ' * follows.isalpha()}" if match[1] in tex.PASSED else match[0]

    bare = _LONE_LOGO.sub(r"\1", name)
    return "".join(part if is_math else _COMMAND.sub(one, part) for is_math, part in tex.segments(bare))
