r"""A bibliography written to break: two sources, a .bib file and a library, and what each entry must print.

Each rule of the field notes' section 3 is in it, in a title, a name, a venue, a note and an address. What is expected
was written down from the records and the styles' own rules (plain.bst, natbib's plainnat.bst), character by character.
`Prints` says how; a text in `ROWS` or `TEXTS` comes with what is printed of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

# --- what is printed ----------------------------------------------------------------------------------------

INITIALS = {
    "Jane Doe": "J. Doe",
    "Jo Doe": "J. Doe",
    "Richard Roe": "R. Roe",
    "Änne Müller": "Ä. Müller",
    "Jan van der Berg": "J. van der Berg",
    "Bob Smith, Jr.": "B. Smith, Jr.",
    "Ludwig van Beethoven": "L. van Beethoven",
    "Charles Louis Xavier Joseph de la Vallée Poussin": "C. L. X. J. de la Vallée Poussin",
    "Vincent van Gogh": "V. van Gogh",
    "Martin Luther King, Jr.": "M. L. King, Jr.",
    "Guy L. Steele, Jr.": "G. L. Steele, Jr.",
    "Bob van den Berg, III": "B. van den Berg, III",
    "Jean-Pierre Dupont": "J.-P. Dupont",
    "Yu. E. Ivanov": "Yu. E. Ivanov",
    "Gabriel García Márquez": "G. García Márquez",
    "Łukasz Đình Ívarsson": "Ł. Đ. Ívarsson",
    "Ólafur Þór Sigurðsson": "Ó. Þ. Sigurðsson",
    "Æsa Øksendal": "Æ. Øksendal",
    "Sinéad O’Neil": "S. O’Neil",
    "Dámaso Dąbrowska": "D. Dąbrowska",
    "Ngô Bảo Châu": "N. B. Châu",
    "Pál Erdős": "P. Erdős",
    "Ke$ha Sebert": "K. Sebert",
    "John Smith-Jones": "J. Smith-Jones",
    "Jean de La Fontaine": "J. de La Fontaine",
    "Ivar d’Ange": "I. d’Ange",
    "Ann And": "A. And",
    "Maria de’ Medici": "M. de’ Medici",
    "Ada Hostile": "A. Hostile",
    "Bea Hostile": "B. Hostile",
    "Cy Hostile": "C. Hostile",
    "Edith Torr": "E. Torr",
    "裕二 谷": "裕. 谷",
    "Лев Толстой": "Л. Толстой",
}
"""Names as they are printed in full, and with initials; whoever is not here has none."""

MONTHS = {"April": "Apr.", "September": "Sept."}
"""Months as plain.bst and as abbrv.bst print them."""


@dataclass(frozen=True)
class Prints:
    """What is printed of an entry.

    plain.bst prints `people`, `role`, `title`, `rest` and `note`, and nothing else; natbib's styles print `doi` and
    `url` between the rest and the note, and `natbib` is the rest where they print another one. biblatex prints `kept`
    (or the title) in place of the title, and of the rest `pieces`.
    """

    title: str
    rest: str
    people: tuple[str, ...] = ()
    et_al: bool = False
    role: str = ""
    note: str = ""
    url: str = ""
    doi: str = ""
    kept: str = ""
    natbib: str = ""
    pieces: tuple[str, ...] = field(default=(), kw_only=True)
    is_loose: bool = field(default=False, kw_only=True)
    """Whether blanks and accents are not told apart: of formulas, and of what no font has one glyph for."""


# --- texts in every field -----------------------------------------------------------------------------------

ROWS = {
    "specials-escaped": (r"Q\&A at 50\% of \$5 in \#1 of snake\_case", "Q&A at 50% of $5 in #1 of snake_case"),
    "specials-raw": ("R&D at 50% better than #1 of snake_case", "R&D at 50% better than #1 of snake_case"),
    "prices": (r"from \$5 for BERT to \$10 for GPT", "from $5 for BERT to $10 for GPT"),
    "lone-dollar": ("from $5 up", "from $5 up"),
    "tildes": (r"\textasciitilde{}10 pages of \~{}bin", "~10 pages of ~bin"),
    "carets": (r"2\textasciicircum{}10 or e\^{}x", "2^10 or e^x"),
    "backslashes": (r"the \textbackslash{}n of c:\textbackslash{}dir", r"the \n of c:\dir"),
    "angles": (r"if a < b then <EOS> | x \textgreater{} y", "if a < b then <EOS> | x > y"),
    "quotes": (r"``yes'' and `no', it's 12''", "“yes” and ‘no’, it’s 12”"),
    "straight-quotes": ('say "yes" and "no" now', "say “yes” and “no” now"),
    "enquote": (r"\enquote{so} and \glqq ja\grqq{} and \flqq oui\frqq{}", "“so” and „ja“ and «oui»"),
    "dashes": (r"a--b, c---d, e-f and 3--4", "a–b, c—d, e-f and 3–4"),
    "dashes-in-unicode": ("g – h — i ‐ j ‑ k − l", "g – h — i - j - k − l"),
    "dots": (r"wait\ldots{} or \dots{} and … so", "wait... or ... and ... so"),
    "blanks": ("p.~3 of j.\u00a0doe and no\u00a0break", "p. 3 of j. doe and no break"),
    "zero-width": (
        "zero\u200bwidth, soft\u00adhyphen, word\u2060joiner and \ufeffmark",
        "zerowidth, softhyphen, wordjoiner and mark",
    ),
    "accents-in-latex": (
        r"na\"{\i}ve \c{c}a \v{z}eli {\aa}ngstr{\"o}m {\H{o}}r g\u{a}ng \'etude {\o}re \`a la",
        "naïve ça želi ångström őr găng étude øre à la",
    ),
    "accents-in-unicode": (
        "größe, łódź, żółć, ñandú, fjärd, åse, ærø, œuvre",
        "größe, łódź, żółć, ñandú, fjärd, åse, ærø, œuvre",
    ),
    "letters-of-t1": (
        r"d{\k{a}}bek, {\dh}a{\th}, {\ng} and {\v{d}} or {\v t} and {\k e}",
        "dąbek, ðaþ, ŋ and ď or ť and ę",
    ),
    "command-and-letter": (r"\o re, \ss o, \aa s, \l odz, {\ae}on \& co", "øre, ßo, ås, łodz, æon & co"),
    "combining-accents": ("mu\u0308ller, z\u030cilka and jose\u0301", "müller, žilka and josé"),
    "greek": (r"$\alpha$-helix, \(\beta\)-sheet, γ-ray and λ", "α-helix, β-sheet, γ-ray and λ"),
    "braces": (r"a set \{1, 2\} and one \textbraceleft{} alone", "a set {1, 2} and one { alone"),
    "protected": (r"the {DNA} of {Big Ben}, {{\emph{ReLU}}} and {iPhone}s", "the DNA of Big Ben, ReLU and iPhones"),
    "fonts": (r"{\em Homo sapiens}, {\it E. coli} and \texttt{grep}", "Homo sapiens, E. coli and grep"),
    "symbols": (
        r"\S{}230, \P{}3, \pounds{}5, \texteuro{}7, \textcopyright{} and \textdagger{}",
        "§230, ¶3, £5, €7, © and †",
    ),
    "ligatures": ("ﬁnal ｆｕｌｌ （wide） eﬃcient", "final full (wide) efficient"),
    "guillemets": ("«oui», ‹non› and „ja“", "«oui», ‹non› and „ja“"),
    "inverted": ("¿qué? and ¡sí! so", "¿qué? and ¡sí! so"),
    "sharps": ("C++, C# and F# or A* in R", "C++, C# and F# or A* in R"),
    "marks": ("and/or: a;b, (c) [d] *e* = f + g @ h", "and/or: a;b, (c) [d] *e* = f + g @ h"),
    "over-lines": ("two\n  lines\tand\n\n more", "two lines and more"),
}  # fmt: skip
"""Texts as a .bib file has them, by their authors' care or carelessness, and what is printed of them in T1."""

LOOSE_ROWS = {
    "math": (r"$O(n^2)$ time, $\alpha_i \leq x$ and $X_{ij}$", "O(n2) time, αi ≤ x and Xij"),
    "math-of-packages": (
        r"$\mathbb{R}^n$, $\operatorname{argmax}_x$, $x \leqslant y$, $\text{if } \mathfrak{g}$ and $\zeroshot$",
        "Rn, argmaxx, x ≤ y, if g and zeroshot",
    ),
    "indices": ("H₂O, CO₂ and 10⁻³ or x²", "H2O, CO2 and 10−3 or x2"),
    "signs": ("90° ± 5 × 2 ≠ ∞ → x ∈ y", "90° ± 5 × 2 ≠ ∞ → x ∈ y"),
    "below": ("ștefan, ță, ḥas, ẹ and ņ", "ștefan, ță, ḥas, ẹ and ņ"),
    "double-accents": ("nguyễn thế việt ẫ ộ and đà", "nguyễn thế việt ẫ ộ and đà"),
    "logos": (r"the \LaTeX{} and {\TeX} books", "the LATEX and TEX books"),
}
"""The same, of which blanks and accents are not compared."""

TEXTS = {
    "everything": ('AT&T at 50% in #1_a ~b ^c <d> | "e" from $5 up', "AT&T at 50% in #1_a ~b ^c <d> | “e” from $5 up"),
    "backslashes": (r"the \ of c:\dir and \foo too", r"the \ of c:\dir and \foo too"),
    "escaped": (r"a \& b for \$5 or \$6 in \{x\}", "a & b for $5 or $6 in {x}"),
    "opening-brace": ("the { of BERT alone", "the { of BERT alone"),
    "closing-brace": ("BERT and the } of GPT so", "BERT and the } of GPT so"),
    "groups": ("the {DNA} of {Big Ben} and {\\emph{ReLU}} so", "the DNA of Big Ben and ReLU so"),
    "specials-first": (
        "#MeToo and &SoOn and <MASK> and %ABC and ~BERT so",
        "#MeToo and &SoOn and <MASK> and %ABC and ~BERT so",
    ),
    "typographic": (
        "“one”, ‘two’, it’s – or — … what?‘x’ and no!‘y’",
        "“one”, ‘two’, it’s – or — ... what?‘x’ and no!‘y’",
    ),
    "letters": ("ðaþ, ŋ, ď and ť or Ľ, ą and ę", "ðaþ, ŋ, ď and ť or Ľ, ą and ę"),
    "line-separators": ("line\u2028separator and\u0085next", "line separator and next"),
}  # fmt: skip
"""Texts as the library has them, and what is printed of them in T1."""

LOOSE_TEXTS = {
    "math": ("from $x_1$ to $X_{ij}$ in $O(n^2)$ so", "from x1 to Xij in O(n2) so"),
    "math-specials": (r"by $5\%$ or $a \& b$ of $x\#1$ so", "by 5% or a & b of x#1 so"),
    "math-in-unicode": ("of $α_i ≤ β$ and $ℝ$ so", "of αi ≤ β and R so"),
}


def _name_of(name: str) -> str:
    """A family name out of a row's name, so that no two rows are one author's works."""
    return name.replace("-", "").capitalize()


def _group(name: str, text: str) -> str:
    """What a group is called whose name would be a text; no name holds braces of its own."""
    return f"the {name}" if set(text) & set("{}$\\") else text


def _is_no_name(latex: str) -> bool:
    """Whether a text holds what no name does: a brace that is printed, or a backslash."""
    return r"\{" in latex or r"\textbackslash" in latex


def _in_bib(name: str, latex: str) -> str:
    group = f"a {name}" if _is_no_name(latex) else latex
    return rf"""
@article{{bib-{name},
  author = {{{{{group} Group}} and M{{\"u}}ller, {{\"A}}nne}},
  title = {{Of {latex} here}},
  journal = {{Acta {latex} too}},
  volume = 7, pages = {{1--10}}, month = apr, year = 2020,
  note = {{Seen in {latex} now}},
  url = {{https://ex.org/{name}}}
}}

@InCollection{{bib-{name}-in,
  author = {{{_name_of(name)}, Jane}},
  editor = {{Doe, Jo and {{{group} Team}}}},
  title = {{{latex} and more}},
  booktitle = {{Book of {latex} it is}},
  series = {{Series {latex} too}},
  publisher = {{{latex} Press}},
  address = {{{latex} City}},
  year = {{2020}},
}}
"""


def _in_toml(name: str, text: str) -> str:
    say = json.dumps  # a TOML string is written as a JSON string is
    group = _group(name, text)
    family = _name_of(f"lib-{name}")
    return f"""
[papers.lib-{name}]
type = "article"
title = {say(f"Of {text} here")}
authors = [{say("{" + group + " Group}")}, "Änne Müller"]
year = 2020
date = "2020-04-07"
venue = {say(f"Acta {text} too")}
volume = "7"
pages = "1-10"
url = "https://ex.org/lib/{name}"

[papers.lib-{name}.fields]
note = {say(f"Seen in {text} now")}

[papers.lib-{name}-in]
type = "incollection"
title = {say(f"{text} and more")}
authors = ["Jane {family}"]
editors = ["Jo Doe", {say("{" + group + " Team}")}]
year = 2020
venue = {say(f"Book of {text} it is")}
series = {say(f"Series {text} too")}
publisher = {say(f"{text} Press")}

[papers.lib-{name}-in.fields]
address = {say(f"{text} City")}
"""


def _printed(name: str, says: str, group: str, where: str, family: str, *, is_loose: bool) -> dict[str, Prints]:
    """What the two entries print that have a text in all their fields."""
    source, key = f"Acta {says} too", f"{where}-{name}"
    return {
        key: Prints(
            title=f"Of {says} here",
            rest=f". {source}, 7:1–10, April 2020",
            people=(f"{group} Group", "Änne Müller"),
            note=f"Seen in {says} now",
            url="https://ex.org/" + ("" if where == "bib" else "lib/") + name,
            pieces=(source, "7", "1–10", "Apr.", "2020"),
            is_loose=is_loose,
        ),
        f"{key}-in": Prints(
            title=f"{says} and more",
            rest=f". In Jo Doe and {group} Team, editors, Book of {says} it is, Series {says} too. "
            f"{says} Press, {says} City, 2020",
            people=(f"Jane {family}",),
            pieces=(
                f"Book of {says} it is",
                "Jo Doe",
                f"{group} Team",
                f"Series {says} too",
                f"{says} City: {says} Press",
                "2020",
            ),
            is_loose=is_loose,
        ),
    }


# --- single entries of the .bib file ------------------------------------------------------------------------

LONG_TITLE = "On " + ", ".join(f"the {number}th of very many words" for number in range(100, 168)) + " and an end"
"""2,000 characters and a few."""
CROWD = tuple(f"Jane {chr(65 + n // 10)}{'abcdefghij'[n % 10]}ton" for n in range(60))

SINGLE = r"""
% What stands between entries is no entry: @nothing, and 100% of it.
@comment{hidden, title = {This is not printed}}
@preamble{"\newcommand{\noopsort}[1]{}" # "\newcommand{\ourname}{Acme \& Sons}"}
@string{ln = "Lecture Notes in "}
@string(lncs = ln # {{Computer} Science})
@STRING{unused = {Nothing says this}}

@misc{smith2020bert,
  author = {van der Berg, Jan and {Google Research} and Smith, Jr., Bob and Müller, Änne and others},
  title = {BERT & Co: 50% better_models with $O(n^2)$ cost for C# and ~10 {DNA} sequences in Bayesian España},
  month = apr, year = 2020, pages = {1-10},
  url = {https://ex.org/a_b?x=1&y=50%25#frag~z}
}
@article{smith2021bert,
  author = {van der Berg, Jan and {Google Research} and Smith, Jr., Bob and M{\"u}ller, {\"A}nne and others},
  title = {Without {BERT} \& Co: 50\% better\_models with $O(n^2)$ cost for C\# and \textasciitilde{}10 {DNA} sequences
           in Bayesian Espa{\~n}a},
  journal = {Journal of Articles \& Co},
  month = apr, year = {2021}, pages = {1-10},
  url = {https://ex.org/a_b?x=1&y=50%25#frag~z}
}

@article{case-capitals, author = {Doe, Jane}, year = 2001, journal = {Acta},
  title = {MixedCase McDonald iPhone GPT-3 BERT-based: Using C++ in SQL}}
@article{case-title, author = {Doe, Jane}, year = 2002, journal = {The Journal of Title Case},
  title = {Learning to Parse with Deep Neural Networks: A Survey of {RNN} Methods}}
@article{case-sentence, author = {Doe, Jane}, year = 2003, journal = {Acta},
  title = {How a student of Bayes in Paris once met the Reverend and took his friends home again}}
@article{case-whole, author = {Doe, Jane}, year = 2004, journal = {Acta}, title = {{All of This Keeps Its Capitals}}}
@article{case-compound, author = {Doe, Jane}, year = 2005, journal = {Acta},
  title = {A long study of BERT-like, non-English, Low-Order and mRNA-1273 things that nobody knows}}
@article{case-command, author = {Doe, Jane}, year = 2006, journal = {Acta},
  title = {\emph{Homo Sapiens} and {\emph{Big Data}} in \textit{E. coli}}}
@article{case-math, author = {Doe, Jane}, year = 2007, journal = {Acta},
  title = {Sorting $N$ numbers in $O(N \log N)$ and in {$K$} steps}}
@article{case-accents, author = {Doe, Jane}, year = 2008, journal = {Acta},
  title = {{\'E}tudes with {\"O}zg{\"u}r's {\L}ukasiewicz logic as taught since long before}}
@article{case-german, author = {Doe, Jane}, year = 2009, journal = {Annalen der Physik}, langid = {german},
  title = {{\"U}ber die Grundlagen der Quantenmechanik und die $E$-Skala}}
@book{case-french, author = {Doe, Jane}, year = 2010, publisher = {Hachette}, language = {french},
  title = {Les « Mots » de la Tribu: Étude d'un Cas}}
@article{case-questions, author = {Doe, Jane}, year = 2011, journal = {Acta},
  title = {Can It Be? Yes! It Was There. A Long Story vs. Others}}
@inproceedings{case-series, author = {Doe, Jane}, title = {Talking of talks}, year = 2012, pages = {7},
  booktitle = {Proceedings of the 1st Workshop on NLP and iOS}, series = lncs, organization = {ACM SIGIR}}
@phdthesis{case-type, author = {Doe, Jane}, title = {Theses and {ETH} Theses}, year = 2013,
  type = {PhD Dissertation in NLP}, school = {ETH Z{\"u}rich}}
@techreport{case-report, author = {Doe, Jane}, title = {Reporting on IBM}, year = 2014,
  type = {IBM Research Memo}, institution = {IBM}}
@book{case-edition, author = {Doe, Jane}, title = {Editions in XML}, year = 2015, publisher = {Acme},
  edition = {Third IEEE}}

@misc{name-particles, title = {On particles}, year = 1901,
  author = {Ludwig van Beethoven and de la Vall{\'e}e Poussin, Charles Louis Xavier Joseph and {van Gogh}, Vincent}}
@misc{name-juniors, title = {On juniors}, year = 1902,
  author = {King, Jr., Martin Luther and {Steele, Jr.}, Guy L. and van den Berg, III, Bob}}
@misc{name-organisations, title = {On organisations}, year = 1903,
  author = {{OECD} and {Barnes and Noble, Inc.} and {{AT\&T} Labs} and {NASA, ESA \& Co} and {C\# Users Group}}}
@misc{name-initials, title = {On initials}, year = 1904,
  author = {Dupont, Jean-Pierre and Ivanov, Yu. E. and {\'I}varsson, {\L}ukasz {\DJ}{\`\i}nh}}
@misc{name-families, title = {On family names}, year = 1905,
  author = {Garc{\'\i}a M{\'a}rquez, Gabriel and Smith-Jones, John and O'Neil, Sin{\'e}ad and de La Fontaine, Jean
            and d'Ange, Ivar and And, Ann and de' Medici, Maria}}
@misc{name-letters, title = {On letters}, year = 1906,
  author = {{\O}ksendal, {\AE}sa and D{\k a}browska, D\'amaso and Sigur{\dh}sson, {\'O}lafur {\TH}{\'o}r and
            P{\'a}l Erd{\H o}s}}
@misc{name-single, title = {On mononyms}, year = 1907, author = {Plato and Aristotle and {Bourbaki}}}
@misc{name-others, title = {On others}, year = 1908, author = {Doe, Jane and others}}
@misc{name-others-braced, title = {On a group called others}, year = 1909, author = {Doe, Jane and {others}}}
@misc{name-dollar, title = {On dollars in names}, year = 1910, author = {Ke{\$}ha Sebert and {A\$AP Rocky}}}
@misc{name-noopsort, title = {On sorting}, year = 1911, author = {{\noopsort{Aaa}}{van Beethoven}, Ludwig}}
@misc{name-sixty, title = {On a crowd}, year = 1912, author = {CROWD}}
@misc{name-lines, title = {On two lines}, year = 1913,
  author = {Jane   Doe  AND
            Richard Roe}}
@misc{name-biblatex, title = {On keys in names}, year = 1914,
  author = {family=Beethoven, given=Ludwig, prefix=van and family=King, given={Martin Luther}, suffix={Jr.}}}

@article{pages-hyphen, author = {Torr, Edith}, title = {Paging one}, journal = {Acta}, volume = 3, year = 1951,
  pages = {1-10}}
@article{pages-many, author = {Torr, Edith}, title = {Paging two}, journal = {Acta}, volume = 3, year = 1952,
  pages = {1---10}}
@article{pages-dash, author = {Torr, Edith}, title = {Paging three}, journal = {Acta}, volume = 3, year = 1953,
  pages = {1–10}}
@article{pages-blanks, author = {Torr, Edith}, title = {Paging four}, journal = {Acta}, volume = 3, year = 1954,
  pages = {1 -- 10}}
@article{pages-list, author = {Torr, Edith}, title = {Paging five}, journal = {Acta}, volume = 3, year = 1955,
  pages = {1-3,7--9}}
@article{pages-letters, author = {Torr, Edith}, title = {Paging six}, journal = {Acta}, volume = 3, year = 1956,
  pages = {S1-S9}}
@article{pages-roman, author = {Torr, Edith}, title = {Paging seven}, journal = {Acta}, year = 1957, pages = {iii-xiv}}
@article{pages-open, author = {Torr, Edith}, title = {Paging eight}, journal = {Acta}, year = 1958, pages = {43+}}
@article{pages-one, author = {Torr, Edith}, title = {Paging nine}, journal = {Acta}, year = 1959, pages = {12}}
@article{pages-article, author = {Torr, Edith}, title = {Paging ten}, journal = {Acta}, volume = 3, number = {4--5},
  year = 1960,
  pages = {104203}}
@article{pages-minus, author = {Torr, Edith}, title = {Paging eleven}, journal = {Acta}, volume = 3, year = 1961,
  pages = {5$-$8}}
@article{pages-electronic, author = {Torr, Edith}, title = {Paging twelve}, journal = {Acta}, volume = 3,
  year = 1962, pages = {e12--e19}}

@article{date-macro, author = {Torr, Edith}, title = {Dating one}, journal = {Acta}, year = 1971, month = sep}
@article{date-word, author = {Torr, Edith}, title = {Dating two}, journal = {Acta}, year = 1972, month = {September}}
@article{date-number, author = {Torr, Edith}, title = {Dating three}, journal = {Acta}, year = 1973, month = {9}}
@article{date-day, author = {Torr, Edith}, title = {Dating four}, journal = {Acta}, year = 1974, month = apr # "~10"}
@article{date-iso, author = {Torr, Edith}, title = {Dating five}, journaltitle = {Acta}, date = {1975-04-10}}
@article{date-press, author = {Torr, Edith}, title = {Dating six}, journal = {Acta}, year = {in press}}
@article{date-range, author = {Torr, Edith}, title = {Dating seven}, journal = {Acta}, year = {1998--2000}}
@misc{date-none, author = {Torr, Edith}, title = {Dating eight}, howpublished = {By hand}}

@book{edition-number, author = {Hostile, Ada}, title = {Editing Books}, publisher = {Acme}, year = 1981, edition = {2}}
@book{edition-word, author = {Hostile, Ada}, title = {Editing More Books}, publisher = {Acme}, year = 1982,
  edition = {Second}}
@book{edition-ordinal, author = {Hostile, Ada}, title = {Editing Old Books}, publisher = {Acme}, year = 1983,
  edition = {21st}}
@book{edition-text, author = {Hostile, Ada}, title = {Editing New Books}, publisher = {Acme}, year = 1984,
  edition = {revised}}

@book{type-book, author = {Hostile, Ada}, title = {The Art of {TeX}}, volume = {3}, number = {4}, series = lncs,
  publisher = "Acme" # { and } # "Friends", address = {Berlin}, year = 1985, note = {Out of print}}
@book{type-edited, editor = {Hostile, Bea and Doe, Jane}, title = {Edited Things}, publisher = {\ourname}, year = 1986}
@proceedings{type-proceedings, editor = {Hostile, Bea}, title = {Proceedings of Hostile Words}, year = 1987,
  organization = {ACM}, publisher = {Acme}}
@inbook{type-inbook, author = {Hostile, Cy}, title = {Parts of Books}, chapter = {3}, pages = {5-7}, publisher = {Acme},
  year = 1988}
@inbook{type-bookpart, author = {Hostile, Cy}, title = {A part alone}, booktitle = {The whole book}, pages = {5-7},
  publisher = {Acme}, year = 1989}
@mastersthesis{type-masters, author = {Hostile, Cy}, title = {Mastering the Thesis}, school = {Fudan University},
  year = 1990}
@thesis{type-thesis, author = {Hostile, Cy}, title = {Doctoring the Thesis}, type = {phdthesis}, institution = {MIT},
  date = {1991}}
@techreport{type-report, author = {Hostile, Cy}, title = {Reporting R\&D}, institution = {OECD}, number = {7},
  year = 1992}
@manual{type-manual, author = {{Acme \& Co}}, title = {The Manual of C\#}, organization = {Acme \& Sons}, year = 1993}
@unpublished{type-unpublished, author = {Hostile, Cy}, title = {Never out}, note = {Draft of 50\%}, year = 1994}
@booklet{type-booklet, author = {Hostile, Cy}, title = {Small things}, howpublished = {Handed out}, year = 1995}
@online{type-online, author = {Hostile, Cy}, title = {Being online}, url = {https://ex.org/online_1}, date = {1996-04}}
@software{type-software, author = {Hostile, Cy}, title = {Being soft}, url = {https://ex.org/soft%20ware},
  date = {1997}}
@conference{type-conference, author = {Hostile, Cy}, title = {Conferring once}, booktitle = {Talks and more},
  year = 1998,
  pages = {1-2}}

@article{preprint-scholar, author = {Hostile, Ada}, title = {Preprinting one},
  journal = {arXiv preprint arXiv:2005.00683},
  year = 2020}
@misc{preprint-misc, author = {Hostile, Bea}, title = {Preprinting two},
  eprint = {2006.01234v2}, archivePrefix = {arXiv},
  primaryClass = {cs.CL}, year = 2013}
@article{preprint-published, author = {Hostile, Ada}, title = {Preprinting three}, journal = {Acta}, volume = {9},
  eprint = {math.AG/0601001}, archivePrefix = {arXiv}, year = 2006}

@misc(a:b/c.d+e-f_g, author = "Hostile, Bea", title = "Keys with {"}signs{"} in them", howpublished = "Somewhere",
  year = 2016)
@misc{2020digits, author = {Hostile, Bea}, title = {Keys with digits first}, howpublished = {Somewhere}, year = 2017}
@misc{long-title, author = {Hostile, Bea}, title = {LONG TITLE}, howpublished = {Somewhere}, year = 2018}

@misc{url-only, author = {Hostile, Ada}, title = {Addressing one}, year = 2021,
  url = {https://ex.org/a_b(c)?x=1&y=50%25#frag~z^$!*;:@=+,[]|.-'}}
@misc{url-escaped, author = {Hostile, Ada}, title = {Addressing two}, year = 2022,
  url = {\url{https://ex.org/a\_b?x=1\&y=50\%25\#frag\~{}z}}}
@misc{url-howpublished, author = {Hostile, Ada}, title = {Addressing three}, year = 2023,
  howpublished = {\url{https://ex.org/c_d%20e?x=1&y=2#z~}}}
@misc{url-in-text, author = {Hostile, Ada}, title = {Addressing four}, year = 2024,
  howpublished = {On the web at \url{https://ex.org/e_f%20g?x=1&y=2#z~} since May},
  note = {Mirrored at \url{https://ex.org/m\_n\%20o?x=1\&y=2#z~}, says \href{https://ex.org/p_q%20r}{the page}}}
@article{url-doi, author = {Hostile, Ada}, title = {Addressing five}, journal = {Acta}, year = 2025,
  doi = {https://doi.org/10.1002/(SICI)1097-4571(1999)50:1<1::AID-ASI%1>3.0.CO;2-#}}
@article{url-of-doi, author = {Hostile, Ada}, title = {Addressing six}, journal = {Acta}, year = 2026,
  doi = {10.1000/x_y}, url = {https://doi.org/10.1000/x_y}}
@misc{url-braces, author = {Hostile, Ada}, title = {Addressing seven}, year = 2019, url = {https://ex.org/{id}/<a>}}
@misc{url-long, author = {Hostile, Ada}, title = {Addressing eight}, year = 2015, url = {LONG URL}}
@misc{url-venue, author = {Hostile, Ada}, title = {Addressing nine}, year = 2014, howpublished = {A blog},
  url = {https://ex.org/blog_1}}
"""
LONG_URL = "https://ex.org/" + "/".join(f"a_part_{number}%20" for number in range(30)) + "?q=1&r=2#top"

PARENTS = r"""
@inproceedings{child1, author = {Lee, Ann}, title = {The first talk on {BERT}}, pages = {1-10}, crossref = {parent}}
@inproceedings{child2, author = {Roy, Bob}, title = {The second talk on 50\%}, pages = {11--20}, crossref = {PARENT}}
@proceedings{parent, editor = {Chen, Bo}, title = {Proceedings of Crossed References},
  booktitle = {Proceedings of Crossed
  References}, publisher = {Acme \& Co}, year = {2017}}
"""
"""Two papers of one volume, which says for them where and when they came out."""

BIB = SINGLE.replace("CROWD", " and ".join(f"{name.split()[1]}, {name.split()[0]}" for name in CROWD)).replace(
    "LONG TITLE", LONG_TITLE
).replace("LONG URL", LONG_URL) + "".join(_in_bib(name, latex) for name, (latex, _) in {**ROWS, **LOOSE_ROWS}.items())
"""The .bib file."""

_HOSTILE_WORDS = "BERT & Co: 50% better_models with O(n2) cost for C# and ~10 DNA sequences in Bayesian España"
_HOSTILE_PEOPLE = ("Jan van der Berg", "Google Research", "Bob Smith, Jr.", "Änne Müller")
_ADDRESS = "https://ex.org/a_b?x=1&y=50%25#frag~z"


def _acta(title: str, year: str, kept: str = "", *, is_loose: bool = False) -> Prints:
    """An article of Jane Doe's, whose title is what matters."""
    return Prints(title, f". Acta, {year}", ("Jane Doe",), kept=kept, pieces=("Acta", year), is_loose=is_loose)


def _by(title: str, year: str, *people: str, et_al: bool = False, is_loose: bool = False) -> Prints:
    """An entry whose people matter."""
    return Prints(title, f", {year}", people, et_al, pieces=(year,), is_loose=is_loose)


def _paged(title: str, where: str, year: str, *pieces: str) -> Prints:
    return Prints(title, f". Acta, {where}{year}", ("Edith Torr",), pieces=("Acta", year, *pieces))


def _dated(title: str, date: str, modern: str) -> Prints:
    return Prints(title, f". Acta, {date}", ("Edith Torr",), pieces=("Acta", modern))


def _book(title: str, edition: str, year: str, modern: str) -> Prints:
    return Prints(title, f". Acme, {edition} edition, {year}", ("Ada Hostile",), pieces=("Acme", modern, year))


_LNCS = "Lecture Notes in Computer Science"

SINGLE_PRINTS = {
    "smith2020bert": Prints(
        _HOSTILE_WORDS, f". {_ADDRESS}, April 2020", _HOSTILE_PEOPLE, et_al=True, pieces=(_ADDRESS, "Apr. 2020")
    ),
    "smith2021bert": Prints(
        f"Without {_HOSTILE_WORDS}",
        ". Journal of Articles & Co, pages 1–10, April 2021",
        _HOSTILE_PEOPLE,
        et_al=True,
        url=_ADDRESS,
        pieces=("Journal of Articles & Co", "pp. 1–10", "Apr. 2021"),
    ),
    # --- titles
    "case-capitals": _acta("MixedCase McDonald iPhone GPT-3 BERT-based: Using C++ in SQL", "2001"),
    "case-title": Prints(
        "Learning to parse with deep neural networks: A survey of RNN methods",
        ". The Journal of Title Case, 2002",
        ("Jane Doe",),
        kept="Learning to Parse with Deep Neural Networks: A Survey of RNN Methods",
        pieces=("The Journal of Title Case", "2002"),
    ),
    "case-sentence": _acta(
        "How a student of Bayes in Paris once met the Reverend and took his friends home again", "2003"
    ),
    "case-whole": _acta("All of This Keeps Its Capitals", "2004"),
    "case-compound": _acta(
        "A long study of BERT-like, non-English, Low-Order and mRNA-1273 things that nobody knows", "2005"
    ),
    "case-command": _acta("Homo Sapiens and Big Data in E. coli", "2006"),
    "case-math": _acta("Sorting N numbers in O(N log N) and in K steps", "2007"),
    "case-accents": _acta("Études with Özgür’s Łukasiewicz logic as taught since long before", "2008"),
    "case-german": Prints(
        "Über die Grundlagen der Quantenmechanik und die E-Skala",
        ". Annalen der Physik, 2009",
        ("Jane Doe",),
        pieces=("Annalen der Physik", "2009"),
    ),
    "case-french": Prints(
        "Les « Mots » de la Tribu: Étude d’un Cas", ". Hachette, 2010", ("Jane Doe",), pieces=("Hachette", "2010")
    ),
    "case-questions": _acta(
        "Can it be? Yes! It was there. A long story vs. others",
        "2011",
        "Can It Be? Yes! It Was There. A Long Story vs. Others",
    ),
    "case-series": Prints(
        "Talking of talks",
        f". In Proceedings of the 1st Workshop on NLP and iOS, {_LNCS}, page 7. ACM SIGIR, 2012",
        ("Jane Doe",),
        pieces=("Proceedings of the 1st Workshop on NLP and iOS", _LNCS, "ACM SIGIR", "p. 7", "2012"),
    ),
    "case-type": Prints(
        "Theses and ETH Theses",
        ". PhD dissertation in NLP, ETH Zürich, 2013",
        ("Jane Doe",),
        pieces=("PhD Dissertation in NLP", "ETH Zürich", "2013"),
    ),
    "case-report": Prints(
        "Reporting on IBM",
        ". IBM research memo, IBM, 2014",
        ("Jane Doe",),
        pieces=("IBM Research Memo", "IBM", "2014"),
    ),
    "case-edition": Prints(
        "Editions in XML", ". Acme, third IEEE edition, 2015", ("Jane Doe",), pieces=("Acme", "Third IEEE", "2015")
    ),
    # --- names
    "name-particles": _by(
        "On particles",
        "1901",
        "Ludwig van Beethoven",
        "Charles Louis Xavier Joseph de la Vallée Poussin",
        "Vincent van Gogh",
    ),
    "name-juniors": _by("On juniors", "1902", "Martin Luther King, Jr.", "Guy L. Steele, Jr.", "Bob van den Berg, III"),
    "name-organisations": _by(
        "On organisations",
        "1903",
        "OECD",
        "Barnes and Noble, Inc.",
        "AT&T Labs",
        "NASA, ESA & Co",
        "C# Users Group",
    ),
    "name-initials": _by(
        "On initials", "1904", "Jean-Pierre Dupont", "Yu. E. Ivanov", "Łukasz Đình Ívarsson", is_loose=True
    ),
    "name-families": _by(
        "On family names",
        "1905",
        "Gabriel García Márquez",
        "John Smith-Jones",
        "Sinéad O’Neil",
        "Jean de La Fontaine",
        "Ivar d’Ange",
        "Ann And",
        "Maria de’ Medici",
    ),
    "name-letters": _by("On letters", "1906", "Æsa Øksendal", "Dámaso Dąbrowska", "Ólafur Þór Sigurðsson", "Pál Erdős"),
    "name-single": _by("On mononyms", "1907", "Plato", "Aristotle", "Bourbaki"),
    "name-others": _by("On others", "1908", "Jane Doe", et_al=True),
    "name-others-braced": _by("On a group called others", "1909", "Jane Doe", "others"),
    "name-dollar": _by("On dollars in names", "1910", "Ke$ha Sebert", "A$AP Rocky"),
    "name-noopsort": _by("On sorting", "1911", "Ludwig van Beethoven"),
    "name-sixty": _by("On a crowd", "1912", *CROWD),
    "name-lines": _by("On two lines", "1913", "Jane Doe", "Richard Roe"),
    "name-biblatex": _by("On keys in names", "1914", "Ludwig van Beethoven", "Martin Luther King, Jr."),
    # --- numbers
    "pages-hyphen": _paged("Paging one", "3:1–10, ", "1951", "pp. 1–10"),
    "pages-many": _paged("Paging two", "3:1–10, ", "1952", "pp. 1–10"),
    "pages-dash": _paged("Paging three", "3:1–10, ", "1953", "pp. 1–10"),
    "pages-blanks": _paged("Paging four", "3:1–10, ", "1954", "pp. 1–10"),
    "pages-list": _paged("Paging five", "3:1–3,7–9, ", "1955", "pp. 1–3, 7–9"),
    "pages-letters": _paged("Paging six", "3:S1–S9, ", "1956", "S1–S9"),
    "pages-roman": _paged("Paging seven", "pages iii–xiv, ", "1957", "pp. iii–xiv"),
    "pages-open": _paged("Paging eight", "pages 43+, ", "1958", "43+"),
    "pages-one": _paged("Paging nine", "page 12, ", "1959", "p. 12"),
    "pages-article": _paged("Paging ten", "3(4–5):104203, ", "1960", "3.4–5", "104203"),
    "pages-minus": _paged("Paging eleven", "3:5–8, ", "1961", "pp. 5–8"),
    "pages-electronic": _paged("Paging twelve", "3:e12–e19, ", "1962", "e12–e19"),
    "date-macro": _dated("Dating one", "September 1971", "Sept. 1971"),
    "date-word": _dated("Dating two", "September 1972", "Sept. 1972"),
    "date-number": _dated("Dating three", "September 1973", "Sept. 1973"),
    # The classic styles print no day.
    "date-day": _dated("Dating four", "April 1974", "Apr. 10, 1974"),
    "date-iso": _dated("Dating five", "April 1975", "Apr. 10, 1975"),
    "date-press": _dated("Dating six", "in press", "in press"),
    "date-range": _dated("Dating seven", "1998–2000", "1998–2000"),
    "date-none": Prints("Dating eight", ". By hand", ("Edith Torr",), pieces=("By hand",)),
    "edition-number": _book("Editing Books", "second", "1981", "2nd ed."),
    "edition-word": _book("Editing More Books", "second", "1982", "2nd ed."),
    "edition-ordinal": _book("Editing Old Books", "21st", "1983", "21st ed."),
    "edition-text": _book("Editing New Books", "revised", "1984", "revised"),
    # --- types
    "type-book": Prints(
        "The Art of TeX",
        f", volume 3 of {_LNCS}. Acme and Friends, Berlin, 1985",
        ("Ada Hostile",),
        note="Out of print",
        pieces=("Vol. 3", f"{_LNCS} 4", "Berlin: Acme and Friends, 1985"),
    ),
    "type-edited": Prints(
        "Edited Things",
        ". Acme & Sons, 1986",
        ("Bea Hostile", "Jane Doe"),
        role=", editors",
        pieces=("eds. Edited Things", "Acme & Sons, 1986"),
    ),
    "type-proceedings": Prints(
        "Proceedings of Hostile Words",
        ". ACM, Acme, 1987",
        ("Bea Hostile",),
        role=", editor",
        natbib=", 1987. ACM, Acme",
        pieces=("ed. Proceedings of Hostile Words", "ACM", "Acme, 1987"),
    ),
    "type-inbook": Prints(
        "Parts of Books",
        ", chapter 3, pages 5–7. Acme, 1988",
        ("Cy Hostile",),
        pieces=("Acme, 1988", "Chap. 3", "pp. 5–7"),
    ),
    "type-bookpart": Prints(
        "A part alone",
        ". In The whole book, pages 5–7. Acme, 1989",
        ("Cy Hostile",),
        pieces=("In: The whole book", "Acme, 1989, pp. 5–7"),
    ),
    "type-masters": Prints(
        "Mastering the thesis",
        ". Master’s thesis, Fudan University, 1990",
        ("Cy Hostile",),
        kept="Mastering the Thesis",
        pieces=("MA thesis. Fudan University, 1990",),
    ),
    "type-thesis": Prints(
        "Doctoring the Thesis", ". PhD thesis, MIT, 1991", ("Cy Hostile",), pieces=("PhD thesis. MIT, 1991",)
    ),
    "type-report": Prints(
        "Reporting R&D", ". Technical Report 7, OECD, 1992", ("Cy Hostile",), pieces=("Tech. rep. 7. OECD, 1992",)
    ),
    "type-manual": Prints("The Manual of C#", ". Acme & Sons, 1993", ("Acme & Co",), pieces=("Acme & Sons", "1993")),
    "type-unpublished": Prints("Never out", ". Draft of 50%, 1994", ("Cy Hostile",), pieces=("1994", "Draft of 50%")),
    "type-booklet": Prints("Small things", ". Handed out, 1995", ("Cy Hostile",), pieces=("Handed out", "1995")),
    "type-online": Prints(
        "Being online",
        ". https://ex.org/online_1, April 1996",
        ("Cy Hostile",),
        pieces=("Apr. 1996", "https://ex.org/online_1"),
    ),
    "type-software": Prints(
        "Being soft",
        ". https://ex.org/soft%20ware, 1997",
        ("Cy Hostile",),
        pieces=("1997", "https://ex.org/soft%20ware"),
    ),
    "type-conference": Prints(
        "Conferring once",
        ". In Talks and more, pages 1–2, 1998",
        ("Cy Hostile",),
        pieces=("In: Talks and more", "1998", "pp. 1–2"),
    ),
    "preprint-scholar": Prints(
        "Preprinting one", ". arXiv:2005.00683, 2020", ("Ada Hostile",), pieces=("2020", "arXiv: 2005.00683")
    ),
    "preprint-misc": Prints(
        "Preprinting two", ". arXiv:2006.01234, 2013", ("Bea Hostile",), pieces=("2013", "arXiv: 2006.01234 [cs.CL]")
    ),
    "preprint-published": Prints(
        "Preprinting three", ". Acta, 9, 2006", ("Ada Hostile",), pieces=("Acta 9", "2006", "arXiv: math.AG/0601001")
    ),
    # --- keys, lengths, addresses
    "a:b/c.d+e-f_g": Prints(
        "Keys with “signs” in them", ". Somewhere, 2016", ("Bea Hostile",), pieces=("Somewhere", "2016")
    ),
    "2020digits": Prints("Keys with digits first", ". Somewhere, 2017", ("Bea Hostile",), pieces=("Somewhere", "2017")),
    "long-title": Prints(LONG_TITLE, ". Somewhere, 2018", ("Bea Hostile",), pieces=("Somewhere", "2018")),
    "url-only": Prints(
        "Addressing one",
        # The slot of ' holds a ’ in TeX's typewriter fonts.
        ". https://ex.org/a_b(c)?x=1&y=50%25#frag~z^$!*;:@=+,[]|.-’, 2021",
        ("Ada Hostile",),
        pieces=("2021", "https://ex.org/a_b(c)?x=1&y=50%25#frag~z^$!*;:@=+,[]|.-’"),
    ),
    "url-escaped": Prints("Addressing two", f". {_ADDRESS}, 2022", ("Ada Hostile",), pieces=("2022", _ADDRESS)),
    "url-howpublished": Prints(
        "Addressing three",
        ". https://ex.org/c_d%20e?x=1&y=2#z~, 2023",
        ("Ada Hostile",),
        pieces=("2023", "https://ex.org/c_d%20e?x=1&y=2#z~"),
    ),
    "url-in-text": Prints(
        "Addressing four",
        ". On the web at https://ex.org/e_f%20g?x=1&y=2#z~ since May, 2024",
        ("Ada Hostile",),
        note="Mirrored at https://ex.org/m_n%20o?x=1&y=2#z~, says the page (https://ex.org/p_q%20r)",
        pieces=("On the web at https://ex.org/e_f%20g?x=1&y=2#z~ since May", "2024"),
    ),
    "url-doi": Prints(
        "Addressing five",
        ". Acta, 2025",
        ("Ada Hostile",),
        doi="10.1002/(SICI)1097-4571(1999)50:1<1::AID-ASI%1>3.0.CO;2-#",
        pieces=("Acta", "2025"),
    ),
    "url-of-doi": Prints(
        "Addressing six", ". Acta, 2026", ("Ada Hostile",), doi="10.1000/x_y", pieces=("Acta", "2026")
    ),
    "url-braces": Prints(
        "Addressing seven",
        ". https://ex.org/{id}/<a>, 2019",
        ("Ada Hostile",),
        pieces=("2019", "https://ex.org/{id}/<a>"),
    ),
    "url-long": Prints("Addressing eight", f". {LONG_URL}, 2015", ("Ada Hostile",), pieces=("2015", LONG_URL)),
    "url-venue": Prints(
        "Addressing nine",
        ". A blog, 2014",
        ("Ada Hostile",),
        url="https://ex.org/blog_1",
        pieces=("A blog", "2014"),
    ),
}

# --- the library ----------------------------------------------------------------------------------------------

_RECORDS = r"""
format = 1

[papers.lib-cut]
title = "On a list that was cut"
authors = ["Jane Doe", "Richard Roe"]
et_al = true
year = 1921

[papers.lib-editors-cut]
type = "book"
title = "A Book of Many Editors"
editors = ["Jane Doe", "Richard Roe"]
et_al = true
year = 1922
publisher = "Acme"

[papers.lib-month]
type = "article"
title = "On months & days"
authors = ["Edith Torr"]
year = 1923
date = "1923-09-30"
venue = "Acta"
pages = "e1-e9"

[papers.lib-organisation]
title = "On ‘literal’ names"
authors = ["{The $5 Company, Inc. & Friends}", "{others}", "{Research and Development (R&D)}"]
year = 1924

[papers.lib-french]
type = "article"
title = "Étude de la Distribution Florale dans les Alpes"
authors = ["Jane Doe"]
year = 1925
venue = "Bulletin de la Société"

[papers.lib-french.fields]
langid = "french"

[papers.lib-software]
type = "software"
title = "A tool for 100% of C++"
authors = ["Jane Doe"]
year = 1926
url = "https://ex.org/tool_1?a=%C3%BC"

[papers.lib-links]
type = "inproceedings"
title = "On links"
authors = ["Jane Doe"]
year = 1927
venue = "Proc. of X&Y"
pages = "11-20"
publisher = "ACM"

[papers.lib-links.links]
code = "https://ex.org/code"

[papers.lib-links.fields]
note = 'Best paper, 1st of 100% of #papers, see \url{https://ex.org/a_b%20c#d&e~f}'
"""

RECORD_PRINTS = {
    "lib-cut": _by("On a list that was cut", "1921", "Jane Doe", "Richard Roe", et_al=True),
    "lib-editors-cut": Prints(
        "A Book of Many Editors",
        ". Acme, 1922",
        ("Jane Doe", "Richard Roe"),
        et_al=True,
        role=", editors",
        pieces=("eds. A Book of Many Editors", "Acme, 1922"),
    ),
    "lib-month": Prints(
        "On months & days",
        ". Acta, pages e1–e9, September 1923",
        ("Edith Torr",),
        pieces=("Acta", "Sept. 30, 1923", "e1–e9"),
    ),
    "lib-organisation": _by(
        "On ‘literal’ names", "1924", "The $5 Company, Inc. & Friends", "others", "Research and Development (R&D)"
    ),
    "lib-french": Prints(
        "Étude de la Distribution Florale dans les Alpes",
        ". Bulletin de la Société, 1925",
        ("Jane Doe",),
        pieces=("Bulletin de la Société", "1925"),
    ),
    "lib-software": Prints(
        "A tool for 100% of C++",
        ". https://ex.org/tool_1?a=%C3%BC, 1926",
        ("Jane Doe",),
        pieces=("1926", "https://ex.org/tool_1?a=%C3%BC"),
    ),
    "lib-links": Prints(
        "On links",
        ". In Proc. of X&Y, pages 11–20. ACM, 1927",
        ("Jane Doe",),
        note="Best paper, 1st of 100% of #papers, see https://ex.org/a_b%20c#d&e~f",
        pieces=("Proc. of X&Y", "ACM, 1927", "pp. 11–20"),
    ),
}

LIBRARY = _RECORDS + "".join(_in_toml(name, text) for name, (text, _) in {**TEXTS, **LOOSE_TEXTS}.items())
"""The library, in which the .bib file is read."""

SCRIPTS = r"""
@misc{script-chinese, author = {{谷裕二} and 谷, 裕二}, title = {大模型 survey of {LLMs}}, howpublished = {北京},
  year = 1931}
@misc{script-russian, author = {Толстой, Лев}, title = {The word мир and {\emph{Мир}}}, howpublished = {Москва},
  year = 1932}
@misc{script-greek, author = {Doe, Jane}, title = {The Ελλάδα of $αβ$ and ά}, howpublished = {Αθήνα}, year = 1933}
@misc{script-signs, author = {Doe, Jane}, title = {The 🤗 and the ☃}, howpublished = {By hand}, year = 1934}
"""
"""Entries in other scripts than Latin, of which pdfLaTeX prints the code points."""

SCRIPT_PRINTS = {
    "script-chinese": Prints("大模型 survey of LLMs", ". 北京, 1931", ("谷裕二", "裕二 谷")),
    "script-russian": Prints("The word мир and Мир", ". Москва, 1932", ("Лев Толстой",)),
    # Single letters of Greek are printed as math does; it has no accents, and capitals of Latin.
    "script-greek": Prints("The Eλλάδα of αβ and ά", ". Aθήνα, 1933", ("Jane Doe",), is_loose=True),
    "script-signs": Prints("The 🤗 and the ☃", ". By hand, 1934", ("Jane Doe",)),
}

PRINTS = {
    **SINGLE_PRINTS,
    **RECORD_PRINTS,
    **{
        key: prints
        for rows, is_loose in ((ROWS, False), (LOOSE_ROWS, True))
        for name, (latex, says) in rows.items()
        for key, prints in _printed(
            name, says, f"a {name}" if _is_no_name(latex) else says, "bib", _name_of(name), is_loose=is_loose
        ).items()
    },
    **{
        key: prints
        for rows, is_loose in ((TEXTS, False), (LOOSE_TEXTS, True))
        for name, (text, says) in rows.items()
        for key, prints in _printed(
            name,
            says,
            says if _group(name, text) == text else _group(name, text),
            "lib",
            _name_of(f"lib-{name}"),
            is_loose=is_loose,
        ).items()
    },
}
"""What each entry of the .bib file and of the library prints, but for those in other scripts."""
