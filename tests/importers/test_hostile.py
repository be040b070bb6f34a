"""Any bytes into any importer: papers, problems or a LitError, and in a time that grows with the page."""

from __future__ import annotations

import contextlib
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import importers, page
from litcli.errors import LitError
from litcli.paper import Problem, Record
from tests.conftest import SEEDS
from tests.growth import grows_in_proportion
from tests.importers.said import PAGES

SIZE = int(os.environ.get("LITCLI_HOSTILE", "12000"))
"""Characters of a hostile page. Much more, such as 400000, finds what is only a little out of proportion."""

TEXTS = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
LINES = st.sampled_from([line for text in TEXTS for line in text.split("\n") if len(line) < 300])
SAVED = [path.read_bytes() for path in sorted(PAGES.glob("*.html"))]
IMPORTERS = pytest.mark.parametrize("importer", importers.IMPORTERS, ids=lambda importer: importer.name)

WHERE = {
    "homepage: a title": ("homepage", "Papers\n\n{}\nAnn Lee, Bo Brown\nICML, 2022\npdf / code\n\nText."),
    "homepage: labels": ("homepage", "Papers\n\nTitle of It\nAnn Lee, Bo Brown\nICML, 2022 / {0} / pdf [{0}] [code]\n"),
    "homepage: authors": ("homepage", "Papers\n\nTitle of It\n{}\nICML, 2022\npdf / code\n\nText."),
    "homepage: a venue": ("homepage", "Papers\n\nTitle of It\nAnn Lee, Bo Brown\nICML, 2022 {}\npdf / code\n"),
    "feed: a title": ("paper-feed", "CLOct 10, 2023Code\n{}"),
    "feed: authors": ("paper-feed", "CLOct 10, 2023Code\nTitle of ItAnn Lee, {} et al. · x\nText."),
    "feed: a head": ("paper-feed", "CLOct 10, 2023{}\nTitle of ItAnn Lee\n"),
    "anthology: a record": ("acl-anthology", "2025\n\npdf bib\n{0}\n{0}\n{0}\n\n{0}"),
    "Hugging Face: a record": ("hf-papers", "byAK and the research community\n\n{0}\n\n{0}"),
    "report: a bullet": ("grouped-list", "# G\n- Title of It({0}, 2020, X)\n- {0}"),
    "report: the pool": ("grouped-list", "# G\n- Title of It(Ann Lee, 2020, X)\n\n总计 1 篇\n{}"),
    "a paper's page: tags": (
        "paper-page",
        "<html><head><meta name='citation_title' content='T {0}'><meta name='citation_author' content='{0}'></head>"
        "<body><p>Abstract</p><p>{0}</p></body></html>",
    ),
    "references: an entry": ("reference-list", "References\n[1] {0}\n[2] A. Lee. Title of it. ICML, 2020. {0}"),
    "BibTeX: values": ("bibtex", '@article{{x, title = {{{0}}}, author = {{{0}}}, note = "{0}" }}'),
    "RIS: values": ("ris", "TY  - JOUR\nTI  - {0}\nAU  - {0}\nPY  - {0}\nER  - \n"),
    "CSL-JSON: values": ("csl-json", '[{{"title": "{0}", "author": [{{"family": "{0}"}}], "type": "{0}"}}]'),
    "library: values": ("litcli", 'format = 1\n[papers.x]\ntitle = "{0}"\nauthors = ["{0}"]\ndoi = "{0}"\n'),
    "HTML: text": ("homepage", "<html><body><h1>Papers</h1><p>{0}<br><a href='{0}'>{0}</a></p></body></html>"),
}
"""An importer, and a page of its kind that holds one line made to be slow."""

PIECES = {
    "a letter": "a",
    "capitals in a word": "aB",
    "words": "word ",
    "names": "Ann Lee, ",
    "names joined": "Ann Lee and ",
    "initials": "A. ",
    "numbers": "1 ",
    "years": "2020 ",
    "Chinese": "综",
    "combining marks": "a\u0301",
    "marks alone": "\u0301",
    "commas": ", ",
    "points": ".",
    "quotes": '"',
    "open brackets": "(",
    "empty brackets": "()",
    "labels": "[1] ",
    "dashes": "-",
    "stars": "*",
    "entities": "&amp;",
    "tags": "<i>",
    "open tags": "<",
    "dollars": "$",
    "braces": "{",
    "backslashes": "\\",
    "line ends that are text": "\\n",
    "no-break spaces": "\xa0",
}

PAGE_OF = {
    "empty lines": "\n",
    "tiny lines": "x\n",
    "tiny paragraphs": "x\n\n",
    "names": "Ann Lee\n",
    "lists of names": "Ann Lee, Bo Brown\n",
    "venues": "ICML, 2022\n",
    "labels": "pdf\n",
    "buttons": "pdf bib\n",
    "bullets": "- x\n",
    "papers in bullets": "- x(A, 2020, Y)\n",
    "headings": "Papers\n",
    "headings of references": "References\n",
    "years": "2020\n",
    "heads": "CLOct 10, 2023\n",
    "papers of a homepage": "T\nA, B\nICML, 2022\n\n",
    "numbered references": "[1] A. Lee. T. 2020.\n",
    "sentences": "Some sentence that ends here for good and all.\n",
    "broken words": "a-\n",
    "entries without an end": "@article{x,\n",
    "half a list": '[{"title": \n',
    "records without an end": "TY  - JOUR\n",
    "tables": "[papers.x]\n",
}


def check(importer: importers.Importer, found: page.Page) -> None:
    """Both functions of the importer, and that what they say lies on the page."""
    last = max(found.layout.origins) if found.layout else len(found.lines)
    importer.detect(found)
    with contextlib.suppress(LitError):
        for item in importer.parse(found):
            assert isinstance(item, Record | Problem)
            assert 1 <= item.line <= last
            # An entry of a file that somebody owns may be without a title.
            assert isinstance(item, Problem) or item.paper.title or importer in importers.FILES


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
@pytest.mark.parametrize(("name", "around"), WHERE.values(), ids=WHERE)
def test_a_line_made_to_be_slow_takes_its_share(name: str, around: str, piece: str) -> None:
    importer = importers.by_name(name)

    def work(line: str) -> None:
        check(importer, page.decode("page.txt", around.format(line).encode()))

    assert grows_in_proportion(work, piece * (SIZE // len(piece)))


@pytest.mark.parametrize("piece", PAGE_OF.values(), ids=PAGE_OF)
@IMPORTERS
def test_a_page_of_lines_made_to_be_slow_takes_its_share(importer: importers.Importer, piece: str) -> None:
    def work(text: str) -> None:
        check(importer, page.Page("page.txt", text))

    assert grows_in_proportion(work, piece * (SIZE // len(piece) // 2))


@IMPORTERS
def test_a_line_of_two_megabytes_is_read(importer: importers.Importer) -> None:
    check(importer, page.Page("page.txt", "x" + "Ann Lee (1), " * 150_000))


@IMPORTERS
@settings(deadline=None, max_examples=60)
@given(text=st.one_of(st.text(), st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=30).map("\n".join)))
def test_any_text_gives_papers_and_problems(importer: importers.Importer, text: str) -> None:
    check(importer, page.Page("page.txt", text))


def read(data: bytes) -> None:
    """All that is done with the bytes of a source."""
    with contextlib.suppress(LitError):
        found = page.decode("page.txt", data)
        check(importers.identify(found), found)


@settings(deadline=None, max_examples=200)
@given(st.binary())
def test_any_bytes_are_a_page_or_an_error(data: bytes) -> None:
    read(data)


@settings(deadline=None, max_examples=150)
@given(data=st.data(), source=st.sampled_from([*(text.encode()[:6000] for text in TEXTS), *SAVED]))
def test_any_damage_to_a_page_gives_papers_problems_or_an_error(data: st.DataObject, source: bytes) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        at, until = sorted((data.draw(st.integers(0, len(source))), data.draw(st.integers(0, len(source)))))
        cut = data.draw(st.sampled_from([source[at : at + 3], source[at:until], b""]))
        source = source[:at] + data.draw(st.binary(max_size=6)) + cut + source[max(at, min(until, at + 40)) :]
    read(source)
