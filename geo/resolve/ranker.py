"""Which place a toponym means, decided for all toponyms of an article together.

Two passes of the same softmax: the first sees each candidate alone (importance, kind, name), the
second also what the first believes about the rest of the article: the countries and governorates
it speaks of, and what lies near. All is columnar over a block of articles; nothing is looked up
one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["FEATURES", "CandidateTable", "rank"]

FEATURES: tuple[str, ...] = (
    "importance",
    "kind named",
    "other kind named",
    "own name",
    "curated",
    "focus",
    "country in focus of the article",
    "governorate in focus of the article",
    "within 30 km of others",
    "within 100 km of others",
    "within 300 km of others",
    "inside a place named beside it",
)
"""What the score of a candidate is the weighted sum of, in the order of the weights."""

_EARTH_KM = 6371.0
_KERNELS_KM = (30.0, 100.0, 300.0)
_CONTEXT_FROM = FEATURES.index("country in focus of the article")


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateTable:
    """Candidates of a block, sorted by toponym; toponyms are sorted by article.

    Every array has one entry a candidate, but ``article``, which has one a toponym.
    ``alone`` holds the columns of the features before the context ones, shape (candidates, 6).
    """

    toponym: NDArray[np.int64]
    article: NDArray[np.int64]
    row: NDArray[np.int64]
    country: NDArray[np.int64]
    admin1: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    alone: NDArray[np.float64]
    inside_neighbour: NDArray[np.float64]


def rank(
    table: CandidateTable, weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return each candidate's probability among its toponym's, and the features it came from.

    Parameters
    ----------
    table
        The candidates.
    weights
        One a feature, in the order of :data:`FEATURES`.

    Returns
    -------
    tuple of ndarray
        Probabilities of shape (candidates,), features of shape (candidates, features).
    """
    features = np.zeros((len(table.row), len(FEATURES)))
    features[:, :_CONTEXT_FROM] = table.alone
    features[:, -1] = table.inside_neighbour
    probability = softmax_by(table.toponym, features @ weights)
    if len(table.row):
        features[:, _CONTEXT_FROM:-1] = context(table, probability)
        probability = softmax_by(table.toponym, features @ weights)
    return probability, features


def softmax_by(group: NDArray[np.int64], score: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the softmax of ``score`` within each run of equal ``group`` (sorted)."""
    if not len(group):
        return score
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    sizes = np.diff(np.r_[starts, len(group)])
    top = np.repeat(np.maximum.reduceat(score, starts), sizes)
    raised = np.exp(score - top)
    return np.asarray(raised / np.repeat(np.add.reduceat(raised, starts), sizes))


def context(table: CandidateTable, probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return shares (0 to 1) of the article's other toponyms that support each candidate.

    Columns: same country, same governorate, within 30, 100 and 300 km.
    """
    article = table.article[table.toponym]
    others = np.bincount(table.article)[article] - 1.0
    columns = [
        _shared_mass(article, table.toponym, key, probability)
        for key in (table.country, table.admin1)
    ]
    near = np.zeros((len(probability), len(_KERNELS_KM)))
    starts = np.flatnonzero(np.r_[True, article[1:] != article[:-1]])
    for low, high in zip(starts, np.r_[starts[1:], len(article)], strict=True):
        if table.toponym[low] != table.toponym[high - 1]:
            part = slice(low, high)
            near[part] = _near(
                table.lat[part], table.lon[part], table.toponym[part], probability[part]
            )
    support = np.column_stack([*columns, near])
    return np.asarray(support / np.maximum(others, 1.0)[:, None])


def _shared_mass(
    article: NDArray[np.int64],
    toponym: NDArray[np.int64],
    key: NDArray[np.int64],
    probability: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Sum the probability that other toponyms of the article give to the same key (-1: none)."""
    span = int(key.max(initial=0)) + 2
    total = np.zeros(len(key))
    for owner, sign in ((article, 1.0), (toponym, -1.0)):
        _, inverse = np.unique(owner * span + key + 1, return_inverse=True)
        total += sign * np.bincount(inverse, weights=probability)[inverse]
    return np.where(key < 0, 0.0, total)


def _near(
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    toponym: NDArray[np.int64],
    probability: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Sum the probability of other toponyms' candidates within each kernel, shape (n, 3)."""
    phi, theta = np.radians(lat), np.radians(lon)
    unit = np.column_stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)])
    cosine = unit @ unit.T
    cosine[toponym[:, None] == toponym[None, :]] = -2.0
    return np.column_stack(
        [(cosine > np.cos(reach / _EARTH_KM)) @ probability for reach in _KERNELS_KM]
    )
