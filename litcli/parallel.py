"""Work shared with copies of this process: long work ends sooner, and its results are the same."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def processors() -> int:
    """How many processes can work at once; 1 where this one must not be copied."""
    # Elsewhere the system's own libraries may have threads, which a copy would lack.
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def in_order(work: Callable[[int], Result], count: int) -> Generator[Result, None, None]:
    """The results of `work(0)` to `work(count - 1)`: the first is made here, the others in copies at the same time.

    What a copy cannot do is done here. No copy is left when the iterator ends or is closed.
    """
    copies: list[_Copy] = []
    try:
        copies += (_Copy(work, number) for number in range(1, count))
        yield work(0)
        for number, copy in enumerate(copies, 1):
            yield from copy.result() or [work(number)]
    finally:
        for copy in copies:
            copy.end()


def shares(work: Callable[[Sequence[Item]], Result], items: Sequence[Item], least: int) -> Iterator[Result]:
    """The results of work on shares of some items, which have at least so many each, in the items' order."""
    count = max(1, min(processors(), len(items) // least))
    cuts = [number * len(items) // count for number in range(count + 1)]
    return in_order(lambda number: work(items[cuts[number] : cuts[number + 1]]), count)


class _Copy:
    """A copy of this process that does one piece of work and writes its result into a file without a name."""

    def __init__(self, work: Callable[[int], Any], number: int) -> None:
        self._process = 0
        try:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it is open as long as the copy works
        except OSError:
            return
        try:
            self._process = os.fork()
        except OSError:
            self._file.close()
            return
        if not self._process:
            status = 1
            try:
                _Pickler(self._file, pickle.HIGHEST_PROTOCOL).dump(work(number))
                self._file.flush()
                status = 0
            finally:
                # Nothing else that this process was to do may happen twice.
                os._exit(status)

    def result(self) -> list[Any]:
        """The result as the only item of a list, which is empty where there is none."""
        if not self._process:
            return []
        _, status = os.waitpid(self._process, 0)
        self._process = 0
        with self._file:
            self._file.seek(0)
            return [] if status else [pickle.load(self._file)]

    def end(self) -> None:
        """Stop the copy if it still works."""
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            self._process = 0
            self._file.close()


_VALUES: dict[type, Callable[[Any], Any]] = {}
"""For each frozen type that was met, what gives the values of its fields."""


class _Pickler(pickle.Pickler):
    """Writes a dataclass as a call of its type, in a third of the time that the way of its own takes."""

    def reducer_override(self, value: Any) -> Any:
        """The type and the values of a dataclass; of anything else, that the pickler knows best."""
        kind = type(value)
        if kind not in _VALUES:
            if kind is type or not is_dataclass(value):
                return NotImplemented
            _VALUES[kind] = attrgetter(*(field.name for field in fields(value)))
        return kind, _VALUES[kind](value)
