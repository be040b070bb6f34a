"""What documents cite: LaTeX by the looks of its source, .aux and .bcf files, Markdown by the rules of pandoc."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from litcli.errors import InputError
from litcli.latex import Citations, cited, decode
from tests.conftest import needs

Cites = Callable[..., Citations]


@pytest.fixture
def cites(tmp_path: Path) -> Cites:
    """What a text cites when it is the file of some name, and other files stand beside it."""

    def read(text: str | bytes, name: str = "paper.tex", **others: str) -> Citations:
        for other, content in others.items():
            write(tmp_path / other.replace("__", "/").replace("_", "."), content)
        return cited(write(tmp_path / name, text))

    return read


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def keys(found: Citations) -> str:
    """The keys in their order, and a star where everything is cited."""
    return " ".join([*(citation.key for citation in found.citations), *["*"][: found.everything]])


# --- LaTeX: the commands ----------------------------------------------------------------------------------

ONE_KEY = """
cite nocite citet citep citealt citealp citeauthor citefullauthor citeyear citeyearpar citenum citetalias citepalias
Citet Citep Citealt Citealp Citeauthor shortcites
autocite textcite parencite footcite footcitetext smartcite supercite fullcite footfullcite citetitle citedate citeurl
Autocite Textcite Parencite Footcite Smartcite notecite pnotecite fnotecite Notecite Pnotecite
shortcite citeA citeNP fullciteA citeyearNP shortciteA citeasnoun citeonline newcite yrcite
bibentry textcquote blockcquote
""".split()


@pytest.mark.parametrize("command", ONE_KEY)
def test_a_citation_command_cites_the_keys_in_its_braces(cites: Cites, command: str) -> None:
    assert keys(cites(rf"As \{command}[see][p.~3]{{one, two}} and {{three}} say")) == "one two"


@pytest.mark.parametrize("command", "citet citep citeauthor Citet parencite cite autocite".split())
def test_a_star_belongs_to_the_command(cites: Cites, command: str) -> None:
    assert keys(cites(rf"\{command}*[p.~3]{{one}}")) == "one"


@pytest.mark.parametrize(
    "text",
    [
        r"\citetext{see below}",
        r"\crefcite{one}",
        r"\setcitestyle{round}",
        r"\bibcite{one}{1}",
        r"\bibitem{one}",
        r"\ref{one} \cref{one} \label{one}",
        r"\newcites{own}{Own work}",
        r"\bstctlcite{IEEEexample:BSTcontrol}",
        r"\DeclareCiteCommand{\one}{two}{three}{four}{five}",
        r"\AtEveryCitekey{one}",
        r"\\cite{one}",
        r"cite{one}",
        r"\cite one",
        r"\cite",
        r"\cite{",
        r"\cite[see{one}",
        r"{\cite[see}]{one}",
    ],
)
def test_other_commands_cite_nothing(cites: Cites, text: str) -> None:
    assert keys(cites(text)) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\apud[12]{one}[3]{two}", "one two"),
        (r"\volcite{2}{one}", "one"),
        (r"\volcite[see]{2}[5]{one, two}", "one two"),
        (
            r"\pvolcite{1}{a} \fvolcite{1}{b} \svolcite{1}{c} \tvolcite{1}{d} \avolcite{1}{e} \Tvolcite{1}{f}",
            "a b c d e f",
        ),
        (r"\cites{a}{b}", "a b"),
        (r"\cites(see)(and more)[1]{a}[cf.][2]{b}{c}", "a b c"),
        (
            r"\parencites*{a}{b} \textcites{c}{d} \Textcites{e}{f} \footcites{g}{h} \autocites{i}{j}",
            "a b c d e f g h i j",
        ),
        (r"\volcites(pre){1}[5]{a}[see]{2}{b}", "a b"),
        (r"\cites{a} and {b}", "a"),
        ("\\cites{a}\n\n{\\bf A new paragraph}", "a"),
        ("\\cites{a}% a comment ends no paragraph\n{b}", "a b"),
        ("\\cites{a}% but the empty line behind it does\n\n{\\bf A new paragraph}", "a"),
        (r"\defcitealias{one}{Paper~I} \citetalias{one}", "one one"),
        (r"\citename{one}[given]{author} \citelist{two}{publisher} \citefield{three}{title}", "one two three"),
        (r"\foreigntextcquote{german}[3]{one}{Zitat} \begin{displaycquote}[3]{two}Quote\end{displaycquote}", "one two"),
        (r"\defbibentryset{both}{a, b} \cite{both, c}", "a b c"),
        (r"\nocite{*}", "*"),
        (r"\nocite{a,*}", "a *"),
        (r"\cite{a,*b}", "a b"),
    ],
)
def test_the_arguments_of_special_commands(cites: Cites, text: str, expected: str) -> None:
    assert keys(cites(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\cite{ a ,b , c }", "a b c"),
        (r"\cite{a,,b,}", "a b"),
        (r"\cite{}", ""),
        ("\\cite{a,\n  b}", "a b"),
        ("\\cite{a,% not this: \\cite{x}\n  b% nor, this\n}", "a b"),
        ("\\cite{ab% a key across two lines\n   cd}", "abcd"),
        (r"\cite[see {[3]}, p.~5][]{a, b}", "a b"),
        (r"\cite[see [3]{a}", "a"),
        (r"\cite[\textit{see}][{\S}3]{a}", "a"),
        ("\\cite\n  [p.~3]% comment\n  % another\n  [or 4]\n  {a}", "a"),
        ("\\cite\r\n[p.~3]\r\n{a}", "a"),
        (r"\cite <2-> [p. 3] {a}", "a"),
        (r"\cite<1>{a}", "a"),
        (r"\citeA<see, e.g.,>[p.~3]{a}", "a"),
        (r"\cite[see \cite{b}]{a}", "b a"),
        (r"\citetext{see \citealt{a}, but \citealp{b}}", "a b"),
        (r"\footnote{see \cite{a}}\cite{b}", "a b"),
        (r"\cite{{a},b}", "a b"),
        (r"\cite{Müller:2020/a+b_c}", "Müller:2020/a+b_c"),
        (r"\cite{a}\cite{a}", "a a"),
        (r"\citet{a}'s", "a"),
    ],
)
def test_keys_are_found_between_blanks_comments_and_options(cites: Cites, text: str, expected: str) -> None:
    assert keys(cites(text)) == expected


# --- LaTeX: what is not read ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("% \\cite{no}\n\\cite{a}", "a"),
        (r"50\% \cite{a}", "a"),
        (r"line\\% \cite{no}", ""),
        (r"\\\% \cite{a}", "a"),
        (r"\begin{comment}\cite{no}\end{comment}\cite{a}", "a"),
        (r"\begin{verbatim}% \cite{no}\end{verbatim}\cite{a}", "a"),
        (r"\begin{Verbatim}[numbers=left]\cite{no}\end{Verbatim}\cite{a}", "a"),
        (r"\begin{lstlisting}[language=TeX]\cite{no}\end{lstlisting}\cite{a}", "a"),
        (r"\begin{minted}{latex}\cite{no}\end{minted}\cite{a}", "a"),
        (r"\begin{filecontents*}{x.bib}\cite{no}\end{filecontents*}\cite{a}", "a"),
        (r"\begin{verbatim}\end{Verbatim}\cite{no}\end{verbatim}\cite{a}", "a"),
        (r"\lstnewenvironment{code}{}{}\begin{code}\cite{no}\end{code}\cite{a}", "a"),
        (r"\begin{itemize}\item\cite{a}\end{itemize}", "a"),
        (r"\verb|\cite{no}|\cite{a}", "a"),
        (r"\verb*+\cite{no}+ \cite{a}", "a"),
        (r"\verb!%! \cite{a}", "a"),
        ("\\verb|never closed \\cite{no}\n\\cite{a}", "a"),
        (r"\lstinline|\cite{no}| \lstinline{\cite{no}} \lstinline[language=C]!\cite{no}! \cite{a}", "a"),
        (r"\mintinline{latex}|\cite{no}| \mintinline[fontsize=\small]{latex}{\cite{no}} \cite{a}", "a"),
        (r"\url{https://example.org/a%20b} \cite{a}", "a"),
        (r"\href{https://example.org/a%20b}{see \cite{a}}", "a"),
        (r"\path (0,0) -- (1,1) node {\cite{a}};", "a"),
        (r"\iffalse \cite{no} \fi \cite{a}", "a"),
        (r"\iffalse \ifx\x\y \cite{no} \else \cite{no} \fi \cite{no} \fi \cite{a}", "a"),
        (r"\iffalse \ifthenelse{\cite{no}}{}{} \fi \cite{a}", "a"),
        (r"\newif\ifdraft \iffalse \ifdraft\cite{no}\fi \cite{no}\fi \cite{a}", "a"),
        (r"\iffalse \cite{no} \else \cite{a} \fi", "a"),
        (r"\ifdraft \cite{a} \else \cite{b} \fi", "a b"),
        (r"\let\ifdraft\iffalse \cite{a} \ifdraft\cite{b}\fi", "a b"),
        (r"\cite{a}\end{document}\cite{no}", "a"),
        ("\\cite{a}\n\\endinput\n\\cite{no}", "a"),
        (r"\ifx\x\y\endinput\fi\cite{a}", "a"),
        (r"\verb|\end{document}| \cite{a}", "a"),
    ],
)
def test_what_tex_does_not_read_cites_nothing(cites: Cites, text: str, expected: str) -> None:
    assert keys(cites(text)) == expected


# --- LaTeX: commands of the document's own ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("definition", "use", "expected"),
    [
        (r"\newcommand{\ct}[1]{\citet{#1}}", r"\ct{a}", "a"),
        (r"\newcommand\ct[1]{\citet{#1}}", r"\ct{a}", "a"),
        (r"\newcommand*{\ct}[2][]{\citet[#1]{#2}}", r"\ct[p.~3]{a, b} \ct{c}", "a b c"),
        (r"\newcommand{\citesec}[2]{\cite[Section~#1]{#2}}", r"\citesec{3}{a}", "a"),
        (r"\def\both#1#2{\cite{#1} and \cite{#2}}", r"\both{a}{b}", "a b"),
        (r"\NewDocumentCommand{\ct}{s O{see} +m}{\citet[#2]{#3}}", r"\ct[cf.]{a}", "a"),
        (r"\newcommand{\ct}{\citet}", r"\ct[p.~3]{a}", "a"),
        (r"\let\ct\citet", r"\ct{a}", "a"),
        (r"\let\ct=\citet", r"\ct{a}", "a"),
        (r"\DeclareCiteCommand{\refer}{}{}{}{}", r"\refer{a}", "a"),
        (r"\newcommand{\ct}[1]{\citet{#1}}\newcommand{\cct}[1]{see \ct{#1}}", r"\cct{a}", "a"),
        (r"\newcommand{\known}[1]{#1~\cite{fixed}}", r"\known{a}", "fixed"),
        (r"\newcommand{\citewanted}[1]{[citation wanted: #1]}", r"\citewanted{a claim}", ""),
        (r"\renewcommand{\cite}[1]{[#1]}", r"\cite{a}", "a"),
        (r"\pdfstringdefDisableCommands{\def\cite#1{}\let\citep\relax}", r"\cite{a} \citep{b}", "a b"),
        (r"\let\oldcite\cite \renewcommand{\cite}[2][]{(\oldcite[#1]{#2})}", r"\cite[3]{a}", "a"),
        (r"\DeclareRobustCommand\citenum{\begingroup\NAT@parfalse\NAT@citexnum[][]}", r"\citenum{a}", "a"),
        (r"\newcommand{\mycite}{\@ifnextchar[{\@long}{\@short}}", r"\mycite{a}", "a"),
        (r"\renewcommand{\citeleft}{(}", r"{\cite{a}}", "a"),
    ],
)
def test_a_command_cites_what_its_definition_cites(cites: Cites, definition: str, use: str, expected: str) -> None:
    found = cites(f"{definition}\n\\begin{{document}}\n{use}\n\\end{{document}}")
    assert (keys(found), found.problems) == (expected, ())


def test_a_definition_in_a_file_that_was_read_before_holds(cites: Cites) -> None:
    assert keys(cites(r"\input{macros}\ct{a}", macros_tex=r"\newcommand{\ct}[1]{\citet{#1}}")) == "a"


def test_a_key_that_is_a_command_is_remarked_on_and_the_others_count(cites: Cites) -> None:
    found = cites("\n\\cite{a,\\mykey,b}")
    assert keys(found) == "a b"
    assert [(problem.line, problem.failed) for problem in found.problems] == [(2, 0)]


# --- LaTeX: other files -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        r"\cite{a}\input{chapters/one}\cite{b}",
        r"\cite{a}\input{chapters/one.tex}\cite{b}",
        r'\cite{a}\input{"chapters/one"}\cite{b}',
        "\\cite{a}\\input chapters/one\n\\cite{b}",
        r"\cite{a}\include{chapters/one}\cite{b}",
        r"\cite{a}\subfile{chapters/one}\cite{b}",
        r"\cite{a}\import{chapters}{one}\cite{b}",
        r"\cite{a}\subimport{chapters/}{one.tex}\cite{b}",
        r"\cite{a}\InputIfFileExists{chapters/one}{}{}\cite{b}",
    ],
)
def test_a_file_is_read_where_it_is_taken_in(cites: Cites, text: str) -> None:
    found = cites(text, chapters__one_tex=r"\cite{inner}\endinput \cite{no}")
    assert (keys(found), found.problems) == ("a inner b", ())


def test_names_in_an_inner_file_are_relative_to_the_main_one(cites: Cites) -> None:
    others = {"chapters__one_tex": r"\input{chapters/two}", "chapters__two_tex": r"\cite{two}"}
    assert keys(cites(r"\input{chapters/one}", **others)) == "two"


def test_names_in_an_imported_file_are_relative_to_its_folder(cites: Cites) -> None:
    others = {
        "part__one_tex": r"\input{two}\subimport{deep}{three}",
        "part__two_tex": r"\cite{two}",
        "two_tex": r"\cite{wrong}",
        "part__deep__three_tex": r"\cite{three}",
    }
    assert keys(cites(r"\import{part/}{one}", **others)) == "two three"


def test_a_circle_of_files_ends(cites: Cites) -> None:
    found = cites(r"\cite{a}\input{one}\input{paper}", one_tex=r"\cite{b}\input{paper}\input{one}")
    assert (keys(found), found.problems) == ("a b", ())


def test_a_file_is_read_once(cites: Cites) -> None:
    assert keys(cites(r"\input{one}\input{./one.tex}", one_tex=r"\cite{a}")) == "a"


def test_a_chain_of_many_files_is_read(cites: Cites) -> None:
    others = {f"f{n}_tex": rf"\input{{f{n + 1}}}" for n in range(1100)}
    assert keys(cites(r"\input{f0}", **others, f1100_tex=r"\cite{deep}")) == "deep"


def test_the_end_of_an_inner_document_is_not_that_of_the_main_one(cites: Cites) -> None:
    assert keys(cites(r"\subfile{one}\cite{b}", one_tex=r"\cite{a}\end{document}\cite{no}")) == "a b"


def test_a_missing_file_is_a_remark_with_its_place(cites: Cites, tmp_path: Path) -> None:
    found = cites("\\cite{a}\n\\input{gone}\n\\cite{b}")
    (problem,) = found.problems
    assert keys(found) == "a b"
    assert (problem.source, problem.line, problem.failed) == (str(tmp_path / "paper.tex"), 2, 0)
    assert "gone" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        r"\InputIfFileExists{gone}{}{}",
        r"% \input{gone}",
        r"\newcommand{\chapterfile}[1]{\input{chapters/#1}}",
        r"\includegraphics{gone}",
        r"\includeonly{gone}",
    ],
)
def test_what_need_not_be_there_is_not_missed(cites: Cites, text: str) -> None:
    assert cites(text).problems == ()


def test_a_file_that_is_no_text_is_a_remark(cites: Cites) -> None:
    found = cites(r"\input{one}\cite{a}", one_tex="\0\0")
    assert keys(found) == "a"
    assert "binary" in str(found.problems[0])


def test_a_name_that_no_file_can_have_is_a_remark(cites: Cites) -> None:
    assert len(cites(rf"\input{{{'x' * 5000}}}").problems) == 1


def test_a_bibliography_that_bibtex_wrote_is_not_read(cites: Cites) -> None:
    found = cites(r"\input{paper.bbl}", paper_bbl=r"\bibitem{a} In \cite{b}")
    assert (keys(found), found.problems) == ("", ())


# --- places -----------------------------------------------------------------------------------------------


def test_a_citation_says_where_it_stands(cites: Cites, tmp_path: Path) -> None:
    found = cites("Über\n\\input{sub/one}", sub__one_tex="%\r\nä \\cite[p.~3]{ a,\r\n  bcd}")
    first, second = found.citations
    assert first.file == second.file == str(tmp_path / "sub" / "one.tex")
    assert (first.key, first.line, first.start, first.end) == ("a", 2, 18, 19)
    assert (second.key, second.line, second.start, second.end) == ("bcd", 3, 24, 27)


def test_a_file_is_named_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "paper.tex", r"\cite{a}\input{one}")
    write(tmp_path / "one.tex", r"\cite{b}")
    monkeypatch.chdir(tmp_path)
    assert [citation.file for citation in cited("paper.tex").citations] == ["paper.tex", "one.tex"]


def test_a_span_covers_a_comment_inside_a_key(cites: Cites) -> None:
    text = "\\cite{ab% c\n  d}"
    (citation,) = cites(text).citations
    assert (citation.key, text[citation.start : citation.end]) == ("abd", "ab% c\n  d")


WORDS = st.text("abzAZ019:._/+-é", min_size=1, max_size=8)
AROUND = st.sampled_from(
    ["", " ", "\n", "% \\cite{no}\n", "text ", "\\emph{x} ", "[", "{", "\\verb|{|", "\\url{a%b} ", "é", "\\%", "\\\\"]
)


@given(st.lists(st.tuples(AROUND, st.sampled_from(["\\cite{%s}", "\\citep[x][]{ %s }", "\\cites{%s}"]), WORDS)))
def test_every_key_of_a_document_is_found_at_its_place(
    tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[str, str, str]]
) -> None:
    text, expected = "", []
    for before, command, key in parts:
        text += before + command % key + "\n\n"
        expected.append((key, len(text) - len(command.partition("%s")[2]) - 2 - len(key), text.count("\n") - 1))
    found = cited(write(tmp_path_factory.getbasetemp() / "places.tex", text))
    assert [(citation.key, citation.start, citation.line) for citation in found.citations] == expected


# --- encodings and faults ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("\\cite{müller}".encode(), "utf-8"),
        (b"\xef\xbb\xbf" + "\\cite{müller}".encode(), "utf-8-sig"),
        ("\\cite{müller}".encode("latin-1"), "latin-1"),
    ],
)
def test_a_document_is_utf_8_or_latin_1(cites: Cites, data: bytes, encoding: str) -> None:
    (citation,) = cites(data).citations
    assert (citation.key, citation.start, citation.end) == ("müller", 6, 12)
    text, name = decode("paper.tex", data)
    assert (name, text.encode(name)) == (encoding, data)


@pytest.mark.parametrize("data", [b"\\cite{a}\0", b"%PDF-1.5\n\\cite{a}", bytes(range(1, 32)) * 9])
def test_a_binary_file_is_refused(cites: Cites, data: bytes) -> None:
    with pytest.raises(InputError, match=r"paper\.tex:1: .*binary"):
        cites(data)


@pytest.mark.parametrize("name", ["gone.tex", "gone.aux", "gone.bcf", "gone.md", "gone"])
def test_a_missing_document_is_an_input_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="No such file") as error:
        cited(tmp_path / name)
    assert error.value.source == str(tmp_path / name)


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        cited(tmp_path)


@pytest.mark.parametrize("name", ["paper.tex", "paper.aux", "paper.md"])
def test_an_empty_document_cites_nothing(cites: Cites, name: str) -> None:
    assert cites("", name) == Citations(())


@pytest.mark.parametrize("name", "p.ltx p.latex p.Rnw p.Rtex p.TEX".split())
def test_the_suffix_says_what_is_latex(cites: Cites, name: str) -> None:
    assert keys(cites("% @no\n\\cite{a}", name)) == "a"


@pytest.mark.parametrize("name", "p.md p.markdown p.Rmd p.qmd p.txt".split())
def test_the_suffix_says_what_is_markdown(cites: Cites, name: str) -> None:
    assert keys(cites("100 % @a", name)) == "a"


@pytest.mark.parametrize(
    "text",
    [
        "\\documentclass{article}\n\\cite{a}",
        "\\relax \n\\citation{a}\n",
        '<bcf:controlfile xmlns:bcf="x">\n<bcf:citekey>a</bcf:citekey></bcf:controlfile>',
    ],
    ids=["tex", "aux", "bcf"],
)
def test_without_a_known_suffix_the_content_says_what_it_is(cites: Cites, text: str) -> None:
    assert keys(cites(text, "document")) == "a"


def test_a_document_of_another_kind_is_refused_with_the_suffixes(cites: Cites) -> None:
    with pytest.raises(InputError) as error:
        cites("nothing of the kind", "notes.odt")
    assert all(suffix in error.value.hint for suffix in (".tex", ".aux", ".bcf", ".md"))


# --- .aux -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\\relax \n\\citation{a,b}\n\\citation{a}\n", "a b a"),
        ("\\citation{a}\r\n\\citation{ b , c }\r\n", "a b c"),
        ("\\abx@aux@cite{0}{a}\n\\abx@aux@segm{0}{0}{a}\n\\abx@aux@cite{1}{b }\n", "a b"),
        ("\\abx@aux@cite{a}\n\\abx@aux@cite{2020}\n", "a 2020"),
        ("\\citation{*}\n", "*"),
        ("\\abx@aux@cite{0}{a}\n\\abx@aux@nociteall\n", "a *"),
        ("\\bibcite{a}{1}\n\\newlabel{b}{{1}{1}}\n\\bibdata{refs}\n\\bibstyle{plain}\n", ""),
        ("\\@writefile{toc}{\\contentsline {section}{\\citation{no}}{1}}\n", ""),
        (
            "\\citation{biblatex-control}\n\\citation{REVTEX42Control}\n\\citation{apsrev42Control}\n\\citation{a}\n",
            "a",
        ),
        ("\\citation{Key With Blank}\n", "Key With Blank"),
    ],
)
def test_an_aux_file_says_what_latex_cited(cites: Cites, text: str, expected: str) -> None:
    assert keys(cites(text, "paper.aux")) == expected


def test_the_aux_files_of_chapters_are_read_in_their_place(cites: Cites) -> None:
    text = "\\citation{a}\n\\@input{chapters/one.aux}\n\\citation{b}\n"
    others = {"chapters__one_aux": "\\citation{inner}\n\\@input{paper.aux}\n"}
    assert keys(cites(text, "paper.aux", **others)) == "a inner b"


def test_a_missing_aux_file_of_a_chapter_is_a_remark(cites: Cites) -> None:
    found = cites("\\citation{a}\n\\@input{one.aux}\n", "paper.aux")
    assert [(problem.line, problem.failed) for problem in found.problems] == [(2, 0)]


def test_a_citation_in_an_aux_file_has_its_place(cites: Cites) -> None:
    second = cites("\\relax \n\\citation{a, bc}\n", "paper.aux").citations[1]
    assert (second.key, second.line, second.start, second.end) == ("bc", 2, 21, 23)


# --- .bcf -------------------------------------------------------------------------------------------------


def bcf(*lines: str) -> str:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    name = "https://sourceforge.net/projects/biblatex"
    return "\n".join([f'{head}<bcf:controlfile version="3.8" xmlns:bcf="{name}">', *lines, "</bcf:controlfile>\n"])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('<bcf:section number="0"><bcf:citekey order="1" intorder="1">a</bcf:citekey></bcf:section>', "a"),
        ('<bcf:citekey order="1" nocite="1">a</bcf:citekey><bcf:citekey order="2">a</bcf:citekey>', "a a"),
        ('<bcf:citekey order="1" nocite="1">*</bcf:citekey>', "*"),
        ('<bcf:citekey order="1">a &amp; b</bcf:citekey>', "a & b"),
        ('<bcf:citekeycount count="1">no</bcf:citekeycount><bcf:datasource>no.bib</bcf:datasource>', ""),
        (
            '<bcf:citekey type="set" members="a,b">both</bcf:citekey><bcf:citekey order="1">both</bcf:citekey>',
            "a b",
        ),
    ],
)
def test_a_control_file_says_what_biblatex_cites(cites: Cites, line: str, expected: str) -> None:
    assert keys(cites(bcf(line), "paper.bcf")) == expected


def test_a_citation_in_a_control_file_has_a_line_but_no_span(cites: Cites) -> None:
    (citation,) = cites(bcf("", "<bcf:citekey>a</bcf:citekey>"), "paper.bcf").citations
    assert (citation.line, citation.start, citation.end) == (4, -1, -1)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (bcf("<bcf:citekey>a</bcf:citekez>"), 3),
        (bcf("<bcf:citekey>a</bcf:citekey>").removesuffix("</bcf:controlfile>\n"), 4),
        ("", 1),
        ("\n<html></html>", 2),
        ('<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "b">]>\n<x>&a;</x>', 2),
    ],
    ids=["not well-formed", "cut off", "empty", "of another kind", "with a DOCTYPE"],
)
def test_a_control_file_that_is_none_is_an_input_error(cites: Cites, text: str, line: int) -> None:
    with pytest.raises(InputError) as error:
        cites(text, "paper.bcf")
    assert error.value.line == line


def test_an_entity_bomb_is_not_lit(cites: Cites) -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    with pytest.raises(InputError, match="DOCTYPE"):
        cites(f'<!DOCTYPE x [<!ENTITY e0 "x">{entities}]><x>&e12;</x>', "paper.bcf")


# --- Markdown ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@a; see @b, p. 3]", "a b"),
        ("As @a [p. 3] says", "a"),
        ("[-@a] and -@b", "a b"),
        ("@{a key}", ""),
        ("[@{https://example.org/a?b=c}, p. 3]", "https://example.org/a?b=c"),
        ("@https://example.org/a", "https://example.org/a"),
        ("@{strange;key} and @{x}.", "strange;key x"),
        ("@Foo_bar.baz. And @a:b/c-d+e, (@x).", "Foo_bar.baz a:b/c-d+e x"),
        ("@a--b @c.. @d:, @e's", "a c d e"),
        ("@_a @2020x @Müller @李2020", "_a 2020x Müller 李2020"),
        ("@ a, @-b, @.c, @", ""),
        ("mail a@b.org or <c.d@e.org>", ""),
        (r"\@a and \\@b", "b"),
        ("`@no` ``a ` @no`` @a", "a"),
        ("a stray ` and @a", "a"),
        ("a stray ` here\n\n@a and ` there", "a"),
        (r"\`@a\`", "a"),
        ("`x` @a\n\n`@no` @b", "a b"),
        ("```\n@no\n```\n@a", "a"),
        ("~~~~ {.r}\n@no\n~~~\n@no\n~~~~~\n@a", "a"),
        ("- ```r\n  x@y @no\n  ```\n@a", "a"),
        ("> ```\n> @no\n> ```\n@a", "a"),
        ("```{r}\n#| fig-cap: From @a\nx <- '@no'\n```\n@b", "a b"),
        ("```{=latex}\n\\cite{a}\n```\n@b", "a b"),
        ("```\n@no", ""),
        ("```@a``` @b", "b"),
        ("<!-- @no\n\n@no --> @a", "a"),
        ("@a <!-- @b", "a b"),
        ("see https://example.org/@no and [@a](https://example.org/@no) [x](../@no/y)", "a"),
        ("@fig:one @tbl:one @eq:one @sec:one @lst:one @Fig:one @a", "a"),
        ("@fig-one @tbl-one @eq-one @sec-one @lst-one @figure2020 @section", "figure2020 section"),
        (r"\citep[p. 3]{a, b} and @c and \textcite{d}", "a b c d"),
        (r"50 % of \cite{a}", "a"),
        (r"`\cite{no}` \input{gone} \cite{a}", "a"),
        ("---\ntitle: x\nnocite: |\n  @a, @b\n---\n\n@c", "a b c"),
        ("---\nnocite: '@*'\n---\n\n@c", "c *"),
        ("---\nnocite: |\n  @a, @*\n---\n", "a *"),
        ('---\nnocite:\n  - "@*"\nauthor: x@y.org\n---\n', "*"),
        ("An @* in the text", ""),
        ("[@a\r\n; @b]\r\n", "a b"),
    ],
)
def test_a_markdown_text_cites(cites: Cites, text: str, expected: str) -> None:
    found = cites(text, "paper.md")
    assert (keys(found), found.problems) == (expected, ())


def test_citations_in_markdown_have_their_places(cites: Cites) -> None:
    text = "`x`\n\nSee @a, \\cite{bc} and [@{d:}]."
    found = cites(text, "paper.md").citations
    assert [(c.line, text[c.start : c.end]) for c in found] == [(3, "a"), (3, "bc"), (3, "d:")]


# --- any input --------------------------------------------------------------------------------------------

FRAGMENTS = r"""
\cite \cites \volcite \nocite \citetext \newcommand \def \let \NewDocumentCommand \x #1 ## { } [ ] ( ) < > * , a b
% \% \ \\ \begin{verbatim} \end{verbatim} \begin{comment} \end{document} \endinput \iffalse \ifx \else \fi \newif
\verb | \url \lstinline \mintinline \input \import \include \@input \citation \abx@aux@cite \defbibentryset
\begin{displaycquote} @ @a @{ ` ``` ~~~ <!-- --> nocite: @* ](https:// é 李 " ' = .
""".split()
BLANKS = [" ", "\n", "\n\n", "\r\n", "\r", "\t"]
ANY_TEXT = st.lists(st.sampled_from(FRAGMENTS + BLANKS), max_size=40).map("".join) | st.text(max_size=40)


@pytest.mark.parametrize("name", ["any.tex", "any.aux", "any.md", "any.bcf", "any"])
@settings(max_examples=100)
@given(text=ANY_TEXT)
@example(text="\\newcommand\\x[1]{\\cite{#1}")
@example(text="\\cite{\\cite{\\cite{a}}}")
def test_any_text_gives_citations_or_an_input_error(
    tmp_path_factory: pytest.TempPathFactory, name: str, text: str
) -> None:
    data = text.encode("utf-8", "surrogatepass")
    try:
        found = cited(write(tmp_path_factory.getbasetemp() / name, data))
    except InputError:
        return
    decoded = decode(name, data)[0]
    starts = [citation.start for citation in found.citations]
    assert starts == sorted(starts)
    for citation in found.citations:
        assert 0 <= citation.start < citation.end <= len(decoded)
        assert citation.key[0] == decoded[citation.start]
        assert citation.key[-1] == decoded[citation.end - 1]


BIG = 500_000


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        *(("big.tex", unit) for unit in (r"\cite[", "{", r"\cite{a,", r"\newcommand\a[1]{\cite{#1}")),
        *(("big.md", unit) for unit in ("@", "`a``b", "[@a;")),
        ("big.aux", r"\citation{a,"),
    ],
)
def test_a_line_of_half_a_million_characters_is_read_to_its_end(cites: Cites, name: str, unit: str) -> None:
    end = "\n\n@z\n" if name.endswith(".md") else "\n\\citation{z}\n" if name.endswith(".aux") else "\n\n\\cite{z}"
    assert keys(cites(unit * (BIG // len(unit)) + end, name)).endswith("z")


# --- the judges -------------------------------------------------------------------------------------------


def has_package(name: str) -> bool:
    try:
        return subprocess.run(["kpsewhich", name], capture_output=True, check=False, timeout=60).returncode == 0
    except OSError:
        return False


def compiled(folder: Path, text: str, **chapters: str) -> Path:
    """The folder in which LaTeX has run once on a paper."""
    write(folder / "refs.bib", "".join(f"@misc{{{key}, title = {{T}}, author = {{A}}}}\n" for key in "abcdefgh"))
    for name, chapter in chapters.items():
        write(folder / f"{name}.tex", chapter)
    write(folder / "paper.tex", text)
    subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper"],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder


NATBIB = r"""
\documentclass{article}
\usepackage{natbib}
\newcommand{\ct}[2][]{\citet[#1]{#2}}
\begin{document}
\cite[see][p.~3]{a, b}, \citep*[cf.][]{c,% a comment
  d} \verb|\cite{no}| \citetext{see \citealt{e}, or \citealp{f}}
% \cite{no}
\iffalse \cite{no} \fi
\ct[p.~4]{g}\citeauthor{h}, \citeyearpar{a}
\include{chapter}
\nocite{b}
\bibliographystyle{plainnat}
\end{document}
"""
PLAIN = r"""
\documentclass{article}
\begin{document}
\cite[see {[3]}]{a, b}\nocite{c}\input{chapter} \input chapter
\nocite{*}
\end{document}
"""
BIBLATEX = r"""
\documentclass{article}
\usepackage[backend=biber, style=authoryear]{biblatex}
\addbibresource{refs.bib}
\begin{document}
\cite[see {[3]}]{a, b} \parencite[3]{ c , d } \volcite[see]{2}[5]{e} \textcites(see)(and)[1][2]{f}[3]{g}%
  % a comment
  {h}

{not a key}
\autocite*{a} \citename{b}{author}\footcite{c}\fullcite{d}\smartcites{e}{f}\pvolcites{1}{g}{2}{h}
\begin{verbatim}
\cite{no}
\end{verbatim}
\end{document}
"""


@needs("pdflatex")
@pytest.mark.skipif(not has_package("natbib.sty"), reason="not installed: natbib")
def test_with_natbib_the_source_and_the_aux_file_agree(tmp_path: Path) -> None:
    folder = compiled(tmp_path, NATBIB, chapter=r"\Citet{c} \citealp{d}")
    assert keys(cited(folder / "paper.aux")) == keys(cited(folder / "paper.tex")) == "a b c d e f g h a c d b"


@needs("pdflatex")
def test_with_latex_alone_the_source_and_the_aux_file_agree(tmp_path: Path) -> None:
    folder = compiled(tmp_path, PLAIN, chapter=r"\cite{d}")
    (aux, tex) = (cited(folder / name) for name in ("paper.aux", "paper.tex"))
    # LaTeX has read the chapter twice.
    assert (keys(aux), keys(tex)) == ("a b c d d *", "a b c d *")


@needs("pdflatex")
@pytest.mark.skipif(not has_package("biblatex.sty"), reason="not installed: biblatex")
@pytest.mark.parametrize("everything", ["", r"\nocite{*}"])
def test_with_biblatex_the_source_the_aux_and_the_control_file_agree(tmp_path: Path, everything: str) -> None:
    folder = compiled(tmp_path, BIBLATEX.replace(r"\end{document}", everything + r"\end{document}"))
    found = [keys(cited(folder / f"paper.{suffix}")) for suffix in ("tex", "aux", "bcf")]
    expected = "a b c d e f g h a b c d e f g h" + " *" * bool(everything)
    assert found == [expected] * 3


@needs("pdflatex", "biber")
@pytest.mark.skipif(not has_package("biblatex.sty"), reason="not installed: biblatex")
def test_biber_is_asked_for_the_members_of_a_set(tmp_path: Path) -> None:
    text = BIBLATEX.replace(r"\begin{document}", r"\defbibentryset{both}{a, b}\begin{document}\cite{both}", 1)
    folder = compiled(tmp_path, text)
    ran = subprocess.run(["biber", "paper"], cwd=folder, check=False, capture_output=True, timeout=120)
    assert b"WARN" not in ran.stdout
    tex, control = (cited(folder / name) for name in ("paper.tex", "paper.bcf"))
    assert keys(tex) == keys(control) == "a b a b c d e f g h a b c d e f g h"
