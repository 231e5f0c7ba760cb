"""Fit what tells the ground from who acts there, on the texts of ``lessons/uses``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.build.logistic import fit_logistic
from geo.recognize.uses import BUCKETS, buckets, columns, no_uses
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
    reading, which, associative = taught(reader, texts)
    uses = no_uses(len(SCRIPTS))
    for script in range(len(SCRIPTS)):
        chosen = reading.script[which] == script
        hits, truth = which[chosen], associative[chosen]
        if len(set(truth.tolist())) < 2:
            continue
        uses.plain[script], uses.lexical[script] = fit_logistic(
            columns(reading, hits).astype(np.float64),
            buckets(reading, hits),
            truth,
            buckets=BUCKETS,
            strength=_STRENGTH,
        )
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
