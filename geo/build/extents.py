"""Where an outline or a line is, as a point with the radius of a circle that holds it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from pyproj import Geod

from geo.model import AREA_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry import LineString
    from shapely.geometry.base import BaseGeometry

__all__ = ["Extent", "area_extent", "line_extent", "points_extent"]

_GEOD = Geod(ellps="WGS84")
_LEAST_KM = 0.1
_FEW_KM = 5.0
"""The least radius of an area of which only some points are known."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A point in degrees and a radius in kilometres, ``None`` where the source gives only a point.

    The radius is that of the circle round the point that holds all of it; of an area that is drawn
    as one, of the circle of its size.
    """

    lat: float
    lon: float
    radius_km: float | None


def area_extent(shape: BaseGeometry, kind: str) -> Extent:
    """Return a point on the surface of an outline, (lon, lat) in degrees, and its radius."""
    point = shapely.point_on_surface(shape)
    if kind not in AREA_KINDS:
        return _holding(point, shape)
    area = abs(_GEOD.geometry_area_perimeter(shape)[0])
    return Extent(point.y, point.x, _rounded(math.sqrt(area / math.pi)))


def line_extent(shape: LineString) -> Extent:
    """Return the point halfway along a line, (lon, lat) in degrees, and its radius."""
    return _holding(shapely.line_interpolate_point(shape, 0.5, normalized=True), shape)


def points_extent(points: Sequence[tuple[float, float]]) -> Extent:
    """Return the middle of some points (lat, lon), and one and a half times their mean distance."""
    lat, lon = (sum(each) / len(points) for each in zip(*points, strict=True))
    apart = [_GEOD.inv(lon, lat, other[1], other[0])[2] for other in points]
    return Extent(lat, lon, max(_FEW_KM, _rounded(1.5 * sum(apart) / len(apart))))


def _holding(point: shapely.Point, shape: BaseGeometry) -> Extent:
    corners = shapely.get_coordinates(shapely.convex_hull(shape))
    lons, lats = [point.x] * len(corners), [point.y] * len(corners)
    reach = _GEOD.inv(lons, lats, corners[:, 0], corners[:, 1])[2]
    return Extent(point.y, point.x, _rounded(max(reach)))


def _rounded(metres: float) -> float:
    return max(_LEAST_KM, round(metres / 1000, 1))
