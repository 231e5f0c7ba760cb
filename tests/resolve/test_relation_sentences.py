"""Sentences as news writes them: each phrase is read as what it is, drawn, and explained."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from pyproj import Geod

import geo
from geo.lang.spatial import spatial_languages
from geo.model import Article, Mention
from geo.recognize.relations import find_relations

if TYPE_CHECKING:
    from geo.model import Parse, Site

WGS84 = Geod(ellps="WGS84")
SENTENCES = Path(__file__).parents[1] / "data" / "relation_sentences.jsonl"
CASES: list[dict[str, Any]] = [
    json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()
]
PHRASES = [case for case in CASES if case["phrase"]]
OTHERS = [case for case in CASES if not case["phrase"]]
LEAST = 0.9
"""The share that must pass from end to end; a name may be missed before its phrase is read."""


def anchors(case: dict[str, Any]) -> list[Mention]:
    text = case["text"]
    after = text.index(case["phrase"]) if case["phrase"] else 0
    starts = ((name, text.index(name, after)) for name in case["anchors"])
    found = [Mention(start=at, end=at + len(name), text=name) for name, at in starts]
    return sorted(found, key=lambda mention: mention.start)


@pytest.mark.parametrize("case", PHRASES, ids=lambda case: case["phrase"])
def test_a_phrase_is_read_as_what_it_is(case: dict[str, Any]) -> None:
    found = [
        relation
        for words in spatial_languages()
        for relation in find_relations(case["text"], anchors(case), words=words)
    ]
    (relation,) = [one for one in found if one.mention.text == case["phrase"]]
    assert relation.kind.replace("_", " ") == case["kind"]
    assert relation.bearing_deg == case["bearing"]
    if case["km"]:
        assert relation.distance_km == pytest.approx(case["km"], rel=0.01)


@pytest.mark.parametrize("case", OTHERS, ids=lambda case: case["text"])
def test_what_is_not_said_of_ground_is_not_drawn(case: dict[str, Any]) -> None:
    (parse,) = geo.parse([Article(id="1", text=case["text"])])
    assert not [site for site in parse.sites if site.source == "relation"]
    assert not [one for one in parse.unplaced if one.mention.text not in case["anchors"]]


@pytest.fixture(scope="module")
def parsed() -> list[tuple[dict[str, Any], Parse]]:
    articles = (Article(id=str(n), text=case["text"]) for n, case in enumerate(PHRASES))
    return list(zip(PHRASES, geo.parse(articles), strict=True))


def drawn(case: dict[str, Any], parse: Parse) -> Site | None:
    """Return the site of the phrase; a countryside may be a place of the gazetteer."""
    sites = (site for site in parse.sites if site.mention.text == case["phrase"])
    return next((site for site in sites if site.place.kind in {"region", "countryside"}), None)


def test_nearly_every_phrase_is_drawn(parsed: list[tuple[dict[str, Any], Parse]]) -> None:
    missed = [case["phrase"] for case, parse in parsed if drawn(case, parse) is None]
    assert len(missed) <= (1 - LEAST) * len(parsed), missed


def test_a_shape_lies_where_the_phrase_says(parsed: list[tuple[dict[str, Any], Parse]]) -> None:
    for case, parse in parsed:
        site = drawn(case, parse)
        if site is None or not case["km"] or case["bearing"] is None:
            continue
        (place,) = site.anchors
        metres = sum(case["km"]) * 500
        spots = [
            shapely.Point(WGS84.fwd(place.lon, place.lat, case["bearing"] + turn, metres)[:2])
            for turn in (0, 180)
        ]
        assert site.footprint.covers(spots[0]), case["phrase"]
        assert not site.footprint.covers(spots[1]), case["phrase"]


def test_why_names_the_rule_the_numbers_and_the_anchors(
    parsed: list[tuple[dict[str, Any], Parse]],
) -> None:
    for case, parse in parsed:
        site = drawn(case, parse)
        if site is None or site.source != "relation":
            continue
        said = " | ".join(site.why)
        assert f"rule: {case['kind']}" in said
        assert site.anchors
        for place in site.anchors:
            assert f"anchor: {place.name} " in said
        if case["km"]:
            assert f"{case['km'][1]:.4g}"[:3] in said
        if case["bearing"] is not None:
            assert "°" in said
