"""Shapes on the WGS 84 ellipsoid, as (lon, lat) polygons that GeoJSON can carry.

Every vertex is found by geodesics from a point, or in an azimuthal equidistant plane small enough
to be true; a shape across the antimeridian is split there, and one round a pole holds the pole.
Distances are kilometres, bearings and angles degrees, clockwise from north.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray
    from pyproj import Geod, Transformer
    from shapely.geometry.base import BaseGeometry

    Points = NDArray[np.float64]

__all__ = [
    "area_radius",
    "bearing",
    "buffered",
    "corridor",
    "disk",
    "distance",
    "farthest",
    "hull",
    "line_km",
    "move",
    "polygonal",
    "sector",
    "split",
    "swept",
]

_STEP: Final = 2.5
"""Degrees of arc between vertices: a chord is 0.02 % short."""

_NUDGE: Final = 1e-7
"""Degrees by which an edge misses a pole that it would cross, so that it passes on one side."""

_GRID: Final = 1e-9
"""Degrees, a tenth of a millimetre: pieces that touch are joined without a slit."""

_CHUNK: Final = 12
"""Segments of a long line that share one plane."""

_LONGEST_SEGMENT: Final = 0.25
"""Degrees; a longer segment is divided before it is projected."""

_HALF_TURN: Final = 180.0
"""Degrees of longitude; an outline that spans as many or more jumps at the antimeridian."""

_LONGEST_EDGE: Final = 20.0
"""Kilometres; a longer edge of a hull is divided before it leaves the plane."""


@cache
def _geod() -> Geod:
    """Return the ellipsoid; the library takes longer to load than most articles to read."""
    from pyproj import Geod

    return Geod(ellps="WGS84")


def move(lat: float, lon: float, *, bearing: float, km: float) -> tuple[float, float]:
    """Return the (lat, lon) reached from a point along a geodesic."""
    lon, lat, _ = _geod().fwd(lon, lat, bearing, km * 1000)
    return lat, lon


def distance(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the geodesic distance between two (lat, lon) points in km."""
    return float(_geod().inv(start[1], start[0], end[1], end[0])[2] / 1000)


def farthest(point: tuple[float, float], rows: Points) -> float:
    """Return the geodesic distance in km from a (lat, lon) to the farthest of (lon, lat) rows."""
    starts = np.full(len(rows), point[1]), np.full(len(rows), point[0])
    return float(_geod().inv(*starts, rows[:, 0], rows[:, 1])[2].max() / 1000)


def bearing(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the bearing at which the geodesic from ``start`` to ``end`` (lat, lon) sets out."""
    return float(_geod().inv(start[1], start[0], end[1], end[0])[0] % 360)


def area_radius(shape: BaseGeometry) -> float:
    """Return the radius in km of the circle with the area of ``shape``."""
    area, _ = _geod().geometry_area_perimeter(shapely.orient_polygons(shape))
    return float(np.sqrt(abs(area) / np.pi) / 1000)


def line_km(line: BaseGeometry) -> float:
    """Return the geodesic length of lines in km."""
    return float(sum(_geod().geometry_length(part) for part in shapely.get_parts(line)) / 1000)


def hull(points: Sequence[tuple[float, float]]) -> BaseGeometry:
    """Return the land that three or more (lat, lon) points, all near each other, enclose."""
    plane = _plane(round(points[0][0], 3), round(points[0][1], 3))
    lats, lons = np.array(points).T
    flat = shapely.MultiPoint(np.column_stack(plane.transform(lons, lats))).convex_hull
    if not flat.area:  # in a row
        flat = flat.buffer(1)
    outline = shapely.get_coordinates(shapely.segmentize(flat.exterior, _LONGEST_EDGE))[:-1]
    return _shape(_unprojected(outline, plane))


def disk(lat: float, lon: float, *, km: float) -> BaseGeometry:
    """Return everything within ``km`` of a point."""
    return sector(lat, lon, outer=km, angle=180)


def sector(
    lat: float,
    lon: float,
    *,
    outer: float,
    inner: float = 0,
    bearing: float = 0,
    angle: float = 180,
) -> BaseGeometry:
    """Return the part of a ring round a point that lies within ``angle`` of ``bearing``.

    ``angle=180`` is the whole ring, or the whole disk with ``inner=0``.
    """
    dense = _density((lat, lon), outer)
    if angle >= 180:
        turn = 360 - _STEP / dense
        whole = _arc(lat, lon, outer, left=0, right=turn, dense=dense)
        if not inner:
            return _shape(whole)
        hole = _shape(_arc(lat, lon, inner, left=0, right=turn, dense=dense))
        return _shape(whole).difference(hole)
    left, right = bearing - angle + _NUDGE, bearing + angle + _NUDGE
    count = 16 * dense
    edges = np.linspace(inner, outer, count)[1:-1]
    out = _along(lat, lon, np.full(len(edges), left), edges)
    back = _along(lat, lon, np.full(len(edges), right), edges[::-1])
    far = _arc(lat, lon, outer, left=left, right=right, dense=dense)
    near = np.array([[lon, lat]])
    if inner:
        near = _arc(lat, lon, inner, left=right, right=left, dense=dense)
    return _shape(np.concatenate([near, out, far, back]))


def corridor(
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    half_km: float,
    share: tuple[float, float] = (0, 1),
) -> BaseGeometry:
    """Return the strip along the geodesic between two (lat, lon) points, with straight ends.

    ``share`` keeps a stretch of it, as shares of its length.
    """
    azimuth, _, metres = _geod().inv(start[1], start[0], end[1], end[0])
    dense = _density(start, metres / 1000 + half_km)
    steps = np.linspace(share[0], share[1], 32 * dense + 1) * metres / 1000
    middle = _along(start[0], start[1], np.full(len(steps), azimuth), steps)
    # At each point the line runs towards the end; at the end itself, away from the start.
    ahead = _azimuths(middle, end)
    back = _azimuths(middle, start)
    heading = np.where(steps * 2000 < metres, ahead, back + 180)
    left, right = (
        _fwd(middle[:, 0], middle[:, 1], heading + turn, np.full(len(steps), half_km))
        for turn in (-90, 90)
    )
    across = np.linspace(-half_km, half_km, 16 * dense + 1)[1:-1]
    caps = [
        _along(middle[i, 1], middle[i, 0], np.full(len(across), heading[i] + 90), across)
        for i in (0, -1)
    ]
    return _shape(np.concatenate([left, caps[1], right[::-1], caps[0][::-1]]))


def buffered(shape: BaseGeometry, *, km: float) -> BaseGeometry:
    """Return everything within ``km`` of ``shape``: of a point, lines, or areas."""
    parts = [shape] if shape.area else []
    for line in _lines(shape):
        starts = range(0, len(line) - 1, _CHUNK)
        parts += [_thick(line[start : start + _CHUNK + 1], km) for start in starts]
    if not parts:
        parts = [disk(point.y, point.x, km=km) for point in _points(shape)]
    return polygonal(_union(parts))


def swept(shape: BaseGeometry, *, bearing: float, km: float) -> BaseGeometry:
    """Return what the outline of ``shape`` passes over when it moves ``km`` along ``bearing``."""
    quads = []
    for line in _lines(shape):
        moved = _fwd(line[:, 0], line[:, 1], np.full(len(line), bearing), np.full(len(line), km))
        quads += _shapes(np.stack([line[:-1], line[1:], moved[1:], moved[:-1]], axis=1))
    return polygonal(_union(quads))


def _union(parts: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return the union of some parts, on the grid: ten times faster than of parts laid on it."""
    return shapely.set_precision(shapely.union_all(parts), _GRID)


def polygonal(shape: BaseGeometry) -> BaseGeometry:
    """Return the areas of ``shape``, valid; an empty polygon if it has none."""
    valid = shape if shape.is_valid else shapely.make_valid(shape)
    if isinstance(valid, Polygon | MultiPolygon):
        return valid
    areas = [part for part in shapely.get_parts(valid) if part.area]
    return polygonal(shapely.union_all(areas)) if areas else Polygon()


def _fwd(lon: Points, lat: Points, azimuth: Points, km: Points) -> Points:
    """Return the (lon, lat) rows reached by geodesics."""
    lons, lats, _ = _geod().fwd(lon, lat, azimuth, km * 1000)
    return np.column_stack([lons, lats])


def _azimuths(rows: Points, point: tuple[float, float]) -> Points:
    """Return the bearings at which geodesics from (lon, lat) rows set out to a (lat, lon)."""
    ends = np.full(len(rows), point[1]), np.full(len(rows), point[0])
    azimuth, _, _ = _geod().inv(rows[:, 0], rows[:, 1], *ends)
    return np.asarray(azimuth)


def _along(lat: float, lon: float, azimuth: Points, km: Points) -> Points:
    return _fwd(np.full(len(km), lon), np.full(len(km), lat), azimuth, km)


def _density(point: tuple[float, float], reach: float) -> int:
    """Return how many times more vertices a shape needs for being near a pole.

    There a straight line on a (lon, lat) map is a tight curve on the Earth.
    """
    pole = distance(point, (90.0 if point[0] > 0 else -90.0, 0.0))
    if pole > 2 * reach:
        return 1
    return 5 if pole > 1.2 * reach else 50


def _arc(lat: float, lon: float, km: float, *, left: float, right: float, dense: int) -> Points:
    count = max(3, round(abs(right - left) / _STEP * dense) + 1)
    return _along(lat, lon, np.linspace(left, right, count), np.full(count, km))


def _lines(shape: BaseGeometry) -> Iterator[Points]:
    """Yield the outlines of ``shape`` as (lon, lat) rows, without long segments."""
    lines = shape.boundary if shape.area else shape
    for line in shapely.get_parts(shapely.segmentize(lines, _LONGEST_SEGMENT)):
        if line.length:
            yield shapely.get_coordinates(line)


def _points(shape: BaseGeometry) -> Iterator[shapely.Point]:
    yield from (part for part in shapely.get_parts(shape) if not part.is_empty)


def _plane(lat: float, lon: float) -> Transformer:
    """Return the way into the plane that is true in distance and bearing from a point."""
    from pyproj import Transformer

    # `Proj` would do the same, and looks up a coordinate system first: five times the time.
    return Transformer.from_pipeline(f"+proj=aeqd +lat_0={lat} +lon_0={lon} +ellps=WGS84 +units=km")


def _unprojected(rows: Points, plane: Transformer) -> Points:
    """Return the (lon, lat) rows of points of a plane."""
    return np.column_stack(plane.transform(rows[:, 0], rows[:, 1], direction="INVERSE"))


def _thick(line: Points, km: float) -> BaseGeometry:
    """Return everything within ``km`` of a short line."""
    middle = line[len(line) // 2]
    plane = _plane(round(float(middle[1]), 3), round(float(middle[0]), 3))
    flat = shapely.LineString(np.column_stack(plane.transform(line[:, 0], line[:, 1])))
    parts = []
    # Rounding may leave a line of many tight turns in several pieces.
    for piece in shapely.get_parts(flat.buffer(km, quad_segs=8)):
        outline = shapely.get_coordinates(piece.exterior)[:-1]
        parts.append(_shape(_unprojected(outline, plane)))
    return parts[0] if len(parts) == 1 else polygonal(shapely.union_all(parts))


def _shapes(outlines: Points) -> list[BaseGeometry]:
    """Return what `_shape` does of each of some outlines, shape (outlines, corners, 2)."""
    shapes = shapely.polygons(outlines)
    west, _, east, _ = shapely.bounds(shapes).T
    plain = (west >= -180) & (east <= 180) & (east - west < _HALF_TURN)
    plain &= shapely.is_valid(shapes)
    rows = zip(shapes, plain.tolist(), outlines, strict=True)
    return [shape if done else _shape(outline) for shape, done, outline in rows]


def _shape(outline: Points) -> BaseGeometry:
    """Return the polygon of a closed outline of (lon, lat) rows, each less than half a turn apart.

    An outline that goes once round the Earth encloses the pole on its side of the equator.
    """
    # A corner hardly off the meridian (1e-302) is on it, or laying parts on the grid divides by it.
    outline = np.where(np.abs(outline) < _GRID, 0.0, outline)
    # What the antimeridian does not cut needs no more than a polygon.
    if np.ptp(outline[:, 0]) >= _HALF_TURN:
        outline = _unwrapped(outline)
    return split(polygonal(Polygon(outline)))


def _unwrapped(outline: Points) -> Points:
    """Return an outline with longitudes beyond 180 rather than jumps, by a pole if it holds it."""
    lon = np.unwrap(outline[:, 0], period=360)
    lat = outline[:, 1]
    last = (lon[0] - lon[-1] + 180) % 360 - 180
    turn = 360 * round((lon[-1] + last - lon[0]) / 360)
    if turn:
        pole = 90.0 if lat.mean() > 0 else -90.0
        lon = np.concatenate([lon, [lon[0] + turn, lon[0] + turn, lon[0]]])
        lat = np.concatenate([lat, [lat[0], pole, pole]])
    return np.column_stack([lon, lat])


def split(shape: BaseGeometry) -> BaseGeometry:
    """Bring longitudes back into -180…180, cutting at the antimeridian."""
    west, _, east, _ = shape.bounds
    if shape.is_empty or (west >= -180 and east <= 180):
        return shape
    parts = []
    for turn in range(int((west + 180) // 360), int((east + 180) // 360) + 1):
        strip = shapely.box(360 * turn - 180, -90, 360 * turn + 180, 90)
        parts.append(shapely.transform(shape.intersection(strip), _turned(turn)))
    return polygonal(_union(parts))


def _turned(turn: int) -> Callable[[Points], Points]:
    return lambda rows: rows - [360.0 * turn, 0.0]
