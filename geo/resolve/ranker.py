"""Which place a toponym means, decided for all toponyms of an article together.

Two passes of one softmax, each with weights of its own: the first sees each candidate alone
(importance, kind, name), the second also what the first believes of the rest of the article: the
countries and governorates it speaks of, what lies near, what is named beside it. A last candidate,
"none of these", takes the share of the probability that a name means a place the gazetteer lacks.
All is columnar over a block of articles; nothing is looked up one by one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import GeoError
from geo.resolve.candidates import runs
from geo.resolve.confidence import EVIDENCE
from geo.resolve.context import BESIDE, STANDING, SUPPORT, beside, standing, support

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.resolve.candidates import CandidateTable

__all__ = ["ALONE", "FEATURES", "NONE", "Weights", "load_weights", "rank", "shipped_weights"]

ALONE: tuple[str, ...] = (
    "importance",
    "the most important of its name",
    "the only place of its name",
    "kind named",
    "other kind named",
    "own name",
    "listed with a noun before it",
    "curated",
    "focus",
    "where its language is spoken",
    "a capital",
    "a capital abroad",
    "a country",
    "a governorate",
    "a district",
    "a landform or region",
    "a facility",
    "a facility whose noun is said",
    "a governorate round a town of its name",
)
"""What is known of a candidate by itself, in the order of the columns."""

FEATURES: tuple[str, ...] = (*ALONE, *SUPPORT, *STANDING, *BESIDE)
"""What the score of a candidate is the weighted sum of, in the order of the weights."""

NONE = "none of these"
"""The score of the name meaning a place that the gazetteer lacks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Weights of the two passes, shape (2, features), and each pass's score for `NONE`.

    ``calibration`` weighs `geo.resolve.confidence.EVIDENCE`.
    """

    features: NDArray[np.float64]
    none: NDArray[np.float64]
    calibration: tuple[float, ...] = (0.0, 1.0, 1.0, 0.0, 0.0)


def rank(
    table: CandidateTable, weights: Weights
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return each candidate's probability among its toponym's, and the features it came from.

    Returns
    -------
    tuple of ndarray
        Probabilities of shape (candidates,), those of a toponym summing to less than 1 (the rest
        is none of them); features of shape (candidates, features).
    """
    features = np.zeros((len(table), len(FEATURES)))
    features[:, : len(ALONE)] = table.alone
    belief = probabilities(table, features, weights, 0)
    for number in range(1, len(weights.features)) if len(table) else ():
        supported = support(table, belief)
        local = standing(table, supported, table.alone[:, ALONE.index("importance")])
        context = (supported, local, beside(table, belief))
        features[:, len(ALONE) :] = np.column_stack(context)
        belief = probabilities(table, features, weights, number)
    return belief, features


def probabilities(
    table: CandidateTable, features: NDArray[np.float64], weights: Weights, number: int
) -> NDArray[np.float64]:
    """Return the probabilities of one pass, shape (candidates,)."""
    return softmax_by(table.toponym, features @ weights.features[number], weights.none[number])


def softmax_by(
    group: NDArray[np.int64], score: NDArray[np.float64], none: float
) -> NDArray[np.float64]:
    """Return the softmax of ``score`` and one more score within each run of equal ``group``."""
    if not len(group):
        return np.zeros(0)
    starts, sizes = runs(group)
    top = np.maximum(np.maximum.reduceat(score, starts), none)
    raised = np.exp(score - np.repeat(top, sizes))
    total = np.add.reduceat(raised, starts) + np.exp(none - top)
    return np.asarray(raised / np.repeat(total, sizes))


def load_weights(path: Path) -> Weights:
    """Read weights written by ``python -m geo.build.train_ranker``.

    Raises
    ------
    GeoError
        If the file was trained for other features than this version has.
    """
    written = json.loads(path.read_text(encoding="utf-8"))
    passes, calibration = written["weights"], written.get("calibration", {})
    if set(calibration) != set(EVIDENCE) or any(
        set(weights) - {*FEATURES, NONE} for weights in passes
    ):
        raise GeoError(f"{path.name}: made for another version; train it again")
    return Weights(
        features=np.array([[one.get(name, 0.0) for name in FEATURES] for one in passes]),
        none=np.array([one[NONE] for one in passes]),
        calibration=tuple(calibration.get(name, 0.0) for name in EVIDENCE),
    )


@cache
def shipped_weights() -> Weights:
    """Return the weights that ship with the package."""
    return load_weights(Path(__file__).with_name("weights.json"))
