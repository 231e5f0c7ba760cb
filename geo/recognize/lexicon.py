"""The words of every language by the hash of their token, so that a text is classified at once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from geo.gazetteer.index import name_keys
from geo.model import KINDS
from geo.text.folding import BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from geo.lang import Language
    from geo.text.tokens import Tokeniser, Tokens

__all__ = ["Lexicon"]

_BITS = 16
_SHIFT = np.uint64(64 - _BITS)
"""Words are found by the first bits of their hash, then among the few that share them."""

_NO_HASH = (1 << 64) - 1


class Lexicon:
    """Says what each token of a text is good for.

    Words are also known behind every proclitic of their language (وقالت, بمدينة), so the classes
    of a token are those of all its readings.
    """

    def __init__(self, languages: Sequence[Language], tokeniser: Tokeniser) -> None:
        classes: defaultdict[str, int] = defaultdict(int)
        kinds: defaultdict[str, int] = defaultdict(int)
        clitics: dict[str, int] = {}
        phrases = []
        for language in languages:
            entries = list(language.entries())
            folded = tokeniser.table.fold_many(word for word, _, _ in entries)
            for spelling, (word, word_class, kind) in zip(folded, entries, strict=True):
                if " " in word:
                    phrases.append(word)
                    continue
                bits, kind_bit = word_class.value, 1 << KINDS.index(kind) if kind else 0
                for form, letters in _forms(spelling, language):
                    classes[form] |= bits
                    kinds[form] |= kind_bit
                    clitics[form] = min(letters, clitics.get(form, letters))
        forms = sorted(classes)
        hashes = _hashes(forms, tokeniser)
        order = np.argsort(hashes)
        # A last row stands behind all words, so that a search need not look for its end.
        self._hashes = np.append(hashes[order], np.uint64(_NO_HASH))
        cell = hashes[order] >> _SHIFT
        self._first = np.searchsorted(cell, np.arange(1 << _BITS, dtype=np.uint64))
        self._most = int(np.bincount(cell.astype(np.intp), minlength=1).max())
        columns = ((classes, np.uint32), (kinds, np.uint32), (clitics, np.uint8))
        self._classes, self._kinds, self._clitics = (
            np.array([*map(column.__getitem__, forms), 0], dtype=kind)[np.append(order, len(order))]
            for column, kind in columns
        )
        self._phrases: defaultdict[int, list[NDArray[np.uint64]]] = defaultdict(list)
        for phrase in phrases:
            spelled = tokeniser.tokens(phrase).hashes
            self._phrases[int(spelled[0])].append(spelled)
        self._openers = np.array(sorted(self._phrases), dtype=np.uint64)
        words = sorted({(w, c.value) for tongue in languages for w, c, _ in tongue.entries()})
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

    def outlets(self, tokens: Tokens) -> Iterator[tuple[int, int]]:
        """Yield the names of news outlets of several words, as (first, last) tokens."""
        for first in np.flatnonzero(np.isin(tokens.hashes, self._openers)).tolist():
            for phrase in self._phrases[int(tokens.hashes[first])]:
                last = first + len(phrase) - 1
                if np.array_equal(tokens.hashes[first : last + 1], phrase):
                    yield first, last


def _forms(folded: str, language: Language) -> list[tuple[str, int]]:
    """Return a folded word alone and behind each clitic of its language, with its letters."""
    if language.clitics is None:
        return [(folded, 0)]
    return [(form, len(form) - len(folded)) for form in language.clitics.attached(folded)]


def _hashes(forms: Sequence[str], tokeniser: Tokeniser) -> NDArray[np.uint64]:
    tokens = tokeniser.tokens(BREAK.join(forms))
    if len(tokens) != len(forms):
        several = [form for form in forms if len(tokeniser.tokens(form)) != 1]
        raise ValueError(f"not single words: {several[:5]}")
    return tokens.hashes
