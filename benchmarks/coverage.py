"""How many gold toponyms the gazetteer could place at all: whether a candidate is near the point.

    python benchmarks/coverage.py CORPUS.jsonl... [--misses 2]

The candidates of a toponym are the places of the name that the reader finds in its span as it does
in a parse: folded, without a clitic or a head noun, a demonym or an abbreviation too; where it
finds a longer or a shorter one, the places of the span as it is written. A line a corpus: its
toponyms with a point, and the shares that have any candidate, one within 25 km, one within 161 km;
then what has none within 161 km, at least as often as asked, by what is lacking:

    no name   no place bears it
    point     a place that bears it holds the point in its circle, and stands too far away
    place     those that bear it are elsewhere
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from pyproj import Geod

from geo.evaluate import read_gold
from geo.gazetteer import Gazetteer
from geo.recognize.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from geo.evaluate import GoldArticle, GoldToponym

NEAR_KM, FAR_KM = 25.0, 161.0
LACKING = ("no name", "point", "place")
GEOD = Geod(ellps="WGS84")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--misses", type=int, default=2, metavar="TIMES")
    wanted = parser.parse_args()
    gazetteer = Gazetteer.open()
    reader = Reader(gazetteer)
    missed: Counter[tuple[str, str, str]] = Counter()
    print(f"{'corpus':<14} {'points':>6} {'any':>6} {'25 km':>6} {'161 km':>6}")
    for path in wanted.corpora:
        nearest = []
        for surface, toponym, rows in placed(reader, read_gold(path)):
            km = distances(gazetteer, rows, toponym)
            nearest.append(km.min(initial=np.inf))
            if nearest[-1] > FAR_KM:
                missed[lacking(gazetteer, rows, km), path.stem, surface] += 1
        reach = np.array(nearest)
        shares = [float(np.mean(reach <= km)) for km in (np.finfo(float).max, NEAR_KM, FAR_KM)]
        print(f"{path.stem:<14} {len(reach):>6} " + " ".join(f"{share:6.3f}" for share in shares))
    for what in LACKING:
        every = [(times, *key[1:]) for key, times in missed.items() if key[0] == what]
        print(f"\n{what}: {sum(times for times, *_ in every)}")
        for times, corpus, surface in sorted(every, key=lambda one: (-one[0], one[1:])):
            if times >= wanted.misses:
                print(f"  {times:>4}  {corpus:<14} {surface}")


def placed(
    reader: Reader, gold: Sequence[GoldArticle]
) -> Iterator[tuple[str, GoldToponym, NDArray[np.int32]]]:
    """Yield each toponym with a point: what is written, itself, the rows of its candidates."""
    reading = reader.read([one.article.text for one in gold])
    offset = reading.offsets[reading.article]
    # A head noun that governs the name may be in the span or not, a clitic too.
    opens = np.where(reading.head < 0, reading.start, reading.token_start[reading.head])
    first = np.minimum(opens, reading.start - reading.skip) - offset
    ends: dict[tuple[int, int], list[int]] = {}
    for hit, key in enumerate(
        zip(reading.article.tolist(), (reading.end - offset).tolist(), strict=True)
    ):
        ends.setdefault(key, []).append(hit)
    for number, one in enumerate(gold):
        for toponym in one.toponyms:
            if toponym.lat is None:
                continue
            surface = one.article.text[toponym.start : toponym.end]
            name = reader.gazetteer.name_id(surface)
            for hit in ends.get((number, toponym.end), ()):
                if first[hit] <= toponym.start <= (reading.start - offset)[hit]:
                    name = int(reading.name_ids[reading.name[hit]])
            rows = np.empty(0, np.int32) if name is None else reader.gazetteer.rows(name)
            yield surface, toponym, rows


def distances(
    gazetteer: Gazetteer, rows: NDArray[np.int32], toponym: GoldToponym
) -> NDArray[np.float64]:
    """Return how far some places are from the point of a toponym, in kilometres."""
    lat, lon = (np.full(len(rows), value) for value in (toponym.lat, toponym.lon))
    _, _, metres = GEOD.inv(gazetteer.lon[rows], gazetteer.lat[rows], lon, lat)
    return np.asarray(metres) / 1000


def lacking(gazetteer: Gazetteer, rows: NDArray[np.int32], km: NDArray[np.float64]) -> str:
    """Say what is lacking where no place is near enough: one of `LACKING`."""
    if not len(rows):
        return "no name"
    return "point" if (km <= gazetteer.radius_km[rows] * 1.5).any() else "place"


if __name__ == "__main__":
    main()
