"""DOI, arXiv and ISBN identifiers: recognise them in text and bring each into its one bare form."""

from __future__ import annotations

import re

# arXiv's two schemes: https://info.arxiv.org/help/arxiv_identifier.html
_ARXIV_NEW = r"(?P<yy>\d{2})(?P<mm>0[1-9]|1[0-2])\.\d{4,5}"
_ARXIV_OLD = r"[a-z][a-z-]+(?:\.[A-Za-z-]{2,})?/(?P<oldyy>\d{2})(?P<oldmm>0[1-9]|1[0-2])\d{3}"
_ARXIV = re.compile(rf"(?:{_ARXIV_NEW}|{_ARXIV_OLD})", re.ASCII)
_ARXIV_PREFIX = re.compile(
    r"^(?:arxiv\s*:\s*|(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|"
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\.)",
    re.IGNORECASE,
)
# Registrants: arXiv, bioRxiv, SSRN, OSF, PsyArXiv, ChemRxiv, Zenodo, Research Square, TechRxiv, Preprints.org, …
_PREPRINT_DOI = re.compile(r"10\.(?:48550|1101|2139|31219|31234|26434|5281|21203|36227|20944|33774)/")
# A registrant's code may have parts of its own (DOI Handbook, 2.2.2): 10.1000.10/123.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
ISBN = re.compile(r"(?<![\dXx])(?:97[89][ ‐‑‒–—−-]?)?\d(?:[ ‐‑‒–—−-]?\d){8}[ ‐‑‒–—−-]?[\dXx](?![‐‑‒–—−-]?\d)", re.ASCII)
"""An ISBN of either length, with whatever dashes or blanks it is printed."""
_DOI_PREFIX = re.compile(r"^(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi\s*:?\s*)", re.IGNORECASE)


def arxiv_id(text: str) -> str:
    """The bare arXiv identifier that `text` is (`2005.00683`, `math.AG/0601001`), or "".

    Takes the id with or without its version, `arXiv:…`, abs/pdf URLs and the DOI `10.48550/arXiv.…`.
    """
    bare = _ARXIV_PREFIX.sub("", re.sub(r"\[[\w.-]+\]$", "", text.strip()).rstrip())
    bare = re.sub(r"v\d+$", "", bare.removesuffix(".pdf"))
    return bare if _ARXIV.fullmatch(bare) else ""


def arxiv_date(arxiv: str) -> str:
    """The month in which an arXiv identifier was given, as `YYYY-MM`; the archive began in 1991."""
    match = _ARXIV.fullmatch(arxiv)
    if not match:
        return ""
    yy, mm = (match["yy"], match["mm"]) if match["yy"] else (match["oldyy"], match["oldmm"])
    return f"{'19' if int(yy) >= 91 else '20'}{yy}-{mm}"


def doi(text: str) -> str:
    """The bare DOI that `text` is, in the spelling given, or ""."""
    # PubMed says `[doi]` behind one; a point or a comma there ends a sentence.
    bare = _DOI_PREFIX.sub("", text.strip()).removesuffix("[doi]").rstrip(" .,;")
    return bare if _DOI.fullmatch(bare) else ""


def doi_key(text: str) -> str:
    """A DOI as it is compared: bare and lower-cased (DOI Handbook, 2.4: names are case-insensitive)."""
    return (doi(text) or text).lower()


def is_preprint_doi(text: str) -> bool:
    """Whether a DOI was given by a preprint server."""
    return _PREPRINT_DOI.match(doi_key(text)) is not None


def isbn_key(text: str) -> str:
    """The digits of an ISBN in its 13-digit form, so that both forms of one book compare equal.

    Of several numbers, the first; of a text that holds none, all its digits.
    """
    found = ISBN.search(text)
    bare = found[0] if found else re.sub(r"^\s*ISBN(?:-1[03])?\s*:?", "", text, flags=re.IGNORECASE)
    digits = re.sub(r"[^0-9X]", "", bare.upper())
    if not re.fullmatch(r"\d{9}[\dX]", digits, re.ASCII):
        return digits
    core = "978" + digits[:9]
    check = (10 - sum(int(d) * (1, 3)[i % 2] for i, d in enumerate(core)) % 10) % 10
    return core + str(check)
