"""Facilities and quarters that two sources agree on, and remembered ones that no source knows.

``facilities.csv`` holds what was read: both points with their sources. What is made of them here
is the point of the better source and a circle that holds the other one too.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from geo.build import shapes
from geo.build.names import distinct
from geo.build.schema import Row, read_csv
from geo.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

__all__ = ["APART_KM", "REMEMBERED", "facility_rows", "is_confirmed", "read_facilities"]

_TABLE = Path(__file__).parent / "facilities.csv"

APART_KM: Mapping[str, float] = {
    "border_crossing": 5.0,
    "camp": 2.0,
    "dam": 3.0,
    "detention_centre": 2.0,
    "district": 10.0,
    "gas_plant": 5.0,
    "landmark": 3.0,
    "military_base": 3.0,
    "neighbourhood": 3.0,
    "oil_field": 15.0,
}
"""The size of a kind: two points farther apart are not of the same facility."""

_LEAST_KM: Mapping[str, float] = {"district": 8.0, "military_base": 3.0, "oil_field": 4.0}
_LEAST = 1.5
"""The least radius, by kind and of all others: a point is not a facility."""

_REMEMBERED_KM = 10.0
"""The least radius of a point that no source confirms."""

_BORDER_KM = 3.0
"""How far outlines are simplified: a point this near to a division may lie in it."""

_TOWN_KM = 20.0
"""How far a facility may lie from the town it is said to be at."""

_UNRECORDED = "(path not recorded)"
"""What stands with a source that nobody can open again: two such confirm nothing."""

REMEMBERED = "remembered point, no source confirms it"
"""The source of a row that no source confirms."""

Fact = Mapping[str, str]


def read_facilities(path: Path = _TABLE) -> list[dict[str, str]]:
    """Return the lines of the table of facilities."""
    return read_csv(path)


def facility_rows(
    lines: Iterable[Fact],
    *,
    remembered: Iterable[Fact],
    outlines: Mapping[str, BaseGeometry],
    towns: Iterable[Row],
) -> list[Row]:
    """Return a row for each line of the table, in their order.

    A line without a point is one of the ``remembered``, which give it its point, names and kind;
    it is not verified. ``outlines`` are those of the divisions, ``towns`` the settlements.

    Raises
    ------
    GazetteerError
        If two points are too far apart to be one facility, or lie outside the division or far
        from the town that the line names.
    """
    known = {fact["id"]: fact for fact in remembered}
    places = {town.id: town for town in towns}
    rows = []
    for line in lines:
        row = _confirmed(line) if line["lat"] else _unconfirmed(line, known)
        _check_division(row, outlines)
        _check_town(row, line["town"], places)
        rows.append(row)
    return rows


def is_confirmed(line: Fact) -> bool:
    """Say whether two sources give the point of a line, and anybody can open one of them."""
    sources = [line["source"], line["source2"]]
    return all(sources) and not all(_UNRECORDED in source for source in sources)


def _confirmed(line: Fact) -> Row:
    """Return the row of a facility that two sources know, verified where one can be opened."""
    kind = line["kind"]
    point = float(line["lat"]), float(line["lon"])
    other = float(line["lat2"]), float(line["lon2"])
    apart = shapes.distance_km(point, other)
    if apart > APART_KM[kind]:
        raise GazetteerError(
            f"{line['id']}: its sources are {apart:.1f} km apart, more than the "
            f"{APART_KM[kind]:g} km of a {kind}; find out which is right"
        )
    told = f"second source {other[0]:.4f}, {other[1]:.4f}, {apart:.1f} km away"
    return Row(
        id=line["id"],
        name=line["name"],
        name_ar=line["name_ar"],
        aliases=_aliases(line, line["name"], line["name_ar"]),
        kind=kind,
        country=line["country"],
        admin1=line["admin1"] or None,
        lat=point[0],
        lon=point[1],
        radius_km=math.ceil(10 * max(apart, _LEAST_KM.get(kind, _LEAST), _doubt(line))) / 10,
        source=f"{line['source']}; {line['source2']}",
        verified=is_confirmed(line),
        note=f"{line['note']}; {told}" if line["note"] else told,
    )


def _unconfirmed(line: Fact, remembered: Mapping[str, Fact]) -> Row:
    """Return the row of a facility that is remembered only."""
    fact = remembered.get(line["id"])
    if fact is None:
        raise GazetteerError(
            f"{line['id']}: it has no point and is not among the remembered; give it two sources"
        )
    kind = "settlement" if fact["kind"] == "town" else fact["kind"]
    return Row(
        id=line["id"],
        name=fact["name_en"],
        name_ar=fact["name_ar"],
        aliases=_aliases(line, fact["name_en"], fact["name_ar"]),
        kind=kind,
        country=fact["country"],
        lat=float(fact["lat_remembered"]),
        lon=float(fact["lon_remembered"]),
        radius_km=max(_REMEMBERED_KM, _doubt(line)),
        source=REMEMBERED,
        verified=False,
        note=line["note"],
    )


def _aliases(line: Fact, *names: str) -> Sequence[str]:
    told = [alias for alias in line["aliases"].split("|") if alias]
    return distinct(told, besides=names)


def _doubt(line: Fact) -> float:
    """Return the largest disagreement that the line tells of, in kilometres."""
    return float(line["doubt_km"] or 0)


def _check_division(row: Row, outlines: Mapping[str, BaseGeometry]) -> None:
    """Hold that a row reaches the division that it names, or stands at its simplified border."""
    if row.admin1 is None:
        return
    outside = shapes.distance_to_km(outlines[row.admin1], (row.lat, row.lon))
    if outside > max(row.radius_km, _BORDER_KM):
        raise GazetteerError(
            f"{row.id}: its point is {outside:.1f} km outside {row.admin1}; check both"
        )


def _check_town(row: Row, called: str, towns: Mapping[str, Row]) -> None:
    """Hold that a row lies near the town that its line names, if it names one."""
    if not called:
        return
    town = towns.get(called)
    if town is None:
        raise GazetteerError(f"{row.id}: no settlement has the id {called}; look it up again")
    apart = shapes.distance_km((row.lat, row.lon), (town.lat, town.lon))
    if apart > _TOWN_KM:
        raise GazetteerError(
            f"{row.id}: it is {apart:.0f} km from {town.name}; check its point and the town"
        )
