"""What is seen of each token but its letters: capitals, marks, what the gazetteer knows of it.

All are numbers, most of them small. Nothing here knows one language from another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.model import KINDS
from geo.recognize.block import IS_CAPITAL, IS_LOWER, member
from geo.text.folding import BREAK, PLANE
from geo.text.tokens import mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.gazetteer.facts import NameFacts
    from geo.recognize.reading import Reading

    Hashes = NDArray[np.uint64]
    Ints = NDArray[np.int64]

__all__ = ["ARABIC", "Looks", "join", "looks_of"]

_ODD = 0x9E3779B97F4A7C15
"""Parts numbers that are added up."""

_PEOPLE = (1, 2_000, 15_000, 100_000, 1_000_000)
_PEOPLE_ROOM = 8
"""More than the classes of `_PEOPLE` and the one for countries."""

_NAMESAKES = (1, 2, 4, 10, 30)
ARABIC = (0x600, 0x700)
_KINDS_OF_MARK = 16
_QUOTES = (
    '"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}'
    "\N{DOUBLE LOW-9 QUOTATION MARK}«»"
)
_MARK_GROUPS = (
    " ",
    "#",
    "@",
    "_",
    _QUOTES,
    "(",
    ")",
    "-",
    ".",
    ",\N{ARABIC COMMA}",
    "'\N{RIGHT SINGLE QUOTATION MARK}",
    ":",
    "/",
    "\n",
)
"""Characters beside a word that say something of it, those that say the same together."""


def _marks_table() -> NDArray[np.int64]:
    table = np.full(PLANE, len(_MARK_GROUPS) + 1, dtype=np.int64)
    for number, letters in enumerate(_MARK_GROUPS):
        table[[ord(letter) for letter in letters]] = number
    return table


_MARK = _marks_table()
_EDGE = _MARK[ord(BREAK)]
"""An article ends alike before another one and alone."""

_CAPITAL, _CAPITALS, _LOWER, _DIGIT, _IN_ARABIC = (np.uint64(1 << bit) for bit in range(5))


def _letter_table() -> NDArray[np.uint64]:
    digit = member("0123456789" + "".join(chr(0x660 + digit) for digit in range(10)))
    arabic = member("".join(map(chr, range(*ARABIC))))
    kinds = ((IS_CAPITAL, _CAPITAL), (IS_LOWER, _LOWER), (digit, _DIGIT), (arabic, _IN_ARABIC))
    return np.asarray(sum(table * bit for table, bit in kinds))


_LETTER = _letter_table()
"""What a letter that a word begins with says of the word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What is seen of each token but its letters, as numbers: all that `looks_alone` needs.

    ``place`` joins the position with what places bear the name, ``told`` is what the rest of the
    article says; for the others see `_places`, `_shape` and `_marks`.
    """

    shape: Hashes
    marks: Hashes
    gap: Hashes
    classes: Hashes
    position: Hashes
    place: Hashes
    namesakes: Hashes
    governed: Hashes
    told: Hashes

    def keys(self) -> Hashes:
        """Return one number for all of each token."""
        columns = (getattr(self, name) for name in self.__slots__)
        total = np.zeros(len(self.shape), dtype=np.uint64)
        for column in columns:
            total = total * np.uint64(_ODD) + column
        return mix(total)

    def take(self, which: Ints) -> Looks:
        """Return the looks of some tokens."""
        return Looks(**{name: getattr(self, name).take(which) for name in self.__slots__})


def looks_of(reading: Reading) -> Looks:
    """Return the looks of the tokens of a reading."""
    position, place, namesakes, governed = _places(reading)
    return Looks(
        shape=_shape(reading),
        marks=_marks(reading),
        gap=reading.gap.astype(np.uint64),
        classes=reading.classes.astype(np.uint64),
        position=position,
        place=place,
        namesakes=namesakes,
        governed=governed,
        told=reading.told,
    )


def _places(reading: Reading) -> tuple[Hashes, Hashes, Hashes, Hashes]:
    """Return where in a gazetteer's name each token stands, and what that name is, as numbers.

    The position is 0 outside names, 1 for the first token, 2 for a later one, 2 more for the last;
    the others say which kinds of place bear the name, how many, and under what head noun it is.
    """
    name, first, last, governed = reading.name, reading.first, reading.last, reading.governed
    length = last - first + 1
    owner = np.repeat(np.arange(len(first)), length)
    token = np.arange(len(owner)) - np.repeat(np.cumsum(length) - length - first, length)
    fits = (governed & (reading.names.kinds | reading.names.core_kinds)[name]) != 0
    columns = (
        np.where(token == first[owner], 1, 2) + 2 * (token == last[owner]),
        _renown(reading.names)[name][owner],
        (np.digitize(reading.names.count, _NAMESAKES)[name] * 2 + (reading.skip > 0))[owner],
        ((governed != 0) + 2 * fits)[owner],
    )
    position, renown, namesakes, under = np.zeros((4, len(reading.tokens)), dtype=np.uint64)
    for column, values in zip((position, renown, namesakes, under), columns, strict=True):
        column[token] = values
    return position, join(position, renown), namesakes, under


def _renown(names: NameFacts) -> Ints:
    """Return one number for what places bear each name: their kinds, the most people, and role."""
    country, governorate, settlement = (
        np.uint32(1 << KINDS.index(kind)) for kind in ("country", "governorate", "settlement")
    )
    kinds = names.kinds
    flags = (
        (kinds & country) != 0,
        (kinds & governorate) != 0,
        (kinds & settlement) != 0,
        (kinds & ~(country | governorate | settlement)) != 0,
        names.curated,
        names.demonym,
        names.own,
        kinds == 0,
    )
    people = np.where(flags[0], len(_PEOPLE) + 1, np.digitize(names.population, _PEOPLE))
    bits = sum(flag.astype(np.int64) << bit for bit, flag in enumerate(flags))
    return np.asarray(bits * _PEOPLE_ROOM + people)


def _shape(reading: Reading) -> Hashes:
    """Return capitals, digits and length of each token as one number."""
    points, length = reading.tokens.points, reading.tokens.length
    number = _LETTER.take(points.take(reading.token_start))
    capital = np.flatnonzero((number & _CAPITAL != 0) & (length > 1))
    number[capital[IS_CAPITAL[points[reading.token_end[capital] - 1]]]] |= _CAPITALS
    return np.asarray(number + np.minimum(length, 4).astype(np.uint64) * np.uint64(32))


def _marks(reading: Reading) -> Hashes:
    """Return the characters on either side of each token, alike ones as one, as one number."""
    points, begin, end = reading.tokens.points, reading.token_start, reading.token_end
    before = _MARK.take(points.take(begin - 1, mode="clip"))
    after = _MARK.take(points.take(end, mode="clip"))
    before[:1][begin[:1] == 0] = _EDGE
    after[-1:][end[-1:] == len(points)] = _EDGE
    return np.asarray(before * _KINDS_OF_MARK + after, dtype=np.uint64)


def join(*values: Hashes) -> Hashes:
    """Return one hash of several values a token."""
    joined = values[0]
    for value in values[1:]:
        joined = mix(joined) + value
    return joined
