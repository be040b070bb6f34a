"""Clusters as a person sees them, and the questions of `dedupe --review`, each answer kept before the next is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from litcli import duplicates, show
from litcli.duplicates import Pairs
from litcli.library import Library, store, transaction
from litcli.library.edit import Changes
from litcli.paper import Entry

if TYPE_CHECKING:
    from litcli.dedupe import Cluster

_ALWAYS = ("key", "title", "authors", "year", "venue", "tags", "sources")
"""Fields that are shown even where the entries agree."""
_MERGE, _APART, _CHOOSE, _SKIP, _QUIT = "macsq"
_QUESTION = "[m]erge, keep [a]part, [c]hoose field by field, [s]kip, [q]uit? "


def tell(entries: Sequence[Entry], cluster: Cluster) -> None:
    """Show the entries of a cluster side by side, the one whose key stays first, below the answer and its reasons."""
    certain = cluster.answer.value == "same"
    answer = "the same work" if certain else "maybe the same work"
    show.heading(f"{answer}, score {cluster.score:.0f}: {', '.join(cluster.reasons)}", certain)
    show.side_by_side(entries, {*duplicates.differing(entries)}, _ALWAYS)
    show.put("")


def review(path: Path, found: Sequence[Cluster]) -> None:
    """Ask about each cluster in turn; what is answered is written, so that a later run asks about the rest alone."""
    moved: dict[str, str] = {}
    done: Counter[str] = Counter()
    kept = store.read(path)
    pairs = duplicates.apart(kept)
    for number, cluster in enumerate(found, 1):
        entries = _left(kept, pairs, [moved.get(key, key) for key in cluster.keys])
        if not entries:
            continue
        show.put(f"{number} of {len(found)}")
        tell(entries, cluster)
        answer, entries, chosen = _asked(entries)
        done[answer] += 1
        if answer == _QUIT:
            break
        if answer != _SKIP:
            now = _answered(path, entries, chosen if answer == _MERGE else None)
            moved = {old: now.get(new, new) for old, new in moved.items()} | now
            kept = store.read(path)
            pairs = duplicates.apart(kept)
    rest = "; the same command asks about the rest" if done[_QUIT] or done[_SKIP] else ""
    show.say(f"{done[_MERGE]} merged, {done[_APART]} kept apart, {done[_SKIP]} skipped{rest}")


def _left(kept: Library, pairs: Pairs, keys: Sequence[str]) -> list[Entry]:
    """The entries of a cluster, if there are two still of which nobody has said that they are different works."""
    there = [key for key in dict.fromkeys(keys) if key in kept.entries]
    is_open = any(frozenset((one, two)) not in pairs for one in there for two in there if one < two)
    return duplicates.by_claim(kept, there) if is_open else []


def _asked(entries: Sequence[Entry]) -> tuple[str, list[Entry], dict[str, Any]]:
    """The answer about a cluster; for a merge the entries, the one whose key stays first, and what was chosen."""
    while True:
        answer = show.ask(_QUESTION, (_MERGE, _APART, _CHOOSE, _SKIP, _QUIT)) or _QUIT
        if answer != _CHOOSE:
            return answer, list(entries), {}
        choice = _choice(entries)
        if choice is not None:
            return _MERGE, *choice


def _choice(entries: Sequence[Entry]) -> tuple[list[Entry], dict[str, Any]] | None:
    """The entries, the one whose key is to stay first, and the chosen values; None where the person thinks again."""
    picked = _pick("key", [entry.key for entry in entries], 0)
    if picked is None:
        return None
    united = duplicates.united(entries).paper
    chosen: dict[str, Any] = {}
    for name, values in duplicates.differing(entries).items():
        told = [number for number, value in enumerate(values) if value and value not in values[:number]]
        if len(told) < 2:
            continue
        usual = next((n for n, number in enumerate(told) if values[number] == getattr(united, name)), 0)
        answer = _pick(name, [show.cell(entries[number], name) for number in told], usual)
        if answer is None:
            return None
        if values[told[answer]] != getattr(united, name):
            chosen[name] = values[told[answer]]
            if name == "authors":
                chosen["et_al"] = entries[told[answer]].paper.et_al
    return [entries[picked], *(entry for entry in entries if entry is not entries[picked])], chosen


def _pick(name: str, values: Sequence[str], usual: int) -> int | None:
    """The number of the value that is chosen, `usual` for no answer; None for `b`, back to the question."""
    for number, value in enumerate(values, 1):
        show.put(show.safe(f"  {number}  {value}"))
    numbers = [str(number) for number in range(1, len(values) + 1)]
    answer = show.ask(f"{name}: {'/'.join(numbers)}, [b]ack? [{usual + 1}] ", (*numbers, "b"), str(usual + 1))
    return None if answer in (None, "b") else int(answer) - 1


def _answered(path: Path, entries: Sequence[Entry], chosen: dict[str, Any] | None) -> dict[str, str]:
    """Merge entries with what was chosen, or (None) keep them apart; the new keys by the old ones.

    Where an entry was removed meanwhile, nothing is done.
    """
    keys = [entry.key for entry in entries]

    def change(library: Library) -> tuple[Changes, dict[str, str]]:
        if not all(key in library.entries for key in keys):
            return Changes(), {}
        if chosen is None:
            return duplicates.keep_apart(library, keys), {}
        return duplicates.merge(library, [keys], chosen)

    return transaction.update(path, change)
