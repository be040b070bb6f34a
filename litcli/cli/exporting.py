"""export, completion: what other programs read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from litcli import show
from litcli.cli.app import (
    LibraryOption,
    QueryArgument,
    aliases,
    app,
    by_keys,
    library_path,
    made,
    matching,
    open_library,
)
from litcli.cli.citing import resolve, told
from litcli.errors import Exit, LitError, NotFound, UsageError
from litcli.library import Library, store
from litcli.paper import Entry, Record

if TYPE_CHECKING:
    from litcli.bibfile import BibEntry
    from litcli.exporters import Exporter
    from litcli.exporters.options import Options


@app.command()
def export(
    query: QueryArgument = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to this file, whole or not at all [default: standard output]."
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="bibtex, biblatex, markdown, csl-json, ris, csv or json [default: by FILE's suffix, else bibtex].",
        ),
    ] = None,
    cited_in: Annotated[
        list[str] | None,
        typer.Option(
            "--cited-in",
            metavar="FILE",
            help="Only what this .tex, .aux, .bcf or Markdown file cites; may be repeated.",
            show_default=False,
        ),
    ] = None,
    into: Annotated[
        str | None,
        typer.Option(
            "--into", metavar="FILE", help="Update our entries in this shared .bib, and leave every other byte alone."
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if the file of -o or --into is not current.")
    ] = False,
    prefer: Annotated[
        str,
        typer.Option(
            "--prefer",
            metavar="FORM",
            help="Works that are known in both forms: published or preprint [default: published].",
            show_default=False,
        ),
    ] = "published",
    group_by: Annotated[
        str,
        typer.Option(
            "--group-by", metavar="FIELD", help="Markdown: a heading for each tag, year or venue.", show_default=False
        ),
    ] = "",
    omit: Annotated[
        str, typer.Option("--omit", metavar="FIELDS", help="Leave these fields out: abstract,url.", show_default=False)
    ] = "",
    keys_from: Annotated[
        str | None,
        typer.Option("--keys-from", metavar="FILE", help="The keys to export, one a line; - for standard input."),
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Write entries as BibTeX, biblatex or another format.

    Without a query, all of them. What is written is parsed back and compared first. Exit 1 where a
    document cites what is not there. 'litcli help export' tells more.

    \b
    Example:
      litcli export -o refs.bib
      litcli export --to biblatex --cited-in paper.aux -o refs.bib
      litcli export --cited-in paper.tex --into shared.bib --check
      litcli export year:2023.. -o notes.md --group-by tag
      litcli filter author:gao -k | litcli export --keys-from - --omit url
    """
    from litcli import exporters, versions
    from litcli.exporters import markdown
    from litcli.exporters.options import Options, omitted

    exporter = exporters.choose(to, output or into)
    if group_by and (exporter.name != "markdown" or group_by not in markdown.GROUPS):
        raise UsageError(
            "--group-by takes tag, year or venue, and goes with Markdown", "add --to markdown, or -o FILE.md"
        )
    if prefer not in versions.FORMS:
        raise UsageError(f"--prefer takes {' or '.join(versions.FORMS)}, not {prefer!r}")
    if into is not None and (output is not None or exporter.name not in ("bibtex", "biblatex")):
        raise UsageError("--into takes a .bib file, and the place of -o", "--to bibtex or --to biblatex goes with it")
    if check and into is None and output in (None, "-"):
        raise UsageError("--check compares with a file", "name it: -o FILE or --into FILE")
    kept = open_library(library)
    keys = matching(kept, query)
    if keys_from is not None:
        wanted = {entry.key for entry in by_keys(kept, _keys(keys_from))}
        keys = [key for key in keys if key in wanted]
    unanswered = 0
    if cited_in is not None:
        entries, unanswered = _cited(cited_in, kept, keys, biblatex=exporter.name == "biblatex")
    else:
        if not keys and (query or keys_from is not None):
            raise NotFound("no entry matches", "nothing was written")
        entries = made(kept, keys)
    entries = [replace(entry, paper=versions.prefer(entry.paper, prefer)) for entry in entries]
    options = Options(group_by, omitted(omit, kept.entries.values()))
    if into is not None:
        _check_target(into, library_path(library))
        current = _into(Path(into), entries, kept, exporter, options, check)
    else:
        written = exporter.write(entries, options)
        _warn(written.warnings)
        if output is None or output == "-":
            show.put_exact(written.text, end="")
            current = True
        else:
            _check_target(output, library_path(library))
            current = _write(Path(output), written.text.encode("utf-8"), check)
            if not check:
                show.say(f"{_counted(entries)} written to {output}")
    if unanswered or not current:
        raise typer.Exit(Exit.NO)


def _counted(entries: Sequence[Entry]) -> str:
    return f"{len(entries)} {'entry' if len(entries) == 1 else 'entries'}"


def _warn(warnings: Iterable[str]) -> None:
    for warning in warnings:
        show.say(f"warning: {warning}")


def _cited(files: list[str], kept: Library, keys: Iterable[str], *, biblatex: bool) -> tuple[list[Entry], int]:
    """Those of some entries that documents cite, under the names that they use, and how many citations lack one."""
    from litcli import cited

    found = resolve(files, kept)
    for line in told(found, kept):
        show.say(f"warning: {line}")
    chosen = set(keys)
    pairs = [(entry, names) for entry, names in found.found if entry.key in chosen]
    for entry, names in pairs:
        if len(names) > 1 and not biblatex:
            show.say(f"warning: {entry.key} is cited as {' and '.join(names)}; BibTeX lists it once for each")
    if biblatex:
        # One entry answers to all of them: the others stand in its `ids`.
        pairs = [(entry, () if entry.key in names else names[:1]) for entry, names in pairs]
    named = cited.as_cited(pairs)
    # The names that the document uses are written; no other needs an answer.
    return (named if biblatex else [replace(entry, aliases=()) for entry in named]), len(found.missing)


def _check_target(file: str, library: Path) -> None:
    path = Path(file)
    if path.exists() and library.exists() and path.samefile(library):
        raise LitError(f"{file} is the library itself", "export to another file; nothing was written")
    if path.name == store.NAME:
        raise UsageError(f"{file} is what a library is called", "export to another file; nothing was written")


def _into(
    path: Path, entries: Sequence[Entry], kept: Library, exporter: Exporter, options: Options, check: bool
) -> bool:
    """Put the entries into a shared .bib file; False where a check found that it is not current."""
    from litcli import dedupe
    from litcli.exporters import shared
    from litcli.importers import bib
    from litcli.page import Page

    written = exporter.write(entries, options)
    _warn(written.warnings)
    try:
        data = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise LitError(f"{path} cannot be read: {error.strerror}", "nothing changed; name another file") from None
    text, encoding = shared.decode(str(path), data)
    read = bib.parse(Page(path.name, text))
    there = {record.line: record.paper for record in read if isinstance(record, Record)}
    ours = {entry.key: entry.paper for entry in entries}

    def is_other(key: str, entry: BibEntry) -> bool:
        paper = there.get(entry.line)
        return paper is not None and dedupe.compare(ours[key], paper).answer is dedupe.Answer.DIFFERENT

    preamble, blocks = shared.parts(written.text)
    new, remarks = shared.into(text, blocks, aliases=aliases(kept), is_other=is_other, preamble=preamble)
    for remark in remarks:
        show.say(f"warning: {path}:{remark.line}: {remark.message}")
    current = _write(path, shared.encode(str(path), new, encoding), check)
    if not check:
        show.say(f"{path} is up to date")
    return current


def _keys(source: str) -> list[str]:
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise LitError(f"{source}:{line}: not UTF-8", "keys are given one a line, in UTF-8") from None
    except OSError as error:
        raise LitError(f"{source}:1: cannot be read: {error.strerror}") from None
    return [key for key in text.replace("\0", "\n").split() if key]


def _write(path: Path, data: bytes, check: bool) -> bool:
    """Write a file in one step; one that says the same already is left alone, so that make sees no change.

    With `check` nothing is written, and the answer is whether the file says the same.
    """
    from litcli import files

    try:
        if path.exists() and not path.is_file():
            if not check:
                # A device or a pipe has no name to put a new file under.
                path.write_bytes(data)
            return True
        current = path.exists() and path.read_bytes() == data
        if check and not current:
            show.say(f"{path} is not current; the same command without --check writes it")
        elif not current:
            files.replace(path, data)
    except OSError as error:
        raise LitError(f"{path} cannot be written: {error.strerror}", "nothing changed; name another file") from None
    return current or not check


@app.command()
def completion(
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish", help="Whose script to print.")],
) -> None:
    """Print the completion script for a shell.

    ~/.bashrc has to source that of bash; that of zsh belongs into a folder of its $fpath; fish
    finds its own.

    \b
    Example:
      litcli completion bash > ~/.litcli.bash
      litcli completion zsh > ~/.zfunc/_litcli
      litcli completion fish > ~/.config/fish/completions/litcli.fish
    """
    from litcli.cli.scripts import SHELLS, script

    if shell not in SHELLS:
        raise UsageError(f"there is no completion for {shell!r}", f"the shells are {', '.join(SHELLS)}")
    show.put(script(shell), end="")
