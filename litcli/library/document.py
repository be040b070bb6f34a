"""The text of a library file: where each entry's statements stand, and edits that leave every other byte alone."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from litcli import table
from litcli.errors import LibraryError
from litcli.library import toml
from litcli.paper import FIELDS, Entry

# The parts of TOML 1.0 that may hold a line end or a bracket without meaning it: strings and comments.
_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")|\'\'\'.*?\'{3,5}(?!\')|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*|[\[{]|[\]}]|\n',
    re.DOTALL,
)
_KEY = re.compile(
    r"""\s*(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+))*"""
)
_BARE_PATH = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A header or an assignment: the full path it speaks of, its span in whole lines, the remarks in it."""

    path: Path
    start: int
    end: int
    header: bool
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A TOML text that is known to be valid."""

    text: str

    @cached_property
    def statements(self) -> list[Statement]:
        """Every header and assignment in the order of the text."""
        found: list[Statement] = []
        table_path: Path = ()
        at = 0
        while at < len(self.text):
            line_end = self.text.find("\n", at)
            line_end = len(self.text) if line_end < 0 else line_end + 1
            line = self.text[at:line_end].strip()
            if not line or line.startswith("#"):
                at = line_end
                continue
            if line.startswith("["):
                name = line.lstrip("[")
                match = _KEY.match(name)
                table_path = _path(match[0] if match else name)
                found.append(Statement(table_path, at, line_end, True))
                at = line_end
                continue
            match = _KEY.match(self.text, at)
            end, remarks = self._value_end(match.end() if match else at)
            found.append(Statement(table_path + _path(match[0] if match else ""), at, end, False, remarks))
            at = end
        return found

    def _value_end(self, at: int) -> tuple[int, tuple[str, ...]]:
        """Behind the line end that closes the value which starts after `at`, and the remarks within."""
        depth = 0
        remarks = []
        for token in _TOKEN.finditer(self.text, at):
            first = token[0][0]
            if first in "[{":
                depth += 1
            elif first in "]}":
                depth -= 1
            elif first == "#":
                remarks.append(token[0].rstrip())
            elif first == "\n" and depth <= 0:
                return token.end(), tuple(remarks)
        return len(self.text), tuple(remarks)

    @cached_property
    def _of_entry(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = {}
        for statement in self.statements:
            if len(statement.path) > 1 and statement.path[0] == "papers":
                found.setdefault(statement.path[1], []).append(statement)
        return found

    def lines(self) -> dict[str, int]:
        """The line on which each entry begins, by key; those inside an inline table have none."""
        found: dict[str, int] = {}
        line = at = 0
        for statement in self.statements:
            if len(statement.path) > 1 and statement.path[0] == "papers" and statement.path[1] not in found:
                line += self.text.count("\n", at, statement.start)
                at = statement.start
                found[statement.path[1]] = line + 1
        return found

    def apply(
        self, old: Mapping[str, Entry], changes: Mapping[str, Entry | None], head: Mapping[Path, Any] | None = None
    ) -> str:
        """The text with some entries, and values above them, changed, added or (None) removed; all other bytes stay.

        Within a changed entry only the statements of its changed fields are replaced. Raises LibraryError
        where an entry stands inside an inline table, which has no lines of its own.
        """
        edits: list[tuple[int, int, str]] = []
        added: list[Entry] = []
        for key, entry in changes.items():
            if key not in old:
                if entry:
                    added.append(entry)
                continue
            if key not in self._of_entry:
                raise LibraryError(
                    f"the entry {key} stands inside an inline table and cannot be changed there",
                    "give it a block of its own: [papers.KEY]",
                )
            if entry is None:
                edits += [(s.start, s.end, "") for s in self._of_entry[key]]
            elif self._header(key):
                edits += self._field_edits(key, old[key], entry)
            else:
                edits += [(s.start, s.end, "") for s in self._of_entry[key]]
                added.append(entry)
        edits += self._insertions(added)
        for path, value in (head or {}).items():
            edits += self._head_edits(path, value)
        return _edited(self.text, edits)

    def _head_edits(self, path: Path, value: Any) -> list[tuple[int, int, str]]:
        """One value above the papers: in its place, else at the end of its table, else in a new table."""
        in_table: Path = ()
        places: dict[Path, tuple[Path, int]] = {(): ((), 0)}
        found: tuple[Path, Statement] | None = None
        for statement in self.statements:
            if statement.header:
                in_table = statement.path
                places[in_table] = in_table, statement.end
            elif path[: len(statement.path)] == statement.path and len(path) > len(statement.path):
                raise LibraryError(
                    f"{'.'.join(path)} stands inside an inline table and cannot be changed there",
                    f"give it a table of its own: [{'.'.join(path[:-1])}]",
                )
            elif statement.path == path:
                found = in_table, statement
            for size in range(len(in_table), len(statement.path)):
                places[statement.path[:size]] = in_table, statement.end
        if found:
            table_path, statement = found
            text = "" if value is None else toml.assignment(path[len(table_path) :], value)
            return [(statement.start, statement.end, text)]
        if value is None:
            return []
        place = next((path[:size] for size in range(len(path) - 1, -1, -1) if path[:size] in places), ())
        table_path, at = places[place]
        if place or len(path) == 1:
            return [(at, at, toml.assignment(path[len(table_path) :], value))]
        return [(at, at, f"\n[{toml.key_text(path[0])}]\n{toml.assignment(path[1:], value)}")]

    def _header(self, key: str) -> Statement | None:
        return next((s for s in self._of_entry[key] if s.header and len(s.path) == 2), None)

    def _field_edits(self, key: str, old: Entry, new: Entry) -> list[tuple[int, int, str]]:
        before, after = table.to_table(old), table.to_table(new)
        statements = self._of_entry[key]
        header = next(n for n, s in enumerate(statements) if s.header and len(s.path) == 2)
        last = next((n for n in range(header + 1, len(statements)) if statements[n].header), len(statements))
        own = statements[header + 1 : last]
        edits = []
        for order, field in enumerate(FIELDS):
            if before.get(field) == after.get(field):
                continue
            text = toml.statement(field, after[field]) if field in after else ""
            there = [s for s in statements if len(s.path) > 2 and s.path[2] == field]
            # What somebody remarked on a value is kept above its new one.
            text = "".join(f"{remark}\n" for s in there for remark in s.remarks) + text
            if there and there[0] in own:
                edits.append((there[0].start, there[0].end, text))
                there = there[1:]
            elif text:
                earlier = [s for s in own if s.path[2] in FIELDS and FIELDS.index(s.path[2]) < order]
                at = (earlier[-1] if earlier else statements[header]).end
                edits.append((at, at, text))
            edits += [(s.start, s.end, "") for s in there]
        return edits

    def _insertions(self, added: list[Entry]) -> list[tuple[int, int, str]]:
        """Each new block before the first header of a greater key, else behind all, with a blank line between."""
        headers = [s for s in self.statements if s.header and len(s.path) == 2 and s.path[0] == "papers"]
        order = sorted(range(len(headers)), key=lambda n: headers[n].path[1].lower())
        in_order = order == list(range(len(headers)))
        keys = [header.path[1].lower() for header in headers]
        edits = []
        for entry in sorted(added, key=lambda entry: entry.key.lower()):
            key = entry.key.lower()
            at = (
                bisect_right(keys, key)
                if in_order
                else next((n for n, other in enumerate(keys) if other > key), len(keys))
            )
            if at < len(headers):
                place = self._above_comments(headers[at])
                edits.append((place, place, toml.block(entry) + "\n"))
            else:
                edits.append((len(self.text), len(self.text), "\n" + toml.block(entry)))
        return edits

    def _above_comments(self, header: Statement) -> int:
        """The start of the comment lines that stand directly above a header."""
        before = bisect_left(self.statements, header.start, key=lambda statement: statement.start)
        floor = self.statements[before - 1].end if before else 0
        at = header.start
        while at > floor:
            start = self.text.rfind("\n", 0, at - 1) + 1
            if start < floor or not self.text[start:at].lstrip().startswith("#"):
                break
            at = start
        return at


def _path(text: str) -> Path:
    text = text.strip()
    if _BARE_PATH.fullmatch(text):
        return tuple(text.split("."))
    path: list[str] = []
    node: Any = tomllib.loads(f"{text} = 0")
    while isinstance(node, dict):
        (name, node), *_ = node.items()
        path.append(name)
    return tuple(path)


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    """The text with spans replaced by lines in its own newline style; edits at one place keep their order."""
    newline = "\r\n" if "\r\n" in text else "\n"
    pieces = [""]
    at = 0
    for start, end, new in sorted(edits, key=lambda edit: (edit[0], edit[1] > edit[0])):
        pieces.append(text[at:start])
        before = next((piece for piece in reversed(pieces) if piece), "")
        if new and before and not before.endswith("\n"):
            pieces.append(newline)  # the last line was not ended
        pieces.append(new.replace("\n", newline))
        at = max(at, end)
    return "".join([*pieces, text[at:]])
