"""Divisions are told by the people in them, countries stand where GeoNames puts them."""

from __future__ import annotations

from typing import Any

import pytest
import shapely

from geo.build import admin, nations, shapes, sources

BOX = shapely.box(0, 0, 1, 1)
DIVISIONS = {"XX-A": sources.Division(id="XX-A", country="XX", name="Alfa")}
CODES = {"XX.1": "XX-A", "XX.2": "XX-B", "XX-OLD": "XX-C"}


def city(code: str, *, people: int = 10) -> dict[str, Any]:
    return {
        "countrycode": "XX",
        "admin1code": code,
        "latitude": 0.5,
        "longitude": 0.5,
        "population": people,
    }


def told(settled: list[str], **properties: str) -> str:
    """Return the id of the unit square with these properties and settlements."""
    known = {"adm1_code": "XX+", "iso_a2": "XX", "ne_id": "7", **properties}
    (found,) = admin.division_ids(
        [(known, BOX)], divisions=DIVISIONS, codes=CODES, cities=[city(code) for code in settled]
    )
    return found


def test_many_settlements_are_believed_rather_than_the_codes_of_a_polygon() -> None:
    assert told(["1"] * 5, gn_a1_code="XX.2", iso_3166_2="XX-OLD") == "XX-A"


def test_the_suburbs_of_a_city_do_not_outvote_it() -> None:
    cities = [*(city("1", people=100) for _ in range(9)), city("2", people=10_000)]
    known = {"adm1_code": "XX+", "iso_a2": "XX", "ne_id": "7", "gn_a1_code": "XX.2"}
    assert admin.division_ids([(known, BOX)], divisions={}, codes=CODES, cities=cities) == ["XX-B"]


def test_few_or_divided_settlements_leave_it_to_the_codes() -> None:
    assert told(["1"] * 4, gn_a1_code="XX.2") == "XX-B"
    assert told(["1"] * 5 + ["2"] * 5, iso_3166_2="XX-OLD") == "XX-C"
    assert told(["1"]) == "XX-A"


def test_what_nothing_tells_keeps_a_code_of_its_own() -> None:
    assert told([], geonunit="Alfa") == "XX-A"
    assert told([], iso_3166_2="XX-Z") == "XX-Z"
    assert told([], iso_3166_2="-99") == "XX.NE-7"


def named(monkeypatch: pytest.MonkeyPatch, **properties: str) -> tuple[str, str | None]:
    """Return the names of XX-A, drawn as one polygon with these properties."""
    monkeypatch.setattr(sources, "iso_names", dict)
    monkeypatch.setattr(sources, "spellings", dict)
    known = {"iso_a2": "XX", "ne_id": "7", "name_en": "Omega", "name_ar": "أوميغا", **properties}
    (row,) = admin.admin1_rows(
        [(known, BOX)],
        ["XX-A"],
        divisions=DIVISIONS,
        outlines={"XX-A": BOX},
        cities=[],
        codes={**CODES, "XX-A": "XX-A"},
        points={},
    )
    return row.name, row.name_ar


def test_a_polygon_names_its_division_unless_its_codes_lead_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert named(monkeypatch, iso_3166_2="XX-A") == ("Omega", "أوميغا")
    assert named(monkeypatch, iso_3166_2="XX-NEW") == ("Omega", "أوميغا")
    assert named(monkeypatch, iso_3166_2="XX-OLD") == ("Alfa", None)
    assert named(monkeypatch, iso_3166_2="XX-OLD", name_en="Alfa") == ("Alfa", "أوميغا")


def country_row(point: tuple[float, float], *, degrees: float = 6) -> Any:
    number = str(sources.countries()["SY"]["geonameid"])
    outline = shapely.box(36, 33, 36 + degrees, 37)
    (row,) = nations.country_rows({"SY": outline}, points={number: point})
    return row


def test_a_large_country_stands_where_geonames_puts_it() -> None:
    row = country_row((35.5, 38.5))
    assert (row.lat, row.lon) == (35.5, 38.5)
    assert row.note.endswith("point of GeoNames")


def test_a_small_country_stands_in_its_middle() -> None:
    row = country_row((35.5, 36.5), degrees=2)
    assert (row.lat, row.lon) == (35.0, 37.0)
    assert row.note.endswith("point of the outline")


def test_a_point_outside_the_outline_is_not_taken() -> None:
    row = country_row((35.5, 30.0))
    assert (row.lat, row.lon) == (35.0, 39.0)
    assert row.note.endswith("point of the outline")


def division_row(monkeypatch: pytest.MonkeyPatch, point: tuple[float, float]) -> Any:
    monkeypatch.setattr(sources, "iso_names", dict)
    alfa = sources.Division(id="XX-A", country="XX", name="Alfa", geonames_id="5")
    (row,) = admin.admin1_rows(
        [({"iso_3166_2": "XX-A"}, BOX)],
        ["XX-A"],
        divisions={"XX-A": alfa},
        outlines={"XX-A": BOX},
        cities=[],
        codes=CODES,
        points={"5": point},
    )
    return row


def test_a_division_stands_where_geonames_puts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    row = division_row(monkeypatch, (0.2, 0.1))
    assert (row.lat, row.lon, row.note) == (0.2, 0.1, "")


def test_a_division_does_not_stand_outside_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    row = division_row(monkeypatch, (0.2, 1.1))
    assert (row.lat, row.lon, row.note) == (0.5, 0.5, "point of the outline")


def test_a_polygon_far_from_the_point_of_its_division_is_another_one() -> None:
    alfa = {"XX-A": sources.Division(id="XX-A", country="XX", name="Alfa", geonames_id="5")}
    polygon: tuple[dict[str, Any], Any] = ({"iso_a2": "XX", "ne_id": "7"}, BOX)

    def freed(*point: float) -> list[str]:
        points = {"5": (point[0], point[1])}
        return admin.free_strangers([polygon], ["XX-A"], divisions=alfa, points=points)

    assert freed(0.5, 1.9) == ["XX-A"]
    assert freed(0.5, 3.0) == ["XX.NE-7"]


def test_a_distance_is_counted_from_the_outline() -> None:
    assert shapes.distance_to_km(BOX, (0.5, 0.5)) == 0
    assert shapes.distance_to_km(BOX, (0.5, 2.0)) == pytest.approx(111.3, abs=0.2)
