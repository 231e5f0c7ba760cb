"""What the tagger sees of each token: hashes of what it and its neighbours look like.

Every slot (the word before, the last two letters, what the gazetteer knows of the name the token is
in …) becomes one bucket of a table of learned weights. Only hashes are kept, so the tables hold no
text. Nothing here knows one language from another.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, product
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geo.lang.language import WordClass
from geo.recognize.groups import LEVELS, shipped_groups
from geo.recognize.tagging.chain import Chains, chains
from geo.recognize.tagging.looks import ARABIC, join, looks_of
from geo.text.tokens import mix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geo.recognize.reading import Reading
    from geo.recognize.tagging.looks import Looks
    from geo.text.tokens import Tokens

    Hashes = NDArray[np.uint64]
    Ints = NDArray[np.int64]

__all__ = [
    "BITS",
    "BUCKETS",
    "CLASSES",
    "LOOK_SLOTS",
    "NEWS",
    "POST",
    "REGISTERS",
    "STEPS",
    "WORD_SLOTS",
    "Features",
    "Slot",
    "View",
    "buckets",
    "features",
    "joint_slots",
    "looks_alone",
    "words_alone",
]

BITS = 16
BUCKETS = 1 << BITS
"""Buckets of a table."""

NEWS, POST = REGISTERS = range(2)
"""How a text is written: as an article, or as a post with hashtags and handles."""

_REACH = 3
STEPS = tuple(range(-_REACH, _REACH + 1))
"""From a token to those whose word classes are weighed."""

CLASSES = len(WordClass)
"""Word classes, the columns of a step."""

_SALT = 0x9E3779B97F4A7C15
_STEM = 99
"""The number of the slots in which a word is the same with a prefix or an ending and without."""

_GROUP = 40
"""The number of the first slot of a word's group; the others follow, by level, then by step."""

_ABSENT = 7
"""Stands for what is beyond the sentence; the distance is added."""

_NEAR = range(-2, 3)
"""From a token to those whose words are weighed."""

_LETTERS = (1, 2, 3, 4)
_LETTERS_NEAR = (2, 3)
_PREFIX = (1, 2, 3)
_SUFFIX = (1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """One row a token of a reading.

    ``words`` are buckets of the tables of each ``register``, shape (tokens, slots), ``parts`` of
    the one that all texts share: beginnings, endings, stems and groups of words. ``classes`` number
    the rows of ``masks``, sets of word classes, at each of `STEPS`; number 0 is none.
    """

    words: Ints
    parts: Ints
    classes: Ints
    masks: NDArray[np.bool_]
    register: Ints
    script: Ints
    sentences: Chains


class Slot(NamedTuple):
    """A slot that one token fills by itself, of the token that it stands ``step`` after.

    ``part`` says whether it is of the table of parts.
    """

    number: int
    step: int
    part: bool = False

    @property
    def absent(self) -> int:
        """The bucket where there is no such token."""
        none = np.array([_ABSENT + self.step], dtype=np.uint64)
        return int(buckets(none, self.number)[0])


def _word_slots() -> Iterator[Slot]:
    """Yield the slots of `words_alone`, in its order."""
    for number, step in enumerate(_NEAR):
        yield Slot(number, step)
    steps = [(0, -1, 1) if size in _LETTERS_NEAR else (0,) for size in _LETTERS for _ in "<>"]
    for number, step in enumerate(chain.from_iterable(steps)):
        yield Slot(number, step, part=True)
    for _ in range(1 + len(_PREFIX) + len(_SUFFIX)):
        yield Slot(_STEM, 0, part=True)
    for number, (_, step) in enumerate(product(range(LEVELS), _NEAR)):
        yield Slot(_GROUP + number, step, part=True)


WORD_SLOTS = tuple(_word_slots())
LOOK_SLOTS = tuple(
    Slot(number, step)
    for number, step in (
        *((7, -1), (8, 1), (9, 0), (12, 0)),
        *((13, 0), (14, -1), (15, 1), (17, 0), (18, 0)),
        *((22, -1), (24, 0), (25, 0), (26, 1)),
        *((28, 0), (29, 0), (30, -1), (31, 1)),
    )
)
"""The slots of `looks_alone`, in its order; the numbers are those that the weights know."""


def features(reading: Reading) -> Features:
    """Return what there is to see of each token."""
    view, every = View(reading), np.arange(len(reading.tokens))
    words = [buckets(values, number) for number, values in joint_slots(view)]
    parts: list[Ints] = []
    for slots, values in (
        (WORD_SLOTS, words_alone(view.tokens, every)),
        (LOOK_SLOTS, looks_alone(view.looks, every)),
    ):
        for slot, each in zip(slots, values, strict=True):
            found = view.near(buckets(each, slot.number), slot.step, absent=slot.absent)
            (parts if slot.part else words).append(found)
    # A row a slot in memory, a column a slot to the reader: slots are made and weighed one by one.
    return Features(
        words=np.stack(words).T,
        parts=np.stack(parts).T,
        classes=np.stack(list(view.classes())).T,
        masks=view.masks,
        register=view.register,
        script=view.script,
        sentences=chains(reading.opens_sentence),
    )


def buckets(values: Hashes, *numbers: int) -> Ints:
    """Return the buckets of values in a slot, or of a row of values each in each of some slots."""
    salts = [(_SALT * (number + 1)) % (1 << 64) for number in numbers]
    salt = np.array(salts, dtype=np.uint64).reshape(-1, *[1] * (values.ndim - 1))
    return (mix(values ^ salt) >> np.uint64(64 - BITS)).view(np.int64)


class View:
    """The tokens of a reading with their neighbours in the sentence."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.script = _script(reading)
        self.register = np.where(reading.posted, POST, NEWS)[reading.token_article]
        self.looks = looks_of(reading)
        distinct, self._class_set = _numbered(reading.classes)
        masks = (distinct[:, None] >> np.arange(CLASSES) & 1) != 0
        self.masks = np.concatenate([np.zeros((1, CLASSES), dtype=bool), masks])
        # A few tokens of every sentence have no neighbour so many steps away.
        edge = np.full(_REACH, -1)
        sentence = np.concatenate([edge, reading.sentence, edge])
        self._lonely = {
            step: np.flatnonzero(sentence[_REACH + step :][: len(self.tokens)] != reading.sentence)
            for step in STEPS
        }

    def classes(self) -> Iterator[Ints]:
        """Yield the rows of ``masks`` at each of `STEPS` from each token."""
        number = self._class_set + 1
        return (self.near(number, step, absent=0) for step in STEPS)

    def lonely(self, step: int) -> Ints:
        """Return the tokens that have no neighbour so many steps away in the sentence."""
        return self._lonely[step]

    def near(self, values: NDArray[Any], step: int, *, absent: int | None = None) -> NDArray[Any]:
        """Return the value of the token ``step`` further on in the sentence, else ``absent``."""
        if step == 0:
            return values
        found = np.empty_like(values)
        room = max(len(values) - abs(step), 0)
        low, high = max(-step, 0), max(step, 0)
        found[low : low + room] = values[high : high + room]
        found[self.lonely(step)] = _ABSENT + step if absent is None else absent
        return found


def _numbered(classes: NDArray[np.uint32]) -> tuple[Ints, Ints]:
    """Return the distinct sets of word classes, and of each token the number of its own."""
    # A table of all possible sets would take longer to lay out than an article to read.
    distinct = np.unique(classes)
    return distinct.astype(np.int64), np.searchsorted(distinct, classes)


def words_alone(tokens: Tokens, which: Ints) -> Iterator[Hashes]:
    """Yield what some words say by themselves, of themselves and of their neighbours."""
    start, end = tokens.start.take(which), tokens.end.take(which)
    hashes, length = tokens.hashes.take(which), end - start
    yield from [hashes] * len(_NEAR)
    for letters in _LETTERS:
        size = letters * (length >= letters)
        for begin in (start, end - size):
            yield from [_letters(tokens, begin, size)] * (3 if letters in _LETTERS_NEAR else 1)
    # Whole, without the first letters, which may be a clitic, without the last: a pronoun, the
    # ending of a plural.
    yield hashes
    for head, tail in (*((letters, 0) for letters in _PREFIX), *((0, last) for last in _SUFFIX)):
        stem = np.zeros(len(which), dtype=np.uint64)
        long = np.flatnonzero(length > head + tail + 1)
        stem[long] = mix(tokens.raw(which[long], head=head, tail=tail))
        yield stem
    for group in shipped_groups().levels(hashes):
        yield from [group] * len(_NEAR)


def looks_alone(looks: Looks, which: Ints) -> Iterator[Hashes]:
    """Yield what the looks of some tokens say by themselves, of these and of their neighbours."""
    some = looks.take(which)
    yield from (some.shape, some.shape)
    yield join(some.shape, some.gap)
    yield join(some.shape, some.marks)
    yield from (some.place, some.place, some.place)
    yield join(some.position, some.namesakes)
    yield join(some.position, some.governed, some.shape)
    yield from (some.classes, some.classes)
    yield join(some.classes, some.position)
    yield some.classes
    yield join(some.told, some.shape)
    yield join(some.told, some.position, some.shape)
    yield from (some.told, some.told)


def joint_slots(view: View) -> Iterator[tuple[int, Hashes]]:
    """Yield what several tokens say together, and the number of the slot."""
    looks, near, tokens = view.looks, view.near, view.tokens
    word, shape, position = tokens.hashes, looks.shape, looks.position
    yield 5, join(near(word, -1), word)
    yield 6, join(word, near(word, 1))
    yield 10, join(near(shape, -1), shape, near(shape, 1))
    yield 11, join(looks.gap, near(looks.gap, 1), looks.marks)
    yield 16, join(near(position, -1), position, near(position, 1))
    yield 19, join(looks.place, near(word, -1))
    yield 20, join(looks.place, near(word, 1))
    # How it opens, by two letters: where clitics and articles stand.
    opening = _letters(tokens, tokens.start, np.minimum(tokens.length, 2))
    yield 21, join(looks.place, opening)
    yield 32, join(looks.place, opening, near(opening, -1))
    yield 33, join(looks.place, opening, near(opening, 1))
    yield 23, join(near(looks.classes, -1), position)
    yield 27, join(near(looks.classes, 1), position)


def _letters(tokens: Tokens, begin: Ints, size: Ints) -> Hashes:
    """Return one number for so many letters from where each token is to be read."""
    between = tokens.sums.take(begin + size) - tokens.sums.take(begin)
    return np.asarray(between * tokens.letters.down.take(begin))


def _script(reading: Reading) -> Ints:
    """Return the script of the sentence each token is in: 0 Arabic, 1 any other."""
    letter = reading.tokens.points[reading.token_start]
    arabic = ((letter >= ARABIC[0]) & (letter < ARABIC[1])).astype(np.int64)
    share = np.bincount(reading.sentence, weights=2 * arabic - 1)
    return np.where(share >= 0, 0, 1)[reading.sentence]
