"""What a relation means once its places are known: everything that its shape depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from geo.resolve.footprints.anchor import Anchor

__all__ = ["Meaning"]


class Meaning(NamedTuple):
    """A relation without its words: equal meanings have equal shapes.

    ``beside`` are places and countries of the text round the phrase, the nearest first, for what
    the phrase leaves open: which neighbour, and which stretch of a border.
    """

    kind: str
    anchors: tuple[Anchor, ...]
    distance_km: tuple[float, float] | None = None
    bearing_deg: float | None = None
    also_deg: tuple[float, ...] = ()
    within: Meaning | None = None
    beside: tuple[Anchor, ...] = ()
