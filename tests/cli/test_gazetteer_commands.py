"""The commands under ``mawaqi gazetteer``, on files good and bad: one line each, the right code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.cli import main

if TYPE_CHECKING:
    from pathlib import Path

MINE = """\
id,name,name_ar,kind,country,lat,lon,visited by
my:mill,Old Test Mill,مطحنة الاختبار,landmark,SY,35.3,40.1,Rana
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(MINE, encoding="utf-8")
    return path


def test_search_tells_a_places_ids_and_what_its_table_adds(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["gazetteer", "search", "مطحنة الاختبار", "--gazetteer", str(mine)]) == 0
    out = capsys.readouterr().out
    assert "my:mill: https://www.openstreetmap.org/#map=12/35.30000/40.10000" in out
    assert "visited by: Rana" in out


def test_info_counts_a_users_table(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gazetteer", "info", "--gazetteer", str(mine)]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "mine.csv" in line]
    assert "1 rows" in line


def test_a_good_file_is_said_to_be_good(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gazetteer", "check", str(mine)]) == 0
    assert capsys.readouterr().out.endswith("nothing is wrong\n")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("name,lat,lon\nX,NaN,2\n", "column lat: NaN"),
        (f"name,lat,lon\n{'x' * 100_000},1,2\n", "a name of 100,000 characters"),
        ('name,lat,lon\n"=1+1",1,2\n', "begins like a formula"),
        ("name,lat,lon\nx\x00y,1,2\n", "an invisible character"),
        ("name,lat,lon\nx\u202ey,1,2\n", "an invisible character"),
        ("name,lat,lon\n", "holds no place"),
        ("id,name,lat,lon\na,Xtown,1,2\na,Ytown,5,6\n", "the id is there twice"),
    ],
)
def test_a_finding_is_one_line_and_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, told: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(content, encoding="utf-8")
    assert main(["gazetteer", "check", str(path)]) == 1
    captured = capsys.readouterr()
    (line,) = captured.out.splitlines()
    assert told in line
    assert len(line) < 400
    assert captured.err == f"mawaqi: {path}: 1 finding\n"


@pytest.mark.parametrize(
    "bad",
    [
        ("a.csv", b"\x00\x01\x02\xff\xfe", "not UTF-8"),
        ("a.csv", b"", "no column 'name'"),
        ("a.csv", b"name;lat;lon\nX;1;2\n", "no column 'name'"),
        ("a.csv", b"name,name,lat,lon\nX,Y,1,2\n", "two columns are called 'name'"),
        ("a.csv", b"name,lat,lon\n" + b"x" * 1_000_000 + b",1,2\n", "line 2: not a CSV table"),
        ("a.geojson", b"[" * 100_000, "not a GeoJSON collection"),
        ("a.gpkg", b"nothing", "cannot be read as GeoPackage"),
        ("a.parquet", b"PAR1 no more", "damaged table"),
    ],
)
@pytest.mark.parametrize("command", [["gazetteer", "check"], ["gazetteer", "search", "X"]])
def test_what_is_no_table_is_one_line_and_code_2(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
    bad: tuple[str, bytes, str],
) -> None:
    name, content, told = bad
    path = tmp_path / name
    path.write_bytes(content)
    option = [] if command[-1] == "check" else ["--gazetteer"]
    assert main([*command, *option, str(path)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line
    assert str(path) in line
    assert len(line) < 400


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"a": [1]}, "no column 'id'"),
        ({"id": ["a", None], "name": ["x", "y"], "lat": [1.0, 2.0], "lon": [1.0, 2.0]}, "row 1"),
        ({"id": ["a"], "name": ["x"], "lat": [None], "lon": [1.0]}, "column lat: empty"),
    ],
)
def test_a_parquet_file_of_another_kind_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], columns: dict[str, list[object]], told: str
) -> None:
    path = tmp_path / "other.parquet"
    pq.write_table(pa.table(columns), path)
    assert main(["gazetteer", "check", str(path)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line


@pytest.mark.parametrize("source", ["osm", "hdx", "wikidata"])
def test_a_source_that_cannot_be_read_leaves_nothing_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], source: str
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("nothing", encoding="utf-8")
    out = tmp_path / "out" / "places.parquet"
    assert main(["gazetteer", "build", source, str(bad), "-o", str(out)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert str(bad) in line
    assert not list(out.parent.glob("*"))
