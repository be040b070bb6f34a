"""RIS for reference managers: UTF-8, sorted by key, parsed back before it is handed out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from litcli import dates, names, ris
from litcli.errors import LitError
from litcli.exporters.options import Export, Options, in_order
from litcli.paper import Entry, Person
from litcli.text import squeeze

_PLACES = {tag: number for number, tag in enumerate(ris.ORDER)}
_WHOLE = frozenset("TY ER AU A1 ED KW PY Y1".split())
"""Tags of which every value is taken for a field of the paper's own, so that no other field can stand there."""


def write(entries: Sequence[Entry], options: Options) -> Export:
    """The entries as a .ris file; the same entries always give the same bytes.

    What RIS has no place for is left out, and named in the warnings.
    """
    ordered = in_order(entries, options)
    warnings: list[str] = []
    records = [(entry.key, _Writer(entry, warnings).tags()) for entry in ordered]
    text = "\n".join(ris.record(tags) for _, tags in records)
    _read_back(text, records)
    return Export(text, tuple(warnings))


class _Writer:
    """The tags of one entry, and the warnings that it calls for."""

    def __init__(self, entry: Entry, warnings: list[str]) -> None:
        self._entry = entry
        self._paper = entry.paper
        self._fields = {str(name): value for name, value in entry.paper.fields.items() if value not in ("", None)}
        self._warnings = warnings
        self._values: dict[str, list[str]] = {}

    def _warn(self, field: str, reason: str = "RIS has no field for it") -> None:
        self._warnings.append(f"{self._entry.key}: {field}: {reason}")

    def _put(self, tag: str, value: str) -> None:
        text = squeeze(value) if tag in ris.VERBATIM else ris.plain_text(value)
        if text:
            self._values.setdefault(tag, []).append(text)

    def _field(self, name: str) -> str:
        """A field beside the paper's own, which is then done with."""
        value = self._fields.pop(name, "")
        return str(value) if isinstance(value, str | int) else ""

    def tags(self) -> ris.Tags:
        """The record: every value that RIS can say, in the order of the tags."""
        paper = self._paper
        kind = self._type()
        self._people("AU", paper.authors, "authors")
        if paper.et_al:
            self._put("AU", "et al.")
        self._people("ED", paper.editors, "editors")
        for translator in names.split_and(self._field("translator")):
            self._put("A4", translator)
        self._put("TI", paper.title or self._field("shorttitle"))
        self._venue(kind)
        self._put("T3", paper.series)
        self._date()
        self._put("ET", paper.edition)
        self._put("VL", paper.volume)
        self._numbers(kind)
        self._pages(kind)
        self._house(kind)
        self._put("DO", paper.doi)
        self._put("UR", paper.url)
        for url in self._field("ur").split("; "):
            self._put("UR", url)
        self._arxiv()
        self._put("AB", paper.abstract)
        self._rest(kind)
        for name in ("links", "versions"):
            if getattr(paper, name):
                self._warn(name)
        if ris.KEY.fullmatch(self._entry.key):
            self._values["ID"] = [self._entry.key, *self._values.get("ID", [])]
        else:
            self._warn("key", "RIS readers take no such key")
        last = len(_PLACES)
        order = sorted(self._values, key=lambda tag: (tag == "ID", _PLACES.get(tag, last), tag))
        return tuple((tag, value) for tag in order for value in self._values[tag])

    def _type(self) -> str:
        """The entry type that the RIS type stands for."""
        paper = self._paper
        code, exact = ris.ris_type(paper.type)
        kept = self._fields.get("ty")
        subtype = self._fields.get("entrysubtype")
        if isinstance(kept, str) and ris.entry_type(kept.upper()) == paper.type and ris.is_type(kept):
            code = kept
            del self._fields["ty"]
        elif paper.type == "article" and subtype in ris.SUBTYPES.values():
            code = next(ty for ty, name in ris.SUBTYPES.items() if name == subtype)
            del self._fields["entrysubtype"]
        elif paper.type == "collection" and paper.authors and not paper.editors:
            code, exact = "BOOK", False
        elif paper.type == "proceedings":
            exact = bool(paper.editors and not paper.authors and not paper.venue)
        elif code == "CONF" and paper.editors and not paper.authors and not paper.venue:
            code = "CPAPER"
        if not exact:
            self._warn("type", f"RIS has no type for {paper.type}; it is written as {code}")
        self._put("TY", code)
        if ris.entry_type(code) == "phdthesis":
            self._thesis()
            return "phdthesis"
        return ris.entry_type(code.upper())

    def _thesis(self) -> None:
        """The kind of a thesis, where its own `type` does not tell it."""
        kind = self._paper.type
        said = [text] if (text := self._field("type")) else []
        name = ris.THESIS_NAMES[kind]
        if ris.thesis_type(said) != kind or said[:1] == [name]:
            self._put("M3", name)
        for text in said:
            self._put("M3", text)

    def _people(self, tag: str, people: Sequence[Person], field: str) -> None:
        for person in people:
            form, same = ("et al.", True) if person == Person(family="others") else ris.name(person)
            if not same:
                self._warn(field, f"RIS cannot tell the parts of the name {names.display(person)!r}")
            if form:
                self._values.setdefault(tag, []).append(form)

    def _venue(self, kind: str) -> None:
        venue, short = self._paper.venue, self._field("shortjournal")
        if not venue and kind not in ris.IN_SERIES:
            venue, short = short, ""
        event = self._field("eventtitle") if kind == "inproceedings" else ""
        tag = "JF" if kind in ris.IN_SERIES else "T2"
        if kind in ris.IN_BOOK and venue and (event or self._fields.keys() & {"bt", "c3"}):
            # `T2` is the conference's name where the title of the proceedings has a tag of its own.
            own = kind == "inproceedings" and not ris.is_wos(str(self._fields.get("an", "")))
            self._put("C3" if own else "BT", venue)
            venue = ""
        self._put(tag, venue or event)
        self._put("J2", short)

    def _date(self) -> None:
        """`PY` has the year, `DA` what is known beyond it: `2020/04/01/other information`."""
        paper = self._paper
        year, month, day = dates.parts(paper.date) if paper.date else (None, None, None)
        if paper.year or year:
            self._put("PY", f"{paper.year or year:04d}")
        rest = self._field("da")
        year = year or (paper.year if month or rest else None)
        if not (month or rest) and year in (None, paper.year or year):
            return
        parts = [f"{year:04d}" if year else "", *(f"{part:02d}" if part else "" for part in (month, day)), rest]
        while len(parts) > 2 and not parts[-1]:
            parts.pop()
        self._put("DA", "/".join(parts))

    def _numbers(self, kind: str) -> None:
        paper = self._paper
        # A further `IS` or `CP` would be the number if `SN` had it.
        further = self._fields.keys() & {"is", "cp"}
        serial = kind in ris.NUMBERED and ris.serials(paper.number) is None and not further
        self._put("SN" if serial else "IS", paper.number)
        self._put("SN", paper.isbn)
        for issn in self._field("issn").split(", "):
            self._put("SN", issn)

    def _pages(self, kind: str) -> None:
        pages, number, total = self._paper.pages, self._field("eid"), self._fields.get("pagetotal", "")
        if not pages:
            pages, number = number, ""
        first, last = ris.split_pages(pages)
        if first.isdecimal() and kind in ris.WITH_PAGETOTAL:
            last = last or first
        self._put("SP", first)
        self._put("EP", last)
        self._put("C7", number)
        if not pages and kind in ris.WITH_PAGETOTAL and str(total).isdecimal():
            self._put("SP", self._field("pagetotal"))

    def _house(self, kind: str) -> None:
        """The publisher; of a thesis or a report its institution, which then has the one place that there is."""
        paper = self._paper
        first, second, name = paper.publisher, paper.institution, "institution"
        if kind in ris.HOUSES:
            first, second, name = paper.institution or paper.publisher, paper.publisher, "publisher"
        self._put("PB", first)
        if second and second != first:
            self._warn(name)

    def _arxiv(self) -> None:
        paper = self._paper
        if paper.arxiv:
            self._put("M1", f"arXiv:{paper.arxiv}" + (f" [{paper.primary_class}]" if paper.primary_class else ""))
        elif paper.primary_class:
            self._warn("primary_class")

    def _rest(self, kind: str) -> None:
        """The fields beside the paper's own that have a tag; a warning for each that has none."""
        if words := ris.split_keywords(ris.plain_text(self._field("keywords"))):
            self._values["KW"] = words
        if kind in ris.WITH_CHAPTER:
            self._put("SE", self._field("chapter"))
        if pmid := self._field("pmid"):
            self._put("AN", f"PMID:{pmid}")
        self._put("C2", self._field("pmcid"))
        self._put("M3", self._field("type"))
        self._put("Y2", ris.slashed(self._field("urldate")))
        for name, value in sorted(self._fields.items()):
            own = name.upper() if re.fullmatch(r"[a-z][a-z0-9]", name) else ""
            tag = ris.TAG_OF_FIELD.get(name) or own
            if not tag or tag in _WHOLE or not isinstance(value, str | int):
                self._warn(name)
            else:
                self._put(tag, str(value))


def _read_back(text: str, records: Sequence[tuple[str, ris.Tags]]) -> None:
    """Parse what was written and compare it tag by tag; raises LitError rather than hand out a broken file."""
    read = [block.tags for block in ris.blocks(text.split("\n"))]
    for number, (key, tags) in enumerate(records):
        got = read[number] if number < len(read) else ()
        if got != tags:
            odd = next(
                (tag for (tag, value), pair in zip(tags, got, strict=False) if pair != (tag, value)), "the record"
            )
            raise LitError(
                f"{key}: {odd} does not read back as it was written", "please report this entry; nothing was written"
            )
