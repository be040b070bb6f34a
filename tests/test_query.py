"""The query language: what finds which entry, how a query is read, and where a wrong one is wrong."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli import names, query
from litcli.errors import Exit, UsageError
from litcli.paper import Entry, Paper
from litcli.query import And, Everything, Has, Not, Or, Query, Range, Regex, Word, parse

TODAY = datetime.date(2024, 3, 15)

ENTRY = Entry(
    key="muller2022blackbox",
    paper=Paper(
        type="inproceedings",
        title="Black-Box Tuning of GPT-3: Few-Shot Learners",
        authors=(names.parse("Änne Müller"), names.parse("Aäron van den Oord"), names.parse("{Google Research}")),
        editors=(names.parse("Ada Lovelace"),),
        year=2022,
        date="2022-07-15",
        venue="International Conference on Machine Learning",
        volume="162",
        number="7",
        pages="1--12",
        publisher="PMLR",
        doi="10.1000/ABC.12",
        arxiv="2201.03514",
        primary_class="cs.CL",
        url="https://example.org/a/b",
        links={"code": "https://github.com/x/y"},
        abstract="We tune prompts without gradients.",
        versions=({"venue": "arXiv", "year": 2021},),
    ),
    note="Read again before the talk",
    tags=("nlp", "spotlight"),
    aliases=("mueller2022",),
    sources=("homepage.txt:48 (homepage)",),
    added="2024-03-05",
)
CHINESE = Entry(
    key="zhang2023survey",
    paper=Paper(title="大语言模型综述", authors=(names.parse("张三"),), venue="软件学报", year=2023),
    tags=("综述",),
)
BARE = Entry(key="bare", paper=Paper(title="Nothing"))


def finds(text: str, entry: Entry = ENTRY) -> bool:
    """Whether a query, read on a certain day, matches an entry."""
    return parse(text, TODAY).matches(entry)


# --- what matches -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "tuning",
        "TUNING",
        "müller",
        "muller",
        "conference",
        "muller2022blackbox",
        "MULLER2022BLACKBOX",
        "nlp",
        '"few-shot learners"',
        '"google research"',
    ],
)
def test_a_bare_word_looks_in_title_authors_venue_key_and_tags(text: str) -> None:
    assert finds(text)


@pytest.mark.parametrize("text", ["gradients", "talk", "PMLR", "lovelace", "mueller2022", "homepage", "github"])
def test_a_bare_word_looks_nowhere_else(text: str) -> None:
    assert not finds(text)


@pytest.mark.parametrize(
    "text",
    [
        "author:muller",
        "author:oord",
        'author:"van den Oord"',
        'author:"Aäron van den Oord"',
        'author:"van den Oord Aäron"',
        'author:"google research"',
        "authors:muller",
        "editor:lovelace",
        "title:tuning",
        "year:2022",
        "venue:learning",
        "volume:162",
        "number:7",
        "publisher:pmlr",
        "type:inproceedings",
        "type:InProceedings",
        "key:Muller2022BlackBox",
        "tag:nlp",
        "tags:nlp",
        "alias:mueller2022",
        "doi:10.1000/abc.12",
        "arxiv:2201.03514",
        "primary_class:cs.CL",
        "source:homepage",
        "source:homepage.txt",
        "note:talk",
        "abstract:gradients",
        "links:code",
        "url:example.org",
        "versions:2021",
        "Title:tuning",
    ],
)
def test_a_word_behind_a_field_looks_in_that_field(text: str) -> None:
    assert finds(text)


@pytest.mark.parametrize("text", ["author:tuning", "title:muller", "tag:tuning", "note:nlp", "editor:muller"])
def test_a_word_behind_a_field_looks_in_no_other(text: str) -> None:
    assert not finds(text)


@pytest.mark.parametrize("text", ["learn", "title:tun", "author:mull", "tag:nl", "key:muller", "type:proceedings"])
def test_a_word_is_a_whole_word(text: str) -> None:
    assert not finds(text)


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        ("muller", "Müller"),
        ("müller", "Muller"),
        ("MÜLLER", "müller"),
        ("strasse", "Straße"),
        ("straße", "Strasse"),
        ("few‑shot", "Few-Shot"),
        ("ＢＥＲＴ", "BERT"),
    ],
)
def test_case_accents_and_kinds_of_signs_are_folded_both_ways(wanted: str, there: str) -> None:
    assert finds(f"title:{wanted}", Entry("k", Paper(title=f"On {there} and others")))


@pytest.mark.parametrize("text", ['title:"few-shot"', 'title:"few shot"', "title:few-shot", 'title:"shot learners"'])
def test_the_words_of_a_phrase_stand_side_by_side(text: str) -> None:
    assert finds(text)


@pytest.mark.parametrize("text", ['title:"shot few"', 'title:"few learners"', '"learners international"'])
def test_a_phrase_does_not_match_words_apart(text: str) -> None:
    assert not finds(text)


@pytest.mark.parametrize("text", ["语言模型", "title:综述", "author:张", "venue:软件", "tag:综", '"模型综述"'])
def test_chinese_matches_as_a_part_of_the_text(text: str) -> None:
    assert finds(text, CHINESE)


@pytest.mark.parametrize("text", ["模型语言", "title:张三", "图像"])
def test_chinese_that_is_not_there_does_not_match(text: str) -> None:
    assert not finds(text, CHINESE)


@pytest.mark.parametrize(
    "text",
    [
        "title:/gpt-[34]/",
        "title:/^black/",
        "title:/GPT/",
        "/few.shot/",
        "title:/Few-Shot Learners$/",
        r"url:/example\.org\/a/",
        "title:/few (shot|go)|x/",
    ],
)
def test_a_regular_expression_is_found_anywhere_in_a_value(text: str) -> None:
    assert finds(text)


@pytest.mark.parametrize("text", ["title:/gpt-[56]/", "title:/TUNING/", "title:/^few/", "author:/Oord, /"])
def test_a_regular_expression_that_is_not_found_does_not_match(text: str) -> None:
    assert not finds(text)


@pytest.mark.parametrize(
    "text",
    [
        "year:2020..2023",
        "year:2022..2022",
        "year:2022..",
        "year:..2022",
        "volume:20..200",
        "number:7..10",
        "date:2022..2022",
        "date:2022-07..",
        "date:..2022-07",
        "date:2022-07-15..2022-07-15",
        "date:2022-07",
        "date:2022-07-15",
        "added:2024-03",
    ],
)
def test_a_range_holds_its_ends(text: str) -> None:
    assert finds(text)


@pytest.mark.parametrize(
    "text",
    [
        "year:2023..",
        "year:..2021",
        "year:2023..2020",
        "volume:2..20",
        "number:70..",
        "date:2022-08..",
        "date:..2022-06",
        "date:2023",
        "added:2024-02",
        "added:..2024-03-04",
    ],
)
def test_a_range_holds_nothing_outside(text: str) -> None:
    assert not finds(text)


@pytest.mark.parametrize("text", ["year:..2023", "year:2020..", "date:2020..", "added:..2030"])
def test_an_entry_without_the_value_is_in_no_range(text: str) -> None:
    assert not finds(text, BARE)


def test_the_year_of_a_date_counts_where_there_is_no_year() -> None:
    assert finds("year:2020..2022", Entry("k", Paper(date="2021-05")))


# ENTRY came in ten days before the day of the query.
@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("added:2w..", True),
        ("added:10d..", True),
        ("added:9d..", False),
        ("added:1w..", False),
        ("added:..1w", True),
        ("added:..2w", False),
        ("added:1m..", True),
        ("added:1y..", True),
        ("added:..1m", False),
        ("added:2w..1w", True),
        ("date:2y..", True),
        ("date:1y..", False),
    ],
)
def test_relative_dates_count_back_from_today(text: str, there: bool) -> None:
    assert finds(text) is there


def test_today_is_the_day_of_the_computer_where_none_is_given() -> None:
    today = Entry("k", Paper(), added=datetime.date.today().isoformat())
    assert parse("added:1d..").matches(today)


HELD = """
    title author editor venue year date volume number pages publisher doi arxiv primary_class url
    links abstract note tag alias source added versions type key
""".split()


@pytest.mark.parametrize("field", HELD)
def test_has_finds_a_field_that_holds_something(field: str) -> None:
    assert finds(f"has:{field}")
    assert not finds(f"no:{field}")


@pytest.mark.parametrize("field", ["isbn", "series", "edition", "institution", "fields"])
def test_no_finds_a_field_that_holds_nothing(field: str) -> None:
    assert finds(f"no:{field}")
    assert not finds(f"has:{field}")


@pytest.mark.parametrize("field", ["year", "doi", "author", "tag", "note", "added"])
def test_a_bare_entry_has_nothing(field: str) -> None:
    assert finds(f"no:{field}", BARE)


@pytest.mark.parametrize("field", query.FIELDS)
def test_every_field_can_be_asked_for(field: str) -> None:
    assert finds(f"has:{field} OR no:{field}", BARE)


@pytest.mark.parametrize("text", ["*", "", "  ", "* *", "NOT NOT *"])
def test_a_star_or_nothing_is_every_entry(text: str) -> None:
    assert finds(text, BARE)


# --- AND, OR, NOT, brackets -------------------------------------------------------------------------------

A, B, C = (Word("", word) for word in "abc")
STRUCTURE = {
    "a b": And((A, B)),
    "a AND b": And((A, B)),
    "a OR b": Or((A, B)),
    "NOT a": Not(A),
    "NOT NOT a": Not(Not(A)),
    "NOT a b": And((Not(A), B)),
    "NOT a OR b": Or((Not(A), B)),
    "a NOT b": And((A, Not(B))),
    "a AND NOT b": And((A, Not(B))),
    "a OR NOT b": Or((A, Not(B))),
    "a OR b c": Or((A, And((B, C)))),
    "a b OR c": Or((And((A, B)), C)),
    "a OR b AND c": Or((A, And((B, C)))),
    "(a OR b) c": And((Or((A, B)), C)),
    "a (b OR c)": And((A, Or((B, C)))),
    "NOT (a OR b)": Not(Or((A, B))),
    "NOT (a b) c": And((Not(And((A, B))), C)),
    "((a))": A,
    "(a)(b)": And((A, B)),
    "a OR b OR c": Or((A, B, C)),
    "a b c": And((A, B, C)),
}


@pytest.mark.parametrize(("text", "tree"), STRUCTURE.items(), ids=STRUCTURE)
def test_not_binds_tighter_than_and_and_and_tighter_than_or(text: str, tree: Query) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("tuning learners", True),
        ("tuning absent", False),
        ("absent OR tuning", True),
        ("absent OR missing", False),
        ("NOT absent", True),
        ("NOT tuning", False),
        ("tuning NOT (absent OR missing)", True),
    ],
)
def test_side_by_side_is_all_or_is_any_and_not_is_the_opposite(text: str, there: bool) -> None:
    assert finds(text) is there


@pytest.mark.parametrize("word", ["and", "or", "not"])
def test_the_small_words_are_words(word: str) -> None:
    assert finds(word, Entry("k", Paper(title=f"This {word} that")))
    assert not finds(word, BARE)


@pytest.mark.parametrize("word", ["AND", "OR", "NOT"])
def test_a_quoted_operator_is_a_word(word: str) -> None:
    assert parse(f'"{word}"') == Word("", word)


def test_the_words_of_a_command_line_stand_side_by_side() -> None:
    assert parse(query.join(["author:gao", "NOT", "tag:nlp"])) == And(
        (Word("authors", "gao"), Not(Word("tags", "nlp")))
    )


def test_the_query_of_the_design_is_read() -> None:
    assert parse('author:gao year:2020..2023 tag:nlp NOT title:"few-shot"') == And(
        (Word("authors", "gao"), Range("year", "2020", "2023"), Word("tags", "nlp"), Not(Word("title", "few-shot")))
    )


def test_a_backslash_keeps_a_quote_in_a_phrase() -> None:
    assert parse(r'"say \"yes\" \\ no"') == Word("", r'say "yes" \ no')


# --- a query as text --------------------------------------------------------------------------------------

PLACES = st.sampled_from(["", *(field for field in query.FIELDS if field not in ("added", "date"))])
ANY_WORD = st.one_of(
    st.text(),
    st.text(alphabet='a"\\/:*. ()é深', min_size=1),
    st.sampled_from(["AND", "OR", "NOT", "*", "a..b", "has:doi", "/x/", "title:x", "2020..2023", "-", "''"]),
)
WORDS = st.builds(Word, PLACES, ANY_WORD.filter(str.strip))
REGEXES = st.builds(
    Regex,
    PLACES,
    st.sampled_from([r"a/b", r"\d+", r"x\.y", "a b", "a|b", r"(a)\(", '"', "^a$", "[/]", r"\\", "深"]).map(
        lambda pattern: re.compile(pattern, re.IGNORECASE)
    )
    | st.sampled_from(["GPT", "[A-Z]/"]).map(re.compile),
)
YEARS = st.integers(1900, 2100).map(str)
DAYS = st.dates(datetime.date(1900, 1, 1)).map(str)
RANGES = st.one_of(
    st.builds(Range, st.just("year"), YEARS, st.just("") | YEARS),
    st.builds(Range, st.just("year"), st.just(""), YEARS),
    st.builds(Range, st.sampled_from(["added", "date"]), DAYS | st.just(""), DAYS | st.just("2023-05")),
    st.builds(Range, st.sampled_from(["volume", "number"]), st.sampled_from(["1", "12"]), st.sampled_from(["", "20"])),
)
HAS = st.builds(Has, st.sampled_from(query.FIELDS))
QUERIES: st.SearchStrategy[Query] = st.recursive(
    st.one_of(st.just(Everything()), WORDS, REGEXES, RANGES, HAS),
    lambda parts: st.one_of(
        st.builds(Not, parts),
        st.builds(And, st.lists(parts, min_size=2, max_size=4).map(tuple)),
        st.builds(Or, st.lists(parts, min_size=2, max_size=4).map(tuple)),
    ),
    max_leaves=8,
)


@given(QUERIES)
def test_the_text_of_a_query_is_read_as_the_same_query(tree: Query) -> None:
    assert parse(str(tree), TODAY) == tree


@pytest.mark.parametrize(
    "text",
    [
        "author:gao",
        "gao",
        "tag:nlp year:2020.. NOT has:note",
        "a OR b c",
        "(a OR b) c",
        'title:"few shot"',
        "title:/gpt-[34]/",
        "no:doi",
        "year:..2019",
        "*",
    ],
)
def test_a_query_is_shown_as_it_was_typed(text: str) -> None:
    assert str(parse(text)) == text.replace("NOT has:", "no:")


PIECES = st.sampled_from(
    [
        "AND",
        "OR",
        "NOT",
        " ",
        "(",
        ")",
        '"',
        "/",
        ":",
        "*",
        "..",
        "\\",
        "gao",
        "title:",
        "year:",
        "2w",
        "added:",
        "has:",
        "20",
    ]
)


@given(st.lists(PIECES).map("".join) | st.text())
def test_any_text_is_a_usage_error_or_a_query_that_can_be_shown(text: str) -> None:
    try:
        tree = parse(text, TODAY)
    except UsageError:
        return
    assert parse(str(tree), TODAY) == tree


# --- errors -----------------------------------------------------------------------------------------------

# query: the column that is named, a piece of the message
ERRORS = {
    "titel:x": (1, "there is no field 'titel'"),
    "nlp titel:x": (5, "there is no field 'titel'"),
    "  titel:x": (3, "there is no field 'titel'"),
    "(titel:x)": (2, "there is no field 'titel'"),
    "has:dio": (5, "there is no field 'dio'"),
    "NOT no:dio": (8, "there is no field 'dio'"),
    '"few shot': (1, "this quote is not closed"),
    'a "few shot': (3, "this quote is not closed"),
    'title:"few shot': (7, "this quote is not closed"),
    "(a b": (1, "this bracket is not closed"),
    "a (b (c)": (3, "this bracket is not closed"),
    "a b)": (4, "this bracket was never opened"),
    ")": (1, ""),
    "()": (2, "a term is missing here"),
    "NOT": (4, "a term is missing here"),
    "a OR": (5, "a term is missing here"),
    "a OR  ": (5, "a term is missing here"),
    "OR a": (1, "a term is missing here"),
    "AND a": (1, "a term is missing here"),
    "a AND OR b": (7, "a term is missing here"),
    "a AND": (6, "a term is missing here"),
    "title:": (7, "a value is missing behind title:"),
    'title:""': (8, "nothing between the quotes"),
    'a " "': (4, "nothing between the quotes"),
    "title:/(/": (8, "not a regular expression"),
    "a title:/[/": (10, "not a regular expression"),
    "year:abc": (6, "'abc' is not a year"),
    "year:20x..": (6, "'20x' is not a year"),
    "a year:..x": (10, "'x' is not a year"),
    "year:2020..x": (12, "'x' is not a year"),
    "added:yesterday..": (7, "'yesterday' is not a date"),
    "added:2023-13": (7, "month must be in 1..12"),
    "a added:9999y..": (9, "9999y"),
}


@pytest.mark.parametrize("text", ERRORS)
def test_an_error_names_the_column_and_what_is_wrong(text: str) -> None:
    column, what = ERRORS[text]
    with pytest.raises(UsageError) as caught:
        parse(text, TODAY)
    assert caught.value.message.startswith(f"in the query, column {column}: ")
    assert what in caught.value.message


@pytest.mark.parametrize("text", ERRORS)
def test_an_error_points_at_the_column_below_the_query(text: str) -> None:
    column, _ = ERRORS[text]
    with pytest.raises(UsageError) as caught:
        parse(text, TODAY)
    lines = caught.value.message.split("\n")
    assert lines[-2] == f"  {text}"
    assert lines[-1] == "  " + " " * (column - 1) + "^"


def test_the_sign_below_a_query_stands_where_a_terminal_shows_the_place() -> None:
    # Each of the first four takes two columns, the mark on the e takes none.
    with pytest.raises(UsageError, match="column 10: ") as caught:
        parse("语言模型 e\u0301 \tx:y")
    *_, line, sign = caught.value.message.split("\n")
    assert (line, sign) == ("  语言模型 e\u0301  x:y", " " * 14 + "^")


def test_of_a_query_over_lines_the_one_with_the_fault_is_shown() -> None:
    with pytest.raises(UsageError, match="column 7: ") as caught:
        parse("a OR\n (b\nc")
    assert caught.value.message.split("\n")[-2:] == ["   (b", "   ^"]


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("doi:https://doi.org/10.1000/abc.12", "doi:10.1000/abc.12"),
        ('doi:"doi: 10.1000/abc.12"', "doi:10.1000/abc.12"),
        ("arxiv:https://arxiv.org/abs/2201.03514v2", "arxiv:2201.03514"),
        ("arxiv:arXiv:2201.03514", "arxiv:2201.03514"),
    ],
)
def test_an_identifier_is_found_by_its_address(address: str, plain: str) -> None:
    assert parse(address) == parse(plain)
    assert finds(address)


def test_an_error_is_one_of_usage() -> None:
    with pytest.raises(UsageError) as caught:
        parse("titel:x")
    assert caught.value.exit_code == Exit.USAGE


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("titel:x", "title"),
        ("autor:x", "author"),
        ("has:dio", "doi"),
        ("yaer:2020", "year"),
        ("no:abstrakt", "abstract"),
    ],
)
def test_a_field_that_does_not_exist_brings_up_the_near_ones(text: str, near: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text)
    assert "did you mean" in caught.value.hint
    assert re.search(rf"\b{near}\b", caught.value.hint)


def test_a_field_that_is_near_to_none_brings_up_them_all() -> None:
    with pytest.raises(UsageError) as caught:
        parse("qqqqqq:x")
    assert all(field in caught.value.hint for field in query.FIELDS)


# --- queries that the library keeps -----------------------------------------------------------------------

KEPT = {
    "blackbox": 'black-box OR title:"prompt tuning"',
    "mine": "query:blackbox author:muller",
    "bad": "titel:x",
    "self": "query:self",
    "one": "tag:x query:other",
    "other": "NOT query:one",
}


@pytest.mark.parametrize(
    ("text", "there"),
    [("query:blackbox", True), ("query:blackbox year:2020", False), ("query:mine", True), ("NOT query:mine", False)],
)
def test_a_saved_query_stands_for_its_text(text: str, there: bool) -> None:
    assert parse(text, TODAY, KEPT).matches(ENTRY) is there


def test_a_saved_query_is_shown_by_its_name() -> None:
    assert str(parse("NOT query:mine", TODAY, KEPT)) == "NOT query:mine"


def test_a_name_that_is_not_saved_brings_up_those_that_are() -> None:
    with pytest.raises(UsageError) as error:
        parse("year:2020 query:later", TODAY, KEPT)
    assert "column 17: there is no saved query 'later'" in error.value.message
    assert "blackbox" in error.value.hint
    assert "[settings.queries]" in error.value.hint


@pytest.mark.parametrize(
    ("name", "told"),
    [("bad", "no field 'titel'"), ("self", "'self' is a part of itself"), ("one", "'one' is a part of itself")],
)
def test_a_fault_in_a_saved_query_is_told_with_its_name(name: str, told: str) -> None:
    with pytest.raises(UsageError, match=f"in the saved query '{name}'.*{told}"):
        parse(f"query:{name}", TODAY, KEPT)


@pytest.mark.parametrize("head", [{}, {"settings": 3}, {"settings": {"queries": "x"}}])
def test_a_library_without_queries_has_none(head: dict[str, object]) -> None:
    assert query.saved(head) == {}


def test_the_saved_queries_are_those_of_the_settings() -> None:
    assert query.saved({"settings": {"queries": {"a": "tag:x"}}}) == {"a": "tag:x"}
