"""One Chromium for the session, and pages of it that no request may leave."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import invented
import pytest
from xstatic.pkg import leaflet

from geo.maps import SiteMap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import folium
    from playwright.sync_api import Browser, Page

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
]
LOCAL = ("file:", "data:", "blob:", "about:")
LEAFLET = Path(leaflet.BASE_DIR)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield found
        found.close()


class Opened:
    """A page with what it asked of the network and what it complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        page.route("**/*", self._route)

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _route(self, route: Any) -> None:
        if route.request.url.startswith(LOCAL):
            route.continue_()
        else:
            self.requests.append(route.request.url)
            route.abort()

    def settle(self) -> Page:
        self.page.wait_for_selector("html[data-ready]", timeout=20_000)
        return self.page


@pytest.fixture
def open_file(browser: Browser) -> Iterator[Callable[..., Opened]]:
    """Open an HTML file; afterwards hold that it asked nothing of the network and did not fail."""
    contexts, opened = [], []

    def opener(path: Path, *, width: int = 1280, height: int = 800, **context: Any) -> Opened:
        # A click on what still slides goes astray where the processor is busy.
        still = {"reduced_motion": "reduce", **context}
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **still))
        page = Opened(contexts[-1].new_page())
        opened.append(page)
        page.page.goto(path.as_uri())
        page.settle()
        return page

    yield opener
    for page in opened:
        assert page.requests == []
        assert page.complaints == []
    for context in contexts:
        context.close()


@pytest.fixture
def show(open_file: Callable[..., Opened], tmp_path: Path) -> Callable[..., Page]:
    """Draw records (both invented articles by default), open the page and return it."""

    def shower(
        records: list[invented.Record] | None = None,
        *,
        language: str | None = None,
        title: str | None = None,
        **context: Any,
    ) -> Page:
        path = tmp_path / "map.html"
        drawn = invented.records() if records is None else records
        SiteMap(drawn, language=language, title=title).save(path)
        return open_file(path, **context).page

    return shower


@pytest.fixture
def open_plain(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a map of Folium's own; what it loads from elsewhere is Leaflet from here, or nothing.

    Afterwards hold that the page did not fail.
    """
    opened: list[Opened] = []

    def fulfil(route: Any) -> None:
        name = route.request.url.rsplit("/", 1)[-1]
        if route.request.url.startswith(LOCAL):
            route.continue_()
        elif name in {"leaflet.js", "leaflet.css"}:
            route.fulfill(path=LEAFLET / name)
        else:
            route.fulfill(body="")

    def opener(plain: folium.Map, **context: Any) -> Page:
        path = tmp_path / "plain.html"
        plain.save(path)
        page = browser.new_context(**context).new_page()
        opened.append(Opened(page))
        page.unroute("**/*")
        page.route("**/*", fulfil)
        page.goto(path.as_uri())
        page.wait_for_selector(".leaflet-mawaqi-points-pane", state="attached")
        return page

    yield opener
    for page in opened:
        assert page.complaints == []
        page.page.context.close()
