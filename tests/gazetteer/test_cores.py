"""The core of a facility's name, and what the gazetteer says of names."""

from __future__ import annotations

import numpy as np
import pytest

from geo.gazetteer import Gazetteer
from geo.gazetteer.cores import Cores
from geo.gazetteer.facts import candidates, holds, name_facts
from geo.lang import languages
from geo.model import KINDS


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def bit(kind: str) -> int:
    return 1 << KINDS.index(kind)


def name(gazetteer: Gazetteer, spelling: str) -> int:
    found = gazetteer.name_id(spelling)
    assert found is not None, spelling
    return found


@pytest.mark.parametrize(
    ("full", "kind", "core"),
    [
        ("قاعدة العمر", "military_base", "العمر"),
        ("حقل العمر النفطي", "oil_field", "العمر"),
        ("مطار المزة العسكري", "military_base", "المزه"),
        ("Al-Omar oil field", "oil_field", "al omar"),
        ("Rmelan airbase", "military_base", "rmelan"),
        ("حي السكري", "neighbourhood", "السكري"),
        ("قرية الصفا", "settlement", "الصفا"),
        ("مدينة الصدر", "neighbourhood", None),
        ("مدينة نصر", "settlement", None),
        ("حقل العمر", "settlement", None),
        ("الرقة", "settlement", None),
        ("حقل", "oil_field", None),
        ("العمر", "oil_field", None),
    ],
)
def test_the_core_is_the_name_without_head_noun_and_attributes(
    full: str, kind: str, core: str | None
) -> None:
    assert Cores(languages()).of(full, kind) == core


def test_a_core_means_its_facility_only_under_a_head_noun_of_its_kind(
    gazetteer: Gazetteer,
) -> None:
    omar = name(gazetteer, "العمر")
    alone, _ = candidates(gazetteer, omar, 0)
    under, _ = candidates(gazetteer, omar, bit("military_base"))
    assert not {"al-omar-base"} & {gazetteer.id(row) for row in alone}
    assert "al-omar-base" in {gazetteer.id(row) for row in under}


def test_facts_sum_up_the_places_of_a_name(gazetteer: Gazetteer) -> None:
    names = np.array([name(gazetteer, n) for n in ("سوريا", "حلب", "العمر")])
    facts = name_facts(gazetteer, names)
    assert int(facts.kinds[0]) & bit("country")
    assert int(facts.kinds[1]) & bit("settlement")
    assert facts.population[1] > 1_000_000
    assert int(facts.core_kinds[2]) & bit("military_base")
    assert facts.own[:2].all()
    assert facts.count.tolist() == [len(gazetteer.rows(n)) for n in names.tolist()]
    owner, country = facts.countries_of(np.array([1]))
    assert gazetteer.countries[country[0]] == "SY"
    assert set(owner.tolist()) == {0}


def test_a_country_and_a_governorate_hold_their_places(gazetteer: Gazetteer) -> None:
    aleppo = np.array([gazetteer.id_row("aleppo")])
    for holder, expected in (("SY", True), ("SY-HL", True), ("IQ", False), ("SY-HA", False)):
        outer = np.array([gazetteer.id_row(holder)])
        assert holds(gazetteer, outer, aleppo).tolist() == [expected]
    assert not holds(gazetteer, aleppo, aleppo).any()
