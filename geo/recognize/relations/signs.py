"""Which places of a block a spatial phrase may stand beside, from the hashes of its tokens.

Most places have no such words beside them. Here the words round every place are followed over
tokens that were cut and hashed already, all languages together, and what a token may be in a phrase
is worked out once and remembered, so that only the few places left are looked at in the text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from geo.lang.spatial import spatial_languages
from geo.model import KINDS
from geo.recognize.relations.grammar import grammar
from geo.recognize.relations.hints import BEFORE, STRANGERS, alphabet, endings_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from geo.lang.spatial import SpatialWords
    from geo.recognize.mentions import Decision
    from geo.recognize.reading import Reading
    from geo.text.tokens import Tokeniser

    Ints = NDArray[np.int64]

__all__ = ["Signs", "Told", "shipped_signs"]

_REMEMBERED: Final = 1 << 18
"""Distinct tokens of which it is remembered what they may be: a power of two.

Many more than are met, so that few overwrite one another."""

_MOST_WORDS: Final = BEFORE // 2
"""Tokens followed to either side: more do not fit into the characters that are read."""

_GLANCE: Final = 5
"""Words looked at beside all places at once."""

_PEOPLE_REACH: Final = 80
"""Characters beside a word for a border in which a people is looked for, and some more."""

_RIVER: Final = np.uint32(1 << KINDS.index("river"))
_SPACE: Final = ord(" ")

_UNKNOWN, _KNOWN, _TELL, _HEAD, _RURAL, _BEARING, _LEAD = (1 << bit for bit in range(7))
"""What a token may be in a phrase of any language; it is unknown or known at least."""

_UNREAD: Final = 1 << 7
"""Stands for a token that was not read yet."""


class Told(NamedTuple):
    """What the signs tell of an article: at which places its relations begin, if it has any.

    ``starts`` are those of the places, of the gazetteer or not, beside which a word of a phrase
    stands. ``border`` says that a border is spoken of, whose phrase may hang on a people instead.
    """

    starts: set[int]
    border: bool


@lru_cache(maxsize=4)
def shipped_signs(tokeniser: Tokeniser) -> Signs:
    """Return the signs of every language that the package reads, in texts cut by a tokeniser."""
    return Signs(spatial_languages(), tokeniser)


class Signs:
    """The words of some languages that show a spatial phrase beside a place."""

    def __init__(self, languages: Iterable[SpatialWords], tokeniser: Tokeniser) -> None:
        self._languages = tuple((words, alphabet(words)) for words in languages)
        # What is remembered: a hash is kept where its last bits say, and may be overwritten.
        self._hashes = np.zeros(_REMEMBERED, np.uint64)
        self._bits = np.full(_REMEMBERED, _UNREAD, np.uint8)
        # The gazetteer's own folding: another table would take longer to make than a text to read.
        fold = tokeniser.table.fold
        self._banks = tuple({fold(w) for words, _ in self._languages for w in words.cues["bank"]})
        self._latest: _Block | None = None
        # Read with the block's own folding, so that a text is not searched for them again.
        self._borders = tokeniser.tokens(" ".join(self._border_words())).hashes
        self._border_slots = np.zeros(_REMEMBERED, np.bool_)
        self._border_slots[_slots(self._borders)] = True

    def told(self, reading: Reading, decision: Decision) -> dict[int, Told]:
        """Return the articles of a block that a relation may be in, by their numbers."""
        block = self._block(reading)
        unknown = np.array(decision.unknown, dtype=np.int64).reshape(-1, 3)[:, 1:]
        start, end = (
            np.concatenate([known[decision.accepted], unnamed])
            for known, unnamed in zip((decision.start, decision.end), unknown.T, strict=True)
        )
        first, last = (
            np.searchsorted(reading.token_start, offset, side="right") - 1
            for offset in (start, end - 1)
        )
        beside = start[~block.are_alone(first, last)]
        number = np.searchsorted(reading.offsets, beside, side="right") - 1
        starts = (beside - reading.offsets[number]).tolist()
        articles = {one: Told(set(), border=True) for one in self._bordering(reading, decision)}
        for one, offset in zip(number.tolist(), starts, strict=True):
            articles.setdefault(one, Told(set(), border=False)).starts.add(offset)
        return articles

    def _bordering(self, reading: Reading, decision: Decision) -> list[int]:
        """Return the numbers of the articles that speak of a border beside a name no place bears.

        The gazetteer knows peoples too, and whoever decided passed them over.
        """
        tokens = reading.tokens
        likely = np.flatnonzero(self._border_slots.take(_slots(tokens.hashes)))
        sure = likely[np.isin(tokens.hashes[likely], self._borders)]
        at, passed = reading.token_start[sure], ~decision.accepted
        before = np.searchsorted(reading.end[passed], at - _PEOPLE_REACH, side="right")
        named = before < np.searchsorted(reading.start[passed], at + _PEOPLE_REACH)
        return [int(number) for number in np.unique(reading.token_article[sure[named]])]

    def directions(self, reading: Reading, decision: Decision) -> NDArray[np.bool_]:
        """Return the accepted hits that are the direction of a phrase, not a place of that name.

        "The north-east" is a district somewhere; "to the north-east of X" names no such thing, and
        neither does "the west bank of" a river.
        """
        block = self._block(reading)
        found = np.zeros(len(reading), dtype=np.bool_)
        bearing = block.may_be_directions(reading.first) | block.may_be_directions(reading.last)
        chosen = np.flatnonzero(decision.accepted & bearing)
        if chosen.size:  # nearly never
            rivers = decision.accepted & (reading.names.kinds[reading.name] & _RIVER != 0)
            whole, banks = (
                frozenset(reading.first[which].tolist()) for which in (decision.accepted, rivers)
            )
            for hit in chosen.tolist():
                first, last = int(reading.first[hit]), int(reading.last[hit])
                if block.is_direction(first, last):
                    found[hit] = block.leads(last + 1, whole)
                elif block.is_bank(first, last):
                    found[hit] = block.leads(last + 1, banks)
        return found

    def is_bank(self, word: str) -> bool:
        """Say whether a folded token means the side of a river, with a clitic or without."""
        return any(word.endswith(bank) for bank in self._banks)

    def _border_words(self) -> set[str]:
        """Return the words for borders and grounds, as they are written onto others."""
        return {
            clitic + word + ending
            for words, _ in self._languages
            for cue in ("border", "ground")
            for word in words.cues.get(cue, ())
            if " " not in word  # every phrase of several holds one of these
            for clitic in ("", *words.clitics)
            for ending in ("", *endings_of(words))
        }

    def _block(self, reading: Reading) -> _Block:
        """Return the tokens of a reading, which is asked about several times in a row."""
        if self._latest is None or self._latest.reading is not reading:
            self._latest = _Block(self, reading)
        return self._latest

    def remembered(self, hashes: NDArray[np.uint64]) -> NDArray[np.uint8]:
        """Return what tokens of some hashes may be, `_UNREAD` where that is not known yet."""
        kept = _slots(hashes)
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


def _slots(hashes: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Return where what is known of tokens is kept."""
    return (hashes & np.uint64(_REMEMBERED - 1)).astype(np.intp)


class _Block:
    """The tokens of a block, by their numbers."""

    def __init__(self, signs: Signs, reading: Reading) -> None:
        self._signs = signs
        self._tokens = reading.tokens
        before = reading.tokens.points.take(reading.token_start - 1, mode="clip")
        # Read one by one and all at once: bytes are both quick to index and an array.
        self._bits = bytearray(signs.remembered(reading.tokens.hashes))
        self._spaced = (before == _SPACE).tobytes()
        self._read: dict[int, int] = {}
        self.reading = reading

    def are_alone(self, first: Ints, last: Ints) -> NDArray[np.bool_]:
        """Return for places, from their first to their last tokens, whether no word tells.

        Beside most places words of no phrase stand: so much is seen for all of them at once, and
        the words are followed beside the others only.
        """
        back, on = self._may_tell(first, -1), self._may_tell(last, 1)
        alone = ~(back | on)
        left = np.flatnonzero(~alone)
        columns = (column[left].tolist() for column in (first, last, back, on))
        alone[left] = [
            not (
                (before and self._tells(low, -1))
                or (behind and (self._tells(high, 1) or self._is_shared(low, high)))
            )
            for low, high, before, behind in zip(*columns, strict=True)
        ]
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

    def is_bank(self, first: int, last: int) -> bool:
        """Say whether some tokens are a direction and a word for the side of a river."""
        others = [t for t in range(first, last + 1) if not self._may(t) & _BEARING]
        return 0 < len(others) <= last - first and all(
            map(self._signs.is_bank, map(self._word, others))
        )

    def _word(self, token: int) -> str:
        """Return a folded token."""
        tokens = self._tokens
        return "".join(map(chr, tokens.codes[tokens.start[token] : tokens.end[token]].tolist()))

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
            token_hash = int(self._tokens.hashes[token])
            if token_hash not in self._read:
                self._read[token_hash] = self._signs.read(self._word(token))
                self._signs.remember(token_hash, self._read[token_hash])
            bits = self._bits[token] = self._read[token_hash]
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
