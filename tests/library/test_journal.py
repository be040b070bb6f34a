"""Steps: every change can be taken back to the byte and made again, and nothing else is touched by that."""

from __future__ import annotations

import os
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from litcli import files
from litcli.errors import LibraryError, LockedError, NotFound
from litcli.library import Library, journal, store, transaction
from litcli.library.edit import Changes
from litcli.library.journal import Journal
from litcli.library.run import RUN, Run
from litcli.paper import Entry, Paper

TEXT = """\
# mine
format = 1

# --- the first one
[papers.ada]
title = "A"  # odd   spacing
year =   2001

# loose

[papers.bob]
title = "B"
tags = [ "x" ]
# the end
"""
Change = Callable[[Library], tuple[Changes, None]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "library.toml"
    file.write_bytes(TEXT.encode())
    return file


def made(path: Path, change: Change, command: str = "litcli change") -> None:
    """One step."""
    token = RUN.set(Run(command))
    try:
        transaction.update(path, change)
    finally:
        RUN.reset(token)


def entries(**changed: Entry | None) -> Change:
    return lambda _: (Changes(changed), None)


def head(**values: Any) -> Change:
    return lambda _: (Changes(head={tuple(name.split("__")): value for name, value in values.items()}), None)


def tagging(*keys: str, tag: str = "new") -> Change:
    def change(library: Library) -> tuple[Changes, None]:
        found = {key: library.entries[key] for key in keys}
        return Changes({key: replace(e, tags=tuple(sorted({*e.tags, tag}))) for key, e in found.items()}), None

    return change


def new(key: str) -> Entry:
    return Entry(key=key, paper=Paper(title=key, links={"code": "u"}))


def relinked(entry: Entry) -> Entry:
    return replace(entry, paper=replace(entry.paper, links={"code": "w"}))


def all_renamed(library: Library) -> tuple[Changes, None]:
    gone: dict[str, Entry | None] = dict.fromkeys(library.entries)
    come = {f"z{key}": replace(e, key=f"z{key}", aliases=(key,)) for key, e in library.entries.items()}
    return Changes({**gone, **come}, {("settings", "keys"): "z[auth]"}), None


CHANGES: dict[str, Change] = {
    "a tag": tagging("ada"),
    "tags": tagging("ada", "bob"),
    "an entry in front": entries(aaa=new("aaa")),
    "an entry between": entries(baa=new("baa")),
    "an entry behind": entries(zed=new("zed")),
    "entries": entries(zed=new("zed"), yan=new("yan"), b1=new("b1")),
    "the first removed": entries(ada=None),
    "the last removed": entries(bob=None),
    "all removed": entries(ada=None, bob=None),
    "one for another": entries(ada=None, adb=new("adb")),
    "all renamed": all_renamed,
    "a value above": head(distinct=[["ada", "bob"]]),
    "a setting": head(settings__keys="[auth]"),
}
TEXTS = {
    "as it is": TEXT.encode(),
    "of Windows": b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode(),
    "without its last line end": TEXT.rstrip("\n").encode(),
    "with text over lines": TEXT.replace('"A"', '"""\n[papers.zed]\n# no comment"""').encode(),
    "with tables": TEXT.replace("# loose", "# loose\n\n[papers.ada.links]\ncode = 'u'").encode(),
    "with tables in tables": TEXT.replace(
        "# loose", "[papers.ada.fields]\nb = 'c'\n[papers.ada.fields.d]\ne = 1"
    ).encode(),
    "with dotted names": b'format = 1\npapers.ada.title = "A"\npapers.bob.title = "B"\n\n[settings]\nkeys = "x"\n',
    "without a head": TEXT[TEXT.index("# ---") :].encode(),
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("kind", CHANGES)
def test_a_step_is_taken_back_to_the_byte_and_made_again_to_the_byte(path: Path, kind: str, text: str) -> None:
    path.write_bytes(TEXTS[text])
    made(path, CHANGES[kind])
    after = path.read_bytes()
    assert after != TEXTS[text]
    transaction.undo(path)
    assert path.read_bytes() == TEXTS[text]
    transaction.redo(path)
    assert path.read_bytes() == after


def test_a_change_of_a_table_that_stands_apart_from_its_entry_is_taken_back(path: Path) -> None:
    text = TEXT.replace("# the end", "[papers.cid]\n[papers.ada.links]\ncode = 'u'\n[papers.dan]\n")
    path.write_text(text, "utf-8")
    made(path, lambda library: (Changes({"ada": relinked(library.entries["ada"])}), None))
    transaction.undo(path)
    assert path.read_text("utf-8") == text


def test_what_something_new_left_behind_is_not_made_again_once_that_is_taken_back(path: Path) -> None:
    made(path, tagging("ada", tag="old"))
    transaction.undo(path)
    made(path, tagging("ada", tag="new"))
    after = path.read_bytes()
    transaction.undo(path)
    transaction.redo(path)
    assert path.read_bytes() == after
    with pytest.raises(NotFound, match="nothing to redo"):
        transaction.redo(path)


def test_a_change_that_leaves_nothing_is_taken_back(path: Path) -> None:
    path.write_text('[papers.ada]\ntitle = "A"\n', "utf-8")
    made(path, entries(ada=None))
    assert path.read_text("utf-8").strip() == ""
    transaction.undo(path)
    assert path.read_text("utf-8") == '[papers.ada]\ntitle = "A"\n'


def test_steps_are_taken_back_from_the_last_to_the_first_and_made_again_in_turn(path: Path) -> None:
    states = [path.read_bytes()]
    for change in CHANGES.values():
        made(path, change)
        if path.read_bytes() != states[-1]:
            states.append(path.read_bytes())
    assert len(states) > 10
    for state in states[-2::-1]:
        transaction.undo(path)
        assert path.read_bytes() == state
    with pytest.raises(NotFound, match="nothing to undo"):
        transaction.undo(path)
    for state in states[1:]:
        transaction.redo(path)
        assert path.read_bytes() == state
    with pytest.raises(NotFound, match="nothing to redo"):
        transaction.redo(path)


def test_a_library_that_an_import_started_is_empty_again(tmp_path: Path) -> None:
    path = tmp_path / "library.toml"
    transaction.update(path, entries(new=new("new")), create=True)
    transaction.undo(path)
    assert path.read_text() == "format = 1\n"


def test_nothing_changed_is_no_step(path: Path) -> None:
    made(path, lambda library: (Changes(library.entries), None))
    assert transaction.steps(path) == []


def test_a_step_says_what_was_done(path: Path) -> None:
    made(path, entries(ada=None, zed=new("zed"), yan=new("yan")), "litcli import 'a b.bib'")
    (step,) = transaction.steps(path)
    assert (step.number, step.command, step.is_undone) == (1, "litcli import 'a b.bib'", False)
    assert (step.added, step.changed, step.removed) == (2, 0, 1)
    assert abs(step.time.timestamp() - time.time()) < 60


# --- what was changed elsewhere, and what was changed since -----------------------------------------------


def edit(path: Path, old: str, now: str) -> None:
    """An edit by hand."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, now), "utf-8")


def test_an_edit_of_another_entry_stays(path: Path) -> None:
    made(path, tagging("ada"))
    edit(path, '"B"', '"Bee"')
    transaction.undo(path)
    assert path.read_text() == TEXT.replace('"B"', '"Bee"')


@pytest.mark.parametrize("kind", ["an entry in front", "an entry between", "an entry behind", "the first removed"])
def test_edits_all_around_stay(path: Path, kind: str) -> None:
    made(path, CHANGES[kind])
    edit(path, '"B"', '"Bee"')
    edit(path, "# mine", "# ours")
    edit(path, "# the end", "# to be continued")
    transaction.undo(path)
    wanted = TEXT.replace('"B"', '"Bee"').replace("# mine", "# ours").replace("# the end", "# to be continued")
    assert path.read_text() == wanted


def test_an_edit_of_the_same_entry_is_not_taken_back_and_named(path: Path) -> None:
    made(path, tagging("ada", "bob"), "litcli tag +new -- '*'")
    edit(path, '"B"', '"Bee"')
    before = path.read_bytes()
    with pytest.raises(LockedError, match=r"step 1 \(litcli tag \+new -- '\*'\) .* bob changed since") as caught:
        transaction.undo(path)
    assert "ada" not in caught.value.message
    assert (caught.value.exit_code, path.read_bytes()) == (4, before)
    assert [step.is_undone for step in transaction.steps(path)] == [False]


def test_a_refusal_of_many_names_the_first(path: Path) -> None:
    made(path, entries(**{f"k{n}": new(f"k{n}") for n in range(5)}))
    edit(path, "title", "title ")
    with pytest.raises(LockedError, match="k0, k1, k2 and 2 more changed since"):
        transaction.undo(path)


def test_an_edit_of_a_value_above_the_papers_is_not_taken_back_and_named(path: Path) -> None:
    made(path, head(distinct=[["ada", "bob"]]))
    edit(path, '["ada", "bob"]', '["ada", "cyd"]')
    with pytest.raises(LockedError, match="distinct changed since"):
        transaction.undo(path)


def test_another_value_above_the_papers_is_no_hindrance(path: Path) -> None:
    made(path, head(distinct=[["ada", "bob"]]))
    made(path, head(settings__keys="x"))
    transaction.undo(path, 1)
    assert store.read(path).head == {"format": 1, "settings": {"keys": "x"}}


def test_a_step_in_the_middle_is_taken_back_by_its_number_where_nothing_else_touched_its_entries(path: Path) -> None:
    made(path, tagging("ada"))
    made(path, tagging("bob"))
    transaction.undo(path, 1)
    assert path.read_text() == TEXT.replace('[ "x" ]', '["new", "x"]')[:0] + path.read_text()
    library = store.read(path)
    assert (library.entries["ada"].tags, library.entries["bob"].tags) == ((), ("new", "x"))


def test_the_later_step_is_named_that_stands_in_the_way(path: Path) -> None:
    made(path, tagging("ada"), "litcli one")
    made(path, tagging("ada", tag="two"), "litcli two")
    with pytest.raises(LockedError) as caught:
        transaction.undo(path, 1)
    assert "litcli undo 2 (litcli two)" in caught.value.hint


@pytest.mark.parametrize(("number", "said"), [(7, "no step 7"), (1, "undone already")])
def test_a_number_that_cannot_be_is_refused(path: Path, number: int, said: str) -> None:
    made(path, tagging("ada"))
    transaction.undo(path)
    with pytest.raises(NotFound, match=said):
        transaction.undo(path, number)


def test_something_new_ends_what_can_be_made_again(path: Path) -> None:
    made(path, tagging("ada"))
    transaction.undo(path)
    made(path, tagging("bob"))
    with pytest.raises(NotFound, match="nothing to redo"):
        transaction.redo(path)
    assert [step.is_undone for step in transaction.steps(path)] == [True, False]


def test_what_is_made_again_does_not_undo_an_edit_made_since(path: Path) -> None:
    made(path, tagging("ada"))
    transaction.undo(path)
    edit(path, '"A"', '"Ah"')
    with pytest.raises(LockedError, match="cannot be made again: ada changed since"):
        transaction.redo(path)


def test_an_entry_that_somebody_took_away_meanwhile_is_as_the_step_left_it(path: Path) -> None:
    made(path, entries(zed=new("zed")))
    text = path.read_text()
    path.write_text(TEXT)
    transaction.undo(path)
    assert path.read_text() == TEXT
    transaction.redo(path)
    assert path.read_text() == text


def test_a_step_is_not_taken_back_where_that_would_move_other_lines_to_another_table(path: Path) -> None:
    made(path, head(settings__keys="x"))
    edit(path, 'keys = "x"\n', 'keys = "x"\nmine = 1\n')
    before = path.read_bytes()
    with pytest.raises(LibraryError):
        transaction.undo(path)
    assert path.read_bytes() == before


# --- where the steps are kept -----------------------------------------------------------------------------


def kept(path: Path) -> list[str]:
    return sorted(file.name for file in Journal(path).folder.iterdir())


def test_a_library_under_another_name_has_the_same_steps(path: Path) -> None:
    link = path.parent / "link.toml"
    link.symlink_to(path.name)
    made(path, tagging("ada"))
    transaction.undo(link)
    assert path.read_text() == TEXT
    assert link.is_symlink()


def test_two_libraries_have_their_own_steps(path: Path) -> None:
    other = path.with_name("other.toml")
    other.write_text(TEXT)
    made(path, tagging("ada"))
    assert transaction.steps(other) == []


def test_only_what_changed_is_kept(path: Path) -> None:
    path.write_text("".join(f'[papers.k{n}]\ntitle = "{n} {"some words " * 20}"\n\n' for n in range(1000)))
    made(path, tagging("k500"))
    (file,) = Journal(path).folder.iterdir()
    assert file.stat().st_size < 2000


def test_the_oldest_are_forgotten_where_there_are_too_many(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_MOST_STEPS", 3)
    for n in range(5):
        made(path, tagging("ada", tag=f"t{n}"))
    assert [step.number for step in transaction.steps(path)] == [3, 4, 5]


def test_the_oldest_are_forgotten_where_they_are_too_large_but_the_newest_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "_MOST_BYTES", 10)
    for n in range(3):
        made(path, tagging("ada", tag=f"t{n}"))
    assert [step.number for step in transaction.steps(path)] == [3]


def test_old_ones_are_forgotten(path: Path) -> None:
    made(path, tagging("ada"))
    made(path, tagging("bob"))
    old = time.time() - 367 * 24 * 3600
    os.utime(Journal(path).folder / "000001.done", (old, old))
    made(path, tagging("ada", tag="later"))
    assert kept(path) == ["000002.done", "000003.done"]


def test_the_steps_of_a_library_that_nothing_changed_for_long_are_forgotten(path: Path) -> None:
    other = path.with_name("other.toml")
    other.write_text(TEXT)
    made(other, tagging("ada"))
    old = time.time() - 367 * 24 * 3600
    os.utime(Journal(other).folder, (old, old))
    made(path, tagging("ada"))
    assert (Journal(other).folder.exists(), kept(path)) == (False, ["000001.done"])


def test_nobody_else_may_read_them(path: Path) -> None:
    made(path, tagging("ada"))
    assert Journal(path).folder.stat().st_mode & 0o077 == 0


def no_folder(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The state folder's place is taken by a file."""
    folder = Journal(library).folder
    folder.parent.parent.parent.mkdir(parents=True, exist_ok=True)
    folder.parent.parent.write_text("a file")


def full_disk(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = files.replace

    def fail(path: Path, *words: Any) -> bool:
        if path.suffix == ".doing":
            raise OSError(28, "No space left on device")
        return real(path, *words)

    monkeypatch.setattr(files, "replace", fail)


@pytest.mark.parametrize("refuse", [no_folder, full_disk])
def test_a_change_that_cannot_be_written_down_is_made_and_said(
    path: Path, monkeypatch: pytest.MonkeyPatch, refuse: Callable[[Path, pytest.MonkeyPatch], None]
) -> None:
    said: list[str] = []
    refuse(path, monkeypatch)
    token = RUN.set(Run("litcli tag", tell=said.append))
    try:
        transaction.update(path, tagging("ada"))
    finally:
        RUN.reset(token)
    assert store.read(path).entries["ada"].tags == ("new",)
    assert len(said) == 1
    assert said[0].startswith("note: this change cannot be undone")
    assert transaction.steps(path) == []


def test_a_change_that_fails_is_no_step(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bool:
        raise LibraryError("no")

    monkeypatch.setattr(transaction, "_replace", fail)
    with pytest.raises(LibraryError, match="no"):
        transaction.update(path, tagging("ada"))
    assert kept(path) == []


@pytest.mark.parametrize("spoil", [b"", b"{}", b"\x00\xff", b"[]\n", b'{"format": 2}\n'])
def test_a_spoilt_step_is_none(path: Path, spoil: bytes) -> None:
    made(path, tagging("ada"))
    made(path, tagging("bob"))
    (Journal(path).folder / "000002.done").write_bytes(spoil)
    assert [step.number for step in transaction.steps(path)] == [1]
    transaction.undo(path)
    assert store.read(path).entries["ada"].tags == ()


def test_a_step_whose_second_half_is_spoilt_is_named_and_changes_nothing(path: Path) -> None:
    made(path, tagging("ada"))
    before = path.read_bytes()
    file = Journal(path).folder / "000001.done"
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(LibraryError, match=r"000001.done is spoilt"):
        transaction.undo(path)
    assert path.read_bytes() == before


def test_other_files_in_the_folder_are_no_steps(path: Path) -> None:
    made(path, tagging("ada"))
    for name in ("notes.txt", ".000002.doing.abcdefgh.tmp", "000002.odd", "2.done"):
        (Journal(path).folder / name).write_text("x")
    assert [step.number for step in transaction.steps(path)] == [1]


# --- killed in between ------------------------------------------------------------------------------------


@pytest.fixture
def left(path: Path) -> Iterator[Callable[[str], Path]]:
    """Give the one step there is the state in which a killed process left it."""
    made(path, tagging("ada"))
    folder = Journal(path).folder

    def leave(state: str) -> Path:
        (file,) = folder.iterdir()
        return file.rename(file.with_suffix(f".{state}"))

    return leave


@pytest.mark.parametrize(
    ("state", "written", "steps"),
    [
        ("doing", True, [False]),
        ("doing", False, []),
        ("undoing", True, [False]),
        ("undoing", False, [True]),
        ("redoing", True, [False]),
        ("redoing", False, [True]),
    ],
)
def test_the_library_tells_whether_a_step_was_made(
    path: Path, left: Callable[[str], Path], state: str, written: bool, steps: list[bool]
) -> None:
    """`written`: the library has the tag. The states `undoing` and `redoing` are then those of a step that is done."""
    left(state)
    if not written:
        path.write_text(TEXT)
    assert [step.is_undone for step in transaction.steps(path)] == steps
    made(path, tagging("bob"))
    assert [step.is_undone for step in transaction.steps(path)] == [*steps, False]
    assert all(name.endswith(("done", "undone")) for name in kept(path))


@pytest.mark.parametrize("state", ["doing", "undoing", "redoing"])
def test_a_step_whose_entry_was_edited_before_anybody_asked_is_refused_and_not_passed_over(
    path: Path, left: Callable[[str], Path], state: str
) -> None:
    left(state)
    edit(path, '"A"', '"Ah"')
    before = path.read_bytes()
    with pytest.raises(LockedError, match="ada changed since"):
        (transaction.redo if state == "undoing" else transaction.undo)(path)
    assert path.read_bytes() == before


def test_a_step_that_a_later_edit_covers_is_not_denied(path: Path) -> None:
    """It was done, and then the entry was edited: undo says so, and does not take back the step before instead."""
    made(path, tagging("bob"))
    made(path, tagging("ada"))
    edit(path, '"A"', '"Ah"')
    made(path, entries(zed=new("zed")))
    transaction.undo(path)
    with pytest.raises(LockedError, match="ada changed since"):
        transaction.undo(path)
    assert tomllib.loads(path.read_text())["papers"]["bob"]["tags"] == ["new", "x"]
