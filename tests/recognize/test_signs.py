"""The signs of a block lose no relation, and tell what leads up to a name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geo
from geo.geoparser import Geoparser
from geo.lang.spatial import spatial_languages
from geo.model import Article
from geo.recognize.mentions import find_mentions
from geo.recognize.reader import Reader
from geo.recognize.relations import Signs, Told, shipped_signs
from geo.resources import data_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.lang.spatial import SpatialWords
    from geo.model import Site
    from geo.recognize.reading import Reading
    from geo.recognize.weighing import DecisionModel

NAMES = ["Homs", "Raqqa", "Syrian", "Turkish", "حمص", "الرقة", "السورية", "التركية"]
NOISE = ["yesterday", "said", ",", "أمس", "وقال", "،", "20", "5,5", "al-Foo", "'s", "«", "\n"]


@pytest.fixture(scope="module")
def geoparser() -> Geoparser:
    return Geoparser()


def vocabulary() -> list[str]:
    phrases: set[str] = set()
    for words in spatial_languages():
        tables = (words.cues, words.links)
        phrases.update(phrase for table in tables for some in table.values() for phrase in some)
        phrases.update((*words.heads, *words.tails, *words.units, *words.numbers))
        phrases.update(words.directions)
    return sorted(
        {phrase.rstrip("+").replace("*?", "old").replace("*", "old") for phrase in phrases}
    )


def relations(geoparser: Geoparser, texts: Sequence[str]) -> list[tuple[Site, ...]]:
    articles = (Article(id=str(number), text=text) for number, text in enumerate(texts))
    return [
        tuple(site for site in parse.sites if site.source == "relation")
        for parse in geoparser.parse_many(articles)
    ]


def all_told(_: Signs, reading: Reading, __: object) -> dict[int, Told]:
    everywhere = set(range(len(reading.tokens.points) + 1))
    return {number: Told(everywhere, border=True) for number in range(len(reading.offsets))}


def everywhere(geoparser: Geoparser, texts: Sequence[str]) -> list[tuple[Site, ...]]:
    with patch.object(Signs, "told", all_told):
        return relations(geoparser, texts)


def test_the_sample_articles_lose_no_relation(geoparser: Geoparser) -> None:
    texts = [article.text for article in geo.read_articles(data_folder("articles"))]
    found = relations(geoparser, texts)
    assert found == everywhere(geoparser, texts)
    assert any(found)


@settings(max_examples=300, deadline=None)
@given(
    parts=st.lists(
        st.one_of(st.sampled_from(vocabulary()), st.sampled_from(NOISE), st.sampled_from(NAMES)),
        min_size=2,
        max_size=14,
    ),
    gaps=st.lists(st.sampled_from([" ", " ", " ", "", "-", "  "]), min_size=14, max_size=14),
)
def test_no_text_loses_a_relation(geoparser: Geoparser, parts: list[str], gaps: list[str]) -> None:
    text = "".join(part + gap for part, gap in zip(parts, gaps, strict=False))
    with patch("geo.geoparser.find_mentions", accept_everything):
        assert relations(geoparser, [text]) == everywhere(geoparser, [text])


def accept_everything(reading: Reading, model: DecisionModel) -> object:
    """Take every name for a place, so that more hangs on the signs than the decision allows."""
    decision = find_mentions(reading, model)
    decision.accepted[:] = True
    return decision


@settings(max_examples=200, deadline=None)
@given(
    parts=st.lists(
        st.one_of(st.sampled_from(vocabulary()), st.sampled_from(NOISE), st.sampled_from(NAMES)),
        min_size=2,
        max_size=14,
    ),
    gaps=st.lists(st.sampled_from([" ", " ", " ", "", "-", "  "]), min_size=14, max_size=14),
)
def test_a_glance_passes_over_no_word_that_tells(
    geoparser: Geoparser, parts: list[str], gaps: list[str]
) -> None:
    text = "".join(part + gap for part, gap in zip(parts, gaps, strict=False))
    block = shipped_signs(geoparser.gazetteer.tokeniser)._block(
        Reader(geoparser.gazetteer).read([text])
    )
    every = np.arange(len(block.reading.token_start))
    for step in (-1, 1):
        slow = [block._tells(token, step) for token in every.tolist()]  # reads every token, too
        assert not (~block._may_tell(every, step) & np.array(slow, dtype=bool)).any()


@pytest.mark.parametrize("words", spatial_languages(), ids=lambda words: words.code)
def test_every_phrase_for_a_border_holds_a_word_that_is_one_alone(words: SpatialWords) -> None:
    for cue in ("border", "ground"):
        phrases = words.cues.get(cue, ())
        alone = {phrase for phrase in phrases if " " not in phrase}
        assert all(alone & set(phrase.split()) for phrase in phrases)


def test_a_direction_is_no_place_of_that_name(geoparser: Geoparser) -> None:
    text = "اندلع حريق على بعد عشرين كيلومتراً إلى الشمال الشرقي من اللاذقية."
    parse = geoparser.parse(Article(id="1", text=text))
    assert {site.mention.text for site in parse.sites} >= {"اللاذقية"}
    assert "الشمال الشرقي" not in {site.mention.text for site in parse.sites}
    (site,) = [site for site in parse.sites if site.source == "relation"]
    assert site.mention.text == "على بعد عشرين كيلومتراً إلى الشمال الشرقي من اللاذقية"
