"""What the fields and types of .bib files are called and hold: the tables that import and export share."""

from __future__ import annotations

import re
from functools import lru_cache

from litcli.text import ascii_fold

VERBATIM = frozenset("doi eprint file pdf url urlraw verba verbb verbc local-url issn isbn".split())
"""Fields of which no character means anything to LaTeX (biblatex manual, section 2.2.1, type verbatim and uri)."""
_DATE = re.compile(r"(?:event|orig|url)?date")
"""Dates in ISO 8601, of which `~` and `%` are parts (biblatex manual, section 2.3.8)."""
_AFFAIRS = re.compile(r".*url|bdsk-.*|bib(?:source|url)|timestamp|owner|date-(?:added|modified)|.*-file")
"""Fields by which programs remember their own affairs: BibDesk, DBLP, JabRef, Zotero."""
_ANNOTATION = re.compile(r".*\+an(?::.*)?")
"""Data about the items of another field, in a grammar of its own (biblatex manual, section 3.7)."""
KEYS = frozenset("crossref xref xdata entryset related ids".split())
"""Fields that hold keys, of this entry or of others."""
REFERENCES = KEYS | frozenset("relatedtype options sortkey".split())
"""Fields that name entries or say how to print one; they are no part of what a child inherits."""
PARENTS = ("crossref", "xref")
"""Fields that name another entry which must come with this one."""

OF_PAGES = frozenset("labels badge citation category posted".split())
"""What pages print beside a paper (the names of its links, a medal, how to quote it) and no bibliography has."""

LANGUAGES = frozenset(
    """
    english american british canadian australian newzealand french german ngerman austrian naustrian swissgerman spanish
    italian portuguese brazilian dutch danish swedish norsk nynorsk norwegian finnish icelandic polish czech slovak
    slovene croatian serbian bulgarian russian ukrainian greek latin turkish hungarian romanian catalan galician basque
    estonian latvian lithuanian
    """.split()
)
"""What biblatex takes for `langid` (biblatex manual, section 2.2.3)."""

ALIASES = {"conference": "inproceedings", "electronic": "online", "www": "online"}
"""Types by another name (biblatex manual, section 2.1.2)."""
NAMED_TYPES = {
    "phdthesis": ("thesis", "phdthesis"),
    "mastersthesis": ("thesis", "mathesis"),
    "techreport": ("report", "techreport"),
}
"""Classic types, and the type and the `type` that biblatex knows them by (biblatex manual, section 2.1.2)."""
_ORDINALS = "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth".split()
"""What BibTeX calls an edition by, where biblatex has its number (btxdoc, section 3.2)."""
BOOKS = frozenset("book mvbook collection mvcollection proceedings mvproceedings reference mvreference".split())
"""Types of whole books, which stand in a series if in anything."""
VENUES = {
    **dict.fromkeys("article review suppperiodical".split(), ("journaltitle", "journal")),
    **dict.fromkeys(
        "inproceedings incollection inbook bookinbook suppbook suppcollection inreference".split(), ("booktitle",)
    ),
    **dict.fromkeys([*BOOKS, *NAMED_TYPES, "thesis", "report"], ()),
}
"""Where the venue of an entry stands, by type; elsewhere in `howpublished`."""
ANY_VENUE = ("journaltitle", "journal", "booktitle")
"""Where it stands in an entry of any other type, and in one that lacks what its type should have."""
HOUSES = {
    "phdthesis": ("school", "institution"),
    "mastersthesis": ("school", "institution"),
    "thesis": ("institution", "school"),
}
"""Where the institution of an entry stands, by type; elsewhere in `institution`."""

LISTS = frozenset("institution location address organization origlocation origpublisher publisher school".split())
"""Fields that biblatex reads as lists, whose items stand between `and`s (biblatex manual, section 2.2.1)."""

_BROKEN_KEY = re.compile(r"[\s,\"{}%#~=\\\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What no \\cite can name, or no reader of .bib files takes for a key (field notes, 3.8)."""
_DOUBTFUL_KEY = re.compile(r"['()\xa0-\U0010ffff]")
"""What Biber, or some LaTeX, stumbles over."""

_PAGE = r"[\w.:+]+"
_DASH = r"\s*(?:-+|[‐‑‒–—−]+)\s*"
_RANGE = re.compile(r"(?P<first>\w+)(?:-+|[‐‑‒–—−]+)(?P<last>\w+)")
_DASHES = re.compile(_DASH)
_PAGES = re.compile(rf"{_PAGE}(?:{_DASH}{_PAGE})?(?:\s*,\s*{_PAGE}(?:{_DASH}{_PAGE})?)*")
_ARTICLE_NUMBER = re.compile(r"[A-Za-z]{1,3}\d{2,}|\d{5,}|[Aa]rticle \w+")


@lru_cache(maxsize=1024)
def is_verbatim(name: str) -> bool:
    """Whether a field of this name is taken as it stands, character by character."""
    is_known = name in VERBATIM or name in REFERENCES
    return is_known or any(pattern.fullmatch(name) for pattern in (_AFFAIRS, _DATE, _ANNOTATION))


def citable(key: str) -> bool:
    """Whether LaTeX can cite this key."""
    return bool(key) and not uncitable(key)


def uncitable(key: str) -> str:
    """The characters of a key that LaTeX cannot cite, each once."""
    return "".join(dict.fromkeys(_BROKEN_KEY.findall(key)))


def doubtful(key: str) -> str:
    """The characters of a key that Biber, or some LaTeX, cannot read, each once."""
    return "".join(dict.fromkeys(_DOUBTFUL_KEY.findall(key)))


def pages(text: str, dash: str) -> str:
    """Page ranges with this dash, whatever dash they had; a text that is no range stays (field notes, 3.6)."""
    if plain := _RANGE.fullmatch(text):
        return f"{plain['first']}{dash}{plain['last']}"
    return _DASHES.sub(dash, text) if _PAGES.fullmatch(text) else text


def ordinal(edition: str) -> str:
    """`Second` for 2, `21st` for 21 (btxdoc, section 3.2: an ordinal, a word with its first letter capitalised)."""
    if not edition:
        return ""
    match = re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th)?", edition, re.ASCII)
    if not match or not int(match[1]):
        return edition.capitalize() if edition.capitalize() in _ORDINALS else edition
    number = int(match[1])
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def cardinal(edition: str) -> str:
    """The number of an edition that an English ordinal calls: 2 for `Second`, 21 for `21st`."""
    if not edition or edition.isdecimal():
        return edition
    word = edition.capitalize()
    if word in _ORDINALS:
        return str(_ORDINALS.index(word) + 1)
    match = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", edition.lower(), re.ASCII)
    return match[1] if match else edition


def is_article_number(pages_text: str) -> bool:
    """Whether what stands for pages is the number of an article in an electronic journal: `e12345`, `104203`."""
    return _ARTICLE_NUMBER.fullmatch(pages_text) is not None


def sort_label(title: str, key: str) -> str:
    """What the classic styles sort and label an entry by that has no name: `key` (btxdoc, section 3.2).

    alpha cuts its label out of the first characters, so it is plain letters.
    """
    plain = " ".join(re.sub(r"[^A-Za-z0-9 ]", "", ascii_fold(title)).split())
    return plain or re.sub(r"[^A-Za-z0-9]", "", key) or "entry"
