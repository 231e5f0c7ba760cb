"""How large a vague phrase is drawn: every number that a footprint rests on, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["DEFAULTS", "Defaults"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """Sizes of footprints: kilometres, degrees either side of a bearing, and shares.

    ``distance_low``, ``distance_high``
        A stated distance holds from this share of it to that ("20 km": 16 to 24 km).
    ``distance_angle``
        Either side of a bearing stated with a distance.
    ``cardinal_angle``, ``between_angle``, ``sixteenth_angle``
        Either side of a bearing without a distance: north; north-east; north-north-east.
    ``direction_reach``
        How far "north of" a town goes: this many of its radii, within ``town_reach``;
        ``facility_reach`` for anything that is not a settlement.
    ``side_reach``
        How far "east of" a river, a mountain, a sea or a desert goes.
    ``near_town``, ``near_facility``, ``near_area``, ``outskirts``
        Added to the radius of the place: near a town, near a facility, near an area; the
        outskirts of a town.
    ``quarter``
        How far the quarters of a town go beyond its radius.
    ``offshore``
        How far off a coastal town its waters go.
    ``countryside_angle``, ``countryside_core``, ``countryside_reach``
        A direction of a countryside is wider than a compass direction, since it is said of whole
        districts; the town left out of it has at most this radius; and round a town that is no
        governorate's seat the countryside goes this many radii, at least the first number.
    ``part_cardinal``, ``part_between``, ``part_main``, ``part_minor``
        The share of an extent that is its north; the share cut on both axes for its north-east; on
        the stronger and the weaker axis for its north-north-east.
    ``centre_share``
        The centre of an area is a disk of this share of its equivalent radius.
    ``corridor_share``, ``corridor_least``, ``corridor_most``
        Half the width of the land between two places or along their road, as a share of their
        distance, and its limits. Real roads bend; the width is the doubt.
    ``between_longest``, ``road_longest``
        Places further apart have no ground "between" them, and no road we would draw.
    ``road_reach``
        How far from a place "on the road to" it goes, where the road's other end is not said.
    ``border``, ``bank``
        Either side of a border; from a river onto its bank.
    ``border_reach``, ``border_longest``
        The border "with Iraq" is drawn as far as this from a place named beside it; without such a
        place a border longer than the second number is no place, and not drawn.
    """

    distance_low: float = 0.8
    distance_high: float = 1.2
    distance_angle: float = 22.5
    cardinal_angle: float = 45.0
    between_angle: float = 35.0
    sixteenth_angle: float = 22.5
    direction_reach: float = 6.0
    town_reach: tuple[float, float] = (30.0, 80.0)
    facility_reach: float = 20.0
    side_reach: float = 50.0
    near_town: float = 5.0
    near_facility: float = 4.0
    near_area: float = 10.0
    outskirts: float = 3.0
    quarter: float = 1.0
    offshore: float = 25.0
    countryside_angle: float = 50.0
    countryside_core: float = 5.0
    countryside_reach: tuple[float, float] = (20.0, 6.0)
    part_cardinal: float = 0.42
    part_between: float = 0.52
    part_main: float = 0.45
    part_minor: float = 0.65
    centre_share: float = 0.7
    corridor_share: float = 0.2
    corridor_least: float = 2.0
    corridor_most: float = 20.0
    between_longest: float = 500.0
    road_longest: float = 1500.0
    road_reach: float = 20.0
    border: float = 15.0
    border_reach: float = 50.0
    border_longest: float = 1000.0
    bank: float = 10.0


DEFAULTS: Final = Defaults()
"""The sizes used unless others are given."""
