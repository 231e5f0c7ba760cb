"""What the rest of an article says for a candidate: shared countries, places near, names beside.

All is expected mass: the sum of what the first pass believes of the other toponyms' candidates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.resolve.candidates import spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geo.resolve.candidates import CandidateTable

__all__ = ["SUPPORT", "beside", "support"]

SUPPORT: tuple[str, ...] = (
    "country in focus of the article",
    "governorate in focus of the article",
    "within 30 km of others",
    "within 100 km of others",
    "within 300 km of others",
    "country shared with another place",
    "governorate shared with another place",
    "within 30 km of another place",
    "within 100 km of another place",
    "within 300 km of another place",
)
"""Shares of the article's other toponyms, then whether there is any at all."""

_EARTH_KM = 6371.0
_KERNELS_KM = (30.0, 100.0, 300.0)
_CHORDS = tuple(np.float32((2 * np.sin(reach / _EARTH_KM / 2)) ** 2) for reach in _KERNELS_KM)
"""Squares of the straight lines through the Earth that span the kernels, in Earth radii."""

_LIKELY = 0.05
"""Candidates less likely than this support nothing near them."""

_MOST = 128
"""Candidates of one article that support those near them; the likeliest of more are taken."""

_PAIRS = 1 << 18
"""Pairs compared at once: the arrays stay in the processor's cache."""


def support(table: CandidateTable, probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the columns of :data:`SUPPORT`, shape (candidates, 10), each 0 to 1."""
    article = table.article[table.toponym]
    others = np.bincount(table.article)[article] - 1.0
    mass = np.column_stack(
        [
            _shared(article, table.toponym, table.country, probability),
            _shared(article, table.toponym, table.admin1, probability),
            _near(table, article, probability),
        ]
    )
    share = mass / np.maximum(others, 1.0)[:, None]
    return np.column_stack([share, mass / (mass + 1.0)])


def _shared(
    article: NDArray[np.int64],
    toponym: NDArray[np.int64],
    key: NDArray[np.int64],
    probability: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Sum the probability that other toponyms of the article give to the same key (-1: none)."""
    span = int(key.max(initial=0)) + 2
    total = np.zeros(len(key))
    for owner, sign in ((article, 1.0), (toponym, -1.0)):
        _, cell = np.unique(owner * span + key + 1, return_inverse=True)
        total += sign * np.bincount(cell, weights=probability)[cell]
    return np.where(key < 0, 0.0, np.maximum(total, 0.0))


def _near(
    table: CandidateTable, article: NDArray[np.int64], probability: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Sum the probability of other toponyms' candidates within each kernel, shape (n, 3)."""
    phi, theta = np.radians(table.lat), np.radians(table.lon)
    unit = np.stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)])
    unit = unit.astype(np.float32)
    source = _sources(article, probability)
    low = np.searchsorted(article[source], article)
    count = np.searchsorted(article[source], article, side="right") - low
    near = np.zeros((len(probability), len(_CHORDS)))
    for first, last in _chunks(count):
        target = np.repeat(np.arange(first, last), count[first:last])
        other = source[spread(low[first:last], count[first:last])]
        chord = np.zeros(len(target), dtype=np.float32)
        for axis in unit:
            chord += (axis[target] - axis[other]) ** 2
        # Few pairs are near enough for any kernel; the rest are let go at once.
        close = chord < _CHORDS[-1]
        close &= table.toponym[target] != table.toponym[other]
        target, chord, weight = target[close], chord[close], probability[other[close]]
        for column, reach in enumerate(_CHORDS):
            mass = np.bincount(target - first, weights=weight * (chord < reach))
            near[first : first + len(mass), column] = mass
    return near


def _sources(article: NDArray[np.int64], probability: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the likely candidates, not more than `_MOST` an article, sorted by article."""
    likely = np.flatnonzero(probability >= _LIKELY)
    order = likely[np.lexsort((-probability[likely], article[likely]))]
    number = np.arange(len(order)) - np.searchsorted(article[order], article[order])
    return order[number < _MOST]


def _chunks(count: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield runs of candidates that have about `_PAIRS` pairs together."""
    total = np.cumsum(count)
    first = 0
    while first < len(count):
        done = int(total[first - 1]) if first else 0
        last = max(int(np.searchsorted(total, done + _PAIRS, side="right")), first + 1)
        yield first, last
        first = last


def beside(table: CandidateTable, probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how likely a name beside means what holds each candidate, shape (candidates, 2).

    The first column is for a name on either side ("Jiblah, in the governorate of Ibb"), the
    second for one right after a comma: "Paris, Texas".
    """
    result = np.zeros((len(table), 2))
    inner, outer, follows = table.neighbours.T
    bounds = np.searchsorted(table.toponym, np.arange(len(table.article) + 1))
    sizes = np.diff(bounds)
    # Every candidate of the inner name with every candidate of the outer one.
    mine = spread(bounds[inner], sizes[inner])
    pair = np.repeat(np.arange(len(inner)), sizes[inner])
    theirs = spread(bounds[outer[pair]], sizes[outer[pair]])
    pair = np.repeat(pair, sizes[outer[pair]])
    mine = np.repeat(mine, sizes[outer[np.repeat(np.arange(len(inner)), sizes[inner])]])
    held = (table.admin1[mine] == table.row[theirs]) | (
        table.country_itself[theirs] == table.country[mine]
    )
    held &= table.row[mine] != table.row[theirs]
    mine, theirs, pair = mine[held], theirs[held], pair[held]
    np.add.at(result[:, 0], mine, probability[theirs])
    right = follows[pair] == 1
    np.add.at(result[:, 1], mine[right], probability[theirs[right]])
    return np.minimum(result, 1.0)
