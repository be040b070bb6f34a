"""Pages: the bytes of a source as lines of text, whatever their encoding, or a clear refusal."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import random
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli import page
from litcli.errors import Exit, InputError
from litcli.page import decode
from tests.growth import grows_in_proportion

LATIN = "Änne Müller, François Noël, Søren Østergård\nÜber die Größe der Wörter\nA plain line in ASCII\n"
CHINESE = "大语言模型综述\n张三、李四，软件学报，2023年第4期\nScaling Laws for Neural Language Models\n"
TYPOGRAPHIC = "“Language” – models’ reach…\n"

# --- encodings --------------------------------------------------------------------------------------------


MARKED = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("text", [LATIN, CHINESE, TYPOGRAPHIC], ids=["Latin", "Chinese", "typographic"])
@pytest.mark.parametrize("encoding", MARKED)
def test_unicode_is_read_and_its_byte_order_mark_is_no_text(encoding: str, text: str) -> None:
    assert decode("page.txt", MARKED[encoding] + text.encode(encoding)) == page.Page("page.txt", text)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("gb18030", CHINESE), ("gbk", CHINESE), ("cp1252", LATIN), ("cp1252", TYPOGRAPHIC), ("latin-1", LATIN)],
    ids=["gb18030", "gbk", "cp1252", "cp1252 quotes", "latin-1"],
)
def test_the_older_encodings_are_told_apart_by_their_bytes(encoding: str, text: str) -> None:
    assert decode("page.txt", text.encode(encoding)) == page.Page("page.txt", text)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [LATIN, "Plain ASCII"], ids=["Latin", "ASCII"])
def test_utf16_without_a_mark_is_known_by_its_zeros(text: str, encoding: str) -> None:
    assert decode("page.txt", text.encode(encoding)) == page.Page("page.txt", text)


RUSSIAN = "Обзор больших языковых моделей\nИванов И. И., 2023\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [CHINESE, RUSSIAN, "综述\n张三、李四\n" * 40], ids=["mixed", "Russian", "Chinese"])
def test_utf16_without_a_mark_is_known_in_any_script(text: str, encoding: str) -> None:
    assert decode("page.txt", text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("encoding", "declared", "text"),
    [
        ("cp1251", "windows-1251", RUSSIAN),
        ("koi8-r", "KOI8-R", RUSSIAN),
        ("iso-8859-2", "ISO-8859-2", "Łukasz Żółć, Dvořák\n"),
        ("cp932", "Shift_JIS", "大規模言語モデルの調査\n"),
        ("euc-jp", "euc-jp", "大規模言語モデルの調査\n"),
        ("cp949", "euc-kr", "대규모 언어 모델\n"),
        ("big5", "Big5", "大型語言模型綜述\n"),
        ("gb18030", "gb2312", CHINESE),
        ("cp1252", "iso-8859-1", LATIN),
    ],
)
def test_a_page_may_declare_its_encoding(encoding: str, declared: str, text: str) -> None:
    page_of_html = f"<html><head><meta charset='{declared}'></head><body><pre>\n{text}</pre></body></html>"
    assert decode("page.html", page_of_html.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("encoding", "declared", "text"),
    [
        ("utf-8", "gb2312", CHINESE),
        ("utf-8", "iso-8859-1", LATIN),
        ("cp1252", "utf-8", LATIN),
        ("gb18030", "iso-8859-1", CHINESE),
        ("gb18030", "utf-8", CHINESE),
        ("cp1252", "no-such-encoding", LATIN),
        ("utf-8", "utf-7", LATIN),
        ("utf-8", "utf-16", CHINESE),
    ],
)
def test_a_wrong_declaration_does_no_harm(encoding: str, declared: str, text: str) -> None:
    page_of_html = f"<html><head><meta charset='{declared}'></head><body><pre>\n{text}</pre></body></html>"
    assert decode("page.html", page_of_html.encode(encoding)).text == text


def test_plain_ascii_is_read() -> None:
    assert decode("page.txt", b"Attention\n").text == "Attention\n"


@pytest.mark.parametrize("name", ["Élise", "Müller, K.", "créée", "Noël", "Ñandú", "naïve façade"])
def test_one_accented_word_in_latin1_is_read(name: str) -> None:
    text = f"A plain line of ASCII, and then {name} behind it.\n"
    assert decode("page.txt", text.encode("latin-1")).text == text


def test_the_bytes_that_windows_1252_leaves_open_are_read_as_browsers_do() -> None:
    found = decode("page.txt", "Müller".encode("cp1252") + b" \x81\x8d\x8f\x90\x9d \x93so\x94")
    assert found.text == "Müller \x81\x8d\x8f\x90\x9d “so”"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00")).map("x".__add__))
def test_any_text_in_utf8_with_a_mark_is_read(text: str) -> None:
    assert decode("page.txt", codecs.BOM_UTF8 + text.encode()).text == text


@given(st.binary())
def test_any_bytes_are_a_page_or_an_input_error(data: bytes) -> None:
    try:
        found = decode("page.txt", data)
    except InputError:
        return
    assert len(found.lines) == len(found.raw_lines) > 0


# --- damage -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [LATIN * 4, CHINESE * 4, "Müller, Gödel, Čapek and Erdős\n"],
    ids=["long Latin", "long Chinese", "short Latin"],
)
@pytest.mark.parametrize("last", ["é", "深", "𝔘"])
def test_a_file_cut_in_the_middle_of_a_character_keeps_all_the_others(text: str, last: str) -> None:
    found = decode("page.txt", text.encode() + last.encode()[:-1])
    assert found.text == text + "\ufffd"


@pytest.mark.parametrize("last", ["é", "深", "𝔘"])
def test_a_damaged_character_is_a_remark_that_names_its_line(last: str) -> None:
    (problem,) = decode("page.txt", (CHINESE * 4).encode() + last.encode()[:-1]).problems
    assert (problem.source, problem.line, problem.failed) == ("page.txt", 13, 0)
    assert problem.message.startswith("1 character is damaged")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=ascii)
def test_the_line_of_the_first_damaged_character_is_named(end: str) -> None:
    data = (CHINESE.replace("\n", end) * 4).encode()
    at = data.rindex("综述".encode())
    (problem,) = decode("page.txt", data[:at] + b"\xff" + data[at:] + b"\xff").problems
    assert problem.line == 10
    assert problem.message.startswith("2 characters are damaged")


def test_utf16_cut_in_the_middle_of_a_character_keeps_all_the_others() -> None:
    found = decode("page.txt", codecs.BOM_UTF16_LE + LATIN.encode("utf-16-le") + b"\x61")
    assert found.text.startswith(LATIN)
    assert len(found.problems) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "gb18030", "utf-16"])
def test_a_zero_in_a_text_is_a_damaged_character(encoding: str) -> None:
    text = (CHINESE if encoding == "gb18030" else LATIN) * 4
    found = decode("page.txt", text.replace("A plain", "A\x00plain", 1).replace("2023", "20\x003", 1).encode(encoding))
    assert found.text == text.replace("A plain", "A\ufffdplain", 1).replace("2023", "20\ufffd3", 1)
    (problem,) = found.problems
    assert (problem.line, problem.failed) == (2 if encoding == "gb18030" else 3, 0)
    assert problem.message.startswith("1 character is damaged")


def test_zeros_and_bytes_that_are_no_utf8_are_counted_together() -> None:
    data = (CHINESE * 4).encode() + b"\xff \x00 \x00\n"
    (problem,) = decode("page.txt", data).problems
    assert problem.message.startswith("3 characters are damaged")


def test_one_zero_in_megabytes_of_ascii_is_no_sign_of_utf16() -> None:
    text = "@article{k, title = {On trees}}\n" * 60_000
    found = decode("refs.bib", (text + "a\x00b\n" + text).encode())
    assert found.text == text + "a\ufffdb\n" + text
    assert [problem.line for problem in found.problems] == [60_001]


def test_sound_text_has_no_problems() -> None:
    assert decode("page.txt", CHINESE.encode()).problems == ()


# --- refusals ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"\n", b" \t\r\n ", b"\x00\x00", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_a_file_without_text_is_empty(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        decode("page.txt", data)
    assert str(caught.value) == "page.txt:1: the file is empty"


def zipped(text: str) -> bytes:
    """An archive that holds one text, as word processors store it."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(zipfile.ZipInfo("page.txt"), text)
    return archive.getvalue()


BINARY = {
    "zeros among text": b"text\x00text and more text\x00\x00\x01\x02",
    "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "PNG": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06",
    "JPEG": b"\xff\xd8\xff\xe0JFIF and so on",
    "gzip": gzip.compress(CHINESE.encode(), mtime=0),
    "zip": zipped(CHINESE),
    "noise with a zero in it": bytes(random.Random(3).choices(range(256), k=4000)) + b"\x00",
    "text with a binary tail": b"A plain line\n" * 400 + bytes(range(20)) * 20,
    "lines ended by zeros": b"name=value, and name=value\x00" * 40,
    "control characters": bytes(range(1, 32)) * 8 + b"abc",
    "a program": b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00>\x00",
}


@pytest.mark.parametrize("data", BINARY.values(), ids=BINARY)
def test_a_binary_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        decode("paper.pdf", data)
    assert str(caught.value) == "paper.pdf:1: this is a binary file, not text"
    assert caught.value.hint
    assert caught.value.exit_code == Exit.BAD_INPUT


# --- lines ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=ascii)
def test_every_kind_of_line_end_ends_a_line(end: str) -> None:
    found = decode("page.txt", end.join(["one", "", "three", ""]).encode())
    assert found.raw_lines == ["one", "", "three", ""]


def test_kinds_of_line_ends_may_be_mixed() -> None:
    assert decode("page.txt", b"one\r\ntwo\rthree\n\rfive").lines == ["one", "two", "three", "", "five"]


@pytest.mark.parametrize("other", ["\x85", "\u2028", "\u2029"], ids=ascii)
def test_a_separator_ends_lines_where_nothing_else_does(other: str) -> None:
    assert decode("page.txt", f"one{other}two{other}{other}four".encode()).lines == ["one", "two", "", "four"]


@pytest.mark.parametrize("other", ["\x0b", "\x0c", "\x85", "\u2028"], ids=ascii)
def test_other_separators_end_no_line(other: str) -> None:
    assert len(decode("page.txt", f"one{other}two\n".encode()).raw_lines) == 2


def test_lines_are_squeezed_and_raw_lines_are_not() -> None:
    found = decode("page.txt", "  one\u00a0 two \n".encode())
    assert found.lines[0] == "one two"
    assert found.raw_lines[0] == "  one\u00a0 two "


# --- files and folders ------------------------------------------------------------------------------------


def test_a_page_bears_the_name_of_its_file_without_the_folder(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("text")
    assert page.read(str(tmp_path / "list.txt")) == page.Page("list.txt", "text")


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO("Größe".encode())))
    assert page.read("-") == page.Page("stdin", "Größe")


def test_a_file_that_is_missing_is_named_as_it_was_given(tmp_path: Path) -> None:
    missing = str(tmp_path / "none.txt")
    with pytest.raises(InputError, match="cannot be read: No such file or directory") as caught:
        page.read(missing)
    assert (caught.value.source, caught.value.line) == (missing, 1)


def test_a_folder_is_no_page(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: Is a directory"):
        page.read(str(tmp_path))


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    locked = tmp_path / "locked.txt"
    locked.write_text("text")
    locked.chmod(0)
    if os.access(locked, os.R_OK):
        pytest.skip("this user may read every file")
    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        page.read(str(locked))


def test_a_refusal_of_the_system_is_an_input_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match=r"locked\.txt:1: cannot be read: Permission denied"):
        page.read(str(tmp_path / "locked.txt"))


def test_sources_that_are_no_folders_stay_in_their_order() -> None:
    assert list(page.expand(["b.txt", "-", "a.txt", "b.txt"])) == ["b.txt", "-", "a.txt", "b.txt"]


def test_a_folder_is_expanded_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/y.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text")
    found = [Path(source).relative_to(tmp_path).as_posix() for source in page.expand([str(tmp_path)])]
    assert found == ["a/y.txt", "a/z.txt", "b.txt", "c.txt"]


@pytest.mark.parametrize("hidden", [".hidden.txt", ".git/config.txt", "in/.cache/page.txt", "in/.DS_Store"])
def test_hidden_files_in_a_folder_are_left_out(tmp_path: Path, hidden: str) -> None:
    (tmp_path / hidden).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / hidden).write_text("text")
    (tmp_path / "seen.txt").write_text("text")
    assert list(page.expand([str(tmp_path)])) == [str(tmp_path / "seen.txt")]


def test_a_folder_that_is_hidden_itself_is_expanded_where_it_is_named(tmp_path: Path) -> None:
    folder = tmp_path / ".papers"
    folder.mkdir()
    (folder / "list.txt").write_text("text")
    assert list(page.expand([str(folder)])) == [str(folder / "list.txt")]


def test_an_empty_folder_gives_no_files(tmp_path: Path) -> None:
    assert list(page.expand([str(tmp_path)])) == []


# --- HTML -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["page.html", "page.txt", "stdin"])
def test_html_is_read_as_its_reader_sees_it_whatever_its_name(name: str) -> None:
    found = decode(name, b"<!doctype html>\n<title>x</title><p>one<p>two")
    assert found.lines == ["one", "", "two", ""]
    assert found.layout is not None


@pytest.mark.parametrize("name", ["page.htm", "PAGE.HTML", "page.xhtml"])
def test_a_piece_of_html_is_known_by_its_name(name: str) -> None:
    assert decode(name, b"one<br>two").lines == ["one", "two", ""]
    assert decode("page.txt", b"one<br>two").lines == ["one<br>two"]


def test_a_page_of_text_has_no_layout() -> None:
    assert decode("page.html", b"no markup").layout is None


@pytest.mark.parametrize("source", [b"<html><body><div id=root></div><script>draw()</script>", b"<html></html>"])
def test_a_page_that_scripts_would_fill_is_refused(source: bytes) -> None:
    with pytest.raises(InputError, match=r"page\.html:1: this page of HTML has no text") as caught:
        decode("page.html", source)
    assert "save it from the browser" in caught.value.hint


def test_a_damaged_character_of_html_is_named_by_its_line() -> None:
    source = "<html><body>\n<p>Größe\n<p>Länge".encode() + b"\xff"
    (problem,) = decode("page.html", source).problems
    assert problem.line == 3


ARCHIVE = b"""\
From: <Saved by Blink>
Snapshot-Content-Location: https://a.example.org/list/
Subject: =?utf-8?Q?Papers?=
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----x"

------x
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://a.example.org/list/

<!DOCTYPE html><html><head><meta charset=3D"utf-8"></head><body><p>Gr=C3=B6=
=C3=9Fe <a href=3D"x.pdf">pdf</a></p></body></html>

------x
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
------x--
"""


@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=ascii)
def test_a_page_saved_as_one_file_is_read(end: bytes) -> None:
    found = decode("page.mhtml", ARCHIVE.replace(b"\n", end))
    assert found.lines == ["Größe pdf", ""]
    assert found.layout is not None
    assert found.layout.base == "https://a.example.org/list/"


def test_an_archive_without_html_is_the_text_that_it_is() -> None:
    data = b"Content-Type: multipart/related; boundary=x\n\nno parts\n"
    assert decode("page.mhtml", data).text == data.decode()


# --- size -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "unit",
    ["a: b\n", " x\n", "<!-- ", "<?xml ", "<meta ", "\x85", "é\n", "综述", "<p>\n", "Content-Type: x\n"],
    ids=ascii,
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "gb18030"])
def test_bytes_made_to_be_slow_take_their_share(encoding: str, unit: str) -> None:
    def work(text: str) -> None:
        found = decode("page.txt", ("x: \n" + text).encode(encoding))
        assert len(found.lines) == len(found.raw_lines)

    assert grows_in_proportion(work, unit * (400_000 // len(unit)))
