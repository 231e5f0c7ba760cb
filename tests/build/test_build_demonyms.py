"""Demonyms are made by rule, corrected by hand, and never an everyday word of the row itself."""

from __future__ import annotations

import pytest

from geo.build.demonyms import arabic_adjective, give_demonyms, inflected
from geo.build.schema import Row


@pytest.mark.parametrize(
    ("name", "adjective"),
    [
        ("سوريا", "سوري"),
        ("الصين", "صيني"),
        ("سنغافورة", "سنغافوري"),
        ("مصر", "مصري"),
        ("هايتي", None),
        ("جنوب السودان", None),
        ("Syria", None),
    ],
)
def test_the_adjective_follows_from_the_name(name: str, adjective: str | None) -> None:
    assert arabic_adjective(name) == adjective


def test_an_arabic_demonym_has_a_feminine_a_plural_and_an_article() -> None:
    assert inflected("تركي") == [
        *("تركي", "تركية", "تركيون", "تركيين"),
        *("التركي", "التركية", "التركيون", "التركيين"),
    ]


def test_an_english_demonym_has_a_plural_where_it_takes_one() -> None:
    assert inflected("Syrian") == ["Syrian", "Syrians"]
    assert inflected("French") == ["French"]
    assert inflected("Japanese") == ["Japanese"]


def test_the_hand_wins_over_the_rule_and_a_name_is_no_demonym() -> None:
    rows = [
        Row(id="ML", name="Mali", name_ar="مالي", kind="country"),
        Row(id="SY", name="Syria", name_ar="سوريا", aliases=["سورية"], kind="country"),
        Row(id="US-DC", name="District of Columbia", kind="governorate"),
    ]
    give_demonyms(rows)
    mali, syria, state = rows
    assert list(mali.demonyms) == ["Malian", "Malians"]
    assert {"Syrian", "سوري", "السورية"} <= set(syria.demonyms)
    assert "سورية" not in syria.demonyms
    assert not state.demonyms
