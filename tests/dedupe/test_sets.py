"""Labelled records: how many of the pairs that are one work are found, and that next to no other pair is.

The set beside this file is made up for it. The real sets are not part of the repository: their folder stands beside it
(`../shared/dedupe-data`), or `LITCLI_DUPLICATES` names it, and then the big ones are read as well.
"""

from __future__ import annotations

import os
import random
from functools import cache
from pathlib import Path

import pytest

from litcli import dedupe
from tests.benchmarks.duplicates import Labelled, generated, load, pairs, score
from tests.conftest import ROOT

HERE = Path(__file__).parent / "labelled"
REAL = Path(os.environ.get("LITCLI_DUPLICATES", ROOT.parent / "shared" / "dedupe-data"))

# The goals: F1 above what the best of the specialised tools reaches on the set (side by side on one machine).
GOALS = {"dblp_acm": 0.921, "cytology_screening": 0.992, "haematology": 0.900, "silver_url": 0.999}
PRECISION = 0.995
_BIG = 5_000_000
"""Bytes of records that take longer to read than a test should."""


@cache
def labelled() -> Labelled:
    return load(HERE)


def test_no_two_works_of_the_labelled_records_are_one_cluster() -> None:
    same = pairs([found.keys for found in dedupe.clusters(labelled().papers) if found.answer is dedupe.Answer.SAME])
    assert same - labelled().gold == set()


def test_every_work_of_the_labelled_records_is_one_cluster() -> None:
    same = pairs([found.keys for found in dedupe.clusters(labelled().papers) if found.answer is dedupe.Answer.SAME])
    assert labelled().gold - same == set()


def test_the_order_of_the_labelled_records_does_not_matter() -> None:
    keys = list(labelled().papers)
    random.Random(7).shuffle(keys)
    shuffled = {key: labelled().papers[key] for key in keys}
    assert dedupe.clusters(shuffled) == dedupe.clusters(labelled().papers)


def test_records_typed_again_are_found() -> None:
    again = generated(2200)
    same, either = score(again, dedupe.clusters(again.papers))
    assert same.precision == 1
    assert same.recall > 0.95
    assert either.recall > 0.97


@pytest.mark.skipif(not REAL.is_dir(), reason="no folder of labelled sets: LITCLI_DUPLICATES names one")
@pytest.mark.parametrize("name", GOALS)
def test_a_real_set_is_told_better_than_by_the_specialised_tools(name: str) -> None:
    if "LITCLI_DUPLICATES" not in os.environ and (REAL / name / "records.bib").stat().st_size > _BIG:
        pytest.skip("a big set: LITCLI_DUPLICATES names its folder")
    real = load(REAL / name)
    same, _ = score(real, dedupe.clusters(real.papers))
    assert same.precision >= PRECISION
    assert same.f1 > GOALS[name]
