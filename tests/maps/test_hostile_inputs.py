"""Hostile text from the command line to the page: gazetteers, fixes, articles and file names."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import folium
import hostile
import pytest
from test_hostile import OPEN_ALL, nothing_ran

import geo
from geo.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# The gazetteer's limits on a cell leave out none of these; what no file can hold is left out here.
TEXTS = [text for text in hostile.TEXTS if not set(text) & set("\0\ud800\udfff\uffff\r")]
NAMES = [f"Qarnazul {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
PLACES = list(zip([f"{one} {two}" for one in NAMES for two in "xy"], TEXTS, strict=False))


def rows() -> list[dict[str, Any]]:
    """Return a place for each text, which stands in every column that takes any text."""
    return [
        {
            "id": f"own-{index}",
            "name": name,
            "name_ar": text,
            "aliases": text.replace("|", " "),
            "kind": "camp",
            "admin1": text,
            "lat": 34 + index % 7 / 4,
            "lon": 38 + index % 11 / 4,
            "radius_km": 2,
            "source": text,
            "operator": text,
            f"column {text}": "1",
        }
        for index, (name, text) in enumerate(PLACES)
    ]


def table(path: Path, cells: list[dict[str, Any]]) -> Path:
    columns = list({name: None for row in cells for name in row})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(cells)
    return path


def layer(path: Path, cells: list[dict[str, Any]]) -> Path:
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
            "properties": row,
        }
        for row in cells
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def article(folder: Path) -> Path:
    """Return an article in a file whose name would run, naming every place."""
    path = folder / f"<img src=x onerror={hostile.RUN}>`${{{hostile.RUN}}}`.txt"
    told = " ".join(f"Lorries left {name} camp on Tuesday." for name, _ in PLACES)
    path.write_text(told, "utf-8")
    return path


@pytest.mark.parametrize("suffix", ["csv", "geojson"])
def test_a_gazetteer_of_hostile_text_is_only_text(
    open_file: Callable[..., Any], tmp_path: Path, suffix: str
) -> None:
    places = (table if suffix == "csv" else layer)(tmp_path / f"own.{suffix}", rows())
    out = tmp_path / "map.html"
    assert main(["map", str(article(tmp_path)), "--gazetteer", str(places), "-o", str(out)]) == 0
    page = open_file(out).page
    assert page.evaluate(OPEN_ALL, ".mention") >= len(PLACES) - 3
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    nothing_ran(page)


def test_fixes_of_hostile_text_are_only_text(open_file: Callable[..., Any], tmp_path: Path) -> None:
    cells = [
        {
            "action": "add",
            "text": name,
            "name": text,
            "name_ar": text,
            "kind": "camp",
            "lat": 35,
            "lon": 40,
            "radius_km": 1,
            "note": text,
        }
        for name, text in PLACES
    ]
    fixes = table(tmp_path / "fixes.csv", cells)
    out = tmp_path / "map.html"
    assert main(["map", str(article(tmp_path)), "--fixes", str(fixes), "-o", str(out)]) == 0
    page = open_file(out).page
    assert page.evaluate(OPEN_ALL, ".mention") >= len(PLACES) - 3
    nothing_ran(page)


def test_a_layer_beside_explore_is_only_text(open_plain: Callable[..., Page]) -> None:
    frame = geo.to_geodataframe(hostile.parses())
    explored = frame[["confidence", "geometry"]].explore(tiles=None, legend=False)
    geo.site_layer(frame, m=explored, name=hostile.TEXTS[0])
    folium.LayerControl().add_to(explored)
    page = open_plain(explored)
    # Near enough that no two symbols share a ring.
    shown = "Object.values(window).find(value => value instanceof L.Map)"
    page.evaluate(f"{shown}.setView([33, 41], 7, {{ animate: false }})")
    drawn = ".leaflet-mawaqi-points-pane .point, .leaflet-mawaqi-areas-pane .area"
    assert page.evaluate(OPEN_ALL, drawn) == 2 * len(hostile.TEXTS)
    nothing_ran(page)
