"""An entry as text that a person edits: its block as the library has it, and what is wrong with what becomes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from litcli import renaming
from litcli.errors import InputError, LitError, LockedError
from litcli.library import Library, store, toml
from litcli.library.document import Document
from litcli.library.edit import Changes
from litcli.paper import Entry
from litcli.text import is_text

_ERROR = "# litcli: "
"""Begins the lines above a text that tell what is wrong with it; they are no part of it."""
_ERRORS = re.compile(rf"\A(?:{_ERROR}.*\n)*")


@dataclass(frozen=True, slots=True)
class Block:
    """An entry, and the text that says it."""

    entry: Entry
    text: str


def shown(library: Library, key: str) -> str:
    """The block of an entry with the comments above it; where it has none of its own, as litcli would write it."""
    own = _own(library, key)
    return toml.block(library.entries[key]) if own is None else own


def _own(library: Library, key: str) -> str | None:
    """The lines of an entry's own block, None where another text cannot simply take their place."""
    blocks = library.blocks
    span = Document(blocks.text, blocks).span(key) if blocks else None
    return blocks.text[slice(*span)].replace("\r\n", "\n").rstrip("\n") + "\n" if blocks and span else None


def returned(file: Path, text: str, error: LitError) -> tuple[str, LitError]:
    """The text with what is wrong with it above, and the error with its line as it is counted there."""
    own = _without_error(text)
    try:
        read(file, "\n" * len(_told(error)) + own)
    except LitError as counted:
        error = counted
    return "".join(f"{_ERROR}{line}\n" for line in _told(error)) + own, error


def _told(error: LitError) -> list[str]:
    return [*error.message.splitlines(), *error.hint.splitlines(), "or leave the text as it is to give up"]


def _without_error(text: str) -> str:
    return _ERRORS.sub("", text)


def read(file: Path, text: str) -> Block | None:
    """The one entry that a file's text says, None where it says nothing; raises LitError with the line."""
    own = _without_error(text)
    if not re.sub(r"(?m)^\s*#.*$", "", own).strip():
        return None
    # Lines are counted as the editor shows them, with those of the last message on top.
    above = text.count("\n") - own.count("\n")
    if not is_text(text):
        lines = enumerate(text.split("\n"), 1)
        line = next(number for number, said in lines if not is_text(said))
        raise InputError(str(file), line, "not UTF-8", "let the editor save the text as UTF-8")
    library = store.parse(file, "\n" * above + own)
    if library.head or len(library.entries) != 1:
        raise LitError(
            f"the text must be one entry, [papers.KEY] and its fields below, not {len(library.entries)}",
            "other entries are edited by their own keys",
        )
    return Block(next(iter(library.entries.values())), own.strip("\n") + "\n")


def put(library: Library, key: str, before: str, block: Block) -> Changes:
    """The changes that put a block in the place of that of a key, which was `before`, comments and all.

    Raises LockedError where the entry is another by now, UsageError for a key or an alias that it cannot have.
    """
    if key not in library.entries or shown(library, key) != before:
        raise LockedError(f"{key} was changed in the library meanwhile", "look at it and edit it again")
    changes = renaming.put(library, {key: block.entry})
    document = Document(block.text)
    if _own(library, key) is None or document.span(block.entry.key) is None:
        return changes
    now = document.apply({block.entry.key: block.entry}, {block.entry.key: changes.entries[key]})
    return replace(changes, texts={key: now})
