"""What is a citation in Markdown, by the rules of pandoc, Quarto and R Markdown; and what is none because it is code.

Code by indentation alone is read like text: it looks the same as text inside a list.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

_TOKEN = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?"
    r"(?P<fence>`{3,}(?=[^`\r\n]*(?:[\r\n]|\Z))|~{3,})(?P<info>[^\r\n]*)"
    r"|(?P<ticks>`+)|(?P<comment><!--)|\\.",
    re.MULTILINE | re.DOTALL,
)
_TICKS = re.compile("`+")
_BLANK_LINE = re.compile(r"\n[ \t>]*\r?\n")
_CHUNK_OPTION = re.compile(r"^[ \t]*#\|[^\r\n]*", re.MULTILINE)
"""A line of a Quarto chunk that speaks about the chunk; captions stand there."""
_RAW_LATEX = ("{=latex}", "{=tex}")

_KEY = re.compile(
    # An escape, an address, and the target of a link: an @ in them is none of ours, nor is one behind a letter.
    r"\\.|https?://[^\s<>\[\]\"\0]*|\]\([^()\s\0]*"
    r"|(?<![^\W_])@(?:(?P<key>\w(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*)|\{(?P<braced>[^\s{}\\\0]+)\})",
    re.DOTALL,
)
"""pandoc's manual, "Citation syntax": a letter, digit or `_`, then also single punctuation inside."""
_CROSS_REFERENCE = re.compile(r"(?:fig|tbl|eq|sec|lst)[:-]", re.IGNORECASE)
"""The labels of pandoc-crossref and Quarto."""
_NOCITE = re.compile(r"^nocite:[^\r\n]*(?:\r?\n(?:[ \t]|- )[^\r\n]*)*", re.MULTILINE)


def hidden(text: str) -> Iterator[tuple[int, int]]:
    """The spans of code and comments, in order. A fence that is not closed runs to the end (CommonMark, 4.5)."""
    last_comment = text.rfind("-->")
    paragraph_end, runs = 0, dict[int, list[int]]()
    at = 0
    while token := _TOKEN.search(text, at):
        start, at = token.span()
        if token["fence"]:
            yield start, at
            body, (end, at) = at, _fence_end(text, token["fence"], at)
            if token["info"].strip() not in _RAW_LATEX:
                for option in _CHUNK_OPTION.finditer(text, body, end):
                    yield body, option.start()
                    body = option.end()
                yield body, end
            yield end, at
        elif token["ticks"]:
            if start >= paragraph_end:
                blank = _BLANK_LINE.search(text, start)
                paragraph_end = blank.start() if blank else len(text)
                runs = {}
                for run in _TICKS.finditer(text, start, paragraph_end):
                    runs.setdefault(len(run[0]), []).append(run.start())
            same = runs.get(len(token["ticks"]), [])
            closing = bisect_right(same, start)
            if closing < len(same):
                at = same[closing] + len(token["ticks"])
                yield start, at
        elif token["comment"] and at <= last_comment:
            at = text.find("-->", at) + len("-->")
            yield start, at


def _fence_end(text: str, fence: str, at: int) -> tuple[int, int]:
    """Start and end of the line that closes a fence; the end of the text where none does."""
    closing = re.compile(rf"^[ \t>]*{fence[0]}{{{len(fence)},}}[ \t]*(?=[\r\n]|\Z)", re.MULTILINE).search(text, at)
    return closing.span() if closing else (len(text), len(text))


def keys(shown: str) -> Iterator[tuple[int, int]]:
    """The spans of the keys that a text cites with `@`, in order; cross-references are left out."""
    for match in _KEY.finditer(shown):
        group = match.lastgroup
        if group and not _CROSS_REFERENCE.match(match[group]):
            yield match.span(group)


def cites_everything(shown: str) -> bool:
    """Whether its metadata say `nocite: "@*"`."""
    return any("@*" in match[0] for match in _NOCITE.finditer(shown))
