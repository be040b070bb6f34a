"""Two papers compared: one work however it was typed, and never one work where something speaks against it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import names
from litcli.dedupe import Answer, compare
from litcli.paper import Paper, Person

SAME, MAYBE, DIFFERENT = Answer.SAME, Answer.MAYBE, Answer.DIFFERENT


def paper(
    title: str, authors: str = "Mengzhou Xia and Tianyu Gao and Danqi Chen", year: int | None = 2023, **more: Any
) -> Paper:
    people = tuple(names.parse(name) for name in authors.split(" and ") if name)
    return Paper(title=title, authors=people, year=year, **more)


def answer(a: Paper, b: Paper) -> Answer:
    """The answer, which must not depend on the order of the two."""
    one, two = compare(a, b), compare(b, a)
    assert one.answer is two.answer
    assert one.reasons
    return one.answer


# --- one work, typed differently --------------------------------------------------------------------------

TITLE = "Sheared LLaMA: Accelerating Language Model Pre-training via Structured Pruning"


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        TITLE.lower(),
        TITLE.upper(),
        TITLE + ".",
        "  Sheared  LLaMA :  Accelerating Language\u00a0Model Pre-training via Structured Pruning ",
        "Sheared LLaMA - Accelerating Language Model Pre-training via Structured Pruning",
        "Sheared LLaMA — Accelerating Language Model Pre‐training via Structured Pruning",
        "{Sheared} {LLaMA}: Accelerating Language Model Pre-training via Structured Pruning",
        "{{Sheared LLaMA: Accelerating Language Model Pre-training via Structured Pruning}}",
        "Sheared LLaMA: Accelerating Language Model Pretraining via Structured Pruning",
        "Sheared LLaMA: Accelerating Language Model Pre-training via Structured Prunning",
        "Sheared LLaMA: Acelerating Language Model Pre-training via Structured Pruning",
        "Sheared LLaMA: Accelerating Langauge Model Pre-training via Structured Pruning",
        "Sheared LLaMA: Accelerating the Language Model Pre-training via Structured Pruning",
        "Sheared LLaMA: Accelerating Language Model Pre-training with Structured Pruning",
        "\u201cSheared LLaMA\u201d: Accelerating Language Model Pre-training via Structured Pruning",
        "Sheared <i>LLaMA</i>: Accelerating Language Model Pre-training via Structured Pruning",
        r"Sheared \textsc{LLaMA}: Accelerating Language Model Pre-training via Structured Pruning",
        "Ｓｈｅａｒｅｄ LLaMA: Accelerating Language Model Pre-training via Structured Pruning",
    ],
)
def test_a_title_is_the_same_however_it_is_typed(title: str) -> None:
    assert answer(paper(TITLE), paper(title)) is SAME


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Über die Größe naïver Modelle in Köln", "Uber die Grosse naiver Modelle in Koln"),
        ("Über die Größe naïver Modelle in Köln", "Über die Größe naïver Modelle in Köln"),
        ("The œuvre of Erdős and Łukasiewicz", "The oeuvre of Erdos and Lukasiewicz"),
        ("Learning $O(n^2)$ Attention for Long Texts", "Learning O(n^2) Attention for Long Texts"),
        ("Attention in O(n²) Steps for Long Texts", "Attention in O(n2) Steps for Long Texts"),
        ("大型语言模型的扩展法则研究", "大型语言模型的扩展法则研究。"),
    ],
)
def test_accents_signs_and_scripts_do_not_part_a_work(one: str, two: str) -> None:
    assert answer(paper(one), paper(two)) is SAME


def test_a_dropped_subtitle_with_the_same_authors_and_year_is_one_work() -> None:
    assert answer(paper(TITLE), paper("Sheared LLaMA")) is SAME


@pytest.mark.parametrize("mark", [": ", " - ", " — ", "? "])
def test_a_subtitle_is_dropped_at_any_of_its_marks(mark: str) -> None:
    assert (
        answer(
            paper(f"Learning from Context or Names{mark}An Empirical Study"), paper("Learning from Context or Names")
        )
        is SAME
    )


def test_a_dropped_subtitle_in_another_year_is_asked_about() -> None:
    assert answer(paper(TITLE), paper("Sheared LLaMA", year=2024)) is MAYBE


@pytest.mark.parametrize(
    "authors",
    [
        "M. Xia and T. Gao and D. Chen",
        "Xia, M. and Gao, T. and Chen, D.",
        "Danqi Chen and Mengzhou Xia and Tianyu Gao",
        "Mengzhou Xia and Tianyu Gao",
        "Xia Mengzhou and Gao Tianyu and Chen Danqi",
        "MENGZHOU XIA and TIANYU GAO and DANQI CHEN",
        "Mengzhou A. Xia and Tianyu Gao and Danqi Chen",
        "Xia and Gao and Chen",
        "Meng-Zhou Xia and Tian-Yu Gao and Dan-Qi Chen",
        "Mengzhou Xia and Tianyu Gao and Danqi Chen and Karthik Narasimhan",
    ],
)
def test_authors_are_the_same_however_they_are_typed(authors: str) -> None:
    assert answer(paper(TITLE), paper(TITLE, authors)) is SAME


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Jan van der Berg", "J. van der Berg"),
        ("Änne Müller", "Anne Muller"),
        ("François d'Arc", "Francois d’Arc"),
        ("{DeepSeek-AI}", "{DeepSeek AI}"),
        ("King, Jr., Martin Luther", "Martin L. King"),
        ("Shen-Hsing Annabel Chen", "Shen‐Hsing Annabel Chen"),
    ],
)
def test_one_person_in_two_spellings_is_one(one: str, two: str) -> None:
    assert answer(paper(TITLE, one), paper(TITLE, two)) is SAME


def test_the_year_may_be_one_off() -> None:
    assert answer(paper(TITLE, year=2023), paper(TITLE, year=2024)) is SAME


def test_the_year_may_be_missing() -> None:
    assert answer(paper(TITLE, year=2023), paper(TITLE, year=None)) is SAME


def test_a_year_may_stand_in_the_date_only() -> None:
    assert answer(paper(TITLE, year=2023), paper(TITLE, year=None, date="2016-05")) is not SAME


PREPRINT = {"venue": "arXiv", "arxiv": "2310.06694"}
PUBLISHED = {"venue": "The Twelfth International Conference on Learning Representations", "type": "inproceedings"}


def test_a_preprint_and_its_publication_a_year_later_are_one_work() -> None:
    assert answer(paper(TITLE, **PREPRINT), paper(TITLE, year=2024, **PUBLISHED)) is SAME


def test_a_preprint_doi_does_not_part_it_from_the_publications_doi() -> None:
    one = paper(TITLE, doi="10.48550/arXiv.2310.06694")
    assert answer(one, paper(TITLE, year=2024, doi="10.1000/iclr.1", **PUBLISHED)) is SAME


# --- identifiers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"doi": "10.1000/ABC"}, {"doi": "10.1000/abc"}),
        ({"doi": "https://doi.org/10.1000/abc"}, {"doi": "10.1000/abc"}),
        ({"arxiv": "2310.06694"}, {"arxiv": "2310.06694"}),
        ({"arxiv": "2310.06694"}, {"doi": "10.48550/arXiv.2310.06694"}),
        ({"doi": "10.48550/arxiv.2310.06694"}, {"doi": "10.48550/arXiv.2310.06694"}),
        ({"arxiv": "2310.06694"}, {"doi": "10.1/x", "versions": ({"arxiv": "2310.06694"},)}),
        ({"doi": "10.1/a", "versions": ({"doi": "10.1/b"},)}, {"doi": "10.1/B"}),
    ],
)  # fmt: skip
def test_an_identifier_that_agrees_makes_one_work(one: dict[str, Any], two: dict[str, Any]) -> None:
    assert answer(paper(TITLE, **one), paper(TITLE, "", year=None, **two)) is SAME


def test_an_identifier_that_agrees_holds_where_the_title_was_changed() -> None:
    one = paper("Structured Pruning of Language Models", arxiv="2310.06694")
    assert answer(one, paper("Structured Pruning for Large Language Models", arxiv="2310.06694")) is SAME


def test_one_identifier_on_two_quite_different_titles_is_asked_about() -> None:
    one = paper("Structured Pruning of Language Models", doi="10.1/x")
    assert answer(one, paper("The Sleep of Honey Bees in Winter", "Cy Clark", doi="10.1/x")) is MAYBE


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"doi": "10.1000/a"}, {"doi": "10.1000/b"}),
        ({"arxiv": "2310.06694"}, {"arxiv": "2310.06695"}),
        ({"doi": "10.48550/arXiv.2310.06694"}, {"doi": "10.48550/arXiv.2310.06695"}),
        ({"arxiv": "2310.06694"}, {"doi": "10.48550/arXiv.2310.06695"}),
        ({"isbn": "978-3-16-148410-0", "type": "book"}, {"isbn": "978-0-306-40615-7", "type": "book"}),
        ({"doi": "10.1000/a"}, {"versions": ({"doi": "10.1000/b"},)}),
    ],
)  # fmt: skip
def test_an_identifier_that_conflicts_makes_two_works(one: dict[str, Any], two: dict[str, Any]) -> None:
    assert answer(paper(TITLE, **one), paper(TITLE, **two)) is not SAME


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"doi": "10.1000/a", "arxiv": "2310.06694"}, {"doi": "10.1000/b", "arxiv": "2310.06694"}),
        ({"doi": "10.1000/a", "arxiv": "2310.06694"}, {"doi": "10.1000/a", "arxiv": "2310.06695"}),
    ],
)
def test_where_one_identifier_agrees_and_another_conflicts_it_is_asked(
    one: dict[str, str], two: dict[str, str]
) -> None:
    assert answer(paper(TITLE, **one), paper(TITLE, **two)) is MAYBE


def test_both_forms_of_one_isbn_agree() -> None:
    one = paper("The Art of Things", type="book", isbn="0-306-40615-2")
    assert answer(one, paper("The Art of Things", type="book", isbn="9780306406157")) is SAME


# --- never one work ---------------------------------------------------------------------------------------

BY_NUMBER_OR_KIND = [
    ("Qwen2 Technical Report", "Qwen2.5 Technical Report"),
    ("Qwen2 Technical Report", "Qwen Technical Report"),
    ("Physics of Models: Part 3.2, Knowledge Manipulation", "Physics of Models: Part 3.3, Knowledge Manipulation"),
    ("Handbook of Natural Language Processing, Volume 1", "Handbook of Natural Language Processing, Volume 2"),
    ("Handbook of Natural Language Processing, Vol. 1", "Handbook of Natural Language Processing, Vol. 2"),
    ("On the Structure of Parsing I", "On the Structure of Parsing II"),
    ("On the Structure of Parsing II", "On the Structure of Parsing III"),
    ("On the Structure of Parsing", "On the Structure of Parsing II"),
    ("On the Structure of Parsing: Part I", "On the Structure of Parsing: Part II"),
    ("On the Structure of Parsing: Part One", "On the Structure of Parsing: Part Two"),
    (TITLE, f"Erratum: {TITLE}"),
    (TITLE, f"Erratum to: {TITLE}"),
    (TITLE, f"Correction to {TITLE}"),
    (TITLE, f"Corrigendum to \u201c{TITLE}\u201d"),
    (TITLE, f"Retraction: {TITLE}"),
    (TITLE, f"Comment on {TITLE}"),
    (TITLE, f"Comments on \u201c{TITLE}\u201d"),
    (f"Comment on {TITLE}", f"Reply to Comment on {TITLE}"),
    (TITLE, f"Reply to {TITLE}"),
    (TITLE, f"{TITLE}: Reply"),
    (TITLE, f"{TITLE} (Erratum)"),
    (TITLE, f"{TITLE}: study protocol"),
    (TITLE, f"{TITLE}: a study protocol for a systematic review"),
    (TITLE, f"{TITLE}: protocol for a randomised trial"),
    (TITLE, f"Study protocol: {TITLE}"),
    (TITLE, f"{TITLE}: statistical analysis plan"),
    (TITLE, f"{TITLE}: rationale and design"),
    (TITLE, f"{TITLE}: 5-year follow-up"),
    (TITLE, f"{TITLE}: interim analysis"),
    (TITLE, f"{TITLE} (Reply)"),
    (TITLE, f"{TITLE} [Correction]"),
    ("Parsing of Long Texts (Part 1)", "Parsing of Long Texts (Part 2)"),
    ("Parsing of Long Texts (Vol. 1)", "Parsing of Long Texts (Vol. 2)"),
    ("Parsing of Long Texts", "Parsing of Long Texts (Part 2)"),
    ("Parsing of Long Texts (I)", "Parsing of Long Texts (II)"),
    ("Parsing of Long Texts (1)", "Parsing of Long Texts (2)"),
    ("Speech and Language Processing", "Speech and Language Processing (Second Edition)"),
    ("Speech and Language Processing, 2nd Edition", "Speech and Language Processing, 3rd Edition"),
    ("Speech and Language Processing, First Edition", "Speech and Language Processing, Second Edition"),
    ("Proceedings of the 61st Annual Meeting", "Proceedings of the 62nd Annual Meeting"),
    ("GPT-3 for Everyone in Class", "GPT-4 for Everyone in Class"),
    ("Results of the 2019 Shared Task", "Results of the 2020 Shared Task"),
    ("Programming in C for Linguists", "Programming in C++ for Linguists"),
    ("Programming in C for Linguists", "Programming in C# for Linguists"),
    ("DefSent: Sentence Embeddings from Definitions", "DefSent+: Sentence Embeddings from Definitions"),
]
BY_WORD = [
    ("Qwen2-VL Technical Report", "Qwen2 Technical Report"),
    ("A Survey of Large Language Models", "A Survey of Large Language Model Agents"),
    ("A Survey on Large Language Models for Code", "A Survey on Large Language Models for Chess"),
    ("A Survey on Evaluation of Large Language Models", "A Survey on Evaluation of Large Vision Models"),
    ("A Survey of Deep Learning", "A Survey of Deep Parsing"),
    ("Supervised Learning of Word Senses", "Unsupervised Learning of Word Senses"),
    ("Symmetric Encryption of Long Messages", "Asymmetric Encryption of Long Messages"),
    ("Macroeconomic Effects of Long Strikes", "Microeconomic Effects of Long Strikes"),
    ("Hypertension in Patients of Old Age", "Hypotension in Patients of Old Age"),
    ("Intrusion Detection in Large Networks", "Extrusion Detection in Large Networks"),
    ("Typical Features of Long Messages", "Atypical Features of Long Messages"),
    ("Synchronous Training of Large Models", "Asynchronous Training of Large Models"),
    ("Monolingual Parsing of Long Texts", "Multilingual Parsing of Long Texts"),
    ("BERT for Parsing of Long Texts", "RoBERTa for Parsing of Long Texts"),
    ("Learning with Positive Examples", "Learning with Negative Examples"),
    ("Low-Resource Translation of Texts", "High-Resource Translation of Texts"),
    ("大型语言模型综述:上", "大型语言模型综述:下"),
]
PAIRS = [*BY_NUMBER_OR_KIND, *BY_WORD]


@pytest.mark.parametrize(("one", "two"), PAIRS)
def test_works_that_differ_by_a_number_a_kind_or_a_word_are_never_one(one: str, two: str) -> None:
    assert answer(paper(one), paper(two)) is not SAME


@pytest.mark.parametrize("place", [{"pages": "1--20"}, {"pages": "1--20", "venue": "arXiv"}], ids=["page", "on arXiv"])
def test_a_first_page_in_common_is_no_place_in_common(place: dict[str, str]) -> None:
    """Reports and preprints all begin on page 1."""
    merged = [pair for pair in PAIRS if answer(paper(pair[0], **place), paper(pair[1], **place)) is SAME]
    assert merged == []


def test_a_place_in_common_does_not_overrule_a_number_or_a_kind() -> None:
    place = {"pages": "11--20", "volume": "3", "venue": "Journal of Bees"}
    merged = [pair for pair in BY_NUMBER_OR_KIND if answer(paper(pair[0], **place), paper(pair[1], **place)) is SAME]
    assert merged == []


@pytest.mark.parametrize(
    "more", [{}, {"pages": "1--20"}, {"pages": "1--20", "volume": "3", "venue": "Journal of Bees"}]
)
def test_the_same_title_by_other_people_in_the_same_place_is_another_work(more: dict[str, str]) -> None:
    one = paper("A Survey of Large Language Models in Use", "Ann Adams and Bo Brown", **more)
    assert answer(one, paper("A Survey of Large Language Models in Use", "Cy Clark and Di Drake", **more)) is not SAME


@pytest.mark.parametrize(("one", "two"), BY_NUMBER_OR_KIND[:6])
def test_an_identifier_does_not_overrule_a_number_unasked(one: str, two: str) -> None:
    assert answer(paper(one, arxiv="2310.06694"), paper(two, arxiv="2310.06694")) is not SAME


@pytest.mark.parametrize(("field", "one", "two"), [("edition", "1", "2"), ("edition", "First", "Second")])
def test_another_edition_is_another_work(field: str, one: str, two: str) -> None:
    a = paper("Speech and Language Processing", type="book", **{field: one})
    assert answer(a, paper("Speech and Language Processing", type="book", **{field: two})) is not SAME


def test_another_volume_of_a_book_is_another_work() -> None:
    a = paper("The Art of Computer Programming", "Donald Knuth", type="book", volume="1")
    assert answer(a, replace(a, volume="2")) is not SAME


@pytest.mark.parametrize("kind", ["inbook", "incollection", "proceedings"])
def test_another_volume_of_the_like_is_another_work(kind: str) -> None:
    a = paper("Handbook of Computational Linguistics", type=kind, volume="1")
    assert answer(a, replace(a, volume="2")) is not SAME


def test_the_same_title_by_other_authors_is_another_work() -> None:
    assert answer(paper("Learning to Parse"), paper("Learning to Parse", "Cy Clark and Di Drake")) is not SAME


@pytest.mark.parametrize(
    ("one", "two"),
    [("Wei Wang", "Yu Wang"), ("Jan Berg", "Jan Burg"), ("Ann Lee", "Ann Li"), ("{OpenAI}", "{DeepMind}")],
)
def test_an_author_of_a_like_name_is_somebody_else(one: str, two: str) -> None:
    assert answer(paper("Learning to Parse", one), paper("Learning to Parse", two)) is not SAME


def test_a_title_alone_is_not_enough() -> None:
    assert answer(paper(TITLE, "", None), paper(TITLE, "", None)) is MAYBE


def test_a_title_with_authors_on_one_side_only_is_not_enough() -> None:
    assert answer(paper(TITLE), paper(TITLE, "")) is MAYBE


def test_a_title_and_a_year_are_not_enough() -> None:
    assert answer(paper(TITLE, ""), paper(TITLE, "")) is MAYBE


@pytest.mark.parametrize(
    "title", ["Introduction", "Editorial", "Preface", "Index", "Foreword", "Book Reviews", "Announcement"]
)
def test_a_title_that_every_journal_has_is_not_enough(title: str) -> None:
    assert answer(paper(title, venue="CL"), paper(title, venue="CL")) is not SAME


def test_two_papers_without_a_title_are_not_one() -> None:
    assert answer(paper("", ""), paper("", "")) is DIFFERENT


def test_titles_of_signs_only_are_not_one() -> None:
    assert answer(paper("???"), paper("!!!")) is not SAME


def test_ten_years_apart_is_not_one_unasked() -> None:
    assert answer(paper("Learning to Parse", year=2010), paper("Learning to Parse", year=2020)) is not SAME


def test_a_typo_in_a_short_word_may_be_another_word() -> None:
    assert answer(paper("Cats in the Wild and their Diet"), paper("Rats in the Wild and their Diet")) is not SAME


# --- anybody's papers -------------------------------------------------------------------------------------

words = st.sampled_from(
    "Scaling Laws Language Models Qwen2 Qwen2.5 A Survey of Parsing II Erratum: Part 3 C++ 模型 , - ".split(" ")
)
people = st.builds(
    Person,
    family=st.sampled_from(["Lee", "Li", "Müller", "Muller", "Wang", ""]),
    given=st.sampled_from(["", "A.", "Ann", "Bo", "ann b."]),
    particle=st.sampled_from(["", "", "van"]),
    literal=st.sampled_from(["", "", "", "OpenAI", "Lee"]),
)
papers = st.builds(
    Paper,
    type=st.sampled_from(["misc", "book", "article"]),
    title=st.lists(words, max_size=6).map(" ".join) | st.text(max_size=8),
    authors=st.lists(people, max_size=3).map(tuple),
    editors=st.lists(people, max_size=1).map(tuple),
    year=st.sampled_from([None, 2020, 2021, 2024]),
    date=st.sampled_from(["", "2020-05", "--05-07", "2024"]),
    venue=st.sampled_from(["", "arXiv", "ACL"]),
    volume=st.sampled_from(["", "1", "2"]),
    pages=st.sampled_from(["", "1--2"]),
    edition=st.sampled_from(["", "1", "2"]),
    doi=st.sampled_from(["", "10.1/a", "10.1/A", "10.1/b", "10.48550/arXiv.2001.00001", "10.5281/x"]),
    arxiv=st.sampled_from(["", "2001.00001", "2001.00002"]),
    isbn=st.sampled_from(["", "0-306-40615-2", "9780306406157", "978-3-16-148410-0"]),
    abstract=st.sampled_from(["", "Short.", "shart.", "Other words."]),
    versions=st.lists(st.sampled_from([{"doi": "10.1/b"}, {"arxiv": "2001.00001"}, {"title": "x"}]), max_size=2).map(
        tuple
    ),
)


@settings(deadline=None, max_examples=500)
@given(papers, papers)
def test_the_order_of_the_two_does_not_matter(a: Paper, b: Paper) -> None:
    assert compare(a, b).answer is compare(b, a).answer


@settings(deadline=None, max_examples=250)
@given(papers, st.data())
def test_near_twins_are_compared_alike_in_both_orders(a: Paper, data: st.DataObject) -> None:
    """Random pairs seldom have a title in common; these always do."""
    b = replace(data.draw(papers), title=a.title)
    assert compare(a, b).answer is compare(b, a).answer
    c = replace(b, authors=tuple(reversed(a.authors)) + b.authors[:1])
    assert compare(a, c).answer is compare(c, a).answer


@settings(deadline=None, max_examples=150)
@given(papers)
def test_a_paper_is_never_different_from_itself_where_it_says_enough(a: Paper) -> None:
    whole = replace(a, title=TITLE, authors=(Person("Xia", "Mengzhou"),), doi="", versions=())
    assert compare(whole, whole).answer is SAME


@settings(deadline=None, max_examples=150)
@given(papers, papers)
def test_every_answer_has_its_reasons(a: Paper, b: Paper) -> None:
    verdict = compare(a, b)
    assert verdict.reasons
    assert all(verdict.reasons)
    assert 0 <= verdict.score <= 100


COLUMN = Paper(
    type="article",
    title="CDC Cyber site report",
    authors=(Person("Fox", "Jim"),),
    year=1986,
    venue="TUGboat",
    volume="7",
    number="1",
    pages="12-12",
)


def test_a_column_of_two_issues_is_two_works() -> None:
    assert compare(COLUMN, replace(COLUMN, number="2", pages="103-103")).answer is not SAME


def test_a_page_mistyped_within_one_issue_leaves_it_one_work() -> None:
    assert compare(COLUMN, replace(COLUMN, pages="21-21")).answer is SAME


def test_two_reports_on_one_page_by_other_people_are_two_works_though_a_letter_tells_them_apart() -> None:
    one = replace(COLUMN, title="VMS site report", pages="451-452", authors=(Person("Kellerman", "David"),))
    other = replace(one, title="MVS site report", pages="451-451", authors=(Person("Platt", "Craig"),))
    assert compare(one, other).answer is not SAME


# --- what outweighs what ----------------------------------------------------------------------------------

LONG = "Prevalence of high and low risk types in samples from the general population"
TEAM = "Ann Adams and Bo Brown and Cy Clark and Di Drake and Ed Evans"
JOURNAL = {"venue": "BMC Infectious Diseases", "type": "article"}


def test_one_volume_outweighs_a_year_that_differs() -> None:
    one = paper("Sleep of Bees", year=2010, volume="10", **JOURNAL)
    assert answer(one, replace(one, year=2009)) is SAME
    assert answer(one, replace(one, year=2009, volume="9")) is not SAME


def test_a_long_title_of_one_venue_may_be_dated_a_year_off() -> None:
    one = paper(LONG, year=2010, **JOURNAL)
    assert answer(one, replace(one, year=2009)) is SAME
    assert answer(one, replace(one, year=2008)) is not SAME


@pytest.mark.parametrize("title", ["Career Forum", "Overview of the Shared Task on Retrieval of Images of Plants"])
def test_a_column_or_a_report_of_another_year_is_another_work(title: str) -> None:
    one = paper(title, year=2010, venue="CLEF", type="inproceedings")
    assert answer(one, replace(one, year=2011)) is not SAME


def test_equal_titles_in_two_journals_are_two_publications() -> None:
    one = paper(LONG, venue="Cancer Prevention Letters", volume="3", type="article")
    assert answer(one, replace(one, venue="Clinical Oncology Reports", volume="16")) is not SAME


@pytest.mark.parametrize(
    ("authors", "venue", "expected"),
    [(TEAM, "NeurIPS", SAME), ("Ann Adams and Bo Brown", "NeurIPS", MAYBE), (TEAM, "arXiv", MAYBE), (TEAM, "", MAYBE)],
)
def test_a_title_is_reworded_where_a_whole_team_stands_behind_it(authors: str, venue: str, expected: Answer) -> None:
    one = paper("Learning to prune large networks of sensors", authors, venue=venue)
    other = paper("Learning to prune large graphs of sensors", authors, venue=venue)
    assert answer(one, other) is expected


def test_titles_reworded_on_other_pages_are_two_works() -> None:
    one = paper("Learning to prune large networks of sensors", TEAM, volume="3", pages="11-20", **JOURNAL)
    other = replace(one, title="Learning to prune large graphs of sensors", pages="21-30")
    assert answer(one, other) is DIFFERENT


def test_a_record_without_a_title_on_the_same_page_is_asked_about() -> None:
    one = paper(LONG, volume="3", pages="11-20", **JOURNAL)
    assert answer(one, replace(one, title="")) is MAYBE
    assert answer(one, replace(one, title="", pages="21-30")) is DIFFERENT


def test_equal_abstracts_make_one_work_of_equal_titles_without_authors() -> None:
    one = paper(LONG, "", abstract="We took samples and counted.")
    assert answer(one, replace(one, abstract="We took samples, and counted")) is SAME
    assert answer(one, replace(one, abstract="Bees sleep in winter, as a rule.")) is MAYBE


@pytest.mark.parametrize("doi", ["10.1000/x [doi]", "10.1000/X.", "doi: 10.1000/x"])
def test_what_is_printed_around_a_doi_is_no_conflict(doi: str) -> None:
    assert answer(paper(LONG, doi="10.1000/x"), paper(LONG, doi=doi)) is SAME


def test_what_speaks_against_is_told() -> None:
    one = paper(LONG, volume="3", pages="11-20", **JOURNAL)
    assert compare(one, replace(one, volume="4", pages="1-2")).against == "on different pages: 11, 1"
    assert compare(one, replace(one, authors=())).against == ""


def test_a_page_of_one_volume_may_be_mistyped_in_a_long_title_but_a_column_comes_in_each_issue() -> None:
    one = paper(LONG, volume="26", pages="211-244", **JOURNAL)
    assert answer(one, replace(one, pages="473-503")) is SAME
    column = replace(one, title="Gateways to new trials")
    assert answer(column, replace(column, pages="473-503")) is MAYBE


# --- records that lost something --------------------------------------------------------------------------

SLIPS = [
    "Prevalence of high adn low risk types in samples from the general population",
    "Prevalence ofhigh and low risk tyes in samples from the general population",
    "Prevalence of high and low risk types in samples from the gen",
    "Prevalence of high and low risk types in...",
]


@pytest.mark.parametrize("title", SLIPS)
def test_a_slip_or_a_cut_in_a_title_of_one_group_in_one_year_leaves_it_one_work(title: str) -> None:
    assert answer(paper(LONG), paper(title)) is SAME
    assert answer(paper(LONG), paper(title, year=2021)) is not SAME
    assert answer(paper(LONG), paper(title, "Ann Adams and Tianyu Gao")) is not SAME


@pytest.mark.parametrize("title", SLIPS)
def test_a_slip_in_a_title_of_one_author_needs_a_venue_in_common(title: str) -> None:
    one = paper(LONG, "Ann Adams", **JOURNAL)
    assert answer(one, replace(one, title=title)) is SAME
    assert answer(one, replace(one, title=title, venue="")) is MAYBE


def test_a_long_title_in_one_venue_and_year_is_one_work_where_a_record_lost_its_authors() -> None:
    one = paper(LONG, **JOURNAL)
    assert answer(one, replace(one, authors=())) is SAME
    assert answer(one, replace(one, authors=(), year=2022)) is not SAME
    assert answer(one, replace(one, authors=(), venue="Sleep Letters")) is not SAME
    report = replace(one, title=f"Annual report on the {LONG.lower()}")
    assert answer(report, replace(report, authors=())) is MAYBE


def test_one_page_of_one_volume_outweighs_a_year_that_is_far_off() -> None:
    one = paper(LONG, year=2002, volume="14", pages="147-151", **JOURNAL)
    assert answer(one, replace(one, year=1992)) is SAME
    assert answer(one, replace(one, year=1992, pages="")) is not SAME


def test_two_journals_of_one_year_printed_two_works_a_conference_and_a_journal_one() -> None:
    one = paper(LONG, **JOURNAL)
    assert answer(one, replace(one, venue="Sleep Letters")) is MAYBE
    assert answer(one, replace(one, venue="Sleep Letters", type="inproceedings")) is SAME


def test_without_a_year_another_venue_or_a_short_title_is_asked_about() -> None:
    one = paper(LONG, **JOURNAL)
    assert answer(one, replace(one, year=None)) is SAME
    assert answer(one, replace(one, year=None, venue="VLDB", type="inproceedings")) is MAYBE
    column = paper("Industry Perspectives", "Ann Adams", venue="SIGMOD Record", type="article")
    assert answer(column, replace(column, year=None)) is MAYBE


@pytest.mark.parametrize("title", ["Book review column", "Welcome message from the general chairs", "Annual report"])
def test_what_stands_behind_a_title_that_every_issue_has_makes_it_no_other(title: str) -> None:
    one = paper(title, venue="CL")
    assert answer(one, replace(one, title=f"{title} [corrected]")) is MAYBE
    assert answer(one, replace(one, title=f"{title}: bees and others")) is MAYBE


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("2nd", "Second", SAME),
        ("2", "2nd ed.", SAME),
        ("2", "", SAME),
        ("2", "3", DIFFERENT),
        ("2", "First", DIFFERENT),
    ],
)
def test_an_edition_is_a_number_however_it_is_written(one: str, two: str, expected: Answer) -> None:
    book = paper("Speech and Language Processing", type="book", edition=one)
    assert answer(book, replace(book, edition=two)) is expected


def test_an_edition_may_stand_in_the_title_of_one_and_beside_that_of_the_other() -> None:
    book = paper("Speech and Language Processing", type="book", edition="2")
    named = replace(book, title="Speech and Language Processing, 2nd Edition", edition="")
    assert answer(book, named) is SAME
    assert answer(replace(book, edition="3"), named) is DIFFERENT


@pytest.mark.parametrize(
    ("one", "two", "expected"), [("1.0", "v1.0", SAME), ("1.0", "1.1", DIFFERENT), ("1", "", SAME)]
)
def test_another_version_of_a_data_set_is_another_work(one: str, two: str, expected: Answer) -> None:
    data = paper(LONG, type="dataset", fields={"version": one})
    assert answer(data, replace(data, fields={"version": two})) is expected


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("10.5281/zenodo.1", "10.5281/zenodo.2", DIFFERENT),
        ("10.21203/rs.3.rs-1/v1", "10.21203/rs.3.rs-1/v2", SAME),
        ("10.1101/2020.01.01", "10.5281/zenodo.2", SAME),
    ],
)
def test_another_deposit_in_one_archive_is_another_work(one: str, two: str, expected: Answer) -> None:
    assert answer(paper(LONG, doi=one), paper(LONG, doi=two)) is expected


def test_a_set_of_entries_is_none_of_its_members() -> None:
    member = paper(LONG, "Ann Adams", type="article", doi="10.1000/x")
    assert answer(replace(member, type="set"), member) is not SAME
    assert answer(replace(member, type="set"), replace(member, type="set")) is SAME


def test_a_thesis_is_no_article_of_the_same_title() -> None:
    thesis = paper(LONG, "Ann Adams", type="phdthesis")
    assert answer(thesis, replace(thesis, type="misc")) is SAME
    assert answer(thesis, replace(thesis, type="article", venue="Bees")) is DIFFERENT


def test_a_name_before_a_colon_is_one_work_with_the_whole_title_of_three_people() -> None:
    assert answer(paper("GloVe: Global Vectors for Words"), paper("GloVe")) is SAME
    assert answer(paper("GloVe: Global Vectors for Words", "Ann Adams"), paper("GloVe", "Ann Adams")) is MAYBE
