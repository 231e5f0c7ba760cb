"""Build and open maps of many sites: ``python benchmarks/map.py [SITES...] [--stock]``.

For each size (50, 5000 and 50000 unless said): seconds to build, megabytes, seconds until the page
is ready, and the memory of the tab, both the share of its process that is its own (PSS, of Linux)
and the heap of its scripts; then the milliseconds until the page has painted its answer to the
first zoom, and to each kind of filter. Each is the best of three, since the machine may have other
work. Beside it stock Folium, a marker with a popup each, once on the same sites; past 5,000 sites
only with ``--stock``, since it takes minutes.

The articles and places are invented: a dozen kinds of points, named about three times each, one
mention in twelve an area, one in five with two runners-up.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from importlib import import_module
from math import cos, inf, nan, pi, sin
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from playwright.sync_api import sync_playwright

from geo.maps import SiteMap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Browser, CDPSession, Route

A_ARTICLE = 20
MOST_STOCK = 5000
PATIENCE = 300_000
ROUNDS = 3
KINDS = ["settlement"] * 8 + ["oil_field", "military_base", "camp", "border_crossing", "dam"]
READY = "document.documentElement.dataset.ready"
SEARCHED = "الطريق"

# What a reader does, and the frame after it.
PAINTED = """async (act) => {
  const start = performance.now();
  await eval(act);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""
SLIDE = (
    "(() => {{ const input = document.querySelector('{0}'); input.value = {1};"
    " input.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()"
)
ACTS = {
    "zoom": "map_sites.setZoom(map_sites.getZoom() + 1, { animate: false })",
    "largest kind off": "document.querySelector('[data-layer=settlement]').click()",
    "and on": "document.querySelector('[data-layer=settlement]').click()",
    "small kind off": "document.querySelector('[data-layer=camp]').click()",
    "source off": "document.querySelector('.chips-source .chip').click()",
    "confidence": SLIDE.format("#least", "50"),
    "days": SLIDE.format(".thumb.to_day", "20"),
    "search, first": SLIDE.format("#search", f"'{SEARCHED[:3]}'"),
    "search": SLIDE.format("#search", f"'{SEARCHED}'"),
}


def ring(lat: float, lon: float, size: float) -> dict[str, Any]:
    turns = [2 * pi * step / 60 for step in range(61)]
    points = [[round(lon + size * cos(t), 5), round(lat + size * sin(t), 5)] for t in turns]
    return {"type": "Polygon", "coordinates": [points]}


def site(number: int, start: int, name: str, chance: random.Random) -> dict[str, Any]:
    lat, lon = round(30 + number * 7919 % 8000 / 1000, 5), round(34 + number % 14000 / 1000, 5)
    is_area = number % 12 == 0
    other = {"name": f"Other {number}", "country": "IQ", "lat": lat - 1, "lon": lon + 1}
    return {
        "start": start,
        "end": start + len(name),
        "text": name,
        "place_id": f"b:{number}",
        "name": f"Place {number}",
        "name_ar": name,
        "country": "SY",
        "admin1": f"SY-{number % 14}",
        "kind": "countryside" if is_area else KINDS[number % len(KINDS)],
        "lat": lat,
        "lon": lon,
        "radius_km": 20.0 if is_area else 2.0,
        "geometry": ring(lat, lon, 0.2)
        if is_area
        else {"type": "Point", "coordinates": [lon, lat]},
        "confidence": round(chance.random(), 3),
        "source": "relation" if is_area else "gazetteer",
        "place_source": "GeoNames",
        "why": ["the only place of this name", "named beside its governorate"],
        "alternatives": [{**other, "confidence": c} for c in (0.2, 0.1)] if number % 5 == 0 else [],
    }


def records(sites: int) -> list[dict[str, Any]]:
    """Return invented articles that name ``sites`` sites, each place about three times."""
    chance, found = random.Random(1), []
    areas = max(1, sites // 400)
    stride = sites // 3 // areas // 12 * 12
    for index, first in enumerate(range(0, sites, A_ARTICLE)):
        text, named = "", []
        for _ in range(min(A_ARTICLE, sites - first)):
            number = chance.randrange(max(1, sites // 3))
            # Areas are fewer than points, and named more often.
            number = number % areas * stride if number % 12 == 0 else number
            text += f"وقالت مصادر إن قافلة تحركت في الطريق نحو {chance.randrange(9999)} "
            name = f"موقع {number}"
            named.append(site(number, len(text), name, chance))
            text += f"{name}. "
        date = f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        head = {
            "id": str(index),
            "title": f"خبر {index}",
            "date": date,
            "source": "ABCDE"[index % 5],
        }
        found.append({**head, "language": "ar", "text": text, "sites": named})
    return found


def stock(drawn: list[dict[str, Any]], path: Path) -> None:
    plain = folium.Map((34, 40), zoom_start=6, tiles=None)
    for record in drawn:
        for one in record["sites"]:
            folium.Marker((one["lat"], one["lon"]), popup=folium.Popup(one["name"])).add_to(plain)
    plain.save(path)


def built(make: Callable[[], None], path: Path, *, rounds: int = ROUNDS) -> str:
    best = inf
    for _ in range(rounds):
        start = time.perf_counter()
        make()
        best = min(best, time.perf_counter() - start)
    return f"build {best:7.2f} s  {path.stat().st_size / 1e6:6.2f} MB"


def local(route: Route) -> None:
    """Serve stock Folium's Leaflet from here, and the one thing its popups want of jQuery."""
    url = route.request.url
    if url.startswith("file:"):
        route.continue_()
    elif url.endswith("leaflet.js"):
        route.fulfill(path=Path(str(import_module("xstatic.pkg.leaflet").BASE_DIR)) / "leaflet.js")
    elif "jquery" in url:
        wrap = "(html) => [new DOMParser().parseFromString(html, 'text/html').body.firstChild]"
        route.fulfill(body=f"window.$ = {wrap};", content_type="text/javascript")
    else:
        route.abort()


def process_memory(browser: Browser) -> float:
    """Return the megabytes of the process of the tab, the largest that draws a page."""
    found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    drawing = (int(process["id"]) for process in found if process["type"] == "renderer")
    return max(_shared_out(process) for process in drawing)


def _shared_out(process: int) -> float:
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    except OSError:
        return nan
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")) / 1e3


def memory(browser: Browser, session: CDPSession) -> str:
    session.send("HeapProfiler.collectGarbage")
    found = session.send("Performance.getMetrics")["metrics"]
    metrics = {metric["name"]: metric["value"] for metric in found}
    heap, nodes = metrics["JSHeapUsedSize"] / 1e6, metrics["Nodes"]
    return f"tab {process_memory(browser):4.0f} MB  heap {heap:4.0f} MB  {nodes:6.0f} nodes"


def opened(
    browser: Browser, path: Path, ready: str, *, rounds: int = ROUNDS, acts: Mapping[str, str]
) -> str:
    """Open a page and act on it so many times; return the best of each figure."""
    load, held, best = inf, "", dict.fromkeys(acts, inf)
    for _ in range(rounds):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.route("**/*", local)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        start = time.perf_counter()
        page.goto(path.as_uri(), timeout=PATIENCE)
        page.wait_for_function(ready, timeout=PATIENCE)
        load = min(load, time.perf_counter() - start)
        held = memory(browser, session)
        page.wait_for_timeout(1000)
        for fold in page.query_selector_all("details.sources"):
            fold.evaluate("fold => { fold.open = true; }")
        for name, act in acts.items():
            best[name] = min(best[name], page.evaluate(PAINTED, act))
            page.wait_for_timeout(300)
        page.close()
    answers = ", ".join(f"{name} {time:.0f}" for name, time in best.items())
    return f"load {load:6.2f} s  {held}" + (f"\n        ms: {answers}" if acts else "")


def main() -> None:
    sizes = [int(text) for text in sys.argv[1:] if text.isdigit()] or [50, 5000, 50_000]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        path = Path(folder) / "map.html"
        for size in sizes:
            drawn = records(size)
            made = built(lambda drawn=drawn: SiteMap(drawn).save(path), path)
            shown = opened(browser, path, READY, acts=ACTS)
            print(f"{size:6} mawaqi  {made}  {shown}", flush=True)
            if size > MOST_STOCK and "--stock" not in sys.argv:
                continue
            made = built(lambda drawn=drawn: stock(drawn, path), path, rounds=1)
            ready = f"document.querySelectorAll('.leaflet-marker-icon').length >= {size}"
            print(f"{size:6} folium  {made}  {opened(browser, path, ready, rounds=1, acts={})}")
        browser.close()


if __name__ == "__main__":
    main()
