"""A saved answer of Wikidata becomes a gazetteer file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from geo.build.sourced import build_wikidata
from geo.errors import GazetteerError
from geo.gazetteer import Gazetteer
from geo.gazetteer.summary import credit

if TYPE_CHECKING:
    from pathlib import Path


def line(item: str, **values: str) -> dict[str, dict[str, str]]:
    told = {"item": f"http://www.wikidata.org/entity/{item}", "coord": "Point(40.2 35.1)", **values}
    return {name: {"type": "literal", "value": value} for name, value in told.items()}


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    lines = [
        line("Q1", en="Test Field", ar="مطار تست", kind="airport", country="SY"),
        line("Q1", en="Test Field", aliases="Test Aerodrome|TST"),
        line("Q2", ar="قرية الطين", geonames="9000099"),
        line("Q3", en="Q3"),
        line("Q4", en="Off Earth", coord="Point(935 0)"),
        line("Q5", en="Odd Kind", kind="castle"),
    ]
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"head": {}, "results": {"bindings": lines}}), encoding="utf-8")
    return path


def test_items_become_places(answer: Path, tmp_path: Path) -> None:
    out = tmp_path / "wd.parquet"
    built = build_wikidata(out, answer=answer)
    assert (built.places, built.skipped, built.kinds) == (2, 3, {"airport": 1, "settlement": 1})
    field, village = pq.read_table(out).to_pylist()
    assert (field["id"], field["name"], field["name_ar"]) == ("wd:Q1", "Test Field", "مطار تست")
    assert field["aliases"] == ["Test Aerodrome"]
    assert (field["lat"], field["lon"], field["country"]) == (35.1, 40.2, "SY")
    assert (village["id"], village["name"]) == ("gn:9000099", "الطين")
    assert credit(out)["licence"] == "CC0 1.0"
    opened = Gazetteer.open(extra=[out], cache=tmp_path / "cache")
    assert [place.id for place in opened.lookup("Test Aerodrome")] == ["wd:Q1"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"results": {"bindings": 5}}', "item,coord"])
def test_what_is_no_answer_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "answer.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError, match="no answer of Wikidata"):
        build_wikidata(tmp_path / "wd.parquet", answer=path)
