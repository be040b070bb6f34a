"""What a person sees of an entry: templates with their filters, links that a terminal opens."""

from __future__ import annotations

import io

import pytest

from litcli import layout, names, show
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
        ("{titel}", "no field 'titel'"),
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


ROWS = [
    "sun2022blackbox\t2022\tSun et al.\tBlack-Box Tuning for Language-Model-as-a-Service\thttps://doi.org/10.1/x",
    "池谷2021\t2021\t池谷 裕二 & Tinn\t大型语言模型的综述以及更多的内容在这里\t",
]
COLUMNS = ["key", "year", "people", "title", "address"]


def listed(monkeypatch: pytest.MonkeyPatch, width: int, rows: list[str] = ROWS, **env: str) -> str:
    """What a list looks like on a terminal so wide."""
    out = io.StringIO()
    out.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(show.sys, "stdout", out)
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in {"TERM": "xterm", "COLUMNS": str(width), **env}.items():
        monkeypatch.setenv(name, value)
    show.listing(rows, COLUMNS)
    return out.getvalue()


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120, 200])
def test_no_line_of_a_list_is_wider_than_the_terminal_and_no_word_is_lost(
    monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    told = listed(monkeypatch, width, NO_COLOR="1")
    assert max(map(layout.width, told.splitlines())) <= width
    shown = told.split()
    assert {"sun2022blackbox", "2022", "Black-Box", "Tuning", "for"} <= {*shown}
    assert "池谷2021" in shown


def test_a_wide_terminal_has_a_row_a_line_and_a_narrow_one_the_key_above_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert len(listed(monkeypatch, 120, NO_COLOR="1").splitlines()) == 3
    narrow = listed(monkeypatch, 44, ROWS[:1], NO_COLOR="1").splitlines()
    assert narrow == [
        "sun2022blackbox",
        "  2022  Sun et al.  Black-Box Tuning for",
        "  Language-Model-as-a-Service",
    ]


def test_a_title_in_a_list_leads_to_its_paper_in_each_of_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    told = listed(monkeypatch, 80)
    assert told.count("\x1b]8;;https://doi.org/10.1/x\x1b\\") == 2
    assert "\x1b" not in listed(monkeypatch, 60, TERM="dumb")


def test_of_nothing_not_even_the_head_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert listed(monkeypatch, 80, []) == ""


@pytest.mark.parametrize("width", [30, 80, 200])
def test_bars_fit_the_terminal_and_the_longest_fills_it(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    out = io.StringIO()
    out.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(show.sys, "stdout", out)
    monkeypatch.setenv("COLUMNS", str(width))
    show.bars({"year": [("2020", 3), ("2021", 12)], "tag": [], "venue": [("很长的名字" * 20, 1)]})
    lines = out.getvalue().splitlines()
    assert [line for line in lines if "█" not in line] == ["year", "", "venue"]
    assert max(map(layout.width, lines)) <= width
    three, twelve = (line.count("█") for line in lines[1:3])
    assert width - 14 <= twelve <= width
    assert abs(three * 4 - twelve) <= 2


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
