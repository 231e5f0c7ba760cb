"""Training to tell who acts from where it happens, on small invented texts."""

from __future__ import annotations

import numpy as np

from geo.build.train_uses import fit_uses, says_uses, taught
from geo.build.training_text import marked
from geo.gazetteer import Gazetteer
from geo.recognize.reader import Reader

TEXTS = [
    marked("رفضت [[أنقرة|associative]] العرض"),
    marked("وصل الوفد إلى [[أنقرة]] أمس"),
    marked("[[Ankara|associative]] refused the offer"),
    marked("Guests flew to [[Ankara]] on Monday"),
]


def test_a_bar_says_that_a_toponym_is_associative() -> None:
    assert says_uses(TEXTS)
    assert not says_uses([marked("في [[حلب]]"), marked("in [[Aleppo|gn:170063]]")])
    reading, which, associative = taught(Reader(Gazetteer.open()), TEXTS)
    names = [str(reading.article[hit]) for hit in which]
    assert names == ["0", "1", "2", "3"]
    assert associative.tolist() == [True, False, True, False]


def test_uses_are_learned_from_the_words_around() -> None:
    reader = Reader(Gazetteer.open())
    uses = fit_uses(reader, TEXTS * 10)
    reading, which, associative = taught(reader, TEXTS)
    chosen = np.zeros(len(reading), dtype=bool)
    chosen[which] = True
    assert uses.associative(reading, chosen)[which].tolist() == associative.tolist()


def test_texts_without_uses_teach_none() -> None:
    uses = fit_uses(Reader(Gazetteer.open()), [])
    assert not uses.plain.any()
    assert not uses.lexical.any()
