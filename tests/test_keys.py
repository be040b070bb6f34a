"""Citation keys: made by the pattern of design section 6, in ASCII letters and digits, unique ignoring case."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli import keys, names
from litcli.errors import LibraryError, UsageError
from litcli.paper import Paper, Person
from tests.growth import grows_in_proportion


def paper(author: str = "", title: str = "", year: int | None = None, **other: str) -> Paper:
    """A paper of one author."""
    return Paper(title=title, authors=(names.parse(author),) if author else (), year=year, **other)  # type: ignore[arg-type]


PAPERS = {
    "the pattern": (
        paper("Tianxiang Sun", "Black-Box Tuning for Language-Model-as-a-Service", 2022),
        "sun2022blackbox",
    ),
    "an article": (
        paper("Ada Lovelace", "The Analytical Engine", 1843),
        "lovelace1843analytical",
    ),
    "a preposition and an article": (paper("Alan Turing", "On the Computable Numbers", 1936), "turing1936computable"),
    "a question": (paper("Mengzhou Xia", "What Is in a Word?", 2020), "xia2020what"),
    "no year": (paper("Tianxiang Sun", "Black-Box Tuning"), "sunblackbox"),
    "the year of a date": (paper("Tianxiang Sun", "Black-Box Tuning", date="2022-01-10"), "sun2022blackbox"),
    "a date without its year": (paper("Tianxiang Sun", "Black-Box Tuning", date="--01-10"), "sunblackbox"),
    "an umlaut": (paper("Änne Müller", "Größe", 2020), "muller2020grosse"),
    "letters that have no accent": (paper("Łukasz Øystein Łoś", "Æther", 2020), "los2020aether"),
    "an apostrophe": (paper("Brendan O'Connor", "Don't Panic", 2010), "oconnor2010dont"),
    "a hyphen": (paper("Zeyuan Allen-Zhu", "Physics of Models", 2023), "allenzhu2023physics"),
    "a particle": (paper("Laurens van der Maaten", "Visualizing Data", 2008), "maaten2008visualizing"),
    "a family name of two words": (paper("Brinch Hansen, Per", "Operating Systems", 1973), "brinchhansen1973operating"),
    "an organisation": (paper("{OpenAI}", "GPT-4 Technical Report", 2023), "openai2023gpt4"),
    "a title in braces": (paper("Jacob Devlin", "{BERT}: Pre-training", 2019), "devlin2019bert"),
    "a word before a colon": (paper("Jacob Devlin", "BERT:Pre-training", 2019), "devlin2019bert"),
    "a title that opens with math": (paper("Ada Lovelace", "$k$-means Revisited", 2020), "lovelace2020kmeans"),
    "a title that opens with a command": (paper("Ada Lovelace", r"\emph{Deep} Learning", 2020), "lovelace2020deep"),
    "a title that opens with a digit": (paper("Bernhard Kerbl", "3D Gaussian Splatting", 2023), "kerbl20233d"),
    "several function words": (paper("Ada Lovelace", "From the Above to the Lines", 2020), "lovelace2020lines"),
    "nothing but function words": (paper("Ada Lovelace", "To the", 2020), "lovelace2020to"),
    "an empty title": (paper("Ada Lovelace", "", 2020), "lovelace2020"),
    "a Chinese title": (paper("Ada Lovelace", "大语言模型", 2020), "lovelace2020"),
}


@pytest.mark.parametrize(("made_of", "key"), PAPERS.values(), ids=PAPERS)
def test_a_key_follows_the_pattern(made_of: Paper, key: str) -> None:
    assert keys.USUAL.key(made_of) == key


def test_the_first_author_gives_the_key() -> None:
    two = Paper(title="Engines", authors=(names.parse("Ada Lovelace"), names.parse("Alan Turing")), year=1900)
    assert keys.USUAL.key(two) == "lovelace1900engines"


def test_an_editor_stands_for_a_missing_author() -> None:
    assert (
        keys.USUAL.key(Paper(title="Handbook", editors=(names.parse("Ada Lovelace"),), year=1900))
        == "lovelace1900handbook"
    )


@pytest.mark.parametrize("author", ["", "张三"], ids=["none", "one that ASCII cannot spell"])
def test_the_first_words_of_the_title_stand_for_an_author(author: str) -> None:
    key = keys.USUAL.key(paper(author, "A Comprehensive Overview of Large Language Models", 2023))
    assert key.startswith("comprehensiveoverview")
    assert "2023" in key


@pytest.mark.parametrize("title", ["3D Gaussian Splatting", "2023 in Review", "1"])
def test_a_key_without_an_author_does_not_begin_with_a_digit(title: str) -> None:
    assert keys.USUAL.key(paper("", title, 2023))[0].isalpha()


@pytest.mark.parametrize("title", ["", "{}", "…", "深度学习", "$$", "你+ 好#", "\\alpha"])
def test_a_paper_of_which_ascii_spells_nothing_has_a_key_all_the_same(title: str) -> None:
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", keys.USUAL.key(paper("", title)))


# --- patterns ---------------------------------------------------------------------------------------------

JABREF = Paper(
    type="article",
    title="An awesome paper on JabRef",
    authors=tuple(map(names.parse, ["Isaac Newton", "James Maxwell", "Albert Einstein", "Niels Bohr"])),
    editors=tuple(map(names.parse, ["Ada Lovelace", "Charles Babbage"])),
    year=2017,
    venue="Physical Review Letters",
    pages="270-277",
)
"""The example of JabRef's manual, which says what each marker makes of it."""
MADE = {
    "[auth]": "Newton",
    "[auth3]": "New",
    "[auth3_2]": "Max",
    "[auth3_9]x[auth]": "xNewton",
    "[authors]": "NewtonMaxwellEinsteinBohr",
    "[authors2]": "NewtonMaxwellEtAl",
    "[authors4]": "NewtonMaxwellEinsteinBohr",
    "[authorsAlpha]": "NMEB",
    "[authEtAl]": "NewtonEtAl",
    "[auth.etal]": "Newton.etal",
    "[auth.auth.ea]": "Newton.Maxwell.ea",
    "[authIni4]": "NMEB",
    "[authIni7]": "NeMaEiB",
    "[authForeIni]": "I",
    "[authorLastForeIni]": "N",
    "[authorLast]": "Bohr",
    "[authorIni]": "NewtoMEB",
    "[authshort]": "NME+",
    "[author]": "IsaacNewtonandJamesMaxwellandAlbertEinsteinandNielsBohr",
    "[pureauth]": "Newton",
    "[edtr]": "Lovelace",
    "[edtr4_2]": "Babb",
    "[editors]": "LovelaceBabbage",
    "[edtr.edtr.ea]": "Lovelace.Babbage",
    "[edtrForeIni]": "A",
    "k[year]": "k2017",
    "k[shortyear]": "k17",
    "[title]": "AnAwesomePaperonJabRef",
    "[camel]": "AnAwesomePaperOnJabRef",
    "[fulltitle]": "AnawesomepaperonJabRef",
    "[shorttitle]": "awesomepaperJabRef",
    "[shorttitleINI]": "Aap",
    "[shorttitle2]": "awesomepaper",
    "[shorttitle3_1]": "AwesomepaperJabRef",
    "[veryshorttitle]": "awesome",
    "[journal]": "PhysicalReviewLetters",
    "[journal:abbr]": "PRL",
    "demo[TITLE:abbr]": "demoAapoJ",
    "[title:abbr]": "AAPoJ",
    "[camel:abbr]": "AAPOJ",
    "[title:abbr:lower]": "aapoj",
    "[auth:upper]": "NEWTON",
    "[veryshorttitle:capitalize]": "Awesome",
    "[fulltitle:capitalize]": "AnAwesomePaperOnJabref",
    "[fulltitle:titlecase]": "AnAwesomePaperonJabref",
    "[fulltitle:sentencecase]": "Anawesomepaperonjabref",
    "[auth:truncate3]": "New",
    "[fulltitle:truncate4]": "Ana",
    '[fulltitle:truncate10:regex(" ","_")]': "An_awesome",
    r'[auth.etal:regex("\\.etal","EtAl")]': "NewtonEtAl",
    r'[auth.auth.ea:regex("(\w+)\.(\w+)", "$2:$1")]': "Maxwell:Newton.ea",
    '[auth:regex("[aeiou]",""):lower]': "nwtn",
    "p[firstpage]-[lastpage]": "p270-277",
    "[pageprefix]x": "x",
    "[entrytype]": "Article",
    "[volume:(novolume)]": "novolume",
    "[volume]x": "x",
    "[auth:lower]_[year]:[veryshorttitle]": "newton_2017:awesome",
    "scholar": "newton2017awesome",
    "bbt": "newtonAwesomePaperJabRef2017",
    "jabref": "Newton2017",
}


@pytest.mark.parametrize(("pattern", "key"), MADE.items(), ids=MADE)
def test_a_pattern_makes_what_the_manual_of_jabref_says(pattern: str, key: str) -> None:
    assert keys.parse(pattern).key(JABREF) == key


@pytest.mark.parametrize(("people", "key"), [(1, "Newton"), (2, "NewtonMaxwell"), (3, "NewtonEtAl")])
def test_et_al_stands_for_more_than_two(people: int, key: str) -> None:
    assert keys.parse("[authEtAl]").key(replace(JABREF, authors=JABREF.authors[:people])) == key


OF_PEOPLE = {
    ("authorsAlpha", 1): "New",
    ("authorsAlpha", 2): "NM",
    ("authorsAlpha", 5): "NME+",
    ("auth.etal", 1): "Newton",
    ("auth.etal", 2): "Newton.Maxwell",
    ("auth.auth.ea", 1): "Newton",
    ("auth.auth.ea", 2): "Newton.Maxwell",
    ("authIni4", 1): "Newt",
    ("authIni4", 2): "NeMa",
    ("authIni4", 3): "NeME",
    ("authIni4", 5): "NMEB",
    ("authshort", 1): "Newton",
    ("authshort", 2): "NM",
    ("authshort", 3): "NME",
}


@pytest.mark.parametrize(("marker", "people"), OF_PEOPLE, ids=map(str, OF_PEOPLE))
def test_what_a_marker_makes_depends_on_how_many_there_are(marker: str, people: int) -> None:
    authors = (*JABREF.authors, names.parse("Marie Curie"))[:people]
    assert keys.parse(f"[{marker}]").key(replace(JABREF, authors=authors)) == OF_PEOPLE[marker, people]


@pytest.mark.parametrize(
    ("marker", "key"),
    [("auth", "Aalst"), ("authFirstFull", "vanderAalst"), ("authorsAlpha", "vdAal"), ("authForeIni", "W")],
)
def test_a_particle_counts_where_the_marker_says_so(marker: str, key: str) -> None:
    assert keys.parse(f"[{marker}]").key(paper("Wil van der Aalst")) == key


def test_only_the_pure_markers_leave_the_editors_out() -> None:
    edited = replace(JABREF, authors=())
    assert keys.parse("[authors]").key(edited) == "LovelaceBabbage"
    assert keys.parse("x[pureauthors]").key(edited) == "x"


@pytest.mark.parametrize(
    ("pages", "key"), [("7,41,73-97", "p7-97"), ("L7", "Lp7-7"), ("S117-S25", "Sp25-117"), ("", "p")]
)
def test_the_pages_are_the_lowest_and_the_highest_number(pages: str, key: str) -> None:
    assert keys.parse("[pageprefix]p[firstpage]-[lastpage]").key(Paper(pages=pages)) == key


def test_a_list_that_its_source_cut_is_et_al() -> None:
    assert keys.parse("[authors4]").key(replace(JABREF, et_al=True)) == "NewtonMaxwellEinsteinBohrEtAl"


def test_the_first_author_is_the_first_even_if_ascii_cannot_spell_him() -> None:
    two = Paper(
        title="Domain-Specific Models", authors=(names.parse("池谷 裕二"), names.parse("Robert Tinn")), year=2021
    )
    assert keys.USUAL.key(two) == "domainspecificmodels2021"


@pytest.mark.parametrize("pattern", ["[year][auth]", "jabref", "[authors2]_[year]"])
def test_the_title_stands_for_a_missing_author_in_any_pattern(pattern: str) -> None:
    assert keys.parse(pattern).key(replace(JABREF, authors=(), editors=())) == "awesomepaperjabref2017"


BAD_PATTERNS = {
    "[auth": ("column 1", "not closed"),
    "[auth]]": ("column 7", "cannot stand in a key"),
    "[auth] [year]": ("column 7", "cannot stand in a key"),
    "[year][name]": ("column 8", "no field 'name'"),
    "[year3]": ("column 2", "no field 'year3'"),
    "[auth99999]": ("column 2", "no field 'auth99999'"),
    "[auth:truncate99999]": ("column 2", "no modifier 'truncate99999'"),
    "[auth:small]": ("column 2", "no modifier 'small'"),
    "[auth:lowers]": ("column 2", "no modifier 'lowers'"),
    '[auth:regex("[a","b")]': ("column 2", "no modifier 'regex"),
    '[auth:regex("a","$1")]': ("column 2", "no modifier 'regex"),
    "ref": ("column 1", "no field in it"),
    "": ("column 1", "no field in it"),
}


@pytest.mark.parametrize(("pattern", "told"), BAD_PATTERNS.items(), ids=BAD_PATTERNS)
def test_what_is_no_pattern_is_refused_with_its_column(pattern: str, told: tuple[str, str]) -> None:
    with pytest.raises(UsageError) as error:
        keys.parse(pattern)
    assert all(part in error.value.message for part in told)


@pytest.mark.parametrize("pattern", MADE)
def test_a_pattern_is_written_as_it_was_read(pattern: str) -> None:
    read = keys.parse(pattern)
    assert (keys.parse(str(read)), str(read)) == (read, keys.PRESETS.get(pattern, pattern))


def test_a_library_has_the_pattern_of_its_settings() -> None:
    assert str(keys.of_library({"settings": {"keys": "jabref"}})) == "[auth][year]"
    assert str(keys.of_library({})) == keys.DEFAULT


@pytest.mark.parametrize("wrong", [3, "", "[auth", "[name]", "bibtex", ["jabref"]])
def test_what_is_no_pattern_in_a_library_is_named(wrong: object) -> None:
    with pytest.raises(LibraryError) as error:
        keys.of_library({"settings": {"keys": wrong}})
    assert error.value.message.startswith(f"settings.keys in the library is no pattern: {wrong!r}")
    assert error.value.hint


# --- keys that are new ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "letters"), [(0, ""), (1, "a"), (26, "z"), (27, "aa"), (28, "ab"), (53, "ba"), (702, "zz"), (703, "aaa")]
)
def test_the_suffixes_count_on_behind_z(number: int, letters: str) -> None:
    assert keys.suffix(number) == letters


def test_a_free_key_gets_no_suffix() -> None:
    assert keys.Free(set())("lovelace1843engines") == "lovelace1843engines"


@pytest.mark.parametrize(
    ("taken", "key"),
    [
        ({"ada", "adaa", "adac"}, "Adab"),
        ({"ada" + letter for letter in ["", *"abcdefghijklmnopqrstuvwxyz"]}, "Adaaa"),
    ],
    ids=["a gap", "behind z"],
)
def test_a_taken_key_gets_the_first_free_suffix(taken: set[str], key: str) -> None:
    assert keys.Free(taken)("Ada") == key


def test_keys_that_get_taken_meanwhile_are_passed_over() -> None:
    taken = {"ada"}
    free = keys.Free(taken)
    made = []
    for _ in range(3):
        made.append(free("ada"))
        taken.add(made[-1])
    assert made == ["adaa", "adab", "adac"]


def test_many_keys_of_one_stem_take_time_in_proportion() -> None:
    def work(text: str) -> None:
        taken: set[str] = set()
        free = keys.Free(taken)
        for stem in text:
            taken.add(free(stem))

    assert grows_in_proportion(work, "x" * 20_000)


@pytest.mark.parametrize(
    ("key", "fits"),
    [("ada", True), ("adab", True), ("adaz", True), ("ad", False), ("ada1", False), ("adaB", False), ("bada", False)],
)
def test_a_key_fits_its_stem_with_a_letter_at_most(key: str, fits: bool) -> None:
    assert keys.fits(key, "ada") is fits


@pytest.mark.parametrize(("taken", "fits"), [(set(), False), ({"ada", "adaz"}, True)])
def test_two_letters_fit_behind_z(taken: set[str], fits: bool) -> None:
    assert keys.fits("adaaa", "ada", taken) is fits


TITLES = st.one_of(st.text(), st.text(alphabet="aZ3 {}$\\#+*:-é深の_'"))
PAPERS_OF_ANY_KIND = st.builds(
    Paper,
    title=TITLES,
    authors=st.lists(st.builds(Person, family=TITLES) | st.builds(Person, literal=TITLES), max_size=2).map(tuple),
    year=st.none() | st.integers(0, 2100),
    date=st.sampled_from(["", "2022-01-10", "--01-10"]),
)


@given(PAPERS_OF_ANY_KIND)
def test_any_key_is_ascii_letters_and_digits_and_begins_with_a_letter(any_paper: Paper) -> None:
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", keys.USUAL.key(any_paper))


@given(
    PAPERS_OF_ANY_KIND,
    st.lists(st.sampled_from([pattern for pattern in MADE if "[" in pattern]), min_size=1, max_size=3).map("".join),
)
def test_any_pattern_makes_a_key_that_bibtex_and_biber_take(any_paper: Paper, pattern: str) -> None:
    key = keys.parse(pattern).key(any_paper)
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9:._/+-]*", key)


@given(st.lists(PAPERS_OF_ANY_KIND, max_size=40))
def test_keys_made_one_after_the_other_differ_in_more_than_case(papers: list[Paper]) -> None:
    taken: set[str] = set()
    free = keys.Free(taken)
    for any_paper in papers:
        taken.add(free(keys.USUAL.key(any_paper)).lower())
    assert len(taken) == len(papers)
