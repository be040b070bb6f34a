"""A .bib file in blocks, read as BibTeX reads it: what bibtexparser reads otherwise, and what no rule allows."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from litcli import bibfile
from litcli.bibfile import BibBroken, BibComment, BibEntry, BibString, Block, Piece, blocks
from tests.conftest import needs
from tests.growth import grows_in_proportion


def entries(text: str) -> list[BibEntry]:
    return [block for block in blocks(text) if isinstance(block, BibEntry)]


def broken(text: str) -> list[BibBroken]:
    return [block for block in blocks(text) if isinstance(block, BibBroken)]


def entry(text: str) -> BibEntry:
    """The only block of a text, an entry."""
    (only,) = blocks(text)
    assert isinstance(only, BibEntry), only
    return only


def fields(text: str) -> dict[str, str]:
    """The fields of the only entry, each value as it would be written with a plus sign for `#`."""
    return {
        name: " + ".join(f"<{piece.text}>" if piece.is_macro else piece.text for piece in value)
        for name, value in entry(text).fields
    }


def keys(text: str) -> list[str]:
    return [block.key for block in entries(text)]


# --- a plain entry ----------------------------------------------------------------------------------------

PLAIN = "@Article{Doe2000,\n  Title = {On {BERT}},\n  year = 2000,\n  month = Jul\n}"


def test_types_and_field_names_come_in_lower_case_and_the_key_as_it_stands() -> None:
    found = entry(PLAIN)
    assert (found.type, found.key) == ("article", "Doe2000")
    assert [name for name, _ in found.fields] == ["title", "year", "month"]


def test_text_and_numbers_are_text_and_a_bare_name_is_a_macro_in_lower_case() -> None:
    assert dict(entry(PLAIN).fields) == {
        "title": (Piece("On {BERT}"),),
        "year": (Piece("2000"),),
        "month": (Piece("jul", is_macro=True),),
    }


def test_a_plain_entry_has_no_remark() -> None:
    assert entry(PLAIN).remark == ""


@pytest.mark.parametrize(
    "value", ["{}", '""', "{ }", "{a, b = c}", '"a = , b"', "{@}", "{%}", '"%"', '{"}', "{a\n\n  b}", "{)}", '")"']
)
def test_a_value_stands_as_it_is_between_its_braces_or_quotes(value: str) -> None:
    assert fields(f"@misc{{k, note = {value}, year = 1}}") == {"note": value[1:-1], "year": "1"}
    assert fields(f"@misc(k, note = {value}, year = 1)") == {"note": value[1:-1], "year": "1"}


@pytest.mark.parametrize("depth", [5, 6, 7, 60])
def test_braces_are_matched_at_any_depth(depth: int) -> None:
    inner = "{" * depth + "x" + "}" * depth
    assert fields(f'@misc{{k, a = {{{inner}}}, b = "{inner}", c = 1}}') == {"a": inner, "b": inner, "c": "1"}


@pytest.mark.parametrize("key", ["10.1000/x_y", "DBLP:conf/acl/Roe01", "müller2000", "a+b-c.d", "O'Neil", "a(b)", "@k"])
def test_odd_keys_are_keys(key: str) -> None:
    assert keys(f"@misc{{{key}, year = 1}} @misc({key}, year = 1)") == [key, key]


@pytest.mark.parametrize("name", ["date-added", "bdsk-url-1", "x_y", "doi:url", "größe", "a.b", "a+b"])
def test_odd_field_names_are_names(name: str) -> None:
    assert fields(f"@misc{{k, {name} = {{x}}}}") == {name: "x"}


@pytest.mark.parametrize("kind", ["online", "IEEEtranBSTCTL", "x-y", "my.type"])
def test_any_type_is_an_entry(kind: str) -> None:
    assert entry(f"@{kind}{{k, year = 1}}").type == kind.lower()


@pytest.mark.parametrize("text", ["@misc{k}", "@misc{k,}", "@misc{ k }", "@misc{k,\n}", "@misc(k,)", "@misc( k )"])
def test_an_entry_may_have_no_fields(text: str) -> None:
    found = entry(text)
    assert (found.key, found.fields, found.remark) == ("k", (), "")


# --- where bibtexparser reads otherwise (field notes, 3.9.1) ----------------------------------------------


def test_a_quote_in_braces_does_not_end_a_quoted_value() -> None:
    text = '@book{k,\n title = "Mechanismen zur {"U}bertragung",\n year = "1986"\n}'
    assert fields(text) == {"title": 'Mechanismen zur {"U}bertragung', "year": "1986"}


@pytest.mark.parametrize(
    ("value", "pieces"),
    [
        ('jul # "~4"', "<jul> + ~4"),
        ("PROC # { 2002}", "<proc> +  2002"),
        ('{A} # " and " # acm#1999', "A +  and  + <acm> + 1999"),
        ("{#} # {a # b}", "# + a # b"),
        ('"a"\n # % so\n "b"', "a + b"),
    ],
)
def test_values_joined_by_a_hash_come_in_pieces(value: str, pieces: str) -> None:
    assert fields(f"@misc{{k, a = {value}, b = {{x}}}}") == {"a": pieces, "b": "x"}


def test_a_macro_may_be_made_of_macros() -> None:
    first, second = '@string{ieee = "IEEE"}', '@String(PAMI = ieee # " Trans. PAMI")'
    one, two = blocks(f"{first}\n{second}")
    assert one == BibString("ieee", (Piece("IEEE"),), 1, 0, len(first))
    assert two == BibString(
        "pami", (Piece("ieee", is_macro=True), Piece(" Trans. PAMI")), 2, len(first) + 1, len(first + second) + 1
    )


def test_every_definition_of_a_macro_comes_in_the_order_of_the_file() -> None:
    found = list(blocks("@string{j = {One}} @misc{k, journal = j} @string{J = {Two}}"))
    assert [block.value[0].text for block in found if isinstance(block, BibString)] == ["One", "Two"]
    assert isinstance(found[1], BibEntry)


def test_a_missing_comma_loses_no_field() -> None:
    text = "@misc{k, title = {A} year = 2000\n month = jul}"
    assert fields(text) == {"title": "A", "year": "2000", "month": "<jul>"}
    assert entry(text).remark == "no comma stands before year; no comma stands before month"


def test_a_missing_comma_behind_the_key_loses_no_field() -> None:
    text = "@misc{k\n title = {A},\n year = 2000}"
    assert fields(text) == {"title": "A", "year": "2000"}
    assert entry(text).remark == "no comma stands before title"


def test_a_remark_in_an_entry_is_no_part_of_it() -> None:
    text = (
        '@misc{k, % the "key\n % title = {Old},\n title = {A}, % so }\n % another\n year % this\n = % and\n 2000 % }\n}'
    )
    assert fields(text) == {"title": "A", "year": "2000"}
    assert entry(text).remark == ""


@pytest.mark.parametrize("opening", ["@ article {", "@article\n{", "@\n article{", "@\tarticle\t(", "@ARTICLE ("])
def test_blanks_may_stand_round_the_type(opening: str) -> None:
    close = ")" if "(" in opening else "}"
    found = entry(f"{opening}k, year = 1{close}")
    assert (found.type, found.key) == ("article", "k")


def test_a_second_field_of_a_name_is_kept_beside_the_first() -> None:
    text = "@misc{k, note = {A}, Note = {B}, note_2 = {C}, NOTE = {D}}"
    assert fields(text) == {"note": "A", "note_2": "B", "note_2_2": "C", "note_3": "D"}
    assert "the field note is there twice" in entry(text).remark


def test_two_entries_with_one_key_both_come() -> None:
    assert keys("@misc{k, year = 1}\n@misc{k, year = 2}\n@misc{K, year = 3}") == ["k", "k", "K"]


def test_a_line_in_a_value_that_begins_like_an_entry_is_text() -> None:
    text = "@misc{k,\n abstract = {Type\n@inproceedings{x, year = 1}\nto cite.},\n year = 2000\n}\n@misc{l, year = 2}"
    first, second = entries(text)
    assert dict(first.fields)["abstract"] == (Piece("Type\n@inproceedings{x, year = 1}\nto cite."),)
    assert dict(first.fields)["year"] == (Piece("2000"),)
    assert (first.inside, first.remark) == (3, "line 3 begins like another entry")
    assert (second.key, second.line) == ("l", 7)


def test_entries_in_a_comment_are_comments() -> None:
    text = "@comment{\n@article{old,\n title = {Old}\n}\n}\n@misc{k, year = 1}"
    comment, found = blocks(text)
    assert comment == BibComment("\n@article{old,\n title = {Old}\n}\n", 1, 0, text.index("\n@misc"))
    assert isinstance(found, BibEntry)


@pytest.mark.parametrize(
    ("value", "read"),
    [(r"{C:\dir\}", "C:\\dir\\"), (r"{Te\{v}zak-Gregl}", r"Te\{v}zak-Gregl"), (r"{wagon \{\&} chariot}", None)],
)
def test_a_backslash_does_not_hide_a_brace(value: str, read: str | None) -> None:
    assert fields(f"@misc{{k,\n note = {value},\n year = 2000\n}}") == {"note": read or value[1:-1], "year": "2000"}


def test_a_brace_behind_a_backslash_leaves_an_entry_open() -> None:
    text = "@misc{k,\n author = {Roy, S\\{},\n year = 2000\n}\n\n@misc{l, year = 1}"
    lost, found = blocks(text)
    assert isinstance(lost, BibBroken)
    assert isinstance(found, BibEntry)
    assert (lost.key, found.key) == ("k", "l")


# --- other blocks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ['@preamble{"\\x{y}" # abc}', '@Preamble("\\x{y}" # abc)'])
def test_a_preamble_is_a_definition_without_a_name(text: str) -> None:
    assert list(blocks(text)) == [
        BibString("", (Piece("\\x{y}"), Piece("abc", is_macro=True)), 1, 0, len(text)),
    ]


@pytest.mark.parametrize("text", ["@comment{jabref-meta: databaseType:bibtex;}", "@Comment (jabref-meta: x;)"])
def test_the_comments_of_other_programs_are_comments(text: str) -> None:
    (found,) = blocks(text)
    assert isinstance(found, BibComment)
    assert found.text.startswith("jabref-meta: ")
    assert (found.start, found.end) == (0, len(text))


@pytest.mark.parametrize("comment", ["@comment{ :-{ ", "@comment( :-( ", "@comment - a line", "@comment"])
def test_a_comment_that_is_not_closed_loses_nothing(comment: str) -> None:
    text = f"{comment}\n\n@misc{{k, note = {{:-)}}}}"
    assert keys(text) == ["k"]
    assert broken(text) == []


@pytest.mark.parametrize(
    "text", ["", " \n", "no entries here", "me@example.org", "a @ b", "%\n", "100 @ {CLEF}", "}}}", '"', "\ufeff", "@"]
)
def test_text_is_no_block(text: str) -> None:
    assert list(blocks(text)) == []


def test_text_between_blocks_is_left_out() -> None:
    text = 'This file: {\n % was made by x@ex.org, 2001.\n@misc{k, year = 1} } and " so\n\\}\n@misc{l, year = 2}\nend'
    assert keys(text) == ["k", "l"]
    assert broken(text) == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_ends_a_line(end: str) -> None:
    text = "@misc{k, % a remark\n note = {a\nb}\n}\n@misc{broken,\n@misc{l,\n year = 1}".replace("\n", end)
    first, lost, last = blocks(text)
    assert isinstance(first, BibEntry)
    assert isinstance(lost, BibBroken)
    assert isinstance(last, BibEntry)
    assert first.fields == (("note", (Piece(f"a{end}b"),)),)
    assert [first.line, lost.line, last.line] == [1, 5, 6]


# --- what cannot be read ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lost", "reason"),
    [
        ("@misc{x,\n title = {A},\n year = 2000\n", "the block is not closed in line"),
        ("@misc{x,\n title = {A,\n year = 2000\n}", "the block is not closed in line"),
        ("@misc{x,\n title = {A {B},\n year = {2000\n}", "a brace is not closed in line 4"),
        ('@misc{x,\n title = "A,\n year = 2000\n}', "a quote is not closed in line 4"),
        ('@misc{x,\n title = "A {B",\n year = 2000\n}', "a quote is not closed in line 4"),
        ("@misc{x,\n title = {A}},\n year = 2000\n}@misc(y", "the block is not closed in line"),
        ("@misc{\n title = {A},\n year = 2000\n}", "the entry has no key"),
        ('@misc{title="A",\n year = 2000\n}', "the entry has no key"),
        ("@misc{}", "the entry has no key"),
        ("@misc{x,\n title {A}\n}", "no = stands behind 'title' in line 4"),
        ("@misc{x,\n The title,\n year = 2000\n}", "no = stands behind 'The' in line 4"),
        ('@misc{x,\n title = "The "big" one"\n}', "no = stands behind 'big' in line 4"),
        ("@misc{x,\n title = {A} {B}\n}", "a field name is missing before '{B}"),
        ("@misc{x,\n = {A}\n}", "a field name is missing before '= {A}"),
        ("@misc{x,\n title = {A} # ,\n}", "a value is missing before ','"),
        ("@misc(x,\n year = 2000\n}", "a field name is missing before '}'"),
        ("@misc x,\n title = {A}\n}", "a brace is missing behind the type"),
        ("@{x,\n title = {A}\n}", "the type is missing"),
        ("@string{x {A}}", "no = stands behind 'x'"),
        ("@string{x = }", "a value is missing"),
        ("@string{x = {A}", "the block is not closed"),
        ("@preamble{}", "a value is missing"),
    ],
)
def test_a_broken_block_is_told_and_its_neighbours_come(lost: str, reason: str) -> None:
    for mark in ("", "\ufeff"):
        assert len(broken(mark + lost)) == 1
    text = f"@misc{{a, year = 1}}\n\n{lost}\n\n @misc{{b, year = 2}}\n@misc{{c, year = 3}}\n"
    assert [key for key in keys(text) if key != "x"] == ["a", "b", "c"]
    (found,) = broken(text)
    assert found.reason.startswith(reason)
    assert text[found.start : found.end] == found.raw
    assert lost.rstrip().endswith(found.raw)


def test_a_broken_block_says_its_type_and_key() -> None:
    (found,) = broken("@Article{Doe2000,\n title = {A,\n")
    assert (found.type, found.key, found.line, found.start) == ("article", "Doe2000", 1, 0)


@pytest.mark.parametrize("cut", range(10, 60, 7))
def test_a_file_cut_short_loses_its_last_entry_alone(cut: int) -> None:
    whole = "@misc{a, year = 1}\n"
    last = '@article{b,\n title = {On {BERT} and others},\n note = "x" # jul,\n}'
    text = whole + last[:cut]
    assert keys(text) == ["a"]
    (found,) = broken(text)
    assert (found.raw, found.line, found.end) == (last[:cut].rstrip(), 2, len(text.rstrip()))


def test_one_missing_brace_loses_its_own_entry_alone() -> None:
    whole = [f'@misc{{k{n},\n  title = {{On {{X}}}},\n  note = "y",\n  year = {{2000}}\n}}\n\n' for n in range(5)]
    for at in (at for at, char in enumerate(whole[2]) if char == "}"):
        text = "".join([*whole[:2], whole[2][:at] + whole[2][at + 1 :], *whole[3:]])
        assert keys(text) == ["k0", "k1", "k3", "k4"]
        assert [block.key for block in broken(text)] == ["k2"]


def test_an_entry_behind_percent_signs_is_a_comment_where_it_cannot_be_read() -> None:
    text = "% Of a friend:\n%@misc{old,\n%  title = {On {X},\n%}\n\n@misc{new, year = 1}"
    comment, entry = blocks(text)
    assert (comment.line, text[comment.start : comment.end]) == (2, "@misc{old,\n%  title = {On {X},\n%}")
    assert isinstance(comment, BibComment)
    assert isinstance(entry, BibEntry)
    assert (entry.key, entry.line) == ("new", 6)


# --- what no rule allows and is plain all the same --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read", "remark"),
    [
        ("@misc{k, year = , note = {x}}", {"year": "", "note": "x"}, "the field year has no value"),
        ("@misc{k, note = {x}, year = }", {"note": "x", "year": ""}, "the field year has no value"),
        ("@misc{k, pages = 10-20}", {"pages": "10-20"}, "10-20 stands without braces"),
        ("@misc{,\n note = {x}}", {"note": "x"}, "the entry has no key"),
        ("@misc{k, note = {x},, year = 1}", {"note": "x", "year": "1"}, "two commas stand together"),
        (
            "@misc{k, note = {x},\nFunding_text 1 = {EU}, year = 1}",
            {"note": "x", "funding_text_1": "EU", "year": "1"},
            "the field name Funding_text 1 holds a blank",
        ),
        ("@misc(k)", {}, "the bracket behind the key is taken for the entry's end"),
        ("@misc{a=b, year = 1}", {"year": "1"}, "a=b is taken for the key"),
        ("@misc{k, note = {x}}, year = {1}}", {"note": "x"}, "a field stands behind the closing brace"),
    ],
)
def test_what_is_plain_all_the_same_is_read_with_a_remark(text: str, read: dict[str, str], remark: str) -> None:
    assert fields(text) == read
    assert entry(text).remark == remark


# --- BibTeX itself ----------------------------------------------------------------------------------------

STYLE = r"""
ENTRY { title note year } {} {}
FUNCTION {show} { duplicate$ missing$ { pop$ "-" } 'skip$ if$ write$ newline$ }
FUNCTION {default.type} { cite$ write$ newline$ type$ write$ newline$ title show note show year show }
FUNCTION {article} { default.type }
FUNCTION {book} { default.type }
MACRO {jul} {"July"}
READ
ITERATE {call.type$}
"""
"""A style that writes of each entry five lines: key, type, title, note, year."""

AGREED = {
    "plain": "@article{k, title = {A}, note = {B {C}}, year = 2000}",
    "types and names of any case": "@ARTICLE{k, TITLE = {A}, Note = {B}} @Book{l, yEAR = 1}",
    "a quote in braces": '@book{k, title = "zur {"U}bung", note = "x", year = "1986"}',
    "joins": '@book{k, title = "A" # { and } # {B}, note = jul # "~4", year = {2}#0#"00"}',
    "macros of macros": '@string{a = "A"} @string{b = a # { B}}\n@string(c = b # jul)\n@book{k, title = C # c}',
    "the latest macro": "@string{j = {One}}\n@book{k, title = j}\n@string{J = {Two}}\n@book{l, title = j}",
    "an unknown macro": "@book{k, title = nobody # {x}, year = 1}",
    "a blank behind the @": "@ article {k, title = {A}}\n@\n book\n(l, title = {B})",
    "lines like entries in values": '@book{k, note = {\n@article{x, year = 1}\n}, title = "a\n@book{y, year = 1}\n"}',
    "backslash and brace": "@book{k, note = {C:\\dir\\}, title = {Te\\{v}zak}, year = 1}\n@book{l, note = {\\{\\&} x}}",
    "brackets": '@book(k, title = {a)}, note = ")" # {)}, year = 1)\n@string(a = {)})\n@book(l(1), title = a)',
    "two of a field": "@book{k, title = {A}, title = {B}, year = 1}",
    "text between": 'this { is " text }\n@book{k, title = {A}} , title = {B}}\n%@article{l, title = {A}}\n',
    "a comment": "@comment{jabref-meta: x;}\n@comment\n@Comment jot\n@book{k, title = {A}}",
    "preambles": '@preamble{"x" # {y}}\n@preamble(jul)\n@book{k, title = {A}}',
    "windows": "@book{k,\r\n title = {A\r\n B},\r\n note = jul\r\n # {x}\r\n}\r\n",
    "a mark of the encoding": "\ufeff@book{k, title = {A}}",
    "no fields": "@book{k}\n@book{l,}\n@book(m,)\n@book(n )\n",
    "odd keys": "@book{10.1/x_y, year = 1}\n@book{DBLP:a/b, year = 2}\n@book{a\"b#c%d'e(f), year = 3}",
    "empty values": '@book{k, title = {}, note = "", year = { }}',
    "side by side": "@book{k,title={A},note={B}}@book{l,title={A}}",
    "deep": '@book{k, title = {{{{{{{{{{A}}}}}}}}}}, note = "{{{{{{{{B}}}}}}}}"}',
    "odd names": "@book{k, date-added = {x}, a.b = {y}, bdsk-url-1 = {z}, title = {A}}",
}

REFUSED = {
    "a missing comma": "@book{k, title = {A} year = 2000}",
    "a missing comma behind the key": "@book{k title = {A}}",
    "an open brace": "@book{k, title = {A}\n@book{l, title = {B}}",
    "an open quote": '@book{k, title = "A}\n@book{l, title = {B}}',
    "no equals sign": "@book{k, title {A}}",
    "no value": "@book{k, title = , year = 1}",
    "a number with a dash": "@book{k, note = 10-20}",
    "two commas": "@book{k, title = {A},, year = 1}",
    "a quote too many": '@book{k, title = "The "big" one"}',
    "two values": "@book{k, title = {A} {B}}",
    "a join to nothing": "@book{k, title = {A} # }",
    "the wrong bracket": "@book{k, title = {A})",
    "a bracket behind the key": "@book(k)",
    "no brace": "@book k, title = {A}}",
    "no type": "@{k, title = {A}}",
    "a macro without a value": "@string{a = }",
    "an open macro": "@string{a = {A}",
    "an empty preamble": "@preamble{}",
    "backslash and brace": "@book{k, title = {Roy, S\\{}, year = 1}",
}


class Judge:
    """BibTeX, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "t.bst").write_text(STYLE)
        (folder / "t.aux").write_text("\\citation{*}\n\\bibstyle{t}\n\\bibdata{t}\n")

    def reads(self, text: str) -> tuple[bool, dict[str, tuple[str, ...]]]:
        """Whether it found no error, and what it read of each entry."""
        # It leaves out an entry that shares the file's last line with another.
        (self.folder / "t.bib").write_bytes(f"{text}\n\n".encode())
        (self.folder / "t.bbl").unlink(missing_ok=True)
        ran = subprocess.run(["bibtex", "t"], cwd=self.folder, capture_output=True, timeout=60, check=False)
        lines = (self.folder / "t.bbl").read_text("utf-8").split("\n")[:-1]
        return ran.returncode == 0, {lines[n]: tuple(lines[n + 1 : n + 5]) for n in range(0, len(lines), 5)}


def as_judged(found: Iterator[Block]) -> dict[str, tuple[str, ...]]:
    """What the style would write of our blocks."""
    macros = {"jul": "July"}
    written = {}
    for block in found:
        if isinstance(block, BibString) and block.name:
            macros[block.name] = joined(block.value, macros)
        elif isinstance(block, BibEntry):
            said = {name: " ".join(joined(value, macros).split()) for name, value in block.fields}
            written[block.key] = (block.type, *(said.get(name, "-") for name in ("title", "note", "year")))
    return written


def joined(value: tuple[Piece, ...], macros: dict[str, str]) -> str:
    return "".join(macros.get(piece.text, "") if piece.is_macro else piece.text for piece in value)


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return Judge(tmp_path_factory.mktemp("bibtex"))


@needs("bibtex")
@pytest.mark.parametrize("name", AGREED)
def test_bibtex_reads_the_same(judge: Judge, name: str) -> None:
    sound, read = judge.reads(AGREED[name])
    assert sound
    assert as_judged(blocks(AGREED[name])) == read
    assert broken(AGREED[name]) == []


@needs("bibtex")
@pytest.mark.parametrize("name", REFUSED)
def test_what_bibtex_refuses_is_broken_or_remarked_on(judge: Judge, name: str) -> None:
    sound, _ = judge.reads(REFUSED[name])
    assert not sound
    assert broken(REFUSED[name]) or any(found.remark for found in entries(REFUSED[name]))


Fields = tuple[tuple[str, tuple[Piece, ...]], ...]

# --- any file ---------------------------------------------------------------------------------------------

MARKS = st.sampled_from(
    """
    @ @article{ @misc( @comment{ @string{ @preamble{ { } ( ) " # , = % \\ key title 2000 jul é \ufeff title={x}
    @a{k,b={c}}
    """.split()
) | st.sampled_from(["\n", "\r\n", " "])


HOSTILE_TEXT = st.one_of(st.text(), st.lists(MARKS, max_size=40).map("".join))


@settings(deadline=None)
@given(HOSTILE_TEXT)
@example("@")
@example("@misc(")
@example("@string{a = {b} #")
def test_any_text_gives_blocks_in_order_that_do_not_overlap(text: str) -> None:
    at = 0
    for block in blocks(text):
        assert at <= block.start < block.end <= len(text)
        assert block.line == 1 + text.replace("\r\n", "\n ").replace("\r", "\n").count("\n", 0, block.start)
        assert text[block.start] == "@"
        if isinstance(block, BibEntry | BibString):
            assert text[block.end - 1] in "})"
        if isinstance(block, BibBroken):
            assert text[block.start : block.end] == block.raw
        at = block.end


NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,6}", fullmatch=True)
INSIDE = st.recursive(
    st.text(st.characters(exclude_characters='{}"', exclude_categories=("Cs",)), max_size=8),
    lambda inner: st.lists(inner | inner.map("{{{}}}".format) | st.just('{"}'), max_size=3).map("".join),
    max_leaves=6,
)
PIECES = st.one_of(
    INSIDE.map(lambda text: (f"{{{text}}}", Piece(text))),
    INSIDE.map(lambda text: (f'"{text}"', Piece(text))),
    st.integers(0, 10**6).map(lambda number: (str(number), Piece(str(number)))),
    NAMES.map(lambda name: (name.upper(), Piece(name, is_macro=True))),
)
SPACE = st.sampled_from(["", "", " ", "\n\t", "\r\n  ", " % a {remark\n "])


@st.composite
def files(draw: st.DrawFn) -> tuple[str, list[tuple[str, str, Fields]]]:
    """A file in any style, and the type, key and fields of the entries in it."""
    text, expected = draw(st.sampled_from(["", "\ufeff", "a text\n"])), []
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(NAMES.filter(lambda name: name not in ("comment", "string", "preamble")))
        key = draw(st.from_regex(r"[A-Za-z][A-Za-z0-9:_./+-]{0,8}", fullmatch=True))
        said = draw(st.dictionaries(NAMES, st.lists(PIECES, min_size=1, max_size=3), max_size=4))
        opens, closes = draw(st.sampled_from(["{}", "()"]))
        rows = []
        for name, pieces in said.items():
            hash_ = f"{draw(SPACE)}#{draw(SPACE)}"
            value = hash_.join(text for text, _ in pieces)
            rows.append(f",{draw(SPACE)}{name.title()}{draw(SPACE)}={draw(SPACE)}{value}{draw(SPACE)}")
        comma = draw(st.sampled_from(["", ",\n"])) if rows else ","
        text += (
            f"@{kind}{opens}{key}{''.join(rows)}{comma}{closes}{draw(st.sampled_from(['', chr(10), ' and so on ']))}"
        )
        expected.append((kind, key, tuple((name, tuple(piece for _, piece in said[name])) for name in said)))
    return text, expected


@settings(deadline=None)
@given(files())
def test_entries_in_any_style_read_back_the_same(
    file: tuple[str, list[tuple[str, str, Fields]]],
) -> None:
    text, expected = file
    assert [(found.type, found.key, found.fields) for found in entries(text)] == expected
    assert broken(text) == []
    for found in entries(text):
        assert entry(text[found.start : found.end]).fields == found.fields


@settings(deadline=None)
@given(
    st.lists(HOSTILE_TEXT.map(lambda text: f"@a{{k, {text}}}") | files().map(lambda file: file[0]), max_size=4).map(
        "\n".join
    )
)
@example('@a{k, b = "}\n@a{k, b = {c}} @a{k, b = {d}}\n@a{k, b = {e}}')
@example("@a{k, b = {\n@x-y{c}\n}}")
@example("@a{k\\=l, b = 1}")
@example('@a{k, b = {"}, c = 1, d = {"}}')
@example("@a{k, b = {\\{}, c = {\\}}, d = 1}")
@example("@a{k, b = c\\, d = e}")
@example("@a{k, b = 1 2}")
def test_what_bibtexparser_is_trusted_with_reads_the_same_by_the_rules(text: str) -> None:
    with patch.object(bibfile._PlainReader, "split", lambda _, run: [None] * len(run)):
        by_the_rules = list(blocks(text))
    assert list(blocks(text)) == by_the_rules


# --- time -------------------------------------------------------------------------------------------------


def repeated(part: str) -> str:
    return part * (250_000 // len(part))


HOSTILE = {
    **{part: repeated(part) for part in ["@a{", "{", '"', "@article{x,\n", "@comment(", "@", " ", "\n", "\n@comment{"]},
    **{part: repeated(part) for part in ['\n@a(x, t = "', "\n@a{x, t = {{}", '\n@a{x, t = "{', '\n@a(x, t = "{} {} {']},
    "nested": "\n@a{k, t = {" * 20_000 + "}}" * 20_000,
    "nested and broken": "\n@a{k, t = {" * 20_000 + "}!}" * 20_000,
    "a field again and again": "@a{k, " + "a = {}, " * 30_000 + "}",
    "deep": "@a{k, t = " + "{" * 100_000 + "}" * 100_000 + "}",
    "joined": "@a{k, t = " + "{}#" * 80_000 + "{}}",
    "open quotes": "".join(f'@a(k{n},\n t = {{"}} # "x {{y}},\n year = 1\n)\n' for n in range(6_000)),
    "open braces": "".join(f"@a{{k{n},\n t = {{x {{y,\n year = 1\n}}\n" for n in range(6_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_length_alone(name: str) -> None:
    assert grows_in_proportion(lambda text: list(blocks(text)), HOSTILE[name])
