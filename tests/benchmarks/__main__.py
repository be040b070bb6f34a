"""The table of `python -m tests.benchmarks [SIZE…]`: what each kind of work takes, beside its budget.

A cell is a multiple of what the named work takes, in whole processes of the same minute, and the peak of memory in
MiB; of the duplicates it is seconds. The libraries are generated, the same in each run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks import library

SIZES = (1_000, 10_000, 100_000)
_ROOT = Path(__file__).parents[2]
_RUNS = 5
_LONG = 2.0
"""Seconds after which a run is so long that it need not be repeated to be told from noise."""
_YOUNG = 2.5
"""Seconds for which litcli does not trust the times of a file that was just written."""


class Cost(NamedTuple):
    """What a process took: seconds, and the peak of its memory in MiB."""

    seconds: float
    memory: int


class Bench:
    """A .bib of so many entries, the library that was made of it, and a home that is nobody's."""

    def __init__(self, folder: Path, size: int) -> None:
        self.size = size
        self.key = f"key{size // 2:06d}"
        self.source = folder / "papers.bib"
        self.library = folder / "library.toml"
        self.other = folder / "other"
        self._printed = folder / "printed"
        self._env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("LITCLI_", "XDG_", "PYTHON"))},
            "HOME": str(folder),
            "PYTHONPATH": str(_ROOT),
            "LITCLI_LIBRARY": str(self.library),
        }
        with self.source.open("w", encoding="utf-8") as file:
            file.writelines(f"{entry}\n" for entry in library.entries(size))
        self.litcli("import", self.source)
        time.sleep(_YOUNG)
        self.litcli("list")

    def litcli(self, *words: str | Path) -> Cost:
        """What one run of litcli on the library takes."""
        return self.run("-m", "litcli", *words)

    def run(self, *words: str | Path) -> Cost:
        """What one run of Python takes, from its start to its end."""
        began = time.perf_counter()
        with self._printed.open("w") as printed:
            process = subprocess.Popen(
                [sys.executable, *map(str, words)], env=self._env, stdout=printed, stderr=subprocess.DEVNULL
            )
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"exit {process.returncode}: {' '.join(map(str, words))}")
        return Cost(time.perf_counter() - began, used.ru_maxrss // 1024)

    def best(self, work: Callable[[Bench], Cost]) -> Cost:
        """What some work takes in a quiet moment: the least of a few runs."""
        costs = [work(self)]
        while len(costs) < _RUNS and costs[-1].seconds < _LONG:
            costs.append(work(self))
        return min(costs)

    def said(self) -> str:
        """What the last run printed."""
        return self._printed.read_text("utf-8")


# --- what litcli is measured by ---------------------------------------------------------------------------

_WRITE = (
    "import os, sys, typer; data = open(sys.argv[1], 'rb').read(); file = open(sys.argv[2], 'wb'); "
    "file.write(data); file.flush(); os.fsync(file.fileno())"
)
_READ = (
    "import sys, typer; from pathlib import Path; from litcli.library import read; "
    "print(sum(entry.key > '' for entry in read(Path(sys.argv[1])).entries.values()))"
)
_ALONE: dict[str, Callable[[Bench], Cost]] = {
    "Python": lambda bench: bench.run("-c", "pass"),
    "import typer, rich": lambda bench: bench.run("-c", "import typer, rich.table"),
    "bibtexparser": lambda bench: bench.run(
        "-c", "import sys, bibtexparser; bibtexparser.parse_file(sys.argv[1])", bench.source
    ),
    "write the file": lambda bench: bench.run("-c", _WRITE, bench.library, bench.other),
    "read the file": lambda bench: bench.run("-c", _READ, bench.library),
}
"""Whole processes: Python that does nothing, or what the name says, or (`read the file`) makes all entries anew."""

# --- what is measured -------------------------------------------------------------------------------------


def _imported(bench: Bench) -> Cost:
    """An import into a library that is not there yet."""
    bench.other.unlink(missing_ok=True)
    return bench.litcli("import", bench.source, "-L", bench.other)


def _cited(bench: Bench) -> Cost:
    """An export of the one entry that a paper cites."""
    paper = bench.other.with_suffix(".tex")
    paper.write_text(rf"\cite{{{bench.key}}}", "utf-8")
    return bench.litcli("export", "--cited-in", paper)


def _tagged(bench: Bench) -> Cost:
    """A tag on one entry, and off again."""
    on = bench.litcli("tag", "+new", "--", f"key:{bench.key}")
    return min(on, bench.litcli("tag", "-new", "--", f"key:{bench.key}"))


def _edited(bench: Bench) -> Cost:
    """A list after an edit by hand: a letter more in one title."""
    data = bench.library.read_bytes()
    at = data.index(b'title = "', data.index(f"[papers.{bench.key}]".encode())) + len(b'title = "')
    bench.library.write_bytes(data[:at] + b"X" + data[at:])
    return bench.litcli("list")


_DEDUPE = (
    "import sys, time; from litcli import dedupe; from tests.benchmarks import duplicates; "
    "papers = duplicates.generated(int(sys.argv[1])).papers; began = time.perf_counter(); "
    "dedupe.clusters(papers); print(time.perf_counter() - began)"
)


def _deduped(bench: Bench) -> Cost:
    """The duplicates among as many records, of which one in ten was typed again; without the making of the records."""
    cost = bench.run("-c", _DEDUPE, str(bench.size))
    return cost._replace(seconds=float(bench.said()))


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work, what it is measured by ("" for seconds), its budget, and how it is done."""

    name: str
    alone: str
    budget: str
    run: Callable[[Bench], Cost]


_START, _START_BUDGET = "import typer, rich", "2, at 100,000: 3"
WORK = (
    Work("list", _START, _START_BUDGET, lambda bench: bench.litcli("list")),
    Work("list --sort --limit", _START, _START_BUDGET, lambda bench: bench.litcli("list", "--sort=-year", "--limit=9")),
    Work("list --json --limit", _START, _START_BUDGET, lambda bench: bench.litcli("list", "--json", "--limit=9")),
    Work("filter year:2000..2004", _START, _START_BUDGET, lambda bench: bench.litcli("filter", "year:2000..2004")),
    Work("filter title:for", _START, _START_BUDGET, lambda bench: bench.litcli("filter", "title:for")),
    Work("show KEY", _START, _START_BUDGET, lambda bench: bench.litcli("show", bench.key)),
    Work("complete a key", "Python", "3", lambda bench: bench.litcli("--complete", "keys", bench.key[:-1])),
    Work("complete a tag", "Python", "", lambda bench: bench.litcli("--complete", "tags", "+")),
    Work("complete a query", "Python", "", lambda bench: bench.litcli("--complete", "query", "au")),
    Work("import a .bib", "bibtexparser", "2.5", _imported),
    Work("import it again", "bibtexparser", "", lambda bench: bench.litcli("import", bench.source)),
    Work("export a .bib", "bibtexparser", "", lambda bench: bench.litcli("export", "-o", bench.other)),
    Work("export what is cited", _START, "", _cited),
    Work("tag one entry", "write the file", "near 1", _tagged),
    Work("list after an edit", "read the file", "below 1", _edited),
    Work("dedupe", "", "60 s at 100,000", _deduped),
)


def _cell(work: Work, bench: Bench) -> str:
    """What some work takes, and what it is measured by in the same minute."""
    alone = bench.best(_ALONE[work.alone]) if work.alone else None
    cost = bench.best(work.run)
    said = f"{cost.seconds / alone.seconds:.2f}" if alone else f"{cost.seconds:.1f} s"
    return f"{said} ({cost.memory:,})"


def _rows(benches: list[Bench]) -> Iterator[str]:
    heads = [f"{bench.size:,}" for bench in benches]
    yield _row("", "as a multiple of", "budget", heads)
    for work in WORK:
        yield _row(work.name, work.alone, work.budget, [_cell(work, bench) for bench in benches])


def _row(name: str, alone: str, budget: str, cells: list[str]) -> str:
    return f"{name:<23} {alone:<19} {budget:<17}" + "".join(f"{cell:>16}" for cell in cells)


def main() -> None:
    """Print a row for each kind of work, as soon as it is measured, with a column for each size."""
    sizes = [int(word.replace("_", "")) for word in sys.argv[1:]] or SIZES
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name) / str(size) for size in sizes]
        for folder in folders:
            folder.mkdir()
        for row in _rows([Bench(folder, size) for folder, size in zip(folders, sizes, strict=True)]):
            print(row, flush=True)


if __name__ == "__main__":
    main()
