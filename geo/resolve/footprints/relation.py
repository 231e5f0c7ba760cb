"""From a spatial relation and its resolved anchors to a footprint."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import shapely

from geo.resolve.footprints.anchor import SIDED_KINDS
from geo.resolve.footprints.defaults import DEFAULTS
from geo.resolve.footprints.drawing import DRAWINGS
from geo.resolve.footprints.earth import disk, farthest, polygonal
from geo.resolve.footprints.meaning import Meaning
from geo.resolve.footprints.shape import Drawing, Undrawn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.model import Mention
    from geo.recognize.relations import Relation
    from geo.resolve.footprints.anchor import Anchor
    from geo.resolve.footprints.defaults import Defaults

__all__ = ["Footprint", "relation_footprint"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """The geometry of a relation, (lon, lat), with a point on it and how it was drawn.

    ``radius_km`` is the distance from the point to the farthest vertex.
    """

    geometry: BaseGeometry
    lat: float
    lon: float
    radius_km: float
    why: tuple[str, ...]


def relation_footprint(
    relation: Relation,
    anchors: Mapping[Mention, Anchor],
    *,
    beside: Sequence[Anchor] = (),
    defaults: Defaults = DEFAULTS,
) -> Footprint | Undrawn:
    """Return the polygon that ``relation`` means, or why it means none.

    ``anchors`` holds the resolved place of every mention in ``relation.anchors`` and in its
    container. ``beside`` are other places and countries of the article, the nearest first: they
    say which part of a border or of a river is meant. Nothing is drawn on an unresolved anchor,
    nor for phrases that are not about one place on land: between two countries that share no
    border, near a country, between far-off cities, all of a long border.
    The polygon is clipped to the container that the phrase names, where the two overlap.
    """
    meaning = _meaning(relation, anchors, tuple(beside))
    if isinstance(meaning, Undrawn):
        return meaning
    return _footprint(meaning, defaults)


def _meaning(
    relation: Relation, anchors: Mapping[Mention, Anchor], beside: tuple[Anchor, ...]
) -> Meaning | Undrawn:
    for mention in relation.anchors:
        if mention not in anchors:
            return Undrawn(reason=f"its anchor, {mention.text}, could not be placed")
    within = _meaning(relation.within, anchors, beside) if relation.within else None
    return Meaning(
        kind=relation.kind,
        anchors=tuple(anchors[mention] for mention in relation.anchors),
        distance_km=_to_the_metre(relation.distance_km),
        bearing_deg=relation.bearing_deg,
        also_deg=relation.also_deg,
        within=None if isinstance(within, Undrawn) else within,
        beside=beside,
    )


def _to_the_metre(distance_km: tuple[float, float] | None) -> tuple[float, float] | None:
    """Round distances: a ring round a smaller hole has no geometry."""
    return distance_km and (round(distance_km[0], 3), round(distance_km[1], 3))


# News says "the eastern countryside of X" in article after article; drawing it takes longer than
# finding it. Anchors are compared by identity: whoever keeps them has equal phrases drawn once.
@lru_cache(maxsize=2048)
def _footprint(meaning: Meaning, defaults: Defaults) -> Footprint | Undrawn:
    drawing = _drawing(meaning, defaults)
    if isinstance(drawing, Undrawn):
        return drawing
    if drawing.shape.is_empty:
        return Undrawn(reason=f"nothing is left of it: {drawing.why}")
    shape, why = drawing.shape, [drawing.why]
    if meaning.within:
        shape, told = _clipped(shape, meaning, meaning.within, defaults)
        why += told
    elif meaning.beside:
        shape, told = _narrowed(shape, meaning, defaults)
        why += told
    lat, lon = _point(shape, drawing.point)
    # Piece by piece: the hull of pieces on both sides of the antimeridian spans the whole map.
    corners = shapely.get_coordinates(shapely.convex_hull(shapely.get_parts(shape)))
    radius = farthest((lat, lon), corners)
    return Footprint(geometry=shape, lat=lat, lon=lon, radius_km=radius, why=tuple(why))


def _drawing(meaning: Meaning, defaults: Defaults) -> Drawing | Undrawn:
    """Draw a meaning; "north and east of" is the ground of both directions together."""
    one = DRAWINGS[meaning.kind](meaning, defaults)
    for bearing in meaning.also_deg:
        other = DRAWINGS[meaning.kind](meaning._replace(bearing_deg=bearing), defaults)
        if isinstance(one, Undrawn) or isinstance(other, Undrawn):
            return one if isinstance(one, Undrawn) else other
        shape = polygonal(shapely.union(one.shape, other.shape))
        one = Drawing(shape=shape, why=f"{one.why}, together with {other.why}", point=one.point)
    return one


def _clipped(
    shape: BaseGeometry, meaning: Meaning, within: Meaning, defaults: Defaults
) -> tuple[BaseGeometry, list[str]]:
    """Return a shape inside the container that the phrase names, and what was done.

    A town means its governorate where the town itself cannot be meant: "east of the Euphrates in
    Deir ez-Zor", "20 km from X in Y".
    """
    container = _footprint(within, defaults)
    if not isinstance(container, Footprint):
        return shape, []
    only = within.anchors[0]
    inside = polygonal(shape.intersection(container.geometry))
    far = meaning.anchors[0].place.kind in SIDED_KINDS or inside.is_empty
    if within.kind == "in" and only.governorate is not None and far:
        wider = polygonal(shape.intersection(only.governorate))
        if not wider.is_empty:
            return wider, [f"clipped to the governorate of {only.place.name}"]
    if inside.is_empty:
        return shape, [f"lies outside {container.why[0]}, which the phrase names"]
    return inside, [f"clipped to {container.why[0]}"]


def _narrowed(
    shape: BaseGeometry, meaning: Meaning, defaults: Defaults
) -> tuple[BaseGeometry, list[str]]:
    """Return the part of one side of a river or mountain that the places round it can mean.

    A bank is that near the town named beside it, and a side that of the country.
    """
    if meaning.anchors[0].place.kind not in SIDED_KINDS:
        return shape, []
    reach = defaults.border_reach
    for other in meaning.beside:
        country = other.place.kind == "country"
        if not country and (other.area is not None or meaning.kind != "bank"):
            continue
        around = other.footprint if country else disk(*other.point, km=reach)
        inside = polygonal(shape.intersection(around))
        if not inside.is_empty and country:
            return inside, [f"in {other.place.name}, where the places round it are"]
        if not inside.is_empty:
            return inside, [f"within {reach:.3g} km of {other.place.name}, named beside it"]
    return shape, []


def _point(shape: BaseGeometry, wanted: tuple[float, float] | None) -> tuple[float, float]:
    """Return ``wanted`` where the shape holds it, else a point inside its largest piece."""
    if wanted and shape.covers(shapely.Point(wanted[1], wanted[0])):
        return wanted
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    point = largest.representative_point()
    return point.y, point.x
