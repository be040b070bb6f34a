"""The formats that entries are written in: a name, the suffixes of its files, and one function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from litcli.errors import UsageError
from litcli.exporters import biblatex, bibtex, csl_json, csv_table, json_list, markdown, ris
from litcli.exporters.options import Export, Options
from litcli.paper import Entry


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: its name, its file suffixes, and the function that writes entries in it."""

    name: str
    suffixes: tuple[str, ...]
    write: Callable[[Sequence[Entry], Options], Export]


EXPORTERS = (
    Exporter("bibtex", (".bib",), bibtex.write),
    Exporter("biblatex", (), biblatex.write),
    Exporter("markdown", (".md", ".markdown"), markdown.write),
    Exporter("csl-json", (), csl_json.write),
    Exporter("ris", (".ris",), ris.write),
    Exporter("csv", (".csv",), csv_table.write),
    Exporter("json", (".json",), json_list.write),
)


_OTHERS = frozenset((".tex", ".aux", ".bcf", ".toml", ".txt", ".html", ".pdf"))
"""Suffixes of what is no export: a .tex file is a paper, not a place for its references."""


def names() -> list[str]:
    """The names that `--to` takes."""
    return [exporter.name for exporter in EXPORTERS]


def choose(name: str | None, file: str | None) -> Exporter:
    """The exporter of that name, else of the file's suffix, else BibTeX; raises UsageError for an unknown name."""
    if name:
        for exporter in EXPORTERS:
            if exporter.name == name:
                return exporter
        raise UsageError(f"there is no export format {name!r}", f"the formats are {', '.join(names())}")
    suffix = PurePath(file).suffix.lower() if file else ""
    if suffix in _OTHERS:
        raise UsageError(f"{file} would not be a {suffix} file", f"choose with --to: {', '.join(names())}")
    return next((exporter for exporter in EXPORTERS if suffix in exporter.suffixes), EXPORTERS[0])
