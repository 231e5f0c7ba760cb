"""Small decision trees that correct a weighed sum of evidence where it leaves doubt.

A sum weighs a piece of evidence alike whatever else is known; a tree asks one question after the
other, so that the same evidence may count for much beside one fact and for nothing beside another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["DEPTH", "Trees", "doubtful", "no_trees"]

DEPTH = 4
"""Questions that a tree asks."""

_DOUBT = 3.0
"""The log-odds, either way, from which a sum needs no correction."""


def doubtful(odds: Floats) -> NDArray[np.bool_]:
    """Return which log-odds leave doubt."""
    return np.asarray(np.abs(odds) < _DOUBT)


@dataclass(frozen=True, slots=True)
class Trees:
    """Complete binary trees of `DEPTH` questions, as many for each script.

    Node ``n`` asks whether the evidence of its ``column`` is over its ``limit``, both of the shape
    (scripts, trees, 2 ** DEPTH - 1); the answer leads to node ``2 n + 2``, else to ``2 n + 1``.
    ``value`` is what each leaf adds to the log-odds, shape (scripts, trees, 2 ** DEPTH).
    """

    column: NDArray[np.int16]
    limit: NDArray[np.float32]
    value: NDArray[np.float32]

    def corrected(
        self, odds: Floats, matrix: NDArray[np.float32], script: NDArray[np.int8]
    ) -> Floats:
        """Return log-odds, shape (hits,), with the doubtful ones corrected."""
        corrected = odds.copy()
        for number in range(len(self.column)):
            rows = np.flatnonzero(doubtful(odds) & (script == number))
            corrected[rows] += self._sum(number, matrix[rows])
        return corrected

    def _sum(self, script: int, matrix: NDArray[np.float32]) -> Floats:
        column, limit, value = (
            table[script].ravel() for table in (self.column, self.limit, self.value)
        )
        nodes, trees = self.column.shape[2], np.arange(self.column.shape[1])
        row = np.arange(len(matrix))[:, None] * matrix.shape[1]
        # The first question of a tree is the same for every hit.
        node = 1 + (matrix.take(column[trees * nodes], axis=1) > limit[trees * nodes])
        for _ in range(DEPTH - 1):
            asked = node + trees * nodes
            yes = matrix.take(row + column.take(asked)) > limit.take(asked)
            node += node
            node += 1
            node += yes
        leaf = node - nodes + trees * (nodes + 1)
        return np.asarray(value.take(leaf).sum(axis=1, dtype=np.float64))

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return the arrays to store, by name."""
        return {name: getattr(self, name) for name in self.__slots__}


def no_trees(scripts: int) -> Trees:
    """Return trees that correct nothing."""
    shape = (scripts, 0, 2**DEPTH - 1)
    return Trees(
        column=np.zeros(shape, dtype=np.int16),
        limit=np.zeros(shape, dtype=np.float32),
        value=np.zeros((scripts, 0, 2**DEPTH), dtype=np.float32),
    )
