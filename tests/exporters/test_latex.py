"""What BibTeX, pdfLaTeX and Biber make of an export: the printed reference list says what the records say.

Each document is compiled once, and all tests look at it.
"""

from __future__ import annotations

import functools
import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bibtexparser.splitter import Splitter

from litcli.exporters import bibtex
from litcli.exporters.options import Options
from litcli.library import store
from litcli.paper import Entry, Paper, Person
from tests.conftest import needs
from tests.exporters.printing import (
    T1,
    Printed,
    alike,
    assert_prints,
    bare,
    beyond_empty_fields,
    bibliography,
    classic,
    judged,
    lost_capitals,
    run,
    shape,
    typeset,
    unescaped,
)

BUILDS = {
    **{style: classic(style) for style in ("plain", "alpha", "abbrv", "unsrt")},
    "plain in T1": classic("plain", T1),
}
"""The styles that every LaTeX has, in OT1, the encoding of a document that names none, and one in T1."""


# --- the examples: 216 entries ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def entries(seeded: Path) -> Mapping[str, Entry]:
    return store.read(seeded).entries


@pytest.fixture(scope="module")
def seeds(entries: Mapping[str, Entry], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Printed]:
    folder = tmp_path_factory.mktemp("seeds")
    bib = bibtex.write(list(entries.values()), Options()).text
    strangers = [key for key, entry in entries.items() if not "".join(map(str, entry.paper.authors)).isascii()]
    return functools.cache(lambda build: bibliography(folder / build.replace(" ", "-"), bib, BUILDS[build], strangers))


@judged
@pytest.mark.parametrize("build", BUILDS)
class TestSeeds:
    def test_bibtex_misses_nothing_but_fields_that_the_pages_do_not_say(
        self, seeds: Callable[[str], Printed], build: str
    ) -> None:
        assert beyond_empty_fields(seeds(build).complaints) == []

    def test_the_bbl_is_ascii(self, seeds: Callable[[str], Printed], build: str) -> None:
        assert seeds(build).bbl.isascii()

    def test_every_entry_is_in_the_bbl(
        self, seeds: Callable[[str], Printed], build: str, entries: Mapping[str, Entry]
    ) -> None:
        assert seeds(build).bbl.count(b"\\bibitem") == len(entries) == 216

    def test_latex_has_no_errors_undefined_citations_or_missing_characters(
        self, seeds: Callable[[str], Printed], build: str
    ) -> None:
        assert seeds(build).errors == ()

    def test_every_title_is_printed(
        self, seeds: Callable[[str], Printed], build: str, entries: Mapping[str, Entry]
    ) -> None:
        text = seeds(build).text
        folded = {same: same(text).casefold() for same in (shape, bare)}
        titles = [entry.paper.title for entry in entries.values()]
        assert [title for title in titles if alike(title)(title).casefold() not in folded[alike(title)]] == []


@judged
@pytest.mark.parametrize("build", ["plain", "unsrt", "plain in T1"])
class TestSeedsByEntry:
    def test_words_with_inner_capitals_keep_them(
        self, seeds: Callable[[str], Printed], build: str, entries: Mapping[str, Entry]
    ) -> None:
        printed = seeds(build).references
        lost = {key: lost_capitals(printed[key], entry.paper.title) for key, entry in entries.items()}
        assert {key: words for key, words in lost.items() if words} == {}

    def test_every_author_is_printed(
        self, seeds: Callable[[str], Printed], build: str, entries: Mapping[str, Entry]
    ) -> None:
        printed = {key: bare(text) for key, text in seeds(build).references.items()}
        lost = [
            (key, person)
            for key, entry in entries.items()
            for person in entry.paper.authors
            if bare(code_points(person.literal or person.family)) not in printed[key]
        ]
        assert lost == []

    def test_a_list_of_authors_that_was_cut_ends_with_et_al(
        self, seeds: Callable[[str], Printed], build: str, entries: Mapping[str, Entry]
    ) -> None:
        printed = seeds(build).references
        cut = {key for key, entry in entries.items() if entry.paper.et_al and entry.paper.authors}
        found = {
            key
            for key, text in printed.items()
            # One title says "et al." itself.
            if len(re.findall(r"\bet\s+al\.", text)) > entries[key].paper.title.count("et al.")
        }
        assert found == cut

    def test_every_venue_is_printed(
        self, seeds: Callable[[str], Printed], build: str, entries: Mapping[str, Entry]
    ) -> None:
        printed = {key: bare(text) for key, text in seeds(build).references.items()}
        lost = [
            (key, entry.paper.venue)
            for key, entry in entries.items()
            if not entry.paper.arxiv and bare(entry.paper.venue) not in printed[key]
        ]
        assert lost == []


def code_points(text: str) -> str:
    """What pdfLaTeX prints of a text in a script that it has no letters for."""
    return "".join(f"[U+{ord(char):X}]" if "CJK" in unicodedata.name(char, "") else char for char in text)


# --- hostile texts, in every field that is printed ----------------------------------------------------------

# A text, or a text and what is printed of it.
TEXTS: dict[str, str | tuple[str, str]] = {
    "ampersand": "Q&A by Smith & Co",
    "percent": "50% of 100% is 10%5",
    "dollar": "From $5 up",
    "prices": "From $5 for BERT to $10 for GPT",
    "hash": "The C# way to #1",
    "underscore": "On snake_case and __INIT__ alike",
    "tilde": "~10 pages and ~/bin",
    "caret": "2^10 is less than e^x",
    "backslash": "The \\ in C:\\dir and \\foo",
    "angles": "If a < b and b > c then <EOS>",
    "bar": "P(A|B) and |x|",
    "straight-quotes": "He said \"no\" and it's 'yes' and 12\"",
    "typographic-quotes": "“One”, ‘two’, it’s „three“",
    "quotes-behind-marks": "What?‘x’ and what?“BERT” and stop!‘y’",
    "guillemets": "«Oui» et «non»",
    "math": ("Sorting in $O(n \\log n)$ steps", "Sorting in O(n log n) steps"),
    "math-with-underscores": ("From $x_1$ to $X_{ij}$ in $O(n^2)$", "From x1 to Xij in O(n2)"),
    "opening-brace": "The { of BERT alone",
    "closing-brace": "BERT and the } of GPT",
    "crossed-braces": "BERT with } and { here",
    "protected-words": ("The {DNA} of {Big Ben} is {ReLU}", "The DNA of Big Ben is ReLU"),
    "protected-specials": (
        "In {#MeToo LATER} and {&SoOn} and {<EOS> ETC}",
        "In #MeToo LATER and &SoOn and <EOS> ETC",
    ),
    "words-that-start-with-a-special": "The #MeToo and &SoOn and <MASK> and …GPT and %ABC and ~BERT",
    "protected-command": ("{\\emph{BERTology}} in {\\emph{ReLU}}", "BERTology in ReLU"),
    "command-first": ("\\emph{Homo sapiens} and \\textbf{ReLU}", "Homo sapiens and ReLU"),
    "sharps-and-pluses": "C++ and C# and F#",
    "accents": "Größe in München, Ångström, Žilka, Łukasz, Çelik, Şahin, Fırat, Erdős, Dvořák, Œuvre, Ærø",
    "strokes-and-dots": "đ, Đỗ, ı, naïve Zaïre í ì î ĩ ǰ",
    "ogonek": "Wałęsa and Dąbrowska",
    "comma-below": "Mălăești, Ștefan, Țară",
    "decomposed-accents": ("Mu\u0308ller and Z\u030cilka", "Müller and Žilka"),
    "double-accents": "Nguyễn Thế Việt ẫ Ấ ộ ố",
    "accent-on-a-plain-letter": "The x\u0302 of it",
    "greek": "α-helix, β, γ, λ, μ, Γ, Δ, Σ, Ω",
    "dashes": "A – b — c ‐ d ‑ e − f",
    "ellipsis": "Wait… what",
    "no-break-space": "No\u00a0break and thin\u202fspace",
    "zero-width-space": ("zero\u200bwidth and \ufeffmark", "zerowidth and mark"),
    "direction-mark": ("left\u200eright", "leftright"),
    "soft-hyphen": ("co\u00adoperate", "cooperate"),
    "section-and-paragraph": "§ 230 and ¶ 3",
    "mathematical-signs": "± × ÷ ≤ ≥ ≠ ≈ → ∞ ∈ √ °",
    "indices": "H₂O and x² and 10⁻³",
    "money": "€5, £5, ¥5",
    "marks": "© ® ™ † ‡ • ·",
    "widths": "ﬁnal ｆｕｌｌ （wide）",
    "cjk": ("大模型 survey", "[U+5927][U+6A21][U+578B] survey"),
    "cyrillic": ("The word Мир here", "The word [U+41C][U+438][U+440] here"),
    "emoji": ("The 🤗 models", "The [U+1F917] models"),
}

DOE, ROE, MULLER = Person("Doe", "Jane"), Person("Roe", "Richard"), Person("Müller", "Änne")


@dataclass(frozen=True)
class Case:
    """A paper, and its reference as plain.bst prints it."""

    paper: Paper
    prints: str


def case(prints: str, kind: str = "misc", **said: Any) -> Case:
    return Case(Paper(**{"type": kind, "title": "On things", "year": 2020, **said}), prints)


def everywhere(name: str, text: str | tuple[str, str]) -> dict[str, Case]:
    """A text as title, author, journal, proceedings, series and publisher, and in an entry without a name."""
    says, prints = text if isinstance(text, tuple) else (text, text)
    # No name holds braces or math.
    group = ("The Group", "The Group") if set(says) & set("{}$") else (f"{says} Group", f"{prints} Group")
    people = (Person(literal=group[0]), MULLER)
    # alpha.bst has 26 letters to tell equal labels apart, so not all of these are by the same author.
    family = name.replace("-", "").capitalize()
    return {
        f"{name}-article": case(
            f"{group[1]} and Änne Müller. {prints}. {prints}, 2020.",
            "article",
            title=says,
            authors=people,
            venue=says,
            abstract=says,
        ),
        f"{name}-paper": case(
            f"Jane {family}. Plain {prints}. In {prints}, {prints}. {prints}, 2020.",
            "inproceedings",
            title=f"Plain {says}",
            authors=(Person(family, "Jane"),),
            venue=says,
            series=says,
            publisher=says,
        ),
        f"{name}-misc": case(f"{prints}. {prints}, 2020.", title=says, venue=says),
    }


def by(name: str, *people: Person, et_al: bool = False) -> Case:
    return case(f"{name.removesuffix('.')}. On things, 2020.", authors=people, et_al=et_al)


CROWD = tuple(Person(f"Family{chr(97 + n // 26)}{chr(97 + n % 26)}", "Given") for n in range(300))
LONG_URL = "https://example.org/" + "/".join(f"a_part_{n}" for n in range(30)) + "?q=1&r=50%25#top"

NAMES = {
    "particle": by("Ludwig van Beethoven", Person("Beethoven", "Ludwig", "van")),
    "particles": by("Ana de la Cruz and Jane Doe", Person("Cruz", "Ana", "de la"), DOE),
    "junior": by("Martin Luther King, Jr.", Person("King", "Martin Luther", suffix="Jr.")),
    "junior-without-given-name": by("King, Jr. and Jane Doe", Person("King", suffix="Jr."), DOE),
    "particle-and-third": by("Bob van den Berg, III", Person("Berg", "Bob", "van den", "III")),
    "organisation": by("Google Research and Jane Doe", Person(literal="Google Research"), DOE),
    "organisation-with-and": by("Barnes and Noble, Inc. and Jane Doe", Person(literal="Barnes and Noble, Inc."), DOE),
    "organisation-called-others": by("Jane Doe and others", DOE, Person(literal="others")),
    "family-with-and": by("Barnes and Noble and Jane Doe", Person("Barnes and Noble"), DOE),
    "family-of-two-words": by("Gabriel García Márquez", Person("García Márquez", "Gabriel")),
    "one-name": by("Plato and Jane Doe", Person("Plato"), DOE),
    "dollars": by("Ke$ha Sebert and A$AP Rocky", Person("Sebert", "Ke$ha"), Person("Rocky", "A$AP")),
    "one-and-others": by("Jane Doe et al", DOE, et_al=True),
    "two-and-others": by("Jane Doe, Richard Roe, et al", DOE, ROE, et_al=True),
    "crowd": by(
        ", ".join(f"Given {one.family}" for one in CROWD[:-1]) + f", and Given {CROWD[-1].family}",
        *CROWD,
    ),
}

NAMELESS = {
    # Each type is sorted by authors, by editors or by either (plain.bst, presort); the rest go by `key`.
    "editor-of-a-book": case("Jane Doe, editor. On things. Acme, 2020.", "book", editors=(DOE,), publisher="Acme"),
    "editors-of-proceedings": case(
        "Jane Doe and Richard Roe, editors. On things. Acme, 2020.", "proceedings", editors=(DOE, ROE), publisher="Acme"
    ),
    "editor-of-a-paper": case(
        "On things. In Jane Doe, editor, Proceedings, 2020.", "inproceedings", editors=(DOE,), venue="Proceedings"
    ),
    "editor-of-a-misc": case("On things, 2020.", editors=(DOE,)),
    "author-of-proceedings": case("On things, 2020.", "proceedings", authors=(DOE,)),
    "others-alone": case("On things, 2020.", et_al=True),
    "no-title": case("2020.", title=""),
}

NUMBERS = {
    "journal": case(
        "Jane Doe. On things. Acta, 3(4):1–10, 2020.",
        "article",
        authors=(DOE,),
        venue="Acta",
        volume="3",
        number="4",
        pages="1-10",
    ),
    # The classic styles take a volume or a number, and warn at both.
    "paper-with-volume-and-number": case(
        "Jane Doe. On things. In Talks, volume 3 of LNCS, 2020.",
        "inproceedings",
        authors=(DOE,),
        venue="Talks",
        series="LNCS",
        volume="3",
        number="4",
    ),
    "chapter-with-volume-and-number": case(
        "Jane Doe. On things. In Essays, volume 3 of LNCS. Acme, 2020.",
        "incollection",
        authors=(DOE,),
        venue="Essays",
        series="LNCS",
        volume="3",
        number="4",
        publisher="Acme",
    ),
    "book-with-volume-and-number": case(
        "Jane Doe. On things, volume 3 of LNCS. Acme, 2020.",
        "book",
        authors=(DOE,),
        series="LNCS",
        volume="3",
        number="4",
        publisher="Acme",
    ),
    "book-with-author-and-editor": case(
        "Jane Doe. On things. Acme, 2020.", "book", authors=(DOE,), editors=(ROE,), publisher="Acme"
    ),
    "second-edition": case(
        "Jane Doe. On things. Acme, second edition, 2020.", "book", authors=(DOE,), edition="2", publisher="Acme"
    ),
    "month": case("Jane Doe. On things, April 2020.", authors=(DOE,), date="2020-04-07"),
    "month-without-year": case("Jane Doe. On things.", authors=(DOE,), year=None, date="--04-07"),
}

TYPES = {
    "thesis": case(
        "Jane Doe. On things. PhD thesis, Fudan University, 2020.",
        "phdthesis",
        authors=(DOE,),
        institution="Fudan University",
    ),
    "report": case(
        "Jane Doe. On things. Technical Report 7, OECD, 2020.",
        "techreport",
        authors=(DOE,),
        institution="OECD",
        number="7",
    ),
    # plain.bst's @inbook has no field for the title of the whole; @incollection does.
    "part-of-a-book": case(
        "Jane Doe. On things. In The whole book, pages 1–10. Acme, 2020.",
        "inbook",
        authors=(DOE,),
        venue="The whole book",
        pages="1-10",
        publisher="Acme",
    ),
}


def at(url: str, printed: str = "") -> Case:
    return case(f"Jane Doe. On things. {printed or url}, 2020.", "online", authors=(DOE,), url=url)


ADDRESSES = {
    "url": at("https://ex.org/a_b(c)?x=1&y=50%25#frag~z^$"),
    "long-url": at(LONG_URL),
    "url-with-braces": at("https://ex.org/{id}/x"),
    "url-with-a-lone-brace": at("https://ex.org/a{b", "https://ex.org/a%7Bb"),
    "url-with-a-blank": at("https://ex.org/a b/ü", "https://ex.org/a%20b/%C3%BC"),
    "doi": case(
        "Jane Doe. On things. Acta, 2020.",
        "article",
        authors=(DOE,),
        venue="Acta",
        doi="10.1002/(SICI)1097-4571(1999)50:1<1::AID-ASI%1>3.0.CO;2-#",
    ),
}

# XML and TeX know these as no text at all; BibTeX lets some through, and TeX stops at them.
CONTROLS = {
    f"control-{ord(char):04x}": case("Before after, 2020.", title=f"Before{char}after")
    for char in "\x00\x01\x08\x0b\x0c\x1b\x1f\x7f\x85\u2028\n\r\t"
}

# The same people as abbrv.bst prints them.
INITIALS = {
    "initial-with-accent": by("Ä. Müller", MULLER),
    "initials-with-hyphen": by("J.-P. Dupont", Person("Dupont", "Jean-Pierre")),
    "initials-before-particle": by("L. van Beethoven", Person("Beethoven", "Ludwig", "van")),
    "initials-and-junior": by("M. L. King, Jr.", Person("King", "Martin Luther", suffix="Jr.")),
    "initials-with-strokes": by("Ł. Đ. Ívarsson", Person("Ívarsson", "Łukasz Đình")),
    "initials-of-two-letters": by("Yu. E. Ivanov", Person("Ivanov", "Yu. E.")),
    "no-initials-without-given-name": by("Wu Ming", Person("Wu Ming")),
    "no-initials-of-an-organisation": by("Google Research", Person(literal="Google Research")),
}

TEXT_CASES = {key: found for name, text in TEXTS.items() for key, found in everywhere(name, text).items()}
PLAIN = {**TEXT_CASES, **NAMES, **NAMELESS, **NUMBERS, **TYPES, **ADDRESSES, **CONTROLS}
CASES = {**PLAIN, **INITIALS}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Printed]:
    folder = tmp_path_factory.mktemp("hostile")
    bib = bibtex.write([Entry(key, each.paper) for key, each in CASES.items()], Options()).text
    return functools.cache(
        lambda build: bibliography(folder / build.replace(" ", "-"), bib, BUILDS[build], list(CASES))
    )


@judged
@pytest.mark.parametrize("key", CASES)
def test_neither_bibtex_nor_latex_complains(hostile: Callable[[str], Printed], key: str) -> None:
    for build in BUILDS:
        complaints = [line for line in hostile(build).complaints if line.endswith((f" {key}", f"for entry {key}"))]
        assert beyond_empty_fields(complaints) == [], build
        assert [error for at, error in hostile(build).errors if at == key] == [], build


@judged
@pytest.mark.parametrize("build", ["plain", "plain in T1"])
@pytest.mark.parametrize("key", PLAIN)
def test_it_prints_what_the_record_says(hostile: Callable[[str], Printed], key: str, build: str) -> None:
    assert_prints(hostile(build).references[key], CASES[key].prints)


@judged
@pytest.mark.parametrize("key", INITIALS)
def test_given_names_are_cut_to_the_right_initials(hostile: Callable[[str], Printed], key: str) -> None:
    assert_prints(hostile("abbrv").references[key], CASES[key].prints)


@judged
@pytest.mark.parametrize("build", BUILDS)
def test_nothing_but_single_entries_can_be_wrong(hostile: Callable[[str], Printed], build: str) -> None:
    printed = hostile(build)
    assert printed.bbl.isascii()
    assert [error for key, error in printed.errors if key not in CASES] == []
    assert [line for line in beyond_empty_fields(printed.complaints) if line.split()[-1] not in CASES] == []


@judged
@pytest.mark.parametrize("name", ["hash", "dashes", "accents"])
def test_the_name_of_a_journal_keeps_its_case(hostile: Callable[[str], Printed], name: str) -> None:
    journal = CASES[f"{name}-article"].paper.venue
    assert bare(hostile("plain").references[f"{name}-article"]).endswith(bare(f"{journal}, 2020."))


@judged
def test_t1_prints_accented_letters_as_letters(hostile: Callable[[str], Printed]) -> None:
    printed = unicodedata.normalize("NFC", hostile("plain in T1").references["accents-article"])
    words = "Größe München Ångström Žilka Łukasz Çelik Şahin Fırat Erdős Dvořák Œuvre Ærø".split()
    assert [word for word in words if word not in printed] == []


@judged
def test_underscores_are_printed(hostile: Callable[[str], Printed]) -> None:
    assert "snake_case and __INIT__ alike, 2020." in hostile("plain in T1").references["underscore-article"]


def nameless(title: str) -> Paper:
    return Paper(title=title, year=2020)


def named(*people: Person) -> Paper:
    return Paper(title="On things", authors=people, year=2020)


# alpha.bst takes the initials of several names, else the first three letters: of the name, or of `key`. A label
# that ends in half a command spoils the whole list, so each of these is a document of its own.
LABELS = {
    "two authors": (named(DOE, ROE), "DR20"),
    "a particle": (named(Person("Beethoven", "Ludwig", "van")), "vB20"),
    "accents": (named(MULLER, Person("Ångström", "Anders")), "MÅ20"),
    "a cut list": (Paper(title="On things", authors=(DOE,), et_al=True, year=2020), "D+20"),
    "an organisation": (named(Person(literal="Google Research")), "Goo20"),
    "an organisation with an ampersand third": (named(Person(literal="AT&T Labs")), "AT&20"),
    "an organisation with an ampersand second": (named(Person(literal="R&D Office")), "R&D20"),
    "an organisation with a hash": (named(Person(literal="C# Users")), ""),
    "an organisation with an accent first": (named(Person(literal="École Normale")), "Éco20"),
    "an organisation with an accent second": (named(Person(literal="Büro Süd")), "Bür20"),
    "an author in another script": (named(Person("谷裕二"), DOE), "[U+8C37]D20"),
    "a name in Greek": (named(Person("Σωκρατης", "Γ")), "Σωκ20"),
    "an organisation in Greek": (named(Person(literal="Ωδη A")), "Ωδη20"),
    "a title": (nameless("Deep nets"), "Dee20"),
    "a percentage": (nameless("50% better"), ""),
    "a tilde": (nameless("~10 pages"), ""),
    "an ampersand": (nameless("AT&T reports"), ""),
    "a token": (nameless("<EOS> tokens"), ""),
    "a Greek letter": (nameless("α-helices"), ""),
    "an ellipsis": (nameless("…and more"), ""),
    "math": (nameless("$\\alpha_i$ and more"), ""),
    "a power": (nameless("x² and more"), ""),
    "a title in another script": (nameless("大模型综述"), ""),
    "nothing": (nameless(""), ""),
}


@judged
@pytest.mark.parametrize(("paper", "label"), LABELS.values(), ids=LABELS)
def test_a_label_made_of_a_name_or_a_title_compiles(tmp_path: Path, paper: Paper, label: str) -> None:
    bib = bibtex.write([Entry("k", paper)], Options()).text
    done = bibliography(tmp_path, bib, BUILDS["alpha"], ["k"])
    assert beyond_empty_fields(done.complaints) == []
    assert done.errors == ()
    # It is printed twice: by \cite, and before the reference.
    assert not label or bare(done.text).count(bare(f"[{label}]")) == 2


@judged
@pytest.mark.parametrize("math", ["$5%$", "$a & b$", "$x#1$", "$50\\%$"])
def test_a_special_in_math_does_not_stop_latex(tmp_path: Path, math: str) -> None:
    bib = bibtex.write([Entry("k", nameless(f"A rise of {math} in cost"))], Options()).text
    done = bibliography(tmp_path, bib, BUILDS["plain"])
    assert done.errors == ()
    assert_prints(done.references["k"], f"A rise of {math.replace('$', '').replace(chr(92), '')} in cost, 2020.")


# --- random texts -------------------------------------------------------------------------------------------


def random_titles(count: int) -> list[str]:
    """Words and signs in any order, but for dollars and braces, which mean something in a title."""
    pick = random.Random(20240229)
    signs = [*"&%#_~^\\<>|\"'`*+=@/:;,!?()[].-", *"éßØ–…“”’α²→", "\u00a0", "\\textbf", "\\&"]
    words = ["BERT", "iPhone", "word", "Proper", "x2", *[" "] * 8]
    return ["T" + "".join(pick.choices(signs + words, k=pick.randint(3, 30))) + "z" for _ in range(count)]


@pytest.fixture(scope="module")
def randoms(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], Printed]:
    titles = {f"r{number:03}": title for number, title in enumerate(random_titles(300))}
    bib = bibtex.write([Entry(key, nameless(title)) for key, title in titles.items()], Options()).text
    return titles, bibliography(tmp_path_factory.mktemp("random"), bib, BUILDS["plain in T1"])


@judged
def test_random_titles_compile(randoms: tuple[dict[str, str], Printed]) -> None:
    _, printed = randoms
    assert beyond_empty_fields(printed.complaints) == []
    assert printed.errors == ()


@judged
def test_random_titles_are_printed_as_they_stand(randoms: tuple[dict[str, str], Printed]) -> None:
    titles, printed = randoms
    references = printed.references
    wrong = {
        title: references[key]
        for key, title in titles.items()
        if bare(f"{unescaped(title)}, 2020.").lower() != bare(references[key]).lower()
    }
    assert wrong == {}


# --- abstracts, which no standard style prints --------------------------------------------------------------


def print_abstracts(folder: Path, bib: str) -> tuple[list[str], Printed]:
    """The keys of the entries with an abstract, and a document of their abstracts."""
    read = Splitter(bib).split()
    found = {
        entry.key: entry.fields_dict["abstract"].value for entry in read.entries if "abstract" in entry.fields_dict
    }
    preamble = "\n".join(block.value[1:-1] for block in read.preambles)
    return list(found), typeset(folder, preamble, "\n\n".join(value[1:-1] for value in found.values()))


@judged
def test_abstracts_print_what_the_pages_say(entries: Mapping[str, Entry], tmp_path: Path) -> None:
    keys, done = print_abstracts(tmp_path, bibtex.write(list(entries.values()), Options()).text)
    said = {key: entry.paper.abstract for key, entry in entries.items() if entry.paper.abstract}
    assert sorted(keys) == sorted(said)
    assert done.errors == ()
    printed = bare(done.text)
    # The math in them is `$.$`, `$\times$` and `$+5.8$`.
    seen = {key: unescaped(text).replace("\\times", "×").replace("$", "") for key, text in said.items()}
    assert [key for key in keys if bare(seen[key]) not in printed] == []


@judged
def test_hostile_abstracts_compile(tmp_path: Path) -> None:
    entries = [Entry(key, each.paper) for key, each in CASES.items() if each.paper.abstract]
    keys, done = print_abstracts(tmp_path, bibtex.write(entries, Options()).text)
    assert len(keys) == len(TEXTS)
    assert done.errors == ()


# --- other judges -------------------------------------------------------------------------------------------


@needs("lualatex", "bibtex")
def test_lualatex_is_given_the_character_itself(tmp_path: Path) -> None:
    bib = bibtex.write([Entry("k", Paper(title="Models 大模", authors=(Person("谷裕二"),), year=2020))], Options()).text
    (tmp_path / "refs.bib").write_bytes(bib.encode("ascii"))
    (tmp_path / "paper.tex").write_text(
        "\\documentclass{article}\\tracinglostchars=2\n"
        "\\begin{document}\\nocite{*}\\bibliographystyle{plain}\\bibliography{refs}\\end{document}\n",
        "ascii",
    )
    latex = ("lualatex", "-interaction=nonstopmode", "-file-line-error", "paper")
    run(tmp_path, *latex)
    run(tmp_path, "bibtex", "paper")
    assert run(tmp_path, *latex).returncode == 0
    # The standard font lacks them, and LuaTeX says which ones it looked for.
    log = (tmp_path / "paper.log").read_bytes().decode("utf-8", "replace")
    assert [char for char in "大模谷裕二" if f"(U+{ord(char):04X})" not in log] == []


@needs("biber")
@pytest.mark.parametrize("corpus", ["seeds", "hostile", "control characters"])
def test_biber_reads_the_export_without_errors(entries: Mapping[str, Entry], tmp_path: Path, corpus: str) -> None:
    papers = {
        "seeds": {key: entry.paper for key, entry in entries.items()},
        "hostile": {key: each.paper for key, each in CASES.items() if key not in CONTROLS},
        "control characters": {key: each.paper for key, each in CONTROLS.items()},
    }[corpus]
    bib = bibtex.write([Entry(key, paper) for key, paper in papers.items()], Options()).text
    (tmp_path / "refs.bib").write_bytes(bib.encode("ascii"))
    done = run(tmp_path, "biber", "--tool", "--validate-datamodel", "refs.bib")
    said = done.stdout.decode("utf-8", "replace").splitlines()
    assert done.returncode == 0
    assert [line for line in said if line.startswith("ERROR") or re.search("syntax|duplicate|malformed", line)] == []
