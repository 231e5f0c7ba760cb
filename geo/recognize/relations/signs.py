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

    Ints = NDArray[np.int64]

__all__ = ["Signs", "shipped_signs"]

_REMEMBERED: Final = 1 << 16
"""Distinct tokens of which it is remembered what they may be: a power of two."""

_MOST_WORDS: Final = BEFORE // 2
"""Tokens followed to either side: more do not fit into the characters that are read."""

_GLANCE: Final = 5
"""Words looked at beside all places at once."""

_SPACE: Final = ord(" ")

_UNKNOWN, _KNOWN, _TELL, _HEAD, _RURAL, _BEARING, _LEAD = (1 << bit for bit in range(7))
"""What a token may be in a phrase of any language; it is unknown or known at least."""

_UNREAD: Final = 1 << 7
"""Stands for a token that was not read yet."""


@cache
def shipped_signs() -> Signs:
    """Return the signs of every language that the package reads."""
    return Signs(spatial_languages())


class Signs:
    """The words of some languages that show a spatial phrase beside a place."""

    def __init__(self, languages: Iterable[SpatialWords]) -> None:
        self._languages = tuple((words, alphabet(words)) for words in languages)
        # What is remembered: a hash is kept where its last bits say, and may be overwritten.
        self._hashes = np.zeros(_REMEMBERED, np.uint64)
        self._bits = np.full(_REMEMBERED, _UNREAD, np.uint8)
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
        alone[chosen] = block.are_alone(first, last)
        return alone

    def directions(self, reading: Reading, decision: Decision) -> NDArray[np.bool_]:
        """Return the accepted hits that are the direction of a phrase, not a place of that name.

        "The north-east" is a district somewhere; "to the north-east of X" names no such thing.
        """
        block = self._block(reading)
        found = np.zeros(len(reading), dtype=np.bool_)
        bearing = np.flatnonzero(decision.accepted & block.may_be_directions(reading.first))
        if bearing.size:  # nearly never
            places = frozenset(reading.first[decision.accepted].tolist())
            for hit in bearing.tolist():
                first, last = int(reading.first[hit]), int(reading.last[hit])
                found[hit] = block.is_direction(first, last) and block.leads(last + 1, places)
        return found

    def _block(self, reading: Reading) -> _Block:
        """Return the tokens of a reading, which is asked about several times in a row."""
        if self._latest is None or self._latest.reading is not reading:
            self._latest = _Block(self, reading)
        return self._latest

    def remembered(self, hashes: NDArray[np.uint64]) -> NDArray[np.uint8]:
        """Return what tokens of some hashes may be, `_UNREAD` where that is not known yet."""
        kept = (hashes & np.uint64(_REMEMBERED - 1)).astype(np.intp)
        return np.where(self._hashes[kept] == hashes, self._bits[kept], np.uint8(_UNREAD))

    def remember(self, token_hash: int, bits: int) -> None:
        """Keep what tokens of a hash may be."""
        kept = token_hash & (_REMEMBERED - 1)
        self._hashes[kept], self._bits[kept] = token_hash, bits

    def read(self, word: str) -> int:
        """Return what a folded token may be, as the sum of its bits."""
        letters = set(filter(str.isalpha, word))
        if not letters:
            return _KNOWN
        bits = 0
        # The grammar of a language that the text does not speak is never made.
        for words in (words for words, used in self._languages if letters <= used):
            hints = grammar(words).hints
            for form in {word, *map(word.removesuffix, hints.endings)}:
                part = hints.part(form)
                bits |= _KNOWN * part.known | _TELL * bool(part.tells) | _HEAD * part.heads
                bits |= _RURAL * (form in hints.rural) | _BEARING * part.bearing
                bits |= _LEAD * hints.leads(form)
        return bits if bits & _KNOWN else bits | _UNKNOWN


class _Block:
    """The tokens of a block, by their numbers."""

    def __init__(self, signs: Signs, reading: Reading) -> None:
        self._signs = signs
        self._tokens = reading.tokens
        before = reading.tokens.points.take(reading.token_start - 1, mode="clip")
        # Read one by one and all at once: bytes are both quick to index and an array.
        self._bits = bytearray(signs.remembered(reading.tokens.hashes))
        self._spaced = (before == _SPACE).tobytes()
        self.reading = reading

    def are_alone(self, first: Ints, last: Ints) -> NDArray[np.bool_]:
        """Return for places, from their first to their last tokens, whether no word tells.

        Beside most places words of no phrase stand: so much is seen for all of them at once, and
        the words are followed beside the others only.
        """
        back, on = self._may_tell(first, -1), self._may_tell(last, 1)
        alone = ~(back | on)
        for place in np.flatnonzero(~alone).tolist():
            low, high = int(first[place]), int(last[place])
            alone[place] = not (
                (back[place] and self._tells(low, -1))
                or (on[place] and (self._tells(high, 1) or self._is_shared(low, high)))
            )
        return alone

    def _is_shared(self, first: int, last: int) -> bool:
        """Say whether a name holds a word for a countryside that the next place may share."""
        if first == last or not (self._may(first) | self._may(last)) & _RURAL:
            return False
        after = [self._may(token) for token in range(last + 1, min(last + 3, len(self._bits)))]
        return any(bits != _UNKNOWN for bits in after[:1]) or any(bits & _HEAD for bits in after)

    def _may_tell(self, place: Ints, step: int) -> NDArray[np.bool_]:
        """Return beside which tokens the words are worth following, as `_tells` does.

        That is for all of them at once what it would find in the first few words, as long as each
        is one token that neither tells nor heads a place.
        """
        bits, spaced = (np.frombuffer(each, np.uint8) for each in (self._bits, self._spaced))
        crossed = int(step < 0)
        told = np.ones(len(place), dtype=np.bool_)
        open_, token = np.arange(len(place)), place
        strange = over = np.zeros(len(place), dtype=np.bool_)
        for number in range(_GLANCE):
            token = token + step
            what = bits.take(token, mode="clip")
            harmless = what & (_TELL | _HEAD | _UNREAD) == 0
            harmless &= (token >= 0) & (token < len(bits))
            if number:
                ends = spaced.take(token + crossed, mode="clip") == 1
                told[open_[ends & over]] = False
                harmless &= ends & ~over
            # The word after a stranger is the last one, unless it heads a place.
            over = strange
            strange = what == _UNKNOWN
            open_, token, strange, over = (each[harmless] for each in (open_, token, strange, over))
        return told

    def may_be_directions(self, tokens: Ints) -> NDArray[np.bool_]:
        """Return which of some tokens are directions, or were not read yet."""
        bits = np.frombuffer(self._bits, np.uint8)
        return np.asarray(bits.take(tokens) & (_BEARING | _UNREAD) != 0)

    def is_direction(self, first: int, last: int) -> bool:
        """Say whether some tokens are nothing but directions."""
        return all(self._may(token) & _BEARING for token in range(first, last + 1))

    def leads(self, token: int, places: frozenset[int]) -> bool:
        """Say whether nothing but links stands between a token and the first one of a place."""
        gap = self.reading.gap
        while token < len(self._bits) and not gap[token]:
            if token in places and not self._may(token) & _BEARING:
                return True
            if not self._may(token) & (_LEAD | _BEARING):
                return False
            token += 1
        return False

    def _may(self, token: int) -> int:
        """Return what a token may be in a phrase."""
        bits = self._bits[token]
        if bits == _UNREAD:
            tokens = self._tokens
            letters = tokens.codes[tokens.start[token] : tokens.end[token]]
            bits = self._bits[token] = self._signs.read("".join(map(chr, letters.tolist())))
            self._signs.remember(int(tokens.hashes[token]), bits)
        return bits

    def _tells(self, place: int, step: int) -> bool:
        """Say whether known words join a telling one to a token of a place, as `Hints` reads them.

        Tokens without a space between them are one word.
        """
        end = place + step * _MOST_WORDS
        walk = range(place + step, min(max(end, -1), len(self._bits)), step)
        crossed = int(step < 0)  # the space before the token that was left, or before this one
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
            word |= self._may(token) if bits == _UNREAD else bits
        return bool(word & _TELL and (headed or word & _HEAD or not strangers))
