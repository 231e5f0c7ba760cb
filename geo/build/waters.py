"""The table of rivers and lakes, and the courses of the rivers.

A row stands at a point on the water, and its circle reaches the ends. A river is drawn as its line:
what lies on its banks, or east of it, is seen from there.

Natural Earth draws the middle of the great rivers, through lakes too. The rules of ``waters.csv``
name the lines that make up one water as ``class:name``, and a box (west, south, east, north) where
one name has several parts. A rule without a name only draws the river of another table.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas
import shapely

from geo.build import shapes
from geo.build.schema import Row
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


def water_rows(drawn: Mapping[str, BaseGeometry]) -> list[Row]:
    """Return a row for each rule of ``waters.csv`` that names one, in their order.

    Raises
    ------
    GazetteerError
        If a rule names a line that ``drawn`` lacks.
    """
    return [_row(rule, drawn) for rule in _rules() if rule["name"]]


def water_lines(drawn: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Return the course of each river of ``waters.csv`` by its id, lines in degrees.

    Raises
    ------
    GazetteerError
        If a rule names a line that ``drawn`` lacks.
    """
    return {
        rule["id"]: _course(_joined(rule, drawn)) for rule in _rules() if rule["kind"] == "river"
    }


def _rules() -> list[dict[str, str]]:
    with _RULES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _course(line: BaseGeometry) -> BaseGeometry:
    """Return a line in as few pieces as it has, on a grid, without detail nobody sees."""
    merged = shapely.line_merge(shapely.set_precision(line, _GRID))
    return shapely.set_precision(shapely.simplify(merged, _DETAIL), _GRID)


def _row(rule: Mapping[str, str], drawn: Mapping[str, BaseGeometry]) -> Row:
    water = _joined(rule, drawn)
    middle, _ = shapely.get_coordinates(shapely.shortest_line(water, water.centroid))
    lat, lon = round(float(middle[1]), 4), round(float(middle[0]), 4)
    reach = max(shapes.distance_km((lat, lon), (y, x)) for x, y in shapely.get_coordinates(water))
    told = f"in the middle of {rule['lines'].replace('|', ' and ')}; the circle reaches its ends"
    return Row(
        id=rule["id"],
        name=rule["name"],
        name_ar=rule["name_ar"] or None,
        aliases=[alias for alias in rule["aliases"].split("|") if alias],
        kind=rule["kind"],
        lat=lat,
        lon=lon,
        radius_km=max(_LEAST_KM, float(round(reach))),
        source="Natural Earth",
        note=f"{told}; {rule['note']}" if rule["note"] else told,
    )


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
