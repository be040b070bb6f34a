"""Partial ISO 8601 dates: what a page says of a day, and no more."""

from __future__ import annotations

import datetime
import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""BibTeX's month macros, in order."""

_LONG_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
AGO = r"(?i:today|yesterday|just now|(?P<count>\d{1,3}|an?) ?(?P<unit>min(?:ute)?|h(?:our)?|day|week|month|year)s? ago)"
"""A day as it is told from today's, in a pattern."""
_AGO = re.compile(AGO)
_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?|--(?P<m>\d{2})(?:-(?P<d>\d{2}))?")


def month_number(name: str) -> int:
    """1 to 12 for an English month name or its usual short form, else 0."""
    word = name.strip().rstrip(".").lower()
    known = word in MONTHS or word == "sept" or word in _LONG_MONTHS
    return MONTHS.index(word[:3]) + 1 if known else 0


def parts(date: str) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of a partial date, None for each that it does not say.

    Raises ValueError for anything but `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, `--MM` and `--MM-DD`.
    """
    match = _ISO.fullmatch(date)
    if not match:
        raise ValueError(f"{date!r} is not a date such as 2023-10-10, 2023-10 or --05-07")
    year, month, day = (match["year"], match["month"] or match["m"], match["day"] or match["d"])
    number = (int(year) if year else None, int(month) if month else None, int(day) if day else None)
    # A leap year stands in for a year that is not known, so that --02-29 is a date.
    datetime.date(*(2000 if number[0] is None else number[0], *(1 if n is None else n for n in number[1:])))
    return number


def year_of(year: int | None, date: str) -> int | None:
    """The year that a record says: its own, else its date's."""
    return year or (parts(date)[0] if date else None)


def make(year: int | None, month: int | None = None, day: int | None = None) -> str:
    """The partial date of the parts that are known; "" when neither year nor month is."""
    if not month:
        return f"{year:04d}" if year else ""
    tail = f"{month:02d}" + (f"-{day:02d}" if day else "")
    return f"{year:04d}-{tail}" if year else f"--{tail}"


def is_ago(text: str) -> bool:
    """Whether a text tells a day from today's: `2 days ago`, `yesterday`."""
    return _AGO.fullmatch(text) is not None


def ago(text: str, as_of: datetime.date) -> str:
    """The date that a text such as `2 days ago` told on a day, as exact as the text is; "" where it tells none."""
    match = _AGO.fullmatch(text)
    if not match:
        return ""
    unit = (match["unit"] or "").lower()
    count = int(match["count"]) if (match["count"] or "").isdecimal() else int(bool(unit))
    if unit in ("year", "month"):
        year, month = divmod(as_of.year * 12 + as_of.month - 1 - count * (12 if unit == "year" else 1), 12)
        return make(year, month + 1 if unit == "month" else None) if year > 0 else ""
    days = {"day": count, "week": 7 * count}.get(unit, int(text.lower() == "yesterday"))
    return datetime.date.fromordinal(max(1, as_of.toordinal() - days)).isoformat()


def complete(date: str, as_of: datetime.date) -> str:
    """A date that lacks its year, given the last such day that is not after `as_of`."""
    year, month, day = parts(date)
    if year or not month:
        return date
    for candidate in range(as_of.year, as_of.year - 9, -1):
        try:
            found = datetime.date(candidate, month, day or 1)
        except ValueError:  # 29 February, in a year without one
            continue
        if found <= as_of:
            return make(candidate, month, day)
    return date
