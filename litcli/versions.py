"""The forms of one work: which of them a paper is in, and the paper as another of its forms has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from litcli import dates, ids, names, venues
from litcli.paper import Paper

FORMS = ("published", "preprint")
"""What `--prefer` takes."""

FORM_FIELDS = (
    "type", "year", "date", "venue", "volume", "number", "pages", "publisher", "series", "edition", "institution",
    "doi", "url",
)  # fmt: skip
"""What belongs to one form of a work, and not to another."""


def standing(paper: Paper) -> int:
    """How well a record says where the paper stands: 0 not at all, 1 as a preprint, 2 published, 3 with both signs."""
    doi = bool(paper.doi) and not ids.is_preprint_doi(paper.doi)
    venue = bool(paper.venue) and not venues.is_preprint(paper.venue)
    if doi or venue:
        return 1 + doi + venue
    return 1 if paper.arxiv or paper.venue or paper.doi else 0


def prefer(paper: Paper, form: str) -> Paper:
    """The paper in the form of `FORMS` that is asked for, where it has one; its authors, title and abstract stay.

    A published paper whose arXiv id is known has a preprint even where no version tells of it.
    """
    wanted = standing(paper) > 1 if form == "published" else standing(paper) == 1
    if wanted:
        return paper
    others = [_as(paper, version) for version in paper.versions]
    fitting = [other for other in others if (standing(other) > 1) == (form == "published") and standing(other)]
    if fitting:
        return max(fitting, key=standing)
    if form == "preprint" and paper.arxiv:
        date = ids.arxiv_date(paper.arxiv)
        return replace(_as(paper, {}), arxiv=paper.arxiv, year=dates.parts(date)[0], date=date)
    return paper


def _as(paper: Paper, version: Mapping[str, Any]) -> Paper:
    """The paper with the form that a version tells, and nothing of its own form."""
    empty = Paper()
    told: dict[str, Any] = {name: version.get(name) or getattr(empty, name) for name in FORM_FIELDS}
    told |= {name: version[name] for name in ("title", "arxiv", "primary_class") if version.get(name)}
    for name in ("authors", "editors"):
        if version.get(name):
            told[name] = tuple(names.parse(text) for text in version[name])
    known = {slot.name for slot in fields(Paper)}
    return replace(paper, **{name: value for name, value in told.items() if name in known})
