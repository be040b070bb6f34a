"""Keys, DOIs, arXiv ids, ISBNs, ISSNs and addresses: their forms, and what says another one again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from litcli import bibfields, ids
from litcli.check.finding import Fault, Severity, Subject, shown
from litcli.check.numbers import NO_VALUE


def unsafe_key(subject: Subject) -> Iterator[Fault]:
    key = subject.entry.key
    for bad, who, severity in (
        (bibfields.uncitable(key), "BibTeX or LaTeX cannot read", Severity.ERROR),
        (bibfields.doubtful(key), "biber or some setups cannot read", Severity.WARNING),
    ):
        if bad or not key:
            what = f"the key holds {bad!r}, which {who}" if key else "the key is empty"
            yield Fault("key", f"{what}; rename it in the library", severity=severity)
            return


_STOPS = frozenset(".,;:\"'")
_CLOSING = {")": "(", "]": "[", "}": "{", ">": "<"}


def _bare_doi(text: str) -> str:
    """A DOI without what is written around it: a URL's beginning, LaTeX's backslashes, the end of a sentence."""
    bare = re.sub(r"\\([_%&#])", r"\1", text.strip())
    bare = ids.doi(bare) or bare
    unopened = {close: bare.count(close) - bare.count(opening) for close, opening in _CLOSING.items()}
    end = len(bare)
    while end and (bare[end - 1] in _STOPS or unopened.get(bare[end - 1], 0) > 0):
        end -= 1
        if bare[end] in unopened:
            unopened[bare[end]] -= 1
    return bare[:end]


def malformed_doi(subject: Subject) -> Iterator[Fault]:
    doi = subject.paper.doi
    if not doi or doi.lower() in NO_VALUE:
        return
    bare = _bare_doi(doi)
    if not ids.doi(bare):
        what = "holds blanks" if re.search(r"\s", doi.strip()) else "is not of the form 10.1234/abc"
        yield Fault("doi", f"{shown(doi)} {what}; correct it or take it out")
    elif bare != doi:
        yield Fault("doi", f"{shown(doi)} is to be {bare}", {"doi": bare})


def doi_repeats_arxiv(subject: Subject) -> Iterator[Fault]:
    paper = subject.paper
    if paper.doi and paper.arxiv and ids.arxiv_id(paper.doi) == paper.arxiv:
        yield Fault("doi", "only says the arXiv id again; the DOI of the published version belongs here")


_CLASS = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2}|\.[a-z]+(?:-[a-z]+)*)?")


def malformed_arxiv(subject: Subject) -> Iterator[Fault]:
    paper = subject.paper
    if paper.arxiv:
        bare = ids.arxiv_id(paper.arxiv)
        if not bare:
            yield Fault("arxiv", f"{shown(paper.arxiv)} is no arXiv id such as 2005.00683 or math/0601001; correct it")
        elif bare != paper.arxiv:
            yield Fault("arxiv", f"{shown(paper.arxiv)} is to be {bare}", {"arxiv": bare})
    if paper.primary_class and not _CLASS.fullmatch(paper.primary_class):
        yield Fault("primary_class", f"{shown(paper.primary_class)} is no subject class such as cs.CL; give one")


_ISSN = re.compile(r"(?<![\dXx])\d{4}-?\d{3}[\dXx](?!\d)")
_BESIDE = re.compile(
    r"ISBN(?:-1[03])?:?|ISSN:?|\([^()]*\)|[\s,;:/]+|\b(?:and|e|p|electronic|print|online|linking)\b", re.IGNORECASE
)
"""What may stand beside the numbers."""
_DASHES = re.compile("[‐‑‒–—−]")


def _isbn_holds(number: str) -> bool:
    """Whether the check digit is right (ISO 2108; the ten-digit form counts modulo 11)."""
    if len(number) == 13:
        return sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(number)) % 10 == 0
    return sum((10 - at) * (10 if digit == "X" else int(digit)) for at, digit in enumerate(number)) % 11 == 0


def _issn_holds(number: str) -> bool:
    """Whether the check digit is right (ISO 3297)."""
    return sum((8 - at) * (10 if digit == "X" else int(digit)) for at, digit in enumerate(number)) % 11 == 0


def _numbers_fault(text: str, pattern: re.Pattern[str], holds: Callable[[str], bool]) -> str:
    """What is wrong with a field of numbers that end with a check digit, "" if nothing is."""
    numbers = [number[0] for number in pattern.finditer(text)]
    if not numbers or _BESIDE.sub("", pattern.sub("", text)):
        return "has not the right number of digits"
    wrong = next((number for number in numbers if not holds(re.sub(r"[ -]", "", number).upper())), "")
    return f"is mistyped: the check digit of {wrong} does not fit" if wrong else ""


def malformed_isbn(subject: Subject) -> Iterator[Fault]:
    isbn = subject.paper.isbn
    if not isbn:
        return
    plain = re.sub(r"^\s*ISBN(?:-1[03])?\s*:?\s*", "", _DASHES.sub("-", isbn), flags=re.IGNORECASE).strip()
    fault = _numbers_fault(plain, ids.ISBN, _isbn_holds)
    if fault and not _numbers_fault(plain, _ISSN, _issn_holds):
        fault = "is an ISSN, the number of a journal"
    if fault:
        yield Fault("isbn", f"{shown(isbn)} {fault}; compare it with the book")
    elif plain != isbn:
        yield Fault("isbn", f"{shown(isbn)} is to be {plain}", {"isbn": plain})


def malformed_issn(subject: Subject) -> Iterator[Fault]:
    issn = subject.paper.fields.get("issn")
    if issn and isinstance(issn, str):
        fault = _numbers_fault(_DASHES.sub("-", issn), _ISSN, _issn_holds)
        if fault:
            yield Fault("fields.issn", f"{shown(issn)} {fault}; compare it with the journal")


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+-]*:\S")
_NO_HOST = re.compile(r"https?:(?!//[^/?#\s])", re.IGNORECASE)
_URL_COMMAND = re.compile(r"\\url\s*\{([^{}]*)\}")
_VERSIONED = re.compile(r"v\d+(?:\.pdf)?$")


def url_repeats_doi(subject: Subject) -> Iterator[Fault]:
    paper = subject.paper
    if paper.url and paper.doi and ids.doi(paper.url) and ids.doi_key(paper.url) == ids.doi_key(paper.doi):
        yield Fault("url", "only says the DOI again", {"url": ""})


def url_repeats_arxiv(subject: Subject) -> Iterator[Fault]:
    paper = subject.paper
    # An address with a version says more than the id.
    if paper.url and paper.arxiv and ids.arxiv_id(paper.url) == paper.arxiv and not _VERSIONED.search(paper.url):
        yield Fault("url", "only says the arXiv id again", {"url": ""})


def _bare_url(url: str) -> str:
    r"""A URL without the LaTeX around it and in it; RFC 3986 knows no backslash."""
    command = _URL_COMMAND.fullmatch(url.strip())
    return re.sub(r"\\([_%&#~$])", r"\1", command[1] if command else url.strip())


def malformed_url(subject: Subject) -> Iterator[Fault]:
    paper = subject.paper
    for field, url in [("url", paper.url), *((f"links.{label}", link) for label, link in paper.links.items())]:
        if not url or url.lower() in NO_VALUE:
            continue
        bare = _bare_url(url)
        if re.search(r"\s", bare):
            yield Fault(field, f"{shown(url)} holds a blank; one URL has none")
        elif not _SCHEME.match(bare) or _NO_HOST.match(bare):
            yield Fault(field, f"{shown(url)} is no full URL; it begins with https:// or the like")
        elif bare != url:
            yield Fault(field, f"{shown(url)} is to be {bare}", {field: bare})
