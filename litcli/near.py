"""What was probably meant by a name that is not there."""

from __future__ import annotations

from collections.abc import Iterable

_LEAST = 65
"""Similarity (0 to 100) of a name that is worth a mention: two letters that changed places in one of three have 66."""
_MOST = 3


def near(name: str, known: Iterable[str]) -> str:
    """A question that names the nearest of those there are, "" where none is near."""
    from rapidfuzz import process, utils

    found = process.extract(
        name, [*dict.fromkeys(known)], limit=_MOST, score_cutoff=_LEAST, processor=utils.default_process
    )
    return f"did you mean {' or '.join(match[0] for match in found)}?" if found else ""
