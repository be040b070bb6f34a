"""LaTeX as it stands in .bib files -> the plain Unicode text of a record: the way back of `tex`.

Accents, letters, symbols, quotes and dashes become characters; `$…$` stays math; a group in braces stays,
as protection, unless a command in it makes one letter of it. A raw `%` or `&` is text. What no rule knows
stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from litcli import tex
from litcli.text import is_balanced, normalized

_MARKS = {accent: mark for mark, accent in tex.ACCENTS.items()}
_SIGN_ACCENTS = frozenset(accent for accent in _MARKS if not accent.isalpha())

_CHARACTERS = {
    **{latex[2:-1]: char for char, latex in tex.LETTERS.items() if re.fullmatch(r"\{\\[A-Za-z]+\}", latex)},
    **{
        latex[1:].removesuffix("{}"): char
        for char, latex in {**tex.SYMBOLS, **tex.SPECIALS}.items()
        if re.fullmatch(r"\\[A-Za-z]+\{\}|\\[A-Za-z]+", latex)
    },
    **{latex[2:-1]: char for char, latex in tex.SYMBOLS.items() if re.fullmatch(r"\{\\[A-Za-z]+\}", latex)},
    "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "i": "ı", "j": "ȷ",
    "guillemetleft": "«", "guillemetright": "»", "guillemotleft": "«", "guillemotright": "»",
    "guilsinglleft": "‹", "guilsinglright": "›", "flqq": "«", "frqq": "»", "flq": "‹", "frq": "›", "glqq": "„",
    "grqq": "“", "glq": "‚", "grq": "‘",
    "ldots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—", "textquoteleft": "‘",
    "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "textquotedbl": '"', "textquotesingle": "'",
    "quotedblbase": "„", "quotesinglbase": "‚", "textunderscore": "_", "textsterling": "£", "euro": "€",
    "copyright": "©", "textexclamdown": "¡", "textquestiondown": "¿", "textmu": "µ", "textdegree": "°", "slash": "/",
    "texttimes": "×", "textdiv": "÷", "textpm": "±", "textsection": "§", "textparagraph": "¶", "textdagger": "†",
    "textdaggerdbl": "‡", "textasteriskcentered": "*", "textnumero": "№", "textonehalf": "½", "textonequarter": "¼",
    "textthreequarters": "¾", "textonesuperior": "¹", "texttwosuperior": "²", "textthreesuperior": "³",
    "textrightarrow": "→", "textleftarrow": "←", "textasciigrave": "`", "textasciiacute": "´",
    "quad": " ", "qquad": " ", "thinspace": "\u2009", "nobreakspace": "\u00a0", "space": " ", "newline": " ",
    "linebreak": " ", "par": " ", "relax": "", "protect": "", "leavevmode": "", "null": "", "noindent": "",
    "textdollar": r"\$", "textbraceleft": r"\{", "textbraceright": r"\}", "lbrace": r"\{", "rbrace": r"\}",
    "textbackslash": "\\", "textvisiblespace": " ",
}  # fmt: skip
"""Commands that stand for a text: mostly one character (ltoutenc, textcomp)."""

_IN_MATH = {
    **{name: char for char, name in tex.GREEK.items() if name.isalpha()},
    **{
        latex[3:-2]: char
        for char, latex in tex.SYMBOLS.items()
        if re.fullmatch(r"\{\$\\[A-Za-z]+\$\}", latex) and char != "★"
    },
    "le": "≤", "ge": "≥", "ne": "≠", "to": "→", "Rightarrow": "⇒", "longrightarrow": "→", "cdot": "·", "ldots": "…",
    "dots": "…", "degree": "°", "varnothing": "∅", "textmu": "µ", "hbar": "ℏ", "square": "□", "dagger": "†",
}  # fmt: skip
"""Math commands that alone are one character."""
_FROM_MATH = {
    **{latex[2:-2]: char for char, latex in tex.SYMBOLS.items() if latex.startswith("{$") and char != "★"},
    **{f"\\{name}": greek for greek, name in tex.GREEK.items()},
}
"""Whole formulas that export writes for one character: `^2`, `-`, `^\\circ`."""

_WHOLE = {latex: char for char, latex in tex.LETTERS.items() if latex.count("\\") > 2}
"""Letters that are written with more than one command."""
_SIGNS = {
    " ": " ", "\n": " ", "\t": " ", ",": "\u2009", ";": " ", ":": " ", "!": "", "-": "", "/": "", "@": "", "\\": " ",
    "$": r"\$", "{": r"\{", "}": r"\}", ">": " ",
}  # fmt: skip
"""What a backslash before a sign means, where that is not the sign itself."""
_SWITCHES = {
    "em": "emph", "it": "textit", "itshape": "textit", "bf": "textbf", "bfseries": "textbf", "sl": "textsl",
    "slshape": "textsl", "sc": "textsc", "scshape": "textsc", "tt": "texttt", "ttfamily": "texttt", "sf": "textsf",
    "sffamily": "textsf", "rm": "", "rmfamily": "", "normalfont": "", "small": "", "footnotesize": "", "large": "",
    "relax": "", "sloppy": "", "protect": "", "cyr": "", "upshape": "", "mdseries": "", "selectfont": "",
}  # fmt: skip
"""Commands that change the font up to the end of their group, with the command of one argument that does the same."""
_PLAIN_BOXES = frozenset(
    "hbox t text textup textmd textnormal textrm lowercase MakeLowercase uppercase foreignlanguage enquote".split()
)
"""Commands of which only the argument is text."""

_PLAIN = re.compile(r"[^\\{}$~`'\-!?,\n\t]+")
_COMMAND = re.compile(r"\\(?:([A-Za-z]+)\*?\s*|(.)|$)", re.DOTALL)
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "?`": "¿", "!`": "¡", "`": "‘"}
_LIGATURE = re.compile(r"---?|``|''|[?!]`|`")
_CLOSING = {
    "$": re.compile(r"(?:[^\\$]|\\.)*+\$", re.DOTALL),
    "$$": re.compile(r"(?:[^\\$]|\\.|\$(?!\$))*+\$\$", re.DOTALL),
}
_ESCAPED = (r"\$", r"\{", r"\}")
_FIRST_COMMAND = re.compile(r"\s*\\([A-Za-z]+)")
_BRACE_OR_ESCAPE = re.compile(r"\\.|[{}]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Macro:
    """A command that a .bib file defines in its @preamble: how many arguments it takes, and its text with `#1`."""

    arguments: int
    text: str


# The journals of astronomy as its data system calls them; the classes of that field define them (aas_macros.sty).
_JOURNALS = {
    "aj": "AJ", "actaa": "Acta Astron.", "araa": "ARA&A", "apj": "ApJ", "apjl": "ApJ", "apjs": "ApJS",
    "ao": "Appl. Opt.", "apss": "Ap&SS", "aap": "A&A", "aapr": "A&A Rev.", "aaps": "A&AS", "azh": "AZh",
    "baas": "BAAS", "bac": "Bull. astr. Inst. Czechosl.", "caa": "Chinese Astron. Astrophys.",
    "cjaa": "Chinese J. Astron. Astrophys.", "icarus": "Icarus", "jcap": "J. Cosmology Astropart. Phys.",
    "jrasc": "JRASC", "memras": "MmRAS", "mnras": "MNRAS", "na": "New A", "nar": "New A Rev.",
    "pra": "Phys. Rev. A", "prb": "Phys. Rev. B", "prc": "Phys. Rev. C", "prd": "Phys. Rev. D",
    "pre": "Phys. Rev. E", "prl": "Phys. Rev. Lett.", "pasa": "PASA", "pasp": "PASP", "pasj": "PASJ",
    "rmxaa": "Rev. Mexicana Astron. Astrofis.", "qjras": "QJRAS", "skytel": "S&T", "solphys": "Sol. Phys.",
    "sovast": "Soviet Ast.", "ssr": "Space Sci. Rev.", "zap": "ZAp", "nat": "Nature", "iaucirc": "IAU Circ.",
    "aplett": "Astrophys. Lett.", "apspr": "Astrophys. Space Phys. Res.",
    "bain": "Bull. Astron. Inst. Netherlands", "fcp": "Fund. Cosmic Phys.", "gca": "Geochim. Cosmochim. Acta",
    "grl": "Geophys. Res. Lett.", "jcp": "J. Chem. Phys.", "jgr": "J. Geophys. Res.",
    "jqsrt": "J. Quant. Spec. Radiat. Transf.", "memsai": "Mem. Soc. Astron. Italiana", "nphysa": "Nucl. Phys. A",
    "physrep": "Phys. Rep.", "physscr": "Phys. Scr", "planss": "Planet. Space Sci.", "procspie": "Proc. SPIE",
}  # fmt: skip

NO_MACROS: Mapping[str, Macro] = {
    **dict.fromkeys(("noopsort", "SortNoop", "noop"), Macro(1, "")),
    "cprime": Macro(0, "′"),
    **{name: Macro(0, journal) for name, journal in _JOURNALS.items()},
}
"""Commands that files use and leave to others to define: a preamble (btxdoc, section 4), or a journal's class."""
_DEFINITION = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand)\*?\s*\{?\s*\\(?P<name>[A-Za-z]+)\s*\}?\s*(?:\[(?P<n>\d)\])?\s*(?=\{)"
    r"|\\(?:long\s*)?[egx]?def\s*\\(?P<defname>[A-Za-z]+)\s*(?P<args>(?:#\d)*)\s*(?=\{)"
)


def macros(preamble: str) -> dict[str, Macro]:
    """The commands that the text of @preamble blocks defines, together with those that everybody knows."""
    found = dict(NO_MACROS)
    ends = _group_ends(preamble)
    for match in _DEFINITION.finditer(preamble):
        end = ends.get(match.end(), len(preamble))
        count = int(match["n"] or 0) if match["name"] else (match["args"] or "").count("#")
        name = match["name"] or match["defname"]
        known = name in _CHARACTERS or name in _IN_MATH or name in tex.PASSED
        if f"\\{name}" not in tex.OWN_COMMANDS and not (known and match[0].startswith(r"\providecommand")):
            found[name] = Macro(count, preamble[match.end() + 1 : end - 1])
    return found


def decode(latex: str, known: Mapping[str, Macro] = NO_MACROS) -> str:
    r"""The text that a LaTeX value says, on one line, in NFC; `known` are the commands that its file defines.

    A dollar or a brace that is printed stays escaped (`\$`, `\{`) where it could be read as math or as protection.
    """
    if _is_plain(latex):
        return normalized("NFC", _one_line(latex.replace("---", "—").replace("--", "–").replace("''", "”")))
    for written, char in _WHOLE.items():
        if written in latex:
            latex = latex.replace(written, char)
    text = normalized("NFC", _one_line(_Reader(latex, known).text()))
    # A lone dollar is no math (`tex.segments`).
    return text.replace(r"\$", "$") if text.count("$") == 1 else text


_LOGO = re.compile(rf"\\({'|'.join(sorted(tex.LOGOS, reverse=True))})(?![A-Za-z])(?:\{{\}})?")
_FONT = re.compile(rf"\\(?:{'|'.join(sorted(tex.PASSED - {'url', 'ensuremath'}, reverse=True))})(?=\{{)")


def plain(text: str) -> str:
    r"""A record's text without the groups that protect case and without changes of font; `\{` and `\$` stay escaped."""
    if "{" not in text:
        return text
    bare = _FONT.sub("", _LOGO.sub(r"\1", text))
    return "".join(part if is_math else re.sub(r"(?<!\\)[{}]", "", part) for is_math, part in tex.segments(bare))


def says(latex: str, text: str) -> bool:
    """Whether a LaTeX value reads back as a record's text, but for kinds of quotes, dashes and blanks."""
    if latex == text:
        return True
    read = decode(latex)
    return _unbraced(read) == _unbraced(text) or _bones(read) == _bones(tex.printable(text))


def _unbraced(text: str) -> str:
    return text.replace("{", "").replace("}", "")


_LIKE_LATIN = str.maketrans({greek: name[-3] for greek, name in tex.GREEK.items() if name.startswith("mathrm")})
_ALIKE = _LIKE_LATIN | str.maketrans(
    dict.fromkeys('“”"', "''") | dict.fromkeys("‘’`", "'") | dict.fromkeys("‐‑‒–—―−", "-") | {"★": "⋆", "∗": "*"}
    | dict.fromkeys("{},‚„\u200b\u200c\u200d\ufeff\u00ad\u2060\\")
)  # fmt: skip


def _bones(text: str) -> str:
    """What is compared of a text: its characters without looks; of math, the letters and digits."""
    told = []
    for is_math, part in tex.segments(text):
        short = _math(part[1:-1]) if is_math else part
        if is_math and short.startswith("$"):
            short = normalized("NFKC", short.translate(_LIKE_LATIN))
            short = re.sub(r"\\[A-Za-z]+|[^A-Za-z0-9]", "", short)
        told.append(short)
    folded = normalized("NFKD", "".join(told)).translate(_ALIKE).replace("...", "…")
    return re.sub("-+", "-", "".join(folded.split()))


_PLAIN_GROUPS = re.compile(r"(?:[^{}]++|\{(?!-\})[^{}]++\})*+")


def _is_plain(latex: str) -> bool:
    """Whether nothing in a text stands for another, but for ligatures: no command, and of groups those that protect."""
    if "\\" in latex or "$" in latex or "~" in latex or "`" in latex:
        return False
    return ("{" not in latex and "}" not in latex) or _PLAIN_GROUPS.fullmatch(latex) is not None


_TIES = "\u00a0\u202f\u2009"
"""The blanks that LaTeX has a form for."""
_BLANKS = re.compile(rf"\s{{2,}}|[^\S {_TIES}]")
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\ufeff]+")
"""Control characters that are no white space, and hints where a line may break."""


def _one_line(text: str) -> str:
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _BLANKS.sub(lambda run: " " if run[0].strip(_TIES) else run[0][0], _NO_TEXT.sub("", text)).strip()


def _group_ends(text: str) -> dict[int, int]:
    """For each brace that opens a group, by its place, the place behind the brace that closes it."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for token in _BRACE_OR_ESCAPE.finditer(text):
        if token[0] == "{":
            opened.append(token.start())
        elif token[0] == "}" and opened:
            ends[opened.pop()] = token.end()
    return ends


def _is_group(text: str) -> bool:
    """Whether a text is one group in braces, and nothing else."""
    return text[:1] == "{" and text[-1:] == "}" and _group_ends(text).get(0) == len(text)


_ABOUT = re.compile(r"~[\d/]")
_DEEPEST = 40
"""Groups within groups that are read; what lies deeper stays as it stands."""
_FENCES = frozenset("|+!=/:;")
"""Signs between which an address can stand instead of braces (url.sty, section 2)."""
_ROOM = 100_000
"""Characters that the macros of a file may write into one text: those that call each other twice would never end."""


class _Reader:
    """Reads one LaTeX text; groups and arguments are spans of it."""

    def __init__(self, latex: str, known: Mapping[str, Macro], depth: int = 0, room: int = _ROOM) -> None:
        self.latex = latex
        self.known = known
        self.depth = depth
        self.room = room
        self.at = 0
        self.stop = len(latex)
        self.out: list[str] = []
        self.ends = _group_ends(latex) if "{" in latex else {}
        self.unclosed: set[str] = set()
        self.quotes = 0
        self.steps: dict[str, Callable[[], None]] = {
            "\\": self._command, "{": self._group, "}": self._stray, "$": self._math, "~": self._tie,
        }  # fmt: skip

    def text(self) -> str:
        """What the text says from `at` to `stop`."""
        latex, steps = self.latex, self.steps
        while self.at < self.stop:
            plain = _PLAIN.match(latex, self.at, self.stop)
            if plain:
                self.out.append(plain[0])
                self.at = plain.end()
                continue
            steps.get(latex[self.at], self._sign)()
        return "".join(self.out)

    def _within(self, start: int, end: int) -> str:
        """What a span of the text says."""
        if self.depth >= _DEEPEST:
            return self.latex[start:end]
        outside = self.at, self.stop, self.out
        self.at, self.stop, self.out = start, end, []
        self.depth += 1
        text = self.text()
        self.depth -= 1
        self.at, self.stop, self.out = outside
        return text

    def _behind(self, length: int = 1) -> str:
        """The next characters."""
        return self.latex[self.at : min(self.at + length, self.stop)]

    def _opens(self) -> bool:
        """Whether a group comes next."""
        return self.at < self.stop and self.at in self.ends

    def _sign(self) -> None:
        ligature = _LIGATURE.match(self.latex, self.at, self.stop)
        sign = ligature[0] if ligature else self.latex[self.at]
        self.at += len(sign)
        if sign == "`":
            self.quotes += 1
        if sign == "'" and self.quotes and not self._behind().isalnum():
            # It closes what an earlier one opened; elsewhere it is an apostrophe.
            self.quotes -= 1
            sign = "’"
        self.out.append(_LIGATURES.get(sign, sign))

    def _stray(self) -> None:
        """A brace that closes nothing."""
        self.out.append(r"\}")
        self.at += 1

    def _tie(self) -> None:
        # Behind a blank there is nothing to tie: `~10` is about ten, and `~/bin` a folder.
        about = _ABOUT.match(self.latex, self.at) and not self.latex[max(self.at - 1, 0) : self.at].strip()
        self.out.append("~" if about else "\u00a0")
        self.at += 1

    # --- groups and math ----------------------------------------------------------------------------------

    def _group(self) -> None:
        end = self.ends.get(self.at)
        if end is None:
            self.out.append(r"\{")
            self.at += 1
            return
        start, self.at = self.at + 1, end
        self.out.append(self._of_group(start, end - 1)[0])

    def _of_group(self, start: int, end: int) -> tuple[str, bool]:
        """What a group says, and whether that is a group; a letter, math and a change of font stand for themselves."""
        latex = self.latex
        if self.ends.get(start) == end and self.depth < _DEEPEST:
            # A group in a group.
            self.depth += 1
            inner, is_group = self._of_group(start + 1, end - 1)
            self.depth -= 1
        else:
            inner, is_group = self._within(start, end), False
        if not inner or is_group or _is_group(inner):
            return inner, bool(inner)
        raw = latex[start:end].strip("{}")
        parts = tex.segments(inner) if raw[:1] in "$\\" else []
        if len(parts) == 1 and (parts[0][0] or raw[:1] + raw[-1:] == "$$" or raw[:2] + raw[-2:] == r"\(\)"):
            # Before a digit, math between dollars would be a price.
            is_bare = not (inner.endswith("$") and self._behind().isdecimal())
        elif latex[start] == "\\":
            is_bare = inner in _ESCAPED or sum(not unicodedata.combining(char) for char in inner) <= 1
        else:
            # DBLP writes every hyphen as `{-}`; only between hyphens, which would make a dash, that means anything.
            is_bare = inner == "-" and self._behind() != "-" and not "".join(self.out[-1:]).endswith("-")
        switch = _FIRST_COMMAND.match(latex, start, end)
        if is_bare or (switch and switch[1] in _SWITCHES):
            return inner, False
        return f"{{{inner}}}", True

    def _math(self) -> None:
        fence = "$$" if self._behind(2) == "$$" else "$"
        start = self.at + len(fence)
        end = _math_end(self.latex, start, self.stop, fence)
        inner = self.latex[start:end].strip() if end >= 0 else ""
        dollar, self.at = self.at, end + len(fence)
        if not tex.is_math(f"${inner}${self._behind()}") or not is_balanced(inner):
            # The price of something, or a dollar that nobody escaped.
            self.out.append(r"\$")
            self.at = dollar + 1
            return
        self.out.append(_math(inner))

    # --- commands -----------------------------------------------------------------------------------------

    def _command(self) -> None:
        match = _COMMAND.match(self.latex, self.at, self.stop)
        assert match is not None
        start, self.at = self.at, match.end()
        name, sign = match[1], match[2]
        if sign is not None:
            self._sign_command(sign)
        elif name is None:
            self.out.append("\\")
        elif name in _MARKS and len(name) == 1:
            self._accent(name)
        else:
            self._named(name, start)

    def _sign_command(self, sign: str) -> None:
        if sign in _SIGN_ACCENTS:
            self._accent(sign)
        elif sign in "([":
            close = {"(": r"\)", "[": r"\]"}[sign]
            end = -1 if close in self.unclosed else self.latex.find(close, self.at)
            if end < 0:
                self.unclosed.add(close)
            if not self.at <= end < self.stop:
                self.out.append(sign)
                return
            self.out.append(_math(self.latex[self.at : end]))
            self.at = end + 2
        else:
            self.out.append(_SIGNS.get(sign, sign))

    def _span(self) -> tuple[int, int]:
        """The span of the next argument: a group, a command or one character."""
        while self._behind().isspace():
            self.at += 1
        start = self.at
        if self._behind() == "{":
            self.at = self.ends.get(start, self.stop)
            return start + 1, self.at - (start in self.ends)
        match = _COMMAND.match(self.latex, start, self.stop) if self._behind() == "\\" else None
        self.at = match.end() if match else min(start + 1, self.stop)
        return start, self.at

    def _argument(self) -> str:
        """The next argument as it stands."""
        start, end = self._span()
        return self.latex[start:end]

    def _accent(self, accent: str) -> None:
        base = normalized("NFC", self._within(*self._span())).strip().strip("{}")
        letter = {"ı": "i", "ȷ": "j"}.get(base[:1], base[:1])
        if not letter:
            # The accent over nothing is the sign itself.
            self.out.append({"~": r"~", "^": "^", "`": "`", "'": "'", '"': '"'}.get(accent, ""))
        else:
            behind = next((n for n, char in enumerate(base) if n and not unicodedata.combining(char)), len(base))
            self.out.append(normalized("NFC", letter + base[1:behind] + _MARKS[accent]) + base[behind:])

    def _named(self, name: str, start: int) -> None:
        if name in self.known:
            self._macro(self.known[name])
        elif name in _CHARACTERS:
            self._skip_empty_group()
            self.out.append(_CHARACTERS[name])
        elif name in _SWITCHES:
            self._skip_empty_group()
            inner, command = self._within(self.at, self.stop), _SWITCHES[name]
            self.out.append(f"\\{command}{{{inner}}}" if command and inner else inner)
            self.at = self.stop
        elif name == "textcommabelow":
            self._accent(name)
        elif name in ("litchar", "char"):
            self.out.append(self._code(name))
        elif name in ("littone", *_PLAIN_BOXES):
            if name == "foreignlanguage":
                self._argument()
            inner = self._within(*self._span())
            self.out.append(f"“{inner}”" if name == "enquote" else inner)
        elif name == "ensuremath":
            self.out.append(_math(self._argument()))
        elif name in ("url", "path", "nolinkurl", "liturl") and self._is_address():
            self.out.append(f"\\url{{{self._address()}}}")
        elif name == "href":
            address = self._address()
            shown = self._within(*self._span())
            self.out.append(shown if shown == address else f"{shown} (\\url{{{address}}})")
        elif name in tex.PASSED - tex.LOGOS and (self._opens() or self._behind() not in "{}"):
            self.out.append(f"\\{name}{{{self._within(*self._span())}}}")
        elif name in _IN_MATH and name not in tex.PASSED:
            # A math command outside of math, as careless exports have it.
            self._skip_empty_group()
            self.out.append(_IN_MATH[name])
        elif name in tex.LOGOS:
            self._skip_empty_group()
            self.out.append(f"\\{name}{{}}")
        else:
            # What is unknown is printed as it stands; the `{}` that ends its name becomes a blank.
            self.out.append(self.latex[start : self.at])
            while self._opens():
                inner, is_group = self._of_group(*self._span())
                is_math = inner[:1] == "$" and len(tex.segments(inner)) == 1
                self.out.append(inner if is_group or is_math else f"{{{inner}}}" if inner else " ")

    def _macro(self, macro: Macro) -> None:
        values = ["", *(self._argument() for _ in range(macro.arguments))]
        pieces = re.split(r"#(\d)", macro.text)
        pieces[1::2] = [values[int(number)] if int(number) < len(values) else "" for number in pieces[1::2]]
        self.room -= 1 + sum(map(len, pieces))
        if self.room >= 0 and self.depth < _DEEPEST:
            reader = _Reader("".join(pieces), self.known, self.depth + 1, self.room)
            self.out.append(reader.text())
            self.room = reader.room

    def _is_address(self) -> bool:
        """Whether an address comes next: a group, or what stands between two signs that are the same."""
        sign = self._behind()
        return self._opens() or (sign in _FENCES and self.latex.find(sign, self.at + 1, self.stop) >= 0)

    def _address(self) -> str:
        """A command's address without the backslashes that some of its signs are escaped by; no url holds any."""
        if (sign := self._behind()) in _FENCES:
            start, self.at = self.at + 1, self.latex.index(sign, self.at + 1, self.stop) + 1
            return self.latex[start : self.at - 1]
        return re.sub(r"\\([_%&#$~])", r"\1", self._argument())

    def _skip_empty_group(self) -> None:
        if self._behind(2) == "{}":
            self.at += 2

    def _code(self, name: str) -> str:
        """The character of a code point: `\\litchar{6C60}`, `\\char126`, `\\char"7E`, a `\\char` and its sign."""
        if name == "litchar":
            digits, base = self._argument(), 16
        else:
            match = re.compile(r"'([0-7]+)|\"([0-9A-F]+)|(\d+)|`\\?(.)").match(self.latex, self.at, self.stop)
            if not match:
                return "\\char"
            self.at = match.end()
            if match[4]:
                return match[4]
            digits, base = match[match.lastindex or 0], {1: 8, 2: 16, 3: 10}[match.lastindex or 3]
        try:
            return chr(int(digits, base))
        except (ValueError, OverflowError):
            return digits


def _math_end(latex: str, at: int, stop: int, fence: str) -> int:
    """Where math ends: at the fence that no backslash escapes, -1 where none stands before `stop`."""
    closing = _CLOSING[fence].match(latex, at, stop)
    return closing.end() - len(fence) if closing else -1


def _unboxed(formula: str) -> str:
    """A formula with the characters that math has no sign for out of the boxes that export puts round them."""
    if "\\mbox" not in formula:
        return formula
    ends, pieces, at = _group_ends(formula), [], 0
    for match in re.finditer(r"\\mbox(?=\{)", formula):
        end = ends.get(match.end())
        if end is None or match.start() < at:
            continue
        text = decode(formula[match.end() + 1 : end - 1])
        if not text.isascii():
            pieces += [formula[at : match.start()], text]
            at = end
    return "".join([*pieces, formula[at:]])


def _math(formula: str) -> str:
    """A formula as the record has it: one character where it is one, else math between dollars."""
    bare = _unboxed(formula.strip())
    for form in (bare, re.sub(r"\{(\w|\\[A-Za-z]+)\}", r"\1", bare)):
        if form in _FROM_MATH:
            return _FROM_MATH[form]
    if len(bare) == 1 and not bare.isascii():
        return bare
    if bare[:1] == "\\" and bare[1:] in _IN_MATH:
        return _IN_MATH[bare[1:]]
    return f"${_one_line(tex.in_commands(bare))}$" if bare else ""
