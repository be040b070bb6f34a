"""LaTeX to plain text, rule by rule; and back through `tex`, which must print what was read."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from litcli import detex, tex
from tests.growth import grows_in_proportion

# --- accents ----------------------------------------------------------------------------------------------

ACCENTED = [
    (r"\`", "a", "à"),
    (r"\'", "e", "é"),
    (r"\^", "o", "ô"),
    (r"\~", "n", "ñ"),
    (r"\"", "u", "ü"),
    (r"\=", "a", "ā"),
    (r"\.", "z", "ż"),
    (r"\u", "g", "ğ"),
    (r"\v", "s", "š"),
    (r"\H", "o", "ő"),
    (r"\c", "c", "ç"),
    (r"\k", "a", "ą"),
    (r"\d", "s", "ṣ"),
    (r"\b", "d", "ḏ"),
    (r"\r", "u", "ů"),
    (r"\textcommabelow", "s", "ș"),
]
"""The accents of LaTeX (ltoutenc), each with a letter that Unicode has whole."""


@pytest.mark.parametrize(("accent", "letter", "expected"), ACCENTED)
@pytest.mark.parametrize("form", ["{A{L}}", "{A {L}}", "A{L}", "A {L}", "{A{{L}}}"])
def test_an_accent_in_any_form_makes_one_letter(form: str, accent: str, letter: str, expected: str) -> None:
    latex = form.replace("A", accent).replace("L", letter)
    assert detex.decode(f"x{latex}y") == f"x{expected}y"


@pytest.mark.parametrize(("accent", "letter", "expected"), ACCENTED)
def test_an_accent_takes_the_next_letter_without_braces(accent: str, letter: str, expected: str) -> None:
    blank = " " if accent[-1].isalpha() else ""
    assert detex.decode(f"x{accent}{blank}{letter}y") == f"x{expected}y"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\'{\i}", "í"),
        (r"\'\i", "í"),
        (r"{\'\i}", "í"),
        (r"{\'{\i}}", "í"),
        (r"\'i", "í"),
        (r"na{\"\i}ve", "naïve"),
        (r"na\"{\i}ve", "naïve"),
        (r"\v{\j}", "ǰ"),
        (r"\u\i", "ĭ"),
    ],
)
def test_an_accent_over_a_dotless_letter_is_that_over_the_letter(latex: str, expected: str) -> None:
    assert detex.decode(latex) == expected


@pytest.mark.parametrize("latex", [r"\'{\^e}", r"{\'{\^{e}}}", r"\'{\^{e}}", r"{\'{\^e}}"])
def test_two_accents_stand_on_one_letter(latex: str) -> None:
    assert detex.decode(f"Ti{latex}n") == "Tiến"


def test_the_outer_of_two_accents_that_make_no_letter_stands_above_the_inner() -> None:
    assert detex.decode(r"{\'{\`P}}") == "P\u0300\u0301"


def test_an_accent_on_a_letter_that_has_none_in_unicode_is_kept() -> None:
    assert detex.decode(r"{\'q}x") == "q\u0301x"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [(r"\'\ae", "ǽ"), (r"{\'{\ae}}", "ǽ"), (r"\'{\AE}", "Ǽ"), (r"{\'\o}", "ǿ"), (r"\'{\aa}", "ǻ")],
)
def test_an_accent_on_a_special_letter_makes_one_letter(latex: str, expected: str) -> None:
    assert detex.decode(latex) == expected


@pytest.mark.parametrize(("latex", "sign"), [(r"\~{}", "~"), (r"\^{}", "^"), (r"\`{}", "`"), (r"\'{}", "'")])
def test_an_accent_over_nothing_is_its_sign(latex: str, sign: str) -> None:
    assert detex.decode(f"a{latex}b") == f"a{sign}b"


def test_letters_are_composed() -> None:
    assert detex.decode("Mu\u0308ller") == "Müller"
    assert unicodedata.is_normalized("NFC", detex.decode(r"{\c{\'c}} e\u0301 \d{\^o}"))


# --- letters and signs ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"Stra{\ss}e", "Straße"),
        (r"Stra\ss{}e", "Straße"),
        (r"Stra\ss e", "Straße"),
        (r"{\O}rsted", "Ørsted"),
        (r"\O rsted", "Ørsted"),
        (r"\L{}\'od\'z", "Łódź"),
        (r"{\L}{\'o}d{\'z}", "Łódź"),
        (r"{\AA}ngstr{\"o}m", "Ångström"),
        (r"\aa ngstr\"om", "ångström"),
        (r"{\ae}{\AE}{\oe}{\OE}{\o}{\l}", "æÆœŒøł"),
        (r"{\i}{\j}", "ıȷ"),
        (r"{\dh}{\TH}{\dj}{\NG}", "ðÞđŊ"),
        (r"Ha{\v c}ek", "Haček"),
        (r"{\v{S}}koda", "Škoda"),
    ],
)
def test_a_letter_of_latex_is_a_letter(latex: str, expected: str) -> None:
    assert detex.decode(latex) == expected


@pytest.mark.parametrize("letter", [*tex.LETTERS, *"àéîõüāżğšőçąṣḏůșǽếİıđŋðþẞ"])
@pytest.mark.parametrize("utf8", [False, True])
def test_every_letter_that_export_writes_comes_back(letter: str, utf8: bool) -> None:
    back = detex.decode(tex.encode(f"x{letter}y", utf8=utf8).text)
    # Capital ß has no LaTeX form but two letters.
    assert back == (f"x{letter}y" if utf8 or letter != "ẞ" else "xSSy")


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"AT\&T", "AT&T"),
        (r"50\%", "50%"),
        (r"C\#", "C#"),
        (r"a\_b", "a_b"),
        (r"US\$", "US$"),
        (r"a\textbackslash{}b", r"a\b"),
        (r"a\textasciitilde{}b", "a~b"),
        (r"a\textasciicircum{}b", "a^b"),
        (r"{\textless}i{\textgreater}", "<i>"),
        (r"a\textbar{}b", "a|b"),
        (r"a\textunderscore{}b", "a_b"),
        (r"\S5 \P7 \dag{} \ddag{}", "§5 ¶7 † ‡"),
        (r"\copyright{} \textregistered{} \texttrademark{}", "© ® ™"),
        (r"\pounds{}5 \texteuro{}6", "£5 €6"),
        (r"\dots{} \ldots{} \textellipsis{}", "… … …"),
        (r"25\,kg", "25\u2009kg"),
        (r"Figure~3", "Figure\u00a03"),
        (r"et al.\ 2020", "et al. 2020"),
        (r"Daten\-bank", "Datenbank"),
        (r"shelf\/ful", "shelfful"),
    ],
)
def test_a_sign_of_latex_is_a_sign(latex: str, expected: str) -> None:
    assert detex.decode(latex) == expected


@pytest.mark.parametrize("text", ["AT&T", "50% better", "100%", "C#", "a_b", "x^2", "a@b", "#1 & 2% _"])
def test_a_raw_special_is_text(text: str) -> None:
    assert detex.decode(text) == text


def test_what_stands_behind_a_raw_percent_sign_is_not_lost() -> None:
    assert detex.decode("BERT & Co: 50% better than {GPT}") == "BERT & Co: 50% better than {GPT}"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("1--10", "1–10"),
        ("a---b", "a—b"),
        ("``a'' and `b'", "“a” and ‘b’"),
        ("`it's' and so", "‘it's’ and so"),
        (r"\textquotedblleft{}a\textquotedblright{}", "“a”"),
        (r"O\textquoteright{}Neil", "O’Neil"),
        ("O'Neil", "O'Neil"),
        (r"\glqq a\grqq{} b", "„a“ b"),
        (r"\flqq{}a\frqq{}", "«a»"),
        (r"{\guillemotleft}a{\guillemotright}", "«a»"),
        (r"\enquote{a}", "“a”"),
        ("?`Que? !`Si!", "¿Que? ¡Si!"),
    ],
)
def test_quotes_and_dashes_are_characters(latex: str, expected: str) -> None:
    assert detex.decode(latex) == expected


@pytest.mark.parametrize("latex", [r"\char126", r"\char`\~", r"\char'176", r'\char"7E'])
def test_a_character_by_its_number_is_itself(latex: str) -> None:
    assert detex.decode(f"a{latex} b") == "a~ b"


def test_a_number_that_is_no_character_is_no_crash() -> None:
    assert "9999999999" in detex.decode(r"a\char9999999999 b")


@pytest.mark.parametrize("utf8", [False, True])
@pytest.mark.parametrize("text", ["χρωμάτων ὔπνου", "5 µm", "„Ja“, ‚so‘"])
def test_letters_and_signs_that_look_alike_come_back_as_they_went(text: str, utf8: bool) -> None:
    assert detex.decode(tex.encode(text, utf8=utf8).text) == text


# --- blanks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("blank", ["  ", "\n", "\r\n   ", "\t", "\u3000", "\u2028", "\f\v"])
def test_white_space_is_one_blank(blank: str) -> None:
    assert detex.decode(f" a{blank}b {{C}}{blank}d{blank}") == "a b {C} d"


def test_a_no_break_space_stays_one() -> None:
    assert detex.decode("Figure\u00a03 {X}") == "Figure\u00a03 {X}"


@pytest.mark.parametrize("char", ["\x00", "\x08", "\x7f", "\u0084", "\u200b", "\ufeff", "\u00ad"])
def test_a_character_that_says_nothing_goes(char: str) -> None:
    assert detex.decode(f"a{char}b") == "ab"
    assert detex.decode(f"{{A}}{char}b") == "{A}b"


# --- math -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("math", ["$O(n^2)$", r"$n \log n$", r"$\mathbb{R}^n$", "$x_{i,j}$", "$50\\%$", "$k$"])
@pytest.mark.parametrize("form", ["{}", "{{{}}}", "{{{{{}}}}}"])
def test_math_stays_as_it_is_in_braces_or_not(math: str, form: str) -> None:
    assert detex.decode(f"in {form.format(math)} time") == f"in {math} time"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"$\alpha$", "α"),
        (r"{$\alpha$}", "α"),
        (r"S{\ensuremath{\Phi_x}}t", r"S$\Phi_x$t"),
        (r"0.35 {\(\mathrm{\mu}\)}m", r"0.35 $\mathrm{\mu}$m"),
        (r"\ensuremath{\alpha}", "α"),
        (r"\ensuremath\alpha", "α"),
        (r"{\ensuremath{\beta}}", "β"),
        (r"$\Omega$", "Ω"),
        (r"$\times$", "×"),
        (r"$\rightarrow$", "→"),
        (r"$\infty$", "∞"),
        (r"$\le$", "≤"),
        (r"$^2$", "²"),
        (r"$^{2}$", "²"),
        (r"H$_2$O", "H₂O"),
        (r"H$_{2}$O", "H₂O"),
        (r"$^\circ$C", "°C"),
        (r"$^{\circ}$C", "°C"),
        (r"$\frac{1}{2}$", "½"),
        (r"\(\alpha\)", "α"),
        (r"$ \beta $", "β"),
    ],
)
def test_math_that_is_one_sign_is_that_sign(latex: str, expected: str) -> None:
    assert detex.decode(latex) == expected


def test_other_fences_of_math_are_dollars() -> None:
    assert detex.decode(r"\(x+y\) and \[z\] and $$u$$") == "$x+y$ and $z$ and $u$"


@pytest.mark.parametrize("latex", ["$5 and $10", r"\$5 and \$10", r"from $5 to $10"])
def test_two_prices_are_no_math(latex: str) -> None:
    text = detex.decode(latex)
    assert not any(is_math for is_math, _ in tex.segments(text))
    assert text.replace("\\", "") == latex.replace("\\", "")


@pytest.mark.parametrize("latex", [r"US\$ only", "US$ only", "cost: $"])
def test_a_lone_dollar_needs_no_escape(latex: str) -> None:
    assert detex.decode(latex) == latex.replace("\\", "")


def test_escaped_dollars_do_not_become_math() -> None:
    text = detex.decode(r"\$x\$ and $y$")
    assert [part for is_math, part in tex.segments(text) if is_math] == ["$y$"]


def test_math_before_a_digit_stays_math() -> None:
    assert (True, "$x^2$") in tex.segments(detex.decode("a {$x^2$}3"))


@pytest.mark.parametrize("latex", ["$a{b$", "$a}b$", r"$\emph{$"])
def test_dollars_round_half_a_group_are_text(latex: str) -> None:
    assert not any(is_math for is_math, _ in tex.segments(detex.decode(latex)))


# --- groups -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", ["{DNA}", "{BERT:}", "{A}", "{B}ayes", "{NAACL-HLT} 2019", "{iPhone} and {C++}"])
def test_a_group_that_protects_stays(group: str) -> None:
    assert detex.decode(f"on {group}") == f"on {group}"


@pytest.mark.parametrize("latex", ["{{DNA}}", "{{{DNA}}}", "{{{{{{DNA}}}}}}"])
def test_groups_round_a_group_are_one(latex: str) -> None:
    assert detex.decode(f"the {latex}") == "the {DNA}"


def test_two_groups_in_a_group_are_three() -> None:
    assert detex.decode("{{a}{b}}") == "{{a}{b}}"


@pytest.mark.parametrize("latex", ["{}", "a{}b", "{{}}", r"{\relax}"])
def test_an_empty_group_goes(latex: str) -> None:
    assert "{" not in detex.decode(latex)


@pytest.mark.parametrize("latex", [r"{\'E}cole", r"{\'{E}}cole", r"{\'{{E}}}cole", r"\'{E}cole"])
def test_a_group_that_holds_one_letter_with_its_accent_goes(latex: str) -> None:
    assert detex.decode(latex) == "École"


def test_a_second_group_round_a_letter_protects_it() -> None:
    # BibTeX makes {\'E} small, and leaves {{\'E}} alone.
    assert detex.decode(r"{{\'E}}cole") == "{É}cole"


def test_a_group_of_a_letter_and_more_stays() -> None:
    assert detex.decode(r"{\'Etale} {G{\"o}del}") == "{Étale} {Gödel}"


@pytest.mark.parametrize("sign", [r"\&", r"\$", r"\_", r"\{", r"\textasciitilde"])
def test_a_group_round_an_escaped_sign_goes(sign: str) -> None:
    assert detex.decode(f"a{{{sign}}}b") == detex.decode(f"a{sign}" + ("{}b" if sign[-1].isalpha() else "b"))


@pytest.mark.parametrize(
    ("latex", "expected"), [("Ming{-}Wei", "Ming-Wei"), ("Pre{-}Training", "Pre-Training"), ("a{-}{-}b", "a-{-}b")]
)
def test_a_hyphen_needs_braces_only_beside_a_hyphen(latex: str, expected: str) -> None:
    # DBLP writes all of them so.
    assert detex.decode(latex) == expected


def test_a_printed_brace_stays_escaped() -> None:
    assert detex.decode(r"\{0,1\} and \textbraceleft{}x\textbraceright{}") == r"\{0,1\} and \{x\}"


@pytest.mark.parametrize("latex", ["a { b", "a } b", "}{", "{a", "a}"])
def test_a_stray_brace_is_printed(latex: str) -> None:
    text = detex.decode(latex)
    assert text.count("{") + text.count("}") == text.count(r"\{") + text.count(r"\}")
    assert text.replace("\\", "") == latex


# --- fonts and other commands -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"{\em E. coli} x", r"\emph{E. coli} x"),
        (r"{\it X}", r"\textit{X}"),
        (r"{\bfseries X}", r"\textbf{X}"),
        (r"{\sc Abc}", r"\textsc{Abc}"),
        (r"{\tt x}", r"\texttt{x}"),
        (r"{\rm X} y", "X y"),
        (r"{\small X} y", "X y"),
        (r"{\relax Yu} B.", "Yu B."),
        (r"{\it a {\bf b}}", r"\textit{a \textbf{b}}"),
        (r"{Foo \em bar} baz", r"{Foo \emph{bar}} baz"),
        (r"\em All of it", r"\emph{All of it}"),
    ],
)
def test_a_switch_of_the_font_is_a_command_for_its_group(latex: str, expected: str) -> None:
    assert detex.decode(latex) == expected


@pytest.mark.parametrize("command", ["emph", "textit", "textbf", "textsc", "texttt", "mbox", "textsuperscript"])
def test_a_command_that_export_passes_stays_with_its_argument_read(command: str) -> None:
    assert detex.decode(rf"the \{command} {{a \& {{\"u}}}}") == rf"the \{command}{{a & ü}}"


@pytest.mark.parametrize("command", ["text", "textrm", "textnormal", "hbox", "lowercase"])
def test_a_box_is_what_is_in_it(command: str) -> None:
    assert detex.decode(rf"a \{command}{{b \& c}} d") == "a b & c d"


@pytest.mark.parametrize("latex", [r"\foo{bar}", r"\foo bar", r"\bibinfo{author}{x}", r"a \foo b", r"\foo{x y}{z}"])
def test_an_unknown_command_is_kept(latex: str) -> None:
    assert detex.decode(latex) == latex


def test_the_argument_of_an_unknown_command_is_read_and_keeps_its_braces() -> None:
    assert detex.decode(r"\foo{\"a}{{\'e}}") == r"\foo{ä}{é}"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\TeX{}nical", r"\TeX{}nical"),
        (r"\TeX nical", r"\TeX{}nical"),
        (r"\LaTeX\ book", r"\LaTeX{} book"),
        (r"\LaTeX{} book", r"\LaTeX{} book"),
    ],
)
def test_the_name_of_a_logo_ends_where_it_did(latex: str, expected: str) -> None:
    assert detex.decode(latex) == expected


def test_an_address_stays_as_it_is() -> None:
    assert detex.decode(r"see \url{http://x.y/~a_b%20c?d&e#f}") == r"see \url{http://x.y/~a_b%20c?d&e#f}"


@pytest.mark.parametrize("command", ["url", "path", "nolinkurl"])
def test_an_address_may_stand_between_two_signs(command: str) -> None:
    latex = rf"me: \{command}|a_b%c@x.y|, \{command}!http://x.y/!."
    assert detex.decode(latex) == r"me: \url{a_b%c@x.y}, \url{http://x.y/}."


def test_a_sign_that_does_not_come_again_begins_no_address() -> None:
    assert detex.decode(r"\path|a") == r"\path|a"


def test_a_link_is_its_text_and_its_address() -> None:
    assert detex.decode(r"\href{http://x.y/a_b}{the {\'e}} z") == r"the é (\url{http://x.y/a_b}) z"


@pytest.mark.parametrize(
    "latex", ["a\\", r"\url{", r"\emph{", r"\href{a", r"\'", r"\v", r"\mbox", r"\'{", r"\(", r"\["]
)
def test_a_text_that_breaks_off_is_no_crash(latex: str) -> None:
    assert isinstance(detex.decode(latex), str)


# --- macros -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "preamble",
    [
        r"\newcommand{\gone}[1]{}",
        r"\newcommand\gone[1]{}",
        r"\newcommand*{\gone}[1]{}",
        r"\renewcommand{\gone}[1]{}",
        r"\providecommand{\gone}[1]{}",
        r"\DeclareRobustCommand{\gone}[1]{}",
        r"\def\gone#1{}",
        r"\gdef\gone#1{}",
        r"\long\def\gone#1{}",
        r"text \newcommand {\gone} [1] {} text",
    ],
)
def test_a_command_is_known_by_any_kind_of_definition(preamble: str) -> None:
    assert detex.decode(r"\gone{1973}A", detex.macros(preamble)) == "A"


def test_arguments_stand_where_the_definition_has_them() -> None:
    known = detex.macros(r"\newcommand{\swap}[2]{#2 \& #1}")
    assert detex.decode(r"\swap{a}{{\"o}}, \swap ab", known) == "ö & a, b & a"


def test_a_command_may_use_another() -> None:
    known = detex.macros(r"\def\cpp{C\plus\plus}\def\plus{+}")
    assert detex.decode(r"\cpp{} and \cpp", known).replace("{}", "") == "C++ and C++"


def test_a_definition_may_hold_groups() -> None:
    known = detex.macros(r"\newcommand{\x}{{\v{C}}ech {DNA}}")
    assert detex.decode(r"the \x", known) == "the Čech {DNA}"


def test_the_latest_definition_counts() -> None:
    assert detex.decode(r"\x", detex.macros(r"\def\x{a}\def\x{b}")) == "b"


@pytest.mark.parametrize("latex", [r"{\x}", r"{{\x}}", r"{\y{DNA}}", r"{{\y{DNA}}}"])
def test_groups_that_a_definition_writes_are_one_with_those_round_it(latex: str) -> None:
    assert detex.decode(f"the {latex}", detex.macros(r"\def\x{{DNA}}\def\y#1{{{#1}}}")) == "the {DNA}"


def test_a_command_that_latex_knows_is_not_provided_anew() -> None:
    known = detex.macros(r"\providecommand{\pounds}{\mathrm{pounds}}\providecommand{\fore}{four}")
    assert detex.decode(r"\pounds\fore", known) == "£four"


def test_a_command_that_latex_knows_can_be_defined_anew() -> None:
    assert detex.decode(r"\pounds{}4", detex.macros(r"\renewcommand{\pounds}{GBP}")).startswith("GBP")


@pytest.mark.parametrize(("command", "journal"), [("aj", "AJ"), ("mnras", "MNRAS"), ("aap", "A&A")])
def test_a_journal_of_astronomy_is_known_by_its_command(command: str, journal: str) -> None:
    assert detex.decode(rf"\{command}") == journal


@pytest.mark.parametrize("command", [r"\noopsort{1973a}", r"{\noopsort{1973a}}", r"\SortNoop{x}", r"\noop{3001}"])
def test_what_everybody_defines_needs_no_preamble(command: str) -> None:
    assert detex.decode(f"{command}Foo") == "Foo"


def test_commands_of_our_own_mean_what_they_do_whatever_a_preamble_says() -> None:
    # The export's own preamble is read back with its entries.
    text = "汀 «ð»"
    latex = tex.encode(text).text
    preamble = tex.preamble(latex)
    assert r"\litchar" in preamble
    assert r"\littone" in preamble
    assert detex.decode(latex, detex.macros(preamble)) == text


def test_a_command_that_calls_itself_ends() -> None:
    assert isinstance(detex.decode(r"\x", detex.macros(r"\def\x{a\x}")), str)


def test_commands_that_call_each_other_twice_end_soon() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    known = detex.macros("".join(rf"\def\{one}{{\{two}\{two}}}" for one, two in pairwise(letters)))
    assert len(detex.decode(r"\A", known)) < 1_000_000


# --- text without LaTeX, and what is compared -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no braces", "no braces"),
        ("the {DNA} of {{X}}", "the DNA of X"),
        (r"\emph{E. coli} and \textbf{{X}}", "E. coli and X"),
        (r"\{0,1\}", r"\{0,1\}"),
        (r"in $x_{i}$ {Y}", "in $x_{i}$ Y"),
        (r"\LaTeX{} and {\TeX{}}nical", "LaTeX and TeXnical"),
    ],
)
def test_plain_text_has_no_groups_and_no_fonts(text: str, expected: str) -> None:
    assert detex.plain(text) == expected


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("``a''", "“a”"),
        ("``a''", '"a"'),
        ("a--b", "a–b"),
        ("Figure~1", "Figure 1"),
        (r"M{\"u}ller", "Müller"),
        (r"{\"U}ber {{DNA}}", "Über {DNA}"),
        (r"50\% \& more", "50% & more"),
        (",,a``", "„a“"),
        (r"{$\mathrm{A}$}", "Α"),
        (r"{$\star$}", "★"),
    ],
)
def test_latex_says_a_text_whatever_its_quotes_dashes_and_blanks(latex: str, text: str) -> None:
    assert detex.says(latex, text)


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"M{\"u}ller", "Muller"),
        ("50", "50%"),
        ("", "a"),
        ("BERT", "bert"),
        (r"{$O(n^2)$}", "$O(n^3)$"),
        ("a b", "a. b"),
        (r"$\alpha$", "β"),
    ],
)
def test_latex_does_not_say_another_text(latex: str, text: str) -> None:
    assert not detex.says(latex, text)


# --- any text ---------------------------------------------------------------------------------------------

SIGNS = r"""ab{}$\ '`"-–—~^_&%#<>|?!.,:;éüßøłđðıȷαβνμ∑²“”‘’„«»…中я́̈""" + "\u00a0\u3000（）½°"
PIECES = r"""\emph{ {a} {{A}} $x^2$ \$ \{ \} \\ \& --- '' `` ?` \foo \textsc \" \'e \litchar{41} \mbox{中} $a$b$
    $\alpha$ {\"u} \LaTeX \% ~ {\em \foo{\"a} {$x$} 1 \( \) \v \char \noopsort{""".split()  # fmt: skip
messy = st.one_of(
    st.text(max_size=12),
    st.text(alphabet=SIGNS, max_size=14),
    st.lists(st.sampled_from(PIECES) | st.text(alphabet=SIGNS, max_size=3), max_size=6).map("".join),
)
LATIN_LOOKALIKES = "".join(greek for greek, name in tex.GREEK.items() if name.startswith("mathrm"))


@given(messy)
def test_any_text_is_read(text: str) -> None:
    detex.plain(detex.decode(text, detex.macros(text)))


@pytest.mark.parametrize("utf8", [False, True])
@settings(max_examples=400)
@given(text=messy)
@example(text="„")
@example(text="$²$")
@example(text="$！$")
@example(text="Α0")
@example(text="\u00a05")
@example(text="P\u0300\u0301")
def test_what_export_writes_says_the_text(text: str, utf8: bool) -> None:
    # A backslash that is printed and math right behind it would read as an escaped dollar.
    text = re.sub(rf"\\([{{}}\s]*[${LATIN_LOOKALIKES}])", r"\1", text)
    assert detex.says(tex.encode(text, utf8=utf8).text, text)


@settings(max_examples=300)
@given(text=messy)
def test_what_export_writes_without_protection_says_the_text(text: str) -> None:
    text = re.sub(rf"\\([{{}}\s]*[${LATIN_LOOKALIKES}])", r"\1", text)
    assert detex.says(tex.encode(text, braces=False).text, text)


READABLE = st.lists(
    st.sampled_from(
        r"""a B 1 é ß ø Ł đ α β ∑ ² — – … ½ ° 中 я . : ! ? ( ) + = / {DNA} {{X}} {\"u} \'e {\ss} $x^2$ $O(n)$ {$y_1$}
        \& \% \_ \# & % # _ \emph{x} {\em y} \textsc{\'A} $\alpha$ $\times$ \$ \{ \} \dots \LaTeX{} \foo{x} ~ \,
        \v{s} \c{c} {\relax Yu} --- -- \url{http://x/_} \textless{} \mbox{GPT-3} \aa{}""".split()
    )
    | st.just(" "),
    max_size=8,
).map("".join)


@pytest.mark.parametrize("utf8", [False, True])
@settings(max_examples=300)
@given(latex=READABLE)
def test_what_was_read_once_is_read_the_same_from_an_export(latex: str, utf8: bool) -> None:
    text = detex.decode(latex)
    assert detex.decode(tex.encode(text, utf8=utf8).text) == text


SHORT = st.text(alphabet="abé\u0301 \n-'{}?!,A1").map(lambda text: text.replace("{}", "{A}"))


@settings(max_examples=300)
@given(latex=SHORT)
@example(latex="a--b---c----d")
@example(latex="''' '' ?`")
@example(latex="{-}{--}{''}{ a}")
def test_what_needs_no_reader_is_read_as_a_reader_does(latex: str) -> None:
    with patch.object(detex, "_is_plain", lambda _: False):
        read = detex.decode(latex)
    assert detex.decode(latex) == read


# --- time -------------------------------------------------------------------------------------------------

BOMBS = [
    "{",
    "}",
    r"\'",
    "$",
    "$$",
    r"\(",
    r"\{",
    r"\'{",
    "{$",
    "$x",
    r"\emph{",
    r"\mbox{",
    r"{\em ",
    "`",
    "-",
    r"\v",
    "a{b}",
    "\u0301\u0323",
    r"\url|",
]


@pytest.mark.parametrize("unit", BOMBS)
def test_time_grows_with_the_length_alone(unit: str) -> None:
    assert grows_in_proportion(detex.decode, unit * (100_000 // len(unit)))


@pytest.mark.parametrize(
    ("opens", "closes"), [("{", "}"), (r"\emph{", "}"), (r"{\em ", "}"), (r"\'{", "}"), (r"\mbox{$", "$}")]
)
def test_groups_in_groups_without_end_are_read(opens: str, closes: str) -> None:
    assert "x" in detex.decode(opens * 20_000 + "x" + closes * 20_000)
