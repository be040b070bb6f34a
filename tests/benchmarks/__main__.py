"""The table of `python -m tests.benchmarks [SIZE…]`: multiples of the time that bibtexparser alone needs."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.library import bib
from tests.conftest import ROOT

SIZES = (1_000, 10_000, 100_000)
_PARSE = "import sys, bibtexparser; bibtexparser.parse_file(sys.argv[1])"


def _seconds(*words: str | Path) -> float:
    """How long a Python process takes, from its start to its end, in a quiet minute: the better of two runs."""
    best = float("inf")
    for _ in range(2):
        began = time.perf_counter()
        subprocess.run([sys.executable, *map(str, words)], cwd=ROOT, capture_output=True, check=True)
        best = min(best, time.perf_counter() - began)
    return best


def _row(size: int, folder: Path) -> str:
    source, library, target = folder / f"{size}.bib", folder / f"{size}.toml", folder / f"{size}.out.bib"
    source.write_text(bib(size), "utf-8")
    alone = _seconds("-c", _PARSE, source)
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "litcli", "import", source, "-L", library], cwd=ROOT, capture_output=True, check=True
    )
    taken = time.perf_counter() - began
    again = _seconds("-m", "litcli", "import", source, "-L", library, "--dry-run")
    written = _seconds("-m", "litcli", "export", "-o", target, "-L", library)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return f"{size:>9,} {alone:>14.2f} {taken / alone:>9.1f} {again / alone:>12.1f} {written / alone:>9.1f} {peak:>9,}"


def main() -> None:
    """Print a row for each size; each measures every command in the same minute as bibtexparser."""
    sizes = [int(word.replace("_", "")) for word in sys.argv[1:]] or SIZES
    print(f"{'entries':>9} {'bibtexparser s':>14} {'import ×':>9} {'import again':>12} {'export ×':>9} {'peak MiB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            print(_row(size, Path(folder)), flush=True)


if __name__ == "__main__":
    main()
