"""CSL-JSON as its writers make it: what each variable becomes, and that no item is lost where one is broken."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import csl
from litcli.exporters import csl_json as exporter
from litcli.importers import csl_json
from litcli.page import Page
from litcli.paper import Paper, Person, Problem, Record
from litcli.text import squeeze
from tests.conftest import SEEDS


def parse(text: str) -> list[Record | Problem]:
    return list(csl_json.parse(Page("refs.json", text)))


def record(**said: Any) -> Record:
    """The record of one item; a hyphen in a variable's name is written as two underscores."""
    item = {"title": "T", **{name.replace("__", "-"): value for name, value in said.items()}}
    [found] = parse(json.dumps([item]))
    assert isinstance(found, Record)
    return found


def paper(**said: Any) -> Paper:
    return record(**said).paper


ZOTERO = """\
[
  {
    "id": "http://zotero.org/users/1/items/ABCD",
    "type": "article-journal",
    "container-title": "Journal of Things",
    "DOI": "10.1000/xyz",
    "ISSN": "1234-5678",
    "issue": "3",
    "journalAbbreviation": "J. Things",
    "language": "en",
    "note": "arXiv: 2005.00683",
    "page": "1–10",
    "title": "On <i>things</i> of <span class=\\"nocase\\">DNA</span>",
    "URL": "https://doi.org/10.1000/xyz",
    "volume": "12",
    "author": [
      {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
      {"literal": "Google Research"}
    ],
    "issued": {"date-parts": [["2020", 4, "7"]]},
    "accessed": {"date-parts": [["2021", "1", "2"]]},
    "citation-key": "berg2020things"
  }
]
"""


def test_an_item_of_zotero_is_read_whole() -> None:
    [found] = parse(ZOTERO)
    assert found == Record(
        Paper(
            type="article",
            title="On things of {DNA}",
            authors=(Person("Berg", "Jan", "van der"), Person(literal="Google Research")),
            year=2020,
            date="2020-04-07",
            venue="Journal of Things",
            volume="12",
            number="3",
            pages="1-10",
            doi="10.1000/xyz",
            arxiv="2005.00683",
            fields={
                "issn": "1234-5678",
                "shortjournal": "J. Things",
                "language": "en",
                "note": "arXiv: 2005.00683",
                "urldate": "2021-01-02",
            },
        ),
        line=2,
        key="berg2020things",
    )


# --- what is CSL-JSON -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        ZOTERO,
        "[]",
        " \n[\n]\n",
        '[{"id": "a", "title": "T", "type": "book"}]',
        '{"type": "article-journal", "title": "T"}',
        '{"id": "x", "title": "T", "issued": {"date-parts": [[2020]]}}',
        '{"items": [{"id": "a", "type": "book"}]}',
        '{"references": [{"id": "a", "type": "webpage"}]}',
        '[{"id": "a", "container-title": "J", "tit',
    ],
)
def test_it_is_recognised(text: str) -> None:
    assert csl_json.detect(Page("x", text))


@pytest.mark.parametrize(
    "text",
    [
        '@article{k,\n  title = {"type": "book"},\n}',
        "TY  - JOUR\nTI  - T\nER  - \n",
        'format = 1\n\n[papers.k]\ntitle = "T"\n',
        '[papers.k]\ntitle = "T"\ntype = "book"\n',
        '{"format_version": 1, "entries": [{"key": "k", "type": "book"}]}',
        '{"name": "litcli", "version": "1"}',
        "[1, 2, 3]",
        '[{"a": 1}]',
        '[[{"type": "book"}]]',
        "[CL] A title",
        "",
        'He said "type": "book"',
    ],
)
def test_other_text_is_not_taken(text: str) -> None:
    assert not csl_json.detect(Page("x", text))


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_page_is_not_taken(path: Any) -> None:
    assert not csl_json.detect(Page(path.name, path.read_text("utf-8")))


# --- the list, its lines and its broken items -------------------------------------------------------------


@pytest.mark.parametrize("name", ["items", "references"])
def test_the_items_may_stand_in_an_object(name: str) -> None:
    text = f'{{\n"config": {{"id": "no item"}},\n"{name}": [\n{{"title": "A"}},\n{{"title": "B"}}]}}'
    assert [(found.paper.title, found.line) for found in parse(text)] == [("A", 4), ("B", 5)]  # type: ignore[union-attr]


def test_an_object_alone_is_an_item() -> None:
    [found] = parse('\n{"title": "A"}\n')
    assert isinstance(found, Record)
    assert (found.paper.title, found.line) == ("A", 2)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_is_where_the_item_begins(end: str) -> None:
    text = end.join(["[", "{", '"title": "A"', "},", "", '{"title": "B"}, {"title": "C"}', "]"])
    assert [found.line for found in parse(text)] == [2, 6, 6]


BROKEN = """\
[
  {
    "title": "A"
  },
  {
    "title": "B",
    "author": [
      {"family": "X" "given": "Y"}
    ]
  },
  {
    "title": "C"
  }
]
"""


def test_a_broken_item_is_told_and_the_others_are_read() -> None:
    first, problem, last = parse(BROKEN)
    assert isinstance(first, Record)
    assert isinstance(last, Record)
    assert (first.paper.title, last.paper.title, last.line) == ("A", "C", 11)
    assert isinstance(problem, Problem)
    assert (problem.line, problem.failed) == (5, 1)


def test_the_message_says_line_and_column() -> None:
    problem = parse(BROKEN)[1]
    assert isinstance(problem, Problem)
    assert "8:22" in problem.message  # where a comma is missing


def test_the_text_of_a_broken_item_is_kept() -> None:
    problem = parse(BROKEN)[1]
    assert isinstance(problem, Problem)
    assert problem.raw == "\n".join(BROKEN.split("\n")[4:10])[2:].removesuffix(",")


def test_a_broken_item_that_swallows_the_next_does_not_take_it_along() -> None:
    found = parse('[\n  {"title": "A", "author": [{"family": "X"}\n  ,\n  {"title": "B"},\n  {"title": "C"}\n]')
    assert [item.paper.title if isinstance(item, Record) else item.failed for item in found] == [1, "B", "C"]


def test_what_follows_a_broken_item_on_one_line_is_one_block() -> None:
    text = '[{"title": "A"}, {"title": "B", }, {"title": "C"}]'
    first, problem = parse(text)
    assert isinstance(first, Record)
    assert isinstance(problem, Problem)
    assert problem.raw == '{"title": "B", }, {"title": "C"}]'


def test_a_list_that_was_cut_between_two_items_is_remarked_on() -> None:
    first, problem = parse('[{"title": "A"},\n')
    assert isinstance(first, Record)
    assert isinstance(problem, Problem)
    assert problem.failed == 0


def test_a_list_that_was_cut_in_an_item_loses_that_one() -> None:
    first, problem = parse('[\n{"title": "A"},\n{"title": "B", "DOI')
    assert isinstance(first, Record)
    assert isinstance(problem, Problem)
    assert (problem.line, problem.failed, problem.raw) == (3, 1, '{"title": "B", "DOI')


def test_text_behind_the_list_is_told() -> None:
    _, problem = parse('[{"title": "A"}]\n[{"title": "B"}]')
    assert isinstance(problem, Problem)
    assert (problem.line, problem.raw) == (2, '[{"title": "B"}]')


def test_a_comma_before_the_end_does_no_harm() -> None:
    assert [type(found) for found in parse('[{"title": "A"}, ]')] == [Record]


def test_a_line_end_in_a_string_is_a_blank() -> None:
    [found] = parse('[{"title": "A\nB"}]')
    assert isinstance(found, Record)
    assert found.paper.title == "A B"


@pytest.mark.parametrize(
    "item", ["1", '"text"', "[]", "{}", '{"id": "a", "type": "book"}', '{"author": [{"family": "X"}]}']
)
def test_what_cannot_be_identified_is_a_problem_with_its_text(item: str) -> None:
    [problem] = parse(f"[{item}]")
    assert isinstance(problem, Problem)
    assert (problem.failed, problem.raw) == (1, item)


@pytest.mark.parametrize("name", ["DOI", "URL", "ISBN", "PMID"])
def test_an_identifier_stands_for_a_title(name: str) -> None:
    [found] = parse(json.dumps([{name: "10.1000/1"}]))
    assert isinstance(found, Record)


# --- keys -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"id": "doe2020"}, "doe2020"),
        ({"id": 17}, "17"),
        ({"id": "Doe 2020"}, ""),
        ({"id": "http://zotero.org/users/1/items/A"}, ""),
        ({"id": "https://doi.org/10.1/x"}, ""),
        ({"id": "a,b"}, ""),
        ({"id": "a{b"}, ""),
        ({"id": "a%b"}, ""),
        ({"id": 'a"b'}, ""),
        ({"id": "a=b"}, ""),
        ({"id": "10.1000/x_1"}, "10.1000/x_1"),
        ({"id": ""}, ""),
        ({"id": None}, ""),
        ({}, ""),
        ({"id": "http://zotero.org/users/1/items/A", "citation-key": "doe"}, "doe"),
        ({"id": "x1", "citation-key": "doe"}, "doe"),
    ],
)
def test_an_id_that_can_be_a_key_is_one(said: dict[str, Any], key: str) -> None:
    assert record(**said).key == key


# --- names ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ({"family": "Doe", "given": "Jane"}, Person("Doe", "Jane")),
        ({"family": "Doe"}, Person("Doe")),
        ({"given": "Plato"}, Person("Plato")),
        ({"family": "Berg", "given": "J.", "non-dropping-particle": "van der"}, Person("Berg", "J.", "van der")),
        ({"family": "Humboldt", "given": "A.", "dropping-particle": "von"}, Person("Humboldt", "A.", "von")),
        (
            {"family": "Fontaine", "given": "J.", "dropping-particle": "de", "non-dropping-particle": "la"},
            Person("Fontaine", "J.", "de la"),
        ),
        ({"family": "van Gogh", "given": "Vincent"}, Person("Gogh", "Vincent", "van")),
        ({"family": "King", "given": "Martin", "suffix": "Jr."}, Person("King", "Martin", suffix="Jr.")),
        ({"family": "King", "given": "Martin, Jr."}, Person("King", "Martin", suffix="Jr.")),
        ({"family": "García Márquez", "given": "Gabriel"}, Person("García Márquez", "Gabriel")),
        ({"family": "Hugging Face"}, Person(literal="Hugging Face")),
        ({"family": "van Gogh"}, Person("Gogh", "", "van")),
        ({"literal": "Barnes and Noble, Inc."}, Person(literal="Barnes and Noble, Inc.")),
        ({"literal": "AT&amp;T"}, Person(literal="AT&T")),
        ("World Health Organization", Person(literal="World Health Organization")),
        ({"family": " Doe\n", "given": " Jane "}, Person("Doe", "Jane")),
    ],
)
def test_a_name(name: Any, person: Person) -> None:
    assert paper(author=[name]).authors == (person,)


@pytest.mark.parametrize("last", [{"literal": "others"}, {"literal": "et al."}, {"family": "others"}, "et al"])
def test_others_is_no_author(last: Any) -> None:
    found = paper(author=[{"family": "Doe"}, last])
    assert (found.authors, found.et_al) == ((Person("Doe"),), True)


def test_somebody_called_others_is_an_author() -> None:
    found = paper(author=[{"family": "Others", "given": "Jane"}])
    assert (found.authors, found.et_al) == ((Person("Others", "Jane"),), False)


def test_editors_are_editors() -> None:
    assert paper(editor=[{"family": "Doe", "given": "J."}]).editors == (Person("Doe", "J."),)


def test_a_cut_list_of_editors_is_told_from_a_cut_list_of_authors() -> None:
    cut = [{"family": "Doe"}, {"literal": "others"}]
    assert (paper(editor=cut).editors, paper(editor=cut).et_al) == ((Person("Doe"),), True)
    found = paper(author=cut[:1], editor=cut)
    assert (found.editors, found.et_al) == ((Person("Doe"), Person("others")), False)


@pytest.mark.parametrize(
    ("variable", "field"), [("translator", "translator"), ("container-author", "bookauthor"), ("director", "director")]
)
def test_other_people_are_kept_as_a_list_of_bibtex(variable: str, field: str) -> None:
    people = [{"family": "Berg", "given": "Jan", "dropping-particle": "van"}, {"literal": "A and B"}]
    assert paper(**{variable: people}).fields == {field: "van Berg, Jan and {A and B}"}


@pytest.mark.parametrize("value", [[], [{}], None, [None], [{"family": ""}]])
def test_no_name_is_nobody(value: Any) -> None:
    assert paper(author=value).authors == ()


# --- dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issued", "year", "date"),
    [
        ({"date-parts": [[2020]]}, 2020, ""),
        ({"date-parts": [[2020, 4]]}, 2020, "2020-04"),
        ({"date-parts": [["2020", "04", "07"]]}, 2020, "2020-04-07"),
        ({"date-parts": [[2020.0, 4]]}, 2020, "2020-04"),
        ({"date-parts": [2020, 4]}, 2020, "2020-04"),
        ({"date-parts": [[2020, 13]]}, 2020, ""),
        ({"date-parts": [[2020, 2, 31]]}, 2020, "2020-02"),
        ({"date-parts": [[2020, 0, 0]]}, 2020, ""),
        ({"date-parts": [[None]]}, None, ""),
        ({"date-parts": [[]]}, None, ""),
        ({"date-parts": []}, None, ""),
        ({"raw": "2020-04-07"}, 2020, "2020-04-07"),
        ({"literal": "April 2020"}, 2020, "2020-04"),
        ({"raw": "7 April 2020"}, 2020, "2020-04-07"),
        ({"raw": "April 7, 2020"}, 2020, "2020-04-07"),
        ("2020-04", 2020, "2020-04"),
        (2020, 2020, ""),
        ({}, None, ""),
        (None, None, ""),
    ],
)
def test_a_plain_date(issued: Any, year: int | None, date: str) -> None:
    found = paper(issued=issued)
    assert (found.year, found.date, found.fields) == (year, date, {})


@pytest.mark.parametrize(
    ("issued", "year", "date", "kept"),
    [
        ({"date-parts": [[2020, 2], [2021, 3]]}, 2020, "2020-02", "2020-02/2021-03"),
        ({"date-parts": [[2020], [2021]]}, 2020, "", "2020/2021"),
        ({"date-parts": [[2020]], "season": 2}, 2020, "", "2020-22"),
        ({"date-parts": [[2020]], "season": "Winter"}, 2020, "", "2020-24"),
        ({"date-parts": [[2020]], "circa": True}, 2020, "", "2020~"),
        ({"literal": "in press"}, None, "", "in press"),
        ({"literal": "Spring term 2020"}, 2020, "", "Spring term 2020"),
        ({"raw": "2020-02/2020-05"}, 2020, "2020-02", "2020-02/2020-05"),
    ],
)
def test_what_a_date_says_beyond_its_beginning_is_kept(issued: Any, year: int | None, date: str, kept: str) -> None:
    found = paper(issued=issued)
    assert (found.year, found.date, found.fields) == (year, date, {"date": kept})


def test_a_year_before_christ_is_a_year() -> None:
    assert paper(issued={"date-parts": [[-50]]}).year == -50


def test_no_date_is_no_date() -> None:
    assert (paper().year, paper().date) == (None, "")


# --- texts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ('<span class="nocase">BERT</span> and all', "{BERT} and all"),
        ("<span class='nocase'>BERT</span>", "{BERT}"),
        ('<span class="nocase">A <i>b</i></span>', "{A b}"),
        ('<span style="font-variant:small-caps;">a</span> <span class="nocase">B</span>', "a {B}"),
        ('<span class="nocase"><span class="nodecor">B</span></span>', "{B}"),
        ('<span class="nocase">never closed', "never closed"),
        ('<span class="nocase"></span>x', "x"),
        ("<i>Homo</i> <b>sapiens</b>", "Homo sapiens"),
        ("H<sub>2</sub>O", "H₂O"),
        ("O(n<sup>2</sup>)", "O(n²)"),
        ("A &amp; B", "A & B"),
        ("a < b & c > d", "a < b & c > d"),
        ("  two\n blanks", "two blanks"),
        ("e\u0301", "é"),
        ("{x}", r"\{x\}"),
        ("a } b", r"a \} b"),
        (r"\{x\}", r"\{x\}"),
        ("$x$", r"\$x\$"),
        ("from $5 to $10", "from $5 to $10"),
        ("$5", "$5"),
        (r"C:\dir", r"C:\dir"),
    ],
)
def test_a_title(said: str, text: str) -> None:
    assert paper(title=said).title == text


plain_letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<&\\\ufdd0\ufdd1")


@settings(deadline=None)
@given(st.text(st.sampled_from("ab {}$_^~.") | plain_letters))
def test_a_plain_text_is_printed_as_it_was(text: str) -> None:
    assert exporter.plain(csl.record_text(text)) == squeeze(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("text", ["a {b} c", "$x$ {y", "}{", "${x}$", "${ x}$", "$a$b$", "100 $ and {", r"\\{a}"])
def test_signs_of_latex_in_a_plain_text_are_printed_as_they_are(text: str) -> None:
    assert exporter.plain(csl.record_text(text)) == text


def test_paragraphs_of_an_abstract_stay_apart() -> None:
    found = paper(abstract="<jats:p>One\ntwo.</jats:p><jats:p>Three &lt; four.</jats:p>")
    assert found.abstract == "One two.\n\nThree < four."


# --- types ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("csl_type", "kind"),
    [
        ("article-journal", "article"),
        ("paper-conference", "inproceedings"),
        ("chapter", "incollection"),
        ("book", "book"),
        ("thesis", "thesis"),
        ("report", "report"),
        ("webpage", "online"),
        ("software", "software"),
        ("dataset", "dataset"),
        ("patent", "patent"),
        ("manuscript", "unpublished"),
        ("document", "misc"),
    ],
)
def test_a_type_that_has_its_own_in_biblatex(csl_type: str, kind: str) -> None:
    found = paper(type=csl_type)
    assert (found.type, found.fields) == (kind, {})


@pytest.mark.parametrize(("csl_type", "kind"), [("broadcast", "video"), ("post-weblog", "online"), ("speech", "misc")])
def test_a_type_that_biblatex_lacks_is_kept_beside_the_nearest(csl_type: str, kind: str) -> None:
    found = paper(type=csl_type)
    assert (found.type, found.fields) == (kind, {"csl-type": csl_type})


@pytest.mark.parametrize(
    ("csl_type", "subtype"), [("article-magazine", "magazine"), ("article-newspaper", "newspaper")]
)
def test_a_kind_of_article_is_its_subtype(csl_type: str, subtype: str) -> None:
    found = paper(type=csl_type)
    assert (found.type, found.fields) == ("article", {"entrysubtype": subtype})


@pytest.mark.parametrize(
    ("csl_type", "genre", "kind", "fields"),
    [
        ("thesis", "PhD thesis", "phdthesis", {}),
        ("thesis", "Doctoral dissertation", "phdthesis", {"type": "Doctoral dissertation"}),
        ("thesis", "Master's thesis", "mastersthesis", {}),
        ("thesis", "MSc thesis", "mastersthesis", {"type": "MSc thesis"}),
        ("thesis", "Habilitation", "thesis", {"type": "Habilitation"}),
        ("report", "Technical report", "techreport", {}),
        ("report", "White paper", "report", {"type": "White paper"}),
    ],
)
def test_the_genre_tells_a_type(csl_type: str, genre: str, kind: str, fields: dict[str, str]) -> None:
    found = paper(type=csl_type, genre=genre)
    assert (found.type, found.fields) == (kind, fields)


def test_an_agencys_type_is_understood_and_kept() -> None:
    found = paper(type="journal-article")
    assert (found.type, found.fields) == ("article", {"csl-type": "journal-article"})


# --- variables --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variable", "field"),
    [
        ("publisher-place", "address"),
        ("ISSN", "issn"),
        ("note", "note"),
        ("keyword", "keywords"),
        ("event-title", "eventtitle"),
        ("event", "eventtitle"),
        ("event-place", "event-place"),
        ("language", "language"),
        ("PMID", "pmid"),
        ("number-of-pages", "pagetotal"),
        ("number-of-volumes", "volumes"),
        ("title-short", "shorttitle"),
        ("shortTitle", "shorttitle"),
        ("archive", "archive"),
        ("original-title", "origtitle"),
        ("some-new-thing", "some-new-thing"),
    ],
)
def test_a_variable_that_the_library_has_no_field_for_is_kept_by_its_biblatex_name(variable: str, field: str) -> None:
    assert paper(**{variable: "x1"}).fields == {field: "x1"}


@pytest.mark.parametrize(
    ("variable", "field"),
    [
        ("container-title", "venue"),
        ("collection-title", "series"),
        ("publisher", "publisher"),
        ("volume", "volume"),
        ("edition", "edition"),
        ("ISBN", "isbn"),
    ],
)
def test_a_variable_that_is_a_field_of_the_library(variable: str, field: str) -> None:
    found = paper(type="chapter", **{variable: "x1"})
    assert (getattr(found, field), found.fields) == ("x1", {})


@pytest.mark.parametrize(
    ("csl_type", "variable"), [("article-journal", "issue"), ("book", "collection-number"), ("report", "number")]
)
def test_the_number_is_the_one_that_the_type_has(csl_type: str, variable: str) -> None:
    found = paper(type=csl_type, **{variable: 7})
    assert (found.number, found.fields) == ("7", {})


@pytest.mark.parametrize(("pages", "expected"), [("", ("e103", {})), ("1-9", ("1-9", {"eid": "e103"}))])
def test_the_number_of_an_article_stands_for_its_pages(pages: str, expected: tuple[str, dict[str, str]]) -> None:
    found = paper(type="article-journal", issue="2", number="e103", page=pages)
    assert (found.number, (found.pages, found.fields)) == ("2", expected)


@pytest.mark.parametrize("csl_type", ["thesis", "report"])
def test_the_publisher_of_a_thesis_or_report_is_its_institution(csl_type: str) -> None:
    found = paper(type=csl_type, publisher="MIT")
    assert (found.institution, found.publisher) == ("MIT", "")


@pytest.mark.parametrize(
    ("said", "pages"), [("1-10", "1-10"), ("1–10", "1-10"), ("1--10, 20 – 25", "1-10, 20-25"), (7, "7"), ("e1", "e1")]
)
def test_pages_have_hyphens(said: Any, pages: str) -> None:
    assert paper(page=said).pages == pages


@pytest.mark.parametrize(
    ("value", "kept"), [(3, "3"), (2.0, "2"), (True, "true"), (["a", "b"], "a, b"), ({"a": [1]}, '{"a":[1]}')]
)
def test_a_value_of_another_kind_is_kept_as_text(value: Any, kept: str) -> None:
    assert paper(x=value).fields == {"x": kept}


@pytest.mark.parametrize("value", ["", None, [], {}])
def test_nothing_is_not_kept(value: Any) -> None:
    assert paper(x=value, note=value, volume=value).fields == {}


# --- identifiers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["10.1000/xYz", "https://doi.org/10.1000/xYz", "doi:10.1000/xYz"])
def test_a_doi_is_bare(said: str) -> None:
    assert paper(DOI=said).doi == "10.1000/xYz"


@pytest.mark.parametrize(
    "said",
    [
        {"URL": "http://arxiv.org/abs/2005.00683"},
        {"URL": "https://arxiv.org/pdf/2005.00683v2"},
        {"DOI": "10.48550/arXiv.2005.00683"},
        {"number": "arXiv:2005.00683"},
        {"number": "arXiv:2005.00683 [cs.CL]"},
        {"archive": "arXiv", "archive_location": "2005.00683"},
        {"archive": "arXiv", "number": "2005.00683v1"},
        {"note": "arXiv: 2005.00683 [cs]"},
        {"container-title": "arXiv:2005.00683 [cs]", "type": "article-journal"},
    ],
    ids=str,
)
def test_an_arxiv_id_is_found(said: dict[str, str]) -> None:
    assert paper(**said).arxiv == "2005.00683"


def test_an_arxiv_id_is_not_taken_from_an_abstract() -> None:
    assert paper(abstract="arXiv:2005.00683").arxiv == ""


def test_the_class_of_an_arxiv_number_is_kept() -> None:
    assert paper(number="arXiv:2005.00683 [cs.CL]").primary_class == "cs.CL"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("http://dx.doi.org/10.1000/X", ""),
        ("https://arxiv.org/abs/2005.00683", ""),
        ("https://arxiv.org/abs/2005.00683v2", "https://arxiv.org/abs/2005.00683v2"),
        ("https://ex.org/a_b?c=1&d=%25#e~f", "https://ex.org/a_b?c=1&d=%25#e~f"),
    ],
)
def test_a_url_that_only_repeats_an_identifier_goes(url: str, kept: str) -> None:
    assert paper(URL=url, DOI="10.1000/x").url == kept


def test_a_preprint_of_zotero_is_a_preprint_without_a_venue() -> None:
    found = paper(type="article", publisher="arXiv", number="arXiv:2005.00683", source="arXiv.org")
    assert (found.type, found.arxiv, found.venue, found.publisher) == ("misc", "2005.00683", "", "")
    assert found.fields == {"source": "arXiv.org"}


def test_arxiv_is_no_journal() -> None:
    found = paper(type="article-journal", container__title="arXiv:2005.00683 [cs]")
    assert (found.type, found.arxiv, found.venue, found.fields) == ("misc", "2005.00683", "", {})


def test_another_preprint_server_is_the_venue() -> None:
    found = paper(type="article", publisher="bioRxiv", DOI="10.1101/2020.01.01.123")
    assert (found.type, found.venue, found.publisher, found.fields) == ("misc", "bioRxiv", "", {})


# --- what litcli added ------------------------------------------------------------------------------------


def test_what_litcli_wrote_under_custom_wins() -> None:
    said = {"type": "collection", "links": {"code": "u"}, "fields": {"howpublished": "h", "note": None}}
    found = paper(type="book", note="n", custom={"litcli": said})
    assert (found.type, found.links, found.fields) == ("collection", {"code": "u"}, {"howpublished": "h"})


def test_what_others_wrote_under_custom_is_kept() -> None:
    assert paper(custom={"short_id": "x"}).fields == {"custom": '{"short_id":"x"}'}


@pytest.mark.parametrize(
    "said", [3, [], {"year": "soon"}, {"tags": ["t"]}, {"note": "n"}, {"nonsense": 1}, {"authors": "A"}], ids=str
)
def test_what_cannot_be_of_litcli_is_remarked_on_and_the_item_is_read(said: Any) -> None:
    problem, found = parse(json.dumps([{"title": "A", "custom": {"litcli": said}}]))
    assert isinstance(problem, Problem)
    assert problem.failed == 0
    assert isinstance(found, Record)
    assert found.paper == Paper(title="A")


# --- anything ---------------------------------------------------------------------------------------------

anything: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=10)
    | st.sampled_from(["2020", "others"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["family", "given", "literal", "suffix", "date-parts", "season", "raw", "litcli", "fields"])
            | st.text(max_size=5),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
variables = st.sampled_from([*csl.FIELD, "id", "type", "custom", "shortTitle", "event"]) | st.text(max_size=5)


@settings(deadline=None)
@given(st.lists(st.dictionaries(variables, anything, max_size=6) | anything, max_size=3))
def test_any_json_gives_a_record_or_a_problem_for_each_item(items: list[Any]) -> None:
    found = [item for item in parse(json.dumps(items)) if isinstance(item, Record) or item.failed]
    assert len(found) == len(items)


@settings(deadline=None)
@given(st.text(st.sampled_from('[]{}",:\n \\1ae') | st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_gives_records_and_problems_on_its_lines(text: str) -> None:
    page = Page("x", text)
    for item in csl_json.parse(page):
        assert 1 <= item.line <= len(page.lines)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        '[{"a":' * 100_000,
        "[\n" + '  {"author": [\n' * 5_000 + '  {"title": "x"},\n' * 20_000,
        "[\n" + '  {"title": "\\x"},\n' * 50_000 + "]",
        '[{"title": "' + "{$a " * 200_000 + '"}]',
        '[{"title": "' + "\\\\" * 500_000 + '"}]',
        '[{"title": "' + "<span class=nocase>" * 50_000 + '"}]',
        '[{"title": "' + "<span " * 200_000 + '"}]',
        '[{"title": "x", "issued": "' + "1" * 1_000_000 + '"}]',
        '[{"title": "x", "issued": {"date-parts": [[' + "1" * 5_000 + "]]}}]",
        " " * 1_000_000,
    ],
    ids=lambda text: repr(text[:20]),
)
def test_a_text_made_to_be_slow_is_read(text: str) -> None:
    page = Page("x", text)
    csl_json.detect(page)
    assert list(csl_json.parse(page))
