"""A line of Markdown: runs of text written as CommonMark reads them, and read as it reads them (CommonMark 0.31)."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote, unquote

ITEM, HEADING = "- ", "## "
"""How lines begin."""


class Run(NamedTuple):
    """A stretch of text that is shown in one way, and the address that it leads to."""

    text: str
    is_emphasised: bool = False
    is_math: bool = False
    address: str = ""


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs without empty ones, and without two side by side that are shown in one way."""
    found: list[Run] = []
    for how, group in groupby((run for run in runs if run.text), lambda run: run[1:]):
        texts = [run.text for run in group]
        found.append(Run(texts[0] if len(texts) == 1 else "".join(texts), *how))
    return tuple(found)


def flanks(outside: str, inside: str) -> bool:
    """Whether a star between two characters can open or close emphasis (section 6.2)."""
    if not inside or inside.isspace():
        return False
    return not _is_sign(inside) or not outside or outside.isspace() or _is_sign(outside)


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


# --- writing ---------------------------------------------------------------------------------------------

# What CommonMark (sections 4 and 6) and GitHub's dialect give a meaning to, in a line, at its start, and at the end of
# a heading.
_SPECIALS = re.compile(r"[\\`*_\[\]<>~|$]|&(?=#?\w+;)")
_AT_START = re.compile(r"(?P<number>\d{1,9})(?=[.)](?:\s|$))|#(?=#{0,5}(?:\s|$))|[+-](?=[\s-]|$)|=(?==*$)")
_AT_END = re.compile(r"(?:^|(?<=\s))#(?=#*$)")


def escape(text: str) -> str:
    """Text that Markdown shows as it stands, where it does not begin a line."""
    return _SPECIALS.sub(r"\\\g<0>", text)


def span(runs: Sequence[Run], address: str = "") -> str:
    """Runs as a part of a line; with an address, as a link to it."""
    pieces: list[str] = []
    for is_emphasised, group in groupby(runs, lambda run: run.is_emphasised):
        text = "".join(run.text if run.is_math else escape(run.text) for run in group)
        pieces.append(f"*{text}*" if is_emphasised else text)
    text = "".join(pieces)
    return f"[{text}]({_target(address)})" if address else text


def _target(address: str) -> str:
    """An address with nothing in it that would end a link or be read as something else."""
    encoded = re.sub(r"[()<>\\\s\x00-\x20\x7f]", lambda match: quote(match[0], safe=""), address)
    return re.sub(r"&(?=#?\w+;)", "%26", encoded)


def line(start: str, spans: Iterable[str]) -> str:
    """A line of spans that begins in this way."""
    content = "".join(spans)
    begins = _AT_START.match(content)
    if start == HEADING:
        content = _AT_END.sub(r"\\#", content)
    elif begins:
        at = begins.end() if begins["number"] else 0
        content = f"{content[:at]}\\{content[at:]}"
    return (start + content).rstrip()


# --- reading ---------------------------------------------------------------------------------------------

_BLOCK = re.compile(
    r"\s|#{1,6}(?:\s|$)|[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$)|>|```|~~~|=+\s*$|(?:[-_*]\s*){3,}$|\[[ xX]\]\s"
)
"""How a line begins that is a block of its own within an item."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_TOKEN = re.compile(
    r"(?P<text>(?:[^\\$&*\[\]`_<~|!]|\\[!-/:-@\[-`{-~]|\\(?![!-/:-@\[-`{-~])|&(?!\#?\w+;)|!(?!\[))+)"
    r"|(?P<math>\$(?:[^$\\]|\\.)+\$)"
    r"|(?P<entity>&\#?\w+;)|(?P<stars>\*+)"
    r"|(?P<open>\[)|(?P<close>\]\((?P<address>[^\x00-\x20\x7f()<>\\]*)\))"
    r"|(?P<markup>!\[|[`_<~|$])|\]"
)
"""The pieces of a line (sections 2.4, 2.5 and 6); `markup` is what export never means."""


def read(written: str, start: str) -> tuple[Run, ...]:
    """What a line shows that is to begin in this way; nothing, where it is something else than that."""
    if not written.startswith(start.rstrip()):
        return ()
    content = written[len(start) :]
    if start == HEADING:
        return _inline(re.sub(r"(?:^|(?<=\s))#+$", "", content).rstrip())
    return () if _BLOCK.match(content) else _inline(content)


def _inline(text: str) -> tuple[Run, ...]:
    """The runs of a line of Markdown."""
    runs: list[Run] = []
    star = link = -1
    for token in _TOKEN.finditer(text):
        if token["stars"]:
            before, after = text[token.start() - 1 : token.start()], text[token.end() : token.end() + 1]
            if star >= 0 and token["stars"] == "*" and flanks(after, before):
                runs[star:] = [run._replace(is_emphasised=True) for run in runs[star + 1 :]]
                star = -1
                continue
            star = len(runs) if star < 0 and token["stars"] == "*" and flanks(before, after) else star
            runs.append(Run(token[0]))
        elif token["open"]:
            link = len(runs)
            runs.append(Run(token[0]))
        elif token["close"] and link >= 0:
            address = unquote(html.unescape(token["address"]))
            runs[link:] = [run._replace(address=address) for run in runs[link + 1 :]]
            star, link = (-1 if star > link else star), -1
        elif token["text"]:
            runs.append(Run(_ESCAPED.sub(r"\1", token[0]) if "\\" in token[0] else token[0]))
        elif not token["markup"]:
            runs.append(Run(html.unescape(token[0]) if token["entity"] else token[0], is_math=bool(token["math"])))
    return joined(runs)
