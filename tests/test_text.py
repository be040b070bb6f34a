"""Text: cleaned of a page's markup, folded for comparison, cut into words."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli import text

# --- squeeze ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given_text",
    [
        "one two",
        "  one two  ",
        "one\ttwo",
        "one\ntwo",
        "one\r\n two",
        "one\u00a0two",
        "one\u202ftwo",
        "one\u3000two",
        "one\ftwo",
        "one\vtwo",
        "one\u2028two",
        "\ufeffone two",
        "one \u200b two",
        "one \x00 two",
        "one\x85two",
    ],
    ids=ascii,
)
def test_every_run_of_white_space_is_one_blank(given_text: str) -> None:
    assert text.squeeze(given_text) == "one two"


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x1b", "\x7f"], ids=ascii)
def test_control_characters_go(control: str) -> None:
    assert text.squeeze(f"mo{control}del") == "model"


@given(st.text())
def test_squeezed_text_is_left_as_it_is(given_text: str) -> None:
    once = text.squeeze(given_text)
    assert text.squeeze(once) == once


# --- clean ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("Q&amp;A", "Q&A"),
        ("p &lt; 0.05", "p < 0.05"),
        ("M&uuml;ller", "Müller"),
        ("na&#239;ve", "naïve"),
        ("na&#xEF;ve", "naïve"),
        ("AT&T", "AT&T"),
        ("R&D", "R&D"),
        ("one&nbsp;two", "one two"),
    ],
)
def test_entities_are_resolved(printed: str, said: str) -> None:
    assert text.clean(printed) == said


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("<scp>BERT</scp> for parsing", "BERT for parsing"),
        ("<i>In vivo</i> and <b>bold</b>", "In vivo and bold"),
        ('<span class="x">word</span>', "word"),
        ("<jats:italic>E. coli</jats:italic>", "E. coli"),
        ("<mml:mi>x</mml:mi>", "x"),
        ("<SCP>BERT</SCP>", "BERT"),
    ],
)
def test_markup_tags_go_and_their_words_stay(printed: str, said: str) -> None:
    assert text.clean(printed) == said


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("10<sup>5</sup> trees", "10⁵ trees"),
        ("10<sup>-9</sup> m", "10⁻⁹ m"),
        ("10<sup>&minus;9</sup> m", "10⁻⁹ m"),
        ("Ca<sup>2+</sup>", "Ca²⁺"),
        ("2<SUP>n</SUP>", "2ⁿ"),
        ("H<sub>2</sub>O", "H₂O"),
        ("x<sub>(1+2)</sub>", "x₍₁₊₂₎"),
        ("m<jats:sup>2</jats:sup>", "m²"),
        ('m<sup class="unit">2</sup>', "m²"),
        ("the 19<sup>th</sup> tree", "the 19th tree"),
        ("the 2<sup>nd</sup> tree", "the 2nd tree"),
        ("x<sub>n</sub>", "xn"),
        ("10<sup>5</sub>", "105"),
        ("AT<sup>&amp;</sup>T", "AT&T"),
        ("a<sup>&amp;lt;</sup>", "a&lt;"),
    ],
)
def test_digits_and_signs_that_are_raised_or_lowered_stay_so(printed: str, said: str) -> None:
    assert text.clean(printed) == said


@pytest.mark.parametrize("kept", ["a < b and c > d", "x<y", "<unk> tokens", "the <s> and </s> marks", "List<String>"])
def test_angle_brackets_that_are_no_markup_stay(kept: str) -> None:
    assert text.clean(kept) == kept


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        (r"the end.\nThe start", "the end. The start"),
        (r"the end.\n The start", "the end. The start"),
        (r"the end. \n\n The start", "the end. The start"),
        (r"first line\nsecond line", "first line second line"),
        (r"items:\n- one\n- two", "items: - one - two"),
        (r"in 2020\n2021 saw", "in 2020 2021 saw"),
        (r"ends here\n", "ends here"),
    ],
)
def test_a_backslash_n_that_was_left_in_the_text_is_a_blank(printed: str, said: str) -> None:
    assert text.clean(printed) == said


@pytest.mark.parametrize(
    "kept",
    [
        r"the $\nu$ of the distribution",
        r"$\nu_e$ and $\nu_\mu$",
        r"a \nu b",
        r"$\nabla f$ and $\nabla_x f$",
        r"$\alpha\nu$ decays",
        r"$\pi\nabla f$",
        r"$x \neq y$",
        r"$x\neq y$",
        r"$x\ne y$",
        r"$\neg p$",
        r"$p\neg q$",
        r"$\not\in$",
        r"$x\notin S$",
        r"$x \ni y$",
        r"\noindent Some text",
        r"\newline here",
        r"$A\nsubseteq B$",
        r"\normalsize text",
        r"$\norm{x}$",
        r"$a\nless b$",
        r"$p \nRightarrow q$",
        r"$\sum\nolimits_i x_i$",
    ],
)
def test_a_latex_command_that_begins_with_n_stays(kept: str) -> None:
    assert text.clean(kept) == kept


def test_cleaned_text_is_composed() -> None:
    assert text.clean("Mu\u0308ller") == "M\u00fcller"


def test_cleaned_text_is_one_line() -> None:
    assert text.clean(" one\u00a0\u00a0two\n three ") == "one two three"


@given(st.text())
def test_cleaned_text_is_nfc(given_text: str) -> None:
    assert unicodedata.is_normalized("NFC", text.clean(given_text))


MARKS = "\u0301\u0323"
"""An acute, and a dot below it, which normal forms put first."""


@given(st.text(alphabet=f"aé漢…{MARKS}", max_size=30))
def test_a_text_with_few_marks_is_in_the_normal_form_of_unicode(given_text: str) -> None:
    assert text.normalized("NFKD", given_text) == unicodedata.normalize("NFKD", given_text)


@given(st.integers(0, 90))
def test_marks_without_end_all_stay_and_are_in_a_normal_form(count: int) -> None:
    found = text.normalized("NFD", "a" + MARKS * count)
    assert sorted(found.replace("\u034f", "")) == sorted("a" + MARKS * count)
    assert unicodedata.is_normalized("NFD", found)
    assert text.normalized("NFD", found) == found


@pytest.mark.parametrize(
    "unit", ["<", "<sup>", "<sup ", "<sup>1", "&", "&#", "$", "$a ", "\\", "\\n", " ", "\x00", MARKS]
)
def test_a_long_text_is_cleaned_in_time_in_proportion(unit: str) -> None:
    whole = unit * (250_000 // len(unit))
    start = time.perf_counter()
    text.clean(whole)
    text.title_key(whole)
    assert time.perf_counter() - start < 5


# --- fold -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller", "muller"),
        ("STRASSE", "straße"),
        ("STRASSE", "STRAẞE"),
        ("Øyvind", "oyvind"),
        ("Łukasz", "lukasz"),
        ("Fırat", "FIRAT"),
        ("İstanbul", "istanbul"),
        ("Æsir", "aesir"),
        ("Œuvre", "oeuvre"),
        ("Đorđe", "dorde"),
        ("Þór", "thor"),
        ("ﬁne", "fine"),
        ("ＢＥＲＴ２", "bert2"),
        ("Ａ－Ｂ", "a-b"),
        ("few‐shot", "few-shot"),
        ("few‑shot", "few-shot"),
        ("few–shot", "few-shot"),
        ("few−shot", "few-shot"),
        ("don’t", "don't"),
        ("“so”", '"so"'),
        ("«so»", '"so"'),
        ("co\u00adoperate", "cooperate"),
        ("zero\u200bwidth", "zerowidth"),
        ("e\u0301t\u00e9", "ete"),
        ("Nguyễn", "nguyen"),
        ("ΣΊΣΥΦΟΣ", "σισυφος"),
    ],
)
def test_texts_that_differ_in_spelling_only_fold_to_the_same(one: str, other: str) -> None:
    assert text.fold(one) == text.fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("o", "a"),
        ("がく", "かく"),
        ("パン", "ハン"),
        ("한국", "하국"),
        ("few-shot", "few shot"),
        ("C++", "C"),
        ("Qwen2", "Qwen2.5"),
    ],
)
def test_different_words_fold_to_different_texts(one: str, other: str) -> None:
    assert text.fold(one) != text.fold(other)


@pytest.mark.parametrize("same", ["深度学习", "한국어", "データ", "привет", "λογος"])
def test_other_scripts_stay_in_an_ascii_fold(same: str) -> None:
    assert text.ascii_fold(same) == same


def test_an_ascii_fold_keeps_case() -> None:
    assert text.ascii_fold("Ångström ẞ") == "Angstrom SS"


@given(st.text())
def test_folded_text_is_left_as_it_is(given_text: str) -> None:
    once = text.fold(given_text)
    assert text.fold(once) == once


@given(st.text(alphabet=st.characters(max_codepoint=0x17F, categories=("Lu", "Ll"), exclude_characters="µĿŀ")))
def test_the_latin_letters_of_europe_fold_to_ascii(given_text: str) -> None:
    assert text.fold(given_text).isascii()


# --- tokens -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_text", "words"),
    [
        ("State-of-the-Art, 2nd ed.", ["state", "of", "the", "art", "2nd", "ed"]),
        ("GPT-4o", ["gpt", "4o"]),
        ("snake_case", ["snake", "case"]),
        ("Müller's", ["muller", "s"]),
        ("深度 学习", ["深度", "学习"]),
        ("…", []),
        ("", []),
    ],
)
def test_tokens_are_runs_of_letters_and_digits(given_text: str, words: list[str]) -> None:
    assert text.tokens(given_text) == words


@pytest.mark.parametrize("given_text", ["大模型", "LLM 综述", "かな", "カナ", "한국어", "ภาษาไทย", "𠀀"])
def test_scripts_without_blanks_are_recognised(given_text: str) -> None:
    assert text.has_cjk(given_text)


@pytest.mark.parametrize("given_text", ["", "plain", "Müller", "Привет", "λόγος", "“quotes” – dashes…", "عربي"])
def test_scripts_with_blanks_are_not_taken_for_them(given_text: str) -> None:
    assert not text.has_cjk(given_text)


# --- title keys -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{BERT}: Pre-training of {T}ransformers", "BERT: Pre-Training of Transformers"),
        ("{C++} in Depth", "C++ in depth"),
        ("{C}++ in Depth", "C++ in Depth"),
        (r"{C\#} in Depth", "C# in Depth"),
        ("Sorting in $O(n^2)$ time", "Sorting in O(n^2) time"),
        ("Sorting in {$O(n^2)$} time", "Sorting in $O(n^2)$ time"),
        ("<scp>BERT</scp> rediscovers", "BERT Rediscovers"),
        ("Few‐Shot Learners", "Few-shot learners"),
        ("Few-Shot Learners", "Few Shot Learners"),
        ("Learners.", "Learners"),
        ("What is it?", "What Is It"),
        ("Über Maße", "Uber Masse"),
        (r"\emph{Deep} learning", "Deep learning"),
        ("“So” it goes", '"So" it goes'),
    ],
)
def test_titles_that_differ_in_typing_only_have_the_same_key(one: str, other: str) -> None:
    assert text.title_key(one) == text.title_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Programming in C++", "Programming in C"),
        ("Programming in C#", "Programming in C"),
        ("Programming in C#", "Programming in C++"),
        ("DefSent+", "DefSent"),
        ("Qwen2 Report", "Qwen2.5 Report"),
        ("Part 3.2", "Part 3.3"),
        ("大语言模型综述", "大语言模型评测"),
        ("Fast Parsing", "Fast Parsers"),
    ],
)
def test_different_titles_have_different_keys(one: str, other: str) -> None:
    assert text.title_key(one) != text.title_key(other)


@given(st.text())
def test_braces_do_not_change_a_title_key(given_text: str) -> None:
    title = given_text.replace("{", "").replace("}", "")
    assert text.title_key("{" + title + "}") == text.title_key(title)
