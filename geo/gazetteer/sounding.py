"""An index of the names of towns by their consonants, for names that are spelled by ear.

Only towns that news may name in a spelling of its own are in it: a guess among all the villages of
the world would hit one whatever it was for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from geo.gazetteer.strings import Strings
from geo.lang import native_countries
from geo.lang.sounds import consonants, sounds
from geo.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[np.generic]]

__all__ = ["SoundIndex"]

_SETTLEMENT = KINDS.index("settlement")

_LARGE = 200_000
"""People of the smallest town elsewhere whose Arabic spelling is worth a guess."""

_HALF = 32
"""Bits of a hash, and of a row."""

_LAST = (1 << _HALF) - 1
"""The largest of those; no gazetteer has so many rows."""


@dataclass(frozen=True, slots=True)
class SoundIndex:
    """Finds the places of which a main name may have some consonants.

    ``pair`` has one item for a place and the consonants of its Latin or its Arabic name, sorted:
    their hash in the higher half, the row in the lower one.
    """

    pair: NDArray[np.uint64]

    @staticmethod
    def none() -> dict[str, NDArray[np.generic]]:
        """Return the arrays of an index without a name."""
        return SoundIndex(np.zeros(0, "<u8")).arrays()

    @staticmethod
    def within(arrays: Arrays) -> SoundIndex:
        """Return the index that `arrays` made arrays of."""
        return SoundIndex(arrays["sound.pair"])  # type: ignore[arg-type]

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return the arrays to keep."""
        return {"sound.pair": self.pair}

    def find(self, spoken: str) -> NDArray[np.int64]:
        """Return the rows with the hash of some `consonants`: few others have it by chance."""
        first = _hash(spoken) << _HALF
        bounds = np.array([first, first | _LAST], np.uint64)
        low, high = np.searchsorted(self.pair, bounds)
        return _rows(self.pair[low:high])

    def with_rows(self, arrays: Arrays, rows: NDArray[np.int64]) -> SoundIndex:
        """Return the index with the names that some places have in ``arrays``, and no other."""
        again = np.zeros(len(arrays["kind"]), bool)
        again[rows] = True
        kept = self.pair[~again[_rows(self.pair)]]
        chosen = np.flatnonzero(again & _worth_a_guess(arrays))
        return SoundIndex(np.union1d(kept, _pairs(arrays, chosen)))


def _pairs(arrays: Arrays, rows: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return the pairs of some rows with what their Latin and their Arabic names sound like."""
    pairs = [np.zeros(0, "<u8")]
    for column in ("name", "name_ar"):
        spoken = sounds(Strings.within(arrays, column).take(rows).texts())
        hashes = np.array([_hash(consonants(sound)) for sound in spoken], "<u8")
        pairs.append(hashes << np.uint64(_HALF) | rows.astype("<u8"))
    return np.concatenate(pairs)


def _rows(pairs: NDArray[np.uint64]) -> NDArray[np.int64]:
    return (pairs & np.uint64(_LAST)).astype(np.int64)


def _hash(spoken: str) -> int:
    return crc32(spoken.encode())


def _worth_a_guess(arrays: Arrays) -> NDArray[np.bool_]:
    """Return which places are: towns, elsewhere large ones, and what was put in by hand."""
    countries = Strings.within(arrays, "country.values").texts()
    native = np.array([code in native_countries() for code in countries], bool)
    known = np.array([bool(code) for code in countries], bool)
    code = arrays["country.code"].astype(np.intp)
    large = np.greater_equal(arrays["population"], _LARGE)
    towns = np.equal(arrays["kind"], _SETTLEMENT) & (native[code] | large)
    chosen: NDArray[np.bool_] = known[code] & (towns | arrays["curated"].astype(bool))
    return chosen
