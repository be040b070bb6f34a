"""Files that entries name and that are not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

from litcli import attachments
from litcli.check.finding import Finding, Severity, shown
from litcli.paper import Entry


def missing_files(entries: Sequence[Entry], folder: Path) -> Iterator[Finding]:
    """The attached files that are not there, relative paths looked for below the library's folder."""
    for entry in entries:
        for path in attachments.missing(entry, folder):
            # A path from the root of a disk came with an import, often from another machine.
            elsewhere = PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()
            message = f"there is no file {shown(path)}; litcli attach {entry.key} FILE names another one"
            severity = Severity.NOTE if elsewhere else Severity.WARNING
            yield Finding(entry.key, f"fields.{attachments.FIELD}", "missing-file", severity, message)
