"""Other keys in the documents that cite them: inside citations alone, all documents or none."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from litcli import files, latex
from litcli.errors import InputError, LitError

BACKUP = ".bak"
"""The end of the name under which a document is kept as it was; numbered where there is one already."""
_WRITTEN_BY_LATEX = (".aux", ".bcf")
_AFTER_AT = re.compile(r"\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*")
"""What Markdown reads as a key behind an `@`; another one stands in braces (pandoc's manual, "Citation syntax")."""


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A document as it is and as it is to be, and the citations that differ."""

    path: Path
    old: bytes
    new: bytes
    citations: tuple[latex.Citation, ...]


def rewrite(paths: Iterable[Path], names: Mapping[str, str]) -> tuple[list[Rewriting], list[latex.Citation]]:
    """The documents that cite some of the old names, with the new ones there; nothing is written.

    A document that another one takes in is read with the commands that are defined there, and changed only where it
    is named itself; the citations in it otherwise are the second value. Raises InputError for one that cannot be
    read, that is not to be written, or that LaTeX writes.
    """
    wanted = {path.resolve(): path for path in paths}
    found: dict[Path, dict[tuple[int, int], latex.Citation]] = {path: {} for path in wanted}
    elsewhere: dict[latex.Citation, None] = {}
    for path in wanted.values():
        if path.suffix.lower() in _WRITTEN_BY_LATEX:
            raise InputError(str(path), 1, "LaTeX writes this file", "name the .tex files; LaTeX will follow them")
        for citation in latex.cited(path).citations:
            if citation.key not in names:
                continue
            spans = found.get(Path(citation.file).resolve())
            if spans is None:
                elsewhere[citation] = None
            else:
                spans[citation.start, citation.end] = citation
    return [_rewriting(wanted[path], spans, names) for path, spans in found.items() if spans], [*elsewhere]


def _rewriting(path: Path, spans: Mapping[tuple[int, int], latex.Citation], names: Mapping[str, str]) -> Rewriting:
    if files.is_read_only(path):
        raise InputError(str(path), 1, "this file is read-only", "make it writable first: chmod u+w")
    old = path.read_bytes()
    text, encoding = latex.decode(str(path), old)
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        before, new = text[at:start], names[spans[start, end].key]
        pieces += (before, f"{{{new}}}" if before.endswith("@") and not _AFTER_AT.fullmatch(new) else new)
        at = end
    try:
        data = "".join((*pieces, text[at:])).encode(encoding)
    except UnicodeEncodeError:
        raise InputError(
            str(path), 1, "the new key has letters that the file's encoding lacks", "save it as UTF-8"
        ) from None
    return Rewriting(path, old, data, tuple(spans[span] for span in sorted(spans)))


@contextlib.contextmanager
def written(rewritings: Sequence[Rewriting]) -> Iterator[None]:
    """Write the documents, each kept beside as it was; if that or what is done meanwhile fails, none is changed.

    Raises LitError where one cannot be written, or was changed since it was read.
    """
    backups: list[Path] = []
    done: list[tuple[Rewriting, Path]] = []
    try:
        for rewriting in rewritings:
            backups.append(_backup(rewriting.path))
            _replace(backups[-1], rewriting.old)
        for rewriting, backup in zip(rewritings, backups, strict=True):
            _replace(rewriting.path, rewriting.new, rewriting.old)
            done.append((rewriting, backup))
        yield
    except BaseException:
        left = [backup for rewriting, backup in done if not _put_back(rewriting)]
        for backup in backups:
            if backup not in left:
                backup.unlink(missing_ok=True)
        if left:
            told = ", ".join(map(str, left))
            raise LitError("a document could not be put back as it was", f"it is kept in {told}") from None
        raise


def _backup(path: Path) -> Path:
    """A name beside a document that no file has."""
    names = itertools.chain([BACKUP], (f"{BACKUP}{number}" for number in itertools.count(2)))
    return next(new for name in names if not (new := path.with_name(path.name + name)).exists())


def _replace(path: Path, new: bytes, old: bytes | None = None) -> None:
    """Write a file, which holds `old` until then."""
    try:
        if files.replace(path, new, lambda: old is None or path.read_bytes() == old):
            return
    except OSError as error:
        raise LitError(f"{path} cannot be written: {error.strerror}", "nothing was renamed") from None
    raise LitError(f"{path} was changed meanwhile", "nothing was renamed; try again")


def _put_back(rewriting: Rewriting) -> bool:
    """Whether a document is as it was again; one that was edited since it was written is left alone."""
    try:
        return files.replace(rewriting.path, rewriting.old, lambda: rewriting.path.read_bytes() == rewriting.new)
    except OSError:
        return False
