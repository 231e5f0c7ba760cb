"""A block of articles cut into tokens, with what is known of each before any place is looked up.

Everything is columnar and counts characters of the block, the texts joined with a break;
``offsets`` says where each article starts in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.lang.language import WordClass
from geo.text.folding import PLANE
from geo.text.tokens import mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.text.tokens import Tokens

    Ints = NDArray[np.int64]
    Bits = NDArray[np.uint32]
    Flags = NDArray[np.bool_]

__all__ = ["IS_CAPITAL", "IS_LOWER", "Block", "has_article", "member"]

_LAST_LATIN = 0x250
_CELLS = 16
"""Bits of a word's hash that tell most words of a block apart."""

_ALEF, _LAM = ord("\N{ARABIC LETTER ALEF}"), ord("\N{ARABIC LETTER LAM}")
_ARTICLE = 2
"""Letters of the Arabic article."""

_SENTENCE = 2
"""The gap before the first word of a sentence."""

_PERSONAL = np.uint32(int(WordClass.GIVEN | WordClass.TITLE))
_PLACING = np.uint32(int(WordClass.LOCATIVE))


def member(letters: str) -> Flags:
    """Return a table over code points that says which of them are among some letters."""
    table = np.zeros(PLANE, dtype=bool)
    table[[ord(letter) for letter in letters]] = True
    return table


IS_CAPITAL = member("".join(chr(c) for c in range(_LAST_LATIN) if chr(c).isupper()))
IS_LOWER = member("".join(chr(c) for c in range(_LAST_LATIN) if chr(c).islower()))
_MAY_CARRY = member(
    "\N{ARABIC LETTER WAW}\N{ARABIC LETTER FEH}\N{ARABIC LETTER BEH}\N{ARABIC LETTER KAF}"
)
"""Clitics that leave the article as it is."""


def has_article(tokens: Tokens, begin: Ints) -> Flags:
    """Return whether the Arabic article stands at some places of the folded text."""
    begin = np.minimum(begin, len(tokens.codes) - 2)
    return np.asarray((tokens.codes[begin] == _ALEF) & (tokens.codes[begin + 1] == _LAM))


@dataclass(frozen=True, kw_only=True)
class Block:
    """The tokens of some articles; one entry a token, but for the offsets and what has spans.

    ``classes`` are the word classes, ``clitic_letters`` the letters of the clitic of a word that
    the lexicon knows, ``gap`` says what stands before: 0 nothing that breaks, 1 punctuation, 2 the
    end of a sentence. ``outlets`` are the first and last tokens of names of news outlets,
    ``bearers`` those of other things that bear a place's name (Bank of Cyprus), ``articles`` the
    tokens that may be the article of a name from another language (al-Bab), ``openings`` those that
    open an article or the line below its headline.
    """

    offsets: Ints
    tokens: Tokens
    token_start: Ints
    classes: Bits
    clitic_letters: NDArray[np.uint8]
    gap: NDArray[np.int8]
    outlets: tuple[tuple[int, int], ...]
    bearers: tuple[tuple[int, int], ...]
    articles: Ints
    openings: Ints

    @cached_property
    def token_article(self) -> Ints:
        """The number of the article each token is in."""
        first = np.searchsorted(self.token_start, self.offsets)
        count = np.diff(first, append=len(self.token_start))
        return np.repeat(np.arange(len(first)), count)

    @cached_property
    def token_end(self) -> Ints:
        """Where each token ends, in characters of the block."""
        return np.asarray(self.tokens.offset(self.tokens.end - 1) + 1)

    @cached_property
    def posted(self) -> Flags:
        """Whether each article is written as a post: with a hashtag or a handle."""
        points = self.tokens.points
        marks = np.flatnonzero((points[:-1] == ord("#")) | (points[:-1] == ord("@")))
        marks = marks[points[marks + 1] > ord("@")]
        edges = np.append(self.offsets, len(points))
        after = np.searchsorted(marks, edges[1:] - 1)
        return np.asarray(after > np.searchsorted(marks, edges[:-1]))

    @cached_property
    def initial(self) -> NDArray[np.unsignedinteger]:
        """The character, as written, that each token begins with."""
        return self.tokens.points.take(self.token_start)

    @cached_property
    def opens_sentence(self) -> Flags:
        """Whether a sentence begins at each token."""
        opens = self.gap == _SENTENCE
        opens[1:] |= self.token_article[1:] != self.token_article[:-1]
        return np.asarray(opens)

    @cached_property
    def sentence(self) -> Ints:
        """The number of the sentence each token is in."""
        return np.cumsum(self.opens_sentence) - 1

    @cached_property
    def told(self) -> NDArray[np.uint64]:
        """What the rest of its article says of each word, a bit each.

        There it stands behind a person's name or title, behind a word of place, in lower case, or
        at all.
        """
        tokens, before = self.tokens, np.append(np.uint32(0), self.classes)[:-1]
        joined = self.gap == 0
        signs = (
            joined & ((before & _PERSONAL) != 0),
            joined & ((before & _PLACING) != 0),
            IS_LOWER.take(self.initial),
            np.ones(len(tokens), dtype=bool),
        )
        word = self._words
        cells = int(word.max(initial=0)) + 1
        told = np.zeros(len(tokens), dtype=np.uint8)
        for bit, sign in enumerate(signs):
            # Bytes are looked up fastest, and it is enough to tell none, one and more apart.
            times = np.minimum(np.bincount(word[sign], minlength=cells), 2).astype(np.uint8)
            told |= (times.take(word) > sign.view(np.uint8)).view(np.uint8) << np.uint8(bit)
        return told.astype(np.uint64)

    @property
    def _words(self) -> NDArray[np.intp]:
        """A number for each token, the same for the same word of the same article alone."""
        key = mix(self.tokens.hashes ^ (self.token_article.astype(np.uint64) + np.uint64(1)))
        word = (key >> np.uint64(64 - _CELLS)).astype(np.intp)
        kept = np.zeros(1 << _CELLS, dtype=np.uint64)
        kept[word] = key
        # Few words want a number that another one has: they get one behind all others.
        crowded = np.flatnonzero(kept.take(word) != key)
        word[crowded] = (1 << _CELLS) + np.unique(key[crowded], return_inverse=True)[1]
        return word

    @cached_property
    def definite(self) -> Flags:
        """Whether each token has the Arabic article, behind a clitic or not."""
        tokens = self.tokens
        first, second, third = (
            tokens.codes.take(tokens.start + place, mode="clip") for place in range(3)
        )
        bare = (first == _ALEF) & (second == _LAM)
        carried = _MAY_CARRY.take(first) & (second == _ALEF) & (third == _LAM)
        swallowed = (first == _LAM) & (second == _LAM)
        return np.asarray((bare | carried | swallowed) & (tokens.length > _ARTICLE + 1))

    def is_capital(self, offset: int) -> bool:
        """Return whether the character at an offset of the block is a capital."""
        return bool(IS_CAPITAL[self.tokens.points[offset]])
