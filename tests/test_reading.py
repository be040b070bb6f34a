"""Sources to records: what a reading does to the process that it runs in."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from litcli import reading


@pytest.fixture
def collection() -> Iterator[None]:
    """The state of the garbage collector, as it was."""
    was_on = gc.isenabled()
    yield
    gc.unfreeze()
    (gc.enable if was_on else gc.disable)()


@pytest.mark.usefixtures("collection")
@pytest.mark.parametrize("is_on", [True, False])
@pytest.mark.parametrize("text", ["@misc{a, title={T}}", "no paper here"])
def test_garbage_is_collected_after_a_reading_as_before_it(tmp_path: Path, text: str, is_on: bool) -> None:
    (tmp_path / "a.txt").write_text(text)
    (gc.enable if is_on else gc.disable)()
    assert len([*reading.read_all([str(tmp_path / "a.txt")])]) == 1
    assert gc.isenabled() is is_on


@pytest.mark.usefixtures("collection")
def test_only_many_records_are_kept_from_the_collector(tmp_path: Path) -> None:
    gc.unfreeze()
    for name, count in (("few", 10), ("many", 9000)):
        (tmp_path / f"{name}.bib").write_text("".join(f"@misc{{k{n}, title={{T {n}}}}}\n" for n in range(count)))
    [*reading.read_all([str(tmp_path / "few.bib")])]
    assert gc.get_freeze_count() == 0
    [*reading.read_all([str(tmp_path / "many.bib")])]
    assert gc.get_freeze_count() > 9000
