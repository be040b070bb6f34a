"""litcli's own files: what a library or its JSON says comes back whole, its reader's own words included."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli.errors import InputError
from litcli.exporters import json_list
from litcli.exporters.options import Options
from litcli.importers import litcli_file
from litcli.library import store, toml
from litcli.page import Page
from litcli.paper import Entry, Paper, Person, Problem, Record
from tests.conftest import SEEDS
from tests.test_table import entries

GOLDEN = Path(__file__).parent / "golden"


def parse(text: str) -> list[Record | Problem]:
    return list(litcli_file.parse(Page("library.toml", text)))


def entry_of(record: Record | Problem) -> Entry:
    """The entry that a record makes, without its day."""
    assert isinstance(record, Record), record
    return Entry(record.key, record.paper, record.note, record.tags, record.aliases, record.sources)


def as_json(*said: dict[str, Any]) -> str:
    return json.dumps({"format_version": 1, "entries": said})


LIBRARY = """\
# my library
format = 1
distinct = [["a", "b"]]

[settings]
key_pattern = "[auth]"

[papers.doe2020]
type = "article"
title = "On things"
authors = ["Jane Doe", "{Google Research}", "van der Berg, Jr., Jan"]
year = 2020
note = "read this"
tags = ["b", "a"]
aliases = ["doe"]
sources = ["homepage.txt:48 (homepage)"]
added = 2024-01-02
rating = 5

# a remark
["papers"."x y".links]
code = "https://ex.org"

["papers".'x y']
title = "Of blanks"
"""


def test_an_entry_comes_with_all_that_its_reader_added() -> None:
    assert parse(LIBRARY)[0] == Record(
        Paper(
            type="article",
            title="On things",
            authors=(Person("Doe", "Jane"), Person(literal="Google Research"), Person("Berg", "Jan", "van der", "Jr.")),
            year=2020,
            fields={"rating": 5},
        ),
        line=8,
        key="doe2020",
        note="read this",
        tags=("a", "b"),
        aliases=("doe",),
        sources=("homepage.txt:48 (homepage)",),
    )


def test_a_table_in_parts_begins_at_the_first() -> None:
    found = parse(LIBRARY)[1]
    assert isinstance(found, Record)
    assert (found.key, found.line, found.paper.links) == ("x y", 21, {"code": "https://ex.org"})


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_looks_like_a_table_in_a_string_or_a_remark_is_none(end: str) -> None:
    text = end.join(
        [
            "format = 1",
            "# [papers.b]",
            "[papers.a]",
            'title = """',
            "[papers.b]",
            '"""',
            "abstract = '''",
            "[papers.b]'''",
            "[papers.b] # it's here",
            'title = "B"',
        ]
    )
    assert [found.line for found in parse(text)] == [3, 9]


def test_an_entry_in_an_inline_table_is_read() -> None:
    [found] = parse('format = 1\npapers = { a = { title = "A" } }\n')
    assert isinstance(found, Record)
    assert (found.key, found.line) == ("a", 1)


def test_a_malformed_entry_is_a_problem_with_its_text_and_the_others_are_read() -> None:
    first, problem, last = parse(
        '[papers.a]\ntitle = "A"\n\n[papers.b]\ntitle = "B"\nyear = "soon"\n\n[papers.c]\ntitle = "C"\n'
    )
    assert [entry_of(found).key for found in (first, last)] == ["a", "c"]
    assert isinstance(problem, Problem)
    assert (problem.line, problem.failed, problem.raw) == (4, 1, '[papers.b]\ntitle = "B"\nyear = "soon"')
    assert "b: year must be a whole number" in problem.message


def test_an_entry_that_is_no_table_is_a_problem() -> None:
    [problem] = parse("format = 1\n[papers]\na = 3\n")
    assert isinstance(problem, Problem)
    assert problem.raw == "a = 3"


@pytest.mark.parametrize(
    ("text", "line", "place"),
    [
        ("format = 1\n[papers.a]\ntitle = oops\n", 3, "3:9"),
        ('format = 1\n[papers.a]\ntitle = "a\n', 3, "3:"),
        ("format = 1\n[papers.a]\n[papers.a]\n", 3, "3:"),
        ("[papers.a", 1, "1"),
    ],
)
def test_what_is_no_toml_is_an_error_with_its_place(text: str, line: int, place: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text)
    assert caught.value.line == line
    assert f"not valid TOML at {place}" in caught.value.reason


@pytest.mark.parametrize("text", ["format = 2\n", '{"format_version": 2, "entries": []}', "format = 1\npapers = 3\n"])
def test_a_file_of_another_version_or_shape_is_an_error(text: str) -> None:
    with pytest.raises(InputError):
        parse(text)


# --- its JSON ---------------------------------------------------------------------------------------------


def test_an_entry_of_the_json_comes_with_all_that_its_reader_added() -> None:
    text = '{"format_version": 1, "entries": [\n{"key": "k", "title": "T", "authors": ["Jane Doe"],\n "tags": ["t"], '
    text += '"note": "n", "aliases": ["l"], "sources": ["s"], "added": "2024-01-02", "year": 2020}]}'
    assert parse(text) == [
        Record(
            Paper(title="T", authors=(Person("Doe", "Jane"),), year=2020),
            line=2, tags=("t",), key="k", note="n", aliases=("l",), sources=("s",),
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("spoken", "person"),
    [
        ("Jane Doe", Person("Doe", "Jane")),
        ("Jan van der Berg", Person("Berg", "Jan", "van der")),
        ("Martin Luther King Jr.", Person("King", "Martin Luther", suffix="Jr.")),
        ("Plato", Person("Plato")),
        ("OpenAI", Person(literal="OpenAI")),
        ("Google Research", Person(literal="Google Research")),
        ("Gemini Team, Google", Person(literal="Gemini Team, Google")),
        ("Barnes and Noble, Inc.", Person(literal="Barnes and Noble, Inc.")),
        ("{Hugging Face}", Person(literal="Hugging Face")),
        ("Doe, Jane", Person("Doe", "Jane")),
    ],
)
def test_a_spoken_name(spoken: str, person: Person) -> None:
    assert entry_of(parse(as_json({"key": "k", "authors": [spoken]}))[0]).paper.authors == (person,)


def test_null_is_nothing() -> None:
    [found] = parse(as_json({"key": "k", "title": "T", "doi": None, "fields": {"a": None, "b": [1, None]}}))
    assert entry_of(found).paper == Paper(title="T", fields={"b": [1]})


@pytest.mark.parametrize(
    "said", [{"title": "T"}, {"key": 3}, {"key": "k", "year": "soon"}, {"key": "k", "authors": "Jane"}, {}], ids=str
)
def test_a_malformed_object_is_a_problem_with_its_text(said: dict[str, Any]) -> None:
    first, problem = parse(as_json({"key": "a", "title": "A"}, said))
    assert isinstance(first, Record)
    assert isinstance(problem, Problem)
    assert (problem.failed, json.loads(problem.raw)) == (1, said)


def test_a_broken_object_does_not_take_the_next_along() -> None:
    text = '{\n"entries": [\n  {\n    "key": "a",,\n  },\n  {\n    "key": "b"\n  }\n]}'
    problem, found = parse(text)
    assert isinstance(problem, Problem)
    assert "4:16" in problem.message
    assert entry_of(found).key == "b"


# --- what is litcli's -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        LIBRARY,
        store.EMPTY,
        "\n# remark\n  format = 1 # the version\n",
        '[papers.a]\ntitle = "A"\n',
        'distinct = []\n\n[ papers . "a b" ]\n',
        "format = 1\n[papers.a]\ntitle = oops\n",
        as_json(),
        '{"entries": [{"key": "k"}]}',
        json_list.write([], Options()).text,
    ],
)
def test_it_is_recognised(text: str) -> None:
    assert litcli_file.detect(Page("x", text))


@pytest.mark.parametrize(
    "text",
    [
        "@article{papers.a,\n  title = {T},\n}",
        "TY  - JOUR\n",
        "[tool.ruff]\nline-length = 1\n",
        'name = "x"\n[package]\n',
        "Papers\n\n[papers.a]\n",
        '[{"key": "k"}]',
        '{"entries": 3}',
        '{"items": [{"key": "k"}]}',
        "",
        "format = one",
    ],
)
def test_other_text_is_not_taken(text: str) -> None:
    assert not litcli_file.detect(Page("x", text))


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_page_is_not_taken(path: Path) -> None:
    assert not litcli_file.detect(Page(path.name, path.read_text("utf-8")))


# --- there and back ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.toml")), ids=lambda path: path.stem)
def test_every_entry_of_a_library_comes_back_from_its_own_line(path: Path) -> None:
    text = path.read_text("utf-8")
    lines = text.split("\n")
    found = parse(text)
    assert "\n".join(toml.block(entry_of(record)) for record in found) == text
    assert all(lines[record.line - 1] == f"[papers.{entry_of(record).key}]" for record in found)


@settings(deadline=None)
@given(st.lists(entries, max_size=3, unique_by=lambda entry: entry.key))
def test_any_library_gives_its_entries(kept: list[Entry]) -> None:
    text = "format = 1\n\n" + "\n".join(map(toml.block, kept))
    assert [entry_of(found) for found in parse(text)] == [replace(entry, added="") for entry in kept]


PEOPLE = [
    Person("Doe", "Jane"),
    Person("Berg", "Jan", "van der"),
    Person("King", "Martin Luther", suffix="Jr."),
    Person("Plato"),
    Person("李", "明"),
    Person(literal="Google Research"),
    Person(literal="Barnes and Noble, Inc."),
]
"""Names that can be told from their natural form."""


@settings(deadline=None)
@given(entries, st.lists(st.sampled_from(PEOPLE), max_size=4).map(tuple))
def test_any_json_gives_its_entries(entry: Entry, people: tuple[Person, ...]) -> None:
    fields = {name: value for name, value in entry.paper.fields.items() if isinstance(value, str)}
    entry = replace(entry, paper=replace(entry.paper, authors=people, editors=people, fields=fields), added="")
    assert [entry_of(found) for found in parse(json_list.write([entry], Options()).text)] == [entry]


def test_the_json_of_the_example_pages_gives_their_entries() -> None:
    records = [record for path in GOLDEN.glob("*.toml") for record in parse(path.read_text("utf-8"))]
    papers = {entry.key: entry for entry in map(entry_of, records)}
    text = json_list.write(list(papers.values()), Options()).text
    assert {entry.key: entry for entry in map(entry_of, parse(text))} == papers


@settings(deadline=None)
@given(st.text(st.sampled_from("[]{}=\"'#\n papers.1") | st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_gives_entries_problems_or_an_error(text: str) -> None:
    page = Page("x", text)
    litcli_file.detect(page)
    try:
        lines = [item.line for item in litcli_file.parse(page)]
    except InputError as error:
        lines = [error.line]
    assert all(1 <= line <= len(page.lines) for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "a = " + "[" * 100_000,
        "\n" * 300_000,
        "[papers.a]\n" * 50_000,
        'a = "' + "'" * 300_000,
        '"""' * 100_000,
        "a." * 10_000,
        '{"entries": ' + "[" * 100_000,
        "format = 1\n" + "".join(f'[papers.a{n}]\ntitle = "A"\n' for n in range(5_000)),
    ],
    ids=lambda text: repr(text[:20]),
)
def test_a_text_made_to_be_slow_is_read(text: str) -> None:
    page = Page("x", text)
    litcli_file.detect(page)
    with contextlib.suppress(InputError):
        assert all(item.line for item in litcli_file.parse(page))
