"""Which hits are places: the evidence weighed, the losers kept with the reason they lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.lang.language import WordClass
from geo.model import KINDS
from geo.recognize.datelines import signs_dateline
from geo.recognize.evidence import COLUMNS
from geo.recognize.unknown import unknown_names

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.recognize.reading import Reading
    from geo.recognize.tagging import Tags
    from geo.recognize.weighing import DecisionModel

    Ints = NDArray[np.int64]

__all__ = ["Decision", "decided", "find_mentions"]

_IN_NAME = np.uint32(int(WordClass.HEAD_IN_NAME))
_MANY = np.uint32(int(WordClass.HEAD_MANY))
_LOCATIVE = np.uint32(int(WordClass.LOCATIVE | WordClass.HEAD | WordClass.DIRECTION))
_DIRECTION = np.uint32(int(WordClass.DIRECTION))
_HEAD = np.uint32(int(WordClass.HEAD))
_FUNCTION = np.uint32(int(WordClass.FUNCTION))
_GENERAL = _LOCATIVE | _FUNCTION | np.uint32(int(WordClass.JOINT))
_LIKELY = np.array([0.45, 0.15])
"""The probability from which a hit in Arabic letters, and one in others, is taken.

Below one half, since a site shows its doubt: of the English names of unseen articles between 0.15
and 0.3, half are places.
"""

_LIKELY_POSTED = 0.1
"""The same for a hit in Arabic letters in a post: its words say less of its names than news."""

_LIKELY_BEHIND = 0.1
"""The same for a province behind its own noun (محافظة إب), where words hardly ever stand."""

_LIKELY_LED = 0.2
"""The same for a name in Arabic letters that a direction leads to (جنوب شرق الميادين), or behind
the noun of one facility, or that begins with it."""

_HYPHENS = [ord(letter) for letter in "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"]

_POSSESSED = "an ordinary word with a pronoun"
_PROVINCE = np.uint32(1 << KINDS.index("governorate"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One entry a hit of the reading.

    ``start`` and ``end`` are the span of the contract, a head noun that belongs to the name
    inside it; ``probability`` that it is a place; ``associative`` whether it stands for a
    government rather than the ground; ``why`` the evidence that weighed most for what was decided.
    ``unknown`` are names that the gazetteer does not have: article, start and end.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    accepted: NDArray[np.bool_]
    probability: NDArray[np.float64]
    associative: NDArray[np.bool_]
    why: list[tuple[str, ...]]
    unknown: tuple[tuple[int, int, int], ...] = ()


def find_mentions(reading: Reading, model: DecisionModel) -> Decision:
    """Weigh every hit of a reading."""
    tags = model.tagger.tag(reading)
    probability, matrix = model.decide(reading, tags)
    probability = np.maximum(probability, _joined(reading, tags))
    posted = reading.posted[reading.article] & (reading.script == 0)
    least = np.where(posted, _LIKELY_POSTED, _LIKELY[reading.script])
    led = _of_a_facility(reading) | _behind_direction(reading)
    least = np.where(led, np.minimum(least, _LIKELY_LED), least)
    accepted = probability >= np.where(_behind_own_noun(reading), _LIKELY_BEHIND, least)
    signs = signs_dateline(reading)
    accepted &= ~reading.in_outlet & ~reading.in_bearer & ~signs
    possessed = matrix[:, COLUMNS.index(_POSSESSED)] > 0
    possessed &= reading.ends_in_heh & (reading.governed == 0)
    accepted &= ~possessed
    why = model.reasons(matrix, reading.script, accepted)
    for hit in np.flatnonzero(reading.in_outlet).tolist():
        why[hit] = ("part of the name of a news outlet",)
    for hit in np.flatnonzero(reading.in_bearer).tolist():
        why[hit] = ("part of the name of something else",)
    for hit in np.flatnonzero(signs).tolist():
        why[hit] = ("a news outlet in the byline",)
    for hit in np.flatnonzero(possessed).tolist():
        why[hit] = (_POSSESSED,)
    return decided(
        reading,
        accepted,
        probability=probability,
        associative=model.uses.associative(reading, accepted),
        why=why,
        names=_proper(reading, *tags.names()),
    )


def _behind_own_noun(reading: Reading) -> NDArray[np.bool_]:
    """Return whether each hit may be a province and stands right behind the noun of one."""
    province = reading.governed & reading.names.kinds[reading.name] & _PROVINCE
    return np.asarray((province != 0) & (reading.head == reading.first - 1))


def _of_a_facility(reading: Reading) -> NDArray[np.bool_]:
    """Return whether the noun of one facility opens each Arabic name, or stands right before it."""
    noun = ((reading.classes & _IN_NAME) != 0) & ((reading.classes & _MANY) == 0)
    opens = noun[reading.first] & (reading.last > reading.first)
    behind = noun[reading.head] & (reading.head == reading.first - 1) & (reading.head >= 0)
    return np.asarray((opens | behind) & (reading.script == 0))


def _behind_direction(reading: Reading) -> NDArray[np.bool_]:
    """Return which Arabic names stand right behind a direction; شمال المدينة names no place."""
    first, before = reading.first, np.maximum(reading.first - 1, 0)
    direction = ((reading.classes[before] & _DIRECTION) != 0) & ~reading.definite[before]
    beside = (first > 0) & (reading.gap[first] == 0) & (reading.skip == 0)
    noun = (reading.classes[first] & _HEAD) != 0
    return np.asarray(direction & beside & ~noun & (reading.script == 0))


def _joined(reading: Reading, tags: Tags) -> NDArray[np.float64]:
    """Return how likely hits are that a hyphen joins to another name: the Damascus-Daraa highway.

    What reads like one name that the gazetteer lacks is two that it has. 0 for all others.
    """
    found = np.zeros(len(reading))
    first, last = tags.names()
    between = reading.token_end[:-1]
    hyphen = np.isin(reading.tokens.points[between], _HYPHENS)
    hyphen = np.r_[False, hyphen & (reading.token_start[1:] == between + 1), False]
    # Of each run of tokens, the hyphens inside it and right beside it.
    count = np.r_[0, np.cumsum(hyphen)]
    some = np.flatnonzero(count[last + 2] > count[first])
    low, high = (np.searchsorted(reading.first, edge) for edge in (first[some], last[some] + 1))
    likely = tags.exact(first[some], last[some])
    for run, begin, end, probability in zip(some.tolist(), low, high, likely, strict=True):
        starts, ends = reading.first[begin:end], reading.last[begin:end]
        tiled = np.array_equal([*starts, last[run] + 1], [first[run], *(ends + 1)])
        if tiled and hyphen[starts[1:]].all():
            found[begin:end] = probability
    return found


def _proper(reading: Reading, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Return those of some runs of tokens that hold more than general words ("the north-east")."""
    proper = np.r_[0, np.cumsum((reading.classes & _GENERAL) == 0)]
    kept = proper[last + 1] > proper[first]
    return first[kept], last[kept]


def decided(
    reading: Reading,
    accepted: NDArray[np.bool_],
    *,
    probability: NDArray[np.float64],
    associative: NDArray[np.bool_],
    why: list[tuple[str, ...]],
    names: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> Decision:
    """Return a decision with its spans, which are the same whoever decided.

    ``names`` are the first and last tokens of all that reads like a name, accepted hits among them.
    """
    start, end = _spans(reading)
    unknown = unknown_names(reading, names, (start[accepted], end[accepted]))
    return Decision(
        start=start,
        end=end,
        accepted=accepted,
        probability=probability,
        associative=associative,
        why=why,
        unknown=tuple(zip(*(column.tolist() for column in unknown), strict=True)),
    )


def _spans(reading: Reading) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the spans with the head noun inside where it governs one name and belongs to it.

    The noun of a facility always does (حقل العمر); that of a province where the name alone would
    also mean a town (محافظة السويداء); one behind its name where it is capitalised. The proclitic
    of the noun stays outside: بحقل العمر is حقل العمر. An article that the gazetteer does not know
    with the name belongs to it: Ar-Raqqa.
    """
    begins = reading.opening < reading.first
    start = np.where(begins, reading.token_start[reading.opening], reading.start)
    end = reading.end.copy()
    classes = np.append(reading.classes, np.uint32(0))[reading.head]
    inside = ((classes & _IN_NAME) != 0) & ((classes & _MANY) == 0) & (reading.head >= 0)
    province = (reading.governed & _PROVINCE) != 0
    alone = (reading.names.kinds[reading.name] & ~_PROVINCE) == 0
    inside &= ~(province & alone) | (reading.head > reading.last)
    inside &= (reading.skip == 0) & (reading.head >= reading.first - 1)
    inside &= reading.head <= reading.last + 2
    for number in np.flatnonzero(inside).tolist():
        token = int(reading.head[number])
        low, high = reading.bare(token)
        # "Jakarta prison" is a prison in Jakarta; "Omar oil field" has no name but that.
        behind = token > reading.last[number]
        if behind and not reading.whole[number] and not reading.is_capital(low):
            continue
        start[number] = min(int(start[number]), low)
        end[number] = max(int(end[number]), high)
    return start, end
