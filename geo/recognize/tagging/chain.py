"""A linear chain over the tokens of sentences: forward and backward sums, many sentences at once.

Scores are log-potentials. Sentences are sorted by length, so that step ``t`` of all that are longer
than ``t`` tokens is one operation on arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["BEGIN", "INSIDE", "OUTSIDE", "TAGS", "Chains", "Sums", "chains", "sums"]

OUTSIDE, BEGIN, INSIDE = TAGS = range(3)
"""The tags of a token: no part of a name, its first token, a later one."""

_LONGEST = 120
"""Tokens after which a sentence is cut: some texts have no full stops."""


@dataclass(frozen=True, slots=True)
class Chains:
    """Sentences as first token and number of tokens, the longest first."""

    first: Ints
    length: Ints

    @property
    def last(self) -> Ints:
        """The last token of each sentence."""
        return self.first + self.length - 1

    def tokens(self) -> Ints:
        """Return the tokens of all sentences, one sentence after the other."""
        ends = np.cumsum(self.length)
        return np.repeat(self.first - ends + self.length, self.length) + np.arange(
            int(self.length.sum())
        )

    def active(self) -> Ints:
        """Return how many sentences have a token at each step."""
        steps = np.arange(int(self.length[0]) if len(self.length) else 0)
        return np.searchsorted(-self.length, -steps, side="left")


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over all taggings of each sentence, scaled so that nothing vanishes.

    ``forward`` and ``backward`` have the shape (tokens, tags); their product is the probability of
    each tag of each token. ``odds`` are the exponentials of the scores over their token's highest,
    ``scale`` what each token's forward sum was divided by.
    """

    forward: Floats
    backward: Floats
    odds: Floats
    scale: Floats

    @property
    def marginals(self) -> Floats:
        """The probability of each tag of each token, shape (tokens, tags)."""
        return self.forward * self.backward


def chains(breaks: NDArray[np.bool_]) -> Chains:
    """Return the sentences of a text, given whether one begins at each token (the first does)."""
    edges = np.append(np.flatnonzero(breaks), len(breaks))
    length = np.diff(edges)
    pieces = -(-length // _LONGEST)
    owner = np.repeat(np.arange(len(length)), pieces)
    piece = np.arange(len(owner)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    first = edges[:-1][owner] + piece * _LONGEST
    size = np.minimum(length[owner] - piece * _LONGEST, _LONGEST)
    order = np.argsort(-size, kind="stable")
    return Chains(first[order], size[order])


def sums(scores: Floats, transitions: Floats, sentences: Chains) -> Sums:
    """Return the forward and backward sums.

    Parameters
    ----------
    scores
        Of each tag of each token, shape (tokens, tags).
    transitions
        Of each tag (last axis) after each other, shape (tags, tags), or (sentences, tags, tags).
    """
    active, first = sentences.active(), sentences.first
    edges = np.append(0, np.cumsum(active))
    # Step after step in memory, so that each step is one stretch; tags in rows.
    order = first[np.arange(edges[-1]) - np.repeat(edges[:-1], active)]
    order += np.repeat(np.arange(len(active)), active)
    follows = np.exp(np.broadcast_to(transitions, (len(first), len(TAGS), len(TAGS))))
    follows = np.ascontiguousarray(follows.transpose(1, 2, 0))
    follows[OUTSIDE, INSIDE] = 0
    # Tags as rows: the highest of three numbers for each token is slow to find within a row.
    rows = np.ascontiguousarray(scores.T)
    odds = np.exp(rows - reduce(np.maximum, rows)).take(order, axis=1)
    odds[INSIDE, : len(first)] = 0
    forward, backward, scale = odds.copy(), np.ones_like(odds), np.ones(len(order))
    steps = [slice(*edge) for edge in pairwise(edges.tolist())]
    for number, (here, count) in enumerate(zip(steps, active.tolist(), strict=True)):
        now = forward[:, here]
        if number:
            before = forward[:, steps[number - 1]][:, None, :count]
            now *= (before * follows[:, :, :count]).sum(axis=0)
        scale[here] = now.sum(axis=0)
        now /= scale[here]
    ahead = odds / scale
    for number in range(len(steps) - 1, 0, -1):
        here, count = steps[number], int(active[number])
        after = ahead[:, here] * backward[:, here]
        before = backward[:, steps[number - 1]][:, :count]
        before[:] = (after * follows[:, :, :count]).sum(axis=1)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    forward, backward, odds = (every.take(place, axis=1).T for every in (forward, backward, odds))
    return Sums(forward, backward, odds, scale.take(place))
