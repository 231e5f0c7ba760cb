"""The layers of the page: groups, counts, certainty; and reasons in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import invented
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

browser = pytest.mark.browser
FACILITIES = '[role="group"][aria-label="Facilities"]'


@browser
def test_a_group_is_turned_as_a_whole_and_says_when_it_is_mixed(
    show: Callable[..., Page],
) -> None:
    page = show(language="en")
    group = page.locator(FACILITIES)
    box = group.locator("input")
    camp = group.locator('[data-layer="camp"]')
    assert box.is_checked()
    camp.click()
    assert box.evaluate("box => box.indeterminate")
    box.click()
    assert camp.get_attribute("aria-pressed") == "true"
    box.click()
    pressed = group.locator(".chip").evaluate_all(
        "chips => chips.map(chip => chip.getAttribute('aria-pressed'))"
    )
    assert set(pressed) == {"false"}
    literal = page.locator('[data-layer="literal"] .count')
    without = int(literal.inner_text())
    box.click()
    assert int(literal.inner_text()) == without + 5


@browser
def test_a_group_of_one_layer_needs_no_box(show: Callable[..., Page]) -> None:
    page = show(language="en")
    assert page.locator('[aria-label="Settlements"] input').count() == 0


@browser
def test_sites_can_be_narrowed_to_those_less_sure(show: Callable[..., Page]) -> None:
    page = show(language="en")
    page.click("details.sources > summary")
    assert page.locator('[data-layer="doubtful"] .count').inner_text() == "2"
    page.fill("#most", "60")
    assert page.locator('[data-layer="settlement"] .count').inner_text() == "0"
    assert page.locator('[data-layer="border_crossing"] .count').inner_text() == "1"
    assert page.locator(".range output").inner_text() == "0% – 60%"
    page.fill("#most", "100")
    page.click('[data-layer="doubtful"]')
    assert page.locator('[data-layer="border_crossing"] .count').inner_text() == "0"


@browser
def test_mentions_of_an_article_are_stepped_through(show: Callable[..., Page]) -> None:
    page = show([invented.english_record()], language="en")
    following = page.locator('.article nav [aria-label="Next"]')
    for at in (1, 2):
        following.click()
        assert f"mention {at} of 8" in page.locator(".article nav").inner_text()
    assert page.locator(".mention.chosen").inner_text() == "Deir ez-Zor"
    page.click('.article nav [aria-label="Previous"]')
    assert page.locator(".mention.chosen").inner_text() == "Raqqa"


@browser
def test_all_runners_up_are_shown_on_the_map(show: Callable[..., Page]) -> None:
    record = invented.arabic_record()
    field = next(site for site in record["sites"] if site["alternatives"])
    field["alternatives"] *= 2
    page = show([record], language="en")
    page.click('.mention:has-text("حقل التيم")')
    page.click('.popup summary:has-text("Other possibilities")')
    page.click('.popup li button:has-text("All of them")')
    assert page.locator(".ghost").count() == 2
    page.keyboard.press("Escape")
    page.wait_for_selector(".ghost", state="detached")


@browser
def test_what_is_not_drawn_leads_to_its_place_in_the_article(show: Callable[..., Page]) -> None:
    page = show(language="en")
    page.click("#tab-missing")
    page.click(".missing li:has-text('Jordan') button.plain-link")
    assert page.evaluate("document.activeElement.textContent") == "Jordan"


@browser
def test_a_site_says_its_source_and_its_licence(show: Callable[..., Page]) -> None:
    page = show(language="en")
    page.click('.mention:has-text("حقل التيم")')
    page.click('.popup summary:has-text("Position")')
    assert "CC BY 4.0" in page.locator(".popup").inner_text()


@browser
def test_reasons_are_told_in_the_language_of_the_page(show: Callable[..., Page]) -> None:
    record = invented.arabic_record()
    record["sites"][0]["why"] = [
        "the word before is a word of place",
        "within 7 km of Aleppo: its radius and 5 km",
        "a reason that nobody has written yet",
    ]
    record["rejected"][0]["reason"] = "one short word; itself is a given name"
    page = show([record])
    page.click(".mention >> nth=0")
    page.click('.popup summary:has-text("لماذا")')
    assert page.locator(".popup details[open] li").all_inner_texts() == [
        "الكلمة قبله لفظ مكان",
        "ضمن 7 كم من حلب: نصف قطره و5 كم",
        "a reason that nobody has written yet",
    ]
    page.click("#tab-missing")
    assert "كلمة قصيرة واحدة، هو نفسه اسم شخص" in page.locator("#list-missing").inner_text()
