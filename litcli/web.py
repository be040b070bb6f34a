"""Where a paper stands on the web."""

from __future__ import annotations

from litcli.paper import Paper

_WEB = ("http://", "https://", "ftp://")
_DOI = "/:;()"
"""The signs that stand in the address of a DOI as they are; `#` and `?` would end it (DOI Handbook, 3.5)."""
_URL = ":/?#[]@!$&'()*+,;=%-._~"
"""The characters that stand in an address as they are (RFC 3986, section 2)."""
FIELDS = ("doi", "arxiv", "url")
"""The fields that name a place, the most lasting one first."""


def address(field: str, value: str) -> str:
    """The address that a value of one of `FIELDS` names, "" where it names none on the web."""
    from urllib.parse import quote

    if not value.isprintable():
        return ""
    match field:
        case "doi" if value:
            return f"https://doi.org/{quote(value, safe=_DOI)}"
        case "arxiv" if value:
            return f"https://arxiv.org/abs/{quote(value)}"
    return quote(value, safe=_URL) if value.lower().startswith(_WEB) else ""


def addresses(paper: Paper) -> list[str]:
    """The addresses of a paper, the most lasting one first, its further links last."""
    named = [address(field, getattr(paper, field)) for field in FIELDS]
    return [found for found in (*named, *(address("url", link) for link in paper.links.values())) if found]
