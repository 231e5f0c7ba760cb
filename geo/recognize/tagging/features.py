"""What the tagger sees of each token: hashes of what it and its neighbours look like.

Every slot (the word before, the last two letters, what the gazetteer knows of the name the token is
in …) becomes one bucket of a table of learned weights. Only hashes are kept, so the tables hold no
text. Nothing here knows one language from another.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.lang.language import WordClass
from geo.model import KINDS
from geo.recognize.reading import IS_CAPITAL, IS_LOWER, member
from geo.recognize.tagging.chain import Chains, chains
from geo.text.folding import BREAK, PLANE
from geo.text.tokens import mix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geo.gazetteer.facts import NameFacts
    from geo.recognize.reading import Reading
    from geo.text.tokens import Tokens

    Hashes = NDArray[np.uint64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

__all__ = ["BITS", "BUCKETS", "CLASSES", "NEWS", "POST", "STEPS", "Features", "features"]

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

_PEOPLE = (1, 2_000, 15_000, 100_000, 1_000_000)
_PEOPLE_ROOM = 8
"""More than the classes of `_PEOPLE` and the one for countries."""

_NAMESAKES = (1, 2, 4, 10, 30)
_ABSENT = 7
"""Stands for what is beyond the sentence; the distance is added."""

_LETTERS = (1, 2, 3, 4)
_LETTERS_NEAR = (2, 3)
_PREFIX = (1, 2, 3)
_SUFFIX = (1, 2)
_ARABIC = (0x600, 0x700)
_KINDS_OF_MARK = 16
_QUOTES = (
    '"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}'
    "\N{DOUBLE LOW-9 QUOTATION MARK}«»"
)
_MARK_GROUPS = (
    " ",
    "#",
    "@",
    "_",
    _QUOTES,
    "(",
    ")",
    "-",
    ".",
    ",\N{ARABIC COMMA}",
    "'\N{RIGHT SINGLE QUOTATION MARK}",
    ":",
    "/",
    "\n",
)
"""Characters beside a word that say something of it, those that say the same together."""


def _marks_table() -> NDArray[np.int64]:
    table = np.full(PLANE, len(_MARK_GROUPS) + 1, dtype=np.int64)
    for number, letters in enumerate(_MARK_GROUPS):
        table[[ord(letter) for letter in letters]] = number
    return table


_MARK = _marks_table()
_EDGE = _MARK[ord(BREAK)]
"""An article ends alike before another one and alone."""

_CAPITAL, _CAPITALS, _LOWER, _DIGIT, _IN_ARABIC = (np.uint64(1 << bit) for bit in range(5))


def _letter_table() -> NDArray[np.uint64]:
    digit = member("0123456789" + "".join(chr(0x660 + digit) for digit in range(10)))
    arabic = member("".join(map(chr, range(*_ARABIC))))
    kinds = ((IS_CAPITAL, _CAPITAL), (IS_LOWER, _LOWER), (digit, _DIGIT), (arabic, _IN_ARABIC))
    return np.asarray(sum(table * bit for table, bit in kinds))


_LETTER = _letter_table()
"""What a letter that a word begins with says of the word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """One row a token of a reading.

    ``words`` are buckets of the tables of each ``register``, shape (tokens, slots), ``parts`` of
    the one that all texts share: beginnings, endings and stems of words. ``classes`` number the
    rows of ``masks``, sets of word classes, at each of `STEPS`; number 0 is none.
    """

    words: Ints
    parts: Ints
    classes: Ints
    masks: NDArray[np.bool_]
    register: Ints
    script: Ints
    sentences: Chains


def features(reading: Reading, *, hidden: Flags | None = None) -> Features:
    """Return what there is to see of each token.

    ``hidden`` takes hits away, as if the gazetteer did not have them: so that a model learns what
    a name that is in no gazetteer looks like.
    """
    kept = np.ones(len(reading), dtype=bool) if hidden is None else ~hidden
    view = _View(reading)
    shape, marks = _shape(reading), _marks(reading)
    words = chain(_words(view), _shapes(view, shape, marks), _known(view, shape, kept))
    parts = chain(enumerate(_affixes(view)), ((_STEM, slot) for slot in _stems(view)))
    distinct = np.unique(reading.classes)
    number = np.searchsorted(distinct, reading.classes) + 1
    masks = (distinct[:, None] >> np.arange(CLASSES, dtype=np.uint32) & 1) != 0
    empty = np.zeros((1, CLASSES), dtype=bool)
    # A row a slot in memory, a column a slot to the reader: slots are made and weighed one by one.
    return Features(
        words=np.stack([_bucket(slot, n) for n, slot in enumerate(words)]).T,
        parts=np.stack([_bucket(slot, n) for n, slot in parts]).T,
        classes=np.stack([view.near(number, step, absent=0) for step in STEPS]).T,
        masks=np.concatenate([empty, masks]),
        register=_registers(reading),
        script=_script(reading),
        sentences=chains(reading.opens_sentence),
    )


def _bucket(values: Hashes, slot: int) -> Ints:
    salt = np.uint64((_SALT * (slot + 1)) % (1 << 64))
    return (mix(values ^ salt) >> np.uint64(64 - BITS)).view(np.int64)


class _View:
    """The tokens of a reading with their neighbours in the sentence."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        # A few tokens of every sentence have no neighbour so many steps away.
        sentence = reading.sentence
        self._lonely = {
            step: np.flatnonzero(sentence[step:] != sentence[:-step])
            for step in range(1, _REACH + 1)
        }

    def near(self, values: NDArray[Any], step: int, *, absent: int | None = None) -> NDArray[Any]:
        """Return the value of the token ``step`` further on in the sentence, else ``absent``."""
        if step == 0:
            return values
        missing = _ABSENT + step if absent is None else absent
        found = np.empty_like(values)
        edge, lonely = min(abs(step), len(values)), self._lonely[abs(step)]
        if step > 0:
            found[: len(values) - edge] = values[edge:]
            found[len(values) - edge :] = missing
            found[lonely] = missing
        else:
            found[edge:] = values[: len(values) - edge]
            found[:edge] = missing
            found[lonely + edge] = missing
        return found


def _words(view: _View) -> Iterator[Hashes]:
    """Yield the words round each token, alone and in pairs."""
    near = {step: view.near(view.tokens.hashes, step) for step in range(-2, 3)}
    yield from near.values()
    yield _join(near[-1], near[0])
    yield _join(near[0], near[1])


def _affixes(view: _View) -> Iterator[Hashes]:
    """Yield how each token begins and ends, and how its neighbours do."""
    tokens = view.tokens
    for letters in _LETTERS:
        size = letters * (tokens.length >= letters)
        for begin in (tokens.start, tokens.end - size):
            part = _letters(tokens, begin, size)
            yield part
            if letters in _LETTERS_NEAR:
                yield view.near(part, -1)
                yield view.near(part, 1)


def _stems(view: _View) -> Iterator[Hashes]:
    """Yield each token whole, without its first letters and without its last.

    Those may be a clitic, these a pronoun or the ending of a plural.
    """
    tokens = view.tokens
    yield tokens.hashes
    for head, tail in (*((letters, 0) for letters in _PREFIX), *((0, last) for last in _SUFFIX)):
        stem = np.zeros(len(tokens), dtype=np.uint64)
        which = np.flatnonzero(tokens.length > head + tail + 1)
        stem[which] = mix(tokens.raw(which, head=head, tail=tail))
        yield stem


def _shapes(view: _View, shape: Hashes, marks: Hashes) -> Iterator[Hashes]:
    """Yield capitals, digits and marks of each token and its neighbours."""
    gap = view.reading.gap.astype(np.uint64)
    before, after = view.near(shape, -1), view.near(shape, 1)
    yield before
    yield after
    yield _join(shape, gap)
    yield _join(before, shape, after)
    yield _join(gap, view.near(gap, 1), marks)
    yield _join(shape, marks)


def _known(view: _View, shape: Hashes, kept: Flags) -> Iterator[Hashes]:
    """Yield what gazetteer and lexicon know of each token, beside what stands round it."""
    reading, near = view.reading, view.near
    position, place, namesakes, governed = _places(reading, kept)
    classes, word = reading.classes.astype(np.uint64), reading.tokens.hashes
    # How it opens, by two letters: where clitics and articles stand.
    opening = np.minimum(reading.tokens.length, 2)
    yield place
    yield near(place, -1)
    yield near(place, 1)
    yield _join(near(position, -1), position, near(position, 1))
    yield _join(position, namesakes)
    yield _join(position, governed, shape)
    yield _join(place, near(word, -1))
    yield _join(place, near(word, 1))
    yield _join(place, _letters(view.tokens, view.tokens.start, opening))
    for step in (-1, 0, 1):
        yield near(classes, step)
        yield _join(near(classes, step), position)


def _letters(tokens: Tokens, begin: Ints, size: Ints) -> Hashes:
    """Return one number for so many letters from where each token is to be read."""
    between = tokens.sums.take(begin + size) - tokens.sums.take(begin)
    return np.asarray(between * tokens.letters.down.take(begin))


def _places(reading: Reading, kept: Flags) -> tuple[Hashes, Hashes, Hashes, Hashes]:
    """Return where in a gazetteer's name each token stands, and what that name is, as numbers.

    The position is 0 outside names, 1 for the first token, 2 for a later one, 2 more for the last;
    the others say which kinds of place bear the name, how many, and under what head noun it is.
    """
    name, first, last = (column[kept] for column in (reading.name, reading.first, reading.last))
    length = last - first + 1
    owner = np.repeat(np.arange(len(first)), length)
    token = np.arange(len(owner)) - np.repeat(np.cumsum(length) - length - first, length)
    governed = reading.governed[kept]
    fits = (governed & (reading.names.kinds | reading.names.core_kinds)[name]) != 0
    columns = (
        np.where(token == first[owner], 1, 2) + 2 * (token == last[owner]),
        _renown(reading.names)[name][owner],
        (np.digitize(reading.names.count, _NAMESAKES)[name] * 2 + (reading.skip[kept] > 0))[owner],
        ((governed != 0) + 2 * fits)[owner],
    )
    position, renown, namesakes, under = np.zeros((4, len(reading.tokens)), dtype=np.uint64)
    for column, values in zip((position, renown, namesakes, under), columns, strict=True):
        column[token] = values
    return position, _join(position, renown), namesakes, under


def _renown(names: NameFacts) -> Ints:
    """Return one number for what places bear each name: their kinds, the most people, and role."""
    country, governorate, settlement = (
        np.uint32(1 << KINDS.index(kind)) for kind in ("country", "governorate", "settlement")
    )
    kinds = names.kinds
    flags = (
        (kinds & country) != 0,
        (kinds & governorate) != 0,
        (kinds & settlement) != 0,
        (kinds & ~(country | governorate | settlement)) != 0,
        names.curated,
        names.demonym,
        names.own,
        kinds == 0,
    )
    people = np.where(flags[0], len(_PEOPLE) + 1, np.digitize(names.population, _PEOPLE))
    bits = sum(flag.astype(np.int64) << bit for bit, flag in enumerate(flags))
    return np.asarray(bits * _PEOPLE_ROOM + people)


def _shape(reading: Reading) -> Hashes:
    """Return capitals, digits and length of each token as one number."""
    points, length = reading.tokens.points, reading.tokens.length
    number = _LETTER.take(points.take(reading.token_start))
    capital = np.flatnonzero((number & _CAPITAL != 0) & (length > 1))
    number[capital[IS_CAPITAL[points[reading.token_end[capital] - 1]]]] |= _CAPITALS
    return np.asarray(number + np.minimum(length, 4).astype(np.uint64) * np.uint64(32))


def _marks(reading: Reading) -> Hashes:
    """Return the characters on either side of each token, alike ones as one, as one number."""
    points = reading.tokens.points
    begin = reading.token_start
    end = reading.token_end
    before = np.where(begin > 0, _MARK[points[np.maximum(begin - 1, 0)]], _EDGE)
    after = np.where(end < len(points), _MARK[points[np.minimum(end, len(points) - 1)]], _EDGE)
    return np.asarray(before * _KINDS_OF_MARK + after, dtype=np.uint64)


def _registers(reading: Reading) -> Ints:
    """Return the register of each token: that of its article."""
    points = reading.tokens.points
    marks = np.flatnonzero((points[:-1] == ord("#")) | (points[:-1] == ord("@")))
    marks = marks[points[marks + 1] > ord("@")]
    edges = np.append(reading.offsets, len(points))
    posts = np.searchsorted(marks, edges[1:] - 1) > np.searchsorted(marks, edges[:-1])
    return np.where(posts, POST, NEWS)[reading.token_article]


def _script(reading: Reading) -> Ints:
    """Return the script of the sentence each token is in: 0 Arabic, 1 any other."""
    letter = reading.tokens.points[reading.token_start]
    arabic = ((letter >= _ARABIC[0]) & (letter < _ARABIC[1])).astype(np.int64)
    share = np.bincount(reading.sentence, weights=2 * arabic - 1)
    return np.where(share >= 0, 0, 1)[reading.sentence]


def _join(*values: Hashes) -> Hashes:
    """Return one hash of several values a token."""
    joined = values[0]
    for value in values[1:]:
        joined = mix(joined) + value
    return joined
