"""The words round a hit as hashed evidence: what the lists of a language do not name.

Each slot (the word before, the first letters of the word after, …) gives one bucket of a table of
learned weights. Only hashes are kept, so the table holds no text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.text.tokens import mix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geo.recognize.reading import Reading
    from geo.text.tokens import Tokens

__all__ = ["BUCKETS", "LONG", "SLOTS", "bucket", "buckets", "end_letters"]

BUCKETS = 1 << 15
"""Buckets of the table; the last one is for slots that are empty and weighs nothing."""

_WORDS = (-2, -1, 1, 2)
_AFFIXES = (-1, 1)
_LETTERS = 2
LONG = _LETTERS + 2
"""Letters of the shortest word whose first and last letters tell more than the word."""

SLOTS = len(_WORDS) + 2 * len(_AFFIXES)
_SALT = 0x9E3779B97F4A7C15


def buckets(reading: Reading) -> NDArray[np.int64]:
    """Return the bucket of each slot of each hit, shape (hits, SLOTS)."""
    found = np.full((len(reading), SLOTS), BUCKETS - 1, dtype=np.int64)
    tokens = reading.tokens
    for slot, step in enumerate(_WORDS):
        which, token = reading.neighbours(step)
        found[which, slot] = bucket(tokens.hashes[token], slot, BUCKETS)
    slot = len(_WORDS)
    for step in _AFFIXES:
        which, token = reading.neighbours(step)
        long = tokens.length[token] >= LONG
        which, token = which[long], token[long]
        for letters in end_letters(tokens, token):
            found[which, slot] = bucket(letters, slot, BUCKETS)
            slot += 1
    return found


def end_letters(tokens: Tokens, token: NDArray[np.int64]) -> Iterator[NDArray[np.uint64]]:
    """Yield the hashes of the first letters of some tokens of `LONG` letters, and of the last."""
    for begin in (tokens.start[token], tokens.end[token] - _LETTERS):
        yield (tokens.sums[begin + _LETTERS] - tokens.sums[begin]) * tokens.letters.down[begin]


def bucket(hashes: NDArray[np.uint64], slot: int, count: int) -> NDArray[np.int64]:
    """Return the bucket of each hash in a table of ``count``: never the last, another a slot."""
    salt = np.uint64((_SALT * (slot + 1)) % (1 << 64))
    return (mix(hashes ^ salt) % np.uint64(count - 1)).astype(np.int64)
