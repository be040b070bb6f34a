"""The completion scripts for bash, zsh and fish, made from the commands as Typer knows them.

Commands, options and fixed values stand in the script, so that no Python starts for them. What depends on the
library, the script asks of `litcli --complete`, which answers before Typer is imported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import typer

SHELLS = ("bash", "zsh", "fish")

_KINDS = {"FILE": "file", "SOURCE": "file", "KEY": "keys", "QUERY": "query", "TAG": "tags", "+TAG": "signs"}
"""What stands for a value in the help, and what is offered there; `signs` is tags with + or -, then a query."""


@dataclass(frozen=True, slots=True)
class Value:
    """What an option or an argument takes: its name in the help, and a kind of `_KINDS`, or words, or free text."""

    name: str
    kind: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """An option: its names, its help, what it takes (None for a flag), whether it may be repeated."""

    names: tuple[str, ...]
    help: str
    value: Value | None = None
    many: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name ("" for litcli itself), its help in a line, its options, what its arguments are."""

    name: str
    help: str
    options: tuple[Option, ...]
    argument: Value | None = None


def script(shell: str) -> str:
    """The completion script for one of `SHELLS`."""
    program, *commands = _commands()
    write: dict[str, Callable[[Command, Sequence[Command]], str]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
    return write[shell](program, commands)


# --- the commands -----------------------------------------------------------------------------------------


def _commands() -> list[Command]:
    """litcli itself, then its commands by name."""
    from litcli.cli import app

    group: Any = typer.main.get_command(app)
    context = typer.Context(group, info_name="litcli", **group.context_settings)
    found = [_command("", group, context)]
    for name, command in sorted(group.commands.items()):
        if not command.hidden:
            found.append(_command(name, command, typer.Context(command, parent=context, info_name=name)))
    return found


def _command(name: str, command: Any, context: typer.Context) -> Command:
    parameters = command.get_params(context)
    arguments = [_value(p.metavar or "", ()) for p in parameters if p.param_type_name == "argument"]
    options = tuple(
        Option(
            names=tuple(sorted(p.opts, key=lambda option: option.startswith("--"))),
            help=" ".join((p.help or "").split()),
            value=None if p.is_flag else _value(p.metavar or "TEXT", p.opts),
            many=p.multiple,
        )
        for p in parameters
        if p.param_type_name == "option" and not p.hidden
    )
    return Command(name, command.get_short_help_str(200), options, next(iter(arguments), None))


def _value(metavar: str, options: Sequence[str]) -> Value:
    """What is meant by `FILE`, `[QUERY]...`, `bash|zsh|fish`, and by the options with a fixed set of values."""
    from litcli import exporters, importers
    from litcli.exporters import markdown

    fixed = {"--format": importers.names(), "--to": exporters.names(), "--group-by": markdown.GROUPS}
    for option in options:
        if option in fixed:
            return Value(metavar, "words", tuple(fixed[option]))
    if re.fullmatch(r"[a-z]+(\|[a-z]+)+", metavar):
        return Value(metavar, "words", tuple(metavar.split("|")))
    name = re.findall(r"\+?[A-Z]+", metavar)[0]
    return Value(name, _KINDS.get(name, "text"))


def _without_short_library(commands: Sequence[Command]) -> str:
    """The commands, joined by `|`, behind which -L does not name a library."""
    return "|".join(c.name for c in commands if not any("-L" in option.names for option in c.options))


def _quoted(text: str) -> str:
    """A word of bash or zsh in single quotes."""
    return "'" + text.replace("'", r"'\''") + "'"


# --- bash -------------------------------------------------------------------------------------------------

_BASH = r"""# bash completion for litcli, made by: litcli completion bash
# It needs bash 4.4 or later and no other package.

# The commands, or the options of one, each with its help.
_litcli_help() {
    case $1 in
@HELP@
    esac
}

# What an option of a command takes, or (with no option) what its arguments are; into 'kind'.
_litcli_kind() {
    case "$1 $2" in
@KINDS@
        *) kind= ;;
    esac
}

# Candidates, a line each: a word and, behind a tab, what it says.
_litcli_candidates() {
    case $kind in
        keys | tags | query) LITCLI_LIBRARY=${library:-$LITCLI_LIBRARY} litcli --complete "$kind" "$word" 2>/dev/null ;;
        *) compgen -W "$kind" -- "$word" ;;
    esac
}

_litcli() {
    local line=${COMP_LINE:0:COMP_POINT} words=() word quote= file= kept= kept_quote= i c
    COMPREPLY=()

    # Read the words as bash does, for COMP_WORDS are cut at colons and still have their quotes. What readline will
    # replace is $2, the end of the line; 'kept' is what the word says before it, 'kept_quote' a quote open there.
    for ((i = 0; i <= ${#line}; i++)); do
        ((i == ${#line} - ${#2})) && kept=${word-} kept_quote=$quote
        c=${line:i:1}
        if [[ $quote != \' && $c == \\ ]]; then
            [[ $quote && ${line:i+1:1} != [\\\"\$\`] ]] && word+=$c
            word+=${line:++i:1}
        elif [[ $quote ]]; then
            if [[ $c == "$quote" ]]; then quote=; else word+=$c; fi
        elif [[ $c == [\'\"] ]]; then
            quote=$c word+=
        elif [[ $c == [\<\>] ]]; then
            file=1
            unset word
        elif [[ $c == [[:space:]] ]]; then
            [[ -v word && ! $file ]] && words+=("$word")
            [[ -v word ]] && file=
            unset word
        else
            word+=$c
        fi
    done
    word=${word-}

    # What stands before: the command, the library, a sign, '--'.
    local command= library= sign= dashes=
    for ((i = 1; i < ${#words[@]}; i++)); do
        c=${words[i]}
        case $c in
            --) dashes=1 && break ;;
            --library=*) library=${c#*=} ;;
            --library) library=${words[++i]-} ;;
            -L*)
                case $command in
                    @SIGNED@) sign=1 ;;
                    *) if [[ $c == -L ]]; then library=${words[++i]-}; else library=${c#-L}; fi ;;
                esac
                ;;
            [+-]?*) sign=1 ;;
            *) command=${command:-$c} ;;
        esac
    done
"""
