"""Hostile text in every field, on the page, in a notebook and on a plain Folium map.

None of it runs, none breaks the page, none leaves its cell. The strings are in `hostile`.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import folium
import hostile
import pytest

import geo
from geo.export import write
from geo.frame import to_record
from geo.maps import SiteMap

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Frame, Page

pytestmark = pytest.mark.browser

FORMULA = ("=", "+", "-", "@", "\t", "\r")
TITLE = "".join(hostile.TEXTS)

# Point at everything, open its popup, unfold it and go to the runner-up; count the popups.
OPEN_ALL = """async (selector) => {
  let opened = 0;
  for (const drawn of document.querySelectorAll(selector)) {
    for (const name of ["mouseover", "click"]) {
      drawn.dispatchEvent(new MouseEvent(name, { bubbles: true }));
    }
    await new Promise(requestAnimationFrame);
    for (const fold of document.querySelectorAll(".popup details")) fold.open = true;
    if (document.querySelector(".popup")) opened += 1;
    document.querySelector(".popup li button")?.click();
  }
  return opened;
}"""


def nothing_ran(page: Page | Frame) -> None:
    assert page.evaluate("window.__pwned") is None
    assert page.locator("iframe, object, embed, form, [onload], [onerror], [onclick]").count() == 0
    links = page.evaluate("[...document.links].map(link => link.getAttribute('href'))")
    assert all(re.match("https?://|#", link) for link in links), links
    assert page.locator('[target]:not([rel="noopener noreferrer"])').count() == 0


def read_everything(page: Page | Frame, *, asides: int) -> None:
    """Open every article, popup, list and fold of the page, in both languages."""
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    page.wait_for_selector(".text .mention")
    assert page.evaluate(OPEN_ALL, ".mention") == 2 * len(hostile.TEXTS)
    for tab in ("places", "missing", "articles"):
        page.evaluate(f"document.getElementById('tab-{tab}').click()")
    assert page.locator(".missing li").count() == asides
    for text in hostile.TEXTS:
        page.fill("#search", text)
    page.evaluate("document.querySelectorAll('.layers .chip').forEach(chip => chip.click())")
    page.click(".tools button >> nth=0")


def test_on_the_page(open_file: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    SiteMap([to_record(parse) for parse in hostile.parses()], title=TITLE).save(path)
    page = open_file(path).page
    read_everything(page, asides=2 * len(hostile.TEXTS))
    nothing_ran(page)


def test_in_a_notebook(open_file: Callable[..., Any], tmp_path: Path) -> None:
    frame = geo.to_geodataframe(hostile.parses())
    shown = geo.site_map(frame, title=TITLE)._repr_html_()
    path = tmp_path / "notebook.html"
    path.write_text(f"<!DOCTYPE html><html data-ready=1><body>{shown}</body></html>", "utf-8")
    page = open_file(path).page
    inner = page.frames[-1]
    inner.wait_for_selector("html[data-ready]")
    # A table cannot hold some of these ids, so their articles come back as excerpts alone.
    unheld = [text for text in hostile.TEXTS if re.search("[\0\ud800\uffff]", text)]
    read_everything(inner, asides=2 * (len(hostile.TEXTS) - len(unheld)))
    nothing_ran(inner)
    assert page.evaluate("window.__pwned") is None


@pytest.mark.parametrize("column", ["kind", "article_source", None])
def test_in_a_layer_on_a_plain_folium_map(
    open_plain: Callable[..., Page], column: str | None
) -> None:
    frame = geo.to_geodataframe(hostile.parses())
    plain = folium.Map((33, 41), zoom_start=7, tiles=None)
    shown: Any = True if column == "kind" else list(frame.columns.drop("geometry"))
    geo.site_layer(frame, m=plain, column=column, tooltip=shown, popup=shown, name=TITLE)
    folium.LayerControl().add_to(plain)
    page = open_plain(plain)
    drawn = ".leaflet-mawaqi-points-pane .point, .leaflet-mawaqi-areas-pane .area"
    assert page.evaluate(OPEN_ALL, drawn) == 2 * len(hostile.TEXTS)
    nothing_ran(page)
    html = plain.get_root().render()
    assert "12345654321" not in html, "no text is compiled as a template"


def test_a_name_of_a_million_letters(open_file: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    parses = [hostile.parse("name", 1, name=hostile.LONG), hostile.parse(hostile.LONG, 2)]
    SiteMap([to_record(parse) for parse in parses]).save(path)
    page = open_file(path).page
    page.click(".mention >> nth=0")
    page.wait_for_selector(".popup")
    nothing_ran(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("suffix", ["csv", "kml", "geojson"])
def test_in_the_files(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"sites.{suffix}"
    write(hostile.parses(), str(path))
    text = path.read_bytes().decode("utf-8-sig")
    if suffix == "csv":
        rows = list(csv.reader(io.StringIO(text, newline="")))
        numbers = {rows[0].index(name) for name in ("lat", "lon", "confidence")}
        for row in rows[1:]:
            assert len(row) == len(rows[0])
            for index, value in enumerate(row):
                assert index in numbers or not value.startswith(FORMULA), value
    elif suffix == "kml":
        marks = ET.fromstring(text).iter("{http://www.opengis.net/kml/2.2}Placemark")
        assert len(list(marks)) == 2 * len(hostile.TEXTS)
    else:
        assert text.count('"Feature"') == 2 * len(hostile.TEXTS)
