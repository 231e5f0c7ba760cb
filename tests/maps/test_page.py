"""The page in Chromium: what a reader sees and does. Every test also holds that nothing left it."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

import invented
import pytest

from geo.frame import COLUMNS
from geo.maps import SiteMap

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

HOSTILE = (
    "<img src=x onerror=alert(1)></script><script>alert(2)</script><!--${alert(3)}`${alert(4)}` "
    "\\\\'\");alert(5);// {{ 7 * 7 }} \u202e evil \u2028 end & &lt;b&gt; \ud800"
)


def popup_text(page: Page) -> str:
    return page.locator(".leaflet-popup").inner_text()


def test_the_popup_of_an_area_shows_its_sentence_right_to_left(show: Callable[..., Page]) -> None:
    page = show()
    page.click('.mention:has-text("الغوطة الغربية")')
    quote = page.locator(".leaflet-popup blockquote")
    assert quote.inner_text().startswith("وزار وفد من بلديات الغوطة الغربية مخيم الهول")
    assert quote.evaluate("quote => getComputedStyle(quote).direction") == "rtl"
    assert quote.locator("mark").inner_text() == "الغوطة الغربية"
    shown = popup_text(page)
    for part in (
        "Western Ghouta",
        "إقليم",
        "قافلة مساعدات تصل إلى الرقة",
        "وكالة السهل",
        "55",
        "مشكوك فيه",
    ):
        assert part in shown
    link = page.locator(".leaflet-popup a", has_text="وكالة السهل")
    assert link.get_attribute("href") == "https://example.org/ar/1"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_layers_count_places_and_hide_them(show: Callable[..., Page]) -> None:
    page = show()
    towns = page.locator('.chip[data-layer="settlement"]')
    assert towns.locator(".count").inner_text() == "5"
    names = page.evaluate("() => document.querySelectorAll('.area').length")
    page.click('.chip[data-layer="country"]')
    assert page.locator('.chip[data-layer="country"]').get_attribute("aria-pressed") == "false"
    assert page.evaluate("() => document.querySelectorAll('.area').length") == names - 1


def test_associative_sites_are_drawn_only_on_request(show: Callable[..., Page]) -> None:
    page = show([invented.arabic_record()])
    page.evaluate("map_sites.setView([38.9, -77], 8, {animate: false})")
    assert page.locator(".point").count() == 0
    page.click('.chip[data-layer="associative"]')
    assert page.locator(".point").count() == 1


def test_hiding_a_source_hides_its_sites_and_counts(show: Callable[..., Page]) -> None:
    page = show()
    page.click("details.sources > summary")
    page.click('.chip[data-layer="Plain Wire"]')
    assert page.locator('.chip[data-layer="settlement"] .count').inner_text() == "2"
    assert page.locator('.chip[data-layer="airport"] .count').inner_text() == "0"


def test_areas_are_outlines_and_never_pins(show: Callable[..., Page]) -> None:
    page = show([invented.arabic_record()])
    kinds = page.eval_on_selector_all(
        ".area", "paths => paths.map(path => path.getAttribute('class').match(/k-(\\w+)/)[1])"
    )
    assert kinds == ["country", "governorate", "countryside", "region"], "the small on top"
    assert page.locator(".area.unsure").count() == 1


def test_text_and_map_point_at_each_other(show: Callable[..., Page]) -> None:
    page = show()
    page.hover('.mention:has-text("محافظة الحسكة")')
    assert page.locator(".area.k-governorate.pointed").count() == 1
    page.hover("h1")
    assert page.locator(".pointed").count() == 0
    page.evaluate("map_sites.setView([36.3772, 41.1489], 10, {animate: false})")
    page.locator('.point[aria-label*="مخيم الهول"]').hover()
    assert page.locator('.mention.pointed:has-text("مخيم الهول")').count() == 1
    page.locator('.point[aria-label*="مخيم الهول"]').click()
    assert "مخيم الهول" in popup_text(page)
    assert page.locator('.mention.chosen:has-text("مخيم الهول")').count() == 1


def test_a_place_of_two_articles_pages_through_both_excerpts(show: Callable[..., Page]) -> None:
    page = show(language="en")
    page.click(".mention:has-text('الرقة') >> nth=0")
    assert "1 of 2 · 2 articles" in popup_text(page)
    page.click(".pager [aria-label=Next]")
    assert page.locator(".leaflet-popup mark").inner_text() == "Raqqa"
    assert "Plain Wire" in popup_text(page)
    assert page.locator(".leaflet-popup .source a").count() == 0, "a javascript: address is no link"


def test_spans_behind_an_emoji_are_still_the_names(show: Callable[..., Page]) -> None:
    page = show([invented.english_record()])
    found = page.locator(".mention").all_inner_texts()
    assert found == [site["text"] for site in invented.english_record()["sites"]]


def test_an_area_opens_by_keyboard_and_gives_the_focus_back(show: Callable[..., Page]) -> None:
    page = show()
    page.locator(".area.k-governorate").focus()
    page.keyboard.press("Enter")
    assert "الحسكة" in popup_text(page)
    page.keyboard.press("Escape")
    page.wait_for_selector(".leaflet-popup", state="detached")
    assert page.evaluate("document.activeElement.classList.contains('k-governorate')")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("الرقه", "الرقة"),
        ("raqqa", "الرقة"),
        ("اليعربيه", "معبر اليعربية"),
        ("al hol", "مخيم الهول"),
    ],
)
def test_search_folds_spellings(show: Callable[..., Page], typed: str, found: str) -> None:
    page = show()
    page.fill("#search", typed)
    assert found in page.locator("#found li").first.inner_text()
    page.press("#search", "Enter")
    assert found in page.locator(".popup h2").inner_text()


def test_what_is_not_drawn_is_listed_with_its_reason(show: Callable[..., Page]) -> None:
    page = show()
    page.click("#tab-missing")
    shown = page.locator("#list-missing").inner_text()
    for part in (
        "المطلع",
        "no place of this name is known",
        "النهار",
        "the title of a newspaper",
        "Jordan",
    ):
        assert part in shown


def test_the_language_can_be_changed_in_the_page(show: Callable[..., Page]) -> None:
    page = show()
    assert page.locator("h1").inner_text() == "مواقع الأخبار"
    page.click(".tools button >> nth=0")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        "en",
        "ltr",
    ]
    page.wait_for_selector('.leaflet-names-pane :text("Al-Hasakah")')
    assert page.evaluate("getComputedStyle(map_sites.getContainer()).direction") == "ltr"


def test_credits_are_always_on_the_map(show: Callable[..., Page]) -> None:
    page = show(width=390, height=844)
    credit = page.locator(".leaflet-control-attribution")
    assert credit.is_visible()
    for name in ("GeoNames", "CC BY 4.0", "Natural Earth"):
        assert name in credit.inner_text()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_phone_needs_no_scrolling_sideways(show: Callable[..., Page], language: str) -> None:
    page = show(language=language, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate("document.getElementById('panel').scrollWidth <= 390")
    page.locator(".mention").first.click()
    page.wait_for_function(
        """() => {
            const box = document.querySelector(".leaflet-popup").getBoundingClientRect();
            return box.left >= 0 && box.right <= 390 && box.top >= 0;
        }"""
    )


def test_no_sites_gives_a_friendly_page(show: Callable[..., Page]) -> None:
    page = show([invented.english_record() | {"sites": []}])
    assert "No sites to show" in page.locator(".empty").inner_text()
    assert SiteMap([]) is not None
    show([])


def test_hostile_text_in_every_field_is_only_text(show: Callable[..., Page]) -> None:
    record = invented.arabic_record()
    for name in ("id", "title", "date", "source", "url"):
        record[name] = HOSTILE
    record["text"] = record["text"] + "\n" + HOSTILE
    for site in record["sites"]:
        for name in ("place_id", "name", "name_ar", "country", "admin1", "place_source"):
            site[name] = HOSTILE
        site["why"] = [HOSTILE]
        site["alternatives"] = [
            {
                "place_id": HOSTILE,
                "name": HOSTILE,
                "country": HOSTILE,
                "lat": 35,
                "lon": 40,
                "confidence": 0.1,
            }
        ]
    record["unplaced"][0]["reason"] = record["rejected"][0]["reason"] = HOSTILE
    record["rejected"][0]["text"] = HOSTILE
    page = show([record], title=HOSTILE)
    for tab in ("places", "missing", "articles"):
        page.click(f"#tab-{tab}")
    page.click('.mention:has-text("حقل التيم")')
    for fold in page.locator(".popup summary").all():
        fold.click()
    page.locator(".popup li button").click()
    page.fill("#search", "alert")
    page.click(".tools button >> nth=0")
    assert page.locator("img:not(.leaflet-tile), iframe, object, embed").count() == 0
    assert page.locator("script").count() == 5
    assert HOSTILE[:30] in page.locator("h1").inner_text()


def test_the_page_works_inside_a_notebook_frame(
    open_file: Callable[..., object], tmp_path: Path
) -> None:
    shown = SiteMap(invented.records())._repr_html_()
    path = tmp_path / "notebook.html"
    path.write_text(f"<!DOCTYPE html><html data-ready=1><body>{shown}</body></html>", "utf-8")
    page = open_file(path).page  # type: ignore[attr-defined]
    frame = page.frames[-1]
    frame.wait_for_selector("html[data-ready]")
    frame.click('.mention:has-text("حقل التيم")')
    assert "Al-Tim oil field" in frame.locator(".leaflet-popup").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_follows_the_system_until_turned(show: Callable[..., Page], scheme: str) -> None:
    page = show(color_scheme=scheme)
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    page.click(".tools button >> nth=1")
    assert page.evaluate("document.documentElement.dataset.theme") != scheme


def test_choosing_another_place_moves_the_marks(show: Callable[..., Page]) -> None:
    page = show()
    page.click('.mention:has-text("الغوطة الغربية")')
    page.click('.mention:has-text("محافظة الحسكة")')
    assert page.locator(".area.chosen").count() == 1
    assert page.locator(".area.k-governorate.chosen").count() == 1
    assert page.locator(".mention.chosen").all_inner_texts() == ["محافظة الحسكة"]
    assert "الحسكة" in page.locator(".popup h2").last.inner_text()


def test_a_chosen_point_shows_its_circle_of_doubt(show: Callable[..., Page]) -> None:
    page = show()
    page.click('.mention:has-text("معبر اليعربية")')
    assert page.locator(".radius.chosen.unsure").count() == 1


def test_clusters_say_how_many_places_they_hold(show: Callable[..., Page]) -> None:
    page = show(language="en")
    page.evaluate("map_sites.setView([35, 40], 3, {animate: false})")
    cluster = page.locator(".cluster").first
    cluster.wait_for()
    assert cluster.get_attribute("aria-label") == "10 places, Raqqa"
    assert cluster.locator(".cluster-part").count() >= 4


def test_another_candidate_is_shown_without_choosing_it(show: Callable[..., Page]) -> None:
    page = show()
    page.click('.mention:has-text("حقل التيم")')
    page.click('.popup summary:has-text("احتمالات أخرى")')
    page.click(".popup li button")
    assert page.locator(".ghost-name").inner_text() == "Al-Tim village"


def test_on_paper_there_are_map_legend_and_articles_but_no_buttons(
    show: Callable[..., Page],
) -> None:
    page = show(color_scheme="dark")
    page.emulate_media(media="print")
    page.wait_for_selector("html[data-theme=light]")
    for shown in ("h1", ".folium-map", ".layers", ".text", ".credits"):
        assert page.locator(shown).first.is_visible(), shown
    for hidden in (".tools", ".search", ".tabs", ".leaflet-control-zoom"):
        assert not page.locator(hidden).first.is_visible(), hidden


def test_the_first_view_holds_the_literal_sites_and_not_the_capital_abroad(
    show: Callable[..., Page],
) -> None:
    bounds = json.loads(show().evaluate("JSON.stringify(map_sites.getBounds())"))
    assert bounds["_southWest"]["lat"] < 33.4
    assert bounds["_northEast"]["lat"] > 37.0
    assert bounds["_southWest"]["lng"] > 20


def test_places_described_in_the_text_are_a_layer_of_their_own(show: Callable[..., Page]) -> None:
    page = show()
    assert page.locator(".area.derived.k-countryside").count() == 1
    page.click("details.sources > summary")
    page.click('.chip[data-layer="relation"]')
    assert page.locator(".area.derived").count() == 0
    assert page.locator('.chip[data-layer="countryside"] .count').inner_text() == "0"


def test_a_described_place_points_to_what_it_was_described_from(
    show: Callable[..., Page],
) -> None:
    record = invented.arabic_record()
    described = next(site for site in record["sites"] if site["source"] == "relation")
    described["anchors"] = [{"name": HOSTILE, "lat": 35.33, "lon": 40.14}]
    page = show([record])
    page.click('.mention:has-text("ريف دير الزور الشرقي")')
    assert page.locator(".hint").count() == 1
    page.keyboard.press("Escape")
    page.wait_for_selector(".hint", state="detached")


def test_a_site_that_contradicts_its_text_is_flagged(show: Callable[..., Page]) -> None:
    record = invented.arabic_record()
    record["sites"][0]["why"] = ["contradicts the governorate named beside it"]
    page = show([record], language="en")
    page.click(".mention:has-text('الرقة') >> nth=0")
    assert "contradicts the text" in page.locator(".certainty").inner_text()
    assert page.locator(".point .dispute").count() == 1


def test_a_confidence_threshold_hides_what_is_less_sure(show: Callable[..., Page]) -> None:
    page = show()
    page.click("details.sources > summary")
    page.fill("#least", "60")
    assert page.locator(".area.k-region").count() == 0
    assert page.locator('.chip[data-layer="border_crossing"] .count').inner_text() == "0"


def test_the_days_can_be_narrowed_and_undated_articles_kept_apart(
    show: Callable[..., Page],
) -> None:
    undated = invented.english_record() | {"id": "en-2", "date": None, "source": "Undated"}
    page = show([*invented.records(), undated])
    camp = page.locator('.chip[data-layer="camp"] .count')
    airport = page.locator('.chip[data-layer="airport"] .count')
    page.fill(".to_day", "0")
    assert (camp.inner_text(), airport.inner_text()) == ("1", "1")
    page.click('.chip[data-layer="undated"]')
    assert (camp.inner_text(), airport.inner_text()) == ("1", "0")


@pytest.mark.parametrize("name", ["csv", "geojson", "kml"])
def test_what_is_shown_can_be_taken_away_safely(show: Callable[..., Page], name: str) -> None:
    record = invented.arabic_record() | {"title": '=HYPERLINK("x")<b>&\x01'}
    page = show([record])
    page.click('.chip[data-layer="country"]')
    page.click(".take-away > summary")
    with page.expect_download() as waiting:
        page.click(f'[data-format="{name}"]')
    text = waiting.value.path().read_text("utf-8-sig")
    shown = [site for site in record["sites"] if site["use"] == "literal"]
    shown = [site for site in shown if site["kind"] != "country"]
    if name == "csv":
        rows = list(csv.DictReader(text.splitlines()))
        assert [row["name"] for row in rows] == [site["name"] for site in shown]
        assert list(rows[0]) == list(COLUMNS)
        assert {row["article_title"][:2] for row in rows} == {"'="}
    elif name == "geojson":
        features = json.loads(text)["features"]
        assert [row["properties"]["name"] for row in features] == [site["name"] for site in shown]
        assert {row["geometry"]["type"] for row in features} == {"Point", "MultiPolygon"}
    else:
        assert text.count("<Placemark>") == len(shown)
        assert "&lt;b&gt;&amp;\ufffd" in text


def test_the_address_keeps_the_view_the_filters_and_the_open_site(
    open_file: Callable[..., object], tmp_path: Path
) -> None:
    path = tmp_path / "map.html"
    SiteMap(invented.records()).save(path)
    page = open_file(path).page  # type: ignore[attr-defined]
    page.click('.chip[data-layer="camp"]')
    page.evaluate("document.querySelector('.sources').open = true")
    page.fill("#least", "55")
    page.click('.mention:has-text("حقل التيم")')
    page.wait_for_url(re.compile(r"kinds=camp.*site=\d"))
    page.reload()
    page.wait_for_selector(".popup")
    assert page.input_value("#least") == "55"
    assert "حقل التيم" in page.locator(".popup h2").inner_text()
    assert page.locator('.chip[data-layer="camp"]').get_attribute("aria-pressed") == "false"
