"""Completion: what the program offers while a person types, and what the shells make of it.

The shells are real ones, each in a terminal of its own: a line is typed with its TABs and sent, and a stand-in for
litcli writes down the words that it was started with.
"""

from __future__ import annotations

import contextlib
import fcntl
import io
import os
import re
import select
import shlex
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from litcli import completion, exporters, importers, query
from litcli.cli.scripts import SHELLS
from litcli.library import read
from tests.conftest import ROOT, Program, needs

FILES = {
    shell: ROOT / "completions" / name
    for shell, name in {"bash": "litcli.bash", "zsh": "_litcli", "fish": "litcli.fish"}.items()
}

LIBRARY = r"""
format = 1

[settings.queries]
toread = "tag:classic"
web = "title:web"

[papers.knuth1984literate]
title = "Literate Programming: a \"web\""
authors = ["Donald E. Knuth"]
type = "article"
year = 1984
venue = "The Computer Journal"
tags = ["classic", "co:lon", "cs.SE", "to read"]

[papers.knuth1974structured]
title = "Structured Programming with go to Statements"
authors = ["Donald E. Knuth"]
type = "article"
year = 1974
venue = "ACM"
tags = ["nl parsing", "nlp", "参数高效微调(PEFT)与模型压缩"]

[papers."DBLP:conf/icse/Parnas81"]
title = "Designing Software for Ease of Extension"
authors = ["David L. Parnas"]
type = "inproceedings"
year = 1981
venue = "ICSE"
tags = ["a;b|c&d", "back\\slash", "it's $HOME", "say \"hi\"", "wild*?[x]{1,2}"]
"""

OTHER = """
format = 1
[papers.lamport1994latex]
title = "LaTeX"
tags = ["typesetting"]
"""

# What begins each tag that a shell or the query language could misread, and the tag.
TAGS = {
    "to": "to read",
    "cs": "cs.SE",
    "co": "co:lon",
    "co:l": "co:lon",
    "参": "参数高效微调(PEFT)与模型压缩",
    "a": "a;b|c&d",
    "back": "back\\slash",
    "it": "it's $HOME",
    "say": 'say "hi"',
    "wild": "wild*?[x]{1,2}",
}


# --- the files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", SHELLS)
def test_the_file_in_completions_is_what_the_program_prints(lit: Program, shell: str) -> None:
    file = FILES[shell]
    made = lit("completion", shell).out
    assert made == file.read_text("utf-8"), f"make it anew: litcli completion {shell} > completions/{file.name}"


def test_there_is_no_script_for_another_shell(lit: Program) -> None:
    assert "bash, zsh, fish" in lit("completion", "tcsh", code=2).err


# --- the program's answers --------------------------------------------------------------------------------


@pytest.fixture
def asked(lit: Program) -> Program:
    """The program, beside the library of this file."""
    lit.write("library.toml", LIBRARY)
    return lit


def answers(program: Program, kind: str, word: str) -> list[str]:
    """What `--complete` offers, a line each."""
    told = io.StringIO()
    with contextlib.chdir(program.folder), mock.patch.dict(os.environ, program.env), contextlib.redirect_stdout(told):
        completion.answer([kind, word])
    return told.getvalue().splitlines()


@pytest.mark.parametrize(
    ("kind", "word"),
    [("keys", "k"), ("tags", "+"), ("query", "t"), ("query", "tag:c"), ("query", "query:"),
     ("set", "t"), ("set", "venue="), ("fields", "t"), ("order", "-t")],
)  # fmt: skip
def test_an_answer_imports_nothing_heavy(asked: Program, kind: str, word: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "litcli", "--complete", kind, word],
        cwd=asked.folder, env=asked.env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in ran.stderr.splitlines()}
    assert "litcli" in loaded
    assert not loaded & {"typer", "click", "rich", "bibtexparser", "rapidfuzz"}


def test_a_key_comes_with_its_title(asked: Program) -> None:
    assert answers(asked, "keys", "knuth1984") == ['knuth1984literate\tLiterate Programming: a "web"']


def test_keys_are_those_that_begin_with_the_word(asked: Program) -> None:
    keys = [line.partition("\t")[0] for line in answers(asked, "keys", "knuth")]
    assert keys == ["knuth1974structured", "knuth1984literate"]


def test_a_key_is_found_in_another_case(asked: Program) -> None:
    assert answers(asked, "keys", "KNUTH1984")[0].startswith("knuth1984literate\t")


def test_the_case_that_is_typed_comes_first(lit: Program) -> None:
    lit.write("library.toml", '[papers.Ab1]\ntitle = "A"\n[papers.ab2]\ntitle = "B"\n')
    assert answers(lit, "keys", "ab") == ["ab2\tB"]


def test_nothing_is_offered_that_would_take_away_what_is_typed(lit: Program) -> None:
    # Ab1 and ab2 have no beginning in common that a shell could put in the place of AB.
    lit.write("library.toml", '[papers.Ab1]\ntitle = "A"\n[papers.ab2]\ntitle = "B"\n')
    assert answers(lit, "keys", "AB") == []


@pytest.mark.parametrize("sign", ["+", "-", ""])
def test_a_tag_has_the_sign_of_the_word(asked: Program, sign: str) -> None:
    assert answers(asked, "tags", f"{sign}c") == [f"{sign}classic", f"{sign}co:lon", f"{sign}cs.SE"]


def test_a_tag_that_many_entries_have_is_offered_once(lit: Program) -> None:
    lit.write("library.toml", '[papers.a]\ntags = ["x"]\n[papers.b]\ntags = ["x"]\n')
    assert answers(lit, "tags", "+") == ["+x"]


def test_a_query_word_begins_with_a_field(asked: Program) -> None:
    assert answers(asked, "query", "t") == ["tag:", "title:", "type:"]


@pytest.mark.parametrize("field", ["has:", "no:", "author:", "key:", "year:", "venue:", "source:", "added:"])
def test_a_field_of_the_query_language_is_offered(asked: Program, field: str) -> None:
    assert field in answers(asked, "query", "")


def test_the_queries_that_the_library_keeps_are_offered(asked: Program) -> None:
    assert answers(asked, "query", "query:") == ["query:toread", "query:web"]


@pytest.mark.parametrize(
    ("kind", "word", "offered"),
    [
        ("fields", "ti", ["title"]),
        ("fields", "key,ye", ["key,year"]),
        ("fields", "year,ye", []),
        ("fields", "-ye", []),
        ("order", "-ye", ["-year"]),
        ("order", "-year,au", ["-year,authors"]),
        ("order", "-year,ye", []),
    ],
)
def test_a_list_of_fields_goes_on_behind_its_last_comma(
    asked: Program, kind: str, word: str, offered: list[str]
) -> None:
    assert answers(asked, kind, word) == offered


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        ("ye", ["year:", "year="]),
        ("vers", ["versions:"]),
        ("venue:ic", ["venue:ICSE"]),
        ("venue=", ["venue=ACM", "venue=ICSE", "venue=The Computer Journal"]),
        ("title=", []),
    ],
)
def test_what_is_set_is_a_query_and_then_fields(asked: Program, word: str, offered: list[str]) -> None:
    assert answers(asked, "set", word) == offered


def test_fields_are_offered_without_a_library(lit: Program) -> None:
    assert answers(lit, "query", "ti") == ["title:"]


def test_behind_has_and_no_stand_fields(asked: Program) -> None:
    assert answers(asked, "query", "no:do") == ["no:doi"]


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        ("type:", ["type:article", "type:inproceedings"]),
        ("year:19", ["year:1974", "year:1981", "year:1984"]),
        ("venue:ic", ["venue:ICSE"]),
        ("author:", ["author:Knuth", "author:Parnas"]),
        ("tag:n", ['tag:"nl parsing"', "tag:nlp"]),
        ("TAG:nlp", ["TAG:nlp"]),
        ("tags:nlp", ["tags:nlp"]),
        ("tag:to", ['tag:"to read"']),
        ('tag:"to', ['tag:"to read"']),
        ("key:k", ["key:knuth1974structured", "key:knuth1984literate"]),
        ("title:", []),
        ("nosuchfield:", []),
    ],
)
def test_behind_a_field_stand_its_values(asked: Program, word: str, offered: list[str]) -> None:
    assert answers(asked, "query", word) == offered


@pytest.mark.parametrize("tag", sorted(set(TAGS.values())))
def test_an_offered_tag_is_a_query_for_that_tag(asked: Program, tag: str) -> None:
    having = {key for key, entry in read(asked.library).entries.items() if tag in entry.tags}
    offered = answers(asked, "query", f"tag:{tag[:2]}")
    found = [{key for key, e in read(asked.library).entries.items() if query.parse(q).matches(e)} for q in offered]
    assert found == [having]


def test_a_name_that_would_break_the_line_is_not_offered(lit: Program) -> None:
    lit.write("library.toml", '[papers.a]\ntags = ["one\\ntwo", "\\u001b[31mred", "tab\\tbed", "plain"]\n')
    assert answers(lit, "tags", "") == ["plain"]


def test_a_title_stays_on_its_line(lit: Program) -> None:
    lit.write("library.toml", '[papers.a]\ntitle = "One\\n\\ttwo\\u001b"\n')
    assert answers(lit, "keys", "") == ["a\tOne two"]


@pytest.mark.parametrize("words", [["keys", ""], ["tags", "+"], ["query", "tag:"], ["nosuchkind", "x"], ["keys"], []])
def test_without_a_library_there_is_no_answer_and_no_message(lit: Program, words: list[str]) -> None:
    ran = lit("--complete", *words)
    assert (ran.out, ran.err) == ("", "")


@pytest.mark.parametrize("text", ["[papers.a\n", "[papers.a]\nyear = true\n", b"\xff\xfe"])
def test_a_library_that_cannot_be_read_gives_no_answer_and_no_message(lit: Program, text: str | bytes) -> None:
    lit.write("library.toml", text)
    ran = lit("--complete", "keys", "")
    assert (ran.out, ran.err) == ("", "")


def test_a_folder_in_the_place_of_the_library_gives_no_answer(lit: Program) -> None:
    assert lit("--complete", "keys", "", LITCLI_LIBRARY=str(lit.folder)).out == ""


# --- the shells -------------------------------------------------------------------------------------------

START = {
    "bash": ["bash", "--noprofile", "--rcfile", "start.bash", "-i"],
    "zsh": ["zsh", "-d", "-i"],
    "fish": ["fish", "--no-config", "-i", "-C", f"source {FILES['fish']}; function fish_prompt; echo 'READY> '; end"],
}

LITCLI = f"""#!/bin/sh
# Answers as litcli does, and writes down what it was asked or which words it was started with.
if [ "$1" = --complete ]; then
    echo "$*" >> asked
    exec {shlex.quote(sys.executable)} -m litcli "$@"
fi
printf '%s\\0' "$@" > typed.new
mv typed.new typed
echo RAN
"""

# The shell reads the terminal as its own, as it would where a terminal program starts it.
IN_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""

ZSHRC = rf"""
PS1='READY> '
fpath=({shlex.quote(str(FILES["zsh"].parent))} $fpath)
autoload -Uz compinit
compinit -u -D
# Write down what is offered.
compadd() {{
    local -a hits
    if (( ! ${{@[(I)-[OAD]]}} )); then
        builtin compadd -A hits "$@"
        print -rl -- ${{(Q)hits}} >> offered
    fi
    builtin compadd "$@"
}}
"""

BASHRC = f"PS1='READY> '\nHISTFILE=\nsource {shlex.quote(str(FILES['bash']))}\n"

# Calls the function as readline does and prints what it gives back; compopt works within readline only.
ASK_BASH = r"""
source "$1"
compopt() { :; }
COMP_LINE=$2 COMP_POINT=${#2} COMP_TYPE=$4
read -ra COMP_WORDS <<<"${2//:/ : }"
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_litcli litcli "$3" ''
printf '%s\n' "${COMPREPLY[@]}"
"""


class Terminal:
    """A shell in a terminal, with its completion script, in a folder with a library, another one and a page."""

    def __init__(self, shell: str, folder: Path, also: str = "") -> None:
        self.shell = shell
        self.folder = folder
        commands = folder / "bin"
        commands.mkdir()
        (commands / "litcli").write_text(LITCLI)
        (commands / "litcli").chmod(0o755)
        (folder / "library.toml").write_text(LIBRARY, "utf-8")
        (folder / "other lib.toml").write_text(OTHER, "utf-8")
        (folder / "page one.txt").write_text("")
        (folder / ".zshrc").write_text(ZSHRC)
        (folder / "start.bash").write_text(BASHRC + also)
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("LITCLI_", "XDG_", "LC_"))},
            "HOME": str(folder),
            "ZDOTDIR": str(folder),
            "INPUTRC": os.devnull,
            "PATH": f"{commands}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm" if shell == "fish" else "dumb",
        }
        self._start()

    def _start(self) -> None:
        self.screen = b""
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 200, 200, 0, 0))
        self._process = subprocess.Popen(
            [sys.executable, "-c", IN_TERMINAL, *START[self.shell]],
            stdin=slave, stdout=slave, stderr=slave, cwd=self.folder, env=self.env, start_new_session=True,
        )  # fmt: skip
        os.close(slave)
        self._wait(rb"READY>")

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def _wait(self, pattern: bytes) -> None:
        """Read on until the screen shows a pattern."""
        end = time.monotonic() + 30
        while not re.search(pattern, self.screen, re.DOTALL):
            if time.monotonic() > end:
                shown = self.screen.decode("utf-8", "replace")
                self.close()
                self._start()
                pytest.fail(f"{self.shell} waits for more:\n{shown}")
            if select.select([self._master], [], [], 0.1)[0]:
                self.screen += os.read(self._master, 65536)

    def runs(self, typed: str) -> list[str]:
        """The words that litcli is started with when this is typed behind its name and sent."""
        for name in ("typed", "asked", "offered"):
            (self.folder / name).unlink(missing_ok=True)
        self.screen = b""
        os.write(self._master, f"litcli {typed}\n".encode())
        self._wait(rb"RAN\r.*READY>")
        return (self.folder / "typed").read_text("utf-8").split("\0")[:-1]

    def questions(self) -> list[str]:
        """What the last line had the script ask of litcli."""
        asked = self.folder / "asked"
        return asked.read_text("utf-8").splitlines() if asked.exists() else []

    def offers(self, typed: str) -> set[str]:
        """The words that are offered at the end of what is typed behind `litcli`."""
        if self.shell == "zsh":
            # ^U takes the line away once its list was shown.
            assert self.runs(f"{typed}\t\x15litcli x") == ["x"]
            offered = self.folder / "offered"
            found = offered.read_text("utf-8").splitlines() if offered.exists() else []
            return {word.rstrip("=") for word in found if word}
        if self.shell == "fish":
            return {line.partition("\t")[0] for line in self.list(typed).splitlines()}
        word = re.split(r"\s", typed)[-1]
        kept = word[: len(word) - len(self._replaced(typed))]
        return {kept + "".join(shlex.split(line)) for line in self._bash(typed, "9").splitlines() if line}

    def list(self, typed: str) -> str:
        """The list of candidates as the shell shows it."""
        if self.shell == "zsh":
            self.runs(f"{typed}\t\x15litcli x")
            return self.screen.decode()
        if self.shell == "bash":
            return self._bash(typed, "63")
        return self._run(
            "fish", "--no-config", "-c", f"source {FILES['fish']}; complete -C $argv[1]", f"litcli {typed}"
        )

    @staticmethod
    def _replaced(typed: str) -> str:
        """The end of a line that readline replaces, if there are no quotes in it."""
        return re.split(r"[\s:=]", typed)[-1]

    def _bash(self, typed: str, kind: str) -> str:
        replaced = self._replaced(typed)
        return self._run("bash", "-c", ASK_BASH, "bash", str(FILES["bash"]), f"litcli {typed}", replaced, kind)

    def _run(self, *command: str) -> str:
        ran = subprocess.run(command, cwd=self.folder, env=self.env, capture_output=True, check=True, timeout=60)
        assert ran.stderr == b""
        return ran.stdout.decode()


@pytest.fixture(scope="module", params=[pytest.param(shell, marks=needs(shell)) for shell in SHELLS])
def terminal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """Each of the shells in turn, where it is installed."""
    opened = Terminal(request.param, tmp_path_factory.mktemp(request.param))
    yield opened
    opened.close()


# --- what is offered --------------------------------------------------------------------------------------


def test_every_command_is_offered(terminal: Terminal, lit: Program) -> None:
    listed = re.findall(r"^  (\w[\w-]*)  ", lit("--help").out.partition("Options:")[2], re.MULTILINE)
    assert {"import", "list", "export", "completion"} <= set(listed)
    assert terminal.offers("") == set(listed)


def test_a_command_is_offered_by_its_beginning(terminal: Terminal) -> None:
    assert terminal.offers("expo") == {"export"}


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("import", "--format --tag --as-of --dry-run --strict --json --library --help"),
        ("list", "--sort --limit --columns --json --jsonl --keys --template --library --help"),
        ("show", "--sort --limit --columns --json --jsonl --keys --template --library --help"),
        ("export", "--output --to --group-by --omit --keys-from --library --help"),
        ("tag", "--library --help"),
        ("tags", "--json --library --help"),
        ("", "--library --version --help"),
    ],
)
def test_the_options_of_a_command_are_offered(terminal: Terminal, command: str, options: str) -> None:
    assert terminal.offers(f"{command} --".strip()) >= set(options.split())


def test_the_options_of_another_command_are_not_offered(terminal: Terminal) -> None:
    assert not terminal.offers("tags --") & {"--format", "--to", "--sort", "--version"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("import --format ", importers.names()),
        ("export --to ", exporters.names()),
        ("export --group-by ", ["tag", "year", "venue"]),
        ("export --prefer ", ["published", "preprint"]),
        ("check --report ", ["text", "json", "github"]),
        ("keys --pattern ", ["scholar", "bbt", "jabref"]),
        ("help ", ["query", "keys", "export", "import", "library"]),
        ("completion ", ["bash", "zsh", "fish"]),
    ],
)
def test_a_fixed_set_of_words_is_offered(terminal: Terminal, typed: str, words: list[str]) -> None:
    assert terminal.offers(typed) == set(words)


@pytest.mark.parametrize("typed", ["li", "list --so", "import --format ho", "export --to b", "completion b"])
def test_what_does_not_depend_on_the_library_starts_no_python(terminal: Terminal, typed: str) -> None:
    terminal.runs(f"{typed}\t")
    assert terminal.questions() == []


@pytest.mark.parametrize(
    "typed", ["list --limit ", "import --as-of ", "show nosuchkey", "undo ", "rename knuth1984literate ", "frobnicate "]
)
def test_nothing_is_offered_where_nothing_is_known(terminal: Terminal, typed: str) -> None:
    assert terminal.offers(typed) == set()


@pytest.mark.parametrize(
    "before",
    ["show", "show x", "merge x", "distinct x y", "open", "open --file", "why", "attach", "edit", "note", "rename",
     "rename --tex x"],
)  # fmt: skip
def test_keys_are_offered(terminal: Terminal, before: str) -> None:
    assert terminal.offers(f"{before} knuth19") == {"knuth1974structured", "knuth1984literate"}


@pytest.mark.parametrize("before", ["attach x", "why x", "rename x", "note x", "open x"])
def test_a_key_is_not_offered_in_another_place(terminal: Terminal, before: str) -> None:
    assert not terminal.offers(f"{before} knuth19") & {"knuth1974structured", "knuth1984literate"}


@pytest.mark.parametrize("before", ["why x", "list --columns", "export --omit", "list --sort"])
def test_names_of_fields_are_offered(terminal: Terminal, before: str) -> None:
    assert terminal.offers(f"{before} ven") == {"venue"}


@pytest.mark.parametrize("before", ["tag --rename", "tag --rename x", "import --tag"])
def test_a_tag_without_a_sign_is_offered(terminal: Terminal, before: str) -> None:
    assert terminal.offers(f"{before} n") == {"nl parsing", "nlp"}


@pytest.mark.parametrize("sign", "+-")
def test_tags_are_offered_behind_their_sign(terminal: Terminal, sign: str) -> None:
    assert terminal.offers(f"tag {sign}n") == {f"{sign}nl parsing", f"{sign}nlp"}


def test_a_tag_comes_first_of_all(terminal: Terminal) -> None:
    assert {"+nlp", "+to read"} <= terminal.offers("tag ")


def test_a_query_may_follow_a_tag(terminal: Terminal) -> None:
    offered = terminal.offers("tag +x ")
    assert "title:" in offered
    assert "+nlp" not in offered


def test_behind_two_dashes_a_sign_makes_no_tag(terminal: Terminal) -> None:
    assert terminal.offers("tag +x -- +n") == set()


@pytest.mark.parametrize(
    "before",
    ["tag +x", "tag -x", "tag +x --", "list", "filter", "export", "list NOT", "list --json", "list --limit 3",
     "remove", "keys", "dedupe", "check", "stats"],
)  # fmt: skip
def test_fields_are_offered_where_a_query_stands(terminal: Terminal, before: str) -> None:
    assert terminal.offers(f"{before} ti") == {"title:"}


def test_values_are_offered_behind_a_field(terminal: Terminal) -> None:
    assert terminal.offers("list type:") == {"type:article", "type:inproceedings"}


@pytest.mark.parametrize(
    ("typed", "help_"),
    [
        ("", "Read papers into the library."),
        ("import --", "Say what would happen and change nothing."),
        ("show knuth19", 'Literate Programming: a "web"'),
    ],
)
def test_help_and_titles_stand_beside_the_words(terminal: Terminal, typed: str, help_: str) -> None:
    assert help_ in terminal.list(typed)


# --- what is run ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("expo\t", ["export"]),
        ("import --dry\tx", ["import", "--dry-run", "x"]),
        ("import --format acl\tx", ["import", "--format", "acl-anthology", "x"]),
        ("import --format=acl\tx", ["import", "--format=acl-anthology", "x"]),
        ("import --tag to\tx", ["import", "--tag", "to read", "x"]),
        ("import --tag=to\tx", ["import", "--tag=to read", "x"]),
        ("import --tag TO\tx", ["import", "--tag", "to read", "x"]),
        ("import page\t", ["import", "page one.txt"]),
        ("export -o page\t", ["export", "-o", "page one.txt"]),
        ("export --keys-from page\t", ["export", "--keys-from", "page one.txt"]),
        ("show knuth1984\t", ["show", "knuth1984literate"]),
        ("show KNUTH1984\t", ["show", "knuth1984literate"]),
        ("show knuth\t84\t", ["show", "knuth1984literate"]),
        ("show DBLP:c\t", ["show", "DBLP:conf/icse/Parnas81"]),
        ("show DBLP\t", ["show", "DBLP:conf/icse/Parnas81"]),
        ("list ven\tICS\tx", ["list", "venue:ICSE", "x"]),
        ("list venue:ics\t", ["list", "venue:ICSE"]),
        ("list key:DBLP:c\t", ["list", "key:DBLP:conf/icse/Parnas81"]),
        ("tag +nlp -- -\tx", ["tag", "+nlp", "--", "-x"]),
        ("list nosuch\tword", ["list", "nosuchword"]),
        ("list --sort year,ven\tx", ["list", "--sort", "year,venue", "x"]),
        ("list --columns=key,ven\tx", ["list", "--columns=key,venue", "x"]),
        ("list query:to\tx", ["list", "query:toread", "x"]),
        ("attach knuth1984\tpage\t", ["attach", "knuth1984literate", "page one.txt"]),
        ("why knuth1984\tven\t", ["why", "knuth1984literate", "venue"]),
        ("tag --rename cla\tto\t", ["tag", "--rename", "classic", "to read"]),
        ("set knuth1984literate venue=I\t", ["set", "knuth1984literate", "venue=ICSE"]),
        ("set knuth1984literate pub\t=X", ["set", "knuth1984literate", "publisher=X"]),
        ("merge knuth1984\tknuth1974\t", ["merge", "knuth1984literate", "knuth1974structured"]),
        ("help que\t", ["help", "query"]),
    ],
)
def test_a_line_is_completed(terminal: Terminal, typed: str, words: list[str]) -> None:
    assert terminal.runs(typed) == words


@pytest.mark.parametrize(
    "typed",
    [
        "-L other\\ lib.toml show ",
        "--library 'other lib.toml' show ",
        '--library="other lib.toml" show ',
        "-L'other lib.toml' show ",
        "show -L other\\ lib.toml ",
        "show --json --library other\\ lib.toml ",
        "-L other\\t show ",
    ],
)
def test_keys_come_from_the_library_that_the_line_names(terminal: Terminal, typed: str) -> None:
    assert terminal.runs(f"{typed.replace(chr(92) + 't', chr(9))}lam\t")[-1] == "lamport1994latex"


def test_a_tag_to_remove_may_begin_as_the_option_for_the_library(terminal: Terminal) -> None:
    assert terminal.runs("tag -L -x +to\t") == ["tag", "-L", "-x", "+to read"]


@pytest.mark.parametrize("typed", TAGS)
def test_a_tag_is_one_word(terminal: Terminal, typed: str) -> None:
    assert terminal.runs(f"tag +{typed}\t") == ["tag", "+" + TAGS[typed]]


@pytest.mark.parametrize("typed", ["to", "back"])
def test_a_tag_to_remove_is_one_word(terminal: Terminal, typed: str) -> None:
    assert terminal.runs(f"tag +nlp -{typed}\t") == ["tag", "+nlp", "-" + TAGS[typed]]


@pytest.mark.parametrize("typed", TAGS)
def test_a_term_of_a_query_is_one_word_that_finds_the_tag(terminal: Terminal, typed: str) -> None:
    _, term = terminal.runs(f"list tag:{typed}\t")
    assert query.parse(term) == query.Word("tags", TAGS[typed])


@pytest.mark.parametrize(
    "typed", ["tag:to", "'tag:to", '"tag:to', "tag:'to", 'tag:"to', 'tag:\\"to', "'tag:\"to", '"tag:\\"to', 't"a"g:to']
)
def test_a_term_may_have_been_quoted_before(terminal: Terminal, typed: str) -> None:
    assert terminal.runs(f"list {typed}\t") == ["list", 'tag:"to read"']


@pytest.mark.parametrize("quote", "'\"")
@pytest.mark.parametrize("typed", ["to", "参", "back", "it", "say", "wild"])
def test_a_tag_may_stand_in_quotes(terminal: Terminal, quote: str, typed: str) -> None:
    assert terminal.runs(f"tag {quote}+{typed}\t") == ["tag", "+" + TAGS[typed]]


def test_a_file_is_completed_behind_a_redirection(terminal: Terminal) -> None:
    there = {path.name for path in terminal.folder.iterdir()}
    assert terminal.runs("export 2> page\t") == ["export"]
    assert {path.name for path in terminal.folder.iterdir()} <= there | {"typed"}


def test_a_library_without_an_answer_leaves_the_line_as_it_is(terminal: Terminal) -> None:
    assert terminal.runs("-L nosuch.toml show knuth\tx") == ["-L", "nosuch.toml", "show", "knuthx"]


# --- where fish has a rule of its own ---------------------------------------------------------------------

not_fish = pytest.mark.parametrize(
    "terminal", [pytest.param(shell, marks=needs(shell)) for shell in ("bash", "zsh")], indirect=True
)


@not_fish
def test_what_is_typed_stays_where_the_candidates_go_different_ways(terminal: Terminal) -> None:
    assert terminal.runs("list tag:nl\tx") == ["list", "tag:nlx"]


@not_fish
def test_a_field_to_sort_by_may_have_a_minus(terminal: Terminal) -> None:
    assert terminal.runs("list --sort -ye\tx") == ["list", "--sort", "-year", "x"]


@not_fish
def test_an_option_stays_where_its_value_comes_in_another_case(terminal: Terminal) -> None:
    assert terminal.runs("import --tag=TO\tx") == ["import", "--tag=to read", "x"]


# --- one shell alone --------------------------------------------------------------------------------------


@needs("bash")
def test_bash_completes_where_a_colon_breaks_no_words(tmp_path: Path) -> None:
    opened = Terminal("bash", tmp_path, "COMP_WORDBREAKS=${COMP_WORDBREAKS//:}")
    try:
        assert opened.runs("list key:DBLP:c\t") == ["list", "key:DBLP:conf/icse/Parnas81"]
    finally:
        opened.close()


@needs("zsh")
def test_zsh_takes_the_script_from_source_as_well(tmp_path: Path) -> None:
    text = f"autoload -Uz compinit; compinit -u -D; source {shlex.quote(str(FILES['zsh']))}; print $_comps[litcli]"
    ran = subprocess.run(["zsh", "-f", "-c", text], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ran.stdout == "_litcli\n"
