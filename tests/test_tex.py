"""Plain text to LaTeX: the rules character by character; `exporters/test_latex.py` asks LaTeX itself."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from litcli import tex


def latex(text: str) -> str:
    return tex.encode(text).text


def depths(text: str) -> list[int]:
    """How many braces are open at each character, as BibTeX counts: with the escaped ones."""
    found, depth = [], 0
    for char in text:
        depth += (char == "{") - (char == "}")
        found.append(depth)
    return found


def balanced(text: str) -> bool:
    found = depths(text) or [0]
    return min(found) >= 0 and found[-1] == 0


# --- specials ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q&A", r"Q\&A"),
        ("50% better", r"50\% better"),
        ("US$", r"US\$"),
        ("C#", r"C\#"),
        ("snake_case", r"snake\_case"),
        ("~10", r"\textasciitilde{}10"),
        ("2^10", r"2\textasciicircum{}10"),
        ("a\\b", r"a\textbackslash{}b"),
        ("a<b", r"a\textless{}b"),
        ("a>b", r"a\textgreater{}b"),
        ("a|b", r"a\textbar{}b"),
    ],
)
def test_a_special_is_escaped(text: str, expected: str) -> None:
    assert latex(text) == expected


@pytest.mark.parametrize("text", [r"AT\&T", r"5\% off", r"US\$5", r"C\#", r"snake\_case"])
def test_what_is_escaped_already_is_not_escaped_again(text: str) -> None:
    assert latex(text) == text


def test_a_backslash_that_is_no_escape_is_printed() -> None:
    assert latex(r"a\\& b") == r"a\textbackslash{}\textbackslash{}\& b"


@pytest.mark.parametrize("text", ["plain words, and (more): a/b; c=d + e* @f [g]! why?", "1-2", "it's"])
def test_what_latex_prints_as_it_stands_is_left_alone(text: str) -> None:
    assert latex(text) == text


def test_straight_quotes_open_and_close() -> None:
    assert latex('"a" ("b") c"d') == "``a'' (``b'') c''d"


def test_straight_quotes_in_groups_open_and_close_as_they_would_without() -> None:
    assert latex('the {"}a{"} and {"b"}') == "the {``}a{''} and {``b''}"


@pytest.mark.parametrize("command", ["emph", "textbf"])
def test_a_command_of_which_no_argument_follows_is_text(command: str) -> None:
    assert latex(rf"\{command} {{a}} and \{command}@") == (
        rf"\textbackslash{{}}{command} {{a}} and \textbackslash{{}}{command}@"
    )


# --- in UTF-8 ---------------------------------------------------------------------------------------------


def utf8(text: str) -> str:
    return tex.encode(text, utf8=True).text


@pytest.mark.parametrize("write", [latex, utf8])
def test_an_address_that_no_argument_could_hold_stands_escaped_in_a_command_of_its_own(
    write: Callable[[str], str],
) -> None:
    assert write(r"see \url{https://x.y/a_b%20c#d}") == r"see \liturl{https://x.y/a_b\%20c\#d}"


@pytest.mark.parametrize("write", [latex, utf8])
def test_any_other_address_stands_in_url(write: Callable[[str], str]) -> None:
    assert write(r"see \url{https://x.y/a_b?c&d~e}") == r"see \url{https://x.y/a_b?c&d~e}"


def test_a_dollar_in_an_address_begins_no_formula_of_a_preamble() -> None:
    assert tex.preamble("url = {x.y/$a},\nnote = {\\textmu{}m {$\\mu$}},\n") == ""


def test_pdflatex_is_told_of_a_letter_that_it_may_not_know() -> None:
    assert r"\litutf{ễ}{1EC5}{" in tex.preamble("Nguyễn")


@pytest.mark.parametrize("text", ["Müller, Dąbrowska – “x”", "汉字", "Мир", r"{\~{\^e}}"])
def test_pdflatex_is_told_of_no_other(text: str) -> None:
    assert tex.preamble(text) == ""


@pytest.mark.parametrize("command", ["emph", "textbf", "textit", "textsc", "texttt", "mbox", "textsuperscript"])
def test_a_known_command_with_an_argument_is_kept(command: str) -> None:
    assert latex(rf"the \{command}{{a & b}} one") == rf"the \{command}{{a \& b}} one"


@pytest.mark.parametrize("command", ["foo", "emphatic", "input", "write18"])
def test_any_other_command_is_text(command: str) -> None:
    assert latex(rf"\{command}{{a}}") == rf"\textbackslash{{}}{command}{{a}}"


# --- braces -----------------------------------------------------------------------------------------------


def test_a_group_is_kept_as_protection() -> None:
    assert latex("the {DNA} of {{X}}") == "the {DNA} of {{X}}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a { b", r"a \textbraceleft{} b"),
        ("a } b", r"a \textbraceright{} b"),
        ("a } { b", r"a \textbraceright{} \textbraceleft{} b"),
    ],
)
def test_an_unbalanced_brace_is_printed(text: str, expected: str) -> None:
    assert latex(text) == expected


def test_every_brace_of_a_text_without_protection_is_printed() -> None:
    assert tex.encode("{a}", braces=False).text == r"\textbraceleft{}a\textbraceright{}"


# --- math -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("math", ["$O(n^2)$", "$x_1$", r"$\alpha$", r"$n \log n$", r"$50\%$", "$a < b$", "$x_{i,j}^2$"])
def test_math_is_kept_in_braces_of_its_own(math: str) -> None:
    assert latex(f"in {math} & so") == rf"in {{{math}}} \& so"


@pytest.mark.parametrize("text", ["$", "US$ only", "$5 to $10", "from $5 up", "a $ b $ c", "$ x$"])
def test_a_price_is_no_math(text: str) -> None:
    assert latex(text) == text.replace("$", r"\$")


@pytest.mark.parametrize("text", ["$a{b$", "$a}b$", "$}{$", r"$\{}$", r"${\}$"])
def test_math_with_unbalanced_braces_is_text(text: str) -> None:
    assert latex(text).startswith(r"\$")
    assert balanced(latex(text))


@pytest.mark.parametrize(
    ("math", "expected"),
    [("$5%$", r"{$5\%$}"), ("$a & b$", r"{$a \& b$}"), ("$x#1$", r"{$x\#1$}"), (r"$5\%$", r"{$5\%$}")],
)
def test_a_special_that_no_math_can_hold_is_escaped_in_it(math: str, expected: str) -> None:
    # A raw percent sign would hide the closing dollar from TeX.
    assert latex(math) == expected


@pytest.mark.parametrize(
    ("math", "expected"),
    [
        ("$α$", r"{$\alpha$}"),
        ("$a×b$", r"{$a\times b$}"),
        ("$a ≤ b$", r"{$a \leq b$}"),
        ("$J/ψ$", r"{$J/\psi$}"),
        (r"$γγ \to x$", r"{$\gamma\gamma \to x$}"),
    ],
)
def test_a_symbol_in_math_is_its_command_and_a_blank_ends_it_before_a_letter(math: str, expected: str) -> None:
    assert latex(math) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("清同治四年（1865）", r"{\litchar{FF08}}1865{\litchar{FF09}}"),
        ("Beyond（1865）", "Beyond(1865)"),
    ],
)
def test_wide_punctuation_stays_beside_chinese_and_is_ascii_elsewhere(text: str, expected: str) -> None:
    assert latex(text).endswith(expected)


@given(st.text(alphabet="$ab{}\\ 1_^", max_size=30))
def test_segments_put_together_are_the_text(text: str) -> None:
    assert "".join(part for _, part in tex.segments(text)) == text


# --- letters with accents ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("letter", "expected"),
    [
        ("é", r"{\'e}"), ("è", r"{\`e}"), ("ê", r"{\^e}"), ("ü", r'{\"u}'), ("ñ", r"{\~n}"), ("ō", r"{\=o}"),
        ("ż", r"{\.z}"), ("š", r"{\v{s}}"), ("ğ", r"{\u{g}}"), ("ő", r"{\H{o}}"), ("ů", r"{\r{u}}"),
        ("ç", r"{\c{c}}"), ("ạ", r"{\d{a}}"), ("ḇ", r"{\b{b}}"), ("ı", r"{\i}"), ("ł", r"{\l}"), ("Ł", r"{\L}"),
        ("ø", r"{\o}"), ("Ø", r"{\O}"), ("æ", r"{\ae}"), ("œ", r"{\oe}"), ("å", r"{\aa}"), ("Å", r"{\AA}"),
        ("ß", r"{\ss}"),
    ],
)  # fmt: skip
def test_a_letter_with_an_accent_is_one_group(letter: str, expected: str) -> None:
    assert latex(letter) == expected


@pytest.mark.parametrize(("letter", "accent"), [("í", "'"), ("ì", "`"), ("î", "^"), ("ï", '"'), ("ĩ", "~")])
def test_an_accent_over_an_i_takes_its_dot_away(letter: str, accent: str) -> None:
    assert latex(letter) in (rf"{{\{accent}\i}}", rf"{{\{accent}{{\i}}}}")


def test_a_dot_below_an_i_leaves_the_dot_above() -> None:
    assert latex("ị") == r"{\d{i}}"


@pytest.mark.parametrize(("letter", "accents"), [("ế", "'^"), ("ẫ", "~^"), ("ộ", "d^"), ("ǖ", '="'), ("ṩ", "d.")])
def test_both_accents_of_a_letter_are_written(letter: str, accents: str) -> None:
    text = latex(letter)
    assert balanced(text)
    assert re.fullmatch(r"\{\\.+\}", text)
    assert all(f"\\{accent}" in text for accent in accents)


@pytest.mark.parametrize("text", ["Müller", "Ångström", "Žilka", "Nguyễn", "Çelik", "ộ", "naïve"])
def test_composed_and_decomposed_letters_are_written_alike(text: str) -> None:
    assert latex(unicodedata.normalize("NFD", text)) == latex(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(("text", "accent"), [("x\u0302", "^"), ("p\u0304", "="), ("q\u0303", "~"), ("q\u030c", "v")])
def test_an_accent_on_a_letter_that_has_none_in_unicode_is_kept(text: str, accent: str) -> None:
    assert latex(text) in (f"{{\\{accent}{text[0]}}}", f"{{\\{accent}{{{text[0]}}}}}")


@pytest.mark.parametrize("mark", ["\u0302", "\u0315", "\u20d7"])
def test_no_mark_goes_without_a_word(mark: str) -> None:
    encoded = tex.encode(f"1{mark}")
    assert encoded.text != "1"


ALPHABETS = {
    "Croatian": "čćđšž", "Czech": "áčďéěíňóřšťúůýž", "French": "àâæçéèêëîïôœùûüÿ", "German": "äöüß",
    "Hungarian": "áéíóöőúüű", "Icelandic": "áðéíóúýþæö", "Latvian": "āčēģīķļņšūž", "Lithuanian": "ąčęėįšųūž",
    "Norwegian": "æøå", "Polish": "ąćęłńóśźż", "Portuguese": "àáâãçéêíóôõú",
    "Romanian": "ăâîșț", "Spanish": "áéíñóúü", "Turkish": "çğıöşü", "Vietnamese": "ăâđêôạếẫộằ",
}  # fmt: skip


@pytest.mark.parametrize("letters", ALPHABETS.values(), ids=ALPHABETS)
def test_every_letter_of_a_latin_alphabet_has_a_latex_form(letters: str) -> None:
    assert tex.encode(letters).strange == ()
    assert tex.encode(letters.upper().replace("SS", "")).strange == ()


@pytest.mark.parametrize("letter", "đĐ")
def test_a_letter_that_ot1_lacks_is_made_of_what_it_has(letter: str) -> None:
    assert r"\dj" not in latex(letter).lower()


# --- signs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a–b", "a--b"),
        ("a—b", "a---b"),
        ("a‒b", "a--b"),
        ("a\u2010b", "a-b"),
        ("a\u2011b", "a-b"),
        ("wait…", r"wait\dots{}"),
        ("“a”", "``a''"),
        ("‘a’", "`a'"),
        ("a\u00a0b", "a~b"),
        ("a\u200bb", "ab"),
        ("a\ufeffb", "ab"),
        ("a\u200eb", "ab"),
        ("a\u2060b", "ab"),
        ("a\ufe0fb", "ab"),
        ("co\u00adop", r"co\-op"),
        ("ﬁ", "fi"),
        ("（a）", "(a)"),
        ("Ａ１", "A1"),
        ("a\u3000b", "a b"),
        ("α", r"{$\alpha$}"),
        ("Ω", r"{$\Omega$}"),
        ("∞", r"{$\infty$}"),
        ("≤", r"{$\leq$}"),
        ("→", r"{$\rightarrow$}"),
        ("x²", "x{$^2$}"),
        ("H₂O", "H{$_2$}O"),
        ("−1", "{$-$}1"),
        ("×", r"{$\times$}"),
    ],
)
def test_a_sign_has_its_latex_form(text: str, expected: str) -> None:
    assert latex(text) == expected


@pytest.mark.parametrize("quote", ["‘", "“", "`"])
@pytest.mark.parametrize("mark", "?!")
def test_a_mark_and_an_opening_quote_do_not_turn_into_a_spanish_mark(mark: str, quote: str) -> None:
    assert f"{mark}`" not in latex(f"{mark}{quote}x")


def _greek() -> str:
    ranges = [*range(0x0391, 0x03A2), *range(0x03A3, 0x03AA), *range(0x03B1, 0x03CA)]
    return "".join(map(chr, ranges))


def test_in_utf8_a_mark_that_no_letter_has_stays_and_is_told() -> None:
    # Biber makes marks of accents, and pdfLaTeX knows none.
    assert tex.encode("q\u0307", utf8=True) == tex.Encoded("q\u0307", ("\u0307",))


def test_every_letter_of_the_greek_alphabet_has_a_latex_form() -> None:
    # Those that look like Latin letters have no command: TeX's mathematics prints the Latin ones.
    assert tex.encode(_greek()).strange == ()


@pytest.mark.parametrize("char", [*"\x00\x01\x07\x08\x0b\x0c\x1b\x1f\x7f\x85\x9f\u2028\u2029"], ids=ascii)
def test_a_control_character_is_dropped_or_a_blank(char: str) -> None:
    assert latex(f"a{char}b") in ("ab", "a b")


# --- what has no LaTeX form -------------------------------------------------------------------------------


@pytest.mark.parametrize("char", "大Жアق한🤗")
def test_a_character_of_another_script_is_kept_by_its_code_point_and_told(char: str) -> None:
    encoded = tex.encode(f"a {char} b")
    assert encoded.text == f"a {{\\litchar{{{ord(char):X}}}}} b"
    assert encoded.strange == (char,)


def test_a_strange_character_is_told_once() -> None:
    assert tex.encode("大中大").strange == ("大", "中")


def test_plain_text_has_nothing_strange() -> None:
    assert tex.encode("Müller & α").strange == ()


# --- what holds for every text ----------------------------------------------------------------------------


@given(st.text())
@example("{")
@example("$é$")
@example("x\u0302")
def test_the_latex_of_any_text_is_ascii(text: str) -> None:
    assert latex(text).isascii()


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("{}$\\%"))))
def test_the_latex_of_any_text_has_balanced_braces(text: str) -> None:
    assert balanced(latex(text))
    assert balanced(tex.encode(text, braces=False).text)


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("&%#_~^<>|"))).filter(lambda text: "$" not in text))
def test_no_special_of_latex_stands_alone(text: str) -> None:
    """Outside of math, which only our own symbols are here."""
    outside = re.sub(r"\{\$.*?\$\}", "", latex(text))
    assert not re.search(r"(?<!\\)[&%#_<>|$\"]", outside)


@given(st.text(alphabet=st.characters(codec="ascii")).filter(lambda text: not re.search(r"[{}$\\\"]", text)))
def test_the_letters_of_a_text_are_the_letters_of_its_latex(text: str) -> None:
    commands = r"\\text(?:asciitilde|asciicircum|less|greater|bar)\{\}"
    assert re.findall(r"[A-Za-z0-9]", re.sub(commands, "", latex(text))) == re.findall(r"[A-Za-z0-9]", text)


def test_no_command_in_capitals_is_at_the_mercy_of_a_change_of_case() -> None:
    """BibTeX lowers the letters of a title outside braces, those of commands too: `\\S` would become `\\s`."""
    wrong = []
    for char in map(chr, range(0xA0, 0x3000)):
        text = latex(char)
        if any(depths(text)[match.start()] == 0 for match in re.finditer(r"\\[a-z]*[A-Z]", text)):
            wrong.append(char)
    assert wrong == []


def test_every_command_is_ended_before_the_text_goes_on() -> None:
    wrong = []
    for char in map(chr, range(sys.maxunicode + 1)):
        if char.isascii() or unicodedata.category(char) in ("Cs", "Cn", "Co", "Lo", "So"):
            continue
        if re.search(r"\\[A-Za-z]+z$", latex(f"{char}z")):
            wrong.append(char)
    assert wrong == []


# --- addresses and identifiers ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "https://ex.org/a_b?x=1&y=50%25#frag~z",
        "https://en.wikipedia.org/wiki/TeX_(software)",
        "10.1002/(SICI)1097-4571(1999)50:1<1::AID-ASI1>3.0.CO;2-#",
        "https://ex.org/{id}/x^2$|",
        "math.AG/0601001",
    ],
)
def test_an_address_is_left_alone(address: str) -> None:
    assert tex.verbatim(address).text == address


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://ex.org/a b", "https://ex.org/a%20b"),
        ("https://ex.org/a; ftp://ex.org/b, x.y", "https://ex.org/a; ftp://ex.org/b, x.y"),
        ("http://ex.org/a https://doi.org/10.1/b c", "http://ex.org/a https://doi.org/10.1/b%20c"),
        ("https://ex.org/é", "https://ex.org/%C3%A9"),
        ("https://ex.org/大", "https://ex.org/%E5%A4%A7"),
        ("https://ex.org/{a", "https://ex.org/%7Ba"),
        ("https://ex.org/a}", "https://ex.org/a%7D"),
        ("https://ex.org/}{", "https://ex.org/%7D%7B"),
        ("https://ex.org/a\\b\\", "https://ex.org/a%5Cb%5C"),
        ("https://ex.org/\x7f", "https://ex.org/%7F"),
    ],
)
def test_what_no_url_may_hold_is_percent_encoded(address: str, expected: str) -> None:
    assert tex.verbatim(address).text == expected


@given(st.text())
def test_any_address_is_ascii_and_balanced(address: str) -> None:
    text = tex.verbatim(address).text
    assert text.isascii()
    assert balanced(text)
