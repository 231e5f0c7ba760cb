"""Listed names of several words against the obvious way to find them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from geo.recognize.phrases import Phrases

if TYPE_CHECKING:
    from geo.text.tokens import Tokens

WORDS = st.sampled_from(["bank", "of", "the", "america", "تحرير", "الشام", "سوق"])


def tokens(words: list[str]) -> Tokens:
    return Gazetteer.open().tokeniser.tokens(" ".join(words))


@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=3), max_size=5, unique_by=tuple),
    st.lists(WORDS, max_size=12),
)
def test_phrases_are_found_wherever_their_words_follow_each_other(
    phrases: list[list[str]], text: list[str]
) -> None:
    known = Phrases(tuple(tokens(phrase).hashes.tolist()) for phrase in phrases)
    expected = {
        (first, first + len(phrase) - 1)
        for phrase in phrases
        for first in range(len(text))
        if text[first : first + len(phrase)] == phrase
    }
    found = list(known.find(tokens(text)))
    assert len(found) == len(expected)
    assert set(found) == expected
