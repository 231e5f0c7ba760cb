"""Rows worked out once for a key and found again: the words of news come again and again."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

__all__ = ["Remembered"]

_BITS = 18
_AT_ONCE = 1 << 12
"""Rows made at a time."""

_SHIFT = np.uint64(64 - _BITS)


class Remembered:
    """Rows of ``width`` integers of 64 bits by keys of 64 bits that look random.

    A key's first bits say where its row is kept, and where another key came before, its next bits;
    there a later key takes its place. So the memory never grows, and what it happens to hold
    changes no result.
    """

    def __init__(self, width: int) -> None:
        self._keys = np.zeros(1 << _BITS, np.uint64)
        self._rows = np.zeros((1 << _BITS, width), np.int64)
        self._lock = Lock()

    def __reduce__(self) -> tuple[Any, ...]:
        # What it remembers is soon worked out anew.
        return Remembered, (self._rows.shape[1],)

    def rows(self, keys: NDArray[np.uint64], make: Callable[[Ints], Ints]) -> Ints:
        """Return the row of each key, shape (keys, width).

        ``make`` returns the rows of some keys, given by their numbers.
        """
        found, strange = self._look_up(keys)
        while len(strange):
            # A few at a time: what comes again among the rest need not be made again.
            new, rest = strange[:_AT_ONCE], strange[_AT_ONCE:]
            found[new] = made = make(new)
            self._keep(keys[new], made)
            found[rest], unmet = self._look_up(keys[rest])
            strange = rest[unmet]
        return found

    def _look_up(self, keys: NDArray[np.uint64]) -> tuple[Ints, Ints]:
        """Return what is kept for some keys, and the numbers of those it is not of."""
        place = _place(keys)
        with self._lock:
            found = self._rows.take(place, axis=0)
            strange = np.flatnonzero(self._keys.take(place) != keys)
            other = _other_place(keys[strange])
            found[strange] = self._rows.take(other, axis=0)
            return found, strange[self._keys.take(other) != keys[strange]]

    def _keep(self, keys: NDArray[np.uint64], rows: Ints) -> None:
        """Keep the rows of some keys."""
        place = _place(keys)
        with self._lock:
            free = self._keys.take(place) == 0
            place = np.where(free, place, _other_place(keys))
            # Of several that want one place the last gets it, with its row.
            self._keys[place], self._rows[place] = keys, rows


def _place(keys: NDArray[np.uint64]) -> Ints:
    """Return where the rows of some keys are kept."""
    return (keys >> _SHIFT).view(np.int64)


def _other_place(keys: NDArray[np.uint64]) -> Ints:
    """Return where the rows of keys are kept that came second to their places."""
    return _place(keys << np.uint64(_BITS))
