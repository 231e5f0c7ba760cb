"""The table of regions that GeoNames knows: historical lands, parts of countries and of the earth.

GeoNames says where they are and not how far they reach. What nobody writes of stays out: a region
must have several names, fewer where the news of this gazetteer happens, or lie where English is
spoken and have its people counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.build import shapes
from geo.build.names import best_arabic, clean, distinct, is_alias, is_generic, script
from geo.build.schema import Row
from geo.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

    from geo.build.points import Known

__all__ = ["region_rows", "take_points"]

_KINDS = frozenset({"region", "continent"})
_KNOWN_BY, _KNOWN_NEAR_BY = 5, 3
"""How many names a region has that news writes of, far away and near."""

_NEAR = "AE BH CY DZ EG EH IQ IR IL JO KW LB LY MA MR OM PS QA SA SD SY TN TR YE"
"""The countries where news happens that this gazetteer is for."""

_ENGLISH = "AU CA GB IE NZ US"

_ROUGH_KM, _FINE_KM = 60.0, 30.0
"""The circle of a region whose point is told to half a degree, and of one told better."""


def region_rows(
    known: Mapping[str, Known],
    *,
    taken: Iterable[Row],
    counties: Iterable[Row],
    outlines: Mapping[str, BaseGeometry],
) -> list[Row]:
    """Return a row for each region that no other row is called like, ordered by its number.

    ``known`` are the places of GeoNames by number; no region is called like one of ``taken``, nor
    like one of the ``counties`` of its country. One whose middle lies outside its country by
    ``outlines`` reaches over a border, and is told of none.
    """
    names = {fold(name) for row in taken for name in (row.name, row.name_ar, *row.aliases) if name}
    local = {(row.country, fold(name)) for row in counties for name in (row.name, *row.aliases)}
    rows = []
    for number in sorted(known, key=int):
        place = known[number]
        if place.kind != "region" or not _is_known(place):
            continue
        row = _row(number, place)
        own = [fold(name) for name in (row.name, row.name_ar) if name]
        again = names.intersection(own) or (row.country, own[0]) in local
        if is_alias(row.name) and not is_generic(row.name) and not again:
            row.aliases = [alias for alias in row.aliases if fold(alias) not in names]
            outline = outlines.get(row.country or "")
            if outline is None or not shapes.known_point(outline, place.point):
                row.country = None
            rows.append(row)
    return rows


def _is_known(region: Known) -> bool:
    """Say whether news may write of a region."""
    country = region.country or "?"
    least = _KNOWN_NEAR_BY if country in _NEAR else _KNOWN_BY
    counted = region.people > 0 and (country in _ENGLISH or region.country is None)
    return counted or len(region.names) >= least


def _row(number: str, place: Known) -> Row:
    name = clean(place.name) or number
    cleaned = (clean(each) for each in place.names)
    aliases = [each for each in cleaned if each and is_alias(each) and not is_generic(each)]
    latin = [each for each in aliases if script(each) == "latin"]
    name_ar = best_arabic((a for a in aliases if script(a) == "arabic"), [name, *latin])
    lat, lon = place.point
    rough = not (2 * lat % 1 or 2 * lon % 1)
    return Row(
        id=f"gn:{number}",
        name=name,
        name_ar=name_ar,
        aliases=distinct(sorted(aliases), besides=(name, name_ar)),
        kind="region",
        country=place.country,
        lat=round(lat, 5),
        lon=round(lon, 5),
        radius_km=_ROUGH_KM if rough else _FINE_KM,
        source="GeoNames",
        note="nobody says how far it reaches: the circle is the doubt about its middle",
        geonames_id=number,
    )


def take_points(
    rows: Iterable[Row], known: Mapping[str, Known], outlines: Mapping[str, BaseGeometry]
) -> None:
    """Put each row that is called like a region of GeoNames at its point, if that lies in it."""
    regions = {fold(place.name): key for key, place in known.items() if place.kind in _KINDS}
    for row in rows:
        number = next((k for n in (row.name, *row.aliases) if (k := regions.get(fold(n)))), None)
        taken = number and shapes.known_point(outlines[row.id], known[number].point)
        if number and taken:
            row.lat, row.lon = taken
            row.geonames_id, row.note = number, f"{row.note}; point of GeoNames"
