"""dedupe, merge, distinct: duplicates found, made one entry or kept apart."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from litcli import duplicates, jsontext, show
from litcli.cli import reviewing
from litcli.cli.app import LibraryOption, QueryArgument, app, by_keys, library_path, select
from litcli.errors import Exit, NotFound, UsageError
from litcli.library import Library, store, transaction
from litcli.library.edit import Changes

if TYPE_CHECKING:
    from litcli.dedupe import Cluster

_DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen and change nothing.")]
_Keys = Annotated[list[str], typer.Argument(metavar="KEY...", help="Keys of entries, or older keys of them.")]
_NOT_WRITTEN = " (nothing written: --dry-run)"


@app.command()
def dedupe(
    query: QueryArgument = None,
    apply: Annotated[bool, typer.Option("--apply", help="Merge the certain ones.")] = False,
    review: Annotated[
        bool, typer.Option("--review", help="Ask about one after the other; each answer is kept at once.")
    ] = False,
    dry_run: _DryRun = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    library: LibraryOption = None,
) -> None:
    """Find entries that are one work, or may be; exit 1 if there are.

    Certain duplicates come first, then doubtful pairs, side by side and each with its reasons; of
    a query, those to which one of its entries belongs. --apply merges the certain ones under the
    key that is shown first and prints the old and the new keys, a tab between; the old ones still
    find the entry, and nothing that an entry says is lost.

    \b
    Example:
      litcli dedupe
      litcli dedupe --apply
      litcli dedupe added:1w.. --review
    """
    if review:
        _check_terminal(as_json or dry_run)
    path = library_path(library)
    kept = store.read(path)
    found = _clusters(kept, query)
    moved: dict[str, str] = {}
    if apply:
        moved = _merge_certain(path, kept, found, dry_run)
        kept = kept if dry_run else store.read(path)
        found = _left(found, moved, kept)
    if as_json:
        shape = [_shape(kept, cluster) for cluster in found]
        show.put(jsontext.dumps({"format_version": jsontext.FORMAT_VERSION, "clusters": shape, "merged": moved}))
    elif apply:
        for old, new in moved.items():
            show.put(show.safe(f"{old}\t{new}"))
    elif not review:
        for cluster in found:
            reviewing.tell(duplicates.by_claim(kept, cluster.keys), cluster)
    if apply:
        show.say(f"{_counted(len(moved), 'entry', 'entries')} merged{_NOT_WRITTEN if dry_run else ''}")
    if review and found:
        reviewing.review(path, found)
        return
    show.say(_summary(found))
    if found and not apply:
        raise typer.Exit(Exit.NO)


def _check_terminal(otherwise: bool) -> None:
    if otherwise:
        raise UsageError("--review asks, and writes each answer at once", "leave --json and --dry-run away")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "--review asks questions, and there is no terminal to answer them",
            "--apply merges the certain ones; 'litcli merge A B' or 'litcli distinct A B' answers for two entries",
        )


def _clusters(kept: Library, query: list[str] | None) -> list[Cluster]:
    """The clusters of a library to which an entry of a query belongs; raises NotFound where none matches."""
    from litcli import dedupe

    chosen = {entry.key for entry in select(kept, query)}
    if query and not chosen:
        raise NotFound("no entry matches")
    papers = {key: entry.paper for key, entry in kept.entries.items()}
    found = dedupe.clusters(papers, duplicates.apart(kept), lambda items: show.progress(items, "comparing"))
    return [cluster for cluster in found if not chosen.isdisjoint(cluster.keys)]


def _merge_certain(path: Path, kept: Library, found: Sequence[Cluster], dry_run: bool) -> dict[str, str]:
    """Merge the certain clusters, but for entries that were changed since they were compared; new keys by old ones."""
    certain = [cluster.keys for cluster in found if cluster.answer.value == "same"]

    def change(library: Library) -> tuple[Changes, dict[str, str]]:
        still = [keys for keys in certain if all(library.entries.get(key) == kept.entries[key] for key in keys)]
        groups = [[entry.key for entry in duplicates.by_claim(library, keys)] for keys in still]
        changes, moved = duplicates.merge(library, groups)
        return Changes() if dry_run else changes, moved

    return transaction.update(path, change)


def _left(found: Sequence[Cluster], moved: Mapping[str, str], kept: Library) -> list[Cluster]:
    """The clusters of several entries still, by the keys that these have now."""
    names = [dict.fromkeys(moved.get(key, key) for key in cluster.keys) for cluster in found]
    now = [tuple(key for key in keys if key in kept.entries) for keys in names]
    return [replace(cluster, keys=keys) for cluster, keys in zip(found, now, strict=True) if len(keys) > 1]


def _shape(kept: Library, cluster: Cluster) -> dict[str, object]:
    """A cluster as `--json` prints it; of the fields that differ, what each of the keys has there (null: nothing)."""
    entries = duplicates.by_claim(kept, cluster.keys)
    differing = duplicates.differing(entries)
    return {
        "answer": cluster.answer.value,
        "score": round(cluster.score, 1),
        "reasons": list(cluster.reasons),
        "keys": [entry.key for entry in entries],
        "differing": {name: [duplicates.plain(value) for value in values] for name, values in differing.items()},
    }


def _summary(found: Sequence[Cluster]) -> str:
    """How many clusters there are of either kind, and what to do about them."""
    if not found:
        return "no duplicates"
    certain = sum(cluster.answer.value == "same" for cluster in found)
    told = [f"{_counted(certain, 'work', 'works')} twice or more (--apply merges them)"] if certain else []
    doubtful = len(found) - certain
    told += [f"{_counted(doubtful, 'doubtful pair', 'doubtful pairs')} (--review asks about each)"] if doubtful else []
    return ", ".join(told)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


# --- two entries by name ----------------------------------------------------------------------------------


@app.command()
def merge(keys: _Keys, dry_run: _DryRun = False, library: LibraryOption = None) -> None:
    """Make one entry of several, under the first key.

    The other keys still find it. The old and the new keys are printed, a tab between. What the
    entries say otherwise stays in the versions of the one, and 'litcli why KEY' tells it.

    \b
    Example:
      litcli merge sun2022blackbox sun2022black
    """

    def change(library: Library) -> tuple[Changes, dict[str, str]]:
        changes, moved = duplicates.merge(library, [_several(library, keys)])
        return Changes() if dry_run else changes, moved

    moved = transaction.update(library_path(library), change)
    for old, new in moved.items():
        show.put(show.safe(f"{old}\t{new}"))
    show.say(f"{_counted(len(moved), 'entry', 'entries')} merged{_NOT_WRITTEN if dry_run else ''}")


@app.command()
def distinct(keys: _Keys, dry_run: _DryRun = False, library: LibraryOption = None) -> None:
    """Remember that entries are different works.

    Nothing merges them then, or asks about them again.

    \b
    Example:
      litcli distinct sun2022blackbox sun2022paradigm
    """

    def change(library: Library) -> tuple[Changes, tuple[list[str], bool]]:
        found = _several(library, keys)
        changes = duplicates.keep_apart(library, found).beyond(library)
        return Changes() if dry_run else changes, (found, bool(changes))

    found, is_new = transaction.update(library_path(library), change)
    told = "are kept apart" if is_new else "were kept apart already"
    show.say(f"{', '.join(found)} {told}{_NOT_WRITTEN if dry_run else ''}")


def _several(library: Library, keys: Sequence[str]) -> list[str]:
    """The entries that some names mean, by their keys; raises UsageError where that is only one."""
    found = list(dict.fromkeys(entry.key for entry in by_keys(library, list(keys))))
    if len(found) < 2:
        one = "is one entry" if len(keys) == 1 else f"are one entry, {found[0]}"
        raise UsageError(f"{' and '.join(keys)} {one}", "name two or more")
    return found
