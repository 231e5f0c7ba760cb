"""How closely a mention is spelled like each place it may mean: عمّان is Amman, عُمان is Oman.

Folding makes both one name; what the writer did write, vowel signs and accents included, is
weighed here, between the few likeliest places of a mention.
"""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.gazetteer.store import Gazetteer
    from geo.resolve.resolution import Resolution

__all__ = ["by_spelling", "closeness"]

_WEIGHT = {False: 2.0, True: 10.0}
"""What the difference between an exact spelling and one with nothing in common weighs, by whether
the mention has a vowel sign or an accent: who writes one means it."""

_OPEN = 0.02
"""The share from which a runner-up may still win by its spelling."""

_HAMZAS = frozenset("\N{ARABIC MADDAH ABOVE}\N{ARABIC HAMZA ABOVE}\N{ARABIC HAMZA BELOW}")
_TATWEEL = "\N{ARABIC TATWEEL}"
REASON = "spelled like the name of the place"


def by_spelling(resolution: Resolution, written: str, gazetteer: Gazetteer) -> Resolution:
    """Return the resolution with its shares moved towards the places spelled as ``written``."""
    shares = resolution.probabilities
    if len(shares) < 2 or shares[1] < _OPEN:
        return resolution
    places = [gazetteer.place(row) for row in resolution.rows]
    close = [closeness(written, place.name, place.name_ar or "") for place in places]
    if min(close) == max(close):
        return resolution
    weight = _WEIGHT[_has_signs(written)]
    raised = [share * math.exp(weight * near) for share, near in zip(shares, close, strict=True)]
    scale = sum(shares) / sum(raised)
    order = sorted(range(len(raised)), key=lambda one: -raised[one])
    return resolution._replace(
        rows=tuple(resolution.rows[one] for one in order),
        probabilities=tuple(round(raised[one] * scale, 4) for one in order),
        why=resolution.why if order[0] == 0 else (REASON, *resolution.why),
    )


@lru_cache(maxsize=1 << 14)
def closeness(written: str, *names: str) -> float:
    """Return how alike a mention and the nearest of some names are spelled, 0 to 1.

    Vowel signs and accents count only where the mention has any: most writers leave them out.
    """
    from rapidfuzz.fuzz import ratio

    letters = unicodedata.normalize("NFD", written.replace(_TATWEEL, "")).casefold()
    marked = any(map(unicodedata.combining, letters))
    return max(ratio(letters, _comparable(name, marked=marked)) for name in names) / 100


def _has_signs(written: str) -> bool:
    """Say whether a mention has a vowel sign or an accent; a hamza is part of its letter."""
    letters = unicodedata.normalize("NFD", written)
    return any(unicodedata.combining(letter) and letter not in _HAMZAS for letter in letters)


def _comparable(name: str, *, marked: bool) -> str:
    letters = unicodedata.normalize("NFD", name).casefold()
    return letters if marked else "".join(c for c in letters if not unicodedata.combining(c))
