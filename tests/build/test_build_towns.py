"""A town ships at a point that was read, verified where two sources agree, and never twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from geo.build.schema import Row
from geo.build.shapes import distance_km
from geo.build.towns import APART_KM, SINGLE_KM, read_towns, town_rows
from geo.errors import GazetteerError

OUTLINES = {"XX-A": box(40, 30, 41, 31)}
KNOWN = Row(
    id="gn:1",
    name="Tawnsand",
    name_ar="تاونسند",
    country="XX",
    admin1="XX-A",
    lat=30.5,
    lon=40.5,
    radius_km=2.5,
    population=900,
    source="GeoNames",
)
LINE = {
    "id": "newton",
    "name": "Newton",
    "name_ar": "نيوتن",
    "aliases": "Newtown|Newton",
    "kind": "settlement",
    "country": "XX",
    "admin1": "XX-A",
    "lat": "30.2",
    "lon": "40.2",
    "source": "one",
    "lat2": "",
    "lon2": "",
    "source2": "",
    "settlement": "",
    "note": "",
}
SPELLED = {
    **dict.fromkeys(LINE, ""),
    "id": "townsend",
    "name": "Townsend",
    "name_ar": "تاونزند",
    "settlement": "gn:1",
}


def made(*lines: dict[str, str]) -> list[Row]:
    return town_rows(lines, outlines=OUTLINES, places=[KNOWN])


def test_a_point_of_one_source_is_not_verified() -> None:
    (row,) = made(LINE)
    assert (row.lat, row.lon, row.admin1) == (30.2, 40.2, "XX-A")
    assert (row.verified, row.radius_km, row.source) == (False, SINGLE_KM, "one")
    assert list(row.aliases) == ["Newtown"]


def test_a_settlement_of_geonames_takes_the_names_of_the_press() -> None:
    (row,) = made(SPELLED)
    assert (row.name, row.name_ar, row.geonames_id) == ("Townsend", "تاونزند", "1")
    assert (row.lat, row.lon, row.radius_km, row.population) == (30.5, 40.5, 2.5, 900)
    assert (row.verified, row.source, row.admin1) == (True, "GeoNames", "XX-A")


@given(st.sampled_from(sorted(APART_KM)), st.floats(-0.05, 0.05), st.floats(-0.05, 0.05))
def test_two_sources_verify_a_town_and_its_circle_holds_both(
    kind: str, north: float, east: float
) -> None:
    lat2, lon2 = 30.2 + north, 40.2 + east
    apart = distance_km((30.2, 40.2), (lat2, lon2))
    line = {**LINE, "kind": kind, "lat2": f"{lat2}", "lon2": f"{lon2}", "source2": "two"}
    if apart > APART_KM[kind]:
        with pytest.raises(GazetteerError, match="newton"):
            made(line)
        return
    (row,) = made(line)
    assert row.verified
    assert row.radius_km >= max(apart, 1.0)
    assert row.source == "one; two"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"lat": "31.1"}, r"11\.\d km outside XX-A"),
        ({"lat": "30.505", "lon": "40.5", "name": "Tawnsand"}, "gn:1 bears the name tawnsand"),
        ({"settlement": "gn:2"}, "no settlement has the id gn:2"),
    ],
)
def test_what_does_not_fit_is_refused(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(GazetteerError, match=said):
        made({**LINE, **wrong})


def test_two_lines_are_not_one_town() -> None:
    with pytest.raises(GazetteerError, match="other: newton bears the name"):
        made(LINE, {**LINE, "id": "other"})


@pytest.mark.parametrize("line", read_towns(), ids=lambda line: line["id"])
def test_a_line_names_a_settlement_or_gives_a_sourced_point(line: dict[str, str]) -> None:
    point = [line[column] for column in ("lat", "lon", "source", "kind", "country", "admin1")]
    second = [line[column] for column in ("lat2", "lon2", "source2")]
    assert line["name_ar"]
    assert all(second) or not any(second)
    if line["settlement"]:
        assert not any(point)
    else:
        assert all(point)
        assert line["source"] != line["source2"]
        assert line["kind"] in APART_KM


def test_no_line_stands_twice_in_the_table() -> None:
    lines = read_towns()
    named = [line["settlement"] for line in lines if line["settlement"]]
    assert len({line["id"] for line in lines}) == len(lines)
    assert len(set(named)) == len(named)
