"""The objects of a list in a JSON text, each with its place; broken ones are told and passed over."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

from litcli.page import Page
from litcli.paper import Problem

_SPACE = re.compile(r"[ \t\r\n]*")
_LINE_END = re.compile(r"\r\n|\r|\n")
# Line ends and tabs in a string, which RFC 8259 wants escaped, are common in files made by hand.
_decode = json.JSONDecoder(strict=False).raw_decode


@dataclass(frozen=True, slots=True)
class Item:
    """A value of the list, the line on which it begins, and its text."""

    value: Any
    line: int
    raw: str


def items(page: Page, *names: str) -> Iterator[Item | Problem]:
    """The values of the page's list: of the text itself, or under one of these names in the object that it is.

    An object without such a name is the only value. What is not JSON is a problem that says line and column; reading
    goes on at the next line that begins an object with the same indent.
    """
    return _Walker(page).items(names)


class _BrokenError(Exception):
    """Why and where the text stops being JSON."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at


class _Walker:
    def __init__(self, page: Page) -> None:
        self._name = page.name
        self._text = page.text
        self._ends = [match.end() for match in _LINE_END.finditer(page.text)]

    def items(self, names: tuple[str, ...]) -> Iterator[Item | Problem]:
        start = self._skip(0)
        try:
            begin = self._list(start, names)
            if begin is None:
                value, end = self._value(start, len(self._text))
                yield self._item(value, start, end)
            else:
                end = yield from self._walk(begin)
        except _BrokenError as broken:
            yield self._problem(broken, start, len(self._text))
            return
        if begin in (None, start) and (rest := self._skip(end)) < len(self._text):
            yield self._problem(_BrokenError("there is text behind the end", rest), rest, len(self._text))

    def _list(self, at: int, names: tuple[str, ...]) -> int | None:
        """Where the list begins; None for an object that has none of these names."""
        if self._text.startswith("[", at):
            return at
        if not self._text.startswith("{", at):
            raise _BrokenError("neither [ nor { begins it", at)
        at = self._skip(at + 1)
        while self._text.startswith('"', at):
            name, at = self._value(at, len(self._text))
            at = self._skip(at)
            if not self._text.startswith(":", at):
                raise _BrokenError("a colon is missing", at)
            at = self._skip(at + 1)
            if name in names and self._text.startswith("[", at):
                return at
            _, at = self._value(at, len(self._text))
            at = self._skip(at)
            at = self._skip(at + 1) if self._text.startswith(",", at) else at
        return None

    def _walk(self, begin: int) -> Generator[Item | Problem, None, int]:
        """The values of the list that begins there; gives the place behind it."""
        text, size = self._text, len(self._text)
        at, after_break = begin + 1, False
        while (at := self._skip(at)) < size:
            if text[at] == "]":
                return at + 1
            if text[at] == ",":
                at += 1
                continue
            try:
                # Behind a broken value each is read up to the next one at the most: no text is read over and over.
                value, end = self._value(at, self._next(at) if after_break else size)
                yield self._item(value, at, end)
            except _BrokenError as broken:
                end, after_break = self._next(at), True
                yield self._problem(broken, at, end)
                if end == size:
                    return size
            at = end
        yield Problem(self._name, self._line(size), "the list is not closed: the file may have been cut", 0)
        return size

    def _next(self, at: int) -> int:
        """The next object behind `at` that begins its line with the same indent, else the end of the text."""
        line = self._line(at)
        indent = self._text[self._ends[line - 2] if line > 1 else 0 : at]
        if indent.strip(" \t"):
            return len(self._text)
        match = re.compile(rf"[\r\n]{indent}\{{").search(self._text, at)
        return match.end() - 1 if match else len(self._text)

    def _value(self, at: int, limit: int) -> tuple[Any, int]:
        """The value that begins there and its end; no text is read from `limit` on."""
        whole = limit == len(self._text)
        try:
            value, end = _decode(self._text, at) if whole else _decode(self._text[at:limit])
            return value, end if whole else at + end
        except json.JSONDecodeError as error:
            raise _BrokenError(error.msg, error.pos if whole else at + error.pos) from None
        except ValueError:
            raise _BrokenError("a number has thousands of digits", at) from None
        except RecursionError:
            raise _BrokenError("brackets stand in brackets hundreds deep", at) from None

    def _skip(self, at: int) -> int:
        return _SPACE.match(self._text, at).end()  # type: ignore[union-attr]

    def _line(self, at: int) -> int:
        return bisect_right(self._ends, at) + 1

    def _item(self, value: Any, start: int, end: int) -> Item:
        return Item(value, self._line(start), self._text[start:end])

    def _problem(self, broken: _BrokenError, start: int, end: int) -> Problem:
        line = self._line(broken.at)
        column = broken.at - (self._ends[line - 2] if line > 1 else 0) + 1
        raw = self._text[start:end].rstrip().removesuffix(",")
        return Problem(self._name, self._line(start), f"not valid JSON at {line}:{column}: {broken.reason}", raw=raw)
