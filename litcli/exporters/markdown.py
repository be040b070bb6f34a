"""Markdown: a list that a person would paste into notes, grouped where asked for, and read back as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import unquote

from litcli import dates, ids, names, tex
from litcli.errors import LitError
from litcli.exporters import commonmark
from litcli.exporters.commonmark import HEADING, ITEM, Run, flanks, joined
from litcli.exporters.options import Export, Options, in_order
from litcli.paper import Entry, Paper
from litcli.text import fold, is_balanced, subscript, superscript

GROUPS = ("tag", "year", "venue")
"""What `--group-by` takes."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a line shows of a field; the signs between two fields are a part without a name."""

    field: str
    runs: tuple[Run, ...]
    address: str = ""

    @property
    def text(self) -> str:
        """What a reader sees of it."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page: what it begins with, whose it is, and what it shows."""

    start: str
    owner: str
    parts: tuple[Part, ...]


_BLANK = Line("", "", ())


def write(entries: Sequence[Entry], options: Options) -> Export:
    """The entries as a Markdown list, by key; with `group_by`, one list under a heading for each group.

    Raises LitError rather than hand out a line that does not show what its entry says.
    """
    ordered = in_order(entries, options)
    lines: list[Line] = []
    if options.group_by:
        for heading, members in _groups(ordered, options.group_by):
            title = Line(HEADING, heading, (Part(options.group_by, _runs(heading)),))
            lines += [*([_BLANK] if lines else []), title, _BLANK, *map(_item, members)]
    else:
        lines += map(_item, ordered)
    text = "".join(f"{_markdown(line)}\n" for line in lines)
    _read_back(text, lines)
    return Export(text)


def _markdown(line: Line) -> str:
    return commonmark.line(line.start, (commonmark.span(part.runs, part.address) for part in line.parts))


def _groups(entries: Sequence[Entry], by: str) -> Iterator[tuple[str, list[Entry]]]:
    """Groups in their order: tags and venues by name, years from the latest; what has none comes last."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        year = dates.year_of(entry.paper.year, entry.paper.date)
        labels = {"tag": list(entry.tags), "venue": [entry.paper.venue], "year": [str(year) if year else ""]}[by]
        for label in labels or [""]:
            found.setdefault(label, []).append(entry)
    named = sorted((label for label in found if label), key=fold, reverse=by == "year")
    for label in [*named, *([""] if "" in found else [])]:
        yield label or f"No {by}", found[label]


# --- what a line says -------------------------------------------------------------------------------------


def _item(entry: Entry) -> Line:
    """`Authors. Title. Venue, 2022.`, without the parts that the paper does not say; the title leads to the paper."""
    paper, address = entry.paper, _address(entry.paper)
    year = dates.year_of(paper.year, paper.date)
    title = _runs(paper.title) or joined([Run(_one_line(address))])
    where = [Part("venue", _runs(paper.venue, is_emphasised=True)), Part("year", (Run(str(year)),) if year else ())]
    parts: list[Part] = []
    for sentence in ([Part("authors", _people(paper))], [Part("title", title, address)], where):
        told = [part for part in sentence if part.runs]
        for part in told:
            if parts:
                parts.append(_signs(" " if part is told[0] else ", "))
            parts.append(part)
        # A sentence that ends with a mark of its own gets no second one.
        if told and not re.search(r"[.?!…][”’\"']*$", told[-1].text):
            parts.append(_signs("."))
    return Line(ITEM, entry.key, tuple(parts))


def _signs(text: str) -> Part:
    return Part("", (Run(text),))


def _people(paper: Paper) -> tuple[Run, ...]:
    people = paper.authors or paper.editors
    listed = [run for person in people for run in (Run(", "), *_runs(names.display(person)))][1:]
    return joined([*listed, Run(", et al")] if paper.et_al and listed else listed)


def _address(paper: Paper) -> str:
    """Where the title leads: the url, else what the DOI or the arXiv id stands for."""
    if paper.url:
        return paper.url
    if paper.doi:
        return "https://doi.org/" + (ids.doi(paper.doi) or paper.doi).replace("#", "%23")
    return f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv else ""


_MARKED = re.compile(r"[\\{}$]")
_ESCAPED = re.compile(r"\\[\\{}]")
_EMPHASIS = frozenset(("emph", "textit", "textsl"))
_LOGOS = {"LaTeX": "LaTeX", "LaTeXe": "LaTeX2ε", "TeX": "TeX"}
_PIECE = re.compile(
    r"\\url\{(?P<address>[^{}]*)\}"
    rf"|\\(?P<command>{'|'.join(sorted(tex.PASSED - _LOGOS.keys() - {'url'}, reverse=True))})\s*\{{"
    rf"|\\(?P<logo>{'|'.join(sorted(_LOGOS, reverse=True))})(?![A-Za-z])(?:\{{\}})?"
    r"|\\(?P<sign>[&%$#_{}])|\\\\|(?P<brace>[{}])"
)
"""What is more than text in a record's text, outside its math."""


def _runs(text: str, *, is_emphasised: bool = False) -> tuple[Run, ...]:
    r"""What a reader sees of a record's text, on one line: `\$` is a dollar, groups lose their braces."""
    line = _one_line(text)
    if not _MARKED.search(line):
        return (Run(line, is_emphasised),) if line else ()
    runs = _pieces(line, is_emphasised) if is_balanced(_ESCAPED.sub("", line)) else _without_groups(line, is_emphasised)
    return _settled(_one_blank(joined(runs)))


def _one_line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())


def _without_groups(line: str, is_emphasised: bool) -> Iterator[Run]:
    """The pieces of a text of which a brace lacks its partner, so that each is one."""
    for is_math, part in tex.segments(line):
        yield Run(part if is_math else re.sub(r"\\([&%$#_{}])", r"\1", part), is_emphasised, is_math)


def _pieces(line: str, is_emphasised: bool) -> Iterator[Run]:
    opened: list[str] = []
    """The commands of the groups that are open, "" for mere protection."""
    depth = int(is_emphasised)

    def plain(text: str) -> Run:
        change = {"textsuperscript": superscript, "textsubscript": subscript}.get(opened[-1] if opened else "", str)
        return Run(change(text), depth > 0)

    for is_math, part in tex.segments(line):
        if is_math:
            yield Run(part, depth > 0, is_math)
            continue
        at = 0
        for match in _PIECE.finditer(part):
            yield plain(part[at : match.start()])
            at = match.end()
            if match["command"] or match["brace"] == "{":
                opened.append(match["command"] or "")
                depth += opened[-1] in _EMPHASIS
            elif match["brace"]:
                depth -= opened.pop() in _EMPHASIS
            else:
                yield plain(match["address"] or match["sign"] or _LOGOS.get(match["logo"] or "", match[0]))
        yield plain(part[at:])


def _one_blank(runs: Sequence[Run]) -> list[Run]:
    """Runs without blanks at either end and without two in a row: what stood between them says nothing."""
    found: list[Run] = []
    for run in runs:
        text = run.text if run.is_math else re.sub(" +", " ", run.text)
        if not found or found[-1].text.endswith(" "):
            text = text.removeprefix(" ")
        if text:
            found.append(run._replace(text=text))
    if found and found[-1].text.endswith(" "):
        found[-1] = found[-1]._replace(text=found[-1].text[:-1])
    return found


def _settled(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs with emphasis only where stars can say it."""
    whole, found, at = "".join(run.text for run in runs), list[Run](), 0
    for is_emphasised, group in groupby(runs, lambda run: run.is_emphasised):
        members = list(group)
        start, at = at, at + sum(len(run.text) for run in members)
        if is_emphasised and at > start:
            can = flanks(whole[start - 1 : start], whole[start]) and flanks(whole[at : at + 1], whole[at - 1])
            members = members if can else [run._replace(is_emphasised=False) for run in members]
        found += members
    return joined(found)


# --- reading it back --------------------------------------------------------------------------------------


def _read_back(text: str, lines: Sequence[Line]) -> None:
    """Read what was written, and compare each line with what it is to show.

    Raises LitError rather than hand out a list that says something else.
    """
    for line, written in zip(lines, text.split("\n")[:-1], strict=True):
        meant = joined(
            run._replace(address=unquote(part.address)) if part.address else run
            for part in line.parts
            for run in part.runs
        )
        found = commonmark.read(written, line.start)
        if found != meant:
            field, said = _first_odd(line, meant, found)
            raise LitError(
                f"{line.owner}: {field} cannot be written as Markdown: {said[:60]!r}",
                "mend this field in the library; nothing was written",
            )


def _first_odd(line: Line, meant: Sequence[Run], read: Sequence[Run]) -> tuple[str, str]:
    """The field in which what was read begins to differ from what was meant, and what it says."""
    at = 0
    for one, other in zip(meant, read, strict=False):
        if one == other:
            at += len(one.text)
            continue
        if one == other._replace(address=one.address):
            return "url", one.address
        if one == other._replace(text=one.text):
            pairs = enumerate(zip(one.text, other.text, strict=False))
            at += next((n for n, (a, b) in pairs if a != b), min(len(one.text), len(other.text)))
        break
    end, seen = 0, "".join(run.text for run in read)
    for part in line.parts:
        end += len(part.text)
        # Brackets that are shown round a title that is whole are those of a link that is none.
        if part.address and end > at and seen.startswith(f"[{part.text}](", at):
            return "url", part.address
        if part.field and end > at:
            return part.field, part.text
    return line.parts[0].field, line.parts[0].text
