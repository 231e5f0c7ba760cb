"""A subdistrict leaves its bare name to the town of that name."""

from __future__ import annotations

from geo.build.schema import Row
from geo.build.subdistricts import subdistrict_rows

FACT = {
    "name_en": "Testville",
    "name_ar": "مركز تستفيل",
    "aliases": "Testville Subdistrict|ناحية مركز تستفيل|Nāḩiyat Markaz Téstville|ABC|tstvl",
    "admin1": "Xx",
    "pcode": "SY990100",
    "lat": "35.1",
    "lon": "40.2",
    "precision_km": "12",
    "geonames_id": "1",
    "wikidata_id": "Q1",
    "sources": "one|two",
}


def only(*towns: Row) -> Row:
    (row,) = subdistrict_rows([FACT], admin1={"Xx": "SY-XX"}, settled=towns)
    return row


def test_a_subdistrict_goes_by_its_pcode() -> None:
    row = only()
    assert (row.id, row.pcode, row.kind) == ("SY990100", "SY990100", "subdistrict")
    assert (row.country, row.admin1, row.radius_km) == ("SY", "SY-XX", 12.0)
    assert (row.name, row.name_ar) == ("Testville Subdistrict", "ناحية تستفيل")
    assert row.source == "one; two"


def test_a_subdistrict_without_a_town_of_its_name_is_found_by_it() -> None:
    assert {"Testville", "تستفيل", "ناحية مركز تستفيل"} <= set(only().aliases)


def test_a_town_keeps_the_bare_name_in_every_script() -> None:
    row = only(Row(id="town", name="Testville", admin1="SY-XX"))
    assert list(row.aliases) == ["ناحية مركز تستفيل"]


def test_a_town_elsewhere_takes_nothing() -> None:
    row = only(Row(id="town", name="Testville", admin1="SY-YY"))
    assert "Testville" in row.aliases


def test_rows_come_by_pcode_and_never_twice_in_one_spelling() -> None:
    facts = [FACT, {**FACT, "pcode": "SY980100"}]
    rows = subdistrict_rows(facts, admin1={"Xx": "SY-XX"}, settled=[])
    assert [row.id for row in rows] == ["SY980100", "SY990100"]
    assert not any("Té" in alias or "ABC" in alias for row in rows for alias in row.aliases)


def test_an_islet_of_no_size_still_has_a_circle() -> None:
    (row,) = subdistrict_rows([{**FACT, "precision_km": "0"}], admin1={"Xx": "SY-XX"}, settled=[])
    assert row.radius_km == 1
