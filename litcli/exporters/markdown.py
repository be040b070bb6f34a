"""Markdown: a list that a person would paste into notes, grouped where asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from litcli import dates, ids, names, tex
from litcli.exporters.options import Export, Options, without
from litcli.paper import Entry, Paper
from litcli.text import fold, is_balanced

GROUPS = ("tag", "year", "venue")
"""What `--group-by` takes."""

# What CommonMark (0.31, sections 4 and 6) and GitHub's dialect give a meaning to, in a line or at its start.
_SPECIALS = re.compile(
    r"[\\`*_\[\]<>~|$]|&(?=#?\w+;)|^#(?=#{0,5}(?:\s|$))|(?<=\s)#(?=#*$)|^[+-](?=[\s-]|$)|^=(?==*$)|"
    r"(?P<number>^\d{1,9})(?=[.)](?:\s|$))"
)


def write(entries: Sequence[Entry], options: Options) -> Export:
    """The entries as a Markdown list, by key; with `group_by`, one list under a heading for each group."""
    kept = (without(entry, options.omit) for entry in entries)
    ordered = sorted(kept, key=lambda entry: (entry.key.lower(), entry.key))
    if not options.group_by:
        return Export("".join(_item(entry.paper) for entry in ordered))
    parts = []
    for heading, members in _groups(ordered, options.group_by):
        parts.append(f"## {escape(heading)}\n\n" + "".join(_item(entry.paper) for entry in members))
    return Export("\n".join(parts))


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


def escape(text: str) -> str:
    """Text that Markdown shows as it stands, on one line; math between dollars stays math, protecting braces go."""
    text = " ".join(text.split())
    protected = is_balanced(text)
    return "".join(
        part if is_math else _SPECIALS.sub(_escaped, re.sub(r"[{}]", "", part) if protected else part)
        for is_math, part in tex.segments(text)
    )


def _escaped(match: re.Match[str]) -> str:
    return f"{match[0]}\\" if match["number"] else f"\\{match[0]}"


def _link(paper: Paper) -> str:
    """Where the title leads: the url, else what the DOI or the arXiv id stands for."""
    if paper.url:
        address = paper.url
    elif paper.doi:
        address = "https://doi.org/" + (ids.doi(paper.doi) or paper.doi).replace("#", "%23")
    else:
        address = f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv else ""
    address = "".join(quote(char, safe="") if char in "()<>\\" or char.isspace() else char for char in address)
    return re.sub(r"&(?=#?\w+;)", "%26", address)


def _item(paper: Paper) -> str:
    """`- Authors. [Title](link). *Venue*, 2022.`, without the parts that the paper does not say."""
    who = ", ".join(escape(names.display(person)) for person in paper.authors or paper.editors)
    who += ", et al" if paper.et_al and who else ""
    title, link = escape(paper.title), _link(paper)
    venue, year = escape(paper.venue), dates.year_of(paper.year, paper.date)
    where = ", ".join(part for part in (f"*{venue}*" if venue else "", str(year or "")) if part)
    # A sentence that ends with a mark of its own gets no second one; the link's brackets are not its end.
    sentences = [(who, who), (f"[{title}]({link})" if link else title, title), (where, str(year or "") or venue)]
    told = [text if re.search(r"[.?!…][”’\"']*$", end) else f"{text}." for text, end in sentences if text]
    return f"- {' '.join(told)}\n"
