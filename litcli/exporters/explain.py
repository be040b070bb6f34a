"""Why an entry is as it is: what it was merged from, and each brace and each escape of its title, with its reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from litcli import tex
from litcli.exporters import bib, bibtex, titles
from litcli.paper import Entry, Paper

_REASONS = {
    "&": "a bare one parts the columns of a table",
    "%": "a bare one makes the rest of the line a comment",
    "$": "a bare one begins math",
    "#": "a bare one stands for an argument",
    "_": "a bare one is allowed in math only",
    "^": "a bare one is allowed in math only",
    "~": "a bare one is a blank",
    "\\": "a bare one begins a command",
    "<": "a bare one prints ¡ in the default font encoding",
    ">": "a bare one prints ¿ in the default font encoding",
    "|": "a bare one prints a dash in the default font encoding",
    '"': "a straight one closes wherever it stands",
    "{": "a bare one begins a group",
    "}": "a bare one ends a group",
}


def origin(entry: Entry) -> Iterator[str]:
    """A line for each record that an entry was made of."""
    if len(entry.sources) > 1:
        yield f"merged from {len(entry.sources)} records"
    yield from (f"from {source}" for source in entry.sources)
    if not entry.sources:
        yield "no source is recorded"
    if entry.added:
        yield f"in the library since {entry.added}"


def merged(entry: Entry) -> Iterator[str]:
    """A line for each older key, and for each form or word that lost to what the entry says."""
    yield from (f"also found as {alias}" for alias in entry.aliases)
    yield from (f"another form: {_told(version)}" for version in entry.paper.versions)


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_told(item)}" for name, item in value.items())
    return " and ".join(map(_told, value)) if isinstance(value, list | tuple) else str(value)


def others(entry: Entry, field: str) -> Iterator[str]:
    """A line for each other value that a field has among the versions of an entry."""
    yield from (f"another form has {_told(v[field])}" for v in entry.paper.versions if field in v)


def title(paper: Paper) -> Iterator[str]:
    """A line for each brace and each escape in the title of a paper, as the bibtex export writes it."""
    written = bibtex.title(paper).text
    if not bib.is_english(paper):
        yield "{{…}} round all of it: styles change the case of English titles, and this one is in another language"
    else:
        for word, reason in titles.reasons(paper.title):
            if reason:
                braced = titles.braced(word)
                yield f"{braced[braced.index('{') : braced.rindex('}') + 1]} in braces: {reason}"
    for is_math, part in tex.segments(paper.title):
        if is_math:
            yield f"{{{part}}} in braces: a style that changes case would change the letters of the formula"
    for group in _groups(paper.title):
        yield f"{group} in braces: it stands so in the library"
        if f"{{{group}}}" in written:
            yield f"{{{group}}} in braces: styles would change the case in a group that begins with a command"
    yield from _escapes(paper.title, written)


def _groups(text: str) -> Iterator[str]:
    """The outermost groups in braces, but for those of formulas."""
    shown = "".join("x" * len(part) if is_math else part for is_math, part in tex.segments(text))
    depth = start = 0
    for sign in re.finditer(r"\\.|[{}]", shown, re.DOTALL):
        if sign[0] == "{":
            start = sign.start() if depth == 0 else start
            depth += 1
        elif sign[0] == "}":
            depth -= 1
            if depth == 0:
                yield text[start : sign.end()]


def _escapes(text: str, written: str) -> Iterator[str]:
    plain = "".join(part for is_math, part in tex.segments(text) if not is_math)
    for char in dict.fromkeys(plain):
        latex = tex.encode(char, braces=False).text
        if latex == char:
            continue
        if char == '"':
            latex = " or ".join(quote for quote in ("``", "''") if quote in written)
        elif latex not in written:
            continue  # the `\` of a command, or of what is escaped already
        yield f"{char} as {latex}: {_REASONS.get(char) or _reason_beyond_ascii(char, latex)}"


def _reason_beyond_ascii(char: str, latex: str) -> str:
    if tex.OTHER_SCRIPT in latex:
        return "LaTeX has no form for it, and pdfLaTeX prints its code point"
    if latex.startswith("{$"):
        return "a sign of mathematics, in braces, so that no style changes its case"
    if not latex.startswith("{"):
        return "a character outside of ASCII"
    kind = "an accented letter" if unicodedata.decomposition(char) and char.isalpha() else "a character"
    return f"{kind} outside of ASCII, in one group, so that BibTeX takes it for one letter"
