"""What the README shows is what the program prints."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli import exporters, importers
from litcli.cli import commands
from litcli.page import Page
from litcli.paper import Paper, Person, Problem, Record
from tests.conftest import ROOT, SEEDS, Program, needs

README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """What stands in the code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def test_its_sessions_are_real_ones(lit: Program) -> None:
    shutil.copytree(SEEDS, lit.folder / "seeds")
    sessions = blocks("console")
    assert len(sessions) > 2
    for step in re.split(r"^\$ ", "".join(sessions), flags=re.MULTILINE)[1:]:
        command, _, shown = step.strip().partition("\n")
        ran = lit(*shlex.split(command.partition(" | ")[0])[1:])
        printed = ran.err + ran.out
        # Columns are lined up by `column` in the README.
        assert re.sub(r"[\t ]+", " ", printed).strip() == re.sub(r" +", " ", shown).strip(), command


def test_it_names_every_command() -> None:
    rows = re.findall(r"^\| ([a-z ]+) \| ((?:`[a-z-]+`(?:, )?)+) \|$", README, re.MULTILINE)
    table = {heading: re.findall("[a-z-]+", names) for heading, names in rows}
    assert table == {heading.lower(): list(names) for heading, names in commands.GROUPS.items()}


def test_it_names_every_format() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \|", README, re.MULTILINE)
    assert rows == importers.names()
    exporting = README.partition("## Exporting")[2].partition("\n## ")[0]
    assert all(name in exporting.lower() for name in exporters.names())


def test_the_quick_start_is_two_blocks_and_the_second_one_runs_the_tests() -> None:
    first, second = blocks("sh")
    assert "litcli import" in first
    assert second.rstrip().endswith(".venv/bin/python -m pytest -n auto")


def test_each_step_of_the_first_block_works_and_works_again(lit: Program) -> None:
    shutil.copytree(SEEDS, lit.folder / "seeds")
    steps = [shlex.split(line)[1:] for line in blocks("sh")[0].splitlines() if line.startswith("litcli ")]
    assert len(steps) > 5
    for _ in range(2):
        for words in steps:
            paths = [
                str(path) for word in words for path in (sorted(lit.folder.glob(word)) if "*.txt" in word else [word])
            ]
            lit(*paths, LITCLI_LIBRARY="demo/library.toml")
    assert {path.name for path in (lit.folder / "demo").iterdir() if not path.name.startswith(".")} == {
        "library.toml", "toread.bib", "papers.bib", "papers.md",
    }  # fmt: skip


@needs("latexmk", "pdflatex", "bibtex")
def test_the_rule_for_latexmk_keeps_the_bibliography_current(lit: Program) -> None:
    (rule,) = blocks("perl")
    lit.write("latexmkrc", rule)
    (lit.folder / "bin").mkdir()
    door = lit.write("bin/litcli", f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m litcli "$@"\n')
    door.chmod(0o755)
    lit.write("mine.bib", "@misc{a1, title = {First}, year = 2001}\n@misc{b2, title = {Second}, year = 2002}\n")
    lit("import", "mine.bib", "-L", lit.library)
    for cited in ("a1", "a1,b2"):
        lit.write(
            "paper.tex",
            f"\\documentclass{{article}}\\begin{{document}}\\cite{{{cited}}}\n"
            "\\bibliographystyle{plain}\\bibliography{refs}\\end{document}\n",
        )
        env = {**lit.env, "PATH": f"{lit.folder / 'bin'}:{lit.env['PATH']}", "LITCLI_LIBRARY": str(lit.library)}
        ran = subprocess.run(
            ["latexmk", "-pdf", "-interaction=nonstopmode", "paper.tex"],
            cwd=lit.folder, env=env, capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stdout.decode("utf-8", "replace")[-2000:]
        keys = re.findall(r"^@misc\{(.*),$", (lit.folder / "refs.bib").read_text("ascii"), re.MULTILINE)
        assert keys == cited.split(",")


# --- a format of one's own --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def example() -> ModuleType:
    """The importer that it shows."""
    (code,) = blocks("python")
    module = ModuleType("reading_list")
    exec(code, module.__dict__)
    return module


LIST = "2021 | SimCSE | Tianyu Gao, Xingcheng Yao\n\n1843 | Notes | Ada Lovelace et al.\n"


def test_the_importer_that_it_shows_reads_such_a_list(example: ModuleType) -> None:
    page = Page("list.txt", LIST)
    assert example.detect(page)
    gao, yao, lovelace = Person("Gao", "Tianyu"), Person("Yao", "Xingcheng"), Person("Lovelace", "Ada")
    assert list(example.parse(page)) == [
        Record(Paper(title="SimCSE", authors=(gao, yao), year=2021), 1),
        Record(Paper(title="Notes", authors=(lovelace,), et_al=True, year=1843), 3),
    ]


def test_the_importer_that_it_shows_names_the_line_that_it_cannot_read(example: ModuleType) -> None:
    _, problem, *_ = example.parse(Page("list.txt", LIST.replace("\n\n", "\nSimCSE, 2021\n")))
    assert isinstance(problem, Problem)
    assert (problem.source, problem.line) == ("list.txt", 2)
    assert "SimCSE, 2021" in problem.message


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.txt")), ids=lambda seed: seed.stem)
def test_the_importer_that_it_shows_takes_no_other_page(example: ModuleType, seed: Path) -> None:
    assert not example.detect(Page(seed.name, seed.read_text("utf-8")))


@given(st.text(st.sampled_from("12² |,\nAä")))
def test_no_input_crashes_the_importer_that_it_shows(example: ModuleType, text: str) -> None:
    page = Page("list.txt", text)
    example.detect(page)
    list(example.parse(page))
