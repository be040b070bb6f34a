"""Work in copies of the process: the results of one process, in order, and no copy left."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from litcli import parallel
from litcli.paper import Paper, Person, Record

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no copies are made here")


def children() -> bool:
    """Whether this process has any child that it has not waited for."""
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def test_results_come_in_order() -> None:
    assert [*parallel.in_order(lambda number: number * 10, 4)] == [0, 10, 20, 30]
    assert not children()


def test_the_first_is_made_here_and_the_others_are_not() -> None:
    first, *others = parallel.in_order(lambda _: os.getpid(), 3)
    assert first == os.getpid()
    assert len({first, *others}) == 3


def test_one_share_needs_no_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert [*parallel.in_order(str, 1)] == ["0"]


@pytest.mark.parametrize(
    ("items", "shares"),
    [
        ([], [[]]),
        ([1, 2, 3], [[1, 2, 3]]),
        ([1, 2, 3, 4, 5], [[1, 2], [3, 4, 5]]),
        ([*range(6)], [[0, 1], [2, 3], [4, 5]]),
    ],
)
def test_items_are_shared_where_each_has_enough(
    items: list[int], shares: list[list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "processors", lambda: 3)
    assert [*parallel.shares(lambda share: share, items, 2)] == shares


def test_values_come_back_as_they_were() -> None:
    paper = Paper(title="A", authors=(Person("Ng", "Ann"), Person(literal="ACM")), year=1999, fields={"x": "ü"})
    record = Record(paper, 3, tags=("a",), key="k")
    assert [*parallel.in_order(lambda number: (record, number), 2)] == [(record, 0), (record, 1)]


def fork_fails(*_: object) -> int:
    raise BlockingIOError("Resource temporarily unavailable")


def no_room(*_: object) -> Any:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("module", "name", "broken"),
    [(os, "fork", fork_fails), (parallel.tempfile, "TemporaryFile", no_room), (parallel, "_Pickler", no_room)],
    ids=["no process", "no file", "no room in the file"],
)
def test_what_no_copy_can_do_is_done_here(
    module: object, name: str, broken: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, name, broken)
    assert {*parallel.in_order(lambda _: os.getpid(), 3)} == {os.getpid()}
    assert not children()


def test_a_copy_that_is_killed_is_replaced() -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert [*parallel.in_order(work, 3)] == [0, 1, 2]


def test_an_error_in_a_copy_is_raised_here() -> None:
    def work(number: int) -> int:
        if number == 1:
            raise ValueError("one")
        return number

    with pytest.raises(ValueError, match="one"):
        [*parallel.in_order(work, 3)]
    assert not children()


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_no_copy_outlives_a_failure_here(error: type[BaseException]) -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() == here:
            raise error
        signal.pause()
        return number

    with pytest.raises(error):
        [*parallel.in_order(work, 3)]
    assert not children()


def test_no_copy_outlives_an_iterator_that_is_closed() -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here:
            signal.pause()
        return number

    shares = parallel.in_order(work, 3)
    assert next(shares) == 0
    shares.close()
    assert not children()


def test_a_copy_prints_nothing_of_what_waited_here_to_be_printed(tmp_path: Path) -> None:
    with (tmp_path / "out").open("w") as file:
        file.write("once")
        assert [*parallel.in_order(int, 3)] == [0, 1, 2]
    assert (tmp_path / "out").read_text() == "once"
