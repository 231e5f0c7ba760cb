"""Spatial relations as geometry: sectors, rings, corridors and parts, geodesically right."""

from __future__ import annotations

from geo.resolve.footprints.anchor import Anchor
from geo.resolve.footprints.defaults import DEFAULTS, Defaults
from geo.resolve.footprints.relation import Footprint, relation_footprint
from geo.resolve.footprints.shape import Undrawn

__all__ = ["DEFAULTS", "Anchor", "Defaults", "Footprint", "Undrawn", "relation_footprint"]
