"""The .bib file for the classic styles: its fields, types, names, numbers, keys and order (field notes, section 3)."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from bibtexparser.splitter import Splitter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from litcli.errors import LitError
from litcli.exporters import bibtex
from litcli.exporters.options import Options
from litcli.library import store
from litcli.paper import Entry, Paper, Person
from tests.conftest import Program

DOE, ROE = Person("Doe", "Jane"), Person("Roe", "Richard")


def export(*entries: Entry, omit: str = "") -> str:
    return bibtex.write(entries, Options(omit=frozenset(omit.split()))).text


def record(omit: str = "", **said: Any) -> tuple[str, Mapping[str, str]]:
    """The type and the fields in which a paper is exported; a month keeps its want of braces."""
    text = export(Entry("k", Paper(**{"title": "On things", **said})), omit=omit)
    library = Splitter(text).split()
    assert library.failed_blocks == []
    (found,) = library.entries
    values = {field.key: field.value for field in found.fields}
    return found.entry_type, {
        name: value if name == "month" else value.removeprefix("{").removesuffix("}") for name, value in values.items()
    }


def fields(omit: str = "", **said: Any) -> Mapping[str, str]:
    return record(omit, **said)[1]


def warnings(**said: Any) -> tuple[str, ...]:
    return bibtex.write([Entry("k", Paper(**said))], Options()).warnings


def balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


# --- the file ---------------------------------------------------------------------------------------------


def test_an_entry_is_written_in_one_way() -> None:
    paper = Paper(
        type="article",
        title="On BERT & things",
        authors=(Person("Müller", "Änne"), DOE),
        year=2020,
        date="2020-04-07",
        venue="Acta",
        volume="3",
        pages="1-10",
        doi="10.1000/x_y",
    )
    assert export(Entry("muller2020", paper)) == (
        "@article{muller2020,\n"
        "  title = {On {BERT} \\& things},\n"
        '  author = {M{\\"u}ller, {\\"A}nne and Doe, Jane},\n'
        "  year = {2020},\n"
        "  month = apr,\n"
        "  day = {7},\n"
        "  journal = {Acta},\n"
        "  volume = {3},\n"
        "  pages = {1--10},\n"
        "  doi = {10.1000/x_y},\n"
        "}\n"
    )


def test_nothing_is_an_empty_file() -> None:
    assert export() == ""


def test_entries_are_sorted_by_key_whatever_their_case() -> None:
    keys = ["b", "C", "a", "a1", "B2"]
    assert re.findall(r"@misc\{(.+),", export(*(Entry(key, Paper(title="X")) for key in keys))) == [
        "a",
        "a1",
        "b",
        "B2",
        "C",
    ]


def test_one_blank_line_stands_between_entries() -> None:
    text = export(*(Entry(key, Paper(title="X")) for key in "abc"))
    assert text.count("}\n\n@misc{") == 2
    assert "\n\n\n" not in text


def test_the_file_ends_with_one_line_end() -> None:
    text = export(*(Entry(key, Paper(title="X")) for key in "ab"))
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")


def test_a_carriage_return_in_a_record_does_not_reach_the_file() -> None:
    assert "\r" not in export(Entry("k", Paper(title="On\r\nthings", abstract="One.\r\nTwo.")))


def test_fields_stand_in_one_order_whatever_the_record() -> None:
    wanted = "title author editor year month journal volume number pages publisher doi".split()
    found = fields(
        type="article",
        doi="10.1000/x",
        pages="1",
        number="2",
        volume="3",
        venue="Acta",
        publisher="Acme",
        date="2020-04-07",
        editors=(ROE,),
        authors=(DOE,),
    )
    assert [name for name in found if name in wanted] == wanted


def test_what_the_record_does_not_say_is_left_out() -> None:
    assert set(fields(authors=(DOE,))) == {"title", "author"}


def test_what_the_reader_added_stays_in_the_library() -> None:
    entry = Entry("k", Paper(title="X"), note="my thoughts", tags=("toread",), aliases=("old",), sources=("a:1 (b)",))
    assert not re.search("thoughts|toread|old|a:1", export(entry))


def test_the_order_of_the_entries_given_does_not_matter(seeded: Path) -> None:
    entries = list(store.read(seeded).entries.values())
    mixed = random.Random(1).sample(entries, len(entries))
    assert export(*mixed) == export(*entries)


def test_two_runs_write_the_same_bytes(library: Program) -> None:
    for name, seed in (("a.bib", "1"), ("b.bib", "2")):
        library("export", "-o", name, PYTHONHASHSEED=seed, TZ="Asia/Tokyo" if seed == "1" else "UTC")
    assert (library.folder / "a.bib").read_bytes() == (library.folder / "b.bib").read_bytes()
    assert (library.folder / "a.bib").read_bytes().isascii()


def test_an_export_over_an_older_one_replaces_it(library: Program) -> None:
    library("export", "-o", "a.bib")
    first = (library.folder / "a.bib").read_bytes()
    library("export", "-o", "a.bib")
    assert (library.folder / "a.bib").read_bytes() == first
    assert first.count(b"\n@") + first.startswith(b"@") == 216 + first.count(b"@preamble")


def test_standard_output_and_a_file_get_the_same(library: Program) -> None:
    library("export", "-o", "a.bib")
    assert library("export").out == (library.folder / "a.bib").read_text("ascii")


# --- titles -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["booktitle", "series"])
def test_words_are_protected_in_a_book_title_and_a_series_too(name: str) -> None:
    said = {"venue": "Reading BERT aloud", "series": "Reading BERT aloud"}
    assert fields(type="inproceedings", **said)[name] == "Reading {BERT} aloud"


def test_words_are_not_protected_in_the_name_of_a_journal() -> None:
    assert fields(type="article", venue="Journal of BERT")["journal"] == "Journal of BERT"


@pytest.mark.parametrize("name", ["langid", "language"])
def test_a_title_in_another_language_keeps_all_its_capitals(name: str) -> None:
    title = "Über die Entstehung der Arten"
    assert fields(title=title, fields={name: "german"})["title"] == '{{\\"U}ber die Entstehung der Arten}'


def test_an_english_title_is_not_braced_as_a_whole() -> None:
    assert fields(title="On the origin of species", fields={"langid": "english"})["title"] == "On the origin of species"


# --- names (field notes, 3.4) -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ((DOE,), "Doe, Jane"),
        ((DOE, ROE), "Doe, Jane and Roe, Richard"),
        ((Person("Berg", "Jan", "van der"),), "van der Berg, Jan"),
        ((Person("King", "Martin Luther", suffix="Jr."),), "King, Jr., Martin Luther"),
        ((Person("Berg", "Jan", "van der", "III"),), "van der Berg, III, Jan"),
        ((Person("Plato"),), "Plato"),
        ((Person("García Márquez", "Gabriel"),), r"Garc{\'\i}a M{\'a}rquez, Gabriel"),
        ((Person(literal="OECD"),), "{OECD}"),
        ((Person(literal="Google Research"), DOE), "{Google Research} and Doe, Jane"),
        ((Person(literal="Barnes and Noble, Inc."),), "{Barnes and Noble, Inc.}"),
        ((Person(literal="others"), DOE), "{others} and Doe, Jane"),
        ((Person("others"), DOE), "{others} and Doe, Jane"),
        ((Person("Gogh", "Vincent", "van"),), "van Gogh, Vincent"),
        # BibTeX prints a blank for a bare hyphen behind a small letter's part, and cuts `{$` to the dollar.
        ((Person("al-Farabi", "Abu"),), "al{-}Farabi, Abu"),
        ((Person("Abu-l-Hasan", "Ali"),), "Abu-l{-}Hasan, Ali"),
        ((Person("Berg-Roe", "Jan-willem", "van der"),), "van der Berg-Roe, Jan-willem"),
        ((Person("Σω", "Γ"),), r"{\ensuremath{\Sigma}}{\ensuremath{\omega}}, {\ensuremath{\Gamma}}"),
    ],
)
def test_a_name_has_one_form(people: tuple[Person, ...], expected: str) -> None:
    assert fields(authors=people)["author"] == expected


@pytest.mark.parametrize("role", ["authors", "editors"])
def test_people_stand_on_one_line(role: str) -> None:
    crowd = tuple(Person(f"Family{n}", "Given") for n in range(100))
    value = fields(**{role: crowd})[role.removesuffix("s")]
    assert "\n" not in value
    assert value.count(" and ") == 99


def test_a_cut_list_ends_with_others_without_braces() -> None:
    assert fields(authors=(DOE,), et_al=True)["author"] == "Doe, Jane and others"


def test_a_cut_list_of_nobody_is_no_author() -> None:
    assert "author" not in fields(et_al=True)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (Person("Barnes and Noble"), "{Barnes and Noble}"),
        (Person("Lee and Sons", "A."), "{Lee and Sons}, A."),
        (Person("Doe", "J. and R."), "Doe, {J. and R.}"),
        # BibTeX takes it in capitals too.
        (Person("LEE AND SONS", "A."), "{LEE AND SONS}, A."),
    ],
)
def test_an_and_within_a_name_does_not_part_it(person: Person, expected: str) -> None:
    assert fields(authors=(person,))["author"] == expected


@pytest.mark.parametrize(
    ("person", "expected"),
    [(Person("Doe, Inc."), "{Doe, Inc.}"), (Person("Doe", "J., R."), "Doe, {J., R.}")],
)
def test_a_comma_within_a_name_does_not_part_it(person: Person, expected: str) -> None:
    assert fields(authors=(person,))["author"] == expected


def test_a_family_name_of_two_words_without_a_given_name_is_not_taken_for_one() -> None:
    assert fields(authors=(Person("Wu Ming"),))["author"] == "{Wu Ming}"


def test_an_initial_of_two_letters_is_one_character_to_bibtex() -> None:
    assert fields(authors=(Person("Ivanov", "Yu. E."),))["author"] == r"Ivanov, {\relax Yu}. E."


def test_an_accent_in_a_name_is_one_group() -> None:
    assert fields(authors=(Person("Žilka", "Łukasz"),))["author"] == r"{\v{Z}}ilka, {\L}ukasz"


def test_dollars_of_two_names_make_no_math() -> None:
    value = fields(authors=(Person("Sebert", "Ke$ha"), Person("Rocky", "A$AP")))["author"]
    assert value == r"Sebert, Ke\$ha and Rocky, A\$AP"


def test_a_stray_brace_in_one_name_does_not_touch_the_others() -> None:
    value = fields(authors=(Person("Doe}", "Jane"), Person(literal="Smith and Sons")))["author"]
    assert value.endswith(" and {Smith and Sons}")


def test_a_paper_without_a_name_is_sorted_by_its_title() -> None:
    assert fields(title="On BERT")["key"] == "On BERT"


@pytest.mark.parametrize("kind", ["misc", "article", "inproceedings", "phdthesis", "techreport"])
def test_a_paper_with_nobody_but_editors_has_a_key_to_sort_by(kind: str) -> None:
    # Only books and proceedings are sorted by their editors (plain.bst, presort).
    assert fields(type=kind, editors=(DOE,))["key"] == "On things"


def test_a_book_with_editors_needs_no_key() -> None:
    assert "key" not in fields(type="book", editors=(DOE,))


def test_an_entry_without_name_and_title_is_sorted_by_its_citation_key() -> None:
    assert fields(title="")["key"] == "k"


@pytest.mark.parametrize(
    "title", ["50% better", "~10 pages", "AT&T reports", "<EOS>", "α-helices", "x²", "$\\alpha_i$"]
)
def test_a_key_to_sort_by_is_no_latex(title: str) -> None:
    # alpha.bst cuts its label out of the first characters, in the midst of a command where there is one.
    assert not re.search(r"[\\$&%~<>^_]", fields(title=title)["key"])


# --- dates, pages, numbers (field notes, 3.6) ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "month"), [("2020-01", "jan"), ("2020-04-07", "apr"), ("2020-09", "sep"), ("2020-12-31", "dec")]
)
def test_a_month_is_a_macro_without_braces(date: str, month: str) -> None:
    assert f"  month = {month},\n" in export(Entry("k", Paper(title="X", date=date)))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"year": 2020}, {"year": "2020"}),
        ({"date": "2020"}, {"year": "2020"}),
        ({"date": "2020-04"}, {"year": "2020", "month": "apr"}),
        ({"date": "2020-04-07"}, {"year": "2020", "month": "apr", "day": "7"}),
        ({"year": 2020, "date": "2020-04"}, {"year": "2020", "month": "apr"}),
        # The day of the preprint is not the month of the year in which it was published.
        ({"year": 2021, "date": "2020-04"}, {"year": "2021"}),
        ({"date": "--04-07"}, {}),
    ],
)
def test_year_month_and_day_come_from_what_is_known(said: dict[str, Any], expected: dict[str, str]) -> None:
    found = fields(authors=(DOE,), **said)
    assert {name: found[name] for name in ("year", "month", "day") if name in found} == expected


def test_a_month_without_a_year_is_told() -> None:
    (warning,) = warnings(title="X", date="--04-07")
    assert warning.startswith("k: ")
    assert "--04-07" in warning


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ("1-10", "1--10"),
        ("1--10", "1--10"),
        ("1---10", "1--10"),
        ("1–10", "1--10"),
        ("1—10", "1--10"),
        ("1‒10", "1--10"),
        ("1−10", "1--10"),
        ("1 - 10", "1--10"),
        ("1 – 10", "1--10"),
        ("e1-e9", "e1--e9"),
        ("S1-S9", "S1--S9"),
        ("xi–xii", "xi--xii"),
        ("1-3, 7, 9-12", "1--3, 7, 9--12"),
        ("1-3,7", "1--3,7"),
        ("37:1-37:20", "37:1--37:20"),
        ("1234", "1234"),
        ("e12", "e12"),
        ("43+", "43+"),
        ("1-2-3", "1-2-3"),
        ("A-1-A-9", "A-1-A-9"),
    ],
)
def test_a_range_of_pages_has_two_hyphens_and_the_rest_is_left(pages: str, expected: str) -> None:
    assert fields(pages=pages)["pages"] == expected


@pytest.mark.parametrize(
    ("edition", "expected"),
    [
        ("1", "First"),
        ("2", "Second"),
        ("3rd", "Third"),
        ("10", "Tenth"),
        ("12", "Twelfth"),
        ("Second", "Second"),
        ("second", "Second"),
        ("Revised", "Revised"),
    ],
)
def test_an_edition_is_an_ordinal_word(edition: str, expected: str) -> None:
    assert fields(type="book", edition=edition)["edition"] == expected


@pytest.mark.parametrize("edition", ["13", "21", "22", "111"])
def test_a_late_edition_is_an_ordinal_too(edition: str) -> None:
    last = {"13": "th", "21": "st", "22": "nd", "111": "th"}[edition]
    written = fields(type="book", edition=edition)["edition"]
    assert written == f"{edition}{last}" or re.fullmatch(r"[A-Z][a-z-]+", written)


@pytest.mark.parametrize("kind", ["book", "proceedings", "inbook", "incollection", "inproceedings"])
def test_a_book_has_a_volume_or_a_number_but_not_both(kind: str) -> None:
    found = fields(type=kind, volume="3", number="4", series="LNCS")
    assert (found["volume"], found.get("number")) == ("3", None)


@pytest.mark.parametrize("kind", ["book", "proceedings", "incollection", "inproceedings"])
def test_a_book_without_a_volume_keeps_its_number(kind: str) -> None:
    assert fields(type=kind, number="4", series="LNCS")["number"] == "4"


def test_an_article_has_volume_and_number() -> None:
    found = fields(type="article", volume="3", number="4")
    assert (found["volume"], found["number"]) == ("3", "4")


# --- types (field notes, 3.7) -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("article", "article"),
        ("inproceedings", "inproceedings"),
        ("conference", "conference"),
        ("book", "book"),
        ("phdthesis", "phdthesis"),
        ("mastersthesis", "mastersthesis"),
        ("techreport", "techreport"),
        ("unpublished", "unpublished"),
        ("thesis", "phdthesis"),
        ("report", "techreport"),
        ("online", "misc"),
        ("software", "misc"),
        ("dataset", "misc"),
        ("mvbook", "book"),
        ("collection", "book"),
        ("mvcollection", "book"),
        ("reference", "book"),
        ("mvproceedings", "proceedings"),
        ("inreference", "incollection"),
        ("something else", "misc"),
    ],
)
def test_a_type_is_one_that_the_classic_styles_know(kind: str, expected: str) -> None:
    assert record(type=kind)[0] == expected


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("article", "journal"),
        ("inproceedings", "booktitle"),
        ("incollection", "booktitle"),
        ("phdthesis", "school"),
        ("mastersthesis", "school"),
        ("techreport", "institution"),
        ("book", "series"),
        ("misc", "howpublished"),
        ("online", "howpublished"),
    ],
)
def test_a_venue_stands_in_the_field_that_its_type_prints(kind: str, name: str) -> None:
    assert fields(type=kind, venue="Acta of things")[name] == "Acta of things"


def test_the_order_of_fields_does_not_tell_which_of_its_fields_said_the_series() -> None:
    said = {"type": "book", "volume": "3", "edition": "2"}
    assert [*fields(venue="LNCS", **said)] == [*fields(series="LNCS", **said)]


def test_the_case_of_a_type_means_nothing() -> None:
    assert record(type="PhdThesis", institution="MIT")[0] == "phdthesis"
    assert fields(type="Article", venue="Acta")["journal"] == "Acta"


def test_a_part_of_a_book_names_the_whole_where_it_is_printed() -> None:
    # The @inbook of the classic styles has no field for the whole book's title.
    kind, found = record(type="inbook", venue="The whole", pages="1-9")
    assert (kind, found["booktitle"]) == ("incollection", "The whole")


@pytest.mark.parametrize(
    ("kind", "name"), [("phdthesis", "school"), ("mastersthesis", "school"), ("techreport", "institution")]
)
def test_an_institution_stands_in_the_field_of_its_type(kind: str, name: str) -> None:
    assert fields(type=kind, institution="Fudan University")[name] == "Fudan University"


def test_a_report_says_both_its_institution_and_its_venue() -> None:
    found = fields(type="techreport", institution="MIT", venue="AI Memo")
    assert found["institution"] == "MIT"
    assert "{AI} Memo" in found.values()


# --- arXiv (field notes, 3.7) -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "venue"),
    [
        ("misc", ""),
        ("misc", "arXiv"),
        ("article", "arXiv"),
        ("article", "arXiv preprint arXiv:2005.00683"),
        ("online", ""),
    ],
)
def test_a_preprint_is_misc_with_its_identifier_and_no_journal(kind: str, venue: str) -> None:
    found, said = record(type=kind, venue=venue, arxiv="2005.00683", primary_class="cs.CL", authors=(DOE,))
    assert found == "misc"
    assert said == {
        "title": "On things",
        "author": "Doe, Jane",
        "howpublished": "arXiv:2005.00683",
        "eprint": "2005.00683",
        "archiveprefix": "arXiv",
        "primaryclass": "cs.CL",
    }


@pytest.mark.parametrize(("kind", "name"), [("article", "journal"), ("inproceedings", "booktitle")])
def test_a_published_paper_keeps_its_venue_and_its_arxiv_identifier(kind: str, name: str) -> None:
    found, said = record(type=kind, venue="Acta", arxiv="math.AG/0601001", primary_class="math.AG")
    assert (found, said[name]) == (kind, "Acta")
    assert (said["eprint"], said["archiveprefix"], said["primaryclass"]) == ("math.AG/0601001", "arXiv", "math.AG")


def test_a_class_without_an_identifier_is_not_written() -> None:
    assert "primaryclass" not in fields(primary_class="cs.CL")


# --- addresses (field notes, 3.3) ---------------------------------------------------------------------------

URL = "https://ex.org/a_b(c)?x=1&y=50%25#frag~z^$"
DOI = "10.1002/(SICI)1097-4571(1999)50:1<1::AID-ASI1>3.0.CO;2-#"


def test_a_url_is_written_as_it_stands() -> None:
    assert fields(type="article", url=URL)["url"] == URL


def test_a_doi_is_written_as_it_stands() -> None:
    assert fields(doi=DOI)["doi"] == DOI


@pytest.mark.parametrize("prefix", ["https://doi.org/", "http://dx.doi.org/", "doi:", "DOI "])
def test_a_doi_is_bare(prefix: str) -> None:
    assert fields(doi=f"{prefix}10.1000/Xy")["doi"] == "10.1000/Xy"


@pytest.mark.parametrize(
    "said",
    [
        {"url": "https://doi.org/10.1000/XY", "doi": "10.1000/xy"},
        {"url": "http://dx.doi.org/10.1000/xy", "doi": "10.1000/xy"},
        {"url": "https://arxiv.org/abs/2005.00683v2", "arxiv": "2005.00683"},
        {"url": "https://arxiv.org/pdf/2005.00683", "arxiv": "2005.00683"},
    ],
)
def test_a_url_that_only_says_the_identifier_again_is_left_out(said: dict[str, str]) -> None:
    found = fields(type="misc", **said)
    assert "url" not in found
    assert said["url"] not in found.get("howpublished", "")


def test_another_url_stays_beside_the_identifiers() -> None:
    assert fields(type="article", url=URL, doi="10.1000/xy", arxiv="2005.00683")["url"] == URL


@pytest.mark.parametrize("kind", ["misc", "online", "software", "dataset"])
def test_the_url_of_a_misc_is_printed_by_howpublished(kind: str) -> None:
    assert fields(type=kind, url="https://x.y/~a_b?c&d")["howpublished"] == r"\url{https://x.y/~a_b?c&d}"


def test_a_url_in_howpublished_stands_in_a_form_that_biblatex_can_read_too() -> None:
    escaped = URL.replace("%", r"\%").replace("#", r"\#")
    assert fields(type="misc", url=URL)["howpublished"] == f"\\liturl{{{escaped}}}"


def test_a_url_that_is_printed_by_howpublished_is_printed_once() -> None:
    assert "url" not in fields(type="misc", url=URL)
    assert fields(type="misc", url=URL, venue="A blog")["url"] == URL


@pytest.mark.parametrize("field", ["edition", "type"])
def test_what_the_styles_set_in_lower_case_is_protected_like_a_title(field: str) -> None:
    said: dict[str, Any] = {"edition": "Third IEEE"} if field == "edition" else {"fields": {"type": "Third IEEE"}}
    assert fields(type="techreport", **said)[field] == "Third {IEEE}"


@pytest.mark.parametrize(("source", "written"), [("a.bib:1 (bibtex)", True), ("page.txt:1 (homepage)", False)])
def test_what_pages_print_beside_a_paper_is_exported_where_a_bib_file_said_it(source: str, written: bool) -> None:
    entry = Entry("k", Paper(title="T", fields={"citation": "347 U.S. 483"}), sources=(source,))
    assert ("citation = {347 U.S. 483}" in bibtex.write([entry], Options()).text) == written


def test_a_parent_that_is_named_by_an_older_key_stands_last_under_its_own() -> None:
    child = Entry("child", Paper(type="inproceedings", title="T", fields={"crossref": "Old"}))
    text = bibtex.write([Entry("a", Paper(type="proceedings", title="P"), aliases=("old",)), child], Options()).text
    assert text.index("@inproceedings{child") < text.index("@proceedings{a")
    assert "crossref = {a}" in text


def test_only_an_organisation_of_letters_beyond_ascii_ends_in_an_empty_group() -> None:
    assert fields(authors=(Person("Øø"), Person(literal="Øø")))["author"] == r"{\O}{\o} and {\O}{\o}{}"


def test_the_name_of_an_organisation_keeps_its_fonts_and_its_math() -> None:
    assert (
        fields(authors=(Person(literal=r"The \emph{C} of $x_2$"),))["author"]
        == r"{The }{\emph{C}}{ of }{\ensuremath{x_2}}"
    )


def test_a_venue_takes_the_place_of_the_url_in_howpublished() -> None:
    assert fields(url=URL, venue="A blog")["howpublished"] == "A blog"


@pytest.mark.parametrize("path", ["a{b", "a}b", "\\", "a\\{b\\}"])
def test_a_url_that_would_break_the_file_is_mended(path: str) -> None:
    value = fields(type="article", url=f"https://ex.org/{path}")["url"]
    assert value.startswith("https://ex.org/")
    assert balanced(value)


# --- keys (field notes, 3.8) --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key", ["sun2022blackbox", "DBLP:conf/nips/VaswaniSPUJ17", "a+b.c_d-e", "10.1000/x", "K", "a*b?[1]", "x;y!z|@&^"]
)
def test_a_key_is_written_as_it_stands(key: str) -> None:
    assert f"@misc{{{key},\n" in export(Entry(key, Paper(title="X")))


@pytest.mark.parametrize("char", [*' ,"{}#%~=\\\t\n'])
def test_a_key_that_no_latex_can_cite_is_refused(char: str) -> None:
    with pytest.raises(LitError, match="key"):
        export(Entry(f"a{char}b", Paper(title="X")))


def test_a_key_of_no_characters_is_refused() -> None:
    with pytest.raises(LitError):
        export(Entry("", Paper(title="X")))


@pytest.mark.parametrize("key", ["müller2020", "o'neil", "a(b)"])
def test_a_key_that_breaks_some_programs_is_kept_with_a_warning(key: str) -> None:
    # BibTeX reads it, and papers cite it by this name.
    written = bibtex.write([Entry(key, Paper(title="X"))], Options())
    assert f"@misc{{{key},\n" in written.text
    assert written.warnings[0].startswith(f"{key}: key: ")


def test_keys_that_differ_by_case_alone_are_refused() -> None:
    with pytest.raises(LitError, match=r"Key2020 and key2020|key2020 and Key2020"):
        export(Entry("key2020", Paper(title="X")), Entry("m", Paper(title="Y")), Entry("Key2020", Paper(title="Z")))


def test_a_refused_key_leaves_the_file_alone(lit: Program) -> None:
    lit.write("library.toml", 'format = 1\n\n[papers."a b"]\ntitle = "X"\n')
    lit.write("refs.bib", "what was there\n")
    said = lit("export", "-o", "refs.bib", code=3)
    assert "'a b'" in said.err
    assert (lit.folder / "refs.bib").read_text("ascii") == "what was there\n"


# --- leaving fields out -------------------------------------------------------------------------------------

FULL: dict[str, Any] = {
    "type": "article", "authors": (DOE,), "editors": (ROE,), "venue": "Acta", "date": "2020-04-07", "volume": "3",
    "pages": "1-9", "publisher": "Acme", "doi": "10.1000/x", "arxiv": "2005.00683", "primary_class": "cs.CL",
    "url": URL, "abstract": "We do.",
}  # fmt: skip


@pytest.mark.parametrize("name", ["abstract", "url", "doi", "publisher", "volume", "pages"])
def test_a_field_left_out_is_the_only_one_missing(name: str) -> None:
    assert set(fields(**FULL)) - set(fields(omit=name, **FULL)) == {name}


@pytest.mark.parametrize(
    ("name", "gone"),
    [("authors", {"author"}), ("editors", {"editor"}), ("venue", {"journal"}), ("arxiv", {"eprint", "archiveprefix"})],
)
def test_fields_go_by_the_names_that_they_have_in_the_library(name: str, gone: set[str]) -> None:
    assert gone <= set(fields(**FULL))
    assert not gone & set(fields(omit=name, **FULL))


def test_a_year_left_out_takes_its_month_along() -> None:
    # BibTeX warns at a month without a year.
    assert not {"year", "month", "day"} & set(fields(omit="year", **FULL))


def test_an_author_left_out_leaves_a_key_to_sort_by() -> None:
    assert fields(omit="author", authors=(DOE,))["key"] == "On things"


def test_a_url_left_out_is_not_printed_elsewhere() -> None:
    assert URL not in export(Entry("k", Paper(title="X", url=URL)), omit="url")


# --- what the reader is told --------------------------------------------------------------------------------


def test_a_character_without_a_latex_form_is_told_with_key_field_and_code_point() -> None:
    (warning,) = warnings(title="X 大", authors=(DOE,))
    assert warning.startswith("k: title: ")
    assert "大 (U+5927)" in warning
    assert "XeLaTeX" in warning


def test_a_field_of_the_record_is_told_once() -> None:
    assert len(warnings(title="大")) == 1


def test_a_field_left_out_is_not_told() -> None:
    written = bibtex.write([Entry("k", Paper(title="X", abstract="大"))], Options(omit=frozenset({"abstract"})))
    assert written.warnings == ()


def test_the_command_of_such_a_character_is_defined_once_and_only_where_it_is_used() -> None:
    plain, strange = Entry("a", Paper(title="X")), Entry("b", Paper(title="大 型"))
    assert "litchar" not in export(plain)
    text = export(plain, strange)
    assert text.startswith("@preamble{")
    assert text.count("\\providecommand{\\litchar}") == 1


def test_what_is_told_goes_to_standard_error(lit: Program) -> None:
    lit.write("library.toml", 'format = 1\n\n[papers.k]\ntitle = "大"\n')
    said = lit("export")
    assert "U+5927" in said.err
    assert "U+5927" not in said.out
    assert "\\litchar{5927}" in said.out


# --- any text -----------------------------------------------------------------------------------------------


def test_the_braces_of_an_abstract_protect_nothing_and_are_printed() -> None:
    assert fields(abstract="the set {a}")["abstract"] == r"the set \textbraceleft{}a\textbraceright{}"


def test_a_line_that_looks_like_an_entry_is_text() -> None:
    abstract = "It reads\n@misc{x, title = {Y}}\nand goes on."
    assert "@misc" in fields(abstract=abstract)["abstract"]


TEXT = st.text() | st.text(alphabet='{}$\\%&#_~^"@,=ab \n')


@settings(max_examples=200, deadline=None)
@given(title=TEXT, abstract=TEXT, venue=TEXT, kind=st.sampled_from(["article", "inproceedings", "misc", "book"]))
@example(title="{", abstract="}", venue="\\", kind="article")
@example(title="\\", abstract="\\{", venue="$", kind="misc")
def test_any_text_is_written_so_that_it_reads_back(title: str, abstract: str, venue: str, kind: str) -> None:
    paper = Paper(type=kind, title=title, abstract=abstract, venue=venue, authors=(DOE,))
    text = export(Entry("k", paper))
    assert text.isascii()
    assert balanced(text)
    library = Splitter(text).split()
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert entry.key == "k"
    assert all(balanced(field.value) for field in entry.fields)


@settings(max_examples=200, deadline=None)
@given(st.text(), st.text(), st.text(), st.text())
def test_any_name_address_and_number_are_written_or_refused(name: str, url: str, doi: str, pages: str) -> None:
    paper = Paper(
        type="article",
        title="X",
        authors=(Person(name, "A."), Person(literal=name), DOE),
        url=url,
        doi=doi,
        pages=pages,
    )
    try:
        text = export(Entry("k", paper))
    except LitError:
        return
    assert text.isascii()
    assert balanced(text)
    assert len(Splitter(text).split().entries) == 1


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1))
def test_any_key_is_written_as_it_stands_or_refused(key: str) -> None:
    try:
        text = export(Entry(key, Paper(title="X")))
    except LitError:
        return
    assert [entry.key for entry in Splitter(text).split().entries] == [key]
