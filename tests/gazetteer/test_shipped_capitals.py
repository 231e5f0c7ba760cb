"""The capitals among the places that ship."""

from __future__ import annotations

from geo.gazetteer import Gazetteer


def test_capitals_are_the_largest_towns_called_so_in_their_countries() -> None:
    gazetteer = Gazetteer.open()
    capitals = {
        (place.country, place.name): place.population
        for place in map(gazetteer.place, gazetteer.capital.tolist())
    }
    assert len(capitals) > 200
    assert capitals["US", "Washington"] > 500_000
    for country, name in (("SY", "Damascus"), ("JO", "Amman"), ("IQ", "Baghdad"), ("FR", "Paris")):
        assert capitals[country, name] > 1_000_000
