"""RIS as it is written: the bytes themselves, what is warned of, and that reading gives back what was meant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from litcli import ris as grammar
from litcli import tex
from litcli.errors import LitError
from litcli.exporters import ris
from litcli.exporters.options import Options
from litcli.importers import ris as importer
from litcli.page import Page
from litcli.paper import Entry, Paper, Person, Record
from litcli.text import clean
from tests.importers.test_ris import ENDNOTE_RIS, ENW, LINES, NBIB, WOS_SCOPUS, ZOTERO

DOE, ROE = Person("Doe", "Jane"), Person("Roe", "Richard")


def export(*entries: Entry, omit: str = "") -> str:
    """What is written of entries that call for no warning."""
    written = ris.write(entries, Options(omit=frozenset(omit.split())))
    assert written.warnings == ()
    return written.text


def warnings(**said: Any) -> tuple[str, ...]:
    return ris.write([Entry("k", Paper(**said))], Options()).warnings


def lines(omit: str = "", **said: Any) -> list[str]:
    """The lines of one paper between its type and its key."""
    found = export(Entry("k", Paper(**said)), omit=omit).split("\n")
    assert found[0].startswith("TY  - ")
    assert found[-3:] == ["ID  - k", "ER  - ", ""]
    return found[1:-3]


def read(text: str) -> list[Record]:
    found = list(importer.parse(Page("refs.ris", text)))
    return [item for item in found if isinstance(item, Record)]


def back(paper: Paper) -> Paper:
    """The paper that comes back from the file."""
    (record,) = read(ris.write([Entry("k", paper)], Options()).text)
    return record.paper


# --- the file ---------------------------------------------------------------------------------------------


def test_a_record_has_its_tags_in_a_fixed_order() -> None:
    paper = Paper(
        type="article",
        title="On Wool",
        authors=(DOE, ROE),
        et_al=True,
        editors=(Person("Berg", "Jan", "van der"),),
        year=2020,
        date="2020-04-01",
        venue="Acta Ovis",
        volume="7",
        number="2",
        pages="10-19",
        publisher="Loom House",
        series="Wool Series",
        doi="10.5555/Wool",
        arxiv="2005.00683",
        primary_class="cs.CL",
        isbn="978-3-16-148410-0",
        url="https://example.org/a_b?c=1&d",
        abstract="We count.",
        fields={"note": "Read.", "keywords": "sheep, wool", "issn": "0028-0836", "urldate": "2021-02-03", "cn": "QA"},
    )
    assert export(Entry("doe2020wool", paper)) == (
        "TY  - JOUR\n"
        "AU  - Doe, Jane\n"
        "AU  - Roe, Richard\n"
        "AU  - et al.\n"
        "ED  - van der Berg, Jan\n"
        "TI  - On Wool\n"
        "T2  - Acta Ovis\n"
        "T3  - Wool Series\n"
        "PY  - 2020\n"
        "DA  - 2020/04/01\n"
        "VL  - 7\n"
        "IS  - 2\n"
        "SP  - 10\n"
        "EP  - 19\n"
        "PB  - Loom House\n"
        "SN  - 978-3-16-148410-0\n"
        "SN  - 0028-0836\n"
        "M1  - arXiv:2005.00683 [cs.CL]\n"
        "DO  - 10.5555/Wool\n"
        "UR  - https://example.org/a_b?c=1&d\n"
        "Y2  - 2021/02/03\n"
        "KW  - sheep\n"
        "KW  - wool\n"
        "AB  - We count.\n"
        "N1  - Read.\n"
        "CN  - QA\n"
        "ID  - doe2020wool\n"
        "ER  - \n"
    )


def test_records_are_sorted_by_key_and_parted_by_a_blank_line() -> None:
    text = export(Entry("b", Paper(title="Two")), Entry("A", Paper(title="One")))
    assert text == "TY  - GEN\nTI  - One\nID  - A\nER  - \n\nTY  - GEN\nTI  - Two\nID  - b\nER  - \n"


def test_no_entries_are_an_empty_file() -> None:
    assert export() == ""


def test_fields_that_are_to_be_left_out_are() -> None:
    assert lines(omit="abstract month", title="X", year=2020, date="2020-04-01", abstract="Y") == [
        "TI  - X",
        "PY  - 2020",
    ]


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("A {DNA} test", "A DNA test"),
        (r"The set \{a, b\}", "The set {a, b}"),
        (r"From \$5 to \$6", "From $5 to $6"),
        ("On $x^2$ and {$n$}", "On $x^2$ and $n$"),
        (r"Fish \& chips", "Fish & chips"),
        ("An open { brace", "An open { brace"),
        ("Müller — “α”", "Müller — “α”"),
        ("Two\nlines\tand\x00 a\u2028control", "Two lines and a control"),
    ],
)
def test_a_title_is_written_as_plain_unicode_on_one_line(title: str, written: str) -> None:
    assert lines(title=title) == [f"TI  - {written}"]


def test_a_url_is_written_as_it_stands() -> None:
    assert lines(url=r"https://example.org/{a}\_b$c$") == [r"UR  - https://example.org/{a}\_b$c$"]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ({"year": 2020}, ["PY  - 2020"]),
        ({"date": "2020-04"}, ["PY  - 2020", "DA  - 2020/04"]),
        ({"year": 2020, "date": "2020-04-01"}, ["PY  - 2020", "DA  - 2020/04/01"]),
        ({"year": 2021, "date": "2020-12-30"}, ["PY  - 2021", "DA  - 2020/12/30"]),
        ({"year": 2020, "date": "--05-07"}, ["PY  - 2020", "DA  - 2020/05/07"]),
        ({"date": "--05-07"}, ["DA  - /05/07"]),
        ({"year": 2020, "date": "2020"}, ["PY  - 2020"]),
        ({"year": 2020, "fields": {"da": "Spring"}}, ["PY  - 2020", "DA  - 2020///Spring"]),
        ({"fields": {"da": "in press"}}, ["DA  - ///in press"]),
    ],
)
def test_dates_are_written_with_slashes(said: dict[str, Any], written: list[str]) -> None:
    assert lines(**said) == written


@pytest.mark.parametrize(
    ("pages", "written"),
    [
        ("10-19", ["SP  - 10", "EP  - 19"]),
        ("S1-S9", ["SP  - S1", "EP  - S9"]),
        ("12", ["SP  - 12"]),
        ("e104", ["SP  - e104"]),
        ("1-4, 7-9", ["SP  - 1-4, 7-9"]),
        ("10-10", ["SP  - 10-10"]),
    ],
)
def test_a_plain_range_of_pages_is_written_in_two(pages: str, written: list[str]) -> None:
    assert lines(pages=pages) == written


@pytest.mark.parametrize(
    ("person", "written"),
    [
        (DOE, "Doe, Jane"),
        (Person("Beethoven", "Ludwig", "van"), "van Beethoven, Ludwig"),
        (Person("King", "Martin Luther", suffix="Jr."), "King, Martin Luther, Jr."),
        (Person("Plato"), "Plato"),
        (Person(literal="OpenAI"), "OpenAI"),
        (Person(literal="World Health Organization"), "World Health Organization,"),
        (Person(literal="Barnes and Noble, Inc."), "Barnes and Noble,, Inc."),
        (Person(literal="{NASA} Ames"), "NASA Ames,"),
    ],
)
def test_a_person_is_written_family_name_first(person: Person, written: str) -> None:
    assert lines(authors=(person,)) == [f"AU  - {written}"]


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("article", "JOUR"),
        ("inproceedings", "CONF"),
        ("conference", "CONF"),
        ("incollection", "CHAP"),
        ("book", "BOOK"),
        ("booklet", "PAMP"),
        ("techreport", "RPRT"),
        ("report", "RPRT"),
        ("unpublished", "UNPB"),
        ("online", "ELEC"),
        ("dataset", "DATA"),
        ("software", "COMP"),
        ("patent", "PAT"),
        ("phdthesis", "THES"),
        ("misc", "GEN"),
    ],
)
def test_an_entry_type_has_its_ris_type(kind: str, written: str) -> None:
    assert export(Entry("k", Paper(type=kind, title="X"))).startswith(f"TY  - {written}\nTI  - X\n")


@pytest.mark.parametrize(("kind", "written"), [("manual", "BOOK"), ("inbook", "CHAP"), ("nosuch", "GEN")])
def test_a_type_that_ris_has_not_is_written_as_the_nearest_and_told(kind: str, written: str) -> None:
    found = ris.write([Entry("k", Paper(type=kind, title="X"))], Options())
    assert found.text.startswith(f"TY  - {written}\n")
    assert found.warnings == (f"k: type: RIS has no type for {kind}; it is written as {written}",)


@pytest.mark.parametrize(
    ("kind", "fields", "written"),
    [
        ("online", {"ty": "BLOG"}, "BLOG"),
        ("misc", {"ty": "NOSUCH"}, "NOSUCH"),
        ("article", {"entrysubtype": "magazine"}, "MGZN"),
    ],
)
def test_a_type_that_was_kept_is_written_again(kind: str, fields: dict[str, str], written: str) -> None:
    assert export(Entry("k", Paper(type=kind, title="X", fields=fields))).startswith(f"TY  - {written}\nTI  - X\n")


def test_a_type_that_was_kept_and_does_not_fit_any_more_is_told() -> None:
    assert warnings(type="book", title="X", fields={"ty": "BLOG"}) == ("k: ty: RIS has no field for it",)


def test_a_journal_of_a_book_is_no_series() -> None:
    assert lines(type="book", venue="Acta", series="Wool") == ["JF  - Acta", "T3  - Wool"]


# --- what RIS cannot say ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"links": {"code": "https://example.org"}}, "links"),
        ({"versions": ({"venue": "arXiv"},)}, "versions"),
        ({"primary_class": "cs.CL"}, "primary_class"),
        ({"institution": "MIT"}, "institution"),
        ({"type": "techreport", "institution": "MIT", "publisher": "Loom"}, "publisher"),
        ({"fields": {"howpublished": "by hand"}}, "howpublished"),
        ({"fields": {"chapter": "3"}}, "chapter"),
        ({"fields": {"custom": ["a", "b"]}}, "custom"),
        ({"fields": {"cn": ["a", "b"]}}, "cn"),
        ({"fields": {"au": "Doe, Jane"}}, "au"),
    ],
)
def test_what_ris_has_no_field_for_is_told(said: dict[str, Any], field: str) -> None:
    assert warnings(title="X", **said) == (f"k: {field}: RIS has no field for it",)


def test_a_name_whose_parts_ris_cannot_tell_is_written_and_told() -> None:
    found = ris.write([Entry("k", Paper(authors=(Person("Gogh", "Vincent", "Van"),)))], Options())
    assert "AU  - Van Gogh, Vincent\n" in found.text
    assert found.warnings == ("k: authors: RIS cannot tell the parts of the name 'Vincent Van Gogh'",)


def test_a_key_that_is_none_to_ris_readers_is_told() -> None:
    found = ris.write([Entry("2020", Paper(title="X"))], Options())
    assert found.text == "TY  - GEN\nTI  - X\nER  - \n"
    assert found.warnings == ("2020: key: RIS readers take no such key",)


def test_a_file_that_does_not_read_back_is_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grammar, "record", lambda _: "TY  - GEN\nTI  - Y\nID  - k\nER  - \n")
    with pytest.raises(LitError, match="k: TI does not read back"):
        ris.write([Entry("k", Paper(title="X"))], Options())


# --- there and back ---------------------------------------------------------------------------------------

KINDS = """
article book booklet collection incollection inreference inproceedings proceedings techreport phdthesis mastersthesis
thesis unpublished online misc dataset software patent standard periodical
""".split()


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_record_of_every_type_comes_back(kind: str) -> None:
    thesis_or_report = kind in grammar.HOUSES
    edited = kind in ("collection", "proceedings")
    paper = Paper(
        type=kind,
        title="On Wool",
        authors=() if edited else (DOE, Person(literal="World Sheep Fund")),
        editors=(ROE, Person("Berg", "Jan", "van der", "III")),
        et_al=True,
        year=2020,
        date="2020-04-01",
        venue="" if kind == "proceedings" else "Acta Ovis",
        volume="7",
        number="2",
        pages="12",
        publisher="" if thesis_or_report else "Loom House",
        institution="Loom University" if thesis_or_report else "",
        series="Wool Series",
        edition="2",
        doi="10.5555/Wool",
        arxiv="2005.00683",
        primary_class="cs.CL",
        isbn="9783161484100",
        url="https://example.org/x",
        abstract="We count.",
        fields={"note": "Read.", "issn": "0028-0836", "type": "A thesis of wool", "da": "Spring", "pmid": "12"},
    )
    assert back(paper) == paper


@pytest.mark.parametrize(
    "said",
    [
        {"type": "inproceedings", "editors": (ROE,)},
        {"type": "inproceedings", "venue": "Proc. Wool", "fields": {"eventtitle": "Wool Conference"}},
        {"type": "inproceedings", "venue": "Wool", "fields": {"eventtitle": "Wool"}},
        {"venue": "Acta Ovis", "fields": {"shortjournal": "Act. Ov."}},
        {"title": "On Wool: A Tale", "fields": {"shorttitle": "On Wool"}},
        {"authors": (DOE,), "editors": (ROE, Person("others"))},
        {"type": "book", "fields": {"translator": "Jane Doe and {Barnes and Noble}"}},
        {"type": "book", "fields": {"chapter": "3", "pagetotal": "320"}},
        {"type": "techreport", "number": "TR-12", "fields": {"is": "7"}},
        {"type": "thesis"},
        {"type": "mastersthesis", "fields": {"type": "Diplomarbeit"}},
        {"type": "phdthesis", "fields": {"type": "PhD thesis"}},
        {"fields": {"keywords": "Models, Biological; sheep"}},
        {"fields": {"keywords": "a,b"}},
        {"fields": {"urldate": "2022-01-31T10:20:30"}},
        {"fields": {"urldate": "yesterday"}},
        {"fields": {"ur": "https://example.org/b; https://example.org/c"}, "url": "https://example.org/a"},
        {"fields": {"pmid": "12", "pmcid": "PMC12", "database": "PubMed"}},
        {"date": "--05-07"},
        {"title": r"The set \{a\} costs \$5\$ or $x^2$ \\ more"},
    ],
)
def test_what_needs_care_comes_back(said: dict[str, Any]) -> None:
    paper = Paper(**{"title": "X", **said})
    assert ris.write([Entry("k", paper)], Options()).warnings == ()
    assert back(paper) == paper


def test_a_key_comes_back() -> None:
    (record,) = read(export(Entry("DBLP:conf/x/Doe20", Paper(title="X"))))
    assert record.key == "DBLP:conf/x/Doe20"


def _plain(alphabet: str) -> st.SearchStrategy[str]:
    """Text as records hold it: on one line, composed, without markup."""
    return st.text(alphabet, max_size=14).map(clean)


TEXT = _plain("aB é ß中.,:;-&%#/()'\"0 9").filter(lambda text: text == clean(text))
WORD = st.text("abcdeéü", min_size=1, max_size=8).map(str.capitalize)
PEOPLE = st.lists(
    st.one_of(
        st.builds(Person, family=WORD, given=WORD),
        st.builds(Person, family=WORD, given=WORD, particle=st.sampled_from(["von", "van der", "de la"])),
        st.builds(Person, family=WORD, given=WORD, suffix=st.sampled_from(["Jr.", "III"])),
        st.builds(Person, literal=st.lists(WORD, min_size=2, max_size=4).map(" ".join)),
        st.builds(Person, literal=st.builds("{}, {}".format, WORD, WORD)),
    ),
    max_size=3,
).map(tuple)
DAYS = st.dates().map(lambda day: (day.year, day.isoformat())) | st.dates().map(
    lambda day: (day.year, day.isoformat()[:7])
)
PAGES = st.sampled_from(["", "1-10", "12", "e104", "S1-S9", "1-4, 7-9", "ix"])
PAPERS = st.builds(
    lambda day, **said: Paper(year=day[0], date=day[1], **said),
    day=DAYS | st.tuples(st.none() | st.integers(1000, 2999), st.just("")),
    type=st.sampled_from("article inproceedings incollection online misc unpublished software".split()),
    title=TEXT.filter(bool),
    authors=PEOPLE.filter(bool),
    editors=PEOPLE,
    et_al=st.booleans(),
    venue=_plain("aB é"),
    volume=_plain("a01"),
    number=_plain("a01-"),
    pages=PAGES,
    publisher=TEXT,
    series=TEXT,
    edition=_plain("abc"),
    doi=st.sampled_from(["", "10.5555/x(1)<2>", "10.1000/ABC_d"]),
    arxiv=st.sampled_from(["", "2005.00683", "math.AG/0601001"]),
    isbn=st.sampled_from(["", "978-3-16-148410-0", "316148410X"]),
    url=st.sampled_from(["", "https://example.org/a_b?c=1&d=%20#{e}~f"]),
    abstract=TEXT,
    fields=st.dictionaries(
        st.sampled_from("note address language annote label volumes affiliation u1 cn dp".split()),
        TEXT.filter(bool),
        max_size=4,
    ),
)


@given(PAPERS)
@settings(max_examples=200, deadline=None)
def test_a_paper_comes_back_as_it_was(paper: Paper) -> None:
    assert back(paper) == paper


@given(PAPERS, PAPERS)
@settings(max_examples=40, deadline=None)
def test_what_was_read_is_written_with_the_same_bytes(one: Paper, two: Paper) -> None:
    text = export(Entry("a", one), Entry("b", two))
    assert export(*(Entry(record.key, record.paper) for record in read(text))) == text


def _math(text: str) -> list[str]:
    return [part for is_math, part in tex.segments(text) if is_math]


RICH = st.text(r"ab ${}\^&_,", max_size=12).filter(lambda text: _math(grammar.plain_text(text)) == _math(text))
"""Texts whose math is still the math of what is written: no printed dollar stands where it opens another formula."""


@given(st.dictionaries(st.sampled_from("title venue abstract publisher series".split()), RICH, min_size=1))
@example({"title": r"\\{a$ $b}$ c\{$"})
@settings(max_examples=200, deadline=None)
def test_text_with_signs_of_latex_settles_at_once(said: dict[str, str]) -> None:
    once = ris.write([Entry("k", Paper(**said, url="https://x.org"))], Options()).text
    (record,) = read(once)
    assert ris.write([Entry("k", record.paper)], Options()).text == once


TAGS = """
TI T1 CT BT AU A1 ED A2 A3 A4 T2 T3 JF JO JA J2 C1 C2 C3 C7 PY Y1 DA ET VL IS CP SP EP SE SN PB CY DO UR M1 M3 AN DB KW
AB N1 N2 U1 ID LA Y2 L1 XX
""".split()
VALUES = """
Acta~Ovis Act.~Ov. Doe,~Jane Team~X, et~al. 2020 2020/04/01/x 2020/04 April~1 in~press 12 12-34 e1 0028-0836 a,~b;~c
978-3-16-148410-0 10.5555/x doi:10.5555/y https://x.org https://arxiv.org/abs/2005.00683 arXiv:2005.00683~[cs.CL]
arXiv~preprint~arXiv:2005.00683 PhD~thesis Master's~thesis PMC12 PMID:12 PubMed {a $b$ \\&
""".split()
RECORDS = st.builds(
    lambda ty, pairs: "".join(f"{tag}  - {value}\n" for tag, value in [("TY", ty), ("UR", "https://y.org"), *pairs]),
    st.sampled_from("JOUR BOOK CONF CPAPER CHAP THES RPRT EDBOOK MGZN BLOG GEN NOSUCH PAT ENCYC".split()),
    st.lists(
        st.tuples(st.sampled_from(TAGS), st.sampled_from([value.replace("~", " ") for value in VALUES])), max_size=8
    ),
)


@given(RECORDS | st.lists(LINES, max_size=10).map("\n".join))
@settings(max_examples=200, deadline=None)
def test_what_was_read_and_written_is_read_the_same(text: str) -> None:
    for record in read(text):
        first = ris.write([Entry("k", record.paper)], Options())
        (again,) = read(first.text)
        assert ris.write([Entry("k", again.paper)], Options()).text == first.text
        if not first.warnings:
            assert again.paper == record.paper


@pytest.mark.parametrize("text", [ZOTERO, ENDNOTE_RIS, WOS_SCOPUS, ENW], ids=["Zotero", "EndNote", "WoS", "refer"])
def test_the_records_of_other_programs_come_back_whole(text: str) -> None:
    papers = [record.paper for record in read(text)]
    written = export(*(Entry(f"k{number}", paper) for number, paper in enumerate(papers)))
    assert [record.paper for record in read(written)] == papers


def test_the_records_of_pubmed_come_back_but_for_what_is_pubmeds_own() -> None:
    papers = [record.paper for record in read(NBIB)]
    found = ris.write([Entry(f"k{number}", paper) for number, paper in enumerate(papers)], Options())
    own = ("pii", "pubmed_ci", "pubmed_gr", "pubmed_pl")
    assert found.warnings == tuple(f"k0: {name}: RIS has no field for it" for name in own)
    expected = [
        replace(paper, fields={name: value for name, value in paper.fields.items() if name not in own})
        for paper in papers
    ]
    assert [record.paper for record in read(found.text)] == expected
