"""One side of a river is seen from its course, and narrowed to what the article is about."""

from __future__ import annotations

import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.model import Mention, Place
from geo.recognize.relations import Relation
from geo.resolve.footprints import Anchor, Footprint, Undrawn, relation_footprint
from geo.resolve.footprints.earth import swept

WGS84 = Geod(ellps="WGS84")
NAME = Mention(start=8, end=17, text="Euphrates")
TOWN = Mention(start=30, end=35, text="Raqqa")
COURSE = shapely.LineString([(39.0, 36.5), (39.0, 36.0), (39.4, 35.8), (40.0, 35.8), (40.4, 34.4)])
RIVER = Anchor(
    place=Place(id="r", name="Euphrates", lat=35.8, lon=39.5, kind="river", radius_km=250),
    footprint=COURSE,
)
LAND = shapely.box(38.0, 35.0, 41.0, 37.0)
COUNTRY = Anchor(place=Place(id="SY", name="Syria", lat=36, lon=39, kind="country"), footprint=LAND)
SEAT = Anchor(
    place=Place(id="t", name="Raqqa", lat=35.95, lon=39.0, radius_km=3),
    footprint=shapely.Point(39.0, 35.95),
    parent=LAND,
    governorate=shapely.box(38.5, 35.2, 39.5, 36.4),
)


def relation(kind: str, bearing: float | None, *, within: bool = False) -> Relation:
    container = Relation(mention=TOWN, kind="in", anchors=(TOWN,), rule="in") if within else None
    return Relation(
        mention=NAME, kind=kind, anchors=(NAME,), rule="", bearing_deg=bearing, within=container
    )


def drawn(said: Relation, *, beside: tuple[Anchor, ...] = ()) -> Footprint:
    footprint = relation_footprint(said, {NAME: RIVER, TOWN: SEAT}, beside=beside)
    assert isinstance(footprint, Footprint)
    assert footprint.geometry.is_valid
    return footprint


def test_each_bank_lies_on_its_side_of_the_course() -> None:
    west, east = (drawn(relation("bank", bearing)).geometry for bearing in (270, 90))
    for lat in (36.4, 36.1, 35.0, 34.6):
        crossing = COURSE.intersection(shapely.box(30, lat, 50, lat + 1e-6)).centroid.x
        assert east.covers(shapely.Point(crossing + 0.05, lat))
        assert not west.covers(shapely.Point(crossing + 0.05, lat))
        assert west.covers(shapely.Point(crossing - 0.05, lat))
        assert not east.covers(shapely.Point(crossing - 0.05, lat))
    assert drawn(relation("bank", None)).geometry.covers(COURSE.segmentize(0.1))


def test_a_side_is_clipped_to_the_country_of_the_article() -> None:
    alone = drawn(relation("direction", 90))
    inside = drawn(relation("direction", 90), beside=(SEAT, COUNTRY))
    assert not LAND.buffer(1e-6).covers(alone.geometry)
    assert LAND.buffer(1e-6).covers(inside.geometry)
    assert any("in Syria" in reason for reason in inside.why)


def test_a_bank_is_narrowed_to_the_town_beside_it() -> None:
    near = drawn(relation("bank", 90), beside=(SEAT, COUNTRY))
    assert near.geometry.bounds[0] > 38.9
    for lon, lat in shapely.get_coordinates(near.geometry):
        assert WGS84.inv(39.0, 35.95, lon, lat)[2] <= 50_500
    assert any("within 50 km of Raqqa" in reason for reason in near.why)


def test_the_container_of_a_river_is_the_governorate_of_a_town() -> None:
    clipped = drawn(relation("direction", 90, within=True))
    assert SEAT.governorate is not None
    assert SEAT.governorate.buffer(1e-6).covers(clipped.geometry)
    assert clipped.radius_km > 10
    assert any("the governorate of Raqqa" in reason for reason in clipped.why)


@given(st.sampled_from([0, 90, 180, 270]), st.floats(1, 60))
def test_a_line_along_the_bearing_sweeps_over_nothing(bearing: float, km: float) -> None:
    line = shapely.LineString(
        [(39.0, 36.0), (39.0, 36.5)] if bearing % 180 == 0 else [(0, 0), (1, 0)]
    )
    assert swept(line, bearing=bearing, km=km).area < 1e-6


def test_so_far_inside_a_country_is_on_its_own_side() -> None:
    said = Relation(
        mention=NAME, kind="border_depth", anchors=(NAME,), rule="", distance_km=(20, 20)
    )
    shape = relation_footprint(said, {NAME: COUNTRY})
    assert isinstance(shape, Footprint)
    assert LAND.buffer(1e-6).covers(shape.geometry)
    assert shape.geometry.covers(shapely.Point(38.0 + 20 / 90.1, 36.0))
    assert not shape.geometry.covers(shapely.Point(39.5, 36.0))
    assert isinstance(relation_footprint(said, {NAME: SEAT}), Undrawn)
