"""An entry and its TOML table: what goes in comes out, in the order of the design, and wrong types are named."""

from __future__ import annotations

import dataclasses
import datetime
import tomllib
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from litcli import names, table
from litcli.library import toml
from litcli.paper import Entry, Paper, Person

DESIGN_ORDER = [
    "type", "title", "authors", "editors", "et_al", "year", "date", "venue", "volume", "number", "pages", "publisher",
    "series", "edition", "institution", "doi", "arxiv", "primary_class", "isbn", "url", "links", "abstract", "note",
    "tags", "aliases", "versions", "sources", "added", "fields",
]  # fmt: skip
"""Design, section 3; `primary_class` stands beside `arxiv`."""

PLAIN = (
    "venue", "volume", "number", "pages", "publisher", "series", "edition", "institution", "doi", "arxiv",
    "primary_class", "isbn", "url", "abstract",
)  # fmt: skip
"""The fields that hold a text and nothing else."""

NASTY = [
    'say "hi"',
    "'single'",
    '"""',
    "'''",
    "back\\slash",
    "ends in \\",
    "two\nlines",
    "dos\r\nlines",
    "tab\there",
    "\x00\x01\x1b[31m\x7f\x80\x9b",
    "emoji 🧪👩‍🔬",
    "# no comment",
    "[papers.other]",
    "key = 1",
    "中文标题",
    "e\u0301 and \u00e9",
    "\u202egnp\u202c",
    "\u2028\u2029\u0085",
    "\ufeff",
    " blank ends ",
    "\\u0041",
    "}{",
]

texts = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
said = texts.filter(bool)
dates = st.one_of(
    st.dates().map(lambda day: day.isoformat()),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(lambda day: f"-{day.isoformat()[4:]}"),
    st.dates().map(lambda day: day.isoformat()[:4]),
)
days = st.dates().map(lambda day: day.isoformat())
read_names = st.one_of(
    texts.map(names.parse),
    texts.map(names.natural),
    texts.map(names.person),
    st.lists(
        st.sampled_from(["van", "der", "Berg", "Jr.", "Jan", "X.", "{Google", "Research}", "de", "李", ",", "III"]),
        min_size=1,
        max_size=6,
    ).map(lambda words: names.parse(" ".join(words))),
)
values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(texts, st.integers(-(2**60), 2**60), st.booleans(), st.floats(allow_nan=False), st.dates()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)
papers = st.builds(
    Paper,
    type=said,
    title=texts,
    authors=st.lists(read_names, max_size=3).map(tuple),
    editors=st.lists(read_names, max_size=2).map(tuple),
    et_al=st.booleans(),
    year=st.none() | st.integers(0, 3000),
    date=st.just("") | dates,
    links=st.dictionaries(texts, texts, max_size=3),
    versions=st.lists(st.dictionaries(texts, texts | st.integers(), min_size=1, max_size=3), max_size=2).map(tuple),
    fields=st.dictionaries(texts, values, max_size=3),
    **dict.fromkeys(PLAIN, texts),
)
entries = st.builds(
    Entry,
    key=texts,
    paper=papers,
    note=texts,
    tags=st.lists(texts, max_size=3).map(lambda tags: tuple(sorted(set(tags)))),
    aliases=st.lists(texts, max_size=3).map(tuple),
    sources=st.lists(texts, max_size=3).map(tuple),
    added=st.just("") | days,
)


def read_back(entry: Entry) -> Entry:
    """The entry that its own block says."""
    tree = tomllib.loads(toml.block(entry))
    assert list(tree) == ["papers"]
    assert list(tree["papers"]) == [entry.key]
    return table.from_table(entry.key, tree["papers"][entry.key])


def full() -> Entry:
    """An entry with something in every field."""
    return Entry(
        key="k",
        paper=Paper(
            type="article", title="T", authors=(Person("A"),), editors=(Person("E"),), et_al=True, year=2000,
            date="2000-01", venue="V", volume="1", number="2", pages="3", publisher="P", series="S", edition="4",
            institution="I", doi="10.1/x", arxiv="2001.00001", primary_class="cs.CL", isbn="9", url="u",
            links={"code": "c"}, abstract="B", versions=({"venue": "W"},), fields={"x": "y"},
        ),
        note="N", tags=("t",), aliases=("l",), sources=("s:1 (f)",), added="2024-01-02",
    )  # fmt: skip


# --- there and back ---------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=300)
@given(entries)
@example(Entry(key="", paper=Paper(title="no key")))
@example(Entry(key='a."b"\n[c]', paper=Paper(links={"": "u", "a.b": "v", '"': "w"})))
def test_any_entry_comes_back_from_its_block(entry: Entry) -> None:
    assert read_back(entry) == entry


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("field", ["title", "abstract", "venue", "url"])
def test_a_nasty_text_comes_back_from_a_field(field: str, text: str) -> None:
    entry = Entry(key="k", paper=dataclasses.replace(Paper(), **{field: text}))
    assert getattr(read_back(entry).paper, field) == text


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_key_names_its_own_table(text: str) -> None:
    entry = Entry(key=text, paper=Paper(title="T"))
    assert read_back(entry) == entry


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("where", ["links", "fields"])
def test_a_nasty_label_comes_back(where: str, text: str) -> None:
    entry = Entry(key="k", paper=dataclasses.replace(Paper(), **{where: {text: "value", "other": text}}))
    assert read_back(entry) == entry


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("where", ["note", "tags", "aliases", "sources"])
def test_what_the_reader_added_comes_back(where: str, text: str) -> None:
    value: Any = text if where == "note" else tuple(sorted([text, "plain"]))
    entry = dataclasses.replace(Entry(key="k", paper=Paper()), **{where: value})
    assert read_back(entry) == entry


@pytest.mark.parametrize(
    "person",
    [
        Person("Berg", "Jan", "van der"),
        Person("King", "Martin Luther", suffix="Jr."),
        Person(literal="Google Research"),
        Person(literal="Barnes and Noble, Inc."),
        Person("Plato"),
        Person("Gogh", "", "van"),
        Person("McCallum Smith", "Ann"),
        Person("李", "明"),
        Person("d'Alembert", "Jean"),
    ],
    ids=repr,
)
def test_a_person_comes_back(person: Person) -> None:
    entry = Entry(key="k", paper=Paper(authors=(person,)))
    assert read_back(entry).paper.authors == (person,)


@pytest.mark.parametrize("added", ["2023", "2023-10", "--05-07", "2023-10-10"])
def test_a_day_that_is_known_in_part_is_written_as_valid_toml(added: str) -> None:
    read = table.from_table("k", {"added": added})
    assert read_back(read).added == added


@pytest.mark.parametrize("text", ["LLaMA{3", "GPT4}", "}{", "{", "O{pen}AI", "Team {A}", "{A} and {B} Team"])
def test_a_printed_name_with_braces_comes_back_as_it_was_read(text: str) -> None:
    entry = Entry(key="k", paper=Paper(authors=(names.person(text),)))
    assert read_back(entry) == entry


def test_added_is_a_toml_date() -> None:
    assert tomllib.loads(toml.block(full()))["papers"]["k"]["added"] == datetime.date(2024, 1, 2)


# --- the order of the fields ------------------------------------------------------------------------------


def test_fields_are_written_in_the_order_of_the_design() -> None:
    assert list(tomllib.loads(toml.block(full()))["papers"]["k"]) == DESIGN_ORDER


def test_json_has_the_key_first_and_then_the_same_order() -> None:
    assert list(table.to_json(full())) == ["key", *DESIGN_ORDER]


def test_absent_fields_are_left_out() -> None:
    assert list(table.to_table(Entry(key="k", paper=Paper(title="T")))) == ["type", "title"]


def test_the_year_zero_is_not_absent() -> None:
    assert read_back(Entry(key="k", paper=Paper(year=0))).paper.year == 0


def test_several_tags_stand_one_a_line() -> None:
    lines = toml.block(Entry(key="k", paper=Paper(), tags=("a", "b"))).splitlines()
    assert lines[-4:] == ["tags = [", '    "a",', '    "b",', "]"]


def test_one_tag_stands_on_one_line() -> None:
    assert 'tags = ["a"]' in toml.block(Entry(key="k", paper=Paper(), tags=("a",))).splitlines()


def test_tags_are_sorted_when_they_are_read() -> None:
    assert table.from_table("k", {"tags": ["b", "a", "b"]}).tags == ("a", "b")


@pytest.mark.parametrize(
    ("person", "spoken", "kept"),
    [
        (Person("Berg", "Jan", "van der"), "Jan van der Berg", "Jan van der Berg"),
        (Person(literal="Google Research"), "Google Research", "{Google Research}"),
        (Person("King", "Martin", suffix="Jr."), "Martin King Jr.", "King, Jr., Martin"),
    ],
)
def test_people_are_spoken_in_json_and_unmistakable_in_the_file(person: Person, spoken: str, kept: str) -> None:
    entry = Entry(key="k", paper=Paper(authors=(person,)))
    assert (table.to_json(entry)["authors"], table.to_table(entry)["authors"]) == ([spoken], [kept])


# --- what a hand edit may say -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", 3),
        ("title", ["a"]),
        ("title", True),
        ("type", 1.5),
        ("authors", "Jan Berg"),
        ("authors", [1]),
        ("authors", [["Jan Berg"]]),
        ("editors", {"a": "b"}),
        ("et_al", "yes"),
        ("et_al", 1),
        ("year", "soon"),
        ("year", True),
        ("year", 20.5),
        ("date", "yesterday"),
        ("date", "2023-13"),
        ("date", "2023-02-30"),
        ("date", 2023.5),
        ("added", "someday"),
        ("added", "2023-13-45"),
        ("volume", True),
        ("volume", [1]),
        ("doi", 10),
        ("url", {"a": "b"}),
        ("links", "https://example.org"),
        ("links", ["https://example.org"]),
        ("abstract", []),
        ("note", 7),
        ("tags", "nlp"),
        ("tags", ["a", 1]),
        ("aliases", [None]),
        ("versions", {"venue": "W"}),
        ("versions", ["W"]),
        ("sources", "a:1 (b)"),
        ("fields", "x"),
    ],
    ids=repr,
)
def test_a_wrong_type_is_refused_by_the_fields_name(field: str, value: Any) -> None:
    with pytest.raises(ValueError, match=rf"^{field}\b"):
        table.from_table("k", {field: value})


def test_a_link_that_is_no_text_is_refused_by_its_label() -> None:
    with pytest.raises(ValueError, match=r"links\.code"):
        table.from_table("k", {"links": {"code": 1}})


@pytest.mark.parametrize(("field", "value"), [("volume", 12), ("number", 3), ("pages", 7), ("edition", 2)])
def test_a_number_without_quotes_is_read_as_its_text(field: str, value: int) -> None:
    assert getattr(table.from_table("k", {field: value}).paper, field) == str(value)


def test_a_year_in_quotes_is_read_as_a_number() -> None:
    assert table.from_table("k", {"year": "2023"}).paper.year == 2023


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023-10-10", "2023-10-10"),
        ('"2023-10"', "2023-10"),
        ('"--05-07"', "--05-07"),
        ("2023-10-10T08:00:00Z", "2023-10-10"),
    ],
)
def test_a_date_is_read_with_and_without_quotes(text: str, date: str) -> None:
    assert table.from_table("k", tomllib.loads(f"date = {text}")).paper.date == date


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(texts.filter(lambda name: name not in table.FIELDS), values, max_size=4))
def test_unknown_fields_are_kept_with_their_values(unknown: dict[str, Any]) -> None:
    entry = table.from_table("k", {"title": "T", **unknown})
    assert read_back(entry).paper.fields == unknown


def test_the_field_named_in_fields_wins_over_the_same_name_beside_it() -> None:
    entry = table.from_table("k", {"rating": 1, "fields": {"rating": 2}})
    assert entry.paper.fields["rating"] == 2
