"""A settlement keeps the names that are its own."""

from __future__ import annotations

from geo.build.names import consonants, without_twins
from geo.build.namesakes import leave_to_cities, leave_to_neighbours
from geo.build.schema import Row

CITY = Row(id="gn:1", name="Meridor", name_ar="ميريدور", country="XX", population=2_000_000)


def aliases_of(name: str, *aliases: str, country: str = "YY", people: int = 900) -> list[str]:
    village = Row(id="gn:2", name=name, aliases=aliases, country=country, population=people)
    leave_to_cities([CITY, village])
    return list(village.aliases)


def test_a_village_leaves_the_name_of_a_city_abroad_to_it() -> None:
    assert aliases_of("Oakhill", "Meridor", "Oakhill Mills") == ["Oakhill Mills"]
    assert aliases_of("Oakhill", "ميريدور") == []


def test_a_name_that_may_be_its_own_stays() -> None:
    assert aliases_of("Mérydore", "Meridor") == ["Meridor"]
    assert aliases_of("Oakhill", "Meridor", country="XX") == ["Meridor"]
    assert aliases_of("Oakhill", "Meridor", people=1_500_000) == ["Meridor"]


def test_every_name_of_a_metropolis_counts_and_only_the_main_ones_of_a_city() -> None:
    for people, kept in ((2_000_000, []), (200_000, ["Old Town"])):
        city = Row(id="gn:1", name="X", aliases=["Old Town"], country="XX", population=people)
        village = Row(id="gn:2", name="Oakhill", aliases=["Old Town"], country="YY")
        leave_to_cities([city, village])
        assert list(village.aliases) == kept


def test_a_curated_place_takes_its_name_from_the_village_beside_it() -> None:
    curated = Row(id="hill", name="New Hill", lat=32.2, lon=35.3)
    beside = Row(id="gn:1", name="Old Vale", aliases=["New Hill", "Vale"], lat=32.2, lon=35.2)
    far = Row(id="gn:2", name="Old Vale", aliases=["New Hill"], lat=33.2, lon=35.2)
    same = Row(id="gn:3", name="Old Vale", aliases=["New Hill"], lat=32.2, lon=35.3)
    leave_to_neighbours([beside, far, same], [curated, Row(id="o", name="O", geonames_id="3")])
    assert list(beside.aliases) == ["Vale"]
    assert list(far.aliases) == list(same.aliases) == ["New Hill"]


def test_consonants_are_comparable_across_the_scripts() -> None:
    assert consonants("Damir") == consonants("دمير") == "dmr"
    assert consonants("Дамир") == consonants("پرگ") == ""


def test_spellings_that_a_text_cannot_tell_apart_are_kept_once() -> None:
    (kept,) = without_twins([["Ḩalab", "حلب", "Halab", "HALAB", "Haleb", "حَلَب", "Hāleb"]])
    assert kept == ["Haleb"]


def test_abbreviations_stay_beside_their_like() -> None:
    assert without_twins([["Us", None, "U.S.", "US"]]) == [["U.S.", "US"]]
