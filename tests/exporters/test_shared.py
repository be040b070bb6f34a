"""A .bib file that others edit too: our entries come in, and every other byte stays (design, section 4: --into)."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from litcli.bibfile import BibEntry, blocks
from litcli.errors import InputError, LitError
from litcli.exporters import bibtex, shared
from litcli.exporters.options import Options
from litcli.exporters.shared import Remark
from litcli.paper import Entry, Paper, Person
from tests.conftest import needs


def block(key: str, **fields: str) -> str:
    """An entry as our exporters write one."""
    lines = [f"  {name} = {{{value}}},\n" for name, value in (fields or {"title": f"On {key}"}).items()]
    return f"@misc{{{key},\n{''.join(lines)}}}\n"


def ours(*keys: str) -> dict[str, str]:
    return {key: block(key) for key in keys}


def put(
    text: str,
    written: Mapping[str, str],
    *,
    others: str = "",
    aliases: Mapping[str, str] | None = None,
    preamble: str = "",
) -> tuple[str, list[Remark]]:
    """The file with our blocks in it; doing it again must change nothing and say the same."""
    new, remarks = shared.into(
        text,
        written,
        aliases=aliases or {},
        is_other=lambda key, _: key in others.split(),
        preamble=preamble,
    )
    again, _ = shared.into(
        new, written, aliases=aliases or {}, is_other=lambda key, _: key in others.split(), preamble=preamble
    )
    assert again is new
    return new, remarks


def text_of(text: str, written: Mapping[str, str], **said: str) -> str:
    """The file with our blocks in it, where there is nothing to remark on."""
    new, remarks = put(text, written, **said)
    assert remarks == []
    return new


# --- replacing --------------------------------------------------------------------------------------------

FILE = """\
% Our bibliography. Ask Jane before changing it.
@string{acl = "Proceedings of ACL"}
@preamble{"\\newcommand{\\x}{y}"}

@article{foreign1,
    title="Theirs" ,  year=1999 }   % keep!

@misc{b,
  title = {Old},
}

@Comment{jabref-meta: databaseType:bibtex;}
 text between
@inproceedings(foreign2, booktitle = acl # { 2002}, author = {Roe, R.})
@misc{d, title = {Old}}"""


def test_only_our_entries_change() -> None:
    assert text_of(FILE, ours("b", "d")) == FILE.replace("@misc{b,\n  title = {Old},\n}", block("b").rstrip()).replace(
        "@misc{d, title = {Old}}", block("d").rstrip()
    )


def test_a_file_that_is_current_is_the_same_object() -> None:
    current = f"% head\n{block('a')}\n{block('b')}"
    assert text_of(current, ours("a", "b")) is current


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_new_lines_end_as_those_of_the_file(end: str) -> None:
    text = FILE.replace("\n", end)
    new = text_of(text, ours("b", "c", "d"))
    assert new.replace(end, "") == new.replace("\r", "").replace("\n", "")
    assert new.count(end) == text_of(FILE, ours("b", "c", "d")).count("\n")


def test_a_block_that_differs_in_its_line_ends_alone_is_current() -> None:
    text = "\n\n\n\n" + block("a").replace("\n", "\r\n")
    assert text_of(text, ours("a")) is text


@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_a_mark_of_the_encoding_stays_first(mark: str) -> None:
    assert text_of(mark, ours("a")) == mark + block("a")
    assert text_of(f"{mark}@misc{{b, year = 1}}\n", ours("a", "b")) == f"{mark}{block('a')}\n{block('b')}"


# --- whose entry it is ------------------------------------------------------------------------------------


@pytest.mark.parametrize("there", ["Doe2000", "DOE2000"])
def test_a_key_in_another_case_is_ours_and_stays_as_it_is_cited(there: str) -> None:
    new, remarks = put(f"\n@misc{{{there}, year = 1}}", ours("doe2000"))
    assert new == "\n" + block("doe2000").replace("{doe2000", f"{{{there}").rstrip()
    assert remarks == [Remark(2, f"doe2000 is cited as {there} here; it keeps that key")]


def test_the_key_itself_goes_before_its_other_spellings() -> None:
    text = "@misc{Doe, year = 1}\n@misc{doe, year = 2}\n"
    new, remarks = put(text, ours("doe"))
    assert new == f"@misc{{Doe, year = 1}}\n{block('doe')}"
    assert remarks == [Remark(1, "Doe is there again, beside line 2; it is left as it is")]


def test_an_older_key_stays_as_it_is_cited() -> None:
    new, remarks = put("@misc{old, year = 1}\n", ours("new"), aliases={"old": "new", "older": "else"})
    assert new == block("new").replace("{new", "{old")
    assert remarks == [Remark(1, "new is cited as old here; it keeps that key")]


def test_an_older_key_goes_where_the_block_says_it_in_ids() -> None:
    written = {"new": block("new", ids="older, old")}
    assert text_of("@misc{old, year = 1}\n", written, aliases={"old": "new"}) == written["new"]


def test_a_child_refers_to_its_parent_as_the_file_does() -> None:
    written = {"child": block("child", crossref="acl2000"), "acl2000": block("acl2000")}
    new, _ = put("@proceedings{ACL2000, year = 2000}\n", written)
    assert new == f"{block('child', crossref='ACL2000')}\n{block('acl2000').replace('{acl2000', '{ACL2000')}"


def test_an_older_key_beside_the_new_one_is_left() -> None:
    text = "@misc{old, year = 1}\n@misc{new, year = 1}\n"
    new, remarks = put(text, ours("new"), aliases={"old": "new"})
    assert new == f"@misc{{old, year = 1}}\n{block('new')}"
    assert [remark.line for remark in remarks] == [1]


def test_another_work_under_our_key_is_left() -> None:
    text = "@misc{a, year = 1}\n\n@misc{b, year = 2}\n"
    new, remarks = put(text, ours("a", "b"), others="a")
    assert new == f"@misc{{a, year = 1}}\n\n{block('b')}"
    assert remarks == [Remark(1, "a is another work here; it is left as it is")]


def test_whether_it_is_another_work_is_asked_with_the_entry_itself() -> None:
    asked = []

    def is_other(key: str, entry: BibEntry) -> bool:
        asked.append((key, entry.key, entry.line))
        return False

    shared.into("\n@misc{A, year = 1}\n@misc{x}", ours("a", "b"), aliases={}, is_other=is_other)
    assert asked == [("a", "A", 2)]


def test_the_first_of_two_entries_with_a_key_is_replaced() -> None:
    text = "@misc{a, year = 1}\n@misc{a, year = 2}\n"
    new, remarks = put(text, ours("a"))
    assert new == f"{block('a')}@misc{{a, year = 2}}\n"
    assert remarks == [Remark(2, "a is there again, beside line 1; it is left as it is")]


@pytest.mark.parametrize(
    "lost", ["@misc{a,\n  title = {Old,\n}\n", "@misc{a, title {Old}}\n", "@misc a, title = {Old}}\n"]
)
def test_a_broken_entry_under_our_key_is_left_and_not_written_again(lost: str) -> None:
    text = f"@misc{{x, year = 1}}\n{lost}"
    new, remarks = put(text, ours("a", "b"))
    assert new == f"{text}\n{block('b')}"
    (remark,) = remarks
    assert remark.line == 2
    assert remark.message.startswith("a cannot be read, ")


def test_an_entry_of_ours_that_swallowed_others_is_left() -> None:
    text = "@misc{a, title = {{Old,\n}\n@misc{theirs, year = 1}\n@misc{c, note = {x}}}}\n"
    new, remarks = put(text, ours("a"))
    assert new == text
    assert remarks == [Remark(1, "a may have swallowed what begins in line 3; it is left as it is")]


def test_an_entry_in_a_comment_is_not_ours() -> None:
    text = "@comment{\n@misc{a, year = 1}\n}\n"
    assert text_of(text, ours("a")) == f"{text}\n{block('a')}"


# --- inserting --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lead"),
    [("", ""), ("% head", "\n\n"), ("% head\n", "\n"), ("% head\n\n", ""), ("% head\n\n\n", ""), ("@misc{x}", "\n\n")],
)
def test_without_ours_in_the_file_new_entries_go_to_its_end_behind_a_blank_line(text: str, lead: str) -> None:
    assert text_of(text, ours("a", "b")) == f"{text}{lead}{block('a')}\n{block('b')}"


ORDERED = f"""\
% head
@misc{{foreign}}

% on b
{block("b")}% under b

% on d
{block("d")}

@misc{{last}}
"""


@pytest.mark.parametrize(
    ("key", "next_line"),
    [("a", "% on b"), ("c", "% under b"), ("e", "\n\n@misc{last}")],
    ids=["first", "between", "last"],
)
def test_a_new_entry_goes_to_its_place_among_ours(key: str, next_line: str) -> None:
    new = text_of(ORDERED, ours(*sorted(["b", "d", key])))
    before, after = ORDERED.split(next_line)
    lead = "" if before.endswith("\n\n") else "\n"
    trail = "" if next_line.startswith("\n") else "\n"
    assert new == f"{before}{lead}{block(key)}{trail}{next_line}{after}"


def test_several_new_entries_in_one_place_keep_their_order() -> None:
    text = f"{block('a')}\n{block('z')}"
    assert text_of(text, ours(*"abcz")) == "\n".join(ours(*"abcz").values())


def test_where_ours_are_not_in_order_new_entries_go_to_the_end() -> None:
    text = f"{block('z')}\n{block('a')}"
    assert text_of(text, ours(*"abcz")) == f"{text}\n{block('b')}\n{block('c')}"


def test_no_line_of_the_file_is_broken_for_a_new_entry() -> None:
    text = "@misc{x} @misc{a, year = 1} @misc{y} @misc{d, year = 1,\n} @misc\nrest\n"
    new = text_of(text, ours(*"abd"))
    expected = text.replace("@misc{a, year = 1}", block("a").rstrip()).replace(
        "@misc{d, year = 1,\n}", block("d").rstrip()
    )
    assert new == expected.replace("rest", f"\n{block('b')}\nrest")


def test_the_head_of_a_file_stays_its_head() -> None:
    text = f"% head\n% of the file\n{block('b')}"
    assert text_of(text, ours("a", "b")) == f"% head\n% of the file\n\n{block('a')}\n{block('b')}"


# --- parents and children ---------------------------------------------------------------------------------


@pytest.mark.parametrize("parent", ["proc", "PROC"])
def test_a_new_child_goes_before_its_parent(parent: str) -> None:
    text = f"@misc{{x}}\n\n% the book\n@proceedings{{{parent}, year = 1}}\n"
    written = {"kid": block("kid", crossref="proc")}
    assert text_of(text, written) == f"@misc{{x}}\n\n{written['kid']}\n% the book\n@proceedings{{{parent}, year = 1}}\n"


def test_a_new_child_goes_before_a_parent_that_stands_before_its_place() -> None:
    written = {"a": block("a"), "kid": block("kid", crossref="proc"), "proc": block("proc")}
    text = f"@misc{{proc, year = 1}}\n\n{block('a')}"
    assert text_of(text, written) == f"{written['kid']}\n{block('proc')}\n{block('a')}"


def test_a_new_parent_goes_behind_its_children() -> None:
    text = f"{block('a')}\n@misc{{theirs, crossref = {{Proc}}}}\n@misc{{x}}\n\n{block('z')}"
    new = text_of(text, ours("a", "proc", "z"))
    assert new == text.replace("@misc{x}", f"\n{block('proc')}\n@misc{{x}}")


def test_a_new_parent_and_its_new_child_come_in_the_order_of_the_export() -> None:
    written = {"kid": block("kid", crossref="a"), "a": block("a")}
    assert text_of("@misc{x}\n", written) == f"@misc{{x}}\n\n{written['kid']}\n{written['a']}"


def test_a_child_of_ours_behind_its_parent_is_told() -> None:
    written = {"kid": block("kid", crossref="proc")}
    new, remarks = put("@proceedings{proc, year = 1}\n@misc{kid, year = 1}\n", written)
    assert new == f"@proceedings{{proc, year = 1}}\n{written['kid']}"
    assert remarks == [Remark(2, "kid stands behind proc, its parent; to BibTeX it must stand before it")]


@needs("bibtex")
def test_bibtex_finds_the_parents_of_new_children(tmp_path: Path) -> None:
    text = "@misc{x, title = {X}}\n\n@proceedings{proc, title = {Proc}, booktitle = {Proc}, year = 2000}\n"
    written = {"kid": block("kid", title="K", author="Doe, J.", crossref="proc")}
    (tmp_path / "t.bib").write_text(text_of(text, written))
    (tmp_path / "t.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{t}\n")
    ran = subprocess.run(["bibtex", "t"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stdout
    assert "crossref" not in ran.stdout


# --- the preamble -----------------------------------------------------------------------------------------

ONE, TWO = "\\providecommand{\\litone}[1]{{#1}}", "\\providecommand{\\littwo}{x}"


def preamble(*definitions: str) -> str:
    return "@preamble{{" + "".join(definitions) + "}}\n"


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        ("", "@misc{x}\n"),
        ("% head\n\n", "@misc{x}\n"),
        ("% head\n\n", "% on x\n@misc{x}\n"),
        ("@string{a = {b}}\n\n", "@misc{x, title = a}\n"),
        ("\ufeff", "@misc{x}\n"),
    ],
)
def test_the_preamble_goes_before_the_first_entry(head: str, rest: str) -> None:
    new = text_of(head + rest, ours("a"), preamble=preamble(ONE))
    assert new == f"{head}{preamble(ONE)}\n{rest}\n{block('a')}"


def test_the_preamble_goes_below_the_head_of_the_file() -> None:
    new = text_of("% head\n@misc{x}\n", {}, preamble=preamble(ONE))
    assert new == f"% head\n\n{preamble(ONE)}\n@misc{{x}}\n"


def test_an_empty_file_becomes_an_export() -> None:
    export = bibtex.write(
        [Entry("b", Paper(title="北京", authors=(Person("Doe", "J."),))), Entry("a", Paper(title="A"))], Options()
    )
    head, written = shared.parts(export.text)
    assert head.startswith("@preamble{{")
    assert list(written) == ["a", "b"]
    assert text_of("", written, preamble=head) == export.text


@pytest.mark.parametrize(
    "there", [preamble(ONE), preamble(TWO, ONE), f'@preamble{{"\\newcommand{{\\x}}{{y}} {ONE}"}}\n']
)
def test_what_the_file_defines_already_is_not_defined_again(there: str) -> None:
    text = f"{there}\n@misc{{x}}\n"
    assert text_of(text, {}, preamble=preamble(ONE)) is text


@pytest.mark.parametrize(
    ("there", "then"),
    [
        ([ONE], [ONE, TWO]),
        (["\\providecommand{\\mathbb}[1]{\\mathbf{#1}}"], ["\\providecommand{\\mathbb}[1]{\\mathbf{#1}}", TWO]),
        ([ONE, "\\providecommand{\\littwo}{an older form}"], [ONE, TWO]),
    ],
)
def test_a_preamble_of_ours_gets_what_it_lacks_and_keeps_what_it_has(there: list[str], then: list[str]) -> None:
    text = f"% head\n{preamble(*there)}@misc{{x}}"
    assert text_of(text, {}, preamble=preamble(TWO)) == f"% head\n{preamble(*then)}@misc{{x}}"


def test_a_preamble_of_others_is_left() -> None:
    text = '@preamble{"\\newcommand{\\x}{y}"}\n\n@misc{x}\n'
    assert text_of(text, {}, preamble=preamble(ONE)) == text.replace("@misc", f"{preamble(ONE)}\n@misc")


def test_a_block_that_would_spoil_the_file_is_not_written() -> None:
    with pytest.raises(LitError, match=r"would not be read as before near '@misc\{a,"):
        put("@misc{x, year = 1}\n", {"a": "@misc{a,\n  title = {x,\n}\n"})


# --- bytes ------------------------------------------------------------------------------------------------


@given(st.binary(max_size=60).filter(lambda data: b"\0" not in data))
@example("Müller".encode("latin-1"))
@example(b"\xef\xbb\xbf@misc{x}")
def test_bytes_decode_and_encode_to_the_same_bytes(data: bytes) -> None:
    assert shared.encode("f", *shared.decode("f", data)) == data


@pytest.mark.parametrize(("data", "encoding"), [("Mü".encode(), "utf-8"), ("Mü".encode("latin-1"), "latin-1")])
def test_a_file_is_utf_8_or_else_latin_1(data: bytes, encoding: str) -> None:
    assert shared.decode("f", data) == ("Mü", encoding)


def test_a_file_in_utf_16_is_refused() -> None:
    with pytest.raises(InputError, match=r"f\.bib:1: this is UTF-16"):
        shared.decode("f.bib", "@misc{x}".encode("utf-16"))


def test_a_character_that_the_encoding_lacks_is_said() -> None:
    with pytest.raises(InputError, match=r"f\.bib:2: the file is LATIN-1, which has no č \(U\+010D\)"):
        shared.encode("f.bib", "ü\nč", "latin-1")


# --- any file ---------------------------------------------------------------------------------------------

KEYS = st.sampled_from("a b c d A B x y".split())
BROKEN = ["@misc{a, title = {x", '@misc{b, title = "x', "@misc{, year = 1}", "@misc{q, year}", "@misc x, year = 1}"]
FOREIGN = [
    *BROKEN,
    "@comment{ a } b }",
    "@comment( a",
    "@comment{ a",
    "@string{s = {t} # u}",
    '@preamble{"x"}',
    preamble(ONE).rstrip(),
    "% text",
    "me@example.org",
    "}",
    '"',
    "@",
    "@misc",
    "@misc{q, crossref = {a}}",
    '@misc(q, note = {)}, title = {A} # "{"}")',
    "@misc{q, abstract = {\n@misc{a, year = 1}\n}}",
]
THERE = st.one_of(
    KEYS.map(lambda key: f"@misc{{{key}, note = {{there}}}}"),
    KEYS.map(lambda key: block(key).rstrip()),
    st.sampled_from(FOREIGN),
)
FILES = st.lists(
    st.tuples(THERE, st.sampled_from(["\n", "\n\n", " ", "", "\n% on\n", "\n\n% on\n", "\n  "])), max_size=8
).map(lambda parts: "".join(there + gap for there, gap in parts))
WRITTEN = st.dictionaries(
    st.sampled_from("a b c d e".split()), st.sampled_from(["title", "crossref", "note"]), max_size=4
).map(lambda said: {key: block(key, **{said[key]: "x"}) for key in sorted(said)})


def without_ours(text: str, keys: Mapping[str, str]) -> str:
    """A file without entries under our keys and without our preambles, and without its line ends."""
    at, kept = 0, ""
    for one in blocks(text):
        raw = text[one.start : one.end]
        kept += text[at : one.start]
        if not (isinstance(one, BibEntry) and one.key.lower() in keys) and not raw.startswith("@preamble{{"):
            kept += f"[{raw}]"
        at = one.end
    return (kept + text[at:]).replace("\r", "").replace("\n", "")


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(["", "\ufeff", "% head\n"]), FILES, WRITTEN, st.sampled_from(["\n", "\r\n"]), st.booleans(), KEYS
)
def test_all_but_our_entries_survives(
    head: str, body: str, written: dict[str, str], end: str, defines: bool, other: str
) -> None:
    text = (head + body).replace("\n", end)
    new, remarks = put(text, written, others=other, preamble=preamble(TWO) if defines else "")
    assert without_ours(new, written) == without_ours(text, written)
    told = [remark.message.lower().split()[0] for remark in remarks]
    now = [new[one.start : one.end].replace("\r\n", "\n").lower() for one in blocks(new)]
    for key, block_ in written.items():
        assert (block_.rstrip().lower() in now) or key in told
    assert not defines or any(TWO.lower() in raw for raw in now)
