"""What a person types as a field's value, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli import names, table, typed
from litcli.errors import UsageError
from litcli.paper import FIELDS, Entry, Paper

VALUES = {
    "year=2023": 2023,
    "year=": None,
    "title=  A   Title ": "A Title",
    "title=a=b": "a=b",
    "authors=Ada Lovelace and van der Berg, Jan": (
        names.parse("Ada Lovelace"),
        names.parse("van der Berg, Jan"),
    ),
    "author={Google Research}": (names.parse("{Google Research}"),),
    "authors=": (),
    "et_al=true": True,
    "date=2023-10": "2023-10",
    "doi=https://doi.org/10.1000/ABC": "10.1000/ABC",
    "arxiv=arXiv:2310.06825v2": "2310.06825",
    "type=Article": "article",
    "isbn=978-3-16-148410-0": "978-3-16-148410-0",
    "url=https://example.org/a_b?x=1#y": "https://example.org/a_b?x=1#y",
    "abstract=one \n two": "one\n two",
    "volume=": "",
    "pages=1--10": "1-10",
    "pages=e12": "e12",
}


@pytest.mark.parametrize(("word", "value"), VALUES.items(), ids=VALUES)
def test_a_value_is_read_as_its_field_holds_it(word: str, value: Any) -> None:
    assert typed.parse(word).value == value


REFUSED = {
    "year=abc": "year must be a year such as 2023, not 'abc'",
    "year=20234": "year must be",
    "date=12.5.2023": "date must be",
    "doi=hello": "doi must be a DOI",
    "arxiv=2310": "arxiv must be an arXiv identifier",
    "isbn=123": "isbn must be",
    "url=example": "url must be a URL",
    "et_al=perhaps": "et_al must be true or false",
    "type=conference paper": "type must be",
    "authors=and": "authors must be names",
    "authors=Ada Lovelace and others": "'others' is nobody's name",
    "authors=A. Lovelace, A. Turing, C. Babbage": "'A. Lovelace, A. Turing, C. Babbage' is not one name",
    "authors=Lovelace; Turing": "'Lovelace; Turing' is not one name",
    "fields.title=x": "title is a field of litcli's own",
    "links.code=here": "links must be a URL",
    "title=caf\udce9": "title must be text",
    "=x": "'=x' sets no field",
    "titel=x": "there is no field 'titel'",
    "key=x": "key is not set by hand",
    "tags=x": "tags is not set by hand",
    "links=x": "links is a table of fields",
    "title.short=x": "title has no fields of its own",
}


@pytest.mark.parametrize(("word", "message"), REFUSED.items(), ids=REFUSED)
def test_a_value_that_the_field_cannot_hold_is_refused_by_name(word: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        typed.parse(word)
    assert error.value.message.startswith(message)
    assert error.value.hint


def test_a_field_that_is_misspelt_brings_up_the_near_one() -> None:
    with pytest.raises(UsageError) as error:
        typed.parse("titel=x")
    assert "title" in error.value.hint


@pytest.mark.parametrize("word", ["year:2020", "title:a=b", "sun2022", "=", "title:/a=b/", "key:x=y"])
def test_a_term_of_a_query_is_no_assignment(word: str) -> None:
    assert not typed.is_assignment(word)


ENTRY = Entry("a", Paper(title="A", links={"code": "x:1", "pdf": "x:2"}, fields={"annote": "b"}), note="n")


def test_a_link_and_an_unknown_field_are_set_by_their_names() -> None:
    entry = typed.parse("fields.annote=c").apply(typed.parse("links.slides=x:3").apply(ENTRY))
    assert entry.paper.links == {"code": "x:1", "pdf": "x:2", "slides": "x:3"}
    assert entry.paper.fields == {"annote": "c"}


def test_a_link_without_a_value_is_removed() -> None:
    assert typed.parse("links.code=").apply(ENTRY).paper.links == {"pdf": "x:2"}


def test_the_readers_own_fields_are_set_as_well() -> None:
    assert typed.parse("note=new").apply(ENTRY).note == "new"


@given(st.sampled_from(FIELDS), st.text())
def test_any_text_is_refused_or_makes_an_entry_that_the_library_can_hold(field: str, text: str) -> None:
    try:
        assignment = typed.parse(f"{field}={text}")
    except UsageError:
        return
    entry = assignment.apply(ENTRY)
    assert table.from_table("a", table.to_table(entry)) == entry
