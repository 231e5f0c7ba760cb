"""Counties stand amid their settlements; airports take the Arabic name of their town."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from geo.build.admin2 import admin2_rows, members
from geo.build.airports import airport_rows
from geo.build.schema import Row
from geo.build.sources import SecondLevel
from geo.errors import GazetteerError

if TYPE_CHECKING:
    from pathlib import Path

COUNTY = SecondLevel(code="US.XX.001", geonames_id="5", name="Test County", aliases=["Condado"])


def rows_of(
    division: SecondLevel,
    towns: dict[str, tuple[float, float]],
    points: dict[str, tuple[float, float]] | None = None,
) -> list[Row]:
    settled = {division.code: list(towns.items())}
    return admin2_rows(
        [division], settled=settled, admin1={"US.XX": "US-XX"}, known=set(), points=points or {}
    )


def test_a_county_stands_amid_its_settlements() -> None:
    (row,) = rows_of(COUNTY, {"A": (40.0, -80.0), "B": (40.0, -79.0), "C": (41.0, -79.5)})
    assert (row.id, row.kind, row.admin1, row.country) == ("gn:5", "district", "US-XX", "US")
    assert (row.lat, row.lon) == (40.33, -79.5)
    assert 60 < row.radius_km < 120
    assert list(row.aliases) == ["Test"]


def test_a_county_stands_where_geonames_puts_it() -> None:
    towns = {"A": (40.0, -80.0), "B": (40.0, -79.0), "C": (41.0, -79.5)}
    (amid,), (row,) = rows_of(COUNTY, towns), rows_of(COUNTY, towns, {"5": (40.7, -79.1)})
    assert (row.lat, row.lon, row.note) == (40.7, -79.1, "")
    assert row.radius_km > amid.radius_km
    assert "mean" in amid.note


def test_few_settlements_leave_a_wide_doubt() -> None:
    (row,) = rows_of(COUNTY, {"A": (40.0, -80.0)})
    assert row.radius_km == 20


def test_a_division_across_the_date_line_stays_there() -> None:
    (row,) = rows_of(COUNTY, {"A": (50.0, 179.0), "B": (50.0, -179.0), "C": (50.0, 180.0)})
    assert abs(row.lon) == 180


@pytest.mark.parametrize("name", ["Frumoasa", "Comuna Frumoasa", "Frumoasa-shi"])
def test_a_municipality_called_like_its_town_is_left_out(name: str) -> None:
    division = SecondLevel(code="RO.01.2", geonames_id="9", name=name)
    assert rows_of(division, {"Frumoasa": (45.0, 25.0)}) == []


def test_an_arabic_district_is_found_with_and_without_its_noun() -> None:
    division = SecondLevel(
        code="IQ.01.2", geonames_id="9", name="Ramadi District", aliases=["قضاء الرمادي"]
    )
    (row,) = rows_of(division, {"Ar Ramadi": (33.4, 43.3)})
    assert row.name_ar == "قضاء الرمادي"
    assert {"Ramadi", "الرمادي"} <= set(row.aliases)


def test_a_division_that_is_known_or_empty_is_left_out() -> None:
    assert admin2_rows([COUNTY], settled={}, admin1={}, known=set(), points={}) == []
    settled = {COUNTY.code: [("A", (1.0, 1.0))]}
    assert admin2_rows([COUNTY], settled=settled, admin1={}, known={"5"}, points={}) == []


def test_settlements_are_read_by_their_division(tmp_path: Path) -> None:
    city = {"name": "A", "lat": "1.5", "lng": "2", "country": "US", "admin1": "XX", "admin2": "001"}
    path = tmp_path / "cities.json"
    path.write_text(json.dumps([city, {**city, "admin2": ""}]), encoding="utf-8")
    assert members(path) == {"US.XX.001": [("A", (1.5, 2.0))]}
    with pytest.raises(GazetteerError, match=r"cities\.json.*--cities"):
        members(tmp_path / "missing.json")


AIRPORT = {
    "icao": "ORXX",
    "name": "Testville International Airport",
    "city": "Testville",
    "country": "IQ",
    "lat": 33.0,
    "lon": 44.0,
}


def test_an_airport_takes_the_arabic_name_of_its_town() -> None:
    town = Row(id="gn:1", name="Testville", name_ar="تستفيل", country="IQ", lat=33.1, lon=44.1)
    far = Row(id="gn:2", name="Testville", name_ar="بعيد", country="IQ", lat=36.0, lon=44.1)
    (row,) = airport_rows([AIRPORT], towns=[far, town], known=[], spelled=lambda row: row)
    assert (row.id, row.kind, row.name_ar) == ("icao:ORXX", "airport", "مطار تستفيل الدولي")
    assert {"Testville airport", "مطار تستفيل"} <= set(row.aliases)


def test_an_airport_that_is_known_or_far_away_is_left_out() -> None:
    base = Row(id="b", name="Base", kind="military_base", country="IQ", lat=33.01, lon=44.01)
    abroad = {**AIRPORT, "country": "US"}
    assert airport_rows([AIRPORT], towns=[], known=[base], spelled=lambda row: row) == []
    assert airport_rows([abroad], towns=[], known=[], spelled=lambda row: row) == []
