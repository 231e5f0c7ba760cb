"""Folded text as numbers: tokens, their hashes, and where a name may not run on.

A token's hash is a polynomial over its letters, taken from prefix sums modulo 2**64, so that the
hash of a token without its first or last letters costs one subtraction. A sequence of tokens is
hashed the same way over the hashes of its tokens.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.text.folding import BREAK, CharacterClass, codepoints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.text.folding import FoldTable

    Hashes = NDArray[np.uint64]
    Indices = NDArray[np.intp]

__all__ = ["Tokeniser", "Tokens", "among", "mix"]

# Odd, so that they have inverses modulo 2**64.
_LETTER_BASE = 0x9E3779B97F4A7C15
_TOKEN_BASE = 0xD1342543DE82EF95
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_GLANCE_BITS = 16
"""First bits of a hash by which most are told apart."""

_CASELESS = 0x590
"""From Hebrew on scripts know no capitals and write no "St." or "Gov."."""
_ABBREVIATION = 3
"""Letters of the longest token whose full stop is taken for an abbreviation's."""


def mix(values: Hashes) -> Hashes:
    """Return the hashes with every bit depending on every other, as a new array."""
    mixed = values >> np.uint64(32)
    mixed ^= values
    mixed *= _MIX
    mixed ^= mixed >> np.uint64(29)
    return mixed


def among(hashes: Hashes, few: Hashes) -> Indices:
    """Return the indices of those of many hashes that are among a few others, in order.

    What sorting all would find in ten times the time.
    """
    met = np.zeros(1 << _GLANCE_BITS, dtype=bool)
    shift = np.uint64(64 - _GLANCE_BITS)
    met[few >> shift] = True
    likely = np.flatnonzero(met.take((hashes >> shift).view(np.int64)))
    return likely[np.isin(hashes[likely], few)]


class _Powers:
    """The powers of an odd base modulo 2**64 and their inverses, grown as needed."""

    def __init__(self, base: int) -> None:
        self._bases = (base, pow(base, -1, 1 << 64))
        self.up = self.down = np.ones(0, np.uint64)

    def upto(self, count: int) -> None:
        """Make sure that there are ``count`` powers."""
        if count > len(self.up):
            self.up, self.down = (self._row(base, count) for base in self._bases)

    @staticmethod
    def _row(base: int, count: int) -> Hashes:
        row = np.full(count, base, np.uint64)
        row[0] = 1
        return np.cumprod(row, dtype=np.uint64)


@dataclass(frozen=True)
class Tokens:
    """The tokens of one text; all arrays have one item a token unless said otherwise.

    ``start`` and ``end`` count folded letters; ``offset`` turns them into offsets of the text.
    ``stop`` is the first token that no n-gram starting here may reach.
    ``codes`` (one a folded letter or separator) and ``points`` (one a character) are the text.
    """

    points: NDArray[np.unsignedinteger]
    codes: NDArray[np.uint16]
    origin: Indices | None
    start: Indices
    end: Indices
    sums: Hashes
    letters: _Powers
    words: _Powers

    def __len__(self) -> int:
        return len(self.start)

    @cached_property
    def length(self) -> Indices:
        """Folded letters in each token."""
        return self.end - self.start

    def raw(self, which: Indices, *, head: int | Indices = 0, tail: int = 0) -> Hashes:
        """Return the letter hashes of tokens less ``head`` first and ``tail`` last letters."""
        first = self.start.take(which) + head
        sums = self.sums.take(self.end.take(which) - tail) - self.sums.take(first)
        return sums * self.letters.down.take(first)

    @cached_property
    def hashes(self) -> Hashes:
        """The hash of each token."""
        raw = self.sums.take(self.end)
        raw -= self.sums.take(self.start)
        raw *= self.letters.down.take(self.start)
        return mix(raw)

    @cached_property
    def chain(self) -> Hashes:
        """Prefix sums over ``hashes``, one longer: ``(chain[b] - chain[a]) * down[a]`` is a..b."""
        chain = np.zeros(len(self) + 1, np.uint64)
        np.cumsum(self.hashes * self.words.up[: len(self)], out=chain[1:])
        return chain

    def offset(self, position: Indices) -> Indices:
        """Return the offsets in the text of folded letters."""
        return position if self.origin is None else self.origin[position]

    @cached_property
    def stop(self) -> Indices:
        """The end of the run of tokens, unbroken by punctuation, that each token is in."""
        ends = np.append(self._breaks(), len(self))
        return np.repeat(ends, np.diff(ends, prepend=0))

    @cached_property
    def marks(self) -> Indices:
        """The places in ``codes`` of all breakers, line ends and full stops."""
        # One comparison: values below BREAKER wrap round to large ones.
        wrapped = self.codes - np.uint16(CharacterClass.BREAKER)
        return np.flatnonzero(wrapped < CharacterClass.LETTER - CharacterClass.BREAKER)

    def _breaks(self) -> Indices:
        """Return the tokens before which something breaks."""
        gap = np.searchsorted(self.start, self.marks)
        kind = self.codes.take(self.marks)
        lines = gap[kind == CharacterClass.NEWLINE]
        stop = kind == CharacterClass.STOP
        breaks = np.zeros(len(self) + 1, dtype=bool)
        breaks[gap[kind == CharacterClass.BREAKER]] = True
        breaks[lines[1:][lines[1:] == lines[:-1]]] = True
        breaks[gap[stop][self._ends_sentence(self.marks[stop], gap[stop])]] = True
        return np.flatnonzero(breaks[1 : len(self)]) + 1

    def _ends_sentence(self, mark: Indices, gap: Indices) -> NDArray[np.bool_]:
        """Return for full stops at ``mark``, before the tokens ``gap``, whether they break."""
        if not len(self):
            return np.zeros(len(mark), bool)
        following = self.codes[np.minimum(mark + 1, len(self.codes) - 1)]
        inside = (following >= CharacterClass.LETTER) & (mark + 1 < len(self.codes))
        before = np.maximum(gap - 1, 0)
        cased = self.codes[self.start[before]] < _CASELESS
        short = self.length[before] <= np.where(cased, _ABBREVIATION, 1)
        return ~inside & ~short


class Tokeniser:
    """Cuts texts into hashed tokens by one fold table; keeps the powers it needs between texts."""

    def __init__(self, table: FoldTable) -> None:
        self.table = table
        self._letters = _Powers(_LETTER_BASE)
        self._words = _Powers(_TOKEN_BASE)

    def spelled(self, word: str) -> tuple[int, int]:
        """Return the letter hash of folded letters and the factor that makes room for them.

        The hash of ``word`` followed by a rest is ``hash + factor * hash of the rest``.
        """
        value = 0
        for place, code in enumerate(codepoints(word)):
            letter = int(self.table.letter_hash[code])
            value += letter * pow(_LETTER_BASE, place, 1 << 64)
        return value % (1 << 64), pow(_LETTER_BASE, len(word), 1 << 64)

    def tokens(self, text: str) -> Tokens:
        """Return the tokens of ``text``."""
        points = codepoints(text)
        codes, origin = self.table.codes(points)
        letter = np.zeros(len(codes) + 2, bool)
        np.greater_equal(codes, CharacterClass.LETTER, out=letter[1:-1])
        edges = np.flatnonzero(letter[1:] != letter[:-1])
        self._letters.upto(len(codes) + 1)
        self._words.upto(len(edges) // 2 + 1)
        values = self.table.letter_hash.take(codes)
        values *= self._letters.up[: len(codes)]
        sums = np.zeros(len(codes) + 1, np.uint64)
        np.cumsum(values, out=sums[1:])
        return Tokens(
            points=points,
            codes=codes,
            origin=origin,
            start=edges[0::2],
            end=edges[1::2],
            sums=sums,
            letters=self._letters,
            words=self._words,
        )

    def tokens_of(self, texts: Sequence[str]) -> tuple[Tokens, Indices]:
        """Return the tokens of some texts in one go, and which are the first of each.

        The second has one item more than there are texts, the number of all tokens. No text may
        hold a `BREAK`.
        """
        tokens = self.tokens(BREAK.join(texts))
        starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
        return tokens, np.searchsorted(tokens.offset(tokens.start), starts)
