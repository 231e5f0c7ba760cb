"""Coordinates and relations become sites that say what they are, and only where they are meant."""

from __future__ import annotations

import re
from time import process_time

import pytest
import shapely
from pyproj import Geod

from geo.gazetteer import Gazetteer
from geo.model import Mention, Site, Unplaced
from geo.resolve.spatial import coordinate_sites, relation_sites

WGS84 = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def sited(
    marked: str, gazetteer: Gazetteer, *, associative: tuple[str, ...] = ()
) -> tuple[str, list[Site]]:
    """Return the text of "near [Raqqa=raqqa]" and the sites in brackets, written as name=id."""
    text, sites = "", []
    for part in re.split(r"(\[[^\]]+\])", marked):
        if not part.startswith("["):
            text += part
            continue
        name, identity = part.strip("[]").split("=")
        row = gazetteer.id_row(identity)
        assert row >= 0, identity
        sites.append(
            Site(
                mention=Mention(start=len(text), end=len(text) + len(name), text=name),
                place=gazetteer.place(row),
                footprint=gazetteer.footprint(row),
                confidence=0.8,
                use="associative" if identity in associative else "literal",
            )
        )
        text += name
    return text, sites


def related(marked: str, gazetteer: Gazetteer, **options: tuple[str, ...]) -> list[Site]:
    text, sites = sited(marked, gazetteer, **options)
    found, _ = relation_sites(text, sites, gazetteer)
    for site in found:
        assert text[site.mention.start : site.mention.end] == site.mention.text
        assert site.footprint.is_valid
        assert site.footprint.covers(shapely.Point(site.place.lon, site.place.lat))
        assert site.source == "relation"
        assert not site.place.verified
    return found


def located(marked: str, gazetteer: Gazetteer, **options: tuple[str, ...]) -> list[Site]:
    text, sites = sited(marked, gazetteer, **options)
    return coordinate_sites(text, sites)


def test_a_relation_names_its_numbers_its_rule_and_its_anchors(gazetteer: Gazetteer) -> None:
    (site,) = related("A well burned 20 km north-east of [Raqqa=raqqa].", gazetteer)
    assert site.mention.text == "20 km north-east of Raqqa"
    assert [place.id for place in site.anchors] == ["raqqa"]
    said = " ".join(site.why)
    for part in ("20 km", "16 to 24 km", "45° ± 22.5°", "rule: distance direction", "anchor: "):
        assert part in said
    assert site.place.country == "SY"
    assert site.confidence < 0.8
    azimuth, _, metres = WGS84.inv(
        site.anchors[0].lon, site.anchors[0].lat, site.place.lon, site.place.lat
    )
    assert metres == pytest.approx(20_000, rel=0.01)
    assert azimuth == pytest.approx(45, abs=0.5)


def test_a_place_of_the_gazetteer_wins_over_a_phrase(gazetteer: Gazetteer) -> None:
    assert related("Calm in [the Raqqa countryside=rif-raqqa].", gazetteer) == []


def test_a_countryside_with_an_article_before_it_is_the_same(gazetteer: Gazetteer) -> None:
    assert related("Calm in the [Raqqa countryside=rif-raqqa].", gazetteer) == []
    assert related("Calm in the eastern [Raqqa countryside=rif-raqqa].", gazetteer)


def undrawn(marked: str, gazetteer: Gazetteer, missing: str = "") -> list[tuple[str, str]]:
    text, sites = sited(marked, gazetteer)
    start = text.index(missing)
    mention = Mention(start=start, end=start + len(missing), text=missing)
    lost = [Unplaced(mention=mention, reason="")] if missing else []
    found = relation_sites(text, sites, gazetteer, unplaced=lost)[1]
    return [(one.mention.text, one.reason) for one in found]


def test_a_relation_that_cannot_be_drawn_says_why(gazetteer: Gazetteer) -> None:
    assert undrawn("A camp near [Turkey=TR].", gazetteer) == [
        ("near Turkey", "near a whole country, Türkiye: on which side is not said")
    ]
    ((phrase, reason),) = undrawn("Snow fell along the border with [Iraq=IQ].", gazetteer)
    assert phrase == "along the border with Iraq"
    assert "nothing says which part is meant" in reason
    assert undrawn("Shots 5 km north of Erewhon.", gazetteer, "Erewhon") == [
        ("5 km north of Erewhon", "its anchor, Erewhon, could not be placed")
    ]


def test_equal_phrases_are_drawn_once(gazetteer: Gazetteer) -> None:
    first, second = related(
        "North of [Raqqa=raqqa] all was calm. Later, north of [Raqqa=raqqa], a mine blew up.",
        gazetteer,
    )
    assert first.footprint is second.footprint


@pytest.mark.parametrize(
    "phrase",
    ["near [Turkey=TR]", "A bridge between [Syria=SY] and [Iraq=IQ]", "in central [Iraq=IQ]"],
)
def test_what_stands_for_a_government_is_no_ground(phrase: str, gazetteer: Gazetteer) -> None:
    assert related(phrase, gazetteer, associative=("TR", "SY", "IQ")) == []


def test_a_side_of_a_country_is_ground_whatever_it_was_taken_for(gazetteer: Gazetteer) -> None:
    assert related("in northern [Iraq=IQ]", gazetteer, associative=("IQ",))


def test_an_open_border_is_the_one_with_the_country_of_the_article(gazetteer: Gazetteer) -> None:
    (site,) = related(
        "Patrols left [Deir ez-Zor=deir-ez-zor]. They drove along the border with [Iraq=IQ].",
        gazetteer,
    )
    assert "border of Iraq with Syria" in site.why[0]
    assert site.footprint.covers(shapely.Point(41.2, 34.75))  # where Syria, not Iran, begins
    assert site.footprint.bounds[2] < 43


def test_a_border_beside_a_town_is_the_stretch_near_it(gazetteer: Gazetteer) -> None:
    (site,) = related("A camp at [Abu Kamal=abu-kamal] on the border with [Iraq=IQ].", gazetteer)
    assert "within 50 km of Abu Kamal" in site.why[0]
    west, south, east, north = site.footprint.bounds
    assert WGS84.inv(west, south, east, north)[2] < 160_000


def test_all_of_a_long_border_is_no_place(gazetteer: Gazetteer) -> None:
    assert related("Snow fell along the border with [Iraq=IQ].", gazetteer) == []


def test_a_border_that_both_sides_name_is_drawn_whole(gazetteer: Gazetteer) -> None:
    (site,) = related(
        "In [Qamishli=qamishli], near the border between [Syria=SY] and [Turkey=TR].", gazetteer
    )
    west, _, east, _ = site.footprint.bounds
    assert (west, east) == (pytest.approx(36, abs=0.7), pytest.approx(42.3, abs=0.5))


def test_a_coordinate_that_agrees_is_surer_and_says_so(gazetteer: Gazetteer) -> None:
    (alone,) = located("A shell fell at 35.9500° N, 39.0100° E.", gazetteer)
    (beside,) = located("A shell fell in [Raqqa=raqqa] at 35.9500° N, 39.0100° E.", gazetteer)
    assert beside.confidence > alone.confidence
    assert any(reason.startswith("agrees with") for reason in beside.why)


def test_a_coordinate_that_contradicts_says_so_first(gazetteer: Gazetteer) -> None:
    (site,) = located("A shell fell in [Raqqa=raqqa] (33.5000° N, 36.3000° E).", gazetteer)
    assert re.match(r"contradicts .*Raqqa.*, named beside it: \d+ km away", site.why[0])


@pytest.mark.parametrize(
    "marked",
    [
        "It lay 40 km north of [Raqqa=raqqa], at 36.3000° N, 39.0100° E.",
        "He returned to [Aleppo=aleppo]. At 35.9500° N, 39.0100° E they found the lorry.",
        "between [Aleppo=aleppo] and [Raqqa=raqqa], 36.0500° N, 38.0100° E",
        "[A=aleppo] slept while a patrol, far off and a few weeks later, lay at 35.95° N, 39.01° E",
    ],
)
def test_a_place_that_the_coordinate_is_not_said_of_is_not_compared(
    marked: str, gazetteer: Gazetteer
) -> None:
    (site,) = located(marked, gazetteer)
    assert not any("named beside it" in reason for reason in site.why)


def test_a_coordinate_inside_an_area_is_inside_it(gazetteer: Gazetteer) -> None:
    (site,) = located("A well in [Syria=SY] at 35.9500° N, 39.0100° E.", gazetteer)
    assert "inside Syria, named beside it" in site.why


def test_an_undecided_order_is_decided_by_the_places_of_the_article(gazetteer: Gazetteer) -> None:
    (alone,) = located("The site is at 39.0100, 35.9500.", gazetteer)
    (beside,) = located("The site is at 39.0100, 35.9500. [Raqqa=raqqa] is near.", gazetteer)
    assert (alone.place.lat, alone.place.lon) == (39.01, 35.95)
    assert (beside.place.lat, beside.place.lon) == (35.95, 39.01)
    assert any("longitude first" in reason for reason in beside.why)


def test_text_without_either_has_neither(gazetteer: Gazetteer) -> None:
    text, sites = sited("The mayor of [Raqqa=raqqa] spoke for 20 minutes.", gazetteer)
    assert relation_sites(text, sites, gazetteer) == ([], [])
    assert coordinate_sites(text, sites) == []
    assert relation_sites("", [], gazetteer) == ([], [])
    assert coordinate_sites("", []) == []


@pytest.mark.parametrize(
    "phrase",
    [
        "in [Raqqa=raqqa] (35.95, 39.01) and ",
        "near the border with [Iraq=IQ], north of [Raqqa=raqqa], ",
        "35°",
    ],
)
def test_an_endless_list_costs_what_its_length_costs(phrase: str, gazetteer: Gazetteer) -> None:
    def seconds(times: int) -> float:
        text, sites = sited(phrase * times, gazetteer)
        start = process_time()
        coordinate_sites(text, sites)
        relation_sites(text, sites, gazetteer)
        return process_time() - start

    seconds(10)
    # The least of three: other programs on the machine only ever add to it.
    few, many = (min(seconds(times) for _ in range(3)) for times in (400, 1600))
    # Four times the text: four times the work, sixteen times if it were compared with itself.
    assert many < 10 * max(few, 0.02)


@pytest.mark.parametrize(
    ("text", "border"),
    [
        ("Trucks waited on the Turkish-Iraqi border.", "the Turkish-Iraqi border"),
        ("انتشر الجيش على الحدود السورية - التركية.", "الحدود السورية - التركية"),
    ],
)
def test_a_border_may_name_its_countries_by_their_people(
    text: str, border: str, gazetteer: Gazetteer
) -> None:
    (site,), _ = relation_sites(text, [], gazetteer)
    assert border in site.mention.text
    assert {place.kind for place in site.anchors} == {"country"}
    assert len(site.anchors) == 2


def test_a_people_is_no_anchor_of_anything_else(gazetteer: Gazetteer) -> None:
    assert relation_sites("Beyond the border, north of Turkish troops.", [], gazetteer) == ([], [])
