"""How the time of some work grows with its text: a ratio within one run, never a time."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

_QUARTER = 4
_SLACK = 2.5
"""Four times the text may take ten times the time: in proportion with much noise, and far from its square, sixteen."""
_TICK = 0.1
"""Seconds of processor time below which a measurement is all noise."""


def grows_in_proportion(work: Callable[[str], object], text: str) -> bool:
    """Whether work on a whole text takes no more than its share beyond work on the first quarter of it."""
    whole, quarter = _seconds(work, text), _seconds(work, text[: len(text) // _QUARTER])
    return whole <= _QUARTER * _SLACK * max(quarter, _TICK)


def _seconds(work: Callable[[str], object], text: str) -> float:
    """Seconds of processor time; a second run would find in caches what the first one left there.

    What the tests before have left is not searched meanwhile for what is no longer used, as it is not in the program.
    """
    gc.disable()
    try:
        began = time.process_time()
        work(text)
        return time.process_time() - began
    finally:
        gc.enable()
