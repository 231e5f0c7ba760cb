"""Geometries as keys of what is remembered of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["Same"]


class Same:
    """A geometry that is found again by being the same one: comparing outlines takes long.

    The gazetteer and the drawings of relations keep theirs and hand them out again and again.
    """

    __slots__ = ("geometry",)

    def __init__(self, geometry: BaseGeometry) -> None:
        self.geometry = geometry

    def __hash__(self) -> int:
        return id(self.geometry)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.geometry is self.geometry
