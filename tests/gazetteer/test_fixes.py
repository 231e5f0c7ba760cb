"""A fixes file says what was meant, gives it back exactly, and runs in no spreadsheet."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ExportError, GazetteerError
from geo.gazetteer.fixes import COLUMNS, Fix, read_fixes, write_fixes
from geo.model import KINDS

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "action,text,article,start,place_id,lat,lon,kind,country,radius_km\n"
STARTS = st.sampled_from(["=", "+", "-", "@", "'", "'=", "''@", ",", '"', "\n", "\r", "\x00", "\\"])
TEXTS = (
    st.lists(st.one_of(STARTS, st.text(st.characters(exclude_categories=["Cs"]), max_size=6)))
    .map("".join)
    .map(str.strip)
    .filter(bool)
)
MAYBE = st.none() | TEXTS


@st.composite
def fixes(draw: st.DrawFn) -> Fix:
    action = draw(st.sampled_from(["add", "alias", "force", "confirm", "suppress"]))
    pointed = action == "add" or draw(st.booleans())
    point = (
        {
            "lat": draw(st.floats(-90, 90, allow_nan=False)),
            "lon": draw(st.floats(-180, 180, allow_nan=False)),
        }
        if pointed
        else {}
    )
    article = draw(MAYBE)
    named = action in {"alias", "confirm"} or (action == "force" and not pointed)
    return Fix(
        action=action,  # type: ignore[arg-type]
        text=draw(TEXTS),
        article=article,
        start=draw(st.none() | st.integers(0, 10**9)) if article else None,
        place_id=draw(TEXTS) if named else draw(MAYBE),
        name=draw(MAYBE),
        name_ar=draw(MAYBE),
        kind=draw(st.sampled_from(KINDS)),
        country=draw(st.none() | st.sampled_from(["SY", "IQ"])),
        radius_km=draw(st.floats(0, 20_000, allow_nan=False)),
        note=draw(MAYBE),
        **point,
    )


@given(st.lists(fixes(), max_size=5))
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, many: list[Fix]
) -> None:
    path = tmp_path_factory.mktemp("fixes") / "f.csv"
    write_fixes(many, path)
    assert read_fixes(path) == many


@given(TEXTS)
def test_no_cell_is_a_formula(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("fixes") / "f.csv"
    write_fixes([Fix(action="suppress", text=text, article=text, note=text)], path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        _, cells = csv.reader(file)
    assert not any(re.match(r"[=+\-@\t\r]", cell) for cell in cells)


def test_the_columns_are_those_of_the_documents(checkout: Path) -> None:
    page = (checkout / "docs" / "fixes.md").read_text("utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page.partition("## Columns")[2], re.MULTILINE) == list(
        COLUMNS
    )


def test_the_example_of_the_documents_can_be_read(checkout: Path, tmp_path: Path) -> None:
    page = (checkout / "docs" / "fixes.md").read_text("utf-8")
    lines = page.partition("## By hand")[2].split("\n\n")[1].splitlines()
    path = tmp_path / "f.csv"
    path.write_text("\n".join(line.strip() for line in lines), "utf-8")
    actions = [fix.action for fix in read_fixes(path)]
    assert actions == ["add", "alias", "suppress", "force"]


def test_a_file_has_a_mark_and_lone_surrogates_do_not_break_it(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    write_fixes([Fix(action="suppress", text="a\ud800b")], path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfaction,text,")
    assert read_fixes(path)[0].text == "a\N{REPLACEMENT CHARACTER}b"


def test_columns_may_stand_in_any_order_and_others_are_ignored(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("Mood, Text ,ACTION\nbad, Jordan ,Suppress\n\n,,\n", "utf-8")
    [fix] = read_fixes(path)
    assert fix == Fix(action="suppress", text="Jordan")
    assert fix.where == "f.csv, line 2"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("move,Raqqa", "column action: 'move' is unknown; use one of add, alias"),
        (",Raqqa", "column action: '' is unknown"),
        ("suppress,", "column text: empty"),
        ("suppress,Raqqa,,5", "column article: empty"),
        ("suppress,Raqqa,a,five", "column start: 'five'"),
        ("suppress,Raqqa,a,1.5", "column start: '1.5'"),
        ("suppress,Raqqa,a,-1", "column start: '-1'"),
        ("alias,Raqqa", "column place_id: empty; `mawaqi gazetteer search NAME`"),
        ("confirm,Raqqa", "column place_id: empty"),
        ("force,Raqqa", "column place_id: empty; give a place_id, or lat and lon"),
        ("add,Raqqa", "column lat: empty"),
        ("add,Raqqa,,,,35.1", "column lon: empty"),
        ("add,Raqqa,,,,nan,4", "column lat: 'nan' is not between -90 and 90"),
        ("add,Raqqa,,,,91,4", "column lat: '91' is not between"),
        ("add,Raqqa,,,,35,181", "column lon: '181' is not between"),
        ("add,Raqqa,,,,35,1e999", "column lon: '1e999' is not between"),
        ("add,Raqqa,,,,35,40,town", "column kind: 'town' is unknown"),
        ("add,Raqqa,,,,35,40,camp,Syria", "column country: 'Syria' is no country code"),
        ("add,Raqqa,,,,35,40,camp,SY,-3", "column radius_km: '-3'"),
        ("add,Raqqa,,,,35,40,camp,SY,3,4,5", "12 values for 10 columns"),
    ],
)
def test_a_mistake_names_the_file_the_line_and_the_remedy(
    tmp_path: Path, row: str, told: str
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + "suppress,Jordan\n" + row + "\n", "utf-8")
    with pytest.raises(GazetteerError) as caught:
        read_fixes(path)
    assert str(caught.value).startswith("mine.csv, line 3")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no column 'action'"),
        (b"text,lat\n", "no column 'action'"),
        (b"action,name\n", "no column 'text'"),
        ("action,text\nsuppress,حلب\n".encode("windows-1256"), "not UTF-8"),
        (b'action,text\nsuppress,"half\n', "not a CSV table"),
        (b"action,text\nsuppress," + b"x" * 200_000 + b"\n", "not a CSV table"),
    ],
)
def test_a_file_that_is_none_is_named(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match=re.escape(told)):
        read_fixes(path)


def test_a_missing_file_and_a_closed_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="no such file"):
        read_fixes(tmp_path / "gone.csv")
    with pytest.raises(ExportError, match="choose another place"):
        write_fixes([], tmp_path / "gone" / "f.csv")


def feature(properties: dict[str, object], point: list[float] | None = None) -> dict[str, object]:
    geometry = point and {"type": "Point", "coordinates": point}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def test_the_features_of_geojson_are_fixes_and_their_points(tmp_path: Path) -> None:
    features = [
        feature({"action": "add", "text": "Old Mill", "kind": "camp"}, [40.7, 36.5]),
        feature({"action": "suppress", "text": "Tishreen", "article": "7", "start": 12}),
    ]
    path = tmp_path / "fixes.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    assert read_fixes(path) == [
        Fix(action="add", text="Old Mill", kind="camp", lat=36.5, lon=40.7),
        Fix(action="suppress", text="Tishreen", article="7", start=12),
    ]


def test_an_impossible_feature_is_named(tmp_path: Path) -> None:
    path = tmp_path / "fixes.geojson"
    lacking = {"type": "FeatureCollection", "features": [feature({"action": "add", "text": "X"})]}
    path.write_text(json.dumps(lacking), "utf-8")
    with pytest.raises(GazetteerError, match=r"fixes\.geojson, feature 1, column lat: empty"):
        read_fixes(path)
    path.write_text("[", "utf-8")
    with pytest.raises(GazetteerError, match="not a GeoJSON collection"):
        read_fixes(path)
