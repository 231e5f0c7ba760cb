"""How well places are found in text that the weights were not trained on.

    python benchmarks/recognition.py CORPUS.jsonl...

Trains on the first four fifths of each corpus together and reports on the last fifth of each:
precision, recall and F1 of spans. A span is right if it is the gold span, with or without the
proclitic that some corpora leave in it; overlap F1 counts any overlap. ``gazetteer alone`` takes
every longest match. Settings were chosen by these scores, so they are development scores.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from geo.build.train import read_corpus, train
from geo.gazetteer import Gazetteer
from geo.recognize.mentions import find_mentions
from geo.recognize.reader import Reader

Span = tuple[int, int, int]


def scores(predicted: list[list[Span]], gold: list[list[tuple[int, int]]]) -> str:
    """Return precision, recall, F1 and overlap F1 as one line."""
    strict = overlap = 0
    for spans, right in zip(predicted, gold, strict=True):
        for start, end, skip in spans:
            strict += any(high == end and 0 <= start - low <= skip for low, high in right)
            overlap += any(low < end and start < high for low, high in right)
    found, wanted = sum(map(len, predicted)), sum(map(len, gold))
    return (
        f"P {strict / found:.3f}  R {strict / wanted:.3f}  F1 {2 * strict / (found + wanted):.3f}"
        f"  overlap F1 {2 * overlap / (found + wanted):.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure recognition on unseen text.")
    parser.add_argument("corpora", nargs="+", type=Path)
    paths = parser.parse_args().corpora
    gazetteer = Gazetteer.open()
    corpora = [read_corpus(path) for path in paths]
    model = train([texts[: len(texts) * 4 // 5] for texts in corpora], gazetteer)
    reader = Reader(gazetteer)
    for path, texts in zip(paths, corpora, strict=True):
        unseen = texts[len(texts) * 4 // 5 :]
        reading = reader.read([text.text for text in unseen])
        decision = find_mentions(reading, model)
        gold = [list(text.spans) for text in unseen]
        every = np.ones(len(decision.start), dtype=bool)
        print(f"{path.stem}: {len(unseen)} texts, {sum(map(len, gold))} toponyms")
        for label, chosen in (("gazetteer alone", every), ("decision", decision.accepted)):
            predicted: list[list[Span]] = [[] for _ in unseen]
            for hit in np.flatnonzero(chosen).tolist():
                article = int(reading.article[hit])
                start, end = (
                    int(column[hit] - reading.offsets[article])
                    for column in (decision.start, decision.end)
                )
                predicted[article].append((start, end, int(reading.skip[hit])))
            print(f"  {label:<18}{scores(predicted, gold)}")


if __name__ == "__main__":
    main()
