"""Plain Unicode text -> LaTeX that classic BibTeX and pdfLaTeX accept: pure ASCII, every special escaped once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_SPECIALS = {
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    # OT1 prints ¡ ¿ — for the raw ones (field notes, 3.2).
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", "\\": r"\textbackslash{}",
}  # fmt: skip

# Combining marks and the LaTeX accents of them (LaTeX2e, section "Accents"); \k and \textcommabelow need more than OT1.
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u0304": "=", "\u0307": ".",
    "\u0306": "u", "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0327": "c", "\u0323": "d", "\u0331": "b",
}  # fmt: skip

_LETTERS = {
    "ß": r"{\ss}", "ẞ": "SS", "æ": r"{\ae}", "Æ": r"{\AE}", "œ": r"{\oe}", "Œ": r"{\OE}", "ø": r"{\o}",
    "Ø": r"{\O}", "å": r"{\aa}",
    "Å": r"{\AA}", "ł": r"{\l}", "Ł": r"{\L}", "ı": r"{\i}", "ȷ": r"{\j}",
    # These have no OT1 form; the usual stand-ins print in every encoding.
    "đ": r"{\leavevmode\hbox{d\kern-.25em\raise.55ex\hbox{-}}}",
    "Đ": r"{\leavevmode\hbox{D\kern-.6em\raise.15ex\hbox{-}\kern.2em}}",
}  # fmt: skip

_SYMBOLS = {
    "\u00a0": "~", "\u202f": r"\,", "\u2009": r"\,", "\u2002": " ", "\u2003": " ",
    "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "", "\u00ad": r"\-", "\u2060": "",
    "‐": "-", "‑": "-", "‒": "--", "–": "--", "—": "---", "―": "---", "−": "{$-$}", "…": r"\dots{}",
    "“": "``", "”": "''", "„": ",,", "‘": "`", "’": "'", "‚": ",", "«": r"\guillemetleft{}",
    "»": r"\guillemetright{}", "′": "{$'$}", "″": "{$''$}",
    "¡": "!`", "¿": "?`", "§": r"\S{}", "¶": r"\P{}", "†": r"\dag{}", "‡": r"\ddag{}", "•": r"\textbullet{}",
    "·": r"\textperiodcentered{}",
    "©": r"\textcopyright{}", "®": r"\textregistered{}", "™": r"\texttrademark{}", "£": r"\pounds{}",
    "€": r"\texteuro{}", "¥": r"\textyen{}",
    "°": r"{$^\circ$}", "ª": r"\textordfeminine{}", "º": r"\textordmasculine{}", "½": r"{$\frac{1}{2}$}",
    "¼": r"{$\frac{1}{4}$}", "¾": r"{$\frac{3}{4}$}",
    "×": r"{$\times$}", "÷": r"{$\div$}", "±": r"{$\pm$}", "∓": r"{$\mp$}",
    "∗": "*", "∞": r"{$\infty$}", "≈": r"{$\approx$}",
    "≠": r"{$\neq$}", "≤": r"{$\leq$}", "≥": r"{$\geq$}", "≪": r"{$\ll$}", "≫": r"{$\gg$}", "≡": r"{$\equiv$}",
    "∼": r"{$\sim$}", "≃": r"{$\simeq$}", "∝": r"{$\propto$}",
    "→": r"{$\rightarrow$}", "←": r"{$\leftarrow$}", "↔": r"{$\leftrightarrow$}", "⇒": r"{$\Rightarrow$}",
    "⇔": r"{$\Leftrightarrow$}", "↑": r"{$\uparrow$}", "↓": r"{$\downarrow$}",
    "∈": r"{$\in$}", "∉": r"{$\notin$}", "⊂": r"{$\subset$}", "⊆": r"{$\subseteq$}", "∪": r"{$\cup$}",
    "∩": r"{$\cap$}", "∅": r"{$\emptyset$}", "∀": r"{$\forall$}", "∃": r"{$\exists$}",
    "∑": r"{$\sum$}", "∏": r"{$\prod$}", "∫": r"{$\int$}", "√": r"{$\surd$}", "∂": r"{$\partial$}",
    "∇": r"{$\nabla$}", "⊕": r"{$\oplus$}", "⊗": r"{$\otimes$}", "∘": r"{$\circ$}",
    "⋆": r"{$\star$}", "★": r"{$\star$}", "⊥": r"{$\perp$}", "∥": r"{$\parallel$}", "⟨": r"{$\langle$}",
    "⟩": r"{$\rangle$}", "ℓ": r"{$\ell$}", "ℝ": r"{$\mathbf{R}$}", "µ": r"{$\mu$}", "ﬁ": "fi", "ﬂ": "fl",
    "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl",
    "⁰": r"{$^0$}", "¹": r"{$^1$}", "²": r"{$^2$}", "³": r"{$^3$}", "⁴": r"{$^4$}", "⁵": r"{$^5$}",
    "⁶": r"{$^6$}", "⁷": r"{$^7$}", "⁸": r"{$^8$}", "⁹": r"{$^9$}", "⁺": r"{$^+$}", "⁻": r"{$^-$}",
    "ⁿ": r"{$^n$}",
    "₀": r"{$_0$}", "₁": r"{$_1$}", "₂": r"{$_2$}", "₃": r"{$_3$}", "₄": r"{$_4$}", "₅": r"{$_5$}",
    "₆": r"{$_6$}", "₇": r"{$_7$}", "₈": r"{$_8$}", "₉": r"{$_9$}",
    "（": "(", "）": ")", "，": ", ", "：": ": ", "；": "; ",
}  # fmt: skip

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ϵ": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ϑ": "vartheta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "varsigma", "τ": "tau", "υ": "upsilon",
    "φ": "varphi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta",
    "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma",
    "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "Υ": "Upsilon",
}  # fmt: skip

OTHER_SCRIPT = r"\litchar"
"""The command for a character that has no LaTeX form; `PREAMBLE` defines it."""

PREAMBLE = (
    r"@preamble{{\providecommand{\litchar}[1]{\ifdefined\Umathchar\uppercase{\char"
    "" + '"' + r"""#1 }\else[U+\uppercase{#1}]\fi}}}"""
)
"""XeLaTeX and LuaLaTeX (which know \\Umathchar) print the character itself, pdfLaTeX its code point in brackets."""

_MATH = re.compile(r"(?<!\\)\$(?=\S)((?:[^$\\]|\\.)+?)(?<=\S)(?<!\\)\$(?!\d)")
_OWN_COMMAND = re.compile(
    r"\\(?:emph|textbf|textit|textsc|textrm|texttt|textsf|mbox|textsuperscript|textsubscript|ensuremath|url)(?=\{)"
)


@dataclass(frozen=True, slots=True)
class Encoded:
    """LaTeX text, and the characters in it that have no LaTeX form of their own."""

    text: str
    strange: tuple[str, ...] = ()


def segments(text: str) -> list[tuple[bool, str]]:
    """A text cut into math (`$…$`, with its dollars) and all else, in order; a lone dollar is text."""
    found: list[tuple[bool, str]] = []
    at = 0
    for match in _MATH.finditer(text):
        if not _balanced(match[1]):
            continue
        found += [(False, text[at : match.start()]), (True, match[0])]
        at = match.end()
    return [(is_math, part) for is_math, part in [*found, (False, text[at:])] if part]


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def encode(text: str, *, braces: bool = True) -> Encoded:
    """The LaTeX of a plain text: math kept in braces of its own, specials escaped, no character outside ASCII.

    With `braces`, groups in braces are kept as protection where they balance; without, a brace is a brace.
    """
    strange: list[str] = []
    pieces = []
    keep = braces and _balanced(text)
    for is_math, part in segments(text):
        if is_math:
            # Case change would turn O(n^2) into o(n^2) (field notes, 3.1).
            pieces.append("{" + _map(part, lambda char: _math_char(char, strange)) + "}")
        else:
            pieces.append(_plain(part, keep, strange))
    return Encoded("".join(pieces), tuple(dict.fromkeys(strange)))


def _math_char(char: str, strange: list[str]) -> str:
    if char.isascii():
        return char
    if char in _GREEK:
        return f"\\{_GREEK[char]} "
    symbol = _SYMBOLS.get(char, "")
    if symbol.startswith("{$"):
        return symbol[2:-2] + " "
    return r"\mbox{" + _char(char, strange) + "}"


def _map(text: str, change: Callable[[str], str]) -> str:
    return "".join(change(char) for char in text)


def _plain(text: str, keep_braces: bool, strange: list[str]) -> str:
    pieces = []
    opening = True
    composed = unicodedata.normalize("NFC", text)
    at = 0
    while at < len(composed):
        char = composed[at]
        command = _OWN_COMMAND.match(composed, at) if char == "\\" and keep_braces else None
        if command:
            pieces.append(command[0])
            at = command.end()
            continue
        if char in "{}":
            pieces.append(char if keep_braces else r"\textbraceleft{}" if char == "{" else r"\textbraceright{}")
        elif char == '"':
            # A straight quote opens after a blank or a bracket and closes elsewhere.
            opening = at == 0 or composed[at - 1] in " ([{-–—/`‘\u00a0"
            pieces.append("``" if opening else "''")
        elif char in _SPECIALS:
            pieces.append(_SPECIALS[char])
        else:
            pieces.append(char if char.isascii() else _char(char, strange))
        at += 1
    return "".join(pieces)


def _char(char: str, strange: list[str]) -> str:
    """The LaTeX of one character outside ASCII, an accented letter in one brace group."""
    if char in _LETTERS:
        return _LETTERS[char]
    if char in _SYMBOLS:
        return _SYMBOLS[char]
    if char in _GREEK:
        return "{$\\" + _GREEK[char] + "$}"
    decomposed = unicodedata.normalize("NFD", char)
    letter, marks = decomposed[0], decomposed[1:]
    if marks and (letter.isascii() or letter in _LETTERS) and all(mark in _ACCENTS for mark in marks):
        return "{" + _accented(letter, marks) + "}"
    if unicodedata.combining(char):
        strange.append(char)
        return ""
    compatible = unicodedata.normalize("NFKC", char)
    if compatible != char and compatible.isascii():
        return "".join(_SPECIALS.get(part, part) for part in compatible)
    strange.append(char)
    return "{" + f"{OTHER_SCRIPT}{{{ord(char):X}}}" + "}"


def _accented(letter: str, marks: str) -> str:
    inner = {"i": r"\i", "j": r"\j"}.get(letter, letter) if marks[0] not in "\u0327\u0323\u0331" else letter
    inner = _LETTERS[letter].strip("{}") if letter in _LETTERS else inner
    for mark in marks:
        accent = _ACCENTS[mark]
        inner = (
            f"\\{accent}{{{inner}}}"
            if accent.isalpha() or (inner.startswith("\\") and len(inner) > 2)
            else f"\\{accent}{inner}"
        )
    return inner


def verbatim(text: str) -> Encoded:
    """A url, DOI or identifier as it stands; what ASCII or a balanced group cannot hold is percent-encoded.

    Only unbalanced braces, blanks and characters outside ASCII are touched: RFC 3986 allows none of them.
    """
    balanced = _balanced(text)
    pieces = []
    for char in text:
        if char.isspace() or not char.isascii() or (char in "{}" and not balanced):
            pieces += [f"%{byte:02X}" for byte in char.encode("utf-8")]
        else:
            pieces.append(char)
    return Encoded("".join(pieces))


# --- LaTeX -> Unicode -------------------------------------------------------------------------------------

_MARKS = {accent: mark for mark, accent in _ACCENTS.items()} | {"k": "\u0328"}
_NAMED = {
    **{latex.strip("{}")[1:]: char for char, latex in _LETTERS.items() if re.fullmatch(r"\{\\[A-Za-z]+\}", latex)},
    **{latex[1:-2]: char for char, latex in {**_SYMBOLS, **_SPECIALS}.items() if re.fullmatch(r"\\[A-Za-z]+\{\}", latex)},
    **{name: char for char, name in _GREEK.items()},
    "ldots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "textquotedbl": '"', "textquotesingle": "'", "quotedblbase": "„",
    "textasciicircum": "^", "textasciitilde": "~", "dj": "đ", "DJ": "Đ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "ng": "ŋ",
    "NG": "Ŋ", "textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_", "textdollar": "\\$",
    "textbraceleft": "\\{", "textbraceright": "\\}", "textexclamdown": "¡", "textquestiondown": "¿", "textmu": "µ",
    "textregistered": "®", "texttimes": "×", "textdegree": "°", "aa": "å", "AA": "Å", "P": "¶", "S": "§", "slash": "/",
    "guillemotleft": "«", "guillemotright": "»", "textsterling": "£", "pounds": "£", "euro": "€", "copyright": "©",
    "infty": "∞", "times": "×", "pm": "±", "rightarrow": "→", "leq": "≤", "geq": "≥", "neq": "≠", "approx": "≈", "relax": "",
}  # fmt: skip
_DECODE = re.compile(
    r"""
      (?P<math> (?<!\\)\$(?:[^$\\]|\\.)+\$ | \\\((?P<round>(?:[^\\]|\\[^)])*)\\\) )
    | \\litchar\{(?P<code>[0-9A-Fa-f]+)\}
    | \\ensuremath\{\\(?P<ensured>[A-Za-z]+)\}
    | \\(?P<accent>[`'^"~=.]|[uvHrcdbk](?![A-Za-z]))\s*(?P<on>\{\s*\\?[^{}\\]{0,2}\s*\}|\\[A-Za-z]+(?:\{\})?\s?|[^\s{}\\])
    | \\(?P<name>[A-Za-z]+)(?P<after>\{\}|\s+(?=[^\s])|(?![A-Za-z]))
    | \\(?P<sign>[&%#_$ ,/;:!-])
    | (?P<dashes>-{2,3}) | (?P<quotes>``|\'\') | (?P<tie>~)
    """,
    re.VERBOSE,
)
_SIGNS = {" ": " ", ",": "\u2009", "/": "", ";": " ", ":": " ", "!": "", "-": ""}


def decode(latex: str) -> str:
    """The record text of a LaTeX value: Unicode, `$…$` math kept, groups in braces kept as protection.

    A group that only holds one accented or special letter is that letter. What is not known stays as it stands.
    A literal dollar stays `\\$` where it could be read as math.
    """
    if "\\" not in latex and not any(sign in latex for sign in ("--", "``", "''", "~", "{")):
        return " ".join(latex.split())
    text = _DECODE.sub(_decoded, latex)
    # `{\"u}` and `{ü}` are letters, not protection; so is the group round math, which export puts there itself.
    text = re.sub(r"\{([^{}\x00-\x7f]|\$(?:[^$\\]|\\.)+\$|)\}", r"\1", text)
    return unicodedata.normalize("NFC", " ".join(text.replace("\u00a0", "\0").split()).replace("\0", "\u00a0"))


def _decoded(match: re.Match[str]) -> str:
    """What one piece of LaTeX means."""
    if match["math"]:
        return f"${match['round']}$" if match["round"] is not None else match["math"]
    if match["code"]:
        return chr(int(match["code"], 16))
    if match["ensured"]:
        return _NAMED.get(match["ensured"], f"$\\{match['ensured']}$")
    if match["accent"]:
        letter = match["on"].strip("{} ").removesuffix("{}").strip()
        letter = _NAMED.get(letter[1:], letter) if letter.startswith("\\") else letter
        letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
        if len(letter) != 1:
            return match[0] if letter else f"{match['accent']}"
        return unicodedata.normalize("NFC", letter + _MARKS[match["accent"]])
    if match["name"]:
        known = _NAMED.get(match["name"])
        return match[0] if known is None else known
    if match["sign"]:
        return _SIGNS.get(match["sign"], match["sign"] if match["sign"] != "$" else "\\$")
    if match["dashes"]:
        return "–" if len(match["dashes"]) == 2 else "—"
    if match["quotes"]:
        return "“" if match["quotes"] == "``" else "”"
    return "\u00a0"
