"""Two edits of one library made one: what either changed is there, and what both did differently is marked."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli.errors import LibraryError
from litcli.library import merging, store

HERE = Path("library.toml")
BASE = """\
# mine
format = 1

# --- the first one
[papers.ada]
title = "A"  # odd   spacing
year =   2001
tags = ["old", "x"]

[papers.bob]
title = "B"
tags = ["x"]
sources = ["a.bib:1 (bibtex)"]
links.code = "https://c"

# about cyd
[papers.cyd]
title = "C"
"""
MARKS = re.compile(r"<<<<<<< ours\n(.*?)=======\n(.*?)>>>>>>> theirs\n", re.DOTALL)


def merged(ours: str, theirs: str, base: str = BASE) -> str:
    """Two edits merged without a conflict; the other way round they say the same."""
    text, conflicts = merging.merge(HERE, base, ours, theirs)
    assert conflicts == []
    other, conflicts = merging.merge(HERE, base, theirs, ours)
    assert conflicts == []
    assert {key: sorted_in(entry) for key, entry in said(other).items()} == {
        key: sorted_in(entry) for key, entry in said(text).items()
    }
    return text


def sorted_in(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: sorted(value) if name == "sources" else value for name, value in entry.items()}


def conflict(ours: str, theirs: str, base: str = BASE) -> tuple[str, list[str]]:
    text, conflicts = merging.merge(HERE, base, ours, theirs)
    with pytest.raises(LibraryError, match="merge conflict"):
        store.parse(HERE, text)
    return text, [str(found) for found in conflicts]


def edited(*pairs: tuple[str, str], text: str = BASE) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def said(text: str) -> dict[str, Any]:
    papers: dict[str, Any] = tomllib.loads(text).get("papers", {})
    return papers


# --- no conflict ------------------------------------------------------------------------------------------


def test_nothing_changed_is_the_same_bytes() -> None:
    assert merged(BASE, BASE) == BASE


def test_what_one_side_changed_is_taken_to_the_byte() -> None:
    other = edited(("# --- the first one", "# 1"), ('"B"', "'B' # really"), ("# about cyd", "# on cyd"))
    assert merged(BASE, other) == other
    assert merged(other, BASE) == other


def test_the_same_change_on_both_sides_is_one() -> None:
    other = edited(("2001", "2002"))
    assert merged(other, other) == other


def test_new_entries_of_both_are_there_in_their_places() -> None:
    ours = edited(("# about cyd", '[papers.bx]\ntitle = "ours"\n\n# about cyd'))
    theirs = edited(("# about cyd", '[papers.by]\ntitle = "theirs"\n\n# about cyd')) + '\n[papers.zed]\ntitle = "Z"\n'
    text = merged(ours, theirs)
    assert set(said(text)) == {"ada", "bob", "bx", "by", "cyd", "zed"}
    assert text.replace('[papers.bx]\ntitle = "ours"\n\n', "") == theirs


def test_the_same_paper_added_by_both_is_one_with_the_sources_of_both() -> None:
    ours = BASE + '\n[papers.new]\ntitle = "N"\ntags = ["a"]\nsources = ["a:1 (x)"]\nadded = 2026-05-02\n'
    theirs = (
        BASE + '\n[papers.new]\ntitle = "N"\nyear = 2020\ntags = ["b"]\nsources = ["b:1 (x)"]\nadded = 2026-05-01\n'
    )
    new = said(merged(ours, theirs))["new"]
    assert (new["title"], new["year"], new["tags"]) == ("N", 2020, ["a", "b"])
    assert (sorted(new["sources"]), str(new["added"])) == (["a:1 (x)", "b:1 (x)"], "2026-05-01")


def test_different_fields_of_one_entry_are_both_changed_and_the_rest_stays_to_the_byte() -> None:
    text = merged(edited(("2001", "2002")), edited(('"A"', '"Ah"')))
    was = 'title = "A"  # odd   spacing\nyear =   2001\n'
    assert text == edited((was, '# odd   spacing\ntitle = "Ah"\nyear =   2002\n'))


def test_tags_are_united_and_what_one_side_took_away_is_gone() -> None:
    ours = edited(('["old", "x"]', '["mine", "x"]'))
    theirs = edited(('["old", "x"]', '["old", "x", "yours"]'))
    assert said(merged(ours, theirs))["ada"]["tags"] == ["mine", "x", "yours"]


def test_a_tag_that_both_took_away_is_gone_with_its_field() -> None:
    ours = edited(('tags = ["x"]\n', "")) + "# end\n"
    theirs = edited(('tags = ["x"]\n', ""), ('"B"', '"Bee"'))
    assert "tags" not in said(merged(ours, theirs))["bob"]


def test_links_are_merged_label_by_label() -> None:
    ours = edited(('links.code = "https://c"', 'links.code = "https://c2"'))
    theirs = edited(('links.code = "https://c"', 'links.code = "https://c"\nlinks.slides = "https://s"'))
    assert said(merged(ours, theirs))["bob"]["links"] == {"code": "https://c2", "slides": "https://s"}


def test_an_entry_that_one_side_removed_is_gone() -> None:
    ours = BASE[: BASE.index("# about cyd")]
    assert set(said(merged(ours, edited(('"A"', '"Ah"'))))) == {"ada", "bob"}


def test_pairs_that_are_distinct_are_united() -> None:
    ours = edited(("format = 1\n", 'format = 1\ndistinct = [["a", "b"]]\n'))
    theirs = edited(("format = 1\n", 'format = 1\ndistinct = [["c", "d"]]\n'))
    found = tomllib.loads(merged(ours, theirs))["distinct"]
    assert sorted(found) == [["a", "b"], ["c", "d"]]


def test_settings_of_both_are_there() -> None:
    base = edited(("format = 1\n", "format = 1\n\n[settings]\nother = 1\n"))
    theirs = edited(("other = 1", "other = 2"), text=base)
    ours = edited(("other = 1", 'other = 1\nkeys = "x"'), text=base)
    assert tomllib.loads(merged(ours, theirs, base))["settings"] == {"keys": "x", "other": 2}


def test_a_comment_that_they_wrote_is_not_lost_where_we_changed_a_value() -> None:
    ours = edited(("2001", "2002"))
    theirs = edited(("# --- the first one", "# --- the first one\n# by Ann"), ("tags = [", "# read\ntags = ["))
    text, conflicts = merging.merge(HERE, BASE, ours, theirs)
    assert (conflicts, "# by Ann" in text, "# read" in text) == ([], True, True)


def test_an_entry_that_one_side_renamed_takes_the_changes_of_the_other() -> None:
    renamed = edited(
        ("[papers.bob]", "[papers.bab]"), ('["a.bib:1 (bibtex)"]', '["a.bib:1 (bibtex)"]\naliases = ["bob"]')
    )
    other = edited(('["x"]', '["x", "y"]'))
    for text in (merged(renamed, other), merged(other, renamed)):
        assert set(said(text)) == {"ada", "bab", "cyd"}
        assert (said(text)["bab"]["tags"], said(text)["bab"]["aliases"]) == (["x", "y"], ["bob"])


def renamed(key: str, text: str = BASE) -> str:
    """An edit that gives bob another key."""
    return edited(("[papers.bob]", f'[papers.{key}]\naliases = ["bob"]'), text=text)


def test_an_entry_that_both_renamed_is_one_with_our_key_that_has_theirs_too() -> None:
    text, conflicts = merging.merge(HERE, BASE, renamed("bab"), edited(('["x"]', '["x", "y"]'), text=renamed("bub")))
    assert conflicts == []
    assert set(said(text)) == {"ada", "bab", "cyd"}
    assert (said(text)["bab"]["tags"], said(text)["bab"]["aliases"]) == (["x", "y"], ["bob", "bub"])


def test_an_entry_that_both_renamed_alike_takes_the_changes_of_both() -> None:
    ours, theirs = (edited(('["x"]', f'["x", "{tag}"]'), text=renamed("bab")) for tag in "yz")
    assert said(merged(ours, theirs))["bab"]["tags"] == ["x", "y", "z"]


def test_an_entry_that_one_side_renamed_and_the_other_removed_is_marked() -> None:
    gone = BASE[: BASE.index("[papers.bob]")] + BASE[BASE.index("# about cyd") :]
    assert conflict(renamed("bab"), gone)[1] == conflict(gone, renamed("bab"))[1] == ["bab"]


def test_an_entry_that_one_side_removed_and_the_other_wrote_in_other_words_is_marked() -> None:
    gone = BASE[: BASE.index("[papers.bob]")] + BASE[BASE.index("# about cyd") :]
    words = edited(('title = "B"', "# a remark\ntitle = 'B'"))
    assert conflict(gone, words)[1] == conflict(words, gone)[1] == ["bob"]


def test_line_ends_of_windows_stay() -> None:
    windows = BASE.replace("\n", "\r\n")
    ours = edited(('["x"]', '["x", "a"]'), text=windows)
    theirs = edited(('["x"]', '["x", "b"]'), text=windows)
    text = merged(ours, theirs, windows)
    assert not re.search(r"(?<!\r)\n", text)
    assert said(text)["bob"]["tags"] == ["a", "b", "x"]


def test_without_a_common_beginning_both_are_there() -> None:
    text = merged('format = 1\n\n[papers.a]\ntitle = "A"\n', 'format = 1\n\n[papers.b]\ntitle = "B"\n', "")
    assert set(said(text)) == {"a", "b"}


@pytest.mark.parametrize(
    "base", ['[papers]\na.title = "A"\nb.title = "B"\n', 'papers.a.title = "A"\npapers.b.title = "B"\n']
)
def test_entries_without_headers_of_their_own_are_merged(base: str) -> None:
    text = merged(edited(('"A"', '"Ah"'), text=base), edited(('"B"', '"Bee"'), text=base), base)
    assert said(text) == {"a": {"title": "Ah"}, "b": {"title": "Bee"}}


def test_an_entry_that_says_nothing_by_itself_is_marked_as_a_whole() -> None:
    base = '[papers]\na.title = "A"\na.year = 1\n'
    text, conflicts = merging.merge(HERE, base, edited(('"A"', '"Ah"'), text=base), edited(("1", "2"), text=base))
    assert (conflicts, "<<<<<<< ours" in text) == ([merging.Conflict("a")], True)


def test_a_header_of_all_papers_may_come_from_either_side() -> None:
    text = merged(BASE, BASE.replace("# --- the first one", "# --- the first one\n[papers]\n"))
    assert set(said(text)) == {"ada", "bob", "cyd"}


# --- conflicts --------------------------------------------------------------------------------------------


def test_a_field_that_both_changed_is_marked_and_named_and_the_rest_is_merged() -> None:
    ours = edited(('"A"', '"Ours"'), ('["old", "x"]', '["old", "x", "a"]'))
    theirs = edited(('"A"', '"Theirs"'), ('["old", "x"]', '["old", "x", "b"]'))
    text, conflicts = conflict(ours, theirs)
    assert conflicts == ["ada: title"]
    assert MARKS.findall(text) == [('title = "Ours"  # odd   spacing\n', 'title = "Theirs"  # odd   spacing\n')]
    for side in (r"\1", r"\2"):
        assert said(MARKS.sub(side, text))["ada"]["tags"] == ["a", "b", "old", "x"]


def test_a_field_that_one_side_took_away_and_the_other_changed_is_marked() -> None:
    text, conflicts = conflict(edited(("year =   2001\n", "")), edited(("2001", "2002")))
    assert conflicts == ["ada: year"]
    assert MARKS.findall(text) == [("", "year =   2002\n")]
    text, conflicts = conflict(edited(("2001", "2002")), edited(("year =   2001\n", "")))
    assert MARKS.findall(text) == [("year =   2002\n", "")]


def test_a_label_that_both_changed_is_marked() -> None:
    text, conflicts = conflict(edited(("https://c", "https://o")), edited(("https://c", "https://t")))
    assert conflicts == ["bob: links.code"]
    assert MARKS.findall(text) == [('links.code = "https://o"\n', 'links.code = "https://t"\n')]


def test_an_entry_removed_by_one_side_and_changed_by_the_other_is_marked_as_a_whole() -> None:
    removed, changed = BASE[: BASE.index("# about cyd")], edited(('"C"', '"See"'))
    block = '# about cyd\n[papers.cyd]\ntitle = "See"\n'
    for ours, theirs, wanted in ((removed, changed, ("", block)), (changed, removed, (block, ""))):
        text, conflicts = conflict(ours, theirs)
        assert (conflicts, MARKS.findall(text)) == (["cyd"], [wanted])


def test_two_works_under_one_new_key_are_marked_as_a_whole() -> None:
    ours, theirs = (f'\n[papers.wang2023large]\ntitle = "{title}"\nyear = 2023\n' for title in ("Large A", "Large B"))
    text, conflicts = conflict(BASE + ours, BASE + theirs)
    assert conflicts == ["wang2023large"]
    assert MARKS.findall(text) == [(ours[1:], theirs[1:])]


def test_a_setting_that_both_changed_is_marked() -> None:
    base, ours, theirs = (edited(("format = 1\n", f"format = 1\n\n[settings]\nkeys = {n}\n")) for n in range(3))
    text, conflicts = conflict(ours, theirs, base)
    assert (conflicts, MARKS.findall(text)) == (["settings.keys"], [("keys = 1\n", "keys = 2\n")])


def test_conflicts_are_named_each() -> None:
    ours = edited(('"A"', '"1"'), ('"B"', '"1"'), ("2001", "1"))
    theirs = edited(('"A"', '"2"'), ('"B"', '"2"'), ("2001", "2"))
    assert conflict(ours, theirs)[1] == ["ada: title", "ada: year", "bob: title"]


@pytest.mark.parametrize("broken", ["[papers.a\n", "<<<<<<< ours\n", "format = 2\n"])
def test_what_is_no_library_is_not_merged(broken: str) -> None:
    for texts in ((broken, BASE, BASE), (BASE, broken, BASE), (BASE, BASE, broken)):
        with pytest.raises(LibraryError):
            merging.merge(HERE, *texts)


# --- any two edits ----------------------------------------------------------------------------------------

ENTRY = st.fixed_dictionaries(
    {"title": st.sampled_from(["A", "B"])},
    optional={
        "year": st.integers(2000, 2002),
        "tags": st.lists(st.sampled_from("xyz"), unique=True, min_size=1).map(sorted),
        "note": st.sampled_from(["n", "m\n# no comment"]),
    },
)
LIBRARY = st.dictionaries(st.sampled_from(["a", "b", "c", "d e"]), ENTRY, max_size=4)


def written(papers: dict[str, dict[str, Any]]) -> str:
    """A library as a hand may write it."""
    lines = ["format = 1"]
    for key, fields in papers.items():
        lines += ["", f'[papers."{key}"]', *(f"{name} = {value!r}" for name, value in fields.items() if name != "note")]
        lines += [f'note = """{fields["note"]}"""'] if "note" in fields else []
    return "\n".join(lines) + "\n"


@given(LIBRARY, LIBRARY, LIBRARY)
def test_no_change_is_lost_and_none_is_made_up(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    text, conflicts = merging.merge(HERE, written(base), written(ours), written(theirs))
    differ = {str(found) for found in conflicts}
    sides = [said(MARKS.sub(side, text)) for side in (r"\1", r"\2")]
    for key in {*base, *ours, *theirs}:
        old, one, two = (side.get(key) for side in (base, ours, theirs))
        if key in differ:
            assert [side.get(key) for side in sides] == [one, two]
            continue
        for field in {*(old or {}), *(one or {}), *(two or {})}:
            was, mine, yours = ((side or {}).get(field) for side in (old, one, two))
            got = [side.get(key, {}).get(field) for side in sides]
            if f"{key}: {field}" in differ:
                assert got == [mine, yours]
            elif field == "tags":
                sets = [set(items or []) for items in (was, mine, yours)]
                gone = (sets[0] - sets[1]) | (sets[0] - sets[2])
                assert set(got[0] or []) == (sets[1] | sets[2]) - gone
            else:
                assert got == [mine if yours == was else yours] * 2
