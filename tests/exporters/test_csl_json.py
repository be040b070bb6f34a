"""CSL-JSON out: the schema of CSL allows it, Pandoc prints it, and an import of it gives the same papers."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litcli import csl, table
from litcli.errors import LitError
from litcli.exporters import csl_json
from litcli.exporters.options import Options
from litcli.importers import csl_json as importer
from litcli.page import Page
from litcli.paper import Entry, Paper, Person, Record
from tests.conftest import ROOT, needs
from tests.test_table import papers, texts

SEEDED = [
    table.from_table(key, said)
    for path in sorted((ROOT / "tests" / "importers" / "golden").glob("*.toml"))
    for key, said in tomllib.loads(path.read_text("utf-8"))["papers"].items()
]
"""The entries of the example pages."""


def write(*entries: Entry, omit: str = "") -> str:
    written = csl_json.write(entries, Options(omit=frozenset(omit.split())))
    assert written.warnings == ()
    return written.text


def item(omit: str = "", **said: Any) -> dict[str, Any]:
    """The item of one paper."""
    [found] = json.loads(write(Entry("k", Paper(**said)), omit=omit))
    assert isinstance(found, dict)
    return found


def records(text: str) -> list[Record]:
    found = list(importer.parse(Page("refs.json", text)))
    assert all(isinstance(record, Record) for record in found), found
    return [record for record in found if isinstance(record, Record)]


# --- what the schema of CSL 1.0.2 allows ------------------------------------------------------------------

TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
    document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage
    """.split()
)
PEOPLE = frozenset(
    """
    author chair collection-editor compiler composer container-author contributor curator director editor
    editorial-director executive-producer guest host interviewer illustrator narrator organizer original-author
    performer producer recipient reviewed-author script-writer series-creator translator
    """.split()
)
DAYS = frozenset("accessed available-date event-date issued original-date submitted".split())
COUNTED = frozenset(
    """
    id chapter-number citation-number collection-number edition first-reference-note-number issue locator number
    number-of-pages number-of-volumes page page-first part printing supplement volume
    """.split()
)
"""Variables that may be a number or a text; all others of one value are texts."""
TEXTS = frozenset(
    """
    citation-key language journalAbbreviation shortTitle abstract annote archive archive_collection archive_location
    archive-place authority call-number citation-label collection-title container-title container-title-short
    dimensions division DOI event event-title event-place genre ISBN ISSN jurisdiction keyword medium note
    original-publisher original-publisher-place original-title part-title PMCID PMID publisher publisher-place
    references reviewed-genre reviewed-title scale section source status title title-short URL version volume-title
    volume-title-short year-suffix
    """.split()
)
NAME_PARTS = frozenset("family given dropping-particle non-dropping-particle suffix literal".split())


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def is_count(value: Any) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def is_person(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() <= NAME_PARTS and all(map(is_text, value.values()))


def is_day(value: Any) -> bool:
    if not isinstance(value, dict) or not value.keys() <= {"date-parts", "season", "circa", "literal", "raw"}:
        return False
    rows = value.get("date-parts", [[1]])
    right = 1 <= len(rows) <= 2 and all(1 <= len(row) <= 3 and all(map(is_count, row)) for row in rows)
    return right and is_text(value.get("literal", "")) and is_count(value.get("season", 1))


def faults(found: dict[str, Any]) -> list[str]:
    """The variables of an item that the schema does not allow."""
    wrong = [] if {"id", "type"} <= found.keys() else ["id or type"]
    for name, value in found.items():
        if name == "type":
            right = value in TYPES
        elif name in PEOPLE:
            right = isinstance(value, list) and all(map(is_person, value))
        elif name in DAYS:
            right = is_day(value)
        elif name in COUNTED:
            right = is_count(value)
        elif name == "custom":
            right = isinstance(value, dict)
        else:
            right = name in TEXTS and is_text(value)
        wrong += [] if right else [f"{name}: {value!r}"]
    return wrong


def test_every_type_and_variable_that_is_written_is_one_of_csl() -> None:
    assert set(csl.TYPES) == TYPES
    assert set(csl.FIELD) <= TEXTS | COUNTED | DAYS | PEOPLE


def test_the_example_pages_give_items_that_the_schema_allows() -> None:
    found = json.loads(write(*SEEDED))
    assert len(found) == len(SEEDED) > 200
    assert [faults(one) for one in found if faults(one)] == []


# --- an item ----------------------------------------------------------------------------------------------


def test_an_item_of_a_journal() -> None:
    found = item(
        type="article", title="On things", authors=(Person("Berg", "Jan", "van der"), Person(literal="Google")),
        et_al=True, year=2020, date="2020-04-07", venue="Acta", volume="12", number="3", pages="1-10", doi="10.1000/x",
        fields={"issn": "1234-5678", "address": "Berlin", "urldate": "2021-01"},
    )  # fmt: skip
    assert found == {
        "id": "k",
        "type": "article-journal",
        "title": "On things",
        "author": [
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
            {"literal": "Google"},
            {"literal": "others"},
        ],
        "issued": {"date-parts": [[2020, 4, 7]]},
        "container-title": "Acta",
        "volume": "12",
        "issue": "3",
        "page": "1-10",
        "DOI": "10.1000/x",
        "ISSN": "1234-5678",
        "publisher-place": "Berlin",
        "accessed": {"date-parts": [[2021, 1]]},
    }


@pytest.mark.parametrize(
    ("kind", "csl_type"),
    [
        ("article", "article-journal"),
        ("inproceedings", "paper-conference"),
        ("conference", "paper-conference"),
        ("incollection", "chapter"),
        ("inbook", "chapter"),
        ("book", "book"),
        ("collection", "book"),
        ("proceedings", "book"),
        ("phdthesis", "thesis"),
        ("mastersthesis", "thesis"),
        ("thesis", "thesis"),
        ("techreport", "report"),
        ("report", "report"),
        ("online", "webpage"),
        ("software", "software"),
        ("dataset", "dataset"),
        ("patent", "patent"),
        ("unpublished", "manuscript"),
        ("misc", "document"),
        ("nonsense", "document"),
    ],
)
def test_a_type(kind: str, csl_type: str) -> None:
    assert item(type=kind, title="T")["type"] == csl_type


@pytest.mark.parametrize(
    ("kind", "genre"),
    [("phdthesis", "PhD thesis"), ("mastersthesis", "Master’s thesis"), ("techreport", "Technical report")],
)
def test_a_genre_tells_what_the_type_does_not(kind: str, genre: str) -> None:
    assert item(type=kind, institution="MIT")["genre"] == genre
    assert item(type=kind, fields={"type": "Habilitation"})["genre"] == "Habilitation"


@pytest.mark.parametrize("subtype", ["magazine", "newspaper"])
def test_an_article_of_another_kind(subtype: str) -> None:
    assert item(type="article", fields={"entrysubtype": subtype})["type"] == f"article-{subtype}"


def test_a_mere_preprint_is_an_article_with_its_number_and_address() -> None:
    assert item(type="misc", title="T", arxiv="2005.00683") == {
        "id": "k",
        "type": "article",
        "title": "T",
        "publisher": "arXiv",
        "number": "arXiv:2005.00683",
        "URL": "https://arxiv.org/abs/2005.00683",
    }


def test_a_published_paper_keeps_its_arxiv_id_beside_the_variables() -> None:
    found = item(type="inproceedings", title="T", venue="ACL", arxiv="2005.00683", primary_class="cs.CL")
    assert (found["type"], found["container-title"]) == ("paper-conference", "ACL")
    assert found["custom"] == {"litcli": {"arxiv": "2005.00683", "primary_class": "cs.CL"}}


def test_a_cut_list_of_names_ends_in_others() -> None:
    doe, others = Person("Doe", "J."), {"literal": "others"}
    assert item(authors=(doe,), et_al=True)["author"][1] == others
    assert item(editors=(doe,), et_al=True)["editor"][1] == others
    assert item(authors=(doe,), editors=(doe, Person("others")))["editor"][1] == others


@pytest.mark.parametrize("kind", ["thesis", "techreport"])
def test_an_institution_is_the_publisher(kind: str) -> None:
    assert item(type=kind, institution="MIT")["publisher"] == "MIT"
    assert item(type=kind, venue="MIT")["publisher"] == "MIT"


@pytest.mark.parametrize(
    ("kind", "variable"), [("article", "issue"), ("book", "collection-number"), ("techreport", "number")]
)
def test_a_number_is_the_one_that_the_type_has(kind: str, variable: str) -> None:
    assert item(type=kind, number="7")[variable] == "7"


@pytest.mark.parametrize(
    ("said", "issued"),
    [
        ({"year": 2020}, {"date-parts": [[2020]]}),
        ({"date": "2020-04"}, {"date-parts": [[2020, 4]]}),
        ({"year": 2021, "date": "2020-04"}, {"date-parts": [[2021]]}),
        ({"date": "--04-07"}, None),
        ({"year": 2020, "fields": {"date": "2020/2021"}}, {"date-parts": [[2020], [2021]]}),
        ({"year": 2020, "fields": {"date": "2020-22"}}, {"date-parts": [[2020]], "season": 2}),
        ({"fields": {"date": "in press"}}, {"literal": "in press"}),
        ({"year": 2020, "fields": {"date": "2021/2022"}}, {"date-parts": [[2020]]}),
    ],
    ids=str,
)
def test_a_date(said: dict[str, Any], issued: Any) -> None:
    assert item(**said).get("issued") == issued


@pytest.mark.parametrize(
    ("fields", "language"),
    [
        ({"langid": "ngerman"}, "de"),
        ({"language": "fr-CA", "langid": "french"}, "fr-CA"),
        ({"language": "Klingon of old"}, None),
    ],
    ids=str,
)
def test_a_language_is_said_by_its_code(fields: dict[str, str], language: str | None) -> None:
    assert item(fields=fields).get("language") == language


def test_what_csl_has_no_variable_for_stands_apart() -> None:
    found = item(type="collection", links={"code": "u"}, fields={"howpublished": "h", "note": "n"})
    assert (found["note"], found["custom"]) == (
        "n",
        {"litcli": {"type": "collection", "links": {"code": "u"}, "fields": {"howpublished": "h"}}},
    )


def test_what_the_reader_added_stays_in_the_library() -> None:
    entry = Entry("k", Paper(title="T"), note="private", tags=("mine",), aliases=("old",), sources=("s",))
    assert json.loads(write(entry)) == [{"id": "k", "type": "document", "title": "T"}]


def test_what_is_to_be_left_out_is_left_out() -> None:
    found = item(omit="abstract url links", title="T", abstract="A", url="https://ex.org", links={"code": "u"})
    assert found == {"id": "k", "type": "document", "title": "T"}


# --- texts ------------------------------------------------------------------------------------------------

NOCASE = '<span class="nocase">{}</span>'


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("{BERT} and all", f"{NOCASE.format('BERT')} and all"),
        ("{}x", "x"),
        ("{{}}x", "x"),
        (r"an \emph{odd} thing", "an <i>odd</i> thing"),
        (r"\textit{a \textbf{b}}", "<i>a <b>b</b></i>"),
        (r"\texttt{code}", "code"),
        (r"H\textsubscript{2}O", "H<sub>2</sub>O"),
        (r"In \LaTeX", "In LaTeX"),
        ("$x_2$", NOCASE.format("x<sub>2</sub>")),
        ("$n^2$", NOCASE.format("n<sup>2</sup>")),
        ("$O(n^{10})$", NOCASE.format("O(n<sup>10</sup>)")),
        (r"$\alpha$", NOCASE.format(r"$\alpha$")),
        (r"\$5 \& \{x\}", "$5 & {x}"),
        ("a } b {", "a } b {"),
        ("a < b & c > d", "a < b & c > d"),
        ("a <i> b", f"a <{NOCASE.format('i>')} b"),
        (r"\\}", r"\\}"),
        (r"\unknown{x}", r"\unknown" + NOCASE.format("x")),
    ],
)
def test_a_title(said: str, title: str) -> None:
    assert item(title=said)["title"] == title


def test_braces_protect_in_titles_only() -> None:
    found = item(type="book", publisher="{MIT} Press", volume="{V}", series="{LNCS}")
    assert (found["publisher"], found["volume"]) == ("MIT Press", "V")
    assert found["collection-title"] == NOCASE.format("LNCS")


def test_braces_of_an_abstract_are_braces() -> None:
    assert item(abstract=r"a {b} \emph{c}")["abstract"] == r"a {b} \emph{c}"


@pytest.mark.parametrize("field", ["url", "doi", "isbn"])
def test_an_address_stands_as_it_is(field: str) -> None:
    said = "10.1000/{a}_<b>&c%20$d$#e"
    assert said in item(**{field: said}).values()


# --- the file ---------------------------------------------------------------------------------------------


def test_items_are_sorted_by_key_whatever_their_case() -> None:
    found = json.loads(write(*(Entry(key, Paper(title="T")) for key in ("b", "C", "a"))))
    assert [one["id"] for one in found] == ["a", "b", "C"]


def test_nothing_is_an_empty_list() -> None:
    assert write() == "[]\n"


def test_the_order_of_the_entries_does_not_matter() -> None:
    assert write(*SEEDED) == write(*reversed(SEEDED))


def test_letters_are_utf_8_and_control_characters_are_spelled_out() -> None:
    text = write(Entry("k", Paper(title="Müller\x00\x1b[31m")))
    assert "Müller" in text
    assert r"\u0000\u001b[31m" in text


def test_half_a_character_is_refused_by_key_and_field() -> None:
    with pytest.raises(LitError, match=r"^k: venue .*U\+D800"):
        write(Entry("k", Paper(title="T", venue="a\ud800b")))


# --- there and back ---------------------------------------------------------------------------------------

SIGNS = r"{ } \{ \} \emph{ \\ \& \$ $ $x_2$ $\alpha$ <i> </i> <b < > & &amp; BERT <span </span> \LaTeX _ ~".split()
LATEX = st.lists(st.sampled_from([*SIGNS, " ", "\n\n"]), max_size=8).map("".join)
KINDS = st.sampled_from(sorted({"phdthesis", "mastersthesis", "techreport", "inbook", "odd", *csl.TYPES.values()}))
KEPT = st.dictionaries(
    st.sampled_from(sorted({*csl.FIELD.values(), *"location langid csl-type custom entrysubtype date x".split()})),
    texts
    | st.sampled_from(
        ["2020-02/2021", "2020~", "in press", "de", "Berg, Jan and {X Y} and others", "and", "PhD thesis", "webpage",
         "magazine", "arXiv", "arXiv:2005.00683", '{"a":1}', '{"litcli":1}', "article-journal", "-0050"]
    ),
    max_size=4,
)  # fmt: skip
any_papers = st.builds(
    lambda paper, kept, **said: replace(paper, fields={**paper.fields, **kept}, **said),
    papers,
    KEPT,
    type=KINDS,
    title=texts | LATEX,
    venue=texts | LATEX | st.sampled_from(["arXiv", "bioRxiv", "CoRR", "ICML"]),
    number=st.sampled_from(["", "3", "arXiv:2005.00683"]),
    doi=st.sampled_from(["", "10.1000/x", "10.48550/arXiv.2005.00683", "https://doi.org/10.1000/a"]),
    arxiv=st.sampled_from(["", "2005.00683", "math.AG/0601001"]),
    url=st.sampled_from(
        ["", "https://arxiv.org/abs/2005.00683", "https://doi.org/10.1000/X", "http://ex.org/{a}?b&c#<i>"]
    ),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_papers)
def test_any_paper_comes_back_from_an_item_that_the_schema_allows(paper: Paper) -> None:
    paper = replace(paper, title=f"T{paper.title}", fields=csl.as_kept(paper).fields)
    text = write(Entry("k", paper))
    [found] = records(text)
    assert found.paper == paper
    assert [faults(one) for one in json.loads(text)] == [[]]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_papers)
def test_what_was_read_back_is_written_with_the_same_bytes(paper: Paper) -> None:
    text = write(Entry("k", replace(paper, title=f"T{paper.title}")))
    [found] = records(text)
    assert write(Entry("k", found.paper)) == text


def test_the_entries_of_the_example_pages_come_back() -> None:
    assert {found.key: found.paper for found in records(write(*SEEDED))} == {e.key: e.paper for e in SEEDED}


def test_variables_say_most_of_what_the_example_pages_say() -> None:
    found = json.loads(write(*SEEDED))
    assert sum("custom" in one for one in found) * 4 < len(found)


# --- Pandoc's word on it ----------------------------------------------------------------------------------


def printed(folder: Path, *entries: Entry) -> str:
    """The references as Pandoc prints them, in one line and lower case."""
    (folder / "refs.json").write_text(write(*entries), "utf-8")
    (folder / "paper.md").write_text(
        "---\nnocite: '@*'\n---\n" + "".join(f"@{{{e.key}}}\n\n" for e in entries), "utf-8"
    )
    ran = subprocess.run(
        ["pandoc", "--citeproc", "--bibliography", "refs.json", "paper.md", "-t", "plain", "--wrap=none"],
        cwd=folder,
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert ran.stderr.decode() == ""
    return " ".join(ran.stdout.decode().lower().split())


def straight(text: str) -> str:
    """A text without what Pandoc may set otherwise: quotes, dashes, and the marks at its end."""
    return re.sub(r"[\"'“”‘’‐‑–—-]|\.$", "", " ".join(text.lower().split()))


@needs("pandoc")
def test_pandoc_prints_the_title_of_every_entry_of_the_example_pages(tmp_path: Path) -> None:
    text = straight(printed(tmp_path, *SEEDED))
    missing = [entry.paper.title for entry in SEEDED if straight(csl_json.plain(entry.paper.title)) not in text]
    assert missing == []


HOSTILE = {
    "BERT & Co: 50% better_models for C# and ~10 {DNA}s": "bert & co: 50% better_models for c# and ~10 dnas",
    "Is 1 < 2 & 3 > 2?": "is 1 < 2 & 3 > 2?",
    "The <i>tag</i> and the <b> alone": "the <i>tag</i> and the <b> alone",
    "AT&amp;T and &lt;": "at&amp;t and &lt;",
    r"A \emph{word} of \textbf{weight}": "a word of weight",
    "Water is $H_2O$ in $n^2$": "water is h₂o in n²",
    "*Stars* _and_ `ticks` [in] @markdown": "*stars* _and_ `ticks` [in] @markdown",
    r"\{Braces\} and \$5": "{braces} and $5",
    "中文标题": "中文标题",
    "Über Änderungen": "über änderungen",
}


@needs("pandoc")
def test_pandoc_prints_every_sign_of_a_title(tmp_path: Path) -> None:
    kinds = ["article", "inproceedings", "misc", "book", "phdthesis"]
    entries = [
        Entry(f"k{n}", Paper(type=kinds[n % 5], title=title, authors=(Person("Doe", f"J{n}"),), year=2000 + n))
        for n, title in enumerate(HOSTILE)
    ]
    text = printed(tmp_path, *entries)
    assert [title for title in HOSTILE.values() if title not in text] == []


@needs("pandoc")
def test_pandoc_knows_every_kind_of_name_and_date(tmp_path: Path) -> None:
    people = (
        Person("Berg", "Jan", "van der"),
        Person("King", "Martin Luther", suffix="Jr."),
        Person(literal="Barnes & <Noble>, Inc."),
    )
    text = printed(
        tmp_path,
        Entry("a", Paper(type="article", title="A", authors=people, et_al=True, date="2020-04-07", venue="J & <K>")),
        Entry("b", Paper(type="book", title="B", editors=people[:1], year=2020, fields={"date": "2020/2021"})),
        Entry("c", Paper(title="C", authors=people[2:], fields={"date": "in press", "urldate": "2021-02"})),
    )
    for said in (
        "berg, jan van der, martin luther king jr., barnes & <noble>, inc., et al.",
        "j & <k>",
        "2020–2021",
        "in press",
    ):
        assert said in text
