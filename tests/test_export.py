"""Each format holds all sites, opens elsewhere, and is written whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import stat
import threading
from pathlib import Path

import geopandas
import pytest
from fake_geoparser import SOUTHERN, FakeGeoparser, parses

from geo.errors import ExportError
from geo.export import FORMATS, check_output, write
from geo.frame import COLUMNS, to_record
from geo.model import Article

FORMULA = Article(
    id="@sum", text="=South Cape and \ud800\x07\ufffe Sabha", title="+1", source="-2", url="\t3"
)


def written(tmp_path, name, found=None):
    path = tmp_path / name
    write(parses() if found is None else found, path)
    assert [item.name for item in tmp_path.iterdir()] == [name]
    return path


def test_jsonl_holds_one_record_a_line(tmp_path):
    lines = written(tmp_path, "out.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [to_record(parse) for parse in parses()]
    assert "سوريا" in lines[0]


def test_jsonl_keeps_a_lone_surrogate(tmp_path):
    path = written(tmp_path, "out.jsonl", [FakeGeoparser().parse(FORMULA)])
    assert json.loads(path.read_text("utf-8"))["text"] == FORMULA.text


def test_geojson_holds_one_feature_a_site(tmp_path):
    collection = json.loads(written(tmp_path, "out.GeoJSON").read_text("utf-8"))
    assert collection["type"] == "FeatureCollection"
    assert len(collection["features"]) == 4
    first = collection["features"][0]
    assert first["geometry"] == {"type": "Point", "coordinates": [40.3, 35.2]}
    assert list(first["properties"]) == list(COLUMNS)


def test_csv_holds_one_row_a_site_and_keeps_numbers(tmp_path):
    path = written(tmp_path, "out.csv", [FakeGeoparser().parse(FORMULA), *parses()])
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6
    assert list(rows[0]) == list(COLUMNS)
    assert float(rows[0]["lat"]) == SOUTHERN.lat


def test_no_cell_of_a_csv_is_a_formula(tmp_path):
    path = written(tmp_path, "out.csv", [FakeGeoparser().parse(FORMULA)])
    with path.open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert row["article_id"] == "'@sum"
    assert row["article_title"] == "'+1"
    assert row["article_source"] == "'-2"
    assert row["article_url"] == "'\t3"
    assert row["name"] == "'=South, Cape"


@pytest.mark.parametrize("name", ["out.gpkg", "out.parquet", "out.kml", "out.geojson"])
@pytest.mark.parametrize("hostile", [False, True])
def test_a_layer_opens_as_a_frame_of_the_same_sites(tmp_path, name, hostile):
    found = [FakeGeoparser().parse(FORMULA), *parses()] if hostile else parses()
    path = written(tmp_path, name, found)
    read = geopandas.read_parquet if name.endswith("parquet") else geopandas.read_file
    frame = read(path)
    assert len(frame) == (6 if hostile else 4)
    assert frame.crs.to_epsg() == 4326
    columns = {column.lower() for column in frame.columns}
    assert set(COLUMNS) <= columns
    assert set(frame["text"]) >= {"Sabha", "سوريا"}
    point = frame[frame["text"] == "حقل الجفرة"].geometry.iloc[0]
    assert (point.x, point.y) == (40.3, 35.2)


@pytest.mark.parametrize("suffix", FORMATS)
def test_no_sites_still_give_a_file_that_opens(tmp_path, suffix):
    path = written(tmp_path, f"out{suffix}", [])
    assert path.is_file()
    if suffix in {".gpkg", ".geojson", ".kml"}:
        assert len(geopandas.read_file(path)) == 0


def test_an_unknown_suffix_is_refused_before_anything_is_parsed(tmp_path):
    with pytest.raises(ExportError, match=r"out\.shp: unknown format; end the name in \.jsonl"):
        write(iter_never(), tmp_path / "out.shp")


@pytest.mark.parametrize(
    ("path", "message"),
    [("missing/out.csv", "no folder"), ("folder.csv", "is a folder")],
)
def test_an_unwritable_output_is_refused_before_anything_is_parsed(tmp_path, path, message):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(ExportError, match=message) as raised:
        write(iter_never(), tmp_path / path)
    assert "\n" not in str(raised.value)
    with pytest.raises(ExportError, match=message):
        check_output(tmp_path / path)


def test_a_failed_system_call_names_the_file(tmp_path):
    name = "x" * 300 + ".csv"
    with pytest.raises(ExportError, match=r"cannot be written \(file name too long\)"):
        write(parses(), tmp_path / name)


def iter_never():
    raise AssertionError("nothing should be parsed")
    yield


def test_a_failure_on_the_way_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_text("old")

    def failing():
        yield parses()[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(failing(), path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_records_are_written_as_they_come(tmp_path):
    seen = []

    def watching():
        for parse in parses():
            seen.append(sum(part.stat().st_size for part in tmp_path.rglob("*.jsonl")))
            yield parse

    write(watching(), tmp_path / "out.jsonl")
    assert len(seen) == 3


def test_a_link_is_followed_and_a_new_file_gets_the_usual_permissions(tmp_path):
    (tmp_path / "far").mkdir()
    link = tmp_path / "out.csv"
    link.symlink_to(tmp_path / "far" / "real.csv")
    write(parses(), link)
    assert link.is_symlink()
    mode = stat.S_IMODE((tmp_path / "far" / "real.csv").stat().st_mode)
    (tmp_path / "plain").touch()
    assert mode == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(Path(pipe).read_text("utf-8")))
    reader.start()
    write(parses(), pipe)
    reader.join(timeout=10)
    assert len(got[0].splitlines()) == 3
    assert stat.S_ISFIFO(pipe.stat().st_mode)
