"""Entries as their importers read them."""

from __future__ import annotations

from collections.abc import Iterator

from litcli.check.finding import Fault, Subject
from litcli.paper import GUESSED


def guessed(subject: Subject) -> Iterator[Fault]:
    entry = subject.entry
    if GUESSED in entry.tags:
        source = f" from {entry.sources[0]}" if entry.sources else ""
        told = f"read by a guess{source}: look at title, authors and venue, then `litcli tag -{GUESSED} {entry.key}`"
        yield Fault("tags", told)
