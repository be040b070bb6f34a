"""biblatex, for Biber: UTF-8, dates in ISO 8601, aliases in `ids` (biblatex manual, section 2; field notes, 3)."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from litcli import bibfields, dates, ids, tex, venues
from litcli.exporters import bib, titles
from litcli.exporters.options import Export, Options
from litcli.paper import Entry, Paper

_BROKEN_KEY = re.compile(r"[()]")
"""What Biber cannot read in a key (field notes, 3.8)."""

_TYPE = re.compile(r"[a-z][a-z0-9_-]*")
"""A type as any reader of .bib files can read it."""

_encode = functools.partial(tex.encode, utf8=True)
_encode_title = functools.partial(titles.encode, utf8=True)


def write(entries: Sequence[Entry], options: Options) -> Export:
    """The entries as a biblatex file in UTF-8; the same entries always give the same bytes.

    Raises LitError where two keys differ by case alone, or where Biber could not read a key.
    """
    return bib.write(entries, options, DIALECT)


def _kind(paper: Paper) -> str:
    """The biblatex type: a preprint is @online, a thesis and a report say which in `type`."""
    found = bibfields.ALIASES.get(paper.type, paper.type)
    in_no_venue = not paper.venue or venues.is_arxiv(paper.venue)
    if found in ("misc", "article") and paper.arxiv and in_no_venue and not _has_publisher(paper):
        return "online"
    if found in bibfields.NAMED_TYPES and "type" not in paper.fields:
        return bibfields.NAMED_TYPES[found][0]
    is_preprint = found == "article" and venues.is_arxiv(paper.venue)
    return "misc" if is_preprint or not _TYPE.fullmatch(found) else found


def _has_publisher(paper: Paper) -> bool:
    return bool(paper.doi) and not ids.is_preprint_doi(paper.doi)


def _fill(block: bib.Block) -> None:
    paper, kind = block.paper, block.kind
    # Styles that change case know by langid which titles are English; the others keep theirs.
    block.put("title", paper.title, _encode_title if bib.is_english(paper) else _encode)
    if paper.type in bibfields.NAMED_TYPES and "type" not in paper.fields:
        block.put("type", bibfields.NAMED_TYPES[paper.type][1], _encode)
    block.put_encoded("author", *bib.people(paper.authors, paper.et_al, DIALECT))
    block.put_encoded("editor", *bib.people(paper.editors, paper.et_al and not paper.authors, DIALECT))
    _date(block)
    _venue(block)
    block.put("volume", paper.volume, _encode)
    block.put("number", paper.number, _encode)
    pages = "eid" if kind == "article" and bibfields.is_article_number(paper.pages) else "pages"
    block.put(pages, bibfields.pages(paper.pages, "--"), _plain_range)
    block.put("publisher", paper.publisher, DIALECT.item)
    block.put("series", paper.series, _encode_title)
    block.put("edition", bibfields.cardinal(paper.edition), _encode)
    block.put("institution", paper.institution, DIALECT.item)
    block.put("doi", ids.doi(paper.doi) or paper.doi, tex.verbatim)
    block.put("isbn", paper.isbn, DIALECT.verbatim)
    if paper.arxiv:
        block.put("eprint", paper.arxiv, tex.verbatim)
        block.put("eprinttype", "arxiv", _encode)
        block.put("eprintclass", paper.primary_class, tex.verbatim)
    block.put("url", "" if bib.repeats_id(paper) else paper.url, tex.verbatim)
    language = str(paper.fields.get("language", "")).lower()
    if language in bibfields.LANGUAGES and "langid" not in paper.fields:
        # Only langid tells styles that change case which titles are not English.
        block.put("langid", language, _encode)
    block.put("ids", ",".join(filter(bibfields.citable, block.entry.aliases)), tex.Encoded)
    block.put("abstract", paper.abstract, functools.partial(tex.encode, braces=False, utf8=True))


def _plain_range(pages: str) -> tex.Encoded:
    encoded = _encode(pages)
    return tex.Encoded(encoded.text.replace("–", "--"), encoded.strange)


def _date(block: bib.Block) -> None:
    paper = block.paper
    told = str(paper.fields.get("date", ""))
    year = dates.year_of(paper.year, paper.date)
    if told and (not year or str(year) in told):
        block.put("date", told, DIALECT.verbatim)
        return
    text = str(paper.fields.get("year", ""))
    if text and (not year or str(year) in text):
        return  # `in press` is no date; it comes out as it stands
    if paper.date and dates.parts(paper.date)[0] and (not paper.year or paper.date.startswith(f"{paper.year:04d}")):
        block.put("date", paper.date, _encode)
    elif year:
        block.put("date", f"{year:04d}", _encode)
    elif paper.date:
        block.warn(f"date: {paper.date} has no year, and biblatex takes no month without one")


def _venue(block: bib.Block) -> None:
    """The field that the venue stands in."""
    paper, kind = block.paper, block.kind
    if not paper.venue or (paper.arxiv and venues.is_arxiv(paper.venue)):
        return
    if names := bibfields.VENUES.get(kind, ("howpublished",)):
        block.put(names[0], paper.venue, _encode_title if names[0] == "booktitle" else _encode)
    elif paper.type in bibfields.NAMED_TYPES or kind in ("thesis", "report"):
        block.put(
            *(("note", paper.venue, _encode) if paper.institution else ("institution", paper.venue, DIALECT.item))
        )
    else:
        block.put("series", paper.series or paper.venue, _encode_title)


DIALECT = bib.Dialect("biblatex", _kind, _fill, utf8=True, broken_key=_BROKEN_KEY)
"""The dialect of Biber."""
