"""A geoparser that knows six names, so that the rooms above it are tested on their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shapely.geometry import Point, box

from geo.model import Article, Candidate, Mention, Parse, Place, Rejection, Site, Unplaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIELD = Place(
    id="t:field",
    name="Jafra oil field",
    name_ar="حقل الجفرة",
    lat=35.2,
    lon=40.3,
    kind="oil_field",
    country="SY",
    admin1="SY-DY",
    radius_km=3.0,
    source="invented",
)
TOWN = Place(id="t:town", name="Sabha", lat=35.1234567, lon=40.5, country="SY", population=9000)
OTHER_TOWN = Place(id="t:other", name="Sabha", lat=27.0, lon=14.4, country="LY", population=90000)
COUNTRY = Place(
    id="SY", name="Syria", name_ar="سوريا", lat=35.0, lon=38.5, kind="country", country="SY"
)
SOUTHERN = Place(id="t:south", name="=South, Cape", lat=-34.0, lon=-58.0, kind="landmark")

_SITES = {
    "حقل الجفرة": (FIELD, Point(40.3, 35.2), "literal", ()),
    "Sabha": (
        TOWN,
        Point(40.5, 35.1234567),
        "literal",
        (Candidate(place=OTHER_TOWN, confidence=0.2),),
    ),
    "سوريا": (COUNTRY, box(35.7, 32.3, 42.4, 37.3), "literal", ()),
    "Syria": (COUNTRY, box(35.7, 32.3, 42.4, 37.3), "associative", ()),
    "=South Cape": (SOUTHERN, Point(-58.0, -34.0), "literal", ()),
}
_UNPLACED = "Nowhere"
_REJECTED = "صحيفة الفرات"
_ANY = re.compile("|".join(map(re.escape, [*_SITES, _UNPLACED, _REJECTED])))


class FakeGeoparser:
    """Reads every article for `_SITES`, one name that has no place and one that is a newspaper."""

    def __init__(self, **options: object) -> None:
        self.options = options

    def parse(self, article: Article) -> Parse:
        found = [
            Mention(start=match.start(), end=match.end(), text=match[0])
            for match in _ANY.finditer(article.text)
        ]
        return Parse(
            article=article,
            sites=tuple(_site(mention) for mention in found if mention.text in _SITES),
            unplaced=tuple(
                Unplaced(mention=mention, reason="not in the gazetteer")
                for mention in found
                if mention.text == _UNPLACED
            ),
            rejected=tuple(
                Rejection(mention=mention, reason="the name of a newspaper")
                for mention in found
                if mention.text == _REJECTED
            ),
        )

    def parse_many(self, articles: Iterable[Article]) -> Iterator[Parse]:
        return map(self.parse, articles)


def _site(mention: Mention) -> Site:
    place, footprint, use, alternatives = _SITES[mention.text]
    return Site(
        mention=mention,
        place=place,
        footprint=footprint,
        confidence=0.812345,
        use=use,
        why=("the only place of this name", "in the country of the others"),
        alternatives=alternatives,
    )


ARABIC = Article(
    id="arabic",
    text="نقلت صحيفة الفرات أن حريقاً اندلع في حقل الجفرة شرقي سوريا أمس.",
    title="حريق في الحقل",
    date="2025-05-04",
    source="وكالة الضفاف",
    language="ar",
)
ENGLISH = Article(
    id="english", text="Talks on Syria were held in Sabha, near Nowhere.", language="en"
)
EMPTY = Article(id="empty", text="Prices fell again this week.", language="en")


def parses() -> list[Parse]:
    return list(FakeGeoparser().parse_many([ARABIC, ENGLISH, EMPTY]))
