"""Values of the library as JSON text: the one layout of `--json` and of every export in JSON."""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Mapping
from typing import Any

FORMAT_VERSION = 1
"""The version of the JSON shapes (design, section 4)."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What could steer a terminal; JSON itself asks for escapes up to U+001F only (RFC 8259, section 7)."""


def plain(value: Any) -> Any:
    """A value in JSON's terms: days and times as text, and so are numbers that JSON has not."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def dumps(value: Any, indent: int | None = 2) -> str:
    """JSON as a person reads it, in UTF-8, control characters spelled out; on one line with `indent` None."""
    text = _text(value, indent=indent)
    return _CONTROL.sub(lambda match: match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}", text)


def compact(value: Any) -> str:
    """JSON on one line without blanks, for the cell of a table or the text of a field."""
    return _text(value, separators=(",", ":"))


def _text(value: Any, **layout: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, default=plain, allow_nan=False, **layout)
    except ValueError:
        return json.dumps(plain(value), ensure_ascii=False, **layout)
