"""Footprints are right on the ellipsoid everywhere, valid, and hold their point."""

import importlib.util
import json
from pathlib import Path

import pytest
import shapely
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import Point, box

from geo.model import KINDS, Mention, Place
from geo.recognize.relations import Relation
from geo.resolve.footprints import Anchor, Undrawn, relation_footprint
from geo.resolve.footprints.drawing import DRAWINGS

GEOD = Geod(ellps="WGS84")
ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parents[3] / "shared" / "cases" / "relations_dev.jsonl"

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
distances = st.floats(0.5, 1500)
bearings = st.sampled_from([22.5 * step for step in range(16)])


def anchor(lat=35.0, lon=40.0, *, kind="settlement", radius_km=3.0, footprint=None, **areas):
    place = Place(id="x", name="X", lat=lat, lon=lon, kind=kind, radius_km=radius_km)
    return Anchor(place=place, footprint=footprint or Point(lon, lat), **areas)


def footprint(kind, *anchors, distance_km=None, bearing_deg=None, within=None):
    mentions = [Mention(start=i, end=i + 1, text="X") for i in range(len(anchors))]
    relation = Relation(
        mention=mentions[0],
        kind=kind,
        anchors=tuple(mentions),
        rule="",
        distance_km=distance_km,
        bearing_deg=bearing_deg,
        within=within,
    )
    return relation_footprint(relation, dict(zip(mentions, anchors, strict=True)))


def reached(lat, lon, bearing, km):
    lon, lat, _ = GEOD.fwd(lon, lat, bearing, km * 1000)
    return Point(lon, lat)


def sound(drawn):
    """Return the geometry of a footprint that keeps every promise a footprint makes."""
    shape = drawn.geometry
    assert shape.is_valid
    assert not shape.is_empty
    assert shape.geom_type in {"Polygon", "MultiPolygon"}
    assert shape.covers(Point(drawn.lon, drawn.lat))
    west, south, east, north = shape.bounds
    assert west >= -180
    assert east <= 180
    assert south >= -90
    assert north <= 90
    assert drawn.radius_km > 0
    assert drawn.why
    return shape


@settings(max_examples=300)
@given(latitudes, longitudes, distances, bearings)
def test_sector_is_geodesic_within_one_percent_everywhere(lat, lon, km, bearing):
    drawn = footprint(
        "distance_direction", anchor(lat, lon), distance_km=(km, km), bearing_deg=bearing
    )
    shape = sound(drawn)
    for share in (0.81, 1.0, 1.19):
        for turn in (-22, 0, 22):
            assert shape.covers(reached(lat, lon, bearing + turn, km * share))
    for share, turn in ((0.79, 0), (1.21, 0), (1, -23), (1, 23), (1, 180)):
        assert not shape.covers(reached(lat, lon, bearing + turn, km * share))


@settings(max_examples=200)
@given(latitudes, longitudes, distances)
@example(-89.99, -1e-310, 20.0)
def test_ring_is_geodesic_within_one_percent_everywhere(lat, lon, km):
    shape = sound(footprint("distance", anchor(lat, lon), distance_km=(km, km)))
    for bearing in range(0, 360, 30):
        assert shape.covers(reached(lat, lon, bearing, km * 0.81))
        assert shape.covers(reached(lat, lon, bearing, km * 1.19))
        assert not shape.covers(reached(lat, lon, bearing, km * 0.79))
        assert not shape.covers(reached(lat, lon, bearing, km * 1.21))


@settings(max_examples=150)
@given(st.floats(-89, 89), longitudes, st.floats(1, 400), st.floats(0, 360))
def test_corridor_runs_from_place_to_place(lat, lon, km, bearing):
    end = reached(lat, lon, bearing, km)
    shape = sound(footprint("between", anchor(lat, lon), anchor(end.y, end.x)))
    for share in (0.01, 0.3, 0.5, 0.99):
        assert shape.covers(reached(lat, lon, bearing, km * share))
    assert not shape.covers(reached(lat, lon, bearing, km * 1.02))
    assert not shape.covers(reached(lat, lon, bearing, -km * 0.02))
    middle = reached(lat, lon, bearing, km / 2)
    assert not shape.covers(reached(middle.y, middle.x, bearing + 90, max(km, 10)))


@settings(max_examples=60)
@given(latitudes, longitudes, st.floats(1, 300))
def test_near_and_within_are_disks(lat, lon, km):
    shape = sound(footprint("within", anchor(lat, lon), distance_km=(0, km)))
    near = sound(footprint("near", anchor(lat, lon, radius_km=2)))
    for bearing in range(0, 360, 45):
        assert shape.covers(reached(lat, lon, bearing, km * 0.99))
        assert not shape.covers(reached(lat, lon, bearing, km * 1.01))
        assert near.covers(reached(lat, lon, bearing, 6.9))
        assert not near.covers(reached(lat, lon, bearing, 7.1))


@settings(max_examples=60)
@given(st.floats(-80, 75), longitudes, st.floats(1, 5), st.floats(1, 5), bearings)
def test_part_lies_in_its_area_towards_its_bearing(lat, lon, width, height, bearing):
    west = min(lon, 180 - width)
    area = box(west, lat, west + width, lat + height)
    whole = anchor(lat + height / 2, west + width / 2, kind="governorate", footprint=area)
    shape = sound(footprint("part", whole, bearing_deg=bearing))
    assert area.buffer(1e-9).covers(shape)
    assert 0.1 < shape.area / area.area < 0.5
    ahead = 90 <= bearing <= 270
    if bearing not in {90, 270}:
        assert (shape.centroid.y < area.centroid.y) == ahead


def test_part_of_an_area_across_the_antimeridian_knows_east_from_west():
    area = shapely.union_all([box(170, 60, 180, 70), box(-180, 60, -175, 70)])
    whole = anchor(65, 175, kind="country", footprint=area)
    east = sound(footprint("part", whole, bearing_deg=90))
    west = sound(footprint("part", whole, bearing_deg=270))
    assert east.covers(Point(-176, 65))
    assert not east.covers(Point(171, 65))
    assert west.covers(Point(171, 65))
    assert not west.covers(Point(-176, 65))


def test_far_island_does_not_move_the_north():
    area = shapely.union_all([box(0, 0, 10, 10), box(5, 39, 5.3, 39.3)])
    shape = sound(footprint("part", anchor(5, 5, kind="country", footprint=area), bearing_deg=0))
    assert shape.covers(Point(5, 8))
    assert not shape.covers(Point(5, 4))


def test_centre_leaves_the_ends_out():
    area = box(0, 0, 10, 10)
    shape = sound(footprint("centre", anchor(5, 5, kind="country", footprint=area)))
    assert shape.covers(Point(5, 5))
    assert not shape.covers(Point(0.5, 0.5))


def test_direction_of_a_town_is_a_sector_that_grows_with_it():
    small = sound(footprint("direction", anchor(radius_km=1), bearing_deg=0))
    large = sound(footprint("direction", anchor(radius_km=10), bearing_deg=0))
    assert small.covers(reached(35, 40, 0, 29))
    assert not small.covers(reached(35, 40, 0, 31))
    assert large.covers(reached(35, 40, 0, 59))
    assert not large.covers(reached(35, 40, 90, 10))


def test_direction_of_a_river_is_its_side():
    river = anchor(kind="river", footprint=shapely.LineString([(40, 34), (40.2, 35), (40, 36)]))
    shape = sound(footprint("direction", river, bearing_deg=90))
    bank = sound(footprint("bank", river, bearing_deg=270))
    assert shape.covers(Point(40.4, 35))
    assert not shape.covers(Point(40, 35))
    assert bank.covers(Point(40.15, 35))
    assert not bank.covers(Point(40.25, 35))
    unknown = sound(footprint("bank", anchor(kind="river", radius_km=20), bearing_deg=90))
    assert unknown.covers(reached(35, 40, 90, 20))


def test_countryside_of_a_seat_is_its_governorate_without_the_town():
    seat = anchor(35, 40, radius_km=4, governorate=box(39, 34, 41, 36))
    whole = sound(footprint("countryside", seat))
    north = sound(footprint("countryside", seat, bearing_deg=0))
    assert whole.covers(Point(39.1, 34.1))
    assert not whole.covers(Point(40, 35))
    assert north.covers(Point(40, 35.9))
    assert not north.covers(Point(40, 34.5))
    assert not north.covers(Point(40.8, 35))


def test_countryside_of_another_town_is_the_land_round_it():
    shape = sound(footprint("countryside", anchor(35, 40, radius_km=2)))
    assert shape.covers(reached(35, 40, 0, 19))
    assert not shape.covers(reached(35, 40, 0, 1))
    assert not shape.covers(reached(35, 40, 0, 21))


def test_countryside_of_two_towns_is_both():
    first, second = anchor(35, 40, radius_km=2), anchor(35, 41, radius_km=2)
    drawn = footprint("countryside", first, second, bearing_deg=0)
    shape = sound(drawn)
    for town in (first, second):
        assert shape.covers(reached(*town.point, 0, 15))
        assert not shape.covers(reached(*town.point, 180, 15))
    assert drawn.why[0].count("countryside of") == 2


def test_both_banks_need_a_course():
    river = anchor(kind="river", footprint=shapely.LineString([(40, 34), (40.2, 35), (40, 36)]))
    shape = sound(footprint("bank", river))
    assert shape.covers(Point(40.25, 35))
    assert shape.covers(Point(40.15, 35))
    unknown = footprint("bank", anchor(kind="river", radius_km=20))
    assert unknown == Undrawn(reason="no bank or shore of X is known")


def test_countryside_of_a_governorate_is_seen_from_its_seat():
    area = anchor(35, 40, kind="governorate", footprint=box(39, 34, 41, 36), seat=(34.2, 40))
    north = sound(footprint("countryside", area, bearing_deg=0))
    assert north.covers(Point(40, 34.6))


def test_border_is_the_one_that_both_share():
    left = anchor(35, 39, kind="country", footprint=box(38, 34, 40, 36))
    right = anchor(35, 41, kind="country", footprint=box(40, 34, 42, 36))
    shape = sound(footprint("border", left, right))
    assert shape.covers(Point(40.1, 35))
    assert not shape.covers(Point(40.3, 35))
    assert not shape.covers(Point(38, 35))
    band = sound(footprint("distance_border", left, right, distance_km=(50, 50)))
    assert band.covers(reached(35, 40, 90, 50))
    assert not band.covers(reached(35, 40, 90, 30))
    assert sound(footprint("border", left)).covers(Point(38, 35))
    assert sound(footprint("between", left, right)).covers(Point(40, 35))


def test_distance_from_a_country_counts_from_its_border():
    country = anchor(35, 40, kind="country", footprint=box(38, 34, 42, 36))
    shape = sound(footprint("distance_direction", country, distance_km=(100, 100), bearing_deg=0))
    assert shape.covers(reached(36, 40, 0, 100))
    assert not shape.covers(Point(40, 35))
    assert not shape.covers(reached(34, 40, 180, 100))


def test_offshore_is_not_on_land():
    shape = sound(footprint("offshore", anchor(35, 35.8, parent=box(35.75, 33, 40, 37))))
    assert shape.covers(Point(35.6, 35))
    assert not shape.covers(Point(35.9, 35))


def test_toward_takes_its_bearing_from_the_second_place():
    shape = sound(
        footprint("distance_toward", anchor(35, 40), anchor(35, 41), distance_km=(20, 20))
    )
    assert shape.covers(reached(35, 40, 90, 20))
    assert not shape.covers(reached(35, 40, 270, 20))


def test_container_clips_where_it_overlaps():
    outer = Mention(start=5, end=6, text="Y")
    inside = Relation(mention=outer, kind="in", anchors=(outer,), rule="")
    first = Mention(start=0, end=1, text="X")
    relation = Relation(mention=first, kind="near", anchors=(first,), rule="", within=inside)
    town = anchor(35, 40)
    for area, clipped in ((box(40, 34, 41, 36), True), (box(50, 34, 51, 36), False)):
        other = anchor(35, 40.5, kind="governorate", footprint=area)
        drawn = relation_footprint(relation, {first: town, outer: other})
        shape = sound(drawn)
        assert shape.covers(Point(40.01, 35))
        assert shape.covers(Point(39.99, 35)) is not clipped
        assert len(drawn.why) == 2


def test_what_names_no_land_has_no_footprint():
    country = anchor(kind="country", footprint=box(38, 34, 42, 36))
    far = anchor(55.75, 37.6)
    apart = anchor(kind="country", footprint=box(60, 34, 62, 36))
    for undrawn, reason in (
        (footprint("near", country), "a whole country"),
        (footprint("between", anchor(), far), "km apart"),
        (footprint("between", country, apart), "no border of X and X"),
        (footprint("between", anchor(), anchor()), "0 km apart"),
        (footprint("route", anchor(), country), "a whole country"),
        (footprint("border", anchor()), "no border of X is known"),
        (footprint("border", country), "which part is meant"),
        (footprint("bank", anchor(), bearing_deg=None), "no bank"),
    ):
        assert isinstance(undrawn, Undrawn)
        assert reason in undrawn.reason
    mention = Mention(start=0, end=1, text="X")
    near = Relation(mention=mention, kind="near", anchors=(mention,), rule="")
    assert relation_footprint(near, {}) == Undrawn(reason="its anchor, X, could not be placed")


SHAPES = ["point", "area", "line"]
PAIRS = {"between", "midway", "route", "distance_toward"}


@st.composite
def anchors_anywhere(draw):
    """Draw a place of any kind, with an outline or a course round its point, or with neither."""
    lat, lon = draw(st.floats(-75, 75)), draw(st.floats(-179, 179))
    kind = draw(st.sampled_from([*KINDS]))
    km = draw(st.floats(1, 60))
    ring = [reached(lat, lon, bearing, km) for bearing in range(0, 360, 45)]
    written = draw(st.sampled_from(SHAPES))
    shape = None
    if max(p.x for p in ring) - min(p.x for p in ring) < 90 and written != "point":
        corners = [(p.x, p.y) for p in ring]
        shape = shapely.Polygon(corners) if written == "area" else shapely.LineString(corners[:5])
    governorate = draw(st.sampled_from([None, box(lon - 1, lat - 1, lon + 1, lat + 1)]))
    governorate = governorate and governorate.intersection(box(-180, -90, 180, 90))
    return anchor(lat, lon, kind=kind, radius_km=km, footprint=shape, governorate=governorate)


@settings(max_examples=400)
@given(
    kind=st.sampled_from(sorted(DRAWINGS)),
    places=st.lists(anchors_anywhere(), min_size=2, max_size=3),
    alone=st.booleans(),
    distance_km=st.none() | st.tuples(st.floats(0, 40), st.floats(40.5, 300)),
    bearing=st.none() | bearings,
)
def test_any_relation_is_drawn_soundly_or_says_why_not(kind, places, alone, distance_km, bearing):
    hung = places[:1] if alone and kind not in PAIRS else places
    drawn = footprint(kind, *hung, distance_km=distance_km, bearing_deg=bearing)
    if isinstance(drawn, Undrawn):
        assert drawn.reason
        return
    shape = sound(drawn)
    farthest = max(
        GEOD.inv(drawn.lon, drawn.lat, x, y)[2] for x, y in shapely.get_coordinates(shape)
    )
    assert drawn.radius_km * 1000 == pytest.approx(farthest, rel=0.01)


@settings(max_examples=40)
@given(latitudes, longitudes, st.floats(5, 80))
def test_border_of_any_area_is_thick_on_both_sides(lat, lon, half):
    assume(abs(lat) < 88)
    ring = [reached(lat, lon, bearing, half) for bearing in range(0, 360, 30)]
    assume(max(p.x for p in ring) - min(p.x for p in ring) < 90)
    area = shapely.Polygon([(p.x, p.y) for p in ring])
    assume(area.is_valid)
    shape = sound(footprint("border", anchor(lat, lon, kind="governorate", footprint=area)))
    for corner in ring:
        assert shape.covers(corner)
        assert shape.covers(reached(corner.y, corner.x, 45, 14.8))


def benchmark():
    spec = importlib.util.spec_from_file_location("r", ROOT / "benchmarks" / "relations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not CASES.exists(), reason="the shared cases are not beside the checkout")
def test_nine_in_ten_cases_hold_their_points():
    module = benchmark()
    gazetteer = module.Gazetteer()
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    wrong = {case["id"]: why for case in cases if (why := module.verdict(case, gazetteer))}
    assert len(wrong) <= len(cases) / 10, wrong
