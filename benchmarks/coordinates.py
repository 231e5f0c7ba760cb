"""Score the coordinate finder on a file of cases, and measure what it costs on other text.

    python benchmarks/coordinates.py CASES.jsonl [ARTICLES.jsonl ...]

An item is right where every expected coordinate is found inside its tolerance, with an overlapping
span, and nothing else is. The cost is that of a bare search for digits, and of the whole finder,
over the articles' texts, in megabytes a second.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from pyproj import Geod

from geo.recognize.coordinates import Coordinate, find_coordinates

GEOD = Geod(ellps="WGS84")


def is_hit(found: Coordinate, expected: dict) -> bool:
    _, _, metres = GEOD.inv(found.lon, found.lat, expected["lon"], expected["lat"])
    end = expected["start"] + len(expected["surface"])
    overlaps = found.mention.start < end and expected["start"] < found.mention.end
    return overlaps and metres / 1000 <= expected["tol_km"]


def score(path: Path) -> None:
    right = exact = total = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        found = find_coordinates(item["text"])
        expected = item["expect"]
        is_right = len(found) == len(expected) and all(map(is_hit, found, expected))
        spans = [coordinate.mention.text for coordinate in found]
        is_exact = is_right and spans == [each["surface"] for each in expected]
        total, right, exact = total + 1, right + is_right, exact + is_exact
        if not is_exact:
            print("span " if is_right else "WRONG", item["id"], item["text"])
            print("     ", [(c.mention.text, c.lat, c.lon, c.notation) for c in found])
    print(f"{right}/{total} right ({right / total:.3f}), {exact} with the exact span")


def cost(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line).get("text", "") for line in lines]
    texts = [text for text in texts if not find_coordinates(text)]
    size = sum(len(text.encode()) for text in texts) / 1e6
    digits = re.compile(r"\d+")
    for name, function in (("digits", digits.findall), ("coordinates", find_coordinates)):
        start = time.perf_counter()
        for text in texts:
            function(text)
        print(f"{name}: {size / (time.perf_counter() - start):.0f} MB/s of {size:.1f} MB")


if __name__ == "__main__":
    score(Path(sys.argv[1]))
    for articles in sys.argv[2:]:
        cost(Path(articles))
