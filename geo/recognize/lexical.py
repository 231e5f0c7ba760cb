"""The words round a hit as hashed evidence: what the lists of a language do not name.

Each slot (the word before, the first letters of the word after, …) gives one bucket of a table of
learned weights. Only hashes are kept, so the table holds no text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.text.tokens import mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.recognize.reading import Reading

__all__ = ["BUCKETS", "SLOTS", "buckets"]

BUCKETS = 1 << 15
"""Buckets of the table; the last one is for slots that are empty and weighs nothing."""

_WORDS = (-2, -1, 1, 2)
_AFFIXES = (-1, 1)
_LETTERS = 2
SLOTS = len(_WORDS) + 2 * len(_AFFIXES)
_SALT = 0x9E3779B97F4A7C15


def buckets(reading: Reading) -> NDArray[np.int64]:
    """Return the bucket of each slot of each hit, shape (hits, SLOTS)."""
    found = np.full((len(reading), SLOTS), BUCKETS - 1, dtype=np.int64)
    tokens = reading.tokens
    for slot, step in enumerate(_WORDS):
        which, token = reading.neighbours(step)
        found[which, slot] = _bucket(tokens.hashes[token], slot)
    slot = len(_WORDS)
    for step in _AFFIXES:
        which, token = reading.neighbours(step)
        long = tokens.length[token] > _LETTERS + 1
        which, token = which[long], token[long]
        for begin in (tokens.start[token], tokens.end[token] - _LETTERS):
            letters = (tokens.sums[begin + _LETTERS] - tokens.sums[begin]) * tokens.letters.down[
                begin
            ]
            found[which, slot] = _bucket(letters, slot)
            slot += 1
    return found


def _bucket(hashes: NDArray[np.uint64], slot: int) -> NDArray[np.int64]:
    salt = np.uint64((_SALT * (slot + 1)) % (1 << 64))
    return (mix(hashes ^ salt) % np.uint64(BUCKETS - 1)).astype(np.int64)
