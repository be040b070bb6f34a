"""Other keys in documents: inside citations alone, with a backup, all documents or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from litcli import files, rewriting
from litcli.errors import InputError, LitError

NEW = {"old": "new2020"}


def rewritten(folder: Path, text: str | bytes, name: str = "a.tex") -> str:
    """A document with the new key."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found, _ = rewriting.rewrite([path], NEW)
    return found[0].new.decode("latin-1" if isinstance(text, bytes) else "utf-8") if found else ""


CITED = {
    r"\cite{old}": r"\cite{new2020}",
    r"\cite[p.~3]{a, old ,b}": r"\cite[p.~3]{a, new2020 ,b}",
    r"\parencites(see)()[12]{old}[3]{x}": r"\parencites(see)()[12]{new2020}[3]{x}",
    r"\nocite{old}\citet*{old}": r"\nocite{new2020}\citet*{new2020}",
    "\\cite{%\n  old,% a remark on old\n  b}": "\\cite{%\n  new2020,% a remark on old\n  b}",
    "\\newcommand{\\see}[1]{see \\cite{#1}}\n\\see{old}": "\\newcommand{\\see}[1]{see \\cite{#1}}\n\\see{new2020}",
    "old old\r\n\\cite{old}\r\n": "old old\r\n\\cite{new2020}\r\n",
    "\ufeffé\\cite{old}": "\ufeffé\\cite{new2020}",
}


@pytest.mark.parametrize(("before", "after"), CITED.items())
def test_a_key_is_replaced_where_it_is_cited(tmp_path: Path, before: str, after: str) -> None:
    assert rewritten(tmp_path, before) == after


@pytest.mark.parametrize(
    "text", [r"old", r"% \cite{old}", r"\verb|\cite{old}|", r"\label{old}\ref{old}", r"\cite{older,Old}", r"\url{old}"]
)
def test_a_document_that_does_not_cite_it_is_left_alone(tmp_path: Path, text: str) -> None:
    assert rewritten(tmp_path, text) == ""


def test_markdown_is_rewritten_too(tmp_path: Path) -> None:
    assert rewritten(tmp_path, "old `@old` [@old; @b], @old.", "a.md") == "old `@old` [@new2020; @b], @new2020."


def test_bytes_that_are_not_utf8_come_back(tmp_path: Path) -> None:
    assert rewritten(tmp_path, b"caf\xe9 \\cite{old}") == "caf\xe9 \\cite{new2020}"


def test_a_command_of_the_main_file_is_known_in_its_chapters(tmp_path: Path) -> None:
    main, chapter = tmp_path / "main.tex", tmp_path / "chapter.tex"
    main.write_text("\\newcommand{\\see}[1]{\\cite{#1}}\\input{chapter}", "utf-8")
    chapter.write_text("\\see{old}", "utf-8")
    ((found,), _) = rewriting.rewrite([chapter, main], NEW)
    assert (found.path, found.new) == (chapter, b"\\see{new2020}")


def test_a_file_that_is_only_taken_in_is_not_changed(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text("\\input{chapter}", "utf-8")
    (tmp_path / "chapter.tex").write_text("\n\\cite{old}\\cite{b}", "utf-8")
    rewritings, elsewhere = rewriting.rewrite([tmp_path / "main.tex"], NEW)
    assert rewritings == []
    assert [(Path(citation.file).name, citation.line) for citation in elsewhere] == [("chapter.tex", 2)]


@pytest.mark.parametrize("name", ["main.aux", "main.bcf"])
def test_what_latex_writes_itself_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("\\citation{old}", "utf-8")
    with pytest.raises(InputError, match="LaTeX writes this file"):
        rewriting.rewrite([tmp_path / name], NEW)


@pytest.fixture
def documents(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "a.tex", tmp_path / "b.tex"]
    for path in paths:
        path.write_text(f"{path.name} \\cite{{old}}", "utf-8")
    return paths


def texts(paths: list[Path]) -> list[str]:
    return [path.read_text("utf-8") for path in paths]


def test_documents_are_written_and_kept_beside_as_they_were(documents: list[Path]) -> None:
    with rewriting.written(rewriting.rewrite(documents, NEW)[0]):
        pass
    assert texts(documents) == ["a.tex \\cite{new2020}", "b.tex \\cite{new2020}"]
    backups = [path.with_name(path.name + ".bak") for path in documents]
    assert texts(backups) == ["a.tex \\cite{old}", "b.tex \\cite{old}"]


@pytest.mark.parametrize("failure", [LitError("the library is locked"), KeyboardInterrupt(), SystemExit(130)])
def test_a_failure_behind_them_brings_all_of_them_back(documents: list[Path], failure: BaseException) -> None:
    with pytest.raises(type(failure)), rewriting.written(rewriting.rewrite(documents, NEW)[0]):
        raise failure
    assert texts(documents) == ["a.tex \\cite{old}", "b.tex \\cite{old}"]


def test_a_document_that_cannot_be_written_leaves_the_others_as_they_were(
    documents: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = files.replace

    def replace(path: Path, data: bytes, *still: object) -> bool:
        if path.name == "b.tex" and b"new2020" in data:
            raise OSError(28, "No space left on device")
        return real(path, data, *still)  # type: ignore[arg-type]

    found, _ = rewriting.rewrite(documents, NEW)
    monkeypatch.setattr(files, "replace", replace)
    with pytest.raises(LitError, match=r"b\.tex cannot be written: No space left"), rewriting.written(found):
        pytest.fail("it went on")
    assert texts(documents) == ["a.tex \\cite{old}", "b.tex \\cite{old}"]


def test_a_document_that_was_changed_meanwhile_is_not_overwritten(documents: list[Path]) -> None:
    found, _ = rewriting.rewrite(documents, NEW)
    documents[1].write_text("edited", "utf-8")
    with pytest.raises(LitError, match=r"b\.tex was changed meanwhile"), rewriting.written(found):
        pytest.fail("it went on")
    assert texts(documents) == ["a.tex \\cite{old}", "edited"]
