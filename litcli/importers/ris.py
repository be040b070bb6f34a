"""RIS, PubMed's MEDLINE and EndNote's refer: what reference managers, databases and publishers hand out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from litcli import dates, ids, ris, venues
from litcli.page import Page
from litcli.paper import Paper, Person, Problem, Record
from litcli.text import clean, fold, squeeze


def detect(page: Page) -> bool:
    """A line that begins a record (`TY  - JOUR`, `PMID- 123`, `%0 Book`), and a tag line behind it."""
    return ris.is_tagged(page.raw_lines)


def parse(page: Page) -> Iterator[Record | Problem]:
    """The records of the file, in its order; a problem for each that says nothing, or that has lost its beginning."""
    last = next((at + 1 for at in range(len(page.raw_lines) - 1, -1, -1) if page.raw_lines[at].strip()), 0)
    ends = False
    for number, block in enumerate(ris.blocks(page.raw_lines)):
        if block.kind == ris.STRAY:
            yield _stray(page, block)
            continue
        record = _Reader(_common(block)).record(block.line)
        if record is None:
            message = "the record has neither a title nor authors, a DOI or a URL"
            yield Problem(page.name, block.line, message, raw=block.raw)
            continue
        yield record
        ends = ends or block.closed
        # A file of several records of which none has an end is not cut off.
        if not block.closed and block.line + block.raw.count("\n") == last and (ends or not number):
            yield Problem(page.name, block.line, "the file ends within this record: its ER line is missing", 0)


def _stray(page: Page, block: ris.Block) -> Problem:
    telling = any(tag in ("TI", "T1", "AU", "A1", "DO", "UR", "T2", "JO", "AB") for tag, _ in block.tags)
    message = "these lines belong to no record: the TY line that begins one is missing"
    return Problem(page.name, block.line, message, failed=int(telling), raw=block.raw)


# --- the three formats as one -----------------------------------------------------------------------------

_PMID = re.compile(r"PMID:?\s*(\d+)", re.IGNORECASE)
_PMID_OR_NUMBER = re.compile(r"(?:PMID:?\s*)?(\d{1,8})", re.IGNORECASE)
_PMCID = re.compile(r"(PMC\d+)")
_LOCATION = re.compile(r"(?P<id>.*?)\s*\[(?P<kind>doi|pii)\]", re.DOTALL)
_BY_PUBTYPE = {"Preprint": "GEN", "Book": "BOOK", "Book Chapter": "CHAP", "Dataset": "DATA", "News": "NEWS"}
"""Publication types of PubMed that are no journal article's."""


def _common(block: ris.Block) -> ris.Tags:
    """The tags of a record as RIS has them."""
    if block.kind == ris.PUBMED:
        return tuple(_from_pubmed(block.tags))
    return ris.from_endnote(block.tags) if block.kind == ris.ENDNOTE else block.tags


def _from_pubmed(tags: ris.Tags) -> Iterator[tuple[str, str]]:
    """MEDLINE's tags as RIS has them; those that RIS has none for by their own name, after `pubmed_`."""
    pubtypes = [value for tag, value in tags if tag == "PT"]
    there = {tag for tag, _ in tags}
    kind = next((_BY_PUBTYPE[value] for value in pubtypes if value in _BY_PUBTYPE), "")
    yield "TY", kind or ("JOUR" if there & {"JT", "TA"} else "CHAP" if "BTI" in there and "TI" in there else "GEN")
    for tag, value in tags:
        if tag in ris.PUBMED_AFFAIRS or (tag in ("AU", "ED") and f"F{'AU' if tag == 'AU' else 'ED'}" in there):
            continue
        if tag == "TI" and not value.endswith(".."):
            # MEDLINE ends every title with a point.
            yield "TI", value.removesuffix(".")
        elif tag == "PMID":
            yield "AN", f"PMID:{value}"
        elif tag == "PMC":
            yield "C2", value
        elif tag in ("LID", "AID"):
            match = _LOCATION.fullmatch(value)
            yield (
                {"doi": "DO", "pii": "pii"}.get(match["kind"] if match else "", "pubmed_lid"),
                (match["id"] if match else value),
            )
        elif tag == "CN":
            yield "AU", f"{value},"
        elif tag in ("FAU", "FED", "AU", "ED"):
            yield ris.PUBMED_TAGS[tag], _pubmed_name(value)
        elif tag == "PG":
            yield "SP", _whole_range(value)
        elif tag == "PT" and value == "Journal Article":
            continue
        else:
            yield ris.PUBMED_TAGS.get(tag, f"pubmed_{tag.lower()}"), value


_INITIALS_LAST = re.compile(r"(?P<family>.*\S) (?P<initials>[^\W\d_]{1,4})(?P<suffix> (?:Jr|Sr|2nd|3rd|II|III|IV))?")


def _pubmed_name(name: str) -> str:
    """`Smith, John A Jr` and `Smith JA Jr` as `Family, Given, Suffix` (NLM's rule for authors' names)."""
    if "," in name:
        return re.sub(r" (Jr|Sr|2nd|3rd|II|III|IV)$", r", \1", name)
    match = _INITIALS_LAST.fullmatch(name)
    if not match or not match["initials"].isupper():
        return name
    initials = " ".join(f"{letter}." for letter in match["initials"])
    return ", ".join(filter(None, (match["family"], initials, (match["suffix"] or "").strip())))


def _whole_range(pages: str) -> str:
    """`123-45`, which MEDLINE writes for `123-145`, in full."""
    match = re.fullmatch(r"(\d+)-(\d+)", pages, re.ASCII)
    if not match or len(match[2]) >= len(match[1]):
        return pages
    return f"{match[1]}-{match[1][: -len(match[2])]}{match[2]}"


_ARXIV = re.compile(r"arxiv:\s*(\S+)(?:\s*\[([\w.-]+)\])?", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</?(?:p|br|div|li|ol|ul)(?:\s[^<>]*)?/?>", re.IGNORECASE)
"""Markup of Zotero's notes that parts words; inside of a line, markup is `clean`'s."""


# --- one record -------------------------------------------------------------------------------------------


class _Reader:
    """Takes the values of one record into a paper, each once; what nobody took goes to `fields`."""

    def __init__(self, tags: ris.Tags) -> None:
        self._left: dict[str, list[str]] = {}
        for tag, value in tags:
            text = squeeze(value) if tag in ris.VERBATIM else clean(_PARAGRAPH.sub(" ", html.unescape(value)))
            if text:
                # Both have the journal's abbreviation (RIS of 2001 and of 2011).
                self._left.setdefault("J2" if tag == "JA" else tag, []).append(text)
        self._fields: dict[str, dict[str, None]] = {}

    # --- taking

    def _take(self, *tags: str) -> str:
        """The first value that one of these tags has; where another says the same, that is taken as well."""
        wanted = next((self._left[tag][0] for tag in tags if self._left.get(tag)), "")
        for tag in tags:
            if tag in self._left:
                self._left[tag] = [value for value in self._left[tag] if value != wanted]
        return wanted

    def _take_all(self, tag: str) -> list[str]:
        return self._left.pop(tag, [])

    def _text(self, *tags: str) -> str:
        return ris.record_text(self._take(*tags))

    def _keep(self, field: str, text: str) -> None:
        """Add to a field what it does not say yet; in the end, semicolons stand between the texts."""
        if text:
            self._fields.setdefault(field, {})[text] = None

    # --- the record

    def record(self, line: int) -> Record | None:
        """The record that the values make, None where they say nothing of a paper."""
        kind = self._kind()
        book = ("BT",) if kind in (*ris.IN_SERIES, *ris.THESES, "unpublished") else ()
        title = self._text("TI", "T1", "CT", *book, "ST")
        authors, et_al = self._authors()
        editors, editors_cut = self._editors(kind, bool(authors))
        if kind == "collection" and not editors:
            # EndNote has the editors of an edited book where the authors of others are.
            authors, editors = (), authors
        if editors_cut and authors:
            editors = (*editors, Person(family="others"))
        url = self._url()
        doi = self._doi(url)
        arxiv, primary_class = self._arxiv(url, doi)
        venue = self._venue(kind)
        if venues.is_arxiv(venue) and kind in ("article", "misc"):
            arxiv = arxiv or self._arxiv_of_venue(venue)
            # Never journal = {arXiv preprint …}: the identifier says it (field notes, 3.7).
            kind, venue = "misc", "" if arxiv and self._only_arxiv() else venue
            self._fields.pop("ty", None)
            self._fields.pop("entrysubtype", None)
        if not (title or authors or editors or url or doi or arxiv):
            return None
        if kind == "inproceedings" and editors and not authors and not venue and self._ris != "CPAPER":
            kind = "proceedings"
        key = self._key()
        year, date = self._date()
        number = self._text("IS", "CP")
        isbn, number = self._serials(kind, number)
        house = self._text("PB")
        paper = Paper(
            type=kind,
            title=title,
            authors=authors,
            editors=editors,
            et_al=et_al or (editors_cut and not authors),
            year=year,
            date=date,
            venue=venue,
            volume=self._text("VL", "VO"),
            number=number,
            pages=self._pages(kind),
            publisher="" if kind in ris.HOUSES else house,
            series=self._text("T3") or (self._text("T2") if kind in ris.IN_SERIES else ""),
            edition=self._edition(kind),
            institution=house if kind in ris.HOUSES else "",
            doi=doi,
            arxiv=arxiv,
            primary_class=primary_class,
            isbn=isbn,
            url=url,
            abstract=self._text("AB", "N2"),
            fields=self._rest(kind),
        )
        return Record(paper, line, key=key)

    def _kind(self) -> str:
        said = self._take("TY")
        # Some write EndNote's name of the type there.
        self._ris = ris.ENDNOTE_TYPES.get(said, said).upper()
        kind = ris.entry_type(self._ris)
        if self._ris in ris.SUBTYPES:
            self._keep("entrysubtype", ris.SUBTYPES[self._ris])
        elif said and self._ris not in ris.PLAIN_TYPES:
            self._keep("ty", said)
        kinds = self._take_all("M3")
        if kind == "phdthesis":
            told = [text for text in kinds if not ids.doi(text) and not _ARXIV.fullmatch(text)]
            kind = ris.thesis_type([*told, *self._left.get("U1", ())])
            if kinds and fold(kinds[0]) == fold(ris.THESIS_NAMES[kind]):
                del kinds[0]
        else:
            kinds = [text for text in kinds if ris.ENDNOTE_TYPES.get(text) != self._ris]
        self._left["M3"] = kinds
        return kind

    def _key(self) -> str:
        values = self._left.get("ID", [])
        return values.pop(0) if values and ris.KEY.fullmatch(values[0]) else ""

    # --- people

    def _authors(self) -> tuple[tuple[Person, ...], bool]:
        main = self._take_all("AU")
        known = set(main)
        return ris.people([*main, *(name for name in self._take_all("A1") if name not in known)])

    def _editors(self, kind: str, has_authors: bool) -> tuple[tuple[Person, ...], bool]:
        """The editors, and whether their list was cut; of a book the third authors are its editors, not its series'."""
        sources = ["ED", "A2"]
        if kind in ("book", "collection"):
            sources = ["ED", "A3"] if kind == "collection" and has_authors else ["ED", "A3", "A2"]
        for tag in sources:
            editors, cut = ris.people(self._left.get(tag, ()))
            if editors:
                del self._left[tag]
                return editors, cut
        return (), False

    # --- where and when

    def _venue(self, kind: str) -> str:
        """The title of the journal or the book; the same abbreviated, and the conference's name, go to their fields."""
        tags = ["JF", "JO", "J1"] if kind in ris.IN_SERIES else ["T2", "JF", "JO", "J1"]
        venue = self._own_title(kind)
        if venue and kind == "inproceedings":
            self._fields_from("T2", "eventtitle")
            tags.remove("T2")
        named = [(tag, text) for tag in tags for text in self._left.get(tag, ())]
        if named and not venue:
            venue = next((text for _, text in named if not _is_short(text)), named[0][1])
        for tag in tags:
            others = [text for text in self._take_all(tag) if fold(text) != fold(venue)]
            short = [text for text in others if _is_short(text) or tag in ("JO", "J1")]
            self._left[tag] = [] if tag in ("JO", "J1") else [text for text in others if not _is_short(text)]
            for text in short:
                self._keep("shortjournal", ris.record_text(text))
        if not venue and kind not in ris.IN_SERIES:
            venue = self._take("J2")
        self._left["J2"] = [text for text in self._left.get("J2", ()) if fold(text) != fold(venue)]
        return ris.record_text(venue)

    def _own_title(self, kind: str) -> str:
        """The title of a book or of proceedings in a tag of its own; `C3` means another thing in the Web of Science."""
        if kind == "inproceedings" and not any(map(ris.is_wos, self._left.get("AN", ()))):
            return self._take("C3", "BT")
        return self._take("BT") if kind in ris.IN_BOOK else ""

    def _keep_first(self, tag: str, field: str, pattern: re.Pattern[str]) -> None:
        """Keep in a field what the pattern's group says of the first value of a tag that it matches."""
        for at, value in enumerate(self._left.get(tag, ())):
            if match := pattern.fullmatch(value):
                self._keep(field, match[1])
                del self._left[tag][at]
                return

    def _fields_from(self, tag: str, field: str) -> None:
        self._keep(field, self._text(tag))

    def _date(self) -> tuple[int | None, str]:
        """Year and date; the tags of the year are trusted for it, and what is no date is kept as `da`."""
        found = [ris.date(value) for tag in ("PY", "Y1", "DA") for value in self._take_all(tag)]
        year = next((one.year for one in found if one.year), None)
        best = max(found, key=lambda one: bool(one.month) + bool(one.day), default=ris.Date())
        if not best.month:
            best = next((one for one in found if one.year and one.year != year), ris.Date())
        for one in found:
            self._keep("da", ris.record_text(one.rest))
        told = (best.year or year, best.month, best.day)
        for one in found:
            known = zip((one.year, one.month, one.day), ((year, told[0]), told[1:2], told[2:]), strict=True)
            if not one.rest and any(part and part not in there for part, there in known):
                self._keep("da", dates.make(one.year, one.month, one.day))
        return year, dates.make(*told) if best.month or best.year else ""

    def _pages(self, kind: str) -> str:
        first, last = self._text("SP"), self._text("EP")
        more = [*self._left.get("SP", []), *self._take_all("EP")]
        self._left["SP"] = [page for page in more if page not in (first, last)]
        if first.isdecimal() and not last and kind in ris.WITH_PAGETOTAL:
            self._keep("pagetotal", first)
            first = ""
        number = self._text("C7")
        pages = ris.join_pages(first, last)
        if pages and number != pages:
            self._keep("eid", number)
        return pages or number

    def _edition(self, kind: str) -> str:
        """The edition; EndNote has the day of an article's first appearance in its place."""
        values = self._left.get("ET", [])
        if kind == "article" and values and re.match(r"\d{4}[/-]|\d{4}$", values[0]):
            return ""
        return self._text("ET")

    # --- identifiers

    def _serials(self, kind: str, number: str) -> tuple[str, str]:
        """The ISBN, and the number; ISSNs go to their field, by their form or, where that tells nothing, by type."""
        isbn = ""
        left: list[str] = []
        issns: dict[str, None] = {}
        for value in self._take_all("SN"):
            shaped = ris.serials(value)
            if shaped is None and kind in ris.NUMBERED and not number:
                number = ris.record_text(value)
                continue
            if shaped is None and kind in ris.WITH_ISSN and not issns and "," not in value:
                shaped = [], [value]
            elif shaped is None and kind in ris.WITH_ISBN and not isbn:
                shaped = [value], []
            elif shaped is None:
                left.append(value)
                continue
            isbns, further = shaped
            if isbns and not isbn:
                isbn = isbns.pop(0)
            left += [other for other in isbns if other != isbn]
            issns.update(dict.fromkeys(further))
        self._keep("issn", ", ".join(issns))
        self._left["SN"] = left
        return isbn, number

    def _url(self) -> str:
        urls = [
            re.sub("&amp;", "&", url)
            for value in self._take_all("UR")
            for url in re.split(r"[\s;]+(?=https?://)|;\s", value)
            if url
        ]
        for url in urls[1:]:
            if url != urls[0]:
                self._keep("ur", url)
        return urls[0] if urls else ""

    def _doi(self, url: str) -> str:
        said = self._take("DO")
        doi = ids.doi(said) or said
        others = self._left.get("DO", [])
        self._left["DO"] = [other for other in others if ids.doi_key(other) != ids.doi_key(doi)]
        if not doi and re.match(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/", url, re.IGNORECASE):
            doi = ids.doi(url)
        for tag in ("M3", "M1", "N1", "L3"):
            # Converters put it there before RIS had a tag for it.
            values = self._left.get(tag, [])
            doi = doi or next(filter(None, map(ids.doi, values)), "")
            if doi and values:
                self._left[tag] = [value for value in values if ids.doi_key(value) != ids.doi_key(doi)]
        return doi

    def _arxiv(self, url: str, doi: str) -> tuple[str, str]:
        """The arXiv id and its class, where a tag says `arXiv:…` or an address or a DOI is arXiv's."""
        for tag in ("M1", "M3", "AN", "PB"):
            for value in self._left.get(tag, []):
                match = _ARXIV.fullmatch(value)
                if match and (found := ids.arxiv_id(match[1])):
                    self._left[tag].remove(value)
                    return found, match[2] or ""
        for value in (url, doi, *self._fields.get("ur", ())):
            if found := ids.arxiv_id(value) if "arxiv" in value.lower() else "":
                return found, ""
        return "", ""

    def _only_arxiv(self) -> bool:
        """Whether no other journal is named beside arXiv, of which the other spellings go."""
        for tag in ("T2", "JF", "J2"):
            self._left[tag] = [text for text in self._left.get(tag, ()) if not venues.is_arxiv(text)]
        if all(map(venues.is_arxiv, self._fields.get("shortjournal", ()))):
            self._fields.pop("shortjournal", None)
        return not (self._left["T2"] or self._left["JF"] or self._left["J2"] or "shortjournal" in self._fields)

    def _arxiv_of_venue(self, venue: str) -> str:
        """The id in `arXiv preprint arXiv:2005.00683`, or in the volume `abs/2005.00683` of a preprint."""
        volume = self._left.get("VL", [""])[0]
        if found := ids.arxiv_id(volume.removeprefix("abs/")):
            self._take("VL")
            return found
        return next(filter(None, (ids.arxiv_id(word) for word in venue.split() if ":" in word)), "")

    # --- all else

    def _rest(self, kind: str) -> dict[str, str]:
        """The fields beside the paper's own: by their BibTeX names, and by the lower-case tag where there is none."""
        if translators := self._take_all("A4"):
            bare = (ris.record_text(re.sub(r"[{}]", "", name)) for name in translators)
            listed = (f"{{{name}}}" if re.search(r"\band\b", name) else name for name in bare)
            self._keep("translator", " and ".join(listed))
        if words := self._take_all("KW"):
            self._keep("keywords", ris.record_text(ris.join_keywords(words)))
        if kind in ris.WITH_CHAPTER:
            self._fields_from("SE", "chapter")
        databases = " ".join(self._left.get("DB", []) + self._left.get("DP", []))
        in_pubmed = re.search("pubmed|medline|nlm", databases, re.IGNORECASE) is not None
        self._keep_first("AN", "pmid", _PMID_OR_NUMBER if in_pubmed else _PMID)
        self._keep_first("C2", "pmcid", _PMCID)
        self._keep("type", "; ".join(map(ris.record_text, dict.fromkeys(self._take_all("M3")))))
        self._keep("urldate", ris.iso(self._take("Y2")))
        for tag, values in [*self._left.items()]:
            field = ris.FIELDS.get(tag, tag.lower())
            for value in values:
                self._keep(field, value if tag in ris.VERBATIM else ris.record_text(value))
        return {name: "; ".join(texts) for name, texts in sorted(self._fields.items())}


def _is_short(title: str) -> bool:
    """Whether a journal's title is abbreviated: a word of it ends with a point."""
    return re.search(r"\w\.(?:\s|$)", title) is not None
