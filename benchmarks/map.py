"""Build and open maps of many sites: ``python benchmarks/map.py [SITES...]`` (50 5000 50000).

For each size: seconds to build, megabytes, seconds until the page is ready, and milliseconds until
the page answers a layer that is hidden. Beside it stock Folium (a marker with a popup each) on the
same sites, for sizes it can manage.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from playwright.sync_api import sync_playwright

from geo.maps import SiteMap

if TYPE_CHECKING:
    from playwright.sync_api import Browser

A_ARTICLE = 20
MOST_STOCK = 5000
KINDS = ["settlement"] * 8 + ["oil_field", "military_base", "camp", "border_crossing", "dam"]
ANSWER = """() => new Promise((done) => {
  const start = performance.now();
  document.querySelector("[data-layer=camp]").click();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""


def site(number: int, start: int, name: str, chance: random.Random) -> dict[str, Any]:
    lat, lon = round(30 + number * 7919 % 8000 / 1000, 5), round(34 + number % 14000 / 1000, 5)
    return {
        "start": start,
        "end": start + len(name),
        "text": name,
        "place_id": f"b:{number}",
        "name": f"Place {number}",
        "name_ar": name,
        "kind": KINDS[number % len(KINDS)],
        "lat": lat,
        "lon": lon,
        "radius_km": 2.0,
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "confidence": round(chance.random(), 3),
        "why": ["the only place of this name", "named beside its governorate"],
    }


def records(sites: int) -> list[dict[str, Any]]:
    """Return invented articles that name ``sites`` sites, each place about three times."""
    chance, found = random.Random(1), []
    for index in range(max(1, sites // A_ARTICLE)):
        text, named = "", []
        for _ in range(min(A_ARTICLE, sites)):
            number = chance.randrange(max(1, sites // 3))
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
    plain = folium.Map((34, 40), zoom_start=6)
    for record in drawn:
        for one in record["sites"]:
            folium.Marker((one["lat"], one["lon"]), popup=folium.Popup(one["name"])).add_to(plain)
    plain.save(path)


def built(make: Any, path: Path) -> str:
    start = time.perf_counter()
    make()
    return f"build {time.perf_counter() - start:6.2f} s  {path.stat().st_size / 1e6:6.2f} MB"


def opened(browser: Browser, path: Path) -> str:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    start = time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=120_000)
    load = time.perf_counter() - start
    page.wait_for_timeout(1500)
    answer = page.evaluate(ANSWER)
    page.close()
    return f"load {load:5.2f} s  filter {answer:4.0f} ms"


def main() -> None:
    sizes = [int(text) for text in sys.argv[1:]] or [50, 5000, 50_000]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        path = Path(folder) / "map.html"
        for size in sizes:
            drawn = records(size)
            made = built(lambda drawn=drawn: SiteMap(drawn).save(path), path)
            print(f"{size:6} mawaqi  {made}  {opened(browser, path)}", flush=True)
            if size <= MOST_STOCK:
                print(f"{size:6} folium  {built(lambda drawn=drawn: stock(drawn, path), path)}")
        browser.close()


if __name__ == "__main__":
    main()
