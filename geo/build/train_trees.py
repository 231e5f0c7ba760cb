"""Fit the trees that correct the decision: gradient boosting on top of its log-odds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.recognize.trees import DEPTH, Trees, doubtful
from geo.recognize.weighing import likely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["fit_trees"]

_TREES = 150
_PACE = 0.1
"""How much of what it would take each tree corrects."""

_LEAST = 30
"""Hits that a leaf is learned from, at least."""

_PENALTY = 10.0
"""What is added to the weight of a leaf's hits: few of them move the odds little."""

_HITS, _COLUMNS = 0.8, 0.4
"""The shares of hits and columns that each tree sees, chosen by lot."""

_NODES = 2**DEPTH - 1


def fit_trees(samples: Sequence[tuple[NDArray[np.float32], NDArray[np.bool_], Floats]]) -> Trees:
    """Return the trees, given evidence, truth and log-odds of the hits of each script.

    The log-odds have to come from weights that did not see the hits, or they leave too few doubts.
    """
    fitted = []
    for matrix, truth, odds in samples:
        doubt = doubtful(odds)
        fitted.append(_fit(matrix[doubt], truth[doubt], odds[doubt]))
    column, limit, value = (np.stack(tables) for tables in zip(*fitted, strict=True))
    return Trees(column.astype(np.int16), limit.astype(np.float32), value.astype(np.float32))


def _fit(
    matrix: NDArray[np.float32], truth: NDArray[np.bool_], odds: Floats
) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Return columns, limits and values of the trees of one script."""
    from sklearn.tree import DecisionTreeRegressor

    lot = np.random.default_rng(0)
    column = np.zeros((_TREES, _NODES), dtype=np.int64)
    limit = np.full((_TREES, _NODES), np.inf)
    value = np.zeros((_TREES, _NODES + 1))
    if len(matrix) < 2 * _LEAST:
        return column, limit, value
    odds = odds.copy()
    for number in range(_TREES):
        belief = likely(odds)
        surplus, weight = truth - belief, belief * (1 - belief)
        seen = np.flatnonzero(lot.random(len(matrix)) < _HITS)
        asked = np.sort(lot.permutation(matrix.shape[1])[: int(_COLUMNS * matrix.shape[1])])
        tree = DecisionTreeRegressor(max_depth=DEPTH, min_samples_leaf=_LEAST, random_state=0).fit(
            matrix[np.ix_(seen, asked)], (surplus / weight)[seen], sample_weight=weight[seen]
        )
        leaf = tree.apply(matrix[:, asked])
        above, below = (
            np.bincount(leaf, each, tree.tree_.node_count) for each in (surplus, weight)
        )
        step = _PACE * above / (below + _PENALTY)
        odds += step[leaf]
        column[number], limit[number], source = _complete(tree.tree_)
        column[number] = asked[column[number]]
        value[number] = step[source]
    return column, limit, value


def _complete(tree: Any) -> tuple[NDArray[np.int64], Floats, NDArray[np.int64]]:
    """Return columns and limits of a tree made complete, and the node that each leaf comes from.

    A leaf above the last row becomes a node whose two answers are the same.
    """
    source = np.zeros(2 * _NODES + 1, dtype=np.int64)
    column, limit = np.zeros(_NODES, dtype=np.int64), np.full(_NODES, np.inf)
    for node in range(_NODES):
        old = source[node]
        ahead = (tree.children_left[old], tree.children_right[old])
        if ahead[0] < 0:
            source[2 * node + 1 : 2 * node + 3] = old
        else:
            source[2 * node + 1 : 2 * node + 3] = ahead
            column[node], limit[node] = tree.feature[old], _below(tree.threshold[old])
    return column, limit, source[_NODES:]


def _below(limit: float) -> np.float32:
    """Return the highest number of single precision that is not over a limit."""
    near = np.float32(limit)
    return near if float(near) <= limit else np.nextafter(near, np.float32(-np.inf))
