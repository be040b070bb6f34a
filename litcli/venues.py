"""What a printed venue is: a conference, a journal, a thesis, a report or a mere repository."""

from __future__ import annotations

import re

from litcli.text import fold

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
    r"learning|management|methods|cognition|language|tacl|tmlr|jmlr|jair|tkde|tpami|taslp|tois|pami|ijcv|cacm)\b",
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
    """`ICML`, `NeurIPS (Datasets and Benchmarks)`, `EMNLP 2022`, `Coling`: a known acronym leads or stands alone."""
    words = [word for word in re.findall(r"[*\w-]+", venue) if fold(word) not in ("ieee", "acm", "in", "the")]
    if not words or fold(words[0]) not in _SERIES:
        return False
    # `Micro & Nano Letters` begins with a word, `MICRO 2020` with an acronym.
    return fold(words[0]) not in _ORDINARY_WORDS or sum(char.isupper() for char in words[0]) > 1
