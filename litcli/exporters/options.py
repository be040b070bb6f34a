"""What every exporter takes and gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How to export: what to group by ("" for not at all), and which fields to leave out."""

    group_by: str = ""
    omit: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Export:
    """The text of an export, and what its reader must know of it."""

    text: str
    warnings: tuple[str, ...] = ()
