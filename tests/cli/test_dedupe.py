"""Duplicates as people meet them: shown, merged, kept apart, reviewed at a terminal, and told of at an import."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.within import Within
from tests.conftest import Program

ENTRIES = {
    "lee": ("On the Theory of Parsing Sentences", "Ann Lee", 2001, 'venue = "CL"\ntags = ["mine"]'),
    "lee2005": ("On the Theory of Parsing Sentences", "Ann Lee", 2005, 'venue = "NLE"\nnote = "Read it."'),
    "nips": ("Attention is all you need", "Ashish Vaswani", 2017, 'venue = "NeurIPS"\ntags = ["seen"]'),
    "vaswani": ("Attention Is All You Need", "A. Vaswani", 2017, 'venue = "arXiv"\narxiv = "1706.03762"'),
    "other": ("A Work of Its Own Kind Altogether", "Zoe Zed", 2010, 'fields.crossref = "vaswani"'),
}
"""A doubtful pair (another venue years later), a certain one (publication and preprint), and one that is alone.

Each came to the library a day after the one before.
"""
FORM = '[papers.{}]\ntitle = "{}"\nauthors = ["{}"]\nyear = {}\n{}\nadded = 2024-01-0{}\n'


def library(*keys: str, head: str = "") -> str:
    chosen = keys or tuple(ENTRIES)
    return "\n".join(
        [
            f"format = 1\n{head}",
            *(FORM.format(key, *ENTRIES[key], n) for n, key in enumerate(ENTRIES, 1) if key in chosen),
        ]
    )


def papers(program: Program) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = tomllib.loads(program.library.read_text("utf-8")).get("papers", {})
    return found


def kept_apart(program: Program) -> Any:
    return tomllib.loads(program.library.read_text("utf-8")).get("distinct")


@pytest.fixture
def lit(tmp_path: Path) -> Within:
    """The program, with the entries above in its library."""
    program = Within(tmp_path)
    program.write("library.toml", library())
    return program


# --- shown ------------------------------------------------------------------------------------------------


def test_clusters_are_shown_certain_ones_first_with_score_and_reasons(lit: Within) -> None:
    result = lit("dedupe", code=1)
    certain, doubtful = result.out.split("maybe the same work")
    assert re.match(r"the same work, score \d+: equal titles, ", certain)
    assert re.match(r", score \d+: equal titles, same authors, 4 years apart", doubtful)
    assert ("vaswani" in certain, "nips" in certain, "lee" in certain) == (True, True, False)
    assert ("lee2005" in doubtful, "nips" in doubtful) == (True, False)
    assert "--apply" in result.err
    assert "--review" in result.err


def test_entries_stand_side_by_side_and_what_differs_is_marked(lit: Within) -> None:
    told = lit("dedupe", "key:lee", code=1).out
    assert re.search(r"^  key +lee +lee2005", told, re.MULTILINE)
    assert re.search(r"^≠ year +2001 +2005", told, re.MULTILINE)
    assert re.search(r"^≠ venue +CL +NLE", told, re.MULTILINE)
    assert re.search(r"^  authors +Ann Lee +Ann Lee", told, re.MULTILINE)


def test_a_pipe_gets_no_colour(lit: Within) -> None:
    assert "\x1b" not in lit("dedupe", code=1).out


def test_in_a_narrow_terminal_entries_stand_below_each_other(lit: Within) -> None:
    told = lit("dedupe", "key:lee", code=1, COLUMNS="40").out
    assert re.search(r"^≠ year +lee +2001 *\n +lee2005 +2005", told, re.MULTILINE)


def test_without_duplicates_the_answer_is_none(lit: Within) -> None:
    lit.write("library.toml", library("lee", "other"))
    result = lit("dedupe")
    assert (result.out, "no duplicates" in result.err) == ("", True)


def test_a_query_shows_the_clusters_of_what_it_matches(lit: Within) -> None:
    told = lit("dedupe", "tag:seen", code=1).out
    assert ("vaswani" in told, "lee2005" in told) == (True, False)


def test_a_query_that_matches_nothing_says_so(lit: Within) -> None:
    assert "no entry matches" in lit("dedupe", "tag:none", code=1).err


def test_json_tells_clusters_with_what_differs(lit: Within) -> None:
    told = lit("dedupe", "--json", code=1).json
    assert (told["format_version"], told["merged"]) == (1, {})
    certain, doubtful = told["clusters"]
    assert (certain["answer"], certain["keys"]) == ("same", ["nips", "vaswani"])
    assert (doubtful["answer"], doubtful["keys"]) == ("maybe", ["lee", "lee2005"])
    assert doubtful["differing"] == {"year": [2001, 2005], "venue": ["CL", "NLE"]}
    assert certain["differing"]["arxiv"] == [None, "1706.03762"]
    assert all(cluster["reasons"] and 0 <= cluster["score"] <= 100 for cluster in told["clusters"])


def test_control_characters_do_not_reach_the_terminal(lit: Within) -> None:
    text = library("lee", "lee2005").replace("On the Theory", "\\u001b[31mOn the Theory")
    lit.write("library.toml", text)
    assert "\x1b" not in lit("dedupe", code=1).out


# --- the certain ones merged ------------------------------------------------------------------------------


def test_apply_merges_the_certain_ones_and_prints_old_and_new_keys(lit: Within) -> None:
    assert lit("dedupe", "--apply").out == "vaswani\tnips\n"
    found = papers(lit)
    assert set(found) == {"lee", "lee2005", "nips", "other"}
    assert (found["nips"]["venue"], found["nips"]["arxiv"]) == ("NeurIPS", "1706.03762")
    assert (found["nips"]["aliases"], found["nips"]["tags"]) == (["vaswani"], ["seen"])
    assert [version["venue"] for version in found["nips"]["versions"]] == ["arXiv"]
    assert found["other"]["fields"]["crossref"] == "nips"


def test_apply_says_what_is_left_in_doubt(lit: Within) -> None:
    told = lit("dedupe", "--apply").err
    assert ("1 doubtful pair" in told, "--review" in told) == (True, True)


def test_apply_once_more_changes_nothing(lit: Within) -> None:
    lit("dedupe", "--apply")
    before = lit.library.read_bytes()
    assert lit("dedupe", "--apply").out == ""
    assert lit.library.read_bytes() == before


def test_apply_in_a_dry_run_says_the_same_and_writes_nothing(lit: Within) -> None:
    before = lit.library.read_bytes()
    assert lit("dedupe", "--apply", "--dry-run").out == "vaswani\tnips\n"
    assert lit.library.read_bytes() == before


def test_apply_tells_json_what_was_merged_and_what_is_left(lit: Within) -> None:
    told = lit("dedupe", "--apply", "--json").json
    assert told["merged"] == {"vaswani": "nips"}
    assert [cluster["keys"] for cluster in told["clusters"]] == [["lee", "lee2005"]]


def test_a_merge_leaves_every_other_line_of_the_library_alone(lit: Within) -> None:
    lit.write("library.toml", library().replace("[papers.lee]", "# my favourite\n[papers.lee]"))
    before = lit.library.read_text("utf-8")
    lit("dedupe", "--apply")
    start, end = before.index("# my favourite"), before.index("[papers.lee2005]")
    assert before[start:end] in lit.library.read_text("utf-8")


def test_undo_takes_a_merge_back(lit: Within) -> None:
    before = lit.library.read_bytes()
    lit("dedupe", "--apply")
    lit("undo")
    assert lit.library.read_bytes() == before


# --- two by their names -----------------------------------------------------------------------------------


def test_merge_keeps_the_first_key(lit: Within) -> None:
    assert lit("merge", "lee2005", "lee").out == "lee\tlee2005\n"
    entry = papers(lit)["lee2005"]
    assert (entry["aliases"], entry["tags"], entry["note"]) == (["lee"], ["mine"], "Read it.")
    assert (entry["year"], [version["year"] for version in entry["versions"]]) == (2005, [2001])


def test_merge_takes_older_keys_for_the_entries_they_find(lit: Within) -> None:
    lit("merge", "vaswani", "nips")
    assert lit("merge", "NIPS", "lee").out == "lee\tvaswani\n"


@pytest.mark.parametrize(("keys", "code"), [(["lee"], 2), (["lee", "LEE"], 2), (["lee", "nobody"], 1)])
@pytest.mark.parametrize("command", ["merge", "distinct"])
def test_one_entry_is_not_enough(lit: Within, command: str, keys: list[str], code: int) -> None:
    before = lit.library.read_bytes()
    lit(command, *keys, code=code)
    assert lit.library.read_bytes() == before


@pytest.mark.parametrize("command", ["merge", "distinct"])
def test_a_dry_run_writes_nothing(lit: Within, command: str) -> None:
    before = lit.library.read_bytes()
    assert "nothing written" in lit(command, "lee", "lee2005", "--dry-run").err
    assert lit.library.read_bytes() == before


@pytest.mark.parametrize("name", ["p.tex", "p.md"])
def test_a_document_that_cites_the_old_key_finds_the_entry(lit: Within, name: str) -> None:
    lit("merge", "nips", "vaswani")
    lit.write(name, "\\cite{vaswani}" if name == "p.tex" else "As [@vaswani] says.")
    lit("cite-check", name)
    assert "NeurIPS" in lit("export", "--cited-in", name).out


def test_biblatex_answers_to_the_old_key(lit: Within) -> None:
    lit("merge", "nips", "vaswani")
    assert re.search(r"ids += \{vaswani\}", lit("export", "key:nips", "--to", "biblatex").out)


@pytest.mark.parametrize(("form", "venue"), [("published", "NeurIPS"), ("preprint", "1706.03762")])
def test_an_export_picks_the_form(lit: Within, form: str, venue: str) -> None:
    lit("merge", "nips", "vaswani")
    told = lit("export", "key:nips", "--prefer", form).out
    assert venue in told
    assert ("NeurIPS" in told) == (form == "published")


def test_why_tells_of_a_merge_and_of_what_is_apart(lit: Within) -> None:
    lit("merge", "nips", "vaswani")
    lit("distinct", "nips", "lee")
    told = lit("why", "vaswani").out
    assert "vaswani is nips now" in told
    assert "also found as vaswani" in told
    assert re.search(r"another form: .*venue arXiv", told)
    assert "not the same work as lee" in told
    assert "another form has arXiv" in lit("why", "nips", "venue").out


# --- kept apart -------------------------------------------------------------------------------------------


def test_what_is_distinct_is_remembered_in_the_library_and_not_shown_again(lit: Within) -> None:
    lit("distinct", "lee2005", "lee")
    assert kept_apart(lit) == [["lee", "lee2005"]]
    assert "lee" not in lit("dedupe", code=1).out


def test_distinct_once_more_changes_nothing(lit: Within) -> None:
    lit("distinct", "lee", "lee2005")
    before = lit.library.read_bytes()
    assert "already" in lit("distinct", "lee2005", "lee").err
    assert lit.library.read_bytes() == before


def test_certain_ones_that_are_distinct_are_not_merged(lit: Within) -> None:
    lit("distinct", "nips", "vaswani")
    assert lit("dedupe", "--apply").out == ""
    assert {"nips", "vaswani"} <= set(papers(lit))


def test_pairs_follow_an_entry_that_is_merged(lit: Within) -> None:
    lit("distinct", "nips", "lee")
    lit("distinct", "vaswani", "lee")
    lit("merge", "vaswani", "nips")
    assert kept_apart(lit) == [["lee", "vaswani"]]


def test_merging_what_was_kept_apart_forgets_it(lit: Within) -> None:
    lit("distinct", "lee", "lee2005")
    lit("merge", "lee", "lee2005")
    assert kept_apart(lit) is None


def test_pairs_that_are_no_pairs_are_refused(lit: Within) -> None:
    lit.write("library.toml", library(head='distinct = ["lee", "lee2005"]\n'))
    assert "distinct" in lit("dedupe", code=3).err


# --- at an import -----------------------------------------------------------------------------------------

DOUBT = "@article{again, title={On the Theory of Parsing Sentences}, author={Lee, Ann}, year=2009, journal={LI}}\n"


def test_an_import_counts_what_may_be_known_and_names_the_command(lit: Within) -> None:
    lit.write("a.bib", DOUBT)
    told = lit("import", "a.bib").err
    assert "again may be the same work as lee" in told
    assert re.search(r"1 paper may be .*litcli dedupe --review", told)
    assert {"again", "lee", "lee2005"} <= set(papers(lit))


def test_an_import_does_not_ask_again(lit: Within) -> None:
    lit.write("a.bib", DOUBT)
    lit("import", "a.bib")
    for other in ("lee", "lee2005"):
        lit("distinct", "again", other)
    lit.write("b.bib", DOUBT)
    told = lit("import", "b.bib").err
    assert "may be" not in told
    assert "1 seen: 0 imported, 1 merged" in told


def test_an_import_merges_with_the_one_of_two_that_are_apart_whose_key_it_has(lit: Within) -> None:
    lit("distinct", "vaswani", "nips")
    lit.write(
        "a.bib", "@misc{vaswani, title={Attention is all you need}, author={Vaswani, A.}, year=2017, note={mine}}"
    )
    lit("import", "a.bib")
    assert papers(lit)["vaswani"]["fields"] == {"note": "mine"}
    assert "fields" not in papers(lit)["nips"]


# --- at a terminal ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", [(), ("--json",), ("--dry-run",)])
def test_without_a_terminal_nothing_is_asked_and_it_is_said_what_to_use(lit: Within, option: tuple[str, ...]) -> None:
    before = lit.library.read_bytes()
    told = lit("dedupe", "--review", *option, code=2, stdin="m\n").err
    assert "--apply" in told or "--json" in told
    assert lit.library.read_bytes() == before


END = "\x04"
"""What a person types at a terminal where no more input comes."""


class Terminal(Program):
    """The program at a terminal of its own, where somebody answers its questions."""

    def answer(self, *answers: str, words: tuple[str, ...] = ("dedupe", "--review")) -> str:
        """All that was shown; fails where another number of questions was asked, or the exit code is not 0."""
        pty = pytest.importorskip("pty")
        here, there = pty.openpty()
        ran = subprocess.Popen(
            [sys.executable, "-m", "litcli", *words],
            cwd=self.folder,
            env={**self.env, "TERM": "xterm", "COLUMNS": "100"},
            stdin=there,
            stdout=there,
            stderr=there,
        )
        os.close(there)
        shown, asked = b"", 0
        # Linux says so with an error, others with nothing, when the program has closed its end.
        with contextlib.suppress(OSError):
            while more := os.read(here, 65536):
                shown += more
                while shown.count(b"? ") > asked:
                    answer = answers[asked] if asked < len(answers) else END
                    os.write(here, answer.encode() + (b"" if answer == END else b"\n"))
                    asked += 1
        os.close(here)
        text = shown.decode().replace("\r\n", "\n")
        assert ran.wait(timeout=60) == 0, text
        assert asked == len(answers), text
        return text


@pytest.fixture
def person(tmp_path: Path) -> Terminal:
    """Somebody at a terminal, with the entries above in the library."""
    terminal = Terminal(tmp_path)
    terminal.write("library.toml", library())
    return terminal


def test_each_is_asked_about_and_every_answer_kept(person: Terminal) -> None:
    shown = person.answer("m", "a")
    assert shown.index("NeurIPS") < shown.index("NLE")
    assert "1 merged, 1 kept apart, 0 skipped" in shown
    assert papers(person)["nips"]["aliases"] == ["vaswani"]
    assert kept_apart(person) == [["lee", "lee2005"]]


def test_what_was_answered_before_somebody_left_is_not_asked_again(person: Terminal) -> None:
    person.answer("m", "q")
    assert "vaswani" not in papers(person)
    assert kept_apart(person) is None
    shown = person.answer("a")
    assert "NeurIPS" not in shown
    assert kept_apart(person) == [["lee", "lee2005"]]
    assert "no duplicates" in person.answer()


def test_what_is_skipped_is_asked_again_the_next_time(person: Terminal) -> None:
    before = person.library.read_bytes()
    assert "2 skipped" in person.answer("s", "s")
    assert person.library.read_bytes() == before
    person.answer("s", "q")


def test_an_end_of_input_leaves_what_is_not_answered(person: Terminal) -> None:
    assert "1 kept apart" in person.answer("a", END)
    assert kept_apart(person) == [["nips", "vaswani"]]
    assert {"lee", "lee2005"} <= set(papers(person))


def test_any_other_answer_is_asked_for_again(person: Terminal) -> None:
    person.answer("x", "", "Merge", "q")
    assert "vaswani" not in papers(person)


def test_fields_are_chosen_one_by_one_and_what_loses_is_kept(person: Terminal) -> None:
    """Key, year and venue: the second key, the first year, the usual venue."""
    person.answer("c", "2", "1", "", words=("dedupe", "key:lee", "--review"))
    entry = papers(person)["lee2005"]
    assert (entry["year"], entry["venue"], entry["aliases"]) == (2001, "NLE", ["lee"])
    told = [*entry["versions"]]
    assert {version.get("year") for version in told} >= {2001, 2005}
    assert "CL" in {version.get("venue") for version in told}


def test_from_choosing_there_is_a_way_back(person: Terminal) -> None:
    person.answer("c", "2", "b", "a", words=("dedupe", "key:lee", "--review"))
    assert kept_apart(person) == [["lee", "lee2005"]]


def test_certain_ones_can_be_merged_before_the_questions(person: Terminal) -> None:
    shown = person.answer("a", words=("dedupe", "--apply", "--review"))
    assert "vaswani\tnips" in re.sub(" +", "\t", shown)
    assert kept_apart(person) == [["lee", "lee2005"]]


@pytest.mark.parametrize(("setting", "coloured"), [("", True), ("1", False)])
def test_a_terminal_gets_colour_unless_it_is_unwanted(person: Terminal, setting: str, coloured: bool) -> None:
    person.env["NO_COLOR"] = setting
    shown = person.answer("q")
    assert ("\x1b[" in shown) == coloured
    assert "≠" in shown


def test_an_entry_in_two_clusters_is_asked_about_under_its_new_key(person: Terminal) -> None:
    third = FORM.format("third", "On the Theory of Parsing Sentences", "Ann Lee", 2009, 'venue = "LI"', 9)
    person.write("library.toml", library("lee", "lee2005") + "\n" + third)
    shown = person.answer("m", "m")
    assert "LI" in shown.split("2 of ")[1]
    assert set(papers(person)) == {"lee"}
    assert set(papers(person)["lee"]["aliases"]) == {"lee2005", "third"}
