"""Where litcli's files are: the library, and the index of it. Completion asks here, and so it loads next to nothing."""

# Pathlib takes longer to import than a completion may.
# ruff: noqa: PTH109, PTH111, PTH113, PTH114, PTH117, PTH118, PTH120

from __future__ import annotations

import os
import sys
import zlib

NAME = "library.toml"
VARIABLE = "LITCLI_LIBRARY"


def library(given: str | None) -> str:
    """Which library is meant: the one given, else $LITCLI_LIBRARY, else the nearest one above, else the user's own."""
    chosen = given or os.environ.get(VARIABLE)
    if chosen:
        return os.path.expanduser(chosen)
    try:
        folder = os.getcwd()
    except OSError:  # it was deleted under the shell
        folder = os.sep
    while True:
        file = os.path.join(folder, NAME)
        # A link whose target is away is meant too: another library would be the wrong one.
        if os.path.isfile(file) or os.path.islink(file):
            return file
        above = os.path.dirname(folder)
        if above == folder:
            return os.path.join(_own("data"), NAME)
        folder = above


def index(library: str) -> str:
    """The file of the index of a library, by the library's real path."""
    name = os.fsencode(library)
    return os.path.join(_own("cache"), f"{zlib.crc32(name):08x}{zlib.adler32(name):08x}.index")


def _own(kind: str) -> str:
    """The user's folder for litcli's `data` or `cache`, as `platformdirs` says it."""
    if sys.platform != "linux":
        import platformdirs

        return platformdirs.user_data_dir("litcli") if kind == "data" else platformdirs.user_cache_dir("litcli")
    # The XDG Base Directory Specification, read here: platformdirs takes longer to import than a completion may.
    named = os.environ.get(f"XDG_{kind.upper()}_HOME", "").strip()
    usual = {"data": "~/.local/share", "cache": "~/.cache"}[kind]
    return os.path.join(named if os.path.isabs(named) else os.path.expanduser(usual), "litcli")
