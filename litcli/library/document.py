"""The text of a library file: where each entry's statements stand, and edits that leave every other byte alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from litcli import table
from litcli.errors import LibraryError
from litcli.library import toml
from litcli.library.blocks import Blocks, cut
from litcli.library.statements import Path, Statement, assigned_name, header_name, scan
from litcli.paper import FIELDS, Entry

Edit = tuple[int, int, str]
"""A span of the text, and the lines that take its place."""


@dataclass(frozen=True)
class Document:
    """A TOML text that is known to be valid, with its blocks where they are known."""

    text: str
    known: Blocks | None = None

    @cached_property
    def blocks(self) -> Blocks | None:
        """The blocks that it can be cut into, None where it cannot."""
        return self.known or cut(self.text)

    @cached_property
    def statements(self) -> list[Statement]:
        """Every header and assignment in the order of the text."""
        return list(scan(self.text))

    @cached_property
    def _of_entry(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = {}
        for statement in self.statements:
            if statement.key is not None:
                found.setdefault(statement.key, []).append(statement)
        return found

    def _own(self, key: str) -> list[Statement]:
        """The statements of an entry."""
        if not self.blocks:
            return self._of_entry.get(key, [])
        return list(scan(self.text, *self.blocks.spans[key])) if key in self.blocks.spans else []

    @cached_property
    def _above(self) -> list[Statement]:
        """The statements above the papers, and all others that belong to no entry."""
        if not self.blocks:
            return self.statements
        return [statement for span in self.blocks.rest for statement in scan(self.text, *span)]

    @cached_property
    def _headers(self) -> tuple[list[str], list[int]]:
        """The keys of the entries, in lower case and in the text's order, and where their headers begin."""
        if self.blocks:
            return [key.lower() for key in self.blocks.spans], [start for start, _ in self.blocks.spans.values()]
        found = [statement for statement in self.statements if statement.is_entry]
        return [statement.path[1].lower() for statement in found], [statement.start for statement in found]

    def lines(self) -> dict[str, int]:
        """The line on which each entry begins, by key; those inside an inline table have none."""
        if self.blocks:
            starts = {key: start for key, (start, _) in self.blocks.spans.items()}
        else:
            starts = {key: own[0].start for key, own in self._of_entry.items()}
        found: dict[str, int] = {}
        line = at = 0
        for key, start in starts.items():
            line += self.text.count("\n", at, start)
            at = start
            found[key] = line + 1
        return found

    def span(self, key: str) -> tuple[int, int] | None:
        """Where an entry stands, with the comment lines directly above its header.

        None where it has no block of its own: it is absent, has no header, or another entry stands between its parts.
        """
        own = self._own(key)
        if not own or not own[0].is_entry:
            return None
        if not self.blocks:
            at = bisect_left(self.statements, own[0].start, key=lambda statement: statement.start)
            if self.statements[at : at + len(own)] != own:
                return None
        return self._above_comments(own[0].start), own[-1].end

    def _above_comments(self, start: int) -> int:
        """The start of the comment lines that stand directly above a header."""
        at, floor = start, None
        while at > 0:
            line = self.text.rfind("\n", 0, at - 1) + 1
            if not self.text[line:at].lstrip().startswith("#"):
                break
            floor = self._end_before(start) if floor is None else floor
            if line < floor:
                break
            at = line
        return at

    def _end_before(self, start: int) -> int:
        """The end of the last statement before a header: the last line of a text may look like a comment."""
        if not self.blocks:
            before = bisect_left(self.statements, start, key=lambda statement: statement.start)
            return self.statements[before - 1].end if before else 0
        at = bisect_left(self._headers[1], start)
        return max((s.end for s in scan(self.text, self._headers[1][at - 1] if at else 0, start)), default=0)

    # --- edits --------------------------------------------------------------------------------------------

    def apply(
        self, old: Mapping[str, Entry], changes: Mapping[str, Entry | None], head: Mapping[Path, Any] | None = None
    ) -> str:
        """The text with some entries, and values above them, changed, added or (None) removed; all other bytes stay.

        Within a changed entry only the statements of its changed fields are replaced. Raises LibraryError
        where an entry stands inside an inline table, which has no lines of its own.
        """
        edits = [edit for path, value in (head or {}).items() for edit in self.head_edits(path, value)]
        added = {entry.key: toml.block(entry) for key, entry in changes.items() if entry and key not in old}
        for key, entry in changes.items():
            if key in old:
                edits += self.entry_edits(key, old[key], entry)
        return edited(self.text, [*edits, *self.insertions(added)])

    def entry_edits(self, key: str, old: Entry, new: Entry | None) -> list[Edit]:
        """What changes an entry that is there, or removes it.

        It is changed field by field and in its key; without a header of its own all of it is told anew.
        """
        own = self._own(key)
        if not own:
            raise LibraryError(
                f"the entry {key} stands inside an inline table and cannot be changed there",
                "give it a block of its own: [papers.KEY]",
            )
        header = next((n for n, statement in enumerate(own) if statement.is_entry), None)
        if new is None:
            return [(s.start, s.end, "") for s in own]
        if header is None:
            return self._retold(own, new)
        headers = [self._renamed(s, new.key) for s in own if s.header] if new.key != key else []
        return headers + _field_edits(own, header, table.to_table(old), table.to_table(new))

    def _retold(self, own: Sequence[Statement], entry: Entry) -> list[Edit]:
        """What puts an entry in the place of the first of its statements, a table of it or a dotted name."""
        first, *others = own
        fields = table.to_table(entry)
        if first.header:
            text = toml.block_of(entry.key, fields)
        else:
            above = len(first.path) - len(assigned_name(self.text, first))
            prefix = "".join(f"{toml.key_text(name)}." for name in ("papers", entry.key)[above:])
            text = "".join(toml.statement(*item, prefix) for item in fields.items())
        remarks = "".join(f"{remark}\n" for s in own for remark in s.remarks)
        return [(first.start, first.end, remarks + text), *((s.start, s.end, "") for s in others)]

    def block_edits(self, key: str, text: str) -> list[Edit]:
        """What puts another text, which begins with comments and a header, in the place of an entry's own block."""
        own = self._own(key)
        start, end = own[0].start, own[-1].end
        header = next(scan(text)).start
        return [(self._above_comments(start), start, text[:header]), (start, end, text[header:])]

    def _renamed(self, header: Statement, key: str) -> Edit:
        """A header of an entry with another key in it; the rest of its line stays."""
        start, end = header_name(self.text, header)
        name = ".".join(map(toml.key_text, ("papers", key, *header.path[2:])))
        behind = self.text[end : header.end].replace("\r\n", "\n")
        return header.start, header.end, self.text[header.start : start] + name + behind

    def insertions(self, blocks: Mapping[str, str]) -> list[Edit]:
        """Each new block before the first header of a greater key, else behind all, with a blank line between."""
        keys, starts = self._headers
        greatest = list(accumulate(keys, max))
        places: dict[int, int] = {}
        edits = []
        for key in sorted(blocks, key=str.lower):
            at = bisect_right(greatest, key.lower())
            if at == len(keys):
                edits.append((len(self.text), len(self.text), "\n" + blocks[key]))
                continue
            if at not in places:
                places[at] = self._above_comments(starts[at])
            edits.append((places[at], places[at], blocks[key] + "\n"))
        return edits

    def head_edits(self, path: Path, value: Any) -> list[Edit]:
        """One value above the papers: in its place, else at the end of its table, else in a new table."""
        in_table: Path = ()
        places: dict[Path, tuple[Path, int]] = {(): ((), 0)}
        found: tuple[Path, Statement] | None = None
        for statement in self._above:
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


def _field_edits(
    statements: Sequence[Statement], header: int, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Edit]:
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


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with spans replaced by lines in its own newline style; edits at one place keep their order."""
    newline = "\r\n" if "\r" in text and "\r\n" in text else "\n"
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
