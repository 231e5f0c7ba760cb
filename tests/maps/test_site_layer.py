"""Sites as a layer on a map of Folium's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import folium
import hostile
import pytest

import geo
from geo.errors import MapError
from geo.maps.assets import layer_scripts, layer_styles

if TYPE_CHECKING:
    from collections.abc import Callable

    from geopandas import GeoDataFrame
    from playwright.sync_api import Page

CAMP = "Old Mill camp"


@pytest.fixture
def frame() -> GeoDataFrame:
    parses = [hostile.parse(f"{CAMP} {at}", at) for at in range(4)]
    found = geo.to_geodataframe(parses)
    found["people"] = [10.0, None, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0]
    return found


@pytest.fixture
def plain() -> folium.Map:
    return folium.Map((33, 39), zoom_start=7, tiles=None)


def look(page: Page, lat: float, lon: float, zoom: int) -> None:
    shown = "Object.values(window).find(value => value instanceof L.Map)"
    page.evaluate(f"{shown}.setView([{lat}, {lon}], {zoom}, {{ animate: false }})")


def test_a_layer_is_added_to_the_map_it_is_given(frame: GeoDataFrame, plain: folium.Map) -> None:
    layer = geo.site_layer(frame, m=plain)
    assert isinstance(layer, geo.SiteLayer)
    assert layer.get_name() in plain._children


@pytest.mark.browser
def test_points_areas_popups_and_a_legend_are_drawn(
    frame: GeoDataFrame, plain: folium.Map, open_plain: Callable[..., Page]
) -> None:
    geo.site_layer(frame).add_to(plain)
    page = open_plain(plain)
    assert page.locator(".leaflet-mawaqi-points-pane .point").count() == 4
    assert page.locator(".leaflet-mawaqi-areas-pane .area").count() == 4
    assert page.locator(".legend li").all_inner_texts() == ["Region", "Camp"]
    point = page.locator(".leaflet-mawaqi-points-pane .point").first
    point.hover()
    assert CAMP in page.locator(".leaflet-tooltip").inner_text()
    point.click()
    shown = page.locator(".leaflet-popup").inner_text()
    for part in (CAMP, "Camp", "Confidence", "doubtful", "30%"):
        assert part in shown
    assert "GeoNames" in page.locator(".leaflet-control-attribution").inner_text()
    page.locator(".popup summary").nth(1).click()
    page.locator(".popup li button").click()
    assert page.locator(".ghost").count() == 1


@pytest.mark.browser
def test_a_source_that_asks_for_credit_is_named_as_text(
    plain: folium.Map, open_plain: Callable[..., Page]
) -> None:
    owed = "© <b onclick=window.__ran=1>Atlas</b> `${1}` contributors"
    geo.site_layer(geo.to_geodataframe([hostile.parse(owed, 1)])).add_to(plain)
    page = open_plain(plain)
    assert owed in page.locator(".leaflet-control-attribution").inner_text()
    assert page.locator(".leaflet-control-attribution b").count() == 0


@pytest.mark.browser
def test_the_columns_that_are_named_are_shown_and_give_the_colours(
    frame: GeoDataFrame, plain: folium.Map, open_plain: Callable[..., Page]
) -> None:
    mixed = frame.iloc[::-1]
    geo.site_layer(mixed, m=plain, column="people", tooltip="people", popup=["text", "people"])
    page = open_plain(plain)
    assert page.locator(".legend li").first.inner_text() == "10 – 24"
    page.locator('.point[aria-label^="Old Mill camp 3"]').click()
    assert page.locator(".popup dd").all_inner_texts() == ["Old Mill camp 3", "70"]
    assert page.locator(".popup").evaluate("box => box.style.getPropertyValue('--c')") == "#0a3361"


@pytest.mark.browser
def test_a_layer_can_be_turned_off_and_on_with_its_legend(
    frame: GeoDataFrame, plain: folium.Map, open_plain: Callable[..., Page]
) -> None:
    geo.site_layer(frame, m=plain, name="<b>Ours</b> {{ 111111 * 111111 }}")
    folium.LayerControl(collapsed=False).add_to(plain)
    page = open_plain(plain)
    label = page.locator(".leaflet-control-layers-overlays label")
    assert label.inner_text().strip() == "<b>Ours</b> {{ 111111 * 111111 }}"
    label.click()
    assert page.locator(".point, .area, .legend").count() == 0
    label.click()
    assert page.locator(".point").count() == 4
    assert page.locator(".legend").count() == 1


@pytest.mark.browser
def test_two_layers_live_on_one_map_and_with_explore(
    frame: GeoDataFrame, open_plain: Callable[..., Page]
) -> None:
    explored = frame[["text", "geometry"]].explore(tiles=None)
    geo.site_layer(frame[frame.kind == "camp"], m=explored)
    geo.site_layer(frame[frame.kind != "camp"], m=explored, column=None, legend=False)
    page = open_plain(explored)
    look(page, 31.5, 37.5, 7)
    assert page.locator(".leaflet-mawaqi-points-pane .point").count() == 4
    assert page.locator(".leaflet-mawaqi-areas-pane .area").count() == 4
    assert page.locator(".legend h2").all_inner_texts() == ["Kind of place"]
    html = explored.get_root().render()
    assert html.count("const mawaqiLayer") == 1


@pytest.mark.browser
def test_points_that_are_close_share_a_ring_that_opens(
    frame: GeoDataFrame, plain: folium.Map, open_plain: Callable[..., Page]
) -> None:
    geo.site_layer(frame, m=plain, column="people")
    page = open_plain(plain)
    look(page, 31.5, 37.5, 4)
    ring = page.locator(".leaflet-mawaqi-points-pane .cluster").first
    assert int(ring.inner_text()) > 1
    ring.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".leaflet-mawaqi-points-pane .point")


@pytest.mark.browser
def test_places_at_one_point_are_listed_and_opened(
    plain: folium.Map, open_plain: Callable[..., Page]
) -> None:
    # Places are repeated every 77 parses.
    frame = geo.to_geodataframe([hostile.parse(f"{CAMP} {at}", at) for at in (1, 78)])
    geo.site_layer(frame[frame.kind == "camp"], m=plain)
    page = open_plain(plain)
    look(page, 31, 37, 9)
    page.locator(".cluster").focus()
    page.keyboard.press("Enter")
    names = page.locator(".popup li")
    assert names.all_inner_texts() == [f"{CAMP} 1", f"{CAMP} 78"]
    names.nth(1).locator("button").click()
    assert f"{CAMP} 78" in page.locator(".popup h2").inner_text()


@pytest.mark.browser
def test_it_can_be_added_to_our_own_map(
    frame: GeoDataFrame, open_plain: Callable[..., Page]
) -> None:
    ours = geo.site_map(frame)
    geo.site_layer(frame, m=ours)
    assert ours.is_alone
    page = open_plain(ours)
    assert page.locator(".leaflet-mawaqi-points-pane .point").count() == 4


def test_tiles_come_with_the_layer_and_are_off(frame: GeoDataFrame, plain: folium.Map) -> None:
    geo.site_layer(frame, m=plain, tiles="openstreetmap mapnik")
    (tiles,) = [one for one in plain._children.values() if isinstance(one, folium.TileLayer)]
    assert tiles.tile_name == "OpenStreetMap.Mapnik"
    assert not tiles.show


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"column": "nothing"}, r"'nothing'.*article_id"),
        ({"tooltip": "nothing"}, r"'nothing'.*article_id"),
        ({"popup": ["name", "nothing"]}, r"'nothing'.*article_id"),
        ({"tiles": "osm mapnik!"}, r"did you mean OpenStreetMap\.Mapnik"),
        ({"language": "tlh"}, r"'tlh'.*ar, en"),
    ],
)
def test_what_is_not_there_is_refused_by_name(
    frame: GeoDataFrame, asked: dict[str, object], message: str
) -> None:
    with pytest.raises(MapError, match=message):
        geo.site_layer(frame, **asked)


def test_an_empty_frame_gives_an_empty_layer(plain: folium.Map) -> None:
    geo.site_layer(geo.to_geodataframe([]), m=plain, column="confidence")
    assert "mawaqiLayer" in plain.get_root().render()


def test_the_styles_of_a_layer_touch_only_its_own_elements() -> None:
    styles = re.sub(r"/\*.*?\*/", "", layer_styles(), flags=re.DOTALL)
    outside = styles[: styles.rindex(".mawaqi-layer {")]
    for selector in re.findall(r"([^{}]+)\{", outside):
        for part in selector.split(","):
            assert part.strip().startswith((".mawaqi-layer", ".g-")), part
    assert "</style" not in styles


def test_the_scripts_of_a_layer_cannot_end_their_element() -> None:
    assert "</script" not in layer_scripts()
