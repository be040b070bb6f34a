"""Values of the command line that need no conversion, kept away from what would convert them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def lighten(parameters: Iterable[Any]) -> None:
    """Let these parameters of Typer take a text as it is, and each other value that has its type already.

    Typer has all values converted by pydantic, which takes as long to import as Typer itself.
    """
    for parameter in parameters:
        # An older Typer has no such part, and no pydantic.
        real = getattr(parameter, "get_runtime_param", None)
        if real is not None and not isinstance(real, _Light):
            parameter.get_runtime_param = _Light(real)


class _Light:
    """What a parameter has its value converted by; the real one is made where it is needed."""

    def __init__(self, real: Any) -> None:
        self._real = real

    def __call__(self) -> _Light:
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value of a parameter; raises what Typer raises for one that does not fit."""
        kind = param.type_descriptor.annotation
        many = param.multiple or param.nargs == -1
        if value is None:
            return () if many else None
        if many and kind == list[str] and isinstance(value, list | tuple):
            return list(value)
        if not many and kind in (str, int, float) and type(value) is kind:
            return value
        if not many and kind is int and _is_count(value, param.type_descriptor.parameter_info):
            return int(value)
        return self._real().coerce(value, param=param, ctx=ctx)


def _is_count(value: Any, told: Any) -> bool:
    """Whether a value is a plain number that is within its bounds."""
    short = isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10
    return short and (told.min or 0) <= int(value) <= (int(value) if told.max is None else told.max)
