"""What each step adds: recognition, resolution and calibration with one step more a line.

    python benchmarks/ablation.py CORPUS.jsonl... [--without-tagger MODEL.json]

The lines: every longest name of the gazetteer, each meaning its most important place; the names
that a decision takes (shown for a model trained without the tagger, where one is given); those that
the shipped decision takes, the tagger's word among its evidence; places by the ranker's first pass,
which sees each name alone; by both passes, which see the article. Rankers are trained on the other
folds of all corpora; the decision is the one that ships.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.build.ranker_lessons import FOLDS, folds_of, lesson
from geo.build.train_ranker import train
from geo.evaluate import evaluate, read_gold
from geo.gazetteer import Gazetteer
from geo.model import Mention, Parse, Site, Unplaced
from geo.recognize.linear import load_model, shipped_model
from geo.recognize.mentions import find_mentions
from geo.recognize.reader import Reader
from geo.resolve.confidence import calibrated
from geo.resolve.ranker import ALONE, FEATURES, Weights, shipped_weights
from geo.resolve.resolution import resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.evaluate import GoldArticle
    from geo.recognize.mentions import Decision
    from geo.recognize.reading import Reading

NOTHING = -1e9
"""The score of "none of these" where the most important place is always taken."""


def by_importance() -> Weights:
    """Weights that take the most important place of a name."""
    features = np.zeros((1, len(FEATURES)))
    features[0, ALONE.index("importance")] = 10.0
    return Weights(features=features, none=np.array([NOTHING]))


def parses(
    gazetteer: Gazetteer,
    gold: Sequence[GoldArticle],
    reading: Reading,
    decision: Decision,
    weights: Weights,
) -> list[Parse]:
    """What a parser of one decision and one ranker makes of some articles."""
    found = resolve(reading, decision, gazetteer, weights=weights)
    sites: list[list[Site]] = [[] for _ in gold]
    unplaced: list[list[Unplaced]] = [[] for _ in gold]
    for hit in np.flatnonzero(decision.accepted).tolist():
        number = int(reading.article[hit])
        offset = int(reading.offsets[number])
        start, end = int(decision.start[hit]) - offset, int(decision.end[hit]) - offset
        mention = Mention(start=start, end=end, text=gold[number].article.text[start:end])
        if hit not in found:
            unplaced[number].append(Unplaced(mention=mention, reason="not in the gazetteer"))
            continue
        place = gazetteer.place(found[hit].rows[0])
        shares = calibrated(
            found[hit].probabilities,
            float(decision.probability[hit]),
            shipped_weights().calibration,
        )
        point = shapely.Point(place.lon, place.lat)
        sites[number].append(
            Site(mention=mention, place=place, footprint=point, confidence=shares[0])
        )
    for number, begin, stop in decision.unknown:
        offset = int(reading.offsets[number])
        text = gold[number].article.text[begin - offset : stop - offset]
        mention = Mention(start=begin - offset, end=stop - offset, text=text)
        unplaced[number].append(Unplaced(mention=mention, reason="not in the gazetteer"))
    return [
        Parse(article=one.article, sites=tuple(mine), unplaced=tuple(rest))
        for one, mine, rest in zip(gold, sites, unplaced, strict=True)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--without-tagger", type=Path, help="a decision trained without it")
    options = parser.parse_args()
    gazetteer = Gazetteer.open()
    golds = {path.stem: read_gold(path) for path in options.corpora}
    lessons = [lesson(gazetteer, gold) for gold in golds.values()]
    rankers = [train(lessons, [one.fold != fold for one in lessons]) for fold in range(FOLDS)]
    alone = [Weights(features=one.features[:1], none=one.none[:1]) for one in rankers]
    for name, gold in golds.items():
        reading = Reader(gazetteer).read([one.article.text for one in gold])
        shipped = find_mentions(reading, shipped_model())
        every = np.ones(len(reading), dtype=bool)
        ways = [
            (
                "gazetteer alone",
                replace(shipped, accepted=every, probability=every.astype(float), unknown=()),
                [by_importance()],
            )
        ]
        if options.without_tagger:
            plain = find_mentions(reading, load_model(options.without_tagger))
            ways.append(("+ decision", replace(plain, unknown=()), [by_importance()]))
        ways += [
            ("+ tagger", shipped, [by_importance()]),
            ("+ ranker", shipped, alone),
            ("+ rest of the article", shipped, rankers),
        ]
        print(f"{name:<24}strict F1  overlap F1   25 km  161 km  calibration")
        for way, decision, weights in ways:
            report = evaluate(
                gold, held_out(gazetteer, gold, reading, decision, weights), gazetteer
            )
            print(f"  {way:<22}" + line(report))


def held_out(
    gazetteer: Gazetteer,
    gold: Sequence[GoldArticle],
    reading: Reading,
    decision: Decision,
    weights: Sequence[Weights],
) -> list[Parse]:
    """The parse of every article by the weights that are not trained on it."""
    every = [parses(gazetteer, gold, reading, decision, one) for one in weights]
    folds = folds_of(gold) % len(every)
    return [every[fold][number] for number, fold in enumerate(folds.tolist())]


def line(report: dict) -> str:
    recognition, distances = report["recognition"], report["all"]
    cells = [recognition["strict"]["f1"], recognition["overlap"]["f1"]]
    cells += [distances.get(f"within {reach} km", float("nan")) for reach in (25, 161)]
    cells.append(report["calibration"]["expected error"])
    widths = (9, 12, 8, 8, 13)
    return "".join(f"{cell:>{width}.3f}" for cell, width in zip(cells, widths, strict=True))


if __name__ == "__main__":
    main()
