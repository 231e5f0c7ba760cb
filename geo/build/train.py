"""Train the weights of the decision: ``python -m geo.build.train CORPUS.jsonl... --out FILE``.

A corpus is JSONL: ``{"id", "text", "toponyms": [{"start", "end"}, …]}``. Each text is also used
with its toponyms *swapped* for other names of the gazetteer, mostly from Syria and its neighbours,
so that the weights learn the sentence and not the fame of the name. The weights file names every
corpus, its number of texts and the seed; the same input gives the same file.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.build.swap import NamePool
from geo.build.training_text import Text
from geo.gazetteer import Gazetteer
from geo.recognize.evidence import COLUMNS, USAGE, evidence, second_look
from geo.recognize.lexical import BUCKETS, SLOTS, buckets
from geo.recognize.linear import SCRIPTS, LinearModel
from geo.recognize.reader import Reader
from geo.recognize.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from geo.recognize.reading import Reading

__all__ = ["Examples", "examples", "main", "read_corpus", "train"]

_SEED = 7
_FOLDS = 5
_SWAPPED = {"ar": 1.0, "en": 0.25}
"""What a swapped copy of a text counts for, beside the text itself.

The Arabic corpora are general news, far from the villages of Syria; the English ones are local.
"""

_WORD = 1.0
"""How freely the words round a hit may weigh, beside the evidence that has a name."""

_STRENGTH = 1.0
"""Inverse of the L2 penalty."""


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """The hits of some texts; ``label`` is 1 for a place, 0 for a mere word, -1 for neither."""

    reading: Reading
    matrix: NDArray[np.float32]
    words: NDArray[np.int64]
    label: NDArray[np.int8]
    weight: float = 1.0

    @property
    def key(self) -> NDArray[np.uint64]:
        """The names' hashes."""
        return self.reading.name_keys[self.reading.name]

    @property
    def met(self) -> NDArray[np.bool_]:
        """Whether the name was met in other texts."""
        columns = [COLUMNS.index(name) for name in USAGE]
        return np.asarray(self.matrix[:, columns].any(axis=1))

    def only(self, chosen: NDArray[np.bool_]) -> Examples:
        """Return the same texts with the labels of the other hits taken away."""
        return replace(self, label=np.where(chosen, self.label, np.int8(-1)))


def read_corpus(path: Path) -> list[Text]:
    """Return the texts of a corpus in the order of the file, overlapping spans dropped."""
    texts = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record: dict[str, Any] = json.loads(line)
        spans: list[tuple[int, int]] = []
        for start, end in sorted((t["start"], t["end"]) for t in record["toponyms"]):
            if not spans or start >= spans[-1][1]:
                spans.append((start, end))
        texts.append(Text(record["text"], tuple(spans)))
    return texts


def examples(reader: Reader, texts: Sequence[Text], usage: Usage) -> Examples:
    """Return the hits on some texts that the gold decides.

    A hit is right if it is a gold span, give or take a proclitic; one that only overlaps a gold
    span is left out, since the corpora disagree on head nouns and adjectives.
    """
    reading = reader.read([text.text for text in texts])
    label = [_label(texts[article].spans, *span) for article, *span in _local(reading)]
    return Examples(
        reading, evidence(reading, usage), buckets(reading), np.array(label, dtype=np.int8)
    )


def _local(reading: Reading) -> Iterator[tuple[int, int, int, int]]:
    """Yield each hit's article, start and end in it, and letters of clitic."""
    offset = reading.offsets[reading.article]
    columns = (reading.article, reading.start - offset, reading.end - offset, reading.skip)
    return zip(*(column.tolist() for column in columns), strict=True)


def _label(spans: Sequence[tuple[int, int]], start: int, end: int, skip: int) -> int:
    for low, high in spans:
        if low < end and start < high:
            return 1 if high == end and 0 <= start - low <= skip else -1
    return 0


def without_clitics(reader: Reader, texts: Sequence[Text]) -> list[Text]:
    """Return the texts with the proclitics that corpora leave in their spans taken out of them."""
    found: list[dict[tuple[int, int], int]] = [{} for _ in texts]
    for article, start, end, skip in _local(reader.read([text.text for text in texts])):
        found[article][start - skip, end] = start
    return [
        Text(text.text, tuple((bare.get((low, high), low), high) for low, high in text.spans))
        for text, bare in zip(texts, found, strict=True)
    ]


def train(
    corpora: Sequence[Sequence[Text]], gazetteer: Gazetteer, *, swaps: int = 1
) -> LinearModel:
    """Return the model.

    The uses of names that a text is weighed with, and the first look that its second look builds
    on, come from the other folds, so that the weights learn what these are worth on articles never
    seen.
    """
    generator = random.Random(_SEED)
    reader = Reader(gazetteer)
    nothing = Usage.of(np.zeros(0, np.uint64), np.zeros(0, np.int8))
    folds: list[list[Examples]] = [[] for _ in range(_FOLDS)]
    uses: list[Examples] = []
    for corpus in corpora:
        texts = without_clitics(reader, corpus)
        plain = examples(reader, texts, nothing)
        uses.append(plain)
        language = "ar" if _mostly_arabic(texts) else "en"
        pool = NamePool(gazetteer, language, generator)
        fold = plain.reading.article * _FOLDS // len(texts)
        for number, parts in enumerate(folds):
            others = Usage.of(plain.key[fold != number], plain.label[fold != number])
            mine = [t for n, t in enumerate(texts) if n * _FOLDS // len(texts) == number]
            named = [text for text in mine if text.spans]
            copies = [pool.swap(text) for _ in range(swaps) for text in named]
            # Most swapped names were never met; then nothing else may be either, or "never met"
            # would come to mean "a place". What was met is weighed again on its own.
            swapped = examples(reader, copies, others)
            parts += [
                examples(reader, mine, others),
                replace(examples(reader, copies, nothing), weight=_SWAPPED[language]),
                replace(swapped.only(swapped.met), weight=_SWAPPED[language]),
            ]
    names = ("key", "label")
    usage = Usage.of(*(np.concatenate([getattr(part, name) for part in uses]) for name in names))
    every = [part for parts in folds for part in parts]
    first = _fit(every)
    for parts in folds:
        judge = LinearModel(*_fit([part for part in every if part not in parts]), usage)
        for part in parts:
            script = part.reading.script
            belief = judge.probability(0, part.matrix, part.words, script)
            second_look(part.reading, part.matrix, belief)
    second = _fit(every)
    weights, lexical = (np.concatenate(pair) for pair in zip(first, second, strict=True))
    return LinearModel(weights, lexical, usage)


def _fit(parts: Sequence[Examples]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the weights of one look, (1, scripts, columns) and (1, scripts, buckets)."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((1, len(SCRIPTS), len(COLUMNS)), dtype=np.float32)
    lexical = np.zeros((1, len(SCRIPTS), BUCKETS), dtype=np.float32)
    for number in range(len(SCRIPTS)):
        chosen = [(part.label >= 0) & (part.reading.script == number) for part in parts]
        pairs = list(zip(parts, chosen, strict=True))
        words = np.concatenate([part.words[kept] for part, kept in pairs])
        rows = np.repeat(np.arange(len(words)), SLOTS)
        hashed = csr_matrix(
            (np.full(words.size, _WORD, np.float32), (rows, words.ravel())),
            shape=(len(words), BUCKETS),
        )[:, :-1]
        plain = csr_matrix(np.concatenate([part.matrix[kept] for part, kept in pairs]))
        model = LogisticRegression(C=_STRENGTH, max_iter=3000, fit_intercept=False)
        model.fit(
            hstack([plain, hashed], format="csr"),
            np.concatenate([part.label[kept] for part, kept in pairs]),
            sample_weight=np.concatenate([np.full(kept.sum(), p.weight) for p, kept in pairs]),
        )
        weights[0, number] = model.coef_[0, : len(COLUMNS)]
        lexical[0, number, :-1] = model.coef_[0, len(COLUMNS) :] * _WORD
    return weights, lexical


def _mostly_arabic(texts: Iterable[Text]) -> bool:
    sample = "".join(text.text for text in list(texts)[:50])
    return sum("\u0600" <= letter <= "\u06ff" for letter in sample) * 2 > len(sample)


def main() -> None:
    """Run the command line of this module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--swaps", type=int, default=1)
    options = parser.parse_args()
    corpora = [read_corpus(path) for path in options.corpora]
    model = train(corpora, Gazetteer.open(), swaps=options.swaps)
    trained_on = [
        {"corpus": path.stem, "texts": len(texts)}
        for path, texts in zip(options.corpora, corpora, strict=True)
    ]
    model.save(options.out, trained_on=trained_on, swaps=options.swaps, seed=_SEED)
    print(f"{options.out}: {len(COLUMNS)} columns, scripts {', '.join(SCRIPTS)}")


if __name__ == "__main__":
    main()
