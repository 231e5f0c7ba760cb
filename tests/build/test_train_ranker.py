"""Training the ranker on small invented corpora."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.build.calibrate import Outcomes
from geo.build.ranker_fit import BY_HAND, fit
from geo.build.ranker_lessons import lesson, placed_articles
from geo.build.train_ranker import report
from geo.evaluate import GoldArticle, GoldToponym
from geo.gazetteer import Gazetteer
from geo.model import Article
from geo.resolve.confidence import EVIDENCE
from geo.resolve.ranker import FEATURES, NONE, load_weights

if TYPE_CHECKING:
    from pathlib import Path

START = np.array([BY_HAND.get(name, 0.0) for name in (*FEATURES, NONE)])


def corpus() -> list[GoldArticle]:
    places = {"Raqqa": (35.95, 39.01), "Tabqa": (35.84, 38.55), "Aleppo": (36.2, 37.16)}
    articles = []
    for number in range(10):
        text = "The convoy left Raqqa for Tabqa and Aleppo."
        toponyms = tuple(
            GoldToponym(start=text.index(name), end=text.index(name) + len(name), lat=lat, lon=lon)
            for name, (lat, lon) in places.items()
        )
        article = Article(id=f"{number // 2}/{number}", text=text)
        articles.append(GoldArticle(article=article, toponyms=toponyms))
    return articles


def test_weights_move_towards_what_is_right() -> None:
    column = FEATURES.index("own name")
    features = np.zeros((40, len(FEATURES)))
    features[::2, column] = 1.0
    toponym = np.repeat(np.arange(20), 2)
    right = features[:, column] == 1
    assert fit(features, toponym, right, START)[column] > START[column]
    assert fit(features, toponym, ~right, START)[column] < START[column]


def test_names_without_a_right_place_raise_the_score_of_none() -> None:
    features = np.zeros((20, len(FEATURES)))
    weights = fit(features, np.arange(20), np.zeros(20, dtype=bool), START)
    assert weights[-1] > START[-1]


def test_what_no_corpus_speaks_of_stays_as_it_was_set() -> None:
    generator = np.random.default_rng(1)
    features = generator.random((60, len(FEATURES)))
    toponym = np.repeat(np.arange(20), 3)
    weights = fit(features, toponym, np.tile([True, False, False], 20), START)
    assert np.isfinite(weights).all()
    for name in ("focus", "curated", "kind named"):
        assert weights[FEATURES.index(name)] == BY_HAND[name]


def test_articles_of_one_event_share_a_fold() -> None:
    taught = lesson(Gazetteer.open(), corpus())
    assert taught.fold.reshape(5, -1).std(axis=1).max() == 0
    assert taught.mentions.sum() == 30
    assert taught.right.any()
    assert not (taught.right & ~taught.known[taught.table.toponym]).any()


def test_a_place_that_the_posts_on_an_event_repeat_teaches_a_few_times() -> None:
    [gold, *_] = corpus()
    posts = [
        GoldArticle(
            article=Article(id=f"{event}{number}", text=gold.article.text), toponyms=gold.toponyms
        )
        for event in ("flood/", "storm/", "")
        for number in range(20)
    ]
    taught = lesson(Gazetteer.open(), posts)
    known = np.bincount(taught.table.article, weights=taught.known, minlength=len(posts))
    assert known[:20].tolist() == known[20:40].tolist() == [3] * 5 + [0] * 15
    assert known[40:].tolist() == [3] * 20
    assert taught.mentions.sum() == 180


def test_the_report_names_its_data_and_can_be_loaded(tmp_path: Path) -> None:
    gazetteer = Gazetteer.open()
    corpora = {"invented": corpus()}
    homs = gazetteer.lookup("Homs")[0].id
    path = tmp_path / "own.txt"
    path.write_text(f"From [[Homs|{homs}]] to [[Wad Shankol]]\n", "utf-8")
    own = {"own": placed_articles(gazetteer, path)}
    part = Outcomes(np.ones((4, len(EVIDENCE))), np.array([True, True, True, False]))
    written = report(gazetteer, corpora, own, [[part, part]])
    assert report(gazetteer, corpora, own, [[part, part]]) == written
    assert written["trained_on"][0]["corpus"] == "invented"
    assert written["trained_on"][0]["toponyms"] == 30
    assert written["trained_on"][0]["right on held-out folds"] == pytest.approx(1)
    assert written["trained_on"][1]["corpus"] == "own"
    assert written["trained_on"][1]["toponyms"] == 1
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(written), "utf-8")
    weights = load_weights(path)
    assert weights.features.shape == (2, len(FEATURES))
    assert len(weights.calibration) == len(EVIDENCE)


def test_a_lesson_on_a_place_that_is_in_no_gazetteer_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("A fire in [[Homs|gn:0]]\n", "utf-8")
    with pytest.raises(ValueError, match="gn:0"):
        placed_articles(Gazetteer.open(), path)
