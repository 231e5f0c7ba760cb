"""Which articles of a block may hold a coordinate at all, from the characters of the block.

Every notation holds a digit with something telling beside it, or a mark of links and data. All
digits of the block are looked at together, and only an article where one tells is searched as text:
nothing that a finder finds may be missed here, while a look-alike costs no more than that search.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.recognize.coordinates.signals import INITIALS, LABEL_ENDS, LABEL_GAPS, QUOTES, STEMS
from geo.recognize.coordinates.tokens import COMMAS, DEGREE_SIGNS, DIGIT_ZEROS, POINTS, WORDS
from geo.text.folding import PLANE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Ints = NDArray[np.intp]
    Flags = NDArray[np.bool_]
    Keys = NDArray[np.uint64]

__all__ = ["may_hold_coordinates"]

_DIGIT, _MARK, _SPACE, _POINT, _COMMA, _INITIAL, _LETTER, _CAPITAL = (1 << bit for bit in range(8))
"""What a character may be, for as much as it matters beside a digit."""

_MARKS: Final = "/w+<[:("
"""What links and data hold: ``https://``, ``www.``, plus codes, KML, GeoJSON, ``geo:``, WKT."""

_BEFORE_SLASH: Final = "/mgs"
"""What stands before a slash at the beginning of a link: ``://``, ``.com/``, ``.org/``, …"""

_SPACES: Final = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_LETTERS: Final = ((0x41, 0x5B), (0x61, 0x7B), (0xC0, 0xD7), (0xD8, 0xF7), (0x621, 0x64B))
"""Letters of the scripts that write an initial beside a number; another's would count as none."""

_LONG: Final = 5
"""Digits from which a number may be metres on a grid, or degrees and minutes in one."""

_DECIMALS: Final = 3
"""Decimals that tell by themselves; fewer do beside another number that has some."""

_APART: Final = 5 + max(map(len, WORDS.joiners))
"""Most characters between two numbers of one coordinate that have few decimals."""

_EDGE: Final = 16
"""Spaces put round a block, so that one may look beside every digit."""

_WIDTH: Final = 16
"""Bits of a character in the key of three."""


def may_hold_coordinates(points: NDArray[np.unsignedinteger], offsets: NDArray[np.int64]) -> Flags:
    """Return for each article whether `find_coordinates` may find anything in it.

    ``points`` are the code points of the block, and ``offsets`` say where in it an article starts.
    """
    block = _Block(points)
    at = block.found()
    is_mark = block.may_be(at, _MARK)
    digits, marks = at[~is_mark], at[is_mark]
    # The digits of one number are looked at from its two ends.
    first = digits[np.diff(digits, prepend=-2) > 1]
    last = digits[np.diff(digits, append=2 * _EDGE + len(points)) > 1]
    tells = (
        block.tells_before(first) | block.tells_behind(first, last) | (last - first >= _LONG - 1)
    )
    telling = np.concatenate([first[tells], marks[block.is_link(marks)]])
    held = np.zeros(len(offsets), dtype=np.bool_)
    held[np.searchsorted(offsets, telling - _EDGE, side="right") - 1] = True
    return held


class _Block:
    """The characters of a block, to be asked about at positions and beside them."""

    def __init__(self, points: NDArray[np.unsignedinteger]) -> None:
        edge = np.full(_EDGE, ord(" "), points.dtype)
        self._points = np.concatenate([edge, points, edge])

    def found(self) -> Ints:
        """Return the positions of all digits and marks, `_EDGE` more than in the text."""
        return np.flatnonzero(_looked_for().take(self._points))

    def may_be(self, at: Ints, what: int) -> Flags:
        """Return whether the characters at some positions are of one of the classes ``what``."""
        return np.asarray(_classes().take(self._points.take(at)) & what != 0)

    def tells_before(self, at: Ints) -> Flags:
        """Return whether a hemisphere or a label stands before some numbers."""
        before = at - 1 - self.may_be(at - 1, _SPACE)
        initial = self.may_be(before, _INITIAL) & ~self.may_be(before - 1, _LETTER)
        ends = at - 4 - np.arange(LABEL_GAPS)[:, np.newaxis]
        return np.asarray(initial | self._spells(ends, _keys(LABEL_ENDS)).any(axis=0))

    def tells_behind(self, first: Ints, at: Ints) -> Flags:
        """Return whether decimals, a sign, a hemisphere, a label or a grid follow the numbers."""
        decimals = self._has_decimals(first, at)
        told = [decimals, self._is_signed(at), self._is_worded(at), self._is_grid(at)]
        return np.asarray(np.logical_or.reduce(told))

    def is_link(self, at: Ints) -> Flags:
        """Return which marks may belong to a link or to data."""
        behind = at - 1 - self.may_be(at - 1, _SPACE)
        plus = self._is(at, "+") & self.may_be(at - 1, _DIGIT | _LETTER)
        slash = self._is(at, "/") & self._is(at - 1, _BEFORE_SLASH)
        host = self._spells(at, _keys(("www",))) & self._is(at + 3, ".")
        uri = self._is(at, ":") & self._is(at - 1, "oO")
        wkt = self._is(at, "(") & (self._is(behind, "TZ") | self.may_be(behind, _SPACE))
        return plus | slash | host | uri | wkt | self._is(at, "<[")

    def _has_decimals(self, first: Ints, last: Ints) -> Flags:
        """Return which of all numbers have telling decimals; a comma before three marks thousands.

        The decimals of a number come after it as a number of their own.
        """
        pointed = self.may_be(last + 1, _POINT)
        near = np.append(first[1:] - last[:-1] <= _APART, False)
        beside = near & np.append(pointed[1:], False)
        many = last - first + 1 >= _DECIMALS
        point = pointed & self.may_be(last + 2, _DIGIT)
        point[:-1] &= (many | beside)[1:]
        comma = self.may_be(last + 1, _COMMA)
        for place in range(2, 6):
            comma &= self.may_be(last + place, _DIGIT)
        return point | comma

    def _is_signed(self, at: Ints) -> Flags:
        """Return behind which numbers a degree sign stands, or what is printed for one."""
        sign = at + 1 + self.may_be(at + 1, _SPACE)
        minutes = at + 2 + self.may_be(at + 2, _SPACE)
        printed = self._is(at + 1, "od*") & self.may_be(minutes, _DIGIT)
        return self._is(sign, DEGREE_SIGNS) | printed

    def _is_worded(self, at: Ints) -> Flags:
        """Return behind which numbers a hemisphere or a label stands."""
        for _ in range(2):
            at = at + self._is(at + 1, QUOTES)
        word = at + 1 + self.may_be(at + 1, _SPACE)
        initial = self.may_be(word, _INITIAL) & ~self.may_be(word + 1, _LETTER)
        return initial | self._spells(word, _keys(STEMS))

    def _is_grid(self, at: Ints) -> Flags:
        """Return which numbers may begin a grid reference, or be packed with their hemisphere."""
        band = at + 1 + self.may_be(at + 1, _SPACE)
        square = band + 1 + self.may_be(band + 1, _SPACE)
        east = square + 2 + self.may_be(square + 2, _SPACE)
        named = self.may_be(band, _CAPITAL) & self.may_be(east, _DIGIT)
        named &= self.may_be(square, _CAPITAL) & self.may_be(square + 1, _CAPITAL)
        return named | self._is(at + 1, "NSEW")

    def _is(self, at: Ints, letters: str) -> Flags:
        """Return which positions hold one of a few characters."""
        points = self._points.take(at)
        found = points == ord(letters[0])
        for letter in letters[1:]:
            found |= points == ord(letter)
        return np.asarray(found)

    def _spells(self, at: Ints, keys: Keys) -> Flags:
        """Return whether the three characters from some positions on are one of ``keys``."""
        key = np.zeros(at.shape, np.uint64)
        for place in range(3):
            key = key << np.uint64(_WIDTH) | self._points.take(at + place)
        return np.asarray(keys.take(np.searchsorted(keys, key), mode="clip") == key)


@cache
def _classes() -> NDArray[np.uint8]:
    """Return what each character of the plane may be."""
    classes = np.zeros(PLANE, dtype=np.uint8)
    digits = "".join(chr(ord(zero) + step) for zero in DIGIT_ZEROS for step in range(10))
    for what, letters in (
        (_DIGIT, digits),
        (_MARK, _MARKS),
        (_SPACE, _SPACES),
        (_POINT, POINTS),
        (_COMMA, COMMAS),
        (_INITIAL, INITIALS),
        (_LETTER, "".join(chr(code) for low, high in _LETTERS for code in range(low, high))),
        (_CAPITAL, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ):
        classes[[ord(letter) for letter in letters]] |= what
    return classes


@cache
def _looked_for() -> Flags:
    """Return which characters of the plane are digits or marks."""
    return np.asarray(_classes() & (_DIGIT | _MARK) != 0)


@cache
def _keys(words: Iterable[str]) -> Keys:
    """Return words of three letters as numbers."""
    keys = (sum(ord(c) << _WIDTH * (2 - place) for place, c in enumerate(word)) for word in words)
    return np.array(sorted(keys), dtype=np.uint64)
