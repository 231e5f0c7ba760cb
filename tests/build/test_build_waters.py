"""A river stands on its own line, in a circle that reaches its ends."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import shapely

from geo.build import shapes, waters
from geo.errors import GazetteerError

RULES = Path(waters.__file__).with_suffix(".csv")


def drawn() -> dict[str, shapely.Geometry]:
    """Return a bent line for everything the rules name, through every box."""
    with RULES.open(encoding="utf-8", newline="") as file:
        rules = list(csv.DictReader(file))
    bent = shapely.linestrings([(35.0, 31.0), (35.5, 31.5), (35.6, 33.2), (36.0, 34.0)])
    found = {}
    for rule in rules:
        west, south, east, north = map(float, (rule["box"] or "30 30 40 40").split())
        near = bent.intersects(shapely.box(west, south, east, north))
        across = shapely.linestrings([(west, south), (east, north)])
        found |= dict.fromkeys(rule["lines"].split("|"), bent if near else across)
    return found


def test_a_water_stands_on_its_line_and_its_circle_reaches_the_ends() -> None:
    rows = waters.water_rows(drawn())
    assert {row.kind for row in rows} == {"river", "sea"}
    line = drawn()["River:Tigris"]
    (tigris,) = [row for row in rows if row.id == "tigris"]
    assert line.distance(shapely.Point(tigris.lon, tigris.lat)) < 1e-3
    ends = [shapes.distance_km((tigris.lat, tigris.lon), (y, x)) for x, y in line.coords]
    assert tigris.radius_km >= max(ends) - 0.5


def test_a_box_takes_one_part_of_a_line() -> None:
    rows = {row.id: row for row in waters.water_rows(drawn())}
    assert 31 <= rows["dead-sea"].lat <= 32
    assert 32.6 <= rows["lake-tiberias"].lat <= 33


def test_a_river_is_drawn_as_its_line_also_where_another_table_has_its_row() -> None:
    courses = waters.water_lines(drawn())
    line = drawn()["River:Tigris"]
    assert courses["tigris"].hausdorff_distance(line) < 0.01
    rows = {row.id: row.kind for row in waters.water_rows(drawn())}
    assert "euphrates" in courses
    assert "euphrates" not in rows
    assert {key for key, kind in rows.items() if kind == "river"} <= courses.keys()
    assert "dead-sea" not in courses


def test_a_rule_without_its_line_is_named() -> None:
    with pytest.raises(GazetteerError, match=r"tigris.*River:"):
        waters.water_rows({})


def test_a_box_beside_its_line_is_told() -> None:
    beside = shapely.linestrings([(0.0, 0.0), (1.0, 1.0)])
    with pytest.raises(GazetteerError, match=r"lake-tiberias.*box"):
        waters.water_rows(dict.fromkeys(drawn(), beside))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"rivers\.shp.*--rivers"):
        waters.lines(tmp_path / "rivers.shp")
