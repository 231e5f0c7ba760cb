"""The weights of the ranker that toponyms of known places teach: a softmax over their candidates.

They start from weights set by hand and leave them as far as the data say; a toponym whose place the
gazetteer lacks teaches the score of "none of these".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.resolve.ranker import ALONE, FEATURES, NONE, Weights, rank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.build.ranker_lessons import Lesson

__all__ = ["BY_HAND", "PENALTY", "fit", "share_right", "train"]

BY_HAND: dict[str, float] = {
    "importance": 1.6,
    "a governorate round a town of its name": -1.2,
    "kind named": 3.5,
    "other kind named": -2.0,
    "own name": 0.8,
    "curated": 1.2,
    "focus": 2.5,
    "a capital": 2.5,
    "a capital abroad": 0.5,
    "a facility whose noun is said": 1.0,
    "country in focus of the article": 3.5,
    "governorate in focus of the article": 2.0,
    "within 30 km of others": 1.5,
    "within 100 km of others": 1.5,
    "within 300 km of others": 1.0,
    "inside a place named beside it": 4.0,
    "inside the place named right after it": 3.0,
    "inside the place it is said to be in": 4.0,
    "outside the place it is said to be in": -4.0,
    "a governorate beside one of its country": 2.0,
    "within 60 km of the place it is said to be near": 3.0,
    NONE: 2.0,
}
"""What a person thinks each feature is worth; the corpora know little of bases and of Syria."""

_ROUND_TOWN = "a governorate round a town of its name"
_COMMA = "inside the place named right after it"
_SAID = "inside the place it is said to be in"
_ELSEWHERE = "outside the place it is said to be in"
_FIXED = (
    "focus",
    "a capital",
    "a capital abroad",
    "curated",
    "kind named",
    "other kind named",
    "a facility whose noun is said",
    _ROUND_TOWN,
    _COMMA,
    _SAID,
    _ELSEWHERE,
)
"""Weights that stay as they were set: the corpora hardly know of these, or know them from English
papers of one country alone, and their points do not tell a town from the governorate round it."""

PENALTY = 0.4
"""How much a weight that leaves its start must gain."""

_STEPS = 25
_HALVINGS = 12
_TINY = 1e-300


def train(lessons: Sequence[Lesson], chosen: Sequence[NDArray[np.bool_]]) -> Weights:
    """Return the weights that the chosen toponyms of each lesson teach, pass after pass."""
    start = np.array([BY_HAND.get(name, 0.0) for name in (*FEATURES, NONE)])
    alone = np.where([name in _CONTEXT for name in (*FEATURES, NONE)], 0.0, start)
    learned = np.empty((0, len(start)))
    for begin in (alone, start):
        # The features of a pass are what the passes before it make of the article.
        tried = np.vstack([learned, begin])
        weights = Weights(features=tried[:, :-1], none=tried[:, -1])
        parts = []
        for one, toponym in zip(lessons, chosen, strict=True):
            _, features = rank(one.table, weights)
            kept = one.part(toponym)
            parts.append((features[kept], one.table.toponym[kept], one.right[kept]))
        learned = np.vstack([learned, fit(*_joined(parts), begin)])
    return Weights(features=learned[:, :-1], none=learned[:, -1])


_CONTEXT = frozenset(FEATURES[len(ALONE) :])
"""The features that only the second pass knows."""


def _joined(
    parts: Sequence[tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.bool_]]],
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return the parts as one, their toponyms numbered from 0 without a gap."""
    groups, base = [], 0
    for _, toponym, _ in parts:
        _, number = np.unique(toponym, return_inverse=True)
        groups.append(number + base)
        base += int(number.max(initial=-1)) + 1
    features, _, right = zip(*parts, strict=True)
    return np.concatenate(features), np.concatenate(groups), np.concatenate(right)


def fit(
    features: NDArray[np.float64],
    toponym: NDArray[np.int64],
    right: NDArray[np.bool_],
    start: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the weights, the one of `NONE` last, under which the right candidates are likeliest.

    Newton's steps on the likelihood that any right candidate is chosen (or none, where none is
    right), less a penalty for leaving ``start``.
    """
    count = int(toponym.max(initial=-1)) + 1
    # The candidate "none of these" of each toponym: a row of zeros but for its own feature.
    width = features.shape[1]
    rows = np.zeros((len(features) + count, width + 1))
    rows[: len(features), :width] = features
    rows[len(features) :, width] = 1.0
    group = np.r_[toponym, np.arange(count)]
    good = np.r_[right, np.bincount(toponym, weights=right, minlength=count) == 0]
    free = np.array([name not in _FIXED for name in (*FEATURES, NONE)])
    weights, value = start.copy(), -np.inf
    step = np.zeros(width + 1)
    for _ in range(_STEPS):
        # Newton's step may go too far: halve it until the likelihood rises.
        for halving in range(_HALVINGS):
            tried = weights + step / 2**halving
            belief, gained = _likelihood(rows @ tried, group, good, count)
            gained -= PENALTY / 2 * float(((tried - start) ** 2).sum())
            if gained >= value:
                break
        weights, value = tried, gained
        wanted = _share(belief * good, group, count)
        gradient = rows.T @ (wanted - belief) - PENALTY * (weights - start)
        mean = np.stack(
            [np.bincount(group, belief * column, minlength=count) for column in rows.T], axis=1
        )
        curve = (rows * belief[:, None]).T @ rows - mean.T @ mean + PENALTY * np.eye(width + 1)
        step[free] = np.linalg.solve(curve[np.ix_(free, free)], gradient[free])
    return weights


def _likelihood(
    score: NDArray[np.float64], group: NDArray[np.int64], good: NDArray[np.bool_], count: int
) -> tuple[NDArray[np.float64], float]:
    """Return the softmax of the scores within each group, and the log of the good ones' share."""
    top = np.full(count, -np.inf)
    np.maximum.at(top, group, score)
    belief = _share(np.exp(score - top[group]), group, count)
    shares = np.bincount(group, belief * good, minlength=count)
    return belief, float(np.log(np.maximum(shares, _TINY)).sum())


def _share(value: NDArray[np.float64], group: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    total = np.bincount(group, value, minlength=count)
    return np.asarray(value / np.maximum(total, _TINY)[group])


def share_right(one: Lesson, weights: Weights, folds: Sequence[int]) -> tuple[int, int]:
    """Return how many gold toponyms the best candidate is within 161 km of, and of how many."""
    probability, _ = rank(one.table, weights)
    order = np.lexsort((-probability, one.table.toponym))
    toponym, first = np.unique(one.table.toponym[order], return_index=True)
    best = order[first]
    judged = np.isin(one.fold[toponym], folds)
    found = one.mentions[toponym] * one.close[best]
    return int(found[judged].sum()), int(one.gold[list(folds)].sum())
