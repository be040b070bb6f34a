"""What the commands print as JSON is what the schema in the package says."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from litcli.paper import FIELDS
from tests.conftest import Program

SCHEMA: dict[str, Any] = json.loads(resources.files("litcli").joinpath("schema.json").read_text("utf-8"))

DUPLICATES = """\
@article{a, author = {Ada Lovelace}, title = {Notes on the Analytical Engine}, year = 1843, journal = {Memoirs}}
@article{b, author = {Lovelace, A.}, title = {Notes on the Analytical Engine}, year = 1844, journal = {Memoirs}}
@article{broken, title =
"""


def check(document: Any, name: str) -> None:
    """Fail unless a document is of the shape with that name."""
    Draft202012Validator({**SCHEMA, "anyOf": [{"$ref": f"#/$defs/{name}"}]}).validate(document)


@pytest.mark.parametrize(
    ("words", "name", "code"),
    [
        (["list"], "entries", 0),
        (["filter", "year:2022"], "entries", 0),
        (["show", "sun2022blackbox"], "entries", 0),
        (["tags"], "tags", 0),
        (["stats"], "stats", 0),
        (["check", "--report", "json"], "check", 1),
        (["dedupe"], "dedupe", 1),
        (["log"], "log", 0),
        (["import", "two.bib"], "import", 3),
        (["fill", "two.bib"], "fill", 3),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_document_has_the_shape_that_the_schema_says(
    library: Program, words: list[str], name: str, code: int
) -> None:
    library.write("two.bib", DUPLICATES)
    library("tag", "+x", "key:sun2022blackbox")
    library("import", "two.bib", code=3)
    told = library(*words, *([] if "--report" in words else ["--json"]), code=code)
    check(told.json, name)


def test_a_line_of_jsonl_is_an_entry(library: Program) -> None:
    lines = library("list", "--jsonl").out.splitlines()
    assert lines
    for line in lines:
        check(json.loads(line), "entry")


def test_the_exported_json_has_the_shape_of_the_lists(library: Program) -> None:
    check(library("export", "--to", "json").json, "entries")


def test_the_schema_is_one_and_names_every_field_in_its_order() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert tuple(SCHEMA["$defs"]["entry"]["properties"]) == ("key", *FIELDS)


def test_what_is_not_in_the_schema_is_found() -> None:
    with pytest.raises(ValidationError, match="is not valid under any"):
        check({"format_version": 1, "entries": [], "more": 1}, "entries")
