"""A table in CSV (RFC 4180) with a row for each entry and a column for each field, for spreadsheets and scripts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from litcli import jsontext, names, table
from litcli.errors import LitError
from litcli.exporters.options import Export, Options, in_order
from litcli.exporters.sound import check_utf8
from litcli.paper import FIELDS, Entry

_COLUMNS = ("key", *FIELDS)
_TABLES = frozenset(("links", "fields", "versions"))
_QUOTED = re.compile(r'[",\r\n]|^\s|\s$')


def write(entries: Sequence[Entry], options: Options) -> Export:
    """The entries as CSV in UTF-8, its lines ended by a line feed; the same entries always give the same bytes.

    Raises LitError for a text that UTF-8 cannot hold.
    """
    ordered = in_order(entries, options)
    tables = [{"key": entry.key, **table.to_table(entry, names.comma_form)} for entry in ordered]
    rows = [list(_COLUMNS), *([_cell(name, said.get(name)) for name in _COLUMNS] for said in tables)]
    # A cell that begins with =, +, - or @ is a formula to a spreadsheet; a sign before it would hide that, and would
    # be a part of the title for every other reader. The values are the library's, so they stay as they are.
    text = "".join(",".join(map(_quoted, row)) + "\n" for row in rows)
    check_utf8(text, tables)
    _read_back(text, rows)
    return Export(text)


def _cell(name: str, value: Any) -> str:
    """A field in one cell: tables and versions as JSON, names and lists joined by semicolons."""
    if value is None:
        return ""
    if name in _TABLES:
        return jsontext.compact(value)
    if isinstance(value, list):
        return "; ".join(value)
    return "true" if value is True else str(value)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


def _read_back(text: str, rows: list[list[str]]) -> None:
    """Read what was written as Python's csv module does, and compare it cell by cell."""
    limit = csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    try:
        read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise LitError(f"the table does not read back: {error}", "please report this; nothing was written") from None
    finally:
        csv.field_size_limit(limit)
    for said, meant in zip(read, rows, strict=False):
        if said != meant:
            field = next((name for name, one, two in zip(_COLUMNS, said, meant, strict=False) if one != two), "the row")
            raise LitError(
                f"{meant[0]}: {field} does not read back as it was written", "please report this; nothing was written"
            )
    if len(read) != len(rows):
        raise LitError("the table does not read back row by row", "please report this; nothing was written")
