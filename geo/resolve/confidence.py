"""How sure a site is: the probability that it is a place, and the right one, as calibrated.

The decision says how likely a mention is a place, the ranker how likely the best candidate is the
right one. Each is learned for itself; what both together turned out to be worth on articles that
the ranker had not seen is what a site's confidence says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from geo.model import Place

    Floats = NDArray[np.float64]

__all__ = ["EVIDENCE", "calibrated", "doubts", "evidence_of"]

EVIDENCE: tuple[str, ...] = ("always", "it is a place", "it is this place")
"""What the calibration weighs: a constant, and the log-odds of the decision and of the ranker."""

_EDGE = 1e-3
"""Probabilities are taken to be at least this far from 0 and 1."""


def evidence_of(recognised: ArrayLike, share: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return the values of :data:`EVIDENCE` for the two probabilities behind each site."""
    return np.ones(np.shape(share)), _log_odds(recognised), _log_odds(share)


def _log_odds(probability: ArrayLike) -> Floats:
    kept = np.clip(probability, _EDGE, 1 - _EDGE)
    return np.asarray(np.log(kept / (1 - kept)))


def calibrated(shares: ArrayLike, recognised: ArrayLike, weights: Sequence[float]) -> Floats:
    """Return the calibrated confidences of candidates, the likeliest first; at most 1 together.

    Parameters
    ----------
    shares
        Of the ranker, falling, shape (…, candidates); 0 where a site has fewer.
    recognised
        How likely each mention is a place, shape (…).
    weights
        What each of :data:`EVIDENCE` counts for (`geo.resolve.ranker.Weights`).
    """
    share = np.asarray(shares, dtype=np.float64)
    first = share[..., 0]
    evidence = evidence_of(recognised, first)
    score = np.asarray(sum(weight * value for weight, value in zip(weights, evidence, strict=True)))
    sure = 1 / (1 + np.exp(-score))
    # The others share what is left as they did, and never come before the first.
    scale = np.minimum(sure / np.maximum(first, _EDGE), (1 - sure) / np.maximum(1 - first, _EDGE))
    confidences = share * scale[..., None]
    confidences[..., 0] = sure
    return np.asarray(np.round(confidences, 4))


def doubts(place: Place) -> tuple[str, ...]:
    """Return what is to be told last of a place: that nobody has checked its point, if so."""
    return () if place.verified else (f"the point is unverified: within {place.radius_km:g} km",)
