"""Looking at entries: list, filter and show, in every form they print."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from litcli.cli import app
from litcli.errors import NotFound, UsageError
from tests.conftest import Program

TEXT = """\
[papers.adams2020bees]
type = "article"
title = "Bees of the North"
authors = ["Ann Adams", "Bo Brown", "Cy Clark"]
year = 2020
venue = "Journal of Bees"
doi = "10.1000/bees"
links.code = "https://example.org/bees"
tags = ["insects", "to read"]
sources = ["page.txt:3 (homepage)"]
added = 2024-01-05

[papers.berg2019ants]
title = "Ants: A Survey"
authors = ["Jan van der Berg", "{Ant Group}"]
et_al = true
year = 2019
abstract = "On ants."
aliases = ["ants"]

[papers.cole]
title = "Wasps without a Year"
authors = ["Änne Müller"]

[papers.Dunn2020]
title = "蜜蜂研究"
year = 2020
date = "2020-05-07"
note = "my own"
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("list") / "library.toml"
    file.write_text(TEXT, "utf-8")
    return file


Run = Callable[..., str]


@pytest.fixture
def run(path: Path) -> Run:
    """A command within this process: what it prints; what it raises is raised here."""

    def within(*words: str) -> str:
        ran = CliRunner().invoke(app, ["-L", str(path), *words])
        if ran.exception and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        assert ran.exit_code == 0, ran.output
        return ran.stdout

    return within


def keys(run: Run, *words: str) -> list[str]:
    return run("list", "-k", *words).split()


# --- which entries ----------------------------------------------------------------------------------------


def test_without_a_query_all_are_listed_in_the_librarys_order(run: Run) -> None:
    assert keys(run) == ["adams2020bees", "berg2019ants", "cole", "Dunn2020"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["*"], ["adams2020bees", "berg2019ants", "cole", "Dunn2020"]),
        (["bees"], ["adams2020bees"]),
        (["year:2020"], ["adams2020bees", "Dunn2020"]),
        (["author:muller"], ["cole"]),
        (["year:2020", "NOT", "bees"], ["Dunn2020"]),
        (["bees", "OR", "ants"], ["adams2020bees", "berg2019ants"]),
        (["no:year"], ["cole"]),
        (["has:note"], ["Dunn2020"]),
        (["蜜蜂"], ["Dunn2020"]),
        (["tag:\"to read\""], ["adams2020bees"]),
        (["nothing"], []),
    ],
)  # fmt: skip
def test_a_query_chooses(run: Run, words: list[str], found: list[str]) -> None:
    assert keys(run, *words) == found


def test_a_query_may_stand_in_one_word_or_several(run: Run) -> None:
    assert keys(run, "year:2020 bees") == keys(run, "year:2020", "bees")


def test_show_finds_a_key_whatever_its_case(run: Run) -> None:
    assert run("show", "dunn2020", "-k") == "Dunn2020\n"


def test_show_finds_an_older_key(run: Run) -> None:
    assert run("show", "ants", "-k") == "berg2019ants\n"


def test_show_keeps_the_order_of_its_keys(run: Run) -> None:
    assert run("show", "cole", "adams2020bees", "-k").split() == ["cole", "adams2020bees"]


def test_a_key_that_is_not_there_is_answered_with_near_ones(run: Run) -> None:
    with pytest.raises(NotFound, match="adams2020bess") as caught:
        run("show", "adams2020bess")
    assert "adams2020bees" in caught.value.hint


# --- forms ------------------------------------------------------------------------------------------------


def test_the_plain_form_in_a_pipe_is_values_parted_by_tabs(run: Run) -> None:
    assert run("list", "bees") == "adams2020bees\t2020\tAnn Adams, Bo Brown, Cy Clark\tBees of the North\n"


def test_columns_are_those_asked_for(run: Run) -> None:
    assert run("list", "bees", "--columns", "venue,key, doi") == "Journal of Bees\tadams2020bees\t10.1000/bees\n"


def test_a_field_may_be_named_as_it_is_in_a_query(run: Run) -> None:
    words = ["bees", "--columns", "Author,tag", "--sort", "-Author"]
    assert run("list", *words) == "Ann Adams, Bo Brown, Cy Clark\tinsects, to read\n"
    assert run("list", "bees", "--template", "{author|short}") == "Adams et al.\n"


def test_a_cell_without_a_value_is_empty(run: Run) -> None:
    assert run("list", "key:cole", "--columns", "key,year,venue,title") == "cole\t\t\tWasps without a Year\n"


def test_json_is_the_shape_of_the_design(run: Run) -> None:
    told = json.loads(run("list", "--json", "bees"))
    assert told == {
        "format_version": 1,
        "entries": [
            {
                "key": "adams2020bees",
                "type": "article",
                "title": "Bees of the North",
                "authors": ["Ann Adams", "Bo Brown", "Cy Clark"],
                "year": 2020,
                "venue": "Journal of Bees",
                "doi": "10.1000/bees",
                "links": {"code": "https://example.org/bees"},
                "tags": ["insects", "to read"],
                "sources": ["page.txt:3 (homepage)"],
                "added": "2024-01-05",
            }
        ],
    }
    assert next(iter(told["entries"][0])) == "key"


def test_json_speaks_names_in_natural_order(run: Run) -> None:
    (entry,) = json.loads(run("list", "--json", "key:berg2019ants"))["entries"]
    assert (entry["authors"], entry["et_al"]) == (["Jan van der Berg", "Ant Group"], True)


def test_json_of_nothing_is_an_empty_list(run: Run) -> None:
    assert json.loads(run("list", "--json", "nothing")) == {"format_version": 1, "entries": []}


def test_jsonl_is_one_entry_a_line_and_the_same_entries(run: Run) -> None:
    lines = run("list", "--jsonl").splitlines()
    assert [json.loads(line) for line in lines] == json.loads(run("list", "--json"))["entries"]
    assert len(lines) == 4


def test_json_is_utf8_and_not_escaped(run: Run) -> None:
    assert "蜜蜂研究" in run("list", "--jsonl", "key:Dunn2020")


def test_keys_end_with_nul_if_asked(run: Run) -> None:
    assert run("list", "year:2020", "-k", "-0") == "adams2020bees\0Dunn2020\0"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{key}: {title}", "adams2020bees: Bees of the North\n"),
        ("{year:>6}|{key:.5}", "  2020|adams\n"),
        ("{{{key}}}", "{adams2020bees}\n"),
        ("{tags}", "insects, to read\n"),
        ("{note}", "\n"),
        ("a\\tb", "a\tb\n"),
        ("", "\n"),
    ],
)
def test_a_template_is_filled(run: Run, template: str, text: str) -> None:
    assert run("list", "bees", "--template", template) == text


def test_a_template_ends_with_nul_if_asked(run: Run) -> None:
    assert run("list", "year:2020", "--template", "{year}", "-0") == "2020\0002020\0"


@pytest.mark.parametrize(
    "template", ["{nothing}", "{key", "}", "{key!r:", "{}", "{0}", "{key.__class__}", "{key:d}", "{title:>x}"]
)
def test_a_template_that_is_wrong_is_a_usage_error(run: Run, template: str) -> None:
    with pytest.raises(UsageError):
        run("list", "bees", "--template", template)


def test_show_prints_every_field(run: Run) -> None:
    shown = run("show", "adams2020bees")
    said = ["adams2020bees", "article", "Bees of the North", "Ann Adams", "2020", "Journal of Bees", "10.1000/bees"]
    for text in [*said, "code", "https://example.org/bees", "insects", "page.txt:3", "2024-01-05"]:
        assert text in shown


@pytest.mark.parametrize("form", [["--json"], ["--jsonl"], ["-k"], ["--columns", "key"], ["--template", "{key}"]])
def test_filter_prints_what_list_prints(run: Run, form: list[str]) -> None:
    assert run("filter", "year:2020", *form) == run("list", "year:2020", *form)


@pytest.mark.parametrize(
    "forms",
    [
        ["--json", "--jsonl"],
        ["--json", "-k"],
        ["-k", "--template", "{key}"],
        ["--columns", "key", "--json"],
        ["-0"],
        ["-0", "--json"],
    ],
)
def test_two_forms_at_once_are_a_usage_error(run: Run, forms: list[str]) -> None:
    with pytest.raises(UsageError):
        run("list", *forms)


# --- order and number -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("key", ["adams2020bees", "berg2019ants", "cole", "Dunn2020"]),
        ("-key", ["Dunn2020", "cole", "berg2019ants", "adams2020bees"]),
        ("year,key", ["berg2019ants", "adams2020bees", "Dunn2020", "cole"]),
        ("-year,-key", ["Dunn2020", "adams2020bees", "berg2019ants", "cole"]),
        ("authors", ["adams2020bees", "berg2019ants", "cole", "Dunn2020"]),
        ("-authors", ["cole", "berg2019ants", "adams2020bees", "Dunn2020"]),
        ("title", ["berg2019ants", "adams2020bees", "cole", "Dunn2020"]),
        ("venue", ["adams2020bees", "berg2019ants", "cole", "Dunn2020"]),
    ],
)
def test_entries_are_sorted_and_those_without_the_field_come_last(run: Run, sort: str, order: list[str]) -> None:
    assert keys(run, "--sort", sort) == order


@pytest.mark.parametrize("limit", [0, 1, 3, 99])
def test_a_limit_holds(run: Run, limit: int) -> None:
    assert len(keys(run, "--limit", str(limit))) == min(limit, 4)


def test_a_limit_counts_behind_the_order(run: Run) -> None:
    assert keys(run, "--sort", "-key", "--limit", "1") == ["Dunn2020"]


@pytest.mark.parametrize("options", [["--sort", "zzz"], ["--sort", "-zzz"], ["--columns", "zzz"]])
def test_a_field_that_does_not_exist_is_a_usage_error_with_those_that_do(run: Run, options: list[str]) -> None:
    with pytest.raises(UsageError, match="zzz") as caught:
        run("list", *options)
    assert "title" in caught.value.hint


# --- a library that hands have been in --------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", ["2024-01-05", "10:30:00", "2024-01-05T10:30:00Z", "[2024-01-05]", "{ on = 2024-01-05 }"]
)
def test_a_day_in_a_field_of_the_readers_own_can_be_printed(tmp_path: Path, value: str) -> None:
    file = tmp_path / "library.toml"
    file.write_text(f'[papers.k]\ntitle = "T"\nread = {value}\n')
    for form in ("--json", "--jsonl"):
        ran = CliRunner().invoke(app, ["-L", str(file), "list", form])
        assert ran.exit_code == 0, ran.exception
        assert value.strip("[]{} on=")[:5] in ran.stdout


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_a_number_that_json_lacks_does_not_spoil_the_document(tmp_path: Path, value: str) -> None:
    file = tmp_path / "library.toml"
    file.write_text(f'[papers.k]\ntitle = "T"\nrating = {value}\n')
    ran = CliRunner().invoke(app, ["-L", str(file), "list", "--json"])

    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    assert json.loads(ran.stdout, parse_constant=refuse)["entries"][0]["key"] == "k"


@pytest.mark.parametrize("form", [[], ["--columns", "title,note,venue"]])
def test_a_line_of_values_is_one_line_whatever_they_hold(tmp_path: Path, form: list[str]) -> None:
    file = tmp_path / "library.toml"
    file.write_text(
        '[papers.k]\ntitle = "two\\nlines\\tand\\u2028more\\u0085"\nnote = "a\\r\\nb"\nvenue = "c\\u000bd"\n'
    )
    ran = CliRunner().invoke(app, ["-L", str(file), "list", *form])
    assert len(ran.stdout.splitlines()) == 1
    assert ran.stdout.count("\t") == (len(form[1].split(",")) if form else 4) - 1


# --- exit codes -------------------------------------------------------------------------------------------


@pytest.fixture
def small(lit: Program) -> Program:
    lit.write("library.toml", TEXT)
    return lit


def test_filter_that_matches_ends_with_0(small: Program) -> None:
    assert small("filter", "bees", "-k").out == "adams2020bees\n"


def test_filter_that_does_not_match_ends_with_1_and_prints_no_data(small: Program) -> None:
    result = small("filter", "nothing", "-k", code=1)
    assert (result.out, "no entry" in result.err) == ("", True)


def test_filter_that_does_not_match_still_prints_valid_json(small: Program) -> None:
    assert small("filter", "nothing", "--json", code=1).json == {"format_version": 1, "entries": []}


def test_list_that_does_not_match_ends_with_0(small: Program) -> None:
    assert small("list", "nothing").out == ""


def test_an_unknown_key_ends_with_1_and_near_ones(small: Program) -> None:
    result = small("show", "adams2020bess", code=1)
    assert (result.out, "adams2020bees" in result.err) == ("", True)


@pytest.mark.parametrize(
    ("query", "column"),
    [("titel:bees", 1), ("bees AND", 9), ("(bees", 1), ("bees)", 5), ('title:"bees', 7), ("bees author:/[/", 14)],
)  # fmt: skip
def test_a_query_that_is_wrong_ends_with_2_and_its_column(small: Program, query: str, column: int) -> None:
    result = small("list", query, code=2)
    assert f"column {column}" in result.err
    assert result.out == ""


def test_an_unknown_field_in_a_query_is_answered_with_near_ones(small: Program) -> None:
    assert "title" in small("list", "titel:bees", code=2).err


@pytest.mark.parametrize(
    "words",
    [
        ["filter"],
        ["show"],
        ["list", "--limit", "-1"],
        ["list", "--limit", "many"],
        ["list", "--nothing"],
        ["nothing"],
        ["list", "--json", "--jsonl"],
        ["-L"],
    ],
    ids=" ".join,
)
def test_a_command_line_that_is_wrong_ends_with_2(small: Program, words: list[str]) -> None:
    result = small(*words, code=2)
    assert (result.out, bool(result.err)) == ("", True)
