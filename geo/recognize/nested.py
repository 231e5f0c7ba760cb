"""Names that only put a common noun beside the name of the same place: دولة قطر, the state of Ohio.

The noun says what kind of place is meant and is no part of the name, so the bare name is the hit,
and the noun governs it as it would any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.lang.language import WordClass
from geo.model import KINDS
from geo.recognize.block import IS_CAPITAL, IS_LOWER, has_article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.gazetteer.store import Gazetteer
    from geo.recognize.matcher import Hits
    from geo.text.tokens import Tokens

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

__all__ = ["without_nouns"]

_NOUN = np.uint32(int(WordClass.HEAD))
_IN_NAME = np.uint32(int(WordClass.HEAD_IN_NAME))
_OPENING = np.uint32(int(WordClass.HEAD | WordClass.FUNCTION))
_GENITIVE = np.uint32(int(WordClass.GENITIVE))
_TOWN = np.uint32(1 << KINDS.index("settlement"))
_PROVINCE = np.uint32(1 << KINDS.index("governorate"))
_LANDS = [KINDS.index("country"), KINDS.index("governorate")]
_LATIN_END = 0x250


def without_nouns(
    hits: Hits,
    tokens: Tokens,
    classes: NDArray[np.uint32],
    kinds: NDArray[np.uint32],
    gazetteer: Gazetteer,
) -> Hits:
    """Return the hits without those that are such a noun and the shorter name of the same place.

    ``classes`` and ``kinds`` are those of the tokens. An English noun with a capital is part of the
    name (Kansas City, Scott County), unless it is that of a town and belongs to a word with one
    behind it: the Springfield City Council. Where the name alone is that of a country or province,
    it stays: the Mexico City mayor.
    """
    first, last = hits.first, hits.last
    opened, closed = _with_noun(hits, tokens, classes)
    letter = _initial(tokens, last)
    closed &= IS_LOWER[letter] | ((kinds[last] & _TOWN) != 0)
    # "T4 airbase" has no name but that.
    closed &= ((classes[last] & _IN_NAME) == 0) | ((kinds[last] & _PROVINCE) != 0)
    proper = IS_CAPITAL[letter]
    dropped = np.zeros(len(hits), dtype=bool)
    for number in np.flatnonzero(opened | closed).tolist():
        if opened[number]:
            word = int(first[number]) + 1
            word += bool(classes[word] & _GENITIVE) & (word < last[number])
            same = _beginning(hits, word)
            same = same[hits.end[same] == hits.end[number]]
        else:
            same = _beginning(hits, int(first[number]))
            same = same[last[same] == last[number] - 1]
        mine = gazetteer.rows(int(hits.name[number]))
        names = [gazetteer.rows(int(hits.name[other])) for other in same.tolist()]
        dropped[number] = any(np.isin(mine, rows).any() for rows in names) and not (
            not opened[number] and proper[number] and _names_a_land(gazetteer, names)
        )
    return hits.take(~dropped)


def _with_noun(hits: Hits, tokens: Tokens, classes: NDArray[np.uint32]) -> tuple[Flags, Flags]:
    """Return which hits open with a noun that may go, and which close with one."""
    first, last = hits.first, hits.last
    latin = tokens.codes[tokens.start[first]] < _LATIN_END
    # With the article it is part of a full name: المملكة العربية السعودية.
    bare = ~has_article(tokens, tokens.start[first] + hits.skip)
    bare &= (classes[first] & _IN_NAME) == 0
    bare &= (classes[first] & _NOUN) != 0
    small = IS_LOWER[_initial(tokens, first)]
    opened = np.where(latin, small & ((classes[first] & _OPENING) != 0), bare)
    after = np.minimum(last + 1, len(classes) - 1)
    body = IS_CAPITAL[_initial(tokens, after)]
    body &= tokens.offset(tokens.start[after]) == hits.end + 1
    closed = latin & ((classes[last] & _NOUN) != 0)
    closed &= IS_LOWER[_initial(tokens, last)] | body
    return opened & (last > first), closed & (last > first)


def _initial(tokens: Tokens, which: NDArray[np.intp]) -> NDArray[np.unsignedinteger]:
    """Return the letters, as written, that some tokens begin with."""
    return tokens.points[tokens.offset(tokens.start[which])]


def _names_a_land(gazetteer: Gazetteer, names: Sequence[NDArray[np.int32]]) -> bool:
    """Return whether a country or province is among the places of some names, given by rows."""
    return any(np.isin(gazetteer.kind[rows], _LANDS).any() for rows in names)


def _beginning(hits: Hits, token: int) -> NDArray[np.intp]:
    """Return the hits whose first word is a token."""
    low, high = np.searchsorted(hits.first, [token, token + 1])
    return np.arange(low, high)
