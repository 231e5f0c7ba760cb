"""A user's GeoJSON file is a table of places."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import GazetteerError
from geo.gazetteer.summary import summaries
from geo.gazetteer.tables import read_table

if TYPE_CHECKING:
    from pathlib import Path

POINT = {"type": "Point", "coordinates": [40.7, 36.5]}
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[40, 35], [40.1, 35], [40.1, 35.1], [40, 35.1], [40, 35]]],
}


def written(path: Path, *features: tuple[dict[str, Any] | None, dict[str, Any]]) -> Path:
    told = [{"type": "Feature", "geometry": g, "properties": p} for g, p in features]
    text = json.dumps({"type": "FeatureCollection", "features": told})
    path.write_text(text, encoding="utf-8")
    return path


def test_properties_are_columns_and_geometries_points(tmp_path: Path) -> None:
    mine = written(
        tmp_path / "mine.geojson",
        (POINT, {"Name": "Old Mill", "aliases": ["Mill", "Molino"], "kind": "camp", "n": None}),
        (SQUARE, {"name": "Field", "name_ar": "الحقل", "kind": "region"}),
    )
    columns = read_table(mine).columns
    assert columns["name"] == ["Old Mill", "Field"]
    assert columns["aliases"] == [["Mill", "Molino"], []]
    assert columns["id"] == ["mine:1", "mine:2"]
    assert (columns["lat"][0], columns["lon"][0]) == (36.5, 40.7)
    assert 35 < columns["lat"][1] < 35.1
    assert columns["radius_km"][0] == 1.0
    assert columns["radius_km"][1] == pytest.approx(5.7, abs=0.1)
    assert {table.name: table.rows for table in summaries([mine])}["mine.geojson"] == 2


@pytest.mark.parametrize("text", ["", "{}", '{"features": [{"geometry": null}]}', "[1]"])
def test_what_is_no_geojson_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "mine.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"mine\.geojson: not a GeoJSON collection"):
        read_table(tmp_path / "mine.geojson")


def test_a_bad_feature_is_named(tmp_path: Path) -> None:
    mine = written(tmp_path / "mine.geojson", (POINT, {"name": "A", "kind": "castle"}))
    with pytest.raises(GazetteerError, match="feature 1, column kind: 'castle'"):
        read_table(mine)
