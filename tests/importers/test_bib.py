"""A .bib file, field by field: what each says by the rules of BibTeX, biblatex and the programs that write them."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import importers, names, page, parallel, reading
from litcli.importers import bib
from litcli.page import Page
from litcli.paper import Paper, Person, Problem, Record
from tests.conftest import SEEDS
from tests.growth import grows_in_proportion


def parse(text: str | bytes) -> list[Record | Problem]:
    found = page.decode("a.bib", text) if isinstance(text, bytes) else Page("a.bib", text)
    return list(bib.parse(found))


def records(text: str | bytes) -> list[Record]:
    return [item for item in parse(text) if isinstance(item, Record)]


def papers(text: str) -> dict[str, Paper]:
    return {record.key: record.paper for record in records(text)}


def problems(text: str) -> list[Problem]:
    return [item for item in parse(text) if isinstance(item, Problem)]


def paper(fields: str, kind: str = "article") -> Paper:
    """The paper of one entry, of which these are the fields."""
    found = parse(f"@{kind}{{k,\n  title = {{T}},\n  {fields}\n}}\n")
    assert len(found) == 1, found
    assert isinstance(found[0], Record)
    return found[0].paper


def people(value: str) -> list[str]:
    return [names.comma_form(person) for person in paper(f"author = {{{value}}}").authors]


# --- what is decoded --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["url", "file", "pdf", "local-url", "verba", "bdsk-url-1"])
def test_an_address_is_taken_as_it_stands(name: str) -> None:
    address = "http://x.y/~a_b%20c?d=1&e--f#g{h}''"
    found = paper(f"{name} = {{{address}}}")
    assert (found.url if name == "url" else found.fields[name]) == address


def test_a_doi_is_taken_as_it_stands() -> None:
    assert paper("doi = {10.1002/(SICI)1097-0258(199808)17:16<1787::AID_x>3.0.CO;2--8}").doi == (
        "10.1002/(SICI)1097-0258(199808)17:16<1787::AID_x>3.0.CO;2--8"
    )


@pytest.mark.parametrize("prefix", ["https://doi.org/", "http://dx.doi.org/", "doi:", "DOI: "])
def test_a_doi_is_bare(prefix: str) -> None:
    assert paper(f"doi = {{{prefix}10.1000/x_y}}").doi == "10.1000/x_y"


@pytest.mark.parametrize("value", ["10.1000/x_y.", "10.1000/x_y [doi]", "10.1000/x_y;"])
def test_what_ends_a_sentence_behind_a_doi_is_no_part_of_it(value: str) -> None:
    assert paper(f"doi = {{{value}}}").doi == "10.1000/x_y"


@pytest.mark.parametrize("value", [r"10.1000/x\_y", r"10.1000/x{\_}y", r"\url{10.1000/x_y}", "{10.1000/x_y}"])
def test_a_doi_that_was_escaped_for_print_is_itself(value: str) -> None:
    # Mendeley and older exports write them so; no DOI in use holds a backslash.
    assert paper(f"doi = {{{value}}}").doi == "10.1000/x_y"


@pytest.mark.parametrize(
    "value",
    [
        r"http://x.y/~a\_b\%20",
        r"\url{http://x.y/~a_b%20}",
        "<http://x.y/~a_b%20>",
        r"http://x.y/{\textasciitilde}a{\_}b\%20",
    ],
)
def test_a_url_is_out_of_its_wrapping(value: str) -> None:
    assert paper(f"url = {{{value}}}").url == "http://x.y/~a_b%20"


def test_an_eprint_of_another_archive_is_taken_as_it_stands() -> None:
    found = paper("eprint = {10.2307/25_x%y}, eprinttype = {jstor}", "online")
    assert (found.fields["eprint"], found.fields["eprinttype"]) == ("10.2307/25_x%y", "jstor")
    assert not found.arxiv


@pytest.mark.parametrize("value", ["50% better & faster", "A_b # c ^ d", "100 %", "AT&T"])
def test_a_raw_special_is_text(value: str) -> None:
    assert records(f"@misc{{k, title = {{{value}}}}}")[0].paper.title == value


@pytest.mark.parametrize("value", ["{BERT}: on {DNA}", "{The Whole Title}", "On {$O(n^2)$} {C++}"])
def test_braces_that_protect_survive(value: str) -> None:
    assert records(f"@misc{{k, title = {{{value}}}}}")[0].paper.title == value.replace("{$", "$").replace("$}", "$")


def test_braces_round_a_quoted_value_are_protection_too() -> None:
    assert records('@misc{k, title = "{The Title}"}')[0].paper.title == "{The Title}"


def test_no_braces_are_added() -> None:
    assert papers("@misc{k, title = {BERT and GPT-3 in iPhones}}")["k"].title == "BERT and GPT-3 in iPhones"


def test_every_text_field_is_decoded() -> None:
    found = paper(
        r"""journal = {Z. f{\"u}r A \& B}, publisher = {M{\"u}ller}, series = {S\'erie}, note = {50\% of it},
        address = {K{\o}benhavn}, keywords = {caf\'e, b}, abstract = {{\'E} of {BERT} -- 5\%}""",
    )
    assert (found.venue, found.publisher, found.series) == ("Z. für A & B", "Müller", "Série")
    assert found.fields["note"] == "50% of it"
    assert found.fields["address"] == "København"
    assert found.fields["keywords"] == "café, b"
    assert found.abstract == "É of BERT – 5%"


def test_the_commands_of_a_preamble_are_known_wherever_it_stands() -> None:
    text = r"""@misc{k, title = {\noop{1}The \prog{} x}}
        @preamble{"\newcommand{\noop}[1]{}" # "\def\prog{{GNU} Make}"}"""
    assert papers(text)["k"].title == "The {GNU} Make x"


# --- macros and joins -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "venue"),
    [
        ("proc # { of } # neurips", "Proceedings of NeurIPS"),
        ('PROC # " " # NeurIPS # ", Vol. " # 3', "Proceedings NeurIPS, Vol. 3"),
        ("whole", "Proceedings of NeurIPS"),
        ("{proc}", "proc"),
        ('"neurips"', "neurips"),
    ],
)
def test_macros_and_joins_are_resolved(value: str, venue: str) -> None:
    text = f"""@string{{proc = "Proceedings"}} @STRING(NEURIPS = {{NeurIPS}}) @string{{whole = proc # " of " # neurips}}
        @inproceedings{{k, title = {{T}}, booktitle = {value}}}"""
    assert papers(text)["k"].venue == venue


def test_the_latest_definition_before_an_entry_counts() -> None:
    text = "@string{j = {One}} @article{a, journal = j} @string{J = {Two}} @article{b, journal = j}"
    assert [record.paper.venue for record in records(text)] == ["One", "Two"]


def test_a_macro_keeps_what_its_parts_were_when_it_was_defined() -> None:
    text = "@string{x = {old}} @string{y = x # {!}} @string{x = {new}} @article{a, journal = y}"
    assert papers(text)["a"].venue == "old!"


@pytest.mark.parametrize(
    ("macro", "journal"),
    [
        ("cacm", "Communications of the ACM"),
        ("jacm", "Journal of the ACM"),
        ("toplas", "ACM Transactions on Programming Languages and Systems"),
        ("TCS", "Theoretical Computer Science"),
    ],
)
def test_the_journals_of_the_standard_styles_are_known(macro: str, journal: str) -> None:
    assert paper(f"journal = {macro}").venue == journal


def test_an_undefined_macro_is_told_and_keeps_its_name() -> None:
    found = parse("\n@article{k, title = {T}, journal = Tkde # { 5}}")
    assert isinstance(found[0], Problem)
    assert (found[0].line, found[0].failed) == (2, 0)
    assert "tkde" in found[0].message
    assert "journal" in found[0].message
    assert isinstance(found[1], Record)
    assert found[1].paper.venue == "tkde 5"


# --- crossref and xdata -----------------------------------------------------------------------------------

PARENT = """@proceedings{Parent, title = {Proceedings of X}, editor = {Doe, Jane}, year = 2020, month = may,
    publisher = {Acme}, doi = {10.1000/p}, url = {http://x/p}, isbn = {978-3}, abstract = {All of it.}}"""
CHILD = "@inproceedings{child, title = {On Y}, author = {Roe, Ann}, crossref = {%s}, pages = {1--2}}"


@pytest.mark.parametrize("text", [CHILD % "Parent" + PARENT, PARENT + CHILD % "Parent", PARENT + CHILD % "pARENT"])
def test_a_child_has_what_its_parent_has_wherever_that_stands(text: str) -> None:
    child = papers(text)["child"]
    assert child.title == "On Y"
    assert child.venue == "Proceedings of X"
    assert child.editors == (Person("Doe", "Jane"),)
    assert (child.year, child.date, child.publisher, child.pages) == (2020, "2020-05", "Acme", "1-2")


def test_a_parent_is_found_by_an_older_key_of_its() -> None:
    text = CHILD % "Old" + "@proceedings{New, ids = {older, old}, title = {Proceedings of X}, year = 2020}"
    assert (papers(text)["child"].venue, papers(text)["child"].fields["crossref"]) == ("Proceedings of X", "New")


def test_an_entry_that_refers_to_an_older_key_of_its_own_inherits_nothing() -> None:
    assert papers("@misc{k, ids = {old}, crossref = {old}, title = {T}}")["k"].title == "T"


def test_a_child_keeps_its_reference() -> None:
    assert papers(PARENT + CHILD % "parent")["child"].fields["crossref"].lower() == "parent"


def test_a_child_does_not_take_over_what_identifies_its_parent() -> None:
    child = papers(PARENT + CHILD % "Parent")["child"]
    assert (child.doi, child.url, child.arxiv, child.abstract) == ("", "", "", "")


def test_what_a_child_says_itself_stays() -> None:
    text = (
        PARENT
        + "@inproceedings{child, title={A}, booktitle={Mine}, publisher={Own}, doi={10.1000/c}, crossref={Parent}}"
    )
    child = papers(text)["child"]
    assert (child.venue, child.publisher, child.doi) == ("Mine", "Own", "10.1000/c")


def test_a_child_with_a_year_of_its_own_has_no_month_of_its_parent() -> None:
    child = papers(PARENT + "@inproceedings{child, title={A}, year=2021, crossref={Parent}}")["child"]
    assert (child.year, child.date) == (2021, "")


def test_a_parent_stays_as_it_is() -> None:
    parent = papers(PARENT + CHILD % "Parent")["Parent"]
    assert (parent.title, parent.doi, parent.venue, parent.type) == ("Proceedings of X", "10.1000/p", "", "proceedings")


def test_grandparents_give_too() -> None:
    text = """@inproceedings{c, title={C}, crossref={p}} @proceedings{p, title={P}, crossref={g}}
        @proceedings{g, title={G}, publisher={Acme}}"""
    assert papers(text)["c"].publisher == "Acme"
    assert papers(text)["c"].venue == "P"


def test_the_booktitle_of_a_parent_is_that_of_its_child() -> None:
    text = "@inproceedings{c, title={C}, crossref={p}} @proceedings{p, title={The P}, booktitle={Short P}}"
    assert papers(text)["c"].venue == "Short P"


@pytest.mark.parametrize("circle", ["aa", "ab ba", "ab bc ca"])
def test_entries_that_refer_in_a_circle_are_read(circle: str) -> None:
    pairs = circle.split()
    text = "".join(f"@book{{{one}, title={{T}}, crossref={{{two}}}}}" for one, two in pairs)
    assert [record.key for record in records(text)] == [one for one, _ in pairs]


@pytest.mark.parametrize("name", ["crossref", "xdata"])
def test_a_parent_that_is_not_there_is_told(name: str) -> None:
    (problem,) = problems(f"\n@inproceedings{{c, title={{C}}, {name}={{Gone:2020}}}}")
    assert (problem.line, problem.failed) == (2, 0)
    assert "Gone:2020" in problem.message


def test_data_of_several_xdata_entries_and_of_theirs_is_inherited() -> None:
    text = """@xdata{pub, publisher={Acme}, location={Berlin}} @xdata{ser, series={LNCS}, xdata={pub}}
        @xdata{vol, volume={3}, publisher={Other}}
        @book{b, title={B}, xdata={ser, vol}}"""
    book = papers(text)["b"]
    assert (book.series, book.publisher, book.volume, book.fields["location"]) == ("LNCS", "Acme", "3", "Berlin")
    assert "xdata" not in book.fields


def test_an_xdata_entry_is_no_paper_of_its_own() -> None:
    assert parse("@xdata{x, publisher={Acme}}") == []


def test_a_long_chain_of_parents_is_followed() -> None:
    chain = "".join(f"@book{{b{n}, title={{T{n}}}, crossref={{b{n + 1}}}}}\n" for n in range(60))
    assert papers(chain + "@book{b60, title={T}, publisher={Acme}}")["b0"].publisher == "Acme"


def test_a_chain_of_parents_without_end_is_read() -> None:
    chain = "".join(f"@book{{b{n}, title={{T{n}}}, crossref={{b{n + 1}}}}}\n" for n in range(3000))
    assert len(records(chain)) == 3000


def test_a_child_that_has_a_journal_needs_no_title_of_a_book() -> None:
    text = "@article{c, journal={J}, crossref={p}} @proceedings{p, title={P}, booktitle={B}, publisher={Acme}}"
    child = papers(text)["c"]
    assert (child.venue, child.publisher, child.fields) == ("J", "Acme", {"crossref": "p"})


def test_a_parent_is_named_by_the_key_that_it_has() -> None:
    text = "@inproceedings{c, title={C}, crossref={WHOLE}} @proceedings{Whole, title={P}}"
    assert papers(text)["c"].fields["crossref"] == "Whole"


# --- dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month", "date"),
    [
        ("apr", "2020-04"),
        ("APR", "2020-04"),
        ("{April}", "2020-04"),
        ("{apr}", "2020-04"),
        ('"Apr."', "2020-04"),
        ("4", "2020-04"),
        ("{04}", "2020-04"),
        ('"10~" # jan', "2020-01-10"),
        ('jan # "~10"', "2020-01-10"),
        ('jan # " 10"', "2020-01-10"),
        ("{Sept.}", "2020-09"),
        ("{10 June}", "2020-06-10"),
        ("{June 10}", "2020-06-10"),
        ("dec, day = 24", "2020-12-24"),
        ("{12}, day = {24}", "2020-12-24"),
    ],
)
def test_a_month_is_part_of_the_date(month: str, date: str) -> None:
    found = paper(f"year = 2020, month = {month}")
    assert (found.year, found.date, found.fields) == (2020, date, {})


@pytest.mark.parametrize(
    ("month", "text"),
    [
        ('may # "/" # jun', "May/June"),
        ('"10--12~" # mar', "10–12\u00a0March"),
        ("{Spring}", "Spring"),
        ("{13}", "13"),
        ("{31 February}", "31 February"),
        ("{July-August}", "July-August"),
    ],
)
def test_a_month_that_is_none_stays_a_field(month: str, text: str) -> None:
    found = paper(f"year = 2020, month = {month}")
    assert (found.year, found.date, found.fields["month"]) == (2020, "", text)


@pytest.mark.parametrize(
    ("date", "year", "exact"),
    [
        ("2020-05-07", 2020, "2020-05-07"),
        ("2020-05", 2020, "2020-05"),
        ("2020", 2020, ""),
        ("1850-01-01", 1850, "1850-01-01"),
    ],
)
def test_a_plain_date_of_biblatex_is_the_date(date: str, year: int, exact: str) -> None:
    found = paper(f"date = {{{date}}}")
    assert (found.year, found.date, found.fields) == (year, exact, {})


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("2020-05-01/2020-05-07", 2020),
        ("2020/", 2020),
        ("2020/..", 2020),
        ("1999~", 1999),
        ("1999?", 1999),
        ("1999-04%", 1999),
        ("2020-21", 2020),
        ("2020-02-30", 2020),
        ("2020-05-07T10:00:00", 2020),
        ("199X", None),
        ("-0044", None),
        ("/2020", None),
    ],
)
def test_any_other_date_stays_as_it_stands_with_its_first_year(date: str, year: int | None) -> None:
    found = paper(f"date = {{{date}}}")
    assert (found.year, found.date, found.fields) == (year, "", {"date": date})


@pytest.mark.parametrize(
    ("date", "exact"),
    [("June 2010", "2010-06"), ("12 June 2010", "2010-06-12"), ("Jun. 12, 2010", "2010-06-12"), ("2010", "")],
)
def test_a_date_in_words_is_read_like_a_month_and_a_year(date: str, exact: str) -> None:
    found = paper(f"date = {{{date}}}")
    assert (found.year, found.date, found.fields) == (2010, exact, {})


def test_a_date_wins_over_a_year_that_says_the_same() -> None:
    found = paper("date = {2020-05}, year = {2020}")
    assert (found.year, found.date, found.fields) == (2020, "2020-05", {})


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("in press", None),
        ("1998--2000", 1998),
        ("[1997]", 1997),
        ("c. 1850", 1850),
        ("2020a", 2020),
        ("to appear", None),
    ],
)
def test_a_year_that_is_none_is_text_with_the_year_in_it(text: str, year: int | None) -> None:
    found = paper(f"year = {{{text}}}")
    assert (found.year, found.fields["year"]) == (year, text.replace("--", "–"))


@pytest.mark.parametrize("year", ["2020", "{2020}", '"2020"', "{ 2020 }", "{{2020}}"])
def test_a_year_is_a_number_however_it_is_written(year: str) -> None:
    found = paper(f"year = {year}")
    assert (found.year, found.fields) == (2020, {})


@pytest.mark.parametrize("name", ["urldate", "eventdate", "origdate"])
def test_other_dates_are_taken_as_they_stand(name: str) -> None:
    assert paper(f"{name} = {{2020-05~/2021?}}").fields == {name: "2020-05~/2021?"}


# --- names ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Donald E. Knuth", ["Knuth, Donald E."]),
        ("Knuth, Donald E.", ["Knuth, Donald E."]),
        ("Ludwig van Beethoven", ["van Beethoven, Ludwig"]),
        ("van der Berg, Jan", ["van der Berg, Jan"]),
        ("King, Jr., Martin Luther", ["King, Jr., Martin Luther"]),
        ("de la Vall{\\'e}e Poussin, Charles Louis", ["de la Vallée Poussin, Charles Louis"]),
        ("{Google Research}", ["{Google Research}"]),
        ("{Barnes and Noble, Inc.}", ["{Barnes and Noble, Inc.}"]),
        ("{{NASA}}", ["{NASA}"]),
        ("Doe, Jane and Roe, Richard", ["Doe, Jane", "Roe, Richard"]),
        ("Doe, Jane AND Roe, Richard", ["Doe, Jane", "Roe, Richard"]),
        ("Doe, Jane\n  and\n  Roe, Richard", ["Doe, Jane", "Roe, Richard"]),
        ("Sandy Anderson and Brand, A.", ["Anderson, Sandy", "Brand, A."]),
        ('M{\\"u}ller, {\\"A}nne', ["Müller, Änne"]),
        ("{\\'E}variste Galois", ["Galois, Évariste"]),
        ("{\\v S}koda, Jan", ["Škoda, Jan"]),
        ("Ming{-}Wei Chang", ["Chang, Ming-Wei"]),
        ("{\\relax Yu}. E. Ivanov", ["Ivanov, Yu. E."]),
        ("Ivanov, {\\relax Yu}. E.", ["Ivanov, Yu. E."]),
        ("张三", ["张三"]),
        ("Plato", ["Plato"]),
    ],
)
def test_a_name_list_is_read_by_bibtex_rules(value: str, expected: list[str]) -> None:
    assert people(value) == expected


@pytest.mark.parametrize(
    "others", ["and others", "AND others", "and  others", "\n and\n others", "and et al.", "and et al"]
)
def test_others_cut_the_list(others: str) -> None:
    found = paper(f"author = {{Doe, Jane {others}}}")
    assert (found.authors, found.et_al) == ((Person("Doe", "Jane"),), True)


def test_a_list_without_others_is_whole() -> None:
    assert not paper("author = {Doe, Jane and Others, Ann}").et_al


def test_others_among_editors_do_not_cut_the_authors() -> None:
    found = paper("author = {Doe, Jane}, editor = {Roe, Ann and others}")
    assert not found.et_al
    assert [names.comma_form(person) for person in found.editors] == ["Roe, Ann", "others"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("family=Berg, given=Jan, prefix=van der, useprefix=true", ["van der Berg, Jan"]),
        ("given={Hans-Peter}, given-i={HP}, family={Müller}", ["Müller, Hans-Peter"]),
        ("family=King, suffix=Jr., given=Martin", ["King, Jr., Martin"]),
        (
            "family=Doe, given=Jane and Roe, Ann and family={O'Neil}, given=Tip",
            ["Doe, Jane", "Roe, Ann", "O'Neil, Tip"],
        ),
    ],
)
def test_names_in_the_extended_format_of_biblatex_are_read(value: str, expected: list[str]) -> None:
    assert people(value) == expected


def test_stray_ands_are_no_people() -> None:
    assert people("and Doe, Jane and and Roe, Ann and") == ["Doe, Jane", "Roe, Ann"]


def test_a_thousand_names_are_read() -> None:
    assert len(people(" and ".join(f"Doe{n}, J." for n in range(1000)))) == 1000


# --- keys -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key", ["knuth84", "DBLP:conf/naacl/DevlinCLT19", "a.b+c-d_e", "Müller2020", "10.1000/x", "k'"]
)
def test_a_key_is_kept(key: str) -> None:
    assert records(f"@misc{{{key}, title={{T}}}}")[0].key == key


@pytest.mark.parametrize("key", ["a%b", "a~b", "a#b", "a\\b"])
def test_a_key_that_latex_cannot_cite_is_an_alias_and_told(key: str) -> None:
    problem, record = parse(f"\n@misc{{{key}, title={{T}}}}")
    assert isinstance(problem, Problem)
    assert isinstance(record, Record)
    assert (record.key, record.aliases) == ("", (key,))
    assert (problem.line, problem.failed) == (2, 0)
    assert "alias" in problem.message


def test_ids_of_biblatex_are_aliases() -> None:
    (record,) = records("@misc{k, title={T}, ids={old1, old2,old3}}")
    assert record.aliases == ("old1", "old2", "old3")
    assert "ids" not in record.paper.fields


def test_entries_of_one_key_all_come() -> None:
    assert [
        record.paper.title for record in records("@misc{k, title={A}} @misc{K, title={B}} @misc{k, title={C}}")
    ] == ["A", "B", "C"]


def test_a_record_stands_on_the_line_of_its_entry() -> None:
    assert [record.line for record in records("\n\n@misc{a, title={A}}\n\n  @misc{b,\n title={B}}")] == [3, 5]


# --- fields -----------------------------------------------------------------------------------------------


def test_field_names_and_types_have_no_case() -> None:
    (record,) = records("@ARTICLE{k, TITLE={T}, Journal={J}, DOI={10.1000/x}}")
    assert (record.paper.type, record.paper.title, record.paper.venue, record.paper.doi) == (
        "article",
        "T",
        "J",
        "10.1000/x",
    )


def test_the_first_of_two_fields_counts_and_the_second_is_kept() -> None:
    problem, record = parse("@misc{k, title={One}, Title={Two}, title={Three}}")
    assert isinstance(record, Record)
    assert isinstance(problem, Problem)
    assert record.paper.title == "One"
    assert sorted(record.paper.fields.values()) == ["Three", "Two"]
    assert (problem.failed, "title" in problem.message) == (0, True)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("journal", "article"),
        ("journaltitle", "article"),
        ("booktitle", "inproceedings"),
        ("booktitle", "incollection"),
        ("booktitle", "inbook"),
        ("howpublished", "misc"),
        ("howpublished", "manual"),
        ("howpublished", "jurisdiction"),
        ("journaltitle", "review"),
        ("booktitle", "inreference"),
        ("booktitle", "article"),
        ("journal", "inproceedings"),
    ],
)
def test_the_venue_stands_in_the_field_of_its_type_or_in_another(name: str, kind: str) -> None:
    found = paper(f'{name} = {{J{{\\"o}}y & Co}}', kind)
    assert (found.venue, found.fields) == ("Jöy & Co", {})


def test_a_second_venue_is_kept() -> None:
    found = paper("journal = {J}, booktitle = {B}", "article")
    assert (found.venue, found.fields) == ("J", {"booktitle": "B"})


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ("title={Main}, subtitle={Sub}", "Main: Sub"),
        ("title={Why?}, subtitle={Because}", "Why? Because"),
        ("title={Oh!}, subtitle={Dear}", "Oh! Dear"),
        ("title={Main}", "Main"),
        ("subtitle={Sub}", "Sub"),
    ],
)
def test_a_subtitle_is_part_of_the_title(fields: str, title: str) -> None:
    (record,) = records(f"@book{{k, {fields}}}")
    assert (record.paper.title, record.paper.fields) == (title, {})


def test_a_subtitle_of_the_venue_is_part_of_it() -> None:
    assert paper("journaltitle={J}, journalsubtitle={Sub}").venue == "J: Sub"
    assert paper("booktitle={B}, booksubtitle={Sub}", "inproceedings").venue == "B: Sub"


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ("1--10", "1-10"),
        ("1-10", "1-10"),
        ("1–10", "1-10"),
        ("1 -- 10", "1-10"),
        ("1---10", "1-10"),
        ("1,3--5", "1,3-5"),
        ("e123", "e123"),
        ("S1--S9", "S1-S9"),
        ("vii--xx", "vii-xx"),
        ("43+", "43+"),
        ("{1--10}", "1-10"),
        ("1$-$10", "1-10"),
    ],
)
def test_pages_have_one_hyphen(pages: str, expected: str) -> None:
    assert paper(f"pages = {{{pages}}}").pages == expected


def test_an_article_number_stands_for_pages() -> None:
    found = paper("eid = {e104203}")
    assert (found.pages, found.fields) == ("e104203", {})


def test_pages_and_an_article_number_are_both_kept() -> None:
    found = paper("pages = {1--9}, eid = {e7}")
    assert (found.pages, found.fields) == ("1-9", {"eid": "e7"})


def test_an_issue_is_the_number_where_there_is_no_other() -> None:
    assert paper("issue = {3}").number == "3"
    found = paper("issue = {Spring}, number = {3}")
    assert (found.number, found.fields) == ("3", {"issue": "Spring"})


def test_what_the_library_has_no_field_for_keeps_its_name() -> None:
    told = {
        "note": "N", "keywords": "a, b", "address": "Berlin", "organization": "IEEE",
        "issn": "1234-5678", "chapter": "3", "urldate": "2020-01-01",
        "eventtitle": "E", "translator": "Doe, Jane", "langid": "german", "howpublished": "H", "my-own": "x",
    }  # fmt: skip
    found = paper(", ".join(f"{name.upper()} = {{{value}}}" for name, value in told.items()), "book")
    assert found.fields == told


@pytest.mark.parametrize("value", ["{}", '""', "{ }", "{\n}"])
def test_an_empty_field_is_none(value: str) -> None:
    found = paper(f"note = {value}, year = {value}, author = {value}, doi = {value}")
    assert found == Paper(type="article", title="T")


# --- types ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("phdthesis", "school={U}", ("phdthesis", "U", {})),
        ("mastersthesis", "school={U}", ("mastersthesis", "U", {})),
        ("thesis", "type={phdthesis}, institution={U}", ("phdthesis", "U", {})),
        ("thesis", "type={mathesis}, institution={U}", ("mastersthesis", "U", {})),
        ("thesis", "type={Habilitation}, institution={U}", ("thesis", "U", {"type": "Habilitation"})),
        ("phdthesis", "school={U}, type={Dissertation}", ("phdthesis", "U", {"type": "Dissertation"})),
        ("techreport", "institution={U}", ("techreport", "U", {})),
        ("report", "type={techreport}, institution={U}", ("techreport", "U", {})),
        ("report", "type={White paper}, institution={U}", ("report", "U", {"type": "White paper"})),
    ],
)
def test_theses_and_reports_of_both_dialects_are_one(kind: str, fields: str, expected: tuple[Any, ...]) -> None:
    found = paper(fields, kind)
    assert (found.type, found.institution, found.fields) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("conference", "inproceedings"), ("electronic", "online"), ("www", "online"), ("CONFERENCE", "inproceedings")],
)
def test_a_type_by_another_name_is_that_type(kind: str, expected: str) -> None:
    assert paper("", kind).type == expected


@pytest.mark.parametrize(
    "kind", ["software", "dataset", "patent", "movie", "mytype", "mvbook", "unpublished", "manual"]
)
def test_any_other_type_is_kept(kind: str) -> None:
    assert paper("", kind).type == kind


@pytest.mark.parametrize(
    "value",
    [
        r"\url{http://x.y/~a_b%}",
        r" \url {http://x.y/~a_b%} ",
        r"\url{http://x.y/\~{}a\_b\%}",
        r"\liturl{http://x.y/~a_b\%}",
    ],
)
def test_a_url_in_howpublished_is_the_url(value: str) -> None:
    found = paper(f"howpublished = {{{value}}}", "misc")
    assert (found.url, found.venue, found.fields) == ("http://x.y/~a_b%", "", {})


def test_two_urls_in_howpublished_are_a_text() -> None:
    found = paper(r"howpublished = {\url{http://x.y/} and \url{http://z.y/}}", "misc")
    assert (found.url, found.venue) == ("", r"\url{http://x.y/} and \url{http://z.y/}")


def test_a_url_in_howpublished_beside_another_is_kept() -> None:
    found = paper(r"howpublished = {\url{http://x.y/}}, url = {http://z.y/}", "misc")
    assert found.url == "http://z.y/"
    assert r"\url{http://x.y/}" in (found.venue, *found.fields.values())


# --- arXiv ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {1810.04805}, archiveprefix = {arXiv}",
        "eprint = {1810.04805v2}, eprinttype = {arxiv}",
        "eprint = {arXiv:1810.04805}",
        "eprint = {arXiv 1810.04805}",
        "eprint = {https://arxiv.org/abs/1810.04805}, archiveprefix = {arXiv}",
        "journal = {arXiv preprint arXiv:1810.04805}",
        "journal = {CoRR}, volume = {abs/1810.04805}",
        "journal = {ArXiv}, volume = {abs/1810.04805}, eprint = {1810.04805}",
        "journal = {arXiv e-prints}, pages = {arXiv:1810.04805}",
        "journal = {arXiv:1810.04805 [cs.CL]}",
        "arxivid = {1810.04805}, archiveprefix = {arXiv}",
        "journal = {arXiv preprint}, doi = {10.48550/arXiv.1810.04805}",
        "journal = {arXiv}, url = {https://arxiv.org/pdf/1810.04805v1.pdf}",
    ],
)
def test_a_preprint_on_arxiv_says_so_by_its_identifier(fields: str) -> None:
    found = paper(fields)
    assert found.arxiv == "1810.04805"
    assert found.venue == ""
    assert found.fields == {}


@pytest.mark.parametrize(
    "fields", ["journal = {arXiv preprint arXiv:1810.04805}", "journal = {CoRR}, volume = {abs/1810.04805}"]
)
def test_a_preprint_in_the_place_of_a_journal_is_no_article(fields: str) -> None:
    found = paper(fields)
    assert (found.type, found.volume, found.pages) == ("misc", "", "")


def test_an_article_that_is_nowhere_but_in_the_archive_is_none() -> None:
    assert paper("publisher = {arXiv}, url = {http://arxiv.org/abs/1810.04805}").type == "misc"
    assert paper("doi = {10.48550/arXiv.1810.04805}").type == "misc"
    assert paper("doi = {10.1000/x}, eprint = {1810.04805}").type == "article"


def test_a_published_paper_keeps_its_venue_beside_its_identifier() -> None:
    found = paper(
        "booktitle = {ACL}, eprint = {1810.04805}, archiveprefix = {arXiv}, primaryclass = {cs.CL}", "inproceedings"
    )
    assert (found.type, found.venue, found.arxiv, found.primary_class) == (
        "inproceedings",
        "ACL",
        "1810.04805",
        "cs.CL",
    )


def test_the_class_of_biblatex_is_that_of_bibtex() -> None:
    assert (
        paper("eprint = {1810.04805}, eprinttype = {arxiv}, eprintclass = {cs.CL}", "online").primary_class == "cs.CL"
    )


def test_an_identifier_in_the_abstract_is_another_paper() -> None:
    assert paper("journal = {J}, abstract = {We extend arXiv:1810.04805.}").arxiv == ""


def test_an_identifier_in_the_note_of_an_article_is_another_paper() -> None:
    assert paper("journal = {J}, note = {Extends arXiv:1810.04805}").arxiv == ""


# --- blocks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "@article(k, title={T}, year=2020)",
        "@article ( k , title = {T} , year = 2020 , )",
        '@ARTICLE(k,title="T",year={2020})',
    ],
)
def test_an_entry_in_parentheses_is_an_entry(text: str) -> None:
    (record,) = records(text)
    assert (record.key, record.paper.title, record.paper.year) == ("k", "T", 2020)


@pytest.mark.parametrize(
    ("lost", "reason"),
    [
        ("@article{,}", "no key"),
        ("@article{title={Lost}, year=2000}", "no key"),
        ("@article{lost, title={Lost},\n  year=2000", "not closed"),
        ("@article{lost, title={Lost, year=2000}", "not closed"),
        ('@article{lost, title="Lost, year=2000}', "not closed"),
        ("@article{lost, title {Lost}}", "="),
    ],
)
def test_a_block_that_cannot_be_read_is_told_and_its_neighbours_come(lost: str, reason: str) -> None:
    text = f"@misc{{a, title={{A}}}}\n\n{lost}\n\n@misc{{b, title={{B}}}}\n"
    assert [record.key for record in records(text)] == ["a", "b"]
    (problem,) = problems(text)
    assert (problem.line, problem.failed, problem.source) == (3, 1, "a.bib")
    assert reason in problem.message
    assert problem.raw == lost


def test_an_entry_without_a_key_is_a_record_without_one() -> None:
    text = "@misc{a, title={A}}\n\n@misc{,\n title={Found}}\n@misc{, title={Too}}"
    assert [(record.key, record.aliases) for record in records(text)] == [("a", ()), ("", ()), ("", ())]
    assert [(found.line, found.failed, found.message) for found in problems(text)] == [
        (3, 0, "the entry has no key"),
        (5, 0, "the entry has no key"),
    ]


@pytest.mark.parametrize("lost", ["@string{x}", "@preamble{", '@string{x = "a}', "@comment{open"])
def test_a_block_that_is_no_entry_loses_no_record(lost: str) -> None:
    text = f"@misc{{a, title={{A}}}}\n\n{lost}\n\n@misc{{b, title={{B}}}}\n"
    assert [record.key for record in records(text)] == ["a", "b"]
    assert sum(problem.failed for problem in problems(text)) == 0


def test_what_stands_between_entries_is_a_comment() -> None:
    text = (
        "Some words.\n@misc{a, title={A}}\nmail me@x.org, or @misc is a type\n% @misc in a remark\n@misc{b, title={B}}"
    )
    assert [record.key for record in records(text)] == ["a", "b"]
    assert problems(text) == []


# --- what programs write ----------------------------------------------------------------------------------

JABREF = r"""% Encoding: UTF-8

@Article{Doe2020,
  author    = {Jane Doe},
  title     = {A title},
  journal   = {J},
  year      = {2020},
  groups    = {Thesis, Read\;Later},
  comment   = {mine: 50\% read},
  file      = {:papers/doe_2020.pdf:PDF},
  owner     = {jane},
  timestamp = {2020-01-01},
  ranking   = {rank3},
}

@Comment{jabref-meta: databaseType:bibtex;}

@Comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 StaticGroup:Thesis\;0\;1\;\;\;\;;
}

@Comment{jabref-entrytype: Lecturenotes: req[author] opt[title]}
"""
BIBDESK = r"""%% This BibTeX bibliography file was created using BibDesk.
%% https://bibdesk.sourceforge.io/

%% Created for Jane Doe at 2020-01-01 10:00:00 +0000

%% Saved with string encoding Unicode (UTF-8)

@comment{BibDesk Static Groups{
<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><array><dict><key>keys</key><string>doe20,x@y</string></dict></array></plist>
}}

@article{doe20,
	Author = {Doe, Jane},
	Date-Added = {2020-01-01 10:00:00 +0000},
	Date-Modified = {2020-01-02 10:00:00 +0000},
	Journal = {J},
	Rating = {4},
	Title = {{A} title},
	Year = {2020},
	Bdsk-Url-1 = {https://doi.org/10.1000/x_y},
	Bdsk-File-1 = {YnBsaXN0MDDSAQ==}}
"""
MENDELEY = r"""Automatically generated by Mendeley Desktop 1.19.8
Any changes to this file will be lost if it is regenerated by Mendeley.

BibTeX export options can be customized via Options -> BibTeX in Mendeley Desktop

@article{Doe2020,
abstract = {100{\%} of x {\textless}10{\textgreater} {\&} more},
archivePrefix = {arXiv},
arxivId = {1810.04805},
author = {Doe, Jane and M{\"{u}}ller, Anna},
doi = {10.1000/x{\_}y},
eprint = {1810.04805},
file = {:Users/x/Doe - 2020 - T.pdf:pdf},
issn = {1234-5678},
journal = {Journal of X {\&} Y},
keywords = {a,b},
mendeley-groups = {G/H},
month = {apr},
number = {3},
pages = {1--10},
title = {{A Title {\&} Co}},
url = {http://x.y/a{\_}b},
volume = {12},
year = {2020}
}
"""
ZOTERO = r"""
@article{doe_title_2020,
	title = {A title of \textit{{E}. coli}},
	volume = {12},
	rights = {All rights reserved},
	issn = {1234-5678},
	shorttitle = {A title},
	url = {https://x.y/a_b},
	doi = {10.1000/xyz123},
	abstract = {50\% of {\textless}all{\textgreater}},
	language = {en},
	number = {3},
	urldate = {2020-05-01},
	journal = {Journal of X \& Y},
	author = {Doe, Jane and {Team X}},
	month = apr,
	year = {2020},
	note = {Publisher: Foo},
	keywords = {a, b},
	pages = {1--10},
	file = {PDF:/home/x/a.pdf:application/pdf;Snapshot:/home/x/b.html:text/html},
}
"""
DBLP = """@inproceedings{DBLP:conf/naacl/DevlinCLT19,
  author       = {Jacob Devlin and
                  Ming{-}Wei Chang and
                  Kristina Toutanova},
  title        = {{BERT:} Pre-training of Deep Bidirectional Transformers for Language
                  Understanding},
  booktitle    = {{NAACL-HLT} 2019, Minneapolis, MN, USA, June 2-7, 2019, Volume 1 (Long
                  and Short Papers)},
  pages        = {4171--4186},
  publisher    = {Association for Computational Linguistics},
  year         = {2019},
  url          = {https://doi.org/10.18653/v1/n19-1423},
  doi          = {10.18653/V1/N19-1423},
  timestamp    = {Fri, 06 Aug 2021 00:41:31 +0200},
  biburl       = {https://dblp.org/rec/conf/naacl/DevlinCLT19.bib},
  bibsource    = {dblp computer science bibliography, https://dblp.org}
}
"""
ACL = r"""@inproceedings{devlin-etal-2019-bert,
    title = "{BERT}: Pre-training of Deep Bidirectional Transformers for Language Understanding",
    author = "Devlin, Jacob  and
      Chang, Ming-Wei  and
      Lee, Kenton",
    editor = "Burstein, Jill  and
      Doran, Christy",
    booktitle = "Proceedings of {NAACL}",
    month = jun,
    year = "2019",
    address = "Minneapolis, Minnesota",
    publisher = "Association for Computational Linguistics",
    url = "https://aclanthology.org/N19-1423/",
    doi = "10.18653/v1/N19-1423",
    pages = "4171--4186",
    abstract = "BERT {--} 7.7{\%} and 93.2 (1.5{\textasciitilde}x), {\textquotedblleft}q{\textquotedblright}."
}
"""
SCHOLAR = """@article{devlin2018bert,
  title={Bert: Pre-training of deep bidirectional transformers},
  author={Devlin, Jacob and Chang, Ming-Wei and others},
  journal={arXiv preprint arXiv:1810.04805},
  year={2018}
}
"""
ARXIV = """@misc{devlin2019bertpretrainingdeepbidirectional,
      title={BERT: Pre-training of Deep},\x20
      author={Jacob Devlin and Ming-Wei Chang},
      year={2019},
      eprint={1810.04805},
      archivePrefix={arXiv},
      primaryClass={cs.CL},
      url={https://arxiv.org/abs/1810.04805},\x20
}
"""
SAMPLES = {
    "jabref": JABREF,
    "bibdesk": BIBDESK,
    "mendeley": MENDELEY,
    "zotero": ZOTERO,
    "dblp": DBLP,
    "acl": ACL,
    "scholar": SCHOLAR,
    "arxiv": ARXIV,
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_one_paper_without_a_problem(name: str) -> None:
    (found,) = parse(SAMPLES[name])
    assert isinstance(found, Record)


def test_jabref_keeps_its_groups_and_file() -> None:
    fields = records(JABREF)[0].paper.fields
    assert fields["groups"].startswith("Thesis, Read")
    assert fields["file"] == ":papers/doe_2020.pdf:PDF"
    assert fields["comment"] == "mine: 50% read"
    assert (fields["owner"], fields["timestamp"], fields["ranking"]) == ("jane", "2020-01-01", "rank3")


def test_bibdesk_keeps_its_own_fields() -> None:
    (record,) = records(BIBDESK)
    assert (record.key, record.paper.title, record.paper.venue) == ("doe20", "{A} title", "J")
    assert record.paper.fields == {
        "date-added": "2020-01-01 10:00:00 +0000",
        "date-modified": "2020-01-02 10:00:00 +0000",
        "rating": "4",
        "bdsk-url-1": "https://doi.org/10.1000/x_y",
        "bdsk-file-1": "YnBsaXN0MDDSAQ==",
    }


def test_mendeley_escapes_everything() -> None:
    (record,) = records(MENDELEY)
    found = record.paper
    assert found.title == "{A Title & Co}"
    assert (found.doi, found.url, found.arxiv) == ("10.1000/x_y", "http://x.y/a_b", "1810.04805")
    assert found.venue == "Journal of X & Y"
    assert found.abstract == "100% of x <10> & more"
    assert [person.family for person in found.authors] == ["Doe", "Müller"]
    assert found.date == "2020-04"
    assert found.fields["mendeley-groups"] == "G/H"


def test_zotero_escapes_what_is_text() -> None:
    (record,) = records(ZOTERO)
    found = record.paper
    assert found.title == r"A title of \textit{{E}. coli}"
    assert (found.url, found.venue, found.abstract) == ("https://x.y/a_b", "Journal of X & Y", "50% of <all>")
    assert found.authors == (Person("Doe", "Jane"), Person(literal="Team X"))
    assert found.fields["file"] == "PDF:/home/x/a.pdf:application/pdf;Snapshot:/home/x/b.html:text/html"


def test_dblp_braces_hyphens_and_names_the_venue_at_length() -> None:
    (record,) = records(DBLP)
    found = record.paper
    assert record.key == "DBLP:conf/naacl/DevlinCLT19"
    assert found.title == "{BERT:} Pre-training of Deep Bidirectional Transformers for Language Understanding"
    assert [names.comma_form(person) for person in found.authors] == [
        "Devlin, Jacob",
        "Chang, Ming-Wei",
        "Toutanova, Kristina",
    ]
    assert found.venue == "{NAACL-HLT} 2019, Minneapolis, MN, USA, June 2-7, 2019, Volume 1 (Long and Short Papers)"
    assert set(found.fields) == {"timestamp", "biburl", "bibsource"}


def test_the_acl_anthology_is_read_to_its_abstract() -> None:
    (record,) = records(ACL)
    found = record.paper
    assert (found.date, found.pages, found.doi) == ("2019-06", "4171-4186", "10.18653/v1/N19-1423")
    assert [person.family for person in found.authors] == ["Devlin", "Chang", "Lee"]
    assert [person.family for person in found.editors] == ["Burstein", "Doran"]
    assert found.abstract == "BERT – 7.7% and 93.2 (1.5~x), “q”."


def test_google_scholar_and_arxiv_name_one_preprint() -> None:
    scholar, own = records(SCHOLAR)[0].paper, records(ARXIV)[0].paper
    assert scholar.arxiv == own.arxiv == "1810.04805"
    assert scholar.type == own.type == "misc"
    assert scholar.et_al
    assert own.primary_class == "cs.CL"


# --- encodings --------------------------------------------------------------------------------------------

UMLAUTS = "@misc{k, title = {Über die Größe der Nägel}, author = {Müller, Änne}}\n"


@pytest.mark.parametrize(
    "data",
    [
        UMLAUTS.encode(),
        codecs.BOM_UTF8 + UMLAUTS.encode(),
        UMLAUTS.encode("latin-1"),
        UMLAUTS.encode("utf-16"),
        codecs.BOM_UTF16_BE + UMLAUTS.encode("utf-16-be"),
        UMLAUTS.encode("utf-16-le"),
        UMLAUTS.replace("\n", "\r\n").encode(),
        UMLAUTS.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "bom", "latin-1", "utf-16", "utf-16-be", "utf-16-le without mark", "windows", "old mac"],
)
def test_a_file_in_any_encoding_is_read(data: bytes) -> None:
    found = page.decode("a.bib", data)
    assert importers.identify(found).name == "bibtex"
    (record,) = bib.parse(found)
    assert isinstance(record, Record)
    assert (record.line, record.key) == (1, "k")
    assert record.paper.title == "Über die Größe der Nägel"
    assert record.paper.authors == (Person("Müller", "Änne"),)


def test_quotes_of_windows_are_quotes() -> None:
    (record,) = records("@misc{k, title = {“Größe” – it’s}}".encode("cp1252"))
    assert record.paper.title == "“Größe” – it’s"


# --- which pages are .bib files ---------------------------------------------------------------------------

HEADS = [
    "@article{k,\n}",
    "@string{x = {y}}\n@article{k, title = x}",
    '@preamble{"x"}\n\n@article(k, title={T})',
    "% only a remark above\n% and another\n@misc{k,}",
    "@comment{x}\n@misc{k, title={T}}",
    "  @ article { k , title = {T} }",
    "@article{title={X}}",
    "@article{k, title={never closed",
    "@misc{a, title={A}}" + "\n" * 50 + "@misc{b, title={B}}",
    "@article{k, abstract={" + "many words, and @more of them\n" * 500 + "}}",
]


def test_a_file_called_bib_is_one_though_its_braces_do_not_close_where_they_should() -> None:
    text = "@misc{k, title = {On \\}}, note = {x}}\n" + "The rest is prose, and a lot of it.\n" * 9
    assert bib.detect(Page("refs.bib", text))
    assert not bib.detect(Page("page.txt", text))


@pytest.mark.parametrize("text", [*SAMPLES.values(), *HEADS])
def test_a_bib_file_is_that_and_nothing_else(text: str) -> None:
    found = Page("a.bib", text)
    assert [importer.name for importer in importers.IMPORTERS if importer.detect(found)] == ["bibtex"]


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_page_is_no_bib_file(path: Any) -> None:
    assert not bib.detect(page.read(str(path)))


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
@pytest.mark.parametrize("end", [False, True])
def test_a_page_with_an_entry_in_it_is_no_bib_file(path: Any, end: bool) -> None:
    text = path.read_text("utf-8")
    mixed = f"{text}\n\n{ACL}" if end else f"Cite as:\n{ACL}\n{text}"
    assert not bib.detect(Page("page.txt", mixed))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mail me: jane@article.org",
        "@jane {hi}",
        "@media screen { x: y; }\n" * 50,
        "an @article{x, in a line of words",
    ],
)
def test_what_only_holds_an_at_sign_is_no_bib_file(text: str) -> None:
    assert not bib.detect(Page("page.txt", text))


# --- any text ---------------------------------------------------------------------------------------------


def counted(found: Iterable[Record | Problem]) -> int:
    return sum(item.failed if isinstance(item, Problem) else 1 for item in found)


@given(
    st.lists(
        st.sampled_from(
            [
                "@misc{a, title={A}}",
                "@misc{a, title={B}}",
                "@misc{, x={}}",
                "@misc{open, ",
                "@string{x = 1}",
                "@comment{}",
                "words",
            ]
        ),
        max_size=8,
    )
)
def test_records_and_failures_are_the_entries(blocks: list[str]) -> None:
    text = "\n\n".join(blocks)
    assert counted(parse(text)) == sum(block.startswith("@misc") for block in blocks)


@given(st.text(alphabet='@{}()",=#\\% \nabc$~-', max_size=60))
def test_any_text_gives_records_and_problems(text: str) -> None:
    assert all(isinstance(item, Record | Problem) for item in parse("@misc{k, title={" + text + "}}\n" + text))


@given(
    st.dictionaries(
        st.sampled_from(
            """title author year month day date pages doi url eprint journal crossref howpublished type note volume ids
            edition""".split()
        ),
        st.text(alphabet="ab,{}$\\-~/:.12 0and²٣é", max_size=12).filter(
            lambda text: text.count("{") == text.count("}") == 0 or "{}" in text
        ),
        max_size=6,
    )
)
def test_any_fields_give_a_record(fields: dict[str, str]) -> None:
    body = ", ".join(f"{name} = {{{value}}}" for name, value in fields.items())
    assert counted(parse(f"@misc{{k, {body}}}\n@misc{{l, title={{T}}}}")) >= 1


@pytest.mark.parametrize(("value", "edition"), [("Second", "2"), ("2nd", "2"), ("2", "2"), ("Revised", "Revised")])
def test_an_edition_that_an_ordinal_calls_is_a_number(value: str, edition: str) -> None:
    assert paper(f"edition = {{{value}}}", "book").edition == edition


def test_numbers_of_a_book_stand_in_one_line() -> None:
    assert paper("isbn = {0-486-23928-4,\n  0-486-23929-2}", "book").isbn == "0-486-23928-4, 0-486-23929-2"


@pytest.mark.parametrize(
    "value", [r"{Island of \TeX}", r"{Island of {\TeX}}", r"{Island of }{\TeX}", r"{Island of {\TeX{}}}"]
)
def test_the_name_of_an_organisation_holds_a_logo_without_braces(value: str) -> None:
    assert people(value) == [r"{Island of \TeX}"]


# --- the shares of a large file ---------------------------------------------------------------------------

UNITS = st.sampled_from(
    [
        '@misc{k, title = {A \\"u B}, author = {Ng, A. and Wu, B.}}\n',
        "@article{K, journal = jacm, month = may, pages = {1--2}}\n",
        "@misc{l, title = {not closed,\n",
        "@misc{m, note = {@misc{n, title = {x}}\n@misc{o, year = 1}}}\n",
        "@misc{p, note = mine # { more}}\n",
        "@string{mine = {My}}\n@string(yours = mine # {, yours})\n",
        '@misc(q, note = "a {"} b", note = yours)\n',
        "@comment{\n@misc{r, year = 2}}\n",
        "a remark, and an address: me@example.org\r\n",
        "}\n",
    ]
)


@settings(deadline=None)
@given(st.lists(UNITS, max_size=12).map("".join), st.integers(2, 9))
def test_the_shares_of_a_file_give_what_the_whole_of_it_gives(text: str, count: int) -> None:
    with patch.object(bib, "_SHARE", 1), patch.object(parallel, "processors", lambda: 1):
        whole = parse(text)
    with (
        patch.object(bib, "_SHARE", 1),
        patch.object(parallel, "processors", lambda: count),
        patch.object(parallel, "in_order", lambda work, count: (work(number) for number in range(count))),
    ):
        assert parse(text) == whole


def test_copies_of_the_process_read_what_one_process_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "@string{venue = {Acta}}\n" + "".join(
        f"@article{{k{number},\n  title = {{T {number}}},\n  journal = venue,\n  year = x,\n}}\n"
        for number in range(90)
    )
    monkeypatch.setattr(parallel, "processors", lambda: 1)
    alone = parse(text)
    monkeypatch.setattr(bib, "_SHARE", 1000)
    monkeypatch.setattr(parallel, "processors", lambda: 3)
    assert parse(text) == alone


def test_time_grows_with_the_number_of_entries() -> None:
    fields = 'title={On {X}}, author={Doe, J. and M{\\"u}ller, R.}, crossref={p}, month=apr'
    text = "".join(f"@inproceedings{{k{n}, {fields}}}\n" for n in range(3000))
    assert grows_in_proportion(parse, "@proceedings{p, title={P}, year=2020}\n" + text)


@pytest.mark.parametrize(
    "unit", ["@a{", "@misc{k,\n", "@misc{k, title={", "@string{a = b # ", "@comment{", "@", "% x\n"]
)
def test_time_grows_with_the_length_of_what_is_no_entry(unit: str) -> None:
    assert grows_in_proportion(lambda text: bib.detect(Page("a.bib", text)), unit * (60_000 // len(unit)))
    assert grows_in_proportion(parse, unit * (60_000 // len(unit)))


@pytest.mark.parametrize("name", "author month year date pages url doi howpublished eprint note".split())
@pytest.mark.parametrize("unit", [" and ", "a,", "1", " 1", "~", "-", "{}", r"\url{}", "family=", r"\'", "<", "and"])
def test_time_grows_with_the_length_of_a_value(name: str, unit: str) -> None:
    def work(value: str) -> None:
        assert counted(parse(f"@misc{{k, title={{T}}, {name}={{{value}}}}}")) == 1

    assert grows_in_proportion(work, unit * (24_000 // len(unit) // 4 * 4))


def test_a_problem_of_the_bytes_is_told_once_with_the_records(tmp_path: Any) -> None:
    file = tmp_path / "a.bib"
    file.write_bytes("@misc{a, title={Größe Maß Öl Ähre}}\n@misc{b, title={".encode() + b"\xff}}\n")
    (found,) = reading.read_all([str(file)])
    assert [record.key for _, record in found.records] == ["a", "b"]
    assert [problem.failed for problem in found.problems] == [0]
