"""How well places are found and put on text that no weight was trained on, from end to end.

    python benchmarks/unseen.py CORPUS.jsonl... [--recognition CORPUS.jsonl...] [--keep FOLDER]

The articles of every corpus are parted: by their event where the ids say it (``event/…``), else
into runs as the file has them. For each part recognition is trained on the other parts, ranker and
calibration on what that makes of parts it has not seen either, and the articles of the part are
parsed with all three. Nothing is fitted to the articles it is judged on; an article that stands in
two corpora is in the same part of both.

The CORPUS files have points and are reported; recognition is trained on them too, or on those of
``--recognition`` where they are given, and on the texts written for training. The recognition of
each part is kept in FOLDER and read from there by later runs: empty it when the features, the
gazetteer or the texts have changed.

A line a corpus: F1, strict and overlapping; of all gold toponyms the share put within 10, 25 and
161 km and in the right country (a miss is wrong); the expected calibration error, with the
calibration of the other parts, and with that of the other corpora alone. The name of a people
that a corpus leaves unmarked counts against F1, and for nothing in the calibration.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo.build.calibrate import (
    errors_in_domain,
    errors_out_of_domain,
    fit_calibration,
    joined,
)
from geo.build.unseen import Unseen, arguments
from geo.evaluate import evaluate
from geo.geoparser import Geoparser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.recognize.weighing import DecisionModel
    from geo.resolve.ranker import Weights

FIGURES = ("within 10 km", "within 25 km", "within 161 km", "country")
HEADING = "   strict  overlap    10 km    25 km   161 km  country"


def reports(
    unseen: Unseen, detectors: Sequence[DecisionModel], rankers: Sequence[Weights]
) -> list[dict[str, Any]]:
    """Return the figures of each corpus, its parts parsed by what has not seen them."""
    pairs = zip(detectors, rankers, strict=True)
    parsers = [Geoparser(detector=model, ranker=ranker) for model, ranker in pairs]
    found = []
    for golds in unseen.golds:
        parses = [
            parse
            for parser, gold in zip(parsers, golds, strict=True)
            for parse in parser.parse_many(one.article for one in gold)
        ]
        every = [article for gold in golds for article in gold]
        found.append(evaluate(every, parses, unseen.gazetteer, worst=0))
    return found


def line(report: dict[str, Any]) -> str:
    """Return the figures of a corpus, eight columns each."""
    found, distances = report["recognition"], report["all"]
    cells = [found["strict"]["f1"], found["overlap"]["f1"], *(distances[key] for key in FIGURES)]
    return "".join(f"{cell:>9.3f}" for cell in cells)


def main() -> None:
    unseen = Unseen(arguments(__doc__).parse_args())
    models = unseen.recognition()
    parts = unseen.read(models)
    rankers = unseen.rankers(parts)
    came = unseen.outcomes(parts, rankers)
    calibrated = []
    for fold, ranker in zip(unseen.folds, rankers, strict=True):
        others = [joined([*mine[:fold], *mine[fold + 1 :]]) for mine in came]
        calibration = tuple(fit_calibration(others).tolist())
        calibrated.append(replace(ranker, calibration=calibration))
    figures = reports(unseen, models, calibrated)
    errors = zip(errors_in_domain(came), errors_out_of_domain(came), strict=True)
    print(f"{'':<16}{HEADING}      ECE   others")
    for name, report, (error, other) in zip(unseen.names, figures, errors, strict=True):
        print(f"{name:<16}{line(report)}{error:>9.3f}{other or float('nan'):>9.3f}")


if __name__ == "__main__":
    main()
