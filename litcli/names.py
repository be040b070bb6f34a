"""People's names: BibTeX's grammar to and from `Person`, and the lists that pages print them in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from litcli.paper import Person
from litcli.text import fold, has_cjk, is_balanced, squeeze

_SUFFIX = re.compile(r"(?:jr|sr|jnr|snr|ii|iii|iv|[23]rd|2nd)\.?", re.IGNORECASE)
PARTICLES = frozenset(
    """
    von van vom zu zur zum der den de des del della dello di da do dos das du la le lo las los ter ten te bin ibn ben al
    el af av och y e i san st mc den 't wa bint abu op het dei degli
    """.split()
)
"""Words in lower case between given and family names; some of them are first names elsewhere (`Bin Wang`, `Di Wu`)."""
_STARS = re.compile(r"[*∗⁎⋆★☆†‡✝§¶‖♠♣♦♡◇△✉#]+|\s?[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_FOOTNOTE = re.compile(
    r"(?<=[^\W\d_])\^?\d{1,2}$|\s?[(（](?:[^\w()]*|\d{1,2}|[a-z][a-z\s-]*|[\u3400-\u9fff\uac00-\ud7af ]{2,6})[)）]$"
)
"""A footnote's number, a remark or the name in its own script behind a name: `Ada Lovelace2`, `Li Zhang (张力)`."""
_NUMBERS = re.compile(r"[\d\W_]+")
_ET_AL = re.compile(
    r"[,;]?\s*(?:\bet\.? al\.?|\band others|(?:\band|\+) ?\d+ (?:more|others?)(?: authors)?|"
    r"\.\.\.|…)\s*$",
    re.IGNORECASE,
)
_GROUPS = frozenset(
    """
    team group collaboration consortium research university institute committee project lab labs inc. company society
    association network
    """.split()
)
"""Words at the end of a group's name."""
_ANYWHERE = frozenset(("team", "collaboration", "consortium"))
"""Words that only groups have in their names."""
_HOMONYM = re.compile(r"(?<!\w)0\d{3}(?!\w)", re.ASCII)
"""DBLP's number behind a name that several people bear: `Wei Wang 0001`."""
_ELIDED = re.compile(r"(?:[a-z]{1,2}['’]|(?:a[dlnrstz]|ash|ath|el|ul|ur)-)[^\W\da-z_]")
"""A particle or an Arabic article that is written with the name: `d'Alembert`, `al-Khwarizmi`."""
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]?)+")


# --- BibTeX's grammar -------------------------------------------------------------------------------------


def split_top(text: str, separator: str = ",") -> list[str]:
    """`text` cut at every separator character that stands outside braces."""
    if "{" not in text and "}" not in text:
        return text.split(separator)
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
        elif char == separator and depth <= 0:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


_AND = re.compile(r"(?<!\S)[Aa][Nn][Dd](?!\S)")


def split_and(text: str) -> Iterator[str]:
    """The names of a list, which `and` parts outside of braces (btxdoc, section 4); empty ones are left out."""
    if "{" not in text and "}" not in text:
        yield from filter(None, (" ".join(name.split()) for name in _AND.split(text)))
        return
    words: list[str] = []
    depth = 0
    for word in text.split():
        if depth == 0 and word.lower() == "and":
            if words:
                yield " ".join(words)
            words = []
        else:
            depth = max(0, depth + word.count("{") - word.count("}"))
            words.append(word)
    if words:
        yield " ".join(words)


def _with_partners(text: str) -> str:
    """A name on one line without empty braces, and without braces at all where one lacks its partner."""
    text = squeeze(text)
    if "{" not in text and "}" not in text:
        return text
    text = squeeze(_without_empty(text))
    return text if is_balanced(text) else squeeze(re.sub(r"[{}]", "", text))


def _without_empty(text: str) -> str:
    """A text without the groups that hold nothing, or nothing but such groups."""
    if "{}" not in text:
        return text
    kept: list[str] = []
    for char in text:
        if char == "}" and kept and kept[-1] == "{":
            kept.pop()
        else:
            kept.append(char)
    return "".join(kept)


def _is_braced(text: str) -> bool:
    """Whether one pair of braces encloses the whole text."""
    if not (text.startswith("{") and text.endswith("}")):
        return False
    depth = 0
    for at, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return at == len(text) - 1
    return False


def _words(text: str) -> list[str]:
    return [word for word in split_top(text, " ") if word]


def _is_particle(word: str) -> bool:
    """BibTeX's test: the first letter outside braces is in lower case (btxdoc, section 4)."""
    depth = 0
    for char in word:
        depth += (char == "{") - (char == "}")
        if depth == 0 and char.isalpha():
            return char.islower()
    return False


def _particle_and_family(text: str) -> tuple[str, str]:
    if " " not in text:
        return "", text
    words = _words(text)
    last = max((i for i, word in enumerate(words[:-1]) if _is_particle(word)), default=-1)
    return " ".join(words[: last + 1]), " ".join(words[last + 1 :])


@lru_cache(maxsize=131072)
def parse(text: str) -> Person:
    """The person that a name says in BibTeX's three forms; a name in braces is an organisation.

    `First von Last`, `von Last, First`, `von Last, Jr, First` (btxdoc, section 4).
    """
    text = _with_partners(text)
    pieces = [piece for part in split_top(text) if (piece := part.strip())] or [""]
    if len(pieces) == 1:
        if _is_braced(pieces[0]):
            return Person(literal=pieces[0][1:-1].strip())
        words = _words(pieces[0])
        if len(words) < 2:
            return Person(family=pieces[0])
        low = next((i for i, word in enumerate(words[:-1]) if _is_particle(word)), None)
        if low is None:
            return Person(family=words[-1], given=" ".join(words[:-1]))
        particle, family = _particle_and_family(" ".join(words[low:]))
        return Person(family=family, given=" ".join(words[:low]), particle=particle)
    particle, family = _particle_and_family(pieces[0])
    suffix, given = (pieces[1], " ".join(pieces[2:])) if len(pieces) > 2 else ("", pieces[1])
    if not given and _SUFFIX.fullmatch(suffix or ""):
        return Person(family=family, particle=particle, suffix=suffix)
    return Person(family=family, given=given, particle=particle, suffix=suffix)


def comma_form(person: Person) -> str:
    """`von Family, Jr, Given`: the one form that BibTeX never misreads; braces round an organisation."""
    if person.literal:
        return "{" + _with_partners(person.literal) + "}"
    family = " ".join(part for part in (person.particle, person.family) if part)
    if person.suffix:
        return f"{family}, {person.suffix}, {person.given}".rstrip(", ")
    return f"{family}, {person.given}" if person.given else family


def display(person: Person) -> str:
    """The name as it is spoken: `Given von Family Jr`, without the braces that hold its parts together."""
    if person.literal:
        return person.literal
    spoken = " ".join(part for part in (person.given, person.particle, person.family, person.suffix) if part)
    return re.sub(r"(?<!\\)[{}]", "", spoken) if "{" in spoken else spoken


@lru_cache(maxsize=131072)
def to_text(person: Person) -> str:
    """The name as the library file writes it: in natural order where that reads back the same."""
    natural = display(person)
    if not person.literal and "," not in natural and parse(natural) == person:
        return natural
    return comma_form(person)


def sort_key(person: Person) -> str:
    """What names are ordered by: family first, folded."""
    return fold(person.literal or f"{person.family} {person.given}")


# --- names as pages print them ----------------------------------------------------------------------------


def is_initials(text: str) -> bool:
    """`J. L.`, `H.`, `R.J.`: only capital letters, each with a point."""
    return text.isupper() and _INITIALS.fullmatch(text) is not None


def is_suffix(text: str) -> bool:
    """Whether a text is what follows a family name: `Jr.`, `III`."""
    return _SUFFIX.fullmatch(text) is not None and not is_initials(text)


def is_name_word(word: str) -> bool:
    """Whether a word can be part of somebody's name: a capital begins it, or it is a particle."""
    if word.lower() in PARTICLES or is_initials(word) or _ELIDED.match(word):
        return True
    bare = word.strip(".'’ʻʼ‘")
    return bool(bare) and (bare[0].isupper() or not bare[0].isascii()) and not re.search(r"[\d,:;?!()\[\]/@]", bare)


def looks_like_name(text: str) -> bool:
    """Whether a text can be one person: two to six capitalised words, initials and particles."""
    words = text.split()
    return (
        2 <= len(words) <= 6 and all(map(is_name_word, words)) and any(w[0].isupper() or not w.isascii() for w in words)
    )


def is_cjk_name(text: str) -> bool:
    """Whether a text can be a name that is written without blanks: two to five characters, four being rare already."""
    return 2 <= len(text) <= 5 and all(char.isalpha() and has_cjk(char) for char in text)


def natural(text: str) -> Person:
    """The person of a name printed in natural order; a trailing `Jr.` is a suffix, marks of footnotes go.

    The words of a name in another script than Latin stay in the order in which they stand.
    """
    words = _STARS.sub("", squeeze(text)).rstrip(",; ").split()
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
        person = parse(" ".join(words[:-1]))
        return Person(person.family, person.given, person.particle, words[-1])
    return without_number(parse(" ".join(words)))


def without_number(person: Person) -> Person:
    """The person without the number by which DBLP tells namesakes apart, which is no part of the name."""
    is_counted = "0" in person.family + person.given
    if not is_counted or person.literal or not any(map(_HOMONYM.search, (person.family, person.given))):
        return person
    family, given = (squeeze(_HOMONYM.sub("", part)) for part in (person.family, person.given))
    if family:
        return replace(person, family=family, given=given)
    return replace(parse(given), suffix=person.suffix) if given else person


def is_organisation(text: str) -> bool:
    """Whether a single printed name is a group's: `DeepSeek-AI`, `OpenAI`, `LLM360 Team`, `Gemini Team, Google`."""
    head, comma, _ = text.partition(", ")
    if comma:
        return is_organisation(head)
    words = text.split()
    if len(words) > 1 and (words[-1].lower() in _GROUPS or words[-1] == "AI" or words[0].lower() == "the"):
        return True
    if len(words) > 1 and not _ANYWHERE.isdisjoint(map(str.lower, words)):
        return True
    return len(words) == 1 and bool(re.search(r"\d|-[A-Z]{2,}|[a-z][A-Z]{2}|[A-Z]{3}", words[0]))


def person(text: str) -> Person:
    """One printed name: a group's as an organisation, anybody else's in natural order."""
    return Person(literal=_with_partners(text)) if is_organisation(text) else natural(text)


def split_list(line: str) -> tuple[list[str], bool]:
    """The names of a printed author line, and whether it was cut (`et al.`, `and others`).

    Commas, semicolons, `and` and `&` separate; a comma before `Jr.` does not. The marks of footnotes go.
    """
    text, cut = without_et_al(squeeze(_STARS.sub("", squeeze(line))))
    pieces = re.split(r"\s*[,;，、；]\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+", text)
    names: list[list[str]] = []
    for piece in pieces:
        piece = piece.strip().removeprefix("and ").strip()
        if names and is_suffix(piece):
            names[-1].append(piece)
        elif piece and not (names and _NUMBERS.fullmatch(piece)):
            names.append([_FOOTNOTE.sub("", piece) if " " in piece else piece])
    if len(names) > 1 and not cut:
        names[-1][-1] = _without_stop(names[-1][-1])
    return list(map(" ".join, names)), cut


def _without_stop(name: str) -> str:
    """The last name of a list without the full stop of the whole, but with that of `Jr.` or `Scott A.`"""
    last = name.rsplit(maxsplit=1)[-1]
    return name if is_suffix(last) or is_initials(last) else name.removesuffix(".")


def without_et_al(text: str) -> tuple[str, bool]:
    """A list of names without the sign at its end that it was cut, and whether there was one."""
    text, count = _ET_AL.subn("", text)
    return text, bool(count)


def uninvert(items: Sequence[str]) -> list[Person]:
    """The people of a comma list in which some names stand inverted (`Doubov, Sasha`) and others do not.

    Family and given name of an inverted one are two items, each a single word or initials only, so a run of
    such items is read in pairs; of an odd run the first stands alone (a group such as `DeepSeek-AI`).
    Somebody printed in both orders is one person and is kept once.
    """
    people: list[Person] = []
    seen: set[str] = set()
    for part, inverted in _pairs(items):
        key = fold(display(part))
        if inverted and key in seen:
            continue
        seen.add(key)
        people.append(part)
    return people


def _is_half(item: str) -> bool:
    """Whether an item can be half of an inverted name: one word, initials, or a family name behind particles."""
    words = item.split()
    if len(words) == 1:
        # A family name may be printed in capitals (`LIU`); other odd spellings are groups.
        return not has_cjk(item) and (item.isupper() or not is_organisation(item))
    return is_initials(item) or (len(words) <= 3 and all(word in PARTICLES for word in words[:-1]))


def _is_given(item: str) -> bool:
    """Whether an item can be the given half though it has two words: `Ed H.`"""
    first, _, rest = item.partition(" ")
    return _is_half(item) or (_is_half(first) and is_initials(rest))


def _is_family(item: str, following: Sequence[str]) -> bool:
    """Whether an item can be the family half though its particle has a capital: `Le Gallo`, before a single word."""
    particle, _, rest = item.partition(" ")
    return particle.lower() in PARTICLES and _is_half(rest) and any(" " not in word for word in following)


def is_paired(items: Sequence[str]) -> bool:
    """Whether each inverted name of a comma list has both its halves, so that `uninvert` has nothing to guess."""
    return all(len(run) % 2 == 0 or any(map(is_organisation, run[::2])) for run in _runs(items) if _is_half(run[0]))


def _alternates(items: Sequence[str]) -> bool:
    """Whether each second item of a list is a given name, a few of two words: `Park, Joon Sung, Cai, Carrie J.`"""
    given = items[1::2]
    known = sum(map(_is_given, given))
    return (
        len(items) % 2 == 0
        and known * 2 > len(given) > 1
        and all(map(_is_half, items[::2]))
        and all(looks_like_name(item) or _is_given(item) for item in given)
    )


def are_inverted(items: Sequence[str]) -> bool:
    """Whether a comma list is nothing but inverted names: `Park, Joon Sung, O'Brien, Joseph C.`"""
    return all(len(run) % 2 == 0 and _is_half(run[0]) for run in _runs(items))


def _runs(items: Sequence[str]) -> Iterator[list[str]]:
    """The items of a comma list: each run of halves, and each other item by itself."""
    if _alternates(items):
        yield list(items)
        return
    at = 0
    while at < len(items):
        end = at
        while end < len(items) and (
            _is_half(items[end])
            or (_is_given(items[end]) if (end - at) % 2 else _is_family(items[end], items[end + 1 : end + 2]))
        ):
            end += 1
        end = max(end, at + 1)
        yield list(items[at:end])
        at = end


def _pairs(items: Sequence[str]) -> Iterator[tuple[Person, bool]]:
    for run in _runs(items):
        if len(run) == 1 and not _is_half(run[0]):
            yield person(run[0]), False
            continue
        single = None
        if len(run) % 2:
            single = next((n for n in range(0, len(run), 2) if is_organisation(run[n])), 0)
        for n in range(len(run)):
            if n == single:
                yield (Person(literal=run[n]) if is_organisation(run[n]) else parse(run[n])), False
            elif (n - (single is not None and n > single)) % 2 == 0:
                yield parse(f"{run[n]}, {run[n + 1]}"), True
