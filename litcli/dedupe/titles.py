"""Titles compared: how two of them are related, and what in them tells two works apart."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from litcli.text import fold, has_cjk, title_key, tokens

REWORDED = 0.65
"""Share of the letters of two titles' words that stand in both, from which on one may be the other reworded."""
_FEW_WORDS = 4
"""Words in common below which two titles are not one reworded: too little to go by."""
_LONGEST = 500
"""Letters of a title that are looked at; the rest is an abstract that came into its place."""
_LOST = 0.2
"""Share of a title's letters that an export may lose with its accents; a title in another script loses all."""
_CUT = 25
"""Letters from which on a title that another begins or ends with is no mere phrase."""
_CUT_WITHIN = 35
"""Letters from which on a title that ends within a word of another was cut there, as some databases do."""
_LETTERS = 15
"""Letters of a title of which one may be wrong, wherever it stands."""
_MOST_LETTERS = 3
"""Letters of a title that may be wrong, however long it is."""


class Relation(Enum):
    """How two titles are related, the closest first; the values are the reasons that people read."""

    EQUAL = "equal titles"
    TYPED = "titles differ as typing does"
    SHORTENED = "one title is the other shortened"
    CUT = "one title is the other cut short"
    MISSPELT = "titles differ by a few letters"
    EXTENDED = "one title is part of the other"
    REWORDED = "titles differ by a few words"
    OTHER = "the titles differ"


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it is compared.

    Joined keys have no blanks, so that `pre-training` is `pretraining`: `joined` is that of the whole title, `lossy`
    what an export leaves of it that loses its letters with accents, `bare` is without the bracket at its end, `head`
    what stands before a colon; "" where there is no such part. `words` are those that say something, in order.
    """

    key: str
    joined: str
    lossy: str
    bare: str
    head: str
    words: tuple[str, ...]
    numbers: Counter[str]
    head_numbers: Counter[str]
    kind: frozenset[str]
    acronyms: frozenset[str]
    is_cut: bool
    is_short: bool
    is_generic: bool
    is_serial: bool


# --- what a title says ------------------------------------------------------------------------------------

# Notes that databases put behind titles (MEDLINE's and Embase's); what follows them was cut off or belongs to them.
_NOTE = re.compile(
    r"\s*\.?\s*[\[(](?:erratum|corrigendum|correction|retraction|comment|update|republished|original report|reprint|"
    r"summary for patients)s? (?:appears|published|of|from|to|in)\b.*$|"
    r"\s*\[\d{1,2}\]\W*$|"
    r"\s*\.\.\. [^.]*\.? ?\d{4} .*;\s*\d+\(\d+\):.*$",
    re.IGNORECASE | re.DOTALL,
)
# How Web of Science, and how Embase and Scopus, title a correction: by volume, page and year of what it corrects.
_CORRECTS = re.compile(
    r"\s*\(vol\.? \d+,? (?:pg?|art)\b[^()]*\)?\W*$|"
    r"\s*\([^()]*\([^()]*(?:19|20)\d\d\)[^()]*\([^()]*\d[^()]*\)[^()]*\)?\W*$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\W{0,3}[\[(](?:(?:structured|provisional|extended|demo|panel|conference|meeting|short|invited|industrial|research|"
    r"full|multiple|experience) )?(?:abstracts?|review|letters?|panel|session|paper|talk|keynote|\d+ refs?\.?|"
    r"corrected|german|french|spanish|italian|japanese|chinese|polish|russian|portuguese|dutch|swedish|turkish|romanian|english)"
    r"[\])]",
    re.IGNORECASE,
)
"""A bracket that says what a work is or in which language; it is not in everybody's title."""
_ACRONYM = re.compile(r" [(]([A-Za-z]{0,2}[A-Z]{2,5}s?)[)]")
"""A short form explained in brackets; `(II)` is none."""
_BRACKET_END = re.compile(r"\s*[\[(](?:[^\[\]()]|\([^()]*\))*[\])]\s*\.?\s*$")
_KIND = re.compile(
    r"^\W*(erratum|errata|corrigend\w+|corrections?|retraction|retracted|addendum|publisher.s note|tutorial)\b|"
    r"^\W*(review of)\b|\b(comments? on|a comment|repl(?:y|ies) to|response to|reply|rejoinder|book review)\b|"
    r"[(\[:—-]\s*(erratum|corrigend\w+|correction|retraction|comments?|reply|discussion|tutorial|poster|demo)"
    r"(?: session| abstract| description)?\W*(?:$|[)\]])|"
    r"\b((?:study|trial|review) protocol|protocol for an?|protocol of an?|statistical analysis plan)\b|"
    r"[(\[:—-]\s*(?:an? )?(protocol|rationale and (?:study )?design|(?:study )?design and rationale)\W*$|"
    r"(?:[:(\[—–.?]| -) ?(?:[\w-]+ ){0,4}(follow[- ]?up|interim (?:analysis|report|results)|"
    r"(?:post[- ]hoc|subgroup|secondary) analysis)(?: study| results| report)?\W*$"
)
_STAGES = {
    "protocol": re.compile("protocol|plan|design"),
    "follow-up": re.compile("follow"),
    "analysis": re.compile("interim|analys"),
}
"""How a paper names itself that comes before or after the one with a study's results."""
_KIND_WORDS = frozenset(
    """
    erratum errata corrigendum corrigenda correction corrections retraction retracted addendum note tutorial comment
    comments reply replies response rejoinder review discussion poster demo protocol plan rationale
    follow followup interim hoc subgroup secondary
    """.split()
)
"""One of these stands in every title that says its kind."""
_SAME_KIND = {
    **dict.fromkeys(("errata", "corrigendum", "corrigenda", "correction", "corrections"), "erratum"),
    "retracted": "retraction",
    **dict.fromkeys(("comments on", "a comment", "comments", "comment"), "comment on"),
    **dict.fromkeys(("replies to", "response to", "reply to", "rejoinder"), "reply"),
    "review of": "book review",
}
_ROMAN = {word: str(at) for at, word in enumerate("ii iii iv v vi vii viii ix x xi xii".split(), 2)}
_ORDINALS = {
    word: str(at)
    for at, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
_EDITION_END = re.compile(
    rf"[\s,.;:(\[-]+({'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)) (?:edition|edn|ed)\b\W*$", re.IGNORECASE
)
_ORDINAL_END = re.compile(r"(?<=\d)(?:st|nd|rd|th)$")
_PART_NAMED = re.compile(
    r"\b(?:part|volume|vol|chapter|book|section|paper) (i|one|two|three|four|five|six|seven|eight|nine|ten|[a-h])\b"
)
_WRITTEN = {word: str(at) for at, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_NUMBERING = frozenset((*_ROMAN, *_ORDINALS, *"part volume vol chapter book section paper plus sharp".split()))
"""Words without one of which, and without a digit, a title has no number."""
_MODEL = re.compile(r"\b\w{0,20}\d[\w.]{0,20}-([A-Z][A-Z\d]{0,20})\b")
"""Qwen2-VL is another model than Qwen2."""
_NO_NUMBERS: Counter[str] = Counter()
_SUBTITLE = re.compile(r"\s[-–—]+\s|[?!]\s")
_FILLERS = frozenset("a an the of on in for to and or with by from at as using via towards toward into its".split())
_GENERIC = frozenset(
    """
    abstract abstracts an and announcement announcements annual answer answers article articles author authors
    book books brief calendar call case cases chair chairs column comment commentaries commentary comments
    communication communications conclusion conclusions contents contributors correction correspondence
    corrigendum data database debate discussion editor editorial editors errata erratum essay essays events
    feature features first foreword forum from general guest highlights images in index influential information
    interview introduction invited issue journal keynote letter letters list meeting message minutes new news
    note notes obituary of on opinion opinions overview panel papers part perspective perspectives position
    poster posters preface president presidents proceedings profile program publications question questions quiz
    record referees reminiscences reply report reports research response review reviewers reviews s section
    selected session short special standards summary survey symposium systems table the theme this to treasurer
    treasurers tutorial tutorials update viewpoint viewpoints volume welcome workshop year
    """.split()
)
"""Words of which the titles are made that every journal has: `Editorial`, `In This Issue`, `Letters to the Editor`."""
_SERIAL = frozenset(
    """
    annual challenge column committee conference editorial findings forum gateways highlights lab message news obituary
    overview preface proceedings progress recent report reports results review state statistics status summary survey
    symposium task track trends update updates workshop year yearbook
    """.split()
)
"""Words of titles that come again a year later: `Overview of the Shared Task`."""
_GREEK = dict(
    zip(
        "αβγδεϵζηθϑικλμνξπρστυφϕχψωℓ",
        "alpha beta gamma delta epsilon epsilon zeta eta theta theta iota kappa lambda mu nu xi pi rho sigma tau "
        "upsilon phi phi chi psi omega ell".split(),
        strict=True,
    )
)
_COMMAND = re.compile(rf"\\(?:var)?({'|'.join(sorted(set(_GREEK.values())))})(?![a-z])")
_UNICODE = re.compile(r"\\unicode\{(x?)([0-9a-fA-F]{1,5})\}")
"""A character by its number, as MathJax has it."""
_BY_NAME = re.compile(r"\bvar(?=epsilon|phi|theta|rho)")
_SPELT = re.compile(r"ae|oe|our|is(?=[ai])|ys(?=[ei])")
_SPELLING = {"ae": "e", "oe": "e", "our": "or", "is": "iz", "ys": "yz"}
"""British and American spelling: haemolytic, oesophagus, behaviour, optimise, analyse."""


@lru_cache(maxsize=65536)
def read(title: str) -> Title:
    """A title as it is compared."""
    text = " ".join(_plain(title[:_LONGEST]).split())
    edition = _EDITION_END.search(text)
    if edition:
        text = text[: edition.start()]
    corrects = 0
    acronyms: list[str] = []
    if "(" in text or "[" in text or "..." in text:
        text, corrects = _CORRECTS.subn("", text)
        text = _NOTE.sub("", text)
        kind = _kinds(text, title_key(text).split())
        text = _LABEL.sub(" ", text)
        acronyms = [acronym for acronym in _ACRONYM.findall(text) if acronym.lower() not in _ROMAN]
        text = _ACRONYM.sub(_without_acronym, text)
        key = title_key(text)
        words = key.split()
    else:
        key = title_key(text)
        words = key.split()
        kind = _kinds(text, words)
    head, _, tail = _SUBTITLE.sub(": ", text).partition(": ")
    head = title_key(head) if title_key(tail) else ""
    return Title(
        key,
        joined(key),
        _lossy(text, key),
        joined(_without_end(text)),
        joined(head),
        tuple(_as_digits(word) for word in words if word not in _FILLERS),
        _numbers(text, words),
        _numbers(head, head.split()),
        kind.union(["erratum"] * corrects, [f"edition {number(edition[1])}"] if edition else []),
        frozenset(map(fold, acronyms)),
        title.rstrip().endswith(("...", "…")),
        len(words) < 2 and not (words and len(words[0]) > 5 and has_cjk(words[0])),
        all(word in _GENERIC or word.isdigit() for word in words),
        not _SERIAL.isdisjoint(words),
    )


def joined(key: str) -> str:
    """A title's key in American spelling and without its blanks."""
    return _SPELT.sub(_spelling, key.replace(" ", ""))


def _spelling(match: re.Match[str]) -> str:
    return _SPELLING[match[0]]


def _lossy(text: str, key: str) -> str:
    if text.isascii():
        return ""
    left = joined(title_key(text.encode("ascii", "ignore").decode()))
    return left if len(left) >= (1 - _LOST) * len(joined(key)) else ""


def _plain(title: str) -> str:
    """A title with its signs and letters as text: entities, Greek letters, UTF-8 that was read as Windows-1252."""
    text = html.unescape(title) if "&" in title else title
    if "\\" not in text:
        text = text.replace("{", "").replace("}", "")
    else:
        text = _UNICODE.sub(lambda match: chr(int(match[2], 16 if match[1] else 10)), text)
        text = _COMMAND.sub(lambda match: match[1], text)
    if text.isascii():
        return _BY_NAME.sub("", text) if "var" in text else text
    if "â€" in text or "Ã" in text or "ï¿" in text:
        text = text.encode("cp1252", "ignore").decode("utf-8", "ignore").replace("\ufffc", "").replace("\ufffd", "")
    text = "".join(_GREEK.get(char, char) for char in text)
    return _BY_NAME.sub("", text.replace("±", "+-"))


def _without_acronym(match: re.Match[str]) -> str:
    return match[0] if match[1].lower() in _ROMAN else ""


def _kinds(text: str, words: list[str]) -> frozenset[str]:
    if _KIND_WORDS.isdisjoint(words) and not any(word.startswith("corrigend") for word in words):
        return frozenset()
    found = (next(filter(None, match.groups())) for match in _KIND.finditer(fold(text)))
    return frozenset(_SAME_KIND.get(kind) or _stage(kind) or kind for kind in found)


def _stage(kind: str) -> str | None:
    return next((stage for stage, said in _STAGES.items() if said.search(kind)), None)


def _without_end(text: str) -> str:
    """The key of a title without the brackets at its end, but for one that holds a number alone."""
    if not text.rstrip(" .").endswith((")", "]")):
        return title_key(text)
    for _ in range(3):
        shorter = _BRACKET_END.sub("", text)
        inside = title_key(text[len(shorter) :]).split()
        if not title_key(shorter) or all(word.isdigit() or word in _ROMAN or word == "i" for word in inside):
            break
        text = shorter
    return title_key(text)


def _numbers(text: str, words: list[str]) -> Counter[str]:
    """What numbers a title: digits, Roman and written numbers of parts, the signs of C++ and DefSent+."""
    digits = re.findall(r"\d+", text)
    if not digits and _NUMBERING.isdisjoint(words):
        return _NO_NUMBERS
    found = re.findall(r"\d+", " ".join(words))
    found += [match.lower() for match in _MODEL.findall(text)]
    found += [_ROMAN[word] for word in words[1:] if word in _ROMAN]
    found += [_ORDINALS[word] for word in words if word in _ORDINALS]
    named = (match[1] for match in _PART_NAMED.finditer(" ".join(words)))
    found += [_WRITTEN.get(name, "1" if name == "i" else name) for name in named]
    return Counter(found + [word for word in words if word in ("plus", "sharp")])


def number(text: str) -> str:
    """The first number of a text, in digits: 2 of `2nd ed.` and of `Second`; the folded text where there is none."""
    return next((digits for digits in map(_as_digits, tokens(text)) if digits.isdecimal()), fold(text))


def _as_digits(word: str) -> str:
    """A word, a number in one way: `ii`, `second` and `2nd` as 2."""
    if word[0].isdigit():
        return _ORDINAL_END.sub("", word)
    return _ROMAN.get(word) or _ORDINALS.get(word) or word


# --- two titles -------------------------------------------------------------------------------------------

_OPPOSED = tuple(
    frozenset(group.split())
    for group in (
        "positive negative",
        "high low higher lower",
        "upper lower",
        "left right",
        "adult adults adolescent adolescents child children pediatric paediatric infant infants neonatal elderly",
        "male males men boys female females women girls",
        "resistant sensitive refractory responsive",
        "acute chronic",
        "early late",
        "before after pre post",
        "primary secondary",
        "internal external",
        "safety efficacy",
        "supervised unsupervised",
        "theory practice",
        "static dynamic",
        "discrete continuous",
        "short long",
        "spring summer autumn fall winter",
        "january february march april may june july august september october november december",
    )
)
"""Words of which one in place of the other makes another work."""
_OPPOSED_STARTS = (
    ("hyper", "hypo"),
    ("macro", "micro"),
    ("intra", "inter"),
    ("pre", "post"),
    ("homo", "hetero"),
    ("over", "under"),
)
"""Beginnings that make another word of the rest, a letter or two apart."""


def relate(a: Title, b: Title) -> Relation:
    """How two titles are related; titles that say nothing are not."""
    if not a.joined or not b.joined:
        return Relation.OTHER
    if a.acronyms and b.acronyms and a.acronyms.isdisjoint(b.acronyms):
        return Relation.REWORDED if _is_reworded(a.words, b.words) else Relation.OTHER
    if a.joined == b.joined:
        return Relation.EQUAL
    if a.bare == b.bare != "" or a.joined in (b.head, b.bare) or b.joined in (a.head, a.bare):
        return Relation.SHORTENED
    if a.joined == b.lossy or b.joined == a.lossy or _is_typo(a, b):
        return Relation.TYPED
    if _cut(a, b):
        return Relation.CUT
    if _is_misspelt(a, b):
        return Relation.MISSPELT
    shorter, longer = sorted((a.key, b.key), key=len)
    if len(shorter) >= _CUT and (longer.startswith(f"{shorter} ") or longer.endswith(f" {shorter}")):
        return Relation.EXTENDED
    return Relation.REWORDED if _is_reworded(a.words, b.words) else Relation.OTHER


def differing_numbers(a: Title, b: Title) -> str:
    """The numbers that one of two titles has and the other has not, what one lost of its end left out; else ""."""
    one, two = a.numbers, b.numbers
    if one == two or a.joined == b.joined:
        return ""
    if cut := _cut(a, b):
        short, whole = cut
        # The last word may be what is left of a number.
        return ", ".join(sorted((short.numbers - whole.numbers).keys() - {short.key.rpartition(" ")[2]}))
    if a.joined == b.head:
        two = b.head_numbers
    elif b.joined == a.head:
        one = a.head_numbers
    return ", ".join(sorted({*(one - two), *(two - one)}))


def _is_typo(a: Title, b: Title) -> bool:
    """Whether two titles differ as typing does: in small words, or by a letter or two of long words."""
    if len(a.words) != len(b.words):
        # A blank more or less, so that words differ on both sides; `Hepatitis A` is no typo of `Hepatitis B`.
        left, right = Counter(a.words), Counter(b.words)
        one, two = joined(a.key), joined(b.key)
        glued = left - right and right - left and min(len(one), len(two)) > 9 and not has_cjk(one + two)
        return bool(glued) and DamerauLevenshtein.distance(one, two, score_cutoff=1) <= 1
    pairs = [(x, y) for x, y in zip(a.words, b.words, strict=True) if x != y]
    return len(pairs) <= max(1, len(a.words) // 4) and all(_is_mistyped(x, y) for x, y in pairs)


def _cut(a: Title, b: Title) -> tuple[Title, Title] | None:
    """Two titles, first the one that is the other cut short: it ends in dots, or within a word; else None."""
    short, whole = (a, b) if len(a.joined) <= len(b.joined) else (b, a)
    if len(short.joined) < (_CUT if short.is_cut else _CUT_WITHIN) or not whole.joined.startswith(short.joined):
        return None
    return (short, whole) if short.is_cut or _ends_within_a_word(short.joined, whole) else None


def _ends_within_a_word(start: str, title: Title) -> bool:
    """Whether a joined beginning of a title ends within one of its words, and not before a plural's ending."""
    words = title.key.split()
    ends = (len(joined(" ".join(words[:count]))) for count in range(1, len(words) + 1))
    end = next((end for end in ends if end >= len(start)), len(start))
    return title.joined[len(start) : end] not in ("", "s", "es")


def _is_misspelt(a: Title, b: Title) -> bool:
    """Whether some letters of two titles differ, blanks aside, all of them in words that are another one misspelt."""
    allowed = min(_MOST_LETTERS, len(min(a.joined, b.joined, key=len)) // _LETTERS)
    if not allowed or DamerauLevenshtein.distance(a.joined, b.joined, score_cutoff=allowed) > allowed:
        return False
    one, two = a.key.split(), b.key.split()
    left, right = [word for word in one if word not in two], [word for word in two if word not in one]
    if len(left) != len(right):
        left, right = ["".join(left)], ["".join(right)]
    return not _are_opposed(left, right) and all(map(_is_misspelling, left, right))


def _is_misspelling(x: str, y: str) -> bool:
    """Whether two words of four letters or more, or one of them a filler, differ by a letter, not at their beginning.

    From the tenth letter on two may differ.
    """
    shorter = min(len(x), len(y))
    if shorter < (2 if x in _FILLERS or y in _FILLERS else 4) or has_cjk(x) or has_cjk(y):
        return False
    if x.isdigit() or y.isdigit() or (x[0] != y[0] and x[:2] != y[1::-1]):
        return False
    allowed = 2 if shorter > 9 else 1
    return not _begin_opposed(x, y) and DamerauLevenshtein.distance(x, y, score_cutoff=allowed) <= allowed


def _is_mistyped(x: str, y: str) -> bool:
    """Whether two words are one, mistyped: from the fifth letter on a letter of difference, from the tenth two.

    A beginning that is another word's (`un-`, `a-`, `micro-`) makes another word, and so does another first letter.
    """
    if joined(x) == joined(y):
        return True
    shorter = min(len(x), len(y))
    if shorter > 2 and (x in (f"{y}s", f"{y}es") or y in (f"{x}s", f"{x}es")) and not any(char.isdigit() for char in x):
        return True
    allowed = 2 if shorter > 9 else 1
    if has_cjk(x) or has_cjk(y):
        # A letter is a word.
        return False
    if shorter < 5 or x[0] != y[0] or x.endswith(y) or y.endswith(x):
        return False
    return not _begin_opposed(x, y) and DamerauLevenshtein.distance(x, y, score_cutoff=allowed) <= allowed


def _begin_opposed(x: str, y: str) -> bool:
    return any(
        x.startswith(pair) and y.startswith(pair) and x.startswith(pair[0]) != y.startswith(pair[0])
        for pair in _OPPOSED_STARTS
    )


def _is_reworded(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether most words of two titles, by their letters, stand in both, and none is the opposite of another's."""
    a, b = map(Counter, sorted((one, two)))
    both = a & b
    left, right = list((a - both).elements()), list((b - both).elements())
    common = sum(len(word) * count for word, count in both.items())
    matched = both.total()
    for word in list(left):
        twin = next((other for other in right if _is_mistyped(word, other)), None)
        if twin:
            left.remove(word)
            right.remove(twin)
            common += max(len(word), len(twin))
            matched += 1
    if matched < _FEW_WORDS or _are_opposed(left, right):
        return False
    rest = sum(map(len, left)) + sum(map(len, right))
    return 2 * common >= REWORDED * (2 * common + rest)


def _are_opposed(left: list[str], right: list[str]) -> bool:
    for group in _OPPOSED:
        one, two = group.intersection(left), group.intersection(right)
        if one and two and one != two:
            return True
    return any(x != y and (x.endswith(y) or y.endswith(x)) and min(len(x), len(y)) > 3 for x in left for y in right)
