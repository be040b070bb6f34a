"""The completion scripts for bash, zsh and fish, made from the commands as Typer knows them.

Commands, options and fixed values stand in the script, so that no Python starts for them. What depends on the
library, the script asks of `litcli --complete`, which answers before Typer is imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](program, commands)


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
    arguments = [_value(p) for p in parameters if p.param_type_name == "argument"]
    options = tuple(
        Option(
            names=tuple(sorted(p.opts, key=lambda option: option.startswith("--"))),
            help=" ".join((p.help or "").split()),
            value=None if p.is_flag else _value(p),
            many=p.multiple,
        )
        for p in parameters
        if p.param_type_name == "option" and not p.hidden
    )
    return Command(name, command.get_short_help_str(200), options, next(iter(arguments), None))


def _value(parameter: Any) -> Value:
    """What is meant by `FILE`, `[QUERY]...` or `bash|zsh|fish`, and by an option that takes one of a few words."""
    from litcli import exporters, importers
    from litcli.exporters import markdown

    fixed = {"--format": importers.names(), "--to": exporters.names(), "--group-by": markdown.GROUPS}
    metavar = parameter.metavar or "TEXT"
    words = next((fixed[name] for name in parameter.opts if name in fixed), ())
    if re.fullmatch(r"[a-z]+(\|[a-z]+)+", metavar):
        metavar, words = parameter.name.upper(), metavar.split("|")
    name = re.findall(r"\+?[A-Z]+", metavar)[0]
    return Value(name, "words" if words else _KINDS.get(name, "text"), tuple(words))


def _without_short_library(commands: Sequence[Command]) -> list[str]:
    """The commands behind which -L does not name a library."""
    return [command.name for command in commands if not any("-L" in option.names for option in command.options)]


def _quoted(text: str) -> str:
    """A word of bash or zsh in single quotes."""
    return "'" + text.replace("'", r"'\''") + "'"


def _filled(template: str, **parts: str) -> str:
    """A template with the lines or words that belong in the place of each `@NAME@`."""
    for name, text in parts.items():
        template = template.replace(f"@{name}@", text)
    return template


def _branches(bodies: Mapping[str, str]) -> str:
    """The branches of a `case` over the commands; commands with the same body share one."""
    sharing: dict[str, list[str]] = {}
    for name, body in bodies.items():
        sharing.setdefault(body, []).append(name or "''")
    return "\n".join(
        f"        {' | '.join(names)})\n            {body}\n            ;;" for body, names in sharing.items()
    )


def _wrapped(words: Sequence[str], joint: str, indent: int) -> str:
    """Words joined, in lines of about a hundred characters."""
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) > 100:
            lines.append("")
        lines[-1] += (joint if lines[-1] else "") + word
    return (joint + "\\\n" + " " * indent).join(lines)


# --- bash -------------------------------------------------------------------------------------------------

_BASH = r"""# bash completion for litcli, made by: litcli completion bash
# It needs bash 4.4 or later and no other package.

# Print each pair of a word and its help, with a tab between, where the word begins with what is typed.
_litcli_offer() {
    while (($#)); do
        [[ $1 == "$word"* ]] && printf '%s\t%s\n' "$1" "$2"
        shift 2
    done
}

_litcli_commands() {
    @COMMANDS@
}

_litcli_options() {
    case $command in
@OPTIONS@
    esac
}

# Print what an option takes or, without an option, what the arguments of the command are.
_litcli_kind() {
    case "$command $1" in
@KINDS@
    esac
}

# Print the candidates of some kinds, a line each: a word, a tab and its help.
_litcli_candidates() {
    local kind
    for kind in $1; do
        case $kind in
            commands) _litcli_commands ;;
            options) _litcli_options ;;
            keys | tags | query)
                LITCLI_LIBRARY=${library:-${LITCLI_LIBRARY-}} litcli --complete "$kind" "$word" 2>/dev/null
                ;;
            text) ;;
            *) _litcli_offer "$kind" '' ;;
        esac
    done
}

_litcli() {
    local IFS=$' \t\n' line=${COMP_LINE:0:COMP_POINT} i c
    COMPREPLY=()

    # Read the words before the cursor as bash does; those in COMP_WORDS are cut at colons and still quoted.
    # readline will replace $2, the end of the line: 'kept' is what the word says before it, 'open' a quote open there.
    local words=() word quote='' redirected='' kept='' open=''
    unset -v word
    for ((i = 0; i <= ${#line}; i++)); do
        ((i == ${#line} - ${#2})) && kept=${word-} open=$quote
        c=${line:i:1}
        if [[ $c == \\ && $quote != \' ]]; then
            c=${line:$((++i)):1}
            [[ $quote && $c != [\\\"\$\`] ]] && c=\\$c
            word+=$c
        elif [[ $quote && $c == "$quote" ]]; then
            quote=''
        elif [[ ! $quote && $c == [\'\"] ]]; then
            quote=$c
            word+=''
        elif [[ ! $quote && $c == [[:space:]\<\>] ]]; then
            [[ -v word && ! $redirected && $c == [[:space:]] ]] && words+=("$word")
            [[ -v word ]] && redirected=''
            [[ $c == [\<\>] ]] && redirected=1
            unset -v word
        elif [[ $c ]]; then
            word+=$c
        fi
    done
    word=${word-}

    # What they say: the command, the library, whether there was a tag with its sign, or '--'.
    local command='' library='' sign='' dashes=''
    for ((i = 1; i < ${#words[@]}; i++)); do
        c=${words[i]}
        case "$command $c" in
            "$command --") dashes=1 && break ;;
            "$command --library") library=${words[++i]-} ;;
            "$command --library="*) library=${c#*=} ;;
            @SHORTLESS@) sign=1 ;;
            "$command -L") library=${words[++i]-} ;;
            "$command -L"*) library=${c#-L} ;;
            "$command "[-+]*) sign=1 ;;
            *) command=${command:-$c} ;;
        esac
    done

    # What is wanted here: the value of an option, an option, or an argument.
    local kind='' option=''
    if [[ $redirected ]]; then
        kind=file
    elif [[ ! $dashes ]]; then
        kind=$(_litcli_kind "${words[-1]}")
        if [[ ! $kind && $word == --*=* ]]; then
            option=${word%%=*}=
            word=${word#*=}
            kind=$(_litcli_kind "${option%=}")
        fi
    fi
    if [[ ! $kind && ! $option ]]; then
        kind=$(_litcli_kind '')
        if [[ $kind == signs ]]; then
            if [[ $dashes || $word == [!-+]* || (! $word && $sign) ]]; then
                kind=query
            else
                kind=tags
                word=${word:-+}
            fi
        fi
        if [[ ! $dashes && ($word == -* || ! $kind) ]]; then
            [[ $kind == tags ]] && kind='options tags' || kind=options
        fi
    fi
    if [[ $kind == file ]]; then
        compopt -o default
        return
    fi

    # Give back what takes the place of $2, quoted as the quote that is open there asks.
    local value help notes=() width=0
    while IFS=$'\t' read -r value help; do
        value=$option$value
        [[ $value == "$kept"?* ]] || continue
        value=${value#"$kept"}
        case $open in
            \') value=${value//\'/\'\\\'\'} ;;
            \") for c in \\ \" \$ \`; do value=${value//"$c"/"\\$c"}; done ;;
            *) printf -v value %q "$value" ;;
        esac
        # readline closes the quote, but not behind a word that ends in such a quote itself.
        [[ $open && $value == *"$open" ]] && value+=$open
        COMPREPLY+=("$value")
        notes+=("$help")
        ((${#value} > width)) && width=${#value}
    done < <(_litcli_candidates "$kind")
    if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *: ]]; then
        compopt -o nospace
    elif [[ ${#COMPREPLY[@]} -gt 1 && ${COMP_TYPE-} == 63 ]]; then
        # The second TAB only shows the list: here the help can stand beside the words.
        for i in "${!COMPREPLY[@]}"; do
            [[ ${notes[i]} ]] || continue
            printf -v c '%*s' $((width - ${#COMPREPLY[i]})) ''
            c="${COMPREPLY[i]}$c  ${notes[i]}"
            COMPREPLY[i]=${c:0:${COLUMNS:-80} - 2}
        done
    fi
}

complete -F _litcli litcli
"""


def _bash(program: Command, commands: Sequence[Command]) -> str:
    everything = [program, *commands]
    kinds: dict[str, list[str]] = {"commands": ["' '"]}
    for command in everything:
        if command.argument:
            kinds.setdefault(_bash_kind(command.argument), []).append(f"'{command.name} '")
        for option in command.options:
            if option.value:
                kinds.setdefault(_bash_kind(option.value), []).extend(f"'{command.name} {n}'" for n in option.names)
    return _filled(
        _BASH,
        COMMANDS=_bash_offer([(command.name, command.help) for command in commands], 8),
        OPTIONS=_branches(
            {
                command.name: _bash_offer([(name, o.help) for o in command.options for name in o.names], 16)
                for command in everything
            }
        ),
        KINDS="\n".join(
            f"        {_wrapped(patterns, ' | ', 12)})\n            echo {_quoted(kind)}\n            ;;"
            for kind, patterns in kinds.items()
        ),
        SHORTLESS=" | ".join(f"'{name} -L'*" for name in _without_short_library(commands)),
    )


def _bash_offer(rows: Sequence[tuple[str, str]], indent: int) -> str:
    return " \\\n".join(["_litcli_offer", *(f"{' ' * indent}{word} {_quoted(said)}" for word, said in rows)])


def _bash_kind(value: Value) -> str:
    return " ".join(value.words) or value.kind


# --- zsh --------------------------------------------------------------------------------------------------

_ZSH = r"""#compdef litcli
# zsh completion for litcli, made by: litcli completion zsh

_litcli() {
    local curcontext=$curcontext context state line i word
    local -A opt_args

    # What the words before the cursor say: the command, the library, whether there was a tag with its sign, or '--'.
    local command library sign dashes
    for ((i = 2; i < CURRENT; i++)); do
        word=${(Q)words[i]}
        case "$command $word" in
            "$command --") dashes=1; break ;;
            "$command --library") library=${(Q)words[++i]} ;;
            "$command --library="*) library=${word#*=} ;;
            @SHORTLESS@) sign=1 ;;
            "$command -L") library=${(Q)words[++i]} ;;
            "$command -L"*) library=${word#-L} ;;
            "$command "[-+]*) sign=1 ;;
            *) command=${command:-$word} ;;
        esac
    done

    _arguments -C -s -S -A '-*' \
@PROGRAM@
        '1:command:_litcli_commands' \
        '*:: :->arguments' && return
    [[ $state == arguments ]] || return

    case $command in
@OPTIONS@
    esac
}

_litcli_commands() {
    local -a found=(
@COMMANDS@
    )
    _describe -t commands command found
}

# Offer what litcli finds in the library for a word, unless that is to be an option.
_litcli_ask() {
    [[ $1 == tags || -n $dashes || $2 != -* ]] || return
    local answer item same other
    local -a found fields how
    for answer in ${(f)"$(LITCLI_LIBRARY=${library:-$LITCLI_LIBRARY} litcli --complete $1 "$2" 2>/dev/null)"}; do
        if [[ $answer == "$2"* ]]; then same=1; else other=1; fi
        # _describe takes what stands before a colon as the word, and what stands behind it as its help.
        item=${${${answer%%$'\t'*}//\\/\\\\}//:/\\:}
        [[ $answer == *$'\t'* ]] && item+=:${answer#*$'\t'}
        if [[ $answer == *: ]]; then fields+=("$item"); else found+=("$item"); fi
    done
    # A word may come back with quotes or in another case: -U takes it as it is.
    [[ -n $other ]] && how=(-U ${IPREFIX:+-i} $IPREFIX)
    _describe -t $1 $1 found $how -- fields $how -S ''
    # Not all go on from what is typed: they are only shown, for the typed part is not what they begin with.
    [[ -n $other && -n $same ]] && compstate[insert]= compstate[list]=list
}

_litcli_keys() { _litcli_ask keys "${(Q)PREFIX}" }
_litcli_tags() { _litcli_ask tags "${(Q)PREFIX}" }
_litcli_query() { _litcli_ask query "${(Q)PREFIX}" }

# Tags with + or -, then a query.
_litcli_signs() {
    if [[ -n $dashes || $PREFIX == [^-+]* || -z $PREFIX && -n $sign ]]; then
        _litcli_query
    else
        _litcli_ask tags "${${(Q)PREFIX}:-+}"
    fi
}

# Loaded by compinit, the file is the function; sourced, it says what it completes.
if [[ $funcstack[1] == _litcli ]]; then
    _litcli "$@"
else
    compdef _litcli litcli
fi
"""


def _zsh(program: Command, commands: Sequence[Command]) -> str:
    bodies = {}
    for command in commands:
        specs = list(_zsh_specs(command))
        if command.argument:
            specs.append(f"*:{command.argument.name}:{_zsh_action(command.argument)}")
        bodies[command.name] = " \\\n".join(["_arguments -s -S", *(" " * 16 + _quoted(spec) for spec in specs)])
    return _filled(
        _ZSH,
        PROGRAM="\n".join(f"        {_quoted(spec)} \\" for spec in _zsh_specs(program)),
        OPTIONS=_branches(bodies),
        COMMANDS="\n".join(f"        {_quoted(f'{command.name}:{command.help}')}" for command in commands),
        SHORTLESS=" | ".join(f"'{name} -L'*" for name in _without_short_library(commands)),
    )


def _zsh_specs(command: Command) -> Iterator[str]:
    """The options of a command as `_arguments` wants them, a spec for each of their names."""
    for option in command.options:
        others = "*" if option.many else f"({' '.join(option.names)})" if len(option.names) > 1 else ""
        said = re.sub(r"[\[\]\\]", r"\\\g<0>", option.help)
        for name in option.names:
            if option.value is None:
                yield f"{others}{name}[{said}]"
            else:
                joint = "=" if name.startswith("--") else "+"
                yield f"{others}{name}{joint}[{said}]:{option.value.name}:{_zsh_action(option.value)}"


def _zsh_action(value: Value) -> str:
    if value.kind == "words":
        return f"({' '.join(value.words)})"
    return {"file": "_files", "text": " "}.get(value.kind, f"_litcli_{value.kind}")


# --- fish -------------------------------------------------------------------------------------------------

_FISH = r"""# fish completion for litcli, made by: litcli completion fish

# Into the caller's variables, what the words before the cursor say: the command, the library, whether there was a tag
# with its sign, or '--'.
function __litcli_read --no-scope-shadowing
    set -l words (commandline -opc)
    set -l i 2
    while test $i -le (count $words)
        switch "$words[$i]"
            case --
                set dashes 1
                break
            case --library
                set i (math $i + 1)
                set library "$words[$i]"
            case '--library=*'
                set library (string replace -- --library= '' $words[$i])
            case '-L*'
                if contains -- "$command" @SHORTLESS@
                    set sign 1
                else if test $words[$i] = -L
                    set i (math $i + 1)
                    set library "$words[$i]"
                else
                    set library (string sub -s 3 -- $words[$i])
                end
            case '-*' '+*'
                set sign 1
            case '*'
                test -n "$command"; or set command $words[$i]
        end
        set i (math $i + 1)
    end
end

# Whether one of these commands stands before the cursor; '' is none yet.
function __litcli_is
    set -l command ''
    set -l library
    set -l sign
    set -l dashes
    __litcli_read
    contains -- "$command" $argv
end

# Offer keys, tags or query words of the library; tags go with their sign, where one is wanted, and then a query.
function __litcli_ask
    set -l command ''
    set -l library $LITCLI_LIBRARY
    set -l sign
    set -l dashes
    __litcli_read
    set -l word (commandline -ct | string unescape | string replace -r -- '^--[a-z-]+=' '')
    set -l kind $argv[1]
    if test $kind != signs -a -z "$dashes"; and string match -q -- '-*' "$word"
        return
    else if test $kind = signs
        set kind tags
        if set -q dashes[1]; or string match -qr '^[^+-]' -- "$word"; or test -z "$word" -a -n "$sign"
            set kind query
        else if test -z "$word"
            set word +
        end
    end
    LITCLI_LIBRARY="$library" litcli --complete $kind "$word" 2>/dev/null
end

# No file names, but where a file is meant.
complete -c litcli -f
@COMMANDS@

@ARGUMENTS@

@OPTIONS@
"""


def _fish(program: Command, commands: Sequence[Command]) -> str:
    arguments = []
    options: dict[Option, list[str]] = {}
    for command in [program, *commands]:
        if command.argument:
            arguments.append(f"{_fish_rule([command.name])} {_fish_value(command.argument)}")
        for option in command.options:
            options.setdefault(option, []).append(command.name)
    return _filled(
        _FISH,
        COMMANDS="\n".join(f"{_fish_rule([''])} -a {c.name} -d {_fish_quoted(c.help)}" for c in commands),
        ARGUMENTS="\n".join(arguments),
        OPTIONS="\n".join(
            " ".join(
                [
                    _fish_rule(users),
                    *(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names),
                    *([f"-r {_fish_value(option.value)}"] if option.value else []),
                    f"-d {_fish_quoted(option.help)}",
                ]
            )
            for option, users in options.items()
        ),
        SHORTLESS=" ".join(_without_short_library(commands)),
    )


def _fish_rule(commands: Sequence[str]) -> str:
    condition = " ".join(["__litcli_is", *(name or '""' for name in commands)])
    return f"complete -c litcli -n {_fish_quoted(condition)}"


def _fish_value(value: Value) -> str:
    if value.kind == "file":
        return "-F"
    if value.kind == "text":
        return "-f"
    return f"-f -a {_fish_quoted(' '.join(value.words) or f'(__litcli_ask {value.kind})')}"


def _fish_quoted(text: str) -> str:
    """A word of fish in single quotes, in which a backslash means itself unless it stands before one or a quote."""
    return "'" + re.sub(r"[\\']", r"\\\g<0>", text) + "'"
