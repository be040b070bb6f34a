"""What a person sees of an entry: templates with their filters, links that a terminal opens."""

from __future__ import annotations

import pytest

from litcli import names, show
from litcli.errors import UsageError
from litcli.paper import Entry, Paper

ENTRY = Entry(
    "muller2022bert",
    Paper(
        title="{BERT} and its Heirs",
        authors=tuple(map(names.parse, ["Änne Müller", "Jan van der Berg", "{Google Research}"])),
        year=2022,
        venue="ICML",
        doi="10.1000/a<b>",
        url="https://example.org/a_b?x=1&y=%20z",
    ),
)

TEMPLATES = {
    "{key}: {title}": "muller2022bert: {BERT} and its Heirs",
    "{authors|short}": "Müller et al.",
    "{authors|first}": "Änne Müller",
    "{authors|short|upper}": "MÜLLER ET AL.",
    "{title|plain}": "BERT and its Heirs",
    "{venue|lower}": "icml",
    "{title|plain:.4}": "BERT",
    "{year:>6}|{volume}|": "  2022||",
    r"{key}\t{year}": "muller2022bert\t2022",
}


@pytest.mark.parametrize(("template", "text"), TEMPLATES.items())
def test_a_template_is_filled(template: str, text: str) -> None:
    assert show.filled(template, ENTRY) == text


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{titel}", "no column 'titel'"),
        ("{title|loud}", "no filter 'loud' for title"),
        ("{title|short}", "no filter 'short' for title"),
        ("{title", "is not valid"),
        ("{year:q}", "is not valid"),
    ],
)
def test_what_is_no_template_is_refused(template: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as error:
        show.filled(template, ENTRY)
    assert error.value.hint


class Terminal:
    """Stands for standard output, and is a terminal or not."""

    def __init__(self, real: bool) -> None:
        self.real = real

    def isatty(self) -> bool:
        return self.real


@pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "pipe"])
def test_a_terminal_opens_what_an_entry_names_on_the_web(terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show.sys, "stdout", Terminal(terminal))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("NO_COLOR", raising=False)
    told = show.record(ENTRY)
    link = "\x1b]8;;https://doi.org/10.1000/a%3Cb%3E\x1b\\10.1000/a<b>\x1b]8;;\x1b\\"
    assert (link in told) is terminal
    assert ("\x1b]8;;https://example.org/a_b?x=1&y=%20z\x1b\\" in told) is terminal
    assert ("\x1b" in told) is terminal


@pytest.mark.parametrize("variable", ["NO_COLOR", "TERM"])
def test_a_terminal_that_takes_no_colour_gets_no_link(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setattr(show.sys, "stdout", Terminal(True))
    monkeypatch.setenv(variable, "dumb")
    assert "\x1b" not in show.record(ENTRY)


def test_an_address_cannot_steer_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show.sys, "stdout", Terminal(True))
    monkeypatch.setenv("TERM", "xterm")
    told = show.record(Entry("a", Paper(title="A", url="https://x.org/\x1b]8;;evil\x07")))
    assert "\x1b" not in told
