"""The glance at a block passes over no article in which a coordinate would be found."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.recognize.coordinates import find_coordinates, may_hold_coordinates
from geo.recognize.coordinates.links import url_spans
from geo.recognize.coordinates.signals import read_signals
from geo.text.folding import BREAK, codepoints

CASES = Path(__file__).parents[3] / "shared" / "cases" / "coordinates_dev.jsonl"
PARTS = [
    *("N", "S", "E", "W", "ش", "ج", "ق", "غ", "north", "South", "EAST", "شمالا", "شرقاً", "الشمال"),
    *("lat", "Latitude", "longitude:", "خط", "عرض", "طول", "درجة", "deg", "°", "º", "'", '"', "″"),
    *(
        "d",
        "o",
        "*",
        "UTM",
        "37S",
        "37 S",
        "BU",
        "DV",
        "332345",
        "4007890",
        "mE",
        "37N",
        "X=",
        "Y=",
    ),
    *("www.x.co?ll=", "osm.org/#", "map=9/", "35.1,36.2", "35.25", "1.5", "3.", "%2C", "to"),
    *("https://", "maps.google.com/", "?q=", "geo:", "POINT(", "POINT (", '"coordinates": [', "]"),
    *("<coordinates>", "8G6X", "8G5RHV2F+", "+", "WX", "/", "@", ",", "،", ".", "٫", ";", "(", ")"),
    *("35", "40.25", "36.1234", "٣٥", "٤٠٫١٢٣٤", "۳۵", "3630", "363201N0442024E", "+35.12+038.50/"),
    *(
        "people",
        "قتيلا",
        "الف",
        "and",
        "و",
        "-",
        "−",
        "12,345",
        "1,500",
        "2014",
        "\n",
        "\xa0",
        "😀",
    ),
]
texts = st.lists(
    st.tuples(st.sampled_from(PARTS) | st.text(max_size=3), st.sampled_from(["", " ", "  "])),
    max_size=12,
).map(lambda pieces: "".join(part + gap for part, gap in pieces))


def glance(texts: list[str]) -> list[bool]:
    joined = BREAK.join(text.replace(BREAK, " ") for text in texts)
    offsets = np.cumsum([0, *(len(text) + 1 for text in texts)])[:-1]
    return may_hold_coordinates(codepoints(joined), offsets).tolist()


@settings(max_examples=1500, deadline=None)
@given(several=st.lists(texts, min_size=1, max_size=3))
def test_no_coordinate_and_no_sign_of_one_is_passed_over(several: list[str]) -> None:
    for text, possible in zip(several, glance(several), strict=True):
        signs = read_signals(text, list(url_spans(text)))
        assert possible or not (signs.windows or find_coordinates(text)), text


@pytest.mark.parametrize(
    "text", ["", "Nothing.", "In 2014, 20 people and 1,500 homes.", "قتل ٢٠ شخصا."]
)
def test_what_news_counts_is_not_looked_at_again(text: str) -> None:
    assert glance([text]) == [False]


def test_only_the_article_with_the_coordinate_is_looked_at() -> None:
    assert glance(["Nothing here.", "At 35.1234, 40.1234.", "20 people"]) == [False, True, False]


def test_no_coordinate_of_the_cases_is_passed_over() -> None:
    if not CASES.exists():
        pytest.skip("the folder of shared cases is not beside the checkout")
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        assert glance([case["text"]]) == [True] or not case["expect"]
