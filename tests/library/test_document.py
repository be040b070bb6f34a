"""Edits of a library's text: only what changes is written anew, every other byte stays."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import table
from litcli.errors import LibraryError
from litcli.library import toml
from litcli.library.document import Document
from litcli.paper import Entry, Paper

THREE = """\
# my papers
format = 1   # keep

[settings]
key_pattern = "x"

# --- the first one
[papers.ada]
title = "A"   # printed so
year  =  2001

  # indented remark
[papers.bob]
  title = 'B'
year = 2_002
tags = [ "x", "y" ]
# the end of bob

[papers.cyd]
title = "C"
year = 2003
# the end
"""


def entries_of(text: str) -> dict[str, Entry]:
    """What a text says, read without the code under test."""
    papers = tomllib.loads(text.removeprefix("\ufeff")).get("papers", {})
    return {key: table.from_table(key, fields) for key, fields in papers.items()}


def apply(text: str, changes: Mapping[str, Entry | None]) -> str:
    """The changed text, which must say exactly what is meant; everything above the papers included."""
    old = entries_of(text)
    new = Document(text).apply(old, changes)
    assert entries_of(new) == {key: entry for key, entry in {**old, **changes}.items() if entry}
    before, after = tomllib.loads(text), tomllib.loads(new)
    before.pop("papers", None)
    after.pop("papers", None)
    assert before == after
    return new


def edit(text: str, key: str, **fields: Any) -> str:
    """The text with fields of one entry changed, the reader's own ones and the paper's alike."""
    entry = entries_of(text)[key]
    own = {name: value for name, value in fields.items() if name in ("note", "tags", "aliases", "sources", "added")}
    said = {name: value for name, value in fields.items() if name not in own}
    return apply(text, {key: replace(entry, paper=replace(entry.paper, **said), **own)})


def new(key: str, **fields: Any) -> Entry:
    return Entry(key=key, paper=Paper(type="misc", **fields))


# --- one field of one entry -------------------------------------------------------------------------------


def test_a_changed_field_is_the_only_line_that_changes() -> None:
    assert edit(THREE, "bob", year=2012) == THREE.replace("year = 2_002", "year = 2012")


def test_a_new_field_is_the_only_line_that_is_added() -> None:
    assert edit(THREE, "ada", tags=("new",)) == THREE.replace("2001\n", '2001\ntags = ["new"]\n')


def test_a_new_field_comes_at_its_place_in_the_order() -> None:
    assert edit(THREE, "ada", venue="V", type="book") == THREE.replace(
        '[papers.ada]\ntitle = "A"   # printed so\nyear  =  2001\n',
        '[papers.ada]\ntype = "book"\ntitle = "A"   # printed so\nyear  =  2001\nvenue = "V"\n',
    )


def test_a_field_that_is_taken_away_takes_its_line_only() -> None:
    assert edit(THREE, "bob", tags=()) == THREE.replace('tags = [ "x", "y" ]\n', "")


def test_fields_in_an_order_of_the_readers_own_stay_in_it() -> None:
    text = '[papers.a]\nyear = 2000\ntags = ["x"]\ntitle = "T"\n'
    assert edit(text, "a", year=2001, tags=()) == '[papers.a]\nyear = 2001\ntitle = "T"\n'


def test_nothing_changed_is_the_same_text() -> None:
    assert apply(THREE, entries_of(THREE)) == THREE


@pytest.mark.parametrize("field", ["year", "tags"])
def test_a_remark_behind_a_changed_value_stays(field: str) -> None:
    text = '[papers.a]\nyear = 2000  # as printed\ntags = ["x"]  # mine\n'
    changed = edit(text, "a", **{"year": {"year": 2001}, "tags": {"tags": ("x", "y")}}[field])
    assert ("# as printed" in changed, "# mine" in changed) == (True, True)


def test_a_remark_inside_an_array_that_changes_stays() -> None:
    text = '[papers.a]\ntags = [\n    "x",  # because of Ann\n]\n'
    assert "# because of Ann" in edit(text, "a", tags=("x", "y"))


def test_a_removed_entry_leaves_the_others_and_their_comments() -> None:
    changed = apply(THREE, {"bob": None})
    for kept in ("# my papers", "# --- the first one", '[papers.ada]\ntitle = "A"   # printed so', "[papers.cyd]"):
        assert kept in changed


def test_a_removed_entry_does_not_take_the_remark_above_the_next() -> None:
    text = '[papers.a]\ntitle = "A"\n# about b\n[papers.b]\ntitle = "B"\n'
    assert apply(text, {"a": None}) == '# about b\n[papers.b]\ntitle = "B"\n'


def test_two_entries_change_in_one_go() -> None:
    old = entries_of(THREE)
    changes = {key: replace(old[key], note="n") for key in ("ada", "cyd")}
    assert apply(THREE, changes) == THREE.replace("2001\n", '2001\nnote = "n"\n').replace(
        "2003\n", '2003\nnote = "n"\n'
    )


def test_a_remark_behind_the_last_field_stays_behind_a_new_one() -> None:
    assert edit(THREE, "cyd", note="n").endswith('year = 2003\nnote = "n"\n# the end\n')


# --- bytes of every kind ----------------------------------------------------------------------------------


def test_line_ends_of_windows_stay_and_are_used() -> None:
    text = THREE.replace("\n", "\r\n")
    changed = edit(text, "bob", tags=("a", "b", "c"), note="n")
    assert not re.search(r"(?<!\r)\n", changed)


def test_untouched_lines_of_windows_stay() -> None:
    text = THREE.replace("\n", "\r\n")
    assert edit(text, "bob", year=1) == text.replace("2_002", "1")


def test_mixed_line_ends_stay_as_they_are() -> None:
    text = '[papers.a]\r\ntitle = "A"\n\n[papers.b]\r\nyear = 1\n'
    assert edit(text, "b", year=2) in (text.replace("= 1\n", "= 2\n"), text.replace("= 1\n", "= 2\r\n"))


@pytest.mark.parametrize("text", ['[papers.a]\ntitle = "A"', '[papers.a]\ntitle = "A" # end', "[papers.a]"])
def test_a_field_is_added_to_an_entry_whose_last_line_is_not_ended(text: str) -> None:
    assert edit(text, "a", note="n").startswith(text + "\nnote")


def test_a_field_is_changed_in_a_last_line_that_is_not_ended() -> None:
    assert edit("[papers.a]\nyear = 1", "a", year=2).rstrip("\n") == "[papers.a]\nyear = 2"


@pytest.mark.parametrize("text", ['[papers.a]\ntitle = "A"', "format = 1", "# only a remark"])
def test_an_entry_is_added_behind_a_last_line_that_is_not_ended(text: str) -> None:
    assert apply(text, {"b": new("b")}).startswith(text + "\n")


def test_a_field_and_an_entry_are_added_where_the_last_line_is_not_ended() -> None:
    text = '[papers.a]\ntitle = "A"'
    assert apply(text, {"a": replace(entries_of(text)["a"], note="n"), "b": new("b")}).startswith(text)


@pytest.mark.parametrize("text", ["", "\n", "format = 1\n", "# remark\n"])
def test_an_entry_is_added_to_a_text_without_any(text: str) -> None:
    assert apply(text, {"b": new("b")}).startswith(text)


# --- every way to write an entry --------------------------------------------------------------------------

FORMS = {
    "subtable": '[papers.x]\ntitle = "T"\n\n[papers.x.links]\ncode = "c"  # mine\n\n[papers.y]\ntitle = "Y"\n',
    "subtable first": '[papers.x.links]\ncode = "c"\n[papers.y]\ntitle = "Y"\n[papers.x]\ntitle = "T"\n',
    "dotted field": '[papers.x]\ntitle = "T"\nlinks.code = "c"\n[papers.y]\ntitle = "Y"\n',
    "spaced dots": '[ papers . x ]\ntitle = "T"\nlinks . code = "c"\n[papers.y]\ntitle = "Y"\n',
    "dotted entry": '[papers]\nx.title = "T"\nx.links.code = "c"\ny.title = "Y"  # why\n',
    "dotted from the top": 'papers.x.title = "T"\npapers.x.links.code = "c"\npapers.y.title = "Y"  # why\n',
    "quoted header": '["papers"."x"]\n"title" = "T"\n\'links\'."code" = "c"\n[\'papers\'.y]\ntitle = "Y"\n',
    "inline links": '[papers.x]\ntitle = "T"\nlinks = { code = "c" }\n[papers.y]\ntitle = "Y"\n',
    "array of tables": '[papers.x]\ntitle = "T"\nlinks.code = "c"\n[[papers.x.versions]]\nvenue = "V"\n'
    '[[papers.x.versions]]\nvenue = "W"\n[papers.y]\ntitle = "Y"\n',
    "only a subtable": '[papers.x.links]\ncode = "c"\n[papers.y]\ntitle = "Y"\n',
    "another entry between": '[papers.x]\ntitle = "T"\n[papers.y]\ntitle = "Y"\n[papers.x.links]\ncode = "c"\n',
    "one line inline": '[papers]\nx = { title = "T", links = { code = "c" } }\ny = { title = "Y" }  # why\n',
    "indented": '  [papers.x]\n\ttitle = "T"\n    links.code = "c"\n  [papers.y]\n  title = "Y"\n',
    "remark behind the header": '[papers.x] # [papers.z]\ntitle = "T"\nlinks.code = "c"\n[papers.y]\ntitle = "Y"\n',
}  # fmt: skip
EDITS: dict[str, Callable[[Entry], Entry | None]] = {
    "tag": lambda x: replace(x, tags=("t", "u")),
    "title": lambda x: replace(x, paper=replace(x.paper, title="new")),
    "another link": lambda x: replace(x, paper=replace(x.paper, links={"code": "c", "a b": "d"})),
    "changed link": lambda x: replace(x, paper=replace(x.paper, links={"code": "d"})),
    "no link": lambda x: replace(x, paper=replace(x.paper, links={})),
    "versions": lambda x: replace(x, paper=replace(x.paper, versions=({"venue": "Z"},))),
    "field": lambda x: replace(x, paper=replace(x.paper, fields={"odd": {"deep": [1]}})),
    "removed": lambda _: None,
}


@pytest.mark.parametrize("change", EDITS)
@pytest.mark.parametrize("form", FORMS)
def test_an_entry_in_any_form_can_be_changed(form: str, change: str) -> None:
    text = FORMS[form]
    changed = apply(text, {"x": EDITS[change](entries_of(text)["x"])})
    theirs = next(line for line in text.splitlines() if '"Y"' in line)
    assert theirs in changed.splitlines()


@pytest.mark.parametrize("form", ["dotted entry", "dotted from the top", "only a subtable", "one line inline"])
def test_an_entry_without_a_header_is_changed_in_its_place(form: str) -> None:
    changed = apply(FORMS[form], {"x": EDITS["title"](entries_of(FORMS[form])["x"])})
    assert changed.index('"new"') < changed.index('"Y"')


@pytest.mark.parametrize("form", FORMS)
def test_an_entry_can_be_added_beside_any_form(form: str) -> None:
    added = apply(FORMS[form], {"m": new("m", title="M")}).splitlines()
    for line in ("[papers.m]", 'type = "misc"', 'title = "M"'):
        added.remove(line)
    assert [line for line in added if line] == [line for line in FORMS[form].splitlines() if line]


@pytest.mark.parametrize(
    "text",
    ['papers = { x = { title = "T" }, y = { title = "Y" } }\n', 'papers = { x.title = "T" }\n'],
)
@pytest.mark.parametrize("change", ["tag", "removed"])
def test_an_entry_inside_an_inline_table_is_refused_by_name(text: str, change: str) -> None:
    old = entries_of(text)
    with pytest.raises(LibraryError, match=r"\bx\b.*inline table") as caught:
        Document(text).apply(old, {"x": EDITS[change](old["x"])})
    assert "[papers.KEY]" in caught.value.hint


# --- values that look like something else -----------------------------------------------------------------

TRICKS = {
    "multi-line basic": 'abstract = """\n[papers.fake]\ntitle = "no"\n# no remark\n"""\n',
    "multi-line literal": "abstract = '''\n[papers.fake]\ntitle = \"no\"\n'''\n",
    "quotes at its end": 'abstract = """say ""hi"""""\n',
    "escaped quotes": 'abstract = """a \\""" [papers.fake]\nb"""\n',
    "backslash at its end": 'abstract = "c:\\\\"\n',
    "continued line": 'abstract = """a \\\n   [b] \\\n   c"""\n',
    "empty texts": 'tags = ["", \'\']\nabstract = """"""\n',
    "array over lines": 'authors = [\n  "Ann [A] Bee",  # [papers.fake]\n  "Cee # Dee",\n\n]  # done\n',
    "nested arrays": 'fields.deep = [[1, [2]], [\n["]"],\n["[papers.fake]"]\n]]\n',
    "inline tables in an array": 'versions = [\n  { venue = "}", year = 1 },  # {\n  { venue = "[" },\n]\n',
    "brackets in a remark": "# ]]] [[[ {\nyear = 2000 # ] } \"\"\" '''\n",
    "key that needs quotes": 'fields."[papers.fake]" = 1\nfields."a = b" = "#"\n',
    "quoted key with an escape": 'fields."a\\"b" = 1\n',
    "literal with a hash": "abstract = 'a # b \"'\n",
    "odd numbers": "fields.n = [0x1F, 1e3, -inf, 1979-05-27T07:32:00Z, 07:32:00]\n",
    "comma and line end last": 'tags = [ "a", "b",\n ]\n',
}


@pytest.mark.parametrize("trick", TRICKS)
def test_a_tricky_value_stays_while_other_fields_and_entries_change(trick: str) -> None:
    text = f'[papers.m]\ntitle = "M"\n{TRICKS[trick]}note = "N"\n\n[papers.z]\ntitle = "Z"\n'
    old = entries_of(text)
    changes = {
        "m": replace(old["m"], note="changed"),
        "z": replace(old["z"], note="also"),
        "p": new("p", title="P"),
        "a": new("a", title="A"),
    }
    assert f'title = "M"\n{TRICKS[trick]}note = "changed"\n' in apply(text, changes)


@pytest.mark.parametrize("trick", TRICKS)
def test_a_tricky_value_can_be_replaced_whole(trick: str) -> None:
    text = f'[papers.m]\ntitle = "M"\n{TRICKS[trick]}note = "N"\n\n[papers.z]\ntitle = "Z"\n'
    changed = apply(text, {"m": replace(entries_of(text)["m"], paper=Paper(title="M"))})
    assert '\nnote = "N"\n\n[papers.z]\ntitle = "Z"\n' in changed


@pytest.mark.parametrize("trick", TRICKS)
def test_a_tricky_value_above_the_papers_stays(trick: str) -> None:
    text = f'[settings]\n{TRICKS[trick]}\n[papers.m]\ntitle = "M"\n'
    assert edit(text, "m", note="n") == text + 'note = "n"\n'


@pytest.mark.parametrize("key", ['"a b"', "'it is'", '"papers.b"', '"ünï"', '""', '"a\\nb"', '"]"', '"#"', "2024", "-"])
def test_an_entry_under_an_odd_key_can_be_changed(key: str) -> None:
    text = f'[papers.{key}]\ntitle = "A"\n\n[papers.zz]\ntitle = "Z"\n'
    (name, _), _ = entries_of(text).items()
    assert edit(text, name, note="n") == text.replace('"A"\n', '"A"\nnote = "n"\n')


# --- where new entries go ---------------------------------------------------------------------------------


def keys_in(text: str) -> list[str]:
    return re.findall(r"^\[papers\.([^.\]]+)\]", text, re.MULTILINE)


@pytest.mark.parametrize("key", ["aa", "ada2", "Bobby", "bz", "zed"])
def test_a_new_entry_stands_sorted_by_its_key(key: str) -> None:
    changed = apply(THREE, {key: new(key)})
    assert keys_in(changed) == sorted(["ada", "bob", "cyd", key], key=str.lower)


def test_many_new_entries_stand_sorted_whatever_their_order() -> None:
    changed = apply(THREE, {key: new(key) for key in ("zed", "aa", "bz", "ba", "Cx", "cz")})
    assert keys_in(changed) == ["aa", "ada", "ba", "bob", "bz", "Cx", "cyd", "cz", "zed"]


def test_a_new_entry_does_not_part_a_remark_from_its_entry() -> None:
    assert "  # indented remark\n[papers.bob]" in apply(THREE, {"b": new("b")})


@pytest.mark.parametrize("note", ['"""\n# to do"""', "'''\nread it\n# to do'''"])
def test_a_new_entry_does_not_part_a_text_whose_last_line_looks_like_a_remark(note: str) -> None:
    text = f"[papers.a]\nnote = {note}\n[papers.z]\n"
    assert f"[papers.a]\nnote = {note}\n" in apply(text, {"m": new("m")})


def test_a_new_entry_does_not_part_an_entry_from_its_subtable() -> None:
    text = '[papers.a]\ntitle = "A"\n\n[papers.a.links]\ncode = "c"\n\n[papers.z]\ntitle = "Z"\n'
    changed = apply(text, {"b": new("b")})
    assert changed.startswith('[papers.a]\ntitle = "A"\n\n[papers.a.links]\ncode = "c"\n\n[papers.b]')


def test_a_new_entry_leaves_a_blank_line_on_both_sides() -> None:
    changed = apply(THREE, {"bz": new("bz")})
    assert '\n\n[papers.bz]\ntype = "misc"\n\n' in changed


def test_a_library_in_an_order_of_the_readers_own_keeps_it() -> None:
    text = '[papers.z]\ntitle = "Z"\n\n[papers.a]\ntitle = "A"\n\n[papers.m]\ntitle = "M"\n'
    assert [key for key in keys_in(apply(text, {"b": new("b")})) if key != "b"] == ["z", "a", "m"]


def test_a_new_entry_is_the_only_text_that_is_added() -> None:
    changed = apply(THREE, {"bz": new("bz")})
    assert changed.replace('[papers.bz]\ntype = "misc"\n\n', "") == THREE


def test_a_table_behind_the_papers_keeps_its_fields() -> None:
    text = '[papers.a]\ntitle = "A"\n\n[settings]\nx = 1\n'
    assert apply(text, {"b": new("b")}).startswith(text)


# --- anybody's library ------------------------------------------------------------------------------------

keys = st.sampled_from(["ada", "bob2020x", "Cyd", "dé", "e.f", "g h", "zz-9", "x_y", "papers", "#", "]"])
comments = st.sampled_from(
    [
        "",
        "",
        "\n",
        "# plain\n",
        "   # indented\n",
        "#\n\n",
        "# [papers.fake]\n",
        '# title = """\n',
        "#]]}'''\n",
        " \t\n",
    ]
)
some_text = st.sampled_from(
    [
        "T",
        "",
        "two\nlines",
        '"',
        "'",
        "\\",
        "[papers.fake]",
        "# no",
        "]",
        "{",
        "é🧪",
        "a = 1",
        '"""',
        "'''",
        "\t",
        "\x1b",
    ]
)


def quoted(text: str, style: int) -> str:
    """A TOML string in one of its four ways, where the text allows it."""
    escaped = "".join(
        f"\\u{ord(c):04x}" if (ord(c) < 32 and c != "\n") or ord(c) == 127 else {"\\": "\\\\", '"': '\\"'}.get(c, c)
        for c in text
    )
    plain = "'" not in text and not any(ord(c) < 32 and c not in "\t\n" for c in text)
    if style == 1 and plain and "\n" not in text:
        return f"'{text}'"
    if style == 2 and plain:
        return f"'''\n{text}'''"
    if style == 3:
        return f'"""\n{escaped}"""'
    return '"' + escaped.replace("\n", "\\n") + '"'


@st.composite
def values(draw: st.DrawFn, field: str) -> str:
    text = draw(some_text)
    if field == "year":
        return draw(st.sampled_from(["2000", "2_001", "0x7d0", '"2003"']))
    if field in ("tags", "aliases", "sources"):
        items = draw(st.lists(some_text, max_size=3))
        gap = draw(st.sampled_from([" ", "\n  ", "  # [x\n", ""]))
        return "[" + gap + ",".join(quoted(item, draw(st.integers(0, 3))) + gap for item in items) + "]"
    if field in ("links", "fields"):
        return "{ a = " + quoted(text, draw(st.integers(0, 1))) + ', "b.c" = "]" }'
    return quoted(text, draw(st.integers(0, 3)))


@st.composite
def blocks(draw: st.DrawFn, key: str) -> str:
    """An entry as somebody may have typed it: fields in any order, remarks between and behind them."""
    name = toml.key_text(key)
    lines = [draw(st.sampled_from([f"[papers.{name}]", f"[ papers . {name} ]", f'  ["papers".{name}]'])) + "\n"]
    chosen = draw(st.lists(st.sampled_from(["title", "year", "venue", "note", "tags", "links", "fields"]), unique=True))
    later = []
    for field in chosen:
        lines.append(draw(comments))
        if field in ("links", "fields") and draw(st.booleans()):
            later.append(f'{draw(comments)}[papers.{name}.{field}]\na = "b"\n')
            continue
        space = draw(st.sampled_from([" ", "", "\t"]))
        remark = draw(st.sampled_from(["", "", " # why"]))
        lines.append(f"{field}{space}={space}{draw(values(field))}{remark}\n")
    return "".join(lines + later)


@st.composite
def libraries(draw: st.DrawFn) -> list[tuple[str | None, str]]:
    """A text in pieces, each with the key of its entry; the head, and the remarks between entries, have None."""
    head = draw(st.sampled_from(["", "format = 1\n", "format = 1 # x\n[settings]\na = '''\n[papers.q]'''\n"]))
    pieces: list[tuple[str | None, str]] = [(None, draw(comments) + head)]
    for key in draw(st.lists(keys, unique_by=str.lower, max_size=6)):
        pieces += [(None, draw(comments)), (key, draw(blocks(key)))]
    return pieces


@st.composite
def edits(draw: st.DrawFn, old: dict[str, Entry]) -> dict[str, Entry | None]:
    changes: dict[str, Entry | None] = {}
    for key in draw(st.lists(keys, unique=True, max_size=5)):
        if key not in old:
            if key.lower() not in map(str.lower, old):
                changes[key] = new(key, title=draw(some_text), links={draw(some_text): "u"})
            continue
        kind = draw(st.sampled_from(["remove", "tags", "title", "links", "all"]))
        entry = old[key]
        changes[key] = {
            "remove": lambda: None,
            "tags": lambda entry=entry: replace(entry, tags=tuple(sorted({*entry.tags, draw(some_text), "new"}))),
            "title": lambda entry=entry: replace(entry, paper=replace(entry.paper, title=draw(some_text))),
            "links": lambda entry=entry: replace(entry, paper=replace(entry.paper, links={"a": draw(some_text)})),
            "all": lambda entry=entry: Entry(key=entry.key, paper=Paper(title="only this"), note=draw(some_text)),
        }[kind]()
    return changes


def is_within(words: list[str], text: list[str]) -> bool:
    """Whether the words stand in a text in their order, others between them or not."""
    rest = iter(text)
    return all(word in rest for word in words)


@settings(deadline=None, max_examples=250)
@given(st.data(), libraries(), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_edit_of_any_library_says_what_is_meant_and_touches_nothing_else(
    data: st.DataObject, pieces: list[tuple[str | None, str]], newline: str, ended: bool
) -> None:
    pieces = [(key, piece.replace("\n", newline)) for key, piece in pieces]
    text = "".join(piece for _, piece in pieces)
    text = text if ended else text.rstrip("\r\n")
    changes = data.draw(edits(entries_of(text)))
    changed = apply(text, changes)
    untouched = [piece for key, piece in pieces if key is None or key not in changes]
    assert all(piece.rstrip() in changed for piece in untouched)
    assert is_within("".join(untouched).split(), changed.split())
    for remark in ("# plain", "   # indented"):
        there = [
            line
            for key, piece in pieces
            if key is None or changes.get(key, piece)
            for line in piece.splitlines()
            if line == remark
        ]
        assert changed.splitlines().count(remark) >= len(there)
