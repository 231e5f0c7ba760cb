"""The calibration, on sites of which it is known how often they are right."""

from __future__ import annotations

import numpy as np
import pytest

from geo.build.calibrate import (
    Outcomes,
    errors_in_domain,
    errors_out_of_domain,
    expected_error,
    fit_calibration,
    sureness,
)


def sites(seed: int, *, count: int = 4000) -> Outcomes:
    """Sites that are right less often than the product of their two probabilities."""
    chance = np.random.default_rng(seed)
    odds = chance.normal(1.0, 1.5, (count, 2))
    truth = 1 / (1 + np.exp(-(-0.5 + 0.6 * odds[:, 0] + 0.4 * odds[:, 1])))
    return Outcomes(
        evidence=np.column_stack([np.ones(count), odds]),
        right=chance.random(count) < truth,
    )


def test_the_calibration_finds_what_the_evidence_is_worth() -> None:
    learned = fit_calibration([sites(1), sites(2)])
    assert learned == pytest.approx([-0.5, 0.6, 0.4], abs=0.1)


def test_of_sites_that_are_told_to_be_likely_as_many_are_right() -> None:
    corpora = [[sites(10 * n + part, count=1500) for part in range(3)] for n in range(3)]
    assert max(errors_in_domain(corpora)) < 0.03
    assert max(error for error in errors_out_of_domain(corpora) if error is not None) < 0.03


def test_one_corpus_alone_has_no_other_domain() -> None:
    assert errors_out_of_domain([[sites(1), sites(2)]]) == [None]


def test_a_small_corpus_counts_as_much_as_a_large_one() -> None:
    small = sites(1, count=1000)
    wrong = Outcomes(small.evidence, np.zeros_like(small.right))
    both = fit_calibration([sites(2, count=9000), wrong])
    assert 0.2 < sureness(small.evidence, both).mean() < 0.4


def test_the_expected_error_is_the_gap_between_said_and_right() -> None:
    right = np.array([True, True, True, False])
    assert expected_error(np.full(4, 0.75), right) == pytest.approx(0)
    assert expected_error(np.full(4, 0.95), right) == pytest.approx(0.2)
    assert expected_error(np.array([0.95, 0.95, 0.95, 0.05]), right) == pytest.approx(0.05)
