"""Bibliographies of any size, made from a seed: entries as different from each other as real ones are."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

_SYLLABLES = (
    "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bra cle dri flo gru pla ste tri spo kha".split()
)
_MAKE = random.Random(0)
_WORDS = ["".join(_MAKE.choices(_SYLLABLES, k=_MAKE.randint(2, 4))).capitalize() for _ in range(8000)]
_WEIGHTS = list(itertools.accumulate(1 / rank for rank in range(3, 8003)))
"""Words, and how often each comes: the few common ones and the many rare ones of a real library (Zipf)."""
_VENUES = ("Journal of Applied Results", "Transactions on {NLP}", "Annals of Statistics \\& Data", "Neural Letters")
_CONFERENCES = ("Proceedings of the {ACL}", "Advances in Neural Systems", "International Conference on Learning")


def _name(draw: random.Random) -> str:
    return "".join(draw.choices(_SYLLABLES, k=draw.randint(2, 3))).capitalize()


def entries(count: int, seed: int = 1) -> Iterator[str]:
    """The text of so many .bib entries, one after the other."""
    draw = random.Random(seed)
    for number in range(count):
        people = " and ".join(
            f"{_name(draw)}, {_name(draw)} {draw.choice('ABCDE')}." for _ in range(draw.randint(1, 5))
        )
        words = draw.choices(_WORDS, cum_weights=_WEIGHTS, k=draw.randint(5, 10))
        title = f"{{{words[0].upper()[:4]}}}: {' '.join(words[1:-1])} for {words[-1]}"
        year = draw.randint(1980, 2024)
        if number % 2:
            where = f"journal = {{{draw.choice(_VENUES)}}},\n  volume = {{{draw.randint(1, 90)}}}"
        else:
            where = f"booktitle = {{{draw.choice(_CONFERENCES)}}}"
        first = draw.randint(1, 900)
        abstract = " ".join(draw.choices(_WORDS, cum_weights=_WEIGHTS, k=60))
        yield (
            f"@{'article' if number % 2 else 'inproceedings'}{{key{number:06d},\n  title = {{{title}}},\n"
            f"  author = {{{people}}},\n  year = {{{year}}},\n  {where},\n  pages = {{{first}--{first + 12}}},\n"
            f"  doi = {{10.1000/j.{number}}},\n  abstract = {{{abstract}.}},\n}}\n"
        )


def bib(count: int, seed: int = 1) -> str:
    """The text of a .bib file of so many entries."""
    return "\n".join(entries(count, seed))
