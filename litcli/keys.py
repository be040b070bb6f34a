"""Citation keys: made once from a paper, in ASCII letters and digits, unique ignoring case (design, section 6)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator

from litcli import dates
from litcli.paper import Paper
from litcli.text import ascii_fold

_FUNCTION_WORDS = frozenset(
    """
    a an the above about across against along among around as at before behind below beneath beside between
    beyond by down during except for from in inside into like near of off on onto since than through to toward
    towards under until up upon via with within without and but or nor so yet
    der die das ein eine und von zur zum le la les un une et de du des el los las
    """.split()
)
_NO_AUTHOR_WORDS = 3
"""How many words of the title stand for a missing author (JabRef's `shorttitle` takes three)."""


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", ascii_fold(text)).lower()


def _title_words(title: str) -> list[str]:
    """The title's words that carry meaning, each folded to a key's letters; all its words where none does."""
    text = re.sub(r"\\[A-Za-z]+|[{}$]", "", title)
    words = [plain for word in re.split(r"[\s/:–—]+", text) if (plain := _plain(word))]
    return [word for word in words if word not in _FUNCTION_WORDS] or words


def base(paper: Paper) -> str:
    """The key of a paper before it is made unique: `[auth:lower][year][veryshorttitle:lower]`.

    Without an author that can be spelled in ASCII, the title's first words; without a year none; never empty.
    """
    people = paper.authors or paper.editors
    auth = _plain(people[0].family or people[0].literal) if people else ""
    year = dates.year_of(paper.year, paper.date)
    words = _title_words(paper.title)
    title = words[:1] if auth else words[:_NO_AUTHOR_WORDS]
    key = "".join([auth, str(year) if year and auth else "", *title, str(year) if year and not auth else ""])
    key = key or "paper"
    # LaTeX and BibTeX take a leading digit; classic BibTeX styles and some tools do not (field notes, 3.8).
    return key if key[0].isalpha() else f"p{key}"


def suffixes() -> Iterator[str]:
    """ "", a, b, …, z, aa, ab, …"""
    yield ""
    for length in itertools.count(1):
        for letters in itertools.product("abcdefghijklmnopqrstuvwxyz", repeat=length):
            yield "".join(letters)


def free(stem: str, taken: Collection[str]) -> str:
    """The key, with the first suffix that makes it new; `taken` holds lower-cased keys and aliases."""
    return next(key for suffix in suffixes() if (key := stem + suffix).lower() not in taken)


def unique(paper: Paper, taken: Collection[str]) -> str:
    """The paper's key, made new as by `free`."""
    return free(base(paper), taken)
