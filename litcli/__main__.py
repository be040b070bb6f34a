"""The door: what must answer at once is answered before Typer is imported; failures become exit codes here."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

_INTERRUPTED = 130
"""The exit code after Ctrl-C (design, section 4)."""


def main() -> None:
    """Run the command line of this process and end it with the right exit code."""
    # A process of one command ends before cycles matter, and looking for them is a fifth of a long import.
    gc.disable()
    _open_streams()
    code: int | str | None = 0
    try:
        code = _run(sys.argv[1:])
    except SystemExit as stop:
        code = stop.code
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except OSError as error:
        # Files are read and written where a failure is told by name; what is left is standard output.
        code = _unwritten(error)
    sys.exit(_flushed(code))


def _open_streams() -> None:
    """Standard streams that take any text, whatever the locale says, and that are there even if they were closed."""
    for name, mode, errors in (
        ("stdin", "r", "surrogateescape"),
        ("stdout", "w", "surrogateescape"),
        ("stderr", "w", "backslashreplace"),
    ):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8", errors=errors))  # noqa: PTH123, SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors=errors)


def _run(arguments: list[str]) -> int | str | None:
    if arguments == ["--version"]:
        from litcli import __version__

        print(f"litcli {__version__}")  # noqa: T201
        return 0
    if arguments[:1] == ["--complete"]:
        from litcli.completion import answer

        return answer(arguments[1:])
    import signal

    from litcli.errors import LitError

    signal.signal(signal.SIGINT, _interrupted)
    try:
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
    """The exit code once standard output is really written."""
    try:
        sys.stdout.flush()
    except OSError as error:
        return _unwritten(error)
    return code


def _unwritten(error: OSError) -> int:
    """The exit code of output that went nowhere: a full disk is a failure, a reader that has gone says nothing."""
    # Python would try the same write again at its end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return 1
    print(f"litcli: the output cannot be written: {error.strerror or error}", file=sys.stderr)  # noqa: T201
    return 3


def _interrupted(signum: int, frame: FrameType | None) -> None:
    """Ctrl-C: unwind, so that locks and temporary files go, and say 130."""
    del signum, frame
    raise SystemExit(_INTERRUPTED)


if __name__ == "__main__":
    main()
