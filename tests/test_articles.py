"""The sample articles, their gold, and what the parser makes of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyproj import Geod

import geo
from geo.model import KINDS

CHECKOUT = Path(__file__).resolve().parents[1]
FOLDER = CHECKOUT / "data" / "articles"
GOLD: dict[str, dict[str, list[dict[str, Any]]]] = json.loads(
    (CHECKOUT / "tests" / "data" / "articles_gold.json").read_text(encoding="utf-8")
)["articles"]
NAMES = sorted(GOLD)
WGS84 = Geod(ellps="WGS84")
MOST_WRONG = 0.05
MOST_FOOLED = 0.1
"""The share of toponyms that may be missed, and of sites that may be none."""


@pytest.fixture(scope="module")
def articles() -> dict[str, geo.Article]:
    return {Path(article.id).stem: article for article in geo.read_articles(FOLDER)}


@pytest.fixture(scope="module")
def parses(articles: dict[str, geo.Article]) -> dict[str, geo.Parse]:
    return {Path(parse.article.id).stem: parse for parse in geo.parse(articles.values())}


def _overlap(one: dict[str, Any], other: geo.Mention) -> bool:
    return one["start"] < other.end and other.start < one["end"]


def _hit(toponym: dict[str, Any], site: geo.Site) -> bool:
    """Tell whether a site is the toponym of the gold: the spans overlap, the place is near."""
    *_, metres = WGS84.inv(toponym["lon"], toponym["lat"], site.place.lon, site.place.lat)
    return _overlap(toponym, site.mention) and metres <= 1000 * toponym["tol_km"]


def test_every_article_has_its_gold(articles: dict[str, geo.Article]) -> None:
    assert sorted(articles) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_article_says_what_it_is(name: str, articles: dict[str, geo.Article]) -> None:
    article = articles[name]
    assert article.title
    assert article.source
    assert article.url
    assert article.date
    assert article.language in {"ar", "en"}
    assert 150 <= len(article.text.split()) <= 400


@pytest.mark.parametrize("name", NAMES)
def test_gold_spans_are_the_text_they_name(name: str, articles: dict[str, geo.Article]) -> None:
    text = articles[name].text
    for span in (span for spans in GOLD[name].values() for span in spans):
        assert text[span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize("name", NAMES)
def test_gold_toponyms_are_possible(name: str) -> None:
    for toponym in GOLD[name]["toponyms"]:
        assert toponym["kind"] in KINDS
        assert -90 <= toponym["lat"] <= 90
        assert -180 <= toponym["lon"] <= 180
        assert toponym["tol_km"] > 0
        assert toponym["use"] in {"literal", "associative"}


def test_the_articles_name_many_places_of_many_kinds() -> None:
    named = {(top["name"], top["kind"]) for gold in GOLD.values() for top in gold["toponyms"]}
    assert len(named) >= 50
    assert len({kind for _, kind in named}) >= 12


def test_few_look_alikes_become_literal_sites(parses: dict[str, geo.Parse]) -> None:
    traps = [(name, trap) for name in NAMES for trap in GOLD[name]["must_not"]]
    fooled = [
        (name, trap["text"], site.place.name)
        for name, trap in traps
        for site in parses[name].sites
        if site.use == "literal"
        and trap["start"] <= site.mention.start
        and site.mention.end <= trap["end"]
    ]
    assert len(fooled) <= MOST_FOOLED * len(traps), fooled


def test_nearly_every_toponym_is_found_where_it_is(parses: dict[str, geo.Parse]) -> None:
    found = {
        (name, toponym["start"], toponym["text"]): any(
            _hit(toponym, site) for site in parses[name].sites
        )
        for name in NAMES
        for toponym in GOLD[name]["toponyms"]
        if not toponym.get("in_relation")  # may be reported as the relation that it anchors
    }
    missed = [key for key, hit in found.items() if not hit]
    assert len(missed) <= MOST_WRONG * len(found), missed


def test_hardly_anything_else_becomes_a_site(parses: dict[str, geo.Parse]) -> None:
    matched = {
        (name, site.mention.start, site.mention.text): any(
            _overlap(span, site.mention)
            for key in ("toponyms", "coordinates", "relations")
            for span in GOLD[name][key]
        )
        for name in NAMES
        for site in parses[name].sites
        if site.use == "literal"
    }
    extra = [key for key, expected in matched.items() if not expected]
    assert len(extra) <= MOST_WRONG * len(matched), extra
