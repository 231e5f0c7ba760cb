"""The lexicon against the obvious way to know a word behind its clitics."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain

import pytest

from geo.gazetteer import Gazetteer
from geo.lang import languages
from geo.model import KINDS
from geo.recognize.lexicon import Lexicon
from geo.recognize.reader import Reader
from geo.text.folding import BREAK


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def test_every_word_is_known_behind_every_clitic(gazetteer: Gazetteer) -> None:
    expected: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for language in languages():
        for word, word_class, kind in language.entries():
            folded = gazetteer.tokeniser.table.fold(word)
            if " " not in word:
                forms = language.clitics.attached(folded) if language.clitics else [folded]
                for form in forms:
                    known = word_class.value, 1 << KINDS.index(kind) if kind else 0
                    expected[form].append((*known, len(form) - len(folded)))
    tokens = gazetteer.tokeniser.tokens(BREAK.join(expected))
    classes, kinds, clitics = Lexicon(languages(), gazetteer.tokeniser).classify(tokens)
    for found, readings in zip(
        zip(classes.tolist(), kinds.tolist(), clitics.tolist(), strict=True),
        expected.values(),
        strict=True,
    ):
        every = [0, 0]
        for word_class, kind, _ in readings:
            every = [every[0] | word_class, every[1] | kind]
        assert found == (*every, min(letters for *_, letters in readings))


def test_every_phrase_is_found_and_bearers_behind_every_clitic_too(gazetteer: Gazetteer) -> None:
    tokeniser, lexicon = gazetteer.tokeniser, Lexicon(languages(), gazetteer.tokeniser)
    for language in languages():
        words = tokeniser.table.fold_many(sorted(language.bearers))
        forms = [language.clitics.attached(word) if language.clitics else [word] for word in words]
        for form in chain.from_iterable(forms):
            tokens = tokeniser.tokens(form)
            assert (0, len(tokens) - 1) in lexicon.bearers(tokens), form
        for outlet in (word for word, _, _ in language.entries() if " " in word):
            tokens = tokeniser.tokens(outlet)
            assert (0, len(tokens) - 1) in lexicon.outlets(tokens), outlet


def test_other_words_are_unknown(gazetteer: Gazetteer) -> None:
    tokens = gazetteer.tokeniser.tokens("xqzzt ظظظظظ")
    columns = Lexicon(languages(), gazetteer.tokeniser).classify(tokens)
    assert [column.tolist() for column in columns] == [[0, 0]] * 3


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("السويداء 24: تجددت المواجهات", "السويداء 24"),
        ("دير الزور الآن - قصف", "دير الزور الآن"),
        ("عدن الغد\nوصلت باخرة", "عدن الغد"),
        ("Baghdad Post (Mosul) - Police", "Baghdad Post"),
        ("حلب اليوم هادئة", None),
        ("Aleppo today saw rain", None),
        ("حلب - دمشق اليوم: هدوء", None),
        ("اليوم: هدوء", None),
    ],
)
def test_the_outlet_that_signs_an_article_is_known_by_its_last_word(
    gazetteer: Gazetteer, text: str, name: str | None
) -> None:
    reading = Reader(gazetteer).read(["مقال آخر.", text])
    first = reading.offsets[1]
    found = [
        text[reading.token_start[low] - first : reading.token_end[high] - first]
        for low, high in reading.outlets
        if reading.token_start[low] >= first
    ]
    assert name in found if name else found == []
