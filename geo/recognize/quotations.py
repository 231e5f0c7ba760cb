"""Where a text quotes: the title of a novel, the name of a ship, what somebody said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.recognize.block import member
from geo.text.folding import BREAK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

__all__ = ["QUOTES", "quotations"]

QUOTES = '"«»“”„‟‹›'
"""Marks of quotation that are no apostrophes."""

_IS_QUOTE = member(QUOTES)
_IS_END = member("\n" + BREAK)


def quotations(points: NDArray[np.unsignedinteger]) -> tuple[Ints, Ints]:
    """Return where quotations open and close in a text, in order.

    The marks of a line are taken two by two: many texts have one mark for both ends, or the two the
    wrong way round. A last one by itself quotes nothing.
    """
    marks = np.flatnonzero(_IS_QUOTE.take(points))
    if not len(marks):
        return marks, marks
    line = np.searchsorted(np.flatnonzero(_IS_END.take(points)), marks)
    begins = np.r_[True, line[1:] != line[:-1]]
    number = np.arange(len(marks)) - np.flatnonzero(begins)[np.cumsum(begins) - 1]
    opening = np.flatnonzero((number[:-1] % 2 == 0) & (line[1:] == line[:-1]))
    return marks[opening], marks[opening + 1]
