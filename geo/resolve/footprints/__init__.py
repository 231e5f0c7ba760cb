"""Spatial relations as geometry: sectors, rings, corridors and parts, geodesically right."""

from __future__ import annotations

from geo.resolve.footprints.anchor import Anchor
from geo.resolve.footprints.defaults import DEFAULTS, Defaults
from geo.resolve.footprints.relation import Footprint, relation_footprint

__all__ = ["DEFAULTS", "Anchor", "Defaults", "Footprint", "relation_footprint"]
