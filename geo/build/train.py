"""Train the weights of the decision: ``python -m geo.build.train CORPUS.jsonl... --out FILE``.

To the corpora come the texts of ``lessons/``, which were written for this purpose: most speak of
Syria and its neighbours, so that the weights do not learn the world's capitals alone. The weights
file names every corpus and its number of texts; the same input gives the same file.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from geo.build.logistic import fit_logistic
from geo.build.train_tagger import Tagged, fit_tagger, gold_tags
from geo.build.train_trees import fit_trees
from geo.build.train_uses import fit_uses, says_uses
from geo.build.training_text import Text, in_company, own_texts, read_corpus
from geo.gazetteer import Gazetteer
from geo.recognize.evidence import COLUMNS, evidence, second_look
from geo.recognize.lexical import BUCKETS, buckets
from geo.recognize.reader import Reader
from geo.recognize.tagging import features
from geo.recognize.usage import Usage
from geo.recognize.weighing import SCRIPTS, DecisionModel, likely, log_odds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from geo.recognize.reading import Reading
    from geo.recognize.tagging import Tagger

__all__ = ["Examples", "Lesson", "lessons", "main", "train"]

_FOLDS = 3

_STRENGTH = 1.0
"""Inverse of the L2 penalty."""


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """The hits of some texts; ``label`` is 1 for a place, 0 for a mere word, -1 for neither."""

    reading: Reading
    matrix: NDArray[np.float32]
    words: NDArray[np.int64]
    label: NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """Some texts of one corpus and fold, read; ``usual`` are names as usual as in the news."""

    fold: int
    usual: bool
    reading: Reading
    label: NDArray[np.int8]
    tagged: Tagged

    @property
    def key(self) -> NDArray[np.uint64]:
        """The hashes of the hits' names."""
        return self.reading.name_keys[self.reading.name]

    def examples(self, usage: Usage, tagger: Tagger) -> Examples:
        """Return the hits as the model will see them."""
        matrix = evidence(self.reading, usage, tagger.weigh(self.tagged.features))
        return Examples(self.reading, matrix, buckets(self.reading), self.label)


def lessons(reader: Reader, corpus: Sequence[Text]) -> Iterator[Lesson]:
    """Yield the texts of a corpus fold by fold."""
    texts = without_clitics(reader, corpus)
    usual = _are_usual(texts)
    for fold in range(_FOLDS):
        mine = [t for n, t in enumerate(texts) if n * _FOLDS // len(texts) == fold]
        reading = reader.read([text.text for text in mine])
        labels = [_label(mine[article].spans, *span) for article, *span in _local(reading)]
        tagged = Tagged(features(reading), gold_tags(reading, mine))
        yield Lesson(fold, usual, reading, np.array(labels, dtype=np.int8), tagged)


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
    tagging: Callable[[Sequence[Tagged]], Tagger] = fit_tagger,
) -> DecisionModel:
    """Return the model.

    ``own`` are texts that were written for training; those that show names as mere words are read
    beside others. They leave the names of peoples unmarked, as some corpora do; in a language of
    whose corpora one counts them, they are marked in all. ``tagging`` makes the tagger.

    Whatever a text is weighed with (the uses of its names, what the tagger makes of it, the first
    look that its second look builds on) comes from the other folds, so that the weights learn what
    these are worth on articles never seen.
    """
    reader = Reader(gazetteer)
    peoples = {_language(texts) for texts in corpora if count_peoples(reader, texts)}
    every = [
        lesson
        for texts in (*corpora, *_accompanied(own))
        for lesson in lessons(
            reader, with_peoples(reader, texts) if _language(texts) in peoples else texts
        )
    ]
    folds: list[list[Examples]] = []
    for number in range(_FOLDS):
        others = [lesson for lesson in every if lesson.fold != number]
        usage, tagger = _usage(others), tagging([lesson.tagged for lesson in others])
        folds.append([one.examples(usage, tagger) for one in every if one.fold == number])
    usage, tagger = _usage(every), tagging([lesson.tagged for lesson in every])
    everything = [part for parts in folds for part in parts]
    first = _fit(everything)
    for part, odds in _unseen_odds(folds):
        second_look(part.reading, part.matrix, likely(odds))
    second = _fit(everything)
    judged = _unseen_odds(folds)
    trees = fit_trees([_of_script(judged, script) for script in range(len(SCRIPTS))])
    weights, lexical = (np.concatenate(pair) for pair in zip(first, second, strict=True))
    uses = fit_uses(reader, [text for texts in own if says_uses(texts) for text in texts])
    return DecisionModel(weights, lexical, usage, tagger, trees, uses)


def _accompanied(own: Sequence[Sequence[Text]]) -> list[Sequence[Text]]:
    """Return texts of our own, those of words beside others in their language."""
    news: dict[str, list[tuple[float, Text]]] = {}
    for texts in filter(_are_usual, own):
        placed = [(number / len(texts), text) for number, text in enumerate(texts)]
        news.setdefault(_language(texts), []).extend(placed)
    beside = {
        language: [text for _, text in sorted(placed, key=lambda one: one[0])]
        for language, placed in news.items()
    }
    return [
        texts if _are_usual(texts) else in_company(texts, beside.get(_language(texts), texts))
        for texts in own
    ]


def _are_usual(texts: Sequence[Text]) -> bool:
    return all(text.usual for text in texts)


def _unseen_odds(
    folds: Sequence[Sequence[Examples]],
) -> list[tuple[Examples, NDArray[np.float64]]]:
    """Return the examples, each with its log-odds by what is learned from the other folds."""
    judged = []
    for number, parts in enumerate(folds):
        others = [part for n, rest in enumerate(folds) if n != number for part in rest]
        [weights], [lexical] = _fit(others)
        for part in parts:
            odds = log_odds(weights, lexical, part.matrix, part.words, part.reading.script)
            judged.append((part, odds))
    return judged


def _of_script(
    judged: Sequence[tuple[Examples, NDArray[np.float64]]], script: int
) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.float64]]:
    """Return evidence, truth and log-odds of the hits in one script."""
    chosen = [(p.label >= 0) & (p.reading.script == script) for p, _ in judged]
    pairs = list(zip(judged, chosen, strict=True))
    return (
        np.concatenate([part.matrix[kept] for (part, _), kept in pairs]),
        np.concatenate([part.label[kept] == 1 for (part, _), kept in pairs]),
        np.concatenate([odds[kept] for (_, odds), kept in pairs]),
    )


def _usage(lessons: Sequence[Lesson]) -> Usage:
    """Return how the names were used in texts that use them as the news does.

    A hashtag (#أمطار_الكويت), repeated by every post on an event, says nothing of the name in it.
    """
    usual = [(lesson, ~lesson.reading.in_hashtag) for lesson in lessons if lesson.usual]
    keys = [np.zeros(0, np.uint64), *(lesson.key[bare] for lesson, bare in usual)]
    labels = [np.zeros(0, np.int8), *(lesson.label[bare] for lesson, bare in usual)]
    return Usage.of(np.concatenate(keys), np.concatenate(labels))


def _fit(parts: Sequence[Examples]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the weights of one look, (1, scripts, columns) and (1, scripts, buckets)."""
    weights = np.zeros((1, len(SCRIPTS), len(COLUMNS)), dtype=np.float32)
    lexical = np.zeros((1, len(SCRIPTS), BUCKETS), dtype=np.float32)
    for number in range(len(SCRIPTS)):
        chosen = [(part.label >= 0) & (part.reading.script == number) for part in parts]
        pairs = list(zip(parts, chosen, strict=True))
        weights[0, number], lexical[0, number] = fit_logistic(
            np.concatenate([part.matrix[kept] for part, kept in pairs]),
            np.concatenate([part.words[kept] for part, kept in pairs]),
            np.concatenate([part.label[kept] for part, kept in pairs]),
            buckets=BUCKETS,
            strength=_STRENGTH,
        )
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
    options = parser.parse_args()
    paths = [*options.corpora, *own_texts()]
    texts = [read_corpus(path) for path in paths]
    corpora, own = texts[: len(options.corpora)], texts[len(options.corpora) :]
    model = train(corpora, Gazetteer.open(), own=own)
    trained_on = [
        {"corpus": path.stem, "texts": len(texts)} for path, texts in zip(paths, texts, strict=True)
    ]
    model.save(options.out, trained_on=trained_on)
    print(f"{options.out}: {len(COLUMNS)} columns, scripts {', '.join(SCRIPTS)}")


if __name__ == "__main__":
    main()
