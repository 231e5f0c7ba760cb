"""The gazetteer: tables of places, compiled once, then found by name in memory-mapped columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.gazetteer.index import Script
from geo.gazetteer.roles import Role
from geo.gazetteer.store import Gazetteer

if TYPE_CHECKING:
    from geo.model import Place

__all__ = ["Gazetteer", "Role", "Script", "lookup"]


def lookup(name: str, *, limit: int | None = None) -> list[Place]:
    """Return the places of the shipped gazetteer that bear a name, the most important first.

    Raises
    ------
    GazetteerError
        If the shipped tables are missing or damaged.
    """
    return Gazetteer.open().lookup(name, limit=limit)
