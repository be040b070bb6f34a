"""Names: BibTeX's grammar in both directions, and the author lists that pages print."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli import names
from litcli.paper import Person
from tests.conftest import needs
from tests.growth import grows_in_proportion

# --- BibTeX's grammar -------------------------------------------------------------------------------------

# text: given, particle, family, suffix; the cases of btxdoc, section 4, and of Markey's "Tame the BeaST", section 11.
GRAMMAR = {
    "John Paul Jones": ("John Paul", "", "Jones", ""),
    "Jones, John Paul": ("John Paul", "", "Jones", ""),
    "Per Brinch Hansen": ("Per Brinch", "", "Hansen", ""),
    "Brinch Hansen, Per": ("Per", "", "Brinch Hansen", ""),
    "Ludwig van Beethoven": ("Ludwig", "van", "Beethoven", ""),
    "van Beethoven, Ludwig": ("Ludwig", "van", "Beethoven", ""),
    "Charles Louis Xavier Joseph de la Vallée Poussin": (
        "Charles Louis Xavier Joseph",
        "de la",
        "Vallée Poussin",
        "",
    ),
    "de la Vallée Poussin, Charles": ("Charles", "de la", "Vallée Poussin", ""),
    "Ford, Jr., Henry": ("Henry", "", "Ford", "Jr."),
    "von Last, Jr, First": ("First", "von", "Last", "Jr"),
    "Guy L. {Steele Jr.}": ("Guy L.", "", "{Steele Jr.}", ""),
    "Plato": ("", "", "Plato", ""),
    "von": ("", "", "von", ""),
    "AA bb": ("AA", "", "bb", ""),
    "aa bb": ("", "aa", "bb", ""),
    "bb CC": ("", "bb", "CC", ""),
    "AA bb CC dd EE": ("AA", "bb CC dd", "EE", ""),
    "bb CC dd EE, AA": ("AA", "bb CC dd", "EE", ""),
    "CC dd EE, AA": ("AA", "CC dd", "EE", ""),
    "bb, AA": ("AA", "", "bb", ""),
    "CC dd, AA": ("AA", "", "CC dd", ""),
    "AA 1B cc dd": ("AA 1B", "cc", "dd", ""),
    "AA 1b cc dd": ("AA", "1b cc", "dd", ""),
    "AA {b}B cc dd": ("AA {b}B", "cc", "dd", ""),
    "AA {b}b cc dd": ("AA", "{b}b cc", "dd", ""),
    "AA {bb} cc DD": ("AA {bb}", "cc", "DD", ""),
    "AA bb {cc} DD": ("AA", "bb", "{cc} DD", ""),
    "Aäron van den Oord": ("Aäron", "van den", "Oord", ""),
    "Élise ter Ömer": ("Élise", "ter", "Ömer", ""),
    "Aäron élan Oord": ("Aäron", "élan", "Oord", ""),
    "Jean d'Alembert": ("Jean", "", "d'Alembert", ""),
}


@pytest.mark.parametrize(("text", "parts"), GRAMMAR.items(), ids=GRAMMAR)
def test_a_name_has_the_parts_that_bibtex_gives_it(text: str, parts: tuple[str, str, str, str]) -> None:
    given_name, particle, family, suffix = parts
    assert names.parse(text) == Person(family=family, given=given_name, particle=particle, suffix=suffix)


@pytest.mark.parametrize("text", ["Google Research", "Barnes and Noble, Inc.", "DeepSeek-AI", "{OECD} Observer", "x"])
def test_a_name_in_braces_is_an_organisation(text: str) -> None:
    assert names.parse("{" + text + "}") == Person(literal=text)


@pytest.mark.parametrize("text", ["{Foo} {Bar}", "{Foo} Bar", "Foo {Bar}"])
def test_braces_round_a_part_of_a_name_make_no_organisation(text: str) -> None:
    assert names.parse(text).literal == ""


def test_a_comma_in_braces_does_not_separate() -> None:
    assert names.parse("{Steele, Jr.}, Guy") == Person(family="{Steele, Jr.}", given="Guy")


@pytest.mark.parametrize("text", ["  Ada \n Lovelace ", "Ada\u00a0Lovelace", "Lovelace ,  Ada", "Lovelace,Ada"])
def test_white_space_in_a_name_does_not_matter(text: str) -> None:
    assert names.parse(text) == Person(family="Lovelace", given="Ada")


@pytest.mark.parametrize("text", ["Smith, John,", "Smith, , John", "Smith,, John"])
def test_an_empty_part_between_commas_is_no_part(text: str) -> None:
    assert names.parse(text) == Person(family="Smith", given="John")


def test_a_comma_behind_an_organisation_is_no_part_of_it() -> None:
    assert names.parse("{Google Research}, ") == Person(literal="Google Research")


# --- writing a name ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "comma_form"),
    [
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("Donald E. Knuth", "Knuth, Donald E."),
        ("Ford, Jr., Henry", "Ford, Jr., Henry"),
        ("Plato", "Plato"),
        ("{Google Research}", "{Google Research}"),
        ("Brinch Hansen, Per", "Brinch Hansen, Per"),
        ("Mu-ming Poo", "Poo, Mu-ming"),
    ],
)
def test_the_comma_form_leads_with_particle_and_family(text: str, comma_form: str) -> None:
    assert names.comma_form(names.parse(text)) == comma_form


@pytest.mark.parametrize(
    ("person", "spoken"),
    [
        (Person(family="Beethoven", given="Ludwig", particle="van"), "Ludwig van Beethoven"),
        (Person(family="King", given="Martin Luther", suffix="Jr."), "Martin Luther King Jr."),
        (Person(literal="Google Research"), "Google Research"),
        (Person(family="Plato"), "Plato"),
        (Person(), ""),
    ],
)
def test_a_name_is_displayed_as_it_is_spoken(person: Person, spoken: str) -> None:
    assert names.display(person) == spoken


@pytest.mark.parametrize(
    ("person", "text"),
    [
        (Person(family="Oord", given="Aäron", particle="van den"), "Aäron van den Oord"),
        (Person(family="Brinch Hansen", given="Per"), "Brinch Hansen, Per"),
        (Person(family="King", given="Martin Luther", suffix="Jr."), "King, Jr., Martin Luther"),
        (Person(literal="Google Research"), "{Google Research}"),
    ],
)
def test_the_library_writes_a_name_in_natural_order_where_that_reads_back(person: Person, text: str) -> None:
    assert names.to_text(person) == text


def test_people_are_sorted_by_family_name_without_accents() -> None:
    people = [names.parse(text) for text in ("Anna Zeh", "Ömer Öz", "Bob Odd", "{Ars Nova}", "Zoe van Abel")]
    assert [names.display(p) for p in sorted(people, key=names.sort_key)] == [
        "Zoe van Abel",
        "Ars Nova",
        "Bob Odd",
        "Ömer Öz",
        "Anna Zeh",
    ]


ANY_TEXT = st.one_of(
    st.text(),
    st.text(alphabet="aB. ,{}'-JrIé李\\"),
    st.lists(
        st.sampled_from(["von", "de la", "Ada", "King", "Jr.", "III", ",", "{AI Lab}", "{b}b", "O'Hara", "H.", "李"])
    ).map(" ".join),
)  # fmt: skip


@given(ANY_TEXT)
def test_the_text_of_a_person_reads_back_as_the_same_person(text: str) -> None:
    person = names.parse(text)
    assert names.parse(names.to_text(person)) == person


def balanced(text: str) -> bool:
    """Whether every brace has its partner; BibTeX cannot hold a name in which one has not."""
    depths = [text[:at].count("{") - text[:at].count("}") for at in range(len(text) + 1)]
    return min(depths) == depths[-1] == 0


@given(ANY_TEXT.filter(balanced))
def test_the_comma_form_of_a_person_reads_back_as_the_same_person(text: str) -> None:
    person = names.parse(text)
    assert names.parse(names.comma_form(person)) == person


@given(ANY_TEXT)
def test_reading_a_name_loses_no_letter(text: str) -> None:
    shown = names.display(names.parse(text))
    assert sorted(filter(str.isalnum, shown)) == sorted(filter(str.isalnum, text))


STYLE = """\
ENTRY { author } { } { }
FUNCTION {misc} {
  cite$ "|" * author #1 "{ff}" format.name$ * "|" * author #1 "{vv}" format.name$ *
  "|" * author #1 "{ll}" format.name$ * "|" * author #1 "{jj}" format.name$ * write$ newline$
}
READ
ITERATE { call.type$ }
"""
"""A BibTeX style that prints the parts of the first author of every entry."""

JUDGED = [text for text in GRAMMAR if text.isascii()] + [
    "Smith, III, Ada B.",
    "Mu-ming Poo",
    "Jean-Paul Sartre",
    "Zeyuan Allen-Zhu",
    "O'Connor, Brendan",
    "Smith",
]


@needs("bibtex")
def test_bibtex_finds_the_same_parts_in_the_comma_form(tmp_path: Path) -> None:
    people = {f"k{number}": names.parse(text) for number, text in enumerate(JUDGED)}
    (tmp_path / "parts.bst").write_text(STYLE)
    (tmp_path / "all.bib").write_text(
        "".join(f"@misc{{{key}, author = {{{names.comma_form(person)}}}}}\n" for key, person in people.items())
    )
    (tmp_path / "all.aux").write_text("\\citation{*}\n\\bibstyle{parts}\n\\bibdata{all}\n")
    subprocess.run(["bibtex", "all"], cwd=tmp_path, capture_output=True, check=True, timeout=60)
    found = [line.replace("~", " ").split("|") for line in (tmp_path / "all.bbl").read_text().splitlines()]
    assert found == [[key, p.given, p.particle, p.family, p.suffix] for key, p in people.items()]


# --- names as pages print them ----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["H.", "J. L.", "R.J.", "J.-P.", "Ö.", "A. B. C."])
def test_capitals_with_points_are_initials(text: str) -> None:
    assert names.is_initials(text)


@pytest.mark.parametrize("text", ["", "H", "Jr.", "h.", "Ed H.", "J. Lee", "1.", "H.."])
def test_other_texts_are_no_initials(text: str) -> None:
    assert not names.is_initials(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lovelace",
        "J. Edward Hu",
        "Aäron van den Oord",
        "Louis-Pascal A. C. Xhonneux",
        "Brendan O'Connor",
        "RJ Skerry-Ryan",
        "Élise Ömer",
        "Diego de las Casas",
        "Stéphane d'Ascoli",
        "Quoc V. Le",
        "Gerard 't Hooft",
        "李 明",
    ],
)
def test_a_person_looks_like_a_name(text: str) -> None:
    assert names.looks_like_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lovelace",
        "deep learning",
        "ICML 2022",
        "What is this?",
        "Lovelace (Oral)",
        "of the",
        "One Two Three Four Five Six Seven",
        "ada@example.org Ada",
        "Ada Lovelace, Alan Turing",
    ],
)
def test_other_texts_do_not_look_like_a_name(text: str) -> None:
    assert not names.looks_like_name(text)


@pytest.mark.parametrize(
    ("printed", "person"),
    [
        ("Ada Lovelace*", Person(family="Lovelace", given="Ada")),
        ("Ada Lovelace†‡", Person(family="Lovelace", given="Ada")),
        ("Ada Lovelace ¹²", Person(family="Lovelace", given="Ada")),
        ("Ada Lovelace,", Person(family="Lovelace", given="Ada")),
        ("Martin Luther King Jr.", Person(family="King", given="Martin Luther", suffix="Jr.")),
        ("Sammy Davis III", Person(family="Davis", given="Sammy", suffix="III")),
        ("Aäron van den Oord", Person(family="Oord", given="Aäron", particle="van den")),
    ],
)
def test_a_printed_name_is_read_in_natural_order(printed: str, person: Person) -> None:
    assert names.natural(printed) == person


@pytest.mark.parametrize(
    ("printed", "person"),
    [
        ("Wei Wang 0001", Person(family="Wang", given="Wei")),
        ("Jan van der Berg 0012", Person(family="Berg", given="Jan", particle="van der")),
        ("Plato 0002", Person(family="Plato")),
    ],
)
def test_the_number_that_dblp_gives_to_namesakes_is_no_part_of_a_printed_name(printed: str, person: Person) -> None:
    assert names.natural(printed) == names.person(printed) == person


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Wei Wang 0001", "Wang, Wei"),
        ("Wang 0001, Wei", "Wang, Wei"),
        ("Wang, Wei 0001", "Wang, Wei"),
        ("King 0003, Jr., Martin", "King, Jr., Martin"),
        ("{Wei Wang 0001}", "{Wei Wang 0001}"),
        ("Wei Wang 1001", "1001, Wei Wang"),
        ("Wei Wang 00011", "00011, Wei Wang"),
        ("0001", "0001"),
    ],
)
def test_a_name_goes_without_the_number_of_a_namesake(text: str, bare: str) -> None:
    assert names.comma_form(names.without_number(names.parse(text))) == bare


def test_a_name_that_is_read_from_a_library_keeps_its_number() -> None:
    assert names.parse("Wei Wang 0001") == Person(family="0001", given="Wei Wang")


def test_a_name_of_another_script_keeps_its_order() -> None:
    assert names.display(names.natural("李 明")) == "李 明"


@pytest.mark.parametrize(
    "text",
    [
        "DeepSeek-AI",
        "OpenAI",
        "ATLAS Collaboration",
        "LLM360 Team",
        "Gemini Team, Google",
        "Google Research",
        "The Alan Turing Institute",
        "NLLB Team",
        "MIT",
    ],
)
def test_a_group_is_an_organisation(text: str) -> None:
    assert names.person(text) == Person(literal=text)


@pytest.mark.parametrize(
    "text", ["Yann LeCun", "Andrew McCallum", "RJ Skerry-Ryan", "Plato", "Brendan O'Connor", "李明"]
)
def test_a_person_is_no_organisation(text: str) -> None:
    assert not names.is_organisation(text)


# --- printed lists ----------------------------------------------------------------------------------------

LISTS = {
    "Ada Lovelace": ["Ada Lovelace"],
    "Ada Lovelace, Alan Turing": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace and Alan Turing": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace & Alan Turing": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace, Alan Turing, and Kurt Gödel": ["Ada Lovelace", "Alan Turing", "Kurt Gödel"],
    "Ada Lovelace, Alan Turing, & Kurt Gödel": ["Ada Lovelace", "Alan Turing", "Kurt Gödel"],
    "Ada Lovelace; Alan Turing; Kurt Gödel": ["Ada Lovelace", "Alan Turing", "Kurt Gödel"],
    "Ada Lovelace,Alan Turing,": ["Ada Lovelace", "Alan Turing"],
    "张三、李四，王五": ["张三", "李四", "王五"],
    "Martin Luther King, Jr., Ralph Abernathy": ["Martin Luther King Jr.", "Ralph Abernathy"],
    "Ada Lovelace, Henry Ford, II": ["Ada Lovelace", "Henry Ford II"],
    "Ada Lovelace*, Alan Turing*†, Kurt Gödel‡": ["Ada Lovelace", "Alan Turing", "Kurt Gödel"],
    "Ada Lovelace¹, Alan Turing ² ³": ["Ada Lovelace", "Alan Turing"],
    "Sandy Anderson, Fernand Roland": ["Sandy Anderson", "Fernand Roland"],
    "Janet Al, Ada Lovelace": ["Janet Al", "Ada Lovelace"],
    "Ed H., Oriol Vinyals": ["Ed H.", "Oriol Vinyals"],
    "": [],
}


@pytest.mark.parametrize(("line", "people"), LISTS.items(), ids=LISTS)
def test_a_printed_list_is_cut_between_its_people(line: str, people: list[str]) -> None:
    assert names.split_list(line) == (people, False)


@pytest.mark.parametrize(
    "tail",
    [
        " et al.",
        " et al",
        ", et al.",
        " et. al.",
        " and others",
        ", and others",
        " and 12 others",
        ", and 3 more",
        ", …",
        ", ...",
    ],
)
def test_the_end_of_a_cut_list_is_no_person(tail: str) -> None:
    assert names.split_list("Ada Lovelace, Alan Turing" + tail) == (["Ada Lovelace", "Alan Turing"], True)


# --- inverted names in a comma list -----------------------------------------------------------------------

INVERTED = {
    "pairs only": ("Doubov, Sasha, Frankle, Jonathan", ["Sasha Doubov", "Jonathan Frankle"]),
    "natural names only": ("Ada Lovelace, Alan Turing", ["Ada Lovelace", "Alan Turing"]),
    "pairs behind natural names": ("Ada Lovelace, Doubov, Sasha", ["Ada Lovelace", "Sasha Doubov"]),
    "pairs before natural names": ("Doubov, Sasha, Ada Lovelace", ["Sasha Doubov", "Ada Lovelace"]),
    "pairs between natural names": (
        "Ada Lovelace, Doubov, Sasha, Alan Turing",
        ["Ada Lovelace", "Sasha Doubov", "Alan Turing"],
    ),
    "somebody in both orders": (
        "Nikhil Sardana, Jonathan Frankle, Doubov, Sasha, Frankle, Jonathan",
        ["Nikhil Sardana", "Jonathan Frankle", "Sasha Doubov"],
    ),
    "somebody in both orders, with and without an accent": ("Ömer Öz, Oz, Omer", ["Ömer Öz"]),
    "initials": ("Zhang, H., Cai, J. L., Chen, R.J.", ["H. Zhang", "J. L. Cai", "R.J. Chen"]),
    "a particle": ("van den Oord, Aäron, Li, Wei", ["Aäron van den Oord", "Wei Li"]),
    "a particle with a capital": ("Le Gallo, Manuel, Li, Wei", ["Manuel Le Gallo", "Wei Li"]),
    "given names that are also particles": ("Bin Wang, Di Wu, Le Hou", ["Bin Wang", "Di Wu", "Le Hou"]),
    "such a given name before a pair": ("Le Hou, Doubov, Sasha", ["Le Hou", "Sasha Doubov"]),
    "such a given name behind a pair": ("Doubov, Sasha, Le Hou", ["Sasha Doubov", "Le Hou"]),
    "a group before pairs": ("DeepSeek-AI, Liu, Aixin, Feng, Bei", ["DeepSeek-AI", "Aixin Liu", "Bei Feng"]),
    "a group behind pairs": ("Liu, Aixin, Feng, Bei, DeepSeek-AI", ["Aixin Liu", "Bei Feng", "DeepSeek-AI"]),
    "two groups": ("DeepSeek-AI, OpenAI, Ada Lovelace", ["DeepSeek-AI", "OpenAI", "Ada Lovelace"]),
    "a group behind such a given name": ("Bin Wang, OpenAI", ["Bin Wang", "OpenAI"]),
    "a group of two words": ("LLM360 Team, Liu, Aixin", ["LLM360 Team", "Aixin Liu"]),
    "a group among natural names": ("Ada Lovelace, OpenAI, Alan Turing", ["Ada Lovelace", "OpenAI", "Alan Turing"]),
    "a name without its family": (
        "Donald Metzler, Ed H., Oriol Vinyals",
        ["Donald Metzler", "Ed H.", "Oriol Vinyals"],
    ),
    "given names with an initial": ("Chi, Ed H., Le, Quoc V.", ["Ed H. Chi", "Quoc V. Le"]),
    "one single name": ("Plato", ["Plato"]),
    "Chinese names": ("张三, 李四", ["张三", "李四"]),
    "nobody": ("", []),
}


@pytest.mark.parametrize(("line", "people"), INVERTED.values(), ids=INVERTED)
def test_inverted_names_are_paired_and_others_left(line: str, people: list[str]) -> None:
    found = names.uninvert([item for item in line.split(", ") if item])
    assert [names.display(person) for person in found] == people


def test_an_inverted_name_gives_its_parts() -> None:
    assert names.uninvert(["van den Oord", "Aäron"]) == [Person(family="Oord", given="Aäron", particle="van den")]


def test_a_group_in_a_list_is_an_organisation() -> None:
    assert names.uninvert(["DeepSeek-AI", "Liu", "Aixin"])[0] == Person(literal="DeepSeek-AI")


def test_two_people_of_one_name_are_both_kept_where_both_stand_in_natural_order() -> None:
    assert len(names.uninvert(["Wei Wang", "Wei Wang"])) == 2


# --- a title with a name glued to its end -----------------------------------------------------------------

# A bar marks the seam that the page does not show.
SEAMS = """
    Sheared LLaMA: Accelerating Language Model Pre-training via Structured Pruning|Mengzhou Xia, Tianyu Gao
    Transformer-based dimensionality reduction|Ruisheng Ran, Tianyu Gao, Bin Fang
    What Makes In-Context Learning Work for LLMs?|Mengzhou Xia, Danqi Chen
    Can Machines Think?|Alan Turing
    Attention Is Not All You Need!|Ada Lovelace, Kurt Gödel
    End-to-End Training for ASR|Wei-Tzu Lee, Hung-yi Lee
    A Toolkit for NLP|Tom Young, Ada Lovelace
    Edge Learning in the IoT|J. Edward Hu, Yelong Shen
    Sparks of Artificial General Intelligence: Early Experiments with GPT-4|Sébastien Bubeck, Varun Chandrasekaran
    Scaling to BLEU 40|Yann LeCun
    A Study of COVID-19|Élise Ömer, Ada Lovelace
    Reading Comprehension beyond "SQuAD 2.0"|Danqi Chen
    Do Models Know “What” and “Why”|Ada Lovelace
    A Fast Parser (Extended Abstract)|Andrew McCallum, Ada Lovelace
    Notes on Reasoning [Technical Report]|Brendan O'Connor
    Learning with C++|Bjarne Stroustrup
    The Road to A*|Nils Nilsson, Ada Lovelace
    Sentence Embeddings with SimCSE|Tianyu Gao, Xingcheng Yao
    Improving DeBERTa|Pengcheng He, Jianfeng Gao
    Relation Extraction with OpenNRE|Xu Han, Tianyu Gao
    Reasoning in DeepSeek|Daya Guo, Dejian Yang
    Typesetting with LaTeX|Leslie Lamport
    Tuning with LoRA|J. Edward Hu, Yelong Shen
    Structured Prediction|Andrew McCallum
    Structured Prediction|Ada Lovelace, Andrew McCallum
    Deep Learning|Yann LeCun, Yoshua Bengio, Geoffrey Hinton
    Deep Learning|Yoshua Bengio, Yann LeCun
    Topic Models of News|Brendan O'Connor, Ada Lovelace
    Prosody Transfer in Speech Synthesis|RJ Skerry-Ryan, Eric Battenberg
    Low-Rank Adaptation of Large Language Models|J. Edward Hu, Yelong Shen
    Continuous Graph Networks|Louis-Pascal A. C. Xhonneux, Meng Qu
    Conditional Image Generation|Aäron van den Oord, Nal Kalchbrenner
    Training Compute-Optimal Models|Diego de las Casas, Ada Lovelace
    A Model of Everything|C. A. Jones
    Scaling Test-Time Compute|DeepSeek-AI
    Scaling Test-Time Compute|DeepSeek-AI, Daya Guo
    A System Card|OpenAI
    Observation of a New Particle|ATLAS Collaboration
    More Data, More Relations, More Context and More Openness|Xu Han, Tianyu Gao, Yankai Lin
    Scaling Laws, Data Quality, Model Size|Tianyu Gao, Xu Han
    Language, Vision, and Robots|Jesse Thomason, Yonatan Bisk
    Sense Disambiguation|Élise Martin, Ada Lovelace
    Morphology of Turkish|Ömer Yılmaz
    Fast Weights|Łukasz Kaiser, Aidan Gomez
    Grammar Induction|Ñandu Pérez
    Grammar Induction|Çağlar Gülçehre, Kyunghyun Cho
    Searching for Activation Functions|Øyvind Tafjord, Ada Lovelace
    Language Models as Knowledge Bases|Fabio Petroni, Tim Rocktäschel
    How do LLMs think|Ada Lovelace
    On the Role of $n$-grams|Ada Lovelace
    Retrieval from 10M Documents|Zhuyun Dai
    Learning to Rank|Xi Ye, Yi Li
    Learning to Rank|Jean-Baptiste Alayrac, Jeff Donahue
    A Simple Baseline|Md. Mostofa Ali Patwary, Yang Yang
    Parsing as Tagging|David McAllester, Rebecca MacDonald
    Graph Attention|Petar Veličković, Guillem Cucurull
    Convolutions in Transformers|Stéphane d'Ascoli, Hugo Touvron
    Swish and its Kin|Quoc V. Le, Barret Zoph
    A Theory of Wide Networks|Simon Du
    Learning Rates|Le Hou, Bin Wang
    Sorting in $O(n)$|Ada Lovelace, Alan Turing
    Pre-training of {BERT}|Jacob Devlin, Ming-Wei Chang
    Statistics with R|Hadley Wickham, Ada Lovelace
    An Image Is Worth a ViT|Alexey Dosovitskiy, Lucas Beyer
    Object Detection with YOLOv4|Alexey Bochkovskiy, Chien-Yao Wang
    Language Use in the U.S.|Ada Lovelace, Alan Turing
    Vectors from word2vec|Tomas Mikolov, Kai Chen
""".strip().splitlines()


@pytest.mark.parametrize("tail", ["", " et al."], ids=["whole", "cut"])
@pytest.mark.parametrize("line", [line.strip() for line in SEAMS])
def test_a_glued_line_is_cut_at_its_seam(line: str, tail: str) -> None:
    title, _, people = line.partition("|")
    assert names.split_title_and_names(title + people + tail) == (title, people.split(", "), bool(tail))


@pytest.mark.parametrize("line", [line.strip() for line in SEAMS if "," not in line])
def test_a_title_and_one_name_are_cut_at_their_seam(line: str) -> None:
    title, _, name = line.partition("|")
    assert names.split_glued(title + name) == (title, name)


@pytest.mark.parametrize(
    "title",
    [
        "Attention is all you need",
        "A Survey of Large Language Models",
        "GPT-4 Technical Report",
        "Language Models are Few-Shot Learners",
        "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
        "Why DeepSeek works so well",
        "More Data, More Relations, More Context",
        "The Papers of Andrew McCallum",
        "Recollections of Brendan O'Connor",
        "从大语言模型到智能体",
        "",
    ],
)
def test_a_title_alone_has_no_names(title: str) -> None:
    assert names.split_title_and_names(title) == (title, [], False)


TITLE_WORDS = st.sampled_from(
    "learning models for the of language with structured Neural Networks Attention efficient Transformers from data "
    "zero-shot Representations reasoning in Vision and Graph".split()
)
GIVEN_NAMES = st.sampled_from(
    "Ada Alan Élise Ömer Wei-Tzu Jean-Baptiste Łukasz Tianyu Xu Yi Bin Grace Ñusta J. R.J.".split()
)
MIDDLE = st.sampled_from(["", "", "E. ", "van den ", "de ", "Marie "])
FAMILIES = st.sampled_from("Lovelace Turing Gao Xu McCallum LeCun O'Connor Skerry-Ryan Öz Šimić Allen-Zhu Du".split())
PEOPLE = st.builds(lambda given_name, middle, family: f"{given_name} {middle}{family}", GIVEN_NAMES, MIDDLE, FAMILIES)


@given(st.lists(TITLE_WORDS, min_size=1, max_size=8).map(" ".join), PEOPLE)
def test_an_ordinary_title_and_an_ordinary_name_are_cut_at_their_seam(title: str, name: str) -> None:
    assert names.split_glued(title + name) == (title, name)


@given(st.lists(TITLE_WORDS, min_size=1, max_size=8).map(" ".join), st.lists(PEOPLE, min_size=1, max_size=3))
def test_an_ordinary_title_and_ordinary_names_are_cut_at_their_seam(title: str, people: list[str]) -> None:
    assert names.split_title_and_names(title + ", ".join(people)) == (title, people, False)


# --- any length -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "unit",
    [" ", "{", "}", "{}", ",", ", ", "a", "a ", "A", "aB", "*", "* ", "¹", " ¹", "Jr., ", "a, Jr., ", "Ada Byron, ",
     "Ada McCall, ", "a.", ".", "-", "'", "and ", "et al. ", "0001 ", "von "],
)  # fmt: skip
def test_a_long_text_takes_time_in_proportion(unit: str) -> None:
    def work(text: str) -> None:
        names.to_text(names.parse(text))
        names.person(text)
        names.looks_like_name(text)
        people, _ = names.split_list(text)
        names.uninvert(people)

    assert grows_in_proportion(work, unit * (250_000 // len(unit)))


@pytest.mark.parametrize("unit", ["a", "a ", "A", "aB", "aB ", "Ada Byron, ", "Ada McCall, ", "A, ", "1B", "a.B"])
def test_a_long_line_of_a_feed_takes_time_in_proportion(unit: str) -> None:
    def work(text: str) -> None:
        names.split_title_and_names(text)
        names.split_title_and_names(f"{text}. Bob")

    assert grows_in_proportion(work, unit * (250_000 // len(unit)))


def test_nested_empty_groups_are_no_part_of_a_name() -> None:
    assert names.parse("Ada {{}{{}}} Byron") == Person(family="Byron", given="Ada")
