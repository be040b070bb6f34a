"""The .bib file for Biber: UTF-8, biblatex's fields and types, aliases; Biber itself has the last word."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from bibtexparser.splitter import Splitter

from litcli.errors import LitError
from litcli.exporters import biblatex
from litcli.exporters.options import Options
from litcli.paper import Entry, Paper, Person
from tests.conftest import needs

DOE, ROE = Person("Doe", "Jane"), Person("Roe", "Richard")


def export(*entries: Entry) -> str:
    return biblatex.write(entries, Options()).text


def record(aliases: tuple[str, ...] = (), **said: Any) -> tuple[str, Mapping[str, str]]:
    """The type and the fields in which a paper is exported."""
    library = Splitter(export(Entry("k", Paper(**{"title": "On things", **said}), aliases=aliases))).split()
    assert library.failed_blocks == []
    (found,) = library.entries
    return found.entry_type, {field.key: field.value.removeprefix("{").removesuffix("}") for field in found.fields}


def fields(**said: Any) -> Mapping[str, str]:
    return record(**said)[1]


def warnings(**said: Any) -> tuple[str, ...]:
    return biblatex.write([Entry("k", Paper(**{"title": "T", **said}))], Options()).warnings


# --- the file ---------------------------------------------------------------------------------------------


def test_an_entry_is_written_in_one_way() -> None:
    paper = Paper(
        type="article",
        title="On BERT & things",
        authors=(Person("Müller", "Änne"), DOE),
        year=2020,
        date="2020-04-07",
        venue="Acta – ‘A’",
        volume="3",
        pages="1-10",
        doi="10.1000/x_y",
        url="https://x.y/a_b%20",
    )
    assert export(Entry("muller2020", paper)) == (
        "@article{muller2020,\n"
        "  title = {On {BERT} \\& things},\n"
        "  author = {Müller, Änne and Doe, Jane},\n"
        "  date = {2020-04-07},\n"
        "  journaltitle = {Acta – ‘A’},\n"
        "  volume = {3},\n"
        "  pages = {1--10},\n"
        "  doi = {10.1000/x_y},\n"
        "  url = {https://x.y/a_b%20},\n"
        "}\n"
    )


def test_nothing_is_an_empty_file() -> None:
    assert export() == ""


def test_entries_are_sorted_by_key_and_their_order_does_not_matter() -> None:
    entries = [Entry(key, Paper(title="X")) for key in ("b", "C", "a")]
    assert re.findall(r"@misc\{(.+),", export(*entries)) == ["a", "b", "C"]
    assert export(*entries) == export(*reversed(entries))


# --- text -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["Größe", "Łódź", "naïve façade", "“quoted” – ‘so’ — …", "İstanbul", "Tiến", "Ærø þð", "«a»"]
)
def test_letters_and_typographic_signs_are_utf8(text: str) -> None:
    assert fields(abstract=text)["abstract"] == text


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("Q&A", r"Q\&A"),
        ("50%", r"50\%"),
        ("a_b", r"a\_b"),
        ("C#", r"C\#"),
        ("US$", r"US\$"),
        ("~5", r"\textasciitilde{}5"),
        ("x^2", r"x\textasciicircum{}2"),
        ("a\\b", r"a\textbackslash{}b"),
    ],
)
def test_what_latex_gives_a_meaning_is_escaped(text: str, latex: str) -> None:
    assert fields(abstract=text)["abstract"] == latex


def test_text_is_composed() -> None:
    assert fields(abstract="Mu\u0308ller")["abstract"] == "Müller"


@pytest.mark.parametrize("text", ["α", "×", "²", "→", "∞"])
def test_a_sign_of_math_is_math_because_pdflatex_knows_no_other(text: str) -> None:
    assert re.fullmatch(r"\{\$.*\$\}", fields(abstract=text)["abstract"])


def test_another_script_is_written_as_it_is_and_told() -> None:
    assert fields(abstract="中文")["abstract"] == "中文"
    (warning,) = warnings(abstract="中文")
    assert "中 (U+4E2D)" in warning
    assert "XeLaTeX" in warning


def test_capitals_of_a_title_are_protected() -> None:
    assert fields(title="On BERT and the ÖBB")["title"] == "On {BERT} and the {ÖBB}"


@pytest.mark.parametrize("name", ["langid", "language"])
def test_a_title_in_another_language_keeps_its_capitals_by_its_langid(name: str) -> None:
    found = fields(title="Über die Größe von DNA", fields={name: "german"})
    assert found["title"] == "Über die Größe von DNA"
    assert found[name] == "german"


def test_a_title_in_english_is_protected_whatever_its_langid_says() -> None:
    assert fields(title="On BERT", fields={"langid": "british"})["title"] == "On {BERT}"


# --- dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ({"year": 2020}, "2020"),
        ({"year": 2020, "date": "2020-05"}, "2020-05"),
        ({"year": 2020, "date": "2020-05-07"}, "2020-05-07"),
        ({"date": "2020-05-07"}, "2020-05-07"),
        ({"year": 850}, "0850"),
        ({"year": 2021, "date": "2020-05"}, "2021"),
        ({"year": 2020, "fields": {"date": "2020-05-01/2020-05-07"}}, "2020-05-01/2020-05-07"),
        ({"year": 1999, "fields": {"date": "1999~"}}, "1999~"),
        ({"year": 1999, "fields": {"date": "1999-04%"}}, "1999-04%"),
        ({"fields": {"date": "199X"}}, "199X"),
    ],
)
def test_the_date_is_one_field(said: dict[str, Any], date: str) -> None:
    found = fields(**said)
    assert found["date"] == date
    assert not {"year", "month", "day"} & set(found)


def test_a_year_that_is_text_is_no_date() -> None:
    found = fields(fields={"year": "in press"})
    assert found["year"] == "in press"
    assert "date" not in found


def test_a_date_and_a_year_are_not_both_written() -> None:
    # Biber takes the one and warns that it overwrote the other.
    found = fields(year=2020, fields={"year": "in press"})
    assert ("date" in found) != ("year" in found)


def test_a_month_without_a_year_is_told() -> None:
    assert "date" not in fields(date="--05-07")
    assert any("--05-07" in warning for warning in warnings(date="--05-07"))


# --- types and fields -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("article", "journaltitle"),
        ("inproceedings", "booktitle"),
        ("incollection", "booktitle"),
        ("inbook", "booktitle"),
        ("misc", "howpublished"),
        ("online", "howpublished"),
        ("book", "series"),
    ],
)
def test_the_venue_stands_in_the_field_of_its_type(kind: str, name: str) -> None:
    assert record(type=kind, venue="Vv")[1][name] == "Vv"


@pytest.mark.parametrize(
    "said", [{"type": "misc"}, {"type": "misc", "venue": "arXiv"}, {"type": "article", "venue": "CoRR"}]
)
def test_a_preprint_is_online_with_its_identifier_and_no_journal(said: dict[str, Any]) -> None:
    kind, found = record(arxiv="1810.04805", primary_class="cs.CL", **said)
    assert kind == "online"
    assert (found["eprint"], found["eprinttype"], found["eprintclass"]) == ("1810.04805", "arxiv", "cs.CL")
    assert not {"journaltitle", "howpublished", "archiveprefix", "primaryclass"} & set(found)


def test_a_published_paper_keeps_its_venue_and_its_identifier() -> None:
    kind, found = record(type="article", venue="TACL", arxiv="1810.04805")
    assert (kind, found["journaltitle"], found["eprint"], found["eprinttype"]) == (
        "article",
        "TACL",
        "1810.04805",
        "arxiv",
    )


@pytest.mark.parametrize(
    ("kind", "expected", "named"),
    [
        ("phdthesis", "thesis", "phdthesis"),
        ("mastersthesis", "thesis", "mathesis"),
        ("techreport", "report", "techreport"),
    ],
)
def test_a_thesis_and_a_report_say_which_by_their_type(kind: str, expected: str, named: str) -> None:
    found_kind, found = record(type=kind, institution="MIT")
    assert (found_kind, found["type"], found["institution"]) == (expected, named, "MIT")
    assert "school" not in found


@pytest.mark.parametrize("kind", ["thesis", "report", "phdthesis"])
def test_a_type_that_is_named_stays(kind: str) -> None:
    assert fields(type=kind, institution="MIT", fields={"type": "Habilitation"})["type"] == "Habilitation"


@pytest.mark.parametrize("kind", ["software", "dataset", "online", "mvbook", "collection", "patent", "report"])
def test_the_types_of_biblatex_stay(kind: str) -> None:
    assert record(type=kind)[0] == kind


def test_the_case_of_a_type_means_nothing() -> None:
    kind, found = record(type="PhdThesis", institution="MIT")
    assert (kind, found["type"], found["institution"]) == ("thesis", "phdthesis", "MIT")


def test_a_type_that_no_file_can_hold_is_misc() -> None:
    assert record(type="weird type!")[0] == "misc"


@pytest.mark.parametrize(
    ("pages", "name", "expected"),
    [
        ("1-10", "pages", "1--10"),
        ("S1-S9, 12", "pages", "S1--S9, 12"),
        ("12", "pages", "12"),
        ("e104203", "eid", "e104203"),
        ("104203", "eid", "104203"),
    ],
)
def test_pages_are_pages_and_the_number_of_an_article_is_its_eid(pages: str, name: str, expected: str) -> None:
    found = fields(type="article", venue="J", pages=pages)
    assert {key: found[key] for key in ("pages", "eid") if key in found} == {name: expected}


@pytest.mark.parametrize(
    ("edition", "expected"),
    [
        ("2", "2"),
        ("Second", "2"),
        ("second", "2"),
        ("3rd", "3"),
        ("12th", "12"),
        ("Twelfth", "12"),
        ("Revised", "Revised"),
    ],
)
def test_an_edition_is_a_number(edition: str, expected: str) -> None:
    assert fields(type="book", edition=edition)["edition"] == expected


def test_volume_and_number_of_a_book_are_both_written() -> None:
    found = fields(type="book", volume="3", number="7")
    assert (found["volume"], found["number"]) == ("3", "7")


def test_authors_and_editors_of_a_book_are_both_written() -> None:
    found = fields(type="book", authors=(DOE,), editors=(ROE,))
    assert (found["author"], found["editor"]) == ("Doe, Jane", "Roe, Richard")


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ((Person("Beethoven", "Ludwig", "van"),), "van Beethoven, Ludwig"),
        ((Person("King", "Martin", suffix="Jr."),), "King, Jr., Martin"),
        ((Person(literal="Barnes and Noble"),), "{Barnes and Noble}"),
        ((Person("Ñúñez", "Íñigo"),), "Ñúñez, Íñigo"),
        ((Person("Others"),), r"{\relax Others}"),
    ],
)
def test_a_name_has_one_form(people: tuple[Person, ...], expected: str) -> None:
    assert fields(authors=people)["author"] == expected


def test_a_given_name_in_greek_has_no_command_that_biber_would_cut_to_its_first_sign() -> None:
    assert fields(authors=(Person("Σω", "Γι"),))["author"] == r"{$\Sigma$}{$\omega$}, Γι"


def test_a_cut_list_ends_with_others() -> None:
    assert fields(authors=(DOE,), et_al=True)["author"] == "Doe, Jane and others"


@pytest.mark.parametrize(
    "said",
    [
        {"doi": "10.1000/x_y", "url": "https://doi.org/10.1000/X_Y"},
        {"arxiv": "1810.04805", "url": "https://arxiv.org/abs/1810.04805v2"},
    ],
)
def test_a_url_that_only_says_the_identifier_again_is_left_out(said: dict[str, str]) -> None:
    assert "url" not in fields(**said)


def test_a_url_is_written_as_it_stands() -> None:
    assert fields(url="https://x.y/~a_b%20c?d=1&e#f")["url"] == "https://x.y/~a_b%20c?d=1&e#f"


def test_other_fields_come_out_under_their_names() -> None:
    told = {"note": "50% of it", "location": "Berlin", "urldate": "2020-05-01", "keywords": "a, b", "mine": "x_y"}
    found = fields(fields=told)
    assert {name: found[name] for name in told} == told | {"note": r"50\% of it", "mine": r"x\_y"}


# --- keys -------------------------------------------------------------------------------------------------


def test_aliases_are_ids() -> None:
    assert record(aliases=("old1", "old:2"), title="T")[1]["ids"] == "old1,old:2"


def test_an_alias_that_cannot_be_cited_is_left_out() -> None:
    assert record(aliases=("o%d", "old", "a b"), title="T")[1]["ids"] == "old"


def test_no_alias_is_no_field() -> None:
    assert "ids" not in fields()


@pytest.mark.parametrize("key", ['a"b', "a(b", "a)b", "a=b", "a#b", "a%b", "a b", "a,b", "a{b", "a~b", "a\\b", ""])
def test_a_key_that_biber_cannot_read_is_refused_and_named(key: str) -> None:
    with pytest.raises(LitError, match=re.escape(repr(key))):
        export(Entry(key, Paper(title="T")))


def test_keys_that_differ_by_case_are_refused() -> None:
    with pytest.raises(LitError, match="one key"):
        export(Entry("a", Paper(title="T")), Entry("A", Paper(title="T")))


# --- the judge --------------------------------------------------------------------------------------------

KINDS: dict[str, dict[str, Any]] = {
    "article": {"venue": "Acta", "volume": "3", "number": "4", "pages": "1-10"},
    "inproceedings": {"venue": "Proceedings of X", "pages": "1-10", "publisher": "ACM", "series": "LNCS"},
    "incollection": {"venue": "A Handbook", "editors": (ROE,), "publisher": "Acme", "edition": "2"},
    "inbook": {"venue": "A Book", "pages": "3"},
    "book": {"publisher": "Acme", "edition": "Second", "isbn": "978-3-16-148410-0", "volume": "1", "series": "S"},
    "collection": {"authors": (), "editors": (ROE,), "publisher": "Acme"},
    "proceedings": {"authors": (), "editors": (ROE,), "publisher": "Acme"},
    "phdthesis": {"institution": "MIT"},
    "mastersthesis": {"institution": "MIT"},
    "thesis": {"institution": "MIT", "fields": {"type": "Habilitation"}},
    "techreport": {"institution": "IBM", "number": "RC 17"},
    "report": {"institution": "IBM", "fields": {"type": "White paper"}},
    "misc": {"venue": "Blog", "url": "https://x.y/a_b%20"},
    "online": {"url": "https://x.y/ä", "fields": {"urldate": "2020-05-01"}},
    "software": {"url": "https://x.y", "fields": {"version": "1.2"}},
    "dataset": {"doi": "10.5281/zenodo.1"},
    "manual": {"publisher": "Acme"},
    "unpublished": {"fields": {"note": "Draft"}},
    "patent": {"number": "US 1", "fields": {"holder": "Acme"}},
}
"""A clean paper of each type."""
MORE: dict[str, dict[str, Any]] = {
    "preprint": {"type": "misc", "arxiv": "1810.04805", "primary_class": "cs.CL"},
    "journal_and_arxiv": {"type": "article", "venue": "TACL", "arxiv": "math.AG/0601001", "doi": "10.1162/x_y"},
    "eid": {"type": "article", "venue": "PLoS", "pages": "e104203"},
    "day": {"type": "article", "venue": "J", "date": "2020-05-07"},
    "month": {"type": "article", "venue": "J", "date": "2020-05"},
    "range": {"type": "misc", "fields": {"date": "2020-05-01/2020-05-07"}},
    "open_range": {"type": "misc", "fields": {"date": "2020/"}},
    "uncertain": {"type": "misc", "fields": {"date": "1999?"}},
    "circa": {"type": "misc", "fields": {"date": "1999~"}},
    "old": {"type": "book", "publisher": "X", "year": 850},
    "german": {"type": "article", "venue": "Z. f. Öl", "title": "Über die Größe", "fields": {"langid": "german"}},
    "hostile": {
        "type": "article", "venue": "A & B_C #1", "title": 'Q&A: 50% of {DNA} & $O(n^2)$ ~ "x" <i> a\\b {',
        "abstract": "α² → 中文 {",
    },
    "people": {
        "type": "book", "publisher": "X", "et_al": True,
        "authors": (
            Person("Beethoven", "Ludwig", "van"), Person("King", "Martin Luther", suffix="Jr."), Person("Plato"),
            Person(literal="Barnes and Noble, Inc."), Person("de Silva"), Person("张", "三"),
        ),
    },
    "child": {"type": "inproceedings", "venue": "P", "fields": {"crossref": "proceedings"}},
}  # fmt: skip


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """What Biber says of a file with all of these papers."""
    clean = {"title": "On Things", "authors": (DOE, Person("Müller", "Änne")), "year": 2020}
    papers = {kind: {"type": kind, **said} for kind, said in KINDS.items()} | MORE
    entries = [
        Entry(
            key,
            Paper(**{**clean, **({"year": None} if "date" in said.get("fields", {}) else {}), **said}),
            aliases=(f"old:{key}",),
        )
        for key, said in papers.items()
    ]
    folder: Path = tmp_path_factory.mktemp("biber")
    (folder / "refs.bib").write_text(export(*entries), "utf-8")
    return subprocess.run(
        ["biber", "--tool", "--validate-datamodel", "--nolog", "refs.bib"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@needs("biber")
def test_biber_has_nothing_to_say_against_any_type(judged: subprocess.CompletedProcess[str]) -> None:
    complaints = [line for line in judged.stdout.splitlines() if line.startswith(("WARN", "ERROR"))]
    assert complaints == []
    assert judged.returncode == 0


@needs("biber")
def test_biber_would_complain_of_a_wrong_date(tmp_path: Path) -> None:
    # The judge is awake.
    (tmp_path / "refs.bib").write_text("@article{k, title={T}, date={2020-13}}", "utf-8")
    said = subprocess.run(
        ["biber", "--tool", "--validate-datamodel", "--nolog", "refs.bib"],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert "WARN" in said.stdout
