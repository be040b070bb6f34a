"""The text of a .bib file -> its blocks, as BibTeX itself reads them.

bibtexparser reads each entry. Where its reading may differ from BibTeX's (a quote in braces inside a quoted value, a
backslash before a brace, a missing comma, a field twice, an `@word{` inside a value), the entry is read again here by
BibTeX's own rules (bibtex.web, "Reading the database file(s)"; field notes, 3.9.1); what they forbid and is plain all
the same is read with a remark.
"""

from __future__ import annotations

import logging
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bibtexparser.model import Entry


class Piece(NamedTuple):
    """A part of a value: text that stood in braces or quotes or was a number, or the lower-case name of a macro."""

    text: str
    is_macro: bool = False


Value = tuple[Piece, ...]
"""The pieces that `#` joins; none where nothing follows the `=`."""


@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry: its type and field names in lower case, its key as it stands, its values in pieces.

    The key is "" where it was left out. In all blocks, `line` is counted from 1, and `start` and `end` are the offsets
    of the `@` and behind the last sign.
    """

    type: str
    key: str
    fields: tuple[tuple[str, Value], ...]
    line: int
    start: int
    end: int
    remark: str = ""
    """What had to be guessed to read it."""
    inside: int = 0
    """The first line in it that begins like another entry, if one does: it may have swallowed that one."""
    stray: str = ""
    """What stands behind its closing brace and looks like more of its fields."""


@dataclass(frozen=True, slots=True)
class BibString:
    """A macro's definition, its name in lower case, or (name "") a preamble."""

    name: str
    value: Value
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BibComment:
    """A comment block, with its text; what it holds is no entry, as Biber, JabRef and BibDesk have it."""

    text: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BibBroken:
    """A block that cannot be read: why, its raw text, and its type and key as far as they can be told."""

    reason: str
    raw: str
    line: int
    start: int
    end: int
    type: str = ""
    key: str = ""


Block = BibEntry | BibString | BibComment | BibBroken

_ID = r"[^\s\"#%'(),={}]"
"""What BibTeX allows in the name of a type, a field or a macro (bibtex.web, `id_class`)."""
_NAME = re.compile(rf"{_ID}++")
_OPENING = re.compile(rf"@\s*+(?P<type>(?:(?!@){_ID})*+)\s*+(?P<open>[{{(]?)")
_NEXT = re.compile(rf"(?<![^\r\n])[ \t]*+(?P<opening>@[ \t]*+(?:(?!@){_ID})++\s*+[{{(])")
"""A line that begins like a block: where reading goes on behind a broken one."""
_NUMBERED = re.compile(rf"(?P<word>{_ID}++)[ \t\xa0]++(?P<number>[0-9]++)(?=\s*+=)")
"""A field's name with a number behind a blank."""
_FIELD = re.compile(rf"\s*+,?\s*+{_ID}++\s*+=\s*+[{{\"0-9]")
_KEY = re.compile(r"\s*+(?P<key>[^\s,{}]*+)\s*+")
_NO_KEY = re.compile(rf"\s*+,\s*+{_ID}++\s*+=")
"""A field behind the comma of a key that was left out, as Mendeley does it."""
_WHOLE_KEY = re.compile(r"[^\s,={}\0]++")
_BARE = re.compile(rf"[0-9]++|(?![0-9])(?:(?!\0){_ID})++")
_SKIP = re.compile(r"(?:\s++|%[^\r\n]*+)*+")
"""White space, and remarks from `%` to the line's end, which Biber takes and people write."""
_REMARKED = re.compile(r"[ \t]*+%[^\r\n@]*+@[^\r\n]*+(?:(?:\r\n?|\n)[ \t]*+%[^\r\n]*+)*+")
"""An entry behind `%` in each of its lines, which Biber skips and BibTeX stumbles over."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r"[{}\"]")


def _braced(depth: int) -> str:
    """The pattern of a group in braces, and of groups in it as deep as that."""
    inner = f"|{_braced(depth - 1)}" if depth > 1 else ""
    return rf"\{{(?:[^{{}}]++{inner})*+\}}"


_GROUP = _braced(6)
"""Groups of the depths that real files have; a deeper one is found by pairing the braces one by one."""
BRACED = re.compile(_GROUP)
"""A whole group in braces."""
_INNER = _braced(5)
_ASIDE = re.compile(rf"({_INNER}|\"(?:[^{{}}\"]++|{_INNER})*+\")")
"""What stands in braces or quotes within an entry."""


def blocks(text: str, start: int = 0, stop: int | None = None) -> Iterator[Block]:
    """The blocks of a file in their order; text between them, which BibTeX ignores, is left out.

    With offsets, those that begin in that part of it, where none that began before goes on.
    """
    reader = _Reader(text)
    plain = _PlainReader(reader)
    at, stop = start, len(text) if stop is None else stop
    while run := _run(text, at, stop):
        for opening, split in zip(run, plain.split(run), strict=True):
            if opening.at.start() < at:
                break  # a block that is not closed took it in
            block = (split and plain.entry(opening, split)) or reader.block(opening.at)
            at = block.end if block else opening.at.end()
            if isinstance(block, BibEntry) and _FIELD.match(text, at):
                # To BibTeX it is text between blocks, and gone without a word.
                remark = "; ".join(filter(None, (block.remark, "a field stands behind the closing brace")))
                following = _OPENING.search(text, at)
                stray = text[at : following.start() if following else len(text)]
                block = replace(block, remark=remark, stray=stray.rstrip())
            if block:
                yield block


class _Opening(NamedTuple):
    """Where a block may open; if it can be a plain entry, its outline, what was put aside for that, and its end."""

    at: re.Match[str]
    outline: str = ""
    aside: Sequence[str] = ()
    end: int = 0


_RUN = 500
"""How many entries bibtexparser reads at once."""


def _run(text: str, at: int, stop: int) -> list[_Opening]:
    """The next openings of plain entries, up to one that is none; none behind `stop`."""
    run: list[_Opening] = []
    while len(run) < _RUN and (found := _OPENING.search(text, at)) and found.start() < stop:
        opening = _outlined(found)
        run.append(opening)
        if not opening.outline:
            break
        at = opening.end
    return run


_MARK = "\0"
_NO_OUTLINE = re.compile(r"[{}\"@%\\\0]")


def _outlined(found: re.Match[str]) -> _Opening:
    r"""The entry that opens there as `@type{key, name = \0, name = \0 # macro}` in one line, if that tells its fields.

    A group in braces or quotes means nothing to what is around it, and in an outline there is nothing that BibTeX and
    bibtexparser would read in two ways: no remark, no backslash before a brace, no `@word{` within a value.
    """
    whole = BRACED.match(found.string, found.end() - 1) if found["open"] == "{" else None
    if not whole or found["type"].lower() in _NO_ENTRIES:
        return _Opening(found)
    start, end = found.end(), whole.end()
    pieces = _ASIDE.split(found.string[start : end - 1])
    if _NO_OUTLINE.search("".join(pieces[::2])):
        return _Opening(found)
    if found.string.find("@", start, end) >= 0 and _NEXT.search(found.string, start, end):
        return _Opening(found)
    inside = _MARK.join(pieces[::2]).replace("\n", " ")
    return _Opening(found, f"@{found['type']}{{{inside}}}", pieces[1::2], end)


class _PlainReader:
    """The entries that bibtexparser reads as BibTeX does."""

    def __init__(self, reader: _Reader) -> None:
        from bibtexparser.model import Entry
        from bibtexparser.splitter import Splitter

        # What it warns of is read again by `_Reader`, and said by whoever asked.
        logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
        self._reader = reader
        self._splitter = Splitter
        self._entry = Entry
        self._names: dict[str, str] = {}

    def split(self, run: Sequence[_Opening]) -> list[Entry | None]:
        """The outline of the entry at each place of a run as bibtexparser splits it; None where it does not."""
        found: list[Entry | None] = [None] * len(run)
        if run[0].outline:
            for block in self._splitter("\n".join(opening.outline for opening in run)).split().blocks:
                # A key that comes again is no fault of the entry.
                entry = getattr(block, "ignore_error_block", block)
                at = block.start_line or 0
                if isinstance(entry, self._entry) and entry.raw == run[at].outline:
                    found[at] = entry
        return found

    def entry(self, opening: _Opening, split: Entry) -> BibEntry | None:
        """The entry with what was put aside in its place; None where BibTeX might read anything else there."""
        fields: dict[str, Value] = {}
        aside = iter(opening.aside)
        for field in split.fields:
            name, text = field.key, field.value
            name = self._names.get(name) or self._name(name)
            value = (Piece(next(aside)[1:-1]),) if text == _MARK else _joined(text, aside)
            if not name or not value or name in fields:
                return None
            fields[name] = value
        if not _WHOLE_KEY.fullmatch(split.key):
            return None
        start, kind = opening.at.start(), opening.at["type"].lower()
        return BibEntry(kind, split.key, tuple(fields.items()), self._reader.begin(start), start, opening.end)

    def _name(self, text: str) -> str:
        """A field's name in lower case, "" for what is none."""
        if _NAME.fullmatch(text) and _MARK not in text:
            self._names[text] = text.lower()
        return self._names.get(text, "")


_NO_ENTRIES = frozenset(("", "comment", "preamble", "string"))
_CLOSE = {"{": "}", "(": ")"}


def _joined(text: str, aside: Iterator[str]) -> Value:
    """The pieces of a value that `#` joins, or that has no quotes; none where BibTeX would not read just that."""
    pieces = []
    for token in text.split("#"):
        token = token.strip()
        if token == _MARK:
            pieces.append(Piece(next(aside)[1:-1]))
        elif _BARE.fullmatch(token):
            pieces.append(_bare(token))
        else:
            return ()
    return tuple(pieces)


def _bare(token: str) -> Piece:
    """What stands without braces or quotes: a number is text, a name is a macro's."""
    return Piece(token) if token[0] in "0123456789" else Piece(token.lower(), is_macro=True)


class _ReadError(Exception):
    """Where a block stops making sense, and why."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at


class _Reader:
    """BibTeX's rules for one block after the other; a whole file takes time in proportion to its length."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line, self._counted = 1, 0
        self._last_bracket = text.rfind(")")
        self._pairs: dict[int, int] | None = None
        self._remarks: list[str] = []

    @cached_property
    def _lines(self) -> array[int]:
        """Where each line begins."""
        return array("Q", [0, *(end.end() for end in _LINE_END.finditer(self._text))])

    def line(self, at: int) -> int:
        """The number of the line that an offset is in, from 1."""
        return bisect_right(self._lines, at)

    def begin(self, at: int) -> int:
        """The number of the line that a block begins in; they begin one behind the other, so only new lines count."""
        ends = [self._text.count(end, self._counted, at) for end in ("\n", "\r", "\r\n")]
        self._line, self._counted = self._line + ends[0] + ends[1] - ends[2], at
        return self._line

    def block(self, opening: re.Match[str]) -> Block | None:
        """The block that opens there; None where an `@` is no more than text."""
        start, kind = opening.start(), opening["type"].lower()
        line = self.begin(start)
        self._remarks = []
        if kind == "comment":
            return self._comment(opening, line) if opening["open"] else None
        try:
            if not kind or not opening["open"]:
                begins_line = self._text[max(0, start - 1) : start] in ("", "\n", "\r", "\ufeff")
                if not begins_line or not (kind or opening["open"]):
                    return None
                raise _ReadError("a brace is missing behind the type" if kind else "the type is missing", start)
            if kind in ("preamble", "string"):
                return self._definition(opening, line)
            return self._entry(opening, line)
        except _ReadError as broken:
            if remark := _REMARKED.match(self._text, self._lines[line - 1]):
                return BibComment(remark[0], line, start, max(remark.end(), opening.end()))
            nearest = self.line(broken.at)
            reason = f"{broken.reason} in line {nearest}" if nearest > line else broken.reason
            raw = self._text[start : self._next(opening.end())].rstrip()
            key = "" if kind in _NO_ENTRIES else self._key(opening)[0]
            return BibBroken(reason, raw, line, start, start + len(raw), kind, key)

    def _next(self, at: int) -> int:
        """Where the next block begins, if this one does not end."""
        found = _NEXT.search(self._text, at)
        return found.start("opening") if found else len(self._text)

    def _comment(self, opening: re.Match[str], line: int) -> BibComment:
        """Up to its closing brace; BibTeX does not ask for one, and nothing is lost where there is none."""
        at = opening.end()
        if opening["open"] == "{":
            end = self._brace(at - 1)
        else:
            end = self._text.find(")", at) if at <= self._last_bracket else -1
            end = -1 if _NEXT.search(self._text, at, max(at, end)) else end
        close = end if end >= 0 else at + len(self._text[at : self._next(at)].rstrip())
        return BibComment(self._text[at:close], line, opening.start(), close + (end >= 0))

    def _definition(self, opening: re.Match[str], line: int) -> BibString:
        """A macro, or a preamble."""
        name, at = "", opening.end()
        if opening["type"].lower() == "string":
            name, value, at = self._assignment(at)
        else:
            value, at = self._value(at)
        at = self._skip(at)
        if not value or self._text[at : at + 1] != _CLOSE[opening["open"]]:
            raise _ReadError("the block is not closed" if value else "a value is missing", at)
        return BibString(name, value, line, opening.start(), at + 1)

    def _key(self, opening: re.Match[str]) -> tuple[str, int]:
        """The key and where it ends; "" where a field stands in its place."""
        match = _KEY.match(self._text, opening.end())
        assert match
        key, at = match["key"], match.end("key")
        behind = self._text[match.end() : match.end() + 1]
        if opening["open"] == "(" and key.endswith(")") and behind != ",":
            # To BibTeX the bracket is a letter of the key and the entry open; nobody means that.
            key, at = key[:-1], at - 1
            self._remarks.append("the bracket behind the key is taken for the entry's end")
        if behind == "=" or key.endswith("=") or '="' in key:
            return "", at
        return key, at

    def _entry(self, opening: re.Match[str], line: int) -> BibEntry:
        text, start = self._text, opening.start()
        key, at = self._key(opening)
        if not key and not _NO_KEY.match(text, opening.end()):
            raise _ReadError("the entry has no key", start)
        if not key:
            self._remarks.append("the entry has no key")
        elif "=" in key:
            self._remarks.append(f"{key} is taken for the key")
        close = _CLOSE[opening["open"]]
        fields: dict[str, Value] = {}
        times: dict[str, int] = {}
        separated = False
        while (at := self._skip(at)) < len(text) and text[at] != close:
            if text[at] == ",":
                if separated:
                    self._remarks.append("two commas stand together")
                at += 1
                separated = True
                continue
            name, value, at = self._assignment(at)
            if not separated:
                self._remarks.append(f"no comma stands before {name}")
            separated = False
            if name in fields:
                # BibTeX warns and keeps the first; what the second says is kept beside it.
                self._remarks.append(f"the field {name} is there twice")
                field = name
                while name in fields:
                    times[field] = times.get(field, 1) + 1
                    name = f"{field}_{times[field]}"
            fields[name] = value
        if at >= len(text):
            raise _ReadError("the block is not closed", start)
        found = _NEXT.search(text, opening.end(), at)
        inside = self.line(found.start("opening")) if found else 0
        if inside:
            self._remarks.append(f"line {inside} begins like another entry")
        remark = "; ".join(dict.fromkeys(self._remarks))
        return BibEntry(opening["type"].lower(), key, tuple(fields.items()), line, start, at + 1, remark, inside)

    def _seen(self, at: int) -> str:
        """What stands there, as far as it helps to find it."""
        return re.split(r"[\r\n]", self._text[at : at + 20])[0]

    def _skip(self, at: int) -> int:
        found = _SKIP.match(self._text, at)
        assert found
        return found.end()

    def _assignment(self, at: int) -> tuple[str, Value, int]:
        """A name, the value behind its `=`, and where that ends."""
        at = self._skip(at)
        name = _NAME.match(self._text, at)
        if name and (numbered := _NUMBERED.match(self._text, at)):
            # Scopus writes `funding_text 1`.
            self._remarks.append(f"the field name {numbered[0]} holds a blank")
            value, at = self._value(self._skip(numbered.end()) + 1)
            return f"{numbered['word'].lower()}_{numbered['number']}", value, at
        equals = self._skip(name.end()) if name else at
        if not name or self._text[equals : equals + 1] != "=":
            if self._text[at : at + 1] in ("@", ""):
                raise _ReadError("the block is not closed", at)
            if name:
                raise _ReadError(f"no = stands behind {name[0][:40]!r}", at)
            raise _ReadError(f"a field name is missing before {self._seen(at)!r}", at)
        value, at = self._value(equals + 1)
        if not value:
            self._remarks.append(f"the field {name[0].lower()} has no value")
        return name[0].lower(), value, at

    def _value(self, at: int) -> tuple[Value, int]:
        """The pieces of a value, and where it ends."""
        pieces: list[Piece] = []
        while True:
            at = self._skip(at)
            sign = self._text[at : at + 1]
            if sign in ("{", '"'):
                close = self._brace(at) if sign == "{" else self._quote(at)
                if close < 0:
                    raise _ReadError(f"a {'brace' if sign == '{' else 'quote'} is not closed", at)
                pieces.append(Piece(self._text[at + 1 : close]))
                at = close + 1
            elif token := _NAME.match(self._text, at):
                pieces.append(_bare(token[0]))
                if not pieces[-1].is_macro and not token[0].isdecimal():
                    self._remarks.append(f"{token[0]} stands without braces")
                at = token.end()
            elif not pieces and sign in (",", "}", ")"):
                return (), at
            else:
                raise _ReadError(
                    f"a value is missing before {self._seen(at)!r}" if sign else "the block is not closed", at
                )
            behind = self._skip(at)
            if self._text[behind : behind + 1] != "#":
                return tuple(pieces), at
            at = behind + 1

    def _brace(self, at: int) -> int:
        """The brace that closes the one at `at`, or -1; BibTeX counts every brace, one behind a backslash too."""
        if self._pairs is None:
            found = BRACED.match(self._text, at)
            if found:
                return found.end() - 1
            self._pairs = _pairs(self._text)
        return self._pairs.get(at, -1)

    def _quote(self, at: int) -> int:
        """The quote that closes the one at `at`, or -1: the next one outside braces."""
        at += 1
        while mark := _BRACE_OR_QUOTE.search(self._text, at):
            if mark[0] == '"':
                return mark.start()
            close = self._brace(mark.start()) if mark[0] == "{" else -1
            if close < 0:
                break
            at = close + 1
        return -1


def _pairs(text: str) -> dict[int, int]:
    """Each opening brace of a text that is closed, and the brace that closes it."""
    pairs: dict[int, int] = {}
    open_at: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            open_at.append(brace.start())
        elif open_at:
            pairs[open_at.pop()] = brace.start()
    return pairs
