"""litcli's own files: a library in TOML, and the JSON that `list --json` and `export --to json` print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from litcli import names, table
from litcli.errors import InputError
from litcli.importers import json_items
from litcli.page import Page
from litcli.paper import Problem, Record

_VERSION = 1
"""The version of the library file and of the JSON that is read here (design, sections 3 and 4)."""
_PART = r"""(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)"""
_PAPERS = r"""(?:papers|"papers"|'papers')"""
_FORMAT_LINE = re.compile(r"format[ \t]*=[ \t]*\d+[ \t]*(?:#.*)?")
_STATEMENT = re.compile(rf"\[|{_PART}(?:[ \t]*\.[ \t]*{_PART})*[ \t]*=")
_HEADER = re.compile(rf"^[ \t]*\[[ \t]*{_PAPERS}[ \t]*\.", re.MULTILINE)
# Strings and comments may hold what looks like a header, so they are read over (TOML 1.0).
_TOKEN = re.compile(
    r""" "{3}(?:[^\\]|\\.)*?"{3,5} | '{3}.*?'{3,5} | "(?:[^"\\\n]|\\.)*" | '[^'\n]*' | \#[^\n]* """
    rf"""| ^(?P<header>[ \t]*\[+[ \t]*(?:{_PAPERS}[ \t]*\.[ \t]*(?P<key>{_PART})|[A-Za-z_])) """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_JSON = re.compile(r'\s*\{\s*"(?:format_version"\s*:|entries"\s*:\s*\[\s*(?:\{\s*"key"|\]))')
_JSON_VERSION = re.compile(r'\s*\{\s*"format_version"\s*:\s*(\d+)')


def detect(page: Page) -> bool:
    """TOML that begins with litcli's `format` or has a table of `papers`, or JSON that begins as litcli's does."""
    if _JSON.match(page.text):
        return True
    first = next((line for line in page.raw_lines if line.strip() and not line.lstrip().startswith("#")), "").strip()
    if _FORMAT_LINE.fullmatch(first):
        return True
    return _STATEMENT.match(first) is not None and _HEADER.search(page.text) is not None


def parse(page: Page) -> Iterator[Record | Problem]:
    """The entries of the file, each with what its reader added; one that is malformed is a problem.

    Raises InputError where the file is no TOML, or of a version that this litcli does not know.
    """
    yield from _from_json(page) if page.text.lstrip().startswith("{") else _from_toml(page)


def _record(page: Page, key: str, said: Any, line: int, raw: str) -> Record | Problem:
    if not isinstance(said, Mapping):
        return Problem(page.name, line, f"{key}: an entry must be a table of fields, not {str(said)[:40]}", raw=raw)
    try:
        entry = table.from_table(key, said)
    except ValueError as error:
        return Problem(page.name, line, f"{key}: {error}", raw=raw)
    return Record(entry.paper, line, entry.tags, key, entry.note, entry.aliases, entry.sources)


def _check_version(page: Page, version: Any, line: int) -> None:
    if version != _VERSION:
        raise InputError(page.name, line, f"format {version!r} is not known to this litcli", "it reads format 1")


# --- TOML -------------------------------------------------------------------------------------------------


def _from_toml(page: Page) -> Iterator[Record | Problem]:
    import tomllib

    text = page.text.replace("\r\n", "\n")
    try:
        tree = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _not_toml(page, error) from None
    _check_version(page, tree.get("format", _VERSION), 1)
    papers = tree.get("papers", {})
    if not isinstance(papers, Mapping):
        raise InputError(page.name, 1, "papers must be tables, not a value", "write each paper as [papers.KEY]")
    blocks = _blocks(text)
    for key, said in papers.items():
        line, raw = blocks.get(key, (1, f"{key} = {said}"))
        yield _record(page, key, said, line, raw)


def _not_toml(page: Page, error: Exception) -> InputError:
    if isinstance(error, RecursionError):
        return InputError(page.name, 1, "not valid TOML: brackets stand in brackets hundreds deep")
    reason, _, place = str(error).partition(" (at ")
    found = re.match(r"line (\d+), column (\d+)", place)
    line, column = (int(found[1]), f":{found[2]}") if found else (len(page.lines), "")
    return InputError(page.name, line, f"not valid TOML at {line}{column}: {reason}")


def _blocks(text: str) -> dict[str, tuple[int, str]]:
    """The line on which each entry's own table begins, and its text up to the next one's."""
    headers = [(token.start(), token["key"]) for token in _TOKEN.finditer(text) if token["header"] is not None]
    found: dict[str, tuple[int, str]] = {}
    line = at = 0
    for (start, key), (end, _) in pairwise([*headers, (len(text), None)]):
        line += text.count("\n", at, start)
        at = start
        name = _bare(key) if key else ""
        if key and name in found:
            found[name] = (found[name][0], f"{found[name][1]}\n{text[start:end].rstrip()}")
        elif key:
            found[name] = (line + 1, text[start:end].rstrip())
    return found


def _bare(key: str) -> str:
    """A key of TOML without its quotes."""
    if key[0] not in "\"'":
        return key
    import tomllib

    return next(iter(tomllib.loads(f"{key} = 0")))


# --- JSON -------------------------------------------------------------------------------------------------


def _from_json(page: Page) -> Iterator[Record | Problem]:
    version = _JSON_VERSION.match(page.text)
    _check_version(page, int(version[1][:9]) if version else _VERSION, 1)
    for item in json_items.items(page, "entries"):
        if isinstance(item, Problem):
            yield item
            continue
        said = dict(item.value) if isinstance(item.value, Mapping) else {}
        key = said.pop("key", None)
        if not isinstance(key, str):
            yield Problem(page.name, item.line, "an entry must be an object with a key", raw=item.raw)
            continue
        said = _without_null(said)
        for field in ("authors", "editors"):
            if isinstance(said.get(field), list):
                said[field] = [_unmistakable(name) if isinstance(name, str) else name for name in said[field]]
        yield _record(page, key, said, item.line, item.raw)


def _without_null(value: Any) -> Any:
    """A value without the nulls in it: TOML has none, and an absent field says the same."""
    if isinstance(value, Mapping):
        return {name: _without_null(item) for name, item in value.items() if item is not None}
    return [_without_null(item) for item in value if item is not None] if isinstance(value, list) else value


def _unmistakable(text: str) -> str:
    """A name in natural order, which lost its braces and commas in `--json`, as the library writes it.

    Organisations are told by their words (`Gemini Team`, `OpenAI`) and by an `and`, suffixes by theirs. Lost are:
    other organisations of several words, which become people (`Hugging Face`); where a family name of several words
    begins, if no particle says it (`García Márquez`); and people of one name that looks like an acronym.
    """
    if text.startswith("{"):
        return text
    if " and " in text:
        return f"{{{text}}}"
    person = names.person(text)
    return names.to_text(person if names.display(person) == text else names.parse(text))
