"""Which colour each value of a column gets, and what the legend says of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["PLAIN", "Shades", "shades"]

# Told apart by readers who see red and green alike, and dark enough for a white sign on top.
_APART = (
    "#0072b2",
    "#b35900",
    "#00795c",
    "#a3296b",
    "#7a5c00",
    "#6d3fa3",
    "#b3261e",
    "#26415c",
)
_RISING = ("#7c9db8", "#5288b5", "#2f6b9e", "#174f83", "#0a3361")
_REST = "#5b6572"
PLAIN = "#0a5c7d"
"""The one colour of sites that no column colours."""

_OTHER = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shades:
    """For each value the index of its colour, or None; the colours; and a text for each colour."""

    of: tuple[int | None, ...]
    colours: tuple[str, ...]
    texts: tuple[str, ...]


def shades(values: Sequence[float | str | None]) -> Shades:
    """Return the shades of a column: steps of equal width for numbers, a colour each for the rest.

    The eight values that come up most often have colours of their own; all others share one. None
    has no colour.
    """
    numbers = [value for value in values if isinstance(value, float)]
    if numbers and len(numbers) == sum(value is not None for value in values):
        return _steps(numbers, values)
    return _groups([None if value is None else str(value) for value in values])


def _steps(numbers: Sequence[float], values: Sequence[object]) -> Shades:
    low, high = min(numbers), max(numbers)
    # Halves, since the whole way between two numbers may be more than a number can hold.
    width = (high / 2 - low / 2) / (len(_RISING) / 2)
    colours = _RISING if width else _RISING[-1:]
    last = len(colours) - 1

    def step(value: object) -> int | None:
        if not isinstance(value, float):
            return None
        # The way from the lowest may be endless to a computer, but is no more than the last step.
        return int(min(last, (value - low) / width)) if width else 0

    edges = [low + width * index for index in range(last + 1)] + [high]
    texts = [
        f"{one:.4g} – {other:.4g}" if width else f"{one:.4g}" for one, other in pairwise(edges)
    ]
    return Shades(of=tuple(map(step, values)), colours=colours, texts=tuple(texts))


def _groups(values: Sequence[str | None]) -> Shades:
    counts = Counter(value for value in values if value is not None)
    texts = sorted(counts, key=lambda value: (-counts[value], value))
    own = texts[: len(_APART)]
    at = {text: min(index, len(_APART)) for index, text in enumerate(texts)}
    of = tuple(None if value is None else at[value] for value in values)
    rest = len(texts) > len(own)
    colours = (*_APART[: len(own)], *([_REST] if rest else []))
    return Shades(of=of, colours=colours, texts=(*own, *([_OTHER] if rest else [])))
