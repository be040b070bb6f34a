"""Characters: lost ones, invisible ones, those of HTML, and UTF-8 that was read as something else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from litcli import tex
from litcli.check.finding import Fault, Subject, changed, each_changed, shown
from litcli.text import clean, squeeze

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")
_BLANKS = re.compile(r"[^\S\u00a0\u202f\u2009]{2,}|[\t\n\r\v\f\x85\u2028\u2029]|[\u00a0\u202f\u2009\s]{2,}")


def _visible(text: str) -> str:
    return _INVISIBLE.sub("", text)


def _tidy(text: str) -> str:
    if "  " not in text and text.isprintable() and not text.startswith(" ") and not text.endswith(" "):
        return text
    return _BLANKS.sub(" ", text).strip()


def invisible_character(subject: Subject) -> Iterator[Fault]:
    if not subject.is_printable:
        for field, pieces in subject.texts.items():
            found = [char for piece in pieces for char in _INVISIBLE.findall(piece)]
            if found:
                points = ", ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(found))
                yield Fault(field, f"invisible characters: {points}", changed(subject.paper, field, _visible))


def stray_blanks(subject: Subject) -> Iterator[Fault]:
    for field, pieces in subject.printed.items():
        for piece in pieces:
            after = _tidy(piece)
            if after != piece:
                yield Fault(field, f"stray blanks in {piece[:50]!r}", changed(subject.paper, field, _tidy))
                break


_LOST = "\ufffd"
"""What a decoder writes for bytes that it cannot read."""


def lost_character(subject: Subject) -> Iterator[Fault]:
    if _LOST not in subject.all_text:
        return
    for field, pieces in subject.texts.items():
        for piece in pieces:
            if _LOST in piece:
                yield Fault(field, f"a character is lost (U+FFFD) in {shown(piece, piece.index(_LOST))}; restore it")
                break


@lru_cache(maxsize=65536)
def _lacks_form(char: str) -> bool:
    return bool(tex.encode(char).strange)


def no_latex_form(subject: Subject) -> Iterator[Fault]:
    if subject.all_text.isascii():
        return
    for field, pieces in subject.printed.items():
        text = "\n".join(pieces)
        if text.isascii() or not any(not char.isascii() and _lacks_form(char) for char in set(text)):
            continue
        odd = [char for char in tex.encode(text).strange if not char.startswith("\\")]
        if odd:
            told = ", ".join(f"{char} (U+{ord(char):04X})" for char in odd[:3])
            more = f" and {len(odd) - 3} more" if len(odd) > 3 else ""
            yield Fault(field, f"bibtex has no form for {told}{more}; use biblatex, XeLaTeX or LuaLaTeX")


_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_OTHER_TAG = re.compile(
    r"</?(?:p|br|div|a|math|inline-formula|title|sec|h[1-6]|li|ul|ol|img|font|small)(?:\s[^<>]*)?/?>"
)


_LESS = "\ue000"
"""What stands for a formula's `<` while tags are looked for: `$a<b>c$` has none."""


def _without_html(text: str) -> str:
    if "<" not in text and not ("&" in text and _ENTITY.search(text)):
        return text
    shielded = _shielded(text)
    plain = clean(shielded)
    return text if plain == squeeze(unicodedata.normalize("NFC", shielded)) else plain.replace(_LESS, "<")


def _shielded(text: str) -> str:
    if "$" not in text:
        return text
    return "".join(part.replace("<", _LESS) if is_math else part for is_math, part in tex.segments(text))


def html(subject: Subject) -> Iterator[Fault]:
    if "<" not in subject.all_text and "&" not in subject.all_text:
        return
    yield from each_changed(subject, _without_html, "HTML in {}; it says {}")
    for field, pieces in subject.printed.items():
        tags = [tag for piece in pieces for tag in _OTHER_TAG.findall(_shielded(_without_html(piece)))]
        if tags:
            yield Fault(field, f"HTML's {tags[0]} is printed as text; write what it means")


# The bytes 80 to BF as Windows-1252 and Latin-1 show them: the tail of a UTF-8 sequence that was read as one of these.
_TAIL_BYTES = {
    char: byte
    for byte in range(0x80, 0xC0)
    for char in {bytes((byte,)).decode("cp1252", "ignore") or chr(byte), bytes((byte,)).decode("latin-1")}
}
_TAIL = "[" + re.escape("".join(sorted(_TAIL_BYTES))) + "]"
_MISREAD = re.compile(
    rf"(?P<two>[Â-Å]{_TAIL})|(?P<many>(?:[Î-Ñ]{_TAIL}){{2,}})|â[€„ˆ‰‚\x80\x82\x84]{_TAIL}|ï[»¬]{_TAIL}"
    rf"|ð(?:{_TAIL}){{3}}|(?P<cjk>(?:[ã-í](?:{_TAIL}){{2}}){{2,}})"
)
_BEHIND = frozenset("”“’‘–—…»«›‹•·\u00a0¡¿†‡‰™")
"""Characters that may stand behind a capital at a word's end, so that `KESÄ–` is Finnish and not spoilt."""


def _read_again(text: str) -> str:
    """A text in which UTF-8 was read as Windows-1252 or Latin-1, read as UTF-8."""
    return text if text.isascii() else _MISREAD.sub(_decoded, text)


def _decoded(match: re.Match[str]) -> str:
    run = match[0]
    if match["two"] and run[1] in _BEHIND and run[0] != "Â":
        before = match.string[max(0, match.start() - 1) : match.start()]
        after = match.string[match.end() : match.end() + 1]
        if before.isupper() or not (before.islower() or after.islower()):
            return run
    data = bytes(_TAIL_BYTES.get(char, ord(char) & 0xFF) for char in run)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return run
    return run if any(unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") for char in text) else text


def mojibake(subject: Subject) -> Iterator[Fault]:
    if not subject.all_text.isascii():
        yield from each_changed(subject, _read_again, "{} is UTF-8 that was read as Windows-1252; it says {}")
