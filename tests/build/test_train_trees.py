"""Boosting on small samples."""

from __future__ import annotations

import numpy as np
import pytest

from geo.build.train_trees import _below, fit_trees
from geo.recognize.trees import doubtful


def sample(hits: int) -> tuple[np.ndarray, np.ndarray]:
    """Evidence of which neither piece tells anything alone, and the truth: one of two, not both."""
    lot = np.random.default_rng(1)
    matrix = (lot.random((hits, 5)) < 0.5).astype(np.float32)
    return matrix, matrix[:, 0] != matrix[:, 1]


def test_trees_learn_what_no_sum_of_the_evidence_tells() -> None:
    matrix, truth = sample(2000)
    odds = np.zeros(len(matrix))
    trees = fit_trees([(matrix, truth, odds), (matrix[:10], truth[:10], odds[:10])])
    seen, right = sample(500)
    zeros = np.zeros(len(seen))
    corrected = trees.corrected(zeros, seen, np.zeros(len(seen), np.int8))
    assert ((corrected > 0) == right).mean() > 0.95
    # Ten hits teach nothing.
    assert not trees.corrected(zeros, seen, np.ones(len(seen), np.int8)).any()


def test_the_same_hits_give_the_same_trees() -> None:
    matrix, truth = sample(500)
    one, two = (fit_trees([(matrix, truth, np.zeros(500))]) for _ in range(2))
    for name, array in one.arrays().items():
        assert np.array_equal(array, two.arrays()[name])


def test_trees_learn_from_doubtful_hits_alone() -> None:
    matrix, truth = sample(400)
    sure = np.full(400, 9.0)
    assert not doubtful(sure).any()
    assert not fit_trees([(matrix, ~truth, sure)]).value.any()


@pytest.mark.parametrize("limit", [0.1, 0.5, 1e-9, 2.3])
def test_a_limit_of_single_precision_parts_the_same_numbers(limit: float) -> None:
    near = np.float32(limit)
    for value in (near, np.nextafter(near, np.float32(9)), np.nextafter(near, np.float32(-9))):
        assert (value > _below(limit)) == (float(value) > limit)
