"""Finding places by a name that no table spells that way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["alike"]

_LEAST = 72.0
"""Likeness (0 to 100) of folded names under which they are two names."""

_ROUGHLY = 55.0
_COMPARED = 300
"""Likeness of names as written, and how many so alike are folded and compared again."""


_ARTICLE = re.compile(
    "^(?:al|ad|an|ar|as|ash|at|az|el) |^\N{ARABIC LETTER ALEF}\N{ARABIC LETTER LAM}(?=...)"
)


def _bare(name: str) -> str:
    """Return a name folded and without its article: Zabadani and Al-Zabadani are alike."""
    return _ARTICLE.sub("", fold(name))


def alike(
    name: str, columns: Sequence[Sequence[str]], people: NDArray[np.int64]
) -> list[tuple[int, float]]:
    """Return the rows whose names are most like ``name`` with the likeness, the best first.

    ``columns`` hold a name a row, ``people`` the population of each row, which ranks names equally
    alike. The likeness is 0 to 1: letters changed, left out and added once both are folded. Every
    name is gone through, half a second for a quarter of a million.
    """
    from rapidfuzz import fuzz, process

    wanted = _bare(name)
    if not wanted:
        return []
    best: dict[int, float] = {}
    for column in columns:
        written = [each.partition(" (")[0] for each in "\n".join(column).casefold().split("\n")]
        rough = process.extract(
            name.casefold(), written, scorer=fuzz.ratio, score_cutoff=_ROUGHLY, limit=_COMPARED
        )
        for _, _, row in rough:
            likeness = fuzz.ratio(wanted, _bare(written[row]))
            if likeness >= _LEAST:
                best[row] = max(likeness, best.get(row, 0.0))
    ranked = sorted(best.items(), key=lambda item: (-item[1], -int(people[item[0]]), item[0]))
    return [(row, round(likeness / 100, 3)) for row, likeness in ranked]
