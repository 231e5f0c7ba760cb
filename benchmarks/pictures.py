"""Take the pictures of the map: ``python benchmarks/pictures.py [FOLDER [STATE...]]``.

``docs/map.png`` stands in the README. Given a FOLDER, every state worth looking at is taken into it
as well, or the states named: overview, the world, one town, popup, area, cluster, places, missing,
review, two runs compared, dark, phone, print, in Arabic and English.
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
from geo.maps.diff import compare

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


def review(then: Callable[[Page], None] = nothing) -> Callable[[Page], None]:
    """Turn the review on, say that two sites are right and wrong, and open a third."""

    def step(page: Page) -> None:
        page.click(".review-turn")
        for action in ("confirm", "suppress"):
            page.click(".review-bar .chip >> nth=0")
            page.click(f'.popup [data-act="{action}"]')
        page.click(".review-bar .chip >> nth=0")
        page.wait_for_timeout(500)
        then(page)

    return step


def pick(page: Page) -> None:
    """Choose to point at the map."""
    page.click('.popup [data-act="force"]')
    page.click('.popup [data-act="point"]')
    page.wait_for_timeout(300)


def layers(page: Page) -> None:
    """Unfold every layer, and narrow the sites to the surer ones."""
    page.evaluate("document.querySelectorAll('.layers, .sources').forEach(f => { f.open = true; })")
    page.fill("#least", "60")


def view(lat: float, lon: float, zoom: float) -> Callable[[Page], None]:
    def step(page: Page) -> None:
        page.evaluate(f"map_sites.setView([{lat}, {lon}], {zoom}, {{ animate: false }})")
        page.wait_for_timeout(500)

    return step


def cluster(page: Page) -> None:
    """Point at the largest ring with the keyboard and open it."""
    page.evaluate(
        "[...document.querySelectorAll('.cluster')]"
        ".sort((one, other) => other.textContent - one.textContent)[0].focus()"
    )
    page.keyboard.press("Enter")
    page.wait_for_timeout(600)


def found(page: Page) -> None:
    """Search for a name as it is often misspelled."""
    page.fill("#search", "الرقه")
    page.wait_for_timeout(400)


def why(page: Page) -> None:
    """Open the popup of a described place, and unfold it."""
    page.evaluate("document.querySelector('.article[open] .mention.g-region').click()")
    page.evaluate("document.querySelectorAll('.popup details').forEach(f => { f.open = true; })")


def play(page: Page) -> None:
    """Play the days for a moment."""
    page.click(".play")
    page.wait_for_timeout(900)


def changed(page: Page) -> None:
    """Open the first site that changed."""
    page.locator("#list-changes .place").first.click()
    page.wait_for_timeout(500)


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
    yield "world", SCREEN, "light", view(30, 20, 2.5)
    yield "town", SCREEN, "light", view(35.33, 40.14, 10)
    yield "town-dark", SCREEN, "dark", view(35.33, 40.14, 8)
    yield "cluster", SCREEN, "light", cluster
    yield "search", SCREEN, "light", found
    yield "places", SCREEN, "light", tab("places")
    yield "missing", SCREEN, "light", tab("missing")
    yield "layers", SCREEN, "light", layers
    yield "why", SCREEN, "light", why
    yield "time", SCREEN, "light", play
    yield "review", SCREEN, "light", review()
    yield "review-dark", SCREEN, "dark", review()
    yield "review-point", SCREEN, "light", review(pick)
    yield "phone", PHONE, "light", nothing
    yield "phone-review", PHONE, "light", review()
    yield "phone-review-point", PHONE, "light", review(pick)
    yield "phone-popup", PHONE, "light", popup("energy")
    yield "phone-dark", PHONE, "dark", nothing
    yield "print", PAPER, "light", print_style


def compared() -> Iterator[tuple[str, dict[str, int], str, Callable[[Page], None]]]:
    """Return the pictures of two runs compared."""
    yield "diff", SCREEN, "light", nothing
    yield "diff-site", SCREEN, "light", changed
    yield "diff-dark", SCREEN, "dark", nothing
    yield "phone-diff", PHONE, "light", nothing
    yield "print-diff", PAPER, "light", print_style


def corrected(articles: list[geo.Article], folder: Path) -> list[dict[str, Any]]:
    """Return the records of a second run, with a name suppressed, one put elsewhere, one added."""
    path = folder / "fixes.csv"
    fixes = [
        geo.Fix(action="suppress", text="العمر"),
        geo.Fix(action="force", text="الشدادي", lat=35.6, lon=41.4),
        geo.Fix(action="add", text="حواجز إسمنتية", lat=35.51, lon=40.64, kind="landmark"),
    ]
    geo.write_fixes(fixes, path)
    return [to_record(parse) for parse in geo.parse(articles, fixes=path)]


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
    wanted = sys.argv[2:]
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
            if language == "ar" and not wanted:
                out = ROOT / "docs" / "map.png"
                take(browser, html, out, ("map", SCREEN, "light", nothing))
                print(out)
            if len(sys.argv) < 2:
                continue
            diff = Path(folder) / f"diff.{language}.html"
            after = corrected(articles, Path(folder))
            compare(records, after).map(language=language).save(diff)
            for path, pictures in ((html, states()), (diff, compared())):
                for state in pictures:
                    if wanted and state[0] not in wanted:
                        continue
                    out = Path(sys.argv[1]) / f"{state[0]}.{language}.png"
                    take(browser, path, out, state)
                    print(out)
        browser.close()


if __name__ == "__main__":
    main()
