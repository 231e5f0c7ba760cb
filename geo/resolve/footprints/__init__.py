"""Spatial relations as geometry: sectors, rings, corridors and parts, geodesically right."""

from __future__ import annotations

from geo.resolve.footprints.anchor import SIDED_KINDS, Anchor
from geo.resolve.footprints.defaults import DEFAULTS, Defaults
from geo.resolve.footprints.parts import countryside_of
from geo.resolve.footprints.relation import Footprint, relation_footprint
from geo.resolve.footprints.shape import Undrawn

__all__ = [
    "DEFAULTS",
    "SIDED_KINDS",
    "Anchor",
    "Defaults",
    "Footprint",
    "Undrawn",
    "countryside_of",
    "relation_footprint",
]
