"""Findings as text, as JSON and as GitHub's workflow commands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from litcli import jsontext
from litcli.check.finding import Finding, Severity
from litcli.text import squeeze

FORMS = ("text", "json", "github")
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def report(findings: Sequence[Finding], form: str, position: Callable[[str], tuple[str, int]]) -> str:
    """The findings as text, as JSON or as GitHub's workflow commands; `position` gives file and line of a key."""
    if form == "json":
        return _json(findings, position)
    if form == "github":
        return "".join(_command(finding, *position(finding.key)) + "\n" for finding in findings)
    lines = [_line(finding, *position(finding.key)) for finding in findings]
    return "\n".join([*lines, _summary(findings)]) + "\n"


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    counts = Counter(finding.severity for finding in findings)
    return {severity.value: counts[severity] for severity in Severity}


def _line(finding: Finding, file: str, line: int) -> str:
    text = f"{finding.key}: {finding.field}: {finding.message}"
    return squeeze(f"{file}:{line}: {finding.severity.value}: {text} [{finding.rule}]")


def _summary(findings: Sequence[Finding]) -> str:
    counts = ", ".join(f"{n} {name}{'' if n == 1 else 's'}" for name, n in _counts(findings).items())
    fixable = sum(finding.fixable for finding in findings)
    return counts + (f"; --fix mends {fixable} of them" if fixable else "")


def _json(findings: Sequence[Finding], position: Callable[[str], tuple[str, int]]) -> str:
    rows = []
    for finding in findings:
        file, line = position(finding.key)
        rows.append(
            {
                "key": finding.key,
                "field": finding.field,
                "rule": finding.rule,
                "severity": finding.severity.value,
                "message": finding.message,
                "fixable": finding.fixable,
                "file": file,
                "line": line,
            }
        )
    document = {"format_version": jsontext.FORMAT_VERSION, "findings": rows, "counts": _counts(findings)}
    return jsontext.dumps(document) + "\n"


def _command(finding: Finding, file: str, line: int) -> str:
    """A workflow command; its text and its properties are escaped as GitHub's own toolkit does it."""
    properties = f"file={_property(file)},line={line},title={_property(finding.rule)}"
    text = _data(f"{finding.key}: {finding.field}: {finding.message}")
    return f"::{_GITHUB_LEVELS[finding.severity]} {properties}::{text}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
