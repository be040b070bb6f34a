"""Which words of a title keep their capitals; BibTeX itself, which lowers the others, is the judge."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from litcli.exporters import titles
from litcli.library import store
from tests.conftest import needs

# A style that does nothing but what plain, alpha, abbrv and unsrt do to a title.
STYLE = """
ENTRY { title } { } { }
FUNCTION {lowered} { title "t" change.case$ write$ newline$ }
READ
ITERATE {lowered}
"""

COMMANDS = {
    r"\textless{}": "<", r"\textgreater{}": ">", r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\emph": "",
    r"\textbraceleft{}": "⟦", r"\textbraceright{}": "⟧", r"\dots{}": "…", r"\pounds{}": "£", r"\dag{}": "†",
    r"\textcopyright{}": "©", "``": "“", "''": "”", "--": "–",
}  # fmt: skip


def lowered(folder: Path, title: str) -> str:
    """A title as the classic styles print it."""
    (folder / "lower.bst").write_text(STYLE, "ascii")
    (folder / "paper.aux").write_text("\\citation{*}\n\\bibstyle{lower}\n\\bibdata{refs}\n", "ascii")
    (folder / "refs.bib").write_text(f"@misc{{k,\n  title = {{{titles.encode(title).text}}},\n}}\n", "ascii")
    done = subprocess.run(["bibtex", "paper"], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    text = " ".join((folder / "paper.bbl").read_text("ascii").split())
    for command, sign in COMMANDS.items():
        text = text.replace(command, sign)
    return re.sub(r"\\(?=[&%$#_])|[{}]|(?<!\\)\$", "", text)


def without_braces(text: str) -> str:
    return text.replace("{", "").replace("}", "")


KEPT = [
    # a capital behind the first letter, or beside a digit
    ("Teaching BERT to read", "BERT"),
    ("An iPhone for McDonald", "iPhone McDonald"),
    ("The mBERT and fMRI of LLMs", "mBERT fMRI LLMs"),
    ("Is 3D a matter of 2D?", "3D 2D"),
    ("Inside the T5 and L2 norms", "T5 L2"),
    ("The U.S. and its PhDs", "U.S. PhDs"),
    ("Of BERT's and LLMs' words", "BERT's LLMs'"),
    # beside marks of every kind
    ("Words (BERT), [GPT], “ELMo”, 'LLaMA' and \"OPT\"", "(BERT) [GPT] “ELMo” 'LLaMA' “OPT”"),
    ("Either BERT/GPT or BERT–GPT", "BERT/GPT BERT–GPT"),
    ("What SO(3) does", "SO(3)"),
    ("The BERT: a model", "BERT:"),
    # parts of compounds
    ("The BERT-based X-LoRA of GPT-3", "BERT-based X-LoRA GPT-3"),
    ("A pre-BERT model", "pre-BERT"),
    # a capital alone
    ("The C++ and C# of R", "C++ C# R"),
    ("A comparison: Python vs. R in practice", "Python R"),
    ("Which language? R it is", "R"),
    ("Which language? C# it is", "C#"),
    ("Searching with the A* algorithm", "A*"),
    ("Real-Time Heuristic Search With A* and D* Lite", "A* D*"),
    ("What I know", "I"),
    # names
    ("Introducing Bayesian Methods for Chinese Text", "Bayesian Chinese"),
    ("On Bayes's and Turing’s work", "Bayes's Turing's"),
    ("A fast parser that finds dependencies in Stanford corpora", "Stanford"),
    ("How the monks wrote many letters about Łódź and Évora", "\\L\\'od\\'z \\'Evora"),
    # marked in the record
    ("On the {Great} {small WORDS}", "Great WORDS"),
    ("Models of {DNA}s and {B}ERT", "DNAs BERT"),
    ("Models of {\\emph{BERTology}}", "BERTology"),
    ("Models of \\emph{BERT} now", "BERT"),
    ("Models of \\emph{{#BERT} SAYS}", "#BERT SAYS"),
    # math
    ("Sorting in $O(N^2)$ steps", "O(N^2)"),
    ("From $5 for BERT to $10 for GPT", "BERT GPT"),
    # words that begin with a special of LaTeX: BibTeX takes `{\` for the start of an accented letter
    ("After the #MeToo days", "#MeToo"),
    ("Inside AT&T and &BERT", "AT&T &BERT"),
    ("Inside <EOS> and <MASK>", "<EOS> <MASK>"),
    ("Inside __INIT__ and _FOO", "__INIT__ _FOO"),
    ("Inside %PATH% and $PATH", "%PATH% PATH"),
    ("Inside ~BERT", "~BERT"),
    ("Inside …BERT", "…BERT"),
    ("Inside {#MeToo LATER}", "#MeToo LATER"),
    ("Asking the £100K question of †GPT and ©IBM", "£100K †GPT ©IBM"),
    # unbalanced braces
    ("The { of BERT", "⟦ BERT"),
    ("The } of BERT", "⟧ BERT"),
    ("Before BERT the }", "BERT ⟧"),
]


@needs("bibtex")
@pytest.mark.parametrize(("title", "words"), KEPT)
def test_bibtex_leaves_the_word_as_it_is(tmp_path: Path, title: str, words: str) -> None:
    printed = lowered(tmp_path, title)
    wanted = [without_braces(word) for word in words.split()]
    assert [word for word in wanted if word not in printed.split() and not _within(word, printed)] == []


def _within(word: str, printed: str) -> bool:
    """Whether a word is printed with nothing but marks around it."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", printed) is not None


@needs("bibtex")
@pytest.mark.parametrize(
    "title",
    ["The {Great} { of BERT", "BERT } and GPT", "} and { of BERT", "The BERT { of ELMo } and GPT } here"],
)
def test_an_unbalanced_brace_brings_no_other_braces_into_print(tmp_path: Path, title: str) -> None:
    printed = lowered(tmp_path, title)
    assert printed.lower() == title.replace("{", "⟦").replace("}", "⟧").lower()


@pytest.mark.parametrize(
    "title",
    [
        "Attention Is All You Need",
        "Deep Learning for Image Recognition: A Survey",
        "Neural Machine Translation by Jointly Learning to Align and Translate",
        "Deep residual learning for image recognition",
        "Deep learning: a survey",
        "Deep learning: Using less data",
        "A survey of a field",
        "Words",
        "A",
        "",
    ],
)
def test_a_title_whose_capitals_say_nothing_is_not_braced(title: str) -> None:
    assert titles.protect(title) == title


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Teaching BERT to read", "Teaching {BERT} to read"),
        ("Teaching (BERT), to read", "Teaching ({BERT}), to read"),
        ("A BERT-based parser", "A {BERT}-based parser"),
        ("Teaching {BERT} to read", "Teaching {BERT} to read"),
        ("Sorting in $O(N)$ steps", "Sorting in $O(N)$ steps"),
        ("Bayesian Methods for Images", "{Bayesian} Methods for Images"),
        ("Is It So? Yes! It Was There. Why", "Is It So? {Yes}! {It} Was There. {Why}"),
        ("Humans vs. Machines", "Humans vs. Machines"),
        ("Big Bird: transformers for longer sequences", "Big {Bird}: transformers for longer sequences"),
        ("Without BERT and Co: how we all did that", "Without {BERT} and {Co}: how we all did that"),
        (r"The \LaTeX{} of it", r"The {\LaTeX{}} of it"),
        ("The C\\ of it", "The {C}\\ of it"),
        (r"Why CO\textsubscript{2} stays", r"Why {CO}\textsubscript{2} stays"),
        (r"Why \&\LaTeX{} stays", r"Why \&{\LaTeX{}} stays"),
    ],
)
def test_braces_stand_round_the_whole_word_and_no_more(title: str, expected: str) -> None:
    assert titles.protect(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Attention Is All You Need", True),
        ("The Use of Words in the Works of the Day", True),
        ("Attention is all you need", False),
        ("Deep learning", False),
        ("The use of BERT in parsing text", False),
    ],
)
def test_title_case_is_told_from_sentence_case(title: str, expected: bool) -> None:
    assert titles.is_title_case(title) is expected


# --- what holds for every title ---------------------------------------------------------------------------

TITLES = st.lists(
    st.sampled_from(
        ["BERT", "iPhone", "word", "Proper", "A", "R", "a", "{", "}", "{DNA}", "$x^2$", "$", "-", ":", "?", "(", ")",
         "“", "”", '"', "/", "\\emph{", "C#", "3D", "é", "#MeToo"]
    ),
    max_size=12,
).flatmap(lambda words: st.sampled_from([" ".join(words), "".join(words)]))  # fmt: skip


@given(TITLES | st.text())
@example("BERT } x")
def test_protection_adds_braces_and_nothing_else(title: str) -> None:
    assert without_braces(titles.protect(title)) == without_braces(title)


@given(TITLES | st.text())
@example("The {BERT} and GPT")
def test_protection_twice_is_protection_once(title: str) -> None:
    once = titles.protect(title)
    assert titles.protect(once) == once


def test_protection_of_the_examples_is_the_same_the_second_time(seeded: Path) -> None:
    for entry in store.read(seeded).entries.values():
        once = titles.protect(entry.paper.title)
        assert titles.protect(once) == once


def test_no_title_of_the_examples_is_braced_as_a_whole(seeded: Path) -> None:
    found = [titles.protect(entry.paper.title) for entry in store.read(seeded).entries.values()]
    assert [title for title in found if re.fullmatch(r"\{[^{}]* [^{}]*\}", title)] == []


def test_few_words_of_the_examples_are_braced(seeded: Path) -> None:
    """Most of their titles are in title case, where braces on every word would undo the style's own choice."""
    found = [titles.protect(entry.paper.title) for entry in store.read(seeded).entries.values()]
    words = sum(len(title.split()) for title in found)
    assert sum(title.count("{") for title in found) < words / 5
