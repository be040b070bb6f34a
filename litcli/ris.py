r"""RIS and its relatives: the grammar of the three tagged formats, and the tables that reading and writing share.

RIS (`TY  - JOUR` to `ER  -`), PubMed's MEDLINE (`PMID- 123`) and EndNote's refer (`%0 Journal Article`) are read by
one reader of our own: rispy knows only the first of them, gives no line numbers and stops at the first fault. The tags
are those of the RIS specification (Research Information Systems, 2001 and 2011), of NLM's MEDLINE/PubMed data element
descriptions, and of EndNote's tagged import format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from litcli import dates, names, tex
from litcli.paper import Person
from litcli.text import is_balanced, squeeze

Tags = tuple[tuple[str, str], ...]
"""A record as it stands in a file: its tags with their values, in order."""

# --- the tables -------------------------------------------------------------------------------------------

_ROWS = """
article JOUR EJOUR
artwork ART
audio SOUND
book BOOK EBOOK
booklet PAMP
collection EDBOOK
dataset DATA
image FIGURE
incollection CHAP ECHAP
inproceedings CONF CPAPER
inreference ENCYC
jurisdiction CASE
legislation STAT
letter PCOMM
misc GEN
movie MPCT
music MUSIC
online ELEC WEB
patent PAT
periodical JFULL
phdthesis THES
software COMP
standard STAND STD
techreport RPRT
unpublished UNPB UNPD
video VIDEO
"""
"""An entry type, the RIS type that is written for it, and others that say no more."""
_NARROWER = {
    "ABST": "article", "AGGR": "dataset", "ANCIENT": "book", "BILL": "legislation", "BLOG": "online",
    "CLSWK": "book", "DBASE": "dataset", "DICT": "inreference", "GOVDOC": "techreport", "ICOMM": "letter",
    "INPR": "article", "LEGAL": "legislation", "MANSCPT": "unpublished", "MGZN": "article", "NEWS": "article",
    "PODCAST": "audio", "SER": "book",
}  # fmt: skip
"""RIS types that say more than the entry type they come under."""
_ENTRY_TYPES = {ris: kind for kind, *all_of_it in map(str.split, _ROWS.split("\n")[1:-1]) for ris in all_of_it}
PLAIN_TYPES = frozenset(_ENTRY_TYPES)
"""RIS types that the entry type alone brings back."""
_RIS_TYPES = {kind: ris for kind, ris, *_ in map(str.split, _ROWS.split("\n")[1:-1])}
_ALIASES = {
    "conference": "CONF", "electronic": "ELEC", "mastersthesis": "THES", "proceedings": "CONF", "report": "RPRT",
    "thesis": "THES", "www": "ELEC",
}  # fmt: skip
_NEAREST = {
    "bookinbook": "CHAP", "inbook": "CHAP", "legal": "LEGAL", "manual": "BOOK", "mvbook": "BOOK",
    "mvcollection": "BOOK", "mvproceedings": "BOOK", "mvreference": "BOOK", "reference": "BOOK", "suppbook": "CHAP",
    "suppcollection": "CHAP", "suppperiodical": "JOUR",
}  # fmt: skip
SUBTYPES = {"MGZN": "magazine", "NEWS": "newspaper"}
"""biblatex's `entrysubtype` of an article (biblatex manual, section 2.3.2)."""


def is_wos(accession: str) -> bool:
    """Whether an accession number is the Web of Science's."""
    return accession.startswith("WOS:")


def entry_type(ris: str) -> str:
    """The entry type of a RIS type, `misc` where there is none."""
    return _ENTRY_TYPES.get(ris) or _NARROWER.get(ris, "misc")


def ris_type(kind: str) -> tuple[str, bool]:
    """The RIS type that is written for an entry type, and whether it means the same."""
    exact = _RIS_TYPES.get(kind) or _ALIASES.get(kind, "")
    return exact or _NEAREST.get(kind, "GEN"), bool(exact)


THESES = frozenset(("phdthesis", "mastersthesis", "thesis"))
HOUSES = THESES | {"techreport"}
"""Types whose publisher is an institution."""
IN_SERIES = frozenset(("book", "collection", "booklet", "techreport"))
"""Types whose secondary title is the series; a venue of theirs stands where only periodicals have one."""
IN_BOOK = frozenset(("incollection", "inreference", "inproceedings"))
"""Types whose venue has a title of its own beside that of a journal or a conference."""
WITH_PAGETOTAL = THESES | {"book", "collection", "booklet"}
"""Types whose one number of pages is how many there are."""
WITH_CHAPTER = frozenset(("book", "incollection", "inreference"))
NUMBERED = frozenset(("techreport", "patent", "standard"))
"""Types whose serial number is their own number."""
WITH_ISSN = frozenset(("article", "periodical"))
WITH_ISBN = frozenset("book collection booklet incollection inreference inproceedings proceedings".split())

FIELDS = {
    "N1": "note", "CY": "address", "AD": "affiliation", "LA": "language", "RN": "annote", "ST": "shorttitle",
    "DB": "database", "L1": "file", "LB": "label", "NV": "volumes", "J2": "shortjournal", "C7": "eid", "Y2": "urldate",
}  # fmt: skip
"""Tags of which the whole text is one field, by its BibTeX or biblatex name."""
TAG_OF_FIELD = {field: tag for tag, field in FIELDS.items()}
ORDER = """
TY AU ED A4 TI ST T2 C3 JF J2 T3 PY DA ET VL NV IS SE SP EP C7 PB CY SN M1 M3 DO UR LA DB AN C2 Y2 L1 KW AB N1 RN
""".split()
"""The order in which tags are written; all others follow by name, and `ID` comes last."""
VERBATIM = frozenset("TY ID DO UR L1 L2 L3 L4 SN AN C2 Y2".split())
"""Tags whose values are no prose."""

THESIS_NAMES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis", "thesis": "Thesis"}
"""What `M3` says of a thesis where nothing else tells its kind."""
_MASTER = re.compile(r"\bmaster|\bm\. ?(?:sc|a|eng|phil)\b|\bmsc\b", re.IGNORECASE)
_DOCTOR = re.compile(r"\bph\.? ?d\b|\bdoctor|\bd\. ?phil\b|\bdissertation\b", re.IGNORECASE)


def thesis_type(said: Sequence[str]) -> str:
    """The entry type of a thesis of which these texts say the kind; a PhD thesis where none does."""
    if any(map(_MASTER.search, said)):
        return "mastersthesis"
    return "phdthesis" if not said or any(map(_DOCTOR.search, said)) else "thesis"


ENDNOTE_TYPES = {
    "Aggregated Database": "AGGR", "Ancient Text": "ANCIENT", "Artwork": "ART", "Audiovisual Material": "ADVS",
    "Bill": "BILL", "Blog": "BLOG", "Book": "BOOK", "Book Section": "CHAP", "Case": "CASE", "Catalog": "CTLG",
    "Chart or Table": "CHART", "Classical Work": "CLSWK", "Computer Program": "COMP", "Conference Paper": "CPAPER",
    "Conference Proceedings": "CONF", "Dataset": "DATA", "Dictionary": "DICT", "Edited Book": "EDBOOK",
    "Electronic Article": "EJOUR", "Electronic Book": "EBOOK", "Electronic Book Section": "ECHAP",
    "Electronic Chapter": "ECHAP", "Encyclopedia": "ENCYC", "Equation": "EQUA", "Figure": "FIGURE",
    "Film or Broadcast": "MPCT", "Generic": "GEN", "Government Document": "GOVDOC", "Grant": "GRANT",
    "Hearing": "HEAR", "Interview": "INTV", "Journal Article": "JOUR", "Legal Rule or Regulation": "LEGAL",
    "Magazine Article": "MGZN", "Manuscript": "MANSCPT", "Map": "MAP", "Multimedia Application": "MULTI",
    "Music": "MUSIC", "Newspaper Article": "NEWS", "Online Database": "DBASE", "Online Multimedia": "MULTI",
    "Pamphlet": "PAMP", "Patent": "PAT", "Personal Communication": "PCOMM", "Podcast": "PODCAST",
    "Press Release": "PRESS", "Report": "RPRT", "Serial": "SER", "Standard": "STAND", "Statute": "STAT",
    "Thesis": "THES", "Unpublished Work": "UNPB", "Web Page": "ELEC",
}  # fmt: skip
"""EndNote's names of its reference types."""
_ENDNOTE_TAGS = {
    "%0": "TY", "%A": "AU", "%B": "T2", "%C": "CY", "%D": "PY", "%E": "ED", "%F": "ID", "%G": "LA", "%I": "PB",
    "%J": "T2", "%K": "KW", "%L": "CN", "%M": "AN", "%N": "IS", "%O": "N1", "%P": "SP", "%Q": "TT", "%R": "DO",
    "%S": "T3", "%T": "TI", "%U": "UR", "%V": "VL", "%W": "DP", "%X": "AB", "%Y": "A3", "%Z": "N1", "%1": "C1",
    "%2": "C2", "%3": "C3", "%4": "C4", "%6": "NV", "%7": "ET", "%8": "DA", "%9": "M3", "%?": "A4", "%@": "SN",
    "%!": "ST", "%#": "C5", "%$": "C6", "%]": "C7", "%&": "SE", "%(": "OP", "%)": "RP", "%*": "RI", "%+": "AD",
    "%<": "RN", "%>": "L1", "%[": "Y2", "%^": "CA", "%~": "DB",
}  # fmt: skip
PUBMED_TAGS = {
    "AB": "AB", "AD": "AD", "BTI": "BT", "CN": "CN", "CTI": "T3", "DP": "DA", "ED": "ED", "FED": "ED",
    "AU": "AU", "FAU": "AU", "IP": "IS", "IS": "SN", "ISBN": "SN", "JT": "JF", "LA": "LA", "MH": "KW", "OT": "KW",
    "PB": "PB", "PG": "SP", "PT": "M3", "TA": "J2", "TI": "TI", "TT": "TT", "VI": "VL", "VTI": "TT",
}  # fmt: skip
"""MEDLINE tags by the RIS tags that say the same."""
PUBMED_AFFAIRS = frozenset(
    "OWN STAT DA DCOM LR JID SB EDAT MHDA CRDT PHST PST SO OTO UOF UIN DRDT CTDT CDAT".split()
)  # fmt: skip
"""MEDLINE tags that tell of PubMed's own record, and nothing of the paper."""


# --- the grammar ------------------------------------------------------------------------------------------

RIS, PUBMED, ENDNOTE, STRAY = "RIS", "PubMed", "EndNote", "stray"

_BLANK = r"[\s\ufeff]*"
_RIS_START = re.compile(rf"{_BLANK}TY(?P<gap>\s{{0,3}})[-–](?P<value>\s+[^\W_][\w \t-]{{0,40}}|[A-Z]{{2,8}}\s*|\s*)")
_STRICT = re.compile(rf"{_BLANK}(?P<tag>[A-Z][A-Z0-9])\s\s[-–]\s?(?P<value>.*)", re.DOTALL)
_LOOSE = re.compile(rf"{_BLANK}(?P<tag>[A-Z][A-Z0-9])\s{{0,3}}[-–](?:\s(?P<value>.*))?", re.DOTALL)
_RIS_END = re.compile(r"\s*ER\s{0,3}[-–]\s*")
_PUBMED_START = re.compile(rf"{_BLANK}PMID-\s?(?P<value>\s*\d+\s*)")
_PUBMED_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9 ]{3})-(?:\s(?P<value>.*))?", re.DOTALL)
_ENDNOTE_START = re.compile(rf"{_BLANK}%0\s+(?P<value>[A-Za-z][A-Za-z ]{{1,40}})")
_ENDNOTE_TAG = re.compile(r"(?P<tag>%[A-Z0-9!-/:-@\[-`~])(?:\s(?P<value>.*)|$)", re.DOTALL)
_BY_LINE = frozenset(("KW", "UR", "L1", "%K", "%U", "%>"))
"""Tags of which EndNote writes each value on a line of its own, the tag only on the first."""


@dataclass(frozen=True, slots=True)
class Block:
    """A record of a file: its format, its first line, its tags, its text; `closed` where its end is there.

    A `STRAY` one is tag lines that no record begins.
    """

    kind: str
    line: int
    tags: Tags
    raw: str
    closed: bool


class _Open:
    """A record that is being read."""

    def __init__(self, kind: str, line: int, grammar: re.Pattern[str]) -> None:
        self.kind = kind
        self.line = line
        self.grammar = grammar
        self._tags: list[tuple[str, list[str]]] = []

    def take(self, line: str) -> None:
        """Read one line: a tag and its value, or more of the value before it."""
        match = self.grammar.fullmatch(line)
        if match:
            self._tags.append((match["tag"].strip(), [(match["value"] or "").strip()]))
        elif self._tags and (text := line.strip()):
            tag, parts = self._tags[-1]
            if tag in _BY_LINE and (tag in ("KW", "%K") or re.match(r"[a-z-]{2,20}:", text)):
                self._tags.append((tag, [text]))
            else:
                parts.append(text)

    def block(self, lines: Sequence[str], end: int, closed: bool) -> Block:
        """The record, which ends before the line of this index."""
        tags = tuple((tag, " ".join(filter(None, parts))) for tag, parts in self._tags)
        raw = "\n".join(lines[self.line - 1 : end]).rstrip()
        return Block(self.kind, self.line, tags, raw, closed)


def _start(line: str, number: int, inside: str) -> _Open | None:
    """The record that begins on a line; what looks like another format's within a RIS record is its text."""
    bare = line.lstrip("\ufeff \t")
    if bare.startswith("TY") and (match := _RIS_START.fullmatch(line)):
        return _Open(RIS, number, _STRICT if len(match["gap"]) == 2 else _LOOSE)
    if inside != RIS and bare.startswith("PMID-") and _PUBMED_START.fullmatch(line):
        return _Open(PUBMED, number, _PUBMED_TAG)
    if inside != RIS and bare.startswith("%0") and _ENDNOTE_START.fullmatch(line):
        return _Open(ENDNOTE, number, _ENDNOTE_TAG)
    return None


def is_type(text: str) -> bool:
    """Whether a text can stand in a `TY` line."""
    return _RIS_START.fullmatch(f"TY  - {text}") is not None and text == text.strip() != ""


def is_tagged(lines: Sequence[str]) -> bool:
    """Whether a line that begins a record is followed by another tag line of the same format."""
    for at, line in enumerate(lines):
        opened = _start(line, at + 1, "")
        if opened:
            following = next(filter(str.strip, (lines[n] for n in range(at + 1, len(lines)))), "")
            if opened.grammar.fullmatch(following):
                return True
    return False


def blocks(lines: Sequence[str]) -> Iterator[Block]:
    """The records of a file's lines in their order; other text before the first and between them is left out."""
    current: _Open | None = None
    for at, line in enumerate(lines):
        opened = _start(line, at + 1, current.kind if current else "")
        if opened:
            if current:
                yield current.block(lines, at, current.kind != RIS)
            current = opened
            current.take(line.lstrip("\ufeff"))
        elif _RIS_END.fullmatch(line) and (not current or current.kind in (RIS, STRAY)):
            if current:
                yield current.block(lines, at + 1, True)
            current = None
        elif current:
            current.take(line)
        elif _STRICT.fullmatch(line):
            current = _Open(STRAY, at + 1, _STRICT)
            current.take(line)
    if current:
        yield current.block(lines, len(lines), current.kind != RIS)


def from_endnote(tags: Tags) -> Tags:
    """The tags of an EndNote record as RIS has them; what EndNote alone has is a note."""
    return tuple(
        (
            _ENDNOTE_TAGS.get(tag, "N1"),
            ENDNOTE_TYPES.get(value, value) if tag == "%0" else value,
        )
        for tag, value in tags
    )


def record(tags: Tags) -> str:
    """The lines of a RIS record."""
    return "".join(f"{tag}  - {value}\n" for tag, value in tags) + "ER  - \n"


# --- text -------------------------------------------------------------------------------------------------

_FORMULA = re.compile(r"\$[A-Za-z]\$|.*[\\^_]", re.DOTALL)
"""Math that is evidently TeX: a command, an exponent, an index, or a single letter."""
_SIGN = re.compile(r"(?P<pair>\\\\)|\\(?P<escaped>[&%$#_{}])|(?P<bare>[{}$])")


def record_text(plain: str) -> str:
    r"""A record's text that says a plain one: `\{`, `\}`, and `\$` where dollars would be read as math that is none."""
    if not any(sign in plain for sign in "\\{}$"):
        return plain
    several = plain.count("$") > 1
    parts = tex.segments(plain)
    kept = [(is_math and _FORMULA.match(part) is not None, part) for is_math, part in parts]

    def escaped(dollars: bool) -> list[tuple[bool, str]]:
        def sign(match: re.Match[str]) -> str:
            if match["escaped"]:
                # `\\&` prints what `&` prints, and so does `\\$` where it is the only dollar.
                return (
                    match[0] if match["escaped"] in "{}" or (match["escaped"] == "$" and several) else match["escaped"]
                )
            return f"\\{match[0]}" if match["bare"] and (dollars or match[0] != "$") else match[0]

        return [(formula, part if formula else _SIGN.sub(sign, part)) for formula, part in kept]

    told = escaped(False)
    text = "".join(part for _, part in told)
    wanted = [part for formula, part in told if formula]
    if [part for is_math, part in tex.segments(text) if is_math] != wanted:
        text = "".join(part for _, part in escaped(True))
    return text


def plain_text(text: str) -> str:
    r"""What a record's text says, on one line: no protecting braces, `\{` a brace; math stays between its dollars."""
    text = squeeze(text)
    if not any(sign in text for sign in "\\{}"):
        return text
    parts = tex.segments(text)
    bare = "".join(_SIGN.sub(lambda match: match["bare"] or "", part) for is_math, part in parts if not is_math)
    balanced = is_balanced(bare)

    def sign(match: re.Match[str]) -> str:
        if match["bare"] and match["bare"] != "$" and balanced:
            return ""
        return match["escaped"] or match[0]

    return squeeze("".join(part if is_math else _SIGN.sub(sign, part) for is_math, part in parts))


def join_keywords(keywords: Sequence[str]) -> str:
    """One text of the keywords: commas between them, or semicolons where one holds a comma itself."""
    return ("; " if len(keywords) > 1 and any("," in word for word in keywords) else ", ").join(keywords)


def split_keywords(text: str) -> list[str]:
    """The keywords that such a text was joined of; a text that was joined otherwise is one."""
    for separator in ("; ", ", "):
        words = text.split(separator)
        if len(words) > 1 and all(word and word == word.strip() for word in words) and join_keywords(words) == text:
            return words
    return [text] if text else []


# --- names ------------------------------------------------------------------------------------------------

_SUFFIX = re.compile(r"(?:jr|sr|jnr|snr|ii|iii|iv|2nd|3rd)\.?", re.IGNORECASE)
_ET_AL = re.compile(r"(?:^|[\s,;]+)(?:(?:and\s+)?et\.?\s*al\.?|and\s+others)$|^others$", re.IGNORECASE)


def people(values: Sequence[str]) -> tuple[tuple[Person, ...], bool]:
    """The people of author lines, and whether the list was cut (`et al.`)."""
    found: list[Person] = []
    cut = False
    for value in values:
        text = squeeze(value)
        if end := _ET_AL.search(text, max(0, len(text) - 40)):
            text, cut = text[: end.start()], True
        for name in text.split(";"):
            found += _people(name.strip())
    return tuple(found), cut


def _people(text: str) -> list[Person]:
    """`Family, Given, Suffix`, a name in natural order, or an organisation: no comma, one at its end, or a double one.

    The last two are EndNote's spelling of `World Health Organization,` and `Barnes and Noble,, Inc.`.
    """
    if not text.strip(" ,{}"):
        return []
    if text.startswith("{") and text.endswith("}"):
        return [names.parse(text)]
    text = re.sub(r"[{}]", "", text)
    head, doubled, rest = text.partition(",,")
    if doubled and _SUFFIX.fullmatch(rest.strip()):
        return [replace(names.parse(f"{head}, X"), given="", suffix=rest.strip())]
    if doubled:
        return [Person(literal=f"{head},{rest}")]
    parts = [squeeze(part) for part in text.split(",")]
    trailing = not parts[-1]
    parts = [part for part in parts if part]
    if len(parts) == 1:
        return [Person(literal=parts[0]) if trailing else names.person(parts[0])]
    if " " in parts[0] and names.is_organisation(parts[0]):
        return [Person(literal=", ".join(parts))]
    if len(parts) % 2 == 0 and len(parts) > 2 and all(map(names.is_initials, parts[1::2])):
        return [names.parse(f"{family}, {given}") for family, given in zip(parts[::2], parts[1::2], strict=True)]
    if len(parts) > 3:
        return [Person(literal=", ".join(parts))]
    if len(parts) == 3 and not _SUFFIX.fullmatch(parts[1]):
        parts = [parts[0], parts[2], parts[1]]
    return [names.parse(", ".join(parts))]


def name(person: Person) -> tuple[str, bool]:
    """A person as RIS writes one, `Family, Given, Suffix`, and whether that reads back as the same parts."""
    person = replace(person, **{part: squeeze(re.sub(r"[{}]", "", getattr(person, part))) for part in Person.__slots__})
    family = " ".join(part for part in (person.particle, person.family) if part)
    if person.literal:
        forms = [person.literal, f"{person.literal},", person.literal.replace(",", ",,", 1)]
    elif person.suffix and not person.given:
        forms = [f"{family},, {person.suffix}"]
    else:
        forms = [", ".join(part for part in (family, person.given, person.suffix) if part)]
    for form in forms:
        if people([form]) == ((person,), False):
            return form, True
    return forms[0], False


# --- dates, pages, serial numbers -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Date:
    """The parts of a RIS date: year, month and day as far as they are known, and what else it says."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    rest: str = ""


_SLASHED = re.compile(r"(\d{4})?/(\d{0,2})(?:/(\d{0,2})(?:/(.*))?)?", re.ASCII | re.DOTALL)
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?|(\d{4})(\d\d)(\d\d)", re.ASCII)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)


def date(text: str) -> Date:
    """The date of `2020/04/01/Spring`, `2020//`, `2020-04-01`, `1 April 2020`, `2020 Apr`; what is none is the rest."""
    text = squeeze(text)
    if re.fullmatch(r"\d{3,4}", text, re.ASCII):
        return Date(int(text))
    if match := _SLASHED.fullmatch(text):
        year, month, day, rest = match.groups()
        return _valid(year, month, day, squeeze(rest or ""), text)
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()[:3] if match[1] else match.groups()[3:]
        return _valid(year, month, day, "", text)
    return _spoken(text)


def _valid(year: str | None, month: str | None, day: str | None, rest: str, text: str) -> Date:
    y, m, d = (int(part or 0) or None for part in (year, month, day))
    try:
        dates.parts(dates.make(y, m, d) or "2000")
    except ValueError:
        return Date(y, rest=text)
    return Date(y, rest=text) if d and not m else Date(y, m, d, rest)


def _spoken(text: str) -> Date:
    """A date in words: one year, one English month and one day at the most; anything else is kept as it stands."""
    found = _YEAR.search(text)
    year = int(found[0]) if found else None
    others = text[: found.start()] + " " + text[found.end() :] if found else text
    words = re.findall(r"[^\W\d_]+|\d+", others[:100])
    months = [number for word in words if (number := dates.month_number(word))]
    days = [int(word) for word in words if re.fullmatch(r"\d{1,2}", word, re.ASCII)]
    endings = [word for word in words if word.lower() in ("st", "nd", "rd", "th")]
    if len(months) == 1 and len(days) < 2 and len(words) == 1 + len(days) + (len(endings) if days else 0):
        return _valid(str(year or ""), str(months[0]), str(days[0]) if days else "", "", text)
    return Date(year, rest=others.strip(" ,;/.-()[]") if len(text) <= 100 else text)


_SLASHED_DAY = re.compile(r"(\d{4})/(\d\d)/(\d\d)/?(?P<time>\d\d:\d\d:\d\d)?/?", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(?P<time>\d\d:\d\d:\d\d))?", re.ASCII)


def iso(text: str) -> str:
    """`2022/01/31/10:20:30` as ISO 8601 has it, `2022-01-31T10:20:30`; any other text as it stands."""
    match = _SLASHED_DAY.fullmatch(text)
    return "-".join(match.groups()[:3]) + (f"T{match['time']}" if match["time"] else "") if match else text


def slashed(text: str) -> str:
    """The way back of `iso`."""
    match = _ISO_DAY.fullmatch(text)
    return "/".join(part for part in match.groups() if part) if match else text


_PAGE_DASH = re.compile(r"\s?[-‐‑‒–—−]+\s?")
_RANGE = re.compile(r"([^\s,;-]+)-([^\s,;-]+)")


def split_pages(pages: str) -> tuple[str, str]:
    """First and last page of a plain range; anything else is a first page."""
    match = _RANGE.fullmatch(pages)
    return (match[1], match[2]) if match and match[1] != match[2] else (pages, "")


def join_pages(first: str, last: str) -> str:
    """The pages of a first page, which may be a range by itself, and a last one."""
    first, last = _PAGE_DASH.sub("-", first), _PAGE_DASH.sub("-", last)
    if not first or not last or first == last or re.search(rf"(?:^|-){re.escape(last)}$", first):
        return first or last
    return f"{first}-{last}"


_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]", re.ASCII)
_ISBN = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]", re.ASCII)
_SERIAL = re.compile(rf"(?<![\w-])(?:(?P<isbn>{_ISBN.pattern})|(?P<issn>{_ISSN.pattern}))(?![\w-])", re.ASCII)
_SERIAL_WORDS = re.compile(
    r"\b(?:e-?|p-?)?(?:issn|isbn)(?:-1[03])?\b|\b(?:print(?:ed)?|electronic|linking|online|hardcover|paperback|ebook)\b|"
    r"[\s():;,.]",
    re.IGNORECASE,
)


def serials(value: str) -> tuple[list[str], list[str]] | None:
    """The ISBNs and the ISSNs that a text lists; None where it says something else."""
    found = list(_SERIAL.finditer(value))
    if not found or _SERIAL_WORDS.sub("", _SERIAL.sub("", value)):
        return None
    return [match["isbn"] for match in found if match["isbn"]], [match["issn"] for match in found if match["issn"]]


KEY = re.compile(r"(?=[^\s]*[^\W\d_])(?!10\.\d)(?!\w+://)[^\s{}(),=\"#%'\\~]+")
"""What can be a citation key: no blank, nothing that BibTeX gives a meaning, a letter in it; no DOI and no URL."""
