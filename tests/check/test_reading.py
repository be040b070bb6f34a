"""Entries that an importer read by a guess."""

from __future__ import annotations

from dataclasses import replace

from litcli.paper import GUESSED
from tests.check.articles import WARNING, article, findings
from tests.conftest import Program

FEED = "OTMar 1, 2024\nSubmodular Search with XMLSungRan Cho\nWe search.\n"


def test_a_guess_is_told_with_its_source_and_the_way_to_end_it() -> None:
    entry = replace(article(), tags=(GUESSED,), sources=("feed.txt:2 (paper-feed)",))
    (finding,) = findings(entry)
    assert (finding.rule, finding.field, finding.severity) == ("guessed", "tags", WARNING)
    assert "feed.txt:2" in finding.message
    assert "litcli tag -guessed doe2020growth" in finding.message


def test_an_entry_with_other_tags_is_not_one() -> None:
    assert findings(replace(article(), tags=("nlp",))) == []


def test_a_guess_that_its_reader_confirmed_stays_confirmed_when_the_page_is_read_again(lit: Program) -> None:
    page = lit.write("feed.txt", FEED)
    (key,) = lit("import", page, "-L", lit.library, "--json").json["keys"]
    assert "guessed" in lit("check", "-L", lit.library, code=1).out
    lit("tag", "-L", lit.library, "-guessed", "--", f"key:{key}")
    lit("import", page, "-L", lit.library)
    assert "guessed" not in lit("list", "-L", lit.library, "--json").out
