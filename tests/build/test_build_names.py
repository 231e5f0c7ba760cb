"""Names from outside are cleaned without losing what they say."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.build import sources
from geo.build.names import (
    bare,
    best_arabic,
    clean,
    distinct,
    is_alias,
    is_generic,
    script,
    sounds_alike,
    strip_head,
)


@given(st.text(max_size=120))
def test_a_cleaned_name_is_clean(text: str) -> None:
    name = clean(text)
    if name is not None:
        assert name == name.strip()
        assert "|" not in name
        assert not {unicodedata.category(c) for c in name} & {"Cc", "Cf", "Cs", "Co", "Cn"}


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    name = clean(text)
    assert name is None or clean(name) in {name, None}


@pytest.mark.parametrize("junk", ["", "  ", "http://example.org", "a|b", "x" * 81])
def test_junk_is_no_name(junk: str) -> None:
    assert clean(junk) is None


def test_vowel_signs_tatweel_and_bidi_marks_go() -> None:
    marked = "عُمـ\N{RIGHT-TO-LEFT MARK}ان"
    assert clean(marked) == "عمان"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Homs", "latin"), ("Şalāḩ ad Dīn", "latin"), ("حمص", "arabic"), ("Хомс", None), ("12", None)],
)
def test_script_is_that_of_every_letter(name: str, expected: str | None) -> None:
    assert script(name) == expected


@pytest.mark.parametrize("name", ["ALP", "OSDI", "hlb", "a lei po", "Å", "Хомс", "T4", "قم"])
def test_codes_romanizations_and_short_names_are_no_aliases(name: str) -> None:
    assert not is_alias(name)


def test_an_arabic_name_ends_at_a_full_stop() -> None:
    assert not is_alias("سانت. هيلينا")
    assert is_alias("St. Helena")


@pytest.mark.parametrize("name", ["Alep", "al-Bab", "حلب", "Deir ez-Zor"])
def test_real_spellings_are_aliases(name: str) -> None:
    assert is_alias(name)


def test_the_noun_of_the_kind_is_no_part_of_a_name() -> None:
    assert strip_head("محافظة حلب") == "حلب"
    assert strip_head("الولاية الشمالية") == "الولاية الشمالية"
    assert strip_head("محافظة الشمال") == "محافظة الشمال"
    assert bare("Idlib Governorate") == "Idlib"
    assert bare("State of Mexico") == "State of Mexico"
    assert bare("Central Region") == "Central Region"


def test_a_direction_alone_says_nothing() -> None:
    assert is_generic("Central")
    assert is_generic("الشمال")
    assert not is_generic("Central Darfur")


def test_arabic_letters_come_before_those_of_other_languages() -> None:
    assert best_arabic(["لندن", "لنڈن"], ["London"]) == "لندن"
    assert best_arabic(["قاهره", "القاهرة"], ["Cairo", "Al Qahirah"]) == "القاهرة"
    assert best_arabic(["لنڈن"], ["London"]) == "لنڈن"
    assert best_arabic(["Londres"], ["London"]) is None


@pytest.mark.parametrize(
    ("names", "latin", "best"),
    [
        pytest.param(["كةربالا", "كربلاء"], ["Karbala"], "كربلاء", id="teh marbuta in a word"),
        pytest.param(["ئادانا", "أضنة"], ["Adana"], "أضنة", id="carried hamza first"),
        pytest.param(["ال معراج", "المعراج"], ["El Miraj"], "المعراج", id="article by itself"),
        pytest.param(["زرقاء", "الزرقاء"], ["Zarqa"], "الزرقاء", id="article"),
        pytest.param(["ربات", "الرباط"], ["Rabat"], "الرباط", id="article of another spelling"),
        pytest.param(["سلالة", "صلالة"], ["Şalālah"], "صلالة", id="emphatic letter"),
        pytest.param(["جده", "جدة"], ["Jeddah"], "جدة", id="teh marbuta"),
        pytest.param(["مالاغا", "مالقة"], ["Málaga"], "مالقة", id="g is k"),
        pytest.param(["ديانا", "سوران"], ["Soran", "Diana"], "سوران", id="main name first"),
        pytest.param(["طوز", "طوز خورماتو"], ["Ţūz Khūrmātū", "Tuz"], "طوز خورماتو", id="whole"),
        pytest.param(["بابالزوار", "باب الزوار"], ["Bab Ezzouar"], "باب الزوار", id="words"),
    ],
)
def test_the_best_arabic_name_is_the_one_in_the_papers(
    names: list[str], latin: list[str], best: str
) -> None:
    assert best_arabic(names, latin) == best


@pytest.mark.parametrize(
    ("one", "other"), [("Basrah", "Basra"), ("Ḩawallī", "Hawally"), ("Al Khawr", "Khor")]
)
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert sounds_alike(one, other)


@pytest.mark.parametrize(("one", "other"), [("Halba", "Akkar"), ("Kansas City", "Kansas")])
def test_two_names_sound_different(one: str, other: str) -> None:
    assert not sounds_alike(one, other)


def test_a_non_joiner_parts_two_words() -> None:
    assert clean("قهرمان\N{ZERO WIDTH NON-JOINER}مرعش") == "قهرمان مرعش"


@given(st.lists(st.text("ابتجحدرسعفقكلمنهوي", min_size=2, max_size=8), min_size=1, max_size=6))
def test_the_best_arabic_name_does_not_hang_on_order(names: list[str]) -> None:
    assert best_arabic(names, ["Halab"]) == best_arabic(names[::-1], ["Halab"])


@given(st.lists(st.text(max_size=6)))
def test_distinct_names_keep_their_order_and_lose_nothing(names: list[str]) -> None:
    kept = distinct(names)
    assert [name.casefold() for name in kept] == list(dict.fromkeys(n.casefold() for n in names))


def test_every_row_has_its_hand_made_spellings_in_one_line() -> None:
    path = Path(sources.__file__).with_name("spellings.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    ids = [line.split(",")[0] for line in lines]
    assert len(ids) == len(set(ids))
