"""Fit the weights of the tagger: a conditional random field by L-BFGS, one a script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.recognize.tagging.chain import BEGIN, INSIDE, OUTSIDE, TAGS, Chains, sums
from geo.recognize.tagging.features import BUCKETS, CLASSES, POST, REGISTERS, STEPS
from geo.recognize.tagging.tagger import Tagger, packed
from geo.recognize.weighing import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from geo.build.training_text import Text
    from geo.recognize.reading import Reading
    from geo.recognize.tagging.features import Features

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Tagged", "fit_tagger", "gold_tags", "untrained"]

_PENALTY = 2.0
"""The L2 penalty on a weight."""

_ROUNDS = 150
_NEVER = 20.0
"""A score by which every token is outside of names."""

_PLAIN = 1 + len(STEPS) * CLASSES


@dataclass(frozen=True, slots=True, eq=False)
class Tagged:
    """The features of some texts and the gold tag of each token."""

    features: Features
    tags: NDArray[np.int8]


def gold_tags(reading: Reading, texts: Sequence[Text]) -> NDArray[np.int8]:
    """Return the tag of each token by the spans of the texts, clitics counted in."""
    tags = np.zeros(len(reading.tokens), dtype=np.int8)
    begin = reading.token_start
    end = reading.tokens.offset(reading.tokens.end - 1) + 1
    for offset, text in zip(reading.offsets.tolist(), texts, strict=True):
        for low, high in text.spans:
            first = int(np.searchsorted(end, offset + low, side="right"))
            last = int(np.searchsorted(begin, offset + high, side="left"))
            tags[first:last] = INSIDE
            tags[first : min(first + 1, last)] = BEGIN
    return tags


def fit_tagger(parts: Sequence[Tagged]) -> Tagger:
    """Return the tagger that makes the gold tags likeliest."""
    tables = [_fit(parts, script) for script in range(len(SCRIPTS))]
    words, ends, plain, transitions = (np.stack(column) for column in zip(*tables, strict=True))
    return Tagger(
        words=packed(words),
        parts=packed(ends),
        bias=plain[:, :, 0].astype(np.float32),
        classes=plain[:, :, 1:]
        .reshape(len(SCRIPTS), len(REGISTERS), len(STEPS), CLASSES, len(TAGS))
        .astype(np.float32),
        transitions=transitions.astype(np.float32),
    )


def untrained(_: Sequence[Tagged] = ()) -> Tagger:
    """Return, in the place of `fit_tagger`, a tagger that finds no name anywhere."""
    rows = (len(SCRIPTS), len(REGISTERS))
    bias = np.zeros((*rows, len(TAGS)), dtype=np.float32)
    bias[..., OUTSIDE] = _NEVER
    return Tagger(
        words=packed(np.zeros((*rows, BUCKETS, len(TAGS)))),
        parts=packed(np.zeros((len(SCRIPTS), BUCKETS, len(TAGS)))),
        bias=bias,
        classes=np.zeros((*rows, len(STEPS), CLASSES, len(TAGS)), dtype=np.float32),
        transitions=np.zeros((len(SCRIPTS), len(TAGS), len(TAGS)), dtype=np.float32),
    )


def _fit(parts: Sequence[Tagged], script: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the weights of words (registers, buckets, tags), parts, classes and transitions."""
    from scipy.optimize import minimize

    pieces = [(part, _script_sentences(part.features, script)) for part in parts]
    matrix = _matrix(pieces)
    gold = np.concatenate([part.tags[own.tokens()] for part, own in pieces]).astype(np.intp)
    length = np.concatenate([own.length for _, own in pieces])
    order = np.argsort(-length, kind="stable")
    sentences = Chains((np.cumsum(length) - length)[order], length[order])
    met = np.flatnonzero(matrix.getnnz(axis=0))
    objective = _Objective(matrix[:, met], gold, sentences)
    found = minimize(
        objective,
        np.zeros(objective.size),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": _ROUNDS},
    )
    learned, transitions = objective.split(found.x)
    weights = np.zeros((matrix.shape[1], len(TAGS)))
    weights[met] = learned
    hashed = weights[: 3 * BUCKETS].reshape(3, BUCKETS, len(TAGS))
    plain = weights[3 * BUCKETS :].reshape(2, _PLAIN, len(TAGS))
    words = np.stack([hashed[0], hashed[0] + hashed[2]])
    return words, hashed[1], np.stack([plain[0], plain.sum(axis=0)]), transitions


def _script_sentences(features: Features, script: int) -> Chains:
    chosen = features.script[features.sentences.first] == script
    return Chains(features.sentences.first[chosen], features.sentences.length[chosen])


def _matrix(pieces: Sequence[tuple[Tagged, Chains]]) -> csr_matrix:
    """Return the features of the tokens, sentence by sentence, one row a token.

    Columns: buckets of words, of parts, and of words once more for posts, so that what is different
    there is learned on top of what is not; then the classes, likewise.
    """
    from scipy.sparse import csr_matrix, hstack, vstack

    blocks = []
    for part, own in pieces:
        seen, tokens = part.features, own.tokens()
        words, posted = seen.words[tokens], seen.register[tokens] == POST
        columns = np.concatenate([words, seen.parts[tokens] + BUCKETS, words + 2 * BUCKETS], axis=1)
        present = np.ones(columns.shape, dtype=bool)
        present[~posted, -words.shape[1] :] = False
        rows = np.r_[0, np.cumsum(present.sum(axis=1))]
        ones = np.ones(rows[-1], np.float32)
        hashed = csr_matrix((ones, columns[present], rows), shape=(len(tokens), 3 * BUCKETS))
        classes = seen.masks[seen.classes[tokens]].reshape(len(tokens), len(STEPS) * CLASSES)
        plain = np.concatenate([np.ones((len(tokens), 1), bool), classes], axis=1)
        both = np.concatenate([plain, plain & posted[:, None]], axis=1)
        blocks.append(hstack([hashed, csr_matrix(both.astype(np.float32))]))
    return vstack(blocks, format="csr")


class _Objective:
    """The penalised negative log-likelihood of the gold tags and its gradient."""

    def __init__(self, matrix: csr_matrix, gold: Ints, sentences: Chains) -> None:
        self._matrix, self._transposed = matrix, matrix.T.tocsr()
        self._gold, self._sentences = gold, sentences
        self._one_hot = np.eye(len(TAGS))[gold]
        follows = np.ones(len(gold), dtype=bool)
        follows[sentences.last] = False
        self._before = np.flatnonzero(follows)
        pair = (gold[self._before], gold[self._before + 1])
        self._pairs = np.zeros((len(TAGS), len(TAGS)))
        np.add.at(self._pairs, pair, 1)
        self.size = (matrix.shape[1] + len(TAGS)) * len(TAGS)

    def split(self, values: Floats) -> tuple[Floats, Floats]:
        """Return the weights of the features and of the transitions."""
        table = values.reshape(-1, len(TAGS))
        return table[: -len(TAGS)], table[-len(TAGS) :]

    def __call__(self, values: Floats) -> tuple[float, Floats]:
        weights, transitions = self.split(values)
        scores = np.asarray(self._matrix @ weights.astype(np.float32), dtype=np.float64)
        found = sums(scores, transitions, self._sentences)
        at = self._before
        ahead = found.odds[at + 1] * found.backward[at + 1] / found.scale[at + 1][:, None]
        likely = found.forward[at].T @ ahead * np.exp(transitions)
        likely[OUTSIDE, INSIDE] = 0
        right = (scores * self._one_hot).sum() + (self._pairs * transitions).sum()
        total = (np.log(found.scale) + scores.max(axis=1)).sum()
        surplus = (found.marginals - self._one_hot).astype(np.float32)
        gradient = np.concatenate([self._transposed @ surplus, likely - self._pairs])
        loss = total - right + _PENALTY / 2 * (values @ values)
        return float(loss), gradient.ravel() + _PENALTY * values
