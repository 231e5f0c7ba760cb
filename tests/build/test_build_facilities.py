"""A facility ships where two sources agree; a remembered one says that none confirms it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from geo.build.facilities import APART_KM, REMEMBERED, facility_rows, read_facilities
from geo.build.schema import Row
from geo.build.shapes import distance_km
from geo.errors import GazetteerError

OUTLINES = {"XX-A": box(40, 30, 41, 31)}
TOWN = Row(id="gn:1", name="Townsend", lat=30.5, lon=40.5)
LINE = {
    "id": "x-dam",
    "name": "Xx Dam",
    "name_ar": "سد إكس",
    "aliases": "Iks Dam|Xx Dam",
    "kind": "dam",
    "country": "XX",
    "admin1": "XX-A",
    "lat": "30.5",
    "lon": "40.5",
    "source": "one",
    "lat2": "30.51",
    "lon2": "40.5",
    "source2": "two",
    "doubt_km": "",
    "town": "",
    "note": "",
}
MEMORY = {
    "id": "y-camp",
    "name_en": "Yy camp",
    "name_ar": "مخيم واي",
    "kind": "camp",
    "country": "SY",
    "lat_remembered": "35.5",
    "lon_remembered": "40.5",
}
BLANK = {**dict.fromkeys(LINE, ""), "id": "y-camp"}


def made(line: dict[str, str]) -> Row:
    (row,) = facility_rows([line], remembered=[MEMORY], outlines=OUTLINES, towns=[TOWN])
    return row


def test_a_facility_stands_at_the_better_source_and_names_both() -> None:
    row = made({**LINE, "town": "gn:1", "note": "on the Iks"})
    assert (row.lat, row.lon, row.admin1, row.verified) == (30.5, 40.5, "XX-A", True)
    assert row.source == "one; two"
    assert row.note == "on the Iks; second source 30.5100, 40.5000, 1.1 km away"
    assert list(row.aliases) == ["Iks Dam"]


def test_two_sources_that_nobody_can_open_again_confirm_nothing() -> None:
    lost = "public repository file (path not recorded)"
    assert made({**LINE, "source": lost}).verified
    assert not made({**LINE, "source": lost, "source2": f"{lost} (a list of dams)"}).verified


@given(
    st.sampled_from(sorted(APART_KM)),
    st.floats(-0.05, 0.05),
    st.floats(-0.05, 0.05),
    st.floats(0, 20),
)
def test_the_circle_holds_both_points_and_the_doubt(
    kind: str, north: float, east: float, doubt: float
) -> None:
    lat2, lon2 = 30.5 + north, 40.5 + east
    apart = distance_km((30.5, 40.5), (lat2, lon2))
    line = {**LINE, "kind": kind, "lat2": f"{lat2}", "lon2": f"{lon2}", "doubt_km": f"{doubt}"}
    if apart > APART_KM[kind]:
        with pytest.raises(GazetteerError, match="x-dam"):
            made(line)
    else:
        assert made(line).radius_km >= max(apart, doubt, 1.5)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"lat2": "30.6"}, "11.1 km apart, more than the 3 km of a dam"),
        ({"lat": "31.1", "lat2": "31.1"}, r"11\.\d km outside XX-A"),
        ({"lat": "30.9", "lat2": "30.9", "town": "gn:1"}, "44 km from Townsend"),
        ({"town": "gn:2"}, "no settlement has the id gn:2"),
    ],
)
def test_what_does_not_fit_together_is_refused(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(GazetteerError, match=said):
        made({**LINE, **wrong})


def test_a_remembered_point_is_not_verified_and_wide() -> None:
    row = made({**BLANK, "aliases": "Y camp|Yy camp", "note": "beside Iks"})
    assert (row.lat, row.lon, row.name, row.kind) == (35.5, 40.5, "Yy camp", "camp")
    assert (row.verified, row.source, row.radius_km) == (False, REMEMBERED, 10)
    assert list(row.aliases) == ["Y camp"]
    assert made({**BLANK, "doubt_km": "24"}).radius_km == 24


def test_a_line_without_a_point_must_be_remembered() -> None:
    with pytest.raises(GazetteerError, match="z-camp: it has no point"):
        made({**BLANK, "id": "z-camp"})


@pytest.mark.parametrize("line", read_facilities(), ids=lambda line: line["id"])
def test_a_line_of_the_table_has_two_sources_or_none(line: dict[str, str]) -> None:
    told = [line[column] for column in ("lat", "lon", "source", "lat2", "lon2", "source2")]
    assert all(told) or not any(told)
    if all(told):
        assert line["source"] != line["source2"]
        assert line["kind"] in APART_KM
        assert line["name_ar"]
        assert (line["lat"], line["lon"]) != (line["lat2"], line["lon2"])
    else:
        assert float(line["doubt_km"]) >= 10


def test_no_line_stands_twice_in_the_table() -> None:
    ids = [line["id"] for line in read_facilities()]
    assert len(ids) == len(set(ids))
