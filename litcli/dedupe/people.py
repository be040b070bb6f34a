"""Author lists compared: in any order, with initials, inverted names, and names that lost a part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from litcli.paper import Person
from litcli.text import tokens

_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_TEAM_WORDS = frozenset("corporate the team group inc ltd collaboration consortium".split())
"""Words that a team's name may have or lack."""
_LOOKED_AT = 40
"""People of a list, beyond those whose names are written alike, that are compared one by one."""

_INITIALS = 4
"""Letters from which on capitals are a name, and no initials without their dots."""

Name = tuple[tuple[str, ...], tuple[str, ...], str]
"""The folded words of a family name without particles, those of the given name, and the family name as others may have
it: in one word with its particles, or without its letters with accents ("" where it has neither)."""


@dataclass(frozen=True, slots=True)
class People:
    """What two author lists have in common."""

    share: float | None
    """Of the shorter list in the longer one; None where one record names nobody."""
    agree: int
    reason: str


def read(people: Sequence[Person]) -> tuple[Name, ...]:
    """The names of a list as they are compared; a person without a letter, as in `?`, is nobody."""
    return tuple(name for name in map(_name, people) if name[0] or name[1])


def compare(one: tuple[Name, ...], two: tuple[Name, ...]) -> People:
    """How many people of the shorter list are on the longer one."""
    if not one or not two:
        return People(None, 0, "one of them names no author" if one or two else "neither names an author")
    # In one order whichever comes first, so that the answer is one.
    one, two = sorted((one, two))
    shorter = min(len(one), len(two))
    alike = Counter(one) & Counter(two)
    found = alike.total()
    if found < shorter:
        left = list((Counter(one) - alike).elements())[:_LOOKED_AT]
        right = list((Counter(two) - alike).elements())[:_LOOKED_AT]
        for name in left:
            match = next((other for other in right if _is_same(name, other)), None)
            if match:
                right.remove(match)
                found += 1
    if found == shorter:
        whole = len(one) == len(two)
        return People(1.0, found, "same authors" if whole else "the authors of one are among the other's")
    if not found:
        return People(0.0, 0, "different authors")
    return People(found / shorter, found, f"{found} of {shorter} authors agree")


@lru_cache(maxsize=65536)
def _name(person: Person) -> Name:
    if person.literal:
        words = tuple(tokens(person.literal))
        return tuple(word for word in words if word not in _TEAM_WORDS) or words, (), ""
    # DBLP numbers people of one name (`Wei Wang 0001`); a suffix is no part of the name that is compared.
    family, given = ([w for w in tokens(part) if not w.isdigit()] for part in (person.family, person.given))
    family = [word for word in family if word not in _SUFFIXES]
    is_initials = person.family.isupper() and len(person.family) < _INITIALS
    if family and is_initials and len(given) == 1 and not person.given.isupper():
        # MEDLINE's `Dai FZ`, read as a given name and a family name.
        family, given = given, list(family[0])
    while given and (not family or given[-1] in _SUFFIXES):
        word = given.pop()
        family += [] if word in _SUFFIXES else [word]
    if person.particle:
        return tuple(family), tuple(given), "".join((*tokens(person.particle), *family))
    lossy = "" if person.family.isascii() else "".join(tokens(person.family.encode("ascii", "ignore").decode()))
    return tuple(family), tuple(given), lossy if len(lossy) > 2 else ""


@lru_cache(maxsize=65536)
def _is_same(a: Name, b: Name) -> bool:
    """Whether two names can be one person's: a family name in common, and nothing against it in the rest."""
    (one, given_one, other_one), (two, given_two, other_two) = a, b
    x, y = "".join(one), "".join(two)
    typo = len(x) > 4 and len(y) > 4 and DamerauLevenshtein.distance(x, y, score_cutoff=1) <= 1
    if typo or x in (y, other_two) or y == other_one:
        return _given_agree(given_one, given_two)
    rest, others = "".join(given_one), "".join(given_two)
    if (x and rest == y and x == others) or x + rest == y + others:
        return True
    shorter, longer = sorted((one + given_one, two + given_two), key=len)
    return _stands_in(shorter, longer)


def _given_agree(one: Sequence[str], two: Sequence[str]) -> bool:
    """Names of one initial agree (`Russ`, `R.`, `Ruslan`), and names in common; a missing one agrees with any."""
    if not one or not two or one[0][0] == two[0][0] or "".join(one) == "".join(two):
        return True
    return any(len(word) > 2 for word in set(one) & set(two))


def _stands_in(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether each word of a name is one of another's or its initial, and at least one is whole and long."""
    left = list(longer)
    whole = 0
    for word in sorted(shorter, key=len, reverse=True):
        match = next((other for other in left if other == word), None) or next(
            (other for other in left if other[0] == word[0] and 1 in (len(other), len(word))), None
        )
        if match is None:
            return False
        left.remove(match)
        whole += match == word and len(word) > 2
    return whole > 0 and len(shorter) > 1
