"""Areas are derived from outlines and rows, never invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shapely
from shapely.geometry import Point, box

from geo.build import shapes
from geo.build.areas import Atlas, countrysides, derive
from geo.build.schema import Row
from geo.errors import GazetteerError
from geo.model import Mention, Place
from geo.recognize.relations import Relation
from geo.resolve.footprints import Anchor, Footprint, relation_footprint

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

SQUARE = box(40, 35, 42, 37)


def atlas_of(*rows: Row, outlines: dict[str, BaseGeometry] | None = None) -> Atlas:
    return Atlas(
        outlines=outlines or {"SY": SQUARE.buffer(1), "SY-XX": SQUARE},
        rows={row.id: row for row in rows},
        towns={row.id: row for row in rows},
        subdistricts=[
            {"admin1": "Xx", "pcode": "SY9900", "lat": "36", "lon": "40.5"},
            {"admin1": "Xx", "pcode": "SY9901", "lat": "36", "lon": "41.5"},
        ],
        governorates={"Xx": "SY-XX"},
        golan=box(35.6, 32.7, 35.8, 33.3),
    )


def rule(key: str, kind: str, args: str = "", name: str = "New") -> dict[str, str]:
    made = dict.fromkeys(("id", "name_ar", "aliases", "country", "note"), "")
    return {**made, "id": key, "name": name, "kind": "region", "rule": kind, "args": args}


def test_a_countryside_leaves_out_the_city_and_has_four_main_parts() -> None:
    town = Row(id="t", name="Xx", name_ar="إكس", lat=36, lon=41, radius_km=10, population=90_000)
    whole = Row(
        id="rif-xx", name="Xx countryside", name_ar="ريف إكس", kind="countryside", admin1="SY-XX"
    )
    governorate = Row(id="SY-XX", name="Xx", name_ar="إكس", kind="governorate")
    atlas = atlas_of(town, whole, governorate)
    parts = {row.id: row for row in countrysides(atlas)}
    ring = atlas.outlines["rif-xx"]
    assert not ring.contains(Point(41, 36))
    assert {"rif-xx-north", "rif-xx-east", "rif-xx-south", "rif-xx-west"} <= set(parts)
    assert parts["rif-xx-east"].name_ar == "ريف إكس الشرقي"
    assert all(ring.buffer(1e-3).covers(atlas.outlines[key]) for key in parts)
    assert parts["rif-xx-east"].lon > 41 > parts["rif-xx-west"].lon


def test_a_part_of_a_countryside_is_what_an_article_means_by_its_name() -> None:
    town = Row(id="t", name="Xx", name_ar="إكس", lat=36, lon=41, radius_km=10, population=90_000)
    whole = Row(
        id="rif-xx", name="Xx countryside", name_ar="ريف إكس", kind="countryside", admin1="SY-XX"
    )
    atlas = atlas_of(town, whole, Row(id="SY-XX", name="Xx", name_ar="إكس", kind="governorate"))
    countrysides(atlas)
    mention = Mention(start=4, end=7, text="إكس")
    relation = Relation(
        mention=mention, kind="countryside", anchors=(mention,), rule="", bearing_deg=270
    )
    place = Place(id="t", name="Xx", lat=36, lon=41, radius_km=10)
    anchor = Anchor(place=place, footprint=Point(41, 36), governorate=SQUARE)
    drawn = relation_footprint(relation, {mention: anchor})
    assert isinstance(drawn, Footprint)
    part = atlas.outlines["rif-xx-west"]
    assert part.symmetric_difference(drawn.geometry).area < 0.01 * part.area


def test_cells_cover_the_governorate_once() -> None:
    atlas = atlas_of()
    derive(atlas, [rule("a", "cells", "SY9900"), rule("b", "cells", "SY9901")])
    west, east = atlas.outlines["a"], atlas.outlines["b"]
    assert west.intersection(east).area < 1e-3
    assert shapely.union(west, east).symmetric_difference(SQUARE).area < 1e-2


def test_a_hull_holds_its_settlements() -> None:
    towns = [
        Row(id=f"t{i}", name="t", country="SY", lat=35.5 + i / 5, lon=41 + i % 2 / 9)
        for i in range(4)
    ]
    atlas = atlas_of(*towns)
    (row,) = derive(atlas, [rule("h", "hull", "t0|t1|t2|t3")])
    assert all(atlas.outlines["h"].contains(Point(t.lon, t.lat)) for t in towns)
    assert atlas.outlines["h"].contains(Point(row.lon, row.lat))
    assert "hull of 4 places" in row.note


def test_a_hull_of_a_town_that_is_nowhere_names_the_rule_and_the_town() -> None:
    with pytest.raises(GazetteerError, match=r"areas\.csv, new: no town 'b'"):
        derive(atlas_of(Row(id="a", name="A", lat=36, lon=41)), [rule("new", "hull", "a|b")])


def test_a_hull_ends_at_the_border_of_the_countries_of_its_settlements() -> None:
    points = ((36.9, 41.0), (36.9, 41.9), (36.5, 41.9))
    towns = [
        Row(id=f"t{i}", name="t", country="SY", lat=lat, lon=lon)
        for i, (lat, lon) in enumerate(points)
    ]
    atlas = atlas_of(*towns, outlines={"SY": SQUARE, "TR": box(40, 37, 42, 38)})
    derive(atlas, [rule("h", "hull", "t0|t1|t2")])
    assert atlas.outlines["h"].within(SQUARE.buffer(0.05))
    abroad = replace(towns[0], country="TR", lat=37.1)
    wider = atlas_of(abroad, *towns[1:], outlines={"SY": SQUARE, "TR": box(40, 37, 42, 38)})
    derive(wider, [rule("h", "hull", "t0|t1|t2")])
    assert wider.outlines["h"].contains(Point(41.0, 37.1))


def test_material_for_later_rules_gets_no_row() -> None:
    atlas = atlas_of()
    assert derive(atlas, [rule("m", "union", "SY-XX", name="")]) == []
    assert "m" in atlas.outlines


def test_neighbours_share_their_border_when_simplified() -> None:
    wiggle = [(1 + (i % 2) / 50, i / 20) for i in range(41)]
    west = shapely.Polygon([(0, 0), *wiggle, (0, 2)])
    east = shapely.Polygon([(3, 0), *wiggle, (3, 2)])
    simple = shapes.simplify({"w": west, "e": east}, tolerance=0.2)
    assert simple["w"].intersection(simple["e"]).area == 0
    assert shapely.get_num_coordinates(simple["w"]) < shapely.get_num_coordinates(west)
    assert shapely.union_all(list(simple.values())).geom_type == "Polygon"


def test_a_point_within_a_crescent_is_inside() -> None:
    crescent = Point(0, 0).buffer(2).difference(Point(1, 0).buffer(1.9))
    lat, lon = shapes.point_within(crescent)
    assert crescent.contains(Point(lon, lat))


def test_a_missing_source_names_the_remedy() -> None:
    with pytest.raises(GazetteerError, match="--admin1"):
        shapes.admin1(Path("nowhere.json"))


def test_an_ocean_cut_by_the_date_line_keeps_both_parts_and_a_puddle_goes() -> None:
    land = Row(id="SY", name="Xx", kind="country")
    atlas = atlas_of(land, outlines={"SY": box(-100, -60, 100, 60)})
    (row,) = derive(atlas, [rule("o", "sea", "90 -50 180 50|-180 -50 -105 50|-101 -1 -99 1")])
    parts = shapely.get_parts(atlas.outlines["o"])
    assert sorted(part.bounds[0] for part in parts) == [-180, 100]
    assert atlas.outlines["o"].contains(Point(row.lon, row.lat))
