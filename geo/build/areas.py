"""Areas that no source draws: countrysides, regions, seas, derived from outlines and rows.

Each derived area says in its note how it was made. A countryside (ريف X) and its parts by direction
are drawn as the same words are in an article, by `geo.resolve.footprints`. The other rules are
those of ``areas.csv``:

``cells``      the Voronoi cells of subdistrict points, by P-code or its beginning
``hull``       the convex hull of settlements, 3 km wider, within their countries
``union``      several outlines as one
``circle``     the row's own circle, within a country
``countries``  several countries as one
``continent``  the countries that GeoNames puts on it, within a box where one is given
``sea``        what no land covers in boxes given as west, south, east, north
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import MultiPoint, Point

from geo.build import shapes, sources
from geo.build.names import distinct
from geo.build.schema import Row
from geo.errors import GazetteerError
from geo.resolve.footprints import DEFAULTS, countryside_of
from geo.resolve.footprints.earth import disk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

__all__ = ["DIRECTIONS", "Atlas", "countrysides", "derive"]

_KM_A_DEGREE = 111.2
_HULL_DETAIL = 0.03
"""Degrees by which the outline of a hull may stray."""

_HULL_MARGIN_KM = 3.0
_COARSE = 0.2
"""The detail in degrees that regions of several countries keep."""

_PART_OF_SEA = 0.3
"""The share of a sea's largest part that another one has that is no puddle behind a coast."""

_OCEAN, _OCEAN_DETAIL, _SEA_DETAIL = 2000.0, 0.4, 0.05
"""Square degrees from which a sea is an ocean, and the detail in degrees that either keeps."""

_SMALLEST_PART = 0.04
"""The share of a countryside under which a direction is too small to be meant."""

_HALVES_FROM = 1_000_000
"""From this many people on, "eastern X" is a half of the city, no countryside."""

DIRECTIONS: dict[str, tuple[int, str, str]] = {
    "north": (0, "northern", "الشمالي"),
    "northeast": (45, "northeastern", "الشمالي الشرقي"),
    "east": (90, "eastern", "الشرقي"),
    "southeast": (135, "southeastern", "الجنوبي الشرقي"),
    "south": (180, "southern", "الجنوبي"),
    "southwest": (225, "southwestern", "الجنوبي الغربي"),
    "west": (270, "western", "الغربي"),
    "northwest": (315, "northwestern", "الشمالي الغربي"),
}
"""Bearing in degrees, English adjective, Arabic adjective."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Atlas:
    """What areas are derived from; ``outlines`` and ``rows`` grow while they are.

    ``towns`` are the places by id that a hull may be drawn round.
    """

    outlines: dict[str, BaseGeometry]
    rows: dict[str, Row]
    towns: Mapping[str, Row]
    subdistricts: Sequence[Mapping[str, str]]
    governorates: Mapping[str, str]
    golan: BaseGeometry


def _flat(geometry: BaseGeometry, lat: float, *, back: bool = False) -> BaseGeometry:
    """Return ``geometry`` in kilometres on a plane true near ``lat``, or back in degrees."""
    scale = [_KM_A_DEGREE * math.cos(math.radians(lat)), _KM_A_DEGREE]
    return shapely.transform(geometry, lambda xy: xy / scale if back else xy * scale)


def derive(atlas: Atlas, rules: Iterable[Mapping[str, str]]) -> list[Row]:
    """Put the outline of each of ``rules`` into ``atlas``; return the rows that are new.

    A rule with the id of a known row draws that row; one without a name is only material for
    later rules and gets no row.
    """
    makers: dict[str, Callable[[Atlas, str, list[str]], BaseGeometry]] = {
        "cells": _cells,
        "hull": _hull,
        "union": _union,
        "golan": _golan,
        "circle": _circle,
        "countries": _countries,
        "continent": _continent,
        "sea": _sea,
    }
    made = []
    for rule in rules:
        outline = makers[rule["rule"]](atlas, rule["id"], rule["args"].split("|"))
        atlas.outlines[rule["id"]] = outline
        told = f"outline derived: {_explain(rule)}"
        known = atlas.rows.get(rule["id"])
        if known:
            place(known, outline, told)
        elif rule["name"]:
            made.append(_new_row(rule, outline, told))
    return made


def _explain(rule: Mapping[str, str]) -> str:
    args = rule["args"].replace("|", ", ")
    told = {
        "cells": f"cells round the points of subdistricts {args}",
        "hull": f"hull of {args.count(',') + 1} places, {_HULL_MARGIN_KM:.0f} km wider",
        "union": f"union of {args}",
        "golan": "between Syria and Israel, in neither country of the source; Syria's per the UN",
        "circle": f"the row's circle within {args}",
        "countries": f"countries {args}",
        "continent": f"the countries that GeoNames puts on the continent ({args})",
        "sea": f"what no land covers in {args} (degrees west, south, east, north)",
    }[rule["rule"]]
    return f"{told}; {rule['note']}" if rule["note"] else told


def place(row: Row, outline: BaseGeometry, told: str) -> None:
    """Set the radius of ``row`` from ``outline``, and its point unless that already lies in it."""
    if not outline.contains(Point(row.lon, row.lat)):
        row.lat, row.lon = shapes.point_within(outline)
    row.radius_km = shapes.equal_radius_km(outline)
    row.note = f"{row.note} | {told}" if row.note else told


def _new_row(rule: Mapping[str, str], outline: BaseGeometry, told: str) -> Row:
    row = Row(
        id=rule["id"],
        name=rule["name"],
        name_ar=rule["name_ar"] or None,
        aliases=[alias for alias in rule["aliases"].split("|") if alias],
        kind=rule["kind"],
        country=rule["country"] or None,
        source="derived from the other tables",
    )
    row.lat, row.lon = shapes.point_within(outline)
    place(row, outline, told)
    return row


def countrysides(atlas: Atlas) -> list[Row]:
    """Draw every countryside that has no outline yet; return a row for each part of each.

    A governorate that is itself a countryside (ريف دمشق) gets the parts only.
    """
    made = []
    wholes = [row for row in atlas.rows.values() if row.kind == "countryside"]
    wholes += [row for row in atlas.rows.values() if row.id == "SY-RD"]
    for row in wholes:
        if row.id in atlas.outlines and row.kind == "countryside":
            continue
        governorate = atlas.rows[row.admin1 or row.id]
        seat = _seat(atlas, governorate)
        whole = atlas.outlines[governorate.id]
        if row.kind == "countryside":
            outline = _countryside(whole, seat)
            atlas.outlines[row.id] = outline
            place(row, outline, f"outline derived: {governorate.id} without the city's core")
        made += _parts(atlas, row, whole, seat, governorate)
    return made


def _countryside(area: BaseGeometry, seat: Row, bearing: float | None = None) -> BaseGeometry:
    """Return the countryside of a governorate's seat, or its part in one direction."""
    point, core = (seat.lat, seat.lon), seat.radius_km
    return shapes.tidy(countryside_of(area, point, core=core, bearing=bearing, defaults=DEFAULTS))


def _seat(atlas: Atlas, governorate: Row) -> Row:
    """Return the settlement the governorate is called after; Damascus for ريف دمشق."""
    name = "دمشق" if governorate.id == "SY-RD" else governorate.name_ar
    towns = [r for r in atlas.rows.values() if r.kind == "settlement" and r.name_ar == name]
    return max(towns, key=lambda town: town.population)


def _parts(atlas: Atlas, row: Row, whole: BaseGeometry, seat: Row, governorate: Row) -> list[Row]:
    made = []
    drawn = {known.name_ar: known for known in atlas.rows.values()}
    slug = "rif-dimashq" if row.id == "SY-RD" else row.id
    for direction, (bearing, english, arabic) in DIRECTIONS.items():
        name_ar = f"{row.name_ar} {arabic}"
        aliases = _part_aliases(english, arabic, governorate, seat)
        if name_ar in drawn:
            drawn[name_ar].aliases = distinct([*drawn[name_ar].aliases, *aliases])
            continue
        outline = _countryside(whole, seat, bearing)
        if outline.area < _SMALLEST_PART * whole.area:
            continue
        part = Row(
            id=f"{slug}-{direction}",
            name=_part_name(english, governorate),
            name_ar=name_ar,
            aliases=aliases,
            kind="countryside",
            country=row.country,
            admin1=governorate.id,
            source="derived from the other tables",
        )
        told = (
            f"outline derived: {row.id} within {DEFAULTS.countryside_angle:.0f}° of {direction} "
            "seen from behind the city"
        )
        place(part, outline, told)
        atlas.outlines[part.id] = outline
        made.append(part)
    return made


def _part_name(english: str, governorate: Row) -> str:
    tail = "" if governorate.id == "SY-RD" else " countryside"
    return f"{english.capitalize()} {governorate.name}{tail}"


def _part_aliases(english: str, arabic: str, governorate: Row, seat: Row) -> list[str]:
    if governorate.id == "SY-RD":
        return [f"{english} Damascus countryside", f"{english} rural Damascus"]
    names = {governorate.name, governorate.name.removeprefix("Al-").removeprefix("As-")}
    patterns = ["{0} {1} countryside", "{0} countryside of {1}", "{0} rural {1}", "rural {0} {1}"]
    if seat.population < _HALVES_FROM:
        patterns.append("{0} {1}")
    found = [pattern.format(english, name) for name in sorted(names) for pattern in patterns]
    name_ar = governorate.name_ar or ""
    article = "ال"
    dative = f"لل{name_ar[2:]}" if name_ar.startswith(article) else f"ل{name_ar}"
    return [*found, f"{article}ريف {arabic} {dative}", f"{article}ريف {arabic} لمحافظة {name_ar}"]


def _cells(atlas: Atlas, _: str, args: list[str]) -> BaseGeometry:
    wanted = tuple(args)
    cells = []
    for name, key in sorted(atlas.governorates.items()):
        own = [row for row in atlas.subdistricts if row["admin1"] == name]
        if any(row["pcode"].startswith(wanted) for row in own):
            cells += _voronoi(own, atlas.outlines[key], wanted)
    return shapes.merge(cells)


def _voronoi(
    rows: Sequence[Mapping[str, str]], outline: BaseGeometry, wanted: tuple[str, ...]
) -> list[BaseGeometry]:
    lat = outline.centroid.y
    points = MultiPoint([(float(row["lon"]), float(row["lat"])) for row in rows])
    flat = _flat(outline, lat)
    cells = shapely.voronoi_polygons(_flat(points, lat), extend_to=flat, ordered=True)
    chosen = [
        cell
        for cell, row in zip(shapely.get_parts(cells), rows, strict=True)
        if row["pcode"].startswith(wanted)
    ]
    return [_flat(shapely.union_all(chosen).intersection(flat), lat, back=True)]


def _hull(atlas: Atlas, identity: str, args: list[str]) -> BaseGeometry:
    missing = [arg for arg in args if arg not in atlas.towns]
    if missing:
        raise GazetteerError(f"areas.csv, {identity}: no town {missing[0]!r}; correct the rule")
    towns = [atlas.towns[arg] for arg in args]
    lat = towns[0].lat
    hull = _flat(MultiPoint([(town.lon, town.lat) for town in towns]).convex_hull, lat)
    wide = _flat(hull.buffer(_HULL_MARGIN_KM, quad_segs=4), lat, back=True)
    countries = sorted({town.country for town in towns if town.country})
    inside = wide.intersection(_union(atlas, "", countries))
    # As rough as the hull itself: the bays of a coast say no more of it.
    return shapes.tidy(inside.simplify(_HULL_DETAIL))


def _union(atlas: Atlas, _: str, args: list[str]) -> BaseGeometry:
    return shapes.merge([atlas.outlines[arg] for arg in args])


def _golan(atlas: Atlas, _: str, __: list[str]) -> BaseGeometry:
    return atlas.golan


def _circle(atlas: Atlas, key: str, args: list[str]) -> BaseGeometry:
    row = atlas.rows[key]
    circle = disk(row.lat, row.lon, km=row.radius_km)
    return shapes.tidy(circle.intersection(_union(atlas, key, args)))


def _countries(atlas: Atlas, _: str, args: list[str]) -> BaseGeometry:
    whole = shapely.union_all([atlas.outlines[arg] for arg in args])
    largest = max(part.area for part in shapely.get_parts(whole))
    parts = [p for p in shapely.get_parts(whole) if p.area > min(0.05, largest / 2)]
    return shapes.tidy(shapely.simplify(shapely.union_all(parts), _COARSE))


def _continent(atlas: Atlas, key: str, args: list[str]) -> BaseGeometry:
    code, *box = args
    known = sources.countries().items()
    on_it = [c for c, row in known if row["continentcode"] == code and c in atlas.outlines]
    whole = _countries(atlas, key, on_it)
    return (
        shapes.tidy(whole.intersection(shapely.box(*map(float, box[0].split())))) if box else whole
    )


def _sea(atlas: Atlas, _: str, args: list[str]) -> BaseGeometry:
    boxes = shapely.union_all([shapely.box(*map(float, box.split())) for box in args])
    nations = (
        g for key, g in atlas.outlines.items() if key in atlas.rows and _is_nation(atlas, key)
    )
    land = [outline for outline in nations if outline.intersects(boxes)]
    water = boxes.difference(shapely.union_all(land))
    # Rivers and lakes are land in the source; a coast drawn coarsely leaves puddles, which go. The
    # date line cuts one ocean in two.
    least = _PART_OF_SEA * max(part.area for part in shapely.get_parts(water))
    kept = shapely.union_all([part for part in shapely.get_parts(water) if part.area >= least])
    detail = _OCEAN_DETAIL if boxes.area > _OCEAN else _SEA_DETAIL
    return shapes.tidy(kept.simplify(detail))


def _is_nation(atlas: Atlas, key: str) -> bool:
    return atlas.rows[key].kind == "country"
