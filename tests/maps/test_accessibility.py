"""The page by keyboard, by screen reader, and by axe-core's rules, in every state."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import folium
import hostile
import invented
import pytest

import geo

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@cache
def axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def found_by_axe(page: Page) -> list[str]:
    """Return what axe-core finds serious or critical, a line each."""
    page.evaluate(axe())
    result = page.evaluate(
        "tags => axe.run(document, { runOnly: { type: 'tag', values: tags }, preload: false })",
        TAGS,
    )
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for rule in result["violations"]
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
        # Where a symbol stands is the point of a map; WCAG 2.5.8 exempts what cannot be moved.
        if rule["id"] != "target-size" or "leaflet-marker-icon" not in node["html"]
    ]


def overview(page: Page) -> None:
    page.wait_for_selector(".point, .cluster")


def popup(page: Page) -> None:
    page.click('.mention:has-text("حقل التيم")')
    page.wait_for_selector(".popup")
    page.evaluate("document.querySelectorAll('.popup details').forEach(f => { f.open = true; })")


def layers(page: Page) -> None:
    # Not every fold of the panel: the menu of downloads would lie over the layers.
    page.evaluate(
        "document.querySelectorAll('.layers, .layers details').forEach(f => { f.open = true; })"
    )
    page.locator('.chip[data-layer="camp"]').click()


def days(page: Page) -> None:
    page.evaluate("document.querySelector('.timeline').open = true")
    page.fill(".to_day", "0")


def search(page: Page) -> None:
    page.fill("#search", "al")
    page.wait_for_selector("#found li")


def missing(page: Page) -> None:
    page.click("#tab-missing")


def places(page: Page) -> None:
    page.click("#tab-places")


def review(page: Page) -> None:
    page.click(".review-turn")
    popup(page)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "options"),
    [
        ("ar", {}),
        ("en", {"color_scheme": "dark"}),
        ("ar", {"width": 390, "height": 844}),
    ],
    ids=["arabic", "english, dark", "arabic, phone"],
)
def test_axe_finds_nothing_serious(
    show: Callable[..., Page], language: str, options: dict[str, Any]
) -> None:
    undated = invented.english_record() | {"id": "en-2", "date": None, "source": "Undated"}
    records = [*invented.records(), undated]
    page = show(records, language=language, reduced_motion="reduce", **options)
    found: list[str] = []
    for state in (overview, popup, layers, days, search, missing, places, review):
        page.reload()
        page.wait_for_selector("html[data-ready]")
        state(page)
        found += [f"{state.__name__}: {line}" for line in found_by_axe(page)]
    assert found == []


def focused(page: Page) -> str:
    return page.evaluate(
        "(({ tagName, className, id }) => `${tagName} ${className.baseVal ?? className} ${id}`)"
        "(document.activeElement)"
    )


def test_every_control_and_marker_is_reached_by_tab_and_shows_it(
    show: Callable[..., Page],
) -> None:
    page = show(language="en")
    page.evaluate("map_sites.setView([35.3, 40.1], 10, { animate: false })")
    page.wait_for_selector(".point")
    reached, hidden = set(), []
    for _ in range(150):
        page.keyboard.press("Tab")
        where = focused(page)
        if where.startswith("BODY") and reached:
            break
        reached |= set(where.split())
        style = page.evaluate(
            "(({ outlineStyle, outlineWidth }) => [outlineStyle, parseFloat(outlineWidth)])"
            "(getComputedStyle(document.activeElement))"
        )
        if (style[0] == "none" or style[1] < 2) and "area" not in where.split():
            hidden.append(where)
    assert hidden == []
    wanted = {"search", "chip", "thumb", "mention", "point", "area", "leaflet-control-zoom-in"}
    assert wanted <= reached


def test_a_marker_opens_by_keyboard_and_gives_the_focus_back(show: Callable[..., Page]) -> None:
    page = show(language="en")
    page.evaluate("map_sites.setView([36.3772, 41.1489], 10, { animate: false })")
    marker = page.locator('.point[aria-label*="Al-Hol camp"]')
    marker.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".popup")
    assert page.evaluate("document.querySelector('.popup').contains(document.activeElement)")
    page.keyboard.press("Escape")
    page.wait_for_selector(".popup", state="detached")
    assert marker.evaluate("marker => marker === document.activeElement")


def test_whoever_wants_no_motion_gets_none(show: Callable[..., Page]) -> None:
    page = show(reduced_motion="reduce")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(element => {"
        "  const { transitionDuration, animationName } = getComputedStyle(element);"
        "  return parseFloat(transitionDuration) > 0.01 || animationName !== 'none';"
        "}).map(element => element.className)"
    )
    assert moving == []


def test_a_layer_on_a_plain_map_is_accessible_too(open_plain: Callable[..., Page]) -> None:
    plain = folium.Map((35.5, 40), zoom_start=8, tiles=None)
    frame = geo.to_geodataframe(hostile.parses()[:6])
    geo.site_layer(frame, m=plain)
    page = open_plain(plain)
    marker = page.locator(".leaflet-mawaqi-points-pane .point").first
    marker.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".popup")
    inside = [line for line in found_by_axe(page) if "mawaqi" in line or "popup" in line]
    assert inside == []
    page.keyboard.press("Escape")
    page.wait_for_selector(".popup", state="detached")
    assert marker.evaluate("marker => marker === document.activeElement")
