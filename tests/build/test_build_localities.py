"""A locality ships at the point of its list, unverified, and never beside a place that it is."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from geo.build.localities import LISTS, locality_rows, read_localities
from geo.build.schema import Row
from geo.build.towns import SINGLE_KM
from geo.errors import GazetteerError
from geo.text.folding import fold

OUTLINES = {"SY-A": box(36, 34, 37, 35), "IQ-B": box(44, 34, 45, 35)}
TOWN = Row(id="town", name="Ain Assan", name_ar="عين عسان", country="SY", lat=34.5, lon=36.5)
LINE = {
    "list": "syria",
    "country": "SY",
    "kind": "settlement",
    "lat": "34.2",
    "lon": "36.3",
    "name": "Tall Būrāk",
    "name_ar": "تل بوراك",
}


def made(*lines: dict[str, str]) -> list[Row]:
    return locality_rows(lines, outlines=OUTLINES, places=[TOWN])


def test_a_locality_stands_unverified_at_the_point_of_its_list() -> None:
    (row,) = made(LINE)
    assert (row.lat, row.lon, row.name, row.name_ar) == (34.2, 36.3, "Tall Būrāk", "تل بوراك")
    assert (row.kind, row.country, row.admin1) == ("settlement", "SY", "SY-A")
    assert (row.verified, row.radius_km, row.source) == (False, SINGLE_KM, LISTS["syria"])
    assert row.id == "tall-burak-sy-a"


def test_a_locality_has_the_names_behind_its_main_ones() -> None:
    (row,) = made({**LINE, "name": "Tall Burak|Burak", "name_ar": "تل بوراك|بوراك"})
    assert (row.name, row.name_ar, row.aliases) == ("Tall Burak", "تل بوراك", ["Burak", "بوراك"])


def test_namesakes_of_one_division_have_ids_of_their_own() -> None:
    lines = [{**LINE, "lat": lat} for lat in ("34.2", "34.4", "34.6")]
    assert {row.id for row in made(*lines)} == {
        "tall-burak-sy-a",
        "tall-burak-sy-a-2",
        "tall-burak-sy-a-3",
    }


def test_a_locality_of_the_coast_that_an_outline_cuts_off_is_of_the_nearest_division() -> None:
    (row,) = made({**LINE, "lat": "33.98"})
    assert row.admin1 == "SY-A"
    with pytest.raises(GazetteerError, match="in no division of SY"):
        made({**LINE, "lat": "33.9"})


@pytest.mark.parametrize("names", [("Ain Assan", ""), ("Aïn Assân", ""), ("X", "عين عسّان")])
@given(north=st.floats(-0.015, 0.015), east=st.floats(-0.015, 0.015))
def test_a_name_that_stands_near_by_is_that_place(
    names: tuple[str, str], north: float, east: float
) -> None:
    told = dict(zip(("name", "name_ar"), names, strict=True))
    line = {**LINE, **told, "lat": str(34.5 + north), "lon": str(36.5 + east)}
    assert made(line) == []


def test_a_name_that_stands_farther_off_is_another_place() -> None:
    assert len(made({**LINE, "name": "Ain Assan", "lat": "34.55", "lon": "36.5"})) == 1


def test_a_locality_written_twice_is_one() -> None:
    assert len(made(LINE, {**LINE, "lat": "34.201"})) == 1


@pytest.mark.parametrize("lat", ["33.9", "40"])
def test_a_point_outside_its_country_is_named(lat: str) -> None:
    with pytest.raises(GazetteerError, match=r"Tall Būrāk.*no division of SY"):
        made({**LINE, "lat": lat})


def test_every_line_is_of_a_list_and_no_two_are_alike() -> None:
    lines = read_localities()
    assert {line["list"] for line in lines} == set(LISTS)
    alike = Counter((line["lat"], line["lon"], fold(line["name"])) for line in lines)
    assert max(alike.values()) == 1
