"""Citation keys: patterns in brackets -> ASCII keys, unique ignoring case (design, section 6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from litcli import dates, names
from litcli.errors import LibraryError, UsageError
from litcli.paper import FIELDS, Paper, Person
from litcli.text import ascii_fold

PRESETS = {
    "scholar": "[auth:lower][year][veryshorttitle:lower]",
    "bbt": "[auth:lower][shorttitle3_3][year]",
    "jabref": "[auth][year]",
}
"""The patterns that Google Scholar, Better BibTeX and JabRef use unless they are told otherwise."""
DEFAULT = PRESETS["scholar"]

_NOBODY = "[shorttitle:lower][year]"
"""What stands for a pattern with an author where there is none (design, section 6)."""
_FUNCTION_WORDS = frozenset(
    """
    a an the above about across against along among around as at before behind below beneath beside between
    beyond by down during except for from in inside into like near of off on onto since than through to toward
    towards under until up upon via with within without and but or nor so yet
    der die das ein eine und von zur zum le la les un une et de du des el los las
    """.split()
)
_SHORT_TITLE = 3
"""How many words JabRef's `shorttitle` takes."""
_INITIALS_FROM = 5
"""How many letters of the first name JabRef's `authorIni` takes before the initials of the others."""
_PIECE = re.compile(r"\[(?P<field>[^\[\]]*)\]|(?P<text>[A-Za-z0-9:._/+-]+)")
"""A field, or letters that BibTeX and biber take in a key (field notes, 3.8)."""
_MODIFIER = re.compile(r"\((?P<fallback>[^()]*)\)|truncate(?P<count>\d+)|(?P<name>[a-z]+)")
_NUMBERED = re.compile(r"(?P<name>[A-Za-z.]+?)(?P<one>\d*)(?:_(?P<two>\d+))?")


# --- a pattern --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """A marker with its numbers (`auth3_2`) and its modifiers; a name in capitals is a field as it stands."""

    name: str
    numbers: tuple[int, ...] = ()
    modifiers: tuple[str, ...] = ()

    def text(self, paper: Paper) -> str:
        """What it gives for a paper, in ASCII letters and digits."""
        words = _words(paper, self.name, self.numbers)
        for modifier in self.modifiers:
            words = _modified(words, modifier)
        return "".join(map(_plain, words))

    def __str__(self) -> str:
        return f"[{':'.join([self.name + '_'.join(map(str, self.numbers)), *self.modifiers])}]"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that was read: fields, and the text between them."""

    parts: tuple[Field | str, ...]

    def key(self, paper: Paper) -> str:
        """The key of a paper before it is made unique; it begins with a letter and is never empty."""
        texts = [part if isinstance(part, str) else part.text(paper) for part in self.parts]
        fields = zip(self.parts, texts, strict=True)
        if any(isinstance(part, Field) and part.name.startswith("auth") and not text for part, text in fields):
            return parse(_NOBODY).key(paper)
        key = "".join(texts).strip(":._/+-") or "paper"
        # LaTeX and BibTeX take a leading digit; classic BibTeX styles and some tools do not (field notes, 3.8).
        return key if key[0].isalpha() else f"p{key}"

    def __str__(self) -> str:
        return "".join(map(str, self.parts))


@lru_cache(maxsize=64)
def parse(text: str) -> Pattern:
    """The pattern that a text or the name of a preset says; raises UsageError that points at what is wrong."""
    spelled = PRESETS.get(text, text)
    parts: list[Field | str] = []
    at = 0
    while at < len(spelled):
        piece = _PIECE.match(spelled, at)
        if piece is None:
            what = "this bracket is not closed" if spelled[at] == "[" else f"{spelled[at]!r} cannot stand in a key"
            raise _error(spelled, at, what)
        parts.append(piece["text"] or _field(spelled, piece["field"], at + 1))
        at = piece.end()
    if not any(isinstance(part, Field) for part in parts):
        raise _error(spelled, 0, "there is no field in it", f"the presets are {', '.join(PRESETS)}")
    return Pattern(tuple(parts))


def of_library(head: Mapping[str, Any]) -> Pattern:
    """The pattern of a library, by what stands above its papers; raises LibraryError where that is none."""
    settings = head.get("settings")
    chosen = settings.get("keys", DEFAULT) if isinstance(settings, Mapping) else DEFAULT
    try:
        return parse(chosen if isinstance(chosen, str) else "")
    except UsageError as error:
        raise LibraryError(
            f"settings.keys in the library is no pattern: {chosen!r}\n  {error.message}", error.hint
        ) from None


def _field(spelled: str, text: str, at: int) -> Field:
    marker, *modifiers = text.split(":")
    match = _NUMBERED.fullmatch(marker)
    name = match["name"] if match else marker
    numbers = tuple(int(number) for number in (match["one"], match["two"]) if number) if match else ()
    if not (name in _MARKERS or name.lower() in FIELDS) or len(numbers) > _TAKES.get(name, 0):
        raise _error(spelled, at, f"there is no field {marker!r}", f"the fields are {', '.join(_MARKERS)}")
    for modifier in modifiers:
        known = _MODIFIER.fullmatch(modifier)
        if known is None or known["name"] not in (None, *_MODIFIERS):
            raise _error(
                spelled,
                at,
                f"there is no modifier {modifier!r}",
                f"the modifiers are {', '.join(_MODIFIERS)}, truncate5, (text)",
            )
    return Field(name, numbers, tuple(modifiers))


def _error(spelled: str, at: int, what: str, hint: str = "") -> UsageError:
    return UsageError(
        f"in the pattern, column {at + 1}: {what}\n  {spelled}\n  {' ' * at}^",
        hint or "a pattern is written as [auth:lower][year]; litcli help keys tells more",
    )


# --- what a field gives -----------------------------------------------------------------------------------


def _plain(text: str) -> str:
    """Its letters and digits in ASCII."""
    return re.sub(r"[^A-Za-z0-9]", "", ascii_fold(text))


def _families(paper: Paper) -> list[str]:
    return [_plain(person.family or person.literal) for person in paper.authors or paper.editors]


def _title_words(title: str) -> list[str]:
    """The title's words that carry meaning, in a key's letters; all its words where none does."""
    words = _all_words(title)
    return [word for word in words if word.lower() not in _FUNCTION_WORDS] or words


def _all_words(text: str) -> list[str]:
    text = re.sub(r"\\[A-Za-z]+|[{}$]", "", text)
    return [plain for word in re.split(r"[\s/:–—]+", text) if (plain := _plain(word))]


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:]


def _first(paper: Paper, letters: int = 0, which: int = 1) -> list[str]:
    families = _families(paper)[which - 1 : which] if which else []
    return [family[: letters or None] for family in families]


def _up_to(paper: Paper, most: int, more: str, between: str = "") -> list[str]:
    families = _families(paper)
    cut = len(families) > most or paper.et_al
    return [between.join(families[:most]) + (more if cut and families else "")]


def _authors(paper: Paper, most: int = 0) -> list[str]:
    return _up_to(paper, most, "EtAl") if most else _families(paper)


def _auth_et_al(paper: Paper) -> list[str]:
    families = _families(paper)
    return _up_to(paper, 2, "") if len(families) == 2 and not paper.et_al else _up_to(paper, 1, "EtAl")


def _initials(paper: Paper) -> list[str]:
    families = _families(paper)
    return [family[: 1 if number else _INITIALS_FROM] for number, family in enumerate(families)]


def _short_names(paper: Paper) -> list[str]:
    families = _families(paper)
    return families if len(families) == 1 else [family[:1] for family in families[:3]]


def _short_title(paper: Paper, most: int = _SHORT_TITLE, capitalised: int = 0) -> list[str]:
    words = _title_words(paper.title)[:most]
    return [_capitalised(word) if number < capitalised else word for number, word in enumerate(words)]


def _title(paper: Paper) -> list[str]:
    """All words, those that carry meaning with a capital."""
    return [
        word if word in _FUNCTION_WORDS and number else _capitalised(word)
        for number, word in enumerate(_all_words(paper.title))
    ]


def _year(paper: Paper) -> str:
    return str(dates.year_of(paper.year, paper.date) or "")


def _pages(paper: Paper) -> Sequence[str]:
    return re.findall(r"[A-Za-z]*\d+", paper.pages)


_MARKERS: Mapping[str, Callable[..., Sequence[str]]] = {
    "auth": _first,
    "authors": _authors,
    "authEtAl": _auth_et_al,
    "authorLast": lambda paper: _families(paper)[-1:],
    "authorIni": _initials,
    "authshort": _short_names,
    "year": lambda paper: [_year(paper)],
    "shortyear": lambda paper: [_year(paper)[-2:]],
    "title": _title,
    "fulltitle": lambda paper: _all_words(paper.title),
    "camel": lambda paper: [_capitalised(word) for word in _all_words(paper.title)],
    "shorttitle": _short_title,
    "veryshorttitle": lambda paper: _short_title(paper, 1),
    "journal": lambda paper: _all_words(paper.venue),
    "firstpage": lambda paper: _pages(paper)[:1],
    "lastpage": lambda paper: _pages(paper)[-1:],
    "entrytype": lambda paper: [paper.type],
}
"""JabRef's markers (its manual, "Customize the citation key generator"). `shorttitle3_3`, three words of which three
get a capital, is Better BibTeX's default."""
_TAKES = {"auth": 2, "authors": 1, "shorttitle": 2}
"""How many numbers may stand behind a marker."""
_MODIFIERS: Mapping[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "capitalize": _capitalised,
    "abbr": lambda word: word[:1],
}


def _words(paper: Paper, name: str, numbers: tuple[int, ...]) -> Sequence[str]:
    if name in _MARKERS:
        return _MARKERS[name](paper, *numbers)
    value = getattr(paper, name.lower(), "")
    if isinstance(value, tuple):
        return [names.display(item) for item in value if isinstance(item, Person)]
    return _all_words(str(value)) if isinstance(value, str | int) else []


def _modified(words: Sequence[str], modifier: str) -> Sequence[str]:
    match = _MODIFIER.fullmatch(modifier)
    assert match is not None  # `_field` lets no other pass
    if match["fallback"] is not None:
        return words if any(words) else [match["fallback"]]
    if match["count"] is not None:
        return ["".join(words)[: int(match["count"])]]
    return [_MODIFIERS[match["name"]](word) for word in words]


# --- keys that are new ------------------------------------------------------------------------------------


def suffix(number: int) -> str:
    """ "" for 0, then a, b, …, z, aa, ab, …"""
    letters = ""
    while number:
        number, last = divmod(number - 1, 26)
        letters = chr(ord("a") + last) + letters
    return letters


class Free:
    """Makes keys new by the first suffix that no key has; `taken` holds lower-cased keys and aliases, and may grow."""

    def __init__(self, taken: Container[str]) -> None:
        self._taken = taken
        self._next: dict[str, int] = {}

    def __call__(self, stem: str) -> str:
        """The key; it is for the caller to count it among those that are taken."""
        number = self._next.get(stem.lower(), 0)
        while (stem + suffix(number)).lower() in self._taken:
            number += 1
        self._next[stem.lower()] = number
        return stem + suffix(number)


def fits(key: str, stem: str, taken: Container[str] = ()) -> bool:
    """Whether a key is a stem, or a stem with the letter, or where z is taken the letters, that tell it from others."""
    letters = key[len(stem) :]
    if not key.startswith(stem) or re.fullmatch("[a-z]*", letters) is None:
        return False
    return len(letters) <= 1 or (stem + "z" * (len(letters) - 1)).lower() in taken


USUAL = parse(DEFAULT)
"""The pattern of a library that says none."""
