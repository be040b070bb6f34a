"""RIS, PubMed and EndNote files: made-up records in the dialects of the programs and databases that write them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli.importers import ris
from litcli.page import Page
from litcli.paper import Paper, Person, Problem, Record
from tests.conftest import SEEDS
from tests.growth import grows_in_proportion

ZOTERO = """\
TY  - CONF
TI  - Counting Sheep with <i>Ovis</i> Networks &amp; Friends
AU  - Lamm, Anna Maria
AU  - van der Schaap, Jan
AU  - King, Martin Luther, Jr.
AU  - World Sheep Consortium
T2  - 12th Conference on Counting
C1  - Dublin, Ireland
C3  - Proceedings of the 12th Conference on Counting
T3  - Lecture Notes in Counting
AB  - We count sheep. The sheep do not mind.

They never did.
DA  - 2021/07/15/
PY  - 2021
DO  - 10.5555/Sheep.12
DP  - ACM Digital Library
SP  - 101
EP  - 112
PB  - Counting Press
SN  - 978-3-16-148410-0
ST  - Counting Sheep
UR  - https://example.org/sheep?a=1&amp;b=2
Y2  - 2022/01/31/10:20:30
L1  - https://example.org/sheep.pdf
KW  - counting
KW  - sheep
N1  - <p>Read twice.</p>
ER  -

"""

ENDNOTE_RIS = """\
TY  - JOUR
AU  - Miller, B.
AU  - Ministry of Wool,
AU  - Weaver, Cotton and Sons,, Ltd.
PY  - 2019
DA  - Mar 4
TI  - On wool
T2  - Journal of Textile Matters
J2  - J. Text. Matters
VL  - 7
IS  - 2
SP  - 33-41
C7  - 104
SN  - 0028-0836 (Print)
0028-0844 (Linking)
KW  - *Wool
Cotton
Textile Industry
N1  - 1234-5678
English
A note in
several lines
L1  - internal-pdf://one.pdf
internal-pdf://two.pdf
ID  - 77
ER  -


TY  - EDBOOK
A1  - Editor, Ann
A2  - Series, Sam
TI  - The Book of Wool
T2  - Textile Library
CY  - Leiden
PB  - Loom House
SP  - 320
ET  - 2nd
SN  - 90-70002-34-5
ID  - Editor1999
ER  -
"""

WOS_SCOPUS = """\
TY  - CPAPER
AU  - LIU, W
AU  - Zhou, J.
AU  -
TI  - BIG WOOL
T2  - 2020 IEEE WOOL CONFERENCE
PY  - 2020
DA  - APR 1
AN  - WOS:000512345600001
C3  - University of Wool
SP  - 1
EP  - 9
ER  -
TY  - JOUR
TI  - Yarn theory
T2  - Textile Letters
J2  - Text. Lett.
AU  - García, M.
PY  - 2018
DB  - Scopus
M3  - Article
N1  - Export Date: 3 May 2021
N1  - Cited By: 12
UR  - https://www.scopus.com/inward/record.uri?eid=2-s2.0-1&partnerID=40
ER  -
"""

NBIB = """\

PMID- 31234567
OWN - NLM
STAT- MEDLINE
DCOM- 20200810
LR  - 20200810
IS  - 1234-5679 (Electronic)
IS  - 0028-0836 (Linking)
VI  - 12
IP  - 3
DP  - 2020 Mar 17
TI  - Wool allergies in shepherds: a cohort
      study of 12 flocks.
PG  - 1123-9
LID - 10.5555/wool.2020 [doi]
LID - S1234-5678(20)30012-3 [pii]
AB  - BACKGROUND: Wool is warm.
      TI  - is no tag here.
CI  - Copyright (c) 2020.
FAU - Shepherd, Mary Jane
AU  - Shepherd MJ
AD  - Wool Institute, Leeds, UK.
FAU - King, Martin L Jr
AU  - King ML Jr
CN  - Flock Study Group
LA  - eng
PT  - Journal Article
PT  - Multicenter Study
PL  - England
TA  - J Wool Res
JT  - Journal of wool research
MH  - Sheep
MH  - Models, Biological
OT  - allergy
PMC - PMC7654321
AID - 10.5555/wool.2020 [doi]
GR  - R01/WL/NIH
SO  - J Wool Res. 2020 Mar 17;12(3):1123-9.

PMID- 30000001
TI  - Felt preprint.
AU  - van der Berg JA
AU  - Roe R
DP  - 2019 Jan-Feb
PT  - Preprint
JT  - woolRxiv
"""

ENW = """\
%0 Journal Article
%T Knitting in hyperbolic space
%A Purl, Ada
%A Plain, Bob
%J Annals of Knitting
%D 2017
%8 May 3
%V 9
%N 1
%P 10-19
%@ 0028-0836
%R 10.5555/knit.9
%U https://example.org/a
https://example.org/b
%X First line
second line.
%K knitting
geometry
%9 Journal Article
%W Some Provider

%0 Thesis
%T Needles
%A Purl, Ada
%I University of Leeds
%9 Master's thesis
%D 2012
%P 88
"""


def items(text: str) -> list[Record | Problem]:
    return list(ris.parse(Page("refs.ris", text)))


def records(text: str) -> list[Record]:
    """The records of a file that must hold nothing else."""
    found = items(text)
    assert [item for item in found if isinstance(item, Problem)] == []
    return [item for item in found if isinstance(item, Record)]


def problems(text: str) -> list[Problem]:
    return [item for item in items(text) if isinstance(item, Problem)]


def paper(*lines: str, ty: str = "JOUR", title: str = "On Wool") -> Paper:
    """The paper of one record of these lines."""
    head = [f"TY  - {ty}", *([f"TI  - {title}"] if title else [])]
    (record,) = records("\n".join([*head, *lines, "ER  - ", ""]))
    return record.paper


def line_of(line: str, text: str) -> int:
    return text.split("\n").index(line) + 1


def said(found: Paper) -> dict[str, Any]:
    """The fields of a paper that say anything."""
    return {name: value for name in Paper.__slots__ if (value := getattr(found, name))}


# --- whole records, one dialect each ----------------------------------------------------------------------


def test_a_record_of_zotero() -> None:
    (record,) = records(ZOTERO)
    assert record.line == 1
    assert said(record.paper) == {
        "type": "inproceedings",
        "title": "Counting Sheep with Ovis Networks & Friends",
        "authors": (
            Person("Lamm", "Anna Maria"),
            Person("Schaap", "Jan", "van der"),
            Person("King", "Martin Luther", suffix="Jr."),
            Person(literal="World Sheep Consortium"),
        ),
        "year": 2021,
        "date": "2021-07-15",
        "venue": "Proceedings of the 12th Conference on Counting",
        "series": "Lecture Notes in Counting",
        "pages": "101-112",
        "publisher": "Counting Press",
        "doi": "10.5555/Sheep.12",
        "isbn": "978-3-16-148410-0",
        "url": "https://example.org/sheep?a=1&b=2",
        "abstract": "We count sheep. The sheep do not mind. They never did.",
        "fields": {
            "c1": "Dublin, Ireland",
            "dp": "ACM Digital Library",
            "eventtitle": "12th Conference on Counting",
            "file": "https://example.org/sheep.pdf",
            "keywords": "counting, sheep",
            "note": "Read twice.",
            "shorttitle": "Counting Sheep",
            "urldate": "2022-01-31T10:20:30",
        },
    }


def test_records_of_endnote_in_ris() -> None:
    article, book = records(ENDNOTE_RIS)
    assert said(article.paper) == {
        "type": "article",
        "title": "On wool",
        "authors": (
            Person("Miller", "B."),
            Person(literal="Ministry of Wool"),
            Person(literal="Weaver, Cotton and Sons, Ltd."),
        ),
        "year": 2019,
        "date": "2019-03-04",
        "venue": "Journal of Textile Matters",
        "volume": "7",
        "number": "2",
        "pages": "33-41",
        "fields": {
            "eid": "104",
            "file": "internal-pdf://one.pdf; internal-pdf://two.pdf",
            "id": "77",
            "issn": "0028-0836, 0028-0844",
            "keywords": "*Wool, Cotton, Textile Industry",
            "note": "1234-5678 English A note in several lines",
            "shortjournal": "J. Text. Matters",
        },
    }
    assert (book.key, book.line) == ("Editor1999", line_of("TY  - EDBOOK", ENDNOTE_RIS))
    assert said(book.paper) == {
        "type": "collection",
        "title": "The Book of Wool",
        "editors": (Person("Editor", "Ann"),),
        "series": "Textile Library",
        "publisher": "Loom House",
        "edition": "2nd",
        "isbn": "90-70002-34-5",
        "fields": {"a2": "Series, Sam", "address": "Leiden", "pagetotal": "320"},
    }


def test_records_of_the_web_of_science_and_scopus() -> None:
    paper_there, article = records(WOS_SCOPUS)
    assert said(paper_there.paper) == {
        "type": "inproceedings",
        "title": "BIG WOOL",
        "authors": (Person("LIU", "W"), Person("Zhou", "J.")),
        "year": 2020,
        "date": "2020-04-01",
        "venue": "2020 IEEE WOOL CONFERENCE",
        "pages": "1-9",
        "fields": {"an": "WOS:000512345600001", "c3": "University of Wool"},
    }
    assert said(article.paper) == {
        "type": "article",
        "title": "Yarn theory",
        "authors": (Person("García", "M."),),
        "year": 2018,
        "venue": "Textile Letters",
        "url": "https://www.scopus.com/inward/record.uri?eid=2-s2.0-1&partnerID=40",
        "fields": {
            "database": "Scopus",
            "note": "Export Date: 3 May 2021; Cited By: 12",
            "shortjournal": "Text. Lett.",
            "type": "Article",
        },
    }


def test_records_of_pubmed() -> None:
    article, preprint = records(NBIB)
    assert (article.line, preprint.line) == (2, line_of("PMID- 30000001", NBIB))
    assert said(article.paper) == {
        "type": "article",
        "title": "Wool allergies in shepherds: a cohort study of 12 flocks",
        "authors": (
            Person("Shepherd", "Mary Jane"),
            Person("King", "Martin L", suffix="Jr"),
            Person(literal="Flock Study Group"),
        ),
        "year": 2020,
        "date": "2020-03-17",
        "venue": "Journal of wool research",
        "volume": "12",
        "number": "3",
        "pages": "1123-1129",
        "doi": "10.5555/wool.2020",
        "abstract": "BACKGROUND: Wool is warm. TI - is no tag here.",
        "fields": {
            "affiliation": "Wool Institute, Leeds, UK.",
            "issn": "1234-5679, 0028-0836",
            "keywords": "Sheep; Models, Biological; allergy",
            "language": "eng",
            "pii": "S1234-5678(20)30012-3",
            "pmcid": "PMC7654321",
            "pmid": "31234567",
            "pubmed_ci": "Copyright (c) 2020.",
            "pubmed_gr": "R01/WL/NIH",
            "pubmed_pl": "England",
            "shortjournal": "J Wool Res",
            "type": "Multicenter Study",
        },
    }
    assert said(preprint.paper) == {
        "type": "misc",
        "title": "Felt preprint",
        "authors": (Person("Berg", "J. A.", "van der"), Person("Roe", "R.")),
        "year": 2019,
        "venue": "woolRxiv",
        "fields": {"da": "Jan-Feb", "pmid": "30000001", "type": "Preprint"},
    }


def test_records_of_endnote_in_its_own_format() -> None:
    article, thesis = records(ENW)
    assert (article.line, thesis.line) == (1, line_of("%0 Thesis", ENW))
    assert said(article.paper) == {
        "type": "article",
        "title": "Knitting in hyperbolic space",
        "authors": (Person("Purl", "Ada"), Person("Plain", "Bob")),
        "year": 2017,
        "date": "2017-05-03",
        "venue": "Annals of Knitting",
        "volume": "9",
        "number": "1",
        "pages": "10-19",
        "doi": "10.5555/knit.9",
        "url": "https://example.org/a",
        "abstract": "First line second line.",
        "fields": {
            "dp": "Some Provider",
            "issn": "0028-0836",
            "keywords": "knitting, geometry",
            "ur": "https://example.org/b",
        },
    }
    assert said(thesis.paper) == {
        "type": "mastersthesis",
        "title": "Needles",
        "authors": (Person("Purl", "Ada"),),
        "year": 2012,
        "institution": "University of Leeds",
        "fields": {"pagetotal": "88"},
    }


# --- the grammar ------------------------------------------------------------------------------------------

PLAIN = "TY  - JOUR\nTI  - On Wool\nAU  - Doe, Jane\nPY  - 2020\nER  - \n"
WOOL = Paper(type="article", title="On Wool", authors=(Person("Doe", "Jane"),), year=2020)


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        "\ufeff" + PLAIN,
        PLAIN.replace("  - ", " - "),
        PLAIN.replace("  - ", "- "),
        PLAIN.replace("  - ", "\t-\t"),
        PLAIN.replace("  - ", "  -"),
        PLAIN.replace("  - ", "\u00a0\u00a0- "),
        PLAIN.replace("  - ", "  – "),
        PLAIN.replace("\n", "\n\n"),
        "  " + PLAIN.replace("\n", "\n  "),
        PLAIN.replace("ER  - ", "ER  -"),
        PLAIN.replace("ER  - ", "ER - "),
        "Provider: Some Press\nContent: text/plain\n\n" + PLAIN,
        PLAIN + "\n\n3 records were exported.\n",
        PLAIN.replace("On Wool", "On\nWool"),
        PLAIN.replace("On Wool", "On\n      Wool"),
        PLAIN + "ER  - \n",
    ],
)
def test_what_stands_around_the_values_does_not_matter(text: str) -> None:
    assert [record.paper for record in records(text)] == [WOOL]


def test_a_line_in_an_abstract_that_only_looks_like_a_tag_is_text() -> None:
    found = paper("AB  - We give the", "CI - the interval - and", "UV-light", "%0 Book", "PMID- 12", "for it.")
    assert found.abstract == "We give the CI - the interval - and UV-light %0 Book PMID- 12 for it."


def test_a_new_record_ends_the_one_before_it() -> None:
    text = "TY  - JOUR\nTI  - One\n\nTY  - BOOK\nTI  - Two\n"
    assert [(record.paper.title, record.line) for record in records(text)] == [("One", 1), ("Two", 4)]


def test_formats_may_follow_each_other_in_one_file() -> None:
    found = records(PLAIN + "\n" + NBIB + "\n" + ENW + "\n" + PLAIN)
    assert [record.paper.title for record in found] == [
        "On Wool",
        "Wool allergies in shepherds: a cohort study of 12 flocks",
        "Felt preprint",
        "Knitting in hyperbolic space",
        "Needles",
        "On Wool",
    ]


def test_a_tag_without_a_meaning_of_its_own_is_kept_by_its_name() -> None:
    found = paper("U1  - one", "U1  - two", "CN  - QA 12", "DP  - Nobody", "XX  - thing", "OP  - old")
    assert found.fields == {"u1": "one; two", "cn": "QA 12", "dp": "Nobody", "xx": "thing", "op": "old"}


def test_what_two_tags_say_alike_is_said_once() -> None:
    found = paper(
        "T1  - On Wool", "A1  - Doe, Jane", "AU  - Doe, Jane", "Y1  - 2020//", "PY  - 2020", "N2  - We.", "AB  - We."
    )
    assert said(found) == {**said(WOOL), "abstract": "We."}


def test_two_authors_of_one_name_are_two() -> None:
    assert paper("AU  - Wang, Wei", "AU  - Wang, Wei").authors == (Person("Wang", "Wei"),) * 2


# --- values -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "year", "date", "rest"),
    [
        (["PY  - 2020"], 2020, "", None),
        (["PY  - 2020//"], 2020, "", None),
        (["PY  - 2020///"], 2020, "", None),
        (["PY  - 2020/04"], 2020, "2020-04", None),
        (["Y1  - 2020/04/01/"], 2020, "2020-04-01", None),
        (["Y1  - 2020/4/1"], 2020, "2020-04-01", None),
        (["Y1  - 2020/04/01/Spring"], 2020, "2020-04-01", "Spring"),
        (["Y1  - 2020///Spring"], 2020, "", "Spring"),
        (["DA  - 2020-04-01"], 2020, "2020-04-01", None),
        (["DA  - 2020-04"], 2020, "2020-04", None),
        (["DA  - 20200401"], 2020, "2020-04-01", None),
        (["DA  - April 2020"], 2020, "2020-04", None),
        (["DA  - 1 April 2020"], 2020, "2020-04-01", None),
        (["DA  - April 1st, 2020"], 2020, "2020-04-01", None),
        (["DA  - 2020 Apr 1"], 2020, "2020-04-01", None),
        (["DA  - 2020 Jan-Feb"], 2020, "", "Jan-Feb"),
        (["PY  - 2020", "DA  - APR 1"], 2020, "2020-04-01", None),
        (["PY  - 2020", "DA  - 2020/04/01"], 2020, "2020-04-01", None),
        (["PY  - 2021", "DA  - 2020/12/30"], 2021, "2020-12-30", None),
        (["PY  - 2021", "DA  - 2020"], 2021, "2020", None),
        (["PY  - 2020/04/01", "Y1  - 2020/05/02"], 2020, "2020-04-01", "2020-05-02"),
        (["DA  - /05/07"], None, "--05-07", None),
        (["PY  - in press"], None, "", "in press"),
        (["PY  - [2020]"], 2020, "", None),
        (["DA  - 2020/02/30"], 2020, "", "2020/02/30"),
        (["DA  - 2020/00/00"], 2020, "", None),
        (["DA  - 2020//05"], 2020, "", "2020//05"),
        (["DA  - 04/05/2020"], 2020, "", "04/05"),
    ],
)
def test_dates_have_many_forms(lines: list[str], year: int | None, date: str, rest: str | None) -> None:
    found = paper(*lines)
    assert (found.year, found.date, found.fields.get("da")) == (year, date, rest)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Doe, Jane", Person("Doe", "Jane")),
        ("Doe, J.", Person("Doe", "J.")),
        ("DOE, Jane", Person("DOE", "Jane")),
        ("Jane Doe", Person("Doe", "Jane")),
        ("Ludwig van Beethoven", Person("Beethoven", "Ludwig", "van")),
        ("von Neumann, John", Person("Neumann", "John", "von")),
        ("King, Martin Luther, Jr.", Person("King", "Martin Luther", suffix="Jr.")),
        ("King, Jr., Martin Luther", Person("King", "Martin Luther", suffix="Jr.")),
        ("de la Cruz, Juan, III", Person("Cruz", "Juan", "de la", "III")),
        ("King,, Jr.", Person("King", suffix="Jr.")),
        ("Plato", Person("Plato")),
        ("OpenAI", Person(literal="OpenAI")),
        ("Google Research", Person(literal="Google Research")),
        ("World Health Organization,", Person(literal="World Health Organization")),
        ("{World Health Organization}", Person(literal="World Health Organization")),
        ("Barnes and Noble,, Inc.", Person(literal="Barnes and Noble, Inc.")),
        ("Gemini Team, Google", Person(literal="Gemini Team, Google")),
        ("Department of Wool, Loom Street, Leeds, UK", Person(literal="Department of Wool, Loom Street, Leeds, UK")),
        ("M&uuml;ller, J&ouml;rg", Person("Müller", "Jörg")),
        ("Doe,Jane", Person("Doe", "Jane")),
    ],
)
def test_names_have_many_forms(name: str, expected: Person) -> None:
    assert paper(f"AU  - {name}").authors == (expected,)


@pytest.mark.parametrize("line", ["Doe, Jane; Roe, R.", "Doe, Jane ;Roe, R.;"])
def test_one_line_may_hold_several_people(line: str) -> None:
    assert paper(f"AU  - {line}").authors == (Person("Doe", "Jane"), Person("Roe", "R."))


def test_a_run_of_family_names_and_initials_is_several_people() -> None:
    assert paper("AU  - Doe, J., Roe, R. S.").authors == (Person("Doe", "J."), Person("Roe", "R. S."))


@pytest.mark.parametrize("end", [["AU  - et al."], ["AU  - et al"], ["AU  - Et Al."], ["AU  - others"]])
def test_a_list_that_was_cut_says_so(end: list[str]) -> None:
    found = paper("AU  - Doe, Jane", *end)
    assert (found.authors, found.et_al) == ((Person("Doe", "Jane"),), True)


def test_the_end_of_a_cut_list_may_stand_behind_a_name() -> None:
    found = paper("AU  - Doe, J., et al.")
    assert (found.authors, found.et_al) == ((Person("Doe", "J."),), True)


@pytest.mark.parametrize("name", ["Brothers, Jane", "Others, Jane", "Metal, Al", "Jane Al"])
def test_a_name_that_only_sounds_like_the_end_of_a_list_is_a_name(name: str) -> None:
    found = paper(f"AU  - {name}")
    assert (len(found.authors), found.et_al) == (1, False)


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        (["SP  - 12", "EP  - 34"], "12-34"),
        (["SP  - 12-34"], "12-34"),
        (["SP  - 12–34"], "12-34"),
        (["SP  - 12--34"], "12-34"),
        (["SP  - 12-34", "EP  - 34"], "12-34"),
        (["SP  - 12", "EP  - 12"], "12"),
        (["SP  - e104"], "e104"),
        (["EP  - 34"], "34"),
        (["SP  - S1", "EP  - S9"], "S1-S9"),
        (["SP  - 1-4, 7-9"], "1-4, 7-9"),
        (["C7  - 104203"], "104203"),
    ],
)
def test_pages_have_many_forms(lines: list[str], pages: str) -> None:
    assert paper(*lines).pages == pages


@pytest.mark.parametrize(
    ("ty", "expected"),
    [
        ("JOUR", "article"),
        ("EJOUR", "article"),
        ("jour", "article"),
        ("CONF", "inproceedings"),
        ("CPAPER", "inproceedings"),
        ("CHAP", "incollection"),
        ("ECHAP", "incollection"),
        ("BOOK", "book"),
        ("EBOOK", "book"),
        ("THES", "phdthesis"),
        ("RPRT", "techreport"),
        ("UNPB", "unpublished"),
        ("ELEC", "online"),
        ("WEB", "online"),
        ("GEN", "misc"),
        ("DATA", "dataset"),
        ("COMP", "software"),
        ("PAT", "patent"),
        ("Journal Article", "article"),
        ("", "misc"),
    ],
)
def test_types_have_their_counterparts(ty: str, expected: str) -> None:
    found = paper("AU  - Doe, Jane", ty=ty)
    assert (found.type, found.fields) == (expected, {})


@pytest.mark.parametrize(
    ("ty", "kind", "fields"),
    [
        ("BLOG", "online", {"ty": "BLOG"}),
        ("INPR", "article", {"ty": "INPR"}),
        ("MAP", "misc", {"ty": "MAP"}),
        ("NOSUCH", "misc", {"ty": "NOSUCH"}),
        ("MGZN", "article", {"entrysubtype": "magazine"}),
        ("NEWS", "article", {"entrysubtype": "newspaper"}),
    ],
)
def test_a_type_that_says_more_is_kept(ty: str, kind: str, fields: dict[str, str]) -> None:
    found = paper(ty=ty)
    assert (found.type, found.fields) == (kind, fields)


def test_a_conference_with_editors_only_is_its_proceedings() -> None:
    assert paper("ED  - Doe, Jane", ty="CONF").type == "proceedings"


@pytest.mark.parametrize(
    ("said_there", "kind"),
    [
        ("M3  - Master's thesis", "mastersthesis"),
        ("U1  - M.Sc. Thesis", "mastersthesis"),
        ("M3  - Doctoral dissertation", "phdthesis"),
        ("M3  - Ph.D.", "phdthesis"),
        ("M3  - Bachelor's thesis", "thesis"),
        ("N1  - none", "phdthesis"),
    ],
)
def test_a_thesis_says_of_which_kind_it_is(said_there: str, kind: str) -> None:
    assert paper(said_there, "PB  - MIT", ty="THES").type == kind


@pytest.mark.parametrize(
    ("ty", "lines", "venue"),
    [
        ("JOUR", ["T2  - Acta"], "Acta"),
        ("JOUR", ["JO  - Acta"], "Acta"),
        ("JOUR", ["JF  - Acta Ovis", "JO  - Act. Ov."], "Acta Ovis"),
        ("JOUR", ["T2  - Act. Ov.", "JF  - Acta Ovis"], "Acta Ovis"),
        ("JOUR", ["JA  - Act. Ov."], "Act. Ov."),
        ("CONF", ["T2  - Wool Conference"], "Wool Conference"),
        ("CONF", ["BT  - Wool Proceedings"], "Wool Proceedings"),
        ("CHAP", ["BT  - The Wool Book", "T2  - Wool Series"], "The Wool Book"),
        ("CHAP", ["T2  - The Wool Book"], "The Wool Book"),
        ("BOOK", ["T2  - Wool Series"], ""),
        ("ELEC", ["T2  - Wool Pages"], "Wool Pages"),
    ],
)
def test_the_venue_stands_where_the_type_has_it(ty: str, lines: list[str], venue: str) -> None:
    assert paper(*lines, ty=ty).venue == venue


def test_an_abbreviated_journal_beside_a_full_one_is_kept() -> None:
    found = paper("T2  - Act. Ov.", "JF  - Acta Ovis")
    assert found.fields == {"shortjournal": "Act. Ov."}


def test_a_short_form_that_is_none_says_nothing() -> None:
    found = paper("ST  - On Wool", "T2  - Acta Ovis", "J2  - ACTA OVIS")
    assert (found.title, found.venue, found.fields) == ("On Wool", "Acta Ovis", {})


def test_the_second_title_of_a_book_is_its_series() -> None:
    assert paper("T2  - Wool Series", ty="BOOK").series == "Wool Series"


@pytest.mark.parametrize("ty", ["THES", "RPRT"])
def test_who_publishes_a_thesis_or_a_report_is_an_institution(ty: str) -> None:
    found = paper("PB  - Loom University", ty=ty)
    assert (found.institution, found.publisher) == ("Loom University", "")


@pytest.mark.parametrize(
    ("ty", "value", "field", "expected"),
    [
        ("JOUR", "0028-0836", "issn", "0028-0836"),
        ("JOUR", "00280836 (Print) 0028-0844 (Electronic)", "issn", "00280836, 0028-0844"),
        ("JOUR", "ISSN: 2049-363X", "issn", "2049-363X"),
        ("CHAP", "0302-9743", "issn", "0302-9743"),
        ("JOUR", "n. a.", "issn", "n. a."),
        ("PAT", "US 12,345", "number", "US 12,345"),
        ("RPRT", "TR-12", "number", "TR-12"),
        ("RPRT", "0028-0836", "issn", "0028-0836"),
        ("BOOK", "978-3-16-148410-0", "isbn", "978-3-16-148410-0"),
        ("BOOK", "ISBN 3161484100", "isbn", "3161484100"),
        ("BOOK", "316148410X (hardcover)", "isbn", "316148410X"),
        ("GEN", "12 34", "sn", "12 34"),
    ],
)
def test_a_serial_number_is_known_by_its_form(ty: str, value: str, field: str, expected: str) -> None:
    found = paper(f"SN  - {value}", ty=ty)
    assert {**said(found), **found.fields}[field] == expected


def test_the_edition_of_an_article_is_the_day_when_it_first_appeared() -> None:
    found = paper("ET  - 2020/05/06")
    assert (found.edition, found.fields) == ("", {"et": "2020/05/06"})


def test_a_year_may_be_the_edition_of_a_book() -> None:
    assert paper("ET  - 2020", ty="BOOK").edition == "2020"


def test_only_an_address_begins_another_link() -> None:
    found = paper("L1  - internal-pdf://one two", "three.pdf", "internal-pdf://four.pdf")
    assert found.fields["file"] == "internal-pdf://one two three.pdf; internal-pdf://four.pdf"


def test_further_isbns_are_kept() -> None:
    found = paper("SN  - 978-3-16-148410-0; 3-16-148410-X", ty="BOOK")
    assert (found.isbn, found.fields) == ("978-3-16-148410-0", {"sn": "3-16-148410-X"})


@pytest.mark.parametrize(
    ("lines", "doi", "arxiv"),
    [
        (["DO  - 10.5555/x"], "10.5555/x", ""),
        (["DO  - https://doi.org/10.5555/x"], "10.5555/x", ""),
        (["DO  - doi: 10.5555/x"], "10.5555/x", ""),
        (["DO  - n/a"], "n/a", ""),
        (["UR  - http://dx.doi.org/10.5555/x"], "10.5555/x", ""),
        (["M3  - doi:10.5555/x"], "10.5555/x", ""),
        (["N1  - doi:10.5555/x"], "10.5555/x", ""),
        (["DO  - 10.5555/y", "UR  - https://doi.org/10.5555/x"], "10.5555/y", ""),
        (["UR  - https://arxiv.org/abs/2005.00683v2"], "", "2005.00683"),
        (["UR  - https://example.org", "UR  - https://arxiv.org/pdf/2005.00683"], "", "2005.00683"),
        (["DO  - 10.48550/arXiv.2005.00683"], "10.48550/arXiv.2005.00683", "2005.00683"),
        (["M1  - arXiv:2005.00683"], "", "2005.00683"),
        (["M3  - arXiv: 2005.00683v3"], "", "2005.00683"),
        (["AN  - arXiv:math.AG/0601001"], "", "math.AG/0601001"),
        (["PB  - arXiv:2005.00683 [cs.CL]"], "", "2005.00683"),
        (["JO  - arXiv preprint arXiv:2005.00683"], "", "2005.00683"),
        (["JO  - ArXiv", "VL  - abs/2005.00683"], "", "2005.00683"),
        (["M1  - 2005.00683"], "", ""),
        (["AB  - See arXiv:2005.00683 and https://arxiv.org/abs/2005.00683"], "", ""),
        (["N1  - arXiv:2005.00683"], "", ""),
    ],
)
def test_identifiers_are_taken_where_they_are_unmistakable(lines: list[str], doi: str, arxiv: str) -> None:
    found = paper(*lines)
    assert (found.doi, found.arxiv) == (doi, arxiv)


def test_what_only_repeats_the_doi_is_no_note() -> None:
    assert paper("DO  - 10.5555/x", "N1  - doi:10.5555/X", "M3  - doi:10.5555/x").fields == {}


def test_a_preprint_is_no_article_of_a_journal_called_arxiv() -> None:
    found = paper("JO  - arXiv preprint arXiv:2005.00683")
    assert (found.type, found.venue) == ("misc", "")


def test_the_class_of_a_preprint_stands_behind_its_id() -> None:
    assert paper("M1  - arXiv:2005.00683 [cs.CL]").primary_class == "cs.CL"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("doe2020wool", "doe2020wool"),
        ("DBLP:conf/wool/Doe20", "DBLP:conf/wool/Doe20"),
        ("77", ""),
        ("two words", ""),
        ("10.5555/x", ""),
        ("https://example.org/x", ""),
        ("a,b", ""),
    ],
)
def test_an_id_that_looks_like_a_citation_key_is_one(key: str, expected: str) -> None:
    (record,) = records(PLAIN.replace("ER  - ", f"ID  - {key}\nER  - "))
    assert (record.key, record.paper.fields) == (expected, {} if expected else {"id": key})


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("The <i>E. coli</i> genome", "The E. coli genome"),
        ("The &lt;i&gt;E. coli&lt;/i&gt; genome", "The E. coli genome"),
        ("Müller &amp; S&ouml;hne", "Müller & Söhne"),
        ("The {DNA} set {a", r"The \{DNA\} set \{a"),
        ("Costs $5", "Costs $5"),
        ("From $5 to $6", "From $5 to $6"),
        ("In US$ and $CA$ terms", r"In US\$ and \$CA\$ terms"),
        ("On $x^2$ and $n$", "On $x^2$ and $n$"),
        (r"An $\mathcal{O}(n)$ bound", r"An $\mathcal{O}(n)$ bound"),
        (r"From \$a\$ to b", r"From \$a\$ to b"),
        (r"Fish \& chips for \$5", "Fish & chips for $5"),
        ("Q&A: 50% of C# users_here", "Q&A: 50% of C# users_here"),
    ],
)
def test_a_title_is_plain_text_but_for_math(printed: str, expected: str) -> None:
    assert paper(f"TI  - {printed}", title="").title == expected


def test_a_keyword_with_a_comma_stays_one() -> None:
    assert paper("KW  - Models, Biological", "KW  - Sheep").fields["keywords"] == "Models, Biological; Sheep"


def test_translators_are_a_list_of_bibtex() -> None:
    found = paper("A4  - Doe, Jane", "A4  - Barnes and Noble", ty="BOOK")
    assert found.fields == {"translator": "Doe, Jane and {Barnes and Noble}"}


@pytest.mark.parametrize(
    ("lines", "editors", "left"),
    [
        (["ED  - Doe, Jane"], "Doe", {}),
        (["A2  - Doe, Jane"], "Doe", {}),
        (["A3  - Doe, Jane", "A2  - Roe, R."], "Doe", {"a2": "Roe, R."}),
        (["ED  - Doe, Jane", "A2  - Roe, R."], "Doe", {"a2": "Roe, R."}),
    ],
)
def test_the_editors_of_a_book(lines: list[str], editors: str, left: dict[str, str]) -> None:
    found = paper(*lines, ty="BOOK")
    assert ([editor.family for editor in found.editors], found.fields) == ([editors], left)


def test_the_third_authors_of_a_chapter_edit_its_series() -> None:
    found = paper("A2  - Doe, Jane", "A3  - Roe, R.", ty="CHAP")
    assert (found.editors, found.fields) == ((Person("Doe", "Jane"),), {"a3": "Roe, R."})


# --- damage -----------------------------------------------------------------------------------------------


def test_a_record_that_says_nothing_is_a_problem_with_its_text() -> None:
    text = PLAIN + "TY  - JOUR\nPY  - 2020\nVL  - 3\nER  - \n" + PLAIN
    found = items(text)
    assert [type(item) for item in found] == [Record, Problem, Record]
    (problem,) = problems(text)
    assert (problem.source, problem.line, problem.failed) == ("refs.ris", 6, 1)
    assert problem.raw == "TY  - JOUR\nPY  - 2020\nVL  - 3\nER  -"


@pytest.mark.parametrize(
    "line", ["TI  - X", "AU  - Doe, J.", "ED  - Doe, J.", "DO  - 10.5555/x", "UR  - https://x.org"]
)
def test_one_telling_field_makes_a_record(line: str) -> None:
    assert len(records(f"TY  - JOUR\n{line}\nER  - \n")) == 1


@pytest.mark.parametrize("start", ["", PLAIN])
def test_lines_that_lost_their_beginning_are_a_problem(start: str) -> None:
    damaged = "TY: JOUR\nTI  - Lost\nAU  - Doe, J.\nER  - \n"
    (problem,) = problems(start + damaged + PLAIN)
    assert (problem.line, problem.failed) == (2 + start.count("\n"), 1)
    assert problem.raw == "TI  - Lost\nAU  - Doe, J.\nER  -"


def test_stray_tag_lines_that_tell_of_no_paper_are_a_remark() -> None:
    (problem,) = problems("VR  - 1.0\n" + PLAIN)
    assert (problem.line, problem.failed) == (1, 0)


def test_a_record_that_is_cut_off_comes_in_with_a_remark() -> None:
    first, second, problem = items(PLAIN + "TY  - JOUR\nTI  - Cut of\n\n")
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert isinstance(problem, Problem)
    assert (second.paper.title, problem.line, problem.failed) == ("Cut of", 6, 0)


def test_every_record_of_a_damaged_file_is_accounted_for() -> None:
    text = "\n".join(f"TY  - JOUR\n{'TI  - T' if n % 3 else 'VL  - 1'}{n}\nER  - " for n in range(30))
    found = items(text)
    assert sum(isinstance(item, Record) for item in found) == 20
    assert sum(item.failed for item in found if isinstance(item, Problem)) == 10


# --- which pages are taken --------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [ZOTERO, ENDNOTE_RIS, WOS_SCOPUS, NBIB, ENW, "\ufeff" + NBIB, "Head\n\n" + PLAIN])
def test_the_formats_are_recognised_by_their_content(text: str) -> None:
    assert ris.detect(Page("page.txt", text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "TY  - JOUR\n",
        "TY  - JOUR\nand then some words\n",
        "TI  - Title\nAU  - Doe, J.\n",
        "PMID- 123\nwords\n",
        "%0 is a number\nof its own\n",
        "@article{a,\n  title = {TY  - JOUR},\n  year = 2020\n}\n",
        '[{"TY": "JOUR",\n"TI": "X"}]',
        "PMID: 31234567\nTitle\n",
        "Party - JOUR\nTY-wise it goes\nTI - no\n",
        *(path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))),
    ],
)
def test_other_pages_are_not_taken(text: str) -> None:
    assert not ris.detect(Page("page.ris", text))


# --- any input --------------------------------------------------------------------------------------------

LINES = st.builds(
    lambda tag, gap, value: f"{tag}{gap}{value}",
    st.sampled_from(
        "TY ER TI T2 AU A2 ED A4 PY DA SP EP SN DO UR ID M1 M3 KW AN Y2 PMID DP FAU LID PG %0 %A %D %K".split()
    ),
    st.sampled_from(["  - ", " - ", "- ", "  -", " "]),
    st.one_of(
        st.sampled_from(
            ["JOUR", "BOOK", "CONF", "THES", "Journal Article", "123", "10.5555/x", "a, b, c, d", ",,", "et al."]
        ),
        st.text("ab,;.{}$\\/-–:0129 \t\u2028", max_size=12),
    ),
)


@given(st.lists(LINES, max_size=12).map("\n".join))
@settings(max_examples=150, deadline=None)
def test_any_lines_give_records_and_problems(text: str) -> None:
    assert all(isinstance(item, Record | Problem) for item in items(text))


@given(st.text(max_size=60))
@settings(deadline=None)
def test_any_text_is_looked_at_without_a_crash(text: str) -> None:
    ris.detect(Page("x", text))
    items(text)


TAGS = "AU A1 ED A2 T2 JF JO J2 C3 PY DA SP C7 SN DO UR M1 M3 AN C2 KW AB N1 AD U1 ID Y2".split()


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - " + "a" * 2_000_000,
        "TY  - JOUR\nAU  - " + "," * 500_000,
        "TY  - JOUR\nAU  - " + "a, " * 60_000,
        "TY  - JOUR\nTI  - " + "$a " * 100_000,
        "TY  - JOUR\nTI  - " + "{" * 200_000,
        "TY  - JOUR\nSN  - " + "1234" * 200_000,
        "TY  - JOUR\nDA  - " + "Apr " * 200_000,
        "TY  - JOUR\nAB  - " + "<p " * 300_000,
        "TY  - JOUR\n" + "words\n" * 60_000,
        "TY  - JOUR\n" + "\n" * 200_000 + "TI  - X",
        "TY  - JOUR\n" + "".join(f"{tag}  - {n}\n" for n in range(2_000) for tag in TAGS),
        "TY  - JOUR\nTI  - X\n" * 5_000 + "\n" * 50_000,
        "TY  - JOUR\n\n" * 10_000,
        " " * 2_000_000 + "x",
    ],
    ids=range(14),
)
def test_long_input_takes_no_more_than_its_length(text: str) -> None:
    def work(page: str) -> None:
        ris.detect(Page("x", page))
        items(page)

    assert grows_in_proportion(work, text)
