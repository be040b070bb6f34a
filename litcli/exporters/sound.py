"""What every export in UTF-8 must be: text that UTF-8 can hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from litcli import jsontext
from litcli.errors import LitError

_HALF = re.compile("[\ud800-\udfff]")
"""Half of a pair of UTF-16, which is no character; JSON text and file names can smuggle one in."""


def check_utf8(text: str, tables: Iterable[Mapping[str, Any]]) -> None:
    """Raise LitError where a text cannot be written in UTF-8; the tables, with their `key`, tell which field it is."""
    if text.isascii() or not _HALF.search(text):
        return
    for table in tables:
        for field, value in table.items():
            if half := _HALF.search(jsontext.compact(value)):
                raise LitError(
                    f"{ascii(table['key'])[1:-1]}: {field} holds U+{ord(half[0]):04X}, which is no character",
                    "mend this field in the library",
                )
