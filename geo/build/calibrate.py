"""Fit the calibration: what share of the sites given a confidence turned out to be right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from pyproj import Geod

from geo.resolve.confidence import evidence_of
from geo.resolve.resolution import resolve
from geo.resolve.spelling import by_spelling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.evaluate import GoldArticle
    from geo.gazetteer import Gazetteer
    from geo.recognize.mentions import Decision
    from geo.recognize.reading import Reading
    from geo.resolve.ranker import Weights
    from geo.resolve.resolution import Resolution

__all__ = [
    "Outcomes",
    "errors_in_domain",
    "errors_out_of_domain",
    "expected_error",
    "fit_calibration",
    "joined",
    "outcomes",
    "sureness",
]

_RIGHT_KM = 161.0
_STEPS = 50
_PENALTY = 1.0
_BINS = 10
_EARTH = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Sites as they came out, one entry a site.

    ``evidence`` as of `evidence_of`, shape (sites, 5); whether each was ``right``.
    """

    evidence: NDArray[np.float64]
    right: NDArray[np.bool_]


def joined(parts: Sequence[Outcomes]) -> Outcomes:
    """Return the sites of several parts as one."""
    columns = zip(*((one.evidence, one.right) for one in parts), strict=True)
    return Outcomes(*map(np.concatenate, columns))


def outcomes(
    reading: Reading,
    decision: Decision,
    gazetteer: Gazetteer,
    gold: Sequence[GoldArticle],
    weights: Weights,
) -> Outcomes:
    """Return what became of every mention that the gold can judge.

    Right is one that overlaps a true toponym and lies within 161 km of its point, or holds it in
    its circle; on a toponym without a point nothing can be said, nor on the name of a people that
    is not marked: corpora differ on whether it is a toponym.
    """
    hits: list[int] = []
    right: list[bool] = []
    best: list[Resolution] = []
    for hit, found in sorted(resolve(reading, decision, gazetteer, weights=weights).items()):
        number = int(reading.article[hit])
        article, offset = gold[number], int(reading.offsets[number])
        begin, end = int(reading.start[hit]) - offset, int(reading.end[hit]) - offset
        met = [one for one in article.toponyms if one.start < end and begin < one.end]
        points = [(one.lat, one.lon) for one in met if one.lat is not None]
        if not points and (met or reading.names.demonym[reading.name[hit]]):
            continue
        best.append(by_spelling(found, article.article.text[begin:end], gazetteer))
        place = gazetteer.place(best[-1].rows[0])
        reach = max(_RIGHT_KM, place.radius_km)
        km = [_EARTH.inv(lon, lat, place.lon, place.lat)[2] / 1000 for lat, lon in points]
        right.append(min(km, default=np.inf) <= reach)
        hits.append(hit)
    evidence = evidence_of(best, np.array(hits, dtype=np.int64), reading, decision)
    return Outcomes(evidence, np.array(right, dtype=bool))


def fit_calibration(corpora: Sequence[Outcomes]) -> NDArray[np.float64]:
    """Return the weights of a logistic regression of what was right (Platt's scaling).

    Every corpus counts the same, however large: what is to come is like none of them.
    """
    evidence = np.concatenate([one.evidence for one in corpora])
    right = np.concatenate([one.right for one in corpora])
    equal = len(right) / len(corpora)
    counts = [np.full(len(one.right), equal / max(len(one.right), 1)) for one in corpora]
    weight = np.concatenate(counts)
    learned = np.zeros(evidence.shape[1])
    for _ in range(_STEPS):
        belief = sureness(evidence, learned)
        gradient = evidence.T @ (weight * (right - belief)) - _PENALTY * learned
        curve = (evidence * (weight * belief * (1 - belief))[:, None]).T @ evidence
        learned += np.linalg.solve(curve + _PENALTY * np.eye(len(learned)), gradient)
    return learned


def sureness(evidence: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the confidences that a calibration gives, shape (sites,)."""
    return np.asarray(1 / (1 + np.exp(-(evidence @ weights))))


def expected_error(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error over ten bins of equal width."""
    which = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gap = np.bincount(which, weights=confidence - right, minlength=_BINS)
    return float(np.abs(gap).sum() / max(len(which), 1))


def errors_in_domain(corpora: Sequence[Sequence[Outcomes]]) -> list[float]:
    """Return the expected error of each corpus, given in parts, calibrated on the other parts."""
    sure: list[list[NDArray[np.float64]]] = [[] for _ in corpora]
    for number in range(len(corpora[0])):
        others = [joined([*parts[:number], *parts[number + 1 :]]) for parts in corpora]
        learned = fit_calibration(others)
        for parts, mine in zip(corpora, sure, strict=True):
            mine.append(sureness(parts[number].evidence, learned))
    pairs = zip(sure, corpora, strict=True)
    return [
        round(expected_error(np.concatenate(mine), joined(parts).right), 4) for mine, parts in pairs
    ]


def errors_out_of_domain(corpora: Sequence[Sequence[Outcomes]]) -> list[float | None]:
    """Return the expected error of each corpus, given in parts, calibrated on the other corpora."""
    every = [joined(parts) for parts in corpora]
    errors: list[float | None] = []
    for number, one in enumerate(every):
        others = [*every[:number], *every[number + 1 :]]
        if not others:
            return [None]
        sure = sureness(one.evidence, fit_calibration(others))
        errors.append(round(expected_error(sure, one.right), 4))
    return errors
