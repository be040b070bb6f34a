"""Which words of a title keep their capitals: braces where a style's change of case would spoil a word."""

from __future__ import annotations

import re

from litcli import tex

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
    Italy Japan Korea Mexico Norway Russia Spain Switzerland Taiwan Turkey Ukraine Hugging Transformer
    """.split()
) - {"Transformer"}  # fmt: skip

_WORD = re.compile(r"\$(?=\S)(?:[^$\\]|\\.)+?\$|\\[A-Za-z]+\{|[{}]|[^\s{}\-‐–—/]+|[\s\-‐–—/]+")
_SMALL = frozenset(
    """
    a an the of on in to for from by with and or at as is are be via using per vs nor but into onto over under
    it its we do does
    """.split()
)


def is_title_case(title: str) -> bool:
    """Whether most of a title's longer words begin with a capital, so that capitals tell nothing."""
    words = [word for word in re.findall(r"[^\W\d_]+", title) if len(word) > 3 and word.lower() not in _SMALL]
    inner = words[1:]
    return bool(inner) and sum(word[0].isupper() for word in inner) * 2 >= len(inner)


def protect(title: str) -> str:
    """The title with each word in braces whose capitals carry meaning; groups that are there already stay.

    A word does when it has a capital behind its first letter (`BERT`, `iPhone`), joins digits and capitals, is a
    known name, or is capitalised in a title that otherwise is not (field notes, 3.1). Compounds are braced by part.
    """
    titled = is_title_case(title)
    pieces: list[str] = []
    depth = 0
    starts = True
    for match in _WORD.finditer(title):
        word = match[0]
        if word == "{" or word.startswith("\\"):
            depth += 1
        elif word == "}":
            depth -= 1
        elif depth == 0 and not word[0].isspace() and _keeps(word, titled, starts):
            word = _braced(word)
        pieces.append(word)
        if not word.isspace() and any(char.isalnum() for char in word):
            starts = word.endswith((":", ".", "?", "!"))
    return "".join(pieces)


def _keeps(word: str, titled: bool, starts: bool) -> bool:
    if word.startswith("$"):
        return False
    core = word.strip("\"'“”‘’.,:;?!()[]*")
    if not any(char.isupper() for char in core):
        return False
    if any(char.isupper() for char in core[1:]) or (core[0].isupper() and any(char.isdigit() for char in core)):
        return True
    if core.removesuffix("'s").removesuffix("’s") in _NAMES:
        return True
    if len(core) == 1 or not core.isalpha():
        # C++, C#, R: a capital alone, unless it is the article.
        return (
            core[:1] != "A"
            and not starts
            and core[0].isupper()
            and (not titled or not core.isalpha() or len(core) == 1)
        )
    return not titled and not starts and core[0].isupper()


def _braced(word: str) -> str:
    """The word in braces, the marks around it outside of them."""
    match = re.fullmatch(r"([\"'“”‘’(\[*]*)(.*?)([\"'“”‘’.,:;?!)\]*]*)", word)
    assert match is not None
    head, core, tail = match.groups()
    # Brackets that open inside the word close inside it: SO(3), not {SO(3}).
    while tail and core.count("(") > core.count(")") and ")" in tail:
        core, tail = core + tail[0], tail[1:]
    return f"{head}{{{core}}}{tail}"


def encode(title: str) -> tex.Encoded:
    """The LaTeX of a title, protected."""
    return tex.encode(protect(title))
