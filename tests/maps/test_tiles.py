from __future__ import annotations

import re
from typing import TYPE_CHECKING

import invented
import pytest

from geo.errors import MapError
from geo.maps import SiteMap
from geo.maps.tiles import tiles_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.mark.parametrize("name", ["OpenStreetMap.Mapnik", "openstreetmap mapnik"])
def test_tiles_are_found_by_name(name: str) -> None:
    tiles = tiles_of(name)
    assert tiles.name == "OpenStreetMap.Mapnik"
    assert tiles.origins == ["https://tile.openstreetmap.org"]
    assert ("OpenStreetMap", "https://www.openstreetmap.org/copyright") in tiles.credits


def test_every_subdomain_is_an_origin() -> None:
    assert tiles_of("OpenTopoMap").origins == [
        "https://a.tile.opentopomap.org",
        "https://b.tile.opentopomap.org",
        "https://c.tile.opentopomap.org",
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("openstretmap mapnick", r"did you mean OpenStreetMap\.Mapnik"),
        ("", "did you mean"),
        ("Thunderforest.Landscape", "need a key"),
    ],
)
def test_what_cannot_be_had_is_refused_with_a_remedy(name: str, message: str) -> None:
    with pytest.raises(MapError, match=message):
        tiles_of(name)


def policy(drawn: SiteMap) -> str:
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', drawn._page.render())
    assert found is not None
    return found[1]


def test_only_the_pictures_of_these_tiles_are_allowed_and_only_when_asked_for() -> None:
    with_tiles = policy(SiteMap([], tiles="OpenStreetMap.Mapnik"))
    assert "img-src data: blob: https://tile.openstreetmap.org;" in with_tiles
    assert with_tiles.replace(" https://tile.openstreetmap.org", "") == policy(SiteMap([]))


@pytest.mark.browser
def test_tiles_are_off_until_chosen_and_bring_their_credit(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "map.html"
    SiteMap(invented.records(), tiles="OpenStreetMap.Mapnik", language="en").save(path)
    page = browser.new_context().new_page()
    asked: list[str] = []
    page.route(
        re.compile("^https:"), lambda route: (asked.append(route.request.url), route.abort())
    )
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    credit = page.locator(".leaflet-control-attribution")
    assert asked == []
    assert "OpenStreetMap" not in credit.inner_text()
    with page.expect_request(re.compile("^https:")):
        page.click(".online")
    assert all(url.startswith("https://tile.openstreetmap.org/") for url in asked)
    assert "OpenStreetMap" in credit.inner_text()
    assert "GeoNames" in credit.inner_text()
    assert page.locator(".online").get_attribute("aria-pressed") == "true"
    page.wait_for_selector(".name-city", state="detached")
    page.click(".online")
    assert "OpenStreetMap" not in credit.inner_text()
    page.context.close()
