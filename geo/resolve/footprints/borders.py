"""Borders: the line that two areas share, and the stretch of it that a phrase can mean."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.resolve.footprints.earth import buffered, disk, line_km, polygonal
from geo.resolve.footprints.shape import Drawing, Undrawn, kilometres, names

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.resolve.footprints.anchor import Anchor
    from geo.resolve.footprints.defaults import Defaults
    from geo.resolve.footprints.meaning import Meaning

__all__ = ["draw_border", "draw_border_depth", "draw_border_distance", "shared_border"]

_APART: Final = 0.05
"""Degrees by which the outlines of two neighbours may miss each other."""


def draw_border(meaning: Meaning, d: Defaults) -> Drawing | Undrawn:
    """Draw a strip along the border that two areas share, or along all of one area's."""
    found = _line(meaning, d)
    if isinstance(found, Undrawn):
        return found
    line, said = found
    why = f"{said}, {d.border:.3g} km to either side"
    return Drawing(shape=buffered(line, km=d.border), why=why)


def draw_border_distance(meaning: Meaning, d: Defaults) -> Drawing | Undrawn:
    """Draw "20 km from the border of": a band along either side of it."""
    if meaning.distance_km is None:
        return Undrawn(reason="no distance is said")
    low, high = meaning.distance_km
    # "Within 20 km" says its own limit; "20 km" is a round number.
    inner, outer = low * d.distance_low, high * d.distance_high if low else high
    found = _line(meaning, d, reach=outer)
    if isinstance(found, Undrawn):
        return found
    line, said = found
    shape = buffered(line, km=outer)
    shape = polygonal(shape.difference(buffered(line, km=inner))) if inner else shape
    why = f"{kilometres(low, high)} from {said}: {inner:.3g} to {outer:.3g} km"
    return Drawing(shape=shape, why=why)


def draw_border_depth(meaning: Meaning, d: Defaults) -> Drawing | Undrawn:
    """Draw "20 km inside" a country: what lies so far from its border, on its own side."""
    area = meaning.anchors[0].area
    if area is None:
        return Undrawn(reason=f"no border of {meaning.anchors[0].place.name} is known")
    drawing = draw_border_distance(meaning, d)
    if isinstance(drawing, Undrawn):
        return drawing
    return Drawing(shape=polygonal(drawing.shape.intersection(area)), why=f"inside, {drawing.why}")


def _line(
    meaning: Meaning, d: Defaults, *, reach: float = 0.0
) -> tuple[BaseGeometry, str] | Undrawn:
    """Return the stretch of border that is meant, and what it is.

    A phrase that names both sides means all that they share. One that names a single country
    leaves the other side, and the stretch, to the places round the phrase.
    """
    anchors = meaning.anchors
    if len(anchors) > 1:
        line, said = shared_border(anchors[0], anchors[1]), f"border of {names(anchors[:2])}"
        return Undrawn(reason=f"no {said} is known") if line is None else (line, said)
    line, said = outline(anchors[0]), f"border of {anchors[0].place.name}"
    if line is None:
        return Undrawn(reason=f"no {said} is known")
    if anchors[0].place.kind != "country":
        return line, said
    for other in meaning.beside:
        shared = shared_border(anchors[0], other) if other.place.kind == "country" else None
        if shared is not None:
            line, said = shared, f"{said} with {other.place.name}, where the places round it are"
            break
    reach += d.border_reach
    for place in meaning.beside:
        near = None if place.area else line.intersection(disk(*place.point, km=reach))
        if near is not None and near.length:
            stretch = f"within {reach:.3g} km of {place.place.name}, named beside it"
            return near, f"{said}, {stretch}"
    length = line_km(line)
    if length <= d.border_longest:
        return line, said
    return Undrawn(reason=f"{said}: {length:.0f} km long, and nothing says which part is meant")


def outline(anchor: Anchor) -> BaseGeometry | None:
    """Return all of the border of an area, or of the governorate that a town is the seat of."""
    area = anchor.area or anchor.governorate
    return area.boundary if area else None


@lru_cache(maxsize=256)
def shared_border(one: Anchor, other: Anchor) -> BaseGeometry | None:
    """Return the border that two areas share, ``None`` if they share none."""
    line, area = outline(one), other.area or other.governorate
    if line is None or area is None:
        return None
    # Outlines simplified apart may miss each other by a little.
    shared = line.intersection(area.buffer(_APART))
    return shared if shared.length else None
