"""The north, the south-west or the centre of an area, and the countryside of a town."""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.resolve.footprints.earth import (
    area_radius,
    disk,
    distance,
    move,
    polygonal,
    sector,
    split,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.resolve.footprints.defaults import Defaults

__all__ = ["centre_of", "countryside_of", "part_of"]

_HALVINGS: Final = 16
"""Steps of the search for the ends of an extent: to a sixty-thousandth of it."""

_STRAY: Final = 0.01
"""Share of the area at either end that does not count as its extent."""

_DETAIL: Final = 0.05
"""Degrees to which an area is simplified for finding where to cut it."""


def part_of(shape: BaseGeometry, *, bearing: float, defaults: Defaults) -> BaseGeometry:
    """Return the part of ``shape`` towards ``bearing``, cut along parallels and meridians.

    People cut a country by its extent, not by its area; far islands and thin ends, the outermost
    hundredth of the area on each side, do not count.
    """
    kept = whole = _unwrapped(shape)
    outline = whole.simplify(_DETAIL)
    outline = shapely.transform(polygonal(outline if outline.area else whole), _equal_area)
    north, east = cos(radians(bearing)), sin(radians(bearing))
    for towards, across, axis in ((east, north, 0), (north, east, 1)):
        share = _share(abs(towards), abs(across), defaults)
        if share < 1:
            box = _side(whole.bounds, outline, axis, share, upper=towards > 0)
            kept = polygonal(kept.intersection(box))
    return split(kept)


def centre_of(shape: BaseGeometry, *, defaults: Defaults) -> BaseGeometry:
    """Return the part of ``shape`` round its centre of area."""
    centre = _unwrapped(shape).centroid
    km = defaults.centre_share * area_radius(shape)
    return polygonal(shape.intersection(disk(centre.y, (centre.x + 180) % 360 - 180, km=km)))


def countryside_of(
    area: BaseGeometry,
    seat: tuple[float, float],
    *,
    core: float = 0.0,
    bearing: float | None = None,
    defaults: Defaults,
) -> BaseGeometry:
    """Return ``area`` without a town at ``seat`` (lat, lon), or what lies in one direction of it.

    ``core`` is the radius of the town in km. A direction is seen from the town, and its apex is
    set back behind it: what lies beside the far end of a town is still in that direction.
    """
    core = min(core, defaults.countryside_core)
    shape = area.difference(disk(*seat, km=core)) if core else area
    if bearing is not None:
        apex = move(*seat, bearing=bearing + 180, km=core or defaults.countryside_core)
        reach = 3 * area_radius(area) + distance(apex, seat)
        angle = defaults.countryside_angle
        shape = shape.intersection(sector(*apex, outer=reach, bearing=bearing, angle=angle))
    return polygonal(shape)


def _share(towards: float, across: float, defaults: Defaults) -> float:
    """Return the share of the extent kept on an axis, from the bearing's components on both."""
    if towards < 0.3:
        return 1.0
    if across < 0.3:
        return defaults.part_cardinal
    if abs(towards - across) < 0.2:
        return defaults.part_between
    return defaults.part_main if towards > across else defaults.part_minor


def _unwrapped(shape: BaseGeometry) -> BaseGeometry:
    """Return ``shape`` in one piece where the antimeridian cuts it, with longitudes beyond 180."""
    west, _, east, _ = shape.bounds
    if east - west <= 180:
        return shape
    middle = shape.representative_point().x

    def one_side(rows: NDArray[np.float64]) -> NDArray[np.float64]:
        turns = np.where(
            rows[:, 0] < middle - 180, 360, np.where(rows[:, 0] > middle + 180, -360, 0)
        )
        return np.column_stack([rows[:, 0] + turns, rows[:, 1]])

    return polygonal(shapely.transform(shape, one_side))


def _equal_area(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack([rows[:, 0], np.degrees(np.sin(np.radians(rows[:, 1])))])


def _side(
    bounds: Sequence[float], outline: BaseGeometry, axis: int, share: float, *, upper: bool
) -> BaseGeometry:
    """Return the box beyond the parallel (``axis=1``) or meridian that leaves ``share``.

    ``bounds`` are those of the area, ``outline`` the area true in size.
    """
    low, high = (_quantile(outline, axis, wanted) for wanted in (_STRAY, 1 - _STRAY))
    box = list(bounds)
    box[axis if upper else axis + 2] = (
        high - share * (high - low) if upper else low + share * (high - low)
    )
    return shapely.box(*box)


def _quantile(outline: BaseGeometry, axis: int, wanted: float) -> float:
    """Return the latitude or longitude below which ``wanted`` of the area lies."""
    bounds = list(outline.bounds)
    low, high = bounds[axis], bounds[axis + 2]
    for _ in range(_HALVINGS):
        bounds[axis + 2] = middle = (low + high) / 2
        below = shapely.clip_by_rect(outline, *bounds).area < wanted * outline.area
        low, high = (middle, high) if below else (low, middle)
    return float(np.degrees(np.arcsin(np.radians(high)))) if axis else float(high)
