"""The three reports of findings."""

from __future__ import annotations

import json

from litcli.check import Finding, report
from tests.check.articles import ERROR, NOTE, WARNING

FOUND = [
    Finding("doe2020", "title", "html", WARNING, "50% is wrong", True),
    Finding("roe2021", "key", "unsafe-key", ERROR, "two\nlines"),
    Finding("roe2021", "url", "url-repeats-doi", NOTE, "only says the DOI again", True),
]
PLACES = {"doe2020": ("my,lib: 1.toml", 12), "roe2021": ("library.toml", 30)}


def test_the_text_report_is_a_line_for_each_finding_and_the_counts() -> None:
    assert report(FOUND, "text", PLACES.__getitem__) == (
        "my,lib: 1.toml:12: warning: doe2020: title: 50% is wrong [html]\n"
        "library.toml:30: error: roe2021: key: two lines [unsafe-key]\n"
        "library.toml:30: note: roe2021: url: only says the DOI again [url-repeats-doi]\n"
        "1 error, 1 warning, 1 note; --fix mends 2 of them\n"
    )


def test_the_text_report_of_nothing_is_its_counts() -> None:
    assert report([], "text", PLACES.__getitem__) == "0 errors, 0 warnings, 0 notes\n"


def test_the_json_report_has_each_finding_with_its_place_and_the_counts() -> None:
    document = json.loads(report(FOUND, "json", PLACES.__getitem__))
    assert document["format_version"] == 1
    assert document["counts"] == {"error": 1, "warning": 1, "note": 1}
    assert document["findings"][0] == {
        "key": "doe2020",
        "field": "title",
        "rule": "html",
        "severity": "warning",
        "message": "50% is wrong",
        "fixable": True,
        "file": "my,lib: 1.toml",
        "line": 12,
    }


def test_the_github_report_is_workflow_commands_escaped_as_github_reads_them() -> None:
    assert report(FOUND, "github", PLACES.__getitem__).splitlines() == [
        "::warning file=my%2Clib%3A 1.toml,line=12,title=html::doe2020: title: 50%25 is wrong",
        "::error file=library.toml,line=30,title=unsafe-key::roe2021: key: two%0Alines",
        "::notice file=library.toml,line=30,title=url-repeats-doi::roe2021: url: only says the DOI again",
    ]
