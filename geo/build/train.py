"""Train the weights of the decision: ``python -m geo.build.train CORPUS.jsonl... --out FILE``.

To the corpora come the texts of ``lessons/``, which were written for this purpose. Each text is
also used with its toponyms *swapped* for other names of the gazetteer, mostly from Syria and its
neighbours, so that the weights learn the sentence and not the fame of the name. The weights file
names every corpus, its number of texts and the seed; the same input gives the same file.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from geo.build.swap import NamePool
from geo.build.train_tagger import Tagged, fit_tagger, gold_tags
from geo.build.training_text import Text, own_texts, read_corpus
from geo.gazetteer import Gazetteer
from geo.recognize.evidence import COLUMNS, USAGE, evidence, second_look
from geo.recognize.lexical import BUCKETS, SLOTS, buckets
from geo.recognize.linear import SCRIPTS, LinearModel
from geo.recognize.reader import Reader
from geo.recognize.tagging import features
from geo.recognize.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from geo.recognize.reading import Reading
    from geo.recognize.tagging import Features, Tagger

__all__ = ["Examples", "Lesson", "lessons", "main", "train"]

_SEED = 7
_FOLDS = 3
_HIDDEN = 0.35
"""The share of swapped names that the tagger sees as if the gazetteer did not have them."""

_SWAPPED = 0.3
"""What a swapped copy of a text counts for, beside the text itself."""

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
    def met(self) -> NDArray[np.bool_]:
        """Whether the name was met in other texts."""
        columns = [COLUMNS.index(name) for name in USAGE]
        return np.asarray(self.matrix[:, columns].any(axis=1))

    def only(self, chosen: NDArray[np.bool_]) -> Examples:
        """Return the same texts with the labels of the other hits taken away."""
        return replace(self, label=np.where(chosen, self.label, np.int8(-1)))


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """Some texts of one corpus and fold, read.

    ``swapped`` says whether their names are, ``usual`` whether these are as usual as in the news.
    """

    fold: int
    swapped: bool
    usual: bool
    reading: Reading
    label: NDArray[np.int8]
    features: Features
    tagged: Tagged
    weight: float

    @property
    def key(self) -> NDArray[np.uint64]:
        """The hashes of the hits' names."""
        return self.reading.name_keys[self.reading.name]

    def examples(self, usage: Usage, tagger: Tagger) -> Examples:
        """Return the hits as the model will see them."""
        matrix = evidence(self.reading, usage, tagger.weigh(self.features))
        return Examples(self.reading, matrix, buckets(self.reading), self.label, self.weight)


def lessons(
    corpus: Sequence[Text],
    reader: Reader,
    generator: random.Random,
    *,
    swaps: int,
    usual: bool = True,
) -> Iterator[Lesson]:
    """Yield the texts of a corpus fold by fold, as they are and with their names swapped."""
    texts = without_clitics(reader, corpus)
    pool = NamePool(reader.gazetteer, _language(texts), generator)
    for fold in range(_FOLDS):
        mine = [t for n, t in enumerate(texts) if n * _FOLDS // len(texts) == fold]
        named = [text for text in mine if text.spans]
        copies = [pool.swap(text) for _ in range(swaps) for text in named]
        yield _lesson(reader, mine, fold, usual=usual)
        if copies:
            hide = np.random.default_rng(generator.randrange(1 << 32))
            yield _lesson(reader, copies, fold, usual=usual, hide=hide)


def _lesson(
    reader: Reader,
    texts: Sequence[Text],
    fold: int,
    *,
    usual: bool,
    hide: np.random.Generator | None = None,
) -> Lesson:
    """Read some texts, whose names are swapped ones if ``hide`` is given.

    It draws the names that the tagger must find as if the gazetteer did not have them.
    """
    reading = reader.read([text.text for text in texts])
    label = np.array(
        [_label(texts[article].spans, *span) for article, *span in _local(reading)], dtype=np.int8
    )
    tags = gold_tags(reading, texts)
    seen = features(reading)
    weight, tagged = 1.0, Tagged(seen, tags)
    if hide is not None:
        hidden = (hide.random(len(reading)) < _HIDDEN) & (tags[reading.first] > 0)
        weight = _SWAPPED
        tagged = Tagged(features(reading, hidden=hidden), tags, weight)
    return Lesson(fold, hide is not None, usual, reading, label, seen, tagged, weight)


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


def with_peoples(reader: Reader, texts: Sequence[Text]) -> list[Text]:
    """Return the texts with the names of peoples (Syrian) among their toponyms."""
    spans = [set(text.spans) for text in texts]
    reading = reader.read([text.text for text in texts])
    people = reading.names.demonym[reading.name].tolist()
    for (article, start, end, _), chosen in zip(_local(reading), people, strict=True):
        if chosen and all(end <= low or high <= start for low, high in texts[article].spans):
            spans[article].add((start, end))
    return [Text(text.text, tuple(sorted(s))) for text, s in zip(texts, spans, strict=True)]


def count_peoples(reader: Reader, texts: Sequence[Text]) -> bool:
    """Return whether a corpus counts most names of peoples among its toponyms."""
    reading = reader.read([text.text for text in texts])
    people = reading.names.demonym[reading.name].tolist()
    labels = [
        _label(texts[article].spans, *span)
        for (article, *span), chosen in zip(_local(reading), people, strict=True)
        if chosen
    ]
    return labels.count(1) > labels.count(0)


def train(
    corpora: Sequence[Sequence[Text]],
    gazetteer: Gazetteer,
    *,
    own: Sequence[Sequence[Text]] = (),
    swaps: int = 1,
    tagging: Callable[[Sequence[Tagged]], Tagger] = fit_tagger,
) -> LinearModel:
    """Return the model.

    ``own`` are texts that were written for training; they leave the names of peoples unmarked,
    which are marked in the languages whose corpora do. ``tagging`` makes the tagger.

    Whatever a text is weighed with (the uses of its names, what the tagger makes of it, the first
    look that its second look builds on) comes from the other folds, so that the weights learn what
    these are worth on articles never seen.
    """
    generator, reader = random.Random(_SEED), Reader(gazetteer)
    peoples = {_language(texts) for texts in corpora if count_peoples(reader, texts)}
    marked = [with_peoples(reader, t) if _language(t) in peoples else t for t in own]
    usual = [all(text.usual for text in texts) for texts in (*corpora, *own)]
    every = [
        lesson
        for texts, known in zip((*corpora, *marked), usual, strict=True)
        for lesson in lessons(texts, reader, generator, swaps=swaps, usual=known)
    ]
    nothing = _usage([])
    folds: list[list[Examples]] = []
    for number in range(_FOLDS):
        others = [lesson for lesson in every if lesson.fold != number]
        usage, tagger = _usage(others), tagging([lesson.tagged for lesson in others])
        parts = []
        for lesson in (lesson for lesson in every if lesson.fold == number):
            met = lesson.examples(usage, tagger)
            if lesson.swapped:
                # Most swapped names were never met; then nothing else may be either, or "never
                # met" would come to mean "a place". What was met is weighed again on its own.
                parts.append(lesson.examples(nothing, tagger))
                met = met.only(met.met)
            parts.append(met)
        folds.append(parts)
    usage, tagger = _usage(every), tagging([lesson.tagged for lesson in every])
    everything = [part for parts in folds for part in parts]
    first = _fit(everything)
    for parts in folds:
        judge = LinearModel(*_fit([p for p in everything if p not in parts]), usage, tagger)
        for part in parts:
            script = part.reading.script
            belief = judge.probability(0, part.matrix, part.words, script)
            second_look(part.reading, part.matrix, belief)
    second = _fit(everything)
    weights, lexical = (np.concatenate(pair) for pair in zip(first, second, strict=True))
    return LinearModel(weights, lexical, usage, tagger)


def _usage(lessons: Sequence[Lesson]) -> Usage:
    """Return how the names were used in texts that use them as the news does."""
    plain = [lesson for lesson in lessons if lesson.usual and not lesson.swapped]
    keys = [np.zeros(0, np.uint64), *(lesson.key for lesson in plain)]
    labels = [np.zeros(0, np.int8), *(lesson.label for lesson in plain)]
    return Usage.of(np.concatenate(keys), np.concatenate(labels))


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


def _language(texts: Iterable[Text]) -> str:
    sample = "".join(text.text for text in list(texts)[:50])
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in sample)
    return "ar" if arabic * 2 > len(sample) else "en"


def main() -> None:
    """Run the command line of this module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--swaps", type=int, default=1)
    options = parser.parse_args()
    paths = [*options.corpora, *own_texts()]
    texts = [read_corpus(path) for path in paths]
    corpora, own = texts[: len(options.corpora)], texts[len(options.corpora) :]
    model = train(corpora, Gazetteer.open(), own=own, swaps=options.swaps)
    trained_on = [
        {"corpus": path.stem, "texts": len(texts)} for path, texts in zip(paths, texts, strict=True)
    ]
    model.save(options.out, trained_on=trained_on, swaps=options.swaps, seed=_SEED)
    print(f"{options.out}: {len(COLUMNS)} columns, scripts {', '.join(SCRIPTS)}")


if __name__ == "__main__":
    main()
