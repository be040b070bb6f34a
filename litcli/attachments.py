"""The files that an entry names in its `file` field, as JabRef, Zotero and Mendeley write it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from litcli.paper import Entry

FIELD = "file"
_SPECIAL = re.compile(r"[\\:;]")
_TOKEN = re.compile(r"\\.?|[^\\:;]+|[:;]", re.DOTALL)
_TYPED = 3
"""Description, path and type: the parts that JabRef parts by colons (its manual, "Linking external files")."""


def _split(text: str, separator: str) -> list[str]:
    """A text cut where a separator stands that no backslash takes its meaning from."""
    parts = [""]
    for token in _TOKEN.findall(text):
        if token == separator:
            parts.append("")
        else:
            parts[-1] += token
    return parts


def paths(entry: Entry) -> Iterator[str]:
    """The paths as they are written, relative ones to the library's folder."""
    told = entry.paper.fields.get(FIELD)
    for piece in _split(told, ";") if isinstance(told, str) else ():
        parts = _split(piece, ":")
        path = parts[1] if len(parts) == _TYPED else piece
        if path.strip():
            yield re.sub(r"\\([\\:;])", r"\1", path.strip())


def missing(entry: Entry, folder: Path) -> Iterator[str]:
    """The paths at which there is no file."""
    # Path.exists raises where a name is longer than any file's.
    return (path for path in paths(entry) if not os.path.exists(folder / path))  # noqa: PTH110


def attached(entry: Entry, path: str) -> Entry:
    """The entry with one more path; itself where it names that file already."""
    if path in paths(entry):
        return entry
    written = _SPECIAL.sub(r"\\\g<0>", path)
    written = written if written == path else f":{written}:"
    told = ";".join(filter(None, (str(entry.paper.fields.get(FIELD, "")), written)))
    return replace(entry, paper=replace(entry.paper, fields={**entry.paper.fields, FIELD: told}))
