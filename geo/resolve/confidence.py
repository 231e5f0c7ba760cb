"""How sure a site is: the probability that it is a place, and the right one, as calibrated.

The decision says how likely a mention is a place, the ranker how likely the best candidate is the
right one. Each is learned for itself; what both together turned out to be worth on articles that
the ranker had not seen is what a site's confidence says.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["EVIDENCE", "calibrated", "evidence_of"]

EVIDENCE: tuple[str, ...] = ("always", "it is a place", "it is this place")
"""What the calibration weighs: a constant, and the log-odds of the decision and of the ranker."""

_EDGE = 1e-3
"""Probabilities are taken to be at least this far from 0 and 1."""


def evidence_of(recognised: float, share: float) -> tuple[float, float, float]:
    """Return the values of :data:`EVIDENCE` for the two probabilities behind a site."""
    return 1.0, _log_odds(recognised), _log_odds(share)


def _log_odds(probability: float) -> float:
    kept = min(max(probability, _EDGE), 1 - _EDGE)
    return math.log(kept / (1 - kept))


def calibrated(
    shares: Sequence[float], recognised: float, weights: Sequence[float]
) -> tuple[float, ...]:
    """Return the calibrated confidences of candidates, the likeliest first; at most 1 together.

    Parameters
    ----------
    shares
        Of the ranker, falling.
    recognised
        How likely the mention is a place.
    weights
        What each of :data:`EVIDENCE` counts for (`geo.resolve.ranker.Weights`).
    """
    evidence = evidence_of(recognised, shares[0])
    score = sum(weight * value for weight, value in zip(weights, evidence, strict=True))
    sure = 1 / (1 + math.exp(-score))
    # The others share what is left as they did, and never come before the first.
    scale = min(sure / max(shares[0], _EDGE), (1 - sure) / max(1 - shares[0], _EDGE))
    return (round(sure, 4), *(round(share * scale, 4) for share in shares[1:]))
