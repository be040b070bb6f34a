"""The bytes of a source -> a `Page`: lines of text, whatever the encoding, and of HTML what its reader sees."""

from __future__ import annotations

import codecs
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from litcli.errors import InputError
from litcli.paper import Problem
from litcli.text import squeeze

if TYPE_CHECKING:
    from litcli.html import Layout

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
_ARCHIVE = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?content-type:\s*multipart/related", re.IGNORECASE)
_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_OPENING_TAG = re.compile(r"\s*<")
_NO_TEXT_HINT = "scripts draw what it shows; save it from the browser once it is there, or copy its text"
_BINARY = "this is a binary file, not text"
_BINARY_HINT = "save the page as text or HTML first"
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1b")
_LINE_END = re.compile(r"\r\n|\r|\n")
_OTHER_LINE_END = re.compile("[\x85\u2028\u2029]")
"""Among usual line ends they are a mark within a line; alone they are the line ends that there are."""
_DECLARED = re.compile(
    rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{3,40})|<\?xml\s[^>]{0,100}?encoding\s*=\s*[\"']([\w:.-]{3,40})",
    re.IGNORECASE,
)
_DECODERS = {
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb18030", "gb_2312-80", "chinese"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean", "windows-949"), "cp949"),
    "euc-jp": "euc-jp",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "tis-620": "cp874",
    "macintosh": "mac-roman",
}
"""The older encodings that a page may declare, by the names of the WHATWG's Encoding Standard."""
_NUMBERED = re.compile(r"(?:windows-|cp|x-cp)(125[013-8]|874)|iso-?8859-?(?:[2-8]|1[0-6])")
"""The families of encodings with one byte a letter, but those of Latin letters that everything is declared to be in."""
_FOUR_BYTES = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]")
"""A letter outside GBK, such as an accented one, in GB18030."""
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True)
class Page:
    """A source as text: its name, its lines without their ends, and what was wrong with its bytes.

    A page of HTML is the text that its reader sees, and `layout` says what the text does not.
    """

    name: str
    text: str
    problems: tuple[Problem, ...] = ()
    layout: Layout | None = None

    @cached_property
    def raw_lines(self) -> list[str]:
        """The lines as they stand; index 0 is line 1."""
        return _LINE_END.split(self.text) if _LINE_END.search(self.text) else _OTHER_LINE_END.split(self.text)

    @cached_property
    def lines(self) -> list[str]:
        """The lines, each squeezed: no-break spaces and runs of blanks are one blank, ends are trimmed."""
        return [squeeze(line) for line in self.raw_lines]


def decode(name: str, data: bytes) -> Page:
    """The page that some bytes hold: text, HTML, or an archive that a browser made of a page.

    Text may be in UTF-8, UTF-16, UTF-32, GB18030, Windows-1252, or what its HTML declares. A few bytes that are not
    UTF-8 in a page that otherwise is, and a few zeros in any, are replaced and named as a problem. Raises InputError
    for an empty or a binary file.
    """
    if _ARCHIVE.match(data):
        data, address = _from_archive(data)
        return _as_its_reader_sees_it(_decoded(name, data), address)
    return _as_its_reader_sees_it(_decoded(name, data))


def _from_archive(data: bytes) -> tuple[bytes, str]:
    """The HTML within a page that a browser saved as one file (MHTML, RFC 2557), and the page's address."""
    from email import message_from_bytes

    archive = message_from_bytes(data)
    for part in archive.walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            return content, str(part["Content-Location"] or archive["Snapshot-Content-Location"] or "")
    return data, ""


def _as_its_reader_sees_it(found: Page, address: str = "") -> Page:
    """The page, laid out where it is HTML."""
    is_named_so = found.name.lower().endswith(_HTML_SUFFIXES)
    if not (is_named_so or _OPENING_TAG.match(found.text)):
        return found
    from litcli import html

    if not html.is_html(found.text, is_named_so=is_named_so):
        return found
    layout = html.lay_out(found.text, address)
    if not layout.text.strip():
        raise InputError(found.name, 1, "this page of HTML has no text", _NO_TEXT_HINT)
    return replace(found, text=layout.text, layout=layout)


def _decoded(name: str, data: bytes) -> Page:
    """The page of some bytes as text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom) and data != bom:
            return _with_losses(name, data[len(bom) :].decode(encoding, "replace"))
    if not data.strip(b"\x00 \t\r\n\v\f\xef\xbb\xbf\xff\xfe"):
        raise InputError(name, 1, "the file is empty")
    if data.startswith(_SIGNATURES):
        raise InputError(name, 1, _BINARY, _BINARY_HINT)
    wide = _utf16_by_zeros(data) or _utf16_by_letters(data) if b"\x00" in data else ""
    if wide:
        return _with_losses(name, data.decode(wide, "replace"))
    if _is_binary(data):
        raise InputError(name, 1, _BINARY, _BINARY_HINT)
    return _with_losses(name, _text(data))


def _text(data: bytes) -> str:
    """Bytes in UTF-8 or an older encoding as text; what is not valid is U+FFFD."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", "replace")
        cut = error.end == len(data) and error.reason == "unexpected end of data" and not data[: error.start].isascii()
        if cut or _mostly_utf8(text):
            return text
    declared = _declared(data)
    if declared:
        text = data.decode(declared, "replace")
        if _mostly_utf8(text):
            return text
    return data.decode("gb18030") if _looks_like_gb18030(data) else _windows_1252(data)


def _declared(data: bytes) -> str:
    """The codec that a page's head asks for, "" where it asks for none or for what is said of pages in any encoding."""
    found = _DECLARED.search(data, 0, 4096)
    name = (found[1] or found[2]).decode("ascii", "replace").lower() if found else ""
    if numbered := _NUMBERED.fullmatch(name):
        return f"cp{numbered[1]}" if numbered[1] else name
    return _DECODERS.get(name, "")


def _windows_1252(data: bytes) -> str:
    """Bytes in Windows-1252 as text, its five holes filled as browsers fill them (WHATWG Encoding, windows-1252)."""
    if any(hole in data for hole in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")):
        return "".join(bytes((b,)).decode("cp1252", "ignore") or chr(b) for b in data)
    return data.decode("cp1252")


def _with_losses(name: str, text: str) -> Page:
    """The page, and a problem that tells where its first damaged character is."""
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


def _utf16_by_letters(data: bytes) -> str:
    """The byte order of UTF-16 without a mark in a script that is not Latin, "" for anything else.

    In the wrong order, and of other bytes, some characters are none: unassigned, private or half of a pair.
    """
    if len(data) % 2 or data.isascii() or _is_utf8(data):
        return ""
    orders = [order for order in ("utf-16-le", "utf-16-be") if _is_sense(data[:65536].decode(order, "replace"))]
    return orders[0] if len(orders) == 1 else ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_sense(text: str) -> bool:
    """Whether a text has line ends or blanks and nothing but assigned characters."""
    return re.search(r"[\n ]", text) is not None and not any(
        (char not in "\n\r\t" and unicodedata.category(char)[0] == "C") or char == "\ufffd" for char in text
    )


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
        hint = "look at the path and at the right to read it; - stands for what comes through a pipe"
        raise InputError(str(path), 1, f"cannot be read: {error.strerror or error}", hint) from None


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
