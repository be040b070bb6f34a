"""The run of litcli that a change of the library is part of."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

LOCK_TIMEOUT = 60.0
"""Seconds to wait for another writer, unless the command line says how many."""


def _nobody(text: str) -> None:
    del text


@dataclass(frozen=True, slots=True)
class Run:
    """The command as it was typed, how many seconds it waits for another writer, and how its user is told things."""

    command: str = "litcli"
    lock_timeout: float = LOCK_TIMEOUT
    tell: Callable[[str], None] = _nobody


RUN: ContextVar[Run] = ContextVar("RUN", default=Run())  # noqa: B039 - it is frozen
