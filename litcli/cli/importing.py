"""init, import: starting a library and reading papers into it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from litcli import files, jsontext, show
from litcli.cli.app import LibraryOption, app, library_path
from litcli.errors import Exit, LitError, UsageError
from litcli.library import Library, store, transaction
from litcli.library.edit import Changes
from litcli.paper import Problem

if TYPE_CHECKING:
    from litcli import absorb, reading


_FAILED = ".failed"
"""Before its suffix, the end of the name of a file that keeps what could not be read; no folder is searched for it."""


_TOLD = 20
"""How many of the works that are known, or may be known, are told one by one."""


@app.command()
def init(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="Where [default: library.toml in this folder].", show_default=False),
    ] = None,
    git: Annotated[
        bool,
        typer.Option("--git", help="Have git merge it entry by entry, in this clone; one that is there already stays."),
    ] = False,
) -> None:
    """Start an empty library here.

    \b
    Example:
      litcli init
      litcli init thesis.toml
      litcli init --git
    """
    path = file or Path(store.NAME)
    if path.is_dir():
        raise UsageError(f"{path} is a folder", f"name a file in it: litcli init {path / store.NAME}")
    if git:
        from litcli.cli.git import share

        share(path)
        show.say(f"git merges {path} entry by entry: commit .gitattributes; each clone needs litcli init --git once")
    if not git or not path.exists():
        transaction.create(path)
        show.say(f"started the library {path}")


@app.command("import")
def import_(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, or - for standard input.")],
    format_name: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help="Read the sources as this format, whatever they look like."),
    ] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option("--tag", metavar="TAG", help="Give each paper this tag; may be repeated.", show_default=False),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day the page was read (2026-05-20): completes dates that lack a year."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen and change nothing.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="All or nothing: change nothing if anything cannot be read.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts, problems and keys as JSON.")] = False,
    library: LibraryOption = None,
) -> None:
    """Read papers into the library.

    The format of each source is found by its content: a page (homepage, paper-feed,
    acl-anthology, hf-papers, grouped-list, reference-list, paper-page) or a file (bibtex, ris,
    csl-json, litcli). A paper that the library has already is merged with it; what cannot be
    read is named by file and line, its text is kept beside the library, the rest comes in, and
    the exit code is 3. 'litcli help import' tells more.

    \b
    Example:
      litcli import homepage.txt paper-feed.txt
      litcli import refs.bib zotero.json --tag thesis
      litcli import pages/ --tag course
      curl https://example.org/papers | litcli import - --format homepage
    """
    from litcli import absorb, duplicates, keys, page, reading

    day = None if as_of is None else _day(as_of)
    tags = tuple(map(_tag, tag or []))
    path = library_path(library)
    read = [file for file in page.expand(sources) if file in sources or not Path(file).stem.endswith(_FAILED)]
    files = [file for file in read if not _is_library(Path(file), path)]
    if not files:
        raise LitError(
            f"{sources[0]}: there is nothing to read", "name a file, a folder with files, or - for standard input"
        )
    readings = [*reading.read_all(files, format_name=format_name, as_of=day)]
    records = [pair for found in readings for pair in found.records]
    problems = [problem for found in readings for problem in found.problems]
    failed = sum(problem.failed for problem in problems)

    def change(library: Library) -> tuple[Changes, absorb.Outcome]:
        outcome = absorb.absorb(
            library.entries,
            records,
            added=datetime.date.today().isoformat(),
            tags=tags,
            apart=duplicates.apart(library),
            pattern=keys.of_library(library.head),
            track=lambda items: show.progress(items, "comparing"),
        )
        return Changes(outcome.changes), outcome

    kept = {} if dry_run or (strict and failed) else _keep_failed(path, problems)
    if strict and failed:
        outcome = absorb.Outcome()
        failed += len(records)
    elif not records:
        outcome = absorb.Outcome()
    elif dry_run:
        outcome = change(store.read(path) if path.exists() else Library())[1]
    else:
        if not path.exists():
            show.say(f"starting the library {path}")
        outcome = transaction.update(path, change, create=True)

    nothing = (
        " (nothing written: --strict)" if strict and failed else " (nothing written: --dry-run)" if dry_run else ""
    )
    _tell(readings, outcome)
    for source, file in kept.items():
        show.say(f"note: the text of what could not be read in {source} is kept in {file}")
    counts = _counts(outcome, failed)
    if as_json:
        shape = [{"source": p.source, "line": p.line, "message": p.message} for p in problems]
        show.put(
            jsontext.dumps(
                {"format_version": jsontext.FORMAT_VERSION, **counts, "problems": shape, "keys": outcome.keys}
            )
        )
    else:
        told = ", ".join(f"{count} {name}" for name, count in counts.items() if name != "seen")
        show.say(f"{counts['seen']} seen: {told}{nothing}")
    if failed:
        raise typer.Exit(Exit.BAD_INPUT)


def _keep_failed(library: Path, problems: Sequence[Problem]) -> dict[str, Path]:
    """Save the blocks that could not be read beside the library, each once; the files by the sources they are of.

    Raises LitError where that fails: nothing has been changed then.
    """
    kept: dict[str, Path] = {}
    for source in dict.fromkeys(problem.source for problem in problems if problem.raw):
        name = Path(source)
        file = library.parent / f"{name.stem}{_FAILED}{name.suffix}"
        raws = dict.fromkeys(problem.raw.rstrip() for problem in problems if problem.source == source and problem.raw)
        try:
            before = file.read_text("utf-8", "replace") if file.exists() else ""
            new = [raw for raw in raws if raw not in before]
            if new:
                file.parent.mkdir(parents=True, exist_ok=True)
                parts = [before.rstrip(), *new] if before.strip() else new
                files.replace(file, ("\n\n".join(parts) + "\n").encode("utf-8", "replace"))
        except OSError as error:
            raise LitError(
                f"{file} cannot be written: {error.strerror}",
                "it is to hold what could not be read; nothing was changed",
            ) from None
        kept[source] = file
    return kept


def _is_library(file: Path, library: Path) -> bool:
    """Whether a file found in a folder is the library itself, which is no page."""
    return file.exists() and library.exists() and file.samefile(library)


def _counts(outcome: absorb.Outcome, failed: int) -> dict[str, int]:
    """What became of the records, and as the last their sum."""
    counts = {
        "imported": outcome.imported,
        "merged": outcome.merged,
        "unchanged": outcome.unchanged,
        "failed": failed,
    }
    return counts | {"seen": sum(counts.values())}


def _tell(readings: list[reading.Reading], outcome: absorb.Outcome) -> None:
    """What was found on each page, what its reader must know of it, and what may be one work."""
    for found in readings:
        count = len(found.records)
        if found.format:
            show.say(f"{found.name}: {found.format}, {count} {'paper' if count == 1 else 'papers'}")
        for problem in found.problems:
            show.say(f"{'litcli: ' if problem.failed else 'note: '}{problem}")
    for renamed in outcome.renamed:
        show.say(
            f"note: {renamed.source.file}:{renamed.source.line}: the key {renamed.key} is another entry's; "
            f"this one is {renamed.now}"
        )
    for one in outcome.united[:_TOLD]:
        show.say(
            f"note: {one.source.file}:{one.source.line}: {one.key} is the same work as {one.now}, "
            "which is found by both keys"
        )
    if len(outcome.united) > _TOLD:
        show.say(f"note: so are {len(outcome.united) - _TOLD} more; litcli why KEY tells what an entry was merged from")
    for doubt in outcome.doubts[:_TOLD]:
        show.say(f"note: {doubt.key} may be the same work as {doubt.other} ({', '.join(doubt.reasons)})")
    if outcome.doubts:
        count = len(outcome.doubts)
        told = "1 paper may be a work" if count == 1 else f"{count} papers may be works"
        show.say(f"note: {told} that the library has already; litcli dedupe --review asks about each")


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--as-of {text!r} is not a day", "write it as 2026-05-20") from None


def _tag(text: str) -> str:
    from litcli.cli.tagging import checked

    return checked(text)
