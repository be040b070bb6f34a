"""What an import does to a library that people have worked on: nothing twice, nothing lost, nothing undone."""

from __future__ import annotations

import codecs
import datetime
import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import absorb, importers, names, page, reading
from litcli.absorb import Outcome, Renamed
from litcli.errors import InputError
from litcli.paper import Entry, Paper, Problem, Record, Source
from litcli.text import title_key
from tests.conftest import SEEDS

COUNTS = {"acl-anthology": 6, "grouped-list": 108, "hf-papers": 61, "homepage": 9, "paper-feed": 32}
Found = tuple[Source, Record]


# --- helpers ----------------------------------------------------------------------------------------------


def data_of(name: str) -> bytes:
    return (SEEDS / f"{name}.txt").read_bytes()


def found_in(name: str, data: bytes) -> list[Found]:
    """The records of a page."""
    found = page.decode(name, data)
    importer = importers.identify(found)
    return [
        (Source(found.name, item.line, importer.name), item)
        for item in importer.parse(found)
        if isinstance(item, Record)
    ]


@cache
def seed(name: str) -> tuple[Found, ...]:
    return tuple(found_in(f"{name}.txt", data_of(name)))


def enter(
    entries: Mapping[str, Entry],
    found: Iterable[Found],
    tags: tuple[str, ...] = (),
    apart: Collection[frozenset[str]] = (),
) -> tuple[dict[str, Entry], Outcome]:
    """The library after an import, and what became of the records, of which each is counted once."""
    records = list(found)
    outcome = absorb.absorb(entries, records, added="2024-01-02", tags=tags, apart=apart)
    assert outcome.imported + outcome.merged + outcome.unchanged == len(records)
    after = {key: entry for key, entry in {**entries, **outcome.changes}.items() if entry}
    assert len(after) == len(entries) + outcome.imported
    return after, outcome


@cache
def library_of(name: str) -> dict[str, Entry]:
    return enter({}, seed(name))[0]


def at(
    line: int, title: str, authors: str = "", file: str = "page.txt", tags: Sequence[str] = (), **more: object
) -> Found:
    """A record as it stands on some line of some page."""
    people = tuple(names.parse(name) for name in authors.split(" and ") if name)
    paper = replace(Paper(title=title, authors=people), **more)  # type: ignore[arg-type]
    return Source(file, line, "homepage"), Record(paper, line, tuple(tags))


def counts(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.imported, outcome.merged, outcome.unchanged


def test_a_record_refers_to_others_of_its_file_by_the_keys_that_these_have_here() -> None:
    fields = {"crossref": "K", "related": "k, far", "entryset": "own,K"}
    records = {
        "k": at(1, "The Life of Quite Other Things", "Zoe Zed", file="one.bib"),
        "own": at(2, "The Sleep of Bees in Winter", "Ann Adams", file="two.bib", fields=fields),
        "K": at(9, "The Diet of Wasps and Ants", "Bo Brown", file="two.bib"),
    }
    found = [(source, replace(record, key=key)) for key, (source, record) in records.items()]
    library, _ = enter({}, found)
    assert library["Ka"].paper.title == "The Diet of Wasps and Ants"
    assert library["own"].paper.fields == {"crossref": "Ka", "related": "Ka,far", "entryset": "Ka"}


def test_a_record_that_was_merged_with_its_parent_does_not_refer_to_itself_after_another_import() -> None:
    source, child = at(1, "The Sleep of Bees in Winter", "Ann Adams", file="a.bib", doi="10.1000/x", year=2020)
    _, parent = at(9, "The Sleep of Bees in Winter", "Ann Adams", file="a.bib", doi="10.1000/x", year=2020)
    child = replace(child, key="child", paper=replace(child.paper, fields={"crossref": "parent"}))
    found = [(source, child), (replace(source, line=9), replace(parent, key="parent"))]
    library, _ = enter({}, found)
    assert (library["child"].aliases, library["child"].paper.fields) == (("parent",), {})
    assert counts(enter(library, found)[1]) == (0, 0, 2)


# --- the seeds --------------------------------------------------------------------------------------------


def test_the_seeds_together_are_216_papers() -> None:
    _, outcome = enter({}, itertools.chain.from_iterable(map(seed, COUNTS)))
    assert counts(outcome) == (216, 0, 0)


@pytest.mark.parametrize("first", range(5))
def test_the_seeds_a_second_time_are_known_in_any_order(first: int) -> None:
    order = [*COUNTS][first:] + [*COUNTS][:first]
    library, _ = enter({}, itertools.chain.from_iterable(map(seed, COUNTS)))
    _, outcome = enter(library, itertools.chain.from_iterable(seed(name) for name in reversed(order)))
    assert (counts(outcome), outcome.changes) == ((0, 0, 216), {})


@pytest.mark.parametrize("name", COUNTS)
def test_a_page_read_backwards_a_second_time_is_known(name: str) -> None:
    _, outcome = enter(library_of(name), reversed(seed(name)))
    assert counts(outcome) == (0, 0, COUNTS[name])


@pytest.mark.parametrize("lines", [1, 2, 3, 7, 40])
@pytest.mark.parametrize("name", COUNTS)
def test_lines_that_came_in_above_make_nothing_new(name: str, lines: int) -> None:
    shifted = found_in(f"{name}.txt", b"\n" * lines + data_of(name))
    assert shifted[0][1].line == seed(name)[0][1].line + lines
    _, outcome = enter(library_of(name), shifted)
    assert (counts(outcome), outcome.changes) == ((0, 0, COUNTS[name]), {})


@pytest.mark.parametrize("name", COUNTS)
def test_a_page_under_another_name_is_merged_and_makes_nothing_new(name: str) -> None:
    """Title-only records need more than their title to be one work; the seeds' have their abstracts."""
    copy = [(replace(source, file="copy.txt"), record) for source, record in seed(name)]
    library, outcome = enter(library_of(name), copy)
    assert counts(outcome) == (0, COUNTS[name], 0)
    assert all(any(source.startswith("copy.txt:") for source in entry.sources) for entry in library.values())


@pytest.mark.parametrize("name", COUNTS)
def test_a_page_that_is_named_twice_in_one_run_is_imported_once(name: str) -> None:
    library, outcome = enter({}, [*seed(name), *seed(name)])
    assert counts(outcome) == (COUNTS[name], 0, COUNTS[name])
    assert library == library_of(name)


@pytest.mark.parametrize("name", COUNTS)
def test_keys_are_unique_ignoring_case(name: str) -> None:
    keys = Counter(key.lower() for key in library_of(name))
    assert max(keys.values()) == 1


# --- what the reader did stays done -----------------------------------------------------------------------

CORRECTIONS = {
    "small letters": str.lower,
    "a full stop": lambda title: f"{title}.",
    "a letter taken out": lambda title: _with_long_word(title, lambda word: word[:3] + word[4:]),
    "a letter changed": lambda title: _with_long_word(title, lambda word: word[:4] + "x" + word[5:]),
    "braces": lambda title: _with_long_word(title, lambda word: "{" + word + "}"),
    "the subtitle dropped": lambda title: title.partition(": ")[0],
    "a subtitle added": lambda title: title if ": " in title else f"{title}: Some Thoughts",
}
"""What a title may become under a reader's hand while its letters still tell which record it was."""
REWORDINGS = {
    "a word in front": lambda title: f"Towards {title}",
    "a word behind": lambda title: f"{title} Revised",
    "a word replaced": lambda title: _with_long_word(title, lambda _: "Thing"),
}
"""What it may become where the abstract tells it as well."""


def _with_long_word(title: str, change: object) -> str:
    """A title with its longest word of plain letters changed."""
    words = title.split(" ")
    plain = [word for word in words if word.isalpha()] or words
    longest = max(plain, key=len)
    words[words.index(longest)] = change(longest)  # type: ignore[operator]
    return " ".join(words)


def corrected(name: str, kind: str) -> dict[str, Entry]:
    """The library of a page with a correction made to each title."""
    change = {**CORRECTIONS, **REWORDINGS}[kind]
    return {
        key: replace(entry, paper=replace(entry.paper, title=change(entry.paper.title)))
        for key, entry in library_of(name).items()
    }


def titles_of(entries: Mapping[str, Entry]) -> dict[str, str]:
    return {key: entry.paper.title for key, entry in entries.items()}


@pytest.mark.parametrize("kind", CORRECTIONS)
@pytest.mark.parametrize("name", COUNTS)
def test_a_title_that_was_corrected_is_neither_overwritten_nor_imported_twice(name: str, kind: str) -> None:
    mended = corrected(name, kind)
    assert titles_of(enter(mended, seed(name))[0]) == titles_of(mended)


@pytest.mark.parametrize("kind", REWORDINGS)
@pytest.mark.parametrize("name", COUNTS)
def test_a_title_that_was_reworded_is_known_by_its_line_and_abstract(name: str, kind: str) -> None:
    mended = {key: entry for key, entry in corrected(name, kind).items() if entry.paper.abstract}
    told = [pair for pair in seed(name) if pair[1].paper.abstract]
    assert titles_of(enter(mended, told)[0]) == titles_of(mended)


@pytest.mark.parametrize("kind", [*CORRECTIONS, *REWORDINGS])
@pytest.mark.parametrize("name", COUNTS)
def test_the_import_after_the_one_that_follows_a_correction_changes_nothing(name: str, kind: str) -> None:
    once, _ = enter(corrected(name, kind), seed(name))
    assert counts(enter(once, seed(name))[1]) == (0, 0, COUNTS[name])


@pytest.mark.parametrize("kind", ["small letters", "a full stop", "a letter taken out", "a letter changed", "braces"])
@pytest.mark.parametrize("name", COUNTS)
def test_a_corrected_title_is_known_after_the_page_has_grown(name: str, kind: str) -> None:
    mended = {key: entry for key, entry in corrected(name, kind).items() if entry.paper.abstract or entry.paper.authors}
    grown = found_in(f"{name}.txt", b"\n" * 5 + data_of(name))
    told = [pair for pair in grown if pair[1].paper.abstract or pair[1].paper.authors]
    assert titles_of(enter(mended, told)[0]) == titles_of(mended)


@pytest.mark.parametrize("lines", [0, 3])
@pytest.mark.parametrize("name", COUNTS)
def test_tags_that_the_reader_took_away_do_not_come_back(name: str, lines: int) -> None:
    bare = {key: replace(entry, tags=()) for key, entry in library_of(name).items()}
    after, _ = enter(bare, found_in(f"{name}.txt", b"\n" * lines + data_of(name)))
    assert {entry.tags for entry in after.values()} == {()}


@pytest.mark.parametrize("name", COUNTS)
def test_what_the_reader_added_stays(name: str) -> None:
    noted = {
        key: replace(entry, tags=("mine",), note="# read\nit", aliases=(f"old-{key}",), added="1999-01-01")
        for key, entry in library_of(name).items()
    }
    assert enter(noted, seed(name))[0] == noted


@pytest.mark.parametrize("name", COUNTS)
def test_a_key_that_was_changed_stays(name: str) -> None:
    renamed = {
        f"mine-{key}": replace(entry, key=f"mine-{key}", aliases=(key,)) for key, entry in library_of(name).items()
    }
    assert enter(renamed, seed(name))[0] == renamed


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("year", 1999),
        ("venue", "Journal of My Own"),
        ("abstract", "In my own words."),
        ("doi", "10.1000/mine"),
        ("url", "https://example.org/mine"),
        ("type", "book"),
        ("authors", (names.parse("Ann Other"),)),
        ("links", {"pdf": "https://example.org/mine.pdf"}),
    ],
)
def test_a_field_that_was_corrected_by_hand_is_not_overwritten(field: str, value: object) -> None:
    record = at(
        3, "A Title of Its Own", "Ann Author and Bo Brown", year=2020, venue="ACL", type="inproceedings",
        abstract="What the page says, at some length.", links={"pdf": "https://example.org/page.pdf"},
    )  # fmt: skip
    library, _ = enter({}, [record])
    (key,) = library
    mended = {key: replace(library[key], paper=replace(library[key].paper, **{field: value}))}  # type: ignore[arg-type]
    after, _ = enter(mended, [record])
    assert {key: getattr(entry.paper, field) for key, entry in after.items()} == {key: value}


def test_a_field_that_the_page_has_and_the_entry_lacks_comes_in() -> None:
    library, _ = enter({}, [at(3, "A Title of Its Own", "Ann Author", year=2020)])
    (entry,) = enter(library, [at(3, "A Title of Its Own", "Ann Author", year=2020, arxiv="2001.00001")])[0].values()
    assert entry.paper.arxiv == "2001.00001"


@pytest.mark.parametrize("line", [3, 8])
def test_a_preprint_that_its_page_lists_as_published_later_becomes_the_publication(line: int) -> None:
    preprint = at(3, "A Title of Its Own", "Ann Author", year=2023, venue="arXiv", arxiv="2310.00001")
    published = at(line, "A Title of Its Own", "Ann Author", year=2024, venue="ICML", type="inproceedings")
    library, _ = enter({}, [preprint])
    after, outcome = enter(library, [published])
    assert counts(outcome) == (0, 1, 0)
    (entry,) = after.values()
    assert (entry.paper.venue, entry.paper.year, entry.paper.arxiv) == ("ICML", 2024, "2310.00001")
    assert [version["venue"] for version in entry.paper.versions] == ["arXiv"]
    assert counts(enter(after, [published])[1]) == (0, 0, 1)


def test_a_publication_that_its_page_lists_beside_the_preprint_later_is_not_lost() -> None:
    preprint = at(3, "A Title of Its Own", "Ann Author", year=2023, venue="arXiv", arxiv="2310.00001")
    published = at(8, "A Title of Its Own", "Ann Author", year=2024, venue="ICML", type="inproceedings")
    library, _ = enter({}, [preprint])
    (entry,) = enter(library, [preprint, published])[0].values()
    assert (entry.paper.venue, entry.paper.year, entry.paper.arxiv) == ("ICML", 2024, "2310.00001")


def test_a_publication_that_the_reader_entered_stays_though_the_page_still_says_preprint() -> None:
    preprint = at(3, "A Title of Its Own", "Ann Author", year=2023, venue="arXiv", arxiv="2310.00001")
    library, _ = enter({}, [preprint])
    mended = {
        key: replace(entry, paper=replace(entry.paper, venue="ICML", year=2024)) for key, entry in library.items()
    }
    (entry,) = enter(mended, [preprint])[0].values()
    assert (entry.paper.venue, entry.paper.year) == ("ICML", 2024)


def test_the_tag_of_a_later_import_is_added_to_what_is_known() -> None:
    library, _ = enter({}, [at(3, "A Title", "Ann Author")])
    (entry,) = enter(library, [at(3, "A Title", "Ann Author")], tags=("course",))[0].values()
    assert entry.tags == ("course",)


def test_a_tag_taken_away_stays_away_where_the_page_lists_the_paper_twice() -> None:
    page_ = [
        at(3, "A Title of Its Own", "Ann Author", year=2020, tags=["cs.CL"]),
        at(9, "A Title of Its Own", "Ann Author", year=2020, tags=["cs.CL"]),
    ]
    library, outcome = enter({}, page_)
    assert counts(outcome) == (1, 1, 0)
    bare = {key: replace(entry, tags=()) for key, entry in library.items()}
    assert enter(bare, page_)[0] == bare


def test_a_paper_without_its_sources_is_still_known() -> None:
    library, _ = enter({}, [at(3, "A Title of Its Own", "Ann Author", year=2020)])
    bare = {key: replace(entry, sources=()) for key, entry in library.items()}
    assert counts(enter(bare, [at(3, "A Title of Its Own", "Ann Author", year=2020)])[1]) == (0, 1, 0)


# --- two of a title ---------------------------------------------------------------------------------------

TWINS = [
    at(3, "Language Models", "Ann Author and Bo Brown", year=2020, venue="ACL"),
    at(9, "Language Models", "Cy Clark and Di Drake", year=2020, venue="EMNLP"),
]


def test_one_title_by_two_groups_on_one_page_stays_two() -> None:
    assert counts(enter({}, TWINS)[1]) == (2, 0, 0)


@pytest.mark.parametrize("lines", [0, 1, 6, -6, 12])
@pytest.mark.parametrize("backwards", [False, True])
def test_one_title_by_two_groups_stays_as_it_was_wherever_the_lines_move(lines: int, backwards: bool) -> None:
    """Six lines on, the first one stands where the second one stood."""
    library, _ = enter({}, TWINS)
    moved = [(replace(source, line=source.line + lines), record) for source, record in TWINS]
    after, outcome = enter(library, reversed(moved) if backwards else moved)
    assert counts(outcome) == (0, 0, 2)
    assert after == library


@pytest.mark.parametrize("authors", ["", "Ann Author"])
@pytest.mark.parametrize("lines", [0, 6])
def test_titles_that_occur_twice_are_as_many_after_a_second_import(authors: str, lines: int) -> None:
    twice = [at(3, "Large Language Models", authors, year=2019), at(9, "Large Language Models", authors, year=2024)]
    library, first = enter({}, twice)
    moved = [(replace(source, line=source.line + lines), record) for source, record in twice]
    after, second = enter(library, moved)
    assert len(after) == first.imported
    assert (second.imported, second.merged) == (0, 0)


def test_a_bare_title_that_occurs_twice_on_a_page_stays_two() -> None:
    library, outcome = enter({}, [at(3, "Large Language Models"), at(9, "Large Language Models")])
    assert (outcome.imported, len(outcome.doubts)) == (2, 1)
    assert counts(enter(library, [at(3, "Large Language Models"), at(9, "Large Language Models")])[1]) == (0, 0, 2)


TWICE = [
    at(3, "Language Models", "Ann Author", year=2020, tags=["x"]),
    at(9, "Language Models", "Ann Author", year=2020, venue="ACL", doi="10.1/a", tags=["y"]),
]
"""One work that a page lists twice, the second time with more."""


@pytest.mark.parametrize("lines", [0, 1, 6])
@pytest.mark.parametrize("backwards", [False, True])
def test_a_page_that_lists_a_work_twice_is_known_the_second_time(lines: int, backwards: bool) -> None:
    found = TWICE[::-1] if backwards else TWICE
    library, first = enter({}, found)
    assert counts(first) == (1, 1, 0)
    moved = [(replace(source, line=source.line + lines), record) for source, record in found]
    assert counts(enter(library, moved)[1]) == (0, 0, 2)


def test_a_work_that_one_page_lists_twice_and_another_once_is_known_the_second_time() -> None:
    found = [
        at(3, "Language Models", "Ann Author", venue="arXiv", file="a.txt"),
        at(9, "Language Models", "Ann Author", year=2020, file="a.txt"),
        at(3, "Language Models", "Ann Author", doi="10.1000/a", file="b.txt"),
    ]
    library, first = enter({}, found)
    assert counts(first) == (1, 2, 0)
    assert counts(enter(library, found)[1]) == (0, 0, 3)


def test_a_bare_title_does_not_take_over_the_authors_of_a_work_that_the_page_lists_twice() -> None:
    found = [*TWICE, at(15, "Language Models")]
    library, first = enter({}, found)
    assert counts(first) == (2, 1, 0)
    assert enter(library, found)[0] == library


def test_a_third_of_a_title_on_a_grown_page_is_new() -> None:
    bare = [at(3, "Large Language Models"), at(9, "Large Language Models"), at(15, "Large Language Models")]
    library, _ = enter({}, bare[:2])
    assert counts(enter(library, bare)[1]) == (1, 0, 2)


def test_a_doubt_names_both_keys_and_reasons() -> None:
    _, outcome = enter({}, [at(3, "Large Language Models"), at(9, "Large Language Models")])
    (doubt,) = outcome.doubts
    assert (doubt.key, doubt.other) == ("largelanguagemodelsa", "largelanguagemodels")
    assert doubt.reasons


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Qwen2 Technical Report", "Qwen2.5 Technical Report"),
        ("Handbook of Things, Volume 1", "Handbook of Things, Volume 2"),
        ("On Parsing I", "On Parsing II"),
        ("A Survey of Large Language Models", "A Survey on Large Language Model Agents"),
    ],
)
@pytest.mark.parametrize("authors", ["", "Ann Author and Bo Brown"])
def test_another_work_on_the_same_line_of_the_same_page_is_another_work(one: str, two: str, authors: str) -> None:
    """A feed is saved under its old name a week later."""
    library, _ = enter({}, [at(3, one, authors, year=2024)])
    assert counts(enter(library, [at(3, two, authors, year=2024)])[1]) == (1, 0, 0)


def test_two_pages_of_one_name_in_two_folders_lose_nothing() -> None:
    library, _ = enter({}, [at(3, "Language Models", "Ann Author", year=2020), at(9, "Parsing", "Bo Brown", year=2020)])
    other = [at(3, "Language Models", "Cy Clark", year=2020), at(9, "Tagging", "Bo Brown", year=2020)]
    after, outcome = enter(library, other)
    assert counts(outcome) == (2, 0, 0)
    assert len(after) == 4


# --- kept apart -------------------------------------------------------------------------------------------


def keyed(key: str, *args: Any, **more: Any) -> Found:
    """A record that comes with a key of its own."""
    source, record = at(*args, file="refs.bib", **more)
    return source, replace(record, key=key)


BEES = {"authors": "Ann Adams", "year": 2020, "doi": "10.1000/x"}


def test_a_key_that_becomes_another_name_of_an_entry_is_told() -> None:
    found = [keyed(key, line, "The Sleep of Bees in Winter", **BEES) for key, line in (("one", 1), ("two", 9))]
    library, outcome = enter({}, found)
    assert library["one"].aliases == ("two",)
    assert outcome.united == [Renamed(found[1][0], "two", "one")]
    assert enter(library, found)[1].united == []


def test_a_key_of_a_merged_record_that_another_entry_has_is_told() -> None:
    wasps = keyed("other", 5, "On Wasps and Their Many Nests", "Bo Brown")
    library, _ = enter({}, [keyed("own", 1, "The Sleep of Bees in Winter", **BEES), wasps])
    source, record = keyed("Other", 7, "The Sleep of Bees in Winter", **BEES)
    library, outcome = enter(library, [(replace(source, file="two.bib"), record)])
    assert (library["own"].aliases, outcome.united) == ((), [])
    assert [(told.key, told.now) for told in outcome.renamed] == [("Other", "own")]


PAIR = {
    key: Entry(key, Paper(title="On Parsing Sentences Well", authors=(names.parse("Ann Lee"),), year=2020))
    for key in ("a", "b")
}
"""Two entries that say the same, of which their reader knows that they are two works."""
APART = [frozenset(("a", "b"))]


@pytest.mark.parametrize("key", ["a", "b", "B"])
def test_a_record_is_merged_with_the_one_of_its_key_and_never_with_the_other(key: str) -> None:
    record = keyed(key, 3, "On Parsing Sentences Well", "Ann Lee", year=2020, venue="ACL")
    after, outcome = enter(PAIR, [record], apart=APART)
    assert counts(outcome) == (0, 1, 0)
    assert {name: entry.paper.venue for name, entry in after.items() if entry.paper.venue} == {key.lower(): "ACL"}


def test_a_record_that_may_be_the_one_is_not_merged_with_what_is_apart_from_it() -> None:
    """It has the key of `b`, of which it may be another printing."""
    there = {"a": PAIR["a"], "b": replace(PAIR["b"], paper=replace(PAIR["b"].paper, year=2012, venue="TACL"))}
    record = keyed("b", 3, "On Parsing Sentences Well", "Ann Lee", year=2020)
    after, outcome = enter(there, [record], apart=APART)
    assert after["a"] == there["a"]
    assert [doubt.other for doubt in outcome.doubts] == ["b"]


def test_of_what_is_apart_nobody_is_asked_again() -> None:
    there = {"largelanguagemodels": Entry("largelanguagemodels", Paper(title="Large Language Models"))}
    bare = [at(3, "Large Language Models")]
    assert len(enter(there, bare)[1].doubts) == 1
    told = [frozenset(("largelanguagemodels", "largelanguagemodelsa"))]
    assert enter(there, bare, apart=told)[1].doubts == []


# --- a published .bib over a preprint -----------------------------------------------------------------------

ARXIV = at(
    3, "Sheared LLaMA: Pruning in Structure", "M. Xia and T. Gao", year=2023, venue="arXiv", arxiv="2310.06694",
    abstract="We prune.", tags=["feed"],
)  # fmt: skip
ICLR = keyed(
    "xia-etal-2024", 9, "Sheared LLaMA: Pruning in Structure", "Mengzhou Xia and Tianyu Gao", type="inproceedings",
    year=2024, venue="ICLR", pages="1-20", doi="10.1000/iclr",
)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("authors", tuple(map(names.parse, ["Mengzhou Xia", "Tianyu Gao"]))),
        ("type", "inproceedings"),
        ("venue", "ICLR"),
        ("year", 2024),
        ("pages", "1-20"),
        ("doi", "10.1000/iclr"),
        ("arxiv", "2310.06694"),
        ("abstract", "We prune."),
    ],
)
def test_a_published_record_upgrades_a_preprint(field: str, value: object) -> None:
    (entry,) = enter(enter({}, [ARXIV])[0], [ICLR])[0].values()
    assert getattr(entry.paper, field) == value


def test_an_upgrade_keeps_key_tags_and_note_and_what_was_edited_by_hand() -> None:
    (entry,) = enter({}, [ARXIV])[0].values()
    mine = replace(
        entry,
        note="Read it.",
        tags=("feed", "mine"),
        paper=replace(entry.paper, title="{Sheared LLaMA}: Pruning in Structure", links={"code": "https://my.org"}),
    )
    (after,) = enter({entry.key: mine}, [ICLR])[0].values()
    assert (after.key, after.note, after.tags, after.added) == (entry.key, "Read it.", ("feed", "mine"), entry.added)
    assert (after.paper.title, after.paper.links) == (mine.paper.title, mine.paper.links)
    assert after.aliases == ("xia-etal-2024",)


def test_a_preprint_over_a_published_entry_adds_its_identifier_and_a_version() -> None:
    (entry,) = enter({}, [ICLR])[0].values()
    (after,) = enter({entry.key: entry}, [ARXIV])[0].values()
    changed = {name for name in Paper.__slots__ if getattr(after.paper, name) != getattr(entry.paper, name)}
    assert changed == {"arxiv", "abstract", "versions"}
    assert [version["venue"] for version in after.paper.versions] == ["arXiv"]


@settings(deadline=None, max_examples=100)
@given(st.permutations([ARXIV, ICLR, keyed("x", 20, "Sheared LLaMA: Pruning in Structure", "Xia, M.", year=2024)]))
def test_records_of_one_work_make_one_paper_in_whatever_order_they_come(found: list[Found]) -> None:
    (entry,) = enter({}, found)[0].values()
    (other,) = enter({}, sorted(found, key=lambda pair: pair[1].line))[0].values()
    assert replace(entry.paper, versions=()) == replace(other.paper, versions=())
    assert {"xia-etal-2024", "x"} <= {entry.key, *entry.aliases}
    assert set(entry.sources) == set(other.sources)


# --- keys -------------------------------------------------------------------------------------------------


def test_keys_that_collide_get_letters() -> None:
    found = [at(n, f"Parsing {word}", "Ann Smith", year=2020) for n, word in enumerate(["Apples", "Bees", "Cats"])]
    assert [*enter({}, found)[0]] == ["smith2020parsing", "smith2020parsinga", "smith2020parsingb"]


def test_an_older_key_of_another_entry_is_not_given_away() -> None:
    entry = Entry(key="mine", paper=Paper(title="Other"), aliases=("Smith2020Parsing",))
    _, outcome = enter({"mine": entry}, [at(3, "Parsing Apples", "Ann Smith", year=2020)])
    assert outcome.keys == ["smith2020parsinga"]


def test_a_key_is_taken_whatever_its_case() -> None:
    entry = Entry(key="SMITH2020parsing", paper=Paper(title="Other"))
    _, outcome = enter({entry.key: entry}, [at(3, "Parsing Apples", "Ann Smith", year=2020)])
    assert outcome.keys == ["smith2020parsinga"]


def test_each_key_is_told_once_in_the_order_of_the_records() -> None:
    found = [
        at(3, "Honey Bees", "Bo Brown", year=2020),
        at(5, "Fire Ants", "Al Ames", year=2020),
        at(7, "Honey Bees", "Bo Brown", year=2020),
    ]
    assert enter({}, found)[1].keys == ["brown2020honey", "ames2020fire"]


# --- dates without a year ---------------------------------------------------------------------------------


def read(path: Path, as_of: str = "") -> tuple[list[Found], list[Problem]]:
    day = datetime.date.fromisoformat(as_of) if as_of else None
    (found,) = reading.read_all([str(path)], as_of=day)
    return list(found.records), list(found.problems)


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.txt"
    path.write_text(
        "CLMay 7Code\nLearning Things from OtherAnn Author, Bo Brown · princeton\nWe learn.\n"
        "CLOct 10, 2023\nParsing Things in GeneralCy Clark, Di Drake\nWe parse.\n"
    )
    return path


def test_a_date_without_its_year_is_kept_as_it_is_and_remarked_on(feed: Path) -> None:
    found, problems = read(feed)
    assert [record.paper.date for _, record in found] == ["--05-07", "2023-10-10"]
    assert [(problem.line, problem.failed) for problem in problems] == [(2, 0)]


@pytest.mark.parametrize(
    ("as_of", "date"), [("2026-05-20", "2026-05-07"), ("2026-05-07", "2026-05-07"), ("2026-05-06", "2025-05-07")]
)
def test_the_day_of_reading_completes_it(feed: Path, as_of: str, date: str) -> None:
    found, problems = read(feed, as_of)
    assert (found[0][1].paper.date, found[0][1].paper.year, problems) == (date, int(date[:4]), [])


def test_the_day_of_reading_gives_the_day_that_is_told_from_it(tmp_path: Path) -> None:
    path = tmp_path / "feed.txt"
    path.write_text("CLYesterdayCode\nLearning Things from OtherAnn Author, Bo Brown\nWe learn.\n")
    ((_, known),), problems = read(path, "2026-05-20")
    assert (known.paper.date, known.paper.year, dict(known.paper.fields)) == ("2026-05-19", 2026, {"badge": "Code"})
    assert problems == []
    ((_, open_),), remarks = read(path)
    assert (open_.paper.date, open_.paper.fields["posted"]) == ("", "Yesterday")
    assert [(remark.line, remark.failed) for remark in remarks] == [(2, 0)]


def test_the_day_of_reading_completes_it_on_a_later_import_too(feed: Path) -> None:
    library, _ = enter({}, read(feed)[0])
    after, outcome = enter(library, read(feed, "2026-05-20")[0])
    assert counts(outcome) == (0, 1, 1)
    assert {(entry.paper.date, entry.paper.year) for entry in after.values()} == {
        ("2026-05-07", 2026),
        ("2023-10-10", 2023),
    }


def test_a_completed_date_does_not_lose_its_year_again(feed: Path) -> None:
    library, _ = enter({}, read(feed, "2026-05-20")[0])
    assert enter(library, read(feed)[0])[0] == library


def test_a_year_that_the_reader_typed_is_not_changed_by_the_day_of_reading(feed: Path) -> None:
    library, _ = enter({}, read(feed)[0])
    mended = {
        key: replace(entry, paper=replace(entry.paper, year=2024, date="2024-05-07"))
        if entry.paper.date == "--05-07"
        else entry
        for key, entry in library.items()
    }
    after, _ = enter(mended, read(feed, "2026-05-20")[0])
    assert {key: (entry.paper.year, entry.paper.date) for key, entry in after.items()} == {
        key: (entry.paper.year, entry.paper.date) for key, entry in mended.items()
    }


# --- pages in every encoding, cut anywhere ----------------------------------------------------------------


def papers_in(data: bytes) -> list[Record]:
    return [record for _, record in found_in("x", data)]


ENCODINGS = {
    "utf-8 with a mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "utf-16 little": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf-16 big": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "utf-32": lambda text: text.encode("utf-32"),
    "lines of windows": lambda text: text.replace("\n", "\r\n").encode(),
    "lines of old macs": lambda text: text.replace("\n", "\r").encode(),
    "windows and a mark": lambda text: codecs.BOM_UTF8 + text.replace("\n", "\r\n").encode(),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", COUNTS)
def test_a_page_in_another_encoding_gives_the_same_papers(name: str, encoding: str) -> None:
    assert papers_in(ENCODINGS[encoding](data_of(name).decode())) == papers_in(data_of(name))


def test_a_chinese_page_in_its_old_encoding_gives_the_same_papers() -> None:
    data = data_of("grouped-list")
    assert papers_in(data.decode().encode("gb18030")) == papers_in(data)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
@pytest.mark.parametrize("name", [name for name in COUNTS if name != "grouped-list"])
def test_a_page_in_a_western_encoding_gives_the_same_papers(name: str, encoding: str) -> None:
    """Of characters that the encoding has; accents are put in where the page has few."""
    text = data_of(name).decode().replace("Sun", "Müller").replace("Gao", "Gærdén").replace("example", "élève")
    text = text.encode(encoding, "replace").decode(encoding)
    assert papers_in(text.encode(encoding)) == papers_in(text.encode())


def test_a_chinese_page_with_its_chinese_taken_out_is_read_in_latin_1() -> None:
    text = data_of("grouped-list").decode().encode("latin-1", "replace").decode("latin-1")
    try:
        expected = papers_in(text.encode())
    except InputError:
        pytest.skip("without its Chinese the page is not recognised in any encoding")
    assert papers_in(text.encode("latin-1")) == expected


@pytest.mark.parametrize("part", range(24))
@pytest.mark.parametrize("name", COUNTS)
def test_a_page_that_is_cut_off_gives_the_records_before_the_cut(name: str, part: int, tmp_path: Path) -> None:
    data = data_of(name)
    cut = len(data) * (part + 1) // 25 + part % 4
    path = tmp_path / f"{name}.txt"
    path.write_bytes(data[:cut])
    found, problems = read(path)
    assert found or any(problem.failed for problem in problems)
    lines = data[:cut].count(b"\n") + 1
    starts = [record.line for _, record in seed(name)]
    whole = [
        title_key(record.paper.title)
        for (_, record), following in zip(seed(name), [*starts[1:], 10**9], strict=True)
        if following < lines
    ]
    if len(whole) < 2 and not found:
        return
    assert [title_key(record.paper.title) for _, record in found][: len(whole)] == whole


@pytest.mark.parametrize(("one", "two"), list(itertools.permutations(COUNTS, 2)))
def test_two_pages_in_one_file_are_refused_by_both_names(one: str, two: str) -> None:
    with pytest.raises(InputError) as caught:
        importers.identify(page.decode("both.txt", data_of(one) + b"\n\n" + data_of(two)))
    assert (one in caught.value.message, two in caught.value.message) == (True, True)


@pytest.mark.parametrize("name", COUNTS)
@pytest.mark.parametrize("other", [*COUNTS, ""])
def test_a_page_read_as_another_format_is_papers_and_problems(name: str, other: str) -> None:
    data = data_of(other) if other else b"Dear all,\n\nsee you.\n"
    for item in importers.by_name(name).parse(page.decode("page.txt", data)):
        assert isinstance(item, Record | Problem)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"\x00\x01\x02\xff" * 99,
        b"%PDF-1.5 x",
        b"Dear all,\n\nsee you.\n",
        b"\xff\xfe",
        b"{}",
        b"<html></html>",
    ],
)
def test_what_is_no_list_of_papers_is_a_located_problem(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "odd"
    path.write_bytes(data)
    found, problems = read(path)
    assert (found, [(p.source, p.line, p.failed) for p in problems]) == ([], [("odd", 1, 1)])


# --- anybody's pages --------------------------------------------------------------------------------------

titles = st.sampled_from(
    [
        "Large Language Models",
        "Large language models",
        "Large Language Models: A Survey",
        "Large Language Models II",
        "Qwen2 Technical Report",
        "Qwen2.5 Technical Report",
        "Scaling Laws",
        "Scalling Laws",
        "Attention is All You Need",
        "模型",
    ]
)
people = st.lists(
    st.sampled_from(["Ann Lee", "Cy Clark", "Bo Brown", "{DeepSeek-AI}", "李 明"]), unique=True, max_size=3
)
records = st.builds(
    lambda file, line, title, authors, year, arxiv, doi, venue, tags, abstract: at(
        line, title, " and ".join(authors), file=file, year=year, arxiv=arxiv, doi=doi, venue=venue, tags=tags,
        abstract=abstract,
    ),
    file=st.sampled_from(["a.txt", "b.txt"]),
    line=st.integers(1, 12),
    title=titles,
    authors=people,
    year=st.sampled_from([None, 2020, 2021, 2024]),
    arxiv=st.sampled_from(["", "", "2001.00001", "2001.00002"]),
    doi=st.sampled_from(["", "", "10.1/a", "10.1/B", "10.48550/arXiv.2001.00001"]),
    venue=st.sampled_from(["", "arXiv", "ACL"]),
    tags=st.lists(st.sampled_from(["x", "y"]), unique=True, max_size=2),
    abstract=st.sampled_from(["", "Short.", "A longer abstract of it."]),
)  # fmt: skip


def pages(found: list[Found]) -> list[Found]:
    """The records with one a line of each page, in the order of the pages."""
    placed = {(source.file, source.line): (source, record) for source, record in found}
    return [placed[place] for place in sorted(placed)]


@settings(deadline=None, max_examples=200)
@given(st.lists(records, max_size=9).map(pages))
def test_no_record_is_lost(found: list[Found]) -> None:
    library, _ = enter({}, found)
    kept = [source for entry in library.values() for source in entry.sources]
    assert sorted(kept) == sorted(str(source) for source, _ in found)


@settings(deadline=None, max_examples=200)
@given(st.lists(records, max_size=9).map(pages))
def test_no_title_and_no_tag_is_lost(found: list[Found]) -> None:
    library, _ = enter({}, found)
    for source, record in found:
        (entry,) = [entry for entry in library.values() if str(source) in entry.sources]
        known = {title_key(entry.paper.title), *(title_key(str(v.get("title", ""))) for v in entry.paper.versions)}
        assert title_key(record.paper.title) in known
        assert set(record.tags) <= set(entry.tags)


WORKS = [
    Paper(title="Large Language Models", year=2020, venue="ACL", doi="10.1/a", arxiv="2001.00001", abstract="On size."),
    Paper(title="Large Language Models", year=2020, venue="EMNLP", doi="10.1/b", abstract="On style."),
    Paper(title="Large Language Models: A Survey", year=2024, venue="ACL", arxiv="2401.00002", abstract="We read."),
    Paper(title="Qwen2 Technical Report", year=2024, venue="arXiv", arxiv="2407.00003", abstract="It is good."),
    Paper(title="Qwen2.5 Technical Report", year=2024, venue="arXiv", arxiv="2412.00004", abstract="It is better."),
    Paper(title="Laws of Scaling", year=2021, venue="ICML", abstract="They hold."),
    Paper(title="Laws of Scaling II", year=2021, venue="ICML", abstract="They still hold."),
]
GROUPS = [
    ["Ann Lee", "Bo Brown", "Di Drake"], ["Cy Clark"], ["Ann Lee", "Bo Brown", "Di Drake"], ["{Qwen Team}"],
    ["{Qwen Team}"], ["Ed Ellis", "Fay Fox"], ["Ed Ellis", "Fay Fox"],
]  # fmt: skip


@st.composite
def views(draw: st.DrawFn) -> Found:
    """What some page says of one of the works: never anything wrong, seldom everything."""
    number = draw(st.integers(0, len(WORKS) - 1))
    work, group = WORKS[number], GROUPS[number]
    shown = draw(st.sampled_from([group, group, group[:1], []]))
    said = {
        field: getattr(work, field) for field in ("year", "venue", "doi", "arxiv", "abstract") if draw(st.booleans())
    }
    return at(
        draw(st.integers(1, 12)),
        draw(st.sampled_from([str, str.lower, lambda title: f"{title}."]))(work.title),
        " and ".join(shown),
        file=draw(st.sampled_from(["a.txt", "b.txt"])),
        tags=draw(st.sampled_from([[], ["x"], ["y"]])),
        et_al=0 < len(shown) < len(group),
        **said,
    )


@settings(deadline=None, max_examples=300)
@given(st.lists(views(), max_size=9).map(pages))
def test_a_second_import_of_anything_changes_nothing(found: list[Found]) -> None:
    library, _ = enter({}, found)
    _, outcome = enter(library, found)
    assert (outcome.changes, counts(outcome)) == ({}, (0, 0, len(found)))


@settings(deadline=None, max_examples=200)
@given(st.lists(views(), max_size=9).map(pages))
def test_works_that_differ_never_share_an_entry(found: list[Found]) -> None:
    """Two works of one title are told apart by their numbers only where both records say enough."""
    for entry in enter({}, found)[0].values():
        of_it = [record.paper for source, record in found if str(source) in entry.sources]
        for field in ("doi", "arxiv"):
            assert len({value for paper in of_it if (value := getattr(paper, field))}) <= 1
        assert len({title_key(paper.title) for paper in of_it}) == 1


@settings(deadline=None, max_examples=150)
@given(st.lists(records, max_size=9).map(pages), st.lists(records, max_size=5).map(pages))
def test_an_import_never_takes_away_what_is_the_readers(found: list[Found], more: list[Found]) -> None:
    library, _ = enter({}, found)
    worked_on = {key: replace(entry, tags=("mine",), note="my note") for key, entry in library.items()}
    after, _ = enter(worked_on, more)
    for key, entry in worked_on.items():
        assert (after[key].note, after[key].added, after[key].aliases) == ("my note", entry.added, entry.aliases)
        assert "mine" in after[key].tags
        assert after[key].sources[: len(entry.sources)] == entry.sources


@settings(deadline=None, max_examples=150)
@given(st.lists(records, max_size=12).map(pages))
def test_keys_are_unique_whatever_comes(found: list[Found]) -> None:
    library, _ = enter({}, found)
    assert len({key.lower() for key in library}) == len(library)
    assert all(key.isascii() and key == entry.key for key, entry in library.items())
