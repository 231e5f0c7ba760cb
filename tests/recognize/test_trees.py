"""The trees that correct the decision: against asking one question after the other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo.recognize.trees import DEPTH, Trees, doubtful, no_trees

NODES = 2**DEPTH - 1


def slowly(trees: Trees, script: int, row: np.ndarray) -> float:
    total = 0.0
    for column, limit, value in zip(
        trees.column[script], trees.limit[script], trees.value[script], strict=True
    ):
        node = 0
        while node < NODES:
            node = 2 * node + (2 if row[column[node]] > limit[node] else 1)
        total += float(value[node - NODES])
    return total


@given(st.integers(0, 2**32 - 1))
def test_a_doubtful_sum_is_corrected_by_the_answers(seed: int) -> None:
    lot = np.random.default_rng(seed)
    scripts, count, columns, hits = 2, 5, 4, 9
    trees = Trees(
        column=lot.integers(0, columns, (scripts, count, NODES)).astype(np.int16),
        limit=lot.random((scripts, count, NODES), dtype=np.float32),
        value=lot.normal(size=(scripts, count, NODES + 1)).astype(np.float32),
    )
    matrix = lot.random((hits, columns), dtype=np.float32)
    odds, script = lot.normal(0, 4, hits), lot.integers(0, scripts, hits).astype(np.int8)
    corrected = trees.corrected(odds, matrix, script)
    for hit in range(hits):
        added = slowly(trees, int(script[hit]), matrix[hit]) if doubtful(odds)[hit] else 0.0
        assert np.isclose(corrected[hit], odds[hit] + added, atol=1e-5)


def test_no_trees_correct_nothing() -> None:
    odds = np.array([-5.0, 0.0, 1.5])
    matrix, script = np.ones((3, 2), np.float32), np.array([0, 1, 0], np.int8)
    assert np.array_equal(no_trees(2).corrected(odds, matrix, script), odds)
