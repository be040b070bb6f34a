"""export, completion: what other programs read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from litcli import show
from litcli.cli.app import LibraryOption, QueryArgument, app, by_keys, library_path, open_library, select
from litcli.errors import LitError, NotFound, UsageError


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
            "--to", metavar="FORMAT", help="bibtex or markdown [default: by the suffix of FILE, else bibtex]."
        ),
    ] = None,
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
    """Write entries as BibTeX or Markdown; without a query, all of them.

    BibTeX comes out in pure ASCII, sorted by key, and is parsed back before it is written.

    \b
    Example:
      litcli export -o refs.bib
      litcli export tag:toread --omit abstract
      litcli export year:2023.. -o notes.md --group-by tag
      litcli filter author:gao -k | litcli export --keys-from -
    """
    from litcli import exporters
    from litcli.exporters import markdown
    from litcli.exporters.options import Options, omitted

    exporter = exporters.choose(to, output)
    if group_by and (exporter.name != "markdown" or group_by not in markdown.GROUPS):
        raise UsageError(
            "--group-by takes tag, year or venue, and goes with Markdown", "add --to markdown, or -o FILE.md"
        )
    kept = open_library(library)
    entries = select(kept, query)
    if keys_from is not None:
        wanted = {entry.key for entry in by_keys(kept, _keys(keys_from))}
        entries = [entry for entry in entries if entry.key in wanted]
    if not entries and (query or keys_from is not None):
        raise NotFound("no entry matches", "nothing was written")
    written = exporter.write(entries, Options(group_by, omitted(omit)))
    for warning in written.warnings:
        show.say(f"warning: {warning}")
    if output is None or output == "-":
        show.put(written.text, end="")
        return
    path, own = Path(output), library_path(library)
    if path.exists() and own.exists() and path.samefile(own):
        raise LitError(f"{output} is the library itself", "export to another file; nothing was written")
    _write(path, written.text)
    show.say(f"{len(entries)} {'entry' if len(entries) == 1 else 'entries'} written to {output}")


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


def _write(path: Path, text: str) -> None:
    """Write a file in one step; one that says the same already is left alone, so that make sees no change."""
    from litcli import files

    data = text.encode("utf-8")
    try:
        if path.exists() and not path.is_file():
            # A device or a pipe has no name to put a new file under.
            path.write_bytes(data)
        elif not path.exists() or path.read_bytes() != data:
            files.replace(path, data)
    except OSError as error:
        raise LitError(f"{path} cannot be written: {error.strerror}", "nothing was changed") from None


@app.command()
def completion(
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish", help="Whose script to print.")],
) -> None:
    """Print the completion script for a shell.

    \b
    Example:
      litcli completion bash > ~/.local/share/bash-completion/completions/litcli
      litcli completion zsh > ~/.zfunc/_litcli
      litcli completion fish > ~/.config/fish/completions/litcli.fish
    """
    from litcli.cli.scripts import SHELLS, script

    if shell not in SHELLS:
        raise UsageError(f"there is no completion for {shell!r}", f"the shells are {', '.join(SHELLS)}")
    show.put(script(shell), end="")
