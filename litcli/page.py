"""The bytes of a source -> a `Page`: lines of text, whatever the encoding."""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from litcli.errors import InputError
from litcli.paper import Problem
from litcli.text import squeeze

STDIN = "-"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BZh",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
)
"""How files begin that are no text, whatever else they hold."""
_BINARY = "this is a binary file, not text"
_BINARY_HINT = "save the page as text or HTML first"
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1b")
_LINE_END = re.compile(r"\r\n|\r|\n")
_FOUR_BYTES = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]")
"""A letter outside GBK, such as an accented one, in GB18030."""
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True)
class Page:
    """A source as text: its name, its lines without their ends, and what was wrong with its bytes."""

    name: str
    text: str
    problems: tuple[Problem, ...] = ()

    @cached_property
    def raw_lines(self) -> list[str]:
        """The lines as they stand; index 0 is line 1."""
        return _LINE_END.split(self.text)

    @cached_property
    def lines(self) -> list[str]:
        """The lines, each squeezed: no-break spaces and runs of blanks are one blank, ends are trimmed."""
        return [squeeze(line) for line in self.raw_lines]


def decode(name: str, data: bytes) -> Page:
    """The page that some bytes hold: UTF-8, UTF-16, UTF-32, GB18030 or Windows-1252.

    A few bytes that are not UTF-8 in a page that otherwise is, and a few zeros in any, are replaced and named as a
    problem. Raises InputError for an empty or a binary file.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom) and data != bom:
            return _with_losses(name, data[len(bom) :].decode(encoding, "replace"))
    if not data.strip(b"\x00 \t\r\n\v\f\xef\xbb\xbf\xff\xfe"):
        raise InputError(name, 1, "the file is empty")
    if data.startswith(_SIGNATURES):
        raise InputError(name, 1, _BINARY, _BINARY_HINT)
    wide = _utf16_by_zeros(data) if b"\x00" in data else ""
    if wide:
        return _with_losses(name, data.decode(wide, "replace"))
    if _is_binary(data):
        raise InputError(name, 1, _BINARY, _BINARY_HINT)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", "replace")
        cut = error.end == len(data) and error.reason == "unexpected end of data" and not data[: error.start].isascii()
        if cut or _mostly_utf8(text):
            return _with_losses(name, text)
        text = data.decode("gb18030") if _looks_like_gb18030(data) else _windows_1252(data)
    return _with_losses(name, text) if "\x00" in text else Page(name, text)


def _windows_1252(data: bytes) -> str:
    """Bytes in Windows-1252 as text, its five holes filled as browsers fill them (WHATWG Encoding, windows-1252)."""
    if any(hole in data for hole in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")):
        return "".join(bytes((b,)).decode("cp1252", "ignore") or chr(b) for b in data)
    return data.decode("cp1252")


def _with_losses(name: str, text: str) -> Page:
    text = text.replace("\x00", "\ufffd")
    at = text.find("\ufffd")
    if at < 0:
        return Page(name, text)
    line = len(_LINE_END.findall(text, 0, at)) + 1
    lost = text.count("\ufffd")
    what = "1 character is" if lost == 1 else f"{lost} characters are"
    return Page(
        name, text, (Problem(name, line, f"{what} damaged (not valid in the file's encoding); read as \ufffd", 0),)
    )


def _mostly_utf8(text: str) -> bool:
    lost = text.count("\ufffd")
    return lost * 4 <= sum(not char.isascii() for char in text)


def _utf16_by_zeros(data: bytes) -> str:
    """The byte order of UTF-16 without a mark, "" for anything else: ASCII text has its zeros on one side only."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if max(even, odd) > len(data) // 8 and min(even, odd) * 8 < max(even, odd) and len(data) % 2 == 0:
        return "utf-16-be" if even > odd else "utf-16-le"
    return ""


def _is_binary(data: bytes) -> bool:
    """A tenth of control characters at the beginning, or a zero and a hundredth of them: no encoding of text."""
    head = data[:65536]
    return _controls(head) * 10 > len(head) or (b"\x00" in data and _controls(data) * 100 > len(data))


def _controls(data: bytes) -> int:
    """How many control characters stand in some bytes, white space and escape left out."""
    return len(data) - len(data.translate(None, _CONTROLS))


def _looks_like_gb18030(data: bytes) -> bool:
    """Chinese bytes come in runs of even length; an accented letter of Latin-1 stands alone between ASCII."""
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    if _FOUR_BYTES.search(data):
        return True
    runs = [len(run) for run in _HIGH_RUN.findall(data)]
    return sum(n for n in runs if n % 2 == 0 and n > 2) * 2 > sum(runs)


def read(source: str) -> Page:
    """The page of a file, or of standard input for `-`; its name is the file's own, without its folder.

    Raises InputError where there is nothing to read.
    """
    if source == STDIN:
        return decode("stdin", sys.stdin.buffer.read())
    path = Path(source)
    try:
        return decode(_name(path), path.read_bytes())
    except OSError as error:
        raise InputError(str(path), 1, f"cannot be read: {error.strerror or error}") from None


def _name(path: Path) -> str:
    """A file's own name as text; bytes in it that are none are replaced."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def expand(sources: list[str]) -> Iterator[str]:
    """The files of a list of sources: folders are walked in name order, hidden files in them left out."""
    for source in sources:
        path = Path(source)
        if source != STDIN and path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file())
            yield from (str(p) for p in inside if not any(part.startswith(".") for part in p.relative_to(path).parts))
        else:
            yield source
