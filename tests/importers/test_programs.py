"""Files as the programs and services that people use write them: all of each comes in, and out and in again."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from litcli import bibfile, jsontext, page, table
from litcli.exporters import bib as dialects
from litcli.exporters import biblatex, bibtex
from litcli.exporters.options import Options
from litcli.importers import bib
from litcli.page import Page
from litcli.paper import Entry, Problem, Record

FOLDER = Path(__file__).parent / "programs"
ENTRIES = {
    "acm": 2,
    "arxiv": 3,
    "betterbiblatex": 6,
    "bibdesk": 2,
    "dblp": 4,
    "ieee": 2,
    "inspire": 3,
    "jabref": 3,
    "mendeley": 3,
    "pubmed": 2,
    "scholar": 5,
    "springer": 2,
    "zotero": 4,
}
each_program = pytest.mark.parametrize("program", ENTRIES)
each_dialect = pytest.mark.parametrize("dialect", [bibtex, biblatex], ids=["bibtex", "biblatex"])

MONTHS = set("january march april".split())
SAID_OTHERWISE = {
    "scholar": {"arxiv", "preprint", "others", "guillemotleft", "guillemotright", "textquotedblleft", "noop"},
    "dblp": {"corr", "arxiv"},
    "mendeley": {"arxiv", "preprint"},
    "betterbiblatex": {"others", "family", "given", "prefix", "useprefix", "true"},
    "inspire": {"others"},
    "pubmed": {"href"},
}
"""Words that a record says in another way: by a name's parts, by the length of a list, by an identifier."""


def read(found: Page) -> list[Entry]:
    """The entries of a file, of which nothing may be unreadable."""
    items = list(bib.parse(found))
    assert not [item for item in items if isinstance(item, Problem) and item.failed]
    records = [item for item in items if isinstance(item, Record)]
    return [Entry(record.key, record.paper, aliases=record.aliases) for record in records]


def program_file(program: str) -> Page:
    return page.read(str(FOLDER / f"{program}.bib"))


def test_every_file_has_its_row() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(ENTRIES)


@each_program
def test_every_entry_comes_in_under_its_key(program: str) -> None:
    found = program_file(program)
    keys = [entry.key for entry in read(found)]
    assert bib.detect(found)
    assert len(keys) == len(set(keys)) == ENTRIES[program]
    assert all(re.search(rf"\{{{re.escape(key)},", found.text) for key in keys)


@each_program
def test_no_word_of_an_entry_is_lost(program: str) -> None:
    found = program_file(program)
    blocks = {block.key: block for block in bibfile.blocks(found.text) if isinstance(block, bibfile.BibEntry)}
    for entry in read(found):
        said = jsontext.compact(table.to_table(entry)).lower()
        pieces = [piece for _, value in blocks[entry.key].fields for piece in value if not piece.is_macro]
        values = " ".join(piece.text for piece in pieces).lower()
        words = set(re.findall(r"(?<![\\{}\"'^`~=.a-z])[a-z]{4,}(?![a-z{}\\])", values))
        assert {word for word in words if word not in said} <= MONTHS | SAID_OTHERWISE.get(program, set())


@each_dialect
@each_program
def test_a_second_export_is_the_same_file(program: str, dialect: ModuleType) -> None:
    once = dialect.write(read(program_file(program)), Options()).text
    assert dialect.write(read(Page("out.bib", once)), Options()).text == once


QUOTES = str.maketrans({"“": '"', "”": '"', "’": "'", "{": "", "}": ""})


def comparable(entry: Entry) -> object:
    """An entry without protection, kinds of quotes, and an address that says no more than its identifiers."""
    shape = table.to_table(entry)
    shape["fields"] = sorted(shape.get("fields", {}).items())
    if dialects.repeats_id(entry.paper):
        del shape["url"]
    return jsontext.compact(shape).replace(r"\"", "“").translate(QUOTES)


@each_program
def test_what_was_exported_says_the_same_when_it_comes_in_again(program: str) -> None:
    entries = {entry.key: entry for entry in read(program_file(program))}
    written = biblatex.write(list(entries.values()), Options())
    warned = {warning.partition(": ")[0] for warning in written.warnings}
    for entry in read(Page("out.bib", written.text)):
        assert comparable(entry) == comparable(entries[entry.key]) or entry.key in warned
