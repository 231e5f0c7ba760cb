"""Lines as short strings, so that borders and footprints stay small inside the page.

A line is the differences of its rounded points, latitude first. Each is folded to a number without
a sign (0, -1, 1, -2, 2 … become 0, 1, 2, 3, 4 …) and written in letters that JSON and HTML leave as
they are. A letter of the first `_LAST` ends a number, any other says that one more follows, so a
step of up to 27 units takes one letter and one of up to 895 takes two: a typical point costs three
bytes where JSON would take sixteen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LETTERS", "decode", "encode"]

LETTERS = "".join(chr(code) for code in range(35, 127) if chr(code) not in "&'<>\\")
"""The letters of a line in the order of their worth: printable ASCII that nothing escapes."""

_LAST = 56
_MORE = len(LETTERS) - _LAST
_WORTH = {letter: worth for worth, letter in enumerate(LETTERS)}


def encode(points: Iterable[tuple[float, float]], *, scale: int) -> str:
    """Return (lon, lat) points in degrees as one string of `LETTERS`.

    Points are rounded to ``scale`` units a degree; one that falls on its predecessor is left out.
    """
    letters: list[str] = []
    last = (0, 0)
    for index, (lon, lat) in enumerate(points):
        here = (round(lat * scale), round(lon * scale))
        if index and here == last:
            continue
        for now, before in zip(here, last, strict=True):
            step = now - before
            letters.append(_number(~(step << 1) if step < 0 else step << 1))
        last = here
    return "".join(letters)


def decode(line: str, *, scale: int) -> list[tuple[float, float]]:
    """Return the (lon, lat) points of an encoded line; the inverse of `encode` after rounding."""
    numbers: list[int] = []
    value, unit = 0, 1
    for letter in line:
        value += _WORTH[letter] * unit
        if _WORTH[letter] >= _LAST:
            unit *= _MORE
            continue
        numbers.append(~(value >> 1) if value & 1 else value >> 1)
        value, unit = 0, 1
    points: list[tuple[float, float]] = []
    lat = lon = 0
    for index in range(0, len(numbers), 2):
        lat += numbers[index]
        lon += numbers[index + 1]
        points.append((lon / scale, lat / scale))
    return points


def _number(value: int) -> str:
    letters = []
    while value >= _LAST:
        value, rest = divmod(value - _LAST, _MORE)
        letters.append(LETTERS[_LAST + rest])
    letters.append(LETTERS[value])
    return "".join(letters)
