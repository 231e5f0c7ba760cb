"""The index of names by their consonants, against going through all names one by one."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from geo.gazetteer.sounding import SoundIndex
from geo.lang import native_countries
from geo.lang.sounds import consonants, sounds
from geo.model import KINDS

if TYPE_CHECKING:
    from pathlib import Path

LAID = """\
id,name,name_ar,kind,country,lat,lon,population,verified
gn:170063,Zalmoxabad,,,SY,36.2,37.15,,
gn:2950159,Berlin,,,DE,52.52,13.4,90,false
far,Wendelmoor,فندلمور,settlement,DE,52,9,300000,false
guess,Kharabistan,خرابستان,settlement,SY,35,37,,false
abroad,Hintertupfing,,settlement,DE,48,11,40,false
known,Hinterwald,,camp,DE,48,11,,true
nowhere,Nirgendheim,,settlement,,48,11,,true
"""
"""Towns renamed, shrunk and made up, some in the index and some not."""


@pytest.fixture(scope="module")
def shipped() -> Gazetteer:
    return Gazetteer.open()


@pytest.fixture(scope="module")
def laid_over(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    folder: Path = tmp_path_factory.mktemp("laid")
    (folder / "own.csv").write_text(LAID, encoding="utf-8")
    return Gazetteer.open(extra=[folder / "own.csv"], cache=folder / "cache")


@pytest.fixture(params=["shipped", "laid_over"])
def gazetteer(request: pytest.FixtureRequest) -> Gazetteer:
    found: Gazetteer = request.getfixturevalue(request.param)
    return found


@cache
def rows_by_consonants(gazetteer: Gazetteer) -> dict[str, set[int]]:
    """The slow way: country by country, each name for itself."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for number, country in enumerate(gazetteer.countries):
        chosen = gazetteer.kind == KINDS.index("settlement")
        if country not in native_countries():
            chosen &= gazetteer.population >= 200_000
        chosen |= gazetteer.curated
        chosen &= gazetteer.country == number
        rows = np.flatnonzero(chosen).tolist() if country else []
        for names in gazetteer.main_names(rows):
            for row, sound in zip(rows, sounds(names), strict=True):
                found[consonants(sound)].add(row)
    return found


def test_the_consonants_of_a_name_find_its_place(gazetteer: Gazetteer) -> None:
    by_chance = 0
    for key, rows in rows_by_consonants(gazetteer).items():
        found = gazetteer.spoken(key).tolist()
        assert len(set(found)) == len(found)
        assert rows <= set(found)
        by_chance += len(found) - len(rows)
    assert by_chance < 10


@given(st.text(alphabet="BDFGHJLMNRSTXZ$", max_size=12))
def test_what_no_name_has_finds_what_came_by_chance(shipped: Gazetteer, key: str) -> None:
    met = rows_by_consonants(shipped).get(key, set())
    assert met <= set(shipped.spoken(key).tolist())
    assert met or len(shipped.spoken(key)) < 10


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Zalmoxabad", True),
        ("فندلمور", True),
        ("Kharabistan", True),
        ("Hinterwald", True),  # no town, but put in by hand
        ("Hintertupfing", False),
        ("Nirgendheim", False),
    ],
)
def test_a_users_towns_are_found_where_they_are_worth_a_guess(
    laid_over: Gazetteer, name: str, *, found: bool
) -> None:
    [place] = laid_over.lookup(name)
    [sound] = sounds([name])
    assert (laid_over.id_row(place.id) in laid_over.spoken(consonants(sound))) is found


def test_a_place_is_no_longer_found_by_a_name_it_lost(
    shipped: Gazetteer, laid_over: Gazetteer
) -> None:
    [sound] = sounds(["Berlin"])
    berlin = shipped.id_row("gn:2950159")
    assert berlin in shipped.spoken(consonants(sound))
    assert berlin not in laid_over.spoken(consonants(sound))


@pytest.mark.parametrize("hashed", [0, 1, (1 << 32) - 1])
def test_every_hash_finds_its_rows(monkeypatch: pytest.MonkeyPatch, hashed: int) -> None:
    monkeypatch.setattr("geo.gazetteer.sounding.crc32", lambda _: hashed)
    keys = sorted({0, 1, 2, (1 << 32) - 2, (1 << 32) - 1})
    index = SoundIndex(np.array([key << 32 | row for key in keys for row in (0, 7)], np.uint64))
    assert index.find("DMSG").tolist() == [0, 7]
