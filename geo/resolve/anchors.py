"""The anchors of relations: resolved places with what the gazetteer knows round them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geo.model import AREA_KINDS, KINDS
from geo.resolve.footprints import Anchor
from geo.resolve.same import Same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer import Gazetteer
    from geo.model import Place

__all__ = ["anchor_of", "country_of"]

_GOVERNORATE = KINDS.index("governorate")
_COUNTRY = "country"


def anchor_of(place: Place, footprint: BaseGeometry, gazetteer: Gazetteer) -> Anchor:
    """Return a resolved place as an anchor; the same one for the same place."""
    return _anchor(place, Same(footprint), gazetteer)


# An article names its few places again and again, and so does the next article. Kept anchors also
# keep their drawings: see `geo.resolve.footprints.relation`.
@lru_cache(maxsize=4096)
def _anchor(place: Place, footprint: Same, gazetteer: Gazetteer) -> Anchor:
    return Anchor(
        place=place,
        footprint=footprint.geometry,
        parent=_outline(place.country, gazetteer),
        governorate=_countryside(place, gazetteer) if place.kind == "settlement" else None,
        seat=_seat(place, gazetteer) if place.kind in AREA_KINDS - {_COUNTRY} else None,
    )


@lru_cache(maxsize=512)
def country_of(code: str, gazetteer: Gazetteer) -> Anchor | None:
    """Return the country with an ISO 3166-1 code, ``None`` if the gazetteer holds none."""
    row = gazetteer.id_row(code)
    if row < 0:
        return None
    return anchor_of(gazetteer.place(row), gazetteer.footprint(row), gazetteer)


def _outline(identity: str | None, gazetteer: Gazetteer) -> BaseGeometry | None:
    row = gazetteer.id_row(identity) if identity else -1
    return gazetteer.footprint(row) if row >= 0 else None


def _named(name: str, country: str | None, gazetteer: Gazetteer) -> Iterator[int]:
    """Yield the rows of the governorates of a country that bear a name."""
    number = gazetteer.name_id(name)
    for row in gazetteer.rows(number).tolist() if number is not None else ():
        same = gazetteer.countries[gazetteer.country[row]] == country
        if gazetteer.kind[row] == _GOVERNORATE and same:
            yield row


def _countryside(place: Place, gazetteer: Gazetteer) -> BaseGeometry | None:
    """Return the governorate that "the countryside of" a seat means: ريف دمشق, else ريف X."""
    names = (f"ريف {place.name_ar}", f"Rural {place.name}", place.name)
    rows = (row for name in names for row in _named(name, place.country, gazetteer))
    row = next(rows, None)
    return None if row is None else gazetteer.footprint(row)


def _seat(place: Place, gazetteer: Gazetteer) -> tuple[float, float] | None:
    """Return the (lat, lon) of the town that a governorate or countryside is named after."""
    for town in gazetteer.lookup(place.name):
        if town.kind == "settlement" and town.admin1 == (place.admin1 or place.id):
            return town.lat, town.lon
    return None
