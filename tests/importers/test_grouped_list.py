"""Literature reports in groups, as different services and languages print them."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litcli import page
from litcli.importers import grouped_list
from tests.growth import grows_in_proportion
from tests.importers.said import OTHER, expected, said, text_of

NAMES = ["grouped-english", "grouped-chinese", "grouped-wrapped", "grouped-bare", "grouped-numbered"]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_what_its_reader_finds(name: str) -> None:
    assert said(text_of(name)) == expected(name)


# --- one report, many layouts -----------------------------------------------------------------------------

PAPERS = [
    ("Sheep: A Survey (Part 2)", "Ann Author, Jan van der Berg", 2020, "arXiv (Cornell University)"),
    ("Goats Count", "Bo Brown", 2021, "Journal of Goats"),
    ("Wool and <i>Fleece</i>", "Cy Clark, Di Drake, OpenAI", 2019, "No journal"),
    ("羊群的计数", "张三, 李四", 2022, "计算机学报"),
]
PLAIN = {"Wool and <i>Fleece</i>": "Wool and Fleece"}
GROUPS = {
    "en": ("Animals and How They Count", "This group holds papers on animals."),
    "zh": ("羊与羊毛", "该组论文研究羊毛。"),
}


@settings(deadline=None, max_examples=80)
@given(
    order=st.permutations(PAPERS),
    bullet=st.sampled_from(["- ", "-\t", "• ", "* ", "1. ", "12) "]),
    wide=st.booleans(),
    language=st.sampled_from(["en", "zh"]),
    described=st.booleans(),
    numbered=st.booleans(),
    gap=st.sampled_from(["\n", "\n\n"]),
    width=st.integers(50, 90) | st.none(),
    year=st.sampled_from(["{}", "{}年", "None", ""]),
    total=st.sampled_from(
        ["", "总计4篇相关文献", "共收录 4 篇文献。", "In total, 4 papers", "A total of 4 related articles were found."]
    ),
)
def test_the_layout_changes_nothing(
    order: list[tuple[str, str, int, str]],
    bullet: str,
    wide: bool,
    language: str,
    described: bool,
    numbered: bool,
    gap: str,
    width: int | None,
    year: str,
    total: str,
) -> None:
    heading, description = GROUPS[language]
    lines = [f"1. {heading}" if numbered and bullet[0] in "-•*" else heading] + [description] * described
    for title, people, when, venue in order:
        said_so = f"{title}({people}, {year.format(when)}, {venue})"
        if wide:
            said_so = said_so.replace("(" + people, "（" + people)[:-1].replace(", ", "， ") + "）"
        rows = textwrap.wrap(said_so, width, break_on_hyphens=False) if width else [said_so]
        lines.append(bullet + "\n".join(rows))
    found = said(gap.join([*lines, *([total] if total else [])]) + "\n", "grouped-list")
    assert found["problems"] == []
    years = [when if "{}" in year else None for _, _, when, _ in order]
    assert [(paper["title"], paper.get("year"), paper.get("venue")) for paper in found["papers"]] == [
        (PLAIN.get(title, title), when, None if venue == "No journal" else venue)
        for (title, _, _, venue), when in zip(order, years, strict=True)
    ]
    assert [", ".join(name.strip("{}") for name in paper["authors"]) for paper in found["papers"]] == [
        people for _, people, _, _ in order
    ]
    assert all(paper["tags"] == [heading] for paper in found["papers"])


@pytest.mark.parametrize(
    "line",
    [
        "总计5篇相关文献",
        "共5篇",
        "共收录了 5 篇",
        "总共 5 篇论文。",
        "In total 5 papers were reviewed.",
        "Total: 5 papers",
        "5 papers in total",
        "Total number of papers: 5",
        "(Total: 5)",
        "本报告共收录 5 篇文献",
    ],
)
def test_a_total_that_disagrees_is_remarked_on(line: str) -> None:
    found = said(f"Sheep\n- Sheep(Ann Author, 2020, ACL)\n{line}\n")
    assert (len(found["papers"]), found["problems"]) == (1, [{"line": 3, "failed": 0}])


@pytest.mark.parametrize(
    ("line", "tag"),
    [
        ("2. Sheep", "Sheep"),
        ("二、羊", "羊"),
        ("（三）羊毛", "羊毛"),
        ("## Sheep and Goats", "Sheep and Goats"),
        ("**Sheep**", "Sheep"),
        ("Group 3: Sheep (12 papers)", "Sheep"),
        ("羊群（共12篇）", "羊群"),
        ("3D Sheep", "3D Sheep"),
        ("Scaling Laws(缩放)与羊", "Scaling Laws(缩放)与羊"),
    ],
)
def test_a_heading_is_a_tag_without_its_number(line: str, tag: str) -> None:
    (paper,) = said(f"{line}\n- Sheep(Ann Author, 2020, ACL)\n")["papers"]
    assert paper["tags"] == [tag]


def test_groups_without_papers_leave_their_heading_to_nobody() -> None:
    goats, wool = "- G(Ann Author, 2020, ACL)", "- W(Ann Author, 2020, ACL)"
    text = f"Sheep\nOn sheep.\nGoats\nOn goats.\n{goats}\nWool\n{wool}\nDogs\nOn dogs.\n"
    assert [paper["tags"] for paper in said(text)["papers"]] == [["Goats"], ["Wool"]]


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_another_text_is_not_taken_for_such_a_page(text: str) -> None:
    assert not grouped_list.detect(page.Page("page.txt", text))


@pytest.mark.parametrize(
    ("start", "line", "end"),
    [
        ("- T(", "Ann Author, ", "2020, ACL)\n"),
        ("- T", "(", ")"),
        ("- T", "()", ""),
        ("", "- T(\n" + "a, b\n" * 38, ""),
        ("", "- T\n", ""),
        ("", "1. Heading\n- T(A B, 2020, ACL)\n", ""),
    ],
    ids=["names", "open brackets", "brackets", "bullets without an end", "bare bullets", "groups"],
)
def test_the_time_grows_with_the_page(start: str, line: str, end: str) -> None:
    text = start + line * (300_000 // len(line)) + end
    assert grows_in_proportion(lambda text: list(grouped_list.parse(page.Page("page.txt", text))), text)
