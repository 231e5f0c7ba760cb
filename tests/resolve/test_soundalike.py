"""Names of one script in the spellings of the other, and names that only look like one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geo
from geo.gazetteer import Gazetteer
from geo.model import Article
from geo.resolve.soundalike import sounding_like


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def names(gazetteer: Gazetteer, text: str, *countries: str) -> list[str]:
    found = sounding_like(text, gazetteer, countries=countries)
    return [gazetteer.place(row).name for row, _ in found]


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        ("Dayr az-Zawr", "SY", "Deir ez-Zor"),
        ("Der Zor", "SY", "Deir ez-Zor"),
        ("Deirezzor", "SY", "Deir ez-Zor"),
        ("Chaddadi", "SY", "Al-Shaddadi"),
        ("Kamishly", "SY", "Qamishli"),
        ("Qamechlieh", "SY", "Qamishli"),
        ("Membij", "SY", "Manbij"),
        ("Mossoul", "IQ", "Mosul"),
        ("Al-Quseir", "SY", "Al-Qusayr"),
        ("Djisr ech-Choghour", "SY", "Jisr al-Shughur"),
        ("Kuteifeh", "SY", "Al-Qutayfah"),
        ("ميسور", "MA", "Missour"),
        ("بيرمنغهام", "GB", "Birmingham"),
        ("ليفيربول", "GB", "Liverpool"),
    ],
)
def test_an_unseen_spelling_finds_its_place(
    gazetteer: Gazetteer, text: str, country: str, name: str
) -> None:
    assert names(gazetteer, text, country)[0] == name


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Mountain View", ("SY",)),
        ("Northfield", ("SY", "IQ")),
        ("Raku", ("SY",)),  # two consonants are no evidence
        ("Membij", ("FR",)),  # a town of another country
        ("Membij", ()),
        ("Membij", ("AQ",)),  # no town at all
        ("Northaven", ("US",)),  # Latin letters spell their own names one way
        ("المنبجي", ("SY",)),  # what has an Arabic name is written so
        ("", ("SY",)),
        ("١٧", ("SY",)),
        ("\u0000\n", ("SY",)),
    ],
)
def test_what_is_no_respelling_finds_nothing(
    gazetteer: Gazetteer, text: str, countries: tuple[str, ...]
) -> None:
    assert names(gazetteer, text, *countries) == []


def parsed(text: str) -> dict[str, str]:
    [parse] = geo.parse([Article(id="1", text=text)])
    for site in parse.sites:
        assert text[site.mention.start : site.mention.end] == site.mention.text
    return {site.mention.text: site.place.name for site in parse.sites}


def test_a_respelled_name_is_placed_where_the_article_is() -> None:
    assert parsed("Fighting in Aleppo spread to Qamechlieh and Idlib.")["Qamechlieh"] == "Qamishli"


def test_a_long_name_that_sounds_exactly_alike_is_placed_in_an_article_of_no_country() -> None:
    text = "Investigators collected new soil samples in Khan Shaykhoun on Monday."
    assert parsed(text) == {"Khan Shaykhoun": "Khan Shaykhun"}


@pytest.mark.parametrize("name", ["Afrein", "Northaven", "Khan Shaykha"])
def test_a_short_or_unlike_name_is_not(name: str) -> None:
    assert parsed(f"Investigators collected new soil samples in {name} on Monday.") == {}


def test_of_places_that_are_as_like_only_a_much_larger_one_is_meant(gazetteer: Gazetteer) -> None:
    assert names(gazetteer, "Sfireh", "SY")[:2] == ["As Safīrah", "Sufayrah"]
    assert parsed("Fighting in Aleppo spread to Sfireh and Idlib.")["Sfireh"] == "As Safīrah"


def test_a_long_name_that_sounds_exactly_alike_may_be_in_a_country_not_spoken_of() -> None:
    assert parsed("Elders from Riyadh met in Tal Hamis on Friday.")["Tal Hamis"] == "Tell Hamis"


@pytest.mark.parametrize(("text", "country"), [("Der Zor", "SY"), ("Nadjaf", "IQ")])
def test_a_town_is_meant_before_the_division_that_is_called_like_it(
    gazetteer: Gazetteer, text: str, country: str
) -> None:
    found = sounding_like(text, gazetteer, countries=[country])
    kinds = [gazetteer.place(row).kind for row, _ in found]
    assert kinds[0] == "settlement"
    assert "governorate" not in kinds


def test_a_respelled_name_stays_unplaced_in_an_article_about_another_country() -> None:
    assert "Qamechlieh" not in parsed("The mayor of Lyon met the mayor of Qamechlieh in Paris.")


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=40))
def test_places_come_by_likeness_whatever_the_text(gazetteer: Gazetteer, text: str) -> None:
    found = sounding_like(text, gazetteer, countries=["SY"])
    assert [likeness for _, likeness in found] == sorted((x for _, x in found), reverse=True)
    assert all(0.82 <= likeness <= 1 for _, likeness in found)


def test_a_number_is_no_sound() -> None:
    assert not sounding_like("T9 airbase", Gazetteer.open(), countries=["SY"])
