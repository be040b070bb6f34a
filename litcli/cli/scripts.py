"""The completion scripts for bash, zsh and fish, made from the commands as Typer knows them.

Commands, options and fixed values stand in the script, so that no Python starts for them. What depends on the
library, the script asks of `litcli --complete`, which answers before Typer is imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from litcli.cli import app, commands
from litcli.cli.commands import Info

SHELLS = ("bash", "zsh", "fish")

_KINDS = {
    "FILE": "file",
    "SOURCE": "file",
    "KEY": "keys",
    "OLD": "keys",
    "TAG": "tags",
    "OLD NEW": "tags",
    "QUERY": "query",
    "QUERY FIELD=VALUE": "set",
    "+TAG|-TAG -- QUERY": "signs",
    "FIELD": "fields",
    "FIELDS": "fields",
    "--sort": "order",
}
"""What is offered for what stands in the help, brackets and dots aside, or to an option; to all else nothing is.

`set` is query words and fields with `=`, `signs` is tags with + or -, then a query.
"""
_ASKED = ("keys", "tags", "query", "set", "fields", "order")
"""The kinds that `litcli --complete` answers for."""


@dataclass(frozen=True, slots=True)
class _Value:
    """What stands in one place: its names in the help, one a word, a kind of `_KINDS` or else words, maybe more of it.

    An option with several names takes as many words.
    """

    names: tuple[str, ...]
    kind: str
    words: tuple[str, ...] = ()
    many: bool = False

    @property
    def offered(self) -> str:
        """The kind, and the words if it is `words`."""
        return " ".join([self.kind, *self.words])


def script(shell: str) -> str:
    """The completion script for one of `SHELLS`."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](*commands.everything(app))


# --- what is offered where --------------------------------------------------------------------------------


def _arguments(command: Info) -> list[_Value]:
    """What a command takes, place by place; there may be more of the last one."""
    return [_value(argument.metavar) for argument in command.arguments]


def _options(command: Info) -> Iterator[tuple[commands.Option, _Value | None]]:
    """The options of a command, each with what it takes (None for a flag)."""
    for option in command.options:
        yield option, _value(option.metavar, option.names[-1]) if option.metavar else None


def _value(metavar: str, option: str = "") -> _Value:
    """What is meant by `FILE`, `[QUERY]...` or `bash|zsh|fish`, and by an option that takes one of a few words."""
    plain = " ".join(re.sub(r"[][]|\.\.\.", "", metavar).split())
    if re.fullmatch(r"[a-z]+(\|[a-z]+)+", plain):
        return _Value(("SHELL",), "words", tuple(plain.split("|")))
    words = _words().get(option) or _words().get(plain, ())
    kind = "words" if words else _KINDS.get(option) or _KINDS.get(plain, "text")
    names = re.findall(r"\+?[A-Z]+", plain)
    return _Value(tuple(names if option else names[:1]), kind, tuple(words), metavar.endswith("..."))


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Sequence[str]]:
    """The words that an option takes, or that a name in the help stands for."""
    from litcli import check, exporters, importers, keys, versions
    from litcli.cli.helping import TOPICS
    from litcli.exporters import markdown

    return {
        "--format": importers.names(),
        "--to": exporters.names(),
        "--group-by": markdown.GROUPS,
        "--prefer": versions.FORMS,
        "--report": check.FORMS,
        "--pattern": tuple(keys.PRESETS),
        "TOPIC": TOPICS,
    }


def _shortless(others: Sequence[Info]) -> list[str]:
    """The commands behind which -L does not name a library."""
    return [command.name for command in others if not any("-L" in option.names for option in command.options)]


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

# Print what an option takes, or what stands in a place of the command: '#1' is its first argument.
# Where an option takes two words, its name and '#2' stand for the second.
_litcli_kind() {
    case "$command $1" in
@KINDS@
    esac
}

# Print the candidates of some kinds, a line each: a word, a tab and its help.
_litcli_candidates() {
    local kind
    if [[ $1 == words\ * ]]; then
        for kind in ${1#words }; do
            _litcli_offer "$kind" ''
        done
        return
    fi
    for kind in $1; do
        case $kind in
            commands) _litcli_commands ;;
            options) _litcli_options ;;
            @ASKED@)
                LITCLI_LIBRARY=${library:-${LITCLI_LIBRARY-}} litcli --complete "$kind" "$word" 2>/dev/null
                ;;
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

    # What they say: the command, the library, whether there was a tag with its sign, or '--', and how many arguments.
    local command='' library='' sign='' dashes='' count=0
    for ((i = 1; i < ${#words[@]}; i++)); do
        c=${words[i]}
        case "$command $c" in
            "$command --") dashes=1 && break ;;
            "$command --library") library=${words[++i]-} ;;
            "$command --library="*) library=${c#*=} ;;
            @SHORTLESS@) sign=1 ;;
            "$command -L") library=${words[++i]-} ;;
            "$command -L"*) library=${c#-L} ;;
            "$command "[-+]*)
                sign=1
                [[ $(_litcli_kind "$c") ]] && ((++i))
                [[ $(_litcli_kind "$c #2") ]] && ((++i))
                ;;
            *) [[ $command ]] && ((++count)) || command=$c ;;
        esac
    done
    [[ $dashes ]] && ((count += ${#words[@]} - i - 1))

    # What is wanted here: the value of an option, an option, or an argument.
    local kind='' option=''
    if [[ $redirected ]]; then
        kind=file
    elif [[ ! $dashes ]]; then
        kind=$(_litcli_kind "${words[-1]}")
        [[ ! $kind ]] && ((${#words[@]} > 1)) && kind=$(_litcli_kind "${words[-2]} #2")
        if [[ ! $kind && $word == --*=* ]]; then
            option=${word%%=*}=
            word=${word#*=}
            kind=$(_litcli_kind "${option%=}")
        fi
    fi
    if [[ ! $kind && ! $option ]]; then
        kind=$(_litcli_kind "#$((count + 1))")
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
    if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *[:=] ]]; then
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


def _bash(program: Info, others: Sequence[Info]) -> str:
    everything = [program, *others]
    return _filled(
        _BASH,
        COMMANDS=_bash_offer([(command.name, command.summary) for command in others], 8),
        OPTIONS=_branches(
            {
                command.name: _bash_offer([(name, o.help) for o in command.options for name in o.names], 16)
                for command in everything
            }
        ),
        KINDS="\n".join(
            f"        {_wrapped(patterns, ' | ', 12)})\n            echo {_quoted(kind)}\n            ;;"
            for kind, patterns in _bash_kinds(everything).items()
        ),
        ASKED=" | ".join(_ASKED),
        SHORTLESS=" | ".join(f"'{name} -L'*" for name in _shortless(others)),
    )


def _bash_offer(rows: Sequence[tuple[str, str]], indent: int) -> str:
    return " \\\n".join(["_litcli_offer", *(f"{' ' * indent}{word} {_quoted(said)}" for word, said in rows)])


def _bash_kinds(everything: Sequence[Info]) -> Mapping[str, Sequence[str]]:
    """By what is offered, the patterns of the places where it is."""
    kinds: dict[str, list[str]] = {"commands": ["' #1'"]}
    for command in everything:
        for place, value in enumerate(_arguments(command), 1):
            pattern = f"'{command.name} #{place}'" if not value.many else f"'{command.name} #'[{place}-9]*"
            kinds.setdefault(value.offered, []).append(pattern)
        for option, taken in _options(command):
            if taken:
                seconds = [f"{name} #2" for name in option.names] if len(taken.names) > 1 else []
                patterns = [f"'{command.name} {name}'" for name in (*option.names, *seconds)]
                kinds.setdefault(taken.offered, []).extend(patterns)
    return kinds


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
    [[ $1 == (tags|order) || -n $dashes || $2 != -* ]] || return
    local answer item same other
    local -a found fields how
    for answer in ${(f)"$(LITCLI_LIBRARY=${library:-$LITCLI_LIBRARY} litcli --complete $1 "$2" 2>/dev/null)"}; do
        if [[ $answer == "$2"* ]]; then same=1; else other=1; fi
        # _describe takes what stands before a colon as the word, and what stands behind it as its help.
        item=${${${answer%%$'\t'*}//\\/\\\\}//:/\\:}
        [[ $answer == *$'\t'* ]] && item+=:${answer#*$'\t'}
        if [[ $answer == *[:=] ]]; then fields+=("$item"); else found+=("$item"); fi
    done
    # A word may come back with quotes or in another case: -U takes it as it is.
    [[ -n $other ]] && how=(-U ${IPREFIX:+-i} $IPREFIX)
    _describe -t $1 $1 found $how -- fields $how -S ''
    # Not all go on from what is typed: they are only shown, for the typed part is not what they begin with.
    [[ -n $other && -n $same ]] && compstate[insert]= compstate[list]=list
}

@ASKED@

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


def _zsh(program: Info, others: Sequence[Info]) -> str:
    bodies = {}
    for command in others:
        specs = [*_zsh_options(command), *_zsh_arguments(command)]
        bodies[command.name] = " \\\n".join(["_arguments -s -S", *(" " * 16 + _quoted(spec) for spec in specs)])
    return _filled(
        _ZSH,
        PROGRAM="\n".join(f"        {_quoted(spec)} \\" for spec in _zsh_options(program)),
        OPTIONS=_branches(bodies),
        COMMANDS="\n".join(f"        {_quoted(f'{command.name}:{command.summary}')}" for command in others),
        ASKED="\n".join(f'_litcli_{kind}() {{ _litcli_ask {kind} "${{(Q)PREFIX}}" }}' for kind in _ASKED),
        SHORTLESS=" | ".join(f"'{name} -L'*" for name in _shortless(others)),
    )


def _zsh_arguments(command: Info) -> Iterator[str]:
    """The arguments of a command as `_arguments` wants them."""
    for place, value in enumerate(_arguments(command), 1):
        yield f"{'*' if value.many else place}:{value.names[0]}:{_zsh_action(value)}"


def _zsh_options(command: Info) -> Iterator[str]:
    """The options of a command as `_arguments` wants them, a spec for each of their names."""
    for option, value in _options(command):
        others = "*" if option.many else f"({' '.join(option.names)})" if len(option.names) > 1 else ""
        said = re.sub(r"[\[\]\\]", r"\\\g<0>", option.help)
        for name in option.names:
            joint = "" if value is None else "=" if name.startswith("--") else "+"
            taken = [f":{word}:{_zsh_action(value)}" for word in value.names] if value else []
            yield f"{others}{name}{joint}[{said}]{''.join(taken)}"


def _zsh_action(value: _Value) -> str:
    if value.kind == "words":
        return f"({' '.join(value.words)})"
    return {"file": "_files", "text": " "}.get(value.kind, f"_litcli_{value.kind}")


# --- fish -------------------------------------------------------------------------------------------------

_FISH = r"""# fish completion for litcli, made by: litcli completion fish

# Into the caller's variables, what the words before the cursor say: the command, the library, whether there was a tag
# with its sign, or '--', the place of the argument at the cursor, and whether an option takes the word there.
function __litcli_read --no-scope-shadowing
    set command ''
    set place 1
    set -l words (commandline -opc)
    set -l i 2
    while test $i -le (count $words)
        switch "$words[$i]"
            case --
                set dashes 1
                set place (math $place + (count $words) - $i)
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
                set -l option $words[$i]
                contains -- $option @TAKING@; and set i (math $i + 1)
                contains -- $option @TWICE@; and set i (math $i + 1)
            case '*'
                if test -n "$command"
                    set place (math $place + 1)
                else
                    set command $words[$i]
                end
        end
        set i (math $i + 1)
    end
    test $i -gt (math (count $words) + 1); and set taken 1
end

# Whether one of these commands stands before the cursor; '' is none yet.
function __litcli_is
    set -l command
    set -l library
    set -l sign
    set -l dashes
    set -l place
    set -l taken
    __litcli_read
    contains -- "$command" $argv
end

# Whether the argument at the cursor has a place: '-eq 2' is the second, '-ge 2' that one or a later one.
function __litcli_at
    set -l command
    set -l library
    set -l sign
    set -l dashes
    set -l place
    set -l taken
    __litcli_read
    test $place $argv
end

# Offer keys, tags or query words of the library; tags go with their sign, where one is wanted, and then a query.
function __litcli_ask
    set -l command
    set -l library $LITCLI_LIBRARY
    set -l sign
    set -l dashes
    set -l place
    set -l taken
    __litcli_read
    set -l word (commandline -ct | string unescape | string replace -r -- '^--[a-z-]+=' '')
    set -l kind $argv[1]
    if test -n "$taken" -a $kind = signs
        # The second word of an option, which fish takes for an argument.
        set kind tags
    else if not contains -- $kind signs order; and test -z "$dashes"; and string match -q -- '-*' "$word"
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


def _fish(program: Info, others: Sequence[Info]) -> str:
    arguments: dict[tuple[str, str], list[str]] = {}
    options: dict[commands.Option, list[str]] = {}
    for command in [program, *others]:
        for place, value in enumerate(_arguments(command), 1):
            where = f"-{'ge' if value.many else 'eq'} {place}"
            arguments.setdefault((_fish_value(value), where), []).append(command.name)
        for option in command.options:
            options.setdefault(option, []).append(command.name)
    taking = {name: taken for c in [program, *others] for o, taken in _options(c) if taken for name in o.names}
    return _filled(
        _FISH,
        COMMANDS="\n".join(f"{_fish_rule([''])} -a {c.name} -d {_fish_quoted(c.summary)}" for c in others),
        ARGUMENTS="\n".join(f"{_fish_rule(users, where)} {offered}" for (offered, where), users in arguments.items()),
        OPTIONS="\n".join(_fish_option(option, users) for option, users in options.items()),
        SHORTLESS=" ".join(_shortless(others)),
        TAKING=" ".join(taking),
        TWICE=" ".join(name for name, value in taking.items() if len(value.names) > 1),
    )


def _fish_option(option: commands.Option, users: Sequence[str]) -> str:
    names = [f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names]
    taken = [f"-r {_fish_value(_value(option.metavar, option.names[-1]))}"] if option.metavar else []
    return " ".join([_fish_rule(users), *names, *taken, f"-d {_fish_quoted(option.help)}"])


def _fish_rule(users: Sequence[str], where: str = "") -> str:
    """The beginning of a rule for some commands, and for where an argument stands behind them."""
    condition = " ".join(["__litcli_is", *(name or '""' for name in users)])
    return f"complete -c litcli -n {_fish_quoted(f'{condition}; and __litcli_at {where}' if where else condition)}"


def _fish_value(value: _Value) -> str:
    if value.kind == "file":
        return "-F"
    if value.kind == "text":
        return "-f"
    return f"-f -a {_fish_quoted(' '.join(value.words) or f'(__litcli_ask {value.kind})')}"


def _fish_quoted(text: str) -> str:
    """A word of fish in single quotes, in which a backslash means itself unless it stands before one or a quote."""
    return "'" + re.sub(r"[\\']", r"\\\g<0>", text) + "'"
