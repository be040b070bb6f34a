"""The commands as values, and their help: what the help, the man page and the completion scripts are made of."""

from __future__ import annotations

import contextlib
import inspect
import itertools
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from litcli import show
from litcli.cli.values import lighten
from litcli.errors import Exit, UsageError

F = TypeVar("F", bound=Callable[..., Any])

GROUPS: Mapping[str, Sequence[str]] = {
    "Read papers": ("init", "import", "fill"),
    "Find them": ("list", "filter", "show", "open", "why", "stats", "tags"),
    "Change them": ("tag", "set", "edit", "note", "attach", "remove", "keys", "rename"),
    "Duplicates": ("dedupe", "merge", "distinct"),
    "Write for a paper": ("export", "cite-check", "check"),
    "Take back": ("undo", "redo", "log"),
    "Help": ("help", "completion"),
}
"""The commands under the headings and in the order in which the help and the man page show them."""

_MORE = "'litcli COMMAND --help' explains a command, 'litcli help' lists the subjects."
_MISUSED: Any = typer.BadParameter.__bases__[0]
"""What Typer raises for a command line that it does not understand; it has no public name."""


@dataclass(frozen=True, slots=True)
class Option:
    """An option: its names, its help, what stands for its value ("" for a flag), whether it may be repeated."""

    names: tuple[str, ...]
    help: str
    metavar: str = ""
    many: bool = False


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument: what stands for it (`KEY`, `[QUERY]...`), and its help."""

    metavar: str
    help: str


@dataclass(frozen=True, slots=True)
class Info:
    """What a command says of itself: its name ("" for litcli itself), its help, its arguments and options."""

    name: str
    help: str
    arguments: tuple[Argument, ...]
    options: tuple[Option, ...]

    @property
    def summary(self) -> str:
        """The first paragraph of the help, which is one short sentence."""
        return " ".join(self.help.partition("\n\n")[0].split())

    @property
    def usage(self) -> str:
        """The command line in its general form."""
        what = ["COMMAND", "..."] if not self.name else [argument.metavar for argument in self.arguments]
        return " ".join(["litcli", *filter(None, [self.name]), "[OPTION]...", *what])


def everything(app: typer.Typer) -> tuple[Info, list[Info]]:
    """The program itself, and its commands in the order of `GROUPS`."""
    group: Any = typer.main.get_command(app)
    context = typer.Context(group, info_name="litcli", **group.context_settings)
    return info(group, context), _shown(group, context)


def _shown(group: Any, context: Any) -> list[Info]:
    """The commands in the order of `GROUPS`."""
    names = [name for names in GROUPS.values() for name in names]
    found = [group.commands[name] for name in names if name in group.commands]
    return [info(c, typer.Context(c, parent=context, info_name=c.name, **c.context_settings)) for c in found]


def info(command: Any, context: Any) -> Info:
    """A command of Typer as a value."""
    parameters = [parameter for parameter in command.get_params(context) if not getattr(parameter, "hidden", False)]
    return Info(
        name="" if isinstance(command, TyperGroup) else command.name,
        help=re.sub(r"^[ \t]*\x08\n", "", inspect.cleandoc(command.help or ""), flags=re.MULTILINE),
        arguments=tuple(
            Argument(p.metavar or p.name.upper(), p.help or "") for p in parameters if p.param_type_name == "argument"
        ),
        options=tuple(
            Option(
                names=tuple(sorted(p.opts, key=lambda name: name.startswith("--"))),
                help=" ".join((p.help or "").split()),
                metavar="" if p.is_flag else p.metavar or "TEXT",
                many=p.multiple,
            )
            for p in parameters
            if p.param_type_name == "option"
        ),
    )


# --- the help ---------------------------------------------------------------------------------------------


def is_literal(line: str) -> bool:
    """Whether a line of a help text stands as it is: it is indented."""
    return line.startswith("  ")


def pieces(text: str) -> Iterator[list[list[str]]]:
    """The paragraphs of a help text, each as runs of lines that are filled and runs of lines that stand as they are."""
    for paragraph in re.split(r"\n(?:[ \t]*\n)+", text.strip("\n")):
        yield [[*run] for _, run in itertools.groupby(paragraph.splitlines(), is_literal)]


def page(told: Info, width: int) -> str:
    """The help of a command in lines of a width."""
    lines = _wrapped(f"Usage: {told.usage}", width, "", "    ")
    for paragraph in pieces(told.help):
        lines.append("")
        for run in paragraph:
            text = run if is_literal(run[0]) else _wrapped(" ".join(run), width - 2)
            lines += [f"  {line}" for line in text]
    if told.arguments:
        lines += ["", "Arguments:", *_rows([(a.metavar, a.help) for a in told.arguments], width)]
    options = [(f"{', '.join(option.names)} {option.metavar}".rstrip(), option.help) for option in told.options]
    return "\n".join([*lines, "", "Options:", *_rows(options, width)])


_WIDEST = 30
"""Columns for what stands left of a help; where that is longer, the help begins on the next line."""


def _rows(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Two columns, the left one as wide as the longest that is not too long."""
    left = max((len(name) for name, _ in rows if len(name) <= _WIDEST), default=_WIDEST)
    for name, said in rows:
        first, begin = ("", [f"  {name}"]) if len(name) > left else (name, [])
        yield from begin
        yield from _wrapped(said, width, f"  {first:<{left}}  ", " " * (left + 4))


def _wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    # The name of a format (csl-json) is not to be cut at its hyphen.
    wrapped = textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
    return wrapped or [first.rstrip()]


def _contents(group: Any, context: Any, width: int) -> Iterator[str]:
    """The commands under their headings."""
    told = {command.name: command for command in _shown(group, context)}
    margin = max(map(len, told), default=0)
    for heading, names in GROUPS.items():
        yield from ("", f"{heading}:")
        for name in names:
            if name in told:
                yield from _wrapped(told[name].summary, width, f"  {name:<{margin}}  ", " " * (margin + 4))


# --- Typer's part -----------------------------------------------------------------------------------------


class App(typer.Typer):
    """Typer, with commands that have the help of this module."""

    def command(self, name: str | None = None, *, cls: Any = None, **settings: Any) -> Callable[[F], F]:
        """Add a command."""
        return super().command(name, cls=cls or Command, **settings)


class Command(TyperCommand):
    """A command with the help of this module."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read its words."""
        lighten(self.get_params(ctx))
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of the command."""
        formatter.write(page(info(self, ctx), formatter.width))


class Program(TyperGroup):
    """The program: its help, and what Typer does not understand in our words."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of the program, its commands under headings."""
        lines = [page(info(self, ctx), formatter.width), *_contents(self, ctx, formatter.width), "", _MORE]
        formatter.write("\n".join(lines))

    def make_context(self, *words: Any, **settings: Any) -> Any:
        """Read the options before the command; raises UsageError."""
        with _in_our_words():
            return super().make_context(*words, **settings)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read them; without any word, the help is the answer to a command line that is not whole."""
        if not args:
            show.say(ctx.get_help())
            raise typer.Exit(Exit.USAGE)
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed

    def invoke(self, ctx: Any) -> Any:
        """Read and run the command; raises UsageError."""
        with _in_our_words(ctx):
            return super().invoke(ctx)


@contextlib.contextmanager
def _in_our_words(context: Any = None) -> Iterator[None]:
    try:
        yield
    except _MISUSED as error:
        said, _, near = error.format_message().rstrip(".?").partition(". Did you mean ")
        said, _, options = said.partition(" (Possible options: ")
        said = said.partition(", unable to parse")[0].replace("Input should be", "it must be")
        meant = re.findall(r"[\w-]+", near or options)
        command = " ".join(filter(None, ["litcli", context and context.invoked_subcommand]))
        hint = f"did you mean {' or '.join(meant)}?" if meant else f"{command} --help shows what there is"
        raise UsageError(said[:1].lower() + said[1:], hint) from None
