"""The quick look at the words beside places loses no relation that a search of all text finds."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.lang.arabic.spatial import SPATIAL as ARABIC
from geo.lang.english.spatial import SPATIAL as ENGLISH
from geo.model import Mention
from geo.recognize.relations import find_relations
from geo.recognize.relations.grammar import grammar
from geo.recognize.relations.hints import AFTER, BEFORE, Hints

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.lang.spatial import SpatialWords

NOISE = ["yesterday", "the", "said", ",", "أمس", "وقال", "،", "20", "5,5"]


def every_stretch(
    _: Hints, text: str, anchors: Sequence[Mention], **__: object
) -> Iterator[tuple[int, int, Sequence[Mention]]]:
    """Yield the text round all anchors, as if every word told of a relation."""
    first, floor = 0, 0
    for number, anchor in enumerate(anchors):
        following = anchors[number + 1].start if number + 1 < len(anchors) else len(text)
        if number + 1 < len(anchors) and following - anchor.end <= AFTER:
            continue
        start = max(floor, anchors[first].start - BEFORE)
        yield start, min(following, anchor.end + AFTER), anchors[first : number + 1]
        first, floor = number + 1, anchor.end


def vocabulary(words: SpatialWords) -> list[str]:
    phrases = [
        phrase for table in (words.cues, words.links) for one in table.values() for phrase in one
    ]
    phrases += [*words.heads, *words.tails, *words.units, *words.numbers, *words.directions]
    return sorted(
        {phrase.rstrip("+").replace("*?", "old").replace("*", "old") for phrase in phrases}
    )


@pytest.mark.parametrize("words", [ARABIC, ENGLISH], ids=["ar", "en"])
@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_nothing_is_lost(words: SpatialWords, data: st.DataObject) -> None:
    part = st.one_of(
        st.sampled_from(vocabulary(words)), st.sampled_from(NOISE), st.just("[]"), st.just("[]")
    )
    text, anchors = "", []
    for written in data.draw(st.lists(part, min_size=1, max_size=12)):
        if written == "[]":
            anchors.append(Mention(start=len(text), end=len(text) + 4, text="Homs"))
        text += ("Homs" if written == "[]" else written) + data.draw(
            st.sampled_from([" ", " ", ""])
        )
    found = find_relations(text, anchors, words=words)
    with patch.object(Hints, "stretches", every_stretch):
        expected = find_relations(text, anchors, words=words)
    assert [(one.mention, one.kind) for one in found] == [
        (one.mention, one.kind) for one in expected
    ]


def test_plain_text_has_no_stretch_to_search() -> None:
    text = "The mayor of Homs met teachers from the old quarter, and Homs was calm all day."
    starts = [index for index in range(len(text)) if text.startswith("Homs", index)]
    anchors = [Mention(start=start, end=start + 4, text="Homs") for start in starts]
    assert list(grammar(ENGLISH).hints.stretches(text, anchors)) == []
    assert list(grammar(ARABIC).hints.stretches(text, anchors)) == []
