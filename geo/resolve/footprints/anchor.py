"""What a relation hangs on: a resolved place with the areas that its phrases are clipped to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.model import Place

__all__ = ["LARGE_KINDS", "SIDED_KINDS", "Anchor"]

LARGE_KINDS = frozenset({"country", "governorate", "district", "subdistrict", "region"})
"""Kinds of which "north of" and "northern" mean a part; ``countryside`` has its own phrase."""

SIDED_KINDS = frozenset({"river", "sea", "mountain", "desert"})
"""Natural kinds that things lie on a side of."""


_KM_FOR_PEOPLE = 0.01
"""A town of a million people reaches ten kilometres from its middle, as in the gazetteer."""

_LARGEST_TOWN = 30.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Anchor:
    """A place that a relation names, with what the gazetteer knows round it; equal only to itself.

    ``footprint`` is the place's own (lon, lat) geometry. ``parent`` is the area of the governorate
    or country it lies in. ``governorate`` is the area whose seat the place is, which "the
    countryside of" a capital means. ``seat`` is the (lat, lon) of the capital of a place that is
    itself a governorate or a countryside. All three may be unknown.
    """

    place: Place
    footprint: BaseGeometry
    parent: BaseGeometry | None = None
    governorate: BaseGeometry | None = None
    seat: tuple[float, float] | None = None

    @property
    def point(self) -> tuple[float, float]:
        """The place's (lat, lon)."""
        return self.place.lat, self.place.lon

    @property
    def reach(self) -> float:
        """How far the place goes from its point in km; a town as far as its people need."""
        town = self.place.kind == "settlement"
        people = min(_KM_FOR_PEOPLE * self.place.population**0.5, _LARGEST_TOWN) if town else 0.0
        return max(self.place.radius_km, people)

    @property
    def area(self) -> BaseGeometry | None:
        """The place's own area, where it is a large one with a known outline."""
        large = self.place.kind in LARGE_KINDS or self.place.kind == "countryside"
        return self.footprint if large and self.footprint.area else None
