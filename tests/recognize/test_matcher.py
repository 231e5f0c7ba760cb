"""The fast matcher finds what the slow one finds, wherever the blocks are cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import slow_matcher
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from geo.lang.clitics import NONE
from geo.recognize import matcher as module
from geo.recognize.matcher import Hits, Matcher, longest
from geo.text.folding import fold

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [
    "الرقة",
    "رقة",
    "دير الزور",
    "دير",
    "الزور",
    "ريف دير الزور الشرقي",
    "حلب",
    "وادي الفرات",
    "ادي",
    "ليبيا",
    "لبنان",
    "بغداد",
    "كركوك",
    "قم",
    "تل أبيض",
    "تل",
    "أم الفرج",
    "اللاذقية",
    "فلسطين",
    "العمر",
    "المر",
    "Syria",
    "Paris",
    "Pari",
    "New York",
    "New York City",
    "York",
    "St. Louis",
    "UK",
    "U.S.",
    "Ky.",
    "Fla",
    "Deir ez-Zor",
    "Æble",
    "a b c d e f g h i j k l m n o p",
    "Straße des 17 Juni",
]


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    folder: Path = tmp_path_factory.mktemp("names")
    rows = [f'"{name}",35,40' for name in NAMES]
    (folder / "places.csv").write_text("name,lat,lon\n" + "\n".join(rows), encoding="utf-8")
    return Gazetteer.open(folder=folder, cache=folder / "cache")


@pytest.fixture(scope="module")
def matcher(gazetteer: Gazetteer) -> Matcher:
    return Matcher(gazetteer)


def found(gazetteer: Gazetteer, hits: Hits) -> list[tuple[int, int, int, int, str]]:
    spelled = {gazetteer.name_id(name): fold(name).rstrip(".") for name in NAMES}
    columns = (hits.word, hits.start, hits.end, hits.skip)
    names = [spelled[name] for name in hits.name.tolist()]
    return list(zip(*(column.tolist() for column in columns), names, strict=True))


def spans(text: str, hits: Hits) -> list[str]:
    return [text[start:end] for start, end in zip(hits.start, hits.end, strict=True)]


PIECES = (
    st.sampled_from(NAMES)
    | st.sampled_from([part for name in NAMES for part in name.split()])
    | st.sampled_from(["و", "ف", "ب", "ك", "ل", "ال", "لل", "ولل", "وب", "فلل", "فب", "كال"])
    | st.sampled_from(["َ", "ّ", "ـ", "ــ", "\u200f", "\u200c", "'", "’s", "'s", "s", "’", "ʼ"])
    | st.sampled_from(
        [" ", " ", " ", " ", ".,", ". x", "-", "، ", ". ", ".", "\n", "\n\n", " (", "»", "…", "—"]
    )
    | st.sampled_from(
        ["ﻻ", "ﷲ", "ß", "æ", "😀", "\ud800", "\x00", "x", "١", "17", "US", "uk", ".,", ". x"]
    )
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)
FIXED = settings(
    max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@FIXED
@given(text=TEXTS)
def test_the_fast_matcher_finds_what_the_slow_one_finds(
    gazetteer: Gazetteer, matcher: Matcher, text: str
) -> None:
    hits = matcher.scan(text)
    names = {fold(name) for name in NAMES if name != "Ky."}
    result = found(gazetteer, hits)
    assert len(result) == len(set(result))
    assert set(result) == slow_matcher.scan(text, names, frozenset({"ky"}))
    order = [(word, -end, skip) for word, _, end, skip, _ in result]
    assert order == sorted(order)


@FIXED
@given(text=TEXTS)
def test_offsets_lie_in_the_text_in_order(matcher: Matcher, text: str) -> None:
    hits = matcher.scan(text)
    assert (hits.word >= 0).all()
    assert (hits.word <= hits.start).all()
    assert (hits.start < hits.end).all()
    assert (hits.end <= len(text)).all()


@FIXED
@given(texts=st.lists(TEXTS, max_size=12), block=st.sampled_from([1 << 11, 1 << 12, 1 << 17]))
def test_scanning_many_is_scanning_each(matcher: Matcher, texts: list[str], block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", block)
        many = list(matcher.scan_many(texts))
    assert len(many) == len(texts)
    for text, hits in zip(texts, many, strict=True):
        same(matcher.scan(text), hits)


def same(one: Hits, other: Hits) -> None:
    for name in ("word", "start", "end", "skip", "name"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()


@FIXED
@given(
    parts=st.lists(TEXTS, min_size=1, max_size=10),
    filler=st.sampled_from([" ", "a ", "x", "، ", "حلب "]),
    length=st.integers(0, 4000),
    marks=st.integers(0, 500),
)
def test_a_long_text_is_scanned_as_if_in_one_block(
    matcher: Matcher, parts: list[str], filler: str, length: int, marks: int
) -> None:
    text = (filler * length).join(parts) + "ـ" * marks + "حلب"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", 1 << 12)
        cut = matcher.scan(text)
    same(matcher.scan(text), cut)


@FIXED
@given(text=TEXTS)
def test_the_longest_hits_do_not_overlap_and_leave_no_room(matcher: Matcher, text: str) -> None:
    hits = matcher.scan(text)
    kept = longest(hits)
    assert (kept.word[1:] >= kept.end[:-1]).all()
    for word, end in zip(hits.word, hits.end, strict=True):
        assert ((kept.word < end) & (kept.end > word)).any()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في الرقّـة،", ["الرقّـة"]),
        ("للرقة", ["رقة"]),
        ("وللرقّة", ["رقّة"]),
        ("وبحلب وكركوك", ["حلب", "كركوك"]),
        ("وادي الفرات", ["وادي الفرات"]),
        ("وتل أبيض", ["تل أبيض"]),
        ("بريف دير الزور الشرقي", ["ريف دير الزور الشرقي"]),
        ("دير، الزور", ["دير", "الزور"]),
        ("لبنان وليبيا", ["لبنان", "ليبيا"]),
        ("Syria’s army in Paris's suburb", ["Syria", "Paris"]),
        ("New York City", ["New York City"]),
        ("in St. Louis", ["St. Louis"]),
        ("we left Deir. Ez-Zor", []),
        ("the U.S. and the UK told uk", ["U.S.", "UK"]),
        ("in Ky. and KY, ky. or Ky", ["Ky."]),
        ("Tampa, Fla., and Fla. Then", ["Fla.", "Fla"]),
        ("TAMPA, Fla. -- Police", ["Fla."]),
        ("TAMPA, Fla. (AP) — Police", ["Fla."]),
        ("back to Paris. The", ["Paris"]),
        ("Pari's walls, Paris' walls", ["Pari", "Paris"]),
        ("وقم", []),
        ("a-b c d e f g h i j k l m n o p", ["a-b c d e f g h i j k l m n o p"]),
        ("New\nYork", ["New\nYork"]),
        ("New\n\nYork", ["York"]),
        ("", []),
    ],
)
def test_names_are_found_as_they_are_printed(
    matcher: Matcher, text: str, expected: list[str]
) -> None:
    assert spans(text, longest(matcher.scan(text))) == expected


def test_without_clitics_only_bare_words_are_names(gazetteer: Gazetteer) -> None:
    plain = Matcher(gazetteer, clitics=NONE)
    text = "وحلب للرقة حلب"
    assert spans(text, plain.scan(text)) == ["حلب"]


def test_one_endless_word_is_no_name_and_costs_no_block(matcher: Matcher) -> None:
    text = "حلب " + "x" * 1_000_000 + "حلب حلب"
    assert matcher.scan(text).start.tolist() == [0, len(text) - 3]


def test_spans_are_never_longer_than_a_name_may_be(matcher: Matcher) -> None:
    assert len(matcher.scan("حلب" + "ـ" * 600)) == 0
    assert len(matcher.scan("New" + " " * 600 + "York")) == 1


def test_hits_are_columns_of_one_length(matcher: Matcher) -> None:
    hits = matcher.scan("حلب والرقة")
    assert {len(getattr(hits, name)) for name in Hits.__slots__} == {len(hits)}
    assert hits.name.dtype == np.int32
