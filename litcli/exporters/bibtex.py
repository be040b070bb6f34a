"""BibTeX for the classic styles: pure ASCII, sorted by key, parsed back before it is handed out (field notes, 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litcli import bibfields, dates, ids, tex, venues
from litcli.exporters import bib, titles
from litcli.exporters.options import Export, Options
from litcli.paper import Entry, Paper

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
    "review": "article",
    "suppperiodical": "article",
}
_SORTED_BY = {"book": ("author", "editor"), "inbook": ("author", "editor"), "proceedings": ("editor",)}
"""By whom the classic styles sort an entry of a type; the others by the author alone (plain.bst, presort)."""
_ONE_NUMBER = frozenset(("book", "proceedings", "inbook", "incollection", "inproceedings", "conference"))
"""Types that take a volume or a number, and warn at both (btxbst.doc, format.number.series)."""


def write(entries: Sequence[Entry], options: Options) -> Export:
    """The entries as a .bib file in pure ASCII; the same entries always give the same bytes.

    Raises LitError where two keys differ by case alone, or where a key would break BibTeX.
    """
    return bib.write(entries, options, DIALECT)


def kind(paper: Paper) -> str:
    """The classic type of a paper; `misc` where the standard styles know none."""
    found = _CLASSIC.get(paper.type, paper.type)
    if found not in _TYPES or (found == "article" and venues.is_arxiv(paper.venue)):
        return "misc"
    # The @inbook of the classic styles has no field for the title of the whole book.
    return "incollection" if found == "inbook" and paper.venue else found


def title(paper: Paper) -> tex.Encoded:
    """The LaTeX of a paper's title, with braces where styles would spoil its capitals."""
    return titles.encode(paper.title) if bib.is_english(paper) else titles.whole(paper.title)


def _fill(block: bib.Block) -> None:
    paper, kind = block.paper, block.kind
    block.put("title", paper.title, lambda _: title(paper))
    _people(block)
    _date(block)
    for name, value in _venue(kind, paper):
        block.put(name, value, titles.encode if name in ("booktitle", "series", "type") else tex.encode)
    if kind == "misc" and paper.url and not bib.repeats_id(paper):
        # The classic styles ignore `url`; \\url in howpublished is what they print (field notes, 3.3).
        block.put("howpublished", f"\\url{{{paper.url}}}", lambda _: tex.url(paper.url))
    elif kind == "misc" and paper.arxiv:
        # They ignore `eprint` too, and would print nothing by which to find the paper.
        block.put("howpublished", f"arXiv:{paper.arxiv}", tex.encode)
    block.put("volume", paper.volume, tex.encode)
    if kind in _ONE_NUMBER and paper.volume and paper.number:
        block.warn(f"number: BibTeX takes no number beside the volume of a {kind}; {paper.number!r} is left out")
    else:
        block.put("number", paper.number, tex.encode)
    block.put("pages", bibfields.pages(paper.pages, "–"), tex.encode)
    block.put("publisher", paper.publisher, tex.encode)
    block.put("series", paper.series, titles.encode)
    # The styles set the edition, and the kind of a thesis or a report, in lower case as they do a title.
    block.put("edition", bibfields.ordinal(paper.edition), titles.encode)
    block.put("type", kept if isinstance(kept := paper.fields.get("type"), str) else "", titles.encode)
    block.put(_HOUSE.get(kind, "institution"), paper.institution, tex.encode)
    block.put("doi", ids.doi(paper.doi) or paper.doi, tex.verbatim)
    block.put("isbn", paper.isbn, DIALECT.verbatim)
    if paper.arxiv:
        block.put("eprint", paper.arxiv, tex.verbatim)
        block.put("archiveprefix", "arXiv", tex.encode)
        block.put("primaryclass", paper.primary_class, tex.verbatim)
    if not bib.repeats_id(paper) and block.meant.get("howpublished") != f"\\url{{{paper.url}}}":
        # Styles that know `url`, as natbib's do, would print it twice.
        block.put("url", paper.url, tex.verbatim)
    aliases = list(filter(bibfields.citable, block.entry.aliases))
    if aliases:
        block.warn(f"aliases: BibTeX knows none; what was cited as {', '.join(aliases)} has this key now")
    block.put("abstract", paper.abstract, lambda text: tex.encode(text, braces=False))


def _people(block: bib.Block) -> None:
    paper, kind = block.paper, block.kind
    block.put_encoded("author", *bib.people(paper.authors, paper.et_al, DIALECT))
    if paper.authors and paper.editors and kind in ("book", "inbook"):
        block.warn(f"editor: BibTeX takes author or editor of a {kind}, not both; the editors are left out")
    else:
        block.put_encoded("editor", *bib.people(paper.editors, paper.et_al and not paper.authors, DIALECT))
    if not any(name in block.latex for name in _SORTED_BY.get(kind, ("author",))) and "key" not in paper.fields:
        # plain and alpha sort and label an entry without a name by its `key` (btxdoc, section 3.2).
        block.put("key", bibfields.sort_label(paper.title, block.entry.key), tex.encode)


def _date(block: bib.Block) -> None:
    """Year, month and day; `month` is one of BibTeX's macros and so stands without braces."""
    paper = block.paper
    year, month, day = dates.parts(paper.date) if paper.date else (None, None, None)
    year = paper.year or year
    told = str(paper.fields.get("year", ""))
    if told and (not year or str(year) in told):
        block.put("year", told, tex.encode)
    if not year:
        if month:
            # plain warns "there's a month but no year", and prints neither.
            block.warn(f"date: {paper.date} has no year, and BibTeX takes no month without one")
        return
    block.put("year", str(year), tex.encode)
    if month and paper.date.startswith(str(year)):
        block.put("month", dates.MONTHS[month - 1], tex.encode)
        if day:
            block.put("day", str(day), tex.encode)


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


DIALECT = bib.Dialect("BibTeX", kind, _fill, utf8=False, broken_key=re.compile("(?!)"))
"""The classic dialect."""
