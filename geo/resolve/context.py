"""What the rest of an article says for a candidate: shared countries, places near, names beside.

All is expected mass: the sum of what the first pass believes of the other toponyms' candidates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.resolve.candidates import distinct, runs, spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from geo.resolve.candidates import CandidateTable

__all__ = [
    "BESIDE",
    "COMMA",
    "NEAR",
    "SAID",
    "STANDING",
    "SUPPORT",
    "beside",
    "standing",
    "support",
]

SUPPORT: tuple[str, ...] = (
    "country in focus of the article",
    "governorate in focus of the article",
    "within 30 km of others",
    "within 100 km of others",
    "within 300 km of others",
    "governorate possible for others",
    "within 30 km of what others may be",
    "within 100 km of what others may be",
    "governorate possible for another",
    "within 30 km of what another may be",
    "within 100 km of what another may be",
)
"""Shares of the article's other names: of what they mean, then of what they may mean, then whether
any may mean it. The last two count unlikely candidates for more: three villages that share their
names with large cities are known by lying together."""

STANDING: tuple[str, ...] = (
    "importance in an article of one country",
    "importance in an article of one governorate",
    "importance in an article of one neighbourhood",
    "away from the country of the article",
)
"""How much importance counts for where the article keeps to one part of the world; how many more of
its other names are in the country that has most of them than in the candidate's."""

BESIDE: tuple[str, ...] = (
    "inside a place named beside it",
    "inside the place named right after it",
    "inside the place it is said to be in",
    "outside the place it is said to be in",
    "a governorate beside one of its country",
    "within 60 km of the place it is said to be near",
)

COMMA, SAID, NEAR = 1, 2, 3
"""How a name stands after another: right behind a comma, as what it is in, as what it is near."""

_EARTH_KM = 6371.0
_KERNELS_KM = (30.0, 100.0, 300.0)
_CHORDS = tuple(np.float32((2 * np.sin(reach / _EARTH_KM / 2)) ** 2) for reach in _KERNELS_KM)
"""Squares of the straight lines through the Earth that span the kernels, in Earth radii."""

_SAID_NEAR = np.float32((2 * np.sin(60.0 / _EARTH_KM / 2)) ** 2)
"""The same of the widest gap between a place and what it is said to be near."""

_KEPT_TO = (
    "country in focus of the article",
    "governorate in focus of the article",
    "within 100 km of others",
)
_LIKELY = 0.0025
"""Candidates less likely than this support nothing near or beside them."""

_MOST = 128
"""Candidates of one article that support those near them; the likeliest of more are taken."""

_PAIRS = 1 << 18
"""Pairs compared at once: the arrays stay in the processor's cache."""


def support(table: CandidateTable, probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the columns of :data:`SUPPORT`, shape (candidates, 11), each 0 to 1 or a little more.

    A name supports its other mentions never, however they are introduced.
    """
    article, sense = table.article[table.toponym], table.sense[table.toponym]
    others = np.bincount(table.article)[article] - np.bincount(table.sense)[sense]
    possible = np.sqrt(probability)
    near, nearly = _near(table, article, sense, (probability, possible))
    meant = np.column_stack(
        [
            _shared(article, sense, table.country, probability),
            _shared(article, sense, table.admin1, probability),
            near,
        ]
    )
    vague = np.column_stack([_shared(article, sense, table.admin1, possible), nearly[:, :2]])
    few = np.maximum(others, 1.0)[:, None]
    return np.column_stack([meant / few, vague / few, vague / (vague + 1.0)])


def standing(
    table: CandidateTable, supported: NDArray[np.float64], importance: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the columns of :data:`STANDING` from those of `support`, shape (candidates, 4)."""
    starts, sizes = runs(table.toponym)
    share = supported[:, [SUPPORT.index(name) for name in _KEPT_TO]]
    most = np.repeat(np.maximum.reduceat(share, starts), sizes, axis=0)
    article, country = table.article[table.toponym], share[:, 0]
    top = np.zeros(int(article.max(initial=-1)) + 1)
    np.maximum.at(top, article, country)
    away = np.where(table.country < 0, 0.0, top[article] - country)
    return np.column_stack([importance[:, None] * most, away])


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
    table: CandidateTable,
    article: NDArray[np.int64],
    sense: NDArray[np.int64],
    beliefs: Sequence[NDArray[np.float64]],
) -> list[NDArray[np.float64]]:
    """Sum each of some beliefs in other toponyms' candidates within each kernel, (n, 3) each."""
    unit = _directions(table)
    source = _sources(article, beliefs[0])
    low = np.searchsorted(article[source], article)
    count = np.searchsorted(article[source], article, side="right") - low
    near = [np.zeros((len(table), len(_CHORDS))) for _ in beliefs]
    for first, last in _chunks(count):
        target = np.repeat(np.arange(first, last), count[first:last])
        other = source[spread(low[first:last], count[first:last])]
        chord = np.zeros(len(target), dtype=np.float32)
        for axis in unit:
            chord += (axis[target] - axis[other]) ** 2
        # Few pairs are near enough for any kernel; the rest are let go at once.
        close = chord < _CHORDS[-1]
        close &= sense[target] != sense[other]
        target, other, chord = target[close] - first, other[close], chord[close]
        for column, reach in reversed(list(enumerate(_CHORDS))):
            within = chord < reach
            target, other, chord = target[within], other[within], chord[within]
            for belief, sums in zip(beliefs, near, strict=True):
                mass = np.bincount(target, weights=belief[other])
                sums[first : first + len(mass), column] = mass
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
    """Return how likely a name beside means what holds each candidate, shape (candidates, 6).

    The first column is for a name on either side, the second for one right after a comma: "Paris,
    Texas", the third for one that is said to hold it: "Jiblah, in the governorate of Ibb", and the
    fourth for one that is said to and does not. The fifth is for another governorate of the same
    country beside a governorate: "Oregon, Washington and Idaho". The last is for a place that each
    candidate is near and said to be near: "Khalidiya, east of Ramadi".
    """
    result = np.zeros((len(table), len(BESIDE)))
    inner, outer, follows = table.neighbours.T
    bounds = np.searchsorted(table.toponym, np.arange(len(table.article) + 1))
    sizes = np.diff(bounds)
    # Of the outer name only what may hold another place.
    holding = (table.admin1 == table.row) | (table.country_itself >= 0)
    outers = np.flatnonzero(holding & (probability >= _LIKELY))
    low = np.searchsorted(table.toponym[outers], np.arange(len(table.article) + 1))
    width = np.diff(low)
    pair = np.repeat(np.arange(len(inner)), width[outer])
    theirs = outers[spread(low[outer], width[outer])]
    # Every candidate of the inner name with each of those.
    mine = spread(bounds[inner[pair]], sizes[inner[pair]])
    repeats = sizes[inner[pair]]
    theirs, pair = np.repeat(theirs, repeats), np.repeat(pair, repeats)
    country = table.country_itself[theirs]
    held = (table.admin1[mine] == table.row[theirs]) | (
        (country == table.country[mine]) & (country >= 0)
    )
    itself = table.row[mine] == table.row[theirs]
    outside = ~held & ~itself & (follows[pair] == SAID)
    np.add.at(result[:, 3], mine[outside], probability[theirs[outside]])
    held &= ~itself
    mine, theirs, pair = mine[held], theirs[held], pair[held]
    np.add.at(result[:, 0], mine, probability[theirs])
    for column, how in ((1, COMMA), (2, SAID)):
        such = follows[pair] == how
        np.add.at(result[:, column], mine[such], probability[theirs[such]])
    result[:, 4] = _among_equals(table, probability)
    result[:, 5] = _near_as_said(table, probability)
    return np.minimum(result, 1.0)


def _near_as_said(table: CandidateTable, probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum the probability of likely places near each candidate among the names said to be near.

    What lies east of Homs says nothing of its governorate, whose middle may be there.
    """
    one, other, how = table.neighbours.T
    one, other = one[how == NEAR], other[how == NEAR]
    likely = np.flatnonzero(probability >= _LIKELY)
    low, high = (np.searchsorted(table.toponym[likely], other + step) for step in (0, 1))
    theirs, one = likely[spread(low, high - low)], np.repeat(one, high - low)
    low, high = (np.searchsorted(table.toponym, one + step) for step in (0, 1))
    mine, theirs = spread(low, high - low), np.repeat(theirs, high - low)
    unit = _directions(table)
    close = ((unit[:, mine] - unit[:, theirs]) ** 2).sum(axis=0) < _SAID_NEAR
    close &= (table.admin1[mine] != table.row[mine]) & (table.country_itself[mine] < 0)
    total = np.bincount(mine[close], weights=probability[theirs[close]], minlength=len(table))
    return total.astype(np.float64)


def _directions(table: CandidateTable) -> NDArray[np.float32]:
    """Return where each candidate is from the middle of the Earth, shape (3, candidates)."""
    phi, theta = np.radians(table.lat), np.radians(table.lon)
    unit = np.stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)])
    return unit.astype(np.float32)


def _among_equals(table: CandidateTable, probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum the probability of other governorates of each one's country among the names beside it."""
    (inner, outer), _ = distinct(*table.neighbours.T[:2])
    governorates = np.flatnonzero(table.admin1 == table.row)
    low = np.searchsorted(table.toponym[governorates], np.arange(len(table.article) + 1))
    count = np.diff(low)
    outer = np.repeat(outer, count[inner])
    mine = np.repeat(governorates[spread(low[inner], count[inner])], count[outer])
    theirs = governorates[spread(low[outer], count[outer])]
    equal = (table.country[mine] == table.country[theirs]) & (table.row[mine] != table.row[theirs])
    total = np.bincount(mine[equal], weights=probability[theirs[equal]], minlength=len(table))
    return total.astype(np.float64)
