"""The whole parse: offsets, blocks, the founding article."""

from __future__ import annotations

import gc
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

import geo
from geo.model import AREA_KINDS, Article

EARTH = Geod(ellps="WGS84")
KINDS_DRAWN = {
    "area": {"countryside", "region"},
    "facility": {"oil_field", "gas_plant", "military_base"},
    "country": {"country"},
    "admin": {"governorate"},
}
PIECES = st.sampled_from(
    [
        "دير الزور",
        "وبحلب",
        "للرقة",
        "ريف",
        "قاعدتي",
        "«العمر»",
        "Raqqa's",
        "the Conoco field",
        "20 كم شمال",
        "35.3, 40.1",
        "\ud800",
        "\x00",
        "،",
        ". ",
        "\n\n",
        "e\N{COMBINING ACUTE ACCENT}",
    ]
)


@pytest.fixture(scope="module")
def geoparser() -> geo.Geoparser:
    return geo.Geoparser()


@settings(max_examples=60)
@given(text=st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=12).map(" ".join))
def test_every_mention_is_the_text_at_its_offsets(geoparser: geo.Geoparser, text: str) -> None:
    parsed = geoparser.parse(Article(id="1", text=text))
    for found in (*parsed.sites, *parsed.unplaced, *parsed.rejected):
        mention = found.mention
        assert text[mention.start : mention.end] == mention.text
        assert mention.text
    for site in parsed.sites:
        assert 0 <= site.confidence <= 1
        assert site.footprint.is_valid
        assert not site.footprint.is_empty


def test_articles_parsed_together_and_alone_come_out_the_same(geoparser: geo.Geoparser) -> None:
    articles = list(geo.read_articles(str(Path(__file__).parents[1] / "data" / "articles")))
    together = list(geoparser.parse_many(articles))
    assert together == [geoparser.parse(article) for article in articles]


@pytest.mark.parametrize("searching", [True, False])
def test_parsing_leaves_the_search_for_garbage_as_it_was(
    searching: bool,  # noqa: FBT001
) -> None:
    def failing(_: str) -> list[tuple[int, int]]:
        assert not gc.isenabled()
        raise ZeroDivisionError

    before = gc.isenabled()
    try:
        (gc.enable if searching else gc.disable)()
        with pytest.raises(ZeroDivisionError):
            geo.Geoparser(detector=failing).parse(Article(id="1", text="حلب"))
        assert gc.isenabled() is searching
    finally:
        (gc.enable if before else gc.disable)()


def test_the_towns_at_the_ends_of_a_road_are_ground(geoparser: geo.Geoparser) -> None:
    text = "Traffic was halted on the Damascus-Daraa highway, near the Turkish border and in Homs."
    found = {site.mention.text: site for site in geoparser.parse(Article(id="1", text=text)).sites}
    assert {"on the Damascus-Daraa highway", "Damascus", "Daraa", "Turkish"} <= set(found)
    assert {found[name].use for name in ("Damascus", "Daraa")} == {"literal"}
    assert found["Turkish"].use == "associative"


def test_the_focus_decides_between_namesakes() -> None:
    text = "An explosion shook Tripoli on Friday."
    for country in ("LB", "LY"):
        [site] = geo.Geoparser(focus=[country]).parse(Article(id="1", text=text)).sites
        assert site.place.country == country


def test_a_site_at_an_unverified_point_says_so_last(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(
        "name,lat,lon,radius_km,verified\n"
        "Qalat Bazzu,35.5,38.25,7.5,false\n"
        "Tal Bazzu,35.6,38.3,2,\n",
        "utf-8",
    )
    text = "They reached Qalat Bazzu, then the town of Tal Bazzu."
    first, second = geo.Geoparser(gazetteer=[table]).parse(Article(id="1", text=text)).sites
    assert first.why[-1] == "the point is unverified: within 7.5 km"
    assert not any("unverified" in reason for reason in second.why)


def test_a_user_table_adds_places(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(
        "name,name_ar,kind,lat,lon\nQalat Bazzu,قلعة بزّو,landmark,35.5,38.25\n", "utf-8"
    )
    parser = geo.Geoparser(gazetteer=[table])
    [site] = parser.parse(Article(id="1", text="وصل الباحثون إلى قلعة بزو أمس.")).sites
    assert (site.place.lat, site.place.lon) == (35.5, 38.25)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Queues at the Qaim crossing reached Albu Kamal on the Syrian side.", "Syrian"),
        ("أصاب قصف روسي مدينة خيرسون ليلا.", "روسي"),
    ],
)
def test_a_people_is_no_ground_though_a_place_bears_its_name(text: str, people: str) -> None:
    start = text.index(people)
    geoparser = geo.Geoparser(detector=lambda _: [(start, start + len(people))])
    [site] = geoparser.parse(Article(id="1", text=text)).sites
    assert (site.place.kind, site.use) == ("country", "associative")


def test_the_founding_article_is_read_whole(geoparser: geo.Geoparser, shared: Path) -> None:
    text = (shared / "seed" / "article.ar.txt").read_text(encoding="utf-8")
    gold = json.loads((shared / "seed" / "article.ar.gold.json").read_text(encoding="utf-8"))
    parsed = geoparser.parse(Article(id="founding", text=text))
    found = {(site.mention.start, site.mention.end): site for site in parsed.sites}
    for toponym in gold["toponyms"]:
        site = found[toponym["start"], toponym["end"]]
        *_, metres = EARTH.inv(site.place.lon, site.place.lat, toponym["lon"], toponym["lat"])
        assert metres / 1000 <= toponym["tol_km"], toponym
        assert site.use == toponym["use"], toponym
        assert site.place.kind in KINDS_DRAWN[toponym["kind"]], toponym
        drawn_as_area = site.footprint.geom_type in {"Polygon", "MultiPolygon"}
        assert drawn_as_area == (site.place.kind in AREA_KINDS)
    surfaces = {site.mention.text for site in parsed.sites}
    assert surfaces.isdisjoint(gold["must_not"])
    assert len(parsed.sites) == len(gold["toponyms"])
