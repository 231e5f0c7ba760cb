"""How well names that stand for who acts there are told from the ground, on texts held out.

    python benchmarks/uses.py [--folds 5]

The texts of ``geo/build/lessons/uses`` say it of each toponym; they were written to be hard, with
the same capitals in both uses. Each part of them is judged by what the others teach. The lines are
what grammar alone says (the doer of a verb, a side of a dealing), the weights where they lean, and
the weights as they are used: sure of it, since news uses names so less often than these texts.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import numpy as np

from geo.build.train_uses import fit_uses, says_uses, taught
from geo.build.training_text import own_texts, read_corpus
from geo.gazetteer import Gazetteer
from geo.recognize.reader import Reader
from geo.recognize.uses import COLUMNS, columns
from geo.recognize.weighing import SCRIPTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

WAYS = ("grammar alone", "weights, as they lean", "weights, when sure")
ACTS = COLUMNS.index("acts, says the grammar")


def line(said: NDArray[np.bool_], truth: NDArray[np.bool_]) -> str:
    """Return accuracy, and precision and recall of the associative use, as one line."""
    right = int((said & truth).sum())
    return (
        f"accuracy {(said == truth).mean():.3f}"
        f"  associative P {right / max(int(said.sum()), 1):.3f}"
        f"  R {right / max(int(truth.sum()), 1):.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure literal and associative use.")
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    reader = Reader(Gazetteer.open())
    files = [texts for texts in map(read_corpus, own_texts()) if says_uses(texts)]
    placed = [(number, text) for texts in files for number, text in enumerate(texts)]
    script, truth = [], []
    said: list[list[NDArray[np.bool_]]] = [[] for _ in WAYS]
    for fold in range(options.folds):
        uses = fit_uses(reader, [t for number, t in placed if number % options.folds != fold])
        held = [t for number, t in placed if number % options.folds == fold]
        reading, which, gold = taught(reader, held)
        chosen = np.zeros(len(reading), dtype=bool)
        chosen[which] = True
        script.append(reading.script[which])
        truth.append(gold)
        said[0].append(columns(reading, which)[:, ACTS] > 0)
        said[1].append(uses.associative(reading, chosen, sure=False)[which])
        said[2].append(uses.associative(reading, chosen)[which])
    scripts, gold = np.concatenate(script), np.concatenate(truth)
    for number, name in enumerate(SCRIPTS):
        mine = scripts == number
        print(f"{name}: {mine.sum()} toponyms, {gold[mine].sum()} associative")
        for way, parts in zip(WAYS, said, strict=True):
            print(f"  {way:<24}{line(np.concatenate(parts)[mine], gold[mine])}")


if __name__ == "__main__":
    main()
