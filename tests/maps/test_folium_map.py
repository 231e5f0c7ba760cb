from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING, Any

import folium
import invented
import nbformat
import pytest
from nbconvert import HTMLExporter

from geo.errors import ExportError, MapError
from geo.maps import SiteMap
from geo.maps.assets import csp_hash

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def page(**options: object) -> str:
    return SiteMap(invented.records(), **options)._page.render()  # type: ignore[arg-type]


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.html", "other.html"):
        SiteMap(invented.records()).save(tmp_path / name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "other.html").read_bytes()


def test_rendering_twice_gives_the_same_page() -> None:
    drawn = SiteMap(invented.records())
    assert drawn._page.render() == drawn._page.render()


def test_it_is_a_folium_map() -> None:
    assert isinstance(SiteMap([]), folium.Map)


def test_the_policy_allows_the_inline_scripts_and_styles_and_nothing_else() -> None:
    html = page()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    assert "unsafe" not in policy[1]
    assert "http" not in policy[1]
    assert "connect-src 'none'" in policy[1]
    for tag in ("script", "style"):
        for text in re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL):
            assert csp_hash(text) in policy[1]


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_the_page_says_its_language_and_direction(language: str, direction: str) -> None:
    assert f'<html lang="{language}" dir="{direction}">' in page(language=language)


def test_an_unknown_language_is_refused_by_name() -> None:
    with pytest.raises(MapError, match=r"'tlh'.*ar, en"):
        SiteMap([], language="tlh")


def test_template_marks_in_articles_are_only_text() -> None:
    text = "{{ 111111 * 111111 }} {% raise %} {# x #}"
    record = invented.arabic_record() | {"text": text, "sites": [], "unplaced": [], "rejected": []}
    html = SiteMap([record], title="{{ 111111 * 111111 }}")._page.render()
    assert text in html
    assert "12345654321" not in html.split("mawaqi-words")[0]


def test_a_map_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "folder"
    target.mkdir()
    with pytest.raises(ExportError, match="folder: cannot be written"):
        SiteMap([]).save(target)
    assert list(tmp_path.iterdir()) == [target]


def test_saving_replaces_a_map_with_ordinary_permissions(tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_text("old")
    SiteMap([]).save(path)
    mask = os.umask(0)
    os.umask(mask)
    assert path.read_bytes().startswith(b"<!DOCTYPE html>")
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask


def test_one_article_stays_small(tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    SiteMap([invented.arabic_record()]).save(path)
    assert path.stat().st_size < 500_000


def test_another_folium_layer_brings_what_it_needs() -> None:
    drawn = SiteMap(invented.records())
    assert drawn.is_alone
    folium.Circle((35, 40), radius=1000).add_to(drawn)
    assert not drawn.is_alone
    html = drawn._page.render()
    assert "L.circle(" in html
    assert "jquery" in html


def test_in_a_notebook_the_page_stands_in_a_frame_of_its_own() -> None:
    shown = SiteMap(invented.records())._repr_html_()
    assert shown.count("<iframe srcdoc=") == 1
    assert "<script>" not in shown
    assert "larger" not in shown
    assert "trust this notebook" in shown


def test_a_heavy_map_comes_with_a_word_of_warning_and_the_way_out() -> None:
    record = invented.arabic_record() | {"text": invented.ARABIC + "x" * 5_000_000}
    shown = SiteMap([record])._repr_html_()
    assert "5 MB larger" in shown or "6 MB larger" in shown
    assert ".save('map.html')" in shown
    assert shown.count("<iframe srcdoc=") == 1


@pytest.mark.browser
def test_a_map_survives_the_way_from_a_notebook_to_a_page(
    open_file: Callable[..., Any], tmp_path: Path
) -> None:
    shown = {"text/html": SiteMap(invented.records())._repr_html_(), "text/plain": "a map"}
    cell = nbformat.v4.new_code_cell(
        "geo.site_map(frame)",
        outputs=[nbformat.v4.new_output("display_data", data=shown)],
    )
    notebook = nbformat.v4.new_notebook(cells=[cell])
    body, _ = HTMLExporter(template_name="basic").from_notebook_node(notebook)
    path = tmp_path / "notebook.html"
    path.write_text(f"<!DOCTYPE html><html data-ready=1><body>{body}</body></html>", "utf-8")
    page = open_file(path).page
    box = page.locator("iframe").bounding_box()
    assert box is not None
    assert box["width"] > 600
    assert 500 < box["height"] <= 736
    page.frames[-1].wait_for_selector("html[data-ready] .point, html[data-ready] .cluster")
