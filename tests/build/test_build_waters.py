"""A river stands on its own line, in a circle that reaches its ends."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import shapely

from geo.build import shapes, waters
from geo.build.schema import Row
from geo.errors import GazetteerError

RULES = Path(waters.__file__).with_suffix(".csv")


HEADS = ("id", "name", "name_ar", "aliases", "kind", "lines", "through", "box", "note")


def rules() -> list[dict[str, str]]:
    """Return the rules that ship."""
    with RULES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def places() -> dict[str, Row]:
    """Return a row for every place that the rules run a river through, one east of another."""
    keys = {key for rule in rules() for key in rule["through"].split("|") if key}
    return {
        key: Row(id=key, name=key, lat=34.0 + 0.1 * (at % 2), lon=36.0 + 0.1 * at)
        for at, key in enumerate(sorted(keys))
    }


def rule_of(folder: Path, **cells: str) -> Path:
    """Write a table of one rule for a river and return its path."""
    path = folder / "waters.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADS, restval="")
        writer.writeheader()
        writer.writerow({"id": "brook", "name": "Brook", "kind": "river", **cells})
    return path


def drawn() -> dict[str, shapely.Geometry]:
    """Return a bent line for everything the rules name, through every box."""
    bent = shapely.linestrings([(35.0, 31.0), (35.5, 31.5), (35.6, 33.2), (36.0, 34.0)])
    found = {}
    for rule in rules():
        if not rule["lines"]:
            continue
        west, south, east, north = map(float, (rule["box"] or "30 30 40 40").split())
        near = bent.intersects(shapely.box(west, south, east, north))
        across = shapely.linestrings([(west, south), (east, north)])
        found |= dict.fromkeys(rule["lines"].split("|"), bent if near else across)
    return found


def test_a_water_stands_on_its_line_and_its_circle_reaches_the_ends() -> None:
    rows = waters.water_rows(drawn(), places=places())
    assert {row.kind for row in rows} == {"river", "sea"}
    line = drawn()["River:Tigris"]
    (tigris,) = [row for row in rows if row.id == "tigris"]
    assert line.distance(shapely.Point(tigris.lon, tigris.lat)) < 1e-3
    ends = [shapes.distance_km((tigris.lat, tigris.lon), (y, x)) for x, y in line.coords]
    assert tigris.radius_km >= max(ends) - 0.5


def test_a_box_takes_one_part_of_a_line() -> None:
    rows = {row.id: row for row in waters.water_rows(drawn(), places=places())}
    assert 31 <= rows["dead-sea"].lat <= 32
    assert 32.6 <= rows["lake-tiberias"].lat <= 33


def test_a_river_is_drawn_as_its_line_also_where_another_table_has_its_row() -> None:
    courses = waters.water_lines(drawn(), places=places())
    line = drawn()["River:Tigris"]
    assert courses["tigris"].hausdorff_distance(line) < 0.01
    rows = {row.id: row.kind for row in waters.water_rows(drawn(), places=places())}
    assert "euphrates" in courses
    assert "euphrates" not in rows
    assert {key for key, kind in rows.items() if kind == "river"} <= courses.keys()
    assert "dead-sea" not in courses


def test_a_rule_without_its_line_is_named() -> None:
    with pytest.raises(GazetteerError, match=r"tigris.*River:"):
        waters.water_rows({}, places=places())


def test_a_box_beside_its_line_is_told() -> None:
    beside = shapely.linestrings([(0.0, 0.0), (1.0, 1.0)])
    with pytest.raises(GazetteerError, match=r"lake-tiberias.*box"):
        waters.water_rows(dict.fromkeys(drawn(), beside), places=places())


TOWNS = {
    "spring": Row(id="spring", name="Spring", lat=34.0, lon=36.0),
    "bend": Row(id="bend", name="Bend", lat=34.2, lon=36.0),
    "mouth": Row(id="mouth", name="Mouth", lat=34.2, lon=36.1),
}


def test_a_river_runs_straight_through_the_places_that_its_rule_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = rule_of(tmp_path, through="spring|bend|mouth", note="a test")
    monkeypatch.setattr(waters, "_RULES", rule)
    (course,) = waters.water_lines({}, places=TOWNS).values()
    assert list(course.coords) == [(36.0, 34.0), (36.0, 34.2), (36.1, 34.2)]
    (row,) = waters.water_rows({}, places=TOWNS)
    assert course.distance(shapely.Point(row.lon, row.lat)) < 1e-3
    ends = [shapes.distance_km((row.lat, row.lon), (y, x)) for x, y in course.coords]
    assert row.radius_km == pytest.approx(max(ends), abs=0.5)
    assert row.source == "derived from the other tables"
    assert not row.verified
    assert "(spring, bend, mouth); the course lies up to 8 km off" in row.note
    assert row.note.endswith("; a test")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"through": "spring|nowhere"}, r"waters\.csv, row brook: no place 'nowhere'"),
        ({"through": "spring"}, r"waters\.csv, row brook: .*two places"),
        ({"through": "spring|spring"}, r"waters\.csv, row brook: .*each once"),
        ({"through": "spring|mouth", "lines": "River:Tigris"}, r"row brook: .*neither lines"),
    ],
)
def test_a_rule_that_runs_through_no_line_of_places_is_refused(
    cells: dict[str, str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waters, "_RULES", rule_of(tmp_path, **cells))
    with pytest.raises(GazetteerError, match=told):
        waters.water_rows({}, places=TOWNS)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"rivers\.shp.*--rivers"):
        waters.lines(tmp_path / "rivers.shp")
