"""Other keys in the documents that cite them: inside citations alone, all documents or none."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from litcli import files, latex
from litcli.errors import InputError, LitError

BACKUP = ".bak"
"""The end of the name under which a document is kept as it was."""
_WRITTEN_BY_LATEX = (".aux", ".bcf")


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A document as it is and as it is to be, and the citations that differ."""

    path: Path
    old: bytes
    new: bytes
    citations: tuple[latex.Citation, ...]

    @property
    def backup(self) -> Path:
        """Where the document is kept as it was."""
        return self.path.with_name(self.path.name + BACKUP)


def rewrite(paths: Iterable[Path], names: Mapping[str, str]) -> list[Rewriting]:
    """The documents that cite some of the old names, with the new ones there; nothing is written.

    A document that another one takes in is read with the commands that are defined there, and changed only where it
    is named itself. Raises InputError for one that cannot be read, or that LaTeX writes itself.
    """
    wanted = {path.resolve(): path for path in paths}
    found: dict[Path, dict[tuple[int, int], latex.Citation]] = {path: {} for path in wanted}
    for path in wanted.values():
        if path.suffix.lower() in _WRITTEN_BY_LATEX:
            raise InputError(str(path), 1, "LaTeX writes this file", "name the .tex files; LaTeX will follow them")
        for citation in latex.cited(path).citations:
            spans = found.get(Path(citation.file).resolve())
            if spans is not None and citation.key in names:
                spans[citation.start, citation.end] = citation
    return [_rewriting(wanted[path], spans, names) for path, spans in found.items() if spans]


def _rewriting(path: Path, spans: Mapping[tuple[int, int], latex.Citation], names: Mapping[str, str]) -> Rewriting:
    old = path.read_bytes()
    text, encoding = latex.decode(str(path), old)
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        pieces += (text[at:start], names[spans[start, end].key])
        at = end
    new = "".join((*pieces, text[at:]))
    return Rewriting(path, old, new.encode(encoding), tuple(spans[span] for span in sorted(spans)))


@contextlib.contextmanager
def written(rewritings: Sequence[Rewriting]) -> Iterator[None]:
    """Write the documents, each kept beside as it was; if that or what is done meanwhile fails, none is changed.

    Raises LitError where one cannot be written, or was changed since it was read.
    """
    done: list[Rewriting] = []
    at: Path | None = None
    try:
        for rewriting in rewritings:
            at = rewriting.backup
            files.replace(at, rewriting.old)
        for rewriting in rewritings:
            at = rewriting.path
            if not files.replace(at, rewriting.new, lambda: rewriting.path.read_bytes() == rewriting.old):  # noqa: B023
                raise LitError(f"{at} was changed meanwhile", "nothing was renamed; try again")
            done.append(rewriting)
        at = None
        yield
    except BaseException as error:
        for rewriting in done:
            files.replace(rewriting.path, rewriting.old)
        if isinstance(error, OSError) and at is not None:
            raise LitError(f"{at} cannot be written: {error.strerror}", "nothing was renamed") from None
        raise
