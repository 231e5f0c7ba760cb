"""What each step adds on text that no weight was trained on, one step more a line.

    python benchmarks/ablation.py CORPUS.jsonl... [--recognition CORPUS.jsonl...] [--keep FOLDER]

The arguments and the parts are those of ``unseen.py``, and so is FOLDER. The lines: every longest
name of the gazetteer, each meaning its most important place; the names that a decision takes which
was trained without the tagger and sees each name for itself; the same with the tagger, its word
among the evidence and the names that the gazetteer lacks; places by the ranker's first pass, which
sees each name alone; and the second looks of both, which see what else the article names, with the
trees that correct the decision's.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from unseen import HEADING, line, reports

from geo.build.train_tagger import untrained
from geo.build.unseen import Unseen, arguments
from geo.recognize.evidence import COLUMNS
from geo.recognize.lexical import BUCKETS
from geo.recognize.trees import no_trees
from geo.recognize.usage import Usage
from geo.recognize.uses import no_uses
from geo.recognize.weighing import LOOKS, SCRIPTS, DecisionModel
from geo.resolve.ranker import ALONE, FEATURES, Weights

NOTHING = -1e9
"""The score of "none of these" where the most important place is always taken."""

SURE = 9.0
"""Log-odds of a name that is always taken."""


def by_importance() -> Weights:
    """Weights that take the most important place of a name."""
    features = np.zeros((1, len(FEATURES)))
    features[0, ALONE.index("importance")] = 10.0
    return Weights(features=features, none=np.array([NOTHING]))


def every_name() -> DecisionModel:
    """A decision that takes every name."""
    weights = np.zeros((LOOKS, len(SCRIPTS), len(COLUMNS)), dtype=np.float32)
    weights[..., [name.split(": ")[-1] == "any name" for name in COLUMNS]] = SURE
    lexical = np.zeros((LOOKS, len(SCRIPTS), BUCKETS), dtype=np.float32)
    unused = Usage.of(np.zeros(0, np.uint64), np.zeros(0, np.int8))
    few = len(SCRIPTS)
    return DecisionModel(weights, lexical, unused, untrained(), no_trees(few), no_uses(few))


def first_look(model: DecisionModel) -> DecisionModel:
    """The same decision without its second look at the article."""
    weights, lexical = (np.stack([each[0]] * LOOKS) for each in (model.weights, model.lexical))
    return replace(model, weights=weights, lexical=lexical, trees=no_trees(len(SCRIPTS)))


def first_pass(ranker: Weights) -> Weights:
    """The same ranker without its second pass."""
    return Weights(features=ranker.features[:1], none=ranker.none[:1])


def main() -> None:
    unseen = Unseen(arguments(__doc__).parse_args())
    models = unseen.recognition()
    rankers = unseen.rankers(unseen.read(models))
    alone = [first_look(model) for model in unseen.recognition(tagging=untrained)]
    beside = [first_look(model) for model in models]
    plain = [by_importance()] * len(models)
    ways = {
        "gazetteer only": ([every_name()] * len(models), plain),
        "+ decision": (alone, plain),
        "+ detector": (beside, plain),
        "+ ranker": (beside, [first_pass(ranker) for ranker in rankers]),
        "+ document": (models, rankers),
    }
    figures = {way: reports(unseen, *steps) for way, steps in ways.items()}
    for number, name in enumerate(unseen.names):
        print(f"{name:<16}{HEADING}")
        for way, each in figures.items():
            print(f"  {way:<14}{line(each[number])}")


if __name__ == "__main__":
    main()
