"""Which places of a block a spatial phrase may stand beside, from the hashes of its tokens.

Most places have no such words beside them. Here the words round every place are followed over
tokens that were cut and hashed already, all languages together, and what a token may be in a phrase
is worked out once and remembered, so that only the few places left are looked at in the text.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.lang.spatial import spatial_languages
from geo.recognize.relations.grammar import grammar
from geo.recognize.relations.hints import BEFORE, STRANGERS, alphabet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from geo.lang.spatial import SpatialWords
    from geo.recognize.mentions import Decision
    from geo.recognize.reading import Reading

__all__ = ["DIRECTION", "DISTANCE", "Signs", "shipped_signs"]

DIRECTION: Final = 1
DISTANCE: Final = 2
"""What `Signs.measured` tells."""

_REMEMBERED: Final = 1 << 16
"""Distinct tokens of which it is remembered what they may be."""

_MOST_WORDS: Final = BEFORE // 2
"""Tokens followed to either side: more do not fit into the characters that are read."""

_SPACE: Final = ord(" ")

_UNKNOWN, _TELL, _HEAD, _RURAL, _BEARING, _UNIT, _COUNT, _LEAD = (1 << bit for bit in range(8))
"""What a token may be in a phrase of any language."""


@cache
def shipped_signs() -> Signs:
    """Return the signs of every language that the package reads."""
    return Signs(spatial_languages())


class Signs:
    """The words of some languages that show a spatial phrase beside a place."""

    def __init__(self, languages: Iterable[SpatialWords]) -> None:
        self._languages = tuple((words, alphabet(words)) for words in languages)
        self._remembered: dict[int, int] = {}
        self._latest: _Block | None = None

    def alone(self, reading: Reading, decision: Decision) -> NDArray[np.bool_]:
        """Return for each hit of a block whether no relation can hang on it as a place."""
        block = self._block(reading)
        chosen = np.flatnonzero(decision.accepted)
        first, last = (
            np.searchsorted(reading.token_start, offset[chosen], side="right") - 1
            for offset in (decision.start, decision.end - 1)
        )
        alone = np.ones(len(reading), dtype=np.bool_)
        spans = zip(first.tolist(), last.tolist(), strict=True)
        alone[chosen] = [block.is_alone(*span) for span in spans]
        return alone

    def measured(self, reading: Reading) -> NDArray[np.int8]:
        """Return what leads up to each hit of a reading: `DIRECTION`, `DISTANCE`, their sum, or 0.

        Links and the words for a town may stand between. "20 km north-east of X", which is both,
        hardly ever says where anything but a place is; "north" alone also stands before "the
        country" and in names of streets.
        """
        block = self._block(reading)
        spans = zip(reading.first.tolist(), reading.last.tolist(), strict=True)
        return np.fromiter((block.measured(*span) for span in spans), np.int8, len(reading))

    def directions(self, reading: Reading, decision: Decision) -> NDArray[np.bool_]:
        """Return the accepted hits that are the direction of a phrase, not a place of that name.

        "The north-east" is a district somewhere; "to the north-east of X" names no such thing.
        """
        block = self._block(reading)
        found = np.zeros(len(reading), dtype=np.bool_)
        taken = np.flatnonzero(decision.accepted)
        first, last = reading.first[taken].tolist(), reading.last[taken].tolist()
        places = frozenset(first)
        found[taken] = [
            block.is_direction(low, high) and block.leads(high + 1, places)
            for low, high in zip(first, last, strict=True)
        ]
        return found

    def _block(self, reading: Reading) -> _Block:
        """Return the tokens of a reading, which is asked about several times in a row."""
        if self._latest is None or self._latest.reading is not reading:
            self._latest = _Block(self, reading)
        return self._latest

    def remembered(self) -> dict[int, int]:
        """Return what tokens of some hashes may be, to be read and added to."""
        if len(self._remembered) > _REMEMBERED:
            self._remembered.clear()
        return self._remembered

    def read(self, word: str) -> int:
        """Return what a folded token may be, as the sum of its bits."""
        letters = set(filter(str.isalpha, word))
        if not letters:
            return _COUNT
        bits = _UNKNOWN
        # The grammar of a language that the text does not speak is never made.
        for words in (words for words, used in self._languages if letters <= used):
            hints = grammar(words).hints
            for form in {word, *map(word.removesuffix, hints.endings)}:
                part = hints.part(form)
                bits &= ~_UNKNOWN if part.known else ~0
                bits |= _TELL * bool(part.tells) | _HEAD * part.heads
                bits |= _RURAL * (form in hints.rural) | _BEARING * part.bearing
                bits |= _UNIT * hints.is_unit(form) | _COUNT * hints.counts(form)
                bits |= _LEAD * hints.leads(form)
        return bits


class _Block:
    """The tokens of a block, by their numbers."""

    def __init__(self, signs: Signs, reading: Reading) -> None:
        self._signs = signs
        self._tokens = reading.tokens
        self._remembered = signs.remembered()
        self._hashes: list[int] = reading.tokens.hashes.tolist()
        self._bits = list(map(self._remembered.get, self._hashes))
        before = reading.tokens.points.take(reading.token_start - 1, mode="clip")
        self._spaced: list[bool] = (before == _SPACE).tolist()
        self.reading = reading

    def is_alone(self, first: int, last: int) -> bool:
        """Say whether no telling word is joined to the tokens of a place."""
        rural = first < last and (self._may(first) | self._may(last)) & _RURAL
        before = range(first - 1, max(first - _MOST_WORDS, 0) - 1, -1)
        after = range(last + 1, min(last + _MOST_WORDS, len(self._hashes)))
        return not (rural or self._tells(before, crossed=1) or self._tells(after, crossed=0))

    def measured(self, first: int, last: int) -> int:
        """Return what leads up to the tokens of a place; nothing does to a word of the phrase."""
        gap, token, found = self.reading.gap, first, 0
        while token > 0 and not gap[token]:
            token -= 1
            bits = self._may(token)
            if bits & _UNIT and token > 0 and self._may(token - 1) & _COUNT:
                found |= DISTANCE * (token < first - 1)
                break
            found |= DIRECTION * bool(bits & _BEARING)
            if not bits & (_BEARING | _LEAD):
                break
        if found and not (self._may(first) | self._may(last)) & _UNKNOWN:
            return 0
        return found

    def is_direction(self, first: int, last: int) -> bool:
        """Say whether some tokens are nothing but directions."""
        if not self._may(first) & _BEARING:  # nearly always
            return False
        return all(self._may(token) & _BEARING for token in range(first + 1, last + 1))

    def leads(self, token: int, places: frozenset[int]) -> bool:
        """Say whether nothing but links stands between a token and the first one of a place."""
        gap = self.reading.gap
        while token < len(self._hashes) and not gap[token]:
            if token in places and not self._may(token) & _BEARING:
                return True
            if not self._may(token) & (_LEAD | _BEARING):
                return False
            token += 1
        return False

    def _may(self, token: int) -> int:
        """Return what a token may be in a phrase."""
        bits = self._bits[token]
        if bits is None:
            letters = self._tokens.codes[self._tokens.start[token] : self._tokens.end[token]]
            bits = self._bits[token] = self._signs.read("".join(map(chr, letters.tolist())))
            self._remembered[self._hashes[token]] = bits
        return bits

    def _tells(self, walk: range, *, crossed: int) -> bool:
        """Say whether known words join a telling one to a place, as `Hints` follows them.

        ``walk`` goes away from the place. Tokens without a space between them are one word; the
        space before token ``number + crossed`` is the one that a step onto ``number`` crosses.
        """
        strangers = headed = word = 0
        for token in walk:
            if word and self._spaced[token + crossed]:
                headed |= word & _HEAD
                if word & _TELL and (headed or not strangers):
                    return True
                if strangers and not headed:
                    return False
                strangers += word & _UNKNOWN
                if strangers > STRANGERS:
                    return False
                word = 0
            bits = self._bits[token]
            word |= self._may(token) if bits is None else bits
        return bool(word & _TELL and (headed or word & _HEAD or not strangers))
