"""What ships of countries and divisions: their points, P-codes and outlines hold together."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely

from geo.build import sources
from geo.gazetteer import Gazetteer
from geo.resources import data_folder

FOLDER = data_folder("gazetteer")
NEAR = 0.05
"""Degrees that a settlement may lie outside its division: outlines are simplified."""
KM_A_DEGREE = 111


@cache
def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def outlines() -> dict[str, Any]:
    columns = pq.read_table(FOLDER / "shapes.parquet").to_pydict()
    return dict(zip(columns["id"], shapely.from_wkb(columns["wkb"]), strict=True))


@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [("US", 39.76, -98.5), ("CA", 60.10867, -113.64258), ("RU", 60, 100), ("SY", 35, 38)],
)
def test_a_large_country_stands_where_geonames_puts_it(code: str, lat: float, lon: float) -> None:
    (row,) = [row for row in table("countries") if row["id"] == code]
    assert (float(row["lat"]), float(row["lon"])) == (lat, lon)


def test_a_country_says_where_its_point_is_from_and_a_small_one_stands_in_its_middle() -> None:
    told: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for row in table("countries"):
        told[float(row["radius_km"]) > 200].update([row["note"].rpartition("; ")[2]])
    assert set(told[False]) == {"point of the outline"}
    assert told[True]["point of GeoNames"] > 9 * told[True]["point of the outline"]


@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [("CA-AB", 52.28333, -117.469), ("AU-QLD", -20, 145), ("US-KY", 38.20042, -84.87762)],
)
def test_a_province_stands_where_geonames_puts_it(code: str, lat: float, lon: float) -> None:
    (row,) = [row for row in table("admin1") if row["id"] == code]
    assert (float(row["lat"]), float(row["lon"])) == (lat, lon)


def test_nearly_every_division_stands_in_its_outline() -> None:
    away = [
        outlines()[row["id"]].distance(shapely.Point(float(row["lon"]), float(row["lat"])))
        for row in table("admin1")
        if row["id"] in outlines()
    ]
    assert max(away) < NEAR


def test_a_region_shares_its_name_with_no_other_row() -> None:
    names = {row["name"] for name in ("countries", "admin1", "areas") for row in table(name)}
    regions = table("regions")
    assert len(regions) > 300
    assert not names.intersection(row["name"] for row in regions)
    assert all("doubt" in row["note"] for row in regions)


def test_every_spelling_made_by_hand_is_found() -> None:
    gazetteer = Gazetteer.open()
    for number, spelling in sources.spellings().items():
        for name in spelling.add:
            found = gazetteer.lookup(name)
            assert any(gazetteer.id_row(number) == gazetteer.id_row(one.id) for one in found), name


def test_every_subdistrict_has_its_pcode_under_a_district_and_a_governorate() -> None:
    codes = {
        name: {row["pcode"] for row in table(name) if row["pcode"]}
        for name in ("subdistricts", "sites", "admin1")
    }
    assert [len(codes[name]) for name in ("subdistricts", "sites", "admin1")] == [272, 62, 14]
    assert {code[:6] for code in codes["subdistricts"]} == codes["sites"]
    assert {code[:4] for code in codes["subdistricts"]} == codes["admin1"]


def test_a_subdistrict_reaches_into_the_governorate_of_its_pcode() -> None:
    governorates = {row["pcode"]: row["id"] for row in table("admin1") if row["pcode"]}
    for row in table("subdistricts"):
        assert row["admin1"] == governorates[row["pcode"][:4]]
        point = shapely.Point(float(row["lon"]), float(row["lat"]))
        # The source draws governorates otherwise than OCHA (al-Tanf, the Damascus countryside).
        reach = float(row["radius_km"]) / KM_A_DEGREE
        assert outlines()[row["admin1"]].distance(point) < max(reach, NEAR), row["id"]


def test_a_subdistrict_never_takes_the_name_of_a_town() -> None:
    columns = ["name", "name_ar", "aliases", "country", "admin1"]
    towns = pq.read_table(FOLDER / "settlements.parquet", columns=columns).to_pylist()
    taken = {
        (row["admin1"], name)
        for row in towns
        if row["country"] == "SY"
        for name in (row["name"], row["name_ar"], *row["aliases"])
    }
    for row in table("subdistricts"):
        names = {row["name"], row["name_ar"], *row["aliases"].split("|")}
        own = {name for name in names if not name.startswith("ناحية") and "Subdistrict" not in name}
        assert not own & {name for admin1, name in taken if admin1 == row["admin1"]}, row["id"]


def test_nearly_every_settlement_lies_in_the_outline_of_its_division() -> None:
    columns = pq.read_table(FOLDER / "settlements.parquet", columns=["admin1", "lat", "lon"])
    admin1 = np.array(columns["admin1"].to_pylist())
    lat, lon = (np.array(columns[name].to_pylist(), dtype=float) for name in ("lat", "lon"))
    drawn = np.array([key in outlines() for key in admin1])
    keys, number = np.unique(admin1[drawn].astype(str), return_inverse=True)
    shapes = np.array([outlines()[key] for key in keys], dtype=object)
    away = shapely.distance(shapes[number], shapely.points(lon[drawn], lat[drawn]))
    assert drawn.mean() > 0.99
    assert (away <= NEAR).mean() > 0.993


@pytest.mark.parametrize(
    ("division", "city"),
    [("FR-IDF", "Paris"), ("FR-NOR", "Rouen"), ("MA-04", "Rabat"), ("VN-HN", "Hanoi")],
)
def test_a_city_lies_in_the_outline_of_its_region(division: str, city: str) -> None:
    columns = ["name", "country", "lat", "lon", "population"]
    towns = pq.read_table(FOLDER / "settlements.parquet", columns=columns).to_pylist()
    alike = [row for row in towns if (row["name"], row["country"]) == (city, division[:2])]
    found = max(alike, key=lambda row: row["population"])
    assert outlines()[division].contains(shapely.Point(found["lon"], found["lat"]))


@pytest.mark.parametrize(
    ("water", "kind", "country"),
    [
        ("tigris", "river", "IQ"),
        ("lake-assad", "sea", "SY"),
        ("nile", "river", "EG"),
        ("danube", "river", "HU"),
        ("indus", "river", "PK"),
        ("orontes", "river", "SY"),
        ("litani", "river", "LB"),
    ],
)
def test_a_water_lies_where_it_flows(water: str, kind: str, country: str) -> None:
    (row,) = [row for row in table("waters") if row["id"] == water]
    assert row["kind"] == kind
    point = shapely.Point(float(row["lon"]), float(row["lat"]))
    reach = float(row["radius_km"]) / KM_A_DEGREE
    assert outlines()[country].distance(point) < reach
