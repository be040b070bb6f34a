"""Venues: what kind of publication a printed venue is."""

from __future__ import annotations

import pytest

from litcli import venues
from tests.growth import grows_in_proportion

INPROCEEDINGS = """
    ICML
    icml
    NeurIPS 2023
    ICML'24
    ACL Findings
    NAACL-HLT 2021
    ACL-IJCNLP
    *SEM 2022
    3DV
    FAST 2022
    Interspeech
    Interspeech (Industry Track)
    Coling System Demonstrations
    Usenix Security
    MICRO 2021
    NeurIPS (Datasets and Benchmarks)
    IEEE ICASSP
    In ICLR
    Proceedings of the AAAI Conference on Artificial Intelligence
    Proceedings of the 63rd Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)
    Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition
    Proceedings of the IEEE International Conference on Computer Vision
    Proceedings of the ACM SIGKDD Conference on Knowledge Discovery
    Proceedings of the American Control Conference
    In Proceedings of the Workshop on Machine Translation
    Proc. of the Symposium on Theory of Computing
    Findings of the Association for Computational Linguistics: EMNLP 2023
    Advances in Neural Information Processing Systems
    Workshop on Learning with Limited Data
    International Conference on Machine Learning
    IEEE Symposium on Security and Privacy
""".strip().splitlines()
ARTICLE = """
    Journal of Machine Learning Research
    Transactions of the Association for Computational Linguistics
    IEEE Transactions on Pattern Analysis and Machine Intelligence
    IEEE Communications Surveys & Tutorials
    Nature
    Nature Machine Intelligence
    Science
    PLoS ONE
    eLife
    JMLR
    TACL
    Computational Linguistics
    Communications of the ACM
    Physical Review Letters
    Machine Intelligence Research
    Annals of Statistics
    AI Magazine
    Proceedings of the National Academy of Sciences
    PNAS
    Proc. Natl. Acad. Sci. USA
    Proceedings of the IEEE
    Proceedings of the VLDB Endowment
    Proceedings of the ACM on Programming Languages
    Proceedings of the Royal Society A
    Proceedings of the London Mathematical Society
    Micro & Nano Letters
""".strip().splitlines()
MISC = """
    arXiv
    arXiv (Cornell University)
    arXiv preprint arXiv:2005.00683
    ArXiv
    CoRR
    CoRR abs/2005.00683
    bioRxiv
    SSRN Electronic Journal
    Research Square
    Zenodo
    OpenReview
    Under review
    GitHub
""".strip().splitlines()
TYPES = {
    **dict.fromkeys(map(str.strip, INPROCEEDINGS), "inproceedings"),
    **dict.fromkeys(map(str.strip, ARTICLE), "article"),
    **dict.fromkeys(map(str.strip, MISC), "misc"),
    "": "misc",
    "Somewhere": "misc",
    "Ph.D. thesis, MIT": "phdthesis",
    "PhD Thesis": "phdthesis",
    "Ph. D. dissertation": "phdthesis",
    "Doctoral dissertation, Fudan University": "phdthesis",
    "Doctoral thesis": "phdthesis",
    "Master's thesis": "mastersthesis",
    "Masters Thesis": "mastersthesis",
    "M.Sc. thesis, ETH Zürich": "mastersthesis",
    "Technical Report": "techreport",
    "MIT Technical Report 12": "techreport",
    "Tech. Rep. 12": "techreport",
}


@pytest.mark.parametrize(("venue", "kind"), TYPES.items(), ids=TYPES)
def test_a_venue_tells_the_type(venue: str, kind: str) -> None:
    assert venues.entry_type(venue) == kind


@pytest.mark.parametrize("venue", ["IEEE Micro", "Fat Studies"])
def test_a_word_that_is_also_an_acronym_makes_no_conference(venue: str) -> None:
    assert venues.entry_type(venue) != "inproceedings"


@pytest.mark.parametrize("venue", ["arXiv", "ArXiv", "arXiv (Cornell University)", "CoRR", "CoRR abs/2005", "[arXiv]"])
def test_a_venue_that_says_arxiv_is_arxiv(venue: str) -> None:
    assert venues.is_arxiv(venue)


@pytest.mark.parametrize("venue", ["", "ICML", "bioRxiv", "Workshop on arXiv Mining", "Corrosion Science"])
def test_other_venues_are_not_arxiv(venue: str) -> None:
    assert not venues.is_arxiv(venue)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("SIGMOD Conference", "International Conference on Management of Data"),
        ("VLDB J.", "The VLDB Journal — The International Journal on Very Large Data Bases"),
        ("ACM Trans. Database Syst.", "ACM Transactions on Database Systems (TODS)"),
        ("N Engl J Med", "New England Journal of Medicine"),
        ("Proc Natl Acad Sci U S A", "Proceedings of the National Academy of Sciences of the United States of America"),
        ("J. Mach. Learn. Res.", "Journal of Machine Learning Research"),
        ("ICML", "Proceedings of the 40th International Conference on Machine Learning"),
        ("NIPS", "Advances in Neural Information Processing Systems 29"),
        ("TODS", "Transactions on Database Systems"),
        ("Digestive & Liver Disease", "Digestive and liver disease."),
    ],
)
def test_two_names_of_one_venue_agree(one: str, two: str) -> None:
    assert venues.same(one, two) is venues.same(two, one) is True


@pytest.mark.parametrize(
    ("one", "two"),
    [("VLDB", "VLDB J."), ("SIGMOD Record", "SIGMOD Conference"), ("Nature", "Blood"), ("ICML", "NeurIPS")],
)
def test_two_venues_do_not_agree(one: str, two: str) -> None:
    assert venues.same(one, two) is venues.same(two, one) is False


@pytest.mark.parametrize(
    ("one", "two"), [("", "Nature"), ("Cancer", "Cancer Research"), ("Proc. of the 5th Conf. on X", "12th Int. Conf.")]
)
def test_the_words_of_two_venues_may_not_tell(one: str, two: str) -> None:
    assert venues.same(one, two) is venues.same(two, one) is None


@pytest.mark.parametrize("piece", ["a ", "ab", "1st ", "journal of "])
def test_comparing_venues_grows_in_proportion(piece: str) -> None:
    assert grows_in_proportion(lambda text: venues.same(text, "Journal of Bees"), piece * 200_000)


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        ("JHEP", "article"), ("PRL", "article"), ("Phys. Rev. Lett.", "article"), ("Duke Math. J.", "article"),
        ("Inventiones Mathematicae", "article"), ("ACM TOG", "article"), ("软件学报", "article"),
        ("Robotics: Science and Systems (RSS)", "inproceedings"),
        ("Computer Vision and Pattern Recognition (CVPR)", "inproceedings"),
        ("Journal of Artificial Intelligence Research (JAIR)", "article"),
        ("Proc. ICML", "inproceedings"), ("Optics", "misc"),
    ],
)  # fmt: skip
def test_short_names_of_journals_and_of_meetings_tell_what_they_are(venue: str, kind: str) -> None:
    assert venues.entry_type(venue) == kind
