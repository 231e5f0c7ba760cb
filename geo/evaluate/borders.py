"""Which country a point is in, by the outlines of the gazetteer."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.model import KINDS

if TYPE_CHECKING:
    from shapely import STRtree

    from geo.evaluate.gold import GoldToponym
    from geo.gazetteer import Gazetteer

__all__ = ["Borders"]

_COAST = 0.25
"""Degrees a point may lie outside a country: the outlines of coasts are simplified."""


class Borders:
    """Countries by point; outlines are read when first asked for."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def of(self, toponym: GoldToponym) -> str | None:
        """Return the ISO 3166-1 code of a toponym's country, ``None`` at sea or without point."""
        if toponym.country is not None:
            return toponym.country
        if toponym.lat is None or toponym.lon is None:
            return None
        import shapely

        point = shapely.Point(toponym.lon, toponym.lat)
        nearest = self._outlines.query_nearest(point, max_distance=_COAST, all_matches=False)
        return self._codes[int(nearest[0])] if len(nearest) else None

    @cached_property
    def _rows(self) -> list[int]:
        return np.flatnonzero(self._gazetteer.kind == KINDS.index("country")).tolist()

    @cached_property
    def _codes(self) -> list[str]:
        countries = self._gazetteer.countries
        return [countries[self._gazetteer.country[row]] for row in self._rows]

    @cached_property
    def _outlines(self) -> STRtree:
        import shapely

        return shapely.STRtree([self._gazetteer.footprint(row) for row in self._rows])
