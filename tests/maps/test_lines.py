"""Rivers and other lines: a stroke with room to hit it, in the page, in layers, in files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import folium
import geopandas
import invented
import pytest
import shapely

import geo
from geo.export import write
from geo.frame import to_record
from geo.maps.columns import to_rows
from geo.maps.diff import compare
from geo.maps.payload import payload
from geo.maps.polyline import decode
from geo.model import Article, Mention, Parse, Place, Site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

TEXT = "The Silver River rose over its bank near Old Mill."
COURSE = [[38.0, 36.6], [38.6, 35.9], [39.4, 35.95], [40.2, 35.3]]
LAKE = [[40.3, 35.2], [40.9, 34.6]]


def river(coordinates: Any = COURSE, kind: str = "LineString") -> Parse:
    mention = Mention(start=4, end=16, text="Silver River")
    place = Place(
        id="r", name="Silver River", name_ar="نهر الفضة", lat=35.8, lon=39.0, kind="river"
    )
    footprint = shapely.from_geojson(json.dumps({"type": kind, "coordinates": coordinates}))
    site = Site(mention=mention, place=place, footprint=footprint, confidence=0.9)
    return Parse(article=Article(id="a", text=TEXT, language="en"), sites=(site,))


@pytest.mark.parametrize(
    ("coordinates", "kind", "parts"),
    [(COURSE, "LineString", 1), ([COURSE, LAKE], "MultiLineString", 2)],
)
def test_every_part_of_a_line_travels(coordinates: Any, kind: str, parts: int) -> None:
    (place,) = to_rows(payload([to_record(river(coordinates, kind))])["places"])
    scale, lines = place["lines"]
    assert place["shape"] is None
    assert len(lines) == parts
    assert [list(point) for point in decode(lines[0], scale=scale)] == COURSE


def test_the_point_of_a_line_lies_on_it() -> None:
    (site,) = to_record(river())["sites"]
    point = shapely.Point(site["lon"], site["lat"])
    assert shapely.LineString(COURSE).distance(point) < 1e-4
    assert point.distance(shapely.Point(39.0, 35.8)) < 0.2


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_line_is_a_stroke_that_a_finger_can_hit(show: Callable[..., Page], language: str) -> None:
    page = show([to_record(river([COURSE, LAKE], "MultiLineString"))], language=language)
    assert page.locator(".point, .cluster, .area").count() == 0
    hit = page.locator("path.hit")
    assert hit.get_attribute("aria-label").startswith(("Silver River", "نهر الفضة"))
    widths = page.evaluate(
        "['hit', 'line'].map(name => getComputedStyle(document.querySelector(`path.${name}`)))"
        ".map(style => [parseFloat(style.strokeWidth), style.strokeOpacity, style.pointerEvents])"
    )
    assert widths[0][0] >= 16
    assert widths[0][1] == "0"
    assert widths[1][2] == "none"
    # Six pixels beside the stroke is still a hit.
    at = page.evaluate("map_sites.latLngToContainerPoint([35.925, 39.0])")
    left = page.locator(".folium-map").bounding_box()
    page.mouse.click(left["x"] + at["x"], left["y"] + at["y"] + 6)
    assert "Silver River" in page.locator(".popup h2").inner_text()


@pytest.mark.browser
def test_a_line_is_reached_by_keyboard_and_shows_it(show: Callable[..., Page]) -> None:
    page = show([to_record(river())], language="en")
    page.locator("path.hit").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('path.hit:focus-visible')")
    wide = "getComputedStyle(document.querySelector('path.line')).strokeWidth"
    assert page.evaluate(wide) == "6px"
    page.keyboard.press("Enter")
    page.wait_for_selector(".popup")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('path.hit')")


@pytest.mark.browser
@pytest.mark.parametrize("name", ["geojson", "kml"])
def test_a_line_is_taken_away_as_a_line(show: Callable[..., Page], name: str) -> None:
    page = show([to_record(river([COURSE, LAKE], "MultiLineString"))])
    page.click(".take-away > summary")
    with page.expect_download() as waiting:
        page.click(f'[data-format="{name}"]')
    text = waiting.value.path().read_text("utf-8-sig")
    if name == "geojson":
        (feature,) = json.loads(text)["features"]
        assert feature["geometry"] == {"type": "MultiLineString", "coordinates": [COURSE, LAKE]}
    else:
        assert text.count("<LineString>") == 2
        assert "38,36.6 38.6,35.9" in text


@pytest.mark.browser
def test_a_line_stands_in_a_layer_on_a_plain_map(open_plain: Callable[..., Page]) -> None:
    plain = folium.Map((35.5, 39.5), zoom_start=7, tiles=None)
    frame = geo.to_geodataframe([river()])
    geo.site_layer(frame, m=plain, column="confidence", language="en")
    page = open_plain(plain)
    assert page.locator("path.line").evaluate(
        "line => line.style.getPropertyValue('--c')"
    ) == page.locator("path.hit").evaluate("hit => hit.style.getPropertyValue('--c')")
    page.locator("path.hit").focus()
    page.keyboard.press("Enter")
    assert "Silver River" in page.locator(".popup h2").inner_text()


@pytest.mark.browser
def test_a_line_that_is_gone_is_drawn_as_gone(
    open_file: Callable[..., Any], tmp_path: Path
) -> None:
    old = to_record(river())
    compare([old], [old | {"sites": []}]).map(language="en").save(tmp_path / "diff.html")
    page = open_file(tmp_path / "diff.html").page
    assert page.locator('path.hit[data-change="gone"]').count() == 1
    dashes = "getComputedStyle(document.querySelector('path.line')).strokeDasharray"
    assert page.evaluate(dashes) != "none"


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "kml", "parquet"])
def test_lines_and_points_share_a_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"sites.{suffix}"
    spot = river([39.0, 35.8], "Point")
    write([river([COURSE, LAKE], "MultiLineString"), river(), spot], path)
    frame = geopandas.read_parquet(path) if suffix == "parquet" else geopandas.read_file(path)
    kinds = set(frame.geometry.geom_type)
    assert kinds >= {"LineString", "Point"}
    assert {"MultiLineString", "GeometryCollection"} & kinds


def test_invented_records_have_no_lines() -> None:
    places = to_rows(payload(invented.records())["places"])
    assert {place["lines"] for place in places} == {None}
