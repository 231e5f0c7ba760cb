"""Sites that no gazetteer holds: coordinates written in the text, and spatial relations."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

import shapely

from geo.lang.spatial import spatial_languages
from geo.model import Place, Site, Unplaced
from geo.recognize.coordinates import choose_order, find_coordinates
from geo.recognize.relations import find_relations
from geo.resolve.anchors import anchor_of, country_of
from geo.resolve.footprints import SIDED_KINDS, Undrawn, relation_footprint
from geo.resolve.footprints.earth import distance
from geo.resolve.peoples import bordering
from geo.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.gazetteer import Gazetteer
    from geo.model import Mention
    from geo.recognize.coordinates import Coordinate
    from geo.recognize.relations import Relation, Told
    from geo.resolve.footprints import Anchor, Footprint

__all__ = ["coordinate_sites", "relation_sites"]

_by_start = attrgetter("start")

_BESIDE = 60
"""Characters within which a coordinate is taken to say where a named place is."""

_REACH = 300
"""Characters round a coordinate in which relations are read: their anchors do not lie there."""

_SURE = 0.97
"""The confidence of a coordinate whose form leaves no doubt, and of one whose order is guessed."""
_GUESSED = 0.7
_CONFIRMED = 0.5
"""The share of the doubt in a coordinate that is left once the place named beside it agrees."""
_DRAWN = 0.9
"""A relation is at most as sure as its anchors, and its size is a convention."""

_FIGURATIVE = frozenset({"near", "between", "route", "centre"})
"""Relations also said of governments and teams ("talks between"), and then not of ground."""

_DERIVED = frozenset({"relation", "coordinates"})
_NEIGHBOURS = 20
"""Places before a phrase, and behind it, that may say what it leaves open."""

_MOST_POINTS = 200
"""Places of the article that decide the order of a pair, so that endless lists stay cheap."""


def coordinate_sites(text: str, sites: Sequence[Site]) -> list[Site]:
    """Return a site for every coordinate written in ``text``.

    ``sites`` are the places named in it: they decide between latitude first and longitude first
    where the text does not. A place named beside a coordinate is compared with it in ``why``, with
    a reason that begins "agrees with" (and raises the confidence), "inside" or "contradicts".
    """
    coordinates = find_coordinates(text)
    if not coordinates:
        return []
    points = list(dict.fromkeys((site.place.lat, site.place.lon) for site in sites))[:_MOST_POINTS]
    found = [choose_order(coordinate, points) for coordinate in coordinates]
    close = [site for site in sites if _is_close(site.mention, coordinates)]
    near = _Surroundings(text, {site.mention: site for site in _comparable(text, close)})
    return [_at(coordinate, _named_beside(coordinate, near)) for coordinate in found]


def _is_close(mention: Mention, coordinates: Sequence[Coordinate]) -> bool:
    """Say whether a coordinate may say where a place is, or where one lies that it measures."""
    index = bisect_right(coordinates, mention.start, key=_coordinate_start)
    around = coordinates[max(0, index - 1) : index + 1]
    return any(_apart(mention, coordinate.mention) <= _REACH for coordinate in around)


def _coordinate_start(coordinate: Coordinate) -> int:
    return coordinate.mention.start


def _comparable(text: str, sites: Sequence[Site]) -> list[Site]:
    """Return the places that a coordinate beside them may give: no anchors of "20 km from"."""
    mentions = sorted((site.mention for site in sites), key=_by_start)
    away = {
        anchor
        for words in spatial_languages()
        for relation in find_relations(text, mentions, words=words)
        for anchor in relation.anchors
        if relation.distance_km or relation.bearing_deg is not None or len(relation.anchors) > 1
    }
    return [site for site in sites if site.use == "literal" and site.mention not in away]


def _named_beside(coordinate: Coordinate, near: _Surroundings) -> Site | None:
    """Return the nearest place that the sentence of a coordinate names beside it."""
    mention = coordinate.mention
    first, last = near.sentence(mention.start)
    for site in near.places(mention):
        inside = first <= site.mention.start < max(last, mention.end)
        if inside and 0 <= _apart(site.mention, mention) <= _BESIDE:
            return site
    return None


def _at(coordinate: Coordinate, beside: Site | None) -> Site:
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
    confidence = _GUESSED if coordinate.other else _SURE
    agrees, compared = _compared(coordinate, beside)
    if beside and agrees:
        confidence = 1 - (1 - confidence) * _CONFIRMED
    return Site(
        mention=coordinate.mention,
        place=place,
        footprint=shapely.Point(lon, lat),
        confidence=round(confidence, 4),
        source="coordinates",
        # A contradiction comes first: it is what a reader must see.
        why=(*coordinate.why, *compared) if agrees else (*compared, *coordinate.why),
    )


def _compared(coordinate: Coordinate, beside: Site | None) -> tuple[bool, tuple[str, ...]]:
    """Say whether the coordinate agrees with the place named beside it, and how far it is."""
    if beside is None:
        return True, ()
    spot = shapely.Point(coordinate.lon, coordinate.lat)
    if beside.footprint.area and beside.footprint.covers(spot):
        return True, (f"inside {beside.place.name}, named beside it",)
    apart = distance((coordinate.lat, coordinate.lon), (beside.place.lat, beside.place.lon))
    agrees = apart <= coordinate.radius_km + beside.place.radius_km
    verdict = "agrees with" if agrees else "contradicts"
    return agrees, (f"{verdict} {beside.place.name}, named beside it: {apart:.0f} km away",)


def _apart(one: Mention, other: Mention) -> int:
    return max(one.start - other.end, other.start - one.end)


def relation_sites(
    text: str,
    sites: Sequence[Site],
    gazetteer: Gazetteer,
    *,
    unplaced: Sequence[Unplaced] = (),
    told: Told | None = None,
) -> tuple[list[Site], list[Unplaced]]:
    """Return a site for every spatial relation of ``text``, and those that could not be drawn.

    Relations hang on the places that the text names, ``sites`` and ``unplaced``. A phrase that is
    itself the name of a gazetteer place (north-east Syria) stays that place. One that is also said
    of governments ("between Damascus and Ankara") is taken up only where its places are literally
    meant. ``told`` is what `Signs` found, where it was asked, so that only that is looked at.
    """
    reported = [site for site in sites if site.source not in _DERIVED]
    mentions = [site.mention for site in reported] + [one.mention for one in unplaced]
    mentions.sort(key=_by_start)
    found: list[Site | Unplaced] = []
    for words in spatial_languages():
        every, starts, peoples = mentions, told and told.starts, []
        if told is None or told.border:
            peoples = list(bordering(text, words, gazetteer, taken=mentions))
        if peoples:
            named = [site.mention for site in peoples]
            every = sorted([*mentions, *named], key=_by_start)
            starts = None if starts is None else starts | {one.start for one in named}
        relations = find_relations(text, every, words=words, told=starts)
        if relations:  # for most texts nothing has been looked up by now
            found += _drawings(relations, text, reported, peoples, gazetteer)
    drawn = [one for one in found if isinstance(one, Site)]
    return drawn, [one for one in found if isinstance(one, Unplaced)]


def _drawings(
    relations: Sequence[Relation],
    text: str,
    reported: Sequence[Site],
    peoples: Sequence[Site],
    gazetteer: Gazetteer,
) -> Iterator[Site | Unplaced]:
    """Yield the relations that mean ground, drawn or not; ``peoples`` only ever name a border."""
    placed = {site.mention: site for site in reported}
    named = placed | {site.mention: site for site in peoples}
    near = _Surroundings(text, placed)
    anchors = _Anchors(named, gazetteer)
    for relation in relations:
        hung = [named[mention] for mention in relation.anchors if mention in named]
        if (
            ("border" not in relation.kind and any(site.mention not in placed for site in hung))
            or relation.mention in placed
            or _adds_nothing(relation, hung)
            or _is_figurative(relation, hung)
        ):
            continue
        beside = _beside(relation, near, gazetteer) if _is_open(relation, hung) else ()
        footprint = relation_footprint(relation, anchors, beside=beside)
        if isinstance(footprint, Undrawn):
            yield Unplaced(mention=relation.mention, reason=footprint.reason)
        else:
            yield _drawn(relation, footprint, hung)


def _adds_nothing(relation: Relation, hung: Sequence[Site]) -> bool:
    """Say whether a phrase only names a countryside that is a place: "the Hama countryside"."""
    named = relation.kind == "countryside" and relation.bearing_deg is None
    return named and all(site.place.kind == "countryside" for site in hung)


def _is_figurative(relation: Relation, hung: Sequence[Site]) -> bool:
    return relation.kind in _FIGURATIVE and all(site.use == "associative" for site in hung)


def _is_open(relation: Relation, hung: Sequence[Site]) -> bool:
    """Say whether the phrase names one country's border, or a long river, and not which part."""
    if len(hung) != 1:
        return False
    only = hung[0]
    if "border" in relation.kind:
        return only.place.kind == "country"
    return only.place.kind in SIDED_KINDS and relation.within is None


def _beside(relation: Relation, near: _Surroundings, gazetteer: Gazetteer) -> tuple[Anchor, ...]:
    """Return the places of the sentence, then the countries round it, the nearest first."""
    first, last = near.sentence(relation.mention.start)
    others = [
        site for site in near.places(relation.mention) if site.mention not in relation.anchors
    ]
    places = [
        anchor_of(site.place, site.footprint, gazetteer)
        for site in others
        if first <= site.mention.start < last and site.use == "literal"
    ]
    codes = dict.fromkeys(site.place.country for site in others if site.place.country)
    countries = (country_of(code, gazetteer) for code in codes)
    return tuple(dict.fromkeys((*places, *filter(None, countries))))


def _drawn(relation: Relation, footprint: Footprint, hung: Sequence[Site]) -> Site:
    first = hung[0].place
    place = Place(
        id=f"relation:{footprint.lat:.4f},{footprint.lon:.4f}",
        name=" ".join(relation.mention.text.split()),
        lat=footprint.lat,
        lon=footprint.lon,
        kind="countryside" if relation.kind == "countryside" else "region",
        country=first.country,
        admin1=first.admin1,
        radius_km=round(footprint.radius_km, 1),
        verified=False,
        source="drawn from the words of the article",
    )
    return Site(
        mention=relation.mention,
        place=place,
        footprint=footprint.geometry,
        confidence=round(_DRAWN * min(site.confidence for site in hung), 4),
        source="relation",
        why=tuple(_reasons(relation, footprint, hung)),
        anchors=tuple(_hung_at(site, footprint) for site in hung),
    )


def _hung_at(site: Site, footprint: Footprint) -> Place:
    """Return an anchor; one drawn as a line at its nearest point, since a river is long."""
    course = site.footprint
    if course.area or not course.length:
        return site.place
    nearest = shapely.shortest_line(course, shapely.Point(footprint.lon, footprint.lat))
    lon, lat = nearest.coords[0]
    return replace(site.place, lat=lat, lon=lon)


def _reasons(relation: Relation, footprint: Footprint, hung: Sequence[Site]) -> Iterator[str]:
    """Yield how the shape was drawn, the rule that read it, and what it hangs on."""
    yield from footprint.why
    yield f"rule: {relation.kind.replace('_', ' ')}"
    for site in hung:
        yield f"anchor: {site.place.name} ({site.place.kind.replace('_', ' ')})"


class _Surroundings:
    """The sentences and the places of a text, found from a place in it."""

    def __init__(self, text: str, sites: Mapping[Mention, Site]) -> None:
        self._text = text
        self._by_mention = sites

    @cached_property
    def _sites(self) -> list[Site]:
        return sorted(self._by_mention.values(), key=lambda site: site.mention.start)

    @cached_property
    def _starts(self) -> list[int]:
        return [site.mention.start for site in self._sites]

    @cached_property
    def _sentences(self) -> list[tuple[int, int]]:
        return sentences(self._text)

    def sentence(self, offset: int) -> tuple[int, int]:
        """Return the start and end of the sentence that holds an offset."""
        index = bisect_right(self._sentences, (offset, len(self._text))) - 1
        return self._sentences[index] if index >= 0 else (0, len(self._text))

    def places(self, mention: Mention) -> list[Site]:
        """Return the sites round a mention, the nearest first."""
        index = bisect_right(self._starts, mention.start)
        near = self._sites[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS]
        return sorted(near, key=lambda site: _apart(site.mention, mention))


class _Anchors(dict["Mention", "Anchor"]):
    """The anchor of each mention, made when a relation first hangs on it."""

    def __init__(self, sites: Mapping[Mention, Site], gazetteer: Gazetteer) -> None:
        super().__init__()
        self._sites = sites
        self._gazetteer = gazetteer

    def __contains__(self, mention: object) -> bool:
        return mention in self._sites

    def __missing__(self, mention: Mention) -> Anchor:
        site = self._sites[mention]
        self[mention] = anchor = anchor_of(site.place, site.footprint, self._gazetteer)
        return anchor
