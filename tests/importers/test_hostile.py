"""Any bytes into any importer: papers, problems or a LitError, and in a time that grows with the page."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import importers, page
from litcli.errors import LitError
from litcli.paper import Problem, Record
from tests.conftest import SEEDS

LINES = st.sampled_from(
    [line for path in sorted(SEEDS.glob("*.txt")) for line in path.read_text("utf-8").split("\n") if len(line) < 300]
)
IMPORTERS = pytest.mark.parametrize("importer", importers.IMPORTERS, ids=lambda importer: importer.name)

# Each is long enough that a pattern which looks back over what it has read would not end within the hour.
HOSTILE = {
    "one word": "a" * 1_000_000,
    "words": "word " * 200_000,
    "capitals in a word": "CLOct 10, 2023\n" + "aB" * 200_000,
    "open brackets": "- T" + "(" * 10_000 + "A, 2020, X" + ")" * 10_000,
    "names": "CLOct 10, 2023\nTitleAnn Lee" + ", Bo Brown" * 20_000,
    "brackets behind a venue": "Papers\n\nTitle\nAnn Lee, Bo Brown\nICML, 2022 " + "(x) " * 50_000,
    "points": ". " * 300_000,
    "empty lines": "\n" * 300_000,
    "headings": "Papers\n" * 50_000,
    "buttons": "pdf bib\n" * 30_000,
    "stars": "*" * 300_000,
    "tags": "<scp>" * 100_000,
    "backslashes": "\\n" * 200_000,
    "entries without an end": "@article{x, title = {T\n" * 20_000,
    "braces": "@article{x, title = {" + "{" * 200_000,
    "macros": "@string{a = b # b}\n" * 20_000,
    "accents": "@misc{x, title = {" + "\\'" * 100_000 + "}}",
    "half a list": '[{"title": ' * 20_000,
    "items": '[{"title": "T"},\n' * 20_000,
    "records without an end": "TY  - JOUR\nTI  - T\n" * 20_000,
    "tables": "format = 1\n" + "[papers.x]\n" * 20_000,
}


def check(importer: importers.Importer, found: page.Page) -> None:
    """Both functions of the importer, and that what they say lies on the page."""
    importer.detect(found)
    with contextlib.suppress(LitError):
        for item in importer.parse(found):
            assert isinstance(item, Record | Problem)
            assert 1 <= item.line <= len(found.lines)
            # An entry of a file that somebody owns may be without a title.
            assert isinstance(item, Problem) or item.paper.title or importer in importers.FILES


@IMPORTERS
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_page_made_to_be_slow_is_read(importer: importers.Importer, text: str) -> None:
    check(importer, page.Page("page.txt", text))


@IMPORTERS
@settings(deadline=None, max_examples=60)
@given(text=st.one_of(st.text(), st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=30).map("\n".join)))
def test_any_text_gives_papers_and_problems(importer: importers.Importer, text: str) -> None:
    check(importer, page.Page("page.txt", text))


@settings(deadline=None, max_examples=200)
@given(st.binary())
def test_any_bytes_are_a_page_or_an_error(data: bytes) -> None:
    with contextlib.suppress(LitError):
        importers.identify(page.decode("page.txt", data))
