"""How names were used in the articles the model learned from: as places, or as mere words.

Only hashes of folded names and counts are kept, so no text is stored. Most names of a gazetteer
are in no corpus; of those the counts are 0 and the sentence alone decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = ["Usage"]


@dataclass(frozen=True, slots=True)
class Usage:
    """Sorted hashes of names with how often each was a place and an ordinary word."""

    keys: NDArray[np.uint64]
    place: NDArray[np.float32]
    word: NDArray[np.float32]

    @classmethod
    def of(cls, keys: NDArray[np.uint64], label: NDArray[np.int8]) -> Usage:
        """Count labelled uses: 1 a place, 0 a word, anything else is passed over."""
        distinct, which = np.unique(keys, return_inverse=True)
        counts = [
            np.bincount(which[label == value], minlength=len(distinct)).astype(np.float32)
            for value in (1, 0)
        ]
        return cls(distinct, *counts)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Usage:
        """Return the counts whose arrays `arrays` gave."""
        return cls(*(arrays[name] for name in cls.__dataclass_fields__))  # type: ignore[arg-type]

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return the arrays to store, by name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def counts(self, keys: NDArray[np.uint64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return how often each name was a place and a word; 0 for names never met."""
        if not len(self.keys):
            return (np.zeros(len(keys), np.float32),) * 2
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = self.keys[at] == keys
        return self.place[at] * known, self.word[at] * known
