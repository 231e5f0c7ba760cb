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
    from geo.recognize.weighing import DecisionModel

    Ints = NDArray[np.int64]

__all__ = ["Decision", "decided", "find_mentions"]

_IN_NAME = np.uint32(int(WordClass.HEAD_IN_NAME))
_MANY = np.uint32(int(WordClass.HEAD_MANY))
_LOCATIVE = np.uint32(int(WordClass.LOCATIVE | WordClass.HEAD | WordClass.DIRECTION))
_AGENCY = np.uint32(int(WordClass.AGENCY | WordClass.GOVERNMENT))
_NAMING = np.uint32(int(WordClass.ORGANISATION | WordClass.OUTLET_NOUN))
_FUNCTION = np.uint32(int(WordClass.FUNCTION))
_PLACED = np.uint32(int(WordClass.LOCATIVE))
_DEALING = np.uint32(int(WordClass.DEALING))
_SIDE = np.uint32(int(WordClass.SIDE))
_GENERAL = _LOCATIVE | _FUNCTION | np.uint32(int(WordClass.JOINT))
_LIKELY = np.array([0.45, 0.3])
"""The probability from which a hit in Arabic letters, and one in others, is taken.

Below one half, since a site shows its doubt."""
_LIKELY_POSTED = 0.2
"""The same for a hit in Arabic letters in a post: its words say less of its names than news."""

_LIKELY_BEHIND = 0.1
"""The same for a province behind its own noun (محافظة إب), where words hardly ever stand."""
_POSSESSED = "an ordinary word with a pronoun"
_PROVINCE = np.uint32(1 << KINDS.index("governorate"))
_COUNTRY = np.uint32(1 << KINDS.index("country"))


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
    posted = reading.posted[reading.article] & (reading.script == 0)
    least = np.where(posted, _LIKELY_POSTED, _LIKELY[reading.script])
    accepted = probability >= np.where(_behind_own_noun(reading), _LIKELY_BEHIND, least)
    signs = signs_dateline(reading)
    accepted &= ~reading.in_outlet & ~signs
    possessed = matrix[:, COLUMNS.index(_POSSESSED)] > 0
    possessed &= reading.ends_in_heh & (reading.governed == 0)
    accepted &= ~possessed
    why = model.reasons(matrix, reading.script, accepted)
    for hit in np.flatnonzero(reading.in_outlet).tolist():
        why[hit] = ("part of the name of a news outlet",)
    for hit in np.flatnonzero(signs).tolist():
        why[hit] = ("a news outlet in the byline",)
    for hit in np.flatnonzero(possessed).tolist():
        why[hit] = (_POSSESSED,)
    return decided(
        reading, accepted, probability=probability, why=why, names=_proper(reading, *tags.names())
    )


def _behind_own_noun(reading: Reading) -> NDArray[np.bool_]:
    """Return whether each hit may be a province and stands right behind the noun of one."""
    province = reading.governed & reading.names.kinds[reading.name] & _PROVINCE
    return np.asarray((province != 0) & (reading.head == reading.first - 1))


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
    why: list[tuple[str, ...]],
    names: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> Decision:
    """Return a decision with its spans and uses, which are the same whoever decided.

    ``names`` are the first and last tokens of all that reads like a name, accepted hits among them.
    """
    start, end = _spans(reading)
    unknown = unknown_names(reading, names, (start[accepted], end[accepted]))
    return Decision(
        start=start,
        end=end,
        accepted=accepted,
        probability=probability,
        associative=_associative(reading),
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


def _associative(reading: Reading) -> NDArray[np.bool_]:
    """Return whether each hit stands for a government: the doer of something, not where it is.

    A country does so unless a word of place or a preposition stands before it; a settlement only
    beside a verb of speech or a word of government, with no word of place before it. Either does as
    a side of what governments have with each other: العلاقات بين دمشق وبغداد, talks with Ankara.
    """
    before, two_before, after = (reading.classes_at(step) for step in (-1, -2, 1))
    placed = ((before & _LOCATIVE) != 0) & ((before & _AGENCY) == 0)
    for letter in ("\N{ARABIC LETTER BEH}", "\N{ARABIC LETTER LAM}"):
        placed |= reading.clitic_holds(letter)
    acting = ((before | after) & _AGENCY) != 0
    acting |= ((two_before & _AGENCY) != 0) & (reading.script == 0) & ~placed
    country = (reading.names.kinds[reading.name] & _COUNTRY) != 0
    lone = ~placed & (country | acting)
    # "in Syria and Iraq": the second name stands where the first one does.
    lone[1:] &= ~(reading.listed & placed[:-1])
    people = reading.names.demonym[reading.name]
    return np.asarray(lone | people | _sides(reading, placed) | _in_a_name(reading))


def _sides(reading: Reading, placed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return whether each hit is a side of a dealing, the second one of a pair too.

    What is ``placed`` behind the first is where they met: talks with Ankara in Geneva.
    """
    before, two_before, three_before = (reading.classes_at(step) for step in (-1, -2, -3))
    opened = (before & _SIDE) != 0
    side = opened & (((two_before | three_before) & _DEALING) != 0)
    side[1:] |= reading.listed & side[:-1] & (opened | ~placed)[1:]
    return np.asarray(side)


def _in_a_name(reading: Reading) -> NDArray[np.bool_]:
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
