"""Titles: capitals, full stops, braces."""

from __future__ import annotations

import pytest

from tests.check.articles import NOTE, WARNING, article, findings, mended, only, rules


@pytest.mark.parametrize(
    "title", ["ATTENTION IS ALL YOU NEED", "DEEP LEARNING", "{ON THE GROWTH OF TREES}", "BÄUME UND WÄLDER"]
)
def test_a_title_in_capitals_is_a_warning_without_a_repair(title: str) -> None:
    finding = next(f for f in findings(article(title=title)) if f.rule == "all-caps-title")
    assert (finding.severity, finding.fixable) == (WARNING, False)


@pytest.mark.parametrize(
    "title", ["SARS-COV-2 RNA", "BERT", "XLNET", "GPT-4V", "LLM360", "BERT: on the growth of trees", "树的生长"]
)
def test_short_names_alone_are_no_shouting(title: str) -> None:
    assert "all-caps-title" not in rules(title=title)


def test_words_that_styles_would_lower_are_braced() -> None:
    finding = only("unprotected-capitals", title="On BERT and the growth of iPhone users")
    assert (finding.severity, finding.fixable) == (NOTE, True)
    assert "BERT, iPhone" in finding.message
    assert mended(title="On BERT and the growth of iPhone users").title == "On {BERT} and the growth of {iPhone} users"


@pytest.mark.parametrize("title", ["On the {BERT} tree", "Deep Growth of Trees", "$O(N)$ trees"])
def test_words_that_need_no_braces_are_left_alone(title: str) -> None:
    assert rules(title=title) == []


def test_a_title_in_another_language_keeps_its_capitals_by_that() -> None:
    assert rules(title="Über das Wachstum der Bäume", fields={"langid": "german"}) == []


@pytest.mark.parametrize("title", ["On the growth of trees.", "Trees (part 2)."])
def test_a_full_stop_behind_a_title_goes(title: str) -> None:
    assert only("trailing-period", title=title).severity is NOTE
    assert mended(title=title).title == title[:-1]


@pytest.mark.parametrize(
    "title", ["Trees, woods, etc.", "Trees and so on...", "Trees in the u.s.a.", "Sons of trees ltd."]
)
def test_the_full_stop_of_a_short_form_stays(title: str) -> None:
    assert rules(title=title) == []


def test_a_title_that_is_the_venue_is_a_warning() -> None:
    assert only("title-is-venue", title="Acta arborum").severity is WARNING


@pytest.mark.parametrize(("title", "fault"), [
    ("{On the growth of trees}", True),
    ("{On} the growth of {trees}", False),
    ("{DeepSpeed}", False),
    ("{Wachstum und Wald}", False),
])  # fmt: skip
def test_an_english_title_in_braces_as_a_whole_is_a_warning(title: str, fault: bool) -> None:
    assert rules(title=title) == (["braced-title"] if fault else [])
