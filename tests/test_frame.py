"""Records are JSON as the contract has it, frames are typed, and each can be had from the other."""

from __future__ import annotations

import copy
import dataclasses
import json
import subprocess
import sys

import pytest
from fake_geoparser import ARABIC, EMPTY, FakeGeoparser, parses
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import GeometryCollection, LineString, Point, Polygon, box, shape

from geo.frame import COLUMNS, records, to_geodataframe, to_json, to_record, to_rows
from geo.model import Article, Mention, Parse, Place, Site

SITE_KEYS = [
    *("start", "end", "text", "place_id", "name", "name_ar", "kind", "country", "admin1"),
    *("lat", "lon", "radius_km", "geometry", "confidence", "use", "source", "why"),
    *("alternatives", "place_source", "verified"),
]


def site(footprint, **changes):
    place = Place(id="p", name="P", **{"lat": 1.0, "lon": 1.0, "kind": "region"} | changes)
    return Site(
        mention=Mention(start=0, end=1, text="P"), place=place, footprint=footprint, confidence=0.5
    )


def record_of(*sites):
    return to_record(Parse(article=Article(id="a", text="P"), sites=sites))


def test_a_record_has_exactly_the_keys_of_the_contract():
    record = to_record(parses()[0])
    assert list(record) == [
        *("id", "text", "title", "date", "source", "language", "sites", "unplaced", "rejected")
    ]
    assert list(record["sites"][0]) == SITE_KEYS
    assert set(record["rejected"][0]) == {"start", "end", "text", "reason"}
    alternatives = to_record(parses()[1])["sites"][1]["alternatives"]
    assert alternatives == [
        {
            "place_id": "t:other",
            "name": "Sabha",
            "country": "LY",
            "lat": 27.0,
            "lon": 14.4,
            "confidence": 0.2,
        }
    ]


def test_a_relation_says_which_places_it_hangs_on():
    town = Place(id="t", name="T", lat=1.1234567, lon=2.0)
    related = dataclasses.replace(site(box(0, 0, 1, 1)), source="relation", anchors=(town,))
    record = record_of(related, site(Point(1, 1)))
    assert record["sites"][0]["anchors"] == [{"name": "T", "lat": 1.12346, "lon": 2.0}]
    assert "anchors" not in record["sites"][1]
    [again] = records(to_geodataframe([Parse(article=Article(id="a", text="P"), sites=(related,))]))
    assert again["sites"][0]["anchors"] == record["sites"][0]["anchors"]


def test_a_record_equals_its_own_json():
    for record in map(to_record, parses()):
        assert json.loads(json.dumps(record)) == record


def test_a_line_of_json_reads_back_as_the_record():
    hostile = Article(id='"geometry": null', text='P "geometry": null \ud800 \u2028 \n')
    areas = [box(0, 0, 1, 1).union(box(2, 2, 3, 3)), GeometryCollection([Point(1, 2)]), Point(1, 2)]
    sites = tuple(site(area.buffer(0) if area.area else area) for area in areas)
    for parse in (*parses(), Parse(article=hostile, sites=sites), Parse(article=hostile)):
        line = to_json(parse)
        assert b"\n" not in line
        assert json.loads(line) == to_record(parse)
        assert list(json.loads(line)) == list(to_record(parse))


def test_offsets_of_a_record_count_the_characters_of_its_text():
    for record in map(to_record, parses()):
        for found in record["sites"] + record["unplaced"] + record["rejected"]:
            assert record["text"][found["start"] : found["end"]] == found["text"]


def test_coordinates_are_rounded_to_a_metre():
    town = to_record(parses()[1])["sites"][1]
    assert town["lat"] == 35.12346
    assert town["geometry"] == {"type": "Point", "coordinates": [40.5, 35.12346]}


def test_the_point_of_an_area_lies_in_its_footprint():
    horseshoe = Polygon([(0, 0), (3, 0), (3, 3), (2, 3), (2, 1), (1, 1), (1, 3), (0, 3)])
    found = record_of(site(horseshoe, lat=2.0, lon=1.5))["sites"][0]
    assert horseshoe.intersects(Point(found["lon"], found["lat"]))
    inside = record_of(site(horseshoe, lat=0.5, lon=1.5))["sites"][0]
    assert (inside["lat"], inside["lon"]) == (0.5, 1.5)


@pytest.mark.parametrize(
    "footprint",
    [
        Point(1, 2),
        LineString([(1, 2), (3, 4)]),
        box(0, 0, 1, 1).union(box(2, 2, 3, 3)),
        box(0, 0, 9, 9).difference(box(1, 1, 2, 2)),
        GeometryCollection([Point(1, 2), box(0, 0, 1, 1)]),
    ],
)
def test_every_kind_of_footprint_keeps_its_shape(footprint):
    geometry = record_of(site(footprint))["sites"][0]["geometry"]
    assert shape(geometry).equals(footprint)
    assert json.loads(json.dumps(geometry)) == geometry


def test_rows_quote_the_article_and_name_it():
    (row, _) = to_rows(to_record(parses()[0]))
    assert list(row) == [*COLUMNS, "geometry"]
    assert row["article_id"] == "arabic"
    assert row["text"] in row["excerpt"]
    assert row["excerpt"] in ARABIC.text
    assert row["why"] == "the only place of this name; in the country of the others"


@given(st.text(alphabet=st.characters(codec=None), max_size=80))
def test_rows_can_be_encoded_whatever_the_article_holds(noise):
    article = Article(id=noise, text=f"{noise} Sabha {noise}", title=noise)
    for row in to_rows(to_record(FakeGeoparser().parse(article))):
        json.dumps(row, ensure_ascii=False).encode()


def test_a_frame_has_typed_columns_and_a_coordinate_system():
    frame = to_geodataframe(parses())
    assert len(frame) == 4
    assert list(frame.columns) == [*COLUMNS, "geometry"]
    assert {name: str(frame.dtypes[name]) for name in COLUMNS} == COLUMNS
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry.is_valid.all()


def test_an_empty_frame_has_the_same_types():
    full, empty = to_geodataframe(parses()), to_geodataframe([])
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    assert empty.crs == full.crs
    assert records(empty) == []


def test_a_frame_can_be_explored():
    assert "Jafra" in to_geodataframe(parses()).explore().get_root().render()


def test_a_frame_gives_back_its_records():
    assert records(to_geodataframe(parses())) == [to_record(parse) for parse in parses()]


def test_a_filtered_frame_gives_only_the_sites_that_are_left():
    frame = to_geodataframe(parses())
    left = {record["id"]: record for record in records(frame[frame.kind == "oil_field"])}
    assert set(left) == {"arabic", EMPTY.id}
    assert [site["name"] for site in left["arabic"]["sites"]] == ["Jafra oil field"]
    assert left["arabic"]["text"] == ARABIC.text
    assert len(left["arabic"]["rejected"]) == 1


def test_what_a_row_says_wins_over_what_was_parsed():
    frame = to_geodataframe(parses())
    frame.loc[0, "confidence"] = 1.0
    frame.loc[0, "geometry"] = Point(10, 20)
    changed = records(frame)[0]["sites"][0]
    assert changed["confidence"] == 1.0
    assert changed["geometry"] == {"type": "Point", "coordinates": [10.0, 20.0]}
    assert changed["place_source"] == "invented"


def test_a_projected_frame_gives_degrees():
    frame = to_geodataframe(parses())
    lon, lat = records(frame.to_crs(3857))[0]["sites"][0]["geometry"]["coordinates"]
    assert (lon, lat) == pytest.approx((40.3, 35.2), abs=1e-5)


def test_a_frame_without_its_articles_gives_excerpts_with_the_right_offsets():
    frame = to_geodataframe(parses())
    frame.attrs.clear()
    found = records(frame)
    assert [record["id"] for record in found] == ["arabic", "english"]
    for record in found:
        for placed in record["sites"]:
            assert record["text"][placed["start"] : placed["end"]] == placed["text"]
            assert set(SITE_KEYS) <= set(placed)
    assert json.loads(json.dumps(found)) == found


def test_articles_travel_with_a_frame_without_being_copied_and_stay_json():
    frame = to_geodataframe(parses())
    articles = frame.attrs["articles"]
    assert copy.deepcopy(articles) is articles
    assert frame[frame.lat > 0].attrs["articles"] is articles
    assert json.loads(json.dumps(articles)) == articles


def test_records_are_made_without_pandas():
    code = (
        "import sys, geo.frame, geo.export\n"
        "assert not {'pandas', 'geopandas', 'pyogrio', 'shapely'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
