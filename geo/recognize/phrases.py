"""Names of several words that are listed, found by the hash of the word that opens them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.text.tokens import Tokens

__all__ = ["Phrases"]

_BITS = 20
_SHIFT = np.uint64(64 - _BITS)
"""Words that open a phrase are told from the others by the first bits of their hash."""


class Phrases:
    """Finds phrases in texts; each is given by the hashes of its tokens."""

    def __init__(self, phrases: Iterable[Sequence[int]]) -> None:
        self._of: defaultdict[int, list[list[int]]] = defaultdict(list)
        for phrase in phrases:
            self._of[phrase[0]].append(list(phrase))
        openers = np.array(list(self._of), dtype=np.uint64)
        self._opens = np.zeros(1 << _BITS, dtype=bool)
        self._opens[openers >> _SHIFT] = True

    def find(self, tokens: Tokens) -> Iterator[tuple[int, int]]:
        """Yield the phrases of a text, as (first, last) tokens."""
        likely = np.flatnonzero(self._opens.take(tokens.hashes >> _SHIFT))
        for first, opening in zip(likely.tolist(), tokens.hashes[likely].tolist(), strict=True):
            for phrase in self._of.get(opening, ()):
                last = first + len(phrase) - 1
                if tokens.hashes[first : last + 1].tolist() == phrase:
                    yield first, last
