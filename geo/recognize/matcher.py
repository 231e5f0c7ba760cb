"""The matcher: every place where a text spells a name of the gazetteer, as columns of numbers.

All names, of all lengths, overlapping as they may, are found; which of them are mentions is decided
later. Clitics are taken off a word by arithmetic on its hash, so the index holds each name once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

import numpy as np

from geo.gazetteer.index import BLOCK, MAX_SPAN, MAX_TOKENS, clipped
from geo.lang.clitics import ARABIC
from geo.recognize.stops import STOP, abbreviated
from geo.text.folding import BREAK, CharacterClass, codepoints
from geo.text.tokens import mix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from geo.gazetteer.index import NameIndex
    from geo.lang.clitics import Clitics
    from geo.text.tokens import Hashes, Indices, Tokeniser, Tokens

    Flags = NDArray[np.bool_]

__all__ = ["Hits", "Matcher", "Names", "longest"]

ALONE = 3
"""Letters that a clitic must leave of a name of one token; a longer name may begin with two."""

_LATIN_END = 0x250
_CONJUNCTION, _PREPOSITION, _SWALLOWING = (np.uint8(1 << bit) for bit in range(3))
_SHORT = 3
"""Latin names of fewer letters ("UK") must stand in capitals."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Names found in one text, in the order of words, longer before shorter, bare before clitic.

    ``text[start:end]`` spells the name ``name`` (an id of the gazetteer) without clitic or
    possessive, with all its marks and the full stop of an abbreviation. ``word`` is where its
    first word starts, clitic included; ``skip`` counts the folded letters of the clitic, 0 for
    none. ``shadowed`` is a word with 's that is a name as it stands, and another one without: who
    writes "Canada's" means Canada, though there is a place called Cañadas. ``first`` and ``last``
    count the tokens of the block that the name was found in.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    name: NDArray[np.int32]
    skip: NDArray[np.uint8]
    word: NDArray[np.int64]
    shadowed: NDArray[np.bool_]
    first: NDArray[np.intp]
    last: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.start)

    def take(self, which: slice | NDArray[np.bool_] | NDArray[np.intp]) -> Hits:
        """Return some of the hits, by slice, mask or indices in rising order."""
        return Hits(*(getattr(self, column)[which] for column in self.__slots__))

    def shift(self, by: int | NDArray[np.intp]) -> Hits:
        """Return the hits with ``by`` added to all offsets."""
        return replace(self, start=self.start + by, end=self.end + by, word=self.word + by)


def longest(hits: Hits) -> Hits:
    """Return the hits that remain when, from the left, the longest is taken and none overlap.

    Of two that end together the bare form is taken before one behind a clitic, and a possessor
    before a name that only looks like its possessive.
    """
    hits = hits.take(~hits.shadowed)
    kept, edge = [], 0
    for index, (word, end) in enumerate(zip(hits.word.tolist(), hits.end.tolist(), strict=True)):
        if word >= edge:
            kept.append(index)
            edge = end
    return hits.take(np.array(kept, np.intp))


@dataclass(frozen=True, slots=True)
class _Starts:
    """Where a name may start: token ``word`` without its clitic of ``skip`` letters.

    ``hash`` is the hash of what remains of the token, ``alone`` whether that may be a whole name.
    """

    word: Indices
    hash: Hashes
    skip: NDArray[np.uint8]
    alone: Flags

    def take(self, which: Indices) -> _Starts:
        return _Starts(self.word[which], self.hash[which], self.skip[which], self.alone[which])


@dataclass(frozen=True, slots=True)
class _Found:
    """Names found from some starts: tokens up to ``last``, ``possessive`` without its 's.

    ``clipped`` are those that count only with their full stop ("Ky.").
    """

    word: Indices
    last: Indices
    skip: NDArray[np.uint8]
    name: NDArray[np.int32]
    possessive: Flags
    clipped: Flags


class Names(Protocol):
    """What a matcher looks for: names by their hash, and what cuts text as they were cut."""

    @property
    def index(self) -> NameIndex:
        """The names."""

    @property
    def tokeniser(self) -> Tokeniser:
        """What cuts text into tokens."""


class Matcher:
    """Finds the names of a gazetteer, or of any other table of them, in texts."""

    def __init__(self, gazetteer: Names, *, clitics: Clitics = ARABIC) -> None:
        self._index = gazetteer.index
        self._tokeniser = gazetteer.tokeniser
        self._table = gazetteer.tokeniser.table
        self._s = self._table.code[ord("s")]
        last = clitics.article[-1:]
        self._role = np.zeros(len(self._table.code), np.uint8)
        for letters, role in (
            (clitics.conjunctions, _CONJUNCTION),
            (clitics.prepositions, _PREPOSITION),
            (last if last in clitics.prepositions else "", _SWALLOWING),
        ):
            self._role[codepoints(letters)] |= role
        self._article, self._room = map(np.uint64, self._tokeniser.spelled(clitics.article))

    def scan(self, text: str) -> Hits:
        """Return every name in ``text``."""
        return next(self.scan_many([text]))

    def scan_many(self, texts: Iterable[str]) -> Iterator[Hits]:
        """Yield every name in each text, in their order; short texts are scanned many at a time.

        Memory stays flat in the number of texts.
        """
        batch: list[str] = []
        size = 0
        for text in texts:
            if batch and size + len(text) > BLOCK:
                yield from self._scan_batch(batch)
                batch, size = [], 0
            if len(text) > BLOCK:
                yield self._scan_long(text)
                continue
            batch.append(text)
            size += len(text) + 1
        if batch:
            yield from self._scan_batch(batch)

    def _scan_batch(self, texts: list[str]) -> Iterator[Hits]:
        """Yield the names in each of a few short texts, scanned as one."""
        hits = self._scan_block(BREAK.join(texts))
        first = np.cumsum([0, *(len(text) + 1 for text in texts)])
        bounds = np.searchsorted(hits.word, first)
        hits = hits.shift(-np.repeat(first[:-1], np.diff(bounds)))
        for low, high in pairwise(bounds.tolist()):
            yield hits.take(slice(low, high))

    def _scan_long(self, text: str) -> Hits:
        """Return the names in a text of any length, cut into blocks between tokens."""
        parts = []
        first = 0
        while first < len(text):
            end, following = self._cut(text, first)
            # Names that start before the cut may end behind it, or be told by what stands there.
            hits = self._scan_block(text[first : end + 2 * MAX_SPAN])
            parts.append(hits.take(hits.word < end - first).shift(first))
            first = following
        return Hits(
            *(np.concatenate([getattr(h, column) for h in parts]) for column in Hits.__slots__)
        )

    def _cut(self, text: str, first: int) -> tuple[int, int]:
        """Return where a block that starts at ``first`` ends, and where the next one starts.

        Both are the same place behind a separator, unless a token is too long for any name (its
        invisible characters counted): such a token is left out.
        """
        near = first + BLOCK
        if near >= len(text):
            return len(text), len(text)
        found = self._separators(text[first:near])
        end = first + int(found[-1]) + 1 if len(found) else first
        if near - end <= 2 * MAX_SPAN:
            return end, end
        while near < len(text):
            found = self._separators(text[near : near + BLOCK])
            if len(found):
                return end, near + int(found[0])
            near += BLOCK
        return end, len(text)

    def _separators(self, text: str) -> Indices:
        """Return the offsets of the separators in ``text``."""
        codes = self._table.code[codepoints(text)]
        return np.flatnonzero((codes >= CharacterClass.JOINER) & (codes < CharacterClass.LETTER))

    def _scan_block(self, text: str) -> Hits:
        """Return the names in a text short enough for one block."""
        return self.scan_tokens(self._tokeniser.tokens(text))

    def scan_tokens(self, tokens: Tokens) -> Hits:
        """Return the names in a text that was cut into tokens already."""
        return self._hits(tokens, self._extend(tokens, self._starts(tokens)))

    def _starts(self, tokens: Tokens) -> _Starts:
        """Return every token, and every token without each clitic that it may carry."""
        every = np.arange(len(tokens))
        parts = [(every, tokens.hashes, 0)]
        words, role = self._carried(tokens, every, at=0)
        joined = words[role & _CONJUNCTION != 0]
        parts.append((joined, mix(tokens.raw(joined, head=1)), 1))
        parts += self._without_preposition(tokens, words, role, at=0)
        parts += self._without_preposition(tokens, *self._carried(tokens, joined, at=1), at=1)
        skip = np.repeat(np.array([p[2] for p in parts], np.uint8), [len(p[0]) for p in parts])
        word = np.concatenate([word for word, _, _ in parts])
        alone = (skip == 0) | (tokens.length[word] - skip >= ALONE)
        return _Starts(word, np.concatenate([hashes for _, hashes, _ in parts]), skip, alone)

    def _carried(
        self, tokens: Tokens, words: Indices, *, at: int
    ) -> tuple[Indices, NDArray[np.uint8]]:
        """Return the words whose letter ``at`` may be a clitic, and what it may be."""
        words = words[tokens.length[words] >= at + ALONE]
        role = self._role[tokens.codes[tokens.start[words] + at]]
        some = np.flatnonzero(role)
        return words[some], role[some]

    def _without_preposition(
        self, tokens: Tokens, words: Indices, role: NDArray[np.uint8], *, at: int
    ) -> Iterator[tuple[Indices, Hashes, int]]:
        """Yield words less ``at + 1`` letters, and those of them that lost an article so."""
        bare = words[role & _PREPOSITION != 0]
        yield bare, mix(tokens.raw(bare, head=at + 1)), at + 1
        bare = words[role & _SWALLOWING != 0]
        bare = bare[tokens.length[bare] >= at + 2 + ALONE]
        bare = bare[self._role[tokens.codes[tokens.start[bare] + at + 1]] & _SWALLOWING != 0]
        whole = self._article + self._room * tokens.raw(bare, head=at + 2)
        yield bare, mix(whole), at + 2

    def _extend(self, tokens: Tokens, starts: _Starts) -> list[_Found]:
        """Return the names that begin at ``starts``, of all lengths."""
        found = [self._clipped(tokens)]
        endings = self._possessives(tokens)
        count = 1
        while len(starts.word) and count <= MAX_TOKENS:
            word = starts.word
            last = word + (count - 1)
            sums = starts.hash
            if count > 1:
                tail = tokens.chain[last + 1] - tokens.chain[word + 1]
                sums = sums + tail * tokens.words.down[word]
            hashes = mix(sums)
            flags = self._index.flags(hashes)
            whole = (flags & 1).astype(bool)
            if count == 1:
                whole &= starts.alone
            found.append(self._named(starts, last, hashes, np.flatnonzero(whole)))
            if endings is not None:
                owner = np.flatnonzero((endings[last] != 0) & (starts.skip == 0))
                gap = tokens.words.up[last[owner]] * tokens.words.down[word[owner]]
                hashes[owner] = mix(sums[owner] + endings[last[owner]] * gap)
                found.append(self._named(starts, last, hashes, owner, possessive=True))
            more = (flags & 2).astype(bool) & (last + 1 < tokens.stop[word])
            starts = starts.take(np.flatnonzero(more))
            count += 1
        return found

    def _named(
        self,
        starts: _Starts,
        last: Indices,
        hashes: Hashes,
        which: Indices,
        *,
        possessive: bool = False,
    ) -> _Found:
        """Return those of some n-grams that are names."""
        name = self._index.find(hashes[which])
        known = name >= 0
        which = which[known]
        owned = np.full(len(which), possessive)
        whole = np.zeros(len(which), bool)
        return _Found(
            starts.word[which], last[which], starts.skip[which], name[known], owned, whole
        )

    def _clipped(self, tokens: Tokens) -> _Found:
        """Return the names of two letters written with a capital and a full stop: "Ky."."""
        word = np.flatnonzero(tokens.length == _SHORT - 1)
        points = np.append(tokens.points, np.zeros(2, tokens.points.dtype))
        start = tokens.offset(tokens.start[word])
        first, second = points[start], points[start + 1]
        written = (first >= ord("A")) & (first <= ord("Z")) & (points[start + 2] == STOP)
        word = word[written & (second >= ord("a")) & (second <= ord("z"))]
        name = self._index.find(clipped(mix(tokens.hashes[word])))
        known = name >= 0
        word, none = word[known], np.zeros(int(known.sum()), bool)
        return _Found(word, word, none.astype(np.uint8), name[known], none, ~none)

    def _possessives(self, tokens: Tokens) -> Hashes | None:
        """Return what to add to a token's hash to take its 's off, 0 where it has none.

        ``None`` stands for a text without possessives, as most are.
        """
        if tokens.origin is None:
            return None
        owner = np.flatnonzero((tokens.codes[tokens.end - 1] == self._s) & (tokens.length > ALONE))
        before = tokens.origin[tokens.end[owner] - 1] - 1
        mark = self._table.code[tokens.points[before]]
        owner = owner[mark == CharacterClass.APOSTROPHE]
        if not len(owner):
            return None
        change = np.zeros(len(tokens), np.uint64)
        change[owner] = mix(tokens.raw(owner, tail=1)) - tokens.hashes[owner]
        return change

    def _hits(self, tokens: Tokens, found: list[_Found]) -> Hits:
        """Return the names as spans of the text, sorted."""
        fields = ("word", "last", "skip", "name", "possessive", "clipped")
        columns = (tuple(getattr(one, field) for field in fields) for one in found)
        word, last, skip, name, owned, clip = map(np.concatenate, zip(*columns, strict=True))
        begin, final = tokens.start[word] + skip, tokens.end[last] - owned
        start, end = tokens.offset(begin), tokens.offset(final - 1) + 1
        brief = (final - begin < _SHORT) & (tokens.codes[begin] < _LATIN_END) & ~clip
        capital = (tokens.points[start] <= ord("Z")) & (tokens.points[end - 1] <= ord("Z"))
        end = self._marked(tokens, end)
        end += clip | (~owned & abbreviated(tokens, word, last, end))
        shadowed = ~owned & (word == last) & np.isin(word, word[owned & (word == last)])
        place = tokens.offset(tokens.start[word])
        hits = Hits(start, end, name, skip, place, shadowed, word, last)
        hits = hits.take((hits.end - hits.word <= MAX_SPAN) & (~brief | capital))
        order = (hits.word << 16) | (MAX_SPAN - (hits.end - hits.word) << 4) | hits.skip
        return hits.take(np.argsort(order, kind="stable"))

    def _marked(self, tokens: Tokens, end: Indices) -> Indices:
        """Return the ends moved behind the vowel marks and tatweel that follow them."""
        if tokens.origin is None:
            return end
        end = end.copy()
        final = len(tokens.points) - 1
        for _ in range(MAX_SPAN):
            mark = self._table.code[tokens.points[np.minimum(end, final)]] == CharacterClass.MARK
            mark &= end <= final
            if not mark.any():
                break
            end[mark] += 1
        return end
