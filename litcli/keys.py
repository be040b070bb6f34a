"""Citation keys: patterns in brackets -> ASCII keys, unique ignoring case (design, section 6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from litcli import dates, layout, names
from litcli.errors import LibraryError, UsageError
from litcli.near import near
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
_ALPHA = 4
"""How many authors have a letter of their own in a label of BibTeX's style alpha; of more, the first three have."""
_LETTERS = "A-Za-z0-9:._/+-"
"""What BibTeX and biber take in a key (field notes, 3.8)."""
_OTHERS = re.compile(f"[^{_LETTERS}]")
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_PIECE = re.compile(rf"\[(?P<field>(?:{_QUOTED}|[^\[\]\"])*)\]|(?P<text>[{_LETTERS}]+)")
"""A field, or letters that stay."""
_MODIFIER = re.compile(
    rf"\((?P<fallback>[^()]*)\)|regex\((?P<find>{_QUOTED}),\s*(?P<put>{_QUOTED})\)|truncate(?P<count>\d{{1,4}})|"
    "(?P<name>[a-z]+)"
)
_GROUP = re.compile(r"\$([0-9])")
"""A part of what a regular expression found, as Java names it in what is put in its place."""
_NUMBERED = re.compile(r"(?P<name>[A-Za-z.]+?)(?P<one>[0-9]{0,4})(?:_(?P<two>[0-9]{1,4}))?")


# --- a pattern --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """A marker with its numbers (`auth3_2`) and its modifiers; a name in capitals is a field as it stands."""

    name: str
    numbers: tuple[int, ...] = ()
    modifiers: tuple[str, ...] = ()

    def text(self, paper: Paper) -> str:
        """What it gives for a paper, in the letters of a key."""
        text = _marked(paper, self.name, self.numbers)
        for modifier in self.modifiers:
            text = _change(modifier)(text)
        return _OTHERS.sub("", ascii_fold(text))

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
        of_authors = [text for part, text in fields if isinstance(part, Field) and part.name in _NAMES]
        if of_authors and not any(of_authors):
            return parse(_NOBODY).key(paper)
        key = "".join(texts).strip(":._/-") or "paper"
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
    marker, _, rest = text.partition(":")
    match = _NUMBERED.fullmatch(marker)
    name = match["name"] if match else marker
    numbers = tuple(int(number) for number in (match["one"], match["two"]) if number) if match else ()
    if not (name in _MARKERS or _called(name) in FIELDS) or len(numbers) > _TAKES.get(name, 0):
        hint = near(name, _MARKERS) or "litcli help keys tells what fields there are"
        raise _error(spelled, at, f"there is no field {marker!r}", hint)
    modifiers = tuple(_modifiers(rest))
    for modifier in modifiers:
        if not _is_known(modifier):
            known = f'the modifiers are {", ".join(_MODIFIERS)}, truncate5, (text), regex("find","put")'
            raise _error(spelled, at, f"there is no modifier {modifier!r}", known)
    return Field(name, numbers, modifiers)


def _modifiers(text: str) -> Iterator[str]:
    """What stands between colons, those in the brackets of a modifier aside."""
    while text:
        found = _MODIFIER.match(text)
        modifier = found[0] if found and text[found.end() :][:1] in ("", ":") else text.partition(":")[0]
        yield modifier
        text = text[len(modifier) + 1 :]


def _is_known(modifier: str) -> bool:
    try:
        _change(modifier)
    except (KeyError, re.error, IndexError):
        return False
    return True


def _error(spelled: str, at: int, what: str, hint: str = "") -> UsageError:
    return UsageError(
        f"in the pattern, column {at + 1}: {what}\n{layout.pointed(spelled, at)}",
        hint or "a pattern is written as [auth:lower][year]; litcli help keys tells more",
    )


# --- what a field gives: words, with blanks between ----------------------------------------------------------


def _plain(text: str) -> str:
    """Its letters and digits in ASCII."""
    return re.sub(r"[^A-Za-z0-9]", "", ascii_fold(text))


def _title_words(title: str) -> list[str]:
    """The title's words that carry meaning, in a key's letters; all its words where none does."""
    words = _all_words(title)
    return [word for word in words if not _is_function(word)] or words


def _all_words(text: str) -> list[str]:
    text = re.sub(r"\\[A-Za-z]+|[{}$]", "", text)
    return [plain for word in re.split(r"[\s/:–—]+", text) if (plain := _plain(word))]


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:]


@dataclass(frozen=True, slots=True)
class _People:
    """The authors or the editors of a paper, and whether there are more of them."""

    named: Sequence[Person]
    cut: bool

    @property
    def families(self) -> list[str]:
        return [_plain(person.family or person.literal) for person in self.named]

    @property
    def parts(self) -> list[list[str]]:
        """The words of their family names, particles included."""
        return [_all_words(f"{person.particle} {person.family or person.literal}") for person in self.named]

    def is_more_than(self, count: int) -> bool:
        return len(self.named) > count or (self.cut and bool(self.named))

    def joined(self, most: int, more: str, between: str = "") -> str:
        """The family names of so many, and what stands for more."""
        return between.join(self.families[:most]) + (more if self.is_more_than(most) else "")


def _nth(people: _People, letters: int = 0, which: int = 1) -> str:
    return "".join(people.families[which - 1 : which] if which else [])[: letters or None]


def _et_al(people: _People, between: str, more: str) -> str:
    return people.joined(1, more) if people.is_more_than(2) else people.joined(2, "", between)


def _share(people: _People, letters: int) -> str:
    """So many letters in all, each name's share of them, those that are left over to the first ones."""
    each, left = divmod(letters, len(people.named) or 1)
    return "".join(family[: each + (number < left)] for number, family in enumerate(people.families))


def _initials(people: _People) -> str:
    return "".join(family[: 1 if number else _INITIALS_FROM] for number, family in enumerate(people.families))


def _short_names(people: _People) -> str:
    if len(people.named) == 1:
        return people.families[0]
    return "".join(family[:1] for family in people.families[:3]) + "+" * (len(people.named) > 3)


def _alpha(people: _People) -> str:
    """The label of BibTeX's style alpha."""
    if len(people.named) == 1:
        *before, last = people.parts[0] or [""]
        return "".join(word[0] for word in before) + last[:3]
    more = len(people.named) > _ALPHA
    shown = people.parts[: _ALPHA - 1 if more else _ALPHA]
    return "".join(word[0] for words in shown for word in words) + "+" * more


def _given_initial(people: _People, which: slice) -> str:
    return "".join(_plain(person.given)[:1] for person in people.named[which])


_NAMES: Mapping[str, Callable[..., str]] = {
    "auth": _nth,
    "authors": lambda people, most=None: people.joined(most or len(people.named), "EtAl" if most else ""),
    "authorsAlpha": _alpha,
    "authEtAl": lambda people: _et_al(people, "", "EtAl"),
    "auth.etal": lambda people: _et_al(people, ".", ".etal"),
    "auth.auth.ea": lambda people: people.joined(2, ".ea", "."),
    "authIni": _share,
    "authorIni": _initials,
    "authorLast": lambda people: "".join(people.families[-1:]),
    "authForeIni": lambda people: _given_initial(people, slice(0, 1)),
    "authorLastForeIni": lambda people: _given_initial(people, slice(-1, None)),
    "authFirstFull": lambda people: "".join(word for words in people.parts[:1] for word in words),
    "authshort": _short_names,
}
"""What is made of the authors; `edtr` and `editor` in its name's place make the same of the editors, `pureauth` makes
nothing of editors where there is no author."""


def _of_people(make: Callable[..., str], *fields: str) -> Callable[..., str]:
    """A marker that makes something of the first of these fields that names anybody."""

    def made(paper: Paper, *numbers: int) -> str:
        field = next((field for field in fields if getattr(paper, field)), fields[0])
        people = _People(getattr(paper, field), paper.et_al and field == "authors")
        return make(people, *numbers)

    return made


def _short_title(paper: Paper, most: int = _SHORT_TITLE, capitalised: int = 0) -> str:
    words = _title_words(paper.title)[:most]
    return " ".join(_capitalised(word) if number < capitalised else word for number, word in enumerate(words))


def _title(paper: Paper) -> str:
    """All words, those that carry meaning with a capital, the others but for the first without."""
    words = enumerate(_all_words(paper.title))
    return " ".join(
        word[:1].lower() + word[1:] if n and _is_function(word) else _capitalised(word) for n, word in words
    )


def _is_function(word: str) -> bool:
    return word.lower() in _FUNCTION_WORDS


def _year(paper: Paper) -> str:
    return str(dates.year_of(paper.year, paper.date) or "")


def _pages(paper: Paper) -> list[str]:
    """The numbers of its pages, the lowest first."""
    return sorted(re.findall(r"[0-9]+", paper.pages), key=lambda page: (len(page.lstrip("0")), page.lstrip("0")))


_TYPES = {
    "inproceedings": "InProceedings",
    "incollection": "InCollection",
    "inbook": "InBook",
    "phdthesis": "PhdThesis",
    "mastersthesis": "MastersThesis",
    "techreport": "TechReport",
}
"""Types of entries with more than one capital, as JabRef spells them."""
_MARKERS: Mapping[str, Callable[..., str]] = {
    **{name: _of_people(make, "authors", "editors") for name, make in _NAMES.items()},
    **{f"pure{name}": _of_people(make, "authors") for name, make in _NAMES.items()},
    **{
        name.replace("author", "editor").replace("auth", "edtr"): _of_people(make, "editors")
        for name, make in _NAMES.items()
    },
    "year": _year,
    "shortyear": lambda paper: _year(paper)[-2:],
    "title": _title,
    "fulltitle": lambda paper: " ".join(_all_words(paper.title)),
    "camel": lambda paper: " ".join(map(_capitalised, _all_words(paper.title))),
    "shorttitle": _short_title,
    "shorttitleINI": lambda paper: "".join(word[0] for word in _all_words(paper.title)[:_SHORT_TITLE]),
    "veryshorttitle": lambda paper: _short_title(paper, 1),
    "firstpage": lambda paper: "".join(_pages(paper)[:1]),
    "lastpage": lambda paper: "".join(_pages(paper)[-1:]),
    "pageprefix": lambda paper: _plain(re.split(r"[0-9]", paper.pages, maxsplit=1)[0]),
    "entrytype": lambda paper: _TYPES.get(paper.type, paper.type.capitalize()),
}
"""JabRef's markers (its manual, "Customize the citation key generator"). `shorttitle3_3`, three words of which three
get a capital, is Better BibTeX's default."""
_TAKES = {
    "auth": 2, "pureauth": 2, "edtr": 2, "shorttitle": 2,
    **dict.fromkeys(("authors", "pureauthors", "editors", "authIni", "pureauthIni", "edtrIni"), 1),
}  # fmt: skip
"""How many numbers may stand behind a marker."""
_BIBTEX = {"author": "authors", "editor": "editors", "journal": "venue", "booktitle": "venue"}
"""What BibTeX calls fields."""


def _called(name: str) -> str:
    """The field that a marker means that is none of JabRef's special ones."""
    return _BIBTEX.get(name.lower(), name.lower())


def _marked(paper: Paper, name: str, numbers: tuple[int, ...]) -> str:
    if name in _MARKERS:
        return _MARKERS[name](paper, *numbers)
    value = getattr(paper, _called(name), "")
    if isinstance(value, tuple):
        value = " and ".join(names.display(item) for item in value if isinstance(item, Person))
    return " ".join(_all_words(str(value))) if isinstance(value, str | int) else ""


# --- what a modifier makes of it --------------------------------------------------------------------------


def _title_case(text: str) -> str:
    words = enumerate(text.split())
    return " ".join(word.lower() if number and _is_function(word) else word.capitalize() for number, word in words)


_MODIFIERS: Mapping[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "capitalize": lambda text: " ".join(word.capitalize() for word in text.split()),
    "titlecase": _title_case,
    "sentencecase": str.capitalize,
    "abbr": lambda text: "".join(word[0] for word in text.split()),
}


@lru_cache(maxsize=64)
def _change(modifier: str) -> Callable[[str], str]:
    """What a modifier makes of a text; raises KeyError, IndexError or re.error for what is none."""
    match = _MODIFIER.fullmatch(modifier)
    if match is None:
        raise KeyError(modifier)
    if match["fallback"] is not None:
        fallback = match["fallback"]
        return lambda text: text or fallback
    if match["count"]:
        most = int(match["count"])
        return lambda text: text[:most].rstrip()
    if match["find"] is None:
        return _MODIFIERS[match["name"]]
    found, put = (re.sub(r'\\([\\"])', r"\1", match[part][1:-1]) for part in ("find", "put"))
    pattern = re.compile(found)
    if any(int(number) > pattern.groups for number in _GROUP.findall(put)):
        raise IndexError(modifier)
    return lambda text: pattern.sub(lambda hit: _GROUP.sub(lambda group: hit[int(group[1])] or "", put), text)


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
