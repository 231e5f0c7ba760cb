"""Towns and neighbourhoods that news names and GeoNames' cities500 lacks, or spells otherwise.

``towns.csv`` holds what was read. A line with a ``settlement`` gives a town of GeoNames the names
that the press uses. A line with a point is a place of its own: verified where a second source
agrees with the first, and anybody can open one of the two.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from geo.build import shapes
from geo.build.facilities import is_confirmed
from geo.build.names import distinct
from geo.build.schema import Row, read_csv
from geo.errors import GazetteerError
from geo.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

__all__ = ["APART_KM", "SINGLE_KM", "TWIN_KM", "Standing", "read_towns", "town_rows"]

_TABLE = Path(__file__).with_suffix(".csv")

APART_KM: Mapping[str, float] = {
    "camp": 2.0,
    "landmark": 1.5,
    "neighbourhood": 1.5,
    "settlement": 3.0,
}
"""The size of a kind: two points farther apart are not of the same place."""

SINGLE_KM = 3.0
"""The radius of a point that one source alone gives."""

TWIN_KM = 1.5
"""Two places of one name this near to each other are one."""

_LEAST_KM = 1.0

Line = Mapping[str, str]


def read_towns(path: Path = _TABLE) -> list[dict[str, str]]:
    """Return the lines of the table of towns."""
    return read_csv(path)


def town_rows(
    lines: Iterable[Line], *, outlines: Mapping[str, BaseGeometry], places: Iterable[Row]
) -> list[Row]:
    """Return a row for each line of the table, in their order.

    ``outlines`` are those of the divisions, ``places`` the settlements and neighbourhoods that
    other tables hold.

    Raises
    ------
    GazetteerError
        If a line names no settlement that is known, its points are too far apart to be one place
        or lie outside its division, or a place of its name is known there already.
    """
    known = {place.id: place for place in places}
    standing = Standing(known.values())
    rows = []
    for line in lines:
        row = _renamed(line, known) if line["settlement"] else _placed(line)
        if not line["settlement"]:
            _check_division(row, outlines)
            _check_twins(row, standing)
            standing.add(row)
        rows.append(row)
    return rows


def _renamed(line: Line, known: Mapping[str, Row]) -> Row:
    """Return the row of a settlement of GeoNames under the names of the press."""
    town = known.get(line["settlement"])
    if town is None:
        raise GazetteerError(
            f"{line['id']}: no settlement has the id {line['settlement']}; look it up again"
        )
    return Row(
        id=line["id"],
        name=line["name"],
        name_ar=line["name_ar"],
        aliases=_aliases(line),
        country=town.country,
        admin1=town.admin1,
        lat=town.lat,
        lon=town.lon,
        radius_km=town.radius_km,
        population=town.population,
        source=town.source,
        note=line["note"] or "names as the press spells them",
        geonames_id=town.id.removeprefix("gn:"),
    )


def _placed(line: Line) -> Row:
    """Return the row of a place of its own, at the point of its first source."""
    point = float(line["lat"]), float(line["lon"])
    row = Row(
        id=line["id"],
        name=line["name"],
        name_ar=line["name_ar"],
        aliases=_aliases(line),
        kind=line["kind"],
        country=line["country"],
        admin1=line["admin1"],
        lat=point[0],
        lon=point[1],
        radius_km=SINGLE_KM,
        source=line["source"],
        verified=False,
        note=line["note"],
    )
    if line["lat2"]:
        other = float(line["lat2"]), float(line["lon2"])
        apart = shapes.distance_km(point, other)
        if apart > APART_KM[row.kind]:
            raise GazetteerError(
                f"{row.id}: its sources are {apart:.1f} km apart, more than the "
                f"{APART_KM[row.kind]:g} km of a {row.kind}; find out which is right"
            )
        told = f"second source {other[0]:.4f}, {other[1]:.4f}, {apart:.1f} km away"
        row.verified = is_confirmed(line)
        row.radius_km = math.ceil(10 * max(apart, _LEAST_KM)) / 10
        row.source = f"{line['source']}; {line['source2']}"
        row.note = f"{line['note']}; {told}" if line["note"] else told
    return row


def _aliases(line: Line) -> list[str]:
    told = [alias for alias in line["aliases"].split("|") if alias]
    return distinct(told, besides=(line["name"], line["name_ar"]))


def _check_division(row: Row, outlines: Mapping[str, BaseGeometry]) -> None:
    """Hold that the point of a row lies in its division, or at its simplified border."""
    outside = shapes.distance_to_km(outlines[row.admin1 or ""], (row.lat, row.lon))
    if outside > row.radius_km:
        raise GazetteerError(
            f"{row.id}: its point is {outside:.1f} km outside {row.admin1}; check both"
        )


def _check_twins(row: Row, standing: Standing) -> None:
    """Hold that no place of the row's name stands where the row does."""
    for name, place, apart in standing.near(row, TWIN_KM):
        raise GazetteerError(
            f"{row.id}: {place.id} bears the name {name} {apart:.1f} km away; give that one the "
            "names instead"
        )


class Standing:
    """The places that stand already, by their folded names."""

    def __init__(self, places: Iterable[Row]) -> None:
        self._named: dict[str, list[Row]] = defaultdict(list)
        for place in places:
            self.add(place)

    def add(self, place: Row) -> None:
        """Take a place in."""
        for name in _folded(place):
            self._named[name].append(place)

    def near(self, row: Row, km: float) -> Iterator[tuple[str, Row, float]]:
        """Yield the places less than so far from a row that share a name: name, place, km."""
        for name in _folded(row):
            for place in self._named.get(name, ()):
                apart = shapes.distance_km((row.lat, row.lon), (place.lat, place.lon))
                if apart < km:
                    yield name, place, apart


def _folded(row: Row) -> Iterator[str]:
    """Yield each name of a row as the matcher reads it, once."""
    yield from {fold(name) for name in (row.name, row.name_ar, *row.aliases) if name}
