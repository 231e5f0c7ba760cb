"""In which country and governorate a point lies, by the outlines that ship."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.gazetteer.tables import read_shapes
from geo.resources import data_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Divisions"]

_BORDER = 0.03
"""Degrees of a border within which the outlines do not say on which side of it a point lies."""


@dataclass(frozen=True, slots=True)
class Divisions:
    """Outlines of countries and of governorates; use `shipped`."""

    countries: _Outlines
    governorates: _Outlines

    @staticmethod
    def shipped() -> Divisions:
        """Return the divisions whose outlines ship.

        Raises
        ------
        GazetteerError
            If the shipped tables are missing or damaged.
        """
        folder = data_folder("gazetteer")
        shapes = read_shapes(folder)
        outlines = []
        for table in ("countries", "admin1"):
            with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
                ids = [row["id"] for row in csv.DictReader(file) if row["id"] in shapes]
            tree = shapely.STRtree(shapely.from_wkb([shapes[each] for each in ids]))
            outlines.append(_Outlines(ids, tree))
        return Divisions(*outlines)

    def of(self, lat: float, lon: float) -> tuple[str | None, str | None]:
        """Return the ids of the country and the governorate of a point in degrees.

        ``None`` where it is in none, or too near a border to say in which.
        """
        point = shapely.Point(lon, lat)
        return self.countries.only(point), self.governorates.only(point)


@dataclass(frozen=True, slots=True)
class _Outlines:
    ids: Sequence[str]
    tree: shapely.STRtree

    def only(self, point: shapely.Point) -> str | None:
        """Return the id of the outline at a point, if there is just one."""
        near = np.unique(self.tree.query(point, predicate="dwithin", distance=_BORDER))
        return self.ids[int(near[0])] if len(near) == 1 else None
