"""Coordinates written in an article, in any of the notations that news and reports use.

Each notation is a finder that costs next to nothing on text without it. Where two overlap, the more
specific notation wins: a pair inside a link belongs to the link.
"""

from __future__ import annotations

import math
from bisect import bisect
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.recognize.coordinates.angles import find_angles
from geo.recognize.coordinates.glance import may_hold_coordinates
from geo.recognize.coordinates.grids import find_mgrs, find_packed, find_plus_codes, find_utm
from geo.recognize.coordinates.links import (
    find_geo_uris,
    find_links,
    find_structured,
    url_spans,
)
from geo.recognize.coordinates.model import Coordinate
from geo.recognize.coordinates.signals import read_signals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Coordinate", "choose_order", "find_coordinates", "may_hold_coordinates"]

_LINK_FINDERS = (find_geo_uris, find_structured, find_plus_codes)
_GRID_FINDERS = (find_mgrs, find_utm, find_packed)

CLEARLY_NEARER = 0.5
"""The unusual order is chosen where it halves the distance to the nearest place, at least."""

FAR_KM = 100.0
"""A coordinate this near to a place of the article is never swapped."""


def find_coordinates(text: str) -> list[Coordinate]:
    """Return the coordinates written in ``text``, in its order; spans never overlap.

    Telephone numbers, dates, prices, scores, versions, addresses of the internet and other numbers
    are left alone: a pair is taken only where its form or the words round it say what it is.

    Examples
    --------
    >>> [(c.mention.text, c.lat, c.lon) for c in find_coordinates("at 35°30'N 40°15'E today")]
    [("35°30'N 40°15'E", 35.5, 40.25)]
    """
    links = list(url_spans(text))
    found = list(find_links(text, links))
    taken = list(links)
    for coordinate in _written(text, links):
        span = (coordinate.mention.start, coordinate.mention.end)
        index = bisect(taken, span)
        if _is_free(span, taken[max(0, index - 1) : index + 1]):
            found.append(coordinate)
            taken.insert(index, span)
    return sorted(found, key=lambda coordinate: coordinate.mention.start)


def _is_free(span: tuple[int, int], neighbours: Iterable[tuple[int, int]]) -> bool:
    return all(span[1] <= start or end <= span[0] for start, end in neighbours)


def _written(text: str, links: Sequence[tuple[int, int]]) -> Iterator[Coordinate]:
    """Yield what every finder but that of links finds, the most specific notation first."""
    for find in _LINK_FINDERS:
        yield from find(text)
    signals = read_signals(text, links)
    for find_grid in _GRID_FINDERS if signals.has_grid else ():
        yield from find_grid(text, signals.windows)
    yield from find_angles(text, signals.windows)


def choose_order(coordinate: Coordinate, points: Iterable[tuple[float, float]]) -> Coordinate:
    """Return ``coordinate`` in the order that suits the article's places better.

    Parameters
    ----------
    coordinate
        One from :func:`find_coordinates`; it comes back unchanged where its order was said.
    points
        ``(lat, lon)`` in degrees of the places that the article names.
    """
    places = list(points)
    if coordinate.other is None or not places:
        return coordinate
    as_read = _nearest_km((coordinate.lat, coordinate.lon), places)
    swapped = _nearest_km(coordinate.other, places)
    if as_read <= FAR_KM or swapped > as_read * CLEARLY_NEARER:
        order = "latitude first, as is usual, and no nearer to the article's places when swapped"
        return replace(coordinate, why=(*coordinate.why[:-1], order))
    order = (
        f"longitude first: that lies {swapped:.0f} km from a place of the article, "
        f"the usual order {as_read:.0f} km"
    )
    lat, lon = coordinate.other
    return replace(
        coordinate,
        lat=lat,
        lon=lon,
        other=(coordinate.lat, coordinate.lon),
        why=(*coordinate.why[:-1], order),
    )


def _nearest_km(point: tuple[float, float], places: Iterable[tuple[float, float]]) -> float:
    """Return the kilometres from ``point`` to the nearest place, on a sphere: enough to compare."""
    lat, lon = map(math.radians, point)
    nearest = math.inf
    for place in places:
        other_lat, other_lon = map(math.radians, place)
        half = (
            math.sin((other_lat - lat) / 2) ** 2
            + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
        )
        nearest = min(nearest, 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half))))
    return nearest
