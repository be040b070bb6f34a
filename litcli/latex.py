"""What a .tex, .aux, .bcf or Markdown document cites, with the files that it takes in.

The .aux and the .bcf say what LaTeX really did; a .tex file is read by its looks (see `tex_cites`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from pathlib import Path

from litcli import markdown_cites, tex_cites
from litcli.errors import InputError
from litcli.paper import Problem
from litcli.tex_cites import Inclusion, Key, SetName, Unknown


@dataclass(frozen=True, slots=True)
class Citation:
    """One key where it is cited; `start` and `end` are offsets in the decoded text of the file, -1 in a .bcf.

    The span is what another key would have to replace; a comment can stand inside it.
    """

    key: str
    file: str
    line: int
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Citations:
    r"""All that a document cites, in its order, a key as often as it stands there.

    `everything` is `\nocite{*}`; the problems are remarks about what could not be followed.
    """

    citations: tuple[Citation, ...]
    everything: bool = False
    problems: tuple[Problem, ...] = ()


def cited(path: str | Path) -> Citations:
    """What a document cites, and what the files that it takes in do; raises InputError where it cannot be read."""
    main = Path(path)
    data = _bytes(main)
    kind = _KINDS.get(main.suffix.lower()) or _kind_by_content(str(path), data)
    if kind == "bcf":
        return _bcf(str(path), data)
    if kind == "aux":
        return _follow(main, data, _aux, ("",))
    if kind == "markdown":
        return _follow(main, data, _markdown, ())
    reader = tex_cites.Reader()
    return _follow(main, data, lambda text: reader.read(blank(text, tex_cites.hidden(text))), (".tex", ""))


_KINDS = {
    **dict.fromkeys(".tex .ltx .latex .rnw .rtex".split(), "tex"),
    ".aux": "aux",
    ".bcf": "bcf",
    **dict.fromkeys(".md .markdown .rmd .qmd .txt".split(), "markdown"),
}
_CONTENTS = (
    ("bcf", re.compile(rb"<bcf:controlfile")),
    ("aux", re.compile(rb"^\\(?:relax \r?$|citation\{|abx@aux@)", re.MULTILINE)),
    ("tex", re.compile(rb"\\(?:documentclass|begin|input|include|[a-z]{0,20}cite[a-z]{0,20})[ \t]*[\[{]")),
)


def _kind_by_content(name: str, data: bytes) -> str:
    """The kind of a document whose name does not tell it."""
    for kind, pattern in _CONTENTS:
        if pattern.search(data):
            return kind
    hint = f"litcli finds citations in files named {', '.join(_KINDS)}"
    raise InputError(name, 1, "no LaTeX or Markdown document is recognised here", hint)


# --- the text of a file -----------------------------------------------------------------------------------

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_BOM = b"\xef\xbb\xbf"


def decode(name: str, data: bytes) -> tuple[str, str]:
    """The text of a document, and the encoding that gives its bytes back; raises InputError for a binary file."""
    head = data[:65536]
    if b"\0" in data or data.startswith(b"%PDF-") or len(head.translate(None, _CONTROLS)) * 10 < len(head) * 9:
        raise InputError(
            name, 1, "this is a binary file, not text", "give the source of the document, or its .aux file"
        )
    encoding = "utf-8-sig" if data.startswith(_BOM) else "utf-8"
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1"


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with NUL characters in some spans, everything else at its place."""
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += (text[at:start], "\0" * (end - start))
        at = end
    return "".join((*pieces, text[at:]))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        written = path.suffix.lower() in (".aux", ".bcf")
        hint = "LaTeX writes this file: run it first" if written else "look at the path and at the right to read it"
        raise InputError(str(path), 1, f"cannot be read: {error.strerror or error}", hint) from None


# --- the files of a document ------------------------------------------------------------------------------

_Scan = Callable[[str], Iterator[tex_cites.Found]]


@dataclass(frozen=True, slots=True)
class _Open:
    """A file that is being read; `base` is the folder of the `\\import` that led to it."""

    file: str
    lines: list[int]
    found: Iterator[tex_cites.Found]
    base: Path

    def line(self, at: int) -> int:
        return bisect_right(self.lines, at) + 1

    def remark(self, message: str, at: int) -> Problem:
        return Problem(self.file, self.line(at), message, failed=0)


def _follow(main: Path, data: bytes, scan: _Scan, endings: tuple[str, ...]) -> Citations:
    """What a file and those that it takes in cite, each file once, in the order in which LaTeX reads them.

    `endings` are what LaTeX adds to the name of a file, in the order in which it tries them.
    """
    citations: list[Citation] = []
    problems: list[Problem] = []
    sets: set[str] = set()
    seen = {main.resolve()}

    def opened(path: Path, data: bytes, base: Path) -> _Open:
        text = decode(str(path), data)[0]
        lines = [end.end() for end in re.finditer(r"\r\n|\r|\n", text)]
        return _Open(str(path), lines, scan(text), base)

    files = [opened(main, data, main.parent)]
    while files:
        here = files[-1]
        match next(here.found, None):
            case None:
                files.pop()
            case Key(text, start, end):
                citations.append(Citation(text, here.file, here.line(start), start, end))
            case SetName(text):
                sets.add(text)
            case Unknown(reason, start):
                problems.append(here.remark(reason, start))
            case Inclusion() as wanted:
                base = here.base
                if wanted.folder:
                    base = (here.base if wanted.inner else main.parent) / wanted.folder
                folders = (base, main.parent, Path(here.file).parent)
                path = _find([folder / (wanted.name + ending) for folder in folders for ending in endings])
                if path is None:
                    if not wanted.may_lack:
                        problems.append(here.remark(f"{wanted.name} is not found, nor what it cites", wanted.start))
                elif path.resolve() not in seen and path.suffix.lower() != ".bbl":
                    seen.add(path.resolve())
                    try:
                        files.append(opened(path, _bytes(path), base))
                    except InputError as error:
                        problems.append(here.remark(f"{wanted.name} {error.reason}", wanted.start))
    return _result(citations, sets, problems)


def _find(paths: Iterable[Path]) -> Path | None:
    """The first that is a file; a name that no file can have is none."""
    for path in paths:
        try:
            if path.is_file():
                return path
        except (OSError, ValueError):
            continue
    return None


# --- Markdown ---------------------------------------------------------------------------------------------


def _markdown(text: str) -> Iterator[tex_cites.Found]:
    """The `@keys` and the LaTeX commands of a text; files that LaTeX would read here are left to it."""
    shown = blank(text, markdown_cites.hidden(text))
    if markdown_cites.cites_everything(shown):
        yield Key("*", 0, 0)
    own = (Key(shown[start:end], start, end) for start, end in markdown_cites.keys(shown))
    commands = (found for found in tex_cites.Reader().read(shown) if not isinstance(found, Inclusion))
    yield from merge(own, commands, key=lambda found: found.start)


# --- .aux -------------------------------------------------------------------------------------------------

_AUX = re.compile(
    r"^\\(?:(?:citation|abx@aux@cite(?:\{\d+\})?)\{(?P<keys>[^\r\n]*)\}"
    r"|(?P<all>abx@aux@nociteall)|@input\{(?P<file>[^{}\r\n]*)\})[ \t]*\r?$",
    re.MULTILINE,
)
_PIECE = re.compile(r"[^,\s](?:[^,]*[^,\s])?")
_CONTROL_ENTRY = re.compile(r"biblatex-control|achemso-control|[A-Za-z]+4\dControl|IEEEexample:BSTcontrol")
"""What biblatex, achemso, REVTeX and IEEEtran cite to speak to BibTeX."""


def _aux(text: str) -> Iterator[tex_cites.Found]:
    r"""What LaTeX wrote down: `\citation` is LaTeX's own and natbib's, `\abx@aux@cite` biblatex's, whole lines both."""
    for line in _AUX.finditer(text):
        if line["file"] is not None:
            yield Inclusion(line["file"], line.start())
        elif line["all"]:
            yield Key("*", *line.span("all"))
        else:
            for piece in _PIECE.finditer(text, *line.span("keys")):
                if not _CONTROL_ENTRY.fullmatch(piece[0]):
                    yield Key(piece[0], *piece.span())


# --- .bcf -------------------------------------------------------------------------------------------------


class _ControlFile:
    """The handlers of an XML parser that collect the keys of a control file."""

    def __init__(self, name: str) -> None:
        from xml.parsers import expat

        self.name = name
        self.citations: list[Citation] = []
        self.sets: set[str] = set()
        self._text: list[str] | None = None
        self._members: str | None = None
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._root
        self._parser.CharacterDataHandler = self._characters
        self._parser.EndElementHandler = self._end

    def read(self, data: bytes) -> None:
        from xml.parsers.expat import ExpatError, errors

        try:
            self._parser.Parse(data, True)
        except ExpatError as error:
            message = f"this is no well-formed XML: {errors.messages[error.code]}"
            raise InputError(self.name, error.lineno, message, "run LaTeX again, which writes this file") from None

    def _doctype(self, *_: object) -> None:
        # A few entities that name each other can stand for gigabytes.
        raise InputError(self.name, self._parser.CurrentLineNumber, "a control file of biber has no DOCTYPE")

    def _root(self, tag: str, _: object) -> None:
        if not tag.endswith(" controlfile"):
            raise InputError(self.name, self._parser.CurrentLineNumber, "this XML is no control file of biber")
        self._parser.StartElementHandler = self._start

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith(" citekey"):
            self._text, self._members = [], attributes.get("members")

    def _characters(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def _end(self, _: str) -> None:
        if self._text is None:
            return
        key, self._text = "".join(self._text).strip(), None
        keys = [key]
        if self._members is not None:
            self.sets.add(key)
            keys = [member.strip() for member in self._members.split(",")]
        line = self._parser.CurrentLineNumber
        self.citations += [Citation(key, self.name, line) for key in keys if key]


def _bcf(name: str, data: bytes) -> Citations:
    """What biblatex tells biber: its `bcf:citekey` elements, of which a set of entries names its members."""
    file = _ControlFile(name)
    file.read(data)
    return _result(file.citations, file.sets)


def _result(citations: list[Citation], sets: set[str], problems: Iterable[Problem] = ()) -> Citations:
    """All that was found; a set of entries is none itself."""
    kept = (citation for citation in citations if citation.key != "*" and citation.key not in sets)
    return Citations(tuple(kept), any(citation.key == "*" for citation in citations), tuple(problems))
