"""stats on the command line: a line each in a pipe, bars on a terminal, JSON, a drawing."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.cli.editors import at_terminal
from tests.cli.within import Within

TEXT = """\
[papers.adams2020]
title = "Bees"
authors = ["Ann Adams", "Bo Brown"]
year = 2020
venue = "Journal of Bees & <Ants>"
tags = ["insects"]

[papers.brown2019]
title = "Ants"
authors = ["Bo Brown"]
year = 2019
tags = ["insects", "ants"]

[papers.cole]
title = "Wasps"
"""


@pytest.fixture
def lit(tmp_path: Path) -> Within:
    program = Within(tmp_path)
    program.write("library.toml", TEXT)
    return program


def test_a_pipe_gets_what_is_counted_its_value_and_its_count(lit: Within) -> None:
    assert lit("stats").out.splitlines() == [
        "year\t2019\t1",
        "year\t2020\t1",
        "venue\tJournal of Bees & <Ants>\t1",
        "author\tBo Brown\t2",
        "author\tAnn Adams\t1",
        "tag\tinsects\t2",
        "tag\tants\t1",
    ]


def test_a_query_says_what_is_counted(lit: Within) -> None:
    assert lit("stats", "tag:ants").out.splitlines() == [
        "year\t2019\t1",
        "author\tBo Brown\t1",
        "tag\tants\t1",
        "tag\tinsects\t1",
    ]


def test_json_has_all_counts_and_how_many_entries(lit: Within) -> None:
    told = lit("stats", "--json").json
    assert (told["format_version"], told["entries"]) == (1, 3)
    assert told["author"] == {"Bo Brown": 2, "Ann Adams": 1}
    assert told["year"] == {"2019": 1, "2020": 1}


def test_a_query_that_finds_nothing_is_no(lit: Within) -> None:
    assert lit("stats", "nothing", code=1).out == ""


def test_a_drawing_goes_to_a_file_and_nothing_to_the_output(lit: Within) -> None:
    assert lit("stats", "--svg", "bars.svg").out == ""
    texts = [node.text for node in ET.parse(lit.folder / "bars.svg").iter() if node.text]
    assert {"year", "Journal of Bees & <Ants>", "Bo Brown"} <= {*texts}


def test_a_drawing_that_cannot_be_written_is_bad_input(lit: Within) -> None:
    assert "nowhere" in lit("stats", "--svg", "nowhere/bars.svg", code=3).err


def test_a_terminal_shows_bars_that_fill_its_width(lit: Within) -> None:
    shown = at_terminal(lit, "stats", COLUMNS="40")
    names = {line.split("  ")[0]: line.count("█") for line in shown.splitlines()}
    assert [line for line in shown.splitlines() if line and "█" not in line] == ["year", "venue", "author", "tag"]
    assert names["Bo Brown"] == 2 * names["Ann Adams"] or abs(names["Bo Brown"] - 2 * names["Ann Adams"]) == 1
    assert max(map(len, shown.splitlines())) <= 40
