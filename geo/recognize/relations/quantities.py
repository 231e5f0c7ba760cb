"""Distances and directions as written, turned into kilometres and degrees."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar
from unicodedata import numeric

from geo.recognize.relations.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.lang.spatial import SpatialWords

__all__ = ["GAP", "Directions", "Distances", "alternatives", "compose", "edge", "plain_keys"]

GAP: Final = r"[ \n]{0,6}"
"""What may stand between two words of one phrase."""

_LONGEST_KM: Final = 5000.0
"""News does not place a thing by a longer distance."""

_VULGAR: Final = "½¼¾⅓⅔"
_DIGITS: Final = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,6}(?:[.,]\d{1,4})?)"
    rf"(?: ?[{_VULGAR}])?|[{_VULGAR}]"
)
_END: Final = r"(?!\w)"
_HUNDRED: Final = 100
_THOUSAND: Final = 1000

_Value = TypeVar("_Value")


def plain_keys(table: Mapping[str, _Value]) -> dict[str, _Value]:
    """Return ``table`` with its words in plain characters."""
    return {plain(word): value for word, value in table.items()}


def alternatives(words: Iterable[str]) -> str:
    """Return a regular expression for any of ``words``, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r"[ \n-]{1,6}".join(map(re.escape, word.split())) for word in ordered)


def edge(clitics: Iterable[str]) -> str:
    """Return what a word begins with: the edge of a word, or one of ``clitics`` behind it."""
    by_length: dict[int, list[str]] = {}
    for clitic in map(plain, clitics):
        by_length.setdefault(len(clitic), []).append(re.escape(clitic))
    # Looking back wants one width at a time.
    written_on = (rf"|(?<=(?<!\w)(?:{'|'.join(same)}))" for same in by_length.values())
    return rf"(?:(?<!\w){''.join(written_on)})"


class Distances:
    """The distances of one language: ``pattern`` finds them, :meth:`read` gives kilometres."""

    def __init__(self, words: SpatialWords) -> None:
        self._units = plain_keys(words.units)
        self._counted = plain_keys(words.counted)
        self._vague = plain_keys(words.vague)
        self._fractions = plain_keys(words.fractions)
        self._numbers = plain_keys(words.numbers) | self._fractions
        self._words = words
        self.triggers = frozenset(word.split()[0] for word in (*self._units, *self._counted))

    def whole(self, text: str) -> bool:
        """Say whether ``text`` as printed is nothing but a unit that holds its own number."""
        return _one_space(plain(text)) in self._counted

    @cached_property
    def _word(self) -> re.Pattern[str]:
        """One word for a number or a part."""
        return re.compile(rf"{edge(self._words.clitics)}(?:{alternatives(self._numbers)}){_END}")

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds a distance: a range, a vague number, a number, a counted unit.

        It is long, so it is compiled when a text first holds a unit.
        """
        words = self._words
        plus, pair, low, to = (
            alternatives(map(plain, words.links[name]))
            for name in ("plus", "range_pair", "range_from", "range")
        )
        joined = rf"[ \n-]{{1,3}}(?:(?:{plus})[ \n]{{0,3}})?"
        half = rf"(?:{joined}(?:{alternatives(self._fractions)}){_END})"
        digits = rf"(?:{_DIGITS}){half}?"
        word = rf"(?:{alternatives(self._numbers)})"
        number = rf"(?:{digits}|{word}(?:{joined}{word}){{0,6}}{_END})"
        unit = rf"[ \n-]{{0,3}}(?:{alternatives(self._units)}){_END}"
        # "And" and a hyphen also join the words of one number: in a range they need "between"
        # before it, and digits round them.
        lead = rf"(?:(?P<pair>{pair}){_END}{GAP}|(?:{low}){_END}{GAP})?"
        to = rf"(?:(?:{to}){_END}|-(?=[ \n]*\d)|(?(pair)(?:{plus})|(?!)))"
        range_ = rf"{lead}(?P<low>{number})(?P<low_unit>{unit})?{GAP}{to}{GAP}"
        begin = rf"(?<![\d.,$£€]){edge(words.clitics)}"
        return re.compile(
            rf"{begin}(?:{range_}(?P<high>{number})(?P<high_unit>{unit})"
            rf"|(?P<vague>{alternatives(self._vague)}){_END}(?P<vague_unit>{unit})"
            rf"|(?P<number>{number})(?P<unit>{unit})(?P<half>{half}(?:{unit})?)?"
            rf"|(?P<counted>{alternatives(self._counted)}){_END}(?P<counted_half>{half}(?:{unit})?)?)"
        )

    def read(self, written: str) -> tuple[float, float] | None:
        """Return the smallest and largest distance in km, or ``None`` for an impossible one.

        What is said once more in other units, in brackets or behind a stroke, is passed over.
        """
        match = self.pattern.fullmatch(re.split(r"[(/]", written)[0].rstrip())
        if match is None:
            return None
        low, high = self._bounds(match)
        return (low, high) if 0 < low <= high <= _LONGEST_KM else None

    def _bounds(self, match: re.Match[str]) -> tuple[float, float]:
        part = match.groupdict()
        if part["high"]:
            unit = self._unit(part["high_unit"])
            low_unit = self._unit(part["low_unit"]) if part["low_unit"] else unit
            return self._number(part["low"]) * low_unit, self._number(part["high"]) * unit
        if part["vague"]:
            low, high = self._vague[_one_space(part["vague"])]
            unit = self._unit(part["vague_unit"])
            return low * unit, high * unit
        if part["counted"]:
            low, high = self._counted[_one_space(part["counted"])]
            if part["counted_half"]:  # of one unit, also behind a word for two of them
                one = low / 2 if low / 2 in self._units.values() else low
                high = low = low + one * self._number(part["counted_half"])
            return low, high
        number = self._number(part["number"]) + self._number(part["half"] or "")
        return (number * self._unit(part["unit"]),) * 2

    def _unit(self, written: str) -> float:
        return self._units[_one_space(written.strip(" \n-"))]

    def _number(self, written: str) -> float:
        """Return the value of digits or number words; ``""`` is 0."""
        total = sum(numeric(character) for character in written if character in _VULGAR)
        for digits in re.findall(r"\d[\d.,]*", written):
            total += _digits(digits.rstrip(".,"))
        counted = 0.0
        for word in self._word.findall(written):
            value = self._numbers[_one_space(word)]
            if value == _HUNDRED:
                counted = max(counted, 1) * value
            elif value == _THOUSAND:
                total, counted = total + max(counted, 1) * value, 0.0
            else:
                counted += value
        return total + counted


def _digits(written: str) -> float:
    """Read ``1,500``, ``1.5`` and ``1,5``."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", written):
        return float(written.replace(",", ""))
    return float(written.replace(",", "."))


def _one_space(written: str) -> str:
    return " ".join(re.split(r"[ \n-]+", written.strip()))


class Directions:
    """The directions of one language: ``pattern`` finds them, :meth:`read` gives a bearing."""

    def __init__(self, bearings: Mapping[str, float], words: SpatialWords, *, short: bool) -> None:
        self._bearings = plain_keys(bearings)
        plus = alternatives(map(plain, words.links["plus"]))
        word = alternatives(self._bearings) or r"(?!)"
        self.word = re.compile(word)
        # "'s" and "U.S." hold a letter that an abbreviation may be made of.
        begin, end = (r"(?<![\w'.])", r"(?![\w'.])") if short else (edge(words.clitics), _END)
        joined = rf"[ \n-]{{0,3}}(?:{plus})[ \n]{{0,3}}"
        self._joined = re.compile(rf"{joined}(?={word})")
        between = "" if short else rf"(?:{joined}|[ \n-]{{0,3}})"
        self.pattern = re.compile(rf"{begin}(?:{word})(?:{between}(?:{word})){{0,3}}{end}")

    def occurs(self, text: str) -> bool:
        """Say whether ``text`` holds a direction; "we", west and east at once, is none."""
        return any(self.read(match[0]) for match in self.pattern.finditer(text))

    def whole(self, text: str) -> bool:
        """Say whether ``text`` as printed is nothing but a direction."""
        match = self.pattern.fullmatch(plain(text))
        return match is not None and bool(self.read(match[0]))

    def parts(self, written: str) -> list[str]:
        """Return the directions that "and" joins."""
        return self._joined.split(written)

    def read(self, written: str) -> tuple[float, ...]:
        """Return the bearings in degrees of directions joined by "and"; none if one is no bearing.

        "North-south" is none.
        """
        each = [
            compose([self._bearings[word] for word in self.word.findall(part)])
            for part in self.parts(written)
        ]
        bearings = tuple(dict.fromkeys(one for one in each if one is not None))
        return () if None in each else bearings


def compose(bearings: list[float]) -> float | None:
    """Return the bearing of one to three directions ("north", "south-east", "west-north-west").

    Two must be neighbours of the compass rose; of three, the first leads the other two.
    """
    if len(bearings) == 1:
        return bearings[0]
    first, *rest = bearings
    second = compose(rest)
    if second is None or (len(rest) > 1 and first not in rest):
        return None
    turn = (second - first + 180) % 360 - 180
    return (first + turn / 2) % 360 if 0 < abs(turn) <= 90 else None
