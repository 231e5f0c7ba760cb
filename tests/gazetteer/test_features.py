"""A user's GeoJSON or GeoPackage file is a table of places."""

from __future__ import annotations

import json
import math
import warnings
from typing import TYPE_CHECKING, Any

import geopandas
import pytest
import shapely

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
    table = read_table(mine)
    columns = table.columns
    assert columns["name"] == ["Old Mill", "Field"]
    assert columns["aliases"] == [["Mill", "Molino"], None]
    assert table.identities == ["mine:1", "mine:2"]
    assert (columns["lat"][0], columns["lon"][0]) == (36.5, 40.7)
    assert 35 < columns["lat"][1] < 35.1
    assert columns["radius_km"][0] is None
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


def test_a_feature_without_a_geometry_is_named(tmp_path: Path) -> None:
    mine = written(tmp_path / "mine.geojson", (POINT, {"name": "A"}), (None, {"name": "B"}))
    with pytest.raises(GazetteerError, match="feature 2, column lat: empty"):
        read_table(mine)


@pytest.mark.parametrize("crs", [4326, 32637, None])
def test_the_layers_of_a_geopackage_are_read_in_degrees(tmp_path: Path, crs: int | None) -> None:
    path = tmp_path / "mine.gpkg"
    points = geopandas.GeoDataFrame(
        {
            "name": ["Old Mill", "Upper Well"],
            "name_ar": ["المطحنة", None],
            "Depth": [12.5, math.nan],
            "verified": [True, False],
        },
        geometry=shapely.points([[40.7, 36.5], [40.8, 36.6]]),
        crs=4326,
    )
    fields = points.iloc[:1][["name", "geometry"]].assign(name="Field", kind="region")
    square = shapely.box(40.65, 36.45, 40.75, 36.55)
    fields = fields.set_geometry(geopandas.GeoSeries([square], crs=4326))
    for layer, frame in (("wells", points), ("fields", fields)):
        turned = frame.to_crs(crs) if crs else frame
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            (turned if crs else turned.set_crs(None, allow_override=True)).to_file(
                path, layer=layer
            )
    table = read_table(path)
    columns = table.columns
    assert columns["name"] == ["Old Mill", "Upper Well", "Field"]
    assert columns["name_ar"] == ["المطحنة", None, None]
    assert columns["verified"] == [True, False, None]
    assert columns["details"] == ['{"depth": "12.5"}', None, None]
    assert columns["lat"] == pytest.approx([36.5, 36.6, 36.5], abs=1e-3)
    assert columns["lon"] == pytest.approx([40.7, 40.8, 40.7], abs=1e-3)
    assert columns["radius_km"][2] == pytest.approx(5.6, abs=0.1)
    assert {told.name: told.rows for told in summaries([path])}["mine.gpkg"] == 3


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0 no more", b"name,lat,lon\n"])
def test_what_is_no_geopackage_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "mine.gpkg").write_bytes(content)
    with pytest.raises(GazetteerError, match=r"mine\.gpkg: cannot be read as GeoPackage") as told:
        read_table(tmp_path / "mine.gpkg")
    assert "\n" not in str(told.value)
