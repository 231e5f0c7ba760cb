"""Fitting the tagger: the gradient against differences, and what a fitted tagger has learned."""

from __future__ import annotations

import numpy as np
import pytest

from geo.build.train_tagger import (
    Tagged,
    _matrix,
    _Objective,
    _script_sentences,
    fit_tagger,
    gold_tags,
)
from geo.build.training_text import Text, marked
from geo.gazetteer import Gazetteer
from geo.recognize.reader import Reader
from geo.recognize.tagging import features
from geo.recognize.tagging.chain import BEGIN, INSIDE, OUTSIDE, Chains

TEXTS = [
    marked("The convoy left [[Wad Shankol]] for [[Homs]]. Nobody was hurt."),
    marked("He was born in [[Wad Shankol]] and teaches maths."),
    marked("وصلت القافلة إلى [[خربتايا]] صباحا"),
    marked("قالت الوكالة إن القافلة وصلت"),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Gazetteer.open())


def lesson(reader: Reader, texts: list[Text]) -> Tagged:
    reading = reader.read([text.text for text in texts])
    return Tagged(features(reading), gold_tags(reading, texts))


def test_gold_tags_begin_and_go_on(reader: Reader) -> None:
    reading = reader.read([TEXTS[0].text])
    words = [BEGIN, INSIDE, OUTSIDE, BEGIN, OUTSIDE, OUTSIDE, OUTSIDE]
    assert gold_tags(reading, TEXTS[:1]).tolist() == [OUTSIDE, OUTSIDE, OUTSIDE, *words]


def test_a_span_inside_a_word_tags_the_word(reader: Reader) -> None:
    text = Text("وصلت بخربتايا صباحا", ((6, 13),))
    assert gold_tags(reader.read([text.text]), [text]).tolist() == [OUTSIDE, BEGIN, OUTSIDE]


def test_the_gradient_is_the_slope_of_the_loss(reader: Reader) -> None:
    part = lesson(reader, TEXTS)
    own = _script_sentences(part.features, 1)
    matrix = _matrix([(part, own)])
    matrix = matrix[:, np.flatnonzero(matrix.getnnz(axis=0))]
    gold = part.tags[own.tokens()].astype(np.intp)
    order = np.argsort(-own.length, kind="stable")
    sentences = Chains((np.cumsum(own.length) - own.length)[order], own.length[order])
    loss = _Objective(matrix, gold, sentences)
    generator = np.random.default_rng(1)
    at = generator.normal(size=loss.size) / 10
    _, slope = loss(at)
    chosen = [*generator.integers(0, loss.size, 20), *range(loss.size - 9, loss.size)]
    for number in chosen:
        step = np.zeros(loss.size)
        step[number] = 1e-2
        between = (loss(at + step)[0] - loss(at - step)[0]) / 2e-2
        assert between == pytest.approx(slope[number], abs=2e-3)


def test_a_fitted_tagger_finds_what_it_was_taught(reader: Reader) -> None:
    tagger = fit_tagger([lesson(reader, TEXTS * 10)])
    reading = reader.read([text.text for text in TEXTS])
    tags = tagger.tag(reading).marginals.argmax(axis=1)
    assert tags.tolist() == gold_tags(reading, TEXTS).tolist()
