"""The index: whatever becomes of it, a library says what its file says."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litcli import cells, completion, indexfile, paths, query
from litcli.errors import LibraryError, LockedError
from litcli.library import blocks, index, store, toml, transaction
from litcli.library.edit import Changes
from litcli.library.index import IndexEntries
from litcli.library.store import Library
from litcli.paper import Entry, Paper, Person
from tests.cli.within import Within
from tests.conftest import ROOT
from tests.library.test_document import libraries

TEXT = """\
format = 1

[settings.queries]
insects = "bees OR ants"

[papers.ada2020bees]
type = "article"
title = "Bees of the {North}"
authors = ["Ada Adams", "Jan van der Berg"]
year = 2020
venue = "Journal of Bees"
tags = ["insects", "to read"]

# a remark
[papers.berg2019ants]
title = "Ants: a survey"
authors = ["Änne Müller"]
date = "2019-05"
aliases = ["Ants"]
abstract = "Of ants and \\"bees\\"."

[papers."DBLP:cole"]
title = "蜜蜂研究 of wasps"
year = 2_001

[papers.dunn]
title = "A  \\u001b[31mred\\u001b[0m title"
note = \"\"\"
[papers.not]
\"\"\"
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of indexes, of this test alone; the smallest library is worth one."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(index, "_WORTH", 0)
    return tmp_path / "cache" / "litcli"


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was changed a moment ago is taken for one that was changed long ago."""
    monkeypatch.setattr(indexfile, "_SETTLED", -(10**18))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "library.toml"
    file.write_bytes(TEXT.encode())
    return file


def place(path: Path) -> Path:
    """The file of the index of a library."""
    return Path(paths.index(os.path.realpath(path)))


def is_indexed(library: Library) -> bool:
    return isinstance(library.entries, IndexEntries)


COLUMNS = [
    ("key", "year", "authors", "title"),
    ("name",),
    ("people", "tags", "key"),
    ("title", "doi"),
    ("key", "abstract"),
    ("added", "arxiv"),
    ("by authors", "venue"),
]
ORDERS = [("year,key", None), ("-authors,title", 2), ("venue,-key", None), ("-doi", 3), ("added", 1), ("note", 2)]
FIELDS = ("key", "tags", "authors", "venue", "type", "year", "editors", "aliases")


def said(library: Library, queries: list[str]) -> Any:
    """All that commands may ask of a library."""
    wanted = [query.parse(text, saved=query.saved(library.head)) for text in queries]
    found = library.found
    return {
        "entries": repr(list(library.entries.items())),
        "count": len(library.entries),
        "head": repr(library.head),
        "matching": [[entry.key for entry in found.matching(one)] for one in wanted],
        "rows": [found.rows(one, columns) for one in wanted for columns in COLUMNS],
        "in order": [found.rows(one, ("key",), cells.sorting(by), most) for one in wanted for by, most in ORDERS],
        "terms": [sorted(found.terms(field)) for field in FIELDS],
        "offered": found.offered(),
        "named": {name: entry.key for name, entry in found.named(["ANTS", "dunn", "nobody", *library.entries]).items()},
    }


QUERIES = [
    "", "*", "bees", "BEES", '"of the"', '"north ada"', "author:berg", "author:muller", 'author:"van der"', "c++",
    "venue:bees", "note:papers",
    'author:"adams jan"', "tag:insects", 'tag:"to read"', "tag:read", "insects", "key:dunn", '"DBLP:cole"', "year:2020",
    "year:2019..2020", "year:..2001", "year:2020..", "year:..", "NOT bees", "bees OR ants", "bees NOT ants", "has:year",
    "no:year", "has:abstract", "no:tags", "has:type", "has:aliases", "abstract:bees", "abstract:/an.s/", "/red/",
    "蜜蜂", "title:蜜蜂", '"蜜蜂研究 of"', "query:insects", "NOT query:insects", "type:misc", "type:article",
    "title:red", "added:2020..", '"+"', "title:A", "author:m", "year:99999999999", "author:x year:2020 OR red",
]  # fmt: skip


# --- the index equals the scan ----------------------------------------------------------------------------


@pytest.mark.usefixtures("settled")
def test_what_is_built_and_what_is_kept_say_what_the_file_says(path: Path) -> None:
    built, kept, plain = index.read(path), index.read(path), store.read(path)
    assert (is_indexed(built), is_indexed(kept), is_indexed(plain)) == (True, True, False)
    assert said(built, QUERIES) == said(kept, QUERIES) == said(plain, QUERIES)


def test_the_queries_of_this_file_find_some_entries_and_not_others(path: Path) -> None:
    library = store.read(path)
    found = [[entry.key for entry in library.found.matching(query.parse(text, saved=query.saved(library.head)))]
             for text in QUERIES]  # fmt: skip
    assert {len(keys) for keys in found} == {0, 1, 2, 3, 4}


words = st.sampled_from(
    ["bees", "Bees", "of", "müller", "蜂", "2020", "van", "a-b", "C++", "x_y", "{B}ees", "be", "ß", "İ"]
)
texts = st.lists(words | st.sampled_from(["\n", "\t", "  ", '"', "\\", "\x1f", "\x1b", "\u00a0", "'", "␀"]), max_size=5)
values = st.builds(" ".join, texts) | st.builds("".join, texts)
people = st.builds(Person, family=values, given=values, particle=st.sampled_from(["", "van", "de la"])) | st.builds(
    Person, literal=values
)


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    keys = st.sampled_from(["ada", "Ada", "b:c", "müller", 'a"b', "蜂", "x  y", "a\tb", "␀", "2020", "van"])
    return [
        Entry(
            key,
            Paper(
                type=draw(st.sampled_from(["misc", "article", "Article"])), title=draw(values), venue=draw(values),
                authors=tuple(draw(st.lists(people, max_size=3))), year=draw(st.none() | st.integers(-2, 2030)),
                date=draw(st.sampled_from(["", "2020-05", "--05-07"])), abstract=draw(values), doi=draw(values),
                et_al=draw(st.booleans()), fields=draw(st.dictionaries(values, values | st.integers(), max_size=1)),
            ),
            note=draw(values), tags=tuple(sorted(set(draw(st.lists(values, max_size=3))))),
            aliases=tuple(draw(st.lists(values, max_size=1))),
        )
        for key in draw(st.lists(keys, max_size=5, unique=True))
    ]  # fmt: skip


@st.composite
def asked(draw: st.DrawFn) -> query.Query:
    fields = st.sampled_from(["", *query.FIELDS])
    bounds = st.sampled_from(["", "0", "2019", "2020", "2021", "99999999999"])
    leaves = st.one_of(
        st.builds(query.Everything),
        st.builds(query.Word, fields, words | values),
        st.builds(query.Range, st.just("year"), bounds, bounds),
        st.builds(query.Has, st.sampled_from(query.FIELDS)),
        st.builds(query.Range, st.just("date"), st.just("2020"), st.just("")),
    )
    pairs = st.lists(leaves, min_size=1, max_size=2).map(tuple)
    nested = leaves | st.builds(query.And, pairs) | st.builds(query.Or, pairs) | st.builds(query.Not, leaves)
    return draw(nested | st.builds(query.Saved, st.just("q"), nested) | st.builds(query.And, st.tuples(nested, nested)))


def compared(path: Path, wanted: list[query.Query]) -> tuple[Any, ...]:
    """What a library says when it is read plainly, when its index is built, and when that is kept."""
    with mock.patch.object(indexfile, "_SETTLED", -(10**18)):
        found = [store.read(path), index.read(path), index.read(path)]
    return tuple(
        {
            "matching": [[entry.key for entry in library.found.matching(one)] for one in wanted],
            "rows": [library.found.rows(one, columns) for one in wanted for columns in COLUMNS],
            "in order": [
                library.found.rows(one, ("title",), cells.sorting(by), most) for one in wanted for by, most in ORDERS
            ],
            "terms": [sorted(library.found.terms(field)) for field in FIELDS],
            "offered": library.found.offered(),
            "entries": repr(list(library.entries.items())),
        }
        for library in found
    )


in_one_folder = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@in_one_folder
@given(entries(), st.lists(asked(), min_size=1, max_size=4))
def test_the_index_equals_the_scan(tmp_path: Path, kept: list[Entry], wanted: list[query.Query]) -> None:
    path = tmp_path / "library.toml"
    path.write_text("format = 1\n\n" + "\n".join(map(toml.block, kept)), "utf-8")
    plain, built, loaded = compared(path, wanted)
    assert (built, loaded) == (plain, plain)


@in_one_folder
@given(libraries(), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.lists(asked(), min_size=1, max_size=3))
def test_the_index_equals_the_scan_of_what_hands_typed(
    tmp_path: Path, pieces: list[tuple[str | None, str]], newline: str, marked: bool, wanted: list[query.Query]
) -> None:
    path = tmp_path / "library.toml"
    text = "".join(piece for _, piece in pieces).replace("\n", newline)
    path.write_bytes(b"\xef\xbb\xbf" * marked + text.encode())
    plain, built, loaded = compared(path, wanted)
    assert (built, loaded) == (plain, plain)


@in_one_folder
@given(st.lists(entries(), min_size=2, max_size=4), st.lists(asked(), min_size=1, max_size=2))
def test_an_index_that_was_made_in_steps_equals_the_scan(
    tmp_path: Path, steps: list[list[Entry]], wanted: list[query.Query]
) -> None:
    path = tmp_path / "library.toml"
    for kept in steps:
        path.write_text("format = 1\n\n" + "\n".join(map(toml.block, kept)), "utf-8")
        plain, built, loaded = compared(path, wanted)
        assert (built, loaded) == (plain, plain)


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    "text", [" ".join(f"w{n}" for n in range(3000)), " OR ".join(f"w{n}" for n in range(3000)), "NOT " * 150 + "bees",
             "(" * 90 + "bees" + ")" * 90, "bees", f"author:{'x' * 100_000}"],
    ids=["and", "or", "not", "brackets", "one", "long"],
)  # fmt: skip
def test_a_query_of_any_length_and_depth_is_answered(path: Path, text: str) -> None:
    index.read(path)
    wanted = query.parse(text)
    kept, plain = index.read(path).found, store.read(path).found
    assert kept.rows(wanted, ("key",)) == plain.rows(wanted, ("key",))


@pytest.mark.usefixtures("settled")
def test_bytes_that_are_no_text_are_found_nowhere(path: Path) -> None:
    index.read(path)
    found = index.read(path).found
    assert (found.rows(query.Word("", "\udcff"), ("key",)), found.named(["\udcff"])) == ([], {})


# --- when it is used, and what is made anew ---------------------------------------------------------------


def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the blocks that are read from now on."""
    found: list[str] = []
    real = index.table.from_table
    monkeypatch.setattr(index.table, "from_table", lambda key, fields: (found.append(key), real(key, fields))[1])
    return found


@pytest.mark.usefixtures("settled")
def test_a_list_is_read_without_making_one_entry(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(TEXT.partition("[papers.dunn]")[0])
    index.read(path)
    made = reads(monkeypatch)
    library = index.read(path)
    assert library.found.rows(query.parse("year:2020 bees"), ("key", "title")) == ["ada2020bees\tBees of the {North}"]
    assert made == []


def test_a_name_is_the_key_of_one_entry_rather_than_the_alias_of_another(path: Path) -> None:
    path.write_text('[papers.ants]\ntitle = "A"\n\n[papers.bees]\ntitle = "B"\naliases = ["Ants", "old"]\n')
    for library in (store.read(path), index.read(path)):
        assert {name: entry.key for name, entry in library.found.named(["ANTS", "Old"]).items()} == {
            "ants": "ants",
            "old": "bees",
        }
        assert [entry.key for entry in library.found.answering(["ants"])] == ["ants", "bees"]


@pytest.mark.usefixtures("settled")
def test_of_entries_that_are_printed_whole_no_others_are_made(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(TEXT.partition("[papers.dunn]")[0])
    lit = Within(path.parent)
    lit("list", "-L", path)
    made = reads(monkeypatch)
    told = lit("list", "--sort=-year", "--limit=2", "--json", "-L", path)
    assert [entry["key"] for entry in told.json["entries"]] == made == ["ada2020bees", "berg2019ants"]


@pytest.mark.usefixtures("settled")
def test_a_write_looks_only_at_the_blocks_that_changed_and_that_it_changes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = TEXT.partition("[papers.dunn]")[0]
    path.write_text(text, "utf-8")
    index.read(path)
    path.write_text(text.replace("Bees of the", "Wasps of the"), "utf-8")
    fits: list[str] = []
    real = blocks.shape.fits
    monkeypatch.setattr(blocks.shape, "fits", lambda body: (fits.append(body), real(body))[1])

    def change(library: Library) -> tuple[Changes, None]:
        entry = library.entries["berg2019ants"]
        return Changes({entry.key: replace(entry, tags=("new",))}), None

    transaction.update(path, change)
    assert ["Wasps of the" in body for body in fits] == [True, False]
    assert 'tags = ["new"]' in fits[1]


@pytest.mark.usefixtures("settled")
def test_after_an_edit_only_the_changed_blocks_are_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = TEXT.partition("[papers.dunn]")[0] + "[papers.odd]\nrating = 5\n"
    path.write_text(text, "utf-8")
    index.read(path)
    made = reads(monkeypatch)
    fits: list[str] = []
    parsed: list[str] = []
    real, loads = blocks.shape.fits, blocks._loads
    monkeypatch.setattr(blocks.shape, "fits", lambda body: (fits.append(body), real(body))[1])
    monkeypatch.setattr(blocks, "_loads", lambda text: (parsed.append(text), loads(text))[1])
    path.write_text(text.replace("Bees of the", "Wasps of the"), "utf-8")
    index.read(path)
    assert (made, len(fits)) == (["ada2020bees"], 1)
    assert [said for said in parsed if "[papers." in said] == []


def test_a_file_that_was_changed_a_moment_ago_is_compared_byte_by_byte(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that ticks every two seconds: an edit of the same size right behind the read leaves no other sign."""
    real = indexfile.state
    coarse = 2_000_000_000
    monkeypatch.setattr(
        indexfile, "state", lambda told: (*(n - n % coarse if n > 10**15 else n for n in real(told)[:3]), real(told)[3])
    )
    seen = []
    for title in ("Bees", "Wasp", "Ants"):
        with path.open("r+b") as file:
            file.write(TEXT.replace("Bees of the", f"{title} of the").encode())
        seen.append(index.read(path).entries["ada2020bees"].paper.title)
    assert seen == ["Bees of the {North}", "Wasp of the {North}", "Ants of the {North}"]


def test_an_edit_that_hides_its_time_is_seen(path: Path) -> None:
    """The time of the last change of anything (ctime) is the system's own."""
    os.utime(path, ns=(10**18, 10**18))
    index.read(path)
    with path.open("r+b") as file:
        file.write(TEXT.replace("Bees of the", "Wasp of the").encode())
    os.utime(path, ns=(10**18, 10**18))
    assert index.read(path).entries["ada2020bees"].paper.title == "Wasp of the {North}"


def test_an_old_file_is_not_read_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexfile, "_SETTLED", -(10**18))
    index.read(path)
    monkeypatch.setattr(index._Source, "all", lambda _: pytest.fail("the whole file is read"))
    assert index.read(path).found.rows(query.parse("tag:insects"), ("key",)) == ["ada2020bees"]


def test_a_file_that_was_only_touched_keeps_its_index(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index.read(path)
    os.utime(path)
    monkeypatch.setattr(index.Index, "of", lambda *_: pytest.fail("the index is built again"))
    assert is_indexed(index.read(path))


def test_a_small_library_has_no_index(path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert not is_indexed(index.read(path))
    assert not cache.exists()


def test_a_library_that_cannot_be_cut_has_no_index(path: Path, cache: Path) -> None:
    path.write_text('[papers]\na.title = "A"\n')
    assert list(index.read(path).entries) == ["a"]
    assert not cache.exists()


@pytest.mark.parametrize("text", ["[papers.a\n", "[papers.a]\nyear = 'x'\n", "format = 2\n", b"\xff"])
def test_a_library_that_is_refused_is_refused_whatever_its_index_says(path: Path, text: str | bytes) -> None:
    index.read(path)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(LibraryError) as plain:
        store.read(path)
    with pytest.raises(LibraryError) as caught:
        index.read(path)
    assert caught.value.message == plain.value.message


def test_a_library_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="there is no library"):
        index.read(tmp_path / "none.toml")


@pytest.mark.usefixtures("settled")
def test_a_library_that_changes_under_a_command_ends_it(path: Path) -> None:
    index.read(path)
    library = index.read(path)
    path.write_text(TEXT.replace("Bees of the", "Wasps, and the"), "utf-8")
    with pytest.raises(LockedError) as caught:
        list(library.entries.values())
    assert caught.value.exit_code == 4


@pytest.mark.usefixtures("settled")
def test_a_library_that_is_replaced_under_a_command_is_read_as_it_was(path: Path) -> None:
    index.read(path)
    library = index.read(path)
    new = path.with_suffix(".new")
    new.write_text("format = 1\n")
    new.replace(path)
    assert said(library, QUERIES)["count"] == 4


def test_words_of_entries_that_are_gone_do_not_pile_up(path: Path) -> None:
    sizes = []
    for number in range(60):
        path.write_text(f'[papers.a]\ntitle = "{" ".join(f"w{number}x{n}" for n in range(50))}"\n')
        index.read(path)
        sizes.append(place(path).stat().st_size)
    assert max(sizes) < 2 * sizes[0]


# --- spoilt, foreign, hostile -----------------------------------------------------------------------------


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1000])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def noise(file: Path) -> None:
    file.write_bytes(random.Random(1).randbytes(5000))


def text(file: Path) -> None:
    file.write_text("format = 1\n")


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()
    (file / "x").touch()


def pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def link_to_itself(file: Path) -> None:
    file.unlink()
    file.symlink_to(file)


def another_form(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(indexfile._MAGIC, b" litcli index 0\n"))


def another_programs(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as sql:
        sql.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, key)")
    sql.close()


def unreadable_head(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:-60] + b"x" * 30 + data[-30:])


def long_head(file: Path) -> None:
    data = file.read_bytes()
    end = len(b"00000000" + indexfile._MAGIC)
    file.write_bytes(data[:-end] + b"99999999" + data[-end + 8 :])


SPOILT = (truncated, empty, noise, text, folder, pipe, link_to_itself, another_form, another_programs, unreadable_head,
          long_head)  # fmt: skip


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("spoil", SPOILT, ids=lambda spoil: spoil.__name__)
def test_a_spoilt_index_changes_no_answer(
    spoil: Callable[[Path], None], path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    index.read(path)
    spoil(place(path))
    expected = said(store.read(path), QUERIES)
    assert said(index.read(path), QUERIES) == said(index.read(path), QUERIES) == expected
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("spoil", [s for s in SPOILT if s is not folder], ids=lambda spoil: spoil.__name__)
def test_a_spoilt_index_is_replaced(spoil: Callable[[Path], None], path: Path) -> None:
    index.read(path)
    spoil(place(path))
    index.read(path)
    kept = indexfile.find(os.path.realpath(path))
    assert kept
    assert index.Index.load(kept)
    kept.close()


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("seed", range(8))
def test_a_byte_that_was_changed_anywhere_changes_no_answer(path: Path, seed: int) -> None:
    index.read(path)
    whole = place(path).read_bytes()
    expected = said(store.read(path), ["bees", "*"])
    chance = random.Random(seed)
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        place(path).write_bytes(data)
        assert said(index.read(path), ["bees", "*"]) == expected


@pytest.mark.usefixtures("settled")
def test_the_index_of_another_library_is_not_taken(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text('[papers.other]\ntitle = "Other"\n')
    index.read(path)
    index.read(other)
    shutil.copy(place(other), place(path))
    assert said(index.read(path), QUERIES) == said(store.read(path), QUERIES)


@pytest.mark.usefixtures("settled")
def test_a_library_at_the_place_of_another_is_not_taken_for_it(path: Path) -> None:
    index.read(path)
    path.unlink()
    path.write_text('[papers.new]\ntitle = "New"\n')
    assert list(index.read(path).entries) == ["new"]


def doctored(path: Path) -> None:
    """Have the index of a library say something else, with checksums that are right."""
    kept = indexfile.find(os.path.realpath(path))
    assert kept
    parts = [kept.part(number) or b"" for number in range(indexfile.LOTS + 1)]
    sql = sqlite3.connect(":memory:", isolation_level=None)
    sql.deserialize(parts[0])
    sql.execute("UPDATE entry SET labels = 'lie', held = 0, year_number = 1")
    sql.execute("DELETE FROM place WHERE number > 1")
    parts[:3] = [sql.serialize(), b"lie\t1\tlie\tlie\n", b"lie\tlie\tlie\tlie\tlie\n"]
    indexfile.save(kept.library, kept.state, kept.read_at, kept.digest, kept.rest, parts)
    kept.close()
    sql.close()


@pytest.mark.usefixtures("settled")
def test_a_write_asks_the_file_alone(path: Path) -> None:
    index.read(path)
    doctored(path)
    assert index.read(path).found.rows(query.parse("*"), ("key",)) == ["lie"]

    def change(library: Library) -> tuple[Changes, None]:
        found = library.found.matching(query.parse("author:berg OR year:2019"))
        return Changes({entry.key: replace(entry, tags=(*entry.tags, "x")) for entry in found}), None

    transaction.update(path, change)
    tagged = {key for key, entry in store.read(path).entries.items() if "x" in entry.tags}
    assert tagged == {"ada2020bees", "berg2019ants"}
    assert said(index.read(path), QUERIES) == said(store.read(path), QUERIES)


# --- every command that reads -----------------------------------------------------------------------------

COMMANDS = [
    ["list"], ["list", "bees", "--sort", "-year,authors"], ["list", "-k", "--limit", "2"], ["list", "--json"],
    ["list", "--columns", "key,doi,abstract"], ["list", "query:insects"], ["filter", "author:muller"],
    ["filter", "nothing"], ["filter", "*", "--template", "{key} {title}"], ["show", "ANTS"], ["show", "nobody"],
    ["show", "dunn", "ada2020bees", "--sort", "key", "--jsonl"], ["tags"], ["tags", "--json"], ["stats"],
    ["export", "bees"], ["export", "--to", "csv"], ["why", "ants"], ["list", "titel:x"],
]  # fmt: skip


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_says_the_same_with_an_index_without_one_and_with_one_that_is_spoilt(
    words: list[str], path: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    lit = Within(tmp_path)

    def ran(**env: str) -> tuple[int, str, str]:
        for code in range(4):
            with contextlib.suppress(AssertionError):
                result = lit(*words, code=code, **env)
                return result.code, result.out, result.err
        raise AssertionError("it ended with none of the codes")

    without = ran(XDG_CACHE_HOME=str(tmp_path / "file"))
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    built, kept = ran(**cache), ran(**cache)
    assert place(path).exists()
    noise(place(path))
    assert (built, kept, ran(**cache)) == (without, without, without)


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    ("kind", "word"),
    [("keys", ""), ("keys", "ad"), ("keys", "DUNN"), ("keys", "x"), ("tags", "+"), ("query", "author:"),
     ("query", "year:"), ("query", "venue:"), ("query", "query:"), ("query", "type:"), ("query", "key:")],
)  # fmt: skip
def test_completion_says_the_same_with_an_index_and_without_one(
    kind: str,
    word: str,
    path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LITCLI_LIBRARY", str(path))
    told = []
    for folder in ("file", "cache", "cache"):
        (tmp_path / "file").touch()
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / folder))
        completion.answer([kind, word])
        told.append(capsys.readouterr().out)
    assert told[1:] == [told[0]] * 2


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    ("kind", "word", "offered"), [("keys", "ad", "ada2020bees\tBees of the {North}\n"), ("tags", "+re", "+red\n")]
)
def test_completion_in_a_library_of_any_size_reads_it_once(
    kind: str,
    word: str,
    offered: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    small = tmp_path / "small.toml"
    small.write_text('[papers.ada2020bees]\ntitle = "Bees of the {North}"\ntags = ["red", "one\\nred", "\\u001fred"]\n')
    monkeypatch.setattr(index, "_WORTH", 1 << 17)
    monkeypatch.setenv("LITCLI_LIBRARY", str(small))
    completion.answer([kind, word])
    monkeypatch.setattr(index, "read", lambda *_, **__: pytest.fail("the library is read again"))
    completion.answer([kind, word])
    assert capsys.readouterr().out == 2 * offered


# --- nowhere to keep it -----------------------------------------------------------------------------------


def no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))


def read_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    del tmp_path

    def fail(path: str, pieces: list[bytes]) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(indexfile, "_write", fail)


def full(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    del tmp_path

    def fail(path: str, pieces: list[bytes]) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(indexfile, "_write", fail)


def no_room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    del tmp_path
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 0))


def no_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A SQLite without FTS5."""
    del tmp_path
    monkeypatch.setattr(index, "_TABLES", [table.replace("fts5", "nosuch") for table in index._TABLES])


def no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A Python without SQLite."""
    del tmp_path
    monkeypatch.setitem(sys.modules, "sqlite3", None)


TROUBLES = [no_folder, read_only, full, no_room, no_words, no_database]


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda fail: fail.__name__)
def test_without_an_index_all_is_as_it_is_with_one(
    trouble: Callable[[pytest.MonkeyPatch, Path], None],
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    expected = said(store.read(path), QUERIES)
    trouble(monkeypatch, tmp_path)
    assert said(index.read(path), QUERIES) == said(index.read(path), QUERIES) == expected
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("trouble", [no_folder, no_room], ids=lambda fail: fail.__name__)
def test_what_cannot_be_kept_is_not_made(
    trouble: Callable[[pytest.MonkeyPatch, Path], None], path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trouble(monkeypatch, tmp_path)
    monkeypatch.setattr(index.Index, "of", lambda *_: pytest.fail("an index is built"))
    assert not is_indexed(index.read(path))


def test_an_index_is_for_its_owner_alone(path: Path) -> None:
    index.read(path)
    assert place(path).stat().st_mode & 0o777 == 0o600


def test_a_file_that_somebody_left_half_written_is_no_hindrance(path: Path) -> None:
    place(path).parent.mkdir(parents=True)
    left = Path(f"{place(path)}.new")
    left.touch()
    index.read(path)
    assert not place(path).exists()  # it may be being written
    os.utime(left, (0, 0))
    index.read(path)
    assert (place(path).exists(), left.exists()) == (True, False)


READER = """\
import sys
from pathlib import Path
from litcli import query
from litcli.library import index
index._WORTH = 0
for _ in range(5):
    library = index.read(Path(sys.argv[1]))
    print(*library.found.rows(query.parse("bees"), ("key",)), len(library.entries), sep=",")
"""


def test_processes_that_build_it_at_once_are_all_right(path: Path, cache: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", READER, str(path)], cwd=ROOT, stdout=subprocess.PIPE) for _ in range(6)
    ]
    told = {line for process in running for line in process.communicate(timeout=60)[0].split()}
    assert (told, {process.returncode for process in running}) == ({b"ada2020bees,4"}, {0})
    assert [file.name for file in cache.iterdir()] == [place(path).name]
