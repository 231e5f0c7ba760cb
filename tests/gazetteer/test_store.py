"""The compiled gazetteer holds what the tables say, wherever and however often it is opened."""

from __future__ import annotations

import json
import math
import multiprocessing
import pickle
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo.errors import GazetteerError
from geo.gazetteer import Gazetteer, Role
from geo.gazetteer.cells import FIELDS, checked
from geo.gazetteer.facts import candidates, name_facts
from geo.gazetteer.roles import FORMAT
from geo.model import Place

if TYPE_CHECKING:
    from pathlib import Path

CURATED = """\
id,name,name_ar,aliases,kind,country,admin1,lat,lon,radius_km,population,source,verified,geonames_id
XX,Examplia,إكزامبليا,Republic of Examplia,country,XX,,10,20,300,5000000,made up,true,
XX-01,North,الشمال,,governorate,XX,XX-01,11,20,80,,made up,true,
oldtown,Old Town,المدينة القديمة,Oldtown|بلدة قديمة,settlement,XX,XX-01,11.5,20.5,3,,made up,true,77
well,Deep Well,البئر العميق,,oil_field,XX,XX-01,11.2,20.2,5,,made up,false,
"""
SETTLEMENTS = {
    "id": ["gn:77", "gn:78", "gn:79"],
    "name": ["Altstadt", "Oldtown", "Springfield"],
    "name_ar": [None, "أولدتاون", None],
    "aliases": [["Vieille Ville"], [], None],
    "kind": ["settlement"] * 3,
    "country": ["XX", "YY", "YY"],
    "admin1": ["XX-01", None, None],
    "lat": [11.6, 50.0, 51.0],
    "lon": [20.6, 5.0, 6.0],
    "radius_km": [2.0, 1.0, 1.0],
    "population": [40_000, 900, 100],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "places.csv").write_text(CURATED, encoding="utf-8")
    pq.write_table(pa.table(SETTLEMENTS), tables / "settlements.parquet")
    square = shapely.box(19, 9, 21, 12)
    shapes = pa.table({"id": ["XX", "elsewhere"], "wkb": [square.wkb, square.wkb]})
    pq.write_table(shapes, tables / "shapes.parquet")
    return tables


@pytest.fixture
def opened(folder: Path, tmp_path: Path) -> Gazetteer:
    return Gazetteer.open(folder=folder, cache=tmp_path / "cache")


def ids(places: list[Place]) -> list[str]:
    return [place.id for place in places]


def test_a_place_is_what_its_row_says(opened: Gazetteer) -> None:
    assert opened.place(opened.id_row("well")) == Place(
        id="well",
        name="Deep Well",
        name_ar="البئر العميق",
        lat=11.2,
        lon=20.2,
        kind="oil_field",
        country="XX",
        admin1="XX-01",
        radius_km=5,
        population=0,
        verified=False,
        source="made up",
    )


def test_a_curated_row_and_its_geonames_row_are_one_place(opened: Gazetteer) -> None:
    row = opened.id_row("oldtown")
    place = opened.place(row)
    assert (place.lat, place.population, place.name) == (11.5, 40_000, "Old Town")
    assert opened.id_row("gn:77") == row
    assert len(opened) == 6
    for name in ("Altstadt", "Vieille Ville", "old town", "بلدة قديمة", "المدينة القديمه"):
        assert ids(opened.lookup(name)) == ["oldtown"]


def test_the_most_important_place_comes_first(opened: Gazetteer) -> None:
    assert ids(opened.lookup("Oldtown")) == ["oldtown", "gn:78"]
    assert ids(opened.lookup("OLDTOWN", limit=1)) == ["oldtown"]
    number = opened.name_id("Oldtown")
    assert number is not None
    assert opened.roles(number).tolist() == [Role.ALIAS, Role.NAME]


@pytest.mark.parametrize("name", ["", "nowhere", "،", "x" * 10_000, "a " * 40, "12"])
def test_a_name_that_nothing_bears_finds_nothing(opened: Gazetteer, name: str) -> None:
    assert opened.lookup(name) == []


@pytest.mark.parametrize("identity", ["", "gn:", "gn:5", "zz", "\ud800"])
def test_an_id_that_nothing_bears_has_no_row(opened: Gazetteer, identity: str) -> None:
    assert opened.id_row(identity) == -1


def test_every_id_finds_its_row(opened: Gazetteer) -> None:
    assert [opened.id_row(opened.id(row)) for row in range(len(opened))] == list(range(6))


def test_footprints_are_outline_circle_or_point(opened: Gazetteer) -> None:
    assert opened.footprint(opened.id_row("XX")).equals(shapely.box(19, 9, 21, 12))
    assert opened.footprint(opened.id_row("well")).equals(shapely.Point(20.2, 11.2))
    circle = opened.footprint(opened.id_row("XX-01"))
    assert circle.is_valid
    reach = [Geod(ellps="WGS84").inv(20, 11, *point)[2] for point in circle.exterior.coords]
    assert all(math.isclose(metres, 80_000, abs_tol=1) for metres in reach)


def test_it_is_compiled_once(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Gazetteer.open(folder=folder, cache=tmp_path / "cache")
    monkeypatch.setattr("geo.gazetteer.compile.compile_tables", None)
    assert ids(Gazetteer.open(folder=folder, cache=tmp_path / "cache").lookup("North")) == ["XX-01"]


def test_a_changed_table_is_compiled_again(folder: Path, tmp_path: Path) -> None:
    Gazetteer.open(folder=folder, cache=tmp_path / "cache")
    table = folder / "places.csv"
    table.write_text(CURATED.replace("Deep Well", "Dry Well"), encoding="utf-8")
    again = Gazetteer.open(folder=folder, cache=tmp_path / "cache")
    assert ids(again.lookup("Dry Well")) == ["well"]


def test_what_another_version_compiled_is_left_alone(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr("geo.gazetteer.cache.FORMAT", FORMAT - 1)
        Gazetteer.open(folder=folder, cache=tmp_path / "cache")
    (file,) = (tmp_path / "cache").iterdir()
    file.write_bytes(b"not to be read")
    assert ids(Gazetteer.open(folder=folder, cache=tmp_path / "cache").lookup("North")) == ["XX-01"]
    assert file.read_bytes() == b"not to be read"


@pytest.mark.parametrize("damage", ["cut", "empty", "header", "magic", "folder"])
def test_a_damaged_cache_is_made_anew(folder: Path, tmp_path: Path, damage: str) -> None:
    Gazetteer.open(folder=folder, cache=tmp_path / "cache")
    (file,) = (tmp_path / "cache").iterdir()
    content = bytearray(file.read_bytes())
    if damage == "cut":
        content = content[:-100]
    elif damage == "empty":
        content.clear()
    elif damage == "header":
        content[40] ^= 1
    elif damage == "magic":
        content[0] ^= 1
    file.unlink()
    if damage == "folder":
        file.mkdir()
    else:
        file.write_bytes(content)
    for _ in range(2):
        again = Gazetteer.open(folder=folder, cache=tmp_path / "cache")
        assert ids(again.lookup("North")) == ["XX-01"]


def test_where_nothing_can_be_written_it_stays_in_memory(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    opened = Gazetteer.open(folder=folder, cache=tmp_path / "file" / "cache")
    assert ids(opened.lookup("North")) == ["XX-01"]
    assert ids(pickle.loads(pickle.dumps(opened)).lookup("North")) == ["XX-01"]


def test_nothing_half_written_is_left_behind(folder: Path, tmp_path: Path) -> None:
    Gazetteer.open(folder=folder, cache=tmp_path / "cache")
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".bin"]


def test_old_compiled_files_are_forgotten(folder: Path, tmp_path: Path) -> None:
    for number in range(12):
        (folder / "more.csv").write_text(f"name,lat,lon\nplace {number}x,1,1\n")
        Gazetteer.open(folder=folder, cache=tmp_path / "cache")
    assert len(list((tmp_path / "cache").iterdir())) == 8


def answer(folder: Path, cache: Path) -> str:
    return Gazetteer.open(folder=folder, cache=cache).lookup("Oldtown")[0].id


def test_processes_that_start_at_once_all_get_it(folder: Path, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Pool(4) as pool:
        answers = pool.starmap(answer, [(folder, tmp_path / "cache")] * 8)
    assert answers == ["oldtown"] * 8
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_it_can_be_sent_to_another_process(opened: Gazetteer) -> None:
    sent = pickle.dumps(opened)
    assert len(sent) < 2000
    assert pickle.loads(sent).place(0) == opened.place(0)


def test_a_users_table_adds_and_wins(folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "\ufeffName,Lat,Lon,id\nالبئر الجديد,1.5,2.5,\nBetter Well,11.21,20.21,well\n",
        encoding="utf-8",
    )
    opened = Gazetteer.open(folder=folder, cache=tmp_path / "cache", extra=[mine])
    (new,) = opened.lookup("البئر الجديد")
    assert (new.lat, new.lon, new.kind, new.radius_km, new.id) == (
        1.5,
        2.5,
        "settlement",
        1,
        "mine:2",
    )
    (well,) = opened.lookup("deep well")
    assert (well.name, well.lat, well.name_ar) == ("Better Well", 11.21, "البئر العميق")


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("name,lat\nA place,1\n", ["'lon'", "first line"]),
        ("", ["'name'"]),
        ("name,lat,lon\nA place,91,5\n", ["line 2", "column lat", "91", "-90"]),
        ("name,lat,lon\nA place,1,\n", ["line 2", "column lon", "empty"]),
        ("name,lat,lon\nA place,nan,5\n", ["column lat", "nan"]),
        ('name,lat,lon\nA place,"35,5",5\n', ["column lat", "35,5", "write"]),
        ("name,lat,lon\nok,1,1\n\n,2,2\n", ["line 4", "column name"]),
        ("name,lat,lon,kind\nA place,1,1,volcano\n", ["column kind", "'volcano'", "oil_field"]),
        ("name,lat,lon,radius_km\nA place,1,1,-3\n", ["column radius_km", "-3"]),
        ("name,lat,lon,verified\nA place,1,1,maybe\n", ["column verified", "'maybe'"]),
        ("name,lat,lon\nA, place,1,1\n", ["line 2", "4 values for 3"]),
        ('name,lat,lon\n"A place,1,1\n', ["CSV"]),
    ],
)
def test_a_bad_table_is_named_with_row_column_and_remedy(
    folder: Path, tmp_path: Path, content: str, parts: list[str]
) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(content)
    with pytest.raises(GazetteerError) as caught:
        Gazetteer.open(folder=folder, cache=tmp_path / "cache", extra=[mine])
    message = str(caught.value)
    assert "\n" not in message
    assert [part for part in ["mine.csv", *parts] if part not in message] == []


@pytest.mark.parametrize(
    "content", [b"name,lat,lon\n\xc7\xe1\xd1\xde\xc9,1,1\n", b"\xff\xfe\x00\x01"]
)
def test_a_table_that_is_not_utf8_is_refused(folder: Path, tmp_path: Path, content: bytes) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_bytes(content)
    with pytest.raises(GazetteerError, match="UTF-8"):
        Gazetteer.open(folder=folder, cache=tmp_path / "cache", extra=[mine])


def test_missing_tables_are_named(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"absent\.csv"):
        Gazetteer.open(folder=folder, cache=tmp_path / "cache", extra=[tmp_path / "absent.csv"])
    (tmp_path / "nothing").mkdir()
    with pytest.raises(GazetteerError, match="no gazetteer tables"):
        Gazetteer.open(folder=tmp_path / "nothing", cache=tmp_path / "cache")
    (folder / "settlements.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(GazetteerError, match=r"settlements\.parquet"):
        Gazetteer.open(folder=folder, cache=tmp_path / "cache")


def test_a_world_wide_list_that_comes_later_only_adds_names(folder: Path, tmp_path: Path) -> None:
    built = tmp_path / "built.parquet"
    later = {
        "id": ["gn:77", "gn:90"],
        "name": ["Vetusta", "New Place"],
        "kind": ["settlement"] * 2,
        "lat": [11.9, 1.0],
        "lon": [20.9, 2.0],
    }
    pq.write_table(pa.table(later), built)
    opened = Gazetteer.open(folder=folder, cache=tmp_path / "cache", extra=[built])
    assert [(place.id, place.lat) for place in opened.lookup("Vetusta")] == [("oldtown", 11.5)]
    assert ids(opened.lookup("New Place")) == ["gn:90"]
    assert len(opened) == 7


def test_a_main_name_written_in_haste_is_a_main_name(folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "id,name,name_ar,aliases,lat,lon\nx,White Hill,تل بيضون,تلبيضون|تل الورد,1,2\n",
        encoding="utf-8",
    )
    opened = Gazetteer.open(folder=folder, cache=tmp_path / "cache", extra=[mine])
    roles = {"تلبيضون": Role.ARABIC_NAME, "تلالورد": Role.ALIAS}
    for name, role in roles.items():
        number = opened.name_id(name)
        assert number is not None
        assert opened.roles(number).tolist() == [role]


def test_a_demonym_finds_its_country_and_is_no_name(folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "id,name,kind,country,lat,lon,demonyms\nZZ,Zedland,country,ZZ,1,2,Zedlander|زدي\n",
        encoding="utf-8",
    )
    opened = Gazetteer.open(folder=folder, cache=tmp_path / "cache", extra=[mine])
    number = opened.name_id("زدي")
    assert number is not None
    assert ids(opened.lookup("Zedlander")) == ["ZZ"]
    assert opened.roles(number).tolist() == [Role.DEMONYM]
    facts = name_facts(opened, np.array([number]))
    assert facts.demonym.all()
    assert facts.kinds.tolist() == [0]
    assert candidates(opened, number, 0)[0].tolist() == [opened.id_row("ZZ")]


def test_names_nearly_so_are_found_by_likeness(opened: Gazetteer) -> None:
    assert [place.id for place, _ in opened.similar("Springfeild")] == ["gn:79"]
    assert [place.id for place, _ in opened.similar("البير العميق")] == ["well"]
    assert opened.similar("qqqqqq") == []
    assert opened.similar("،") == []


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.text(min_size=1), st.text(), max_size=4))
def test_columns_that_are_not_ours_are_kept_as_they_are(told: dict[str, str]) -> None:
    others = {name: value for name, value in told.items() if name not in FIELDS}
    columns, wrong = checked({name: [value] for name, value in others.items()} | {"name": ["A"]}, 1)
    assert set(wrong) == {0}
    kept = json.loads(columns["details"][0] or "{}")
    assert kept == {name: value for name, value in others.items() if value}


def test_a_large_list_is_taken_in_parts(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Gazetteer.open(folder=folder, cache=tmp_path / "whole")
    monkeypatch.setattr("geo.gazetteer.tables._BATCH", 1)
    parts = Gazetteer.open(folder=folder, cache=tmp_path / "parts")
    for name in ("Oldtown", "Altstadt", "Springfield", "Old Town"):
        assert parts.lookup(name) == whole.lookup(name) != []
