"""Take the pictures of the map: ``python benchmarks/pictures.py [FOLDER]``.

``docs/map.png`` stands in the README. Given a FOLDER, every state worth looking at is taken into it
as well: overview, popup, area, places, missing, dark, phone, print, in Arabic and English.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

import geo
from geo.frame import to_record
from geo.maps import SiteMap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SCREEN = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
PAPER = {"width": 794, "height": 1123}


def nothing(page: Page) -> None:
    """Take the page as it opens."""


def popup(*groups: str) -> Callable[[Page], None]:
    """Open the popup of the first mention of one of the groups of kinds."""
    wanted = ", ".join(f".article[open] .mention.g-{name}:not(.associative)" for name in groups)

    def step(page: Page) -> None:
        page.locator(wanted).first.click()
        page.wait_for_timeout(700)

    return step


def tab(name: str) -> Callable[[Page], None]:
    return lambda page: page.click(f"#tab-{name}")


def print_style(page: Page) -> None:
    page.emulate_media(media="print")
    page.wait_for_timeout(400)


def states() -> Iterator[tuple[str, dict[str, int], str, Callable[[Page], None]]]:
    """Return every picture: its name, size, colour scheme and what to do first."""
    yield "overview", SCREEN, "light", nothing
    yield "overview-dark", SCREEN, "dark", nothing
    yield "popup", SCREEN, "light", popup("energy")
    yield "popup-dark", SCREEN, "dark", popup("town")
    yield "area", SCREEN, "light", popup("rural", "region", "admin")
    yield "places", SCREEN, "light", tab("places")
    yield "missing", SCREEN, "light", tab("missing")
    yield "phone", PHONE, "light", nothing
    yield "phone-popup", PHONE, "light", popup("energy")
    yield "phone-dark", PHONE, "dark", nothing
    yield "print", PAPER, "light", print_style


def take(browser: Browser, html: Path, out: Path, state: tuple[Any, ...]) -> None:
    _, size, scheme, step = state
    page = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page.goto(html.as_uri())
    page.wait_for_selector("html[data-ready]")
    step(page)
    page.wait_for_timeout(400)
    page.screenshot(path=out)
    page.close()


def main() -> None:
    articles = list(geo.read_articles(ROOT / "data" / "articles"))
    records = [to_record(parse) for parse in geo.parse(articles)]
    # Arabic first, and of those the article with the most facilities: it shows the most kinds.
    facilities = {"oil_field", "gas_plant", "military_base", "dam", "camp"}
    records.sort(
        key=lambda record: (
            record["language"] != "ar",
            -sum(site["kind"] in facilities for site in record["sites"]),
        )
    )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for language in ("ar", "en"):
            html = Path(folder) / f"{language}.html"
            SiteMap(records, language=language).save(html)
            if language == "ar":
                out = ROOT / "docs" / "map.png"
                take(browser, html, out, ("map", SCREEN, "light", nothing))
                print(out)
            for state in states() if len(sys.argv) > 1 else ():
                out = Path(sys.argv[1]) / f"{state[0]}.{language}.png"
                take(browser, html, out, state)
                print(out)
        browser.close()


if __name__ == "__main__":
    main()
