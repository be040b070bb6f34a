r"""What is a citation in LaTeX source, by the looks of it: only TeX itself, while it runs, decides for certain.

Both branches of a conditional count, but not what `\iffalse` hides. A command of the document's own cites what its
definition cites. Other commands are known by name: whatever has `cite` in it takes keys, but for the few listed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

# --- what TeX does not read -------------------------------------------------------------------------------

_TOKEN = re.compile(
    # A comment takes its line's end with it, and the blanks of the next line, but not an empty line.
    r"%[^\r\n]*(?:(?:\r\n|[\r\n])[ \t]*+(?![\r\n]))?|\\(?:([A-Za-z@]+)|.)",
    re.DOTALL,
)
_ENVIRONMENT = re.compile(r"\s*\{([^{}]{1,40})\}")
_VERBATIM = """
comment verbatim verbatim* Verbatim Verbatim* BVerbatim LVerbatim VerbatimOut SaveVerbatim spverbatim lstlisting minted
tcblisting filecontents filecontents* luacode luacode*
""".split()
_NEW_VERBATIM = re.compile(
    r"\\(?:excludecomment|lstnewenvironment|DefineVerbatimEnvironment|newtcblisting)\s*\{([^{}\s]{1,40})\}"
)
_BRACED = r"\{(?:[^{}]++|\{[^{}]*+\})*+\}"
_DELIMITED = r"(?P<mark>[^\w\s\0*{}])(?:(?!(?P=mark))[^\r\n])*+(?P=mark)?"
_OPTION = r"\s*(?:\[[^\[\]\r\n]*\])?\s*"
_INLINE = {
    "verb": re.compile(r"\*?" + _DELIMITED),
    **dict.fromkeys("lstinline Verb".split(), re.compile(_OPTION + f"(?:{_BRACED}|{_DELIMITED})")),
    "mintinline": re.compile(_OPTION + r"\{[^{}]*\}" + f"(?:{_BRACED}|{_DELIMITED})"),
    # TikZ has a \path as well, which is followed by neither of the two.
    **dict.fromkeys("url nolinkurl path href".split(), re.compile(_BRACED + r"|\|[^|\r\n]*\|?")),
}
"""How the argument looks in which a `%` or a `\\cite` is nothing but text."""

_CONDITIONALS = frozenset(
    """
    if ifcat ifnum ifdim ifodd ifvmode ifhmode ifmmode ifinner ifvoid ifhbox ifvbox ifx ifeof iftrue iffalse ifcase
    ifdefined ifcsname iffontchar ifincsname ifprimitive
    """.split()
)
_NEW_CONDITIONAL = re.compile(r"\\newif\s*\\([A-Za-z@]+)")
_ONLY_NAMED = re.compile(r"(?:\\let\s*\\[A-Za-z@]+|\\endcsname)\s*=?\s*\Z")
r"""What stands before an `\iffalse` that becomes the meaning of another name."""
_END = re.compile(r"\\(?:end\{document\}|endinput(?![A-Za-z@]|\s*\\(?:fi|else)(?![A-Za-z@])))")
r"""Where TeX stops; not at an `\endinput` that is a conditional's."""


def hidden(text: str) -> Iterator[tuple[int, int]]:
    """The spans that TeX does not read as LaTeX: comments, verbatim text, `\\iffalse`, all behind the end."""
    conditionals = _CONDITIONALS.union(_NEW_CONDITIONAL.findall(text))
    verbatim = {*_VERBATIM, *_NEW_VERBATIM.findall(text)}
    at = 0
    while token := _TOKEN.search(text, at):
        start, at = token.span()
        word = token[1]
        if text[start] == "%":
            yield start, at
        elif word in _INLINE:
            if argument := _INLINE[word].match(text, at):
                yield at, argument.end()
                at = argument.end()
        elif word == "begin":
            if (name := _ENVIRONMENT.match(text, at)) and name[1] in verbatim:
                end = text.find(f"\\end{{{name[1]}}}", name.end())
                at = end if end >= 0 else len(text)
                yield name.end(), at
        elif word == "iffalse" and not _ONLY_NAMED.search(text, max(0, start - 80), start):
            at = _false_end(text, at, conditionals)
            yield start, at
        elif _END.match(text, start):
            yield at, len(text)
            return


def _false_end(text: str, at: int, conditionals: frozenset[str]) -> int:
    """Where the text goes on behind an `\\iffalse`: at its `\\else` or its `\\fi`."""
    depth = 0
    for token in _TOKEN.finditer(text, at):
        if token[1] in conditionals:
            depth += 1
        elif depth == 0 and token[1] in ("else", "fi"):
            return token.end()
        elif token[1] == "fi":
            depth -= 1
    return len(text)


# --- what is found ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Key:
    """A key that is cited, and the span that another key would have to replace."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SetName:
    """The name of a set of entries: to cite it is to cite its members, which are found where it is defined."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """A place that only LaTeX can read, with the reason."""

    reason: str
    start: int


@dataclass(frozen=True, slots=True)
class Inclusion:
    r"""Another file that is read here; `folder` is that of an `\import`, `inner` if it lies within the importer's."""

    name: str
    start: int
    folder: str = ""
    inner: bool = False
    may_lack: bool = False


Found = Key | SetName | Unknown | Inclusion

# --- which commands cite ----------------------------------------------------------------------------------

# A form is the braced arguments of a command: k holds keys, m something else; + says that they may be repeated.
# Arguments in brackets may stand before each.
_BY_NAME = {
    **dict.fromkeys("bibentry textcquote blockcquote displaycquote".split(), "k"),
    **dict.fromkeys(
        """
        foreigntextcquote hyphentextcquote foreignblockcquote hyphenblockcquote hybridblockcquote foreigndisplaycquote
        hyphendisplaycquote defbibentryset
        """.split(),
        "mk",
    ),
    # Of abntex2cite: a work, and the one that quotes it.
    **dict.fromkeys("apud apudonline".split(), "kk"),
    # Their arguments are text, lengths and styles.
    **dict.fromkeys(
        """
        citetext citestyle setcitestyle citereset citesetup citeindextype citenumfont citenamefont citeauthoryear
        astroncite bibcite newcites mancite bstctlcite crefcite Crefcite citeleft citeright citemid citepunct citedash
        citeform needcite citeneeded todocite citetodo missingcite
        """.split(),
        "",
    ),
}
_INTERNAL_STARTS = ("At", "Declare", "Set", "Use", "if", "mk", "APAC")
_INTERNAL_ENDS = ("delim", "fortype")


def _form_by_name(name: str) -> str:
    if name in _BY_NAME:
        return _BY_NAME[name]
    if "@" in name or not ("cite" in name or "Cite" in name):
        return ""
    if name.startswith(_INTERNAL_STARTS) or name.endswith(_INTERNAL_ENDS):
        return ""
    return ("mk" if "volcite" in name.lower() else "k") + ("+" if name.endswith("cites") else "")


_NEWLY = "newcommand newrobustcmd NewDocumentCommand".split()
_WITH_COUNT = "newcommand renewcommand providecommand newrobustcmd renewrobustcmd providerobustcmd DeclareRobustCommand"
_WITH_SPEC = "NewDocumentCommand RenewDocumentCommand ProvideDocumentCommand DeclareDocumentCommand"
_DEFINERS = {
    **dict.fromkeys(_WITH_COUNT.split(), "count"),
    **dict.fromkeys(_WITH_SPEC.split(), "spec"),
    **dict.fromkeys("def edef gdef xdef".split(), "hashes"),
    **dict.fromkeys("let NewCommandCopy RenewCommandCopy DeclareCommandCopy".split(), "copy"),
    "DeclareCiteCommand": "k",
    "DeclareMultiCiteCommand": "k+",
}
"""How a command is defined: what stands between its name and its meaning; for biblatex's two, its form."""
_DEFINED = re.compile(r"[\s\0]*+\*?[\s\0]*+\{?[\s\0]*+\\([A-Za-z@]+)[\s\0]*+\}?")
_COPIED = re.compile(r"[\s\0=]*+\{?\\([A-Za-z@]+)\}?")
_COUNT = re.compile(r"[\s\0]*+\[(\d)\]")
_SPEC = re.compile(r"[\s\0]*+\{((?:[^{}\\]|\{[^{}\\]*\})*)\}")
_HASHES = re.compile(r"(?:#\d)*")
_PARAMETER = re.compile(r"#(\d)")


@dataclass(slots=True)
class _Definition:
    """A definition that is being read; it ends where its body does."""

    name: str
    is_new: bool
    parameters: str
    """An m for each that stands in braces, an o for each that may be left out."""
    end: int
    keys: set[int] = field(default_factory=set)
    """The numbers of the parameters that it uses as keys."""
    last: tuple[str, int] = ("", 0)
    """The last command in its body, and where its name ends."""
    is_internal: bool = False

    def form(self) -> str:
        """The form of the new command, by its parameters."""
        numbered = enumerate(self.parameters, start=1)
        return "".join("k" if number in self.keys else "m" for number, kind in numbered if kind == "m")


# --- reading ----------------------------------------------------------------------------------------------

_INPUTS = {
    **dict.fromkeys("input include subfile subfileinclude includestandalone".split(), 1),
    **dict.fromkeys("InputIfFileExists @input".split(), 1),
    **dict.fromkeys("import inputfrom includefrom subimport subinputfrom subincludefrom".split(), 2),
}
"""The commands that read another file, with the number of their arguments: its name, or a folder and its name."""
_PLAIN_NAME = re.compile(r"[ \t\0]+\"?([^\s{}\\%#\"\0]+)")

_COMMAND = re.compile(r"\\(?:([A-Za-z@]+)|.)", re.DOTALL)
_BRACKET = re.compile(r"\\.|[{}\[\]()]", re.DOTALL)
_GAP = re.compile(r"[ \t\0]*+(?:(?:\r\n|\r|\n)[ \t\0]*+)?")
"""What may stand between a command and its arguments: anything blank but an empty line."""
_STAR = re.compile(_GAP.pattern + r"\*")
_OVERLAY = re.compile(r"<[^<>{}]{0,200}>")
_COMMA_OR_BRACE = re.compile(r"[,{]")
_NO_KEY = re.compile(r"[{}\\]")
_BLANK = " \t\r\n\f\v\0"


class Reader:
    """Reads the files of one document, one after the other, and remembers the commands that they define."""

    def __init__(self) -> None:
        self._learned: dict[str, str] = {}

    def read(self, shown: str) -> Iterator[Found]:
        """What a text holds, in order; its hidden spans must be blanked out by NUL characters."""
        file = _File(shown)
        definitions: list[_Definition] = []
        # Keys in an option stand before those of its command, which is met first: they wait for their turn.
        waiting: list[tuple[int, int, Found]] = []
        number = count()
        at = 0
        while command := _COMMAND.search(shown, at):
            start, at = command.span()
            word = command[1]
            while waiting and waiting[0][0] < start:
                yield heappop(waiting)[-1]
            while definitions and definitions[-1].end <= start:
                self._learn(definitions.pop(), file)
            if not word:
                continue
            if definitions:
                definitions[-1].last = (word, at)
                definitions[-1].is_internal |= "@" in word
            if word in _DEFINERS:
                definition, at = self._defined(file, word, at)
                definitions += definition
            elif word in _INPUTS:
                if found := file.input(word, start, at):
                    yield found
            else:
                if word == "begin" and (name := _ENVIRONMENT.match(shown, at)) and name[1].endswith("cquote"):
                    word, at = name[1], name.end()
                current = definitions[-1] if definitions else None
                for item in file.keys(self._form(word), word, at, current):
                    heappush(waiting, (item.start, next(number), item))
        while waiting:
            yield heappop(waiting)[-1]
        while definitions:
            self._learn(definitions.pop(), file)

    def _form(self, name: str) -> str:
        return self._learned[name] if name in self._learned else _form_by_name(name)

    def _learn(self, definition: _Definition, file: _File) -> None:
        """Take over what a definition shows; one that shows no key is believed only where its name is new."""
        form = definition.form()
        word, end = definition.last
        if not definition.parameters and file.gap(file.past_star(end)) == definition.end:
            # The arguments of the last command in it are those that follow the new one.
            form = self._form(word)
        if "k" in form or (definition.is_new and not definition.is_internal):
            self._learned[definition.name] = form

    def _defined(self, file: _File, word: str, at: int) -> tuple[list[_Definition], int]:
        """The definition that begins there, if its body has to be read, and where to go on."""
        shown, how = file.shown, _DEFINERS[word]
        name = _DEFINED.match(shown, at)
        if not name:
            return [], at
        at = name.end()
        parameters = ""
        if how == "copy":
            other = _COPIED.match(shown, at)
            if other and "k" in self._form(other[1]):
                self._learned[name[1]] = self._form(other[1])
            return [], other.end() if other else at
        if how == "count":
            if digit := _COUNT.match(shown, at):
                at = digit.end()
                parameters = "m" * int(digit[1])
                if (behind := file.past_options(at)) != at:
                    at, parameters = behind, "o" + parameters[1:]
        elif how == "hashes":
            hashes = _HASHES.match(shown, at)
            assert hashes is not None
            at = hashes.end()
            parameters = "m" * (len(hashes[0]) // 2)
        elif how == "spec":
            if not (spec := _SPEC.match(shown, at)):
                return [], at
            at = spec.end()
            letters = re.findall(r"[A-Za-z]", re.sub(r"\{[^{}]*\}", "", spec[1]))
            parameters = "".join("m" if letter in "mv" else "o" for letter in letters)
        else:
            self._learned[name[1]] = how
            return [], at
        body = file.group(at)
        if not body:
            return [], at
        return [_Definition(name[1], word in _NEWLY, parameters, body[1])], body[0]


class _File:
    """One text, with the place where each of its brackets closes."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self._closing = _closing(shown)

    def gap(self, at: int) -> int:
        """Behind the blanks that may stand there."""
        return _GAP.match(self.shown, at).end()  # type: ignore[union-attr]

    def past_star(self, at: int) -> int:
        star = _STAR.match(self.shown, at)
        return star.end() if star else at

    def past_options(self, at: int, brackets: str = "[") -> int:
        """Behind the arguments in brackets, and the `<overlays>` of beamer, that stand there."""
        while True:
            behind = self.gap(at)
            if self.shown[behind : behind + 1] in tuple(brackets) and behind in self._closing:
                at = self._closing[behind] + 1
            elif overlay := _OVERLAY.match(self.shown, behind):
                at = overlay.end()
            else:
                return at

    def group(self, at: int) -> tuple[int, int] | None:
        """The span inside the braces that stand there."""
        opening = self.gap(at)
        if self.shown[opening : opening + 1] != "{" or opening not in self._closing:
            return None
        return opening + 1, self._closing[opening]

    def input(self, word: str, start: int, at: int) -> Inclusion | Unknown | None:
        """The file that a command reads; None where it has no name to go by."""
        arguments = []
        at = self.past_options(at)
        for _ in range(_INPUTS[word]):
            if group := self.group(at):
                if _NO_KEY.search(self.shown, *group):
                    return Unknown("the name of the file that is read here is known to LaTeX alone", start)
                arguments.append(self.shown[slice(*group)].replace("\0", "").strip().strip('"'))
                at = group[1] + 1
        if word == "input" and not arguments and (plain := _PLAIN_NAME.match(self.shown, at)):
            arguments.append(plain[1])
        if len(arguments) < _INPUTS[word] or any("#" in argument for argument in arguments):
            return None
        *folder, name = arguments
        may_lack = word in ("InputIfFileExists", "@input")
        return Inclusion(name, start, "".join(folder), word.startswith("sub") and bool(folder), may_lack)

    def keys(self, form: str, word: str, at: int, definition: _Definition | None) -> Iterator[Found]:
        """The keys in the arguments of a command; in a definition, the parameters that are keys are noted there."""
        if "k" not in form:
            return
        at = self.past_star(at)
        if form.endswith("+"):
            at = self.past_options(at, "([")
        while True:
            for kind in form.removesuffix("+"):
                at = self.past_options(at)
                if not (group := self.group(at)):
                    return
                if kind == "k":
                    for piece in self._pieces(*group):
                        yield from self._key(*piece, definition)
                elif word == "defbibentryset" and not _NO_KEY.search(self.shown, *group):
                    yield SetName(self.shown[slice(*group)].strip(), group[0])
                at = group[1] + 1
            if not form.endswith("+"):
                return

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The spans between the commas of a list; inner braces are passed over, so that their text is read once."""
        at = start
        while mark := _COMMA_OR_BRACE.search(self.shown, at, end):
            at = mark.end()
            if mark[0] == "{":
                at = self._closing.get(mark.start(), end)
            else:
                yield start, mark.start()
                start = at
        yield start, end

    def _key(self, start: int, end: int, definition: _Definition | None) -> Iterator[Key | Unknown]:
        shown = self.shown
        while start < end and shown[start] in _BLANK:
            start += 1
        while start < end and shown[end - 1] in _BLANK:
            end -= 1
        if self._closing.get(start) == end - 1:
            start, end = start + 1, end - 1
        if _NO_KEY.search(shown, start, end):
            if definition is None:
                yield Unknown("a command stands for the key that is cited here: LaTeX alone knows which", start)
            return
        if shown.startswith("*", start) and end - start > 1:
            # mciteplus joins the entries that are marked so to the one before them.
            start += 1
        key = " ".join(shown[start:end].replace("\0", "").split())
        if "#" not in key:
            if key:
                yield Key(key, start, end)
        elif definition is not None and (parameter := _PARAMETER.fullmatch(key)):
            definition.keys.add(int(parameter[1]))


def _closing(shown: str) -> dict[int, int]:
    """Where each brace, bracket and parenthesis closes, by TeX's rules: the first `]` outside of inner braces."""
    closing: dict[int, int] = {}
    braces: list[tuple[int, int, int]] = []
    brackets: list[int] = []
    parentheses: list[int] = []
    for match in _BRACKET.finditer(shown):
        at, mark = match.start(), match[0]
        if mark == "{":
            braces.append((at, len(brackets), len(parentheses)))
        elif mark == "}":
            if braces:
                opening, in_brackets, in_parentheses = braces.pop()
                closing[opening] = at
                del brackets[in_brackets:], parentheses[in_parentheses:]
        elif mark == "[":
            brackets.append(at)
        elif mark == "(":
            parentheses.append(at)
        elif mark in "])":
            waiting, level = (brackets, 1) if mark == "]" else (parentheses, 2)
            outside = braces[-1][level] if braces else 0
            closing.update(dict.fromkeys(waiting[outside:], at))
            del waiting[outside:]
    return closing
