"""An index of names by the hash of their folded tokens, as arrays that can be memory-mapped.

A name is found by its whole 64-bit hash, kept sorted and reached through buckets of its highest
bits; a small table of flags says at once, for most hashes, that no name and no beginning of a name
has them. With a million names, a token sequence that is no name is taken for one by chance once in
2**44; text built to collide (Thue-Morse words) must be 1,024 letters long, and neither names nor
mentions longer than `MAX_SPAN` are considered. So strings need no second comparison.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.text.folding import BREAK
from geo.text.tokens import mix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from geo.text.tokens import Hashes, Indices, Tokeniser, Tokens

__all__ = [
    "MAX_SPAN",
    "MAX_TOKENS",
    "NameIndex",
    "NameKeys",
    "Script",
    "clipped",
    "name_keys",
]

MAX_TOKENS = 16
"""Tokens of the longest name that is indexed."""

MAX_SPAN = 512
"""Characters of the longest name that is indexed, and of the longest mention."""

BLOCK = 1 << 17
"""Characters worked on at a time: the arrays of one block stay in the processor's cache."""

_COMPLETE = np.uint8(1)
_BEGINNING = np.uint8(2)
_LATIN_END = 0x250
_ARABIC = (0x600, 0x700)
_SHORT_LATIN = 3
_CLIPPED = re.compile(r"[A-Z][a-z]\.")
_CLIP = np.uint64(0x94D049BB133111EB)
"""Sets the hash of "Ky." apart from that of "KY"."""


class Script:
    """The script of a name, by its first letter."""

    OTHER = 0
    LATIN = 1
    ARABIC = 2


@dataclass(frozen=True, slots=True)
class NameKeys:
    """The hashes of names, one a name: ``key`` is 0 for a name that is not to be indexed.

    ``outer`` holds the hashes of the first and of the last token of each name (0 where there is
    none), of shape (2, names); ``beginning`` the distinct hashes of all beginnings of the indexed
    names.
    """

    key: Hashes
    script: NDArray[np.uint8]
    outer: Hashes
    beginning: Hashes


def clipped(keys: Hashes) -> Hashes:
    """Return the hashes of names of two letters that count only with capital and stop: "Ky."."""
    return mix(keys ^ _CLIP)


def _blocks(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield ranges of names that hold about one block of characters each."""
    ends = np.cumsum(np.fromiter(map(len, names), np.intp, len(names)) + 1)
    first = 0
    while first < len(names):
        before = int(ends[first - 1]) if first else 0
        last = max(int(np.searchsorted(ends, before + BLOCK)), first + 1)
        yield first, last
        first = last


def name_keys(names: Sequence[str], tokeniser: Tokeniser) -> NameKeys:
    """Return the hash of each name.

    Not indexed are names without letters, of more than `MAX_TOKENS` tokens or `MAX_SPAN`
    characters, single letters, and single Latin tokens of two letters unless written in capitals
    ("UK"; `Matcher` then asks for capitals in the text too) or as an abbreviation ("Ky."; such a
    name has a hash of its own, see `clipped`).
    """
    keys, scripts = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint8)]
    outer, beginnings = [np.zeros((2, 0), np.uint64)], [np.zeros(0, np.uint64)]
    usable = [name.replace(BREAK, " ") if len(name) <= MAX_SPAN else "" for name in names]
    for first, last in _blocks(usable):
        block = usable[first:last]
        tokens, bounds = tokeniser.tokens_of(block)
        key, script = _block_keys(tokens, bounds[:-1], bounds[1:], block)
        keys.append(key)
        scripts.append(script)
        outer.append(_outer(tokens, bounds[:-1], bounds[1:]))
        beginnings.extend(_beginnings(tokens, bounds[:-1][key != 0], bounds[1:][key != 0]))
    return NameKeys(
        key=np.concatenate(keys),
        script=np.concatenate(scripts),
        outer=np.concatenate(outer, axis=1),
        beginning=np.unique(np.concatenate(beginnings)),
    )


def _outer(tokens: Tokens, first: Indices, last: Indices) -> Hashes:
    """Return the hashes of the first and the last token of names, 0 for a name without any."""
    outer = np.zeros((2, len(first)), np.uint64)
    some = np.flatnonzero(last > first)
    outer[0, some], outer[1, some] = tokens.hashes[first[some]], tokens.hashes[last[some] - 1]
    return outer


def _block_keys(
    tokens: Tokens, first: Indices, last: Indices, names: Sequence[str]
) -> tuple[Hashes, NDArray[np.uint8]]:
    """Return the keys and scripts of names that are the tokens ``first[i]:last[i]``."""
    count = last - first
    keys = mix((tokens.chain[last] - tokens.chain[first]) * tokens.words.down[first])
    script = np.zeros(len(first), np.uint8)
    some = np.flatnonzero(count > 0)
    letter = tokens.codes[tokens.start[first[some]]]
    script[some[letter < _LATIN_END]] = Script.LATIN
    script[some[(letter >= _ARABIC[0]) & (letter < _ARABIC[1])]] = Script.ARABIC
    usable = (count > 0) & (count <= MAX_TOKENS)
    digit = (tokens.codes >= ord("0")) & (tokens.codes <= ord("9"))
    digits = np.concatenate([[0], np.cumsum(digit)])
    letters = np.concatenate([[0], np.cumsum(tokens.length)])
    begin, end = tokens.start[first[some]], tokens.end[last[some] - 1]
    size = letters[last[some]] - letters[first[some]]
    usable[some[digits[end] - digits[begin] == size]] = False
    alone = count[some] == 1
    usable[some[alone & (size == 1)]] = False
    latin = script[some] == Script.LATIN
    for index in some[alone & latin & (size < _SHORT_LATIN)].tolist():
        if _CLIPPED.fullmatch(names[index]):
            keys[index : index + 1] = clipped(keys[index : index + 1])
        else:
            usable[index] &= len(names[index]) == _SHORT_LATIN - 1 and names[index].isupper()
    keys[~usable] = 0
    return keys, script


def _beginnings(tokens: Tokens, first: Indices, last: Indices) -> Iterator[Hashes]:
    """Yield the hashes of the first one, two, … tokens of names, never of a whole name."""
    for length in range(1, MAX_TOKENS):
        longer = last - first > length
        first, last = first[longer], last[longer]
        if not len(first):
            return
        chain = tokens.chain[first + length] - tokens.chain[first]
        yield np.unique(mix(chain * tokens.words.down[first]))


class NameIndex:
    """Finds names by hash in arrays that `build` made; a name's id is its place among the hashes.

    Arrays: ``key`` (sorted hashes), ``bucket`` (where the hashes with given highest bits start),
    ``flag`` (two bits for each of many slots: a name is here, a beginning of one is here).
    """

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        self._key: Hashes = arrays["name.key"]  # type: ignore[assignment]
        self._bucket: NDArray[np.uint32] = arrays["name.bucket"]  # type: ignore[assignment]
        self._flag: NDArray[np.uint8] = arrays["name.flag"]  # type: ignore[assignment]
        self._shift = np.uint64(64 - (len(self._bucket) - 2).bit_length())
        self._mask = np.uint64(len(self._flag) * 4 - 1)

    def __len__(self) -> int:
        return len(self._key)

    @staticmethod
    def build(keys: Hashes, beginning: Hashes) -> dict[str, NDArray[np.generic]]:
        """Return the arrays of an index of sorted distinct ``keys`` and their ``beginning``s."""
        bits = max(10, len(keys).bit_length() - 1)
        high = (keys >> np.uint64(64 - bits)).astype(np.intp)
        bucket = np.zeros((1 << bits) + 1, "<u4")
        bucket[1:] = np.cumsum(np.bincount(high, minlength=1 << bits))
        # Eight slots a hash: one absent hash in eight or fewer is looked up in vain.
        flag_bits = max(14, (len(keys) + len(beginning)).bit_length() + 3)
        flag = np.zeros(1 << (flag_bits - 2), np.uint8)
        for hashes, bit in ((keys, _COMPLETE), (beginning, _BEGINNING)):
            slot = (hashes >> np.uint64(8)) & np.uint64((1 << flag_bits) - 1)
            for lane in range(4):
                chosen = slot[slot & np.uint64(3) == lane] >> np.uint64(2)
                flag[chosen] |= bit << np.uint8(2 * lane)
        return {"name.key": keys.astype("<u8"), "name.bucket": bucket, "name.flag": flag}

    def keys(self, names: NDArray[np.integer]) -> Hashes:
        """Return the hashes of names given by their ids."""
        return np.asarray(self._key[names])

    def flags(self, hashes: Hashes) -> NDArray[np.uint8]:
        """Return for each hash 1 when it may be a name's, plus 2 when it may begin a name."""
        slot = (hashes >> np.uint64(8)) & self._mask
        lane = (slot & np.uint64(3)).astype(np.uint8) << np.uint8(1)
        # Indices of 63 bits: signed ones are looked up without a check and a copy.
        flags: NDArray[np.uint8] = self._flag.take((slot >> np.uint64(2)).view(np.int64))
        return (flags >> lane) & np.uint8(3)

    def find(self, hashes: Hashes) -> NDArray[np.int32]:
        """Return the id of the name with each hash, -1 where there is none."""
        found = np.full(len(hashes), -1, np.int32)
        high = (hashes >> self._shift).view(np.int64)
        at = self._bucket.take(high).astype(np.intp)
        end = self._bucket.take(high + 1)
        active = np.flatnonzero(at < end)
        at = at[active]
        while len(active):
            same = self._key[at] == hashes[active]
            found[active[same]] = at[same]
            at = at + 1
            more = ~same & (at < end[active])
            active, at = active[more], at[more]
        return found
