"""Spatial phrases round accepted places: "20 km north-east of X", ``ريف حلب الشمالي``."""

from __future__ import annotations

from geo.recognize.relations.find import Relation, find_relations

__all__ = ["Relation", "find_relations"]
