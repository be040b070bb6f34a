"""An article without a fault, and what the rules find in it once it has some."""

from __future__ import annotations

import datetime
from typing import Any

from litcli import check, names
from litcli.check import Finding, Severity, mend
from litcli.paper import Entry, Paper, Person

DAY = datetime.date(2024, 6, 1)
ERROR, WARNING, NOTE = Severity
ARTICLE: dict[str, Any] = {
    "type": "article",
    "title": "On the growth of trees",
    "authors": (Person("Doe", "Jane"),),
    "year": 2020,
    "venue": "Acta Arborum",
}


def article(**said: Any) -> Entry:
    """An article without a fault but those that are said."""
    return Entry("doe2020growth", Paper(**{**ARTICLE, **said}))


def people(*texts: str) -> tuple[Person, ...]:
    return tuple(map(names.parse, texts))


def findings(entry: Entry, *others: Entry) -> list[Finding]:
    return check.check([entry, *others], today=DAY)


def rules(**said: Any) -> list[str]:
    """The names of the rules that find something in such an article."""
    return [finding.rule for finding in findings(article(**said))]


def only(rule: str, **said: Any) -> Finding:
    """What a rule finds in such an article, and nothing else does."""
    (finding,) = findings(article(**said))
    assert finding.rule == rule
    return finding


def mended(**said: Any) -> Paper:
    return mend(article(**said)).paper
