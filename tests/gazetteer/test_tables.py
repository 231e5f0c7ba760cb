"""The shipped tables hold what they promise."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache
from typing import Any

import pyarrow.parquet as pq
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import Point
from shapely.ops import nearest_points

from geo.model import AREA_KINDS, KINDS
from geo.resources import data_folder

FOLDER = data_folder("gazetteer")
CSV_TABLES = (
    "countries",
    "admin1",
    "subdistricts",
    "sites",
    "areas",
    "regions",
    "waters",
    "airports",
)
PARQUET_TABLES = ("settlements", "admin2", "localities")
TABLES = (*CSV_TABLES, *PARQUET_TABLES)
GEOD = Geod(ellps="WGS84")
BORDER_KM = 5.0
ELSEWHERE = {
    "tanf-garrison": "OCHA draws al-Tanf in Rif Dimashq, Natural Earth in Homs",
    "tanf-crossing": "OCHA draws al-Tanf in Rif Dimashq, Natural Earth in Homs",
    "rukban-camp": "OCHA draws al-Tanf in Rif Dimashq, Natural Earth in Homs",
    "rukban-crossing": "OCHA draws al-Tanf in Rif Dimashq, Natural Earth in Homs",
}


@cache
def table(name: str) -> list[dict[str, Any]]:
    if name in PARQUET_TABLES:
        return pq.read_table(FOLDER / f"{name}.parquet").to_pylist()
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    for row in rows:
        row["aliases"] = [alias for alias in row["aliases"].split("|") if alias]
        for column in ("lat", "lon", "radius_km"):
            row[column] = float(row[column])
        row["population"] = int(row["population"])
    return rows


@cache
def outlines() -> dict[str, Any]:
    columns = pq.read_table(FOLDER / "shapes.parquet").to_pydict()
    wkb = shapely.from_wkb(columns["wkb"])
    return dict(zip(columns["id"], wkb, strict=True))


def curated(name: str) -> list[dict[str, Any]]:
    rows = [row for key in CSV_TABLES for row in table(key)]
    return [row for row in rows if name in (row["name"], row["name_ar"], *row["aliases"])]


def distance_km(outline: Any, row: dict[str, Any]) -> float:
    point = Point(row["lon"], row["lat"])
    near = nearest_points(outline, point)[0]
    return float(GEOD.inv(near.x, near.y, point.x, point.y)[2]) / 1000


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_valid(name: str) -> None:
    bad = [
        row["id"]
        for row in table(name)
        if not (-90 <= row["lat"] <= 90 and -180 <= row["lon"] <= 180)
        or row["kind"] not in KINDS
        or not row["name"].strip()
        or row["radius_km"] <= 0
        or row["population"] < 0
        or not row["source"]
        or str(row["verified"]).lower() not in {"true", "false"}
    ]
    assert bad == []


@pytest.mark.parametrize("name", TABLES)
def test_no_name_holds_a_control_or_bidi_character(name: str) -> None:
    bad = {"Cc", "Cf", "Cs", "Co"}
    broken = [
        row["id"]
        for row in table(name)
        for text in (row["name"], row["name_ar"] or "", *row["aliases"])
        if not text.isascii() and any(unicodedata.category(c) in bad for c in text)
    ]
    assert broken == []


def test_ids_are_unique_over_all_tables() -> None:
    ids = [row["id"] for name in TABLES for row in table(name)]
    assert len(ids) == len(set(ids))


def test_every_division_named_is_a_row() -> None:
    known = {row["id"] for row in table("admin1")}
    named = {row["admin1"] for n in TABLES for row in table(n)}
    assert named - known - {None, ""} == set()


def test_every_settlement_of_geonames_is_there() -> None:
    rows = table("settlements")
    assert len(rows) == 234_908
    assert all(row["id"].startswith("gn:") for row in rows)


def test_few_settlements_have_no_division() -> None:
    rows = table("settlements")
    assert sum(not row["admin1"] for row in rows) < len(rows) / 1000


def test_no_alias_repeats_a_name() -> None:
    repeated = [
        row["id"]
        for name in TABLES
        for row in table(name)
        if len(set(row["aliases"])) != len(row["aliases"])
        or {row["name"], row["name_ar"]} & set(row["aliases"])
    ]
    assert repeated == []


SHAPES = ({"Polygon", "MultiPolygon"}, {"LineString", "MultiLineString"})
"""What an area is drawn as, and what a river is."""


def test_every_outline_is_valid_and_belongs_to_an_area() -> None:
    kinds = {row["id"]: row["kind"] for name in CSV_TABLES for row in table(name)}
    bad = [
        key
        for key, outline in outlines().items()
        if kinds.get(key) not in {*AREA_KINDS, "river"}
        or not outline.is_valid
        or outline.is_empty
        or outline.geom_type not in SHAPES[kinds[key] == "river"]
    ]
    assert bad == []


def test_the_point_of_an_area_lies_in_its_outline() -> None:
    rows = [r for name in CSV_TABLES for r in table(name) if r["id"] in outlines()]
    far = {row["id"]: distance_km(outlines()[row["id"]], row) for row in rows}
    # The point of a river is the middle of what its source shows, beside a simplified course.
    rivers = {row["id"] for row in rows if row["kind"] == "river"}
    assert {key: km for key, km in far.items() if km > (20 if key in rivers else 1)} == {}


def test_every_country_and_derived_area_has_an_outline() -> None:
    rows = [*table("countries"), *table("areas")]
    assert [row["id"] for row in rows if row["id"] not in outlines()] == []


def test_governorates_do_not_overlap_and_fill_syria() -> None:
    parts = [outline for key, outline in outlines().items() if key.startswith("SY-")]
    whole = outlines()["SY"]
    assert len(parts) == 14
    assert sum(part.area for part in parts) == pytest.approx(whole.area, rel=1e-3)
    assert shapely.union_all(parts).symmetric_difference(whole).area < 1e-3 * whole.area


@pytest.mark.parametrize("row", table("sites"), ids=lambda row: row["id"])
def test_a_curated_site_lies_where_it_says(row: dict[str, Any]) -> None:
    if row["country"] == "SY":
        assert distance_km(outlines()["SY"], row) <= BORDER_KM
    assert row["admin1"].startswith(row["country"]) or row["kind"] in AREA_KINDS | {"river"}
    if row["country"] == "SY" and row["admin1"] and row["kind"] not in {"region", "river"}:
        distance = distance_km(outlines()[row["admin1"]], row)
        assert (distance > BORDER_KM) == (row["id"] in ELSEWHERE)


@pytest.mark.parametrize(
    ("name", "kind", "lat", "lon", "within_km"),
    [
        ("قاعدة العمر", "military_base", 35.0845, 40.5904, 10),
        ("قاعدة كونيكو", "military_base", 35.3445, 40.318, 6),
        ("كونيكو", "gas_plant", 35.3445, 40.318, 6),
        ("ريف دير الزور", "countryside", 35.2, 40.3, 90),
        ("شمال شرق سوريا", "region", 35.9, 39.9, 170),
        ("ريف دمشق", "governorate", 33.6, 36.8, 80),
        ("الغوطة الغربية", "region", 33.396, 36.1665, 20),
        ("سوريا", "country", 35.0, 38.5, 400),
        ("الولايات المتحدة", "country", 39.8, -98.6, 3000),
        ("دير الزور", "governorate", 35.2, 40.3, 30),
        ("دير الزور", "settlement", 35.34, 40.14, 3),
        ("Middle East", "region", 33.14, 35.86, 10),
        ("البحر المتوسط", "sea", 36, 17, 400),
    ],
)
def test_the_news_of_the_region_finds_its_places(
    name: str, kind: str, lat: float, lon: float, within_km: float
) -> None:
    found = [row for row in curated(name) if row["kind"] == kind]
    distances = [GEOD.inv(r["lon"], r["lat"], lon, lat)[2] / 1000 for r in found]
    assert distances
    assert min(distances) <= within_km


@pytest.mark.parametrize("place", ["douma", "harasta", "hawl", "abu-kamal"])
def test_a_curated_town_leads_to_its_row_in_geonames(place: str) -> None:
    (site,) = [row for row in table("sites") if row["id"] == place]
    rows = {row["id"]: row for row in table("settlements")}
    other = rows[f"gn:{site['geonames_id']}"]
    assert GEOD.inv(site["lon"], site["lat"], other["lon"], other["lat"])[2] < 5000


@pytest.mark.parametrize("code", ["US-AL", "US-NY", "US-PA", "US-DC"])
def test_states_have_their_press_abbreviations(code: str) -> None:
    (state,) = [row for row in table("admin1") if row["id"] == code]
    assert any(alias.endswith(".") for alias in state["aliases"])


@pytest.mark.parametrize("name", ["USA", "U.S.", "UK", "UAE", "أمريكا", "السعودية", "Turkey"])
def test_countries_have_the_names_of_the_news(name: str) -> None:
    assert [row["kind"] for row in curated(name)] == ["country"]


@pytest.mark.parametrize("name", ["محافظة إدلب", "ثورة", "بريف حماة", "the Netherlands"])
def test_names_come_without_clitics_heads_and_articles(name: str) -> None:
    assert curated(name) == []


@pytest.mark.parametrize(
    ("word", "code"),
    [
        *(("Syrian", "SY"), ("Iraqis", "IQ"), ("British", "GB"), ("Americans", "US")),
        *(("سوري", "SY"), ("الأميركية", "US"), ("التركي", "TR"), ("روسية", "RU")),
    ],
)
def test_countries_have_their_demonyms(word: str, code: str) -> None:
    rows = [row for row in table("countries") if word in row["demonyms"].split("|")]
    assert [row["id"] for row in rows] == [code]


@pytest.mark.parametrize("word", ["مالي", "مالية", "قمري", "صحراوي", "مجري", "Polishs"])
def test_no_demonym_is_an_everyday_word(word: str) -> None:
    told = {form for row in table("countries") for form in row["demonyms"].split("|")}
    assert word not in told


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("T4 airbase", ["tiyas-t4"]),
        ("Nasib crossing", ["nasib-crossing"]),
        ("Shaer gas field", ["shaer-gas-field"]),
        ("al-Tanf base", ["tanf-garrison"]),
        ("مطار بغداد الدولي", ["icao:ORBI"]),
        ("دارفور", ["darfur"]),
        ("مضيق هرمز", ["strait-of-hormuz"]),
        ("تايلند", ["TH"]),
        ("Caribbean", ["caribbean"]),
    ],
)
def test_the_names_that_news_uses_are_there(name: str, ids: list[str]) -> None:
    assert [row["id"] for row in curated(name)] == ids


def test_counties_are_found_without_the_word_county() -> None:
    rows = [row for row in table("admin2") if row["admin1"] == "US-PA"]
    assert len(rows) == 67
    named = [row for row in rows if row["name"] != "Centre County"]
    found = [(row["name"].removesuffix(" County"), row["name"], *row["aliases"]) for row in named]
    assert all(short in names for short, *names in found)
    assert all(10 <= row["radius_km"] <= 400 for row in table("admin2"))


def test_the_golan_lies_in_syria_alone() -> None:
    golan = outlines()["golan"]
    assert outlines()["SY"].intersection(golan).area > 0.97 * golan.area
    assert outlines()["IL"].intersection(golan).area < 0.03 * golan.area


def test_the_tables_stay_within_their_budget() -> None:
    size = sum(path.stat().st_size for path in FOLDER.iterdir())
    assert size <= 12_000_000


def test_the_readme_counts_the_rows() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name in TABLES:
        suffix = "parquet" if name in PARQUET_TABLES else "csv"
        assert f"| `{name}.{suffix}` | {len(table(name)):,} |" in text
    assert f"| `shapes.parquet` | {len(outlines()):,} |" in text
