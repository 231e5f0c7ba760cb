"""How articles open: the byline, the dateline, and the news outlet that signs it.

An article that has its headline opens twice, with that and with the line below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.lang.language import WordClass
from geo.recognize.block import member
from geo.text.folding import BREAK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.recognize.reading import Reading
    from geo.text.tokens import Tokens

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

__all__ = ["in_byline", "openings", "opens_dateline", "reported_from", "signs_dateline"]

_BYLINE = 80
"""Characters within which the byline or dateline of an article ends."""

_HEADLINE = 250
"""Characters of the longest headline."""

_CITY = 100_000
"""People of a town that is named in datelines more than a newspaper called like it."""

_IS_DATELINE = member(":/(-–—|،,")
_IS_SIGN, _IS_SIGNED = member("/(-–—|،,"), member("/)-–—|:\n")
"""What stands before and behind the outlet that signs a dateline."""

_SAYS = member(":،,")
"""What stands behind a town that a headline quotes: موسكو: لن ننسحب."""

_OUTLET = np.uint32(int(WordClass.OUTLET))
_PERSON = np.uint32(int(WordClass.GIVEN | WordClass.TITLE))


def in_byline(reading: Reading) -> Flags:
    """Return whether each hit stands in the line that names the outlet and the author.

    It ends at a colon or a line's end near the beginning of the article.
    """
    points = reading.tokens.points
    ends = reading.offsets.copy()
    for number, low in enumerate(reading.offsets.tolist()):
        opening = points[low : low + _BYLINE]
        stops = np.flatnonzero((opening == ord(":")) | (opening == ord("\n")))
        if len(stops):
            ends[number] = low + int(stops[0])
    return np.asarray(reading.end <= ends[reading.article])


def opens_dateline(reading: Reading) -> Flags:
    """Return whether each hit opens an article and a dash, colon, slash or bracket follows it.

    The outlet may stand before it, and the line may end then: السومرية نيوز/ البصرة -.
    """
    points = reading.tokens.points
    opens, behind = np.zeros((2, len(reading.tokens) + 1), dtype=bool)
    opens[reading.openings] = True
    for first, last in reading.outlets:
        behind[last + 1] |= opens[first] and bool(_IS_DATELINE[_beyond(reading, last)])
    follows = np.zeros(len(reading), dtype=bool)
    for step in (0, 1):
        follows |= _IS_DATELINE[points[np.minimum(reading.end + step, len(points) - 1)]]
    ends = points[np.minimum(reading.end, len(points) - 1)] == ord("\n")
    opened, signed = opens[reading.first], behind[reading.first]
    return np.asarray(((opened | signed) & follows) | (signed & ends))


def reported_from(reading: Reading) -> Flags:
    """Return whether each hit is the town of the dateline, where the reporter is.

    Not what a headline quotes, whose colon stands behind it, nor what a comma parts from the rest.
    """
    return np.asarray(reading.dateline & ~_SAYS[_beside(reading, reading.end, 1)])


def signs_dateline(reading: Reading) -> Flags:
    """Return whether each hit is a news outlet that signs the dateline: عمّان – بترا:.

    Or opens it before a person's name (الثورة – ناصر منذر:), unless a city is called so too.
    """
    outlet = (reading.classes_at(0) & _OUTLET) != 0
    line = np.searchsorted(reading.openings, reading.first, side="right") - 1
    outlet &= reading.start - reading.token_start[reading.openings[line]] < _BYLINE
    before = _beside(reading, reading.token_start[reading.first] - 1, -1)
    signs = _IS_SIGN[before] & _IS_SIGNED[_beside(reading, reading.end, 1)]
    after = np.append(reading.classes, np.uint32(0))[reading.last + 1]
    small = reading.names.population[reading.name] < _CITY
    opens = reading.dateline & ((after & _PERSON) != 0) & small
    return np.asarray(outlet & (signs | opens))


def openings(tokens: Tokens, token_start: Ints, offsets: Ints) -> Ints:
    """Return the tokens that open each article and the line below its headline, in order.

    ``token_start`` and ``offsets`` are the characters at which tokens and articles begin.
    """
    lines = np.flatnonzero(tokens.points == ord("\n"))
    edges = np.append(offsets, len(tokens.points))
    end = np.append(lines, len(tokens.points))[np.searchsorted(lines, offsets)]
    below = end[(end < edges[1:]) & (end - offsets < _HEADLINE)]
    opening = np.searchsorted(token_start, np.concatenate([offsets, below]))
    return np.unique(opening[opening < len(tokens)])


def _beyond(reading: Reading, token: int) -> int:
    """Return the character behind a token, or behind the space there."""
    end = reading.token_end[token : token + 1]
    return int(_beside(reading, end, 1)[0])


def _beside(reading: Reading, at: Ints, step: int) -> NDArray[np.unsignedinteger]:
    """Return the characters at some offsets of the block, of a space what stands beyond it."""
    points = np.append(reading.tokens.points, reading.tokens.points.dtype.type(ord(BREAK)))
    space = points[np.clip(at, 0, len(points) - 1)] == ord(" ")
    return np.asarray(points[np.clip(at + step * space, 0, len(points) - 1)])
