"""Braces, math and LaTeX that was left in a text."""

from __future__ import annotations

import pytest

from litcli.paper import Person
from tests.check.articles import ERROR, NOTE, WARNING, article, findings, mended, only, people, rules


@pytest.mark.parametrize("title", ["the {set of trees", "the set} of trees", "}{ trees"])
def test_a_brace_without_its_partner_is_an_error(title: str) -> None:
    finding = only("unbalanced-braces", title=title)
    assert (finding.severity, finding.fixable) == (ERROR, False)


def test_a_printed_brace_needs_no_partner() -> None:
    assert "unbalanced-braces" not in rules(title=r"on the sign \{ in trees")


def test_a_dollar_before_math_without_its_partner_is_a_warning() -> None:
    assert "unbalanced-math" in rules(title=r"on $x_i trees")


@pytest.mark.parametrize("title", ["a $5 tree", r"a \$5 tree with x_1", "on $x_i$ trees", "from $5 to $10 for a tree"])
def test_prices_and_whole_formulas_are_no_fault(title: str) -> None:
    assert rules(title=title) == []


@pytest.mark.parametrize(
    ("field", "latex", "plain"),
    [
        ("venue", r"Zeitschrift f{\"u}r B{\"a}ume", "Zeitschrift für Bäume"),
        ("venue", r"Acta \& more", "Acta & more"),
        ("title", "The growth -- a study", "The growth – a study"),
        ("title", "On ``trees'' and woods", "On “trees” and woods"),
        ("title", r"On gro{\ss}e ~10 trees", "On große ~10 trees"),
        ("title", r"Trees via \chi growth", "Trees via χ growth"),
        ("title", r"On {\$}\ell_1{\$} trees", r"On $\ell_1$ trees"),
        ("publisher", r"Presses de l'\'Ecole", "Presses de l'École"),
    ],
)
def test_latex_that_was_left_in_a_text_becomes_plain(field: str, latex: str, plain: str) -> None:
    (finding,) = findings(article(**{field: latex}))
    assert (finding.rule in ("latex-in-text", "escaped-math"), finding.field, finding.fixable) == (True, field, True)
    assert getattr(mended(**{field: latex}), field) == plain


def test_latex_in_a_name_becomes_plain() -> None:
    assert mended(authors=people(r"M{\"u}ller, {\AA}ke")).authors == (Person("Müller", "Åke"),)


def test_latex_in_a_field_that_the_library_has_no_name_for_becomes_plain() -> None:
    assert mended(fields={"note": r"in {\'E}vian"}).fields == {"note": "in Évian"}


def test_what_breaks_in_print_weighs_more_than_what_prints_right() -> None:
    assert only("latex-in-text", title=r"On gro{\ss}e trees").severity is WARNING
    assert only("latex-in-text", title=r"Woods \& trees").severity is NOTE


@pytest.mark.parametrize(
    "title",
    [r"the \emph{growth} of trees", r"the $\alpha$-growth of trees", "trees ~10 m high", "trees in c-- or c++",
     r"a \$5 tree", "the {tree} of $x--y$", "trees, don't they grow", "50% of trees & woods_1 #2"],
)  # fmt: skip
def test_the_signs_of_a_plain_text_are_no_latex(title: str) -> None:
    assert [rule for rule in rules(title=title) if rule != "unprotected-capitals"] == []


@pytest.mark.parametrize("title", [r"\"why?\" asked the tree", r"trees don\'t grow"])
def test_an_escaped_quotation_mark_is_told_and_left(title: str) -> None:
    assert not only("latex-in-text", title=title).fixable
    assert mended(title=title).title == title


def test_a_command_that_latex_does_not_know_is_a_warning() -> None:
    assert only("unknown-command", title=r"the \emdash trees").message == (
        r"LaTeX does not know \emdash: it is printed as text; write what it says"
    )
