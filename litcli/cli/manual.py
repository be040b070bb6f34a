"""The man page, made from the help of the commands and of the subjects."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from litcli import __version__, show
from litcli.cli import app, commands
from litcli.cli.helping import TOPICS, topic

_EXIT = {
    "0": "done",
    "1": "the answer is no: nothing matched, there are findings, a citation has no entry, a file is not current",
    "2": "the command line, or a query in it, is not understood",
    "3": "bad input or a bad library, named by file and line; an import has read the rest",
    "4": "the library is locked, or was changed under the command",
    "130": "interrupted",
}
_ENVIRONMENT = {
    "LITCLI_LIBRARY": "the library that is meant where --library does not say",
    "VISUAL, EDITOR": "the command that opens a text for edit and note",
    "BROWSER": "the command that opens a paper for open",
    "NO_COLOR": "no colours, if it is set to anything",
}
_SEE_ALSO = ("bibtex", "biber", "fzf", "latexmk", "pandoc")


def page() -> str:
    """The man page in roff, for man-db, mandoc and groff."""
    program, others = commands.everything(app)
    lines = [
        f'.TH LITCLI 1 "" "litcli {__version__}" "User Commands"',
        # Lines end where they may, and no word is cut: names of formats and options are to be found.
        ".ad l",
        ".nh",
        ".nr HY 0",
        ".SH NAME",
        f"litcli \\- {_escaped(program.summary.rstrip('.').lower())}",
        ".SH SYNOPSIS",
        _bold(program.usage),
        ".SH DESCRIPTION",
        *_text(program.help),
        ".SH OPTIONS",
        "Before a command, or behind it:",
        *_options(program),
        ".SH COMMANDS",
    ]
    for command in others:
        lines += [f".SS {_escaped(command.usage)}", *_text(command.help), *_options(command)]
    for name in TOPICS:
        lines += [f".SH {name.upper()}", *_text(topic(name))]
    lines += [".SH EXIT STATUS", *_tagged(_EXIT.items()), ".SH ENVIRONMENT", *_tagged(_ENVIRONMENT.items())]
    lines += [".SH SEE ALSO", ", ".join(f"\\fB{name}\\fR(1)" for name in _SEE_ALSO)]
    return "\n".join(lines) + "\n"


def _options(command: commands.Info) -> Iterator[str]:
    """The options, but for those that stand at every command."""
    for option in command.options:
        if not {"--help", "--library" if command.name else ""} & {*option.names}:
            names = ", ".join(map(_bold_word, option.names))
            yield from (".TP", f"{names} \\fI{_escaped(option.metavar)}\\fR" if option.metavar else names)
            yield _escaped(option.help)


def _tagged(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, said in rows:
        yield from (".TP", _bold(name), _escaped(said))


def _text(text: str) -> Iterator[str]:
    """Paragraphs, the first one where the text stands; what is indented stands as it is."""
    for number, paragraph in enumerate(commands.pieces(text)):
        if number:
            yield ".PP"
        for run in paragraph:
            if commands.is_literal(run[0]):
                lines = textwrap.dedent("\n".join(run)).splitlines()
                yield from (".RS 2", ".EX", *map(_escaped, lines), ".EE", ".RE")
            else:
                yield from map(_escaped, run)


def _bold(text: str) -> str:
    return f".B {_escaped(text)}"


def _bold_word(word: str) -> str:
    return f"\\fB{_escaped(word)}\\fR"


def _escaped(text: str) -> str:
    """Text as roff prints it: no sign of it steers, a hyphen can be copied as the one that it is, all is ASCII."""
    plain = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    plain = plain.replace("^", "\\(ha").replace("~", "\\(ti").replace('"', "\\(dq")
    # man-db ends a page in the middle where the locale has no form for one of its characters.
    plain = "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in plain)
    return f"\\&{plain}" if plain.startswith(".") else plain


if __name__ == "__main__":
    show.put(page(), end="")
