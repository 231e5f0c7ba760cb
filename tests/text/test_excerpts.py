"""Excerpts hold the mention, keep to the width, and are cut between words."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from geo.text.excerpts import excerpt

WORD = st.text(alphabet="abcdeعلمنه", min_size=1, max_size=12)
SPACE = st.sampled_from([" ", " ", " ", ". ", "؟ ", "\n", "  "])


@st.composite
def mentions(draw: st.DrawFn) -> tuple[str, int, int, int]:
    parts = draw(st.lists(st.tuples(WORD, SPACE), min_size=1, max_size=60))
    text = "".join(word + space for word, space in parts)
    start = draw(st.integers(0, len(text) - 1).filter(lambda i: not text[i].isspace()))
    end = draw(st.integers(start + 1, min(len(text), start + 20)))
    return text, start, end, draw(st.integers(1, 80))


@given(mentions())
def test_an_excerpt_holds_the_mention_between_whole_words(case: tuple[str, int, int, int]) -> None:
    text, start, end, width = case
    cut = excerpt(text, start, end, width=width)
    assert 0 <= cut.start <= start < end <= cut.end <= len(text)
    assert cut.start == 0 or text[cut.start - 1].isspace()
    assert cut.end == len(text) or text[cut.end].isspace() or text[cut.end - 1].isspace()
    # The mention with the rest of its words, punctuation and all, may be longer than the width.
    around = re.search(r"\S*\Z", text[:start])[0] + re.match(r"\S*", text[end:])[0]  # type: ignore[index]
    assert cut.end - cut.start <= max(width, end - start + len(around))


@given(st.text(max_size=60), st.text(min_size=1, max_size=20), st.text(max_size=60))
def test_any_text_gives_an_excerpt(before: str, mention: str, after: str) -> None:
    start, end = len(before), len(before) + len(mention)
    cut = excerpt(before + mention + after, start, end, width=30)
    assert cut.start <= start < end <= cut.end


def test_a_short_sentence_is_shown_whole_and_alone() -> None:
    text = "وصلت القافلة صباحا. عبرت الشاحنات مدينة تدمر بسلام. ثم عادت مساء."
    start = text.index("تدمر")
    cut = excerpt(text, start, start + 4)
    assert text[cut.start : cut.end] == "عبرت الشاحنات مدينة تدمر بسلام."


def test_a_long_sentence_is_cut_on_both_sides_of_the_mention() -> None:
    text = "word " * 100 + "Palmyra " + "more " * 100
    start = text.index("Palmyra")
    cut = excerpt(text, start, start + 7, width=60)
    shown = text[cut.start : cut.end]
    assert 40 <= len(shown) <= 60
    assert shown.startswith("word ")
    assert shown.endswith(" more")


def test_a_mention_at_the_start_leaves_the_room_behind_it() -> None:
    text = "Palmyra " + "more " * 100
    assert excerpt(text, 0, 7, width=60).end > 50


def test_one_endless_word_does_not_make_an_endless_excerpt() -> None:
    text = "x" * 10_000 + "تدمر" + "y" * 10_000
    cut = excerpt(text, 10_000, 10_004)
    assert cut.end - cut.start < 300
