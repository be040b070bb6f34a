"""Faults of entries: what would break or spoil a bibliography, each with its repair where one is safe.

A rule is a function that looks at one entry and yields its faults; to add one, write it in the module of its subject
and add its row to `RULES`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from litcli.check import characters, identifiers, latex, numbers, people, reading, required, titles
from litcli.check.attached import missing_files
from litcli.check.between import between
from litcli.check.finding import Finding, Look, Severity, Subject, repaired
from litcli.check.reports import FORMS, report
from litcli.paper import FIELDS, Entry

__all__ = ["FORMS", "RULES", "Finding", "Severity", "check", "mend", "report"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, what its faults weigh unless they say otherwise, and the function that looks for them."""

    name: str
    severity: Severity
    look: Look


# Repairs are made in this order: first what was read wrongly, last the braces round the words that come of it.
RULES = (
    Rule("mojibake", Severity.ERROR, characters.mojibake),
    Rule("lost-character", Severity.ERROR, characters.lost_character),
    Rule("html", Severity.WARNING, characters.html),
    Rule("escaped-math", Severity.WARNING, latex.escaped_math),
    Rule("latex-in-text", Severity.WARNING, latex.latex_in_text),
    Rule("unknown-command", Severity.WARNING, latex.unknown_command),
    Rule("invisible-character", Severity.WARNING, characters.invisible_character),
    Rule("stray-blanks", Severity.NOTE, characters.stray_blanks),
    Rule("no-latex-form", Severity.NOTE, characters.no_latex_form),
    Rule("unbalanced-braces", Severity.ERROR, latex.unbalanced_braces),
    Rule("unbalanced-math", Severity.WARNING, latex.unbalanced_math),
    Rule("unsafe-key", Severity.ERROR, identifiers.unsafe_key),
    Rule("unknown-type", Severity.NOTE, required.unknown_type),
    Rule("missing-field", Severity.WARNING, required.missing_field),
    Rule("guessed", Severity.WARNING, reading.guessed),
    Rule("placeholder", Severity.WARNING, numbers.placeholder),
    Rule("malformed-doi", Severity.WARNING, identifiers.malformed_doi),
    Rule("doi-repeats-arxiv", Severity.NOTE, identifiers.doi_repeats_arxiv),
    Rule("malformed-arxiv", Severity.WARNING, identifiers.malformed_arxiv),
    Rule("malformed-isbn", Severity.WARNING, identifiers.malformed_isbn),
    Rule("malformed-issn", Severity.WARNING, identifiers.malformed_issn),
    Rule("malformed-pages", Severity.WARNING, numbers.malformed_pages),
    Rule("impossible-year", Severity.WARNING, numbers.impossible_year),
    Rule("years-disagree", Severity.WARNING, numbers.years_disagree),
    Rule("no-person", Severity.WARNING, people.no_person),
    Rule("homonym-number", Severity.WARNING, people.homonym_number),
    Rule("odd-name", Severity.WARNING, people.odd_name),
    Rule("all-caps-name", Severity.NOTE, people.all_caps_name),
    Rule("bare-organisation", Severity.NOTE, people.bare_organisation),
    Rule("same-person-twice", Severity.WARNING, people.same_person),
    Rule("malformed-url", Severity.WARNING, identifiers.malformed_url),
    Rule("url-repeats-doi", Severity.NOTE, identifiers.url_repeats_doi),
    Rule("url-repeats-arxiv", Severity.NOTE, identifiers.url_repeats_arxiv),
    Rule("all-caps-title", Severity.WARNING, titles.all_caps_title),
    Rule("braced-title", Severity.WARNING, titles.braced_title),
    Rule("title-is-venue", Severity.WARNING, titles.title_is_venue),
    Rule("trailing-period", Severity.NOTE, titles.trailing_period),
    Rule("unprotected-capitals", Severity.NOTE, titles.unprotected_capitals),
)


def check(
    entries: Sequence[Entry],
    *,
    among: Sequence[Entry] | None = None,
    today: datetime.date | None = None,
    folder: Path | None = None,
) -> list[Finding]:
    """All faults of the entries, ordered by key and then by field.

    `among` is the library that they are a part of, with which they are compared: the entries themselves, if none is
    given. `today` says which years are still to come, `folder` where attached files are; without it nobody looks.
    """
    today = today or datetime.date.today()
    found = [finding for entry in entries for finding in _of_entry(entry, today)]
    found += between(entries, entries if among is None else among)
    found += missing_files(entries, folder) if folder else ()
    return sorted(found, key=lambda finding: (finding.key.lower(), finding.key, _place(finding.field)))


def _of_entry(entry: Entry, today: datetime.date) -> Iterator[Finding]:
    subject = Subject(entry, today)
    for rule in RULES:
        for fault in rule.look(subject):
            # An abstract is printed by no style.
            severity = Severity.NOTE if fault.field == "abstract" else fault.severity or rule.severity
            yield Finding(entry.key, fault.field, rule.name, severity, fault.message, fault.repair is not None)


_PLACES = {field: place for place, field in enumerate(("key", *FIELDS))}


def _place(field: str) -> tuple[int, str]:
    return _PLACES[field.partition(".")[0]], field


def mend(entry: Entry) -> Entry:
    """The entry with every safe repair made; what it means is unchanged, and nothing is left to repair."""
    subject = Subject(entry, datetime.date.max)
    # One repair may lay open the next fault: a brace behind an entity, an ampersand behind that.
    for _ in RULES:
        before = subject.entry
        for rule in RULES:
            for fault in rule.look(subject):
                if fault.repair is not None:
                    paper = repaired(subject.paper, fault.repair)
                    subject = Subject(replace(entry, paper=paper), subject.today)
        if subject.entry == before:
            break
    return subject.entry
