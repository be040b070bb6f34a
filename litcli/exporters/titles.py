"""Which words of a title keep their capitals: braces where a style's change of case would spoil a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from litcli import bibfile, tex
from litcli.text import is_balanced

# Names and adjectives of names that keep their capital in any sentence.
_NAMES = frozenset(
    """
    African American Arabic Asian Australian Bayes Bayesian Bengali Boltzmann Brazilian British Brownian
    Bulgarian Canadian Cantonese Catalan Cauchy Chinese Chinchilla Chomsky Czech Danish Dirichlet Dutch Egyptian
    English Euclidean European Finnish Fourier French Gaussian German Gibbs Google Greek Hamiltonian Hebrew
    Hessian Hilbert Hindi Hungarian Indian Indonesian Internet Irish Italian Jacobian Japanese Kalman Korean
    Laplace Laplacian Lagrangian Latin Lyapunov Mandarin Markov Markovian Mexican Newton Norwegian Persian
    Poisson Polish Portuguese Riemannian Romanian Russian Shannon Spanish Stein Swahili Swedish Swiss Tamil Thai
    Turing Turkish Twitter Ukrainian Urdu Vietnamese Wasserstein Western Wikipedia Windows Monte Carlo Python
    Java Linux Africa America Asia Australia Brazil Britain Canada China Europe France Germany India Indonesia
    Italy Japan Korea Mexico Norway Russia Spain Switzerland Taiwan Turkey Ukraine Hugging
    """.split()
)

_LOGO = rf"\\(?:{'|'.join(sorted(tex.LOGOS, reverse=True))})(?![A-Za-z])(?:\{{\}})?"
_WORD = re.compile(
    rf"{tex.MATH}|\\url\{{[^{{}}]*\}}|{_LOGO}|\\[A-Za-z]+\{{|[{{}}]|"
    rf"(?:{tex.MATH}|\\[{{}}]|(?!{_LOGO}|\\[A-Za-z]+\{{)[^\s{{}}\-‐–—/])+|[\s\-‐–—/]+"
)
_PLAIN_WORD = re.compile(r"[{}]|[^\s{}\-‐–—/]+|[\s\-‐–—/]+")
"""The words of a title that has neither commands nor math."""
_IS_LOGO = re.compile(_LOGO)
_LETTER = re.compile(r"""\{\\(?:[`'^"~=.]|[A-Za-z]+)\s*(?:\{(?:[^{}]|\{[^{}]*\})*\}|\\?[A-Za-z])?\}""")
"""One accented or special letter, as BibTeX reads a group that begins with a command."""
_SENTENCE = re.compile(rf"(?:{tex.MATH}|.)+?(?:[:.?!]\s+|$)", re.DOTALL)
_SENTENCE_END = re.compile(r"(?<=.)[:.?!]\s+", re.DOTALL)
_MARKS = "\"'“”‘’.,:;?!()[]"
_SMALL = frozenset(
    """
    a an the of on in to for from by with and or at as is are be via using per vs nor but into onto over under
    it its we do does
    """.split()
)


_LETTERS = re.compile(r"[^\W\d_]+")
_ENDED = re.compile(r"(?:[?!]|[^\W\d_]{4}\.)\s+$")
"""The end of a sentence; a point behind fewer letters may be that of an abbreviation."""


def is_title_case(title: str) -> bool:
    """Whether most of a title's longer words begin with a capital, so that capitals tell nothing."""
    return _are_capitals(_telling_words(title))


def _are_capitals(words: Sequence[str]) -> bool:
    return not words or sum([word[0].isupper() for word in words]) * 2 >= len(words)


def _telling_words(title: str) -> list[str]:
    """The longer words behind the first whose case tells title case from any other: not `BERT`, nor `iPhone`."""
    words = [word for word in _LETTERS.findall(title) if len(word) > 3 and word.lower() not in _SMALL]
    return [word for word in words[1:] if not _has_capital(word[1:])]


def _has_capital(text: str) -> bool:
    return not text.islower() and any(map(str.isupper, text))


def protect(title: str) -> str:
    """The title with each word in braces whose capitals carry meaning; groups that are there already stay.

    A word does when it has a capital behind its first letter (`BERT`, `iPhone`), joins digits and capitals, is a
    known name, or is capitalised within a sentence that otherwise is not (field notes, 3.1). Compounds are braced
    by part. Title and subtitle are judged apart: one may be in title case and the other not; one that is too short
    to tell goes by the whole. The first word behind a `?`, a `!` or a point keeps its capital too.
    """
    return "".join(braced(word) if reason else word for word, reason in reasons(title))


def reasons(title: str) -> Iterator[tuple[str, str]]:
    """The title in pieces, each with why its capitals carry meaning; "" where they do not, or are in braces already."""
    depth = 0
    before = ""
    whole_titled = is_title_case(title)
    for sentence in _sentences(title):
        telling = _telling_words(sentence)
        titled = _are_capitals(telling) if telling else whole_titled
        first = True
        # Styles keep the capital behind a colon (field notes, 3.1).
        begins = _ENDED.search(before) is not None
        before = sentence
        for word in (_WORD if "\\" in sentence or "$" in sentence else _PLAIN_WORD).findall(sentence):
            if word.isspace() or (word.islower() and word.isalpha()):
                yield word, ""
                first = first and word.isspace()
                continue
            opens = word == "{" or (word[0] == "\\" and word[-1] == "{" and len(word) > 2)
            depth += opens - (word == "}")
            is_word = any(char.isalnum() for char in word) and not word.startswith(("$", "\\"))
            reason = ""
            if depth == 0 and is_word:
                reason = _reason(word.strip(_MARKS), titled or first)
                if first and begins and not reason and word.strip(_MARKS)[0].isupper():
                    reason = "a capital that begins a sentence"
            elif depth == 0 and _IS_LOGO.fullmatch(word):
                reason = "a command in capitals"
            yield word, reason
            first = first and not is_word


def _sentences(title: str) -> Iterator[str]:
    """The parts of a title, each with the mark and the blanks that end it; none ends within math."""
    if "$" in title:
        yield from _SENTENCE.findall(title)
        return
    at = 0
    while end := _SENTENCE_END.search(title, at + 1):
        yield title[at : end.end()]
        at = end.end()
    if at < len(title):
        yield title[at:]


def _reason(word: str, capital_is_usual: bool) -> str:
    """Why a word's capitals carry meaning, where an initial one may be `capital_is_usual`; "" where they do not."""
    if not _has_capital(word):
        return ""
    if _has_capital(word[1:]):
        return "a capital behind the first letter"
    if any(map(str.isdigit, word)):
        return "capitals and digits"
    if word.removesuffix("'s").removesuffix("’s") in _NAMES:
        return "a name"
    if not any(map(str.isalpha, word[1:])):
        # C++, C#, R: a capital with no letter behind it, unless it is the article.
        return "a capital that stands alone" if word != "A" else ""
    return "" if capital_is_usual else "a capital in a title that otherwise has none"


def braced(word: str) -> str:
    """The word in braces, the marks around it outside of them."""
    # A backslash at the end would escape the closing brace.
    core = word.rstrip(_MARKS + "\\").lstrip(_MARKS)
    head, tail = word.split(core, 1)
    # A bracket that opens inside the word closes inside it: {SO(3)}, not {SO(3}).
    while tail.startswith(")") and core.count("(") > core.count(")"):
        core, tail = core + ")", tail[1:]
    return f"{head}{{{core}}}{tail}"


@lru_cache(maxsize=4096)
def encode(title: str, *, utf8: bool = False) -> tex.Encoded:
    """The LaTeX of a title, protected."""
    if is_balanced(re.sub(r"\\[{}]", "", title)):
        encoded = tex.encode(protect(title), utf8=utf8)
        return tex.Encoded(_sheltered(encoded.text), encoded.strange)
    # Braces that do not balance are printed as they stand; so the words are encoded first, and then protected.
    pieces = [
        piece for is_math, part in tex.segments(title) for piece in ([part] if is_math else re.split(r"(\s+)", part))
    ]
    words = [(piece, tex.encode(piece, braces=False, utf8=utf8)) for piece in pieces]
    text = "".join(f"{{{{{latex.text}}}}}" if _has_inner_capital(word) else latex.text for word, latex in words)
    return tex.Encoded(text, tuple(dict.fromkeys(char for _, latex in words for char in latex.strange)))


def _has_inner_capital(word: str) -> bool:
    return _has_capital(word.strip(_MARKS + "{}")[1:])


def whole(title: str) -> tex.Encoded:
    """The LaTeX of a title that keeps all its capitals, as one in another language does."""
    encoded = tex.encode(title)
    if bibfile.BRACED.fullmatch(title):
        return encoded
    return tex.Encoded(f"{{{encoded.text}}}", encoded.strange)


def _is_letter(latex: str, at: int) -> bool:
    """Whether the group that opens there is one letter, of a command that is not for text or a sign."""
    match = _LETTER.match(latex, at)
    return match is not None and not re.match(r"\{\\(?:text|dots|emph|mbox|url)(?!commabelow)", match[0])


def _sheltered(latex: str) -> str:
    """Groups that begin with a command in a second pair of braces: a single pair makes BibTeX change their case."""
    if "{\\" not in latex:
        return latex
    pieces: list[str] = []
    depth = at = 0
    for match in re.finditer(r"[{}]", latex):
        if match[0] == "{":
            if depth == 0 and latex.startswith("\\", match.end()) and not _is_letter(latex, match.start()):
                pieces += [latex[at : match.start()], "{"]
                at = match.start()
                doubled = True
            elif depth == 0:
                doubled = False
            depth += 1
        else:
            depth -= 1
            if depth == 0 and doubled:
                pieces += [latex[at : match.end()], "}"]
                at = match.end()
    return "".join([*pieces, latex[at:]])
