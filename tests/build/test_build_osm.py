"""An extract of OpenStreetMap becomes a gazetteer file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import osmium
import pyarrow.parquet as pq
import pytest
from osmium.osm.mutable import Node, Relation, Way

from geo.build.osm import kind_of
from geo.build.sourced import build_osm
from geo.errors import GazetteerError
from geo.gazetteer import Gazetteer
from geo.gazetteer.summary import credit

if TYPE_CHECKING:
    from pathlib import Path

CORNERS = {11: (40.0, 35.6), 12: (40.02, 35.6), 13: (40.02, 35.62), 14: (40.0, 35.62)}
LINE = {21: (40.1, 35.6), 22: (40.11, 35.6), 23: (40.12, 35.6)}

NODES = (
    (1, (40.3, 35.7), {"place": "village", "name": "قرية الطين", "name:en": "Tin Test Village"}),
    (2, (40.4, 35.7), {"barrier": "border_control", "name": "جسر", "name:en": "Bridge"}),
    (3, (40.5, 35.7), {"shop": "bakery", "name": "Bakery"}),
    (
        4,
        (39.01, 35.95),
        {"place": "city", "name": "الرقة", "name:en": "Raqqa Test", "population": "220,000"},
    ),
    (5, (40.6, 35.7), {"amenity": "refugee_site"}),
    (
        6,
        (40.7, 35.7),
        {
            "man_made": "petroleum_well",
            "name:en": "Mill Well",
            "alt_name": "Tin Well;Well of the Mill",
            "old_name:ar": "بئر الرمان",
            "wikidata": "Q99999999",
            "landuse": "residential",
        },
    ),
)


def write(path: Path) -> Path:
    with osmium.SimpleWriter(path) as writer:
        for number, at, tags in NODES:
            writer.add_node(Node(id=number, location=at, tags=tags, version=1))
        for number, at in {**CORNERS, **LINE}.items():
            writer.add_node(Node(id=number, location=at, version=1))
        base = {"military": "base", "name": "قاعدة الطين", "name:en": "Tin Base"}
        writer.add_way(Way(id=1, nodes=[11, 12, 13, 14, 11], tags=base, version=1))
        dam = {"waterway": "dam", "name:en": "Tin Dam", "name:ar": "سد الطين"}
        writer.add_way(Way(id=2, nodes=[21, 22, 23], tags=dam, version=1))
        writer.add_way(Way(id=3, nodes=[11, 12, 13], version=1))
        writer.add_way(Way(id=4, nodes=[13, 14, 11], version=1))
        writer.add_way(Way(id=5, nodes=[98, 99], tags={**dam, "name:en": "Cut"}, version=1))
        district = {
            "type": "boundary",
            "boundary": "administrative",
            "admin_level": "6",
            "name:en": "Tin District",
        }
        members = [("w", 3, "outer"), ("w", 4, "outer")]
        writer.add_relation(Relation(id=7, members=members, tags=district, version=1))
    return path


@pytest.fixture(params=["osm.pbf", "osm"])
def extract(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    return write(tmp_path / f"tin.{request.param}")


def test_nodes_ways_and_areas_become_places(extract: Path, tmp_path: Path) -> None:
    out = tmp_path / "osm.parquet"
    built = build_osm(out, extract=extract)
    rows = {row["id"]: row for row in pq.read_table(out).to_pylist()}
    assert {each: row["kind"] for each, row in rows.items()} == {
        "osm:node/1": "settlement",
        "osm:node/4": "settlement",
        "osm:node/6": "oil_field",
        "osm:way/1": "military_base",
        "osm:way/2": "dam",
        "osm:relation/7": "district",
    }
    assert built.told == ["osm:node/2", "osm:node/5"]
    village, well = rows["osm:node/1"], rows["osm:node/6"]
    assert (village["name"], village["name_ar"]) == ("Tin Test Village", "الطين")
    assert (village["country"], village["admin1"]) == ("SY", "SY-DY")
    assert rows["osm:node/4"]["population"] == 220_000
    assert well["aliases"] == ["Tin Well", "Well of the Mill", "بئر الرمان"]
    assert well["wikidata_id"] == "Q99999999"


def test_an_area_has_a_point_in_it_and_a_radius_that_holds_it(
    extract: Path, tmp_path: Path
) -> None:
    out = tmp_path / "osm.parquet"
    build_osm(out, extract=extract)
    rows = {row["id"]: row for row in pq.read_table(out).to_pylist()}
    base, dam, district = (rows[f"osm:{each}"] for each in ("way/1", "way/2", "relation/7"))
    assert 35.6 < base["lat"] < 35.62
    assert 40.0 < base["lon"] < 40.02
    assert base["radius_km"] == pytest.approx(1.4, abs=0.2)
    assert (dam["lat"], dam["lon"]) == (35.6, pytest.approx(40.11))
    assert dam["radius_km"] == pytest.approx(0.9, abs=0.1)
    assert district["radius_km"] == pytest.approx(1.1, abs=0.1)


def test_the_licence_travels_in_the_file_and_the_places_are_found(
    extract: Path, tmp_path: Path
) -> None:
    out = tmp_path / "osm.parquet"
    build_osm(out, extract=extract)
    assert credit(out)["licence"] == "ODbL 1.0"
    assert "OpenStreetMap contributors" in credit(out)["attribution"]
    opened = Gazetteer.open(extra=[out])
    (base,) = opened.lookup("قاعدة الطين")
    assert (base.id, base.kind, base.admin1) == ("osm:way/1", "military_base", "SY-DY")
    # The city of the extract and the one that ships are one, under the id that ships.
    (city,) = opened.lookup("Raqqa Test")
    assert city.id == opened.place(opened.id_row("osm:node/4")).id != "osm:node/4"
    assert city in opened.lookup("الرقة")


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"military": "airfield", "aeroway": "aerodrome"}, "military_base"),
        ({"aeroway": "aerodrome"}, "airport"),
        ({"amenity": "prison"}, "detention_centre"),
        ({"place": "suburb"}, "neighbourhood"),
        ({"boundary": "administrative", "admin_level": "4"}, "governorate"),
        ({"boundary": "political", "admin_level": "4"}, None),
        ({"highway": "residential"}, None),
        ({}, None),
    ],
)
def test_tags_lead_to_a_kind(tags: dict[str, str], kind: str | None) -> None:
    assert kind_of(tags) == kind


@pytest.mark.parametrize("content", [b"", b"no extract\n", b"\x00\x00\x00\x0d\x0a\x09OSMHeader"])
@pytest.mark.parametrize("name", ["bad.osm.pbf", "bad.osm", "bad.txt"])
def test_what_is_no_extract_is_told_in_one_line(tmp_path: Path, content: bytes, name: str) -> None:
    bad = tmp_path / name
    bad.write_bytes(content)
    with pytest.raises(GazetteerError) as caught:
        build_osm(tmp_path / "osm.parquet", extract=bad)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "osm.parquet").exists()
