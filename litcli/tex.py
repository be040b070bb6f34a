"""Plain Unicode text -> LaTeX that classic BibTeX and pdfLaTeX accept: pure ASCII, every special escaped once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from litcli.text import has_cjk, is_balanced, normalized

SPECIALS = {
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    # OT1 prints ¡ ¿ — for the raw ones (field notes, 3.2).
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", "\\": r"\textbackslash{}",
}  # fmt: skip

# Combining marks and the LaTeX accents of them (ltoutenc, "accents").
ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u0304": "=", "\u0307": ".",
    "\u0306": "u", "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0327": "c", "\u0323": "d", "\u0331": "b",
    "\u0328": "k", "\u0326": "textcommabelow",
}  # fmt: skip
_BELOW = frozenset("\u0327\u0323\u0331\u0328\u0326")
"""Marks under a letter, which keeps its dot."""

LETTERS = {
    "ß": r"{\ss}", "ẞ": "SS", "æ": r"{\ae}", "Æ": r"{\AE}", "œ": r"{\oe}", "Œ": r"{\OE}", "ø": r"{\o}", "Ø": r"{\O}",
    "å": r"{\aa}", "Å": r"{\AA}", "ł": r"{\l}", "Ł": r"{\L}", "ı": r"{\i}", "ȷ": r"{\j}",
    # These have no OT1 form, the default encoding; `\littone` takes them from T1.
    "ð": r"{\littone{\dh}}", "Ð": r"{\littone{\DH}}", "þ": r"{\littone{\th}}", "Þ": r"{\littone{\TH}}",
    "đ": r"{\leavevmode\hbox{d\kern-.25em\raise.55ex\hbox{-}}}",
    "Đ": r"{\leavevmode\hbox{D\kern-.6em\raise.15ex\hbox{-}\kern.2em}}",
    "ŋ": r"{\littone{\ng}}", "Ŋ": r"{\littone{\NG}}",
}  # fmt: skip

SYMBOLS = {
    "\u00a0": "~", "\u202f": r"\,", "\u2009": r"\,", "\u2002": " ", "\u2003": " ",
    "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "", "\u00ad": r"\-", "\u2060": "",
    "‐": "-", "‑": "-", "‒": "--", "–": "--", "—": "---", "―": "---", "−": "{$-$}", "…": r"\dots{}",
    "“": "``", "”": "''", "„": r"{\littone{\quotedblbase}}", "‘": "`", "’": "'",
    "‚": r"{\littone{\quotesinglbase}}", "«": r"{\littone{\guillemetleft}}",
    "»": r"{\littone{\guillemetright}}", "‹": r"{\littone{\guilsinglleft}}", "›": r"{\littone{\guilsinglright}}",
    "′": "{$'$}", "″": "{$''$}",
    "¡": r"\textexclamdown{}", "¿": r"\textquestiondown{}",
    "§": r"{\S}", "¶": r"{\P}", "†": r"\dag{}", "‡": r"\ddag{}", "•": r"\textbullet{}",
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
    "⟩": r"{$\rangle$}", "ℓ": r"{$\ell$}", "ℝ": r"{$\mathbf{R}$}", "µ": r"\textmu{}",
    "⁰": r"{$^0$}", "¹": r"{$^1$}", "²": r"{$^2$}", "³": r"{$^3$}", "⁴": r"{$^4$}", "⁵": r"{$^5$}",
    "⁶": r"{$^6$}", "⁷": r"{$^7$}", "⁸": r"{$^8$}", "⁹": r"{$^9$}", "⁺": r"{$^+$}", "⁻": r"{$^-$}",
    "ⁿ": r"{$^n$}",
    "₀": r"{$_0$}", "₁": r"{$_1$}", "₂": r"{$_2$}", "₃": r"{$_3$}", "₄": r"{$_4$}", "₅": r"{$_5$}",
    "₆": r"{$_6$}", "₇": r"{$_7$}", "₈": r"{$_8$}", "₉": r"{$_9$}", "₋": r"{$_-$}", "₊": r"{$_+$}",
    "（": "(", "）": ")", "，": ", ", "：": ": ", "；": "; ",
}  # fmt: skip

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ϵ": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ϑ": "vartheta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "varsigma", "τ": "tau", "υ": "upsilon",
    "φ": "varphi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta",
    "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma",
    "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "Υ": "Upsilon",
    # Those that look like Latin letters have no command of their own; no formula has two pairs of braces there.
    "ο": "mathrm{{o}}",
    **{greek: f"mathrm{{{{{latin}}}}}" for greek, latin in zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True)},
}  # fmt: skip

OTHER_SCRIPT = r"\litchar"
"""The command for a character that has no LaTeX form; `preamble` defines it."""

OWN_COMMANDS = {
    # XeLaTeX and LuaLaTeX (which know \Umathchar) print the character itself, pdfLaTeX its code point in brackets.
    OTHER_SCRIPT: r"\providecommand{\litchar}[1]{\ifdefined\Umathchar\uppercase{\char" + '"'
    + r"#1 }\else[U+\uppercase{#1}]\fi}",
    r"\littone": r"\providecommand{\littone}[1]{{\fontencoding{T1}\selectfont#1}}",
    # An address that may come within another command's argument, where \url takes no % and no #: they stand escaped in
    # this one. Where it does not, signs that a language has made active (babel) are signs again.
    r"\liturl": r"\providecommand{\litdrop}[1]{}\providecommand{\litread}[1]{\def~{\string~}"
    r"\def\%{\expandafter\litdrop\string\%}\def\#{\expandafter\litdrop\string\#}"
    r"\edef\litaddress{\endgroup\noexpand\url{#1}}\litaddress}"
    r"\providecommand{\liturl}{\begingroup" + "".join(rf"\catcode`\{sign}12" for sign in "~:;!?='\"") + r"\litread}",
}  # fmt: skip
"""Commands of litcli's own, with their definitions."""
_MATH_FALLBACKS = {
    "mathbb": "[1]{\\mathbf{#1}}", "mathfrak": "[1]{\\mathrm{#1}}", "mathscr": "[1]{\\mathcal{#1}}",
    "text": "[1]{{\\mbox{#1}}}", "operatorname": "[1]{\\mathrm{#1}}", "bm": "[1]{\\mathbf{#1}}",
    "boldsymbol": "[1]{\\mathbf{#1}}", "lesssim": "{\\leq}", "gtrsim": "{\\geq}", "leqslant": "{\\leq}",
    "geqslant": "{\\geq}", "varnothing": "{\\emptyset}", "square": "{\\diamond}", "dfrac": "[2]{\\frac{#1}{#2}}",
    "tfrac": "[2]{\\frac{#1}{#2}}",
}  # fmt: skip
"""Math commands of packages, and what stands in for them where a paper does not load the package."""
_MATH_OF_LATEX = frozenset(
    """
    acute aleph angle approx arccos arcsin arctan arg ast asymp backslash bar bigcap bigcup big Big bigg Bigg bigl
    bigr bigoplus bigotimes binom bmod bot breve bullet cap cdot cdots check chi circ clubsuit cong coprod cos
    cosh cot csc cup dagger dashv ddagger ddot ddots deg det diamond diamondsuit dim displaystyle div dot dots
    doteq downarrow ell emptyset ensuremath equiv exists exp flat forall frac frown gcd ge geq gets gg grave hat
    hbar heartsuit hom hookleftarrow hookrightarrow iff Im imath in inf infty int iota jmath ker kern land langle
    lbrace lceil ldots le left leftarrow Leftarrow leftrightarrow Leftrightarrow leq lfloor lg lim liminf limsup
    ll ln lnot log longleftarrow longmapsto longrightarrow Longrightarrow lor mapsto mathbf mathcal mathit mathrm
    mathsf mathtt max mbox mid min mod mp nabla natural ne nearrow neg neq ni not notin odot oint ominus oplus
    otimes overbrace overline overrightarrow parallel partial perp pm pmod pounds Pr prec preceq prime prod propto quad
    qquad rangle rbrace rceil Re rfloor right rightarrow Rightarrow searrow sec setminus sharp sim simeq sin sinh
    smile spadesuit sqcap sqcup sqrt sqsubset sqsubseteq star subset subseteq succ succeq sum sup supset supseteq
    surd swarrow tan tanh textbf textit textrm textsc textstyle textup tilde times to top triangle underbrace
    underline uparrow Uparrow updownarrow vdash vdots vec vee wedge widehat widetilde wp wr
    """.split()
) | {name for name in GREEK.values() if name.isalpha()}
_MATH_COMMAND = re.compile(r"\\([A-Za-z]+)")


def preamble(text: str, *, utf8: bool = True) -> str:
    """The @preamble block that defines what a .bib text uses and LaTeX itself does not know, "" where there is none.

    Every definition is a `\\providecommand`, so that a paper's own, or its packages', wins. With `utf8`, it is for
    Biber, which puts it before the document, where alone LaTeX can be told what a character is.
    """
    used = [definition for command, definition in OWN_COMMANDS.items() if command in text]
    in_math = {name for math in _BRACED_MATH.findall(text) for name in _MATH_COMMAND.findall(math)}
    used += [
        "\\providecommand{\\" + name + "}" + _MATH_FALLBACKS.get(name, "{\\mathrm{" + name + "}}")
        for name in sorted(in_math - _MATH_OF_LATEX)
    ]
    if utf8:
        used += [_BRACKET.format(name=name, code=code) for name, code in _BRACKETS.items() if f"\\{name}" in text]
    declared = [*filter(None, map(_declaration, sorted(set(_BEYOND.findall(text)))))] if utf8 else []
    if declared:
        lacks_t1 = r"\littone" not in text and any("littone" in one for one in declared)
        used += [OWN_COMMANDS[r"\littone"]] * lacks_t1 + [_DECLARE, *declared]
    return "@preamble{{" + "".join(used) + "}}\n" if used else ""


_BEYOND = re.compile("[^\x00-\u017e‘’“”‚„–—…€™•†‡‹›]")
"""Characters in UTF-8 that pdfLaTeX may stop at: all but the Latin of Europe and what prose needs."""
# XeLaTeX and LuaLaTeX (which know \Umathchar) take every character as it is.
_DECLARE = (
    r"\providecommand{\litutf}[3]{\ifdefined\DeclareUnicodeCharacter\ifdefined\Umathchar\else"
    r"\ifcsname u8:\detokenize{#1}\endcsname\else\DeclareUnicodeCharacter{#2}{#3}\fi\fi\fi}"
)
"""The command that says how pdfLaTeX composes a character, if no package has."""


_BRACKETS = {"langle": "27E8", "rangle": "27E9"}
"""Commands of formulas that Biber makes characters, which pdfLaTeX takes for those of text."""
_BRACKET = (
    r"\providecommand{{\lit{name}}}{{\ifdefined\Umathchar\else\DeclareUnicodeCharacter{{{code}}}"
    r"{{\ifmmode\csname {name}\endcsname\else\csname text{name}\endcsname\fi}}\fi}}\lit{name}"
)


def _declaration(char: str) -> str:
    """What tells pdfLaTeX how to print a character; "" for one that it has no letters for."""
    latex = _char(char, [])
    if OTHER_SCRIPT in latex:
        return ""
    # Biber would make the character of its LaTeX again, if the commands stood there by their names.
    latex = re.sub(r"\\([A-Za-z]+) ?", r"\\csname \1\\endcsname ", latex)
    latex = re.sub(r"\\([^A-Za-z])", r"\\csname\\string\1\\endcsname ", latex)
    # A command of its own, so that each is a definition like the others.
    name = r"\litutf" + "".join("abcdefghijklmnop"[int(digit, 16)] for digit in f"{ord(char):04x}")
    return rf"\providecommand{{{name}}}{{\litutf{{{char}}}{{{ord(char):04X}}}{{{latex}}}}}{name}"


MATH = r"(?<!\\)\$(?=\S)(?:[^$\\]|\\.)+?(?<=\S)(?<!\\)\$(?!\d)"
"""The pattern of math between dollars; a price is none."""
_MATH = re.compile(MATH)
_BRACED_MATH = re.compile(rf"\{{{MATH}\}}")
"""Math as it is written; a dollar anywhere else stands in an address."""


def is_math(text: str) -> bool:
    """Whether a text begins with math between dollars; two prices are none."""
    return _MATH.match(text) is not None


@dataclass(frozen=True, slots=True)
class Encoded:
    """LaTeX text, and the characters and commands in it that LaTeX has no form for."""

    text: str
    strange: tuple[str, ...] = ()


def segments(text: str) -> list[tuple[bool, str]]:
    """A text cut into math (`$…$`, with its dollars) and all else, in order; a lone dollar is text."""
    found: list[tuple[bool, str]] = []
    at = 0
    for match in _MATH.finditer(text):
        # BibTeX counts every brace, and LaTeX those without a backslash.
        if not (is_balanced(match[0]) and is_balanced(_ESCAPED_BRACE.sub("", match[0]))):
            continue
        found += [(False, text[at : match.start()]), (True, match[0])]
        at = match.end()
    return [(is_math, part) for is_math, part in [*found, (False, text[at:])] if part]


def encode(text: str, *, braces: bool = True, utf8: bool = False, is_cut: bool = False) -> Encoded:
    """The LaTeX of a plain text: math kept in braces of its own, specials escaped, no character outside ASCII.

    With `braces`, groups in braces are kept as protection where they balance; without, a brace is a brace. What is
    escaped already (`\\&`) is not escaped again. With `utf8`, letters and typographic signs stay as they are. What
    `is_cut` to initials and labels has no sign that would come apart.
    """
    if not _SPECIAL.search(text) and (("{" not in text and "}" not in text) or (braces and is_balanced(text))):
        return Encoded(text)
    strange: list[str] = []
    pieces = []
    text = _TIE_TO_NOTHING.sub(" ", printable(text))
    write = (_as_typed if is_cut else _as_it_is) if utf8 else _char_of_cjk if has_cjk(text) else _char
    keep = braces and is_balanced(_ESCAPED_BRACE.sub("", text))
    for is_math, part in segments(text):
        if is_math and not (len(part) == len("$x$") and not _math_sign(part[1]).isascii()):
            escaped = re.sub(r"(?<!\\)((?:\\\\)*)([%&#])", r"\1\\\2", part)
            # Case change would turn O(n^2) into o(n^2) (field notes, 3.1).
            pieces.append("{" + _math(escaped, strange) + "}")
        else:
            # One character that math has no sign for is no formula.
            pieces.append(_plain(part[1:-1] if is_math else part, keep, strange, write, utf8=utf8))
    # ?` and !` are ligatures for Spanish marks.
    latex = _SPANISH.sub(r"\1{}\2", "".join(pieces))
    if is_cut and not utf8:
        # BibTeX takes a group that begins with a command for one letter, and the dollar of one with math for another.
        latex = _BRACED_MATH.sub(lambda match: "{\\ensuremath{" + match[0][2:-2] + "}}", latex)
    return Encoded(latex, tuple(dict.fromkeys(strange)))


_SPECIAL = re.compile(r"[^ -~]|[\\$&%#_~^<>|\"`']|--")
"""What a text must hold, but for braces, to be anything else in LaTeX than itself."""
_SPANISH = re.compile(r"([?!])([`‘])")
_TIE_TO_NOTHING = re.compile(r"(?<!\S)\u00a0")
_ESCAPED_BRACE = re.compile(r"\\\\|\\[{}]")


def printable(text: str) -> str:
    """Text composed (NFC), without control and format characters; white space among them is a blank."""
    composed = normalized("NFC", text).translate(_TYPE)
    if composed.isascii() and composed.isprintable():
        return composed
    return "".join(
        char if char in SYMBOLS else " " if char.isspace() else ""
        if unicodedata.category(char) in ("Cc", "Cf") or char in _VARIANTS else char
        for char in composed
    )  # fmt: skip


_TYPE = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
"""Two letters in one piece of type, which fonts make by themselves."""
_VARIANTS = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Variation selectors: they choose a look, and say nothing."""


def in_commands(formula: str) -> str:
    """A formula with its Greek letters and its signs as commands, as formulas are typed."""
    if formula.isascii():
        return formula
    pieces = []
    for char, behind in zip(formula, f"{formula[1:]} ", strict=True):
        latex = _math_sign(char)
        # A blank ends a command before a letter.
        ends = latex != char and latex[-1].isalpha() and behind.isascii() and behind.isalpha()
        pieces.append(f"{latex} " if ends else latex)
    return "".join(pieces)


def _math_sign(char: str) -> str:
    if char in GREEK:
        return f"\\{GREEK[char]}"
    symbol = SYMBOLS.get(char, "")
    return symbol[2:-2] if symbol.startswith("{$") else char


def _math(formula: str, strange: list[str]) -> str:
    """A formula in ASCII, what math has no sign for in boxes; what LaTeX has no form for is added to `strange`."""
    typed = in_commands(formula)
    return "".join(char if char.isascii() else rf"\mbox{{{_char(char, strange)}}}" for char in typed)


PASSED = frozenset(
    """
    emph textbf textit textsl textsc textrm texttt textsf textup textmd mbox textsuperscript textsubscript ensuremath
    url underline cite nocite LaTeX LaTeXe TeX
    """.split()
)
"""The commands that a record's text may hold, and that are LaTeX's own (url: of the package that prints addresses)."""
LOGOS = frozenset("LaTeX LaTeXe TeX".split())
"""Those of them that take no argument."""

_PIECE = re.compile(
    r"(?P<url>\\url\{(?P<address>(?:[^{}]++|\{[^{}]*+\})*+)\})|"
    rf"(?P<command>\\(?:(?:{'|'.join(sorted(LOGOS, reverse=True))})(?![A-Za-z])|"
    rf"(?:{'|'.join(sorted(PASSED - LOGOS))})(?=\{{)))"
    r"""
    | (?P<unknown>\\[A-Za-z]+)
    | (?P<escaped>\\[&%$\#_])
    | (?P<brace>\\[{}])
    | (?P<marked>[A-Za-z])(?P<marks>[\u0300-\u036f\u20d0-\u20ff]+)
    | (?P<ligature>---?|``|'')
    | (?P<quote>(?P<opens>(?<![^\s(\[{\-–—/`‘])(?!(?<=[^\s(\[{\-–—/`‘]\{)"\}))?")
    | (?P<any>[^ -~]|[\\{}$&%\#_~^<>|`'-])
    """,
    re.VERBOSE | re.DOTALL,
)


_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”"}
_Write = Callable[[str, list[str]], str]
_BRACES = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}


_JOINED = ("'’‘\"“”`", "-‐‑‒–—―")
"""Signs that LaTeX joins with their neighbours: three of `'` are `''` and `'`, three of `-` are one dash."""
_JOINING = frozenset("".join(_JOINED))


def _apart(match: re.Match[str], latex: str) -> str:
    """The LaTeX of a sign, apart from its neighbour where LaTeX would make another one of the two."""
    before = match.string[match.start() - 1 : match.start()]
    typed = match[0] == before and before in "'`-"
    joined = before and not typed and any(match[0] in signs and before in signs for signs in _JOINED)
    return "{}" + latex if joined else latex


def _plain(text: str, keep_braces: bool, strange: list[str], write: _Write, *, utf8: bool) -> str:
    def one(match: re.Match[str]) -> str:
        char = match[0]
        if match["url"]:
            address = match["address"]
            if not keep_braces:
                return r"\textbackslash{}url" + plain(f"{{{address}}}")
            return url(address).text
        if match["command"] or match["unknown"]:
            if match["command"] and keep_braces:
                return char
            if match["unknown"]:
                strange.append(char)
            return r"\textbackslash{}" + char[1:]
        if match["escaped"]:
            return char
        if match["brace"]:
            return _BRACES[char[1]]
        if match["marks"]:
            # Biber would make an accent a mark again.
            if not utf8 and all(mark in ACCENTS for mark in match["marks"]):
                return "{" + _accented(match["marked"], match["marks"]) + "}"
            return match["marked"] + "".join(write(mark, strange) for mark in match["marks"])
        if match["quote"]:
            # A straight quote opens at the start, after a blank or an opening mark, and closes elsewhere; one that is
            # a group by itself, as BibTeX wants it within quotes, goes by what is before its group.
            return _apart(match, write("”" if match["opens"] is None else "“", strange))
        if match["ligature"] and utf8:
            return _LIGATURES[char]
        if char in "{}":
            return char if keep_braces else _BRACES[char]
        if char in SPECIALS:
            return SPECIALS[char]
        if char in _JOINING:
            return _apart(match, char if char.isascii() else write(char, strange))
        return char if char.isascii() else write(char, strange)

    def plain(part: str) -> str:
        return _PIECE.sub(one, part)

    # Two backslashes are two, whatever follows them.
    parts = re.split(r"((?:\\\\)+)", text)
    return "".join(r"\textbackslash{}" * len(part) if n % 2 else plain(part) for n, part in enumerate(parts))


def _as_it_is(char: str, strange: list[str]) -> str:
    """A character in UTF-8, where no engine stumbles over it; math signs, which pdfLaTeX does not know, as LaTeX."""
    latex = LETTERS.get(char) or SYMBOLS.get(char) or ("{$" if char in GREEK else "")
    if latex.startswith("{$") or char in _INVISIBLE:
        return _char(char, strange)
    if not latex and not _is_latin(char) and not _compatible(char):
        strange.append(char)
    return char


def _as_typed(char: str, strange: list[str]) -> str:
    """A character in UTF-8 even where pdfLaTeX must be told how to print it: Biber cuts a command to its backslash."""
    latex = _as_it_is(char, strange)
    return char if latex.startswith("{$") else latex


_INVISIBLE = frozenset("\u00a0\u202f\u2009\u2002\u2003\u200b\u200c\u200d\ufeff\u00ad\u2060")


def _is_latin(char: str) -> bool:
    """Whether a character is a letter with accents of Latin script, which LaTeX composes by itself."""
    decomposed = unicodedata.normalize("NFD", char)
    return decomposed[0].isascii() and all(mark in ACCENTS for mark in decomposed[1:])


def _char(char: str, strange: list[str]) -> str:
    """The LaTeX of one character outside ASCII, an accented letter in one brace group."""
    if char in LETTERS:
        return LETTERS[char]
    if char in SYMBOLS:
        return SYMBOLS[char]
    if char in GREEK:
        return "{$\\" + GREEK[char] + "$}"
    decomposed = unicodedata.normalize("NFD", char)
    letter, marks = decomposed[0], decomposed[1:]
    if marks and (letter.isascii() or letter in LETTERS) and all(mark in ACCENTS for mark in marks):
        return "{" + _accented(letter, marks) + "}"
    compatible = _compatible(char)
    if compatible:
        return compatible
    return _other_script(char, strange)


def _char_of_cjk(char: str, strange: list[str]) -> str:
    """The LaTeX of a character beside Chinese or Japanese: its punctuation is as wide as its signs."""
    return _other_script(char, strange) if "\uff00" <= char <= "\uffef" else _char(char, strange)


def _other_script(char: str, strange: list[str]) -> str:
    strange.append(char)
    return "{" + f"{OTHER_SCRIPT}{{{ord(char):X}}}" + "}"


def _compatible(char: str) -> str:
    """The LaTeX of a character that is ASCII in another width or type, "" of any other."""
    compatible = unicodedata.normalize("NFKC", char)
    return "".join(SPECIALS.get(part, part) for part in compatible) if compatible.isascii() else ""


def _accented(letter: str, marks: str) -> str:
    dotless = {"i": r"\i", "j": r"\j"} if marks[0] not in _BELOW else {}
    inner = LETTERS[letter].strip("{}") if letter in LETTERS else dotless.get(letter, letter)
    for mark in marks:
        accent = ACCENTS[mark]
        if accent == "k":
            inner = rf"\littone{{\k{{{inner}}}}}"
        elif accent.isalpha() or (inner.startswith("\\") and len(inner) > 2):
            inner = f"\\{accent}{{{inner}}}"
        else:
            inner = f"\\{accent}{inner}"
    return inner


def verbatim(text: str) -> Encoded:
    """A url, DOI or identifier as it stands; what ASCII or a balanced group cannot hold is percent-encoded.

    Only unbalanced braces, backslashes, blanks and characters outside ASCII are touched: RFC 3986 allows none of them.
    A blank behind a comma or a semicolon, or before `http`, stands between two addresses.
    """
    if _ADDRESS.fullmatch(text):
        return Encoded(text)
    odd = r"(?<![,;]) (?!https?:)|[\\\x00-\x1f\x7f-\U0010ffff]" + ("" if is_balanced(text) else "|[{}]")
    return Encoded(re.sub(odd, lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8")), text))


def url(address: str) -> Encoded:
    """The command that prints an address; one that holds a `%` or a `#` in a form that any argument can hold.

    biblatex keeps every field as an argument, and some packages for the classic styles do.
    """
    latex = verbatim(address).text
    if "%" in latex or "#" in latex:
        return Encoded("\\liturl{" + re.sub("[%#]", r"\\\g<0>", latex) + "}")
    return Encoded(f"\\url{{{latex}}}")


_ADDRESS = re.compile(r"[!-\[\]-z|~]*+")
"""What has no blank, no backslash, no brace and no character outside ASCII."""
