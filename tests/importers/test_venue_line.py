"""The lines that say where and when a paper appeared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litcli.importers import venue_line
from litcli.importers.venue_line import VenueLine
from tests.growth import grows_in_proportion


def read(line: str) -> VenueLine:
    found = venue_line.read(line)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("line", "venue", "year"),
    [
        ("ICML, 2022", "ICML", 2022),
        ("ICML 2022", "ICML", 2022),
        ("ICML2022", "ICML", 2022),
        ("ICML '22", "ICML", 2022),
        ("ICML (2022)", "ICML", 2022),
        ("ICML, 2022.", "ICML", 2022),
        ("2022, ICML", "ICML", 2022),
        ("In Proceedings of ACL, 2021", "Proceedings of ACL", 2021),
        ("Published in Nature, 2021", "Nature", 2021),
        ("In The Handbook of Sheep, 2018", "The Handbook of Sheep", 2018),
        ("*SEM, 2018", "*SEM", 2018),
        ("3DV, 2021", "3DV", 2021),
        ("2nd Workshop on Trees, 2019", "2nd Workshop on Trees", 2019),
        ("SemEval Task 6, 2019", "SemEval Task 6", 2019),
        ("NBER Working Paper No. 28123, 2021", "NBER Working Paper No. 28123", 2021),
        ("EMNLP (Findings), 2021", "EMNLP (Findings)", 2021),
        ("Transactions of the ACL (TACL), 2021", "Transactions of the ACL (TACL)", 2021),
        ("Phys. Rev. Lett., 2021", "Phys. Rev. Lett.", 2021),
        ("arXiv preprint, 2023", "arXiv preprint", 2023),
        ("PhD Thesis, MIT, 2019", "PhD Thesis, MIT", 2019),
        ("Zeitschrift für Schafe, 2019", "Zeitschrift für Schafe", 2019),
    ],
)
def test_a_venue_and_its_year_stand_in_many_forms(line: str, venue: str, year: int) -> None:
    assert read(line) == VenueLine(venue, year, pending=venue.startswith("arXiv"))


@pytest.mark.parametrize(
    ("line", "date"),
    [("COLING, Dec. 2020", "2020-12"), ("Nature, 12 March 2020", "2020-03"), ("Nature (July 2021)", "2021-07")],
)
def test_a_month_is_part_of_the_date(line: str, date: str) -> None:
    assert (read(line).date, read(line).year) == (date, int(date[:4]))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ICML, 2022 (Spotlight)", ("Spotlight",)),
        ("ICML 2022 Oral", ("Oral",)),
        ("ICML, 2022, Oral Presentation, Best Paper Finalist", ("Oral Presentation", "Best Paper Finalist")),
        ("ICML 2022 (Oral), Best Paper Award", ("Oral", "Best Paper Award")),
        ("ICML, 2022 (Oral) (Best Paper)", ("Oral", "Best Paper")),
        ("ICML, 2022 [Oral]", ("Oral",)),
        ("ICML, 2022 (Most Cited Paper (of ten) in 2022)", ("Most Cited Paper (of ten) in 2022",)),
        ("ICML (Oral), 2022", ("Oral",)),
    ],
)
def test_what_stands_beside_the_year_is_kept_in_its_order(line: str, said: tuple[str, ...]) -> None:
    assert read(line) == VenueLine("ICML", 2022, said=said)


@pytest.mark.parametrize(
    ("line", "venue", "volume", "number", "pages"),
    [
        ("Nature, 586, 2020", "Nature", "586", "", ""),
        ("Nature Physics 17, 2020", "Nature Physics", "17", "", ""),
        ("PRL, vol 9, 2020", "PRL", "9", "", ""),
        ("PNAS, 2020, vol. 117", "PNAS", "117", "", ""),
        ("Nature 586, 123–127, 2020", "Nature", "586", "", "123-127"),
        ("Phys. Rev. Lett. 128, 051801 (2020)", "Phys. Rev. Lett.", "128", "", "051801"),
        ("eLife, 2020; 10:e12345", "eLife", "10", "", "e12345"),
        ("Cell (2020) 178(4):835-849", "Cell", "178", "4", "835-849"),
        ("JMLR, 21(140):1–67, 2020", "JMLR", "21", "140", "1-67"),
        ("American Economic Review, 112(3), 2020, pp. 1-40", "American Economic Review", "112", "3", "1-40"),
        ("QJE, vol. 135, no. 2, 2020", "QJE", "135", "2", ""),
        ("J. Phys. Chem. B, 2020, 115 (12), 3021", "J. Phys. Chem. B", "115", "12", "3021"),
    ],
)
def test_a_journal_s_place_is_read(line: str, venue: str, volume: str, number: str, pages: str) -> None:
    found = read(line)
    assert (found.venue, found.year) == (venue, 2020)
    told = {"volume": volume, "number": number, "pages": pages}
    assert found.locator == {name: value for name, value in told.items() if value}


@pytest.mark.parametrize(
    ("line", "venue", "year", "said"),
    [
        ("ICML 2025 (to appear)", "ICML", 2025, ("to appear",)),
        ("ICML 2025, to appear", "ICML", 2025, ("to appear",)),
        ("To appear in ICML 2025", "ICML", 2025, ("To appear",)),
        ("accepted at ICML 2025", "ICML", 2025, ("accepted",)),
        ("Forthcoming, Journal of Finance", "Journal of Finance", None, ("Forthcoming",)),
        ("Journal of Finance (in press)", "Journal of Finance", None, ("in press",)),
        ("(to appear)", "", None, ("to appear",)),
        ("In submission", "", None, ("In submission",)),
        ("Job Market Paper", "Job Market Paper", None, ()),
    ],
)
def test_a_paper_that_has_not_appeared_yet_is_pending(line: str, venue: str, year: int, said: tuple[str, ...]) -> None:
    assert read(line) == VenueLine(venue, year, said=said, pending=True)


@pytest.mark.parametrize(
    "line",
    ["Under review at Nature", "Journal of Finance (R&R)", "Revise and resubmit, Econometrica", "Submitted to QJE"],
)
def test_where_a_paper_was_sent_is_no_venue(line: str) -> None:
    assert read(line) == VenueLine("", said=(line,), pending=True)


@pytest.mark.parametrize(
    ("line", "arxiv", "year"),
    [
        ("arXiv, 2403.16952", "2403.16952", 2024),
        ("arXiv:2403.16952v2 [cs.CL]", "2403.16952", 2024),
        ("arXiv preprint arXiv:2403.16952, 2024", "2403.16952", 2024),
        ("CoRR abs/2403.16952, 2024", "2403.16952", 2024),
        ("arXiv:hep-th/9711200", "hep-th/9711200", 1997),
        ("hep-th/9711200", "hep-th/9711200", 1997),
    ],
)
def test_an_arxiv_line_has_the_month_of_its_identifier(line: str, arxiv: str, year: int) -> None:
    found = read(line)
    assert (found.venue, found.arxiv, found.year) == ("arXiv", arxiv, year)
    assert found.date.startswith(str(year))


def test_a_venue_may_stand_beside_an_arxiv_identifier() -> None:
    assert read("ICML, 2022, arXiv:2202.00001") == VenueLine("ICML", 2022, arxiv="2202.00001")


@pytest.mark.parametrize(
    "line", ["Science, 2020, doi:10.1126/science.abc", "Science 2020. https://doi.org/10.1126/science.abc"]
)
def test_a_doi_is_taken_out(line: str) -> None:
    assert read(line) == VenueLine("Science", 2020, doi="10.1126/science.abc")


def test_a_number_of_biorxiv_is_its_day_and_its_doi() -> None:
    assert read("bioRxiv 2021.03.04.433987") == VenueLine(
        "bioRxiv", 2021, "2021-03-04", doi="10.1101/2021.03.04.433987"
    )


@pytest.mark.parametrize("line", ["ACL", "ICML Workshop on Sheep", "Annals of Mathematics"])
def test_a_bare_name_is_not_certain(line: str) -> None:
    assert read(line) == VenueLine(line)
    assert not read(line).is_certain


@pytest.mark.parametrize(
    "line", ["", "• [May 2023] Four papers accepted to ACL 2023", "a" * 301, "2022", "(x)", "17 things"]
)
def test_another_line_is_none(line: str) -> None:
    assert venue_line.read(line) is None


@given(st.one_of(st.text(max_size=400), st.text(alphabet="aA1209 ,.;:()[]'’-–•/volpIn20", max_size=350)))
def test_any_line_gives_a_venue_or_none(line: str) -> None:
    found = venue_line.read(line)
    assert found is None or found.venue or found.is_certain


@pytest.mark.parametrize(
    "unit", ["(", "()", "(a", "2020 ", "1(2):3, ", "a, ", "Oral, ", "10.1000/", "arXiv:", ". ", "'22 ", "vol 1 "]
)
def test_the_longest_line_that_is_read_ends_soon(unit: str) -> None:
    def work(text: str) -> None:
        for _ in range(200):
            venue_line.read(text)

    assert grows_in_proportion(work, (unit * 300)[:300])
