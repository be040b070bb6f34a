"""HTML as the lines that its reader sees and copies, with its links; in a time that grows with the page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import html
from tests.growth import grows_in_proportion


def lines(source: str) -> list[str]:
    return html.lay_out(source).text.splitlines()


def links(source: str) -> list[tuple[str, str]]:
    """What each link says, and where it leads."""
    return [(link.label, link.target) for link in html.lay_out(source).links]


# --- recognising ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><p>x",
        "\n  <html lang=en>",
        "<!-- saved from url=(0019)https://example.org --><html>",
        '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">',
        "<BODY>x",
        "<div class=papers>\n<p>One</p>\n<p>Two</p>\n</div>",
    ],
)
def test_html_is_known_by_how_it_begins(text: str) -> None:
    assert html.is_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "Papers\n\nA <i>Title</i>",
        "<https://example.org>\nis where it is",
        '<?xml version="1.0"?><rss version="2.0">',
        "<!-- notes -->\n# Papers\n",
        "<p align=center>\n\n# Papers\n\n- One(Ann Lee, 2020, X)\n- Two(Bo Brown, 2021, Y)\n",
        "@article{x, title = {<p>y</p>}}",
        '{"abstract": "<p>x</p>"}',
        "< 5 of them",
        "",
    ],
)
def test_a_text_with_tags_in_it_is_no_html(text: str) -> None:
    assert not html.is_html(text)


def test_a_file_of_that_name_is_html_however_it_begins() -> None:
    assert html.is_html("Papers<br>One", is_named_so=True)
    assert not html.is_html("Papers, 1 < 2", is_named_so=True)


# --- lines ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("one\n   two\t three", ["one two three"]),
        ("a<b>b</b>c <i> d</i>", ["abc d"]),
        ("one<br>two<br/><br>four", ["one", "two", "", "four"]),
        ("<div>one</div><div>two</div>", ["one", "two"]),
        ("<div><div><div>one</div></div>two</div>", ["one", "two"]),
        ("<p>one<p>two", ["one", "", "two"]),
        ("one<h2>two</h2>three", ["one", "", "two", "", "three"]),
        ("<p></p><p></p>one<p></p>", ["one"]),
        ("<table><tr><td>1<td>2<tr><td>3<td>4</table>", ["1\t2", "3\t4"]),
        ("<table><tr><td>2022<td>One<br>Two<tr><td>2021<td>Three</table>", ["2022", "One", "Two", "", "2021\tThree"]),
        ("<pre>\none\n  two\n\nfour</pre>", ["one", "  two", "", "four"]),
        ("<span class='d-block mr-2'>one</span><span class='text-block'>two</span>", ["one", "two"]),
        ("x &amp; y &lt;z&gt; &eacute;&#8211;&#x4e2d; &copy", ["x & y <z> é–中 ©"]),
        ("one&nbsp;two&shy;fold", ["one\xa0two\xadfold"]),
        ("<details><summary>one</summary>two</details>", ["one", "two"]),
        ("<dl><dt>one<dd>two</dl>", ["one", "two"]),
    ],
)
def test_text_is_laid_out_as_browsers_do(source: str, expected: list[str]) -> None:
    assert lines(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<ul><li>one<li>two</ul>", ["• one", "• two"]),
        ("<ol><li>one<li>two</ol>", ["1. one", "2. two"]),
        ("<ol start=5><li>one<li value=9>two<li>three</ol>", ["5. one", "9. two", "10. three"]),
        ("<ul><li><p>one</p></li></ul>", ["• one"]),
        ("<ul class=nav><li>one</li></ul>", ["one"]),
        ("<ul><li>one<br>two</li><li>three</li></ul>", ["one", "two", "", "• three"]),
        ("<ul><li><img src=x></li><li>two</li></ul>", ["• two"]),
        ("<ul><li>one<ul><li>two</ul><li>three</ul>", ["one", "• two", "", "• three"]),
    ],
)
def test_items_of_one_line_have_bullets_where_the_page_leaves_that_to_the_browser(
    source: str, expected: list[str]
) -> None:
    assert lines(source) == expected


@pytest.mark.parametrize(
    "unseen",
    [
        "<!-- x -->",
        "<!-- <p>x</p> -- > -->",
        "<script>'<p>x</p>'</script>",
        "<style>p { x }</style>",
        "<template><p>x</template>",
        "<noscript>x</noscript>",
        "<span hidden>x</span>",
        "<div style='color: red; display:none'>x</div>",
        "<i style='visibility: hidden'>x</i>",
        "<svg><title>x</title><text>x</text></svg>",
        "<textarea>x</textarea>",
        "<select><option>x</select>",
        "<img alt=x>",
    ],
)
def test_what_nobody_sees_is_not_read(unseen: str) -> None:
    assert lines(f"<main>one {unseen} two</main>") == ["one two"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("10<sup>5</sup> H<sub>2</sub>O", "10⁵ H₂O"),
        ("Ann Lee<sup>1,2</sup>", "Ann Lee¹,²"),
        ("1<sup>st</sup> C<sub>max</sub>", "1st Cmax"),
        ("<math><mi>x</mi><annotation encoding='application/x-tex'>x^2</annotation></math>", "$x^2$"),
        ("<math><mi>x</mi></math>", "x"),
    ],
)
def test_what_stands_above_or_below_the_line_keeps_its_meaning(source: str, expected: str) -> None:
    assert lines(source) == [expected]


def test_a_tag_that_closes_itself_is_closed_in_xhtml_alone() -> None:
    page = '<html><body><script src="x"/><p>one</p><div/><p>two</p></body></html>'
    assert lines(f'<?xml version="1.0"?>{page}') == ["one", "", "two"]
    assert lines(page) == []


def test_each_line_knows_the_line_of_the_source_where_it_begins() -> None:
    source = "<body>\n\n<p>one\ntwo<!-- \n -->\n<b\nclass=x>three</b>\n<br>\nfour\n\n five</p><div\n\n>six</div>"
    layout = html.lay_out(source.replace("\n", "\r\n"))
    assert layout.text.splitlines() == ["one two three", "four five", "", "six"]
    assert [layout.origin(line) for line in (1, 2, 4)] == [3, 9, 13]


# --- links ------------------------------------------------------------------------------------------------


def test_a_link_knows_where_it_stands() -> None:
    layout = html.lay_out("<ul><li>see <a href=x.pdf> the paper </a>and <a href=y>that</a></ul>")
    (line,) = layout.text.splitlines()
    assert [(link.line, line[link.start : link.end], link.target) for link in layout.links] == [
        (1, "the paper", "x.pdf"),
        (1, "that", "y"),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<a href=x><h3>One</h3><p>Two</p></a>", [("One", "x"), ("Two", "x")]),
        ("<a href=' x?a=1&amp;b=2 '>one</a>", [("one", "x?a=1&b=2")]),
        ("one <a href=x title='Open PDF'><svg></svg></a>", [("Open PDF", "x")]),
        ("one <a href=x><img alt='the code'></a>", [("the code", "x")]),
        ("one <a href=x></a><a name=y>one</a><a href=>two</a>", []),
        ("<a href='#top'>one</a><a href='JavaScript:go()'>two</a><a href=mailto:a@example.org>three</a>", []),
        ("<a href=x>one<a href=y>two", [("one", "x"), ("two", "y")]),
    ],
)
def test_links_are_what_leads_to_other_pages(source: str, expected: list[tuple[str, str]]) -> None:
    assert links(source) == expected


@pytest.mark.parametrize(
    ("head", "base"),
    [
        ("<base href=https://a.example.org/x/>", "https://a.example.org/x/"),
        ("<link rel=canonical href=https://a.example.org/y>", "https://a.example.org/y"),
        ("<meta property=og:url content=https://a.example.org/z>", "https://a.example.org/z"),
        ("<link rel=canonical href=https://a.example.org/y/z><base href=/w/>", "https://a.example.org/w/"),
        ("<base href='//['>", ""),
        ("<base href=/w/>", ""),
        ("<title>x</title>", ""),
    ],
)
def test_a_page_says_where_its_links_start_from(head: str, base: str) -> None:
    assert html.lay_out(f"<html><head>{head}</head><body>x</body></html>").base == base


def test_a_page_saved_by_a_browser_says_where_it_is_from() -> None:
    saved = "<!-- saved from url=(0021)https://a.example.org/ -->\n<html><body>x"
    assert html.lay_out(saved).base == "https://a.example.org/"


@pytest.mark.parametrize(
    ("base", "target", "address"),
    [
        ("https://a.example.org/x/", "y.pdf", "https://a.example.org/x/y.pdf"),
        ("", "https://b.example.org", "https://b.example.org"),
        ("", "y.pdf", ""),
        ("file:///home/x.html", "y.pdf", ""),
        ("https://a.example.org", "http://[", ""),
        ("https://a.example.org", "javascript:x", ""),
    ],
)
def test_an_address_is_never_guessed(base: str, target: str, address: str) -> None:
    assert html.join(base, target) == address


# --- regions ----------------------------------------------------------------------------------------------


def regions(source: str, *said: str) -> list[list[str]]:
    """The filled lines around each of some lines that belong to it alone."""
    layout = html.lay_out(source)
    text = layout.text.splitlines()
    found = layout.regions([text.index(line) + 1 for line in said])
    return [[text[at - 1] for at in region if at <= len(text) and text[at - 1]] for region in found]


@pytest.mark.parametrize(
    "source",
    [
        "<h2>H</h2><div><p>a1</p><p>A</p><p>a2</p></div><div><p>b1</p><p>B</p><p>b2</p></div><h2>F</h2>",
        "<h2>H</h2><table><tr><td>a1<td><div>A</div>a2<tr><td>b1<td><div>B</div>b2</table><h2>F</h2>",
        "<h2>H</h2><section><p>a1<br>A</p><p>a2</p><div>b1<br>B</div><p>b2</p></section><footer>F</footer>",
    ],
    ids=["an element each", "rows", "only the head of each"],
)
def test_a_record_has_its_own_element_and_what_follows(source: str) -> None:
    assert regions(source, "A", "B") == [["a1", "A", "a2"], ["b1", "B", "b2"]]


def test_records_without_elements_of_their_own_reach_to_the_next_title() -> None:
    source = "<h1>H</h1>x<br>A<br>a<br>B<br>b<footer>F</footer>"
    assert regions(source, "A", "B") == [["A", "a"], ["B", "b"]]


def test_no_lines_have_no_regions() -> None:
    assert list(html.lay_out("<p>x").regions([])) == []


# --- hostile pages ----------------------------------------------------------------------------------------

UNITS = {
    "divisions": "<div>x ",
    "paragraphs": "<p>x",
    "formatting": "<b><i>x",
    "formatting around paragraphs": "<font color=red><p>x",
    "links": "<a href=x>y",
    "links in tables": "<a href=x><table><tr><td>",
    "lists": "<ul><li>",
    "tables": "<table><tr><td>x",
    "cells without a table": "<td>x",
    "end tags without a beginning": "</q>x",
    "signs": "<",
    "unclosed tags": "<p <",
    "unclosed quotes": "<a x='",
    "comments": "<!--",
    "scripts": "<script>",
    "entities": "&amp;&#",
    "names of entities": "&CounterClockwiseContourIntegral;",
    "raised": "<sup>1",
    "pictures": "<svg><g>",
    "formulas": "<math><mi>x",
    "lines as they are": "<pre>a\n",
    "blank lines": "<br>",
    "marks": "a\u0301",
}


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_a_page_made_to_be_slow_takes_its_share(unit: str) -> None:
    assert grows_in_proportion(html.lay_out, unit * (120_000 // len(unit)))


@pytest.mark.parametrize(
    "make",
    [
        lambda number: f" x{number}=1",
        lambda number: f" <x{number}",
        lambda number: f"/x{number}",
        lambda number: f'x{number}="1"',
    ],
)
def test_a_tag_with_any_number_of_attributes_takes_its_share(make: object) -> None:
    assert callable(make)
    assert grows_in_proportion(html.lay_out, "<a href=x" + "".join(map(make, range(20_000))))


def test_distinct_formatting_takes_its_share() -> None:
    unclosed = "".join(f"<font size={number}>" for number in range(3000))
    assert grows_in_proportion(html.lay_out, f"<p>{unclosed}" + "<p>x" * 10_000)


def test_text_within_ten_thousand_elements_is_read() -> None:
    assert lines("<div>" * 10_000 + "one" + "</div>" * 10_000 + "two") == ["one", "two"]


def test_a_link_within_many_elements_is_still_one_behind_them() -> None:
    deep = "<div>" * 1000 + "one" + "</div>" * 1000
    assert links(f"{deep}<p><a href=x>two</a>") == [("two", "x")]


PIECES = st.sampled_from(
    [
        *UNITS.values(),
        "</div>",
        "</p>",
        "</a>",
        "</table>",
        "<!-- x -->",
        "<hr>",
        "</ul>",
        "<li>x",
        "\n",
        "text ",
        "&lt;",
    ]
)


@settings(deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=30).map("".join))
def test_any_text_has_a_layout(source: str) -> None:
    layout = html.lay_out(source)
    text = layout.text.split("\n")
    assert len(layout.origins) == len(layout.homes) == len(text) - 1
    assert all(1 <= origin <= source.count("\n") + source.count("\r") + 1 for origin in layout.origins)
    assert all(0 <= link.start <= link.end <= len(text[link.line - 1]) for link in layout.links)
    assert all(region for region in layout.regions([*range(1, len(text))]))
