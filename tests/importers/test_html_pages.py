"""Saved HTML of each kind of page: the papers of its copied text, and what the links alone say of them.

In `pages/`, `saved-X.html` is a page as its site makes it, `saved-X.txt` is its text as a person copies it, and
`saved-X.toml` is what a reader of the HTML finds, by its lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from litcli import page
from tests.conftest import Program
from tests.importers.said import PAGES, expected, said, text_of

NAMES = ["saved-homepage", "saved-folio", "saved-feed", "saved-acl", "saved-hf", "saved-report"]
OF_LINKS = ("line", "arxiv", "doi", "url", "links")


def html_of(name: str) -> page.Page:
    return page.read(str(PAGES / f"{name}.html"))


def without_links(papers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{field: value for field, value in paper.items() if field not in OF_LINKS} for paper in papers]


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_page_gives_its_papers_with_their_links(name: str) -> None:
    assert said(html_of(name)) == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_page_has_the_papers_of_its_copied_text(name: str) -> None:
    html, text = said(html_of(name)), said(text_of(name))
    assert without_links(html["papers"]) == without_links(text["papers"])
    assert [problem["failed"] for problem in html["problems"]] == [problem["failed"] for problem in text["problems"]]


# --- the same page, written otherwise ---------------------------------------------------------------------

TAG = re.compile(r"<(?:script|style).*?</(?:script|style)>|<!--.*?-->|<[^>]*>", re.DOTALL)


def outside_tags(html: str, change: Callable[[str], str]) -> str:
    """A page with its text changed and its tags, scripts and comments as they were."""
    pieces = zip([*TAG.split(html)], [*TAG.findall(html), ""], strict=True)
    return "".join(change(text) + tag for text, tag in pieces)


def on_tags(html: str, change: Callable[[str], str]) -> str:
    return TAG.sub(lambda match: match[0] if match[0].startswith(("<!", "<s")) else change(match[0]), html)


WRITTEN_OTHERWISE: dict[str, Callable[[str], str]] = {
    "optional end tags left out": lambda html: re.sub(r"</(?:p|li|td|tr|tbody|body|html)>", "", html),
    "text broken over lines": lambda html: outside_tags(html, lambda text: text.replace(" ", "\n  ")),
    "tags broken over lines": lambda html: on_tags(html, lambda tag: tag.replace(" ", "\n\t", 1)),
    "tags in capitals": lambda html: re.sub(r"</?[a-z0-9]+", lambda match: match[0].upper(), html),
    "letters as entities": lambda html: outside_tags(
        html, lambda text: "".join(char if char.isascii() else f"&#x{ord(char):x};" for char in text)
    ),
    "comments between tags": lambda html: re.sub(r"(<(?:p|td|br|strong|em)\b[^>]*>)", r"\1<!-- <p>x</p> > -->", html),
    "formatting that is never closed": lambda html: html.replace("<em>", "<b><i>").replace("</em>", ""),
    "no quotes around attributes": lambda html: re.sub(r"(href|class)=\"([^\"\s=>]+)\"", r"\1=\2", html),
    "line ends of Windows": lambda html: html.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("change", WRITTEN_OTHERWISE.values(), ids=WRITTEN_OTHERWISE)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_that_is_written_otherwise_says_the_same(name: str, change: Callable[[str], str]) -> None:
    source = (PAGES / f"{name}.html").read_text("utf-8")
    changed = change(source)
    found = said(page.decode("page.html", changed.encode()))
    assert without_lines(found["papers"]) == without_lines(expected(name)["papers"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_in_another_encoding_says_the_same(name: str, encoding: str) -> None:
    source = (PAGES / f"{name}.html").read_text("utf-8").replace('charset="utf-8"', f'charset="{encoding}"')
    assert said(page.decode("page.html", source.encode(encoding))) == expected(name)


def without_lines(papers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{field: value for field, value in paper.items() if field != "line"} for paper in papers]


# --- the program ------------------------------------------------------------------------------------------


def test_html_comes_in_by_its_content_from_a_pipe(lit: Program) -> None:
    html = (PAGES / "saved-hf.html").read_bytes()
    lit("import", "-", "-L", lit.library, stdin=html)
    entries = lit("list", "-L", lit.library, "--json").json["entries"]
    assert sorted(entry["arxiv"] for entry in entries) == ["2608.09876", "2609.01001"]
    assert sorted(entry["sources"][0] for entry in entries) == ["stdin:15 (hf-papers)", "stdin:17 (hf-papers)"]


def test_the_text_and_the_html_of_a_page_are_the_same_papers(lit: Program) -> None:
    lit("import", PAGES / "saved-acl.txt", "-L", lit.library)
    again = lit("import", PAGES / "saved-acl.html", "-L", lit.library, "--json").json
    assert (again["imported"], again["merged"]) == (0, 3)
