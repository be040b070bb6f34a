"""Why a title is written as it is: a line for each brace and each escape, and none for what is plain."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli.exporters import bibtex, explain
from litcli.paper import Paper


def lines(title: str, **said: Any) -> list[str]:
    return list(explain.title(Paper(title=title, **said)))


@pytest.mark.parametrize("title", ["", "On the theory of things", "A study: the first part", "1984"])
def test_a_plain_title_needs_no_reason(title: str) -> None:
    assert bibtex.title(Paper(title=title)).text == title
    assert lines(title) == []


@pytest.mark.parametrize(
    ("title", "word", "reason"),
    [
        ("on the use of BERT in parsing", "BERT", "a capital behind the first letter"),
        ("on the iPhone and its users", "iPhone", "a capital behind the first letter"),
        ("on the iPhone, and its users", "iPhone", "a capital behind the first letter"),
        ("on the use of H2 in cars", "H2", "digits"),
        ("a Bayesian view of learning", "Bayesian", "a name"),
        ("on the languages of Xanadu and of other places", "Xanadu", "a capital in a title that otherwise has none"),
        ("programs in C and others", "C", "stands alone"),
    ],
)
def test_each_word_in_braces_has_its_reason(title: str, word: str, reason: str) -> None:
    (line,) = lines(title)
    assert line.startswith(f"{{{word}}} in braces: ")
    assert reason in line


def test_a_formula_is_in_braces_because_of_its_letters() -> None:
    (line,) = lines("sorting in $O(n^2)$ time")
    assert line.startswith("{$O(n^2)$} in braces: ")


def test_a_group_of_the_record_is_said_to_stand_there() -> None:
    (line,) = lines("on {small} things")
    assert "{small}" in line
    assert "in the library" in line


def test_a_group_within_a_formula_is_none_of_the_records() -> None:
    assert not any("in the library" in line for line in lines(r"on $\mathbb{R}$ and more"))


def test_a_group_that_begins_with_a_command_tells_of_both_pairs_of_braces() -> None:
    first, second = lines(r"on {\emph{Small} things} and more")
    assert first.startswith(r"{\emph{Small} things} in braces: ")
    assert second.startswith(r"{{\emph{Small} things}} in braces: ")


def test_a_title_in_another_language_is_one_group() -> None:
    found = lines("Die Größe von BERT", fields={"langid": "german"})
    assert "another language" in found[0]
    assert not any("BERT" in line for line in found)


@pytest.mark.parametrize(
    ("title", "char", "latex"),
    [
        ("cats & dogs", "&", r"\&"),
        ("50% better", "%", r"\%"),
        ("snakes_in_the_air", "_", r"\_"),
        ("for 5 US$", "$", r"\$"),
        ("the size of müsli", "ü", r"{\"u}"),
        ("the α and the rest", "α", r"{$\alpha$}"),
        ("pages 1–2", "–", "--"),
        ('what "is" this', '"', "`` or ''"),
        ("an open { brace", "{", r"\textbraceleft{}"),
    ],
)
def test_each_escape_has_its_reason(title: str, char: str, latex: str) -> None:
    found = [line for line in lines(title) if line.startswith(f"{char} as ")]
    assert len(found) == 1
    assert latex in found[0]


@pytest.mark.parametrize(
    ("char", "is_letter"), [("é", True), ("ø", True), ("–", False), ("α", False), ("Ｆ", False), ("大", False)]
)
def test_only_what_is_a_group_is_said_to_be_one_letter_to_bibtex(char: str, is_letter: bool) -> None:
    assert [("one letter" in line) for line in lines(f"the {char} and the rest") if " as " in line] == [is_letter]


@pytest.mark.parametrize("title", [r"cats \& dogs", r"the \emph{cat} and more", r"for 5\% of it"])
def test_the_backslash_of_a_command_is_no_character(title: str) -> None:
    assert not any("textbackslash" in line for line in lines(title))


def test_an_escaped_brace_is_no_group() -> None:
    assert not any("in the library" in line for line in lines(r"on \{a, b\} and more"))


def test_a_character_is_told_once() -> None:
    assert len(lines("a & b & c & d")) == 1


def test_what_stands_in_a_formula_needs_no_escape() -> None:
    assert not any(line.startswith(("_ as", "^ as", "$ as")) for line in lines("on $x_1^2$ and more"))


def test_a_braced_title_that_does_not_balance_is_no_crash() -> None:
    assert isinstance(lines("a { b } } c"), list)


@given(st.text(alphabet="aB {}$\\&é-1:_", max_size=15))
def test_every_line_is_of_a_brace_or_an_escape(title: str) -> None:
    assert all(re.search(" in braces: | as | round all ", line) for line in lines(title))


@given(
    st.lists(st.sampled_from("on the BERT iPhone a $x_A$ {DNA} & C++ Müller GPT-3 of things".split()), max_size=6).map(
        " ".join
    )
)
def test_a_title_with_reasons_is_not_written_as_it_stands_and_one_without_is(title: str) -> None:
    kept = re.sub(r"\{[^{}]*\}", "", title)  # a group of the record's own is told, and written as it stands
    assert bool(lines(kept)) == (bibtex.title(Paper(title=kept)).text != kept)
