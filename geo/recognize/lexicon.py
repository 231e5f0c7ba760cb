"""The words of every language by the hash of their token, so that a text is classified at once."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.gazetteer.index import name_keys
from geo.model import KINDS
from geo.recognize.phrases import Phrases
from geo.text.folding import BREAK
from geo.text.tokens import among

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from geo.lang import Language
    from geo.lang.language import WordClass
    from geo.text.tokens import Tokeniser, Tokens

__all__ = ["Lexicon"]

_BITS = 16
_SHIFT = np.uint64(64 - _BITS)
"""Words are found by the first bits of their hash, then among the few that share them."""

_NO_HASH = (1 << 64) - 1

_SIGNATURE = 3
"""Words of an outlet's name that may stand before the one that tells it for an outlet."""

_SPACE = ord(" ")
_PARTED = frozenset(map(ord, "/(-–—|:\n"))
"""What parts the outlet that signs an article from it."""


class Lexicon:
    """Says what each token of a text is good for.

    Words are also known behind every proclitic of their language (وقالت, بمدينة), so the classes
    of a token are those of all its readings.
    """

    def __init__(self, languages: Sequence[Language], tokeniser: Tokeniser) -> None:
        parts: list[tuple[NDArray[Any], ...]] = []
        outlets: list[str] = []
        bearers: list[str] = []
        for language in languages:
            entries = list(language.entries())
            outlets += [word for word, _, _ in entries if " " in word]
            bearers += _forms(tokeniser.table.fold_many(sorted(language.bearers)), language)[0]
            entries = [entry for entry in entries if " " not in entry[0]]
            folded = tokeniser.table.fold_many(word for word, _, _ in entries)
            forms, owner = _forms(folded, language)
            columns = (
                _hashes(forms, tokeniser),
                np.array([word_class.value for _, word_class, _ in entries], np.uint32)[owner],
                np.array([_kind_bit(kind) for _, _, kind in entries], np.uint32)[owner],
                np.fromiter(map(len, forms), np.int64) - np.array([*map(len, folded)])[owner],
            )
            parts.append(columns)
        hashes, classes, kinds, letters = map(np.concatenate, zip(*parts, strict=True))
        distinct, which = np.unique(hashes, return_inverse=True)
        # A last row stands behind all words, so that a search need not look for its end.
        self._hashes = np.append(distinct, np.uint64(_NO_HASH))
        cell = (distinct >> _SHIFT).astype(np.intp)
        count = np.bincount(cell, minlength=1 << _BITS)
        self._first, self._most = np.cumsum(count) - count, int(count.max())
        self._classes, self._kinds = np.zeros((2, len(self._hashes)), np.uint32)
        np.bitwise_or.at(self._classes, which, classes)
        np.bitwise_or.at(self._kinds, which, kinds)
        self._clitics = np.full(len(self._hashes), letters.max(initial=0), np.uint8)
        np.minimum.at(self._clitics, which, letters.astype(np.uint8))
        self._clitics[-1] = 0
        self._outlets = Phrases(_each(outlets, tokeniser))
        self._bearers = Phrases(_each(bearers, tokeniser))
        tails = [word for tongue in languages for word in tongue.outlet_tails]
        self._tails = tokeniser.tokens(BREAK.join(tails)).hashes
        articles = [word for tongue in languages for word in tongue.articles]
        self._articles = tokeniser.tokens(BREAK.join(articles)).hashes
        words = sorted({(w, c.value) for tongue in languages for w, c in _named(tongue)})
        keys = name_keys([word for word, _ in words], tokeniser).key
        self._names: defaultdict[int, int] = defaultdict(int)
        for (_, bits), key in zip(words, keys.tolist(), strict=True):
            self._names[key] |= bits

    def classify(
        self, tokens: Tokens
    ) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint8]]:
        """Return what is known of each token, 0 for words that are not.

        Columns: the bits of its `WordClass`, those of the kinds it announces, and the letters of
        its clitic.
        """
        at = self._first.take(tokens.hashes >> _SHIFT)
        for _ in range(self._most):
            at += self._hashes.take(at) < tokens.hashes
        at[self._hashes.take(at) != tokens.hashes] = len(self._hashes) - 1
        return self._classes.take(at), self._kinds.take(at), self._clitics.take(at)

    def names(self, keys: NDArray[np.uint64]) -> NDArray[np.uint32]:
        """Return the bits of the `WordClass` of whole names, given by their index keys."""
        found = (self._names.get(key, 0) if key else 0 for key in keys.tolist())
        return np.fromiter(found, dtype=np.uint32, count=len(keys))

    def articles(self, tokens: Tokens) -> NDArray[np.intp]:
        """Return the tokens that may be the article of a name from another language: al, ash."""
        return among(tokens.hashes, self._articles)

    def outlets(self, tokens: Tokens) -> Iterator[tuple[int, int]]:
        """Yield the names of news outlets of several words, as (first, last) tokens."""
        return self._outlets.find(tokens)

    def bearers(self, tokens: Tokens) -> Iterator[tuple[int, int]]:
        """Yield the names of other things that bear a place's name, as (first, last) tokens."""
        return self._bearers.find(tokens)

    def signatures(self, tokens: Tokens, opening: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
        """Yield the outlets that sign articles (درعا 24 –, Baghdad Post:), as (first, last) tokens.

        ``opening`` are the tokens that open articles.
        """
        for length in range(1, _SIGNATURE + 1):
            first = opening[opening + length < len(tokens)]
            tail = np.isin(tokens.hashes[first + length], self._tails)
            for begin in first[tail].tolist():
                if _is_parted(tokens, begin, begin + length):
                    yield begin, begin + length


def _is_parted(tokens: Tokens, first: int, last: int) -> bool:
    """Say whether a dash, bracket, colon or line end stands behind some tokens, and none within."""
    start, end = tokens.offset(np.array([tokens.start[first], tokens.end[last] - 1])).tolist()
    within, behind = (
        tokens.points[low:high].tolist() for low, high in ((start, end), (end + 1, end + 3))
    )
    after = [point for point in behind if point != _SPACE]
    return bool(after) and after[0] in _PARTED and _PARTED.isdisjoint(within)


def _named(language: Language) -> Iterator[tuple[str, WordClass]]:
    """Yield words that may be names with their classes, head nouns with the article too."""
    article = language.clitics.article if language.clitics else ""
    for word, classes, kind in language.entries():
        yield word, classes
        if kind and article and not word.startswith(article):
            yield article + word, classes


def _each(phrases: Sequence[str], tokeniser: Tokeniser) -> list[list[int]]:
    """Return the hashes of the tokens of each phrase."""
    tokens, bounds = tokeniser.tokens_of(phrases)
    hashes = tokens.hashes.tolist()
    return [hashes[first:last] for first, last in pairwise(bounds.tolist())]


def _forms(folded: Sequence[str], language: Language) -> tuple[list[str], NDArray[np.intp]]:
    """Return folded words alone and behind each clitic of their language, and which each is of."""
    if language.clitics is None:
        return list(folded), np.arange(len(folded))
    # All but an article look the same behind a clitic: those are made clitic by clitic.
    clitics = language.clitics.attached("")
    forms = [clitic + word for clitic in clitics for word in folded]
    owner = [*range(len(folded))] * len(clitics)
    for number, word in enumerate(folded):
        if word.startswith(language.clitics.article):
            attached = language.clitics.attached(word)
            forms += attached
            owner += [number] * len(attached)
    return forms, np.array(owner)


def _kind_bit(kind: str | None) -> int:
    return 1 << KINDS.index(kind) if kind else 0


def _hashes(forms: Sequence[str], tokeniser: Tokeniser) -> NDArray[np.uint64]:
    tokens = tokeniser.tokens(BREAK.join(forms))
    if len(tokens) != len(forms):
        several = [form for form in forms if len(tokeniser.tokens(form)) != 1]
        raise ValueError(f"not single words: {several[:5]}")
    return tokens.hashes
