"""Lines as short strings, so that borders and footprints stay small inside the page.

A line is the differences of its rounded points, latitude first, each written in five-bit groups as
printable letters: the "encoded polyline" scheme, with a scale of our choosing. Two letters hold a
step of up to 512 units, so a typical point costs four bytes where JSON would take sixteen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["decode", "encode"]

_FIRST = 63
_GROUP = 5
_MORE = 1 << _GROUP
_LOW = _MORE - 1


def encode(points: Iterable[tuple[float, float]], *, scale: int) -> str:
    """Return (lon, lat) points in degrees as one string of printable ASCII without ``<`` or ``&``.

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
    value = shift = 0
    for letter in line:
        group = ord(letter) - _FIRST
        value |= (group & _LOW) << shift
        shift += _GROUP
        if group < _MORE:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    points: list[tuple[float, float]] = []
    lat = lon = 0
    for index in range(0, len(numbers), 2):
        lat += numbers[index]
        lon += numbers[index + 1]
        points.append((lon / scale, lat / scale))
    return points


def _number(value: int) -> str:
    letters = []
    while value >= _MORE:
        letters.append(chr((value & _LOW | _MORE) + _FIRST))
        value >>= _GROUP
    letters.append(chr(value + _FIRST))
    return "".join(letters)
