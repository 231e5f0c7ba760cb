"""A workbook of OCHA becomes a gazetteer file, its P-codes the ids."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from geo.build.sourced import build_hdx
from geo.errors import GazetteerError
from geo.gazetteer import Gazetteer
from geo.gazetteer.summary import credit

if TYPE_CHECKING:
    from pathlib import Path

WHEN = datetime(2024, 1, 1)
Sheets = dict[str, list[list[Any]]]

OLDER: Sheets = {
    "ReadMe": [["Tin administrative boundaries"], [None]],
    "ADM1": [
        ["ADM1_EN", "ADM1_AR", "ADM1_PCODE", "ADM0_EN", "ADM0_AR", "ADM0_PCODE", "date"],
        ["Tin Province", "محافظة الطين", "SY91", "Syria", "سوريا", "SY", WHEN],
    ],
    "ADM2": [
        ["ADM2_EN", "ADM2_AR", "ADM2_PCODE", "ADM1_EN", "ADM1_PCODE", "ADM0_PCODE"],
        ["Tin", "الطين", "SY9100", "Tin Province", "SY91", "SY"],
        ["Empty Quarter District", None, "SY9101", "Tin Province", "SY91", "SY"],
        ["No Code", None, None, "Tin Province", "SY91", "SY"],
    ],
    "Populated places": [
        [
            *("ADM4_EN", "ADM4_AR", "ADM4_PCODE", "ADM2_PCODE", "ADM1_PCODE", "ADM0_PCODE"),
            *("Latitude_y", "Longitude_x"),
        ],
        ["Upper Tin", "الطين الفوقاني", "C9001", "SY9100", "SY91", "SY", 35.0, 40.0],
        ["Lower Tin", "الطين التحتاني", "C9002", "SY9100", "SY91", "SY", 35.2, 40.2],
        ["Nowhere Tin", "الطين البعيد", "C9003", "SY9100", "SY91", "SY", "n/a", None],
    ],
}
LATER: Sheets = {
    "syr_admin2": [
        [
            *("adm2_name", "adm2_name1", "adm2_pcode", "adm1_name", "adm1_pcode", "adm0_pcode"),
            *("lang", "lang1", "area_sqkm", "center_lat", "center_lon", "adm2_ref_name"),
        ],
        ["Tin", "الطين", "SY9100", "Tin Province", "SY91", "SY", "en", "ar", 5, 35.1, 40.1, "Tinn"],
    ]
}
CAMEL: Sheets = {
    "Admin3": [
        [
            "admin3Name_en",
            "admin3Name_ar",
            "admin3Pcode",
            "admin1Pcode",
            "admin0Pcode",
            "Lat",
            "Long",
        ],
        ["Tin Centre", "مركز الطين", "SY910000", "SY91", "SY", 35.1, 40.1],
    ]
}


def workbook(path: Path, sheets: Sheets) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def built(tmp_path: Path, sheets: Sheets, **options: Any) -> tuple[dict[str, Any], Any]:
    out = tmp_path / "hdx.parquet"
    report = build_hdx(out, workbook=workbook(tmp_path / "tin.xlsx", sheets), **options)
    return {row["id"]: row for row in pq.read_table(out).to_pylist()}, report


def test_every_level_becomes_places_under_its_p_codes(tmp_path: Path) -> None:
    rows, report = built(tmp_path, OLDER)
    assert {each: row["kind"] for each, row in rows.items()} == {
        "pcode:SY91": "governorate",
        "pcode:SY9100": "district",
        "pcode:C9001": "settlement",
        "pcode:C9002": "settlement",
    }
    district, town = rows["pcode:SY9100"], rows["pcode:C9001"]
    assert (rows["pcode:SY91"]["name"], rows["pcode:SY91"]["name_ar"]) == ("Tin Province", "الطين")
    assert (town["lat"], town["lon"], town["country"], town["admin1"]) == (
        *(35.0, 40.0),
        *("SY", "pcode:SY91"),
    )
    assert (district["lat"], district["lon"]) == (35.1, 40.1)
    assert district["note"] == "point: middle of its 2 populated places"
    assert district["radius_km"] == pytest.approx(21.6, abs=0.2)
    assert [line.partition(":")[0] for line in report.told] == [
        "a row without a P-code",
        "SY9101",
        "C9003",
    ]


@pytest.mark.parametrize("sheets", [LATER, CAMEL], ids=["later", "camel"])
def test_the_other_editions_are_read_too(tmp_path: Path, sheets: Sheets) -> None:
    rows, report = built(tmp_path, sheets)
    (row,) = rows.values()
    assert report.skipped == 0
    assert (row["lat"], row["lon"], row["country"], row["admin1"]) == (
        35.1,
        40.1,
        "SY",
        "pcode:SY91",
    )
    assert row["name_ar"] is not None
    assert row["id"] in {"pcode:SY9100", "pcode:SY910000"}


def test_outlines_give_a_point_where_the_workbook_has_none(tmp_path: Path) -> None:
    ring = [[40, 35], [40.2, 35], [40.2, 35.2], [40, 35.2], [40, 35]]
    feature = {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"ADM2_EN": "Tin", "ADM2_PCODE": "SY9100", "ADM1_PCODE": "SY91"},
    }
    path = tmp_path / "adm2.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    rows, report = built(tmp_path, {"ADM2": OLDER["ADM2"]}, boundaries=[path])
    assert list(rows) == ["pcode:SY9100"]
    assert 35 < rows["pcode:SY9100"]["lat"] < 35.2
    assert rows["pcode:SY9100"]["radius_km"] == pytest.approx(11.4, abs=0.3)
    assert report.skipped == 2


def test_the_licence_travels_and_the_places_are_found(tmp_path: Path) -> None:
    built(tmp_path, LATER)
    out = tmp_path / "hdx.parquet"
    assert credit(out)["licence"] == "CC BY-IGO"
    opened = Gazetteer.open(extra=[out])
    assert "pcode:SY9100" in [place.id for place in opened.lookup("Tinn")]


def test_a_workbook_without_units_is_told(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="no sheet names units by P-code"):
        built(tmp_path, {"Sheet": [["name", "lat"], ["Tin", 1]]})
    with pytest.raises(GazetteerError, match="no sheet names units by P-code"):
        built(tmp_path, {"Sheet": []})


@pytest.mark.parametrize("content", [b"", b"name,lat\n", b"PK\x03\x04 no zip"])
def test_what_is_no_workbook_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(content)
    with pytest.raises(GazetteerError, match=r"bad\.xlsx: cannot be read as a workbook") as caught:
        build_hdx(tmp_path / "hdx.parquet", workbook=bad)
    assert "\n" not in str(caught.value)
