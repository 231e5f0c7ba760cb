"""A facility without a row is drawn at its namesake town, with the doubt that deserves."""

from __future__ import annotations

import pytest

import geo
from geo.model import KINDS, Article, Place
from geo.resolve.standin import stand_in

TOWN = Place(id="t", name="Town", lat=35.0, lon=40.0, radius_km=2.0)


def bits(*kinds: str) -> int:
    return sum(1 << KINDS.index(kind) for kind in kinds)


@pytest.mark.parametrize("kind", ["dam", "airport", "landmark"])
def test_what_is_named_after_a_town_stands_in_there_with_a_radius(kind: str) -> None:
    drawn = stand_in(TOWN, bits(kind))
    assert drawn is not None
    assert drawn.radius_km > TOWN.radius_km
    assert not drawn.verified


def test_a_town_under_its_own_head_noun_is_itself() -> None:
    assert stand_in(TOWN, bits("settlement")) is None
    assert stand_in(TOWN, 0) is None


def test_the_site_says_that_only_the_town_is_known() -> None:
    text = "وصل الوفد إلى سد معدان عتيق قادما من الرقة"
    [site, _] = geo.Geoparser().parse(Article(id="1", text=text)).sites
    assert site.mention.text.startswith("سد")
    assert "only the town" in site.why[0]
    assert not site.place.verified
