"""How articles open: with or without a headline, signed by an outlet or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.gazetteer import Gazetteer
from geo.recognize.datelines import (
    in_byline,
    opens_dateline,
    reported_from,
    signs_dateline,
)
from geo.recognize.mentions import find_mentions
from geo.recognize.reader import Reader
from geo.recognize.weighing import shipped_model

if TYPE_CHECKING:
    from geo.recognize.reading import Reading


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Gazetteer.open())


def hit_at(reading: Reading, text: str, name: str) -> int:
    return reading.start.tolist().index(text.index(name))


@pytest.mark.parametrize(
    ("text", "name", "opens"),
    [
        ("حلب – سانا: بدأت", "حلب", True),
        ("بدأت في حلب – أمس", "حلب", False),
        ("عودة المياه بعد عام\nحلب – سانا: بدأت", "حلب", True),
        ("عودة المياه بعد عام\n\nعادت إلى حلب – أمس", "حلب", False),
        ("السومرية نيوز/ البصرة - أفاد مصدر", "البصرة", True),
        ("خبر\nالسومرية نيوز/ البصرة - أفاد مصدر", "البصرة", True),
        ("قال مصدر لموقع السومرية نيوز/ البصرة - أمس", "البصرة", False),
        ("Water returns\nALEPPO, Syria - Crews", "ALEPPO", True),
        ("Crews worked in Aleppo, Syria", "Aleppo", False),
    ],
)
def test_a_dateline_opens_the_article_or_the_line_below_its_headline(
    reader: Reader, text: str, name: str, *, opens: bool
) -> None:
    reading = reader.read(["نص قبله", text, "نص بعده"])
    joined = "نص قبله\0" + text
    assert opens_dateline(reading)[hit_at(reading, joined, name)] == opens


def test_a_long_first_paragraph_is_no_headline(reader: Reader) -> None:
    text = "كلام " * 60 + "\nحلب – سانا: بدأت"
    reading = reader.read([text])
    assert not opens_dateline(reading)[hit_at(reading, text, "حلب")]


def test_the_byline_ends_at_its_colon(reader: Reader) -> None:
    text = "دمشق – سانا: وصلت القافلة إلى حلب"
    reading = reader.read([text])
    assert in_byline(reading)[hit_at(reading, text, "دمشق")]
    assert not in_byline(reading)[hit_at(reading, text, "حلب")]


@pytest.mark.parametrize(
    ("text", "name", "signs"),
    [
        ("عمّان – بترا: بدأت", "بترا", True),
        ("AMMAN (Petra) - Talks began", "Petra", True),
        ("الرياض – واس: بدأت", "الرياض", False),
        ("Flights to Petra\nTalks began", "Petra", False),
        ("خبر\nعمّان – بترا: بدأت", "بترا", True),
        ("Aleppo, SANA- Talks began", "SANA", True),
        ("عمّان: زار وفد مدينة بترا – الأثرية", "بترا", False),
    ],
)
def test_an_outlet_signs_the_dateline_behind_the_town(
    reader: Reader, text: str, name: str, *, signs: bool
) -> None:
    reading = reader.read([text])
    hit = hit_at(reading, text, name)
    assert signs_dateline(reading)[hit] == signs


@pytest.mark.parametrize(
    ("text", "name", "reported"),
    [
        ("نورث برس - القامشلي\n\nقال مصدر إن الطريق مفتوح.", "القامشلي", True),
        ("حلب - سانا: افتُتح اليوم سوق شعبي.", "حلب", True),
        ("BAGHDAD — A strike hit the depot.", "BAGHDAD", True),
        ("موسكو: لن ننسحب من المحادثات.", "موسكو", False),
        ("موسكو ترفض الانسحاب من المحادثات.", "موسكو", False),
    ],
)
def test_the_town_of_a_dateline_is_where_the_reporter_is(
    reader: Reader, text: str, name: str, *, reported: bool
) -> None:
    reading = reader.read([text])
    hit = hit_at(reading, text, name)
    assert reported_from(reading)[hit] == reported
    if reported:
        assert not find_mentions(reading, shipped_model()).associative[hit]
