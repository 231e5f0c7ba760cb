"""Spatial phrases round accepted places: "20 km north-east of X", ``ريف حلب الشمالي``."""

from __future__ import annotations

from geo.recognize.relations.find import Relation, find_relations
from geo.recognize.relations.signs import Signs, Told, shipped_signs

__all__ = ["Relation", "Signs", "Told", "find_relations", "shipped_signs"]
