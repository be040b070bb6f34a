"""The proof: a hostile bibliography goes through litcli, through LaTeX, and comes out on paper as its records mean.

A .bib file is read into a library, the library is exported in both dialects, and each export is printed in the styles
that people use. A log is clean where there is no error, no citation undefined, no character missing, and no warning
but those that are named here with their reason; and what stands on the page is compared with what was written down
beforehand, letter by letter.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from litcli.exporters import biblatex
from litcli.exporters.options import Options
from litcli.paper import Entry, Paper, Person
from tests.conftest import Program, needs
from tests.exporters import hostile
from tests.exporters.hostile import INITIALS, MONTHS, PRINTS, Prints
from tests.exporters.printing import (
    NATBIB,
    T1,
    Build,
    Printed,
    alike,
    beyond_empty_fields,
    bibliography,
    classic,
    judged,
    judged_by_biber,
    modern,
    run,
)

AMS = r"\usepackage{amsmath,amssymb}"
NATBIBS = ("plainnat", "abbrvnat", "unsrtnat")
CLASSIC = {
    **{style: classic(style) for style in ("plain", "abbrv", "alpha")},
    **{style: classic(style, NATBIB) for style in NATBIBS},
    **{f"{style} in T1": classic(style, T1) for style in ("plain", "abbrv", "alpha")},
    **{f"{style} in T1": classic(style, T1, NATBIB) for style in NATBIBS},
    "plain in T1 with amsmath": classic("plain", T1, AMS),
}
MODERN = {style: modern(style) for style in ("numeric", "alphabetic", "authoryear")}
UNSORTED = {"date-press", "date-range"}
"""Entries whose year is no number: Biber warns that it cannot sort them by it, and prints it as it stands."""


# --- from the sources to the page -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program, with the corpus in its library."""
    program = Program(tmp_path_factory.mktemp("corpus"))
    program.write("library.toml", hostile.LIBRARY)
    program.write("hostile.bib", hostile.BIB)
    program.write("scripts.bib", hostile.SCRIPTS)
    done = program("import", "hostile.bib", "--json").json
    scripts = program("import", "scripts.bib", "--tag", "script", "--json").json
    read = hostile.PRINTS.keys() | hostile.SCRIPT_PRINTS.keys()
    assert done["imported"] + scripts["imported"] == sum(not key.startswith("lib-") for key in read)
    assert (done["merged"], done["failed"], scripts["merged"], scripts["failed"]) == (0, 0, 0, 0)
    return program


@pytest.fixture(scope="module")
def on_paper(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Printed]:
    """What a build prints of the corpus; each is compiled once."""
    folder = tmp_path_factory.mktemp("paper")

    @functools.cache
    def printed(name: str) -> Printed:
        if name in CLASSIC:
            bib = program("export", "--to", "bibtex").out
            return bibliography(folder / name.replace(" ", "-"), bib, CLASSIC[name], _keys(bib))
        # pdfLaTeX stops at a character in UTF-8 that it has no letter for (the export warns of each).
        bib = program("export", "--to", "biblatex", "NOT tag:script").out
        return bibliography(folder / name, bib, MODERN[name], _keys(bib)[::10])

    return printed


def _keys(bib: str) -> list[str]:
    return re.findall(r"^@\w+\{(.+),$", bib, re.MULTILINE)


# --- what should stand there ----------------------------------------------------------------------------------


def names(prints: Prints, *, initials: bool = False) -> str:
    """The names of an entry, joined as the classic styles and biblatex do in English."""
    shown = [initialled(name) if initials else name for name in prints.people]
    if prints.et_al:
        return f"{shown[0]} et al." if len(shown) == 1 else f"{', '.join(shown)}, et al."
    if len(shown) < 3:
        return " and ".join(shown)
    return f"{', '.join(shown[:-1])}, and {shown[-1]}"


def initialled(name: str) -> str:
    return INITIALS.get(name) or re.sub(r"^Jane ", "J. ", name)


def reference(prints: Prints, style: str) -> str:
    """The whole reference in one of BibTeX's styles."""
    rest = prints.rest
    if style in NATBIBS:
        rest = prints.natbib or rest
        rest += f". doi: {prints.doi}" if prints.doi else ""
        rest += f". URL {prints.url}" if prints.url else ""
    if style.startswith("abbrv"):
        for month, short in MONTHS.items():
            rest = re.sub(rf"\b{month}(?= \d{{4}}\b)", short, rest)
        rest = rest.replace("In Jo Doe", f"In {INITIALS['Jo Doe']}")
    blocks = [names(prints, initials=style.startswith("abbrv")) + prints.role, prints.title + rest, prints.note]
    return " ".join(block if block.endswith(".") else f"{block}." for block in blocks if block)


def encoded(url: str) -> str:
    """An address as Biber hands it on: with what RFC 3986 does not allow in one percent-encoded."""
    return re.sub(r"[][^|{}<>]", lambda sign: f"%{ord(sign[0]):02X}", url)


def exact(text: str) -> str:
    """A text as it is: composed, the dots of an ellipsis, which are set apart, side by side."""
    return unicodedata.normalize("NFC", text).replace("µ", "μ").replace("∆", "Δ").replace(". . .", "...")


SIGNS = str.maketrans({"⩽": "≤", "⟨": "<", "⟩": ">"})
"""Of amssymb's \\leqslant, and of angles in an address that is set in OT1's roman, as natbib sets a DOI."""


def same(prints: Prints, expected: str, build: str) -> Callable[[str], str]:
    """How to compare: letter by letter, but without blanks and accents in OT1, which has no accented letters."""
    return alike(expected) if prints.is_loose or (build in CLASSIC and "T1" not in build) else exact


# --- the classic styles ---------------------------------------------------------------------------------------


@judged
@pytest.mark.parametrize("build", CLASSIC)
class TestClassicStyles:
    def test_bibtex_misses_nothing_but_fields_that_no_record_says(
        self, on_paper: Callable[[str], Printed], build: str
    ) -> None:
        assert beyond_empty_fields(on_paper(build).complaints) == []

    def test_the_log_is_clean(self, on_paper: Callable[[str], Printed], build: str) -> None:
        assert on_paper(build).errors == ()
        assert on_paper(build).warnings == ()

    def test_each_reference_is_what_the_record_means(self, on_paper: Callable[[str], Printed], build: str) -> None:
        rows = on_paper(build).rows
        wrong = {}
        for key, prints in PRINTS.items():
            whole = reference(prints, build.split(maxsplit=1)[0])
            compared = same(prints, whole, build)
            if compared(rows[key].translate(SIGNS)) != compared(whole):
                wrong[key] = (rows[key], whole)
        assert wrong == {}


# --- biblatex -------------------------------------------------------------------------------------------------


@judged_by_biber
@pytest.mark.parametrize("build", MODERN)
class TestBiblatex:
    def test_biber_warns_only_of_years_that_are_no_numbers(
        self, on_paper: Callable[[str], Printed], build: str
    ) -> None:
        doubts = [
            re.fullmatch(r"WARN - legacy year .* in entry '(.*)' is not .*", one) for one in on_paper(build).complaints
        ]
        assert [doubt and doubt[1] in UNSORTED for doubt in doubts] == [True] * len(UNSORTED)

    def test_the_log_is_clean(self, on_paper: Callable[[str], Printed], build: str) -> None:
        assert on_paper(build).errors == ()
        assert on_paper(build).warnings == ()

    def test_each_reference_says_what_the_record_means(self, on_paper: Callable[[str], Printed], build: str) -> None:
        rows = on_paper(build).rows
        wrong = {}
        for key, prints in PRINTS.items():
            told = [prints.kept or prints.title, prints.note, prints.doi, prints.url]
            told += [*prints.pieces] if build != "authoryear" else []
            told = [encoded(text) if text.startswith("https:") else text for text in told]
            lost = [
                text for text in told if same(prints, text, build)(text) not in same(prints, text, build)(rows[key])
            ]
            if lost:
                wrong[key] = (rows[key], lost)
        assert wrong == {}

    def test_the_names_are_those_of_the_record(self, on_paper: Callable[[str], Printed], build: str) -> None:
        rows = on_paper(build).rows
        wrong = {}
        for key, prints in PRINTS.items():
            compared = same(prints, names(prints), build)
            if build == "authoryear":
                # The first name is inverted.
                words = " ".join(prints.people).replace(",", "").split()
                ok = all(compared(word) in compared(rows[key]) for word in words)
            else:
                # A comma stands before Jr. in classic styles alone, and a blank behind the ’ of a particle.
                printed, expected = (
                    compared(text.replace(",", "").replace("’ ", "’")) for text in (rows[key], names(prints))
                )
                ok = printed.startswith(expected)
            if not ok:
                wrong[key] = (rows[key], prints.people)
        assert wrong == {}


# --- other scripts ---------------------------------------------------------------------------------------------


def code_points(text: str) -> str:
    """What pdfLaTeX prints of a text in scripts that it has no letters for."""
    return "".join(f"[U+{ord(char):X}]" if is_strange(char) else char for char in text)


def is_strange(char: str) -> bool:
    """Whether TeX's own fonts lack a character: they have Latin, and the letters of Greek without accents."""
    name = unicodedata.name(char, "")
    return ord(char) > 0x17F and not (name.startswith("GREEK") and "WITH" not in name)


def judged_by_xelatex(test: Any) -> Any:
    return judged_by_biber(needs("xelatex")(test))


@judged
@pytest.mark.parametrize("build", CLASSIC)
def test_other_scripts_are_printed_by_their_code_points(on_paper: Callable[[str], Printed], build: str) -> None:
    rows = on_paper(build).rows
    for key, prints in hostile.SCRIPT_PRINTS.items():
        whole = code_points(reference(prints, build.split(maxsplit=1)[0]))
        assert same(prints, whole, build)(rows[key]) == same(prints, whole, build)(whole)


@judged_by_xelatex
def test_xelatex_is_given_the_characters_themselves(program: Program, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(program("export", "--to", "biblatex", "tag:script").out, "utf-8")
    (tmp_path / "paper.tex").write_text(
        "\\documentclass{article}\\tracinglostchars=2\n"
        "\\usepackage[backend=biber]{biblatex}\\addbibresource{refs.bib}\n"
        "\\begin{document}\\nocite{*}\\printbibliography\\end{document}\n",
        "ascii",
    )
    latex = ("xelatex", "-interaction=nonstopmode", "-file-line-error", "paper")
    run(tmp_path, *latex)
    run(tmp_path, "biber", "paper")
    assert run(tmp_path, *latex).returncode == 0
    # Latin Modern lacks them, and XeTeX says which ones it looked for.
    log = (tmp_path / "paper.log").read_text("utf-8", "replace")
    said = "".join(f"{names(prints)}{prints.title}{prints.rest}" for prints in hostile.SCRIPT_PRINTS.values())
    assert set(re.findall(r"There is no (.)", log)) == set(filter(is_strange, said))


# --- papers of one volume --------------------------------------------------------------------------------------


VOLUME = "Proceedings of Crossed References"
FIRST = ("Ann Lee", "The first talk on BERT", "1–10")
SECOND = ("Bob Roy", "The second talk on 50%", "11–20")


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program, with two papers of one volume in its library; a document cites one of them, and another both."""
    program = Program(tmp_path_factory.mktemp("volume"))
    program.write("library.toml", "format = 1\n")
    program("import", program.write("parents.bib", hostile.PARENTS))
    program.write("one.tex", r"\cite{child1}")
    program.write("both.tex", r"\cite{child1,child2}")
    return program


@judged
@pytest.mark.parametrize("style", ["plain", "plainnat"])
def test_a_paper_that_is_cited_alone_says_all_of_its_volume(volume: Program, tmp_path: Path, style: str) -> None:
    bib = volume("export", "--cited-in", "one.tex").out
    build = classic(style, T1, *([NATBIB] if style == "plainnat" else []))
    printed = bibliography(tmp_path, bib, build, ["child1"], all_of_it=False)
    assert (beyond_empty_fields(printed.complaints), printed.errors, printed.warnings) == ([], (), ())
    who, title, pages = FIRST
    assert printed.rows == {"child1": f"{who}. {title}. In Bo Chen, editor, {VOLUME}, pages {pages}. Acme & Co, 2017."}


@judged_by_biber
def test_angle_brackets_of_a_formula_stay_those_of_formulas_though_biber_makes_them_characters(tmp_path: Path) -> None:
    paper = Paper(title=r"States $\langle x|y\rangle$", authors=(Person("Doe", "Γι"),), year=2020)
    bib = biblatex.write([Entry("k", paper)], Options()).text
    preamble = r"\usepackage[giveninits=true]{biblatex}\addbibresource{refs.bib}"
    printed = bibliography(tmp_path, bib, Build(preamble, r"\printbibliography", "biber", has_labels=True))
    assert (printed.complaints, printed.errors, printed.warnings) == ((), (), ())
    assert "Γ. Doe" in printed.text
    assert "⟨x|y⟩" in printed.text


@judged
def test_papers_that_are_cited_together_refer_to_their_volume(volume: Program, tmp_path: Path) -> None:
    bib = volume("export", "--cited-in", "both.tex").out
    printed = bibliography(tmp_path, bib, classic("plain", T1), ["child1", "child2"], all_of_it=False)
    assert (beyond_empty_fields(printed.complaints), printed.errors, printed.warnings) == ([], (), ())
    assert printed.rows == {
        "parent": f"Bo Chen, editor. {VOLUME}. Acme & Co, 2017.",
        **{
            key: f"{who}. {title}. In Chen [1], pages {pages}."
            for key, (who, title, pages) in (("child1", FIRST), ("child2", SECOND))
        },
    }


@judged_by_biber
@pytest.mark.parametrize(("document", "count"), [("one", 1), ("both", 3)])
def test_biblatex_prints_the_volume_with_each_paper_and_by_itself_for_two(
    volume: Program, tmp_path: Path, document: str, count: int
) -> None:
    bib = volume("export", "--to", "biblatex", "--cited-in", f"{document}.tex").out
    cited = ["child1", "child2"][: 2 if document == "both" else 1]
    printed = bibliography(tmp_path, bib, modern("numeric"), cited, all_of_it=False)
    assert (printed.complaints, printed.errors, printed.warnings) == ((), (), ())
    assert len(printed.rows) == count
    for key, (who, title, pages) in zip(cited, (FIRST, SECOND), strict=False):
        assert printed.rows[key] == f"{who}. “{title}”. In: {VOLUME}. Ed. by Bo Chen. Acme & Co, 2017, pp. {pages}."
    if document == "both":
        assert printed.rows["parent"] == f"Bo Chen, ed. {VOLUME}. Acme & Co, 2017."
