"""What a popup says of a place beyond its sentence: whether its point is checked, its details."""

from __future__ import annotations

from typing import TYPE_CHECKING

import invented
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "badge", "certainty"),
    [
        ("en", "unverified point", "certain of the place, not of the point"),
        ("ar", "نقطة غير متحقق منها", "مؤكد مكانا، والنقطة تقريبية"),
    ],
)
def test_an_unverified_point_is_called_so_beside_the_confidence(
    show: Callable[..., Page], language: str, badge: str, certainty: str
) -> None:
    record = invented.arabic_record()
    record["sites"][0] |= {"verified": False, "confidence": 0.97}
    page = show([record], language=language)
    page.click(".mention >> nth=0")
    said = page.locator(".certainty").inner_text()
    assert badge in said
    assert certainty in said
    page.click(".mention >> nth=1")
    assert badge not in page.locator(".certainty").inner_text()


def test_what_is_described_is_not_called_an_unverified_point(show: Callable[..., Page]) -> None:
    record = invented.arabic_record()
    record["sites"][2] |= {"verified": False}
    page = show([record], language="en")
    page.click(".mention.g-rural")
    assert page.locator(".badge").all_inner_texts() == ["from a description"]


def test_details_of_a_gazetteer_are_told_as_text(show: Callable[..., Page]) -> None:
    record = invented.arabic_record()
    record["sites"][0]["details"] = {
        "operator": "<img src=x onerror=alert(1)>${alert(2)}",
        "site": "https://example.org/mill",
        "script": "javascript:alert(3)",
    }
    page = show([record], language="en")
    page.click(".mention >> nth=0")
    page.click('.popup summary:has-text("Details")')
    lines = page.locator(".popup details[open] li")
    assert lines.all_inner_texts() == [
        "operator: <img src=x onerror=alert(1)>${alert(2)}",
        "site: https://example.org/mill",
        "script: javascript:alert(3)",
    ]
    links = page.locator(".popup details[open] a")
    assert links.evaluate_all("links => links.map(link => [link.href, link.rel])") == [
        ["https://example.org/mill", "noopener noreferrer"]
    ]


def test_unfolding_everything_keeps_the_head_of_the_popup_in_view(
    show: Callable[..., Page],
) -> None:
    page = show(language="en", reduced_motion="no-preference")
    page.click('.mention:has-text("حقل التيم")')
    page.evaluate("document.querySelectorAll('.popup details').forEach(f => { f.open = true; })")
    page.wait_for_timeout(600)
    assert page.locator(".popup h2").bounding_box()["y"] > 0
