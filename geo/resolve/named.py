"""Sites of the names that the gazetteer holds, a block of articles at a time."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from geo.gazetteer.roles import Role
from geo.model import Candidate, Mention, Site
from geo.resolve.confidence import calibrated, doubts, evidence_of
from geo.resolve.ranker import shipped_weights
from geo.resolve.resolution import KEPT, resolve
from geo.resolve.spelling import by_spelling
from geo.resolve.standin import STANDIN_SHARE, stand_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.gazetteer import Gazetteer
    from geo.model import Place
    from geo.recognize.mentions import Decision
    from geo.recognize.reading import Reading
    from geo.resolve.ranker import Weights
    from geo.resolve.resolution import Resolution

__all__ = ["named_sites"]

_MOST = 5
"""Candidates of a site that are told of."""


def named_sites(
    texts: Sequence[str],
    reading: Reading,
    decision: Decision,
    gazetteer: Gazetteer,
    *,
    focus: Sequence[str] = (),
    weights: Weights | None = None,
) -> dict[int, Site]:
    """Return a site for every accepted hit that has a likely place, by its number.

    ``texts`` are those of the reading; ``focus`` are ISO 3166-1 codes of countries that win close
    calls; ``weights`` are the shipped ones where not given.
    """
    weights = weights or shipped_weights()
    found = resolve(reading, decision, gazetteer, focus=focus, weights=weights)
    hits = np.fromiter(found, dtype=np.int64, count=len(found))
    mentions = _cut(texts, reading, decision, hits)
    # Only the name is compared with those of places, without a head noun in the mention.
    within = (reading.start[hits] - decision.start[hits], reading.end[hits] - decision.start[hits])
    names = zip(mentions, *(column.tolist() for column in within), strict=True)
    resolutions = [
        by_spelling(resolution, mention.text[begin:end], gazetteer)
        for resolution, (mention, begin, end) in zip(found.values(), names, strict=True)
    ]
    evidence = evidence_of(resolutions, hits, reading, decision)
    confidences = _confidences(resolutions, evidence, weights)
    longer = decision.end - decision.start > reading.end - reading.start
    announced = np.where(longer, reading.governed, 0)[hits].tolist()
    associative = decision.associative[hits] | _of_peoples(hits, resolutions, reading, gazetteer)
    rows = zip(
        found, mentions, resolutions, confidences, announced, associative.tolist(), strict=True
    )
    sites = {}
    for hit, mention, resolution, shares, kinds, stands in rows:
        first, why = resolution.rows[0], (*decision.why[hit], *resolution.why)
        place, confidence, why = _told(gazetteer.place(first), shares[0], why, kinds)
        sites[hit] = Site(
            mention=mention,
            place=place,
            footprint=gazetteer.footprint(first),
            confidence=confidence,
            use="associative" if stands else "literal",
            why=why,
            alternatives=_alternatives(resolution, shares, gazetteer),
        )
    return sites


def _of_peoples(
    hits: NDArray[np.int64],
    resolutions: Sequence[Resolution],
    reading: Reading,
    gazetteer: Gazetteer,
) -> NDArray[np.bool_]:
    """Return which hits name a country by its people alone (Syrian), others bearing the name."""
    names = reading.names
    found = (names.people & ~names.demonym)[reading.name[hits]]
    for number in np.flatnonzero(found).tolist():
        name = int(reading.name_ids[reading.name[hits[number]]])
        role = gazetteer.roles(name)[gazetteer.rows(name) == resolutions[number].rows[0]]
        found[number] = len(role) > 0 and (role == Role.DEMONYM).all()
    return found


def _cut(
    texts: Sequence[str], reading: Reading, decision: Decision, hits: NDArray[np.int64]
) -> list[Mention]:
    """Return the mentions of some hits."""
    number = reading.article[hits]
    offset = reading.offsets[number]
    columns = (number, decision.start[hits] - offset, decision.end[hits] - offset)
    return [
        Mention(start=begin, end=stop, text=texts[one][begin:stop])
        for one, begin, stop in zip(*(column.tolist() for column in columns), strict=True)
    ]


def _confidences(
    resolutions: Sequence[Resolution], evidence: NDArray[np.float64], weights: Weights
) -> list[list[float]]:
    """Return the calibrated confidences of each resolution's candidates, then zeros."""
    every = [one.probabilities for one in resolutions]
    count = np.fromiter(map(len, every), dtype=np.int64, count=len(every))
    shares = np.zeros((len(every), KEPT))
    shares[np.arange(KEPT) < count[:, None]] = list(chain.from_iterable(every))
    told: list[list[float]] = calibrated(shares, evidence, weights.calibration).tolist()
    return told


def _alternatives(
    resolution: Resolution, shares: Sequence[float], gazetteer: Gazetteer
) -> tuple[Candidate, ...]:
    """Return the candidates that come after the first."""
    if len(resolution.rows) == 1:  # as of most names
        return ()
    others = zip(resolution.rows[1:_MOST], shares[1:_MOST], strict=False)
    return tuple([Candidate(place=gazetteer.place(row), confidence=share) for row, share in others])


def _told(
    place: Place, confidence: float, why: tuple[str, ...], announced: int
) -> tuple[Place, float, tuple[str, ...]]:
    """Return the place of a site with what is to be told of it, that it only stands in, or doubts.

    ``announced`` are the kinds (a bit set) of the head noun that the mention begins with, or 0.
    """
    town = stand_in(place, announced) if announced else None
    if town is None:
        return place, confidence, why + doubts(place)
    far = f"it may lie {town.radius_km:.0f} km away"
    only = f"only the town it is named after is known: {far}"
    return town, round(confidence * STANDIN_SHARE, 4), (only, *why)
