"""Sources -> records: a page is read, its format found, its records and problems collected."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from litcli import dates, importers, page
from litcli.errors import InputError
from litcli.paper import POSTED, Problem, Record, Source


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one source; `format` is "" where it was not recognised."""

    name: str
    format: str
    records: tuple[tuple[Source, Record], ...]
    problems: tuple[Problem, ...]


def read_all(
    sources: Iterable[str], *, format_name: str | None = None, as_of: datetime.date | None = None
) -> Iterator[Reading]:
    """The reading of each file in turn; a source that cannot be read is a problem, not an end.

    With `as_of`, dates that lack a year are completed to the last such day before it; without, they are remarked on.
    """
    chosen = importers.by_name(format_name) if format_name else None
    for source in sources:
        try:
            found = page.read(source)
            reading = _reading(found, chosen or importers.identify(found), as_of)
        except InputError as error:
            hint = f" ({error.hint})" if error.hint else ""
            reading = Reading(error.source, "", (), (Problem(error.source, error.line, error.reason + hint),))
        yield reading


def _reading(found: page.Page, importer: importers.Importer, as_of: datetime.date | None) -> Reading:
    records: list[tuple[Source, Record]] = []
    problems = list(found.problems)
    for item in importer.parse(found):
        if isinstance(item, Problem):
            problems.append(item)
            continue
        record, remark = _dated(item, found.name, as_of)
        records.append((Source(found.name, record.line, importer.name), record))
        problems += [remark] if remark else []
    if not records and not any(problem.failed for problem in problems):
        # A file without entries is read as what it is; a page without papers was not understood.
        lost = 0 if importer in importers.FILES else 1
        problems.append(Problem(found.name, 1, f"there are no papers here (read as {importer.name})", lost))
    return Reading(found.name, importer.name, tuple(records), tuple(problems))


def _dated(record: Record, name: str, as_of: datetime.date | None) -> tuple[Record, Problem | None]:
    """The record with its date completed, or a remark that its date lacks a year."""
    paper = record.paper
    posted = paper.fields.get(POSTED, "") if not paper.date else ""
    if not (posted or paper.date.startswith("--")):
        return record, None
    if as_of is None:
        told = f"the date {posted or paper.date} has no year; --as-of DATE (when the page was read) completes it"
        return record, Problem(name, record.line, told, 0)
    full = dates.ago(posted, as_of) if posted else dates.complete(paper.date, as_of)
    fields = {name: value for name, value in paper.fields.items() if not full or name != POSTED}
    year = dates.parts(full)[0] if full else paper.year
    return replace(record, paper=replace(paper, date=full, year=year, fields=fields)), None
