"""arXiv's subject classes by their short forms (arXiv's category taxonomy)."""

from __future__ import annotations

import pytest

from litcli import arxiv


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("CL", "cs.CL"),
        ("cl", "cs.CL"),
        ("AI", "cs.AI"),
        ("LG", "cs.LG"),
        ("IV", "eess.IV"),
        ("ML", "stat.ML"),
        ("EM", "econ.EM"),
        ("NC", "q-bio.NC"),
        ("RM", "q-fin.RM"),
        ("RT", "math.RT"),
        ("OPTICS", "physics.optics"),
        ("COMP-PH", "physics.comp-ph"),
        ("SOFT", "cond-mat.soft"),
        ("OTHER", "cond-mat.other"),
        ("GA", "astro-ph.GA"),
        ("CD", "nlin.CD"),
        ("QUANT-PH", "quant-ph"),
        ("HEP-TH", "hep-th"),
        ("GR-QC", "gr-qc"),
    ],
)
def test_a_short_form_of_one_archive_stands_for_its_class(short: str, full: str) -> None:
    assert arxiv.subject_class(short) == full


@pytest.mark.parametrize("short", ["CV", "AP", "IT", "NA", "GN", "SY", "GT", "CO", "PR"])
def test_a_short_form_of_several_archives_stands_for_none(short: str) -> None:
    assert arxiv.is_short_form(short)
    assert arxiv.subject_class(short) == ""


@pytest.mark.parametrize("text", ["", "XX", "CODE", "cs", "cs.CL", "C"])
def test_other_texts_are_no_short_form(text: str) -> None:
    assert not arxiv.is_short_form(text)
    assert arxiv.subject_class(text) == ""
