"""From accepted hits to places: one sense per name and article, ranked with the whole article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.model import Candidate
from geo.resolve.candidates import gather, spread
from geo.resolve.ranker import FEATURES, rank, shipped_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.gazetteer.store import Gazetteer
    from geo.recognize.mentions import Decision
    from geo.recognize.reading import Reading
    from geo.resolve.candidates import CandidateTable
    from geo.resolve.ranker import Weights

__all__ = ["Resolution", "Toponyms", "resolve", "toponyms"]

_NEAR_WORDS = 3
"""From a name to the next: "Jiblah, in the governorate of Ibb"."""

_KEPT = 6
"""Candidates of a toponym that are told of."""

_TOLD = 3
_TELLING = 0.3
"""Features that are named as what decided, and what each must at least have added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The best candidates of one toponym, the likeliest first, and what spoke for the first."""

    rows: tuple[int, ...]
    probabilities: tuple[float, ...]
    why: tuple[str, ...]

    def candidates(self, gazetteer: Gazetteer, *, most: int = 5) -> tuple[Candidate, ...]:
        """Return the first few as `Candidate`s."""
        pairs = zip(self.rows[:most], self.probabilities[:most], strict=True)
        return tuple(
            Candidate(place=gazetteer.place(row), confidence=round(share, 4))
            for row, share in pairs
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponyms:
    """The toponyms behind some hits: ``of`` has one entry a hit, ``table`` their candidates."""

    of: NDArray[np.int64]
    table: CandidateTable


def toponyms(
    reading: Reading, hits: NDArray[np.int64], gazetteer: Gazetteer, *, focus: Sequence[str] = ()
) -> Toponyms:
    """Return the toponyms that some hits of a reading are mentions of.

    Hits of one name in one article under head nouns of the same kind mean the same place.
    """
    keys = np.column_stack([reading.article[hits], reading.name[hits], reading.governed[hits]])
    distinct, which = np.unique(keys, axis=0, return_inverse=True)
    article, name, governed = distinct.T.astype(np.int64)
    of = which.ravel().astype(np.int64)
    table = gather(
        gazetteer,
        article=article,
        name=reading.name_ids[name],
        governed=governed,
        neighbours=_neighbours(reading, hits, of),
        focus=focus,
    )
    return Toponyms(of=of, table=table)


def _neighbours(
    reading: Reading, hits: NDArray[np.int64], of: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the pairs of toponyms that stand beside each other in one sentence, both ways."""
    following = reading.first[hits[1:]]
    words = following - reading.last[hits[:-1]]
    gap = reading.gap[following]
    near = np.flatnonzero((words <= _NEAR_WORDS) & (gap < 2) & (of[1:] != of[:-1]))
    left, right = of[:-1][near], of[1:][near]
    comma = ((words == 1) & (gap == 1))[near].astype(np.int64)
    forth = np.column_stack([left, right, comma])
    back = np.column_stack([right, left, np.zeros_like(comma)])
    return np.unique(np.concatenate([forth, back]), axis=0)


def resolve(
    reading: Reading,
    decision: Decision,
    gazetteer: Gazetteer,
    *,
    focus: Sequence[str] = (),
    weights: Weights | None = None,
) -> dict[int, Resolution]:
    """Return a resolution for every accepted hit that has a possible place, by its number.

    ``weights`` are the shipped ones where not given.
    """
    hits = np.flatnonzero(decision.accepted)
    if not len(hits):
        return {}
    found = toponyms(reading, hits, gazetteer, focus=focus)
    weights = weights or shipped_weights()
    probability, features = rank(found.table, weights)
    resolutions = _resolutions(found.table, probability, features * weights.features[1])
    pairs = zip(hits.tolist(), found.of.tolist(), strict=True)
    return {hit: resolutions[one] for hit, one in pairs if one in resolutions}


def _resolutions(
    table: CandidateTable, probability: NDArray[np.float64], parts: NDArray[np.float64]
) -> dict[int, Resolution]:
    """Return a resolution a toponym; ``parts`` is what each feature added to each candidate."""
    order = np.lexsort((-probability, table.toponym))
    toponym, start, count = np.unique(table.toponym, return_index=True, return_counts=True)
    best, second = order[start], order[start + np.minimum(count - 1, 1)]
    # What set the first apart from the second, or, of a name with one place, what was for it.
    ahead = parts[best] - np.where((count > 1)[:, None], parts[second], 0.0)
    telling = np.argsort(-ahead, axis=1, kind="stable")[:, :_TOLD]
    told = (np.take_along_axis(ahead, telling, axis=1) > _TELLING).sum(axis=1)
    size = np.minimum(count, _KEPT)
    kept = order[spread(start, size)]
    rows, shares = table.row[kept].tolist(), np.round(probability[kept], 4).tolist()
    columns = (toponym, np.cumsum(size), size, telling, told)
    return {
        one: Resolution(
            rows=tuple(rows[end - length : end]),
            probabilities=tuple(shares[end - length : end]),
            why=tuple(FEATURES[number] for number in names[:tells]),
        )
        for one, end, length, names, tells in zip(*(c.tolist() for c in columns), strict=True)
    }
