"""The library file under fire: writes that fail, others that write too, files that are not what they should be."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import filelock
import pytest

from litcli import files
from litcli.errors import LibraryError, LockedError
from litcli.library import Library, locate, lock, store, transaction
from litcli.library.edit import Changes
from litcli.paper import Entry, Paper
from tests.library.small import TEXT, tagging


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "library.toml"
    file.write_bytes(TEXT.encode())
    return file


def adding(key: str) -> Callable[[Library], tuple[Changes, None]]:
    """A change that adds an entry."""
    return lambda _: (Changes({key: Entry(key=key, paper=Paper(title=key))}), None)


def tags_of(path: Path, key: str) -> list[str]:
    found: list[str] = tomllib.loads(path.read_text("utf-8"))["papers"][key].get("tags", [])
    return found


def left_over(folder: Path) -> list[str]:
    """What stands in a folder beside the library and its lock."""
    return sorted(p.name for p in folder.iterdir() if p.name not in ("library.toml", ".library.toml.lock", "home"))


# --- all or nothing ---------------------------------------------------------------------------------------


class Full:
    """A file on a disk that takes only so many bytes."""

    def __init__(self, file: Any, room: int) -> None:
        self._file, self._room = file, room

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Full:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> int:
        self._file.write(data[: self._room])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def no_space(monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fdopen
    monkeypatch.setattr(files.os, "fdopen", lambda *words, **more: Full(real(*words, **more), 10))


def failing(name: str, error: int) -> Callable[[pytest.MonkeyPatch], None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    return lambda monkeypatch: monkeypatch.setattr(files.os, name, fail)


def failing_rename(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    for owner, name in ((os, "replace"), (os, "rename"), (Path, "replace"), (Path, "rename")):
        monkeypatch.setattr(owner, name, fail)


def read_only_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> tuple[int, str]:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(files.tempfile, "mkstemp", fail)


FAILURES = {
    "the disk is full": (no_space, "No space left"),
    "fsync fails": (failing("fsync", errno.EIO), "Input/output error"),
    "chmod fails": (failing("fchmod", errno.EPERM), "not permitted"),
    "rename fails": (failing_rename, "cross-device"),
    "the disk is read-only": (read_only_disk, "Read-only file system"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    failure: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    FAILURES[failure][0](monkeypatch)
    with pytest.raises(LibraryError):
        transaction.update(path, tagging("ada", "x"))
    monkeypatch.undo()
    assert (path.read_bytes(), left_over(path.parent)) == (TEXT.encode(), [])


@pytest.mark.parametrize("failure", FAILURES)
def test_a_write_that_fails_says_where_and_why(failure: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail, reason = FAILURES[failure]
    fail(monkeypatch)
    with pytest.raises(LibraryError) as caught:
        transaction.update(path, tagging("ada", "x"))
    monkeypatch.undo()
    assert (str(path) in caught.value.message, reason in caught.value.message) == (True, True), caught.value.message
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("failure", FAILURES)
def test_the_library_can_be_written_again_after_a_failure(
    failure: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    FAILURES[failure][0](monkeypatch)
    with pytest.raises(LibraryError):
        transaction.update(path, tagging("ada", "x"))
    monkeypatch.undo()
    transaction.update(path, tagging("ada", "x"))
    assert tags_of(path, "ada") == ["x"]


@pytest.mark.parametrize("failure", FAILURES)
def test_a_first_write_that_fails_makes_no_library(
    failure: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.toml"
    FAILURES[failure][0](monkeypatch)
    with pytest.raises(LibraryError):
        transaction.update(path, adding("new"), create=True)
    monkeypatch.undo()
    assert (path.exists(), left_over(tmp_path)) == (False, [])


def test_a_failure_of_the_last_step_does_not_deny_what_was_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a folder cannot be synced (some network disks), the new file has its name already."""
    real = os.fsync

    def fsync(handle: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):  # noqa: PTH112 - the handle's own link
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        real(handle)

    if not Path("/proc/self/fd").exists():
        pytest.skip("needs /proc to tell folders from files")
    monkeypatch.setattr(files.os, "fsync", fsync)
    denied = ""
    try:
        transaction.update(path, tagging("ada", "x"))
    except LibraryError as error:
        denied = error.hint
    assert not (denied and tags_of(path, "ada")), denied


def test_the_new_file_is_on_the_disk_before_it_takes_the_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    sync, rename = os.fsync, Path.replace
    monkeypatch.setattr(files.os, "fsync", lambda handle: (steps.append("sync"), sync(handle))[1])
    monkeypatch.setattr(Path, "replace", lambda self, to: (steps.append("rename"), rename(self, to))[1])
    transaction.update(path, tagging("ada", "x"))
    assert steps[:2] == ["sync", "rename"]


def test_a_change_that_raises_leaves_the_file_and_frees_the_lock(path: Path) -> None:
    def change(library: Library) -> tuple[Changes, None]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        transaction.update(path, change)
    assert path.read_bytes() == TEXT.encode()
    transaction.update(path, tagging("ada", "x"))
    assert tags_of(path, "ada") == ["x"]


def test_nothing_changed_is_not_one_byte_and_the_same_time(path: Path) -> None:
    os.utime(path, (1_000_000_000, 1_000_000_000))
    before = path.stat()
    transaction.update(path, lambda library: (Changes(library.entries), None))
    after = path.stat()
    assert path.read_bytes() == TEXT.encode()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_write_replaces_the_file_and_so_never_half_of_it(path: Path) -> None:
    """Whoever has the old file open goes on reading the old text."""
    with path.open("rb") as held:
        transaction.update(path, tagging("ada", "x"))
        assert held.read() == TEXT.encode()


def test_an_entry_that_would_not_read_back_is_refused_and_nothing_is_written(path: Path) -> None:
    odd = Entry(key="odd", paper=Paper(title="T", date="someday"))
    with pytest.raises(LibraryError):
        transaction.update(path, lambda _: (Changes({"odd": odd}), None))
    assert path.read_bytes() == TEXT.encode()


# --- others write too -------------------------------------------------------------------------------------


def test_an_edit_between_read_and_write_is_kept_and_the_change_is_made(path: Path) -> None:
    asked: list[Library] = []

    def change(library: Library) -> tuple[Changes, None]:
        asked.append(library)
        if len(asked) == 1:
            path.write_bytes(TEXT.replace("2001", "2999").encode() + b"# hello\n")
        return tagging("ada", "x")(library)

    transaction.update(path, change)
    assert path.read_text() == TEXT.replace("2001\n", '2999\ntags = ["x"]\n') + "# hello\n"


def test_the_change_is_worked_out_anew_from_the_edited_file(path: Path) -> None:
    years = []

    def change(library: Library) -> tuple[Changes, None]:
        years.append(library.entries["ada"].paper.year)
        if len(years) == 1:
            path.write_bytes(TEXT.replace("2001", "2999").encode())
        return tagging("ada", "x")(library)

    transaction.update(path, change)
    assert years == [2001, 2999]


def test_an_edit_that_breaks_the_file_meanwhile_is_kept_and_named(path: Path) -> None:
    def change(library: Library) -> tuple[Changes, None]:
        path.write_bytes(b"[papers.ada\n")
        return tagging("ada", "x")(library)

    with pytest.raises(LibraryError, match=r":1:\d+: not valid TOML"):
        transaction.update(path, change)
    assert path.read_bytes() == b"[papers.ada\n"


def test_a_file_that_is_taken_away_meanwhile_does_not_come_back_from_the_dead(path: Path) -> None:
    def change(library: Library) -> tuple[Changes, None]:
        path.unlink(missing_ok=True)
        return tagging("ada", "x")(library)

    with pytest.raises(LibraryError, match="there is no library"):
        transaction.update(path, change)
    assert not path.exists()


def test_a_library_that_another_program_starts_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "library.toml"

    def change(library: Library) -> tuple[Changes, None]:
        if not path.exists():
            path.write_bytes(TEXT.encode())
        return adding("new")(library)

    transaction.update(path, change, create=True)
    assert path.read_text().startswith(TEXT)


def test_a_file_that_keeps_changing_ends_with_an_error_and_the_other_programs_text(path: Path) -> None:
    count = 0

    def change(library: Library) -> tuple[Changes, None]:
        nonlocal count
        count += 1
        path.write_bytes(TEXT.encode() + b"#" * count)
        return tagging("ada", "x")(library)

    with pytest.raises(LockedError) as caught:
        transaction.update(path, change)
    assert caught.value.exit_code == 4
    assert path.read_bytes() == TEXT.encode() + b"#" * count
    assert left_over(path.parent) == []


# --- links, permissions, places ---------------------------------------------------------------------------


def test_a_link_stays_a_link_and_its_file_is_changed(path: Path) -> None:
    link = path.parent / "link.toml"
    link.symlink_to(path.name)
    transaction.update(link, tagging("ada", "x"))
    assert link.is_symlink()
    assert tags_of(path, "ada") == ["x"]


def test_a_link_in_another_folder_stays_a_link(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "library.toml").symlink_to(path)
    transaction.update(folder / "library.toml", tagging("ada", "x"))
    assert (folder / "library.toml").is_symlink()
    assert tags_of(path, "ada") == ["x"]
    assert left_over(folder) == []


def test_a_link_to_nothing_yet_starts_the_library_where_it_points(tmp_path: Path) -> None:
    (tmp_path / "link.toml").symlink_to(tmp_path / "real.toml")
    transaction.update(tmp_path / "link.toml", adding("new"), create=True)
    assert (tmp_path / "link.toml").is_symlink()
    assert "new" in tomllib.loads((tmp_path / "real.toml").read_text())["papers"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o644])
def test_permissions_stay(path: Path, mode: int) -> None:
    path.chmod(mode)
    transaction.update(path, tagging("ada", "x"))
    assert path.stat().st_mode & 0o7777 == mode


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_library_has_the_permissions_of_the_umask(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        transaction.create(tmp_path / "library.toml")
    finally:
        os.umask(before)
    assert (tmp_path / "library.toml").stat().st_mode & 0o7777 == mode


ROOT_USER = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.mark.skipif(not ROOT_USER, reason="only root may give files away")
def test_the_owner_stays(path: Path) -> None:
    os.chown(path, 1234, 1235)
    transaction.update(path, tagging("ada", "x"))
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 1235)


def test_an_owner_that_cannot_be_kept_is_no_hindrance(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing("fchown", errno.EPERM)(monkeypatch)
    transaction.update(path, tagging("ada", "x"))
    assert tags_of(path, "ada") == ["x"]


def test_a_read_only_file_is_not_replaced(path: Path) -> None:
    """Not even by root, who may write anything: the mode says what its owner wants."""
    path.chmod(0o444)
    with pytest.raises(LibraryError, match="read-only") as caught:
        transaction.update(path, tagging("ada", "x"))
    assert "chmod u+w" in caught.value.hint
    assert (path.read_bytes(), left_over(path.parent)) == (TEXT.encode(), [])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with a library on it and hardly any room left."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if (
        not ROOT_USER
        or shutil.which("mount") is None
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("nothing can be mounted here")
    try:
        (folder / "library.toml").write_text(TEXT + "#\n" * 10_000)
        with contextlib.suppress(OSError), (folder / "rest").open("wb", buffering=0) as rest:
            while True:
                rest.write(b"x" * 4096)
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_named_and_nothing_is_changed(small_disk: Path) -> None:
    path = small_disk / "library.toml"
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="No space left") as caught:
        transaction.update(path, tagging("ada", "x"))
    assert (caught.value.hint, path.read_bytes()) == ("nothing was changed", before)
    assert left_over(small_disk) == ["rest"]
    (small_disk / "rest").unlink()
    transaction.update(path, adding("new"))
    assert len(store.read(path).entries) == 3


def test_where_the_disk_of_the_steps_is_full_the_change_is_made(
    small_disk: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(small_disk))
    transaction.update(path, tagging("ada", "x"))
    assert tags_of(path, "ada") == ["x"]
    assert transaction.steps(path) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or ROOT_USER, reason="root may write into any folder")
def test_a_read_only_folder_is_named_and_can_be_read(path: Path) -> None:
    path.parent.chmod(0o555)
    try:
        with pytest.raises(LibraryError, match="Permission denied"):
            transaction.update(path, tagging("ada", "x"))
        assert len(store.read(path).entries) == 2
    finally:
        path.parent.chmod(0o755)
    assert path.read_bytes() == TEXT.encode()


def test_a_folder_in_which_no_lock_can_be_made_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(filelock.FileLock, "acquire", fail)
    with pytest.raises(LibraryError, match="Read-only file system"):
        transaction.update(path, tagging("ada", "x"))
    assert path.read_bytes() == TEXT.encode()


def test_reading_needs_no_lock_and_leaves_nothing_behind(path: Path) -> None:
    store.read(path)
    assert sorted(p.name for p in path.parent.iterdir()) == ["library.toml"]


def test_a_folder_in_the_librarys_place_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "library.toml").mkdir()
    with pytest.raises(LibraryError, match="cannot be read"):
        store.read(tmp_path / "library.toml")


def test_a_missing_library_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="there is no library") as caught:
        store.read(tmp_path / "library.toml")
    assert "litcli init" in caught.value.hint


def test_a_missing_library_is_not_created_unasked(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="there is no library"):
        transaction.update(tmp_path / "no" / "library.toml", tagging("ada", "x"))
    assert list(tmp_path.iterdir()) == []


def test_folders_above_a_new_library_are_made(tmp_path: Path) -> None:
    transaction.update(tmp_path / "a" / "b" / "library.toml", adding("new"), create=True)
    assert len(store.read(tmp_path / "a" / "b" / "library.toml").entries) == 1


def test_a_library_that_exists_is_not_started_again(path: Path) -> None:
    with pytest.raises(LibraryError, match="exists already"):
        transaction.create(path)
    assert path.read_bytes() == TEXT.encode()


def test_a_library_that_appears_while_it_is_started_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.toml"
    real = lock.Lock.__enter__

    def enter(self: Any) -> None:
        real(self)
        path.write_bytes(TEXT.encode())

    monkeypatch.setattr(lock.Lock, "__enter__", enter)
    with pytest.raises(LibraryError, match="exists already"):
        transaction.create(path)
    assert path.read_bytes() == TEXT.encode()


# --- files that are not what they should be ---------------------------------------------------------------

BROKEN = {
    "no value": (b'format = 1\n[papers.a]\ntitle = "A"\nyear = \n', "4:8"),
    "open text": (b'format = 1\n[papers.a]\ntitle = "A\n', "3:11"),
    "header twice": (b"format = 1\n[papers.a]\n[papers.b]\n[papers.a]\n", "4:10"),
    "field twice": (b'[papers.a]\ntitle = "A"\ntitle = "B"\n', "3:12"),
    "open at the end": (b"[papers.a]\ntags = [", "2"),
    "control character": (b'[papers.a]\ntitle = "\x01"\n', "2:10"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_invalid_toml_is_named_by_line_and_column(kind: str, tmp_path: Path) -> None:
    data, place = BROKEN[kind]
    path = tmp_path / "library.toml"
    path.write_bytes(data)
    with pytest.raises(LibraryError) as caught:
        store.read(path)
    assert caught.value.message.startswith(f"{path}:{place}")
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("kind", BROKEN)
def test_invalid_toml_is_not_written_to(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "library.toml"
    path.write_bytes(BROKEN[kind][0])
    with pytest.raises(LibraryError):
        transaction.update(path, adding("new"), create=True)
    assert (path.read_bytes(), left_over(tmp_path)) == (BROKEN[kind][0], [])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[papers.a]\n<<<<<<< HEAD\ntitle = "A"\n=======\ntitle = "B"\n>>>>>>> theirs\n', 2),
        ('[papers.a]\ntags = [\n    "x",\n<<<<<<< HEAD\n    "y",\n=======\n>>>>>>> theirs\n]\n', 4),
        ('[papers.a]\ntitle = "A"\n=======\n[papers.b]\ntitle = "B"\n>>>>>>> theirs\n', 3),
        ('[papers.a]\r\n<<<<<<< HEAD\r\ntitle = "A"\r\n=======\r\n>>>>>>> theirs\r\n', 2),
    ],
)
def test_the_marks_of_a_merge_conflict_are_named_by_their_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "library.toml"
    path.write_bytes(text.encode())
    with pytest.raises(LibraryError, match=rf":{line}:1: .*merge conflict"):
        store.read(path)


def test_a_text_that_only_looks_like_a_conflict_is_read(tmp_path: Path) -> None:
    path = tmp_path / "library.toml"
    path.write_text('[papers.a]\nnote = """\n=======\n<<<<<<< HEAD\n"""\n')
    assert store.read(path).entries["a"].note == "=======\n<<<<<<< HEAD\n"


def test_an_error_elsewhere_is_not_blamed_on_a_text_that_looks_like_a_conflict(tmp_path: Path) -> None:
    path = tmp_path / "library.toml"
    path.write_text('[papers.a]\nnote = """\nHeading\n=======\n"""\n[papers.b]\ntitle = \n')
    with pytest.raises(LibraryError, match=r":7:\d+: "):
        store.read(path)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[papers.a]\ntitle = "A"\n\n[papers.b]\nyear = "soon"\n', 4),
        ('[papers.a]\ntitle = "A"\n\n[papers.b.links]\ncode = 1\n', 4),
        ('[papers]\na.title = "A"\nb.year = true\n', 3),
    ],
)
def test_a_field_of_the_wrong_type_is_named_by_line_entry_and_field(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "library.toml"
    path.write_text(text)
    with pytest.raises(LibraryError, match=rf"^{path}:{line}: .*papers\.b.*(year|links)"):
        store.read(path)


def test_bytes_that_are_not_utf8_are_named_by_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "library.toml"
    path.write_bytes(b'[papers.a]\ntitle = "\xe9t\xe9"\n')
    with pytest.raises(LibraryError, match=rf"^{path}:2:"):
        store.read(path)


@pytest.mark.parametrize("value", ["3", '"x"', "[1]"])
def test_papers_that_are_no_table_are_refused(tmp_path: Path, value: str) -> None:
    path = tmp_path / "library.toml"
    path.write_text(f"papers = {value}\n")
    with pytest.raises(LibraryError, match="papers"):
        store.read(path)


def test_a_format_of_the_future_is_refused_and_not_written(tmp_path: Path) -> None:
    path = tmp_path / "library.toml"
    path.write_text("format = 2\n")
    with pytest.raises(LibraryError, match="format 2"):
        transaction.update(path, adding("new"), create=True)
    assert path.read_text() == "format = 2\n"


@pytest.mark.parametrize("data", [b"", b"\n", b"# nothing yet\n", b"\xef\xbb\xbf", b"\xef\xbb\xbfformat = 1\r\n"])
def test_an_empty_library_is_one(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "library.toml"
    path.write_bytes(data)
    transaction.update(path, adding("new"))
    assert path.read_bytes().startswith(data)
    assert list(store.read(path).entries) == ["new"]


def test_the_byte_order_mark_of_an_editor_stays(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    transaction.update(path, tagging("bob", "x"))
    assert path.read_bytes() == b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode() + b'tags = ["x"]\r\n'


def test_a_last_line_without_its_end_is_no_hindrance(path: Path) -> None:
    path.write_bytes(TEXT.rstrip("\n").encode())
    transaction.update(path, tagging("bob", "x"))
    assert path.read_text().rstrip("\n") == TEXT + 'tags = ["x"]'


def test_a_value_that_is_not_equal_to_itself_is_no_hindrance(path: Path) -> None:
    """TOML knows nan, and a hand may write it."""
    path.write_text(TEXT + "rating = nan\n")
    transaction.update(path, tagging("ada", "x"))
    assert tags_of(path, "ada") == ["x"]


def test_a_name_with_a_brace_too_many_does_not_stop_the_other_records(path: Path) -> None:
    from litcli import names

    odd = Entry(key="odd", paper=Paper(title="T", authors=(names.person("LLaMA{3"),)))
    fine = Entry(key="fine", paper=Paper(title="F"))
    transaction.update(path, lambda _: (Changes({"odd": odd, "fine": fine}), None))
    assert set(store.read(path).entries) == {"ada", "bob", "odd", "fine"}


# --- which library ----------------------------------------------------------------------------------------


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder two levels deep, with no library anywhere and an empty home."""
    deep = tmp_path / "work" / "deep"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("LITCLI_LIBRARY", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    return deep


def test_the_one_given_is_first(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LITCLI_LIBRARY", "other.toml")
    (places / "library.toml").touch()
    assert locate("mine.toml") == Path("mine.toml")


def test_the_variable_comes_before_the_nearest(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LITCLI_LIBRARY", "other.toml")
    (places / "library.toml").touch()
    assert locate(None) == Path("other.toml")


def test_an_empty_variable_is_none(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LITCLI_LIBRARY", "")
    (places / "library.toml").touch()
    assert locate(None) == places / "library.toml"


def test_the_nearest_above_is_taken(places: Path) -> None:
    (places.parent / "library.toml").touch()
    (places.parent.parent / "library.toml").touch()
    assert locate(None) == places.parent / "library.toml"


def test_a_folder_of_that_name_is_no_library(places: Path) -> None:
    (places / "library.toml").mkdir()
    (places.parent / "library.toml").touch()
    assert locate(None) == places.parent / "library.toml"


def test_a_link_is_meant_whose_file_is_away(places: Path) -> None:
    (places / "library.toml").symlink_to("/nowhere/library.toml")
    (places.parent / "library.toml").touch()
    assert locate(None) == places / "library.toml"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no folder goes that somebody is in")
def test_in_a_folder_that_was_deleted_the_users_own_is_taken(places: Path, tmp_path: Path) -> None:
    places.rmdir()
    assert locate(None) == tmp_path / "home" / ".local" / "share" / "litcli" / "library.toml"


@pytest.mark.skipif(sys.platform != "linux", reason="the place is the platform's")
def test_without_any_it_is_the_users_own(places: Path, tmp_path: Path) -> None:
    assert locate(None) == tmp_path / "home" / ".local" / "share" / "litcli" / "library.toml"


@pytest.mark.skipif(sys.platform != "linux", reason="the place is the platform's")
def test_the_users_own_is_where_xdg_says(places: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert locate(None) == tmp_path / "data" / "litcli" / "library.toml"


def test_a_tilde_is_the_home(places: Path, tmp_path: Path) -> None:
    assert locate("~/mine.toml") == tmp_path / "home" / "mine.toml"
