"""What the README shows is what the program prints."""

from __future__ import annotations

import re
import shlex
import shutil

from tests.conftest import ROOT, SEEDS, Program

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
