"""The program on .bib files: what comes in keeps its key, what goes out is what a paper needs, and twice is once."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from bibtexparser.splitter import Splitter

from litcli.importers import bib
from litcli.page import Page
from litcli.paper import Record
from tests.cli.within import Within
from tests.importers.test_bib import SAMPLES

REFS = r"""@string{acl = "Proceedings of {ACL}"}
% a remark
@inproceedings{Doe2020,
  title = {On {BERT} & 50\% more}, author = {Doe, Jane and M{\"u}ller, {\"A}nne},
  crossref = {PROC}, pages = {1--10}, groups = {Read, Me},
}
@inproceedings{Poe2020, title = {Ants}, author = {Poe, Al}, crossref = {proc}}
@article{roe:99,
  title = {The Theory of {$O(n^2)$} Things}, author = {Roe, Richard}, journal = {Acta}, year = 1999, month = apr,
  doi = {10.1000/x_y}, url = {https://x.y/~a_b%20}, file = {:roe.pdf:PDF}
}
@book{knuth, title = {The Art}, author = {Knuth, Donald E.}, publisher = {Acme}, year = 1968, edition = {2}}
@proceedings{proc, title = acl, booktitle = acl, year = 2020, editor = {Poe, Ann}, publisher = {ACM}}
"""
BROKEN = """@article{open, title = {Never closed}, year = 2000

@misc{fine, title = {Fine}, author = {Fine, A.}, year = 2001}

@article{title = {Keyless}}
"""


@pytest.fixture
def lit(tmp_path: Path) -> Within:
    return Within(tmp_path)


@pytest.fixture
def filled(lit: Within) -> Within:
    """A library with the entries of REFS."""
    lit("import", lit.write("refs.bib", REFS), "-L", lit.library)
    return lit


def papers(lit: Within) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(lit.library.read_text("utf-8"))["papers"]
    return found


def keys(text: str) -> list[str]:
    library = Splitter(text).split()
    assert library.failed_blocks == []
    return [entry.key for entry in library.entries]


# --- import -----------------------------------------------------------------------------------------------


def test_the_keys_of_a_file_are_kept(filled: Within) -> None:
    assert set(papers(filled)) == {"Doe2020", "Poe2020", "roe:99", "knuth", "proc"}


def test_a_key_that_is_lost_by_a_merge_is_named_with_the_one_that_stays(lit: Within) -> None:
    told = lit("import", lit.write("refs.bib", REFS + REFS.replace("knuth", "Knuth68")), "-L", lit.library)
    line = 2 * REFS[: REFS.index("@book")].count("\n") + 3
    note = f"note: refs.bib:{line}: Knuth68 is the same work as knuth, which is found by both keys"
    assert note in told.err.splitlines()


def test_an_entry_that_is_closed_before_its_last_fields_is_kept_as_it_stands(lit: Within) -> None:
    # To BibTeX each brace counts, so that the title ends the entry.
    cut = "@article{k, title = {{OCR\\} of Texts}},\n  year = {2017},\n  url = {http://x.org},\n}"
    told = lit("import", lit.write("refs.bib", f"{cut}\n\n@misc{{other, title = {{Ants}}}}\n"), "-L", lit.library)
    assert "refs.bib:1: k: a field stands behind the closing brace" in told.err
    assert (lit.folder / "refs.failed.bib").read_text("utf-8") == f"{cut}\n"
    assert set(papers(lit)) == {"k", "other"}


def test_the_counts_add_up(lit: Within) -> None:
    told = lit("import", lit.write("refs.bib", REFS + BROKEN), "-L", lit.library, "--json", code=3).json
    assert (told["imported"], told["failed"], told["seen"]) == (6, 2, 8)
    assert told["imported"] + told["merged"] + told["unchanged"] + told["failed"] == told["seen"]
    assert {problem["source"] for problem in told["problems"]} == {"refs.bib"}


def test_a_second_import_changes_no_byte(filled: Within) -> None:
    before = filled.library.read_bytes()
    told = filled("import", filled.folder / "refs.bib", "-L", filled.library)
    assert "5 unchanged" in told.err
    assert filled.library.read_bytes() == before


@pytest.mark.parametrize("name", SAMPLES)
def test_the_file_of_any_program_a_second_time_changes_no_byte(lit: Within, name: str) -> None:
    file = lit.write(f"{name}.bib", SAMPLES[name])
    lit("import", file, "-L", lit.library)
    before = lit.library.read_bytes()
    lit("import", file, "-L", lit.library)
    assert lit.library.read_bytes() == before


def test_a_name_of_its_own_is_given_to_the_second_of_two_works_with_one_key(lit: Within) -> None:
    one = lit.write("one.bib", "@misc{k, title={Bees}, author={Adams, Ann}, year=2001}")
    two = lit.write("two.bib", "\n@misc{K, title={Ants}, author={Brown, Bo}, year=2002}")
    lit("import", one, "-L", lit.library)
    told = lit("import", two, "-L", lit.library)
    assert {entry["title"] for entry in papers(lit).values()} == {"Bees", "Ants"}
    assert len({key.lower() for key in papers(lit)}) == 2
    (line,) = [line for line in told.err.splitlines() if "two.bib:2" in line]
    assert "K" in line
    assert next(key for key, entry in papers(lit).items() if entry["title"] == "Ants") in line


def test_the_key_of_a_work_that_is_there_already_becomes_an_alias(lit: Within) -> None:
    fields = "title={On Bees and Ants}, author={Adams, Ann}, year=2001, doi={10.1000/x}"
    lit("import", lit.write("one.bib", f"@misc{{first, {fields}}}"), "-L", lit.library)
    lit("import", lit.write("two.bib", f"@misc{{second, {fields}}}"), "-L", lit.library)
    assert list(papers(lit)) == ["first"]
    assert papers(lit)["first"]["aliases"] == ["second"]
    lit.write("paper.tex", r"\cite{second}")
    assert keys(lit("export", "--cited-in", "paper.tex", "-L", lit.library).out) == ["second"]


def test_children_refer_to_their_parent_by_the_key_that_it_has_here(lit: Within) -> None:
    lit("import", lit.write("one.bib", "@misc{proc, title={Bees}, author={Adams, Ann}, year=1990}"), "-L", lit.library)
    lit("import", lit.write("refs.bib", REFS), "-L", lit.library)
    found = papers(lit)
    parent = next(key for key, entry in found.items() if entry["type"] == "proceedings")
    assert parent != "proc"
    assert found["Doe2020"]["fields"]["crossref"] == parent
    assert found["Poe2020"]["fields"]["crossref"] == parent


def test_children_and_parents_are_entries_of_their_own(filled: Within) -> None:
    child = papers(filled)["Doe2020"]
    assert (child["venue"], child["year"], child["editors"], child["publisher"]) == (
        "Proceedings of {ACL}",
        2020,
        ["Ann Poe"],
        "ACM",
    )
    assert papers(filled)["proc"]["type"] == "proceedings"


def test_two_entries_of_one_key_and_one_work_are_one(lit: Within) -> None:
    entry = "@article{k, title={On Bees and Ants}, author={Adams, Ann}, year=2001, journal={J}}\n"
    told = lit("import", lit.write("a.bib", entry * 2), "-L", lit.library, "--json").json
    assert (told["imported"], told["merged"] + told["unchanged"]) == (1, 1)
    assert list(papers(lit)) == ["k"]


# --- blocks that cannot be read ---------------------------------------------------------------------------


def test_what_cannot_be_read_is_kept_in_a_file_beside_the_library_and_the_rest_comes(lit: Within) -> None:
    (lit.folder / "lib").mkdir()
    library = lit.folder / "lib" / "mine.toml"
    told = lit("import", lit.write("refs.bib", BROKEN), "-L", library, code=3)
    kept = lit.folder / "lib" / "refs.failed.bib"
    assert "@article{open, title = {Never closed}, year = 2000" in kept.read_text("utf-8")
    assert "@article{title = {Keyless}}" in kept.read_text("utf-8")
    assert "fine" not in kept.read_text("utf-8")
    assert str(kept) in told.err
    assert "fine" in library.read_text("utf-8")


def test_each_block_that_cannot_be_read_is_told_with_its_line(lit: Within) -> None:
    told = lit("import", lit.write("refs.bib", BROKEN), "-L", lit.library, code=3)
    assert "refs.bib:1:" in told.err
    assert "refs.bib:5:" in told.err


def test_a_block_is_kept_once_however_often_it_is_read(lit: Within) -> None:
    file = lit.write("refs.bib", BROKEN)
    lit("import", file, "-L", lit.library, code=3)
    before = (lit.folder / "refs.failed.bib").read_bytes()
    lit("import", file, "-L", lit.library, code=3)
    assert (lit.folder / "refs.failed.bib").read_bytes() == before


@pytest.mark.parametrize("option", ["--strict", "--dry-run"])
def test_no_file_is_written_where_nothing_is_to_change(filled: Within, option: str) -> None:
    before = filled.library.read_bytes()
    told = filled("import", filled.write("new.bib", BROKEN), "-L", filled.library, option, code=3)
    assert option in told.err
    assert filled.library.read_bytes() == before
    assert not (filled.folder / "new.failed.bib").exists()


def test_a_dry_run_counts_as_the_import_does(lit: Within) -> None:
    file = lit.write("refs.bib", REFS)
    dry = lit("import", file, "-L", lit.library, "--dry-run", "--json").json
    assert not lit.library.exists()
    wet = lit("import", file, "-L", lit.library, "--json").json
    assert dry == wet


def test_the_mended_block_comes_in_under_its_key(lit: Within) -> None:
    lit("import", lit.write("refs.bib", BROKEN), "-L", lit.library, code=3)
    mended = BROKEN.replace("2000", "2000}").replace("{title = {Key", "{keyed, title = {Key")
    lit("import", lit.write("refs.bib", mended), "-L", lit.library)
    assert set(papers(lit)) == {"open", "fine", "keyed"}


def test_a_remark_is_no_failure(lit: Within) -> None:
    told = lit("import", lit.write("a.bib", "@article{k, title={T}, journal=tkde}"), "-L", lit.library, "--strict")
    assert "tkde" in told.err
    assert list(papers(lit)) == ["k"]


# --- export and back --------------------------------------------------------------------------------------


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_an_export_that_is_imported_and_exported_again_is_the_same_file(filled: Within, dialect: str) -> None:
    once = filled("export", "--to", dialect, "-L", filled.library).out
    other = filled.folder / "other.toml"
    filled("import", filled.write("once.bib", once), "-L", other)
    assert filled("export", "--to", dialect, "-L", other).out == once


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@pytest.mark.parametrize("name", SAMPLES)
def test_the_file_of_any_program_settles_after_one_export(lit: Within, name: str, dialect: str) -> None:
    lit("import", lit.write("a.bib", SAMPLES[name]), "-L", lit.library)
    once = lit("export", "--to", dialect, "-L", lit.library).out
    lit("import", lit.write("b.bib", once), "-L", lit.folder / "b.toml")
    assert lit("export", "--to", dialect, "-L", lit.folder / "b.toml").out == once


def without_braces(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub(r"[{}]", "", value)
    if isinstance(value, list):
        return [without_braces(item) for item in value]
    return {name: without_braces(item) for name, item in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_entries_are_equal_after_a_round_trip_but_for_the_braces_of_titles(filled: Within, dialect: str) -> None:
    once = filled("export", "--to", dialect, "-L", filled.library).out
    before = papers(filled)
    filled("import", filled.write("once.bib", once), "-L", filled.folder / "other.toml")
    after = tomllib.loads((filled.folder / "other.toml").read_text("utf-8"))["papers"]
    for entry in [*before.values(), *after.values()]:
        del entry["sources"]
    assert without_braces(after) == without_braces(before)


def test_both_dialects_are_taken_for_bib_files(filled: Within) -> None:
    for dialect in ("bibtex", "biblatex"):
        text = filled("export", "--to", dialect, "-L", filled.library).out
        assert bib.detect(Page("x.bib", text))
        assert sum(isinstance(item, Record) for item in bib.parse(Page("x.bib", text))) == 5


def test_jabref_groups_come_back_out(filled: Within) -> None:
    assert "groups = {Read, Me}," in filled("export", "key:Doe2020", "-L", filled.library).out


def test_parents_stand_behind_their_children_once(filled: Within) -> None:
    assert keys(filled("export", "-L", filled.library).out) == ["Doe2020", "knuth", "Poe2020", "roe:99", "proc"]


# --- what a document cites --------------------------------------------------------------------------------


DOCUMENTS = {
    "paper.tex": "\\documentclass{article}\n% \\cite{knuth}\n\\cite[p.~5]{Doe2020, roe:99}\n",
    "paper.aux": "\\relax\n\\citation{Doe2020,roe:99}\n\\bibdata{refs}\n",
    "paper.md": "As @Doe2020 says [see @roe:99, p. 5]; mail to a@knuth.org.\n",
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_only_what_a_document_cites_is_exported_and_the_parents_of_that(filled: Within, name: str) -> None:
    filled.write(name, DOCUMENTS[name])
    told = filled("export", "--cited-in", name, "-L", filled.library)
    assert keys(told.out) == ["Doe2020", "roe:99", "proc"]
    assert told.err == ""


def test_several_documents_are_cited_in_together(filled: Within) -> None:
    filled.write("a.tex", r"\cite{Doe2020}")
    filled.write("b.tex", r"\cite{Poe2020,Doe2020}")
    told = filled("export", "--cited-in", "a.tex", "--cited-in", "b.tex", "-L", filled.library)
    assert keys(told.out) == ["Doe2020", "Poe2020", "proc"]


def test_nocite_of_everything_is_everything(filled: Within) -> None:
    filled.write("a.tex", r"\nocite{*}")
    assert len(keys(filled("export", "--cited-in", "a.tex", "-L", filled.library).out)) == 5


def test_a_missing_citation_is_told_by_file_and_line_and_the_rest_is_written(filled: Within) -> None:
    filled.write("paper.tex", "\n\\cite{knuth}\n\\cite{knut}\n")
    told = filled("export", "--cited-in", "paper.tex", "-o", "out.bib", "-L", filled.library, code=1)
    assert keys((filled.folder / "out.bib").read_text("utf-8")) == ["knuth"]
    (line,) = [line for line in told.err.splitlines() if "paper.tex" in line]
    assert "paper.tex:3" in line
    assert "knut" in line


def test_a_citation_in_another_case_is_answered_and_told(filled: Within) -> None:
    filled.write("paper.tex", r"\cite{KNUTH}")
    told = filled("export", "--cited-in", "paper.tex", "-L", filled.library)
    assert keys(told.out) == ["KNUTH"]
    assert "knuth" in told.err


def test_biblatex_answers_an_alias_by_its_ids(lit: Within) -> None:
    lit.write("library.toml", '[papers.new]\ntitle = "T"\ntype = "misc"\naliases = ["old"]\n')
    lit.write("paper.tex", r"\cite{old} \cite{new}")
    text = lit("export", "--to", "biblatex", "--cited-in", "paper.tex", "-L", lit.library).out
    assert keys(text) == ["new"]
    assert "ids = {old}" in text


def test_bibtex_writes_an_entry_for_each_name_that_it_is_cited_by(lit: Within) -> None:
    lit.write("library.toml", '[papers.new]\ntitle = "T"\ntype = "misc"\naliases = ["old", "older"]\n')
    lit.write("paper.tex", r"\cite{old} \cite{new}")
    told = lit("export", "--cited-in", "paper.tex", "-L", lit.library)
    assert keys(told.out) == ["new", "old"]
    assert "new is cited as old and new" in told.err


def test_cite_check_names_what_is_missing_and_what_is_unused(filled: Within) -> None:
    filled.write("paper.tex", "\\cite{Doe2020}\n\\cite{roe99}\n")
    told = filled("cite-check", "paper.tex", "-L", filled.library, code=1)
    lines = told.out.splitlines()
    assert lines[0].startswith("paper.tex:2: missing: roe99")
    assert "roe:99" in lines[0]
    unused = [line.split()[-1] for line in lines if "unused" in line]
    assert sorted(unused) == ["Poe2020", "knuth", "roe:99"]
    assert all(re.match(r".*library\.toml:\d+: unused: ", line) for line in lines[1:])


def test_cite_check_is_content_where_every_citation_has_its_entry(filled: Within) -> None:
    filled.write("paper.tex", r"\cite{Doe2020,Poe2020,roe:99,knuth}")
    assert filled("cite-check", "paper.tex", "-L", filled.library).out == ""


def test_cite_check_ends_with_1_where_only_the_case_differs(filled: Within) -> None:
    filled.write("paper.tex", r"\cite{KNUTH}")
    told = filled("cite-check", "paper.tex", "-L", filled.library, code=1)
    assert "paper.tex:1: case mismatch: KNUTH is knuth" in told.out


# --- --check ----------------------------------------------------------------------------------------------


def test_a_current_file_is_current(filled: Within) -> None:
    filled("export", "-o", "out.bib", "-L", filled.library)
    before = (filled.folder / "out.bib").stat().st_mtime_ns
    assert filled("export", "-o", "out.bib", "--check", "-L", filled.library).err == ""
    assert (filled.folder / "out.bib").stat().st_mtime_ns == before


@pytest.mark.parametrize("old", [None, b"", b"@misc{old, title={T}}\n"])
def test_a_file_that_is_stale_or_missing_is_no_and_stays_so(filled: Within, old: bytes | None) -> None:
    target = filled.folder / "out.bib"
    if old is not None:
        target.write_bytes(old)
    told = filled("export", "-o", "out.bib", "--check", "-L", filled.library, code=1)
    assert "out.bib is not current" in told.err
    assert (target.read_bytes() if target.exists() else None) == old


def test_a_file_in_the_other_dialect_is_not_current(filled: Within) -> None:
    filled("export", "-o", "out.bib", "-L", filled.library)
    filled("export", "-o", "out.bib", "--to", "biblatex", "--check", "-L", filled.library, code=1)


def test_a_file_of_what_is_cited_is_checked_against_that(filled: Within) -> None:
    filled.write("paper.tex", r"\cite{knuth}")
    filled("export", "--cited-in", "paper.tex", "-o", "out.bib", "-L", filled.library)
    filled("export", "--cited-in", "paper.tex", "-o", "out.bib", "--check", "-L", filled.library)
    filled("export", "-o", "out.bib", "--check", "-L", filled.library, code=1)


# --- --prefer ---------------------------------------------------------------------------------------------

BOTH = """@misc{pre, title={On Bees and Their Ways}, author={Adams, Ann}, year=2018, eprint={1810.04805},
  archiveprefix={arXiv}, primaryclass={cs.CL}}
@inproceedings{pub, title={On Bees and Their Ways}, author={Adams, Ann}, year=2019, booktitle={Proceedings of ACL},
  pages={1--9}, doi={10.18653/v1/n19}, eprint={1810.04805}, archiveprefix={arXiv}}
"""


@pytest.fixture
def both(lit: Within) -> Within:
    """A library with one work in both its forms."""
    lit("import", lit.write("both.bib", BOTH), "-L", lit.library)
    assert len(papers(lit)) == 1
    return lit


@pytest.mark.parametrize("options", [[], ["--prefer", "published"]])
def test_the_published_form_is_exported(both: Within, options: list[str]) -> None:
    text = both("export", *options, "-L", both.library).out
    assert text.startswith("@inproceedings{pre,")
    assert "booktitle = {Proceedings of {ACL}}" in text
    assert "eprint = {1810.04805}" in text
    assert "year = {2019}" in text


@pytest.mark.parametrize(("dialect", "start"), [("bibtex", "@misc{pre,"), ("biblatex", "@online{pre,")])
def test_the_preprint_is_exported_where_it_is_preferred(both: Within, dialect: str, start: str) -> None:
    text = both("export", "--prefer", "preprint", "--to", dialect, "-L", both.library).out
    assert text.startswith(start)
    assert "{2018" in text
    assert "1810.04805" in text
    assert "ACL" not in text
    assert "10.18653" not in text


def test_a_form_that_does_not_exist_is_a_usage_error(both: Within) -> None:
    told = both("export", "--prefer", "draft", "-L", both.library, code=2)
    assert "published" in told.err


def test_a_preference_changes_nothing_in_the_library(both: Within) -> None:
    before = both.library.read_bytes()
    both("export", "--prefer", "preprint", "-L", both.library)
    assert both.library.read_bytes() == before


# --- check and why ----------------------------------------------------------------------------------------


def test_check_fix_mends_what_an_import_brought_and_is_done_once(lit: Within) -> None:
    lit(
        "import",
        lit.write("a.bib", "@article{k, title={On &amp; off}, author={Doe, J.}, journal={J}, year=2020}"),
        "-L",
        lit.library,
    )
    lit("check", "--fix", "-L", lit.library)
    assert papers(lit)["k"]["title"] == "On & off"
    before = lit.library.read_bytes()
    lit("check", "--fix", "-L", lit.library)
    assert lit.library.read_bytes() == before


def test_check_has_nothing_against_clean_entries(filled: Within) -> None:
    assert filled("check", "key:knuth", "-L", filled.library).out.startswith("0 errors, 0 warnings")


def test_why_tells_each_brace_and_escape_of_a_title(filled: Within) -> None:
    told = filled("why", "Doe2020", "title", "-L", filled.library).out
    assert "title: On {BERT} & 50% more" in told
    assert "refs.bib:3 (bibtex)" in told
    assert r"On {BERT} \& 50\% more" in told
    assert re.search(r"^\{BERT\} in braces: ", told, re.MULTILINE)
    assert re.search(r"^& as \\&: ", told, re.MULTILINE)
    assert re.search(r"^% as \\%: ", told, re.MULTILINE)


def test_why_tells_the_names_that_an_entry_is_found_by(lit: Within) -> None:
    lit("import", lit.write("a.bib", "@misc{new, ids={old}, title={T}, author={Doe, J.}}"), "-L", lit.library)
    assert "old" in lit("why", "old", "-L", lit.library).out
