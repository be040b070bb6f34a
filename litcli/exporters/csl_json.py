"""CSL-JSON, for Pandoc, Zotero and every other citeproc: an array of items that the schema of CSL 1.0.2 allows.

What the paper says and CSL has no variable for stands under `custom.litcli`, so that an import of the file gives the
same papers again. What its reader added (note, tags, sources) stays in the library, as in BibTeX.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from litcli import csl, dates, ids, jsontext, names, tex
from litcli.errors import LitError
from litcli.exporters.options import Export, Options, in_order
from litcli.exporters.sound import check_utf8
from litcli.paper import OTHERS, Entry, Paper, Person
from litcli.text import is_balanced

_VARIABLE = {**{field: name for name, field in csl.FIELD.items()}, "location": "publisher-place"}
_OF_THE_PAPER = frozenset(
    """
    title author editor issued container-title collection-title publisher volume page edition DOI URL ISBN abstract
    genre language
    """.split()
)
"""Variables that the paper's own fields fill, not those among its `fields`."""
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def write(entries: Sequence[Entry], options: Options) -> Export:
    """The entries as a CSL-JSON document; the same entries always give the same bytes.

    Raises LitError for a text that is none, and where the document does not say what the library says.
    """
    ordered = in_order(entries, options)
    papers = [(entry.key, entry.paper) for entry in ordered]
    text = jsontext.dumps([_item(key, paper) for key, paper in papers]) + "\n"
    check_utf8(text, ({"key": key, **csl.table_of(paper)} for key, paper in papers))
    _read_back(text, papers)
    return Export(text)


def _read_back(text: str, papers: Sequence[tuple[str, Paper]]) -> None:
    """Read what was written and compare it paper by paper, with what a library file would hold of each."""
    for item, (key, paper) in zip(json.loads(text), papers, strict=True):
        said = csl.own(item)
        read = csl.paper_of(item) if said is None else csl.restored(csl.paper_of(item), said)
        if item["id"] != key or (read != paper and read != csl.as_kept(paper)):
            raise LitError(
                f"{key}: the entry does not read back as it was written",
                "please report this entry; nothing was written",
            )


def _item(key: str, paper: Paper) -> dict[str, Any]:
    """The item of a paper: its variables, and under `custom` the rest."""
    item = _Writer(paper).item(key)
    if rest := csl.difference(csl.paper_of(item), paper):
        item["custom"] = {**item.get("custom", {}), "litcli": rest}
    return item


class _Writer:
    """The variables of one paper in CSL's terms, in the order of the file."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        own = _said(paper, csl.TYPE_FIELD)
        self._type = own if own in csl.TYPES else csl.csl_type(paper)
        self._is_preprint = csl.is_preprint(paper)
        self._item: dict[str, Any] = {}

    def _put(self, name: str, text: str) -> None:
        if name in csl.VERBATIM:
            value = text
        elif name in csl.NUMBERS:
            value = plain(text)
        else:
            value = rich(text, nocase=name in csl.TITLES, commands=name != "abstract")
        if value.strip():
            self._item[name] = value

    def item(self, key: str) -> dict[str, Any]:
        paper = self._paper
        self._item |= {"id": key, "type": self._type}
        self._put("title", paper.title)
        if paper.authors:
            self._item["author"] = _people(paper.authors, paper.et_al)
        if paper.editors:
            self._item["editor"] = _people(paper.editors, paper.et_al and not paper.authors)
        if issued := _issued(paper):
            self._item["issued"] = issued
        self._put("genre", _said(paper, "type") or csl.GENRES.get(paper.type, ""))
        self._houses()
        self._put("volume", paper.volume)
        self._number()
        self._put("page", paper.pages)
        self._put("edition", paper.edition)
        self._put("DOI", ids.doi(paper.doi) or paper.doi)
        self._put("ISBN", paper.isbn)
        self._put("URL", paper.url or (csl.arxiv_url(paper.arxiv) if self._is_preprint else ""))
        self._put("language", _language(paper))
        self._others()
        self._put("abstract", paper.abstract)
        return self._item

    def _houses(self) -> None:
        """Where the paper appeared, and who brought it out."""
        paper = self._paper
        if self._is_preprint:
            self._put("publisher", paper.venue or ("arXiv" if paper.arxiv else paper.publisher))
        elif paper.type in csl.HOUSES:
            self._put("publisher", paper.institution or paper.venue)
        else:
            self._put("publisher", paper.publisher)
            if self._type != "book":
                self._put("container-title", paper.venue)
        # A book has no container; the classic styles print its venue as the series, too.
        self._put("collection-title", paper.series or (paper.venue if self._type == "book" else ""))

    def _number(self) -> None:
        paper = self._paper
        if self._is_preprint and paper.arxiv:
            self._put("number", f"arXiv:{paper.arxiv}")
        elif paper.type in csl.ARTICLES:
            self._put("issue", paper.number)
            self._put("number", _said(paper, "eid"))
        else:
            self._put("collection-number" if paper.type in csl.IN_SERIES else "number", paper.number)

    def _others(self) -> None:
        """The variables of what is kept in `fields`."""
        for field, value in sorted(self._paper.fields.items()):
            name = _VARIABLE.get(field, "")
            if field == "custom":
                self._custom(value)
            elif not isinstance(value, str) or not name or name in self._item or name in _OF_THE_PAPER:
                continue
            elif name in csl.DATES:
                self._item[name] = _date(value)
            elif name in csl.NAMES:
                people = list(names.split_and(value))
                cut = people[-1:] == ["others"]
                self._item[name] = _people([names.parse(name) for name in people[: -1 if cut else None]], cut)
            else:
                self._put(name, value)

    def _custom(self, value: Any) -> None:
        """What others had written under `custom`, where it is still what they wrote."""
        try:
            found = json.loads(value) if isinstance(value, str) else None
        except ValueError:
            return
        if isinstance(found, dict) and "litcli" not in found and jsontext.compact(found) == value:
            self._item["custom"] = found


def _said(paper: Paper, field: str) -> str:
    value = paper.fields.get(field)
    return value if isinstance(value, str) else ""


def _language(paper: Paper) -> str:
    """The code of the paper's language; a name that has none here is left out, for no processor knows it."""
    said = _said(paper, "language") or _said(paper, "langid")
    code = csl.LANGUAGES.get(said.lower(), said)
    return code if _LANGUAGE_CODE.fullmatch(code) else ""


def _people(people: Sequence[Person], cut: bool) -> list[dict[str, str]]:
    """Names in CSL's parts; Pandoc prints `et al.` for a last one that is `others`."""
    return [*map(_name, people), *([{"literal": "others"}] if cut else [])]


def _name(person: Person) -> dict[str, str]:
    if person == OTHERS:
        return {"literal": "others"}
    if person.literal:
        return {"literal": plain(person.literal)}
    parts = {
        "family": person.family,
        "given": person.given,
        "non-dropping-particle": person.particle,
        "suffix": person.suffix,
    }
    return {name: plain(text) for name, text in parts.items() if text}


def _issued(paper: Paper) -> dict[str, Any] | None:
    """The date of a paper: as its source said it, where that still is its year and date, else these."""
    said = _said(paper, "date")
    is_sayable = csl.EDTF.fullmatch(said) or paper.year is None
    if said and is_sayable and csl.year_and_date(said) == (paper.year, paper.date):
        return _date(said)
    year = csl.year_text(dates.year_of(paper.year, paper.date))
    if not csl.EDTF.fullmatch(year):
        return None
    return _date(paper.date if paper.date.startswith(year) else year)


def _date(text: str) -> dict[str, Any]:
    """A date in EDTF as CSL's parts of numbers; any other text as it stands."""
    match = csl.EDTF.fullmatch(text)
    if not match:
        return {"literal": text}
    days = [_parts(day) for day in (match["from"], match["to"]) if day]
    date: dict[str, Any] = {"date-parts": days}
    if match["season"]:
        date["season"] = int(match["season"][-1])
    return {**date, "circa": True} if match["circa"] else date


def _parts(day: str) -> list[int]:
    year, *rest = map(int, day.lstrip("-").split("-"))
    return [-year if day.startswith("-") else year, *rest]


# --- texts ------------------------------------------------------------------------------------------------

_SMALL_CAPS, _NOCASE = '<span style="font-variant:small-caps;">', '<span class="nocase">'
_STYLES = {
    **dict.fromkeys(("emph", "textit", "textsl"), ("<i>", "</i>")),
    "textbf": ("<b>", "</b>"),
    "textsc": (_SMALL_CAPS, "</span>"),
    "textsuperscript": ("<sup>", "</sup>"),
    "textsubscript": ("<sub>", "</sub>"),
    **dict.fromkeys("textrm texttt textsf textup textmd mbox ensuremath url underline".split(), ("", "")),
}
_LOGOS = {"LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "TeX": "TeX"}
_TAG = re.compile(r"<(/?[A-Za-z][^<>{}\\]*>)")
_TOKEN = re.compile(
    rf"""
      (?P<pair>\\\\)
    | \\(?P<escaped>[&%$\#_{{}}])
    | \\(?P<style>{"|".join(sorted(_STYLES, reverse=True))})\{{
    | \\(?P<logo>{"|".join(sorted(_LOGOS, reverse=True))})(?![A-Za-z])
    | (?P<brace>[{{}}])
    | {_TAG.pattern.replace("(", "(?P<tag>", 1)}
    """,
    re.VERBOSE,
)
_NO_GROUP = re.compile(r"\\\\|\\[{}]")
_SCRIPT = re.compile(r"(?P<kind>[_^])(?:(?P<one>[A-Za-z0-9])|\{(?P<group>[A-Za-z0-9+-]+)\})")
_SIMPLE_MATH = re.compile(rf"\$(?:[A-Za-z0-9()\[\]+=,./ -]|{re.sub('[?]P<[a-z]+>', '?:', _SCRIPT.pattern)})+\$")


def rich(text: str, *, nocase: bool, commands: bool = True) -> str:
    r"""The markup of CSL for a text of a record: `\emph` in italics, simple math in sub- and superscripts.

    With `nocase`, groups in braces are spans that keep their case. Without `commands`, braces and commands are text,
    as in an abstract. CSL knows no escape: `&` and `<` stand as they are, and what would be read as a tag is parted.
    """
    return _marked(text, nocase=nocase, commands=commands, markup=True)


def plain(text: str) -> str:
    """A text of a record without markup: groups lose their braces, escaped signs their backslash."""
    return _marked(text, nocase=False, commands=True, markup=False)


def _marked(text: str, *, nocase: bool, commands: bool, markup: bool) -> str:
    if text.isalnum():
        return text
    span = (_NOCASE, "</span>") if nocase and markup else ("", "")
    parts = tex.segments(text)
    grouped = commands and is_balanced("".join(_NO_GROUP.sub("", part) for is_math, part in parts if not is_math))
    pieces: list[str] = []
    closing: list[tuple[int, int, str]] = []
    length = 0
    """Characters of text so far, without markup."""

    def opened(tags: tuple[str, str]) -> str:
        closing.append((len(pieces), length, tags[1]))
        return tags[0]

    def closed() -> str:
        start, before, tag = closing.pop()
        if length > before:
            return tag
        pieces[start] = ""  # there is nothing inside
        return ""

    for is_math, part in parts:
        if is_math:
            pieces.append(f"{span[0]}{_math(part)}{span[1]}" if markup else part)
            length += len(part)
            continue
        at = 0
        for match in _TOKEN.finditer(part):
            pieces.append(part[at : match.start()])
            length += match.start() - at
            at = match.end()
            if grouped and (match["style"] or match["brace"] == "{"):
                tags = span if match["brace"] else _STYLES[match["style"]]
                pieces.append(opened(tags if markup else ("", "")))
            elif grouped and match["brace"]:
                pieces.append(closed())
            else:
                pieces.append(_sign(match, grouped, markup))
                length += 1
        pieces.append(part[at:])
        length += len(part) - at
    return "".join(pieces)


def _sign(match: re.Match[str], grouped: bool, markup: bool) -> str:
    """What stands for an escaped sign, a logo or what looks like a tag."""
    if match["escaped"]:
        return match["escaped"]
    if match["logo"] and grouped:
        return _LOGOS[match["logo"]]
    return _parted(match["tag"]) if match["tag"] and markup else match[0]


def _parted(tag: str) -> str:
    """The rest of what looks like a tag, behind its bracket and parted from it, so that it is printed."""
    return f"<{_NOCASE}{tag}</span>"


def _math(math: str) -> str:
    """Simple math in markup, other math as it stands."""
    if not _SIMPLE_MATH.fullmatch(math):
        return _TAG.sub(lambda match: _parted(match[1]), math)

    def script(match: re.Match[str]) -> str:
        tag = "sub" if match["kind"] == "_" else "sup"
        return f"<{tag}>{match['one'] or match['group']}</{tag}>"

    return _SCRIPT.sub(script, math[1:-1])
