"""From accepted hits to places: one sense per name and article, ranked with the whole article."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.lang.language import WordClass
from geo.model import KINDS
from geo.resolve.candidates import distinct, gather, runs, spread
from geo.resolve.context import COMMA, NEAR, SAID
from geo.resolve.ranker import FEATURES, rank, shipped_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.gazetteer.store import Gazetteer
    from geo.recognize.mentions import Decision
    from geo.recognize.reading import Reading
    from geo.resolve.candidates import CandidateTable
    from geo.resolve.ranker import Weights

__all__ = ["KEPT", "Resolution", "Toponyms", "heard", "resolve", "toponyms"]

_NEAR_WORDS = 3
"""From a name to the next: "Jiblah, in the governorate of Ibb"."""

_CLEAR = 0.1
"""How far the best candidate must be behind "none of these" for a name to stay unplaced."""

_NEIGHBOURHOOD, _LANDMARK = KINDS.index("neighbourhood"), KINDS.index("landmark")
_SETTLED = 1 << KINDS.index("settlement") | 1 << _NEIGHBOURHOOD

_LOCATIVE = np.uint32(int(WordClass.LOCATIVE))
_DIRECTION = np.uint32(int(WordClass.DIRECTION))
_IN_NAME = np.uint32(int(WordClass.HEAD_IN_NAME))
_NEARNESS = np.uint32(int(WordClass.NEARNESS))
_HOLDING = np.uint32(1 << KINDS.index("country") | 1 << KINDS.index("governorate"))

KEPT = 6
"""Candidates of a toponym that are kept, the likeliest."""

_FEMININE = [ord(letter) for letter in "\N{ARABIC LETTER TEH MARBUTA}\N{ARABIC LETTER HEH}"]
"""What adjectives of feminine words end in, the heh of those who leave out its dots too."""

_TOLD = 3
_TELLING = 0.3
"""Features that are named as what decided, and what each must at least have added."""

_NOTHING = -1
"""Stands for a feature where none added enough."""

_IMPORTANT = 5.0
"""The importance, of a town of 100,000 people, beyond which that decides for a name's one place."""


class Resolution(NamedTuple):
    """The best candidates of one toponym, the likeliest first, and what spoke for the first.

    ``total`` is the probability of all its candidates: the rest is that of none of them.
    ``others`` is how many names besides its own the article has, ``near`` whether the first is
    near a place that one of them means.
    """

    rows: tuple[int, ...]
    probabilities: tuple[float, ...]
    total: float
    others: int
    near: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponyms:
    """The toponyms behind some hits: ``of`` has one entry a hit, ``table`` their candidates."""

    of: NDArray[np.int64]
    table: CandidateTable


def heard(reading: Reading, accepted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the hits that say which part of the world an article speaks of.

    The names of peoples are among them, accepted or not: the Yemeni ministry (الوزارة اليمنية) is
    no place, and yet tells which Jiblah is meant.
    """
    return np.asarray(accepted | reading.names.demonym[reading.name])


def toponyms(
    reading: Reading, hits: NDArray[np.int64], gazetteer: Gazetteer, *, focus: Sequence[str] = ()
) -> Toponyms:
    """Return the toponyms that some hits of a reading are mentions of.

    Hits of one name in one article mean the same place, unless their head nouns are of different
    kinds ("the governorate of Hama", "Hama") or what follows them says that they are two ("Paris,
    Texas", "Paris, France"). A word for a town speaks for the bare name too.
    """
    governed = reading.governed[hits].astype(np.int64)
    kinds = np.where(governed & ~_SETTLED, governed, 0)
    senses = _senses(reading, hits, gazetteer)
    (article, name, _, _), of = distinct(reading.article[hits], reading.name[hits], kinds, senses)
    announced, script = np.zeros((2, len(article)), dtype=np.int64)
    np.bitwise_or.at(announced, of, governed)
    script[of] = reading.script[hits]
    table = gather(
        gazetteer,
        article=article,
        name=reading.name_ids[name],
        governed=announced,
        script=script,
        neighbours=_neighbours(reading, hits, of),
        focus=focus,
    )
    return Toponyms(of=of, table=table)


def _senses(reading: Reading, hits: NDArray[np.int64], gazetteer: Gazetteer) -> NDArray[np.int64]:
    """Return what tells apart the hits of a name that its article places in two ways, else 0.

    That is the name that follows after a comma and may hold the place. A hit without one means
    what the last hit with one meant, or at the beginning what the first will mean.
    """
    name = reading.name[hits]
    senses = np.zeros(len(hits), dtype=np.int64)
    following = reading.first[hits[1:]]
    comma = (following == reading.last[hits[:-1]] + 1) & (reading.gap[following] == 1)
    comma &= (reading.names.kinds[name[1:]] & _HOLDING) != 0
    said = np.flatnonzero(comma & (name[1:] != name[:-1]))
    said = said[
        _may_hold(gazetteer, reading.name_ids[name[said]], reading.name_ids[name[said + 1]])
    ]
    if len(said) < 2:
        return senses
    owner = reading.article[hits] * (int(name.max()) + 1) + name
    named = np.unique(np.column_stack([owner[said], name[said + 1]]), axis=0)[:, 0]
    for twice in np.unique(named[1:][named[1:] == named[:-1]]).tolist():
        mine, told = np.flatnonzero(owner == twice), said[owner[said] == twice]
        last = np.maximum(np.searchsorted(told, mine, side="right") - 1, 0)
        senses[mine] = name[told[last] + 1] + 1
    return senses


def _may_hold(
    gazetteer: Gazetteer, inner: NDArray[np.int64], outer: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return for pairs of names whether a place of the first is in one of the second."""
    pairs, which = np.unique(inner << 32 | outer, return_inverse=True)
    inner, outer = pairs >> 32, pairs & 0xFFFFFFFF
    low, high = gazetteer.link_start[[outer, outer + 1]].astype(np.int64)
    pair = np.repeat(np.arange(len(outer)), high - low)
    holder = gazetteer.link_place[spread(low, high - low)].astype(np.int64)
    holding = ((np.int64(1) << gazetteer.kind[holder].astype(np.int64)) & int(_HOLDING)) != 0
    pair, holder = pair[holding], holder[holding]
    low, high = gazetteer.link_start[[inner[pair], inner[pair] + 1]].astype(np.int64)
    held = gazetteer.link_place[spread(low, high - low)].astype(np.int64)
    holder, pair = np.repeat(holder, high - low), np.repeat(pair, high - low)
    country = gazetteer.kind[holder] == KINDS.index("country")
    inside = gazetteer.admin1[held] == holder
    inside |= country & (gazetteer.country[held] == gazetteer.country[holder])
    holds = np.bincount(pair[inside & (held != holder)], minlength=len(pairs)) > 0
    return np.asarray(holds[which])


def _neighbours(
    reading: Reading, hits: NDArray[np.int64], of: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the pairs of toponyms that stand beside each other in one sentence, both ways."""
    following = reading.first[hits[1:]]
    words = following - reading.last[hits[:-1]]
    gap = reading.gap[following]
    near = np.flatnonzero((words <= _NEAR_WORDS) & (gap < 2) & (of[1:] != of[:-1]))
    left, right = of[:-1][near], of[1:][near]
    how = np.where((words == 1) & (gap == 1), COMMA, 0)
    how[(how == 0) & _said_to_be_near(reading, reading.last[hits[:-1]], following)] = NEAR
    told = _said_to_hold(reading, hits[1:], words)
    told |= (words == 1) & _named_by_its_people(reading, hits[1:])
    how[(gap == 0) & told] = SAID
    how = how[near]
    forth, back = (left, right, how), (right, left, np.where(how == NEAR, NEAR, 0))
    pairs, _ = distinct(*map(np.concatenate, zip(forth, back, strict=True)))
    return pairs.T


def _said_to_be_near(
    reading: Reading, last: NDArray[np.int64], following: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return whether a word between two names puts one near the other: قرب, القريبة من, شرق.

    ``last`` is the last token of the first name, ``following`` the first of the second.
    """
    cue = (reading.classes & _DIRECTION != 0) & ~reading.definite
    cue |= reading.classes & _NEARNESS != 0
    cue &= reading.clitic_letters == 0
    met = np.r_[0, np.cumsum(cue)]
    return np.asarray(met[following] > met[last + 1])


def _said_to_hold(
    reading: Reading, hits: NDArray[np.int64], words: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return whether some hits are named as what holds the name so many words before them.

    A word for a province or country stands with it (في محافظة إب), or a clitic "in" (باليمن).
    """
    inside = (words == 1) & reading.clitic_holds("\N{ARABIC LETTER BEH}")[hits]
    inside &= (reading.names.kinds[reading.name[hits]] & _HOLDING) != 0
    return np.asarray(((reading.governed[hits] & _HOLDING) != 0) | inside)


def _named_by_its_people(reading: Reading, hits: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which hits are adjectives that may put the town before them in a country: السورية.

    A town is feminine; in قصف حلب الروسي, the Russian shelling of Aleppo, the adjective is that of
    the shelling.
    """
    adjective = reading.names.demonym[reading.name[hits]] & (reading.script[hits] == 0)
    feminine = np.isin(reading.tokens.points[reading.end[hits] - 1], _FEMININE)
    return np.asarray(adjective & feminine & (reading.skip[hits] == 0))


def resolve(
    reading: Reading,
    decision: Decision,
    gazetteer: Gazetteer,
    *,
    focus: Sequence[str] = (),
    weights: Weights | None = None,
) -> dict[int, Resolution]:
    """Return a resolution for every accepted hit that has a likely place, by its number.

    A bare name that most probably means none of its candidates has none: a wrong pin misleads more
    than a name in a list. ``weights`` are the shipped ones where not given.
    """
    if not decision.accepted.any():
        return {}
    hits = np.flatnonzero(heard(reading, decision.accepted))
    found = toponyms(reading, hits, gazetteer, focus=focus)
    weights = weights or shipped_weights()
    probability, features = rank(found.table, weights)
    resolutions = _resolutions(found.table, probability, features, weights.features[-1])
    headed = reading.governed[hits] != 0
    columns = (hits, found.of, headed, _called_after(reading, hits), decision.accepted[hits])
    return {
        hit: resolutions[one]
        for hit, one, kind, named, accepted in zip(*(c.tolist() for c in columns), strict=True)
        if accepted
        and one in resolutions
        and (kind or not _is_lacking(resolutions[one]))
        and (not named or _is_meant(resolutions[one], gazetteer))
    }


def _called_after(reading: Reading, hits: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which hits name what may be called after a far place: a quarter, a school, a square.

    Not أحياء عدن, the quarters of Aden.
    """
    head = reading.head[hits]
    told = (reading.classes[head] & _LOCATIVE) == 0
    governed, apart = reading.governed[hits], (reading.classes[head] & _IN_NAME) == 0
    announced = governed == 1 << _NEIGHBOURHOOD
    announced |= (governed == 1 << _LANDMARK) & apart
    return np.asarray(announced & told & (head >= 0) & (head < reading.first[hits]))


def _is_meant(resolution: Resolution, gazetteer: Gazetteer) -> bool:
    """Say whether what may be called after a place is there: a far town only gave its name.

    A near one may be a village that the town has grown round. Every town has quarters of some
    names: one that a single list gives is not meant beside places that are all far from it.
    """
    best = resolution.rows[0]
    likely = bool(gazetteer.verified[best]) or not resolution.others
    return resolution.near or (likely and bool(gazetteer.kind[best] == _NEIGHBOURHOOD))


def _is_lacking(resolution: Resolution) -> bool:
    """Say whether the gazetteer most probably lacks the place that was meant."""
    return resolution.probabilities[0] < _CLEAR * (1 - resolution.total)


def _resolutions(
    table: CandidateTable,
    probability: NDArray[np.float64],
    features: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> dict[int, Resolution]:
    """Return a resolution a toponym, from its candidates' probabilities and weighted features."""
    order = np.lexsort((-probability, table.toponym))
    start, count = runs(table.toponym)
    best, second = order[start], order[start + np.minimum(count - 1, 1)]
    # What set the first apart from the second, or, of a name with one place, what was for it.
    ordinary = np.zeros(len(FEATURES))
    ordinary[FEATURES.index("importance")] = _IMPORTANT
    ahead = (features[best] - np.where((count > 1)[:, None], features[second], ordinary)) * weights
    size = np.minimum(count, KEPT)
    kept = order[spread(start, size)]
    rows, shares = table.row[kept].tolist(), np.round(probability[kept], 4).tolist()
    total = np.round(np.add.reduceat(probability, start), 4) if len(start) else probability
    end = np.cumsum(size)
    toponym = table.toponym[start]
    sense = np.unique(table.sense, return_index=True)[1]
    others = np.bincount(table.article[sense])[table.article[toponym]] - 1
    near = features[best, FEATURES.index("within 30 km of others")] > 0
    columns = (toponym, end - size, end, total, others, near, *_telling(ahead))
    return {
        one: Resolution(
            rows=tuple(rows[first:last]),
            probabilities=tuple(shares[first:last]),
            total=every,
            others=besides,
            near=close,
            why=_told(*told),
        )
        for one, first, last, every, besides, close, *told in zip(
            *(c.tolist() for c in columns), strict=True
        )
    }


def _telling(parts: NDArray[np.float64]) -> list[NDArray[np.int64]]:
    """Return the features that add most to each row, the first first; `_NOTHING` if too little."""
    rest, every = parts.copy(), np.arange(len(parts))
    found = []
    for _ in range(_TOLD):
        top = rest.argmax(axis=1)
        found.append(np.where(rest[every, top] > _TELLING, top, _NOTHING))
        rest[every, top] = -np.inf
    return found


@lru_cache(maxsize=1 << 12)
def _told(*features: int) -> tuple[str, ...]:
    """Return what some features are called."""
    return tuple(FEATURES[number] for number in features if number != _NOTHING)
