"""Differences between two texts of a library: taken, made, taken back, and made in a third text."""

from __future__ import annotations

import tomllib
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli.library import patch
from litcli.library.patch import Change, Piece
from tests.growth import grows_in_proportion

TEXT = """\
# mine
format = 1

[settings]
keys = "x"

# --- the first one
[papers.ada]
title = "A"
year =   2001

# loose

[papers.bob]
tags = [
    "x",
    "y",
]
# the end of bob

# about cyd
[papers.cyd]
title = "C"
# the end
"""
SAID = '[papers.new]\ntitle = "N"\n'


def never(change: Change, piece: Piece | None) -> NoReturn:
    raise AssertionError(f"{change} is not to be settled: {piece}")


def without(text: str, start: str, end: str) -> str:
    return text[: text.index(start)] + text[text.index(end) :]


CHANGED = {
    "a value": TEXT.replace("2001", "2002"),
    "a comment": TEXT.replace("# --- the first one", "# --- 1"),
    "a loose comment": TEXT.replace("# loose", "# fast"),
    "blank lines": TEXT.replace("\n\n", "\n\n\n"),
    "a setting": TEXT.replace('keys = "x"', 'keys = "y"\nmore = 1'),
    "a new one between": TEXT.replace("# about cyd", SAID + "\n# about cyd"),
    "a new one behind": f"{TEXT}\n{SAID}",
    "a new one in front": TEXT.replace("# --- the first", SAID + "\n# --- the first"),
    "the first gone": without(TEXT, "# --- the", "# loose"),
    "the last gone": TEXT[: TEXT.index("# about cyd")],
    "all gone": "format = 1\n",
    "none yet": "",
    "without its last line end": TEXT.rstrip("\n"),
    "with the line ends of Windows": TEXT.replace("\n", "\r\n"),
    "a table of an entry": TEXT + '\n[papers.cyd.links]\ncode = "u"\n\n[papers.dan]\n',
    "text over lines": TEXT.replace('"A"', '"""\n[papers.bob]\n# no comment\n"""'),
    "in parts": TEXT.replace("# about cyd", '[papers.ada.links]\ncode = "u"\n\n# about cyd'),
    "inline": "papers = { ada = { year = 1 }, bob = {} }\n",
    "dotted": '[papers]\nada.title = "A"\nbob.year = 1\nada.year = 2\n',
    "headers with blanks": TEXT.replace("[papers.bob]", '[ papers . "bob" ]'),
    "tables of tables": TEXT + "\n[[other]]\na = 1\n\n[[other]]\na = 1\n",
}


@pytest.mark.parametrize("kind", CHANGED)
def test_the_pieces_are_the_whole_text(kind: str) -> None:
    assert "".join(piece.gap + piece.body for piece in patch.cut(CHANGED[kind])) == CHANGED[kind]


@pytest.mark.parametrize("kind", CHANGED)
def test_the_texts_of_these_tests_are_valid_and_their_pieces_have_names_of_their_own(kind: str) -> None:
    tomllib.loads(CHANGED[kind])
    names = [piece.name for piece in patch.cut(CHANGED[kind])]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("kind", CHANGED)
def test_a_change_is_made_and_taken_back_to_the_byte(kind: str) -> None:
    changes = patch.diff(TEXT, CHANGED[kind])
    assert patch.apply(TEXT, changes, never) == CHANGED[kind]
    assert patch.apply(CHANGED[kind], patch.reverse(changes), never) == TEXT


def test_the_same_text_has_no_changes() -> None:
    assert patch.diff(TEXT, TEXT) == []


def test_what_one_command_changes_is_one_piece() -> None:
    changes = patch.diff(TEXT, CHANGED["a value"])
    assert [(change.name, change.is_gap) for change in changes] == [(("papers", "ada"), False)]


def test_a_new_entry_at_the_end_is_one_piece_whatever_the_last_line_is() -> None:
    changes = patch.diff(TEXT.rstrip("\n"), f"{TEXT}\n{SAID}")
    assert [change.name for change in changes if not change.is_gap] == [("papers", "new")]


def test_comments_above_a_header_are_its_entrys_and_loose_ones_are_in_a_gap() -> None:
    pieces = {piece.name: piece for piece in patch.cut(TEXT)}
    assert pieces["papers", "ada"].body.startswith("# --- the first one\n[papers.ada]")
    assert pieces["papers", "bob"].gap == "\n\n# loose\n\n"
    assert pieces["papers", "bob"].body.endswith("]")


PARTS = [
    'format = 1\n', 'distinct = [\n    ["a", "b"],\n]\n', '\n', '\n\n', '# loose\n\n', '\n[settings]\nx = 1\n',
    '\n# about a\n[papers.a]\ntitle = "A"\n', '\n[papers.a]\ntitle = "B"\nyear = 1 # so\n', '[papers.b]\n# inside\n',
    '\n[papers."c d"]\nnote = "[papers.x]"\n', '\n[papers.b]\nnote = """\n[papers.a]\n\n"""\n',
    '\n[papers."é"]\n', '\n[papers.e]\ntags = [\n    "x", # why\n]\n# the end\n',
    '\n[papers.a.links]\ncode = "u"\n', '\r\n[papers.f]\r\nyear = 1\r\n',
]  # fmt: skip


@st.composite
def libraries(draw: st.DrawFn) -> str:
    """A valid text out of odd parts, in any order that is valid."""
    text = ""
    for part in draw(st.lists(st.sampled_from(PARTS), max_size=7)):
        try:
            tomllib.loads(text + part)
        except tomllib.TOMLDecodeError:
            continue
        text += part
    return text.rstrip("\n") if draw(st.booleans()) else text


@given(libraries(), libraries())
def test_whatever_changed_is_taken_back_to_the_byte(old: str, new: str) -> None:
    changes = patch.between(patch.cut(old), patch.cut(new))
    if [p.name for p in patch.cut(old) if p.name in {q.name for q in patch.cut(new)}] != [
        p.name for p in patch.cut(new) if p.name in {q.name for q in patch.cut(old)}
    ]:
        return  # the order of pieces is the file's own: no command changes it
    assert patch.apply(old, changes, never) == new
    assert patch.apply(new, patch.reverse(changes), never) == old


@given(libraries())
def test_no_character_is_lost_by_cutting(text: str) -> None:
    assert "".join(piece.gap + piece.body for piece in patch.cut(text)) == text


# --- in another text --------------------------------------------------------------------------------------


def test_a_change_is_made_in_a_text_that_is_changed_elsewhere() -> None:
    changes = patch.diff(TEXT, CHANGED["a value"])
    other = TEXT.replace('"C"', '"D"')
    assert patch.apply(other, changes, never) == other.replace("2001", "2002")


def test_a_piece_that_is_neither_is_settled() -> None:
    changes = patch.diff(TEXT, CHANGED["a value"])
    other = TEXT.replace("2001", "1999")
    asked: list[tuple[str, ...]] = []

    def settle(change: Change, piece: Piece | None) -> str | None:
        asked.append(change.name)
        return piece.body if piece else None

    assert patch.apply(other, changes, settle) == other
    assert asked == [("papers", "ada")]


def test_a_removed_entry_comes_back_to_its_place_though_its_neighbours_changed() -> None:
    changes = patch.reverse(patch.diff(TEXT, CHANGED["the first gone"]))
    now = CHANGED["the first gone"].replace('"x",', '"z",')
    assert patch.apply(now, changes, never) == TEXT.replace('"x",', '"z",')


def test_an_entry_whose_neighbour_is_gone_comes_back_in_the_order_of_the_keys() -> None:
    three = "[papers.a]\n\n[papers.b]\n\n[papers.c]\n\n[papers.d]\n"
    changes = patch.reverse(patch.diff(three, "[papers.a]\n\n[papers.b]\n\n[papers.d]\n"))
    back = patch.apply("[papers.a]\n\n[papers.d]\n", changes, never)
    assert [*tomllib.loads(back)["papers"]] == ["a", "c", "d"]


def test_an_entry_never_comes_between_the_values_above_the_papers() -> None:
    changes = patch.reverse(patch.diff("format = 1\n\n[papers.a]\nyear = 1\n", "format = 1\n"))
    back = patch.apply("format = 1\ndistinct = []\n", changes, never)
    assert tomllib.loads(back) == {"format": 1, "distinct": [], "papers": {"a": {"year": 1}}}


def test_a_loose_comment_outlives_the_entry_behind_it() -> None:
    changes = patch.reverse(patch.diff("[papers.b]\n", "[papers.a]\n\n[papers.b]\n"))
    assert "# mine" in patch.apply("# mine\n\n[papers.a]\n\n# other\n\n[papers.b]\n", changes, never)


@pytest.mark.parametrize(
    "shape",
    ['\n[papers.k{}]\ntitle = "T"\n', '\n[papers.k{}]\nnote = """\nx\n"""\n', "\n# x\n\n# y\n[papers.k{}]\n"],
    ids=["regular", "over lines", "comments"],
)
def test_the_time_grows_with_the_text(shape: str) -> None:
    def work(text: str) -> None:
        patch.apply("", patch.diff("", text), never)
        patch.apply(text, patch.diff(text, ""), never)

    entries = [shape.format(n) for n in range(8_000)]
    size = len("".join(entries)) // 4
    text = "".join(entries)
    cut = text.index("\n[papers", size) if "#" not in shape else text.index("\n# x", size)
    assert grows_in_proportion(lambda part: work(part if part == text else text[:cut]), text)


def test_many_pieces_without_a_place_are_placed_in_proportion() -> None:
    def work(lines: str) -> None:
        keys = lines.split()
        full = "".join(f"\n[papers.{key}]\n" for key in keys)
        changes = patch.reverse(patch.diff(full, "".join(f"\n[papers.{key}]\n" for key in keys[::2])))
        patch.apply("".join(f"\n[papers.x{key}]\n" for key in keys), changes, never)

    assert grows_in_proportion(work, " ".join(f"k{n:07}" for n in range(16_000)))
