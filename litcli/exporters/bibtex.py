"""BibTeX for the classic styles: pure ASCII, sorted by key, parsed back before it is handed out (field notes, 3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from litcli import dates, ids, tex, venues
from litcli.errors import LitError
from litcli.exporters import titles
from litcli.exporters.options import Export, Options, without
from litcli.paper import Entry, Paper, Person
from litcli.text import ascii_fold, is_balanced

# The venue's field by type (btxdoc, section 3.1); what is not here is printed by `howpublished`.
_VENUE = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle", "conference": "booktitle"}
_HOUSE = {"phdthesis": "school", "mastersthesis": "school", "techreport": "institution"}
_TYPES = frozenset(
    """
    article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis proceedings
    techreport unpublished
    """.split()
)
# biblatex types as the classic styles know them (biblatex manual, section 2.1.2).
_CLASSIC = {
    "thesis": "phdthesis",
    "report": "techreport",
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "reference": "book",
    "mvreference": "book",
    "mvproceedings": "proceedings",
    "inreference": "incollection",
    "suppbook": "incollection",
    "suppcollection": "incollection",
    "bookinbook": "incollection",
}
_SORTED_BY = {"book": ("author", "editor"), "inbook": ("author", "editor"), "proceedings": ("editor",)}
"""By whom the classic styles sort an entry of a type; the others by the author alone (plain.bst, presort)."""
_ONE_NUMBER = frozenset(("book", "proceedings", "inbook", "incollection", "inproceedings", "conference"))
"""Types that take a volume or a number, and warn at both (btxbst.doc, format.number.series)."""
_ORDINALS = "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth".split()
_PAGE = r"[\w.:+]+"
_DASH = r"\s*(?:-+|[‐‑‒–—−]+)\s*"
_PAGES = re.compile(rf"{_PAGE}{_DASH}{_PAGE}(?:\s*,\s*{_PAGE}(?:{_DASH}{_PAGE})?)*")
_SAFE_KEY = re.compile(r"[!$&*+\-./0-9:;<>?@A-Z\[\]^_`a-z|]+")
_ENGLISH = frozenset(
    "english american british canadian australian newzealand usenglish ukenglish en en-us en-gb".split()
)

Fields = dict[str, str]


def write(entries: Sequence[Entry], options: Options) -> Export:
    """The entries as a .bib file; the same entries always give the same bytes.

    Raises LitError where two keys differ by case alone, or where a key would break BibTeX.
    """
    ordered = sorted(entries, key=lambda entry: (entry.key.lower(), entry.key))
    _check_keys(ordered)
    warnings: list[str] = []
    blocks = [
        (_type(entry.paper), entry.key, _Writer(without(entry, options.omit), warnings).fields()) for entry in ordered
    ]
    text = "\n".join(_block(*block) for block in blocks)
    preamble = tex.preamble(text)
    text = f"{preamble}\n{text}" if preamble else text
    _read_back(text, blocks)
    return Export(text, tuple(warnings))


def _check_keys(ordered: Sequence[Entry]) -> None:
    for one, two in pairwise(ordered):
        if one.key.lower() == two.key.lower():
            raise LitError(
                f"the keys {one.key} and {two.key} are one key to BibTeX", "rename one of them in the library"
            )
    for entry in ordered:
        if not _SAFE_KEY.fullmatch(entry.key):
            raise LitError(f"the key {entry.key!r} holds what BibTeX cannot read", "rename it in the library")


def _type(paper: Paper) -> str:
    kind = _CLASSIC.get(paper.type, paper.type)
    if kind not in _TYPES or (kind == "article" and venues.is_arxiv(paper.venue)):
        return "misc"
    # The @inbook of the classic styles has no field for the title of the whole book.
    return "incollection" if kind == "inbook" and paper.venue else kind


class _Writer:
    """The fields of one entry in LaTeX, in the order of the file, and the warnings that they call for."""

    def __init__(self, entry: Entry, warnings: list[str]) -> None:
        self._entry = entry
        self._paper = entry.paper
        self._kind = _type(entry.paper)
        self._warnings = warnings
        self._fields: Fields = {}

    def _put(self, name: str, value: str, encode: Callable[[str], tex.Encoded] = tex.encode) -> None:
        if value and name not in self._fields:
            self._put_encoded(name, encode(value))

    def _put_encoded(self, name: str, encoded: tex.Encoded) -> None:
        if encoded.strange:
            signs = ", ".join(f"{char} (U+{ord(char):04X})" for char in encoded.strange)
            self._warn(
                f"{name}: no LaTeX form for {signs}; pdfLaTeX prints the code point, XeLaTeX and LuaLaTeX the character"
            )
        if encoded.text.strip():
            self._fields[name] = encoded.text.strip()

    def _warn(self, text: str) -> None:
        self._warnings.append(f"{self._entry.key}: {text}")

    def fields(self) -> Fields:
        paper, kind = self._paper, self._kind
        language = str(paper.fields.get("langid") or paper.fields.get("language") or "english").lower()
        self._put("title", paper.title, titles.encode if language in _ENGLISH else titles.whole)
        self._people()
        self._date()
        for name, value in _venue(kind, paper):
            self._put(name, value, titles.encode if name in ("booktitle", "series") else tex.encode)
        if kind == "misc" and not _repeats_id(paper):
            # The classic styles ignore `url`; \\url in howpublished is what they print (field notes, 3.3).
            self._put("howpublished", paper.url, lambda url: tex.Encoded(f"\\url{{{tex.verbatim(url).text}}}"))
        self._put("volume", paper.volume)
        if kind in _ONE_NUMBER and paper.volume and paper.number:
            self._warn(f"number: BibTeX takes no number beside the volume of a {kind}; {paper.number!r} is left out")
        else:
            self._put("number", paper.number)
        self._put("pages", _pages(paper.pages))
        self._put("publisher", paper.publisher)
        self._put("series", paper.series, titles.encode)
        self._put("edition", _edition(paper.edition))
        self._put(_HOUSE.get(kind, "institution"), paper.institution)
        self._put("doi", ids.doi(paper.doi) or paper.doi, tex.verbatim)
        self._put("isbn", paper.isbn, tex.verbatim)
        if paper.arxiv:
            self._put("eprint", paper.arxiv, tex.verbatim)
            self._put("archiveprefix", "arXiv")
            self._put("primaryclass", paper.primary_class, tex.verbatim)
        self._put("url", "" if _repeats_id(paper) else paper.url, tex.verbatim)
        self._put("abstract", paper.abstract, lambda text: tex.encode(text, braces=False))
        return self._fields

    def _people(self) -> None:
        paper, kind = self._paper, self._kind
        self._put_encoded("author", _names(paper.authors, paper.et_al))
        if paper.authors and paper.editors and kind in ("book", "inbook"):
            self._warn(f"editor: BibTeX takes author or editor of a {kind}, not both; the editors are left out")
        else:
            self._put_encoded("editor", _names(paper.editors, False))
        if not any(name in self._fields for name in _SORTED_BY.get(kind, ("author",))):
            # plain and alpha sort and label an entry without a name by its `key` (btxdoc, section 3.2); alpha cuts
            # the label out of its first characters, so it is plain letters.
            plain = " ".join(re.sub(r"[^A-Za-z0-9 ]", "", ascii_fold(paper.title)).split())
            self._fields["key"] = plain or re.sub(r"[^A-Za-z0-9]", "", self._entry.key) or "entry"

    def _date(self) -> None:
        """Year, month and day; `month` is one of BibTeX's macros and so stands without braces."""
        paper = self._paper
        year, month, day = dates.parts(paper.date) if paper.date else (None, None, None)
        year = paper.year or year
        if not year:
            if month:
                # plain warns "there's a month but no year", and prints neither.
                self._warn(f"date: {paper.date} has no year, and BibTeX takes no month without one")
            return
        self._fields["year"] = str(year)
        if month and paper.date.startswith(str(year)):
            self._fields["month"] = dates.MONTHS[month - 1]
            if day:
                self._fields["day"] = str(day)


def _names(people: Sequence[Person], cut: bool) -> tex.Encoded:
    encoded = [_name(person) for person in people]
    text = " and ".join([*(one.text for one in encoded), *(["others"] if cut and people else [])])
    return tex.Encoded(text, tuple(dict.fromkeys(char for one in encoded for char in one.strange)))


def _name(person: Person) -> tex.Encoded:
    """`von Last, Jr, First`; an organisation, and a name that BibTeX would part wrongly, as one group."""
    family = " ".join(part for part in (person.particle, person.family) if part)
    if person.literal or (not person.given and (person.suffix or (" " in person.family and not person.particle))):
        whole = person.literal or ", ".join(part for part in (family, person.suffix) if part)
        encoded = tex.encode(re.sub(r"[{}]", "", whole))
        return tex.Encoded(_one_group(encoded.text), encoded.strange)
    parts = [_name_part(part) for part in (family, person.suffix, person.given) if part]
    return tex.Encoded(", ".join(part.text for part in parts), tuple(char for part in parts for char in part.strange))


def _name_part(text: str) -> tex.Encoded:
    encoded = tex.encode(text if is_balanced(text) else re.sub(r"[{}]", "", text))
    latex = encoded.text
    if re.search(r"\band\b|,", latex, re.IGNORECASE):
        latex = f"{{{latex}}}"
    # An initial of two letters (`Yu.`) is one to BibTeX in a group that begins with a command (Tame the BeaST, 11).
    latex = re.sub(r"(?<!\S)([A-Z][a-z]+)\.(?=\s+[A-Z]\.)", r"{\\relax \1}.", latex)
    return tex.Encoded(latex, encoded.strange)


_TEX_PIECE = re.compile(r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|\\[A-Za-z]+(?:\{\})?|\\.|[^\\{}]+")


def _one_group(latex: str) -> str:
    """A name in braces for BibTeX; each command in a group of its own, so that alpha.bst cuts none in two."""
    if "\\" not in latex:
        return f"{{{latex}}}"
    pieces = (piece.removesuffix("{}") for piece in _TEX_PIECE.findall(latex))
    return "".join(piece if piece.startswith("{") else f"{{{piece}}}" for piece in pieces)


def _venue(kind: str, paper: Paper) -> Iterator[tuple[str, str]]:
    """The field or fields that the venue stands in."""
    if not paper.venue:
        return
    if kind in _VENUE:
        yield _VENUE[kind], paper.venue
    elif kind in _HOUSE:
        yield _HOUSE[kind], paper.institution or paper.venue
        if paper.institution and kind == "techreport":
            yield "type", paper.venue
        elif paper.institution:
            yield "note", paper.venue
    elif kind in ("book", "proceedings"):
        yield "series", paper.series or paper.venue
    elif not (paper.arxiv and venues.is_arxiv(paper.venue)):
        yield "howpublished", paper.venue


def _pages(pages: str) -> str:
    """Ranges with an en dash, where the pages are ranges (field notes, 3.6)."""
    return re.sub(_DASH, "–", pages) if _PAGES.fullmatch(pages) else pages


def _edition(edition: str) -> str:
    """`Second` for 2, `21st` for 21 (btxdoc, section 3.2: an ordinal, a word with its first letter capitalised)."""
    match = re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th)?", edition)
    if not match or not int(match[1]):
        return edition.capitalize() if edition.capitalize() in _ORDINALS else edition
    number = int(match[1])
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _repeats_id(paper: Paper) -> bool:
    """Whether the URL only says the DOI or the arXiv id again."""
    return bool(paper.url) and (
        (bool(paper.doi) and ids.doi_key(paper.url) == ids.doi_key(paper.doi))
        or (bool(paper.arxiv) and ids.arxiv_id(paper.url) == paper.arxiv)
    )


def _block(kind: str, key: str, fields: Fields) -> str:
    lines = [f"  {name} = {value if name == 'month' else '{' + value + '}'}," for name, value in fields.items()]
    return "\n".join([f"@{kind}{{{key},", *lines, "}\n"])


def _read_back(text: str, blocks: Sequence[tuple[str, str, Fields]]) -> None:
    """Parse what was written and compare it field by field; raises LitError rather than hand out a broken file."""
    from bibtexparser.splitter import Splitter

    library = Splitter(text).split()
    read = {
        (entry.entry_type, entry.key): {field.key: _bare(field.value) for field in entry.fields}
        for entry in library.entries
    }
    for kind, key, fields in blocks:
        got = read.get((kind, key))
        odd = next((name for name in fields if got is None or got.get(name) != fields[name]), None)
        if got is None or odd or len(got) != len(fields):
            raise LitError(
                f"{key}: {odd or 'the entry'} does not read back as it was written",
                "please report this entry; nothing was written",
            )
        for name, value in fields.items():
            if not value.isascii() or not is_balanced(value):
                raise LitError(
                    f"{key}: {name} cannot be written in BibTeX: {value[:60]!r}",
                    "mend the braces of this field in the library",
                )


def _bare(value: str) -> str:
    return value[1:-1] if value.startswith("{") and value.endswith("}") else value
