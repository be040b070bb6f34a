"""A library cut into blocks says what it says as a whole, and is refused where it is refused as a whole."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli.errors import LibraryError
from litcli.library import blocks as blocks_module
from litcli.library import document, store, toml
from litcli.library.blocks import Blocks, Lot, cut, lots, recut
from litcli.paper import Entry, Paper, Person
from tests.growth import grows_in_proportion
from tests.library.test_document import FORMS, THREE, TRICKS, libraries

HERE = Path("library.toml")


def said(text: str, cutter: Callable[[str], Blocks | None] | None = None) -> Any:
    """What a text says, value by value, or how it is refused."""
    try:
        library = store.parse(HERE, text, cutter)
    except LibraryError as error:
        return error.message
    return repr(list(library.entries.items())), repr(library.head)


def said_whole(text: str) -> Any:
    with mock.patch.object(store, "cut", return_value=None), mock.patch.object(document, "cut", return_value=None):
        return said(text)


def is_cut(text: str) -> bool:
    """Whether a text is read block by block, none of them by the TOML parser."""
    blocks = cut(text)
    return blocks is not None and not blocks.odd


PLAIN = '[papers.a]\ntitle = "A"\n\n[papers.b]\ntitle = "B"\nyear = 2001\n'

VALID = {
    **FORMS,
    **{name: f'[papers.m]\ntitle = "M"\n{trick}\n[papers.z]\ntitle = "Z"\n' for name, trick in TRICKS.items()},
    "comments": THREE,
    "no entry": "format = 1\n# none yet\n",
    "nothing": "",
    "no end of the last line": PLAIN.rstrip(),
    "a header alone": "[papers.a]",
    "a key in quotes": '[papers."a b/c:d"]\ntitle = "A"\n',
    "a key with an escape": '[papers."a\\"b"]\ntitle = "A"\n',
    "an empty key": '[papers.""]\ntitle = "A"\n',
    "a table behind": PLAIN + '\n[settings]\nkeys = "x"\n[settings.queries]\na = "b"\n',
    "a table between": '[papers.a]\n[settings]\nkeys = "x"\n[papers.b]\ntitle = "B"\n',
    "a table above and below": f'[settings.queries]\na = "b"\n{PLAIN}[settings]\nkeys = "x"\n',
    "a table above and below, with its parts": f'[settings]\na = "b"\n{PLAIN}[settings.queries]\nkeys = "x"\n',
    "a header in a text": f'[papers.c]\nnote = """\n[papers.a]\ntitle = "A"\n"""\n{PLAIN}',
    "headers in a text": f'[papers.c]\nnote = """\n[papers.d]\n[papers.e]\n[papers.f]\n"""\n{PLAIN}',
    "a header in a text above": f'note = """\n[papers.c]\n"""\n{PLAIN}',
    "a header in an array": '[papers.c]\ntags = [\n"[papers.d]",\n]\n' + PLAIN,
    "another table's header in a text": "[papers.c]\nnote = '''\n[settings]\n'''\n" + PLAIN,
    "an entry in parts": '[papers.a]\ntitle = "A"\n[papers.b]\n[papers.a.links]\nx = "y"\n',
    "tables in an entry": '[papers.a]\nyear = 1\n[papers.a.links]\nx = "y"\n[papers.a.fields]\nz = "w"\n[papers.b]\n',
    "papers above": f'[papers]\nc.title = "C"\n{PLAIN}',
    "papers below": f'{PLAIN}[papers]\nc.title = "C"\n',
    "an indented header": PLAIN + '  [papers.c]\ntitle = "C"\n',
    "a spaced header": PLAIN + '[ papers.c ]\ntitle = "C"\n',
    "a remark behind a header": PLAIN + '[papers.c] # new\ntitle = "C"\n',
    "an unknown field": PLAIN + "rating = 5\n",
    "a literal string": PLAIN + "venue = 'B'\n",
    "another order": "[papers.c]\nyear = 2000\ntitle = 'C'\n",
    "spaces about the sign": '[papers.c]\ntitle   =\t"C"\n',
    "a tab in a text": '[papers.c]\ntitle = "C\tD"\n',
    "an odd space in a text": '[papers.c]\ntitle = "C\u00a0D\u2028E"\n',
    "escapes": '[papers.c]\ntitle = "\\"C\\" \\\\ \\n \\t \\r \\b \\f"\ntags = ["a\\"b", "\\\\"]\n',
    "escapes of characters": '[papers.c]\ntitle = "\\u00e9 \\U0001f9ea"\n',
    "versions": '[papers.c]\nversions = [\n  { venue = "a } { \\" b", year = 2020, x = true },\n  { doi = "1" },\n]\n',
    "versions with people": '[papers.c]\nversions = [{ authors = ["A", "B, C"], year = 0 }]\n',
    "no version": "[papers.c]\nversions = []\n",
    "labels": '[papers.c]\nlinks.a = "A"\ntitle = "C"\nlinks.b-c_d = "B"\nfields.x = "y"\n',
    "a label in quotes": '[papers.c]\nlinks."a b" = "A"\n',
    "a label of two parts": '[papers.c]\nfields.a.b = "A"\n',
    "two entries that differ by case": '[papers.a]\ntitle = "A"\n[papers.A]\ntitle = "A"\n',
    "a date": "[papers.c]\nadded = 2024-02-29\ndate = \"2024-02\"\n",
    "a date as text": '[papers.c]\nadded = "2024-02"\ndate = 2024-02-29\n',
    "a time": "[papers.c]\nadded = 2024-02-29 10:00:00\n",
    "numbers": "[papers.c]\nyear = 2_001\nvolume = 3\n",
    "empty values": '[papers.c]\ntitle = ""\nauthors = []\ntags = [ ]\nyear = 0\net_al = false\n',
    "comments that look like statements": '[papers.c]\n# title = "no"\n  # year = 1\ntitle = "C" # venue = "no"\n#',
    "a last comma": '[papers.c]\ntags = ["a", "b",]\nauthors = [\n"A" ,\n"B"\n, ]\n',
}  # fmt: skip

INVALID = {
    "no value": PLAIN + "venue =\n",
    "two values on a line": PLAIN + 'venue = "a" note = "b"\n',
    "a field twice": PLAIN + 'title = "b"\n',
    "a label twice": PLAIN + 'links.a = "b"\nlinks.a = "c"\n',
    "a label twice in two ways": PLAIN + 'links.a = "b"\nlinks."a" = "c"\n',
    "a label of a text": PLAIN + 'links = "b"\nlinks.a = "c"\n',
    "an entry twice": PLAIN + PLAIN,
    "an entry twice, then a fault": f'{PLAIN}[papers.a]\nyear =\n',
    "an entry twice behind a fault": f'[papers.c]\nyear =\n{PLAIN}{PLAIN}',
    "an entry twice in two ways": PLAIN + '[papers."a"]\ntitle = "A"\n',
    "a table twice": f"[settings]\n{PLAIN}[settings]\n",
    "an open string": '[papers.c]\ntitle = "C\n' + PLAIN,
    "an open string over an entry": '[papers.c]\ntitle = "C\nvenue = "\n' + PLAIN,
    "an open text": f'[papers.c]\nnote = """\n{PLAIN}',
    "an open text at the end": PLAIN + "note = '''\n",
    "an open array": f'[papers.c]\ntags = [ "a",\n{PLAIN}',
    "an array without commas": PLAIN + 'tags = ["a" "b"]\n',
    "two commas": PLAIN + 'tags = ["a",, "b"]\n',
    "an open header": "[papers.c\n" + PLAIN,
    "a header of nothing": f"[papers.c]\n[# remark\n{PLAIN}",
    "a line end in a string of an array": PLAIN + 'tags = ["a\nb"]\n',
    "a control character": PLAIN + 'venue = "a\x01b"\n',
    "a control character in a comment": PLAIN + "# a\x01b\n",
    "a control character in a comment above": "# a\x00b\n" + PLAIN,
    "a delete character": PLAIN + 'venue = "a\x7fb"\n',
    "a lone carriage return": PLAIN + 'venue = "a\rb"\n',
    "a lone carriage return between": PLAIN.replace("\n\n", "\r\n\r\r\n"),
    "an unknown escape": PLAIN + 'venue = "\\q"\n',
    "an escape of no character": PLAIN + 'venue = "\\ud800"\n',
    "a day that is none": PLAIN + "added = 2023-02-30\n",
    "a number with a nought": "[papers.c]\nyear = 02001\n",
    "a name twice in a version": PLAIN + 'versions = [{ a = "b", a = "c" }]\n',
    "a comma last in a version": PLAIN + 'versions = [{ a = "b", }]\n',
    "marks of a conflict": f'{PLAIN}<<<<<<< HEAD\n[papers.c]\n=======\n[papers.d]\n>>>>>>> theirs\n{PLAIN}',
    "marks of a conflict in an entry": PLAIN.replace("year", "<<<<<<< HEAD\nyear") + "=======\n",
    "a year that is none": PLAIN + '[papers.c]\nyear = "soon"\n[papers.d]\nyear = "later"\n',
    "a year that is none and a fault behind": '[papers.c]\nyear = "soon"\n' + PLAIN + "venue =\n",
    "a text that is a number": PLAIN + "venue = 3\n",
    "people that are a text": PLAIN + 'authors = "A"\n',
    "an entry that is a list": PLAIN + "[[papers.c]]\n",
    "an entry that is a list of its own": "[[papers.c]]\n" + PLAIN,
    "an entry that is a number": "papers.c = 1\n" + PLAIN,
    "a date that is none": PLAIN + 'date = "someday"\n',
    "a format of the future": "format = 2\n" + PLAIN,
    "a format below the papers": f"{PLAIN}[format]\n",
    "papers that are no table": "papers = 3\n" + PLAIN,
    "a value nested too deeply": PLAIN + "fields.x = " + "[" * 3000 + "]" * 3000 + "\n",
}  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("kind", VALID)
def test_blocks_say_what_the_whole_says(kind: str, newline: str) -> None:
    text = VALID[kind].replace("\n", newline)
    assert said(text) == said_whole(text)
    assert isinstance(said(text), tuple)


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("kind", INVALID)
def test_blocks_are_refused_as_the_whole_is(kind: str, newline: str) -> None:
    text = INVALID[kind].replace("\n", newline)
    assert said(text) == said_whole(text)
    assert isinstance(said(text), str)


def test_what_litcli_writes_is_read_without_the_parser(seeded: Path) -> None:
    assert is_cut(seeded.read_text("utf-8"))


@pytest.mark.parametrize(
    "kind",
    ["comments", "escapes", "versions", "versions with people", "labels", "a key in quotes", "a last comma",
     "another order", "comments that look like statements", "spaces about the sign", "empty values"],
)  # fmt: skip
def test_what_a_hand_may_do_to_it_is_too(kind: str) -> None:
    text = VALID[kind].replace("'", '"').replace("2_002", "2002")
    assert is_cut(text)
    assert is_cut(text.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    "kind",
    [
        "a table behind",
        "a table between",
        "headers in a text",
        "tables in an entry",
        "another table's header in a text",
    ],
)
def test_only_the_block_that_is_odd_is_parsed(kind: str) -> None:
    blocks = cut(VALID[kind])
    assert blocks is not None
    assert set(blocks.odd) < set(blocks.spans)


def test_a_block_reaches_to_the_next_header() -> None:
    blocks = cut(THREE)
    assert blocks is not None
    assert THREE[slice(*blocks.spans["ada"])].endswith("  # indented remark\n")
    assert THREE[slice(*blocks.rest[0])].endswith("# --- the first one\n")


def test_an_entry_is_made_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    real = store.table.from_table
    monkeypatch.setattr(store.table, "from_table", lambda key, fields: (made.append(key), real(key, fields))[1])
    library = store.parse(HERE, PLAIN)
    assert (list(library.entries), len(library.entries), "c" in library.entries, made) == (["a", "b"], 2, False, [])
    assert library.entries["b"] is library.entries["b"]
    assert made == ["b"]


@pytest.mark.parametrize(
    "part",
    [
        '[papers.k]\ntitle = "T"\n\n',
        '[papers.k]\nnote = """\n[papers.x]\n"""\n',
        "[papers.k]\n[papers.k.links]\n",
        "[papers.k.links]\n",
        "[papers.k]\n[x.k]\n",
        "[papers.k]\ntags = [\n",
        '[papers.k]\nnote = "\n',
        "[papers.k]\nnote = '''\n",
        "[papers.k]\n# remark\n",
    ],
)
def test_cutting_grows_in_proportion(part: str) -> None:
    def work(text: str) -> None:
        numbered = "".join(piece.replace("k", f"k{n}") for n, piece in enumerate(text.split("\0")))
        with contextlib.suppress(ValueError):
            cut(numbered)

    assert grows_in_proportion(work, (part + "\0") * 6000)


# --- anybody's library ------------------------------------------------------------------------------------

SCRAPS = [
    "\n", "\r\n", '"', '"""', "'", "'''", "[", "]", "{", "}", "=", "#", ",", "\\", "\t", "\r", "\x00", "é", "1", "a",
    "\n[papers.q]\n", "\n[papers.ada]\n", "\n[papers.ada.links]\n", "\n[settings]\n", "[papers", 'title = "X"\n',
    "year = 1\n", "\n# remark\n", "links.a = 'b'\n", '\nnote = """\n', "<<<<<<< HEAD\n",
]  # fmt: skip


@st.composite
def broken(draw: st.DrawFn, text: str) -> str:
    """A text with some scraps put in, some characters taken out, and some lines doubled."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        kind = draw(st.sampled_from(["scrap", "out", "double"]))
        if kind == "scrap":
            text = text[:at] + draw(st.sampled_from(SCRAPS)) + text[at:]
        elif kind == "out":
            text = text[:at] + text[at + draw(st.integers(1, 12)) :]
        else:
            line = text.rfind("\n", 0, at) + 1
            end = text.find("\n", at) + 1 or len(text)
            text = text[:end] + text[line:end] + text[end:]
    return text


texts = st.text(st.sampled_from('ab Zé人"\\\n\t{}[]#=,.\x01\x7f\u2028🧪'), max_size=8) | st.just("[papers.x]")
people = st.builds(Person, family=texts, given=texts) | st.builds(Person, literal=texts)


@st.composite
def written(draw: st.DrawFn) -> str:
    """A library as litcli writes it."""
    blocks = ["format = 1\n"]
    for key in draw(st.lists(texts, unique=True, max_size=4)):
        paper = Paper(
            title=draw(texts), authors=tuple(draw(st.lists(people, max_size=2))), et_al=draw(st.booleans()),
            year=draw(st.none() | st.integers(-5, 3000)), date=draw(st.sampled_from(["", "2023-10", "--05"])),
            links=draw(st.dictionaries(texts, texts, max_size=2)), venue=draw(texts),
            versions=tuple(draw(st.lists(st.dictionaries(texts, texts | st.integers() | st.booleans()), max_size=2))),
            fields=draw(st.dictionaries(texts, texts | st.lists(texts, max_size=2) | st.integers(), max_size=2)),
        )  # fmt: skip
        tags = tuple(draw(st.lists(texts, max_size=2)))
        blocks.append(toml.block(Entry(key, paper, draw(texts), tags, sources=tags, added="2026-01-02")))
    return "\n".join(blocks)


@settings(deadline=None, max_examples=120)
@given(libraries())
def test_a_library_that_somebody_typed_is_read_the_same(pieces: list[tuple[str | None, str]]) -> None:
    text = "".join(piece for _, piece in pieces)
    assert said(text) == said_whole(text)


@settings(deadline=None, max_examples=120)
@given(written())
def test_a_library_that_litcli_wrote_is_read_the_same(text: str) -> None:
    assert said(text) == said_whole(text)


@settings(deadline=None, max_examples=250)
@given(st.data(), libraries().map(lambda pieces: "".join(piece for _, piece in pieces)) | written())
def test_a_library_that_somebody_damaged_is_read_or_refused_the_same(data: st.DataObject, text: str) -> None:
    text = data.draw(broken(text))
    assert said(text) == said_whole(text)


# --- a text of which an earlier state is known ------------------------------------------------------------

EIGHT = "format = 1\n" + "".join(f'\n[papers.{key}]\ntitle = "Ä {key}"\n' for key in "abcdefgh")


@pytest.fixture
def small_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lots of two blocks, and no change too large."""
    monkeypatch.setattr(blocks_module, "_LOT", 2)
    monkeypatch.setattr(blocks_module, "_FEW", 1)


def known(text: str) -> list[Lot]:
    found = cut(text)
    return lots(found) if found else []


@pytest.mark.parametrize(
    ("after", "looked_at"),
    [
        (EIGHT, ""),
        (EIGHT.replace("Ä c", "C"), "abcdef"),
        (EIGHT.replace("Ä a", "A"), "abcd"),
        (EIGHT.replace("Ä h", "H"), "efgh"),
        (EIGHT.replace("format = 1", "format = 1 # one"), ""),
        (EIGHT.replace('[papers.d]\ntitle = "Ä d"\n\n', ""), "abcef"),
        (EIGHT + '\n[papers.i]\ntitle = "I"\n', "ghi"),
        (EIGHT.removesuffix("\n"), "efgh"),
        (EIGHT[: EIGHT.index("[papers.e]")], "cd"),
    ],
)
@pytest.mark.usefixtures("small_lots")
def test_only_what_changed_is_looked_at_and_a_lot_on_either_side(after: str, looked_at: str) -> None:
    before = known(EIGHT)
    with mock.patch.object(blocks_module, "cut", side_effect=cut) as looking:
        found = recut(after, before)
    whole = cut(after)
    assert found
    assert whole
    assert (found.spans, found.rest, found.head, found.odd) == (whole.spans, whole.rest, whole.head, whole.odd)
    ((text,),) = (call.args for call in looking.call_args_list)
    assert "".join(line[8] for line in text.splitlines() if line.startswith("[papers.")) == looked_at


@pytest.mark.parametrize(
    "after",
    [
        EIGHT.replace("[papers.c]", "[papers.h]"),
        EIGHT.replace("Ä c", "\n"),
        EIGHT.replace('"Ä c"', '"""\n'),
        EIGHT.replace("[papers.d]", "[settings]\n[papers.d]"),
        EIGHT.replace("format = 1", "papers.z.title = 'Z'"),
        EIGHT.replace("format = 1", "format ="),
    ],
    ids=["a key doubled", "a line broken", "a text not ended", "a table between", "an entry above", "no value"],
)
@pytest.mark.usefixtures("small_lots")
def test_what_is_no_plain_change_of_blocks_is_cut_as_any_text(after: str) -> None:
    assert recut(after, known(EIGHT)) is None


def test_where_much_changed_the_text_is_cut_as_any_other() -> None:
    assert recut(EIGHT.replace("Ä c", "C"), known(EIGHT)) is None


def test_a_text_with_tables_between_its_blocks_has_no_lots() -> None:
    assert known(VALID["a table between"]) == []


@settings(deadline=None, max_examples=250)
@given(st.data(), written() | libraries().map(lambda pieces: "".join(piece for _, piece in pieces)))
def test_what_is_cut_with_the_help_of_an_earlier_state_says_the_same(data: st.DataObject, before: str) -> None:
    after = data.draw(broken(before))
    with mock.patch.multiple(blocks_module, _LOT=2, _FEW=1):
        found = recut(after, known(before))
    if found:
        assert said(after, lambda _: found) == said_whole(after)
