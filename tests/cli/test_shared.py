"""Files of a paper: what it cites, a .bib file that others edit too, and whether they are current."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.within import Within

MINE = """\
@article{knuth84, author = {Knuth, Donald E.}, title = {Literate Programming}, journal = {Comp. J.}, year = 1984}
@inproceedings{child, author = {Lee, Ann}, title = {A Talk}, crossref = {conf}}
@proceedings{conf, title = {Proceedings of the Conference}, year = 2020, publisher = {ACL}}
@misc{web, title = {A Site}, url = {https://ex.org/a_b}, year = 2001, ids = {oldweb}}
"""
SHARED = """\
% Ours and theirs.
@string{x = "A Journal"}
@article{theirs, title = {Not Ours},   author = {Zed, Z.}, journal = x, year = 2000}

@article{knuth84, title = "Literate Programming", author = "Knuth, D.", year = 1984}
"""


@pytest.fixture
def lit(tmp_path: Path) -> Within:
    """The program, with a library of four entries in its folder."""
    program = Within(tmp_path)
    program.write("mine.bib", MINE)
    program("import", "mine.bib", "-L", program.library)
    return program


def keys(text: str) -> list[str]:
    return [line.partition("{")[2].rstrip(",\n") for line in text.splitlines() if line.startswith("@")]


# --- what a document cites --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("p.tex", "\\cite{knuth84} % \\cite{web}\n"),
        ("p.aux", "\\relax\n\\citation{knuth84}\n"),
        ("p.aux", "\\relax\n\\abx@aux@cite{0}{knuth84}\n"),
        ("p.md", "As [@knuth84, p. 3] says.\n"),
    ],
)
def test_only_what_is_cited_is_written(lit: Within, name: str, text: str) -> None:
    lit.write(name, text)
    assert keys(lit("export", "--cited-in", name).out) == ["knuth84"]


def test_a_parent_comes_along_once_and_behind_its_children(lit: Within) -> None:
    lit.write("p.tex", "\\cite{child} and \\cite{child}")
    assert keys(lit("export", "--cited-in", "p.tex").out) == ["child", "conf"]


def test_nocite_star_is_everything(lit: Within) -> None:
    lit.write("p.aux", "\\citation{*}\n")
    assert sorted(keys(lit("export", "--cited-in", "p.aux").out)) == ["child", "conf", "knuth84", "web"]


def test_an_older_key_is_written_as_the_paper_has_it(lit: Within) -> None:
    lit.write("p.tex", "\\cite{oldweb}")
    assert keys(lit("export", "--cited-in", "p.tex").out) == ["oldweb"]


def test_a_citation_without_an_entry_is_named_by_its_line_and_the_rest_is_written(lit: Within) -> None:
    lit.write("p.tex", "text\n\\cite{knuth84,knuth85}")
    said = lit("export", "--cited-in", "p.tex", "-o", "refs.bib", code=1)
    assert "p.tex:2: missing: knuth85 (did you mean knuth84?)" in said.err
    assert keys((lit.folder / "refs.bib").read_text()) == ["knuth84"]


def test_cite_check_lists_what_is_missing_what_is_misspelt_and_what_is_unused(lit: Within) -> None:
    lit.write("p.tex", "\\cite{Knuth84}\n\\cite{nothing-like-it}\n\\cite{child}")
    said = lit("cite-check", "p.tex", code=1).out.splitlines()
    assert said[0] == "p.tex:2: missing: nothing-like-it"
    assert said[1] == "p.tex:1: case mismatch: Knuth84 is knuth84 in the library"
    assert [line.rpartition(" ")[2] for line in said[2:]] == ["web"]
    line = int(said[2].split(":")[1])
    assert lit.library.read_text().splitlines()[line - 1] == "[papers.web]"


def test_cite_check_is_content_where_everything_is_there(lit: Within) -> None:
    lit.write("p.tex", "\\nocite{*}")
    assert lit("cite-check", "p.tex").out == ""


def test_a_document_that_is_not_there_is_named(lit: Within) -> None:
    assert "none.tex" in lit("cite-check", "none.tex", code=3).err


# --- a file that others edit too --------------------------------------------------------------------------


def test_into_changes_our_entries_and_no_other_byte(lit: Within) -> None:
    lit.write("shared.bib", SHARED)
    lit("export", "knuth", "--into", "shared.bib")
    text = (lit.folder / "shared.bib").read_text()
    assert text.startswith(SHARED[: SHARED.index("@article{knuth84")])
    assert "journal = {Comp. J.}" in text


def test_into_a_second_time_changes_nothing(lit: Within) -> None:
    lit.write("shared.bib", SHARED)
    lit("export", "--into", "shared.bib")
    once = (lit.folder / "shared.bib").read_bytes()
    lit("export", "--into", "shared.bib")
    assert (lit.folder / "shared.bib").read_bytes() == once
    lit("export", "--into", "shared.bib", "--check")


def test_into_leaves_another_work_under_our_key_and_says_so(lit: Within) -> None:
    other = "@article{knuth84, title = {Sorting Networks Revisited}, author = {Batcher, K.}, year = 1968}\n"
    lit.write("shared.bib", other)
    said = lit("export", "knuth", "--into", "shared.bib")
    assert "shared.bib:1" in said.err
    assert (lit.folder / "shared.bib").read_text() == other


def test_into_starts_a_file_that_is_not_there(lit: Within) -> None:
    lit("export", "knuth", "--into", "new.bib")
    assert keys((lit.folder / "new.bib").read_text()) == ["knuth84"]


def test_into_keeps_the_bytes_of_a_latin_1_file(lit: Within) -> None:
    foreign = "@misc{f, title = {Über}}\n".encode("latin-1")
    lit.write("shared.bib", foreign)
    lit("export", "knuth", "--into", "shared.bib")
    assert (lit.folder / "shared.bib").read_bytes().startswith(foreign)


@pytest.mark.parametrize("words", [["-o", "x.bib"], ["--to", "markdown"], ["--to", "json"]])
def test_into_goes_with_a_bib_file_alone(lit: Within, words: list[str]) -> None:
    lit("export", "--into", "shared.bib", *words, code=2)


# --- whether a file is current ----------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["-o", "--into"])
def test_check_says_whether_the_file_is_current_and_writes_nothing(lit: Within, option: str) -> None:
    lit("export", option, "refs.bib", "--check", code=1)
    assert not (lit.folder / "refs.bib").exists()
    lit("export", option, "refs.bib")
    lit("export", option, "refs.bib", "--check")
    lit("tag", "+x", "knuth")
    lit("export", option, "refs.bib", "--check")
    stale = (lit.folder / "refs.bib").read_text().replace("1984", "1985")
    lit.write("refs.bib", stale)
    lit("export", option, "refs.bib", "--check", code=1)
    assert (lit.folder / "refs.bib").read_text() == stale


def test_check_needs_a_file(lit: Within) -> None:
    lit("export", "--check", code=2)


# --- other formats, and faults ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "begins"),
    [
        ("r.bib", "@"),
        ("r.md", "- "),
        ("r.ris", "TY  - "),
        ("r.json", '{\n  "format_version": 1'),
        ("r.csv", "key,type,title"),
    ],
)
def test_the_format_follows_the_suffix(lit: Within, file: str, begins: str) -> None:
    lit("export", "-o", file)
    assert (lit.folder / file).read_text().startswith(begins)


@pytest.mark.parametrize("form", ["biblatex", "csl-json", "ris", "json"])
def test_what_is_written_is_imported_again(lit: Within, form: str) -> None:
    lit.write("again", lit("export", "--to", form).out)
    said = lit("import", "again", "-L", "other.toml", "--json").json
    assert (said["imported"], said["failed"]) == (4, 0)
    assert sorted(lit("list", "-k", "-L", "other.toml").out.split()) == ["child", "conf", "knuth84", "web"]


def test_prefer_takes_the_preprint_of_a_published_work(lit: Within) -> None:
    lit.write(
        "p.bib",
        "@article{both, author = {Ho, J.}, title = {Diffusion Models}, journal = {Acta}, year = 2021, volume = 3,\n"
        "  eprint = {2006.11239}, archivePrefix = {arXiv}}",
    )
    lit("import", "p.bib", "-L", "p.toml")
    assert "journal = {Acta}" in lit("export", "-L", "p.toml").out
    preprint = lit("export", "-L", "p.toml", "--prefer", "preprint").out
    assert "@misc{both," in preprint
    assert "year = {2020}" in preprint
    assert "Acta" not in preprint
    lit("export", "-L", "p.toml", "--prefer", "latest", code=2)


def test_check_finds_faults_by_line_and_fix_mends_them(lit: Within) -> None:
    lit.write("f.bib", "@article{f, author = {Ho, J.}, title = {On DNA}, journal = {J}, year = 2001, volume = 1,\n"
              "  doi = {10.1000/x}, url = {https://doi.org/10.1000/x}}")  # fmt: skip
    lit("import", "f.bib", "-L", "f.toml")
    said = lit("check", "-L", "f.toml", code=1).out
    assert "f.toml:3: " in said
    assert "[url-repeats-doi]" in said
    found = lit("check", "-L", "f.toml", "--report", "json", code=1).json
    assert {finding["rule"] for finding in found["findings"]} >= {"url-repeats-doi", "unprotected-capitals"}
    assert lit("check", "-L", "f.toml", "--report", "github", code=1).out.startswith("::")
    lit("check", "-L", "f.toml", "--fix")
    assert "url" not in lit("show", "f", "-L", "f.toml", "--json").json["entries"][0]
    lit("check", "-L", "f.toml")


def test_why_gives_the_reason_of_each_brace_and_escape(lit: Within) -> None:
    lit.write("w.bib", "@misc{w, title = {Using BERT \\& {Cats} at 50\\%: a study of caf{\\'e}s}, year = 2001}")
    lit("import", "w.bib", "-L", "w.toml")
    said = lit("why", "w", "title", "-L", "w.toml").out
    for reason in (
        "{BERT} in braces: ",
        "{Cats} in braces: ",
        "& as \\&: ",
        "% as \\%: ",
        "é as {\\'e}: ",
        "from w.bib:1",
    ):
        assert reason in said
    lit("why", "w", "doi", "-L", "w.toml", code=1)


# --- blocks that cannot be read ---------------------------------------------------------------------------

BROKEN = "@misc{good, title = {Good}, year = 2001}\n@misc{bad, title = {Bad\n@misc{fine, title = {Fine}, year = 2002}\n"


def test_a_block_that_cannot_be_read_is_kept_beside_the_library_and_named(lit: Within) -> None:
    lit.write("refs.bib", BROKEN)
    said = lit("import", "refs.bib", "-L", "new.toml", code=3)
    assert "refs.bib:2: " in said.err
    assert "refs.failed.bib" in said.err
    assert (lit.folder / "refs.failed.bib").read_text() == "@misc{bad, title = {Bad\n"
    assert lit("list", "-k", "-L", "new.toml").out.split() == ["fine", "good"]


def test_a_second_import_keeps_the_block_once(lit: Within) -> None:
    lit.write("refs.bib", BROKEN)
    for _ in range(2):
        lit("import", "refs.bib", code=3)
    assert (lit.folder / "refs.failed.bib").read_text().count("@misc{bad") == 1


@pytest.mark.parametrize("option", ["--strict", "--dry-run"])
def test_nothing_is_kept_where_nothing_is_written(lit: Within, option: str) -> None:
    lit.write("refs.bib", BROKEN)
    lit("import", "refs.bib", option, code=3)
    assert not (lit.folder / "refs.failed.bib").exists()


def test_what_was_kept_is_not_read_with_its_folder(lit: Within) -> None:
    lit.write("refs.bib", BROKEN)
    lit("import", "refs.bib", code=3)
    (lit.folder / "refs.bib").unlink()
    said = lit("import", ".", "--json").json
    assert (said["failed"], said["unchanged"]) == (0, 4)


def test_biblatex_learns_the_language_of_a_title_and_an_import_does_not_keep_it_twice(lit: Within) -> None:
    lit.write("l.bib", "@book{l, author = {Roth, E.}, title = {Über Bäume}, year = 2000, language = {German}}")
    lit("import", "l.bib", "-L", "l.toml")
    written = lit("export", "--to", "biblatex", "-L", "l.toml").out
    assert "  langid = {german},\n" in written
    lit.write("again.bib", written)
    lit("import", "again.bib", "-L", "again.toml")
    assert lit("show", "l", "-L", "again.toml", "--json").json["entries"][0]["fields"] == {"language": "German"}


def test_a_child_has_the_whole_title_of_its_book(lit: Within) -> None:
    lit.write(
        "c.bib",
        "@incollection{c, author = {Lee, A.}, title = {A Chapter}, crossref = {p}}\n"
        "@collection{p, editor = {Roy, B.}, title = {The Book}, subtitle = {A Story}, year = 2000}\n",
    )
    lit("import", "c.bib", "-L", "c.toml")
    assert lit("show", "c", "-L", "c.toml", "--json").json["entries"][0]["venue"] == "The Book: A Story"
