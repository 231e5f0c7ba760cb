"""The tagger: the chain against every possible tagging, and what the features may depend on."""

from __future__ import annotations

import re
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from geo.recognize.reader import Reader
from geo.recognize.tagging import Tags, features
from geo.recognize.tagging.chain import BEGIN, INSIDE, OUTSIDE, TAGS, chains, sums
from geo.recognize.tagging.features import NEWS, POST
from geo.recognize.tagging.tagger import packed
from geo.recognize.unknown import unknown_names
from geo.recognize.weighing import shipped_model

ARABIC = "انسحبت القوات من بلدة خربة الزيتونة الغربية شمال حلب، وفق مصادر محلية."
ENGLISH = "Residents of Winterfold said the road to Aleppo was closed."

scores = st.integers(1, 5).flatmap(
    lambda tokens: st.lists(
        st.lists(st.floats(-3, 3), min_size=3, max_size=3), min_size=tokens, max_size=tokens
    )
)
moves = st.lists(st.lists(st.floats(-2, 2), min_size=3, max_size=3), min_size=3, max_size=3)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Gazetteer.open())


def _allowed(tags: tuple[int, ...]) -> bool:
    return all(pair != (OUTSIDE, INSIDE) for pair in pairwise((OUTSIDE, *tags)))


@given(scores, moves, st.integers(0, 4))
@settings(deadline=None)
def test_the_sums_are_those_over_every_tagging(
    score: list[list[float]], move: list[list[float]], cut: int
) -> None:
    table, between = np.array(score), np.array(move)
    breaks = np.zeros(len(table), dtype=bool)
    breaks[[0, min(cut, len(table) - 1)]] = True
    edges = [*np.flatnonzero(breaks).tolist(), len(table)]
    expected = np.zeros_like(table)
    for low, high in pairwise(edges):
        total = 0.0
        for tags in product(TAGS, repeat=high - low):
            if _allowed(tags):
                value = sum(table[low + n, tag] for n, tag in enumerate(tags))
                value += sum(between[a, b] for a, b in pairwise(tags))
                total += np.exp(value)
                for n, tag in enumerate(tags):
                    expected[low + n, tag] += np.exp(value)
        expected[low:high] /= total
    found = sums(table, between, chains(breaks)).marginals
    np.testing.assert_allclose(found, expected, atol=1e-9)


@given(st.lists(st.booleans(), min_size=1, max_size=400))
@settings(deadline=None)
def test_sentences_hold_every_token_once_the_longest_first(opens: list[bool]) -> None:
    breaks = np.array([True, *opens])
    found = chains(breaks)
    assert sorted(found.tokens().tolist()) == list(range(len(breaks)))
    assert (np.diff(found.length) <= 0).all()
    assert set(np.flatnonzero(breaks).tolist()) <= set(found.first.tolist())


def test_an_empty_text_has_no_tags(reader: Reader) -> None:
    tags = shipped_model().tagger.tag(reader.read([""]))
    assert tags.marginals.shape == (0, len(TAGS))
    assert [len(column) for column in tags.names()] == [0, 0]


@given(st.lists(st.sampled_from([ARABIC, ENGLISH, "", "# ا", "a"]), min_size=1, max_size=4))
@settings(deadline=None, max_examples=25)
def test_an_article_is_tagged_alike_alone_and_among_others(texts: list[str]) -> None:
    reader, tagger = Reader(Gazetteer.open()), shipped_model().tagger
    together = tagger.tag(reader.read(texts)).marginals
    alone = [tagger.tag(reader.read([text])).marginals for text in texts]
    np.testing.assert_allclose(together, np.concatenate(alone), atol=1e-6)


# Words with clitics, in capitals, with marks, too short for some slots, and none at all.
WORDS = [
    "و",
    "قال",
    "بحلب",
    "حلب",
    "الزيتونة،",
    "# طرطوس",
    "Aleppo",
    "U.S.",
    "said",
    "9",
    ".\n",
    "(",
]


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=12), min_size=1, max_size=4))
@settings(deadline=None, max_examples=50)
def test_tagging_at_once_is_weighing_slot_by_slot(texts: list[list[str]]) -> None:
    reading, tagger = Reader(Gazetteer.open()).read([*map(" ".join, texts)]), shipped_model().tagger
    expected = tagger.weigh(features(reading)).marginals
    for _ in range(2):
        np.testing.assert_array_equal(tagger.tag(reading).marginals, expected)


def test_probabilities_of_a_token_sum_to_one(reader: Reader) -> None:
    marginals = shipped_model().tagger.tag(reader.read([ARABIC, ENGLISH])).marginals
    np.testing.assert_allclose(marginals.sum(axis=1), 1, atol=1e-6)


def test_hashtags_and_handles_make_a_post(reader: Reader) -> None:
    texts = ["#حلب الآن", "الطريق @alepponews", "حلب # الآن", "mail me@example.org"]
    reading = reader.read(texts)
    register = features(reading).register
    by_article = [set(register[reading.token_article == n].tolist()) for n in range(len(texts))]
    assert by_article == [{POST}, {POST}, {NEWS}, {POST}]


def test_the_probability_of_a_span_is_that_of_its_tags() -> None:
    # One sentence of three tokens whose second begins a name that never goes on.
    tags = Tags(np.array([[1.0, 0, 0], [0.2, 0.8, 0], [1.0, 0, 0]]))
    one, two = np.array([1]), np.array([2])
    assert tags.exact(one, one)[0] == pytest.approx(0.8)
    assert tags.exact(one, two)[0] == pytest.approx(0, abs=1e-6)
    assert [column.tolist() for column in tags.names()] == [[1], [1]]


def test_a_name_runs_on_while_its_tokens_are_inside() -> None:
    tags = Tags(np.array([[0.1, 0.9, 0], [0.1, 0, 0.9], [0.9, 0.1, 0], [0, 1.0, 0]]))
    assert [column.tolist() for column in tags.names()] == [[0, 3], [1, 3]]
    assert tags.longer(np.array([0]), np.array([0]))[0] == pytest.approx(0.9)
    assert tags.longer(np.array([1]), np.array([1]))[0] == pytest.approx(0.9)
    assert tags.exact(np.array([0]), np.array([1]))[0] == pytest.approx(0.9)


@given(st.lists(st.lists(st.floats(-9, 9), min_size=3, max_size=3), min_size=1, max_size=9))
def test_packed_weights_keep_their_rank_to_a_step(rows: list[list[float]]) -> None:
    table = packed(np.array(rows))
    assert table.shape == (len(rows), 4)
    near = np.clip(np.array(rows), -127 / 24, 127 / 24)
    np.testing.assert_allclose(table[:, :3] / 24, near, atol=0.5 / 24 + 1e-9)
    assert (table[:, 3] == 0).all()


def test_a_name_outside_the_gazetteer_loses_what_is_no_part_of_it(reader: Reader) -> None:
    text = "وصلت القافلة إلى خربتايا وعادت من بخربتايا ثم والزندوقة. Winterfold's mayor left."
    reading = reader.read([text])
    words = ["خربتايا", "بخربتايا", "والزندوقة", "Winterfold"]
    marginals = np.zeros((len(reading.tokens), len(TAGS)))
    marginals[:, OUTSIDE] = 1
    for word in words:
        place = text.rindex(word) if word == "بخربتايا" else text.index(word)
        marginals[np.searchsorted(reading.token_start, place), :] = (0, 1, 0)
    none = np.zeros(0, dtype=np.int64)
    _, start, end = unknown_names(reading, Tags(marginals).names(), (none, none))
    found = [text[low:high] for low, high in zip(start.tolist(), end.tolist(), strict=True)]
    assert found == ["خربتايا", "خربتايا", "الزندوقة", "Winterfold"]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("حرائق في حلب <وخربتايا> أمس", "خربتايا"),
        ("حرائق في حلب، <وخربتايا> أمس", "خربتايا"),
        ("حرائق في <خربتايا> <وزنبقيلا> أمس", "زنبقيلا"),
        ("حرائق في <وخربتايا> أمس", "وخربتايا"),
        ("حرائق في حلب. <وخربتايا> أمس", "وخربتايا"),
        ("حرائق في <باب زنبقيلا> أمس", "باب زنبقيلا"),
        ("حرائق في <وأبو زنبقيلا> أمس", "أبو زنبقيلا"),
        ("حرائق في مستشفى <زنبقيلا> أمس", "مستشفى زنبقيلا"),
        ("حرائق بمستشفى <زنبقيلا> أمس", "مستشفى زنبقيلا"),
        ("حرائق في مدينة <زنبقيلا> أمس", "زنبقيلا"),
        ("حرائق في قاعدتي <زنبقيلا> أمس", "زنبقيلا"),
        ("Fires at the camp <Winterfold> went on", "Winterfold"),
    ],
)
def test_what_joins_an_unknown_name_to_a_list_is_no_part_of_it(
    reader: Reader, marked: str, name: str
) -> None:
    text = marked.replace("<", "").replace(">", "")
    reading = reader.read([text])
    marginals = np.zeros((len(reading.tokens), len(TAGS)))
    marginals[:, OUTSIDE] = 1
    for words in re.findall("<(.*?)>", marked):
        low = text.index(words)
        first, last = np.searchsorted(reading.token_start, [low, low + len(words)])
        marginals[first:last] = (0, 0, 1)
        marginals[first] = (0, 1, 0)
    known = np.flatnonzero(reading.start == text.find("حلب"))
    mentions = (reading.start[known], reading.end[known])
    _, start, end = unknown_names(reading, Tags(marginals).names(), mentions)
    assert text[start[-1] : end[-1]] == name


def test_what_was_decided_is_not_unknown(reader: Reader) -> None:
    text = "The road to Aleppo was closed."
    reading = reader.read([text])
    marginals = np.zeros((len(reading.tokens), len(TAGS)))
    marginals[:, BEGIN] = 1
    for accepted in (True, False):
        decided = np.full(len(reading), accepted)
        mentions = (reading.start[decided], reading.end[decided])
        _, start, _ = unknown_names(reading, Tags(marginals).names(), mentions)
        assert text.index("Aleppo") not in start.tolist()
