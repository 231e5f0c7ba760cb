"""Whether a name means the ground, or stands for who acts there: a government, a team, a people.

The names of peoples, and those inside the name of a bank or a street, never mean the ground. Of
countries and towns the words around decide: "Damascus condemns", "talks with Ankara", "the police
of Kirkuk". What grammar says of them is one piece of evidence, the words themselves are the others;
all are weighed, one row of weights a script.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.lang.language import WordClass
from geo.model import KINDS
from geo.recognize.datelines import reported_from
from geo.recognize.evidence import CLITICS
from geo.recognize.lexical import LONG, bucket, end_letters

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.recognize.reading import Reading

    Flags = NDArray[np.bool_]
    Ints = NDArray[np.int64]

__all__ = ["BUCKETS", "COLUMNS", "Uses", "buckets", "columns", "no_uses"]

BUCKETS = 1 << 12
"""Buckets of the table of words; the last one is for slots that are empty and weighs nothing."""

_REACH = 3
_STEPS = tuple(step for step in range(-_REACH, _REACH + 1) if step)
_ENDS = (-2, -1, 1, 2)
"""Words whose first and last letters are weighed too: what a verb has before and behind it."""

_BA, _KAF, _LAM = ("\N{ARABIC LETTER BEH}", "\N{ARABIC LETTER KAF}", "\N{ARABIC LETTER LAM}")
_ACTING = 4.0
"""What grammar says is told louder, or the penalty on its weight would silence it."""

COLUMNS: tuple[str, ...] = (
    "any name",
    "a country",
    "a capital",
    "a governorate",
    "a settlement",
    "over 100,000 people",
    "acts, says the grammar",
    "under a head noun",
    "opens the dateline",
    "behind the town of the dateline",
    "has something",
    "a capitalised word stands right before",
    "a capitalised word stands right after",
    "a sentence begins here",
    "a sentence ends here",
    "punctuation before",
    "punctuation after",
    *(label for _, label in CLITICS),
    *(f"{step:+d} {each.name}".lower() for step in _STEPS for each in WordClass),
)
"""The columns of :func:`columns`."""

_LOCATIVE = np.uint32(int(WordClass.LOCATIVE | WordClass.HEAD | WordClass.DIRECTION))
_AGENCY = np.uint32(int(WordClass.AGENCY | WordClass.GOVERNMENT))
_NAMING = np.uint32(int(WordClass.ORGANISATION | WordClass.OUTLET_NOUN))
_FUNCTION = np.uint32(int(WordClass.FUNCTION))
_PLACED = np.uint32(int(WordClass.LOCATIVE))
_NONE = np.uint32(0)
_EACH = np.array([int(each) for each in WordClass], dtype=np.uint32)
_DEALING = np.uint32(int(WordClass.DEALING))
_SIDE = np.uint32(int(WordClass.SIDE))
_LINKING = np.uint32(int(WordClass.COORDINATOR | WordClass.SIDE))
_COUNTRY, _PROVINCE, _SETTLEMENT = (
    np.uint32(1 << KINDS.index(kind)) for kind in ("country", "governorate", "settlement")
)
_RULING = _COUNTRY | _PROVINCE | _SETTLEMENT
_GROUND = np.uint32(
    sum(1 << KINDS.index(kind) for kind in ("mountain", "river", "sea", "desert", "region"))
)
"""Kinds that somebody rules from, and those of names that are ground even if a town has them."""

_CLEAR = (0.4, 2.5)
"""The log-odds beyond which a country or capital stands for somebody, and any other name.

News uses names so less often than the texts written to teach it, other towns and names behind
"in" hardly ever."""

_LARGE = 100_000
_APOSTROPHES = [ord(letter) for letter in "'\N{RIGHT SINGLE QUOTATION MARK}"]


@dataclass(frozen=True, slots=True)
class Uses:
    """Log-odds that a name is used associatively: weights of the columns and of the words round it.

    ``plain`` has the shape (scripts, columns), ``lexical`` (scripts, buckets).
    """

    plain: NDArray[np.float32]
    lexical: NDArray[np.float32]

    def associative(self, reading: Reading, chosen: Flags, *, sure: bool = True) -> Flags:
        """Return which of the chosen hits stand for somebody; of the others only what is plain.

        With ``sure`` the weights have to be: a place that is not drawn is missed.
        """
        reported = reported_from(reading)
        found = reading.names.demonym[reading.name] | (_in_a_name(reading) & ~reported)
        which = np.flatnonzero(chosen & _is_ruling(reading))
        script = reading.script[which]
        odds = np.einsum("hc,hc->h", columns(reading, which), self.plain[script])
        odds = odds + self.lexical[script[:, None], buckets(reading, which)].sum(axis=1)
        seat = _is_seat(reading)[which] & ~reading.clitic_holds(_BA)[which]
        clear = np.where(seat, *_CLEAR) if sure else np.zeros(len(which))
        found[which] |= (_shared(reading, which, odds - clear) > 0) & ~reported[which]
        return np.asarray(found)


def no_uses(scripts: int) -> Uses:
    """Return weights by which every name means the ground, but those that never do."""
    return Uses(
        np.zeros((scripts, len(COLUMNS)), dtype=np.float32),
        np.zeros((scripts, BUCKETS), dtype=np.float32),
    )


def columns(reading: Reading, which: Ints) -> NDArray[np.float32]:
    """Return what the words round some hits are good for, shape (hits, `COLUMNS`)."""
    names, name = reading.names, reading.name[which]
    kinds = names.kinds[name]
    before, after = (gap[which] for gap in reading.gaps)
    opens = reading.dateline
    behind = np.zeros(len(reading), dtype=bool)
    behind[1:] = opens[:-1] & (reading.first[1:] == reading.last[:-1] + 1)
    told = [
        np.ones(len(which)),
        (kinds & _COUNTRY) != 0,
        names.capital[name],
        (kinds & _PROVINCE) != 0,
        (kinds & _SETTLEMENT) != 0,
        names.population[name] >= _LARGE,
        _ACTING * _acting(reading)[which],
        reading.governed[which] != 0,
        opens[which],
        behind[which],
        _has_something(reading)[which],
        *(beside[which] for beside in reading.capital_neighbours),
        before == 2,
        after == 2,
        before == 1,
        after == 1,
        *(reading.clitic_holds(letter)[which] for letter, _ in CLITICS),
    ]
    within = reading.clitic_holds(_BA)[which] * _PLACED
    parts = [np.stack(told, axis=1)]
    for step in _STEPS:
        # "In" is also written joined to the name: بدمشق.
        classes = reading.classes_at(step)[which] | (within if step == -1 else _NONE)
        if step < -1:
            classes = np.where(_opens_clause(reading, step)[which], classes & ~_PLACED, classes)
        parts.append((classes[:, None] & _EACH) != 0)
    return np.concatenate(parts, axis=1, dtype=np.float32)


def _opens_clause(reading: Reading, step: int) -> Flags:
    """Return before which hits the word at ``step`` is of what follows, not of the place in it.

    "Pointing to that ..." (مشيرا إلى أن): the word that puts a clause there holds no name.
    """
    behind = (reading.classes_at(step + 1) & _FUNCTION) != 0
    return np.asarray(behind & (reading.script == 0))


def buckets(reading: Reading, which: Ints) -> Ints:
    """Return the buckets of the words round some hits, shape (hits, slots)."""
    tokens = reading.tokens
    at = {step: _token_at(reading, step)[which] for step in _STEPS}
    found = np.full((len(which), len(_STEPS) + 2 * len(_ENDS)), BUCKETS - 1, dtype=np.int64)
    for slot, step in enumerate(_STEPS):
        known = np.flatnonzero(at[step] >= 0)
        found[known, slot] = bucket(tokens.hashes[at[step][known]], slot, BUCKETS)
    slot = len(_STEPS)
    for step in _ENDS:
        long = np.flatnonzero((at[step] >= 0) & (tokens.length[at[step]] >= LONG))
        for letters in end_letters(tokens, at[step][long]):
            found[long, slot] = bucket(letters, slot, BUCKETS)
            slot += 1
    return found


def _has_something(reading: Reading) -> Flags:
    """Return whether each hit is a possessor: China's Shanxi, Ankara's offer."""
    points, end = reading.tokens.points, reading.end
    return np.isin(points[np.minimum(end, len(points) - 1)], _APOSTROPHES)


def _token_at(reading: Reading, step: int) -> Ints:
    """Return the token ``step`` away from each hit with nothing that breaks between, else -1."""
    found = np.full(len(reading), -1, dtype=np.int64)
    which, token = reading.neighbours(step)
    found[which] = token
    return found


def _is_ruling(reading: Reading) -> Flags:
    """Return which hits may be the seat of somebody who acts: no facility, and no landform."""
    kinds, governed = reading.names.kinds[reading.name], reading.governed
    seat = _is_seat(reading) | (((kinds & _RULING) != 0) & ((kinds & _GROUND) == 0))
    return np.asarray(seat & ((governed == 0) | ((governed & _RULING) != 0)))


def _is_seat(reading: Reading) -> Flags:
    """Return which hits are countries and capitals."""
    country = (reading.names.kinds[reading.name] & _COUNTRY) != 0
    return np.asarray(country | reading.names.capital[reading.name])


def _shared(reading: Reading, which: Ints, odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the log-odds, the names of a list ("Cairo, Doha and Ankara") having one together."""
    if len(which) < 2:
        return odds
    first, last = reading.first[which[1:]], reading.last[which[:-1]]
    joined = (first == last + 1) | (
        (first == last + 2) & ((reading.classes[first - 1] & _LINKING) != 0)
    )
    joined &= (reading.gap[first] < 2) & (reading.article[which[1:]] == reading.article[which[:-1]])
    for letter in (_BA, _KAF, _LAM):
        joined &= ~reading.clitic_holds(letter)[which[1:]]
    chain = np.r_[0, np.cumsum(~joined)]
    return np.asarray((np.bincount(chain, odds) / np.bincount(chain))[chain])


def _acting(reading: Reading) -> Flags:
    """Return whether grammar makes each hit the doer of something, not where it is.

    A country does so unless a word of place or a preposition stands before it; a settlement only
    beside a verb of speech or a word of government, with no word of place before it. Either does as
    a side of what governments have with each other: العلاقات بين دمشق وبغداد, talks with Ankara.
    """
    before, two_before, after = (reading.classes_at(step) for step in (-1, -2, 1))
    placed = ((before & _LOCATIVE) != 0) & ((before & _AGENCY) == 0)
    for letter in (_BA, _LAM):
        placed |= reading.clitic_holds(letter)
    acting = ((before | after) & _AGENCY) != 0
    acting |= ((two_before & _AGENCY) != 0) & (reading.script == 0) & ~placed
    country = (reading.names.kinds[reading.name] & _COUNTRY) != 0
    lone = ~placed & (country | acting)
    # "in Syria and Iraq": the second name stands where the first one does.
    lone[1:] &= ~(reading.listed & placed[:-1])
    return np.asarray(lone | _sides(reading, placed))


def _sides(reading: Reading, placed: Flags) -> Flags:
    """Return whether each hit is a side of a dealing, the second one of a pair too.

    What is ``placed`` behind the first is where they met: talks with Ankara in Geneva.
    """
    before, two_before, three_before = (reading.classes_at(step) for step in (-1, -2, -3))
    opened = (before & _SIDE) != 0
    side = opened & (((two_before | three_before) & _DEALING) != 0)
    side[1:] |= reading.listed & side[:-1] & (opened | ~placed)[1:]
    return np.asarray(side)


def _in_a_name(reading: Reading) -> Flags:
    """Return whether each hit names something that only bears a place's name.

    A bank, a street, a newspaper, a person: شارع بغداد, Homs Street, Bank of Cyprus, Paris Haddad;
    not what is in it: talks in Ankara.
    """
    before, two_before, after = (reading.classes_at(step) for step in (-1, -2, 1))
    arabic = reading.script == 0
    first = ((before & _NAMING) != 0) & arabic
    last = ((after & _NAMING) != 0) & ~arabic
    linked = ((before & _FUNCTION) != 0) & ((before & _PLACED) == 0)
    joined = linked & ((two_before & _NAMING) != 0) & ~arabic
    _, capital_after = reading.capital_neighbours
    return np.asarray(first | last | joined | (capital_after & reading.capitals[0] & ~arabic))
