"""Sentences cover the text; abbreviations and decimals do not end them."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.text.sentences import sentences

NOISE = st.text(alphabet=" \n\t.!?؟،:\"'()abAB12دهـ…؛", max_size=80)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@given(NOISE | st.text())
@example("")
def test_sentences_are_ordered_disjoint_and_hold_all_that_is_not_blank(text: str) -> None:
    edge = 0
    outside = ""
    for start, end in sentences(text):
        assert edge <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        outside += text[edge:start]
        edge = end
    assert not (outside + text[edge:]).strip()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("وصل الوفد إلى المدينة. ثم غادر!", ["وصل الوفد إلى المدينة.", "ثم غادر!"]),
        ("هل وصل؟ نعم.", ["هل وصل؟", "نعم."]),
        ("It fell 3.5 metres. Nobody saw it.", ["It fell 3.5 metres.", "Nobody saw it."]),
        ("Gov. Smith met J. Doe. They left.", ["Gov. Smith met J. Doe.", "They left."]),
        ('He said "stop." She did.', ['He said "stop."', "She did."]),
        ("A headline\nA first line", ["A headline", "A first line"]),
        ("The bar. Then home.", ["The bar.", "Then home."]),
        ("about approx. ten men", ["about approx. ten men"]),
        ("قال د. أحمد إنه بخير.", ["قال د. أحمد إنه بخير."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


@pytest.mark.parametrize(
    "text",
    ["!" * 200_000 + "x", ".)" * 100_000 + "x", "\n \n" * 70_000, "'" * 200_000, " " * 200_000],
)
def test_hostile_punctuation_is_cut_in_linear_time(text: str) -> None:
    # Quadratic time would be minutes; the bound only tells the two apart.
    before = time.process_time()
    sentences(text)
    assert time.process_time() - before < 5
