"""One drawing for each kind of relation: its geometry, the point it is about, and why."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

import shapely

from geo.resolve.footprints.anchor import SIDED_KINDS
from geo.resolve.footprints.borders import draw_border, draw_border_depth, draw_border_distance
from geo.resolve.footprints.earth import (
    area_radius,
    bearing,
    buffered,
    corridor,
    disk,
    distance,
    hull,
    move,
    polygonal,
    sector,
    swept,
)
from geo.resolve.footprints.parts import centre_of, countryside_of, part_of
from geo.resolve.footprints.shape import Drawing, Undrawn, kilometres, names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.resolve.footprints.anchor import Anchor
    from geo.resolve.footprints.defaults import Defaults
    from geo.resolve.footprints.meaning import Meaning

__all__ = ["DRAWINGS"]


def _distance(meaning: Meaning, d: Defaults) -> Drawing | Undrawn:
    """Draw "20 km north-east of", "20 km from", "20 km from A towards B", "within 20 km of"."""
    anchor = meaning.anchors[0]
    if meaning.distance_km is None:
        return Undrawn(reason="no distance is said")
    low, high = meaning.distance_km
    heading = meaning.bearing_deg
    if len(meaning.anchors) > 1:
        heading = bearing(anchor.point, meaning.anchors[1].point)
    inner = low * d.distance_low
    # "Within 20 km" says its own limit; "20 km" is a round number.
    outer = high * d.distance_high if low else high
    angle = 180.0 if heading is None else d.distance_angle
    said = f"{kilometres(low, high)} from {anchor.place.name}: {inner:.3g} to {outer:.3g} km"
    area = anchor.area if anchor.place.kind in {"country", "governorate"} else None
    if area is not None:
        shape = buffered(area, km=outer).difference(buffered(area, km=inner) if inner else area)
        if heading is not None:
            reach = 3 * area_radius(area) + outer
            shape = shape.intersection(
                sector(*anchor.point, outer=reach, bearing=heading, angle=d.cardinal_angle)
            )
        return Drawing(shape=polygonal(shape), why=f"{said}, from its border")
    shape = sector(*anchor.point, inner=inner, outer=outer, bearing=heading or 0, angle=angle)
    if heading is None:
        return Drawing(shape=shape, why=f"{said}, any direction")
    middle = move(*anchor.point, bearing=heading, km=(inner + outer) / 2)
    return Drawing(shape=shape, why=f"{said}, bearing {heading:.4g}° ± {angle}°", point=middle)


def _direction(meaning: Meaning, d: Defaults) -> Drawing | Undrawn:
    """Draw "north of" a town (a sector), an area (its part), a river or mountain (its side)."""
    anchor, heading = meaning.anchors[0], meaning.bearing_deg
    if heading is None:
        return Undrawn(reason="no direction is said")
    if anchor.area is not None:
        return _part(meaning, d)
    name, kind = anchor.place.name, anchor.place.kind
    if kind in SIDED_KINDS:
        return _side(anchor, heading, d.side_reach)
    reach = d.facility_reach
    if kind == "settlement":
        least, most = d.town_reach
        reach = min(max(d.direction_reach * anchor.place.radius_km, least), most)
    angle = _angle(heading, d)
    shape = sector(*anchor.point, outer=reach, bearing=heading, angle=angle)
    why = f"bearing {heading:.3g}° ± {angle:.3g}° from {name}, as far as {reach:.3g} km"
    return Drawing(shape=shape, why=why, point=move(*anchor.point, bearing=heading, km=reach / 2))


def _angle(heading: float, d: Defaults) -> float:
    """Return the doubt of a bearing said without a distance: the finer the word the smaller."""
    if heading % 90 == 0:
        return d.cardinal_angle
    return d.between_angle if heading % 45 == 0 else d.sixteenth_angle


def _side(anchor: Anchor, heading: float, km: float) -> Drawing:
    """Draw one side of a river, mountain, sea or desert, from its outline or from its point."""
    name = anchor.place.name
    if anchor.footprint.length:
        shape = swept(anchor.footprint, bearing=heading, km=km)
        shape = polygonal(shape.difference(anchor.footprint)) if anchor.footprint.area else shape
        return Drawing(shape=shape, why=f"side of {name} at {heading:.3g}°, as far as {km:.3g} km")
    reach = anchor.place.radius_km + km
    shape = sector(*anchor.point, outer=reach, bearing=heading, angle=90)
    why = f"half-disk of {reach:.3g} km at {heading:.3g}° from {name}, whose course is unknown"
    return Drawing(shape=shape, why=why)


def _part(meaning: Meaning, d: Defaults) -> Drawing | Undrawn:
    """Draw "northern": the part of an area, the quarter of a town with what lies before it."""
    anchor, heading = meaning.anchors[0], meaning.bearing_deg
    if heading is None:
        return Undrawn(reason="no direction is said")
    if anchor.place.kind == "countryside":
        return _countryside(meaning, d)
    if anchor.area is None:
        return _direction(meaning, d)
    shape = part_of(anchor.area, bearing=heading, defaults=d)
    return Drawing(shape=shape, why=f"part of {anchor.place.name} towards {heading:.3g}°")


def _centre(meaning: Meaning, d: Defaults) -> Drawing | Undrawn:
    """Draw the middle of an area or of a town."""
    anchor = meaning.anchors[0]
    if anchor.area is not None:
        shape = centre_of(anchor.area, defaults=d)
        return Drawing(shape=shape, why=f"centre of {anchor.place.name}")
    km = max(1.0, anchor.reach * d.centre_share)
    why = f"centre of {anchor.place.name}: {km:.3g} km round its point"
    return Drawing(shape=disk(*anchor.point, km=km), why=why, point=anchor.point)


def _quarter(meaning: Meaning, d: Defaults) -> Drawing | Undrawn:
    """Draw "the eastern districts of": what lies within the town, or the part of an area."""
    anchor, heading = meaning.anchors[0], meaning.bearing_deg
    if anchor.area is not None or heading is None:
        return _part(meaning, d)
    km, angle = anchor.reach + d.quarter, _angle(heading, d)
    shape = sector(*anchor.point, outer=km, bearing=heading, angle=angle)
    why = f"quarters of {anchor.place.name}: bearing {heading:.4g}° ± {angle:.3g}°, {km:.3g} km"
    return Drawing(shape=shape, why=why)


def _countryside(meaning: Meaning, d: Defaults) -> Drawing | Undrawn:
    """Draw the land round a town: its governorate's, if it is the seat, without the town.

    "The countryside of A and B" is both.
    """
    if len(meaning.anchors) > 1:
        return _together(meaning, d)
    anchor, heading = meaning.anchors[0], meaning.bearing_deg
    area, seat, name = anchor.governorate, anchor.point, anchor.place.name
    if anchor.place.kind == "country":
        return Undrawn(reason=f"the countryside of a whole country, {name}")
    core = anchor.place.radius_km
    why = f"countryside of {name}: its governorate without the town"
    if area is None and anchor.area is not None:
        area, seat, core = anchor.area, anchor.seat or anchor.point, 0.0
    elif area is None:
        least, radii = d.countryside_reach
        reach = max(least, radii * anchor.place.radius_km)
        if anchor.place.kind == "countryside":  # its radius is already that of the land
            reach, core = anchor.place.radius_km, 0.0
        area = disk(*seat, km=reach)
        why = f"countryside of {name}: {reach:.3g} km round it"
    shape = countryside_of(area, seat, core=core, bearing=heading, defaults=d)
    if heading is not None:
        why += f", bearing {heading:.3g}° ± {d.countryside_angle:.3g}°"
    return Drawing(shape=shape, why=why)


def _together(meaning: Meaning, d: Defaults) -> Drawing | Undrawn:
    """Draw what is said of several places at once: the drawing of each."""
    drawn: list[Drawing] = []
    for anchor in meaning.anchors:
        drawing = DRAWINGS[meaning.kind](meaning._replace(anchors=(anchor,)), d)
        if isinstance(drawing, Undrawn):
            return drawing
        drawn.append(drawing)
    shape = polygonal(shapely.union_all([one.shape for one in drawn]))
    return Drawing(shape=shape, why="; ".join(one.why for one in drawn))


def _near(meaning: Meaning, d: Defaults) -> Drawing | Undrawn:
    """Draw "near", "around", "the outskirts of": the place and a margin that suits its kind."""
    anchor = meaning.anchors[0]
    name, kind, heading = anchor.place.name, anchor.place.kind, meaning.bearing_deg
    if kind == "country":
        return Undrawn(reason=f"near a whole country, {name}: on which side is not said")
    if anchor.area is not None or (anchor.footprint.length and kind in SIDED_KINDS):
        shape = buffered(anchor.footprint, km=d.near_area)
        return Drawing(shape=shape, why=f"{name} and {d.near_area:.3g} km round it")
    margin = d.near_town if kind == "settlement" else d.near_facility
    margin = d.outskirts if meaning.kind == "outskirts" else margin
    km = anchor.reach + margin
    why = f"within {km:.3g} km of {name}: its radius and {margin:.3g} km"
    if heading is None:
        return Drawing(shape=disk(*anchor.point, km=km), why=why, point=anchor.point)
    shape = sector(*anchor.point, outer=km, bearing=heading, angle=_angle(heading, d))
    return Drawing(shape=shape, why=f"{why}, bearing {heading:.3g}° ± {_angle(heading, d):.3g}°")


def _offshore(meaning: Meaning, d: Defaults) -> Drawing | Undrawn:
    """Draw the waters off a coastal town or country, less the land that is known."""
    anchor = meaning.anchors[0]
    low, high = meaning.distance_km or (0.0, d.offshore)
    near = low * d.distance_low
    far = high * d.distance_high if low else high
    if anchor.area is not None:
        shape = buffered(anchor.area, km=far).difference(
            buffered(anchor.area, km=near) if near else anchor.area
        )
    else:
        shape = sector(*anchor.point, inner=near, outer=far)
        shape = shape.difference(anchor.parent) if anchor.parent is not None else shape
    why = f"{'' if near else 'within '}{kilometres(near, far)} off {anchor.place.name}"
    return Drawing(shape=polygonal(shape), why=why)


def _between(meaning: Meaning, d: Defaults) -> Drawing | Undrawn:
    """Draw the land between places, or the doubt round the road that joins two."""
    places = meaning.anchors
    kinds = {anchor.place.kind for anchor in places}
    if kinds == {"country"}:
        return draw_border(meaning, d)
    apart = [distance(one.point, other.point) for one, other in combinations(places, 2)]
    longest = d.between_longest if meaning.kind in {"between", "midway"} else d.road_longest
    length = max(apart)
    if "country" in kinds:
        return Undrawn(reason=f"{meaning.kind}: a whole country is one end of it")
    if not 0 < min(apart) <= length <= longest:
        far = f"{names(places)} lie {length:.0f} km apart"
        return Undrawn(
            reason=f"{meaning.kind}: {far}, drawn are more than 0 and up to {longest:.0f}"
        )
    half = min(max(d.corridor_share * length, d.corridor_least), d.corridor_most)
    if len(places) > 2:
        shape = hull([anchor.point for anchor in places])
        return Drawing(shape=shape, why=f"{meaning.kind}: the land that {names(places)} enclose")
    start, end = (anchor.point for anchor in places)
    share = (1 / 3, 2 / 3) if meaning.kind == "midway" else (0.0, 1.0)
    shape = corridor(start, end, half_km=half, share=share)
    why = f"{meaning.kind}: {2 * half:.3g} km wide between {names(places)}, {length:.4g} km apart"
    middle = move(*start, bearing=bearing(start, end), km=length / 2)
    return Drawing(shape=shape, why=why, point=middle)


def _road(meaning: Meaning, d: Defaults) -> Drawing | Undrawn:
    """Draw the doubt round the road between two places, or the land round where one leads."""
    if len(meaning.anchors) > 1:
        return _between(meaning, d)
    anchor = meaning.anchors[0]
    if anchor.area is not None or anchor.place.kind in SIDED_KINDS:
        return Undrawn(reason=f"a road to all of {anchor.place.name}: which one is not said")
    reach = anchor.place.radius_km + d.road_reach
    why = f"within {reach:.3g} km of {anchor.place.name}, on one of its roads; which is not said"
    return Drawing(shape=disk(*anchor.point, km=reach), why=why, point=anchor.point)


def _bank(meaning: Meaning, d: Defaults) -> Drawing | Undrawn:
    """Draw the bank of a river on one side of it, or both where its course is known."""
    anchor, name = meaning.anchors[0], meaning.anchors[0].place.name
    if anchor.place.kind in SIDED_KINDS and meaning.bearing_deg is not None:
        return _side(anchor, meaning.bearing_deg, d.bank)
    if anchor.place.kind in SIDED_KINDS and anchor.footprint.length:
        shape = buffered(anchor.footprint, km=d.bank)
        shape = polygonal(shape.difference(anchor.footprint)) if anchor.footprint.area else shape
        return Drawing(shape=shape, why=f"within {d.bank:.3g} km of the banks of {name}")
    return Undrawn(reason=f"no bank or shore of {name} is known")


def _inside(meaning: Meaning, d: Defaults) -> Drawing | Undrawn:  # noqa: ARG001
    """Draw a container: the place's own area."""
    anchor = meaning.anchors[0]
    shape = anchor.footprint
    if not shape.area:
        shape = disk(*anchor.point, km=anchor.place.radius_km)
    return Drawing(shape=shape, why=anchor.place.name)


DRAWINGS: Final[Mapping[str, Callable[[Meaning, Defaults], Drawing | Undrawn]]] = {
    "distance": _distance,
    "distance_direction": _distance,
    "distance_toward": _distance,
    "distance_border": draw_border_distance,
    "within": _distance,
    "direction": _direction,
    "part": _part,
    "quarter": _quarter,
    "centre": _centre,
    "countryside": _countryside,
    "near": _near,
    "outskirts": _near,
    "offshore": _offshore,
    "between": _between,
    "midway": _between,
    "road": _road,
    "route": _between,
    "border": draw_border,
    "border_depth": draw_border_depth,
    "bank": _bank,
    "in": _inside,
}
"""The drawing of every kind of relation; each says why where nothing on land is meant."""
