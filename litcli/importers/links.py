"""What only the links of a page say of its papers: identifiers, and where the PDF, the code, the slides are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import unquote, urlsplit

from litcli import html, ids
from litcli.html import Layout, Link
from litcli.page import Page
from litcli.paper import Paper, Problem, Record
from litcli.text import fold

_LABELS = {
    name: label
    for label, names in {
        "pdf": "pdf, full text, fulltext, postprint",
        "paper": "paper, article, manuscript, publication, preprint, publisher, proceedings, doi, arxiv, abs, "
        "abstract, html, link, version of record, acl anthology, anthology, openreview, acm, ieee, springer, elsevier, "
        "biorxiv, pubmed, 论文, 原文, 链接",
        "code": "code, source code, github, gitlab, software, implementation, repo, repository, package, toolkit, 代码",
        "project": "project, project page, website, webpage, web page, project website, homepage, page, 项目",
        "slides": "slides, slide, presentation",
        "poster": "poster",
        "video": "video, talk, recording, youtube",
        "data": "data, dataset, datasets, corpus, benchmark, 数据, 数据集",
        "bib": "bib, bibtex, cite, citation",
        "demo": "demo, colab, notebook",
        "blog": "blog, blog post, blogpost, blog article",
        "model": "model, models, checkpoint, checkpoints, weights, hugging face, huggingface",
        "supplement": "supplement, supplementary, supplementary material, supp, appendix, supplemental",
        "thread": "thread, twitter, tweet, x",
        "press": "press, media",
        "leaderboard": "leaderboard",
        "podcast": "podcast",
        "website": "web",
    }.items()
    for name in names.split(", ")
}
"""What a link is called on pages, and what litcli calls it."""
_DECORATION = re.compile(r"^[\W_]+|[\s\W_]*(?:[(\[][^()\[\]]*[)\]]|[\d.,]+\s*[kmgt]?b?)?[\W_]*$", re.IGNORECASE)
_OF_WHERE = re.compile(r"\s+(?:(?:on|at|by|from)\s.*|link|file|version|page|site|repo|repository|pdf)$")
_CODE_HOST = re.compile(r"(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)")
_ARXIV_PATH = re.compile(r"/(?:abs|pdf|html|papers|format)/(.+?)(?:\.pdf)?/?", re.IGNORECASE)
_ARXIV_HOST = re.compile(r"(?:[a-z0-9-]+\.)?(?:arxiv\.org|alphaxiv\.org|ar5iv\.org|huggingface\.co|hf\.co)")
_DOI_PATH = re.compile(
    r"/(?:doi(?:/[a-z]+)?|article|chapter|book|content)/(10\.\d{4,9}/.+?)(?:v\d+)?(?:\.full)?(?:\.pdf)?/?",
    re.IGNORECASE,
)
"""Publishers whose addresses hold the DOI: ACM, Wiley, Science, Sage; Springer; bioRxiv with a version behind it."""
_ACL_HOST = re.compile(r"(?:www\.)?(?:aclanthology\.org|aclweb\.org|aclanthology\.info)")
_ACL_PATH = re.compile(
    r"/(?:anthology/|papers/)?([A-Z]\d\d-\d{4,5}|\d{4}\.[\w-]+\.\d+)(?:\.pdf|\.bib|v\d+\.pdf)?/?", re.IGNORECASE
)
_BEFORE = re.compile(r"(?:^|[.?!:;,)\](\[{|/·•*~–—-])\s*$")
_AFTER = re.compile(r"\s*(?:$|[.,;:)\](\[}|/·•*~–—-])")
_PROSE = 12
"""Words beside its links that make a sentence of a line."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A link of a paper: how sure it is that it is the paper's own, what it is called, and where it leads."""

    rank: int
    name: str
    address: str


def attach(page: Page, layout: Layout, items: Iterable[Record | Problem], site: str = "") -> Iterator[Record | Problem]:
    """The items of a page of HTML, their lines those of its source, its records with what the links around them say.

    `site` is where relative links lead if the page does not say it.
    """
    read = list(items)
    starts = sorted({item.line for item in read if isinstance(item, Record)})
    regions = dict(zip(starts, layout.regions(starts), strict=True))
    lines = page.raw_lines
    for item in read:
        line = layout.origin(item.line)
        if isinstance(item, Record):
            found = _links(layout, lines, regions[item.line], item, site)
            yield replace(item, line=line, paper=_with_links(item.paper, found))
        else:
            yield replace(item, line=line)


def _links(layout: Layout, lines: list[str], region: range, record: Record, site: str) -> list[_Found]:
    """The links in a region that are the record's own, the surest first."""
    first = bisect_left(layout.links, region.start, key=lambda link: link.line)
    last = bisect_left(layout.links, region.stop, key=lambda link: link.line)
    title = fold(record.paper.title)
    found = []
    for number, group in groupby(layout.links[first:last], key=lambda link: link.line):
        links, line = list(group), lines[number - 1]
        words = len(line.split()) - sum(len(link.label.split()) for link in links if link.end > link.start)
        for link in links:
            address = html.join(layout.base or site, link.target)
            name = _name(link.label)
            if address and _is_titled(link, title):
                found.append(_Found(0, "", address))
            elif address and name and _stands_alone(link, line):
                found.append(_Found(1, name, address))
            elif address and words <= _PROSE:
                found.append(_Found(2, name, address))
    return sorted(found, key=lambda link: link.rank)


def _name(label: str) -> str:
    """What litcli calls a link of a label (`[PDF]`, `code (GitHub)`, `blog on X`), "" where that says nothing."""
    said = _DECORATION.sub("", fold(label[:60]))
    return _LABELS.get(said) or _LABELS.get(_OF_WHERE.sub("", said), "")


def _is_titled(link: Link, title: str) -> bool:
    """Whether a link says the title, or the greater part of it."""
    said = fold(link.label)
    return bool(said) and said in title and len(said) * 2 >= len(title)


def _stands_alone(link: Link, line: str) -> bool:
    """Whether a link is no part of a sentence: brackets, bars, stops or the line's ends are on both its sides."""
    before, after = line[max(link.start - 4, 0) : link.start], line[link.end : link.end + 4]
    return (_BEFORE.search(before) is not None or link.start < 4) and _AFTER.match(after) is not None


def _with_links(paper: Paper, found: list[_Found]) -> Paper:
    """The paper with what its links say and its text did not."""
    known: dict[str, str] = {}
    for kind in ("arxiv", "doi", "acl"):
        known[kind] = _surest([(link.rank, value) for link in found if (value := _identifier(kind, link.address))])
    links: dict[str, str] = {}
    url = f"https://aclanthology.org/{known['acl']}/" if known["acl"] else ""
    for link in found:
        name = link.name
        is_named = any(_identifier(kind, link.address) for kind in known)
        if not is_named and link.rank == 0:
            url = url or link.address
        if not is_named and name in ("", "paper") and _is_code(link.address):
            name = "code"
        if name and not (is_named and name == "paper"):
            links.setdefault(name, link.address)
    return replace(
        paper,
        arxiv=paper.arxiv or known["arxiv"],
        doi=paper.doi or known["doi"],
        url=paper.url or url,
        links={**links, **paper.links},
    )


def _surest(found: list[tuple[int, str]]) -> str:
    """The value of the first rank that has one; "" where that has several, which are of several papers."""
    if not found:
        return ""
    values = {value.lower(): value for rank, value in reversed(found) if rank == found[0][0]}
    return found[0][1] if len(values) == 1 else ""


def _identifier(kind: str, address: str) -> str:
    """The identifier of a kind (`arxiv`, `doi`, `acl`) that an address is made of, "" where there is none."""
    try:
        parts = urlsplit(address)
        host, path = parts.hostname or "", unquote(parts.path)
    except ValueError:
        return ""
    if kind == "arxiv":
        if _ARXIV_HOST.fullmatch(host):
            match = _ARXIV_PATH.fullmatch(path)
            return ids.arxiv_id(match[1]) if match else ""
        return ids.arxiv_id(path.strip("/")) if path.lower().startswith("/10.48550/arxiv.") else ""
    if kind == "acl":
        match = _ACL_PATH.fullmatch(path) if _ACL_HOST.fullmatch(host) else None
        return match[1] if match else ""
    if host in ("doi.org", "dx.doi.org", "www.doi.org"):
        doi = ids.doi(path.strip("/"))
    else:
        match = _DOI_PATH.fullmatch(path)
        doi = ids.doi(match[1]) if match else ""
    return "" if ids.arxiv_id(doi) else doi


def _is_code(address: str) -> bool:
    """Whether an address is a repository of code, and not somebody's own page there."""
    parts = urlsplit(address)
    return bool(_CODE_HOST.fullmatch(parts.hostname or "")) and len(parts.path.strip("/").split("/")) > 1
