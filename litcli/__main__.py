"""The door: what must answer at once is answered before Typer is imported; failures become exit codes here."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType


def main() -> None:
    """Run the command line of this process and end it with the right exit code."""
    signal.signal(signal.SIGINT, _interrupted)
    if sys.stdout is not None and hasattr(sys.stdout, "reconfigure"):
        # Titles are Unicode whatever the locale says; what a terminal cannot show must not end the program.
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    code: int | str | None = 0
    try:
        code = _run(sys.argv[1:])
    except SystemExit as stop:
        code = stop.code
    sys.exit(_flushed(code))


def _run(arguments: list[str]) -> int | str | None:
    if arguments == ["--version"]:
        from litcli import __version__

        print(f"litcli {__version__}")  # noqa: T201
        return 0
    from litcli.errors import LitError

    try:
        if arguments[:1] == ["--complete"]:
            from litcli.completion import answer

            return answer(arguments[1:])
        from litcli.cli import app

        app(args=arguments, prog_name="litcli")
    except LitError as error:
        from litcli.show import say

        say(f"litcli: {error.message}")
        if error.hint:
            say(f"  {error.hint}")
        return int(error.exit_code)
    return 0


def _flushed(code: int | str | None) -> int | str | None:
    """The exit code once standard output is really written: a full disk is a failure, a closed pipe says nothing."""
    try:
        sys.stdout.flush()
    except OSError as error:
        # Python would try the same write again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return code or 1
        print(f"litcli: the output cannot be written: {error.strerror}", file=sys.stderr)  # noqa: T201
        return 3
    return code


def _interrupted(signum: int, frame: FrameType | None) -> None:
    """Ctrl-C: unwind, so that locks and temporary files go, and say 130."""
    del signum, frame
    raise SystemExit(130)


if __name__ == "__main__":
    main()
