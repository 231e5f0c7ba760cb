"""One place is one place, whichever tables name it, and two places stay two."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.gazetteer.compile import compile_tables, lay_over
from geo.gazetteer.store import Gazetteer
from geo.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.model import Place

COLUMNS = (
    *("id", "name", "name_ar", "aliases", "kind", "country", "lat", "lon", "radius_km"),
    *("population", "geonames_id", "wikidata_id", "pcode", "seen by"),
)
TOWN = {"id": "gn:1", "name": "Millton", "name_ar": "ملتون", "kind": "settlement", "country": "SY"}
TOWN |= {"lat": 35.0, "lon": 40.0, "radius_km": 3.0, "population": 9000}
BASE = {"id": "mill-base", "name": "Mill Base", "kind": "military_base", "country": "SY"}
BASE |= {"lat": 35.5, "lon": 40.5, "radius_km": 4, "wikidata_id": "Q7", "geonames_id": "70"}


def by_hand(path: Path, *rows: dict[str, Any]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def listed(path: Path, *rows: dict[str, Any]) -> Path:
    pq.write_table(pa.Table.from_pylist(list(rows)), path)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    listed(shipped / "towns.parquet", TOWN)
    by_hand(shipped / "sites.csv", BASE)
    return shipped


def opened(folder: Path, *extra: Path) -> Gazetteer:
    return Gazetteer.open(folder=folder, cache=folder.parent / "cache", extra=extra)


def only(places: Sequence[Place]) -> Place:
    (place,) = places
    return place


def test_a_users_row_wins_in_what_it_gives_and_the_rest_stays(folder: Path) -> None:
    mine = by_hand(
        folder.parent / "mine.csv",
        {"name": "millton", "aliases": "Mill Town", "lat": 35.01, "lon": 40.01, "seen by": "us"},
        {"id": "mill-base", "name": "Mill Airbase", "lat": 35.51, "lon": 40.5},
    )
    gazetteer = opened(folder, mine)
    assert len(gazetteer) == 2
    town = only(gazetteer.lookup("Mill Town"))
    assert (town.id, town.lat, town.name_ar, town.population) == ("gn:1", 35.01, "ملتون", 9000)
    assert town.radius_km == 3
    assert town.details == (("seen by", "us"),)
    base = only(gazetteer.lookup("mill base"))
    assert (base.name, base.kind, base.radius_km) == ("Mill Airbase", "military_base", 4)
    assert (base.lat, base.country) == (35.51, "SY")


def test_a_users_id_becomes_the_places_and_the_others_still_find_it(folder: Path) -> None:
    mine = by_hand(
        folder.parent / "mine.csv",
        {"id": "my:1", "name": "Millton", "lat": 35.01, "lon": 40, "wikidata_id": "Q5"},
    )
    gazetteer = opened(folder, mine)
    row = gazetteer.id_row("my:1")
    assert gazetteer.id(row) == "my:1"
    assert gazetteer.id_row("gn:1") == gazetteer.id_row("wd:Q5") == row
    assert gazetteer.other_ids(row) == ["gn:1", "wd:Q5"]


def test_of_several_files_the_later_wins(folder: Path) -> None:
    row = {"name": "Millton", "lon": 40.0}
    first = by_hand(folder.parent / "first.csv", {**row, "lat": 35.01, "name_ar": "ملطون"})
    second = by_hand(folder.parent / "second.csv", {**row, "lat": 35.02})
    town = only(opened(folder, first, second).lookup("Millton"))
    assert (town.lat, town.name_ar) == (35.02, "ملطون")
    assert only(opened(folder, second, first).lookup("Millton")).lat == 35.01


def test_one_number_joins_what_geonames_osm_wikidata_and_ocha_say(folder: Path) -> None:
    point = {"kind": "military_base", "lat": 35.5, "lon": 40.5}
    osm = {**point, "id": "osm:way/9", "name": "Tin Barracks", "wikidata_id": "Q7"}
    wikidata = {**point, "id": "gn:70", "name": "Camp Tin", "wikidata_id": "Q7"}
    ocha = {"id": "pcode:SY9", "name": "Tinville", "lat": 34.0, "lon": 39.0}
    mine = {"name": "Tin Town", "pcode": "SY9", "lat": 34.0, "lon": 39.0}
    gazetteer = opened(
        folder,
        listed(folder.parent / "osm.parquet", osm),
        listed(folder.parent / "wd.parquet", wikidata),
        listed(folder.parent / "hdx.parquet", ocha),
        by_hand(folder.parent / "mine.csv", mine),
    )
    assert len(gazetteer) == 3
    for name in ("Mill Base", "Tin Barracks", "Camp Tin"):
        assert only(gazetteer.lookup(name)).id == "mill-base"
    assert only(gazetteer.lookup("Tinville")) == only(gazetteer.lookup("Tin Town"))


def test_a_list_adds_to_a_place_made_by_hand_and_moves_it_nowhere(folder: Path) -> None:
    row = {"id": "osm:node/3", "name": "Mill Base", "name_ar": "قاعدة المطحنة", "population": 40}
    row |= {"kind": "military_base", "country": "SY", "lat": 35.52, "lon": 40.5}
    base = only(opened(folder, listed(folder.parent / "osm.parquet", row)).lookup("قاعدة المطحنة"))
    assert (base.id, base.lat, base.population) == ("mill-base", 35.5, 40)
    assert base.name_ar == "قاعدة المطحنة"


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Other Mill"},
        {"lat": 35.2},
        {"country": "IQ"},
        {"kind": "neighbourhood"},
        {"geonames_id": "2"},
        {"id": "gn:2"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_two_places_stay_two(folder: Path, change: dict[str, Any]) -> None:
    row = {"name": "Millton", "kind": "settlement", "country": "SY", "lat": 35.0, "lon": 40.0}
    mine = by_hand(folder.parent / "mine.csv", {**row, **change})
    assert len(opened(folder, mine)) == 3


def test_two_rows_of_one_table_stay_two(folder: Path) -> None:
    near = {"name": "Millton", "lat": 35.01, "lon": 40.0, "geonames_id": ""}
    mine = by_hand(folder.parent / "mine.csv", near, {**near, "lat": 35.0})
    gazetteer = opened(folder, mine)
    assert len(gazetteer) == 3
    # The nearer one is the place that was known.
    assert sorted((place.lat, place.id) for place in gazetteer.lookup("Millton")) == [
        (35.0, "gn:1"),
        (35.01, "mine:2"),
    ]
    same = {"name": "A", "lat": 1.0, "lon": 1.0, "wikidata_id": "Q7"}
    twins = by_hand(folder.parent / "twins.csv", same, {**same, "name": "B"})
    assert len(opened(folder, twins)) == 3


def test_an_area_takes_no_point_for_itself(folder: Path) -> None:
    mine = by_hand(
        folder.parent / "mine.csv",
        {"id": "d", "name": "Mill District", "kind": "district", "lat": 35, "lon": 40}
        | {"geonames_id": "1"},
    )
    gazetteer = opened(folder, mine)
    assert len(gazetteer) == 3
    assert only(gazetteer.lookup("Millton")).id == "gn:1"


def test_of_one_id_given_twice_the_later_row_counts(folder: Path) -> None:
    row = {"id": "my:1", "lat": 1.0, "lon": 1.0}
    mine = by_hand(folder.parent / "mine.csv", {**row, "name": "First"}, {**row, "name": "Second"})
    gazetteer = opened(folder, mine)
    assert only(gazetteer.lookup("First")) == only(gazetteer.lookup("Second"))
    assert only(gazetteer.lookup("First")).name == "Second"


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.sampled_from(["", "gn:1", "gn:2", "my:1", "my:2", "mill-base"]),
            "name": st.sampled_from(["Millton", "Mill Base", "Tin", "ملتون"]),
            "kind": st.sampled_from(["", *KINDS]),
            "country": st.sampled_from(["", "SY", "IQ"]),
            "lat": st.floats(34, 36),
            "lon": st.floats(39, 41),
            "geonames_id": st.sampled_from(["", "1", "70"]),
            "wikidata_id": st.sampled_from(["", "Q7", "Q8"]),
        }
    ),
    max_size=8,
    # A table that gives one id to a point and to an area contradicts itself.
    unique_by=lambda row: row["id"] or (row["lat"], row["lon"]),
)


@settings(max_examples=15, deadline=None)
@given(ROWS, ROWS)
def test_every_row_finds_its_place_and_a_table_laid_twice_adds_nothing(
    tmp_path_factory: pytest.TempPathFactory, one: list[dict[str, Any]], two: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("tables")
    paths = [
        listed(folder / "towns.parquet", TOWN),
        by_hand(folder / "sites.csv", BASE),
        by_hand(folder / "one.csv", *one),
        by_hand(folder / "two.csv", *two),
    ]
    arrays = compile_tables(folder, paths)
    gazetteer = Gazetteer(arrays)
    assert len({gazetteer.id(row) for row in range(len(gazetteer))}) == len(gazetteer)
    for row in range(len(gazetteer)):
        assert gazetteer.id_row(gazetteer.id(row)) == row
    for path, rows in ((paths[2], one), (paths[3], two)):
        for number, row in enumerate(rows, start=2):
            at = gazetteer.id_row(row["id"] or f"{path.stem}:{number}")
            assert gazetteer.place(at) in gazetteer.lookup(row["name"])
    again = Gazetteer(lay_over(arrays, paths[3]))
    assert len(again) == len(gazetteer)
