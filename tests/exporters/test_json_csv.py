"""litcli's own JSON and the table in CSV: the values of the library, each read back by the readers of the world."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from litcli import jsontext, names, table
from litcli.errors import LitError
from litcli.exporters import csv_table, json_list
from litcli.exporters.options import Options
from litcli.library import store
from litcli.paper import FIELDS, Entry, Paper, Person
from tests.conftest import Program
from tests.test_table import entries

FORMATS = pytest.mark.parametrize("write", [json_list.write, csv_table.write], ids=["json", "csv"])

FULL = Entry(
    key="k",
    paper=Paper(
        type="article", title='Of "things", and more',
        authors=(Person("Berg", "Jan", "van der"), Person(literal="A and B")),
        editors=(Person("King", "Martin", suffix="Jr."),), et_al=True, year=2000, date="2000-01", venue="V", volume="1",
        number="2", pages="3", publisher="P", series="S", edition="4", institution="I", doi="10.1/x",
        arxiv="2001.00001", primary_class="cs.CL", isbn="9", url="u", links={"code": "ü"}, abstract="one\n\ntwo",
        versions=({"venue": "W", "year": 1999},), fields={"x": "y"},
    ),
    note="N", tags=("s", "t"), aliases=("l",), sources=("s:1 (f)", "t:2 (g)"), added="2024-01-02",
)  # fmt: skip
"""An entry with something in every field."""


def rows(*kept: Entry, omit: str = "") -> list[dict[str, str]]:
    written = csv_table.write(kept, Options(omit=frozenset(omit.split())))
    assert written.warnings == ()
    return list(csv.DictReader(io.StringIO(written.text, newline=""), strict=True))


def document(*kept: Entry, omit: str = "") -> Any:
    written = json_list.write(kept, Options(omit=frozenset(omit.split())))
    assert written.warnings == ()
    return json.loads(written.text)


# --- both -------------------------------------------------------------------------------------------------


@FORMATS
def test_the_order_of_the_entries_does_not_matter(write: Any) -> None:
    kept = [Entry(key, Paper(title="T")) for key in ("b", "C", "a")]
    assert write(kept, Options()).text == write(kept[::-1], Options()).text


@FORMATS
def test_half_a_character_is_refused_by_key_and_field(write: Any) -> None:
    with pytest.raises(LitError, match=r"^k: abstract .*U\+DC80"):
        write([FULL, replace(FULL, key="k", paper=Paper(abstract="a\udc80"))], Options())


@FORMATS
def test_the_text_ends_with_a_line_feed_and_has_no_other_line_end(write: Any) -> None:
    text = write([FULL], Options()).text
    assert text.endswith("\n")
    assert "\r" not in text


# --- JSON -------------------------------------------------------------------------------------------------


def test_the_json_is_what_list_prints(library: Program) -> None:
    kept = list(store.read(library.library).entries.values())
    assert json_list.write(kept, Options()).text == library("list", "--json").out


def test_control_characters_are_spelled_out_as_list_does(lit: Program) -> None:
    lit.write("library.toml", 'format = 1\n\n[papers.k]\ntitle = "a\\u001B\\u009B\\u202E\\u0000\\tb"\n')
    entry = Entry("k", Paper(title="a\x1b\x9b\u202e\x00\tb"))
    assert json_list.write([entry], Options()).text == lit("list", "--json").out


def test_an_entry_says_its_key_and_then_its_fields_in_the_order_of_the_library() -> None:
    [found] = document(FULL)["entries"]
    assert list(found) == ["key", *FIELDS]
    assert found["authors"] == ["Jan van der Berg", "A and B"]


def test_nothing_is_a_document_without_entries() -> None:
    assert document() == {"format_version": 1, "entries": []}


def test_the_json_leaves_out_what_is_to_be_left_out() -> None:
    [found] = document(FULL, omit="abstract links")["entries"]
    assert set(FIELDS) - found.keys() == {"abstract", "links"}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(entries, max_size=3))
def test_any_entry_is_in_the_json_as_its_table(kept: list[Entry]) -> None:
    ordered = sorted(kept, key=lambda entry: (entry.key.lower(), entry.key))
    assert document(*kept)["entries"] == [jsontext.plain(table.to_json(entry)) for entry in ordered]


# --- CSV --------------------------------------------------------------------------------------------------


def test_the_first_row_names_the_columns() -> None:
    assert csv_table.write([], Options()).text == "key," + ",".join(FIELDS) + "\n"


def test_a_row_says_every_field() -> None:
    [row] = rows(FULL)
    assert row == {
        "key": "k", "type": "article", "title": 'Of "things", and more', "authors": "van der Berg, Jan; {A and B}",
        "editors": "King, Jr., Martin", "et_al": "true", "year": "2000", "date": "2000-01", "venue": "V", "volume": "1",
        "number": "2", "pages": "3", "publisher": "P", "series": "S", "edition": "4", "institution": "I",
        "doi": "10.1/x", "arxiv": "2001.00001", "primary_class": "cs.CL", "isbn": "9", "url": "u",
        "links": '{"code":"ü"}', "abstract": "one\n\ntwo", "note": "N", "tags": "s; t", "aliases": "l",
        "versions": '[{"venue":"W","year":1999}]', "sources": "s:1 (f); t:2 (g)", "added": "2024-01-02",
        "fields": '{"x":"y"}',
    }  # fmt: skip


def test_what_an_entry_does_not_say_is_an_empty_cell() -> None:
    [row] = rows(Entry("k", Paper(title="T")))
    assert {name: value for name, value in row.items() if value} == {"key": "k", "type": "misc", "title": "T"}


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("plain", "plain"),
        ("a, b", '"a, b"'),
        ('say "x"', '"say ""x"""'),
        ("two\nlines", '"two\nlines"'),
        (" blank ", '" blank "'),
        ("a;b", "a;b"),
    ],
)
def test_a_cell_is_quoted_where_rfc_4180_asks_for_it(title: str, cell: str) -> None:
    assert (
        csv_table.write([Entry("k", Paper(title=title))], Options())
        .text.split("\n", 1)[1]
        .startswith(f"k,misc,{cell},,")
    )


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@sum", "\t=1"])
def test_what_a_spreadsheet_takes_for_a_formula_is_not_changed(title: str) -> None:
    assert rows(Entry("k", Paper(title=title)))[0]["title"] == title


def test_a_cell_that_is_longer_than_the_csv_module_takes_by_itself_is_written() -> None:
    before = csv.field_size_limit()
    text = csv_table.write([Entry("k", Paper(abstract="x" * (before + 1)))], Options()).text
    assert len(text) > before
    assert csv.field_size_limit() == before


def test_the_table_leaves_out_what_is_to_be_left_out() -> None:
    [row] = rows(FULL, omit="abstract links")
    assert {name for name, value in row.items() if not value} == {"abstract", "links"}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(entries)
@example(Entry("\x00\r", Paper(title="\r\n", url='"')))
def test_any_entry_is_in_the_table_as_the_library_says_it(entry: Entry) -> None:
    [row] = rows(entry)
    for name in ("type", "title", "venue", "date", "abstract", "url", "doi", "pages"):
        assert row[name] == getattr(entry.paper, name)
    assert (row["key"], row["note"], row["added"]) == (entry.key, entry.note, entry.added)
    assert row["year"] == ("" if entry.paper.year is None else str(entry.paper.year))
    assert json.loads(row["links"] or "{}") == entry.paper.links
    assert json.loads(row["fields"] or "{}") == jsontext.plain(entry.paper.fields)


def test_names_can_be_read_from_their_cell() -> None:
    [row] = rows(FULL)
    assert tuple(map(names.parse, row["authors"].split("; "))) == FULL.paper.authors


def test_every_line_of_the_table_is_a_row_where_no_cell_has_a_line_end() -> None:
    text = csv_table.write([replace(FULL, key=f"k{n}", paper=Paper(title="T")) for n in range(3)], Options()).text
    assert re.findall(r"^k\d", text, re.MULTILINE) == ["k0", "k1", "k2"]
