"""Characters: mojibake, HTML, invisible ones and those that LaTeX has no form for."""

from __future__ import annotations

import pytest

from tests.check.articles import ERROR, NOTE, article, findings, mended, only, people, rules


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("MÃ¼ller", "Müller"),
        ("Rubikâ€™s tree", "Rubik’s tree"),
        ("cafÃ©", "café"),
        ("Å½iga", "Žiga"),
        ("10 Âµm", "10 µm"),
        ("wood â€“ tree", "wood – tree"),
        ("ÐœÐ¾Ñ\x81ÐºÐ²Ð°", "Москва"),
        ("æ·±åº¦", "深度"),
        ("grÃ\x83Â¼n", "grün"),  # twice
        ("four-year-oldsâ\x80\x99 use", "four-year-olds’ use"),
    ],
)
def test_utf8_that_was_read_as_windows_1252_is_read_again(read: str, meant: str) -> None:
    found = [f for f in findings(article(venue=read)) if f.rule == "mojibake"]
    assert [(f.severity, f.fixable) for f in found] == [(ERROR, True)]
    assert mended(venue=read).venue == meant


@pytest.mark.parametrize(
    "venue",
    ["SÃO PAULO", "IRMÃ”", "KESÄ–TALVI", "«Liberté\u00a0» et arbres", "ÉCOLE”", "Ångström", "Ä–Ö", "CAFÉ…",
     "50 °C ± 2", "naïve façade", "ESPAÑA", "Größe – Länge", "Đorđe", "Îles"],
)  # fmt: skip
def test_letters_with_accents_are_no_mojibake(venue: str) -> None:
    assert "mojibake" not in rules(venue=venue)


def test_a_lost_character_is_an_error_that_cannot_be_repaired() -> None:
    finding = next(f for f in findings(article(venue="M\ufffdller")) if f.rule == "lost-character")
    assert (finding.severity, finding.fixable) == (ERROR, False)


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("the growth &amp; the tree", "the growth & the tree"),
        ("the <i>growth</i> of trees", "the growth of trees"),
        ("about 10<sup>5</sup> trees", "about 10⁵ trees"),
        ("the h<sub>2</sub>o of trees", "the h₂o of trees"),
        ("about 10<sup>-5</sup> trees", "about 10⁻⁵ trees"),
        ("the 19<sup>th</sup> tree", "the 19th tree"),
        ("tree&#8217;s growth", "tree’s growth"),
        ("the <b>growth</b> of $a<b>c$ &amp; $x &lt; y$", "the growth of $a<b>c$ & $x < y$"),
    ],
)
def test_html_becomes_what_it_says(title: str, plain: str) -> None:
    assert only("html", title=title).fixable
    assert mended(title=title).title == plain


@pytest.mark.parametrize(
    "title", ["trees & woods; more", "trees with x<y and z>w", "q&a; or not", "if $a<b>c$ or $p<a>q$"]
)
def test_signs_that_only_look_like_html_are_no_fault(title: str) -> None:
    assert rules(title=title) == []


def test_html_that_has_no_plain_form_is_told() -> None:
    assert not only("html", title="trees<br/>and woods").fixable


@pytest.mark.parametrize("text", ["tr\x02ees", "tre\u200bes", "tre\u00ades", "\ufefftrees"])
def test_invisible_characters_go(text: str) -> None:
    assert only("invisible-character", venue=text).fixable
    assert mended(venue=text).venue == "trees"


@pytest.mark.parametrize("text", ["the  trees", " the trees", "the\ttrees", "the \u00a0\u00a0trees", "the\ntrees"])
def test_stray_blanks_become_one(text: str) -> None:
    assert only("stray-blanks", venue=text).severity is NOTE
    assert mended(venue=text).venue == "the trees"


def test_a_single_no_break_space_stays() -> None:
    assert rules(venue="the\u00a0trees") == []


def test_the_joiners_of_other_scripts_stay() -> None:
    assert mended(venue="می\u200cخواهم").venue == "می\u200cخواهم"


def test_a_character_without_a_latex_form_is_a_note_that_names_it() -> None:
    finding = only("no-latex-form", authors=people("池"))
    assert finding.severity is NOTE
    assert "池 (U+6C60)" in finding.message


def test_letters_with_a_latex_form_are_no_fault() -> None:
    assert rules(venue="Žurnal für Größe, ångström – “αβ”") == []
