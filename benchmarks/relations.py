"""Score the footprints of spatial relations against cases with points inside and outside.

    python benchmarks/relations.py ../shared/cases/relations_dev.jsonl

A case passes when one relation overlaps its surface and its footprint holds every inside point
and no outside point; a case of relation "none" passes when nothing is built. Anchors stand where
the case says; their kinds and areas come from the shipped gazetteer. The cost of looking through
text with a place in every sentence and no spatial phrase is printed beside it, as the ratio by
which a parser of 5 MB a second becomes slower.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from time import process_time
from typing import Any

import pyarrow.parquet as pq
import shapely

from geo.lang.arabic.spatial import SPATIAL as ARABIC
from geo.lang.english.spatial import SPATIAL as ENGLISH
from geo.model import Mention, Place
from geo.recognize.relations import find_relations
from geo.resolve.footprints import Anchor, Undrawn, relation_footprint

GAZETTEER = Path(__file__).parents[1] / "data" / "gazetteer"
PARSER = 5_000_000
"""Bytes a second, the budget of parsing."""

WORDS = {"ar": ARABIC, "en": ENGLISH}


def rows(name: str) -> dict[str, dict[str, str]]:
    with (GAZETTEER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


class Gazetteer:
    """Just enough of the gazetteer: curated rows, governorates, countries and their shapes."""

    def __init__(self) -> None:
        self.sites, self.admin1, self.countries = rows("sites"), rows("admin1"), rows("countries")
        table = pq.read_table(GAZETTEER / "shapes.parquet")
        self.shapes = dict(
            zip(table["id"].to_pylist(), shapely.from_wkb(table["wkb"].to_numpy()), strict=True)
        )

    def governorate(self, row: dict[str, str]) -> Any:
        """Return the area named "countryside of" the place, else the one of the same name."""
        near = [one for one in self.admin1.values() if one["country"] == row["country"]]
        for wanted in ({f"ريف {row['name_ar']}", f"Rural {row['name']}"}, {row["name"]}):
            for one in near:
                if wanted & {one["name"], one["name_ar"], *one["aliases"].split("|")}:
                    return self.shapes.get(one["id"])
        return None

    def anchor(self, point: dict[str, Any]) -> Anchor:
        ref = point["ref"]
        row = self.countries[ref[1:]] if ref.startswith("#") else self.sites.get(ref, {})
        place = Place(
            id=row.get("id", ref),
            name=row.get("name", point["name"]),
            lat=point["lat"],
            lon=point["lon"],
            kind=row.get("kind", "settlement"),
            radius_km=float(row.get("radius_km") or 3),
        )
        spot = shapely.Point(place.lon, place.lat)
        seat = place.kind == "settlement" and bool(row)
        return Anchor(
            place=place,
            footprint=self.shapes.get(place.id, spot),
            parent=self.shapes.get(row.get("country", "")),
            governorate=self.governorate(row) if seat else None,
        )


def located(case: dict[str, Any], gazetteer: Gazetteer) -> dict[Mention, Anchor]:
    anchors = {}
    for name, point in zip(case["anchors"], case["anchor_points"], strict=True):
        start = case["text"].index(name)
        mention = Mention(start=start, end=start + len(name), text=name)
        anchors[mention] = gazetteer.anchor(point)
    return anchors


def verdict(case: dict[str, Any], gazetteer: Gazetteer) -> str:
    """Return "" for a pass, else what went wrong."""
    anchors = located(case, gazetteer)
    mentions = sorted(anchors, key=lambda mention: mention.start)
    relations = find_relations(case["text"], mentions, words=WORDS[case["lang"]])
    if case["relation"] == "none":
        return f"built {relations[0].mention.text!r}" if relations else ""
    end = case["start"] + len(case["surface"])
    hits = [r for r in relations if r.mention.start < end and case["start"] < r.mention.end]
    if not hits:
        return "no relation found"
    footprint = relation_footprint(hits[0], anchors)
    if isinstance(footprint, Undrawn):
        return f"{hits[0].kind} not drawn: {footprint.reason}"
    shape = footprint.geometry
    out = [p for p in case["inside"] if not shape.covers(shapely.Point(p[1], p[0]))]
    into = [p for p in case["outside"] if shape.covers(shapely.Point(p[1], p[0]))]
    return (
        f"{hits[0].kind}: misses {out}, takes in {into} ({footprint.why[0]})" if out or into else ""
    )


def slowdown() -> float:
    """Return how many times slower parsing 5 MB a second becomes on text without phrases."""
    sentence = "وأعلنت اللجنة أمس أن المدارس في مدينة حلب تستقبل التلاميذ الجدد هذا الأسبوع كله. "
    text, name = sentence * 2000, "حلب"
    starts = [i * len(sentence) + sentence.index(name) for i in range(2000)]
    anchors = [Mention(start=start, end=start + len(name), text=name) for start in starts]
    find_relations(text, anchors, words=ARABIC)
    start = process_time()
    for _ in range(10):
        assert not find_relations(text, anchors, words=ARABIC)
    seconds = (process_time() - start) / 10
    return 1 + seconds * PARSER / len(text.encode())


def main(path: Path) -> None:
    gazetteer = Gazetteer()
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    verdicts = [(case, verdict(case, gazetteer)) for case in cases]
    for case, wrong in verdicts:
        if wrong:
            print(f"{case['id']} {case['surface']!r}: {wrong}")
    passed = sum(not wrong for _, wrong in verdicts)
    print(f"{passed} of {len(cases)} pass: {passed / len(cases):.3f}")
    print(f"text without phrases: {slowdown():.3f} times as slow")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
