"""A small library, formatted by hand, and a change of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from litcli.library import Library
from litcli.library.edit import Changes

TEXT = """\
# mine
format = 1

[papers.ada]
title = "A"  # odd   spacing
year =   2001

[papers.bob]
title = "B"
"""


def tagging(key: str, tag: str) -> Callable[[Library], tuple[Changes, None]]:
    """A change that gives one entry a tag."""

    def change(library: Library) -> tuple[Changes, None]:
        entry = library.entries[key]
        return Changes({key: replace(entry, tags=tuple(sorted({*entry.tags, tag})))}), None

    return change
