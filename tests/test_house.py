"""The house: which module may import which (design, section 9), and what the quick answers do not load (section 10)."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter

import pytest

from tests.conftest import ROOT, SEEDS, Program

# A row: a part of the house, and the parts that it never imports, wherever in its files the import stands. A package
# stands for all that is in it; a star is everything of ours.
NEVER = {
    "errors": "*",
    "paper": "*",
    "text": "*",
    "ids": "*",
    "bibfields": "page importers exporters dedupe query library",
    "bibfile": "*",
    "jsontext": "*",
    "paths": "*",
    "layout": "*",
    "indexfile": "page importers exporters dedupe query library",
    "cells": "page importers exporters dedupe query library",
    "csl": "page importers exporters dedupe query library",
    "ris": "page importers exporters dedupe query library",
    "tex": "page importers exporters dedupe query library",
    "detex": "page importers exporters dedupe query library",
    "parallel": "*",
    "versions": "page importers exporters dedupe query library",
    "inheriting": "page importers exporters dedupe query library",
    "near": "*",
    "latex": "page importers exporters dedupe query library",
    "tex_cites": "*",
    "markdown_cites": "*",
    "rewriting": "page importers exporters dedupe query library",
    "cited": "page importers exporters dedupe query library",
    "check": "page importers dedupe query library",
    "names": "page importers exporters dedupe query library",
    "html": "page importers exporters dedupe query library",
    "page": "importers exporters dedupe query library",
    "importers": "exporters dedupe query library absorb",
    "exporters": "importers dedupe query library",
    "dedupe": "importers exporters query library",
    "duplicates": "page importers exporters query absorb",
    "renaming": "page importers exporters query absorb",
    "editing": "page importers exporters query absorb",
    "attachments": "page importers exporters dedupe query library",
    "web": "page importers exporters dedupe query library",
    "typed": "page importers exporters dedupe query library",
    "filling": "page importers exporters query library absorb",
    "query": "importers exporters dedupe library",
    "library": "importers exporters dedupe absorb",
}

# A row: a module, and the parts of the house that alone may import it.
ONLY = {
    "litcli.cli": "cli __main__",
    "litcli.show": "cli __main__",
    "typer": "cli",
    "rich": "show",
    "rapidfuzz": "dedupe near",
    "bibtexparser": "bibfile",
    "selectolax": "html",
    "sqlite3": "library",
    "platformdirs": "library paths",
    "filelock": "library",
    "click": "",
}

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "litcli").rglob("*.py"))
}


def imports(module: str) -> Iterator[str]:
    """The modules that a module imports, those inside its functions too."""
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in MODULES else str(node.module) for name in inside)


def part(module: str) -> str:
    """The part of the house that a module of ours belongs to: `importers` for `litcli.importers.homepage`."""
    return module.removeprefix("litcli").removeprefix(".").partition(".")[0]


def is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


ALL = {module: set(imports(module)) for module in MODULES}
PARTS = {part(module) for module in MODULES}


@pytest.mark.parametrize("importing", NEVER)
def test_the_arrows_point_one_way(importing: str) -> None:
    never = PARTS - {importing} if NEVER[importing] == "*" else set(NEVER[importing].split())
    found = {
        f"{module} imports {name}"
        for module, names in ALL.items()
        for name in names
        if part(module) == importing and is_in(name, "litcli") and part(name) in never
    }
    assert not found


@pytest.mark.parametrize("imported", ONLY)
def test_it_is_imported_by_those_alone(imported: str) -> None:
    found = {module for module, names in ALL.items() if any(is_in(name, imported) for name in names)}
    assert {part(module) for module in found} <= set(ONLY[imported].split())


def test_no_module_imports_itself_in_a_circle() -> None:
    graph = {module: {name for name in names if name in MODULES and name != module} for module, names in ALL.items()}
    TopologicalSorter(graph).prepare()


def test_the_tables_name_parts_of_the_house() -> None:
    named = " ".join([*NEVER, *NEVER.values(), *ONLY.values()]).split()
    assert set(named) - {"*"} <= PARTS


# --- the quick answers ------------------------------------------------------------------------------------

HEAVY = ("typer", "click", "rich", "bibtexparser", "rapidfuzz", "litcli.cli", "litcli.show")
LOADED = """\
import sys
from litcli.__main__ import main
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program, with a library in its folder."""
    program = Program(tmp_path_factory.mktemp("shelf"))
    program("import", SEEDS / "acl-anthology.txt", "-L", program.library, "--tag", "acl")
    return program


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["--version"], "litcli "),
        (["--complete", "keys", "x"], ""),
        (["--complete", "keys", ""], "lv2024scalable\t"),
        (["--complete", "tags", "+a"], "+acl"),
        (["--complete", "query", "ti"], "title:"),
    ],
    ids=["the version", "no key", "keys", "tags", "query words"],
)
def test_a_quick_answer_loads_nothing_heavy(shelf: Program, words: list[str], answer: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LOADED, *words],
        cwd=shelf.folder,
        env=shelf.env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert answer in ran.stdout
    loaded = ran.stderr.split()
    assert "litcli.__main__" in loaded
    assert [name for name in loaded if any(is_in(name, heavy) for heavy in HEAVY)] == []
