"""Which place a name means, by what stands round it and elsewhere in the article."""

from __future__ import annotations

import pytest

import geo
from geo.model import Article, Site


@pytest.fixture(scope="module")
def geoparser() -> geo.Geoparser:
    return geo.Geoparser()


def sites(geoparser: geo.Geoparser, text: str) -> dict[str, Site]:
    parsed = geoparser.parse(Article(id="1", text=text))
    return {site.mention.text: site for site in parsed.sites}


def test_the_name_right_after_a_comma_says_which_one(geoparser: geo.Geoparser) -> None:
    found = sites(geoparser, "The meeting was held in Paris, Texas, on Monday.")
    assert found["Paris"].place.country == "US"


def test_without_it_the_famous_one_is_meant(geoparser: geo.Geoparser) -> None:
    found = sites(geoparser, "The meeting was held in Paris on Monday.")
    assert found["Paris"].place.country == "FR"


def test_the_rest_of_the_article_says_which_one(geoparser: geo.Geoparser) -> None:
    alone = sites(geoparser, "انتقل المقاتلون إلى طرابلس أمس.")
    among = sites(
        geoparser, "قال مسؤولون في بيروت وصيدا وزحلة إن الطريق إلى طرابلس مقطوع، كما في بعلبك."
    )
    assert alone["طرابلس"].place.country == "LY"
    assert among["طرابلس"].place.country == "LB"


def test_a_head_noun_says_what_kind_is_meant(geoparser: geo.Geoparser) -> None:
    found = sites(geoparser, "وصلت القافلة إلى محافظة الحسكة، ثم إلى مدينة الرقة.")
    kinds = {name: site.place.kind for name, site in found.items()}
    assert kinds == {"محافظة الحسكة": "governorate", "الرقة": "settlement"}


def test_a_bare_name_is_the_town_and_not_the_governorate_round_it(
    geoparser: geo.Geoparser,
) -> None:
    found = sites(geoparser, "وصلت القافلة إلى إدلب، ثم إلى أنقرة.")
    assert {site.place.kind for site in found.values()} == {"settlement"}


def test_a_name_is_one_place_all_through_an_article(geoparser: geo.Geoparser) -> None:
    text = "They met in Springfield, Illinois. Later, Springfield was quiet."
    parsed = geoparser.parse(Article(id="1", text=text))
    places = {site.place.id for site in parsed.sites if site.mention.text == "Springfield"}
    assert len(places) == 1


def test_confidence_is_shared_among_the_candidates(geoparser: geo.Geoparser) -> None:
    [site] = sites(geoparser, "The meeting was held in Springfield.").values()
    shares = [site.confidence, *(other.confidence for other in site.alternatives)]
    assert sum(shares) < 1
    assert shares == sorted(shares, reverse=True)
    assert len(site.alternatives) >= 3


def test_what_decided_is_told(geoparser: geo.Geoparser) -> None:
    found = sites(geoparser, "The meeting was held in Paris, Texas, on Monday.")
    assert any("governorate" in reason for reason in found["Paris"].why)
