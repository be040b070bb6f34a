"""Text as it is cleaned, folded and compared: one place for each."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import Literal

# Letters that Unicode does not decompose, by their usual ASCII spelling (DIN 5007, ISO 9 and MARC practice).
_LETTERS = str.maketrans(
    {
        "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
        "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L",
        "ı": "i", "ħ": "h", "Ħ": "H", "ŋ": "n", "Ŋ": "N", "ŧ": "t", "Ŧ": "T", "ĸ": "k", "ə": "e",
        "ʻ": "'", "ʼ": "'", "’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "\u00ad": "", "\u200b": "", "\ufeff": "",
    }
)  # fmt: skip

_KANA_MARKS = "\u3099\u309a"
_BRACE = re.compile(r"[{}]")
_TOKEN = re.compile(r"[^\W_]+")
_TAG = re.compile(
    r"</?(?:scp|i|b|u|em|strong|sub|sup|tt|span|sc|italic|bold|mml:\w+|jats:\w+)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_RAISED = re.compile(r"<(?P<tag>(?:jats:)?su(?:b|p))(?:\s[^<>]*)?>(?P<text>[^<>]+)</(?P=tag)>", re.IGNORECASE)
_HIGH = dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_LOW = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_LEFT_OVER_NEWLINE = re.compile(
    r"(?P<math>\$[^\s$](?:[^$]*[^\s$])?\$)|"
    r"\\n(?!(?:abla|atural|e|earrow|eg|eq|ewline|ewcommand|exists|geq|i|leq|mid|ocite|oindent|onumber|ormalsize|ot|otin|"
    r"parallel|rightarrow|subseteq|u|warrow)(?![A-Za-z]))"
)
"""A `\\n` that was meant as a line end; not in math, nor where a LaTeX command begins with it (`\\nu`, `\\neq`)."""
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
"""The control characters that are not white space."""


def is_text(text: str) -> bool:
    """Whether UTF-8 can say it: bytes of the command line that are no text reach Python as lone surrogates."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def squeeze(text: str) -> str:
    """One line: every run of white space (no-break spaces too) becomes a blank, control characters go."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACE.sub(" ", _CONTROL.sub("", text)).strip()


_MANY_MARKS = re.compile(r"[^\w\s\x00-\x7f]{31,}")


def normalized(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
    """A text in a normal form; one with more than 30 marks on a letter in its stream-safe variant (UAX 15, section 13).

    The time of the bare form grows with the square of the number of marks.
    """
    return text if text.isascii() else unicodedata.normalize(form, _MANY_MARKS.sub(_apart, text))


def _apart(run: re.Match[str]) -> str:
    """A run of signs with a joiner behind every thirty marks."""
    pieces, marks = [], 0
    for char in run[0]:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > 30:
            pieces.append("\u034f")
            marks = 1
        pieces.append(char)
    return "".join(pieces)


def clean(text: str) -> str:
    r"""What a page's line says: markup tags and entities resolved, a literal `\n` a blank, one line, NFC."""
    if "<" in text:
        text = _TAG.sub("", _RAISED.sub(_raised, text))
    if "&" in text:
        text = html.unescape(text)
    text = _LEFT_OVER_NEWLINE.sub(lambda match: match["math"] or " ", text)
    return squeeze(normalized("NFC", text))


def _raised(match: re.Match[str]) -> str:
    # A power is more than a look: 10<sup>5</sup> is not 105.
    said = html.unescape(match["text"])
    raised = superscript(said) if match["tag"][-1] in "pP" else subscript(said)
    return match["text"] if raised == said else raised


def superscript(text: str) -> str:
    """A text above the line, where it is all digits, signs and `n`, which have such characters; else as it stands."""
    return "".join(map(_HIGH.__getitem__, text)) if _HIGH.keys() >= set(text) else text


def subscript(text: str) -> str:
    """A text below the line, where it is all digits and signs, which have such characters; else as it stands."""
    return "".join(map(_LOW.__getitem__, text)) if _LOW.keys() >= set(text) else text


def ascii_fold(text: str) -> str:
    """Letters without their accents, in ASCII where there is a usual spelling; other scripts stay."""
    if text.isascii():
        return text
    decomposed = normalized("NFKD", text.translate(_LETTERS))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char) or char in _KANA_MARKS)
    # Hangul syllables and kana with their marks are letters of their own: NFKD took them apart, NFC joins them.
    return normalized("NFC", plain.translate(_LETTERS))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Text as it is compared: accents, case, width, hyphen and quote kinds folded."""
    return ascii_fold(text).casefold()


def tokens(text: str) -> list[str]:
    """The folded words of a text: runs of letters and digits."""
    return _TOKEN.findall(fold(text))


def has_cjk(text: str) -> bool:
    """Whether a text holds a script that is written without blanks between words."""
    return not text.isascii() and _cjk().search(text) is not None


@lru_cache(maxsize=1)
def _cjk() -> re.Pattern[str]:
    # It takes longer to compile than all other patterns here, and most commands never ask.
    return re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff\u0e00-\u0eff\u1000-\u109f]")


@lru_cache(maxsize=65536)
def title_key(title: str) -> str:
    """A title as it is compared: folded words joined by blanks, without braces, math signs and commands."""
    if "\\" in title or "$" in title or "<" in title:
        title = re.sub(r"\\[A-Za-z]+\s*|[{}$\\]", "", _TAG.sub("", title))
    title = title.replace("{", "").replace("}", "")
    # C++, C# and A* differ from C and A by their sign alone; a plus as in DefSent+ tells a sequel apart.
    title = re.sub(r"(?<=\w)(\+\+|#|\+|\*)(?!\w)", lambda m: {"#": " sharp"}.get(m[1], " plus" * (m[1] != "*")), title)
    return " ".join(tokens(title))


def is_balanced(text: str) -> bool:
    """Whether each brace has its partner."""
    depth = 0
    for brace in _BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0
