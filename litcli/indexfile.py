"""The file of an index: of which state of a library it is, and its parts, each with its checksum.

It holds nothing that the library does not say, so whatever is wrong with it, it is as good as none. Completion reads
here, and so it loads next to nothing.

The parts stand one behind the other, the database first, so that SQLite can open the file where it is: what stands
behind the pages that a database counts is nothing to it. Then come a line that tells of them, and the length of that.
"""

# Pathlib takes longer to import than a completion may.
# ruff: noqa: PTH103, PTH105, PTH108, PTH110, PTH116, PTH120, PTH123

from __future__ import annotations

import os
import stat
import time
import zlib

from litcli import paths

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

DATABASE, USUAL, MORE, KEYS, TAGS, LOTS = range(6)
"""The parts: what is searched; a line an entry, in the library's order, of the cells that are usually listed, and of
some more; for completion, sorted, a line an entry of its key and its title, and the tags, a line each; and for writes,
the blocks in lots, in JSON."""
_PARTS = 6
_MAGIC = b" litcli index 5\n"
"""What a file ends with; the number is that of the form of all that is in it."""
_DIGITS = 8
_CHUNK = 1 << 18
_SETTLED = 2_000_000_000
"""Nanoseconds: a file that was changed less than so long before it was read may have been changed again since, in the
same tick of a coarse clock (FAT counts two seconds; git calls such a file racily clean)."""
_ABANDONED = 60
"""Seconds after which a file that somebody began to write is taken to be left over."""

State = tuple[int, int, int, int]
"""Size, times of the last change of content and of anything in nanoseconds, and inode number of a file."""
Span = tuple[int, int]
"""Where something begins in the bytes of a library, and how long it is."""


def state(told: os.stat_result) -> State:
    """The state of a file that `os.stat` told of."""
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino


def is_settled(now: State, read_at: int) -> bool:
    """Whether a file in this state when it was read cannot have been changed since without a sign of it."""
    return max(now[1], now[2]) + _SETTLED < read_at


class IndexFile:
    """The file of an index, open: the library's state and when that was read, its SHA-256, where its head stands."""

    def __init__(self, path: str, file: BinaryIO) -> None:
        self.path = path
        self._file = file
        behind = len(_MAGIC) + _DIGITS
        end = file.seek(-behind, os.SEEK_END)
        length, magic = file.read(_DIGITS), file.read()
        if magic != _MAGIC:
            raise ValueError("no index, or one of another form")
        file.seek(end - int(length))
        words = file.read(int(length)).split()
        self.library = os.fsdecode(bytes.fromhex(words[0].decode()))
        self.digest = words[1].decode()
        numbers = list(map(int, words[2:]))
        self.state: State = (numbers[0], numbers[1], numbers[2], numbers[3])
        self.read_at = numbers[4]
        parts, rest = numbers[5 : 5 + 2 * _PARTS], numbers[5 + 2 * _PARTS :]
        self._sizes, self._sums = parts[::2], parts[1::2]
        self.rest: list[Span] = list(zip(rest[::2], rest[1::2], strict=True))

    def close(self) -> None:
        """No part can be read after this."""
        self._file.close()

    def is_certain(self, now: State) -> bool:
        """Whether the library is what it was, as far as its state alone can say that for certain."""
        return self.state == now and is_settled(now, self.read_at)

    def part(self, number: int) -> bytes | None:
        """A part, None where it is spoilt."""
        try:
            self._file.seek(sum(self._sizes[:number]))
            data = self._file.read(self._sizes[number])
        except (OSError, ValueError, OverflowError):
            return None
        return data if len(data) == self._sizes[number] and zlib.crc32(data) == self._sums[number] else None

    def is_sound(self, number: int) -> bool:
        """Whether a part is not spoilt, without keeping it."""
        left, found = self._sizes[number], 0
        try:
            self._file.seek(sum(self._sizes[:number]))
            while left > 0 and (data := self._file.read(min(left, _CHUNK))):
                found = zlib.crc32(data, found)
                left -= len(data)
        except (OSError, ValueError, OverflowError):
            return False
        return left == 0 and found == self._sums[number]

    def is_in_place(self) -> bool:
        """Whether what its path names is still the file that is open here."""
        try:
            return os.path.samestat(os.stat(self.path), os.fstat(self._file.fileno()))
        except OSError:
            return False


def find(library: str) -> IndexFile | None:
    """The file of the index of a library, by its real path; None where there is none, or it is not one."""
    path = paths.index(library)
    try:
        # Opening a pipe would wait for its other end.
        file = open(path, "rb") if stat.S_ISREG(os.stat(path).st_mode) else None  # noqa: SIM115 - the parts come later
    except OSError:
        return None
    try:
        found = IndexFile(path, file) if file else None
    except (OSError, ValueError, IndexError, OverflowError):
        found = None
    if file and not (found and found.library == library):
        file.close()
        return None
    return found


def offered(library: str, part: int) -> bytes | None:
    """A part of the index of a library that is made for completion; None where it is not certain."""
    real = os.path.realpath(library)
    found = find(real)
    if not found:
        return None
    try:
        return found.part(part) if found.is_certain(state(os.stat(real))) else None
    except OSError:
        return None
    finally:
        found.close()


def has_room(library: str, size: int) -> bool:
    """Whether a file of about such a size can be kept, so that it is worth while to make it."""
    import shutil

    folder = os.path.dirname(paths.index(library))
    try:
        os.makedirs(folder, exist_ok=True)
        return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > size
    except OSError:
        return False


def save(library: str, now: State, read_at: int, digest: str, rest: list[Span], parts: list[bytes]) -> None:
    """Keep an index, whole or not at all; where that fails, the next command is slower, and that is all."""
    path = paths.index(library)
    numbers = [*now, read_at]
    for part in parts:
        numbers += [len(part), zlib.crc32(part)]
    for span in rest:
        numbers += span
    head = f"{os.fsencode(library).hex()} {digest} {' '.join(map(str, numbers))}".encode()
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        _write(path, [*parts, head, b"%0*d" % (_DIGITS, len(head)), _MAGIC])
    except OSError:
        pass


def _write(path: str, pieces: list[bytes]) -> None:
    temporary = f"{path}.new"
    if os.path.exists(temporary) and os.stat(temporary).st_mtime + _ABANDONED < time.time():
        os.unlink(temporary)
    # Where another process is writing one, that will do.
    handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with open(handle, "wb") as file:
            file.writelines(pieces)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
