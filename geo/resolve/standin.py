"""A facility that no gazetteer holds, standing in at the town it is named after."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.model import KINDS

if TYPE_CHECKING:
    from geo.model import Place

__all__ = ["STANDIN_SHARE", "stand_in"]

STANDIN_SHARE = 0.6
"""What is left of the confidence when only the namesake town of a facility is known."""

_REACH_KM = {
    "airport": 15.0,
    "border_crossing": 15.0,
    "bridge": 10.0,
    "camp": 15.0,
    "dam": 15.0,
    "detention_centre": 10.0,
    "gas_plant": 30.0,
    "landmark": 15.0,
    "military_base": 20.0,
    "mountain": 30.0,
    "oil_field": 30.0,
    "river": 30.0,
}
"""How far from the town it is named after a facility may lie; drawn as the radius."""


def stand_in(place: Place, announced: int) -> Place | None:
    """Return the town with a radius that reaches the facility, ``None`` where nothing is amiss.

    Parameters
    ----------
    place
        What the name alone means.
    announced
        The kinds that the head noun announces, a bit set over `KINDS`.
    """
    kinds = [kind for number, kind in enumerate(KINDS) if announced >> number & 1]
    if place.kind != "settlement" or not kinds or any(kind not in _REACH_KM for kind in kinds):
        return None
    reach = max(_REACH_KM[kind] for kind in kinds)
    return replace(place, radius_km=max(place.radius_km, reach), verified=False)
