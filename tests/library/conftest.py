"""What the library's tests share: a home of their own, in which the steps are kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    # Not the test's own monkeypatch: a test may undo what it patched, and go on.
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "LITCLI_LIBRARY"):
            patched.delenv(name, raising=False)
        yield
