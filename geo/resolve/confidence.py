"""How sure a site is: the probability that it is a place, and the right one, as calibrated.

The decision says how likely a mention is a place, the ranker how likely the best candidate is the
right one. Each is learned for itself; what both together turned out to be worth on articles that
neither had seen is what a site's confidence says, less in a text that names little else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from geo.model import Place
    from geo.recognize.mentions import Decision
    from geo.recognize.reading import Reading
    from geo.resolve.resolution import Resolution

    Floats = NDArray[np.float64]

__all__ = ["EVIDENCE", "calibrated", "doubts", "evidence_of"]

EVIDENCE: tuple[str, ...] = (
    "always",
    "it is a place",
    "it is this place",
    "other names in the article",
    "part of a longer hashtag",
)
"""What the calibration weighs: a constant, the log-odds of the decision and of the ranker, the
logarithm of a count, and whether the name is one of several words that are joined to a label
("floods_Amman"), which need not say where something is."""

_EDGE = 1e-3
"""Probabilities are taken to be at least this far from 0 and 1."""


def evidence_of(
    resolutions: Sequence[Resolution],
    hits: NDArray[np.int64],
    reading: Reading,
    decision: Decision,
) -> Floats:
    """Return the values of :data:`EVIDENCE` for the site of each of some hits, shape (sites, 5)."""
    best = [(one.probabilities[0], one.others) for one in resolutions]
    share, others = np.array(best, dtype=np.float64).reshape(-1, 2).T
    return np.column_stack(
        [
            np.ones(len(best)),
            _log_odds(decision.probability[hits]),
            _log_odds(share),
            np.log1p(others),
            reading.in_hashtag[hits],
        ]
    )


def _log_odds(probability: ArrayLike) -> Floats:
    kept = np.clip(probability, _EDGE, 1 - _EDGE)
    return np.asarray(np.log(kept / (1 - kept)))


def calibrated(shares: ArrayLike, evidence: ArrayLike, weights: Sequence[float]) -> Floats:
    """Return the calibrated confidences of candidates, the likeliest first; at most 1 together.

    Parameters
    ----------
    shares
        Of the ranker, falling, shape (…, candidates); 0 where a site has fewer.
    evidence
        The values of :data:`EVIDENCE` of each site, shape (…, 5).
    weights
        What each of them counts for (`geo.resolve.ranker.Weights`).
    """
    share = np.asarray(shares, dtype=np.float64)
    first = share[..., 0]
    sure = 1 / (1 + np.exp(-(np.asarray(evidence) @ np.asarray(weights))))
    # The others share what is left as they did, and never come before the first.
    scale = np.minimum(sure / np.maximum(first, _EDGE), (1 - sure) / np.maximum(1 - first, _EDGE))
    confidences = share * scale[..., None]
    confidences[..., 0] = sure
    return np.asarray(np.round(confidences, 4))


def doubts(place: Place) -> tuple[str, ...]:
    """Return what is to be told last of a place: that nobody has checked its point, if so."""
    return () if place.verified else (f"the point is unverified: within {place.radius_km:g} km",)
