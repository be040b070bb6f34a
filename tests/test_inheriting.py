"""What an entry takes from its parent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli import absorb, inheriting, reading
from litcli.exporters import biblatex, bibtex
from litcli.exporters.options import Options
from litcli.paper import OTHERS, Entry, Paper, Person

ANN, BO = Person("Adams", "Ann"), Person("Brown", "Bo")
PROCEEDINGS = Paper(
    type="proceedings", title="Proceedings of X", editors=(BO,), year=2020, date="2020-05", publisher="Acme", volume="3"
)


def talk(**slots: Any) -> Paper:
    fields = {"crossref": "p", **slots.pop("fields", {})}
    return Paper(type="inproceedings", **{"title": "A Talk", "authors": (ANN,), **slots}, fields=fields)


def test_a_talk_has_the_title_of_its_proceedings_as_venue_and_what_else_it_lacks() -> None:
    child = inheriting.inherit(talk(), PROCEEDINGS)
    assert child == talk(
        venue="Proceedings of X", editors=(BO,), year=2020, date="2020-05", publisher="Acme", volume="3"
    )


@pytest.mark.parametrize("slots", [{"venue": "Mine"}, {"publisher": "Own"}, {"volume": "9"}, {"editors": (ANN,)}])
def test_what_it_says_itself_stays(slots: dict[str, Any]) -> None:
    child = inheriting.inherit(talk(**slots), PROCEEDINGS)
    assert {name: getattr(child, name) for name in slots} == slots


def test_a_book_stands_in_no_book() -> None:
    assert inheriting.inherit(Paper(type="proceedings"), talk(venue="V", volume="3")) == Paper(
        type="proceedings", title="A Talk", authors=(ANN,), volume="3"
    )


@pytest.mark.parametrize("slots", [{"year": 2021}, {"fields": {"month": "jan"}}])
def test_who_has_a_part_of_a_date_takes_no_other(slots: dict[str, Any]) -> None:
    child = inheriting.inherit(talk(**slots), PROCEEDINGS)
    assert (child.year, child.date) == (slots.get("year"), "")


def test_what_identifies_the_parent_stays_its_own() -> None:
    parent = Paper(
        type="proceedings", doi="10.1000/p", url="http://x.org", arxiv="2001.00001", primary_class="cs.CL",
        abstract="All.", links={"pdf": "http://x.org/p.pdf"},
        fields={"key": "K", "badge": "B", "xref": "q", "eprint": "1", "eprinttype": "jstor", "lccn": "L"},
    )  # fmt: skip
    assert inheriting.inherit(talk(), parent) == talk(fields={"lccn": "L"})


@pytest.mark.parametrize(
    ("child", "parent", "expected"),
    [
        (talk(), Paper(editors=(BO,), et_al=True), ((ANN,), (BO, OTHERS), False)),
        (talk(et_al=True), Paper(editors=(BO,)), ((ANN,), (BO,), True)),
        (talk(authors=()), Paper(editors=(BO,), et_al=True), ((), (BO,), True)),
        (talk(authors=()), Paper(authors=(BO,), et_al=True), ((BO,), (), True)),
        (talk(authors=(), editors=(ANN,), et_al=True), Paper(authors=(BO,)), ((BO,), (ANN, OTHERS), False)),
    ],
    ids=["editors", "authors", "nobody", "all", "both"],
)
def test_a_list_that_was_cut_stays_cut(child: Paper, parent: Paper, expected: object) -> None:
    found = inheriting.inherit(child, parent)
    assert (found.authors, found.editors, found.et_al) == expected


def test_a_circle_ends() -> None:
    papers = {"a": Paper(title="A", fields={"crossref": "b"}), "b": Paper(volume="1", fields={"crossref": "a"})}

    def named(key: str) -> Paper | None:
        return papers.get(key)

    assert inheriting.whole(papers["a"], named) == Paper(title="A", volume="1", fields={"crossref": "b"})


def test_who_has_no_parent_is_itself() -> None:
    assert inheriting.whole(PROCEEDINGS, lambda _: None) is PROCEEDINGS


# --- import and export ------------------------------------------------------------------------------------


def imported(text: str, folder: Path) -> list[Entry]:
    (folder / "refs.bib").write_text(text, "utf-8")
    (found,) = reading.read_all([str(folder / "refs.bib")])
    outcome = absorb.absorb({}, found.records, added="2024-01-02")
    return [entry for entry in outcome.changes.values() if entry]


def test_a_child_inherits_from_parents_that_the_import_merged(tmp_path: Path) -> None:
    parent = "title = {Document Recognition of Old Prints}, editor = {Brown, Bo}, year = 1994"
    found = imported(
        "@inproceedings{talk, title = {A Talk}, author = {Adams, Ann}, crossref = {one}}"
        f"@proceedings{{one, {parent}, publisher = {{Acme}}}}"
        f"@proceedings{{two, {parent}, volume = 2181, lccn = {{L}}}}",
        tmp_path,
    )
    papers = {entry.key: entry.paper for entry in found}
    assert set(papers) == {"talk", "one"}
    assert (papers["talk"].volume, papers["talk"].fields) == ("2181", {"crossref": "one", "lccn": "L"})


words = st.sampled_from(["Ants", "Bees of Spain", "X & Y", "3", "12", ""])
people = st.lists(st.sampled_from([ANN, BO]), max_size=2, unique=True).map(tuple)
types = st.sampled_from("inproceedings incollection inbook proceedings book collection article misc".split())
papers = st.builds(
    Paper,
    type=types, title=words, authors=people, editors=people, et_al=st.booleans(),
    year=st.sampled_from([None, 1999, 2020]), venue=words, volume=words, number=words, pages=words, publisher=words,
    series=words, edition=words, institution=words, isbn=st.sampled_from(["", "978-3-16-148410-0"]),
    doi=st.sampled_from(["", "10.1000/x"]),
    fields=st.dictionaries(st.sampled_from("month address booktitle titleaddon lccn type".split()), words, max_size=3),
)  # fmt: skip


@pytest.mark.parametrize("exporter", [bibtex, biblatex], ids=["bibtex", "biblatex"])
@given(data=st.data(), library=st.lists(papers, min_size=2, max_size=4))
def test_what_a_parent_gives_on_export_it_gives_on_import(
    exporter: Any, data: st.DataObject, library: list[Paper], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("round")

    def written(papers: Sequence[Paper]) -> str:
        named = [Entry(key, paper, sources=("x.bib:1 (bibtex)",)) for key, paper in zip("abcd", papers, strict=False)]
        return str(exporter.write(named, Options()).text)

    def read(text: str) -> list[Paper]:
        (folder / "refs.bib").write_text(text, "utf-8")
        (found,) = reading.read_all([str(folder / "refs.bib")])
        return [record.paper for _, record in sorted(found.records, key=lambda pair: pair[1].key)]

    own = read(written(library))
    referring = [
        replace(paper, fields={**paper.fields, "crossref": data.draw(st.sampled_from("bcde"[number:]))})
        for number, paper in enumerate(own)
    ]
    text = written(referring)
    assert written(read(text)) == text
