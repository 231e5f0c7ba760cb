"""From accepted hits to places: one sense per name and article, ranked with the whole article."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from geo.gazetteer.facts import candidates, holds
from geo.model import KINDS, Candidate
from geo.resolve.ranker import FEATURES, CandidateTable, rank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.gazetteer.store import Gazetteer
    from geo.recognize.mentions import Decision
    from geo.recognize.reading import Reading

__all__ = ["WEIGHTS", "Resolution", "resolve"]

_KIND_IMPORTANCE = {
    "country": 7.0,
    "region": 5.0,
    "governorate": 4.9,
    "district": 3.6,
    "subdistrict": 3.0,
    "countryside": 4.5,
    "sea": 6.0,
    "desert": 5.0,
    "river": 5.5,
    "mountain": 4.0,
}
_FACILITY_IMPORTANCE = 4.2
"""Log10 of the people a facility counts for: those that have a row are in the news."""

WEIGHTS: dict[str, float] = {
    "importance": 1.6,
    "kind named": 3.5,
    "other kind named": -2.0,
    "own name": 0.8,
    "curated": 1.2,
    "focus": 2.5,
    "country in focus of the article": 3.5,
    "governorate in focus of the article": 2.0,
    "within 30 km of others": 1.5,
    "within 100 km of others": 1.5,
    "within 300 km of others": 1.0,
    "inside a place named beside it": 4.0,
}
_NEAR_WORDS = 3
"""From a name to the next: "Jiblah, in the governorate of Ibb"."""
_MOST = 60
"""Candidates of one name that are compared; the least important of more are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The candidates of one accepted hit, the likeliest first, and what spoke for the first."""

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


def resolve(
    reading: Reading,
    decision: Decision,
    gazetteer: Gazetteer,
    *,
    focus: Sequence[str] = (),
) -> dict[int, Resolution]:
    """Return a resolution for every accepted hit that has a possible place, by its number.

    Hits of one name in one article under head nouns of the same kind mean the same place.
    """
    hits = np.flatnonzero(decision.accepted)
    if not len(hits):
        return {}
    keys = np.column_stack([reading.article[hits], reading.name[hits], reading.governed[hits]])
    toponyms, which = np.unique(keys, axis=0, return_inverse=True)
    table = _table(toponyms, reading, gazetteer, focus)
    beside = _beside(reading, hits, which.ravel(), table, gazetteer)
    table = replace(table, inside_neighbour=beside)
    weights = np.array([WEIGHTS[name] for name in FEATURES])
    probability, features = rank(table, weights)
    bounds = np.searchsorted(table.toponym, np.arange(len(toponyms) + 1))
    resolutions = [
        _resolution(table.row[low:high], probability[low:high], features[low:high] * weights)
        for low, high in itertools.pairwise(bounds)
    ]
    found = zip(hits.tolist(), which.ravel().tolist(), strict=True)
    return {hit: r for hit, toponym in found if (r := resolutions[toponym]) is not None}


def _resolution(
    rows: NDArray[np.int64], probability: NDArray[np.float64], parts: NDArray[np.float64]
) -> Resolution | None:
    if not len(rows):
        return None
    order = np.argsort(-probability, kind="stable")
    best = parts[order[0]]
    telling = np.argsort(-best, kind="stable")[:3]
    return Resolution(
        rows=tuple(rows[order].tolist()),
        probabilities=tuple(probability[order].tolist()),
        why=tuple(FEATURES[number] for number in telling if best[number] > 0.3),
    )


def _table(
    toponyms: NDArray[np.int64],
    reading: Reading,
    gazetteer: Gazetteer,
    focus: Sequence[str],
) -> CandidateTable:
    """Return the candidates of each (article, name, governing kinds)."""
    rows, owner, own = [], [], []
    for number, (_, name, governed) in enumerate(toponyms.tolist()):
        found, main = candidates(gazetteer, int(reading.name_ids[name]), governed)
        found, main = found[:_MOST], main[:_MOST]
        rows.append(found)
        own.append(main)
        owner.append(np.full(len(found), number, dtype=np.int64))
    row, toponym = np.concatenate(rows).astype(np.int64), np.concatenate(owner)
    kind = gazetteer.kind[row]
    governed_by = toponyms[toponym, 2]
    named = ((1 << kind.astype(np.int64)) & governed_by) != 0
    country = gazetteer.country[row].astype(np.int64)
    focused = np.isin(country, [gazetteer.country_number(code) for code in focus])
    alone = np.column_stack(
        [
            importance(gazetteer, row),
            named,
            (governed_by != 0) & ~named,
            np.concatenate(own),
            gazetteer.curated[row],
            focused,
        ]
    ).astype(np.float64)
    return CandidateTable(
        toponym=toponym,
        article=toponyms[:, 0],
        row=row,
        country=country,
        admin1=gazetteer.admin1[row].astype(np.int64),
        lat=gazetteer.lat[row].astype(np.float64),
        lon=gazetteer.lon[row].astype(np.float64),
        alone=alone,
        inside_neighbour=np.zeros(len(row)),
    )


def importance(gazetteer: Gazetteer, row: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the log10 of the people each place counts for, shape (rows,)."""
    by_kind = np.array([_KIND_IMPORTANCE.get(kind, _FACILITY_IMPORTANCE) for kind in KINDS])
    kind = gazetteer.kind[row]
    settled = np.isin(kind, [KINDS.index("settlement"), KINDS.index("neighbourhood")])
    people = np.log10(gazetteer.population[row] + 300.0)
    return np.where(settled, people, by_kind[kind])


def _beside(
    reading: Reading,
    hits: NDArray[np.int64],
    toponym: NDArray[np.int64],
    table: CandidateTable,
    gazetteer: Gazetteer,
) -> NDArray[np.float64]:
    """Return 1 for a candidate inside a place whose name stands right beside: Paris, Texas."""
    inside = np.zeros(len(table.row))
    bounds = np.searchsorted(table.toponym, np.arange(len(table.article) + 1))
    near = np.flatnonzero(
        (reading.first[hits[1:]] - reading.last[hits[:-1]] <= _NEAR_WORDS)
        & (reading.gap[reading.first[hits[1:]]] < 2)
    )
    for left in near.tolist():
        for inner, outer in ((left, left + 1), (left + 1, left)):
            mine = slice(*bounds[toponym[inner] : toponym[inner] + 2])
            holders = table.row[slice(*bounds[toponym[outer] : toponym[outer] + 2])]
            held = holds(gazetteer, holders, table.row[mine])
            inside[mine] = np.maximum(inside[mine], held)
    return inside
