"""Marks that share a ring, and long lists: what the page does where places are many or together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import invented
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MARKS = """marks => marks.map((mark) => {
    const { x, y, width, height } = mark.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
})"""


def crowd(places: list[tuple[str, float, float]]) -> dict[str, Any]:
    """Return an article that names places, the first of them twice."""
    text = " and ".join(name for name, _, _ in [*places, places[0]])
    sites = [
        invented.site(text, name, name, kind, lat, lon)
        for (name, lat, lon), kind in zip(
            places, ["settlement", "camp"] * len(places), strict=False
        )
    ]
    again = text.rindex(places[0][0])
    sites.append(sites[0] | {"start": again, "end": again + len(places[0][0])})
    return {"id": "crowd", "title": "Crowd", "language": "en", "text": text, "sites": sites}


TOGETHER = crowd([("Alpha", 35.0, 40.0), ("Bravo", 35.0, 40.0), ("Delta", 36.2, 41.9)])


def test_no_two_marks_overlap_and_every_place_is_in_one(show: Callable[..., Page]) -> None:
    many = [(f"P{n:03}", 33 + n * 37 % 100 / 30, 38 + n * 61 % 100 / 25) for n in range(100)]
    page = show([crowd(many)])
    for zoom in (5, 6.5, 8):
        page.evaluate(f"map_sites.setView([34.5, 40], {zoom}, {{animate: false}})")
        centres = page.eval_on_selector_all(".cluster, .point", MARKS)
        gaps = [
            (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2
            for index, a in enumerate(centres)
            for b in centres[:index]
        ]
        assert min(gaps, default=54**2) > 53**2
    page.evaluate("map_sites.setView([34.5, 40], 5, {animate: false})")
    numbers = page.locator(".cluster text").all_text_contents()
    assert sum(map(int, numbers)) + page.locator(".point").count() == 100


def test_a_ring_stands_on_its_most_named_place_and_says_so(show: Callable[..., Page]) -> None:
    page = show([TOGETHER])
    assert page.locator(".cluster").get_attribute("aria-label") == "2 places, Alpha"
    assert page.locator(".cluster .g-town, .cluster .g-people").count() == 2


def test_a_ring_opens_into_its_parts_by_keyboard_and_keeps_the_focus(
    show: Callable[..., Page],
) -> None:
    page = show([crowd([("Alpha", 35.0, 40.0), ("Bravo", 35.1, 40.1), ("Delta", 35.0, 40.1)])])
    page.evaluate("map_sites.setView([35, 40], 5, {animate: false})")
    page.locator(".cluster").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.point').length === 3")
    page.wait_for_function("document.activeElement.ariaLabel?.startsWith('Alpha')")
    page.keyboard.press("Enter")
    assert page.locator(".popup h2").inner_text() == "Alpha"
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.ariaLabel?.startsWith('Alpha')")


def test_places_that_no_zoom_can_part_are_listed(show: Callable[..., Page]) -> None:
    page = show([TOGETHER])
    page.locator(".cluster").focus()
    page.keyboard.press("Enter")
    names = page.locator(".leaflet-popup .place .place-names > bdi")
    assert names.all_inner_texts() == ["Alpha", "Bravo"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".popup h2").last.inner_text() == "Bravo"
    assert page.locator(".point[aria-label^=Bravo]").count() == 1, "the chosen one stands out"
    page.keyboard.press("Escape")
    page.wait_for_function("document.querySelectorAll('.cluster').length === 1")


def test_hiding_a_kind_takes_its_places_out_of_the_rings(show: Callable[..., Page]) -> None:
    page = show([TOGETHER])
    page.click('.chip[data-layer="camp"]')
    assert page.locator(".cluster").count() == 0
    assert page.locator(".point[aria-label^=Alpha]").count() == 1


def test_a_long_list_of_articles_goes_on_as_far_as_it_is_asked(show: Callable[..., Page]) -> None:
    records = [
        TOGETHER | {"id": str(n), "title": f"Article {n}", "text": TOGETHER["text"] + f" word{n}"}
        for n in range(450)
    ]
    page = show(records)
    assert page.locator(".article").count() == 200
    page.click("#list-articles > div > button")
    assert page.locator(".article").count() == 400
    page.fill("#search", "word444")
    page.press("#search", "Enter")
    assert page.locator('.article[data-article="444"] .text').is_visible()
    assert page.locator("#list-articles > div > button").is_visible()
