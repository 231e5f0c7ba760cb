"""The tagger: learned weights, packed small, that say how likely each token is part of a name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from geo.recognize.tagging.chain import BEGIN, INSIDE, OUTSIDE, TAGS, chains, sums
from geo.recognize.tagging.features import (
    BUCKETS,
    CLASSES,
    LOOK_SLOTS,
    REGISTERS,
    STEPS,
    WORD_SLOTS,
    View,
    buckets,
    joint_slots,
    looks_alone,
    words_alone,
)
from geo.recognize.tagging.lone import LANES, Lone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from geo.recognize.reading import Reading
    from geo.recognize.tagging.chain import Chains
    from geo.recognize.tagging.features import Features

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Tagger", "Tags", "packed"]

_STEP = 1 / 24
"""What one step of a stored weight is worth."""

_KIND = np.uint64(0x9E3779B97F4A7C15)
"""Sets a word in texts of one script and register apart from the same word in others."""

_LEAST = 1e-9
_READS = 0.4
"""The probability from which a token is taken to begin a name, or to go on with one."""


@dataclass(frozen=True)
class Tags:
    """The probability of each tag of each token, shape (tokens, tags)."""

    marginals: Floats

    @cached_property
    def _goes_on(self) -> Floats:
        """The probability that a name which the token before is in goes on, one entry longer."""
        inside = self.marginals[:, INSIDE]
        before = np.maximum(1 - self.marginals[:-1, OUTSIDE], _LEAST)
        return np.concatenate([[0.0], np.clip(inside[1:] / before, 0, 1), [0.0]])

    def exact(self, first: Ints, last: Ints) -> Floats:
        """Return the probability that a name is exactly the tokens ``first`` to ``last``."""
        on = np.cumsum(np.log(np.maximum(self._goes_on, _LEAST)))
        begins = self.marginals[first, BEGIN]
        return np.asarray(begins * np.exp(on[last] - on[first]) * (1 - self._goes_on[last + 1]))

    def longer(self, first: Ints, last: Ints) -> Floats:
        """Return the probability that the tokens are in a name that begins before or goes on."""
        after = self._goes_on[last + 1] * (1 - self.marginals[last, OUTSIDE])
        return np.asarray(np.maximum(self.marginals[first, INSIDE], after))

    def names(self) -> tuple[Ints, Ints]:
        """Return the first and last tokens of what reads like names, in order."""
        begins = self.marginals[:, BEGIN] > _READS
        runs_on = (self._goes_on[1:-1] > _READS) & ~begins[1:]
        first = np.flatnonzero(begins)
        ends = np.append(np.flatnonzero(~runs_on), len(begins) - 1)
        return first, ends[np.searchsorted(ends, first)]


@dataclass(frozen=True)
class Tagger:
    """Weights of a linear chain, one set a script.

    ``words`` has the shape (scripts, registers, buckets, 4), ``parts`` (scripts, buckets, 4), both
    int8; ``classes`` (scripts, registers, steps, classes, tags), ``bias`` (scripts, registers,
    tags) and ``transitions`` (scripts, tags, tags).
    """

    words: NDArray[np.int8]
    parts: NDArray[np.int8]
    classes: NDArray[np.float32]
    bias: NDArray[np.float32]
    transitions: NDArray[np.float32]

    def tag(self, reading: Reading) -> Tags:
        """Return the tags of the tokens of a reading: what `weigh` makes of its features.

        What words and looks weigh by themselves is remembered from text to text.
        """
        view = View(reading)
        kind = view.script * len(REGISTERS) + view.register
        apart = kind.astype(np.uint64) * _KIND
        total = np.zeros((len(kind), LANES), dtype=np.int16)
        words, looks = partial(words_alone, view.tokens), partial(looks_alone, view.looks)
        self._of_words.add(total, view, kind, view.tokens.hashes + apart, words)
        self._of_looks.add(total, view, kind, view.looks.keys() + apart, looks)
        first = kind * BUCKETS
        for number, values in joint_slots(view):
            total += self._rows.take(buckets(values, number) + first, axis=0)
        scores = self._scores(total, view.classes(), view.masks, kind)
        return self._tags(scores, view.script, chains(reading.opens_sentence))

    def weigh(self, seen: Features) -> Tags:
        """Return the tags of tokens whose features were taken already."""
        kind = seen.script * len(REGISTERS) + seen.register
        parts = self._kinds * BUCKETS + seen.script * BUCKETS
        steps = _sum(self._rows, seen.words, kind * BUCKETS) + _sum(self._rows, seen.parts, parts)
        scores = self._scores(steps, seen.classes.T, seen.masks, kind)
        return self._tags(scores, seen.script, seen.sentences)

    def _scores(
        self,
        steps: NDArray[np.int16],
        classes: Iterable[Ints],
        masks: NDArray[np.bool_],
        kind: Ints,
    ) -> Floats:
        """Return the score of each tag of each token, shape (tokens, tags)."""
        scores: Floats = steps * np.float64(_STEP)
        scores += _lanes(self.bias.reshape(-1, len(TAGS))).take(kind, axis=0)
        weights = _lanes(self.classes.reshape(-1, len(STEPS), CLASSES, len(TAGS)))
        # As wide as the scores: adding numbers of two sizes takes twice as long.
        of_mask = np.einsum("mc,ksct->skmt", masks.astype(np.float32), weights).astype(np.float64)
        row = kind * len(masks)
        for table, number in zip(of_mask, classes, strict=True):
            scores += table.reshape(-1, LANES).take(row + number, axis=0)
        return scores[:, : len(TAGS)]

    def _tags(self, scores: Floats, script: Ints, sentences: Chains) -> Tags:
        transitions = self.transitions[script[sentences.first]].astype(np.float64)
        return Tags(sums(scores, transitions, sentences).marginals)

    @cached_property
    def _of_words(self) -> Lone:
        return Lone(WORD_SLOTS, self._rows, kinds=self._kinds)

    @cached_property
    def _of_looks(self) -> Lone:
        return Lone(LOOK_SLOTS, self._rows, kinds=self._kinds)

    @property
    def _kinds(self) -> int:
        """How many tables of words there are, one a script and register."""
        return self.bias.size // len(TAGS)

    @cached_property
    def _rows(self) -> NDArray[np.int16]:
        """The rows of ``words``, then those of ``parts``, wide enough for sums of them."""
        rows = [table.reshape(-1, LANES) for table in (self.words, self.parts)]
        return np.concatenate(rows, dtype=np.int16)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return the arrays to store, by name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def packed(weights: Floats) -> NDArray[np.int8]:
    """Return weights of shape (…, tags) in steps, one byte each and a spare one a row."""
    steps = np.zeros((*weights.shape[:-1], LANES), dtype=np.int8)
    steps[..., : len(TAGS)] = np.clip(np.round(weights / _STEP), -127, 127)
    return steps


def _lanes(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return weights of shape (…, tags) with a spare one a row."""
    return np.concatenate([weights, np.zeros_like(weights[..., :1])], axis=-1)


def _sum(table: NDArray[np.int16], rows: Ints, first: Ints) -> NDArray[np.int16]:
    """Return the sum of some rows of a table for each token, shape (tokens, 4).

    ``rows`` count from ``first`` on, the row where what is meant for the token begins.
    """
    total = np.zeros((len(rows), LANES), dtype=np.int16)
    for slot in rows.T:
        total += table.take(slot + first, axis=0)
    return total
