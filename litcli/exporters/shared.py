"""A .bib file that others edit too: our entries are put into it, and every other byte of it stays as it was."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from litcli.bibfile import BibBroken, BibEntry, BibString, Block, blocks
from litcli.errors import InputError, LitError

_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK_LINE = re.compile(r"(?>\r\n|\r|\n)[ \t]*+(?>\r\n|\r|\n)")
_REFERENCE = re.compile(r"^(\s*(?:crossref|xref)\s*=\s*\{)([^{}]*)\}", re.MULTILINE)
_PARENT = re.compile(r"^\s*crossref\s*=\s*\{([^{}]*)\}", re.MULTILINE)
_IDS = re.compile(r"^\s*ids\s*=\s*\{([^{}]*)\}", re.MULTILINE)
_DEFINITION = re.compile(r"(?=\\providecommand\{)")

IsOther = Callable[[str, BibEntry], bool]
"""Whether the entry that stands in a file for a key of ours is another work."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody must look at, and the line of the file as it was."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class _Edit:
    """What comes in the place of a span, and the blocks in it."""

    start: int
    end: int
    text: str
    blocks: tuple[str, ...]


def decode(name: str, data: bytes) -> tuple[str, str]:
    """The text of a file and its encoding, UTF-8 or else Latin-1, in which `encode` gives the same bytes again.

    Raises InputError for what is neither, and no file for BibTeX.
    """
    if b"\0" in data:
        raise InputError(name, 1, "this is UTF-16, or no text at all", "save it as UTF-8; nothing was written")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1"


def encode(name: str, text: str, encoding: str) -> bytes:
    """The bytes of a file; raises InputError for a character that its encoding does not have."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        char = ascii(text[error.start])[1:-1] if encoding == "utf-8" else text[error.start]
        raise InputError(
            name,
            text.count("\n", 0, error.start) + 1,
            f"the file is {encoding.upper()}, which has no {char} (U+{ord(text[error.start]):04X})",
            "save it as UTF-8, or write BibTeX, which is ASCII; nothing was written",
        ) from None


def parts(export: str) -> tuple[str, dict[str, str]]:
    """What an export wrote: its preamble, "" where it needs none, and the block of each entry by its key."""
    preamble, written = "", {}
    for block in blocks(export):
        raw = export[block.start : block.end] + "\n"
        if isinstance(block, BibEntry):
            written[block.key] = raw
        else:
            preamble += raw
    return preamble, written


def into(
    text: str, written: Mapping[str, str], *, aliases: Mapping[str, str], is_other: IsOther, preamble: str = ""
) -> tuple[str, list[Remark]]:
    """The file with our entries as `written`, and what somebody must look at; done twice, it changes nothing more.

    `written` holds the blocks by key in the order of an export, `aliases` the keys by their older forms, and
    `preamble` what the blocks need defined.

    An entry that stands there for a key of ours, be it in another case or an older form, is replaced in its place;
    it keeps the key that the file's papers cite, unless the new block says that one in `ids`. A new entry goes behind
    the one that comes before it in `written`, where ours stand in that order, else to the end; a child goes before
    its parent. What is another work, cannot be read, or is there a second time is left. Raises LitError where the
    rest of the file would no longer be read as it was.
    """
    found = list(blocks(text))
    gaps = _Gaps(text, found)
    places = _Places(found, written, aliases, is_other)
    ours = {key: _as_cited(key, block, places.cited) for key, block in written.items()}
    line_end = _line_end(text)
    edits = []
    for key, index in places.of.items():
        old = found[index]
        if text[old.start : old.end].replace("\r\n", "\n").replace("\r", "\n") != ours[key].rstrip("\n"):
            edits.append(_replaced(old, ours[key], line_end))
    new: dict[int, list[str]] = {}
    if block := _missing(preamble, found):
        older = next((one for one in found if _is_our_preamble(one, text)), None)
        if older:
            edits.append(_replaced(older, _united(text[older.start : older.end], block), line_end))
        else:
            new[_top(gaps, found, text)] = [block]
    for at, key in _positions(gaps, _Family(found, places, ours), places, ours, len(text)):
        new.setdefault(at, []).append(ours[key])
    edits += [_inserted(text, at, group, line_end) for at, group in new.items()]
    remarks = sorted(places.remarks, key=lambda remark: remark.line)
    if not edits:
        return text, remarks
    edits.sort(key=lambda edit: (edit.start, edit.end))
    changed = _apply(text, edits)
    _check(text, found, edits, changed)
    return changed, remarks


# --- which entries are ours -------------------------------------------------------------------------------


class _Places:
    """Where our keys stand in a file: `of` has the blocks' indices, `left` the keys that must not be written.

    `cited` has the keys of the file that ours keep there.
    """

    def __init__(
        self, found: Sequence[Block], written: Mapping[str, str], aliases: Mapping[str, str], is_other: IsOther
    ) -> None:
        self.of: dict[str, int] = {}
        self.left: set[str] = set()
        self.cited: dict[str, str] = {}
        self.remarks: list[Remark] = []
        names = {alias.lower(): key for alias, key in aliases.items() if key in written}
        names |= {key.lower(): key for key in written}
        claims: dict[str, list[tuple[int, int, BibEntry]]] = {}
        for index, block in enumerate(found):
            if not isinstance(block, BibEntry | BibBroken):
                continue
            key = block.key if block.key in written else names.get(block.key.lower())
            if key and isinstance(block, BibBroken):
                self._leave(key, block, f"cannot be read, {block.reason}")
            elif key and isinstance(block, BibEntry):
                distance = 0 if block.key == key else 1 if block.key.lower() == key.lower() else 2
                claims.setdefault(key, []).append((distance, index, block))
        for key, claim in claims.items():
            (_, index, first), *others = sorted(claim, key=lambda one: one[:2])
            if is_other(key, first):
                self._leave(key, first, "is another work here")
            elif first.inside:
                self._leave(key, first, f"may have swallowed what begins in line {first.inside}")
            else:
                self._take(key, index, first, written[key])
            for _, _, other in others:
                self._leave(key, other, f"is there again, beside line {first.line}")

    def _leave(self, key: str, block: BibEntry | BibBroken, why: str) -> None:
        self.left.add(key)
        self.remarks.append(Remark(block.line, f"{block.key} {why}; it is left as it is"))

    def _take(self, key: str, index: int, entry: BibEntry, block: str) -> None:
        self.of[key] = index
        said = _IDS.search(block)
        if entry.key != key and not (said and entry.key in re.split(r"\s*,\s*", said[1].strip())):
            self.cited[key] = entry.key
            self.remarks.append(Remark(entry.line, f"{key} is cited as {entry.key} here; it keeps that key"))


def _as_cited(key: str, block: str, cited: Mapping[str, str]) -> str:
    """A block with the keys that the file has for ours, its own and its parents'."""
    if not cited:
        return block
    head, brace, rest = block.partition("{")
    rest = _REFERENCE.sub(lambda match: f"{match[1]}{cited.get(match[2], match[2])}}}", rest[len(key) :])
    return f"{head}{brace}{cited.get(key, key)}{rest}"


# --- where new entries go ---------------------------------------------------------------------------------


def _positions(
    gaps: _Gaps, family: _Family, places: _Places, ours: Mapping[str, str], end: int
) -> list[tuple[int, str]]:
    """The offset for each of our keys that the file lacks, in the order of `ours`; `end` is that of the file."""
    there = [(rank, places.of[key]) for rank, key in enumerate(ours) if key in places.of]
    in_order = bool(there) and all(one[1] < two[1] for one, two in pairwise(there))
    positions = []
    for rank, (key, block) in enumerate(ours.items()):
        if key in places.of or key in places.left:
            continue
        at = end
        if in_order:
            n = bisect(there, (rank,))
            at = gaps.behind(there[n - 1][1]) if n else gaps.before(there[0][1])
        child, parent = family.last_child.get(key.lower()), family.index_of.get(_parent(block))
        if child is not None:
            at = max(at, gaps.behind(child))
        if parent is not None:
            at = min(at, gaps.before(parent))
        positions.append((at, key))
    return positions


class _Family:
    """The parents and children in a file as they will stand; BibTeX wants a parent behind them (btxdoc, section 4).

    By keys in lower case, `index_of` has the first block of each entry, and `last_child` the last that refers to it.
    """

    def __init__(self, found: Sequence[Block], places: _Places, ours: Mapping[str, str]) -> None:
        self.index_of: dict[str, int] = {}
        self.last_child: dict[str, int] = {}
        key_at = {index: key for key, index in places.of.items()}
        parents: dict[int, str] = {}
        for index, block in enumerate(found):
            if isinstance(block, BibEntry):
                self.index_of.setdefault(block.key.lower(), index)
                said = "".join(piece.text for name, value in block.fields if name == "crossref" for piece in value)
                parents[index] = _parent(ours[key_at[index]]) if index in key_at else said.strip().lower()
                self.last_child[parents[index]] = index
        self.last_child.pop("", None)
        for index, key in sorted(key_at.items()):
            parent = self.index_of.get(parents[index])
            if parent is not None and parent < index:
                places.remarks.append(
                    Remark(
                        found[index].line,
                        f"{key} stands behind {parents[index]}, its parent; to BibTeX it must stand before it",
                    )
                )


def _parent(block: str) -> str:
    """The parent of one of our blocks in lower case, "" where it has none."""
    match = _PARENT.search(block)
    return match[1].strip().lower() if match else ""


class _Gaps:
    """Where a block can be put into a file: where a line begins that is outside all others."""

    def __init__(self, text: str, found: Sequence[Block]) -> None:
        spans = list(
            zip([0, *(block.end for block in found)], [*(block.start for block in found), len(text)], strict=True)
        )
        at = 1 if text.startswith("\ufeff") else 0
        self._before = [at := _last(text[start:end], start, at) for start, end in spans]
        at = len(text)
        self._behind = [at := _first(text[start:end], start, at) for start, end in reversed(spans)]
        self._behind.reverse()

    def before(self, index: int) -> int:
        """Before a block and the lines that belong to it: those up to a blank line, or to the block before."""
        return self._before[index]

    def behind(self, index: int) -> int:
        """Behind the line in which a block ends."""
        return self._behind[index + 1]


def _first(gap: str, start: int, otherwise: int) -> int:
    """The offset behind the first line of what stands between two blocks."""
    end = _LINE_END.search(gap)
    return start + end.end() if end else otherwise


def _last(gap: str, start: int, otherwise: int) -> int:
    """The offset of the lines that belong to what stands behind; what heads a file stays its head."""
    blank_lines = [*_BLANK_LINE.finditer(gap)]
    if blank_lines:
        return start + blank_lines[-1].end()
    if start:
        return _first(gap, start, otherwise)
    return max(gap.rfind("\n"), gap.rfind("\r")) + 1 or otherwise


def _top(gaps: _Gaps, found: Sequence[Block], text: str) -> int:
    """Before the first entry of a file, for what entries need."""
    first = next((n for n, block in enumerate(found) if isinstance(block, BibEntry | BibBroken)), None)
    return len(text) if first is None else gaps.before(first)


# --- definitions ------------------------------------------------------------------------------------------


def _missing(preamble: str, found: Sequence[Block]) -> str:
    """The preamble without what the file defines already; "" where that is all of it."""
    there = "".join(
        piece.text for block in found if isinstance(block, BibString) and not block.name for piece in block.value
    )
    lacking = [one for one in _definitions(preamble) if one not in there]
    return _preamble(lacking) if lacking else ""


def _definitions(preamble: str) -> list[str]:
    inside = preamble.strip().removeprefix("@preamble{{").removesuffix("}}")
    return [one for one in _DEFINITION.split(inside) if one]


def _preamble(definitions: Sequence[str]) -> str:
    return "@preamble{{" + "".join(definitions) + "}}\n"


def _is_our_preamble(block: Block, text: str) -> bool:
    """Whether a block is one that an export wrote; nobody else writes them so."""
    starts = text.startswith("@preamble{{\\providecommand{", block.start)
    return starts and isinstance(block, BibString) and len(block.value) == 1


def _united(old: str, new: str) -> str:
    """The preamble with what either defines; the new definition of a command takes the place of the old."""
    definitions = {one.partition("}")[0]: one for one in _definitions(old)}
    definitions |= {one.partition("}")[0]: one for one in _definitions(new)}
    return _preamble([*definitions.values()])


# --- the changes ------------------------------------------------------------------------------------------


def _line_end(text: str) -> str:
    """The line end that most lines of a file have."""
    windows = text.count("\r\n")
    old_mac, unix = text.count("\r") - windows, text.count("\n") - windows
    if windows > unix and windows > old_mac:
        return "\r\n"
    return "\r" if old_mac > unix else "\n"


def _replaced(old: Block, block: str, line_end: str) -> _Edit:
    new = block.rstrip("\n").replace("\n", line_end)
    return _Edit(old.start, old.end, new, (new,))


def _inserted(text: str, at: int, group: Sequence[str], line_end: str) -> _Edit:
    """Blocks with a blank line between them, before them and behind them."""
    new = [block.replace("\n", line_end) for block in group]
    before, ends = text[max(0, at - 3) : at], ("\n", "\r")
    if before in ("", "\ufeff") or before.endswith(("\n\n", "\n\r\n", "\r\r")):
        lead = ""
    else:
        lead = line_end if before.endswith(ends) else 2 * line_end
    trail = "" if text.startswith(ends, at) or at == len(text) else line_end
    return _Edit(at, at, lead + line_end.join(new) + trail, tuple(block.rstrip("\r\n") for block in new))


def _apply(text: str, edits: Sequence[_Edit]) -> str:
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def _check(text: str, found: Sequence[Block], edits: Sequence[_Edit], changed: str) -> None:
    """Raise LitError unless the changed file reads as the old one with the new blocks in it."""
    gone = {edit.start for edit in edits if edit.start < edit.end}
    # What is inserted where a block begins stands before it, and sorts before it by its end.
    expected = [(edit.start, edit.end, [(raw, False) for raw in edit.blocks]) for edit in edits]
    expected += [(old.start, old.end, [_as_read(text, old)]) for old in found if old.start not in gone]
    wanted = [one for _, _, group in sorted(expected, key=lambda one: one[:2]) for one in group]
    read = [_as_read(changed, block) for block in blocks(changed)]
    if read != wanted:
        odd = next((one for one, there in zip(wanted, read, strict=False) if one != there), wanted[-1])
        raise LitError(
            f"the file would not be read as before near {odd[0][:40]!r}",
            "mend the block before it by hand; nothing was written",
        )


def _as_read(text: str, block: Block) -> tuple[str, bool]:
    """What stands there, and whether it is broken."""
    return text[block.start : block.end], isinstance(block, BibBroken)
