"""Words in groups that the news uses alike: what a word never met in training shares with others.

Surnames, firms, towns of one region, verbs of one meaning stand in each other's company, and so do
their neighbours. Only hashes of folded words are kept. ``python -m geo.build.word_groups`` makes
the file, of English words so far: nothing open and small enough says the same of Arabic ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

__all__ = ["LEVELS", "Groups", "shipped_groups"]

LEVELS: Final = 3
"""Groups that a word is in, from small to large: each lies in one of the next."""

_SHIFT = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of some words.

    ``keys`` are the first 32 bits of the words' hashes, sorted, ``smallest`` numbers the small
    group of each from 1; ``within`` says which groups each small one lies in, itself the first,
    shape (`LEVELS`, small groups + 1), number 0 standing for no group.
    """

    keys: NDArray[np.uint32]
    smallest: NDArray[np.uint16]
    within: NDArray[np.uint16]

    @classmethod
    def of(cls, hashes: Hashes, groups: NDArray[np.integer]) -> Groups:
        """Return the groups of words by their hashes.

        ``groups`` has the shape (`LEVELS`, words) and counts from 0; a smaller group always lies
        in the same larger ones. Of two words with one key the first counts.
        """
        keys, first = np.unique((hashes >> _SHIFT).astype(np.uint32), return_index=True)
        smallest = (groups[0, first] + 1).astype(np.uint16)
        within = np.zeros((LEVELS, int(smallest.max(initial=0)) + 1), np.uint16)
        within[:, smallest] = groups[:, first] + 1
        return cls(keys, smallest, within)

    def levels(self, hashes: Hashes) -> list[Hashes]:
        """Return the number of the group of each word on each level, 0 where it has none."""
        if not len(self.keys):
            return [np.zeros(len(hashes), np.uint64)] * LEVELS
        key = (hashes >> _SHIFT).astype(np.uint32)
        at = np.minimum(np.searchsorted(self.keys, key), len(self.keys) - 1)
        mine = np.where(self.keys.take(at) == key, self.smallest.take(at), 0)
        return [level.take(mine).astype(np.uint64) for level in self.within]

    def save(self, path: Path) -> None:
        """Write the groups; the same ones give the same bytes."""
        np.savez_compressed(path, **{name: getattr(self, name) for name in self.__slots__})


@cache
def shipped_groups() -> Groups:
    """Return the groups that ship with the package."""
    with np.load(Path(__file__).with_name("groups.npz")) as arrays:
        return Groups(**arrays)
