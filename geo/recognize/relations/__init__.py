"""Spatial phrases round accepted places: "20 km north-east of X", ``ريف حلب الشمالي``."""

from __future__ import annotations

from geo.recognize.relations.find import Relation, find_relations
from geo.recognize.relations.signs import DIRECTION, DISTANCE, Signs, shipped_signs

__all__ = ["DIRECTION", "DISTANCE", "Relation", "Signs", "find_relations", "shipped_signs"]
