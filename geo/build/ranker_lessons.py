"""What articles teach the ranker: toponyms with their candidates, and which of those are right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from pyproj import Geod

from geo.build.training_text import read_corpus
from geo.evaluate import GoldArticle, GoldToponym
from geo.model import Article
from geo.recognize.mentions import find_mentions
from geo.recognize.reader import Reader
from geo.recognize.weighing import shipped_model
from geo.resolve.resolution import heard, toponyms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.gazetteer import Gazetteer
    from geo.recognize.reading import Reading
    from geo.recognize.weighing import DecisionModel
    from geo.resolve.candidates import CandidateTable

__all__ = ["FOLDS", "Lesson", "folds_of", "lesson", "placed_articles"]

FOLDS = 5
"""Parts of a corpus; each is left out of the training once."""

_OFTEN = 5
"""Times that a place teaches within one event, whose posts may name it hundreds of times: a single
wrong point would outweigh all others."""

_RIGHT_KM = 161.0
_SAME_KM = 2.0
_EARTH = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Lesson:
    """The toponyms of some articles, with their candidates.

    ``right`` says which candidates are right; ``known`` which toponyms teach: the gold places them,
    and posts on one event had not placed them often before (`_repeats`); ``mentions`` how often
    each is named with a point, ``close`` which candidates are within 161 km of it; ``fold`` the
    part of the corpus that each toponym is in, and ``gold`` how many toponyms with a point the
    articles of each fold have, found or not.
    """

    table: CandidateTable
    right: NDArray[np.bool_]
    close: NDArray[np.bool_]
    known: NDArray[np.bool_]
    mentions: NDArray[np.int64]
    fold: NDArray[np.int64]
    gold: NDArray[np.int64]

    def part(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return the candidates of the chosen toponyms whose place is known."""
        return np.asarray((chosen & self.known)[self.table.toponym])


def lesson(
    gazetteer: Gazetteer,
    gold: Sequence[GoldArticle],
    *,
    accept: bool = True,
    model: DecisionModel | None = None,
) -> Lesson:
    """Return what some articles teach.

    The toponyms that the gold marks are ranked among those that the decision of ``model`` (the
    shipped one, where not given) accepts, as they will be; with ``accept=False`` among themselves.
    """
    reading = Reader(gazetteer).read([one.article.text for one in gold])
    marked = _marked(reading, gold)
    hit_gold = [marked.get(hit) for hit in range(len(reading))]
    taken = np.array([one is not None for one in hit_gold], dtype=bool)
    if accept:
        taken |= heard(reading, find_mentions(reading, model or shipped_model()).accepted)
    hits = np.flatnonzero(taken)
    found = toponyms(reading, hits, gazetteer)
    count = len(found.table.article)
    points = np.full((count, 2), np.nan)
    mentions, taught = np.zeros((2, count), dtype=np.int64)
    repeated = _repeats(gold)
    for hit, one in zip(hits.tolist(), found.of.tolist(), strict=True):
        toponym = hit_gold[hit]
        if toponym is not None and toponym.lat is not None:
            points[one] = toponym.lat, toponym.lon
            mentions[one] += 1
            taught[one] += (int(found.table.article[one]), toponym.start) not in repeated
    folds = folds_of(gold)
    right, close = _right(gazetteer, found.table, points)
    golds = np.bincount(folds, weights=[_placed(one) for one in gold], minlength=FOLDS)
    return Lesson(
        table=found.table,
        right=right,
        close=close,
        known=taught > 0,
        mentions=mentions,
        fold=folds[found.table.article],
        gold=golds.astype(np.int64),
    )


def _placed(article: GoldArticle) -> int:
    return sum(toponym.lat is not None for toponym in article.toponyms)


def _repeats(gold: Sequence[GoldArticle]) -> set[tuple[int, int]]:
    """Return the toponyms whose place the posts on one event (``event/…``) had often before.

    They are given by the number of their article and where they start.
    """
    times: Counter[tuple[str, float, float]] = Counter()
    found = set()
    for number, one in enumerate(gold):
        event, posted, _ = one.article.id.partition("/")
        for toponym in one.toponyms if posted else ():
            if toponym.lat is not None and toponym.lon is not None:
                place = (event, toponym.lat, toponym.lon)
                times[place] += 1
                if times[place] > _OFTEN:
                    found.add((number, toponym.start))
    return found


def folds_of(gold: Sequence[GoldArticle]) -> NDArray[np.int64]:
    """Return the fold of each article; articles of one event (``event/…``) share theirs."""
    events = [one.article.id.partition("/")[0] for one in gold]
    numbers = {event: number for number, event in enumerate(dict.fromkeys(events))}
    return np.array([numbers[event] for event in events], dtype=np.int64) % FOLDS


def _marked(reading: Reading, gold: Sequence[GoldArticle]) -> dict[int, GoldToponym]:
    """Return the toponym behind each hit that has its span, give or take a proclitic."""
    ends: list[dict[int, list[GoldToponym]]] = [{} for _ in gold]
    for one, by_end in zip(gold, ends, strict=True):
        for toponym in one.toponyms:
            by_end.setdefault(toponym.end, []).append(toponym)
    marked = {}
    for hit, (article, start, end, skip) in enumerate(_local(reading)):
        for toponym in ends[article].get(end, []):
            if 0 <= start - toponym.start <= skip:
                marked[hit] = toponym
    return marked


def _local(reading: Reading) -> Iterator[tuple[int, int, int, int]]:
    offset = reading.offsets[reading.article]
    columns = (reading.article, reading.start - offset, reading.end - offset, reading.skip)
    return zip(*(column.tolist() for column in columns), strict=True)


def _right(
    gazetteer: Gazetteer, table: CandidateTable, points: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which candidates are the place of a point, and which are within 161 km of it.

    Right is the nearest, if it lies within 161 km or holds the point in its circle, and what is
    hardly farther away.
    """
    lat, lon = points[table.toponym].T
    known = np.isfinite(lat)
    km = np.full(len(lat), np.inf)
    _, _, metres = _EARTH.inv(table.lon[known], table.lat[known], lon[known], lat[known])
    km[known] = np.asarray(metres) / 1000
    nearest = np.full(len(points), np.inf)
    np.minimum.at(nearest, table.toponym, km)
    # Not all that is near: a town and its province are two answers, and one of them is right.
    right = km <= nearest[table.toponym] + _SAME_KM
    right &= (km <= _RIGHT_KM) | (km <= gazetteer.radius_km[table.row])
    return right, km <= _RIGHT_KM


def placed_articles(gazetteer: Gazetteer, path: Path) -> list[GoldArticle]:
    """Return the texts of a file of lessons, their toponyms at the points of their places.

    A toponym without a place keeps its span alone.

    Raises
    ------
    ValueError
        If the gazetteer has no place of an id.
    """
    articles = []
    for number, text in enumerate(read_corpus(path)):
        found = []
        for (start, end), identity in zip(text.spans, text.places, strict=True):
            row = gazetteer.id_row(identity) if identity else -1
            if identity and row < 0:
                raise ValueError(f"{path.name}: no place is called {identity!r}")
            lat, lon = (None, None) if row < 0 else (gazetteer.lat[row], gazetteer.lon[row])
            found.append(GoldToponym(start=start, end=end, lat=lat, lon=lon))
        article = Article(id=f"{path.stem} {number}", text=text.text)
        articles.append(GoldArticle(article=article, toponyms=tuple(found)))
    return articles
