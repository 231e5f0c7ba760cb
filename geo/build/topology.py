"""Borders drawn once: cut polygons that share edges into coasts, borders and inner borders.

Neighbouring polygons repeat the border between them. Simplifying each by itself would open gaps,
and drawing both would draw the line twice. Here every edge is kept once, labelled by the regions it
parts, and chains of like edges are simplified between fixed ends, so that nothing comes apart.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

__all__ = ["Chain", "Point", "Region", "chains", "rings", "trails"]

Point = tuple[int, int]
_Edge = tuple[Point, Point]

_LEAST = 3
"""A ring has more points than these, the first of them twice."""


class Region(NamedTuple):
    """A polygon of a coverage: the part of a country that ``shape`` covers."""

    country: str
    shape: BaseGeometry


class Chain(NamedTuple):
    """A line of edges that part the same ``regions`` (how many) of the same countries.

    One region alone means a coast, one country alone an inner border.
    """

    points: list[Point]
    countries: frozenset[str]
    regions: int


def chains(
    regions: Iterable[Region],
    *,
    scale: int,
    zone: Callable[[Point], int],
    tolerance: Sequence[float],
) -> list[Chain]:
    """Return the simplified chains of a coverage, in an order that depends on the input alone.

    Parameters
    ----------
    regions
        Polygons whose common borders have the same vertices.
    scale
        Units per degree of the points that come back.
    zone
        Gives the index into ``tolerance`` for a point in units; a chain is cut where it changes.
    tolerance
        Largest distance, in degrees, between a chain and its simplified form, by zone.
    """
    kept = list(regions)
    owners: defaultdict[_Edge, set[int]] = defaultdict(set)
    for index, region in enumerate(kept):
        for edge in _edges(region.shape, scale):
            # There and back again is no border: such an edge falls away.
            owners[edge].symmetric_difference_update((index,))
    groups: defaultdict[tuple[frozenset[int], int], list[_Edge]] = defaultdict(list)
    for edge, who in owners.items():
        if who:
            groups[frozenset(who), max(zone(edge[0]), zone(edge[1]))].append(edge)
    found = []
    for (parted, where), edges in groups.items():
        countries = frozenset(kept[index].country for index in parted)
        for line in _joined(edges):
            short = _points(shapely.simplify(line, tolerance[where] * scale))
            found.append(Chain(max(short, short[::-1]), countries, len(parted)))
    return sorted(found, key=lambda chain: chain.points)


def rings(lines: Iterable[list[Point]]) -> list[list[Point]]:
    """Join lines end to end into closed rings; with an even-odd fill they give the same picture.

    Every end must meet an odd number of others, as the ends of coasts do; what cannot be closed is
    left out.
    """
    kept = list(lines)
    at = _ends(kept)
    used: set[int] = set()
    closed = []
    for index in range(len(kept)):
        ring = _followed(index, kept, at, used, is_ring=True)
        if len(ring) > _LEAST and ring[0] == ring[-1]:
            closed.append(ring)
    return closed


def trails(lines: Iterable[list[Point]]) -> list[list[Point]]:
    """Join lines end to end into fewer and longer ones that draw the same picture."""
    kept = [list(line) for line in lines]
    at = _ends(kept)
    used: set[int] = set()
    joined = []
    # A trail that sets out from the middle of one would leave its beginning over.
    odd = [index for ends in at.values() if len(ends) % 2 for index in ends]
    for index in (*odd, *range(len(kept))):
        if index in used:
            continue
        if len(at[kept[index][0]]) % 2 == 0 and len(at[kept[index][-1]]) % 2:
            kept[index].reverse()
        joined.append(_followed(index, kept, at, used, is_ring=False))
    return joined


def _ends(lines: Sequence[list[Point]]) -> defaultdict[Point, list[int]]:
    at: defaultdict[Point, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        at[line[0]].append(index)
        at[line[-1]].append(index)
    return at


def _followed(
    index: int,
    lines: list[list[Point]],
    at: dict[Point, list[int]],
    used: set[int],
    *,
    is_ring: bool,
) -> list[Point]:
    """Follow unused lines from one to the next until stuck or, as a ring, back at the start."""
    trail: list[Point] = []
    following: int | None = index if index not in used else None
    while following is not None:
        used.add(following)
        line = lines[following]
        if trail and trail[-1] != line[0]:
            line = line[::-1]
        trail += line[1:] if trail else line
        if is_ring and trail[0] == trail[-1]:
            break
        following = next((other for other in at[trail[-1]] if other not in used), None)
    return trail


def _edges(shape: BaseGeometry, scale: int) -> Iterator[_Edge]:
    for polygon in shapely.get_parts(shape):
        for ring in (polygon.exterior, *polygon.interiors):
            units = np.rint(shapely.get_coordinates(ring) * scale).astype(int).tolist()
            points = [(x, y) for x, y in units]
            for here, there in pairwise(points):
                if here != there:
                    yield (here, there) if here < there else (there, here)


def _joined(edges: list[_Edge]) -> Iterator[BaseGeometry]:
    lines = shapely.linestrings(np.asarray(sorted(edges), dtype=float))
    yield from shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines)))


def _points(line: BaseGeometry) -> list[Point]:
    return [(round(x), round(y)) for x, y in shapely.get_coordinates(line).tolist()]
