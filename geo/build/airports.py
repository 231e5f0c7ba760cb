"""The table of airports and air bases of the Middle East, from airportsdata."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.build import shapes
from geo.build.names import clean, distinct
from geo.build.schema import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = ["COUNTRIES", "airport_rows"]

COUNTRIES: tuple[str, ...] = (
    *("AE", "BH", "CY", "EG", "IL", "IQ", "IR", "JO", "KW", "LB", "LY", "OM", "PS"),
    *("QA", "SA", "SD", "SY", "TR", "YE"),
)
"""The countries whose airports are in the news of the region."""

_SAME_KM = 4.0
"""Within this distance of another airport or base, it is that one under another name."""

_NEAR_KM = 80.0
"""How far from its city an airport may lie that is called after it."""

_MILITARY = ("Air Base", "Army Air Field", "Airbase", "Air College")
_TYPES: tuple[tuple[str, str, str], ...] = (
    (" International Airport", "مطار", "الدولي"),
    (" Airport", "مطار", ""),
    (" Air Base", "قاعدة", "الجوية"),
    (" Airbase", "قاعدة", "الجوية"),
)
"""What an English name ends in, and what stands before and after the name in Arabic."""

Record = dict[str, Any]


def airport_rows(
    records: Iterable[Record],
    *,
    towns: Iterable[Row],
    known: Sequence[Row],
    spelled: Callable[[Row], Row],
) -> list[Row]:
    """Return a row for each of ``records`` in `COUNTRIES` that is not among ``known``.

    An airport called after a town near it takes the town's Arabic name, between the Arabic words
    for what it is: the note says so. ``spelled`` puts in the spellings made by hand.
    """
    arabic = _arabic_towns(towns)
    here = [row for row in known if row.kind in {"airport", "military_base"}]
    rows = []
    for record in sorted(records, key=lambda record: str(record["icao"])):
        if record["country"] not in COUNTRIES:
            continue
        row = _row(record, arabic)
        if row and not any(_apart_km(row, other) < _SAME_KM for other in here):
            here.append(row)
            rows.append(spelled(row))
    return rows


def _row(record: Record, towns: Mapping[tuple[str, str], list[Row]]) -> Row | None:
    name = clean(record["name"])
    if name is None or "Heliport" in name or "Helipad" in name:
        return None
    row = Row(
        id=f"icao:{record['icao']}",
        name=name,
        kind="military_base" if name.endswith(_MILITARY) else "airport",
        country=record["country"],
        lat=round(record["lat"], 4),
        lon=round(record["lon"], 4),
        radius_km=3.0,
        source="airportsdata",
    )
    names = [*_shorter(name, clean(record["city"] or ""))]
    for ending, before, after in _TYPES:
        town = _town(row, name.removesuffix(ending), towns) if name.endswith(ending) else None
        if town and town.name_ar:
            row.name_ar = f"{before} {town.name_ar} {after}".strip()
            names += [f"{before} {town.name_ar}"] if after else []
            row.note = "Arabic name made from that of the town"
            break
    row.aliases = distinct(names, besides=(row.name, row.name_ar))
    return row


def _shorter(name: str, city: str | None) -> list[str]:
    """Return what news calls an airport: "Baghdad airport" for Baghdad International Airport."""
    if not name.endswith(" Airport"):
        return []
    called = name.removesuffix(" Airport").removesuffix(" International")
    found = [f"{called} airport"]
    # The airport of a city need not be called after it: Ben Gurion, Queen Alia.
    if city and " International " in name and city in name:
        found.append(f"{city} airport")
    return found


def _arabic_towns(towns: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for town in towns:
        if town.country in COUNTRIES and town.name_ar:
            for name in (town.name, *town.aliases):
                found.setdefault((town.country, name.casefold()), []).append(town)
    return found


def _town(airport: Row, called: str, towns: Mapping[tuple[str, str], list[Row]]) -> Row | None:
    """Return the largest town of a name near an airport."""
    same = towns.get((airport.country or "", called.casefold()), [])
    near = [town for town in same if _apart_km(airport, town) < _NEAR_KM]
    return max(near, key=lambda town: town.population) if near else None


def _apart_km(one: Row, other: Row) -> float:
    if abs(one.lat - other.lat) > 1:
        return float("inf")
    return shapes.distance_km((one.lat, one.lon), (other.lat, other.lon))
