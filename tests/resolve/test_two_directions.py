"""Two directions joined by "and" are the ground of both; a bank of a river is no place's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

import geo
from geo.lang.spatial import spatial_languages
from geo.model import Article, Mention, Place
from geo.recognize.relations import Relation, find_relations
from geo.resolve.footprints import Anchor, relation_footprint
from geo.resolve.footprints.earth import disk
from geo.resolve.footprints.relation import Footprint

if TYPE_CHECKING:
    from geo.model import Parse, Site

WGS84 = Geod(ellps="WGS84")


def parsed(text: str) -> Parse:
    return next(iter(geo.parse([Article(id="1", text=text)])))


def relation_of(text: str) -> Site:
    (site,) = [site for site in parsed(text).sites if site.source == "relation"]
    return site


def read(text: str, name: str) -> list[Relation]:
    start = text.index(name)
    mention = Mention(start=start, end=start + len(name), text=name)
    return [
        relation
        for words in spatial_languages()
        for relation in find_relations(text, [mention], words=words)
    ]


@pytest.mark.parametrize(
    ("text", "name", "bearings"),
    [
        ("Jets struck farms north and east of Homs.", "Homs", (0, 90)),
        ("Rain fell north-east of Homs.", "Homs", (45,)),
        ("Rain fell north and north-east of Homs.", "Homs", (0, 45)),
        ("The road was cut 20 km north and south of Homs.", "Homs", (0, 180)),
        ("Crops failed in the southern and western parts of Homs.", "Homs", (180, 270)),
        ("امتدت الحرائق شمال وشرق حمص.", "حمص", (0, 90)),
        ("امتدت الحرائق شمال شرق حمص.", "حمص", (45,)),
        ("امتدت الحرائق شمال شرق وجنوب غرب حمص.", "حمص", (45, 225)),
        ("امتدت الحرائق شرقي وجنوب شرقي حمص.", "حمص", (90, 135)),
    ],
)
def test_and_keeps_two_directions_apart(text: str, name: str, bearings: tuple[float, ...]) -> None:
    (relation,) = read(text, name)
    assert (relation.bearing_deg, *relation.also_deg) == bearings


@pytest.mark.parametrize(
    "text",
    [
        "Birds winter in North and South America.",
        "ينتشر الطائر في شمال وجنوب أمريكا.",
    ],
)
def test_two_names_that_share_a_word_are_no_directions(text: str) -> None:
    assert not [site for site in parsed(text).sites if site.source == "relation"]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Jets struck farms north and east of Homs.", (0, 90)),
        ("امتدت الحرائق جنوب وغرب حمص.", (180, 270)),
    ],
)
def test_one_site_holds_both_sides_and_says_so(text: str, sides: tuple[float, float]) -> None:
    site = relation_of(text)
    (anchor,) = site.anchors
    for bearing in (0, 90, 180, 270):
        lon, lat, _ = WGS84.fwd(anchor.lon, anchor.lat, bearing, 8000)
        assert site.footprint.covers(shapely.Point(lon, lat)) == (bearing in sides)
    assert "together with" in site.why[0]
    assert all(f"bearing {side}°" in site.why[0] for side in sides)


@settings(max_examples=50, deadline=None)
@given(
    lat=st.floats(-80, 80),
    lon=st.floats(-180, 180),
    bearings=st.lists(st.sampled_from(range(0, 360, 45)), min_size=2, max_size=3, unique=True),
    kind=st.sampled_from(["direction", "part", "quarter", "outskirts"]),
)
def test_the_shape_of_several_directions_holds_the_shape_of_each(
    lat: float, lon: float, bearings: list[int], kind: str
) -> None:
    place = Place(id="1", name="X", lat=lat, lon=lon)
    anchor = Anchor(place=place, footprint=disk(lat, lon, km=1))

    def drawn(first: int, *others: int) -> Footprint:
        mention = Mention(start=0, end=1, text="X")
        relation = Relation(
            mention=mention,
            kind=kind,
            anchors=(mention,),
            rule="",
            bearing_deg=first,
            also_deg=others,
        )
        footprint = relation_footprint(relation, {mention: anchor})
        assert isinstance(footprint, Footprint)
        return footprint

    whole = drawn(*bearings)
    assert whole.geometry.is_valid
    for bearing in bearings:
        assert drawn(bearing).geometry.difference(whole.geometry).area < 1e-9
    assert whole.geometry.covers(shapely.Point(whole.lon, whole.lat))


@pytest.mark.parametrize(
    ("text", "bank"),
    [
        ("انسحب المقاتلون إلى الضفة الغربية لنهر الفرات.", "الضفة الغربية لنهر الفرات"),
        ("The village stands on the West Bank of the Nile.", "the West Bank of the Nile"),
    ],
)
def test_the_west_bank_of_a_river_is_its_bank(text: str, bank: str) -> None:
    assert relation_of(text).mention.text.endswith(bank)
    assert "West Bank" not in {site.place.name for site in parsed(text).sites}


@pytest.mark.parametrize(
    "text",
    [
        "اقتحم الجيش بلدات في الضفة الغربية والقدس.",
        "Settlers live in the West Bank near the Jordan River.",
    ],
)
def test_the_west_bank_of_no_river_stays_the_place(text: str) -> None:
    assert "West Bank" in {site.place.name for site in parsed(text).sites}


def test_a_line_is_an_anchor_at_its_nearest_point() -> None:
    text = "Residents of Mayadin fled to the east bank of the Euphrates."
    (river,) = relation_of(text).anchors
    (course,) = [site for site in parsed(text).sites if site.place.kind == "river"]
    assert course.footprint.distance(shapely.Point(river.lon, river.lat)) < 1e-6
    (town,) = [site.place for site in parsed(text).sites if site.place.kind == "settlement"]
    assert WGS84.inv(river.lon, river.lat, town.lon, town.lat)[2] < 60_000


def test_a_word_for_two_units_is_a_distance_not_an_anchor() -> None:
    site = relation_of("أطلق الصاروخ من موقع على بعد ميلين شمال صور.")
    assert site.mention.text == "على بعد ميلين شمال صور"
    assert "3.219 km" in site.why[0]


@pytest.mark.parametrize(
    "text",
    [
        "The buses left from Homs for Hama.",
        "The damage was put at north of 20 houses in Aleppo.",
        "يتجدد القصف بين الحين والآخر في حلب.",
        "أكد الوسيط قرب انتهاء المحادثات في جنيف.",
        "He is between jobs and lives in Beirut.",
        "The clinics in Gaza open from Monday to Friday.",
        "بلغ عدد المصابين ما بين 10 و15 شخصا في درعا.",
    ],
)
def test_what_is_not_said_of_ground_draws_nothing(text: str) -> None:
    assert not [site for site in parsed(text).sites if site.source == "relation"]
