"""Pages of the ACL Anthology, as people copy them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import page
from litcli.importers import acl_anthology
from tests.growth import grows_in_proportion
from tests.importers.said import OTHER, expected, said, text_of

NAMES = ["acl-author", "acl-volume", "acl-event", "acl-venue", "acl-wrapped", "acl-paper"]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_what_its_reader_finds(name: str) -> None:
    assert said(text_of(name)) == expected(name)


# --- one list, many layouts -------------------------------------------------------------------------------

PAPERS = [
    (
        "Counting Sheep: A Survey",
        ["Ann Author", "Jan van der Berg"],
        "Proceedings of the 60th Annual Meeting of the ACL",
    ),
    ("Sheep?", ["Ann Author"], "Findings of the Association for Computational Linguistics: ACL 2022"),
    ("2022", ["Wei Wang", "OpenAI"], "Proceedings of the First Workshop on *SEM (Volume 2: Short Papers)"),
    (
        "Des moutons : une étude",
        ["Éric de la Clergerie", "Bo Brown"],
        "Actes de la 28e Conférence. Volume 1 : conférence",
    ),
]
BUTTONS = [
    "pdf bib abs",
    "pdf bib",
    "pdfbibabs",
    "pdf\nbib\nabs",
    "[pdf] [bib] [abs]",
    "pdf bib abs software",
    "bib",
    "pdf | bib",
]
ABSTRACTS = ["", "We count sheep.", "We count sheep. There are many.\n\nThe second paragraph ends here."]
CHROME = (
    "Search\nCo-authors\nBo Brown 2\nshow all...\nVenues\nACL 3\n*SEM 1\nFix author\n"
    "ACL materials are Copyright © 1963–2025 ACL; other materials are copyrighted by their respective holders.\n"
)


@settings(deadline=None, max_examples=80)
@given(
    years=st.permutations([2019, 2020, 2021, 2022]),
    buttons=st.lists(st.sampled_from(BUTTONS), min_size=4, max_size=4),
    abstracts=st.lists(st.sampled_from(ABSTRACTS), min_size=4, max_size=4),
    gap=st.sampled_from(["\n", "\n\n"]),
    head=st.sampled_from(["", "ACL Logo ACL Anthology\nFAQ\n\nAnn Author\nAlso published as: A. Author\n\n"]),
    foot=st.sampled_from(["", CHROME]),
)
def test_the_layout_changes_nothing(
    years: list[int], buttons: list[str], abstracts: list[str], gap: str, head: str, foot: str
) -> None:
    buttons = ["pdf bib", *buttons[1:]]
    text = head
    for (title, people, venue), year, button, abstract in zip(PAPERS, years, buttons, abstracts, strict=True):
        text += f"{year}\n\n{button}\n" + gap.join([title, " | ".join(people), venue]) + f"\n\n{abstract}\n\n"
    found = said(text + foot)["papers"]
    assert [(paper["title"], paper["venue"], paper["year"]) for paper in found] == [
        (title, venue, year) for (title, _, venue), year in zip(PAPERS, years, strict=True)
    ]
    assert [[name.strip("{}") for name in paper["authors"]] for paper in found] == [people for _, people, _ in PAPERS]
    assert [paper.get("abstract", "") for paper in found] == abstracts


TACL = "Transactions of the Association for Computational Linguistics"
AJCL = "American Journal of Computational Linguistics"


@pytest.mark.parametrize(
    ("name", "behind", "volume", "number", "date"),
    [
        (TACL, ", Volume 11", "11", None, None),
        ("Computational Linguistics", ", Volume 49, Issue 2 - June 2023", "49", "2", "2023-06"),
        ("Computational Linguistics", f", Formerly the {AJCL}, Volume 17, Number 1, March 1991", "17", "1", "1991-03"),
        (AJCL, ", Volume 7, Number 1, January-March 1981", "7", "1", "1981-01"),
        ("Traitement Automatique des Langues", ", Volume 61, Numéro 3 : Varia", "61", "3", None),
        ("Linguistic Issues in Language Technology", ", Volume 16, 2018", "16", None, None),
        ("Northern European Journal of Language Technology", ", Volume 9", "9", None, None),
    ],
)
def test_a_journal_s_volume_is_not_part_of_its_name(
    name: str, behind: str, volume: str, number: str | None, date: str | None
) -> None:
    (paper,) = said(f"2020\n\npdf bib\nSheep\nAnn Author | Bo Brown\n{name}{behind}\n")["papers"]
    assert (paper["type"], paper["venue"], paper["volume"]) == ("article", name, volume)
    assert (paper.get("number"), paper.get("date")) == (number, date)


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_another_text_is_not_taken_for_such_a_page(text: str) -> None:
    assert not acl_anthology.detect(page.Page("page.txt", text))


def test_a_homepage_with_the_same_labels_is_none() -> None:
    papers = "\n".join(
        f"Title {n} of Sheep\nAnn Author, Bo Brown\nICML, 202{n}\npdf bib\n\nWe count.\n" for n in range(3)
    )
    assert not acl_anthology.detect(page.Page("page.txt", f"Ann Author\n\nPublications\n\n{papers}"))


def test_the_last_paper_without_abstract_is_whole_where_others_have_none_either() -> None:
    one = "pdf bib\nSheep\nAnn Author | Bo Brown\nProceedings of ACL"
    found = said(f"2020\n\n{one}\n\n{one.replace('Sheep', 'Goats')}")
    assert ([paper["title"] for paper in found["papers"]], found["problems"]) == (["Sheep", "Goats"], [])


@pytest.mark.parametrize(
    "line",
    [
        "A B | ",
        "Ann Author | Bo Brown\n",
        "pdf bib abs ",
        "title words here\n",
        "pdf bib\n",
        "pdf bib\nT x\nA B | C D\nProceedings of\n\n",
        "Journal ",
    ],
    ids=["bars", "rows of bars", "buttons in a line", "rows", "buttons", "papers", "journals"],
)
def test_the_time_grows_with_the_page(line: str) -> None:
    text = "2020\n\npdf bib\nSheep\n" + line * (300_000 // len(line))
    assert grows_in_proportion(lambda text: list(acl_anthology.parse(page.Page("page.txt", text))), text)
