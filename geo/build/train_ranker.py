"""Train the ranker: ``python -m geo.build.train_ranker CORPUS... --out geo/resolve/weights.json``.

A corpus is anything ``mawaqi evaluate`` reads whose toponyms have points; they and the texts
written for training teach the weights (`geo.build.ranker_fit`). The calibration is learned from
what became of texts that neither recognition nor ranker had seen (`geo.build.unseen`, whose options
these are): both are surer of what they were trained on. The file names every corpus, its articles
and toponyms, and what was right on articles held out; the same input gives the same file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.build.calibrate import errors_in_domain, errors_out_of_domain, fit_calibration, joined
from geo.build.ranker_fit import PENALTY, share_right, train
from geo.build.ranker_lessons import FOLDS, lesson, placed_articles
from geo.build.training_text import placed_texts
from geo.build.unseen import Unseen, arguments
from geo.evaluate import read_gold
from geo.resolve.confidence import EVIDENCE
from geo.resolve.ranker import FEATURES, NONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.build.calibrate import Outcomes
    from geo.build.ranker_lessons import Lesson
    from geo.evaluate import GoldArticle
    from geo.gazetteer import Gazetteer
    from geo.resolve.ranker import Weights

__all__ = ["main", "report"]


def _held_out(lessons: Sequence[Lesson], folds: Sequence[Weights]) -> list[float]:
    """Return for each lesson the share right by weights that never saw the article (or event)."""
    right = np.zeros((len(lessons), 2))
    for fold, weights in enumerate(folds):
        right += [share_right(one, weights, [fold]) for one in lessons]
    return [round(float(good / every), 4) for good, every in right]


def report(
    gazetteer: Gazetteer,
    corpora: Mapping[str, Sequence[GoldArticle]],
    own: Mapping[str, Sequence[GoldArticle]],
    came: Sequence[Sequence[Outcomes]],
) -> dict[str, Any]:
    """Return the weights with what they were trained on, ready to be written.

    ``own`` are texts written for training. How often a site is right is not learned from them:
    nobody writes the names of the world as often as they stand in the news. ``came`` is what became
    of each part of each corpus when nothing had seen it.
    """
    lessons = [lesson(gazetteer, gold) for gold in (*corpora.values(), *own.values())]
    weights = train(lessons, [np.ones_like(one.known) for one in lessons])
    folds = [train(lessons, [one.fold != fold for one in lessons]) for fold in range(FOLDS)]
    inside, outside = errors_in_domain(came), errors_out_of_domain(came)
    trained_on = [
        {
            "corpus": name,
            "articles": len(gold),
            "toponyms": int(one.mentions.sum()),
            "right on held-out folds": share,
        }
        for (name, gold), one, share in zip(
            (*corpora.items(), *own.items()), lessons, _held_out(lessons, folds), strict=True
        )
    ]
    for one, held_out, others in zip(trained_on, inside, outside, strict=False):
        one["calibration error on unseen parts"] = held_out
        one["calibration error after the other corpora"] = others
    learned = fit_calibration([joined(parts) for parts in came])
    return {
        "trained_on": trained_on,
        "penalty": PENALTY,
        "weights": [
            {
                **{name: round(float(x), 3) for name, x in zip(FEATURES, row, strict=True) if x},
                NONE: round(float(none), 3),
            }
            for row, none in zip(weights.features, weights.none, strict=True)
        ],
        "calibration": {
            name: round(float(x), 3) for name, x in zip(EVIDENCE, learned, strict=True)
        },
    }


def main() -> None:
    """Run the command line of this module."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    unseen = Unseen(options)
    parts = unseen.read(unseen.recognition())
    came = unseen.outcomes(parts, unseen.rankers(parts))
    corpora = {path.stem: read_gold(path) for path in options.corpora}
    own = {f"own {path.stem}": placed_articles(unseen.gazetteer, path) for path in placed_texts()}
    written = report(unseen.gazetteer, corpora, own, came)
    options.out.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", "utf-8")
    for one in written["trained_on"]:
        print(f"{one['corpus']}: {one['right on held-out folds']:.3f} right on held-out folds")
        if "calibration error on unseen parts" in one:
            print(f"  calibration error {one['calibration error on unseen parts']}", end="")
            print(f", {one['calibration error after the other corpora']} by the other corpora")


if __name__ == "__main__":
    main()
