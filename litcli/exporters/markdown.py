"""Markdown: a list that a person would paste into notes, grouped where asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litcli import names, tex
from litcli.exporters.options import Export, Options
from litcli.paper import Entry, Paper
from litcli.text import fold

GROUPS = ("tag", "year", "venue")
"""What `--group-by` takes."""

_SPECIALS = re.compile(r"[\\`*_\[\]<>~|$]|&(?=#?\w+;)|(?<=^)[#+-](?=\s)|(?<=^\d)[.)](?=\s)")


def write(entries: Sequence[Entry], options: Options) -> Export:
    """The entries as a Markdown list, by key; with `group_by`, one list under a heading for each group."""
    ordered = sorted(entries, key=lambda entry: (entry.key.lower(), entry.key))
    if not options.group_by:
        return Export("".join(_item(entry.paper, options.omit) for entry in ordered))
    parts = []
    for heading, members in _groups(ordered, options.group_by):
        parts.append(f"## {escape(heading)}\n\n" + "".join(_item(entry.paper, options.omit) for entry in members))
    return Export("\n".join(parts))


def _groups(entries: Sequence[Entry], by: str) -> Iterator[tuple[str, list[Entry]]]:
    """Groups in their order: tags and venues by name, years from the latest; what has none comes last."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        year = entry.paper.year
        labels = {"tag": list(entry.tags), "venue": [entry.paper.venue], "year": [str(year) if year else ""]}[by]
        for label in labels or [""]:
            found.setdefault(label, []).append(entry)
    named = sorted((label for label in found if label), key=fold, reverse=by == "year")
    for label in [*named, *([""] if "" in found else [])]:
        yield label or f"No {by}", found[label]


def escape(text: str) -> str:
    """Text that Markdown shows as it stands; math between dollars stays math, protecting braces go."""
    pieces = []
    for is_math, part in tex.segments(text):
        pieces.append(part if is_math else _SPECIALS.sub(r"\\\g<0>", part.replace("{", "").replace("}", "")))
    return "".join(pieces)


def _link(paper: Paper) -> str:
    if paper.url:
        return paper.url
    if paper.doi:
        return f"https://doi.org/{paper.doi}"
    return f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv else ""


def _item(paper: Paper, omit: frozenset[str]) -> str:
    """`- Authors. [Title](link). *Venue*, 2022.`, without the parts that the paper does not say."""
    people = paper.authors or paper.editors
    who = ", ".join(escape(names.display(person)) for person in people) if not omit & {"author", "authors"} else ""
    who += ", et al" if paper.et_al and who else ""
    link = re.sub(r"[()<>\s\\]", lambda m: f"%{ord(m[0]):02X}", _link(paper)) if not omit & {"url", "doi"} else ""
    title = escape(paper.title)
    titled = f"[{title}]({link})" if link else title
    venue = f"*{escape(paper.venue)}*" if paper.venue and "venue" not in omit else ""
    year = str(paper.year) if paper.year and "year" not in omit else ""
    where = ", ".join(part for part in (venue, year) if part)
    sentences = [part if part.endswith((".", "?", "!")) else f"{part}." for part in (who, titled, where) if part]
    return f"- {' '.join(sentences)}\n"
