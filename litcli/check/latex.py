"""Braces, math and LaTeX that was left in a text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from litcli import detex, tex
from litcli.check.finding import Fault, Severity, Subject, changed, each_changed, from_to, shown
from litcli.text import is_balanced

_ESCAPED = re.compile(r"\\.", re.DOTALL)


def unbalanced_braces(subject: Subject) -> Iterator[Fault]:
    for field, pieces in subject.texts.items():
        for piece in pieces:
            if ("{" in piece or "}" in piece) and not is_balanced(_ESCAPED.sub("", piece)):
                yield Fault(
                    field, f"a brace without its partner in {shown(piece)}; a printed one is written \\{{ or \\}}"
                )
                break


_LIKE_MATH = re.compile(r"\\[A-Za-z]|[\^_]")


def unbalanced_math(subject: Subject) -> Iterator[Fault]:
    if "$" not in subject.all_text:
        return
    for field, pieces in subject.printed.items():
        for piece in pieces:
            outside = (
                [part.replace(r"\$", "") for math, part in tex.segments(piece) if not math] if "$" in piece else []
            )
            if any("$" in part and _LIKE_MATH.search(part, part.index("$")) for part in outside):
                yield Fault(field, f"a dollar without its partner in {shown(piece)}; a printed one is written \\$")
                break


_KEPT = "|".join(sorted(tex.PASSED, reverse=True))
_LATEX = re.compile(
    rf"""
      (?P<two>\\\\)
    | (?P<command>\\(?!(?:{_KEPT})(?![A-Za-z]))[A-Za-z]+ | \\[`'^"~=.](?=\s*[\\{{A-Za-z]))
    | (?P<sign>\\[&%\#_] | (?<=\w)---?(?=[^\W_]) | (?<=\s)---?(?=\s))
    | (?P<escape>\\.)
    | (?P<quote>``|'')
    | (?P<literal>[~`] | -{{2,}})
    """,
    re.VERBOSE | re.DOTALL,
)
"""What is LaTeX in a text beyond the record's own `$…$`, `\\$` and groups, and signs that only look like it."""
_DOUBTFUL = re.compile(r"\\\"(?=[\s.,;:?!)]|$)|[A-Za-z]\\'(?:s|t|re|ve|ll|d|m)\b")
"""Escaped quotation marks, as programs leave them: `\\"Why?\\"`, `don\\'t`; not to be told from accents."""
_GREEK = re.compile(rf"(\\(?:{'|'.join(sorted(filter(str.isalpha, tex.GREEK.values()), reverse=True))}))(?=\s)")
_ASIDE = str.maketrans("\\~`-'", "\ue000\ue001\ue002\ue003\ue004")
_BACK = str.maketrans("\ue000\ue001\ue002\ue003\ue004", "\\~`-'")


def _may_hold_latex(text: str) -> bool:
    return "\\" in text or "--" in text or ("``" in text and "''" in text)


def _latex_in(text: str) -> tuple[int, int]:
    """How many commands and how many lesser signs of LaTeX stand in a text, outside its math."""
    outside = "".join(part for math, part in tex.segments(text) if not math) if "$" in text else text
    kinds = Counter(match.lastgroup for match in _LATEX.finditer(outside))
    return kinds["command"], kinds["sign"] + (kinds["quote"] if "``" in text and "''" in text else 0)


def _without_latex(text: str) -> str:
    """The plain reading of a text in which LaTeX was left; the text itself where that reading is not certain."""
    if not _may_hold_latex(text):
        return text
    before = sum(_latex_in(text))
    if not before or not is_balanced(_ESCAPED.sub("", text)) or _DOUBTFUL.search(text) or text.translate(_BACK) != text:
        return text
    quoted = "``" in text and "''" in text

    def aside(match: re.Match[str]) -> str:
        own = match["two"] or match["literal"] or (match["quote"] and not quoted)
        return match[0].translate(_ASIDE) if own else match[0]

    # A tilde, or a dash between no words, may be the text's own: it is put aside while the rest is read. A blank
    # behind a Greek letter is one, which LaTeX would swallow.
    after = detex.decode(_GREEK.sub(r"\1{}", _LATEX.sub(aside, text))).translate(_BACK)
    strange = any(map(unicodedata.combining, after)) and not any(map(unicodedata.combining, text))
    return text if strange or not after or sum(_latex_in(after)) >= before else after


def latex_in_text(subject: Subject) -> Iterator[Fault]:
    if not _may_hold_latex(subject.all_text):
        return
    for field, pieces in subject.texts.items():
        for piece in map(_with_math, filter(_may_hold_latex, pieces)):
            after = _without_latex(piece)
            if after != piece:
                told = "LaTeX in {}; plain text is {}".format(*from_to(piece, after))
                severity = None if _latex_in(piece)[0] else Severity.NOTE
                yield Fault(field, told, changed(subject.paper, field, _plain), severity)
                break
            doubtful = _DOUBTFUL.search(piece)
            if doubtful:
                where = shown(piece, doubtful.start())
                yield Fault(field, f"an accent or an escaped quotation mark in {where}; write it plainly")
                break


def _plain(text: str) -> str:
    return _without_latex(_with_math(text))


def unknown_command(subject: Subject) -> Iterator[Fault]:
    if "\\" not in subject.all_text:
        return
    for field, pieces in subject.printed.items():
        odd = (sign for piece in pieces if "\\" in piece for sign in tex.encode(_plain(piece)).strange)
        unknown = list(dict.fromkeys(sign for sign in odd if sign.startswith("\\")))
        if unknown:
            yield Fault(field, f"LaTeX does not know {', '.join(unknown)}: it is printed as text; write what it says")


_ESCAPED_MATH = re.compile(r"\{\\\$\}([^$]{1,300}?)\{\\\$\}")


def _with_math(text: str) -> str:
    return _ESCAPED_MATH.sub(_as_math, text) if r"{\$}" in text else text


def _as_math(match: re.Match[str]) -> str:
    formula = re.sub(r"\\([{}_^])", r"\1", match[1])
    sound = _LIKE_MATH.search(match[1]) and is_balanced(formula) and formula == formula.strip()
    return f"${formula}$" if sound else match[0]


def escaped_math(subject: Subject) -> Iterator[Fault]:
    if r"{\$}" in subject.all_text:
        yield from each_changed(subject, _with_math, "a formula with escaped dollars in {}; it is {}")
