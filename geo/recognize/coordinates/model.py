"""What a coordinate read from text is, and how its digits become a radius."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.model import Mention

__all__ = ["Coordinate", "in_range", "radius_of_steps", "read_number"]

KM_PER_DEGREE = 111.32
"""Kilometres in a degree of longitude on the equator; one of latitude is 0.4 % more at most."""

FINEST_KM = 0.01
"""The smallest radius: more digits than that say less about the ground than about a calculator."""

MAX_LAT = 90.0
MAX_LON = 180.0

_DECIMAL_SIGNS = str.maketrans(
    {",": ".", "\N{ARABIC COMMA}": ".", "\N{ARABIC DECIMAL SEPARATOR}": "."}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinate:
    """A coordinate written in an article.

    ``lat`` and ``lon`` are degrees on WGS 84 and ``radius_km`` the doubt its last digit leaves.
    ``other`` is the swapped reading ``(lat, lon)`` where nothing in the text decided the order.
    """

    mention: Mention
    lat: float
    lon: float
    radius_km: float
    notation: str
    why: tuple[str, ...] = ()
    other: tuple[float, float] | None = None


def in_range(lat: float, lon: float) -> bool:
    """Return whether the pair is a point on Earth."""
    return abs(lat) <= MAX_LAT and abs(lon) <= MAX_LON


def radius_of_steps(lat: float, *, lat_step: float, lon_step: float) -> float:
    """Return the radius in km of the circle round a cell of the given size in degrees."""
    height = lat_step * KM_PER_DEGREE
    width = lon_step * KM_PER_DEGREE * math.cos(math.radians(lat))
    return max(FINEST_KM, math.hypot(height, width) / 2)


def read_number(text: str) -> tuple[float, int]:
    """Return the value of a number in any digits, and how many decimals it is written with."""
    plain = text.translate(_DECIMAL_SIGNS)
    return float(plain), len(plain.partition(".")[2])
