"""The table of rivers and lakes, and the courses of the rivers.

A row stands at a point on the water, and its circle reaches the ends. A river is drawn as its line:
what lies on its banks, or east of it, is seen from there.

Natural Earth draws the middle of the great rivers, through lakes too. The rules of ``waters.csv``
name the lines that make up one water as ``class:name``, and a box (west, south, east, north) where
one name has several parts. A rule without a name only draws the river of another table.

A river that Natural Earth lacks names the places that it runs through instead, ids of settlements
and curated sites from its spring to its mouth, and is drawn straight from each to the next.
"""

from __future__ import annotations

import itertools
import math
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas
import shapely

from geo.build import shapes
from geo.build.schema import Row, read_csv
from geo.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

__all__ = ["lines", "water_lines", "water_rows"]

_RULES = Path(__file__).with_suffix(".csv")
_LEAST_KM = 5.0
_DETAIL = 0.01
"""Degrees to which a course is simplified: one kilometre, about what the source is true to."""

_GRID = 0.001

_STRAY, _MOST_KM = 3.0, 15.0
"""A course strays from the straight by up to a third of its longest piece, and hardly farther."""


def lines(path: Path) -> dict[str, BaseGeometry]:
    """Return the lines of Natural Earth's rivers and lake centerlines, by ``class:name``.

    Raises
    ------
    GazetteerError
        If the file is missing.
    """
    if not path.is_file():
        raise GazetteerError(
            f"no file {path}: name Natural Earth's ne_10m_rivers_lake_centerlines.shp with --rivers"
        )
    frame = geopandas.read_file(path)
    named = frame[frame["name"].notna()]
    grouped = named.geometry.groupby(named["featurecla"] + ":" + named["name"])
    return {str(key): shapely.union_all(group.to_numpy()) for key, group in grouped}


def water_rows(drawn: Mapping[str, BaseGeometry], *, places: Mapping[str, Row]) -> list[Row]:
    """Return a row for each rule of ``waters.csv`` that names one, in their order.

    Raises
    ------
    GazetteerError
        If a rule names a line that ``drawn`` lacks or a row that ``places`` lacks.
    """
    return [_row(rule, _water(rule, drawn, places)) for rule in _rules() if rule["name"]]


def water_lines(
    drawn: Mapping[str, BaseGeometry], *, places: Mapping[str, Row]
) -> dict[str, BaseGeometry]:
    """Return the course of each river of ``waters.csv`` by its id, lines in degrees.

    Raises
    ------
    GazetteerError
        If a rule names a line that ``drawn`` lacks or a row that ``places`` lacks.
    """
    rivers = (rule for rule in _rules() if rule["kind"] == "river")
    return {rule["id"]: _course(_water(rule, drawn, places)) for rule in rivers}


def _rules() -> list[dict[str, str]]:
    return read_csv(_RULES)


def _course(line: BaseGeometry) -> BaseGeometry:
    """Return a line in as few pieces as it has, on a grid, without detail nobody sees."""
    merged = shapely.line_merge(shapely.set_precision(line, _GRID))
    return shapely.set_precision(shapely.simplify(merged, _DETAIL), _GRID)


def _row(rule: Mapping[str, str], water: BaseGeometry) -> Row:
    middle, _ = shapely.get_coordinates(shapely.shortest_line(water, water.centroid))
    lat, lon = round(float(middle[1]), 4), round(float(middle[0]), 4)
    reach = max(shapes.distance_km((lat, lon), (y, x)) for x, y in shapely.get_coordinates(water))
    told = f"in the middle of {_drawn_as(rule, water)}; the circle reaches its ends"
    return Row(
        id=rule["id"],
        name=rule["name"],
        name_ar=rule["name_ar"] or None,
        aliases=[alias for alias in rule["aliases"].split("|") if alias],
        kind=rule["kind"],
        lat=lat,
        lon=lon,
        radius_km=max(_LEAST_KM, float(round(reach))),
        source="derived from the other tables" if rule["through"] else "Natural Earth",
        # Which places stand on the water is known, but nothing here draws it.
        verified=not rule["through"],
        note=f"{told}; {rule['note']}" if rule["note"] else told,
    )


def _drawn_as(rule: Mapping[str, str], water: BaseGeometry) -> str:
    if not rule["through"]:
        return rule["lines"].replace("|", " and ")
    ends = itertools.pairwise((y, x) for x, y in shapely.get_coordinates(water))
    longest = max(itertools.starmap(shapes.distance_km, ends))
    return (
        f"a line straight between the places on it ({rule['through'].replace('|', ', ')}); "
        f"the course lies up to {min(_MOST_KM, math.ceil(longest / _STRAY)):.0f} km off"
    )


def _water(
    rule: Mapping[str, str], drawn: Mapping[str, BaseGeometry], places: Mapping[str, Row]
) -> BaseGeometry:
    """Return the line of a rule, as it was drawn or through its places."""
    return _straight(rule, places) if rule["through"] else _joined(rule, drawn)


def _straight(rule: Mapping[str, str], places: Mapping[str, Row]) -> BaseGeometry:
    """Return the straight pieces between the points of the places that a rule names."""
    keys = rule["through"].split("|")
    told = f"{_RULES.name}, row {rule['id']}"
    missing = [key for key in keys if key not in places]
    if missing:
        raise GazetteerError(
            f"{told}: no place {missing[0]!r}; write the id of a settlement or a curated site"
        )
    if rule["lines"] or rule["box"] or len(set(keys)) < len(keys) or len(keys) < 2:
        raise GazetteerError(
            f"{told}: cannot run through {rule['through']!r}; name two places or more, each once, "
            "and neither lines nor a box"
        )
    return shapely.LineString([(places[key].lon, places[key].lat) for key in keys])


def _joined(rule: Mapping[str, str], drawn: Mapping[str, BaseGeometry]) -> BaseGeometry:
    """Return the lines that a rule names as one geometry, cut to its box."""
    missing = [key for key in rule["lines"].split("|") if key not in drawn]
    if missing:
        raise GazetteerError(
            f"{_RULES.name}, row {rule['id']}: no line {missing[0]!r}; write one of Natural Earth's"
        )
    whole = shapely.union_all([drawn[key] for key in rule["lines"].split("|")])
    if rule["box"]:
        whole = whole.intersection(shapely.box(*map(float, rule["box"].split())))
    if whole.is_empty:
        raise GazetteerError(
            f"{_RULES.name}, row {rule['id']}: no line runs through the box {rule['box']}; widen it"
        )
    return whole
