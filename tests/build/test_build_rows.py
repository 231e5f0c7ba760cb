"""Rows are made from records and facts, and written the same way each time."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.build.names import clean, is_arabic_spelling
from geo.build.schema import COLUMNS, Row, write_csv, write_parquet, write_shapes
from geo.build.settlements import radius_km, settlement_row, settlement_rows
from geo.build.sites import governorate_ids, merge_governorates, site_rows
from geo.build.sources import arabic_names
from geo.errors import GazetteerError
from geo.gazetteer.tables import tables_of

CITY = {
    "geonameid": 1,
    "name": "Testville",
    "latitude": 35.123456,
    "longitude": 40.5,
    "countrycode": "SY",
    "population": 40_000,
    "timezone": "Asia/Damascus",
    "admin1code": "07",
    "alternatenames": ["TST", "Testwil", "tstvl", "تستفيل", "Тест", "testville"],
}


def fact(**values: str) -> dict[str, str]:
    empty = dict.fromkeys(
        ("id", "name_en", "name_ar", "aliases", "kind", "admin1", "country", "sources", "note"), ""
    )
    numbers = {"lat": "35", "lon": "40", "precision_km": "2", "geonames_id": "", "wikidata_id": ""}
    return {**empty, **numbers, **values}


GOVERNORATE = fact(
    id="gov-x",
    name_en="Xx Governorate",
    name_ar="محافظة إكس",
    kind="governorate",
    admin1="Xx",
    note="ISO SY-XX; OCHA SY99",
    aliases="Iks Governorate|محافظة إكس",
)


def division(name: str, name_ar: str) -> Row:
    return Row(
        id="SY-DY", name=name, name_ar=name_ar, kind="governorate", country="SY", source="NE"
    )


@pytest.mark.parametrize(
    ("called", "names"),
    [
        ("Tistfil", ("Tistfil", "تصطفيل")),
        ("Emirate of Testville", ("Testville", "تصطفيل")),
        ("Elsewhere", ("Testville", "تستفيل")),
    ],
)
def test_a_settlement_is_spelled_as_the_division_called_after_it(
    called: str, names: tuple[str, str]
) -> None:
    city = {**CITY, "name": "Testville", "alternatenames": ["Tistfil", "تستفيل", "تصطفيل"]}
    row = settlement_row(city, divisions={"SY.07": division(called, "محافظة تصطفيل")}, arabic={})
    assert (row.name, row.name_ar) == names
    assert {row.name, row.name_ar, *row.aliases} >= {"Testville", "تستفيل", "تصطفيل"}


@pytest.mark.parametrize(
    ("country", "population", "short"),
    [("SY", 40_000, {"Testiyah", "Testiya"}), ("SY", 4_000, set()), ("IR", 40_000, set())],
)
def test_a_town_of_arabic_is_found_without_its_article(
    country: str, population: int, short: set[str]
) -> None:
    told = {"countrycode": country, "population": population}
    city = {**CITY, **told, "name": "Al Testiyah", "alternatenames": ["Et-Testiya", "As Sa"]}
    row = settlement_row(city, divisions={}, arabic={})
    assert set(row.aliases) == {"Et-Testiya", "As Sa", *short}


def test_a_settlement_keeps_latin_and_arabic_names_only() -> None:
    row = settlement_row(CITY, divisions={"SY.07": division("Deir ez-Zor", "دير الزور")}, arabic={})
    assert (row.id, row.name, row.name_ar, row.admin1) == ("gn:1", "Testville", "تستفيل", "SY-DY")
    assert list(row.aliases) == ["Testwil"]
    assert row.radius_km == 2.0


def rows(written: dict[str, list[str]], *, names: list[str]) -> list[Row]:
    city = {**CITY, "alternatenames": names}
    return settlement_rows([city], divisions={}, arabic={}, written=written)


def test_a_town_named_in_latin_letters_alone_has_the_arabic_names_written_for_it() -> None:
    [row] = rows({"gn:1": ["تستفيل", "تستفل"]}, names=["Testwil"])
    assert (row.name_ar, list(row.aliases)) == ("تستفيل", ["Testwil", "تستفل"])


@pytest.mark.parametrize(
    ("written", "names"),
    [({"gn:1": ["تستفيل"]}, ["تستفل"]), ({"gn:2": ["تستفيل"]}, [])],
    ids=["it has one", "no such town"],
)
def test_an_arabic_name_that_would_be_lost_is_refused(
    written: dict[str, list[str]], names: list[str]
) -> None:
    with pytest.raises(GazetteerError, match="arabic_names"):
        rows(written, names=names)


def test_no_foreign_town_is_called_what_reads_as_a_larger_arabic_one_behind_a_clitic() -> None:
    town = {"timezone": "", "admin1code": "1", "latitude": 1.0, "longitude": 2.0}
    cities = [
        {"geonameid": number, "name": name, "countrycode": code, "population": people}
        | {"alternatenames": [arabic]}
        for number, name, code, people, arabic in (
            (1, "Al Kut", "IQ", 300_000, "الكوت"),
            (2, "Walcott", "US", 1_600, "والكوت"),
            (3, "Valencia", "ES", 800_000, "فالنسيا"),
            (4, "Falkut", "DE", 400_000, "فالكوت"),
        )
    ]
    made = settlement_rows([city | town for city in cities], divisions={}, arabic={}, written={})
    names = {row.name: (row.name_ar, *row.aliases) for row in made}
    assert "والكوت" not in names["Walcott"]
    assert "فالنسيا" in names["Valencia"]
    assert "فالكوت" in names["Falkut"]


def test_the_arabic_names_written_by_hand_are_arabic() -> None:
    written = arabic_names()
    assert written
    for names in written.values():
        assert all(is_arabic_spelling(name) and clean(name) == name for name in names)


def test_the_radius_grows_with_the_people_within_bounds() -> None:
    radii = [radius_km(people) for people in (0, 500, 10_000, 10**6, 10**9)]
    assert radii == sorted(radii)
    assert (radii[0], radii[-1]) == (1.0, 30.0)


def test_a_fact_becomes_a_row_without_clitics_codes_and_neighbours() -> None:
    told = fact(
        id="rif-x",
        name_en="Xx countryside (rural Xx)",
        name_ar="ريف إكس",
        aliases='بريف إكس|OSXX|"ريف" إكس الكبير|قرية أخرى (adjacent)|Xx land',
        kind="countryside",
        admin1="Xx",
        sources="one|two",
    )
    (row,) = site_rows([GOVERNORATE, told], populations={})
    assert list(row.aliases) == ["Xx countryside", "ريف إكس الكبير", "Xx land"]
    assert (row.admin1, row.source, row.radius_km) == ("SY-XX", "one; two", 2.0)


def test_a_governorate_takes_its_facts_and_the_spellings_of_its_seat() -> None:
    seat = fact(id="x", name_en="Xx", name_ar="إكس", aliases="Iksos", kind="city", admin1="Xx")
    row = Row(id="SY-XX", name="Old", name_ar="قديم", kind="governorate", source="NE")
    merge_governorates([row], [GOVERNORATE, seat])
    assert (row.name, row.name_ar) == ("Xx", "إكس")
    assert {"Old", "قديم", "Iks", "Iksos"} <= set(row.aliases)
    assert not any("Governorate" in alias or "محافظة" in alias for alias in row.aliases)
    assert row.pcode == "SY99"
    assert governorate_ids([GOVERNORATE]) == {"Xx": "SY-XX"}


def test_tables_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    rows = [Row(id=f"r{i}", name=f"N{i}", aliases=["a", "b"], lat=i / 7) for i in range(50)]
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        write_csv(rows, tmp_path / folder / "t.csv")
        write_parquet(rows, tmp_path / folder / "t.parquet")
        write_shapes([("b", b"2"), ("a", b"1")], tmp_path / folder / "s.parquet")
    for name in ("t.csv", "t.parquet", "s.parquet"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1, max_size=5))
def test_points_come_back_from_a_table_within_a_metre(points: list[tuple[float, float]]) -> None:
    rows = [
        Row(id=f"r{n}", name="N", kind="settlement", lat=lat, lon=lon)
        for n, (lat, lon) in enumerate(points)
    ]
    with TemporaryDirectory() as folder:
        write_parquet(rows, Path(folder) / "t.parquet")
        [table] = tables_of(Path(folder) / "t.parquet")
    for row, lat, lon in zip(rows, table.columns["lat"], table.columns["lon"], strict=True):
        assert isinstance(lat, float)
        assert abs(lat - row.lat) <= 0.51e-5
        assert abs(lon - row.lon) <= 0.51e-5


def test_both_forms_of_a_table_hold_the_same_columns(tmp_path: Path) -> None:
    row = Row(id="a", name="A", aliases=("x", "y"), lat=1.5, lon=-2.0)
    write_csv([row], tmp_path / "t.csv")
    write_parquet([row], tmp_path / "t.parquet")
    head, line = (tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()
    assert (*head.split(","), "pcode", "demonyms") == COLUMNS
    assert "x|y" in line
    table = pq.read_table(tmp_path / "t.parquet")
    assert table.column_names == [c for c in COLUMNS if not c.endswith("data_id")][:14]
    assert table["aliases"].to_pylist() == [["x", "y"]]
