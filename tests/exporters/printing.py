"""What BibTeX, Biber, pdfLaTeX and pdftotext make of a .bib file, and how their text is compared.

The text is taken out of the PDF, because a raw percent sign compiles cleanly and cuts a title in silence. The sheet
is so wide that no reference is broken into lines.
"""

from __future__ import annotations

import functools
import html
import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import needs

# --- documents --------------------------------------------------------------------------------------------

SHEET = r"""\documentclass{article}
\usepackage[paperwidth=570cm,paperheight=570cm,margin=2cm]{geometry}
%s
\usepackage{lmodern}
\usepackage{url}
\input{glyphtounicode}\pdfgentounicode=1
\tracinglostchars=2
\pagestyle{empty}
\linespread{3}
\begin{document}
%s
\end{document}
"""
T1 = r"\usepackage[T1]{fontenc}"
NATBIB = r"\usepackage{natbib}"


@dataclass(frozen=True)
class Build:
    """How a document prints its bibliography: its preamble, its end, and the program that reads the .bib file.

    In a list with labels, each entry begins with its own in brackets.
    """

    preamble: str
    end: str
    program: str
    has_labels: bool

    def body(self, cited: Sequence[str] = (), *, all_of_it: bool = True) -> str:
        """The document's text: all entries are in its list, or only those that it cites by their labels."""
        return "".join(f"\\cite{{{key}}} " for key in cited) + r"\nocite{*}" * all_of_it + self.end


def classic(style: str, *preamble: str) -> Build:
    """A document with one of BibTeX's styles: OT1 is the encoding of one without a preamble."""
    end = f"\\bibliographystyle{{{style}}}\\bibliography{{refs}}"
    return Build("\n".join(preamble), end, "bibtex", has_labels=NATBIB not in preamble)


def modern(style: str, *preamble: str) -> Build:
    """A document with one of biblatex's own styles that prints all names of an entry."""
    dashed = ",dashed=false" if style == "authoryear" else ""
    package = (
        f"\\usepackage[style={style},backend=biber,maxbibnames=99{dashed}]{{biblatex}}\\addbibresource{{refs.bib}}"
    )
    end = r"\printbibliography"
    return Build("\n".join([T1, *preamble, package]), end, "biber", has_labels=style != "authoryear")


@functools.cache
def has_package(name: str) -> bool:
    """Whether LaTeX finds a package; the fonts of lmodern are those whose text can be taken out of a PDF."""
    return (
        bool(shutil.which("kpsewhich"))
        and not subprocess.run(["kpsewhich", "-progname=pdflatex", name], capture_output=True, check=False).returncode
    )


def judged(test: Any) -> Any:
    """A test that the real programs judge."""
    fonts = pytest.mark.skipif(not has_package("lmodern.sty"), reason="not installed: lmodern")
    return needs("pdflatex", "bibtex", "pdftotext")(fonts(test))


def judged_by_biber(test: Any) -> Any:
    """A test that Biber and biblatex judge."""
    package = pytest.mark.skipif(not has_package("biblatex.sty"), reason="not installed: biblatex")
    return judged(needs("biber")(package(test)))


@dataclass(frozen=True)
class Printed:
    """What came out: what BibTeX or Biber complain of, the .bbl, LaTeX's errors by their entry, its warnings, the text.

    `rows` are the texts of the bibliography by the keys of its entries.
    """

    complaints: tuple[str, ...]
    bbl: bytes
    errors: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    text: str
    keys: tuple[str, ...]
    lines: tuple[str, ...]
    has_labels: bool

    @functools.cached_property
    def references(self) -> dict[str, str]:
        """The printed text of each entry by its key, in the numbered styles, however long it is."""
        found, rest = {}, "\n" + self.text
        for number, key in reversed(list(enumerate(self.keys, 1))):
            rest, mark, found[key] = rest.rpartition(f"\n[{number}] ")
            assert mark, f"[{number}] is not printed"
        return found

    @functools.cached_property
    def rows(self) -> dict[str, str]:
        """The printed text of each entry by its key, in any style; each must fit into one line of the sheet."""
        start = self.lines.index("References") + 1
        label = re.compile(r"\[(?:\S*|.*?\d[a-z]?)\] " if self.has_labels else "")
        rows = [line.removeprefix(label.match(line)[0]) for line in self.lines[start:]]  # type: ignore[index]
        assert len(rows) == len(self.keys)
        return dict(zip(self.keys, rows, strict=True))


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    # No line of a log is broken, and what a program that dies leaves behind stays in the folder.
    env = {**os.environ, "max_print_line": "100000", "TMPDIR": str(folder)}
    return subprocess.run(words, cwd=folder, env=env, capture_output=True, timeout=120, check=False)


def typeset(folder: Path, preamble: str, body: str, program: str = "", *, has_labels: bool = True) -> Printed:
    """Compile a document as its author would; no error stops it, so that each is found."""
    (folder / "paper.tex").write_text(SHEET % (preamble, body), "ascii")
    latex = ("pdflatex", "-interaction=nonstopmode", "-file-line-error", "paper")
    complaints: tuple[str, ...] = ()
    if program:
        run(folder, *latex)
        complaints = _complaints(run(folder, program, "paper").stdout.decode("utf-8", "replace"))
        run(folder, *latex)
    ended = run(folder, *latex)
    bbl = (folder / "paper.bbl").read_bytes() if program else b""
    log = (folder / "paper.log").read_bytes().decode("utf-8", "replace")
    errors = list(_errors(log, bbl))
    if ended.returncode and not errors:
        errors.append(("", f"pdflatex ended with {ended.returncode}"))
    raw = run(folder, "pdftotext", "-raw", "-enc", "UTF-8", "paper.pdf", "-")
    words = run(folder, "pdftotext", "-bbox", "-enc", "UTF-8", "paper.pdf", "-")
    return Printed(
        complaints,
        bbl,
        tuple(errors),
        tuple(re.findall(r"^(?:LaTeX|Package|Class|pdfTeX).*? [Ww]arning.*", log, re.MULTILINE)),
        raw.stdout.decode("utf-8").replace("\f", ""),
        tuple(_keys(folder, bbl, program)),
        tuple(_lines(words.stdout.decode("utf-8"))),
        has_labels,
    )


_LINE, _BLANK = 18, 1.2
"""Points: what is farther below is on the next line, and what is nearer an index; a blank is wider than a kern."""


def _lines(boxes: str) -> Iterator[str]:
    """The lines of a document, by the places of its words: what is raised or lowered stays in its line."""
    for page in boxes.split("<page ")[1:]:
        found = re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page)
        words = sorted(
            ((float(top) + float(low)) / 2, float(left), float(right), html.unescape(word))
            for left, top, right, low, word in found
        )
        starts = [n for n, word in enumerate(words) if not n or word[0] - words[n - 1][0] > _LINE]
        for start, end in pairwise([*starts, len(words)]):
            line, edge = "", 0.0
            for _, left, right, word in sorted(words[start:end], key=lambda each: each[1]):
                line += " " + word if line and left - edge > _BLANK else word
                edge = right
            yield line


def _complaints(said: str) -> tuple[str, ...]:
    marks = ("Warning--", "WARN - ", "ERROR - ")
    return tuple(
        line
        for line in said.splitlines()
        if line.startswith(marks) or "---line " in line or "error message" in line or "Repeated entry" in line
    )


def _errors(log: str, bbl: bytes) -> list[tuple[str, str]]:
    found = []
    lines = bbl.decode("utf-8", "replace").split("\n")
    for line in log.split("\n"):
        error = re.match(r"(?:\./)?paper\.(tex|bbl):(\d+): (.*)", line)
        if error:
            before = lines[: int(error[2])] if error[1] == "bbl" else []
            keys = [key[1] for key in (re.search(r"\{([^{}]+)\}$", item) for item in _items(before)) if key]
            found.append((keys[-1] if keys else "", error[3]))
        elif line.startswith("!") or "Missing character" in line or re.search(r"Warning: .*undefined", line):
            found.append(("", line))
    return found


def _items(lines: Sequence[str]) -> list[str]:
    """The `\\bibitem` of each entry; a long one goes on in the next line."""
    return [
        line if line.endswith("}") or at + 1 == len(lines) else line + lines[at + 1]
        for at, line in enumerate(lines)
        if line.startswith("\\bibitem")
    ]


def _keys(folder: Path, bbl: bytes, program: str) -> list[str]:
    """The keys of the entries in the order in which they are printed."""
    if program == "biber":
        return re.findall(r"^\s*\\entry\{(.+?)\}\{", bbl.decode("utf-8"), re.MULTILINE)
    aux = (folder / "paper.aux").read_bytes().decode("utf-8", "replace")
    return re.findall(r"^\\bibcite\{(.+?)\}\{", aux, re.MULTILINE)


def bibliography(folder: Path, bib: str, build: Build, cited: Sequence[str] = (), *, all_of_it: bool = True) -> Printed:
    """The reference list of a .bib file, of the whole of it or of the keys that the text cites by their labels."""
    folder.mkdir(exist_ok=True)
    (folder / "refs.bib").write_bytes(bib.encode("ascii" if build.program == "bibtex" else "utf-8"))
    body = build.body(cited, all_of_it=all_of_it)
    return typeset(folder, build.preamble, body, build.program, has_labels=build.has_labels)


def beyond_empty_fields(complaints: Sequence[str]) -> list[str]:
    """BibTeX's complaints but for those that a record says too little."""
    return [line for line in complaints if not re.match(r"Warning--(?:empty|all relevant fields are empty) ", line)]


# --- comparing what is printed ----------------------------------------------------------------------------

_SHAPES = str.maketrans({"˜": "~", "ˆ": "^", "∆": "Δ", "◦": "°", "∗": "*", "µ": "μ", "∼": "~", "⋅": "·"})
_LETTERS = str.maketrans({"ı": "i", "ȷ": "j", "đ": "d", "Đ": "D", "Ð": "D", "ł": "l", "Ł": "L"})
_WORD = re.compile(r"[^\s\-‐‑‒–—/.,:;!?()'\"“”‘’„«»]+")


def shape(text: str) -> str:
    """A text without what typesetting is free to change: blanks, hyphens and dashes, the shapes of quotes.

    Underscores go too: OT1 draws them, as a line that is no text.
    """
    text = unicodedata.normalize("NFKC", text.translate(_SHAPES)).replace(",,", "")
    return re.sub(r"[\s_\-‐‑‒–—−⁄'\"`‘’‚“”„′″]", "", text)


def bare(text: str) -> str:
    """The same without accents, which OT1 prints beside their letters."""
    text = unicodedata.normalize("NFKD", shape(text.translate(_LETTERS)))
    return re.sub(r"[\u0300-\u036f.,~^´¨ˇ˘˚¸˝˙¯˛]", "", text)


def alike(text: str) -> Callable[[str], str]:
    """How to compare a text: by its bare letters where it has accents."""
    accented = text.translate(_LETTERS) != text or any(map(unicodedata.combining, unicodedata.normalize("NFD", text)))
    return bare if accented else shape


def unescaped(text: str) -> str:
    """A text without the backslashes that escape a special: the page said `5\\%`, and means 5%."""
    return re.sub(r"(?<!\\)((?:\\\\)*)\\([&%$#_])", r"\1\2", text)


def lost_capitals(printed: str, expected: str) -> list[str]:
    """The words of `expected` with a capital behind their first letter that are printed in another case.

    `printed` holds the whole of `expected`, but for case.
    """
    same = alike(expected)
    got, start = same(printed), same(printed).lower().index(same(expected).lower())
    lost = []
    for word in _WORD.finditer(expected):
        at = start + len(same(expected[: word.start()]))
        want = same(word[0])
        if any(char.isupper() for char in word[0][1:]) and got[at : at + len(want)] != want:
            lost.append(word[0])
    return lost


def assert_prints(printed: str, expected: str) -> None:
    """The text is printed, in whatever case, and its words with inner capitals are printed in theirs."""
    same = alike(expected)
    assert same(expected).lower() == same(printed).lower()
    assert lost_capitals(printed, expected) == []
