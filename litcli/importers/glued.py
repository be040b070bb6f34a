"""A title with names glued to its end (`…Structured PruningMengzhou Xia, Tianyu Gao et al.`), cut where they begin.

Every place in the line where a name may begin is weighed: by the shape of the name that would begin there, by that of
the title's last word that would end there, and by the words that the page uses elsewhere. The heaviest place wins; the
cut is sure where that place is good by itself and no other comes near it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from litcli import names
from litcli.text import fold, has_cjk, squeeze

_NAME_MAX = 100
"""Characters; no name that is glued to a title is longer, so no more of a long line is searched for its beginning."""
_CLOSING = frozenset("?!.)]}$\"'”’»%*+#")
_BOUNDARY = re.compile(r"[?!)\]}$”»]$")
"""A mark after which no title goes on without a blank."""
_OKINA = "ʻ"
"""The letter that Hawaiian names begin with, before a capital."""
_WORD = re.compile(r"\S+")
_PREFIX = re.compile(r"(?:Mc|Mac|Le|La|De|Di|Du|Da|Van|Von|Vander|Fitz|Al|El|O|D)")
"""Beginnings of names that a capital follows: `McCallum`, `LeCun`, `DeAndre`."""
_COINED = re.compile(
    r"(?:Net|Nets|Former|Formers|Bench|Boost|Flow|Hub|Tube|Seek|Search|Eval|Graph|Space|Script|Store|Book|Base|Vec|Pose|"
    r"Track|Diff|Fusion|Prop|Grad|Norm|Drop|Mix|Lab|Mind|Torch|Box|Map|World|Web|Scale|Speech|Point|Play|Plan|Mask|Face|Set|"
    r"Stack|Scan|Chat|Learn|Sum|Data|Text|Image|Video|Code|Agent|Coder|Diffusion)(?![a-z])"
)
"""Humps of coined words, which no name begins with: `ImageNet`, `DeepSeek`, `TensorFlow`."""
_CAPITALS = "".join(char for char in map(chr, range(0x1F00)) if char.isupper())
_SMALL = rf"[^\W\d_{_CAPITALS}]"
_HUMP = re.compile(rf"([{_CAPITALS}]{_SMALL}+)[{_CAPITALS}]")
_LAST_HUMP = re.compile(rf"[{_CAPITALS}]?{_SMALL}*$")
_LAST_CAPITALS = re.compile(rf"{_SMALL}[{_CAPITALS}]{{2,}}$")
"""How an acronym ends that was left behind: `EraLH`, before `Cb Collaboration`; some words do, too: `AutoML`."""
_RUN = re.compile(rf"{_SMALL}[{_CAPITALS}]{{2}}")
_TWO_HUMPS = re.compile(rf"(?:[{_CAPITALS}]{_SMALL}+){{2}}")
_PLURAL = re.compile(r"[A-Z]s(?![a-z])")
_MIXED = frozenset(
    """
    kev mev gev tev pev lhc iot latex bibtex github youtube pytorch tensorflow imagenet alphafold alphago deepseek
    chatgpt mongodb postgresql mysql javascript typescript openstreetmap geneontology wikidata spacy deberta
    """.split()
)
"""Words of many titles with capitals inside or an acronym before a group's, folded."""
_QUOTES = "()[]{}\"'“”‘’.,:;?!$"
_FUNCTION_WORDS = frozenset(
    """
    a an the of for with and in on to from by via at as is are or its our we can do does how what when why using
    under over into without within between beyond through towards toward
    """.split()
)
"""Words that stand in titles and in no name."""

# Weights, chosen on one half of 15,124 titles with their authors (database, machine-learning and language conferences)
# and checked on the other half and on other fields; see tests/importers/test_glued.py.
_PLAIN, _INITIALS, _GROUP, _CAMEL, _ODD = 10, 7, 10, 5, 4
_LONE, _LONE_GROUP = 1, 8
_TORN, _ONE_LETTER = 5, 9
_RUN_ON = 8
_KNOWN = 6
_ODD_PIECE = 4
_GOOD, _CLEAR = 7, 6
"""What a sure cut weighs at the least, and by how much it outweighs every other."""


@dataclass(frozen=True, slots=True)
class Split:
    """A line in its two parts; `cut` says that the list of names was, `sure` that no other cut comes near this one."""

    title: str
    names: tuple[str, ...]
    cut: bool
    sure: bool


class _Seam(NamedTuple):
    """A place where the names may begin: what speaks for it, its comma piece, the place in that piece."""

    weight: int
    piece: int
    at: int
    tears: bool
    """Whether the piece could be a name as it stands: `Andrew McCallum`."""


def split(line: str, known: Container[str] = ()) -> Split:
    """The title and the names of a line; without names, and not sure, where no place for a cut is found.

    `known` are folded words that the page uses elsewhere. Commas part the names; the title may hold some as well.
    """
    text, cut = names.without_et_al(squeeze(line))
    pieces = text.split(", ")
    seams = list(_seams(pieces, known))
    if not all(seam.tears for seam in seams):
        seams = [seam._replace(weight=seam.weight - _RUN_ON * seam.tears) for seam in seams]
    seams.sort(reverse=True)
    if not seams:
        return Split(text, (), cut, False)
    best = seams[0]
    title = ", ".join((*pieces[: best.piece], pieces[best.piece][: best.at])).strip()
    people, _ = names.split_list(", ".join((pieces[best.piece][best.at :], *pieces[best.piece + 1 :])))
    sure = best.weight >= _GOOD and all(best.weight - other.weight >= _CLEAR for other in seams[1:])
    return Split(title, tuple(people), cut, sure)


def _seams(pieces: list[str], known: Container[str]) -> Iterator[_Seam]:
    """The places that may be cut at, from the last comma piece back to the first that can be no name."""
    odd = 0
    for number in range(len(pieces) - 1, -1, -1):
        piece = pieces[number]
        bare = piece.removeprefix("and ").removeprefix("& ")
        whole = number > 0 and (_is_name(bare) or names.is_suffix(bare) or _is_lone_group(bare))
        for at in _glue_points(piece, known):
            weight = _worth(piece[at:]) - _damage(piece[:at], piece[at:], known) - odd * _ODD_PIECE
            if weight > 0:
                yield _Seam(weight, number, at, whole)
        if not whole:
            if not _is_odd_name(bare):
                return
            odd += 1


def _is_name(text: str) -> bool:
    return names.looks_like_name(text) or names.is_cjk_name(text)


def _is_lone_group(text: str) -> bool:
    return len(text.split()) == 1 and text[:1].isupper() and names.is_organisation(text)


def _is_odd_name(text: str) -> bool:
    """Whether a comma piece can be somebody although it looks like no name: `xiaokun liu`, `Zhongfei (Mark) Zhang`."""
    words = text.split()
    return len(text) <= _NAME_MAX // 2 and 2 <= len(words) <= 5 and _FUNCTION_WORDS.isdisjoint(map(str.lower, words))


def _glue_points(piece: str, known: Container[str]) -> Iterator[int]:
    """Where a name may begin inside a word of a text's end: at a capital after a small letter, a digit or a closing
    mark; in a run of capitals at the last (`ASRWei` is `ASR` and `Wei`) or behind a known word.
    """
    first = max(1, len(piece) - _NAME_MAX)
    for word in _WORD.finditer(piece, max(0, first - _NAME_MAX)):
        start, end = word.span()
        for at in range(max(first, start + 1), end):
            before, here, after = piece[at - 1], piece[at], piece[at + 1 : at + 2]
            is_marked = here == _OKINA and after.isupper()
            if not (here.isupper() or is_marked or has_cjk(here)) or (before in "'’" and at - start == 2):
                continue  # O'Connor is in one piece
            if before in _CLOSING and at - start == 1:
                continue  # a quotation opens
            if names.is_initials(piece[at - 2 : at]) and (at - start == 2 or _is_initial(piece[at:end])):
                continue  # and so are R.J. and A.C.C.
            if before.isupper() and _PLURAL.match(piece, at):
                continue  # GANs
            if has_cjk(here) or has_cjk(before):
                if has_cjk(here) != has_cjk(before):
                    yield at
            elif (
                before.islower()
                or before.isdigit()
                or before in _CLOSING
                or (before.isupper() and (after.islower() or after == "." or _is_word(fold(piece[start:at]), known)))
            ):
                yield at


def _is_word(folded: str, known: Container[str]) -> bool:
    return folded in _MIXED or folded in known


def _is_initial(text: str) -> bool:
    return len(text) == 1 or names.is_initials(text)


def _worth(tail: str) -> int:
    """How much a text looks like a name, or two that `and` joins; 0 where it cannot be one."""
    people = re.split(r" (?:and|&) ", tail)
    if len(people) > 1:
        return min(map(_worth, people)) if len(people) == 2 and all(map(names.looks_like_name, people)) else 0
    if names.is_cjk_name(tail):
        return _PLAIN
    words = tail.split()
    if names.is_organisation(tail) and all(map(names.is_name_word, (words[0], *words[1:-1]))):
        return _GROUP if len(words) > 1 else _LONE_GROUP if _HUMP.match(words[0]) else 2 * _LONE
    if not all(map(names.is_name_word, words)) or words[-1] in names.PARTICLES:
        return 0
    if len(words) == 1:
        return _LONE
    # Exactly two words are the usual shape, three the next.
    worth = _given(words[0]) + {2: 2, 3: 1}.get(len(words), 0)
    return max(0, worth - _TORN * any(map(is_run_together, words[1:])))


def is_run_together(text: str) -> bool:
    """Whether a capital follows small letters, as in no family name but those with a prefix: `McCallum`."""
    return any(not _PREFIX.fullmatch(hump[1]) for hump in _HUMP.finditer(text))


def _given(word: str) -> int:
    """How much a word looks like somebody's first."""
    if len(word) > 1 and all(part[:1].isalpha() and part[1:] == part[1:].lower() for part in re.split(r"[-'’]", word)):
        return _PLAIN
    if names.is_initials(word) or re.fullmatch(r"[A-Z]{1,2}|[A-Z]\.[A-Z]", word):
        return _INITIALS
    if _TWO_HUMPS.fullmatch(word):
        return _CAMEL
    return _LONE if _RUN.search(word) else _ODD


def _damage(title: str, name: str, known: Container[str]) -> int:
    """What speaks against a cut: it tears a word such as `McCallum`, `LeCun` or `OpenNRE` apart, or leaves a title
    whose last word runs on where it should end (`OptimizationMohammad`, `(PSA)Kian`).
    """
    word = title[max(0, len(title) - _NAME_MAX) :].rpartition(" ")[2]
    stump = fold(word.strip(_QUOTES))
    damage = -_KNOWN if _is_word(stump, known) else _torn(word)
    if _is_word(stump + fold(re.match(r"\w*", name)[0]), known):  # type: ignore[index]
        damage += 2 * _KNOWN
    if re.match(r"[A-Z]{2,}", name) and not re.match(r"[A-Z]{1,2}\s", name) and not names.is_organisation(name):
        damage += _TORN
    return damage + _TORN * bool(_COINED.match(name))


def _torn(word: str) -> int:
    """How much the last word of a title looks as if it went on: it ends in `Mc`, in one letter, in half a name."""
    hump = _LAST_HUMP.search(word)[0]  # type: ignore[index]
    capitals = 2 * bool(_LAST_CAPITALS.search(word))
    one_letter = len(hump) == 1 and word[-2:-1].islower()
    return capitals + _run_on(word, hump) + _TORN * bool(_PREFIX.fullmatch(hump)) + _ONE_LETTER * one_letter


def _run_on(word: str, hump: str) -> int:
    """How much a word's last hump looks like the beginning of a name that was left behind: `Mohammad` of
    `OptimizationMohammad` much, `Seek` of `DeepSeek` not.
    """
    if _COINED.fullmatch(hump) or _PLURAL.fullmatch(hump):
        return 0
    if len(hump) > 1 and hump[0].isupper():
        before = word[: -len(hump)]
    else:
        before = word.rstrip(_CAPITALS)
        if len(word) - len(before) < 2:
            return 0
    if not before or _BOUNDARY.search(before.lstrip(_QUOTES)):
        return _RUN_ON if before else 0
    first = re.search(r"[^\W\d_]*$", before)[0]  # type: ignore[index]
    if first.isupper() and len(first) > 1:
        return _RUN_ON
    if not first or first[1:] != first[1:].lower():
        return 0
    # Coined words begin with a short one, in small letters a very short one: `TensorFlow`, `eBay`.
    return min(_RUN_ON, 2 * max(0, len(first) - (3 if first[0].islower() else 4)))
