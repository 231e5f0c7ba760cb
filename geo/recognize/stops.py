"""Which full stops belong to the name before them: "U.S.", "in Tampa, Fla., on Monday"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.text.tokens import Indices, Tokens

__all__ = ["STOP", "abbreviated"]

STOP = ord(".")

_LATIN_END = 0x250
_LONGEST = 5
"""Letters of the longest abbreviation that a full stop inside a sentence is taken for."""

_INSIDE = frozenset(map(ord, ",;:"))
"""What follows the full stop of an abbreviation, never that of a sentence."""


_DATELINE = frozenset(map(ord, "(-\N{EN DASH}\N{EM DASH}"))
"""What parts a dateline from its article: "FAIRFIELD, Conn. -- Police", "RIDGE FARM, Ill. (AP)".

The abbreviation in it stands behind a comma; a bracket may also follow a sentence."""


def abbreviated(tokens: Tokens, word: Indices, last: Indices, end: Indices) -> NDArray[np.bool_]:
    """Return which names, tokens ``word`` to ``last`` that end at ``end``, own the stop there.

    One behind single letters ("U.S.", "W. Va."), or one that ends no sentence ("in Tampa, Fla.,").
    """
    points = np.append(tokens.points, np.zeros(3, tokens.points.dtype))
    found = (points[end] == STOP) & (tokens.codes[tokens.start[last]] < _LATIN_END)
    which = np.flatnonzero(found & (tokens.length[last] <= _LONGEST))
    ends, final = end[which], last[which]
    before = np.maximum(final - 1, 0)
    initial = (final > word[which]) & (tokens.length[before] == 1)
    initial &= points[tokens.offset(tokens.end[before] - 1) + 1] == STOP
    after, then = points[ends + 1], points[ends + 2]
    inside = np.isin(after, list(_INSIDE))
    inside |= (after == ord(" ")) & (then >= ord("a")) & (then <= ord("z"))
    # Two characters before the word, a space and what stands before it.
    comma = points[tokens.offset(tokens.start[final]) - 2] == ord(",")
    inside |= comma & (after == ord(" ")) & np.isin(then, list(_DATELINE))
    found[:] = False
    found[which[initial | inside]] = True
    return np.asarray(found)
