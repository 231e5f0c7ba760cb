"""What the confidences of a site and of its alternatives must be, whatever the weights."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from geo.recognize.mentions import find_mentions
from geo.recognize.reader import Reader
from geo.recognize.weighing import shipped_model
from geo.resolve.confidence import EVIDENCE, calibrated, evidence_of
from geo.resolve.ranker import shipped_weights
from geo.resolve.resolution import Resolution

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARES = st.lists(st.floats(0.001, 1), min_size=1, max_size=6).map(
    lambda raw: sorted((one / (sum(raw) + 0.01) for one in raw), reverse=True)
)
WEIGHTS = st.tuples(*[st.floats(-2, 2)] * len(EVIDENCE))
KNOWN = st.tuples(*[st.floats(-7, 7)] * len(EVIDENCE))


TEXTS = ["Syria", "Syria, Turkey, Iraq", "rains_Syria"]
"""A country alone, amid others, and joined to another word."""


def evidence(shares: Sequence[float], recognised: Sequence[float]) -> np.ndarray:
    """Return the evidence for Syria in each of the texts, as if steps had been so sure of it."""
    gazetteer = Gazetteer.open()
    reading = Reader(gazetteer).read(TEXTS[: len(shares)])
    hits = np.unique(reading.article, return_index=True)[1].astype(np.int64)
    decision = find_mentions(reading, shipped_model())
    sure = np.zeros(len(reading))
    sure[hits] = recognised
    met = [
        Resolution(
            rows=(gazetteer.id_row("SY"),),
            probabilities=(share,),
            total=share,
            others=text.count(","),
            near=False,
            why=(),
        )
        for share, text in zip(shares, TEXTS, strict=False)
    ]
    return evidence_of(met, hits, reading, replace(decision, probability=sure))


@given(SHARES, KNOWN, WEIGHTS)
def test_confidences_fall_and_are_at_most_one_together(
    shares: list[float], known: tuple[float, ...], weights: tuple[float, ...]
) -> None:
    found = calibrated(shares, known, weights)
    assert len(found) == len(shares)
    assert all(0 <= one <= 1 for one in found)
    assert sum(found) <= 1 + 1e-3
    assert all(later <= first + 1e-3 for first, later in pairwise(found))


def test_the_surer_both_steps_are_the_surer_is_the_site() -> None:
    weights = shipped_weights().calibration
    assert len(weights) == len(EVIDENCE)
    low, high = (
        calibrated([share], evidence([share], [sure])[0], weights)[0]
        for share, sure in ((0.2, 0.5), (0.99, 0.99))
    )
    assert low < 0.6 < high


def test_a_name_amid_others_is_surer_than_one_alone_or_joined_to_a_word() -> None:
    found = evidence([0.99] * 3, [0.99] * 3)
    assert found.shape == (3, len(EVIDENCE))
    weights = shipped_weights().calibration
    alone, amid, joined = (calibrated([0.99], one, weights)[0] for one in found)
    assert joined < alone < amid
    assert amid > 0.8


@given(st.lists(st.tuples(SHARES, KNOWN), min_size=1, max_size=5), WEIGHTS)
def test_many_sites_are_calibrated_as_each_alone(
    sites: list[tuple[list[float], tuple[float, ...]]], weights: tuple[float, ...]
) -> None:
    padded = np.zeros((len(sites), 6))
    for row, (shares, _) in zip(padded, sites, strict=True):
        row[: len(shares)] = shares
    together = calibrated(padded, [known for _, known in sites], weights)
    for row, (shares, known) in zip(together, sites, strict=True):
        assert row[: len(shares)] == pytest.approx(calibrated(shares, known, weights), abs=1.1e-4)
        assert not row[len(shares) :].any()


def test_certainty_stays_finite() -> None:
    found = evidence([0.0], [1.0])
    assert found[0, :3] == pytest.approx((1.0, 6.9, -6.9), abs=0.01)
    assert np.isfinite(found).all()


def test_without_a_site_there_is_no_evidence() -> None:
    assert evidence([], []).shape == (0, len(EVIDENCE))
