"""How well and how fast duplicates are found: `python -m tests.benchmarks.duplicates FOLDER [SIZE…]`.

FOLDER holds labelled sets, each a folder with `records.bib` and `gold.json`: `clusters` are lists of keys that are one
work, `eval` is `cross` where only pairs count whose key prefixes (up to the first `_`) differ, `ignore` are pairs that
count neither way. Two records count as found where they end up in one cluster (*same*), or there or in one doubtful
pair (*same or maybe*). SIZE is a number of generated records of which one in ten is typed again by a hasty hand.
"""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from litcli import dedupe
from litcli.dedupe import Answer, Cluster
from litcli.importers import bib
from litcli.page import Page
from litcli.paper import Paper, Person, Record
from tests.benchmarks import library

SIZES = (10_000, 100_000)
_ONE_IN = 10
_CASES: tuple[Callable[[str], str], ...] = (str.lower, str.title, str.strip)

Pair = tuple[str, str]


@dataclass(frozen=True)
class Labelled:
    """Papers by their keys, the pairs of keys that are one work, and those that do not count."""

    papers: Mapping[str, Paper]
    gold: frozenset[Pair]
    ignored: frozenset[Pair] = frozenset()
    across: bool = False

    def counts(self, pair: Pair) -> bool:
        """Whether a pair is counted when it is found."""
        prefixes = {key.partition("_")[0] for key in pair}
        return pair not in self.ignored and (not self.across or len(prefixes) == 2)


@dataclass(frozen=True)
class Score:
    """How many pairs were found, how many of those are one work, and how many there are to find."""

    found: int
    right: int
    gold: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.gold)

    def __str__(self) -> str:
        return f"{self.precision:9.4f} {self.recall:6.4f} {self.f1:6.4f} {self.found - self.right:5}"


def pairs(groups: Collection[Collection[str]]) -> set[Pair]:
    """All pairs of keys that stand in one group, each in the order of its keys."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def load(folder: Path) -> Labelled:
    """The labelled set in a folder."""
    text = (folder / "records.bib").read_text("utf-8")
    records = [record for record in bib.parse(Page("records.bib", text)) if isinstance(record, Record)]
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    labelled = Labelled(
        {record.key: record.paper for record in records},
        frozenset(),
        frozenset(pairs(gold.get("ignore", []))),
        gold.get("eval") == "cross",
    )
    return replace(labelled, gold=frozenset(filter(labelled.counts, pairs(gold["clusters"]))))


def score(labelled: Labelled, found: Collection[Cluster]) -> tuple[Score, Score]:
    """How well clusters found the labelled pairs: those that are *same*, and all of them."""
    scores = []
    for answers in ({Answer.SAME}, {Answer.SAME, Answer.MAYBE}):
        named = filter(labelled.counts, pairs([cluster.keys for cluster in found if cluster.answer in answers]))
        told = set(named)
        scores.append(Score(len(told), len(told & labelled.gold), len(labelled.gold)))
    return scores[0], scores[1]


# --- generated records ------------------------------------------------------------------------------------


def generated(count: int, seed: int = 1) -> Labelled:
    """So many records, of which one in ten is another one typed again, with what typing varies."""
    draw = random.Random(seed)
    again = count // (_ONE_IN + 1)
    page = Page("records.bib", library.bib(count - again, seed))
    papers = {record.key: record.paper for record in bib.parse(page) if isinstance(record, Record)}
    chosen = draw.sample(sorted(papers), again)
    copies = {f"again{number:06d}": typed_again(papers[key], draw) for number, key in enumerate(chosen)}
    return Labelled({**papers, **copies}, frozenset(zip(copies, chosen, strict=True)))


def typed_again(paper: Paper, draw: random.Random) -> Paper:
    """A paper as another person has it: other case, a typo, initials, no abstract, half of the time no DOI."""
    title = draw.choice(_CASES)(re.sub(r"[{}]", "", paper.title))
    at = draw.randrange(len(title) // 2, len(title))
    title = draw.choice([title, title[:at] + title[at + 1 :], f"{title[: at + 1]}{title[at:]}", f"{title}."])
    people = draw.choice([paper.authors, tuple(_shortened(paper.authors)), tuple(reversed(paper.authors))])
    pages = draw.choice([paper.pages, "", re.sub(r"(\d+)\D+(\d+)", _in_short, paper.pages)])
    doi = draw.choice([paper.doi, ""])
    return replace(paper, title=title, authors=people, pages=pages, doi=doi, abstract="")


def _shortened(people: Collection[Person]) -> Iterator[Person]:
    for person in people:
        yield replace(person, given=f"{person.given[:1]}.")


def _in_short(match: re.Match[str]) -> str:
    """`288-297` as `288-97`."""
    first, last = match.groups()
    same = next((at for at, (x, y) in enumerate(zip(first, last, strict=False)) if x != y), 0)
    return f"{first}-{last[same:] if len(first) == len(last) else last}"


# --- the tables -------------------------------------------------------------------------------------------


def _row(name: str, labelled: Labelled) -> str:
    began = time.perf_counter()
    found = dedupe.clusters(labelled.papers)
    taken = time.perf_counter() - began
    same, either = score(labelled, found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{name:>20} {len(labelled.papers):8,} {same} {either} {taken:7.2f} {peak:6,}"


def main() -> None:
    """Print a row for each set in the folder, and one for each size."""
    folder, *sizes = sys.argv[1:]
    print(f"{'':>20} {'':>8} {'same':>9} {'':26} {'same or maybe':>13}")
    head = f"{'precision':>9} {'recall':>6} {'F1':>6} {'wrong':>5}"
    print(f"{'set':>20} {'records':>8} {head} {head} {'seconds':>7} {'MiB':>6}")
    for gold in sorted(Path(folder).glob("*/gold.json")):
        print(_row(gold.parent.name, load(gold.parent)), flush=True)
    for size in [int(word.replace("_", "")) for word in sizes] or SIZES:
        print(_row("generated", generated(size)), flush=True)


if __name__ == "__main__":
    main()
