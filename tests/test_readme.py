"""What the README shows is what the program prints."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys

from tests.conftest import ROOT, SEEDS, Program, needs

README = (ROOT / "README.md").read_text("utf-8")


def test_the_session_on_its_first_screen_is_a_real_one(lit: Program) -> None:
    shutil.copytree(SEEDS, lit.folder / "seeds")
    session = re.search(r"```console\n(.*?)```", README, re.DOTALL)
    assert session is not None
    steps = re.split(r"^\$ ", session[1], flags=re.MULTILINE)[1:]
    for step in steps:
        command, _, shown = step.strip().partition("\n")
        ran = lit(*shlex.split(command.partition(" | ")[0])[1:])
        printed = ran.err + ran.out
        # Columns are lined up by `column` in the README.
        assert re.sub(r"[\t ]+", " ", printed).strip() == re.sub(r" +", " ", shown).strip(), command


def test_the_quick_start_is_two_blocks_and_the_second_one_runs_the_tests() -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 2
    assert blocks[1].rstrip().endswith(".venv/bin/python -m pytest")


def test_each_step_of_the_first_block_works_and_works_again(lit: Program) -> None:
    shutil.copytree(SEEDS, lit.folder / "seeds")
    block = re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE)[0]
    steps = [shlex.split(line)[1:] for line in block.splitlines() if line.startswith("litcli ")]
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
    rule = re.search(r"^```perl\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert rule is not None
    lit.write("latexmkrc", rule[1])
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
