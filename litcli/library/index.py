"""The index of a library: what is listed and searched, kept beside, so that the file need not be read again.

It stands in the platform's cache folder: a SQLite database of what is searched, and the lines of what is listed. It is
for one state of the library's file, checked by its checksums, rebuilt on any doubt, never the source of a write, and
never needed for a right answer: where there is none, and none can be made, the library is read.
"""

from __future__ import annotations

import codecs
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from litcli import cells, indexfile, query, table
from litcli.errors import LibraryError, LockedError
from litcli.indexfile import IndexFile, Span, State
from litcli.library import finding, store
from litcli.library.blocks import Blocks, Lot, cut, digest, lots, recut
from litcli.library.blocks import read as read_block
from litcli.library.finding import Condition
from litcli.library.statements import scan
from litcli.library.store import Entries, Library, having, terms
from litcli.paper import Entry
from litcli.query import Query

if TYPE_CHECKING:
    import sqlite3

T = TypeVar("T")

_WORTH = 1 << 17
"""Bytes of a library below which reading it takes no longer than asking an index."""
_CHUNK = 1 << 24
"""Bytes that are read at once."""
_END = "\x1f"
"""Between the values of a column; an entry with a value that holds it is loose."""

# --- what is kept -----------------------------------------------------------------------------------------

_USUAL = ("key", "year", "authors", "title")
_MORE = (cells.PEOPLE, cells.ADDRESS, "venue", "tags", "type", "by authors", "doi", "arxiv", "added")
"""The columns of a list that are kept as they are shown, with those that are shown most often apart."""
_COLUMNS = ("digest", "odd", "loose", "offered", "labels", "families", "held", "year_number")
"""What a block says, wherever it stands. Of a loose one not all values can be kept so, and it is read."""
_BITS = {field: 1 << number for number, field in enumerate(finding.HELD)}
_SOUGHT = (*finding.WORDS, *finding.NAMES)
_TABLES = [
    f"CREATE TABLE entry (id INTEGER PRIMARY KEY, {', '.join(_COLUMNS)})",
    "CREATE INDEX loose ON entry (loose) WHERE loose",
    "CREATE TABLE name (name, entry, PRIMARY KEY (name, entry)) WITHOUT ROWID",
    "CREATE TABLE place (number INTEGER PRIMARY KEY, start, size, entry)",
    "CREATE INDEX entry_place ON place (entry)",
    # The words are folded and parted already: nothing but ASCII punctuation parts them.
    f"CREATE VIRTUAL TABLE words USING fts5({', '.join(_SOUGHT)}, content='', columnsize=0, tokenize='ascii')",
]
_TERMS = {"tags": "labels", "authors": "families", "year": "year_number"}
"""The columns that hold what `Entries.terms` tells of a field."""


def _is_held(entry: Entry, field: str, said: Any) -> bool:
    """Whether an entry holds something in a field, of which its block says this."""
    return bool(said) if isinstance(said, str | list) else bool(query.values(entry, field))


def _row(entry: Entry, told: bytes, fields: Mapping[str, Any], *, odd: bool) -> tuple[Any, ...]:
    """The row of an entry, whose block says these fields."""
    paper = entry.paper
    families = [person.family for person in paper.authors if person.family]
    texts = [entry.key, paper.title, paper.venue, paper.type, paper.doi, paper.arxiv]
    texts += [*entry.tags, *families, cells.cell(entry, "authors")]
    years = query.values(entry, "year")
    number = int(years[0]) if years and years[0].isdecimal() and len(years[0]) < 10 else None
    # Nothing else can be held than what the block names, and what has a value without being named.
    named = {"key", "type", "year", "fields", *fields} & _BITS.keys()
    plain = all(text.isprintable() and "  " not in text for text in texts) and (number is not None or not years)
    return (
        told,
        odd,
        not plain,
        "" if plain else cells.offered(entry),
        _END.join(filter(str.isprintable, entry.tags)),
        _END.join(families),
        sum(_BITS[field] for field in named if _is_held(entry, field, fields.get(field))),
        number,
    )


def _words(entry: Entry) -> list[str]:
    """The row of an entry in the words."""
    return [
        (finding.words_of if field in finding.WORDS else finding.names_of)(query.values(entry, field))
        for field in _SOUGHT
    ]


class Place(NamedTuple):
    """An entry of the library: its number, where its block stands in the bytes, and how that is read."""

    number: int
    start: int
    size: int
    digest: bytes
    odd: int
    loose: int


_PLACE = ", ".join(Place._fields)
_ENTRIES = "place LEFT JOIN entry ON entry = id"
"""Each place has its entry; so joined, SQLite leaves out a side that nobody asks ("Omit OUTER JOIN Optimization")."""


class Index:
    """The database of an index, a line an entry of usual cells and of more, its lots, and where no entry stands."""

    def __init__(self, sql: sqlite3.Connection, usual: bytes, more: bytes, lots: bytes, rest: list[Span]) -> None:
        self._sql = sql
        self._usual = usual
        self._more = more
        self._lots = lots
        self.rest = rest

    def __del__(self) -> None:
        self._sql.close()

    @classmethod
    def load(cls, file: IndexFile) -> Index | None:
        """The index of a file, None where that is spoilt, or is no longer the one that is open."""
        from urllib.parse import quote

        try:
            import sqlite3
        except ImportError:  # this Python was built without it
            return None
        usual, more, lots = map(file.part, (indexfile.USUAL, indexfile.MORE, indexfile.LOTS))
        if usual is None or more is None or lots is None or not file.is_sound(indexfile.DATABASE):
            return None
        sql = sqlite3.connect(f"file:{quote(file.path)}?mode=ro&immutable=1", uri=True, isolation_level=None)
        found = cls(sql, usual, more, lots, file.rest)
        try:
            sql.execute("PRAGMA trusted_schema = OFF")
            tables = sql.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB 'words_*'")
            known = [text for (text,) in tables] == _TABLES
        except sqlite3.Error:
            return None
        return found if known and file.is_in_place() else None

    @classmethod
    def of(
        cls, blocks: Blocks, data: bytes, before: Index | None, track: Callable[[Sequence[Any]], Iterable[Any]]
    ) -> Index | None:
        """The index of a library's bytes and blocks, with what an earlier one knows of them already."""
        import json

        try:
            import sqlite3
        except ImportError:
            return None
        sql = sqlite3.connect(":memory:", isolation_level=None)
        spans = _in_bytes(blocks, data)
        told = json.dumps(lots(blocks)).encode()
        index = cls(sql, b"", b"", told, [spans[span] for span in blocks.rest])
        try:
            if before and not before.is_worn(blocks):
                before._sql.backup(sql)
            else:
                sql.executescript(";".join(_TABLES))
            index._fill(blocks, spans, list(zip(before.usual, before.more, strict=True)) if before else [], track)
        except sqlite3.Error:
            return None
        return index

    @cached_property
    def usual(self) -> list[str]:
        """A line an entry of the usual cells."""
        return _lines(self._usual)

    @cached_property
    def more(self) -> list[str]:
        """A line an entry of the cells that are not usual."""
        return _lines(self._more)

    def _fill(
        self,
        blocks: Blocks,
        spans: dict[Span, Span],
        lines: list[tuple[str, str]],
        track: Callable[[Sequence[Any]], Iterable[Any]],
    ) -> None:
        """Take in what is new in the blocks, and forget what is gone."""
        sql = self._sql
        sql.execute("BEGIN")
        known = {
            told: (number, lines[place - 1])
            for told, number, place in sql.execute("SELECT digest, id, number FROM entry JOIN place ON entry = id")
        }
        # FTS5 keeps the words of entries that are gone, so no number is given twice.
        ((last,),) = sql.execute("PRAGMA user_version")
        rows: list[tuple[Any, ...]] = []
        words: list[tuple[Any, ...]] = []
        names: list[tuple[str, int]] = []
        for key, told in track([item for item in blocks.digests.items() if item[1] not in known]):
            fields = blocks.fields(key)
            entry = table.from_table(key, fields)
            last += 1
            known[told] = last, (cells.row(entry, _USUAL), cells.row(entry, _MORE))
            rows.append((last, *_row(entry, told, fields, odd=key in blocks.odd)))
            words.append((last, *_words(entry)))
            names += [(name, last) for name in {name.lower() for name in (*entry.aliases, entry.key)}]
        found = [known[told] for told in blocks.digests.values()]
        self.usual = [usual for _, (usual, _) in found]
        self.more = [more for _, (_, more) in found]
        sql.execute("DELETE FROM place")
        sql.executemany(
            "INSERT INTO place VALUES (NULL, ?, ?, ?)",
            ((*spans[blocks.spans[key]], number) for key, (number, _) in zip(blocks.digests, found, strict=True)),
        )
        sql.executemany(f"INSERT INTO entry VALUES ({', '.join('?' * (len(_COLUMNS) + 1))})", rows)
        sql.executemany(
            f"INSERT INTO words (rowid, {', '.join(_SOUGHT)}) VALUES ({', '.join('?' * (len(_SOUGHT) + 1))})", words
        )
        sql.executemany("INSERT INTO name VALUES (?, ?)", names)
        sql.execute("DELETE FROM entry WHERE id NOT IN (SELECT entry FROM place)")
        sql.execute("DELETE FROM name WHERE entry NOT IN (SELECT id FROM entry)")
        sql.execute(f"PRAGMA user_version = {last}")
        sql.execute("COMMIT")

    def save(self, library: str, now: State, read_at: int, told: str) -> None:
        """Keep it as that of a library in a state, with the SHA-256 of its bytes."""
        parts = (self.usual, self.more, self.offered(), self._tags())
        texts = ("".join([f"{line}\n" for line in lines]) for lines in parts)
        indexfile.save(
            library, now, read_at, told, self.rest, [self._sql.serialize(), *map(str.encode, texts), self._lots]
        )

    def offered(self) -> list[str]:
        """What `Entries.offered` tells."""
        loose = dict(self.select("number, offered", Condition("loose")))
        rows = ((number, line.split("\t")) for number, line in enumerate(self.usual, 1))
        return sorted(filter(None, (loose.get(number, f"{row[0]}\t{row[3].strip()}") for number, row in rows)))

    def _tags(self) -> list[str]:
        """The tags that there are and that completion can offer, sorted."""
        rows = self._sql.execute("SELECT DISTINCT labels FROM entry")
        return sorted({tag for (labels,) in rows for tag in labels.split(_END) if tag})

    def is_worn(self, blocks: Blocks) -> bool:
        """Whether it keeps more words of entries that are gone than of those that there are."""
        ((last,),) = self._sql.execute("PRAGMA user_version")
        return int(last) > 2 * len(blocks.spans)

    def known(self) -> dict[bytes, bool]:
        """The digests of the blocks that it knows, each with whether the block is odd."""
        return {told: bool(odd) for told, odd in self._sql.execute("SELECT digest, odd FROM entry")}

    def select(self, columns: str, condition: Condition) -> Iterator[tuple[Any, ...]]:
        """Rows of the entries under a condition, in the order of the library."""
        text = f"SELECT {columns} FROM {_ENTRIES} WHERE {condition.sql} ORDER BY number"
        return self._sql.execute(text, condition.values)

    def takes(self, condition: Condition) -> bool:
        """Whether a condition is not too long or too deep for SQLite, and holds no bytes that are no text."""
        import sqlite3

        try:
            self._sql.execute(f"EXPLAIN SELECT 1 FROM {_ENTRIES} WHERE ({condition.sql})", condition.values)
        except (sqlite3.Error, OverflowError, UnicodeEncodeError):
            return False
        return True


def _lines(part: bytes) -> list[str]:
    return part.decode().split("\n")[:-1]


def _in_bytes(blocks: Blocks, data: bytes) -> dict[Span, Span]:
    """Spans of the text, with starts and sizes in the bytes."""
    mark = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    spans = sorted(chain(blocks.spans.values(), blocks.rest))
    if blocks.text.isascii():
        return {(start, end): (mark + start, end - start) for start, end in spans}
    found: dict[Span, Span] = {}
    at = mark
    for start, end in spans:
        size = len(blocks.text[start:end].encode())
        found[start, end] = at, size
        at += size
    return found


# --- reading a library through it -------------------------------------------------------------------------


def read(path: Path, track: Callable[[Sequence[T]], Iterable[T]] = iter, *, always: bool = False) -> Library:
    """The library of a file, through its index where that is worth it or `always`; raises what `store.read` does.

    `track` is told of the entries that are new to the index, as they go into it.
    """
    library = os.path.realpath(path)
    read_at = time.time_ns()
    try:
        source = _Source(path)
    except OSError:
        return store.read(path)
    now = indexfile.state(source.stat())
    if now[0] < _WORTH and not always:
        return store.parse(path, store.text(path, source.all()))
    kept = indexfile.find(library)
    if not kept:
        return _checked(path, source, None, (library, now, read_at), track)
    with closing(kept):
        if kept.is_certain(now) and (index := Index.load(kept)):
            return _library(index, source)
        return _checked(path, source, kept, (library, now, read_at), track)


def parse(path: Path, text: str) -> Library:
    """The library of a text that is to be changed; raises what `store.parse` does.

    What its index knows to be valid is not looked at again, by lots of blocks, or by blocks where much changed.
    """
    kept = indexfile.find(os.path.realpath(path)) if len(text) >= _WORTH else None
    if not kept:
        return store.parse(path, text)
    with closing(kept):
        lots = _lots(kept.part(indexfile.LOTS))

        def cutter(text: str) -> Blocks | None:
            found = recut(text, lots) if lots else None
            if found:
                return found
            index = Index.load(kept)
            return cut(text, index.known() if index else None)

        return store.parse(path, text, cutter)


def _lots(part: bytes | None) -> list[Lot]:
    """The lots of blocks that a part of an index tells, none where it is spoilt."""
    import json

    return [Lot(*told) for told in json.loads(part)] if part else []


def _checked(
    path: Path,
    source: _Source,
    kept: IndexFile | None,
    state: tuple[str, State, int],
    track: Callable[[Sequence[Any]], Iterable[Any]],
) -> Library:
    """The library of bytes that are read as a whole; an index that is not of just these is made anew."""
    import hashlib

    data = source.all()
    told = hashlib.sha256(data).hexdigest()
    index = Index.load(kept) if kept else None
    if kept and index and kept.digest == told:
        if indexfile.is_settled(*state[1:]):
            index.save(*state, told)
        return _library(index, source)
    parsed = store.parse(path, store.text(path, data), partial(cut, known=index.known() if index else {}))
    if not parsed.blocks or not indexfile.has_room(state[0], len(data)):
        return parsed
    index = Index.of(parsed.blocks, data, index, track)
    if not index:
        return parsed
    index.save(*state, told)
    return _library(index, source)


def _library(index: Index, source: _Source) -> Library:
    import tomllib

    head = b"".join(source.part(*span) for span in index.rest)
    return Library(IndexEntries(index, source), tomllib.loads(head.decode("utf-8-sig")))


class _Source:
    """The bytes of a library in one state, read from its file when they are asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = -1
        self._handle = os.open(os.path.realpath(path), os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._data: bytes | None = None

    def __del__(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)

    def stat(self) -> os.stat_result:
        """What the file system tells of the file."""
        return os.fstat(self._handle)

    def all(self) -> bytes:
        """All bytes; raises LibraryError where they cannot be read."""
        if self._data is None:
            self._data = self._read(0, None)
        return self._data

    def part(self, start: int, size: int) -> bytes:
        """Some of them; raises LibraryError where they cannot be read."""
        return self._read(start, size) if self._data is None else self._data[start : start + size]

    def _read(self, start: int, size: int | None) -> bytes:
        """The bytes from a place on, all of them or so many."""
        read = bytearray()
        try:
            os.lseek(self._handle, start, os.SEEK_SET)
            while size is None or len(read) < size:
                piece = os.read(self._handle, _CHUNK if size is None else size - len(read))
                if not piece:
                    break
                read += piece
        except OSError as error:
            raise LibraryError(f"{self._path} cannot be read: {error.strerror}") from None
        return bytes(read)

    def block(self, place: Place) -> str:
        """The text of a block; raises LockedError where another stands there now."""
        data = self.part(place.start, place.size)
        if digest(data) != place.digest:
            raise LockedError(f"{self._path} is being changed by another program", "try again when it is done")
        return data.decode()


def _key(block: str) -> str:
    """The key of an entry, from its block."""
    return str(next(scan(block)).key)


class IndexEntries(Entries):
    """The entries of a library that has an index."""

    def __init__(self, index: Index, source: _Source) -> None:
        self._index = index
        self._source = source
        self._made: dict[int, Entry] = {}

    @cached_property
    def _loose(self) -> dict[int, str]:
        """The keys of the loose entries, which may not be as they are shown, by their numbers."""
        found = map(Place._make, self._index.select(_PLACE, Condition("loose")))
        return {place.number: _key(self._source.block(place)) for place in found}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        shown = (line[: line.index("\t")] for line in self._index.usual)
        return {self._loose.get(number, key): number for number, key in enumerate(shown, 1)}

    def _entry(self, number: int, place: Place | None = None) -> Entry:
        if number not in self._made:
            place = place or Place(*next(self._index.select(_PLACE, Condition("number = ?", (number,)))))
            block = self._source.block(place)
            self._made[number] = table.from_table(_key(block), read_block(block, odd=bool(place.odd)))
        return self._made[number]

    def __getitem__(self, key: str) -> Entry:
        return self._entry(self._numbers[key])

    def __contains__(self, key: object) -> bool:
        return key in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._index.usual)

    def matching(self, wanted: Query) -> Iterator[Entry]:
        """See `Entries`."""
        return map(self._entry, self._found(wanted))

    def where(self, may: Callable[[str], bool]) -> Iterator[Entry]:
        """See `Entries`."""
        return map(self._entry, self._holding(may, finding.EVERY))

    def answering(self, names: Iterable[str]) -> list[Entry]:
        """See `Entries`."""
        wanted = {name.lower() for name in names}
        each = (Condition("entry IN (SELECT entry FROM name WHERE name = ?)", (name,)) for name in wanted)
        rows = (row for one in each if self._index.takes(one) for row in self._index.select("number", one))
        return having(map(self._entry, sorted({number for (number,) in rows})), wanted)

    def offered(self) -> list[str]:
        """See `Entries`."""
        return self._index.offered()

    def terms(self, field: str) -> Iterator[str]:
        """See `Entries`."""
        if field in _TERMS:
            told = self._index.select(f"number, {_TERMS[field]}", finding.EVERY)
        elif field in _MORE:
            told = ((number, line.split("\t")[_MORE.index(field)]) for number, line in enumerate(self._index.more, 1))
        else:
            yield from self if field == "key" else super().terms(field)
            return
        for number, text in told:
            loose = number in self._loose
            values = [] if text is None else str(text).split(_END)
            yield from terms(self._entry(number), field) if loose else filter(None, values)

    def rows(
        self,
        wanted: Query,
        columns: Sequence[str],
        by: Sequence[tuple[str, bool]] = (),
        limit: int | None = None,
    ) -> list[str]:
        """See `Entries`."""
        kept = {*_USUAL, *_MORE, cells.NAME}
        if not {column for column, _ in by} <= kept:
            return super().rows(wanted, columns, by, limit)
        numbers = self._found(wanted)
        if by:
            keyed = zip(*(self._column(column, numbers) for column, _ in by), numbers, strict=True)
            numbers = [row[-1] for row in cells.ordered(keyed, by, lambda row, at: row[at])]
        numbers = numbers[:limit]
        if not set(columns) <= kept:
            return [cells.row(self._entry(number), columns) for number in numbers]
        if tuple(columns) == _USUAL:
            return [self._index.usual[number - 1] for number in numbers]
        found = [self._column(column, numbers) for column in columns]
        return found[0] if len(found) == 1 else list(map("\t".join, zip(*found, strict=True)))

    def _column(self, column: str, numbers: Sequence[int]) -> list[str]:
        """The cells of a column that is kept, of entries by their numbers; of `NAME` the keys as they are."""
        if column == cells.NAME:
            keys = list(self)
            return [keys[number - 1] for number in numbers]
        lines, of = (self._index.usual, _USUAL) if column in _USUAL else (self._index.more, _MORE)
        at = of.index(column)
        return [lines[number - 1].split("\t", at + 1)[at] for number in numbers]

    def _found(self, wanted: Query) -> Sequence[int]:
        """The numbers of the entries that a query matches."""
        condition = finding.condition(wanted)
        if not self._index.takes(condition):
            condition = finding.ANY
        if condition == finding.EVERY:
            return range(1, len(self) + 1)
        if not condition.exact:
            held = self._holding(finding.may_match(wanted), condition)
            return [number for number in held if wanted.matches(self._entry(number))]
        found = [number for (number,) in self._index.select("number", condition)]
        if not self._loose:
            return found
        loose = {number for number in self._loose if wanted.matches(self._entry(number))}
        return sorted(loose.union(found) - (self._loose.keys() - loose))

    def _holding(self, may: Callable[[str], bool], condition: Condition) -> Iterator[int]:
        """The numbers of the entries under a condition, or loose, whose blocks' folded text passes a test.

        Those whose text does not hold their values are among them.
        """
        self._source.all()
        either = condition._replace(sql=f"({condition.sql}) OR loose")
        for place in map(Place._make, self._index.select(_PLACE, either)):
            block = self._source.block(place)
            if place.odd or finding.is_spelled(block) or may(finding.folded(block)):
                self._entry(place.number, place)
                yield place.number
