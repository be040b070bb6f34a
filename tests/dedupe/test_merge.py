"""Two records of one work into one: a union that loses nothing, whichever of the two comes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import names
from litcli.dedupe import fill, merge, unite, unite_papers
from litcli.dedupe.merge import by_claim, merge_papers, united_notes
from litcli.paper import Entry, Paper, Person
from litcli.text import fold, title_key

TITLE = "Sheared LLaMA: Accelerating Pre-training via Structured Pruning"
AUTHORS = tuple(map(names.parse, ["Mengzhou Xia", "Tianyu Gao", "Danqi Chen"]))
PREPRINT = Paper(
    title=TITLE, authors=AUTHORS, year=2023, date="2023-10-10", venue="arXiv", arxiv="2310.06694",
    primary_class="cs.CL", url="https://arxiv.org/abs/2310.06694", abstract="We prune.", fields={"badge": "Code"},
)  # fmt: skip
PUBLISHED = Paper(
    type="inproceedings", title=TITLE, authors=AUTHORS, year=2024, venue="ICLR", pages="1--20", doi="10.1000/iclr",
    url="https://example.org/iclr", links={"pdf": "https://example.org/iclr.pdf"}, fields={"award": "Oral"},
)  # fmt: skip


def entry(paper: Paper = PREPRINT, **own: Any) -> Entry:
    return Entry(key="xia2023sheared", paper=paper, **own)


# --- preprint and publication -----------------------------------------------------------------------------

ORDERS = pytest.mark.parametrize(
    ("first", "second"), [(PREPRINT, PUBLISHED), (PUBLISHED, PREPRINT)], ids=["preprint first", "published first"]
)


@ORDERS
@pytest.mark.parametrize("field", ["type", "venue", "year", "pages", "doi"])
def test_the_published_form_is_on_top(first: Paper, second: Paper, field: str) -> None:
    assert getattr(merge_papers(first, second), field) == getattr(PUBLISHED, field)


@ORDERS
def test_the_preprint_stays_among_the_versions(first: Paper, second: Paper) -> None:
    (version,) = merge_papers(first, second).versions
    assert {name: version.get(name) for name in ("venue", "year", "arxiv", "date")} == {
        "venue": "arXiv",
        "year": 2023,
        "arxiv": "2310.06694",
        "date": "2023-10-10",
    }


@ORDERS
def test_the_published_form_does_not_get_the_preprints_day(first: Paper, second: Paper) -> None:
    assert merge_papers(first, second).date == ""


@ORDERS
def test_the_arxiv_id_is_kept_beside_the_doi(first: Paper, second: Paper) -> None:
    merged = merge_papers(first, second)
    assert (merged.doi, merged.arxiv, merged.primary_class) == ("10.1000/iclr", "2310.06694", "cs.CL")


@ORDERS
def test_what_only_one_of_them_says_is_kept(first: Paper, second: Paper) -> None:
    merged = merge_papers(first, second)
    assert merged.abstract == "We prune."
    assert dict(merged.links) == {"pdf": "https://example.org/iclr.pdf"}
    assert dict(merged.fields) == {"badge": "Code", "award": "Oral"}


@ORDERS
def test_both_addresses_are_kept(first: Paper, second: Paper) -> None:
    assert said(PREPRINT) | said(PUBLISHED) <= said(merge_papers(first, second))


@ORDERS
def test_the_preprint_once_more_changes_nothing(first: Paper, second: Paper) -> None:
    merged = merge_papers(first, second)
    assert merge_papers(merged, PREPRINT) == merged
    assert merge_papers(merged, PUBLISHED) == merged


def test_two_preprints_of_one_work_stay_one_entry_with_one_version_each() -> None:
    other = replace(PREPRINT, venue="bioRxiv", arxiv="", doi="10.1101/2023.1", url="https://example.org/bio")
    merged = merge_papers(merge_papers(PREPRINT, other), PUBLISHED)
    assert said(PREPRINT) | said(other) | said(PUBLISHED) <= said(merged)
    assert merged.venue == "ICLR"


@pytest.mark.parametrize("doi", ["10.48550/arXiv.2310.06694", "10.48550/arxiv.2310.06694"])
def test_arxivs_own_doi_is_no_publication(doi: str) -> None:
    merged = merge_papers(replace(PREPRINT, doi=doi), PUBLISHED)
    assert (merged.venue, merged.doi) == ("ICLR", "10.1000/iclr")


# --- field by field ---------------------------------------------------------------------------------------


def test_full_names_win_over_initials_whichever_comes_first() -> None:
    short = replace(PREPRINT, authors=tuple(map(names.parse, ["M. Xia", "T. Gao", "D. Chen"])))
    assert merge_papers(short, PREPRINT).authors == AUTHORS
    assert merge_papers(PREPRINT, short).authors == AUTHORS


def people_of(*spelled: str) -> tuple[Person, ...]:
    return tuple(map(names.parse, spelled))


@pytest.mark.parametrize(
    ("one", "two", "best"),
    [
        (["M. Xia", "Tianyu Gao"], ["Mengzhou Xia", "T. Gao"], ["Mengzhou Xia", "Tianyu Gao"]),
        (["Michael Jordan"], ["Michael I. Jordan"], ["Michael I. Jordan"]),
        (["Jurgen Muller"], ["J. Müller"], ["Jurgen Muller"]),
        (["Anne Muller"], ["Anne Müller"], ["Anne Müller"]),
        (["M. Xia", "T. Gao", "D. Chen"], ["Mengzhou Xia"], ["Mengzhou Xia", "T. Gao", "D. Chen"]),
    ],
    ids=["each name by itself", "a middle name", "letters before accents", "accents", "a longer list of shorter names"],
)
def test_each_name_is_as_full_as_either_record_has_it(one: list[str], two: list[str], best: list[str]) -> None:
    a, b = (replace(PUBLISHED, authors=people_of(*spelled)) for spelled in (one, two))
    assert merge_papers(a, b).authors == merge_papers(b, a).authors == people_of(*best)


def test_names_that_cannot_be_one_persons_are_not_mixed_and_not_lost() -> None:
    one = replace(PUBLISHED, authors=people_of("Kate Smith", "A. Lee"))
    two = replace(PUBLISHED, authors=people_of("John Smith", "Ann Lee"))
    merged = merge_papers(one, two)
    assert merged.authors == people_of("John Smith", "Ann Lee")
    assert merged.versions == ({"authors": ["Kate Smith", "A. Lee"]},)


def test_a_title_in_capitals_gives_way_to_one_that_is_not() -> None:
    shouted = replace(PUBLISHED, title=TITLE.upper())
    assert merge_papers(shouted, PUBLISHED).title == merge_papers(PUBLISHED, shouted).title == TITLE


@pytest.mark.parametrize("venue", ["ICLR", "International Conference on Learning Representations"])
def test_two_records_of_one_printing_complete_each_other(venue: str) -> None:
    one = replace(PUBLISHED, doi="", pages="1--20")
    two = replace(PUBLISHED, venue=venue, pages="", publisher="OpenReview")
    for merged in (merge_papers(one, two), merge_papers(two, one)):
        assert (merged.doi, merged.pages, merged.publisher) == ("10.1000/iclr", "1--20", "OpenReview")


@pytest.mark.parametrize(("field", "value"), [("year", 2025), ("venue", "ACL"), ("volume", "9"), ("pages", "7--9")])
def test_two_printings_are_not_mixed(field: str, value: Any) -> None:
    one = replace(PUBLISHED, volume="8")
    two = replace(one, **{field: value, "doi": "", "publisher": "ACL"})
    merged = merge_papers(one, two)
    assert (merged.publisher, merged.doi) == ("", "10.1000/iclr")
    assert said(two) <= said(merged)


def test_a_whole_list_wins_over_one_that_was_cut() -> None:
    cut = replace(PREPRINT, authors=AUTHORS[:1], et_al=True)
    for merged in (merge_papers(cut, PREPRINT), merge_papers(PREPRINT, cut)):
        assert (merged.authors, merged.et_al) == (AUTHORS, False)


def test_a_list_that_both_cut_is_still_cut() -> None:
    cut = replace(PREPRINT, authors=AUTHORS[:1], et_al=True)
    longer = replace(PREPRINT, authors=AUTHORS[:2], et_al=True)
    for merged in (merge_papers(cut, longer), merge_papers(longer, cut)):
        assert (merged.authors, merged.et_al) == (AUTHORS[:2], True)


def test_authors_come_from_the_record_that_has_any() -> None:
    bare = replace(PREPRINT, authors=())
    for merged in (merge_papers(bare, PREPRINT), merge_papers(PREPRINT, bare)):
        assert merged.authors == AUTHORS


def test_the_full_text_of_an_abstract_wins_over_its_beginning() -> None:
    longer = replace(PREPRINT, abstract="We prune. And then we train.")
    for merged in (merge_papers(longer, PREPRINT), merge_papers(PREPRINT, longer)):
        assert merged.abstract == "We prune. And then we train."


def test_a_known_type_wins_over_misc() -> None:
    one, two = replace(PUBLISHED, type="misc"), PUBLISHED
    assert merge_papers(one, two).type == merge_papers(two, one).type == "inproceedings"


@pytest.mark.parametrize(("date", "other"), [("--05-07", "2024-05-07"), ("2024-05-07", "--05-07")])
def test_a_date_is_completed_and_stays_so(date: str, other: str) -> None:
    one, two = replace(PREPRINT, date=date), replace(PREPRINT, date=other)
    assert merge_papers(one, two).date == "2024-05-07"


def test_a_completed_date_brings_its_year() -> None:
    one, two = replace(PREPRINT, date="--05-07", year=None), replace(PREPRINT, date="2024-05-07", year=2024)
    for merged in (merge_papers(one, two), merge_papers(two, one)):
        assert (merged.date, merged.year) == ("2024-05-07", 2024)


def test_a_date_that_only_lacks_its_year_is_no_other_version() -> None:
    one, two = replace(PREPRINT, date="--05-07", year=None), replace(PREPRINT, date="2024-05-07", year=2024)
    assert merge_papers(one, two).versions == merge_papers(two, one).versions == ()


@pytest.mark.parametrize(
    ("field", "one", "two"),
    [
        ("title", "Sheared LLaMA", TITLE),
        ("title", TITLE, "Sheared LLaMA: Pruning in Structure"),
        ("year", 2023, 2024),
        ("date", "2023-01", "2023-02-03"),
        ("venue", "ICLR", "International Conference on Learning Representations"),
        ("volume", "1", "2"),
        ("number", "1", "2"),
        ("pages", "1--20", "1:1--1:20"),
        ("publisher", "MIT", "The MIT Press"),
        ("series", "LNCS", "Lecture Notes"),
        ("edition", "1", "2"),
        ("institution", "Princeton", "Princeton University"),
        ("doi", "10.1/a", "10.1/b"),
        ("arxiv", "2310.06694", "2310.06695"),
        ("isbn", "0-306-40615-2", "978-3-16-148410-0"),
        ("url", "https://example.org/1", "https://example.org/2"),
        ("abstract", "We prune a lot of models.", "Other words, of our own making."),
        ("links", {"pdf": "https://example.org/1"}, {"pdf": "https://example.org/2"}),
        ("fields", {"badge": "Code"}, {"badge": "Data"}),
        ("authors", AUTHORS, tuple(map(names.parse, ["Mengzhou Xia", "Tianyu Gao", "Zhiyuan Zeng", "Karthik Lee"]))),
        ("editors", AUTHORS[:1], tuple(map(names.parse, ["Ed Itor"]))),
    ],
)  # fmt: skip
@pytest.mark.parametrize("base", [PREPRINT, PUBLISHED], ids=["preprint", "published"])
def test_where_two_records_of_one_form_differ_the_other_word_is_kept(
    base: Paper, field: str, one: Any, two: Any
) -> None:
    a, b = replace(base, **{field: one}), replace(base, **{field: two})
    assert said(a) | said(b) <= said(merge_papers(a, b))


@pytest.mark.parametrize("field", ["title", "abstract", "links", "fields", "url", "authors", "isbn"])
@ORDERS
def test_where_preprint_and_publication_differ_the_other_word_is_kept(first: Paper, second: Paper, field: str) -> None:
    values: dict[str, tuple[Any, Any]] = {
        "title": ("Pruning LLaMA in Structure", TITLE),
        "abstract": ("We prune a lot of models.", "Other words, of our own making."),
        "links": ({"pdf": "https://example.org/1"}, {"pdf": "https://example.org/2"}),
        "fields": ({"badge": "Code"}, {"badge": "Data"}),
        "url": ("https://example.org/1", "https://example.org/2"),
        "authors": (AUTHORS, tuple(map(names.parse, ["Mengzhou Xia", "Zhiyuan Zeng", "Karthik Lee", "Ann Lee"]))),
        "isbn": ("0-306-40615-2", "978-3-16-148410-0"),
    }
    one, two = (replace(paper, **{field: value}) for paper, value in zip((first, second), values[field], strict=True))
    assert said(one) | said(two) <= said(merge_papers(one, two))


# --- what is the reader's own -----------------------------------------------------------------------------


def test_tags_are_united_and_sorted() -> None:
    assert merge(entry(tags=("mine", "zz")), PUBLISHED, tags=["b", "mine"]).tags == ("b", "mine", "zz")


def test_sources_are_united_in_the_order_in_which_they_came() -> None:
    merged = merge(entry(sources=("b:1 (x)",)), PUBLISHED, sources=["a:2 (y)"])
    assert merged.sources == ("b:1 (x)", "a:2 (y)")


def test_a_source_is_named_once() -> None:
    assert merge(entry(sources=("b:1 (x)",)), PUBLISHED, sources=["b:1 (x)"]).sources == ("b:1 (x)",)


def test_key_note_aliases_and_day_stay() -> None:
    mine = entry(note="my note", aliases=("old",), added="2024-01-02")
    merged = merge(mine, PUBLISHED, tags=["x"], sources=["s:1 (y)"])
    assert (merged.key, merged.note, merged.aliases, merged.added) == (mine.key, "my note", ("old",), "2024-01-02")


def test_the_same_record_again_changes_nothing() -> None:
    mine = entry(tags=("x",), sources=("s:1 (y)",))
    assert merge(mine, PREPRINT, tags=["x"], sources=["s:1 (y)"]) == mine


# --- entries ----------------------------------------------------------------------------------------------

ONE = Entry(
    "xia2023sheared", PREPRINT, note="Read it.", tags=("b", "c"), aliases=("old",), sources=("a.txt:1 (homepage)",),
    added="2024-03-01",
)  # fmt: skip
TWO = Entry(
    "Xia:Prune", PUBLISHED, note="In the lab's list.", tags=("a", "b"), sources=("refs.bib:9 (bibtex)",),
    added="2024-01-02",
)  # fmt: skip


def test_the_first_key_stays_and_the_others_find_the_entry() -> None:
    united = unite([ONE, TWO])
    assert (united.key, united.aliases) == ("xia2023sheared", ("old", "Xia:Prune"))


def test_the_older_key_of_the_other_entry_may_be_the_key_that_stays() -> None:
    assert unite([replace(TWO, key="old"), replace(ONE, aliases=("old",))]).aliases == ("xia2023sheared",)


def test_tags_notes_and_sources_are_united_and_the_earlier_day_stays() -> None:
    united = unite([ONE, TWO])
    assert united.tags == ("a", "b", "c")
    assert united.note == "In the lab's list.\n\nRead it."
    assert united.sources == ("refs.bib:9 (bibtex)", "a.txt:1 (homepage)")
    assert united.added == "2024-01-02"


def test_a_value_that_was_chosen_wins_and_the_rules_value_is_a_version() -> None:
    united = unite([ONE, TWO], {"venue": "arXiv", "year": 2023}).paper
    assert (united.venue, united.year) == ("arXiv", 2023)
    assert said(PREPRINT) | said(PUBLISHED) <= said(united)


@pytest.mark.parametrize(
    ("notes", "united"),
    [
        (["a", "b"], "a\n\nb"),
        (["a", "a"], "a"),
        (["", "a", ""], "a"),
        (["a\n\nb", "b"], "a\n\nb"),
        (["ab", "b"], "ab\n\nb"),
        ([], ""),
    ],
)
def test_each_note_stands_once(notes: list[str], united: str) -> None:
    assert united_notes(notes) == united


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Entry("Xia:Prune", PREPRINT, added="2024-02-02"), Entry("xia2023sheared", PREPRINT, added="2024-01-01")),
        (
            Entry("xia2023shearedb", PREPRINT, added="2023-01-01"),
            Entry("xia2023sheareda", PREPRINT, added="2024-01-01"),
        ),
        (Entry("xia2023sheared", PREPRINT), Entry("xia2023sheareda", PREPRINT)),
        (Entry("k1", PREPRINT, added="2024-01-01"), Entry("k2", PREPRINT)),
    ],
    ids=["somebody's key", "the older one", "without a letter", "with a day"],
)
def test_the_key_that_is_likeliest_cited_has_the_first_claim(first: Entry, second: Entry) -> None:
    assert by_claim([first, second]) == by_claim([second, first]) == [first, second]


# --- what an entry lacks ----------------------------------------------------------------------------------

BARE = Paper(title=TITLE)


def test_an_entry_of_a_title_alone_is_filled_with_everything() -> None:
    filled = fill(entry(BARE), PUBLISHED).paper
    assert replace(filled, type="inproceedings") == PUBLISHED


def test_no_value_is_overwritten() -> None:
    own = replace(PUBLISHED, abstract="Mine.", url="https://example.org/mine", links={"pdf": "https://example.org/my"})
    other = replace(PUBLISHED, abstract="Much longer than mine.", publisher="OpenReview")
    assert fill(entry(own), other).paper == replace(own, publisher="OpenReview")


def test_a_preprint_takes_the_venue_of_its_year() -> None:
    known = Paper(title=TITLE, year=2024, arxiv="2310.06694")
    filled = fill(entry(known), PUBLISHED).paper
    assert (filled.venue, filled.doi, filled.arxiv) == ("ICLR", "10.1000/iclr", "2310.06694")


def test_a_publication_that_contradicts_the_preprint_becomes_a_version_of_it() -> None:
    filled = fill(entry(PREPRINT), PUBLISHED).paper
    assert (filled.venue, filled.year, filled.doi) == ("arXiv", 2023, "")
    (version,) = filled.versions
    assert (version["venue"], version["year"], version["doi"]) == ("ICLR", 2024, "10.1000/iclr")
    assert fill(entry(filled), PUBLISHED).paper == filled


def test_a_publication_takes_no_day_of_its_preprint() -> None:
    filled = fill(entry(PUBLISHED), PREPRINT).paper
    assert (filled.date, filled.venue, filled.arxiv, filled.versions) == ("", "ICLR", "2310.06694", ())


def test_a_list_that_was_cut_is_completed() -> None:
    cut = replace(PUBLISHED, authors=people_of("M. Xia"), et_al=True)
    filled = fill(entry(cut), PUBLISHED).paper
    assert (filled.authors, filled.et_al) == ((names.parse("M. Xia"), *AUTHORS[1:]), False)


def test_a_list_that_was_cut_is_not_completed_with_other_people() -> None:
    cut = replace(PUBLISHED, authors=people_of("Kate Smith"), et_al=True)
    assert fill(entry(cut), PUBLISHED).paper.authors == cut.authors


# --- anybody's papers -------------------------------------------------------------------------------------


def said(paper: Paper) -> set[tuple[str, str]]:
    """Everything that a record says, in its versions too.

    A type is how the record was filed, and that a date lacks its year says nothing.
    """
    return set(_said(paper))


def _said(paper: Paper) -> Iterator[tuple[str, str]]:
    for slot in fields(Paper):
        value = getattr(paper, slot.name)
        if slot.name in ("type", "et_al", "versions") or not value:
            continue
        if slot.name in ("authors", "editors"):
            yield from ((slot.name, fold(person.family or person.literal)) for person in value)
        elif slot.name in ("links", "fields"):
            yield from ((slot.name, f"{label} {item}") for label, item in value.items())
        else:
            yield from _one(slot.name, value)
    for version in paper.versions:
        for name, value in version.items():
            if isinstance(value, dict):
                yield from ((name, f"{label} {item}") for label, item in value.items())
            elif isinstance(value, list | tuple):
                people = (names.parse(item) if isinstance(item, str) else item for item in value)
                yield from ((name, fold(person.family or person.literal)) for person in people)
            else:
                yield from _one(name, value)


def _one(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if name == "title":
        yield name, title_key(value)
    elif name == "date":
        yield name, value.removeprefix("-")[-6:] if len(value) > 6 else value
    elif name != "type":
        yield name, fold(str(value))


def some(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


people = st.lists(
    st.sampled_from(["Ann Lee", "A. Lee", "Bo Brown", "B. Brown", "{DeepSeek-AI}"]), max_size=3, unique=True
).map(lambda found: tuple(map(names.parse, found)))
papers = st.builds(
    Paper,
    type=some("misc", "misc", "article", "inproceedings"),
    title=some(TITLE, TITLE, TITLE.lower(), "Sheared LLaMA"),
    authors=people,
    editors=people,
    et_al=st.booleans(),
    year=some(None, 2023, 2024),
    date=some("", "2023-05-07", "--05-07", "2024"),
    venue=some("", "arXiv", "ICLR", "iclr", "ICML"),
    volume=some("", "1", "2"),
    pages=some("", "1--2"),
    publisher=some("", "ACM", "MIT"),
    doi=some("", "10.1/a", "10.1/A", "10.1/b", "10.48550/arXiv.2310.06694"),
    arxiv=some("", "2310.06694", "2310.06695"),
    primary_class=some("", "cs.CL"),
    isbn=some("", "0-306-40615-2"),
    url=some("", "https://example.org/1", "https://example.org/2"),
    links=st.dictionaries(some("pdf", "code"), some("https://example.org/1", "https://example.org/2"), max_size=2),
    abstract=some("", "Short.", "Somewhat longer."),
    versions=some((), ({"venue": "ACL", "year": 2020},), ({"arxiv": "2310.06694"}, {"venue": "ACL", "year": 2020})),
    fields=st.dictionaries(some("badge", "award"), some("Code", "Data"), max_size=2),
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(papers)
def test_a_paper_merged_with_itself_is_itself(paper: Paper) -> None:
    assert merge_papers(paper, paper) == paper


@settings(deadline=None, max_examples=200)
@given(papers, papers)
def test_a_second_merge_of_the_same_changes_nothing(a: Paper, b: Paper) -> None:
    once = merge_papers(a, b)
    assert merge_papers(once, b) == once


@settings(deadline=None, max_examples=200)
@given(papers, papers)
def test_a_merge_of_what_was_merged_into_changes_nothing(a: Paper, b: Paper) -> None:
    once = merge_papers(a, b)
    assert merge_papers(once, a) == once


@settings(deadline=None, max_examples=200)
@given(papers, papers)
def test_nothing_that_either_record_said_is_lost(a: Paper, b: Paper) -> None:
    assert said(a) | said(b) <= said(merge_papers(a, b))


@settings(deadline=None, max_examples=200)
@given(papers, papers)
def test_nothing_is_made_up(a: Paper, b: Paper) -> None:
    assert said(merge_papers(a, b)) <= said(a) | said(b)


@settings(deadline=None, max_examples=200)
@given(papers, papers)
def test_both_orders_say_the_same(a: Paper, b: Paper) -> None:
    assert said(merge_papers(a, b)) == said(merge_papers(b, a))


@settings(deadline=None, max_examples=200)
@given(papers, papers, papers)
def test_nothing_is_lost_by_a_third(a: Paper, b: Paper, c: Paper) -> None:
    assert said(a) | said(b) | said(c) <= said(merge_papers(merge_papers(a, b), c))


# --- anybody's entries ------------------------------------------------------------------------------------

entries_of = st.builds(
    Entry,
    key=st.sampled_from(["a", "b", "c", "d"]),
    paper=papers,
    note=some("", "one", "two", "one\n\ntwo"),
    tags=some((), ("x",), ("x", "y")),
    aliases=some((), ("older",)),
    sources=some((), ("p:1 (x)",), ("p:2 (x)", "q:1 (y)")),
    added=some("", "2024-01-02", "2024-02-01"),
)
clusters = st.lists(entries_of, min_size=2, max_size=3, unique_by=lambda entry: entry.key)


@settings(deadline=None, max_examples=50)
@given(clusters, st.randoms())
def test_a_merge_does_not_depend_on_the_order_but_for_the_key(cluster: list[Entry], random: Any) -> None:
    one = unite(cluster)
    shuffled = random.sample(cluster, len(cluster))
    two = unite(shuffled)
    assert replace(one, key="", aliases=()) == replace(two, key="", aliases=())
    assert {one.key, *one.aliases} == {two.key, *two.aliases}
    assert (one.key, two.key) == (cluster[0].key, shuffled[0].key)


@settings(deadline=None, max_examples=50)
@given(clusters)
def test_nothing_of_an_entry_is_lost(cluster: list[Entry]) -> None:
    united = unite(cluster)
    for old in cluster:
        assert {old.key, *old.aliases} <= {united.key, *united.aliases}
        assert set(old.tags) <= set(united.tags)
        assert set(old.sources) <= set(united.sources)
        assert all(part in united.note.split("\n\n") for part in old.note.split("\n\n") if part)
        assert said(old.paper) <= said(united.paper)


@settings(deadline=None, max_examples=50)
@given(entries_of, entries_of)
def test_what_was_merged_merged_again_changes_nothing(one: Entry, two: Entry) -> None:
    united = unite([one, two])
    for old in (one, two):
        again = merge(united, old.paper, tags=old.tags, sources=old.sources)
        assert replace(again, paper=replace(again.paper, versions=())) == replace(
            united, paper=replace(united.paper, versions=())
        )
    assert unite([united, united]) == united


@settings(deadline=None, max_examples=50)
@given(papers, papers, papers)
def test_however_three_are_joined_they_say_the_same(a: Paper, b: Paper, c: Paper) -> None:
    both, other = unite_papers((unite_papers((a, b)), c)), unite_papers((a, unite_papers((b, c))))
    assert said(both) == said(other) == said(unite_papers((a, b, c)))


@settings(deadline=None, max_examples=50)
@given(papers, papers)
def test_filling_adds_and_changes_nothing(a: Paper, b: Paper) -> None:
    filled = fill(entry(a), b).paper
    for slot in fields(Paper):
        before = getattr(a, slot.name)
        if slot.name in ("links", "fields"):
            assert before.items() <= getattr(filled, slot.name).items()
        elif slot.name == "versions":
            assert filled.versions[: len(before)] == before
        elif before and slot.name not in ("authors", "et_al") and not str(before).startswith("--"):
            assert getattr(filled, slot.name) == before
    assert said(a) <= said(filled)
    assert fill(entry(filled), b).paper == filled
