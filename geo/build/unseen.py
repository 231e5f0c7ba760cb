"""Corpora in parts, and what recognition and ranker make of each part that they have not seen.

The articles of every corpus are parted: by their event where the ids say it (``event/…``), else
into runs as the file has them; an article that stands in two corpora is in the same part of both.
For each part recognition is trained on the other parts, and the ranker on what that makes of them.
What became of the sites is what the calibration has to learn: weights are surer of what they saw.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from geo.build.calibrate import outcomes
from geo.build.ranker_fit import train as train_ranker
from geo.build.ranker_lessons import lesson, placed_articles
from geo.build.train import train
from geo.build.train_tagger import fit_tagger
from geo.build.training_text import own_texts, placed_texts, read_corpus
from geo.evaluate import read_gold
from geo.gazetteer import Gazetteer
from geo.recognize.mentions import find_mentions
from geo.recognize.reader import Reader
from geo.recognize.weighing import load_model

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.build.calibrate import Outcomes
    from geo.build.ranker_lessons import Lesson
    from geo.build.train_tagger import Tagged
    from geo.evaluate import GoldArticle
    from geo.recognize.mentions import Decision
    from geo.recognize.reading import Reading
    from geo.recognize.tagging import Tagger
    from geo.recognize.weighing import DecisionModel
    from geo.resolve.ranker import Weights

__all__ = ["Part", "Unseen", "arguments", "by_text", "parts_of"]


@dataclass(frozen=True, slots=True)
class Part:
    """The articles of one part of a corpus as recognition sees them that has not seen them."""

    gold: Sequence[GoldArticle]
    reading: Reading
    decision: Decision
    lesson: Lesson


class Unseen:
    """Corpora in parts: for each part, what recognition and ranker learn from the others.

    ``golds`` has the articles of each corpus for each part, ``models`` the recognition of each.
    """

    def __init__(self, options: argparse.Namespace) -> None:
        self.names = [path.stem for path in options.corpora]
        self.gazetteer = Gazetteer.open()
        self._keep, self._learned_from = options.keep, options.recognition or options.corpora
        paths = dict.fromkeys([*options.corpora, *self._learned_from])
        every = {path: read_gold(path) for path in paths}
        self._part = by_text(list(every.values()), options.folds)
        self.folds = range(options.folds)
        self.golds = [
            [[g for g in every[path] if self._part[g.article.text] == fold] for fold in self.folds]
            for path in options.corpora
        ]
        self._own = [
            lesson(self.gazetteer, placed_articles(self.gazetteer, path)) for path in placed_texts()
        ]

    def recognition(
        self, *, tagging: Callable[[Sequence[Tagged]], Tagger] = fit_tagger
    ) -> list[DecisionModel]:
        """Return for each part the model that is trained on the others, as it would ship."""
        with tempfile.TemporaryDirectory() as empty:
            folder = self._keep or Path(empty)
            folder.mkdir(parents=True, exist_ok=True)
            return [self._recognition(fold, folder, tagging) for fold in self.folds]

    def _recognition(
        self, fold: int, folder: Path, tagging: Callable[[Sequence[Tagged]], Tagger]
    ) -> DecisionModel:
        kept = folder / f"{tagging.__name__}{fold}of{len(self.folds)}.json"
        if not kept.exists():
            corpora = [
                [text for text in read_corpus(path) if self._part[text.text] != fold]
                for path in self._learned_from
            ]
            own = [read_corpus(path) for path in own_texts()]
            train(corpora, self.gazetteer, own=own, tagging=tagging).save(kept, without=fold)
        return load_model(kept)

    def read(self, models: Sequence[DecisionModel]) -> list[list[Part]]:
        """Return the parts of each corpus, each read by the model that has not seen it."""
        return [
            [self._read(gold, model) for gold, model in zip(golds, models, strict=True)]
            for golds in self.golds
        ]

    def _read(self, gold: Sequence[GoldArticle], model: DecisionModel) -> Part:
        reading = Reader(self.gazetteer).read([one.article.text for one in gold])
        found = lesson(self.gazetteer, gold, model=model)
        return Part(gold, reading, find_mentions(reading, model), found)

    def rankers(self, parts: Sequence[Sequence[Part]]) -> list[Weights]:
        """Return for each part the ranker that learns from the others."""
        learned = []
        for fold in self.folds:
            lessons = [
                part.lesson for mine in parts for n, part in enumerate(mine) if n != fold
            ] + self._own
            chosen = [np.ones_like(one.known) for one in lessons]
            learned.append(train_ranker(lessons, chosen))
        return learned

    def outcomes(
        self, parts: Sequence[Sequence[Part]], rankers: Sequence[Weights]
    ) -> list[list[Outcomes]]:
        """Return what became of the mentions of each part."""
        return [
            [
                outcomes(part.reading, part.decision, self.gazetteer, part.gold, ranker)
                for part, ranker in zip(mine, rankers, strict=True)
            ]
            for mine in parts
        ]


def parts_of(gold: Sequence[GoldArticle], folds: int) -> list[int]:
    """Return the part of each article: that of its event, or else of its run."""
    events = [one.article.id.split("/")[0] for one in gold]
    distinct = sorted(set(events)) if all("/" in one.article.id for one in gold) else []
    if len(distinct) < folds:
        return [number * folds // len(gold) for number in range(len(gold))]
    return [distinct.index(event) % folds for event in events]


def by_text(golds: Sequence[Sequence[GoldArticle]], folds: int) -> dict[str, int]:
    """Return the part of every text; one that stands in several corpora is where the first says."""
    part: dict[str, int] = {}
    for gold in golds:
        for article, number in zip(gold, parts_of(gold, folds), strict=True):
            part.setdefault(article.article.text, number)
    return part


def arguments(description: str) -> argparse.ArgumentParser:
    """Return a parser of the arguments that `Unseen` takes."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("corpora", nargs="+", type=Path, help="with points")
    parser.add_argument("--recognition", nargs="+", type=Path, help="what it is trained on")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="a folder that keeps trained recognition")
    return parser
