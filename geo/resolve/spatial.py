"""Sites that no gazetteer holds: coordinates written in the text, and spatial relations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from pyproj import Geod

from geo.lang.arabic.spatial import SPATIAL as ARABIC
from geo.lang.english.spatial import SPATIAL as ENGLISH
from geo.model import AREA_KINDS, KINDS, Place, Site
from geo.recognize.coordinates import choose_order, find_coordinates
from geo.recognize.relations import find_relations
from geo.resolve.footprints import Anchor, relation_footprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer import Gazetteer
    from geo.model import Mention
    from geo.recognize.coordinates import Coordinate

__all__ = ["coordinate_sites", "relation_sites"]

_EARTH = Geod(ellps="WGS84")
_BESIDE = 60
"""Characters within which a coordinate is taken to say where a named place is."""

_SURE = 0.97
"""The confidence of a coordinate whose form leaves no doubt, and of one whose order is guessed."""
_GUESSED = 0.7
_DRAWN = 0.9
"""A relation is at most as sure as its anchors, and its size is a convention."""

_GOVERNORATE = KINDS.index("governorate")


def coordinate_sites(text: str, sites: Sequence[Site]) -> list[Site]:
    """Return a site for every coordinate written in ``text``.

    ``sites`` are the places named in it: they decide between latitude first and longitude first
    where the text does not, and a place named beside a coordinate is compared with it in ``why``.
    """
    points = [(site.place.lat, site.place.lon) for site in sites]
    return [_at(choose_order(coordinate, points), sites) for coordinate in find_coordinates(text)]


def _at(coordinate: Coordinate, sites: Sequence[Site]) -> Site:
    lat, lon = coordinate.lat, coordinate.lon
    place = Place(
        id=f"coordinates:{lat:.5f},{lon:.5f}",
        name=coordinate.mention.text,
        lat=lat,
        lon=lon,
        kind="landmark",
        radius_km=coordinate.radius_km,
        source=f"the article itself, {coordinate.notation}",
    )
    return Site(
        mention=coordinate.mention,
        place=place,
        footprint=shapely.Point(lon, lat),
        confidence=_GUESSED if coordinate.other else _SURE,
        source="coordinates",
        why=(*coordinate.why, *_compared(coordinate, sites)),
    )


def _compared(coordinate: Coordinate, sites: Sequence[Site]) -> tuple[str, ...]:
    """Say whether the coordinate agrees with the nearest place named beside it."""

    def apart(site: Site) -> int:
        return max(
            site.mention.start - coordinate.mention.end, coordinate.mention.start - site.mention.end
        )

    beside = min(sites, key=apart, default=None)
    if beside is None or apart(beside) > _BESIDE:
        return ()
    spot = shapely.Point(coordinate.lon, coordinate.lat)
    if beside.footprint.area and beside.footprint.covers(spot):
        return (f"inside {beside.place.name}, named beside it",)
    *_, metres = _EARTH.inv(coordinate.lon, coordinate.lat, beside.place.lon, beside.place.lat)
    doubt = coordinate.radius_km + beside.place.radius_km
    verdict = "agrees with" if metres / 1000 <= doubt else "contradicts"
    return (f"{verdict} {beside.place.name}, named beside it: {metres / 1000:.0f} km away",)


def relation_sites(text: str, sites: Sequence[Site], gazetteer: Gazetteer) -> list[Site]:
    """Return a site for every spatial relation of ``text`` that hangs on the places it names.

    A phrase that is itself the name of a gazetteer place (north-east Syria) stays that place.
    """
    by_mention = {site.mention: site for site in sites if site.source == "gazetteer"}
    mentions = sorted(by_mention, key=lambda mention: mention.start)
    anchors = _Anchors(by_mention, gazetteer)
    found: list[Site] = []
    for words in (ARABIC, ENGLISH):
        for relation in find_relations(text, mentions, words=words):
            span = relation.mention
            if any(
                site.mention.start == span.start and site.mention.end == span.end for site in sites
            ):
                continue
            footprint = relation_footprint(relation, anchors)
            if footprint is None:
                continue
            named = [by_mention[mention] for mention in relation.anchors]
            place = Place(
                id=f"relation:{footprint.lat:.4f},{footprint.lon:.4f}",
                name=" ".join(span.text.split()),
                lat=footprint.lat,
                lon=footprint.lon,
                kind="countryside" if relation.kind == "countryside" else "region",
                country=named[0].place.country,
                admin1=named[0].place.admin1,
                radius_km=round(footprint.radius_km, 1),
                verified=False,
                source="drawn from the words of the article",
            )
            why = (*footprint.why, *(f"anchor: {site.place.name}" for site in named))
            found.append(
                Site(
                    mention=span,
                    place=place,
                    footprint=footprint.geometry,
                    confidence=round(_DRAWN * min(site.confidence for site in named), 4),
                    source="relation",
                    why=why,
                )
            )
    return found


class _Anchors(dict["Mention", Anchor]):
    """The anchor of each mention, made when a relation first hangs on it."""

    def __init__(self, sites: Mapping[Mention, Site], gazetteer: Gazetteer) -> None:
        super().__init__()
        self._sites = sites
        self._gazetteer = gazetteer

    def __contains__(self, mention: object) -> bool:
        return mention in self._sites

    def __missing__(self, mention: Mention) -> Anchor:
        site = self._sites[mention]
        place = site.place
        seat = self._seat(place) if place.kind in AREA_KINDS else None
        self[mention] = Anchor(
            place=place,
            footprint=site.footprint,
            parent=self._outline(place.country),
            governorate=self._countryside(place) if place.kind == "settlement" else None,
            seat=seat,
        )
        return self[mention]

    def _outline(self, identity: str | None) -> BaseGeometry | None:
        row = self._gazetteer.id_row(identity) if identity else -1
        return self._gazetteer.footprint(row) if row >= 0 else None

    def _named(self, name: str, country: str | None) -> Iterator[int]:
        """Yield the rows of the governorates of a country that bear a name."""
        number = self._gazetteer.name_id(name)
        for row in self._gazetteer.rows(number).tolist() if number is not None else ():
            same = self._gazetteer.countries[self._gazetteer.country[row]] == country
            if self._gazetteer.kind[row] == _GOVERNORATE and same:
                yield row

    def _countryside(self, place: Place) -> BaseGeometry | None:
        """Return the governorate that "the countryside of" a seat means: ريف دمشق, else ريف X."""
        names = (f"ريف {place.name_ar}", f"Rural {place.name}", place.name)
        rows = (row for name in names for row in self._named(name, place.country))
        row = next(rows, None)
        return None if row is None else self._gazetteer.footprint(row)

    def _seat(self, place: Place) -> tuple[float, float] | None:
        """Return the (lat, lon) of the town that a governorate or countryside is named after."""
        for town in self._gazetteer.lookup(place.name):
            if town.kind == "settlement" and town.admin1 == (place.admin1 or place.id):
                return town.lat, town.lon
        return None
