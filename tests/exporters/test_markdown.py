"""The Markdown list: what a reader sees of it, once CommonMark has rendered it, is what the records say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from litcli.errors import LitError
from litcli.exporters import commonmark, markdown
from litcli.exporters.options import Options
from litcli.library import store
from litcli.paper import Entry, Paper, Person
from tests.conftest import Program
from tests.growth import grows_in_proportion

DOE, ROE = Person("Doe", "Jane"), Person("Roe", "Richard")

DIALECTS = {"CommonMark": MarkdownIt("commonmark"), "GitHub": MarkdownIt("js-default", {"html": True})}
"""The standard, and with the tables and strikethrough that GitHub adds."""


def export(*entries: Entry, by: str = "", omit: str = "") -> str:
    written = markdown.write(entries, Options(group_by=by, omit=frozenset(omit.split())))
    assert written.warnings == ()
    return written.text


def item(omit: str = "", **said: Any) -> str:
    """The line of one paper."""
    return export(Entry("k", Paper(**said)), omit=omit)


def text_of(token: Token) -> str:
    """What a reader sees of a run of text."""
    seen = {"text": "content", "code_inline": "content", "html_inline": "content"}
    parts = [
        getattr(child, seen[child.type]) if child.type in seen else " " if child.type.endswith("break") else ""
        for child in token.children or ()
    ]
    return "".join(parts)


def rendered(text: str, dialect: str = "CommonMark") -> list[str]:
    """The text of each item of a page that must be nothing but one list without lists inside."""
    tokens = DIALECTS[dialect].parse(text)
    shape = [token.type for token in tokens]
    inside = ["list_item_open", "paragraph_open", "inline", "paragraph_close", "list_item_close"]
    items = [token for token in tokens if token.type == "inline"]
    assert shape == ["bullet_list_open", *inside * len(items), "bullet_list_close"], text
    return [" ".join(text_of(token).split()) for token in items]


def emphases(text: str) -> list[str]:
    """The texts that stand in emphasis."""
    found: list[str] = []
    depth = 0
    for token in DIALECTS["CommonMark"].parse(text):
        for child in token.children or ():
            depth += {"em_open": 1, "em_close": -1}.get(child.type, 0)
            if child.type == "em_open" and depth == 1:
                found.append("")
            elif depth:
                found[-1] += child.content
    return found


def links(text: str) -> list[str]:
    return [
        str(child.attrs["href"])
        for token in DIALECTS["CommonMark"].parse(text)
        for child in token.children or ()
        if child.type == "link_open"
    ]


def headings(text: str) -> list[str]:
    tokens = DIALECTS["CommonMark"].parse(text)
    return [text_of(tokens[at + 1]) for at, token in enumerate(tokens) if token.type == "heading_open"]


# --- an item ----------------------------------------------------------------------------------------------


def test_an_item_says_who_what_and_where() -> None:
    line = item(title="On things", authors=(DOE, ROE), venue="Acta", year=2020, url="https://ex.org")
    assert line == "- Jane Doe, Richard Roe. [On things](https://ex.org). *Acta*, 2020.\n"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, "On things."),
        ({"year": 2020}, "On things. 2020."),
        ({"venue": "Acta"}, "On things. Acta."),
        ({"authors": (DOE,)}, "Jane Doe. On things."),
        ({"authors": (DOE,), "et_al": True}, "Jane Doe, et al. On things."),
        ({"et_al": True}, "On things."),
        ({"editors": (DOE,)}, "Jane Doe. On things."),
        ({"authors": (Person(literal="Barnes and Noble, Inc."),)}, "Barnes and Noble, Inc. On things."),
        ({"authors": (Person("King", "Martin Luther", suffix="Jr."),)}, "Martin Luther King Jr. On things."),
        ({"authors": (Person("Berg", "Jan", "van der"),)}, "Jan van der Berg. On things."),
        ({"date": "2020-04-07"}, "On things. 2020."),
    ],
)
def test_what_a_record_does_not_say_leaves_no_trace(said: dict[str, Any], expected: str) -> None:
    assert rendered(item(title="On things", **said)) == [expected]


@pytest.mark.parametrize("mark", "?!.")
@pytest.mark.parametrize("url", ["", "https://ex.org"])
def test_a_sentence_ends_with_one_mark(mark: str, url: str) -> None:
    assert rendered(item(title=f"Is it so{mark}", url=url, year=2020)) == [f"Is it so{mark} 2020."]


def test_a_venue_that_ends_with_a_point_gets_no_second_one() -> None:
    assert rendered(item(title="X", venue="Proc. Natl. Acad. Sci.")) == ["X. Proc. Natl. Acad. Sci."]


def test_a_title_in_quotes_ends_with_one_mark() -> None:
    assert rendered(item(title="“Is it so?”")) == ["“Is it so?”"]


@pytest.mark.parametrize("url", ["", "https://ex.org"])
def test_no_line_ends_with_a_blank(url: str) -> None:
    text = export(*(Entry(key, Paper(title=" X ", venue=" Y ", url=url)) for key in "ab"))
    assert not re.search(r"[ \t]$", text, re.MULTILINE)


def test_groups_in_braces_lose_them() -> None:
    assert rendered(item(title="The {DNA} of {{Big} Ben}")) == ["The DNA of Big Ben."]


@pytest.mark.parametrize("title", ["The { of it", "The } of it", "} and {"])
def test_an_unbalanced_brace_is_a_brace(title: str) -> None:
    assert rendered(item(title=title)) == [f"{title}."]


@pytest.mark.parametrize("math", ["$O(n^2)$", "$x_1 < y_2$", r"$\alpha$", "$a*b*c$"])
def test_math_stays_as_it_is(math: str) -> None:
    assert item(title=f"In {math} steps") == f"- In {math} steps.\n"


def test_a_lone_dollar_is_a_dollar() -> None:
    assert rendered(item(title="From $5 to $10")) == ["From $5 to $10."]


# --- a record's text --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"a \$5 tree for \$6", "a $5 tree for $6"),
        (r"the signs \{ and \}", "the signs { and }"),
        (r"{The} \{{set}\}", "The {set}"),
        (r"woods \& trees, 50\% of \#1 a\_b", "woods & trees, 50% of #1 a_b"),
        (r"the growth of \emph{Acer} trees", "the growth of Acer trees"),
        (r"\textbf{bold}, \textsc{small \emph{and {inner}}} groups", "bold, small and inner groups"),
        (r"see \url{https://ex.org/a_b~c} there", "see https://ex.org/a_b~c there"),
        (r"10\textsuperscript{5} and H\textsubscript{2}O", "10⁵ and H₂O"),
        (r"the 19\textsuperscript{th} tree", "the 19th tree"),
        (r"\LaTeX{} and \TeX in {\LaTeX}", "LaTeX and TeX in LaTeX"),
        (r"\foo and \emph alone", r"\foo and \emph alone"),
        (r"a \\ b", r"a \\ b"),
        ("a {} tree {}", "a tree"),
        (r"\emph{ a } tree", "a tree"),
        (r"\emph{a {tree", r"\emph{a {tree"),
        (r"a {tree \{", "a {tree {"),
        ("a\x00 tree", "a tree"),
    ],
)
@pytest.mark.parametrize("url", ["", "https://ex.org"], ids=["bare", "linked"])
def test_a_reader_sees_what_a_text_says(text: str, shown: str, url: str) -> None:
    assert rendered(item(title=text, url=url)) == [f"{shown}."]
    assert rendered(item(title="X", venue=text)) == [f"X. {shown}."]
    assert rendered(item(title="X", authors=(Person(literal=text), DOE))) == [f"{shown}, Jane Doe. X."]
    assert headings(export(Entry("k", Paper(title="X", venue=text)), by="venue")) == [shown]


@pytest.mark.parametrize(
    ("text", "emphasised"),
    [
        (r"on \emph{Acer} trees", ["Acer"]),
        (r"\emph{Acer} trees", ["Acer"]),
        (r"trees and \textit{Acer}", ["Acer"]),
        (r"\emph{Acer}s and \emph{a_b}", ["Acer", "a_b"]),
        (r"\emph{Ac}\emph{er}", ["Acer"]),
        (r"\emph{the {Acer} $x$ tree}", ["the Acer $x$ tree"]),
        (r"a(\emph{b})c", ["b"]),
        (r"pre\emph{(fix)}es", []),
        (r"\emph{}", []),
    ],
)
def test_emphasis_is_shown_where_markdown_has_a_form_for_it(text: str, emphasised: list[str]) -> None:
    for line in (item(title=text), item(title=text, url="https://ex.org")):
        assert emphases(line) == emphasised


def test_a_venue_is_emphasised_as_a_whole() -> None:
    assert item(title="X", venue=r"Acta of \emph{Acer} and $x$") == "- X. *Acta of Acer and $x$*.\n"


@pytest.mark.parametrize("title", ["1984", "1984.", "10)", "-", "#"])
def test_a_title_alone_begins_no_list_and_no_heading(title: str) -> None:
    assert rendered(item(title=title)) == [title if title.endswith(".") else f"{title}."]


def test_a_paper_without_a_title_is_shown_by_its_address() -> None:
    assert item(doi="10.1000/x") == "- [https://doi.org/10.1000/x](https://doi.org/10.1000/x).\n"


# --- reading it back --------------------------------------------------------------------------------------

HARD: dict[str, Any] = {
    "authors": (Person("Doe_", "_Jane"), ROE),
    "title": "On [a](b) *things*",
    "venue": "Acta `of` <b>",
    "year": 2020,
    "url": "https://ex.org/a (b)",
}


def plainly(part: str) -> Callable[..., str]:
    """A way to write a text that forgets the signs of one field."""
    return lambda text: text if text == part else re.sub(r"[\\`*_\[\]<>~|$]", r"\\\g<0>", text)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("_Jane Doe_, Richard Roe", "authors"),
        ("On [a](b) *things*", "title"),
        ("Acta `of` <b>", "venue"),
    ],
)
@pytest.mark.parametrize("by", ["", "year"])
def test_a_field_that_would_be_shown_otherwise_is_refused(
    monkeypatch: pytest.MonkeyPatch, text: str, field: str, by: str
) -> None:
    monkeypatch.setattr(commonmark, "escape", plainly(text))
    entries = [Entry("a", Paper(title="A", year=2020)), Entry("k", Paper(**HARD))]
    with pytest.raises(LitError, match=rf"^k: {field} cannot be written as Markdown: {re.escape(repr(text))}$"):
        markdown.write(entries, Options(group_by=by))


def test_an_address_that_would_end_its_link_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commonmark, "_target", str)
    with pytest.raises(LitError, match=r"^k: url cannot be written as Markdown: 'https://ex\.org/a \(b\)'$"):
        item(**HARD)


def test_a_link_to_another_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commonmark, "_target", lambda address: address.partition("/a")[0])
    with pytest.raises(LitError, match=r"^k: url cannot"):
        item(**HARD)


def test_a_year_that_is_not_the_one_meant_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commonmark, "escape", lambda text: text.replace("2020", "2002"))
    with pytest.raises(LitError, match=r"^k: year cannot be written as Markdown: '2020'$"):
        item(title="X", year=2020)


def test_a_venue_that_is_not_emphasised_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    said = commonmark.span
    monkeypatch.setattr(commonmark, "span", lambda runs, address: said(runs, address).replace("*", ""))
    with pytest.raises(LitError, match=r"^k: venue cannot"):
        item(title="X", venue="Acta", year=2020)


def test_a_heading_that_would_be_shown_otherwise_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commonmark, "escape", str)
    with pytest.raises(LitError, match=r"^a \*b\*: tag cannot"):
        markdown.write([Entry("k", Paper(title="X"), tags=("a *b*",))], Options(group_by="tag"))


@pytest.mark.parametrize("start", ["1984. x", "- x", "# x", "> x", "***", "```", "=", "[ ] x"])
def test_an_item_that_is_another_block_reads_as_nothing(start: str) -> None:
    assert commonmark.read(f"- {start}", commonmark.ITEM) == ()


LINE = st.text(st.sampled_from(r"\*_`[]()<>&;#!~|$ ab1.é“”—") | st.characters(codec="utf-8"), max_size=20)


@settings(max_examples=300, deadline=None)
@given(LINE, LINE, LINE, LINE)
def test_any_record_is_written_and_shown_as_it_was_meant(title: str, venue: str, name: str, url: str) -> None:
    line = item(title=title, venue=venue, authors=(Person(literal=name), DOE), url=url.strip(), year=2020)
    if "$" in title + venue + name:
        return  # the judge knows no math
    assert len(rendered(line)) == 1


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([r"\emph{", "}", "a", " ", "(", ")", "*", "é", "—", ".", "{"]), max_size=12).map("".join)
)
def test_emphasis_is_read_as_a_renderer_reads_it(title: str) -> None:
    line = item(title=title)
    read = commonmark.read(line.rstrip("\n"), commonmark.ITEM)
    assert [run.text for run in read if run.is_emphasised] == emphases(line)


@pytest.mark.parametrize(
    "unit", ["{}", r"\emph{a}", "$", "[", "*", "\\", "](", "&amp;", "# ", "{", r"\$", "$x$", "1. ", "'"]
)
def test_a_long_text_takes_time_in_proportion(unit: str) -> None:
    def work(text: str) -> None:
        item(title=text, venue=text, url=text, authors=(Person(literal=text),))

    assert grows_in_proportion(work, unit * (100_000 // len(unit)))


# --- escapes, judged by a renderer ------------------------------------------------------------------------

SIGNS = [
    "a *b* and **c**", "_a_ and __init__ and snake_case", "`code` and ``more``", "~~gone~~ and ~10",
    "a <b>bold</b> word", "<https://ex.org> and <!-- no -->", "[a](b) and [c] and [d][e]", "![an](image)",
    "a \\ b \\* c\\", "a | b | c", "|a|b|", "Q&A &amp; &lt; &#35; &copy; &nosuch;", "# one", "## two", "###### six",
    "#", "#MeToo", "- a", "+ b", "* c", "- - -", "1. d", "1) e", "10. f", "1984. Orwell", "2) g", "123456789) h",
    "> quoted", "---", "***", "___", "===", "* * *", "```", "~~~", "    code", "\tcode", "https://ex.org/a_b_c",
    "me@ex.org", "50% of $5", "C# and C++", "[^1]", "[x] done", "[ ] open", "[a]: b", ": term", ":smile:", "a^b^",
    "==mark==", "“Quotes” and ‘these’", '"straight"', "大模型 and Мир", "-", "+", "<", "&", "\\", "`", "*", "_",
    "[", "]", "](x)",
]  # fmt: skip
"""What CommonMark and its kin would read as something else than text."""


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("url", ["", "https://ex.org"], ids=["bare", "linked"])
@pytest.mark.parametrize("sign", SIGNS)
def test_a_title_is_shown_as_it_stands(sign: str, url: str, dialect: str) -> None:
    title = " ".join(sign.split())
    assert rendered(item(title=sign, url=url), dialect) == [f"{title}."]


@pytest.mark.parametrize("sign", SIGNS)
def test_a_venue_is_shown_as_it_stands(sign: str) -> None:
    venue = " ".join(sign.split())
    assert rendered(item(title="X", venue=sign, year=2020)) == [f"X. {venue}, 2020."]


@pytest.mark.parametrize("sign", SIGNS)
def test_a_name_is_shown_as_it_stands(sign: str) -> None:
    name = " ".join(sign.split())
    assert rendered(item(title="X", authors=(Person(literal=sign), DOE))) == [f"{name}, Jane Doe. X."]


@pytest.mark.parametrize("sign", [sign for sign in SIGNS if "`" not in sign])
def test_a_heading_is_shown_as_it_stands(sign: str) -> None:
    venue = " ".join(sign.split())
    assert headings(export(Entry("k", Paper(title="X", venue=sign)), by="venue")) == [venue]


@pytest.mark.parametrize("sign", ["C #", "a ##", "# # #", "`a` ``b``"])
def test_a_heading_keeps_marks_at_its_end(sign: str) -> None:
    assert headings(export(Entry("k", Paper(title="X", venue=sign)), by="venue")) == [sign]


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\n\n", "\n# ", "\n- ", "\n\n    "], ids=ascii)
def test_a_line_break_within_a_field_does_not_break_the_list(break_: str) -> None:
    (shown,) = rendered(item(title=f"One{break_}two", authors=(DOE,)))
    assert re.fullmatch(r"Jane Doe\. One[ #-]+two\.", shown)


PLAIN = st.text(
    alphabet=st.one_of(
        st.sampled_from("\\`*_[]<>~|&;#+-.)(!:=\"' 1a"),
        st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs"), exclude_characters="${}"),
    ),
    max_size=30,
).map(lambda text: re.sub(r"\\+(?=[&%#_])", "", " ".join(text.split())))
"""Text on one line, without the signs that mean something in a record."""


@settings(max_examples=300, deadline=None)
@given(title=PLAIN, venue=PLAIN, name=PLAIN, linked=st.booleans())
@example(title="10. x", venue="*", name="## x", linked=False)
@example(title="](", venue="_", name="1. x", linked=True)
def test_any_text_is_shown_as_it_stands(title: str, venue: str, name: str, linked: bool) -> None:
    # A letter at the end keeps the rule for closing marks out of it.
    line = item(
        title=f"{title}z",
        venue=f"{venue}z",
        authors=(Person(literal=f"{name}z"),),
        url="https://ex.org" if linked else "",
    )
    assert rendered(line) == [f"{name}z. {title}z. {venue}z."]


# --- links ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"url": "https://ex.org/a"}, "https://ex.org/a"),
        ({"doi": "10.1000/xy"}, "https://doi.org/10.1000/xy"),
        ({"arxiv": "2005.00683"}, "https://arxiv.org/abs/2005.00683"),
        ({"arxiv": "math.AG/0601001"}, "https://arxiv.org/abs/math.AG/0601001"),
        ({"url": "https://ex.org/a", "doi": "10.1000/xy"}, "https://ex.org/a"),
        ({"doi": "10.1000/xy", "arxiv": "2005.00683"}, "https://doi.org/10.1000/xy"),
        ({"doi": "https://doi.org/10.1000/xy"}, "https://doi.org/10.1000/xy"),
        ({"doi": "doi:10.1000/xy"}, "https://doi.org/10.1000/xy"),
    ],
)
def test_the_title_links_to_the_paper(said: Mapping[str, str], expected: str) -> None:
    assert links(item(title="X", **said)) == [expected]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://ex.org/a_b*c?x=1&y=50%25#frag~z", "https://ex.org/a_b*c?x=1&y=50%25#frag~z"),
        ("https://en.wikipedia.org/wiki/TeX_(software)", "https://en.wikipedia.org/wiki/TeX_%28software%29"),
        ("https://ex.org/a b", "https://ex.org/a%20b"),
        ("https://ex.org/<a>", "https://ex.org/%3Ca%3E"),
        ("https://ex.org/)", "https://ex.org/%29"),
        ("https://ex.org/a\u00a0b", "https://ex.org/a%C2%A0b"),
    ],
)
def test_a_link_leads_to_the_url_as_it_stands(url: str, expected: str) -> None:
    assert links(item(title="X", url=url)) == [expected]


def test_a_doi_with_brackets_and_a_hash_is_one_address() -> None:
    # A raw hash would begin a fragment, and the rest of the DOI would not reach the resolver.
    doi = "10.1002/(SICI)1097-4571(1999)50:1<1::AID-ASI1>3.0.CO;2-#"
    (link,) = links(item(title="X", doi=doi))
    assert link == "https://doi.org/10.1002/%28SICI%291097-4571%281999%2950:1%3C1::AID-ASI1%3E3.0.CO;2-%23"


@pytest.mark.parametrize("url", ["https://ex.org/a&copy;b", "https://ex.org/a&amp;b"])
def test_a_url_is_not_read_as_an_entity(url: str) -> None:
    (link,) = links(item(title="X", url=url))
    assert link in (url, url.replace("&", "%26"))


def test_without_an_address_there_is_no_link() -> None:
    assert links(item(title="X", year=2020)) == []


# --- groups -----------------------------------------------------------------------------------------------


def test_entries_are_sorted_by_key_whatever_their_case() -> None:
    text = export(*(Entry(key, Paper(title=key)) for key in ("b", "C", "a", "B2")))
    assert rendered(text) == ["a.", "b.", "B2.", "C."]


def test_groups_are_headings_with_lists_and_blank_lines_between() -> None:
    text = export(Entry("a", Paper(title="A", year=2020)), Entry("b", Paper(title="B", year=2021)), by="year")
    assert text == "## 2021\n\n- B. 2021.\n\n## 2020\n\n- A. 2020.\n"


def test_an_entry_stands_under_each_of_its_tags() -> None:
    text = export(Entry("a", Paper(title="A"), tags=("x", "y")), Entry("b", Paper(title="B"), tags=("y",)), by="tag")
    assert text == "## x\n\n- A.\n\n## y\n\n- A.\n- B.\n"


@pytest.mark.parametrize(("by", "none"), [("tag", "No tag"), ("year", "No year"), ("venue", "No venue")])
def test_what_has_no_group_comes_last(by: str, none: str) -> None:
    said = Entry("z", Paper(title="Z", year=2020, venue="Acta"), tags=("t",))
    text = export(Entry("a", Paper(title="A")), said, by=by)
    assert headings(text) == [{"tag": "t", "year": "2020", "venue": "Acta"}[by], none]
    assert text.endswith("- A.\n")


def test_years_go_backwards_and_names_forwards() -> None:
    entries = [
        Entry(str(year), Paper(title="X", year=year, venue=venue), tags=(venue,))
        for year, venue in ((2020, "beta"), (2022, "Acta"), (2021, "Émile"), (2019, "zoo"))
    ]
    assert headings(export(*entries, by="year")) == ["2022", "2021", "2020", "2019"]
    assert headings(export(*entries, by="venue")) == ["Acta", "beta", "Émile", "zoo"]
    assert headings(export(*entries, by="tag")) == ["Acta", "beta", "Émile", "zoo"]


def test_a_year_that_only_the_date_says_is_a_year() -> None:
    assert headings(export(Entry("a", Paper(title="A", date="2020-04")), by="year")) == ["2020"]


def test_nothing_is_an_empty_page() -> None:
    assert export() == ""
    assert export(by="tag") == ""


# --- leaving fields out -----------------------------------------------------------------------------------

FULL: dict[str, Any] = {
    "title": "X", "authors": (DOE,), "venue": "Acta", "year": 2020, "url": "https://ex.org", "doi": "10.1000/x",
    "arxiv": "2005.00683",
}  # fmt: skip


@pytest.mark.parametrize(
    ("omit", "expected"),
    [
        ("authors", "- [X](https://ex.org). *Acta*, 2020.\n"),
        ("venue", "- Jane Doe. [X](https://ex.org). 2020.\n"),
        ("year", "- Jane Doe. [X](https://ex.org). *Acta*.\n"),
        ("authors venue year", "- [X](https://ex.org).\n"),
        ("doi", "- Jane Doe. [X](https://ex.org). *Acta*, 2020.\n"),
        ("url", "- Jane Doe. [X](https://doi.org/10.1000/x). *Acta*, 2020.\n"),
        ("url doi", "- Jane Doe. [X](https://arxiv.org/abs/2005.00683). *Acta*, 2020.\n"),
        ("url doi arxiv", "- Jane Doe. X. *Acta*, 2020.\n"),
        ("abstract", "- Jane Doe. [X](https://ex.org). *Acta*, 2020.\n"),
    ],
)
def test_a_field_left_out_is_the_only_one_missing(omit: str, expected: str) -> None:
    assert item(omit, **FULL) == expected


# --- the examples -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_examples_are_shown_as_they_stand(seeded: Path, dialect: str) -> None:
    entries = store.read(seeded).entries
    shown = rendered(export(*entries.values()), dialect)
    assert len(shown) == 216
    ordered = sorted(entries.values(), key=lambda entry: (entry.key.lower(), entry.key))
    for text, entry in zip(shown, ordered, strict=True):
        assert entry.paper.title in text
        assert entry.paper.venue in text
        assert all(person.family in text for person in entry.paper.authors)


@pytest.mark.parametrize("by", markdown.GROUPS)
def test_the_examples_in_groups_are_headings_and_lists(seeded: Path, by: str) -> None:
    entries = list(store.read(seeded).entries.values())
    tokens = DIALECTS["CommonMark"].parse(export(*entries, by=by))
    outer = {token.type for token in tokens if token.level == 0}
    assert outer == {"heading_open", "heading_close", "bullet_list_open", "bullet_list_close"}


def test_two_runs_write_the_same_bytes(library: Program) -> None:
    for name, seed in (("a.md", "1"), ("b.md", "2")):
        library("export", "-o", name, "--group-by", "tag", PYTHONHASHSEED=seed)
    assert (library.folder / "a.md").read_bytes() == (library.folder / "b.md").read_bytes()


def test_no_line_of_the_examples_is_odd_at_its_end(library: Program) -> None:
    library("export", "-o", "a.md")
    lines = (library.folder / "a.md").read_text("utf-8").splitlines()
    assert [line for line in lines if not re.search(r"[^.?!\s]\.$|[?!]$|et al\.$", line)] == []
    assert [line for line in lines if re.search(r"[?!.]\)?\]\([^)]*\)\.$|\.\.$|[?!]\.$", line)] == []
