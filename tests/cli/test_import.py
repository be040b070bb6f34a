"""Importing: every record is imported, merged, known already or reported, and nothing else happens."""

from __future__ import annotations

import json
import os
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from litcli import reading
from tests.cli.within import Within
from tests.conftest import SEEDS, Program, Result

PAGES = sorted(SEEDS.glob("*.txt"))
FEED = SEEDS / "paper-feed.txt"
HOMEPAGE = SEEDS / "homepage.txt"
SMALL = SEEDS / "acl-anthology.txt"
COUNTS = ("imported", "merged", "unchanged", "failed", "seen")


@pytest.fixture
def lit(tmp_path: Path) -> Program:
    return Within(tmp_path)


def counts(result: Result) -> dict[str, int]:
    """The counts of `import --json`, whose shape and sum are checked each time."""
    told = result.json
    assert list(told) == ["format_version", *COUNTS, "problems", "keys"]
    assert told["format_version"] == 1
    assert told["imported"] + told["merged"] + told["unchanged"] + told["failed"] == told["seen"]
    for problem in told["problems"]:
        assert list(problem) == ["source", "line", "message"]
        assert (type(problem["source"]), type(problem["line"]), type(problem["message"])) == (str, int, str)
    assert len(set(told["keys"])) == len(told["keys"])
    return {name: told[name] for name in COUNTS}


def papers(program: Program) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = tomllib.loads(program.library.read_text("utf-8")).get("papers", {})
    return found


def everything(folder: Path) -> dict[str, bytes]:
    """The files of a folder, its lock aside."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(".lock")
    }


# --- all the seeds ----------------------------------------------------------------------------------------


def test_the_seeds_are_216_papers(lit: Program) -> None:
    lit.write("library.toml", "format = 1\n")
    told = counts(lit("import", "--json", *PAGES))
    assert told == {"imported": 216, "merged": 0, "unchanged": 0, "failed": 0, "seen": 216}
    assert len(papers(lit)) == 216


def test_a_second_time_all_are_unchanged_and_so_is_every_byte(library: Program) -> None:
    before, time = library.library.read_bytes(), library.library.stat().st_mtime_ns
    told = counts(library("import", "--json", *PAGES))
    assert told == {"imported": 0, "merged": 0, "unchanged": 216, "failed": 0, "seen": 216}
    assert (library.library.read_bytes(), library.library.stat().st_mtime_ns) == (before, time)


def test_from_another_folder_in_another_order_all_are_unchanged(library: Program) -> None:
    before = library.library.read_bytes()
    elsewhere = library.folder / "copies"
    elsewhere.mkdir()
    for page in PAGES:
        shutil.copy(page, elsewhere)
    assert counts(library("import", "--json", *sorted(elsewhere.iterdir(), reverse=True)))["unchanged"] == 216
    assert library.library.read_bytes() == before


def test_one_page_after_the_other_gives_the_same_papers_as_all_at_once(lit: Program, seeded: Path) -> None:
    lit.write("library.toml", "format = 1\n")
    for page in PAGES:
        lit("import", page)
    assert lit.library.read_bytes() == seeded.read_bytes()


def test_a_folder_is_read_file_by_file(lit: Program) -> None:
    lit.write("library.toml", "format = 1\n")
    assert counts(lit("import", "--json", SEEDS))["imported"] == 216


def test_a_folder_is_read_to_its_bottom_without_hidden_files(lit: Program) -> None:
    lit.write("library.toml", "format = 1\n")
    deep = lit.folder / "pages" / "2024" / "may"
    deep.mkdir(parents=True)
    shutil.copy(SMALL, deep)
    shutil.copy(HOMEPAGE, deep / ".hidden.txt")
    assert counts(lit("import", "--json", "pages"))["seen"] == 6


def test_standard_input_is_read(lit: Program) -> None:
    lit.write("library.toml", "format = 1\n")
    assert counts(lit("import", "--json", "-", stdin=SMALL.read_bytes()))["imported"] == 6
    assert all(paper["sources"][0].startswith("stdin:") for paper in papers(lit).values())


def test_standard_input_a_second_time_is_unchanged(lit: Program) -> None:
    lit.write("library.toml", "format = 1\n")
    lit("import", "-", stdin=SMALL.read_bytes())
    assert counts(lit("import", "--json", "-", stdin=SMALL.read_bytes()))["unchanged"] == 6


def test_the_keys_are_those_of_the_library(lit: Program) -> None:
    lit.write("library.toml", "format = 1\n")
    told = lit("import", "--json", HOMEPAGE).json["keys"]
    assert sorted(told) == sorted(papers(lit))
    assert "sun2022blackbox" in told


def test_a_known_record_has_its_key_told_too(library: Program) -> None:
    assert "sun2022blackbox" in library("import", "--json", HOMEPAGE).json["keys"]


def test_the_library_is_started_by_the_first_import(lit: Program) -> None:
    lit("import", SMALL, "-L", "new/library.toml")
    assert len(tomllib.loads((lit.folder / "new" / "library.toml").read_text())["papers"]) == 6


def test_each_entry_says_where_it_was_read_and_when(library: Program) -> None:
    for paper in papers(library).values():
        assert re.fullmatch(r"[\w-]+\.txt:\d+ \([\w-]+\)", paper["sources"][0])
        assert paper["added"]


# --- what the reader did ----------------------------------------------------------------------------------


def edit(program: Program, old: str, new: str) -> None:
    text = program.library.read_text("utf-8")
    assert text.count(old) == 1
    program.library.write_text(text.replace(old, new), "utf-8")


def test_a_note_and_a_comment_stay_to_the_byte(library: Program) -> None:
    edit(library, "[papers.sun2022blackbox]\n", "# mine\n[papers.sun2022blackbox]\nnote = '''\nread\n# it'''\n")
    before = library.library.read_bytes()
    library("import", *PAGES)
    assert library.library.read_bytes() == before


def test_a_tag_that_was_removed_does_not_come_back(library: Program) -> None:
    edit(
        library,
        'tags = ["spotlight"]\nsources = ["homepage.txt:48 (homepage)"]',
        'sources = ["homepage.txt:48 (homepage)"]',
    )
    library("import", HOMEPAGE)
    assert "tags" not in papers(library)["sun2022blackbox"]


def test_a_tag_that_was_added_does_not_go_away(library: Program) -> None:
    edit(library, 'tags = ["spotlight"]\nsources = ["homepage.txt:48', 'tags = ["mine"]\nsources = ["homepage.txt:48')
    library("import", HOMEPAGE)
    assert papers(library)["sun2022blackbox"]["tags"] == ["mine"]


def test_a_title_that_was_corrected_stays_and_is_not_imported_twice(library: Program) -> None:
    edit(library, '"Black-Box Tuning for Language-Model-as-a-Service"', '"Black-Box Tuning for {LMaaS}"')
    told = counts(library("import", "--json", HOMEPAGE))
    assert told["imported"] == 0
    assert papers(library)["sun2022blackbox"]["title"] == "Black-Box Tuning for {LMaaS}"


def test_an_entry_that_was_renamed_by_hand_is_not_imported_twice(library: Program) -> None:
    edit(library, "[papers.sun2022blackbox]", "[papers.bbt]")
    assert counts(library("import", "--json", HOMEPAGE))["unchanged"] == 9


def test_lines_inserted_above_change_nothing(library: Program) -> None:
    before = library.library.read_bytes()
    grown = [library.write(page.name, b"\n\n\n" + page.read_bytes()) for page in PAGES]
    assert counts(library("import", "--json", *grown))["unchanged"] == 216
    assert library.library.read_bytes() == before


def test_a_library_in_the_style_of_windows_stays_in_it(lit: Program) -> None:
    lit.write("library.toml", b"\xef\xbb\xbfformat = 1\r\n# mine\r\n")
    lit("import", SMALL)
    data = lit.library.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfformat = 1\r\n# mine\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")


# --- options ----------------------------------------------------------------------------------------------


def test_a_dry_run_says_the_same_and_writes_nothing(lit: Program) -> None:
    lit.write("library.toml", "format = 1\n")
    before = everything(lit.folder)
    told = lit("import", "--dry-run", "--json", *PAGES).json
    assert everything(lit.folder) == before
    assert (told["imported"], len(told["keys"])) == (216, 216)


def test_a_dry_run_starts_no_library(lit: Program) -> None:
    assert counts(lit("import", "--dry-run", "--json", SMALL, "-L", "new.toml"))["imported"] == 6
    assert everything(lit.folder) == {}


def test_strict_changes_nothing_where_anything_fails(library: Program) -> None:
    library.write("odd.txt", "Dear all,\n")
    before = everything(library.folder)
    told = counts(library("import", "--strict", "--json", "odd.txt", FEED, code=3))
    assert told == {"imported": 0, "merged": 0, "unchanged": 0, "failed": 33, "seen": 33}
    assert everything(library.folder) == before


def test_strict_starts_no_library_where_anything_fails(lit: Program) -> None:
    lit.write("odd.txt", "Dear all,\n")
    lit("import", "--strict", "odd.txt", SMALL, "-L", "new.toml", code=3)
    assert not (lit.folder / "new.toml").exists()


def test_strict_imports_where_nothing_fails(lit: Program) -> None:
    lit.write("library.toml", "format = 1\n")
    assert counts(lit("import", "--strict", "--json", *PAGES))["imported"] == 216


def test_a_remark_is_no_failure_to_strict(lit: Program) -> None:
    """A date without a year is remarked on; the record is there."""
    lit.write("library.toml", "format = 1\n")
    told = lit("import", "--strict", "--json", FEED).json
    assert told["problems"]
    assert told["imported"] == 32


def test_without_strict_the_rest_comes_in(lit: Program) -> None:
    lit.write("library.toml", "format = 1\n")
    lit.write("odd.txt", "Dear all,\n")
    told = counts(lit("import", "--json", "odd.txt", SMALL, "none.txt", code=3))
    assert told == {"imported": 6, "merged": 0, "unchanged": 0, "failed": 2, "seen": 8}
    assert len(papers(lit)) == 6


def test_a_tag_is_given_to_each_paper(lit: Program) -> None:
    lit.write("library.toml", "format = 1\n")
    lit("import", "--tag", "course", "--tag", "to read", SMALL)
    assert {tuple(paper["tags"]) for paper in papers(lit).values()} == {("course", "to read")}


def test_a_tag_is_given_to_papers_that_are_known(library: Program) -> None:
    told = counts(library("import", "--tag", "course", "--json", SMALL))
    assert (told["merged"], told["unchanged"]) == (6, 0)
    assert len(library("list", "tag:course", "-k").out.split()) == 6


@pytest.mark.parametrize("tag", ["", "+x"])
def test_a_tag_that_is_none_is_a_usage_error(lit: Program, tag: str) -> None:
    lit.write("library.toml", "format = 1\n")
    lit("import", f"--tag={tag}", SMALL, code=2)
    assert papers(lit) == {}


def test_as_of_completes_a_date(lit: Program) -> None:
    lit.write("library.toml", "format = 1\n")
    told = lit("import", "--as-of", "2026-05-20", "--json", FEED).json
    assert told["problems"] == []
    assert "--05-07" not in lit.library.read_text()
    assert len(lit("list", "date:2026-05-07", "-k").out.split()) == 1


def test_as_of_completes_a_date_on_a_later_import(library: Program) -> None:
    assert "--05-07" in library.library.read_text()
    told = counts(library("import", "--as-of", "2026-05-06", "--json", FEED))
    assert (told["merged"], told["unchanged"]) == (1, 31)
    assert "--05-07" not in library.library.read_text()
    assert len(library("list", "date:2025-05-07", "year:2025", "-k").out.split()) == 1


def test_a_completed_date_stays_on_an_import_without_the_day(library: Program) -> None:
    library("import", "--as-of", "2026-05-06", FEED)
    before = library.library.read_bytes()
    assert counts(library("import", "--json", FEED))["unchanged"] == 32
    assert library.library.read_bytes() == before


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", ""])
def test_a_day_that_is_none_is_a_usage_error(lit: Program, day: str) -> None:
    lit.write("library.toml", "format = 1\n")
    result = lit("import", f"--as-of={day}", SMALL, code=2)
    assert "--as-of" in result.err
    assert papers(lit) == {}


def test_a_format_is_insisted_on(lit: Program) -> None:
    lit.write("library.toml", "format = 1\n")
    assert counts(lit("import", "--json", "--format", "acl-anthology", SMALL))["imported"] == 6


def test_a_format_that_does_not_exist_is_a_usage_error_with_those_that_do(lit: Program) -> None:
    result = lit("import", "--format", "acl", SMALL, code=2)
    for name in ("homepage", "paper-feed", "acl-anthology", "hf-papers", "grouped-list"):
        assert name in result.err


# --- what is no page --------------------------------------------------------------------------------------

NO_PAGES = {
    "empty": b"",
    "binary": bytes(range(256)) * 8,
    "prose": b"Dear all,\n\nthe meeting is at noon.\n",
}


@pytest.mark.parametrize("kind", NO_PAGES)
def test_what_is_no_page_is_named_and_the_library_untouched(library: Program, kind: str) -> None:
    library.write("odd.txt", NO_PAGES[kind])
    before = library.library.read_bytes()
    told = library("import", "--json", "odd.txt", code=3)
    assert counts(told) == {"imported": 0, "merged": 0, "unchanged": 0, "failed": 1, "seen": 1}
    assert (told.json["problems"][0]["source"], told.json["problems"][0]["line"]) == ("odd.txt", 1)
    assert "odd.txt:1: " in told.err
    assert library.library.read_bytes() == before


@pytest.mark.parametrize("kind", NO_PAGES)
def test_what_is_no_page_starts_no_library(lit: Program, kind: str) -> None:
    lit.write("odd.txt", NO_PAGES[kind])
    lit("import", "odd.txt", code=3)
    assert list(everything(lit.folder)) == ["odd.txt"]


def test_an_unknown_format_is_answered_with_those_there_are(lit: Program) -> None:
    lit.write("odd.txt", NO_PAGES["prose"])
    result = lit("import", "odd.txt", code=3)
    for name in ("homepage", "paper-feed", "acl-anthology", "hf-papers", "grouped-list", "--format"):
        assert name in result.err


def test_a_file_that_is_missing_is_named(library: Program) -> None:
    result = library("import", "--json", "none.txt", code=3)
    assert counts(result)["failed"] == 1
    assert "none.txt" in result.err
    assert "No such file" in result.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read any file")
def test_a_file_that_may_not_be_read_is_named(lit: Program) -> None:
    lit.write("closed.txt", SMALL.read_bytes()).chmod(0)
    assert "Permission denied" in lit("import", "closed.txt", code=3).err


def test_an_empty_folder_is_named_and_starts_no_library(lit: Program) -> None:
    (lit.folder / "pages").mkdir()
    assert "pages" in lit("import", "pages", "-L", "new.toml", code=3).err
    assert everything(lit.folder) == {}


def test_two_formats_in_one_file_are_refused_by_both_names(lit: Program) -> None:
    lit.write("library.toml", "format = 1\n")
    lit.write("both.txt", FEED.read_bytes() + b"\n" + SMALL.read_bytes())
    result = lit("import", "--json", "both.txt", code=3)
    assert counts(result)["imported"] == 0
    assert ("paper-feed" in result.err, "acl-anthology" in result.err) == (True, True)


def cut(lit: Program, page: Path, part: float) -> tuple[str, int]:
    """A page cut off, as a file of its own, and the exit code that its import must end with."""
    path = lit.write(page.name, page.read_bytes()[: int(page.stat().st_size * part)])
    (found,) = reading.read_all([str(path)])
    return path.name, 3 if any(problem.failed for problem in found.problems) else 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_that_is_cut_off_is_imported_as_far_as_it_goes(lit: Program, page: Path) -> None:
    lit.write("library.toml", "format = 1\n")
    name, code = cut(lit, page, 0.61)
    told = counts(lit("import", "--json", name, code=code))
    assert told["imported"] == len(papers(lit)) > 0
    assert bool(told["failed"]) == (code == 3)


def test_the_whole_page_after_its_half_completes_it(lit: Program, seeded: Path) -> None:
    lit.write("library.toml", "format = 1\n")
    name, code = cut(lit, HOMEPAGE, 0.61)
    lit("import", name, code=code)
    lit("import", HOMEPAGE)
    whole = tomllib.loads(seeded.read_text("utf-8"))["papers"]
    assert {paper["title"] for paper in papers(lit).values()} == {
        paper["title"] for paper in whole.values() if "homepage.txt" in paper["sources"][0]
    }


# --- odd content ------------------------------------------------------------------------------------------

ACL = "pdf bib\n{title}\n{authors}\nProceedings of the 61st Annual Meeting of the ACL\n\nWe parse.\n\n"


def test_titles_with_odd_signs_come_in_and_are_known_again(lit: Program) -> None:
    titles = [
        "Say \"Cheese\" and \\Backslash\\ in 'Quotes'",
        "Curly {Braces and too few",
        "[papers.fake] # no = comment",
        "'''triple''' and \"\"\"triple\"\"\"",
        "Emoji 🧪 and 中文 and ﬁ",
        "\x1b]0;owned\x07 Title with \x1b[31mColour",
        "Ends in a Backslash \\",
    ]
    lit.write("library.toml", "format = 1\n")
    page = "".join(ACL.format(title=title, authors=f"Ann Author{n} | Bo Brown") for n, title in enumerate(titles))
    lit.write("page.txt", f"Ann Author\n\n2024\n\n{page}")
    assert counts(lit("import", "--json", "page.txt"))["imported"] == 7
    assert counts(lit("import", "--json", "page.txt"))["unchanged"] == 7


def test_authors_with_odd_signs_do_not_stop_the_import(lit: Program) -> None:
    authors = [
        "OpenAI{ | Bo Brown",
        "GPT4} Team",
        "{ | }",
        "Ann, Author | Bo}",
        "DeepSeek-AI, and | O'Neil",
        "\\",
        "LLaMA{3",
    ]
    lit.write("library.toml", "format = 1\n")
    page = "".join(ACL.format(title=f"Parsing of Topic{n} Texts", authors=line) for n, line in enumerate(authors))
    lit.write("page.txt", f"Ann Author\n\n2024\n\n{page}")
    assert counts(lit("import", "--json", "page.txt"))["imported"] == 7


def test_the_message_names_each_source_with_its_format_and_count(lit: Program) -> None:
    lit.write("library.toml", "format = 1\n")
    result = lit("import", SMALL)
    assert result.out == ""
    assert "acl-anthology.txt: acl-anthology, 6 papers" in result.err


def test_json_is_all_that_stands_on_standard_output(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.write("odd.txt", "Dear all,\n")
    json.loads(program("import", "--json", "odd.txt", SMALL, "-L", "new.toml", code=3).out)
