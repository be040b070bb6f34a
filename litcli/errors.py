"""What a user can get wrong, each kind with its exit code (design, section 4)."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of failures that scripts rely on; 0 is done, 130 interrupted."""

    NO = 1
    USAGE = 2
    BAD_INPUT = 3
    LOCKED = 4


class LitError(Exception):
    """An expected failure: one sentence of what is wrong, a hint of what to do, and an exit code."""

    exit_code = Exit.BAD_INPUT

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(LitError):
    """The command line or the query is not understood."""

    exit_code = Exit.USAGE


class NotFound(LitError):  # noqa: N818 - an answer, not a fault
    """The answer is no: nothing matched, or there is no such key."""

    exit_code = Exit.NO


class InputError(LitError):
    """A source cannot be read; `source` and `line` say where."""

    def __init__(self, source: str, line: int, message: str, hint: str = "") -> None:
        super().__init__(f"{source}:{line}: {message}", hint)
        self.source = source
        self.line = line
        self.reason = message


class LibraryError(LitError):
    """The library file is missing, is not valid, or cannot be written."""


class LockedError(LitError):
    """Another process holds the library, or it kept changing under the command."""

    exit_code = Exit.LOCKED
