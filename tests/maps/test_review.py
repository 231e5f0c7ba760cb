"""Review in Chromium: what a reader says comes out as a file, and the next run does as it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import invented
import pytest

import geo
from geo.frame import to_record
from geo.gazetteer.fixes import COLUMNS, Fix, read_fixes
from geo.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

TEXT = (
    "\N{DELIVERY TRUCK} The convoy left Raqqa for Tabqa on Monday. Tripoli was calm, and Homs was "
    "not. Shelling was heard 20 km north of Raqqa."
)


def fixes(page: Page) -> list[Fix]:
    with page.expect_download() as waiting:
        page.click(".review-bar >> text=Download fixes")
    assert waiting.value.suggested_filename == "fixes.csv"
    return read_fixes(waiting.value.path())


def say(page: Page, name: str, action: str) -> None:
    page.locator(f'.mention:has-text("{name}")').first.click()
    page.click(f'.popup [data-act="{action}"]')


@pytest.fixture
def review(show: Callable[..., Page]) -> Callable[..., Page]:
    """Open records in review mode."""

    def reviewer(records: list[Any] | None = None, **options: Any) -> Page:
        page = show(records, **{"language": "en"} | options)
        page.click(".review-turn")
        return page

    return reviewer


def test_a_review_is_what_the_next_run_does(review: Callable[..., Page], tmp_path: Path) -> None:
    article = Article(id="=a", text=TEXT, language="en")
    [before] = geo.parse([article])
    page = review([to_record(before)])
    say(page, "Tabqa", "confirm")
    page.fill(".popup .note", "=seen by us")
    page.keyboard.press("Tab")
    say(page, "Homs", "suppress")
    page.check('.popup [data-act="everywhere"]')
    say(page, "Tripoli", "force")
    other = page.locator(".popup .elsewhere .plain-link").first
    runner_up = other.inner_text()
    other.click()
    assert runner_up in page.locator(".popup .said").inner_text()
    say(page, "20 km north", "suppress")
    path = tmp_path / "fixes.csv"
    with page.expect_download() as waiting:
        page.click(".review-bar >> text=Download fixes")
    waiting.value.save_as(path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n")
    assert b"'=a" in path.read_bytes()
    assert b"'=seen by us" in path.read_bytes()

    [after] = geo.parse([article], fixes=path)
    sites = {site.mention.text: site for site in after.sites}
    assert sites["Tabqa"].confidence == 1
    assert sites["Tabqa"].why[:2] == ("confirmed by a fix", "=seen by us")
    assert sites["Tripoli"].source == "fix"
    assert sites["Tripoli"].place.name == runner_up
    assert "Homs" not in sites
    assert ("Homs", "fix") in [(one.mention.text, one.reason) for one in after.rejected]
    assert not any(site.source == "relation" for site in after.sites)
    assert "Raqqa" in sites
    [wide] = [fix for fix in read_fixes(path) if fix.text == "Homs"]
    assert (wide.article, wide.start) == (None, None)


def test_a_point_of_the_map_is_taken_by_mouse(review: Callable[..., Page]) -> None:
    page = review()
    say(page, "حقل التيم", "force")
    page.click('.popup [data-act="point"]')
    assert "حقل التيم" in page.locator(".pick-note").inner_text()
    page.wait_for_selector(".popup", state="detached")
    page.mouse.click(700, 600)
    page.wait_for_selector(".pick-note", state="detached")
    assert page.locator(".ghost-name").inner_text() == "حقل التيم"
    [fix] = fixes(page)
    lat, lon = page.evaluate(
        "Object.values(map_sites.mouseEventToLatLng({clientX: 700, clientY: 600}))"
    )
    assert (fix.action, fix.kind) == ("force", "oil_field")
    assert (fix.lat, fix.lon) == (pytest.approx(lat, abs=1e-4), pytest.approx(lon, abs=1e-4))
    assert (fix.text, fix.article) == ("حقل التيم", "ar-1")
    assert fix.start == invented.ARABIC.index("حقل التيم")


def test_the_symbol_of_a_place_is_taken_as_that_place(review: Callable[..., Page]) -> None:
    page = review()
    page.click("#tab-missing")
    page.click('.missing >> nth=0 >> [data-act="point"]')
    page.locator('.point[aria-label*="Qamishli airport"]').click()
    [fix] = fixes(page)
    assert (fix.text, fix.action) == ("المطلع", "force")
    assert (fix.place_id, fix.kind) == ("test:Qamishli airport", "airport")


def test_a_point_is_taken_by_keyboard_and_the_choice_can_be_left(
    review: Callable[..., Page],
) -> None:
    page = review()
    page.click("#tab-missing")
    point = page.locator('.missing >> nth=1 >> [data-act="point"]').first
    point.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.locator(".pick-note").count() == 0
    point.focus()
    page.keyboard.press("Enter")
    page.evaluate("map_sites.setView([35.5, 40.25], 9, {animate: false})")
    page.keyboard.press("Enter")
    [fix] = fixes(page)
    assert (fix.text, fix.lat, fix.lon) == ("النهار", 35.5, 40.25)


def test_offsets_count_characters_and_not_what_a_page_counts(review: Callable[..., Page]) -> None:
    page = review([invented.english_record()])
    say(page, "al-Hol camp", "suppress")
    [fix] = fixes(page)
    assert fix.start == invented.ENGLISH.index("al-Hol camp")


def test_everything_is_done_by_keyboard_and_undone(review: Callable[..., Page]) -> None:
    page = review()
    page.focus(".review-bar button >> nth=0")
    page.keyboard.press("Enter")
    page.focus('.popup [data-act="suppress"]')
    page.keyboard.press("Enter")
    focused = "document.activeElement.dataset.act"
    assert page.evaluate(focused) == "suppress"
    assert page.locator('.popup [data-act="suppress"]').get_attribute("aria-pressed") == "true"
    assert page.locator('.mention[data-fix="suppress"]').count() == 1
    assert "1 fix, 1 of 19 reviewed" in page.locator(".review-bar").inner_text()
    page.focus('.popup [data-act="confirm"]')
    page.keyboard.press("Enter")
    assert page.locator('.mention[data-fix="confirm"]').count() == 1
    page.click(".review-bar >> text=Undo")
    assert page.locator('.mention[data-fix="suppress"]').count() == 1
    page.click(".review-bar >> text=Undo")
    assert page.locator(".mention[data-fix]").count() == 0
    assert page.locator(".review-bar >> text=Download fixes").is_disabled()
    assert page.locator(".popup").count() == 1, "the popup stays open"


def test_the_next_site_is_one_that_nothing_was_said_of(review: Callable[..., Page]) -> None:
    page = review([invented.english_record()])
    seen = []
    for _ in range(3):
        page.click(".review-bar >> text=Next to review")
        page.click('.popup [data-act="confirm"]')
        seen.append(page.locator(".popup mark").inner_text())
    assert seen == ["Raqqa", "Deir ez-Zor", "al-Tim field"]


def test_the_tab_remembers_a_review_and_other_maps_do_not(
    review: Callable[..., Page], show: Callable[..., Page]
) -> None:
    page = review()
    say(page, "مخيم الهول", "suppress")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.locator(".mention[data-fix]").count() == 0, "not in review"
    page.click(".review-turn")
    assert page.locator('.mention[data-fix="suppress"]').count() == 1
    page.click(".tools button >> nth=0")
    assert page.locator('.mention[data-fix="suppress"]').count() == 1, "in the other language"
    assert page.locator(".review-bar").is_visible()


def test_review_is_off_until_it_is_turned_on(show: Callable[..., Page]) -> None:
    page = show()
    page.click('.mention:has-text("مخيم الهول")')
    assert page.locator(".review-bar").is_hidden()
    assert page.locator(".act").count() == 0
    assert page.locator(".review-turn").get_attribute("aria-pressed") == "false"


def test_hostile_text_comes_back_as_it_was(review: Callable[..., Page]) -> None:
    evil = '\'=HYPERLINK("x"),\n<img src=x onerror=alert(1)>${alert(2)}'
    record = invented.english_record()
    text = f"{evil} was shelled."
    record |= {"id": "'@id\"", "text": text, "rejected": []}
    record["sites"] = [
        invented.site(text, evil, evil, "camp", 35, 40, name_ar=evil, country="=SY", place_id=evil)
    ]
    page = review([record])
    page.click(".mention")
    page.click('.popup [data-act="confirm"]')
    [fix] = fixes(page)
    assert (fix.text, fix.article, fix.start) == (evil, "'@id\"", 0)
    assert (fix.place_id, fix.name, fix.name_ar, fix.country) == (evil, evil, evil, None)
