"""Fit what tells the ground from who acts there, on the texts of ``lessons/uses``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.recognize.uses import BUCKETS, COLUMNS, buckets, columns, no_uses
from geo.recognize.weighing import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.build.training_text import Text
    from geo.recognize.reader import Reader
    from geo.recognize.reading import Reading
    from geo.recognize.uses import Uses

__all__ = ["fit_uses", "says_uses", "taught"]

_ASSOCIATIVE = "associative"
"""What stands behind the bar of a toponym that means who acts there."""

_STRENGTH = 1.0
"""Inverse of the L2 penalty."""


def says_uses(texts: Sequence[Text]) -> bool:
    """Return whether some texts tell the uses of their toponyms."""
    return any(_ASSOCIATIVE in text.places for text in texts)


def fit_uses(reader: Reader, texts: Sequence[Text]) -> Uses:
    """Return the weights that tell best which toponyms of some texts are used associatively."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    reading, which, associative = taught(reader, texts)
    uses = no_uses(len(SCRIPTS))
    for script in range(len(SCRIPTS)):
        chosen = reading.script[which] == script
        hits, truth = which[chosen], associative[chosen]
        if len(set(truth.tolist())) < 2:
            continue
        hashed = buckets(reading, hits)
        rows = np.repeat(np.arange(len(hits)), hashed.shape[1])
        words = csr_matrix(
            (np.ones(hashed.size), (rows, hashed.ravel())), shape=(len(hits), BUCKETS)
        )
        told = csr_matrix(columns(reading, hits))
        model = LogisticRegression(C=_STRENGTH, max_iter=3000, fit_intercept=False)
        model.fit(hstack([told, words[:, :-1]], format="csr"), truth)
        uses.plain[script] = model.coef_[0, : len(COLUMNS)]
        uses.lexical[script, :-1] = model.coef_[0, len(COLUMNS) :]
    return uses


def taught(
    reader: Reader, texts: Sequence[Text]
) -> tuple[Reading, NDArray[np.int64], NDArray[np.bool_]]:
    """Return a reading of some texts, its hits that are toponyms, and which are associative."""
    reading = reader.read([text.text for text in texts])
    offset = reading.offsets[reading.article]
    edges = (reading.article, reading.start - offset, reading.end - offset)
    gold = {
        (number, *span): use == _ASSOCIATIVE
        for number, text in enumerate(texts)
        for span, use in zip(text.spans, text.places, strict=True)
    }
    told = [gold.get(hit) for hit in zip(*(column.tolist() for column in edges), strict=True)]
    which = [number for number, use in enumerate(told) if use is not None]
    associative = [use for use in told if use is not None]
    return reading, np.array(which, dtype=np.int64), np.array(associative, dtype=bool)
