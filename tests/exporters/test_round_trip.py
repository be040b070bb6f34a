"""Out and in again: what an export says to other readers, and to our own import, is what the record said."""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest
from bibtexparser.splitter import Splitter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from litcli import bibfile, detex, names, parallel, tex
from litcli.exporters import bib as dialects
from litcli.exporters import biblatex, bibtex
from litcli.exporters.options import Options
from litcli.importers import bib
from litcli.page import Page
from litcli.paper import Entry, Paper, Person, Problem, Record
from litcli.text import is_balanced
from tests.conftest import needs

DIALECTS = pytest.mark.parametrize("dialect", [bibtex, biblatex], ids=["bibtex", "biblatex"])
VENUE = {bibtex: "journal", biblatex: "journaltitle"}


def export(dialect: ModuleType, *entries: Entry) -> str:
    text: str = dialect.write(entries, Options()).text
    return text


def read_by_another(text: str) -> dict[str, Mapping[str, str]]:
    """The fields of each entry as bibtexparser has them."""
    library = Splitter(text).split()
    assert library.failed_blocks == []
    return {
        entry.key: {field.key: field.value.removeprefix("{").removesuffix("}") for field in entry.fields}
        for entry in library.entries
    }


# --- any text ---------------------------------------------------------------------------------------------

SPECIALS = r"""{}$\&%#_^~<>|"'`-–—“”‘’„«»…:.,;!?()[]@=/+*"""
WORDS = r"""BERT GPT-3 iPhone $x^2$ $O(n)$ {DNA} {{X}} \& \$ \{ \} -- --- '' `` \emph{a} \alpha α β Ω ∞ ² ü É ß ø Ł đ Ş
    ế İ ı 中文 Москва and And others and, @misc{x, % # $5 $10 a@b C++ C# R&D \ {\"u} \foo \LaTeX{} µ ½ ° § € — “x” ‘y’
    O'Neil x_1 10^3 ~5 <i> a|b""".split()
word = st.sampled_from(WORDS)
text = st.one_of(
    st.lists(word | st.text(alphabet="abAB é" + SPECIALS, max_size=4), min_size=1, max_size=6).map(" ".join),
    st.lists(word, min_size=1, max_size=4).map("".join),
    st.text(min_size=1, max_size=12),
)
LOOKALIKES = "".join(greek for greek, name in tex.GREEK.items() if name.startswith("mathrm"))


def printed(text: str) -> str:
    """Text without what the library's own conventions leave open: a printed backslash right before math."""
    return re.sub(rf"\\+([{{}}\s]*[${LOOKALIKES}])", r"\1", text)


def sayable(text: str) -> bool:
    """Whether anything of a text is left in LaTeX."""
    return bool(detex.decode(tex.encode(text).text).strip("{} "))


GIVEN = "Änne D. E. Jean-Luc É. İnci Ş. A&B C_D Łukasz Văn".split()
FAMILIES = "Müller Ångström Łódź O'Neil Knuth Ñúñez Đoàn Çelik ß Москва 中 A&B C_D Tiến".split()
"""Without letters of two accents the outer of which is a tilde or a letter: Biber 2.18 misreads those."""
name_word = st.one_of(
    st.sampled_from([*GIVEN, *FAMILIES]), st.text(alphabet="abcABCéßøü&%#_$~^<>-' ", min_size=1, max_size=6)
)


@st.composite
def a_person(draw: st.DrawFn) -> Person:
    """A name that the library can hold: one that its own text form reads back as."""
    if draw(st.integers(0, 4)) == 0:
        return Person(literal="The " + " ".join(draw(st.lists(name_word | st.just("and"), min_size=1, max_size=4))))
    particle = draw(st.sampled_from(["", "", "van der", "de la", "von"]))
    suffix = draw(st.sampled_from(["", "", "", "Jr.", "III"]))
    return Person(draw(name_word), draw(name_word), particle, suffix)


people = st.lists(a_person(), min_size=1, max_size=4).map(
    lambda found: tuple(
        person
        for person in (names.parse(names.to_text(person)) for person in found)
        if any(char.isalpha() for char in person.literal or person.family)
    )
)


def same_people(latex: str, persons: tuple[Person, ...]) -> bool:
    """Whether a name list says these people, one for one and part by part."""
    wanted = [part for person in persons for part in _parts(person)]
    (record,) = records(f"@misc{{k, title={{T}}, author={{{latex}}}}}")
    read = [part for person in record.paper.authors for part in _parts(person)]
    return len(read) == len(wanted) and all(
        detex.says(tex.encode(one).text, two) for one, two in zip(read, wanted, strict=True)
    )


def _parts(person: Person) -> tuple[str, ...]:
    if person.literal:
        return (person.literal,)
    return (f"{person.particle} {person.family}".strip(), person.suffix, person.given)


def records(text: str) -> list[Record]:
    found = list(bib.parse(Page("a.bib", text)))
    assert not any(isinstance(item, Problem) and item.failed for item in found)
    return [item for item in found if isinstance(item, Record)]


@DIALECTS
@settings(max_examples=250)
@given(title=text, venue=text)
@example(title="a { b", venue="} {")
@example(title="„Ja“ ‚so‘ 'n'", venue="''''")
@example(title="$α$ $²$ $5", venue="\\")
@example(title="@misc{x,", venue='"')
@example(title="BERT$_{base}$ and ($A B$)", venue="On A$X: Y$")
def test_another_reader_finds_the_title_and_the_venue(dialect: ModuleType, title: str, venue: str) -> None:
    title, venue = printed(title), printed(venue)
    paper = Paper(type="article", title=title, venue=venue, authors=(Person("Doe", "J."),))
    found = read_by_another(export(dialect, Entry("k", paper)))["k"]
    for name, value in (("title", title), (VENUE[dialect], venue)):
        if sayable(value):
            assert detex.says(found.get(name, ""), value), (found, value)


@DIALECTS
@settings(max_examples=250)
@given(authors=people, cut=st.booleans())
def test_another_reader_finds_the_same_people(dialect: ModuleType, authors: tuple[Person, ...], cut: bool) -> None:
    paper = Paper(title="T", authors=authors, et_al=cut)
    listed = read_by_another(export(dialect, Entry("k", paper)))["k"].get("author", "")
    assert listed.endswith(" and others") == (cut and bool(authors))
    assert same_people(listed.removesuffix(" and others"), authors), (listed, authors)


@DIALECTS
@settings(max_examples=150)
@given(title=text, note=text)
def test_an_export_of_what_was_imported_from_an_export_is_the_same_file(
    dialect: ModuleType, title: str, note: str
) -> None:
    title, note = (printed(said) if is_balanced(re.sub(r"\\[{}]", "", said)) else "x" for said in (title, note))
    paper = Paper(type="article", title=title, venue="J", year=2020, fields={"note": note})
    once = export(dialect, *entries_of(export(dialect, Entry("k", paper))))
    assert export(dialect, *entries_of(once)) == once


def entries_of(text: str) -> list[Entry]:
    return [Entry(record.key, record.paper, aliases=record.aliases) for record in records(text)]


# --- papers as they are -----------------------------------------------------------------------------------

organisation = partial(Person, "", "", "", "")
ANYBODY = {"year": 2001, "authors": (Person("Doe", "Jane"),)}
PAPERS = {
    "article": Paper(
        type="article",
        title="On {BERT}, $O(n^2)$ & 50% of “DNA” – α-β, H₂O and $x_{i}$",
        authors=(Person("Müller", "Änne"), Person("Beethoven", "Ludwig", "van"), Person("King", "M. L.", suffix="Jr.")),
        year=2020,
        date="2020-05-07",
        venue="Journal of X & Y",
        volume="3",
        number="4",
        pages="1-10",
        doi="10.1000/x_y(z)",
        url="https://x.y/~a_b%20c?d&e#f",
        abstract="We show 50% & more: ‘x’ – “y” of $n^2$, α.",
        fields={"issn": "1234-5678", "note": "50% of it"},
    ),
    "inproceedings": Paper(
        type="inproceedings",
        title="A {DNA} Study: {iPhone} or Not?",
        authors=(Person(literal="Google Research"), Person("Đỗ", "Văn Ễ"), Person("Plato")),
        editors=(Person("Roe", "R."),),
        et_al=True,
        year=2020,
        venue="Proceedings of {ACL} 2020",
        pages="1-10",
        publisher="ACM & Co",
        series="{LNCS}",
        arxiv="2005.00683",
        primary_class="cs.CL",
        fields={"address": "København", "keywords": "a, b", "crossref": "proceedings"},
    ),
    "proceedings": Paper(
        type="proceedings", title="Proceedings of {ACL} 2020", year=2020, editors=(Person("Roe", "R."),)
    ),
    "preprint": Paper(**ANYBODY | {"type": "misc", "title": "P", "arxiv": "math.AG/0601001", "date": "2001-01"}),
    "book": Paper(type="book", title="B", publisher="Acme", edition="2", isbn="978-3-16-148410-0", **ANYBODY),
    "chapter": Paper(type="incollection", title="A chapter", venue="The Book", pages="S1-S9", **ANYBODY),
    "thesis": Paper(type="phdthesis", title="A thesis", institution="TU München", **ANYBODY),
    "masters": Paper(type="mastersthesis", title="A thesis", institution="MIT", **ANYBODY),
    "report": Paper(type="techreport", title="A report", institution="IBM", number="RC 17", **ANYBODY),
    "page": Paper(type="misc", title="A page", url="https://x.y/a_b", **ANYBODY),
    "blog": Paper(type="misc", title="A page", url="https://x.y/a_b", venue="A & B", **ANYBODY),
    "press": Paper(type="article", title="Soon", venue="J", **ANYBODY | {"year": None, "fields": {"year": "in press"}}),
    "german": Paper(type="article", title="Über die Größe", venue="Z. f. Öl", **ANYBODY, fields={"langid": "german"}),
    "jabref": Paper(type="misc", title="T", **ANYBODY, fields={"groups": "Read, Me", "file": ":a_b.pdf:PDF"}),
    "chinese": Paper(
        type="article",
        title="稻田（1865）：研究",
        venue="水稻学报",
        year=2001,
        authors=(Person("李四光"), Person("Øø"), *map(organisation, ("北京大学", "光", "Others"))),
        fields={"crossref": "父"},
    ),
    "父": Paper(type="proceedings", title="父", year=2001),
    "address": Paper(type="misc", title="A page", url="https://x.y/a#b%20", **ANYBODY),
    "accepted": Paper(type="article", title="T", doi="10.1000/x", arxiv="2005.00683", **ANYBODY),
    "formula": Paper(type="misc", title=r"On $J/\psi$ and $\gamma\gamma \to\mu e$", **ANYBODY),
    "annotated": Paper(type="misc", title="T", **ANYBODY, fields={"author+an:role": '1="Principal Investigator"'}),
    "day": Paper(type="article", title="T", venue="J", **ANYBODY, fields={"issue": "Spring"}, number="3"),
}  # fmt: skip


def without_braces(value: object) -> object:
    """A value apart from protection and the kinds of dashes, quotes and blanks."""
    if isinstance(value, str):
        return "".join(value.translate(str.maketrans("", "", "{}")).split())
    if isinstance(value, Mapping):
        return {name: without_braces(item) for name, item in value.items()}
    return value


@DIALECTS
@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_comes_back_as_it_went(dialect: ModuleType, name: str) -> None:
    entries = [Entry(key, paper, aliases=(f"old:{key}",)) for key, paper in PAPERS.items()]
    back = {record.key: record for record in records(export(dialect, *entries))}[name]
    for slot in fields(Paper):
        wanted, got = getattr(PAPERS[name], slot.name), getattr(back.paper, slot.name)
        assert without_braces(got) == without_braces(wanted), slot.name


@DIALECTS
def test_titles_keep_the_braces_that_they_had(dialect: ModuleType) -> None:
    title = "On {BERT} and the {Small} {{Things}} of {G{ö}del}"
    (back,) = records(export(dialect, Entry("k", Paper(title=title))))
    assert "{Small}" in back.paper.title
    assert "{Things}" in back.paper.title
    assert is_balanced(back.paper.title)


@DIALECTS
def test_a_second_export_is_the_same_file(dialect: ModuleType) -> None:
    once = export(dialect, *(Entry(key, paper) for key, paper in PAPERS.items()))
    assert export(dialect, *entries_of(once)) == once


@DIALECTS
def test_the_shares_of_several_processes_make_the_same_file(
    dialect: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [Entry(key, paper, aliases=(f"old:{key}",)) for key, paper in PAPERS.items()]
    monkeypatch.setattr(parallel, "processors", lambda: 1)
    alone = dialect.write(entries, Options())
    monkeypatch.setattr(parallel, "processors", lambda: 3)
    monkeypatch.setattr(dialects, "_SHARE", 2)
    assert dialect.write(entries, Options()) == alone


@DIALECTS
def test_a_file_of_no_entries_is_empty(dialect: ModuleType) -> None:
    assert export(dialect) == ""


def test_the_aliases_of_biblatex_come_back() -> None:
    (back,) = records(export(biblatex, Entry("k", Paper(title="T"), aliases=("a", "b:c"))))
    assert back.aliases == ("a", "b:c")


# --- Biber as a reader ------------------------------------------------------------------------------------


def hostile(count: int) -> dict[str, Paper]:
    """Papers with titles, venues and names out of all kinds of words, the same ones each time."""
    dice = random.Random(7)
    found = {}
    for n in range(count):
        title, venue = (printed(" ".join(dice.choices(WORDS, k=dice.randint(1, 6)))) for _ in range(2))
        authors = tuple(
            Person(dice.choice(FAMILIES), dice.choice(GIVEN), dice.choice(["", "", "van der"]))
            for _ in range(dice.randint(1, 3))
        )
        found[f"k{n}"] = Paper(type="article", title=title, venue=venue, authors=authors, year=2020)
    return found


@needs("biber")
@DIALECTS
def test_biber_reads_and_writes_what_the_records_say(dialect: ModuleType, tmp_path: Path) -> None:
    papers = hostile(300)
    (tmp_path / "refs.bib").write_text(export(dialect, *(Entry(key, paper) for key, paper in papers.items())), "utf-8")
    ran = subprocess.run(
        ["biber", "--tool", "--output-format=bibtex", "--nolog", "--output-file=out.bib", "refs.bib"],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout
    assert [line for line in ran.stdout.splitlines() if line.startswith(("WARN", "ERROR"))] == []
    read = {
        block.key: {name: "".join(piece.text for piece in value) for name, value in block.fields}
        for block in bibfile.blocks((tmp_path / "out.bib").read_text("utf-8"))
        if isinstance(block, bibfile.BibEntry)
    }
    assert set(read) == set(papers)
    wrong = [
        (key, latex, value)
        for key, paper in papers.items()
        for latex, value in (
            (read[key]["title"], paper.title),
            (read[key].get("journaltitle") or read[key].get("journal", ""), paper.venue),
        )
        if sayable(value) and not detex.says(latex, value)
    ]
    assert wrong == []
    assert [key for key, paper in papers.items() if not same_people(read[key]["author"], paper.authors)] == []
