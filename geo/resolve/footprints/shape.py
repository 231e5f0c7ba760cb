"""What a drawing of a relation is, and how its numbers and names are said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.resolve.footprints.anchor import Anchor

__all__ = ["Drawing", "Undrawn", "kilometres", "names"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A shape, the (lat, lon) it is about where that is not its middle, and the rule in words."""

    shape: BaseGeometry
    why: str
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undrawn:
    """Why a relation that was understood is no place on land."""

    reason: str


def kilometres(low: float, high: float) -> str:
    """Say a distance, or a range of them, in kilometres."""
    return f"{high:.4g} km" if low in {0, high} else f"{low:.4g}-{high:.4g} km"


def names(anchors: Sequence[Anchor]) -> str:
    """Say the names of places."""
    *most, last = (anchor.place.name for anchor in anchors)
    return f"{', '.join(most)} and {last}" if most else last
