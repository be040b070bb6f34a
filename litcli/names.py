"""People's names: BibTeX's grammar to and from `Person`, and the lists that pages print them in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from litcli.paper import Person
from litcli.text import fold, has_cjk, is_balanced, squeeze

_SUFFIX = re.compile(r"(?:jr|sr|jnr|snr|ii|iii|iv|[23]rd|2nd)\.?", re.IGNORECASE)
_PARTICLES = frozenset(
    """
    von van vom zu zur zum der den de des del della dello di da do dos das du la le lo las los ter ten te bin ibn ben al
    el af av och y e i san st mc den 't
    """.split()
)
_STARS = re.compile(r"[*∗⋆★†‡§¶♠♣♦♡#]+|\s?[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_GROUPS = frozenset(
    """
    team group collaboration consortium research university institute committee project lab labs inc. company society
    association network
    """.split()
)
"""Words at the end of a group's name."""
_HOMONYM = re.compile(r"(?<!\w)0\d{3}(?!\w)", re.ASCII)
"""DBLP's number behind a name that several people bear: `Wei Wang 0001`."""
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


def split_and(text: str) -> Iterator[str]:
    """The names of a list, which `and` parts outside of braces (btxdoc, section 4); empty ones are left out."""
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
    words = _words(text)
    last = max((i for i, word in enumerate(words[:-1]) if _is_particle(word)), default=-1)
    return " ".join(words[: last + 1]), " ".join(words[last + 1 :])


@lru_cache(maxsize=131072)
def parse(text: str) -> Person:
    """The person that a name says in BibTeX's three forms; a name in braces is an organisation.

    `First von Last`, `von Last, First`, `von Last, Jr, First` (btxdoc, section 4).
    """
    text = _with_partners(text)
    pieces = [squeeze(piece) for piece in split_top(text)]
    pieces = [piece for piece in pieces if piece] or [""]
    if len(pieces) == 1:
        if _is_braced(pieces[0]):
            return Person(literal=pieces[0][1:-1])
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


def _is_name_word(word: str) -> bool:
    if word.lower() in _PARTICLES or is_initials(word) or re.match(r"[a-z]{1,2}['’][^\W\da-z_]", word):
        return True
    bare = word.strip(".'’")
    return bool(bare) and (bare[0].isupper() or not bare[0].isascii()) and not re.search(r"[\d,:;?!()\[\]/@]", bare)


def looks_like_name(text: str) -> bool:
    """Whether a text can be one person: two to six capitalised words, initials and particles."""
    words = text.split()
    return (
        2 <= len(words) <= 6
        and all(map(_is_name_word, words))
        and any(w[0].isupper() or not w.isascii() for w in words)
    )


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
    if person.literal or not any("0" in part and _HOMONYM.search(part) for part in (person.family, person.given)):
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
    if len(words) > 1 and (words[-1].lower() in _GROUPS or words[0].lower() == "the"):
        return True
    return len(words) == 1 and bool(re.search(r"\d|-[A-Z]{2,}|[a-z][A-Z]{2}|[A-Z]{3}", words[0]))


def person(text: str) -> Person:
    """One printed name: a group's as an organisation, anybody else's in natural order."""
    return Person(literal=_with_partners(text)) if is_organisation(text) else natural(text)


def split_list(line: str) -> tuple[list[str], bool]:
    """The names of a printed author line, and whether it was cut (`et al.`, `and others`).

    Commas, semicolons, `and` and `&` separate; a comma before `Jr.` does not.
    """
    text = squeeze(_STARS.sub("", squeeze(line)))
    text, cut = re.subn(
        r"[,;]?\s*(?:\bet\.? al\.?|\band others|\band \d+ (?:more|others)|\.\.\.|…)\s*$", "", text, flags=re.IGNORECASE
    )
    pieces = re.split(r"\s*[,;，、；]\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+", text)
    names: list[list[str]] = []
    for piece in pieces:
        piece = piece.strip().removeprefix("and ").strip()
        if names and _SUFFIX.fullmatch(piece) and not is_initials(piece):
            names[-1].append(piece)
        elif piece:
            names.append([piece])
    return list(map(" ".join, names)), bool(cut)


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
    return is_initials(item) or (len(words) <= 3 and all(word in _PARTICLES for word in words[:-1]))


def _is_given(item: str) -> bool:
    """Whether an item can be the given half though it has two words: `Ed H.`"""
    first, _, rest = item.partition(" ")
    return _is_half(item) or (_is_half(first) and is_initials(rest))


def _is_family(item: str, following: Sequence[str]) -> bool:
    """Whether an item can be the family half though its particle has a capital: `Le Gallo`, before a single word."""
    particle, _, rest = item.partition(" ")
    return particle.lower() in _PARTICLES and _is_half(rest) and any(" " not in word for word in following)


def _pairs(items: Sequence[str]) -> Iterator[tuple[Person, bool]]:
    at = 0
    while at < len(items):
        end = at
        while end < len(items) and (
            _is_half(items[end])
            or (_is_given(items[end]) if (end - at) % 2 else _is_family(items[end], items[end + 1 : end + 2]))
        ):
            end += 1
        run = list(items[at:end])
        if not run:
            yield person(items[at]), False
            at += 1
            continue
        single = None
        if len(run) % 2:
            single = next((n for n in range(0, len(run), 2) if is_organisation(run[n])), 0)
        for n in range(len(run)):
            if n == single:
                yield (Person(literal=run[n]) if is_organisation(run[n]) else parse(run[n])), False
            elif (n - (single is not None and n > single)) % 2 == 0:
                yield parse(f"{run[n]}, {run[n + 1]}"), True
        at = end


# --- a title with a name glued to its end -----------------------------------------------------------------

_NAME_MAX = 100
"""Characters; no name that is glued to a title is longer, so no more of a long line is searched for its beginning."""
_CLOSING = frozenset("?!.)]}$\"'”’»%*+")


def _glue_points(word: str) -> Iterator[int]:
    """Where a name may begin inside a word: at a capital after a small letter, a digit or a closing mark, or at
    the last capital of a run of them (`ASRWei` is `ASR` and `Wei`, `IoTJ.` is `IoT` and `J.`).
    """
    skipped = max(0, len(word) - _NAME_MAX)
    word = word[skipped:]
    for at in range(1, len(word)):
        before, here, after = word[at - 1], word[at], word[at + 1 : at + 2]
        initials = is_initials(word[:at]) and (at == 2 or is_initials(word[at:]))
        if initials or (before in "'’" and at == 2):
            continue  # R.J. and O'Connor are in one piece
        if here.isupper() and (
            before.islower()
            or before.isdigit()
            or before in _CLOSING
            or (before.isupper() and (after.islower() or after == "."))
        ):
            yield skipped + at


def split_glued(text: str) -> tuple[str, str]:
    """A title and the first name that follows it without a blank; the name is "" where none is found.

    `…Structured PruningMengzhou Xia` gives (`…Structured Pruning`, `Mengzhou Xia`).
    """
    best: tuple[int, int] | None = None
    words = list(re.finditer(r"\S+", text))
    for word in reversed(words[-6:]):
        for glue in _glue_points(word[0]):
            at = word.start() + glue
            if len(text) - at > _NAME_MAX:
                continue
            worth = _name_worth(text[at:]) - _torn(text[:at], text[at:])
            if worth > 0 and (best is None or worth > best[0]):
                best = (worth, at)
    if best is None:
        return text, ""
    return text[: best[1]].strip(), text[best[1] :].strip()


def _name_worth(name: str) -> int:
    """How much a text looks like the name of one person; 0 where it cannot be one."""
    parts = name.split()
    if not all(map(_is_name_word, parts)) or parts[-1] in _PARTICLES:
        return 0
    if len(parts) == 1:
        return 2 if is_organisation(name) else 1
    given = parts[0]
    plain = len(given) > 1 and all(
        part[:1].isalpha() and (not part[1:] or part[1:].islower()) for part in re.split(r"[-'’]", given)
    )
    worth = 10 if plain else 7 if is_initials(given) or re.fullmatch(r"[A-Z]{1,2}", given) else 4
    # A given name before initials or a particle, or exactly two words, is the usual shape.
    return worth + {2: 2, 3: 1}.get(len(parts), 0)


def _torn(title: str, name: str) -> int:
    """What speaks against a cut: it tears a word such as `McCallum`, `LeCun` or `OpenNRE` apart."""
    stump = re.search(r"[^\W\d_]*$", title[-_NAME_MAX:])[0]  # type: ignore[index]
    torn = 0
    if re.fullmatch(r"Mc|Mac|Le|De|La|Di|Du|Van|O|Fitz|[A-Z]", stump):
        torn += 5
    if len(stump) == 1 and stump.islower():
        torn += 3
    if re.match(r"[A-Z]{2,}", name) and not re.match(r"[A-Z]{1,2}\s", name):
        torn += 4
    return torn


def split_title_and_names(line: str) -> tuple[str, list[str], bool]:
    """A feed's line `TitleFirst Author, Second Author et al.`: the title, the names, whether the list was cut.

    The title may hold commas, so the names are the longest tail of comma pieces that can be names and whose
    first one grows out of the title. No names where no place for the cut is found.
    """
    text = squeeze(line)
    text, cut = re.subn(r"\s+et al\.?$", "", text)
    pieces = text.split(", ")
    seams: list[tuple[int, str, str]] = []
    for at in range(len(pieces) - 1, -1, -1):
        head, name = split_glued(pieces[at])
        bare = pieces[at].removeprefix("and ")
        clean_name = looks_like_name(bare) or _lone_name(bare)
        if name:
            seams.append((at, head, name))
            if not clean_name or at == 0:
                # What cannot be a name holds the seam; one that could (`Andrew McCallum`) only where nothing else does.
                del seams[:-1]
                break
        if not clean_name:
            break
    if not seams:
        return text, [], bool(cut)
    at, head, name = max(seams, key=lambda seam: _name_worth(seam[2]))
    people = [name, *(piece.removeprefix("and ") for piece in pieces[at + 1 :])]
    return ", ".join([*pieces[:at], head]), people, bool(cut)


def _lone_name(text: str) -> bool:
    return len(text.split()) == 1 and text[:1].isupper() and is_organisation(text)
