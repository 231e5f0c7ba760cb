"""How well places are found in text that the weights were not trained on.

    python benchmarks/recognition.py CORPUS.jsonl... [--folds 5]

Trains on all but one part of every corpus together (and on the texts written for training) and
reports on the part left out, part after part; parts are runs of texts as the file has them, so that
the posts on one event stay together. A span is right if it is the gold span, with or without the
proclitic that some corpora leave in it; overlap F1 counts any overlap. Names of peoples (Syrian)
are toponyms, of associative use: where a corpus leaves most of its own unmarked, those found beyond
its gold count neither for nor against. With ``--folds 1`` only the last fifth is left out.

The lines are an ablation: every longest name of the gazetteer; those the tagger's sentence agrees
with; those that the decision takes (what ``mawaqi parse`` calls sites); and these with the names
that only the tagger finds (``unplaced``).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from geo.build.train import count_peoples, train
from geo.build.training_text import Text, own_texts, read_corpus
from geo.gazetteer import Gazetteer
from geo.recognize.mentions import find_mentions
from geo.recognize.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.recognize.weighing import DecisionModel

PROCLITICS = (
    "\N{ARABIC LETTER WAW}\N{ARABIC LETTER FEH}\N{ARABIC LETTER BEH}"
    "\N{ARABIC LETTER LAM}\N{ARABIC LETTER KAF}"
)
LAST = 5
"""With one fold, the share of a corpus that is left out is one in so many."""

WAYS = ("gazetteer alone", "tagger agrees", "decision", "decision + unplaced")
Span = tuple[int, int]


def is_right(text: Text, start: int, end: int) -> bool:
    """Return whether a span is gold, its leading proclitics counted or not."""
    return any(
        high == end
        and (
            low == start
            or (low < start <= low + 3 and set(text.text[low:start]) <= set(PROCLITICS))
        )
        for low, high in text.spans
    )


def counts(text: Text, spans: Sequence[Span]) -> tuple[int, int, int, int]:
    """Return how many spans are right, overlap gold, were found, and were to be found."""
    strict = sum(is_right(text, *span) for span in spans)
    overlap = sum(
        any(low < end and start < high for low, high in text.spans) for start, end in spans
    )
    return strict, overlap, len(spans), len(text.spans)


def found(
    model: DecisionModel, reader: Reader, texts: Sequence[Text], *, peoples: bool
) -> list[list[list[Span]]]:
    """Return the spans of every text, for each of `WAYS`.

    Without ``peoples`` their names are left out beyond the gold spans.
    """
    reading = reader.read([text.text for text in texts])
    decision = find_mentions(reading, model)
    exact = model.tagger.tag(reading).exact(reading.first, reading.last)
    every = np.ones(len(reading), dtype=bool)
    ways = []
    for chosen in (every, exact > 1 / 2, decision.accepted):
        spans: list[list[Span]] = [[] for _ in texts]
        for hit in np.flatnonzero(chosen).tolist():
            article = int(reading.article[hit])
            offset = int(reading.offsets[article])
            start, end = int(decision.start[hit]) - offset, int(decision.end[hit]) - offset
            gold = any(low < end and start < high for low, high in texts[article].spans)
            if peoples or gold or not reading.names.demonym[reading.name[hit]]:
                spans[article].append((start, end))
        ways.append(spans)
    with_unplaced = [list(spans) for spans in ways[-1]]
    for article, start, end in decision.unknown:
        offset = int(reading.offsets[article])
        with_unplaced[article].append((start - offset, end - offset))
    return [*ways, with_unplaced]


def line(total: NDArray[np.int64]) -> str:
    """Return precision, recall, F1 and overlap F1 as one line."""
    strict, overlap, given, wanted = total.tolist()
    return (
        f"P {strict / given:.3f}  R {strict / wanted:.3f}  F1 {2 * strict / (given + wanted):.3f}"
        f"  overlap F1 {2 * overlap / (given + wanted):.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure recognition on unseen text.")
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    gazetteer = Gazetteer.open()
    reader = Reader(gazetteer)
    corpora = [read_corpus(path) for path in options.corpora]
    own = [read_corpus(path) for path in own_texts()]
    parts = max(options.folds, LAST)
    peoples = [count_peoples(reader, texts) for texts in corpora]
    totals = np.zeros((len(corpora), len(WAYS), 4), dtype=int)
    for fold in range(parts - options.folds, parts):
        held = [[n * parts // len(texts) == fold for n in range(len(texts))] for texts in corpora]
        kept = [
            [text for text, out in zip(texts, outs, strict=True) if not out]
            for texts, outs in zip(corpora, held, strict=True)
        ]
        model = train(kept, gazetteer, own=own)
        for number, (texts, outs) in enumerate(zip(corpora, held, strict=True)):
            unseen = [text for text, out in zip(texts, outs, strict=True) if out]
            ways = found(model, reader, unseen, peoples=peoples[number])
            for way, spans in enumerate(ways):
                for text, its in zip(unseen, spans, strict=True):
                    totals[number, way] += counts(text, its)
    for path, by_way in zip(options.corpora, totals, strict=True):
        print(f"{path.stem}: {by_way[0, 3]} toponyms")
        for way, total in zip(WAYS, by_way, strict=True):
            print(f"  {way:<20}{line(total)}")


if __name__ == "__main__":
    main()
