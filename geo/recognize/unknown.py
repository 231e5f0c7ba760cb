"""Names that the sentence reads as places and the gazetteer does not have: found, not placed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.lang.language import WordClass
from geo.recognize.stops import abbreviated
from geo.recognize.tagging.looks import ARABIC
from geo.text.tokens import among, mix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geo.recognize.reading import Reading

    Ints = NDArray[np.int64]

__all__ = ["unknown_names"]

_OPENING = np.uint32(
    int(WordClass.HEAD | WordClass.DIRECTION | WordClass.LOCATIVE | WordClass.KINSHIP)
)
"""Words that names begin with, known behind a clitic too: وأبو, بجبل."""

_IN_NAME = np.uint32(int(WordClass.HEAD_IN_NAME))
_MANY = np.uint32(int(WordClass.HEAD_MANY))

_APOSTROPHES = [ord(letter) for letter in "'\N{RIGHT SINGLE QUOTATION MARK}"]
_ENDS = 2
"""The gap where a sentence ends."""

_S = [ord(letter) for letter in "sS"]


def unknown_names(
    reading: Reading, names: tuple[Ints, Ints], mentions: tuple[Ints, Ints]
) -> tuple[Ints, Ints, Ints]:
    """Return article, start and end (characters of the block) of names outside the gazetteer.

    ``names`` are the first and last tokens of what reads like a name, ``mentions`` start and end of
    what was accepted. What shares a word with one of those or an outlet is left out, and what is
    just a hit that was not accepted.
    """
    first, last = names
    taken = np.zeros(len(reading.tokens) + 1, dtype=np.int64)
    taken[1:] = np.cumsum(_taken(reading, *mentions))
    free = taken[last + 1] == taken[first]
    hit = np.minimum(np.searchsorted(reading.first, first), max(len(reading) - 1, 0))
    if len(reading):
        free &= (reading.first[hit] != first) | (reading.last[hit] != last)
    first, last = first[free], last[free]
    noun = _behind_noun(reading, first) & (taken[first] == taken[first - 1])
    first = first - noun
    listed = (taken[first] > taken[first - 1]) | np.isin(first - 1, names[1])
    tokens = reading.tokens
    start = tokens.offset(tokens.start[first] + _clitics(reading, first, listed))
    end = tokens.offset(tokens.end[last] - 1) + 1
    owned = np.isin(tokens.points[np.maximum(end - 2, 0)], _APOSTROPHES)
    owned &= np.isin(tokens.points[end - 1], _S) & (end - start > 2)
    end = end - 2 * owned
    end = end + (~owned & abbreviated(tokens, first, last, end))
    return reading.token_article[first], start.astype(np.int64), end.astype(np.int64)


def _behind_noun(reading: Reading, first: Ints) -> NDArray[np.bool_]:
    """Return whether the noun of a facility stands before some names: مستشفى X, not X hospital."""
    before, letter = reading.classes[first - 1], reading.tokens.codes[reading.tokens.start[first]]
    noun = ((before & _IN_NAME) != 0) & ((before & _MANY) == 0) & (letter >= ARABIC[0])
    return np.asarray(noun & (reading.gap[first] == 0) & (first > 0))


def _taken(reading: Reading, start: Ints, end: Ints) -> NDArray[np.bool_]:
    """Return which tokens are in a mention or in the name of an outlet."""
    first = np.searchsorted(reading.token_end, start, side="right")
    last = np.searchsorted(reading.token_start, end, side="left") - 1
    spans = [*zip(first.tolist(), last.tolist(), strict=True)]
    taken = np.zeros(len(reading.tokens), dtype=bool)
    for one, other in (*spans, *reading.outlets, *reading.bearers):
        taken[one : other + 1] = True
    return taken


def _clitics(reading: Reading, first: Ints, listed: NDArray[np.bool_]) -> Ints:
    """Return the letters of the clitic on some tokens.

    What stands before an article is one, and so is what the rest of the article leaves out, and
    what joins a name to the one right before it: those are ``listed``.
    """
    opening = (reading.classes[first] & _OPENING) != 0
    letters = np.where(opening, reading.clitic_letters[first], 0).astype(np.int64)
    listed = listed & (reading.gap[first] < _ENDS)
    possible = [
        (number, count, certain or (bool(listed[number]) and joins))
        for number in np.flatnonzero(letters == 0).tolist()
        for count, certain, joins in _proclitics(reading, int(first[number]))
    ]
    number, count, certain = np.array(possible, dtype=np.int64).reshape(-1, 3).T
    tokens, token = reading.tokens, first[number]
    article = reading.token_article.astype(np.uint64)
    bare, written = mix(tokens.raw(token, head=count)) ^ article[token], tokens.hashes ^ article
    is_one = (certain != 0) | np.isin(bare, written[among(written, bare)])
    # Of several the first counts.
    letters[number[is_one][::-1]] = count[is_one][::-1]
    return letters


def _proclitics(reading: Reading, token: int) -> Iterator[tuple[int, bool, bool]]:
    """Yield how many first letters of a token may be clitics, whether they are, or only join."""
    tokens = reading.tokens
    word = tokens.codes[int(tokens.start[token]) : int(tokens.end[token])]
    spelled = "".join(map(chr, word.tolist()))
    for clitics in reading.clitics:
        for count, certain in clitics.proclitics(spelled):
            yield count, certain, spelled[:count] in set(clitics.conjunctions)
