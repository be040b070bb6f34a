"""What a command wants changed, and the library's new text with just that changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from litcli import parallel, table
from litcli.errors import LibraryError
from litcli.library import store, toml
from litcli.library.blocks import Blocks, Span
from litcli.library.document import Document, Edit, edited
from litcli.library.store import Library
from litcli.paper import Entry

_SHARE = 1000
"""New entries that are worth another process."""


@dataclass(frozen=True)
class Changes:
    """Entries by key (None: removed), and values above the papers by their path (None: removed).

    An entry that has another key than the one it is found by is renamed where it stands. `texts` are blocks as a
    person wrote them, by the keys that the entries have now: they stand as they are, if they say what the entry says.
    `{("distinct",): [["a", "b"]], ("settings", "keys"): "[auth][year]"}` sets `distinct` and `keys` in `[settings]`.
    """

    entries: Mapping[str, Entry | None] = field(default_factory=dict)
    head: Mapping[tuple[str, ...], Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.entries or self.head)

    def beyond(self, library: Library) -> Changes:
        """Those of the changes that the library does not say already."""
        return Changes(
            {
                key: entry
                for key, entry in self.entries.items()
                if key in self.texts or library.entries.get(key) != entry
            },
            {path: value for path, value in self.head.items() if _value(library.head, path) != value},
            self.texts,
        )


def _value(head: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """What stands at a path, None where nothing does."""
    value: Any = head
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _with(head: Mapping[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """The head with one value set, or (None) removed."""
    name, rest = path[0], path[1:]
    new = dict(head)
    if rest:
        below = new.get(name, {})
        value = _with(below if isinstance(below, Mapping) else {}, rest, value)
    if value is None:
        new.pop(name, None)
    else:
        new[name] = value
    return new


def apply(path: Path, text: str, library: Library, changes: Changes) -> str:
    """The new text; every part of it that was changed is read back and compared before it may reach the disk.

    Raises LibraryError where the change cannot be written so.
    """
    _check_keys(path, library, changes)
    document = Document(text, library.blocks)
    head = [edit for at, value in changes.head.items() for edit in document.head_edits(at, value)]
    own: dict[str, list[Edit]] = {}
    added: list[Entry] = []
    for key, entry in changes.entries.items():
        if key in library.entries:
            text_of = changes.texts.get(key)
            own[key] = (
                document.entry_edits(key, library.entries[key], entry)
                if text_of is None
                else document.block_edits(key, text_of)
            )
        if entry and key not in library.entries:
            added.append(entry)
    written = parallel.shares(lambda share: {entry.key: _block(path, entry) for entry in share}, added, _SHARE)
    blocks = {key: block for share in written for key, block in share.items()}
    new = edited(text, [*head, *(edit for edits in own.values() for edit in edits), *document.insertions(blocks)])
    if library.blocks:
        odd = _odd_parts(library, library.blocks, changes, head, own)
    else:
        odd = _odd_whole(new, library, changes)
    if odd is not None:
        raise LibraryError(
            f"{path}: the change to {odd or 'the file'} cannot be written without touching other lines",
            "give each entry a block of its own: [papers.KEY]",
        )
    return new


def _check_keys(path: Path, library: Library, changes: Changes) -> None:
    """Raise LibraryError where a key that an entry is given would be that of another as well."""
    new = [entry.key for key, entry in changes.entries.items() if entry and entry.key != key]
    if new:
        left = {key for key, entry in changes.entries.items() if entry is None or entry.key != key}
        taken = (library.entries.keys() | changes.entries.keys()) - left
        double = next((key for key, count in Counter(new).items() if key in taken or count > 1), None)
        if double:
            raise LibraryError(f"{path}: there is an entry {double} already", "choose another key")


def _odd_parts(
    library: Library, blocks: Blocks, changes: Changes, head: list[Edit], own: Mapping[str, list[Edit]]
) -> str | None:
    """The key of a block that does not say what is meant once it is edited, "" for what stands above the papers."""
    for key, edits in own.items():
        said = _said(_part(blocks.text, blocks.spans[key], edits))
        meant = {entry.key: entry for entry in (changes.entries[key],) if entry}
        if said is None or said.head or not _are_same(said.entries, meant):
            return key
    said = _said("".join(_part(blocks.text, span, head) for span in blocks.rest)) if head else None
    if head and (said is None or said.entries or _plain(said.head) != _plain(_head(library.head, changes.head))):
        return ""
    return None


def _part(text: str, span: Span, edits: list[Edit]) -> str:
    """A part of the text with the edits that fall into it."""
    start, end = span
    return edited(text[start:end], [(a - start, b - start, new) for a, b, new in edits if start <= a and b <= end])


def _said(text: str) -> Library | None:
    try:
        return store.parse(Path(), text)
    except LibraryError:
        return None


def _odd_whole(new: str, library: Library, changes: Changes) -> str | None:
    """The key of an entry that the new text does not say as it is meant, "" for what stands elsewhere."""
    meant = {entry.key: entry for entry in {**library.entries, **changes.entries}.values() if entry is not None}
    said = _said(new)
    if said is None:
        return ""
    for key in {**meant, **said.entries}:
        if not _is_same(said.entries.get(key), meant.get(key)):
            return key
    return "" if _plain(said.head) != _plain(_head(library.head, changes.head)) else None


def _head(head: Mapping[str, Any], changes: Mapping[tuple[str, ...], Any]) -> Mapping[str, Any]:
    for path, value in changes.items():
        head = _with(head, path, value)
    return head


def _plain(value: Any) -> Any:
    """A value that compares by what is written: tables without their order or empty ones, not-a-number as its name."""
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items() if item != {}}
    return repr(value)


def _block(path: Path, entry: Entry) -> str:
    """The block of a new entry; raises LibraryError for one that could not be read from the library again."""
    key = entry.key
    fields = table.to_table(entry)
    try:
        block = toml.block_of(key, fields)
        block.encode()
        if _is_same(table.from_table(key, fields), entry):
            return block
    except ValueError:  # and so is what UTF-8 cannot say
        pass
    raise LibraryError(f"{path}: the entry {key} cannot be written as it is", "please report this record")


def _are_same(said: Mapping[str, Entry], meant: Mapping[str, Entry]) -> bool:
    return said.keys() == meant.keys() and all(_is_same(said[key], meant[key]) for key in meant)


def _is_same(one: Entry | None, two: Entry | None) -> bool:
    """Whether two entries are written alike, which is what counts: not-a-number is not equal to itself."""
    if one is None or two is None:
        return one is two
    return one == two or repr(table.to_table(one)) == repr(table.to_table(two))
