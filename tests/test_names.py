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
        "Team OLMo",
        "Gemini Team Google",
        "Consortium for Liverwort Genomics",
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
    "Ada Lovelace1,2, Alan Turing2, Kurt Gödel12": ["Ada Lovelace", "Alan Turing", "Kurt Gödel"],
    "Ada Lovelace (equal contribution), Alan Turing (*)": ["Ada Lovelace", "Alan Turing"],
    "Zhongfei (Mark) Zhang, Wei Wang 0001": ["Zhongfei (Mark) Zhang", "Wei Wang 0001"],
    "LLM360, Ada Lovelace": ["LLM360", "Ada Lovelace"],
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
        " + 5 more",
        " and 4 other authors",
        ", …",
        ", ...",
    ],
)
def test_the_end_of_a_cut_list_is_no_person(tail: str) -> None:
    assert names.split_list("Ada Lovelace, Alan Turing" + tail) == (["Ada Lovelace", "Alan Turing"], True)


# --- inverted names in a comma list -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    ["", "Ada Lovelace, Alan Turing", "Doubov, Sasha, Li, Wei", "DeepSeek-AI, Liu, Aixin", "Le Hou, Doubov, Sasha"],
)
def test_a_list_whose_names_all_have_both_halves_is_sure(line: str) -> None:
    assert names.is_paired([item for item in line.split(", ") if item])


@pytest.mark.parametrize("line", ["Plato", "Plato, Doubov, Sasha", "Ada Lovelace, Doubov, Alan Turing"])
def test_a_list_with_half_a_name_is_not_sure(line: str) -> None:
    assert not names.is_paired(line.split(", "))


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


def test_nested_empty_groups_are_no_part_of_a_name() -> None:
    assert names.parse("Ada {{}{{}}} Byron") == Person(family="Byron", given="Ada")


@pytest.mark.parametrize(
    ("printed", "people"),
    [
        (
            "Park, Joon Sung, O'Brien, Joseph C., Cai, Carrie J.",
            ["Joon Sung Park", "Joseph C. O'Brien", "Carrie J. Cai"],
        ),
        ("Qwen, An Yang, Baosong Yang, Hui, Binyuan", ["Qwen", "An Yang", "Baosong Yang", "Binyuan Hui"]),
    ],
)
def test_a_given_name_of_two_words_is_one_where_the_list_alternates(printed: str, people: list[str]) -> None:
    assert [names.display(person) for person in names.uninvert(printed.split(", "))] == people


@pytest.mark.parametrize(
    ("printed", "people"),
    [
        ("Li Zhang (张力), Min Zhao*", ["Li Zhang", "Min Zhao"]),
        ("Hao Peng, and Tushar Khot.", ["Hao Peng", "Tushar Khot"]),
        ("Hao Peng, Scott A.", ["Hao Peng", "Scott A."]),
        ("ʻAlī al-Rāzī, Meta AI", ["ʻAlī al-Rāzī", "Meta AI"]),
    ],
)
def test_what_stands_behind_a_name_is_no_part_of_it(printed: str, people: list[str]) -> None:
    assert names.split_list(printed) == (people, False)


def test_a_group_ends_in_ai_but_nobody_who_is_called_so() -> None:
    assert (names.is_organisation("Meta AI"), names.is_organisation("Wei Ai")) == (True, False)
