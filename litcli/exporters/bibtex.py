"""BibTeX for the classic styles: pure ASCII, sorted by key, parsed back before it is handed out (field notes, 3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from litcli import dates, ids, names, tex, venues
from litcli.errors import LitError
from litcli.exporters import titles
from litcli.exporters.options import Export, Options
from litcli.paper import Entry, Paper, Person

# The venue's field by type (btxdoc, section 3.1); what is not here is printed by `howpublished`.
_VENUE = {
    "article": "journal",
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "conference": "booktitle",
    "inbook": "booktitle",
}
_HOUSE = {"phdthesis": "school", "mastersthesis": "school", "techreport": "institution"}
_TYPES = frozenset(
    """
    article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis
    proceedings techreport unpublished
    """.split()
)
# biblatex types as the classic styles know them (biblatex manual, section 2.1.2).
_CLASSIC = {
    "thesis": "phdthesis",
    "report": "techreport",
    "mvbook": "book",
    "collection": "book",
}
_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
_UNSAFE_KEY = re.compile(r"[\s\"#%'(),={}~\\]")

Fields = dict[str, str]


def write(entries: Sequence[Entry], options: Options) -> Export:
    """The entries as a .bib file; the same entries always give the same bytes.

    Raises LitError where two keys differ by case alone, or where a key would break BibTeX.
    """
    ordered = sorted(entries, key=lambda entry: (entry.key.lower(), entry.key))
    _check_keys(ordered)
    warnings: list[str] = []
    blocks: list[tuple[str, str, Fields]] = []
    for entry in ordered:
        fields = {name: value for name, value in _fields(entry, warnings).items() if name not in options.omit}
        blocks.append((_type(entry.paper), entry.key, fields))
    texts = [_block(*block) for block in blocks]
    if any(tex.OTHER_SCRIPT in text for text in texts):
        texts.insert(0, tex.PREAMBLE + "\n")
    text = "\n".join(texts)
    _read_back(text, blocks)
    return Export(text, tuple(warnings))


def _check_keys(ordered: Sequence[Entry]) -> None:
    for one, two in pairwise(ordered):
        if one.key.lower() == two.key.lower():
            raise LitError(
                f"the keys {one.key} and {two.key} are one key to BibTeX", "rename one of them in the library"
            )
    for entry in ordered:
        unsafe = _UNSAFE_KEY.search(entry.key)
        if unsafe:
            raise LitError(
                f"the key {entry.key!r} holds {unsafe[0]!r}, which BibTeX cannot read", "rename it in the library"
            )


def _type(paper: Paper) -> str:
    kind = _CLASSIC.get(paper.type, paper.type)
    return kind if kind in _TYPES else "misc"


def _fields(entry: Entry, warnings: list[str]) -> Fields:
    """The fields of an entry in LaTeX, in the order of the file."""
    paper = entry.paper
    kind = _type(paper)
    fields: Fields = {}

    def put(name: str, value: str, encode: Callable[[str], tex.Encoded] = tex.encode) -> None:
        if not value or name in fields:
            return
        encoded = encode(value)
        if encoded.strange:
            signs = ", ".join(f"{char} (U+{ord(char):04X})" for char in encoded.strange)
            warnings.append(
                f"{entry.key}: {name}: no LaTeX form for {signs}; pdfLaTeX prints the code point, XeLaTeX the character"
            )
        fields[name] = encoded.text

    put("title", paper.title, titles.encode)
    put("author", _people(paper.authors, paper.et_al))
    put("editor", _people(paper.editors, False))
    if not paper.authors and not paper.editors:
        # plain and alpha sort and label an entry without a name by its `key` (btxdoc, section 3.2).
        put("key", paper.title, lambda title: tex.encode(re.sub(r"[{}$\\]", "", title)))
    for name, value in _date(entry, warnings):
        fields[name] = value
    for name, value in _venue(kind, paper):
        put(name, value, titles.encode if name in ("booktitle", "series") else tex.encode)
    if kind == "misc" and "howpublished" not in fields and not _repeats_id(paper):
        # The classic styles ignore `url`; \\url in howpublished is what they print (field notes, 3.3).
        put("howpublished", paper.url, lambda url: tex.Encoded(f"\\url{{{tex.verbatim(url).text}}}"))
    put("volume", paper.volume)
    # Classic book styles take one of the two and warn at both (btxbst.doc, format.number.series).
    put("number", "" if kind in ("book", "proceedings", "inbook") and paper.volume else paper.number)
    put("pages", _pages(paper.pages))
    put("publisher", paper.publisher)
    put("series", paper.series, titles.encode)
    put("edition", _edition(paper.edition))
    put(_HOUSE.get(kind, "institution"), paper.institution)
    put("doi", ids.doi(paper.doi) or paper.doi, tex.verbatim)
    put("isbn", paper.isbn, tex.verbatim)
    put("eprint", paper.arxiv, tex.verbatim)
    if paper.arxiv:
        fields["archiveprefix"] = "arXiv"
        put("primaryclass", paper.primary_class, tex.verbatim)
    put("url", "" if _repeats_id(paper) else paper.url, tex.verbatim)
    put("abstract", paper.abstract, lambda text: tex.encode(text, braces=False))
    return fields


def _people(people: Sequence[Person], cut: bool) -> str:
    return " and ".join([*map(names.comma_form, people), *(["others"] if cut and people else [])])


def _date(entry: Entry, warnings: list[str]) -> Iterator[tuple[str, str]]:
    """Year, month and day; `month` is one of BibTeX's macros and so stands without braces."""
    paper = entry.paper
    year, month, day = dates.parts(paper.date) if paper.date else (None, None, None)
    year = paper.year or year
    if not year:
        if month:
            # plain warns "there's a month but no year", and prints neither.
            warnings.append(f"{entry.key}: date: {paper.date} has no year, and BibTeX takes no month without one")
        return
    yield "year", str(year)
    if month and paper.date.startswith(str(year)):
        yield "month", dates.MONTHS[month - 1]
        if day:
            yield "day", str(day)


def _venue(kind: str, paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.venue and kind in _VENUE:
        yield _VENUE[kind], paper.venue
    elif paper.venue and kind in _HOUSE:
        yield _HOUSE[kind], paper.institution or paper.venue
    elif paper.venue and kind in ("book", "proceedings"):
        yield "series", paper.series or paper.venue
    elif paper.venue and not (paper.arxiv and venues.is_arxiv(paper.venue)):
        yield "howpublished", paper.venue


def _pages(pages: str) -> str:
    """Ranges with an en dash: one dash run between two page tokens (field notes, 3.6)."""
    return (
        re.sub(r"(?<=[\w.])\s*(?:-+|[‐‑‒–—−]+)\s*(?=[\w.])", "–", pages)
        if re.fullmatch(r"[\w.]+\s*(?:-+|[‐‑‒–—−]+)\s*[\w.]+(?:\s*,\s*[\w.]+(?:\s*(?:-+|[‐‑‒–—−]+)\s*[\w.]+)?)*", pages)
        else pages
    )


def _edition(edition: str) -> str:
    """`Second` for 2 (btxdoc, section 3.2: an ordinal word with its first letter capitalised)."""
    number = re.fullmatch(r"(\d+)(?:st|nd|rd|th)?", edition)
    if number and 0 < int(number[1]) <= len(_ORDINALS):
        return _ORDINALS[int(number[1]) - 1]
    return edition


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
            if not value.isascii() or not _closed(value):
                raise LitError(
                    f"{key}: {name} cannot be written in BibTeX: {value[:60]!r}",
                    "mend the braces of this field in the library",
                )


def _bare(value: str) -> str:
    return value[1:-1] if value.startswith("{") and value.endswith("}") else value


def _closed(value: str) -> bool:
    """Whether braces balance as BibTeX counts them: escaped ones too (field notes, 3.2)."""
    depth = 0
    for char in value:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0
