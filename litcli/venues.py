"""What a printed venue is: a conference, a journal, a thesis, a report or a mere repository."""

from __future__ import annotations

import re
from functools import lru_cache

from litcli.text import fold, tokens

# Conference series by the acronyms that pages print; the field's own lists (ACL Anthology, DBLP, CORE) name them so.
_SERIES = frozenset(
    """
    aaai aacl aamas accv acl acl-ijcnlp acml aistats alt asplos asru atc bmvc cade cav ccl ccs chi chil cidr
    cikm clear clef coling colm colt conll conext corl crypto cscw cvpr dac dexa date eacl ecai eccv ecir ecml
    ecml-pkdd edbt emnlp eurocrypt eurosys fast fat facct fm focs fse gecco hpca hri iccad iccv icalp icaps
    icassp icdar icde icdm icdt icip iclr icml icmr icpr icra icse icsme ijcai ijcnlp ijcnn infocom inlg
    interspeech iros isbi isca ismir ispd issta iswc itcs iui jcdl kdd konvens kr lics lrec lrec-coling mm
    mobicom miccai micro midl mlsys naacl naacl-hlt ndss neurips nips nsdi nodalida oopsla osdi paclic pact pkdd
    podc podium pods pldi popl ppopp qip ranlp recsys rss sac sas sc sdm semeval *sem sigcomm siggraph sigdial
    sigir sigmetrics sigmod slt soda sosp spaa stacs stoc tacas tamlt uai ubicomp uist usenix vldb vr wacv wmt
    wsdm www 3dv
    """.split()
)

_SHORT_NAME = re.compile(r"\((?P<name>[*\w-]+)(?:[ '’]*\d+)?\)$")
"""What a series is called for short, behind its name."""
_ORDINARY_WORDS = frozenset("alt clear date fast fat lics micro mm pact sac soda".split())
"""Acronyms that are words as well, and so count in capitals only."""

_CONFERENCE = re.compile(
    r"\b(?:proceedings|conference|workshop|symposium|meeting|findings|colloquium|congress|tutorials?|"
    r"advances in neural|neural information processing systems|shared task|companion|proc\.?)\b",
    re.IGNORECASE,
)
_JOURNAL_PROCEEDINGS = re.compile(
    r"^(?:proc(?:eedings|\.)? (?:of the )?(?:ieee|acm on .*|vldb endowment|nat(?:ional|l\.?) acad.*|royal society.*|"
    r"london math.*|american (?:math|phil).*)|pvldb.*|pnas.*)$",
    re.IGNORECASE,
)
_REPOSITORY = re.compile(
    r"\b(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|psyarxiv|ssrn|pubmed|zenodo|figshare|openreview|osf|hal|preprints?|"
    r"research square|techrxiv|dagstuhl|blog|github|website|hugging ?face|under review|in submission)\b",
    re.IGNORECASE,
)
_PERIODICAL = re.compile(
    r"\b(?:journal|transactions|letters|surveys|magazine|annals|quarterly|bulletin)\b", re.IGNORECASE
)
"""Words that only journals bear, whatever else their names hold."""
_ARXIV = re.compile(r"^\W*(?:arxiv|corr)\b", re.IGNORECASE)
_PREPRINT = re.compile(
    r"^\W*(?:arxiv|corr|\w+rxiv|ssrn|research square|osf preprints|preprints?(?:\.org)?)\b", re.IGNORECASE
)
_THESIS = (
    (
        re.compile(
            r"\bph\.?\s*d\.?\b.*\b(?:thesis|dissertation)|\bdoctoral (?:thesis|dissertation)|\bdissertation\b",
            re.IGNORECASE,
        ),
        "phdthesis",
    ),
    (re.compile(r"\b(?:master'?s?|m\.?sc\.?)\b.*\b(?:thesis|dissertation)", re.IGNORECASE), "mastersthesis"),
    (re.compile(r"\btechnical report\b|\btech\.? rep", re.IGNORECASE), "techreport"),
)
_JOURNAL = re.compile(
    r"\b(?:journals?|transactions|letters?|reviews?|annals|annual|bulletin|magazine|archives?|quarterly|acta|zeitschrift|revue|"
    r"nature|science|sciences|cell|lancet|jama|bmj|bmc|plos|npj|jmir|pnas|elife|frontiers|trends|communications|reports|studies|"
    r"research|advances|progress|medicine|biology|biotechnology|chemistry|physics|mathematics|statistics|psychology|linguistics|"
    r"networks|electronics|computing|sensors|informatics|bioinformatics|engineering|pharmacy|education|mining|intelligence|"
    r"learning|management|methods|cognition|language|forum|mathematic(?:a|ae)|mathematik|annalen|comptes rendus|"
    r"biometrika|econometrica|tacl|tmlr|jmlr|jair|tkde|tpami|taslp|tois|tog|tochi|tip|tmi|tvcg|tnnls|tit|tsp|pami|ijcv|"
    r"ijrr|cacm|jacm|jhep|jcap|prl|pr[a-ex]|prx quantum|apjl?|mnras|jacs|qje|aer|jpe|ra-l)\b|"
    r"\b(?:j|lett|rev|trans|ann|bull|mag|surv|phys|math|chem|biol|med)\.|学报|通报|杂志|期刊|月刊|季刊",
    re.IGNORECASE,
)  # fmt: skip


def is_arxiv(venue: str) -> bool:
    """Whether a venue only says that the paper is on arXiv: `arXiv`, `arXiv (Cornell University)`, `CoRR`."""
    return _ARXIV.match(venue) is not None


def is_preprint(venue: str) -> bool:
    """Whether a venue is a preprint server: arXiv and its kin."""
    return _PREPRINT.match(venue) is not None


def entry_type(venue: str) -> str:
    """The BibTeX type of a paper that was printed with this venue; `misc` where the words do not tell."""
    if not venue or is_arxiv(venue):
        return "misc"
    for pattern, kind in _THESIS:
        if pattern.search(venue):
            return kind
    if _JOURNAL_PROCEEDINGS.search(venue):
        return "article"
    if _PERIODICAL.search(venue) and not _CONFERENCE.match(venue) and not _REPOSITORY.search(venue):
        return "article"
    if _CONFERENCE.search(venue) or _names_series(venue):
        return "inproceedings"
    if _REPOSITORY.search(venue):
        return "misc"
    return "article" if _JOURNAL.search(venue) else "misc"


def _names_series(venue: str) -> bool:
    """`ICML`, `NeurIPS (Datasets)`, `EMNLP 2022`, `… Systems (RSS)`: a known acronym leads, or ends it in brackets."""
    short = _SHORT_NAME.search(venue)
    if short and fold(short["name"]) in _SERIES:
        return True
    words = [word for word in re.findall(r"[*\w-]+", venue) if fold(word) not in ("ieee", "acm", "in", "the")]
    if not words or fold(words[0]) not in _SERIES:
        return False
    # `Micro & Nano Letters` begins with a word, `MICRO 2020` with an acronym.
    return fold(words[0]) not in _ORDINARY_WORDS or sum(char.isupper() for char in words[0]) > 1


# --- two venues -------------------------------------------------------------------------------------------

_NAMES = (
    ("sigmod", "management of data"),
    ("vldb", "very large data base"),
    ("vldb", "vldb endowment"),
    ("icde", "conference on data engineering"),
    ("pods", "principles of database systems"),
    ("edbt", "extending database technology"),
    ("kdd", "conference on knowledge discovery"),
    ("cikm", "information and knowledge management"),
    ("icdm", "conference on data mining"),
    ("wsdm", "web search and data mining"),
    ("www", "world wide web conference"),
    ("sigir", "research and development in information retrieval"),
    ("neurips", "neural information processing systems"),
    ("neurips", "nips"),
    ("icml", "conference on machine learning"),
    ("iclr", "conference on learning representations"),
    ("colt", "conference on learning theory"),
    ("colt", "computational learning theory"),
    ("aistats", "artificial intelligence and statistics"),
    ("uai", "uncertainty in artificial intelligence"),
    ("ijcai", "joint conference on artificial intelligence"),
    ("ijcai", "joint conferences on artificial intelligence"),
    ("aaai", "conference on artificial intelligence"),
    ("emnlp", "empirical methods in natural language processing"),
    ("naacl", "north american chapter"),
    ("eacl", "european chapter of the association for computational linguistics"),
    ("tacl", "transactions of the association for computational linguistics"),
    ("coling", "conference on computational linguistics"),
    ("conll", "computational natural language learning"),
    ("acl", "meeting of the association for computational linguistics"),
    ("lrec", "language resources and evaluation"),
    ("cvpr", "computer vision and pattern recognition"),
    ("eccv", "european conference on computer vision"),
    ("accv", "asian conference on computer vision"),
    ("iccv", "conference on computer vision"),
    ("icra", "conference on robotics and automation"),
    ("iros", "intelligent robots and systems"),
    ("icassp", "acoustics speech and signal processing"),
    ("focs", "foundations of computer science"),
    ("stoc", "theory of computing"),
    ("soda", "symposium on discrete algorithms"),
    ("podc", "principles of distributed computing"),
    ("popl", "principles of programming languages"),
    ("pldi", "programming language design and implementation"),
    ("oopsla", "object oriented programming systems languages"),
    ("sosp", "symposium on operating systems principles"),
    ("icse", "conference on software engineering"),
    ("chi", "human factors in computing systems"),
    ("jmlr", "journal of machine learning research"),
    ("pnas", "national academy of sciences"),
    ("pnas", "natl acad sci"),
)
"""Series by words of their full names (as DBLP spells them); of two that fit a venue, the first."""
_OF_JOURNALS = frozenset(
    "journal j transactions trans letters magazine annals quarterly bulletin record newsletter".split()
)
"""Words that tell a series of proceedings from the journal of the same field."""
_SMALL = frozenset(
    """
    a advances acm an and annual conf conference for ieee in int international intl its of on proc proceedings
    proceeding siam symposium symp the usenix
    """.split()
)
_MANY = 40
"""Words of a venue that are looked at."""
_ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th)?|first|second|third|(?:[a-z]+ty)?(?:four|fif|six|seven|eigh|nin|ten)th|[a-z]+(?:teenth|tieth)"
)
"""A word that numbers one meeting of a series."""


def same(one: str, two: str) -> bool | None:
    """Whether two printed venues are one under two names; None where their words do not tell.

    Names agree as abbreviations word by word (`Trans. Database Syst.`), as an acronym, or with more words in one.
    """
    if one == two:
        return True
    (series, words, journal), (other, others, journal_too) = _read(one), _read(two)
    if not words or not others:
        return None
    if series and other:
        return series == other and journal == journal_too
    shorter, longer = sorted((words, others), key=lambda name: (len(name), name))
    if set(words) == set(others) or (len(shorter) > 1 and set(shorter) <= set(longer)):
        return True if journal == journal_too or not (series or other) else None
    if _abbreviates(shorter, longer):
        return True
    if len(shorter) == 1 and 2 < len(shorter[0]) < 9:
        initials = "".join(word[0] for word in tokens(two if words is shorter else one)[:_MANY])
        if _is_within(shorter[0], initials):
            return True
    apart = not any(
        _is_short_for(x, y) or _is_short_for(y, x) for x in shorter for y in longer if x not in _OF_JOURNALS
    )
    return False if apart else None


@lru_cache(maxsize=65536)
def _read(venue: str) -> tuple[str, tuple[str, ...], bool]:
    """The series that a venue names ("" where it is none that is known), its telling words, whether it is a journal."""
    words = tokens(venue)[:_MANY]
    text = f" {' '.join(words)}"
    series = next((name for name, phrase in _NAMES if f" {phrase}" in text), "")
    if not series:
        series = next((word for word in words if word in _SERIES and word not in _ORDINARY_WORDS), "")
    telling = tuple(word for word in words if word not in _SMALL and not _ORDINAL.fullmatch(word))
    return series, telling, not _OF_JOURNALS.isdisjoint(words)


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the words of a name stand, in order, for most words of another, each whole or in short."""
    if len(short) < 2 or 3 * len(short) < 2 * len(long):
        return False
    rest = iter(long)
    return all(any(_is_short_for(word, other) or _is_short_for(other, word) for other in rest) for word in short)


def _is_short_for(short: str, word: str) -> bool:
    """`Syst` or `Natl`: the first letter of a word, and others of it in their order."""
    return short[0] == word[0] and _is_within(short, word)


def _is_within(letters: str, word: str) -> bool:
    """Whether letters stand in a word in their order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)
