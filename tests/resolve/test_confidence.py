"""What the confidences of a site and of its alternatives must be, whatever the weights."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.resolve.confidence import EVIDENCE, calibrated, evidence_of
from geo.resolve.ranker import shipped_weights

SHARES = st.lists(st.floats(0.001, 1), min_size=1, max_size=6).map(
    lambda raw: sorted((one / (sum(raw) + 0.01) for one in raw), reverse=True)
)
WEIGHTS = st.tuples(st.floats(-2, 2), st.floats(0, 2), st.floats(0, 2))


@given(SHARES, st.floats(0, 1), WEIGHTS)
def test_confidences_fall_and_are_at_most_one_together(
    shares: list[float], recognised: float, weights: tuple[float, ...]
) -> None:
    found = calibrated(shares, recognised, weights)
    assert len(found) == len(shares)
    assert all(0 <= one <= 1 for one in found)
    assert sum(found) <= 1 + 1e-3
    assert all(later <= first + 1e-3 for first, later in pairwise(found))


def test_the_surer_both_steps_are_the_surer_is_the_site() -> None:
    weights = shipped_weights().calibration
    assert len(weights) == len(EVIDENCE)
    low, high = (
        calibrated([share], sure, weights)[0] for share, sure in ((0.2, 0.5), (0.99, 0.99))
    )
    assert low < 0.6
    assert high > 0.9


@given(st.lists(st.tuples(SHARES, st.floats(0, 1)), min_size=1, max_size=5), WEIGHTS)
def test_many_sites_are_calibrated_as_each_alone(
    sites: list[tuple[list[float], float]], weights: tuple[float, ...]
) -> None:
    padded = np.zeros((len(sites), 6))
    for row, (shares, _) in zip(padded, sites, strict=True):
        row[: len(shares)] = shares
    together = calibrated(padded, [sure for _, sure in sites], weights)
    for row, (shares, sure) in zip(together, sites, strict=True):
        assert row[: len(shares)] == pytest.approx(calibrated(shares, sure, weights), abs=1.1e-4)
        assert not row[len(shares) :].any()


def test_certainty_stays_finite() -> None:
    assert evidence_of(1.0, 0.0) == pytest.approx((1.0, 6.9, -6.9), abs=0.01)
