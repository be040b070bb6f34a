"""Reference lists in the usual styles, as they are copied from a paper's end."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import detex, importers, page, table
from litcli.exporters import bibtex
from litcli.exporters.options import Options
from litcli.importers import reference_list
from litcli.paper import Entry, Paper, Person, Problem, Record
from litcli.text import squeeze, title_key
from tests.conftest import needs
from tests.growth import grows_in_proportion
from tests.importers.said import OTHER, expected, said, text_of

NAMES = ["reference-list", "references-acl", "references-apa", "references-lncs", "references-mixed"]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_what_its_reader_finds(name: str) -> None:
    assert said(text_of(name)) == expected(name)


# --- one list, many styles --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ref:
    """A paper in a journal: its people as (given, family), and the rest."""

    people: tuple[tuple[str, str], ...]
    title: str
    journal: str
    volume: int
    number: int
    pages: str
    year: int


REFS = (
    Ref(
        (("Ann Mary", "Author"), ("Jan", "van der Berg")),
        *("Counting sheep: A survey", "Journal of Sheep", 12, 3, "45–67", 2019),
    ),
    Ref((("Jean-Luc", "Picard"),), "Why do sheep sleep?", "Annals of Rest", 7, 1, "1–10", 2020),
    Ref(
        (("Bo", "Brown"), ("Cy", "Clark"), ("Di", "O'Drake")),
        *("BERT, GPT-2, and the others", "Neural Computing", 33, 2, "e1–e9", 2021),
    ),
    Ref(
        (("Øyvind", "Åse"), ("Wei", "Wang")),
        *("Models of 3D goats in the wild", "IEEE Transactions on Goats", 4, 11, "100–110", 1998),
    ),
)


def initials(given: str, mark: str = ".", between: str = " ") -> str:
    """`Jean-Luc` -> `J.-L.`, `Ann Mary` -> `A. M.`"""
    return between.join("-".join(part[0] + mark for part in word.split("-")) for word in given.split())


def listed(people: list[str], last: str = ", and ", two: str = " and ") -> str:
    *others, end = people
    return end if not others else (two if len(others) == 1 else last).join([", ".join(others), end])


def spoken(ref: Ref) -> list[str]:
    return [f"{given} {family}" for given, family in ref.people]


def short(ref: Ref) -> list[str]:
    return [f"{initials(given)} {family}" for given, family in ref.people]


def inverted(ref: Ref) -> list[str]:
    return [f"{family}, {initials(given)}" for given, family in ref.people]


def tight(ref: Ref) -> list[str]:
    return [f"{family} {initials(given, '', '').replace('-', '')}" for given, family in ref.people]


def ended(ref: Ref) -> str:
    return ref.title if ref.title.endswith("?") else f"{ref.title}."


def quoted(ref: Ref) -> str:
    return f"“{ref.title}”" if ref.title.endswith("?") else f"“{ref.title},”"


def placed(ref: Ref) -> str:
    return f"{ref.journal}, {ref.volume}({ref.number}):{ref.pages}"


STYLES: dict[str, Callable[[Ref], str]] = {
    "plain": lambda r: f"{listed(spoken(r))}. {ended(r)} {placed(r)}, {r.year}.",
    "abbrv": lambda r: f"{listed(short(r))}. {ended(r)} {placed(r)}, {r.year}.",
    "icml": lambda r: f"{listed(inverted(r))} {ended(r)} {placed(r)}, {r.year}.",
    "acl": lambda r: f"{listed(spoken(r))}. {r.year}. {ended(r)} {placed(r)}.",
    "ieee": lambda r: (
        f"{listed(short(r))}, {quoted(r)} {r.journal}, vol. {r.volume}, no. {r.number}, pp. {r.pages}, Mar. {r.year}."
    ),
    "apa": lambda r: (
        f"{listed(inverted(r), ', & ', ', & ')} ({r.year}). {ended(r)} {r.journal}, {r.volume}({r.number}), {r.pages}."
    ),
    "lncs": lambda r: f"{', '.join(inverted(r))}: {ended(r)} {r.journal} {r.volume}({r.number}), {r.pages} ({r.year})",
    "nature": lambda r: f"{listed(inverted(r), ' & ', ' & ')} {ended(r)} {r.journal} {r.volume}, {r.pages} ({r.year}).",
    "vancouver": lambda r: f"{', '.join(tight(r))}. {ended(r)} {r.journal}. {r.year};{r.volume}({r.number}):{r.pages}.",
}


def read(text: str) -> tuple[list[Paper], list[Problem]]:
    found = page.Page("page.txt", text)
    items = list(importers.identify(found).parse(found))
    return [i.paper for i in items if isinstance(i, Record)], [i for i in items if isinstance(i, Problem)]


def families(people: tuple[Person, ...]) -> list[str]:
    return [" ".join(part for part in (person.particle, person.family or person.literal) if part) for person in people]


@pytest.mark.parametrize("style", STYLES)
def test_a_style_is_read(style: str) -> None:
    text = "References\n" + "\n".join(f"[{n}] {STYLES[style](ref)}" for n, ref in enumerate(REFS, start=1)) + "\n"
    papers, problems = read(text)
    assert problems == []
    for paper, ref in zip(papers, REFS, strict=True):
        assert (paper.title, paper.year) == (ref.title, ref.year)
        assert (paper.venue, paper.volume) == (ref.journal, str(ref.volume))
        assert families(paper.authors) == [family for _, family in ref.people]
        assert paper.pages == ref.pages.replace("–", "-")
        assert paper.number == ("" if style == "nature" else str(ref.number))
        assert paper.type == "article"


def cut(text: str, width: int) -> str:
    """A text in rows as a typesetter cuts it, within long words too."""
    rows = [""]
    for word in text.split(" "):
        room = width - len(rows[-1]) - 1
        if len(word) <= room or not rows[-1]:
            rows[-1] = f"{rows[-1]} {word}".strip()
        elif word.isalpha() and word.islower() and len(word) > 8 and room > 5:
            rows[-1] += f" {word[:4]}-"
            rows.append(word[4:])
        else:
            rows.append(word)
    return "\n".join(rows)


@settings(deadline=None, max_examples=100)
@given(
    style=st.sampled_from(sorted(STYLES)),
    order=st.permutations(REFS),
    label=st.sampled_from(["[{}] ", "{}. ", "({}) ", "[Aut{}{}a] ", ""]),
    width=st.integers(60, 100) | st.none(),
    gap=st.sampled_from(["\n", "\n\n"]),
    heading=st.sampled_from(["References", "REFERENCES", "## References", "Bibliography", "7. References", "参考文献"]),
    head=st.booleans(),
)
def test_the_layout_changes_nothing(
    style: str, order: list[Ref], label: str, width: int | None, gap: str, heading: str, head: bool
) -> None:
    entries = [
        (label.format(n, n + 10) if "}{" in label else label.format(n)) + STYLES[style](ref)
        for n, ref in enumerate(order, start=1)
    ]
    if width and not label:
        gap = "\n\n"
    rows = [cut(entry, width) if width else entry for entry in entries]
    if head:
        rows[1] += "\n\nAuthor et al.\n12\n"
    papers, problems = read(f"{heading}\n{gap.join(rows)}\n")
    assert [problem.failed for problem in problems] == [0] * head
    assert [(paper.title, paper.year, families(paper.authors)) for paper in papers] == [
        (ref.title, ref.year, [family for _, family in ref.people]) for ref in order
    ]


BOOKS = [
    ("A. Bee. T. PhD thesis, University of X, 2019.", "phdthesis"),
    ("A. Bee. Sheep. Technical report TR-12, OpenAI, 2019.", "techreport"),
    ("A. Bee. The Book of Sheep. MIT Press, 2019.", "book"),
    ("A. Bee. Sheep. In ICML, pages 1–2, 2019.", "inproceedings"),
    ("A. Bee. Sheep. In C. Dee, editor, Animals, pages 1–2. Springer, 2019.", "incollection"),
    ("A. Bee. Sheep. arXiv preprint arXiv:1901.00001, 2019.", "misc"),
    ("A. Bee. Sheep. Foo Quarterly, 12:1–9, 2019.", "article"),
]


@pytest.mark.parametrize(("text", "kind"), BOOKS)
def test_the_rest_tells_the_kind(text: str, kind: str) -> None:
    ((paper,), _) = read(f"References\n[1] {text}\n")
    assert (paper.type, paper.year) == (kind, 2019)


@pytest.mark.parametrize(
    ("text", "doi", "arxiv", "url"),
    [
        ("doi:10.1000/a_b(1).", "10.1000/a_b(1)", "", ""),
        ("https://doi.org/10.1000/182.", "10.1000/182", "", ""),
        ("(doi: 10.1000/182)", "10.1000/182", "", ""),
        ("https://doi.org/10.48550/arXiv.2301.00001", "", "2301.00001", ""),
        ("https://arxiv.org/abs/2301.00001v2.", "", "2301.00001", ""),
        ("arXiv:math/0601001 [math.AG]", "", "math/0601001", ""),
        ("Available: https://x.org/a_(b).", "", "", "https://x.org/a_(b)"),
        ("URL https://x.org/a?b=1&c=%20#d. Accessed: May 3, 2020.", "", "", "https://x.org/a?b=1&c=%20#d"),
        ("[Online]. Available: https://x.org/a", "", "", "https://x.org/a"),
        ("Retrieved from https://x.org/a", "", "", "https://x.org/a"),
    ],
)
def test_an_identifier_is_taken_out_whole(text: str, doi: str, arxiv: str, url: str) -> None:
    ((paper,), _) = read(f"References\n[1] A. Bee and C. Dee. Sheep and goats. In ICML, 2019. {text}\n")
    assert (paper.title, paper.venue, paper.year) == ("Sheep and goats", "ICML", 2019)
    assert (paper.doi, paper.arxiv, paper.url) == (doi, arxiv, url)


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ("Lan-\nguage models", "Language models"),
        ("A self-\nattentive sheep", "A self-attentive sheep"),
        ("Low-\nRank sheep", "Low-Rank sheep"),
        ("On pre-\ntraining and pre-training again", "On pre-training and pre-training again"),
        ("Sheep of 2019–\n2021", "Sheep of 2019–2021"),
    ],
)
def test_a_word_that_a_line_s_end_cut_is_whole_again(rows: str, title: str) -> None:
    ((paper, _), _) = read(f"References\n[1] A. Bee. {rows}. In ICML, 2019.\n[2] C. Dee. Goats. In ICML, 2020.\n")
    assert paper.title == title


def test_what_is_uncertain_is_read_and_told_with_its_text() -> None:
    ((paper, _), (problem,)) = read("References\n[1] A. Bee. Sheep and goats.\n[2] C. Dee. Goats. In ICML, 2020.\n")
    assert (paper.title, paper.fields["reference"]) == ("Sheep and goats", "A. Bee. Sheep and goats.")
    assert (problem.line, problem.failed) == (2, 0)


def test_numbers_at_a_line_s_beginning_are_labels_only_in_their_order() -> None:
    rows = ["1. A. Bee. Sheep. In ICML, pages 1–", "12. PMLR, 2019.", "2. C. Dee. Goats. In ICML, 2020.", ""]
    papers, _ = read("\n".join(["References", *rows]))
    assert [(paper.title, paper.pages) for paper in papers] == [("Sheep", "1-12"), ("Goats", "")]


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_another_text_is_not_taken_for_such_a_page(text: str) -> None:
    assert not reference_list.detect(page.Page("page.txt", text))


# --- what BibTeX prints -----------------------------------------------------------------------------------

GOLDEN = Path(__file__).parent / "golden"
ITEM = re.compile(
    r"\\bibitem(?:\[(?:[^\[\]]|\[[^\]]*\])*\])?\{(?P<key>[^{}]*)\}(?P<text>.*?)(?=\\bibitem|\\end\{the)", re.DOTALL
)


def entries() -> dict[str, Entry]:
    """The papers of two example pages, without what no style prints."""
    files = [GOLDEN / f"{name}.toml" for name in ("homepage", "acl-anthology")]
    tables = [tomllib.loads(file.read_text("utf-8"))["papers"] for file in files]
    found = {key: table.from_table(key, entry) for papers in tables for key, entry in papers.items()}
    return {key: replace(entry, paper=replace(entry.paper, abstract="", fields={})) for key, entry in found.items()}


@needs("bibtex")
@pytest.mark.parametrize("style", ["plain", "abbrv", "alpha", "unsrt", "ieeetr", "acm", "siam", "apalike"])
def test_what_a_bibtex_style_prints_is_read_back(style: str, tmp_path: Path) -> None:
    wanted = entries()
    (tmp_path / "refs.bib").write_text(bibtex.write(list(wanted.values()), Options()).text, "utf-8")
    (tmp_path / "x.aux").write_text(f"\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{refs}}\n", "utf-8")
    subprocess.run(["bibtex", "x"], cwd=tmp_path, capture_output=True, check=True, timeout=60)
    items = {item["key"]: item["text"] for item in ITEM.finditer((tmp_path / "x.bbl").read_text("utf-8"))}
    printed = {
        key: squeeze(re.sub(r"\\(?:textsc|emph)\b|[{}]", "", detex.decode(text.replace("\\newblock", ""))))
        for key, text in items.items()
    }
    lines = [f"[{n}] {text}" for n, text in enumerate(printed.values(), start=1)]
    papers, _ = read("\n".join(["References", *lines, ""]))
    for key, paper in zip(printed, papers, strict=True):
        there = wanted[key].paper
        assert (title_key(paper.title), paper.year) == (title_key(there.title), there.year)
        assert families(paper.authors) == families(there.authors)


# --- time -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "line"),
    [
        ("", "A. Author, "),
        ("", "Author, A. & "),
        ("", "Ann Author, "),
        ("", "Word "),
        ("", "W"),
        ("", "A. "),
        ("", "Ann Author: "),
        ("A. Bee. ", "Why? Ab "),
        ("A. Bee. ", "“a "),
        ("A. Bee. T. ", "(2020) "),
        ("A. Bee. T. In X, ", "ab, "),
        ("A. Bee. T. ", "https://x.org/a "),
        ("A. Bee. T. ", "Available: "),
        ("A. Bee. T. http://x", ")"),
        ("A. Bee. T. ", "ab-\ncd "),
        ("A. Bee. T. In ICML, 2020.\n", "[2] A. Bee. T. In ICML, 2020.\n"),
        ("A. Bee. T. In ICML, 2020.\n", "2. word word\n"),
    ],
)
def test_the_time_grows_with_the_page(start: str, line: str) -> None:
    text = f"References\n[1] {start}" + line * (200_000 // len(line))
    assert grows_in_proportion(lambda text: list(reference_list.parse(page.Page("page.txt", text))), text)
